/* test_adjust.c - adjusted p-values against R's, against their definitions, and with absent ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/adjust.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>

#define COUNT 15
static const double benjamini_hochberg_1995[COUNT] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201,
                                                      0.0278, 0.0298, 0.0344, 0.0459, 0.324,
                                                      0.4262, 0.5719, 0.6528, 0.759,  1.0};

/* R 4.2.2: p.adjust(p, method), in the order of the p-values above; Python's own code gives the same. */
static const struct {
    enum npt__adjustment adjustment;
    double adjusted[COUNT];
} expected[] = {
    {NPT__ADJUST_HOLM,
     {0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1}},
    {NPT__ADJUST_HOCHBERG,
     {0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.2682, 0.2682, 0.2752, 0.3213, 1, 1, 1, 1, 1, 1}},
    {NPT__ADJUST_HOMMEL,
     {0.0015, 0.0056, 0.0247, 0.095, 0.1608, 0.1946, 0.2086, 0.2408, 0.3213, 1, 1, 1, 1, 1, 1}},
    {NPT__ADJUST_BENJAMINI_HOCHBERG,
     {0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645,
      0.0765, 0.486, 0.5811818181818181, 0.714875, 0.7532307692307693, 0.8132142857142857, 1}},
    {NPT__ADJUST_BENJAMINI_YEKUTIELI,
     {0.00497734348984349, 0.00995468697968698, 0.031523175435675434, 0.11821190788378289,
      0.2000892082917083, 0.21189262285333715, 0.21189262285333715, 0.21402577006327006,
      0.253844517982018, 1, 1, 1, 1, 1, 1}},
    {NPT__ADJUST_BONFERRONI,
     {0.0015, 0.006, 0.0285, 0.1425, 0.3015, 0.417, 0.447, 0.516, 0.6885, 1, 1, 1, 1, 1, 1}},
    {NPT__ADJUST_NONE,
     {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
      0.6528, 0.759, 1}},
};
#define METHODS (sizeof expected / sizeof *expected)

static void fifteen_tests_are_adjusted_as_by_r(void **state)
{
    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        double adjusted[COUNT];
        npt__adjust(expected[m].adjustment, benjamini_hochberg_1995, adjusted, COUNT);
        for (size_t i = 0; i < COUNT; i++)
            reference_expect(adjusted[i], expected[m].adjusted[i], 1e-14);
    }
}

static void the_order_does_not_matter_and_places_are_kept(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t round = 0; round < 50; round++) {
        double p[COUNT], places[COUNT], adjusted[COUNT];
        for (size_t i = 0; i < COUNT; i++) {
            p[i] = benjamini_hochberg_1995[i];
            places[i] = (double)i;
        }
        reference_shuffle(p, places, COUNT, &seed);
        for (size_t m = 0; m < METHODS; m++) {
            npt__adjust(expected[m].adjustment, p, adjusted, COUNT);
            for (size_t i = 0; i < COUNT; i++)
                reference_expect(adjusted[i], expected[m].adjusted[(size_t)places[i]], 1e-14);
        }
    }
}

/* With one absent after four, and four after eight. */
static size_t place_of(size_t i)
{
    return i < 4 ? i : i < 8 ? i + 1 : i + 5;
}

/* Numbers out of range are no p-values either. */
static void an_absent_p_is_not_counted_as_a_test(void **state)
{
    (void)state;
    const double absent[] = {NAN, -0.1, 1.1, INFINITY, -INFINITY};
    for (size_t m = 0; m < METHODS; m++) {
        double p[COUNT + 5];
        for (size_t i = 0; i < COUNT; i++)
            p[place_of(i)] = benjamini_hochberg_1995[i];
        p[4] = absent[0];
        for (size_t i = 1; i < 5; i++)
            p[8 + i] = absent[i];
        npt__adjust(expected[m].adjustment, p, p, COUNT + 5); /* in place */
        for (size_t i = 0; i < COUNT; i++)
            reference_expect(p[place_of(i)], expected[m].adjusted[i], 1e-14);
        assert_true(isnan(p[4]));
        for (size_t i = 9; i < 13; i++)
            assert_true(isnan(p[i]));
    }
}

static void one_test_needs_no_adjustment(void **state)
{
    (void)state;
    for (size_t m = 0; m < METHODS; m++) {
        double p[] = {0.03, NAN}, none[] = {NAN}, untouched = 7;
        npt__adjust(expected[m].adjustment, p, p, 2);
        reference_expect(p[0], 0.03, 0);
        assert_true(isnan(p[1]));
        npt__adjust(expected[m].adjustment, none, none, 1);
        assert_true(isnan(none[0]));
        npt__adjust(expected[m].adjustment, &untouched, &untouched, 0);
        assert_true(untouched == 7);
    }
}

/* The least level at which Hommel's procedure (1988, Biometrika 75, 383) refuses: the closed test that refuses a set of
   hypotheses where p_(j) <= j * level / size for some j (Simes). All sets that hold the hypothesis are gone through. */
static double hommel_by_closure(const double *p, size_t count, size_t which)
{
    double most = 0;
    for (size_t set = 1; set < (size_t)1 << count; set++) {
        if (!(set >> which & 1))
            continue;
        double sorted[8], least = 1;
        size_t size = 0;
        for (size_t i = 0; i < count; i++)
            if (set >> i & 1) {
                size_t at = size++;
                for (; at && sorted[at - 1] > p[i]; at--)
                    sorted[at] = sorted[at - 1];
                sorted[at] = p[i];
            }
        for (size_t j = 0; j < size; j++)
            least = fmin(least, (double)size * sorted[j] / (double)(j + 1));
        most = fmax(most, least);
    }
    return most;
}

static void hommels_values_are_those_of_the_closed_test(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (size_t round = 0; round < 60; round++) {
        double p[8], adjusted[8];
        const size_t count = 1 + round % 8;
        for (size_t i = 0; i < count; i++)
            p[i] = (double)(reference_random(&seed) % 1000) / 1000 / (double)(1 + i % 3);
        npt__adjust(NPT__ADJUST_HOMMEL, p, adjusted, count);
        for (size_t i = 0; i < count; i++)
            reference_expect(adjusted[i], hommel_by_closure(p, count, i), 1e-14);
    }
}

/* Bonferroni >= Holm >= Hochberg >= Hommel >= none; Hommel >= Benjamini-Hochberg; equal p's stay equal. */
static void stricter_methods_give_greater_values(void **state)
{
    (void)state;
    static const enum npt__adjustment order[] = {NPT__ADJUST_BONFERRONI,         NPT__ADJUST_HOLM,
                                                 NPT__ADJUST_HOCHBERG,           NPT__ADJUST_HOMMEL,
                                                 NPT__ADJUST_BENJAMINI_HOCHBERG, NPT__ADJUST_NONE};
    uint64_t seed = 3;
    for (size_t round = 0; round < 100; round++) {
        double p[40], above[40], below[40];
        for (size_t i = 0; i < 40; i++)
            p[i] = pow((double)(reference_random(&seed) % 20) / 20, 3);
        npt__adjust(order[0], p, above, 40);
        for (size_t m = 1; m < 6; m++) {
            npt__adjust(order[m], p, below, 40);
            for (size_t i = 0; i < 40; i++) {
                assert_true(below[i] <= above[i] + 1e-15 && below[i] >= p[i] && below[i] <= 1);
                for (size_t k = 0; k < i; k++)
                    assert_true((p[i] < p[k] && below[i] <= below[k]) ||
                                (p[i] > p[k] && below[i] >= below[k]) || below[i] == below[k]);
                above[i] = below[i];
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifteen_tests_are_adjusted_as_by_r),
        cmocka_unit_test(the_order_does_not_matter_and_places_are_kept),
        cmocka_unit_test(an_absent_p_is_not_counted_as_a_test),
        cmocka_unit_test(one_test_needs_no_adjustment),
        cmocka_unit_test(hommels_values_are_those_of_the_closed_test),
        cmocka_unit_test(stricter_methods_give_greater_values)};
    return reference_run("adjusted p-values", tests);
}
