/* plot_caterpillar.c - one's own site among many: means with intervals, in order, for one construct.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/diags.h"
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>

#define WIDTH 700.0
#define N_WIDTH 52.0

struct caterpillar {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t mean, low, high, n;
    size_t row, own;
    size_t order[NPT__MOST_LEVELS]; /* the highest mean first, those without a number last */
    struct npt__scale scale;
    double row_height;
};

static const struct npt_cell *cell(const struct caterpillar *picture, size_t site,
                                   size_t table_column)
{
    return npt__cube_cell(&picture->cube, picture->row, site, 0, table_column);
}

static bool comes_before(const struct caterpillar *picture, size_t a, size_t b)
{
    double one = -INFINITY, other = -INFINITY;
    npt__cell_value(cell(picture, a, picture->mean), &one);
    npt__cell_value(cell(picture, b, picture->mean), &other);
    return one > other || (!(one < other) && a < b);
}

static void sort_sites(struct caterpillar *picture)
{
    for (size_t i = 0; i < picture->cube.columns.count; i++) {
        size_t j = i;
        for (; j > 0 && comes_before(picture, i, picture->order[j - 1]); j--)
            picture->order[j] = picture->order[j - 1];
        picture->order[j] = i;
    }
}

static void draw_site(const struct caterpillar *picture, size_t site, double y)
{
    struct npt__drawing *drawing = picture->drawing;
    const struct npt__scale *scale = &picture->scale;
    const struct npt_cell *mean = cell(picture, site, picture->mean);
    const double height = picture->row_height - 2;
    if (npt__draw_no_number(drawing, mean, scale->start, y - height / 2, scale->length, height))
        return;
    const bool own = site == picture->own;
    const struct npt__pen pen = {own ? drawing->palette->own : NPT__OTHERS_COLOUR, own ? 2.6 : 1.5,
                                 NPT__SOLID};
    double value = 0, low, high, n = NPT__FEW;
    npt__cell_value(mean, &value);
    npt__cell_value(cell(picture, site, picture->n), &n);
    if (npt__cell_value(cell(picture, site, picture->low), &low) &&
        npt__cell_value(cell(picture, site, picture->high), &high))
        npt__draw_interval(drawing, scale, low, high, y, &pen, 0);
    npt__draw_marker(&drawing->canvas, own ? NPT__DIAMOND : NPT__DISC, npt__scaled(scale, value), y,
                     own ? 5.5 : 4, pen.colour, n < NPT__FEW);
}

static void draw_sites(struct caterpillar *picture)
{
    struct npt__drawing *drawing = picture->drawing;
    const size_t count = picture->cube.columns.count;
    const double left = picture->scale.start, right = WIDTH - NPT__EDGE;
    const double top = drawing->y, bottom = top + picture->row_height * (double)count;
    for (size_t i = 0; i < count; i++)
        if (picture->order[i] == picture->own)
            npt__draw_box(&drawing->canvas, NPT__EDGE - 6, top + picture->row_height * (double)i,
                          WIDTH - 2 * NPT__EDGE + 12, picture->row_height, NPT__OWN_ROW_COLOUR);
    npt__draw_scale(drawing, &picture->scale, top, bottom, false);
    double all;
    if (npt__cell_value(cell(picture, NPT__ALL_COLUMNS, picture->mean), &all)) {
        const struct npt__pen dashes = {NPT__MIDDLE_COLOUR, 1.4, NPT__DASHED};
        const double x = npt__scaled(&picture->scale, all);
        npt__draw_line(&drawing->canvas, x, top, x, bottom, &dashes);
    }
    for (size_t i = 0; i < count; i++) {
        const size_t site = picture->order[i];
        const double y = top + picture->row_height * ((double)i + 0.5);
        struct npt__font font = picture->row_height < 20 ? npt__font_small : npt__font_plain;
        font.bold = site == picture->own;
        npt__draw_name(drawing, left - NPT__GAP, y, left - NPT__GAP - NPT__EDGE,
                       picture->row_height, NPT__RIGHT, &font, picture->cube.columns.names[site]);
        draw_site(picture, site, y);
        npt__write(&drawing->canvas, right, y, NPT__RIGHT, &npt__font_faint,
                   npt__cell_words(drawing, cell(picture, site, picture->n), picture->n));
    }
    drawing->y = bottom + 20;
}

static enum npt_status choose_construct(struct caterpillar *picture)
{
    struct npt__drawing *drawing = picture->drawing;
    const char *wanted = drawing->options->construct;
    picture->row = wanted ? npt__cube_find(&picture->cube.rows, drawing->arena, wanted) : 0;
    if (picture->row != SIZE_MAX)
        return NPT_OK;
    npt__buffer known = {0};
    for (size_t i = 0; i < picture->cube.rows.count; i++)
        npt__buffer_print(&known, "%s%s", i ? ", " : "", picture->cube.rows.names[i]);
    npt__say(drawing->diags, NPT_ERROR, NULL, "there is no construct '%s'", wanted);
    npt__hint(drawing->diags, "there are %s", npt__buffer_string(&known));
    npt__buffer_release(&known);
    return NPT_USAGE;
}

static enum npt_status set_up(struct caterpillar *picture)
{
    struct npt__drawing *drawing = picture->drawing;
    enum npt_status status =
        npt__cube(&picture->cube, drawing, &(struct npt__cube_view){.row = "construct"});
    if (status == NPT_OK)
        status = choose_construct(picture);
    if (status == NPT_OK)
        status = npt__cube_own(&picture->own, &picture->cube, drawing);
    if (status != NPT_OK)
        return status;
    picture->mean = npt_table_find_column(drawing->table, "mean");
    picture->low = npt_table_find_column(drawing->table, "low");
    picture->high = npt_table_find_column(drawing->table, "high");
    picture->n = npt_table_find_column(drawing->table, "n");
    picture->row_height = picture->cube.columns.count > 20 ? 18 : 24;
    picture->scale = npt__score_scale(&picture->cube, picture->row);
    struct npt__font font = picture->row_height < 20 ? npt__font_small : npt__font_plain;
    font.bold = true;
    picture->scale.start =
        NPT__EDGE + npt__names_width(&picture->cube.columns, &font, 220) + NPT__GAP;
    picture->scale.length = WIDTH - NPT__EDGE - N_WIDTH - picture->scale.start;
    sort_sites(picture);
    return NPT_OK;
}

static void draw_key(const struct caterpillar *picture)
{
    struct npt__entry entries[4];
    size_t count = 0;
    bool few = false;
    double value;
    for (size_t i = 0; i < picture->cube.columns.count; i++)
        few |= npt__cell_value(cell(picture, i, picture->n), &value) && value < NPT__FEW;
    entries[count++] =
        (struct npt__entry){NPT__SIGN_DISC, NPT__OTHERS_COLOUR, "mean, with its interval"};
    if (few)
        entries[count++] = (struct npt__entry){NPT__SIGN_RING, NPT__OTHERS_COLOUR,
                                               "of fewer than 15: read the interval"};
    if (npt__cell_value(cell(picture, NPT__ALL_COLUMNS, picture->mean), &value))
        entries[count++] =
            (struct npt__entry){NPT__SIGN_DASHES, NPT__MIDDLE_COLOUR, "mean of all together"};
    npt__frame_key(picture->drawing, entries, count);
    npt__write(&picture->drawing->canvas, WIDTH - NPT__EDGE, picture->drawing->y + 10, NPT__RIGHT,
               &npt__font_faint, "n");
    picture->drawing->y += 20;
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct caterpillar *picture = npt__arena_take(drawing->arena, sizeof *picture);
    picture->drawing = drawing;
    const enum npt_status status = set_up(picture);
    if (status != NPT_OK)
        return status;
    const char *construct = picture->cube.rows.names[picture->row];
    const char *title = picture->own == NPT__NO_COLUMN
                            ? npt__arena_print(drawing->arena, "%s: %s", construct,
                                               npt__counted(drawing, picture->cube.columns.count,
                                                            "site or group", "sites or groups"))
                            : npt__arena_print(drawing->arena, "%s: %s among %s", construct,
                                               picture->cube.columns.names[picture->own],
                                               npt__counted(drawing, picture->cube.columns.count,
                                                            "site or group", "sites or groups"));
    npt__frame_begin(drawing, WIDTH, npt__frame_title(drawing, &picture->cube, title));
    npt__buffer_puts(&drawing->canvas.spoken, "Means with their intervals, the highest first.");
    npt__speak_means(drawing, &picture->cube, picture->row);
    if (picture->own != NPT__NO_COLUMN && picture->cube.columns.count > 1)
        npt__speak_mean(drawing, &picture->cube, picture->row, picture->own);
    draw_key(picture);
    draw_sites(picture);
    npt__frame_remark(drawing,
                      "Where intervals overlap, the order of the sites is uncertain: this is "
                      "no league table.");
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"construct", "mean", "n", NULL};

const struct npt_plot npt__plot_caterpillar = {
    .name = "caterpillar",
    .summary = "where does one site stand among many?",
    .description =
        "One construct (--construct, else the first): the mean of each site with its interval, the highest\n"
        "first; --own names the site that stands out. Where intervals overlap, their order is uncertain.",
    .analysis = "score",
    .columns = columns,
    .draw = draw,
};
