/* correlation.h - how two variables go together: Pearson's r, Spearman's rho, Kendall's tau-b, with intervals.
 *
 * Pairs may come in any order: the digits are the same. Time grows with n log n. A pair with a missing value is
 * left out by the caller.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CORRELATION_H
#define NPT__CORRELATION_H

#include "interval.h"

#include <stdbool.h>
#include <stddef.h>

#define NPT__CORRELATION_MOST_PAIRS 2000000000u

struct npt__correlation {
    size_t count; /* pairs */
    bool defined; /* at least two pairs, both variables vary, every value is finite */
    double r;     /* within -1 and 1; 0 where not defined */
    /* On Fisher's z (1921, Metron 1): tanh(atanh(r) +- normal quantile * error). Not defined where r is -1 or 1
       (z is infinite) or there are too few pairs. */
    struct npt__interval interval;
};

/* The product-moment correlation; the error of z is 1 / sqrt(n - 3), from 4 pairs on. */
struct npt__correlation npt__pearson(const double *x, const double *y, size_t count,
                                     double confidence);

/* Pearson's r of the ranks, equal values sharing the mean of theirs. The error of z is
   sqrt((1 + r^2 / 2) / (n - 3)), from 4 pairs on: Bonett & Wright 2000, "Sample size requirements for estimating
   Pearson, Kendall and Spearman correlations", Psychometrika 65(1), 23-28. */
struct npt__correlation npt__spearman(const double *x, const double *y, size_t count,
                                      double confidence);

/* tau-b, (concordant - discordant) / sqrt(pairs not tied in x * pairs not tied in y): Kendall 1945, "The treatment
   of ties in ranking problems", Biometrika 33, 239-251; counted as Knight 1966 does, Journal of the American
   Statistical Association 61, 436-439. The error of z is sqrt(0.437 / (n - 4)), from 5 pairs on: Fieller, Hartley
   & Pearson 1957, "Tests for rank correlation coefficients. I", Biometrika 44, 470-481; as in Bonett & Wright
   2000. */
struct npt__correlation npt__kendall(const double *x, const double *y, size_t count,
                                     double confidence);

#endif
