/* test_sentences.c - sentences made from tables: every one written by hand from its rule.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/compose/sentences.h"
#include "told_table.h"

#include <nptkit/analysis.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Expects all sentences, joined by a line end; frees the tables. */
static void expect_of(const char *own, const char *analysis, npt_table *first, npt_table *second,
                      const char *expected)
{
    npt_table *tables[] = {first, second};
    struct npt__telling telling = {.arena = npt__arena_new(),
                                   .tables = (const npt_table *const *)tables,
                                   .count = second ? 2 : 1,
                                   .own = own};
    npt__buffer all = {0};
    npt__tell(&telling, analysis);
    for (size_t i = 0; i < telling.sentence_count; i++)
        npt__buffer_print(&all, "%s%s", i ? "\n" : "", telling.sentences[i]);
    assert_string_equal(npt__buffer_string(&all), expected);
    assert_true(telling.short_count >= 1);
    npt__buffer_release(&all);
    npt__arena_free(telling.arena);
    npt_table_free(first);
    npt_table_free(second);
}

static void expect(const char *analysis, npt_table *first, npt_table *second, const char *expected)
{
    expect_of(NULL, analysis, first, second, expected);
}

/* ---- responses ------------------------------------------------------------------------------- */

static const struct column response_columns[] = {
    {"=site", NPT_UNIT_TEXT},     {"=wave", NPT_UNIT_TEXT}, {"invited", NPT_UNIT_COUNT},
    {"answered", NPT_UNIT_COUNT}, {"rate", NPT_UNIT_SHARE}, {"low", NPT_UNIT_SHARE},
    {"high", NPT_UNIT_SHARE},     {NULL, NPT_UNIT_TEXT}};

static void responses_tell_the_last_wave(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"North", "1", "10", "9", "0.9", "0.6", "0.98"},
        {"North", "2", "100", "40", "0.4", "0.31", "0.5"},
        {"North", "*", "110", "49", "0.45", "0.36", "0.54"},
        {"South", "1", "10", "1", "0.1", "0.02", "0.4"},
        {"South", "2", "50", "30", "0.6", "0.46", "0.72"},
        {"*", "1", "20", "10", "0.5", "0.3", "0.7"},
        {"*", "2", "1150", "70", "0.47", "0.39", "0.55"},
        {"*", "*", "170", "80", "0.47", "0.4", "0.55"},
        {NULL}};
    expect(
        "responses", make_table("responses", response_columns, rows), NULL,
        "In wave 2, 70 of the 1,150 people who were asked answered: 47% (95% interval 39% to 55%).\n"
        "By site the rate runs from 40% (North) to 60% (South); those who did not answer may think "
        "otherwise than those who did.");
}

static void withheld_responses_are_in_no_sentence(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"North", "1", "100", "40", "0.4", "0.31", "0.5"},
        {"South", "1", "50", "?", "?", "?", "?"},
        {"East", "1", "30", "?", "?", "?", "?"},
        {"*", "1", "180", "?", "?", "?", "?"},
        {NULL}};
    expect("responses", make_table("responses", response_columns, rows), NULL,
           "In wave 1, the number of people who answered is withheld.\n"
           "To protect people, 2 of these rates are withheld.");
}

static void without_invitations_there_is_no_rate(void **state)
{
    (void)state;
    static const struct column columns[] = {
        {"=site", NPT_UNIT_TEXT}, {"invited", NPT_UNIT_COUNT}, {"answered", NPT_UNIT_COUNT},
        {"rate", NPT_UNIT_SHARE}, {"low", NPT_UNIT_SHARE},     {"high", NPT_UNIT_SHARE},
        {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {
        {"North", "-", "40", "-", "-", "-"}, {"*", "-", "40", "-", "-", "-"}, {NULL}};
    expect("responses", make_table("responses", columns, rows), NULL,
           "40 people answered; how many were asked is not known.");
}

static void that_nobody_of_a_site_answered_is_told(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {{NULL}};
    expect_of("North", "responses", make_table("responses", response_columns, rows), NULL,
              "Nobody of this site is among those who answered.");
}

/* ---- scores ---------------------------------------------------------------------------------- */

static const struct column score_columns[] = {
    {"=construct", NPT_UNIT_TEXT}, {"=site", NPT_UNIT_TEXT}, {"n", NPT_UNIT_COUNT},
    {"mean", NPT_UNIT_MEAN},       {"low", NPT_UNIT_MEAN},   {"high", NPT_UNIT_MEAN},
    {NULL, NPT_UNIT_TEXT}};

#define NBSP "\xC2\xA0"

static void scores_tell_the_highest_and_the_lowest(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {{"A", "North", "20", "4.5", "4.1", "4.9"},
                                                     {"A", "South", "?", "?", "?", "?"},
                                                     {"A", "*", "30", "4.25", "4", "4.5"},
                                                     {"B", "North", "20", "2", "1.5", "2.5"},
                                                     {"B", "South", "10", "3", "2", "4"},
                                                     {"B", "*", "30", "2.33", "2", "2.66"},
                                                     {"C", "North", "-", "-", "-", "-"},
                                                     {"C", "*", "30", "3", "-", "-"},
                                                     {NULL}};
    expect("score", make_table("score", score_columns, rows), NULL,
           "Taken together, A has the highest mean (4.25, 95% interval 4.00 to 4.50, n" NBSP
           "=" NBSP "30) and B the lowest (2.33, 95% interval 2.00 to 2.66, n" NBSP "=" NBSP
           "30).\n"
           "By site, means run from 2.00 (B in North) to 4.50 (A in North).\n"
           "To protect people, 1 of these means is withheld.");
}

static void scores_that_read_alike_are_told_together(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {{"A", "North", "20", "4.251", "4.1", "4.9"},
                                                     {"A", "*", "30", "4.251", "4", "4.5"},
                                                     {"B", "North", "20", "2", "1.5", "2.5"},
                                                     {"B", "*", "30", "2.33", "2", "2.66"},
                                                     {"C", "North", "20", "4.249", "4", "4.5"},
                                                     {"C", "*", "30", "4.25", "4", "4.5"},
                                                     {NULL}};
    expect(
        "score", make_table("score", score_columns, rows), NULL,
        "Taken together, A and C have the highest mean (4.25) and B the lowest (2.33, 95% interval "
        "2.00 to 2.66, n" NBSP "=" NBSP "30).\n"
        "By site, means run from 2.00 (B in North) to 4.25 (A in North and C in North).");
}

/* Which of its means are of few people, and which go with them, is not told. */
static void a_site_without_a_mean_is_told_so_in_one_sentence(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "?", "?", "?", "?"}, {"B", "North", "7", "?", "?", "?"}, {NULL}};
    expect_of("North", "score", make_table("score", score_columns, rows), NULL,
              "None of these means can be shown: what describes fewer than 10 people is withheld, "
              "and whatever might tell it.");
}

static void only_scores_on_one_scale_are_told_together(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("score", "score");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    static const double means[] = {2, 4, 9}, most[] = {5, 5, 10};
    static const char *const names[] = {"A", "B", "Ten"};
    for (size_t i = 0; i < 3; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        npt__table_scale(table, i < 2 ? 1 : 0, most[i]);
        row[0] = npt__text(names[i]);
        row[1] = npt__count(20);
        row[2] = npt__number(means[i]);
    }
    const struct npt__population *declared = npt__table_counted(table);
    struct npt__telling telling = {.arena = npt__arena_new(),
                                   .tables = (const npt_table *const *)&table,
                                   .declared = &declared,
                                   .count = 1};
    npt__tell(&telling, "score");
    assert_int_equal(telling.sentence_count, 1);
    assert_string_equal(telling.sentences[0], "B has the highest mean (4.00, n" NBSP "=" NBSP
                                              "20) and A the lowest (2.00, n" NBSP "=" NBSP
                                              "20), on a scale from 1 to 5.");
    npt__arena_free(telling.arena);
    npt_table_free(table);
}

static void reliability_is_told_by_its_threshold(void **state)
{
    (void)state;
    static const struct column columns[] = {
        {"=construct", NPT_UNIT_TEXT}, {"alpha", NPT_UNIT_MEAN}, {NULL, NPT_UNIT_TEXT}};
    static const char *const mixed[][MOST_COLUMNS] = {{"A", "0.7"}, {"B", "0.699"}, {"C", "0.9"},
                                                      {"D", "?"},   {"E", "-"},     {NULL}};
    expect(
        "reliability", make_table("reliability", columns, mixed), NULL,
        "Alpha is 0.70 or more, which is acceptable, for A and C; below that, so that its scores "
        "deserve caution, for B.\n"
        "To protect people, 1 alpha is withheld.");
    static const char *const good[][MOST_COLUMNS] = {{"A", "0.8"}, {"B", "0.9"}, {NULL}};
    expect("reliability", make_table("reliability", columns, good), NULL,
           "Alpha is 0.70 or more, which is acceptable, for all 2 scores.");
}

/* ---- compare --------------------------------------------------------------------------------- */

static const struct column overall_columns[] = {
    {"=construct", NPT_UNIT_TEXT}, {"verdict", NPT_UNIT_TEXT}, {NULL, NPT_UNIT_TEXT}};
static const struct column pair_columns[] = {
    {"=construct", NPT_UNIT_TEXT}, {"=site", NPT_UNIT_TEXT},   {"=other", NPT_UNIT_TEXT},
    {"difference", NPT_UNIT_MEAN}, {"verdict", NPT_UNIT_TEXT}, {NULL, NPT_UNIT_TEXT}};

static void pairs_of_sites_are_told_one_by_one(void **state)
{
    (void)state;
    static const char *const overall[][MOST_COLUMNS] = {
        {"A", "differ"}, {"B", "not clear"}, {"C", "differ"}, {NULL}};
    static const char *const pairs[][MOST_COLUMNS] = {
        {"A", "North", "South", "0.5", "clearly higher"},
        {"A", "North", "East", "-0.2", "not clear"},
        {"B", "North", "South", "0.1", "not clear"},
        {"B", "North", "East", "0.1", "not clear"},
        {"C", "North", "South", "-1.25", "clearly lower"},
        {"C", "North", "East", "0", "not clear"},
        {NULL}};
    expect(
        "compare", make_table("compare", overall_columns, overall),
        make_table("compare_pairs", pair_columns, pairs),
        "The sites differ, by more than chance alone would explain, in A and C; whether they do is not "
        "clear in B, which does not mean that they are alike.\n"
        "North is clearly higher than South in A (by 0.50), and clearly lower in C (by 1.25); not clear "
        "for B.\n"
        "North and East are not clearly different in any of the 3 scores.");
}

static void a_withheld_comparison_says_so(void **state)
{
    (void)state;
    static const char *const overall[][MOST_COLUMNS] = {{"A", "?"}, {"B", "?"}, {NULL}};
    static const char *const pairs[][MOST_COLUMNS] = {
        {"A", "North", "South", "0.5", "clearly higher"},
        {"A", "North", "East", "?", "?"},
        {"B", "North", "South", "0.75", "clearly higher"},
        {"B", "North", "East", "?", "?"},
        {NULL}};
    expect("compare", make_table("compare", overall_columns, overall),
           make_table("compare_pairs", pair_columns, pairs),
           "Whether there are differences is withheld to protect people (2 tests).\n"
           "North is clearly higher than South in all 2 scores (by 0.50 to 0.75).\n"
           "North and East: no comparison; withheld to protect people for all 2 scores.");
}

static void all_scores_are_named_where_they_are_few(void **state)
{
    (void)state;
    static const char *const overall[][MOST_COLUMNS] = {{"A", "differ"}, {"B", "differ"}, {NULL}};
    expect("compare", make_table("compare", overall_columns, overall), NULL,
           "The sites differ, by more than chance alone would explain, in all 2 scores (A and B).");
}

static void many_pairs_are_only_counted(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    npt_table *overall =
        make_table("compare", overall_columns,
                   (const char *const[][MOST_COLUMNS]){{"A", "not clear"}, {NULL}});
    npt_table *pairs =
        make_table("compare_pairs", pair_columns, (const char *const[][MOST_COLUMNS]){{NULL}});
    size_t count = 0;
    for (size_t i = 0; i < 5; i++)
        for (size_t j = i + 1; j < 5; j++, count++) {
            struct npt_cell *row = npt__table_add_row(pairs);
            row[0] = npt__text("A");
            row[1] = npt__text(names[i]);
            row[2] = npt__text(names[j]);
            row[3] = npt__number(1);
            row[4] = count == 9 ? npt__withheld("few")
                                : npt__text(count % 2 ? "not clear" : "clearly higher");
        }
    expect("compare", overall, pairs,
           "Whether the sites differ is not clear in A, which does not mean that they are alike.\n"
           "Of 10 differences (10 pairs) 5 are clear and 1 is withheld to protect people.");
}

/* ---- trend ----------------------------------------------------------------------------------- */

static const struct column trend_columns[] = {
    {"=construct", NPT_UNIT_TEXT}, {"=site", NPT_UNIT_TEXT},  {"=from", NPT_UNIT_TEXT},
    {"=to", NPT_UNIT_TEXT},        {"change", NPT_UNIT_MEAN}, {"verdict", NPT_UNIT_TEXT},
    {NULL, NPT_UNIT_TEXT}};

static void changes_are_told_together_and_site_by_site(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "1", "2", "0.3", "clearly higher"},
        {"A", "South", "1", "2", "?", "?"},
        {"A", "*", "1", "2", "0.2", "clearly higher"},
        {"B", "North", "1", "2", "0.1", "not clear"},
        {"B", "South", "1", "2", "?", "?"},
        {"B", "*", "1", "2", "0.4", "clearly higher"},
        {NULL}};
    expect(
        "trend", make_table("trend", trend_columns, rows), NULL,
        "From wave 1 to wave 2, all together, all 2 scores are clearly higher (by 0.20 to 0.40).\n"
        "In North scores are clearly higher in A (by 0.30); not clear for B.\n"
        "In South nothing can be told; withheld to protect people for all 2 scores.");
}

static void three_waves_are_told_step_and_whole(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "1", "2", "0.1", "not clear"},
        {"A", "North", "2", "3", "-0.3", "clearly lower"},
        {"A", "North", "1", "3", "-0.2", "not clear"},
        {"A", "*", "1", "2", "0.5", "clearly higher"},
        {"A", "*", "2", "3", "0.1", "not clear"},
        {"A", "*", "1", "3", "0.6", "clearly higher"},
        {NULL}};
    expect("trend", make_table("trend", trend_columns, rows), NULL,
           "From wave 2 to wave 3, all together, no change is clear in A.\n"
           "From wave 1 to wave 3, all together, scores are clearly higher in A (by 0.60).\n"
           "In North, from wave 2 to wave 3, scores are clearly lower in A (by 0.30).\n"
           "In North, from wave 1 to wave 3, no change is clear in A.");
}

/* ---- interviews ------------------------------------------------------------------------------ */

static void interviews_are_told_by_cases(void **state)
{
    (void)state;
    static const struct column columns[] = {{"=construct", NPT_UNIT_TEXT},
                                            {"=site", NPT_UNIT_TEXT},
                                            {"cases", NPT_UNIT_COUNT},
                                            {"of_cases", NPT_UNIT_COUNT},
                                            {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {{"A", "North", "10", "20"},
                                                     {"A", "South", "9", "10"},
                                                     {"A", "*", "19", "30"},
                                                     {"B", "North", "?", "20"},
                                                     {"B", "South", "?", "10"},
                                                     {"B", "*", "8", "30"},
                                                     {"C", "North", "20", "20"},
                                                     {"C", "South", "7", "10"},
                                                     {"C", "*", "27", "30"},
                                                     {"*", "North", "20", "20"},
                                                     {"*", "South", "10", "10"},
                                                     {"*", "*", "30", "30"},
                                                     {NULL}};
    expect("tally", make_table("tally", columns, rows), NULL,
           "30 cases were interviewed: 20 in North and 10 in South.\n"
           "Most cases speak of C (27 of 30), fewest of B (8 of 30).\n"
           "By site, what is shown is furthest apart in A: 9 of 10 cases in South and 10 of 20 in "
           "North; whether that is more than chance was not tested.\n"
           "To protect people, 2 of 9 numbers of cases are withheld.");
}

static void constructs_that_as_many_cases_speak_of_are_told_together(void **state)
{
    (void)state;
    static const struct column columns[] = {{"=construct", NPT_UNIT_TEXT},
                                            {"cases", NPT_UNIT_COUNT},
                                            {"of_cases", NPT_UNIT_COUNT},
                                            {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {{"A", "12", "12"},
                                                     {"B", "5", "12"},
                                                     {"C", "12", "12"},
                                                     {"D", "5", "12"},
                                                     {"E", "12", "12"},
                                                     {"F", "12", "12"},
                                                     {NULL}};
    static const char *const alike[][MOST_COLUMNS] = {{"A", "12", "12"}, {"B", "12", "12"}, {NULL}};
    expect("tally", make_table("tally", columns, rows), NULL,
           "12 cases were interviewed.\n"
           "Most cases speak of A, C and 2 more (12 of 12), fewest of B and D (5 of 12).");
    expect("tally", make_table("tally", columns, alike), NULL,
           "12 cases were interviewed.\n"
           "As many cases speak of each construct (12 of 12).");
}

static void survey_and_interviews_agree_or_do_not(void **state)
{
    (void)state;
    static const struct column columns[] = {{"=construct", NPT_UNIT_TEXT},
                                            {"=site", NPT_UNIT_TEXT},
                                            {"together", NPT_UNIT_TEXT},
                                            {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "agree"},     {"A", "South", "?"},
        {"A", "*", "disagree"},      {"B", "North", "partly agree"},
        {"B", "South", "?"},         {"B", "*", "agree"},
        {"C", "North", "?"},         {"C", "South", "?"},
        {"C", "*", "survey silent"}, {NULL}};
    expect(
        "joint", make_table("joint", columns, rows), NULL,
        "Taken together, survey and interviews agree for B, disagree for A; one of them is silent "
        "on C.\n"
        "In North they agree for A, partly agree for B; withheld to protect people for C.\n"
        "To protect people, whether survey and interviews agree is withheld in South.");
}

/* ---- one site -------------------------------------------------------------------------------- */

static void responses_of_one_site_are_its_own(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"North", "1", "50", "30", "0.6", "0.46", "0.72"},
        {"North", "2", "60", "24", "0.4", "0.29", "0.53"},
        {"North", "*", "110", "54", "0.49", "0.4", "0.58"},
        {NULL}};
    expect_of("North", "responses", make_table("responses", response_columns, rows), NULL,
              "In wave 2, 24 of the 60 people who were asked answered: 40% (95% interval 29% to "
              "53%).");
}

static void scores_of_one_site_name_no_place(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {{"A", "North", "20", "4.5", "4.1", "4.9"},
                                                     {"B", "North", "20", "2", "1.5", "2.5"},
                                                     {"C", "North", "?", "?", "?", "?"},
                                                     {NULL}};
    expect_of("North", "score", make_table("score", score_columns, rows), NULL,
              "A has the highest mean (4.50, 95% interval 4.10 to 4.90, n" NBSP "=" NBSP
              "20) and B the lowest (2.00, 95% interval 1.50 to 2.50, n" NBSP "=" NBSP "20).\n"
              "To protect people, 1 of these means is withheld.");
}

static void one_site_is_told_from_all_others(void **state)
{
    (void)state;
    static const char *const overall[][MOST_COLUMNS] = {{"A", "differ"}, {"B", "differ"}, {NULL}};
    static const char *const pairs[][MOST_COLUMNS] = {
        {"A", "North", "others", "0.5", "clearly higher"},
        {"B", "North", "others", "-0.1", "not clear"},
        {NULL}};
    npt_table *tables[] = {make_table("compare", overall_columns, overall),
                           make_table("compare_pairs", pair_columns, pairs)};
    struct npt__telling telling = {.arena = npt__arena_new(),
                                   .tables = (const npt_table *const *)tables,
                                   .count = 2,
                                   .own = "North"};
    npt__tell(&telling, "compare");
    bool told = false;
    for (size_t i = 0; i < telling.sentence_count; i++)
        told |= strstr(telling.sentences[i], "clearly higher") != NULL &&
                strstr(telling.sentences[i], "0.50") != NULL;
    assert_true(told);
    npt__arena_free(telling.arena);
    npt_table_free(tables[0]);
    npt_table_free(tables[1]);
}

static void changes_of_one_site_are_its_own(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "1", "2", "0.3", "clearly higher"},
        {"B", "North", "1", "2", "0.1", "not clear"},
        {NULL}};
    expect_of("North", "trend", make_table("trend", trend_columns, rows), NULL,
              "From wave 1 to wave 2, scores are clearly higher in A (by 0.30); not clear for B.");
}

static void survey_and_interviews_of_one_site(void **state)
{
    (void)state;
    static const struct column columns[] = {{"=construct", NPT_UNIT_TEXT},
                                            {"=site", NPT_UNIT_TEXT},
                                            {"together", NPT_UNIT_TEXT},
                                            {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "agree"}, {"B", "North", "disagree"}, {NULL}};
    static const char *const hidden[][MOST_COLUMNS] = {
        {"A", "North", "?"}, {"B", "North", "?"}, {NULL}};
    expect_of("North", "joint", make_table("joint", columns, rows), NULL,
              "Survey and interviews agree for A, disagree for B.");
    expect_of("North", "joint", make_table("joint", columns, hidden), NULL,
              "To protect people, whether survey and interviews agree is withheld in this site.");
}

/* Whatever a table holds of the others, what is told of one site does not name them. */
static void no_other_site_is_in_a_sentence_on_one(void **state)
{
    (void)state;
    static const char *const scores[][MOST_COLUMNS] = {{"A", "North", "20", "4.5", "4.1", "4.9"},
                                                       {"B", "North", "20", "4", "3.5", "4.5"},
                                                       {"A", "South", "20", "1", "1", "1.5"},
                                                       {"B", "South", "20", "5", "5", "5"},
                                                       {NULL}};
    expect_of("North", "score", make_table("score", score_columns, scores), NULL,
              "A has the highest mean (4.50, 95% interval 4.10 to 4.90, n" NBSP "=" NBSP
              "20) and B the lowest (4.00, 95% interval 3.50 to 4.50, n" NBSP "=" NBSP "20).");
    static const char *const rates[][MOST_COLUMNS] = {
        {"North", "1", "50", "30", "0.6", "0.46", "0.72"},
        {"South", "1", "50", "10", "0.2", "0.1", "0.3"},
        {NULL}};
    expect_of("North", "responses", make_table("responses", response_columns, rates), NULL,
              "In wave 1, 30 of the 50 people who were asked answered: 60% (95% interval 46% to "
              "72%).");
}

/* ---- all of them ----------------------------------------------------------------------------- */

static void every_analysis_that_is_told_is_one_and_has_a_rule(void **state)
{
    (void)state;
    for (size_t i = 0; npt__sayable[i]; i++) {
        assert_non_null(npt_analysis_find(npt__sayable[i]));
        assert_true(npt__can_say(npt__sayable[i]));
        assert_non_null(npt__sentence_rule(npt__sayable[i]));
    }
    assert_false(npt__can_say("codes"));
    assert_null(npt__sentence_rule("codes"));
}

static void a_table_of_another_kind_gives_no_sentence(void **state)
{
    (void)state;
    for (size_t i = 0; npt__sayable[i]; i++) {
        static const struct column columns[] = {{"=x", NPT_UNIT_TEXT}, {NULL, NPT_UNIT_TEXT}};
        static const char *const rows[][MOST_COLUMNS] = {{"a"}, {NULL}},
                                 *const none[][MOST_COLUMNS] = {{NULL}};
        expect(npt__sayable[i], make_table(npt__sayable[i], columns, rows), NULL, "");
        expect(npt__sayable[i], make_table(npt__sayable[i], columns, none), NULL, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(responses_tell_the_last_wave),
        cmocka_unit_test(withheld_responses_are_in_no_sentence),
        cmocka_unit_test(without_invitations_there_is_no_rate),
        cmocka_unit_test(scores_tell_the_highest_and_the_lowest),
        cmocka_unit_test(that_nobody_of_a_site_answered_is_told),
        cmocka_unit_test(scores_that_read_alike_are_told_together),
        cmocka_unit_test(a_site_without_a_mean_is_told_so_in_one_sentence),
        cmocka_unit_test(only_scores_on_one_scale_are_told_together),
        cmocka_unit_test(reliability_is_told_by_its_threshold),
        cmocka_unit_test(pairs_of_sites_are_told_one_by_one),
        cmocka_unit_test(a_withheld_comparison_says_so),
        cmocka_unit_test(all_scores_are_named_where_they_are_few),
        cmocka_unit_test(many_pairs_are_only_counted),
        cmocka_unit_test(changes_are_told_together_and_site_by_site),
        cmocka_unit_test(three_waves_are_told_step_and_whole),
        cmocka_unit_test(interviews_are_told_by_cases),
        cmocka_unit_test(constructs_that_as_many_cases_speak_of_are_told_together),
        cmocka_unit_test(survey_and_interviews_agree_or_do_not),
        cmocka_unit_test(responses_of_one_site_are_its_own),
        cmocka_unit_test(scores_of_one_site_name_no_place),
        cmocka_unit_test(one_site_is_told_from_all_others),
        cmocka_unit_test(changes_of_one_site_are_its_own),
        cmocka_unit_test(survey_and_interviews_of_one_site),
        cmocka_unit_test(no_other_site_is_in_a_sentence_on_one),
        cmocka_unit_test(every_analysis_that_is_told_is_one_and_has_a_rule),
        cmocka_unit_test(a_table_of_another_kind_gives_no_sentence),
    };
    return cmocka_run_group_tests_name("sentences", tests, NULL, NULL);
}
