/* test_post_hoc.c - all pairwise differences, by Tukey and Kramer and by Games and Howell.
 *
 * Expected values by Python: sums in fractions over the doubles, errors and degrees of freedom in mpmath with 36
 * digits, and the studentized range by 20-point Gauss-Legendre in 30 panels over z and 10 over s, with math.erfc(); it agrees
 * with the project's reference (numpy, 300 points, and mpmath) to 1e-15. R 4.2.2's TukeyHSD() gives the same differences,
 * but its ptukey and qtukey are good to some 1e-10 only.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/anova.h"
#include "../nptkit/stats/post_hoc.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct known {
    size_t first, second;
    double difference, error, q, freedom, p, low, high;
};

static void expect_pairs(const struct npt__mean_difference *pairs, const struct known *known,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_true(pairs[i].defined && pairs[i].interval.defined && !pairs[i].fault);
        assert_true(pairs[i].first == known[i].first && pairs[i].second == known[i].second);
        reference_expect(pairs[i].difference, known[i].difference, 1e-14);
        reference_expect(pairs[i].error, known[i].error, 2e-15);
        reference_expect(pairs[i].statistic, known[i].q, 1e-14);
        reference_expect(pairs[i].freedom, known[i].freedom, 4e-15);
        reference_expect(pairs[i].p, known[i].p, 4e-14);
        reference_expect(pairs[i].interval.low, known[i].low, 4e-14);
        reference_expect(pairs[i].interval.high, known[i].high, 4e-14);
    }
}

/* `names`: of the groups, in their order. */
static void read_groups(const char *path, const char *column, const char *const *names,
                        size_t count, struct npt__description *groups)
{
    struct reference_table *table = reference_table_read(path);
    for (size_t g = 0; g < count; g++) {
        double values[100];
        size_t n = 0;
        for (size_t i = 0; i < reference_rows(table); i++)
            if (!strcmp(reference_cell(table, i, "group"), names[g]))
                n += reference_number(table, i, column, &values[n]);
        groups[g] = npt__describe(values, n);
    }
    reference_table_free(table);
}

static const char *const four[] = {"A", "B", "C", "D"}, *const plants[] = {"ctrl", "trt1", "trt2"};

/* p as in the project's reference by quadrature as well (there to 16 digits). */
static void unequal_groups_are_compared_by_tukey_and_kramer(void **state)
{
    (void)state;
    static const struct known known[] = {
        {0, 1, 1.025555555555555, 3.0312260637943013, 0.47847126710776427, 39, 0.98646091362785349,
         -7.1083368923492379, 9.159448003460348},
        {0, 2, -4.6606349206349186, 3.4642583586220587, 1.9026101496232632, 39, 0.54041274170633413,
         -13.956512003954682, 4.6352421626848448},
        {0, 3, 1.9122222222222233, 2.8984064902456246, 0.93302668553875348, 39, 0.91146469515716888,
         -5.8652665449655948, 9.6897109894100413},
        {1, 2, -5.6861904761904736, 3.2693221310749181, 2.4596804374922028, 39, 0.31777858384322832,
         -14.458982089901945, 3.0866011375209976},
        {1, 3, 0.88666666666666825, 2.6623563631023184, 0.4709872963223428, 39, 0.98706802696836815,
         -6.2574129432725613, 8.0307462766058978},
        {2, 3, 6.5728571428571418, 3.1465689138501814, 2.9541459187669417, 39, 0.17462914405599247,
         -1.8705425200308101, 15.016256805745094},
    };
    struct npt__description groups[4];
    read_groups("tests/data/groups4.csv", "y", four, 4, groups);
    struct npt__mean_difference pairs[6];
    npt__tukey_kramer(groups, 4, 0.95, pairs);
    expect_pairs(pairs, known, 6);
}

/* The other p of the reference by quadrature: 0.3908711442021069, 0.19799599129957324, 0.012006423979493643. */
static void equal_groups_are_compared_by_tukey(void **state)
{
    (void)state;
    static const struct known known[] = {
        {0, 1, 0.371, 0.27878160840554958, 1.8820223996884503, 27, 0.39087114420210667,
         -0.32021605140286254, 1.0622160514028625},
        {0, 2, -0.49399999999999995, 0.27878160840554958, 2.5059813084800387, 27,
         0.19799599129957243, -1.1852160514028625, 0.19721605140286259},
        {1, 2, -0.86499999999999995, 0.27878160840554958, 4.388003708168489, 27,
         0.012006423979493645, -1.5562160514028625, -0.17378394859713741},
    };
    struct npt__description groups[3];
    read_groups("tests/data/plantgrowth.csv", "weight", plants, 3, groups);
    struct npt__mean_difference pairs[3];
    npt__tukey_kramer(groups, 3, 0.95, pairs);
    expect_pairs(pairs, known, 3);
}

static void groups_that_vary_unlike_are_compared_by_games_and_howell(void **state)
{
    (void)state;
    static const struct known known_four[] = {
        {0, 1, 1.025555555555555, 2.9277488402533675, 0.49538217066059065, 17.347585427651371,
         0.98474414656641907, -7.2795189086875172, 9.3306300197986272},
        {0, 2, -4.6606349206349186, 2.7618383008332713, 2.3865021757584257, 10.797569689469551,
         0.37525089550958429, -12.998070254685809, 3.6768004134159722},
        {0, 3, 1.9122222222222233, 2.2986709966783016, 1.1764583121489444, 21.515140151294441,
         0.83875265079397132, -4.4822080879206445, 8.306652532365091},
        {1, 2, -5.6861904761904736, 3.4049218910131006, 2.3617245702140412, 16.197825477568893,
         0.37009858445489902, -15.414641020368987, 4.0422600679880399},
        {1, 3, 0.88666666666666825, 3.0413205412979136, 0.41229985734059355, 20.335784804878231,
         0.99110556798868987, -7.6135306116220784, 9.3868639449554149},
        {2, 3, 6.5728571428571418, 2.8819556143815448, 3.2253875349722205, 12.869644975657222,
         0.15380590404221076, -1.8977421377684492, 15.043456423482733},
    };
    static const struct known known_plants[] = {
        {0, 1, 0.371, 0.31143485140020324, 1.6846965883281869, 16.523585056859301,
         0.47455492219394874, -0.43008751452242881, 1.1720875145224288},
        {0, 2, -0.49399999999999995, 0.23148794065062367, 3.0179606671896265, 16.785764482605719,
         0.11288917685382745, -1.0885544438475166, 0.10055444384751675},
        {1, 2, -0.86499999999999995, 0.28736600742297657, 4.2569221823517518, 14.103569122760337,
         0.023703454738941459, -1.6164870112983429, -0.11351298870165697},
    };
    struct npt__description groups[4];
    struct npt__mean_difference pairs[6];
    read_groups("tests/data/groups4.csv", "y", four, 4, groups);
    npt__games_howell(groups, 4, 0.95, pairs);
    expect_pairs(pairs, known_four, 6);
    read_groups("tests/data/plantgrowth.csv", "weight", plants, 3, groups);
    npt__games_howell(groups, 3, 0.95, pairs);
    expect_pairs(pairs, known_plants, 3);
}

static struct npt__description group_of(size_t count, double mean, double sd)
{
    return (struct npt__description){count, mean, sd, mean, mean};
}

static void of_two_groups_nothing_is_adjusted(void **state)
{
    (void)state;
    struct npt__description groups[] = {group_of(9, 3.2, 1.1), group_of(14, 4.7, 2.3)};
    struct npt__mean_difference pair, t = npt__pooled_difference(&groups[0], &groups[1], 0.95);
    npt__tukey_kramer(groups, 2, 0.95, &pair);
    reference_expect(pair.p, t.p, 1e-13);
    reference_expect(pair.interval.low, t.interval.low, 1e-13);
    reference_expect(pair.interval.high, t.interval.high, 1e-13);
    t = npt__welch_difference(&groups[0], &groups[1], 0.95);
    npt__games_howell(groups, 2, 0.95, &pair);
    reference_expect(pair.p, t.p, 1e-13);
    reference_expect(pair.interval.low, t.interval.low, 1e-13);
    reference_expect(pair.interval.high, t.interval.high, 1e-13);
}

/* Another order of the groups: the same digits, with the sign changed where a pair is turned round; empty groups between
   them play no part. */
static void neither_order_nor_empty_groups_change_a_digit(void **state)
{
    (void)state;
    enum { COUNT = 6 };
    uint64_t seed = 3;
    struct npt__description groups[COUNT], turned[COUNT + 1];
    for (size_t g = 0; g < COUNT; g++) {
        groups[g] = group_of(2 + reference_random(&seed) % 30,
                             (double)(reference_random(&seed) % 10000) / 777,
                             (double)(1 + reference_random(&seed) % 10000) / 999);
        turned[COUNT - g] = groups[g];
    }
    turned[0] = npt__describe(NULL, 0);
    void (*const kinds[])(const struct npt__description *, size_t, double,
                          struct npt__mean_difference *) = {npt__tukey_kramer, npt__games_howell};
    for (size_t kind = 0; kind < 2; kind++) {
        struct npt__mean_difference pairs[15], others[21];
        kinds[kind](groups, COUNT, 0.95, pairs);
        kinds[kind](turned, COUNT + 1, 0.95, others);
        for (size_t i = 0; i < 21; i++) {
            if (!others[i].first) {
                assert_int_equal(others[i].fault, NPT__DIFFERENCE_EMPTY);
                continue;
            }
            size_t first = COUNT - others[i].second, second = COUNT - others[i].first, k = 0;
            while (pairs[k].first != first || pairs[k].second != second)
                k++;
            assert_true(pairs[k].defined && others[i].defined && pairs[k].p == others[i].p);
            assert_true(pairs[k].difference == -others[i].difference &&
                        pairs[k].interval.low == -others[i].interval.high);
            bool within = pairs[k].interval.low <= 0 && pairs[k].interval.high >= 0;
            assert_true(within == (pairs[k].p >= 0.05));
        }
    }
}

/* Groups with the same mean: all intervals of a study hold 0 in 95 of 100 studies; Tukey's exactly so where sizes are
   equal. */
static double normal(uint64_t *seed)
{
    double a = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    double b = (double)(reference_random(seed) >> 11) / 0x1p53;
    return sqrt(-2 * log(a)) * cos(2 * acos(-1) * b);
}

static void all_intervals_together_hold_as_often_as_they_say(void **state)
{
    (void)state;
    uint64_t seed = 4;
    int rounds = getenv("VALGRIND") ? 1 : 150, held = 0;
    for (int round = 0; round < rounds; round++) {
        struct npt__description groups[4];
        for (size_t g = 0; g < 4; g++) {
            double values[8];
            for (size_t i = 0; i < 8; i++)
                values[i] = normal(&seed);
            groups[g] = npt__describe(values, 8);
        }
        struct npt__mean_difference pairs[6];
        npt__tukey_kramer(groups, 4, 0.95, pairs);
        bool all = true;
        for (size_t i = 0; i < 6; i++)
            all = all && pairs[i].interval.low <= 0 && pairs[i].interval.high >= 0;
        held += all;
    }
    assert_true(fabs((double)held / rounds - 0.95) < 3 * sqrt(0.95 * 0.05 / rounds));
}

static void thousands_of_pairs_are_done_at_once(void **state)
{
    (void)state;
    size_t count = getenv("VALGRIND") ? 4 : 64;
    uint64_t seed = 5;
    struct npt__description groups[64];
    for (size_t g = 0; g < count; g++)
        groups[g] = group_of(5 + reference_random(&seed) % 30,
                             (double)(reference_random(&seed) % 1000) / 500,
                             0.5 + (double)(reference_random(&seed) % 1000) / 999);
    struct npt__mean_difference *pairs = npt__allocate(npt__pairs(count) * sizeof *pairs);
    npt__games_howell(groups, count, 0.95, pairs);
    for (size_t i = 0; i < npt__pairs(count); i++) {
        struct npt__mean_difference t =
            npt__welch_difference(&groups[pairs[i].first], &groups[pairs[i].second], 0.95);
        /* adjusted for all pairs: between the p of one and Bonferroni's */
        assert_true(pairs[i].defined && pairs[i].p >= t.p * (1 - 1e-12));
        assert_true(pairs[i].p <= t.p * (double)npt__pairs(count) * (1 + 1e-12));
        assert_true(pairs[i].interval.low <= t.interval.low);
    }
    npt__release(pairs);
}

/* ---- degenerate data ------------------------------------------------------------------------- */

static void expect_fault(const struct npt__mean_difference *pair, enum npt__difference_fault fault)
{
    assert_int_equal(pair->fault, fault);
    assert_true(pair->defined == !fault && isnan(pair->p) == !!fault &&
                isnan(pair->error) == !!fault && isnan(pair->statistic) == !!fault);
    assert_true(pair->interval.defined == !fault);
}

static void expect_faults(const struct npt__description *groups, size_t count,
                          enum npt__difference_fault tukey, enum npt__difference_fault howell)
{
    struct npt__mean_difference pairs[3];
    npt__tukey_kramer(groups, count, 0.95, pairs);
    expect_fault(&pairs[0], tukey);
    npt__games_howell(groups, count, 0.95, pairs);
    expect_fault(&pairs[0], howell);
}

static void without_spread_or_values_each_pair_has_its_reason(void **state)
{
    (void)state;
    const struct npt__description none = npt__describe(NULL, 0), one = group_of(1, 3, NAN);
    const struct npt__description some = group_of(5, 4, 1.5), still = group_of(4, 2, 0);
    const struct npt__description broken = {3, NAN, NAN, NAN, NAN};
    expect_faults((struct npt__description[]){none, some, some}, 3, NPT__DIFFERENCE_EMPTY,
                  NPT__DIFFERENCE_EMPTY);
    expect_faults((struct npt__description[]){none, some}, 2, NPT__DIFFERENCE_EMPTY,
                  NPT__DIFFERENCE_EMPTY);
    expect_faults((struct npt__description[]){one, one, none}, 3, NPT__DIFFERENCE_TOO_FEW,
                  NPT__DIFFERENCE_TOO_FEW);
    expect_faults((struct npt__description[]){one, some, some}, 3, NPT__DIFFERENCE_FINE,
                  NPT__DIFFERENCE_TOO_FEW);
    expect_faults((struct npt__description[]){still, still, still}, 3, NPT__DIFFERENCE_CONSTANT,
                  NPT__DIFFERENCE_CONSTANT);
    expect_faults((struct npt__description[]){still, still, some}, 3, NPT__DIFFERENCE_FINE,
                  NPT__DIFFERENCE_CONSTANT);
    expect_faults((struct npt__description[]){still, some, some}, 3, NPT__DIFFERENCE_FINE,
                  NPT__DIFFERENCE_FINE);
    expect_faults((struct npt__description[]){broken, some, some}, 3, NPT__DIFFERENCE_NOT_FINITE,
                  NPT__DIFFERENCE_NOT_FINITE);
    expect_faults((struct npt__description[]){some, some, broken}, 3, NPT__DIFFERENCE_NOT_FINITE,
                  NPT__DIFFERENCE_FINE);
    struct npt__mean_difference pair;
    npt__tukey_kramer((struct npt__description[]){some, some}, 2, 0, &pair);
    expect_fault(&pair, NPT__DIFFERENCE_CONFIDENCE);
    npt__games_howell((struct npt__description[]){some, some}, 2, 1, &pair);
    expect_fault(&pair, NPT__DIFFERENCE_CONFIDENCE);
    npt__tukey_kramer(&some, 1, 0.95, NULL);
    npt__games_howell(NULL, 0, 0.95, NULL);
}

static void more_groups_than_can_be_compared_are_refused(void **state)
{
    (void)state;
    size_t count = NPT__RANGE_MOST_GROUPS + 1;
    struct npt__description *groups = npt__allocate(count * sizeof *groups);
    struct npt__mean_difference *pairs = npt__allocate(npt__pairs(count) * sizeof *pairs);
    for (size_t g = 0; g < count; g++)
        groups[g] = group_of(3, (double)g, 1);
    npt__games_howell(groups, count, 0.95, pairs);
    expect_fault(&pairs[npt__pairs(count) - 1], NPT__DIFFERENCE_GROUPS);
    assert_true(pairs[0].difference == -1);
    for (size_t g = 3; g < count; g++)
        groups[g].count = 0;
    npt__tukey_kramer(groups, count, 0.95, pairs);
    expect_fault(&pairs[0], NPT__DIFFERENCE_FINE);
    expect_fault(&pairs[2], NPT__DIFFERENCE_EMPTY);
    npt__release(groups);
    npt__release(pairs);
}

static void pairs_are_counted(void **state)
{
    (void)state;
    assert_true(npt__pairs(0) == 0 && npt__pairs(1) == 0 && npt__pairs(2) == 1 &&
                npt__pairs(5) == 10 && npt__pairs(64) == 2016);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unequal_groups_are_compared_by_tukey_and_kramer),
        cmocka_unit_test(equal_groups_are_compared_by_tukey),
        cmocka_unit_test(groups_that_vary_unlike_are_compared_by_games_and_howell),
        cmocka_unit_test(of_two_groups_nothing_is_adjusted),
        cmocka_unit_test(neither_order_nor_empty_groups_change_a_digit),
        cmocka_unit_test(all_intervals_together_hold_as_often_as_they_say),
        cmocka_unit_test(thousands_of_pairs_are_done_at_once),
        cmocka_unit_test(without_spread_or_values_each_pair_has_its_reason),
        cmocka_unit_test(more_groups_than_can_be_compared_are_refused),
        cmocka_unit_test(pairs_are_counted)};
    return reference_run("pairwise comparisons", tests);
}
