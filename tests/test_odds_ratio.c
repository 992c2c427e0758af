/* test_odds_ratio.c - odds ratios of tables of 2 x 2, with exact tests and intervals, against 40-digit arithmetic.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/factorials.h"
#include "../nptkit/stats/fisher.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

static const uint32_t tea[] = {3, 1, 1, 3};

/* As npt__fisher() has it. */
static double general_p(const uint32_t counts[4])
{
    const struct npt__count_table table = {counts, 2, 2};
    const struct npt__fisher_options options = {0};
    struct npt__fisher test = npt__fisher(&table, &options);
    assert_true(test.defined && test.exact);
    return test.p;
}

struct known_fourfold {
    uint32_t counts[4];
    double confidence, two_sided, less, greater, odds_ratio, low, high;
};

/* By Python's mpmath with 40 digits, halving until 20 stand. R's fisher.test() gives p as here, but searches no further
   than 4 digits for the odds ratio and its interval: of the tea 6.40830887, 0.21173292 and 621.93375. The last
   one is 0.7 % off: with an odds ratio of 626.24 four right cups have a chance of 0.975, as they should. */
static void odds_ratios_have_all_their_digits(void **state)
{
    (void)state;
    static const struct known_fourfold known[] = {
        {{3, 1, 1, 3},
         0.95,
         17 / 35.0,
         69 / 70.0,
         17 / 70.0,
         6.4083196581996743223,
         0.21173559544657856704,
         626.24353058881404194},
        {{120, 30, 40, 90},
         0.95,
         4.341263163089613523e-17,
         1 - 4e-18,
         3.6211495332562817973e-17,
         8.9146961569023084953,
         5.0375838927786131264,
         16.158593323949183832},
        {{2, 0, 5, 9}, 0.95, 0.175, 1, 0.175, INFINITY, 0.25161719495902003473, INFINITY},
        {{0, 7, 5, 9},
         0.95,
         0.12349501203990368077,
         0.098383212934296525628,
         1,
         0,
         0,
         1.9945774545887998961},
        {{12, 5, 6, 2},
         0.9,
         1,
         0.60686498855835240275,
         0.7535760349490326607,
         0.80704198713732393521,
         0.089617307286126281429,
         5.3439627888566199456},
        {{40, 2, 1, 60},
         0.95,
         5.5878278533852565221e-25,
         1,
         5.5878278533852565221e-25,
         874.98909669899245894,
         90.05916491496390936,
         49167.810383499123319}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct known_fourfold *row = &known[i];
        struct npt__fourfold result = npt__fourfold(row->counts, row->confidence);
        assert_true(result.defined && result.interval.defined);
        reference_expect(result.two_sided, row->two_sided, 1e-14);
        reference_expect(result.less, row->less, 1e-14);
        reference_expect(result.greater, row->greater, 1e-14);
        reference_expect(result.interval.low, row->low, 1e-13);
        if (isinf(row->odds_ratio)) {
            assert_true(isinf(result.odds_ratio) && isinf(result.sample_odds_ratio));
        } else {
            reference_expect(result.odds_ratio, row->odds_ratio, 1e-13);
            const uint32_t *n = row->counts;
            reference_expect(result.sample_odds_ratio, (double)n[0] * n[3] / ((double)n[1] * n[2]),
                             1e-15);
        }
        if (isinf(row->high))
            assert_true(isinf(result.interval.high));
        else
            reference_expect(result.interval.high, row->high, 1e-13);
    }
}

static void one_pass_over_a_fourfold_table_agrees_with_the_general_way(void **state)
{
    (void)state;
    uint64_t random = 22;
    for (int i = 0; i < 200; i++) {
        uint32_t counts[4];
        for (size_t j = 0; j < 4; j++)
            counts[j] = (uint32_t)(reference_random(&random) % (i < 100 ? 8 : 300));
        struct npt__fourfold result = npt__fourfold(counts, 0.95);
        if (!result.defined)
            continue;
        double p = general_p(counts);
        assert_true(fabs(p - result.two_sided) <= 1e-12 * p);
        assert_true(result.less + result.greater >= 1 && result.two_sided <= 1);
        assert_true(result.interval.low <= result.odds_ratio &&
                    result.odds_ratio <= result.interval.high);
        /* columns exchanged: the inverse odds ratio */
        const uint32_t turned[] = {counts[1], counts[0], counts[3], counts[2]};
        struct npt__fourfold inverse = npt__fourfold(turned, 0.95);
        assert_true(fabs(inverse.less - result.greater) <= 1e-12 * result.greater);
        if (counts[0] && counts[1] && counts[2] && counts[3]) {
            assert_true(fabs(inverse.odds_ratio * result.odds_ratio - 1) < 1e-11);
            assert_true(fabs(inverse.interval.low * result.interval.high - 1) < 1e-11);
        }
    }
}

/* Given totals 12, 10 and 9, 13 and a true odds ratio, the chance that the interval holds it, summed over all tables,
   is never below what it says: that is what exact means. */
static void the_exact_interval_never_holds_less_often_than_it_says(void **state)
{
    (void)state;
    struct npt__factorials factorials = npt__factorials(22);
    struct npt__interval intervals[10];
    for (uint32_t a = 0; a <= 9; a++)
        intervals[a] = npt__fourfold((uint32_t[]){a, 12 - a, 9 - a, 1 + a}, 0.9).interval;
    for (double odds = 0.05; odds < 20; odds *= 1.1) {
        double held = 0, all = 0;
        for (uint32_t a = 0; a <= 9; a++) {
            double chance = pow(odds, a) * npt__hypergeometric(&factorials, (uint32_t[]){12, 10},
                                                               (uint32_t[]){a, 9 - a}, 2);
            all += chance;
            if (intervals[a].low <= odds && odds <= intervals[a].high)
                held += chance;
        }
        assert_true(held / all >= 0.9);
    }
    npt__factorials_release(&factorials);
}

static void fourfold_tables_that_compare_nothing_say_why(void **state)
{
    (void)state;
    static const struct {
        uint32_t counts[4];
        enum npt__fisher_fault fault;
    } tables[] = {
        {{0, 0, 0, 0}, NPT__FISHER_EMPTY},      {{3, 4, 0, 0}, NPT__FISHER_ONE_ROW},
        {{0, 0, 1, 0}, NPT__FISHER_ONE_ROW},    {{3, 0, 4, 0}, NPT__FISHER_ONE_COLUMN},
        {{0, 3, 0, 4}, NPT__FISHER_ONE_COLUMN}, {{UINT32_MAX, 1, 1, 1}, NPT__FISHER_TOO_LARGE}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct npt__fourfold result = npt__fourfold(tables[i].counts, 0.95);
        assert_int_equal(result.fault, tables[i].fault);
        assert_false(result.defined || result.interval.defined);
    }
    const double wrong[] = {0, 1, 95, NAN};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct npt__fourfold result = npt__fourfold(tea, wrong[i]);
        assert_true(result.defined && !result.interval.defined && result.odds_ratio > 6);
    }
}

/* As large as may be; wholly apart, p is too small for a number. */
static void the_largest_fourfold_tables_end_in_numbers(void **state)
{
    (void)state;
    const uint32_t apart[] = {500000, 0, 0, 500000}, nearly[] = {499999, 1, 1, 499999};
    struct npt__fourfold result = npt__fourfold(apart, 0.95);
    assert_true(result.defined && isinf(result.odds_ratio) && result.interval.low > 1000);
    assert_true(result.two_sided >= 0 && result.two_sided < 1e-300);
    result = npt__fourfold(nearly, 0.999999);
    assert_true(isfinite(result.interval.low) && isfinite(result.interval.high) &&
                result.interval.low < result.odds_ratio &&
                result.odds_ratio < result.interval.high);
    assert_true(general_p(apart) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odds_ratios_have_all_their_digits),
        cmocka_unit_test(one_pass_over_a_fourfold_table_agrees_with_the_general_way),
        cmocka_unit_test(the_exact_interval_never_holds_less_often_than_it_says),
        cmocka_unit_test(fourfold_tables_that_compare_nothing_say_why),
        cmocka_unit_test(the_largest_fourfold_tables_end_in_numbers)};
    return reference_run("odds ratios", tests);
}
