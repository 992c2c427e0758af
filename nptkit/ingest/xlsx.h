/* xlsx.h - rows of a sheet of an .xlsx workbook (ISO/IEC 29500), whatever program wrote it.
 *
 * The workbook is read as it inflates, over archive.h and xml.h, so neither a bomb nor a document type gets
 * through. Formulas are never computed: the values that were stored with them are read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__XLSX_H
#define NPT__XLSX_H

#include "../base/arena.h"
#include "rows.h"

struct npt__xlsx_account {
    const char *sheet; /* its name, in the arena, known before the first row; NULL: none was read */
    size_t hidden_rows; /* handed over like the others */
};

/* Reads one sheet. `sheet` is a name (compared folded) or a number from 1, in the order of the tabs, hidden ones
   counted. NULL: the only visible sheet that has values; where several have, the first, with a warning that
   names the others.

   `row` gets every row that has a cell, in order, headers included: line is the row's number, fields go
   by column (A is 0) and end with the last cell that has a value, so a row of formatted but empty cells has
   none. It returns false to stop early, which is no fault.

   A whole number comes as "4" however the file writes it ("4.0", "4E0", "3.9999999999999996"), any other number
   as the file has it, TRUE and FALSE, errors as "#N/A", dates as 2026-11-22, with a time of day as
   2026-11-22T14:05:00, times alone as 14:05:00. Faults of cells are all reported, and the cell is handed
   over empty. Ceilings: 10,000 columns, 500,000,000 fields, 1 MB in a cell, 64 MB in a row, 4,000,000 shared
   strings of 512 MB in all, 1,000 sheets. */
enum npt_status npt__xlsx_read(const char *path, const char *sheet, npt__arena *arena,
                               struct npt__xlsx_account *account,
                               bool (*row)(void *user, const struct npt__row *row), void *user,
                               npt_diags *diags);

/* "C14" for row 14, column 3. */
void npt__xlsx_cell_name(char *buffer, size_t size, size_t row, size_t column);

#endif
