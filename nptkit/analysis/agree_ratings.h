/* agree_ratings.h - what the files on tables of ratings share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__AGREE_RATINGS_H
#define NPT__AGREE_RATINGS_H

#include "../stats/agreement_many.h"
#include "agree.h"

struct npt__rated {
    const struct npt__rating_table *table;
    uint8_t *codes;  /* [unit * raters + rater] */
    double *numbers; /* of each category; NULL at levels where they do not matter */
    bool too_many;   /* categories */
};

struct npt__rated_tables {
    const npt_study *study;
    const struct npt__ratings_request *request;
    npt__arena *arena;
    struct npt__rated *items;
    size_t count;
    bool weighted; /* some table has an order */
    bool several;  /* tables */
};

/* Value, low and high of a coefficient into three cells. */
void npt__fill_coefficient(const struct npt__coefficient *coefficient, struct npt_cell *row);

/* ---- agree_rated_units.c --------------------------------------------------------------------- */

void npt__fill_categories(const struct npt__rated_tables *tables, struct npt__tables *list);
void npt__fill_rating_disagreements(const struct npt__rated_tables *tables,
                                    struct npt__tables *list);

#endif
