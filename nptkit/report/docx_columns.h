/* docx_columns.h - how a panel is fitted to a page: the size of its type, the widths of its columns, and where it is cut
 * into several tables.
 *
 * No table runs off the page. First smaller type is tried, then pages that lie on their side; what is still too wide
 * is cut between columns, and each piece begins with the labels of its rows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DOCX_COLUMNS_H
#define NPT__DOCX_COLUMNS_H

#include "../tables/grid.h"

/* A table of its own: the label columns, and the columns from `first` up to `end`. */
struct npt__docx_piece {
    size_t first, end;
    const unsigned *widths; /* in twentieths of a point: of the labels, then of the others */
};

struct npt__docx_plan {
    size_t labels;
    unsigned size; /* of the type in half points; 0: the usual one */
    bool across;   /* on pages that lie on their side */
    struct npt__docx_piece *pieces;
    size_t piece_count;
};

/* Everything is in `arena`. */
struct npt__docx_plan npt__docx_plan_columns(const struct npt__panel *panel, npt__arena *arena);

#endif
