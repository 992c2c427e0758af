/* agreement.c - how far two coders agree: coefficients of a table of counts, with errors and intervals.
 *
 * A coefficient is 1 - observed / expected disagreement. If one more pair of ratings (i, j) changes the expected
 * one by first[i] + second[j] (less the mean of that), the coefficient changes by
 *     -(weight(i, j) - observed / expected * (first[i] + second[j]) - mean) / expected,
 * and the mean square of this, divided by n, is the variance: the formulas of Fleiss, Cohen & Everitt 1969 and of
 * Gwet 2008, written so that nothing is lost where nearly all counts stand in one cell.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agreement.h"

#include "../base/arena.h"
#include "agreement_sums.h"
#include "describe.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Errors are at least 1 / NPT__AGREEMENT_MOST_COUNT or exactly 0; what is below this is rounding. */
#define LEAST_ERROR 1e-22

typedef struct npt__twofold twofold;

struct work {
    const struct npt__agreement_table *table;
    struct npt__agreement_sums sums;
    uint64_t most;
    twofold *first,
        *second; /* what a rating adds to the disagreement expected, for each category */
};

static twofold minus(twofold a, twofold b)
{
    return npt__twofold_add(a, (twofold){-b.high, -b.low});
}

/* ---- counting -------------------------------------------------------------------------------- */

static enum npt__agreement_fault count_all(const struct npt__agreement_table *table,
                                           uint64_t *count)
{
    *count = 0;
    if (!table->categories || table->categories > NPT__AGREEMENT_MOST_CATEGORIES)
        return NPT__AGREEMENT_SIZE;
    for (size_t i = 0; i < table->categories * table->categories; i++) {
        if (table->counts[i] > NPT__AGREEMENT_MOST_COUNT - *count)
            return NPT__AGREEMENT_SIZE;
        *count += table->counts[i];
    }
    return *count ? NPT__AGREEMENT_FINE : NPT__AGREEMENT_EMPTY;
}

/* `margins` has room for both coders' and is filled here. */
static void add_up(struct work *work, uint64_t *margins)
{
    const size_t categories = work->table->categories;
    memset(margins, 0, 2 * categories * sizeof *margins);
    for (size_t i = 0; i < categories; i++)
        for (size_t j = 0; j < categories; j++) {
            uint64_t count = work->table->counts[i * categories + j];
            margins[i] += count;
            margins[categories + j] += count;
            work->sums.apart += (npt__int128)count * npt__disagreement(work->sums.weights, i, j);
        }
    work->sums.first = margins;
    work->sums.second = margins + categories;
}

/* ---- errors ---------------------------------------------------------------------------------- */

/* The mean weight of disagreement with a coder of these margins, for each category of the other; `other` (or
   NULL) is pooled with them. */
static void mean_weights(twofold *means, const struct work *work, const uint64_t *margins,
                         const uint64_t *other)
{
    const npt__int128 whole = (npt__int128)work->sums.count * work->most * (other ? 2 : 1);
    for (size_t i = 0; i < work->sums.categories; i++) {
        npt__int128 sum = 0;
        for (size_t j = 0; j < work->sums.categories; j++)
            sum += (npt__int128)npt__disagreement(work->sums.weights, i, j) *
                   (margins[j] + (other ? other[j] : 0));
        means[i] = npt__twofold_divide(npt__twofold_whole(sum), npt__twofold_whole(whole));
    }
}

static void gwet_additions(struct work *work)
{
    const size_t categories = work->sums.categories;
    const twofold whole = npt__twofold_whole(2 * (npt__int128)work->sums.count);
    twofold factor = npt__gwet_factor(work->sums.weights, categories);
    for (size_t i = 0; i < categories; i++) {
        npt__int128 pooled = (npt__int128)work->sums.first[i] + work->sums.second[i];
        twofold share = npt__twofold_divide(npt__twofold_whole(pooled), whole);
        work->first[i] = work->second[i] = npt__twofold_multiply(factor, share);
    }
}

static void find_additions(struct work *work, enum npt__agreement_kind kind)
{
    const size_t bytes = work->sums.categories * sizeof *work->first;
    memset(work->first, 0, bytes);
    memset(work->second, 0, bytes);
    if (kind == NPT__COHEN_KAPPA) {
        mean_weights(work->first, work, work->sums.second, NULL);
        mean_weights(work->second, work, work->sums.first, NULL);
    } else if (kind == NPT__SCOTT_PI) {
        mean_weights(work->first, work, work->sums.first, work->sums.second);
        memcpy(work->second, work->first, bytes);
    } else if (kind == NPT__GWET_AC) {
        gwet_additions(work);
    }
}

/* How often a pair of ratings occurs: as counted, or as by chance with these margins (times n). */
static npt__int128 weight_of(const struct work *work, size_t i, size_t j, bool by_chance)
{
    if (by_chance)
        return (npt__int128)work->sums.first[i] * work->sums.second[j];
    return work->table->counts[i * work->sums.categories + j];
}

/* The spread of weight - share * additions over all pairs of ratings, as a standard error. */
static double spread(const struct work *work, twofold share, twofold expected, bool by_chance)
{
    const size_t categories = work->sums.categories;
    const twofold most = npt__twofold_whole(work->most);
    twofold mean = {0, 0}, squares = {0, 0};
    npt__int128 whole = work->sums.count;
    if (by_chance)
        whole *= whole;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t cell = 0; cell < categories * categories; cell++) {
            size_t i = cell / categories, j = cell % categories;
            npt__int128 times = weight_of(work, i, j, by_chance);
            if (!times)
                continue;
            twofold off = npt__twofold_divide(
                npt__twofold_whole(npt__disagreement(work->sums.weights, i, j)), most);
            twofold added = npt__twofold_add(work->first[i], work->second[j]);
            off = minus(minus(off, npt__twofold_multiply(share, added)), mean);
            off = pass ? npt__twofold_multiply(off, off) : off;
            squares =
                npt__twofold_add(squares, npt__twofold_multiply(npt__twofold_whole(times), off));
        }
        squares = npt__twofold_divide(squares, npt__twofold_whole(whole));
        if (!pass)
            mean = squares, squares = (twofold){0, 0};
    }
    twofold variance = npt__twofold_divide(squares, npt__twofold_whole(work->sums.count));
    double error = npt__twofold_divide(npt__twofold_root(variance), expected).high;
    return error < LEAST_ERROR ? 0 : error;
}

static struct npt__interval normal_interval(double value, double error, double confidence)
{
    if (!(error > 0) || !(confidence > 0 && confidence < 1))
        return (struct npt__interval){0};
    double reach = -npt__normal_quantile((1 - confidence) / 2) * error;
    return (struct npt__interval){true, value - reach, value + reach};
}

/* ---- coefficients ---------------------------------------------------------------------------- */

static struct npt__coefficient coefficient(struct work *work, enum npt__agreement_kind kind,
                                           double confidence)
{
    struct npt__disagreements parts = npt__agreement_compare(&work->sums, kind);
    struct npt__coefficient result = npt__agreement_value(&parts);
    if (!result.defined)
        return result;
    twofold share = npt__twofold_divide(parts.observed, parts.expected);
    find_additions(work, kind);
    result.error = spread(work, share, parts.expected, false);
    if (kind == NPT__COHEN_KAPPA)
        result.null_error = spread(work, (twofold){1, 0}, parts.expected, true);
    result.interval = normal_interval(result.value, result.error, confidence);
    return result;
}

/* (most agreement that the margins admit - chance) / (1 - chance). */
static double kappa_maximum(const struct npt__agreement_sums *sums)
{
    npt__int128 count = sums->count, chance = 0, most = 0;
    for (size_t i = 0; i < sums->categories; i++) {
        uint64_t a = sums->first[i], b = sums->second[i];
        chance += (npt__int128)a * b;
        most += a < b ? a : b;
    }
    return npt__twofold_divide(npt__twofold_whole(count * most - chance),
                               npt__twofold_whole(count * count - chance))
        .high;
}

static void fill(struct npt__agreement *agreement, struct work *work, double confidence)
{
    agreement->percent = coefficient(work, NPT__PERCENT_AGREEMENT, confidence);
    if (work->sums.weights == NPT__WEIGHTS_NONE)
        agreement->percent.interval =
            npt__wilson_interval((size_t)(work->sums.count - (uint64_t)work->sums.apart),
                                 (size_t)work->sums.count, confidence);
    agreement->kappa = coefficient(work, NPT__COHEN_KAPPA, confidence);
    agreement->pi = coefficient(work, NPT__SCOTT_PI, confidence);
    agreement->ac = coefficient(work, NPT__GWET_AC, confidence);
    agreement->brennan_prediger = coefficient(work, NPT__BRENNAN_PREDIGER, confidence);
    if (agreement->kappa.defined)
        agreement->kappa_maximum = kappa_maximum(&work->sums);
}

void npt__agreement_of_two(struct npt__agreement *agreement,
                           const struct npt__agreement_table *table,
                           enum npt__agreement_weights weights, double confidence)
{
    *agreement = (struct npt__agreement){0};
    enum npt__agreement_fault fault = count_all(table, &agreement->count);
    if (fault) {
        const struct npt__coefficient none = {.fault = fault};
        *agreement = (struct npt__agreement){
            .percent = none, .kappa = none, .pi = none, .ac = none, .brennan_prediger = none};
        return;
    }
    const size_t categories = table->categories;
    struct work work = {.table = table, .most = npt__most_disagreement(weights, categories)};
    work.sums.weights = weights;
    work.sums.categories = categories;
    work.sums.count = agreement->count;
    uint64_t *margins = npt__allocate(2 * categories * sizeof *margins);
    work.first = npt__allocate(2 * categories * sizeof *work.first);
    work.second = work.first + categories;
    add_up(&work, margins);
    fill(agreement, &work, confidence);
    npt__release(work.first);
    npt__release(margins);
}

/* ---- one category ---------------------------------------------------------------------------- */

static double share_of(uint64_t part, uint64_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

static double difference(uint64_t a, uint64_t b, uint64_t whole)
{
    return a >= b ? share_of(a - b, whole) : -share_of(b - a, whole);
}

struct npt__category_agreement npt__category_agreement(const struct npt__agreement_table *table,
                                                       size_t category)
{
    struct npt__category_agreement of_one = {0};
    uint64_t count;
    if (count_all(table, &count))
        return of_one;
    assert(category < table->categories);
    uint64_t first = 0, second = 0;
    for (size_t i = 0; i < table->categories; i++) {
        first += table->counts[category * table->categories + i];
        second += table->counts[i * table->categories + category];
    }
    of_one.defined = true;
    of_one.both = table->counts[category * table->categories + category];
    of_one.only_first = first - of_one.both;
    of_one.only_second = second - of_one.both;
    of_one.neither = count - first - of_one.only_second;
    of_one.prevalence_index = difference(of_one.both, of_one.neither, count);
    of_one.bias_index = difference(of_one.only_first, of_one.only_second, count);
    of_one.positive_defined = first + second > 0;
    of_one.negative_defined = first + second < 2 * count;
    of_one.positive = share_of(2 * of_one.both, first + second);
    of_one.negative = share_of(2 * of_one.neither, 2 * count - first - second);
    return of_one;
}
