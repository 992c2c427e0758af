/* test_csv_text.c - the encodings of delimited text: what is read, and what is refused where.
 *
 * A file's rows are expected as one string, fields in [], rows ended by /.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/ingest/csv.h"
#include "fixture.h"

#include <stdio.h>

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
#define PASTED "were two files pasted together? save each as \"CSV UTF-8\" before\n"

static void utf8_is_read_with_or_without_mark(void **state)
{
    (void)state;
    expect_rows("Größe,b\n☃,2\n", "[Größe][b]/[☃][2]/");
    expect_rows("\xEF\xBB\xBFGröße,b\n", "[Größe][b]/");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(utf8_is_read_with_or_without_mark),
        FIXTURE_TEST(utf16_is_read_by_its_mark),
        FIXTURE_TEST(utf16_that_is_cut_short_is_refused_at_its_place),
        FIXTURE_TEST(utf16_without_mark_is_refused),
        FIXTURE_TEST(windows_1252_is_read_with_a_warning_at_its_first_byte),
        FIXTURE_TEST(bytes_that_mean_nothing_are_refused),
        FIXTURE_TEST(a_mix_of_encodings_is_refused_at_the_first_byte_that_does_not_fit),
        FIXTURE_TEST(a_mix_is_found_wherever_it_is),
        FIXTURE_TEST(windows_1252_may_look_like_utf8_in_places),
        FIXTURE_TEST(utf8_is_read_strictly),
    };
    return cmocka_run_group_tests_name("csv_text", tests, NULL, NULL);
}
