/* test_effect_ranks.c - effects on ranks against R, against counting all pairs, and their intervals by simulation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/effect_ranks.h"
#include "rank_data.h"

#include <math.h>
#include <stdlib.h>

static int sign(double value)
{
    return (value > 0) - (value < 0);
}

/* ---- Cliff's delta --------------------------------------------------------------------------- */

static struct npt__dominance of_groups(const char *path, const char *column, uint32_t first,
                                       uint32_t second)
{
    struct rank_data data;
    double a[200], b[200];
    rank_data_read(&data, path, column);
    const size_t m = rank_data_group(&data, first, a), n = rank_data_group(&data, second, b);
    return npt__cliff_delta(a, m, b, n, 0.95);
}

/* Delta and variance in whole numbers by Python's fractions, the intervals by mpmath with 30 digits. R's effsize 0.8.1 has
   the same deltas but other variances (0.0323117851 and 0.0644095274), and so other intervals, unless return.dm = TRUE:
   where a value of its second group exceeds all of the first, cliff.delta() puts n1 into the wrong column of
   `partitions`, and counts that value as -1 instead of -n1. */
static void delta_and_its_interval_are_exact(void **state)
{
    (void)state;
    const char *ties = "tests/data/groups_ties.csv";
    struct npt__dominance effect = of_groups(ties, "score", 0, 1);
    assert_true(effect.defined && effect.interval.defined);
    reference_expect(effect.delta, -10 / 63.0, 1e-15);
    reference_expect(effect.variance, 34826 / 877149.0, 1e-15);
    reference_expect(effect.interval.low, -0.51262042590534758396, 1e-14);
    reference_expect(effect.interval.high, 0.24125878063412875987, 1e-14);
    reference_expect(effect.superiority, 0.42063492063492064, 1e-15);
    effect = of_groups("tests/data/groups4.csv", "y", 0, 1);
    reference_expect(effect.delta, 5 / 54.0, 1e-15);
    reference_expect(effect.variance, 2381 / 32076.0, 1e-15);
    reference_expect(effect.interval.low, -0.42564548538622349916, 1e-14);
    reference_expect(effect.interval.high, 0.56509269913835022751, 1e-14);
    effect = of_groups(ties, "score", 0, 2);
    reference_expect(effect.delta, -53 / 77.0, 1e-15);
    reference_expect(effect.variance, 7641 / 385385.0, 1e-15);
    reference_expect(effect.interval.low, -0.87944519689381149746, 1e-14);
    reference_expect(effect.interval.high, -0.30603690385133899077, 1e-14);
    /* R 4.2.2: effectsize, A of A and C, and of the permeability data */
    reference_expect(effect.superiority, 0.15584415584415584, 1e-15);
    reference_expect(effect.superiority_interval.low, (1 + effect.interval.low) / 2, 1e-15);
    effect = npt__cliff_delta(permeability_x, 10, permeability_y, 5, 0.95);
    reference_expect(effect.delta, 0.4, 1e-15);
    reference_expect(effect.superiority, 0.7, 1e-15);
}

/* Cliff 1993: the three sums over the matrix of signs, as they stand. */
static double variance_by_hand(const double *x, size_t m, const double *y, size_t n, double d)
{
    double rows = 0, columns = 0, cells = 0;
    for (size_t i = 0; i < m; i++) {
        double mean = 0;
        for (size_t j = 0; j < n; j++) {
            mean += sign(x[i] - y[j]) / (double)n;
            cells += pow(sign(x[i] - y[j]) - d, 2);
        }
        rows += (mean - d) * (mean - d);
    }
    for (size_t j = 0; j < n; j++) {
        double mean = 0;
        for (size_t i = 0; i < m; i++)
            mean += sign(x[i] - y[j]) / (double)m;
        columns += (mean - d) * (mean - d);
    }
    const double a = (double)m, b = (double)n;
    const double variance = (b * b * rows + a * a * columns - cells) / (a * b * (a - 1) * (b - 1));
    return fmax(variance, (1 - d * d) / (a * b - 1));
}

static void delta_and_its_variance_are_those_counted_by_hand(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t round = 0; round < 200; round++) {
        double x[12], y[12], d = 0;
        const size_t m = 2 + reference_random(&seed) % 10, n = 2 + reference_random(&seed) % 10;
        for (size_t i = 0; i < 12; i++) {
            x[i] = (double)(reference_random(&seed) % 7);
            y[i] = (double)(reference_random(&seed) % 7);
        }
        for (size_t i = 0; i < m * n; i++)
            d += sign(x[i / n] - y[i % n]);
        d /= (double)(m * n);
        const struct npt__dominance effect = npt__cliff_delta(x, m, y, n, 0.9);
        assert_true(fabs(effect.delta - d) < 1e-15);
        assert_true(fabs(effect.variance - variance_by_hand(x, m, y, n, d)) < 1e-13);
        const struct npt__dominance turned = npt__cliff_delta(y, n, x, m, 0.9);
        assert_true(reference_same(turned.delta + 0.0, -effect.delta + 0.0));
        assert_true(reference_same(turned.variance, effect.variance));
        if (effect.interval.defined) {
            assert_true(effect.interval.low >= -1 && effect.interval.high <= 1);
            assert_true(effect.interval.low <= d + 1e-15 && effect.interval.high >= d - 1e-15);
            reference_expect(turned.interval.low, -effect.interval.high, 1e-14);
            /* the same pairs as U counts */
            const struct npt__mann_whitney test = npt__mann_whitney(x, m, y, n, NULL);
            assert_true(fabs(effect.superiority - test.u / (double)(m * n)) < 1e-15);
        }
    }
}

/* Feng & Cliff 2004, equation 8: (n - t^2) / (n + t^2) with n = 4 and the 0.975 quantile of t with 8 degrees of freedom,
   2.306 (mpmath). */
static void groups_that_do_not_overlap_have_an_interval(void **state)
{
    (void)state;
    const double low[] = {1, 2, 3, 4}, high[] = {5, 6, 7, 8, 9, 10};
    const double square = 2.3060041352041666833 * 2.3060041352041666833;
    struct npt__dominance effect = npt__cliff_delta(high, 6, low, 4, 0.95);
    reference_expect(effect.delta, 1, 0);
    reference_expect(effect.superiority, 1, 0);
    reference_expect(effect.interval.low, (4 - square) / (4 + square), 1e-13);
    reference_expect(effect.interval.high, 1, 0);
    effect = npt__cliff_delta(low, 4, high, 6, 0.95);
    reference_expect(effect.delta, -1, 0);
    reference_expect(effect.interval.low, -1, 0);
    reference_expect(effect.interval.high, -(4 - square) / (4 + square), 1e-13);
}

static void delta_without_variation_or_values(void **state)
{
    (void)state;
    const double some[] = {1, 2, 3}, same[] = {2, 2, 2}, wrong[] = {NAN};
    struct npt__dominance effect = npt__cliff_delta(same, 3, same, 2, 0.95);
    assert_true(effect.defined && effect.delta == 0 && !effect.interval.defined);
    reference_expect(effect.superiority, 0.5, 0);
    effect = npt__cliff_delta(some, 1, some, 3, 0.95);
    assert_true(effect.defined && isnan(effect.variance) && !effect.interval.defined);
    reference_expect(effect.delta, -2 / 3.0, 1e-15);
    effect = npt__cliff_delta(some, 3, NULL, 0, 0.95);
    assert_true(!effect.defined && effect.fault == NPT__RANKS_TOO_FEW);
    effect = npt__cliff_delta(some, 3, wrong, 1, 0.95);
    assert_true(!effect.defined && effect.fault == NPT__RANKS_NOT_FINITE);
    const double shares[] = {0, 1, -1, NAN, 95};
    for (size_t i = 0; i < 5; i++)
        assert_false(npt__cliff_delta(some, 3, same, 3, shares[i]).interval.defined);
}

/* Every value of the first group stands between two of the second: delta is -1 / n. */
static void a_million_values_make_a_delta(void **state)
{
    (void)state;
    const size_t half = getenv("VALGRIND") ? 5000 : 500000;
    double *values = npt__allocate(2 * half * sizeof *values);
    for (size_t i = 0; i < 2 * half; i++)
        values[i] = (double)(i < half ? 2 * i : 2 * (i - half) + 1);
    const struct npt__dominance effect = npt__cliff_delta(values, half, values + half, half, 0.95);
    const double n = (double)half;
    reference_expect(effect.delta, -1 / n, 1e-15);
    /* both projections of uniform ranks have the variance 1 / 3 */
    reference_expect(effect.variance * n, 2 / 3.0, 10 / n);
    npt__release(values);
}

/* ---- pairs ----------------------------------------------------------------------------------- */

/* R 4.2.2: (V - sum of negative ranks) / their sum on paired_ties.csv. */
static void matched_pairs_rank_biserial_is_that_of_r(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/paired_ties.csv");
    size_t count;
    double *pre = reference_column(table, "pre", &count);
    double *post = reference_column(table, "post", &count);
    const struct npt__paired_dominance effect = npt__paired_rank_biserial(post, pre, 22, 0.95);
    assert_true(effect.defined && effect.count == 22 && effect.zeros == 3);
    reference_expect(effect.correlation, 0.35789473684210527, 1e-15);
    assert_true(effect.interval.defined);
    free(pre);
    free(post);
    reference_table_free(table);
}

static double by_ranks(const double *differences, size_t count, size_t without)
{
    double signed_sum = 0, sum = 0;
    for (size_t i = 0; i < count; i++) {
        double rank = 0.5;
        for (size_t k = 0; k < count; k++)
            if (k != without)
                rank += fabs(differences[k]) < fabs(differences[i])    ? 1
                        : fabs(differences[k]) == fabs(differences[i]) ? 0.5
                                                                       : 0;
        if (i != without) {
            signed_sum += sign(differences[i]) * rank;
            sum += rank;
        }
    }
    return signed_sum / sum;
}

static void its_error_is_the_jackknife_gone_through(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (size_t round = 0; round < 100; round++) {
        double differences[20], zeros[20] = {0}, left_out[20], mean = 0, squares = 0;
        const size_t count = 3 + round % 17;
        for (size_t i = 0; i < count; i++)
            differences[i] =
                (double)(1 + reference_random(&seed) % 9) * (reference_random(&seed) % 3 ? 1 : -1);
        for (size_t i = 0; i < count; i++) {
            left_out[i] = by_ranks(differences, count, i);
            mean += left_out[i] / (double)count;
        }
        for (size_t i = 0; i < count; i++)
            squares += (left_out[i] - mean) * (left_out[i] - mean);
        const struct npt__paired_dominance effect =
            npt__paired_rank_biserial(differences, zeros, count, 0.95);
        const double n = (double)count;
        assert_true(fabs(effect.correlation - by_ranks(differences, count, count)) < 1e-15);
        assert_true(fabs(effect.error - sqrt((n - 1) / n * squares)) < 1e-13);
        assert_true(effect.interval.defined && effect.interval.low >= -1 &&
                    effect.interval.high <= 1);
        assert_true(effect.interval.low <= effect.correlation &&
                    effect.interval.high >= effect.correlation);
    }
}

static void pairs_at_the_ends(void **state)
{
    (void)state;
    const double up[] = {2, 3, 4, 5}, base[] = {1, 1, 1, 1}, wrong[] = {1, 2, NAN, 4};
    /* the 0.975 quantile of t with 3 degrees of freedom, by mpmath */
    const double square = 3.1824463052837095927 * 3.1824463052837095927;
    struct npt__paired_dominance effect = npt__paired_rank_biserial(up, base, 4, 0.95);
    reference_expect(effect.correlation, 1, 0);
    reference_expect(effect.interval.low, (4 - square) / (4 + square), 1e-13);
    reference_expect(effect.interval.high, 1, 0);
    effect = npt__paired_rank_biserial(base, up, 4, 0.95);
    reference_expect(effect.correlation, -1, 0);
    reference_expect(effect.interval.low, -1, 0);
    effect = npt__paired_rank_biserial(up, base, 1, 0.95);
    assert_true(effect.defined && isnan(effect.error) && !effect.interval.defined);
    effect = npt__paired_rank_biserial(up, up, 4, 0.95);
    assert_true(!effect.defined && effect.fault == NPT__RANKS_CONSTANT && effect.zeros == 4);
    effect = npt__paired_rank_biserial(up, wrong, 4, 0.95);
    assert_true(!effect.defined && effect.fault == NPT__RANKS_NOT_FINITE);
    effect = npt__paired_rank_biserial(up, base, 0, 0.95);
    assert_true(!effect.defined && effect.fault == NPT__RANKS_TOO_FEW);
}

/* ---- shifts ---------------------------------------------------------------------------------- */

/* R 4.2.2: wilcox.test(conf.int = TRUE), exact. */
static void shifts_and_their_intervals_are_those_of_r(void **state)
{
    (void)state;
    struct npt__shift shift = npt__hodges_lehmann(permeability_x, 10, permeability_y, 5, 0.95);
    assert_true(shift.defined && shift.interval.defined && shift.exact);
    reference_expect(shift.estimate, 0.305, 1e-14);
    reference_expect(shift.interval.low, -0.15, 1e-14);
    reference_expect(shift.interval.high, 0.76, 1e-14);
    shift = npt__pseudomedian(depression_x, depression_y, 9, 0.95);
    assert_true(shift.defined && shift.interval.defined && shift.exact);
    reference_expect(shift.estimate, 0.46, 1e-14);
    reference_expect(shift.interval.low, 0.01, 1e-13);
    reference_expect(shift.interval.high, 0.786, 1e-14);
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static double middle_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_value);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static void shifts_are_medians_of_all_that_are_listed(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (size_t round = 0; round < 100; round++) {
        double x[15], y[15], zeros[15] = {0}, all[225];
        const size_t m = 1 + reference_random(&seed) % 15, n = 1 + reference_random(&seed) % 15;
        size_t pairs = 0;
        for (size_t i = 0; i < 15; i++) {
            x[i] = (double)(reference_random(&seed) % 90) / 16 - 2;
            y[i] = (double)(reference_random(&seed) % 90) / 16 - 2;
        }
        for (size_t i = 0; i < m * n; i++)
            all[pairs++] = x[i / n] - y[i % n];
        reference_expect(npt__hodges_lehmann(x, m, y, n, 0.9).estimate, middle_of(all, pairs), 0);
        pairs = 0;
        for (size_t i = 0; i < m; i++)
            for (size_t k = i; k < m; k++)
                all[pairs++] = (x[i] + x[k]) / 2;
        reference_expect(npt__pseudomedian(x, zeros, m, 0.9).estimate, middle_of(all, pairs), 0);
    }
}

/* With 3 and 3 values no interval reaches 95%: 1 - 2 / 20; with 3 and 4 it is that of all differences, 1 - 2 / 35. */
static void few_values_have_a_shift_without_an_interval(void **state)
{
    (void)state;
    const double x[] = {1, 5, 9, 14}, y[] = {2, 3, 7, 20}, huge[] = {1.7e308}, less[] = {-1.7e308};
    struct npt__shift shift = npt__hodges_lehmann(x, 3, y, 3, 0.95);
    assert_true(shift.defined && !shift.interval.defined);
    shift = npt__hodges_lehmann(x, 3, y, 4, 0.9);
    assert_true(shift.interval.defined);
    reference_expect(shift.interval.low, -19, 0);
    reference_expect(shift.interval.high, 7, 0);
    assert_false(npt__hodges_lehmann(x, 3, y, 4, 1).interval.defined);
    shift = npt__hodges_lehmann(huge, 1, less, 1, 0.95);
    assert_true(!shift.defined && shift.fault == NPT__RANKS_NOT_FINITE);
    shift = npt__pseudomedian(huge, less, 1, 0.95);
    assert_true(!shift.defined && shift.fault == NPT__RANKS_NOT_FINITE);
    shift = npt__pseudomedian(x, x, 4, 0.5); /* all 0: P(V = 0) = 1 / 16 */
    assert_true(shift.defined && shift.interval.defined && shift.estimate == 0);
    assert_true(shift.interval.low == 0 && shift.interval.high == 0);
    shift = npt__hodges_lehmann(x, 0, y, 4, 0.95);
    assert_true(!shift.defined && shift.fault == NPT__RANKS_TOO_FEW);
}

/* The first group is the second, moved: all quantiles of the differences move with it. */
static void large_groups_have_a_shift(void **state)
{
    (void)state;
    uint64_t seed = 4;
    const size_t count = getenv("VALGRIND") ? 300 : 20000;
    double *values = npt__allocate(2 * count * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        values[i] = (double)(reference_random(&seed) >> 44);
        values[count + i] = values[i] - 1000;
    }
    const struct npt__shift shift = npt__hodges_lehmann(values, count, values + count, count, 0.95);
    reference_expect(shift.estimate, 1000, 0);
    assert_true(shift.interval.defined && !shift.exact == (count > 200));
    reference_expect(shift.interval.low - 1000, 1000 - shift.interval.high, 0);
    npt__release(values);
}

/* ---- coverage -------------------------------------------------------------------------------- */

static double normal(uint64_t *seed)
{
    const double u = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    const double v = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* Of normal variables apart by s standard deviations delta is 2 Phi(s / sqrt 2) - 1 = erf(s / 2); of differences with
   mean s / 2 and standard deviation 1 the mean of two is above 0 as often. The share of intervals that hold it, of 2000,
   has a standard error of half a per cent. The one of pairs is cautious near 0. */
static void intervals_cover_what_they_should(void **state)
{
    (void)state;
    const double shifts[] = {0, 0.7, 1.5};
    const size_t rounds = getenv("VALGRIND") ? 20 : 2000;
    uint64_t seed = 5;
    for (size_t s = 0; s < 3; s++) {
        size_t groups = 0, pairs = 0;
        for (size_t round = 0; round < rounds; round++) {
            double x[25], y[20], d[30], zeros[30] = {0};
            for (size_t i = 0; i < 25; i++)
                x[i] = normal(&seed) + shifts[s];
            for (size_t i = 0; i < 20; i++)
                y[i] = normal(&seed);
            for (size_t i = 0; i < 30; i++)
                d[i] = normal(&seed) + shifts[s] / 2;
            const struct npt__interval a = npt__cliff_delta(x, 25, y, 20, 0.95).interval;
            const struct npt__interval b = npt__paired_rank_biserial(d, zeros, 30, 0.95).interval;
            groups += a.defined && a.low <= erf(shifts[s] / 2) && a.high >= erf(shifts[s] / 2);
            pairs += b.defined && b.low <= erf(shifts[s] / 2) && b.high >= erf(shifts[s] / 2);
        }
        if (rounds == 2000)
            assert_true(groups > 1860 && pairs > 1880 && groups < 1940 && pairs < 1975);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delta_and_its_interval_are_exact),
        cmocka_unit_test(delta_and_its_variance_are_those_counted_by_hand),
        cmocka_unit_test(groups_that_do_not_overlap_have_an_interval),
        cmocka_unit_test(delta_without_variation_or_values),
        cmocka_unit_test(a_million_values_make_a_delta),
        cmocka_unit_test(matched_pairs_rank_biserial_is_that_of_r),
        cmocka_unit_test(its_error_is_the_jackknife_gone_through),
        cmocka_unit_test(pairs_at_the_ends),
        cmocka_unit_test(shifts_and_their_intervals_are_those_of_r),
        cmocka_unit_test(shifts_are_medians_of_all_that_are_listed),
        cmocka_unit_test(few_values_have_a_shift_without_an_interval),
        cmocka_unit_test(large_groups_have_a_shift),
        cmocka_unit_test(intervals_cover_what_they_should)};
    return reference_run("effects on ranks", tests);
}
