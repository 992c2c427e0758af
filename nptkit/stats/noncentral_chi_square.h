/* noncentral_chi_square.h - the noncentral chi-square distribution, and which noncentralities fit an observed chi-square.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__NONCENTRAL_CHI_SQUARE_H
#define NPT__NONCENTRAL_CHI_SQUARE_H

#include "interval.h"

#define NPT__NONCENTRAL_CHI_SQUARE_LARGEST 1e9 /* of all three arguments */

struct npt__noncentral_tails {
    double lower, upper; /* the chance of x or less, and of more; relative errors are below
                            1e-12 down to chances of 1e-15 */
    double slope;        /* of `lower` as the noncentrality grows; never above 0 */
};

/* A mixture of chi-square distributions with freedom + 2j degrees of freedom, j being a Poisson variable of mean
   noncentrality / 2 (Johnson, Kotz & Balakrishnan 1995, Continuous Univariate Distributions 2, eq. 29.2).
   freedom >= 1; x and noncentrality >= 0; all at most NPT__NONCENTRAL_CHI_SQUARE_LARGEST. */
struct npt__noncentral_tails npt__noncentral_chi_square(double x, double freedom,
                                                        double noncentrality);

/* The noncentralities under which neither tail at x is below (1 - confidence) / 2; an end is 0 where even 0 is too
   large. Not defined where the confidence is not within 0 and 1, or x is above half of NPT__NONCENTRAL_CHI_SQUARE_LARGEST. */
struct npt__interval npt__noncentrality_interval(double x, double freedom, double confidence);

#endif
