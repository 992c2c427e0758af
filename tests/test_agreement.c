/* test_agreement.c - agreement of two coders against R, exact fractions and counting by hand.
 *
 * Expected values with 20 digits: Python's fractions and decimal, from the formulas as printed in the papers that
 * agreement.h names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/agreement.h"
#include "fixture.h"
#include "reference_data.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static const uint64_t raters2[] = {11, 2, 0, 0, 0, 1, 6, 3, 0, 0, 2, 1, 7,
                                   3,  0, 0, 1, 3, 7, 2, 0, 0, 1, 0, 10};

static struct npt__agreement agreement_of(const uint64_t *counts, size_t categories,
                                          enum npt__agreement_weights weights)
{
    struct npt__agreement agreement;
    const struct npt__agreement_table table = {counts, categories};
    npt__agreement_of_two(&agreement, &table, weights, 0.95);
    return agreement;
}

static void expect(struct npt__coefficient coefficient, double value, double expected, double error)
{
    assert_true(coefficient.defined);
    assert_int_equal(coefficient.fault, NPT__AGREEMENT_FINE);
    reference_expect(coefficient.value, value, 2 * DBL_EPSILON);
    reference_expect(coefficient.expected, expected, 2 * DBL_EPSILON);
    reference_expect(coefficient.error, error, 4 * DBL_EPSILON);
    assert_true(coefficient.interval.defined);
    assert_true(coefficient.interval.low < value && value < coefficient.interval.high);
}

/* ---- known values ---------------------------------------------------------------------------- */

/* The table is that of the file, in which other tests of nptkit read it as well. */
static void the_table_is_that_of_the_file(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/raters2.csv");
    size_t count, also;
    double *x = reference_column(table, "r1", &count), *y = reference_column(table, "r2", &also);
    uint64_t counts[25] = {0};
    assert_int_equal(count, also);
    for (size_t i = 0; i < count; i++)
        counts[((size_t)x[i] - 1) * 5 + (size_t)y[i] - 1]++;
    assert_memory_equal(counts, raters2, sizeof counts);
    free(x);
    free(y);
    reference_table_free(table);
}

/* R 4.2.2, irr::kappa2(d, 'unweighted'): 0.60334029227557, z = 9.336814240136986; vcd::Kappa: ASE
   0.0750857477385405. Scott's pi 0.6029258098223615; irrCAC 0.60448 and 0.60417. */
static void five_categories_without_weights(void **state)
{
    (void)state;
    struct npt__agreement agreement = agreement_of(raters2, 5, NPT__WEIGHTS_NONE);
    assert_int_equal(agreement.count, 60);
    reference_expect(agreement.percent.value, 41 / 60.0, DBL_EPSILON);
    reference_expect(agreement.percent.error, 0.060053988056427039269, 2 * DBL_EPSILON);
    expect(agreement.kappa, 289 / 479.0, 0.20166666666666666667, 0.075085747738540520372);
    reference_expect(agreement.kappa.observed, 41 / 60.0, DBL_EPSILON);
    reference_expect(agreement.kappa.null_error, 0.064619502622419334074, 4 * DBL_EPSILON);
    reference_expect(agreement.kappa.value / agreement.kappa.null_error, 9.336814240136986, 1e-14);
    expect(agreement.pi, 577 / 957.0, 0.2025, 0.075314623969534721776);
    expect(agreement.ac, 2323 / 3843.0, 0.199375, 0.075017938361852346041);
    expect(agreement.brennan_prediger, 29 / 48.0, 0.2, 0.075067485070533799087);
    reference_expect(agreement.kappa_maximum, 449 / 479.0, DBL_EPSILON);
}

/* The errors are those of vcd::Kappa and statsmodels (0.0531627953258629, 0.03713595806893918). psych::cohen.kappa
   gives a variance that is about a fifth smaller (README of the references, trap 8); it is not Fleiss, Cohen &
   Everitt's. z of irr::kappa2(d, 'equal' and 'squared'): 8.569121865287494 and 6.762726768082636. */
static void five_ordered_categories_with_weights(void **state)
{
    (void)state;
    struct npt__agreement linear = agreement_of(raters2, 5, NPT__WEIGHTS_LINEAR);
    expect(linear.kappa, 1103 / 1448.0, 0.59777777777777777778, 0.053162795325862910136);
    reference_expect(linear.kappa.null_error, 0.088893628013091203998, 4 * DBL_EPSILON);
    reference_expect(linear.kappa.value / linear.kappa.null_error, 8.569121865287494, 1e-14);
    expect(linear.pi, 2939 / 3859.0, 0.59802083333333333333, 0.053295886268366226975);
    expect(linear.ac, 1469 / 1929.0, 0.598125, 0.048812164468448743242);
    expect(linear.brennan_prediger, 73 / 96.0, 0.6, 0.049061652210179312230);
    expect(linear.percent, 217 / 240.0, 0, 0.019624660884071724892);
    struct npt__agreement quadratic = agreement_of(raters2, 5, NPT__WEIGHTS_QUADRATIC);
    expect(quadratic.kappa, 3178 / 3643.0, 0.74701388888888888889, 0.037135958068938807681);
    reference_expect(quadratic.kappa.null_error, 0.12899500107920476924, 4 * DBL_EPSILON);
    reference_expect(quadratic.kappa.value / quadratic.kappa.null_error, 6.762726768082636, 1e-14);
    expect(quadratic.pi, 5083 / 5827.0, 0.74709201388888888889, 0.037223818417631537396);
    expect(quadratic.ac, 845 / 969.0, 0.74765625, 0.032688295006268327770);
    expect(quadratic.brennan_prediger, 209 / 240.0, 0.75, 0.033067516510136471816);
    reference_expect(quadratic.kappa_maximum, 449 / 479.0, DBL_EPSILON);
    /* psych: 0.0011114965036343415 */
    assert_true(quadratic.kappa.error * quadratic.kappa.error > 1.2 * 0.0011114965036343415);
}

static void expect_printed(double value, double printed)
{
    assert_true(fabs(value - printed) < (printed < 0.1 ? 6e-9 : 6e-8)); /* seven digits */
}

/* The example of R's irrCAC (cont3x3abstractors), as its manual prints it. */
static void the_abstractors_of_gwet(void **state)
{
    (void)state;
    const uint64_t counts[] = {13, 0, 0, 0, 20, 7, 0, 4, 56};
    struct npt__agreement agreement = agreement_of(counts, 3, NPT__WEIGHTS_NONE);
    expect_printed(agreement.kappa.value, 0.7964094);
    expect_printed(agreement.kappa.error, 0.05891072);
    expect_printed(agreement.pi.value, 0.7962397);
    expect_printed(agreement.pi.error, 0.05905473);
    expect_printed(agreement.ac.value, 0.8493305);
    expect_printed(agreement.ac.error, 0.04321747);
    reference_expect(agreement.brennan_prediger.value, 0.835, 1e-15);
    expect_printed(agreement.brennan_prediger.error, 0.04693346);
    expect_printed(agreement.percent.error, 0.03128898);
}

/* 0.60334029227557411273 -+ 1.9599639845400542 * 0.075085747738540520372; Wilson's of 41 of 60. */
static void intervals_are_normal_and_wilsons_for_the_share(void **state)
{
    (void)state;
    struct npt__agreement agreement = agreement_of(raters2, 5, NPT__WEIGHTS_NONE);
    reference_expect(agreement.kappa.interval.low, 0.456174930955774869769, 4 * DBL_EPSILON);
    reference_expect(agreement.kappa.interval.high, 0.750505653595373355701, 4 * DBL_EPSILON);
    struct npt__interval wilson = npt__wilson_interval(41, 60, 0.95);
    reference_expect(agreement.percent.interval.low, wilson.low, 0);
    reference_expect(agreement.percent.interval.high, wilson.high, 0);
    const struct npt__agreement_table table = {raters2, 5};
    npt__agreement_of_two(&agreement, &table, NPT__WEIGHTS_NONE, 0.5);
    reference_expect(agreement.kappa.interval.high - agreement.kappa.interval.low,
                     2 * 0.6744897501960817432 * 0.075085747738540520372, 1e-14);
    npt__agreement_of_two(&agreement, &table, NPT__WEIGHTS_NONE, 1);
    assert_true(agreement.kappa.defined && !agreement.kappa.interval.defined);
}

/* ---- many characters ------------------------------------------------------------------------- */

static void hundreds_of_millions_of_characters_lose_no_digit(void **state)
{
    (void)state;
    const uint64_t counts[] = {412345678, 2345, 1234, 98765};
    struct npt__agreement agreement = agreement_of(counts, 2, NPT__WEIGHTS_NONE);
    assert_int_equal(agreement.count, 412448022);
    expect(agreement.kappa, 0.98219934093703283908, 0.99951252046183421332,
           0.00029749837090437461884);
    reference_expect(agreement.kappa.null_error, 0.000049238947033120832923, 4 * DBL_EPSILON);
    expect(agreement.pi, 0.98219934080455618025, 0.99951252046546214977, 0.00029749837750784640232);
    expect(agreement.ac, 0.99999131831079512555, 0.00048747953453785022741,
           1.4511933165097346058e-7);
    expect(agreement.brennan_prediger, 0.99998264508588187629, 0.5, 2.9009466061009377735e-7);
    reference_expect(agreement.percent.error, 1.4504733030504688867e-7, 2 * DBL_EPSILON);
    reference_expect(agreement.kappa_maximum, 0.99447428549344606991, DBL_EPSILON);
}

/* One character of a million gigabytes: what doubles would have left of 1 - chance has no digit right. */
static void one_disagreement_in_a_thousand_million_million(void **state)
{
    (void)state;
    const uint64_t counts[] = {1000000000000000, 1, 0, 3};
    struct npt__agreement agreement = agreement_of(counts, 2, NPT__WEIGHTS_NONE);
    expect(agreement.kappa, 0.85714285714285665306, 0.999999999999993, 0.14139190265868426467);
    reference_expect(agreement.kappa.null_error, 3.1298431857437998794e-8, 4 * DBL_EPSILON);
    expect(agreement.pi, 0.85714285714285664286, 0.999999999999993, 0.14139190265868429371);
    reference_expect(agreement.percent.error, 9.999999999999955e-16, 2 * DBL_EPSILON);
    reference_expect(agreement.ac.error, 1.0000000000000035e-15, 4 * DBL_EPSILON);
}

/* Multiplying all counts leaves coefficients as they are; errors shrink with the root. */
static void only_errors_depend_on_how_much_was_counted(void **state)
{
    (void)state;
    uint64_t many[25];
    for (size_t i = 0; i < 25; i++)
        many[i] = raters2[i] * 1000000;
    for (int weights = NPT__WEIGHTS_NONE; weights <= NPT__WEIGHTS_QUADRATIC; weights++) {
        struct npt__agreement few = agreement_of(raters2, 5, (enum npt__agreement_weights)weights);
        struct npt__agreement more = agreement_of(many, 5, (enum npt__agreement_weights)weights);
        reference_expect(more.kappa.value, few.kappa.value, 0);
        reference_expect(more.ac.value, few.ac.value, 0);
        reference_expect(more.kappa.error * 1000, few.kappa.error, 4 * DBL_EPSILON);
        reference_expect(more.pi.error * 1000, few.pi.error, 4 * DBL_EPSILON);
        reference_expect(more.kappa.null_error * 1000, few.kappa.null_error, 4 * DBL_EPSILON);
    }
}

/* ---- one category ---------------------------------------------------------------------------- */

/* Byrt, Bishop & Carlin 1993 define: both 118, only first 5, only second 2, neither 0 of 125; by hand. */
static void prevalence_and_bias_of_one_category(void **state)
{
    (void)state;
    const uint64_t counts[] = {0, 2, 5, 118};
    const struct npt__agreement_table table = {counts, 2};
    struct npt__category_agreement of_one = npt__category_agreement(&table, 1);
    assert_true(of_one.defined && of_one.positive_defined && of_one.negative_defined);
    assert_int_equal(of_one.both, 118);
    assert_int_equal(of_one.only_first, 5);
    assert_int_equal(of_one.only_second, 2);
    assert_int_equal(of_one.neither, 0);
    reference_expect(of_one.prevalence_index, 118 / 125.0, DBL_EPSILON);
    reference_expect(of_one.bias_index, 3 / 125.0, DBL_EPSILON);
    reference_expect(of_one.positive, 236 / 243.0, DBL_EPSILON);
    reference_expect(of_one.negative, 0, 0);
    /* Kappa is below 0 although 94.4% agree: chance has 123 * 120 + 2 * 5 of 125 * 125. PABAK is 2 * 0.944 - 1. */
    struct npt__agreement agreement = agreement_of(counts, 2, NPT__WEIGHTS_NONE);
    double chance = 123 * 120 + 2 * 5;
    reference_expect(agreement.kappa.value, (125 * 118 - chance) / (125 * 125 - chance),
                     DBL_EPSILON);
    assert_true(agreement.kappa.value < 0);
    reference_expect(agreement.brennan_prediger.value, 2 * 118 / 125.0 - 1, DBL_EPSILON);
}

/* Kappa from PABAK and the two indices: (PABAK - PI^2 + BI^2) / (1 - PI^2 + BI^2): Byrt et al. 1993, p. 427. */
static void kappa_follows_from_the_indices(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 200; i++) {
        uint64_t counts[4];
        for (size_t cell = 0; cell < 4; cell++)
            counts[cell] = 1 + reference_random(&seed) % 50;
        const struct npt__agreement_table table = {counts, 2};
        struct npt__category_agreement of_one = npt__category_agreement(&table, 1);
        struct npt__agreement agreement = agreement_of(counts, 2, NPT__WEIGHTS_NONE);
        double indices = of_one.bias_index * of_one.bias_index -
                         of_one.prevalence_index * of_one.prevalence_index;
        double pabak = agreement.brennan_prediger.value;
        assert_true(fabs(agreement.kappa.value - (pabak + indices) / (1 + indices)) < 1e-14);
    }
}

/* 10 of row and column 4: 2 * 10 / (11 + 12); the others: 60 - 11 - 2 of 2 * 60 - 23. */
static void a_category_of_several_against_the_others(void **state)
{
    (void)state;
    const struct npt__agreement_table table = {raters2, 5};
    struct npt__category_agreement of_one = npt__category_agreement(&table, 4);
    assert_int_equal(of_one.both, 10);
    assert_int_equal(of_one.only_first, 1);
    assert_int_equal(of_one.only_second, 2);
    assert_int_equal(of_one.neither, 47);
    reference_expect(of_one.positive, 20 / 23.0, DBL_EPSILON);
    reference_expect(of_one.negative, 94 / 97.0, DBL_EPSILON);
}

static void nobody_gave_the_category(void **state)
{
    (void)state;
    const uint64_t counts[] = {9, 0, 0, 0};
    const struct npt__agreement_table table = {counts, 2};
    struct npt__category_agreement of_one = npt__category_agreement(&table, 1);
    assert_true(of_one.defined && !of_one.positive_defined && of_one.negative_defined);
    reference_expect(of_one.positive, 0, 0);
    reference_expect(of_one.negative, 1, 0);
    of_one = npt__category_agreement(&table, 0);
    assert_true(of_one.positive_defined && !of_one.negative_defined);
    const uint64_t nothing[] = {0, 0, 0, 0};
    const struct npt__agreement_table empty = {nothing, 2};
    assert_false(npt__category_agreement(&empty, 1).defined);
}

/* ---- properties ------------------------------------------------------------------------------ */

static void random_table(uint64_t *counts, size_t categories, uint64_t *seed)
{
    for (size_t i = 0; i < categories * categories; i++)
        counts[i] = reference_random(seed) % 20 + (i % (categories + 1) ? 0 : 15);
}

static void expect_same(struct npt__coefficient a, struct npt__coefficient b)
{
    reference_expect(a.value, b.value, DBL_EPSILON);
    reference_expect(a.error, b.error, 1e-14);
    reference_expect(a.null_error, b.null_error, 1e-14);
}

/* The first coder may be called the second, and ordered categories may be read from the other end. */
static void coders_and_directions_may_be_exchanged(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int round = 0; round < 60; round++) {
        uint64_t counts[36], exchanged[36], turned[36];
        random_table(counts, 6, &seed);
        for (size_t i = 0; i < 36; i++) {
            exchanged[i % 6 * 6 + i / 6] = counts[i];
            turned[35 - i] = counts[i];
        }
        const enum npt__agreement_weights weights = (enum npt__agreement_weights)(round % 3);
        struct npt__agreement a = agreement_of(counts, 6, weights);
        struct npt__agreement b = agreement_of(exchanged, 6, weights);
        struct npt__agreement c = agreement_of(turned, 6, weights);
        expect_same(a.kappa, b.kappa), expect_same(a.kappa, c.kappa);
        expect_same(a.pi, b.pi), expect_same(a.pi, c.pi);
        expect_same(a.ac, b.ac), expect_same(a.ac, c.ac);
        expect_same(a.brennan_prediger, b.brennan_prediger);
        reference_expect(a.kappa_maximum, b.kappa_maximum, DBL_EPSILON);
        assert_true(a.kappa.value <= a.kappa_maximum || weights != NPT__WEIGHTS_NONE);
    }
}

/* A category that nobody gave leaves kappa and pi alone, but AC1 and Brennan-Prediger know of it. */
static void a_category_that_does_not_occur(void **state)
{
    (void)state;
    const uint64_t two[] = {20, 5, 3, 12}, three[] = {20, 5, 0, 3, 12, 0, 0, 0, 0};
    struct npt__agreement a = agreement_of(two, 2, NPT__WEIGHTS_NONE);
    struct npt__agreement b = agreement_of(three, 3, NPT__WEIGHTS_NONE);
    expect_same(a.kappa, b.kappa);
    expect_same(a.pi, b.pi);
    reference_expect(a.brennan_prediger.value, 0.6, DBL_EPSILON);
    reference_expect(b.brennan_prediger.value, 0.7, DBL_EPSILON);
    assert_true(b.ac.value > a.ac.value);
    /* With two categories all weights are the same. */
    expect_same(a.kappa, agreement_of(two, 2, NPT__WEIGHTS_QUADRATIC).kappa);
    expect_same(a.ac, agreement_of(two, 2, NPT__WEIGHTS_LINEAR).ac);
}

/* Tables drawn from known shares: kappa of the shares must lie in nine and a half of ten intervals, and kappa of
   independent coders must spread as its null error says. */
static void intervals_cover_as_often_as_they_say(void **state)
{
    (void)state;
    const double shares[2][4] = {{0.55, 0.65, 0.75, 1}, {0.42, 0.7, 0.88, 1}};
    const double kappas[] = {(0.8 - 0.545) / 0.455, 0};
    const int rounds = getenv("VALGRIND") ? 100 : 2000;
    uint64_t seed = 21;
    for (size_t shape = 0; shape < 2; shape++) {
        int covered = 0;
        double squares = 0;
        for (int round = 0; round < rounds; round++) {
            uint64_t counts[4] = {0};
            for (int i = 0; i < 250; i++) {
                double drawn = (double)(reference_random(&seed) >> 11) * 0x1p-53;
                size_t cell = 0;
                while (drawn >= shares[shape][cell])
                    cell++;
                counts[cell]++;
            }
            struct npt__coefficient kappa = agreement_of(counts, 2, NPT__WEIGHTS_NONE).kappa;
            covered += kappa.interval.low <= kappas[shape] && kappas[shape] <= kappa.interval.high;
            squares += kappa.value / kappa.null_error * (kappa.value / kappa.null_error);
        }
        assert_true(covered > 0.93 * rounds && covered < 0.965 * rounds + 5);
        if (shape == 1)
            assert_true(fabs(squares / rounds - 1) < 5 * sqrt(2.0 / rounds));
    }
}

/* ---- degenerate tables ----------------------------------------------------------------------- */

static void expect_none(struct npt__coefficient coefficient, enum npt__agreement_fault fault)
{
    assert_false(coefficient.defined);
    assert_int_equal(coefficient.fault, fault);
    reference_expect(coefficient.value, 0, 0);
    reference_expect(coefficient.error, 0, 0);
    assert_false(coefficient.interval.defined);
}

static void one_category_only_has_no_kappa(void **state)
{
    (void)state;
    const uint64_t counts[] = {17, 0, 0, 0};
    for (int weights = NPT__WEIGHTS_NONE; weights <= NPT__WEIGHTS_QUADRATIC; weights++) {
        struct npt__agreement agreement =
            agreement_of(counts, 2, (enum npt__agreement_weights)weights);
        expect_none(agreement.kappa, NPT__AGREEMENT_CONSTANT);
        expect_none(agreement.pi, NPT__AGREEMENT_CONSTANT);
        reference_expect(agreement.kappa_maximum, 0, 0);
        reference_expect(agreement.percent.value, 1, 0);
        reference_expect(agreement.ac.value, 1, 0);
        reference_expect(agreement.brennan_prediger.value, 1, 0);
        reference_expect(agreement.ac.error, 0, 0);
        assert_false(agreement.ac.interval.defined);
    }
    struct npt__agreement single = agreement_of(counts, 1, NPT__WEIGHTS_LINEAR);
    reference_expect(single.percent.value, 1, 0);
    expect_none(single.kappa, NPT__AGREEMENT_CONSTANT);
    expect_none(single.ac, NPT__AGREEMENT_CONSTANT);
    expect_none(single.brennan_prediger, NPT__AGREEMENT_CONSTANT);
}

static void complete_agreement_and_complete_disagreement_have_no_error(void **state)
{
    (void)state;
    const uint64_t agree[] = {7, 0, 0, 0, 5, 0, 0, 0, 3}, never[] = {0, 9, 9, 0};
    struct npt__agreement agreement = agreement_of(agree, 3, NPT__WEIGHTS_QUADRATIC);
    reference_expect(agreement.kappa.value, 1, 0);
    reference_expect(agreement.kappa.error, 0, 0);
    assert_true(agreement.kappa.null_error > 0.1);
    assert_false(agreement.kappa.interval.defined);
    reference_expect(agreement.kappa_maximum, 1, 0);
    agreement = agreement_of(never, 2, NPT__WEIGHTS_NONE);
    reference_expect(agreement.kappa.value, -1, 0);
    reference_expect(agreement.kappa.error, 0, 0);
    reference_expect(agreement.percent.value, 0, 0);
}

static void empty_and_oversized_tables_have_a_fault(void **state)
{
    (void)state;
    const uint64_t nothing[] = {0, 0, 0, 0}, much[] = {UINT64_MAX, 1, 1, 1};
    const uint64_t ceiling[] = {NPT__AGREEMENT_MOST_COUNT - 1, 0, 0, 1};
    struct npt__agreement agreement = agreement_of(nothing, 2, NPT__WEIGHTS_NONE);
    expect_none(agreement.percent, NPT__AGREEMENT_EMPTY);
    expect_none(agreement.kappa, NPT__AGREEMENT_EMPTY);
    assert_int_equal(agreement.count, 0);
    expect_none(agreement_of(much, 2, NPT__WEIGHTS_NONE).kappa, NPT__AGREEMENT_SIZE);
    expect_none(agreement_of(nothing, 0, NPT__WEIGHTS_NONE).pi, NPT__AGREEMENT_SIZE);
    expect_none(agreement_of(NULL, 1001, NPT__WEIGHTS_NONE).ac, NPT__AGREEMENT_SIZE);
    reference_expect(agreement_of(ceiling, 2, NPT__WEIGHTS_NONE).kappa.value, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_that_of_the_file),
        cmocka_unit_test(five_categories_without_weights),
        cmocka_unit_test(five_ordered_categories_with_weights),
        cmocka_unit_test(the_abstractors_of_gwet),
        cmocka_unit_test(intervals_are_normal_and_wilsons_for_the_share),
        cmocka_unit_test(hundreds_of_millions_of_characters_lose_no_digit),
        cmocka_unit_test(one_disagreement_in_a_thousand_million_million),
        cmocka_unit_test(only_errors_depend_on_how_much_was_counted),
        cmocka_unit_test(prevalence_and_bias_of_one_category),
        cmocka_unit_test(kappa_follows_from_the_indices),
        cmocka_unit_test(a_category_of_several_against_the_others),
        cmocka_unit_test(nobody_gave_the_category),
        cmocka_unit_test(coders_and_directions_may_be_exchanged),
        cmocka_unit_test(a_category_that_does_not_occur),
        cmocka_unit_test(intervals_cover_as_often_as_they_say),
        cmocka_unit_test(one_category_only_has_no_kappa),
        cmocka_unit_test(complete_agreement_and_complete_disagreement_have_no_error),
        cmocka_unit_test(empty_and_oversized_tables_have_a_fault),
    };
    return reference_run("agreement of two coders", tests);
}
