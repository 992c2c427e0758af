/* render_csv.c - tidy rows as CSV (RFC 4180), with line ends of one character.
 *
 * Quoting does not stop a spreadsheet from running a text as a formula, so such texts get a leading
 * apostrophe; numbers never do. Otherwise texts are written as they are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "format.h"

#include "../tables/cell.h"

#include <string.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* ; and TAB delimit in other locales' spreadsheets. */
static bool needs_quotes(const char *text, size_t length)
{
    return length && (is_blank(text[0]) || is_blank(text[length - 1]) ||
                      strcspn(text, ",;\t\"\r\n") < length);
}

/* Whether a spreadsheet could take the text for a formula: = + - @ at its start, also full-width ones and
   after blanks; or a TAB or CR, which some programs skip. */
static bool looks_like_formula(const char *text)
{
    static const char *const starts[] = {
        "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    if (*text == '\t' || *text == '\r')
        return true;
    while (*text == ' ' || strncmp(text, "\xC2\xA0", 2) == 0)
        text += *text == ' ' ? 1 : 2;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* Adds bytes with control characters as U+FFFD: a file that is shown must not drive the terminal. */
static void add_bytes(npt__buffer *line, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        bool c1 = byte == 0xC2 && i + 1 < length && (unsigned char)bytes[i + 1] < 0xA0;
        bool control = (byte < 0x20 && !strchr("\t\r\n", byte)) || byte == 0x7F || c1;
        if (control)
            npt__buffer_puts(line, "\xEF\xBF\xBD");
        else
            npt__buffer_putc(line, bytes[i]);
        i += c1;
    }
}

static void add_text(npt__buffer *line, const char *text, bool raw)
{
    size_t length = strlen(text);
    bool guarded = !raw && length && looks_like_formula(text);
    bool quoted = needs_quotes(text, length);
    if (quoted)
        npt__buffer_putc(line, '"');
    if (guarded)
        npt__buffer_putc(line, '\'');
    for (const char *at = text; *at; at++) {
        size_t plain = strcspn(at, "\"");
        add_bytes(line, at, plain);
        at += plain;
        if (!*at)
            break;
        npt__buffer_puts(line, "\"\"");
    }
    if (quoted)
        npt__buffer_putc(line, '"');
}

static void end_line(npt_output *output, npt__buffer *line)
{
    /* A line of one empty cell must not look like the blank line between tables. */
    if (line->length == 0)
        npt__buffer_puts(line, "\"\"");
    npt__buffer_putc(line, '\n');
    npt__put_buffer(output, line);
}

static void write_table(npt_output *output, const npt_table *table, npt__buffer *line, bool raw)
{
    size_t width = npt_table_column_count(table);
    for (size_t i = 0; i < width; i++) {
        if (i)
            npt__buffer_putc(line, ',');
        add_text(line, npt_table_column(table, i)->key, raw);
    }
    end_line(output, line);
    for (size_t row = 0; row < npt_table_row_count(table); row++) {
        const struct npt_cell *cells = npt_table_row(table, row);
        for (size_t i = 0; i < width; i++) {
            if (i)
                npt__buffer_putc(line, ',');
            if (cells[i].kind == NPT_CELL_TEXT)
                add_text(line, cells[i].text, raw);
            else
                npt__cell_write(line, &cells[i]);
        }
        end_line(output, line);
    }
}

void npt__csv_text(npt__buffer *line, const char *text)
{
    add_text(line, text, false);
}

void npt__csv_table(npt_output *output, const npt_table *table)
{
    npt__buffer line = {0};
    write_table(output, table, &line, false);
    npt__buffer_release(&line);
}

static void write_csv(npt_output *output, const npt_table *const *tables, size_t count,
                      const struct npt_render_options *options)
{
    npt__buffer line = {0};
    for (size_t i = 0; i < count; i++) {
        if (i)
            npt__put(output, "\n");
        write_table(output, tables[i], &line, options->raw);
    }
    npt__buffer_release(&line);
}

const struct npt_format npt__format_csv = {.name = "csv", .write = write_csv};
