/* cluster.h - people within sites are alike: how much, what that costs, and means that allow for it.
 *
 *     struct npt__cluster_data data = {.y = y, .cluster = site, .count = n, .clusters = 6};
 *     struct npt__cluster_icc icc = npt__cluster_icc(&data, 0.95);
 *     struct npt__design_effect effect = npt__design_effect(data.cluster, n, 6, icc.icc);
 *     struct npt__cluster_mean mean = npt__cluster_mean(&data, 0.95);
 *
 * Rows with a missing value are left out by the caller; clusters without rows are allowed and left out. Results
 * do not depend on the order of the rows or the numbers of the clusters, but for one case in many millions.
 * What does not exist is 0 with `defined` false, never NaN.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CLUSTER_H
#define NPT__CLUSTER_H

#include "interval.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__CLUSTER_MOST_ROWS 100000000u
#define NPT__CLUSTER_MOST 10000000u /* clusters */

struct npt__cluster_data {
    const double *y;      /* `count` */
    const double *weight; /* `count`, each at least 0; NULL: all 1. Only npt__cluster_mean() uses
                                them, and leaves out rows whose weight is 0. */
    /* `count`, each below `clusters` (else the program stops at an assertion). */
    const uint32_t *cluster;
    size_t count, clusters;
};

/* Why there is no result. */
enum npt__cluster_fault {
    NPT__CLUSTER_FINE,
    NPT__CLUSTER_TOO_MANY,   /* rows or clusters: more than the ceilings above */
    NPT__CLUSTER_NOT_FINITE, /* a value or weight, one beyond 1e150, or a weight below 0 */
    NPT__CLUSTER_EMPTY,      /* no rows, or no weight above 0 */
    NPT__CLUSTER_FEW,        /* fewer than 2 clusters have rows */
    NPT__CLUSTER_SINGLES,    /* each cluster has one row */
    NPT__CLUSTER_CONSTANT,   /* all values are equal; of an error, also: all clusters' means are */
};

/* The intraclass correlation from an analysis of variance, (MSB - MSW) / (MSB + (m0 - 1) MSW), where m0 = (n -
   sum m^2 / n) / (k - 1) (Fisher 1925, "Statistical methods for research workers", ch. 7; Donner 1986, "A
   review of inference procedures for the intraclass correlation coefficient in the one-way random effects
   model", International Statistical Review 54, 67-82). It may be negative, down to -1 / (m0 - 1). The interval
   is (F / Fq - 1) / (F / Fq + m0 - 1), with F = MSB / MSW and Fq the quantiles of F: exact where clusters are
   of equal size (Searle 1971, "Linear models", ch. 9), else an approximation (Ukoumunne 2002, Statistics in
   Medicine 21, 3757-3774). */
struct npt__cluster_icc {
    bool defined;
    enum npt__cluster_fault fault;
    size_t count, clusters; /* rows, and clusters that have rows */
    double between, within; /* mean squares, MSB and MSW */
    double size;            /* m0 */
    double icc;
    bool tested; /* false, and the test 0, where nothing varies within clusters */
    double f, freedom, error_freedom, p;
    struct npt__interval interval; /* none where `tested` is false */
};
struct npt__cluster_icc npt__cluster_icc(const struct npt__cluster_data *data, double confidence);

/* How many times the variance of a mean is what it would be without clusters. */
struct npt__design_effect {
    bool defined;           /* at least one row, within the ceilings, the correlation is finite */
    size_t count, clusters; /* rows, and clusters that have rows */
    double mean_size;       /* rows per cluster */
    /* Of the sizes: their variance (divided by k) over the mean's square. */
    double squared_variation;
    double equal; /* 1 + (mean size - 1) icc: Kish 1965, "Survey sampling" */
    /* 1 + ((squared variation + 1) mean size - 1) icc: Eldridge, Ashby & Kerry 2006, International Journal of
       Epidemiology 35, 1292-1300. */
    double unequal;
    /* Rows divided by the design effect; 0 where that is not above 0. */
    double effective_equal, effective_unequal;
};
struct npt__design_effect npt__design_effect(const uint32_t *cluster, size_t count, size_t clusters,
                                             double icc);

/* What unequal weights cost, n sum w^2 / (sum w)^2: Kish 1992, "Weighting for unequal Pi", Journal of Official
   Statistics 8, 183-200; and the number of equal weights as good, n divided by it. n counts weights above 0. */
struct npt__weight_effect {
    bool defined; /* at least one weight is above 0; all are finite and none is below 0 */
    double effect, effective;
};
struct npt__weight_effect npt__weight_effect(const double *weight, size_t count);

/* The (weighted) mean of rows drawn by clusters, with the error from linearisation with clusters drawn with
   replacement: k / (k - 1) sum over clusters (sum of w (y - mean))^2 / (sum w)^2 (Woodruff 1971, Journal of the
   American Statistical Association 66, 411-414; as R's survey::svymean). The interval has t's quantile with k -
   1 degrees. The mean is there with one cluster as well, and with a constant; error, effect and interval are
   not. */
struct npt__cluster_mean {
    bool defined;
    enum npt__cluster_fault fault; /* also why there is no error */
    size_t count, clusters;
    double mean;
    bool error_defined;
    double error, freedom;
    /* The error's square over that of a simple sample of as many rows, drawn with replacement: svymean(deff =
       "replace"); 0 where not defined. */
    double design_effect;
    struct npt__interval interval;
};
struct npt__cluster_mean npt__cluster_mean(const struct npt__cluster_data *data, double confidence);

#endif
