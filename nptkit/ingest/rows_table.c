/* rows_table.c - header rows, and checks of the rows below them.
 *
 * The first rows are held as copies until it is clear which of them are header rows; those that are
 * not are then handed over as a block of their own. Faults of rows are kept in their block, so that
 * they are said in the order of the file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rows_table.h"

#include "../base/unicode.h"

#include <string.h>

#define MOST_COLUMNS ((size_t)10000)
#define MOST_HEADER_ROWS 3u
#define KEPT_FAULTS 20u /* of a block: no more are shown of a file */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void npt__rows_fault(npt__rows *rows, const struct npt__place *place, const char *message,
                     const char *hint)
{
    rows->is_faulty = true;
    npt__say(rows->diags, NPT_ERROR, place, "%s", message);
    npt__hint(rows->diags, "%s", hint);
}

static bool is_blank(const struct npt__field *field)
{
    const char *text = field->text;
    if (field->length == 0)
        return true;
    return (unsigned char)*text <= ' ' && npt__trim(&text, field->length) == 0;
}

/* Whether the fields from `first` on are all blank. */
static bool are_blank(const struct npt__row *row, size_t first)
{
    for (size_t i = first; i < row->count; i++)
        if (!is_blank(&row->fields[i]))
            return false;
    return true;
}

/* ---- rows ------------------------------------------------------------------------------------ */

enum fault_kind { TOO_SHORT, TOO_LONG, BEYOND_COLUMNS, HEADER_AGAIN, MARK_AGAIN };

struct row_fault {
    enum fault_kind kind;
    struct npt__spot spot;
    size_t count; /* the fields of the row */
};

struct rows_block {
    npt__rows *rows;
    void *block; /* the handler's */
    size_t handed_over, empty, fault_count;
    struct row_fault faults[KEPT_FAULTS];
    struct npt__field *padded; /* room for a row that is shorter than the header */
};

void *npt__rows_begin(void *user)
{
    npt__rows *rows = user;
    struct rows_block *block = npt__allocate(sizeof *block);
    block->rows = rows;
    block->handed_over = block->empty = block->fault_count = 0;
    block->padded = NULL;
    block->block = rows->handler->begin(rows->user);
    return block;
}

static void add_fault(struct rows_block *block, enum fault_kind kind, const struct npt__row *row,
                      size_t field)
{
    if (block->fault_count < KEPT_FAULTS)
        block->faults[block->fault_count] =
            (struct row_fault){kind, npt__row_spot(row, field), row->count};
    block->fault_count++;
}

/* Whether the cells below all names are these names. */
static bool is_header_again(const npt__rows *rows, const struct npt__row *row)
{
    const struct npt__row *header = &rows->held.items[0];
    for (size_t i = 0; i < header->count; i++) {
        const size_t length = header->fields[i].length;
        if (length && (i >= row->count || row->fields[i].length != length ||
                       memcmp(row->fields[i].text, header->fields[i].text, length) != 0))
            return false;
    }
    return true;
}

static bool is_marked_again(const struct npt__row *row)
{
    return row->raw && strncmp(row->fields[0].text, BYTE_ORDER_MARK, 3) == 0;
}

/* A row of a sheet ends with its last value: the cells after it are empty. */
static const struct npt__field *pad(struct rows_block *block, const struct npt__row *row)
{
    const size_t columns = block->rows->columns.count;
    if (!block->padded)
        block->padded = npt__allocate(columns * sizeof *block->padded);
    memcpy(block->padded, row->fields, row->count * sizeof *row->fields);
    for (size_t i = row->count; i < columns; i++)
        block->padded[i] = (struct npt__field){.text = ""};
    return block->padded;
}

/* Makes a row as wide as the header; false where it has too many fields, or too few. */
static bool check_width(struct rows_block *block, struct npt__row *row)
{
    const bool is_sheet = block->rows->kind == NPT__ROWS_XLSX;
    const size_t columns = block->rows->columns.count;
    if (row->count > columns && (row->count > MOST_COLUMNS || !are_blank(row, columns))) {
        add_fault(block, is_sheet ? BEYOND_COLUMNS : TOO_LONG, row, columns);
        return false;
    }
    if (row->count < columns && !is_sheet) {
        add_fault(block, TOO_SHORT, row, row->count);
        return false;
    }
    if (row->count < columns)
        row->fields = pad(block, row);
    row->count = columns;
    return true;
}

/* Finds what is wrong with a row that has a value. */
static bool check_row(struct rows_block *block, struct npt__row *row)
{
    const bool is_marked = is_marked_again(row);
    if (is_marked || is_header_again(block->rows, row)) {
        add_fault(block, is_marked ? MARK_AGAIN : HEADER_AGAIN, row, 0);
        return false;
    }
    return check_width(block, row);
}

void npt__rows_take(void *user, const struct npt__row *row)
{
    struct rows_block *block = user;
    const npt__rows *rows = block->rows;
    if (are_blank(row, 0)) {
        block->empty++;
        return;
    }
    struct npt__row checked = *row;
    if (rows->kind != NPT__ROWS_DATA && !check_row(block, &checked))
        return;
    block->handed_over++;
    rows->handler->row(block->block, &checked);
}

static void say_fault(npt__rows *rows, const struct row_fault *fault)
{
    const struct npt__place place = npt__rows_place(rows, fault->spot);
    const size_t count = fault->count > MOST_COLUMNS ? MOST_COLUMNS : fault->count;
    rows->is_faulty = true;
    switch (fault->kind) {
    case TOO_SHORT:
    case TOO_LONG:
        npt__say(rows->diags, NPT_ERROR, &place, "row has %s%zu field%s, the header %zu",
                 fault->count > MOST_COLUMNS ? "more than " : "", count, count == 1 ? "" : "s",
                 rows->columns.count);
        npt__hint(rows->diags, "a field that holds %s must stand in quotes",
                  fault->kind == TOO_SHORT ? "a line end" : "the delimiter");
        break;
    case BEYOND_COLUMNS:
        npt__rows_fault(rows, &place, "has a value to the right of the header",
                        "name its column in the header row, or clear the cell");
        break;
    case HEADER_AGAIN:
        npt__rows_fault(rows, &place, "the header stands here again",
                        "two files were pasted together; take this row out");
        break;
    case MARK_AGAIN:
        npt__rows_fault(rows, &place, "a byte order mark, as another file begins here",
                        "two files were pasted together; take this row out if it is a header");
        break;
    }
}

void npt__rows_end(void *user, void *state)
{
    npt__rows *rows = user;
    struct rows_block *block = state;
    for (size_t i = 0; i < block->fault_count && i < KEPT_FAULTS; i++)
        say_fault(rows, &block->faults[i]);
    /* they are counted, and not shown any more */
    for (size_t i = KEPT_FAULTS; i < block->fault_count; i++)
        npt__say(rows->diags, NPT_ERROR, &(struct npt__place){.file = rows->path}, "ragged rows");
    rows->account.rows += block->handed_over;
    rows->account.empty_rows += block->empty;
    rows->handler->end(rows->user, block->block);
    npt__release(block->padded);
    npt__release(block);
}

/* ---- header rows ----------------------------------------------------------------------------- */

static struct npt__row copy_row(npt__arena *arena, const struct npt__row *row)
{
    struct npt__field *fields = npt__arena_array(arena, row->count, sizeof *fields);
    for (size_t i = 0; i < row->count; i++) {
        const struct npt__field *field = &row->fields[i];
        fields[i].text = npt__arena_copy(arena, field->text, field->length);
        fields[i].length = field->length;
        /* all that is asked of it later is whether there is a quote before the text */
        fields[i].raw = field->raw == field->text ? fields[i].text : field->raw ? "\"" : NULL;
    }
    struct npt__row copy = *row;
    copy.fields = fields;
    copy.raw = row->raw ? "" : NULL;
    return copy;
}

/* Qualtrics writes three header rows: names, wordings, and an id for each in JSON. */
static bool is_qualtrics(const npt__rows *rows)
{
    static const char start[] = "{\"ImportId\":";
    if (rows->held.count < MOST_HEADER_ROWS)
        return false;
    const struct npt__row *third = &rows->held.items[2];
    for (size_t i = 0; i < third->count; i++)
        if (!is_blank(&third->fields[i]))
            return strncmp(third->fields[i].text, start, sizeof start - 1) == 0;
    return false;
}

static void make_columns(npt__rows *rows, size_t header_rows)
{
    const struct npt__row *names = &rows->held.items[0];
    const struct npt__row *wordings =
        header_rows > 1 && rows->held.count > 1 ? &rows->held.items[1] : NULL;
    struct npt__column *columns = npt__arena_array(rows->arena, names->count, sizeof *columns);
    for (size_t i = 0; i < names->count; i++) {
        columns[i].name = names->fields[i].text;
        columns[i].wording = wordings && i < wordings->count ? wordings->fields[i].text : "";
    }
    rows->columns = (struct npt__columns){columns, names->count};
}

/* Hands over what was held and is no header row; these must only be as wide as the first one. */
static void hand_over_held(npt__rows *rows, size_t header_rows)
{
    struct rows_block *const block = npt__rows_begin(rows);
    for (size_t i = 1; i < rows->held.count; i++) {
        struct npt__row row = rows->held.items[i];
        if (i < header_rows)
            check_width(block, &row);
        else
            npt__rows_take(block, &row);
    }
    npt__rows_end(rows, block);
}

static enum npt__csv_head settle(npt__rows *rows)
{
    rows->is_settled = true;
    const struct npt__row *first = &rows->held.items[0];
    if (first->count > MOST_COLUMNS) {
        const struct npt__place place = npt__rows_place(rows, npt__row_spot(first, MOST_COLUMNS));
        npt__rows_fault(rows, &place, "has more than 10,000 columns",
                        "is this a table of answers, one respondent a row?");
        rows->is_stopped = true;
        return NPT__CSV_HEAD_STOP;
    }
    const bool has_three = rows->header_rows == MOST_HEADER_ROWS || is_qualtrics(rows);
    const size_t header_rows = has_three ? MOST_HEADER_ROWS : 1;
    make_columns(rows, header_rows);
    if (!rows->handler->columns(rows->user, &rows->columns)) {
        rows->is_stopped = true;
        return NPT__CSV_HEAD_STOP;
    }
    hand_over_held(rows, header_rows);
    return NPT__CSV_HEAD_WAS_LAST;
}

enum npt__csv_head npt__rows_take_head(void *user, const struct npt__row *row)
{
    npt__rows *rows = user;
    if (!row)
        return rows->is_settled || !rows->held.count ? NPT__CSV_HEAD_STOP : settle(rows);
    if (are_blank(row, 0)) {
        rows->account.empty_rows++;
        return NPT__CSV_HEAD_GOES_ON;
    }
    /* Excel's own line on the delimiter ("sep=;"), which it does not show to anybody. */
    if (!rows->held.count && row->count <= 2 && strncmp(row->fields[0].text, "sep=", 4) == 0)
        return NPT__CSV_HEAD_GOES_ON;
    *npt__array_add(&rows->held) = copy_row(rows->arena, row);
    if (rows->header_rows != 1 && rows->held.count < MOST_HEADER_ROWS)
        return NPT__CSV_HEAD_GOES_ON;
    return settle(rows);
}
