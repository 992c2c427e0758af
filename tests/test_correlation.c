/* test_correlation.c - correlations and their intervals against R, exact fractions, NIST, and counting by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/correlation.h"
#include "fixture.h"
#include "reference_data.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

typedef struct npt__correlation correlate(const double *x, const double *y, size_t count,
                                          double confidence);
static correlate *const kinds[] = {npt__pearson, npt__spearman, npt__kendall};

static void expect_correlation(struct npt__correlation correlation, double r, double low,
                               double high)
{
    assert_true(correlation.defined && correlation.interval.defined);
    reference_expect(correlation.r, r, DBL_EPSILON);
    reference_expect(correlation.interval.low, low, 4e-15);
    reference_expect(correlation.interval.high, high, 4e-15);
}

/* ---- known values ---------------------------------------------------------------------------- */

/* R 4.2.2: cor.test(r1, r2, method = ); Pearson's conf.int, the other two by
     tanh(atanh(rho) + c(-1, 1) * qnorm(.975) * sqrt((1 + rho^2 / 2) / (n - 3)))
     tanh(atanh(tau) + c(-1, 1) * qnorm(.975) * sqrt(.437 / (n - 4)))
   and all of them to 20 digits by Python's fractions and mpmath. */
static void two_raters_with_many_ties(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/raters2.csv");
    size_t count, also;
    double *x = reference_column(table, "r1", &count), *y = reference_column(table, "r2", &also);
    assert_int_equal(count, 60);
    assert_int_equal(also, 60);
    expect_correlation(npt__pearson(x, y, 60, 0.95), 0.87306427159117168272, 0.79549488740179324042,
                       0.92248163532809608265);
    expect_correlation(npt__pearson(x, y, 60, 0.9), 0.87306427159117168272, 0.81031953661280465322,
                       0.91601644246532237301);
    expect_correlation(npt__spearman(x, y, 60, 0.95), 0.87229098368530662075,
                       0.77692566199408183506, 0.92852703392411032679);
    expect_correlation(npt__kendall(x, y, 60, 0.95), 0.79846660643098249853, 0.72647799359993044231,
                       0.85312033465336742905);
    free(x);
    free(y);
    reference_table_free(table);
}

/* Without ties, 8 pairs: the sum of squared rank differences is 14, 26 - 2 pairs more go along than against,
   so rho = 1 - 6 * 14 / 504 = 5/6 and tau = 20/28. R 4.2.2: cor.test(method = ) gives the same. */
static void eight_pairs_without_ties(void **state)
{
    (void)state;
    const double x[] = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06};
    const double y[] = {.878, .647, .598, 2.05, 1.061, 1.29, 1.06, 3.14};
    expect_correlation(npt__pearson(x, y, 8, 0.95), 0.86935421711221427284, 0.42510506485756329567,
                       0.97607404931617736943);
    expect_correlation(npt__spearman(x, y, 8, 0.95), 5 / 6.0, 0.17959947205361497549,
                       0.97651324609611329634);
    expect_correlation(npt__kendall(x, y, 8, 0.95), 5 / 7.0, 0.24308765665888160233,
                       0.91274107660232827514);
}

/* NIST, linear regression Norris: R-squared is certified as 0.999993745883712. */
static void the_square_of_r_is_what_nist_certifies(void **state)
{
    (void)state;
    size_t count;
    double *numbers = reference_nist("tests/data/nist/Norris.dat", &count), x[36], y[36];
    assert_int_equal(count, 72);
    for (size_t i = 0; i < 36; i++) {
        y[i] = numbers[2 * i];
        x[i] = numbers[2 * i + 1];
    }
    struct npt__correlation correlation = npt__pearson(x, y, 36, 0.95);
    reference_expect(correlation.r * correlation.r, 0.999993745883712, 1e-15);
    free(numbers);
}

/* The data differ in the last of nine digits; exact by Python's fractions over the doubles. */
static void a_large_offset_costs_no_digit(void **state)
{
    (void)state;
    size_t count;
    double *y = reference_nist("tests/data/nist/NumAcc4.txt", &count), x[1001];
    assert_int_equal(count, 1001);
    for (size_t i = 0; i < count; i++)
        x[i] = (double)i;
    reference_expect(npt__pearson(x, y, count, 0.95).r, 0.001729456854276774972, DBL_EPSILON / 2);
    free(y);
    y = reference_nist("tests/data/nist/Mavro.txt", &count);
    assert_int_equal(count, 50);
    reference_expect(npt__pearson(x, y, count, 0.95).r, 0.62736673200013418917, DBL_EPSILON / 2);
    free(y);
}

/* Neighbours change places: half of n pairs of the n (n - 1) / 2 go against, and each rank is off by one. */
static void many_pairs_are_counted_in_full(void **state)
{
    (void)state;
    const size_t count = 100000;
    const double n = (double)count;
    double *x = npt__allocate(count * sizeof *x), *y = npt__allocate(count * sizeof *y);
    for (size_t i = 0; i < count; i++) {
        x[i] = (double)i;
        y[i] = (double)(i ^ 1);
    }
    uint64_t seed = 4;
    reference_shuffle(x, y, count, &seed);
    reference_expect(npt__kendall(x, y, count, 0.95).r, 1 - 2 / (n - 1), DBL_EPSILON);
    reference_expect(npt__spearman(x, y, count, 0.95).r, 1 - 6 / (n * n - 1), DBL_EPSILON);
    reference_expect(npt__pearson(x, y, count, 0.95).r, 1 - 6 / (n * n - 1), DBL_EPSILON);
    npt__release(x);
    npt__release(y);
}

/* ---- counting by hand ------------------------------------------------------------------------ */

static int sign(double value)
{
    return (value > 0) - (value < 0);
}

static double tau_by_hand(const double *x, const double *y, size_t count)
{
    double balance = 0, untied_x = 0, untied_y = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            balance += sign(x[i] - x[k]) * sign(y[i] - y[k]);
            untied_x += x[i] != x[k];
            untied_y += y[i] != y[k];
        }
    return balance / sqrt(untied_x * untied_y);
}

static void ranks_by_hand(double *ranks, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ranks[i] = 0.5;
        for (size_t k = 0; k < count; k++)
            ranks[i] += values[k] < values[i] ? 1 : values[k] == values[i] ? 0.5 : 0;
    }
}

static void ranks_and_pairs_are_those_counted_by_hand(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (size_t count = 2; count < 130; count++) {
        double x[130], y[130], of_x[130], of_y[130];
        uint64_t values = 2 + reference_random(&seed) % (2 * count);
        for (size_t i = 0; i < count; i++) {
            x[i] = (double)(reference_random(&seed) % values);
            y[i] = (double)((reference_random(&seed) % values + (uint64_t)x[i]) / 2);
        }
        x[0] = y[1] = -1; /* so that neither is constant */
        ranks_by_hand(of_x, x, count);
        ranks_by_hand(of_y, y, count);
        struct npt__correlation rho = npt__spearman(x, y, count, 0.95);
        struct npt__correlation of_ranks = npt__pearson(of_x, of_y, count, 0.95);
        assert_true(rho.defined && of_ranks.defined);
        reference_expect(rho.r, of_ranks.r, 0);
        double by_hand = tau_by_hand(x, y, count), tau = npt__kendall(x, y, count, 0.95).r;
        assert_true(fabs(tau - by_hand) < 4 * DBL_EPSILON);
    }
}

/* ---- what must not matter -------------------------------------------------------------------- */

static void expect_same_correlation(struct npt__correlation a, struct npt__correlation b)
{
    assert_int_equal(a.count, b.count);
    assert_true(a.defined && b.defined && reference_same(a.r, b.r));
    assert_true(a.interval.defined == b.interval.defined &&
                reference_same(a.interval.low, b.interval.low) &&
                reference_same(a.interval.high, b.interval.high));
}

static void the_order_of_the_pairs_changes_no_digit(void **state)
{
    (void)state;
    double x[300], y[300];
    uint64_t seed = 6;
    for (size_t i = 0; i < 300; i++) {
        double size = pow(10, (double)(reference_random(&seed) % 17) - 8);
        x[i] = i % 30 ? ((double)(reference_random(&seed) >> 11) / 0x1p52 - 1) * size
                      : (i % 60 ? 0.0 : -0.0);
        y[i] = x[i] / 3 + (double)(reference_random(&seed) % 5) * 0.1;
    }
    for (size_t kind = 0; kind < 3; kind++) {
        struct npt__correlation expected = kinds[kind](x, y, 300, 0.95);
        for (size_t round = 0; round < 30; round++) {
            reference_shuffle(x, y, 300, &seed);
            expect_same_correlation(kinds[kind](x, y, 300, 0.95), expected);
        }
    }
}

/* The ends of the range of doubles included: scaling by a power of two changes no digit of r. */
static void the_unit_of_a_variable_does_not_matter(void **state)
{
    (void)state;
    const double x[] = {1, 2, 4, 5, 7, 7}, y[] = {2, 1, 3, 6, 5, 7};
    const int powers[] = {1021, 300, -300, -1074};
    for (size_t kind = 0; kind < 3; kind++) {
        struct npt__correlation expected = kinds[kind](x, y, 6, 0.95);
        for (size_t i = 0; i < 4; i++) {
            double scaled[6];
            for (size_t k = 0; k < 6; k++)
                scaled[k] = ldexp(x[k], powers[i]);
            assert_true(isfinite(scaled[5]));
            expect_same_correlation(kinds[kind](scaled, y, 6, 0.95), expected);
        }
    }
}

/* ---- the ends -------------------------------------------------------------------------------- */

static void a_straight_line_gives_one_and_no_interval(void **state)
{
    (void)state;
    double x[40], up[40], down[40];
    for (size_t i = 0; i < 40; i++) {
        x[i] = (double)(i * i % 41) * 0.1;
        up[i] = 1e6 + 3 * x[i];
        down[i] = 0.7 - x[i] / 7;
    }
    for (size_t kind = 0; kind < 3; kind++) {
        struct npt__correlation same = kinds[kind](x, x, 40, 0.95);
        reference_expect(same.r, 1, 0);
        assert_true(same.defined && !same.interval.defined);
        /* `up` has 10 digits after the point, rounded: the line is straight to 1e-20 */
        reference_expect(kinds[kind](x, up, 40, 0.95).r, 1, 0);
        reference_expect(kinds[kind](x, down, 40, 0.95).r, -1, 0);
        assert_false(kinds[kind](x, down, 40, 0.95).interval.defined);
    }
}

static void expect_undefined(const double *x, const double *y, size_t count)
{
    for (size_t kind = 0; kind < 3; kind++) {
        struct npt__correlation correlation = kinds[kind](x, y, count, 0.95);
        assert_int_equal(correlation.count, count);
        assert_false(correlation.defined || correlation.interval.defined);
        reference_expect(correlation.r, 0, 0);
    }
}

static void what_does_not_vary_correlates_with_nothing(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5}, same[] = {0.1, 0.1, 0.1, 0.1, 0.1};
    const double zeros[] = {0.0, -0.0, 0.0, -0.0, 0.0};
    const double nan[] = {1, 2, NAN, 4, 5}, infinite[] = {1, 2, 3, 4, INFINITY};
    expect_undefined(NULL, NULL, 0);
    expect_undefined(x, x, 1);
    expect_undefined(x, same, 5);
    expect_undefined(same, x, 5);
    expect_undefined(zeros, x, 5);
    expect_undefined(x, nan, 5);
    expect_undefined(nan, x, 5);
    expect_undefined(infinite, x, 5);
}

/* Pearson and Spearman from 4 pairs on, Kendall from 5. */
static void few_pairs_have_no_interval(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4, 5}, y[] = {1, 3, 2, 4, 4};
    const size_t from[] = {4, 4, 5};
    for (size_t kind = 0; kind < 3; kind++)
        for (size_t count = 2; count <= 5; count++) {
            struct npt__correlation correlation = kinds[kind](x, y, count, 0.95);
            assert_true(correlation.defined && correlation.r > 0);
            assert_int_equal(correlation.interval.defined, count >= from[kind]);
        }
    const double wrong[] = {0, 1, 95, -0.5, NAN};
    for (size_t kind = 0; kind < 3; kind++)
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
            struct npt__correlation correlation = kinds[kind](x, y, 5, wrong[i]);
            assert_true(correlation.defined && !correlation.interval.defined);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_raters_with_many_ties),
                                       cmocka_unit_test(eight_pairs_without_ties),
                                       cmocka_unit_test(the_square_of_r_is_what_nist_certifies),
                                       cmocka_unit_test(a_large_offset_costs_no_digit),
                                       cmocka_unit_test(many_pairs_are_counted_in_full),
                                       cmocka_unit_test(ranks_and_pairs_are_those_counted_by_hand),
                                       cmocka_unit_test(the_order_of_the_pairs_changes_no_digit),
                                       cmocka_unit_test(the_unit_of_a_variable_does_not_matter),
                                       cmocka_unit_test(a_straight_line_gives_one_and_no_interval),
                                       cmocka_unit_test(what_does_not_vary_correlates_with_nothing),
                                       cmocka_unit_test(few_pairs_have_no_interval)};
    return reference_run("correlations", tests);
}
