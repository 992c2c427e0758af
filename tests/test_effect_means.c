/* test_effect_means.c - Cohen's d, Hedges' g, Glass's delta and those of pairs, with their intervals.
 *
 * Expected values: Python's fractions over the doubles and mpmath 1.3.0 with 30 digits (limits by findroot() on the
 * integral of the noncentral t). effectsize 0.8.3 for R 4.2.2 gives the same estimates; its intervals stop at 6 digits:
 * hedges_g() of A and B has -0.69634899 and 0.96510759, where -0.69634898 and 0.96510771 are right.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/effect_means.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

static struct npt__description describe_group(char name)
{
    struct reference_table *table = reference_table_read("tests/data/groups4.csv");
    double values[100];
    size_t count = 0;
    for (size_t i = 0; i < reference_rows(table); i++)
        if (*reference_cell(table, i, "group") == name)
            count += reference_number(table, i, "y", &values[count]);
    reference_table_free(table);
    return npt__describe(values, count);
}

static void expect_effect(struct npt__mean_effect effect, double estimate, double low, double high)
{
    assert_true(effect.defined && effect.interval.defined && !effect.fault);
    reference_expect(effect.estimate, estimate, 1e-14);
    reference_expect(effect.interval.low, low, 1e-13);
    reference_expect(effect.interval.high, high, 1e-13);
}

static void two_groups_have_d_g_and_delta(void **state)
{
    (void)state;
    struct npt__description a = describe_group('A'), b = describe_group('B');
    expect_effect(npt__cohen_d(&a, &b, 0.95), 0.14183996369856182463, -0.72543126361142525288,
                  1.0054144202896958221);
    expect_effect(npt__hedges_g(&a, &b, 0.95), 0.13615364961264980009, -0.69634898027553046293,
                  0.96510771101541575639);
    expect_effect(npt__glass_delta(&a, &b, 0.95), 0.11824393203799772889, -0.54780328175125588484,
                  0.77901298173903939465);
    struct npt__mean_effect g = npt__hedges_g(&a, &b, 0.95);
    assert_true(g.freedom == 19 && npt__glass_delta(&a, &b, 0.95).freedom == 11);
    reference_expect(g.correction, 0.95991035292425360037, 4e-16);
    assert_true(npt__cohen_d(&a, &b, 0.95).correction == 1);
}

static void pairs_have_g_z_and_g_av(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/paired_ties.csv");
    size_t count;
    double *pre = reference_column(table, "pre", &count);
    double *post = reference_column(table, "post", &count);
    struct npt__mean_effect z = npt__paired_g_z(pre, post, count, 0.95);
    struct npt__mean_effect av = npt__paired_g_av(pre, post, count, 0.95);
    expect_effect(z, -0.27919107372740064043, -0.68740451823922188279, 0.13535968091285161437);
    expect_effect(av, -0.15942160222740460249, -0.39251659522271724018, 0.077292074277370383016);
    uint64_t seed = 1;
    for (int round = 0; round < 10; round++) {
        reference_shuffle(pre, post, count, &seed);
        assert_true(npt__paired_g_z(pre, post, count, 0.95).interval.low == z.interval.low);
        assert_true(npt__paired_g_av(pre, post, count, 0.95).interval.low == av.interval.low);
    }
    free(pre);
    free(post);
    reference_table_free(table);
}

/* mpmath: exp(loggamma(v / 2) - loggamma((v - 1) / 2)) / sqrt(v / 2). With v = 2 it is 1 / sqrt(pi), with 3
   sqrt(pi / 6). */
static void the_correction_is_the_ratio_of_gamma_functions(void **state)
{
    (void)state;
    static const double known[][2] = {
        {2, 0.56418958354775628695},   {3, 0.72360125455826765936},   {7.5, 0.89595573287021270729},
        {19, 0.95991035292425360037},  {120, 0.99373476847896108844}, {1e4, 0.99992499781242969038},
        {1e6, 0.99999924999978124993},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        reference_expect(npt__hedges_correction(known[i][0]), known[i][1], 1e-15);
    reference_expect(npt__hedges_correction(2), 1 / sqrt(acos(-1)), 1e-15);
    reference_expect(npt__hedges_correction(3), sqrt(acos(-1) / 6), 1e-15);
    assert_true(npt__hedges_correction(1e18) == 1 && npt__hedges_correction(INFINITY) == 1);
    assert_true(isnan(npt__hedges_correction(1)) && isnan(npt__hedges_correction(NAN)));
    double before = 0;
    for (double v = 1.001; v < 1e9; v *= 1.3) {
        double correction = npt__hedges_correction(v);
        assert_true(correction > before && correction < 1);
        before = correction;
    }
}

static struct npt__description group_of(size_t count, double mean, double sd)
{
    return (struct npt__description){count, mean, sd, mean, mean};
}

static void exchanging_the_groups_changes_the_sign_alone(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 30; i++) {
        struct npt__description groups[2];
        for (int k = 0; k < 2; k++)
            groups[k] = group_of(2 + reference_random(&seed) % 50,
                                 (double)(reference_random(&seed) % 10000) / 777,
                                 (double)(1 + reference_random(&seed) % 10000) / 999);
        struct npt__mean_effect there = npt__hedges_g(&groups[0], &groups[1], 0.95);
        struct npt__mean_effect back = npt__hedges_g(&groups[1], &groups[0], 0.95);
        assert_true(there.defined && there.estimate == -back.estimate &&
                    there.interval.low == -back.interval.high);
        /* the interval of d and the test of Student tell the same */
        struct npt__mean_difference t = npt__pooled_difference(&groups[0], &groups[1], 0.95);
        assert_true((there.interval.low <= 0 && there.interval.high >= 0) == (t.p >= 0.05));
    }
}

static double normal(uint64_t *seed)
{
    double a = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    double b = (double)(reference_random(seed) >> 11) / 0x1p53;
    return sqrt(-2 * log(a)) * cos(2 * acos(-1) * b);
}

/* True d: 0.8. The estimate d is too large by 1 / J in the mean, and g is not; the interval of d holds 0.8 in 95 of 100
   samples. Delta's reference varies more than the other group: 0.8 in its units. */
static void intervals_hold_the_true_effect_as_often_as_they_say(void **state)
{
    (void)state;
    uint64_t seed = 3;
    int rounds = getenv("VALGRIND") ? 10 : 2000, held = 0, held_delta = 0;
    double sum = 0;
    for (int round = 0; round < rounds; round++) {
        double first[6], second[9], narrow[6];
        for (size_t i = 0; i < 6; i++) {
            first[i] = 0.8 + normal(&seed);
            narrow[i] = 0.8 + 0.6 * normal(&seed);
        }
        for (size_t i = 0; i < 9; i++)
            second[i] = normal(&seed);
        struct npt__description a = npt__describe(first, 6), b = npt__describe(second, 9);
        struct npt__description c = npt__describe(narrow, 6);
        struct npt__mean_effect d = npt__cohen_d(&a, &b, 0.95);
        struct npt__mean_effect delta = npt__glass_delta(&c, &b, 0.95);
        held += d.interval.low <= 0.8 && d.interval.high >= 0.8;
        held_delta += delta.interval.low <= 0.8 && delta.interval.high >= 0.8;
        sum += npt__hedges_g(&a, &b, 0.95).estimate;
    }
    double error = sqrt(0.95 * 0.05 / rounds);
    assert_true(fabs((double)held / rounds - 0.95) < 3 * error);
    assert_true(fabs((double)held_delta / rounds - 0.95) < 3 * error + 0.02); /* approximate */
    assert_true(fabs(sum / rounds - 0.8) < 3 * 0.62 / sqrt(rounds));
}

static void expect_fault(struct npt__mean_effect effect, enum npt__difference_fault fault)
{
    assert_int_equal(effect.fault, fault);
    assert_true(!effect.defined && isnan(effect.estimate) && isnan(effect.correction) &&
                isnan(effect.freedom) && !effect.interval.defined);
}

static void without_spread_or_values_there_is_a_reason_instead(void **state)
{
    (void)state;
    const struct npt__description none = npt__describe(NULL, 0), one = group_of(1, 3, NAN);
    const struct npt__description some = group_of(5, 4, 1.5), still = group_of(4, 2, 0);
    const struct npt__description two = group_of(2, 2, 1), broken = {3, NAN, NAN, NAN, NAN};
    expect_fault(npt__cohen_d(&none, &some, 0.95), NPT__DIFFERENCE_EMPTY);
    expect_fault(npt__hedges_g(&some, &none, 0.95), NPT__DIFFERENCE_EMPTY);
    expect_fault(npt__glass_delta(&some, &none, 0.95), NPT__DIFFERENCE_EMPTY);
    expect_fault(npt__cohen_d(&one, &one, 0.95), NPT__DIFFERENCE_TOO_FEW);
    expect_fault(npt__glass_delta(&some, &one, 0.95), NPT__DIFFERENCE_TOO_FEW);
    expect_fault(npt__hedges_g(&one, &two, 0.95), NPT__DIFFERENCE_TOO_FEW);
    assert_true(npt__cohen_d(&one, &two, 0.95).defined);
    expect_fault(npt__hedges_g(&still, &still, 0.95), NPT__DIFFERENCE_CONSTANT);
    expect_fault(npt__glass_delta(&some, &still, 0.95), NPT__DIFFERENCE_CONSTANT);
    assert_true(npt__glass_delta(&still, &some, 0.95).interval.defined);
    expect_fault(npt__cohen_d(&broken, &some, 0.95), NPT__DIFFERENCE_NOT_FINITE);
    expect_fault(npt__glass_delta(&some, &broken, 0.95), NPT__DIFFERENCE_NOT_FINITE);
    expect_fault(npt__hedges_g(&some, &some, 1), NPT__DIFFERENCE_CONFIDENCE);
    const double x[] = {1.3, 4.3, 2.3, INFINITY}, y[] = {1, 4, 2, 7};
    expect_fault(npt__paired_g_z(x, y, 0, 0.95), NPT__DIFFERENCE_EMPTY);
    expect_fault(npt__paired_g_z(x, y, 1, 0.95), NPT__DIFFERENCE_TOO_FEW);
    expect_fault(npt__paired_g_z(x, y, 3, 0.95), NPT__DIFFERENCE_CONSTANT);
    expect_fault(npt__paired_g_av(x, y, 3, 0.95), NPT__DIFFERENCE_CONSTANT);
    expect_fault(npt__paired_g_av(x, y, 4, 0.95), NPT__DIFFERENCE_NOT_FINITE);
    expect_fault(npt__paired_g_av(x, x, 3, 0.95), NPT__DIFFERENCE_CONSTANT);
}

/* An effect so large that its noncentrality is out of reach keeps its estimate. */
static void an_effect_beyond_all_bounds_has_no_interval(void **state)
{
    (void)state;
    struct npt__description a = group_of(5, 1e9, 1), b = group_of(5, 0, 1);
    struct npt__mean_effect d = npt__cohen_d(&a, &b, 0.95), g = npt__hedges_g(&a, &b, 0.95);
    assert_true(d.defined && d.estimate == 1e9 && !d.interval.defined && d.interval.low == 0);
    assert_true(g.defined && !g.interval.defined && g.interval.high == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_have_d_g_and_delta),
        cmocka_unit_test(pairs_have_g_z_and_g_av),
        cmocka_unit_test(the_correction_is_the_ratio_of_gamma_functions),
        cmocka_unit_test(exchanging_the_groups_changes_the_sign_alone),
        cmocka_unit_test(intervals_hold_the_true_effect_as_often_as_they_say),
        cmocka_unit_test(without_spread_or_values_there_is_a_reason_instead),
        cmocka_unit_test(an_effect_beyond_all_bounds_has_no_interval)};
    return reference_run("standardised differences of means", tests);
}
