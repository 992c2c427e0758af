/* plot.c - the kinds of pictures, and from a table to the bytes of a picture.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot.h"

#include "../base/diags.h"
#include "layers.h"
#include "svg_lines.h"

#include <string.h>

static const struct npt_plot *const plots[] = {
    &npt__plot_likert,      &npt__plot_dots,  &npt__plot_heat,    &npt__plot_slope,
    &npt__plot_caterpillar, &npt__plot_tally, &npt__plot_cooccur, &npt__plot_saturation,
    &npt__plot_agreement,   &npt__plot_radar,
};

const npt_plot *npt_plot_at(size_t index)
{
    return index < sizeof plots / sizeof *plots ? plots[index] : NULL;
}

const npt_plot *npt_plot_find(const char *name)
{
    const npt_plot *plot = NULL;
    for (size_t i = 0; (plot = npt_plot_at(i)) != NULL; i++)
        if (strcmp(plot->name, name) == 0)
            break;
    return plot;
}

const char *npt_plot_name(const npt_plot *plot)
{
    return plot->name;
}

const char *npt_plot_summary(const npt_plot *plot)
{
    return plot->summary;
}

const char *npt_plot_description(const npt_plot *plot)
{
    return plot->description;
}

const char *npt_plot_analysis(const npt_plot *plot)
{
    return plot->analysis;
}

const char *npt_plot_option(const npt_plot *plot)
{
    return plot->option;
}

/* The first column that the table lacks; NULL: it has them all. */
static const char *lacking_of(const char *const *columns, const npt_table *table)
{
    for (size_t i = 0; columns[i]; i++)
        if (npt_table_find_column(table, columns[i]) == SIZE_MAX)
            return columns[i];
    return NULL;
}

static const char *lacking(const npt_plot *plot, const npt_table *table)
{
    return plot->other_columns && !lacking_of(plot->other_columns, table)
               ? NULL
               : lacking_of(plot->columns, table);
}

bool npt_plot_fits(const npt_plot *plot, const npt_table *table)
{
    return !lacking(plot, table);
}

size_t npt_plot_measure(const npt_plot *plot, const npt_table *table)
{
    const char *const *columns =
        lacking_of(plot->columns, table) ? plot->other_columns : plot->columns;
    for (size_t i = 0; columns && columns[i]; i++) {
        const size_t column = npt_table_find_column(table, columns[i]);
        if (column != SIZE_MAX && !npt_table_column(table, column)->dimension)
            return column;
    }
    return SIZE_MAX;
}

static enum npt_status refuse_palette(const struct npt__drawing *drawing)
{
    npt__buffer known = {0};
    const struct npt__palette *palette;
    for (size_t i = 0; (palette = npt__palette_at(i)) != NULL; i++)
        npt__buffer_print(&known, "%s%s (%s)", i ? ", " : "", palette->name, palette->of);
    npt__say(drawing->diags, NPT_ERROR, NULL, "there is no palette '%s'",
             drawing->options->palette);
    npt__hint(drawing->diags, "there are %s", npt__buffer_string(&known));
    npt__buffer_release(&known);
    return NPT_USAGE;
}

enum npt_status npt__plot_compose(struct npt__drawing *drawing, const npt_plot *plot)
{
    static const struct npt_plot_options none = {.format = NPT_PICTURE_SVG};
    if (!drawing->options)
        drawing->options = &none;
    drawing->canvas.arena = drawing->arena;
    drawing->palette = npt__palette_find(drawing->options->palette);
    if (!drawing->palette)
        return refuse_palette(drawing);
    const char *missing = lacking(plot, drawing->table);
    if (missing) {
        npt__say(drawing->diags, NPT_ERROR, NULL,
                 "the picture '%s' needs a column '%s', which the table '%s' does not have",
                 plot->name, missing, npt_table_title(drawing->table));
        npt__hint(drawing->diags, "it draws what nptkit %s gives", plot->analysis);
        return NPT_USAGE;
    }
    return plot->draw(drawing);
}

/* ---- pictures -------------------------------------------------------------------------------- */

struct npt_plotter {
    npt__gnuplot *gnuplot;
    struct npt__layers layers;
    /* Their memory is used again. */
    npt__buffer picture, svg;
    struct npt__canvas canvas;
};

npt_plotter *npt_plotter_open(npt_diags *diags)
{
    npt__gnuplot *gnuplot = npt__gnuplot_open(diags);
    if (!gnuplot)
        return NULL;
    npt_plotter *plotter = npt__allocate(sizeof *plotter);
    *plotter = (npt_plotter){.gnuplot = gnuplot};
    return plotter;
}

void npt_plotter_close(npt_plotter *plotter)
{
    if (!plotter)
        return;
    npt__gnuplot_close(plotter->gnuplot);
    npt__layers_release(&plotter->layers);
    npt__canvas_release(&plotter->canvas);
    npt__buffer_release(&plotter->picture);
    npt__buffer_release(&plotter->svg);
    npt__release(plotter);
}

static enum npt_status finish(npt_output *output, npt_plotter *plotter,
                              const struct npt__drawing *drawing)
{
    const npt__buffer *picture = &plotter->picture;
    npt__buffer *svg = &plotter->svg;
    if (drawing->options->format != NPT_PICTURE_SVG) {
        npt_output_write(output, picture->bytes, picture->length);
        return NPT_OK;
    }
    const struct npt__svg_options how = {
        .title = drawing->canvas.title,
        .description = npt__buffer_string(&drawing->canvas.spoken),
        .prefix = drawing->options->prefix,
        .element = drawing->options->element,
    };
    npt__buffer_clear(svg);
    const bool good = npt__svg_lines(svg, picture->bytes, picture->length, &how) ||
                      npt__svg_finish(svg, picture->bytes, picture->length, &how);
    if (good)
        npt_output_write(output, svg->bytes, svg->length);
    else
        npt__say(drawing->diags, NPT_ERROR, NULL, "gnuplot wrote a picture that is no SVG");
    return good ? NPT_OK : NPT_NO_HELPER;
}

static void put_words(npt_output *output, const struct npt__drawing *drawing)
{
    npt_output_write(output, npt__buffer_string(&drawing->canvas.spoken),
                     drawing->canvas.spoken.length);
}

enum npt_status npt_plot_draw(npt_output *output, npt_plotter *plotter, const npt_plot *plot,
                              const npt_table *table, const struct npt_plot_options *options,
                              npt_diags *diags)
{
    static const enum npt__picture_format formats[] = {NPT__SVG, NPT__PNG, NPT__PDF};
    struct npt__drawing drawing = {
        .table = table, .options = options, .arena = npt__arena_new(), .diags = diags};
    drawing.canvas = plotter->canvas;
    enum npt_status status = npt__plot_compose(&drawing, plot);
    if (status == NPT_OK && drawing.options->words)
        put_words(drawing.options->words, &drawing);
    npt__buffer_clear(&plotter->picture);
    if (status == NPT_OK && drawing.options->format == NPT_PICTURE_SVG)
        status = npt__layers_draw(&plotter->picture, &plotter->layers, plotter->gnuplot,
                                  &drawing.canvas, diags);
    else if (status == NPT_OK)
        status = npt__gnuplot_draw(&plotter->picture, plotter->gnuplot, &drawing.canvas,
                                   formats[drawing.options->format], diags);
    if (status == NPT_OK)
        status = finish(output, plotter, &drawing);
    npt__canvas_clear(&drawing.canvas);
    plotter->canvas = drawing.canvas;
    npt__arena_free(drawing.arena);
    return status;
}

enum npt_status npt_plot_describe(npt_output *output, const npt_plot *plot, const npt_table *table,
                                  const struct npt_plot_options *options, npt_diags *diags)
{
    struct npt__drawing drawing = {
        .table = table, .options = options, .arena = npt__arena_new(), .diags = diags};
    const enum npt_status status = npt__plot_compose(&drawing, plot);
    if (status == NPT_OK)
        put_words(output, &drawing);
    npt__canvas_release(&drawing.canvas);
    npt__arena_free(drawing.arena);
    return status;
}
