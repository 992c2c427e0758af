/* test_csv.c - rows of delimited text: what arrives in fields, where each begins, and every fault.
 *
 * A file's rows are expected as one string, fields in [], rows ended by /, which is quicker to
 * check by eye than calls. Lines and columns are counted by hand. The tests run in a folder of
 * their own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/ingest/csv.h"
#include "fixture.h"

#include <stdio.h>

/* ---- helpers --------------------------------------------------------------------------------- */

/* Expects these rows and these messages. */
static void expect_bytes(const char *bytes, size_t length, enum npt_status status, const char *rows,
                         const char *text)
{
    fixture_write("a.csv", bytes, length);
    npt_diags *diags = npt_diags_new();
    npt__buffer read = {0};
    npt__csv *csv;
    if (npt__csv_open(&csv, "a.csv", diags) == NPT_OK) {
        while (npt__csv_next(csv)) {
            for (size_t i = 0; i < npt__csv_count(csv); i++)
                npt__buffer_print(&read, "[%s]", npt__csv_field(csv, i));
            npt__buffer_putc(&read, '/');
        }
        assert_int_equal(npt__csv_count(csv), 0);
        assert_false(npt__csv_next(csv));
    }
    assert_int_equal(npt__csv_close(csv), status);
    assert_string_equal(npt__buffer_string(&read), rows);
    assert_string_equal(npt_diags_text(diags, false), text);
    npt__buffer_release(&read);
    npt_diags_free(diags);
}

static void expect_rows(const char *bytes, const char *rows)
{
    expect_bytes(bytes, strlen(bytes), NPT_OK, rows, "");
}

static void expect_fault(const char *bytes, const char *rows, const char *text)
{
    expect_bytes(bytes, strlen(bytes), NPT_BAD_INPUT, rows, text);
}

/* A literal with its NUL bytes. */
#define BYTES(literal) literal, sizeof(literal) - 1
#define AS_UTF8 "open it in a spreadsheet and save it as \"CSV UTF-8\"\n"

/* Opens `bytes` and moves to the row at `index`. */
static npt__csv *open_at(const char *bytes, size_t index, npt_diags *diags)
{
    fixture_write_text("a.csv", bytes);
    npt__csv *csv;
    assert_int_equal(npt__csv_open(&csv, "a.csv", diags), NPT_OK);
    for (size_t i = 0; i <= index; i++)
        assert_true(npt__csv_next(csv));
    return csv;
}

static void expect_place(const npt__csv *csv, size_t index, size_t line, size_t column,
                         const char *excerpt)
{
    const struct npt__place place = npt__csv_place(csv, index);
    assert_string_equal(place.file, "a.csv");
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    assert_int_equal(place.excerpt_length, strlen(excerpt));
    assert_memory_equal(place.excerpt, excerpt, strlen(excerpt));
}

/* ---- fields and rows ------------------------------------------------------------------------- */

static void plain_fields_arrive_unchanged(void **state)
{
    (void)state;
    expect_rows("id,role\nR1, nurse \n", "[id][role]/[R1][ nurse ]/");
    expect_rows("a,b\n,\n1,\n", "[a][b]/[][]/[1][]/");
    expect_rows("only", "[only]/");
}

static void the_last_line_needs_no_end(void **state)
{
    (void)state;
    expect_rows("a,b\n1,2", "[a][b]/[1][2]/");
    expect_rows("a,b\n1,", "[a][b]/[1][]/");
    expect_rows("a,b\n1,\"2\"", "[a][b]/[1][2]/");
}

static void every_kind_of_line_end_is_read(void **state)
{
    (void)state;
    expect_rows("a,b\r\n1,2\r\n", "[a][b]/[1][2]/");
    expect_rows("a,b\r1,2\r3,4", "[a][b]/[1][2]/[3][4]/");
    expect_rows("a,b\n1,2\r\n3,4\r5,6", "[a][b]/[1][2]/[3][4]/[5][6]/");
}

static void quotes_hold_delimiters_line_ends_and_doubled_quotes(void **state)
{
    (void)state;
    expect_rows("a,b\n\"x, y\",\"1\n2\"\n", "[a][b]/[x, y][1\n2]/");
    expect_rows("a,b\n\"say \"\"no\"\"\",\"\"\n", "[a][b]/[say \"no\"][]/");
    expect_rows("a,b\n\"\"\"\",\"1\r\n2\r3\"\r\n", "[a][b]/[\"][1\r\n2\r3]/");
}

static void a_quote_within_a_plain_field_is_a_character(void **state)
{
    (void)state;
    expect_rows("height (5\"),b\n6\",7\"\"\n", "[height (5\")][b]/[6\"][7\"\"]/");
    expect_rows("a,b\n \"x\",y\n", "[a][b]/[ \"x\"][y]/");
}

static void blank_lines_are_skipped_but_counted(void **state)
{
    (void)state;
    expect_rows("\n  \r\na,b\n\n\r\n1,2\n\n   ", "[a][b]/[1][2]/");
    npt_diags *diags = npt_diags_new();
    npt__csv *csv = open_at("\n  \r\na,b\n\n\r\n1,2\n\n", 1, diags);
    expect_place(csv, 1, 6, 3, "1,2");
    assert_int_equal(npt__csv_close(csv), NPT_OK);
    npt_diags_free(diags);
}

static void a_line_of_delimiters_or_an_empty_quoted_field_is_a_row(void **state)
{
    (void)state;
    expect_rows("a,b\n,\n", "[a][b]/[][]/");
    expect_rows("a\n\"\"\n1\n", "[a]/[]/[1]/");
}

static void ragged_rows_are_left_to_the_caller(void **state)
{
    (void)state;
    expect_rows("a,b,c\n1\n1,2,3,4\n", "[a][b][c]/[1]/[1][2][3][4]/");
    npt_diags *diags = npt_diags_new();
    npt__csv *csv = open_at("a,b,c\n1,2\n", 0, diags);
    assert_int_equal(npt__csv_count(csv), 3);
    assert_true(npt__csv_next(csv));
    assert_int_equal(npt__csv_count(csv), 2);
    assert_int_equal(npt__csv_close(csv), NPT_OK);
    npt_diags_free(diags);
}

/* ---- the delimiter --------------------------------------------------------------------------- */

static void the_delimiter_is_the_one_that_the_header_uses_most(void **state)
{
    (void)state;
    expect_rows("a;b;c\n1,5;2;3\n", "[a][b][c]/[1,5][2][3]/");
    expect_rows("a\tb\n1,2\t3;4\n", "[a][b]/[1,2][3;4]/");
    expect_rows("\n\na;b\n1;2,3,4\n", "[a][b]/[1][2,3,4]/");
    expect_rows("a,b;c;d\n", "[a,b][c][d]/");
}

static void a_tie_prefers_the_comma(void **state)
{
    (void)state;
    expect_rows("a,b;c\n", "[a][b;c]/");
    expect_rows("a;b\tc\n", "[a][b\tc]/");
    expect_rows("one\n1,2\n", "[one]/[1][2]/");
}

static void delimiters_in_quotes_do_not_count(void **state)
{
    (void)state;
    expect_rows("\"a, b, c\";d\n1;2\n", "[a, b, c][d]/[1][2]/");
    expect_rows("\"a \"\",\"\", b\n,,\";d\n", "[a \",\", b\n,,][d]/");
}

/* ---- places ---------------------------------------------------------------------------------- */

static void a_mark_takes_no_column(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt__csv *csv = open_at("\xEF\xBB\xBFGröße,b\n", 0, diags);
    expect_place(csv, 0, 1, 1, "Größe,b");
    expect_place(csv, 1, 1, 7, "Größe,b");
    npt__csv_close(csv);
    npt_diags_free(diags);
}

static void a_quoted_line_end_moves_line_numbers(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt__csv *csv = open_at("a,b,c\n\"ä\n\r\ny\",\"é\",z\n1,2,3\n", 1, diags);
    expect_place(csv, 0, 2, 1, "\"ä");
    expect_place(csv, 1, 4, 4, "y\",\"é\",z");
    expect_place(csv, 2, 4, 8, "y\",\"é\",z");
    expect_place(csv, 3, 2, 1, "\"ä");
    assert_true(npt__csv_next(csv));
    expect_place(csv, 2, 5, 5, "1,2,3");
    npt__csv_close(csv);
    npt_diags_free(diags);
}

static void lines_ended_by_cr_are_counted_too(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt__csv *csv = open_at("a,b\r\r1,\"x\ry\"\r3,4", 2, diags);
    expect_place(csv, 1, 5, 3, "3,4");
    npt__csv_close(csv);
    npt_diags_free(diags);
}

static void a_caret_stands_under_the_field_of_a_caller(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt__csv *csv = open_at("id\trole\tq1\nR1\tü\t6\n", 1, diags);
    const struct npt__place place = npt__csv_place(csv, 2);
    npt__say(diags, NPT_ERROR, &place, "'%s' is outside the scale", npt__csv_field(csv, 2));
    npt__csv_close(csv);
    assert_string_equal(npt_diags_text(diags, false), "a.csv:2:6: error: '6' is outside the scale\n"
                                                      "     2 | R1 ü 6\n"
                                                      "       |      ^\n");
    npt_diags_free(diags);
}

/* ---- faults ---------------------------------------------------------------------------------- */

static void an_unterminated_quote_is_shown_where_it_was_opened(void **state)
{
    (void)state;
    expect_fault("a,b\n1,2\n\n3,\"four\n5,6\n7,8\n", "[a][b]/[1][2]/",
                 "a.csv:4:3: error: a quote is opened here and never closed\n"
                 "     4 | 3,\"four\n"
                 "       |   ^\n"
                 "  hint: close it, or write it twice (\"\") where it belongs to the text\n");
    expect_fault("\"a\"\"", "",
                 "a.csv:1:1: error: a quote is opened here and never closed\n"
                 "     1 | \"a\"\"\n"
                 "       | ^\n"
                 "  hint: close it, or write it twice (\"\") where it belongs to the text\n");
}

static void text_after_a_closing_quote_is_a_fault(void **state)
{
    (void)state;
    expect_fault("a,b\n\"1\n2\" x,3\n4,5\n", "[a][b]/",
                 "a.csv:3:3: error: text after a closing quote\n"
                 "     3 | 2\" x,3\n"
                 "       |   ^\n"
                 "  hint: write a quote within a quoted field twice (\"\"), and nothing after the "
                 "last one\n");
}

static void a_nul_byte_is_a_fault(void **state)
{
    (void)state;
    static const char text[] = "a.csv:2:4: error: a NUL byte, which no text holds\n"
                               "     2 | 1,x\n"
                               "       |    ^\n"
                               "  hint: the file is damaged or not text; export it again\n";
    expect_bytes(BYTES("a,b\n1,x\0y\n3,4\n"), NPT_BAD_INPUT, "[a][b]/", text);
    expect_bytes(BYTES("a,b\n1,x\0"), NPT_BAD_INPUT, "[a][b]/", text);
    expect_bytes(BYTES("a,b\n1,\"\0y\"\n3,4\n"), NPT_BAD_INPUT, "[a][b]/",
                 "a.csv:2:4: error: a NUL byte, which no text holds\n"
                 "     2 | 1,\"\n"
                 "       |    ^\n"
                 "  hint: the file is damaged or not text; export it again\n");
    expect_bytes(BYTES("a,b\n\"1\"\0\n"), NPT_BAD_INPUT, "[a][b]/",
                 "a.csv:2:4: error: a NUL byte, which no text holds\n"
                 "     2 | \"1\"\n"
                 "       |    ^\n"
                 "  hint: the file is damaged or not text; export it again\n");
}

/* Reads `count` times `piece` between `start` and `end`; how many fields the first row has. */
static size_t count_fields(const char *start, const char *piece, size_t count, const char *end,
                           enum npt_status status, const char *text)
{
    npt__buffer bytes = {0};
    npt__buffer_puts(&bytes, start);
    for (size_t i = 0; i < count; i++)
        npt__buffer_puts(&bytes, piece);
    npt__buffer_puts(&bytes, end);
    fixture_write("a.csv", bytes.bytes, bytes.length);
    npt__buffer_release(&bytes);
    npt_diags *diags = npt_diags_new();
    npt__csv *csv;
    assert_int_equal(npt__csv_open(&csv, "a.csv", diags), NPT_OK);
    const size_t fields = npt__csv_next(csv) ? npt__csv_count(csv) : 0;
    assert_int_equal(npt__csv_close(csv), status);
    assert_string_equal(npt_diags_text(diags, false), text);
    npt_diags_free(diags);
    return fields;
}

static void a_row_has_at_most_ten_thousand_fields(void **state)
{
    (void)state;
    assert_int_equal(count_fields("", "x,", 9999, "x\n", NPT_OK, ""), 10000);
    /* each field takes two characters: the 10,001st begins at 20,001 */
    count_fields("\n", "x,", 10000, "x\n", NPT_BAD_INPUT,
                 "a.csv:2:20001: error: a row has more than 10,000 fields\n"
                 "  hint: is this a table of answers, one respondent a row?\n");
}

static void a_field_has_at_most_one_mebibyte(void **state)
{
    (void)state;
    static const char sixteen[] = "0123456789abcdef";
    static const char text[] = "a.csv:1:3: error: a field is larger than 1 MB\n"
                               "  hint: a quote that is not closed swallows what follows; look "
                               "for one here\n";
    assert_int_equal(count_fields("a,", sixteen, 65536, "\n", NPT_OK, ""), 2);
    assert_int_equal(count_fields("a,\"", sixteen, 65536, "\"\n", NPT_OK, ""), 2);
    count_fields("a,x", sixteen, 65536, "\n", NPT_BAD_INPUT, text);
    count_fields("a,\"", sixteen, 131072, "\"\n", NPT_BAD_INPUT, text);
    /* doubled quotes come in many parts: 524,289 times "x and a quote are a little more than 1
       MiB */
    count_fields("a,\"", "x\"\"", 524289, "\"\n", NPT_BAD_INPUT, text);
    assert_int_equal(count_fields("a,\"", "x\"\"", 524288, "\"\n", NPT_OK, ""), 2);
}

static void workbooks_are_refused_with_advice(void **state)
{
    (void)state;
    expect_bytes(BYTES("PK\3\4\x14\0\6\0"), NPT_BAD_INPUT, "",
                 "a.csv: error: is a zip archive (an .xlsx?), not delimited text\n"
                 "  hint: " AS_UTF8);
    expect_bytes(BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), NPT_BAD_INPUT, "",
                 "a.csv: error: is an old Excel workbook (.xls), not delimited text\n"
                 "  hint: " AS_UTF8);
    expect_rows("PK,name\n1,x\n", "[PK][name]/[1][x]/");
}

static void an_empty_file_is_a_fault_and_a_blank_one_has_no_rows(void **state)
{
    (void)state;
    static const char text[] = "a.csv: error: is empty\n"
                               "  hint: was it saved or copied to its end?\n";
    expect_fault("", "", text);
    expect_fault("\xEF\xBB\xBF", "", text);
    expect_bytes(BYTES("\xFF\xFE"), NPT_BAD_INPUT, "", text);
    expect_rows("\n \r\n", "");
}

static void a_file_that_is_not_there_is_a_fault(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt__csv *csv;
    assert_int_equal(npt__csv_open(&csv, "none.csv", diags), NPT_BAD_INPUT);
    assert_null(csv);
    assert_int_equal(npt__csv_open(&csv, ".", diags), NPT_BAD_INPUT);
    assert_string_equal(npt_diags_text(diags, false),
                        "none.csv: error: cannot read: No such file or directory\n"
                        ".: error: is a folder, not a file\n");
    npt_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(plain_fields_arrive_unchanged),
        FIXTURE_TEST(the_last_line_needs_no_end),
        FIXTURE_TEST(every_kind_of_line_end_is_read),
        FIXTURE_TEST(quotes_hold_delimiters_line_ends_and_doubled_quotes),
        FIXTURE_TEST(a_quote_within_a_plain_field_is_a_character),
        FIXTURE_TEST(blank_lines_are_skipped_but_counted),
        FIXTURE_TEST(a_line_of_delimiters_or_an_empty_quoted_field_is_a_row),
        FIXTURE_TEST(ragged_rows_are_left_to_the_caller),
        FIXTURE_TEST(the_delimiter_is_the_one_that_the_header_uses_most),
        FIXTURE_TEST(a_tie_prefers_the_comma),
        FIXTURE_TEST(delimiters_in_quotes_do_not_count),
        FIXTURE_TEST(a_mark_takes_no_column),
        FIXTURE_TEST(a_quoted_line_end_moves_line_numbers),
        FIXTURE_TEST(lines_ended_by_cr_are_counted_too),
        FIXTURE_TEST(a_caret_stands_under_the_field_of_a_caller),
        FIXTURE_TEST(an_unterminated_quote_is_shown_where_it_was_opened),
        FIXTURE_TEST(text_after_a_closing_quote_is_a_fault),
        FIXTURE_TEST(a_nul_byte_is_a_fault),
        FIXTURE_TEST(a_row_has_at_most_ten_thousand_fields),
        FIXTURE_TEST(a_field_has_at_most_one_mebibyte),
        FIXTURE_TEST(workbooks_are_refused_with_advice),
        FIXTURE_TEST(an_empty_file_is_a_fault_and_a_blank_one_has_no_rows),
        FIXTURE_TEST(a_file_that_is_not_there_is_a_fault),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
