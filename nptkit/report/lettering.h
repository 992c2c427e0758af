/* lettering.h - text in pictures: made safe, measured, wrapped and shortened.
 *
 * Widths are those of Liberation Sans, which are also those of Arial and Helvetica; letters beyond ASCII
 * are taken by the letter that they are built on, others as wide ones: a text is never wider than said.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__LETTERING_H
#define NPT__LETTERING_H

#include "../base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define NPT__LONGEST_LETTERING 400 /* characters; what is longer is cut, and ends in "…" */

/* A copy that is one line of valid UTF-8 and may stand in XML: line ends and tabs as blanks; control
   characters, invalid bytes and what turns the direction of text as U+FFFD. */
const char *npt__lettering(npt__arena *arena, const char *text);

/* The width of a text as above, in pixels, for letters of `size` pixels. */
double npt__lettering_width(const char *text, double size, bool bold);

/* Breaks a text as above at blanks (within a word where it must) into at most `most` lines of at most
   `width` pixels; of what is left over the midst is cut, and "…" stands for it. At least one line. */
size_t npt__lettering_wrap(const char **lines, size_t most, npt__arena *arena, const char *text,
                           double width, double size, bool bold);
/* The same as one line. */
const char *npt__lettering_fit(npt__arena *arena, const char *text, double width, double size,
                               bool bold);

#endif
