/* xlsx_write.h - what the files that write workbooks share: sheets of cells, each text a text.
 *
 * A sheet is made row by row; finished, it becomes two parts of the archive: the sheet, and its table that is marked as
 * one. Strings stand in one part for all sheets.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__XLSX_WRITE_H
#define NPT__XLSX_WRITE_H

#include "../base/arena.h"
#include "../base/buffer.h"
#include "document_parts.h"

#define NPT__XLSX_MOST_TEXT 32767u   /* UTF-16 units in a cell */
#define NPT__XLSX_MOST_NAME 31u      /* in the name of a sheet */
#define NPT__XLSX_MOST_HEADER 255u   /* in the header of a column */
#define NPT__XLSX_MOST_ROWS 1000000u /* of a table; a sheet has 1,048,576 */

/* The formats of cells, in the order of cellXfs in xlsx_write_parts.c. */
enum npt__xlsx_style {
    NPT__XLSX_PLAIN,
    NPT__XLSX_TITLE,
    NPT__XLSX_WRAPPED,
    NPT__XLSX_HEADER,
    NPT__XLSX_COUNT,
    NPT__XLSX_SHARE,
    NPT__XLSX_MEAN,
    NPT__XLSX_P,
    NPT__XLSX_LINK,
    NPT__XLSX_GENERAL,
    NPT__XLSX_WORDS, /* in place of a number */
};

struct npt__xlsx_sheet {
    const char *name;
    npt__buffer rows, links; /* in <sheetData> and <hyperlinks> */
    size_t row, column;      /* the last ones written */
    size_t header;           /* the row of the marked table's headers; 0: none */
    const char *marked;      /* the marked table's name */
    const char *const *headers;
    size_t width;   /* how many headers */
    size_t *widest; /* characters, of each column */
};

struct npt__xlsx {
    npt__arena *arena;
    NPT__ARRAY(struct npt__xlsx_sheet *) sheets;
    npt__buffer strings, plain;
    size_t string_count, cut; /* cut: texts that were too long for a cell */
};

/* A sheet of a name that is legal and not taken; `width`: its columns. */
struct npt__xlsx_sheet *npt__xlsx_add_sheet(struct npt__xlsx *xlsx, const char *name, size_t width);
void npt__xlsx_start_row(struct npt__xlsx_sheet *sheet);
void npt__xlsx_end_row(struct npt__xlsx_sheet *sheet);
/* The next cell of the row: a string whatever it looks like; or a number. */
void npt__xlsx_text(struct npt__xlsx *xlsx, struct npt__xlsx_sheet *sheet,
                    enum npt__xlsx_style style, const char *text);
void npt__xlsx_number(struct npt__xlsx_sheet *sheet, enum npt__xlsx_style style,
                      const struct npt_cell *cell);
/* A row of one text. */
void npt__xlsx_line(struct npt__xlsx *xlsx, struct npt__xlsx_sheet *sheet,
                    enum npt__xlsx_style style, const char *text);
/* The last cell leads to the first of another sheet. */
void npt__xlsx_link(struct npt__xlsx_sheet *sheet, const char *target);
/* The row of headers of the table that follows, to be marked as one. Headers are not empty and differ. */
void npt__xlsx_headers(struct npt__xlsx *xlsx, struct npt__xlsx_sheet *sheet, const char *marked,
                       const char *const *headers, size_t count);

/* Distinct headers for Excel, which compares without case: labels, with the key after one that is taken. */
const char *const *npt__xlsx_distinct(npt__arena *arena, const npt_table *table, bool notes,
                                      size_t *count);
/* "3 tally": legal whatever the table is called; the number makes it unique. */
const char *npt__xlsx_sheet_name(npt__arena *arena, size_t number, const char *table);
/* A text made fit: one line, at most `most` UTF-16 units. True where it was cut. */
bool npt__xlsx_fit(npt__buffer *fit, const char *text, size_t most);

/* Writes everything: xlsx_write_parts.c. */
void npt__xlsx_finish(struct npt__xlsx *xlsx, const struct npt__report_document *document,
                      npt_output *output);

#endif
