/* canvas.h - a picture as shapes and texts in pixels, before any program draws it.
 *
 * The origin is the upper left corner. Shapes are drawn in the order in which they were added, all texts
 * on top of them. Nothing here knows gnuplot: script.h says the same in its language.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CANVAS_H
#define NPT__CANVAS_H

#include "../base/arena.h"
#include "../base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct npt__point {
    double x, y;
};

enum npt__dash { NPT__SOLID, NPT__DASHED, NPT__DOTTED };

struct npt__pen {
    uint32_t colour; /* 0xRRGGBB */
    double width;
    enum npt__dash dash;
};

enum npt__shape_kind { NPT__BOX, NPT__AREA, NPT__PATH };

struct npt__shape {
    enum npt__shape_kind kind;
    struct npt__pen pen; /* of boxes and areas only the colour counts */
    size_t first, count; /* points; of a box two corners */
};

enum npt__anchor { NPT__LEFT, NPT__CENTRE, NPT__RIGHT };

struct npt__font {
    double size;
    bool bold;
    uint32_t colour;
};

struct npt__label {
    const char *text;
    double x, y; /* the anchor, and the middle of the line */
    enum npt__anchor anchor;
    struct npt__font font;
};

enum npt__marker { NPT__DISC, NPT__SQUARE, NPT__TRIANGLE, NPT__DIAMOND };

#define NPT__DISC_CORNERS 32 /* of a large one */

/* The marker that was drawn last, of radius 1: like ones follow each other. */
struct npt__outline {
    enum npt__marker marker;
    size_t count;
    struct npt__point corners[NPT__DISC_CORNERS];
};

struct npt__canvas {
    npt__arena *arena; /* of texts */
    double width, height;
    NPT__ARRAY(struct npt__shape) shapes;
    NPT__ARRAY(struct npt__point) points;
    NPT__ARRAY(struct npt__label) labels;
    size_t common_first, common_end; /* shapes that other pictures are likely to have: layers.h */
    struct npt__outline outline;
    const char *title;  /* for people who do not see the picture */
    npt__buffer spoken; /* what the picture says, in words */
};

void npt__canvas_release(struct npt__canvas *canvas);
/* As a new one, but for its memory. */
void npt__canvas_clear(struct npt__canvas *canvas);
/* The shapes between the two calls are such as other pictures are likely to have, too. */
void npt__common_begin(struct npt__canvas *canvas);
void npt__common_end(struct npt__canvas *canvas);

void npt__draw_box(struct npt__canvas *canvas, double x, double y, double width, double height,
                   uint32_t colour);
void npt__draw_frame(struct npt__canvas *canvas, double x, double y, double width, double height,
                     const struct npt__pen *pen);
void npt__draw_line(struct npt__canvas *canvas, double x1, double y1, double x2, double y2,
                    const struct npt__pen *pen);
void npt__draw_path(struct npt__canvas *canvas, const struct npt__point *points, size_t count,
                    const struct npt__pen *pen);
/* Slanting lines over a field, and a grey frame: nothing is shown here on purpose. */
void npt__draw_hatch(struct npt__canvas *canvas, double x, double y, double width, double height);

/* A hollow one is white within. */
void npt__draw_marker(struct npt__canvas *canvas, enum npt__marker marker, double x, double y,
                      double radius, uint32_t colour, bool hollow);

/* One line; `text` is as npt__lettering() gives it, or a literal. */
void npt__write(struct npt__canvas *canvas, double x, double y, enum npt__anchor anchor,
                const struct npt__font *font, const char *text);
/* Lines around the middle `y`. */
void npt__write_lines(struct npt__canvas *canvas, double x, double y, enum npt__anchor anchor,
                      const struct npt__font *font, const char *const *lines, size_t count);
/* From one line to the next. */
double npt__line_height(const struct npt__font *font);

#endif
