/* ratings.h - plain tables of a study: what coders gave to units, and how judges ranked candidates.
 *
 * Both are read from a table file of their own and belong to no interview and no respondent. All strings and
 * arrays live in the study's arena.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RATINGS_H
#define NPT__RATINGS_H

#include "../base/arena.h"
#include "../base/unicode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What differences between values mean, from least to most. */
enum npt__measurement {
    NPT__LEVEL_NOMINAL,
    NPT__LEVEL_ORDINAL,
    NPT__LEVEL_INTERVAL,
    NPT__LEVEL_RATIO
};
#define NPT__LEVELS 4u

/* Where a plain table comes from, and what was noticed when it was read. */
struct npt__table_source {
    const char *path;
    const char *
        name; /* as declared, or the file's name without its ending; unlike that of any other table */
    const char *sheet; /* of a workbook; NULL */
    size_t empty_rows, hidden_rows;
    NPT__ARRAY(const char *) guesses; /* what was taken for what, where nothing was declared */
    NPT__ARRAY(const char *) doubts;  /* what a person should look at */
};

/* A distinct value. Texts that are one number ("2", "2.0") are one value, as first written. */
struct npt__rating_value {
    const char *text;
    double
        number; /* NAN where it is none; at every level but nominal it is one, and at ratio not below 0 */
};

/* Ratings: units down, coders across. */
struct npt__rating_table {
    struct npt__table_source source;
    enum npt__measurement level;
    bool level_declared;
    size_t unit_count, rater_count; /* at least 1 unit and 2 coders */
    const char *units_column;       /* the column that names the units; NULL: they are numbered */
    const char **units;             /* NULL where they are numbered */
    const char **raters;
    uint32_t *lines; /* of each unit: the file's line or the sheet's row */
    /* Numbers first, ascending, then texts in the order of their bytes: the same for any order of rows. */
    struct npt__rating_value *values;
    size_t value_count;
    uint32_t *cells; /* [unit * rater_count + rater]: which value, or NPT__NONE: missing */
    size_t missing;  /* cells */
};

/* Rankings: judges down, candidates across. */
struct npt__ranking_table {
    struct npt__table_source source;
    size_t judge_count, candidate_count;     /* at least 1 judge and 2 candidates */
    const char *judge_column, *group_column; /* NULL: judges are numbered; there are no groups */
    const char **judges;                     /* NULL where they are numbered */
    const char **candidates;
    const char **groups; /* in the order of their first judge */
    size_t group_count;
    uint32_t *group_of; /* of each judge; NPT__NONE: none is given */
    uint32_t *lines;
    /* [judge * candidate_count + candidate], 1 the best, equal ones sharing the mean of their places; of a judge
       who did not rank every candidate as given, with NAN where there is no rank. */
    double *ranks;
    bool *is_complete;     /* of each judge */
    size_t complete_count; /* judges */
    size_t converted; /* judges whose ties were given as 1, 2, 2, 4 and are now 1, 2.5, 2.5, 4 */
};

/* "nominal" ... "ratio" */
const char *npt__level_name(enum npt__measurement level);
/* Whether there is a level of this name, in any case. */
bool npt__level_find(const char *name, enum npt__measurement *level);

/* The name of a unit or a judge: as given, or its number from 1, written into `arena`. */
const char *npt__unit_name(const struct npt__rating_table *table, size_t unit, npt__arena *arena);
const char *npt__judge_name(const struct npt__ranking_table *table, size_t judge,
                            npt__arena *arena);

/* Turns a judge's ranks of all candidates, 1 the best, into mean ranks. False where they can be no ranking: neither
   mean ranks nor competition ranks (1, 2, 2, 4). `converted`: they were the latter, with ties. */
bool npt__ranks_settle(double *ranks, size_t count, bool *converted);

void npt__rating_table_release(struct npt__rating_table *table);
void npt__ranking_table_release(struct npt__ranking_table *table);

#endif
