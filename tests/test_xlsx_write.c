/* test_xlsx_write.c - workbooks that reports are written as, read back cell by cell with the reader of study files.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/archive.h"
#include "../nptkit/base/number.h"
#include "../nptkit/ingest/xlsx.h"
#include "../nptkit/report/xlsx_write.h"
#include "fixture.h"
#include "hostile_document.h"

#include <math.h>
#include <stdlib.h>

#define MOST_ROWS 64
#define MOST_COLUMNS 12

struct grid {
    npt__arena *arena;
    const char *cells[MOST_ROWS][MOST_COLUMNS];
    size_t rows;
};

static bool take_row(void *user, const struct npt__row *row)
{
    struct grid *grid = user;
    assert_true(row->line <= MOST_ROWS && row->count <= MOST_COLUMNS);
    for (size_t i = 0; i < row->count; i++)
        grid->cells[row->line - 1][i] = npt__arena_string(grid->arena, row->fields[i].text);
    grid->rows = row->line;
    return true;
}

static struct grid read_sheet(const char *sheet)
{
    struct grid grid = {.arena = npt__arena_new()};
    npt_diags *diags = npt_diags_new();
    struct npt__xlsx_account account;
    const enum npt_status status =
        npt__xlsx_read("a.xlsx", sheet, grid.arena, &account, take_row, &grid, diags);
    assert_string_equal(npt_diags_text(diags, false), "");
    assert_int_equal(status, NPT_OK);
    npt_diags_free(diags);
    return grid;
}

static void write_document(const struct npt__report_document *document)
{
    npt_output *output = npt_output_memory(NULL), *again = npt_output_memory(NULL);
    size_t length, other;
    npt__report_xlsx.write(output, document);
    npt__report_xlsx.write(again, document);
    const char *bytes = npt_output_bytes(output, &length);
    const char *others = npt_output_bytes(again, &other);
    assert_int_equal(length, other);
    assert_memory_equal(bytes, others, length);
    fixture_write("a.xlsx", bytes, length);
    npt_output_discard(output);
    npt_output_discard(again);
}

static void expect_cell(const struct npt_cell *cell, const char *read)
{
    double number;
    switch (cell->kind) {
    case NPT_CELL_TEXT:
        assert_string_equal(read, cell->text);
        break;
    case NPT_CELL_TOTAL:
        assert_string_equal(read, "All");
        break;
    case NPT_CELL_WITHHELD:
        assert_string_equal(read, "withheld");
        break;
    case NPT_CELL_ABSENT:
        assert_string_equal(read, cell->reason ? cell->reason : "no value");
        break;
    case NPT_CELL_COUNT:
        assert_true(npt__number_read(read, strlen(read), &number));
        assert_true(number == (double)cell->count);
        break;
    case NPT_CELL_NUMBER:
        assert_true(npt__number_read(read, strlen(read), &number));
        /* the reader gives 15 digits, as Excel shows them; the next test sees all */
        if (fabs(number - cell->number) > 1e-14 * fabs(cell->number))
            fail_msg("%s is not %.17g", read, cell->number);
        break;
    }
}

static void every_cell_is_read_back_as_it_was(void **state)
{
    (void)state;
    npt_table *table = hostile_table("tally");
    const npt_table *const tables[] = {table};
    struct npt__report_document *document = hostile_document(tables, 1);
    write_document(document);
    struct grid grid = read_sheet("1 tally");
    assert_string_equal(grid.cells[0][0], "Table 1: @SUM(A1)");
    assert_int_equal(grid.rows, 4 + HOSTILE_COUNT + 1);
    for (size_t row = 0; row < npt_table_row_count(table); row++)
        for (size_t i = 0; i < npt_table_column_count(table); i++)
            expect_cell(&npt_table_row(table, row)[i], grid.cells[4 + row][i]);
    npt__arena_free(grid.arena);
    npt__document_free(document);
    npt_table_free(table);
}

static void numbers_are_written_with_all_their_digits(void **state)
{
    (void)state;
    npt_table *table = hostile_table("tally");
    const npt_table *const tables[] = {table};
    struct npt__report_document *document = hostile_document(tables, 1);
    npt_diags *diags = npt_diags_new();
    npt__archive *archive;
    npt__buffer bytes = {0};
    const char *fault = NULL;
    size_t sheet = 0;
    write_document(document);
    assert_int_equal(npt__archive_open(&archive, "a.xlsx", diags), NPT_OK);
    while (strcmp(npt__archive_name(archive, sheet), "xl/worksheets/sheet3.xml") != 0)
        sheet++;
    assert_int_equal(npt__archive_read(archive, sheet, 1 << 20, &bytes, &fault), NPT_OK);
    /* 1/3 (first row) as any program prints it with %.17g; 0.1 + 0.2 * 11 needs all of 17 */
    fixture_expect_in(npt__buffer_string(&bytes), "<v>0.3333333333333333</v>");
    fixture_expect_in(npt__buffer_string(&bytes), "<v>2.3000000000000003</v>");
    npt__buffer_release(&bytes);
    npt__archive_close(archive);
    npt_diags_free(diags);
    npt__document_free(document);
    npt_table_free(table);
}

static void headers_differ_and_holes_are_explained(void **state)
{
    (void)state;
    npt_table *table = hostile_table("tally");
    const npt_table *const tables[] = {table};
    struct npt__report_document *document = hostile_document(tables, 1);
    write_document(document);
    struct grid grid = read_sheet("1 tally");
    const char *const expected[] = {"Site", "site (hub)", hostile_texts[1], "n", "Share",
                                    "mean", "p",          "Notes"};
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(grid.cells[3][i], expected[i]);
    assert_string_equal(grid.cells[4][7], "none");
    fixture_expect_in(grid.cells[5][7],
                      "n: withheld (fewer than 10 people); Share: withheld, for once; ");
    fixture_expect_in(grid.cells[6][7], "mean: nobody answered; p: nobody answered");
    npt__arena_free(grid.arena);
    npt__document_free(document);
    npt_table_free(table);
}

static void a_table_that_is_shown_twice_has_one_sheet(void **state)
{
    (void)state;
    npt_table *table = hostile_table("tally");
    npt_table *copy = npt__table_copy(table), *other = hostile_table("tally");
    npt__table_row(other, 5)[3] = npt__count(4);
    const npt_table *const tables[] = {table, copy, other};
    struct npt__report_document *document = hostile_document(tables, 3);
    npt__arena *arena = npt__arena_new();
    const struct npt__document_tables shown = npt__document_tables(document, arena);
    assert_int_equal(shown.count, 2);
    assert_int_equal(shown.of[0], 0);
    assert_int_equal(shown.of[1], 0);
    assert_int_equal(shown.of[2], 1);
    assert_int_equal(shown.of[3], 0);
    write_document(document);
    struct grid cover = read_sheet("Cover");
    const size_t last = cover.rows - 1;
    assert_string_equal(cover.cells[last][0], "3 tally");
    assert_string_equal(cover.cells[last - 1][0], "1 tally");
    assert_string_equal(cover.cells[last - 2][0], "Notes");
    npt__arena_free(cover.arena);
    npt__arena_free(arena);
    npt__document_free(document);
    npt_table_free(table);
    npt_table_free(copy);
    npt_table_free(other);
}

static void names_of_sheets_are_legal(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    assert_string_equal(npt__book_sheet_name(arena, 3, "a[b]:c*d?e/f\\g'h"), "3 a b  c d e f g h");
    const char *longest = "abcdefghijklmnopqrstuvwxyzABCDEFGH";
    assert_string_equal(npt__book_sheet_name(arena, 12, longest),
                        "12 abcdefghijklmnopqrstuvwxyzA\xE2\x80\xA6");
    npt__arena_free(arena);
}

static void a_text_that_is_too_long_is_cut_visibly_and_counted(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("Long", "en");
    char *text = malloc(40000);
    assert_non_null(text);
    memset(text, 'a', 39999);
    text[39999] = '\0';
    npt__add_paragraph(document, text);
    write_document(document);
    struct grid notes = read_sheet("Notes");
    const char *cut = notes.cells[4][2];
    assert_int_equal(strlen(cut), 32767);
    fixture_expect_in(cut, "aaa [cut: too long for a cell]");
    struct grid cover = read_sheet("Cover");
    assert_string_equal(cover.cells[3][0], "Texts that were cut, as a cell holds no more than "
                                           "32,767 characters: 1.");
    npt__arena_free(notes.arena);
    npt__arena_free(cover.arena);
    npt__document_free(document);
    free(text);
}

static void a_document_without_anything_is_a_workbook(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("", "en");
    write_document(document);
    struct grid cover = read_sheet("Cover");
    assert_string_equal(cover.cells[cover.rows - 1][0], "Notes");
    npt__arena_free(cover.arena);
    npt__document_free(document);
}

static void sentences_and_notes_stand_on_the_sheet_of_notes(void **state)
{
    (void)state;
    npt_table *table = hostile_table("tally");
    const npt_table *const tables[] = {table};
    struct npt__report_document *document = hostile_document(tables, 1);
    write_document(document);
    struct grid notes = read_sheet("Notes");
    assert_string_equal(notes.cells[4][0], hostile_texts[2]);
    assert_string_equal(notes.cells[4][1], "finding");
    assert_string_equal(notes.cells[4][2], "=1+1");
    assert_string_equal(notes.cells[7][1], "note to table 1");
    assert_string_equal(notes.cells[8][1], "picture in words");
    assert_string_equal(notes.cells[8][2], hostile_texts[6]);
    assert_string_equal(notes.cells[notes.rows - 1][1], "closing");
    npt__arena_free(notes.arena);
    npt__document_free(document);
    npt_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_cell_is_read_back_as_it_was),
        FIXTURE_TEST(numbers_are_written_with_all_their_digits),
        FIXTURE_TEST(headers_differ_and_holes_are_explained),
        FIXTURE_TEST(a_table_that_is_shown_twice_has_one_sheet),
        FIXTURE_TEST(names_of_sheets_are_legal),
        FIXTURE_TEST(a_text_that_is_too_long_is_cut_visibly_and_counted),
        FIXTURE_TEST(a_document_without_anything_is_a_workbook),
        FIXTURE_TEST(sentences_and_notes_stand_on_the_sheet_of_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
