/* resampled_krippendorff.c - the bootstrap of Krippendorff's alpha, over units.
 *
 * Units rated alike are one pattern, so a resample is how often each pattern was drawn. A unit's disagreement is a
 * constant of its pattern, but with ordinal ratings: there the differences depend on how often each category occurs
 * in the resample, and are taken anew in each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/arena.h"
#include "agreement_many.h"
#include "krippendorff_parts.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct sample {
    struct npt__rating_patterns
        patterns; /* the pairable ones come first; others are not looked at */
    enum npt__metric metric;
    size_t units;
    double *squares;  /* of differences, categories x categories */
    double *within;   /* the disagreement in a unit of each pattern; not for ordinal ratings */
    uint32_t *places; /* the pattern of each unit, where units are drawn singly; NULL */
};

/* ---- alpha of counts ------------------------------------------------------------------------- */

static void add_counts(uint64_t *counts, const struct npt__rating_patterns *patterns,
                       size_t pattern, uint64_t times)
{
    for (size_t e = patterns->starts[pattern]; e < patterns->starts[pattern + 1]; e++)
        counts[patterns->given[e].category] += times * patterns->given[e].raters;
}

/* (m * sum of squares - square of the sum) / (m - 1): the squared differences of a unit's pairs of ranks. Ranks
   are taken from the first one on, so that a unit in full agreement gives exactly 0. */
static double ordinal_within(const struct npt__rating_patterns *patterns, size_t pattern,
                             const int64_t *ranks)
{
    const size_t start = patterns->starts[pattern], end = patterns->starts[pattern + 1];
    double sum = 0, squares = 0, ratings = patterns->ratings[pattern];
    for (size_t e = start + 1; e < end; e++) {
        const struct npt__given *given = &patterns->given[e];
        double above = (double)(ranks[given->category] - ranks[patterns->given[start].category]);
        sum += given->raters * above;
        squares += given->raters * above * above;
    }
    return (ratings * squares - sum * sum) / (ratings - 1);
}

static double among(const struct sample *sample, const uint64_t *counts, const int64_t *ranks)
{
    const size_t categories = sample->patterns.categories;
    double sum = 0;
    if (sample->metric == NPT__METRIC_ORDINAL) {
        assert(ranks); /* only other metrics do without */
        /* Mean ranks lie around the mean of all: n times the sum of squares is the sum over pairs. */
        int64_t all = 0;
        for (size_t i = 0; i < categories; i++)
            all += (int64_t)counts[i];
        for (size_t i = 0; i < categories; i++) {
            double off = (double)(ranks[i] - all);
            sum += (double)counts[i] * off * off;
        }
        return sum * (double)all;
    }
    for (size_t i = 0; i < categories; i++)
        for (size_t j = 0; counts[i] && j < i; j++)
            sum += (double)counts[i] * (double)counts[j] * sample->squares[i * categories + j];
    return sum;
}

static double alpha_of(double within, double expected, const uint64_t *counts, size_t categories)
{
    double ratings = 0;
    for (size_t i = 0; i < categories; i++)
        ratings += (double)counts[i];
    return expected > 0 ? 1 - (ratings - 1) * within / expected : NAN;
}

/* times[i] units of each pattern. */
static double alpha_of_times(const struct sample *sample, const uint32_t *times)
{
    const struct npt__rating_patterns *patterns = &sample->patterns;
    uint64_t counts[NPT__RATINGS_MOST_CATEGORIES] = {0};
    int64_t ranks[NPT__RATINGS_MOST_CATEGORIES];
    for (size_t i = 0; i < patterns->count; i++)
        add_counts(counts, patterns, i, times[i]);
    npt__twice_mean_ranks(ranks, counts, patterns->categories);
    double within = 0;
    for (size_t i = 0; i < patterns->count; i++)
        if (times[i])
            within += times[i] *
                      (sample->within ? sample->within[i] : ordinal_within(patterns, i, ranks));
    return alpha_of(within, among(sample, counts, ranks), counts, patterns->categories);
}

/* ---- replicates ------------------------------------------------------------------------------ */

static void draw_singly(uint32_t *times, const struct sample *sample, struct npt__random *random)
{
    struct npt__random_blocks blocks = npt__random_blocks((uint32_t)sample->units);
    while (npt__random_block(random, &blocks)) {
        const uint32_t *places = sample->places + blocks.first;
        for (uint32_t left = blocks.draws; left;) {
            uint64_t bits = npt__random_next(random);
            for (uint32_t i = 0; i < NPT__DRAWS_FROM_64 && left; i++, left--) {
                times[places[bits & blocks.mask]]++;
                bits >>= NPT__DRAW_BITS;
            }
        }
    }
}

static double alpha_of_draws(const void *user, struct npt__random *random)
{
    const struct sample *sample = user;
    const size_t patterns = sample->patterns.count;
    uint32_t *times = npt__allocate(patterns * sizeof *times);
    memset(times, 0, patterns * sizeof *times);
    if (sample->places) {
        draw_singly(times, sample, random);
    } else {
        struct npt__random_shares shares = {(uint32_t)sample->units, (uint32_t)sample->units};
        for (size_t i = 0; shares.draws; i++)
            times[i] = npt__random_share(random, &shares, sample->patterns.times[i]);
    }
    double alpha = alpha_of_times(sample, times);
    npt__release(times);
    return alpha;
}

/* ---- alpha without one unit ------------------------------------------------------------------ */

/* pairs[i * categories + j], j < i: how many pairs of these two categories, each unit's divided by m - 1. */
static void add_pairs(double *pairs, const struct npt__rating_patterns *patterns, size_t pattern,
                      double times)
{
    const struct npt__given *given = patterns->given;
    times /= (double)patterns->ratings[pattern] - 1;
    for (size_t a = patterns->starts[pattern]; a < patterns->starts[pattern + 1]; a++)
        for (size_t b = patterns->starts[pattern]; b < a; b++)
            pairs[given[a].category * patterns->categories + given[b].category] +=
                times * given[a].raters * given[b].raters;
}

static double within_pairs(const double *pairs, const int64_t *ranks, size_t categories)
{
    double sum = 0;
    for (size_t i = 0; i < categories; i++)
        for (size_t j = 0; j < i; j++) {
            double off = (double)(ranks[i] - ranks[j]);
            sum += pairs[i * categories + j] * off * off;
        }
    return sum;
}

/* What all units together have; a unit's part is taken off it. */
struct total {
    uint64_t counts[NPT__RATINGS_MOST_CATEGORIES];
    double within, among;
    double
        from[NPT__RATINGS_MOST_CATEGORIES]; /* squared differences from a category to all ratings */
    double *pairs;
};

static void sum_up(struct total *total, const struct sample *sample)
{
    const struct npt__rating_patterns *patterns = &sample->patterns;
    const size_t categories = patterns->categories;
    for (size_t i = 0; i < patterns->count; i++) {
        add_counts(total->counts, patterns, i, patterns->times[i]);
        if (sample->within)
            total->within += patterns->times[i] * sample->within[i];
        else
            add_pairs(total->pairs, patterns, i, patterns->times[i]);
    }
    if (!sample->within)
        return;
    total->among = among(sample, total->counts, NULL);
    for (size_t i = 0; i < categories; i++)
        for (size_t j = 0; j < categories; j++)
            total->from[i] += (double)total->counts[j] * sample->squares[i * categories + j];
}

static double alpha_without(const struct sample *sample, const struct total *total, size_t pattern)
{
    const struct npt__rating_patterns *patterns = &sample->patterns;
    const size_t categories = patterns->categories;
    uint64_t counts[NPT__RATINGS_MOST_CATEGORIES];
    double within, expected;
    memcpy(counts, total->counts, sizeof counts);
    for (size_t e = patterns->starts[pattern]; e < patterns->starts[pattern + 1]; e++)
        counts[patterns->given[e].category] -= patterns->given[e].raters;
    if (sample->within) {
        within = total->within - sample->within[pattern];
        expected = total->among + sample->within[pattern] * (patterns->ratings[pattern] - 1.0);
        for (size_t e = patterns->starts[pattern]; e < patterns->starts[pattern + 1]; e++)
            expected -= patterns->given[e].raters * total->from[patterns->given[e].category];
    } else {
        int64_t ranks[NPT__RATINGS_MOST_CATEGORIES];
        npt__twice_mean_ranks(ranks, counts, categories);
        within = within_pairs(total->pairs, ranks, categories) -
                 ordinal_within(patterns, pattern, ranks);
        expected = among(sample, counts, ranks);
    }
    /* What is left of rounding only is nothing. */
    return alpha_of(within, expected > 1e-12 * total->among ? expected : 0, counts, categories);
}

static double jackknife(const struct sample *sample)
{
    const struct npt__rating_patterns *patterns = &sample->patterns;
    const size_t cells = patterns->categories * patterns->categories;
    struct total *total = npt__allocate(sizeof *total);
    *total = (struct total){.pairs = npt__allocate(cells * sizeof *total->pairs)};
    for (size_t i = 0; i < cells; i++)
        total->pairs[i] = 0;
    sum_up(total, sample);
    double *alphas = npt__allocate(patterns->count * sizeof *alphas);
    for (size_t i = 0; i < patterns->count; i++)
        alphas[i] = alpha_without(sample, total, i);
    double acceleration = npt__acceleration(alphas, patterns->times, patterns->count);
    npt__release(alphas);
    npt__release(total->pairs);
    npt__release(total);
    return acceleration;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Moves the pairable patterns to the front, in their order. */
static void keep_pairable(struct npt__rating_patterns *patterns)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < patterns->count; i++) {
        const size_t start = patterns->starts[i], length = patterns->starts[i + 1] - start;
        if (patterns->ratings[i] < 2)
            continue;
        memmove(patterns->given + at, patterns->given + start, length * sizeof *patterns->given);
        patterns->times[kept] = patterns->times[i];
        patterns->ratings[kept] = patterns->ratings[i];
        patterns->starts[kept++] = at;
        at += length;
    }
    patterns->starts[kept] = at;
    patterns->count = kept;
}

static void prepare(struct sample *sample, const double *values)
{
    struct npt__rating_patterns *patterns = &sample->patterns;
    const size_t categories = patterns->categories;
    keep_pairable(patterns);
    sample->units = (size_t)patterns->total.pairable;
    sample->squares = npt__allocate(categories * categories * sizeof *sample->squares);
    npt__squared_differences(sample->squares, patterns, sample->metric, values);
    if (sample->metric != NPT__METRIC_ORDINAL) {
        sample->within = npt__allocate(patterns->count * sizeof *sample->within);
        for (size_t i = 0; i < patterns->count; i++) {
            const struct npt__given *given = patterns->given;
            double sum = 0;
            for (size_t a = patterns->starts[i]; a < patterns->starts[i + 1]; a++)
                for (size_t b = patterns->starts[i]; b < a; b++)
                    sum += (double)given[a].raters * given[b].raters *
                           sample->squares[given[a].category * categories + given[b].category];
            sample->within[i] = sum / (patterns->ratings[i] - 1.0);
        }
    }
    if (npt__bootstrap_by_counts(sample->units, patterns->count))
        return;
    uint32_t *place = sample->places = npt__allocate(sample->units * sizeof *place);
    for (size_t i = 0; i < patterns->count; i++)
        for (uint32_t time = 0; time < patterns->times[i]; time++)
            *place++ = (uint32_t)i;
}

static void resample(struct npt__resampled_krippendorff *result, const struct sample *sample,
                     const struct npt__bootstrap_options *options)
{
    const size_t replicates = options->replicates;
    double *results = npt__allocate(2 * replicates * sizeof *results);
    npt__bootstrap(results, replicates, options->seed, options->threads, alpha_of_draws, sample);
    memcpy(results + replicates, results, replicates * sizeof *results);
    result->bca = npt__bootstrap_bca(results, replicates, result->alpha.alpha, jackknife(sample),
                                     options->confidence);
    result->percentile = npt__bootstrap_percentile(results + replicates, replicates,
                                                   result->alpha.alpha, options->confidence);
    npt__release(results);
}

static enum npt__bootstrap_fault find_fault(const struct npt__krippendorff *alpha,
                                            const struct npt__bootstrap_options *options)
{
    if (alpha->count.pairable < 2 || alpha->fault == NPT__AGREEMENT_SIZE)
        return NPT__BOOTSTRAP_TOO_FEW;
    if (!alpha->defined)
        return alpha->fault == NPT__AGREEMENT_VALUES ? NPT__BOOTSTRAP_NOT_FINITE
                                                     : NPT__BOOTSTRAP_CONSTANT;
    if (options->replicates < 2 || options->replicates > NPT__MOST_REPLICATES)
        return NPT__BOOTSTRAP_REPLICATES;
    return NPT__BOOTSTRAP_FINE;
}

struct npt__resampled_krippendorff npt__krippendorff_bootstrap(
    const struct npt__ratings *ratings, enum npt__metric metric, const double *values,
    const struct npt__bootstrap_options *options)
{
    struct npt__resampled_krippendorff result = {0};
    struct sample sample = {.metric = metric};
    enum npt__agreement_fault found = npt__rating_patterns_find(&sample.patterns, ratings);
    result.alpha = npt__krippendorff_of_patterns(&sample.patterns, found, metric, values);
    const enum npt__bootstrap_fault fault = find_fault(&result.alpha, options);
    result.bca = (struct npt__bootstrap_interval){
        .fault = fault,
        .estimate = result.alpha.defined ? result.alpha.alpha : NAN,
        .low = NAN,
        .high = NAN};
    result.percentile = result.bca;
    if (!fault) {
        prepare(&sample, values);
        resample(&result, &sample, options);
    }
    npt__release(sample.squares);
    npt__release(sample.within);
    npt__release(sample.places);
    npt__rating_patterns_release(&sample.patterns);
    return result;
}
