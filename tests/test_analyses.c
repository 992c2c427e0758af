/* test_analyses.c - every analysis of the registry on the example, in every format; the example's numbers
 * against counts made by another program; and the lists of codes and cases of a small project.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"

#include <stdio.h>
#include <stdlib.h>

#define EXAMPLE "examples/whole-family/"

static struct fixture open_example(void)
{
    struct fixture opened = fixture_open(fixture_beside(EXAMPLE "study.xml"));
    assert_string_equal(opened.text, "");
    return opened;
}

static npt_output *render(const npt_table *table, const npt_format *format)
{
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, &table, 1, format, NULL);
    return output;
}

/* ---- every analysis in every format ---------------------------------------------------------- */

/* The number of fields of each record is that of the first. */
static void expect_one_width(const char *csv)
{
    size_t fields = 1, width = 0, records = 0;
    bool quoted = false;
    for (const char *at = csv; *at; at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (!quoted && *at == ',')
            fields++;
        else if (!quoted && *at == '\n') {
            width = records++ ? width : fields;
            assert_int_equal(fields, width);
            fields = 1;
        }
    }
    assert_false(quoted);
    assert_true(records > 1);
}

/* Files of JSON wait for one run of a parser: starting it takes longer than all else. */
static void write_json(const char *bytes, size_t length, size_t *files)
{
    char name[32];
    snprintf(name, sizeof name, "%zu.json", (*files)++);
    fixture_write(name, bytes, length);
}

static void expect_json_files(size_t files)
{
    assert_true(files > 0);
    if (system("python3 -c 'import json' >/dev/null 2>&1") != 0)
        return; /* no parser here */
    assert_int_equal(system("python3 -c 'import json, sys\n"
                            "for name in sys.argv[1:]: json.load(open(name, encoding=\"utf-8\"))' "
                            "*.json"),
                     0);
}

static void expect_format(const npt_table *table, const npt_format *format, size_t *files)
{
    npt_output *output = render(table, format);
    size_t length;
    const char *bytes = npt_output_bytes(output, &length);
    assert_int_equal(strlen(bytes), length);
    assert_true(length > 100);
    assert_int_equal(npt__utf8_valid(bytes, length), length);
    assert_int_equal(bytes[length - 1], '\n');
    if (strcmp(npt_format_name(format), "csv") == 0)
        expect_one_width(bytes);
    if (strcmp(npt_format_name(format), "json") == 0)
        write_json(bytes, length, files);
    npt_output_discard(output);
}

static void expect_every_format(const npt_study *study, const npt_analysis *analysis,
                                const char *const *given, size_t *files)
{
    const npt_format *format;
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, study, npt_analysis_name(analysis), given);
    for (size_t i = 0; i < count; i++) {
        assert_true(npt_table_row_count(tables[i]) > 0);
        for (size_t j = 0; (format = npt_format_at(j)) != NULL; j++)
            expect_format(tables[i], format, files);
        npt_table_free(tables[i]);
    }
}

static void every_analysis_gives_every_format(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    const npt_analysis *analysis;
    size_t files = 0;
    for (size_t i = 0; (analysis = npt_analysis_at(i)) != NULL; i++) {
        assert_ptr_equal(npt_analysis_find(npt_analysis_name(analysis)), analysis);
        expect_every_format(opened.study, analysis, NO_OPTIONS, &files);
    }
    assert_null(npt_analysis_find("nothing"));
    expect_json_files(files);
    fixture_close(&opened);
}

/* A value that lets each option be used; the test below fails where one is missing. */
static const char *value_of(const struct npt_option *option)
{
    static const char *const values[][2] = {{"by", "level,site"},
                                            {"level", "component"},
                                            {"measures", "cases,coverage"},
                                            {"valence", "barrier"},
                                            {"where", "level=Manager"},
                                            {"site", "Site 2"},
                                            {"coder", "Coder A"},
                                            {"below", ""},
                                            {"construct", "Coherence"},
                                            {"code", "Great quotes"},
                                            {"max", "3"},
                                            {"context", "20"},
                                            {"released", ""},
                                            {"wave", "2"},
                                            {"min-answered", "0.75"},
                                            {"sensitivity", ""},
                                            {"interval", "bootstrap"},
                                            {"replicates", "200"},
                                            {"seed", "7"},
                                            {"items", ""},
                                            {"method", "pearson"},
                                            {"pairwise", ""},
                                            {"choose", "3"},
                                            {"ranking", "site-ranking"},
                                            {"least", "4"},
                                            {"quotes", "1"},
                                            {"all", ""},
                                            {"from", "1"},
                                            {"to", "2"},
                                            {"how", "inclusion"},
                                            {"within", "50"},
                                            {"order", "name"},
                                            {"base", "5"},
                                            {"run", "3"},
                                            {"threshold", "10%"},
                                            {"orders", "50"},
                                            {"of", "segments"},
                                            {"against", "rest"},
                                            {"test", "kruskal"},
                                            {"adjust", "level"},
                                            {"p-adjust", "bh"},
                                            {"model", "mixed"},
                                            {"unit", "sentences"},
                                            {"coders", "Coder A,Coder B"},
                                            {"disagreements", ""},
                                            {"answers", ""},
                                            {"unitised", ""},
                                            {"ratings", "double-coded"}};
    if (strcmp(option->name, "by") == 0 && !strchr(option->argument, '['))
        return "level"; /* it takes one */
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strcmp(values[i][0], option->name) == 0)
            return values[i][1];
    fail_msg("give a value for --%s here", option->name);
    return NULL;
}

/* Whether it is of the half of `compare` that needs --of. */
static bool goes_with_of(const npt_analysis *analysis, const char *option)
{
    return strcmp(npt_analysis_name(analysis), "compare") == 0 &&
           (strcmp(option, "level") == 0 || strcmp(option, "coder") == 0);
}

static void every_option_gives_every_format(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    const npt_analysis *analysis;
    size_t files = 0;
    for (size_t i = 0; (analysis = npt_analysis_at(i)) != NULL; i++) {
        const struct npt_option *options = npt_analysis_options(analysis);
        for (size_t j = 0; options[j].name; j++) {
            const char *of = goes_with_of(analysis, options[j].name) ? "of" : NULL;
            expect_every_format(opened.study, analysis,
                                OPTIONS(options[j].name, value_of(&options[j]), of, "cases"),
                                &files);
        }
    }
    expect_json_files(files);
    fixture_close(&opened);
}

/* Texts inflate in several threads; the numbers must not know. */
static void the_number_of_threads_changes_nothing(void **state)
{
    (void)state;
    npt_output *first = NULL;
    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        struct fixture opened =
            fixture_open_with(fixture_beside(EXAMPLE "interviews.qdpx"),
                              &(struct npt_study_options){.positions = true, .threads = threads});
        npt_table *table = run_analysis(opened.study, "tally", OPTIONS("by", "Level,Site"));
        npt_output *output = render(table, npt_format_find("json"));
        if (first)
            assert_string_equal(npt_output_bytes(output, NULL), npt_output_bytes(first, NULL));
        npt_table_free(table);
        fixture_close(&opened);
        if (first)
            npt_output_discard(output);
        else
            first = output;
    }
    npt_output_discard(first);
}

/* ---- the example's numbers ------------------------------------------------------------------- */

/* expected.csv was written by count.py, which reads the XML and shares no code with nptkit; it has no
   totals. The study maps "Making sense of it" to Coherence. */
static void the_example_gives_the_numbers_that_were_counted_apart(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    npt_table *table = run_analysis(opened.study, "tally", OPTIONS("measures", "cases,segments"));
    npt__buffer rows = {0};
    npt__buffer_puts(&rows, "construct,Site,cases,of_cases,segments\n");
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        if (row[0].kind == NPT_CELL_TEXT && row[1].kind == NPT_CELL_TEXT)
            npt__buffer_print(&rows, "%s,%s,%d,%d,%d\n", row[0].text, row[1].text,
                              (int)row[2].count, (int)row[3].count, (int)row[4].count);
    }
    npt__buffer expected = fixture_read(fixture_beside(EXAMPLE "expected.csv"));
    assert_string_equal(rows.bytes, expected.bytes);
    npt__buffer_release(&rows);
    npt__buffer_release(&expected);
    npt_table_free(table);
    fixture_close(&opened);
}

/* Numbers of people by site and level as the example's README tells them. */
static void the_example_has_the_people_that_it_says(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    expect_rows(opened.study, "cases", OPTIONS("by", "level,site"),
                "level,site,cases\n"
                "Front-line,Site 1,13\nFront-line,Site 2,6\nFront-line,Site 3,12\n"
                "Front-line,Total,31\n"
                "Manager,Site 1,5\nManager,Site 2,3\nManager,Site 3,5\nManager,Total,13\n"
                "Senior leader,Site 1,4\nSenior leader,Site 2,3\nSenior leader,Site 3,2\n"
                "Senior leader,Total,9\n"
                "Total,Site 1,22\nTotal,Site 2,12\nTotal,Site 3,19\nTotal,Total,53\n");
    fixture_close(&opened);
}

/* ---- codes ----------------------------------------------------------------------------------- */

#define ANN(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))
#define BEN(start, end, code) SELECTION(start, end, "A2", CODING(code, "A2"))
#define TEXT "0123456789012345678901234567890123456789"

/* Theme: 0-10 and Ben's 5-12 of one, 12 characters; Detail below it: 8-20 of one and 0-4 of two, 16
   characters; together 0-20 and 0-4. The first passage carries both codes. */
static const struct fixture_project small = {
    .users = USER("A1", "Ann") USER("A2", "Ben"),
    .codes = PARENT("C1", "Theme", CODE("C2", "Detail")) CODE("C3", "Empty"),
    .variables = VARIABLE("E1", "Site", "Text"),
    .cases = CASE("F1", "P1", VALUE("E1", "Text", "A") SOURCE_REF("51"))
        CASE("F2", "P2", VALUE("E1", "Text", "B") SOURCE_REF("52")),
    .sources = INLINE_SOURCE("51", "one", TEXT, ANN(0, 10, "C1") BEN(5, 12, "C1") ANN(8, 20, "C2"))
        INLINE_SOURCE("52", "two", TEXT, ANN(0, 4, "C2"))};
#define CODES_HEADER "code,segments,cases,sources,coders,characters\n"

static void codes_are_counted_alone_or_with_what_is_below(void **state)
{
    (void)state;
    fixture_qde("a.qde", &small);
    struct fixture opened = open_quietly("a.qde", "npt");
    expect_rows(opened.study, "codes", NO_OPTIONS,
                CODES_HEADER "Theme,2,1,1,2,12\nTheme > Detail,2,2,2,1,16\nEmpty,0,0,0,0,0\n");
    expect_rows(opened.study, "codes", OPTIONS("below", ""),
                CODES_HEADER "Theme,4,2,2,2,24\nTheme > Detail,2,2,2,1,16\nEmpty,0,0,0,0,0\n");
    npt_table *table = run_analysis(opened.study, "codes", NO_OPTIONS);
    expect_note(table, "3 codes, 4 coded segments in all");
    npt_table_free(table);
    fixture_close(&opened);
}

static void filters_of_codes_change_the_note_too(void **state)
{
    (void)state;
    fixture_qde("a.qde", &small);
    struct fixture opened = open_quietly("a.qde", "npt");
    expect_rows(opened.study, "codes", OPTIONS("site", "B"),
                CODES_HEADER "Theme,0,0,0,0,0\nTheme > Detail,1,1,1,1,4\nEmpty,0,0,0,0,0\n");
    npt_table *table = run_analysis(opened.study, "codes", OPTIONS("coder", "Ben"));
    expect_csv(table, CODES_HEADER "Theme,1,1,1,1,7\nTheme > Detail,0,0,0,0,0\nEmpty,0,0,0,0,0\n");
    expect_note(table, "3 codes, 1 coded segments in all");
    npt_table_free(table);
    fixture_close(&opened);
}

/* NVivo: Eve's passage is 0-10; Theme 20-30 belongs to nobody, and to its code all the same. */
static void what_lies_outside_all_cases_belongs_to_its_code(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .origin = "NVivo for Mac 20.5",
        .users = USER("A1", "Ann"),
        .codes = FOLDER("C0", "Cases", CODE("F1", "Eve")) CODE("C1", "Theme"),
        .cases = CASE("F1", "Eve", ""),
        .sources = INLINE_SOURCE("51", "one", TEXT, ANN(0, 10, "F1") ANN(20, 30, "C1"))};
    fixture_qde("a.qde", &project);
    struct fixture opened = open_quietly("a.qde", "npt");
    expect_rows(opened.study, "codes", NO_OPTIONS, CODES_HEADER "Theme,1,0,1,1,10\n");
    fixture_close(&opened);
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void cases_are_shown_by_each_attribute_or_crossed(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .variables = VARIABLE("E1", "Site", "Text") VARIABLE("E2", "Age", "Integer"),
        .cases = CASE("F1", "P1",
                      VALUE("E1", "Text", "B") VALUE("E2", "Integer", "9") SOURCE_REF("51"))
            CASE("F2", "P2", VALUE("E2", "Integer", "10") SOURCE_REF("52"))
                CASE("F3", "P3", VALUE("E1", "Text", "A") SOURCE_REF("53")) CASE("F4", "P4", ""),
        .sources = INLINE_SOURCE("51", "one", TEXT, "") INLINE_SOURCE("52", "two", TEXT, "")
            INLINE_SOURCE("53", "three", TEXT, "")};
    fixture_qde("a.qde", &project);
    struct fixture opened = open_quietly("a.qde", "npt");
    npt_table *table = run_analysis(opened.study, "cases", NO_OPTIONS);
    expect_csv(table, "attribute,value,cases\nall cases,Total,3\n"
                      "Site,A,1\nSite,B,1\nSite,,1\nAge,9,1\nAge,10,1\nAge,,1\n");
    expect_note(table, "Cases of the export that hold no source and are not counted: 1.");
    expect_no_note(table, "Left out");
    npt_table_free(table);
    expect_rows(opened.study, "cases", OPTIONS("by", "Age"),
                "Age,cases\n9,1\n10,1\n,1\nTotal,3\n"); /* 9 before 10 */
    expect_rows(opened.study, "cases", OPTIONS("where", "Site=B"),
                "attribute,value,cases\nall cases,Total,1\nSite,B,1\nAge,9,1\n");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_analysis_gives_every_format),
        FIXTURE_TEST(every_option_gives_every_format),
        FIXTURE_TEST(the_number_of_threads_changes_nothing),
        FIXTURE_TEST(the_example_gives_the_numbers_that_were_counted_apart),
        FIXTURE_TEST(the_example_has_the_people_that_it_says),
        FIXTURE_TEST(codes_are_counted_alone_or_with_what_is_below),
        FIXTURE_TEST(filters_of_codes_change_the_note_too),
        FIXTURE_TEST(what_lies_outside_all_cases_belongs_to_its_code),
        FIXTURE_TEST(cases_are_shown_by_each_attribute_or_crossed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
