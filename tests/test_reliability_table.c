/* test_reliability_table.c - reliability of constructs as a table: numbers from R for the reference data.
 *
 * survey_ref.csv, complete cases, CA3r turned round: ref_survey.json (alpha_listwise, Feldt's interval,
 * alpha_pairwise_psych) of R 4.2.2 and psych.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_table.h"

static void alphas_are_those_of_the_reference(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    static const struct {
        const char *construct;
        int64_t n, items;
        double alpha, low, high, pairwise;
    } rows[] = {{"Coherence", 122, 4, 0.7158844052399447, 0.6236038758416627, 0.790117266800931,
                 0.7196482794003549},
                {"Cognitive participation", 119, 4, 0.7859259737187344, 0.7154172167617004,
                 0.842488756116591, 0.7843811070327883},
                {"Collective action", 107, 7, 0.8098206509641713, 0.7492078999385041,
                 0.8601552626764555, 0.7928001496383728},
                {"Reflexive monitoring", 116, 5, 0.8251808358635471, 0.7693043842452729,
                 0.87086303658781, 0.8191147898564877}};
    npt_table *listwise = run_analysis(opened.study, "reliability", NO_OPTIONS);
    npt_table *pairwise = run_analysis(opened.study, "reliability", OPTIONS("pairwise", ""));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const *row = ROW(rows[i].construct);
        expect_count(listwise, "n", row, rows[i].n);
        expect_count(listwise, "items", row, rows[i].items);
        expect_number(listwise, "alpha", row, rows[i].alpha);
        expect_number(listwise, "low", row, rows[i].low);
        expect_number(listwise, "high", row, rows[i].high);
        expect_number(pairwise, "alpha", row, rows[i].pairwise);
        expect_count(pairwise, "n", row, 150);
        expect_absent(pairwise, "low", row,
                      "no interval: no single number of responses stands behind a pairwise alpha");
    }
    npt_table_free(listwise);
    npt_table_free(pairwise);
    fixture_close(&opened);
}

/* By hand: the items of Alpha are equal, so alpha is 1 and the correlation with the rest is 1. Beta has one item. */
static void scales_that_cannot_be_told_say_why(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" ITEM_COLUMNS "</survey>"),
        "w.csv", "a1,a2,b1,g\n1,1,3,4\n2,2,,4\n5,5,1,4\n3,,1,4\n");
    npt_table *table = run_analysis(opened.study, "reliability", NO_OPTIONS);
    expect_count(table, "n", ROW("Alpha"), 3);
    expect_number(table, "alpha", ROW("Alpha"), 1);
    expect_absent(table, "omega", ROW("Alpha"), "omega needs at least three items");
    expect_absent(table, "alpha", ROW("Beta"), "a scale needs at least two items");
    expect_note(table, "Below 30 responses alpha says little");
    expect_note(table, "fewer than 3 items");
    npt_table_free(table);
    table = run_analysis(opened.study, "reliability", OPTIONS("items", ""));
    expect_number(table, "item_rest", ROW("Alpha", "a1"), 1);
    expect_absent(table, "alpha_without", ROW("Alpha", "a1"), "one item would be left");
    /* turned round: (6 - 3 + 6 - 1) / 2 of those who answered all three items of the total */
    expect_number(table, "mean", ROW("All 3 items", "b1"), 4);
    npt_table_free(table);
    expect_usage(opened.study, "reliability", OPTIONS("interval", "wald"),
                 "error: --interval takes feldt or bootstrap, not 'wald'\n");
    expect_usage(opened.study, "reliability", OPTIONS("interval", "bootstrap", "pairwise", ""),
                 "error: --interval bootstrap draws whole responses: it does not go with "
                 "--pairwise\n");
    fixture_close(&opened);
}

static void alpha_is_told_within_sites(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *all = run_analysis(opened.study, "reliability", OPTIONS("by", "site"));
    npt_table *one = run_analysis(opened.study, "reliability", OPTIONS("where", "site=S004"));
    const double within = cell_at(all, "alpha", ROW("Coherence", "S004"))->number;
    assert_true(reference_same(within, cell_at(one, "alpha", ROW("Coherence"))->number));
    expect_number(all, "alpha", ROW("Coherence", "Total"), 0.7158844052399447);
    npt_table_free(all);
    npt_table_free(one);
    fixture_close(&opened);
}

static void the_order_of_the_rows_changes_no_digit(void **state)
{
    (void)state;
    expect_same_in_any_order("reliability", OPTIONS("by", "site"));
    expect_same_in_any_order("reliability",
                             OPTIONS("interval", "bootstrap", "replicates", "200", "seed", "5"));
    expect_same_in_any_order("reliability", OPTIONS("items", "", "pairwise", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(alphas_are_those_of_the_reference),
        FIXTURE_TEST(scales_that_cannot_be_told_say_why),
        FIXTURE_TEST(alpha_is_told_within_sites),
        FIXTURE_TEST(the_order_of_the_rows_changes_no_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
