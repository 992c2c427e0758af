/* test_cluster_bootstrap.c - intervals by cluster and of differences, against all resamples gone through here.
 *
 * Few clusters have few resamples: their exact distribution says between which shares the ends of an interval must lie.
 * Replicates are many, and four deviations of chance are allowed for.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/cluster_bootstrap.h"
#include "../nptkit/stats/interval.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reference_data.h"

#define MOST_RESAMPLES 50000u

static struct npt__bootstrap_options options_of(size_t replicates)
{
    return (struct npt__bootstrap_options){
        .replicates = replicates, .seed = 3, .threads = 2, .confidence = 0.9};
}

static size_t many(void)
{
    return getenv("VALGRIND") ? 1000 : 40000;
}

/* ---- exact distributions --------------------------------------------------------------------- */

struct distribution {
    double values[MOST_RESAMPLES];
    size_t count;
};
static struct distribution exact;

static double share_below(double value, bool with_equal)
{
    size_t below = 0;
    for (size_t i = 0; i < exact.count; i++)
        below += with_equal ? exact.values[i] < value + 1e-9 : exact.values[i] < value - 1e-9;
    return (double)below / (double)exact.count;
}

/* `end` is the quantile of `share`, give or take chance. */
static void expect_quantile(double end, double share, double replicates)
{
    const double allowance = 4 * sqrt(share * (1 - share) / replicates) + 2 / replicates;
    /* Between neighbours an end may lie anywhere: quantiles of type 7 are linear in between. */
    assert_true(share_below(end, false) <= share + allowance);
    assert_true(share_below(end, true) >= share - allowance);
}

static double normal(double x)
{
    return erfc(-x / sqrt(2)) / 2;
}

static void expect_bca(struct npt__bootstrap_interval interval, double estimate,
                       double acceleration)
{
    const double replicates = (double)many();
    const double below = (share_below(estimate, false) + share_below(estimate, true)) / 2;
    const double bias = npt__normal_quantile(below);
    assert_true(interval.defined);
    reference_expect(interval.estimate, estimate, 1e-13);
    for (int i = 0; i < 2; i++) {
        const double reach = bias + (i ? 1 : -1) * npt__normal_quantile(0.95);
        const double share = normal(bias + reach / (1 - acceleration * reach));
        /* The share below the estimate is itself a matter of chance: fewer replicates are as good as these. */
        expect_quantile(i ? interval.high : interval.low, share, replicates / 8);
    }
}

static void expect_percentile(struct npt__bootstrap_interval interval)
{
    assert_true(interval.defined);
    expect_quantile(interval.low, 0.05, (double)many());
    expect_quantile(interval.high, 0.95, (double)many());
}

/* Calls `statistic` for all ways to draw `count` of `count`, all equally likely. */
static void go_through(size_t count, npt__cluster_statistic *statistic, const void *user)
{
    uint32_t drawn[8] = {0};
    size_t at = 0;
    exact.count = 0;
    while (at < count) {
        uint32_t times[8] = {0};
        for (size_t i = 0; i < count; i++)
            times[drawn[i]]++;
        assert_true(exact.count < MOST_RESAMPLES);
        exact.values[exact.count] = statistic(user, times);
        exact.count += isnan(exact.values[exact.count]) ? 0 : 1;
        for (at = 0; at < count && ++drawn[at] == count; at++)
            drawn[at] = 0;
    }
}

/* ---- any statistic --------------------------------------------------------------------------- */

static const double sizes[6] = {1, 2, 3, 5, 8, 13};

/* The standard deviation of what was drawn, over its mean. */
static double spread(const void *user, const uint32_t *times)
{
    const double *values = user;
    double count = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < 6; i++) {
        count += times[i];
        sum += times[i] * values[i];
        squares += times[i] * values[i] * values[i];
    }
    return sqrt(fmax(squares / count - sum * sum / count / count, 0)) / (sum / count);
}

static double plain_acceleration(const double *without, size_t count)
{
    double mean = 0, squares = 0, cubes = 0;
    for (size_t i = 0; i < count; i++)
        mean += without[i] / (double)count;
    for (size_t i = 0; i < count; i++) {
        squares += pow(mean - without[i], 2);
        cubes += pow(mean - without[i], 3);
    }
    return cubes / (6 * pow(squares, 1.5));
}

static void any_statistic_has_the_intervals_of_all_resamples(void **state)
{
    (void)state;
    const struct npt__bootstrap_options options = options_of(many());
    uint32_t times[6] = {1, 1, 1, 1, 1, 1};
    double without[6];
    const double estimate = spread(sizes, times);
    for (size_t i = 0; i < 6; i++) {
        times[i] = 0;
        without[i] = spread(sizes, times);
        times[i] = 1;
    }
    go_through(6, spread, sizes);
    assert_int_equal(exact.count, 46656);
    expect_percentile(npt__cluster_bootstrap(6, spread, sizes, NPT__INTERVAL_PERCENTILE, &options));
    expect_bca(npt__cluster_bootstrap(6, spread, sizes, NPT__INTERVAL_BCA, &options), estimate,
               plain_acceleration(without, 6));
}

/* ---- means and differences of rows in clusters ------------------------------------------------ */

struct table {
    int64_t scores[2000];
    uint32_t clusters[2000];
    uint8_t groups[2000];
    struct npt__cluster_rows rows;
};
static struct table table;

/* Clusters of 1 to 4 rows; `kind` 0: groups within clusters, 1: clusters within groups. */
static void fill_table(uint32_t clusters, int kind, uint64_t *chance)
{
    size_t count = 0;
    for (uint32_t c = 0; c < clusters; c++) {
        const uint64_t rows = 2 + reference_random(chance) % 3,
                       level = reference_random(chance) % 40;
        for (uint64_t i = 0; i < rows; i++) {
            table.scores[count] = (int64_t)(level + reference_random(chance) % 20);
            table.groups[count] = (uint8_t)(kind ? c % 2 : i % 2);
            table.clusters[count++] = c;
        }
    }
    table.rows = (struct npt__cluster_rows){.scores = table.scores,
                                            .unit = 4,
                                            .clusters = table.clusters,
                                            .groups = table.groups,
                                            .count = count,
                                            .cluster_count = clusters};
}

static double plain_mean(const uint32_t *times, uint8_t group, bool all)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < table.rows.count; i++) {
        if (!all && table.groups[i] != group)
            continue;
        sum += times[table.clusters[i]] * (double)table.scores[i] / 4;
        count += times[table.clusters[i]];
    }
    return sum / count; /* NaN of nothing */
}

static double plain_estimate(const void *user, const uint32_t *times)
{
    const bool *difference = user;
    if (!*difference)
        return plain_mean(times, 0, true);
    return plain_mean(times, 0, false) - plain_mean(times, 1, false);
}

/* Drops resamples in which the clusters of group 0 (those with even numbers) are not three. */
static double nested_estimate(const void *user, const uint32_t *times)
{
    if (times[0] + times[2] + times[4] != 3)
        return NAN;
    return plain_estimate(user, times);
}

static double acceleration_of_table(bool difference, bool nested)
{
    uint32_t times[6] = {1, 1, 1, 1, 1, 1};
    double without[6], squares = 0, cubes = 0;
    for (size_t i = 0; i < 6; i++) {
        times[i] = 0;
        without[i] = plain_estimate(&difference, times);
        times[i] = 1;
    }
    if (!nested)
        return plain_acceleration(without, 6);
    /* Efron & Tibshirani for two samples, three clusters each: influences 2/3 (mean - without). */
    for (size_t i = 0; i < 6; i++) {
        const double mean = (without[i % 2] + without[i % 2 + 2] + without[i % 2 + 4]) / 3;
        squares += pow((mean - without[i]) * 2 / 3, 2);
        cubes += pow((mean - without[i]) * 2 / 3, 3);
    }
    return cubes / (6 * pow(squares, 1.5));
}

static void means_and_differences_have_the_intervals_of_all_resamples(void **state)
{
    (void)state;
    const struct npt__bootstrap_options options = options_of(many());
    const uint32_t once[6] = {1, 1, 1, 1, 1, 1};
    uint64_t chance = 14;
    for (int kind = 0; kind < 2; kind++) {
        fill_table(6, kind, &chance);
        bool difference = false;
        go_through(6, plain_estimate, &difference);
        expect_percentile(
            npt__cluster_bootstrap_mean(&table.rows, NPT__INTERVAL_PERCENTILE, &options));
        expect_bca(npt__cluster_bootstrap_mean(&table.rows, NPT__INTERVAL_BCA, &options),
                   plain_estimate(&difference, once), acceleration_of_table(false, false));
        difference = true;
        go_through(6, kind ? nested_estimate : plain_estimate, &difference);
        expect_percentile(
            npt__cluster_bootstrap_difference(&table.rows, NPT__INTERVAL_PERCENTILE, &options));
        expect_bca(npt__cluster_bootstrap_difference(&table.rows, NPT__INTERVAL_BCA, &options),
                   plain_estimate(&difference, once), acceleration_of_table(true, kind == 1));
    }
}

/* ---- two samples ----------------------------------------------------------------------------- */

static void the_difference_of_two_samples_has_the_intervals_of_all_resamples(void **state)
{
    (void)state;
    const double first[4] = {1.5, 2.25, 7, 3}, second[3] = {0.5, 4, 0.75};
    const struct npt__two_samples samples = {first, second, 4, 3};
    const struct npt__bootstrap_options options = options_of(many());
    exact.count = 0;
    for (size_t a = 0; a < 256; a++)
        for (size_t b = 0; b < 27; b++)
            exact.values[exact.count++] =
                (first[a % 4] + first[a / 4 % 4] + first[a / 16 % 4] + first[a / 64]) / 4 -
                (second[b % 3] + second[b / 3 % 3] + second[b / 9]) / 3;
    double squares = 0, cubes = 0; /* of the influences (value - mean) / n; means 3.4375 and 1.75 */
    for (size_t i = 0; i < 4; i++) {
        squares += pow((first[i] - 3.4375) / 4, 2);
        cubes += pow((first[i] - 3.4375) / 4, 3);
    }
    for (size_t i = 0; i < 3; i++) {
        squares += pow((second[i] - 1.75) / 3, 2);
        cubes -= pow((second[i] - 1.75) / 3, 3);
    }
    expect_percentile(npt__bootstrap_difference(&samples, NPT__INTERVAL_PERCENTILE, &options));
    expect_bca(npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options), 1.6875,
               cubes / (6 * pow(squares, 1.5)));
    /* Exchanged samples turn the interval round, but for chance. */
    const struct npt__two_samples turned = {second, first, 3, 4};
    struct npt__bootstrap_interval a =
        npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options);
    struct npt__bootstrap_interval b =
        npt__bootstrap_difference(&turned, NPT__INTERVAL_BCA, &options);
    assert_true(fabs(a.low + b.high) < 0.25 && fabs(a.high + b.low) < 0.25);
}

/* ---- what must not matter, and what must ------------------------------------------------------ */

static void expect_same(struct npt__bootstrap_interval a, struct npt__bootstrap_interval b)
{
    assert_true(a.defined && b.defined);
    assert_true(a.estimate == b.estimate && a.low == b.low && a.high == b.high);
}

static void neither_threads_nor_order_nor_numbers_change_a_digit(void **state)
{
    (void)state;
    uint64_t chance = 77;
    struct npt__bootstrap_options options = options_of(400);
    for (int kind = 0; kind < 2; kind++) {
        fill_table(20, kind, &chance);
        options.threads = 1;
        struct npt__bootstrap_interval first =
            npt__cluster_bootstrap_difference(&table.rows, NPT__INTERVAL_BCA, &options);
        options.threads = 3;
        expect_same(first,
                    npt__cluster_bootstrap_difference(&table.rows, NPT__INTERVAL_BCA, &options));
        const size_t count = table.rows.count;
        for (size_t i = 0; i < count / 2;
             i++) { /* rows from last to first, clusters numbered backwards */
            const size_t j = count - 1 - i;
            const int64_t score = table.scores[i];
            const uint32_t cluster = table.clusters[i];
            const uint8_t group = table.groups[i];
            table.scores[i] = table.scores[j];
            table.clusters[i] = table.clusters[j];
            table.groups[i] = table.groups[j];
            table.scores[j] = score;
            table.clusters[j] = cluster;
            table.groups[j] = group;
        }
        for (size_t i = 0; i < count; i++)
            table.clusters[i] = 25 - table.clusters[i]; /* some numbers have no rows */
        table.rows.cluster_count = 30;
        expect_same(first,
                    npt__cluster_bootstrap_difference(&table.rows, NPT__INTERVAL_BCA, &options));
        options.seed++;
        assert_true(
            npt__cluster_bootstrap_difference(&table.rows, NPT__INTERVAL_BCA, &options).low !=
            first.low);
    }
    const double a[] = {1, 2, 3, 4, 7, 11}, b[] = {2, 2, 4, 5, 5.5}, turned[] = {11, 3, 1, 7, 2, 4};
    struct npt__two_samples samples = {a, b, 6, 5};
    options.threads = 1;
    struct npt__bootstrap_interval first =
        npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options);
    options.threads = 2;
    samples.first = turned;
    expect_same(first, npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options));
}

static void clusters_that_are_alike_need_wider_intervals(void **state)
{
    (void)state;
    /* 30 clusters of 5 rows whose scores hang together: nine in ten intervals by cluster should hold the true mean
       (0 here); those of rows drawn singly are far too narrow. */
    uint64_t chance = 31;
    const size_t rounds = getenv("VALGRIND") ? 5 : 200;
    size_t by_cluster = 0, by_row = 0;
    for (size_t round = 0; round < rounds; round++) {
        for (uint32_t i = 0, level = 0; i < 150; i++) {
            if (i % 5 == 0)
                level = (uint32_t)(reference_random(&chance) % 201);
            table.scores[i] = (int64_t)level + (int64_t)(reference_random(&chance) % 101) - 150;
            table.clusters[i] = i / 5;
        }
        table.rows = (struct npt__cluster_rows){table.scores, 1, table.clusters, NULL, 150, 30};
        struct npt__bootstrap_options options = options_of(300);
        options.seed = round;
        struct npt__bootstrap_interval wide =
            npt__cluster_bootstrap_mean(&table.rows, NPT__INTERVAL_BCA, &options);
        by_cluster += wide.low <= 0 && wide.high >= 0;
        for (uint32_t i = 0; i < 150; i++)
            table.clusters[i] = i;
        table.rows.cluster_count = 150;
        wide = npt__cluster_bootstrap_mean(&table.rows, NPT__INTERVAL_BCA, &options);
        by_row += wide.low <= 0 && wide.high >= 0;
    }
    if (rounds == 200) /* 0.9 with a deviation of 0.021; rows: about 0.6 */
        assert_true(by_cluster >= 160 && by_cluster <= 194 && by_row < 145);
}

/* ---- what has no interval -------------------------------------------------------------------- */

static void expect_fault(struct npt__bootstrap_interval interval, enum npt__bootstrap_fault fault)
{
    assert_false(interval.defined);
    assert_int_equal(interval.fault, fault);
    assert_true(isnan(interval.low) && isnan(interval.high));
}

static void what_has_no_interval_says_why(void **state)
{
    (void)state;
    struct npt__bootstrap_options options = options_of(100);
    expect_fault(npt__cluster_bootstrap(1, spread, sizes, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_TOO_FEW);
    expect_fault(
        npt__cluster_bootstrap(NPT__MOST_CLUSTERS + 1, spread, sizes, NPT__INTERVAL_BCA, &options),
        NPT__BOOTSTRAP_TOO_FEW);
    const int64_t scores[] = {1, 2, 3, 9};
    const uint32_t one[] = {0, 0, 0, 0}, three[] = {0, 0, 1, 2}, four[] = {0, 1, 2, 3};
    const uint8_t groups[] = {0, 0, 0, 1}, all_first[] = {0, 0, 0, 0};
    struct npt__cluster_rows rows = {scores, 1, one, groups, 4, 1};
    expect_fault(npt__cluster_bootstrap_mean(&rows, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_TOO_FEW);
    rows = (struct npt__cluster_rows){scores, 1, three, groups, 4, 3}; /* one cluster in group 1 */
    expect_fault(npt__cluster_bootstrap_difference(&rows, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_TOO_FEW);
    assert_true(npt__cluster_bootstrap_difference(&rows, NPT__INTERVAL_BCA, &options).estimate ==
                -7);
    rows = (struct npt__cluster_rows){scores, 1, four, all_first, 4, 4};
    expect_fault(npt__cluster_bootstrap_difference(&rows, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_TOO_FEW);
    rows.count = 0;
    expect_fault(npt__cluster_bootstrap_mean(&rows, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_TOO_FEW);
    const int64_t same[] = {4, 4, 4, 4}, huge[] = {1, 2, 3, INT64_MAX};
    rows = (struct npt__cluster_rows){same, 1, four, NULL, 4, 4};
    expect_fault(npt__cluster_bootstrap_mean(&rows, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_CONSTANT);
    rows.scores = huge;
    expect_fault(npt__cluster_bootstrap_mean(&rows, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_NOT_FINITE);
    rows.scores = scores;
    const double a[] = {1, 2, 3}, b[] = {1, INFINITY}, c[] = {5, 5};
    struct npt__two_samples samples = {a, b, 3, 2};
    expect_fault(npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_NOT_FINITE);
    samples.second_count = 1;
    expect_fault(npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_TOO_FEW);
    samples = (struct npt__two_samples){c, c, 2, 2};
    expect_fault(npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_CONSTANT);
    samples.first = a;
    options.replicates = 1;
    expect_fault(npt__bootstrap_difference(&samples, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_REPLICATES);
    expect_fault(npt__cluster_bootstrap_mean(&rows, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_REPLICATES);
    expect_fault(npt__cluster_bootstrap(6, spread, sizes, NPT__INTERVAL_BCA, &options),
                 NPT__BOOTSTRAP_REPLICATES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_statistic_has_the_intervals_of_all_resamples),
        cmocka_unit_test(means_and_differences_have_the_intervals_of_all_resamples),
        cmocka_unit_test(the_difference_of_two_samples_has_the_intervals_of_all_resamples),
        cmocka_unit_test(neither_threads_nor_order_nor_numbers_change_a_digit),
        cmocka_unit_test(clusters_that_are_alike_need_wider_intervals),
        cmocka_unit_test(what_has_no_interval_says_why),
    };
    return reference_run("bootstrap by cluster", tests);
}
