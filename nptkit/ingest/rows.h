/* rows.h - rows of cells on their way from a file to whoever reads them, whatever its format.
 *
 * A reader hands over the columns once, then the rows in *blocks*. A block's rows come in order in
 * one thread, but blocks may be read beside each other: what a row adds goes into the state of its
 * block, and states are taken in again in the order of the file.
 *
 *     columns(user, ...)                     once; false: stop, a fault was reported
 *       block = begin(user)                  in any thread
 *         row(block, row) ...                in the same thread, if there are any
 *       end(user, block)                     for each that began, in the order of the file
 *
 * Rows without a value are left out, and so are rows that have a fault; all others have as many
 * fields as there are columns. Blocks are the same for any number of threads.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ROWS_H
#define NPT__ROWS_H

#include "../base/diags.h"

#include <stddef.h>

/* A cell: valid UTF-8, ended by a NUL that is not counted, good until its row is done. An empty
   cell has length 0. Numbers come as the file has them ("4", "3.5", "1e3"), dates as 2026-11-22 or
   2026-11-22T14:05:00. */
struct npt__field {
    const char *text;
    size_t length;
    const char *raw; /* for npt__row_spot(). CSV: `text`, or not `text` if it was quoted; or NULL */
};

struct npt__row {
    const struct npt__field *fields;
    size_t count;    /* as many as columns, once a handler gets it */
    size_t line;     /* of the file (CSV), or the number of the row (sheets, data files), from 1 */
    const char *raw; /* CSV: not NULL */
};

/* What a number stands for in a data file (SPSS, Stata). */
struct npt__value_label {
    const char *value, *label;
};

struct npt__column {
    const char *name; /* the cell of the header row, or the name of the variable; "" where empty */
    const char *wording; /* a second header row, or the label of the variable; "" */
    const struct npt__value_label *labels;
    size_t label_count;
    const char *const *missing; /* values that the data file declares to be missing, as text */
    size_t missing_count;
};

struct npt__columns {
    const struct npt__column *items; /* valid as long as the reading goes on */
    size_t count;
};

struct npt__rows_handler {
    bool (*columns)(void *user, const struct npt__columns *columns);
    void *(*begin)(void *user);
    void (*row)(void *block, const struct npt__row *row);
    void (*end)(void *user, void *block);
};

/* Where a cell is, to be kept and shown later: a line and a column in characters (CSV), or the
   row's number and the index of the column from 1. */
struct npt__spot {
    size_t line, column;
};

/* The spot of a cell, with its quote; the end of the row where `field` is beyond it (CSV). Call
   within row(). */
struct npt__spot npt__row_spot(const struct npt__row *row, size_t field);

enum npt__rows_kind { NPT__ROWS_CSV, NPT__ROWS_XLSX, NPT__ROWS_DATA };

/* One table file being read. */
typedef struct npt__rows npt__rows;

struct npt__rows_options {
    const char *sheet;  /* its name or number from 1; NULL: the only or first visible one */
    size_t header_rows; /* 1, or 3 as Qualtrics writes; 0: found out */
    unsigned threads;   /* at least 1; of use for CSV */
    size_t block_size;  /* of CSV, in bytes; 0: chosen. Small blocks are for tests */
};

/* What a reader noticed by the way, for `check`. */
struct npt__rows_account {
    size_t rows;        /* handed over */
    size_t empty_rows;  /* without any value, not handed over; an empty line of a CSV is no row */
    size_t hidden_rows; /* of a workbook: handed over too */
    const char *sheet;  /* the sheet that was read, borrowed from the reader; NULL */
};

/* Reads a whole table file (CSV and kin, .xlsx, .sav, .zsav, .dta, told apart by their content).
   The header of a CSV or a sheet is its first row with a value; Qualtrics writes three of them.

   Faults are a table without rows, a row with more fields than the header (empty ones at the end
   are no matter) or, in a CSV, with fewer, and the header repeated further down. All rows with such
   faults are reported; only a fault of quotes or of the encoding ends the reading. Good rows are
   handed over whatever else is wrong, and then the status is NPT_BAD_INPUT, as it is when columns()
   returned false.

   `rows` is set at once, good for npt__rows_place() within end() and until it is freed; free it
   whatever the status. */
enum npt_status npt__rows_read(npt__rows **rows, const char *path,
                               const struct npt__rows_options *options,
                               const struct npt__rows_handler *handler, void *user,
                               npt_diags *diags);
/* Whether reading a file starts a process (SPSS, Stata): then no other thread should be at work, because
   what a thread holds at a fork stays held in the child. */
bool npt__rows_need_process(const char *path);
void npt__rows_free(npt__rows *rows);
enum npt__rows_kind npt__rows_kind(const npt__rows *rows);
struct npt__rows_account npt__rows_account(const npt__rows *rows);
/* For a message: file, line and column; or file and cell ("Sheet1!C14"); or file, variable and row.
   The strings belong to the reader and hold until the next call. */
struct npt__place npt__rows_place(npt__rows *rows, struct npt__spot spot);

#endif
