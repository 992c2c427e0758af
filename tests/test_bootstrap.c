/* test_bootstrap.c - random numbers, replicates and the intervals made of them.
 *
 * Expected random numbers come from the published algorithms written a second time, in Python. Expected
 * intervals of fixed numbers were computed in Python (statistics.NormalDist); those of resampling by R's
 * boot, with an allowance for chance that is stated with each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/bootstrap.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void expect_near(double value, double expected, double allowance)
{
    if (!(fabs(value - expected) <= allowance))
        fail_msg("%.17g is not %.17g (within %g)", value, expected, allowance);
}

/* ---- random numbers -------------------------------------------------------------------------- */

static void the_generator_gives_the_published_numbers(void **state)
{
    (void)state;
    struct npt__random random = {{1, 2, 3, 4}};
    const uint64_t expected[] = {41943041,
                                 58720359,
                                 3588806011781223,
                                 3591011842654386,
                                 9228616714210784205u,
                                 9973669472204895162u};
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_true(npt__random_next(&random) == expected[i]);
}

static void seeds_and_streams_start_where_they_should(void **state)
{
    (void)state;
    const struct {
        uint64_t seed, stream, first, second, third;
    } expected[] = {
        {0, 0, 0xfeb48c6e8d14c16b, 0x48d3522199450d65, 0x3d337a61887dab97},
        {1, 0, 0x79b5934e8167bbe7, 0x39a9326bfb154def, 0x5560d3e6b2f1b07a},
        {1, 1, 0x1fba6c405bb025f0, 0x31c08293a7a435e7, 0x9d630c891b93122c},
        {20260101, 1999, 0x4530730c110f15be, 0xda2493dd01a5701c, 0xb6a09a5a860207cb},
        {UINT64_MAX, UINT64_MAX, 0xaa4cf19eb851b3f6, 0x65025a3fa6051aa7, 0xf8d0bd9a2683d2e1},
    };
    for (size_t i = 0; i < COUNT(expected); i++) {
        struct npt__random random;
        npt__random_start(&random, expected[i].seed, expected[i].stream);
        assert_true(npt__random_next(&random) == expected[i].first);
        assert_true(npt__random_next(&random) == expected[i].second);
        assert_true(npt__random_next(&random) == expected[i].third);
    }
}

static void whole_numbers_below_a_limit(void **state)
{
    (void)state;
    const struct {
        uint64_t below, numbers[8];
    } expected[] = {
        {1, {0}},
        {7, {4, 2, 4, 3, 5, 4, 1, 2}},
        {1000, {622, 331, 679, 509, 754, 706, 228, 404}},
        {(uint64_t)3 << 62, /* a quarter is refused */
         {8617342026717702603u, 4584244207169834381, 9400027746278976184u, 10437590215907479703u,
          9767722732791077421u, 3165499402235694582, 5595837275408950527, 13182154815878563963u}},
    };
    for (size_t i = 0; i < COUNT(expected); i++) {
        struct npt__random random;
        npt__random_start(&random, 42, 5);
        for (size_t j = 0; j < 8; j++)
            assert_true(npt__random_below(&random, expected[i].below) == expected[i].numbers[j]);
    }
}

static void fractions_of_one(void **state)
{
    (void)state;
    struct npt__random random;
    npt__random_start(&random, 42, 5);
    assert_true(npt__random_uniform(&random) == 0x1.3ee7dd1c7179cp-1);
    assert_true(npt__random_uniform(&random) == 0x1.534d5f0795558p-2);
    assert_true(npt__random_uniform(&random) == 0x1.5bdef3d16a107p-1);
}

static double power(double base, size_t exponent)
{
    return pow(base, (double)exponent);
}

/* Pearson's chi-square of counts against probabilities. */
static double chi_square(const size_t *counts, const double *probabilities, size_t cells,
                         size_t draws)
{
    double sum = 0;
    for (size_t i = 0; i < cells; i++) {
        double expected = probabilities[i] * (double)draws;
        sum += ((double)counts[i] - expected) * ((double)counts[i] - expected) / expected;
    }
    return sum;
}

static void binomial_numbers_follow_the_binomial_law(void **state)
{
    (void)state;
    enum { TRIALS = 6, DRAWS = 60000 };
    size_t counts[TRIALS + 1] = {0};
    double probabilities[TRIALS + 1], choices = 1;
    struct npt__random random;
    npt__random_start(&random, 3, 0);
    for (size_t i = 0; i < DRAWS; i++)
        counts[npt__random_binomial(&random, TRIALS, 0.3)]++;
    for (size_t i = 0; i <= TRIALS; i++) {
        probabilities[i] = choices * power(0.3, i) * power(0.7, TRIALS - i);
        choices = choices * (double)(TRIALS - i) / (double)(i + 1);
    }
    /* 6 degrees of freedom: 22.5 is passed once in a thousand seeds. */
    assert_true(chi_square(counts, probabilities, TRIALS + 1, DRAWS) < 22.5);
    assert_int_equal(npt__random_binomial(&random, 1000, 0), 0);
    assert_int_equal(npt__random_binomial(&random, 1000, 1), 1000);
}

/* Draws as many rows as there are; counts how often each is drawn. */
static void draw_rows(size_t *times, uint32_t rows, struct npt__random *random)
{
    struct npt__random_blocks blocks = npt__random_blocks(rows);
    memset(times, 0, rows * sizeof *times);
    while (npt__random_block(random, &blocks)) {
        for (uint32_t left = blocks.draws; left;) {
            uint64_t bits = npt__random_next(random);
            for (uint32_t i = 0; i < NPT__DRAWS_FROM_64 && left; i++, left--) {
                size_t row = blocks.first + (bits & blocks.mask);
                assert_true(row < rows);
                times[row]++;
                bits >>= NPT__DRAW_BITS;
            }
        }
    }
}

static void all_resamples_of_three_rows_come_as_often_as_they_should(void **state)
{
    (void)state;
    enum { DRAWS = 54000 };
    /* Cell 9 x first + 3 x second + third would be sparse: by how often the first and second come. */
    size_t counts[16] = {0}, cells[10], times[3], cell = 0;
    double probabilities[10];
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct npt__random random;
        npt__random_start(&random, 8, i);
        draw_rows(times, 3, &random);
        assert_int_equal(times[0] + times[1] + times[2], 3);
        counts[4 * times[0] + times[1]]++;
    }
    const double factorials[] = {1, 1, 2, 6};
    for (size_t a = 0; a <= 3; a++) {
        for (size_t b = 0; a + b <= 3; b++) {
            cells[cell] = counts[4 * a + b];
            probabilities[cell++] =
                6 / (factorials[a] * factorials[b] * factorials[3 - a - b]) / 27;
        }
    }
    assert_int_equal(cell, 10);
    /* 9 degrees of freedom: 27.9 is passed once in a thousand seeds. */
    assert_true(chi_square(cells, probabilities, 10, DRAWS) < 27.9);
}

static void every_row_is_drawn_equally_often_whatever_its_block(void **state)
{
    (void)state;
    enum { ROWS = 4096 + 77, ROUNDS = 400 }; /* blocks of 4096, 64, 8, 4 and 1 */
    static size_t times[ROWS], total[ROWS];
    double squares = 0;
    for (uint64_t i = 0; i < ROUNDS; i++) {
        struct npt__random random;
        size_t sum = 0;
        npt__random_start(&random, 11, i);
        draw_rows(times, ROWS, &random);
        for (size_t row = 0; row < ROWS; row++) {
            sum += times[row];
            total[row] += times[row];
            squares += ((double)times[row] - 1) * ((double)times[row] - 1);
        }
        assert_int_equal(sum, ROWS);
    }
    static double probabilities[ROWS];
    for (size_t row = 0; row < ROWS; row++)
        probabilities[row] = 1.0 / ROWS;
    /* 4172 degrees of freedom: mean 4172, deviation 91. */
    expect_near(chi_square(total, probabilities, ROWS, (size_t)ROWS * ROUNDS), 4172, 3.3 * 91);
    /* How often one row is drawn varies by 1 - 1/n around 1; over 1.7 million, by chance within 0.004. */
    expect_near(squares / ROUNDS / ROWS, 1 - 1.0 / ROWS, 0.004);
}

/* ---- replicates ------------------------------------------------------------------------------ */

static double first_number(const void *user, struct npt__random *random)
{
    return *(const double *)user + (double)(npt__random_next(random) >> 32);
}

static void replicates_have_streams_of_their_own_in_any_number_of_threads(void **state)
{
    (void)state;
    enum { REPLICATES = 203 };
    double results[REPLICATES], shift = 0.5;
    const unsigned threads[] = {0, 1, 2, 5, 1000};
    for (size_t t = 0; t < COUNT(threads); t++) {
        memset(results, 0, sizeof results);
        npt__bootstrap(results, REPLICATES, 99, threads[t], first_number, &shift);
        for (uint64_t i = 0; i < REPLICATES; i++) {
            struct npt__random random;
            npt__random_start(&random, 99, i);
            assert_true(results[i] == 0.5 + (double)(npt__random_next(&random) >> 32));
        }
    }
    npt__bootstrap(results, 0, 99, 2, first_number, &shift); /* nothing to do, nothing done */
}

/* ---- intervals of fixed numbers -------------------------------------------------------------- */

static const double twenty[] = {0.31, 0.47, 0.12, 0.55, 0.62, 0.29, 0.71, 0.38, 0.44, 0.50,
                                0.50, 0.83, 0.26, 0.58, 0.41, 0.35, 0.67, 0.49, 0.95, 0.20};

static void percentile_ends_are_quantiles_of_type_7(void **state)
{
    (void)state;
    double results[20];
    memcpy(results, twenty, sizeof twenty);
    struct npt__bootstrap_interval interval = npt__bootstrap_percentile(results, 20, 0.5, 0.95);
    assert_true(interval.defined);
    expect_near(interval.low, 0.158, 1e-15);
    expect_near(interval.high, 0.893, 1e-15);
    interval = npt__bootstrap_percentile(results, 20, 0.43, 0.8);
    assert_true(interval.estimate == 0.43);
    expect_near(interval.low, 0.254, 1e-15);
    expect_near(interval.high, 0.722, 1e-15);
}

static void bca_ends_are_corrected_for_bias_and_acceleration(void **state)
{
    (void)state;
    double results[20];
    memcpy(results, twenty, sizeof twenty);
    /* Two of the twenty equal this estimate and count half: 0.6 of them lie below it. */
    struct npt__bootstrap_interval interval = npt__bootstrap_bca(results, 20, 0.5, 0.08, 0.95);
    assert_true(interval.defined);
    expect_near(interval.low, 0.2604020557950704, 1e-14);
    expect_near(interval.high, 0.946293011856161, 1e-14);
    interval = npt__bootstrap_bca(results, 20, 0.43, -0.05, 0.8);
    expect_near(interval.low, 0.1620936156280902, 1e-14);
    expect_near(interval.high, 0.6018907250913088, 1e-14);
}

static void acceleration_comes_from_estimates_without_one(void **state)
{
    (void)state;
    const double jackknife[] = {3, 5, 6, 10};
    const uint32_t times[] = {2, 1, 3, 1};
    const double written_out[] = {3, 3, 5, 6, 6, 6, 10};
    expect_near(npt__acceleration(jackknife, NULL, 4), -0.04525756964727324, 1e-16);
    expect_near(npt__acceleration(jackknife, times, 4), -0.04503671676351972, 1e-16);
    expect_near(npt__acceleration(written_out, NULL, 7), -0.04503671676351972, 1e-16);
    const double same[] = {2, 2, 2}, broken[] = {1, NAN, 2};
    assert_true(isnan(npt__acceleration(same, NULL, 3)));
    assert_true(isnan(npt__acceleration(broken, NULL, 3)));
    /* Numbers whose cubes are too small for a double. */
    const double tiny[] = {3e-150, 5e-150, 6e-150, 10e-150};
    expect_near(npt__acceleration(tiny, NULL, 4), -0.04525756964727324, 1e-15);
}

static void expect_no_interval(struct npt__bootstrap_interval interval,
                               enum npt__bootstrap_fault fault)
{
    assert_false(interval.defined);
    assert_int_equal(interval.fault, fault);
    assert_true(isnan(interval.low) && isnan(interval.high));
}

static void no_interval_without_variation_or_replicates(void **state)
{
    (void)state;
    double results[40];
    for (size_t i = 0; i < 40; i++)
        results[i] = 7;
    expect_no_interval(npt__bootstrap_bca(results, 40, 7, 0, 0.95), NPT__BOOTSTRAP_CONSTANT);
    expect_no_interval(npt__bootstrap_percentile(results, 40, 7, 0.95), NPT__BOOTSTRAP_CONSTANT);
    results[0] = 8;
    expect_no_interval(npt__bootstrap_bca(results, 40, 9, 0, 0.95), NPT__BOOTSTRAP_EXTREME);
    expect_no_interval(npt__bootstrap_bca(results, 40, 6, 0, 0.95), NPT__BOOTSTRAP_EXTREME);
    /* So large an acceleration turns the scale of levels round. */
    expect_no_interval(npt__bootstrap_bca(results, 40, 7, 0.9, 0.95), NPT__BOOTSTRAP_EXTREME);
    expect_no_interval(npt__bootstrap_bca(results, 40, 7, NAN, 0.95), NPT__BOOTSTRAP_CONSTANT);
    expect_no_interval(npt__bootstrap_bca(results, 40, NAN, 0, 0.95), NPT__BOOTSTRAP_NOT_FINITE);
    expect_no_interval(npt__bootstrap_bca(results, 1, 7, 0, 0.95), NPT__BOOTSTRAP_REPLICATES);
    expect_no_interval(npt__bootstrap_bca(results, 0, 7, 0, 0.95), NPT__BOOTSTRAP_REPLICATES);
    results[39] = INFINITY;
    expect_no_interval(npt__bootstrap_bca(results, 40, 7, 0, 0.95), NPT__BOOTSTRAP_NOT_FINITE);
}

static void replicates_without_a_value_are_left_out_up_to_one_in_twenty(void **state)
{
    (void)state;
    double results[21];
    memcpy(results, twenty, sizeof twenty);
    results[20] = results[3];
    results[3] = NAN;
    struct npt__bootstrap_interval interval = npt__bootstrap_percentile(results, 21, 0.5, 0.95);
    assert_true(interval.defined);
    expect_near(interval.low, 0.158, 1e-15);
    memcpy(results, twenty, sizeof twenty);
    results[3] = results[4] = NAN;
    expect_no_interval(npt__bootstrap_percentile(results, 20, 0.5, 0.95),
                       NPT__BOOTSTRAP_REPLICATES);
}

/* ---- a mean ---------------------------------------------------------------------------------- */

static const double skewed[] = {0.61, 2.34, 1.97, 0.18, 5.42, 3.03, 1.26, 9.71, 0.87,  2.78,
                                4.15, 1.49, 0.35, 7.06, 2.11, 1.63, 3.59, 0.94, 12.85, 2.47};

static void the_mean_of_skewed_values_has_the_interval_of_r(void **state)
{
    (void)state;
    const struct npt__bootstrap_options options = {
        .replicates = 200000, .seed = 1, .threads = 2, .confidence = 0.95};
    struct npt__bootstrap_interval interval = npt__bootstrap_mean(skewed, 20, &options);
    /* R 4.2.2: b <- boot(y, function(x, i) mean(x[i]), R = 1e6); boot.ci(b, type = "bca",
       L = y - mean(y)): 2.158 and 5.1375. Four standard errors of chance in both runs together are
       0.020 at the lower and 0.035 at the upper end; the percentile interval is 1.983 to 4.760. */
    assert_true(interval.defined);
    expect_near(interval.estimate, 3.2405, 1e-14);
    expect_near(interval.low, 2.158, 0.020);
    expect_near(interval.high, 5.1375, 0.035);
}

static void fill_answers(double *values, size_t rounds)
{
    const size_t times[] = {40, 110, 200, 330, 320};
    size_t filled = 0;
    for (size_t answer = 0; answer < 5; answer++)
        for (size_t i = 0; i < times[answer] * rounds; i++)
            values[filled++] = (double)answer + 1;
}

static void the_mean_of_many_equal_answers_has_the_interval_of_r(void **state)
{
    (void)state;
    double values[1000];
    fill_answers(values, 1);
    assert_true(npt__bootstrap_by_counts(1000, 5));
    const struct npt__bootstrap_options options = {
        .replicates = 100000, .seed = 4, .threads = 2, .confidence = 0.9};
    struct npt__bootstrap_interval interval = npt__bootstrap_mean(values, 1000, &options);
    /* R 4.2.2: boot(rep(1:5, c(40,110,200,330,320)), function(x, i) mean(x[i]), R = 200000), and BCa by
       its formula with ties counting half: 3.720 and 3.837. Four standard errors are 0.003. */
    expect_near(interval.estimate, 3.78, 1e-14);
    expect_near(interval.low, 3.720, 0.003);
    expect_near(interval.high, 3.837, 0.003);
}

static void expect_same(struct npt__bootstrap_interval a, struct npt__bootstrap_interval b)
{
    assert_true(a.defined && b.defined);
    assert_true(a.estimate == b.estimate && a.low == b.low && a.high == b.high);
}

static void neither_order_nor_threads_change_a_digit_of_a_mean(void **state)
{
    (void)state;
    double values[1000], turned[1000];
    struct npt__bootstrap_options options = {
        .replicates = 500, .seed = 6, .threads = 1, .confidence = 0.95};
    for (size_t count = 20; count <= 1000; count += 980) { /* draws one by one; by counts */
        if (count == 20)
            memcpy(values, skewed, sizeof skewed);
        else
            fill_answers(values, 1);
        for (size_t i = 0; i < count; i++)
            turned[i] = values[(i * 7 + 3) % count];
        options.threads = 1;
        struct npt__bootstrap_interval first = npt__bootstrap_mean(values, count, &options);
        options.threads = 3;
        expect_same(first, npt__bootstrap_mean(values, count, &options));
        expect_same(first, npt__bootstrap_mean(turned, count, &options));
        options.seed = 7; /* and something must change them */
        assert_true(npt__bootstrap_mean(values, count, &options).low != first.low);
        options.seed = 6;
    }
}

static void mirrored_answers_have_the_mirrored_interval_nearly(void **state)
{
    (void)state;
    /* Answers on a short scale: a tenth of all replicates equal the estimate. Counting them as not below
       would move both ends by a fifth of a standard error. */
    double values[] = {1, 2, 2, 3, 3, 3, 4, 4, 5, 4, 3, 2, 4, 5, 3, 4}, mirrored[COUNT(values)];
    for (size_t i = 0; i < COUNT(values); i++)
        mirrored[i] = 6 - values[i];
    const struct npt__bootstrap_options options = {
        .replicates = 40000, .seed = 2, .threads = 2, .confidence = 0.95};
    struct npt__bootstrap_interval a = npt__bootstrap_mean(values, COUNT(values), &options);
    struct npt__bootstrap_interval b = npt__bootstrap_mean(mirrored, COUNT(values), &options);
    /* The ends are sixteenths. */
    expect_near(a.low, 6 - b.high, 0.0626);
    expect_near(a.high, 6 - b.low, 0.0626);
}

static void means_without_an_interval_say_why(void **state)
{
    (void)state;
    struct npt__bootstrap_options options = {
        .replicates = 200, .seed = 1, .threads = 1, .confidence = 0.95};
    const double same[] = {4, 4, 4}, broken[] = {1, 2, NAN}, endless[] = {1, INFINITY};
    const double huge[] = {1e308, 1.1e308};
    struct npt__bootstrap_interval none = npt__bootstrap_mean(same, 0, &options);
    expect_no_interval(none, NPT__BOOTSTRAP_TOO_FEW);
    assert_true(isnan(none.estimate));
    none = npt__bootstrap_mean(same, 1, &options);
    expect_no_interval(none, NPT__BOOTSTRAP_TOO_FEW);
    assert_true(none.estimate == 4);
    none = npt__bootstrap_mean(same, 3, &options);
    expect_no_interval(none, NPT__BOOTSTRAP_CONSTANT);
    assert_true(none.estimate == 4);
    expect_no_interval(npt__bootstrap_mean(broken, 3, &options), NPT__BOOTSTRAP_NOT_FINITE);
    expect_no_interval(npt__bootstrap_mean(endless, 2, &options), NPT__BOOTSTRAP_NOT_FINITE);
    expect_no_interval(npt__bootstrap_mean(huge, 2, &options), NPT__BOOTSTRAP_NOT_FINITE);
    options.replicates = 1;
    expect_no_interval(npt__bootstrap_mean(skewed, 20, &options), NPT__BOOTSTRAP_REPLICATES);
    options.replicates = NPT__MOST_REPLICATES + 1;
    expect_no_interval(npt__bootstrap_mean(skewed, 20, &options), NPT__BOOTSTRAP_REPLICATES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator_gives_the_published_numbers),
        cmocka_unit_test(seeds_and_streams_start_where_they_should),
        cmocka_unit_test(whole_numbers_below_a_limit),
        cmocka_unit_test(fractions_of_one),
        cmocka_unit_test(binomial_numbers_follow_the_binomial_law),
        cmocka_unit_test(all_resamples_of_three_rows_come_as_often_as_they_should),
        cmocka_unit_test(every_row_is_drawn_equally_often_whatever_its_block),
        cmocka_unit_test(replicates_have_streams_of_their_own_in_any_number_of_threads),
        cmocka_unit_test(percentile_ends_are_quantiles_of_type_7),
        cmocka_unit_test(bca_ends_are_corrected_for_bias_and_acceleration),
        cmocka_unit_test(acceleration_comes_from_estimates_without_one),
        cmocka_unit_test(no_interval_without_variation_or_replicates),
        cmocka_unit_test(replicates_without_a_value_are_left_out_up_to_one_in_twenty),
        cmocka_unit_test(the_mean_of_skewed_values_has_the_interval_of_r),
        cmocka_unit_test(the_mean_of_many_equal_answers_has_the_interval_of_r),
        cmocka_unit_test(neither_order_nor_threads_change_a_digit_of_a_mean),
        cmocka_unit_test(mirrored_answers_have_the_mirrored_interval_nearly),
        cmocka_unit_test(means_without_an_interval_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
