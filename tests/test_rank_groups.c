/* test_rank_groups.c - ranks, Kruskal-Wallis, Dunn, Friedman and Kendall's W against exact fractions, R, and by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/adjust.h"
#include "../nptkit/stats/rank_tests.h"
#include "rank_data.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static struct npt__grouped grouped(const struct rank_data *data, size_t groups)
{
    return (struct npt__grouped){data->values, data->group, data->count, groups};
}

/* ---- ranks ----------------------------------------------------------------------------------- */

static void equal_values_share_their_ranks(void **state)
{
    (void)state;
    const double values[] = {3, -1, 0.0, 3, 7, -0.0, 3};
    const int64_t expected[] = {10, 2, 5, 10, 14, 5, 10};
    int64_t doubled[7];
    const struct npt__ties ties = npt__rank(values, 7, doubled);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(doubled[i], expected[i]);
    assert_int_equal(ties.distinct, 4);
    assert_true(ties.reduction == (27 - 3) + (8 - 2));
    assert_int_equal(npt__rank(values, 0, doubled).distinct, 0);
    /* about the mean rank, 4, doubled 8: 2 + 4, -6, -3 ... */
    assert_true(npt__rank_spread(7, ties.reduction) == 3 * 4 + 36 + 36 + 2 * 9);
}

/* ---- Kruskal-Wallis -------------------------------------------------------------------------- */

/* H = 1701989 / 203742 by Python's fractions; p and the noncentralities by mpmath, 25 digits. R 4.2.2: kruskal.test(),
   effectsize::rank_epsilon_squared(), rank_eta_squared() agree with what they give. */
static void three_groups_with_ties(void **state)
{
    (void)state;
    struct rank_data data;
    struct npt__group_rank ranks[3];
    rank_data_read(&data, "tests/data/groups_ties.csv", "score");
    const struct npt__grouped groups = grouped(&data, 3);
    const struct npt__kruskal_wallis test = npt__kruskal_wallis(&groups, 0.95, ranks);
    assert_true(test.defined && test.count == 43 && test.groups == 3);
    reference_expect(test.h, 1701989 / 203742.0, 1e-15);
    reference_expect(test.freedom, 2, 0);
    reference_expect(test.p, 0.01534717101391678689652, 1e-14);
    reference_expect(test.epsilon_squared, 1701989 / (203742.0 * 42), 1e-15);
    reference_expect(test.eta_squared, 0.15884120603508395, 1e-14);
    reference_expect(test.interval.low, 0.0066686399410291192219, 1e-11);
    reference_expect(test.interval.high, 0.52916176755667018641, 1e-12);
    const double mean_ranks[] = {16.785714285714285, 20.777777777777779, 30.636363636363637};
    const size_t counts[] = {14, 18, 11};
    for (size_t g = 0; g < 3; g++) {
        reference_expect(ranks[g].mean_rank, mean_ranks[g], 1e-15);
        assert_int_equal(ranks[g].count, counts[g]);
    }
    const struct npt__interval narrower = npt__kruskal_wallis(&groups, 0.9, NULL).interval;
    reference_expect(narrower.low, 0.020940615257121940909, 1e-11);
    reference_expect(narrower.high, 0.45966121362224261279, 1e-12);
}

static void four_groups_of_measures(void **state)
{
    (void)state;
    struct rank_data data;
    rank_data_read(&data, "tests/data/groups4.csv", "y");
    const struct npt__grouped groups = grouped(&data, 4);
    const struct npt__kruskal_wallis test = npt__kruskal_wallis(&groups, 0.95, NULL);
    reference_expect(test.h, 3.031762573629361123697, 1e-15);
    reference_expect(test.p, 0.3867538905109689252667, 1e-14);
    reference_expect(test.epsilon_squared, 0.07218482318165145532613, 1e-15);
    reference_expect(test.interval.low, 0, 0);
    reference_expect(test.interval.high, 10.721801298587000474 / 42, 1e-12);
}

/* The mean of a respondent's answers from `first` on, CA3r turned round; as R's rowMeans(na.rm = TRUE). */
static double score_of(const struct reference_table *table, size_t row, const char *const *items)
{
    double sum = 0, answered = 0, answer;
    for (; *items; items++)
        if (reference_number(table, row, *items, &answer)) {
            sum += strcmp(*items, "CA3r") == 0 ? 6 - answer : answer;
            answered++;
        }
    return sum / answered;
}

/* R 4.2.2: kruskal.test(score ~ site) on survey_ref.csv, 150 scores of six sites. */
static void sites_of_the_survey(void **state)
{
    (void)state;
    static const struct {
        const char *items[8];
        double h, p;
    } scales[] = {
        {{"C1", "C2", "C3", "C4", NULL}, 34.7880290797764, 1.6585445324594322e-06},
        {{"CP1", "CP2", "CP3", "CP4", NULL}, 14.001065365317285, 0.015602650175503701},
        {{"CA1", "CA2", "CA3r", "CA4", "CA5", "CA6", "CA7", NULL},
         3.1719633916033656,
         0.6734936236409385},
        {{"RM1", "RM2", "RM3", "RM4", "RM5", NULL}, 15.289504019592016, 0.009194374027346533}};
    struct reference_table *table = reference_table_read("tests/data/survey_ref.csv");
    for (size_t s = 0; s < 4; s++) {
        struct rank_data data = {.count = 150};
        for (size_t row = 0; row < 150; row++) {
            data.values[row] = score_of(table, row, scales[s].items);
            data.group[row] = (uint32_t)(reference_cell(table, row, "site")[3] - '1');
        }
        const struct npt__grouped groups = grouped(&data, 6);
        const struct npt__kruskal_wallis test = npt__kruskal_wallis(&groups, 0.95, NULL);
        reference_expect(test.h, scales[s].h, 1e-13);
        reference_expect(test.p, scales[s].p, 1e-12);
    }
    reference_table_free(table);
}

/* H is then the square of the Mann-Whitney z, without correction for continuity. */
static void two_groups_are_those_of_mann_whitney(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t round = 0; round < 50; round++) {
        double values[40];
        uint32_t group[40];
        const size_t m = 1 + reference_random(&seed) % 38;
        for (size_t i = 0; i < 40; i++) {
            values[i] = (double)(reference_random(&seed) % (2 + round));
            group[i] = i < m ? 0 : 2;
        }
        values[0] = -1;
        const struct npt__grouped groups = {values, group, 40, 4}; /* groups 1 and 3 are empty */
        struct npt__group_rank ranks[4];
        const struct npt__kruskal_wallis test = npt__kruskal_wallis(&groups, 0.95, ranks);
        const struct npt__mann_whitney pair =
            npt__mann_whitney(values, m, values + m, 40 - m, NULL);
        assert_true(test.defined && test.groups == 2 && test.freedom == 1);
        assert_true(fabs(test.h - pair.asymptotic.z * pair.asymptotic.z) < 1e-13 * (1 + test.h));
        assert_true(fabs(test.p - pair.asymptotic.two_sided) < 1e-12);
        assert_true(isnan(ranks[1].mean_rank) && ranks[1].count == 0 && ranks[2].count == 40 - m);
        assert_true(test.interval.low <= test.epsilon_squared && test.interval.low >= 0);
        assert_true(test.interval.high >= test.epsilon_squared && test.interval.high <= 1);
        struct npt__dunn pairs[6];
        assert_int_equal(npt__dunn(&groups, pairs), NPT__RANKS_FINE);
        assert_true(pairs[1].first == 0 && pairs[1].second == 2);
        assert_true(fabs(pairs[1].z - pair.asymptotic.z) < 1e-13 * (1 + fabs(pairs[1].z)));
        for (size_t i = 0; i < 6; i++)
            assert_true(i == 1 || (isnan(pairs[i].p) && isnan(pairs[i].z)));
    }
}

static void order_and_names_of_groups_do_not_matter(void **state)
{
    (void)state;
    uint64_t seed = 2;
    double values[200], group_of[200];
    uint32_t group[200], renamed[200];
    for (size_t i = 0; i < 200; i++) {
        group_of[i] = (double)(reference_random(&seed) % 7);
        values[i] = (double)(reference_random(&seed) % 20) + group_of[i];
    }
    double h = 0, low = 0;
    for (size_t round = 0; round < 20; round++) {
        for (size_t i = 0; i < 200; i++) {
            group[i] = (uint32_t)group_of[i];
            renamed[i] = (group[i] + (uint32_t)round) % 7;
        }
        const struct npt__grouped data = {values, group, 200, 7}, other = {values, renamed, 200, 7};
        const struct npt__kruskal_wallis a = npt__kruskal_wallis(&data, 0.95, NULL);
        const struct npt__kruskal_wallis b = npt__kruskal_wallis(&other, 0.95, NULL);
        if (round == 0) {
            h = a.h;
            low = a.interval.low;
        }
        assert_true(reference_same(a.h, h) && reference_same(a.interval.low, low));
        assert_true(reference_same(b.h, h) && reference_same(b.p, a.p));
        reference_shuffle(values, group_of, 200, &seed);
    }
}

/* A thousand groups that hold the same: each k, k + 1000 ... */
static void a_million_values_are_ranked(void **state)
{
    (void)state;
    const size_t count = getenv("VALGRIND") ? 10000 : 1000000;
    double *values = npt__allocate(count * sizeof *values);
    uint32_t *group = npt__allocate(count * sizeof *group);
    for (size_t i = 0; i < count; i++) {
        values[i] = (double)(i ^ 5);
        group[i] = (uint32_t)(i % 2);
    }
    const struct npt__grouped data = {values, group, count, 2};
    const struct npt__kruskal_wallis test = npt__kruskal_wallis(&data, 0.95, NULL);
    const double n = (double)count;
    /* i ^ 5 turns odd into even: the sums of ranks differ by n / 2, mean ranks by 1 */
    reference_expect(test.h, 3 / (n + 1), 1e-14);
    npt__release(values);
    npt__release(group);
}

/* ---- its interval ---------------------------------------------------------------------------- */

static double normal(uint64_t *seed)
{
    const double u = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    const double v = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* Three groups of equal size whose normal means are -s, 0 and s. With P(X_i > X_k) = Phi(d / sqrt 2) the mean relative
   ranks are p_i = (1 / 3) sum over k, and epsilon squared is 12 times the mean of (p_i - 1 / 2)^2. */
static double population(double s)
{
    const double near = erf(s / 2) / 2, far = erf(s) / 2, p = (near + far) / 3;
    return 12 * 2 * p * p / 3;
}

static void the_interval_of_epsilon_squared_covers_it(void **state)
{
    (void)state;
    const double shifts[] = {0, 0.3, 0.6, 1};
    const size_t rounds = getenv("VALGRIND") ? 10 : 1000;
    uint64_t seed = 3;
    for (size_t s = 0; s < 4; s++) {
        size_t covered = 0;
        for (size_t round = 0; round < rounds; round++) {
            double values[60];
            uint32_t group[60];
            for (size_t i = 0; i < 60; i++) {
                group[i] = (uint32_t)(i % 3);
                values[i] = normal(&seed) + ((double)group[i] - 1) * shifts[s];
            }
            const struct npt__grouped data = {values, group, 60, 3};
            const struct npt__interval interval = npt__kruskal_wallis(&data, 0.95, NULL).interval;
            covered +=
                interval.low <= population(shifts[s]) && interval.high >= population(shifts[s]);
        }
        if (rounds == 1000)
            assert_true(covered >= 955); /* wide, the more so for large effects */
    }
}

/* ---- Dunn ------------------------------------------------------------------------------------ */

/* R 4.2.2: dunn.test::dunn.test(score, group, method = "none", altp = TRUE). */
static void all_pairs_are_those_of_dunn_test(void **state)
{
    (void)state;
    static const double z[] = {-0.92398315513014617, -2.8353183153999124, -2.1246605389586404};
    static const double p[] = {0.35549508612953051, 0.0045780046211247967, 0.033614948413307297};
    static const uint32_t first[] = {0, 0, 1}, second[] = {1, 2, 2};
    struct rank_data data;
    struct npt__dunn pairs[3];
    rank_data_read(&data, "tests/data/groups_ties.csv", "score");
    const struct npt__grouped groups = grouped(&data, 3);
    assert_int_equal(npt__dunn(&groups, pairs), NPT__RANKS_FINE);
    for (size_t i = 0; i < 3; i++) {
        assert_true(pairs[i].first == first[i] && pairs[i].second == second[i]);
        reference_expect(pairs[i].z, z[i], 1e-14);
        reference_expect(pairs[i].p, p[i], 1e-13);
    }
    reference_expect(pairs[0].difference, 235 / 14.0 - 187 / 9.0, 1e-14);
}

/* R 4.2.2: dunn.test(method = , altp = TRUE), and pairwise.wilcox.test(exact = FALSE, p.adjust.method = ), for the pairs
   A B, A C, B C. */
static void pairs_are_adjusted_as_by_r(void **state)
{
    (void)state;
    static const struct {
        enum npt__adjustment adjustment;
        double dunn[3], mann_whitney[3];
    } expected[] = {{NPT__ADJUST_NONE,
                     {0.35549508612953051, 0.0045780046211247967, 0.033614948413307297},
                     {0.44389302230706196, 0.0026755508726325067, 0.052370189017672368}},
                    {NPT__ADJUST_BONFERRONI,
                     {1, 0.013734013863374389, 0.10084484523992189},
                     {1, 0.00802665261789752, 0.1571105670530171}},
                    {NPT__ADJUST_HOLM,
                     {0.35549508612953051, 0.013734013863374389, 0.067229896826614594},
                     {0.44389302230706196, 0.00802665261789752, 0.10474037803534474}},
                    {NPT__ADJUST_BENJAMINI_HOCHBERG,
                     {0.35549508612953051, 0.013734013863374389, 0.050422422619960945},
                     {0.44389302230706196, 0.00802665261789752, 0.078555283526508549}}};
    struct rank_data data;
    struct npt__dunn pairs[3];
    double dunn[3], two_groups[3], adjusted[3];
    rank_data_read(&data, "tests/data/groups_ties.csv", "score");
    const struct npt__grouped groups = grouped(&data, 3);
    assert_int_equal(npt__dunn(&groups, pairs), NPT__RANKS_FINE);
    for (size_t i = 0; i < 3; i++) {
        double a[200], b[200];
        const size_t m = rank_data_group(&data, pairs[i].first, a);
        const size_t n = rank_data_group(&data, pairs[i].second, b);
        dunn[i] = pairs[i].p;
        two_groups[i] = npt__mann_whitney(a, m, b, n, NULL).asymptotic.corrected_two_sided;
    }
    for (size_t k = 0; k < 4; k++) {
        npt__adjust(expected[k].adjustment, dunn, adjusted, 3);
        for (size_t i = 0; i < 3; i++)
            reference_expect(adjusted[i], expected[k].dunn[i], 1e-13);
        npt__adjust(expected[k].adjustment, two_groups, adjusted, 3);
        for (size_t i = 0; i < 3; i++)
            reference_expect(adjusted[i], expected[k].mann_whitney[i], 1e-13);
    }
}

/* ---- Friedman and Kendall's W ---------------------------------------------------------------- */

static void read_judges(double *values)
{
    struct reference_table *table = reference_table_read("tests/data/judges_ties.csv");
    const char *const judges[] = {"j1", "j2", "j3", "j4"};
    assert_int_equal(reference_rows(table), 9);
    for (size_t i = 0; i < 36; i++)
        assert_true(reference_number(table, i / 4, judges[i % 4], &values[i]));
    reference_table_free(table);
}

/* R 4.2.2: friedman.test(as.matrix(d)); W is chi-square / (9 * 3). */
static void nine_blocks_of_four_with_ties(void **state)
{
    (void)state;
    double values[36], mean_ranks[4], sum = 0;
    read_judges(values);
    const struct npt__friedman test = npt__friedman(values, 9, 4, mean_ranks);
    assert_true(test.defined && test.blocks == 9 && test.treatments == 4);
    reference_expect(test.chi_square, 1.3478260869565217, 1e-15);
    reference_expect(test.freedom, 3, 0);
    reference_expect(test.p, 0.71780882775720956, 1e-14);
    reference_expect(test.w, 0.049919484702093397, 1e-14);
    for (size_t t = 0; t < 4; t++)
        sum += mean_ranks[t];
    reference_expect(sum, 10, 1e-15);
}

/* R 4.2.2: irr::kendall(d, correct = TRUE and FALSE), objects in rows. */
static void four_judges_of_nine_objects(void **state)
{
    (void)state;
    double values[36], turned[36];
    read_judges(values);
    for (size_t i = 0; i < 36; i++)
        turned[i % 4 * 9 + i / 4] = values[i];
    const struct npt__friedman test = npt__friedman(turned, 4, 9, NULL);
    reference_expect(test.w, 0.5639269406392694, 1e-15);
    reference_expect(test.chi_square, 18.04566210045662, 1e-15);
    reference_expect(test.p, 0.02088674409946893, 1e-13);
    reference_expect(test.w_uncorrected, 0.5145833333333333, 1e-15);
}

/* Without ties: judges who agree have W = 1, two who are opposite 0; a mean of Spearman's rho otherwise. */
static void agreement_goes_from_none_to_full(void **state)
{
    (void)state;
    const double same[] = {1, 2, 3, 4, 10, 20, 30, 40, -4, -3, -2, -1};
    const double opposite[] = {1, 2, 3, 4, 4, 3, 2, 1};
    struct npt__friedman test = npt__friedman(same, 3, 4, NULL);
    reference_expect(test.w, 1, 0);
    reference_expect(test.mean_correlation, 1, 0);
    reference_expect(test.chi_square, 9, 0);
    test = npt__friedman(opposite, 2, 4, NULL);
    reference_expect(test.w, 0, 0);
    reference_expect(test.mean_correlation, -1, 0);
    reference_expect(test.p, 1, 0);
    /* rho of (1 2 3 4) with (2 1 3 4) and (1 2 4 3): 0.8 both; of these two: 1 - 6 * 4 / 60 = 0.6 */
    const double three[] = {1, 2, 3, 4, 2, 1, 3, 4, 1, 2, 4, 3};
    reference_expect(npt__friedman(three, 3, 4, NULL).mean_correlation, 2.2 / 3, 1e-15);
}

static void blocks_that_cannot_be_compared_say_why(void **state)
{
    (void)state;
    const double some[] = {1, 2, 3, 4}, same[] = {1, 1, 2, 2}, wrong[] = {1, 2, NAN, 4};
    double mean_ranks[2] = {0, 0};
    struct npt__friedman test = npt__friedman(same, 2, 2, mean_ranks);
    assert_true(!test.defined && test.fault == NPT__RANKS_CONSTANT);
    reference_expect(mean_ranks[1], 1.5, 0);
    test = npt__friedman(wrong, 2, 2, mean_ranks);
    assert_true(!test.defined && test.fault == NPT__RANKS_NOT_FINITE && isnan(mean_ranks[0]));
    assert_int_equal(npt__friedman(some, 1, 2, NULL).fault, NPT__RANKS_TOO_FEW);
    assert_int_equal(npt__friedman(some, 4, 1, NULL).fault, NPT__RANKS_TOO_FEW);
    assert_int_equal(npt__friedman(some, 0, 0, NULL).fault, NPT__RANKS_TOO_FEW);
    assert_int_equal(npt__friedman(some, SIZE_MAX / 2, 4, NULL).fault, NPT__RANKS_TOO_MANY);
}

/* ---- the ends -------------------------------------------------------------------------------- */

static void expect_fault(const struct npt__grouped *data, enum npt__rank_fault fault)
{
    struct npt__group_rank ranks[3];
    struct npt__dunn pairs[3];
    const struct npt__kruskal_wallis test = npt__kruskal_wallis(data, 0.95, ranks);
    assert_false(test.defined || test.interval.defined);
    assert_int_equal(test.fault, fault);
    assert_true(test.h == 0 && test.p == 0 && test.count == data->count);
    assert_int_equal(npt__dunn(data, pairs), fault);
    if (data->groups == 3)
        assert_true(isnan(pairs[0].p) && isnan(pairs[2].z) && pairs[2].first == 1);
}

static void groups_that_cannot_be_compared_say_why(void **state)
{
    (void)state;
    const double some[] = {1, 2, 3, 4}, same[] = {2, 2, 2, 2}, wrong[] = {1, 2, INFINITY, 4};
    const uint32_t group[] = {0, 0, 1, 2}, one[] = {1, 1, 1, 1};
    expect_fault(&(struct npt__grouped){NULL, NULL, 0, 3}, NPT__RANKS_TOO_FEW);
    expect_fault(&(struct npt__grouped){NULL, NULL, 0, 0}, NPT__RANKS_TOO_FEW);
    expect_fault(&(struct npt__grouped){some, one, 4, 3}, NPT__RANKS_TOO_FEW);
    expect_fault(&(struct npt__grouped){same, group, 4, 3}, NPT__RANKS_CONSTANT);
    expect_fault(&(struct npt__grouped){wrong, group, 4, 3}, NPT__RANKS_NOT_FINITE);
    expect_fault(&(struct npt__grouped){some, group, NPT__RANKS_MOST_VALUES + 1, 3},
                 NPT__RANKS_TOO_MANY);
    const uint32_t each[] = {0, 1, 2, 3};
    const struct npt__grouped singles = {some, each, 4, 4};
    const struct npt__kruskal_wallis test = npt__kruskal_wallis(&singles, 0.95, NULL);
    assert_true(test.defined && isnan(test.eta_squared));
    reference_expect(test.epsilon_squared, 1, 0);
    reference_expect(test.h, 3, 0);
    const double balanced[] = {1, 4, 2, 3};
    const uint32_t halves[] = {0, 0, 1, 1};
    const struct npt__grouped level = {balanced, halves, 4, 2};
    const struct npt__kruskal_wallis none = npt__kruskal_wallis(&level, 0.95, NULL);
    assert_true(none.defined && none.h == 0 && none.p == 1);
    assert_true(none.interval.low == 0 && none.interval.high == 1); /* four values tell nothing */
    assert_false(npt__kruskal_wallis(&level, 1, NULL).interval.defined);
    assert_false(npt__kruskal_wallis(&level, NAN, NULL).interval.defined);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equal_values_share_their_ranks),
                                       cmocka_unit_test(three_groups_with_ties),
                                       cmocka_unit_test(four_groups_of_measures),
                                       cmocka_unit_test(sites_of_the_survey),
                                       cmocka_unit_test(two_groups_are_those_of_mann_whitney),
                                       cmocka_unit_test(order_and_names_of_groups_do_not_matter),
                                       cmocka_unit_test(a_million_values_are_ranked),
                                       cmocka_unit_test(the_interval_of_epsilon_squared_covers_it),
                                       cmocka_unit_test(all_pairs_are_those_of_dunn_test),
                                       cmocka_unit_test(pairs_are_adjusted_as_by_r),
                                       cmocka_unit_test(nine_blocks_of_four_with_ties),
                                       cmocka_unit_test(four_judges_of_nine_objects),
                                       cmocka_unit_test(agreement_goes_from_none_to_full),
                                       cmocka_unit_test(blocks_that_cannot_be_compared_say_why),
                                       cmocka_unit_test(groups_that_cannot_be_compared_say_why)};
    return reference_run("ranks of several groups", tests);
}
