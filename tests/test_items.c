/* test_items.c - answers by item, response rates and completeness: against R and counts by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_table.h"

#include <math.h>

/* R 4.2.2 on survey_ref.csv: table(), quantile(x, c(.25, .5, .75)) (type 7), mean(), sd(); CA3r as answered. */
static void items_are_those_of_the_reference(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *table = run_analysis(opened.study, "items", NO_OPTIONS);
    static const struct {
        const char *construct, *item;
        int64_t n, missing, not_relevant, disagree, neutral, agree;
        double quartiles[3], mean, sd;
    } rows[] = {{"Coherence",
                 "C1",
                 141,
                 5,
                 4,
                 16,
                 43,
                 82,
                 {3, 4, 4},
                 3.6382978723404253,
                 0.96567219922320624},
                {"Collective action",
                 "CA3r",
                 144,
                 3,
                 3,
                 30,
                 59,
                 55,
                 {3, 3, 4},
                 3.2361111111111112,
                 1.070821598894464}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const *row = ROW(rows[i].construct, rows[i].item);
        expect_count(table, "n", row, rows[i].n);
        expect_count(table, "missing", row, rows[i].missing);
        expect_count(table, "not_relevant", row, rows[i].not_relevant);
        expect_count(table, "disagree", row, rows[i].disagree);
        expect_count(table, "neutral", row, rows[i].neutral);
        expect_count(table, "agree", row, rows[i].agree);
        expect_number(table, "agree_share", row, (double)rows[i].agree / (double)rows[i].n);
        expect_number(table, "lower_quartile", row, rows[i].quartiles[0]);
        expect_number(table, "median", row, rows[i].quartiles[1]);
        expect_number(table, "upper_quartile", row, rows[i].quartiles[2]);
        expect_number(table, "mean", row, rows[i].mean);
        expect_number(table, "sd", row, rows[i].sd);
    }
    const char *const *general = ROW("General", "G1");
    expect_number(table, "mean", general, 5.7602739726027394);
    expect_number(table, "upper_quartile", general, 7);
    expect_absent(table, "agree", general, "its scale is not one of agreement");
    expect_note(table, "turned round in scores, for CA3r");
    npt_table_free(table);
    fixture_close(&opened);
}

/* A published table once gave a median that its own counts rule out. Here: where more than half agree the median
   agrees, where more than half disagree it disagrees, and all counts add up to the responses. */
static void counts_and_medians_do_not_contradict_each_other(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *table = run_analysis(opened.study, "items", OPTIONS("by", "site,wave"));
    const size_t median = npt_table_find_column(table, "median");
    const size_t columns[] = {
        npt_table_find_column(table, "disagree"), npt_table_find_column(table, "neutral"),
        npt_table_find_column(table, "agree"),    npt_table_find_column(table, "n"),
        npt_table_find_column(table, "missing"),  npt_table_find_column(table, "not_relevant")};
    size_t looked_at = 0;
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        int64_t counts[6];
        if (row[columns[0]].kind != NPT_CELL_COUNT || row[median].kind != NPT_CELL_NUMBER)
            continue;
        for (size_t j = 0; j < 6; j++)
            counts[j] = row[columns[j]].count;
        assert_int_equal(counts[0] + counts[1] + counts[2], counts[3]);
        if (2 * counts[2] > counts[3])
            assert_true(row[median].number > 3);
        if (2 * counts[0] > counts[3])
            assert_true(row[median].number < 3);
        if (row[2].kind == NPT_CELL_TOTAL && row[3].kind == NPT_CELL_TOTAL)
            assert_int_equal(counts[3] + counts[4] + counts[5], 150);
        looked_at++;
    }
    assert_int_equal(looked_at,
                     20 * 7 * 4); /* items, sites and their total, waves and their total */
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- responses ------------------------------------------------------------------------------- */

#define WAVES \
    "<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\"><column name=\"s\" as=\"site\"/>" \
    "<column name=\"w\" as=\"wave\"/>" ITEM_COLUMNS "</survey>"
#define SITES "<site id=\"a\" name=\"A\"/><site id=\"b\" name=\"B\"/>"

/* A, wave 1: two of five answered, one of them everything. */
static const char waves[] = "s,w,a1,a2,b1,g\n"
                            "a,1,1,2,3,4\n"
                            "a,1,1,,3,4\n"
                            "a,1,,,,\n"
                            "b,1,5,5,5,5\n"
                            "a,2,1,2,Not relevant at this stage,4\n";

/* Wilson's interval for 2 of 5 by R: prop.test(2, 5, correct = FALSE)$conf.int. */
static void rates_are_of_those_who_were_invited(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY(SITES WAVES "<invited site=\"a\" wave=\"1\" n=\"5\"/>"
                                      "<invited site=\"b\" wave=\"1\" n=\"4\"/>"
                                      "<invited site=\"a\" wave=\"2\" n=\"6\"/>"),
                    "w.csv", waves);
    assert_string_equal(opened.text, "");
    npt_table *table = run_analysis(opened.study, "responses", NO_OPTIONS);
    expect_count(table, "invited", ROW("A", "1"), 5);
    expect_count(table, "responses", ROW("A", "1"), 3);
    expect_count(table, "answered", ROW("A", "1"), 2);
    expect_number(table, "rate", ROW("A", "1"), 0.4);
    expect_number(table, "low", ROW("A", "1"), 0.11762077423264794);
    expect_number(table, "high", ROW("A", "1"), 0.76927571872398703);
    expect_count(table, "complete", ROW("A", "1"), 1);
    expect_count(table, "complete", ROW("A", "2"), 1); /* "not relevant" is an answer */
    expect_count(table, "invited", ROW("A", "Total"), 11);
    expect_count(table, "invited", ROW("Total", "1"), 9);
    expect_count(table, "invited", ROW("Total", "Total"), 15);
    expect_number(table, "rate", ROW("Total", "Total"), 4.0 / 15);
    npt_table_free(table);
    table = run_analysis(opened.study, "responses", OPTIONS("where", "site=A"));
    expect_absent(table, "rate", ROW("A", "1"), "how many were invited is not declared");
    expect_note(table, "there are no rates for parts of these");
    npt_table_free(table);
    fixture_close(&opened);
}

static void a_rate_is_not_guessed(void **state)
{
    (void)state;
    struct fixture opened = open_survey(STUDY(SITES WAVES "<invited site=\"a\" wave=\"1\" n=\"1\"/>"
                                                          "<invited site=\"a\" n=\"9\"/>"),
                                        "w.csv", waves);
    npt_table *table = run_analysis(opened.study, "responses", NO_OPTIONS);
    /* an invitation without its wave may belong to any */
    expect_absent(table, "invited", ROW("A", "1"), "how many were invited is not declared");
    expect_absent(table, "invited", ROW("Total", "Total"), "how many were invited is not declared");
    npt_table_free(table);
    fixture_close(&opened);
    opened =
        open_survey(STUDY(SITES WAVES "<invited site=\"a\" wave=\"1\" n=\"1\"/>"), "w.csv", waves);
    table = run_analysis(opened.study, "responses", NO_OPTIONS);
    expect_absent(table, "rate", ROW("A", "1"), "more answered than were invited");
    expect_absent(table, "rate", ROW("B", "1"), "how many were invited is not declared");
    npt_table_free(table);
    fixture_close(&opened);
}

/* At several levels invitations may hold the same people; and a rate needs those who were asked at every site. */
static void invitations_are_not_added_up_blindly(void **state)
{
    (void)state;
    struct fixture opened = open_survey(STUDY(SITES WAVES "<invited site=\"a\" wave=\"1\" n=\"5\"/>"
                                                          "<invited site=\"a\" n=\"9\"/>"),
                                        "w.csv", waves);
    npt_table *table = run_analysis(opened.study, "responses", OPTIONS("by", "site"));
    expect_absent(table, "invited", ROW("A"), "how many were invited is not declared");
    npt_table_free(table);
    fixture_close(&opened);
    opened = open_survey(STUDY(SITES WAVES "<invited site=\"a\" wave=\"1\" n=\"5\"/>"
                                           "<invited site=\"a\" wave=\"2\" n=\"5\"/>"),
                         "w.csv", waves);
    table = run_analysis(opened.study, "responses", OPTIONS("by", "wave"));
    /* in wave 1 somebody at B answered whom nobody is known to have asked */
    expect_absent(table, "invited", ROW("1"), "how many were invited is not declared");
    expect_count(table, "invited", ROW("2"), 5);
    npt_table_free(table);
    fixture_close(&opened);
}

static void completeness_is_told_item_by_item(void **state)
{
    (void)state;
    struct fixture opened = open_survey(STUDY(SITES WAVES), "w.csv", waves);
    expect_rows(opened.study, "responses", OPTIONS("items", ""),
                "item,asked,answered,not_relevant,missing,missing_share\n"
                "g,5,4,0,1,0.2\na1,5,4,0,1,0.2\na2,5,3,0,2,0.4\nb1,5,3,1,1,0.2\n");
    fixture_close(&opened);
}

static void the_order_of_the_rows_changes_nothing(void **state)
{
    (void)state;
    expect_same_in_any_order("items", OPTIONS("by", "role"));
    expect_same_in_any_order("responses", NO_OPTIONS);
}

/* R's counts and mean of C1, as above: 141 answered, 16 below the middle, 43 at it, 82 above it; their sum is 141 times
   3.6382978723404253, which is 513. Under protection not one of them is shown. */
static void single_answers_add_up_to_those_of_the_item(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *table = run_analysis(opened.study, "items", OPTIONS("answers", ""));
    static const char *const answers[] = {"1", "2", "3", "4", "5"};
    const size_t given = npt_table_find_column(table, "given"),
                 item = npt_table_find_column(table, "item"),
                 answer = npt_table_find_column(table, "answer");
    int64_t sides[3] = {0}, sum = 0;
    size_t found = 0;
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        if (strcmp(row[item].text, "C1") != 0)
            continue;
        assert_string_equal(row[answer].text, answers[found]);
        found++;
        sides[found < 3 ? 0 : found == 3 ? 1 : 2] += row[given].count;
        sum += row[given].count * (int64_t)found;
    }
    assert_int_equal(found, 5);
    assert_int_equal(sides[0], 16);
    assert_int_equal(sides[1], 43);
    assert_int_equal(sides[2], 82);
    assert_int_equal(sum, 513);
    npt_table *made = NULL;
    const npt_table *all[] = {table};
    npt_table_free(npt_protect(&made, all, 1, NULL, NULL));
    for (size_t i = 0; i < npt_table_row_count(made); i++)
        assert_int_equal(npt_table_row(made, i)[given].kind, NPT_CELL_WITHHELD);
    npt_table_free(made);
    npt_table_free(table);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(items_are_those_of_the_reference),
        FIXTURE_TEST(counts_and_medians_do_not_contradict_each_other),
        FIXTURE_TEST(rates_are_of_those_who_were_invited),
        FIXTURE_TEST(a_rate_is_not_guessed),
        FIXTURE_TEST(invitations_are_not_added_up_blindly),
        FIXTURE_TEST(completeness_is_told_item_by_item),
        FIXTURE_TEST(single_answers_add_up_to_those_of_the_item),
        FIXTURE_TEST(the_order_of_the_rows_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
