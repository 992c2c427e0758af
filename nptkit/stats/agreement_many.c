/* agreement_many.c - how far any number of coders agree: percent, Fleiss' kappa, Gwet's AC1, Brennan-Prediger.
 *
 * All are (observed - chance) / (1 - chance), and differ in chance. Sums run over patterns (units rated alike) in
 * twice the precision of a double.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agreement_many.h"

#include "../base/arena.h"
#include "describe.h"
#include "rating_patterns.h"

#include <assert.h>
#include <string.h>

#define LEAST_ERROR 1e-22 /* what is below is rounding: see agreement.c */

typedef struct npt__twofold twofold;

enum chance {
    CHANCE_NONE,
    CHANCE_FLEISS,
    CHANCE_GWET,
    CHANCE_EVEN,
};

struct work {
    const struct npt__rating_patterns *patterns;
    twofold units, pairable;
    twofold observed;
    twofold *shares; /* of each category, units counting alike */
    twofold mixed;   /* 1 - sum of squared shares */
};

static const twofold one = {1, 0};

static twofold minus(twofold a, twofold b)
{
    return npt__twofold_add(a, (twofold){-b.high, -b.low});
}

static twofold times(twofold a, twofold b)
{
    return npt__twofold_multiply(a, b);
}

static twofold over(twofold a, twofold b)
{
    return npt__twofold_divide(a, b);
}

static twofold whole(uint64_t number)
{
    return npt__twofold_whole((npt__int128)number);
}

/* ---- shares ---------------------------------------------------------------------------------- */

/* The share of the pairs of coders that agree about a unit of the pattern; 0 without a pair. */
static twofold agreeing(const struct npt__rating_patterns *patterns, size_t pattern)
{
    uint64_t ratings = patterns->ratings[pattern], pairs = 0;
    if (ratings < 2)
        return (twofold){0, 0};
    for (size_t e = patterns->starts[pattern]; e < patterns->starts[pattern + 1]; e++)
        pairs += (uint64_t)patterns->given[e].raters * (patterns->given[e].raters - 1);
    return over(whole(pairs), whole(ratings * (ratings - 1)));
}

static void find_shares(struct work *work)
{
    const struct npt__rating_patterns *patterns = work->patterns;
    work->units = whole(patterns->total.units);
    work->pairable = whole(patterns->total.pairable);
    memset(work->shares, 0, patterns->categories * sizeof *work->shares);
    for (size_t i = 0; i < patterns->count; i++) {
        twofold alike = times(whole(patterns->times[i]), agreeing(patterns, i));
        work->observed = npt__twofold_add(work->observed, alike);
        for (size_t e = patterns->starts[i]; e < patterns->starts[i + 1]; e++) {
            const struct npt__given *given = &patterns->given[e];
            twofold part = over(whole((uint64_t)patterns->times[i] * given->raters),
                                whole(patterns->ratings[i]));
            work->shares[given->category] = npt__twofold_add(work->shares[given->category], part);
        }
    }
    work->observed = over(work->observed, work->pairable);
    for (size_t i = 0; i < patterns->categories; i++) {
        work->shares[i] = over(work->shares[i], work->units);
        twofold other = minus(one, work->shares[i]);
        work->mixed = npt__twofold_add(work->mixed, times(work->shares[i], other));
    }
}

/* ---- chance ---------------------------------------------------------------------------------- */

/* 1 - agreement by chance. */
static twofold not_by_chance(const struct work *work, enum chance chance)
{
    const uint64_t categories = work->patterns->categories;
    if (chance == CHANCE_NONE)
        return one;
    if (chance == CHANCE_FLEISS)
        return work->mixed;
    if (categories < 2)
        return (twofold){0, 0};
    if (chance == CHANCE_GWET)
        return minus(one, over(work->mixed, whole(categories - 1)));
    return over(whole(categories - 1), whole(categories));
}

/* Agreement by chance of a unit of the pattern less that of all units; summed over units it is 0. */
static twofold chance_of_unit(const struct work *work, enum chance chance, size_t pattern)
{
    const struct npt__rating_patterns *patterns = work->patterns;
    twofold mean = {0, 0};
    if (chance != CHANCE_FLEISS && chance != CHANCE_GWET)
        return mean;
    for (size_t e = patterns->starts[pattern]; e < patterns->starts[pattern + 1]; e++)
        mean = npt__twofold_add(mean, times(whole(patterns->given[e].raters),
                                            work->shares[patterns->given[e].category]));
    mean = over(mean, whole(patterns->ratings[pattern]));
    /* Fleiss: mean share less the sum of squares. Gwet: (1 - mean share) / (q - 1), less the same of all. */
    twofold off = minus(mean, minus(one, work->mixed));
    if (chance == CHANCE_FLEISS)
        return off;
    return over((twofold){-off.high, -off.low}, whole(patterns->categories - 1));
}

/* ---- coefficients ---------------------------------------------------------------------------- */

static double standard_error(const struct work *work, enum chance chance, twofold value)
{
    const struct npt__rating_patterns *patterns = work->patterns;
    const twofold rest = not_by_chance(work, chance), by_chance = minus(one, rest);
    const twofold weight = over(work->units, work->pairable);
    const twofold apart = minus(one, value);
    if (patterns->total.units < 2)
        return 0;
    twofold squares = {0, 0};
    for (size_t i = 0; i < patterns->count; i++) {
        twofold of_unit = {0, 0};
        if (patterns->ratings[i] > 1)
            of_unit = times(weight, minus(agreeing(patterns, i), by_chance));
        twofold shift = times(apart, chance_of_unit(work, chance, i));
        of_unit = minus(of_unit, npt__twofold_add(shift, shift));
        twofold off = minus(over(of_unit, rest), value);
        squares = npt__twofold_add(squares, times(whole(patterns->times[i]), times(off, off)));
    }
    twofold variance = over(squares, times(work->units, whole(patterns->total.units - 1)));
    double error = npt__twofold_root(variance).high;
    return error < LEAST_ERROR ? 0 : error;
}

static struct npt__coefficient coefficient(const struct work *work, enum chance chance,
                                           double confidence)
{
    twofold rest = not_by_chance(work, chance);
    /* Shares that are exactly 1 and 0 leave exactly nothing; anything else leaves at least 1e-13. */
    if (rest.high < 1e-20)
        return (struct npt__coefficient){.fault = NPT__AGREEMENT_CONSTANT};
    twofold by_chance = minus(one, rest);
    twofold value = over(minus(work->observed, by_chance), rest);
    struct npt__coefficient result = {.defined = true,
                                      .value = value.high,
                                      .observed = work->observed.high,
                                      .expected = by_chance.high,
                                      .error = standard_error(work, chance, value)};
    result.interval = npt__t_interval(result.value, result.error,
                                      (double)work->patterns->total.units - 1, confidence);
    return result;
}

/* Fleiss, Nee & Landis 1979: the variance is 2 (S^2 - sum of p q (q - p)) / (N m (m - 1) S^2), with S the sum
   of p q; 0 where units differ in the number of ratings. */
static double fleiss_null_error(const struct work *work)
{
    const struct npt__rating_patterns *patterns = work->patterns;
    const uint64_t ratings = patterns->ratings[0];
    for (size_t i = 1; i < patterns->count; i++)
        if (patterns->ratings[i] != ratings)
            return 0;
    twofold square = times(work->mixed, work->mixed), rest = square;
    for (size_t i = 0; i < patterns->categories; i++) {
        twofold other = minus(one, work->shares[i]), product = times(work->shares[i], other);
        rest = minus(rest, times(product, minus(other, work->shares[i])));
    }
    twofold pairs = times(work->units, whole(ratings * (ratings - 1)));
    twofold variance = over(over(npt__twofold_add(rest, rest), square), pairs);
    return npt__twofold_root(variance).high;
}

static struct npt__coefficient fleiss(const struct work *work, double confidence)
{
    struct npt__coefficient result = coefficient(work, CHANCE_FLEISS, confidence);
    if (result.defined)
        result.null_error = fleiss_null_error(work);
    return result;
}

void npt__agreement_of_many(struct npt__agreement_many *agreement,
                            const struct npt__ratings *ratings, double confidence)
{
    struct npt__rating_patterns patterns;
    const enum npt__agreement_fault fault = npt__rating_patterns_find(&patterns, ratings);
    if (fault) {
        const struct npt__coefficient none = {.fault = fault};
        *agreement = (struct npt__agreement_many){
            .percent = none, .fleiss = none, .ac = none, .brennan_prediger = none};
    } else {
        struct work work = {.patterns = &patterns};
        work.shares = npt__allocate(patterns.categories * sizeof *work.shares);
        find_shares(&work);
        *agreement = (struct npt__agreement_many){
            .percent = coefficient(&work, CHANCE_NONE, confidence),
            .fleiss = fleiss(&work, confidence),
            .ac = coefficient(&work, CHANCE_GWET, confidence),
            .brennan_prediger = coefficient(&work, CHANCE_EVEN, confidence)};
        npt__release(work.shares);
    }
    agreement->count = patterns.total;
    npt__rating_patterns_release(&patterns);
}

/* ---- one category ---------------------------------------------------------------------------- */

/* Category 1: the one; category 0: all others. */
static void collapse(struct npt__rating_patterns *patterns, size_t category)
{
    size_t at = 0;
    for (size_t i = 0; i < patterns->count; i++) {
        uint32_t with = 0;
        for (size_t e = patterns->starts[i]; e < patterns->starts[i + 1]; e++)
            if (patterns->given[e].category == category)
                with = patterns->given[e].raters;
        patterns->starts[i] = at;
        if (with < patterns->ratings[i])
            patterns->given[at++] = (struct npt__given){0, patterns->ratings[i] - with};
        if (with)
            patterns->given[at++] = (struct npt__given){1, with};
    }
    patterns->starts[patterns->count] = at;
    patterns->categories = 2;
}

struct npt__coefficient npt__fleiss_category(const struct npt__ratings *ratings, size_t category,
                                             double confidence)
{
    struct npt__rating_patterns patterns;
    struct npt__coefficient result = {.fault = npt__rating_patterns_find(&patterns, ratings)};
    if (!result.fault) {
        assert(category < patterns.categories);
        twofold shares[2];
        struct work work = {.patterns = &patterns, .shares = shares};
        collapse(&patterns, category);
        find_shares(&work);
        result = fleiss(&work, confidence);
    }
    npt__rating_patterns_release(&patterns);
    return result;
}
