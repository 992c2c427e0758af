/* rank_sums.c - the exact distribution of a sum of ranks, ties included, and the p-values that it gives.
 *
 * The shift algorithm: Streitberg & Roehmel 1986, "Exact distributions for permutation and rank tests", Statistical
 * Software Newsletter 12, 10-17. Scores join one by one; the numbers of choices that give each sum are kept for each
 * number of scores chosen, and a new score moves them up by itself. Scores are brought to the least and taken in units of
 * their greatest common divisor first, so that ties make it quick.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rank_sums.h"

#include "../base/arena.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <string.h>

#define MOST_CELLS 100000000u
#define MOST_LOG_CHOICES 700 /* e^709 is the largest double */

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Scores are far below 2^53. */
static void sort_scores(int64_t *scores, size_t count)
{
    double *values = npt__allocate(count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = (double)scores[i];
    npt__sort(values, count);
    for (size_t i = 0; i < count; i++)
        scores[i] = (int64_t)values[i];
    npt__release(values);
}

/* The scores less `shift`, in units of what divides them all; the unit. */
static int64_t reduce(const int64_t *scores, size_t count, int64_t shift, int64_t *reduced)
{
    int64_t unit = 0;
    for (size_t i = 0; i < count && unit != 1; i++)
        unit = common_divisor(scores[i] - shift, unit);
    if (!unit)
        unit = 1;
    for (size_t i = 0; i < count; i++)
        reduced[i] = (scores[i] - shift) / unit;
    return unit;
}

static npt__int128 sum_of(const int64_t *scores, size_t count)
{
    npt__int128 sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += scores[i];
    return sum;
}

/* Weights that are whole numbers, as all are up to 2^53, need no second double for their sums. */
static struct npt__twofold add_weight(const struct npt__rank_sums *sums, struct npt__twofold sum,
                                      double weight)
{
    return sums->whole ? (struct npt__twofold){sum.high + weight, 0}
                       : npt__twofold_add_one(sum, weight);
}

static void take_total(struct npt__rank_sums *sums, bool scaled)
{
    double plain = 0;
    for (size_t i = 0; i < sums->count; i++)
        plain += sums->weights[i];
    sums->whole = !scaled && plain < 9007199254740992; /* 2^53 */
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < sums->count; i++)
        sum = add_weight(sums, sum, sums->weights[i]);
    sums->total = sum.high;
}

/* ---- some of the scores ---------------------------------------------------------------------- */

/* For j scores chosen, the sums low[j] ... low[j] + width[j] - 1 have a weight each, from cells[start[j]] on. */
struct layers {
    int64_t *low;
    size_t *start, *width;
    double *cells;
};

/* Lays out the cells; false: too much work. */
static bool lay_out(struct layers *layers, const int64_t *scores, size_t count, size_t chosen,
                    uint64_t work)
{
    const uint64_t rounds =
        count - chosen + 1; /* in each of which every layer is gone through at most once */
    int64_t low = 0, high = 0;
    size_t cells = 0;
    for (size_t j = 0; j <= chosen; j++) {
        if (j) {
            low += scores[j - 1];
            high += scores[count - j];
        }
        const uint64_t width = (uint64_t)(high - low) + 1;
        if (width > MOST_CELLS || cells + width > MOST_CELLS || cells + width > work / rounds)
            return false;
        layers->low[j] = low;
        layers->start[j] = cells;
        layers->width[j] = (size_t)width;
        cells += (size_t)width;
    }
    layers->cells = npt__allocate(cells * sizeof *layers->cells);
    memset(layers->cells, 0, cells * sizeof *layers->cells);
    return true;
}

/* Score i comes to those before it. A layer's sums so far reach up to the greatest of them. */
static void add_score(const struct layers *layers, const int64_t *scores, size_t i, size_t count,
                      size_t chosen)
{
    const size_t most = i + 1 < chosen ? i + 1 : chosen;
    const size_t least =
        chosen > count - i - 1 ? chosen - (count - i - 1) : 1; /* fewer cannot become `chosen` */
    int64_t high = 0; /* of most - 1 of the scores before this one */
    for (size_t k = 0; k + 1 < most; k++)
        high += scores[i - 1 - k];
    for (size_t j = most; j >= least && j; j--) {
        const double *from = layers->cells + layers->start[j - 1];
        double *to =
            layers->cells + layers->start[j] + (scores[i] + layers->low[j - 1] - layers->low[j]);
        const size_t width = (size_t)(high - layers->low[j - 1]) + 1;
        for (size_t s = 0; s < width; s++)
            to[s] += from[s];
        if (j > 1)
            high -= scores[i - (j - 1)];
    }
}

static bool fits(size_t count, size_t chosen)
{
    const double n = (double)count, m = (double)chosen;
    return gsl_sf_lngamma(n + 1) - gsl_sf_lngamma(m + 1) - gsl_sf_lngamma(n - m + 1) <
           MOST_LOG_CHOICES;
}

struct npt__rank_sums npt__rank_sums_chosen(const int64_t *scores, size_t count, size_t chosen,
                                            uint64_t work)
{
    assert(count <= NPT__RANKS_MOST_VALUES && chosen <= count);
    struct npt__rank_sums sums = {.unit = 1, .parts = 1};
    if (!count || count > work || !fits(count, chosen))
        return sums;
    int64_t *sorted = npt__allocate(2 * count * sizeof *sorted), *reduced = sorted + count;
    memcpy(sorted, scores, count * sizeof *sorted);
    sort_scores(sorted, count);
    struct layers layers = {npt__allocate((chosen + 1) * sizeof *layers.low),
                            npt__allocate((chosen + 1) * sizeof *layers.start),
                            npt__allocate((chosen + 1) * sizeof *layers.width), NULL};
    sums.unit = reduce(sorted, count, sorted[0], reduced);
    if (lay_out(&layers, reduced, count, chosen, work)) {
        layers.cells[0] = 1;
        for (size_t i = 0; i < count; i++)
            add_score(&layers, reduced, i, count, chosen);
        sums.count = layers.width[chosen];
        sums.shift = sorted[0] * (int64_t)chosen + layers.low[chosen] * sums.unit;
        sums.weights = npt__allocate(sums.count * sizeof *sums.weights);
        memcpy(sums.weights, layers.cells + layers.start[chosen],
               sums.count * sizeof *sums.weights);
        take_total(&sums, false);
        sums.centre = (npt__int128)chosen * sum_of(sorted, count);
        sums.parts = (int64_t)count;
    }
    npt__release(layers.cells);
    npt__release(layers.low);
    npt__release(layers.start);
    npt__release(layers.width);
    npt__release(sorted);
    return sums;
}

/* ---- signs ----------------------------------------------------------------------------------- */

#define MOST_DOUBLINGS 512

/* In how many ways each sum comes about, 0 to `total`; divided by a power of two where there are many scores, so that
   all stay in range. */
static double *signed_weights(const int64_t *scores, size_t count, size_t total)
{
    double *weights = npt__allocate((total + 1) * sizeof *weights);
    memset(weights, 0, (total + 1) * sizeof *weights);
    weights[0] = 1;
    size_t reach = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t score = (size_t)scores[i];
        reach += score; /* goes down from there: weights[s - score] is still the one before */
        for (size_t s = reach + 1; s-- > score;)
            weights[s] += weights[s - score];
        for (size_t s = 0; s <= reach && i % MOST_DOUBLINGS == MOST_DOUBLINGS - 1; s++)
            weights[s] = ldexp(weights[s], -MOST_DOUBLINGS);
    }
    return weights;
}

struct npt__rank_sums npt__rank_sums_signed(const int64_t *scores, size_t count, uint64_t work)
{
    assert(count <= NPT__RANKS_MOST_VALUES);
    struct npt__rank_sums sums = {.unit = 1, .parts = 2};
    if (!count || count > work)
        return sums;
    int64_t *reduced = npt__allocate(count * sizeof *reduced);
    sums.unit = reduce(scores, count, 0, reduced);
    sort_scores(reduced, count); /* the same digits for any order */
    uint64_t reach = 0, needed = 0;
    for (size_t i = 0; i < count && needed <= work && reach < MOST_CELLS; i++) {
        reach += (uint64_t)reduced[i];
        needed += reach + 1;
    }
    if (needed <= work && reach < MOST_CELLS) {
        sums.count = (size_t)reach + 1;
        sums.weights = signed_weights(reduced, count, (size_t)reach);
        take_total(&sums, count >= MOST_DOUBLINGS);
        sums.centre = sum_of(scores, count);
    }
    npt__release(reduced);
    return sums;
}

void npt__rank_sums_free(struct npt__rank_sums *sums)
{
    npt__release(sums->weights);
    sums->weights = NULL;
}

/* ---- p-values -------------------------------------------------------------------------------- */

static npt__int128 distance_of(const struct npt__rank_sums *sums, npt__int128 sum)
{
    npt__int128 distance = sum * sums->parts - sums->centre;
    return distance < 0 ? -distance : distance;
}

struct npt__exact_p npt__rank_sums_p(const struct npt__rank_sums *sums, int64_t sum)
{
    struct npt__exact_p p = {0};
    if (!sums->weights)
        return p;
    struct npt__twofold less = {0, 0}, greater = {0, 0}, far = {0, 0};
    const npt__int128 found = distance_of(sums, sum);
    for (size_t i = 0; i < sums->count; i++) {
        const double weight = sums->weights[i];
        const int64_t here = sums->shift + sums->unit * (int64_t)i;
        if (here <= sum)
            less = add_weight(sums, less, weight);
        if (here >= sum)
            greater = add_weight(sums, greater, weight);
        if (distance_of(sums, here) >= found)
            far = add_weight(sums, far, weight);
    }
    p.defined = true;
    p.less = fmin(less.high / sums->total, 1);
    p.greater = fmin(greater.high / sums->total, 1);
    p.twice_smaller_tail = fmin(2 * fmin(p.less, p.greater), 1);
    p.by_distance = fmin(far.high / sums->total, 1);
    return p;
}

size_t npt__rank_sums_quantile(const struct npt__rank_sums *sums, double probability)
{
    assert(sums->weights && probability < 1);
    struct npt__twofold below = {0, 0};
    for (size_t i = 0; i < sums->count; i++) {
        below = add_weight(sums, below, sums->weights[i]);
        if (below.high >= probability * sums->total)
            return i;
    }
    return sums->count - 1;
}

struct npt__asymptotic_p npt__rank_asymptotic(double distance, double sd)
{
    const double corrected = copysign(fmax(fabs(distance) - 0.5, 0), distance) / sd;
    const double z = distance / sd;
    return (struct npt__asymptotic_p){
        .z = z,
        .less = gsl_cdf_ugaussian_P(z),
        .greater = gsl_cdf_ugaussian_Q(z),
        .two_sided = fmin(2 * gsl_cdf_ugaussian_Q(fabs(z)), 1),
        .corrected_z = corrected,
        .corrected_less = gsl_cdf_ugaussian_P((distance + 0.5) / sd),
        .corrected_greater = gsl_cdf_ugaussian_Q((distance - 0.5) / sd),
        .corrected_two_sided = fmin(2 * gsl_cdf_ugaussian_Q(fabs(corrected)), 1),
    };
}
