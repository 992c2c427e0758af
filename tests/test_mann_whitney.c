/* test_mann_whitney.c - the test of two groups against exact fractions, R, and all arrangements gone through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/rank_tests.h"
#include "rank_data.h"

#include <math.h>
#include <stdlib.h>

/* ---- known values ---------------------------------------------------------------------------- */

static struct npt__mann_whitney of_groups(uint32_t first, uint32_t second)
{
    struct rank_data data;
    double a[200], b[200];
    rank_data_read(&data, "tests/data/groups_ties.csv", "score");
    const size_t m = rank_data_group(&data, first, a), n = rank_data_group(&data, second, b);
    return npt__mann_whitney(a, m, b, n, NULL);
}

/* Whole numbers by dynamic programming over doubled mid-ranks (ref_highprecision.json). R's coin agrees with
   by_distance; exactRankTests 0.8-35 has 0.00190088 for A and C, against 0.00192242 when all 4457400 arrangements are
   gone through. */
static void exact_p_with_ties_is_that_of_all_arrangements(void **state)
{
    (void)state;
    static const struct {
        uint32_t first, second;
        double u, less, greater, twice, distance;
    } expected[] = {
        {0, 1, 106, 0.2257406992598777, 0.7893277788100856, 0.4514813985197554, 0.4544663725013554},
        {0, 2, 24, 0.0012935792165836586, 0.9994979135819088, 0.002587158433167317,
         0.0019224211423699916},
        {1, 2, 57, 0.027888571619337815, 0.9779870330884297, 0.05577714323867563,
         0.051405355737400245}};
    for (size_t i = 0; i < 3; i++) {
        const struct npt__mann_whitney test = of_groups(expected[i].first, expected[i].second);
        assert_true(test.defined && test.exact.defined);
        reference_expect(test.u, expected[i].u, 0);
        reference_expect(test.exact.less, expected[i].less, 1e-15);
        reference_expect(test.exact.greater, expected[i].greater, 1e-15);
        reference_expect(test.exact.twice_smaller_tail, expected[i].twice, 1e-15);
        reference_expect(test.exact.by_distance, expected[i].distance, 1e-15);
        reference_expect(test.p, expected[i].distance, 1e-15);
        const struct npt__mann_whitney turned = of_groups(expected[i].second, expected[i].first);
        reference_expect(turned.exact.less, expected[i].greater, 1e-15);
        reference_expect(turned.exact.greater, expected[i].less, 1e-15);
        reference_expect(turned.exact.by_distance, expected[i].distance, 1e-15);
    }
}

/* R 4.2.2: wilcox.test(exact = FALSE, correct = ), pairwise.wilcox.test(exact = FALSE); z of A and B, A and C. */
static void asymptotic_p_with_ties_is_that_of_r(void **state)
{
    (void)state;
    const struct npt__mann_whitney ab = of_groups(0, 1), ac = of_groups(0, 2), bc = of_groups(1, 2);
    reference_expect(ab.sd, 25.469027680061561, 1e-15);
    reference_expect(ab.asymptotic.z, -0.78526751202430112, 1e-14);
    reference_expect(ab.asymptotic.two_sided, 0.43229673965553234, 1e-14);
    reference_expect(ab.asymptotic.corrected_two_sided, 0.44389302230706196, 1e-14);
    reference_expect(ac.sd, 17.483992679019288, 1e-15);
    reference_expect(ac.asymptotic.z, -3.0313442114168669, 1e-14);
    reference_expect(ac.asymptotic.two_sided, 0.0024346752252228641, 1e-14);
    reference_expect(ac.asymptotic.corrected_two_sided, 0.0026755508726325067, 1e-14);
    reference_expect(bc.asymptotic.corrected_two_sided, 0.052370189017672368, 1e-14);
    reference_expect(bc.expectation, 99, 0);
}

/* R 4.2.2: wilcox.test(x, y), with exact = TRUE and FALSE. 0.2544122544122544 = 764 / 3003. */
static void ten_and_five_values_without_ties(void **state)
{
    (void)state;
    const struct npt__mann_whitney test =
        npt__mann_whitney(permeability_x, 10, permeability_y, 5, NULL);
    assert_true(test.defined && test.exact.defined);
    reference_expect(test.u, 35, 0);
    reference_expect(test.sd, 8.1649658092772608, 1e-15);
    reference_expect(test.asymptotic.z, 1.2247448713915889, 1e-15);
    reference_expect(test.asymptotic.two_sided, 0.22067136191984679, 1e-14);
    reference_expect(test.asymptotic.corrected_two_sided, 0.24462360512698336, 1e-14);
    reference_expect(test.exact.greater, 382 / 3003.0, 1e-15);
    reference_expect(test.exact.twice_smaller_tail, 764 / 3003.0, 1e-15);
    reference_expect(test.exact.by_distance, 764 / 3003.0, 1e-15);
}

/* R 4.2.2: pwilcox(q, m, n). */
static void the_distribution_of_u_is_that_of_r(void **state)
{
    (void)state;
    static const size_t firsts[] = {3, 5, 10}, seconds[] = {4, 8, 12};
    static const double places[] = {0, 3, 7, 12, 20};
    static const double expected[] = {0.028571428571428571,
                                      0.0079365079365079361,
                                      0.000999000999000999,
                                      0.0060606060606060606,
                                      0.000777000777000777,
                                      2.2852964029434616e-05,
                                      0.0021978021978021978,
                                      0.00016160310277957336,
                                      1.546441174924147e-06,
                                      0.20000000000000001,
                                      0.055555555555555552,
                                      0.006993006993006993,
                                      0.04242424242424242,
                                      0.005439005439005439,
                                      0.00015997074820604232,
                                      0.015384615384615385,
                                      0.0011312217194570135,
                                      1.082508822446903e-05,
                                      0.68571428571428572,
                                      0.27777777777777779,
                                      0.037962037962037967,
                                      0.1878787878787879,
                                      0.032634032634032639,
                                      0.0010283833813245578,
                                      0.06813186813186814,
                                      0.0067873303167420816,
                                      6.9589852871586614e-05,
                                      1,
                                      0.72222222222222221,
                                      0.15184815184815187,
                                      0.53939393939393943,
                                      0.14219114219114218,
                                      0.0058275058275058279,
                                      0.22417582417582418,
                                      0.031835811247575951,
                                      0.00041599267605459556,
                                      1,
                                      1,
                                      0.52747252747252749,
                                      0.95757575757575752,
                                      0.52836052836052838,
                                      0.041569541569541568,
                                      0.63296703296703294,
                                      0.16418875242404654,
                                      0.0035722791140747798};
    for (size_t i = 0; i < 45; i++) {
        const size_t m = firsts[i % 3], n = seconds[i / 3 % 3];
        const double u = places[i / 9];
        reference_expect(npt__mann_whitney_below(u, m, n), expected[i], 2e-15);
        reference_expect(npt__mann_whitney_below(u + 0.5, n, m), expected[i], 2e-15);
    }
    reference_expect(npt__mann_whitney_below(-0.5, 3, 4), 0, 0);
    reference_expect(npt__mann_whitney_below(0, 0, 4), 1, 0);
    reference_expect(npt__mann_whitney_below(INFINITY, 3, 4), 1, 0);
    assert_true(isnan(npt__mann_whitney_below(NAN, 3, 4)));
    assert_true(isnan(npt__mann_whitney_below(1000, 5000, 5000)));
}

/* One arrangement of C(100, 50) = 100891344545564193334812497256 gives 0, one each 1, two 2, three 3 (partitions). */
static void far_tails_keep_their_digits(void **state)
{
    (void)state;
    const double all = 100891344545564193334812497256.0;
    const double partitions[] = {1, 2, 4, 7, 12, 19, 30, 45};
    for (size_t u = 0; u < 8; u++)
        reference_expect(npt__mann_whitney_below((double)u, 50, 50), partitions[u] / all, 1e-14);
    reference_expect(npt__mann_whitney_below(1249, 50, 50) + npt__mann_whitney_below(1250, 50, 50),
                     1, 1e-14);
}

/* ---- all arrangements ------------------------------------------------------------------------ */

struct tally {
    double all, less, greater, far;
};

static double twice_u(const double *values, size_t count, size_t set)
{
    double u = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            if (set >> i & 1 && !(set >> k & 1))
                u += values[i] > values[k] ? 2 : values[i] == values[k];
    return u;
}

static size_t members(size_t set)
{
    size_t count = 0;
    for (; set; set >>= 1)
        count += set & 1;
    return count;
}

static struct tally all_arrangements(const double *values, size_t count, size_t m)
{
    struct tally tally = {0, 0, 0, 0};
    const double found = twice_u(values, count, ((size_t)1 << m) - 1);
    const double expectation = (double)(m * (count - m));
    for (size_t set = 0; set < (size_t)1 << count; set++) {
        if (members(set) != m)
            continue;
        const double u = twice_u(values, count, set);
        tally.all++;
        tally.less += u <= found;
        tally.greater += u >= found;
        tally.far += fabs(u - expectation) >= fabs(found - expectation);
    }
    return tally;
}

static void small_groups_are_counted_out(void **state)
{
    (void)state;
    uint64_t seed = 3;
    const size_t rounds = getenv("VALGRIND") ? 20 : 150;
    for (size_t round = 0; round < rounds; round++) {
        const size_t count = 2 + round % 9, m = 1 + reference_random(&seed) % (count - 1);
        const uint64_t kinds = 2 + reference_random(&seed) % 8;
        double values[12];
        for (size_t i = 0; i < count; i++)
            values[i] = pow((double)(reference_random(&seed) % kinds), 2);
        values[count - 1] = 100;
        const struct tally tally = all_arrangements(values, count, m);
        const struct npt__mann_whitney test =
            npt__mann_whitney(values, m, values + m, count - m, NULL);
        assert_true(test.exact.defined);
        reference_expect(test.exact.less, tally.less / tally.all, 1e-15);
        reference_expect(test.exact.greater, tally.greater / tally.all, 1e-15);
        reference_expect(test.exact.by_distance, tally.far / tally.all, 1e-15);
    }
}

/* ---- what holds for all data ----------------------------------------------------------------- */

static void fill(double *values, size_t count, uint64_t kinds, uint64_t *seed)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (double)(reference_random(seed) % kinds);
}

static void expect_same(const struct npt__mann_whitney *a, const struct npt__mann_whitney *b)
{
    assert_true(reference_same(a->u, b->u) && reference_same(a->sd, b->sd));
    assert_true(reference_same(a->exact.less, b->exact.less));
    assert_true(reference_same(a->exact.by_distance, b->exact.by_distance));
    assert_true(
        reference_same(a->asymptotic.corrected_two_sided, b->asymptotic.corrected_two_sided));
}

static void order_and_monotone_change_of_scale_do_not_matter(void **state)
{
    (void)state;
    uint64_t seed = 4;
    double first[70], second[50];
    fill(first, 70, 30, &seed);
    fill(second, 50, 35, &seed);
    const struct npt__mann_whitney expected = npt__mann_whitney(first, 70, second, 50, NULL);
    assert_true(expected.exact.defined);
    for (size_t round = 0; round < 5; round++) {
        reference_shuffle(first, NULL, 70, &seed);
        reference_shuffle(second, NULL, 50, &seed);
        struct npt__mann_whitney test = npt__mann_whitney(first, 70, second, 50, NULL);
        expect_same(&test, &expected);
        for (size_t i = 0; i < 70; i++)
            first[i] = first[i] * 3 - 2;
        for (size_t i = 0; i < 50; i++)
            second[i] = second[i] * 3 - 2;
        test = npt__mann_whitney(first, 70, second, 50, NULL);
        expect_same(&test, &expected);
    }
}

static void asymptotic_and_exact_p_agree_for_large_groups(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (size_t round = 0; round < 6; round++) {
        double first[80], second[80];
        fill(first, 80, 50 + 100 * round, &seed);
        fill(second, 80, 50 + 100 * round, &seed);
        const struct npt__mann_whitney test = npt__mann_whitney(first, 80, second, 80, NULL);
        assert_true(test.exact.defined);
        const double p = test.exact.by_distance;
        assert_true(fabs(p - test.asymptotic.corrected_two_sided) < 0.004);
        assert_true(fabs(test.exact.less - test.asymptotic.corrected_less) < 0.002);
        assert_true(fabs(test.exact.greater - test.asymptotic.corrected_greater) < 0.002);
    }
}

static void exact_p_is_given_up_beyond_the_work_allowed(void **state)
{
    (void)state;
    const struct npt__rank_options few = {NPT__EXACT_WITHIN_WORK, 100},
                                   never = {NPT__ASYMPTOTIC, 0};
    struct npt__mann_whitney test = npt__mann_whitney(permeability_x, 10, permeability_y, 5, &few);
    assert_true(test.defined && !test.exact.defined);
    reference_expect(test.p, 0.24462360512698336, 1e-14); /* R 4.2.2, as above */
    test = npt__mann_whitney(permeability_x, 10, permeability_y, 5, &never);
    assert_true(test.defined && !test.exact.defined && test.exact.by_distance == 0);
    reference_expect(test.p, 0.24462360512698336, 1e-14);
    /* C(3000, 1500) is no double, few though the additions are with two values */
    double halves[3000];
    for (size_t i = 0; i < 3000; i++)
        halves[i] = (double)(i % 3 == 0);
    test = npt__mann_whitney(halves, 1500, halves + 1500, 1500, NULL);
    assert_true(test.defined && !test.exact.defined);
    reference_expect(test.asymptotic.corrected_two_sided, 1, 0);
}

/* The values are all different: U, its variance m n (N + 1) / 12 and the p-values are known. */
static void a_million_values_are_compared(void **state)
{
    (void)state;
    const size_t half = getenv("VALGRIND") ? 5000 : 500000;
    double *values = npt__allocate(2 * half * sizeof *values);
    for (size_t i = 0; i < 2 * half; i++)
        values[i] = (double)(i < half ? 2 * i : 2 * (i - half) + 1);
    uint64_t seed = 6;
    reference_shuffle(values, NULL, half, &seed);
    const struct npt__mann_whitney test =
        npt__mann_whitney(values, half, values + half, half, NULL);
    const double n = (double)half;
    assert_true(test.defined && !test.exact.defined);
    reference_expect(test.u, n * (n - 1) / 2, 0);
    reference_expect(test.sd, n * sqrt((2 * n + 1) / 12), 1e-15);
    reference_expect(test.asymptotic.z, -sqrt(3 / (2 * n + 1)), 1e-14);
    npt__release(values);
}

/* ---- the ends -------------------------------------------------------------------------------- */

static void expect_fault(const double *first, size_t m, const double *second, size_t n,
                         enum npt__rank_fault fault)
{
    const struct npt__mann_whitney test = npt__mann_whitney(first, m, second, n, NULL);
    assert_false(test.defined || test.exact.defined);
    assert_int_equal(test.fault, fault);
    assert_true(test.first_count == m && test.second_count == n);
    assert_true(test.u == 0 && test.p == 0 && test.sd == 0);
}

static void what_cannot_be_compared_says_why(void **state)
{
    (void)state;
    const double some[] = {1, 2, 3}, same[] = {2, 2, 2}, wrong[] = {1, NAN}, far[] = {-INFINITY};
    const double zeros[] = {0.0, -0.0};
    expect_fault(NULL, 0, some, 3, NPT__RANKS_TOO_FEW);
    expect_fault(some, 3, NULL, 0, NPT__RANKS_TOO_FEW);
    expect_fault(same, 3, same, 2, NPT__RANKS_CONSTANT);
    expect_fault(zeros, 1, zeros + 1, 1, NPT__RANKS_CONSTANT);
    expect_fault(some, 3, wrong, 2, NPT__RANKS_NOT_FINITE);
    expect_fault(far, 1, some, 3, NPT__RANKS_NOT_FINITE);
    expect_fault(some, NPT__RANKS_MOST_VALUES + 1, some, 3, NPT__RANKS_TOO_MANY);
    const struct npt__mann_whitney test = npt__mann_whitney(some, 1, some + 2, 1, NULL);
    assert_true(test.defined && test.exact.defined);
    reference_expect(test.exact.less, 0.5, 0);
    reference_expect(test.exact.greater, 1, 0);
    reference_expect(test.p, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_p_with_ties_is_that_of_all_arrangements),
        cmocka_unit_test(asymptotic_p_with_ties_is_that_of_r),
        cmocka_unit_test(ten_and_five_values_without_ties),
        cmocka_unit_test(the_distribution_of_u_is_that_of_r),
        cmocka_unit_test(far_tails_keep_their_digits),
        cmocka_unit_test(small_groups_are_counted_out),
        cmocka_unit_test(order_and_monotone_change_of_scale_do_not_matter),
        cmocka_unit_test(asymptotic_and_exact_p_agree_for_large_groups),
        cmocka_unit_test(exact_p_is_given_up_beyond_the_work_allowed),
        cmocka_unit_test(a_million_values_are_compared),
        cmocka_unit_test(what_cannot_be_compared_says_why)};
    return reference_run("Mann-Whitney", tests);
}
