/* test_xlsx_values.c - what cells of a workbook come to: numbers, texts, dates and times.
 *
 * The days that serial numbers stand for are those that openpyxl and Python's datetime give.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_file.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- values ---------------------------------------------------------------------------------- */

static void whole_numbers_come_as_their_digits(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"4", "4"},
                                           {"4.0", "4"},
                                           {" 4 ", "4"},
                                           {"+4.", "4"},
                                           {"4E0", "4"},
                                           {"1E0", "1"},
                                           {"40e-1", "4"},
                                           {"0.4E+1", "4"},
                                           {"004", "4"},
                                           {"1E15", "1000000000000000"},
                                           {"3.9999999999999996", "4"},
                                           {"4.0000000000000009", "4"},
                                           {"0.99999999999999989", "1"},
                                           {"-2.0000000000000004", "-2"},
                                           {"-3", "-3"},
                                           {"-0", "0"},
                                           {"0.000", "0"},
                                           {"0E5", "0"},
                                           {"9007199254740991", "9007199254740991"},
                                           {"9.0071992547409910E15", "9007199254740991"}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        char data[100], row[100];
        snprintf(data, sizeof data, "<row><c><v>%s</v></c></row>", pairs[i][0]);
        snprintf(row, sizeof row, "1:[%s]/", pairs[i][1]);
        xlsx_expect_data(data, row, "");
    }
}

static void other_numbers_come_as_the_file_has_them(void **state)
{
    (void)state;
    static const char *const texts[] = {"3.5",
                                        "4.00001",
                                        "1E-5",
                                        "-0.25",
                                        "0.1",
                                        "1.5E300",
                                        "1E400",
                                        "1E99999999999",
                                        "5.5511151231257827E-17",
                                        "1700000000.5",
                                        "9007199254740993",
                                        "12345678901234567890",
                                        "9007199254740993.0",
                                        "9007199254740991.99999999",
                                        "1.2.3",
                                        "4E",
                                        "0x10",
                                        "nan",
                                        "-",
                                        "."};
    for (size_t i = 0; i < COUNT(texts); i++) {
        char data[100], row[100];
        snprintf(data, sizeof data, "<row><c t=\"n\"><v>%s</v></c></row>", texts[i]);
        snprintf(row, sizeof row, "1:[%s]/", texts[i]);
        xlsx_expect_data(data, row, "");
    }
}

static void text_that_looks_like_a_number_stays_text(void **state)
{
    (void)state;
    xlsx_expect_data("<row><c t=\"str\"><v>4.0</v></c><c t=\"inlineStr\"><is><t> 04 </t></is></c>"
                     "</row>",
                     "1:[4.0][ 04 ]/", "");
}

static void booleans_and_errors_come_as_they_are_shown(void **state)
{
    (void)state;
    xlsx_expect_data("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"b\"><v>true</v></c>"
                     "<c t=\"e\"><v>#DIV/0!</v></c><c t=\"e\"><v>#N/A</v></c></row>",
                     "1:[TRUE][FALSE][TRUE][#DIV/0!][#N/A]/", "");
}

static void escapes_of_characters_are_decoded(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"a_x000D__x000a_b", "a\r\nb"},
                                           {"_x005F_x000D_", "_x000D_"},
                                           {"_x00E9_ _x2603_", "é ☃"},
                                           {"_xD83D__xDE00_", "😀"},
                                           {"_xD83D_x", "\xEF\xBF\xBDx"},
                                           {"_xDE00_", "\xEF\xBF\xBD"},
                                           {"a_x0000_b", "a\xEF\xBF\xBD"
                                                         "b"},
                                           {"_x00G0_ _x000D _X000D_", "_x00G0_ _x000D _X000D_"},
                                           {"_x00", "_x00"}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        char data[200], row[100];
        snprintf(data, sizeof data,
                 "<row><c t=\"inlineStr\"><is><t>%s</t></is></c><c t=\"str\"><v>%s</v></c></row>",
                 pairs[i][0], pairs[i][0]);
        snprintf(row, sizeof row, "1:[%s][%s]/", pairs[i][1], pairs[i][1]);
        xlsx_expect_data(data, row, "");
    }
}

/* One cell with a number in a format; `properties` of the workbook. */
static void expect_date(const char *format, const char *number, const char *properties,
                        const char *expected)
{
    char styles[300], data[100], row[100];
    snprintf(styles, sizeof styles,
             "<numFmts><numFmt numFmtId=\"200\" formatCode=\"%s\"/></numFmts><cellXfs>"
             "<xf numFmtId=\"0\"/><xf numFmtId=\"%s\"/></cellXfs>",
             format, strspn(format, "0123456789") == strlen(format) ? format : "200");
    snprintf(data, sizeof data, "<row><c s=\"1\"><v>%s</v></c></row>", number);
    snprintf(row, sizeof row, "1:[%s]/", expected);
    xlsx_write("a.xlsx", &(struct xlsx_file){.sheets = {{.name = "a", .data = data}},
                                             .styles = styles,
                                             .properties = properties});
    xlsx_expect("a.xlsx", NULL, NPT_OK, row, "");
}

static void days_are_counted_from_1900_with_its_false_leap_day(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"1", "1900-01-01"},     {"31", "1900-01-31"},      {"59", "1900-02-28"},
        {"60", "1900-02-29"},    {"61", "1900-03-01"},      {"366", "1900-12-31"},
        {"367", "1901-01-01"},   {"1462", "1904-01-01"},    {"36585", "2000-02-29"},
        {"46348", "2026-11-22"}, {"73109", "2100-02-28"},   {"73110", "2100-03-01"},
        {"45657", "2024-12-31"}, {"46348.0", "2026-11-22"}, {"2958465", "9999-12-31"}};
    for (size_t i = 0; i < COUNT(pairs); i++)
        expect_date("14", pairs[i][0], NULL, pairs[i][1]);
}

static void days_can_be_counted_from_1904(void **state)
{
    (void)state;
    static const char on[] = "date1904=\"1\"";
    expect_date("14", "0", on, "1904-01-01");
    expect_date("14", "366", on, "1905-01-01");
    expect_date("14", "44886", on, "2026-11-22");
    expect_date("22", "44886.586805555555", on, "2026-11-22T14:05:00");
    expect_date("14", "2957003", on, "9999-12-31");
    expect_date("20", "0.25", on, "06:00:00");
    expect_date("14", "44886", "date1904=\"0\"", "2022-11-21");
}

static void times_are_rounded_to_seconds(void **state)
{
    (void)state;
    expect_date("22", "46348.586805555555", NULL, "2026-11-22T14:05:00");
    expect_date("14", "45657.99998842592", NULL, "2024-12-31T23:59:59");
    expect_date("22", "45657.999999", NULL, "2025-01-01");
    expect_date("14", "0.58680555555555558", NULL, "14:05:00");
    expect_date("20", "0.58680555555555558", NULL, "14:05:00");
    expect_date("20", "46348.586805555555", NULL, "2026-11-22T14:05:00");
    expect_date("46", "1.5", NULL, "36:00:00");
    expect_date("46", "0.0034722222222222", NULL, "00:05:00");
}

static void what_is_no_date_stays_a_number(void **state)
{
    (void)state;
    expect_date("14", "-1", NULL, "-1");
    expect_date("14", "2958466", NULL, "2958466");
    expect_date("14", "1E300", NULL, "1E300");
    expect_date("14", "soon", NULL, "soon");
    expect_date("14", "2957004", "date1904=\"true\"", "2957004");
}

static void formats_tell_dates_from_numbers(void **state)
{
    (void)state;
    static const char *const dates[] = {
        "15",         "16",        "17",  "27",       "36",     "50",     "58",
        "yyyy-mm-dd", "D. MMM YY", "mmm", "[$-409]d", "0;yyyy", "\\d yy", "&quot;m&quot;y",
        "[Red]dd/mm"};
    for (size_t i = 0; i < COUNT(dates); i++)
        expect_date(dates[i], "46348", NULL, "2026-11-22");
    static const char *const times[] = {"18", "h AM/PM",    "19",      "21", "45",
                                        "47", "h:mm AM/PM", "[mm]:ss", "ss"};
    for (size_t i = 0; i < COUNT(times); i++)
        expect_date(times[i], "0.25", NULL, "06:00:00");
    static const char *const numbers[] = {"1",
                                          "4",
                                          "9",
                                          "10",
                                          "12",
                                          "37",
                                          "49",
                                          "General",
                                          "0.00%",
                                          "0.0E+00",
                                          "0 \\d\\a\\y\\s",
                                          "0&quot; days&quot;",
                                          "[Red]0",
                                          "[$kr-41D]0",
                                          "_-* #,##0_d",
                                          "*d0",
                                          "[Magenta]0.0",
                                          "@",
                                          "[&lt;1]0;0",
                                          "0&quot;d",
                                          "[ms]0",
                                          "[hsh]0",
                                          "# ?/?",
                                          ""};
    for (size_t i = 0; i < COUNT(numbers); i++)
        expect_date(numbers[i], "46348.5", NULL, "46348.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(whole_numbers_come_as_their_digits),
        FIXTURE_TEST(other_numbers_come_as_the_file_has_them),
        FIXTURE_TEST(text_that_looks_like_a_number_stays_text),
        FIXTURE_TEST(booleans_and_errors_come_as_they_are_shown),
        FIXTURE_TEST(escapes_of_characters_are_decoded),
        FIXTURE_TEST(days_are_counted_from_1900_with_its_false_leap_day),
        FIXTURE_TEST(days_can_be_counted_from_1904),
        FIXTURE_TEST(times_are_rounded_to_seconds),
        FIXTURE_TEST(what_is_no_date_stays_a_number),
        FIXTURE_TEST(formats_tell_dates_from_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
