/* cell.h - values to text, in one place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CELL_H
#define NPT__CELL_H

#include "../base/number.h"

#include <nptkit/table.h>

/* For people: counts with thousands separated by a comma, shares as whole percents ("<1%" where that
   would say 0% of something, ">99%" where it would say 100% of less), means with two decimals, ends of
   intervals of differences with more (0.002) where that would say 0.00 of what lies on one side of 0, p with three ("<0.001" where that would say
   0.000), "Total", "-" for absent, "withheld". Halves are rounded away from zero, as by hand: 23/40 is 58%.
   Text is added as it is: who writes it makes it safe for where it goes. */
void npt__cell_show(npt__buffer *text, const struct npt_cell *cell, enum npt_unit unit);
/* For machines: the fewest digits (15 to 17) from which the same double is read back, a point whatever
   the locale; "Total"; "withheld"; absent is nothing. */
void npt__cell_write(npt__buffer *text, const struct npt_cell *cell);

#endif
