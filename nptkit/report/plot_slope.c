/* plot_slope.c - what changed between waves: a line for each site, a panel for each construct.
 *
 * Up to four sites differ in colour, marker and dash and are named at the end of their lines; of more, one's own
 * site stands out from grey lines.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/diags.h"
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>
#include <string.h>

#define MOST_ABREAST 4
#define MOST_NAMED 15
#define MOST_DRAWN \
    60 /* of more sites, only one's own and all together: the lines would be a grey field */
#define PANEL_GAP 26.0
#define PANEL_HEIGHT 230.0
#define AXIS_WIDTH 26.0
#define NAME_STEP 15.0
#define WAVE_INSET 24.0
#define OWN_SERIES 1

struct slope {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t mean, n, own; /* own: NPT__NO_COLUMN: none */
    bool few;            /* sites: each has a look of its own */
    bool others;         /* are drawn, beside one's own */
    double left, panel_width, names_width;
};

struct name { /* at the end of a line */
    const char *text;
    double x, y, shown; /* where the line ends, and where there is room */
    size_t site;
};

static struct npt__pen pen_of(const struct slope *slope, size_t site)
{
    if (slope->few)
        return npt__series_pen(slope->drawing, site, 2.2);
    if (site == NPT__ALL_COLUMNS)
        return (struct npt__pen){NPT__TEXT_COLOUR, 2, NPT__DASHED};
    return site == slope->own ? (struct npt__pen){slope->drawing->palette->own, 2.6, NPT__SOLID}
                              : (struct npt__pen){NPT__OTHERS_COLOUR, 1, NPT__SOLID};
}

/* The first and the last wave stand near the sides of the panel. */
static double wave_x(const struct slope *slope, size_t wave, double left)
{
    const double last = (double)slope->cube.parts.count - 1, inset = WAVE_INSET;
    return left + inset + (slope->panel_width - 2 * inset) * (double)wave / last;
}

static void draw_site(const struct slope *slope, const struct npt__scale *up, size_t row,
                      size_t site, double left)
{
    struct npt__canvas *canvas = &slope->drawing->canvas;
    const size_t waves = slope->cube.parts.count;
    struct npt__pen pen = pen_of(slope, site);
    if (site == slope->own && !slope->few)
        pen.dash = NPT__SOLID;
    struct npt__point last = {0, 0};
    bool connected = false;
    for (size_t wave = 0; wave < waves; wave++) {
        double value;
        if (!npt__cell_value(npt__cube_cell(&slope->cube, row, site, wave, slope->mean), &value)) {
            connected = false;
            continue;
        }
        const struct npt__point here = {wave_x(slope, wave, left), npt__scaled(up, value)};
        if (connected)
            npt__draw_line(canvas, last.x, last.y, here.x, here.y, &pen);
        if (slope->few || site == slope->own)
            npt__draw_marker(canvas, npt__series_marker(slope->few ? site : OWN_SERIES), here.x,
                             here.y, 4.5, pen.colour, false);
        else if (site != NPT__ALL_COLUMNS)
            npt__draw_marker(canvas, NPT__DISC, here.x, here.y, 2, pen.colour, false);
        last = here;
        connected = true;
    }
}

/* ---- names at the ends ----------------------------------------------------------------------- */

static bool end_of_line(const struct slope *slope, const struct npt__scale *up, size_t row,
                        size_t site, double left, struct name *name)
{
    for (size_t wave = slope->cube.parts.count; wave-- > 0;) {
        double value;
        if (npt__cell_value(npt__cube_cell(&slope->cube, row, site, wave, slope->mean), &value)) {
            name->x = wave_x(slope, wave, left);
            name->y = npt__scaled(up, value);
            name->site = site;
            name->text =
                site == NPT__ALL_COLUMNS ? "All together" : slope->cube.columns.names[site];
            return true;
        }
    }
    return false;
}

static bool is_named(const struct slope *slope, size_t site)
{
    if (site == NPT__ALL_COLUMNS)
        return !slope->few;
    return site == slope->own || (slope->cube.columns.count <= MOST_NAMED && !slope->cube.unnamed);
}

static void sort_names(struct name *names, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && names[j].y < names[j - 1].y; j--) {
            const struct name swap = names[j];
            names[j] = names[j - 1];
            names[j - 1] = swap;
        }
}

/* Moves names apart: down where they are too near, then up again from the bottom. */
static void spread_names(struct name *names, size_t count, double top, double bottom)
{
    sort_names(names, count);
    double least = top;
    for (size_t i = 0; i < count; i++) {
        names[i].shown = fmax(names[i].y, least);
        least = names[i].shown + NAME_STEP;
    }
    double most = bottom;
    for (size_t i = count; i-- > 0;) {
        names[i].shown = fmin(names[i].shown, most);
        most = names[i].shown - NAME_STEP;
    }
}

static void draw_names(const struct slope *slope, const struct npt__scale *up, size_t row,
                       double left, double top, double bottom)
{
    struct npt__drawing *drawing = slope->drawing;
    struct name names[MOST_NAMED + 2];
    size_t count = 0;
    for (size_t i = 0; i <= slope->cube.columns.count; i++) {
        const size_t site = i == slope->cube.columns.count ? NPT__ALL_COLUMNS : i;
        if (is_named(slope, site) && end_of_line(slope, up, row, site, left, &names[count]))
            count++;
    }
    spread_names(names, count, top, bottom);

    const double start = left + slope->panel_width + 4;
    const struct npt__pen leader = {NPT__HATCH_COLOUR, 0.8, NPT__DOTTED};
    for (size_t i = 0; i < count; i++) {
        const bool strong = slope->few || names[i].site == slope->own;
        const uint32_t colour = pen_of(slope, names[i].site).colour;
        npt__draw_line(&drawing->canvas, names[i].x + 7, names[i].y, start - 2, names[i].shown,
                       &leader);
        if (strong)
            npt__draw_marker(&drawing->canvas,
                             npt__series_marker(slope->few ? names[i].site : OWN_SERIES), start + 5,
                             names[i].shown, 4.5, colour, false);
        struct npt__font font = strong ? npt__font_heading : npt__font_small;
        font.size = 12;
        npt__draw_name(drawing, start + (strong ? 14 : 2), names[i].shown, slope->names_width - 18,
                       NAME_STEP, NPT__LEFT, &font, names[i].text);
    }
}

/* ---- panels ---------------------------------------------------------------------------------- */

static void draw_grid(const struct slope *slope, const struct npt__scale *up, double left,
                      bool numbers)
{
    struct npt__drawing *drawing = slope->drawing;
    const struct npt__pen grid = {NPT__GRID_COLOUR, 1, NPT__SOLID};
    for (double value = up->low; value <= up->high + up->step / 2; value += up->step) {
        const double y = npt__scaled(up, value);
        npt__draw_line(&drawing->canvas, left, y, left + slope->panel_width, y, &grid);
        if (!numbers)
            continue;
        npt__buffer text = {0};
        npt__number_write(&text, value);
        npt__write(&drawing->canvas, left - 6, y, NPT__RIGHT, &npt__font_faint,
                   npt__arena_string(drawing->arena, npt__buffer_string(&text)));
        npt__buffer_release(&text);
    }
    const double step = wave_x(slope, 1, left) - wave_x(slope, 0, left);
    for (size_t wave = 0; wave < slope->cube.parts.count; wave++) {
        const char *name = slope->cube.parts.names[wave];
        if (strspn(name, "0123456789") == strlen(name))
            name = npt__arena_print(drawing->arena, "Wave %s", name);
        npt__draw_name(drawing, wave_x(slope, wave, left), up->start + 13,
                       fmin(step - 4, 2 * WAVE_INSET), 20, NPT__CENTRE, &npt__font_faint, name);
    }
}

static bool same_scale(const struct npt__scale *a, const struct npt__scale *b)
{
    return fabs(a->low - b->low) < 1e-9 && fabs(a->high - b->high) < 1e-9;
}

static size_t counted_site(const struct slope *slope)
{
    return slope->own != NPT__NO_COLUMN     ? slope->own
           : slope->cube.columns.count == 1 ? 0
                                            : NPT__ALL_COLUMNS;
}

/* How many answered, below each wave: of one's own site where there is one, else in all. */
static void write_counts(const struct slope *slope, size_t row, double left, double y)
{
    struct npt__drawing *drawing = slope->drawing;
    const size_t site = counted_site(slope);
    for (size_t wave = 0; wave < slope->cube.parts.count; wave++) {
        const struct npt_cell *n = npt__cube_cell(&slope->cube, row, site, wave, slope->n);
        if (n->kind == NPT_CELL_COUNT)
            npt__write(
                &drawing->canvas, wave_x(slope, wave, left), y, NPT__CENTRE, &npt__font_faint,
                npt__arena_print(drawing->arena, "n %s", npt__cell_words(drawing, n, slope->n)));
    }
}

/* A panel without any number says why. */
static void draw_silence(const struct slope *slope, size_t row, double left, double top)
{
    const struct npt_cell *silent = NULL;
    double value;
    for (size_t site = 0; site < slope->cube.columns.count; site++)
        for (size_t wave = 0; wave < slope->cube.parts.count; wave++) {
            const struct npt_cell *cell =
                npt__cube_cell(&slope->cube, row, site, wave, slope->mean);
            if (npt__cell_value(cell, &value))
                return;
            if (!silent || cell->kind == NPT_CELL_WITHHELD)
                silent = cell;
        }
    if (silent)
        npt__draw_no_number(slope->drawing, silent, left, top + PANEL_HEIGHT / 2 - 10,
                            slope->panel_width, 20);
}

static void draw_panel(const struct slope *slope, size_t row, double left, double top, bool last,
                       const struct npt__scale *before)
{
    struct npt__scale up = npt__score_scale(&slope->cube, row);
    up.start = top + PANEL_HEIGHT;
    up.length = -PANEL_HEIGHT;
    npt__draw_heading(slope->drawing, left, top - 8, slope->panel_width, NPT__LEFT,
                      slope->cube.rows.names[row]);
    draw_grid(slope, &up, left, !before || !same_scale(before, &up));
    write_counts(slope, row, left, up.start + 27);
    draw_silence(slope, row, left, top);
    for (size_t site = 0; site < slope->cube.columns.count; site++)
        if (site != slope->own && slope->others)
            draw_site(slope, &up, row, site, left);
    if (!slope->few)
        draw_site(slope, &up, row, NPT__ALL_COLUMNS, left);
    if (slope->own != NPT__NO_COLUMN)
        draw_site(slope, &up, row, slope->own, left);
    if (last)
        draw_names(slope, &up, row, left, top, top + PANEL_HEIGHT);
}

static void draw_panels(const struct slope *slope, size_t abreast)
{
    struct npt__drawing *drawing = slope->drawing;
    const size_t rows = slope->cube.rows.count;
    for (size_t first = 0; first < rows; first += abreast) {
        const double top = drawing->y + 42;
        struct npt__scale before;
        for (size_t i = 0; i < abreast && first + i < rows; i++) {
            const bool last = i + 1 == abreast || first + i + 1 == rows;
            draw_panel(slope, first + i, slope->left + (slope->panel_width + PANEL_GAP) * (double)i,
                       top, last, i ? &before : NULL);
            before = npt__score_scale(&slope->cube, first + i);
        }
        drawing->y = top + PANEL_HEIGHT + 40;
    }
}

/* ---- in words -------------------------------------------------------------------------------- */

static void speak_site(const struct slope *slope, size_t row, size_t site, const char *name)
{
    npt__buffer *spoken = &slope->drawing->canvas.spoken;
    npt__buffer_print(spoken, " %s", name);
    for (size_t wave = 0; wave < slope->cube.parts.count; wave++) {
        const struct npt_cell *cell = npt__cube_cell(&slope->cube, row, site, wave, slope->mean);
        npt__buffer_print(spoken, "%s %s", wave ? "," : "",
                          cell->kind == NPT_CELL_ABSENT
                              ? "no answers"
                              : npt__cell_words(slope->drawing, cell, slope->mean));
    }
    npt__buffer_putc(spoken, ';');
}

static void speak(const struct slope *slope)
{
    npt__buffer *spoken = &slope->drawing->canvas.spoken;
    const struct npt__cube *cube = &slope->cube;
    npt__buffer_print(spoken, "Lines over %zu waves, for %s and %s.", cube->parts.count,
                      npt__counted(slope->drawing, cube->rows.count, "score", "scores"),
                      npt__counted_columns(slope->drawing, cube));
    for (size_t row = 0; row < cube->rows.count; row++) {
        npt__buffer_print(spoken, " %s:", cube->rows.names[row]);
        for (size_t site = 0; site < cube->columns.count; site++)
            if ((cube->columns.count <= 8 && !cube->unnamed) || site == slope->own)
                speak_site(slope, row, site, cube->columns.names[site]);
        if (!slope->few)
            speak_site(slope, row, NPT__ALL_COLUMNS, "all together");
        spoken->bytes[spoken->length - 1] = '.';
    }
}

static enum npt_status set_up(struct slope *slope)
{
    struct npt__drawing *drawing = slope->drawing;
    const struct npt__cube_view view = {.row = "construct", .part = "wave"};
    enum npt_status status = npt__cube(&slope->cube, drawing, &view);
    if (status == NPT_OK && slope->cube.parts.count < 2) {
        npt__say(drawing->diags, NPT_ERROR, NULL, "there is one wave only, and no change to draw");
        npt__hint(drawing->diags, "nptkit plot dots shows one wave");
        status = NPT_USAGE;
    }
    if (status == NPT_OK)
        status = npt__cube_own(&slope->own, &slope->cube, drawing);
    slope->mean = npt_table_find_column(drawing->table, "mean");
    slope->n = npt_table_find_column(drawing->table, "n");
    slope->few = slope->cube.columns.count <= NPT__SERIES &&
                 !(slope->cube.unnamed && slope->cube.columns.count > 1);
    slope->others = slope->cube.columns.count <= MOST_DRAWN || slope->own == NPT__NO_COLUMN;
    return status;
}

static bool any_gap(const struct slope *slope)
{
    const struct npt__cube *cube = &slope->cube;
    for (size_t row = 0; row < cube->rows.count; row++)
        for (size_t site = 0; site < cube->columns.count; site++)
            for (size_t wave = 0; wave < cube->parts.count; wave++)
                if (isnan(npt__cube_mean(cube, row, site, wave)))
                    return true;
    return false;
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct slope *slope = npt__arena_take(drawing->arena, sizeof *slope);
    slope->drawing = drawing;
    const enum npt_status status = set_up(slope);
    if (status != NPT_OK)
        return status;
    npt__frame_begin(drawing, NPT__PICTURE_WIDTH, "What changed between waves: mean scores");
    speak(slope);
    size_t abreast = slope->cube.rows.count < MOST_ABREAST ? slope->cube.rows.count : MOST_ABREAST;
    if (slope->cube.parts.count > 4 && abreast > 2)
        abreast = 2;
    slope->names_width =
        fmax(96, npt__names_width(&slope->cube.columns, &npt__font_heading, 152)) + 18;
    slope->left = NPT__EDGE + AXIS_WIDTH;
    slope->panel_width = fmin(320, (NPT__PICTURE_WIDTH - NPT__EDGE - slope->names_width - 6 -
                                    slope->left - PANEL_GAP * (double)(abreast - 1)) /
                                       (double)abreast);
    draw_panels(slope, abreast);
    if (any_gap(slope))
        npt__frame_remark(
            drawing, npt__any_withheld(drawing->table, slope->mean)
                         ? "A line is broken where nobody answered, or where the mean is withheld."
                         : "A line is broken where nobody answered.");
    const size_t counted = counted_site(slope);
    npt__frame_remark(drawing, counted == NPT__ALL_COLUMNS
                                   ? "n below a wave: all together."
                                   : npt__arena_print(drawing->arena, "n below a wave: %s.",
                                                      slope->cube.columns.names[counted]));
    if (!slope->others)
        npt__frame_remark(drawing, "So many sites that only this one and all together are drawn.");
    else if (slope->cube.unnamed && !slope->few)
        npt__frame_remark(drawing, "Grey lines: the other sites, one line each.");
    else if (!slope->few && slope->cube.columns.count > MOST_NAMED)
        npt__frame_remark(drawing, "Grey lines: the sites, one line each; the table names them. "
                                   "The option --own draws one's own site among them.");
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"construct", "wave", "mean", NULL};

const struct npt_plot npt__plot_slope = {
    .name = "slope",
    .summary = "what changed between waves, site by site?",
    .description =
        "A line for each site from wave to wave, on one scale. A line is broken where a wave is\n"
        "missing. With more than four sites they are grey, and --own names the one that stands out; with\n"
        "more than 60, only that one and all together are drawn.",
    .analysis = "score",
    .columns = columns,
    .draw = draw,
};
