/* rows.c - the one door for tables of answers: tells what a file is, and has it read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rows.h"

#include "../base/file.h"
#include "../base/unicode.h"
#include "data_file.h"
#include "rows_table.h"

#include <string.h>

#define ROWS_OF_A_BLOCK 4096u /* of a workbook */
#define LONGEST_START 16u

/* ---- what a file is -------------------------------------------------------------------------- */

struct start {
    size_t length;
    unsigned char bytes[LONGEST_START];
};

static bool take_start(void *user, const char *bytes, size_t length)
{
    struct start *start = user;
    start->length = length < LONGEST_START ? length : LONGEST_START;
    memcpy(start->bytes, bytes, start->length);
    return false;
}

static bool starts_with(const struct start *start, const char *bytes, size_t length)
{
    return start->length >= length && memcmp(start->bytes, bytes, length) == 0;
}

#define STARTS_WITH(start, literal) starts_with(start, literal, sizeof(literal) - 1)

/* Stata before release 13: the release, the byte order (1 or 2), and a 1. */
static bool is_old_stata(const struct start *start)
{
    const unsigned char *bytes = start->bytes;
    return start->length >= 4 && bytes[0] >= 102 && bytes[0] <= 119 &&
           (bytes[1] == 1 || bytes[1] == 2) && bytes[2] == 1;
}

/* SPSS with a password; the reader of data files says so. */
static bool is_encrypted(const struct start *start)
{
    static const char mark[] = "ENCRYPT";
    return start->length >= 8 + sizeof mark - 1 &&
           memcmp(start->bytes + 8, mark, sizeof mark - 1) == 0;
}

static enum npt_status find_kind(enum npt__rows_kind *kind, const char *path, npt_diags *diags)
{
    struct start start = {0};
    *kind = NPT__ROWS_CSV;
    if (npt__file_stream(path, take_start, &start, diags) != NPT_OK)
        return NPT_BAD_INPUT;
    /* An old workbook or one that a password protects: the reader of workbooks tells which. */
    if (STARTS_WITH(&start, "PK\3\4") || STARTS_WITH(&start, "PK\5\6") ||
        STARTS_WITH(&start, "\xD0\xCF\x11\xE0"))
        *kind = NPT__ROWS_XLSX;
    else if (STARTS_WITH(&start, "$FL2") || STARTS_WITH(&start, "$FL3") ||
             STARTS_WITH(&start, "<stata_dta>") || is_old_stata(&start) || is_encrypted(&start))
        *kind = NPT__ROWS_DATA;
    return NPT_OK;
}

bool npt__rows_need_process(const char *path)
{
    enum npt__rows_kind kind;
    npt_diags *silent = npt_diags_new();
    const enum npt_status status = find_kind(&kind, path, silent);
    npt_diags_free(silent);
    return status == NPT_OK && kind == NPT__ROWS_DATA;
}

/* ---- the readers ----------------------------------------------------------------------------- */

static enum npt_status read_csv(npt__rows *rows, const struct npt__rows_options *options)
{
    static const struct npt__csv_blocks_handler handler = {npt__rows_take_head, npt__rows_begin,
                                                           npt__rows_take, npt__rows_end};
    const struct npt__csv_blocks_options blocks = {.threads = options->threads,
                                                   .block_size = options->block_size};
    return npt__csv_blocks_read(rows->path, &blocks, &handler, rows, rows->diags);
}

struct sheet {
    npt__rows *rows;
    void *block; /* NULL: none is open */
    size_t count;
};

static bool take_sheet_row(void *user, const struct npt__row *row)
{
    struct sheet *sheet = user;
    npt__rows *rows = sheet->rows;
    if (!rows->is_settled)
        return npt__rows_take_head(rows, row) != NPT__CSV_HEAD_STOP;
    if (!sheet->block)
        sheet->block = npt__rows_begin(rows);
    npt__rows_take(sheet->block, row);
    if (++sheet->count % ROWS_OF_A_BLOCK == 0) {
        npt__rows_end(rows, sheet->block);
        sheet->block = NULL;
    }
    return true;
}

static enum npt_status read_workbook(npt__rows *rows, const struct npt__rows_options *options)
{
    struct sheet sheet = {.rows = rows};
    const enum npt_status status =
        npt__xlsx_read(rows->path, options->sheet, rows->arena, &rows->workbook, take_sheet_row,
                       &sheet, rows->diags);
    if (sheet.block)
        npt__rows_end(rows, sheet.block);
    npt__rows_take_head(rows, NULL);
    rows->account.hidden_rows = rows->workbook.hidden_rows;
    rows->account.sheet = rows->workbook.sheet;
    return status;
}

static bool take_variables(void *user, const struct npt__columns *columns)
{
    npt__rows *rows = user;
    rows->columns = *columns;
    rows->is_settled = true;
    rows->is_stopped = !rows->handler->columns(rows->user, columns);
    return !rows->is_stopped;
}

static enum npt_status read_data_file(npt__rows *rows)
{
    static const struct npt__rows_handler handler = {take_variables, npt__rows_begin,
                                                     npt__rows_take, npt__rows_end};
    struct npt__rows_account account = {0};
    const enum npt_status status =
        npt__data_file_read(rows->path, rows->arena, &handler, rows, &account, rows->diags);
    rows->account.empty_rows += account.empty_rows;
    return status;
}

static enum npt_status read_kind(npt__rows *rows, const struct npt__rows_options *options)
{
    switch (rows->kind) {
    case NPT__ROWS_CSV:
        return read_csv(rows, options);
    case NPT__ROWS_XLSX:
        return read_workbook(rows, options);
    case NPT__ROWS_DATA:
        return read_data_file(rows);
    }
    return NPT_BAD_INPUT;
}

enum npt_status npt__rows_read(npt__rows **rows, const char *path,
                               const struct npt__rows_options *options,
                               const struct npt__rows_handler *handler, void *user,
                               npt_diags *diags)
{
    npt__rows *opened = npt__allocate(sizeof *opened);
    *opened = (npt__rows){.arena = npt__arena_new(),
                          .header_rows = options->header_rows,
                          .handler = handler,
                          .user = user,
                          .diags = diags};
    opened->path = npt__arena_string(opened->arena, path);
    *rows = opened;
    if (find_kind(&opened->kind, opened->path, diags) != NPT_OK)
        return NPT_BAD_INPUT;
    const enum npt_status status = read_kind(opened, options);
    if (status != NPT_OK)
        return status;
    const struct npt__place place = {.file = opened->path};
    if (!opened->is_settled)
        npt__rows_fault(opened, &place, "has no row with a value",
                        "was it saved or copied to its end?");
    else if (!opened->is_stopped && !opened->is_faulty && !opened->account.rows)
        npt__rows_fault(opened, &place, "has a header and no rows",
                        "export it again, with its answers");
    return opened->is_faulty || opened->is_stopped ? NPT_BAD_INPUT : NPT_OK;
}

void npt__rows_free(npt__rows *rows)
{
    if (!rows)
        return;
    npt__array_release(&rows->held);
    npt__buffer_release(&rows->cell);
    npt__arena_free(rows->arena);
    npt__release(rows);
}

enum npt__rows_kind npt__rows_kind(const npt__rows *rows)
{
    return rows->kind;
}

struct npt__rows_account npt__rows_account(const npt__rows *rows)
{
    return rows->account;
}

/* ---- places ---------------------------------------------------------------------------------- */

static size_t count_quotes(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '"';
    return count;
}

/* Moves a spot past a field as it stands in the file. Splitting has taken its quotes away, but
   where it had some every quote in it was written twice. */
static void move_past(struct npt__spot *spot, const struct npt__field *field)
{
    const bool quoted = field->raw != field->text;
    size_t start = 0;
    for (size_t i = 0; quoted && i < field->length; i++) {
        const bool is_cr = field->text[i] == '\r' && field->text[i + 1] != '\n';
        if (is_cr || field->text[i] == '\n') {
            spot->line++;
            start = i + 1;
        }
    }
    const char *const text = field->text + start;
    const size_t length = field->length - start;
    const size_t quotes = quoted ? count_quotes(text, length) + (start ? 1 : 2) : 0;
    spot->column = (start ? 1 : spot->column) + npt__utf8_count(text, length) + quotes;
}

struct npt__spot npt__row_spot(const struct npt__row *row, size_t field)
{
    if (!row->raw)
        return (struct npt__spot){.line = row->line, .column = field + 1};
    struct npt__spot spot = {.line = row->line, .column = 1};
    for (size_t i = 0; i < field && i < row->count; i++) {
        move_past(&spot, &row->fields[i]);
        spot.column += i + 1 < row->count; /* the delimiter */
    }
    return spot;
}

struct npt__place npt__rows_place(npt__rows *rows, struct npt__spot spot)
{
    struct npt__place place = {.file = rows->path, .line = spot.line, .column = spot.column};
    npt__buffer_clear(&rows->cell);
    if (rows->kind == NPT__ROWS_XLSX) {
        char name[64];
        npt__xlsx_cell_name(name, sizeof name, spot.line, spot.column);
        if (rows->workbook.sheet)
            npt__buffer_print(&rows->cell, "%s!", rows->workbook.sheet);
        npt__buffer_puts(&rows->cell, name);
    } else if (rows->kind == NPT__ROWS_DATA) {
        const size_t variable = spot.column - 1;
        if (variable < rows->columns.count)
            npt__buffer_print(&rows->cell, "%s, ", rows->columns.items[variable].name);
        npt__buffer_print(&rows->cell, "row %zu", spot.line);
    }
    if (rows->cell.length)
        place.cell = rows->cell.bytes;
    return place;
}
