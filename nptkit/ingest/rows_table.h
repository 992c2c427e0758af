/* rows_table.h - what rows.c shares with rows_table.c: a table being read, and the checks of its
 * rows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ROWS_TABLE_H
#define NPT__ROWS_TABLE_H

#include "../base/arena.h"
#include "../base/buffer.h"
#include "csv_blocks.h"
#include "rows.h"
#include "xlsx.h"

struct npt__rows {
    enum npt__rows_kind kind;
    npt__arena *arena;
    const char *path;
    size_t header_rows; /* as the options have it */
    const struct npt__rows_handler *handler;
    void *user;
    npt_diags *diags;

    NPT__ARRAY(struct npt__row) held; /* copies of the first rows, until the header is known */
    bool is_settled;                  /* it is, or never will be */
    bool is_stopped;                  /* the handler wants no more, or could not be asked */
    bool is_faulty;
    struct npt__columns columns;

    struct npt__rows_account account;
    struct npt__xlsx_account workbook;
    npt__buffer cell; /* the text of the last place */
};

void npt__rows_fault(npt__rows *rows, const struct npt__place *place, const char *message,
                     const char *hint);

/* Takes one of the first rows of a table with header rows; NULL where there are no more. */
enum npt__csv_head npt__rows_take_head(void *rows, const struct npt__row *row);

/* Blocks of rows that are checked and then handed to the handler. A data file has no header row, so
   its rows are only looked at for being empty. */
void *npt__rows_begin(void *rows);
void npt__rows_take(void *block, const struct npt__row *row);
void npt__rows_end(void *rows, void *block);

#endif
