/* plot_table.h - tables as the analyses give them, of any number of sites, for tests of pictures.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PLOT_TABLE_H
#define PLOT_TABLE_H

#include "../nptkit/tables/table.h"

struct plot_table {
    size_t sites, constructs, waves; /* waves 0: no such dimension */
    const char
        *name; /* of all sites and constructs, with their number after it; NULL: short ones */
    const char *site;      /* of sites only, instead of "Site" */
    bool valence;          /* of a tally: barriers, facilitators, neither */
    bool withheld, absent; /* all cells are */
    bool holes;            /* one cell in seven is withheld, one in eleven absent */
};

/* As of score, items, tally, cooccur, saturation and agree. Numbers follow from places by a rule that any reader can redo: see the file. */
npt_table *plot_table_score(const struct plot_table *how);
npt_table *plot_table_items(const struct plot_table *how);
/* As of items --answers. */
npt_table *plot_table_answers(const struct plot_table *how);
npt_table *plot_table_tally(const struct plot_table *how);
npt_table *plot_table_cooccur(const struct plot_table *how);
npt_table *plot_table_saturation(const struct plot_table *how);
npt_table *plot_table_agree(const struct plot_table *how);

#endif
