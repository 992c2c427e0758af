/* effect_means.h - how large the difference of two means is, in standard deviations, with an interval.
 *
 * Positive where the first mean is the larger. Intervals come from the noncentral t distribution (noncentral.h):
 * Steiger & Fouladi 1997; Cumming & Finch 2001, Educational and Psychological Measurement 61(4), 532-574.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__EFFECT_MEANS_H
#define NPT__EFFECT_MEANS_H

#include "mean_difference.h"

struct npt__mean_effect {
    bool defined;
    enum npt__difference_fault fault;
    double estimate;   /* NAN unless defined, as all that follows */
    double freedom;    /* of the standard deviation that the difference is divided by */
    double correction; /* what the estimate and both ends were multiplied with: Hedges' J, or 1 */
    struct npt__interval interval;
};

/* gamma(v / 2) / (sqrt(v / 2) gamma((v - 1) / 2)), the factor that takes away the bias of a standardised difference:
   Hedges 1981, "Distribution theory for Glass's estimator of effect size and related estimators", Journal of
   Educational Statistics 6(2), 107-128. NAN unless `freedom` is above 1. */
double npt__hedges_correction(double freedom);

/* Divided by the pooled standard deviation (Cohen 1988, p. 66), and the same times Hedges' J (Hedges 1981). The
   interval of d is exact where values are normal and the groups vary alike; g's is d's times J, as effectsize has it.
   `interval` is not defined where |t| is above 1e6. */
struct npt__mean_effect npt__cohen_d(const struct npt__description *first,
                                     const struct npt__description *second, double confidence);
struct npt__mean_effect npt__hedges_g(const struct npt__description *first,
                                      const struct npt__description *second, double confidence);

/* Divided by the standard deviation of the second group, the reference, with its degrees of freedom (Glass 1976,
   Educational Researcher 5, 3-8). The groups need not vary alike: the interval, an approximation, takes
   sqrt(1 / n2 + s1^2 / (n1 s2^2)) for the error of the difference in these units (Algina, Keselman & Penfield 2006,
   Journal of Modern Applied Statistical Methods 5(1), 2-13). Both groups need two values. */
struct npt__mean_effect npt__glass_delta(const struct npt__description *first,
                                         const struct npt__description *reference,
                                         double confidence);

/* Of pairs. g_z: the mean difference divided by the standard deviation of the differences (Cohen 1988, p. 48), times
   J of n - 1. The interval is exact where differences are normal. */
struct npt__mean_effect npt__paired_g_z(const double *first, const double *second, size_t count,
                                        double confidence);
/* g_av: the mean difference divided by the root of the mean of the two variances, times J of n - 1; on the same scale
   as Hedges' g of independent groups. The interval is that of g_z in these units, an approximation: Algina &
   Keselman 2003, "Approximate confidence intervals for effect sizes", Educational and Psychological Measurement
   63(4), 537-553. */
struct npt__mean_effect npt__paired_g_av(const double *first, const double *second, size_t count,
                                         double confidence);

#endif
