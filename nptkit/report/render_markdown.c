/* render_markdown.c - tables in their layouts as Markdown (GitHub's tables), quotes as block quotes.
 *
 * Whatever stands in the data stays text: every character that Markdown or HTML could take for its
 * own is escaped.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "markdown.h"

#include "format.h"
#include "wrap.h"

#include "../tables/cell.h"
#include "../tables/grid.h"

#include <string.h>

static void add_special(npt__buffer *line, char byte)
{
    if (byte == '&') {
        npt__buffer_puts(line, "&amp;");
    } else if (byte == '<') {
        npt__buffer_puts(line, "&lt;");
    } else if (byte == '>') {
        npt__buffer_puts(line, "&gt;");
    } else {
        npt__buffer_putc(line, '\\');
        npt__buffer_putc(line, byte);
    }
}

/* The bytes before what would make a line a heading, a list, a rule or code: "# x", "- x", "12. x". */
static size_t before_mark(const char *line)
{
    size_t digits = strspn(line, "0123456789");
    return digits && digits < 10 && line[digits] && strchr(".)", line[digits]) ? digits : 0;
}

void npt__markdown_text(struct npt__markdown *writer, const char *text, bool starts)
{
    npt__buffer_clear(&writer->plain);
    npt__one_line(&writer->plain, text);
    const char *at = npt__buffer_string(&writer->plain);
    if (starts) {
        at += strspn(at, " ");
        size_t digits = before_mark(at);
        npt__buffer_add(&writer->line, at, digits);
        at += digits;
        if (digits || (*at && strchr("#+-=", *at)))
            npt__buffer_putc(&writer->line, '\\');
    }
    for (;;) {
        size_t plain = strcspn(at, "&<>\\|*_`[]~");
        npt__buffer_add(&writer->line, at, plain);
        at += plain;
        if (!*at)
            break;
        add_special(&writer->line, *at++);
    }
}

void npt__markdown_end_line(struct npt__markdown *writer)
{
    npt__buffer_putc(&writer->line, '\n');
    npt__put_buffer(writer->output, &writer->line);
}

static void write_row(struct npt__markdown *writer, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        npt__buffer_puts(&writer->line, i ? " | " : "| ");
        npt__markdown_text(writer, texts[i], false);
    }
    npt__buffer_puts(&writer->line, " |");
    npt__markdown_end_line(writer);
}

static void write_panel(struct npt__markdown *writer, const struct npt__panel *panel)
{
    npt__put(writer->output, "\n");
    if (panel->caption) {
        npt__buffer_puts(&writer->line, "**");
        npt__markdown_text(writer, panel->caption, false);
        npt__buffer_puts(&writer->line, "**\n");
        npt__markdown_end_line(writer);
    }
    for (size_t i = 0; i < panel->column_count; i++) {
        npt__buffer_puts(&writer->line, i ? " | " : "| ");
        npt__markdown_text(writer, panel->columns[i].heading, false);
    }
    npt__buffer_puts(&writer->line, " |");
    npt__markdown_end_line(writer);
    for (size_t i = 0; i < panel->column_count; i++)
        npt__buffer_puts(&writer->line, panel->columns[i].right ? "| ---: " : "| --- ");
    npt__buffer_putc(&writer->line, '|');
    npt__markdown_end_line(writer);
    for (size_t i = 0; i < panel->row_count; i++)
        write_row(writer, panel->rows[i].texts, panel->column_count);
}

static void write_panels(struct npt__markdown *writer, const npt_table *table)
{
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    size_t count = npt__grid(table, arena, &panels);
    for (size_t i = 0; i < count; i++)
        write_panel(writer, &panels[i]);
    npt__arena_free(arena);
}

static void write_card(struct npt__markdown *writer, const npt_table *table,
                       const struct npt_cell *cells)
{
    size_t last = npt__card_text(table);
    const struct npt_cell *cell = &cells[last];
    npt__buffer_clear(&writer->joined);
    if (cell->kind == NPT_CELL_ABSENT)
        npt__buffer_print(&writer->joined, "[%s]", cell->reason ? cell->reason : "no text");
    else if (cell->kind == NPT_CELL_WITHHELD)
        npt__buffer_puts(&writer->joined, "[withheld]");
    else
        npt__cell_show(&writer->joined, cell, npt_table_column(table, last)->unit);
    npt__buffer_puts(&writer->line, "\n> ");
    npt__markdown_text(writer, npt__buffer_string(&writer->joined), true);
    npt__markdown_end_line(writer);

    npt__buffer_clear(&writer->joined);
    npt__card_line(&writer->joined, table, cells);
    if (writer->joined.length == 0)
        return;
    npt__buffer_puts(&writer->line, ">\n> \xE2\x80\x94 "); /* an em dash */
    npt__markdown_text(writer, npt__buffer_string(&writer->joined), false);
    npt__markdown_end_line(writer);
}

void npt__markdown_release(struct npt__markdown *writer)
{
    npt__buffer_release(&writer->line);
    npt__buffer_release(&writer->plain);
    npt__buffer_release(&writer->joined);
}

void npt__markdown_body(struct npt__markdown *writer, const npt_table *table)
{
    size_t count = npt_table_row_count(table);
    if (count == 0)
        npt__put(writer->output, "\n(no rows)\n");
    else if (npt__table_layout(table)->cards)
        for (size_t i = 0; i < count; i++)
            write_card(writer, table, npt_table_row(table, i));
    else
        write_panels(writer, table);
}

static void write_notes(struct npt__markdown *writer, const npt_table *table)
{
    if (!npt_table_note(table, 0))
        return;
    npt__put(writer->output, "\nNotes:\n\n");
    const char *note;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++) {
        npt__buffer_puts(&writer->line, "- ");
        npt__markdown_text(writer, note, true);
        npt__markdown_end_line(writer);
    }
}

static void write_table(struct npt__markdown *writer, const npt_table *table)
{
    npt__buffer_puts(&writer->line, "## ");
    npt__markdown_text(writer, npt_table_title(table), false);
    npt__markdown_end_line(writer);
    npt__markdown_body(writer, table);
    write_notes(writer, table);
}

static void write_markdown(npt_output *output, const npt_table *const *tables, size_t count,
                           const struct npt_render_options *options)
{
    (void)options;
    struct npt__markdown writer = {.output = output};
    for (size_t i = 0; i < count; i++) {
        if (i)
            npt__put(output, "\n");
        write_table(&writer, tables[i]);
    }
    npt__markdown_release(&writer);
}

const struct npt_format npt__format_markdown = {.name = "md", .write = write_markdown};
