/* agreement_sums.c - what a coefficient of agreement between two coders is made of, and its value.
 *
 * All coefficients are 1 - observed / expected disagreement. Counts are below 2^50 and weights below 2^20, so
 * sums of weight * margin * margin stay below 2^122.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agreement_sums.h"

#include <assert.h>

typedef struct npt__twofold twofold;

static const twofold one = {1, 0};

static twofold ratio(npt__int128 part, npt__int128 whole)
{
    return npt__twofold_divide(npt__twofold_whole(part), npt__twofold_whole(whole));
}

static twofold minus(twofold a, twofold b)
{
    return npt__twofold_add(a, (twofold){-b.high, -b.low});
}

uint64_t npt__most_disagreement(enum npt__agreement_weights weights, size_t categories)
{
    return categories > 1 ? npt__disagreement(weights, 0, categories - 1) : 1;
}

/* Of all pairs of categories, together. */
static npt__int128 sum_of_weights(enum npt__agreement_weights weights, size_t categories)
{
    npt__int128 sum = 0;
    for (size_t steps = 1; steps < categories; steps++)
        sum += (npt__int128)(2 * (categories - steps)) * npt__disagreement(weights, 0, steps);
    return sum;
}

struct npt__twofold npt__gwet_factor(enum npt__agreement_weights weights, size_t categories)
{
    assert(categories >= 2);
    npt__int128 most = npt__most_disagreement(weights, categories);
    npt__int128 pairs = (npt__int128)categories * categories;
    return ratio(pairs * most - sum_of_weights(weights, categories),
                 most * (npt__int128)(categories * (categories - 1)));
}

/* What two coders with the given margins would disagree by chance: counts * counts * weights. */
static npt__int128 cross(const struct npt__agreement_sums *sums)
{
    npt__int128 apart = 0;
    if (sums->weights == NPT__WEIGHTS_NONE) {
        apart = (npt__int128)sums->count * sums->count;
        for (size_t i = 0; i < sums->categories; i++)
            apart -= (npt__int128)sums->first[i] * sums->second[i];
        return apart;
    }
    for (size_t i = 0; i < sums->categories; i++) {
        npt__int128 row = 0;
        for (size_t j = 0; sums->first[i] && j < sums->categories; j++)
            row += (npt__int128)npt__disagreement(sums->weights, i, j) * sums->second[j];
        apart += sums->first[i] * row;
    }
    return apart;
}

/* The same with both coders' margins pooled; four times as much. */
static npt__int128 cross_pooled(const struct npt__agreement_sums *sums)
{
    npt__int128 apart = 0;
    for (size_t i = 0; i < sums->categories; i++) {
        uint64_t pooled = sums->first[i] + sums->second[i];
        npt__int128 row = 0;
        for (size_t j = 0; pooled && j < i; j++)
            row += (npt__int128)npt__disagreement(sums->weights, i, j) *
                   (sums->first[j] + sums->second[j]);
        apart += 2 * pooled * row;
    }
    return apart;
}

/* 1 - factor * the sum of share * (1 - share), with pooled shares. */
static twofold gwet_chance(const struct npt__agreement_sums *sums)
{
    npt__int128 whole = 4 * (npt__int128)sums->count * sums->count, mixed = whole;
    for (size_t i = 0; i < sums->categories; i++) {
        npt__int128 pooled = (npt__int128)sums->first[i] + sums->second[i];
        mixed -= pooled * pooled;
    }
    twofold factor = npt__gwet_factor(sums->weights, sums->categories);
    return minus(one, npt__twofold_multiply(factor, ratio(mixed, whole)));
}

struct npt__disagreements npt__agreement_compare(const struct npt__agreement_sums *sums,
                                                 enum npt__agreement_kind kind)
{
    npt__int128 most = npt__most_disagreement(sums->weights, sums->categories), count = sums->count;
    npt__int128 pairs = (npt__int128)sums->categories * sums->categories;
    struct npt__disagreements parts = {.observed = ratio(sums->apart, count * most)};
    switch (kind) {
    case NPT__PERCENT_AGREEMENT:
        parts.expected = one;
        break;
    case NPT__COHEN_KAPPA:
        parts.expected =
            npt__twofold_divide(ratio(cross(sums), count * count), npt__twofold_whole(most));
        break;
    case NPT__SCOTT_PI:
        parts.expected = npt__twofold_divide(ratio(cross_pooled(sums), 4 * count * count),
                                             npt__twofold_whole(most));
        break;
    case NPT__GWET_AC:
        if (sums->categories > 1)
            parts.expected = gwet_chance(sums);
        break;
    case NPT__BRENNAN_PREDIGER:
        parts.expected = ratio(sum_of_weights(sums->weights, sums->categories), pairs * most);
        break;
    }
    parts.varies = parts.expected.high > 0;
    return parts;
}

struct npt__coefficient npt__agreement_value(const struct npt__disagreements *parts)
{
    if (!parts->varies)
        return (struct npt__coefficient){.fault = NPT__AGREEMENT_CONSTANT};
    twofold value = npt__twofold_divide(minus(parts->expected, parts->observed), parts->expected);
    return (struct npt__coefficient){.defined = true,
                                     .value = value.high,
                                     .observed = minus(one, parts->observed).high,
                                     .expected = minus(one, parts->expected).high};
}
