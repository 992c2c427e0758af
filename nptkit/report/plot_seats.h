/* plot_seats.h - where each row of a table belongs in a picture: worked out once for all pictures of one table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PLOT_SEATS_H
#define NPT__PLOT_SEATS_H

#include "../base/arena.h"
#include "plot_cube.h"

struct npt__level {
    const char *name, *group; /* fit for a canvas */
    const char *text;         /* as the table has it; of a column NULL */
    /* Of a column: what it can be asked for by, folded: its site, or else each of its parts; then its name; ended by NULL. */
    const char *const *folded;
};

struct npt__levels {
    NPT__ARRAY(struct npt__level) all;
};

#define NPT__ALL_SEATS UINT32_MAX

struct npt__seat {
    uint32_t row, column, part; /* levels; the column NPT__ALL_SEATS: a total over all of them */
    uint32_t at;                /* row of the table */
    double mean;                /* in its column "mean"; NaN: there is no number */
};

struct npt__seats {
    NPT__ARRAY(struct npt__seat) all; /* of the rows that can be drawn, in the order of the table */
    struct npt__levels rows, columns, parts; /* in the order of their first seats */
    const char
        *wave; /* the one that is shown, "Wave 2"; NULL: the table has none, or all are shown */
    bool compares_groups; /* of people, not only waves or coders */
};

/* Everything is kept with the table. Of the view only the names of dimensions count. */
const struct npt__seats *npt__seats(const npt_table *table, const struct npt__cube_view *view);

#endif
