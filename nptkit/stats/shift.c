/* shift.c - by how much two groups, or paired values, differ: Hodges and Lehmann's estimates and their intervals.
 *
 * The estimates are medians of m n differences, or of n (n + 1) / 2 means, too many to be listed. The one at a given place
 * is found by halving the range of doubles, taken as whole numbers in their order; to count how many are at most some
 * value is a walk through the sorted values.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "effect_ranks.h"

#include "describe.h"

#include "../base/arena.h"
#include "rank_sums.h"

#include <math.h>
#include <string.h>

struct sorted {
    double *first, *second; /* `second` NULL: differences of pairs are in `first` */
    size_t first_count, second_count;
};

/* How many first - second are at most this. */
static uint64_t differences_up_to(const struct sorted *data, double value)
{
    uint64_t count = 0;
    size_t less = 0; /* values of the second group that are too small for this one of the first */
    for (size_t i = 0; i < data->first_count; i++) {
        while (less < data->second_count && data->first[i] - data->second[less] > value)
            less++;
        count += data->second_count - less;
    }
    return count;
}

/* How many (d_i + d_j) / 2 with i <= j are at most this. */
static uint64_t means_up_to(const struct sorted *data, double value)
{
    uint64_t count = 0;
    size_t end = data->first_count;
    for (size_t i = 0; i < end; i++) {
        while (end > i && data->first[i] / 2 + data->first[end - 1] / 2 > value)
            end--;
        count += end - i;
    }
    return count;
}

/* Doubles and whole numbers in the same order; -0 and 0 differ by 1. */
static double double_at(uint64_t order)
{
    const uint64_t sign = UINT64_C(1) << 63, bits = order & sign ? order ^ sign : ~order;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The value at this place, from 1, in sorted order. All are finite. */
static double value_at(const struct sorted *data, uint64_t place)
{
    uint64_t low = UINT64_C(0x000fffffffffffff) + 1; /* -DBL_MAX */
    uint64_t high = UINT64_C(0xffefffffffffffff);    /* DBL_MAX */
    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        const double value = double_at(middle);
        const uint64_t count =
            data->second ? differences_up_to(data, value) : means_up_to(data, value);
        if (count >= place)
            high = middle;
        else
            low = middle + 1;
    }
    return double_at(low) + 0.0;
}

static double median(const struct sorted *data, uint64_t count)
{
    const double low = value_at(data, (count + 1) / 2);
    return count % 2 ? low : low / 2 + value_at(data, count / 2 + 1) / 2;
}

/* The first place within the interval: the greatest c with P(statistic <= c - 1) < tail; by the normal distribution, with
   half a unit for continuity, where there is no exact one. 0: too few values. */
static uint64_t first_place(const struct npt__rank_sums *sums, double tail, double expectation,
                            double sd)
{
    if (sums->weights)
        return npt__rank_sums_quantile(sums, tail);
    const double place = floor(expectation + 0.5 + npt__normal_quantile(tail) * sd);
    return place >= 1 ? (uint64_t)place : 0;
}

static void fill_in(struct npt__shift *shift, const struct sorted *data, double confidence)
{
    const double m = (double)data->first_count, n = (double)data->second_count;
    const uint64_t count = data->second ? (uint64_t)data->first_count * data->second_count
                                        : (uint64_t)data->first_count * (data->first_count + 1) / 2;
    const double sd =
        data->second ? sqrt(m * n * (m + n + 1) / 12) : sqrt(m * (m + 1) * (2 * m + 1) / 24);
    shift->defined = true;
    shift->estimate = median(data, count) + 0.0;
    if (!(confidence > 0 && confidence < 1))
        return;
    struct npt__rank_sums sums = data->second
                                     ? npt__mann_whitney_sums(data->first_count, data->second_count)
                                     : npt__signed_rank_sums(data->first_count);
    const uint64_t place = first_place(&sums, (1 - confidence) / 2, (double)count / 2, sd);
    shift->exact = sums.weights != NULL;
    npt__rank_sums_free(&sums);
    if (place)
        shift->interval =
            (struct npt__interval){true, value_at(data, place), value_at(data, count + 1 - place)};
}

static double *sorted_copy(const double *values, size_t count)
{
    double *sorted = npt__allocate(count * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    npt__sort(sorted, count);
    return sorted;
}

struct npt__shift npt__hodges_lehmann(const double *first, size_t first_count, const double *second,
                                      size_t second_count, double confidence)
{
    struct npt__shift shift = {.fault =
                                   npt__rank_check_two(first, first_count, second, second_count)};
    if (shift.fault)
        return shift;
    struct sorted data = {sorted_copy(first, first_count), sorted_copy(second, second_count),
                          first_count, second_count};
    if (isfinite(data.first[first_count - 1] - data.second[0]) &&
        isfinite(data.first[0] - data.second[second_count - 1]))
        fill_in(&shift, &data, confidence);
    else
        shift.fault = NPT__RANKS_NOT_FINITE;
    npt__release(data.first);
    npt__release(data.second);
    return shift;
}

struct npt__shift npt__pseudomedian(const double *first, const double *second, size_t count,
                                    double confidence)
{
    struct npt__shift shift = {.fault = npt__rank_check(first, count)};
    if (!shift.fault)
        shift.fault = npt__rank_check(second, count);
    if (shift.fault)
        return shift;
    struct sorted data = {.first = npt__allocate(count * sizeof *data.first), .first_count = count};
    for (size_t i = 0; i < count; i++)
        data.first[i] = first[i] - second[i];
    shift.fault = npt__rank_check(data.first, count);
    if (!shift.fault) {
        npt__sort(data.first, count);
        fill_in(&shift, &data, confidence);
    }
    npt__release(data.first);
    return shift;
}
