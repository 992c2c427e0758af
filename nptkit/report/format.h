/* format.h - what a format is: a name and a function that writes tables.
 *
 * A new format is one file and one line in format.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FORMAT_H
#define NPT__FORMAT_H

#include "../base/buffer.h"

#include <nptkit/render.h>

struct npt_format {
    const char *name;
    void (*write)(npt_output *output, const npt_table *const *tables, size_t count,
                  const struct npt_render_options *options);
};

extern const struct npt_format npt__format_text, npt__format_csv, npt__format_json,
    npt__format_markdown;

void npt__put(npt_output *output, const char *string);
/* Writes what was collected and empties the buffer. */
void npt__put_buffer(npt_output *output, npt__buffer *buffer);

/* Seams of CSV and JSON, for reports. A text as a field of CSV, safe from formulas; a table's tidy rows. */
void npt__csv_text(npt__buffer *line, const char *text);
void npt__csv_table(npt_output *output, const npt_table *table);
/* A text as a string of JSON (NULL: null); a table as an object, whose braces stand `depth` levels deep; no line end
   after it. */
void npt__json_text(npt__buffer *line, const char *text);
void npt__json_table(npt_output *output, const npt_table *table, size_t depth);

/* For a table laid out as cards: the index of its last column, whose cells are the paragraphs. */
size_t npt__card_text(const npt_table *table);
/* The line below a card's paragraph, as it is in the data: the other cells that are not absent, joined
   by " | " as "Site: North", the label left out where the value begins with it ("Site 1"). */
void npt__card_line(npt__buffer *line, const npt_table *table, const struct npt_cell *cells);

#endif
