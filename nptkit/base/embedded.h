/* embedded.h - files of the project that are part of the program, so that it needs no folder of data.
 *
 * The table is made by nptkit/embed.sh from codebooks/, surveys/ and reports/ at build time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__EMBEDDED_H
#define NPT__EMBEDDED_H

#include <stddef.h>

struct npt__embedded {
    const char *name; /* "npt.qdc", "reports/methods.xml" */
    const unsigned char *bytes;
    size_t length;
};

/* Ended by an entry without a name. */
extern const struct npt__embedded npt__embedded_files[];

#endif
