/* xlsx_write.h - what the files that write workbooks share: sheets of cells, each text a text.
 *
 * A sheet is made row by row; finished, it becomes two parts of the archive: the sheet, and its table that is marked as
 * one. Strings stand in one part for all sheets.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__BOOK_WRITE_H
#define NPT__BOOK_WRITE_H

#include "../base/arena.h"
#include "../base/buffer.h"
#include "document_parts.h"

#define NPT__BOOK_MOST_TEXT 32767u   /* UTF-16 units in a cell */
#define NPT__BOOK_MOST_NAME 31u      /* in the name of a sheet */
#define NPT__BOOK_MOST_HEADER 255u   /* in the header of a column */
#define NPT__BOOK_MOST_ROWS 1000000u /* of a table; a sheet has 1,048,576 */

/* The widest that a column becomes, in characters; longer texts are wrapped. */
#define NPT__BOOK_MOST_WIDTH 70u

/* The formats of cells, in the order of cellXfs in xlsx_write_parts.c. */
enum npt__book_style {
    NPT__BOOK_PLAIN,
    NPT__BOOK_TITLE,
    NPT__BOOK_WRAPPED,
    NPT__BOOK_HEADER,
    NPT__BOOK_COUNT,
    NPT__BOOK_SHARE,
    NPT__BOOK_MEAN,
    NPT__BOOK_P,
    NPT__BOOK_LINK,
    NPT__BOOK_GENERAL,
    NPT__BOOK_WORDS, /* in place of a number */
};

struct npt__book_sheet {
    const char *name;
    npt__buffer rows, links; /* in <sheetData> and <hyperlinks> */
    npt__buffer cells;       /* of the row that is open */
    size_t longest;          /* the characters of its longest text */
    size_t row, column;      /* the last ones written */
    size_t header;           /* the row of the marked table's headers; 0: none */
    const char *marked;      /* the marked table's name */
    const char *const *headers;
    size_t width;   /* how many headers */
    size_t *widest; /* characters, of each column */
};

struct npt__book {
    npt__arena *arena;
    NPT__ARRAY(struct npt__book_sheet *) sheets;
    npt__buffer strings, plain;
    size_t string_count, cut; /* cut: texts that were too long for a cell */
};

/* A sheet of a name that is legal and not taken; `width`: its columns. */
struct npt__book_sheet *npt__book_add(struct npt__book *book, const char *name, size_t width);
void npt__book_start_row(struct npt__book_sheet *sheet);
void npt__book_end_row(struct npt__book_sheet *sheet);
/* The next cell of the row: a string whatever it looks like; or a number. */
void npt__book_text(struct npt__book *book, struct npt__book_sheet *sheet,
                    enum npt__book_style style, const char *text);
void npt__book_number(struct npt__book_sheet *sheet, enum npt__book_style style,
                      const struct npt_cell *cell);
/* A row of one text. */
void npt__book_line(struct npt__book *book, struct npt__book_sheet *sheet,
                    enum npt__book_style style, const char *text);
/* The last cell leads to the first of another sheet. */
void npt__book_link(struct npt__book_sheet *sheet, const char *target);
/* The row of headers of the table that follows, to be marked as one. Headers are not empty and differ. */
void npt__book_headers(struct npt__book *book, struct npt__book_sheet *sheet, const char *marked,
                       const char *const *headers, size_t count);

/* Distinct headers for Excel, which compares without case: labels, with the key after one that is taken. */
const char *const *npt__book_distinct(npt__arena *arena, const npt_table *table, bool notes,
                                      size_t *count);
/* "3 tally": legal whatever the table is called; the number makes it unique. */
const char *npt__book_sheet_name(npt__arena *arena, size_t number, const char *table);
/* A text made fit: one line, at most `most` UTF-16 units. True where it was cut. */
bool npt__book_fit(npt__buffer *fit, const char *text, size_t most);

/* Writes everything: xlsx_write_parts.c. */
void npt__book_finish(struct npt__book *book, const struct npt__report_document *document,
                      npt_output *output);

#endif
