/* test_agreement_many.c - agreement of many coders against R, exact fractions, and two coders' coefficients.
 *
 * Expected values with 20 digits: Python's fractions and decimal, from the formulas as in Gwet 2014 and irrCAC.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/agreement_many.h"
#include "fixture.h"
#include "ratings_data.h"
#include "reference_data.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static struct npt__agreement_many agreement_of(const struct npt__ratings *ratings)
{
    struct npt__agreement_many agreement;
    npt__agreement_of_many(&agreement, ratings, 0.95);
    return agreement;
}

static void expect(struct npt__coefficient coefficient, double value, double error)
{
    assert_true(coefficient.defined && coefficient.interval.defined);
    reference_expect(coefficient.value, value, 2 * DBL_EPSILON);
    reference_expect(coefficient.error, error, 4 * DBL_EPSILON);
}

static void expect_same(struct npt__coefficient a, struct npt__coefficient b, double relative)
{
    assert_int_equal(a.defined, b.defined);
    assert_int_equal(a.fault, b.fault);
    reference_expect(a.value, b.value, relative);
    reference_expect(a.expected, b.expected, relative);
    reference_expect(a.error, b.error, relative);
    reference_expect(a.null_error, b.null_error, relative);
    reference_expect(a.interval.low, b.interval.low, relative);
}

static void expect_all_same(const struct npt__agreement_many *a,
                            const struct npt__agreement_many *b, double relative)
{
    expect_same(a->percent, b->percent, relative);
    expect_same(a->fleiss, b->fleiss, relative);
    expect_same(a->ac, b->ac, relative);
    expect_same(a->brennan_prediger, b->brennan_prediger, relative);
    assert_int_equal(a->count.units, b->count.units);
    assert_int_equal(a->count.pairable, b->count.pairable);
    assert_int_equal(a->count.values, b->count.values);
}

/* ---- known values ---------------------------------------------------------------------------- */

/* R: irr::kappam.fleiss(d, detail = TRUE): 0.43024452006014, z = 17.65183058299137. */
static void the_diagnoses_of_fleiss(void **state)
{
    (void)state;
    struct npt__ratings ratings = ratings_diagnoses();
    struct npt__agreement_many agreement = agreement_of(&ratings);
    assert_int_equal(agreement.count.units, 30);
    assert_int_equal(agreement.count.pairable, 30);
    assert_int_equal(agreement.count.values, 180);
    expect(agreement.percent, 5 / 9.0, 0.044098268684599626350);
    expect(agreement.fleiss, 5437 / 12637.0, 0.054198935515332756316);
    reference_expect(agreement.fleiss.null_error, 0.024373932099411157723, 4 * DBL_EPSILON);
    reference_expect(agreement.fleiss.value / agreement.fleiss.null_error, 17.65183058299137,
                     1e-14);
    expect(agreement.ac, 23363 / 52163.0, 0.055662141681617864394);
    expect(agreement.brennan_prediger, 4 / 9.0, 0.055122835855749532937);
    const double kappas[] = {35 / 143.0, 35 / 143.0, 13 / 25.0, 3239 / 6875.0, 3335 / 5891.0};
    for (size_t category = 0; category < 5; category++) {
        struct npt__coefficient of_one = npt__fleiss_category(&ratings, category, 0.95);
        reference_expect(of_one.value, kappas[category], 2 * DBL_EPSILON);
        reference_expect(of_one.null_error, sqrt(1 / 450.0), 2 * DBL_EPSILON);
        assert_true(of_one.interval.defined);
    }
    ratings_free(&ratings);
}

/* Printed by irrCAC (cac.raw4raters, these data): percent 0.8181818 (0.12561), AC1 0.77544 (0.14295), Fleiss
   0.76117 (0.15302), Brennan-Prediger 0.77273 (0.14472); lower ends 0.542, 0.461, 0.424, 0.454. */
static void ratings_that_are_missing(void **state)
{
    (void)state;
    struct npt__ratings ratings = ratings_kripp4();
    struct npt__agreement_many agreement = agreement_of(&ratings);
    assert_int_equal(agreement.count.units, 12);
    assert_int_equal(agreement.count.pairable, 11);
    assert_int_equal(agreement.count.values, 40);
    expect(agreement.percent, 9 / 11.0, 0.12560895994686498869);
    expect(agreement.fleiss, 7343 / 9647.0, 0.15301920346949241141);
    reference_expect(agreement.fleiss.expected, 0.23871527777777777778, 2 * DBL_EPSILON);
    reference_expect(agreement.fleiss.null_error, 0, 0); /* units differ in the number of ratings */
    expect(agreement.ac, 31825 / 41041.0, 0.14294995064076531139);
    reference_expect(agreement.ac.expected, 0.19032118055555555556, 2 * DBL_EPSILON);
    expect(agreement.brennan_prediger, 17 / 22.0, 0.14471661989948314188);
    const double low[] = {0.542, 0.461, 0.424, 0.454};
    assert_true(fabs(agreement.percent.interval.low - low[0]) < 0.0005);
    assert_true(fabs(agreement.ac.interval.low - low[1]) < 0.0005);
    assert_true(fabs(agreement.fleiss.interval.low - low[2]) < 0.0005);
    assert_true(fabs(agreement.brennan_prediger.interval.low - low[3]) < 0.0005);
    ratings_free(&ratings);
}

/* Printed by irrCAC (distrib.6raters): 15 patients, 6 psychiatrists, how many gave each of 5 diagnoses. AC1
   0.4448007 (0.08418757), Fleiss 0.4139265 (0.08119291), Brennan-Prediger 0.4388889 (0.08312142). */
static void the_psychiatrists_of_gwet(void **state)
{
    (void)state;
    static const uint8_t given[15][5] = {
        {0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0},
        {2, 0, 4, 0, 0}, {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6},
        {1, 0, 0, 5, 0}, {1, 1, 0, 4, 0}, {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1}};
    uint8_t codes[15 * 6];
    size_t at = 0;
    for (size_t unit = 0; unit < 15; unit++)
        for (uint8_t category = 0; category < 5; category++)
            for (uint8_t i = 0; i < given[unit][category]; i++)
                codes[at++] = category;
    assert_int_equal(at, 90);
    const struct npt__ratings ratings = {.codes = codes, .units = 15, .raters = 6, .categories = 5};
    struct npt__agreement_many agreement = agreement_of(&ratings);
    expect(agreement.fleiss, 214 / 517.0, 0.081192909195902872805);
    reference_expect(agreement.fleiss.null_error, 0.035279766678246227034, 4 * DBL_EPSILON);
    expect(agreement.ac, 971 / 2183.0, 0.084187566774307701215);
    expect(agreement.brennan_prediger, 79 / 180.0, 0.083121423687505151540);
}

/* ---- two coders ------------------------------------------------------------------------------ */

/* With two coders and nothing missing the coefficients are Scott's pi and so on; errors divide by n - 1 here,
   by n there. */
static void two_coders_are_a_case_of_many(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 30; round++) {
        const size_t units = 10 + (size_t)(reference_random(&seed) % 90);
        struct npt__ratings ratings = ratings_draw(units, 2, 4, 0.6, 0, &seed);
        uint64_t counts[16] = {0};
        for (size_t unit = 0; unit < units; unit++)
            counts[ratings.codes[2 * unit] * 4 + ratings.codes[2 * unit + 1]]++;
        const struct npt__agreement_table table = {counts, 4};
        struct npt__agreement two;
        npt__agreement_of_two(&two, &table, NPT__WEIGHTS_NONE, 0.95);
        struct npt__agreement_many many = agreement_of(&ratings);
        const struct npt__coefficient pairs[][2] = {{two.percent, many.percent},
                                                    {two.pi, many.fleiss},
                                                    {two.ac, many.ac},
                                                    {two.brennan_prediger, many.brennan_prediger}};
        for (size_t i = 0; i < 4; i++) {
            reference_expect(pairs[i][1].value, pairs[i][0].value, 1e-15);
            reference_expect(pairs[i][1].error * sqrt(1 - 1 / (double)units), pairs[i][0].error,
                             1e-14);
        }
        ratings_free(&ratings);
    }
}

/* ---- properties ------------------------------------------------------------------------------ */

static void the_order_of_units_and_coders_does_not_matter(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < 20; round++) {
        const size_t raters = round % 2 ? 30 : 4; /* more than are sorted by insertion */
        struct npt__ratings ratings = ratings_draw(80, raters, 7, 0.5, 0.2, &seed);
        struct npt__ratings other = ratings_shuffle(&ratings, &seed);
        struct npt__agreement_many a = agreement_of(&ratings), b = agreement_of(&other);
        expect_all_same(&a, &b, 0);
        ratings_free(&ratings);
        ratings_free(&other);
    }
}

/* Names of categories exchanged: 0 for 6, 1 for 5 ... */
static void names_of_categories_do_not_matter(void **state)
{
    (void)state;
    uint64_t seed = 6;
    struct npt__ratings ratings = ratings_draw(200, 5, 7, 0.5, 0.2, &seed);
    uint8_t renamed[1000];
    for (size_t i = 0; i < 1000; i++)
        renamed[i] = ratings.codes[i] < 7 ? (uint8_t)(6 - ratings.codes[i]) : NPT__NO_CODE;
    struct npt__ratings other = ratings;
    other.codes = renamed;
    struct npt__agreement_many a = agreement_of(&ratings), b = agreement_of(&other);
    expect_all_same(&a, &b, DBL_EPSILON);
    expect_same(npt__fleiss_category(&ratings, 2, 0.95), npt__fleiss_category(&other, 4, 0.95),
                DBL_EPSILON);
    ratings_free(&ratings);
}

/* A unit that stands three times is three units; one that stands no time is none. */
static void units_may_stand_several_times(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, 0, 1, 1, 1, 1, 0, 2, NPT__NO_CODE, 2, 2, 2};
    const uint32_t times[] = {3, 2, 0, 1};
    const uint8_t written_out[] = {0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2};
    const struct npt__ratings few = {
        .codes = codes, .times = times, .units = 4, .raters = 3, .categories = 3};
    const struct npt__ratings all = {
        .codes = written_out, .units = 6, .raters = 3, .categories = 3};
    struct npt__agreement_many a = agreement_of(&few), b = agreement_of(&all);
    expect_all_same(&a, &b, 0);
    assert_int_equal(a.count.units, 6);
}

/* Codes that are no category are missing, whichever they are; a coder who rated nothing changes nothing. */
static void what_is_no_category_is_missing(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, 1, 1, 1, 0, NPT__NO_CODE, 0, 0};
    const uint8_t wide[] = {0, 1, 99, 1, 1, 2, 0, 7, 200, 0, 0, 254};
    const struct npt__ratings two = {.codes = codes, .units = 4, .raters = 2, .categories = 2};
    const struct npt__ratings three = {.codes = wide, .units = 4, .raters = 3, .categories = 2};
    struct npt__agreement_many a = agreement_of(&two), b = agreement_of(&three);
    expect_all_same(&a, &b, 0);
    /* By hand: of 3 pairs 2 agree; shares 2.5 / 4 - the lone 0 counts as a unit - and 1.5 / 4. */
    reference_expect(a.percent.value, 2 / 3.0, DBL_EPSILON);
    double chance = (2.5 * 2.5 + 1.5 * 1.5) / 16;
    reference_expect(a.fleiss.value, (2 / 3.0 - chance) / (1 - chance), 4 * DBL_EPSILON);
}

/* Under chance alone the null error is how kappa spreads; with truth in it, intervals of AC1 and Fleiss' kappa
   cover. */
static void errors_are_how_coefficients_spread(void **state)
{
    (void)state;
    const int rounds = getenv("VALGRIND") ? 60 : 1000;
    uint64_t seed = 8;
    double squares = 0;
    int covered = 0, covered_ac = 0;
    for (int round = 0; round < rounds; round++) {
        struct npt__ratings ratings = ratings_draw(60, 4, 3, 0, 0, &seed);
        struct npt__coefficient kappa = agreement_of(&ratings).fleiss;
        squares += kappa.value / kappa.null_error * (kappa.value / kappa.null_error);
        ratings_free(&ratings);
        /* Two coders agree with probability 0.49 + 0.51 / 3; shares are a third: all kappas are 0.7^2. */
        ratings = ratings_draw(100, 4, 3, 0.7, 0.1, &seed);
        struct npt__agreement_many agreement = agreement_of(&ratings);
        covered += agreement.fleiss.interval.low <= 0.49 && 0.49 <= agreement.fleiss.interval.high;
        covered_ac += agreement.ac.interval.low <= 0.49 && 0.49 <= agreement.ac.interval.high;
        ratings_free(&ratings);
    }
    assert_true(fabs(squares / rounds - 1) < 5 * sqrt(2.0 / rounds));
    assert_true(covered > 0.925 * rounds && covered < 0.97 * rounds + 3);
    assert_true(covered_ac > 0.925 * rounds && covered_ac < 0.97 * rounds + 3);
}

/* ---- degenerate ratings ---------------------------------------------------------------------- */

static void expect_none(struct npt__coefficient coefficient, enum npt__agreement_fault fault)
{
    assert_false(coefficient.defined);
    assert_int_equal(coefficient.fault, fault);
    reference_expect(coefficient.value, 0, 0);
    assert_false(coefficient.interval.defined);
}

static void one_category_only(void **state)
{
    (void)state;
    const uint8_t codes[] = {1, 1, 1, 1, 1, 1};
    struct npt__ratings ratings = {.codes = codes, .units = 3, .raters = 2, .categories = 2};
    struct npt__agreement_many agreement = agreement_of(&ratings);
    expect_none(agreement.fleiss, NPT__AGREEMENT_CONSTANT);
    reference_expect(agreement.percent.value, 1, 0);
    reference_expect(agreement.ac.value, 1, 0);
    reference_expect(agreement.ac.error, 0, 0);
    assert_false(agreement.ac.interval.defined);
    expect_none(npt__fleiss_category(&ratings, 0, 0.95), NPT__AGREEMENT_CONSTANT);
    expect_none(npt__fleiss_category(&ratings, 1, 0.95), NPT__AGREEMENT_CONSTANT);
    const uint8_t zeros[] = {0, 0, 0, 0, 0, 0};
    ratings = (struct npt__ratings){.codes = zeros, .units = 3, .raters = 2, .categories = 1};
    agreement = agreement_of(&ratings);
    expect_none(agreement.ac, NPT__AGREEMENT_CONSTANT);
    expect_none(agreement.brennan_prediger, NPT__AGREEMENT_CONSTANT);
    reference_expect(agreement.percent.value, 1, 0);
}

static void too_few_coders_units_or_pairs(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, NPT__NO_CODE, NPT__NO_CODE, 1, NPT__NO_CODE, NPT__NO_CODE};
    struct npt__ratings ratings = {.codes = codes, .units = 3, .raters = 2, .categories = 2};
    struct npt__agreement_many agreement = agreement_of(&ratings);
    expect_none(agreement.percent, NPT__AGREEMENT_EMPTY);
    expect_none(agreement.fleiss, NPT__AGREEMENT_EMPTY);
    assert_int_equal(agreement.count.units, 2);
    assert_int_equal(agreement.count.pairable, 0);
    ratings.raters = 1;
    expect_none(agreement_of(&ratings).fleiss, NPT__AGREEMENT_RATERS);
    ratings.raters = 0;
    expect_none(agreement_of(&ratings).ac, NPT__AGREEMENT_RATERS);
    ratings = (struct npt__ratings){.codes = NULL, .units = 0, .raters = 2, .categories = 2};
    expect_none(agreement_of(&ratings).ac, NPT__AGREEMENT_EMPTY);
    const uint8_t pair[] = {0, 1};
    ratings = (struct npt__ratings){.codes = pair, .units = 1, .raters = 2, .categories = 2};
    agreement = agreement_of(&ratings);
    reference_expect(agreement.fleiss.value, -1, 0);
    assert_false(agreement.fleiss.interval.defined);
}

static void beyond_the_ceilings(void **state)
{
    (void)state;
    const uint8_t codes[] = {0, 1, 1, 0};
    const uint32_t times[] = {1500000000, 1500000000};
    struct npt__ratings ratings = {.codes = codes, .units = 2, .raters = 2, .categories = 256};
    expect_none(agreement_of(&ratings).fleiss, NPT__AGREEMENT_SIZE);
    ratings.categories = 0;
    expect_none(agreement_of(&ratings).fleiss, NPT__AGREEMENT_SIZE);
    ratings.categories = 2;
    ratings.times = times;
    expect_none(agreement_of(&ratings).fleiss, NPT__AGREEMENT_SIZE);
    ratings.raters = 1001;
    expect_none(agreement_of(&ratings).fleiss, NPT__AGREEMENT_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_diagnoses_of_fleiss),
        cmocka_unit_test(ratings_that_are_missing),
        cmocka_unit_test(the_psychiatrists_of_gwet),
        cmocka_unit_test(two_coders_are_a_case_of_many),
        cmocka_unit_test(the_order_of_units_and_coders_does_not_matter),
        cmocka_unit_test(names_of_categories_do_not_matter),
        cmocka_unit_test(units_may_stand_several_times),
        cmocka_unit_test(what_is_no_category_is_missing),
        cmocka_unit_test(errors_are_how_coefficients_spread),
        cmocka_unit_test(one_category_only),
        cmocka_unit_test(too_few_coders_units_or_pairs),
        cmocka_unit_test(beyond_the_ceilings),
    };
    return reference_run("agreement of many coders", tests);
}
