/* cluster_bootstrap.h - bootstrap intervals by cluster, and of the difference between two samples.
 *
 * Answers from one site, or segments from one interview, are alike: rows drawn one by one would make intervals too
 * narrow. Here whole clusters are drawn with replacement (Davison & Hinkley 1997, Bootstrap Methods and their
 * Application, section 3.8; Field & Welsh 2007, Journal of the Royal Statistical Society B 69, 369-390). Intervals
 * by clusters need many of them: with fewer than ten or so they come out too narrow.
 *
 *     struct npt__bootstrap_options options = {.replicates = 2000, .seed = 1, .threads = 2, .confidence = 0.95};
 *     struct npt__bootstrap_interval interval =
 *         npt__cluster_bootstrap_difference(&rows, NPT__INTERVAL_BCA, &options);
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CLUSTER_BOOTSTRAP_H
#define NPT__CLUSTER_BOOTSTRAP_H

#include "bootstrap.h"

enum npt__interval_kind {
    NPT__INTERVAL_BCA,
    NPT__INTERVAL_PERCENTILE,
};

/* An estimate from clusters of which number i stands times[i] times in the sample; NaN where it has no value. Must
   not depend on anything else, and may be called by several threads at once. */
typedef double npt__cluster_statistic(const void *user, const uint32_t *times);

/* The interval of any statistic of 2 .. NPT__MOST_CLUSTERS clusters. BCa's acceleration comes from the estimates
   without one cluster each. Clusters are drawn by number: give them numbers that do not depend on the order of the
   rows. Fewer than 2 clusters: NPT__BOOTSTRAP_TOO_FEW. */
#define NPT__MOST_CLUSTERS 1000000u
struct npt__bootstrap_interval npt__cluster_bootstrap(size_t clusters,
                                                      npt__cluster_statistic *statistic,
                                                      const void *user,
                                                      enum npt__interval_kind kind,
                                                      const struct npt__bootstrap_options *options);

/* Rows in clusters. A proportion is a mean of scores 0 and 1 with unit 1. */
struct npt__cluster_rows {
    const int64_t
        *scores; /* times `unit` (at least 1); of at most NPT__SUMS_MOST_VALUE (describe.h) */
    int64_t unit;
    const uint32_t
        *clusters; /* of each row: 0 .. cluster_count - 1; clusters without rows are passed over */
    const uint8_t *groups; /* of each row: 0 or 1; NULL for a mean */
    size_t count, cluster_count;
};

/* The mean of all rows (a ratio: the sum of the clusters' sums over the sum of their sizes). */
struct npt__bootstrap_interval npt__cluster_bootstrap_mean(
    const struct npt__cluster_rows *rows, enum npt__interval_kind kind,
    const struct npt__bootstrap_options *options);
/* The mean of group 0 less the mean of group 1. Where every cluster lies within one group (sites that were or were
   not trained), clusters are drawn within each group, and each group needs 2; otherwise (before and after at
   the same sites) all are drawn together. Digits depend neither on the order of the rows nor on the numbering of
   the clusters. */
struct npt__bootstrap_interval npt__cluster_bootstrap_difference(
    const struct npt__cluster_rows *rows, enum npt__interval_kind kind,
    const struct npt__bootstrap_options *options);

/* The difference of two means, rows drawn one by one within each sample. BCa's acceleration is that of two samples
   (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 14; as scipy.stats.bootstrap has it): the third
   power of the influences (value - mean) / n of both samples. Each sample needs 2 values. */
struct npt__two_samples {
    const double *first, *second;
    size_t first_count, second_count;
};
struct npt__bootstrap_interval npt__bootstrap_difference(
    const struct npt__two_samples *samples, enum npt__interval_kind kind,
    const struct npt__bootstrap_options *options);

#endif
