/* test_noncentral_chi_square.c - tails of the noncentral chi-square distribution, and the noncentralities that fit.
 *
 * Values by Python's mpmath with 40 digits: sums of Poisson weights times regularised incomplete gamma functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/noncentral_chi_square.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>

static void noncentral_tails_are_those_of_the_mixture(void **state)
{
    (void)state;
    static const double known[][5] = {
        {5, 3, 2, 0.59340518008315562709, 0.40659481991684437291},
        {10300, 100, 10000, 0.84075323783209776916, 0.15924676216790223084},
        {2, 2, 0, 0.6321205588285576784, 0.3678794411714423216},
        {2, 1, 1, 0.65275653668226970279, 0.34724346331773029721},
        {5.9655, 9, 3.5, 0.099959377891921448319, 0.90004062210807855168},
        {21.68, 6, 10, 0.79997412017028070516, 0.20002587982971929484},
        {100, 59, 30, 0.77049173697229602165, 0.22950826302770397835},
        {300, 4, 250, 0.92197125606060058895, 0.078028743939399411047},
        {1000, 12, 1100, 0.043327408037765814552, 0.95667259196223418545},
        {3, 3, 40, 5.3017883603287647801e-7, 0.99999946982116396712},
        {40, 3, 2, 0.99999790610935139118, 2.0938906486088228356e-6}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct npt__noncentral_tails tails =
            npt__noncentral_chi_square(known[i][0], known[i][1], known[i][2]);
        reference_expect(tails.lower, known[i][3], 1e-12);
        reference_expect(tails.upper, known[i][4], 1e-12);
        struct npt__noncentral_tails next =
            npt__noncentral_chi_square(known[i][0], known[i][1], known[i][2] + 1e-4);
        assert_true(fabs((next.lower - tails.lower) * 1e4 - tails.slope) < 1e-4);
    }
    struct npt__noncentral_tails far = npt__noncentral_chi_square(10, 3, 1e6);
    assert_true(far.lower >= 0 && far.lower < 1e-30 && far.upper > 0.999999);
    far = npt__noncentral_chi_square(1e6, 3, 10);
    assert_true(far.upper >= 0 && far.upper < 1e-30 && far.lower > 0.999999);
}

static void far_out_tails_stay_probabilities_and_ends_are_finite(void **state)
{
    (void)state;
    const double far[] = {1e-300, 1e-5, 1, 1e3, 3e5};
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 1; k < 5; k++)
            for (double freedom = 1; freedom < 1e5; freedom *= 90) {
                const double p = npt__noncentral_chi_square(far[i], freedom, far[k]).lower;
                assert_true(p >= 0 && p <= 1);
                const struct npt__interval ends =
                    npt__noncentrality_interval(far[i], freedom, 0.95);
                assert_true(ends.low >= 0 && isfinite(ends.high));
            }
}

/* Each end of the interval puts exactly half of 1 - confidence into a tail. */
static void the_ends_of_the_interval_are_where_the_tails_are_right(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int i = 0; i < 60; i++) {
        double x = (double)(reference_random(&random) % 4000) / 16 + 0.5;
        double freedom = (double)(reference_random(&random) % 60 + 1);
        struct npt__interval ends = npt__noncentrality_interval(x, freedom, 0.9);
        assert_true(ends.defined && ends.low >= 0 && ends.low <= ends.high);
        struct npt__noncentral_tails low = npt__noncentral_chi_square(x, freedom, ends.low);
        struct npt__noncentral_tails high = npt__noncentral_chi_square(x, freedom, ends.high);
        assert_true(ends.low > 0 ? fabs(low.upper - 0.05) < 1e-12 : low.upper >= 0.05);
        assert_true(ends.high > 0 ? fabs(high.lower - 0.05) < 1e-12 : high.lower <= 0.05);
    }
}

static void a_wrong_confidence_gives_no_interval(void **state)
{
    (void)state;
    const double wrong[] = {0, 1, 95, -0.5, NAN};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(npt__noncentrality_interval(10, 3, wrong[i]).defined);
    assert_false(npt__noncentrality_interval(NPT__NONCENTRAL_CHI_SQUARE_LARGEST, 3, 0.95).defined);
    assert_true(npt__noncentrality_interval(0, 3, 0.95).defined);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(far_out_tails_stay_probabilities_and_ends_are_finite),
        cmocka_unit_test(noncentral_tails_are_those_of_the_mixture),
        cmocka_unit_test(the_ends_of_the_interval_are_where_the_tails_are_right),
        cmocka_unit_test(a_wrong_confidence_gives_no_interval)};
    return reference_run("noncentral chi-square", tests);
}
