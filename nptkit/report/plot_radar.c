/* plot_radar.c - constructs as the axes of a wheel, for who asks for it; dots say the same with intervals.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/diags.h"
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>
#include <string.h>

#define WIDTH 640.0
#define RADIUS 150.0
#define NAME_WIDTH 140.0
#define TURN 6.283185307179586

struct radar {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t mean;
    size_t axes[NPT__MOST_LEVELS], axis_count; /* rows of the cube, on one scale */
    struct npt__scale scale;
    double x, y; /* the middle */
};

static struct npt__point at(const struct radar *radar, size_t axis, double distance)
{
    const double angle = TURN * ((double)axis / (double)radar->axis_count - 0.25);
    return (struct npt__point){radar->x + distance * cos(angle), radar->y + distance * sin(angle)};
}

/* "All 20 items" is no construct of its own. */
static bool is_sum(const char *name)
{
    const size_t length = strlen(name);
    return strncmp(name, "All ", 4) == 0 && length > 6 && strcmp(name + length - 6, " items") == 0;
}

static void choose_axes(struct radar *radar)
{
    radar->scale = npt__score_scale(&radar->cube, 0);
    for (size_t row = 0; row < radar->cube.rows.count; row++) {
        const struct npt__scale scale = npt__score_scale(&radar->cube, row);
        if (fabs(scale.low - radar->scale.low) < 1e-9 &&
            fabs(scale.high - radar->scale.high) < 1e-9 && !is_sum(radar->cube.rows.names[row]))
            radar->axes[radar->axis_count++] = row;
    }
    radar->scale.start = 0;
    radar->scale.length = RADIUS;
}

/* The name of an axis beyond its end: above, below or beside it. */
static void write_name(const struct radar *radar, size_t axis)
{
    const char *lines[3];
    const struct npt__font *font = &npt__font_plain;
    const struct npt__point end = at(radar, axis, RADIUS + 10);
    const double aside = end.x - radar->x, below = end.y - radar->y;
    const size_t count = npt__lettering_wrap(lines, 3, radar->drawing->arena,
                                             radar->cube.rows.names[radar->axes[axis]], NAME_WIDTH,
                                             font->size, false);
    const double half = npt__line_height(font) * (double)count / 2;
    const double y = fabs(below) < RADIUS / 2 ? end.y : end.y + (below < 0 ? -half : half);
    npt__write_lines(&radar->drawing->canvas, end.x, y,
                     aside > 1    ? NPT__LEFT
                     : aside < -1 ? NPT__RIGHT
                                  : NPT__CENTRE,
                     font, lines, count);
}

static void draw_wheel(const struct radar *radar)
{
    struct npt__drawing *drawing = radar->drawing;
    const struct npt__pen grid = {NPT__GRID_COLOUR, 1, NPT__SOLID};
    struct npt__point ring[NPT__MOST_LEVELS + 1];
    for (double value = radar->scale.low + radar->scale.step;
         value <= radar->scale.high + radar->scale.step / 2; value += radar->scale.step) {
        const double distance = npt__scaled(&radar->scale, value);
        for (size_t i = 0; i <= radar->axis_count; i++)
            ring[i] = at(radar, i % radar->axis_count, distance);
        npt__draw_path(&drawing->canvas, ring, radar->axis_count + 1, &grid);
        npt__buffer text = {0};
        npt__number_write(&text, value);
        npt__write(&drawing->canvas, radar->x + 5, radar->y - distance + 7, NPT__LEFT,
                   &npt__font_faint, npt__arena_string(drawing->arena, npt__buffer_string(&text)));
        npt__buffer_release(&text);
    }
    for (size_t i = 0; i < radar->axis_count; i++) {
        const struct npt__point end = at(radar, i, RADIUS);
        npt__draw_line(&drawing->canvas, radar->x, radar->y, end.x, end.y, &grid);
        write_name(radar, i);
    }
}

static void draw_site(const struct radar *radar, size_t site)
{
    struct npt__canvas *canvas = &radar->drawing->canvas;
    const struct npt__pen pen = npt__series_pen(radar->drawing, site, 2.2);
    for (size_t i = 0; i < radar->axis_count; i++) {
        const size_t next = (i + 1) % radar->axis_count;
        double here, there;
        if (!npt__cell_value(npt__cube_cell(&radar->cube, radar->axes[i], site, 0, radar->mean),
                             &here))
            continue;
        const struct npt__point start = at(radar, i, npt__scaled(&radar->scale, here));
        if (npt__cell_value(npt__cube_cell(&radar->cube, radar->axes[next], site, 0, radar->mean),
                            &there)) {
            const struct npt__point end = at(radar, next, npt__scaled(&radar->scale, there));
            npt__draw_line(canvas, start.x, start.y, end.x, end.y, &pen);
        }
        npt__draw_marker(canvas, npt__series_marker(site), start.x, start.y, 4, pen.colour, false);
    }
}

static enum npt_status set_up(struct radar *radar)
{
    struct npt__drawing *drawing = radar->drawing;
    const enum npt_status status = npt__cube(
        &radar->cube, drawing, &(struct npt__cube_view){.row = "construct", .own_only = true});
    if (status != NPT_OK)
        return status;
    radar->mean = npt_table_find_column(drawing->table, "mean");
    choose_axes(radar);
    const char *fault = radar->axis_count < 3                     ? "fewer than three scores"
                        : radar->axis_count > 16                  ? "more than 16 scores"
                        : radar->cube.columns.count > NPT__SERIES ? "more than four groups"
                                                                  : NULL;
    if (!fault)
        return NPT_OK;
    npt__say(drawing->diags, NPT_ERROR, NULL, "a radar of %s cannot be read", fault);
    npt__hint(drawing->diags, "nptkit plot dots or nptkit plot heat show them");
    return NPT_USAGE;
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct radar *radar = npt__arena_take(drawing->arena, sizeof *radar);
    radar->drawing = drawing;
    const enum npt_status status = set_up(radar);
    if (status != NPT_OK)
        return status;
    npt__frame_begin(drawing, WIDTH, npt__frame_title(drawing, &radar->cube, "Mean scores"));
    npt__buffer_print(&drawing->canvas.spoken,
                      "A wheel with %s as axes, and a line around it for %s.",
                      npt__counted(drawing, radar->axis_count, "score", "scores"),
                      npt__counted_columns(drawing, &radar->cube));
    for (size_t i = 0; i < radar->axis_count; i++)
        npt__speak_means(drawing, &radar->cube, radar->axes[i]);
    struct npt__entry entries[NPT__SERIES];
    for (size_t i = 0; i < radar->cube.columns.count; i++)
        entries[i] = (struct npt__entry){NPT__SIGN_SERIES, (uint32_t)i,
                                         npt__name_with_n(drawing, &radar->cube, i)};
    npt__frame_key(drawing, entries, radar->cube.columns.count);
    radar->x = WIDTH / 2;
    radar->y = drawing->y + RADIUS + 60;
    draw_wheel(radar);
    for (size_t site = 0; site < radar->cube.columns.count; site++)
        draw_site(radar, site);
    drawing->y = radar->y + RADIUS + 50;
    if (npt__any_withheld(drawing->table, radar->mean))
        npt__frame_remark(drawing, "A line is broken where a mean is withheld.");
    npt__frame_remark(
        drawing, "Read along the axes only: the area grows with the square of the scores, its "
                 "shape depends on the order of the axes, and no interval is shown. nptkit plot "
                 "dots shows the same means with their intervals.");
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"construct", "mean", NULL};

const struct npt_plot npt__plot_radar = {
    .name = "radar",
    .summary = "the wheel that some readers ask for (dots say more)",
    .description =
        "Constructs are the axes of a wheel, for up to four sites. Dots are better: here areas grow with the\n"
        "square of the scores, the shape depends on the order of the axes, and there is no room for intervals.",
    .analysis = "score",
    .columns = columns,
    .draw = draw,
};
