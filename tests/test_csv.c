/* test_csv.c - rows of delimited text: what arrives in fields, where each begins, and every fault.
 *
 * A file's rows are expected as one string, fields in [], rows ended by /, which is quicker to check by
 * eye than calls. Lines and columns are counted by hand. The tests run in a folder of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "../nptkit/base/buffer.h"
#include "../nptkit/ingest/csv.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- helpers --------------------------------------------------------------------------------- */

static char folder[PATH_MAX], before[PATH_MAX];

static int enter_folder(void **state)
{
    (void)state;
    const char *place = getenv("TMPDIR");
    if (!getcwd(before, sizeof before))
        return -1;
    snprintf(folder, sizeof folder, "%s/nptkit-XXXXXX", place && *place ? place : "/tmp");
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    remove("a.csv");
    return chdir(before) || rmdir(folder);
}

static void write_file(const char *bytes, size_t length)
{
    FILE *file = fopen("a.csv", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Expects these rows and these messages. */
static void expect_bytes(const char *bytes, size_t length, enum npt_status status, const char *rows,
                         const char *text)
{
    write_file(bytes, length);
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
#define PASTED "were two files pasted together? save each as \"CSV UTF-8\" before\n"
#define AS_UTF8 "open it in a spreadsheet and save it as \"CSV UTF-8\"\n"

/* Opens `bytes` and moves to the row at `index`. */
static npt__csv *open_at(const char *bytes, size_t index, npt_diags *diags)
{
    write_file(bytes, strlen(bytes));
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

/* ---- characters ------------------------------------------------------------------------------ */

static void utf8_is_read_with_or_without_mark(void **state)
{
    (void)state;
    expect_rows("Größe,b\n☃,2\n", "[Größe][b]/[☃][2]/");
    expect_rows("\xEF\xBB\xBFGröße,b\n", "[Größe][b]/");
    npt_diags *diags = npt_diags_new();
    npt__csv *csv = open_at("\xEF\xBB\xBFGröße,b\n", 0, diags);
    expect_place(csv, 0, 1, 1, "Größe,b");
    expect_place(csv, 1, 1, 7, "Größe,b");
    npt__csv_close(csv);
    npt_diags_free(diags);
}

static void utf16_is_read_by_its_mark(void **state)
{
    (void)state;
    /* "é,b\r\n😀,2" */
    expect_bytes(BYTES("\xFF\xFE\xE9\0,\0b\0\r\0\n\0\x3D\xD8\x00\xDE,\0"
                       "2\0"),
                 NPT_OK, "[é][b]/[😀][2]/", "");
    expect_bytes(BYTES("\xFE\xFF\0\xE9\0,\0b\0\n\xD8\x3D\xDE\x00\0,\0"
                       "2"),
                 NPT_OK, "[é][b]/[😀][2]/", "");
}

static void utf16_that_is_cut_short_is_refused_at_its_place(void **state)
{
    (void)state;
    expect_bytes(BYTES("\xFF\xFE"
                       "a\0\n\0b\0c"),
                 NPT_BAD_INPUT, "[a]/",
                 "a.csv:2:2: error: is marked as UTF-16, but this is not; it may be cut short\n"
                 "     2 | b\n"
                 "       |  ^\n"
                 "  hint: " AS_UTF8);
}

static void utf16_without_mark_is_refused(void **state)
{
    (void)state;
    expect_bytes(BYTES("i\0d\0,\0b\0\n\0"), NPT_BAD_INPUT, "",
                 "a.csv: error: is UTF-16 text without a byte order mark\n  hint: " AS_UTF8);
    expect_bytes(BYTES("\0i\0d\0,\0b"), NPT_BAD_INPUT, "",
                 "a.csv: error: is UTF-16 text without a byte order mark\n  hint: " AS_UTF8);
}

static void windows_1252_is_read_with_a_warning_at_its_first_byte(void **state)
{
    (void)state;
    /* 80 is the euro sign, 92 a curly apostrophe, FC u with diaeresis */
    expect_bytes(BYTES("a,b\r\n1,2\n\rx,5\x80\n\x92,\xFC\n"), NPT_OK,
                 "[a][b]/[1][2]/[x][5€]/[’][ü]/",
                 "a.csv:4:4: warning: is not UTF-8 text; it is read as Windows-1252\n"
                 "     4 | x,5€\n"
                 "       |    ^\n"
                 "  hint: check that accents and dashes are right; to be sure, " AS_UTF8);
}

static void bytes_that_mean_nothing_are_refused(void **state)
{
    (void)state;
    expect_bytes(BYTES("a,b\n\xE9\x81,2\n"), NPT_BAD_INPUT, "[a][b]/",
                 "a.csv:2:2: error: is neither UTF-8 nor Windows-1252 text\n"
                 "     2 | é\n"
                 "       |  ^\n"
                 "  hint: " AS_UTF8);
    expect_bytes(BYTES("\xEF\xBB\xBF"
                       "a,b\nx\xE9,2\n"),
                 NPT_BAD_INPUT, "[a][b]/",
                 "a.csv:2:2: error: is marked as UTF-8, but here it is not\n"
                 "     2 | x\n"
                 "       |  ^\n"
                 "  hint: " AS_UTF8);
    expect_bytes(BYTES("\xFF\xFE\0\0a\0\0\0"), NPT_BAD_INPUT, "",
                 "a.csv: error: is UTF-32 text, which no survey program writes\n"
                 "  hint: " AS_UTF8);
}

static void a_mix_of_encodings_is_refused_at_the_first_byte_that_does_not_fit(void **state)
{
    (void)state;
    /* é is C3 A9 in UTF-8 and E9 in Windows-1252 */
    expect_bytes(BYTES("a,b\n\xC3\xA9,2\n3,x\xE9\n"), NPT_BAD_INPUT, "[a][b]/[é][2]/",
                 "a.csv:3:4: error: is UTF-8 up to here and something else from here on\n"
                 "     3 | 3,x\n"
                 "       |    ^\n"
                 "  hint: " PASTED);
    expect_bytes(BYTES("a,b\n\xE9,2\n3,\xC3\xA9\n"), NPT_BAD_INPUT, "[a][b]/",
                 "a.csv:2:1: error: is not UTF-8 here, but further down it is\n"
                 "     2 | \n"
                 "       | ^\n"
                 "  hint: " PASTED);
    /* a snowman, and a face beyond the Basic Multilingual Plane */
    expect_bytes(BYTES("a\n\xE9\n\xE2\x98\x83\n"), NPT_BAD_INPUT, "[a]/",
                 "a.csv:2:1: error: is not UTF-8 here, but further down it is\n"
                 "     2 | \n"
                 "       | ^\n"
                 "  hint: " PASTED);
    expect_bytes(BYTES("a\n\xE9\n\xF0\x9F\x98\x80\n"), NPT_BAD_INPUT, "[a]/",
                 "a.csv:2:1: error: is not UTF-8 here, but further down it is\n"
                 "     2 | \n"
                 "       | ^\n"
                 "  hint: " PASTED);
}

static void a_mix_is_found_wherever_it_is(void **state)
{
    (void)state;
    for (size_t length = 65530; length < 65540; length++) {
        npt__buffer text = {0};
        npt__buffer_puts(&text, "a\n\xE9");
        npt__buffer_fill(&text, 'x', length);
        npt__buffer_puts(&text, "\xE2\x80\x99\n");
        expect_fault(text.bytes, "[a]/",
                     "a.csv:2:1: error: is not UTF-8 here, but further down it is\n"
                     "     2 | \n"
                     "       | ^\n"
                     "  hint: " PASTED);
        npt__buffer_release(&text);
    }
}

static void windows_1252_may_look_like_utf8_in_places(void **state)
{
    (void)state;
    /* in UTF-8 DF 93 were a letter of N'Ko, and C9 BB one of the phonetic alphabet */
    expect_bytes(BYTES("a\n\x84Spa\xDF\x93\n\xAB"
                       "CAF\xC9\xBB\n"),
                 NPT_OK, "[a]/[„Spaß“]/[«CAFÉ»]/",
                 "a.csv:2:1: warning: is not UTF-8 text; it is read as Windows-1252\n"
                 "     2 | „Spaß“\n"
                 "       | ^\n"
                 "  hint: check that accents and dashes are right; to be sure, " AS_UTF8);
}

/* Table 3-7 of the Unicode Standard: what is next to it is no UTF-8. */
static void utf8_is_read_strictly(void **state)
{
    (void)state;
    static const char *const good[] = {"\xC2\x80",         "\xDF\xBF",        "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",     "\xEE\x80\x80",    "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
    static const char *const bad[] = {
        "\xC1\xBF",         "\xE0\x9F\xBF",     "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80",         "\xC3",
        "\xE2\x82",         "\xE2\x82x",        "\xF0\x9F\x98"};
    char text[64], rows[64];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        snprintf(text, sizeof text, "a,b\n1,%s\n", good[i]);
        snprintf(rows, sizeof rows, "[a][b]/[1][%s]/", good[i]);
        expect_rows(text, rows);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(text, sizeof text,
                 "\xEF\xBB\xBF"
                 "a,b\n1,x%s",
                 bad[i]);
        expect_fault(text, "[a][b]/",
                     "a.csv:2:4: error: is marked as UTF-8, but here it is not\n"
                     "     2 | 1,x\n"
                     "       |    ^\n"
                     "  hint: " AS_UTF8);
    }
}

/* ---- places ---------------------------------------------------------------------------------- */

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
    write_file(bytes.bytes, bytes.length);
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
    /* doubled quotes come in many parts: 524,289 times "x and a quote are a little more than 1 MiB */
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
        cmocka_unit_test(plain_fields_arrive_unchanged),
        cmocka_unit_test(the_last_line_needs_no_end),
        cmocka_unit_test(every_kind_of_line_end_is_read),
        cmocka_unit_test(quotes_hold_delimiters_line_ends_and_doubled_quotes),
        cmocka_unit_test(a_quote_within_a_plain_field_is_a_character),
        cmocka_unit_test(blank_lines_are_skipped_but_counted),
        cmocka_unit_test(a_line_of_delimiters_or_an_empty_quoted_field_is_a_row),
        cmocka_unit_test(ragged_rows_are_left_to_the_caller),
        cmocka_unit_test(the_delimiter_is_the_one_that_the_header_uses_most),
        cmocka_unit_test(a_tie_prefers_the_comma),
        cmocka_unit_test(delimiters_in_quotes_do_not_count),
        cmocka_unit_test(utf8_is_read_with_or_without_mark),
        cmocka_unit_test(utf16_is_read_by_its_mark),
        cmocka_unit_test(utf16_that_is_cut_short_is_refused_at_its_place),
        cmocka_unit_test(utf16_without_mark_is_refused),
        cmocka_unit_test(windows_1252_is_read_with_a_warning_at_its_first_byte),
        cmocka_unit_test(bytes_that_mean_nothing_are_refused),
        cmocka_unit_test(a_mix_of_encodings_is_refused_at_the_first_byte_that_does_not_fit),
        cmocka_unit_test(a_mix_is_found_wherever_it_is),
        cmocka_unit_test(windows_1252_may_look_like_utf8_in_places),
        cmocka_unit_test(utf8_is_read_strictly),
        cmocka_unit_test(a_quoted_line_end_moves_line_numbers),
        cmocka_unit_test(lines_ended_by_cr_are_counted_too),
        cmocka_unit_test(a_caret_stands_under_the_field_of_a_caller),
        cmocka_unit_test(an_unterminated_quote_is_shown_where_it_was_opened),
        cmocka_unit_test(text_after_a_closing_quote_is_a_fault),
        cmocka_unit_test(a_nul_byte_is_a_fault),
        cmocka_unit_test(a_row_has_at_most_ten_thousand_fields),
        cmocka_unit_test(a_field_has_at_most_one_mebibyte),
        cmocka_unit_test(workbooks_are_refused_with_advice),
        cmocka_unit_test(an_empty_file_is_a_fault_and_a_blank_one_has_no_rows),
        cmocka_unit_test(a_file_that_is_not_there_is_a_fault),
    };
    return cmocka_run_group_tests_name("csv", tests, enter_folder, leave_folder);
}
