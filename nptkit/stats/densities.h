/* densities.h - chances of single numbers of a Poisson and of a binomial distribution, with nearly all digits.
 *
 * Loader 2000, "Fast and accurate computation of binomial probabilities": what Stirling's formula leaves over and the
 * deviance are found separately, so nothing cancels where the numbers are large.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DENSITIES_H
#define NPT__DENSITIES_H

/* x ln(x / mean) - (x - mean), never below 0, with all digits where x is near the mean: `difference` is x - mean,
   which callers may know better than by subtraction. x and mean > 0. */
double npt__deviance_part(double x, double mean, double difference);

/* e^-mean mean^x / Gamma(x + 1), for x >= 0 that need not be whole and mean >= 0. */
double npt__poisson_density(double x, double mean);

/* The chance of so many successes in `count` trials, 0 <= successes <= count (whole), 0 <= probability <= 1. */
double npt__binomial_density(double successes, double count, double probability);

#endif
