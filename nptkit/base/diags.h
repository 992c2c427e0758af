/* diags.h - adding located messages; the public half is in nptkit/base.h.
 *
 *     struct npt__place place = {.file = "study.xml", .line = 14, .column = 12};
 *     npt__say(diags, NPT_ERROR, &place, "unknown element '%s'", name);
 *     npt__hint(diags, "did you mean '%s'", near);
 *
 * Style of a message: lower case, one line, no full stop, the fault first, what was found in quotes.
 * Never quote from a transcript: messages travel further than the data.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DIAGS_H
#define NPT__DIAGS_H

#include <nptkit/base.h>

/* Where a fault is. Lines and columns are 1-based; 0 means unknown. */
struct npt__place {
    const char *file;    /* as the user named it; NULL: no file */
    size_t line, column; /* column in characters */
    const char *cell;    /* of a workbook or data file, instead of a line: "Sheet1!C14"; or NULL */
    const char *excerpt; /* the line itself, only of files their user wrote by hand; or NULL */
    size_t excerpt_length;
};

/* Adds a message; `place` may be NULL. Strings are copied. */
void npt__say(npt_diags *diags, enum npt_severity severity, const struct npt__place *place,
              const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Adds a hint to the message that was added last. */
void npt__hint(npt_diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The messages that are kept, one by one: without their places, or with all that is known of them. */
const char *npt__diags_message(const npt_diags *diags, size_t index); /* NULL past the end */
bool npt__diags_at(const npt_diags *diags, size_t index, enum npt_severity *severity,
                   struct npt__place *place, const char **text, const char **hint);
/* Adds the messages of one collection to another. */
void npt__pass_on(npt_diags *to, const npt_diags *from);

#endif
