/* interval.h - confidence intervals for means and proportions, and the quantiles they need.
 *
 * Confidence is a share such as 0.95. An interval that does not exist is said to: `defined` is false and both
 * ends are 0, never NAN.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INTERVAL_H
#define NPT__INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

struct npt__interval {
    bool defined;
    double low, high;
};

/* The value below which a standard normal variable lies with this probability: algorithm AS 241 (Wichura 1988,
   Applied Statistics 37, 477-484) as in GSL. NAN where the probability is not strictly within 0 and 1. */
double npt__normal_quantile(double probability);
/* The same for Student's t with `freedom` degrees of freedom, which need not be whole. Relative errors are below
   1e-14 for tails down to 1e-15; near the median the absolute error is below 1e-15. NAN where the probability
   is not within 1e-100 and 1 - 1e-16 or `freedom` is below 1. */
double npt__t_quantile(double probability, double freedom);

/* estimate +- t * error (Student 1908, Biometrika 6, 1-25), with `error` the estimate's standard error.
   Not defined where `error` is not above 0 (nothing varied, so nothing is known of how much it varies), a number
   is not finite, `freedom` is below 1, or the confidence is not within 0 and 1. */
struct npt__interval npt__t_interval(double estimate, double error, double freedom,
                                     double confidence);
/* The same for a mean: the error is sd / sqrt(count), with count - 1 degrees of freedom. */
struct npt__interval npt__mean_interval(size_t count, double mean, double sd, double confidence);

/* The score interval of a proportion without correction for continuity: Wilson 1927, "Probable inference, the
   law of succession, and statistical inference", Journal of the American Statistical Association 22, 209-212.
   It lies within 0 and 1, and reaches 0 or 1 where all cases agree. Not defined where `count` is 0, `successes`
   is above it, or the confidence is not within 0 and 1. */
struct npt__interval npt__wilson_interval(size_t successes, size_t count, double confidence);

#endif
