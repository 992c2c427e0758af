/* test_permutation.c - permutation tests against enumeration, exact reference values, and each other.
 *
 * Exact p-values are those of the exact-rational reference set, counts by hand, or come from every subset or labelling
 * being gone through here. Samples of arrangements are compared with exact p-values.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/bootstrap.h"
#include "../nptkit/stats/describe.h"
#include "../nptkit/stats/hypergeometric.h"
#include "../nptkit/stats/permutation.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reference_data.h"

#define MOST 20000u

struct sample {
    int64_t scores[MOST];
    uint32_t groups[MOST], strata[MOST];
    struct npt__permutation_data data;
};
static struct sample shared;

static struct sample *sample_of(size_t count, size_t groups)
{
    shared.data = (struct npt__permutation_data){.scores = shared.scores,
                                                 .unit = 1,
                                                 .groups = shared.groups,
                                                 .count = count,
                                                 .group_count = groups};
    return &shared;
}

static struct npt__permutation_options options_of(enum npt__permutation_statistic statistic)
{
    return (struct npt__permutation_options){.statistic = statistic,
                                             .replicates = 2000,
                                             .seed = 1,
                                             .threads = 2,
                                             .most_steps = NPT__PERMUTATION_STEPS};
}

static struct npt__permutation run(const struct sample *sample,
                                   enum npt__permutation_statistic statistic)
{
    struct npt__permutation_options options = options_of(statistic);
    return npt__permutation_test(&sample->data, &options);
}

static struct npt__permutation draw(const struct sample *sample,
                                    enum npt__permutation_statistic statistic, size_t replicates)
{
    struct npt__permutation_options options = options_of(statistic);
    options.most_steps = 0;
    options.replicates = replicates;
    return npt__permutation_test(&sample->data, &options);
}

/* ---- hypergeometric numbers ------------------------------------------------------------------ */

static void logarithms_of_factorials_are_right(void **state)
{
    (void)state;
    double *logs = npt__log_factorials(100000);
    assert_true(logs[0] == 0 && logs[1] == 0);
    reference_expect(logs[10], log(3628800), 1e-15);
    reference_expect(logs[20], log(2432902008176640000.0), 1e-15);
    /* Python: decimal sums of logarithms to 40 digits; the last by Stirling's series to as many. */
    reference_expect(logs[170], 706.57306224578734711, 1e-15);
    reference_expect(logs[255], 1161.71210111840065079, 1e-15);
    reference_expect(logs[256], logs[255] + log(256), 1e-15);
    reference_expect(logs[1000], 5912.1281784881633489, 1e-15);
    reference_expect(logs[100000], 1051299.2218991218651, 1e-15);
    npt__release(logs);
}

static double choose(uint32_t n, uint32_t some)
{
    double ways = 1;
    for (uint32_t i = 0; i < some; i++)
        ways = ways * (n - i) / (i + 1);
    return ways;
}

static void expect_hypergeometric(uint32_t marked, uint32_t others, uint32_t draws)
{
    enum { ROUNDS = 40000 };
    const size_t rounds = getenv("VALGRIND") ? ROUNDS / 20 : ROUNDS;
    size_t counts[64] = {0};
    double *logs = npt__log_factorials(marked + others);
    for (uint64_t i = 0; i < rounds; i++) {
        struct npt__random random;
        npt__random_start(&random, 77, i);
        uint32_t got = npt__random_hypergeometric(&random, logs, marked, others, draws);
        assert_true(got <= marked && got <= draws && draws - got <= others && got < 64);
        counts[got]++;
    }
    npt__release(logs);
    double chi_square = 0, pooled = 0, pooled_count = 0, cells = 0;
    for (uint32_t k = 0; k < 64 && k <= draws; k++) {
        if (k > marked || draws - k > others)
            continue;
        pooled += (double)rounds * choose(marked, k) * choose(others, draws - k) /
                  choose(marked + others, draws);
        pooled_count += (double)counts[k];
        if (pooled < 5)
            continue; /* together with the next */
        chi_square += (pooled_count - pooled) * (pooled_count - pooled) / pooled;
        cells++;
        pooled = pooled_count = 0;
    }
    /* Wilson & Hilferty's bound: passed once in some 5000 seeds. */
    const double freedom = cells - 1, spread = 2 / (9 * freedom);
    if (freedom > 0)
        assert_true(chi_square < freedom * pow(1 - spread + 3.54 * sqrt(spread), 3));
}

static void hypergeometric_numbers_come_as_often_as_they_should(void **state)
{
    (void)state;
    expect_hypergeometric(5, 7, 4);
    expect_hypergeometric(5, 7, 12);
    expect_hypergeometric(1, 9, 3);
    expect_hypergeometric(30, 20, 45); /* at least 25 marked */
    expect_hypergeometric(50, 50, 50);
    expect_hypergeometric(200, 3000, 100);
    expect_hypergeometric(3, 997, 500);
    expect_hypergeometric(0, 10, 4);
    expect_hypergeometric(10, 0, 4);
}

/* ---- exact p-values -------------------------------------------------------------------------- */

static void fill(struct sample *sample, const int64_t *scores, const uint32_t *groups)
{
    for (size_t i = 0; i < sample->data.count; i++) {
        sample->scores[i] = scores[i];
        sample->groups[i] = groups[i];
    }
}

static void p_is_the_share_of_the_arrangements_counted_by_hand(void **state)
{
    (void)state;
    struct sample *sample = sample_of(6, 2);
    const uint32_t halves[] = {0, 0, 0, 1, 1, 1};
    /* 2 of the 20 ways to choose three of six. */
    fill(sample, (const int64_t[]){1, 2, 3, 4, 5, 6}, halves);
    for (int statistic = 0; statistic < 3; statistic++) {
        struct npt__permutation test = run(sample, (enum npt__permutation_statistic)statistic);
        assert_true(test.defined && test.exact && test.error == 0 && test.replicates == 0);
        reference_expect(test.p, 2.0 / 20, 1e-15);
        reference_expect(test.difference, -3, 1e-15);
    }
    /* F: between 3 * 2 * 1.5^2 = 13.5, within 4 over 4. H: 12 / 42 * (36 + 225) / 3 - 21 = 27 / 7. */
    reference_expect(run(sample, NPT__PERMUTE_MEANS).statistic, 13.5, 1e-15);
    reference_expect(run(sample, NPT__PERMUTE_RANKS).statistic, 27.0 / 7, 1e-15);
    /* One success in three against three in three: all four successes among six, 12 of 15 ways. */
    fill(sample, (const int64_t[]){1, 0, 0, 1, 1, 1}, halves);
    reference_expect(run(sample, NPT__PERMUTE_MEANS).p, 6.0 / 15, 1e-15);
    /* Equal means: every arrangement is at least as far apart. */
    fill(sample, (const int64_t[]){1, 2, 6, 2, 3, 4}, halves);
    reference_expect(run(sample, NPT__PERMUTE_MEANS).p, 1, 1e-15);
}

static void fill_from_file(struct sample *sample, const char *path, const char *column, double unit,
                           const char *group_column, const char *groups)
{
    struct reference_table *table = reference_table_read(path);
    size_t count = 0;
    for (size_t row = 0; row < reference_rows(table); row++) {
        double value;
        const char *group = reference_cell(table, row, group_column);
        const char *at = strchr(groups, *group);
        if (!at || !*group || !reference_number(table, row, column, &value))
            continue;
        sample->scores[count] = (int64_t)llround(value * unit);
        sample->groups[count++] = (uint32_t)(at - groups);
    }
    reference_table_free(table);
    sample->data.count = count;
    sample->data.unit = (int64_t)unit;
    sample->data.group_count = strlen(groups);
}

static void ranks_of_two_groups_give_the_exact_rank_sum_test(void **state)
{
    (void)state;
    struct sample *sample = sample_of(0, 2);
    const char *path = "tests/data/groups_ties.csv";
    /* ref_highprecision.json, "Mann-Whitney exact conditional with ties", two-sided by the deviation from the
       expected sum of ranks: integer dynamic programming over doubled mid-ranks. R's exactRankTests is wrong here
       for A and C (0.00190088). */
    fill_from_file(sample, path, "score", 1, "group", "AB");
    struct npt__permutation test = run(sample, NPT__PERMUTE_RANKS);
    assert_true(test.exact);
    reference_expect(test.p, 0.4544663725013554, 1e-14);
    fill_from_file(sample, path, "score", 1, "group", "AC");
    reference_expect(run(sample, NPT__PERMUTE_RANKS).p, 0.0019224211423699916, 1e-14);
    fill_from_file(sample, path, "score", 1, "group", "BC");
    reference_expect(run(sample, NPT__PERMUTE_RANKS).p, 0.051405355737400245, 1e-14);
    /* Hollander & Wolfe's permeabilities, without ties: coin::wilcox_test(distribution = "exact"). */
    fill_from_file(sample, "tests/data/permeability.csv", "y", 100, "group", "xy");
    reference_expect(run(sample, NPT__PERMUTE_RANKS).p, 0.2544122544122544, 1e-14);
}

static void statistics_are_those_of_r(void **state)
{
    (void)state;
    struct sample *sample = sample_of(0, 2);
    /* R 4.2.2: kruskal.test(score ~ group); anova(lm(y ~ group)); oneway.test(y ~ group). */
    fill_from_file(sample, "tests/data/groups_ties.csv", "score", 1, "group", "ABC");
    reference_expect(run(sample, NPT__PERMUTE_RANKS).statistic, 8.353648241403357, 1e-14);
    fill_from_file(sample, "tests/data/groups4.csv", "y", 100, "group", "ABCD");
    struct npt__permutation test = run(sample, NPT__PERMUTE_MEANS);
    assert_int_equal(test.group_count, 4);
    assert_false(test.exact);
    assert_true(isnan(test.difference));
    reference_expect(test.statistic, 1.5370263510465443, 1e-14);
    reference_expect(run(sample, NPT__PERMUTE_RANKS).statistic, 3.031762573629347, 1e-14);
    reference_expect(run(sample, NPT__PERMUTE_WELCH).statistic, 1.7033027005234491, 1e-13);
    fill_from_file(sample, "tests/data/groups4.csv", "y", 100, "group", "AB");
    reference_expect(run(sample, NPT__PERMUTE_MEANS).difference,
                     53.04222222222222 - 52.016666666666666, 1e-13);
}

/* ---- every labelling, gone through here ------------------------------------------------------ */

/* Welch's F or the sum of squares between groups of deviations from the strata's means, the plain way. */
static double plain_statistic(const struct sample *sample, const uint32_t *groups,
                              const double *values, bool welch)
{
    const size_t count = sample->data.count, group_count = sample->data.group_count;
    double between = 0, mean = 0, weight = 0, correction = 0, n[8], m[8], w[8];
    for (size_t g = 0; g < group_count; g++) {
        double squares = 0;
        n[g] = m[g] = 0;
        for (size_t i = 0; i < count; i++)
            if (groups[i] == g) {
                n[g]++;
                m[g] += values[i];
            }
        m[g] /= n[g];
        for (size_t i = 0; i < count; i++)
            squares += groups[i] == g ? (values[i] - m[g]) * (values[i] - m[g]) : 0;
        if (welch && squares < 1e-9)
            return INFINITY;
        w[g] = welch ? n[g] * (n[g] - 1) / squares : n[g];
        weight += w[g];
        mean += w[g] * m[g];
    }
    mean /= weight;
    for (size_t g = 0; g < group_count; g++) {
        between += w[g] * (m[g] - mean) * (m[g] - mean);
        correction += (1 - w[g] / weight) * (1 - w[g] / weight) / (n[g] - 1);
    }
    const double k = (double)group_count;
    return welch ? between / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * correction) : between;
}

/* Deviations of scores, or of mid-ranks within strata, from their stratum's mean. */
static void plain_values(const struct sample *sample, bool ranks, double *values)
{
    const struct npt__permutation_data *data = &sample->data;
    for (size_t i = 0; i < data->count; i++) {
        double rank = 1, rows = 0, sum = 0;
        for (size_t j = 0; j < data->count; j++) {
            if (data->strata && data->strata[j] != data->strata[i])
                continue;
            rows++;
            sum += (double)data->scores[j];
            rank += data->scores[j] < data->scores[i] ? 1 : 0;
            rank += j != i && data->scores[j] == data->scores[i] ? 0.5 : 0;
        }
        values[i] = ranks ? rank - (rows + 1) / 2 : (double)data->scores[i] - sum / rows;
    }
}

static bool same_sizes(const struct sample *sample, const uint32_t *groups)
{
    int difference[8][8] = {{0}};
    for (size_t i = 0; i < sample->data.count; i++) {
        uint32_t stratum = sample->data.strata ? sample->data.strata[i] : 0;
        difference[stratum][groups[i]]++;
        difference[stratum][sample->data.groups[i]]--;
    }
    for (size_t s = 0; s < 8; s++)
        for (size_t g = 0; g < 8; g++)
            if (difference[s][g])
                return false;
    return true;
}

static double plain_p(const struct sample *sample, enum npt__permutation_statistic statistic)
{
    const size_t count = sample->data.count;
    const bool welch = statistic == NPT__PERMUTE_WELCH;
    double values[16];
    plain_values(sample, statistic == NPT__PERMUTE_RANKS, values);
    const double observed = plain_statistic(sample, sample->data.groups, values, welch);
    uint32_t groups[16] = {0};
    size_t all = 0, extreme = 0, at = 0;
    while (at < count) {
        if (same_sizes(sample, groups)) {
            all++;
            extreme +=
                plain_statistic(sample, groups, values, welch) >= observed * (1 - 1e-10) - 1e-12;
        }
        for (at = 0; at < count && ++groups[at] == sample->data.group_count; at++)
            groups[at] = 0;
    }
    return (double)extreme / (double)all;
}

static void fill_at_random(struct sample *sample, uint32_t distinct, uint32_t strata,
                           uint64_t *chance)
{
    const size_t count = sample->data.count;
    for (size_t i = 0; i < count; i++) {
        sample->scores[i] = (int64_t)(reference_random(chance) % distinct) - 3;
        sample->groups[i] = (uint32_t)(i % sample->data.group_count);
        sample->strata[i] = strata ? (uint32_t)(reference_random(chance) % strata) : 0;
    }
    sample->data.strata = strata ? sample->strata : NULL;
}

static void all_arrangements_give_the_p_of_every_labelling(void **state)
{
    (void)state;
    uint64_t chance = 12;
    const struct {
        size_t count, groups;
        uint32_t distinct, strata;
    } shapes[] = {{9, 2, 4, 0}, {8, 2, 1000, 0}, {8, 3, 3, 0}, {7, 3, 900, 0},
                  {6, 4, 5, 0}, {10, 2, 4, 3},   {8, 3, 4, 2}, {9, 2, 500, 2}};
    const size_t rounds = getenv("VALGRIND") ? 2 : 12;
    size_t tested = 0;
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        for (size_t round = 0; round < rounds; round++) {
            struct sample *sample = sample_of(shapes[shape].count, shapes[shape].groups);
            fill_at_random(sample, shapes[shape].distinct, shapes[shape].strata, &chance);
            for (int s = 0; s < (shapes[shape].strata ? 2 : 3); s++) {
                struct npt__permutation test = run(sample, (enum npt__permutation_statistic)s);
                if (!test.defined)
                    continue;
                assert_true(test.exact);
                reference_expect(test.p, plain_p(sample, (enum npt__permutation_statistic)s),
                                 1e-14);
                tested++;
            }
        }
    }
    assert_true(tested > rounds * 10);
}

/* ---- samples of arrangements ----------------------------------------------------------------- */

static void expect_sampled(const struct sample *sample, enum npt__permutation_statistic statistic)
{
    const size_t replicates = getenv("VALGRIND") ? 500 : 20000;
    struct npt__permutation exact = run(sample, statistic);
    struct npt__permutation sampled = draw(sample, statistic, replicates);
    assert_true(exact.exact && !sampled.exact);
    assert_int_equal(sampled.replicates, replicates);
    reference_expect(sampled.p, (1.0 + (double)sampled.extreme) / (1.0 + (double)replicates),
                     1e-15);
    reference_expect(sampled.error, sqrt(sampled.p * (1 - sampled.p) / (double)replicates), 1e-15);
    assert_true(sampled.statistic == exact.statistic || isnan(exact.statistic));
    const double spread = sqrt(exact.p * (1 - exact.p) / (double)replicates);
    assert_true(fabs(sampled.p - exact.p) <= 4 * spread + 1.0 / (double)replicates);
}

static void a_sample_of_arrangements_comes_near_the_exact_p(void **state)
{
    (void)state;
    uint64_t chance = 5;
    for (size_t groups = 2; groups <= 4; groups++) {
        for (uint32_t strata = 0; strata <= 3; strata += 3) {
            struct sample *sample = sample_of(12, groups);
            fill_at_random(sample, 6, strata, &chance);
            expect_sampled(sample, NPT__PERMUTE_MEANS);
            expect_sampled(sample, NPT__PERMUTE_RANKS);
            if (!strata)
                expect_sampled(sample, NPT__PERMUTE_WELCH);
        }
    }
}

/* Many rows with few scores: drawn by counts. */
static void fill_answers(struct sample *sample, uint32_t strata, uint64_t *chance)
{
    fill_at_random(sample, 2, strata, chance);
    const size_t count = sample->data.count;
    for (size_t i = 0; i < count; i++) /* group 0 a little higher */
        sample->scores[i] += sample->groups[i] == 0 && reference_random(chance) % 14 == 0;
}

static void draws_by_counts_come_near_the_exact_p_as_well(void **state)
{
    (void)state;
    uint64_t chance = 9;
    for (int round = 0; round < 3; round++) {
        /* Not more than 2^100 arrangements, yet more than 64 rows for each cell: most rows in one group. */
        struct sample *sample = sample_of(600, 2);
        fill_answers(sample, round == 2 ? 2 : 0, &chance);
        for (size_t i = 0; i < 600; i++)
            sample->groups[i] = i % 50 ? 1 : 0;
        for (size_t i = 0; i < 600; i++)
            sample->scores[i] = (int64_t)(reference_random(&chance) % (i % 50 ? 2 : 3));
        assert_true(npt__bootstrap_by_counts(600, round == 2 ? 6 : 3));
        expect_sampled(sample, NPT__PERMUTE_MEANS);
        expect_sampled(sample, NPT__PERMUTE_RANKS);
        if (round != 2)
            expect_sampled(sample, NPT__PERMUTE_WELCH);
    }
}

static void draws_by_counts_and_shuffles_agree_with_f(void **state)
{
    (void)state;
    /* Of many rows, p is near that of the F distribution: 3 groups, F(2, 897) = 3.0056 at p = 0.05
       (scipy.stats.f.sf(3.0056, 2, 897)), and in between for what these data give. */
    uint64_t chance = 21;
    struct sample *sample = sample_of(900, 3);
    const size_t replicates = getenv("VALGRIND") ? 200 : 20000;
    fill_at_random(sample, 4, 0, &chance);
    struct npt__permutation counts = draw(sample, NPT__PERMUTE_MEANS, replicates);
    for (size_t i = 0; i < 900; i++) /* nearly the same scores, all of them different: shuffled */
        sample->scores[i] = sample->scores[i] * 100000000 + (int64_t)i;
    struct npt__permutation rows = draw(sample, NPT__PERMUTE_MEANS, replicates);
    assert_true(counts.extreme != rows.extreme || counts.extreme == 0);
    assert_true(fabs(counts.p - rows.p) < 4 * sqrt(2.0) * fmax(counts.error, rows.error));
    /* With 2 degrees of freedom above, the tail of F is (1 + 2 F / d)^(-d / 2). */
    const double tail = pow(1 + 2 * counts.statistic / 897, -897.0 / 2);
    assert_true(fabs(counts.p - tail) < 4 * counts.error + 0.003);
}

/* ---- what must not matter -------------------------------------------------------------------- */

static void expect_same(struct npt__permutation a, struct npt__permutation b)
{
    assert_true(a.defined && b.defined && a.exact == b.exact);
    assert_true(a.p == b.p && a.extreme == b.extreme && a.error == b.error);
    assert_true(reference_same(a.statistic, b.statistic));
}

static void turn_rows(struct sample *sample, uint64_t *chance)
{
    for (size_t i = sample->data.count; i > 1; i--) {
        const size_t other = (size_t)(reference_random(chance) % i);
        const int64_t score = sample->scores[i - 1];
        const uint32_t group = sample->groups[i - 1], stratum = sample->strata[i - 1];
        sample->scores[i - 1] = sample->scores[other];
        sample->groups[i - 1] = sample->groups[other];
        sample->strata[i - 1] = sample->strata[other];
        sample->scores[other] = score;
        sample->groups[other] = group;
        sample->strata[other] = stratum;
    }
}

static void neither_threads_nor_order_nor_names_change_a_digit(void **state)
{
    (void)state;
    uint64_t chance = 33;
    size_t changed = 0;
    for (uint32_t shape = 0; shape < 6; shape++) { /* few scores or many; without and with strata */
        struct sample *sample = sample_of(shape < 3 ? 800 : 60, 2 + shape % 3);
        fill_at_random(sample, shape < 3 ? 3 : 1000000, shape % 2 ? 2 : 0, &chance);
        for (int s = 0; s < (shape % 2 ? 2 : 3); s++) {
            struct npt__permutation_options options =
                options_of((enum npt__permutation_statistic)s);
            options.replicates = 150;
            options.threads = 1;
            struct npt__permutation first = npt__permutation_test(&sample->data, &options);
            options.threads = 3;
            expect_same(first, npt__permutation_test(&sample->data, &options));
            turn_rows(sample, &chance);
            expect_same(first, npt__permutation_test(&sample->data, &options));
            const uint32_t groups = (uint32_t)sample->data.group_count;
            for (size_t i = 0; i < sample->data.count; i++)
                sample->groups[i] = (sample->groups[i] + 1) % groups;
            expect_same(first, npt__permutation_test(&sample->data, &options));
            sample->data.group_count += 3; /* three groups without rows */
            expect_same(first, npt__permutation_test(&sample->data, &options));
            sample->data.group_count -= 3;
            options.seed = 2; /* and something must change them */
            changed += npt__permutation_test(&sample->data, &options).extreme != first.extreme;
        }
    }
    assert_true(changed > 7); /* of 15 */
}

static void scores_may_be_shifted_and_stretched(void **state)
{
    (void)state;
    uint64_t chance = 3;
    struct sample *sample = sample_of(400, 3);
    fill_at_random(sample, 5, 0, &chance);
    struct npt__permutation first[3];
    for (int s = 0; s < 3; s++)
        first[s] = draw(sample, (enum npt__permutation_statistic)s, 300);
    for (size_t i = 0; i < 400; i++)
        sample->scores[i] = sample->scores[i] * 1000000007 - 44000000000;
    for (int s = 0; s < 3; s++) {
        struct npt__permutation again = draw(sample, (enum npt__permutation_statistic)s, 300);
        assert_int_equal(first[s].extreme, again.extreme);
        reference_expect(again.statistic, first[s].statistic, 1e-13);
    }
}

static void a_stratum_of_one_group_changes_nothing_but_the_statistic(void **state)
{
    (void)state;
    uint64_t chance = 8;
    struct sample *sample = sample_of(12, 2);
    fill_at_random(sample, 5, 1, &chance);
    const double p = run(sample, NPT__PERMUTE_RANKS).p;
    for (size_t i = 12; i < 20; i++) {
        sample->scores[i] = (int64_t)(reference_random(&chance) % 9);
        sample->groups[i] = 1;
        sample->strata[i] = 4000000000u;
    }
    sample->data.count = 20;
    struct npt__permutation test = run(sample, NPT__PERMUTE_RANKS);
    assert_true(test.exact && test.count == 20);
    /* Sums of squares are weighted by sizes that now differ; with two groups p is the same all the same. */
    reference_expect(test.p, p, 1e-15);
}

static void large_scores_and_chance_in_both_tails(void **state)
{
    (void)state;
    /* Under no difference, p is uniform: of 400 samples about 20 lie below 0.05 (binomial deviation 4.4). */
    uint64_t chance = 99;
    const size_t rounds = getenv("VALGRIND") ? 20 : 400;
    size_t low = 0, half = 0;
    for (size_t round = 0; round < rounds; round++) {
        struct sample *sample = sample_of(24, 3);
        for (size_t i = 0; i < 24; i++) {
            sample->scores[i] = (int64_t)(reference_random(&chance) % 100000000000u) - 50000000000;
            sample->groups[i] = (uint32_t)(i % 3);
        }
        const double p = draw(sample, NPT__PERMUTE_MEANS, 199).p;
        low += p <= 0.05;
        half += p <= 0.5;
    }
    if (rounds == 400)
        assert_true(low >= 4 && low <= 37 && half >= 160 && half <= 240);
}

/* ---- what cannot be tested ------------------------------------------------------------------- */

static void expect_fault(const struct sample *sample, enum npt__permutation_statistic statistic,
                         enum npt__permutation_fault fault)
{
    struct npt__permutation test = run(sample, statistic);
    assert_false(test.defined);
    assert_int_equal(test.fault, fault);
    assert_true(isnan(test.p) && isnan(test.error) && isnan(test.statistic));
}

static void what_cannot_be_tested_is_said_to_be_so(void **state)
{
    (void)state;
    struct sample *sample = sample_of(0, 0);
    expect_fault(sample, NPT__PERMUTE_MEANS, NPT__PERMUTATION_FEW_GROUPS);
    sample = sample_of(1, 2);
    fill(sample, (const int64_t[]){3}, (const uint32_t[]){1});
    expect_fault(sample, NPT__PERMUTE_MEANS, NPT__PERMUTATION_FEW_GROUPS);
    sample = sample_of(4, 2);
    fill(sample, (const int64_t[]){3, 4, 5, 6}, (const uint32_t[]){1, 1, 1, 1});
    expect_fault(sample, NPT__PERMUTE_RANKS, NPT__PERMUTATION_FEW_GROUPS);
    fill(sample, (const int64_t[]){3, 3, 3, 3}, (const uint32_t[]){1, 0, 1, 1});
    expect_fault(sample, NPT__PERMUTE_MEANS, NPT__PERMUTATION_CONSTANT);
    expect_fault(sample, NPT__PERMUTE_WELCH, NPT__PERMUTATION_CONSTANT);
    fill(sample, (const int64_t[]){3, 4, 5, 6}, (const uint32_t[]){1, 0, 1, 1});
    expect_fault(sample, NPT__PERMUTE_WELCH, NPT__PERMUTATION_VARIANCE);
    fill(sample, (const int64_t[]){3, 3, 5, 6}, (const uint32_t[]){1, 1, 0, 0});
    expect_fault(sample, NPT__PERMUTE_WELCH, NPT__PERMUTATION_VARIANCE);
    sample->data.strata = (const uint32_t[]){9, 9, 2, 2};
    expect_fault(sample, NPT__PERMUTE_WELCH, NPT__PERMUTATION_WELCH_STRATA);
    expect_fault(sample, NPT__PERMUTE_MEANS, NPT__PERMUTATION_FIXED);
    sample->data.strata = (const uint32_t[]){0, 9, 0, 9};
    fill(sample, (const int64_t[]){3, 5, 3, 5}, (const uint32_t[]){1, 1, 0, 0});
    expect_fault(sample, NPT__PERMUTE_MEANS, NPT__PERMUTATION_CONSTANT);
    sample->data.strata = NULL;
    sample->scores[2] = NPT__SUMS_MOST_VALUE + 1;
    expect_fault(sample, NPT__PERMUTE_MEANS, NPT__PERMUTATION_TOO_LARGE);
    sample->scores[2] = 1;
    sample->data.group_count = NPT__PERMUTATION_GROUPS + 1;
    expect_fault(sample, NPT__PERMUTE_MEANS, NPT__PERMUTATION_TOO_LARGE);
    sample->data.group_count = 2;
    assert_int_equal(draw(sample, NPT__PERMUTE_MEANS, 0).fault, NPT__PERMUTATION_REPLICATES);
    assert_int_equal(draw(sample, NPT__PERMUTE_MEANS, NPT__MOST_REPLICATES + 1).fault,
                     NPT__PERMUTATION_REPLICATES);
}

static void groups_without_inner_variation_have_an_infinite_f(void **state)
{
    (void)state;
    struct sample *sample = sample_of(4, 2);
    fill(sample, (const int64_t[]){3, 3, 5, 5}, (const uint32_t[]){1, 1, 0, 0});
    struct npt__permutation test = run(sample, NPT__PERMUTE_MEANS);
    assert_true(test.defined && test.statistic == INFINITY);
    reference_expect(test.p, 2.0 / 6, 1e-15);
    sample = sample_of(2, 2); /* one row each: both arrangements are as extreme */
    fill(sample, (const int64_t[]){3, 5}, (const uint32_t[]){1, 0});
    reference_expect(run(sample, NPT__PERMUTE_MEANS).p, 1, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms_of_factorials_are_right),
        cmocka_unit_test(hypergeometric_numbers_come_as_often_as_they_should),
        cmocka_unit_test(p_is_the_share_of_the_arrangements_counted_by_hand),
        cmocka_unit_test(ranks_of_two_groups_give_the_exact_rank_sum_test),
        cmocka_unit_test(statistics_are_those_of_r),
        cmocka_unit_test(all_arrangements_give_the_p_of_every_labelling),
        cmocka_unit_test(a_sample_of_arrangements_comes_near_the_exact_p),
        cmocka_unit_test(draws_by_counts_come_near_the_exact_p_as_well),
        cmocka_unit_test(draws_by_counts_and_shuffles_agree_with_f),
        cmocka_unit_test(neither_threads_nor_order_nor_names_change_a_digit),
        cmocka_unit_test(scores_may_be_shifted_and_stretched),
        cmocka_unit_test(a_stratum_of_one_group_changes_nothing_but_the_statistic),
        cmocka_unit_test(large_scores_and_chance_in_both_tails),
        cmocka_unit_test(what_cannot_be_tested_is_said_to_be_so),
        cmocka_unit_test(groups_without_inner_variation_have_an_infinite_f),
    };
    return reference_run("permutation tests", tests);
}
