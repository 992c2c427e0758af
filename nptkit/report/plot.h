/* plot.h - what a kind of picture is: a name and a function that puts a table on a canvas.
 *
 * A new kind is one file and one line in plot.c. It looks at the table only, and says in words what it draws.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PLOT_H
#define NPT__PLOT_H

#include "canvas.h"
#include "palette.h"

#include <nptkit/plot.h>

struct npt__drawing {
    struct npt__canvas canvas;
    const npt_table *table;
    const struct npt_plot_options *options;
    npt__arena *arena;
    npt_diags *diags;
    const struct npt__palette *palette;
    double y; /* below what was drawn so far */
};

struct npt_plot {
    const char *name, *summary, *description, *analysis;
    const char *const *columns;       /* keys that the table must have, ended by NULL */
    const char *const *other_columns; /* or has instead of them; NULL: nothing */
    const char *
        option; /* of the analysis: gives it more to draw, but nothing under protection; NULL: none */
    /* NPT_USAGE, with a message, where the table or an option does not fit. */
    enum npt_status (*draw)(struct npt__drawing *drawing);
};

extern const struct npt_plot npt__plot_likert, npt__plot_dots, npt__plot_heat, npt__plot_slope,
    npt__plot_caterpillar, npt__plot_tally, npt__plot_cooccur, npt__plot_saturation,
    npt__plot_agreement, npt__plot_radar;

/* Puts the table on the canvas: what npt_plot_draw() and npt_plot_describe() begin with. Release the canvas
   whatever comes of it; free the arena after it. */
enum npt_status npt__plot_compose(struct npt__drawing *drawing, const npt_plot *plot);

#endif
