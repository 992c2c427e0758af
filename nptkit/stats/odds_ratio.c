/* odds_ratio.c - tables of 2 x 2: Fisher's exact test, and the odds ratio with its exact interval.
 *
 * Given the totals, the first cell's count has a noncentral hypergeometric distribution (Fisher 1935). Its chances are
 * found relative to that of the most likely count, from there to both sides, by their ratios; so nothing overflows,
 * and what underflows is too small to matter.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fisher.h"

#include <math.h>

/* Two counts whose chances differ by less than this share are equally probable. */
#define TIE 1e-7

struct counts {
    double row, column; /* the first cell's totals */
    double rest;        /* all cases - row - column: below 0 where the first cell cannot be 0 */
    double observed, first, last; /* the first cell's count: as it is, and its ends */
};

struct chances {
    double below, at, above; /* of the observed count; add up to 1 */
    double mean;
};

/* Of the count to that of the count before, at an odds ratio of 1. */
static double ratio(const struct counts *counts, double count)
{
    return (counts->row - count + 1) * (counts->column - count + 1) /
           (count * (counts->rest + count));
}

/* Ratios fall: the last count whose ratio is not below 1. */
static double most_likely(const struct counts *counts, double odds)
{
    double low = counts->first, high = counts->last;
    while (low < high) {
        double middle = ceil(low + (high - low) / 2);
        if (odds * ratio(counts, middle) >= 1)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

struct sums {
    struct chances of;
    double all;
    double rare, limit; /* rare: of counts whose chance is not above the limit */
};

static void add(struct sums *sums, const struct counts *counts, double count, double chance,
                double from)
{
    if (count < counts->observed)
        sums->of.below += chance;
    else if (count > counts->observed)
        sums->of.above += chance;
    else
        sums->of.at += chance;
    sums->all += chance;
    sums->of.mean += chance * (count - from);
    if (chance <= sums->limit)
        sums->rare += chance;
}

static struct sums sum_chances(const struct counts *counts, double odds, double limit)
{
    struct sums sums = {.limit = limit};
    const double mode = most_likely(counts, odds);
    add(&sums, counts, mode, 1, mode);
    double chance = 1;
    for (double count = mode + 1; count <= counts->last && chance > 0; count++) {
        chance *= odds * ratio(counts, count);
        add(&sums, counts, count, chance, mode);
    }
    chance = 1;
    for (double count = mode - 1; count >= counts->first && chance > 0; count--) {
        chance /= odds * ratio(counts, count + 1);
        add(&sums, counts, count, chance, mode);
    }
    sums.of.below /= sums.all;
    sums.of.at /= sums.all;
    sums.of.above /= sums.all;
    sums.of.mean = mode + sums.of.mean / sums.all;
    sums.rare /= sums.all;
    return sums;
}

/* ---- what is sought: how far it is from the target, growing with the odds ratio ---------------- */

typedef double excess_function(const struct counts *counts, double odds, double target);

static double of_observed_or_more(const struct counts *counts, double odds, double target)
{
    struct chances of = sum_chances(counts, odds, 0).of;
    return of.at + of.above - target;
}

static double of_observed_or_less(const struct counts *counts, double odds, double target)
{
    struct chances of = sum_chances(counts, odds, 0).of;
    return target - (of.below + of.at);
}

static double of_mean(const struct counts *counts, double odds, double target)
{
    return sum_chances(counts, odds, 0).of.mean - target;
}

/* Halves a bracket of the odds ratio's logarithm until there is no number between its ends. */
static double solve(const struct counts *counts, excess_function *excess, double target)
{
    double low = -1, high = 1;
    while (low > -600 && excess(counts, exp(low), target) > 0)
        low *= 2;
    while (high < 600 && excess(counts, exp(high), target) < 0)
        high *= 2;
    for (;;) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return exp(middle);
        if (excess(counts, exp(middle), target) > 0)
            high = middle;
        else
            low = middle;
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

static enum npt__fisher_fault check(const uint32_t counts[4])
{
    uint64_t first = (uint64_t)counts[0] + counts[1], second = (uint64_t)counts[2] + counts[3];
    uint64_t left = (uint64_t)counts[0] + counts[2];
    if (!(first + second))
        return NPT__FISHER_EMPTY;
    if (first + second > NPT__FISHER_MOST_CASES)
        return NPT__FISHER_TOO_LARGE;
    if (!first || !second)
        return NPT__FISHER_ONE_ROW;
    return left && left < first + second ? NPT__FISHER_FINE : NPT__FISHER_ONE_COLUMN;
}

static void fill_odds_ratio(struct npt__fourfold *fourfold, const struct counts *counts,
                            double confidence)
{
    const bool least = counts->observed <= counts->first, most = counts->observed >= counts->last;
    fourfold->odds_ratio = least ? 0 : most ? INFINITY : solve(counts, of_mean, counts->observed);
    if (!(confidence > 0 && confidence < 1))
        return;
    const double tail = (1 - confidence) / 2;
    fourfold->interval =
        (struct npt__interval){true, least ? 0 : solve(counts, of_observed_or_more, tail),
                               most ? INFINITY : solve(counts, of_observed_or_less, tail)};
}

struct npt__fourfold npt__fourfold(const uint32_t counts[4], double confidence)
{
    struct npt__fourfold fourfold = {.fault = check(counts)};
    if (fourfold.fault)
        return fourfold;
    const double a = counts[0], b = counts[1], c = counts[2], d = counts[3];
    const struct counts of = {.row = a + b,
                              .column = a + c,
                              .rest = d - a,
                              .observed = a,
                              .first = fmax(0, a - d),
                              .last = a + fmin(b, c)};
    fourfold.defined = true;
    struct sums sums = sum_chances(&of, 1, 0);
    fourfold.less = fmin(1, sums.of.below + sums.of.at);
    fourfold.greater = fmin(1, sums.of.at + sums.of.above);
    double limit = sums.of.at * sums.all * (1 + TIE);
    fourfold.two_sided = fmin(1, sum_chances(&of, 1, limit).rare);
    fourfold.sample_odds_ratio = counts[1] && counts[2] ? a * d / (b * c) : INFINITY;
    fill_odds_ratio(&fourfold, &of, confidence);
    return fourfold;
}
