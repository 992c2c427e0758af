/* test_render.c - tables as text, CSV, JSON and Markdown: every byte worked out by hand.
 *
 * Whole outputs are compared where they are short: what is not expected is then seen as well.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/unicode.h"
#include "../nptkit/report/wrap.h"
#include "../nptkit/tables/table.h"

#include <nptkit/render.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* ---- helpers --------------------------------------------------------------------------------- */

static npt_output *render(const npt_table *const *tables, size_t count, const char *format,
                          const struct npt_render_options *options)
{
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, tables, count, npt_format_find(format), options);
    return output;
}

static void expect(const npt_table *table, const char *format,
                   const struct npt_render_options *options, const char *expected)
{
    npt_output *output = render(&table, 1, format, options);
    assert_string_equal(npt_output_bytes(output, NULL), expected);
    npt_output_discard(output);
}

static void expect_part(const npt_table *table, const char *format, const char *part)
{
    npt_output *output = render(&table, 1, format, NULL);
    if (!strstr(npt_output_bytes(output, NULL), part))
        assert_string_equal(npt_output_bytes(output, NULL), part);
    npt_output_discard(output);
}

/* No line is wider than `width` or ends in a blank. */
static void expect_within(const npt_table *table, size_t width)
{
    npt_output *output = render(&table, 1, "text", &(struct npt_render_options){.width = width});
    const char *line = npt_output_bytes(output, NULL);
    for (; *line; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");
        assert_true(npt__utf8_width(line, length) <= width);
        assert_true(length == 0 || line[length - 1] != ' ');
    }
    npt_output_discard(output);
}

/* One dimension and one measure of texts, one row. */
static npt_table *of_text(const char *text)
{
    npt_table *table = npt__table_new("t", "T");
    npt__table_dimension(table, "site", "Site");
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text(text);
    return table;
}

static void expect_csv_text(const char *text, const char *expected, bool raw)
{
    npt_table *table = of_text(text);
    char *wanted = npt__arena_print(npt__table_arena(table), "site\n%s\n", expected);
    expect(table, "csv", &(struct npt_render_options){.raw = raw}, wanted);
    npt_table_free(table);
}

static void expect_text_part(const char *text, const char *format, const char *part)
{
    npt_table *table = of_text(text);
    expect_part(table, format, part);
    npt_table_free(table);
}

struct row {
    const char *label; /* NULL: the total */
    size_t cases;
    double mean;
};

static npt_table *of_rows(const struct row *rows, size_t count)
{
    npt_table *table = npt__table_new("score", "Scores");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT);
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    for (size_t i = 0; i < count; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = rows[i].label ? npt__text(rows[i].label) : npt__total();
        row[1] = npt__count(rows[i].cases);
        row[2] = npt__number(rows[i].mean);
    }
    return table;
}

static npt_table *quotes(void)
{
    npt_table *table = npt__table_new("quotes", "Quotes");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    npt__table_dimension(table, "role", "Role");
    npt__table_measure(table, "text", "Text", NPT_UNIT_TEXT);
    npt__table_set_layout(table, &(struct npt__layout){.across = SIZE_MAX, .cards = true});
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text("Coherence");
    row[1] = npt__text("Site 1");
    row[2] = npt__text("nurse");
    row[3] = npt__text("It was new to us.\r\n\r\n<b>Really</b> new, I would say.");
    row = npt__table_add_row(table);
    row[0] = npt__text("Coherence");
    row[3] = npt__absent("audio");
    return table;
}

/* ---- formats --------------------------------------------------------------------------------- */

static void formats_are_found_by_name(void **state)
{
    (void)state;
    static const char *const names[] = {"text", "csv", "json", "md"};
    for (size_t i = 0; i < 4; i++) {
        assert_ptr_equal(npt_format_find(names[i]), npt_format_at(i));
        assert_string_equal(npt_format_name(npt_format_at(i)), names[i]);
    }
    assert_null(npt_format_at(4));
    assert_null(npt_format_find("docx"));
}

/* ---- text ------------------------------------------------------------------------------------ */

static void numbers_are_right_aligned_and_totals_set_apart(void **state)
{
    (void)state;
    static const struct row rows[] = {{"North", 1200, 4.5}, {"East", 7, 3}, {NULL, 1207, 4.4913}};
    npt_table *table = of_rows(rows, 3);
    expect(table, "text", NULL,
           "Scores\n"
           "\n"
           "Site   Cases  Mean\n"
           "-----  -----  ----\n"
           "North  1,200  4.50\n"
           "East       7  3.00\n"
           "-----  -----  ----\n"
           "Total  1,207  4.49\n");
    npt_table_free(table);
}

static void wide_characters_are_aligned_by_columns(void **state)
{
    (void)state;
    /* Four columns, four columns, and an e with its accent apart: three. */
    static const struct row rows[] = {{"北部", 1, 1}, {"🏥🏥", 2, 2}, {"Caf\x65\xCC\x81", 3, 3}};
    npt_table *table = of_rows(rows, 3);
    expect(table, "text", NULL,
           "Scores\n"
           "\n"
           "Site  Cases  Mean\n"
           "----  -----  ----\n"
           "北部      1  1.00\n"
           "🏥🏥      2  2.00\n"
           "Cafe\xCC\x81      3  3.00\n");
    npt_table_free(table);
}

static void a_terminal_escape_is_only_text(void **state)
{
    (void)state;
    expect_text_part("a\033[31mb", "text", "\na\xEF\xBF\xBD[31mb\n");
    expect_text_part("a\xC2\x9B"
                     "31mb",
                     "text",
                     "\na\xEF\xBF\xBD"
                     "31mb\n");
    expect_text_part("a\033[31mb", "md", "| a\xEF\xBF\xBD\\[31mb |");
    expect_text_part("a\033[31mb\x7F", "json", "{\"site\": \"a\\u001b[31mb\\u007f\"}");
}

static void text_from_right_to_left_is_left_as_it_is_and_overrides_are_not(void **state)
{
    (void)state;
    static const struct row rows[] = {{"צפון", 1, 1},
                                      {"a\xE2\x80\xAE"
                                       "b",
                                       2, 2}};
    npt_table *table = of_rows(rows, 2);
    expect_part(table, "text",
                "\nצפון      1  1.00\na\xEF\xBF\xBD"
                "b       2  2.00\n");
    npt_table_free(table);
}

static void a_line_end_in_a_label_is_a_blank(void **state)
{
    (void)state;
    expect_text_part("a \r\n\tb", "text", "\na b\n");
    expect_text_part("a\nb", "md", "| a b |");
}

static void notes_are_wrapped_below(void **state)
{
    (void)state;
    npt_table *table = of_text("x");
    npt__table_add_note(table, "a note that is wider than forty columns of text");
    npt__table_add_note(table, "short");
    expect(table, "text", &(struct npt_render_options){.width = 40},
           "T\n"
           "\n"
           "Site\n"
           "----\n"
           "x\n"
           "\n"
           "Notes\n"
           "- a note that is wider than forty\n"
           "  columns of text\n"
           "- short\n");
    npt_table_free(table);
}

static void colour_is_bold_headings_only_where_asked(void **state)
{
    (void)state;
    npt_table *table = of_text("x");
    expect(table, "text", &(struct npt_render_options){.colour = true},
           "\033[1mT\033[0m\n\nSite\n----\nx\n");
    npt_table_free(table);
}

static void a_long_label_is_wrapped_where_place_is_short(void **state)
{
    (void)state;
    static const struct row rows[] = {{"The North Locality and its three practices", 12, 4}};
    npt_table *table = of_rows(rows, 1);
    /* 40% of 40 columns are 16. */
    expect(table, "text", &(struct npt_render_options){.width = 40},
           "Scores\n"
           "\n"
           "Site              Cases  Mean\n"
           "----------------  -----  ----\n"
           "The North            12  4.00\n"
           "Locality and its\n"
           "three practices\n");
    npt_table_free(table);
}

/* Seven sites across, with a long name. */
static npt_table *wide(void)
{
    npt_table *table = npt__table_new("wide", "Wide");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT);
    npt__table_set_layout(table, &(struct npt__layout){.across = 1});
    static const char *const sites[] = {"North", "East", "St Mary's hospital", "West", "South",
                                        "Hub",   "北部"};
    static const char *const constructs[] = {"Coherence", "Cognitive participation"};
    for (size_t i = 0; i < 14; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(constructs[i / 7]);
        row[1] = npt__text(sites[i % 7]);
        row[2] = npt__count(i);
    }
    return table;
}

static void a_wide_panel_is_split_and_its_labels_repeated(void **state)
{
    (void)state;
    npt_table *table = wide();
    expect(table, "text", &(struct npt_render_options){.width = 40},
           "Wide\n"
           "\n"
           "Cases\n"
           "                             St Mary's\n"
           "Construct      North  East    hospital\n"
           "-------------  -----  ----  ----------\n"
           "Coherence          0     1           2\n"
           "Cognitive          7     8           9\n"
           "participation\n"
           "\n"
           "Cases (continued)\n"
           "Construct      West  South  Hub  北部\n"
           "-------------  ----  -----  ---  ----\n"
           "Coherence         3      4    5     6\n"
           "Cognitive        10     11   12    13\n"
           "participation\n");
    npt_table_free(table);
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    npt_table *table = wide();
    npt__table_add_note(table,
                        "A note with a_word_that_is_wider_than_forty_columns_of_a_terminal.");
    for (size_t width = 24; width < 100; width++)
        expect_within(table, width);
    npt_table_free(table);
    table = quotes();
    for (size_t width = 20; width < 100; width++)
        expect_within(table, width);
    npt_table_free(table);
    table = npt__table_new("labels", "Labels only");
    for (size_t i = 0; i < 5; i++)
        npt__table_dimension(table, "d", "A dimension");
    struct npt_cell *row = npt__table_add_row(table);
    for (size_t i = 0; i < 5; i++)
        row[i] = npt__text("a value of some twenty columns");
    for (size_t width = 20; width < 100; width++)
        expect_within(table, width);
    npt_table_free(table);
}

static void a_table_without_rows_says_so(void **state)
{
    (void)state;
    npt_table *table = of_rows(NULL, 0);
    npt__table_add_note(table, "why");
    expect(table, "text", NULL, "Scores\n\n(no rows)\n\nNotes\n- why\n");
    expect(table, "md", NULL, "## Scores\n\n(no rows)\n\nNotes:\n\n- why\n");
    expect(table, "csv", NULL, "site,cases,mean\n");
    expect_part(table, "json", "  \"rows\": [],\n");
    npt_table_free(table);
}

static void quotes_are_cards(void **state)
{
    (void)state;
    npt_table *table = quotes();
    expect(table, "text", &(struct npt_render_options){.width = 40},
           "Quotes\n"
           "\n"
           "1. \"It was new to us. <b>Really</b> new,\n"
           "  I would say.\"\n"
           "    Construct: Coherence | Site 1 |\n"
           "    Role: nurse\n"
           "\n"
           "2. [audio]\n"
           "    Construct: Coherence\n");
    expect(table, "md", NULL,
           "## Quotes\n"
           "\n"
           "> It was new to us. &lt;b&gt;Really&lt;/b&gt; new, I would say.\n"
           ">\n"
           "> — Construct: Coherence \\| Site 1 \\| Role: nurse\n"
           "\n"
           "> \\[audio\\]\n"
           ">\n"
           "> — Construct: Coherence\n");
    npt_table_free(table);
}

static void a_line_is_broken_at_a_blank_and_a_word_only_where_it_must(void **state)
{
    (void)state;
    npt__buffer lines = {0};
    npt__paragraph(&lines, "ab cd abcdefgh x", 5, "", "");
    assert_string_equal(npt__buffer_string(&lines), "ab cd\nabcde\nfgh x\n");
    npt__buffer_clear(&lines);
    npt__paragraph(&lines, "北部北部", 5, "", ""); /* two columns each */
    assert_string_equal(npt__buffer_string(&lines), "北部\n北部\n");
    npt__buffer_clear(&lines);
    npt__paragraph(&lines, "10\xC2\xA0km far", 6, "", ""); /* a no-break space */
    assert_string_equal(npt__buffer_string(&lines), "10\xC2\xA0km\nfar\n");
    npt__buffer_release(&lines);
}

/* ---- CSV ------------------------------------------------------------------------------------- */

static void csv_quotes_only_where_it_must(void **state)
{
    (void)state;
    expect_csv_text("plain text", "plain text", false);
    expect_csv_text("a,b", "\"a,b\"", false);
    expect_csv_text("say \"so\"", "\"say \"\"so\"\"\"", false);
    expect_csv_text("\"", "\"\"\"\"", false);
    expect_csv_text("two\nlines", "\"two\nlines\"", false);
    expect_csv_text("two\r\nlines", "\"two\r\nlines\"", false);
    expect_csv_text(" led", "\" led\"", false);
    expect_csv_text("trailed ", "\"trailed \"", false);
    expect_csv_text("a;b", "\"a;b\"", false);
    expect_csv_text("a\tb", "\"a\tb\"", false);
    expect_csv_text("", "\"\"", false);
}

static void a_text_that_looks_like_a_formula_is_quoted_in_csv(void **state)
{
    (void)state;
    expect_csv_text("=1+1", "'=1+1", false);
    expect_csv_text("+1", "'+1", false);
    expect_csv_text("-1", "'-1", false);
    expect_csv_text("@SUM(A1)", "'@SUM(A1)", false);
    expect_csv_text("\t=1", "\"'\t=1\"", false);
    expect_csv_text("\r=1", "\"'\r=1\"", false);
    expect_csv_text("=A,B", "\"'=A,B\"", false);
    expect_csv_text(" =1", "\"' =1\"", false);
    expect_csv_text("\xC2\xA0=1", "'\xC2\xA0=1", false);
    expect_csv_text("\xEF\xBC\x9D"
                    "1",
                    "'\xEF\xBC\x9D"
                    "1",
                    false);
    expect_csv_text("a=1", "a=1", false);
    expect_csv_text("=1+1", "=1+1", true);
}

static void csv_that_is_shown_cannot_drive_a_terminal(void **state)
{
    (void)state;
    expect_csv_text("北部 \033[2J", "北部 \xEF\xBF\xBD[2J", false);
    expect_csv_text("\a", "\xEF\xBF\xBD", false);
    expect_csv_text("a\xC2\x9B"
                    "2J",
                    "a\xEF\xBF\xBD"
                    "2J",
                    false);
}

static void a_key_that_looks_like_a_formula_is_quoted_too(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("t", "T");
    npt__table_dimension(table, "=cmd|x", "=cmd|x");
    npt__table_dimension(table, "a,b", "a,b");
    expect(table, "csv", NULL, "'=cmd|x,\"a,b\"\n");
    npt_table_free(table);
}

static void csv_holds_tidy_rows_at_full_precision(void **state)
{
    (void)state;
    static const struct row rows[] = {{"North", 1200, 1.0 / 3}, {NULL, 1200, -0.1}};
    npt_table *table = of_rows(rows, 2);
    struct npt_cell *row = npt__table_add_row(table);
    row[1] = npt__withheld("fewer than 5");
    row[2] = npt__absent("undefined");
    const char *expected = "site,cases,mean\n"
                           "North,1200,0.3333333333333333\n"
                           "Total,1200,-0.1\n"
                           ",withheld,\n";
    expect(table, "csv", NULL, expected);
    const npt_table *both[] = {table, table};
    npt_output *output = render(both, 2, "csv", NULL);
    const char *bytes = npt_output_bytes(output, NULL);
    size_t length = strlen(expected);
    assert_memory_equal(bytes, expected, length);
    assert_int_equal(bytes[length], '\n');
    assert_string_equal(bytes + length + 1, expected);
    npt_output_discard(output);
    npt_table_free(table);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static npt_table *small(void)
{
    static const struct row rows[] = {{"North", 2, 0.1}, {NULL, 3, 1e300}};
    npt_table *table = of_rows(rows, 2);
    struct npt_cell *row = npt__table_add_row(table);
    row[1] = npt__withheld(NULL);
    row[2] = npt__absent("undefined");
    npt__table_add_note(table, "n");
    npt__table_set_command(table, "score \"x\"");
    npt__table_add_input(table, "x.csv", "00ff");
    npt__table_add_input(table, "y.csv", "");
    return table;
}

static void json_holds_all_there_is(void **state)
{
    (void)state;
    npt_table *table = small();
    expect(
        table, "json", NULL,
        "{\n"
        "  \"schema\": \"nptkit.table/1\",\n"
        "  \"name\": \"score\",\n"
        "  \"title\": \"Scores\",\n"
        "  \"columns\": [\n"
        "    {\"key\": \"site\", \"label\": \"Site\", \"role\": \"dimension\", \"unit\": \"text\"},\n"
        "    {\"key\": \"cases\", \"label\": \"Cases\", \"role\": \"measure\", \"unit\": \"count\"},\n"
        "    {\"key\": \"mean\", \"label\": \"Mean\", \"role\": \"measure\", \"unit\": \"mean\"}\n"
        "  ],\n"
        "  \"rows\": [\n"
        "    {\"site\": \"North\", \"cases\": 2, \"mean\": 0.1},\n"
        "    {\"site\": \"Total\", \"cases\": 3, \"mean\": 1e+300},\n"
        "    {\"site\": null, \"cases\": null, \"mean\": null}\n"
        "  ],\n"
        "  \"absent\": [\n"
        "    {\"row\": 2, \"column\": \"cases\", \"reason\": \"withheld\"},\n"
        "    {\"row\": 2, \"column\": \"mean\", \"reason\": \"undefined\"}\n"
        "  ],\n"
        "  \"notes\": [\n"
        "    \"n\"\n"
        "  ],\n"
        "  \"provenance\": {\n"
        "    \"program\": \"nptkit " NPT_VERSION "\",\n"
        "    \"command\": \"score \\\"x\\\"\",\n"
        "    \"inputs\": [\n"
        "      {\"name\": \"x.csv\", \"sha256\": \"00ff\"},\n"
        "      {\"name\": \"y.csv\", \"sha256\": null}\n"
        "    ]\n"
        "  }\n"
        "}\n");
    npt_table_free(table);
}

static void json_of_several_tables_is_a_list(void **state)
{
    (void)state;
    npt_table *table = small();
    const npt_table *both[] = {table, table};
    npt_output *output = render(both, 2, "json", NULL);
    const char *bytes = npt_output_bytes(output, NULL);
    const char *start = "{\n  \"schema\": \"nptkit.tables/1\",\n  \"tables\": [\n    {\n"
                        "      \"name\": \"score\",\n";
    assert_memory_equal(bytes, start, strlen(start));
    assert_non_null(strstr(bytes, "      }\n    },\n    {\n      \"name\": \"score\",\n"));
    const char *end = "      }\n    }\n  ]\n}\n";
    assert_string_equal(bytes + strlen(bytes) - strlen(end), end);
    npt_output_discard(output);
    output = render(NULL, 0, "json", NULL);
    assert_string_equal(npt_output_bytes(output, NULL),
                        "{\n  \"schema\": \"nptkit.tables/1\",\n  \"tables\": []\n}\n");
    npt_output_discard(output);
    npt_table_free(table);
}

static void json_escapes_what_it_must(void **state)
{
    (void)state;
    expect_text_part("\"\\/", "json", "{\"site\": \"\\\"\\\\/\"}");
    expect_text_part("\n\r\t\x01\x1F", "json", "{\"site\": \"\\n\\r\\t\\u0001\\u001f\"}");
    expect_text_part("\xC2\x80 \xE2\x80\xA8\xE2\x80\xA9", "json",
                     "{\"site\": \"\\u0080 \\u2028\\u2029\"}");
    expect_text_part("</script>", "json", "{\"site\": \"<\\/script>\"}");
    expect_text_part("北🏥é", "json", "{\"site\": \"北🏥é\"}");
}

/* ---- Markdown -------------------------------------------------------------------------------- */

static void markdown_is_a_table_of_the_layout(void **state)
{
    (void)state;
    static const struct row rows[] = {{"North", 1200, 4.5}, {NULL, 1200, 4.5}};
    npt_table *table = of_rows(rows, 2);
    npt__table_add_note(table, "1. a *note*");
    expect(table, "md", NULL,
           "## Scores\n"
           "\n"
           "| Site | Cases | Mean |\n"
           "| --- | ---: | ---: |\n"
           "| North | 1,200 | 4.50 |\n"
           "| Total | 1,200 | 4.50 |\n"
           "\n"
           "Notes:\n"
           "\n"
           "- 1\\. a \\*note\\*\n");
    npt_table_free(table);
    table = wide();
    expect_part(table, "md", "\n\n**Cases**\n\n| Construct | North | East |");
    npt_table_free(table);
}

static void text_stays_text_in_markdown(void **state)
{
    (void)state;
    expect_text_part("a|b\\", "md", "| a\\|b\\\\ |");
    expect_text_part("<i>&amp;", "md", "| &lt;i&gt;&amp;amp; |");
    expect_text_part("*a* _b_ `c` [d](e) ~f~", "md",
                     "| \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~ |");
}

/* ---- size ------------------------------------------------------------------------------------ */

static void a_hundred_thousand_rows_are_written_in_every_format(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("large", "Large");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    for (size_t i = 0; i < 100000; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text("A site with a name");
        row[1] = npt__number((double)i / 7);
    }
    for (size_t i = 0; npt_format_at(i); i++) {
        const npt_table *one = table;
        npt_output *output = render(&one, 1, npt_format_name(npt_format_at(i)), NULL);
        size_t length;
        npt_output_bytes(output, &length);
        assert_true(length > 2000000);
        npt_output_discard(output);
    }
    npt_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_found_by_name),
        cmocka_unit_test(numbers_are_right_aligned_and_totals_set_apart),
        cmocka_unit_test(wide_characters_are_aligned_by_columns),
        cmocka_unit_test(a_terminal_escape_is_only_text),
        cmocka_unit_test(text_from_right_to_left_is_left_as_it_is_and_overrides_are_not),
        cmocka_unit_test(a_line_end_in_a_label_is_a_blank),
        cmocka_unit_test(notes_are_wrapped_below),
        cmocka_unit_test(colour_is_bold_headings_only_where_asked),
        cmocka_unit_test(a_long_label_is_wrapped_where_place_is_short),
        cmocka_unit_test(a_wide_panel_is_split_and_its_labels_repeated),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(a_table_without_rows_says_so),
        cmocka_unit_test(quotes_are_cards),
        cmocka_unit_test(a_line_is_broken_at_a_blank_and_a_word_only_where_it_must),
        cmocka_unit_test(csv_quotes_only_where_it_must),
        cmocka_unit_test(a_text_that_looks_like_a_formula_is_quoted_in_csv),
        cmocka_unit_test(csv_that_is_shown_cannot_drive_a_terminal),
        cmocka_unit_test(a_key_that_looks_like_a_formula_is_quoted_too),
        cmocka_unit_test(csv_holds_tidy_rows_at_full_precision),
        cmocka_unit_test(json_holds_all_there_is),
        cmocka_unit_test(json_of_several_tables_is_a_list),
        cmocka_unit_test(json_escapes_what_it_must),
        cmocka_unit_test(markdown_is_a_table_of_the_layout),
        cmocka_unit_test(text_stays_text_in_markdown),
        cmocka_unit_test(a_hundred_thousand_rows_are_written_in_every_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
