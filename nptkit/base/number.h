/* number.h - a double as text, for machines.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__NUMBER_H
#define NPT__NUMBER_H

#include "buffer.h"

/* The fewest digits (15 to 17) from which the same double is read back, with a point whatever the locale.
   The number is finite. */
void npt__number_write(npt__buffer *text, double number);

#endif
