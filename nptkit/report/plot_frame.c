/* plot_frame.c - what pictures share: the heading, the key, scales, and cells that hold no number.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot_frame.h"

#include "../base/diags.h"
#include "../tables/cell.h"
#include "../tables/table.h"
#include "lettering.h"
#include "palette.h"

#include <math.h>
#include <string.h>

#define TALLEST 12000.0
#define SIGN_WIDTH 20.0

const struct npt__font npt__font_title = {15, true, NPT__TEXT_COLOUR},
                       npt__font_heading = {13, true, NPT__TEXT_COLOUR},
                       npt__font_plain = {13, false, NPT__TEXT_COLOUR},
                       npt__font_small = {11, false, NPT__TEXT_COLOUR},
                       npt__font_faint = {11, false, NPT__FAINT_COLOUR};

/* ---- around everything ----------------------------------------------------------------------- */

void npt__frame_begin(struct npt__drawing *drawing, double width, const char *title)
{
    const char *lines[4];
    struct npt__canvas *canvas = &drawing->canvas;
    canvas->width = width;
    canvas->title =
        npt__lettering(drawing->arena, drawing->options->title ? drawing->options->title : title);
    const struct npt__font *font = &npt__font_title;
    const size_t count = npt__lettering_wrap(lines, 4, drawing->arena, canvas->title,
                                             width - 2 * NPT__EDGE, font->size, font->bold);
    const double height = npt__line_height(font) * (double)count;
    npt__write_lines(canvas, NPT__EDGE, NPT__EDGE + height / 2, NPT__LEFT, font, lines, count);
    drawing->y = NPT__EDGE + height + 8;
}

void npt__frame_remark(struct npt__drawing *drawing, const char *text)
{
    const char *lines[4];
    struct npt__canvas *canvas = &drawing->canvas;
    const struct npt__font *font = &npt__font_faint;
    const size_t count = npt__lettering_wrap(lines, 4, drawing->arena, text,
                                             canvas->width - 2 * NPT__EDGE, font->size, false);
    const double height = npt__line_height(font) * (double)count;
    npt__write_lines(canvas, NPT__EDGE, drawing->y + 6 + height / 2, NPT__LEFT, font, lines, count);
    drawing->y += height + 6;
}

enum npt_status npt__frame_end(struct npt__drawing *drawing)
{
    drawing->canvas.height = ceil(drawing->y + NPT__EDGE);
    if (drawing->canvas.height <= TALLEST)
        return NPT_OK;
    npt__say(drawing->diags, NPT_ERROR, NULL, "the picture would be too tall to be read");
    npt__hint(drawing->diags, "choose with --site or --where, or compare by less with --by");
    return NPT_USAGE;
}

void npt__say_too_wide(struct npt__drawing *drawing)
{
    npt__say(drawing->diags, NPT_ERROR, NULL, "the picture would be too wide to be read");
    npt__hint(drawing->diags, "choose with --site or --where, or compare by less with --by");
}

const char *npt__frame_title(struct npt__drawing *drawing, const struct npt__cube *cube,
                             const char *title)
{
    if (!cube->wave)
        return title;
    return npt__arena_print(drawing->arena, "%s, %s%s", title,
                            strncmp(cube->wave, "Wave ", 5) == 0 ? "wave " : "",
                            cube->wave + (strncmp(cube->wave, "Wave ", 5) == 0 ? 5 : 0));
}

/* ---- the key --------------------------------------------------------------------------------- */

struct npt__pen npt__series_pen(const struct npt__drawing *drawing, size_t index, double width)
{
    static const enum npt__dash dashes[NPT__SERIES] = {NPT__SOLID, NPT__DASHED, NPT__DOTTED,
                                                       NPT__SOLID};
    return (struct npt__pen){drawing->palette->series[index % NPT__SERIES], width,
                             dashes[index % NPT__SERIES]};
}

enum npt__marker npt__series_marker(size_t index)
{
    static const enum npt__marker markers[NPT__SERIES] = {NPT__DISC, NPT__SQUARE, NPT__TRIANGLE,
                                                          NPT__DIAMOND};
    return markers[index % NPT__SERIES];
}

static void draw_sign(struct npt__drawing *drawing, const struct npt__entry *entry, double x,
                      double y)
{
    struct npt__canvas *canvas = &drawing->canvas;
    const double middle = x + SIGN_WIDTH / 2;
    const struct npt__pen frame = {NPT__FAINT_COLOUR, 0.8, NPT__SOLID};
    const struct npt__pen dashes = {entry->colour, 1.4, NPT__DASHED};
    switch (entry->sign) {
    case NPT__SIGN_BOX:
        npt__draw_box(canvas, x + 2, y - 7, 16, 14, entry->colour);
        npt__draw_frame(canvas, x + 2, y - 7, 16, 14, &frame);
        break;
    case NPT__SIGN_DISC:
    case NPT__SIGN_RING:
        npt__draw_marker(canvas, NPT__DISC, middle, y, 5, entry->colour,
                         entry->sign == NPT__SIGN_RING);
        break;
    case NPT__SIGN_DASHES:
        npt__draw_line(canvas, middle, y - 9, middle, y + 9, &dashes);
        break;
    case NPT__SIGN_OWN:
        npt__draw_marker(canvas, NPT__DIAMOND, middle, y, 5.5, entry->colour, false);
        break;
    case NPT__SIGN_HATCH:
        npt__draw_hatch(canvas, x + 2, y - 7, 16, 14);
        break;
    case NPT__SIGN_SERIES: {
        const struct npt__pen pen = npt__series_pen(drawing, entry->colour, 2.2);
        npt__draw_line(canvas, x, y, x + SIGN_WIDTH, y, &pen);
        npt__draw_marker(canvas, npt__series_marker(entry->colour), middle, y, 4.5, pen.colour,
                         false);
        break;
    }
    }
}

void npt__frame_key(struct npt__drawing *drawing, const struct npt__entry *entries, size_t count)
{
    const struct npt__font *font = &npt__font_small;
    const double right = drawing->canvas.width - NPT__EDGE;
    double x = NPT__EDGE, y = drawing->y + 10;
    for (size_t i = 0; i < count; i++) {
        const char *text = npt__lettering_fit(
            drawing->arena, entries[i].text, right - NPT__EDGE - SIGN_WIDTH - 6, font->size, false);
        const double width = SIGN_WIDTH + 6 + npt__lettering_width(text, font->size, false);
        if (x > NPT__EDGE && x + width > right) {
            x = NPT__EDGE;
            y += 20;
        }
        draw_sign(drawing, &entries[i], x, y);
        npt__write(&drawing->canvas, x + SIGN_WIDTH + 6, y, NPT__LEFT, font, text);
        x += width + 18;
    }
    drawing->y = y + 12;
}

/* ---- scales ---------------------------------------------------------------------------------- */

double npt__scaled(const struct npt__scale *scale, double value)
{
    return scale->start + scale->length * (value - scale->low) / (scale->high - scale->low);
}

struct reach {
    double low, high; /* of means: they stay within the scale, as intervals need not */
    bool fits_five;   /* no spread that scores of 1 to 5 cannot have */
};

static void reach_out(struct reach *reach, const struct npt__cube *cube, size_t row, size_t column,
                      size_t part)
{
    const npt_table *table = cube->table;
    double mean, spread, n = 2;
    if (!npt__cell_value(
            npt__cube_cell(cube, row, column, part, npt_table_find_column(table, "mean")), &mean))
        return;
    reach->low = fmin(reach->low, mean);
    reach->high = fmax(reach->high, mean);
    /* Of n scores from 1 to 5 with this mean, none spread more than those that are all ones and fives. */
    npt__cell_value(npt__cube_cell(cube, row, column, part, npt_table_find_column(table, "n")), &n);
    if (npt__cell_value(npt__cube_cell(cube, row, column, part, npt_table_find_column(table, "sd")),
                        &spread) &&
        spread * spread * (n - 1) / fmax(n, 1) > fmax(0, (mean - 1) * (5 - mean)) + 1e-9)
        reach->fits_five = false;
}

/* The whole scale with marks at round numbers, at most six steps. */
static struct npt__scale whole_scale(double least, double most)
{
    static const double factors[] = {1, 2, 2.5, 3, 5};
    const double span = most - least, first = pow(10, floor(log10(span)) - 1);
    for (double power = first; power <= span; power *= 10)
        for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
            const double steps = span / (power * factors[i]);
            if (steps < 6.5 && fabs(steps - (double)lround(steps)) < 1e-9)
                return (struct npt__scale){.low = least, .high = most, .step = span / steps};
        }
    return (struct npt__scale){.low = least, .high = most, .step = span / 4};
}

/* What the table says of the scale of these means. */
static bool known_scale(const struct npt__cube *cube, size_t row, double *least, double *most)
{
    const size_t parts = cube->parts.count, size = cube->columns.count * parts;
    for (size_t i = 0; i < size + parts; i++) {
        const size_t at =
            i < size ? cube->at[row * size + i] : cube->totals[row * parts + (i - size)];
        if (at != SIZE_MAX && npt__table_row_scale(cube->table, at, least, most) && *least < *most)
            return true;
    }
    return false;
}

struct npt__scale npt__score_scale(const struct npt__cube *cube, size_t row)
{
    double least, most;
    if (known_scale(cube, row, &least, &most))
        return whole_scale(least, most);
    struct reach reach = {INFINITY, -INFINITY, true};
    for (size_t part = 0; part < cube->parts.count; part++)
        for (size_t column = 0; column <= cube->columns.count; column++)
            reach_out(&reach, cube, row, column == cube->columns.count ? NPT__ALL_COLUMNS : column,
                      part);
    const double slack = 1e-9; /* a mean of fives may be a hair more */
    if (!(reach.low <= reach.high) ||
        (reach.fits_five && reach.low >= 1 - slack && reach.high <= 5 + slack))
        return (struct npt__scale){.low = 1, .high = 5, .step = 1};
    if (reach.low >= -slack && reach.high <= 10 + slack)
        return (struct npt__scale){.low = 0, .high = 10, .step = 2};
    double step = pow(10, floor(log10(fmax(reach.high - reach.low, fabs(reach.high) * 1e-6))));
    while ((reach.high - reach.low) / step > 6)
        step *= 2;
    return (struct npt__scale){.low = floor(reach.low / step) * step,
                               .high = (floor(reach.high / step) + 1) * step,
                               .step = step};
}

void npt__draw_interval(struct npt__drawing *drawing, const struct npt__scale *scale, double low,
                        double high, double y, const struct npt__pen *pen, double cap)
{
    const double from = npt__scaled(scale, fmax(low, scale->low)),
                 to = npt__scaled(scale, fmin(high, scale->high));
    npt__draw_line(&drawing->canvas, from, y, to, y, pen);
    if (cap > 0 && low >= scale->low)
        npt__draw_line(&drawing->canvas, from, y - cap, from, y + cap, pen);
    if (cap > 0 && high <= scale->high)
        npt__draw_line(&drawing->canvas, to, y - cap, to, y + cap, pen);
}

void npt__draw_scale(struct npt__drawing *drawing, const struct npt__scale *scale, double top,
                     double bottom, bool shares)
{
    const struct npt__pen grid = {NPT__GRID_COLOUR, 1, NPT__SOLID};
    const size_t steps = (size_t)lround((scale->high - scale->low) / scale->step);
    for (size_t i = 0; i <= steps; i++) {
        const double value = scale->low + (double)i * scale->step;
        const double x = npt__scaled(scale, value);
        npt__buffer text = {0};
        npt__number_write(&text, shares ? (double)lround(fabs(value) * 100) : value);
        npt__draw_line(&drawing->canvas, x, top, x, bottom, &grid);
        npt__write(&drawing->canvas, x, bottom + 10, NPT__CENTRE, &npt__font_faint,
                   npt__arena_string(drawing->arena, npt__buffer_string(&text)));
        npt__buffer_release(&text);
    }
}

/* ---- cells and names ------------------------------------------------------------------------- */

bool npt__draw_no_number(struct npt__drawing *drawing, const struct npt_cell *cell, double x,
                         double y, double width, double height)
{
    double value;
    if (npt__cell_value(cell, &value))
        return false;
    const bool withheld = cell->kind == NPT_CELL_WITHHELD;
    const struct npt__font *font = height < 18 ? &npt__font_faint : &npt__font_small;
    const char *text = withheld ? "withheld" : "no answers";
    const double wide = npt__lettering_width(text, font->size, false) + 8;
    if (withheld)
        npt__draw_hatch(&drawing->canvas, x, y, width, height);
    if (wide > width)
        return true;
    const double high = fmin(height - 2, font->size + 4);
    npt__draw_box(&drawing->canvas, x + (width - wide) / 2, y + (height - high) / 2, wide, high,
                  NPT__WHITE);
    npt__write(&drawing->canvas, x + width / 2, y + height / 2, NPT__CENTRE, font, text);
    return true;
}

bool npt__any_withheld(const npt_table *table, size_t table_column)
{
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        if (npt_table_row(table, i)[table_column].kind == NPT_CELL_WITHHELD)
            return true;
    return false;
}

void npt__draw_heading(struct npt__drawing *drawing, double x, double bottom, double width,
                       enum npt__anchor anchor, const char *text)
{
    const char *lines[2];
    const struct npt__font *font = &npt__font_heading;
    const size_t count =
        npt__lettering_wrap(lines, 2, drawing->arena, text, width, font->size, font->bold);
    npt__write_lines(&drawing->canvas, x, bottom - npt__line_height(font) * (double)count / 2,
                     anchor, font, lines, count);
}

void npt__draw_name(struct npt__drawing *drawing, double x, double y, double width, double height,
                    enum npt__anchor anchor, const struct npt__font *font, const char *name)
{
    const char *lines[3];
    const double fit = floor(height / npt__line_height(font));
    const size_t most = fit < 1 ? 1 : fit > 3 ? 3 : (size_t)fit;
    const size_t count =
        npt__lettering_wrap(lines, most, drawing->arena, name, width, font->size, font->bold);
    npt__write_lines(&drawing->canvas, x, y, anchor, font, lines, count);
}

const char *npt__name_with_n(struct npt__drawing *drawing, const struct npt__cube *cube,
                             size_t column)
{
    const size_t n = npt_table_find_column(cube->table, "n");
    const char *name = cube->columns.names[column];
    double least = INFINITY, most = -INFINITY;
    for (size_t row = 0; row < cube->rows.count; row++) {
        double value;
        if (!npt__cell_value(npt__cube_cell(cube, row, column, 0, n), &value))
            continue;
        least = fmin(least, value);
        most = fmax(most, value);
    }
    if (!(least <= most))
        return name;
    if (most - least < 0.5)
        return npt__arena_print(drawing->arena, "%s (n %ld)", name, lround(most));
    return npt__arena_print(drawing->arena, "%s (n %ld to %ld)", name, lround(least), lround(most));
}

double npt__names_width(const struct npt__axis *axis, const struct npt__font *font, double most)
{
    double width = 0;
    for (size_t i = 0; i < axis->count; i++)
        width = fmax(width, npt__lettering_width(axis->names[i], font->size, font->bold));
    return fmin(ceil(width) + 1, most);
}

const char *npt__cell_words(struct npt__drawing *drawing, const struct npt_cell *cell,
                            size_t table_column)
{
    npt__buffer text = {0};
    npt__cell_show(&text, cell, npt_table_column(drawing->table, table_column)->unit);
    const char *words = npt__lettering(drawing->arena, npt__buffer_string(&text));
    npt__buffer_release(&text);
    return words;
}

/* ---- in words -------------------------------------------------------------------------------- */

const char *npt__counted(struct npt__drawing *drawing, size_t count, const char *one,
                         const char *many)
{
    return npt__arena_print(drawing->arena, "%zu %s", count, count == 1 ? one : many);
}

/* Whether what runs across a picture is sites and nothing else. */
static bool is_by_site(const npt_table *table)
{
    static const char *const elsewhere[] = {"construct", "item", "wave", "answer", "valence"};
    bool site = false, other = false;
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        const struct npt_column *column = npt_table_column(table, i);
        bool known = !column->dimension;
        for (size_t j = 0; j < sizeof elsewhere / sizeof *elsewhere; j++)
            known |= strcmp(column->key, elsewhere[j]) == 0;
        const bool is_site = strcmp(column->label, "Site") == 0;
        site |= is_site && !known;
        other |= !is_site && !known;
    }
    return site && !other;
}

const char *npt__counted_columns(struct npt__drawing *drawing, const struct npt__cube *cube)
{
    return is_by_site(cube->table) ? npt__counted(drawing, cube->columns.count, "site", "sites")
                                   : npt__counted(drawing, cube->columns.count, "group", "groups");
}

void npt__speak_mean(struct npt__drawing *drawing, const struct npt__cube *cube, size_t row,
                     size_t column)
{
    const npt_table *table = cube->table;
    const size_t mean = npt_table_find_column(table, "mean"),
                 low = npt_table_find_column(table, "low"),
                 high = npt_table_find_column(table, "high"), n = npt_table_find_column(table, "n");
    npt__buffer *spoken = &drawing->canvas.spoken;
    const struct npt_cell *cell = npt__cube_cell(cube, row, column, 0, mean);
    double value;
    npt__buffer_print(spoken, "%s ", cube->columns.names[column]);
    if (!npt__cell_value(cell, &value)) {
        npt__buffer_puts(spoken, cell->kind == NPT_CELL_WITHHELD ? "withheld" : "no answers");
        return;
    }
    npt__buffer_puts(spoken, npt__cell_words(drawing, cell, mean));
    const struct npt_cell *from = npt__cube_cell(cube, row, column, 0, low);
    if (low != SIZE_MAX && high != SIZE_MAX && npt__cell_value(from, &value))
        npt__buffer_print(
            spoken, " (%s to %s)", npt__cell_words(drawing, from, low),
            npt__cell_words(drawing, npt__cube_cell(cube, row, column, 0, high), high));
    /* A number of people tells which site it is. */
    const bool unnamed = strcmp(cube->columns.names[column], NPT__ANOTHER_SITE) == 0;
    if (n != SIZE_MAX && !unnamed)
        npt__buffer_print(spoken, ", n %s",
                          npt__cell_words(drawing, npt__cube_cell(cube, row, column, 0, n), n));
}

static void speak_range(struct npt__drawing *drawing, const struct npt__cube *cube, size_t row)
{
    size_t lowest = SIZE_MAX, highest = SIZE_MAX, silent = 0;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < cube->columns.count; i++) {
        const double value = npt__cube_mean(cube, row, i, 0);
        if (isnan(value)) {
            silent++;
            continue;
        }
        if (value < low) {
            low = value;
            lowest = i;
        }
        if (value > high) {
            high = value;
            highest = i;
        }
    }
    npt__buffer *spoken = &drawing->canvas.spoken;
    if (lowest != SIZE_MAX) {
        npt__buffer_puts(spoken, "from ");
        npt__speak_mean(drawing, cube, row, lowest);
        npt__buffer_puts(spoken, ", to ");
        npt__speak_mean(drawing, cube, row, highest);
    }
    if (silent)
        npt__buffer_print(spoken, "%s%zu without a number", lowest == SIZE_MAX ? "" : "; ", silent);
}

void npt__speak_means(struct npt__drawing *drawing, const struct npt__cube *cube, size_t row)
{
    npt__buffer *spoken = &drawing->canvas.spoken;
    npt__buffer_print(spoken, " %s: ", cube->rows.names[row]);
    if (cube->columns.count > NPT__MOST_SPOKEN) {
        speak_range(drawing, cube, row);
    } else {
        for (size_t i = 0; i < cube->columns.count; i++) {
            npt__buffer_puts(spoken, i ? "; " : "");
            npt__speak_mean(drawing, cube, row, i);
        }
    }
    npt__buffer_putc(spoken, '.');
}
