/* number.h - a double as text for machines, and text from files as a double.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__NUMBER_H
#define NPT__NUMBER_H

#include "buffer.h"

#include <stdbool.h>

/* The fewest digits (15 to 17) from which the same double is read back, with a point whatever the locale.
   The number is finite. */
void npt__number_write(npt__buffer *text, double number);

/* Whether the whole text is a number as people and programs write one: "4", "-2", "3.5", "2,5", "1e-3", whatever the
   locale. A comma is a decimal one, but with three digits after it nobody can tell that from thousands: no number. Nor
   are "nan", "inf", hexadecimal digits or blanks. */
bool npt__number_read(const char *text, size_t length, double *number);

#endif
