/* reliability.h - how well the items of a scale hang together: Cronbach's alpha and what belongs to it.
 *
 * Answers are small whole numbers, so sums of products are kept as whole numbers: the results do not
 * depend on the order of the rows, not in the last digit.
 *
 *     struct npt__item_answers answers = {.values = matrix, .count = rows, .items = 4};
 *     struct npt__item_reliability items[4];
 *     struct npt__alpha alpha = npt__alpha_listwise(&answers, 0.95, items);
 *
 * Answers are taken as they are: turn reversed items round first.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RELIABILITY_H
#define NPT__RELIABILITY_H

#include "bootstrap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__LARGEST_VALUE 200u
#define NPT__NO_VALUE 255u /* all above NPT__LARGEST_VALUE counts as missing */
#define NPT__MOST_SCALE_ITEMS 200u

/* One row for each respondent, one column for each item: values[row * items + item]. */
struct npt__item_answers {
    const uint8_t *values;
    size_t count, items;
};

/* Why there is no alpha. */
enum npt__alpha_fault {
    NPT__ALPHA_FINE,
    NPT__ALPHA_ITEMS,    /* fewer than 2 or more than NPT__MOST_SCALE_ITEMS */
    NPT__ALPHA_ROWS,     /* fewer than 2 complete rows; pairwise: a pair of items with fewer */
    NPT__ALPHA_CONSTANT, /* the total does not vary (pairwise: its variance is not positive) */
};

struct npt__alpha {
    size_t count; /* rows used: complete ones; pairwise: those with any answer */
    size_t items;
    size_t least_pair; /* rows behind the pair of items that has fewest; listwise: `count` */
    bool defined;
    enum npt__alpha_fault fault;
    double alpha;
    double standardised, mean_correlation; /* NaN where an item does not vary */
    double low, high;                      /* Feldt's interval; NaN when pairwise */
};

struct npt__item_reliability {
    double mean, sd;
    double rest_correlation; /* with the sum of the other items; NaN where either does not vary */
    double alpha_without;    /* of the other items; NaN for scales of 2 items */
};

/* Alpha (Cronbach 1951) of the rows without a missing answer. The interval holds under normality and
   compound symmetry: 1 - (1 - alpha) F (Feldt 1965; Feldt, Woodruff & Salih 1987). `items` takes one
   entry for each item, NaN throughout where alpha is not defined; NULL: not wanted. */
struct npt__alpha npt__alpha_listwise(const struct npt__item_answers *answers, double confidence,
                                      struct npt__item_reliability *items);

/* The same from covariances that take every row in which both items are answered, as psych::alpha does.
   There is no interval: no single number of rows stands behind alpha. Means and deviations are those of
   each item's own answers. */
struct npt__alpha npt__alpha_pairwise(const struct npt__item_answers *answers,
                                      struct npt__item_reliability *items);

/* The covariances (divided by n - 1) of the rows without a missing answer, items x items; returns the
   number of these rows, and fills in NaN where there are fewer than 2 or `items` is out of range. */
size_t npt__item_covariances(const struct npt__item_answers *answers, double *covariances);

/* A copy of the rows without a missing answer, in their order, and their number. Release it. */
uint8_t *npt__complete_answers(const struct npt__item_answers *answers, size_t *count);

/* The value that an F variable with these degrees of freedom stays below with this probability, to about
   1e-13 for degrees of freedom up to 1e9: GSL's gives up where they are large. */
double npt__f_quantile(double probability, double numerator, double denominator);

/* ---- in resampled_alpha.c -------------------------------------------------------------------- */

/* The BCa interval of alpha over the rows without a missing answer (Efron 1987). Whole respondents are
   drawn; resamples whose total does not vary are left out. */
struct npt__bootstrap_interval npt__alpha_bootstrap(const struct npt__item_answers *answers,
                                                    const struct npt__bootstrap_options *options);

#endif
