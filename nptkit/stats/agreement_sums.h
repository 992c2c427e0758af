/* agreement_sums.h - what a coefficient of agreement between two coders is made of, and its value.
 *
 * Disagreements are weighed with whole numbers, so all sums are exact; those of several tables add up.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__AGREEMENT_SUMS_H
#define NPT__AGREEMENT_SUMS_H

#include "agreement.h"
#include "describe.h"

struct npt__agreement_sums {
    enum npt__agreement_weights weights;
    size_t categories;
    uint64_t count;         /* at most NPT__AGREEMENT_MOST_COUNT */
    npt__int128 apart;      /* counts * weight of their disagreement */
    const uint64_t *first;  /* how often the first coder gave each category */
    const uint64_t *second; /* the same of the second */
};

/* How much it counts that one coder gave category i and the other j. */
static inline uint64_t npt__disagreement(enum npt__agreement_weights weights, size_t i, size_t j)
{
    uint64_t steps = i > j ? i - j : j - i;
    return weights == NPT__WEIGHTS_NONE     ? steps > 0
           : weights == NPT__WEIGHTS_LINEAR ? steps
                                            : steps * steps;
}

/* The greatest there is; at least 1. */
uint64_t npt__most_disagreement(enum npt__agreement_weights weights, size_t categories);

/* Shares of the greatest possible disagreement: seen, and by chance. */
struct npt__disagreements {
    struct npt__twofold observed, expected;
    bool varies; /* the one by chance is above 0 */
};

/* `sums->count` is above 0. */
struct npt__disagreements npt__agreement_compare(const struct npt__agreement_sums *sums,
                                                 enum npt__agreement_kind kind);

/* Gwet's factor of chance: the mean weight of agreement of two categories picked with q (q - 1) as the number
   of pairs (1 / (q - 1) without weights). At least 2 categories. */
struct npt__twofold npt__gwet_factor(enum npt__agreement_weights weights, size_t categories);

/* 1 - observed / expected with its parts; not defined where chance does not vary. */
struct npt__coefficient npt__agreement_value(const struct npt__disagreements *parts);

#endif
