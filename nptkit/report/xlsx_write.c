/* xlsx_write.c - a document as a workbook: a cover, its sentences, and one tidy table on each sheet.
 *
 * As the checklist of the UK's Analysis Function asks: each sheet starts in A1, its table is marked as one, and no cell
 * is merged or empty: what has no value says why. Nothing is written to disk but the output: what was withheld from
 * others does not lie about in temporary files.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers.h"
#include "xlsx_write.h"

#include <string.h>

/* ---- tables ---------------------------------------------------------------------------------- */

/* In words, what a cell without a value says. */
static const char *in_words(const struct npt_cell *cell)
{
    switch (cell->kind) {
    case NPT_CELL_TOTAL:
        return "All";
    case NPT_CELL_WITHHELD:
        return "withheld";
    case NPT_CELL_TEXT:
        return *cell->text ? cell->text : "(empty)";
    case NPT_CELL_ABSENT:
        return cell->reason && *cell->reason ? cell->reason : "no value";
    case NPT_CELL_COUNT:
    case NPT_CELL_NUMBER:
        break;
    }
    return "";
}

static enum npt__book_style style_of(const struct npt_cell *cell, enum npt_unit unit)
{
    if (cell->kind == NPT_CELL_COUNT)
        return NPT__BOOK_COUNT;
    switch (unit) {
    case NPT_UNIT_SHARE:
        return NPT__BOOK_SHARE;
    case NPT_UNIT_MEAN:
    case NPT_UNIT_DIFFERENCE:
        return NPT__BOOK_MEAN;
    case NPT_UNIT_P:
        return NPT__BOOK_P;
    case NPT_UNIT_TEXT:
    case NPT_UNIT_COUNT:
        break;
    }
    return NPT__BOOK_GENERAL;
}

static bool lacks_value(const struct npt_cell *cell)
{
    return cell->kind == NPT_CELL_ABSENT || cell->kind == NPT_CELL_WITHHELD;
}

static bool any_lacks_value(const npt_table *table)
{
    for (size_t row = 0; row < npt_table_row_count(table); row++)
        for (size_t i = 0; i < npt_table_column_count(table); i++)
            if (lacks_value(&npt_table_row(table, row)[i]))
                return true;
    return false;
}

static void put_cell(struct npt__book *book, struct npt__book_sheet *sheet,
                     const struct npt_column *column, const struct npt_cell *cell)
{
    if (cell->kind == NPT_CELL_COUNT || cell->kind == NPT_CELL_NUMBER)
        npt__book_number(sheet, style_of(cell, column->unit), cell);
    else
        npt__book_text(book, sheet,
                       lacks_value(cell) && column->unit != NPT_UNIT_TEXT ? NPT__BOOK_WORDS
                                                                          : NPT__BOOK_WRAPPED,
                       in_words(cell));
}

/* "Mean: withheld (fewer than 10 people)": of each cell without a value. */
static void put_reasons(struct npt__book *book, struct npt__book_sheet *sheet,
                        const npt_table *table, const struct npt_cell *cells)
{
    npt__buffer text = {0};
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        if (!lacks_value(&cells[i]))
            continue;
        npt__buffer_print(&text, "%s%s: ", text.length ? "; " : "", sheet->headers[i]);
        const char *reason = cells[i].kind == NPT_CELL_WITHHELD ? cells[i].reason : NULL;
        const bool whole = reason && strncmp(reason, "withheld", strlen("withheld")) == 0;
        npt__buffer_puts(&text, whole ? reason : in_words(&cells[i]));
        if (reason && !whole)
            npt__buffer_print(&text, " (%s)", reason);
    }
    npt__book_text(book, sheet, NPT__BOOK_WRAPPED, text.length ? text.bytes : "none");
    npt__buffer_release(&text);
}

static void add_table_sheet(struct npt__book *book, const struct npt__document_table *shown,
                            const char *name)
{
    const npt_table *table = shown->table;
    const bool notes = any_lacks_value(table);
    size_t width, rows = npt_table_row_count(table);
    const char *const *headers = npt__book_distinct(book->arena, table, notes, &width);
    struct npt__book_sheet *sheet = npt__book_add(book, name, width ? width : 1);
    const size_t most = rows < NPT__BOOK_MOST_ROWS ? rows : NPT__BOOK_MOST_ROWS;
    npt__book_line(book, sheet, NPT__BOOK_TITLE,
                   npt__arena_print(book->arena, "Table %zu: %s", shown->number, shown->caption));
    npt__book_line(
        book, sheet, NPT__BOOK_PLAIN,
        rows == 0     ? "This table has no rows."
        : most < rows ? npt__arena_print(book->arena, "This sheet holds the first %zu of %zu rows.",
                                         most, rows)
        : notes       ? "This sheet holds one table. The column at its end says why a cell has "
                        "no number."
                      : "This sheet holds one table.");
    npt__book_line(book, sheet, NPT__BOOK_LINK, "Back to the contents");
    npt__book_link(sheet, "Cover");
    if (!width)
        return;
    npt__book_headers(book, sheet, npt__arena_print(book->arena, "Table_%zu", shown->number),
                      headers, width);
    for (size_t row = 0; row < most; row++) {
        const struct npt_cell *cells = npt_table_row(table, row);
        npt__book_start_row(sheet);
        for (size_t i = 0; i < npt_table_column_count(table); i++)
            put_cell(book, sheet, npt_table_column(table, i), &cells[i]);
        if (notes)
            put_reasons(book, sheet, table, cells);
        npt__book_end_row(sheet);
    }
}

/* ---- cover and notes ------------------------------------------------------------------------- */

static void fill_notes(struct npt__book *book, struct npt__book_sheet *sheet,
                       const struct npt__report_document *document)
{
    static const char *const headers[] = {"Section", "Kind", "Text"};
    const struct npt__document_sentence *sentences;
    const size_t count = npt__document_sentences(document, book->arena, &sentences);
    npt__book_line(book, sheet, NPT__BOOK_TITLE, "Notes");
    npt__book_line(book, sheet, NPT__BOOK_PLAIN,
                   "What the report says in words, and notes to its tables.");
    npt__book_line(book, sheet, NPT__BOOK_LINK, "Back to the contents");
    npt__book_link(sheet, "Cover");
    npt__book_headers(book, sheet, "Notes_of_the_report", headers, 3);
    for (size_t i = 0; i < count; i++) {
        const char *section = sentences[i].section;
        npt__book_start_row(sheet);
        npt__book_text(book, sheet, NPT__BOOK_WRAPPED, *section ? section : "The whole report");
        npt__book_text(book, sheet, NPT__BOOK_WRAPPED, sentences[i].kind);
        npt__book_text(book, sheet, NPT__BOOK_WRAPPED, sentences[i].text);
        npt__book_end_row(sheet);
    }
}

static void put_content(struct npt__book *book, struct npt__book_sheet *cover, const char *name,
                        const char *what, const char *section)
{
    npt__book_start_row(cover);
    npt__book_text(book, cover, NPT__BOOK_LINK, name);
    npt__book_link(cover, name);
    npt__book_text(book, cover, NPT__BOOK_WRAPPED, what);
    npt__book_text(book, cover, NPT__BOOK_WRAPPED, *section ? section : "The whole report");
    npt__book_end_row(cover);
}

/* Filled last: it says how many texts were cut. */
static void fill_cover(struct npt__book *book, struct npt__book_sheet *cover,
                       const struct npt__report_document *document,
                       const struct npt__document_tables *tables)
{
    static const char *const headers[] = {"Sheet", "What it holds", "Section of the report"};
    npt__book_line(book, cover, NPT__BOOK_TITLE, document->title);
    if (document->subtitle)
        npt__book_line(book, cover, NPT__BOOK_PLAIN, document->subtitle);
    npt__book_line(book, cover, NPT__BOOK_PLAIN,
                   "Each table of the report stands on a sheet of its own, a row for each "
                   "combination. Pictures are in the HTML and Word reports.");
    npt__book_line(book, cover, NPT__BOOK_PLAIN,
                   "\"withheld\" stands for a number that could tell of single people; other words "
                   "in place of a number say why there is none.");
    if (book->cut)
        npt__book_line(book, cover, NPT__BOOK_PLAIN,
                       npt__arena_print(book->arena,
                                        "Texts that were cut, as a cell holds no more than 32,767 "
                                        "characters: %zu.",
                                        book->cut));
    if (document->closing)
        npt__book_line(book, cover, NPT__BOOK_PLAIN, document->closing);
    npt__book_headers(book, cover, "Contents", headers, 3);
    put_content(book, cover, "Notes", "What the report says in words, and notes to tables", "");
    for (size_t i = 0; i < tables->count; i++)
        put_content(book, cover, book->sheets.items[i + 2]->name,
                    npt__arena_print(book->arena, "Table %zu: %s", tables->items[i].number,
                                     tables->items[i].caption),
                    tables->items[i].section);
}

static void write_xlsx(npt_output *output, const struct npt__report_document *document)
{
    struct npt__book book = {.arena = npt__arena_new()};
    book.strings.ceiling = SIZE_MAX / 2;
    const struct npt__document_tables tables = npt__document_tables(document, book.arena);
    struct npt__book_sheet *cover = npt__book_add(&book, "Cover", 3);
    struct npt__book_sheet *notes = npt__book_add(&book, "Notes", 3);
    for (size_t i = 0; i < tables.count; i++) {
        const struct npt__document_table *table = &tables.items[i];
        add_table_sheet(
            &book, table,
            npt__book_sheet_name(book.arena, table->number, npt_table_name(table->table)));
    }
    fill_notes(&book, notes, document);
    fill_cover(&book, cover, document, &tables);
    npt__book_finish(&book, document, output);
    for (size_t i = 0; i < book.sheets.count; i++) {
        npt__buffer_release(&book.sheets.items[i]->rows);
        npt__buffer_release(&book.sheets.items[i]->links);
        npt__buffer_release(&book.sheets.items[i]->cells);
    }
    npt__array_release(&book.sheets);
    npt__buffer_release(&book.strings);
    npt__buffer_release(&book.plain);
    npt__arena_free(book.arena);
}

const npt_report_format npt__report_xlsx = {.name = "xlsx",
                                            .extension = ".xlsx",
                                            .summary =
                                                "for Excel: every table with all its numbers",
                                            .write = write_xlsx};
