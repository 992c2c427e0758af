/* plot_agreement.c - do coders agree? Kappa with its interval for each construct or code, a panel for each pair of
 * coders.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>

#define MOST_ABREAST 3
#define PANEL_GAP 26.0
#define ROW_HEIGHT 32.0
#define NUMBER_WIDTH 40.0

struct agreement {
    struct npt__drawing *drawing;
    struct npt__cube cube; /* columns are pairs of coders */
    size_t kappa, low, high, caution;
    bool any_caution;
    double left, panel_width, least; /* least: the low end of the scale */
};

static const struct npt_cell *cell(const struct agreement *picture, size_t row, size_t pair,
                                   size_t table_column)
{
    return npt__cube_cell(&picture->cube, row, pair, 0, table_column);
}

/* The analysis says in words where an interval is not to be trusted. */
static bool is_doubtful(const struct agreement *picture, size_t row, size_t pair)
{
    const struct npt_cell *caution = cell(picture, row, pair, picture->caution);
    return caution->kind == NPT_CELL_TEXT && *caution->text;
}

static void draw_row(const struct agreement *picture, const struct npt__scale *scale, size_t row,
                     size_t pair, double y)
{
    struct npt__drawing *drawing = picture->drawing;
    const struct npt_cell *kappa = cell(picture, row, pair, picture->kappa);
    double value = 0, low, high;
    if (kappa->kind == NPT_CELL_ABSENT) {
        npt__write(&drawing->canvas, scale->start + scale->length + NUMBER_WIDTH - 4, y, NPT__RIGHT,
                   &npt__font_faint, "-");
        return;
    }
    if (npt__draw_no_number(drawing, kappa, scale->start, y - 9, scale->length, 18))
        return;
    npt__cell_value(kappa, &value);
    const struct npt__pen pen = {drawing->palette->series[0], 2, NPT__SOLID};
    if (npt__cell_value(cell(picture, row, pair, picture->low), &low) &&
        npt__cell_value(cell(picture, row, pair, picture->high), &high))
        npt__draw_interval(drawing, scale, low, high, y, &pen, 4);
    npt__draw_marker(&drawing->canvas, NPT__DISC, npt__scaled(scale, value), y, 5, pen.colour,
                     is_doubtful(picture, row, pair));
    npt__write(&drawing->canvas, scale->start + scale->length + NUMBER_WIDTH - 4, y, NPT__RIGHT,
               &npt__font_small, npt__cell_words(drawing, kappa, picture->kappa));
}

static void draw_panel(const struct agreement *picture, size_t pair, double left, double top)
{
    struct npt__drawing *drawing = picture->drawing;
    const struct npt__scale scale = {picture->least, 1, 0.5, left,
                                     picture->panel_width - NUMBER_WIDTH};
    const struct npt__pen axis = {NPT__AXIS_COLOUR, 1.2, NPT__SOLID};
    const double bottom = top + ROW_HEIGHT * (double)picture->cube.rows.count;
    npt__draw_heading(drawing, left, top - 6, picture->panel_width, NPT__LEFT,
                      picture->cube.columns.names[pair]);
    npt__draw_scale(drawing, &scale, top, bottom, false);
    npt__draw_line(&drawing->canvas, npt__scaled(&scale, 0), top, npt__scaled(&scale, 0), bottom,
                   &axis);
    for (size_t row = 0; row < picture->cube.rows.count; row++)
        draw_row(picture, &scale, row, pair, top + ROW_HEIGHT * ((double)row + 0.5));
}

static void draw_panels(const struct agreement *picture, size_t abreast)
{
    struct npt__drawing *drawing = picture->drawing;
    for (size_t first = 0; first < picture->cube.columns.count; first += abreast) {
        const double top = drawing->y + 42;
        for (size_t row = 0; row < picture->cube.rows.count; row++)
            npt__draw_name(drawing, picture->left - NPT__GAP,
                           top + ROW_HEIGHT * ((double)row + 0.5),
                           picture->left - NPT__GAP - NPT__EDGE, ROW_HEIGHT, NPT__RIGHT,
                           &npt__font_small, picture->cube.rows.names[row]);
        for (size_t i = 0; i < abreast && first + i < picture->cube.columns.count; i++)
            draw_panel(picture, first + i,
                       picture->left + (picture->panel_width + PANEL_GAP) * (double)i, top);
        drawing->y = top + ROW_HEIGHT * (double)picture->cube.rows.count + 20;
    }
}

static void speak(const struct agreement *picture)
{
    struct npt__drawing *drawing = picture->drawing;
    npt__buffer *spoken = &drawing->canvas.spoken;
    npt__buffer_puts(spoken, "Dots of kappa with their intervals.");
    for (size_t pair = 0; pair < picture->cube.columns.count; pair++) {
        npt__buffer_print(spoken, " %s:", picture->cube.columns.names[pair]);
        for (size_t row = 0; row < picture->cube.rows.count; row++) {
            const struct npt_cell *low = cell(picture, row, pair, picture->low);
            double value;
            npt__buffer_print(
                spoken, "%s %s %s", row ? ";" : "", picture->cube.rows.names[row],
                npt__cell_words(drawing, cell(picture, row, pair, picture->kappa), picture->kappa));
            if (npt__cell_value(low, &value))
                npt__buffer_print(spoken, " (%s to %s)",
                                  npt__cell_words(drawing, low, picture->low),
                                  npt__cell_words(drawing, cell(picture, row, pair, picture->high),
                                                  picture->high));
        }
        npt__buffer_putc(spoken, '.');
    }
}

/* From 0 to 1, or from as low as any number reaches. */
static void look_around(struct agreement *picture)
{
    const size_t numbers[] = {picture->kappa, picture->low};
    for (size_t row = 0; row < picture->cube.rows.count; row++)
        for (size_t pair = 0; pair < picture->cube.columns.count; pair++) {
            picture->any_caution |= is_doubtful(picture, row, pair);
            for (size_t i = 0; i < 2; i++) {
                double value = 0;
                npt__cell_value(cell(picture, row, pair, numbers[i]), &value);
                picture->least = fmin(picture->least, floor(value * 2) / 2);
            }
        }
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct agreement *picture = npt__arena_take(drawing->arena, sizeof *picture);
    picture->drawing = drawing;
    const struct npt__cube_view view = {.row = npt_table_column(drawing->table, 0)->key};
    const enum npt_status status = npt__cube(&picture->cube, drawing, &view);
    if (status != NPT_OK)
        return status;
    picture->kappa = npt_table_find_column(drawing->table, "kappa");
    picture->low = npt_table_find_column(drawing->table, "kappa_low");
    picture->high = npt_table_find_column(drawing->table, "kappa_high");
    picture->caution = npt_table_find_column(drawing->table, "caution");
    look_around(picture);
    const size_t pairs = picture->cube.columns.count,
                 abreast = pairs < MOST_ABREAST ? pairs : MOST_ABREAST;
    picture->left =
        NPT__EDGE + npt__names_width(&picture->cube.rows, &npt__font_small, 190) + NPT__GAP;
    picture->panel_width = fmin(
        420, (NPT__PICTURE_WIDTH - NPT__EDGE - picture->left - PANEL_GAP * (double)(abreast - 1)) /
                 (double)abreast);
    const double right = picture->left + picture->panel_width * (double)abreast +
                         PANEL_GAP * (double)(abreast - 1) + NPT__EDGE;
    npt__frame_begin(drawing, fmax(600, ceil(right)),
                     "Do the coders agree? Kappa with its interval");
    speak(picture);
    const struct npt__entry entries[] = {
        {NPT__SIGN_DISC, drawing->palette->series[0],
         "kappa, with its interval: 1 is full agreement, 0 "
         "what chance gives"},
        {NPT__SIGN_RING, drawing->palette->series[0], "with caution: the table says why"}};
    npt__frame_key(drawing, entries, picture->any_caution ? 2 : 1);
    draw_panels(picture, abreast);
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"coder", "with", "kappa", "kappa_low", "kappa_high", NULL};

const struct npt_plot npt__plot_agreement = {
    .name = "agreement",
    .summary = "do the coders agree, construct by construct?",
    .description =
        "Kappa of two coders for each construct or code, with its interval: 1 is full agreement, 0 what chance\n"
        "alone gives. A dot is hollow where the table warns of few interviews or a code that is rare.",
    .analysis = "agree",
    .columns = columns,
    .draw = draw,
};
