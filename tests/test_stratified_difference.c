/* test_stratified_difference.c - differences within levels: fractions by hand, R, Welch's t, and how often intervals hold.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/stratified_difference.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

#define MANAGERS_HERE ((const double[]){1, 2, 4, 7})
#define MANAGERS_THERE ((const double[]){3, 5})
#define NURSES_HERE ((const double[]){2, 2.5, 6})
#define NURSES_THERE ((const double[]){1, 4, 4, 8, 9})

/* By fractions (python3, fractions): w = 4/3 and 15/8, the differences -1/2 and -17/10, so
   (-2/3 - 51/16) / (77/24) = -185/154. The rest by R 4.2.2:
     v <- c(var(x1) / 4, var(y1) / 2) * (w1 / W)^2 and so on for both levels; se <- sqrt(sum(v));
     df <- sum(v)^2 / sum(v^2 / (n - 1)); 2 * pt(-abs(d / se), df); d + c(-1, 1) * qt(.975, df) * se */
static void it_agrees_with_fractions_and_with_r(void **state)
{
    (void)state;
    const struct npt__description here[] = {npt__describe(MANAGERS_HERE, 4),
                                            npt__describe(NURSES_HERE, 3)};
    const struct npt__description there[] = {npt__describe(MANAGERS_THERE, 2),
                                             npt__describe(NURSES_THERE, 5)};
    const struct npt__stratified_difference found =
        npt__stratified_difference(here, there, 2, 0.95);
    assert_true(found.found.defined);
    assert_int_equal(found.levels, 2);
    assert_int_equal(found.first_count, 7);
    assert_int_equal(found.second_count, 7);
    reference_expect(found.found.difference, -185. / 154, 1e-15);
    reference_expect(found.found.error, 1.3216000718347072, 1e-14);
    reference_expect(found.found.freedom, 8.9713193178716413, 1e-14);
    reference_expect(found.found.p, 0.3871316905847928, 1e-13);
    reference_expect(found.found.interval.low, -4.1924233462150902, 1e-13);
    reference_expect(found.found.interval.high, 1.7898259436176873, 1e-13);
    reference_expect(found.sd, 2.7440845468024486, 1e-14);
    assert_true(found.sd_freedom == 10);
}

static void one_level_is_welchs_t(void **state)
{
    (void)state;
    const struct npt__description here = npt__describe(MANAGERS_HERE, 4),
                                  there = npt__describe(NURSES_THERE, 5);
    const struct npt__mean_difference welch = npt__welch_difference(&here, &there, 0.99);
    const struct npt__stratified_difference found =
        npt__stratified_difference(&here, &there, 1, 0.99);
    reference_expect(found.found.difference, welch.difference, 1e-15);
    reference_expect(found.found.error, welch.error, 1e-15);
    reference_expect(found.found.freedom, welch.freedom, 1e-14);
    reference_expect(found.found.p, welch.p, 1e-14);
    reference_expect(found.found.interval.low, welch.interval.low, 1e-14);
}

static void a_level_needs_two_values_on_either_side(void **state)
{
    (void)state;
    const struct npt__description here[] = {npt__describe(MANAGERS_HERE, 4),
                                            npt__describe(NURSES_HERE, 1), npt__describe(NULL, 0)};
    const struct npt__description there[] = {npt__describe(NURSES_THERE, 5),
                                             npt__describe(MANAGERS_THERE, 2),
                                             npt__describe(NURSES_THERE, 5)};
    struct npt__stratified_difference found = npt__stratified_difference(here, there, 3, 0.95);
    assert_int_equal(found.levels, 1);
    assert_int_equal(found.first_count, 4);
    assert_int_equal(found.second_count, 5);
    reference_expect(found.found.difference, 3.5 - 5.2, 1e-15);
    found = npt__stratified_difference(here + 1, there + 1, 2, 0.95);
    assert_int_equal(found.levels, 0);
    assert_false(found.found.defined);
    assert_int_equal(found.found.fault, NPT__DIFFERENCE_EMPTY);
    assert_true(isnan(found.found.difference));
    found = npt__stratified_difference(NULL, NULL, 0, 0.95);
    assert_int_equal(found.found.fault, NPT__DIFFERENCE_EMPTY);
}

static void where_nothing_varies_there_is_a_difference_without_an_interval(void **state)
{
    (void)state;
    static const double fours[] = {4, 4, 4}, twos[] = {2, 2};
    const struct npt__description here[] = {npt__describe(fours, 3), npt__describe(fours, 2)};
    const struct npt__description there[] = {npt__describe(twos, 2), npt__describe(twos, 2)};
    const struct npt__stratified_difference found =
        npt__stratified_difference(here, there, 2, 0.95);
    assert_false(found.found.defined);
    assert_false(found.found.interval.defined);
    assert_int_equal(found.found.fault, NPT__DIFFERENCE_CONSTANT);
    assert_true(found.found.difference == 2);
    assert_true(isnan(found.sd));
}

static void what_is_not_finite_is_a_fault(void **state)
{
    (void)state;
    static const double odd[] = {1, INFINITY, 2};
    const struct npt__description here = npt__describe(odd, 3),
                                  there = npt__describe(NURSES_THERE, 5);
    struct npt__stratified_difference found = npt__stratified_difference(&here, &there, 1, 0.95);
    assert_int_equal(found.found.fault, NPT__DIFFERENCE_NOT_FINITE);
    assert_true(isnan(found.found.difference));
    found = npt__stratified_difference(&there, &there, 1, 1);
    assert_int_equal(found.found.fault, NPT__DIFFERENCE_CONFIDENCE);
    assert_false(found.found.defined);
}

/* Exchanging the sides turns the sign. */
static void the_sides_are_treated_alike(void **state)
{
    (void)state;
    const struct npt__description here[] = {npt__describe(MANAGERS_HERE, 4),
                                            npt__describe(NURSES_HERE, 3)};
    const struct npt__description there[] = {npt__describe(MANAGERS_THERE, 2),
                                             npt__describe(NURSES_THERE, 5)};
    const struct npt__mean_difference one = npt__stratified_difference(here, there, 2, 0.95).found,
                                      other =
                                          npt__stratified_difference(there, here, 2, 0.95).found;
    assert_true(one.difference == -other.difference);
    reference_expect(one.p, other.p, 1e-15);
    reference_expect(one.interval.low, -other.interval.high, 1e-14);
}

static double normal(uint64_t *state)
{
    const double u = ((double)(reference_random(state) >> 11) + 0.5) * 0x1p-53;
    return npt__normal_quantile(u);
}

/* Sites whose staff are made up differently (20 managers and 5 nurses, 6 and 18), nurses' scores higher by 2 and
   spread more widely: the difference within roles is 0.5, that of the means as they are is far from it. */
static void intervals_hold_as_often_as_they_claim(void **state)
{
    (void)state;
    const size_t repetitions = getenv("VALGRIND") ? 20 : 4000;
    uint64_t seed = 20240611;
    size_t held = 0;
    for (size_t r = 0; r < repetitions; r++) {
        double values[4][20];
        static const size_t sizes[] = {20, 5, 6, 18};
        for (size_t g = 0; g < 4; g++)
            for (size_t i = 0; i < sizes[g]; i++)
                values[g][i] =
                    (g < 2 ? 0.5 : 0) + (g % 2 ? 2 + 1.5 * normal(&seed) : normal(&seed));
        const struct npt__description here[] = {npt__describe(values[0], 20),
                                                npt__describe(values[1], 5)};
        const struct npt__description there[] = {npt__describe(values[2], 6),
                                                 npt__describe(values[3], 18)};
        const struct npt__interval interval =
            npt__stratified_difference(here, there, 2, 0.95).found.interval;
        held += interval.low <= 0.5 && interval.high >= 0.5;
    }
    const double share = (double)held / (double)repetitions;
    if (repetitions > 1000)
        assert_true(share > 0.94 && share < 0.965);
    else
        assert_true(held > 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_agrees_with_fractions_and_with_r),
        cmocka_unit_test(one_level_is_welchs_t),
        cmocka_unit_test(a_level_needs_two_values_on_either_side),
        cmocka_unit_test(where_nothing_varies_there_is_a_difference_without_an_interval),
        cmocka_unit_test(what_is_not_finite_is_a_fault),
        cmocka_unit_test(the_sides_are_treated_alike),
        cmocka_unit_test(intervals_hold_as_often_as_they_claim),
    };
    return reference_run("differences within levels", tests);
}
