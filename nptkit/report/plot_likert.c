/* plot_likert.c - how answers spread: disagreement to the left, agreement to the right, neither apart.
 *
 * Who answered in the middle is on neither side, and so stands in a panel of its own on the same scale. Not
 * relevant is no answer: it is counted beside the bars, as is n.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>
#include <string.h>

#define NAME_WIDTH 300.0
#define COUNT_WIDTH 56.0 /* of each of the two columns of counts */
#define BESIDE 32.0      /* for a percentage beside its bar */
#define BAR_SHARE 0.72   /* of the height of a row */

enum answer { DISAGREE, NEUTRAL, AGREE, ANSWERS };

static const char *const share_keys[ANSWERS] = {"disagree_share", "neutral_share", "agree_share"};

struct likert {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t shares[ANSWERS], n, not_relevant, wording;
    double largest[ANSWERS];
    struct npt__scale sides, middle; /* disagreement is negative */
    bool many;                       /* several rows for each item */
};

static const struct npt_cell *cell(const struct likert *likert, size_t item, size_t column,
                                   size_t table_column)
{
    return npt__cube_cell(&likert->cube, item, column, 0, table_column);
}

/* An item that was answered, but not on a scale of agreement, is not drawn. */
static bool is_drawn(const struct likert *likert, size_t item)
{
    for (size_t column = 0; column < likert->cube.columns.count; column++) {
        double n = 0;
        const bool absent =
            cell(likert, item, column, likert->shares[AGREE])->kind == NPT_CELL_ABSENT;
        npt__cell_value(cell(likert, item, column, likert->n), &n);
        if (!absent || n < 0.5)
            return true;
    }
    return false;
}

static void find_largest(struct likert *likert)
{
    for (size_t item = 0; item < likert->cube.rows.count; item++)
        for (size_t column = 0; column < likert->cube.columns.count; column++)
            for (size_t i = 0; i < ANSWERS; i++) {
                double share = 0;
                npt__cell_value(cell(likert, item, column, likert->shares[i]), &share);
                likert->largest[i] = fmax(likert->largest[i], share);
            }
    for (size_t i = 0; i < ANSWERS; i++)
        likert->largest[i] = fmax(0.2, ceil(likert->largest[i] * 5 - 1e-9) / 5);
}

static void set_scales(struct likert *likert)
{
    const double *largest = likert->largest;
    const double left = NPT__EDGE + NAME_WIDTH + NPT__GAP,
                 right = NPT__PICTURE_WIDTH - NPT__EDGE - 2 * COUNT_WIDTH + 24;
    const double unit = (right - left - 3 * BESIDE - NPT__GAP) /
                        (largest[DISAGREE] + largest[AGREE] + largest[NEUTRAL]);
    likert->sides = (struct npt__scale){-largest[DISAGREE], largest[AGREE], 0.2, left + BESIDE,
                                        unit * (largest[DISAGREE] + largest[AGREE])};
    likert->middle = (struct npt__scale){
        0, largest[NEUTRAL], 0.2, likert->sides.start + likert->sides.length + BESIDE + NPT__GAP,
        unit * largest[NEUTRAL]};
}

/* ---- one row --------------------------------------------------------------------------------- */

/* A bar from zero with its percentage: within it where there is room, else beside its end. */
static void draw_bar(const struct likert *likert, enum answer answer, double share, double y,
                     double height, const char *words)
{
    static const uint32_t colours[ANSWERS] = {NPT__LOW_COLOUR, NPT__NEUTRAL_COLOUR,
                                              NPT__HIGH_COLOUR};
    struct npt__canvas *canvas = &likert->drawing->canvas;
    const struct npt__scale *scale = answer == NEUTRAL ? &likert->middle : &likert->sides;
    const double zero = npt__scaled(scale, 0);
    const double end = npt__scaled(scale, answer == DISAGREE ? -share : share);
    const double left = fmin(zero, end), width = fabs(end - zero);
    const struct npt__pen frame = {NPT__FAINT_COLOUR, 0.8, NPT__SOLID};
    npt__draw_box(canvas, left, y - height / 2, width, height, colours[answer]);
    npt__draw_frame(canvas, left, y - height / 2, width, height, &frame);
    struct npt__font font = npt__font_small;
    if (width >= npt__lettering_width(words, font.size, false) + 8) {
        font.colour = npt__text_on(colours[answer]);
        npt__write(canvas, left + width / 2, y, NPT__CENTRE, &font, words);
    } else {
        npt__write(canvas, answer == DISAGREE ? left - 4 : left + width + 4, y,
                   answer == DISAGREE ? NPT__RIGHT : NPT__LEFT, &font, words);
    }
}

static void write_count(const struct likert *likert, size_t item, size_t column,
                        size_t table_column, double x, double y)
{
    if (table_column == SIZE_MAX)
        return;
    const char *words =
        npt__cell_words(likert->drawing, cell(likert, item, column, table_column), table_column);
    npt__write(&likert->drawing->canvas, x, y, NPT__RIGHT, &npt__font_small, words);
}

static void draw_row(const struct likert *likert, size_t item, size_t column, double y,
                     double height)
{
    struct npt__drawing *drawing = likert->drawing;
    const double right = NPT__PICTURE_WIDTH - NPT__EDGE;
    const double left = likert->sides.start - BESIDE;
    const double bar = height * BAR_SHARE;
    const struct npt_cell *agree = cell(likert, item, column, likert->shares[AGREE]);
    double share;
    if (npt__cell_value(agree, &share)) {
        for (size_t i = 0; i < ANSWERS; i++) {
            const struct npt_cell *part = cell(likert, item, column, likert->shares[i]);
            if (npt__cell_value(part, &share))
                draw_bar(likert, (enum answer)i, share, y, bar,
                         npt__cell_words(drawing, part, likert->shares[i]));
        }
    } else {
        npt__draw_no_number(drawing, agree, left, y - bar / 2,
                            likert->middle.start + likert->middle.length - left, bar);
    }
    write_count(likert, item, column, likert->n, right - COUNT_WIDTH, y);
    write_count(likert, item, column, likert->not_relevant, right, y);
}

static const char *item_name(const struct likert *likert, size_t item)
{
    for (size_t column = 0; column < likert->cube.columns.count; column++) {
        const struct npt_cell *wording = cell(likert, item, column, likert->wording);
        if (wording->kind == NPT_CELL_TEXT && *wording->text)
            return npt__lettering(likert->drawing->arena, wording->text);
    }
    return likert->cube.rows.names[item];
}

static void speak_row(const struct likert *likert, size_t item, size_t column)
{
    npt__buffer *spoken = &likert->drawing->canvas.spoken;
    if (likert->many)
        npt__buffer_print(spoken, " %s:", likert->cube.columns.names[column]);
    const struct npt_cell *agree = cell(likert, item, column, likert->shares[AGREE]);
    double share;
    if (!npt__cell_value(agree, &share)) {
        npt__buffer_puts(spoken, agree->kind == NPT_CELL_WITHHELD ? " withheld." : " no answers.");
        return;
    }
    static const char *const verbs[ANSWERS] = {"disagree", "neither", "agree"};
    for (size_t i = ANSWERS; i-- > 0;)
        npt__buffer_print(spoken, " %s %s%s",
                          npt__cell_words(likert->drawing,
                                          cell(likert, item, column, likert->shares[i]),
                                          likert->shares[i]),
                          verbs[i], i ? "," : "");
    npt__buffer_print(
        spoken, ", n %s.",
        npt__cell_words(likert->drawing, cell(likert, item, column, likert->n), likert->n));
}

/* ---- all rows -------------------------------------------------------------------------------- */

static void draw_item(struct likert *likert, size_t item)
{
    struct npt__drawing *drawing = likert->drawing;
    const char *name = item_name(likert, item);
    npt__buffer_print(&drawing->canvas.spoken, " %s:", name);
    if (!likert->many) {
        const double height = 32, y = drawing->y + height / 2;
        npt__draw_name(drawing, NPT__EDGE, y, NAME_WIDTH, height, NPT__LEFT, &npt__font_small,
                       name);
        draw_row(likert, item, 0, y, height);
        speak_row(likert, item, 0);
        drawing->y += height;
        return;
    }
    const double height = likert->cube.columns.count > 12 ? 18 : 22;
    const double wide = NPT__PICTURE_WIDTH - 2 * NPT__EDGE;
    npt__draw_box(&drawing->canvas, NPT__EDGE, drawing->y + 2, wide, 18, NPT__WHITE);
    npt__draw_name(drawing, NPT__EDGE, drawing->y + 11, wide, 20, NPT__LEFT, &npt__font_small,
                   name);
    drawing->y += 20;
    for (size_t column = 0; column < likert->cube.columns.count; column++) {
        const double y = drawing->y + height / 2;
        npt__draw_name(drawing, NPT__EDGE + NAME_WIDTH, y, NAME_WIDTH - 20, height, NPT__RIGHT,
                       &npt__font_small, likert->cube.columns.names[column]);
        draw_row(likert, item, column, y, height);
        speak_row(likert, item, column);
        drawing->y += height;
    }
    drawing->y += 6;
}

static void draw_column_heads(const struct likert *likert)
{
    struct npt__drawing *drawing = likert->drawing;
    static const char *const relevant[] = {"not", "relevant"};
    const double right = NPT__PICTURE_WIDTH - NPT__EDGE, y = drawing->y + 14;
    const double zero = npt__scaled(&likert->sides, 0);
    const struct npt__font *font = &npt__font_faint;
    npt__write(&drawing->canvas, zero - 6, y, NPT__RIGHT, font, "% who disagree");
    npt__write(&drawing->canvas, zero + 6, y, NPT__LEFT, font, "% who agree");
    npt__write(&drawing->canvas, likert->middle.start, y, NPT__LEFT, font, "% neither");
    npt__write(&drawing->canvas, right - COUNT_WIDTH, y, NPT__RIGHT, font, "n");
    if (likert->not_relevant != SIZE_MAX)
        npt__write_lines(&drawing->canvas, right, y, NPT__RIGHT, font, relevant, 2);
    drawing->y += 30;
}

static void draw_scales(const struct likert *likert, double top, double bottom)
{
    struct npt__drawing *drawing = likert->drawing;
    const struct npt__scale *scales[] = {&likert->sides, &likert->middle};
    const struct npt__pen axis = {NPT__AXIS_COLOUR, 1.2, NPT__SOLID};
    for (size_t i = 0; i < 2; i++) {
        const double zero = npt__scaled(scales[i], 0);
        npt__draw_scale(drawing, scales[i], top, bottom, true);
        npt__draw_line(&drawing->canvas, zero, top, zero, bottom, &axis);
    }
}

/* Heights first: the lines of the scales lie below the bars. */
static double rows_height(const struct likert *likert)
{
    const struct npt__cube *cube = &likert->cube;
    const double site = cube->columns.count > 12 ? 18 : 22;
    const double item = likert->many ? 26 + site * (double)cube->columns.count : 32;
    double height = 0;
    const char *group = NULL;
    for (size_t i = 0; i < cube->rows.count; i++) {
        if (!is_drawn(likert, i))
            continue;
        if (*cube->rows.groups[i] && !(group && strcmp(group, cube->rows.groups[i]) == 0))
            height += 26;
        group = cube->rows.groups[i];
        height += item;
    }
    return height;
}

static size_t count_drawn(const struct likert *likert)
{
    size_t count = 0;
    for (size_t i = 0; i < likert->cube.rows.count; i++)
        count += is_drawn(likert, i);
    return count;
}

/* The name of a construct, over the whole width. */
static void draw_group(struct npt__drawing *drawing, const char *name)
{
    const struct npt__font *font = &npt__font_heading;
    const double width = NPT__PICTURE_WIDTH - 2 * NPT__EDGE;
    const char *line = npt__lettering_fit(drawing->arena, name, width, font->size, font->bold);
    const double wide = npt__lettering_width(line, font->size, font->bold);
    npt__draw_box(&drawing->canvas, NPT__EDGE, drawing->y + 6, wide, 18, NPT__WHITE);
    npt__write(&drawing->canvas, NPT__EDGE, drawing->y + 15, NPT__LEFT, font, line);
    drawing->y += 26;
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct likert *likert = npt__arena_take(drawing->arena, sizeof *likert);
    likert->drawing = drawing;
    const struct npt__cube_view view = {.row = "item", .group = "construct"};
    const enum npt_status status = npt__cube(&likert->cube, drawing, &view);
    if (status != NPT_OK)
        return status;
    for (size_t i = 0; i < ANSWERS; i++)
        likert->shares[i] = npt_table_find_column(drawing->table, share_keys[i]);
    likert->n = npt_table_find_column(drawing->table, "n");
    likert->not_relevant = npt_table_find_column(drawing->table, "not_relevant");
    likert->wording = npt_table_find_column(drawing->table, "wording");
    likert->many = likert->cube.columns.count > 1;
    find_largest(likert);
    set_scales(likert);
    npt__frame_begin(drawing, NPT__PICTURE_WIDTH,
                     npt__frame_title(drawing, &likert->cube, "Who agrees with what"));
    npt__buffer_print(
        &drawing->canvas.spoken,
        "Bars of %s: who agrees, who disagrees, and apart from both, who does neither.",
        npt__counted(drawing, count_drawn(likert), "statement", "statements"));
    draw_column_heads(likert);
    const double top = drawing->y, bottom = top + rows_height(likert);
    draw_scales(likert, top, bottom);
    const char *group = NULL;
    for (size_t i = 0; i < likert->cube.rows.count; i++) {
        if (!is_drawn(likert, i))
            continue;
        const char *own = likert->cube.rows.groups[i];
        if (*own && !(group && strcmp(group, own) == 0)) {
            draw_group(drawing, own);
        }
        group = own;
        draw_item(likert, i);
    }
    drawing->y = bottom + 18;
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"item", "disagree_share", "neutral_share", "agree_share", "n",
                                      NULL};

const struct npt_plot npt__plot_likert = {
    .name = "likert",
    .summary = "how do answers spread: who agrees, who disagrees, item by item?",
    .description =
        "Bars to the left are those who disagree, to the right those who agree, as shares of who\n"
        "answered. Who does neither is on neither side, and stands in a panel of its own on the same\n"
        "scale. Not relevant is no answer; it is counted at the right. By site: --by site.",
    .analysis = "items",
    .columns = columns,
    .draw = draw,
};
