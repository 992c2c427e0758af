/* nptkit/render.h - tables as text, CSV, JSON and Markdown.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_RENDER_H
#define NPTKIT_RENDER_H

#include <nptkit/base.h>
#include <nptkit/table.h>

typedef struct npt_format npt_format;

/* A format by name ("text", "csv", "json", "md"); NULL where there is none. */
NPT_API const npt_format *npt_format_find(const char *name);
/* The formats in order; NULL past the end. */
NPT_API const npt_format *npt_format_at(size_t index);
NPT_API const char *npt_format_name(const npt_format *format);

struct npt_render_options {
    size_t width; /* columns of the terminal, for text; 0: 80 */
    bool colour;  /* terminal colours, for text */
    bool raw;     /* CSV: leave text that a spreadsheet could take for a formula as it is */
};

/* Writes tables in their layouts (text, Markdown) or as tidy rows (CSV, JSON).
 * CSV of several tables puts a blank line between them. Text that starts with = + - @ TAB or CR gets a
 * leading apostrophe in CSV, so that no spreadsheet runs it, unless `raw`.
 * JSON holds null for what is absent or withheld, and tells the reasons in a list ("absent").
 * `options` may be NULL: all as zero. Faults of writing are reported by npt_output_close(). */
NPT_API void npt_render(npt_output *output, const npt_table *const *tables, size_t count,
                        const npt_format *format, const struct npt_render_options *options);

#endif
