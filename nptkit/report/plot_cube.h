/* plot_cube.h - a tidy table seen by rows, columns and parts: what the kinds of pictures draw from.
 *
 * Rows are constructs or items. Columns are what is compared, mostly sites; several dimensions make one
 * ("Site 1, nurse"). Parts are waves, or barriers and facilitators, where a kind asks for them.
 * A wave that is not asked for is the last one, so that nobody is counted twice.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PLOT_CUBE_H
#define NPT__PLOT_CUBE_H

#include "plot.h"

#define NPT__MOST_LEVELS 400

#define NPT__ANOTHER_SITE "another site"

struct npt__cube_view {
    const char *row;   /* the key of the dimension */
    const char *group; /* of rows: the dimension that holds several of them; NULL: none */
    const char *part;  /* NULL: none */
    const char *only;  /* the one row that is drawn; NULL, or not as the table has it: all */
    /* Where the option others_unnamed is set: other columns than one's own are left out, all together stay. Else they
       stay and are called "another site". */
    bool own_only;
};

struct npt__axis {
    const char *names[NPT__MOST_LEVELS]; /* fit for a canvas */
    const char *groups[NPT__MOST_LEVELS];
    size_t count;
};

struct npt__cube {
    const npt_table *table;
    struct npt__axis rows, columns,
        parts;      /* at least one part; without a name where none was asked for */
    size_t *at;     /* row of the table by row, column, part; SIZE_MAX: none */
    size_t *totals; /* over all columns, by row and part */
    double *means; /* by row, column, part, for who looks at all of them; NaN: there is no number */
    const char
        *wave; /* the one that is shown, "Wave 2"; NULL: the table has none, or all are shown */
    bool unnamed, left_out; /* columns other than one's own have no names; are not there */
};

/* Everything is in the drawing's arena. NPT_USAGE, with a message, where there is nothing to draw, or more
   than can be read. */
enum npt_status npt__cube(struct npt__cube *cube, struct npt__drawing *drawing,
                          const struct npt__cube_view *view);

#define NPT__ALL_COLUMNS SIZE_MAX
#define NPT__NO_COLUMN (SIZE_MAX - 1)
/* A cell by place and the table's column; one that is absent where there is no such row or column. */
const struct npt_cell *npt__cube_cell(const struct npt__cube *cube, size_t row, size_t column,
                                      size_t part, size_t table_column);
/* The row of the table at a place; SIZE_MAX. */
size_t npt__cube_row(const struct npt__cube *cube, size_t row, size_t column, size_t part);
/* The number in a cell; false where it holds none. */
bool npt__cell_value(const struct npt_cell *cell, double *value);
/* The number in the table's column "mean". */
double npt__cube_mean(const struct npt__cube *cube, size_t row, size_t column, size_t part);
/* Whether there is a row over all columns. */
bool npt__cube_has_total(const struct npt__cube *cube);
/* The column that the option `own` names; NPT__NO_COLUMN where it names none. NPT_USAGE, with a message, where there
   is no such column. */
enum npt_status npt__cube_own(size_t *own, const struct npt__cube *cube,
                              const struct npt__drawing *drawing);
/* The column of this name, whatever its case and blanks; SIZE_MAX where there is none. */
size_t npt__cube_find(const struct npt__axis *axis, npt__arena *arena, const char *name);

#endif
