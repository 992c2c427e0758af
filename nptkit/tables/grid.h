/* grid.h - a table laid out as people see it: panels of texts, ready for any renderer.
 *
 * Rows and columns come in the order in which their values first appear in the table.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GRID_H
#define NPT__GRID_H

#include "table.h"

struct npt__grid_column {
    const char *heading;
    bool label; /* holds values of a dimension: aligned left, repeated when a panel is split */
    bool right; /* numbers: aligned right */
};

struct npt__grid_row {
    const char *const *texts; /* one for each column */
    bool total;               /* sums over all values of the first label column */
};

/* A label that repeats the row above is "" in all label columns but the last. Texts come as they are in
   the data: a renderer makes them safe for where they go. */
struct npt__panel {
    const char *caption; /* NULL: the table's title says it all */
    const struct npt__grid_column *columns;
    size_t column_count;
    const struct npt__grid_row *rows;
    size_t row_count;
};

/* Lays a table out; everything is in `arena` or in the table. Returns the number of panels. A table in
   which a combination of dimension values repeats cannot run across without losing a row: it is laid
   out as if no dimension ran across. `cards` is the renderer's business. */
size_t npt__grid(const npt_table *table, npt__arena *arena, const struct npt__panel **panels);

#endif
