/* pictures.c - draws every kind of picture from made-up tables, for people to look at: `make pictures`.
 *
 *     pictures FOLDER [svg|png|pdf]      FOLDER exists; prints the time of each picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "../plot_table.h"

#include <nptkit/plot.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LONG_NAME \
    "The Royal Borough of Kensington & Chelsea's early help and family support partnership hub"

static const struct set {
    const char *name;
    struct plot_table how;
    const char *own;
    bool unnamed;
} sets[] = {
    {"1", {.sites = 1, .constructs = 4}, NULL, false},
    {"3", {.sites = 3, .constructs = 4}, NULL, false},
    {"12", {.sites = 12, .constructs = 4, .holes = true}, NULL, false},
    {"60", {.sites = 60, .constructs = 4, .holes = true}, NULL, false},
    {"300", {.sites = 300, .constructs = 1}, "Site 150", true},
    {"one-construct", {.sites = 3, .constructs = 1}, NULL, false},
    {"20-constructs", {.sites = 3, .constructs = 20, .holes = true}, NULL, false},
    {"long-names", {.sites = 4, .constructs = 4, .name = LONG_NAME}, NULL, false},
    {"hebrew",
     {.sites = 3, .constructs = 4, .name = "\u05D1\u05D9\u05EA \u05D7\u05D5\u05DC\u05D9\u05DD"},
     NULL,
     false},
    {"chinese",
     {.sites = 3,
      .constructs = 4,
      .name = "\u5317\u4EAC\u5E02\u793E\u533A\u536B\u751F\u670D\u52A1\u4E2D\u5FC3"},
     NULL,
     false},
    {"own", {.sites = 12, .constructs = 4}, "Site 5", false},
    {"unnamed", {.sites = 12, .constructs = 4}, "Site 5", true},
    {"valence", {.sites = 3, .constructs = 4, .valence = true}, NULL, false},
    {"all-withheld", {.sites = 3, .constructs = 4, .withheld = true}, NULL, false},
    {"all-absent", {.sites = 3, .constructs = 4, .absent = true}, NULL, false},
};

static npt_table *make_table(const npt_plot *plot, struct plot_table how)
{
    const char *analysis = npt_plot_analysis(plot);
    if (strcmp(npt_plot_name(plot), "slope") == 0)
        how.waves = 3;
    return strcmp(analysis, "score") == 0        ? plot_table_score(&how)
           : strcmp(analysis, "items") == 0      ? plot_table_answers(&how)
           : strcmp(analysis, "tally") == 0      ? plot_table_tally(&how)
           : strcmp(analysis, "cooccur") == 0    ? plot_table_cooccur(&how)
           : strcmp(analysis, "saturation") == 0 ? plot_table_saturation(&how)
                                                 : plot_table_agree(&how);
}

static void draw(const char *folder, const char *ending, npt_plotter *plotter, const npt_plot *plot,
                 const struct set *set)
{
    char name[1024];
    snprintf(name, sizeof name, "%s/%s-%s.%s", folder, npt_plot_name(plot), set->name, ending);
    remove(name);
    npt_diags *diags = npt_diags_new();
    npt_table *table = make_table(plot, set->how);
    const bool sites = strcmp(npt_plot_analysis(plot), "agree") != 0 &&
                       strcmp(npt_plot_analysis(plot), "cooccur") != 0;
    const struct npt_plot_options options = {
        .format = strcmp(ending, "pdf") == 0   ? NPT_PICTURE_PDF
                  : strcmp(ending, "png") == 0 ? NPT_PICTURE_PNG
                                               : NPT_PICTURE_SVG,
        .own = sites ? set->own : NULL,
        .others_unnamed = set->unnamed,
        .palette = strcmp(set->name, "valence") == 0 ? "af" : NULL,
        .full_bars = strcmp(set->name, "valence") == 0};
    npt_output *output = npt_output_open(name, diags);
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    const enum npt_status status = npt_plot_draw(output, plotter, plot, table, &options, diags);
    clock_gettime(CLOCK_MONOTONIC, &after);
    if (status == NPT_OK)
        npt_output_close(output);
    else
        npt_output_discard(output);
    printf("%-40s %7.2f ms%s%s\n", strrchr(name, '/') + 1,
           (double)(after.tv_sec - before.tv_sec) * 1e3 +
               (double)(after.tv_nsec - before.tv_nsec) / 1e6,
           status == NPT_OK ? "" : "  refused: ",
           status == NPT_OK ? "" : npt_diags_text(diags, false));
    npt_table_free(table);
    npt_diags_free(diags);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    npt_diags *diags = npt_diags_new();
    npt_plotter *plotter = npt_plotter_open(diags);
    const npt_plot *plot;
    for (size_t kind = 0; plotter && (plot = npt_plot_at(kind)) != NULL; kind++)
        for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
            draw(argv[1], argc > 2 ? argv[2] : "png", plotter, plot, &sets[i]);
    fputs(npt_diags_text(diags, false), stderr);
    npt_diags_free(diags);
    npt_plotter_close(plotter);
    return plotter ? 0 : 4;
}
