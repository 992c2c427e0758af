/* csv.h - rows of a delimited text file, whatever program wrote it.
 *
 * RFC 4180 with quoted line ends; the delimiter (, ; or TAB) is detected from the header line;
 * UTF-8 with or without BOM, UTF-16 by its BOM, and otherwise Windows-1252 (with a warning) are
 * read, but no mix of them; LF, CRLF and CR end a line. Fields arrive as valid UTF-8, unchanged but
 * for the unquoting.
 *
 *     npt__csv *csv;
 *     if (npt__csv_open(&csv, path, diags) != NPT_OK) ...
 *     while (npt__csv_next(csv))
 *         ... npt__csv_field(csv, 0), npt__csv_count(csv) ...
 *     status = npt__csv_close(csv);        NPT_BAD_INPUT after any fault
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CSV_H
#define NPT__CSV_H

#include "../base/diags.h"

#include <stddef.h>

typedef struct npt__csv npt__csv;

/* Lines that are empty or blank are skipped, but counted. Blanks around a field belong to it; a
   quote that is not a field's first character is one like any other. Ceilings: a field 1 MiB, a row
   10,000 fields, a file 1 GiB. A file that is a zip (an .xlsx) or an old .xls is refused with a
   hint to save it as CSV. */
enum npt_status npt__csv_open(npt__csv **csv, const char *path, npt_diags *diags);
/* Reads the next row that is not empty; false at the end or at a fault (an unterminated quote, a
   NUL byte, text after a closing quote, bytes that mean nothing, a ceiling), which is reported with
   its line and column. */
bool npt__csv_next(npt__csv *csv);
/* Closing NULL, which a failed opening leaves, is fine and NPT_BAD_INPUT. */
enum npt_status npt__csv_close(npt__csv *csv);

/* The current row. Fields are NUL-terminated and valid until the next row. */
size_t npt__csv_count(const npt__csv *csv);
const char *npt__csv_field(const npt__csv *csv, size_t index);
/* Where a field begins (index below count), or where the row begins (any other index); the excerpt
   is the line on which that is, valid until the file is closed. */
struct npt__place npt__csv_place(const npt__csv *csv, size_t index);

#endif
