/* plot_dots.c - are sites different? Means with their intervals, a panel for each construct.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>

#define MOST_ABREAST 4 /* panels in a row of panels */
#define PANEL_GAP 26.0
#define HEADING_HEIGHT 38.0

struct dots {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t mean, low, high, n, own;
    double left, panel_width, row_height; /* left: of the first panel */
    bool numbers;                         /* written above the dots */
    bool any_few, any_total;
};

static const struct npt_cell *cell(const struct dots *dots, size_t row, size_t column,
                                   size_t table_column)
{
    return npt__cube_cell(&dots->cube, row, column, 0, table_column);
}

static void draw_names(const struct dots *dots, double top)
{
    struct npt__font font = dots->row_height < 22 ? npt__font_small : npt__font_plain;
    for (size_t column = 0; column < dots->cube.columns.count; column++) {
        font.bold = column == dots->own;
        npt__draw_name(dots->drawing, dots->left - NPT__GAP,
                       top + dots->row_height * ((double)column + 0.5),
                       dots->left - NPT__GAP - NPT__EDGE, dots->row_height, NPT__RIGHT, &font,
                       npt__name_with_n(dots->drawing, &dots->cube, column));
    }
}

/* One's own site stands out from grey ones. */
static uint32_t colour_of(const struct dots *dots, bool own)
{
    const struct npt__palette *palette = dots->drawing->palette;
    return own                           ? palette->own
           : dots->own != NPT__NO_COLUMN ? NPT__OTHERS_COLOUR
                                         : palette->series[0];
}

/* A white ground keeps what lies behind from crossing the digits. */
static void write_number(const struct dots *dots, double x, double y, const char *words)
{
    struct npt__canvas *canvas = &dots->drawing->canvas;
    const struct npt__font *font = &npt__font_small;
    const double width = npt__lettering_width(words, font->size, false) + 2;
    npt__draw_box(canvas, x - width / 2, y - 6, width, 12, NPT__WHITE);
    npt__write(canvas, x, y, NPT__CENTRE, font, words);
}

/* In passes over a panel, so that like shapes lie together: gnuplot draws each run of them at once. */
enum pass { LINES, DOTS, HOLES, NUMBERS, PASSES };

static void draw_dot(const struct dots *dots, const struct npt__scale *scale, const size_t place[2],
                     double y, enum pass pass)
{
    struct npt__drawing *drawing = dots->drawing;
    const struct npt_cell *mean = cell(dots, place[0], place[1], dots->mean);
    double value = 0, low, high, n = NPT__FEW;
    if (!npt__cell_value(mean, &value)) {
        if (pass == NUMBERS)
            npt__draw_no_number(drawing, mean, scale->start, y - fmin(9, dots->row_height / 2 - 1),
                                scale->length, fmin(18, dots->row_height - 2));
        return;
    }
    const bool own = place[1] == dots->own;
    const struct npt__pen pen = {colour_of(dots, own), 2, NPT__SOLID};
    const enum npt__marker marker = own ? NPT__DIAMOND : NPT__DISC;
    npt__cell_value(cell(dots, place[0], place[1], dots->n), &n);
    if (pass == LINES && npt__cell_value(cell(dots, place[0], place[1], dots->low), &low) &&
        npt__cell_value(cell(dots, place[0], place[1], dots->high), &high))
        npt__draw_interval(drawing, scale, low, high, y, &pen, 4);
    const double x = npt__scaled(scale, value);
    if (pass == DOTS)
        npt__draw_marker(&drawing->canvas, marker, x, y, 5, pen.colour, false);
    if (pass == HOLES && n < NPT__FEW)
        npt__draw_marker(&drawing->canvas, marker, x, y, 3, NPT__WHITE, false);
    if (pass == NUMBERS && dots->numbers)
        write_number(dots, x, y - 13, npt__cell_words(drawing, mean, dots->mean));
}

static void draw_panel(const struct dots *dots, size_t row, double left, double top)
{
    struct npt__drawing *drawing = dots->drawing;
    struct npt__scale scale = npt__score_scale(&dots->cube, row);
    scale.start = left;
    scale.length = dots->panel_width;
    const double bottom = top + dots->row_height * (double)dots->cube.columns.count;
    npt__draw_heading(drawing, left, top - 6, dots->panel_width, NPT__LEFT,
                      dots->cube.rows.names[row]);
    npt__draw_scale(drawing, &scale, top, bottom, false);
    double total;
    if (npt__cell_value(cell(dots, row, NPT__ALL_COLUMNS, dots->mean), &total)) {
        const struct npt__pen dashes = {NPT__MIDDLE_COLOUR, 1.4, NPT__DASHED};
        const double x = npt__scaled(&scale, total);
        npt__draw_line(&drawing->canvas, x, top, x, bottom, &dashes);
    }
    for (size_t pass = 0; pass < PASSES; pass++)
        for (size_t column = 0; column < dots->cube.columns.count; column++)
            draw_dot(dots, &scale, (const size_t[2]){row, column},
                     top + dots->row_height * ((double)column + 0.5), (enum pass)pass);
}

static void look_around(struct dots *dots)
{
    const size_t count = dots->cube.columns.count;
    dots->numbers = count <= 12;
    dots->row_height = count <= 6 ? 46 : count <= 12 ? 40 : 17;
    for (size_t row = 0; row < dots->cube.rows.count; row++) {
        double n, total;
        dots->any_total |= npt__cell_value(cell(dots, row, NPT__ALL_COLUMNS, dots->mean), &total);
        for (size_t column = 0; column < count; column++)
            dots->any_few |= npt__cell_value(cell(dots, row, column, dots->n), &n) && n < NPT__FEW;
    }
}

static void draw_key(const struct dots *dots)
{
    struct npt__entry entries[3];
    size_t count = 0;
    entries[count++] =
        (struct npt__entry){NPT__SIGN_DISC, colour_of(dots, false),
                            dots->low == SIZE_MAX ? "mean" : "mean, with its interval"};
    if (dots->any_few)
        entries[count++] = (struct npt__entry){NPT__SIGN_RING, colour_of(dots, false),
                                               "of fewer than 15: read the interval"};
    if (dots->any_total)
        entries[count++] =
            (struct npt__entry){NPT__SIGN_DASHES, NPT__MIDDLE_COLOUR, "mean of all together"};
    npt__frame_key(dots->drawing, entries, count);
}

static void place_panels(struct dots *dots)
{
    double names = 0;
    const double size = dots->row_height < 22 ? npt__font_small.size : npt__font_plain.size;
    for (size_t i = 0; i < dots->cube.columns.count; i++)
        names = fmax(names, npt__lettering_width(npt__name_with_n(dots->drawing, &dots->cube, i),
                                                 size, i == dots->own));
    const size_t abreast =
        dots->cube.rows.count < MOST_ABREAST ? dots->cube.rows.count : MOST_ABREAST;
    dots->left = NPT__EDGE + fmin(ceil(names) + 1, 190) + NPT__GAP;
    dots->panel_width =
        (NPT__PICTURE_WIDTH - NPT__EDGE - 4 - dots->left - PANEL_GAP * (double)(abreast - 1)) /
        (double)abreast;
    dots->panel_width = fmin(dots->panel_width, 420);
}

static void draw_panels(struct dots *dots)
{
    struct npt__drawing *drawing = dots->drawing;
    const double height = dots->row_height * (double)dots->cube.columns.count;
    for (size_t first = 0; first < dots->cube.rows.count; first += MOST_ABREAST) {
        const double top = drawing->y + HEADING_HEIGHT;
        draw_names(dots, top);
        for (size_t i = 0; i < MOST_ABREAST && first + i < dots->cube.rows.count; i++)
            draw_panel(dots, first + i, dots->left + (dots->panel_width + PANEL_GAP) * (double)i,
                       top);
        drawing->y = top + height + 22;
    }
}

/* Few panels do not fill the width. */
static double picture_width(const struct dots *dots)
{
    const double panels =
        (double)(dots->cube.rows.count < MOST_ABREAST ? dots->cube.rows.count : MOST_ABREAST);
    const double right =
        dots->left + panels * dots->panel_width + (panels - 1) * PANEL_GAP + NPT__EDGE + 4;
    return fmin(NPT__PICTURE_WIDTH, fmax(ceil(right), 560));
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct dots *dots = npt__arena_take(drawing->arena, sizeof *dots);
    dots->drawing = drawing;
    enum npt_status status =
        npt__cube(&dots->cube, drawing, &(struct npt__cube_view){.row = "construct"});
    if (status == NPT_OK)
        status = npt__cube_own(&dots->own, &dots->cube, drawing);
    if (status != NPT_OK)
        return status;
    dots->mean = npt_table_find_column(drawing->table, "mean");
    dots->low = npt_table_find_column(drawing->table, "low");
    dots->high = npt_table_find_column(drawing->table, "high");
    dots->n = npt_table_find_column(drawing->table, "n");
    look_around(dots);
    place_panels(dots);
    npt__frame_begin(drawing, picture_width(dots),
                     npt__frame_title(drawing, &dots->cube, "Mean scores and their intervals"));
    npt__buffer_print(&drawing->canvas.spoken, "Dots for %s by %s.",
                      npt__counted(drawing, dots->cube.rows.count, "score", "scores"),
                      npt__counted_columns(drawing, &dots->cube));
    for (size_t row = 0; row < dots->cube.rows.count; row++)
        npt__speak_means(drawing, &dots->cube, row);
    draw_key(dots);
    draw_panels(dots);
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"construct", "mean", "n", NULL};

const struct npt_plot npt__plot_dots = {
    .name = "dots",
    .summary = "are sites different: means with their intervals, construct by construct?",
    .description =
        "A dot is a mean, the line through it its interval: where two intervals hardly overlap, the sites\n"
        "differ. A dot is hollow where fewer than 15 answered. Of several waves it shows the last one;\n"
        "--wave chooses another.",
    .analysis = "score",
    .columns = columns,
    .draw = draw,
};
