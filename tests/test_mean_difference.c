/* test_mean_difference.c - t of two groups and of pairs, against R and 20 digits.
 *
 * Expected values: R 4.2.2, t.test(), and the same to 20 digits by Python's fractions over the doubles and mpmath 1.3.0.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/mean_difference.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

static struct npt__description describe_group(const char *name)
{
    struct reference_table *table = reference_table_read("tests/data/groups4.csv");
    double values[100];
    size_t count = 0;
    for (size_t i = 0; i < reference_rows(table); i++)
        if (*reference_cell(table, i, "group") == *name)
            count += reference_number(table, i, "y", &values[count]);
    reference_table_free(table);
    return npt__describe(values, count);
}

static void expect_difference(const struct npt__mean_difference *actual, const double expected[7])
{
    assert_true(actual->defined && actual->interval.defined);
    assert_int_equal(actual->fault, NPT__DIFFERENCE_FINE);
    reference_expect(actual->difference, expected[0], 1e-14);
    reference_expect(actual->error, expected[1], 2e-15);
    reference_expect(actual->statistic, expected[2], 1e-14);
    reference_expect(actual->freedom, expected[3], 2e-15);
    reference_expect(actual->p, expected[4], 1e-14);
    reference_expect(actual->interval.low, expected[5], 1e-14);
    reference_expect(actual->interval.high, expected[6], 1e-14);
}

static void two_groups_have_the_t_of_welch_and_of_student(void **state)
{
    (void)state;
    struct npt__description a = describe_group("A"), b = describe_group("B");
    struct npt__mean_difference welch = npt__welch_difference(&a, &b, 0.95);
    expect_difference(&welch, (const double[]){1.0255555555555550108, 2.9277488402533674514,
                                               0.3502880921530152189, 17.347585427651371127,
                                               0.73033966864447060298, -5.1420399820596769047,
                                               7.1931510931707869264});
    struct npt__mean_difference pooled = npt__pooled_difference(&a, &b, 0.95);
    expect_difference(&pooled, (const double[]){1.0255555555555550108, 3.1882939111188781239,
                                                0.32166280278584904285, 19, 0.75122003744299585839,
                                                -5.6476202929398065069, 7.6987314040509165285});
}

/* R: t.test(post, pre, paired = TRUE), with the sign changed. */
static void pairs_have_the_t_of_their_differences(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/paired_ties.csv");
    size_t count, also;
    double *pre = reference_column(table, "pre", &count);
    double *post = reference_column(table, "post", &also);
    assert_true(count == 22 && also == 22);
    struct npt__mean_difference paired = npt__paired_difference(pre, post, count, 0.95);
    expect_difference(&paired, (const double[]){-0.72727272727272727273, 0.53525823432289980938,
                                                -1.3587324409735149007, 21, 0.18864789828072690335,
                                                -1.840403161875122606, 0.38585770732966806053});
    uint64_t seed = 1;
    for (int round = 0; round < 10; round++) {
        reference_shuffle(pre, post, count, &seed);
        struct npt__mean_difference again = npt__paired_difference(pre, post, count, 0.95);
        assert_true(again.statistic == paired.statistic && again.p == paired.p &&
                    again.interval.low == paired.interval.low);
    }
    free(pre);
    free(post);
    reference_table_free(table);
}

static struct npt__description group_of(size_t count, double mean, double sd)
{
    return (struct npt__description){count, mean, sd, mean, mean};
}

static void exchanging_the_groups_changes_signs_and_no_digit(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 100; i++) {
        struct npt__description groups[2];
        for (int k = 0; k < 2; k++)
            groups[k] = group_of(2 + reference_random(&seed) % 50,
                                 (double)(reference_random(&seed) % 10000) / 777,
                                 (double)(1 + reference_random(&seed) % 10000) / 999);
        struct npt__mean_difference there[] = {npt__welch_difference(&groups[0], &groups[1], 0.9),
                                               npt__pooled_difference(&groups[0], &groups[1], 0.9)};
        struct npt__mean_difference back[] = {npt__welch_difference(&groups[1], &groups[0], 0.9),
                                              npt__pooled_difference(&groups[1], &groups[0], 0.9)};
        for (int k = 0; k < 2; k++) {
            assert_true(there[k].defined && back[k].defined);
            assert_true(there[k].statistic == -back[k].statistic && there[k].p == back[k].p);
            assert_true(there[k].interval.low == -back[k].interval.high);
            bool within = there[k].interval.low <= 0 && there[k].interval.high >= 0;
            assert_true(within == (there[k].p >= 0.1)); /* the interval and the test agree */
        }
        double least = fmin((double)groups[0].count, (double)groups[1].count) - 1;
        assert_true(there[0].freedom >= least &&
                    there[0].freedom <= there[1].freedom * (1 + 1e-14));
    }
}

/* Groups of the same size and spread: Welch's t is Student's. */
static void groups_that_vary_alike_need_no_choice(void **state)
{
    (void)state;
    struct npt__description a = group_of(12, 3, 1.7), b = group_of(12, 4, 1.7);
    struct npt__mean_difference welch = npt__welch_difference(&a, &b, 0.95);
    struct npt__mean_difference pooled = npt__pooled_difference(&a, &b, 0.95);
    reference_expect(welch.freedom, 22, 4e-16);
    reference_expect(welch.p, pooled.p, 1e-14);
    reference_expect(welch.error, 1.7 / sqrt(6), 4e-16);
}

static void expect_fault(struct npt__mean_difference difference, enum npt__difference_fault fault)
{
    assert_int_equal(difference.fault, fault);
    assert_true(!difference.defined && !difference.interval.defined &&
                isnan(difference.statistic) && isnan(difference.error) &&
                isnan(difference.freedom) && isnan(difference.p));
}

static void without_spread_or_values_there_is_a_reason_instead(void **state)
{
    (void)state;
    const double bad[] = {1, NAN, 3};
    struct npt__description none = npt__describe(bad, 0), one = npt__describe(bad, 1);
    struct npt__description broken = npt__describe(bad, 3), some = group_of(5, 3, 1);
    struct npt__description still = group_of(5, 4, 0), huge = group_of(5, 1e308, 1e308);
    struct npt__description far = group_of(5, -1e308, 1e308);
    expect_fault(npt__welch_difference(&none, &some, 0.95), NPT__DIFFERENCE_EMPTY);
    expect_fault(npt__pooled_difference(&some, &none, 0.95), NPT__DIFFERENCE_EMPTY);
    expect_fault(npt__welch_difference(&one, &some, 0.95), NPT__DIFFERENCE_TOO_FEW);
    expect_fault(npt__pooled_difference(&one, &one, 0.95), NPT__DIFFERENCE_TOO_FEW);
    assert_true(npt__welch_difference(&some, &one, 0.95).difference == 2);
    expect_fault(npt__welch_difference(&still, &still, 0.95), NPT__DIFFERENCE_CONSTANT);
    expect_fault(npt__pooled_difference(&still, &still, 0.95), NPT__DIFFERENCE_CONSTANT);
    expect_fault(npt__welch_difference(&broken, &some, 0.95), NPT__DIFFERENCE_NOT_FINITE);
    expect_fault(npt__pooled_difference(&some, &broken, 0.95), NPT__DIFFERENCE_NOT_FINITE);
    expect_fault(npt__welch_difference(&huge, &far, 0.95), NPT__DIFFERENCE_NOT_FINITE);
    expect_fault(npt__welch_difference(&some, &still, 1), NPT__DIFFERENCE_CONFIDENCE);
    expect_fault(npt__pooled_difference(&some, &still, NAN), NPT__DIFFERENCE_CONFIDENCE);
}

/* Of a constant group nothing but its mean matters: the one-sample t with n - 1 degrees of freedom. */
static void one_of_the_groups_may_be_constant_or_a_single_value(void **state)
{
    (void)state;
    struct npt__description some = group_of(5, 3, 1), still = group_of(7, 4, 0);
    struct npt__mean_difference welch = npt__welch_difference(&some, &still, 0.95);
    assert_true(welch.defined && welch.freedom == 4);
    reference_expect(welch.error, 1 / sqrt(5), 4e-16);
    struct npt__description one = group_of(1, 4, NAN);
    struct npt__mean_difference pooled = npt__pooled_difference(&some, &one, 0.95);
    assert_true(pooled.defined && pooled.freedom == 4);
    reference_expect(pooled.error, sqrt(1.2), 4e-16);
}

static void differences_that_vary_by_rounding_alone_are_constant(void **state)
{
    (void)state;
    const double first[] = {1.3, 4.3, 2.3, 7.3}, second[] = {1, 4, 2, 7};
    assert_true(first[0] - second[0] != first[1] - second[1]);
    struct npt__mean_difference paired = npt__paired_difference(first, second, 4, 0.95);
    expect_fault(paired, NPT__DIFFERENCE_CONSTANT);
    reference_expect(paired.difference, 0.3, 1e-15);
    expect_fault(npt__paired_difference(first, second, 0, 0.95), NPT__DIFFERENCE_EMPTY);
    expect_fault(npt__paired_difference(first, second, 1, 0.95), NPT__DIFFERENCE_TOO_FEW);
    const double endless[] = {1, INFINITY, 2, 3};
    expect_fault(npt__paired_difference(first, endless, 4, 0.95), NPT__DIFFERENCE_NOT_FINITE);
    expect_fault(npt__paired_difference(endless, endless, 4, 0.95), NPT__DIFFERENCE_NOT_FINITE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_have_the_t_of_welch_and_of_student),
        cmocka_unit_test(pairs_have_the_t_of_their_differences),
        cmocka_unit_test(exchanging_the_groups_changes_signs_and_no_digit),
        cmocka_unit_test(groups_that_vary_alike_need_no_choice),
        cmocka_unit_test(without_spread_or_values_there_is_a_reason_instead),
        cmocka_unit_test(one_of_the_groups_may_be_constant_or_a_single_value),
        cmocka_unit_test(differences_that_vary_by_rounding_alone_are_constant)};
    return reference_run("differences of means", tests);
}
