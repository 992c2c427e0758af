/* wrap.h - text from files made fit for lines of a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__WRAP_H
#define NPT__WRAP_H

#include "../base/buffer.h"

/* Adds `text` as one line that cannot drive a terminal: blanks around line ends become one blank,
   everything else passes npt__utf8_add_printable(). */
void npt__one_line(npt__buffer *line, const char *text);

/* Columns on a terminal that a line as above takes. */
size_t npt__line_width(const char *text, size_t length);

/* How many bytes of `text` (one line, as above) make a line of at most `width` columns, broken at a
   blank where there is one; *next is where the line after it begins. At least one character is taken
   from a text that is not empty. */
size_t npt__wrap(const char *text, size_t length, size_t width, size_t *next);

/* Adds `text` (one line, as above) as wrapped lines, each ended by a line end: `first` before the
   first, `indent` before the others, both ASCII. */
void npt__paragraph(npt__buffer *lines, const char *text, size_t width, const char *first,
                    const char *indent);

#endif
