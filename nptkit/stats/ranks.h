/* ranks.h - ranks of values, equal ones sharing the mean of theirs, and what ties take from a variance.
 *
 * Ranks are kept doubled, so that they and all their sums are whole numbers: the results of what is built on them
 * depend on no order, not in the last digit. Time grows with n log n.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RANKS_H
#define NPT__RANKS_H

#include "describe.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* With so many values all whole numbers of the rank statistics fit in 128 bits. */
#define NPT__RANKS_MOST_VALUES 20000000u

/* Why there is no rank statistic. */
enum npt__rank_fault {
    NPT__RANKS_FINE,
    NPT__RANKS_TOO_FEW,    /* values, groups with values, blocks or treatments */
    NPT__RANKS_TOO_MANY,   /* values: more than NPT__RANKS_MOST_VALUES */
    NPT__RANKS_NOT_FINITE, /* a value */
    NPT__RANKS_CONSTANT,   /* all values are equal; differences: all are 0 */
};

struct npt__ties {
    size_t distinct;       /* values that differ; 0 and -0 do not */
    npt__int128 reduction; /* the sum of t^3 - t over all sets of t equal values; 0 without ties */
};

/* Fills `doubled` with twice the rank of each value, 2 to 2 * count, in the order of the values. They must be finite
   and at most NPT__RANKS_MOST_VALUES. */
struct npt__ties npt__rank(const double *values, size_t count, int64_t *doubled);
/* Whether these values can be ranked: FINE, TOO_FEW (none), TOO_MANY or NOT_FINITE. */
enum npt__rank_fault npt__rank_check(const double *values, size_t count);
/* The same for two groups, each of which needs a value, and which together must not be too many. */
enum npt__rank_fault npt__rank_check_two(const double *first, size_t first_count,
                                         const double *second, size_t second_count);
/* The sum of squares of doubled ranks about their mean: (n^3 - n - reduction) / 3, a whole number; four times that of
   the ranks. */
npt__int128 npt__rank_spread(size_t count, npt__int128 reduction);

/* Fills `differences` with first - second, to be ranked by size: differences whose sizes are equal but for 8 times
   DBL_EPSILON of the largest value are given the same size, and such a difference from 0 is 0. (Where values exceed
   1e300, a quarter of all differences.) The values must be finite. CONSTANT where all differences are 0. */
enum npt__rank_fault npt__rank_differences(const double *first, const double *second, size_t count,
                                           double *differences);

#endif
