/* withhold.h - the steps of protection: what is too small, what follows from that, what must go with it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__WITHHOLD_H
#define NPT__WITHHOLD_H

#include "ranges.h"

struct npt__limits {
    double min_n, min_cell;
    bool show_zeros;
};

/* Marks counts of too few, and groups too small to be described. */
void npt__withhold_small(struct npt__quantities *quantities, const struct npt__limits *limits);
/* Marks the cells of what is marked, and all that depends on them, until nothing changes. */
void npt__withhold_dependents(struct npt__quantities *quantities);
/* Marks more until no wanted quantity can be bounded too narrowly. */
void npt__withhold_complements(struct npt__quantities *quantities,
                               const struct npt__limits *limits);
/* Marks spreads from which, by sums of squares, the mean of a small group could be bounded too narrowly. After all else. */
void npt__withhold_squares(struct npt__quantities *quantities, const struct npt__limits *limits);

#endif
