/* plot_cooccur.c - which constructs occur together: a triangle of fields, a number in each.
 *
 * A pair stands once, below the diagonal, on which the numbers of the constructs stand as heads of their columns.
 * Of several sites it shows all together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"
#include "palette.h"
#include "plot_frame.h"

#include <math.h>
#include <string.h>

#define NAMES_MOST 210.0
#define CELL_HEIGHT 30.0
#define CELL_WIDEST 70.0
#define CELL_LEAST 24.0

struct cooccur {
    struct npt__drawing *drawing;
    struct npt__cube cube;
    size_t together, of_cases, site;
    struct npt__axis names;                                 /* of rows and parts, each once */
    size_t rows[NPT__MOST_LEVELS], parts[NPT__MOST_LEVELS]; /* of names; SIZE_MAX: none */
    double largest, left, cell_width;
};

static size_t find_name(const struct npt__axis *axis, const char *name)
{
    for (size_t i = 0; i < axis->count; i++)
        if (strcmp(axis->names[i], name) == 0)
            return i;
    return SIZE_MAX;
}

/* Whether the table has a row for this pair, in this order. */
static bool is_pair(const struct npt__cube *cube, size_t row, size_t part)
{
    for (size_t column = 0; column < cube->columns.count; column++)
        if (cube->at[(row * cube->columns.count + column) * cube->parts.count + part] != SIZE_MAX)
            return true;
    return cube->totals[row * cube->parts.count + part] != SIZE_MAX;
}

static void add_name(struct cooccur *picture, const char *name)
{
    struct npt__axis *names = &picture->names;
    if (names->count == NPT__MOST_LEVELS || find_name(names, name) != SIZE_MAX)
        return;
    picture->rows[names->count] = find_name(&picture->cube.rows, name);
    picture->parts[names->count] = find_name(&picture->cube.parts, name);
    names->names[names->count++] = name;
}

/* Whether this part can come next: every row that the table pairs it with is there already. */
static bool is_next(const struct cooccur *picture, size_t part)
{
    for (size_t row = 0; row < picture->cube.rows.count; row++)
        if (is_pair(&picture->cube, row, part) &&
            find_name(&picture->names, picture->cube.rows.names[row]) == SIZE_MAX)
            return false;
    return true;
}

/* The first of a pair comes before the second, as in the codebook. */
static void gather_names(struct cooccur *picture)
{
    const struct npt__cube *cube = &picture->cube;
    for (size_t row = 0; row < cube->rows.count; row++) {
        const size_t as_part = find_name(&cube->parts, cube->rows.names[row]);
        if (as_part == SIZE_MAX || is_next(picture, as_part))
            add_name(picture, cube->rows.names[row]);
        for (size_t part = 0; part < cube->parts.count; part++)
            if (is_pair(cube, row, part) && is_next(picture, part) &&
                find_name(&cube->rows, cube->parts.names[part]) == SIZE_MAX)
                add_name(picture, cube->parts.names[part]);
    }
    for (size_t row = 0; row < cube->rows.count; row++)
        add_name(picture, cube->rows.names[row]);
    for (size_t part = 0; part < cube->parts.count; part++)
        add_name(picture, cube->parts.names[part]);
}

/* The cell of a pair, whichever of the two stands first in the table. */
static const struct npt_cell *pair_cell(const struct cooccur *picture, size_t a, size_t b,
                                        size_t table_column)
{
    static const struct npt_cell absent = {.kind = NPT_CELL_ABSENT};
    const struct npt_cell *found = &absent;
    if (picture->rows[a] != SIZE_MAX && picture->parts[b] != SIZE_MAX)
        found = npt__cube_cell(&picture->cube, picture->rows[a], picture->site, picture->parts[b],
                               table_column);
    if (found->kind == NPT_CELL_ABSENT && picture->rows[b] != SIZE_MAX &&
        picture->parts[a] != SIZE_MAX)
        found = npt__cube_cell(&picture->cube, picture->rows[b], picture->site, picture->parts[a],
                               table_column);
    return found;
}

static void draw_pair(const struct cooccur *picture, size_t row, size_t column, double x, double y)
{
    struct npt__drawing *drawing = picture->drawing;
    const double width = picture->cell_width - 2, height = CELL_HEIGHT - 2;
    const struct npt_cell *together = pair_cell(picture, row, column, picture->together);
    const struct npt__pen frame = {NPT__GRID_COLOUR, 1, NPT__SOLID};
    double value;
    if (together->kind == NPT_CELL_WITHHELD) {
        npt__draw_hatch(&drawing->canvas, x, y, width, height);
        return;
    }
    if (!npt__cell_value(together, &value)) {
        npt__draw_frame(&drawing->canvas, x, y, width, height, &frame);
        return;
    }
    const uint32_t ground = npt__sequential(drawing->palette, value / picture->largest);
    const struct npt__font font = {12, value > 0.5, npt__text_on(ground)};
    npt__draw_box(&drawing->canvas, x, y, width, height, ground);
    npt__write(&drawing->canvas, x + width / 2, y + height / 2, NPT__CENTRE, &font,
               npt__cell_words(drawing, together, picture->together));
}

static void draw_triangle(const struct cooccur *picture)
{
    struct npt__drawing *drawing = picture->drawing;
    const double top = drawing->y + 12;
    for (size_t row = 0; row < picture->names.count; row++) {
        const double y = top + CELL_HEIGHT * (double)row;
        const char *number = npt__arena_print(drawing->arena, "%zu", row + 1);
        for (size_t column = 0; column < row; column++)
            draw_pair(picture, row, column, picture->left + picture->cell_width * (double)column,
                      y);
        npt__write(&drawing->canvas, picture->left + picture->cell_width * ((double)row + 0.5) - 1,
                   y + CELL_HEIGHT / 2 - 1, NPT__CENTRE, &npt__font_heading, number);
        npt__draw_name(
            drawing, picture->left - NPT__GAP, y + CELL_HEIGHT / 2 - 1,
            picture->left - NPT__GAP - NPT__EDGE, CELL_HEIGHT, NPT__RIGHT, &npt__font_small,
            npt__arena_print(drawing->arena, "%s  %s", picture->names.names[row], number));
    }
    drawing->y = top + CELL_HEIGHT * (double)picture->names.count;
}

static void speak(const struct cooccur *picture)
{
    npt__buffer *spoken = &picture->drawing->canvas.spoken;
    size_t told = 0;
    npt__buffer_print(spoken,
                      "A triangle of the pairs of %zu constructs or codes; cases in which "
                      "both occur together:",
                      picture->names.count);
    for (size_t row = 0; row < picture->names.count; row++)
        for (size_t column = 0; column < row; column++) {
            const struct npt_cell *together = pair_cell(picture, row, column, picture->together);
            if (together->kind == NPT_CELL_ABSENT)
                continue;
            npt__buffer_print(spoken, "%s %s with %s %s", told++ ? ";" : "",
                              picture->names.names[column], picture->names.names[row],
                              npt__cell_words(picture->drawing, together, picture->together));
        }
    npt__buffer_puts(spoken, told ? "." : " none.");
}

static enum npt_status set_up(struct cooccur *picture)
{
    struct npt__drawing *drawing = picture->drawing;
    const struct npt__cube_view view = {
        .row = npt_table_column(drawing->table, 0)->key, .part = "with", .own_only = true};
    const enum npt_status status = npt__cube(&picture->cube, drawing, &view);
    if (status != NPT_OK)
        return status;
    picture->together = npt_table_find_column(drawing->table, "cases_together");
    picture->of_cases = npt_table_find_column(drawing->table, "of_cases");
    picture->site =
        npt__cube_has_total(&picture->cube) && !picture->cube.left_out ? NPT__ALL_COLUMNS : 0;
    gather_names(picture);
    for (size_t row = 0; row < picture->names.count; row++)
        for (size_t column = 0; column < row; column++) {
            double value = 0;
            npt__cell_value(pair_cell(picture, row, column, picture->together), &value);
            picture->largest = fmax(picture->largest, value);
        }
    picture->largest = fmax(picture->largest, 1);
    picture->left =
        NPT__EDGE + NPT__GAP +
        fmin(NAMES_MOST, npt__names_width(&picture->names, &npt__font_small, NAMES_MOST) + 20);
    picture->cell_width = fmin(CELL_WIDEST, (NPT__PICTURE_WIDTH - NPT__EDGE - picture->left) /
                                                (double)picture->names.count);
    if (picture->cell_width >= CELL_LEAST)
        return NPT_OK;
    npt__say_too_wide(drawing);
    return NPT_USAGE;
}

/* "... of 53 cases", where the table says so. */
static const char *title_of(const struct cooccur *picture)
{
    static const char title[] = "Cases in which two occur together";
    for (size_t row = 0; row < picture->names.count; row++)
        for (size_t column = 0; column < row; column++) {
            const struct npt_cell *all = pair_cell(picture, row, column, picture->of_cases);
            if (all->kind == NPT_CELL_COUNT)
                return npt__arena_print(picture->drawing->arena, "%s, of %s", title,
                                        npt__cell_words(picture->drawing, all, picture->of_cases));
        }
    return title;
}

static enum npt_status draw(struct npt__drawing *drawing)
{
    struct cooccur *picture = npt__arena_take(drawing->arena, sizeof *picture);
    picture->drawing = drawing;
    const enum npt_status status = set_up(picture);
    if (status != NPT_OK)
        return status;
    const double width =
        picture->left + picture->cell_width * (double)picture->names.count + NPT__EDGE;
    const char *title = title_of(picture);
    if (picture->site == 0 && strcmp(picture->cube.columns.names[0], "All") != 0)
        title = npt__arena_print(drawing->arena, "%s: %s", title, picture->cube.columns.names[0]);
    npt__frame_begin(drawing, fmax(480, ceil(width)), title);
    speak(picture);
    const struct npt__entry entries[] = {
        {NPT__SIGN_BOX, npt__sequential(drawing->palette, 1), "many cases"},
        {NPT__SIGN_BOX, npt__sequential(drawing->palette, 0.15), "few"},
        {NPT__SIGN_BOX, NPT__WHITE, "empty: never together"},
        {NPT__SIGN_HATCH, NPT__HATCH_COLOUR, "withheld"}};
    npt__frame_key(drawing, entries, npt__any_withheld(drawing->table, picture->together) ? 4 : 3);
    draw_triangle(picture);
    return npt__frame_end(drawing);
}

static const char *const columns[] = {"with", "cases_together", NULL};

const struct npt_plot npt__plot_cooccur = {
    .name = "cooccur",
    .summary = "which constructs or codes occur together?",
    .description =
        "A triangle with a field for each pair: in how many cases the two are together by the rule of\n"
        "--how. A field is empty where they never are, hatched where it is withheld.",
    .analysis = "cooccur",
    .columns = columns,
    .draw = draw,
};
