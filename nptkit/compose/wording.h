/* wording.h - what the makers of sentences share: finding cells, and putting them into words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__WORDING_H
#define NPT__WORDING_H

#include "sentences.h"

#define NPT__MOST_NAMED 64

/* Names that stand together in a sentence. */
struct npt__names {
    const char *items[NPT__MOST_NAMED];
    size_t count; /* can be more than there is room for: the rest is counted */
};

void npt__name(struct npt__names *names, const char *name);
/* "A, B and C". */
void npt__put_names(struct npt__telling *telling, const struct npt__names *names);
/* The same, or "all 5 scores" where they are all of more than one. */
void npt__put_names_of(struct npt__telling *telling, const struct npt__names *names, size_t all,
                       const char *what);

/* At most three of them, else the first two: "A, B and 3 more". */
void npt__put_few_names(struct npt__telling *telling, const struct npt__names *names);

void npt__put_text(struct npt__telling *telling, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The cell as tables show it. */
void npt__put_cell(struct npt__telling *telling, const npt_table *table, size_t row, size_t column);
/* A number as a column shows it. */
void npt__put_number(struct npt__telling *telling, double number, enum npt_unit unit);
/* Ends the sentence; one that is empty, or one too many, is none. */
void npt__end_sentence(struct npt__telling *telling);

/* Where a table stands among the tables, by name; SIZE_MAX. */
size_t npt__told_table(const struct npt__telling *telling, const char *name);
/* A column by key; SIZE_MAX. */
size_t npt__told_column(const npt_table *table, const char *key);
/* The dimension of what is compared: the first that is no construct, item or wave; SIZE_MAX. And what it is called:
   "site", or the label of an attribute. */
size_t npt__told_group(const npt_table *table);
const char *npt__group_word(const npt_table *table, size_t group);
const struct npt_cell *npt__told_cell(const npt_table *table, size_t row, size_t column);
/* Whether the cell is a count or a number; whether it is this text; whether it is withheld. */
bool npt__is_number(const struct npt_cell *cell);
bool npt__is_text(const struct npt_cell *cell, const char *text);
bool npt__is_hidden(const struct npt_cell *cell);
/* Whether two cells of a column read alike in a table. */
bool npt__reads_alike(const npt_table *table, size_t row, size_t other, size_t column);
/* As a number, of a count or a number. */
double npt__number_of(const struct npt_cell *cell);
/* The text of a cell; "Total" of a total, "" of any other. */
const char *npt__text_of(const struct npt_cell *cell);
/* Whether the cell stands for all that is told of: a total, or the site whose report it is. */
bool npt__is_all(const struct npt__telling *telling, const struct npt_cell *cell);
/* Whether every dimension of the row but these two (SIZE_MAX: none) is such. */
bool npt__is_total_but(const struct npt__telling *telling, const npt_table *table, size_t row,
                       size_t one, size_t two);
/* Whether the row is on the scale of the first one; and that scale, false where it is not known. */
bool npt__on_first_scale(const struct npt__telling *telling, size_t table, size_t row);
bool npt__first_scale(const struct npt__telling *telling, size_t table, double *least,
                      double *most);
/* The scale of a row, false where it is not known. */
bool npt__row_scale(const struct npt__telling *telling, size_t table, size_t row, double *least,
                    double *most);

/* The first row of a table of changes that is on the step to its last wave from the wave before; `from`: the column
   of the earlier wave, beside which the later one stands. SIZE_MAX: there is no row. */
size_t npt__last_step(const npt_table *table, size_t from);

void npt__tell_responses(struct npt__telling *telling);
void npt__tell_score(struct npt__telling *telling);
void npt__tell_reliability(struct npt__telling *telling);
void npt__tell_compare(struct npt__telling *telling);
void npt__tell_trend(struct npt__telling *telling);
void npt__tell_tally(struct npt__telling *telling);
void npt__tell_joint(struct npt__telling *telling);

#endif
