/* cluster_bootstrap.c - bootstrap intervals by cluster, and of the difference between two samples.
 *
 * A resample is told by how often each cluster stands in it. Clusters are put into an order of their own, by what they
 * hold, and their sums are whole numbers: digits depend neither on the order of the rows nor on the clusters' numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cluster_bootstrap.h"

#include "sample.h"
#include "../base/arena.h"
#include "describe.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct npt__bootstrap_interval no_interval(double estimate, enum npt__bootstrap_fault fault)
{
    return (struct npt__bootstrap_interval){
        .fault = fault, .estimate = estimate, .low = NAN, .high = NAN};
}

static bool too_few_replicates(const struct npt__bootstrap_options *options)
{
    return options->replicates < 2 || options->replicates > NPT__MOST_REPLICATES;
}

/* ---- any statistic --------------------------------------------------------------------------- */

/* Clusters first .. end - 1 are drawn as often as there are of them. One stratum, or two. */
struct strata {
    size_t count;
    size_t ends[2];
};

struct clusters {
    struct strata strata;
    npt__cluster_statistic *statistic;
    const void *user;
};

static size_t cluster_count(const struct strata *strata)
{
    return strata->ends[strata->count - 1];
}

static double estimate_of_draw(const void *user, struct npt__random *random)
{
    const struct clusters *clusters = user;
    const size_t count = cluster_count(&clusters->strata);
    uint32_t *times = npt__allocate(count * sizeof *times);
    memset(times, 0, count * sizeof *times);
    for (size_t s = 0, first = 0; s < clusters->strata.count; s++) {
        const size_t size = clusters->strata.ends[s] - first;
        for (size_t i = 0; i < size; i++)
            times[first + (size_t)npt__random_below(random, size)]++;
        first = clusters->strata.ends[s];
    }
    const double estimate = clusters->statistic(clusters->user, times);
    npt__release(times);
    return estimate;
}

/* The influence of each cluster on the estimate, (n - 1) / n (mean of the estimates without one - estimate without it)
   within its stratum, with the sign turned: npt__acceleration() takes it as it takes such estimates. */
static double acceleration_of(const struct clusters *clusters, uint32_t *times)
{
    const size_t count = cluster_count(&clusters->strata);
    double *without = npt__allocate(count * sizeof *without);
    for (size_t i = 0; i < count; i++) {
        times[i] = 0;
        without[i] = clusters->statistic(clusters->user, times);
        times[i] = 1;
    }
    for (size_t s = 0, first = 0; s < clusters->strata.count; s++) {
        const size_t end = clusters->strata.ends[s];
        const double size = (double)(end - first);
        double mean = 0;
        for (size_t i = first; i < end; i++)
            mean += without[i] / size;
        for (size_t i = first; i < end; i++)
            without[i] = (without[i] - mean) * (size - 1) / size;
        first = end;
    }
    const double acceleration = npt__acceleration(without, NULL, count);
    npt__release(without);
    return acceleration;
}

static struct npt__bootstrap_interval resample(const struct clusters *clusters,
                                               enum npt__interval_kind kind,
                                               const struct npt__bootstrap_options *options)
{
    const size_t count = cluster_count(&clusters->strata);
    uint32_t *times = npt__allocate(count * sizeof *times);
    for (size_t i = 0; i < count; i++)
        times[i] = 1;
    const double estimate = clusters->statistic(clusters->user, times);
    double *results = npt__allocate(options->replicates * sizeof *results);
    npt__bootstrap(results, options->replicates, options->seed, options->threads, estimate_of_draw,
                   clusters);
    struct npt__bootstrap_interval interval;
    if (kind == NPT__INTERVAL_PERCENTILE)
        interval =
            npt__bootstrap_percentile(results, options->replicates, estimate, options->confidence);
    else
        interval = npt__bootstrap_bca(results, options->replicates, estimate,
                                      acceleration_of(clusters, times), options->confidence);
    npt__release(results);
    npt__release(times);
    return interval;
}

struct npt__bootstrap_interval npt__cluster_bootstrap(size_t clusters,
                                                      npt__cluster_statistic *statistic,
                                                      const void *user,
                                                      enum npt__interval_kind kind,
                                                      const struct npt__bootstrap_options *options)
{
    const struct clusters all = {
        .strata = {.count = 1, .ends = {clusters}}, .statistic = statistic, .user = user};
    if (clusters < 2 || clusters > NPT__MOST_CLUSTERS)
        return no_interval(NAN, NPT__BOOTSTRAP_TOO_FEW);
    if (too_few_replicates(options))
        return no_interval(NAN, NPT__BOOTSTRAP_REPLICATES);
    return resample(&all, kind, options);
}

/* ---- means of rows in clusters ---------------------------------------------------------------- */

struct cluster {
    int64_t sums[2];    /* of scores, of each group */
    uint32_t counts[2]; /* of rows */
};

struct rows {
    struct cluster *clusters;
    size_t count;
    bool difference;
    double unit;
};

static int order_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Clusters of group 0 alone stand first, those of group 1 alone last. */
static int compare_clusters(const void *a, const void *b)
{
    const struct cluster *left = a, *right = b;
    const int kinds[2] = {(left->counts[1] > 0) - (left->counts[0] > 0),
                          (right->counts[1] > 0) - (right->counts[0] > 0)};
    int order = order_of(kinds[0], kinds[1]);
    for (size_t g = 0; g < 2 && !order; g++) {
        order = order_of(left->counts[g], right->counts[g]);
        if (!order)
            order = order_of(left->sums[g], right->sums[g]);
    }
    return order;
}

static double mean_statistic(const void *user, const uint32_t *times)
{
    const struct rows *rows = user;
    npt__int128 sums[2] = {0, 0};
    uint64_t counts[2] = {0, 0};
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t g = 0; g < 2; g++) {
            sums[g] += (npt__int128)rows->clusters[i].sums[g] * times[i];
            counts[g] += (uint64_t)rows->clusters[i].counts[g] * times[i];
        }
    }
    if (!counts[0] || (rows->difference && !counts[1]))
        return NAN;
    const double mean = (double)sums[0] / (double)counts[0];
    const double other = rows->difference ? (double)sums[1] / (double)counts[1] : 0;
    return (mean - other) / rows->unit;
}

static void gather(struct rows *rows, const struct npt__cluster_rows *data, bool difference)
{
    *rows = (struct rows){.difference = difference, .unit = (double)data->unit};
    rows->clusters = npt__allocate((data->cluster_count + 1) * sizeof *rows->clusters);
    memset(rows->clusters, 0, (data->cluster_count + 1) * sizeof *rows->clusters);
    for (size_t i = 0; i < data->count; i++) {
        assert(data->clusters[i] < data->cluster_count);
        struct cluster *cluster = &rows->clusters[data->clusters[i]];
        const size_t group = difference ? data->groups[i] : 0;
        cluster->sums[group] += data->scores[i];
        cluster->counts[group]++;
    }
    for (size_t i = 0; i < data->cluster_count; i++)
        if (rows->clusters[i].counts[0] || rows->clusters[i].counts[1])
            rows->clusters[rows->count++] = rows->clusters[i];
    qsort(rows->clusters, rows->count, sizeof *rows->clusters, compare_clusters);
}

/* Two strata where every cluster lies within one of both groups. */
static struct strata strata_of(const struct rows *rows)
{
    size_t firsts = 0, seconds = 0;
    for (size_t i = 0; i < rows->count; i++) {
        firsts += !rows->clusters[i].counts[1];
        seconds += !rows->clusters[i].counts[0];
    }
    if (rows->difference && firsts && seconds && firsts + seconds == rows->count)
        return (struct strata){.count = 2, .ends = {firsts, rows->count}};
    return (struct strata){.count = 1, .ends = {rows->count}};
}

static enum npt__bootstrap_fault check_rows(const struct npt__cluster_rows *data)
{
    if (data->count > NPT__SUMS_MOST_VALUES || data->cluster_count > NPT__MOST_CLUSTERS)
        return NPT__BOOTSTRAP_TOO_FEW;
    for (size_t i = 0; i < data->count; i++)
        if (data->scores[i] < -NPT__SUMS_MOST_VALUE || data->scores[i] > NPT__SUMS_MOST_VALUE)
            return NPT__BOOTSTRAP_NOT_FINITE;
    return NPT__BOOTSTRAP_FINE;
}

static struct npt__bootstrap_interval interval_of(const struct npt__cluster_rows *data,
                                                  bool difference, enum npt__interval_kind kind,
                                                  const struct npt__bootstrap_options *options)
{
    const enum npt__bootstrap_fault fault = check_rows(data);
    if (fault)
        return no_interval(NAN, fault);
    struct rows rows;
    gather(&rows, data, difference);
    const struct clusters clusters = {
        .strata = strata_of(&rows), .statistic = mean_statistic, .user = &rows};
    const size_t first = clusters.strata.ends[0];
    uint32_t *once = npt__allocate((rows.count + 1) * sizeof *once);
    for (size_t i = 0; i < rows.count; i++)
        once[i] = 1;
    const double estimate = mean_statistic(&rows, once);
    npt__release(once);
    struct npt__bootstrap_interval interval;
    if (isnan(estimate) || first < 2 || (clusters.strata.count == 2 && rows.count - first < 2))
        interval = no_interval(estimate, NPT__BOOTSTRAP_TOO_FEW);
    else if (too_few_replicates(options))
        interval = no_interval(estimate, NPT__BOOTSTRAP_REPLICATES);
    else
        interval = resample(&clusters, kind, options);
    npt__release(rows.clusters);
    return interval;
}

struct npt__bootstrap_interval npt__cluster_bootstrap_mean(
    const struct npt__cluster_rows *rows, enum npt__interval_kind kind,
    const struct npt__bootstrap_options *options)
{
    return interval_of(rows, false, kind, options);
}

struct npt__bootstrap_interval npt__cluster_bootstrap_difference(
    const struct npt__cluster_rows *rows, enum npt__interval_kind kind,
    const struct npt__bootstrap_options *options)
{
    return interval_of(rows, true, kind, options);
}

/* ---- two samples, by case -------------------------------------------------------------------- */

static double difference_of_draws(const void *user, struct npt__random *random)
{
    const struct npt__sample *samples = user;
    const double first = npt__sample_draw(&samples[0], random);
    return first - npt__sample_draw(&samples[1], random);
}

static double acceleration_of_difference(const struct npt__sample *samples)
{
    const size_t count = samples[0].count + samples[1].count;
    double *influences = npt__allocate(count * sizeof *influences);
    for (size_t s = 0, at = 0; s < 2; s++) {
        const double share =
            (s ? 1 : -1) / (double)samples[s].count; /* as of estimates without one */
        for (size_t i = 0; i < samples[s].count; i++)
            influences[at++] = share * (samples[s].values[i] - samples[s].mean);
    }
    const double acceleration = npt__acceleration(influences, NULL, count);
    npt__release(influences);
    return acceleration;
}

static bool all_finite(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

static struct npt__bootstrap_interval resample_two(const struct npt__sample *samples,
                                                   enum npt__interval_kind kind,
                                                   const struct npt__bootstrap_options *options)
{
    const double estimate = samples[0].mean - samples[1].mean;
    if (!isfinite(estimate))
        return no_interval(NAN, NPT__BOOTSTRAP_NOT_FINITE);
    double *results = npt__allocate(options->replicates * sizeof *results);
    npt__bootstrap(results, options->replicates, options->seed, options->threads,
                   difference_of_draws, samples);
    struct npt__bootstrap_interval interval;
    if (kind == NPT__INTERVAL_PERCENTILE)
        interval =
            npt__bootstrap_percentile(results, options->replicates, estimate, options->confidence);
    else
        interval = npt__bootstrap_bca(results, options->replicates, estimate,
                                      acceleration_of_difference(samples), options->confidence);
    npt__release(results);
    return interval;
}

struct npt__bootstrap_interval npt__bootstrap_difference(
    const struct npt__two_samples *samples, enum npt__interval_kind kind,
    const struct npt__bootstrap_options *options)
{
    if (!all_finite(samples->first, samples->first_count) ||
        !all_finite(samples->second, samples->second_count))
        return no_interval(NAN, NPT__BOOTSTRAP_NOT_FINITE);
    if (samples->first_count < 2 || samples->second_count < 2 ||
        samples->first_count > UINT32_MAX || samples->second_count > UINT32_MAX)
        return no_interval(NAN, NPT__BOOTSTRAP_TOO_FEW);
    if (too_few_replicates(options))
        return no_interval(NAN, NPT__BOOTSTRAP_REPLICATES);
    struct npt__sample sorted[2];
    npt__sample_open(&sorted[0], samples->first, samples->first_count);
    npt__sample_open(&sorted[1], samples->second, samples->second_count);
    struct npt__bootstrap_interval interval = resample_two(sorted, kind, options);
    npt__sample_release(&sorted[0]);
    npt__sample_release(&sorted[1]);
    return interval;
}
