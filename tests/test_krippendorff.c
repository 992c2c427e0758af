/* test_krippendorff.c - Krippendorff's alpha against exact fractions, and what must not change it.
 *
 * Expected fractions: ref_highprecision.json (coincidence matrices in exact rationals), and D_o and D_e by Python's
 * fractions from the definitions in Krippendorff 2011.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/agreement_many.h"
#include "fixture.h"
#include "ratings_data.h"
#include "reference_data.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

struct expected {
    double alpha, observed, expected;
};

static const enum npt__metric metrics[] = {NPT__METRIC_NOMINAL, NPT__METRIC_ORDINAL,
                                           NPT__METRIC_INTERVAL, NPT__METRIC_RATIO};

static void expect_alphas(const struct npt__ratings *ratings, const struct expected *expected)
{
    for (size_t i = 0; i < 4; i++) {
        struct npt__krippendorff alpha = npt__krippendorff(ratings, metrics[i], NULL);
        assert_true(alpha.defined);
        assert_int_equal(alpha.fault, NPT__AGREEMENT_FINE);
        reference_expect(alpha.alpha, expected[i].alpha, DBL_EPSILON);
        reference_expect(alpha.observed, expected[i].observed, 2 * DBL_EPSILON);
        reference_expect(alpha.expected, expected[i].expected, 2 * DBL_EPSILON);
    }
}

/* ---- known values ---------------------------------------------------------------------------- */

/* Published: 0.743, 0.815, 0.849, 0.797 (Krippendorff 2011); irr::kripp.alpha agrees, as something is missing
   here. */
static void the_canonical_example_with_missing_ratings(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {113 / 152.0, 1 / 5.0, 152 / 195.0},
        {108577 / 133160.0, 1891 / 40.0, 3329 / 13.0},
        {951 / 1120.0, 13 / 30.0, 112 / 39.0},
        {18222619 / 22852465.0, 59357 / 2646000.0, 4570493 / 41277600.0}};
    struct npt__ratings ratings = ratings_kripp4();
    expect_alphas(&ratings, expected);
    struct npt__krippendorff alpha = npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, NULL);
    assert_int_equal(alpha.count.units, 12);
    assert_int_equal(alpha.count.pairable, 11);
    assert_int_equal(alpha.count.values, 40);
    ratings_free(&ratings);
}

/* irr::kripp.alpha 0.84.1 gives 0.4308775817045185, 0.332889..., 0.284867... for these data: it takes 1 for 1 /
   (m - 1) where nothing is missing and there are more than two coders (README of the references, trap 1). The
   fractions are right. irrCAC's weights = "ordinal" are another metric than Krippendorff's (trap 2) and are no
   witness either. */
static void complete_data_of_six_coders(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {5477 / 12637.0, 4 / 9.0, 12637 / 16110.0},
        {3975569 / 11837070.0, 307433 / 90.0, 920661 / 179.0},
        {7894 / 27405.0, 1199 / 450.0, 6699 / 1790.0},
        {3468861401 / 14452969250.0, 20454577 / 238140000.0, 57811877 / 511524720.0}};
    struct npt__ratings ratings = ratings_diagnoses();
    expect_alphas(&ratings, expected);
    double alpha = npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, NULL).alpha;
    assert_true(fabs(alpha - 0.4308775817045185) > 0.0025);
    ratings_free(&ratings);
}

/* irr::kripp.alpha: 0.6062347614071752, 0.8724861438145264, 0.8733825296035695. */
static void two_coders(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {3481 / 5742.0, 19 / 60.0, 957 / 1190.0},
        {1204249 / 1380250.0, 1479 / 5.0, 276050 / 119.0},
        {25446 / 29135.0, 31 / 60.0, 5827 / 1428.0},
        {1271114562 / 1519377241.0, 2086241 / 95256000.0, 1519377241 / 11335464000.0}};
    struct npt__ratings ratings = ratings_raters2();
    expect_alphas(&ratings, expected);
    ratings_free(&ratings);
}

/* The two coders of irrCAC's cont3x3abstractors: krippen2.table() prints 0.7972585. */
static void a_printed_example_of_irrcac(void **state)
{
    (void)state;
    static const uint8_t cells[] = {0, 4, 5, 7, 8};
    static const uint32_t times[] = {13, 20, 7, 4, 56};
    uint8_t codes[10];
    for (size_t i = 0; i < 5; i++) {
        codes[2 * i] = cells[i] / 3;
        codes[2 * i + 1] = cells[i] % 3;
    }
    const struct npt__ratings ratings = {
        .codes = codes, .times = times, .units = 5, .raters = 2, .categories = 3};
    struct npt__krippendorff alpha = npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, NULL);
    assert_true(fabs(alpha.alpha - 0.7972585) < 5e-8);
    assert_int_equal(alpha.count.values, 200);
}

/* By hand: values 0, 1, 10 given as (0, 1), (10, 10). Interval: within 1 of pairs / (2 - 1); among all, pairs
   of different values: 0-1 once: 1; 0-10 twice: 200; 1-10 twice: 162. alpha = 1 - 3 * 1 / 363. Ratio: within 1
   (0 against 1); among 1 + 2 * 1 + 2 * (9 / 11)^2. */
static void values_count_for_interval_and_ratio(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, 1, 2, 2};
    const double values[] = {0, 1, 10};
    const struct npt__ratings ratings = {.codes = codes, .units = 2, .raters = 2, .categories = 3};
    struct npt__krippendorff alpha = npt__krippendorff(&ratings, NPT__METRIC_INTERVAL, values);
    reference_expect(alpha.alpha, 1 - 3 / 363.0, DBL_EPSILON);
    reference_expect(alpha.observed, 0.5, DBL_EPSILON);
    reference_expect(alpha.expected, 363 / 6.0, DBL_EPSILON);
    alpha = npt__krippendorff(&ratings, NPT__METRIC_RATIO, values);
    reference_expect(alpha.alpha, 1 - 3 / (3 + 162 / 121.0), DBL_EPSILON);
}

/* ---- against the definition ------------------------------------------------------------------ */

/* Krippendorff's coincidence matrix with its ordinal metric, in long doubles: sum over g from c to k of n_g
   less half of n_c and n_k. */
static double ordinal_by_definition(const struct npt__ratings *ratings)
{
    static long double pairs[40][40];
    long double given[40] = {0}, all = 0, within = 0, among = 0;
    for (size_t c = 0; c < 40; c++)
        for (size_t k = 0; k < 40; k++)
            pairs[c][k] = 0;
    for (size_t unit = 0; unit < ratings->units; unit++) {
        const uint8_t *row = ratings->codes + unit * ratings->raters;
        size_t present = 0;
        for (size_t i = 0; i < ratings->raters; i++)
            present += row[i] < ratings->categories;
        for (size_t i = 0; i < ratings->raters; i++)
            for (size_t j = 0; j < ratings->raters; j++)
                if (i != j && row[i] < ratings->categories && row[j] < ratings->categories)
                    pairs[row[i]][row[j]] += 1 / (long double)(present - 1);
    }
    for (size_t c = 0; c < 40; c++)
        for (size_t k = 0; k < 40; k++) {
            given[c] += pairs[c][k];
            all += pairs[c][k];
        }
    for (size_t c = 0; c < 40; c++)
        for (size_t k = c + 1; k < 40; k++) {
            long double metric = -(given[c] + given[k]) / 2;
            for (size_t g = c; g <= k; g++)
                metric += given[g];
            within += pairs[c][k] * metric * metric;
            among += given[c] * given[k] * metric * metric;
        }
    return (double)(1 - (all - 1) * within / among);
}

static void ordinal_alpha_is_what_its_definition_says(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 12; round++) {
        const size_t raters = 2 + (size_t)(round % 4) * 3, categories = round % 2 ? 5 : 40;
        struct npt__ratings ratings = ratings_draw(150, raters, categories, 0.6, 0.15, &seed);
        double alpha = npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, NULL).alpha;
        reference_expect(alpha, ordinal_by_definition(&ratings), 1e-14);
        ratings_free(&ratings);
    }
}

/* alpha = 1 - (1 - pi) (2n - 1) / 2n for two coders without missing ratings (Krippendorff 2004, p. 248). */
static void nominal_alpha_of_two_coders_is_nearly_scotts_pi(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (int round = 0; round < 20; round++) {
        struct npt__ratings ratings = ratings_draw(70, 2, 4, 0.5, 0, &seed);
        struct npt__agreement_many agreement;
        npt__agreement_of_many(&agreement, &ratings, 0.95);
        double alpha = npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, NULL).alpha;
        reference_expect(1 - alpha, (1 - agreement.fleiss.value) * 139 / 140, 1e-14);
        ratings_free(&ratings);
    }
}

/* 200 million units whose alpha is known: halves (0, 0) and (1, 1), and k of (0, 1) - by hand:
   1 - (2n - 1) k / (number of zeros * number of ones). */
static void many_units_lose_no_digit(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, 0, 1, 1, 0, 1};
    const uint32_t times[] = {100000000, 100000000, 10};
    const struct npt__ratings ratings = {
        .codes = codes, .times = times, .units = 3, .raters = 2, .categories = 2};
    for (size_t i = 0; i < 4; i++) {
        struct npt__krippendorff alpha = npt__krippendorff(&ratings, metrics[i], NULL);
        /* (2n - 1) * 10 / (200000010 * 200000010) with 2n = 400000020 */
        reference_expect(alpha.observed / alpha.expected,
                         400000019.0 * 10 / (200000010.0 * 200000010.0), 4 * DBL_EPSILON);
        reference_expect(alpha.alpha, 1 - 400000019.0 * 10 / (200000010.0 * 200000010.0),
                         DBL_EPSILON);
    }
}

/* ---- properties ------------------------------------------------------------------------------ */

static void the_order_of_units_and_coders_does_not_matter(void **state)
{
    (void)state;
    uint64_t seed = 4;
    const double values[] = {1, 1.7, 2.9, 10, 11.3, 12};
    for (int round = 0; round < 10; round++) {
        struct npt__ratings ratings = ratings_draw(60, 5, 6, 0.5, 0.3, &seed);
        struct npt__ratings other = ratings_shuffle(&ratings, &seed);
        for (size_t i = 0; i < 4; i++) {
            struct npt__krippendorff a = npt__krippendorff(&ratings, metrics[i], values);
            struct npt__krippendorff b = npt__krippendorff(&other, metrics[i], values);
            reference_expect(a.alpha, b.alpha, 0);
            reference_expect(a.expected, b.expected, 0);
        }
        ratings_free(&ratings);
        ratings_free(&other);
    }
}

/* Nominal: any names. Ordinal: the other way round, and with unused categories between. Interval: another zero
   and unit. Ratio: another unit. */
static void each_metric_has_its_invariance(void **state)
{
    (void)state;
    uint64_t seed = 9;
    struct npt__ratings ratings = ratings_draw(300, 4, 6, 0.5, 0.2, &seed), other = ratings;
    static const uint8_t names[] = {3, 0, 5, 1, 2, 4};
    uint8_t codes[1200];
    const double values[] = {0.5, 1.25, 2, 4, 5, 9};
    double moved[6], scaled[6];
    other.codes = codes;
    for (size_t i = 0; i < 1200; i++)
        codes[i] = ratings.codes[i] < 6 ? names[ratings.codes[i]] : NPT__NO_CODE;
    reference_expect(npt__krippendorff(&other, NPT__METRIC_NOMINAL, NULL).alpha,
                     npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, NULL).alpha, DBL_EPSILON);
    double ordinal = npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, NULL).alpha;
    assert_true(fabs(npt__krippendorff(&other, NPT__METRIC_ORDINAL, NULL).alpha - ordinal) > 1e-6);
    for (size_t i = 0; i < 1200; i++)
        codes[i] = ratings.codes[i] < 6 ? (uint8_t)(200 - 7 * ratings.codes[i]) : NPT__NO_CODE;
    other.categories = 255;
    reference_expect(npt__krippendorff(&other, NPT__METRIC_ORDINAL, NULL).alpha, ordinal,
                     DBL_EPSILON);
    for (size_t i = 0; i < 6; i++) {
        moved[i] = 1e6 - 8 * values[i];
        scaled[i] = 8 * values[i] / 0x1p40;
    }
    struct npt__krippendorff a = npt__krippendorff(&ratings, NPT__METRIC_INTERVAL, values);
    struct npt__krippendorff b = npt__krippendorff(&ratings, NPT__METRIC_INTERVAL, moved);
    reference_expect(b.alpha, a.alpha, DBL_EPSILON);
    reference_expect(b.observed, 64 * a.observed, DBL_EPSILON);
    reference_expect(npt__krippendorff(&ratings, NPT__METRIC_RATIO, scaled).alpha,
                     npt__krippendorff(&ratings, NPT__METRIC_RATIO, values).alpha, DBL_EPSILON);
    ratings_free(&ratings);
}

/* With two categories all metrics are the same. */
static void two_categories_have_one_alpha(void **state)
{
    (void)state;
    uint64_t seed = 10;
    struct npt__ratings ratings = ratings_draw(100, 3, 2, 0.4, 0.1, &seed);
    double alpha = npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, NULL).alpha;
    for (size_t i = 1; i < 4; i++)
        reference_expect(npt__krippendorff(&ratings, metrics[i], NULL).alpha, alpha, DBL_EPSILON);
    ratings_free(&ratings);
}

static void a_lone_rating_tells_nothing(void **state)
{
    (void)state;
    const uint8_t with[] = {0, 0, 1, 1, 0, 1, 2, NPT__NO_CODE, NPT__NO_CODE, 3};
    const struct npt__ratings five = {.codes = with, .units = 5, .raters = 2, .categories = 4};
    const struct npt__ratings three = {.codes = with, .units = 3, .raters = 2, .categories = 4};
    for (size_t i = 0; i < 4; i++)
        reference_expect(npt__krippendorff(&five, metrics[i], NULL).alpha,
                         npt__krippendorff(&three, metrics[i], NULL).alpha, 0);
}

/* ---- degenerate ratings ---------------------------------------------------------------------- */

static void expect_none(struct npt__krippendorff alpha, enum npt__agreement_fault fault)
{
    assert_false(alpha.defined);
    assert_int_equal(alpha.fault, fault);
    reference_expect(alpha.alpha, 0, 0);
    reference_expect(alpha.observed, 0, 0);
    reference_expect(alpha.expected, 0, 0);
}

static void what_does_not_vary_has_no_alpha(void **state)
{
    (void)state;
    const uint8_t codes[] = {1, 1, 1, 1, 0, NPT__NO_CODE};
    const double equal[] = {4, 4};
    struct npt__ratings ratings = {.codes = codes, .units = 3, .raters = 2, .categories = 2};
    for (size_t i = 0; i < 4; i++)
        expect_none(npt__krippendorff(&ratings, metrics[i], NULL), NPT__AGREEMENT_CONSTANT);
    const uint8_t varying[] = {0, 1, 1, 0};
    ratings = (struct npt__ratings){.codes = varying, .units = 2, .raters = 2, .categories = 2};
    expect_none(npt__krippendorff(&ratings, NPT__METRIC_INTERVAL, equal), NPT__AGREEMENT_CONSTANT);
    assert_true(npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, equal).defined);
}

static void values_that_are_no_numbers_have_a_fault(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, 1, 1, 1};
    const struct npt__ratings ratings = {.codes = codes, .units = 2, .raters = 2, .categories = 2};
    const double wrong[][2] = {{1, NAN}, {INFINITY, 1}, {1, 1e200}}, negative[] = {-1, 1};
    for (size_t i = 0; i < 3; i++) {
        expect_none(npt__krippendorff(&ratings, NPT__METRIC_INTERVAL, wrong[i]),
                    NPT__AGREEMENT_VALUES);
        expect_none(npt__krippendorff(&ratings, NPT__METRIC_RATIO, wrong[i]),
                    NPT__AGREEMENT_VALUES);
        assert_true(npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, wrong[i]).defined);
    }
    expect_none(npt__krippendorff(&ratings, NPT__METRIC_RATIO, negative), NPT__AGREEMENT_VALUES);
    assert_true(npt__krippendorff(&ratings, NPT__METRIC_INTERVAL, negative).defined);
}

static void too_few_coders_units_or_pairs(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, NPT__NO_CODE, NPT__NO_CODE, 1};
    struct npt__ratings ratings = {.codes = codes, .units = 2, .raters = 2, .categories = 2};
    expect_none(npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, NULL), NPT__AGREEMENT_EMPTY);
    ratings.raters = 1;
    expect_none(npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, NULL), NPT__AGREEMENT_RATERS);
    ratings.units = 0;
    expect_none(npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, NULL), NPT__AGREEMENT_EMPTY);
    ratings.categories = 0;
    expect_none(npt__krippendorff(&ratings, NPT__METRIC_ORDINAL, NULL), NPT__AGREEMENT_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_canonical_example_with_missing_ratings),
        cmocka_unit_test(complete_data_of_six_coders),
        cmocka_unit_test(two_coders),
        cmocka_unit_test(a_printed_example_of_irrcac),
        cmocka_unit_test(values_count_for_interval_and_ratio),
        cmocka_unit_test(ordinal_alpha_is_what_its_definition_says),
        cmocka_unit_test(nominal_alpha_of_two_coders_is_nearly_scotts_pi),
        cmocka_unit_test(many_units_lose_no_digit),
        cmocka_unit_test(the_order_of_units_and_coders_does_not_matter),
        cmocka_unit_test(each_metric_has_its_invariance),
        cmocka_unit_test(two_categories_have_one_alpha),
        cmocka_unit_test(a_lone_rating_tells_nothing),
        cmocka_unit_test(what_does_not_vary_has_no_alpha),
        cmocka_unit_test(values_that_are_no_numbers_have_a_fault),
        cmocka_unit_test(too_few_coders_units_or_pairs),
    };
    return reference_run("Krippendorff's alpha", tests);
}
