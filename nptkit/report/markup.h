/* markup.h - text from files as content of XML.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MARKUP_H
#define NPT__MARKUP_H

#include "../base/buffer.h"

/* Adds `text` as the content of an element or of a quoted attribute, as one line: whatever it holds, a parser of XML
   reads it back as text. Control characters, bytes that are no UTF-8, U+FFFE and U+FFFF come out as U+FFFD. */
void npt__markup_text(npt__buffer *markup, const char *text);

#endif
