/* plot_cube.c - a tidy table seen by rows, columns and parts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot_cube.h"

#include "../base/diags.h"
#include "../base/unicode.h"
#include "lettering.h"
#include "plot_seats.h"

#include <math.h>
#include <string.h>

/* Levels of the table as this picture numbers them. */
#define NOT_SEEN UINT32_MAX
#define LEFT_OUT (UINT32_MAX - 1)

struct plan {
    struct npt__cube *cube;
    struct npt__drawing *drawing;
    const struct npt__seats *seats;
    const char *own; /* folded: others than this are unnamed; NULL: all have their names */
    bool own_only, own_found;
    bool too_many;
    uint32_t *rows, *columns, *parts; /* by level of the seats: the level in the cube */
};

/* ---- levels ---------------------------------------------------------------------------------- */

static uint32_t *number_levels(npt__arena *arena, const struct npt__levels *levels)
{
    uint32_t *numbers = npt__arena_array(arena, levels->all.count + 1, sizeof *numbers);
    for (size_t i = 0; i < levels->all.count; i++)
        numbers[i] = NOT_SEEN;
    return numbers;
}

/* A level that was not seen before. */
static uint32_t add_level(struct plan *plan, struct npt__axis *axis, const struct npt__level *level,
                          const char *name)
{
    if (axis->count == NPT__MOST_LEVELS) {
        plan->too_many = true;
        return LEFT_OUT;
    }
    axis->names[axis->count] = name;
    axis->groups[axis->count] = level->group;
    return (uint32_t)axis->count++;
}

static bool is_own(const struct plan *plan, const struct npt__level *column)
{
    bool own = false;
    for (const char *const *folded = column->folded; *folded && !own; folded++)
        own = *plan->own && strcmp(*folded, plan->own) == 0;
    return own;
}

/* A column that was not seen before: its name, and whether it is shown at all. Where others are unnamed, one of whose
   parts is one's own site keeps its name. */
static uint32_t add_column(struct plan *plan, const struct npt__level *level)
{
    const char *name = level->name;
    if (plan->own && is_own(plan, level)) {
        plan->own_found = true;
    } else if (plan->own) {
        plan->cube->left_out = plan->cube->left_out || plan->own_only;
        name = NPT__ANOTHER_SITE;
        if (plan->own_only)
            return LEFT_OUT;
    }
    return add_level(plan, &plan->cube->columns, level, name);
}

/* The levels are numbered as they are first seen. */
static void see(struct plan *plan, const struct npt__seat *seat)
{
    const struct npt__seats *seats = plan->seats;
    struct npt__cube *cube = plan->cube;
    if (seat->column != NPT__ALL_SEATS && plan->columns[seat->column] == NOT_SEEN)
        plan->columns[seat->column] = add_column(plan, &seats->columns.all.items[seat->column]);
    if (seat->column != NPT__ALL_SEATS && plan->columns[seat->column] == LEFT_OUT)
        return;
    const struct npt__level *row = &seats->rows.all.items[seat->row],
                            *part = &seats->parts.all.items[seat->part];
    if (plan->rows[seat->row] == NOT_SEEN)
        plan->rows[seat->row] = add_level(plan, &cube->rows, row, row->name);
    if (plan->parts[seat->part] == NOT_SEEN)
        plan->parts[seat->part] = add_level(plan, &cube->parts, part, part->name);
}

static bool has_level(const struct npt__levels *levels, const char *text)
{
    for (size_t i = 0; i < levels->all.count; i++)
        if (strcmp(levels->all.items[i].text, text) == 0)
            return true;
    return false;
}

static void number_all(struct plan *plan, const char *only)
{
    const struct npt__seats *seats = plan->seats;
    npt__arena *arena = plan->drawing->arena;
    plan->rows = number_levels(arena, &seats->rows);
    plan->columns = number_levels(arena, &seats->columns);
    plan->parts = number_levels(arena, &seats->parts);
    const bool choose = only && has_level(&seats->rows, only);
    for (size_t i = 0; choose && i < seats->rows.all.count; i++)
        if (strcmp(seats->rows.all.items[i].text, only) != 0)
            plan->rows[i] = LEFT_OUT;
    for (size_t i = 0; i < seats->all.count; i++)
        if (plan->rows[seats->all.items[i].row] != LEFT_OUT)
            see(plan, &seats->all.items[i]);
}

/* ---- the cube -------------------------------------------------------------------------------- */

static size_t place(const struct npt__cube *cube, size_t row, size_t column, size_t part)
{
    return (row * cube->columns.count + column) * cube->parts.count + part;
}

static void fill_places(struct plan *plan)
{
    struct npt__cube *cube = plan->cube;
    npt__arena *arena = plan->drawing->arena;
    const size_t sums = cube->rows.count * cube->parts.count, all = sums * cube->columns.count;
    cube->at = npt__arena_array(arena, all + 1, sizeof *cube->at);
    cube->totals = npt__arena_array(arena, sums + 1, sizeof *cube->totals);
    cube->means = npt__arena_array(arena, all + 1, sizeof *cube->means);
    for (size_t i = 0; i < all; i++) {
        cube->at[i] = SIZE_MAX;
        cube->means[i] = NAN;
    }
    for (size_t i = 0; i < sums; i++)
        cube->totals[i] = SIZE_MAX;
    for (size_t i = 0; i < plan->seats->all.count; i++) {
        const struct npt__seat *seat = &plan->seats->all.items[i];
        const size_t row = plan->rows[seat->row], part = plan->parts[seat->part];
        if (row == LEFT_OUT)
            continue;
        const size_t column =
            seat->column == NPT__ALL_SEATS ? LEFT_OUT : plan->columns[seat->column];
        if (seat->column == NPT__ALL_SEATS)
            cube->totals[row * cube->parts.count + part] = seat->at;
        if (column == LEFT_OUT)
            continue;
        cube->at[place(cube, row, column, part)] = seat->at;
        cube->means[place(cube, row, column, part)] = seat->mean;
    }
}

static void unname(struct plan *plan, const struct npt__cube_view *view)
{
    const struct npt_plot_options *options = plan->drawing->options;
    npt__arena *arena = plan->drawing->arena;
    if (!options->others_unnamed || !plan->seats->compares_groups)
        return;
    plan->own = options->own ? npt__fold_name(arena, npt__lettering(arena, options->own)) : "";
    plan->own_only = view->own_only;
    plan->cube->unnamed = true;
}

static enum npt_status say_no_own(const struct npt__drawing *drawing)
{
    npt__say(drawing->diags, NPT_ERROR, NULL, "there is no '%s' in this picture",
             drawing->options->own);
    return NPT_USAGE;
}

enum npt_status npt__cube_own(size_t *own, const struct npt__cube *cube,
                              const struct npt__drawing *drawing)
{
    *own = NPT__NO_COLUMN;
    if (!drawing->options->own)
        return NPT_OK;
    const size_t found = npt__cube_find(&cube->columns, drawing->arena, drawing->options->own);
    if (found == SIZE_MAX) {
        say_no_own(drawing);
        if (!cube->unnamed)
            npt__hint(drawing->diags, "there are '%s'%s", cube->columns.names[0],
                      cube->columns.count > 1 ? " and others" : "");
        return NPT_USAGE;
    }
    *own = found;
    return NPT_OK;
}

bool npt__cube_has_total(const struct npt__cube *cube)
{
    for (size_t i = 0; i < cube->rows.count * cube->parts.count; i++)
        if (cube->totals[i] != SIZE_MAX)
            return true;
    return false;
}

enum npt_status npt__cube(struct npt__cube *cube, struct npt__drawing *drawing,
                          const struct npt__cube_view *view)
{
    const npt_table *table = drawing->table;
    const struct npt__seats *seats = npt__seats(table, view);
    *cube = (struct npt__cube){.table = table, .wave = seats->wave};
    struct plan *plan = &(struct plan){.cube = cube, .drawing = drawing, .seats = seats};
    unname(plan, view);
    number_all(plan, view->only);
    if (plan->too_many) {
        npt__say(drawing->diags, NPT_ERROR, NULL,
                 "the table has more rows than a picture can show (%d)", NPT__MOST_LEVELS);
        npt__hint(drawing->diags, "choose with --site or --where, or compare by less with --by");
        return NPT_USAGE;
    }
    if (plan->own && *plan->own && !plan->own_found)
        return say_no_own(drawing);
    if (!cube->rows.count || !cube->columns.count) {
        npt__say(drawing->diags, NPT_ERROR, NULL, "the table '%s' has nothing to draw",
                 npt_table_title(table));
        return NPT_USAGE;
    }
    fill_places(plan);
    return NPT_OK;
}

size_t npt__cube_row(const struct npt__cube *cube, size_t row, size_t column, size_t part)
{
    return column == NPT__ALL_COLUMNS ? cube->totals[row * cube->parts.count + part]
                                      : cube->at[place(cube, row, column, part)];
}

const struct npt_cell *npt__cube_cell(const struct npt__cube *cube, size_t row, size_t column,
                                      size_t part, size_t table_column)
{
    static const struct npt_cell absent = {.kind = NPT_CELL_ABSENT};
    const size_t at = npt__cube_row(cube, row, column, part);
    return at == SIZE_MAX || table_column == SIZE_MAX
               ? &absent
               : &npt_table_row(cube->table, at)[table_column];
}

double npt__cube_mean(const struct npt__cube *cube, size_t row, size_t column, size_t part)
{
    return cube->means[place(cube, row, column, part)];
}

bool npt__cell_value(const struct npt_cell *cell, double *value)
{
    if (cell->kind == NPT_CELL_COUNT)
        *value = (double)cell->count;
    else if (cell->kind == NPT_CELL_NUMBER)
        *value = cell->number;
    return cell->kind == NPT_CELL_COUNT || cell->kind == NPT_CELL_NUMBER;
}

size_t npt__cube_find(const struct npt__axis *axis, npt__arena *arena, const char *name)
{
    const char *plain = npt__lettering(arena, name), *wanted = npt__fold_name(arena, plain);
    for (size_t i = 0; i < axis->count; i++)
        if (strcmp(axis->names[i], plain) == 0)
            return i;
    for (size_t i = 0; i < axis->count; i++)
        if (strcmp(npt__fold_name(arena, axis->names[i]), wanted) == 0)
            return i;
    return SIZE_MAX;
}
