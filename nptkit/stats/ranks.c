/* ranks.c - ranks of values, equal ones sharing the mean of theirs, and differences of pairs to be ranked.
 *
 * The ranks start + 1 ... end of equal values share (start + 1 + end) / 2; doubled, that is a whole number.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ranks.h"

#include "../base/arena.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

struct placed {
    double value;
    size_t place;
};

static int by_value(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    return (a->value > b->value) - (a->value < b->value);
}

static struct placed *sorted_copy(const double *values, size_t count)
{
    struct placed *sorted = npt__allocate(count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct placed){values[i], i};
    qsort(sorted, count, sizeof *sorted, by_value);
    return sorted;
}

enum npt__rank_fault npt__rank_check(const double *values, size_t count)
{
    if (!count)
        return NPT__RANKS_TOO_FEW;
    if (count > NPT__RANKS_MOST_VALUES)
        return NPT__RANKS_TOO_MANY;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return NPT__RANKS_NOT_FINITE;
    return NPT__RANKS_FINE;
}

enum npt__rank_fault npt__rank_check_two(const double *first, size_t first_count,
                                         const double *second, size_t second_count)
{
    enum npt__rank_fault fault = npt__rank_check(first, first_count);
    if (!fault)
        fault = npt__rank_check(second, second_count);
    if (!fault && first_count + second_count > NPT__RANKS_MOST_VALUES)
        fault = NPT__RANKS_TOO_MANY;
    return fault;
}

struct npt__ties npt__rank(const double *values, size_t count, int64_t *doubled)
{
    assert(count <= NPT__RANKS_MOST_VALUES);
    struct npt__ties ties = {0, 0};
    if (!count)
        return ties;
    struct placed *sorted = sorted_copy(values, count);
    for (size_t start = 0, end; start < count; start = end) {
        end = start + 1;
        while (end < count && sorted[end].value == sorted[start].value)
            end++;
        for (size_t i = start; i < end; i++)
            doubled[sorted[i].place] = (int64_t)(start + 1 + end);
        const npt__int128 size = (npt__int128)(end - start);
        ties.distinct++;
        ties.reduction += size * size * size - size;
    }
    npt__release(sorted);
    return ties;
}

npt__int128 npt__rank_spread(size_t count, npt__int128 reduction)
{
    const npt__int128 n = (npt__int128)count;
    return (n * n * n - n - reduction) / 3;
}

/* ---- pairs ----------------------------------------------------------------------------------- */

enum npt__rank_fault npt__rank_differences(const double *first, const double *second, size_t count,
                                           double *differences)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fmax(fabs(first[i]), fabs(second[i])));
    /* A quarter, so that no difference overflows; halves of the smallest numbers would not be exact. */
    const double scale = largest > 1e300 ? 0.25 : 1, near = 8 * DBL_EPSILON * largest * scale;
    double *sizes = npt__allocate(count * sizeof *sizes);
    for (size_t i = 0; i < count; i++) {
        differences[i] = first[i] * scale - second[i] * scale;
        sizes[i] = fabs(differences[i]);
    }
    struct placed *sorted = sorted_copy(sizes, count);
    double common = 0; /* the least of those that count as equal */
    for (size_t i = 0; i < count; i++) {
        double *difference = &differences[sorted[i].place];
        if (sorted[i].value - common > near)
            common = sorted[i].value;
        *difference = *difference < 0 && common > 0 ? -common : common;
    }
    npt__release(sorted);
    npt__release(sizes);
    return common > 0 ? NPT__RANKS_FINE : NPT__RANKS_CONSTANT;
}
