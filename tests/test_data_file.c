/* test_data_file.c - SPSS and Stata files: what arrives of them, whatever their encoding and size.
 *
 * Files are written by ReadStat's own writer, but what is expected of them is written by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "data_file_expect.h"
#include "data_file_write.h"

#include <math.h>

/* ---- SPSS ------------------------------------------------------------------------------------ */

static const struct written_label agreement[] = {{"1", "Strongly disagree"},
                                                 {"3", "Neither \xE2\x80\x93 nor"},
                                                 {"5", "Strongly agree"},
                                                 {"-9", "Prefer not to say"},
                                                 {"99", "Not relevant to my role"}};
static const struct written_label sites[] = {{"N", "Nord"},
                                             {"S", "S\xC3\xBC"
                                                   "d"}};
static const double discrete[][2] = {{-9, -9}, {99, 99}};
static const double range[][2] = {{-3.5, -1}, {99, 99}};

static const struct written_variable spss_variables[] = {
    {.name = "id", .type = READSTAT_TYPE_DOUBLE, .format = "F8.0"},
    {.name = "nomad_4",
     .label = "I can see how the caf\xC3\xA9 differs from usual ways of working",
     .type = READSTAT_TYPE_DOUBLE,
     .format = "F8.0",
     .labels = agreement,
     .label_count = COUNT(agreement),
     .missing = discrete,
     .missing_count = COUNT(discrete)},
    {.name = "score",
     .type = READSTAT_TYPE_DOUBLE,
     .format = "F8.2",
     .missing = range,
     .missing_count = COUNT(range)},
    {.name = "site",
     .label = "Where?",
     .type = READSTAT_TYPE_STRING,
     .width = 8,
     .labels = sites,
     .label_count = COUNT(sites),
     .missing_text = "X"},
    {.name = "Comment_on_it", .type = READSTAT_TYPE_STRING, .width = 300},
    {.name = "day", .type = READSTAT_TYPE_DOUBLE, .format = "DATE11"},
    {.name = "moment", .type = READSTAT_TYPE_DOUBLE, .format = "DATETIME20"},
};

#define E_ACUTE_150 E_ACUTE_50 E_ACUTE_50 E_ACUTE_50
#define E_ACUTE_50 E_ACUTE_10 E_ACUTE_10 E_ACUTE_10 E_ACUTE_10 E_ACUTE_10
#define E_ACUTE_10 \
    "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"

/* 22 November 2026 is 162,207 days of 86,400 seconds after 14 October 1582. */
static const char *const spss_values[] = {
    "1|5|2.5|N|Gr\xC3\xBC\xC3\x9F"
    "e, Zo\xC3\xAB  |14014684800|14014735500",
    "2|-9|-2|S|||",
    "3|99|-2.25|X|  indented|-86400|14014684800.75",
    "4||99||" E_ACUTE_150 "|0|86399",
    "||||||",
    "1e15|-1|1234567.891|N|-|14014771199|14014684799.9999",
};

static const struct written_file spss_file = {.variables = spss_variables,
                                              .variable_count = COUNT(spss_variables),
                                              .rows = spss_values,
                                              .row_count = COUNT(spss_values)};

static const char spss_head[] =
    "id|\n"
    "nomad_4|I can see how the caf\xC3\xA9 differs from usual ways of working|1=Strongly disagree|"
    "3=Neither \xE2\x80\x93 nor|5=Strongly agree|-9=Prefer not to say|99=Not relevant to my role|"
    "!-9|!99\n"
    "score||!-3|!-2|!-1|!99\n"
    "site|Where?|N=Nord|S=S\xC3\xBC"
    "d|!X\n"
    "Comment_on_it|\n"
    "day|\n"
    "moment|\n";

static const char spss_rows[] = "[1][5][2.5][N][Gr\xC3\xBC\xC3\x9F"
                                "e, Zo\xC3\xAB][2026-11-22][2026-11-22T14:05:00]/"
                                "[2][-9][-2][S][][][]/"
                                "[3][99][][X][  indented][1582-10-13][2026-11-22T00:00:00]/"
                                "[4][][99][][" E_ACUTE_150 "][1582-10-14][1582-10-14T23:59:59]/"
                                "[1e+15][-1][1234567.891][N][-][2026-11-22][2026-11-22T00:00:00]/";

static const char spss_note[] =
    "a.sav:score: note: 1 value in a range that the file declares missing is read as no answer\n";

static void write_as(const char *path, struct written_file file, enum written_as as)
{
    file.as = as;
    file.version = as == AS_DTA ? 118 : 0;
    data_file_write(path, &file);
}

static void variables_and_cases_of_spss_arrive(void **state)
{
    (void)state;
    const enum written_as ways[] = {AS_SAV, AS_PLAIN_SAV, AS_ZSAV};
    for (size_t i = 0; i < COUNT(ways); i++) {
        write_as("a.sav", spss_file, ways[i]);
        data_expect("a.sav", NPT_OK, spss_head, spss_rows, spss_note);
    }
}

static void empty_cases_are_counted_but_keep_their_number(void **state)
{
    (void)state;
    write_as("a.sav", spss_file, AS_SAV);
    struct data_reading reading = data_read("a.sav");
    assert_int_equal(reading.account.rows, 5);
    assert_int_equal(reading.account.empty_rows, 1);
    assert_int_equal(reading.account.hidden_rows, 0);
    assert_null(reading.account.sheet);
    assert_int_equal(reading.last_line, 6);
    assert_int_equal(reading.blocks, 1);
    data_close(&reading);
}

static void missing_ranges_are_listed_near_zero_and_where_they_have_labels(void **state)
{
    (void)state;
    static const double low[][2] = {{-HUGE_VAL, -999}}, high[][2] = {{999, HUGE_VAL}};
    static const double early[][2] = {{-100, 100}};
    static const struct written_label labels[] = {
        {"-2000", "Gone"}, {"-999", "Refused"}, {"4000.5", "Far"}};
    const struct written_variable variables[] = {{.name = "a",
                                                  .type = READSTAT_TYPE_DOUBLE,
                                                  .missing = low,
                                                  .missing_count = 1,
                                                  .labels = labels,
                                                  .label_count = 2},
                                                 {.name = "b",
                                                  .type = READSTAT_TYPE_DOUBLE,
                                                  .missing = high,
                                                  .missing_count = 1,
                                                  .labels = labels + 2,
                                                  .label_count = 1},
                                                 {.name = "day",
                                                  .format = "DATE11",
                                                  .type = READSTAT_TYPE_DOUBLE,
                                                  .missing = early,
                                                  .missing_count = 1}};
    const char *const rows[] = {"-998|998|101", "-999|1000|50", "-2000|4000.5|86400",
                                "-2001|5e9|-100.25", "-1000.5||-86400"};
    const struct written_file file = {
        .variables = variables, .variable_count = 3, .rows = rows, .row_count = 5};
    write_as("a.sav", file, AS_SAV);
    data_expect(
        "a.sav", NPT_OK,
        "a||-2000=Gone|-999=Refused|!-1000|!-999|!-2000\nb||4000.5=Far|!999|!1000|!4000.5\nday|\n",
        "[-998][998][1582-10-14]/[-999][1000][]/[-2000][4000.5][1582-10-15]/"
        "[][][1582-10-13]/[][][1582-10-13]/",
        "a.sav:a: note: 2 values in a range that the file declares missing are read as no answer\n"
        "a.sav:b: note: 1 value in a range that the file declares missing is read as no answer\n"
        "a.sav:day: note: 1 value in a range that the file declares missing is read as no "
        "answer\n");
}

/* ---- Stata ----------------------------------------------------------------------------------- */

static const struct written_label stata_agreement[] = {
    {"1", "Strongly disagree"}, {"5", "Strongly agree"}, {".a", "Refused"}, {".z", "Not asked"}};

static const struct written_variable stata_variables[] = {
    {.name = "q1",
     .label = "I value the effects of the caf\xC3\xA9",
     .type = READSTAT_TYPE_INT8,
     .labels = stata_agreement,
     .label_count = COUNT(stata_agreement)},
    {.name = "wide", .type = READSTAT_TYPE_INT32},
    {.name = "single", .type = READSTAT_TYPE_FLOAT},
    {.name = "real", .type = READSTAT_TYPE_DOUBLE},
    {.name = "name", .type = READSTAT_TYPE_STRING, .width = 20},
    {.name = "day", .type = READSTAT_TYPE_INT32, .format = "%td"},
    {.name = "other_day", .type = READSTAT_TYPE_DOUBLE, .format = "%-tdDD/NN/CCYY"},
    {.name = "moment", .type = READSTAT_TYPE_DOUBLE, .format = "%tc"},
    {.name = "month", .type = READSTAT_TYPE_INT16, .format = "%tm"},
    {.name = "story", .type = READSTAT_TYPE_STRING_REF},
};

/* 22 November 2026 is 24,432 days after 1 January 1960; a day has 86,400,000 milliseconds. */
static const char *const stata_values[] = {
    "5|-2000000000|3.1|0.1|Zo\xC3\xAB  |24432|24432.5|2110975500000|802|A long story  ",
    ".a|.b|16777216|.c|||-1|-1||",
    ".z|100|-0.3333333|-1.5e-300|  x|0||0|0|caf\xC3\xA9",
};

static const struct written_file stata_file = {.as = AS_DTA,
                                               .version = 118,
                                               .variables = stata_variables,
                                               .variable_count = COUNT(stata_variables),
                                               .rows = stata_values,
                                               .row_count = 3};

static const char stata_head[] = "q1|I value the effects of the caf\xC3\xA9|1=Strongly disagree|"
                                 "5=Strongly agree|.a=Refused|.z=Not asked|!.a|!.z\n"
                                 "wide|\nsingle|\nreal|\nname|\nday|\nother_day|\nmoment|\nmonth|\n"
                                 "story|\n";

static const char stata_rows[] =
    "[5][-2000000000][3.1][0.1][Zo\xC3\xAB][2026-11-22][2026-11-22][2026-11-22T14:05:00][802]"
    "[A long story]/"
    "[.a][][16777216][][][][1959-12-31][1959-12-31T23:59:59][][]/"
    "[.z][100][-0.3333333][-1.5e-300][  x][1960-01-01][][1960-01-01T00:00:00][0][caf\xC3\xA9]/";

static void variables_and_cases_of_stata_arrive(void **state)
{
    (void)state;
    data_file_write("a.dta", &stata_file);
    data_expect("a.dta", NPT_OK, stata_head, stata_rows, "");
}

static void old_files_of_stata_are_in_windows_1252(void **state)
{
    (void)state;
    static const struct written_label labels[] = {{"1", "tr\xE8s"}, {".b", "\x80"}};
    const struct written_variable variables[] = {
        {.name = "q1",
         .label = "caf\xE9",
         .type = READSTAT_TYPE_INT8,
         .labels = labels,
         .label_count = 2},
        {.name = "place", .type = READSTAT_TYPE_STRING, .width = 10},
        {.name = "day", .type = READSTAT_TYPE_INT32, .format = "%d"}};
    const char *const rows[] = {"1|Z\xFCrich|24432", ".b|\x93x\x94|"};
    const struct written_file file = {.as = AS_DTA,
                                      .version = 114,
                                      .variables = variables,
                                      .variable_count = 3,
                                      .rows = rows,
                                      .row_count = 2};
    data_file_write("a.dta", &file);
    data_expect("a.dta", NPT_OK, "q1|caf\xC3\xA9|1=tr\xC3\xA8s|.b=\xE2\x82\xAC|!.b\nplace|\nday|\n",
                "[1][Z\xC3\xBCrich][2026-11-22]/[.b][\xE2\x80\x9Cx\xE2\x80\x9D][]/", "");
}

static void texts_of_one_mebibyte_are_read_and_longer_ones_are_refused(void **state)
{
    (void)state;
    const size_t length = (size_t)1 << 20;
    char *text = npt__allocate(length + 2);
    memset(text, 'x', length + 1);
    text[length] = '\0';
    const char *const rows[] = {"short", text};
    const struct written_variable variable = {.name = "story", .type = READSTAT_TYPE_STRING_REF};
    const struct written_file file = {.as = AS_DTA,
                                      .version = 118,
                                      .variables = &variable,
                                      .variable_count = 1,
                                      .rows = rows,
                                      .row_count = 2};
    data_file_write("a.dta", &file);
    struct data_reading reading = data_read("a.dta");
    assert_int_equal(reading.status, NPT_OK);
    assert_int_equal(reading.rows.length, strlen("[short]/[]/") + length);
    data_close(&reading);
    text[length] = 'x';
    text[length + 1] = '\0';
    data_file_write("a.dta", &file);
    npt__release(text);
    data_expect("a.dta", NPT_BAD_INPUT, "story|\n", "[short]/",
                "a.dta:story, row 2: error: this value is longer than 1 MB\n"
                "  hint: shorten it\n");
}

/* ---- encodings ------------------------------------------------------------------------------- */

/* Puts other bytes in a file, in the place of those that stand `after` bytes behind `mark`. */
static void patch(const char *path, const char *mark, size_t mark_length, size_t after,
                  const char *bytes, size_t length)
{
    npt__buffer file = fixture_read(path);
    size_t at = 0;
    while (at + mark_length <= file.length && memcmp(file.bytes + at, mark, mark_length) != 0)
        at++;
    assert_true(at + mark_length + after + length <= file.length);
    memcpy(file.bytes + at + after, bytes, length);
    fixture_write(path, file.bytes, file.length);
    npt__buffer_release(&file);
}

/* The record of SPSS that says which encoding it is: type 7, kind 3, eight numbers of which it is the
   last. */
#define ENCODING_RECORD "\7\0\0\0\3\0\0\0\4\0\0\0\10\0\0\0"

/* The second of two cases is given. */
static void write_latin(const char *second)
{
    const struct written_variable variables[] = {
        {.name = "q1", .type = READSTAT_TYPE_DOUBLE},
        {.name = "comment", .type = READSTAT_TYPE_STRING, .width = 16}};
    const char *const rows[] = {"1|plain", second};
    const struct written_file file = {
        .variables = variables, .variable_count = 2, .rows = rows, .row_count = 2};
    write_as("a.sav", file, AS_SAV);
}

static void the_encoding_that_a_file_declares_is_used(void **state)
{
    (void)state;
    write_latin("2|Z\xFCrich");
    patch("a.sav", ENCODING_RECORD, 16, 16 + 7 * 4, "\xE4\4\0\0", 4); /* 1252 */
    data_expect("a.sav", NPT_OK, "q1|\ncomment|\n", "[1][plain]/[2][Z\xC3\xBCrich]/", "");
}

static void text_in_another_encoding_than_declared_is_a_fault(void **state)
{
    (void)state;
    write_latin("2|Z\xFCrich");
    data_expect("a.sav", NPT_BAD_INPUT, "q1|\ncomment|\n", "[1][plain]/",
                "a.sav:row 2: error: could not be read: it holds text that is not in the encoding "
                "that it declares\n" AS_CSV);
}

static void an_encoding_that_nobody_knows_is_a_fault(void **state)
{
    (void)state;
    write_latin("2|Z");
    patch("a.sav", ENCODING_RECORD, 16, 16 + 7 * 4, "\1\2\3\4", 4);
    data_expect("a.sav", NPT_BAD_INPUT, "", "",
                "a.sav: error: could not be read: its texts are in an encoding that is not known "
                "here\n" AS_CSV);
}

static void without_a_declared_encoding_utf8_is_tried(void **state)
{
    (void)state;
    write_latin("2|Z\xC3\xBCrich");
    patch("a.sav", ENCODING_RECORD, 16, 4, "\77\1\0\0",
          4); /* a kind of record that is passed over */
    data_expect("a.sav", NPT_OK, "q1|\ncomment|\n", "[1][plain]/[2][Z\xC3\xBCrich]/", "");
    write_latin("2|Z\xFCrich");
    patch("a.sav", ENCODING_RECORD, 16, 4, "\77\1\0\0", 4);
    data_expect(
        "a.sav", NPT_BAD_INPUT, "q1|\ncomment|\n", "[1][plain]/",
        "a.sav:comment, row 2: error: this text is not UTF-8, and the file does not say in "
        "which encoding its texts are\n"
        "  hint: in SPSS, switch to Unicode and save it again, or save it as CSV (UTF-8)\n");
}

/* ---- size ------------------------------------------------------------------------------------ */

static void rows_come_in_blocks_of_at_most_4096(void **state)
{
    (void)state;
    const struct written_variable variable = {.name = "q1", .type = READSTAT_TYPE_DOUBLE};
    const char **rows = npt__allocate(10000 * sizeof *rows);
    for (size_t i = 0; i < 10000; i++)
        rows[i] = "4";
    const struct written_file file = {
        .variables = &variable, .variable_count = 1, .rows = rows, .row_count = 10000};
    write_as("a.sav", file, AS_SAV);
    npt__release(rows);
    struct data_reading reading = data_read("a.sav");
    assert_int_equal(reading.status, NPT_OK);
    assert_int_equal(reading.account.rows, 10000);
    assert_int_equal(reading.last_line, 10000);
    assert_int_equal(reading.blocks, 3);
    assert_int_equal(reading.largest_block, 4096);
    assert_int_equal(reading.rows.length, 10000 * strlen("[4]/"));
    data_close(&reading);
}

static void a_file_without_cases_has_columns_and_no_rows(void **state)
{
    (void)state;
    struct written_file file = spss_file;
    file.row_count = 0;
    write_as("a.sav", file, AS_SAV);
    data_expect("a.sav", NPT_OK, spss_head, "", "");
    file = stata_file;
    file.row_count = 0;
    write_as("a.dta", file, AS_DTA);
    data_expect("a.dta", NPT_OK, stata_head, "", "");
}

static void whoever_takes_the_columns_may_stop(void **state)
{
    (void)state;
    write_as("a.sav", spss_file, AS_SAV);
    struct data_reading reading = data_read_head("a.sav");
    assert_int_equal(reading.status, NPT_BAD_INPUT);
    assert_string_equal(npt_diags_text(reading.diags, false), "");
    assert_int_equal(reading.blocks, 0);
    data_close(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(variables_and_cases_of_spss_arrive),
        FIXTURE_TEST(empty_cases_are_counted_but_keep_their_number),
        FIXTURE_TEST(missing_ranges_are_listed_near_zero_and_where_they_have_labels),
        FIXTURE_TEST(variables_and_cases_of_stata_arrive),
        FIXTURE_TEST(old_files_of_stata_are_in_windows_1252),
        FIXTURE_TEST(texts_of_one_mebibyte_are_read_and_longer_ones_are_refused),
        FIXTURE_TEST(the_encoding_that_a_file_declares_is_used),
        FIXTURE_TEST(text_in_another_encoding_than_declared_is_a_fault),
        FIXTURE_TEST(an_encoding_that_nobody_knows_is_a_fault),
        FIXTURE_TEST(without_a_declared_encoding_utf8_is_tried),
        FIXTURE_TEST(rows_come_in_blocks_of_at_most_4096),
        FIXTURE_TEST(a_file_without_cases_has_columns_and_no_rows),
        FIXTURE_TEST(whoever_takes_the_columns_may_stop),
    };
    return cmocka_run_group_tests_name("data_file", tests, NULL, NULL);
}
