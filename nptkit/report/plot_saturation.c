/* plot_saturation.c - do interviews still bring new codes? New ones as bars, all so far as a line.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>
#include <string.h>

#define PANEL_HEIGHT 200.0
#define AXIS_WIDTH 34.0

struct saturation {
    struct npt__drawing *drawing;
    struct npt__cube cube;           /* rows are interviews, columns what is told apart */
    size_t number, fresh, all, mean; /* mean: of random orders; SIZE_MAX: none */
    bool many;                       /* panels have names */
};

/* The number of an interview within its panel; false where it is not in it. */
static bool place_of(const struct saturation *picture, size_t interview, size_t panel,
                     double *place)
{
    return npt__cell_value(npt__cube_cell(&picture->cube, interview, panel, 0, picture->number),
                           place);
}

static void find_ends(const struct saturation *picture, size_t panel, double *interviews,
                      double *codes)
{
    for (size_t i = 0; i < picture->cube.rows.count; i++) {
        double place, value = 0;
        if (!place_of(picture, i, panel, &place))
            continue;
        *interviews = fmax(*interviews, place);
        npt__cell_value(npt__cube_cell(&picture->cube, i, panel, 0, picture->all), &value);
        *codes = fmax(*codes, value);
        if (picture->mean != SIZE_MAX &&
            npt__cell_value(npt__cube_cell(&picture->cube, i, panel, 0, picture->mean), &value))
            *codes = fmax(*codes, value);
    }
}

/* 1, 2, 5, 10, 20 ...: so that there are at most `most` steps up to the end. */
static double round_step(double end, double most)
{
    static const double factors[] = {1, 2, 5};
    double power = 1;
    for (size_t i = 0;; i++) {
        const double step = power * factors[i % 3];
        if (end / step <= most)
            return step;
        if (i % 3 == 2)
            power *= 10;
    }
}

static void draw_axes(const struct saturation *picture, const struct npt__scale *along,
                      const struct npt__scale *up)
{
    struct npt__drawing *drawing = picture->drawing;
    const struct npt__pen grid = {NPT__GRID_COLOUR, 1, NPT__SOLID};
    const double right = along->start + along->length;
    for (double value = 0; value <= up->high + up->step / 2; value += up->step) {
        const double y = npt__scaled(up, value);
        npt__draw_line(&drawing->canvas, along->start, y, right, y, &grid);
        npt__write(&drawing->canvas, along->start - 6, y, NPT__RIGHT, &npt__font_faint,
                   npt__arena_print(drawing->arena, "%ld", lround(value)));
    }
    const double last = along->high - 0.5;
    for (double value = along->step; value <= last + 0.1; value += along->step)
        npt__write(&drawing->canvas, npt__scaled(along, value), up->start + 11, NPT__CENTRE,
                   &npt__font_faint, npt__arena_print(drawing->arena, "%ld", lround(value)));
}

static void draw_bars(const struct saturation *picture, size_t panel,
                      const struct npt__scale *along, const struct npt__scale *up)
{
    struct npt__canvas *canvas = &picture->drawing->canvas;
    const double wide = fmin(24, along->length / (along->high - along->low) * 0.7);
    for (size_t i = 0; i < picture->cube.rows.count; i++) {
        double place, value;
        if (!place_of(picture, i, panel, &place))
            continue;
        const double x = npt__scaled(along, place);
        const struct npt_cell *fresh = npt__cube_cell(&picture->cube, i, panel, 0, picture->fresh);
        if (npt__cell_value(fresh, &value)) {
            const double y = npt__scaled(up, value);
            npt__draw_box(canvas, x - wide / 2, y, wide, up->start - y,
                          picture->drawing->palette->series[1]);
        } else if (fresh->kind == NPT_CELL_WITHHELD) {
            npt__draw_hatch(canvas, x - wide / 2, up->start + up->length, wide, -up->length);
        }
    }
}

/* A line from interview to interview, broken where there is no number. The numbers stand in order. */
static void draw_curve(const struct saturation *picture, size_t panel, size_t table_column,
                       const struct npt__scale *along, const struct npt__scale *up,
                       const struct npt__pen *pen)
{
    struct npt__point last = {0, 0};
    double before = -1;
    for (size_t i = 0; i < picture->cube.rows.count; i++) {
        double place, value;
        if (!place_of(picture, i, panel, &place) ||
            !npt__cell_value(npt__cube_cell(&picture->cube, i, panel, 0, table_column), &value))
            continue;
        const struct npt__point here = {npt__scaled(along, place), npt__scaled(up, value)};
        if (before > 0 && place - before < 1.5)
            npt__draw_line(&picture->drawing->canvas, last.x, last.y, here.x, here.y, pen);
        if (table_column == picture->all)
            npt__draw_marker(&picture->drawing->canvas, NPT__DISC, here.x, here.y, 2.5, pen->colour,
                             false);
        last = here;
        before = place;
    }
}

static void draw_panel(const struct saturation *picture, size_t panel)
{
    struct npt__drawing *drawing = picture->drawing;
    double interviews = 1, codes = 1;
    find_ends(picture, panel, &interviews, &codes);
    const double top = drawing->y + (picture->many ? 34 : 16);
    const double step = round_step(codes, 6);
    const struct npt__scale up = {0, ceil(codes / step) * step, step, top + PANEL_HEIGHT,
                                  -PANEL_HEIGHT},
                            along = {0.5, interviews + 0.5, round_step(interviews, 20),
                                     NPT__EDGE + AXIS_WIDTH,
                                     NPT__PICTURE_WIDTH - 2 * NPT__EDGE - AXIS_WIDTH};
    if (picture->many)
        npt__draw_heading(drawing, along.start, top - 8, along.length, NPT__LEFT,
                          picture->cube.columns.names[panel]);
    const struct npt__pen line = npt__series_pen(drawing, 0, 2.2),
                          dashes = {NPT__MIDDLE_COLOUR, 1.4, NPT__DASHED};
    draw_axes(picture, &along, &up);
    draw_bars(picture, panel, &along, &up);
    if (picture->mean != SIZE_MAX)
        draw_curve(picture, panel, picture->mean, &along, &up, &dashes);
    draw_curve(picture, panel, picture->all, &along, &up, &line);
    npt__write(&drawing->canvas, along.start + along.length / 2, up.start + 27, NPT__CENTRE,
               &npt__font_faint, "interviews, in their order");
    drawing->y = up.start + 38;
}

/* How many codes there are after the first, the middle and the last interview. */
static void speak(const struct saturation *picture, size_t panel)
{
    npt__buffer *spoken = &picture->drawing->canvas.spoken;
    double interviews = 0, codes = 0;
    find_ends(picture, panel, &interviews, &codes);
    if (picture->many)
        npt__buffer_print(spoken, " %s:", picture->cube.columns.names[panel]);
    const double places[] = {1, ceil(interviews / 4), ceil(interviews / 2), interviews};
    double told = 0;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < picture->cube.rows.count; j++) {
            double place;
            if (!place_of(picture, j, panel, &place) || fabs(place - places[i]) > 0.1 ||
                place - told < 0.5)
                continue;
            const struct npt_cell *all = npt__cube_cell(&picture->cube, j, panel, 0, picture->all);
            npt__buffer_print(spoken, "%s %s after interview %ld", told > 0 ? "," : "",
                              npt__cell_words(picture->drawing, all, picture->all), lround(place));
            told = place;
        }
    npt__buffer_putc(spoken, '.');
}

static void draw_key(const struct saturation *picture)
{
    struct npt__entry entries[4];
    size_t count = 0;
    entries[count++] = (struct npt__entry){NPT__SIGN_SERIES, 0, "all so far"};
    entries[count++] = (struct npt__entry){NPT__SIGN_BOX, picture->drawing->palette->series[1],
                                           "new in this interview"};
    if (picture->mean != SIZE_MAX)
        entries[count++] = (struct npt__entry){NPT__SIGN_DASHES, NPT__MIDDLE_COLOUR,
                                               "all so far, mean of random orders"};
    if (npt__any_withheld(picture->drawing->table, picture->fresh))
        entries[count++] = (struct npt__entry){NPT__SIGN_HATCH, NPT__HATCH_COLOUR, "withheld"};
    npt__frame_key(picture->drawing, entries, count);
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct saturation *picture = npt__arena_take(drawing->arena, sizeof *picture);
    picture->drawing = drawing;
    const enum npt_status status = npt__cube(
        &picture->cube, drawing, &(struct npt__cube_view){.row = "interview", .own_only = true});
    if (status != NPT_OK)
        return status;
    picture->many = picture->cube.columns.count > 1 || picture->cube.left_out;
    picture->number = npt_table_find_column(drawing->table, "number");
    picture->fresh = npt_table_find_column(drawing->table, "new_codes");
    picture->all = npt_table_find_column(drawing->table, "codes");
    picture->mean = npt_table_find_column(drawing->table, "orders_mean");
    npt__frame_begin(drawing, NPT__PICTURE_WIDTH, "New codes, interview by interview");
    npt__buffer_puts(&drawing->canvas.spoken,
                     "Bars of new codes and a line of all codes so far, interview by interview.");
    draw_key(picture);
    for (size_t panel = 0; panel < picture->cube.columns.count; panel++) {
        draw_panel(picture, panel);
        speak(picture, panel);
    }
    npt__frame_remark(drawing, "That no code is new does not mean that nothing new is said: code "
                               "saturation is not meaning saturation (Hennink, Kaiser and Marconi "
                               "2017).");
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"interview", "number", "new_codes", "codes", NULL};

const struct npt_plot npt__plot_saturation = {
    .name = "saturation",
    .summary = "do interviews still bring new codes?",
    .description =
        "Interviews in their order (--order): how many codes each is the first to bring, and how many there\n"
        "are so far. With --orders, also the mean over random orders. Where the line becomes flat, codes are\n"
        "saturated; what people mean by them need not be.",
    .analysis = "saturation",
    .columns = columns,
    .draw = draw,
};
