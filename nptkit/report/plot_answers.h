/* plot_answers.h - how the answers to one item are spread, as pieces of a bar.
 *
 * Read from a table with a row for each answer (items --answers), or from one that holds three groups of answers only:
 * who disagrees, does neither, agrees.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PLOT_ANSWERS_H
#define NPT__PLOT_ANSWERS_H

#include "plot_frame.h"

#define NPT__MOST_ANSWERS 24

enum npt__side { NPT__AGAINST, NPT__NEITHER, NPT__FOR, NPT__SIDES };

struct npt__piece { /* one answer */
    enum npt__side side;
    const char *label;
    uint32_t colour;
    double share;
};

struct npt__answers {
    struct npt__piece
        pieces[NPT__MOST_ANSWERS]; /* from the strongest disagreement to the strongest agreement */
    size_t count;
    double sides[NPT__SIDES]; /* the shares of each side together */
    const struct npt_cell
        *instead; /* what stands in place of the shares, withheld or absent; NULL: they are there */
};

struct npt__answers_view {
    struct npt__drawing *drawing;
    const struct npt__cube *cube; /* rows are items; parts are answers, where the table has them */
    bool single;                  /* a row for each answer */
    size_t share, side, label;    /* columns of such a table */
    size_t shares[NPT__SIDES];    /* columns of one with three groups */
};

void npt__answers_open(struct npt__answers_view *view, struct npt__drawing *drawing,
                       const struct npt__cube *cube);
/* False where the item was not answered on a scale of agreement. */
bool npt__answers_read(struct npt__answers *answers, const struct npt__answers_view *view,
                       size_t item, size_t column);
/* Adds to a key, of at most `most` entries, each answer once as it stands in the bars of the first column: those that
   have a side, those that have none. */
void npt__answers_entries(struct npt__entry *entries, size_t *count, size_t most,
                          const struct npt__answers_view *view, bool sides, bool middle);

#endif
