/* plot_caterpillar.c - one's own site among many: means with intervals, in order, for one construct.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/diags.h"
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define WIDTH 700.0
#define N_WIDTH 52.0
#define MOST_LABELS 60

struct caterpillar {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t mean, low, high, n;
    size_t row, own;
    size_t order[NPT__MOST_LEVELS]; /* the highest mean first, those without a number last */
    struct npt__scale scale;
    double row_height;
    size_t rows; /* of the order that are drawn: among many, not those without a number */
    bool labels; /* each site has a line of its own to be named on */
};

static const struct npt_cell *cell(const struct caterpillar *picture, size_t site,
                                   size_t table_column)
{
    return npt__cube_cell(&picture->cube, picture->row, site, 0, table_column);
}

/* The highest first; those without a number last, of which one's own comes first. */
static void sort_sites(struct caterpillar *picture)
{
    double values[NPT__MOST_LEVELS];
    for (size_t i = 0; i < picture->cube.columns.count; i++) {
        double value = npt__cube_mean(&picture->cube, picture->row, i, 0);
        if (isnan(value))
            value = i == picture->own ? -DBL_MAX : -INFINITY;
        size_t place = 0; /* behind all that are not lower */
        for (size_t after = i; place < after;) {
            const size_t middle = place + (after - place) / 2;
            if (value > values[middle])
                after = middle;
            else
                place = middle + 1;
        }
        memmove(values + place + 1, values + place, (i - place) * sizeof *values);
        memmove(picture->order + place + 1, picture->order + place,
                (i - place) * sizeof *picture->order);
        picture->order[place] = i;
        values[place] = value;
    }
}

/* In three passes over all sites, so that like shapes lie together: gnuplot draws each run of them at once. */
enum pass { LINES, DOTS, HOLES, PASSES };

static double radius_of(const struct caterpillar *picture, bool own)
{
    return own ? 5.5 : fmin(4, fmax(1.5, picture->row_height * 0.4));
}

/* `own`: as one's own, which stands out. */
static void draw_site(const struct caterpillar *picture, size_t site, bool own, double y,
                      enum pass pass)
{
    struct npt__drawing *drawing = picture->drawing;
    const struct npt__scale *scale = &picture->scale;
    const double thin = picture->row_height < 8 ? 1 : 1.5;
    const struct npt__pen pen = {own ? drawing->palette->own : NPT__OTHERS_COLOUR, own ? 2.6 : thin,
                                 NPT__SOLID};
    double value = 0, low, high, n = NPT__FEW;
    if (!npt__cell_value(cell(picture, site, picture->mean), &value))
        return;
    npt__cell_value(cell(picture, site, picture->n), &n);
    if (pass == LINES && npt__cell_value(cell(picture, site, picture->low), &low) &&
        npt__cell_value(cell(picture, site, picture->high), &high))
        npt__draw_interval(drawing, scale, low, high, y, &pen, 0);
    const double x = npt__scaled(scale, value), radius = radius_of(picture, own);
    const enum npt__marker marker = own                       ? NPT__DIAMOND
                                    : picture->row_height < 8 ? NPT__SQUARE
                                                              : NPT__DISC;
    if (pass == DOTS)
        npt__draw_marker(&drawing->canvas, marker, x, y, radius, pen.colour, false);
    if (pass == HOLES && n < NPT__FEW)
        npt__draw_marker(&drawing->canvas, marker, x, y, radius * 0.6, NPT__WHITE, false);
}

/* Beside its line: the name of a site, and its n. Among many only one's own has them. */
static void write_site(const struct caterpillar *picture, size_t site, double y)
{
    struct npt__drawing *drawing = picture->drawing;
    const bool own = site == picture->own;
    const double left = picture->scale.start;
    struct npt__font font = picture->row_height < 20 ? npt__font_small : npt__font_plain;
    font.bold = own;
    if (!own && !picture->labels)
        return;
    if (own || !picture->cube.unnamed) { /* a number of people tells which site it is, too */
        npt__draw_name(drawing, left - NPT__GAP, y, left - NPT__GAP - NPT__EDGE,
                       fmax(picture->row_height, 16), NPT__RIGHT, &font,
                       picture->cube.columns.names[site]);
        npt__write(&drawing->canvas, WIDTH - NPT__EDGE, y, NPT__RIGHT, &npt__font_faint,
                   npt__cell_words(drawing, cell(picture, site, picture->n), picture->n));
    }
    const double height = fmax(picture->row_height, 16) - 2;
    npt__draw_no_number(drawing, cell(picture, site, picture->mean), left, y - height / 2,
                        picture->scale.length, height);
}

static double middle_of_row(const struct caterpillar *picture, double top, size_t row)
{
    return top + picture->row_height * ((double)row + 0.5);
}

static void draw_own_ground(const struct caterpillar *picture, double top, size_t own)
{
    const double height = fmax(picture->row_height, 14);
    npt__draw_box(&picture->drawing->canvas, NPT__EDGE - 6,
                  middle_of_row(picture, top, own) - height / 2, WIDTH - 2 * NPT__EDGE + 12, height,
                  NPT__OWN_ROW_COLOUR);
}

/* The scale, and the line of all sites. */
static void draw_ground(const struct caterpillar *picture, double top, double bottom)
{
    struct npt__drawing *drawing = picture->drawing;
    npt__draw_scale(drawing, &picture->scale, top, bottom, false);
    double all;
    if (npt__cell_value(cell(picture, NPT__ALL_COLUMNS, picture->mean), &all)) {
        const struct npt__pen dashes = {NPT__MIDDLE_COLOUR, 1.4, NPT__DASHED};
        const double x = npt__scaled(&picture->scale, all);
        npt__draw_line(&drawing->canvas, x, top, x, bottom, &dashes);
    }
}

/* Among many sites one's own is among the others, too, covered by what stands out: so the picture of each site holds
   the same shapes but for a few. */
static void draw_sites(struct caterpillar *picture)
{
    struct npt__canvas *canvas = &picture->drawing->canvas;
    const double above = picture->labels ? 0 : 8; /* room for the name of the first or the last */
    const double top = picture->drawing->y + above,
                 bottom = top + picture->row_height * (double)picture->rows;
    size_t own = 0; /* its row */
    while (own < picture->rows && picture->order[own] != picture->own)
        own++;
    if (own < picture->rows)
        draw_own_ground(picture, top, own);
    npt__common_begin(canvas);
    draw_ground(picture, top - above, bottom + above);
    for (size_t pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < picture->rows; i++)
            if (i != own || !picture->labels)
                draw_site(picture, picture->order[i], false, middle_of_row(picture, top, i),
                          (enum pass)pass);
    npt__common_end(canvas);
    for (size_t pass = 0; pass < PASSES && own < picture->rows; pass++)
        draw_site(picture, picture->own, true, middle_of_row(picture, top, own), (enum pass)pass);
    for (size_t i = 0; i < picture->rows; i++)
        write_site(picture, picture->order[i], middle_of_row(picture, top, i));
    picture->drawing->y = bottom + above + 20;
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

static void set_rows(struct caterpillar *picture)
{
    const size_t count = picture->cube.columns.count;
    sort_sites(picture);
    picture->labels = count <= MOST_LABELS;
    picture->rows = count;
    double value;
    while (
        !picture->labels && picture->rows > 1 &&
        picture->order[picture->rows - 1] != picture->own &&
        !npt__cell_value(cell(picture, picture->order[picture->rows - 1], picture->mean), &value))
        picture->rows--;
    picture->row_height = count <= 20 ? 24 : picture->labels ? 18 : fmax(3, 900.0 / (double)count);
}

static enum npt_status set_up(struct caterpillar *picture)
{
    struct npt__drawing *drawing = picture->drawing;
    enum npt_status status = npt__cube(
        &picture->cube, drawing,
        &(struct npt__cube_view){.row = "construct", .only = drawing->options->construct});
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
    set_rows(picture);
    picture->scale = npt__score_scale(&picture->cube, picture->row);
    struct npt__font font = picture->row_height < 20 ? npt__font_small : npt__font_plain;
    font.bold = true;
    const struct npt__axis *names = &picture->cube.columns;
    double wide =
        picture->labels && !picture->cube.unnamed ? npt__names_width(names, &font, 220) : 1;
    if (picture->own != NPT__NO_COLUMN)
        wide = fmax(
            wide, fmin(220, 1 + npt__lettering_width(names->names[picture->own], font.size, true)));
    if (!picture->labels)
        wide =
            ceil(wide / 20) * 20; /* the scale has the same place for names of about one length */
    picture->scale.start = NPT__EDGE + wide + NPT__GAP;
    picture->scale.length = WIDTH - NPT__EDGE - N_WIDTH - picture->scale.start;
    return NPT_OK;
}

static void draw_key(const struct caterpillar *picture)
{
    struct npt__entry entries[5];
    size_t count = 0;
    bool few = false;
    double value;
    for (size_t i = 0; i < picture->cube.columns.count; i++)
        few |= npt__cell_value(cell(picture, i, picture->n), &value) && value < NPT__FEW;
    if (picture->own != NPT__NO_COLUMN)
        entries[count++] = (struct npt__entry){NPT__SIGN_OWN, picture->drawing->palette->own,
                                               picture->cube.columns.names[picture->own]};
    entries[count++] =
        (struct npt__entry){NPT__SIGN_DISC, NPT__OTHERS_COLOUR,
                            picture->cube.unnamed ? "another site: mean, with its interval"
                                                  : "mean, with its interval"};
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
                                               npt__counted_columns(drawing, &picture->cube))
                            : npt__arena_print(drawing->arena, "%s: %s among %s", construct,
                                               picture->cube.columns.names[picture->own],
                                               npt__counted_columns(drawing, &picture->cube));
    npt__frame_begin(drawing, WIDTH, npt__frame_title(drawing, &picture->cube, title));
    npt__buffer_puts(&drawing->canvas.spoken, "Means with their intervals.");
    if (picture->own != NPT__NO_COLUMN && picture->cube.columns.count > NPT__MOST_SPOKEN) {
        npt__buffer_putc(&drawing->canvas.spoken, ' ');
        npt__speak_mean(drawing, &picture->cube, picture->row, picture->own);
        npt__buffer_putc(&drawing->canvas.spoken, '.');
    }
    npt__speak_means(drawing, &picture->cube, picture->row);
    draw_key(picture);
    draw_sites(picture);
    if (picture->rows < picture->cube.columns.count)
        npt__frame_remark(drawing,
                          npt__arena_print(drawing->arena, "Not drawn: %zu without a number.",
                                           picture->cube.columns.count - picture->rows));
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
        "first; --own names the site that stands out. Where intervals overlap, their order is uncertain. Of more\n"
        "than 60 sites only one's own is named.",
    .analysis = "score",
    .columns = columns,
    .draw = draw,
};
