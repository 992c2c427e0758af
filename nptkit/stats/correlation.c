/* correlation.c - Pearson's r, Spearman's rho and Kendall's tau-b, with intervals on Fisher's z.
 *
 * Ranks and pairs are counted in whole numbers, exactly. Pearson's sums run over the sorted pairs in twice the
 * precision of doubles, so that a straight line gives 1 and not something just below it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "correlation.h"

#include "../base/arena.h"
#include "describe.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    double x, y;
};

static int by_x_then_y(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->x != b->x)
        return a->x > b->x ? 1 : -1;
    return (a->y > b->y) - (a->y < b->y);
}

static struct pair *sorted_pairs(const double *x, const double *y, size_t count)
{
    struct pair *pairs = npt__allocate(count * sizeof *pairs);
    for (size_t i = 0; i < count; i++)
        pairs[i] = (struct pair){x[i], y[i]};
    qsort(pairs, count, sizeof *pairs, by_x_then_y);
    return pairs;
}

static bool varies(const double *values, size_t count)
{
    bool differ = false;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            return false;
        differ = differ || values[i] != values[0];
    }
    return differ;
}

static bool is_defined(const double *x, const double *y, size_t count)
{
    assert(count <= NPT__CORRELATION_MOST_PAIRS);
    return count >= 2 && varies(x, count) && varies(y, count);
}

/* products / sqrt(squares_x * squares_y), rounded once: what is 1 at most remains so. */
static double coefficient(struct npt__twofold products, struct npt__twofold squares_x,
                          struct npt__twofold squares_y)
{
    struct npt__twofold root =
        npt__twofold_multiply(npt__twofold_root(squares_x), npt__twofold_root(squares_y));
    return npt__twofold_divide(products, root).high;
}

/* `variance`: of Fisher's z. */
static struct npt__interval fisher_interval(double r, double variance, double confidence)
{
    if (!(fabs(r) < 1) || !(confidence > 0 && confidence < 1))
        return (struct npt__interval){0};
    double z = atanh(r), reach = -npt__normal_quantile((1 - confidence) / 2) * sqrt(variance);
    return (struct npt__interval){true, tanh(z - reach), tanh(z + reach)};
}

/* ---- Pearson --------------------------------------------------------------------------------- */

static double product_moment(const double *x, const double *y, size_t count)
{
    double *in_order = npt__allocate(2 * count * sizeof *in_order);
    double *first = in_order, *second = in_order + count, largest_x = 0, largest_y = 0;
    struct pair *pairs = sorted_pairs(x, y, count);
    for (size_t i = 0; i < count; i++) {
        first[i] = pairs[i].x;
        second[i] = pairs[i].y;
        largest_x = fmax(largest_x, fabs(pairs[i].x));
        largest_y = fmax(largest_y, fabs(pairs[i].y));
    }
    npt__release(pairs);
    double scale_x = npt__twofold_scale(largest_x), scale_y = npt__twofold_scale(largest_y);
    struct npt__twofold mean_x = npt__twofold_mean(first, count, scale_x);
    struct npt__twofold mean_y = npt__twofold_mean(second, count, scale_y);
    struct npt__twofold squares_x = {0, 0}, squares_y = {0, 0}, products = {0, 0};
    for (size_t i = 0; i < count; i++) {
        struct npt__twofold of_x = npt__twofold_deviation(first[i], scale_x, mean_x);
        struct npt__twofold of_y = npt__twofold_deviation(second[i], scale_y, mean_y);
        squares_x = npt__twofold_add(squares_x, npt__twofold_multiply(of_x, of_x));
        squares_y = npt__twofold_add(squares_y, npt__twofold_multiply(of_y, of_y));
        products = npt__twofold_add(products, npt__twofold_multiply(of_x, of_y));
    }
    npt__release(in_order);
    return coefficient(products, squares_x, squares_y);
}

struct npt__correlation npt__pearson(const double *x, const double *y, size_t count,
                                     double confidence)
{
    struct npt__correlation correlation = {.count = count, .defined = is_defined(x, y, count)};
    if (!correlation.defined)
        return correlation;
    correlation.r = product_moment(x, y, count);
    if (count > 3)
        correlation.interval = fisher_interval(correlation.r, 1 / ((double)count - 3), confidence);
    return correlation;
}

/* ---- Spearman -------------------------------------------------------------------------------- */

struct placed {
    double value;
    size_t place;
};

static int by_value_placed(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    return (a->value > b->value) - (a->value < b->value);
}

/* Twice the distance of each value's rank from the mean rank: whole numbers that sum to 0. */
static int64_t *centred_ranks(const double *values, size_t count)
{
    struct placed *sorted = npt__allocate(count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct placed){values[i], i};
    qsort(sorted, count, sizeof *sorted, by_value_placed);
    int64_t *ranks = npt__allocate(count * sizeof *ranks);
    for (size_t start = 0, end; start < count; start = end) {
        end = start + 1;
        while (end < count && sorted[end].value == sorted[start].value)
            end++;
        /* The ranks start + 1 ... end share (start + 1 + end) / 2; the mean rank is (count + 1) / 2. */
        int64_t rank = (int64_t)(start + end) - (int64_t)count;
        for (size_t i = start; i < end; i++)
            ranks[sorted[i].place] = rank;
    }
    npt__release(sorted);
    return ranks;
}

static double rank_correlation(const double *x, const double *y, size_t count)
{
    int64_t *of_x = centred_ranks(x, count), *of_y = centred_ranks(y, count);
    npt__int128 squares_x = 0, squares_y = 0, products = 0;
    for (size_t i = 0; i < count; i++) {
        squares_x += (npt__int128)of_x[i] * of_x[i];
        squares_y += (npt__int128)of_y[i] * of_y[i];
        products += (npt__int128)of_x[i] * of_y[i];
    }
    npt__release(of_x);
    npt__release(of_y);
    return coefficient(npt__twofold_whole(products), npt__twofold_whole(squares_x),
                       npt__twofold_whole(squares_y));
}

struct npt__correlation npt__spearman(const double *x, const double *y, size_t count,
                                      double confidence)
{
    struct npt__correlation correlation = {.count = count, .defined = is_defined(x, y, count)};
    if (!correlation.defined)
        return correlation;
    double r = rank_correlation(x, y, count);
    correlation.r = r;
    if (count > 3)
        correlation.interval =
            fisher_interval(r, (1 + r * r / 2) / ((double)count - 3), confidence);
    return correlation;
}

/* ---- Kendall --------------------------------------------------------------------------------- */

/* The two sorted halves of `from` into `to`; how many values of the second pass greater ones of the first. */
static int64_t merge(const double *from, double *to, size_t middle, size_t end)
{
    int64_t passed = 0;
    size_t left = 0, right = middle;
    for (size_t i = 0; i < end; i++) {
        if (right == end || (left < middle && from[left] <= from[right])) {
            to[i] = from[left++];
        } else {
            to[i] = from[right++];
            passed += (int64_t)(middle - left);
        }
    }
    return passed;
}

/* Sorts, and counts the pairs that stood in the wrong order. */
static int64_t sort_counting(double *values, size_t count)
{
    double *spare = npt__allocate(count * sizeof *spare);
    int64_t passed = 0;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t rest = count - start;
            passed += merge(values + start, spare + start, rest < width ? rest : width,
                            rest < 2 * width ? rest : 2 * width);
        }
        memcpy(values, spare, count * sizeof *values);
    }
    npt__release(spare);
    return passed;
}

static int64_t pairs_among(size_t members)
{
    return (int64_t)members * ((int64_t)members - 1) / 2;
}

static double tau_b(const double *x, const double *y, size_t count)
{
    struct pair *pairs = sorted_pairs(x, y, count);
    double *second = npt__allocate(count * sizeof *second);
    int64_t tied_x = 0, tied_y = 0, tied_both = 0;
    size_t run_x = 0, run_y = 0, run_both = 0; /* where the present runs of equals began */
    for (size_t i = 0; i < count; i++)
        second[i] = pairs[i].y;
    for (size_t i = 1; i <= count; i++) {
        bool new_x = i == count || pairs[i].x != pairs[i - 1].x;
        if (new_x || pairs[i].y != pairs[i - 1].y) {
            tied_both += pairs_among(i - run_both);
            run_both = i;
        }
        if (new_x) {
            tied_x += pairs_among(i - run_x);
            run_x = i;
        }
    }
    npt__release(pairs);
    int64_t discordant = sort_counting(second, count);
    for (size_t i = 1; i <= count; i++)
        if (i == count || second[i] != second[i - 1]) {
            tied_y += pairs_among(i - run_y);
            run_y = i;
        }
    npt__release(second);
    int64_t all = pairs_among(count);
    int64_t balance = all - tied_x - tied_y + tied_both - 2 * discordant;
    return coefficient(npt__twofold_whole(balance), npt__twofold_whole(all - tied_x),
                       npt__twofold_whole(all - tied_y));
}

struct npt__correlation npt__kendall(const double *x, const double *y, size_t count,
                                     double confidence)
{
    struct npt__correlation correlation = {.count = count, .defined = is_defined(x, y, count)};
    if (!correlation.defined)
        return correlation;
    correlation.r = tau_b(x, y, count);
    if (count > 4)
        correlation.interval =
            fisher_interval(correlation.r, 0.437 / ((double)count - 4), confidence);
    return correlation;
}
