/* test_questions.c - questions to discuss, from tables that are written by hand: each rule asks where it should, and of
 * the site that the report is on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/compose/report.h"
#include "told_table.h"

static const char none[] =
    "What is shown raises no question by the rules that this report follows.\n";

#define LOWEST(construct) \
    "- " construct \
    " has the lowest mean that is shown. Does that fit what you see, and what would raise " \
    "it?\n"
#define FEW \
    "- Fewer than half of those who were asked answered. Who did not, and what would they say?\n"

/* Questions on these tables in a report on the site (NULL: on all), with the sites North and South; frees the tables. */
static void expect(const char *site, npt_table *one, npt_table *two, const char *expected)
{
    npt_table *tables[] = {one, two};
    npt__arena *arena = npt__arena_new();
    struct npt__result results[2];
    struct npt__result *of[2] = {&results[0], &results[1]};
    npt_recipe recipe = {.arena = arena, .for_site = site != NULL};
    npt_study study = {.title = "T"};
    npt_reports reports = {.arena = arena, .study = &study};
    static const char *const sites[] = {"North", "South"};
    for (size_t i = 0; i < 2; i++) {
        *npt__array_add(&study.sites) = (struct npt__site){.name = sites[i]};
        results[i] = (struct npt__result){.count = tables[i] ? 1 : 0};
        results[i].raw[0] = tables[i];
        results[i].made[0] = tables[i] ? npt__table_copy(tables[i]) : NULL; /* is protected */
        *npt__array_add(&reports.results) = of[i];
        *npt__array_add(&recipe.analyses) = (struct npt__recipe_analysis){.analysis = NULL};
    }
    npt__results_list_sites(&reports, true);
    struct npt__recipe_results used = {.recipe = &recipe, .of = of};
    npt_report report = {.reports = &reports,
                         .results = &used,
                         .recipe = &recipe,
                         .site = site,
                         .number = site ? npt__site_number(&reports, site) : UINT32_MAX,
                         .arena = arena,
                         .document = npt__document_new("T", "en")};
    npt__report_add_questions(&report);
    npt_diags *diags = npt_diags_new();
    npt_output *output = npt_output_memory(diags);
    npt__report_markdown.write(output, report.document);
    const char *text = npt_output_bytes(output, NULL);
    assert_int_equal(strncmp(text, "# T\n\n", 5), 0);
    assert_string_equal(text + 5, expected);
    npt_output_discard(output);
    npt_diags_free(diags);
    npt__document_free(report.document);
    for (size_t i = 0; i < report.views.count; i++)
        npt_table_free(report.views.items[i]->copy);
    npt__array_release(&report.views);
    npt__array_release(&study.sites);
    npt__array_release(&reports.results);
    npt__array_release(&reports.sites);
    npt__intern_release(&reports.site_numbers);
    npt__site_names_release(&reports.names);
    npt__array_release(&recipe.analyses);
    npt_table_free(results[0].made[0]);
    npt_table_free(results[1].made[0]);
    npt_table_free(one);
    npt_table_free(two);
    npt__arena_free(arena);
}

static const struct column pair_columns[] = {{"=construct", NPT_UNIT_TEXT},
                                             {"=site", NPT_UNIT_TEXT},
                                             {"=other", NPT_UNIT_TEXT},
                                             {"verdict", NPT_UNIT_TEXT},
                                             {NULL, NPT_UNIT_TEXT}};

static void what_is_clearly_different_from_the_rest_is_asked_of(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "others", "clearly lower"},  {"A", "South", "others", "clearly higher"},
        {"B", "North", "others", "clearly lower"},  {"C", "North", "others", "clearly higher"},
        {"D", "North", "others", "not clear"},      {"E", "North", "others", "?"},
        {"F", "South", "others", "clearly higher"}, {NULL}};
    expect(
        "North", make_table("compare_pairs", pair_columns, rows), NULL,
        "- A and B are clearly lower here than at the other sites together. What gets in the way, and what "
        "could be learned from others?\n"
        "- C is clearly higher here than at the other sites together. What helps, and could others use "
        "it?\n");
    /* There is no here in a report on all sites. */
    expect(NULL, make_table("compare_pairs", pair_columns, rows), NULL, none);
}

static void a_pair_of_two_sites_says_nothing_of_the_rest(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "South", "clearly lower"}, {"A", "North", "*", "clearly lower"}, {NULL}};
    expect("North", make_table("compare_pairs", pair_columns, rows), NULL, none);
}

static void a_comparison_of_roles_says_nothing_of_the_site(void **state)
{
    (void)state;
    static const struct column columns[] = {{"=construct", NPT_UNIT_TEXT},
                                            {"=role", NPT_UNIT_TEXT},
                                            {"=other", NPT_UNIT_TEXT},
                                            {"verdict", NPT_UNIT_TEXT},
                                            {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "nurse", "others", "clearly lower"}, {"A", "*", "others", "clearly lower"}, {NULL}};
    expect("North", make_table("compare_pairs", columns, rows), NULL, none);
}

static const struct column trend_columns[] = {
    {"=construct", NPT_UNIT_TEXT}, {"=site", NPT_UNIT_TEXT},   {"=from", NPT_UNIT_TEXT},
    {"=to", NPT_UNIT_TEXT},        {"verdict", NPT_UNIT_TEXT}, {NULL, NPT_UNIT_TEXT}};

static void the_last_change_is_asked_of(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {{"A", "North", "1", "2", "clearly lower"},
                                                     {"A", "North", "2", "3", "clearly higher"},
                                                     {"B", "North", "1", "2", "clearly higher"},
                                                     {"B", "North", "2", "3", "clearly lower"},
                                                     {"C", "South", "2", "3", "clearly lower"},
                                                     {"C", "*", "2", "3", "clearly lower"},
                                                     {NULL}};
    expect("North", make_table("trend", trend_columns, rows), NULL,
           "- B went clearly down between waves. What happened in between?\n"
           "- A went clearly up between waves. What was done, and how can it be kept?\n");
    expect(NULL, make_table("trend", trend_columns, rows), NULL,
           "- C went clearly down between waves. What happened in between?\n");
}

/* From the first wave to the last is no last step, whatever its verdict. */
static void of_three_waves_the_last_two_are_asked_of(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {{"A", "North", "1", "2", "clearly higher"},
                                                     {"A", "North", "2", "3", "not clear"},
                                                     {"A", "North", "1", "3", "clearly higher"},
                                                     {"B", "North", "1", "2", "clearly higher"},
                                                     {"B", "North", "2", "3", "clearly lower"},
                                                     {"B", "North", "1", "3", "not clear"},
                                                     {NULL}};
    expect("North", make_table("trend", trend_columns, rows), NULL,
           "- B went clearly down between waves. What happened in between?\n");
}

static void what_does_not_fit_together_is_asked_of(void **state)
{
    (void)state;
    static const struct column columns[] = {{"=construct", NPT_UNIT_TEXT},
                                            {"=site", NPT_UNIT_TEXT},
                                            {"together", NPT_UNIT_TEXT},
                                            {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {{"A", "North", "agree"},
                                                     {"B", "North", "disagree"},
                                                     {"A", "South", "disagree"},
                                                     {"C", "*", "disagree"},
                                                     {NULL}};
    expect(
        "North", make_table("joint", columns, rows), NULL,
        "- Survey and interviews disagree on B. Were different people asked, or different things?\n");
}

/* ---- who answered ---------------------------------------------------------------------------- */

static const struct column rate_columns[] = {{"=site", NPT_UNIT_TEXT},
                                             {"=wave", NPT_UNIT_TEXT},
                                             {"rate", NPT_UNIT_SHARE},
                                             {NULL, NPT_UNIT_TEXT}};

static void few_answers_are_those_of_the_last_wave(void **state)
{
    (void)state;
    static const char *const fewer[][MOST_COLUMNS] = {{"North", "1", "0.9"},
                                                      {"North", "2", "0.49"},
                                                      {"North", "*", "0.7"},
                                                      {"South", "2", "0.9"},
                                                      {"*", "2", "0.8"},
                                                      {"*", "*", "0.8"},
                                                      {NULL}};
    static const char *const more[][MOST_COLUMNS] = {{"North", "1", "0.1"},
                                                     {"North", "2", "0.5"},
                                                     {"North", "*", "0.3"},
                                                     {"South", "2", "0.1"},
                                                     {"*", "2", "0.2"},
                                                     {"*", "*", "0.2"},
                                                     {NULL}};
    static const char *const hidden[][MOST_COLUMNS] = {
        {"North", "1", "0.1"}, {"North", "2", "?"}, {"North", "*", "0.1"}, {NULL}};
    expect("North", make_table("responses", rate_columns, fewer), NULL, FEW);
    expect("North", make_table("responses", rate_columns, more), NULL, none);
    expect("North", make_table("responses", rate_columns, hidden), NULL, none);
    expect(NULL, make_table("responses", rate_columns, more), NULL, FEW);
    expect(NULL, make_table("responses", rate_columns, fewer), NULL, none);
}

static void without_waves_the_row_of_the_site_counts(void **state)
{
    (void)state;
    static const struct column columns[] = {
        {"=site", NPT_UNIT_TEXT}, {"rate", NPT_UNIT_SHARE}, {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {
        {"North", "0.2"}, {"South", "0.9"}, {"*", "0.7"}, {NULL}};
    expect("North", make_table("responses", columns, rows), NULL, FEW);
    expect("South", make_table("responses", columns, rows), NULL, none);
    expect(NULL, make_table("responses", columns, rows), NULL, none);
}

/* ---- where no rule applies --------------------------------------------------------------------- */

static void the_lowest_score_is_asked_of_last(void **state)
{
    (void)state;
    static const struct column columns[] = {{"=construct", NPT_UNIT_TEXT},
                                            {"=site", NPT_UNIT_TEXT},
                                            {"mean", NPT_UNIT_MEAN},
                                            {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {
        {"A", "North", "3"}, {"A", "South", "1"}, {"B", "North", "2"}, {"B", "*", "4"},
        {"C", "North", "?"}, {"D", "*", "2.5"},   {"*", "North", "1"}, {NULL}};
    expect("North", make_table("score", columns, rows), NULL, LOWEST("B"));
    expect("South", make_table("score", columns, rows), NULL, LOWEST("A"));
    expect(NULL, make_table("score", columns, rows), NULL, LOWEST("D"));
    static const char *const rates[][MOST_COLUMNS] = {{"North", "1", "0.1"}, {NULL}};
    expect("North", make_table("score", columns, rows),
           make_table("responses", rate_columns, rates), FEW);
    expect("North", NULL, NULL, none);
}

/* A mean of 2 is low from 1 to 5 and lower still from 0 to 10, but the two are not one scale. */
static void only_scores_on_one_scale_are_compared(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("score", "score");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    static const char *const names[] = {"A", "A", "B", "Ten"};
    static const double means[] = {1, 3, 2.5, 2};
    for (size_t i = 0; i < 4; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        npt__table_scale(table, i < 3 ? 1 : 0, i < 3 ? 5 : 10);
        row[0] = npt__text(names[i]);
        row[1] = npt__text(i ? "North" : "South");
        row[2] = npt__number(means[i]);
    }
    expect("North", table, NULL, LOWEST("B"));
}

static void names_that_are_many_are_counted(void **state)
{
    (void)state;
    npt_table *table =
        make_table("compare_pairs", pair_columns, (const char *const[][MOST_COLUMNS]){{NULL}});
    static const char *const letters[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "@%"};
    for (size_t i = 0; i < 10; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(letters[i]);
        row[1] = npt__text("North");
        row[2] = npt__text("others");
        row[3] = npt__text("clearly higher");
    }
    expect(
        "North", table, NULL,
        "- a, b, c, d, e, f, g, h and 2 more are clearly higher here than at the other sites together. "
        "What helps, and could others use it?\n");
}

/* What stands for a name in the rules is not looked for in names. */
static void names_are_no_formats(void **state)
{
    (void)state;
    static const char *const rows[][MOST_COLUMNS] = {{"@%s%n", "North", "others", "clearly higher"},
                                                     {NULL}};
    expect(
        "North", make_table("compare_pairs", pair_columns, rows), NULL,
        "- @%s%n is clearly higher here than at the other sites together. What helps, and could others "
        "use it?\n");
}

static void tables_of_another_kind_raise_none(void **state)
{
    (void)state;
    static const char *const kinds[] = {"compare_pairs", "trend", "joint", "responses", "score"};
    static const struct column columns[] = {{"=x", NPT_UNIT_TEXT}, {NULL, NPT_UNIT_TEXT}};
    static const char *const rows[][MOST_COLUMNS] = {{"a"}, {NULL}};
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 2; j++)
            expect(j ? "North" : NULL, make_table(kinds[i], columns, rows), NULL, none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_clearly_different_from_the_rest_is_asked_of),
        cmocka_unit_test(a_pair_of_two_sites_says_nothing_of_the_rest),
        cmocka_unit_test(a_comparison_of_roles_says_nothing_of_the_site),
        cmocka_unit_test(the_last_change_is_asked_of),
        cmocka_unit_test(of_three_waves_the_last_two_are_asked_of),
        cmocka_unit_test(what_does_not_fit_together_is_asked_of),
        cmocka_unit_test(few_answers_are_those_of_the_last_wave),
        cmocka_unit_test(without_waves_the_row_of_the_site_counts),
        cmocka_unit_test(the_lowest_score_is_asked_of_last),
        cmocka_unit_test(only_scores_on_one_scale_are_compared),
        cmocka_unit_test(names_that_are_many_are_counted),
        cmocka_unit_test(names_are_no_formats),
        cmocka_unit_test(tables_of_another_kind_raise_none),
    };
    return cmocka_run_group_tests_name("questions to discuss", tests, NULL, NULL);
}
