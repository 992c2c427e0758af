/* test_mixed_many.c - random-intercept models of many random data: coverage, size, and small coarse ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "fixture.h"
#include "grouped_data.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

static const struct npt__mixed_options reml = {NPT__MIXED_REML, 0.95, NULL};
static const struct npt__mixed_options ml = {NPT__MIXED_ML, 0.95, NULL};

/* ---- many ------------------------------------------------------------------------------------ */

/* Twenty sites of 5 to 24: how often do intervals hold the truth, 0.95 of the time by their own claim? Among
   400 models the share's standard error is 0.011; groups' intervals, 20 in each model, leave out that variances
   are estimated. */
static void intervals_hold_the_truth_as_often_as_they_claim(void **state)
{
    (void)state;
    const int rounds = getenv("VALGRIND") ? 5 : 400;
    size_t sizes[20];
    for (size_t g = 0; g < 20; g++)
        sizes[g] = 5 + g;
    uint64_t seed = 2024;
    int slope = 0, level = 0, icc = 0, sites = 0;
    for (int round = 0; round < rounds; round++) {
        struct grouped_data set = grouped_draw(sizes, 20, 0, &seed);
        double effects[20];
        for (size_t g = 0; g < 20; g++)
            effects[g] = 0.5 * grouped_normal(&seed);
        for (size_t i = 0; i < set.count; i++)
            set.y[i] += effects[set.group[i]];
        struct npt__mixed_data data = grouped_mixed(&set);
        struct npt__mixed_model model;
        struct npt__mixed_group groups[20];
        npt__mixed_model(&data, &reml, &model, groups);
        slope += model.effect[1].interval.low <= 0.5 && 0.5 <= model.effect[1].interval.high;
        level += model.effect[2].interval.low <= -1 && -1 <= model.effect[2].interval.high;
        icc += model.icc_interval.low <= 0.2 && 0.2 <= model.icc_interval.high;
        for (size_t g = 0; g < 20; g++)
            sites += groups[g].effect_interval.low <= effects[g] &&
                     effects[g] <= groups[g].effect_interval.high;
        grouped_free(&set);
    }
    if (rounds < 400)
        return;
    assert_in_range(slope, 367, 393);
    assert_in_range(level, 367, 393);
    assert_in_range(icc, 367, 393);
    assert_in_range(sites, 20 * 368, 20 * 388);
}

/* Groups of 1 to 5 people's answers. Errors of the variances are those of a normal sample of as many groups,
   below 0.02. */
static void a_hundred_thousand_groups_are_no_trouble(void **state)
{
    (void)state;
    const size_t groups = getenv("VALGRIND") ? 500 : 100000;
    size_t *sizes = npt__allocate(groups * sizeof *sizes);
    for (size_t g = 0; g < groups; g++)
        sizes[g] = 1 + g % 5;
    uint64_t seed = 5;
    struct grouped_data set = grouped_draw(sizes, groups, 1.2, &seed);
    struct npt__mixed_data data = grouped_mixed(&set);
    struct npt__mixed_model model;
    npt__mixed_model(&data, &reml, &model, NULL);
    assert_true(model.defined);
    if (groups == 100000) {
        assert_true(fabs(model.error_variance - 1) < 0.02);
        assert_true(fabs(model.group_variance - 1.44) < 0.04);
        assert_true(fabs(model.effect[1].estimate - 0.5) < 5 * model.effect[1].error);
        assert_true(fabs(model.effect[2].estimate + 1) < 5 * model.effect[2].error);
    }
    npt__release(sizes);
    grouped_free(&set);
}

/* Data as small and as coarse as they come: whole numbers from 1 to 3, up to 12 rows, 4 groups and 2 columns. */
static void no_small_data_give_anything_but_numbers(void **state)
{
    (void)state;
    const int rounds = getenv("VALGRIND") ? 200 : 5000;
    uint64_t seed = 99;
    int defined = 0;
    for (int round = 0; round < rounds; round++) {
        double y[12], x[24];
        uint32_t group[12];
        size_t count = 1 + (size_t)(reference_random(&seed) % 12);
        for (size_t i = 0; i < 24; i++)
            x[i] = 1 + (double)(reference_random(&seed) % 3);
        for (size_t i = 0; i < 12; i++) {
            y[i] = 1 + (double)(reference_random(&seed) % 3);
            group[i] = (uint32_t)(reference_random(&seed) % 4);
        }
        struct npt__mixed_data data = {.y = y, .group = group, .count = count, .groups = 4};
        data.x = x;
        data.columns = (size_t)(reference_random(&seed) % 3);
        struct npt__mixed_model model;
        struct npt__mixed_group groups[4];
        npt__mixed_model(&data, round % 2 ? &reml : &ml, &model, groups);
        assert_int_equal(model.defined, model.fault == NPT__MIXED_FINE);
        defined += model.defined;
        double sum = model.ratio + model.criterion + model.icc_interval.low + model.groups_p +
                     model.icc_interval.high + model.error_variance + model.group_variance;
        for (size_t i = 0; i < model.effects; i++) {
            const struct npt__mixed_effect *effect = &model.effect[i];
            assert_int_equal(effect->defined, model.defined);
            sum += effect->t + effect->p + effect->freedom + effect->interval.low;
        }
        for (size_t g = 0; g < 4; g++)
            sum += groups[g].effect_interval.low + groups[g].estimate_interval.high;
        assert_true(isfinite(sum));
        assert_true(!model.defined || model.icc_interval.defined);
        assert_true(model.icc_interval.low <= model.icc && model.icc <= model.icc_interval.high);
        assert_true(model.ratio >= 0 && model.groups_statistic >= 0);
    }
    assert_true(defined > rounds / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_small_data_give_anything_but_numbers),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_claim),
        cmocka_unit_test(a_hundred_thousand_groups_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
