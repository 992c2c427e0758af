/* test_anova.c - analysis of variance, Welch's, and shares of variance against R and exact fractions.
 *
 * NIST's data sets are in test_anova_nist.c.
 * "Exact" values come from Python's fractions over the doubles themselves, and mpmath 1.3.0 with 36 digits for tails
 * and limits.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/anova.h"
#include "../nptkit/stats/mean_difference.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

struct sample {
    struct npt__grouped data;
    double *values;
    uint32_t *group_of;
};

static struct sample new_sample(size_t count, size_t groups)
{
    struct sample sample = {.values = npt__allocate((count + 1) * sizeof(double)),
                            .group_of = npt__allocate((count + 1) * sizeof(uint32_t))};
    sample.data = (struct npt__grouped){sample.values, sample.group_of, count, groups};
    return sample;
}

static void free_sample(struct sample *sample)
{
    npt__release(sample->values);
    npt__release(sample->group_of);
}

static struct sample read_groups4(void)
{
    struct reference_table *table = reference_table_read("tests/data/groups4.csv");
    struct sample sample = new_sample(reference_rows(table), 4);
    for (size_t i = 0; i < sample.data.count; i++) {
        assert_true(reference_number(table, i, "y", &sample.values[i]));
        sample.group_of[i] = (uint32_t)(*reference_cell(table, i, "group") - 'A');
    }
    reference_table_free(table);
    return sample;
}

/* ---- other known values ---------------------------------------------------------------------- */

/* R 4.2.2: anova(lm(y ~ group)), oneway.test(y ~ group), and the three shares from its sums. All of them, and
   limits / (limits + 43), to 20 digits by fractions and mpmath. */
static void four_groups_have_the_values_of_r(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    struct npt__anova anova = npt__anova(&sample.data, 0.95);
    assert_true(anova.defined && anova.count == 43 && anova.groups == 4);
    reference_expect(anova.between_squares, 217.89320236249528784, 4e-16);
    reference_expect(anova.within_squares, 1842.9167650793649854, 4e-16);
    assert_true(anova.between_freedom == 3 && anova.within_freedom == 39);
    reference_expect(anova.within_mean, 47.25427602767603, 1e-15);
    reference_expect(anova.f, 1.5370263510465447786, 4e-16);
    reference_expect(anova.p, 0.2201831046906116983, 1e-14);
    reference_expect(anova.eta_squared, 0.10573182671130617353, 4e-16);
    reference_expect(anova.omega_squared, 0.036113877703351584038, 4e-16);
    reference_expect(anova.epsilon_squared, 0.036941967227560494566, 4e-16);
    assert_true(anova.share.defined && anova.share.low == 0);
    reference_expect(anova.share.high, 0.25180911568325980814, 1e-13);
    reference_expect(npt__anova(&sample.data, 0.9).share.high, 0.21769028507296708557, 1e-13);
    struct npt__description groups[4];
    npt__describe_groups(&sample.data, groups);
    reference_expect(groups[0].mean, 53.042222222222222, 1e-15);
    reference_expect(groups[1].sd, 8.6732193177235715, 1e-15);
    reference_expect(groups[3].mean, 51.13, 1e-15);
    struct npt__welch_anova welch = npt__welch_anova(groups, 4);
    assert_true(welch.defined && welch.count == 43 && welch.groups == 4 && welch.numerator == 3);
    reference_expect(welch.f, 1.7033027005234502402, 2e-15);
    reference_expect(welch.denominator, 18.95334307232666179, 2e-15);
    reference_expect(welch.p, 0.20024759739528048264, 1e-14);
    free_sample(&sample);
}

/* R 4.2.2: car::leveneTest(y ~ group, center = median), and center = mean (Levene's own) which differs. */
static void distances_from_the_medians_have_the_values_of_r(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    struct npt__anova spread = npt__brown_forsythe(&sample.data, 0.95);
    assert_true(spread.defined);
    reference_expect(spread.f, 0.9598244515939387, 1e-13);
    reference_expect(spread.p, 0.42133771917374085, 1e-13);
    free_sample(&sample);
}

/* The F of two groups is the square of t, by Student and by Welch. */
static void of_two_groups_f_is_the_square_of_t(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 50; round++) {
        struct sample sample = new_sample(4 + reference_random(&seed) % 20, 2);
        for (size_t i = 0; i < sample.data.count; i++) {
            sample.group_of[i] = (uint32_t)(i < 2 ? 0 : i < 4 ? 1 : reference_random(&seed) % 2);
            sample.values[i] = (double)(reference_random(&seed) % 100000) / 7 + 3.7 * (double)i;
        }
        struct npt__description groups[2];
        npt__describe_groups(&sample.data, groups);
        struct npt__anova anova = npt__anova(&sample.data, 0.95);
        struct npt__mean_difference t = npt__pooled_difference(&groups[0], &groups[1], 0.95);
        reference_expect(sqrt(anova.f), fabs(t.statistic), 1e-12);
        reference_expect(anova.p, t.p, 1e-11);
        struct npt__welch_anova welch = npt__welch_anova(groups, 2);
        t = npt__welch_difference(&groups[0], &groups[1], 0.95);
        reference_expect(sqrt(welch.f), fabs(t.statistic), 1e-12);
        reference_expect(welch.denominator, t.freedom, 1e-12);
        reference_expect(welch.p, t.p, 1e-11);
        free_sample(&sample);
    }
}

/* ---- what must not matter -------------------------------------------------------------------- */

static void expect_same_anova(const struct npt__anova *a, const struct npt__anova *b)
{
    assert_true(a->defined && b->defined && a->count == b->count && a->groups == b->groups);
    assert_true(reference_same(a->mean, b->mean) && reference_same(a->f, b->f) &&
                reference_same(a->p, b->p));
    assert_true(reference_same(a->between_squares, b->between_squares) &&
                reference_same(a->within_squares, b->within_squares));
    assert_true(reference_same(a->omega_squared, b->omega_squared) &&
                reference_same(a->share.low, b->share.low) &&
                reference_same(a->share.high, b->share.high));
}

static void neither_order_nor_names_nor_empty_groups_change_a_digit(void **state)
{
    (void)state;
    uint64_t seed = 8;
    struct sample sample = new_sample(200, 12), other = new_sample(200, 12);
    for (size_t i = 0; i < 200; i++) {
        sample.group_of[i] = (uint32_t)(reference_random(&seed) % 7);
        sample.values[i] =
            (double)(reference_random(&seed) % 100003) / 999 + (double)sample.group_of[i] * 13.37;
    }
    struct npt__description groups[12], renamed[12];
    struct npt__anova anova = npt__anova(&sample.data, 0.95);
    struct npt__anova spread = npt__brown_forsythe(&sample.data, 0.95);
    npt__describe_groups(&sample.data, groups);
    struct npt__welch_anova welch = npt__welch_anova(groups, 12);
    for (int round = 0; round < 20; round++) {
        double order[200], place[200];
        static const uint32_t names[] = {11, 3, 0, 7, 2, 9, 5};
        for (size_t i = 0; i < 200; i++)
            order[i] = place[i] = (double)i;
        reference_shuffle(order, place, 200, &seed);
        for (size_t i = 0; i < 200; i++) {
            other.values[i] = sample.values[(size_t)order[i]];
            other.group_of[i] = names[(sample.group_of[(size_t)order[i]] + (uint32_t)round) % 7];
        }
        struct npt__anova again = npt__anova(&other.data, 0.95);
        expect_same_anova(&anova, &again);
        again = npt__brown_forsythe(&other.data, 0.95);
        expect_same_anova(&spread, &again);
        npt__describe_groups(&other.data, renamed);
        struct npt__welch_anova welch_again = npt__welch_anova(renamed, 12);
        assert_true(welch.defined && reference_same(welch.f, welch_again.f) &&
                    reference_same(welch.denominator, welch_again.denominator) &&
                    reference_same(welch.p, welch_again.p));
    }
    assert_int_equal(anova.groups, 7);
    free_sample(&sample);
    free_sample(&other);
}

static void units_from_the_smallest_to_the_largest_leave_f_as_it_is(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    double f = npt__anova(&sample.data, 0.95).f;
    for (int power = -900; power <= 400; power += 100) {
        struct sample other = read_groups4();
        for (size_t i = 0; i < other.data.count; i++)
            other.values[i] = ldexp(other.values[i], power);
        struct npt__anova anova = npt__anova(&other.data, 0.95);
        assert_true(anova.defined && anova.f == f);
        free_sample(&other);
    }
    free_sample(&sample);
}

/* The share of variance between four groups with means -1, 0, 0, 1 (times 0.7) is, with ten values of unit variance in
   each, 9.8 / (9.8 + 40): in 95 of 100 samples the interval holds it. */
static double normal(uint64_t *seed)
{
    double a = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    double b = (double)(reference_random(seed) >> 11) / 0x1p53;
    return sqrt(-2 * log(a)) * cos(2 * acos(-1) * b);
}

static void intervals_hold_the_true_share_as_often_as_they_say(void **state)
{
    (void)state;
    uint64_t seed = 9;
    int rounds = getenv("VALGRIND") ? 20 : 2000, held = 0;
    struct sample sample = new_sample(40, 4);
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < 40; i++) {
            static const double means[] = {-0.7, 0, 0, 0.7};
            sample.group_of[i] = (uint32_t)(i % 4);
            sample.values[i] = means[i % 4] + normal(&seed);
        }
        struct npt__anova anova = npt__anova(&sample.data, 0.95);
        double share = 9.8 / 49.8;
        assert_true(anova.share.defined);
        held += anova.share.low <= share && share <= anova.share.high;
    }
    double error = sqrt(0.95 * 0.05 / rounds);
    assert_true(fabs((double)held / rounds - 0.95) < 3 * error);
    free_sample(&sample);
}

/* ---- degenerate data ------------------------------------------------------------------------- */

static void expect_fault(const double *values, const uint32_t *group_of, size_t count,
                         enum npt__anova_fault fault, enum npt__anova_fault welch_fault)
{
    struct npt__grouped data = {values, group_of, count, 3};
    struct npt__anova anova = npt__anova(&data, 0.95);
    assert_int_equal(anova.fault, fault);
    assert_true(anova.defined == !fault && isnan(anova.f) == !!fault && isnan(anova.p) == !!fault &&
                isnan(anova.omega_squared) == !!fault);
    assert_true(anova.share.defined == !fault && isnan(anova.between_squares) == !!fault);
    struct npt__description groups[3];
    npt__describe_groups(&data, groups);
    struct npt__welch_anova welch = npt__welch_anova(groups, 3);
    assert_int_equal(welch.fault, welch_fault);
    assert_true(welch.defined == !welch_fault && isnan(welch.f) == !!welch_fault &&
                isnan(welch.denominator) == !!welch_fault);
}

static void without_two_groups_that_vary_there_is_a_reason_instead(void **state)
{
    (void)state;
    const double y[] = {1, 2, 1, 3, 5, 5}, same[] = {4, 4, 4, 4, 4, 4},
                 apart[] = {1, 1, 2, 2, 3, 3};
    const uint32_t pairs[] = {0, 0, 1, 1, 2, 2}, one[] = {1, 1, 1, 1, 1, 1}, singles[] = {0, 1, 2};
    const uint32_t mixed[] = {0, 0, 0, 0, 0, 2};
    expect_fault(y, pairs, 0, NPT__ANOVA_GROUPS, NPT__ANOVA_GROUPS);
    expect_fault(y, pairs, 1, NPT__ANOVA_GROUPS, NPT__ANOVA_GROUPS);
    expect_fault(y, one, 6, NPT__ANOVA_GROUPS, NPT__ANOVA_GROUPS);
    expect_fault(y, singles, 3, NPT__ANOVA_TOO_FEW, NPT__ANOVA_TOO_FEW);
    expect_fault(same, pairs, 6, NPT__ANOVA_CONSTANT, NPT__ANOVA_CONSTANT);
    expect_fault(apart, pairs, 6, NPT__ANOVA_CONSTANT, NPT__ANOVA_CONSTANT);
    expect_fault(y, pairs, 6, NPT__ANOVA_FINE, NPT__ANOVA_CONSTANT);
    expect_fault(y, mixed, 6, NPT__ANOVA_FINE, NPT__ANOVA_TOO_FEW);
    expect_fault(y, pairs, 4, NPT__ANOVA_FINE, NPT__ANOVA_FINE);
    const double not_a_number[] = {1, 2, NAN, 3, 5, 6}, endless[] = {1, 2, INFINITY, 3, 5, 6};
    expect_fault(not_a_number, pairs, 6, NPT__ANOVA_NOT_FINITE, NPT__ANOVA_NOT_FINITE);
    expect_fault(endless, pairs, 6, NPT__ANOVA_NOT_FINITE, NPT__ANOVA_NOT_FINITE);
    const double huge[] = {1e308, -1e308, 1e308, 1.5e308, 5, 6};
    expect_fault(huge, pairs, 6, NPT__ANOVA_NOT_FINITE, NPT__ANOVA_NOT_FINITE);
}

/* Equal means: F is 0, and so is the whole interval; the estimates without bias fall below 0. */
static void equal_means_give_an_f_of_0_and_negative_omega(void **state)
{
    (void)state;
    const double y[] = {1, 3, 0, 4, 2, 2};
    const uint32_t pairs[] = {0, 0, 1, 1, 2, 2};
    struct npt__grouped data = {y, pairs, 6, 3};
    struct npt__anova anova = npt__anova(&data, 0.95);
    assert_true(anova.defined && anova.f == 0 && anova.p == 1 && anova.eta_squared == 0);
    /* within: 2 + 8 + 0 = 10 on 3 degrees of freedom: epsilon^2 = -2 (10/3) / 10, omega^2 = -(20/3) / (40/3) */
    reference_expect(anova.epsilon_squared, -2.0 / 3, 4e-16);
    reference_expect(anova.omega_squared, -0.5, 4e-16);
    assert_true(anova.share.defined && anova.share.low == 0 && anova.share.high == 0);
}

/* The two values of a group are equally far from its median, also where 0.1 and 0.7 have no exact middle. */
static void pairs_of_values_do_not_vary_in_their_distances(void **state)
{
    (void)state;
    const double y[] = {0.1, 0.7, 1.3, 2.4, 0.3, 0.9};
    const uint32_t pairs[] = {0, 0, 1, 1, 2, 2};
    struct npt__grouped data = {y, pairs, 6, 3};
    assert_int_equal(npt__brown_forsythe(&data, 0.95).fault, NPT__ANOVA_CONSTANT);
}

static void an_impossible_confidence_leaves_out_the_interval_only(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    struct npt__anova anova = npt__anova(&sample.data, 1);
    assert_true(anova.defined && !anova.share.defined && anova.share.low == 0 &&
                anova.share.high == 0);
    free_sample(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_groups_have_the_values_of_r),
        cmocka_unit_test(distances_from_the_medians_have_the_values_of_r),
        cmocka_unit_test(of_two_groups_f_is_the_square_of_t),
        cmocka_unit_test(neither_order_nor_names_nor_empty_groups_change_a_digit),
        cmocka_unit_test(units_from_the_smallest_to_the_largest_leave_f_as_it_is),
        cmocka_unit_test(intervals_hold_the_true_share_as_often_as_they_say),
        cmocka_unit_test(without_two_groups_that_vary_there_is_a_reason_instead),
        cmocka_unit_test(equal_means_give_an_f_of_0_and_negative_omega),
        cmocka_unit_test(pairs_of_values_do_not_vary_in_their_distances),
        cmocka_unit_test(an_impossible_confidence_leaves_out_the_interval_only)};
    return reference_run("analysis of variance", tests);
}
