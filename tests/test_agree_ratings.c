/* test_agree_ratings.c - agreement from plain tables of ratings: published and exact values through the whole path,
 * and tables counted by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/agreement_many.h"
#include "analysis_run.h"
#include "ratings_data.h"
#include "reference_data.h"

#include <stdlib.h>

static struct fixture open_ratings(const char *path, const char *level)
{
    struct fixture opened = fixture_open_with(
        path, &(struct npt_study_options){
                  .table = NPT_RATINGS, .level = level, .units = "none", .threads = 2});
    assert_string_equal(opened.text, "");
    return opened;
}

/* The row of these coders; NULL: the total. */
static const struct npt_cell *find_row(const npt_table *table, const char *coder, const char *with)
{
    const char *wanted[2] = {coder, with};
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        bool same = true;
        for (size_t j = 0; j < 2; j++)
            same &= wanted[j] ? row[j].kind == NPT_CELL_TEXT && strcmp(row[j].text, wanted[j]) == 0
                              : row[j].kind == NPT_CELL_TOTAL;
        if (same)
            return row;
    }
    fail_msg("no such row");
    return NULL;
}

static const struct npt_cell *cell_of(const npt_table *table, const struct npt_cell *row,
                                      const char *column)
{
    const size_t at = npt_table_find_column(table, column);
    if (at == SIZE_MAX)
        fail_msg("no column %s", column);
    return &row[at];
}

static void expect_number(const npt_table *table, const struct npt_cell *row, const char *column,
                          double number, double relative)
{
    const struct npt_cell *cell = cell_of(table, row, column);
    if (cell->kind != NPT_CELL_NUMBER)
        fail_msg("%s is no number: %s", column, cell->reason ? cell->reason : "");
    reference_expect(cell->number, number, relative);
}

static void expect_absent(const npt_table *table, const struct npt_cell *row, const char *column,
                          const char *reason)
{
    const struct npt_cell *cell = cell_of(table, row, column);
    assert_int_equal(cell->kind, NPT_CELL_ABSENT);
    assert_string_equal(cell->reason, reason);
}

/* ---- published and exact values -------------------------------------------------------------- */

/* irr::kappa2(d, 'unweighted'|'equal'|'squared'), its error by vcd::Kappa (Fleiss, Cohen & Everitt), closed forms;
   alpha in exact fractions. Fleiss' kappa of two coders without blanks is Scott's pi. */
static void two_raters_have_their_kappas(void **state)
{
    (void)state;
    struct fixture opened = open_ratings(fixture_beside("tests/data/raters2.csv"), "ordinal");
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    const struct npt_cell *row = find_row(table, "r1", "r2");
    assert_int_equal(npt_table_row_count(table), 1);
    assert_int_equal(cell_of(table, row, "units")->count, 60);
    assert_int_equal(cell_of(table, row, "missing")->count, 0);
    expect_number(table, row, "percent", 41.0 / 60, 1e-14);
    expect_number(table, row, "kappa", 0.6033402922755742, 1e-13);
    const double reach = 1.959963984540054 * 0.0750857477385405;
    expect_number(table, row, "kappa_low", 0.6033402922755742 - reach, 1e-12);
    expect_number(table, row, "kappa_high", 0.6033402922755742 + reach, 1e-12);
    expect_number(table, row, "kappa_linear", 0.7617403314917127, 1e-13);
    expect_number(table, row, "kappa_quadratic", 0.8723579467471861, 1e-13);
    expect_number(table, row, "fleiss", 0.6029258098223615, 1e-13);
    expect_number(table, row, "ac1", 0.60448, 1e-5); /* irrCAC rounds */
    expect_number(table, row, "brennan_prediger", 0.60417, 1e-5);
    expect_number(table, row, "alpha", 1204249.0 / 1380250, 1e-13);
    npt_table_free(table);
    fixture_close(&opened);
}

/* irr::kappam.fleiss(d, detail=TRUE): Fleiss 1971, 30 patients, 6 psychiatrists; alpha in exact fractions. */
static void many_raters_have_fleiss_kappa_of_all_and_of_each_category(void **state)
{
    (void)state;
    static const double kappas[] = {0.2447552447552448, 0.2447552447552448, 0.52,
                                    0.47112727272727273, 0.5661178068239687};
    static const double shares[] = {0.14444444444444443, 0.14444444444444443, 0.16666666666666666,
                                    0.3055555555555556, 0.2388888888888889};
    struct fixture opened = open_ratings(fixture_beside("tests/data/diagnoses.csv"), "nominal");
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "agree", NO_OPTIONS);
    assert_int_equal(count, 2);
    const struct npt_cell *row = find_row(tables[0], NULL, NULL);
    assert_int_equal(npt_table_row_count(tables[0]), 16); /* 15 pairs and all */
    expect_number(tables[0], row, "fleiss", 0.43024452006014086, 1e-13);
    expect_number(tables[0], row, "alpha", 5477.0 / 12637, 1e-13);
    expect_absent(tables[0], row, "kappa", "it is of two coders");
    expect_absent(tables[0], find_row(tables[0], "rater1", "rater2"), "kappa_linear",
                  "the categories have no order");
    assert_int_equal(npt_table_row_count(tables[1]), 5);
    for (size_t i = 0; i < 5; i++) {
        row = npt_table_row(tables[1], i);
        expect_number(tables[1], row, "kappa", kappas[i], 1e-13);
        expect_number(tables[1], row, "share", shares[i], 1e-14);
    }
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* Krippendorff's own example, with blanks: published 0.743, 0.815, 0.849, 0.797; here exact. The interval is the
   kernel's. */
static void alpha_is_that_of_the_level_of_measurement(void **state)
{
    (void)state;
    static const char *const levels[] = {"nominal", "ordinal", "interval", "ratio"};
    static const double alphas[] = {113.0 / 152, 108577.0 / 133160, 951.0 / 1120,
                                    18222619.0 / 22852465};
    static const double values[] = {1, 2, 3, 4, 5};
    struct npt__ratings ratings = ratings_kripp4();
    for (size_t i = 0; i < 4; i++) {
        struct fixture opened = open_ratings("tests/data/kripp4.csv", levels[i]);
        npt_table *table =
            run_analysis(opened.study, "agree", OPTIONS("replicates", "500", "seed", "3"));
        const struct npt_cell *row = find_row(table, NULL, NULL);
        expect_number(table, row, "alpha", alphas[i], 1e-13);
        const struct npt__bootstrap_options options = {
            .replicates = 500, .seed = 3, .threads = 1, .confidence = 0.95};
        const struct npt__resampled_krippendorff alpha =
            npt__krippendorff_bootstrap(&ratings, (enum npt__metric)i, values, &options);
        assert_true(alpha.bca.defined);
        expect_number(table, row, "alpha_low", alpha.bca.low, 1e-13);
        expect_number(table, row, "alpha_high", alpha.bca.high, 1e-13);
        npt_table_free(table);
        fixture_close(&opened);
    }
    ratings_free(&ratings);
}

/* ---- by hand --------------------------------------------------------------------------------- */

/* Of A and B: u1 and u2, one alike; of A and C only u2, alike; of all u1 and u2 (u3 has one rating). The share of pairs
   that agree: (1 + 1/3) / 2. */
static void blanks_are_missing_and_not_a_category(void **state)
{
    (void)state;
    fixture_write_text("r.csv", "A,B,C\n1,1,\n1,2,1\n,,2\n");
    struct fixture opened = open_ratings("r.csv", "nominal");
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "agree", OPTIONS("disagreements", ""));
    assert_int_equal(count, 3);
    const struct npt_cell *row = find_row(tables[0], "A", "B");
    assert_int_equal(cell_of(tables[0], row, "units")->count, 2);
    assert_int_equal(cell_of(tables[0], row, "missing")->count, 2);
    expect_number(tables[0], row, "percent", 0.5, 0);
    row = find_row(tables[0], NULL, NULL);
    assert_int_equal(cell_of(tables[0], row, "units")->count, 2);
    assert_int_equal(cell_of(tables[0], row, "missing")->count, 3);
    expect_number(tables[0], row, "percent", 2.0 / 3, 1e-15);
    row = npt_table_row(tables[1], 0);
    assert_string_equal(row[0].text, "1");
    assert_int_equal(cell_of(tables[1], row, "given")->count, 4);
    expect_number(tables[1], row, "share", 4.0 / 6, 1e-15);
    expect_csv(tables[2], "unit,coder,rating\n2,A,1\n2,B,2\n2,C,1\n");
    expect_note(tables[2], "coders differ on 1 of 3 units.");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

static void where_all_ratings_are_the_same_there_is_a_reason(void **state)
{
    (void)state;
    fixture_write_text("r.csv", "A,B\n1,1\n1,1\n1,1\n");
    struct fixture opened = open_ratings("r.csv", "interval");
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    const struct npt_cell *row = find_row(table, "A", "B");
    expect_number(table, row, "percent", 1, 0);
    static const char *const keys[] = {"kappa",  "kappa_low", "kappa_linear",
                                       "fleiss", "alpha",     "alpha_high"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        expect_absent(table, row, keys[i], "all ratings are the same");
    npt_table_free(table);
    fixture_close(&opened);
}

static void one_unit_and_no_common_unit_are_no_crash(void **state)
{
    (void)state;
    fixture_write_text("r.csv", "A,B\n1,2\n");
    struct fixture opened = open_ratings("r.csv", "nominal");
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    expect_absent(table, find_row(table, "A", "B"), "alpha_low",
                  "fewer than two units were rated by two of them");
    npt_table_free(table);
    fixture_close(&opened);
    fixture_write_text("r.csv", "A,B\n1,\n,2\n");
    opened = open_ratings("r.csv", "nominal");
    table = run_analysis(opened.study, "agree", NO_OPTIONS);
    const struct npt_cell *row = find_row(table, "A", "B");
    assert_int_equal(cell_of(table, row, "units")->count, 0);
    expect_absent(table, row, "kappa", "no unit was rated by two of them");
    expect_absent(table, row, "alpha", "no unit was rated by two of them");
    npt_table_free(table);
    fixture_close(&opened);
}

static void more_categories_than_can_be_told_apart_are_said_so(void **state)
{
    (void)state;
    npt__buffer text = {0};
    npt__buffer_puts(&text, "A,B,C\n");
    for (size_t i = 0; i < 300; i++)
        npt__buffer_print(&text, "%zu,%zu,1\n", i, i);
    fixture_write_text("r.csv", text.bytes);
    npt__buffer_release(&text);
    struct fixture opened = open_ratings("r.csv", "interval");
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "agree", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(tables[0]), 1);
    expect_absent(tables[0], find_row(tables[0], NULL, NULL), "alpha",
                  "too many categories or coders");
    assert_int_equal(npt_table_row_count(tables[1]), 0);
    expect_note(tables[1], "r has 300 categories, too many to list.");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- which tables ---------------------------------------------------------------------------- */

static void several_tables_are_told_apart_and_one_can_be_chosen(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "A,B\n1,1\n2,1\n2,2\n");
    fixture_write_text("b.csv", "A,B\nx,x\ny,y\nx,y\n");
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\">\n"
                                    "<ratings file=\"a.csv\" level=\"ordinal\" units=\"none\"/>\n"
                                    "<ratings file=\"b.csv\" level=\"nominal\" units=\"none\"/>\n"
                                    "</study>\n");
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(table), 2);
    assert_string_equal(npt_table_row(table, 0)[0].text, "a");
    assert_string_equal(npt_table_row(table, 1)[0].text, "b");
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("ratings", "b"));
    assert_int_equal(npt_table_row_count(table), 1);
    /* 2 of 3 alike; by chance (2/3)(1/3) + (1/3)(2/3) = 4/9: (6 - 4) / (9 - 4) */
    expect_number(table, find_row(table, "A", "B"), "kappa", 0.4, 1e-14);
    npt_table_free(table);
    expect_usage(opened.study, "agree", OPTIONS("ratings", "c"),
                 "error: no table of ratings is called 'c'\n  hint: did you mean 'a'\n");
    expect_usage(opened.study, "agree", OPTIONS("unit", "sentences"),
                 "error: --unit: it is for coded interviews, not for ratings\n");
    expect_usage(opened.study, "agree", OPTIONS("level", "code"),
                 "error: --level: it is for coded interviews, not for ratings, which take nominal, "
                 "ordinal, interval or ratio\n");
    fixture_close(&opened);
}

static void the_level_of_a_single_table_comes_from_the_option(void **state)
{
    (void)state;
    fixture_write_text("r.csv", "A,B\n1,1\n2,1\n3,3\n");
    npt_options *options = make_options(OPTIONS("level", "ratio"));
    struct npt_study_options study = {.units = "none"};
    npt_analysis_prepare(npt_analysis_find("agree"), options, &study);
    struct fixture opened = fixture_open_with("r.csv", &study);
    npt_options_free(options); /* not before: the study's options borrow from it */
    npt_table *table = run_analysis(opened.study, "agree", OPTIONS("level", "ratio"));
    expect_note(table, "The categories are ratio, so alpha is that of ratio values;");
    npt_table_free(table);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(two_raters_have_their_kappas),
        FIXTURE_TEST(many_raters_have_fleiss_kappa_of_all_and_of_each_category),
        cmocka_unit_test(alpha_is_that_of_the_level_of_measurement),
        FIXTURE_TEST(blanks_are_missing_and_not_a_category),
        FIXTURE_TEST(where_all_ratings_are_the_same_there_is_a_reason),
        FIXTURE_TEST(one_unit_and_no_common_unit_are_no_crash),
        FIXTURE_TEST(more_categories_than_can_be_told_apart_are_said_so),
        FIXTURE_TEST(several_tables_are_told_apart_and_one_can_be_chosen),
        FIXTURE_TEST(the_level_of_a_single_table_comes_from_the_option),
    };
    return reference_run("agreement of ratings", tests);
}
