/* plot_tally.c - how strongly each construct is present: shares of cases, a panel for each site.
 *
 * With valence, cases with barriers stand to the left, cases with facilitators to the right.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>
#include <string.h>

#define MOST_ABREAST 4
#define PANEL_GAP 20.0
#define ROW_HEIGHT 24.0
#define BESIDE 38.0 /* for a number beside the longest bar */

enum side { BARRIER, FACILITATOR, SIDES };

struct tally {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t cases, of_cases, segments;
    bool sides;             /* barriers against facilitators */
    size_t parts[SIDES];    /* of the cube; SIZE_MAX: nobody said so */
    size_t panels, abreast; /* the last panel can be of all together */
    double left, panel_width;
    struct npt__scale scale; /* its start is set for each panel */
};

static const struct npt_cell *absent_or(const struct tally *tally, size_t row, size_t site,
                                        size_t part, size_t table_column)
{
    static const struct npt_cell absent = {.kind = NPT_CELL_ABSENT};
    return part == SIZE_MAX ? &absent : npt__cube_cell(&tally->cube, row, site, part, table_column);
}

static size_t site_at(const struct tally *tally, size_t panel)
{
    return panel < tally->cube.columns.count ? panel : NPT__ALL_COLUMNS;
}

/* "17/22"; of barriers and facilitators the cases alone. */
static const char *count_words(const struct tally *tally, size_t row, size_t site, size_t part)
{
    struct npt__drawing *drawing = tally->drawing;
    const struct npt_cell *cases = absent_or(tally, row, site, part, tally->cases);
    const char *words = npt__cell_words(drawing, cases, tally->cases);
    return tally->sides
               ? words
               : npt__arena_print(
                     drawing->arena, "%s/%s", words,
                     npt__cell_words(drawing, absent_or(tally, row, site, part, tally->of_cases),
                                     tally->of_cases));
}

/* Nobody is no share of nobody: false. */
static bool share_of(const struct tally *tally, size_t row, size_t site, size_t part, double *share)
{
    double cases, all;
    if (!npt__cell_value(absent_or(tally, row, site, part, tally->cases), &cases) ||
        !npt__cell_value(absent_or(tally, row, site, part, tally->of_cases), &all) || all < 0.5)
        return false;
    *share = cases / all;
    return true;
}

static void draw_bar(const struct tally *tally, double share, bool leftwards, double y,
                     uint32_t colour, const char *words)
{
    struct npt__canvas *canvas = &tally->drawing->canvas;
    const double zero = npt__scaled(&tally->scale, 0);
    const double end = npt__scaled(&tally->scale, leftwards ? -share : share);
    const double left = fmin(zero, end), width = fabs(end - zero), height = ROW_HEIGHT - 8;
    npt__draw_box(canvas, left, y - height / 2, width, height, colour);
    struct npt__font font = npt__font_small;
    if (width >= npt__lettering_width(words, font.size, false) + 8) {
        font.colour = npt__text_on(colour);
        npt__write(canvas, left + width / 2, y, NPT__CENTRE, &font, words);
    } else {
        npt__write(canvas, leftwards ? left - 4 : left + width + 4, y,
                   leftwards ? NPT__RIGHT : NPT__LEFT, &font, words);
    }
}

static void draw_row(const struct tally *tally, size_t row, size_t site, double y)
{
    struct npt__drawing *drawing = tally->drawing;
    const uint32_t colours[SIDES] = {drawing->palette->low, drawing->palette->high};
    const struct npt__scale *scale = &tally->scale;
    const double height = ROW_HEIGHT - 8;
    double share;
    for (size_t i = tally->sides ? BARRIER : FACILITATOR; i < SIDES; i++) {
        const size_t part = tally->parts[i];
        const struct npt_cell *cases = absent_or(tally, row, site, part, tally->cases);
        const double zero = npt__scaled(scale, 0), start = i == BARRIER ? scale->start : zero,
                     end = i == BARRIER ? zero : scale->start + scale->length;
        if (share_of(tally, row, site, part, &share))
            draw_bar(tally, share, i == BARRIER, y, colours[i],
                     count_words(tally, row, site, part));
        else if (cases->kind == NPT_CELL_WITHHELD)
            npt__draw_no_number(drawing, cases, start, y - height / 2, end - start, height);
        else
            npt__write(&drawing->canvas, i == BARRIER ? zero - 4 : zero + 4, y,
                       i == BARRIER ? NPT__RIGHT : NPT__LEFT, &npt__font_faint, "-");
        const struct npt_cell *segments = absent_or(tally, row, site, part, tally->segments);
        if (segments->kind == NPT_CELL_COUNT)
            npt__write(&drawing->canvas, i == BARRIER ? start - BESIDE + 8 : end + BESIDE - 4, y,
                       i == BARRIER ? NPT__LEFT : NPT__RIGHT, &npt__font_faint,
                       npt__cell_words(drawing, segments, tally->segments));
    }
}

static void draw_panel(struct tally *tally, size_t panel, double left, double top)
{
    struct npt__drawing *drawing = tally->drawing;
    const size_t site = site_at(tally, panel);
    const double margin = tally->sides ? BESIDE - 8 : 0;
    tally->scale.start = left + margin;
    tally->scale.length = tally->panel_width - margin - BESIDE;
    const double bottom = top + ROW_HEIGHT * (double)tally->cube.rows.count;
    const double zero = npt__scaled(&tally->scale, 0);
    const struct npt__pen axis = {NPT__AXIS_COLOUR, 1.2, NPT__SOLID};
    npt__draw_heading(drawing, left, top - 6, tally->panel_width, NPT__LEFT,
                      site == NPT__ALL_COLUMNS ? "All together" : tally->cube.columns.names[site]);
    npt__draw_scale(drawing, &tally->scale, top, bottom, true);
    npt__draw_line(&drawing->canvas, zero, top, zero, bottom, &axis);
    for (size_t row = 0; row < tally->cube.rows.count; row++)
        draw_row(tally, row, site, top + ROW_HEIGHT * ((double)row + 0.5));
}

static void draw_panels(struct tally *tally)
{
    struct npt__drawing *drawing = tally->drawing;
    for (size_t first = 0; first < tally->panels; first += tally->abreast) {
        const double top = drawing->y + 40;
        for (size_t row = 0; row < tally->cube.rows.count; row++)
            npt__draw_name(drawing, tally->left - NPT__GAP, top + ROW_HEIGHT * ((double)row + 0.5),
                           tally->left - NPT__GAP - NPT__EDGE, ROW_HEIGHT, NPT__RIGHT,
                           &npt__font_small, tally->cube.rows.names[row]);
        for (size_t i = 0; i < tally->abreast && first + i < tally->panels; i++)
            draw_panel(tally, first + i, tally->left + (tally->panel_width + PANEL_GAP) * (double)i,
                       top);
        drawing->y = top + ROW_HEIGHT * (double)tally->cube.rows.count + 20;
    }
}

/* ---- in words -------------------------------------------------------------------------------- */

static void speak_site(const struct tally *tally, size_t row, size_t site)
{
    static const char *const words[SIDES] = {" barriers, ", " facilitators"};
    npt__buffer *spoken = &tally->drawing->canvas.spoken;
    npt__buffer_print(spoken, " %s ",
                      site == NPT__ALL_COLUMNS ? "all together" : tally->cube.columns.names[site]);
    for (size_t i = tally->sides ? BARRIER : FACILITATOR; i < SIDES; i++) {
        const struct npt_cell *cases = absent_or(tally, row, site, tally->parts[i], tally->cases);
        npt__buffer_print(
            spoken, "%s%s",
            cases->kind == NPT_CELL_ABSENT ? "0" : count_words(tally, row, site, tally->parts[i]),
            tally->sides ? words[i] : "");
    }
    npt__buffer_putc(spoken, ';');
}

static void speak(const struct tally *tally)
{
    npt__buffer *spoken = &tally->drawing->canvas.spoken;
    npt__buffer_print(
        spoken, "Bars of the cases with each of %s%s, by site.",
        npt__counted(tally->drawing, tally->cube.rows.count, "construct", "constructs"),
        tally->sides ? ", barriers against facilitators" : "");
    const bool all = tally->cube.columns.count <= 6;
    for (size_t row = 0; row < tally->cube.rows.count; row++) {
        npt__buffer_print(spoken, " %s:", tally->cube.rows.names[row]);
        for (size_t panel = all ? 0 : tally->cube.columns.count; panel < tally->panels; panel++)
            speak_site(tally, row, site_at(tally, panel));
        spoken->bytes[spoken->length - 1] = '.';
    }
}

static void set_up(struct tally *tally)
{
    const npt_table *table = tally->drawing->table;
    tally->cases = npt_table_find_column(table, "cases");
    tally->of_cases = npt_table_find_column(table, "of_cases");
    tally->segments = npt_table_find_column(table, "segments");
    tally->parts[BARRIER] = SIZE_MAX;
    tally->parts[FACILITATOR] = tally->sides ? SIZE_MAX : 0;
    for (size_t i = 0; tally->sides && i < tally->cube.parts.count; i++) {
        if (strcmp(tally->cube.parts.names[i], "barrier") == 0)
            tally->parts[BARRIER] = i;
        if (strcmp(tally->cube.parts.names[i], "facilitator") == 0)
            tally->parts[FACILITATOR] = i;
    }
    const bool several = tally->cube.columns.count > 1 || tally->cube.left_out;
    tally->panels = tally->cube.columns.count + (several && npt__cube_has_total(&tally->cube));
    tally->abreast = tally->panels < MOST_ABREAST ? tally->panels : MOST_ABREAST;
    tally->left = NPT__EDGE + npt__names_width(&tally->cube.rows, &npt__font_small, 170) + NPT__GAP;
    tally->panel_width =
        (NPT__PICTURE_WIDTH - NPT__EDGE - tally->left - PANEL_GAP * (double)(tally->abreast - 1)) /
        (double)tally->abreast;
    tally->panel_width = fmin(tally->panel_width, 380);
    tally->scale = (struct npt__scale){.low = tally->sides ? -1 : 0, .high = 1, .step = 0.5};
}

static void draw_key(const struct tally *tally)
{
    struct npt__entry entries[3];
    size_t count = 0;
    if (tally->sides)
        entries[count++] = (struct npt__entry){NPT__SIGN_BOX, tally->drawing->palette->low,
                                               "cases with barriers, as % of the site's cases"};
    entries[count++] = (struct npt__entry){
        NPT__SIGN_BOX, tally->drawing->palette->high,
        tally->sides ? "cases with facilitators; at the sides in grey: segments"
                     : "cases with it / all cases, as % of the site's cases; at the side in grey: "
                       "segments"};
    if (npt__any_withheld(tally->drawing->table, tally->cases))
        entries[count++] = (struct npt__entry){NPT__SIGN_HATCH, NPT__HATCH_COLOUR, "withheld"};
    npt__frame_key(tally->drawing, entries, count);
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct tally *tally = npt__arena_take(drawing->arena, sizeof *tally);
    tally->drawing = drawing;
    tally->sides = npt_table_find_column(drawing->table, "valence") != SIZE_MAX;
    const struct npt__cube_view view = {
        .row = "construct", .part = tally->sides ? "valence" : NULL, .own_only = true};
    const enum npt_status status = npt__cube(&tally->cube, drawing, &view);
    if (status != NPT_OK)
        return status;
    set_up(tally);
    npt__frame_begin(drawing, NPT__PICTURE_WIDTH,
                     tally->sides ? "Barriers against facilitators: cases with each construct"
                                  : "Cases with each construct");
    speak(tally);
    draw_key(tally);
    draw_panels(tally);
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"construct", "cases", "of_cases", NULL};

const struct npt_plot npt__plot_tally = {
    .name = "tally",
    .summary = "how strongly is each construct present in the interviews, site by site?",
    .description =
        "Bars are shares of the cases of a site that speak of a construct, with their counts. With\n"
        "--valence, cases that name barriers stand to the left, cases that name facilitators to the right;\n"
        "a case can be in both.",
    .analysis = "tally",
    .columns = columns,
    .draw = draw,
};
