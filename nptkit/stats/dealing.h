/* dealing.h - scores that are dealt out to groups again and again, for permutation.h.
 *
 * Rows are sorted by stratum and score; equal scores of a stratum are one *cell*. An arrangement gives the rows of
 * each cell to groups, such that every group gets as many rows of each stratum as it had. All that a
 * statistic needs of it are each group's sums, which are whole numbers and therefore exact.
 *
 * Groups are put into an order of their own (by size, then by what they got), the largest last: its sums are what is
 * left over. Scores are shifted so that their mean is near 0; ranks are doubled.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DEALING_H
#define NPT__DEALING_H

#include "describe.h"
#include "permutation.h"
#include "random.h"

__extension__ typedef unsigned __int128 npt__weight;

struct npt__sums_of_group {
    int64_t sum;
    npt__int128 squares; /* kept for Welch's F only */
};

struct npt__deal {
    enum npt__permutation_statistic statistic;
    size_t count, groups, strata, cells;
    int64_t *scores;     /* of each cell */
    uint32_t *times;     /* rows of each cell */
    size_t *first_cells; /* of each stratum, and the end */
    uint32_t *sizes;     /* strata x groups: rows */
    uint32_t *totals;    /* of each group: rows */
    uint32_t *labels;    /* of each group: its number in the data */
    uint32_t largest_stratum;
    struct npt__sums_of_group all;
    struct npt__sums_of_group *observed; /* of each group */
    double *expected;                    /* of each group: its mean sum over all arrangements */
    double *log_factorials;              /* to largest_stratum */
    int64_t *rows;                       /* all scores, by stratum */
    double threshold;                    /* arrangements at or above it are extreme */
};

/* Sorts the data, which have at least two groups with rows and no score or size out of bounds. In
   deal_prepare.c. */
void npt__deal_prepare(struct npt__deal *deal, const struct npt__permutation_data *data,
                       enum npt__permutation_statistic statistic);
void npt__deal_release(struct npt__deal *deal);

/* The statistic that arrangements are compared by: the sum of squares between groups (times the square of the number
   of rows, where there is one stratum), or Welch's F: INFINITY where a group does not vary. The last group's sums
   need not be filled in: this does. */
double npt__deal_compare(const struct npt__deal *deal, struct npt__sums_of_group *sums);

/* One arrangement at random: whether it is extreme, 1 or 0. For npt__bootstrap(). By counts: one hypergeometric
   number for each cell and group; otherwise, row by row (the first rows of a shuffle). */
double npt__deal_by_counts(const void *deal, struct npt__random *random);
double npt__deal_rows(const void *deal, struct npt__random *random);

/* Goes through all arrangements, those that differ by an exchange of equal scores at once; the weights say how many
   there are and how many of them are extreme. false: it would take more steps, or the numbers are too large. */
bool npt__deal_all(const struct npt__deal *deal, size_t most_steps, npt__weight *extreme,
                   npt__weight *total);

#endif
