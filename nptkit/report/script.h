/* script.h - a canvas in the language of gnuplot.
 *
 * What comes from files stands in single quotes only, where nothing is special but the quote itself, which is
 * joined in by its number. Data blocks hold numbers only, and end in a word that is no number. gnuplot lays
 * nothing out: one unit of its axes is one pixel.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SCRIPT_H
#define NPT__SCRIPT_H

#include "canvas.h"

enum npt__picture_format { NPT__SVG, NPT__PNG, NPT__PDF };

/* The commands that draw the canvas into `output`, a name made by the program. */
void npt__script(npt__buffer *script, const struct npt__canvas *canvas,
                 enum npt__picture_format format, const char *output);
/* How many items of `plot` the shapes before this one are; SIZE_MAX: all. */
size_t npt__script_groups(const struct npt__canvas *canvas, size_t end);
/* A text as gnuplot takes it literally, with its quotes; whatever it is, it passes npt__lettering(). */
void npt__script_quote(npt__buffer *script, npt__arena *arena, const char *text);

#endif
