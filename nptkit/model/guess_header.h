/* guess_header.h - the words of a column's header, made comparable.
 *
 * Words are folded (case, -ise and -ize, apostrophes, "&"), and only the last ones of a long header are
 * kept: platforms write the question's stem first and the item's own wording last.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUESS_HEADER_H
#define NPT__GUESS_HEADER_H

#include "../base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__HEADER_WORDS 64

struct npt__header_word {
    const char *text;
    uint64_t hash;
    size_t from, to; /* where it is written in the header's text */
    bool starts;     /* a statement may start here: after "4.", "[", " - ", "?" */
    bool is_article; /* "the", "this": comes and goes before an intervention's name */
};

struct npt__header {
    const char *text; /* without tags and entities; not folded */
    struct npt__header_word words[NPT__HEADER_WORDS];
    size_t count;
    bool is_cut;    /* something before the first word was left out */
    bool has_blank; /* as written: a text rather than the name of a variable */
};

/* What words are compared by. */
uint64_t npt__header_hash(const char *word);
/* Reads a header; its text and that of the words lies in `scratch`. */
void npt__header_read(struct npt__header *header, npt__arena *scratch, const char *text);
/* Some of its words, at least one, as they are written: "the Whole-Family approach". */
char *npt__header_as_written(npt__arena *arena, const struct npt__header *header, size_t first,
                             size_t count);

#endif
