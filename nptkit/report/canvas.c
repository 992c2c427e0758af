/* canvas.c - a picture as shapes and texts in pixels.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "canvas.h"

#include "palette.h"

#include <math.h>

#define HATCH_STEP 7.0

void npt__canvas_release(struct npt__canvas *canvas)
{
    npt__array_release(&canvas->shapes);
    npt__array_release(&canvas->points);
    npt__array_release(&canvas->labels);
    npt__buffer_release(&canvas->spoken);
}

void npt__canvas_clear(struct npt__canvas *canvas)
{
    struct npt__canvas kept = {
        .shapes = canvas->shapes, .points = canvas->points, .labels = canvas->labels};
    kept.spoken = canvas->spoken;
    kept.shapes.count = kept.points.count = kept.labels.count = 0;
    npt__buffer_clear(&kept.spoken);
    *canvas = kept;
}

void npt__common_begin(struct npt__canvas *canvas)
{
    canvas->common_first = canvas->common_end = canvas->shapes.count;
}

void npt__common_end(struct npt__canvas *canvas)
{
    canvas->common_end = canvas->shapes.count;
}

static void add_shape(struct npt__canvas *canvas, enum npt__shape_kind kind,
                      const struct npt__point *points, size_t count, const struct npt__pen *pen)
{
    const struct npt__shape shape = {kind, *pen, canvas->points.count, count};
    for (size_t i = 0; i < count; i++)
        *npt__array_add(&canvas->points) = points[i];
    *npt__array_add(&canvas->shapes) = shape;
}

void npt__draw_box(struct npt__canvas *canvas, double x, double y, double width, double height,
                   uint32_t colour)
{
    const struct npt__point corners[] = {{x, y}, {x + width, y + height}};
    if (width > 0 && height > 0)
        add_shape(canvas, NPT__BOX, corners, 2, &(struct npt__pen){.colour = colour});
}

void npt__draw_path(struct npt__canvas *canvas, const struct npt__point *points, size_t count,
                    const struct npt__pen *pen)
{
    if (count > 1)
        add_shape(canvas, NPT__PATH, points, count, pen);
}

void npt__draw_line(struct npt__canvas *canvas, double x1, double y1, double x2, double y2,
                    const struct npt__pen *pen)
{
    const struct npt__point ends[] = {{x1, y1}, {x2, y2}};
    npt__draw_path(canvas, ends, 2, pen);
}

void npt__draw_frame(struct npt__canvas *canvas, double x, double y, double width, double height,
                     const struct npt__pen *pen)
{
    const struct npt__point corners[] = {
        {x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
    if (width > 0 && height > 0)
        npt__draw_path(canvas, corners, 5, pen);
}

void npt__draw_hatch(struct npt__canvas *canvas, double x, double y, double width, double height)
{
    const struct npt__pen thin = {NPT__HATCH_COLOUR, 1, NPT__SOLID};
    /* Lines on which x + y is constant, clipped to the field. */
    for (double sum = HATCH_STEP; sum < width + height; sum += HATCH_STEP) {
        const double left = fmax(0, sum - height), right = fmin(width, sum);
        npt__draw_line(canvas, x + left, y + sum - left, x + right, y + sum - right, &thin);
    }
    npt__draw_frame(canvas, x, y, width, height, &thin);
}

/* ---- markers --------------------------------------------------------------------------------- */

static size_t marker_corners(struct npt__point corners[NPT__DISC_CORNERS],
                             struct npt__outline *outline, enum npt__marker marker, double x,
                             double y, double radius)
{
    static const struct {
        size_t corners;
        double start, scale; /* in turns, clockwise from the right */
    } forms[] = {[NPT__DISC] = {NPT__DISC_CORNERS, 0, 1},
                 [NPT__SQUARE] = {4, 0.125, 1.25},
                 [NPT__TRIANGLE] = {3, 0.75, 1.35},
                 [NPT__DIAMOND] = {4, 0, 1.35}};
    const double turn = 6.283185307179586;
    /* A small disc is round to within a tenth of a pixel with fewer corners. */
    const size_t enough = 12 + (size_t)fmax(0, 2 * radius),
                 count = forms[marker].corners < enough ? forms[marker].corners : enough;
    if (outline->marker != marker || outline->count != count) {
        outline->marker = marker;
        outline->count = count;
        for (size_t i = 0; i < count; i++) {
            const double angle = turn * (forms[marker].start + (double)i / (double)count);
            outline->corners[i] = (struct npt__point){cos(angle), sin(angle)};
        }
    }
    for (size_t i = 0; i < count; i++) {
        corners[i].x = x + radius * forms[marker].scale * outline->corners[i].x;
        corners[i].y = y + radius * forms[marker].scale * outline->corners[i].y;
    }
    return count;
}

void npt__draw_marker(struct npt__canvas *canvas, enum npt__marker marker, double x, double y,
                      double radius, uint32_t colour, bool hollow)
{
    struct npt__point corners[NPT__DISC_CORNERS];
    struct npt__outline *outline = &canvas->outline;
    size_t count = marker_corners(corners, outline, marker, x, y, radius);
    add_shape(canvas, NPT__AREA, corners, count, &(struct npt__pen){.colour = colour});
    if (!hollow)
        return;
    count = marker_corners(corners, outline, marker, x, y, radius * 0.6);
    add_shape(canvas, NPT__AREA, corners, count, &(struct npt__pen){.colour = NPT__WHITE});
}

/* ---- text ------------------------------------------------------------------------------------ */

void npt__write(struct npt__canvas *canvas, double x, double y, enum npt__anchor anchor,
                const struct npt__font *font, const char *text)
{
    if (*text)
        *npt__array_add(&canvas->labels) = (struct npt__label){text, x, y, anchor, *font};
}

double npt__line_height(const struct npt__font *font)
{
    return font->size * 1.25;
}

void npt__write_lines(struct npt__canvas *canvas, double x, double y, enum npt__anchor anchor,
                      const struct npt__font *font, const char *const *lines, size_t count)
{
    const double height = npt__line_height(font);
    for (size_t i = 0; i < count; i++)
        npt__write(canvas, x, y + ((double)i - ((double)count - 1) / 2) * height, anchor, font,
                   lines[i]);
}
