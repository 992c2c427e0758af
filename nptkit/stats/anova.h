/* anova.h - do the means of several groups differ: analysis of variance, Welch's, and shares of variance.
 *
 * Values come with the index of their group, in any order: the digits are the same. Sums have twice the
 * precision of doubles. A missing value is left out by the caller.
 *
 *     struct npt__grouped data = {.values = y, .group_of = site, .count = n, .groups = 4};
 *     struct npt__description sites[4];
 *     npt__describe_groups(&data, sites);
 *     struct npt__anova anova = npt__anova(&data, 0.95);
 *     struct npt__welch_anova welch = npt__welch_anova(sites, 4);
 *
 * A group without values takes no part. What is not defined is NAN, with the reason in `fault`.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ANOVA_H
#define NPT__ANOVA_H

#include "describe.h"
#include "groups.h"
#include "interval.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each group's count, mean, standard deviation, least and most, as npt__describe() gives them. `descriptions`
   takes one for each group. */
void npt__describe_groups(const struct npt__grouped *data, struct npt__description *descriptions);

enum npt__anova_fault {
    NPT__ANOVA_FINE,
    NPT__ANOVA_GROUPS,  /* fewer than two groups with values */
    NPT__ANOVA_TOO_FEW, /* no group has two values; Welch: a group has one only */
    NPT__ANOVA_CONSTANT, /* no value differs from the mean of its group; Welch: in one of the groups */
    NPT__ANOVA_NOT_FINITE, /* a value, or what comes of it */
};

struct npt__anova {
    size_t count, groups; /* values, and groups that have any */
    bool defined;
    enum npt__anova_fault fault;
    double mean; /* of all values; NAN where there are none, or one is not finite */
    double between_squares, within_squares; /* sums of squares */
    double between_freedom, within_freedom; /* groups - 1, count - groups */
    double between_mean, within_mean;       /* mean squares; sqrt(within_mean): the residual sd */
    double f, p;
    /* The share of variance that lies between groups, estimated in three ways, of which eta squared is too large
       and the other two next to unbiased; these fall below 0 where f is below 1, and are left there.
       eta^2 = between / total (Fisher 1925); omega^2 = (between - df * mean within) / (total + mean within) (Hays
       1963); epsilon^2 = (between - df * mean within) / total (Kelley 1935, PNAS 21, 554-559). */
    double eta_squared, omega_squared, epsilon_squared;
    /* All three estimate the same share, noncentrality / (noncentrality + count), and this is its interval:
       Steiger 2004, "Beyond the F test", Psychological Methods 9(2), 164-182, equations 18 to 20. With many small
       groups eta squared itself may lie above it. Some texts report an interval of twice the error (confidence
       0.9 for a test at 0.05), because the share cannot be negative. */
    struct npt__interval share;
};

struct npt__anova npt__anova(const struct npt__grouped *data, double confidence);

struct npt__welch_anova {
    size_t count, groups; /* values, and groups that have any */
    bool defined;
    enum npt__anova_fault fault;
    double f, numerator, denominator, p; /* with the degrees of freedom */
};

/* Without the assumption that groups vary alike: Welch 1951, "On the comparison of several mean values: an
   alternative approach", Biometrika 38, 330-336. Takes the groups' descriptions. Every group with values needs
   two that differ. */
struct npt__welch_anova npt__welch_anova(const struct npt__description *groups, size_t count);

/* Do the groups vary alike? The analysis of variance of distances from each group's median: Brown & Forsythe 1974,
   "Robust tests for the equality of variances", Journal of the American Statistical Association 69, 364-367.
   `mean` and the squares are those of the distances. */
struct npt__anova npt__brown_forsythe(const struct npt__grouped *data, double confidence);

#endif
