/* nptkit/plot.h - tables as pictures: SVG, PNG and PDF, drawn by the program gnuplot.
 *
 *     npt_plotter *plotter = npt_plotter_open(diags);
 *     if (plotter)
 *         npt_plot_draw(output, plotter, npt_plot_find("dots"), table, NULL, diags);
 *     npt_plotter_close(plotter);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_PLOT_H
#define NPTKIT_PLOT_H

#include <nptkit/base.h>
#include <nptkit/table.h>

/* A kind of picture. */
typedef struct npt_plot npt_plot;

/* A kind by name ("dots"); NULL where there is none. */
NPT_API const npt_plot *npt_plot_find(const char *name);
/* The kinds in the order in which help lists them; NULL past the end. */
NPT_API const npt_plot *npt_plot_at(size_t index);
NPT_API const char *npt_plot_name(const npt_plot *plot);
/* The question that it answers, in one line without a full stop. */
NPT_API const char *npt_plot_summary(const npt_plot *plot);
/* How to read it; several lines. */
NPT_API const char *npt_plot_description(const npt_plot *plot);
/* The name of the analysis whose table it draws. */
NPT_API const char *npt_plot_analysis(const npt_plot *plot);
/* An option of that analysis, without a value, which gives a table with more to draw; under protection that table has
   nothing to show, so that it is better not set. NULL: none. */
NPT_API const char *npt_plot_option(const npt_plot *plot);
/* Whether the table has the columns that it needs. */
NPT_API bool npt_plot_fits(const npt_plot *plot, const npt_table *table);
/* The column of the first measure that it cannot be drawn without; SIZE_MAX: it needs none. */
NPT_API size_t npt_plot_measure(const npt_plot *plot, const npt_table *table);

enum npt_picture { NPT_PICTURE_SVG, NPT_PICTURE_PNG, NPT_PICTURE_PDF };

struct npt_plot_options {
    enum npt_picture format;
    const char *own; /* one's own site among the others; NULL: none */
    /* No other site's name is anywhere in the picture or in its words: others are "another site", or only all of
       them together are drawn. For what leaves to one site. */
    bool others_unnamed;
    const char *construct; /* the one that is drawn, where only one can be; NULL: the first */
    const char *palette;   /* "okabe-ito" or "af", the UK Analysis Function's; NULL: the first */
    bool
        full_bars; /* likert: all answers in one bar of 100%, instead of who agrees apart from who disagrees */
    const char *title; /* instead of the kind's own; NULL: that */
    /* SVG: of all identifiers, so that several pictures can stand in one page; NULL: "npt". */
    const char *prefix;
    /* What npt_plot_describe() would say is written here, too; NULL: nowhere. */
    npt_output *words;
    bool element; /* SVG: without the declaration of XML, to stand within a page */
};

/* A gnuplot that runs, for many pictures; used by one thread at a time. NULL, with a message that says what to
   install, where there is none (NPT_NO_HELPER): tables can be had without it. */
typedef struct npt_plotter npt_plotter;
NPT_API npt_plotter *npt_plotter_open(npt_diags *diags);
NPT_API void npt_plotter_close(npt_plotter *plotter);

/* Draws a table. Cells that are absent or withheld are drawn as such, never as 0. NPT_USAGE where the table or
   an option does not fit; NPT_NO_HELPER where gnuplot fails. The same table gives the same bytes; a PDF says
   that it is of 1 January 1980. `options` may be NULL: all as zero. */
NPT_API enum npt_status npt_plot_draw(npt_output *output, npt_plotter *plotter,
                                      const npt_plot *plot, const npt_table *table,
                                      const struct npt_plot_options *options, npt_diags *diags);
/* What the picture shows, in words, for people who do not see it; without gnuplot. */
NPT_API enum npt_status npt_plot_describe(npt_output *output, const npt_plot *plot,
                                          const npt_table *table,
                                          const struct npt_plot_options *options, npt_diags *diags);

#endif
