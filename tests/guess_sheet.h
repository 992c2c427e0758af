/* guess_sheet.h - header rows of survey exports for tests, guessed and looked at.
 *
 *     struct sheet sheet = {0};
 *     sheet_put_all(&sheet, "id", "site", NULL);
 *     sheet_put_numbered(&sheet, "Q##", 1, 23);
 *     sheet_guess(&sheet, &nomad_23);
 *     expect_items(&sheet, 2, "nomad.1", 23, NPT__CERTAIN);
 *     sheet_free(&sheet);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef GUESS_SHEET_H
#define GUESS_SHEET_H

#include "../nptkit/model/guess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* NoMAD with 23 items; its 20 items on constructs, numbered 1 to 20; AIM, IAM and FIM. */
extern const npt_instrument nomad_23, nomad_20, three_measures;

#define MOST_COLUMNS 100

struct sheet {
    npt__arena *arena;
    const npt_instrument *instrument; /* what was guessed for */
    const char *names[MOST_COLUMNS], *wordings[MOST_COLUMNS];
    struct npt__column_guess guesses[MOST_COLUMNS];
    size_t count;
};

void sheet_put(struct sheet *sheet, const char *name, const char *wording);
/* Names without wordings; the last argument is NULL. */
void sheet_put_all(struct sheet *sheet, ...);
/* Names with a number for "#", from `first` on; "###": three digits. */
void sheet_put_numbered(struct sheet *sheet, const char *name, size_t first, size_t count);
/* 20 names by construct: "C#.#" becomes C1.1 to C4.5. */
void sheet_put_codes(struct sheet *sheet, const char *name);
/* Headers that hold the wordings of items, for "@", with the intervention's name in them. */
void sheet_put_wordings(struct sheet *sheet, const char *header, const char *intervention,
                        const npt_instrument *instrument, size_t first, size_t count);
/* Gives a column a name with a number for "#"; what was its name becomes its wording. */
void sheet_name(struct sheet *sheet, size_t column, const char *name, size_t number);
void sheet_rename(struct sheet *sheet, size_t column, const char *name);

void sheet_guess(struct sheet *sheet, const npt_instrument *instrument);
void sheet_free(struct sheet *sheet);

void expect_item(const struct sheet *sheet, size_t column, const char *id,
                 enum npt__certainty certainty);
/* `count` columns for as many items in the order of the questionnaire, the first of them `id`. */
void expect_items(const struct sheet *sheet, size_t column, const char *id, size_t count,
                  enum npt__certainty certainty);
void expect_use(const struct sheet *sheet, size_t column, enum npt__column_use use, const char *as,
                enum npt__certainty certainty);
/* No item, and nothing else to be sure of. */
void expect_nothing(const struct sheet *sheet, size_t column);
void expect_reason(const struct sheet *sheet, size_t column, const char *reason);

#endif
