/* test_signed_rank.c - the test of paired values against exact counts, R, and all signs gone through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/rank_tests.h"
#include "rank_data.h"

#include <math.h>
#include <stdlib.h>

/* ---- known values ---------------------------------------------------------------------------- */

/* post against pre; 22 pairs, 3 of them without a difference. */
static struct npt__signed_rank of_pairs(enum npt__zeros zeros)
{
    struct reference_table *table = reference_table_read("tests/data/paired_ties.csv");
    size_t count, also;
    double *pre = reference_column(table, "pre", &count);
    double *post = reference_column(table, "post", &also);
    assert_true(count == 22 && also == 22);
    const struct npt__signed_rank test = npt__signed_rank(post, pre, 22, zeros, NULL);
    free(pre);
    free(post);
    reference_table_free(table);
    return test;
}

/* Whole numbers by dynamic programming (ref_highprecision.json); the asymptotic ones: R 4.2.2, wilcox.test(post, pre,
   paired = TRUE, exact = FALSE, correct = ), coin::wilcoxsign_test(zero.method = ) for z. */
static void pairs_with_ties_and_zeros_dropped(void **state)
{
    (void)state;
    const struct npt__signed_rank test = of_pairs(NPT__ZEROS_DROPPED);
    assert_true(test.defined && test.exact.defined);
    assert_true(test.count == 22 && test.zeros == 3);
    reference_expect(test.v, 129, 0);
    reference_expect(test.expectation, 95, 0);
    reference_expect(test.exact.greater, 0.08965110778808594, 1e-15);
    reference_expect(test.exact.less, 0.9171504974365234, 1e-15);
    reference_expect(test.exact.twice_smaller_tail, 0.17930221557617188, 1e-15);
    reference_expect(test.exact.by_distance, 0.17930221557617188, 1e-15);
    reference_expect(test.p, 0.17930221557617188, 1e-15);
    reference_expect(test.asymptotic.z, 1.382582254915816, 1e-14);
    reference_expect(test.asymptotic.two_sided, 0.1667929932055966, 1e-14);
    reference_expect(test.asymptotic.corrected_two_sided, 0.17311894980223169, 1e-14);
}

static void pairs_with_ties_and_zeros_ranked(void **state)
{
    (void)state;
    const struct npt__signed_rank test = of_pairs(NPT__ZEROS_RANKED);
    assert_true(test.defined && test.exact.defined);
    assert_true(test.count == 22 && test.zeros == 3);
    reference_expect(test.v, 162, 0);
    reference_expect(test.exact.greater, 0.11050796508789062, 1e-15);
    reference_expect(test.exact.less, 0.8930282592773438, 1e-15);
    reference_expect(test.exact.by_distance, 0.22101593017578125, 1e-15);
    reference_expect(test.asymptotic.z, 1.2607712861280325, 1e-14);
}

/* R 4.2.2: wilcox.test(x, y, paired = TRUE). */
static void nine_pairs_without_ties(void **state)
{
    (void)state;
    const struct npt__signed_rank test =
        npt__signed_rank(depression_x, depression_y, 9, NPT__ZEROS_DROPPED, NULL);
    reference_expect(test.v, 40, 0);
    reference_expect(test.exact.by_distance, 0.0390625, 0);
    reference_expect(test.exact.greater, 0.01953125, 0);
    reference_expect(test.asymptotic.corrected_two_sided, 0.044010984012951455, 1e-14);
    reference_expect(test.asymptotic.two_sided, 0.038151710173415156, 1e-14);
}

/* R 4.2.2: psignrank(q, n). */
static void the_distribution_of_v_is_that_of_r(void **state)
{
    (void)state;
    static const size_t counts[] = {5, 10, 20, 30};
    static const double places[] = {0, 3, 10, 25, 60, 105, 200};
    static const double expected[] = {0.03125,
                                      0.0009765625,
                                      9.5367431640625e-07,
                                      9.3132257461547934e-10,
                                      0.15625,
                                      0.0048828125,
                                      4.76837158203125e-06,
                                      4.6566128730773967e-09,
                                      0.78125,
                                      0.0419921875,
                                      4.100799560546875e-05,
                                      4.0046870708465609e-08,
                                      1,
                                      0.4228515625,
                                      0.0008449554443359375,
                                      8.4191560745239332e-07,
                                      1,
                                      1,
                                      0.048653602600097656,
                                      8.4948725998401723e-05,
                                      1,
                                      1,
                                      0.50728225708007812,
                                      0.0038060685619711885,
                                      1,
                                      1,
                                      0.99996852874755859,
                                      0.25792422145605093};
    for (size_t i = 0; i < 28; i++)
        reference_expect(npt__signed_rank_below(places[i / 4], counts[i % 4]), expected[i], 1e-15);
    reference_expect(npt__signed_rank_below(3.9, 5), 0.15625, 1e-15);
    reference_expect(npt__signed_rank_below(-1, 5), 0, 0);
    reference_expect(npt__signed_rank_below(0, 0), 1, 0);
    assert_true(isnan(npt__signed_rank_below(NAN, 5)));
    assert_true(isnan(npt__signed_rank_below(1000, 100000)));
}

/* Sums of 0, 1, 2 ... come from 1, 1, 1, 2, 2, 3, 4, 5, 6, 8 sets of different whole numbers. */
static void far_tails_keep_their_digits(void **state)
{
    (void)state;
    const double sets[] = {1, 2, 3, 5, 7, 10, 14, 19, 25, 33};
    for (size_t v = 0; v < 10; v++)
        for (size_t count = 400; count <= 600; count += 200)
            reference_expect(npt__signed_rank_below((double)v, count),
                             sets[v] * ldexp(1, -(int)count), 1e-13);
}

/* R 4.2, psignrank(); more values than a double counts exactly, and more than one keeps the number of signs of. */
static void many_values_are_as_r_has_them(void **state)
{
    (void)state;
    reference_expect(npt__signed_rank_below(700, 40), 0.9999822720683369, 1e-14);
    reference_expect(npt__signed_rank_below(44000, 450), 0.0072803220507267402, 1e-12);
    reference_expect(npt__signed_rank_below(80000, 600), 0.0084035846152591773, 1e-12);
    reference_expect(npt__signed_rank_below(74000, 600), 6.8714932696323962e-05, 1e-12);
}

/* ---- all signs ------------------------------------------------------------------------------- */

/* The rank's double among the sizes, by counting. */
static double doubled_rank(const double *sizes, size_t count, size_t which)
{
    double rank = 1;
    for (size_t i = 0; i < count; i++)
        rank += sizes[i] < sizes[which] ? 2 : sizes[i] == sizes[which];
    return rank;
}

static void expect_all_signs(const double *differences, size_t count, bool ranked)
{
    double ranks[16], sizes[16], sum = 0, found = 0, zeros[16] = {0};
    size_t used = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (ranked || differences[i] != 0)
            sizes[kept++] = fabs(differences[i]);
    for (size_t i = 0, k = 0; i < count; i++) {
        const size_t place = ranked ? i : k;
        k += differences[i] != 0;
        if (differences[i] == 0)
            continue;
        ranks[used] = doubled_rank(sizes, kept, place);
        sum += ranks[used];
        found += differences[i] > 0 ? ranks[used] : 0;
        used++;
    }
    double less = 0, far = 0;
    for (size_t set = 0; set < (size_t)1 << used; set++) {
        double v = 0;
        for (size_t i = 0; i < used; i++)
            v += set >> i & 1 ? ranks[i] : 0;
        less += v <= found;
        far += fabs(2 * v - sum) >= fabs(2 * found - sum);
    }
    const struct npt__signed_rank test = npt__signed_rank(
        differences, zeros, count, ranked ? NPT__ZEROS_RANKED : NPT__ZEROS_DROPPED, NULL);
    assert_true(test.exact.defined && test.zeros == count - used);
    reference_expect(test.v, found / 2, 0);
    reference_expect(test.exact.less, ldexp(less, -(int)used), 1e-15);
    reference_expect(test.exact.by_distance, ldexp(far, -(int)used), 1e-15);
    reference_expect(test.exact.twice_smaller_tail, test.exact.by_distance, 1e-15);
}

static void few_pairs_are_counted_out(void **state)
{
    (void)state;
    uint64_t seed = 1;
    const size_t rounds = getenv("VALGRIND") ? 20 : 200;
    for (size_t round = 0; round < rounds; round++) {
        double differences[12];
        const size_t count = 1 + round % 11;
        const uint64_t kinds = 2 + reference_random(&seed) % 12;
        for (size_t i = 0; i < count; i++)
            differences[i] = (double)(reference_random(&seed) % kinds) - (double)(kinds / 3);
        differences[count - 1] = 2;
        expect_all_signs(differences, count, false);
        expect_all_signs(differences, count, true);
    }
}

/* ---- what holds for all data ----------------------------------------------------------------- */

/* In doubles 0.3 - 0.2 < 0.1 < 0.2 - 0.1 + 1e-17, 0.1 + 0.2 > 0.3; with all sizes equal V is binomial. */
static void differences_equal_but_for_rounding_are_tied(void **state)
{
    (void)state;
    const double first[] = {0.3, 0.2, 0.7, 0.5, 0.1 + 0.2, 1.1};
    const double second[] = {0.2, 0.1, 0.6, 0.6, 0.3, 1.0};
    const struct npt__signed_rank test =
        npt__signed_rank(first, second, 6, NPT__ZEROS_DROPPED, NULL);
    assert_int_equal(test.zeros, 1);
    reference_expect(test.v, 12, 0); /* four of five ranks of 3 */
    reference_expect(test.exact.greater, 6 / 32.0, 0);
    const double near[] = {1 + 1e-13, 2, 3}, none[] = {1, 2, 3};
    assert_int_equal(npt__signed_rank(near, none, 3, NPT__ZEROS_DROPPED, NULL).zeros, 2);
    const double huge[] = {1.7e308, -1.7e308}, opposite[] = {-1.7e308, 1.6e308};
    reference_expect(npt__signed_rank(huge, opposite, 2, NPT__ZEROS_DROPPED, NULL).v, 2, 0);
}

static void order_and_direction_change_what_they_should(void **state)
{
    (void)state;
    uint64_t seed = 2;
    double first[120], second[120];
    for (size_t i = 0; i < 120; i++) {
        first[i] = (double)(reference_random(&seed) % 40) / 3;
        second[i] = (double)(reference_random(&seed) % 40) / 3;
    }
    const struct npt__signed_rank a = npt__signed_rank(first, second, 120, NPT__ZEROS_RANKED, NULL);
    const struct npt__signed_rank turned =
        npt__signed_rank(second, first, 120, NPT__ZEROS_RANKED, NULL);
    assert_true(a.exact.defined);
    reference_expect(turned.v, 2 * a.expectation - a.v, 0);
    reference_expect(turned.exact.less, a.exact.greater, 1e-14);
    assert_true(fabs(a.exact.by_distance - a.asymptotic.corrected_two_sided) < 0.002);
    for (size_t round = 0; round < 5; round++) {
        reference_shuffle(first, second, 120, &seed);
        const struct npt__signed_rank b =
            npt__signed_rank(first, second, 120, NPT__ZEROS_RANKED, NULL);
        assert_true(reference_same(a.v, b.v) && reference_same(a.sd, b.sd));
        assert_true(reference_same(a.exact.less, b.exact.less));
        assert_true(reference_same(a.asymptotic.z, b.asymptotic.z));
    }
}

/* Every second difference is negative: V and its variance n (n + 1) (2 n + 1) / 24 are known. */
static void a_million_pairs_are_compared(void **state)
{
    (void)state;
    const size_t count = getenv("VALGRIND") ? 10000 : 1000000;
    double *first = npt__allocate(2 * count * sizeof *first), *second = first + count;
    for (size_t i = 0; i < count; i++) {
        first[i] = i % 2 ? (double)(i + 1) : 0;
        second[i] = i % 2 ? 0 : (double)(i + 1);
    }
    const struct npt__signed_rank test =
        npt__signed_rank(first, second, count, NPT__ZEROS_DROPPED, NULL);
    const double n = (double)count;
    assert_true(test.defined && !test.exact.defined);
    reference_expect(test.v, n / 2 * (n / 2 + 1), 0);
    reference_expect(test.sd, sqrt(n * (n + 1) * (2 * n + 1) / 24), 1e-15);
    reference_expect(test.p, test.asymptotic.corrected_two_sided, 0);
    npt__release(first);
}

/* ---- the ends -------------------------------------------------------------------------------- */

static void what_cannot_be_compared_says_why(void **state)
{
    (void)state;
    const double some[] = {1, 2, 3}, wrong[] = {1, NAN, 3}, below[] = {0, 2, 3};
    struct npt__signed_rank test = npt__signed_rank(some, some, 3, NPT__ZEROS_RANKED, NULL);
    assert_true(!test.defined && test.fault == NPT__RANKS_CONSTANT && test.zeros == 3);
    test = npt__signed_rank(NULL, NULL, 0, NPT__ZEROS_RANKED, NULL);
    assert_true(!test.defined && test.fault == NPT__RANKS_TOO_FEW);
    test = npt__signed_rank(some, wrong, 3, NPT__ZEROS_DROPPED, NULL);
    assert_true(!test.defined && test.fault == NPT__RANKS_NOT_FINITE);
    test = npt__signed_rank(wrong, some, 3, NPT__ZEROS_DROPPED, NULL);
    assert_true(!test.defined && test.fault == NPT__RANKS_NOT_FINITE && test.p == 0);
    test = npt__signed_rank(some, some, NPT__RANKS_MOST_VALUES + 1, NPT__ZEROS_DROPPED, NULL);
    assert_true(!test.defined && test.fault == NPT__RANKS_TOO_MANY);
    test = npt__signed_rank(some, below, 3, NPT__ZEROS_DROPPED, NULL); /* one difference */
    assert_true(test.defined && test.zeros == 2);
    reference_expect(test.exact.greater, 0.5, 0);
    reference_expect(test.p, 1, 0);
    const struct npt__rank_options never = {NPT__ASYMPTOTIC, 0};
    test = npt__signed_rank(some, below, 3, NPT__ZEROS_DROPPED, &never);
    assert_true(test.defined && !test.exact.defined);
    reference_expect(test.asymptotic.z, 1, 0);
    reference_expect(test.p, 1, 0); /* half a unit is the whole distance */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_with_ties_and_zeros_dropped),
        cmocka_unit_test(pairs_with_ties_and_zeros_ranked),
        cmocka_unit_test(nine_pairs_without_ties),
        cmocka_unit_test(the_distribution_of_v_is_that_of_r),
        cmocka_unit_test(far_tails_keep_their_digits),
        cmocka_unit_test(many_values_are_as_r_has_them),
        cmocka_unit_test(few_pairs_are_counted_out),
        cmocka_unit_test(differences_equal_but_for_rounding_are_tied),
        cmocka_unit_test(order_and_direction_change_what_they_should),
        cmocka_unit_test(a_million_pairs_are_compared),
        cmocka_unit_test(what_cannot_be_compared_says_why)};
    return reference_run("signed-rank", tests);
}
