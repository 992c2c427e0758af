/* xlsx_sheet.c - the rows and cells of a sheet, as they inflate.
 *
 * What a cell holds is collected at the end of the row's text and made into its value when the cell ends;
 * shared strings are pointed at. Cells must come in order: programs write them so, and then a row is done when
 * it ends.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_parts.h"

#include <string.h>

#define LARGEST_PART ((uint64_t)16 << 30)
#define LARGEST_ROW ((size_t)64 << 20)
#define MOST_ROWS 1048576u
#define MOST_COLUMNS 10000u
#define MOST_FIELDS 500000000u /* handed over: a value far to the right makes a row of many */
#define LAST_COLUMN 16384u     /* XFD: of the format, not of ours */
#define LONGEST_QUOTE 20u

static const char damaged[] =
    "the workbook is damaged; open it in a spreadsheet program and save it again";

enum cell_type { NUMBER, SHARED, TEXT, INLINE, BOOLEAN, FAILURE, DATE };

/* A cell of the current row that has a value. */
struct cell {
    size_t column, length;
    size_t start;       /* in the row's text ... */
    const char *shared; /* ... unless it is one of the shared strings */
};

struct reader {
    struct npt__sheet_reading *reading;
    const struct npt__workbook *workbook;
    npt_diags *diags;
    bool peeks, found; /* whether it looks for a value only, and has seen one */
    bool faulty;
    size_t depth;
    bool in_data, in_row, in_cell, in_inline, in_phonetic, collects;
    size_t row, column; /* from 1; of the open row and cell, or the last ones */
    bool row_has_cell, row_is_hidden;
    enum cell_type type;
    size_t style, start; /* of the open cell: its style, and where its text begins */
    bool has_formula, has_value, is_dropped;
    npt__buffer text; /* of the row */
    NPT__ARRAY(struct cell) cells;
    NPT__ARRAY(struct npt__field) fields; /* all empty but while a row is handed over */
    size_t handed_over;                   /* fields, in all rows */
    npt__buffer place;
};

enum token { WORKSHEET, SHEET_DATA, ROW, CELL, VALUE, FORMULA, INLINE_STRING, RUN_TEXT, PHONETIC };
static const char *const tokens[] = {"worksheet", "sheetData", "row", "c",   "v",
                                     "f",         "is",        "t",   "rPh", NULL};

/* ---- faults ---------------------------------------------------------------------------------- */

/* Where the open cell is. */
static struct npt__place cell_place(struct reader *reader)
{
    char name[32];
    npt__xlsx_cell_name(name, sizeof name, reader->row, reader->column);
    npt__buffer_clear(&reader->place);
    npt__buffer_print(&reader->place, "%s!%s", reader->reading->sheet->name, name);
    return (struct npt__place){.file = reader->workbook->package->path,
                               .cell = npt__buffer_string(&reader->place)};
}

/* A fault of the open cell, which then counts as empty. */
static void cell_fault(struct reader *reader, const char *fault, const char *hint)
{
    const struct npt__place place = cell_place(reader);
    npt__say(reader->diags, NPT_ERROR, &place, "%s", fault);
    npt__hint(reader->diags, "%s", hint);
    reader->faulty = reader->is_dropped = true;
    reader->collects = false;
}

/* A fault after which nothing of the sheet can be believed. */
static void row_fault(struct reader *reader, npt__xml *xml, const char *fault, const char *hint)
{
    const struct npt__place place = {
        .file = npt__xlsx_label(reader->workbook->package, reader->reading->sheet->member),
        .line = npt__xml_start_line(xml)};
    npt__say(reader->diags, NPT_ERROR, &place, "%s", fault);
    npt__hint(reader->diags, "%s", hint);
    reader->faulty = true;
    npt__xml_stop(xml);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* Reads digits; 0 where they are none or more than `most`. */
static size_t read_number(const char *text, size_t length, size_t most)
{
    size_t number = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        number = number * 10 + (size_t)(text[i] - '0');
        if (number > most)
            return 0;
    }
    return number;
}

static void start_row(struct reader *reader, npt__xml *xml, const struct npt__element *element)
{
    const struct npt__attribute *number = npt__xml_find(element, "r");
    const size_t last = reader->row;
    reader->row = number ? read_number(number->value, number->length, MOST_ROWS) : last + 1;
    if (!reader->row || reader->row > MOST_ROWS) {
        row_fault(reader, xml, "a row has a number that is none, or beyond 1,048,576", damaged);
        return;
    }
    if (reader->row <= last) {
        row_fault(reader, xml, "rows stand twice or out of order", damaged);
        return;
    }
    reader->in_row = true;
    reader->column = 0;
    reader->row_has_cell = false;
    reader->row_is_hidden = npt__xlsx_is_true(npt__xml_find(element, "hidden"));
    reader->cells.count = 0;
    npt__buffer_clear(&reader->text);
}

static void make_room(struct reader *reader, size_t count)
{
    while (reader->fields.count < count)
        *npt__array_add(&reader->fields) = (struct npt__field){.text = ""};
}

static void deliver_row(struct reader *reader, npt__xml *xml)
{
    const size_t cells = reader->cells.count;
    const size_t count = cells ? reader->cells.items[cells - 1].column : 0;
    reader->handed_over += count;
    if (reader->handed_over > MOST_FIELDS) {
        row_fault(reader, xml, "holds more than 500,000,000 cells, the empty ones between counted",
                  "is this a table of answers, one respondent a row?");
        return;
    }
    make_room(reader, count ? count : 1);
    for (size_t i = 0; i < cells; i++) {
        const struct cell *cell = &reader->cells.items[i];
        reader->fields.items[cell->column - 1] = (struct npt__field){
            .text = cell->shared ? cell->shared : reader->text.bytes + cell->start,
            .length = cell->length};
    }
    const struct npt__row row = {
        .fields = reader->fields.items, .count = count, .line = reader->row};
    reader->reading->hidden_rows += reader->row_is_hidden;
    if (!reader->reading->row(reader->reading->user, &row))
        npt__xml_stop(xml);
    for (size_t i = 0; i < cells; i++)
        reader->fields.items[reader->cells.items[i].column - 1] = (struct npt__field){.text = ""};
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* Takes a reference such as "C14" apart; false where it is none. */
static bool read_reference(const struct npt__attribute *reference, size_t *row, size_t *column)
{
    size_t at = 0;
    *column = 0;
    while (at < reference->length && reference->value[at] >= 'A' && reference->value[at] <= 'Z') {
        *column = *column * 26 + (size_t)(reference->value[at++] - 'A') + 1;
        if (*column > LAST_COLUMN)
            return false;
    }
    *row = read_number(reference->value + at, reference->length - at, MOST_ROWS);
    return *column && *row;
}

/* Finds out where the cell is; false after a fault. */
static bool place_cell(struct reader *reader, const struct npt__attribute *reference)
{
    const size_t last = reader->column;
    size_t row = reader->row, column = last + 1;
    const bool valid = !reference || read_reference(reference, &row, &column);
    reader->column = last + 1;
    if (!valid || row != reader->row) {
        const struct npt__place place = cell_place(reader);
        npt__say(reader->diags, NPT_ERROR, &place, "a cell calls itself '%.*s' here",
                 (int)(reference->length < LONGEST_QUOTE ? reference->length : LONGEST_QUOTE),
                 reference->value);
        npt__hint(reader->diags, "%s", damaged);
        reader->faulty = true;
        return false;
    }
    reader->column = column;
    if (column > last)
        return true;
    cell_fault(reader, "cells stand twice or out of order", damaged);
    reader->column = last;
    return false;
}

static enum cell_type find_type(const struct npt__attribute *attribute)
{
    if (!attribute)
        return NUMBER;
    switch (attribute->length == 1 ? attribute->value[0] : '\0') {
    case 'n':
        return NUMBER;
    case 's':
        return SHARED;
    case 'b':
        return BOOLEAN;
    case 'e':
        return FAILURE;
    case 'd':
        return DATE;
    default:
        return npt__xlsx_is(attribute, "inlineStr") ? INLINE : TEXT; /* "str" */
    }
}

static void start_cell(struct reader *reader, const struct npt__element *element)
{
    const struct npt__attribute *reference = NULL, *type = NULL;
    reader->style = 0;
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct npt__attribute *attribute = &element->attributes[i];
        if (attribute->name[1])
            continue;
        if (attribute->name[0] == 'r')
            reference = attribute;
        else if (attribute->name[0] == 't')
            type = attribute;
        else if (attribute->name[0] == 's')
            reader->style = read_number(attribute->value, attribute->length, UINT32_MAX);
    }
    reader->row_has_cell = true;
    reader->type = find_type(type);
    reader->start = reader->text.length;
    reader->has_formula = reader->has_value = reader->is_dropped = false;
    reader->in_inline = reader->in_phonetic = reader->collects = false;
    reader->in_cell = place_cell(reader, reference);
}

/* Puts a value in place of the text that was collected. */
static void replace_text(struct reader *reader, const char *value, size_t length)
{
    reader->text.length = reader->start;
    npt__buffer_add(&reader->text, value, length);
}

static void add_cell(struct reader *reader, size_t start, size_t length)
{
    reader->text.length = start + length;
    if (!npt__buffer_putc(&reader->text, '\0'))
        cell_fault(reader, "its row holds more than 64 MB of text", damaged);
    else
        *npt__array_add(&reader->cells) = (struct cell){reader->column, length, start, NULL};
}

static void add_shared(struct reader *reader, const char *text, size_t length)
{
    const struct npt__xlsx_strings *strings = reader->reading->strings;
    const size_t index = read_number(text, length, UINT32_MAX);
    const bool valid = index || (length && text[0] == '0');
    if (!valid || index >= strings->starts.count) {
        cell_fault(reader,
                   strings->starts.count ? "refers to a shared string that is not there"
                                         : "refers to shared strings, and the file has none",
                   damaged);
        return;
    }
    const size_t start = strings->starts.items[index];
    const size_t end =
        index + 1 < strings->starts.count ? strings->starts.items[index + 1] : strings->text.length;
    if (end - start > 1) /* more than its NUL */
        *npt__array_add(&reader->cells) =
            (struct cell){reader->column, end - start - 1, 0, strings->text.bytes + start};
}

static void add_number(struct reader *reader, size_t start, size_t length)
{
    const struct npt__workbook *workbook = reader->workbook;
    const char *text = reader->text.bytes + start;
    char written[NPT__XLSX_LONGEST_VALUE];
    const enum npt__xlsx_format format =
        reader->style < workbook->format_count
            ? (enum npt__xlsx_format)workbook->formats[reader->style]
            : NPT__XLSX_NUMBER;
    size_t size = 0;
    if (format != NPT__XLSX_NUMBER)
        size = npt__xlsx_date(written, text, length, format, workbook->from_1904);
    if (!size)
        size = npt__xlsx_number(written, text, length);
    if (size) {
        replace_text(reader, written, size);
        start = reader->start;
        length = size;
    }
    add_cell(reader, start, length);
}

static void add_boolean(struct reader *reader, size_t start, size_t length)
{
    const struct npt__attribute value = {.value = reader->text.bytes + start, .length = length};
    const char *name = npt__xlsx_is_true(&value) ? "TRUE" : "FALSE";
    replace_text(reader, name, strlen(name));
    add_cell(reader, reader->start, strlen(name));
}

/* Makes what was collected into the cell's value. */
static void add_value(struct reader *reader, size_t length)
{
    size_t start = reader->start;
    char *text = reader->text.bytes + start;
    if (reader->type == TEXT || reader->type == INLINE) {
        length = npt__xlsx_unescape(text, length);
        if (length)
            add_cell(reader, start, length);
        return;
    }
    const char *trimmed = text;
    length = npt__trim(&trimmed, length);
    start += (size_t)(trimmed - text);
    if (!length)
        return;
    switch (reader->type) {
    case SHARED:
        add_shared(reader, trimmed, length);
        break;
    case BOOLEAN:
        add_boolean(reader, start, length);
        break;
    case NUMBER:
        add_number(reader, start, length);
        break;
    case DATE:
        add_cell(reader, start, npt__xlsx_iso_date(trimmed, length));
        break;
    default:
        add_cell(reader, start, length);
    }
}

static void end_cell(struct reader *reader, npt__xml *xml)
{
    const size_t length = reader->text.length - reader->start;
    reader->in_cell = false;
    if (reader->is_dropped) {
        reader->text.length = reader->start;
    } else if (reader->peeks) {
        reader->found = reader->found || length || reader->has_formula;
        if (reader->found)
            npt__xml_stop(xml);
    } else if (reader->has_formula && !(reader->type == TEXT ? reader->has_value : length > 0)) {
        cell_fault(reader, "holds a formula whose value was not stored",
                   "open the workbook in a spreadsheet program and save it: that stores values");
    } else if (length && reader->column > MOST_COLUMNS) {
        cell_fault(reader, "has a value beyond column 10,000 (NTP)",
                   "is this a table of answers, one respondent a row?");
        npt__xml_stop(xml);
    } else if (length) {
        add_value(reader, length);
    }
}

/* ---- the document ---------------------------------------------------------------------------- */

/* An element within a cell. */
static void start_content(struct reader *reader, const struct npt__element *element)
{
    const bool is_child = element->depth == 5;
    if (element->token == FORMULA && is_child)
        reader->has_formula = true;
    if (element->token == INLINE_STRING && is_child) {
        reader->in_inline = true;
        reader->type = INLINE;
        reader->text.length = reader->start;
    }
    if (element->token == VALUE && is_child && !reader->in_inline) {
        reader->has_value = true;
        reader->collects = !reader->is_dropped;
        reader->text.length = reader->start;
    }
    if (element->token == PHONETIC)
        reader->in_phonetic = true;
    if (element->token == RUN_TEXT && reader->in_inline && !reader->in_phonetic)
        reader->collects = !reader->is_dropped;
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    reader->depth = element->depth;
    if (reader->in_cell)
        start_content(reader, element);
    else if (element->token == CELL && element->depth == 4 && reader->in_row)
        start_cell(reader, element);
    else if (element->token == ROW && element->depth == 3 && reader->in_data)
        start_row(reader, xml, element);
    else if (element->depth == 2)
        reader->in_data = element->token == SHEET_DATA;
    else if (element->depth == 1 && element->token != WORKSHEET)
        row_fault(reader, xml, "is no sheet of cells", damaged);
}

static void on_end(void *user, npt__xml *xml, int token)
{
    struct reader *reader = user;
    const size_t depth = reader->depth--;
    if (token == VALUE || token == RUN_TEXT) {
        reader->collects = false;
    } else if (token == PHONETIC) {
        reader->in_phonetic = false;
    } else if (token == CELL && depth == 4 && reader->in_cell) {
        end_cell(reader, xml);
    } else if (token == ROW && depth == 3 && reader->in_row) {
        reader->in_row = false;
        if (reader->row_has_cell && !reader->peeks)
            deliver_row(reader, xml);
    }
}

static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    struct reader *reader = user;
    (void)xml;
    if (!reader->collects)
        return;
    if (reader->text.length - reader->start + length > NPT__LARGEST_CELL)
        cell_fault(reader, "is longer than 1 MB", damaged);
    else if (!npt__buffer_add(&reader->text, bytes, length))
        cell_fault(reader, "its row holds more than 64 MB of text", damaged);
}

static enum npt_status read_cells(struct reader *reader)
{
    static const struct npt__xml_handler handler = {tokens, on_start, on_end, on_text};
    reader->workbook = reader->reading->workbook;
    reader->text.ceiling = LARGEST_ROW;
    const enum npt_status status =
        npt__xlsx_stream(reader->workbook->package, reader->reading->sheet->member, LARGEST_PART,
                         &handler, reader, reader->diags);
    npt__buffer_release(&reader->text);
    npt__buffer_release(&reader->place);
    npt__array_release(&reader->cells);
    npt__array_release(&reader->fields);
    return reader->faulty ? NPT_BAD_INPUT : status;
}

enum npt_status npt__sheet_read(struct npt__sheet_reading *reading)
{
    struct reader reader = {.reading = reading, .diags = reading->workbook->package->diags};
    return read_cells(&reader);
}

bool npt__sheet_has_values(const struct npt__workbook *workbook,
                           const struct npt__xlsx_sheet *sheet)
{
    npt_diags *silent = npt_diags_new();
    struct npt__sheet_reading reading = {.workbook = workbook, .sheet = sheet};
    struct reader reader = {.reading = &reading, .diags = silent, .peeks = true};
    const enum npt_status status = read_cells(&reader);
    npt_diags_free(silent);
    return reader.found || status != NPT_OK;
}
