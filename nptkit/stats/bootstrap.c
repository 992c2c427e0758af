/* bootstrap.c - resampling: replicates drawn in threads, and intervals made of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bootstrap.h"

#include "describe.h"

#include "sample.h"
#include "../base/arena.h"
#include "../base/parallel.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#define PORTION 8u /* replicates taken at a time: a cache line of results */

/* A binomial number costs about as much as this many single draws. */
#define DRAWS_FOR_A_COUNT 64u

/* ---- replicates ------------------------------------------------------------------------------ */

struct job {
    double *results;
    size_t replicates;
    uint64_t seed;
    double (*statistic)(const void *user, struct npt__random *random);
    const void *user;
};

static void draw_portion(void *user, size_t index)
{
    const struct job *job = user;
    const size_t first = index * PORTION;
    for (size_t i = first; i < job->replicates && i < first + PORTION; i++) {
        struct npt__random random;
        npt__random_start(&random, job->seed, i);
        job->results[i] = job->statistic(job->user, &random);
    }
}

void npt__bootstrap(double *results, size_t replicates, uint64_t seed, unsigned threads,
                    double (*statistic)(const void *user, struct npt__random *random),
                    const void *user)
{
    struct job job = {.results = results,
                      .replicates = replicates,
                      .seed = seed,
                      .statistic = statistic,
                      .user = user};
    npt__parallel(threads, (replicates + PORTION - 1) / PORTION, draw_portion, &job);
}

bool npt__bootstrap_by_counts(size_t count, size_t distinct)
{
    return distinct < count / DRAWS_FOR_A_COUNT;
}

/* ---- intervals ------------------------------------------------------------------------------- */

static struct npt__bootstrap_interval no_interval(double estimate, enum npt__bootstrap_fault fault)
{
    return (struct npt__bootstrap_interval){
        .fault = fault, .estimate = estimate, .low = NAN, .high = NAN};
}

/* Drops what is NaN and sorts the rest; a fault where no interval can be made of it. */
static enum npt__bootstrap_fault prepare(double *results, size_t *replicates, double estimate)
{
    size_t kept = 0, all = *replicates;
    for (size_t i = 0; i < all; i++)
        if (!isnan(results[i]))
            results[kept++] = results[i];
    *replicates = kept;
    if (kept < 2 || all > NPT__MOST_REPLICATES || all - kept > all / 20)
        return NPT__BOOTSTRAP_REPLICATES;
    npt__sort(results, kept);
    if (!isfinite(estimate) || !isfinite(results[0]) || !isfinite(results[kept - 1]))
        return NPT__BOOTSTRAP_NOT_FINITE;
    if (results[0] >= results[kept - 1])
        return NPT__BOOTSTRAP_CONSTANT;
    return NPT__BOOTSTRAP_FINE;
}

static double quantile(const double *sorted, size_t count, double share)
{
    return gsl_stats_quantile_from_sorted_data(sorted, 1, count, share);
}

struct npt__bootstrap_interval npt__bootstrap_percentile(double *results, size_t replicates,
                                                         double estimate, double confidence)
{
    assert(confidence > 0 && confidence < 1);
    enum npt__bootstrap_fault fault = prepare(results, &replicates, estimate);
    if (fault)
        return no_interval(estimate, fault);
    return (struct npt__bootstrap_interval){
        .defined = true,
        .estimate = estimate,
        .low = quantile(results, replicates, (1 - confidence) / 2),
        .high = quantile(results, replicates, (1 + confidence) / 2)};
}

/* The share of the replicates below the estimate, equals counting half. */
static double share_below(const double *sorted, size_t count, double estimate)
{
    double nearly = 1e-12 * (sorted[count - 1] - sorted[0] + fabs(estimate));
    size_t below = 0, equal = 0;
    for (size_t i = 0; i < count && sorted[i] <= estimate + nearly; i++) {
        if (sorted[i] < estimate - nearly)
            below++;
        else
            equal++;
    }
    return ((double)below + (double)equal / 2) / (double)count;
}

struct npt__bootstrap_interval npt__bootstrap_bca(double *results, size_t replicates,
                                                  double estimate, double acceleration,
                                                  double confidence)
{
    assert(confidence > 0 && confidence < 1);
    enum npt__bootstrap_fault fault = prepare(results, &replicates, estimate);
    if (!fault && !isfinite(acceleration))
        fault = NPT__BOOTSTRAP_CONSTANT;
    if (fault)
        return no_interval(estimate, fault);
    double share = share_below(results, replicates, estimate);
    if (share <= 0 || share >= 1)
        return no_interval(estimate, NPT__BOOTSTRAP_EXTREME);
    double bias = gsl_cdf_ugaussian_Pinv(share), ends[2];
    for (int i = 0; i < 2; i++) {
        double tail = gsl_cdf_ugaussian_Pinv((1 - confidence) / 2);
        double reach = bias + (i ? -tail : tail);
        double shrink = 1 - acceleration * reach;
        if (shrink <= 0)
            return no_interval(estimate, NPT__BOOTSTRAP_EXTREME);
        ends[i] = quantile(results, replicates, gsl_cdf_ugaussian_P(bias + reach / shrink));
    }
    return (struct npt__bootstrap_interval){
        .defined = true, .estimate = estimate, .low = ends[0], .high = ends[1]};
}

double npt__acceleration(const double *jackknife, const uint32_t *times, size_t count)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (times ? times[i] : 1) * jackknife[i];
        weight += times ? times[i] : 1;
    }
    double mean = sum / weight, largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs(mean - jackknife[i]));
    if (!isfinite(sum) || largest <= 0)
        return NAN;
    double squares = 0, cubes = 0;
    for (size_t i = 0; i < count; i++) {
        double off =
            (mean - jackknife[i]) / largest; /* the scale does not matter; tiny cubes would */
        squares += (times ? times[i] : 1) * off * off;
        cubes += (times ? times[i] : 1) * off * off * off;
    }
    return cubes / (6 * squares * sqrt(squares));
}

/* ---- a mean ---------------------------------------------------------------------------------- */

static double mean_of_sample(const void *user, struct npt__random *random)
{
    return npt__sample_draw(user, random);
}

static struct npt__bootstrap_interval resample_mean(struct npt__sample *sample,
                                                    const struct npt__bootstrap_options *options)
{
    double *results = npt__allocate(options->replicates * sizeof *results);
    npt__bootstrap(results, options->replicates, options->seed, options->threads, mean_of_sample,
                   sample);
    /* The mean without a value is a falling line in that value, and the line's slope does not matter. */
    for (size_t i = 0; i < sample->distinct_count; i++)
        sample->distinct[i] = -sample->distinct[i];
    double acceleration =
        npt__acceleration(sample->distinct, sample->times, sample->distinct_count);
    struct npt__bootstrap_interval interval = npt__bootstrap_bca(
        results, options->replicates, sample->mean, acceleration, options->confidence);
    npt__release(results);
    return interval;
}

struct npt__bootstrap_interval npt__bootstrap_mean(const double *values, size_t count,
                                                   const struct npt__bootstrap_options *options)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return no_interval(NAN, NPT__BOOTSTRAP_NOT_FINITE);
    if (count < 2 || count > UINT32_MAX)
        return no_interval(count == 1 ? values[0] : NAN, NPT__BOOTSTRAP_TOO_FEW);
    struct npt__sample sample;
    npt__sample_open(&sample, values, count);
    struct npt__bootstrap_interval interval;
    if (sample.distinct_count == 1)
        interval = no_interval(sample.distinct[0], NPT__BOOTSTRAP_CONSTANT);
    else if (options->replicates < 2 || options->replicates > NPT__MOST_REPLICATES)
        interval = no_interval(sample.mean, NPT__BOOTSTRAP_REPLICATES);
    else if (!isfinite(sample.mean))
        interval = no_interval(NAN, NPT__BOOTSTRAP_NOT_FINITE);
    else
        interval = resample_mean(&sample, options);
    npt__sample_release(&sample);
    return interval;
}
