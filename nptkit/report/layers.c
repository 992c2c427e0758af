/* layers.c - SVG put together from what was drawn for this picture and what was drawn for all that have it.
 *
 * gnuplot writes a group for each item of `plot`, which depends on nothing outside it but for empty groups that are
 * dropped later. The groups of the common shapes are put between those of the shapes below and above them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* memmem */
#include "layers.h"

#include "../base/diags.h"

#include <string.h>

/* ---- what is common -------------------------------------------------------------------------- */

static size_t common_count(const struct npt__canvas *canvas)
{
    return canvas->common_end - canvas->common_first;
}

static bool same_shape(const struct npt__shape *a, const struct npt__shape *b)
{
    return a->kind == b->kind && a->count == b->count && a->pen.colour == b->pen.colour &&
           a->pen.dash == b->pen.dash && memcmp(&a->pen.width, &b->pen.width, sizeof(double)) == 0;
}

/* Whether these are the common shapes of the canvas, whose points follow each other. */
static bool is_of(const struct npt__layer *layer, const struct npt__canvas *canvas)
{
    const struct npt__shape *shapes = &canvas->shapes.items[canvas->common_first];
    const struct npt__point *points = &canvas->points.items[shapes->first];
    const size_t count = common_count(canvas);
    if (layer->shapes.count != count || !layer->svg.length ||
        memcmp(&layer->width, &canvas->width, sizeof layer->width) != 0 ||
        memcmp(&layer->height, &canvas->height, sizeof layer->height) != 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!same_shape(&layer->shapes.items[i], &shapes[i]))
            return false;
    return memcmp(layer->points.items, points, layer->points.count * sizeof *points) == 0;
}

static void keep_shapes(struct npt__layer *layer, const struct npt__canvas *canvas)
{
    layer->width = canvas->width;
    layer->height = canvas->height;
    layer->shapes.count = layer->points.count = 0;
    for (size_t i = canvas->common_first; i < canvas->common_end; i++) {
        struct npt__shape shape = canvas->shapes.items[i];
        const struct npt__point *points = &canvas->points.items[shape.first];
        shape.first = layer->points.count;
        for (size_t j = 0; j < shape.count; j++)
            *npt__array_add(&layer->points) = points[j];
        *npt__array_add(&layer->shapes) = shape;
    }
}

/* ---- gnuplot's SVG --------------------------------------------------------------------------- */

static const char group_name[] = "<g id=\"gnuplot_plot_";

/* Where the group of item `number` of `plot` begins; NULL. */
static const char *find_group(const npt__buffer *svg, size_t number)
{
    npt__buffer name = {0};
    npt__buffer_print(&name, "%s%zu\"", group_name, number);
    const char *found = memmem(svg->bytes, svg->length, name.bytes, name.length);
    npt__buffer_release(&name);
    return found;
}

/* Where the group that begins there is closed; NULL. */
static const char *end_of_group(const npt__buffer *svg, const char *at)
{
    const char *end = svg->bytes + svg->length;
    size_t depth = 0;
    while (at && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const size_t left = (size_t)(end - at);
        if (left > 3 && memcmp(at, "<g ", 3) == 0)
            depth++;
        else if (left > 4 && memcmp(at, "</g>", 4) == 0 && --depth == 0)
            return at + 4;
        at++;
    }
    return NULL;
}

/* All groups of what was drawn, which is nothing but common shapes. */
static bool keep_groups(struct npt__layer *layer, const npt__buffer *svg, size_t count)
{
    const char *first = find_group(svg, 1), *end = end_of_group(svg, find_group(svg, count));
    npt__buffer_clear(&layer->svg);
    if (first && end)
        npt__buffer_add(&layer->svg, first, (size_t)(end - first));
    return first && end;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* NULL where gnuplot cannot draw them. */
static const struct npt__layer *find_layer(struct npt__layers *layers, npt__gnuplot *gnuplot,
                                           const struct npt__canvas *canvas)
{
    for (size_t i = 0; i < NPT__MOST_LAYERS; i++)
        if (is_of(&layers->items[i], canvas))
            return &layers->items[i];
    struct npt__layer *layer = &layers->items[layers->drawn++ % NPT__MOST_LAYERS];
    npt__buffer svg = {0};
    keep_shapes(layer, canvas);
    struct npt__canvas common = {.arena = canvas->arena, .width = canvas->width};
    common.height = canvas->height;
    common.shapes.items = layer->shapes.items;
    common.shapes.count = layer->shapes.count;
    common.points.items = layer->points.items;
    common.points.count = layer->points.count;
    npt_diags *unheard = npt_diags_new(); /* the whole picture is drawn then, and says it */
    const bool drawn = npt__gnuplot_draw(&svg, gnuplot, &common, NPT__SVG, unheard) == NPT_OK &&
                       keep_groups(layer, &svg, npt__script_groups(&common, SIZE_MAX));
    npt_diags_free(unheard);
    if (!drawn)
        npt__buffer_clear(&layer->svg);
    npt__buffer_release(&svg);
    return drawn ? layer : NULL;
}

/* The canvas without its common shapes; where they were, two shapes go together no more than before. */
static struct npt__canvas rest_of(const struct npt__canvas *canvas)
{
    struct npt__canvas rest = *canvas;
    const size_t below = canvas->common_first, above = canvas->shapes.count - canvas->common_end;
    rest.shapes.items =
        npt__arena_array(canvas->arena, below + above + 1, sizeof(struct npt__shape));
    rest.shapes.count = below + above;
    memcpy(rest.shapes.items, canvas->shapes.items, below * sizeof(struct npt__shape));
    memcpy(rest.shapes.items + below, canvas->shapes.items + canvas->common_end,
           above * sizeof(struct npt__shape));
    rest.common_end = rest.common_first;
    return rest;
}

enum npt_status npt__layers_draw(npt__buffer *picture, struct npt__layers *layers,
                                 npt__gnuplot *gnuplot, const struct npt__canvas *canvas,
                                 npt_diags *diags)
{
    const size_t below = npt__script_groups(canvas, canvas->common_first);
    const struct npt__layer *layer =
        common_count(canvas) && below ? find_layer(layers, gnuplot, canvas) : NULL;
    if (!layer)
        return npt__gnuplot_draw(picture, gnuplot, canvas, NPT__SVG, diags);
    const struct npt__canvas rest = rest_of(canvas);
    npt__buffer svg = {0};
    enum npt_status status = npt__gnuplot_draw(&svg, gnuplot, &rest, NPT__SVG, diags);
    const char *place = status == NPT_OK ? end_of_group(&svg, find_group(&svg, below)) : NULL;
    if (place) {
        npt__buffer_add(picture, svg.bytes, (size_t)(place - svg.bytes));
        npt__buffer_putc(picture, '\n');
        npt__buffer_add(picture, layer->svg.bytes, layer->svg.length);
        npt__buffer_add(picture, place, svg.length - (size_t)(place - svg.bytes));
    } else if (status == NPT_OK) {
        npt__say(diags, NPT_ERROR, NULL, "gnuplot wrote a picture that is no SVG");
        status = NPT_NO_HELPER;
    }
    npt__buffer_release(&svg);
    return status;
}

void npt__layers_release(struct npt__layers *layers)
{
    for (size_t i = 0; i < NPT__MOST_LAYERS; i++) {
        npt__array_release(&layers->items[i].shapes);
        npt__array_release(&layers->items[i].points);
        npt__buffer_release(&layers->items[i].svg);
    }
}
