/* proportion.h - shares of cases: exact intervals, the difference of two shares, and changes within pairs.
 *
 * Wilson's interval without correction for continuity is in interval.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PROPORTION_H
#define NPT__PROPORTION_H

#include "interval.h"

#include <stdbool.h>
#include <stddef.h>

#define NPT__PROPORTION_MOST_CASES 100000000u

/* ---- one share --------------------------------------------------------------------------------- */

/* The exact interval: the shares under which as many successes or more (low), or as few or fewer (high), have a
   chance of (1 - confidence) / 2 each (Clopper & Pearson 1934, Biometrika 26, 404-413). 0 and 1 where all cases
   agree. Not defined where `count` is 0 or above NPT__PROPORTION_MOST_CASES, `successes` is above it, or the
   confidence is not within 0 and 1. */
struct npt__interval npt__clopper_pearson_interval(size_t successes, size_t count,
                                                   double confidence);

/* Wilson's interval with correction for continuity, as R's prop.test(): method 4 of Newcombe 1998, "Two-sided
   confidence intervals for the single proportion", Statistics in Medicine 17, 857-872. Not defined as above. */
struct npt__interval npt__wilson_corrected_interval(size_t successes, size_t count,
                                                    double confidence);

/* The two-sided binomial test: the chance of all numbers of successes that are as probable as the observed one
   or less, up to a relative difference of 1e-7, as R's binom.test(). */
struct npt__binomial {
    bool
        defined; /* count is 1 .. NPT__PROPORTION_MOST_CASES, successes <= count, 0 <= probability <= 1 */
    double p;
};
struct npt__binomial npt__binomial_test(size_t successes, size_t count, double probability);

/* ---- two shares -------------------------------------------------------------------------------- */

struct npt__share_difference {
    bool defined; /* both counts are 1 .. NPT__PROPORTION_MOST_CASES, no successes above them */
    double first, second, difference; /* first - second */
    /* Method 10 of Newcombe 1998, "Interval estimation for the difference between independent proportions: comparison
       of eleven methods", Statistics in Medicine 17, 873-890: from both shares' Wilson intervals. Not defined where
       the confidence is not within 0 and 1. */
    struct npt__interval interval;
};
struct npt__share_difference npt__share_difference(size_t first, size_t first_count, size_t second,
                                                   size_t second_count, double confidence);

/* ---- pairs: the same cases twice --------------------------------------------------------------- */

/* McNemar 1947, "Note on the sampling error of the difference between correlated proportions or percentages",
   Psychometrika 12, 153-157. Only pairs that differ count. */
struct npt__mcnemar {
    bool defined; /* at least one pair differs, and no more than NPT__PROPORTION_MOST_CASES */
    double chi_square, p;          /* (lost - gained)^2 / (lost + gained), 1 degree of freedom */
    double corrected, corrected_p; /* |lost - gained| less 1, not below 0 (Edwards 1948) */
    double exact_p;                /* binomial, two-sided */
    double
        mid_p; /* the exact p less the chance of the observed number: Fagerland, Lydersen & Laake 2013, BMC
                     Medical Research Methodology 13:91. 1 - half that chance where lost = gained */
};
/* lost: pairs with yes at first and no at last; gained: the other way round. */
struct npt__mcnemar npt__mcnemar(size_t lost, size_t gained);

#endif
