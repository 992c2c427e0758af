/* test_report.c - whole reports: what is withheld is nowhere in them, and faults that only a study shows are located.
 *
 * The study is small and made up: two sites of 40 and 30 people, and Tiny, where 6 answered.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report_texts.h"
#include "survey_file.h"

#include <nptkit/analysis.h>
#include <nptkit/render.h>
#include <nptkit/report.h>

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>

#define REPORT(inside) \
    "<report xmlns=\"urn:nptkit:report:1\" title=\"{study}\">\n" inside "\n</report>\n"
#define SECTION(inside) REPORT("<section title=\"S\">\n" inside "\n</section>")

/* Everybody in Tiny answers 1 or 2: its mean of Alpha is 1.25, that of Beta 1.33. */
static struct fixture open_study(void)
{
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "site,a1,a2,b1,g\n");
    for (unsigned i = 0; i < 76; i++) {
        const char *site = i < 40 ? "North" : i < 70 ? "South" : "Tiny";
        if (i < 70)
            npt__buffer_print(&csv, "%s,%u,%u,%u,%u\n", site, 3 + i % 3, 3 + i / 3 % 3, 1 + i % 3,
                              5 + i % 6);
        else
            npt__buffer_print(&csv, "%s,1,%u,%u,%u\n", site, 1 + i % 2, 5 - (i % 3 == 0), i % 2);
    }
    struct fixture opened = open_survey(
        STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\"><column name=\"site\" "
              "as=\"site\"/>" ITEM_COLUMNS "</survey>"),
        "w.csv", npt__buffer_string(&csv));
    npt__buffer_release(&csv);
    assert_int_equal(opened.status, NPT_OK);
    return opened;
}

struct made {
    enum npt_status status;
    npt_output *output;
    const char *bytes;
    npt_diags *diags;
    const char *messages;
    struct npt_report_result result;
};

static struct made make_for(const char *site, const char *recipe_or_name, const npt_study *study,
                            const char *format)
{
    struct made made = {.diags = npt_diags_new()};
    npt_recipe *recipe = NULL;
    if (strchr(recipe_or_name, '<')) {
        fixture_write_text("r.xml", recipe_or_name);
        recipe_or_name = "r.xml";
    }
    made.status = npt_recipe_open(&recipe, recipe_or_name, made.diags);
    made.output = npt_output_memory(made.diags);
    npt_reports *reports = NULL;
    npt_report *report = NULL;
    const npt_report_format *as = npt_report_format_find(format);
    const struct npt_report_options options = {.site = site, .formats = &as, .format_count = 1};
    if (made.status == NPT_OK)
        made.status =
            npt_reports_new(&reports, (const npt_recipe *const *)&recipe, 1, study, made.diags);
    if (made.status == NPT_OK)
        made.status = npt_report_make(&report, reports, 0, &options, made.diags);
    if (made.status == NPT_OK) {
        assert_int_equal(npt_report_write(made.output, report, as, made.diags), NPT_OK);
        made.result = *npt_report_outcome(report);
    }
    npt_report_free(report);
    npt_reports_free(reports);
    made.bytes = npt_output_bytes(made.output, NULL);
    made.messages = npt_diags_text(made.diags, false);
    npt_recipe_free(recipe);
    return made;
}

static struct made make(const char *recipe_or_name, const npt_study *study, const char *format)
{
    return make_for(NULL, recipe_or_name, study, format);
}

static void drop(struct made *made)
{
    npt_output_discard(made->output);
    npt_diags_free(made->diags);
}

static void expect_in_markdown(const char *recipe, const char *part)
{
    struct fixture opened = open_study();
    struct made made = make(recipe, opened.study, "md");
    assert_string_equal(made.messages, "");
    assert_int_equal(made.status, NPT_OK);
    fixture_expect_in(made.bytes, part);
    drop(&made);
    fixture_close(&opened);
}

static void expect_fault(const char *recipe, const char *fault, const char *hint)
{
    struct fixture opened = open_study();
    struct made made = make(recipe, opened.study, "md");
    assert_int_equal(made.status, NPT_BAD_INPUT);
    fixture_expect_in(made.messages, fault);
    fixture_expect_in(made.messages, hint);
    assert_string_equal(made.bytes, "");
    drop(&made);
    fixture_close(&opened);
}

/* ---- protection ------------------------------------------------------------------------------ */

/* Whether the number stands there by itself: 1.25, and not the end of a coordinate, 341.25. */
static bool holds_number(const char *text, const char *number)
{
    for (const char *at = text; (at = strstr(at, number)) != NULL; at++)
        if (at == text || !strchr("0123456789.", at[-1]))
            return true;
    return false;
}

static npt__buffer texts_of(const struct made *made)
{
    size_t length;
    const char *bytes = npt_output_bytes(made->output, &length);
    return report_texts(bytes, length);
}

static void what_describes_few_people_is_nowhere_in_a_report(void **state)
{
    (void)state;
    struct fixture opened = open_study();
    /* The witness: without protection the numbers are there. */
    npt_diags *diags = npt_diags_new();
    npt_options *options = npt_options_new();
    npt_table *table;
    npt_options_add(options, "by", "site");
    assert_int_equal(
        npt_analysis_run(&table, npt_analysis_find("score"), opened.study, options, diags), NPT_OK);
    npt_output *raw = npt_output_memory(diags);
    npt_render(raw, (const npt_table *const *)&table, 1, npt_format_find("md"), NULL);
    static const char *const secret[] = {"1.25", "1.33"};
    for (size_t i = 0; i < 2; i++)
        assert_true(holds_number(npt_output_bytes(raw, NULL), secret[i]));
    const npt_report_format *format;
    for (size_t at = 0; (format = npt_report_format_at(at)) != NULL; at++) {
        if (strcmp(npt_report_format_name(format), "pdf") == 0)
            continue; /* it is the Word file, drawn */
        struct made made = make("site-comparison", opened.study, npt_report_format_name(format));
        npt__buffer texts = texts_of(&made);
        assert_string_equal(made.messages, "");
        assert_int_equal(made.status, NPT_OK);
        assert_true(made.result.withheld > 0);
        fixture_expect_in(texts.bytes, "withheld");
        fixture_expect_in(texts.bytes, "How this was protected");
        const char *style = strstr(texts.bytes, "</style>"), *content = style ? style : texts.bytes;
        for (size_t i = 0; i < 2; i++)
            assert_false(holds_number(content, secret[i]));
        npt__buffer_release(&texts);
        drop(&made);
    }
    npt_output_discard(raw);
    npt_table_free(table);
    npt_options_free(options);
    npt_diags_free(diags);
    fixture_close(&opened);
}

/* A test over all sites, with the means of the others, would tell the mean of the small one. */
static void a_test_of_all_sites_is_withheld_with_the_smallest(void **state)
{
    (void)state;
    struct fixture opened = open_study();
    struct made made =
        make(SECTION("<analysis name=\"compare\"><table columns=\"n, sites, statistic, "
                     "verdict\"/></analysis>"),
             opened.study, "md");
    assert_int_equal(made.status, NPT_OK);
    fixture_expect_in(made.bytes, "| Alpha | 76 | 3 |\n");
    fixture_expect_in(made.bytes,
                      "Left out of this table, withheld in every row: F and In words. Counts "
                      "of fewer than 5 people are withheld, what describes fewer than 10, and "
                      "whatever might tell these.");
    drop(&made);
    fixture_close(&opened);
}

static void differences_between_large_sites_are_shown(void **state)
{
    (void)state;
    struct fixture opened = open_study();
    struct made made = make(
        SECTION("<analysis name=\"compare\"><table table=\"compare_pairs\" columns=\"difference, "
                "verdict\"/></analysis>"),
        opened.study, "md");
    assert_int_equal(made.status, NPT_OK);
    fixture_expect_in(made.bytes, "| Alpha | North | South | ");
    assert_null(strstr(made.bytes, "| Alpha | North | South | withheld"));
    fixture_expect_in(made.bytes, "|  |  | Tiny | withheld | withheld |");
    drop(&made);
    fixture_close(&opened);
}

/* The variance of all sites together stands in every interval of an analysis of variance, that of Tiny among them. */
static void pairs_are_withheld_where_their_test_looks_at_all_sites(void **state)
{
    (void)state;
    static const char *const tests[] = {"anova", "kruskal"};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        char recipe[1024];
        snprintf(recipe, sizeof recipe,
                 SECTION("<analysis name=\"compare\"><option name=\"test\" value=\"%s\"/>"
                         "<table table=\"compare_pairs\" columns=\"low to high as Interval, "
                         "verdict\"/></analysis>"),
                 tests[i]);
        expect_in_markdown(recipe, "in which all is withheld.");
    }
}

static void a_recipe_cannot_show_words_that_are_not_released(void **state)
{
    (void)state;
    expect_in_markdown(SECTION("<quotes/>"), "What people said is not quoted here");
}

/* ---- form ------------------------------------------------------------------------------------ */

static void the_same_study_gives_the_same_bytes_that_a_parser_reads(void **state)
{
    (void)state;
    struct fixture opened = open_study();
    struct made one = make("site-comparison", opened.study, "html"),
                two = make("site-comparison", opened.study, "html");
    assert_string_equal(one.bytes, two.bytes);
    xmlDoc *document = xmlReadMemory(one.bytes, (int)strlen(one.bytes), "r", NULL,
                                     XML_PARSE_NONET | XML_PARSE_HUGE);
    assert_non_null(document);
    xmlFreeDoc(document);
    assert_null(strstr(one.bytes, "<script"));
    drop(&one);
    drop(&two);
    fixture_close(&opened);
}

static void columns_are_shown_as_a_recipe_says(void **state)
{
    (void)state;
    expect_in_markdown(
        SECTION("<analysis name=\"score\"><option name=\"by\" value=\"site\"/>"
                "<table columns=\"n as People, low to high as From to\"/></analysis>"),
        "| Construct | Site | People | From to |");
    expect_in_markdown(SECTION("<analysis name=\"score\"><option name=\"by\" value=\"site\"/>"
                               "<table columns=\"n\" across=\"site\"/></analysis>"),
                       "| Construct | North | South | Tiny | Total |");
}

static void what_a_study_does_not_hold_is_left_out_with_a_line(void **state)
{
    (void)state;
    expect_in_markdown(
        SECTION("<analysis name=\"tally\"><say/><table/></analysis>"),
        "Left out: 'tally' cannot be made from this study (it does not hold what that looks at)");
    struct fixture opened = open_study();
    struct made made =
        make(REPORT("<section title=\"Hidden\" if=\"interviews\"><text>x</text></section>\n"
                    "<section title=\"Shown\" if=\"survey\"><text if=\"waves\">y</text>"
                    "<text>z {waves}.</text></section>"),
             opened.study, "md");
    assert_string_equal(made.bytes,
                        "# This study\n\n## Shown\n\nz .\n\nMade with nptkit " NPT_VERSION
                        ", recipe r.xml.\n");
    drop(&made);
    fixture_close(&opened);
    /* Of one site there are no pairs; a table that no study has is a fault, below. */
    expect_in_markdown(
        SECTION("<analysis name=\"compare\"><option name=\"where\" value=\"site=North\"/>"
                "<table table=\"compare_pairs\"/></analysis>"),
        "Left out: compare\\_pairs, for which there are too few groups or answers in this study.");
}

/* A construct that the study knows and the table lacks; also where no picture is drawn. */
static void a_picture_of_a_construct_that_its_table_lacks_is_said_to_be_missing(void **state)
{
    (void)state;
    expect_in_markdown(SECTION("<analysis name=\"score\"><plot kind=\"caterpillar\" "
                               "construct=\"Collective action\"/></analysis><methods/>"),
                       "there is no construct 'Collective action'");
}

/* ---- faults that only the study shows --------------------------------------------------------- */

static void faults_of_layouts_and_options_are_located(void **state)
{
    (void)state;
    expect_fault(SECTION("<analysis name=\"score\"><table columns=\"n, meen\"/></analysis>"),
                 "r.xml:3:40: error: the table 'score' has no column 'meen'",
                 "did you mean 'mean'?");
    expect_fault(SECTION("<analysis name=\"score\"><table columns=\"n, mean, n\"/></analysis>"),
                 "r.xml:3:40: error: 'n' stands there twice", "name each column once");
    expect_fault(SECTION("<analysis name=\"score\"><plot kind=\"caterpillar\" construct=\"Alpa\"/>"
                         "</analysis>"),
                 "error: 'Alpa' is no construct of this study", "did you mean 'Alpha'");
    expect_fault(SECTION("<analysis name=\"score\"><table across=\"n\"/></analysis>"),
                 "r.xml:3:39: error: 'n' is a measure and cannot run across", "a dimension");
    expect_fault(SECTION("<analysis name=\"score\"><table columns=\"construct\"/></analysis>"),
                 "r.xml:3:40: error: 'construct' is a dimension", "'columns' names measures");
    expect_fault(SECTION("<analysis name=\"score\"><table table=\"scores\"/></analysis>"),
                 "r.xml:3:38: error: the analysis gives no table 'scores'", "it gives score");
    expect_fault(SECTION("<analysis name=\"score\">\n<option name=\"by\" value=\"colour\"/><table/>"
                         "</analysis>"),
                 "r.xml:3:1: error: score: ", "nptkit help score lists its options");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(what_describes_few_people_is_nowhere_in_a_report),
        FIXTURE_TEST(a_test_of_all_sites_is_withheld_with_the_smallest),
        FIXTURE_TEST(differences_between_large_sites_are_shown),
        FIXTURE_TEST(pairs_are_withheld_where_their_test_looks_at_all_sites),
        FIXTURE_TEST(a_recipe_cannot_show_words_that_are_not_released),
        FIXTURE_TEST(the_same_study_gives_the_same_bytes_that_a_parser_reads),
        FIXTURE_TEST(columns_are_shown_as_a_recipe_says),
        FIXTURE_TEST(what_a_study_does_not_hold_is_left_out_with_a_line),
        FIXTURE_TEST(a_picture_of_a_construct_that_its_table_lacks_is_said_to_be_missing),
        FIXTURE_TEST(faults_of_layouts_and_options_are_located),
    };
    const int failed = cmocka_run_group_tests_name("reports", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
