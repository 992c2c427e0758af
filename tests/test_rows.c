/* test_rows.c - tables of answers through their one door: header rows, checks of rows, places.
 *
 * What a handler gets is expected as one string: columns as name or name=wording in {}, then rows
 * as line:[field][field]/. Delimited text is read with blocks of several sizes and one to five
 * threads, which must make no difference.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/ingest/rows.h"
#include "data_file_write.h"
#include "xlsx_file.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- helpers --------------------------------------------------------------------------------- */

struct reading {
    npt__buffer all;
    bool refuses; /* what columns() is to say */
    size_t count, blocks;
};

struct block {
    npt__buffer rows;
    const struct reading *reading;
};

static bool take_columns(void *user, const struct npt__columns *columns)
{
    struct reading *reading = user;
    reading->count = columns->count;
    for (size_t i = 0; i < columns->count; i++)
        npt__buffer_print(&reading->all, "{%s%s%s}", columns->items[i].name,
                          *columns->items[i].wording ? "=" : "", columns->items[i].wording);
    npt__buffer_putc(&reading->all, '/');
    return !reading->refuses;
}

static void *begin(void *user)
{
    struct block *block = calloc(1, sizeof *block);
    block->reading = user;
    return block;
}

static void take(void *state, const struct npt__row *row)
{
    struct block *block = state;
    assert_int_equal(row->count, block->reading->count);
    npt__buffer_print(&block->rows, "%zu:", row->line);
    for (size_t i = 0; i < row->count; i++) {
        assert_int_equal(row->fields[i].length, strlen(row->fields[i].text));
        npt__buffer_print(&block->rows, "[%s]", row->fields[i].text);
    }
    npt__buffer_putc(&block->rows, '/');
}

static void end(void *user, void *state)
{
    struct reading *reading = user;
    struct block *block = state;
    npt__buffer_puts(&reading->all, npt__buffer_string(&block->rows));
    npt__buffer_release(&block->rows);
    free(block);
    reading->blocks++;
}

static const struct npt__rows_handler handler = {take_columns, begin, take, end};

static struct npt__rows_options options; /* of the test that runs */

static int enter(void **state)
{
    options = (struct npt__rows_options){.threads = 1};
    return fixture_enter(state);
}

#define ROWS_TEST(test) cmocka_unit_test_setup_teardown(test, enter, fixture_leave)

/* Reads "a" once and expects this. */
static struct npt__rows_account expect_once(enum npt__rows_kind kind, const char *all,
                                            const char *text)
{
    npt_diags *diags = npt_diags_new();
    struct reading reading = {0};
    npt__rows *rows;
    const enum npt_status status = npt__rows_read(&rows, "a", &options, &handler, &reading, diags);
    assert_string_equal(npt__buffer_string(&reading.all), all);
    assert_string_equal(npt_diags_text(diags, false), text);
    assert_int_equal(status, strstr(text, "error:") ? NPT_BAD_INPUT : NPT_OK);
    assert_int_equal(npt__rows_kind(rows), kind);
    struct npt__rows_account account = npt__rows_account(rows);
    account.sheet = account.sheet ? "Answers" : NULL; /* the only name that tests use */
    npt__rows_free(rows);
    npt__buffer_release(&reading.all);
    npt_diags_free(diags);
    return account;
}

/* Reads delimited text in many ways; how many rows were empty. */
static size_t expect_bytes(const char *bytes, size_t length, const char *all, const char *text)
{
    static const unsigned threads[] = {1, 2, 5, 1, 2, 1};
    static const size_t sizes[] = {0, 0, 8, 17, 40, 100};
    size_t empty = 0;
    fixture_write("a", bytes, length);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        options.threads = threads[i];
        options.block_size = sizes[i];
        const struct npt__rows_account account = expect_once(NPT__ROWS_CSV, all, text);
        assert_true(i == 0 || account.empty_rows == empty);
        empty = account.empty_rows;
        size_t rows = 0;
        for (const char *at = strchr(all, '/'); at && (at = strstr(at + 1, "]/")); rows++)
            ;
        assert_int_equal(account.rows, rows);
    }
    return empty;
}

static size_t expect(const char *bytes, const char *all, const char *text)
{
    return expect_bytes(bytes, strlen(bytes), all, text);
}

/* ---- header rows ----------------------------------------------------------------------------- */

static void a_header_names_the_columns(void **state)
{
    (void)state;
    expect("id,role,q1\nR1,nurse,4\nR2,,5\n", "{id}{role}{q1}/2:[R1][nurse][4]/3:[R2][][5]/", "");
    expect("\xEF\xBB\xBFid;\"the \"\"role\"\"\nof all\"\nR1;nurse",
           "{id}{the \"role\"\nof all}/3:[R1][nurse]/", "");
    expect("id,,id\n1,2,3\n", "{id}{}{id}/2:[1][2][3]/", "");
    expect("id,\n1,2\n3,4\n5,6\n7,8\n", "{id}{}/2:[1][2]/3:[3][4]/4:[5][6]/5:[7][8]/", "");
    expect("a,b\n1,2\n", "{a}{b}/2:[1][2]/", "");
    expect("a,b\n1,2\n3,4", "{a}{b}/2:[1][2]/3:[3][4]/", "");
}

#define IMPORT_ID(id) "\"{\"\"ImportId\"\":\"\"" id "\"\"}\""
#define QUALTRICS \
    "StartDate,Q1,Q2\n" \
    "Start Date,\"I can see, how it differs\",It \"\"helps\n" IMPORT_ID( \
        "startDate") "," IMPORT_ID("QID1") "," IMPORT_ID("QID2") "\n" \
                                                                 "2026-11-22,4,5\n"

static void three_header_rows_are_found_out(void **state)
{
    (void)state;
    static const char found[] =
        "{StartDate=Start Date}{Q1=I can see, how it differs}{Q2=It \"\"helps}/"
        "4:[2026-11-22][4][5]/";
    expect(QUALTRICS, found, "");
    options.header_rows = 3;
    expect(QUALTRICS, found, "");
    /* the first cell of the third row may be empty */
    options.header_rows = 0;
    expect("a,b\nA,B\n,\"{\"\"ImportId\"\":1}\"\n1,2\n", "{a=A}{b=B}/4:[1][2]/", "");
}

static void header_rows_can_be_declared(void **state)
{
    (void)state;
    options.header_rows = 1;
    expect("a,b\nA,B\n\"{\"\"ImportId\"\":1}\",\n1,2\n",
           "{a}{b}/2:[A][B]/3:[{\"ImportId\":1}][]/4:[1][2]/", "");
    options.header_rows = 3;
    expect("a,b\nA,\nx,y\n1,2\n", "{a=A}{b}/4:[1][2]/", "");
}

static void what_only_looks_like_qualtrics_is_data(void **state)
{
    (void)state;
    expect("a,b\nA,B\nx,\"{\"\"ImportId\"\":1}\"\n", "{a}{b}/2:[A][B]/3:[x][{\"ImportId\":1}]/",
           "");
    expect("a,b\n\"{\"\"ImportId\"\":1}\",\n1,2\n", "{a}{b}/2:[{\"ImportId\":1}][]/3:[1][2]/", "");
}

static void the_header_is_the_first_row_with_a_value(void **state)
{
    (void)state;
    assert_int_equal(expect("\n  \n,,\n ,\t,\nid,b,c\n1,2,3\n", "{id}{b}{c}/6:[1][2][3]/", ""), 2);
    /* of which the first column may have no name: R writes its row numbers there */
    expect("\"\",\"a\"\n\"1\",2\n", "{}{a}/2:[1][2]/", "");
}

/* ---- files without answers ------------------------------------------------------------------- */

#define NO_ROWS "a: error: has a header and no rows\n  hint: export it again, with its answers\n"

static void a_file_without_answers_is_a_fault(void **state)
{
    (void)state;
    expect("", "", "a: error: is empty\n  hint: was it saved or copied to its end?\n");
    expect("\xEF\xBB\xBF", "", "a: error: is empty\n  hint: was it saved or copied to its end?\n");
    expect("\n \r\n", "",
           "a: error: has no row with a value\n  hint: was it saved or copied to its end?\n");
    expect("a,b", "{a}{b}/", NO_ROWS);
    assert_int_equal(expect("a,b\n,\n\n , \n", "{a}{b}/", NO_ROWS), 2);
    options.header_rows = 3;
    expect("a,b\nA,B\n", "{a=A}{b=B}/", NO_ROWS);
}

static void rows_without_a_value_are_counted(void **state)
{
    (void)state;
    /* an empty line is no row */
    assert_int_equal(
        expect("a,b\n1,2\n,\n  ,\t\n\n\"\",\" \"\n3,4\n,\n", "{a}{b}/2:[1][2]/7:[3][4]/", ""), 4);
    assert_int_equal(
        expect("a,b,c\n1,2,3\n,\n,,,,\n4,5,6\n", "{a}{b}{c}/2:[1][2][3]/5:[4][5][6]/", ""), 2);
}

/* ---- faults of rows -------------------------------------------------------------------------- */

static void ragged_rows_are_all_reported(void **state)
{
    (void)state;
    expect("a,b,c\n1,2\n1,2,3\n\"x\ny\"\"\",2\n1,é,3,4,\n4,5,6\n7,8,9,,\n",
           "{a}{b}{c}/3:[1][2][3]/7:[4][5][6]/8:[7][8][9]/",
           "a:2:4: error: row has 2 fields, the header 3\n"
           "  hint: a field that holds a line end must stand in quotes\n"
           "a:5:7: error: row has 2 fields, the header 3\n"
           "  hint: a field that holds a line end must stand in quotes\n"
           "a:6:7: error: row has 5 fields, the header 3\n"
           "  hint: a field that holds the delimiter must stand in quotes\n");
    /* the first rows are held until the header is known */
    expect("a,b,c\n\"x,\"\"\",2\n", "{a}{b}{c}/",
           "a:2:9: error: row has 2 fields, the header 3\n"
           "  hint: a field that holds a line end must stand in quotes\n");
    expect("id,q1\nid\n1,2\n", "{id}{q1}/3:[1][2]/",
           "a:2:3: error: row has 1 field, the header 2\n"
           "  hint: a field that holds a line end must stand in quotes\n");
    options.header_rows = 3;
    expect("id,q1\nWho,See, or not\n1,2\n1,2\n", "{id=Who}{q1=See}/4:[1][2]/",
           "a:2:9: error: row has 3 fields, the header 2\n"
           "  hint: a field that holds the delimiter must stand in quotes\n");
    options.header_rows = 1;
    expect("a,b,c\n1,2\n", "{a}{b}{c}/",
           "a:2:4: error: row has 2 fields, the header 3\n"
           "  hint: a field that holds a line end must stand in quotes\n");
}

static void faults_are_counted_beyond_twenty(void **state)
{
    (void)state;
    npt__buffer bytes = {0}, text = {0};
    npt__buffer_puts(&bytes, "a,b\n1,2\n");
    for (unsigned i = 3; i < 53; i++) {
        npt__buffer_puts(&bytes, "1\n");
        if (i < 23)
            npt__buffer_print(&text,
                              "a:%u:2: error: row has 1 field, the header 2\n"
                              "  hint: a field that holds a line end must stand in quotes\n",
                              i);
    }
    npt__buffer_puts(&text, "a: and 30 more errors\n");
    expect(bytes.bytes, "{a}{b}/2:[1][2]/", text.bytes);
    npt__buffer_release(&bytes);
    npt__buffer_release(&text);
}

static void a_header_further_down_is_a_fault(void **state)
{
    (void)state;
    static const char text[] = "a:4:1: error: the header stands here again\n"
                               "  hint: two files were pasted together; take this row out\n";
    expect("id,,q1\n1,2,3\n4,5,6\nid,,q1\n7,8,9\n",
           "{id}{}{q1}/2:[1][2][3]/3:[4][5][6]/5:[7][8][9]/", text);
    expect("id,,q1\n1,2,3\n4,5,6\nid,x,q1\n7,8,9\n",
           "{id}{}{q1}/2:[1][2][3]/3:[4][5][6]/5:[7][8][9]/", text);
    expect("id,,q1\n1,2,3\nid,5,6\nid,x,q\n7,8,q1\n",
           "{id}{}{q1}/2:[1][2][3]/3:[id][5][6]/4:[id][x][q]/5:[7][8][q1]/", "");
    expect("id,q1\n1,2\n3,4\n\xEF\xBB\xBFid,q1\n5,6\n", "{id}{q1}/2:[1][2]/3:[3][4]/5:[5][6]/",
           "a:4:1: error: a byte order mark, as another file begins here\n"
           "  hint: two files were pasted together; take this row out if it is a header\n");
}

static void a_fault_of_the_text_ends_the_reading(void **state)
{
    (void)state;
    expect("a,b\n1,2\n3\n4,\"5\n6,7\n", "{a}{b}/2:[1][2]/",
           "a:3:2: error: row has 1 field, the header 2\n"
           "  hint: a field that holds a line end must stand in quotes\n"
           "a:4:3: error: a quote is opened here and never closed\n"
           "  hint: close it, or write it twice (\"\") where it belongs to the text\n");
    /* before the header is known */
    expect("a,b\n1\n\"4\"5\n6,7\n", "{a}{b}/",
           "a:2:2: error: row has 1 field, the header 2\n"
           "  hint: a field that holds a line end must stand in quotes\n"
           "a:3:4: error: text after a closing quote\n"
           "  hint: write a quote within a quoted field twice (\"\"), and nothing after the last "
           "one\n");
}

/* Writes `before`, `count` times `piece`, and `after`. */
static void write_repeated(const char *before, const char *piece, size_t count, const char *after)
{
    npt__buffer bytes = {0};
    npt__buffer_puts(&bytes, before);
    for (size_t i = 0; i < count; i++)
        npt__buffer_puts(&bytes, piece);
    npt__buffer_puts(&bytes, after);
    fixture_write("a", bytes.bytes, bytes.length);
    npt__buffer_release(&bytes);
}

static void tables_have_at_most_ten_thousand_columns(void **state)
{
    (void)state;
    write_repeated("", "x,", 10000, "x\n1,2\n");
    expect_once(NPT__ROWS_CSV, "",
                "a:1:20001: error: has more than 10,000 columns\n"
                "  hint: is this a table of answers, one respondent a row?\n");
    write_repeated("a,b\n1,2", ",", 12000, "x\n1,2\n");
    expect_once(NPT__ROWS_CSV, "{a}{b}/3:[1][2]/",
                "a:2:5: error: row has more than 10000 fields, the header 2\n"
                "  hint: a field that holds the delimiter must stand in quotes\n");
    npt_diags *diags = npt_diags_new();
    struct reading reading = {0};
    npt__rows *rows;
    write_repeated("", "x,", 9999, "x\n1");
    FILE *file = fopen("a", "ab");
    assert_non_null(file);
    for (size_t i = 0; i < 9999; i++)
        fputs(",2", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(npt__rows_read(&rows, "a", &options, &handler, &reading, diags), NPT_OK);
    assert_int_equal(reading.count, 10000);
    assert_int_equal(npt__rows_account(rows).rows, 1);
    npt__rows_free(rows);
    npt__buffer_release(&reading.all);
    npt_diags_free(diags);
}

static void a_handler_can_refuse_the_columns(void **state)
{
    (void)state;
    fixture_write_text("a", "a,b\n1,2\n\"\n");
    options.header_rows = 1; /* so that the fault further down is not met */
    npt_diags *diags = npt_diags_new();
    struct reading reading = {.refuses = true};
    npt__rows *rows;
    assert_int_equal(npt__rows_read(&rows, "a", &options, &handler, &reading, diags),
                     NPT_BAD_INPUT);
    assert_string_equal(npt__buffer_string(&reading.all), "{a}{b}/");
    assert_int_equal(reading.blocks, 0);
    assert_string_equal(npt_diags_text(diags, false), "");
    npt__rows_free(rows);
    npt__buffer_release(&reading.all);
    npt_diags_free(diags);
}

/* ---- what a file is -------------------------------------------------------------------------- */

static void a_file_is_known_by_its_content(void **state)
{
    (void)state;
    static const char text[] =
        "a: error: is an old Office file (.xls), which is not read\n"
        "  hint: open it in a spreadsheet program and save it as .xlsx (Excel Workbook) or as CSV "
        "UTF-8\n";
    expect_once(NPT__ROWS_CSV, "", "a: error: cannot read: No such file or directory\n");
    fixture_write("a", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    expect_once(NPT__ROWS_XLSX, "", text);
    /* the first bytes of other kinds, in what is but text */
    expect("PK,b\n1,2\n", "{PK}{b}/2:[1][2]/", "");
    /* Excel's own line on the delimiter is none of the table's */
    expect("sep=;\na;b\n1;2\n", "{a}{b}/3:[1][2]/", "");
    expect("rs,b\n1,2\n", "{rs}{b}/2:[1][2]/", "");
    expect("r\2,b\n1,2\n", "{r\2}{b}/2:[1][2]/", "");
    expect("rs\1,b\n1,2\n", "{rs\1}{b}/2:[1][2]/", "");
    expect("$FL,b\n1,2\n", "{$FL}{b}/2:[1][2]/", "");
}

#define CELL(at, text) "<c r=\"" at "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define ROW(number, cells) "<row r=\"" number "\">" cells "</row>"

static struct npt__rows_account expect_sheet(const char *data, const char *all, const char *text)
{
    const struct xlsx_file file = {.sheets = {{.name = "Answers", .data = data}}};
    xlsx_write("a", &file);
    return expect_once(NPT__ROWS_XLSX, all, text);
}

static void rows_of_a_sheet_are_as_wide_as_its_header(void **state)
{
    (void)state;
    const struct npt__rows_account account = expect_sheet(
        ROW("2", CELL("B2", " ")) ROW("3", CELL("A3", "id") CELL("B3", "q1") CELL("C3", "q2"))
            ROW("5", CELL("A5", "R1")) ROW("6", CELL("C6", "5") CELL("D6", " "))
                ROW("7", CELL("D7", " ")),
        "{id}{q1}{q2}/5:[R1][][]/6:[][][5]/", "");
    assert_int_equal(account.rows, 2);
    assert_int_equal(account.empty_rows, 2);
    assert_string_equal(account.sheet, "Answers");
}

static void rows_of_a_sheet_are_checked(void **state)
{
    (void)state;
    expect_sheet(ROW("1", CELL("A1", "id") CELL("B1", "q1"))
                     ROW("2", CELL("A2", "R1") CELL("D2", "x"))
                         ROW("3", CELL("A3", "id") CELL("B3", "q1")) ROW("4", CELL("A4", "R2")),
                 "{id}{q1}/4:[R2][]/",
                 "a:Answers!C2: error: has a value to the right of the header\n"
                 "  hint: name its column in the header row, or clear the cell\n"
                 "a:Answers!A3: error: the header stands here again\n"
                 "  hint: two files were pasted together; take this row out\n");
    expect_sheet(ROW("1", CELL("A1", "id")), "{id}/", NO_ROWS);
    expect_sheet(ROW("1", CELL("A1", "id") CELL("B1", "q1")) ROW("2", CELL("A2", "Who"))
                     ROW("3", CELL("A3", "{&quot;ImportId&quot;:1}")) ROW("4", CELL("A4", "R2")),
                 "{id=Who}{q1}/4:[R2][]/", "");
}

static void data_files_have_no_header_row(void **state)
{
    (void)state;
    static const struct written_variable variables[] = {
        {.name = "id", .label = "Who", .type = READSTAT_TYPE_STRING, .width = 8},
        {.name = "q1", .type = READSTAT_TYPE_DOUBLE}};
    static const char *const rows[] = {"R1|4", "|", "R3|5"};
    static const enum written_as kinds[] = {AS_SAV, AS_ZSAV, AS_DTA, AS_DTA};
    static const int versions[] = {0, 0, 118, 114};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct written_file file = {.as = kinds[i],
                                          .version = versions[i],
                                          .variables = variables,
                                          .variable_count = 2,
                                          .rows = rows,
                                          .row_count = 3};
        data_file_write("a", &file);
        const struct npt__rows_account account =
            expect_once(NPT__ROWS_DATA, "{id=Who}{q1}/1:[R1][4]/3:[R3][5]/", "");
        assert_int_equal(account.rows, 2);
        assert_int_equal(account.empty_rows, 1);
    }
}

/* ---- places ---------------------------------------------------------------------------------- */

/* Expects that `spot` is shown like this. */
static void expect_place(const char *shown, struct npt__spot spot)
{
    npt_diags *diags = npt_diags_new();
    struct reading reading = {0};
    npt__rows *rows;
    assert_int_equal(npt__rows_read(&rows, "a", &options, &handler, &reading, diags), NPT_OK);
    const struct npt__place place = npt__rows_place(rows, spot);
    npt__say(diags, NPT_ERROR, &place, "x");
    assert_string_equal(npt_diags_text(diags, false), shown);
    npt__rows_free(rows);
    npt__buffer_release(&reading.all);
    npt_diags_free(diags);
}

static void places_are_shown_as_the_file_has_them(void **state)
{
    (void)state;
    fixture_write_text("a", "id,q1\n1,2\n");
    expect_place("a:2:3: error: x\n", (struct npt__spot){.line = 2, .column = 3});
    const struct xlsx_file file = {
        .sheets = {
            {.name = "Wave 1", .data = ROW("1", CELL("A1", "id")) ROW("2", CELL("A2", "R1"))}}};
    xlsx_write("a", &file);
    expect_place("a:Wave 1!AB14: error: x\n", (struct npt__spot){.line = 14, .column = 28});
    static const struct written_variable variables[] = {
        {.name = "id", .type = READSTAT_TYPE_DOUBLE}, {.name = "q1", .type = READSTAT_TYPE_DOUBLE}};
    static const char *const rows[] = {"1|2"};
    const struct written_file data = {
        .as = AS_SAV, .variables = variables, .variable_count = 2, .rows = rows, .row_count = 1};
    data_file_write("a", &data);
    expect_place("a:q1, row 14: error: x\n", (struct npt__spot){.line = 14, .column = 2});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROWS_TEST(a_header_names_the_columns),
        ROWS_TEST(three_header_rows_are_found_out),
        ROWS_TEST(header_rows_can_be_declared),
        ROWS_TEST(what_only_looks_like_qualtrics_is_data),
        ROWS_TEST(the_header_is_the_first_row_with_a_value),
        ROWS_TEST(a_file_without_answers_is_a_fault),
        ROWS_TEST(rows_without_a_value_are_counted),
        ROWS_TEST(ragged_rows_are_all_reported),
        ROWS_TEST(faults_are_counted_beyond_twenty),
        ROWS_TEST(a_header_further_down_is_a_fault),
        ROWS_TEST(a_fault_of_the_text_ends_the_reading),
        ROWS_TEST(tables_have_at_most_ten_thousand_columns),
        ROWS_TEST(a_handler_can_refuse_the_columns),
        ROWS_TEST(a_file_is_known_by_its_content),
        ROWS_TEST(rows_of_a_sheet_are_as_wide_as_its_header),
        ROWS_TEST(rows_of_a_sheet_are_checked),
        ROWS_TEST(data_files_have_no_header_row),
        ROWS_TEST(places_are_shown_as_the_file_has_them),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
