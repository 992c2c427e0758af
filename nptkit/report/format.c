/* format.c - the formats, and what their writers share.
 *
 * The array is the one place that knows all formats; what two writers need alike stands below it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "format.h"

#include "../tables/cell.h"

#include <string.h>

static const struct npt_format *const formats[] = {
    &npt__format_text,
    &npt__format_csv,
    &npt__format_json,
    &npt__format_markdown,
};

const npt_format *npt_format_at(size_t index)
{
    return index < sizeof formats / sizeof formats[0] ? formats[index] : NULL;
}

const npt_format *npt_format_find(const char *name)
{
    const npt_format *format = NULL;
    for (size_t i = 0; (format = npt_format_at(i)) != NULL; i++)
        if (strcmp(format->name, name) == 0)
            break;
    return format;
}

const char *npt_format_name(const npt_format *format)
{
    return format->name;
}

void npt_render(npt_output *output, const npt_table *const *tables, size_t count,
                const npt_format *format, const struct npt_render_options *options)
{
    struct npt_render_options complete = options ? *options : (struct npt_render_options){0};
    if (!complete.width)
        complete.width = 80;
    format->write(output, tables, count, &complete);
}

void npt__put(npt_output *output, const char *string)
{
    npt_output_write(output, string, strlen(string));
}

void npt__put_buffer(npt_output *output, npt__buffer *buffer)
{
    npt_output_write(output, npt__buffer_string(buffer), buffer->length);
    npt__buffer_clear(buffer);
}

/* ---- cards ----------------------------------------------------------------------------------- */

size_t npt__card_text(const npt_table *table)
{
    return npt_table_column_count(table) - 1;
}

/* "Site 1" in the column "Site" needs no "Site: " before it. */
static bool names_itself(const struct npt_cell *cell, const char *label)
{
    size_t length = strlen(label);
    return cell->kind == NPT_CELL_TEXT && strncmp(cell->text, label, length) == 0 &&
           (cell->text[length] == ' ' || cell->text[length] == '\0' || length == 0);
}

void npt__card_line(npt__buffer *line, const npt_table *table, const struct npt_cell *cells)
{
    size_t last = npt__card_text(table), before = line->length;
    for (size_t i = 0; i < last; i++) {
        if (cells[i].kind == NPT_CELL_ABSENT)
            continue;
        const struct npt_column *column = npt_table_column(table, i);
        if (line->length > before)
            npt__buffer_puts(line, " | ");
        if (!names_itself(&cells[i], column->label))
            npt__buffer_print(line, "%s: ", column->label);
        npt__cell_show(line, &cells[i], column->unit);
    }
}
