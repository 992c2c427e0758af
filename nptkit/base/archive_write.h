/* archive_write.h - writing a zip archive: the same members give the same bytes.
 *
 *     npt__archive_writer *writer = npt__archive_writer_new();
 *     npt__archive_writer_add(writer, "word/document.xml", bytes, length);
 *     npt__archive_writer_finish(writer, output);
 *
 * Members stand in the order in which they were added, packed, dated 1980-01-01, with no attribute of a file system.
 * All of it happens in memory: what can fail is memory, which ends the program as everywhere.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ARCHIVE_WRITE_H
#define NPT__ARCHIVE_WRITE_H

#include <nptkit/base.h>

typedef struct npt__archive_writer npt__archive_writer;

npt__archive_writer *npt__archive_writer_new(void);
/* The bytes are copied. `name` is the program's own: it is written as it is, and must not come twice. */
void npt__archive_writer_add(npt__archive_writer *writer, const char *name, const char *bytes,
                             size_t length);
/* Writes the archive to `output`, and frees the writer. One without members cannot be written. */
void npt__archive_writer_finish(npt__archive_writer *writer, npt_output *output);

#endif
