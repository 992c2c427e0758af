/* archive.h - reading members of a zip archive that may be hostile.
 *
 * Nothing is ever extracted to disk. Names that are absolute or climb (..), encrypted members, too many
 * members, and members that grow beyond their ceiling or beyond 200 times their packed size are
 * refused; sizes are counted while inflating, as headers can lie. One handle serves one thread.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ARCHIVE_H
#define NPT__ARCHIVE_H

#include "buffer.h"
#include "diags.h"

#include <stddef.h>
#include <stdint.h>

typedef struct npt__archive npt__archive;

enum npt_status npt__archive_open(npt__archive **archive, const char *path, npt_diags *diags);
void npt__archive_close(npt__archive *archive);

size_t npt__archive_count(const npt__archive *archive);
/* The name of a member; valid as long as the archive. */
const char *npt__archive_name(const npt__archive *archive, size_t index);
/* The member's size and checksum as its header tells them: to tell two texts apart, not to trust. */
void npt__archive_header(const npt__archive *archive, size_t index, uint64_t *size,
                         uint32_t *checksum);

/* Inflates a member piece by piece into `take`, which returns false to stop early. NPT_OK when all of
   it came or `take` stopped. On a fault `fault` says what is wrong with the member (static text). */
enum npt_status npt__archive_stream(npt__archive *archive, size_t index, uint64_t ceiling,
                                    bool (*take)(void *user, const char *bytes, size_t length),
                                    void *user, const char **fault);
/* The same with the inflating in a second thread, for members that are large; `take` is called in this one.
   In pipe.c. */
enum npt_status npt__archive_pipe(npt__archive *archive, size_t index, uint64_t ceiling,
                                  bool (*take)(void *user, const char *bytes, size_t length),
                                  void *user, const char **fault);
/* Inflates a member into `bytes` (cleared first). */
enum npt_status npt__archive_read(npt__archive *archive, size_t index, uint64_t ceiling,
                                  npt__buffer *bytes, const char **fault);

#endif
