/* mean_difference.h - the difference of two means with its interval and test: Welch's, Student's, and of pairs.
 *
 * Differences are the first mean minus the second, here and in post_hoc.h and effect_means.h.
 * Groups are given by their descriptions (npt__describe(), npt__describe_groups()).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MEAN_DIFFERENCE_H
#define NPT__MEAN_DIFFERENCE_H

#include "describe.h"
#include "interval.h"

#include <stdbool.h>
#include <stddef.h>

/* Why there is no interval and no test (or no effect size). */
enum npt__difference_fault {
    NPT__DIFFERENCE_FINE,
    NPT__DIFFERENCE_EMPTY,      /* one of the groups has no values */
    NPT__DIFFERENCE_TOO_FEW,    /* values to tell how much they vary */
    NPT__DIFFERENCE_CONSTANT,   /* nothing varied, so nothing is known of how much it varies */
    NPT__DIFFERENCE_NOT_FINITE, /* a value, or what comes of it */
    NPT__DIFFERENCE_CONFIDENCE, /* not within 0 and 1 */
    NPT__DIFFERENCE_GROUPS,     /* more than NPT__RANGE_MOST_GROUPS to compare (post_hoc.h) */
};

struct npt__mean_difference {
    size_t first, second; /* which groups; 0 and 1 where only two were given */
    double
        difference; /* the first mean minus the second; NAN unless both groups have finite values */
    bool defined;   /* interval and test */
    enum npt__difference_fault fault;
    double error;     /* the difference's standard error; the rest is NAN unless defined */
    double statistic; /* t: difference / error; of Tukey-Kramer and Games-Howell q: |t| * sqrt(2) */
    double freedom,
        p; /* two-sided; adjusted for the number of groups by Tukey-Kramer and Games-Howell */
    struct npt__interval interval;
};

/* Welch's t, without the assumption that the groups vary alike: Welch 1938, "The significance of the difference
   between two means when the population variances are unequal", Biometrika 29, 350-362; degrees of freedom of
   Satterthwaite 1946, Biometrics Bulletin 2, 110-114. Each group needs two values; one of the groups may be
   constant. */
struct npt__mean_difference npt__welch_difference(const struct npt__description *first,
                                                  const struct npt__description *second,
                                                  double confidence);
/* Student's t with the variances pooled. One of the groups needs two values. */
struct npt__mean_difference npt__pooled_difference(const struct npt__description *first,
                                                   const struct npt__description *second,
                                                   double confidence);
/* Student's t of the differences first[i] - second[i]. Differences that vary by no more than the rounding of
   their values count as constant. */
struct npt__mean_difference npt__paired_difference(const double *first, const double *second,
                                                   size_t count, double confidence);

/* For other kernels: whether there is a difference at all, and its degrees of freedom and error by Welch. */
struct npt__mean_difference npt__difference_only(const struct npt__description *first,
                                                 const struct npt__description *second);
void npt__difference_welch_error(struct npt__mean_difference *difference,
                                 const struct npt__description *first,
                                 const struct npt__description *second);
/* The differences first[i] - second[i]: their description, the standard deviation 0 where they vary by no more than
   the rounding of the values. */
struct npt__description npt__describe_differences(const double *first, const double *second,
                                                  size_t count);
/* The standard deviation pooled over groups, from their own; `freedom` is the sum of their counts less one each. NAN
   where that is 0 or one group's values are not finite. */
double npt__pooled_sd(const struct npt__description *groups, size_t count, double *freedom);

#endif
