/* mann_whitney.c - the test of two groups on ranks, exact with and without ties, and asymptotic.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rank_tests.h"

#include "../base/arena.h"
#include "rank_sums.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* From the sum of the smaller group's doubled ranks. */
static struct npt__exact_p exact_p(const int64_t *doubled, size_t first_count, size_t second_count,
                                   int64_t sum, uint64_t work)
{
    const size_t count = first_count + second_count;
    const bool swapped = second_count < first_count;
    const int64_t all = (int64_t)count * ((int64_t)count + 1);
    struct npt__rank_sums sums =
        npt__rank_sums_chosen(doubled, count, swapped ? second_count : first_count, work);
    struct npt__exact_p p = npt__rank_sums_p(&sums, swapped ? all - sum : sum);
    npt__rank_sums_free(&sums);
    if (swapped) {
        const double less = p.less;
        p.less = p.greater;
        p.greater = less;
    }
    return p;
}

/* m n (N^3 - N - reduction) / (12 N (N - 1)) = m n * spread / (4 N (N - 1)). */
static double sd_of_u(size_t first_count, size_t second_count, npt__int128 reduction)
{
    const size_t count = first_count + second_count;
    const npt__int128 pairs = (npt__int128)first_count * (npt__int128)second_count;
    const npt__int128 parts = 4 * (npt__int128)count * ((npt__int128)count - 1);
    return npt__twofold_root(
               npt__twofold_divide(npt__twofold_whole(pairs * npt__rank_spread(count, reduction)),
                                   npt__twofold_whole(parts)))
        .high;
}

struct npt__mann_whitney npt__mann_whitney(const double *first, size_t first_count,
                                           const double *second, size_t second_count,
                                           const struct npt__rank_options *options)
{
    const struct npt__rank_options usual = {NPT__EXACT_WITHIN_WORK, 0};
    struct npt__mann_whitney test = {.first_count = first_count, .second_count = second_count};
    test.fault = npt__rank_check_two(first, first_count, second, second_count);
    if (test.fault)
        return test;
    options = options ? options : &usual;
    const size_t count = first_count + second_count;
    double *values = npt__allocate(count * sizeof *values);
    int64_t *doubled = npt__allocate(count * sizeof *doubled), sum = 0;
    memcpy(values, first, first_count * sizeof *values);
    memcpy(values + first_count, second, second_count * sizeof *values);
    const struct npt__ties ties = npt__rank(values, count, doubled);
    npt__release(values);
    for (size_t i = 0; i < first_count; i++)
        sum += doubled[i];
    if (ties.distinct < 2) {
        test.fault = NPT__RANKS_CONSTANT;
    } else {
        const int64_t m = (int64_t)first_count, pairs = m * (int64_t)second_count;
        const int64_t twice_u = sum - m * (m + 1);
        test.defined = true;
        test.u = (double)twice_u / 2;
        test.expectation = (double)pairs / 2;
        test.sd = sd_of_u(first_count, second_count, ties.reduction);
        test.asymptotic = npt__rank_asymptotic((double)(twice_u - pairs) / 2, test.sd);
        if (options->exactness == NPT__EXACT_WITHIN_WORK)
            test.exact = exact_p(doubled, first_count, second_count, sum,
                                 options->work ? options->work : NPT__RANKS_WORK);
        test.p = test.exact.defined ? test.exact.by_distance : test.asymptotic.corrected_two_sided;
    }
    npt__release(doubled);
    return test;
}

struct npt__rank_sums npt__mann_whitney_sums(size_t first_count, size_t second_count)
{
    const size_t chosen = first_count < second_count ? first_count : second_count;
    if (first_count > NPT__RANKS_MOST_VALUES || second_count > NPT__RANKS_MOST_VALUES ||
        first_count + second_count > NPT__RANKS_MOST_VALUES)
        return (struct npt__rank_sums){.unit = 1, .parts = 1};
    const size_t count = first_count + second_count;
    int64_t *scores = npt__allocate((count + 1) * sizeof *scores);
    for (size_t i = 0; i < count; i++)
        scores[i] = (int64_t)i;
    struct npt__rank_sums sums = npt__rank_sums_chosen(scores, count, chosen, NPT__RANKS_WORK);
    npt__release(scores);
    return sums;
}

double npt__mann_whitney_below(double u, size_t first_count, size_t second_count)
{
    if (isnan(u))
        return NAN;
    if (u < 0)
        return 0;
    if (u >= (double)first_count * (double)second_count)
        return 1;
    struct npt__rank_sums sums = npt__mann_whitney_sums(first_count, second_count);
    const double p =
        sums.weights ? npt__rank_sums_p(&sums, sums.shift + (int64_t)floor(u)).less : NAN;
    npt__rank_sums_free(&sums);
    return p;
}
