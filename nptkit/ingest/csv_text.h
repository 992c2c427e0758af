/* csv_text.h - the text of a file as UTF-8, piece by piece, whatever its encoding.
 *
 * UTF-8 with or without BOM, UTF-16 by its BOM, and Windows-1252 are read. A file counts as
 * Windows-1252 from its first byte that is no UTF-8, if all before it was ASCII, so nothing that
 * was handed over ever turns out to have been read wrongly. What is handed over is valid and holds
 * no NUL byte.
 *
 *     npt__csv_text *text;
 *     if (npt__csv_text_open(&text, path, diags) != NPT_OK) ...
 *     do
 *         length += npt__csv_text_read(text, bytes + length, room - length, &event);
 *     while (event == ...)
 *     npt__csv_text_close(text);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CSV_TEXT_H
#define NPT__CSV_TEXT_H

#include "../base/diags.h"

#include <stddef.h>

#define NPT__CSV_LEAST_ROOM ((size_t)4) /* the longest character */

enum npt__csv_event {
    NPT__CSV_MORE,      /* less than NPT__CSV_LEAST_ROOM is left of the room */
    NPT__CSV_CONVERTED, /* what follows is read as Windows-1252: to be said, as a warning */
    NPT__CSV_END,       /* the file ends here */
    NPT__CSV_BREAK,     /* a fault is here, and nothing after it can be read */
};

typedef struct npt__csv_text npt__csv_text;

/* A file that is no text, is empty, or is text of a kind that cannot be read is refused. */
enum npt_status npt__csv_text_open(npt__csv_text **text, const char *path, npt_diags *diags);
void npt__csv_text_close(npt__csv_text *text);
/* Writes at most `room` bytes, at least NPT__CSV_LEAST_ROOM; the event stands at the end of what
   was written. */
size_t npt__csv_text_read(npt__csv_text *text, char *to, size_t room, enum npt__csv_event *event);
/* What is to be said at the place of a conversion or a break. */
const char *npt__csv_text_message(const npt__csv_text *text);
const char *npt__csv_text_hint(const npt__csv_text *text);

#endif
