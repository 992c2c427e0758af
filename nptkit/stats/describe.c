/* describe.c - counts, means, standard deviations and quantiles that do not depend on the order of the values.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "describe.h"

#include "../base/arena.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* ---- numbers of twice the precision ---------------------------------------------------------- */

/* a + b exactly, where |a| >= |b| or a is 0. */
static struct npt__twofold sum_of_larger(double a, double b)
{
    double sum = a + b;
    return (struct npt__twofold){sum, b - (sum - a)};
}

/* a + b exactly. */
static struct npt__twofold sum_of_any(double a, double b)
{
    double sum = a + b, from_a = sum - b, from_b = sum - from_a;
    return (struct npt__twofold){sum, (a - from_a) + (b - from_b)};
}

struct npt__twofold npt__twofold_whole(npt__int128 whole)
{
    double high = (double)whole;
    return sum_of_larger(high, (double)(whole - (npt__int128)high));
}

struct npt__twofold npt__twofold_add(struct npt__twofold a, struct npt__twofold b)
{
    struct npt__twofold high = sum_of_any(a.high, b.high), low = sum_of_any(a.low, b.low);
    struct npt__twofold sum = sum_of_larger(high.high, high.low + low.high);
    return sum_of_larger(sum.high, low.low + sum.low);
}

struct npt__twofold npt__twofold_add_one(struct npt__twofold a, double b)
{
    struct npt__twofold high = sum_of_any(a.high, b);
    return sum_of_larger(high.high, high.low + a.low);
}

struct npt__twofold npt__twofold_multiply(struct npt__twofold a, struct npt__twofold b)
{
    double product = a.high * b.high;
    double rest = fma(a.low, b.high, fma(a.high, b.low, a.low * b.low));
    return sum_of_larger(product, fma(a.high, b.high, -product) + rest);
}

/* Long division in two digits of 53 bits. */
struct npt__twofold npt__twofold_divide(struct npt__twofold a, struct npt__twofold b)
{
    double first = a.high / b.high;
    struct npt__twofold taken = npt__twofold_multiply(b, (struct npt__twofold){-first, 0});
    double second = npt__twofold_add(a, taken).high / b.high;
    return sum_of_larger(first, second);
}

struct npt__twofold npt__twofold_root(struct npt__twofold a)
{
    if (!(a.high > 0))
        return (struct npt__twofold){0, 0};
    double first = sqrt(a.high), square = first * first;
    struct npt__twofold taken = {-square, -fma(first, first, -square)};
    return sum_of_larger(first, npt__twofold_add(a, taken).high / (2 * first));
}

double npt__twofold_scale(double largest)
{
    int exponent;
    frexp(largest, &exponent);
    return ldexp(1, exponent < -1000 ? 1000 : -exponent); /* 2^1073 would be no double */
}

struct npt__twofold npt__twofold_mean(const double *values, size_t count, double scale)
{
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < count; i++)
        sum = npt__twofold_add_one(sum, values[i] * scale);
    return npt__twofold_divide(sum, npt__twofold_whole((npt__int128)count));
}

struct npt__twofold npt__twofold_deviation(double value, double scale, struct npt__twofold mean)
{
    return npt__twofold_add_one((struct npt__twofold){-mean.high, -mean.low}, value * scale);
}

/* ---- sums of whole numbers ------------------------------------------------------------------- */

void npt__sums_merge(struct npt__sums *into, const struct npt__sums *from)
{
    assert(from->count <= NPT__SUMS_MOST_VALUES &&
           into->count <= NPT__SUMS_MOST_VALUES - from->count);
    into->count += from->count;
    into->sum += from->sum;
    into->squares += from->squares;
}

double npt__sums_mean(const struct npt__sums *sums, int64_t unit)
{
    assert(unit > 0);
    if (!sums->count)
        return NAN;
    npt__int128 units = (npt__int128)sums->count * unit;
    return npt__twofold_divide(npt__twofold_whole(sums->sum), npt__twofold_whole(units)).high;
}

double npt__sums_sd(const struct npt__sums *sums, int64_t unit)
{
    assert(unit > 0);
    if (sums->count < 2)
        return NAN;
    npt__int128 count = (npt__int128)sums->count;
    npt__int128 spread = count * sums->squares - sums->sum * sums->sum;
    struct npt__twofold variance =
        npt__twofold_divide(npt__twofold_whole(spread), npt__twofold_whole(count * (count - 1)));
    return npt__twofold_divide(npt__twofold_root(variance), npt__twofold_whole(unit)).high;
}

/* ---- any numbers ----------------------------------------------------------------------------- */

static bool are_finite(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

#define RUN ((size_t)16) /* so many values are sorted by insertion */

static void sort_run(double *values, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const double value = values[i];
        size_t at = i;
        for (; at && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

static void merge(const double *low, size_t low_count, const double *high, size_t high_count,
                  double *into)
{
    while (low_count && high_count) {
        const bool take_high = *high < *low;
        *into++ = take_high ? *high : *low;
        high += take_high;
        high_count -= take_high;
        low += !take_high;
        low_count -= !take_high;
    }
    memcpy(into, low, low_count * sizeof *into);
    memcpy(into + low_count, high, high_count * sizeof *into);
}

/* By merging runs: no call for each comparison, as qsort() makes. */
void npt__sort(double *values, size_t count)
{
    for (size_t i = 0; i < count; i += RUN)
        sort_run(values + i, count - i < RUN ? count - i : RUN);
    if (count <= RUN)
        return;
    double *spare = npt__allocate(count * sizeof *spare), *from = values, *into = spare;
    for (size_t width = RUN; width < count; width *= 2) {
        for (size_t i = 0; i < count; i += 2 * width) {
            const size_t left = count - i, first = left < width ? left : width;
            const size_t second = left - first < width ? left - first : width;
            merge(from + i, first, from + i + first, second, into + i);
        }
        double *swap = from;
        from = into;
        into = swap;
    }
    if (from != values)
        memcpy(values, from, count * sizeof *values);
    npt__release(spare);
}

static struct npt__twofold squares_about(const double *values, size_t count, double scale,
                                         struct npt__twofold mean)
{
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < count; i++) {
        struct npt__twofold deviation = npt__twofold_deviation(values[i], scale, mean);
        sum = npt__twofold_add(sum, npt__twofold_multiply(deviation, deviation));
    }
    return sum;
}

struct npt__description npt__describe(const double *values, size_t count)
{
    struct npt__description description = {count, NAN, NAN, NAN, NAN};
    if (!count || !are_finite(values, count))
        return description;
    double *sorted = npt__allocate(count * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    npt__sort(sorted, count);
    /* Adding 0 makes -0 a 0: the two compare equal, so either could be first. */
    description.least = sorted[0] + 0.0;
    description.most = sorted[count - 1] + 0.0;
    if (description.least == description.most) {
        description.mean = description.least;
        description.sd = count > 1 ? 0 : NAN;
    } else {
        double scale = npt__twofold_scale(fmax(-description.least, description.most));
        struct npt__twofold mean = npt__twofold_mean(sorted, count, scale);
        struct npt__twofold variance = npt__twofold_divide(
            squares_about(sorted, count, scale, mean), npt__twofold_whole((npt__int128)count - 1));
        description.mean = mean.high / scale;
        description.sd = npt__twofold_root(variance).high / scale;
    }
    npt__release(sorted);
    return description;
}

double npt__autocorrelation(const double *values, size_t count)
{
    if (count < 2 || !are_finite(values, count))
        return NAN;
    double largest = 0;
    bool constant = true;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs(values[i]));
        constant = constant && values[i] == values[0];
    }
    if (constant)
        return NAN;
    double scale = npt__twofold_scale(largest);
    struct npt__twofold mean = npt__twofold_mean(values, count, scale), products = {0, 0};
    for (size_t i = 1; i < count; i++)
        products = npt__twofold_add(
            products, npt__twofold_multiply(npt__twofold_deviation(values[i - 1], scale, mean),
                                            npt__twofold_deviation(values[i], scale, mean)));
    return npt__twofold_divide(products, squares_about(values, count, scale, mean)).high;
}

/* ---- quantiles ------------------------------------------------------------------------------- */

/* Between the value at the index `below` and the next one, `part` of the way. */
#define MOST_COUNTED ((size_t)1 << 53) /* whole numbers up to here are exact doubles */
struct position {
    size_t below;
    double part;
};

static struct position position_of(size_t count, double share)
{
    double last = (double)(count - 1), exact = last * share, whole = round(exact);
    if (fabs(exact - whole) <= fmin(4 * DBL_EPSILON * whole, 1e-6))
        exact = whole;
    if (exact >= last)
        return (struct position){count - 1, 0};
    return (struct position){(size_t)exact, exact - floor(exact)};
}

static double between(double low, double high, double part)
{
    double value = (1 - part) * low + part * high;
    return fmin(fmax(value, low), high);
}

double npt__quantile(const double *sorted, size_t count, double share)
{
    if (!count || !(share >= 0 && share <= 1))
        return NAN;
    struct position position = position_of(count, share);
    double low = sorted[position.below];
    return position.part > 0 ? between(low, sorted[position.below + 1], position.part) : low;
}

double npt__quantile_counts(const size_t *counts, size_t categories, double share)
{
    size_t total = 0;
    for (size_t i = 0; i < categories; i++) {
        assert(counts[i] <= MOST_COUNTED - total);
        total += counts[i];
    }
    if (!total || !(share >= 0 && share <= 1))
        return NAN;
    struct position position = position_of(total, share);
    size_t low = 0, before = counts[0]; /* how many values are at most `low` */
    while (before <= position.below)
        before += counts[++low];
    if (!(position.part > 0) || before > position.below + 1)
        return (double)low;
    size_t high = low + 1;
    while (!counts[high])
        high++;
    return between((double)low, (double)high, position.part);
}
