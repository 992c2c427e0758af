/* test_describe.c - means, standard deviations, autocorrelations and quantiles against NIST's certified values,
 * exact arithmetic and R.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/describe.h"
#include "fixture.h"
#include "reference_data.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- NIST ------------------------------------------------------------------------------------ */

/* A univariate set of NIST's Statistical Reference Datasets. Decimals such as 10000000.2 have no exact double,
   so a program that reads doubles computes on slightly other data: `exact` are the results for those doubles,
   by Python's fractions with a 60-digit root (mpmath), and `reachable` the digits to which they agree with the
   certified values (capped at 15, as those have 15 digits). */
struct certified {
    const char *name;
    size_t count;
    double unit;                      /* values * unit are whole */
    double mean, sd, autocorrelation; /* certified */
    double exact[3], reachable[3];    /* mean, sd, autocorrelation */
};

static const struct certified sets[] = {
    {"Lew",
     200,
     1,
     -177.435,
     277.332168044316,
     -0.307304800605679,
     {-177.435, 277.33216804431612, -0.30730480060567944},
     {15, 15, 14.8}},
    {"Lottery",
     218,
     1,
     518.958715596330,
     291.699727470969,
     -0.120948622967393,
     {518.95871559633031, 291.69972747096909, -0.12094862296739287},
     {15, 15, 14.9}},
    {"Mavro",
     50,
     1e5,
     2.001856,
     0.000429123454003053,
     0.937989183438248,
     {2.0018560000000001, 0.0004291234540030854, 0.93798918343825888},
     {15, 13.1, 13.9}},
    {"Michelso",
     100,
     100,
     299.8524,
     0.0790105478190518,
     0.535199668621283,
     {299.85239999999999, 0.079010547819050661, 0.53519966862126356},
     {15, 13.8, 13.4}},
    {"NumAcc1", 3, 1, 10000002, 1, -0.5, {10000002, 1, -0.5}, {15, 15, 15}},
    {"NumAcc2", 1001, 10, 1.2, 0.1, -0.999, {1.2, 0.099999999999999978, -0.999}, {15, 15, 15}},
    {"NumAcc3",
     1001,
     10,
     1000000.2,
     0.1,
     -0.999,
     {1000000.2, 0.1000000000349246, -0.99899999999941846},
     {15, 9.4, 12.2}},
    {"NumAcc4",
     1001,
     10,
     10000000.2,
     0.1,
     -0.999,
     {10000000.199999999, 0.10000000055879354, -0.99899999999069611},
     {15, 8.2, 11.0}},
    {"PiDigits",
     5000,
     1,
     4.5348,
     2.86733906028871,
     -0.00355099287237972,
     {4.5347999999999997, 2.8673390602887081, -0.0035509928723797216},
     {15, 15, 15}}};
#define SETS (sizeof sets / sizeof *sets)

static double *read_set(const struct certified *set)
{
    char path[64];
    size_t count;
    snprintf(path, sizeof path, "tests/data/nist/%s.txt", set->name);
    double *values = reference_nist(path, &count);
    assert_int_equal(count, set->count);
    return values;
}

static void nists_values_come_out_as_far_as_doubles_can_hold_the_data(void **state)
{
    (void)state;
    for (size_t i = 0; i < SETS; i++) {
        const struct certified *set = &sets[i];
        double *values = read_set(set);
        struct npt__description description = npt__describe(values, set->count);
        double autocorrelation = npt__autocorrelation(values, set->count);
        assert_int_equal(description.count, set->count);
        reference_expect(description.mean, set->exact[0], DBL_EPSILON / 2);
        reference_expect(description.sd, set->exact[1], DBL_EPSILON / 2);
        reference_expect(autocorrelation, set->exact[2], DBL_EPSILON / 2);
        assert_true(reference_digits(description.mean, set->mean) >= set->reachable[0]);
        assert_true(reference_digits(description.sd, set->sd) >= set->reachable[1]);
        assert_true(reference_digits(autocorrelation, set->autocorrelation) >= set->reachable[2]);
        free(values);
    }
}

/* As whole tenths, hundredths ... the data are exact, and so are the results: all certified digits. */
static void sums_of_whole_numbers_reach_every_certified_digit(void **state)
{
    (void)state;
    for (size_t i = 0; i < SETS; i++) {
        const struct certified *set = &sets[i];
        double *values = read_set(set);
        struct npt__sums sums = {0};
        for (size_t at = 0; at < set->count; at++)
            npt__sums_add(&sums, llround(values[at] * set->unit));
        assert_int_equal(sums.count, set->count);
        assert_true(reference_digits(npt__sums_mean(&sums, (int64_t)set->unit), set->mean) >= 15);
        assert_true(reference_digits(npt__sums_sd(&sums, (int64_t)set->unit), set->sd) >= 15);
        free(values);
    }
}

/* ---- the survey ------------------------------------------------------------------------------ */

/* Scores of the synthetic survey, computed by R 4.2.2: rowMeans(na.rm = TRUE) of the scale's items, CA3r as
   6 - CA3r, other than numbers as missing; then mean, sd, quantile(c(.1, .25, .5, .75, .9)), and the means of
   the sites S001 to S006. */
struct scale {
    const char *name;
    double mean, sd, quantiles[5], sites[6];
};

static const struct scale scales[] = {
    {"C",
     3.5866666666666664,
     0.7481570695687585,
     {2.5, 3, 3.75, 4.25, 4.5},
     {2.8090277777777777, 3.826388888888889, 3.6031746031746033, 3.8948412698412698,
      3.675925925925926, 3.492063492063492}},
    {"CP",
     3.4466666666666668,
     0.8002539678905278,
     {2.25, 3, 3.5, 4, 4.274999999999999},
     {3.3784722222222223, 3.5555555555555554, 3.2976190476190474, 3.6031746031746033,
      2.8796296296296298, 3.7222222222222223}},
    {"CA",
     3.34368253968254,
     0.7002539410345999,
     {2.4285714285714284, 2.857142857142857, 3.4285714285714284, 3.803571428571429,
      4.145238095238096},
     {3.5109126984126986, 3.176587301587302, 3.302947845804989, 3.25453514739229, 3.424603174603175,
      3.493197278911565}},
    {"RM",
     3.335111111111111,
     0.8046683947152651,
     {2.2, 2.8, 3.4, 4, 4.25},
     {2.939583333333333, 3.1875, 3.3833333333333333, 3.6043650793650794, 3.126851851851852,
      3.547619047619048}}};

static const char *const items[] = {"C1",  "C2",  "C3",  "C4",   "CP1", "CP2", "CP3",
                                    "CP4", "CA1", "CA2", "CA3r", "CA4", "CA5", "CA6",
                                    "CA7", "RM1", "RM2", "RM3",  "RM4", "RM5"};

static bool belongs(const char *item, const char *scale)
{
    size_t length = strlen(scale);
    return strncmp(item, scale, length) == 0 && item[length] >= '0' && item[length] <= '9';
}

/* The mean of a respondent's answers, in 420ths: a whole number for up to 7 answers. */
static bool score_of(const struct reference_table *table, size_t row, const char *scale,
                     int64_t *score)
{
    int64_t sum = 0, answered = 0;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        double answer;
        if (!belongs(items[i], scale) || !reference_number(table, row, items[i], &answer))
            continue;
        sum += strcmp(items[i], "CA3r") == 0 ? 6 - (int64_t)answer : (int64_t)answer;
        answered++;
    }
    *score = answered ? sum * 420 / answered : 0;
    return answered > 0;
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void expect_scale(const struct reference_table *table, const struct scale *scale)
{
    static const double shares[] = {0.1, 0.25, 0.5, 0.75, 0.9};
    double scores[150];
    struct npt__sums of_site[6] = {{0}}, all = {0};
    assert_int_equal(reference_rows(table), 150);
    for (size_t row = 0; row < 150; row++) {
        int64_t score;
        assert_true(score_of(table, row, scale->name, &score));
        scores[row] = (double)score / 420;
        npt__sums_add(&of_site[reference_cell(table, row, "site")[3] - '1'], score);
    }
    for (size_t site = 0; site < 6; site++) {
        reference_expect(npt__sums_mean(&of_site[site], 420), scale->sites[site], 1e-15);
        npt__sums_merge(&all, &of_site[site]);
    }
    struct npt__description description = npt__describe(scores, 150);
    reference_expect(npt__sums_mean(&all, 420), scale->mean, 1e-15);
    reference_expect(npt__sums_sd(&all, 420), scale->sd, 1e-14);
    reference_expect(description.mean, scale->mean, 1e-15);
    reference_expect(description.sd, scale->sd, 1e-14);
    qsort(scores, 150, sizeof *scores, by_value);
    for (size_t i = 0; i < 5; i++)
        reference_expect(npt__quantile(scores, 150, shares[i]), scale->quantiles[i], 1e-14);
}

static void scores_of_the_survey_are_those_of_r(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/survey_ref.csv");
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        expect_scale(table, &scales[i]);
    reference_table_free(table);
}

/* ---- sums of whole numbers ------------------------------------------------------------------- */

/* Expected values by Python's fractions and mpmath, 50 digits. */
static void sums_are_exact_up_to_their_bounds(void **state)
{
    (void)state;
    const int64_t most = INT64_C(50000000000);
    struct npt__sums sums = {0};
    npt__sums_add_many(&sums, most, 99999999);
    npt__sums_add(&sums, most - 1);
    assert_int_equal(sums.count, 100000000);
    reference_expect(npt__sums_mean(&sums, 1), 49999999999.99999999, 0);
    reference_expect(npt__sums_sd(&sums, 1), 0.0001, 0);
    sums = (struct npt__sums){0};
    npt__sums_add_many(&sums, most, 50000000);
    npt__sums_add_many(&sums, -most, 50000000);
    reference_expect(npt__sums_mean(&sums, 1), 0, 0);
    reference_expect(npt__sums_sd(&sums, 1), 50000000250.000001875, 0);
    sums = (struct npt__sums){0};
    npt__sums_add_many(&sums, 1260, 7);
    npt__sums_add_many(&sums, 2100, 11);
    npt__sums_add_many(&sums, 980, 3);
    npt__sums_add_many(&sums, 1575, 9);
    reference_expect(npt__sums_mean(&sums, 420), 3.8916666666666666667, 0);
    reference_expect(npt__sums_sd(&sums, 420), 0.95671402421932283206, 0);
}

static void parts_merge_into_the_same_sums_in_any_order(void **state)
{
    (void)state;
    struct npt__sums whole = {0}, parts[7] = {{0}}, merged = {0};
    uint64_t seed = 1;
    for (size_t i = 0; i < 1000; i++) {
        int64_t value = (int64_t)(reference_random(&seed) % 10000000001) - 5000000000;
        npt__sums_add(&whole, value);
        npt__sums_add(&parts[reference_random(&seed) % 7], value);
    }
    for (size_t i = 7; i-- > 0;)
        npt__sums_merge(&merged, &parts[i]);
    assert_int_equal(merged.count, 1000);
    assert_true(merged.sum == whole.sum && merged.squares == whole.squares);
    assert_true(reference_same(npt__sums_sd(&merged, 60), npt__sums_sd(&whole, 60)));
}

static void sums_of_too_few_values_have_no_results(void **state)
{
    (void)state;
    struct npt__sums sums = {0};
    assert_true(isnan(npt__sums_mean(&sums, 1)));
    assert_true(isnan(npt__sums_sd(&sums, 1)));
    npt__sums_add(&sums, -7);
    reference_expect(npt__sums_mean(&sums, 2), -3.5, 0);
    assert_true(isnan(npt__sums_sd(&sums, 2)));
    npt__sums_add_many(&sums, -7, 9);
    reference_expect(npt__sums_mean(&sums, 2), -3.5, 0);
    reference_expect(npt__sums_sd(&sums, 2), 0, 0);
}

/* ---- any numbers ----------------------------------------------------------------------------- */

static void expect_same_description(struct npt__description a, struct npt__description b)
{
    assert_int_equal(a.count, b.count);
    assert_true(reference_same(a.mean, b.mean));
    assert_true(reference_same(a.sd, b.sd));
    assert_true(reference_same(a.least, b.least));
    assert_true(reference_same(a.most, b.most));
}

/* Magnitudes from 1e-12 to 1e12, zeros of both signs: sums of plain doubles would differ in most orders. */
static void the_order_of_the_values_changes_no_digit(void **state)
{
    (void)state;
    double values[500];
    uint64_t seed = 2;
    for (size_t i = 0; i < 500; i++) {
        double size = pow(10, (double)(reference_random(&seed) % 25) - 12);
        values[i] = i % 50 ? ((double)(reference_random(&seed) >> 11) / 0x1p52 - 1) * size
                           : (i % 100 ? 0.0 : -0.0);
    }
    struct npt__description expected = npt__describe(values, 500);
    for (size_t round = 0; round < 50; round++) {
        reference_shuffle(values, NULL, 500, &seed);
        expect_same_description(npt__describe(values, 500), expected);
    }
    double zeros[] = {0.0, -0.0, -0.0}, other[] = {-0.0, 0.0, -0.0};
    expect_same_description(npt__describe(zeros, 3), npt__describe(other, 3));
    assert_false(signbit(npt__describe(zeros, 3).least) || signbit(npt__describe(zeros, 3).mean));
}

static void the_ends_of_the_range_of_doubles_do_no_harm(void **state)
{
    (void)state;
    const double large[] = {DBL_MAX, DBL_MAX / 2, DBL_MAX, DBL_MAX / 2};
    struct npt__description description = npt__describe(large, 4);
    reference_expect(description.mean, DBL_MAX * 0.75, DBL_EPSILON / 2);
    reference_expect(description.sd, DBL_MAX / 4 * sqrt(4 / 3.0), DBL_EPSILON);
    reference_expect(description.least, DBL_MAX / 2, 0);
    reference_expect(description.most, DBL_MAX, 0);
    const double small[] = {0x1p-1060, 0x3p-1060, 0x1p-1060, 0x3p-1060};
    description = npt__describe(small, 4);
    reference_expect(description.mean, 0x2p-1060, 0);
    reference_expect(description.sd / 0x1p-1060, sqrt(4 / 3.0), 1e-4); /* subnormal: 14 bits */
    const double near_one[] = {1, 1 + DBL_EPSILON, 1, 1 + DBL_EPSILON};
    description = npt__describe(near_one, 4);
    reference_expect(description.sd, DBL_EPSILON / 2 * sqrt(4 / 3.0), DBL_EPSILON);
}

static void equal_values_do_not_deviate(void **state)
{
    (void)state;
    double values[49];
    for (size_t i = 0; i < 49; i++)
        values[i] = 0.1;
    struct npt__description description = npt__describe(values, 49);
    reference_expect(description.mean, 0.1, 0);
    reference_expect(description.sd, 0, 0);
    assert_true(isnan(npt__autocorrelation(values, 49)));
}

static void what_cannot_be_described_is_no_number(void **state)
{
    (void)state;
    const double values[] = {3, INFINITY, NAN, -2};
    struct npt__description description = npt__describe(NULL, 0);
    assert_int_equal(description.count, 0);
    assert_true(isnan(description.mean) && isnan(description.sd) && isnan(description.least) &&
                isnan(description.most));
    description = npt__describe(values, 1);
    reference_expect(description.mean, 3, 0);
    reference_expect(description.least, 3, 0);
    reference_expect(description.most, 3, 0);
    assert_true(isnan(description.sd));
    for (size_t count = 2; count <= 4; count++) {
        description = npt__describe(values, count);
        assert_int_equal(description.count, count);
        assert_true(isnan(description.mean) && isnan(description.sd) && isnan(description.least) &&
                    isnan(description.most));
        assert_true(isnan(npt__autocorrelation(values, count)));
    }
    assert_true(isnan(npt__autocorrelation(NULL, 0)));
    assert_true(isnan(npt__autocorrelation(values, 1)));
}

/* ---- quantiles ------------------------------------------------------------------------------- */

/* R 4.2.2: quantile(c(2, 3, 5, 7, 11, 13), c(0, .1, .25, .29, .5, .75, .9, 1)) */
static void quantiles_are_those_of_r(void **state)
{
    (void)state;
    const double values[] = {2, 3, 5, 7, 11, 13};
    const double shares[] = {0, 0.1, 0.25, 0.29, 0.5, 0.75, 0.9, 1};
    const double expected[] = {2, 2.5, 3.5, 3.9, 6, 10, 12, 13};
    for (size_t i = 0; i < 8; i++)
        reference_expect(npt__quantile(values, 6, shares[i]), expected[i], 1e-15);
    reference_expect(npt__quantile(values, 1, 0.3), 2, 0);
    reference_expect(npt__quantile(values, 2, 0.5), 2.5, 0);
}

/* 0.29 * 100 is 28.999999999999996 in doubles, 0.07 * 100 is 7.000000000000001. */
static void shares_that_hit_a_value_give_that_value(void **state)
{
    (void)state;
    double values[101];
    for (size_t i = 0; i <= 100; i++)
        values[i] = (double)i;
    for (size_t i = 0; i <= 100; i++)
        reference_expect(npt__quantile(values, 101, (double)i / 100), (double)i, 0);
    const double equal[] = {0.1, 0.1, 0.1};
    reference_expect(npt__quantile(equal, 3, 0.3), 0.1, 0);
}

/* R 4.2.2: quantile(rep(0:5, c(3, 0, 7, 4, 0, 1)), c(.1, .2, .5, .65, .7, .9, .95, 1)) */
static void quantiles_of_counts_are_those_of_the_values_written_out(void **state)
{
    (void)state;
    const size_t counts[] = {3, 0, 7, 4, 0, 1};
    const double shares[] = {0.1, 0.2, 0.5, 0.65, 0.7, 0.9, 0.95, 1};
    const double expected[] = {0, 1.6, 2, 2.1, 2.8, 3, 3.6, 5};
    for (size_t i = 0; i < 8; i++)
        reference_expect(npt__quantile_counts(counts, 6, shares[i]), expected[i], 2e-15);
    uint64_t seed = 3;
    for (size_t round = 0; round < 200; round++) {
        size_t random_counts[5], total = 0;
        double values[5 * 6];
        for (size_t i = 0; i < 5; i++) {
            random_counts[i] = reference_random(&seed) % 7;
            for (size_t k = 0; k < random_counts[i]; k++)
                values[total++] = (double)i;
        }
        for (size_t i = 0; i <= 20; i++)
            assert_true(reference_same(npt__quantile_counts(random_counts, 5, (double)i / 20),
                                       npt__quantile(values, total, (double)i / 20)));
    }
    const size_t many[] = {(size_t)1 << 51, (size_t)1 << 51};
    reference_expect(npt__quantile_counts(many, 2, 0.5), 0.5, 0);
    reference_expect(npt__quantile_counts(many, 2, 1), 1, 0);
}

static void there_is_no_quantile_of_nothing_or_beyond_all(void **state)
{
    (void)state;
    const double values[] = {1, 2};
    const size_t counts[] = {0, 0}, some[] = {0, 4};
    assert_true(isnan(npt__quantile(NULL, 0, 0.5)));
    assert_true(isnan(npt__quantile_counts(NULL, 0, 0.5)));
    assert_true(isnan(npt__quantile_counts(counts, 2, 0.5)));
    const double wrong[] = {-0.1, 1.1, NAN, INFINITY};
    for (size_t i = 0; i < 4; i++) {
        assert_true(isnan(npt__quantile(values, 2, wrong[i])));
        assert_true(isnan(npt__quantile_counts(some, 2, wrong[i])));
    }
    reference_expect(npt__quantile_counts(some, 2, 0), 1, 0);
}

/* All lengths up to those that take three rounds of merging; many values are alike. */
static void sorted_values_are_those_of_qsort(void **state)
{
    (void)state;
    double values[150], expected[150];
    uint64_t seed = 6;
    for (size_t count = 0; count <= 150; count++) {
        for (size_t i = 0; i < count; i++)
            values[i] = expected[i] = (double)(reference_random(&seed) % 97) / 7 - 5;
        npt__sort(values, count);
        qsort(expected, count, sizeof *expected, by_value);
        for (size_t i = 0; i < count; i++)
            assert_true(values[i] == expected[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nists_values_come_out_as_far_as_doubles_can_hold_the_data),
        cmocka_unit_test(sums_of_whole_numbers_reach_every_certified_digit),
        cmocka_unit_test(scores_of_the_survey_are_those_of_r),
        cmocka_unit_test(sorted_values_are_those_of_qsort),
        cmocka_unit_test(sums_are_exact_up_to_their_bounds),
        cmocka_unit_test(parts_merge_into_the_same_sums_in_any_order),
        cmocka_unit_test(sums_of_too_few_values_have_no_results),
        cmocka_unit_test(the_order_of_the_values_changes_no_digit),
        cmocka_unit_test(the_ends_of_the_range_of_doubles_do_no_harm),
        cmocka_unit_test(equal_values_do_not_deviate),
        cmocka_unit_test(what_cannot_be_described_is_no_number),
        cmocka_unit_test(quantiles_are_those_of_r),
        cmocka_unit_test(shares_that_hit_a_value_give_that_value),
        cmocka_unit_test(quantiles_of_counts_are_those_of_the_values_written_out),
        cmocka_unit_test(there_is_no_quantile_of_nothing_or_beyond_all)};
    return reference_run("mean, SD, autocorrelation", tests);
}
