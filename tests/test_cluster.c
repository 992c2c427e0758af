/* test_cluster.c - clustered samples against R's survey, 40 digits, and counting by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/cluster.h"
#include "../nptkit/stats/describe.h"
#include "fixture.h"
#include "grouped_data.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

static struct npt__cluster_data clustered(const struct grouped_data *set, bool weighted)
{
    return (struct npt__cluster_data){.y = set->y,
                                      .weight = weighted ? set->x : NULL,
                                      .cluster = set->group,
                                      .count = set->count,
                                      .clusters = set->groups};
}

/* ---- known values: clusters.csv, ref_design_effect.json; all to 18 digits by Python's mpmath as well ---- */

/* F's tail and quantiles by the incomplete beta function. */
static void the_correlation_within_clusters_of_unequal_size(void **state)
{
    (void)state;
    struct grouped_data set = grouped_read(GROUPED_CLUSTERS);
    struct npt__cluster_data data = clustered(&set, false);
    struct npt__cluster_icc icc = npt__cluster_icc(&data, 0.95);
    assert_true(icc.defined && icc.tested && icc.interval.defined);
    assert_int_equal(icc.count, 72);
    assert_int_equal(icc.clusters, 8);
    reference_expect(icc.between, 8.39180496921768707, 1e-14);
    reference_expect(icc.within, 0.982592376413690476, 1e-14);
    reference_expect(icc.size, 8.84920634920634921, 1e-15);
    reference_expect(icc.icc, 0.460074511423971117, 1e-14);
    reference_expect(icc.f, 8.54047433163126251, 1e-14);
    reference_expect(icc.freedom, 7, 0);
    reference_expect(icc.error_freedom, 64, 0);
    reference_expect(icc.p, 2.38062430836721107e-7, 1e-12);
    reference_expect(icc.interval.low, 0.215192703760962778, 1e-12);
    reference_expect(icc.interval.high, 0.79945152646608801, 1e-12);
    grouped_free(&set);
}

/* The reference's effective number is 72 over the effect for equal sizes. */
static void what_clusters_and_weights_cost(void **state)
{
    (void)state;
    struct grouped_data set = grouped_read(GROUPED_CLUSTERS);
    struct npt__design_effect effect =
        npt__design_effect(set.group, set.count, set.groups, 0.460074511423971117);
    assert_true(effect.defined);
    reference_expect(effect.mean_size, 9, 1e-15);
    reference_expect(effect.squared_variation, 0.117283950617283951, 1e-15);
    reference_expect(effect.equal, 4.68059609139176894, 1e-15);
    reference_expect(effect.unequal, 5.16623029789484956, 1e-15);
    reference_expect(effect.effective_equal, 15.3826560963928201, 1e-15);
    reference_expect(effect.effective_unequal, 13.9366609400550277, 1e-15);
    struct npt__weight_effect weights = npt__weight_effect(set.x, set.count);
    assert_true(weights.defined);
    reference_expect(weights.effect, 1.18266905600450386, 1e-15);
    reference_expect(weights.effective, 60.8792456642459145, 1e-15);
    grouped_free(&set);
}

/* R 4.2.2: svymean(~y, svydesign(~cluster, weights = ~w), deff = "replace"); intervals with t's quantile for 7
   degrees. */
static void means_of_clusters_agree_with_survey(void **state)
{
    (void)state;
    struct grouped_data set = grouped_read(GROUPED_CLUSTERS);
    static const double expected[2][5] = {
        {2.79404166666666667, 0.362595891680589075, 5.52587536413856604, 1.93663862767083506,
         3.65144470566249827},
        {2.69098597372340832, 0.371964053408696058, 5.90183876037119984, 1.81143075231245157,
         3.57054119513436507},
    };
    for (size_t i = 0; i < 2; i++) {
        struct npt__cluster_data data = clustered(&set, i);
        struct npt__cluster_mean mean = npt__cluster_mean(&data, 0.95);
        assert_true(mean.defined && mean.error_defined && mean.interval.defined);
        assert_int_equal(mean.fault, NPT__CLUSTER_FINE);
        reference_expect(mean.mean, expected[i][0], 1e-15);
        reference_expect(mean.error, expected[i][1], 1e-15);
        reference_expect(mean.design_effect, expected[i][2], 1e-14);
        reference_expect(mean.interval.low, expected[i][3], 1e-14);
        reference_expect(mean.interval.high, expected[i][4], 1e-14);
        reference_expect(mean.freedom, 7, 0);
    }
    grouped_free(&set);
}

/* ---- by hand --------------------------------------------------------------------------------- */

/* Means 2, 6, 10, each 1 off: MSB 32, MSW 2, so 30 / (32 + 2) = 15/17; the mean's error is that of the three
   means. */
static void clusters_of_two(void **state)
{
    (void)state;
    const double y[] = {1, 3, 5, 7, 9, 11};
    const uint32_t cluster[] = {0, 0, 3, 3, 1, 1};
    const struct npt__cluster_data data = {.y = y, .cluster = cluster, .count = 6, .clusters = 5};
    struct npt__cluster_icc icc = npt__cluster_icc(&data, 0.95);
    reference_expect(icc.between, 32, 1e-15);
    reference_expect(icc.within, 2, 1e-15);
    reference_expect(icc.size, 2, 1e-15);
    reference_expect(icc.icc, 15 / 17.0, 1e-15);
    struct npt__cluster_mean mean = npt__cluster_mean(&data, 0.95);
    struct npt__interval interval = npt__mean_interval(3, 6, 4, 0.95);
    assert_int_equal(mean.clusters, 3);
    reference_expect(mean.mean, 6, 1e-15);
    reference_expect(mean.error, 4 / sqrt(3.0), 1e-15);
    reference_expect(mean.interval.low, interval.low, 1e-14);
    reference_expect(mean.interval.high, interval.high, 1e-14);
}

/* Without clusters the error is that of a simple sample, and nothing is lost. */
static void clusters_of_one_are_a_simple_sample(void **state)
{
    (void)state;
    const double y[] = {1, 3, 5, 7, 9, 12};
    const uint32_t cluster[] = {0, 1, 2, 3, 4, 5};
    const struct npt__cluster_data data = {.y = y, .cluster = cluster, .count = 6, .clusters = 6};
    struct npt__cluster_mean mean = npt__cluster_mean(&data, 0.95);
    struct npt__description plain = npt__describe(y, 6);
    reference_expect(mean.mean, plain.mean, 1e-15);
    reference_expect(mean.error, plain.sd / sqrt(6), 1e-15);
    reference_expect(mean.design_effect, 1, 1e-15);
    assert_int_equal(npt__cluster_icc(&data, 0.95).fault, NPT__CLUSTER_SINGLES);
    struct npt__design_effect effect = npt__design_effect(cluster, 6, 6, 0.5);
    assert_true(effect.equal == 1 && effect.unequal == 1 && effect.effective_unequal == 6);
}

/* Weights of 2 are rows that stand twice, as far as the mean goes; rows without weight are not there. */
static void weights_of_none_leave_rows_out(void **state)
{
    (void)state;
    const double y[] = {1, 3, 5, 7, 9, 12, 99}, weight[] = {2, 1, 1, 1, 0, 1, 0};
    const uint32_t cluster[] = {0, 0, 1, 1, 1, 2, 3}, fewer[] = {0, 0, 1, 1, 2};
    const double kept[] = {1, 3, 5, 7, 12}, weights[] = {4, 2, 2, 2, 2};
    const struct npt__cluster_data data = {y, weight, cluster, 7, 4};
    const struct npt__cluster_data less = {kept, weights, fewer, 5, 3};
    struct npt__cluster_mean a = npt__cluster_mean(&data, 0.95), b = npt__cluster_mean(&less, 0.95);
    reference_expect(a.mean, 29 / 6.0, 1e-15);
    assert_int_equal(a.count, 5);
    assert_int_equal(a.clusters, 3);
    assert_true(a.mean == b.mean && a.error == b.error && a.design_effect == b.design_effect);
    struct npt__weight_effect of_a = npt__weight_effect(weight, 7);
    struct npt__weight_effect of_b = npt__weight_effect(weights, 5);
    reference_expect(of_a.effect, 5 * 8 / 36.0, 1e-15);
    reference_expect(of_a.effective, 36 / 8.0, 1e-15);
    assert_true(of_a.effect == of_b.effect && of_a.effective == of_b.effective);
}

/* Sizes 1 and 3: 1 + (2 - 1) icc, and 1 + (10 / 4 - 1) icc. A correlation below 0 gives back what it can. */
static void sizes_that_differ_cost_more(void **state)
{
    (void)state;
    const uint32_t cluster[] = {0, 1, 1, 1};
    struct npt__design_effect effect = npt__design_effect(cluster, 4, 2, 0.5);
    reference_expect(effect.squared_variation, 0.25, 1e-15);
    reference_expect(effect.equal, 1.5, 1e-15);
    reference_expect(effect.unequal, 1.75, 1e-15);
    effect = npt__design_effect(cluster, 4, 2, -1);
    assert_true(effect.defined && effect.equal == 0 && effect.effective_equal == 0);
    assert_true(effect.unequal == -0.5 && effect.effective_unequal == 0);
    assert_false(npt__design_effect(cluster, 4, 2, NAN).defined);
    assert_false(npt__design_effect(cluster, 0, 2, 0.5).defined);
}

/* ---- faults ---------------------------------------------------------------------------------- */

static void expect_faults(struct npt__cluster_data data, enum npt__cluster_fault of_icc,
                          enum npt__cluster_fault of_mean)
{
    struct npt__cluster_icc icc = npt__cluster_icc(&data, 0.95);
    struct npt__cluster_mean mean = npt__cluster_mean(&data, 0.95);
    assert_int_equal(icc.fault, of_icc);
    assert_int_equal(icc.defined, of_icc == NPT__CLUSTER_FINE);
    assert_int_equal(mean.fault, of_mean);
    assert_int_equal(mean.error_defined, of_mean == NPT__CLUSTER_FINE);
    assert_false(isnan(icc.icc) || isnan(mean.mean) || isnan(mean.error));
}

static void data_that_tell_nothing_are_told_apart(void **state)
{
    (void)state;
    const double y[] = {1, 2, 2, 1}, same[] = {0.1, 0.1, 0.1, 0.1}, hole[] = {1, 2, NAN, 3};
    const double weight[] = {1, 1, -1, 1}, none[] = {0, 0, 0, 0}, pairs[] = {0.1, 0.1, 0.7, 0.7};
    const uint32_t cluster[] = {0, 0, 1, 1}, one[] = {2, 2, 2, 2}, own[] = {0, 1, 2, 3};
    expect_faults((struct npt__cluster_data){y, NULL, cluster, 0, 0}, NPT__CLUSTER_EMPTY,
                  NPT__CLUSTER_EMPTY);
    expect_faults((struct npt__cluster_data){y, NULL, one, 4, 3}, NPT__CLUSTER_FEW,
                  NPT__CLUSTER_FEW);
    expect_faults((struct npt__cluster_data){y, NULL, own, 1, 3}, NPT__CLUSTER_FEW,
                  NPT__CLUSTER_FEW);
    expect_faults((struct npt__cluster_data){y, NULL, own, 4, 4}, NPT__CLUSTER_SINGLES,
                  NPT__CLUSTER_FINE);
    expect_faults((struct npt__cluster_data){same, NULL, cluster, 4, 2}, NPT__CLUSTER_CONSTANT,
                  NPT__CLUSTER_CONSTANT);
    expect_faults((struct npt__cluster_data){hole, NULL, cluster, 4, 2}, NPT__CLUSTER_NOT_FINITE,
                  NPT__CLUSTER_NOT_FINITE);
    expect_faults((struct npt__cluster_data){y, weight, cluster, 4, 2}, NPT__CLUSTER_FINE,
                  NPT__CLUSTER_NOT_FINITE);
    expect_faults((struct npt__cluster_data){y, none, cluster, 4, 2}, NPT__CLUSTER_FINE,
                  NPT__CLUSTER_EMPTY);
    expect_faults((struct npt__cluster_data){y, NULL, cluster, NPT__CLUSTER_MOST_ROWS + 1u, 2},
                  NPT__CLUSTER_TOO_MANY, NPT__CLUSTER_TOO_MANY);
    expect_faults((struct npt__cluster_data){pairs, NULL, cluster, 4, 2}, NPT__CLUSTER_FINE,
                  NPT__CLUSTER_FINE);
    assert_false(npt__weight_effect(none, 4).defined || npt__weight_effect(weight, 4).defined);
    assert_false(npt__weight_effect(NULL, 0).defined);
}

/* Both means are 3/2: the correlation is as low as it can be, and nothing tells how far off the mean may be. */
static void clusters_with_equal_means(void **state)
{
    (void)state;
    const double y[] = {1, 2, 2, 1}, pairs[] = {0.1, 0.1, 0.7, 0.7};
    const uint32_t cluster[] = {0, 0, 1, 1}, one[] = {0, 0, 0, 0};
    struct npt__cluster_data data = {y, NULL, cluster, 4, 2};
    struct npt__cluster_icc icc = npt__cluster_icc(&data, 0.95);
    assert_true(icc.icc == -1 && icc.p == 1 && icc.f == 0);
    struct npt__cluster_mean mean = npt__cluster_mean(&data, 0.95);
    assert_true(mean.defined && mean.mean == 1.5 && !mean.error_defined);
    assert_int_equal(mean.fault, NPT__CLUSTER_CONSTANT);
    data.cluster = one;
    mean = npt__cluster_mean(&data, 0.95);
    assert_true(mean.defined && mean.mean == 1.5 && !mean.interval.defined);
    data = (struct npt__cluster_data){pairs, NULL, cluster, 4, 2};
    icc = npt__cluster_icc(&data, 0.95);
    assert_true(icc.icc == 1 && !icc.tested && !icc.interval.defined);
}

/* ---- random data ----------------------------------------------------------------------------- */

static void order_and_numbers_of_clusters_change_no_digit(void **state)
{
    (void)state;
    const size_t sizes[] = {30, 4, 17, 1, 8, 50, 4, 9};
    uint64_t seed = 31;
    struct grouped_data set = grouped_draw(sizes, 8, 0.8, &seed);
    double *y = npt__allocate(set.count * sizeof *y),
           *weight = npt__allocate(set.count * sizeof *y);
    uint32_t *cluster = npt__allocate(set.count * sizeof *cluster);
    struct npt__cluster_data data = {set.y, set.x, set.group, set.count, 8};
    const struct npt__cluster_data turned = {y, weight, cluster, set.count, 9};
    for (size_t i = 0; i < set.count; i++)
        set.x[i] = fabs(set.x[i]);
    for (size_t i = 0; i < set.count; i++) { /* 123 rows: 50 has no factor in common with them */
        size_t to = (i * 50 + 7) % set.count;
        y[to] = set.y[i];
        weight[to] = set.x[i];
        cluster[to] = 8 - set.group[i];
    }
    assert_int_equal(set.count, 123);
    struct npt__cluster_icc a = npt__cluster_icc(&data, 0.95), b = npt__cluster_icc(&turned, 0.95);
    assert_true(a.icc == b.icc && a.p == b.p && a.interval.low == b.interval.low);
    struct npt__cluster_mean c = npt__cluster_mean(&data, 0.95);
    struct npt__cluster_mean d = npt__cluster_mean(&turned, 0.95);
    assert_true(c.mean == d.mean && c.error == d.error && c.design_effect == d.design_effect);
    assert_true(c.interval.low == d.interval.low && c.interval.high == d.interval.high);
    for (size_t i = 0; i < set.count; i++)
        y[i] = 3 * y[i] + 50;
    d = npt__cluster_mean(&turned, 0.95);
    reference_expect(d.mean, 3 * c.mean + 50, 1e-14);
    reference_expect(d.error, 3 * c.error, 1e-13);
    npt__release(y);
    npt__release(weight);
    npt__release(cluster);
    grouped_free(&set);
}

/* Thirty clusters of 8, correlation one half. The mean is 0; the interval of the correlation is exact for equal
   sizes. */
static void intervals_hold_the_truth_as_often_as_they_claim(void **state)
{
    (void)state;
    const int rounds = getenv("VALGRIND") ? 10 : 1000;
    double y[240];
    uint32_t cluster[240];
    uint64_t seed = 15;
    int means = 0, correlations = 0;
    const struct npt__cluster_data data = {y, NULL, cluster, 240, 30};
    for (int round = 0; round < rounds; round++) {
        double effect = 0;
        for (uint32_t i = 0; i < 240; i++) {
            effect = i % 8 ? effect : grouped_normal(&seed);
            cluster[i] = i / 8;
            y[i] = effect + grouped_normal(&seed);
        }
        struct npt__interval mean = npt__cluster_mean(&data, 0.95).interval;
        struct npt__interval icc = npt__cluster_icc(&data, 0.95).interval;
        means += mean.low <= 0 && 0 <= mean.high;
        correlations += icc.low <= 0.5 && 0.5 <= icc.high;
    }
    if (rounds == 1000) {
        assert_in_range(means, 930, 970);
        assert_in_range(correlations, 930, 970);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_correlation_within_clusters_of_unequal_size),
        cmocka_unit_test(what_clusters_and_weights_cost),
        cmocka_unit_test(means_of_clusters_agree_with_survey),
        cmocka_unit_test(clusters_of_two),
        cmocka_unit_test(clusters_of_one_are_a_simple_sample),
        cmocka_unit_test(weights_of_none_leave_rows_out),
        cmocka_unit_test(sizes_that_differ_cost_more),
        cmocka_unit_test(data_that_tell_nothing_are_told_apart),
        cmocka_unit_test(clusters_with_equal_means),
        cmocka_unit_test(order_and_numbers_of_clusters_change_no_digit),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_claim),
    };
    return reference_run("clusters and design effects", tests);
}
