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
#include <string.h>

static double *sorted_copy(const double *values, size_t count)
{
    double *sorted = npt__allocate(count * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    npt__sort(sorted, count);
    return sorted;
}

/* The place of the last of the sorted values that is at most this one; the first is. */
static size_t place_of(double value, const double *sorted, size_t count)
{
    size_t low = 0;
    while (count > 1) {
        const size_t half = count / 2;
        low += sorted[low + half] <= value ? half : 0;
        count -= half;
    }
    return low;
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
    double *sorted = sorted_copy(values, count); /* the different ones move to its front */
    int64_t *shared = npt__allocate(count * sizeof *shared);
    for (size_t start = 0, end; start < count; start = end) {
        end = start + 1;
        while (end < count && sorted[end] == sorted[start])
            end++;
        const npt__int128 size = (npt__int128)(end - start);
        sorted[ties.distinct] = sorted[start];
        shared[ties.distinct++] = (int64_t)(start + 1 + end);
        ties.reduction += size * size * size - size;
    }
    for (size_t i = 0; i < count; i++)
        doubled[i] = shared[place_of(values[i], sorted, ties.distinct)];
    npt__release(shared);
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
    double *common = npt__allocate((count + 1) * sizeof *common);
    for (size_t i = 0; i < count; i++) {
        differences[i] = first[i] * scale - second[i] * scale;
        common[i + 1] = fabs(differences[i]);
    }
    npt__sort(common + 1, count);
    common[0] = 0;
    size_t kept = 1; /* the least of those sizes that count as equal, ascending */
    for (size_t i = 1; i <= count; i++)
        if (common[i] - common[kept - 1] > near)
            common[kept++] = common[i];
    for (size_t i = 0; i < count; i++) {
        const double size = common[place_of(fabs(differences[i]), common, kept)];
        differences[i] = differences[i] < 0 && size > 0 ? -size : size;
    }
    npt__release(common);
    return kept > 1 ? NPT__RANKS_FINE : NPT__RANKS_CONSTANT;
}
