/* rank_sums.h - the exact distribution of a sum of ranks, ties included, and the p-values that it gives.
 *
 * All weights are sums of positive numbers, without a difference, so that small tails have as many digits as large ones.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RANK_SUMS_H
#define NPT__RANK_SUMS_H

#include "rank_tests.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* weights[i] belongs to the sum of scores shift + unit * i. */
struct npt__rank_sums {
    int64_t shift, unit;
    size_t count;
    double *weights; /* NULL where there is no distribution */
    double total;    /* of the weights */
    bool whole;      /* the weights and all their sums are whole numbers, exact */
    /* The expectation is centre / parts. */
    npt__int128 centre;
    int64_t parts;
};

/* Of the sum of `chosen` of these scores (0 to 2^53, in any order), all choices being equally likely. Quicker for the
   smaller of two groups. No distribution where it takes more than `work` additions or more than 800 MB, or where there
   are more than about 10^304 choices. */
struct npt__rank_sums npt__rank_sums_chosen(const int64_t *scores, size_t count, size_t chosen,
                                            uint64_t work);
/* Of the sum of the scores that have a positive sign, each with probability 1/2. */
struct npt__rank_sums npt__rank_sums_signed(const int64_t *scores, size_t count, uint64_t work);
/* Of U (index) and V (index) without ties; at most NPT__RANKS_WORK additions. In mann_whitney.c and signed_rank.c. */
struct npt__rank_sums npt__mann_whitney_sums(size_t first_count, size_t second_count);
struct npt__rank_sums npt__signed_rank_sums(size_t count);
void npt__rank_sums_free(struct npt__rank_sums *sums);

/* Not defined where there is no distribution. */
struct npt__exact_p npt__rank_sums_p(const struct npt__rank_sums *sums, int64_t sum);
/* The first index up to which the probabilities add up to this much (which is below 1). */
size_t npt__rank_sums_quantile(const struct npt__rank_sums *sums, double probability);

/* `distance`: of the statistic from its expectation. */
struct npt__asymptotic_p npt__rank_asymptotic(double distance, double sd);

#endif
