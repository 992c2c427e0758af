/* effect_ranks.h - how far two groups or paired values lie apart, on ranks, with intervals.
 *
 * All whole numbers are counted exactly: the results do not depend on the order of the values. Time grows with n log n.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__EFFECT_RANKS_H
#define NPT__EFFECT_RANKS_H

#include "interval.h"
#include "rank_tests.h"
#include "ranks.h"

#include <stdbool.h>
#include <stddef.h>

/* ---- two groups ------------------------------------------------------------------------------ */

struct npt__dominance {
    bool defined; /* both groups have values, all finite */
    enum npt__rank_fault fault;
    size_t first_count, second_count;
    /* P(first > second) - P(first < second) over all pairs, -1 to 1: Cliff's delta, which is also the rank-biserial
       correlation of two groups (2 U / (m n) - 1). All values equal: 0, without an interval. */
    double delta;
    double
        variance; /* unbiased, but at least (1 - delta^2) / (m n - 1); NAN where a group has one value */
    struct npt__interval
        interval; /* not defined where the variance is not, or all values are equal */
    /* P(first > second) + P(first = second) / 2 = (1 + delta) / 2, 0 to 1: probability of superiority (Vargha & Delaney
       2000, Journal of Educational and Behavioral Statistics 25, 101-132). */
    double superiority;
    struct npt__interval superiority_interval;
};

/* Cliff 1993, "Dominance statistics: ordinal analyses to answer ordinal questions", Psychological Bulletin 114,
   494-509, with the asymmetric interval of Feng & Cliff 2004, Journal of Modern Applied Statistical Methods 3, 322-332,
   and Student's t with m + n - 2 degrees of freedom. Where delta is 1 or -1 the other end is that of Wilson's interval
   for as many pairs as the smaller group has values. */
struct npt__dominance npt__cliff_delta(const double *first, size_t first_count,
                                       const double *second, size_t second_count,
                                       double confidence);

/* The shift between two groups: the median of all differences first - second, and the interval of those
   differences that the rank test would not refuse at 1 - confidence. */
struct npt__shift {
    bool defined;
    enum npt__rank_fault fault;
    double estimate;
    struct npt__interval
        interval; /* not defined where there are too few values for this confidence */
    bool exact;   /* the interval is from the exact distribution without ties */
};

/* Hodges & Lehmann 1963, "Estimates of location based on rank tests", Annals of Mathematical Statistics 34, 598-611. */
struct npt__shift npt__hodges_lehmann(const double *first, size_t first_count, const double *second,
                                      size_t second_count, double confidence);

/* ---- pairs ----------------------------------------------------------------------------------- */

struct npt__paired_dominance {
    bool defined; /* at least one difference is not 0 */
    enum npt__rank_fault fault;
    size_t count, zeros;
    /* (sum of ranks of positive differences - that of negative ones) / their sum, -1 to 1, differences being
       first - second: matched-pairs rank-biserial correlation (Kerby 2014, Comprehensive Psychology 3, article 1). */
    double correlation;
    double error; /* the jackknife's standard error; NAN where fewer than 2 differences are not 0 */
    struct npt__interval
        interval; /* on Fisher's z; where the correlation is 1 or -1, as for delta */
};

/* Zeros are dropped, as by NPT__ZEROS_DROPPED. */
struct npt__paired_dominance npt__paired_rank_biserial(const double *first, const double *second,
                                                       size_t count, double confidence);

/* The median of all means of two differences first - second (each with itself, too), and the interval of the signed-rank
   test; source as npt__hodges_lehmann(). Zeros are kept. */
struct npt__shift npt__pseudomedian(const double *first, const double *second, size_t count,
                                    double confidence);

#endif
