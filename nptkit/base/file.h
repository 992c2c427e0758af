/* file.h - reading files whole, what a file is, its digest, and paths.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FILE_H
#define NPT__FILE_H

#include "arena.h"
#include "buffer.h"
#include "diags.h"

#include <stdbool.h>
#include <stddef.h>

enum npt__file_kind { NPT__FILE_ZIP, NPT__FILE_XML, NPT__FILE_OTHER };

/* A descriptor for reading a regular file (never waits for a pipe); -1 with a message otherwise. */
int npt__file_open(const char *path, npt_diags *diags);
/* Reads a regular file of at most `ceiling` bytes into `bytes`. */
enum npt_status npt__file_read(npt__buffer *bytes, const char *path, size_t ceiling,
                               npt_diags *diags);
/* Hands a regular file over piece by piece; `take` returns false to stop early. */
enum npt_status npt__file_stream(const char *path,
                                 bool (*take)(void *user, const char *bytes, size_t length),
                                 void *user, npt_diags *diags);
/* What the file is by its first bytes, whatever its name; faults are reported (a folder, no
   permission, an empty file, no such file). */
enum npt_status npt__file_kind(enum npt__file_kind *kind, const char *path, npt_diags *diags);
bool npt__file_is_folder(const char *path);
/* Whether two names lead to one file that exists. */
bool npt__file_same(const char *a, const char *b);

#define NPT__DIGEST_SIZE 65 /* hexadecimal digits of SHA-256 and a NUL */
/* SHA-256 of bytes in hexadecimal. */
void npt__digest(char digest[NPT__DIGEST_SIZE], const char *bytes, size_t length);
/* SHA-256 of a file in hexadecimal; an empty string where it cannot be read. */
void npt__file_digest(char digest[NPT__DIGEST_SIZE], const char *path);

/* SHA-256 over the names of files in a folder and the SHA-256 of each, in this order; "" where one is not there. And how
   many bytes they hold. */
void npt__folder_digest(char digest[NPT__DIGEST_SIZE], size_t *bytes, const char *path,
                        const char *const *names, size_t count);

/* The part of a path after its last / or \ (paths in exports come from any system). */
const char *npt__path_base(const char *path);
/* `path` seen from the folder that holds the file `beside`; absolute paths stay as they are. */
char *npt__path_beside(npt__arena *arena, const char *beside, const char *path);
/* `path` as it is written in a file within the existing folder `folder`. */
char *npt__path_from(npt__arena *arena, const char *folder, const char *path);
/* The length of a file name without its extension (at most five characters after the last dot). */
size_t npt__path_stem(const char *name);

#endif
