/* test_compare_cases.c - interviews compared between sites, in a study so small that it is counted by hand; tests by
 * R 4.2.2 or by going through all arrangements.
 *
 * Segments of Sense, case by case:
 *     A <- c(3, 1, 2, 4, 0, 2); B <- c(0, 0, 1, 0, 0); C <- c(1, 0, 2, 0)
 * so that 5 of 6, 1 of 5 and 2 of 4 cases have it. Texts have 40 characters, at B 20: a segment covers 1/20, at B 1/10.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "coded_cases.h"

#define TWENTY "01234567890123456789"
#define FORTY TWENTY TWENTY

static const struct coded_case three_sites[] = {
    {"A", 3, FORTY},  {"A", 1, FORTY},  {"A", 2, FORTY},  {"A", 4, FORTY},  {"A", 0, FORTY},
    {"A", 2, FORTY},  {"B", 0, TWENTY}, {"B", 0, TWENTY}, {"B", 1, TWENTY}, {"B", 0, TWENTY},
    {"B", 0, TWENTY}, {"C", 1, FORTY},  {"C", 0, FORTY},  {"C", 2, FORTY},  {"C", 0, FORTY}};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))
#define PRECISE 1e-13 /* R prints so many digits, and rounds on its way */

static struct fixture open_three(void)
{
    return open_cases(three_sites, COUNT_OF(three_sites), false);
}

/* ---- cases ----------------------------------------------------------------------------------- */

/* R: fisher.test(rbind(c(5, 1, 2), c(1, 4, 2))): 21/143. V as in R from chisq.test(): sqrt(max(0, X2 / 15 - 2 / 14) /
   min(2 - 1 / 14 - 1, 3 - 4 / 14 - 1)). Nothing else can be tested, so that the adjusted p is p. */
static void all_sites_are_tested_by_fishers_exact_test(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    npt_table *table = found.tables[0];
    assert_int_equal(found.count, 3);
    expect_count(table, "n", ROW("Sense"), 15);
    expect_count(table, "cases", ROW("Sense"), 8);
    expect_count(table, "sites", ROW("Sense"), 3);
    expect_text(table, "test", ROW("Sense"), "fisher");
    expect_near(table, "p", ROW("Sense"), 21 / 143.0, PRECISE);
    expect_near(table, "p_adjusted", ROW("Sense"), 21 / 143.0, PRECISE);
    expect_near(table, "effect", ROW("Sense"), 0.4043037700313199, PRECISE);
    assert_int_equal(cell_at(table, "p_error", ROW("Sense"))->kind, NPT_CELL_ABSENT);
    assert_int_equal(cell_at(table, "statistic", ROW("Sense"))->kind, NPT_CELL_ABSENT);
    expect_text(table, "verdict", ROW("Sense"), "not clear");
    compared_free(&found);
    fixture_close(&opened);
}

/* R: chisq.test(m); 2 * sum(m * log(m / chisq.test(m)$expected)) and pchisq() of it. */
static void other_tests_can_be_asked_for(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found =
        compare_coded(opened.study, OPTIONS("of", "cases", "test", "chi-square"));
    expect_near(found.tables[0], "statistic", ROW("Sense"), 4.4196428571428568, PRECISE);
    expect_near(found.tables[0], "freedom", ROW("Sense"), 2, 0);
    expect_near(found.tables[0], "p", ROW("Sense"), 0.10972023966618986, PRECISE);
    expect_note(found.tables[0], "In 1 of the rows expected counts are small");
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "cases", "test", "g"));
    expect_near(found.tables[0], "statistic", ROW("Sense"), 4.7717630931574426, PRECISE);
    expect_near(found.tables[0], "p", ROW("Sense"), 0.092007834626177995, PRECISE);
    compared_free(&found);
    fixture_close(&opened);
}

/* Wilson's formula in R, at 95% for one share. */
static void each_site_has_its_share_and_interval(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    npt_table *table = found.tables[1];
    expect_count(table, "n", ROW("Sense", "A"), 6);
    expect_count(table, "cases", ROW("Sense", "A"), 5);
    expect_near(table, "share", ROW("Sense", "A"), 5 / 6.0, 0);
    expect_near(table, "low", ROW("Sense", "A"), 0.43649717781352998, PRECISE);
    expect_near(table, "high", ROW("Sense", "A"), 0.96994663025169336, PRECISE);
    expect_near(table, "low", ROW("Sense", "B"), 0.036224108632430141, PRECISE);
    expect_near(table, "high", ROW("Sense", "B"), 0.62446537023747473, PRECISE);
    expect_count(table, "cases", ROW("Sense", "Total"), 8);
    expect_near(table, "share", ROW("Sense", "Total"), 8 / 15.0, 0);
    compared_free(&found);
    fixture_close(&opened);
}

/* R: fisher.test() of each pair, 37/462, 1/2, 11/21; p.adjust(, "holm"). Newcombe's interval by its formula in R
   with qnorm(1 - 0.05 / 3 / 2), as there are three pairs. C has four cases only. */
static void pairs_hold_together(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    npt_table *table = found.tables[2];
    expect_near(table, "difference", ROW("Sense", "A", "B"), 19 / 30.0, PRECISE);
    expect_near(table, "low", ROW("Sense", "A", "B"), -0.048248468781638798, 1e-12);
    expect_near(table, "high", ROW("Sense", "A", "B"), 0.85874694637299265, PRECISE);
    expect_near(table, "p", ROW("Sense", "A", "B"), 37 / 462.0, PRECISE);
    expect_near(table, "p_adjusted", ROW("Sense", "A", "B"), 3 * 37 / 462.0, PRECISE);
    expect_text(table, "verdict", ROW("Sense", "A", "B"), "not clear");
    expect_near(table, "p", ROW("Sense", "A", "C"), 0.5, PRECISE);
    expect_near(table, "p_adjusted", ROW("Sense", "A", "C"), 1, 0);
    expect_near(table, "difference", ROW("Sense", "B", "C"), -0.3, PRECISE);
    expect_near(table, "low", ROW("Sense", "B", "C"), -0.72096379779621045, PRECISE);
    expect_near(table, "high", ROW("Sense", "B", "C"), 0.32517719990560418, PRECISE);
    expect_near(table, "p", ROW("Sense", "B", "C"), 11 / 21.0, PRECISE);
    expect_text(table, "verdict", ROW("Sense", "B", "C"), "too few cases");
    compared_free(&found);
    fixture_close(&opened);
}

/* A against all others: 5 of 6 and 3 of 9; R: fisher.test() 17/143. Against C: A and B only. */
static void a_site_is_compared_with_all_others_or_with_one(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases", "against", "rest"));
    npt_table *table = found.tables[2];
    assert_int_equal(npt_table_row_count(table), 9);
    expect_count(table, "n_other", ROW("Sense", "A", "others"), 9);
    expect_near(table, "p", ROW("Sense", "A", "others"), 17 / 143.0, PRECISE);
    expect_near(table, "low", ROW("Sense", "A", "others"), -0.095697795751968906, 1e-12);
    expect_near(table, "high", ROW("Sense", "A", "others"), 0.7768661338145747, PRECISE);
    expect_near(table, "share_other", ROW("Sense", "C", "others"), 6 / 11.0, 0);
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "cases", "against", "C", "least", "4"));
    table = found.tables[2];
    assert_int_equal(npt_table_row_count(table), 6);
    expect_near(table, "difference", ROW("Sense", "A", "C"), 1 / 3.0, PRECISE);
    expect_text(table, "verdict", ROW("Sense", "B", "C"), "not clear");
    compared_free(&found);
    fixture_close(&opened);
}

/* ---- segments and coverage ------------------------------------------------------------------- */

/* R: kruskal.test(list(A, B, C)); H / 14. quantile(A, c(.25, .5, .75)): 1.25 2 2.75. */
static void segments_are_one_number_of_each_case(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "segments"));
    npt_table *table = found.tables[0];
    expect_text(table, "test", ROW("Sense"), "kruskal");
    expect_near(table, "statistic", ROW("Sense"), 5.715725806451613, PRECISE);
    expect_near(table, "p", ROW("Sense"), 0.057391280019947942, PRECISE);
    expect_near(table, "effect", ROW("Sense"), 0.40826612903225806, PRECISE);
    table = found.tables[1];
    expect_count(table, "n", ROW("Sense", "A"), 6);
    expect_count(table, "cases", ROW("Sense", "A"), 5);
    expect_near(table, "median", ROW("Sense", "A"), 2, 0);
    expect_near(table, "q1", ROW("Sense", "A"), 1.25, 0);
    expect_near(table, "q3", ROW("Sense", "A"), 2.75, 0);
    expect_near(table, "mean", ROW("Sense", "A"), 2, 0);
    expect_near(table, "mean", ROW("Sense", "Total"), 16 / 15.0, PRECISE);
    expect_near(table, "median", ROW("Sense", "Total"), 1, 0);
    compared_free(&found);
    fixture_close(&opened);
}

/* Exact p: of all choices of the site's cases, those whose U is as far from its expectation (5/154, 22/105, 17/42).
   Delta by counting pairs; its interval by the formulas of Feng & Cliff in R with qt(), at 1 - 0.05 / 3. */
static void pairs_are_compared_by_ranks(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "segments"));
    npt_table *table = found.tables[2];
    expect_near(table, "median_other", ROW("Sense", "A", "C"), 0.5, 0);
    expect_near(table, "delta", ROW("Sense", "A", "B"), 23 / 30.0, PRECISE);
    expect_near(table, "low", ROW("Sense", "A", "B"), -0.14929853140113991, 1e-12);
    expect_near(table, "high", ROW("Sense", "A", "B"), 0.97450546983717001, 1e-12);
    expect_near(table, "p", ROW("Sense", "A", "B"), 5 / 154.0, PRECISE);
    expect_near(table, "p_adjusted", ROW("Sense", "A", "B"), 15 / 154.0, PRECISE);
    expect_near(table, "delta", ROW("Sense", "A", "C"), 13 / 24.0, PRECISE);
    expect_near(table, "p", ROW("Sense", "A", "C"), 22 / 105.0, PRECISE);
    expect_near(table, "p_adjusted", ROW("Sense", "A", "C"), 44 / 105.0, PRECISE);
    expect_near(table, "delta", ROW("Sense", "B", "C"), -0.35, PRECISE);
    expect_near(table, "p_adjusted", ROW("Sense", "B", "C"), 44 / 105.0, PRECISE);
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "segments", "against", "rest"));
    expect_near(found.tables[2], "delta", ROW("Sense", "A", "others"), 2 / 3.0, PRECISE);
    expect_near(found.tables[2], "p", ROW("Sense", "A", "others"), 164 / 5005.0, PRECISE);
    compared_free(&found);
    fixture_close(&opened);
}

/* All 630630 arrangements: 25396 have an F as large, of coverage 54831 (enumerated in Python with fractions). */
static void permutations_are_gone_through_where_that_is_quick(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found =
        compare_coded(opened.study, OPTIONS("of", "segments", "test", "permutation"));
    expect_near(found.tables[0], "statistic", ROW("Sense"), 1126 / 271.0, PRECISE);
    expect_near(found.tables[0], "p", ROW("Sense"), 25396 / 630630.0, PRECISE);
    expect_text(found.tables[0], "verdict", ROW("Sense"), "differ");
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "coverage", "test", "permutation"));
    expect_near(found.tables[0], "statistic", ROW("Sense"), 934 / 319.0, 1e-9);
    expect_near(found.tables[0], "p", ROW("Sense"), 54831 / 630630.0, PRECISE);
    compared_free(&found);
    fixture_close(&opened);
}

/* R: kruskal.test(list(A / 20, B / 10, C / 20)). Setting covers 10 characters of 40, at B of 20. */
static void coverage_is_a_share_of_each_cases_own_text(void **state)
{
    (void)state;
    struct fixture opened = open_three();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "coverage"));
    expect_near(found.tables[0], "statistic", ROW("Sense"), 4.5791075050709944, PRECISE);
    expect_near(found.tables[0], "p", ROW("Sense"), 0.10131166184016442, PRECISE);
    expect_near(found.tables[1], "mean", ROW("Sense", "A"), 0.1, PRECISE);
    expect_near(found.tables[1], "mean", ROW("Sense", "B"), 0.02, PRECISE);
    expect_near(found.tables[1], "q3", ROW("Sense", "A"), 2.75 / 20, PRECISE);
    expect_near(found.tables[1], "median", ROW("Setting", "A"), 0.25, 0);
    expect_near(found.tables[1], "median", ROW("Setting", "B"), 0.5, 0);
    expect_near(found.tables[2], "delta", ROW("Sense", "A", "B"), 2 / 3.0, PRECISE);
    expect_near(found.tables[2], "p", ROW("Sense", "A", "B"), 1 / 11.0, PRECISE);
    expect_near(found.tables[2], "p", ROW("Sense", "B", "C"), 43 / 63.0, PRECISE);
    compared_free(&found);
    fixture_close(&opened);
}

/* ---- what does not matter -------------------------------------------------------------------- */

static void the_order_of_cases_in_the_file_changes_no_digit(void **state)
{
    (void)state;
    static const char *const what[] = {"cases", "segments", "coverage"};
    for (size_t i = 0; i < 3; i++) {
        struct fixture one = open_three();
        struct compared first = compare_coded(one.study, OPTIONS("of", what[i]));
        struct fixture other = open_cases(three_sites, COUNT_OF(three_sites), true);
        struct compared second = compare_coded(other.study, OPTIONS("of", what[i]));
        assert_int_equal(first.count, second.count);
        for (size_t j = 0; j < first.count; j++) {
            npt_output *csv = as_csv(second.tables[j]);
            expect_csv(first.tables[j], npt_output_bytes(csv, NULL));
            npt_output_discard(csv);
        }
        compared_free(&first);
        compared_free(&second);
        fixture_close(&one);
        fixture_close(&other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(all_sites_are_tested_by_fishers_exact_test),
        FIXTURE_TEST(other_tests_can_be_asked_for),
        FIXTURE_TEST(each_site_has_its_share_and_interval),
        FIXTURE_TEST(pairs_hold_together),
        FIXTURE_TEST(a_site_is_compared_with_all_others_or_with_one),
        FIXTURE_TEST(segments_are_one_number_of_each_case),
        FIXTURE_TEST(pairs_are_compared_by_ranks),
        FIXTURE_TEST(permutations_are_gone_through_where_that_is_quick),
        FIXTURE_TEST(coverage_is_a_share_of_each_cases_own_text),
        FIXTURE_TEST(the_order_of_cases_in_the_file_changes_no_digit),
    };
    return reference_run("compared interviews", tests);
}
