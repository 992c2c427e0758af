/* test_mixed_data.c - random-intercept models of made-up data: exact cases, faults, order and units.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "fixture.h"
#include "grouped_data.h"
#include "reference_data.h"

#include <math.h>

static const struct npt__mixed_options reml = {NPT__MIXED_REML, 0.95, NULL};
static const struct npt__mixed_options ml = {NPT__MIXED_ML, 0.95, NULL};

static struct npt__mixed_data without_columns(const double *y, const uint32_t *group, size_t count,
                                              size_t groups)
{
    return (struct npt__mixed_data){.y = y, .group = group, .count = count, .groups = groups};
}

/* ---- by hand --------------------------------------------------------------------------------- */

/* Groups of 2 with means 2, 6, 10, each 1 off: MSW = 6 / 3 = 2, MSB = 2 * 32 / 2 = 32. Groups of equal size:
   REML is the analysis of variance, tau^2 = (32 - 2) / 2 = 15; ML divides between by 3 groups, (64 / 3 - 2) / 2
   = 29 / 3. The mean's error is sqrt(MSB / 6), for ML sqrt(64 / 18); effects are (1 - MSW / MSB) = 15 / 16, 29
   / 32 of -4, 0, 4. */
static void groups_of_equal_size_are_an_analysis_of_variance(void **state)
{
    (void)state;
    const double y[] = {1, 3, 5, 7, 9, 11};
    const uint32_t group[] = {0, 0, 1, 1, 2, 2};
    struct npt__mixed_data data = without_columns(y, group, 6, 3);
    struct npt__mixed_model model;
    struct npt__mixed_group groups[3];
    npt__mixed_model(&data, &reml, &model, groups);
    reference_expect(model.error_variance, 2, 1e-15);
    reference_expect(model.group_variance, 15, 1e-15);
    reference_expect(model.icc, 15 / 17.0, 1e-15);
    reference_expect(model.effect[0].estimate, 6, 1e-15);
    reference_expect(model.effect[0].error, sqrt(32 / 6.0), 1e-15);
    reference_expect(model.effect[0].freedom, 2, 1e-14);
    reference_expect(groups[0].effect, -15 / 4.0, 1e-15);
    reference_expect(groups[1].effect, 0, 1e-15);
    reference_expect(groups[2].estimate, 6 + 15 / 4.0, 1e-15);
    reference_expect(groups[2].conditional_error, sqrt(15 / 16.0), 1e-15);
    reference_expect(groups[2].mean, 10, 1e-15);
    npt__mixed_model(&data, &ml, &model, groups);
    reference_expect(model.error_variance, 2, 1e-15);
    reference_expect(model.group_variance, 29 / 3.0, 1e-15);
    reference_expect(model.effect[0].error, sqrt(64 / 18.0), 1e-15);
    reference_expect(groups[0].effect, -29 / 8.0, 1e-15);
}

/* Here groups' means, 2, 2, 2.5, differ less than chance has it: MSB = 1/6 < MSW = 17/6. Then tau^2 = 0, and
   all is as for six numbers without groups: sum of squares 53/6 about the mean 13/6. */
static void groups_that_differ_less_than_by_chance_play_no_part(void **state)
{
    (void)state;
    const double y[] = {1, 3, 3, 1, 4, 1};
    const uint32_t group[] = {0, 0, 1, 1, 2, 2};
    struct npt__mixed_data data = without_columns(y, group, 6, 3);
    struct npt__mixed_model model;
    struct npt__mixed_group groups[3];
    npt__mixed_model(&data, &reml, &model, groups);
    assert_true(model.defined && model.boundary);
    assert_true(model.ratio == 0 && model.group_variance == 0 && model.icc == 0);
    assert_true(model.groups_statistic == 0 && model.groups_p == 1);
    reference_expect(model.error_variance, 53 / 30.0, 1e-15);
    reference_expect(model.effect[0].freedom, 5, 1e-15);
    struct npt__interval plain = npt__mean_interval(6, 13 / 6.0, sqrt(53 / 30.0), 0.95);
    reference_expect(model.effect[0].interval.low, plain.low, 1e-14);
    reference_expect(model.effect[0].interval.high, plain.high, 1e-14);
    assert_true(model.icc_interval.defined && model.icc_interval.low == 0);
    assert_true(model.icc_interval.high > 0.1 && model.icc_interval.high < 1);
    for (size_t g = 0; g < 3; g++) {
        assert_true(groups[g].effect == 0 && groups[g].weight == 0);
        assert_false(groups[g].effect_interval.defined);
        reference_expect(groups[g].estimate, 13 / 6.0, 1e-15);
        reference_expect(groups[g].estimate_error, sqrt(53 / 180.0), 1e-15);
    }
    npt__mixed_model(&data, &ml, &model, NULL);
    reference_expect(model.error_variance, 53 / 36.0, 1e-15);
    reference_expect(model.effect[0].freedom, 6, 1e-15);
}

/* Four people in waves 1 to 4. By fractions the criterion's slope at 0, trace(P Z Z') - 3 r'Z Z'r / r'r with P = I - H
   and r = P y, is exactly 0: least there, and all is as for the means of waves without people: sum of squares 2. */
static void a_slope_of_nothing_at_nothing_is_no_variance(void **state)
{
    (void)state;
    const double y[] = {2, 1, 3, 3, 2, 1, 3};
    const double x[] = {0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1};
    const uint32_t group[] = {0, 0, 1, 1, 1, 2, 3};
    const struct npt__mixed_data data = {
        .y = y, .x = x, .columns = 3, .group = group, .count = 7, .groups = 4};
    struct npt__mixed_model model;
    npt__mixed_model(&data, &reml, &model, NULL);
    assert_true(model.defined && model.boundary);
    assert_true(model.ratio == 0 && model.group_variance == 0 && model.icc == 0);
    reference_expect(model.error_variance, 2 / 3.0, 1e-15);
    reference_expect(model.effect[2].estimate, -1, 1e-15);
}

/* MSW = 2e-12 beside means some units apart; sizes are equal, so tau^2 = (MSB - MSW) / 2. */
static void groups_far_apart_cost_no_digits(void **state)
{
    (void)state;
    const double h = 0x1p-20, y[] = {1 - h, 1 + h, 4 - h, 4 + h, 10 - h, 10 + h};
    const uint32_t group[] = {0, 0, 1, 1, 2, 2};
    struct npt__mixed_data data = without_columns(y, group, 6, 3);
    struct npt__mixed_model model;
    npt__mixed_model(&data, &reml, &model, NULL);
    reference_expect(model.error_variance, 2 * h * h, 1e-15);
    reference_expect(model.group_variance, 21 - h * h, 1e-15);
    assert_true(model.icc_interval.high < 1);
}

/* ---- the criterion, written out -------------------------------------------------------------- */

/* -2 log likelihood by V in full: the augmented matrix of V and (X, y) reduced by Gauss leaves -(X, y)' V^-1
   (X, y). */
static double dense_criterion(const struct grouped_data *set, double sigma2, double tau2,
                              bool restricted)
{
    const size_t n = set->count, p = set->columns + 1, all = n + p + 1;
    double *a = npt__allocate(all * all * sizeof *a);
    for (size_t i = 0; i < all * all; i++)
        a[i] = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            a[i * all + j] = (i == j ? sigma2 : 0) + (set->group[i] == set->group[j] ? tau2 : 0);
        for (size_t j = 0; j <= p; j++) {
            double value = j == 0 ? 1 : j == p ? set->y[i] : set->x[i * set->columns + j - 1];
            a[i * all + n + j] = a[(n + j) * all + i] = value;
        }
    }
    double logarithms = 0;
    for (size_t j = 0; j < n + p; j++) {
        double pivot = a[j * all + j];
        for (size_t i = j + 1; i < all; i++) {
            double share = a[i * all + j] / pivot;
            for (size_t k = j + 1; k < all; k++)
                a[i * all + k] -= share * a[j * all + k];
        }
        logarithms += j < n ? log(pivot) : restricted ? log(-pivot) : 0;
    }
    double sum = logarithms - a[all * all - 1];
    npt__release(a);
    return sum + (double)(restricted ? n - p : n) * 1.8378770664093454836; /* log(2 pi) */
}

static void the_criterion_is_least_where_it_is_said_to_be(void **state)
{
    (void)state;
    const size_t sizes[] = {3, 9, 1, 14, 5, 2, 7};
    uint64_t seed = 11;
    for (int method = NPT__MIXED_REML; method <= NPT__MIXED_ML; method++) {
        struct grouped_data set = grouped_draw(sizes, 7, 1.5, &seed);
        struct npt__mixed_data data = grouped_mixed(&set);
        const struct npt__mixed_options options = {(enum npt__mixed_method)method, 0.95, NULL};
        struct npt__mixed_model model;
        npt__mixed_model(&data, &options, &model, NULL);
        assert_true(model.defined && !model.boundary);
        bool restricted = method == NPT__MIXED_REML;
        double s = model.error_variance, t = model.group_variance;
        reference_expect(dense_criterion(&set, s, t, restricted), model.criterion, 1e-12);
        for (double by = 0.01; by < 30; by *= 2) {
            assert_true(dense_criterion(&set, s * (1 + by), t, restricted) > model.criterion);
            assert_true(dense_criterion(&set, s / (1 + by), t, restricted) > model.criterion);
            assert_true(dense_criterion(&set, s, t * (1 + by), restricted) > model.criterion);
            assert_true(dense_criterion(&set, s, t / (1 + by), restricted) > model.criterion);
        }
        grouped_free(&set);
    }
}

/* ---- what changes nothing -------------------------------------------------------------------- */

static void expect_same_effect(struct npt__mixed_effect a, struct npt__mixed_effect b)
{
    assert_true(a.estimate == b.estimate && a.error == b.error && a.freedom == b.freedom);
    assert_true(a.t == b.t && a.p == b.p && a.interval.low == b.interval.low);
}

static void expect_same_model(const struct npt__mixed_model *a, const struct npt__mixed_model *b)
{
    assert_true(a->defined && b->defined && a->ratio == b->ratio);
    assert_true(a->error_variance == b->error_variance && a->group_variance == b->group_variance);
    assert_true(a->criterion == b->criterion && a->icc == b->icc && a->groups_p == b->groups_p);
    assert_true(a->icc_interval.low == b->icc_interval.low);
    assert_true(a->icc_interval.high == b->icc_interval.high);
    for (size_t i = 0; i < a->effects; i++) {
        expect_same_effect(a->effect[i], b->effect[i]);
        for (size_t j = 0; j < a->effects; j++)
            assert_true(a->covariance[i][j] == b->covariance[i][j]);
    }
}

/* Rows in another order, groups with other numbers, of which some have no rows. */
static void order_and_numbers_of_groups_change_no_digit(void **state)
{
    (void)state;
    const size_t sizes[] = {30, 4, 17, 1, 8, 50, 4, 9};
    static const uint32_t numbers[] = {9, 2, 7, 0, 5, 1, 10, 3};
    uint64_t seed = 3;
    struct grouped_data set = grouped_draw(sizes, 8, 0.8, &seed);
    struct npt__mixed_data data = grouped_mixed(&set);
    struct npt__mixed_model first, then;
    struct npt__mixed_group before[8], after[11];
    npt__mixed_model(&data, &reml, &first, before);
    for (int round = 0; round < 20; round++) {
        for (size_t i = set.count; i > 1; i--) {
            size_t other = (size_t)(reference_random(&seed) % i), j = i - 1;
            double y = set.y[j], x0 = set.x[2 * j], x1 = set.x[2 * j + 1];
            uint32_t group = set.group[j];
            set.y[j] = set.y[other];
            set.x[2 * j] = set.x[2 * other];
            set.x[2 * j + 1] = set.x[2 * other + 1];
            set.group[j] = set.group[other];
            set.y[other] = y;
            set.x[2 * other] = x0;
            set.x[2 * other + 1] = x1;
            set.group[other] = group;
        }
        npt__mixed_model(&data, &reml, &then, NULL);
        expect_same_model(&first, &then);
    }
    for (size_t i = 0; i < set.count; i++)
        set.group[i] = numbers[set.group[i]];
    data.groups = 11;
    npt__mixed_model(&data, &reml, &then, after);
    expect_same_model(&first, &then);
    assert_int_equal(then.groups, 8);
    for (size_t g = 0; g < 8; g++) {
        assert_int_equal(after[numbers[g]].count, sizes[g]);
        assert_true(after[numbers[g]].effect == before[g].effect);
        assert_true(after[numbers[g]].estimate_error == before[g].estimate_error);
    }
    assert_true(after[4].count == 0 && after[4].effect == 0 && after[4].conditional_error == 0);
    grouped_free(&set);
}

static void a_constant_moves_the_intercept_and_a_unit_scales(void **state)
{
    (void)state;
    const size_t sizes[] = {12, 4, 17, 6, 8};
    uint64_t seed = 8;
    struct grouped_data set = grouped_draw(sizes, 5, 1, &seed);
    struct npt__mixed_data data = grouped_mixed(&set);
    struct npt__mixed_model first, then;
    struct npt__mixed_group before[5], after[5];
    for (size_t i = 0; i < set.count; i++) { /* so that what follows is exact */
        set.y[i] = round(set.y[i] * 1024) / 1024;
        set.x[2 * i] = round(set.x[2 * i] * 1024) / 1024;
    }
    npt__mixed_model(&data, &reml, &first, before);
    assert_false(first.boundary);
    for (size_t i = 0; i < set.count; i++)
        set.y[i] += 1000000000;
    npt__mixed_model(&data, &reml, &then, after);
    reference_expect(then.effect[0].estimate, first.effect[0].estimate + 1e9, 1e-15);
    reference_expect(then.ratio, first.ratio, 1e-14);
    reference_expect(then.criterion, first.criterion, 1e-14);
    for (size_t j = 1; j < 3; j++) {
        reference_expect(then.effect[j].estimate, first.effect[j].estimate, 1e-14);
        reference_expect(then.effect[j].error, first.effect[j].error, 1e-14);
        reference_expect(then.effect[j].freedom, first.effect[j].freedom, 1e-13);
    }
    for (size_t g = 0; g < 5; g++)
        reference_expect(after[g].effect, before[g].effect, 1e-13);
    for (size_t i = 0; i < set.count; i++) {
        set.y[i] = 3 * (set.y[i] - 1000000000);
        set.x[2 * i] = 2020 + 5 * set.x[2 * i];
    }
    npt__mixed_model(&data, &reml, &then, after);
    reference_expect(then.ratio, first.ratio, 1e-14);
    reference_expect(then.error_variance, 9 * first.error_variance, 1e-14);
    reference_expect(then.effect[1].estimate, 0.6 * first.effect[1].estimate, 1e-14);
    reference_expect(then.effect[1].error, 0.6 * first.effect[1].error, 1e-14);
    reference_expect(then.effect[1].p, first.effect[1].p, 1e-12);
    reference_expect(then.effect[2].estimate, 3 * first.effect[2].estimate, 1e-14);
    double moved = 3 * first.effect[0].estimate - 2020 * then.effect[1].estimate;
    reference_expect(then.effect[0].estimate, moved, 1e-13);
    for (size_t g = 0; g < 5; g++) {
        reference_expect(after[g].effect, 3 * before[g].effect, 1e-13);
        reference_expect(after[g].estimate, 3 * before[g].estimate, 1e-14);
    }
    grouped_free(&set);
}

/* The place at which groups are estimated: a combination of fixed effects, plus the group's own. */
static void groups_can_be_estimated_anywhere(void **state)
{
    (void)state;
    const size_t sizes[] = {12, 4, 17, 6, 8};
    uint64_t seed = 21;
    struct grouped_data set = grouped_draw(sizes, 5, 1, &seed);
    struct npt__mixed_data data = grouped_mixed(&set);
    const double at[] = {4.5, 1}, weights[] = {1, 4.5, 1}, none[] = {0, 0, 0}, bad[] = {1, NAN, 0};
    const struct npt__mixed_options options = {NPT__MIXED_REML, 0.95, at};
    struct npt__mixed_model model;
    struct npt__mixed_group groups[5];
    npt__mixed_model(&data, &options, &model, groups);
    double fixed = npt__mixed_combination(&model, weights, 0.95).estimate;
    for (size_t g = 0; g < 5; g++)
        reference_expect(groups[g].estimate, fixed + groups[g].effect, 1e-14);
    double variance = 0;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            variance += weights[i] * weights[j] * model.covariance[i][j];
    reference_expect(npt__mixed_combination(&model, weights, 0.95).error, sqrt(variance), 1e-12);
    assert_false(npt__mixed_combination(&model, none, 0.95).defined);
    assert_false(npt__mixed_combination(&model, bad, 0.95).defined);
    assert_false(npt__mixed_combination(&model, weights, 1).interval.defined);
    grouped_free(&set);
}

/* ---- faults ---------------------------------------------------------------------------------- */

static struct npt__mixed_model expect_fault(struct npt__mixed_data data,
                                            enum npt__mixed_fault fault)
{
    struct npt__mixed_model model;
    struct npt__mixed_group groups[6];
    npt__mixed_model(&data, &reml, &model, data.groups <= 6 ? groups : NULL);
    assert_false(model.defined);
    assert_int_equal(model.fault, fault);
    assert_true(model.ratio == 0 && model.criterion == 0 && !model.icc_interval.defined);
    assert_false(model.effect[0].defined);
    for (size_t g = 0; data.groups <= 6 && g < data.groups; g++)
        assert_true(groups[g].effect == 0 && groups[g].estimate == 0);
    const double weights[NPT__MIXED_MOST_EFFECTS] = {1};
    assert_false(npt__mixed_combination(&model, weights, 0.95).defined);
    return model;
}

static void data_that_tell_nothing_are_told_apart(void **state)
{
    (void)state;
    const double y[] = {1, 2, 4, 3, 6, 5}, same[] = {2, 2, 2, 2, 2, 2},
                 hole[] = {1, 2, NAN, 3, 4, 5};
    const double pairs[] = {1, 1, 2, 2, 5, 5}, endless[] = {1, 2, 3, 4, 5, INFINITY};
    const uint32_t group[] = {0, 0, 1, 1, 2, 2}, one[] = {4, 4, 4, 4, 4, 4},
                   own[] = {0, 1, 2, 3, 4, 5};
    expect_fault(without_columns(y, group, 0, 3), NPT__MIXED_GROUPS);
    expect_fault(without_columns(y, group, 0, 0), NPT__MIXED_GROUPS);
    expect_fault(without_columns(y, group, 1, 3), NPT__MIXED_GROUPS);
    expect_fault(without_columns(y, one, 6, 5), NPT__MIXED_GROUPS);
    expect_fault(without_columns(y, own, 6, 6), NPT__MIXED_SINGLES);
    expect_fault(without_columns(same, group, 6, 3), NPT__MIXED_CONSTANT);
    expect_fault(without_columns(hole, group, 6, 3), NPT__MIXED_NOT_FINITE);
    expect_fault(without_columns(endless, group, 6, 3), NPT__MIXED_NOT_FINITE);
    expect_fault(without_columns(pairs, group, 6, 3), NPT__MIXED_EXACT);
    expect_fault(without_columns(y, group, 6, NPT__MIXED_MOST_GROUPS + 1u), NPT__MIXED_TOO_MANY);
    expect_fault(without_columns(y, group, NPT__MIXED_MOST_ROWS + 1u, 3), NPT__MIXED_TOO_MANY);
}

static void columns_that_tell_nothing_are_told_apart(void **state)
{
    (void)state;
    const double y[] = {1, 2, 4, 3, 6, 5};
    const uint32_t group[] = {0, 0, 1, 1, 2, 2};
    struct npt__mixed_data data = without_columns(y, group, 6, 3);
    const double constant[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    const double twice[] = {0.1, 0.2, 0.3, 0.6, 0.2, 0.4, 0.7, 1.4, 0.5, 1, 0.6, 1.2};
    const double by_group[] = {1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0};
    const double itself[] = {1, 2, 4, 3, 6, 5};
    const double three[] = {1, 4, 2, 2, 1, 7, 3, 5, 1, 4, 6, 6, 5, 3, 2, 1, 1, 9};
    data.columns = 1;
    data.x = constant;
    assert_int_equal(expect_fault(data, NPT__MIXED_COLLINEAR).column, 0);
    data.x = itself;
    expect_fault(data, NPT__MIXED_EXACT);
    data.columns = 2;
    data.x = twice;
    assert_int_equal(expect_fault(data, NPT__MIXED_COLLINEAR).column, 1);
    data.x = by_group;
    expect_fault(data, NPT__MIXED_BETWEEN);
    data.columns = 3;
    data.x = three;
    expect_fault(data, NPT__MIXED_WITHIN);
    data.columns = NPT__MIXED_MOST_COLUMNS + 1;
    expect_fault(data, NPT__MIXED_TOO_MANY);
}

static void a_confidence_out_of_range_gives_no_interval(void **state)
{
    (void)state;
    const double y[] = {1, 3, 5, 7, 9, 11};
    const uint32_t group[] = {0, 0, 1, 1, 2, 2};
    struct npt__mixed_data data = without_columns(y, group, 6, 3);
    const struct npt__mixed_options options = {NPT__MIXED_REML, 1, NULL};
    struct npt__mixed_model model;
    struct npt__mixed_group groups[3];
    npt__mixed_model(&data, &options, &model, groups);
    assert_true(model.defined && model.effect[0].defined);
    assert_false(model.icc_interval.defined || model.effect[0].interval.defined);
    assert_false(groups[0].effect_interval.defined || groups[0].estimate_interval.defined);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_of_equal_size_are_an_analysis_of_variance),
        cmocka_unit_test(groups_that_differ_less_than_by_chance_play_no_part),
        cmocka_unit_test(a_slope_of_nothing_at_nothing_is_no_variance),
        cmocka_unit_test(groups_far_apart_cost_no_digits),
        cmocka_unit_test(the_criterion_is_least_where_it_is_said_to_be),
        cmocka_unit_test(order_and_numbers_of_groups_change_no_digit),
        cmocka_unit_test(a_constant_moves_the_intercept_and_a_unit_scales),
        cmocka_unit_test(groups_can_be_estimated_anywhere),
        cmocka_unit_test(data_that_tell_nothing_are_told_apart),
        cmocka_unit_test(columns_that_tell_nothing_are_told_apart),
        cmocka_unit_test(a_confidence_out_of_range_gives_no_interval),
    };
    return reference_run("mixed models, properties", tests);
}
