/* plot_heat.c - the whole matrix: means of constructs by site as numbers on coloured fields.
 *
 * With few sites they stand across and constructs down; with many the other way round.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>

#define MOST_ACROSS 7
#define WIDEST_CELL 130.0
#define SCALE_WIDTH 60.0

struct heat {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t mean, n;
    bool turned; /* sites down */
    bool total;  /* a last site: all of them */
    size_t down, across;
    double left, cell_width, cell_height;
    struct npt__scale scales[NPT__MOST_LEVELS]; /* of constructs */
};

static size_t site_at(const struct heat *heat, size_t index)
{
    return index < heat->cube.columns.count ? index : NPT__ALL_COLUMNS;
}

static const char *site_name(const struct heat *heat, size_t index)
{
    return index < heat->cube.columns.count ? heat->cube.columns.names[index] : "All together";
}

static const char *down_name(const struct heat *heat, size_t index)
{
    return heat->turned ? site_name(heat, index) : heat->cube.rows.names[index];
}

static const char *across_name(const struct heat *heat, size_t index)
{
    return heat->turned ? heat->cube.rows.names[index] : site_name(heat, index);
}

static void draw_cell(const struct heat *heat, size_t row, size_t site, double x, double y)
{
    struct npt__drawing *drawing = heat->drawing;
    const double width = heat->cell_width - 3, height = heat->cell_height - 3;
    const struct npt_cell *mean = npt__cube_cell(&heat->cube, row, site, 0, heat->mean);
    if (npt__draw_no_number(drawing, mean, x, y, width, height))
        return;
    const struct npt__scale *scale = &heat->scales[row];
    double value = 0;
    npt__cell_value(mean, &value);
    const uint32_t ground =
        npt__diverging(drawing->palette, (value - scale->low) / (scale->high - scale->low));
    npt__draw_box(&drawing->canvas, x, y, width, height, ground);
    const bool tall = height >= 34;
    struct npt__font strong = {tall ? 14 : 12, true, npt__text_on(ground)},
                     small = {11, false, strong.colour};
    const char *number = npt__cell_words(drawing, mean, heat->mean);
    const char *n = npt__arena_print(
        drawing->arena, "n=%s",
        npt__cell_words(drawing, npt__cube_cell(&heat->cube, row, site, 0, heat->n), heat->n));
    if (tall) {
        npt__write(&drawing->canvas, x + width / 2, y + height / 2 - 7, NPT__CENTRE, &strong,
                   number);
        npt__write(&drawing->canvas, x + width / 2, y + height / 2 + 9, NPT__CENTRE, &small, n);
        return;
    }
    npt__write(&drawing->canvas, x + width / 2 - 4, y + height / 2, NPT__RIGHT, &strong, number);
    npt__write(&drawing->canvas, x + width / 2 + 4, y + height / 2, NPT__LEFT, &small, n);
}

/* ---- what the colours mean ------------------------------------------------------------------- */

static bool one_scale(const struct heat *heat)
{
    for (size_t i = 1; i < heat->cube.rows.count; i++)
        if (fabs(heat->scales[i].low - heat->scales[0].low) > 0.1 ||
            fabs(heat->scales[i].high - heat->scales[0].high) > 0.1)
            return false;
    return true;
}

static void draw_colours(const struct heat *heat, double top)
{
    struct npt__canvas *canvas = &heat->drawing->canvas;
    const double x = heat->left + heat->cell_width * (double)heat->across + NPT__GAP;
    const double height = fmin(180, heat->cell_height * (double)heat->down - 3), steps = 9;
    const bool same = one_scale(heat);
    for (int i = 0; i < 9; i++)
        npt__draw_box(canvas, x, top + height * (8 - i) / steps, 16, height / steps + 0.3,
                      npt__diverging(heat->drawing->palette, i / 8.0));
    const struct npt__font *font = &npt__font_faint;
    static const char *const words[] = {"low", "middle", "high"};
    const int marks = height < 60 ? 2 : 3;
    for (int i = 0; i < marks; i++) {
        const double share = (double)i / (marks - 1);
        npt__buffer text = {0};
        npt__number_write(&text, heat->scales[0].low +
                                     share * (heat->scales[0].high - heat->scales[0].low));
        npt__write(canvas, x + 22, top + height * (8.5 - 8 * share) / steps, NPT__LEFT, font,
                   same ? npt__arena_string(heat->drawing->arena, npt__buffer_string(&text))
                        : words[marks == 2 ? 2 * i : i]);
        npt__buffer_release(&text);
    }
}

/* ---- the matrix ------------------------------------------------------------------------------ */

static void set_sizes(struct heat *heat)
{
    const struct npt__cube *cube = &heat->cube;
    const size_t sites = cube->columns.count + heat->total;
    heat->turned = sites > MOST_ACROSS && sites > cube->rows.count;
    heat->down = heat->turned ? sites : cube->rows.count;
    heat->across = heat->turned ? cube->rows.count : sites;
    heat->cell_height = heat->down > 20 ? 25 : 46;
    double names = 0;
    for (size_t i = 0; i < heat->down; i++)
        names = fmax(names, npt__lettering_width(down_name(heat, i), npt__font_plain.size, false));
    heat->left = NPT__EDGE + fmin(ceil(names) + 1, 190) + NPT__GAP;
    heat->cell_width =
        fmin(WIDEST_CELL,
             (NPT__PICTURE_WIDTH - NPT__EDGE - SCALE_WIDTH - heat->left) / (double)heat->across);
}

/* The heads of columns stand on `bottom`. Returns how many lines the longest has; only that where it is to
   `measure`. */
static size_t draw_heads(const struct heat *heat, double bottom, bool measure)
{
    struct npt__drawing *drawing = heat->drawing;
    const struct npt__font *font = &npt__font_plain;
    size_t longest = 0;
    for (size_t i = 0; i < heat->across; i++) {
        const char *lines[3];
        const double x = heat->left + heat->cell_width * ((double)i + 0.5) - 1.5;
        const size_t count = npt__lettering_wrap(lines, 3, drawing->arena, across_name(heat, i),
                                                 heat->cell_width - 8, font->size, false);
        longest = count > longest ? count : longest;
        if (!measure)
            npt__write_lines(&drawing->canvas, x,
                             bottom - npt__line_height(font) * (double)count / 2, NPT__CENTRE, font,
                             lines, count);
    }
    return longest;
}

static void draw_matrix(const struct heat *heat)
{
    struct npt__drawing *drawing = heat->drawing;
    const double lines = (double)draw_heads(heat, 0, true);
    const double top = drawing->y + 10 + lines * npt__line_height(&npt__font_plain);
    draw_heads(heat, top - 4, false);
    for (size_t i = 0; i < heat->down; i++) {
        const double y = top + heat->cell_height * (double)i;
        npt__draw_name(drawing, heat->left - NPT__GAP, y + heat->cell_height / 2 - 1.5,
                       heat->left - NPT__GAP - NPT__EDGE, heat->cell_height, NPT__RIGHT,
                       &npt__font_plain, down_name(heat, i));
        for (size_t j = 0; j < heat->across; j++)
            draw_cell(heat, heat->turned ? j : i, site_at(heat, heat->turned ? i : j),
                      heat->left + heat->cell_width * (double)j, y);
    }
    draw_colours(heat, top);
    drawing->y = top + heat->cell_height * (double)heat->down;
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct heat *heat = npt__arena_take(drawing->arena, sizeof *heat);
    heat->drawing = drawing;
    const enum npt_status status = npt__cube(
        &heat->cube, drawing, &(struct npt__cube_view){.row = "construct", .own_only = true});
    if (status != NPT_OK)
        return status;
    heat->mean = npt_table_find_column(drawing->table, "mean");
    heat->n = npt_table_find_column(drawing->table, "n");
    for (size_t row = 0; row < heat->cube.rows.count; row++) {
        heat->scales[row] = npt__score_scale(&heat->cube, row);
        heat->total |= (heat->cube.columns.count > 1 || heat->cube.left_out) &&
                       npt__cube_cell(&heat->cube, row, NPT__ALL_COLUMNS, 0, heat->mean)->kind !=
                           NPT_CELL_ABSENT;
    }
    set_sizes(heat);
    if (heat->cell_width < 64) {
        npt__say_too_wide(drawing);
        return NPT_USAGE;
    }
    const double width = heat->left + heat->cell_width * (double)heat->across + SCALE_WIDTH;
    npt__frame_begin(drawing, fmax(420, ceil(width + NPT__EDGE)),
                     npt__frame_title(drawing, &heat->cube, "Mean scores by construct and site"));
    npt__buffer_print(&drawing->canvas.spoken,
                      "A matrix of %s by %s; each field holds a mean and its n.",
                      npt__counted(drawing, heat->cube.rows.count, "score", "scores"),
                      npt__counted_columns(drawing, &heat->cube));
    for (size_t row = 0; row < heat->cube.rows.count; row++)
        npt__speak_means(drawing, &heat->cube, row);
    draw_matrix(heat);
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"construct", "mean", "n", NULL};

const struct npt_plot npt__plot_heat = {
    .name = "heat",
    .summary = "how does everything look at once: constructs by sites, as numbers on colours?",
    .description =
        "Each field holds a mean and how many it is of; orange is below the middle of the scale, blue above\n"
        "it. Fields that must not be shown are hatched. Of several waves it shows the last one.",
    .analysis = "score",
    .columns = columns,
    .draw = draw,
};
