/* svg.h - what gnuplot's SVG needs before it can stand in a page: names, roles, and no clutter.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SVG_H
#define NPT__SVG_H

#include "../base/buffer.h"

struct npt__svg_options {
    const char *title, *description; /* for people who do not see the picture */
    const char
        *prefix;  /* of all identifiers: several pictures can stand in one page; NULL: "npt" */
    bool element; /* without the declaration of XML: to stand within a page */
};

/* Rewrites the document: role and title, identifiers with the prefix, no titles of groups (they would show
   as hints under the pointer), no currentColor, no definitions that nothing uses, one list of fonts.
   False where it is no SVG, or has a document type. */
bool npt__svg_finish(npt__buffer *finished, const char *bytes, size_t length,
                     const struct npt__svg_options *options);

#endif
