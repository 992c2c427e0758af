/* test_proportion.c - exact intervals of shares, differences of shares, and changes within pairs.
 *
 * Values with 20 digits by Python's mpmath with 40 digits, from the definitions; they agree with R 4.2.2 (binom.test(),
 * prop.test(), mcnemar.test()) to all digits R has.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/densities.h"
#include "../nptkit/stats/proportion.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

#define EXACT 4e-15

static void expect_interval(struct npt__interval interval, double low, double high, double relative)
{
    assert_true(interval.defined);
    reference_expect(interval.low, low, relative);
    reference_expect(interval.high, high, relative);
}

static void clopper_pearson_ends_are_exact(void **state)
{
    (void)state;
    expect_interval(npt__clopper_pearson_interval(8, 10, 0.95), 0.44390453769235845822,
                    0.97478927367316662995, EXACT);
    expect_interval(npt__clopper_pearson_interval(0, 25, 0.95), 0, 0.13718517153071254054, EXACT);
    expect_interval(npt__clopper_pearson_interval(120, 400, 0.95), 0.25546672809530982657,
                    0.34752187907364963517, EXACT);
    expect_interval(npt__clopper_pearson_interval(3, 7, 0.95), 0.09898827844250786464,
                    0.81594843235991698781, EXACT);
    expect_interval(npt__clopper_pearson_interval(1, 1000, 0.95), 0.000025317487491294043134,
                    0.0055589242798266728708, EXACT);
    expect_interval(npt__clopper_pearson_interval(999, 1000, 0.95), 0.99444107572017332713,
                    0.99997468251250870596, EXACT);
    /* All succeed: (1 - confidence) / 2 = p^n; one trial: 1/40 */
    expect_interval(npt__clopper_pearson_interval(1, 1, 0.95), 0.025, 1, EXACT);
    expect_interval(npt__clopper_pearson_interval(2, 2, 0.5), 0.5, 1, EXACT);
}

/* R: prop.test(). Where just half succeed, R takes no correction (for its test against 1/2); this one does. */
static void wilson_with_correction_is_that_of_r(void **state)
{
    (void)state;
    expect_interval(npt__wilson_corrected_interval(8, 10, 0.95), 0.44218142427854981273,
                    0.96457305625263368819, EXACT);
    expect_interval(npt__wilson_corrected_interval(0, 25, 0.95), 0, 0.16577300748831206661, EXACT);
    expect_interval(npt__wilson_corrected_interval(120, 400, 0.95), 0.25598241179840459325,
                    0.34792781382234469602, EXACT);
    expect_interval(npt__wilson_corrected_interval(3, 7, 0.95), 0.11808301126155251304,
                    0.79762830639351470117, EXACT);
    expect_interval(npt__wilson_corrected_interval(1, 1000, 0.95), 0.000052202355442703514375,
                    0.0064687850468254805913, EXACT);
}

static void the_binomial_test_counts_what_is_as_rare(void **state)
{
    (void)state;
    static const struct {
        size_t successes, count;
        double probability, p;
    } known[] = {{8, 10, 0.5, 0.109375},
                 {0, 25, 0.5, 5.9604644775390625e-8},
                 {120, 400, 0.5, 7.6663143491195384307e-16},
                 {3, 7, 0.5, 1},
                 {4, 7, 0.5, 1},
                 {4, 12, 0.3, 0.76029957442},
                 {3, 12, 0.3, 1},
                 {9, 12, 0.3, 0.001691655435},
                 {0, 12, 0.3, 0.023330658331},
                 {682, 925, 0.75, 0.38249155957485168132}, /* Conover 1971, in R's help: 0.3825 */
                 {1, 10, 0.1, 1},
                 {2, 10, 0.1, 0.2639010709},
                 {0, 5, 0, 1},
                 {1, 5, 0, 0},
                 {5, 5, 1, 1},
                 {4, 5, 1, 0}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct npt__binomial test =
            npt__binomial_test(known[i].successes, known[i].count, known[i].probability);
        assert_true(test.defined);
        reference_expect(test.p, known[i].p, 5e-14);
    }
}

/* Against the sum over all numbers of successes, and from the failures' side. */
static void the_binomial_test_is_the_sum_over_all_numbers(void **state)
{
    (void)state;
    for (size_t count = 1; count < 40; count += 3)
        for (double share = 0.0625; share < 1; share += 0.0625)
            for (size_t successes = 0; successes <= count; successes++) {
                double observed = npt__binomial_density((double)successes, (double)count, share);
                double p = 0;
                for (size_t i = 0; i <= count; i++) {
                    double chance = npt__binomial_density((double)i, (double)count, share);
                    p += chance <= observed * (1 + 1e-7) ? chance : 0;
                }
                double found = npt__binomial_test(successes, count, share).p;
                assert_true(fabs(found - fmin(1, p)) < 1e-12 * p);
                double turned = npt__binomial_test(count - successes, count, 1 - share).p;
                assert_true(fabs(found - turned) < 1e-12 * p);
            }
}

/* C(10, 3) 0.25^3 0.75^7, and e^-2 2^3 / 3!; C(60, 30) / 2^60 = 118264581564861424 / 2^60. */
static void densities_are_those_of_the_formulas(void **state)
{
    (void)state;
    reference_expect(npt__binomial_density(3, 10, 0.25), 120 * 2187 / 1048576.0, EXACT);
    reference_expect(npt__binomial_density(30, 60, 0.5), 118264581564861424 * 0x1p-60, EXACT);
    reference_expect(npt__binomial_density(0, 3, 0.5), 0.125, EXACT);
    reference_expect(npt__binomial_density(3, 3, 0.5), 0.125, EXACT);
    reference_expect(npt__binomial_density(1, 3, 0), 0, 0);
    reference_expect(npt__binomial_density(1, 3, 1), 0, 0);
    reference_expect(npt__poisson_density(3, 2), 0.18044704431548356, 4e-15);
    reference_expect(npt__poisson_density(0, 0), 1, 0);
    reference_expect(npt__poisson_density(2, 0), 0, 0);
    /* 18 ln(18 / 20) + 2 and 1000 ln 10 - 900, by mpmath; near the mean by its series,
       d^2 / 2m - d^3 / 6m^2 + d^4 / 12m^3 */
    reference_expect(npt__deviance_part(18, 20, -2), 0.10351071815912657790, 1e-15);
    reference_expect(npt__deviance_part(1000, 100, 900), 1402.5850929940456840, 1e-15);
    reference_expect(npt__deviance_part(1e6 - 1, 1e6, -1), 5e-7 + 1e-12 / 6 + 1e-18 / 12, 1e-15);
}

/* Newcombe 1998, table II, method 10: 0.0524 0.3339, 0.1705 0.8090, 0.0582 0.8062, -0.0381 0.1926, ... 20 digits
   by mpmath from its formula. */
static void newcombes_examples_come_out(void **state)
{
    (void)state;
    static const struct {
        size_t first, first_count, second, second_count;
        double difference, low, high;
    } known[] = {{56, 70, 48, 80, 0.2, 0.052431472402364877896, 0.33387265403690597643},
                 {9, 10, 3, 10, 0.6, 0.17052272393450287595, 0.80901797353548798443},
                 {6, 7, 2, 7, 4 / 7.0, 0.058227927482312201553, 0.80624963752422776018},
                 {5, 56, 0, 29, 5 / 56.0, -0.038137147903536903301, 0.19256001385511162047},
                 {0, 10, 0, 20, 0, -0.16112515805281938715, 0.27753279986288925272},
                 {0, 10, 0, 10, 0, -0.27753279986288925272, 0.27753279986288925272},
                 {10, 10, 0, 20, 1, 0.67908603714191467264, 1},
                 {10, 10, 0, 10, 1, 0.6075093504305241648, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct npt__share_difference result = npt__share_difference(
            known[i].first, known[i].first_count, known[i].second, known[i].second_count, 0.95);
        assert_true(result.defined);
        reference_expect(result.difference, known[i].difference, EXACT);
        expect_interval(result.interval, known[i].low, known[i].high, 1e-14);
    }
}

/* R: mcnemar.test() of approval ratings, 794 150 / 86 570; exact p = 3.7159361395714e-05 there. The others by exact
   fractions: 1 against 7: 2 * 9 / 256 and less 8 / 256; 5 against 5: 1 and 1 - 252 / 2048; 0 against 3. */
static void mcnemars_tests_have_their_known_values(void **state)
{
    (void)state;
    static const struct {
        size_t lost, gained;
        double chi_square, p, corrected, corrected_p, exact_p, mid_p;
    } known[] = {{150, 86, 17.355932203389830508, 0.000030992934410452164394, 16.817796610169491525,
                  0.000041145622813459450894, 0.000037159361395714423422,
                  0.000028933895176154901037},
                 {1, 7, 4.5, 0.033894853524689272933, 3.125, 0.077099871743541769863, 18 / 256.0,
                  10 / 256.0},
                 {5, 5, 0, 1, 0, 1, 1, 1 - 252 / 2048.0},
                 {0, 3, 3, 0.083264516663550401855, 4 / 3.0, 0.24821307898992358347, 0.25, 0.125},
                 {59, 6, 43.215384615384615385, 4.9033614331951305559e-11, 41.6,
                  1.1199327149542467405e-10, 4.964650327128616869e-12, 2.7258031986068798069e-12}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (int turned = 0; turned < 2; turned++) {
            struct npt__mcnemar test = turned ? npt__mcnemar(known[i].gained, known[i].lost)
                                              : npt__mcnemar(known[i].lost, known[i].gained);
            assert_true(test.defined);
            reference_expect(test.chi_square, known[i].chi_square, EXACT);
            reference_expect(test.p, known[i].p, 1e-14);
            reference_expect(test.corrected, known[i].corrected, EXACT);
            reference_expect(test.corrected_p, known[i].corrected_p, 1e-14);
            reference_expect(test.exact_p, known[i].exact_p, 5e-14);
            reference_expect(test.mid_p, known[i].mid_p, 5e-14);
        }
}

/* ---- properties ------------------------------------------------------------------------------ */

/* For any true share, the chance of all numbers of successes whose interval holds it is at least what it says. */
static void exact_intervals_never_hold_less_often_than_they_say(void **state)
{
    (void)state;
    struct npt__interval intervals[31];
    for (size_t s = 0; s <= 30; s++) {
        intervals[s] = npt__clopper_pearson_interval(s, 30, 0.9);
        struct npt__interval corrected = npt__wilson_corrected_interval(s, 30, 0.9);
        struct npt__interval wilson = npt__wilson_interval(s, 30, 0.9);
        assert_true(corrected.low <= wilson.low && corrected.high >= wilson.high);
        assert_true(intervals[s].low <= (double)s / 30 && (double)s / 30 <= intervals[s].high);
    }
    for (size_t s = 0; s <= 30; s++) {
        assert_true(fabs(intervals[s].low + intervals[30 - s].high - 1) < 1e-14);
        assert_true(!s || intervals[s].low > intervals[s - 1].low);
    }
    for (double share = 0.003; share < 1; share += 0.003) {
        double held = 0;
        for (size_t s = 0; s <= 30; s++)
            if (intervals[s].low <= share && share <= intervals[s].high)
                held += npt__binomial_density((double)s, 30, share);
        assert_true(held >= 0.9);
    }
}

/* Shares 0.3 and 0.2 of 40 and 60 cases, all samples weighted by their chance: Newcombe's interval holds the
   difference in about 95 of 100. */
static void newcombes_interval_holds_about_as_often_as_it_says(void **state)
{
    (void)state;
    double held = 0;
    for (size_t a = 0; a <= 40; a++)
        for (size_t b = 0; b <= 60; b++) {
            struct npt__share_difference one = npt__share_difference(a, 40, b, 60, 0.95);
            struct npt__share_difference other = npt__share_difference(b, 60, a, 40, 0.95);
            assert_true(reference_same(one.interval.low, -other.interval.high));
            assert_true(one.interval.low >= -1 && one.interval.high <= 1);
            if (one.interval.low <= 0.1 && 0.1 <= one.interval.high)
                held += npt__binomial_density((double)a, 40, 0.3) *
                        npt__binomial_density((double)b, 60, 0.2);
        }
    assert_true(held > 0.94 && held < 0.97);
}

/* ---- degenerate data ------------------------------------------------------------------------- */

static void nothing_counted_gives_nothing(void **state)
{
    (void)state;
    const size_t most = NPT__PROPORTION_MOST_CASES;
    const struct {
        size_t successes, count;
    } wrong[] = {{0, 0}, {3, 2}, {1, 0}, {0, most + 1}, {SIZE_MAX, SIZE_MAX}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t s = wrong[i].successes, n = wrong[i].count;
        assert_false(npt__clopper_pearson_interval(s, n, 0.95).defined);
        assert_false(npt__wilson_corrected_interval(s, n, 0.95).defined);
        assert_false(npt__binomial_test(s, n, 0.5).defined);
        assert_false(npt__share_difference(s, n, 1, 2, 0.95).defined);
        assert_false(npt__share_difference(1, 2, s, n, 0.95).defined);
    }
    assert_false(npt__mcnemar(0, 0).defined);
    assert_false(npt__mcnemar(most, 1).defined);
    assert_false(npt__mcnemar(SIZE_MAX, 2).defined);
    assert_true(npt__mcnemar(0, 1).defined && reference_same(npt__mcnemar(0, 1).exact_p, 1));
    const double outside[] = {0, 1, 95, -0.5, NAN};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        assert_false(npt__clopper_pearson_interval(1, 2, outside[i]).defined);
        assert_false(npt__wilson_corrected_interval(1, 2, outside[i]).defined);
        struct npt__share_difference result = npt__share_difference(1, 2, 1, 3, outside[i]);
        assert_true(result.defined && !result.interval.defined);
    }
    assert_false(npt__binomial_test(1, 2, -0.1).defined || npt__binomial_test(1, 2, 1.1).defined ||
                 npt__binomial_test(1, 2, NAN).defined);
}

static void the_largest_numbers_end_in_numbers(void **state)
{
    (void)state;
    const size_t most = NPT__PROPORTION_MOST_CASES;
    for (size_t s = 0; s <= most; s += most / 4) {
        struct npt__interval interval = npt__clopper_pearson_interval(s, most, 0.95);
        double share = (double)s / (double)most;
        assert_true(interval.defined && interval.low <= share && interval.high >= share);
        assert_true(interval.high - interval.low < 2e-4 && interval.high > interval.low);
    }
    /* Of none of 1e8: -expm1(ln(0.025) / 1e8), of which ln(40) / 1e8 has 7 digits */
    assert_true(fabs(npt__clopper_pearson_interval(0, most, 0.95).high * 1e8 / log(40) - 1) < 1e-7);
    struct npt__mcnemar test = npt__mcnemar(most / 2, most / 2 - 20000);
    assert_true(test.defined && fabs(test.exact_p / test.p - 1) < 1e-2);
    assert_true(reference_same(npt__mcnemar(most, 0).exact_p, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clopper_pearson_ends_are_exact),
        cmocka_unit_test(wilson_with_correction_is_that_of_r),
        cmocka_unit_test(the_binomial_test_counts_what_is_as_rare),
        cmocka_unit_test(the_binomial_test_is_the_sum_over_all_numbers),
        cmocka_unit_test(densities_are_those_of_the_formulas),
        cmocka_unit_test(newcombes_examples_come_out),
        cmocka_unit_test(mcnemars_tests_have_their_known_values),
        cmocka_unit_test(exact_intervals_never_hold_less_often_than_they_say),
        cmocka_unit_test(newcombes_interval_holds_about_as_often_as_it_says),
        cmocka_unit_test(nothing_counted_gives_nothing),
        cmocka_unit_test(the_largest_numbers_end_in_numbers)};
    return reference_run("proportions and pairs", tests);
}
