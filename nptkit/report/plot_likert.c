/* plot_likert.c - how answers spread: disagreement to the left, agreement to the right, neither apart.
 *
 * Who answered in the middle is on neither side, and so stands in a panel of its own on the same scale; or all answers
 * fill one bar, where that is asked for. Not relevant is no answer: it is counted beside the bars, as is n.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "plot_answers.h"
#include "plot_frame.h"

#include <math.h>
#include <string.h>

#define NAME_WIDTH 270.0
#define SUM_WIDTH 46.0 /* of the percentages on both sides of the bars */
#define BESIDE 30.0    /* for a percentage beside its bar */
#define N_WIDTH 38.0
#define RELEVANT_WIDTH 54.0
#define BAR_SHARE 0.72 /* of the height of a row */
#define LEAST_SHOWN 0.06
#define MOST_ENTRIES 12

struct frame {
    double x, y, width, height;
};

struct likert {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    struct npt__answers_view view;
    size_t n, not_relevant, wording, own, share;
    double largest[NPT__SIDES];
    struct npt__scale sides, middle; /* disagreement is negative */
    bool many;                       /* several rows for each item */
    bool full;                       /* bars of 100% */
    size_t bars;                     /* of each item; the last can be of all together */
    /* Frames of pieces, drawn after all of them: gnuplot draws each run of like shapes at once. */
    NPT__ARRAY(struct frame) frames;
};

static size_t column_at(const struct likert *likert, size_t bar)
{
    return bar < likert->cube.columns.count ? bar : NPT__ALL_COLUMNS;
}

static const char *bar_name(const struct likert *likert, size_t bar)
{
    return bar < likert->cube.columns.count ? likert->cube.columns.names[bar] : "All together";
}

/* A cell that is the same for all answers of an item. */
static const struct npt_cell *cell(const struct likert *likert, size_t item, size_t bar,
                                   size_t table_column)
{
    static const struct npt_cell absent = {.kind = NPT_CELL_ABSENT};
    const size_t column = column_at(likert, bar);
    for (size_t part = 0; part < likert->cube.parts.count; part++)
        if (npt__cube_row(&likert->cube, item, column, part) != SIZE_MAX)
            return npt__cube_cell(&likert->cube, item, column, part, table_column);
    return &absent;
}

static bool read(struct npt__answers *answers, const struct likert *likert, size_t item, size_t bar)
{
    return npt__answers_read(answers, &likert->view, item, column_at(likert, bar));
}

/* An item that was answered, but not on a scale of agreement, is not drawn. */
static bool is_drawn(const struct likert *likert, size_t item)
{
    struct npt__answers answers;
    for (size_t bar = 0; bar < likert->bars; bar++)
        if (read(&answers, likert, item, bar))
            return true;
    return false;
}

/* ---- scales ---------------------------------------------------------------------------------- */

static void find_largest(struct likert *likert)
{
    for (size_t item = 0; item < likert->cube.rows.count; item++)
        for (size_t bar = 0; bar < likert->bars; bar++) {
            struct npt__answers answers;
            if (!read(&answers, likert, item, bar) || answers.instead)
                continue;
            for (size_t i = 0; i < NPT__SIDES; i++)
                likert->largest[i] = fmax(likert->largest[i], answers.sides[i]);
        }
    for (size_t i = 0; i < NPT__SIDES; i++)
        likert->largest[i] = fmin(1, fmax(0.2, ceil(likert->largest[i] * 5 - 1e-9) / 5));
}

static void set_scales(struct likert *likert)
{
    const double *largest = likert->largest;
    const double left = NPT__EDGE + NAME_WIDTH + NPT__GAP + SUM_WIDTH,
                 right = NPT__PICTURE_WIDTH - NPT__EDGE - N_WIDTH - RELEVANT_WIDTH - SUM_WIDTH;
    if (likert->full) {
        likert->sides = (struct npt__scale){0, 1, 0.2, left, right - left};
        return;
    }
    const double unit = (right - left - BESIDE - NPT__GAP) /
                        (largest[NPT__AGAINST] + largest[NPT__FOR] + largest[NPT__NEITHER]);
    const double wide = unit * (largest[NPT__AGAINST] + largest[NPT__FOR]);
    likert->sides = (struct npt__scale){-largest[NPT__AGAINST], largest[NPT__FOR], 0.2, left, wide};
    likert->middle =
        (struct npt__scale){0, largest[NPT__NEITHER], 0.2, left + wide + SUM_WIDTH + NPT__GAP,
                            unit * largest[NPT__NEITHER]};
}

/* The right end of all bars. */
static double bars_end(const struct likert *likert)
{
    const struct npt__scale *last = likert->full ? &likert->sides : &likert->middle;
    return last->start + last->length;
}

/* ---- one bar --------------------------------------------------------------------------------- */

static const char *share_words(const struct likert *likert, double share)
{
    const struct npt_cell cell = {.kind = NPT_CELL_NUMBER, .number = share};
    return npt__cell_words(likert->drawing, &cell, likert->share);
}

/* The percentage without its sign, within the piece where there is room. */
static void write_within(const struct likert *likert, const struct npt__piece *piece, double left,
                         double width, double y, bool beside)
{
    struct npt__canvas *canvas = &likert->drawing->canvas;
    const char *words = share_words(likert, piece->share);
    words = npt__arena_copy(likert->drawing->arena, words, strcspn(words, "%"));
    struct npt__font font = npt__font_small;
    const bool fits = width >= npt__lettering_width(words, font.size, false) + 4;
    if (fits && piece->share >= LEAST_SHOWN) {
        font.colour = npt__text_on(piece->colour);
        npt__write(canvas, left + width / 2, y, NPT__CENTRE, &font, words);
    } else if (beside) {
        npt__write(canvas, left + width + 4, y, NPT__LEFT, &font, words);
    }
}

static void draw_piece(struct likert *likert, const struct npt__scale *scale,
                       const struct npt__piece *piece, double from, double y, double height)
{
    struct npt__canvas *canvas = &likert->drawing->canvas;
    const double left = npt__scaled(scale, from),
                 width = npt__scaled(scale, from + piece->share) - left;
    npt__draw_box(canvas, left, y - height / 2, width, height, piece->colour);
    *npt__array_add(&likert->frames) = (struct frame){left, y - height / 2, width, height};
    write_within(likert, piece, left, width, y, scale == &likert->middle);
}

static void draw_pieces(struct likert *likert, const struct npt__answers *answers, double y,
                        double height)
{
    double at = likert->full ? 0 : -answers->sides[NPT__AGAINST];
    for (size_t i = 0; i < answers->count; i++) {
        const struct npt__piece *piece = &answers->pieces[i];
        if (piece->side == NPT__NEITHER && !likert->full) {
            draw_piece(likert, &likert->middle, piece, 0, y, height);
            continue;
        }
        draw_piece(likert, &likert->sides, piece, at, y, height);
        at += piece->share;
    }
}

/* Who disagrees and who agrees in all, on both sides of the bars. */
static void write_sums(const struct likert *likert, const struct npt__answers *answers, double y)
{
    struct npt__canvas *canvas = &likert->drawing->canvas;
    const struct npt__palette *palette = likert->drawing->palette;
    const struct npt__scale *scale = &likert->sides;
    struct npt__font font = {12, true, palette->low};
    npt__write(canvas, scale->start - 8, y, NPT__RIGHT, &font,
               share_words(likert, answers->sides[NPT__AGAINST]));
    font.colour = palette->high;
    npt__write(canvas, scale->start + scale->length + SUM_WIDTH - 6, y, NPT__RIGHT, &font,
               share_words(likert, answers->sides[NPT__FOR]));
}

static void write_count(const struct likert *likert, size_t item, size_t bar, size_t table_column,
                        double x, double y)
{
    if (table_column == SIZE_MAX)
        return;
    const char *words =
        npt__cell_words(likert->drawing, cell(likert, item, bar, table_column), table_column);
    npt__write(&likert->drawing->canvas, x, y, NPT__RIGHT, &npt__font_small,
               npt__lettering_fit(likert->drawing->arena, words, RELEVANT_WIDTH - 6,
                                  npt__font_small.size, false));
}

static void draw_row(struct likert *likert, size_t item, size_t bar, double y, double height)
{
    struct npt__answers answers;
    const double right = NPT__PICTURE_WIDTH - NPT__EDGE, high = height * BAR_SHARE;
    const bool found = read(&answers, likert, item, bar);
    if (found && !answers.instead) {
        draw_pieces(likert, &answers, y, high);
        write_sums(likert, &answers, y);
    } else {
        static const struct npt_cell absent = {.kind = NPT_CELL_ABSENT};
        const double left = likert->sides.start;
        npt__draw_no_number(likert->drawing, answers.instead ? answers.instead : &absent, left,
                            y - high / 2, bars_end(likert) - left, high);
    }
    write_count(likert, item, bar, likert->n, right - RELEVANT_WIDTH, y);
    write_count(likert, item, bar, likert->not_relevant, right, y);
}

/* ---- in words -------------------------------------------------------------------------------- */

static void speak_side(const struct likert *likert, const struct npt__answers *answers,
                       enum npt__side side)
{
    static const char *const verbs[NPT__SIDES] = {"disagree", "neither", "agree"};
    npt__buffer *spoken = &likert->drawing->canvas.spoken;
    npt__buffer_print(spoken, " %s %s", share_words(likert, answers->sides[side]), verbs[side]);
    size_t count = 0, left = 0;
    for (size_t i = 0; i < answers->count; i++)
        count += answers->pieces[i].side == side;
    left = likert->many || count < 2 ? 0 : count;
    for (size_t i = answers->count; i-- > 0 && left;) {
        if (answers->pieces[i].side != side)
            continue;
        npt__buffer_print(spoken, "%s%s %s%s", left == count ? " (" : ", ",
                          share_words(likert, answers->pieces[i].share), answers->pieces[i].label,
                          left == 1 ? ")" : "");
        left--;
    }
    npt__buffer_putc(spoken, ',');
}

static void speak_row(const struct likert *likert, size_t item, size_t bar)
{
    npt__buffer *spoken = &likert->drawing->canvas.spoken;
    struct npt__answers answers;
    if (likert->many)
        npt__buffer_print(spoken, " %s:", bar_name(likert, bar));
    if (!read(&answers, likert, item, bar) || answers.instead) {
        npt__buffer_puts(spoken, answers.instead && answers.instead->kind == NPT_CELL_WITHHELD
                                     ? " withheld."
                                     : " no answers.");
        return;
    }
    for (size_t i = NPT__SIDES; i-- > 0;)
        speak_side(likert, &answers, (enum npt__side)i);
    npt__buffer_print(
        spoken, " n %s.",
        npt__cell_words(likert->drawing, cell(likert, item, bar, likert->n), likert->n));
}

/* ---- all rows -------------------------------------------------------------------------------- */

static const char *item_name(const struct likert *likert, size_t item)
{
    for (size_t bar = 0; bar < likert->bars; bar++) {
        const struct npt_cell *wording = cell(likert, item, bar, likert->wording);
        if (wording->kind == NPT_CELL_TEXT && *wording->text)
            return npt__lettering(likert->drawing->arena, wording->text);
    }
    return likert->cube.rows.names[item];
}

static double row_height(const struct likert *likert)
{
    return !likert->many ? 32 : likert->bars > 12 ? 18 : 22;
}

static void draw_item(struct likert *likert, size_t item)
{
    struct npt__drawing *drawing = likert->drawing;
    const char *name = item_name(likert, item);
    const double height = row_height(likert), wide = NPT__PICTURE_WIDTH - 2 * NPT__EDGE;
    npt__buffer_print(&drawing->canvas.spoken, " %s:", name);
    if (likert->many) {
        npt__draw_box(&drawing->canvas, NPT__EDGE, drawing->y + 2, wide, 18, NPT__WHITE);
        npt__draw_name(drawing, NPT__EDGE, drawing->y + 11, wide, 20, NPT__LEFT, &npt__font_small,
                       name);
        drawing->y += 20;
    }
    for (size_t bar = 0; bar < likert->bars; bar++) {
        const double y = drawing->y + height / 2;
        struct npt__font font = npt__font_small;
        font.bold = likert->many && column_at(likert, bar) == likert->own;
        npt__draw_name(drawing, likert->many ? NPT__EDGE + NAME_WIDTH : NPT__EDGE, y,
                       NAME_WIDTH - (likert->many ? 20 : 0), height,
                       likert->many ? NPT__RIGHT : NPT__LEFT, &font,
                       likert->many ? bar_name(likert, bar) : name);
        draw_row(likert, item, bar, y, height);
        speak_row(likert, item, bar);
        drawing->y += height;
    }
    drawing->y += likert->many ? 6 : 0;
}

static void draw_column_heads(const struct likert *likert)
{
    struct npt__drawing *drawing = likert->drawing;
    static const char *const relevant[] = {"not", "relevant"};
    const double right = NPT__PICTURE_WIDTH - NPT__EDGE, y = drawing->y + 14;
    const struct npt__scale *scale = &likert->sides;
    const struct npt__font *font = &npt__font_faint;
    npt__write(&drawing->canvas, scale->start - 8, y, NPT__RIGHT, font, "disagree");
    npt__write(&drawing->canvas, scale->start + scale->length + SUM_WIDTH - 6, y, NPT__RIGHT, font,
               "agree");
    if (!likert->full)
        npt__write(&drawing->canvas, likert->middle.start, y, NPT__LEFT, font, "neither");
    npt__write(&drawing->canvas, right - RELEVANT_WIDTH, y, NPT__RIGHT, font, "n");
    if (likert->not_relevant != SIZE_MAX)
        npt__write_lines(&drawing->canvas, right, y, NPT__RIGHT, font, relevant, 2);
    drawing->y += 30;
}

static void draw_scales(const struct likert *likert, double top, double bottom)
{
    struct npt__drawing *drawing = likert->drawing;
    const struct npt__scale *scales[] = {&likert->sides, &likert->middle};
    const struct npt__pen axis = {NPT__AXIS_COLOUR, 1.2, NPT__SOLID};
    for (size_t i = 0; i < (likert->full ? 1 : 2); i++) {
        const double zero = npt__scaled(scales[i], 0);
        npt__draw_scale(drawing, scales[i], top, bottom, true);
        npt__draw_line(&drawing->canvas, zero, top, zero, bottom, &axis);
    }
}

/* Whether the item begins a construct. */
static bool begins_group(const struct likert *likert, size_t item, const char *before)
{
    const char *group = likert->cube.rows.groups[item];
    return *group && !(before && strcmp(before, group) == 0);
}

/* Heights first: the lines of the scales lie below the bars. */
static double rows_height(const struct likert *likert)
{
    const double item = (likert->many ? 26 : 0) + row_height(likert) * (double)likert->bars;
    double height = 0;
    const char *group = NULL;
    for (size_t i = 0; i < likert->cube.rows.count; i++) {
        if (!is_drawn(likert, i))
            continue;
        height += item + (begins_group(likert, i, group) ? 26 : 0);
        group = likert->cube.rows.groups[i];
    }
    return height;
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

/* ---- the key --------------------------------------------------------------------------------- */

/* Each answer once, as it stands in the bars; what stands apart comes last. */
static void draw_key(const struct likert *likert)
{
    struct npt__entry entries[MOST_ENTRIES + 1];
    size_t count = 0;
    npt__answers_entries(entries, &count, MOST_ENTRIES, &likert->view, true, likert->full);
    if (!likert->full)
        npt__answers_entries(entries, &count, MOST_ENTRIES, &likert->view, false, true);
    const size_t column = likert->view.single ? likert->share : likert->view.shares[NPT__FOR];
    if (npt__any_withheld(likert->drawing->table, column))
        entries[count++] = (struct npt__entry){NPT__SIGN_HATCH, NPT__HATCH_COLOUR, "withheld"};
    npt__frame_key(likert->drawing, entries, count);
}

/* ---- the picture ----------------------------------------------------------------------------- */

static enum npt_status set_up(struct likert *likert)
{
    struct npt__drawing *drawing = likert->drawing;
    const npt_table *table = drawing->table;
    const bool single = npt_table_find_column(table, "answer") != SIZE_MAX;
    const struct npt__cube_view view = {
        .row = "item", .group = "construct", .part = single ? "answer" : NULL, .own_only = true};
    enum npt_status status = npt__cube(&likert->cube, drawing, &view);
    if (status == NPT_OK)
        status = npt__cube_own(&likert->own, &likert->cube, drawing);
    if (status != NPT_OK)
        return status;
    npt__answers_open(&likert->view, drawing, &likert->cube);
    likert->share = single ? likert->view.share : likert->view.shares[NPT__FOR];
    likert->n = npt_table_find_column(table, "n");
    likert->not_relevant = npt_table_find_column(table, "not_relevant");
    likert->wording = npt_table_find_column(table, "wording");
    likert->full = drawing->options->full_bars;
    likert->bars =
        likert->cube.columns.count + (likert->cube.left_out && npt__cube_has_total(&likert->cube));
    likert->many = likert->bars > 1 || likert->cube.left_out;
    find_largest(likert);
    set_scales(likert);
    return NPT_OK;
}

static void draw_items(struct likert *likert)
{
    struct npt__drawing *drawing = likert->drawing;
    const double top = drawing->y, bottom = top + rows_height(likert);
    draw_scales(likert, top, bottom);
    const char *group = NULL;
    for (size_t i = 0; i < likert->cube.rows.count; i++) {
        if (!is_drawn(likert, i))
            continue;
        if (begins_group(likert, i, group))
            draw_group(drawing, likert->cube.rows.groups[i]);
        group = likert->cube.rows.groups[i];
        draw_item(likert, i);
    }
    const struct npt__pen pen = {NPT__FAINT_COLOUR, 0.8, NPT__SOLID};
    for (size_t i = 0; i < likert->frames.count; i++) {
        const struct frame *frame = &likert->frames.items[i];
        npt__draw_frame(&drawing->canvas, frame->x, frame->y, frame->width, frame->height, &pen);
    }
    npt__array_release(&likert->frames);
    drawing->y = bottom + 18;
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct likert *likert = npt__arena_take(drawing->arena, sizeof *likert);
    likert->drawing = drawing;
    const enum npt_status status = set_up(likert);
    if (status != NPT_OK)
        return status;
    size_t count = 0;
    for (size_t i = 0; i < likert->cube.rows.count; i++)
        count += is_drawn(likert, i);
    npt__frame_begin(
        drawing, NPT__PICTURE_WIDTH,
        npt__frame_title(drawing, &likert->cube, "Who agrees with what (% of those who answered)"));
    npt__buffer_print(&drawing->canvas.spoken,
                      likert->full ? "Bars of %s: all answers, from disagreement to agreement."
                                   : "Bars of %s: who agrees, who disagrees, and apart from both, "
                                     "who does neither.",
                      npt__counted(drawing, count, "statement", "statements"));
    draw_key(likert);
    draw_column_heads(likert);
    draw_items(likert);
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"item", "disagree_share", "neutral_share", "agree_share", "n",
                                      NULL};
static const char *const single_columns[] = {"item", "answer", "side", "share", "n", NULL};

const struct npt_plot npt__plot_likert = {
    .name = "likert",
    .summary = "how do answers spread: who agrees, who disagrees, item by item?",
    .description =
        "Bars to the left are those who disagree, to the right those who agree, as shares of who\n"
        "answered, a piece for each answer; --protect shows the sides as a whole. Who does neither is on\n"
        "neither side, and stands in a panel of its own on the same scale; --stack full puts all answers\n"
        "into one bar. Not relevant is no answer; it is counted at the right. By site: --by site.",
    .analysis = "items",
    .option = "answers",
    .columns = columns,
    .other_columns = single_columns,
    .draw = draw,
};
