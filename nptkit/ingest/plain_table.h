/* plain_table.h - a table file as it stands: names of columns, and cells as numbered texts.
 *
 *     struct npt__plain_table table;
 *     enum npt_status status = npt__plain_table_read(&table, path, &options, diags);
 *     ... npt__plain_cell(&table, row, column) ...
 *     npt__plain_table_release(&table);
 *
 * What columns mean is for others to say: ratings_read.c, ranking_read.c. Blanks around cells do not count. A cell
 * is missing where it is empty, holds a value that is declared to be missing, or the data file says so.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PLAIN_TABLE_H
#define NPT__PLAIN_TABLE_H

#include "../base/intern.h"
#include "../base/unicode.h"
#include "rows.h"

#include <stdbool.h>

struct npt__plain_options {
    const char *sheet;   /* NULL: the only or first visible one */
    const char *missing; /* "-9,N/A"; NULL */
    unsigned threads;
};

/* Where a cell stands. */
struct npt__plain_place {
    size_t cell;
    struct npt__spot spot;
};

struct npt__plain_table {
    npt__arena *arena;
    const char *path;
    const char **columns; /* "" where the header is empty */
    size_t column_count, row_count;
    npt__intern texts;          /* in the order of the file */
    NPT__ARRAY(double) numbers; /* of each of them; NAN where it is none */
    NPT__ARRAY(uint32_t) cells; /* row by row; NPT__NONE: missing */
    NPT__ARRAY(uint32_t) lines; /* of each row */
    /* Where cells stand, as many as are kept, by cell. */
    NPT__ARRAY(struct npt__plain_place) places;
    const char **missing; /* values that are none */
    size_t missing_count;
    /* Of each column, as a data file declares them, ended by NULL. */
    const char *const **missing_of;
    npt__rows *rows; /* for places */
    npt_diags *diags;
    bool is_faulty;
};

/* Reads the whole file; release the table whatever the status. Faults are those of rows.h, a column that is named
   twice, a column with values and no name that is not the first, and a table beyond the ceilings. Columns without
   a name and a value at the end are dropped. */
enum npt_status npt__plain_table_read(struct npt__plain_table *table, const char *path,
                                      const struct npt__plain_options *options, npt_diags *diags);
void npt__plain_table_release(struct npt__plain_table *table);

/* Which text a cell holds; NPT__NONE: missing. */
static inline uint32_t npt__plain_cell(const struct npt__plain_table *table, size_t row,
                                       size_t column)
{
    return table->cells.items[row * table->column_count + column];
}

/* For a message: file, line and, where it was kept, the place in it; or file and cell. */
struct npt__place npt__plain_place(const struct npt__plain_table *table, size_t row, size_t column);

/* The column of this name, exactly or without regard to case; SIZE_MAX with a message where there is none. `place` is
   that of the name; NULL: it was given on the command line. */
size_t npt__plain_column(const struct npt__plain_table *table, const char *name,
                         const struct npt__place *place, npt_diags *diags);
/* The first column whose folded name is one of `words` (ended by NULL); SIZE_MAX. */
size_t npt__plain_guess(const struct npt__plain_table *table, const char *const *words);

#endif
