/* effect_ranks.c - Cliff's delta of two groups and the rank-biserial correlation of pairs, with intervals.
 *
 * Both are means of signs over pairs of values. What varies is, for each value, the sum of the signs that it takes part
 * in: whole numbers, found by going through two sorted lists at once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "effect_ranks.h"

#include "describe.h"

#include "../base/arena.h"

#include <math.h>
#include <string.h>

static double *sorted_copy(const double *values, size_t count)
{
    double *sorted = npt__allocate(count * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    npt__sort(sorted, count);
    return sorted;
}

static struct npt__twofold quotient(npt__int128 part, npt__int128 whole)
{
    return npt__twofold_divide(npt__twofold_whole(part), npt__twofold_whole(whole));
}

/* Where all signs agree nothing varies; then the proportion that Wilson's interval gives for `count` of as many, on a
   scale from -1 to 1: Feng & Cliff 2004, equation 8. */
static struct npt__interval one_sided_interval(double estimate, size_t count, double quantile)
{
    const double square = quantile * quantile, n = (double)count;
    const double other = (n - square) / (n + square);
    return estimate > 0 ? (struct npt__interval){true, other, 1}
                        : (struct npt__interval){true, -1, -other};
}

static bool is_share(double confidence)
{
    return confidence > 0 && confidence < 1;
}

/* ---- two groups ------------------------------------------------------------------------------ */

/* For each value of a group, how many values of the other are smaller less how many are greater. */
struct signs {
    npt__int128 sum, squares, untied;
};

static struct signs signs_against(const double *sorted, size_t count, const double *others,
                                  size_t other_count)
{
    struct signs signs = {0, 0, 0};
    size_t smaller = 0, at_most = 0;
    for (size_t i = 0; i < count; i++) {
        while (smaller < other_count && others[smaller] < sorted[i])
            smaller++;
        while (at_most < other_count && others[at_most] <= sorted[i])
            at_most++;
        const int64_t greater = (int64_t)(other_count - at_most);
        const int64_t sum = (int64_t)smaller - greater;
        signs.sum += sum;
        signs.squares += (npt__int128)sum * sum;
        signs.untied += (int64_t)smaller + greater;
    }
    return signs;
}

/* (n^2 sum (d_i - d)^2 + m^2 sum (d_j - d)^2 - sum (d_ij - d)^2) / (m n (m - 1) (n - 1)), Cliff 1993, with the sums of
   signs as whole numbers T, all over m n; and at least (1 - d^2) / (m n - 1) (Feng & Cliff 2004, p. 323). */
static double variance_of_delta(const struct signs *first, const struct signs *second, size_t m,
                                size_t n)
{
    const npt__int128 a = (npt__int128)m, b = (npt__int128)n, pairs = a * b;
    const npt__int128 square = first->sum * first->sum;
    const npt__int128 part =
        pairs * (first->squares + second->squares - first->untied) - square * (a + b - 1);
    const struct npt__twofold whole = npt__twofold_multiply(npt__twofold_whole(pairs * pairs),
                                                            npt__twofold_whole((a - 1) * (b - 1)));
    const double unbiased = npt__twofold_divide(npt__twofold_whole(part), whole).high;
    const struct npt__twofold least = npt__twofold_divide(
        quotient(pairs * pairs - square, pairs * pairs), npt__twofold_whole(pairs - 1));
    return fmax(unbiased, least.high);
}

static struct npt__interval delta_interval(double d, double variance, size_t m, size_t n,
                                           double confidence)
{
    if (!is_share(confidence) || isnan(variance))
        return (struct npt__interval){0};
    const double t = -npt__t_quantile((1 - confidence) / 2, (double)(m + n - 2));
    if (!isfinite(t))
        return (struct npt__interval){0};
    if (!(fabs(d) < 1))
        return one_sided_interval(d, m < n ? m : n, t);
    const double rest = (1 - d) * (1 + d), square = t * t * variance, middle = d * rest;
    const double reach = t * sqrt(variance) * sqrt(rest * rest + square);
    return (struct npt__interval){true, fmax((middle - reach) / (rest + square), -1),
                                  fmin((middle + reach) / (rest + square), 1)};
}

static struct npt__interval half_above(struct npt__interval interval)
{
    if (interval.defined) {
        interval.low = (1 + interval.low) / 2;
        interval.high = (1 + interval.high) / 2;
    }
    return interval;
}

struct npt__dominance npt__cliff_delta(const double *first, size_t first_count,
                                       const double *second, size_t second_count, double confidence)
{
    struct npt__dominance effect = {.first_count = first_count, .second_count = second_count};
    effect.fault = npt__rank_check_two(first, first_count, second, second_count);
    if (effect.fault)
        return effect;
    double *a = sorted_copy(first, first_count), *b = sorted_copy(second, second_count);
    const struct signs of_a = signs_against(a, first_count, b, second_count);
    const struct signs of_b = signs_against(b, second_count, a, first_count);
    const bool varies = a[0] != a[first_count - 1] || b[0] != b[second_count - 1] || a[0] != b[0];
    npt__release(a);
    npt__release(b);
    const npt__int128 pairs = (npt__int128)first_count * (npt__int128)second_count;
    effect.defined = true;
    effect.delta = quotient(of_a.sum, pairs).high;
    effect.superiority = quotient(pairs + of_a.sum, 2 * pairs).high;
    effect.variance = first_count > 1 && second_count > 1
                          ? variance_of_delta(&of_a, &of_b, first_count, second_count)
                          : NAN;
    if (varies)
        effect.interval =
            delta_interval(effect.delta, effect.variance, first_count, second_count, confidence);
    effect.superiority_interval = half_above(effect.interval);
    return effect;
}

/* ---- pairs ----------------------------------------------------------------------------------- */

/* Of the sums a_i = sum over j of sign(d_i + d_j); the sum of a_i and of the signs of d_i is twice the sum of signed
   ranks, ties of sizes included. */
struct walsh_signs {
    npt__int128 sum, squares, own;
};

static struct walsh_signs walsh_signs(const double *sorted, size_t count)
{
    struct walsh_signs signs = {0, 0, 0};
    size_t above = count, at_least = count; /* where values > -d and >= -d begin */
    for (size_t i = 0; i < count; i++) {
        while (above && sorted[above - 1] > -sorted[i])
            above--;
        while (at_least && sorted[at_least - 1] >= -sorted[i])
            at_least--;
        const int64_t sum = (int64_t)(count - above) - (int64_t)at_least;
        signs.sum += sum;
        signs.squares += (npt__int128)sum * sum;
        signs.own += sorted[i] > 0 ? 1 : -1;
    }
    return signs;
}

/* Leaving out pair i changes the sum of signs by a_i and its divisor to n (n - 1) / 2 (jackknife of U-statistics:
   Arvesen 1969, Annals of Mathematical Statistics 40, 2076-2100): variance 4 sum (a_i - mean)^2 / (n^3 (n - 1)). */
static void fill_in(struct npt__paired_dominance *effect, const struct walsh_signs *signs, size_t n,
                    double confidence)
{
    const npt__int128 count = (npt__int128)n;
    effect->defined = true;
    effect->correlation = quotient(signs->sum + signs->own, count * (count + 1)).high;
    if (n < 2) {
        effect->error = NAN;
        return;
    }
    const npt__int128 part = 4 * (count * signs->squares - signs->sum * signs->sum);
    const struct npt__twofold whole = npt__twofold_multiply(
        npt__twofold_whole(count * count * count), npt__twofold_whole(count * (count - 1)));
    effect->error = npt__twofold_root(npt__twofold_divide(npt__twofold_whole(part), whole)).high;
    const double t =
        is_share(confidence) ? -npt__t_quantile((1 - confidence) / 2, (double)(n - 1)) : NAN;
    const double r = effect->correlation;
    if (!isfinite(t))
        return;
    if (!(fabs(r) < 1)) {
        effect->interval = one_sided_interval(r, n, t);
        return;
    }
    const double z = atanh(r), reach = t * effect->error / ((1 - r) * (1 + r));
    effect->interval = (struct npt__interval){true, tanh(z - reach), tanh(z + reach)};
}

struct npt__paired_dominance npt__paired_rank_biserial(const double *first, const double *second,
                                                       size_t count, double confidence)
{
    struct npt__paired_dominance effect = {.count = count};
    effect.fault = npt__rank_check(first, count);
    if (!effect.fault)
        effect.fault = npt__rank_check(second, count);
    if (effect.fault)
        return effect;
    double *differences = npt__allocate(count * sizeof *differences);
    effect.fault = npt__rank_differences(first, second, count, differences);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (differences[i] != 0)
            differences[kept++] = differences[i];
    effect.zeros = count - kept;
    if (!effect.fault) {
        npt__sort(differences, kept);
        const struct walsh_signs signs = walsh_signs(differences, kept);
        fill_in(&effect, &signs, kept, confidence);
    }
    npt__release(differences);
    return effect;
}
