/* svg_lines.h - gnuplot's SVG rewritten line by line, without a tree: what pictures cost beyond gnuplot's own time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SVG_LINES_H
#define NPT__SVG_LINES_H

#include "svg.h"

#define NPT__SVG_FONTS "Liberation Sans,Arial,Helvetica,sans-serif"

/* As npt__svg_finish(), for what script.h has gnuplot draw: boxes, areas, lines and texts. False, with nothing added,
   where any line is not as gnuplot 5.4 writes it; then the tree of svg.c has to do. */
bool npt__svg_lines(npt__buffer *finished, const char *bytes, size_t length,
                    const struct npt__svg_options *options);

#endif
