/* krippendorff.c - Krippendorff's alpha for four kinds of scales.
 *
 * alpha = 1 - (n - 1) O / E, with n the ratings in pairable units, O the sum over units of m ratings of
 *     pairs' squared differences / (m - 1),
 * and E the sum over all pairs of ratings. Ordinal differences are those of mean ranks: a category's twice mean
 * rank is 2 * (ratings below it) + (ratings in it), and the metric is half the difference of these.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/arena.h"
#include "agreement_many.h"
#include "describe.h"
#include "krippendorff_parts.h"

#include <math.h>
#include <string.h>

#define MOST_VALUE 1e100 /* of either sign: squares stay finite */

typedef struct npt__twofold twofold;

static twofold minus(twofold a, twofold b)
{
    return npt__twofold_add(a, (twofold){-b.high, -b.low});
}

/* ---- differences ----------------------------------------------------------------------------- */

static enum npt__agreement_fault check_values(enum npt__metric metric, const double *values,
                                              size_t categories)
{
    if (!values || (metric != NPT__METRIC_INTERVAL && metric != NPT__METRIC_RATIO))
        return NPT__AGREEMENT_FINE;
    for (size_t i = 0; i < categories; i++)
        if (!isfinite(values[i]) || fabs(values[i]) > MOST_VALUE ||
            (metric == NPT__METRIC_RATIO && values[i] < 0))
            return NPT__AGREEMENT_VALUES;
    return NPT__AGREEMENT_FINE;
}

void npt__twice_mean_ranks(int64_t *ranks, const uint64_t *counts, size_t categories)
{
    uint64_t below = 0;
    for (size_t i = 0; i < categories; i++) {
        ranks[i] = (int64_t)(2 * below + counts[i]);
        below += counts[i];
    }
}

/* The numbers that differences are taken of: values (1, 2, 3 ... where there are none) brought near 1, or
   ranks. */
struct scale {
    enum npt__metric metric;
    double values[NPT__RATINGS_MOST_CATEGORIES], unit; /* value * unit is what is calculated with */
    int64_t ranks[NPT__RATINGS_MOST_CATEGORIES];
};

static void set_scale(struct scale *scale, const uint64_t *counts, const double *values,
                      size_t categories)
{
    double largest = 0;
    npt__twice_mean_ranks(scale->ranks, counts, categories);
    for (size_t i = 0; i < categories; i++) {
        scale->values[i] = values ? values[i] : (double)(i + 1);
        largest = fmax(largest, counts[i] ? fabs(scale->values[i]) : 0);
    }
    scale->unit = largest > 0 ? npt__twofold_scale(largest) : 1;
    for (size_t i = 0; i < categories; i++)
        scale->values[i] *= scale->unit;
}

static twofold squared_difference(const struct scale *scale, size_t i, size_t j)
{
    const twofold a = {scale->values[i], 0}, b = {scale->values[j], 0};
    twofold off = {i != j, 0};
    if (scale->metric == NPT__METRIC_ORDINAL)
        off = npt__twofold_whole(scale->ranks[i] - scale->ranks[j]);
    else if (scale->metric == NPT__METRIC_INTERVAL)
        off = minus(a, b);
    else if (scale->metric == NPT__METRIC_RATIO)
        off = a.high > 0 || b.high > 0 ? npt__twofold_divide(minus(a, b), npt__twofold_add(a, b))
                                       : (twofold){0, 0};
    return npt__twofold_multiply(off, off);
}

/* What the squares above are to be multiplied by. */
static double unit_squared(const struct scale *scale)
{
    if (scale->metric == NPT__METRIC_ORDINAL)
        return 0.25;
    return scale->metric == NPT__METRIC_INTERVAL ? 1 / scale->unit / scale->unit : 1;
}

/* ---- alpha ----------------------------------------------------------------------------------- */

static void count_ratings(uint64_t *counts, const struct npt__rating_patterns *patterns)
{
    memset(counts, 0, patterns->categories * sizeof *counts);
    for (size_t i = 0; i < patterns->count; i++)
        for (size_t e = patterns->starts[i]; e < patterns->starts[i + 1]; e++)
            if (patterns->ratings[i] > 1)
                counts[patterns->given[e].category] +=
                    (uint64_t)patterns->times[i] * patterns->given[e].raters;
}

/* The pairs' squared differences of a unit, each pair once. */
static twofold within_unit(const struct npt__rating_patterns *patterns, size_t pattern,
                           const struct scale *scale)
{
    twofold sum = {0, 0};
    const struct npt__given *given = patterns->given;
    for (size_t a = patterns->starts[pattern]; a < patterns->starts[pattern + 1]; a++)
        for (size_t b = patterns->starts[pattern]; b < a; b++) {
            twofold pairs = npt__twofold_whole((npt__int128)given[a].raters * given[b].raters);
            twofold square = squared_difference(scale, given[a].category, given[b].category);
            sum = npt__twofold_add(sum, npt__twofold_multiply(pairs, square));
        }
    return sum;
}

static twofold among_all(const uint64_t *counts, size_t categories, const struct scale *scale)
{
    twofold sum = {0, 0};
    for (size_t i = 0; i < categories; i++)
        for (size_t j = 0; counts[i] && j < i; j++) {
            if (!counts[j])
                continue;
            twofold pairs = npt__twofold_whole((npt__int128)counts[i] * counts[j]);
            sum = npt__twofold_add(sum,
                                   npt__twofold_multiply(pairs, squared_difference(scale, i, j)));
        }
    return sum;
}

static void fill(struct npt__krippendorff *alpha, const struct npt__rating_patterns *patterns,
                 enum npt__metric metric, const double *values)
{
    struct scale scale = {.metric = metric};
    uint64_t counts[NPT__RATINGS_MOST_CATEGORIES];
    count_ratings(counts, patterns);
    set_scale(&scale, counts, values, patterns->categories);
    twofold within = {0, 0}, among = among_all(counts, patterns->categories, &scale);
    for (size_t i = 0; i < patterns->count; i++) {
        if (patterns->ratings[i] < 2)
            continue;
        twofold of_unit =
            npt__twofold_divide(within_unit(patterns, i, &scale),
                                npt__twofold_whole((npt__int128)patterns->ratings[i] - 1));
        of_unit = npt__twofold_multiply(of_unit, npt__twofold_whole(patterns->times[i]));
        within = npt__twofold_add(within, of_unit);
    }
    if (!(among.high > 0)) {
        alpha->fault = NPT__AGREEMENT_CONSTANT;
        return;
    }
    const uint64_t ratings = patterns->total.values;
    const twofold others = npt__twofold_whole((npt__int128)ratings - 1);
    twofold scaled = npt__twofold_multiply(within, others);
    alpha->defined = true;
    alpha->alpha = npt__twofold_divide(minus(among, scaled), among).high;
    /* Each pair was taken once, hence the 2. */
    twofold half = npt__twofold_divide(npt__twofold_whole((npt__int128)ratings), (twofold){2, 0});
    twofold expected = npt__twofold_divide(among, npt__twofold_multiply(half, others));
    alpha->observed = npt__twofold_divide(within, half).high * unit_squared(&scale);
    alpha->expected = expected.high * unit_squared(&scale);
}

struct npt__krippendorff npt__krippendorff_of_patterns(const struct npt__rating_patterns *patterns,
                                                       enum npt__agreement_fault fault,
                                                       enum npt__metric metric,
                                                       const double *values)
{
    struct npt__krippendorff alpha = {.count = patterns->total, .fault = fault};
    if (!alpha.fault)
        alpha.fault = check_values(metric, values, patterns->categories);
    if (!alpha.fault)
        fill(&alpha, patterns, metric, values);
    return alpha;
}

struct npt__krippendorff npt__krippendorff(const struct npt__ratings *ratings,
                                           enum npt__metric metric, const double *values)
{
    struct npt__rating_patterns patterns;
    const enum npt__agreement_fault fault = npt__rating_patterns_find(&patterns, ratings);
    struct npt__krippendorff alpha =
        npt__krippendorff_of_patterns(&patterns, fault, metric, values);
    npt__rating_patterns_release(&patterns);
    return alpha;
}

/* ---- for resamples --------------------------------------------------------------------------- */

void npt__squared_differences(double *squares, const struct npt__rating_patterns *patterns,
                              enum npt__metric metric, const double *values)
{
    const size_t categories = patterns->categories;
    struct scale scale = {.metric = metric};
    uint64_t counts[NPT__RATINGS_MOST_CATEGORIES];
    count_ratings(counts, patterns);
    set_scale(&scale, counts, values, categories);
    for (size_t i = 0; i < categories; i++)
        for (size_t j = 0; j < categories; j++)
            squares[i * categories + j] =
                counts[i] && counts[j] ? squared_difference(&scale, i, j).high : 0;
}
