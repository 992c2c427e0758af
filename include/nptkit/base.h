/* nptkit/base.h - what every stage shares: status, located messages, output that appears whole.
 *
 * No function keeps a last error: each takes an `npt_diags *` as its last parameter and adds at least
 * one message to it when it fails. Texts are UTF-8. Nothing here depends on the locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_BASE_H
#define NPTKIT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define NPT_API __attribute__((visibility("default")))
#else
#define NPT_API
#endif

#define NPT_VERSION "0.1.0"

/* What a call came to; the values are the program's exit codes. */
enum npt_status {
    NPT_OK = 0,
    NPT_FAULTS = 1,       /* done, but faults were found (check) */
    NPT_USAGE = 2,        /* an option or its value is wrong */
    NPT_BAD_INPUT = 3,    /* a file cannot be read, or what it says is not valid */
    NPT_NO_HELPER = 4,    /* a helper program is missing or failed; also out of memory */
    NPT_CANNOT_WRITE = 5, /* an output could not be written; nothing was left half-written */
};

/* The version of the library that is running, as "major.minor.patch". */
NPT_API const char *npt_version(void);

/* Called when memory runs out; it must not return. By default a message is written to standard error
   and the process ends with NPT_NO_HELPER. */
NPT_API void npt_set_out_of_memory(void (*handler)(size_t wanted));

/* ---- located messages ------------------------------------------------------------------------ */

enum npt_severity { NPT_NOTE, NPT_WARNING, NPT_ERROR };

typedef struct npt_diags npt_diags;

/* A new, empty collection. Up to 20 messages of each severity are kept for each file, the rest is
   counted. Free with npt_diags_free(); freeing NULL is fine. */
NPT_API npt_diags *npt_diags_new(void);
NPT_API void npt_diags_free(npt_diags *diags);

/* How many messages of this severity were added, kept or not. */
NPT_API size_t npt_diags_count(const npt_diags *diags, enum npt_severity severity);

/* All messages as text for people: `file:line:column: severity: what`, the line with a caret where
   the file is one that its user wrote, and a hint. Control characters are shown as U+FFFD.
   `colour` adds terminal colours. The string is owned by the collection and lives until it is freed
   or this function is called again. */
NPT_API const char *npt_diags_text(npt_diags *diags, bool colour);

/* ---- output ---------------------------------------------------------------------------------- */

/* Where bytes go: a file that appears whole or not at all, a stream that is already open, or memory. */
typedef struct npt_output npt_output;

/* Opens `path` for writing: a regular or new file is written beside its place under a temporary name
   and moved there by npt_output_close(); of a link, what it leads to is replaced; anything else that
   exists (a pipe, a device) is written directly. NULL when it cannot be created (the message is in `diags`). */
NPT_API npt_output *npt_output_open(const char *path, npt_diags *diags);
/* Writes to an open descriptor, which stays open. `label` names it in messages. */
NPT_API npt_output *npt_output_descriptor(int descriptor, const char *label, npt_diags *diags);
/* Collects in memory; read with npt_output_bytes(). */
NPT_API npt_output *npt_output_memory(npt_diags *diags);

NPT_API void npt_output_write(npt_output *output, const char *bytes, size_t length);
/* The bytes written so far, ended by a NUL that is not counted; memory outputs only. */
NPT_API const char *npt_output_bytes(const npt_output *output, size_t *length);

/* Flushes, moves the file into place and frees the output. NPT_CANNOT_WRITE if any write failed. */
NPT_API enum npt_status npt_output_close(npt_output *output);
/* Drops what was written, and the output. */
NPT_API void npt_output_discard(npt_output *output);

#endif
