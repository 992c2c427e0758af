/* render_json.c - tidy rows as JSON, with what the table is, what is missing and where it came from.
 *
 * One row is one line, so that two versions can be compared. Besides what JSON asks for, characters
 * that drive a terminal or end a script in a web page are written as escapes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "format.h"

#include "../base/unicode.h"
#include "../tables/cell.h"
#include "../tables/table.h"

#include <string.h>

struct writer {
    npt_output *output;
    npt__buffer line;
    size_t depth; /* how deep the object of the table stands */
};

/* ---- the writing of values ------------------------------------------------------------------- */

static void add_escaped(npt__buffer *line, const char *text, size_t length)
{
    uint32_t character;
    npt__utf8_read(text, length, &character);
    switch (character) {
    case '"':
    case '\\':
        npt__buffer_print(line, "\\%c", (char)character);
        break;
    case '\n':
        npt__buffer_puts(line, "\\n");
        break;
    case '\r':
        npt__buffer_puts(line, "\\r");
        break;
    case '\t':
        npt__buffer_puts(line, "\\t");
        break;
    default:
        npt__buffer_print(line, "\\u%04x", (unsigned)character);
    }
}

static bool needs_escape(uint32_t character)
{
    return character < 0x20 || character == '"' || character == '\\' ||
           (character >= 0x7F && character <= 0x9F) || character == 0x2028 || character == 0x2029;
}

/* The bytes that need no thought: ASCII without what is special anywhere. */
static size_t plain_run(const char *text)
{
    size_t length = 0;
    while (text[length] >= 0x20 && text[length] < 0x7F && !strchr("\"\\/", text[length]))
        length++;
    return length;
}

static void add_string(npt__buffer *line, const char *text)
{
    if (!text) {
        npt__buffer_puts(line, "null");
        return;
    }
    npt__buffer_putc(line, '"');
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t plain = plain_run(text + at);
        npt__buffer_add(line, text + at, plain);
        at += plain;
        if (at == length)
            break;
        uint32_t character;
        size_t step = npt__utf8_read(text + at, length - at, &character);
        if (needs_escape(character))
            add_escaped(line, text + at, length - at);
        else if (character == '/' && at && text[at - 1] == '<')
            npt__buffer_puts(line, "\\/");
        else
            npt__buffer_add(line, text + at, step);
        at += step;
    }
    npt__buffer_putc(line, '"');
}

/* Adds `"name": "text"`, after a comma unless it is the first of its object. */
static void add_member(npt__buffer *line, const char *name, const char *text)
{
    if (line->length && line->bytes[line->length - 1] != '{')
        npt__buffer_puts(line, ", ");
    add_string(line, name);
    npt__buffer_puts(line, ": ");
    add_string(line, text);
}

static void add_cell(npt__buffer *line, const struct npt_cell *cell)
{
    switch (cell->kind) {
    case NPT_CELL_TEXT:
        add_string(line, cell->text);
        break;
    case NPT_CELL_TOTAL:
        add_string(line, "Total");
        break;
    case NPT_CELL_COUNT:
    case NPT_CELL_NUMBER:
        npt__cell_write(line, cell);
        break;
    case NPT_CELL_ABSENT:
    case NPT_CELL_WITHHELD:
        npt__buffer_puts(line, "null");
    }
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* Starts a line `depth` levels inside the table. */
static void indent(struct writer *writer, size_t depth)
{
    npt__buffer_fill(&writer->line, ' ', 2 * (writer->depth + depth));
}

/* Ends the line and writes it. */
static void end_line(struct writer *writer, const char *end)
{
    npt__buffer_puts(&writer->line, end);
    npt__buffer_putc(&writer->line, '\n');
    npt__put_buffer(writer->output, &writer->line);
}

static void put_line(struct writer *writer, size_t depth, const char *text)
{
    indent(writer, depth);
    end_line(writer, text);
}

static void put_member(struct writer *writer, size_t depth, const char *name, const char *text)
{
    indent(writer, depth);
    add_string(&writer->line, name);
    npt__buffer_puts(&writer->line, ": ");
    add_string(&writer->line, text);
    end_line(writer, ",");
}

/* An array whose items are lines: begin, and before each item next_item(), and close. */
static void open_list(struct writer *writer, size_t depth, const char *name)
{
    indent(writer, depth);
    add_string(&writer->line, name);
    npt__buffer_puts(&writer->line, ": [");
}

static void next_item(struct writer *writer, size_t depth, bool *any)
{
    end_line(writer, *any ? "," : "");
    *any = true;
    indent(writer, depth);
}

static void close_list(struct writer *writer, size_t depth, bool any, const char *end)
{
    if (any) {
        end_line(writer, "");
        indent(writer, depth);
    }
    npt__buffer_putc(&writer->line, ']');
    end_line(writer, end);
}

/* ---- the parts of a table -------------------------------------------------------------------- */

static const char *unit_name(enum npt_unit unit)
{
    static const char *const names[] = {
        [NPT_UNIT_TEXT] = "text", [NPT_UNIT_COUNT] = "count", [NPT_UNIT_SHARE] = "share",
        [NPT_UNIT_MEAN] = "mean", [NPT_UNIT_P] = "p",         [NPT_UNIT_DIFFERENCE] = "mean",
    };
    return names[unit];
}

static void write_columns(struct writer *writer, const npt_table *table)
{
    bool any = false;
    open_list(writer, 1, "columns");
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        const struct npt_column *column = npt_table_column(table, i);
        next_item(writer, 2, &any);
        npt__buffer_putc(&writer->line, '{');
        add_member(&writer->line, "key", column->key);
        add_member(&writer->line, "label", column->label);
        add_member(&writer->line, "role", column->dimension ? "dimension" : "measure");
        add_member(&writer->line, "unit", unit_name(column->unit));
        npt__buffer_putc(&writer->line, '}');
    }
    close_list(writer, 1, any, ",");
}

static void write_rows(struct writer *writer, const npt_table *table)
{
    bool any = false;
    open_list(writer, 1, "rows");
    for (size_t row = 0; row < npt_table_row_count(table); row++) {
        const struct npt_cell *cells = npt_table_row(table, row);
        next_item(writer, 2, &any);
        npt__buffer_putc(&writer->line, '{');
        for (size_t i = 0; i < npt_table_column_count(table); i++) {
            if (i)
                npt__buffer_puts(&writer->line, ", ");
            add_string(&writer->line, npt_table_column(table, i)->key);
            npt__buffer_puts(&writer->line, ": ");
            add_cell(&writer->line, &cells[i]);
        }
        npt__buffer_putc(&writer->line, '}');
    }
    close_list(writer, 1, any, ",");
}

/* Why a null is one. What was withheld is always told from what never was. */
static const char *why_null(const struct npt_cell *cell)
{
    if (cell->kind == NPT_CELL_WITHHELD)
        return cell->reason ? cell->reason : "withheld";
    return cell->kind == NPT_CELL_ABSENT ? cell->reason : NULL;
}

static void write_absent(struct writer *writer, const npt_table *table)
{
    bool any = false;
    open_list(writer, 1, "absent");
    for (size_t row = 0; row < npt_table_row_count(table); row++) {
        const struct npt_cell *cells = npt_table_row(table, row);
        for (size_t i = 0; i < npt_table_column_count(table); i++) {
            const char *reason = why_null(&cells[i]);
            if (!reason)
                continue;
            next_item(writer, 2, &any);
            npt__buffer_print(&writer->line, "{\"row\": %zu", row);
            add_member(&writer->line, "column", npt_table_column(table, i)->key);
            add_member(&writer->line, "reason", reason);
            npt__buffer_putc(&writer->line, '}');
        }
    }
    close_list(writer, 1, any, ",");
}

static void write_notes(struct writer *writer, const npt_table *table)
{
    bool any = false;
    open_list(writer, 1, "notes");
    const char *note;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++) {
        next_item(writer, 2, &any);
        add_string(&writer->line, note);
    }
    close_list(writer, 1, any, ",");
}

static void write_provenance(struct writer *writer, const npt_table *table)
{
    put_line(writer, 1, "\"provenance\": {");
    put_member(writer, 2, "program", "nptkit " NPT_VERSION);
    put_member(writer, 2, "command", npt__table_command(table));
    const struct npt__input *inputs;
    size_t count = npt__table_inputs(table, &inputs);
    bool any = false;
    open_list(writer, 2, "inputs");
    for (size_t i = 0; i < count; i++) {
        next_item(writer, 3, &any);
        npt__buffer_putc(&writer->line, '{');
        add_member(&writer->line, "name", inputs[i].name);
        add_member(&writer->line, "sha256", inputs[i].digest[0] ? inputs[i].digest : NULL);
        npt__buffer_putc(&writer->line, '}');
    }
    close_list(writer, 2, any, "");
    put_line(writer, 1, "}");
}

/* The members of a table's object, without its braces. */
static void write_members(struct writer *writer, const npt_table *table)
{
    put_member(writer, 1, "name", npt_table_name(table));
    put_member(writer, 1, "title", npt_table_title(table));
    write_columns(writer, table);
    write_rows(writer, table);
    write_absent(writer, table);
    write_notes(writer, table);
    write_provenance(writer, table);
}

void npt__json_text(npt__buffer *line, const char *text)
{
    add_string(line, text);
}

void npt__json_table(npt_output *output, const npt_table *table, size_t depth)
{
    struct writer writer = {.output = output, .depth = depth};
    put_line(&writer, 0, "{");
    write_members(&writer, table);
    indent(&writer, 0);
    npt__buffer_putc(&writer.line, '}');
    npt__put_buffer(output, &writer.line);
    npt__buffer_release(&writer.line);
}

static void write_json(npt_output *output, const npt_table *const *tables, size_t count,
                       const struct npt_render_options *options)
{
    (void)options;
    struct writer writer = {.output = output};
    put_line(&writer, 0, "{");
    if (count == 1) {
        put_member(&writer, 1, "schema", "nptkit.table/1");
        write_members(&writer, tables[0]);
    } else {
        put_member(&writer, 1, "schema", "nptkit.tables/1");
        bool any = false;
        open_list(&writer, 1, "tables");
        for (size_t i = 0; i < count; i++) {
            next_item(&writer, 2, &any);
            end_line(&writer, "{");
            writer.depth = 2;
            write_members(&writer, tables[i]);
            writer.depth = 0;
            indent(&writer, 2);
            npt__buffer_putc(&writer.line, '}');
        }
        close_list(&writer, 1, any, "");
    }
    put_line(&writer, 0, "}");
    npt__buffer_release(&writer.line);
}

const struct npt_format npt__format_json = {.name = "json", .write = write_json};
