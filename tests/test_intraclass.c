/* test_intraclass.c - intraclass correlations of ratings against R's irr, 40 digits, and counting by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/intraclass.h"
#include "../nptkit/stats/reliability.h"
#include "fixture.h"
#include "grouped_data.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

/* Six subjects and four judges (Shrout & Fleiss 1979, table 2). */
static void read_ratings(double *values)
{
    static const char *const judges[] = {"J1", "J2", "J3", "J4"};
    struct reference_table *table = reference_table_read("tests/data/shrout_fleiss.csv");
    assert_int_equal(reference_rows(table), 6);
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 4; j++)
            assert_true(reference_number(table, i, judges[j], &values[4 * i + j]));
    reference_table_free(table);
}

static void expect_form(const struct npt__intraclass_coefficient *form, double icc, double low,
                        double high)
{
    assert_true(form->defined && form->tested && form->interval.defined);
    reference_expect(form->icc, icc, 1e-14);
    reference_expect(form->interval.low, low, 1e-12);
    reference_expect(form->interval.high, high, 1e-13);
}

static void expect_test(const struct npt__intraclass_coefficient *form, double f,
                        double error_freedom, double p)
{
    reference_expect(form->f, f, 1e-14);
    reference_expect(form->freedom, 5, 0);
    reference_expect(form->error_freedom, error_freedom, 0);
    reference_expect(form->p, p, 1e-13);
}

/* R 4.2.2, irr 0.84.1: icc(d, model, type, unit), and the same to 18 digits by Python's mpmath. Two traps in
   irr's agreement: it tests "no correlation" with the interval's degrees of freedom (4.79, p = .0113), though
   under that hypothesis the error has all 15 of them (p = .000135; McGraw & Wong 1996, table 8, rho = 0;
   psych::ICC has it so); and for the average of k raters it steps the correlation up twice in those degrees
   (4.19 instead of 4.79), so that its limits, .0394 and .9286, are not those of a single rating stepped up
   (Shrout & Fleiss 1979, p. 426; psych::ICC), .0711 and .9272. */
static void the_six_forms_of_shrout_and_fleiss(void **state)
{
    (void)state;
    double values[24];
    read_ratings(values);
    struct npt__intraclass result = npt__intraclass(values, 6, 4, 0.95);
    const struct npt__intraclass_coefficient *form = result.form;
    assert_true(result.defined);
    reference_expect(result.between_subjects, 11.2416666666666667, 1e-15);
    reference_expect(result.between_raters, 32.4861111111111111, 1e-15);
    reference_expect(result.within_subjects, 6.26388888888888889, 1e-15);
    reference_expect(result.rest, 1.01944444444444444, 1e-15);
    expect_form(&form[NPT__INTRACLASS_ONEWAY], 0.165741768405475398, -0.132932324874750996,
                0.722560062328121038);
    expect_form(&form[NPT__INTRACLASS_ONEWAY_AVERAGE], 0.442797133679268594, -0.884442155238120248,
                0.912415420340775547);
    expect_form(&form[NPT__INTRACLASS_FIXED_CONSISTENCY], 0.714840714840714841,
                0.342464765033925095, 0.94585825995535957);
    expect_form(&form[NPT__INTRACLASS_FIXED_CONSISTENCY_AVERAGE], 0.909315542377069434,
                0.675674713816304486, 0.985891678169062328);
    expect_form(&form[NPT__INTRACLASS_RANDOM_AGREEMENT], 0.289763779527559055,
                0.0187865133747119876, 0.761084369648952894);
    expect_form(&form[NPT__INTRACLASS_RANDOM_AGREEMENT_AVERAGE], 0.620050547598989048,
                0.0711368153025032683, 0.92723204016772193);
    for (size_t i = 0; i < 2; i++) {
        expect_test(&form[NPT__INTRACLASS_ONEWAY + i], 1.79467849223946785, 18,
                    0.164768808344639711);
        expect_test(&form[NPT__INTRACLASS_FIXED_CONSISTENCY + i], 11.0272479564032698, 15,
                    0.000134566516484336908);
        expect_test(&form[NPT__INTRACLASS_RANDOM_AGREEMENT + i], 11.0272479564032698, 15,
                    0.000134566516484336908);
        reference_expect(form[NPT__INTRACLASS_RANDOM_AGREEMENT + i].interval_freedom,
                         4.78514386221276322, 1e-14);
    }
}

/* McGraw & Wong 1996: what differs between random and fixed raters is what may be claimed, not the number. */
static void random_and_fixed_raters_have_the_same_numbers(void **state)
{
    (void)state;
    double values[24];
    read_ratings(values);
    struct npt__intraclass result = npt__intraclass(values, 6, 4, 0.9);
    for (size_t i = 0; i < 4; i++) {
        const struct npt__intraclass_coefficient *a =
            &result.form[NPT__INTRACLASS_RANDOM_CONSISTENCY + i];
        const struct npt__intraclass_coefficient *b =
            &result.form[NPT__INTRACLASS_FIXED_CONSISTENCY + i];
        assert_true(a->defined && a->icc == b->icc && a->interval.low == b->interval.low);
        assert_true(a->p == b->p && a->interval.high == b->interval.high);
    }
}

/* Consistency of averages is Cronbach's alpha, with Feldt's interval. */
static void consistency_of_averages_is_alpha(void **state)
{
    (void)state;
    double values[24];
    uint8_t answers[24];
    read_ratings(values);
    for (size_t i = 0; i < 24; i++)
        answers[i] = (uint8_t)values[i];
    const struct npt__item_answers items = {.values = answers, .count = 6, .items = 4};
    struct npt__alpha alpha = npt__alpha_listwise(&items, 0.9, NULL);
    struct npt__intraclass result = npt__intraclass(values, 6, 4, 0.9);
    expect_form(&result.form[NPT__INTRACLASS_FIXED_CONSISTENCY_AVERAGE], alpha.alpha, alpha.low,
                alpha.high);
}

/* Subjects 1, 2, 3 and a second rater one point above: MSR = 2, MSC = 1.5, no rest; within subjects 3 / 6.
   Consistency is full, agreement 2 / (2 + 2 / 3 * 1.5) = 2/3, of averages 2 / (2 + 0.5) = 4/5; one way 1.5 /
   2.5. */
static void a_rater_who_is_always_higher_agrees_less_than_consistently(void **state)
{
    (void)state;
    const double values[] = {1, 2, 2, 3, 3, 4};
    struct npt__intraclass result = npt__intraclass(values, 3, 2, 0.95);
    const struct npt__intraclass_coefficient *form = result.form;
    assert_true(result.rest == 0);
    assert_true(form[NPT__INTRACLASS_FIXED_CONSISTENCY].icc == 1);
    assert_true(form[NPT__INTRACLASS_FIXED_CONSISTENCY_AVERAGE].icc == 1);
    assert_false(form[NPT__INTRACLASS_FIXED_CONSISTENCY].tested);
    assert_false(form[NPT__INTRACLASS_FIXED_CONSISTENCY].interval.defined);
    reference_expect(form[NPT__INTRACLASS_RANDOM_AGREEMENT].icc, 2 / 3.0, 1e-15);
    reference_expect(form[NPT__INTRACLASS_RANDOM_AGREEMENT_AVERAGE].icc, 4 / 5.0, 1e-15);
    reference_expect(form[NPT__INTRACLASS_ONEWAY].icc, 3 / 5.0, 1e-15);
}

/* None of 0.1, 0.3, 0.7 is an exact binary number; three raters still agree fully. */
static void full_agreement_is_one(void **state)
{
    (void)state;
    const double values[] = {0.1, 0.1, 0.1, 0.3, 0.3, 0.3, 0.7, 0.7, 0.7};
    struct npt__intraclass result = npt__intraclass(values, 3, 3, 0.95);
    for (size_t i = 0; i < NPT__INTRACLASS_FORMS; i++) {
        assert_true(result.form[i].defined && result.form[i].icc == 1);
        assert_false(result.form[i].tested || result.form[i].interval.defined);
        assert_true(result.form[i].f == 0 && result.form[i].p == 0);
    }
}

/* Two raters who contradict each other: no subject's mean differs, so one rating says -1 / (k - 1) of the
   other. */
static void contradiction_is_minus_one_and_averages_have_no_correlation(void **state)
{
    (void)state;
    const double values[] = {1, 3, 3, 1, 2, 2, 1, 3, 3, 1};
    struct npt__intraclass result = npt__intraclass(values, 5, 2, 0.95);
    const struct npt__intraclass_coefficient *form = result.form;
    assert_true(form[NPT__INTRACLASS_ONEWAY].icc == -1);
    assert_true(form[NPT__INTRACLASS_RANDOM_CONSISTENCY].icc == -1);
    assert_true(form[NPT__INTRACLASS_ONEWAY].p == 1 && form[NPT__INTRACLASS_ONEWAY].f == 0);
    assert_false(form[NPT__INTRACLASS_ONEWAY_AVERAGE].defined);
    assert_false(form[NPT__INTRACLASS_FIXED_CONSISTENCY_AVERAGE].defined);
    for (size_t i = 0; i < NPT__INTRACLASS_FORMS; i++)
        assert_false(isnan(form[i].icc) || isnan(form[i].interval.low) ||
                     isnan(form[i].interval.high));
}

/* Raters' ratings all the same but for each rater's own level: subjects do not differ. */
static void raters_who_tell_no_subject_apart(void **state)
{
    (void)state;
    const double values[] = {1, 2, 1, 2, 1, 2};
    struct npt__intraclass result = npt__intraclass(values, 3, 2, 0.95);
    assert_true(result.defined && result.between_subjects == 0 && result.rest == 0);
    assert_false(result.form[NPT__INTRACLASS_FIXED_CONSISTENCY].defined);
    assert_true(result.form[NPT__INTRACLASS_RANDOM_AGREEMENT].icc == 0);
    assert_true(result.form[NPT__INTRACLASS_ONEWAY].icc == -1);
}

static void ratings_that_tell_nothing_are_told_apart(void **state)
{
    (void)state;
    const double values[] = {1, 2, NAN, 4}, same[] = {0.1, 0.1, 0.1, 0.1};
    assert_int_equal(npt__intraclass(values, 0, 2, 0.95).fault, NPT__INTRACLASS_SUBJECTS);
    assert_int_equal(npt__intraclass(values, 1, 2, 0.95).fault, NPT__INTRACLASS_SUBJECTS);
    assert_int_equal(npt__intraclass(values, 2, 1, 0.95).fault, NPT__INTRACLASS_RATERS);
    assert_int_equal(npt__intraclass(values, 2, 0, 0.95).fault, NPT__INTRACLASS_RATERS);
    assert_int_equal(npt__intraclass(values, 2, 2, 0.95).fault, NPT__INTRACLASS_NOT_FINITE);
    assert_int_equal(npt__intraclass(same, 2, 2, 0.95).fault, NPT__INTRACLASS_CONSTANT);
    assert_int_equal(npt__intraclass(same, SIZE_MAX / 2, 3, 0.95).fault, NPT__INTRACLASS_TOO_MANY);
    assert_false(npt__intraclass(same, 2, 2, 0.95).defined);
}

static void a_confidence_out_of_range_gives_no_interval(void **state)
{
    (void)state;
    double values[24];
    read_ratings(values);
    struct npt__intraclass result = npt__intraclass(values, 6, 4, 1);
    for (size_t i = 0; i < NPT__INTRACLASS_FORMS; i++) {
        assert_true(result.form[i].defined);
        assert_false(result.form[i].interval.defined);
    }
}

/* ---- random ratings -------------------------------------------------------------------------- */

static void draw(double *values, size_t subjects, size_t raters, double between, uint64_t *seed)
{
    double levels[8];
    for (size_t j = 0; j < raters; j++)
        levels[j] = 0.5 * grouped_normal(seed);
    for (size_t i = 0; i < subjects; i++) {
        double subject = between * grouped_normal(seed);
        for (size_t j = 0; j < raters; j++)
            values[i * raters + j] = 4 + subject + levels[j] + grouped_normal(seed);
    }
}

static void expect_same(const struct npt__intraclass *a, const struct npt__intraclass *b,
                        double relative)
{
    for (size_t i = 0; i < NPT__INTRACLASS_FORMS; i++) {
        assert_true(a->form[i].defined == b->form[i].defined);
        reference_expect(b->form[i].icc, a->form[i].icc, relative);
        reference_expect(b->form[i].p, a->form[i].p, relative * 100);
        reference_expect(b->form[i].interval.low, a->form[i].interval.low, relative * 100);
    }
}

static void order_changes_no_digit_and_units_no_correlation(void **state)
{
    (void)state;
    double values[60], turned[60];
    uint64_t seed = 6;
    for (int round = 0; round < 20; round++) {
        draw(values, 12, 5, 1, &seed);
        struct npt__intraclass first = npt__intraclass(values, 12, 5, 0.95);
        for (size_t i = 0; i < 12; i++)
            for (size_t j = 0; j < 5; j++)
                turned[(i * 7 + 3) % 12 * 5 + (j * 2 + 1) % 5] = values[i * 5 + j];
        struct npt__intraclass then = npt__intraclass(turned, 12, 5, 0.95);
        expect_same(&first, &then, 0);
        for (size_t i = 0; i < 60; i++)
            turned[i] = 1000 - 7 * turned[i];
        then = npt__intraclass(turned, 12, 5, 0.95);
        expect_same(&first, &then, 1e-12);
    }
}

/* Intervals hold the estimate, and those of averages are the same claim in other words. */
static void intervals_hold_their_estimate(void **state)
{
    (void)state;
    double values[64];
    uint64_t seed = 9;
    for (int round = 0; round < 300; round++) {
        size_t subjects = 2 + (size_t)(reference_random(&seed) % 7), raters = 2 + (size_t)round % 7;
        draw(values, subjects, raters, round % 3, &seed);
        struct npt__intraclass result = npt__intraclass(values, subjects, raters, 0.95);
        for (size_t i = 0; i < NPT__INTRACLASS_FORMS; i++) {
            const struct npt__intraclass_coefficient *form = &result.form[i];
            assert_true(form->icc <= 1 && isfinite(form->icc) && form->p >= 0 && form->p <= 1);
            if (form->interval.defined)
                assert_true(form->interval.low <= form->icc && form->icc <= form->interval.high);
        }
    }
}

/* One way with a true correlation of one half, where the interval is exact: 1000 rounds, standard error 0.007. */
static void intervals_hold_the_truth_as_often_as_they_claim(void **state)
{
    (void)state;
    const int rounds = getenv("VALGRIND") ? 20 : 1000;
    double values[40];
    uint64_t seed = 77;
    int held = 0;
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < 40; i += 4) {
            double subject = grouped_normal(&seed);
            for (size_t j = 0; j < 4; j++)
                values[i + j] = subject + grouped_normal(&seed);
        }
        struct npt__interval interval =
            npt__intraclass(values, 10, 4, 0.95).form[NPT__INTRACLASS_ONEWAY].interval;
        held += interval.low <= 0.5 && 0.5 <= interval.high;
    }
    if (rounds == 1000)
        assert_in_range(held, 930, 970);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_six_forms_of_shrout_and_fleiss),
        cmocka_unit_test(random_and_fixed_raters_have_the_same_numbers),
        cmocka_unit_test(consistency_of_averages_is_alpha),
        cmocka_unit_test(a_rater_who_is_always_higher_agrees_less_than_consistently),
        cmocka_unit_test(full_agreement_is_one),
        cmocka_unit_test(contradiction_is_minus_one_and_averages_have_no_correlation),
        cmocka_unit_test(raters_who_tell_no_subject_apart),
        cmocka_unit_test(ratings_that_tell_nothing_are_told_apart),
        cmocka_unit_test(a_confidence_out_of_range_gives_no_interval),
        cmocka_unit_test(order_changes_no_digit_and_units_no_correlation),
        cmocka_unit_test(intervals_hold_their_estimate),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_claim),
    };
    return reference_run("intraclass correlations", tests);
}
