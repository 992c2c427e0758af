/* plot_cube.c - a tidy table seen by rows, columns and parts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot_cube.h"

#include "../base/diags.h"
#include "../base/intern.h"
#include "../base/unicode.h"
#include "lettering.h"

#include <string.h>

enum role { ROW, GROUP, PART, LAST_WAVE, COLUMN };

#define MOST_DIMENSIONS 16

struct plan {
    struct npt__cube *cube;
    struct npt__drawing *drawing;
    enum role roles[MOST_DIMENSIONS];
    size_t dimensions, column_dimensions;
    const char *own;  /* folded: others than this are unnamed; NULL: all have their names */
    const char *only; /* the row that is wanted; NULL: all */
    bool own_only, own_found;
    const char
        *last_wave; /* as in the table; NULL: all rows are totals over waves, or there are none */
    bool too_many;
    npt__intern row_keys, column_keys, part_keys, columns_seen;
    size_t columns[NPT__MOST_LEVELS]; /* by number in columns_seen: the level, or LEFT_OUT */
    npt__buffer key;
};

#define LEFT_OUT SIZE_MAX

/* ---- what the dimensions are ----------------------------------------------------------------- */

static enum role role_of(const char *key, const struct npt__cube_view *view)
{
    if (strcmp(key, view->row) == 0)
        return ROW;
    if (view->group && strcmp(key, view->group) == 0)
        return GROUP;
    if (view->part && strcmp(key, view->part) == 0)
        return PART;
    return strcmp(key, "wave") == 0 ? LAST_WAVE : COLUMN;
}

static const char *cell_key(const struct npt_cell *cell)
{
    return cell->kind == NPT_CELL_TEXT ? cell->text : "";
}

static void find_last_wave(struct plan *plan, const npt_table *table, size_t wave)
{
    const char *label = npt_table_column(table, wave)->label;
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *cell = &npt_table_row(table, i)[wave];
        if (cell->kind == NPT_CELL_TEXT)
            plan->last_wave = cell->text;
    }
    if (plan->last_wave)
        plan->cube->wave =
            npt__lettering(plan->drawing->arena,
                           npt__arena_print(plan->drawing->arena, "%s %s", label, plan->last_wave));
}

static void assign_roles(struct plan *plan, const npt_table *table,
                         const struct npt__cube_view *view)
{
    size_t wave = SIZE_MAX;
    while (plan->dimensions < npt_table_column_count(table) && plan->dimensions < MOST_DIMENSIONS) {
        const struct npt_column *column = npt_table_column(table, plan->dimensions);
        if (!column->dimension)
            break;
        const enum role role = role_of(column->key, view);
        plan->roles[plan->dimensions] = role;
        if (role == LAST_WAVE)
            wave = plan->dimensions;
        plan->column_dimensions += role == COLUMN;
        plan->dimensions++;
    }
    if (wave == SIZE_MAX)
        return;
    if (plan->column_dimensions == 0) { /* nothing else is compared: the waves are */
        plan->roles[wave] = COLUMN;
        plan->column_dimensions = 1;
    } else {
        find_last_wave(plan, table, wave);
    }
}

/* ---- levels ---------------------------------------------------------------------------------- */

/* The index of the level with this key; a new one is shown as `name`. */
static size_t level(struct plan *plan, struct npt__axis *axis, npt__intern *keys, const char *key,
                    size_t length, const char *name, const char *group)
{
    npt__arena *arena = plan->drawing->arena;
    const size_t index = npt__intern_add(keys, arena, key, length, npt__intern_hash(key, length));
    if (index < axis->count)
        return index;
    if (index >= NPT__MOST_LEVELS) {
        plan->too_many = true;
        return 0;
    }
    axis->names[index] = *name ? npt__lettering(arena, name) : "(none)";
    axis->groups[index] = *group ? npt__lettering(arena, group) : "";
    axis->count++;
    return index;
}

struct seat { /* where a row of the table belongs */
    size_t row, column, part;
    bool shown, total;
};

/* "1" alone says little: "Wave 1". */
static void add_name(npt__buffer *name, const char *text, const char *label)
{
    if (name->length)
        npt__buffer_puts(name, ", ");
    if (*text && strspn(text, "0123456789") == strlen(text))
        npt__buffer_print(name, "%s ", label);
    npt__buffer_puts(name, text);
}

static bool is_own(const struct plan *plan, const char *name)
{
    npt__arena *arena = plan->drawing->arena;
    return plan->own && *plan->own &&
           strcmp(npt__fold_name(arena, npt__lettering(arena, name)), plan->own) == 0;
}

/* A column that was not seen before: its name, and whether it is shown at all. Where others are unnamed, one of whose
   parts is one's own site keeps its name. */
static bool name_column(struct plan *plan, const struct npt_cell *cells, npt__buffer *name)
{
    bool own = false;
    for (size_t i = 0; i < plan->dimensions; i++) {
        if (plan->roles[i] != COLUMN)
            continue;
        own = own || is_own(plan, cell_key(&cells[i]));
        add_name(name, cell_key(&cells[i]), npt_table_column(plan->cube->table, i)->label);
    }
    if (!plan->own)
        return true;
    if (own || is_own(plan, npt__buffer_string(name))) {
        plan->own_found = true;
        return true;
    }
    plan->cube->left_out = plan->cube->left_out || plan->own_only;
    npt__buffer_clear(name);
    npt__buffer_puts(name, NPT__ANOTHER_SITE);
    return !plan->own_only;
}

/* The column of a row by its key, which is in plan->key; LEFT_OUT. */
static size_t find_column(struct plan *plan, const struct npt_cell *cells)
{
    const char *key = npt__buffer_string(&plan->key);
    const size_t length = plan->key.length;
    const size_t known = plan->columns_seen.strings.count,
                 number = npt__intern_add(&plan->columns_seen, plan->drawing->arena, key, length,
                                          npt__intern_hash(key, length));
    if (number < known)
        return plan->columns[number];
    if (number >= NPT__MOST_LEVELS) {
        plan->too_many = true;
        return LEFT_OUT;
    }
    npt__buffer name = {0};
    plan->columns[number] = LEFT_OUT;
    if (name_column(plan, cells, &name))
        plan->columns[number] =
            level(plan, &plan->cube->columns, &plan->column_keys, key, length,
                  plan->column_dimensions ? npt__buffer_string(&name) : "All", "");
    npt__buffer_release(&name);
    return plan->columns[number];
}

struct words {
    const char *row, *group, *part;
    size_t totals; /* of the dimensions that make the column */
    bool shown;
};

static void read_dimension(struct words *words, struct plan *plan, const struct npt_cell *cell,
                           enum role role)
{
    const char *text = cell_key(cell);
    const bool total = cell->kind == NPT_CELL_TOTAL;
    switch (role) {
    case ROW:
        words->row = text;
        words->shown = words->shown && !total && (!plan->only || strcmp(text, plan->only) == 0);
        break;
    case GROUP:
        words->group = text;
        words->shown = words->shown && !total;
        break;
    case PART:
        words->part = text;
        words->shown = words->shown && !total;
        break;
    case LAST_WAVE:
        words->shown =
            words->shown && (plan->last_wave ? strcmp(text, plan->last_wave) == 0 : total);
        break;
    case COLUMN:
        words->totals += total;
        npt__buffer_puts(&plan->key, text);
        npt__buffer_putc(&plan->key, '\x1F');
        break;
    }
}

static struct seat find_seat(struct plan *plan, const struct npt_cell *cells)
{
    struct words words = {.row = "", .group = "", .part = "", .shown = true};
    npt__buffer_clear(&plan->key);
    for (size_t i = 0; i < plan->dimensions && words.shown; i++)
        read_dimension(&words, plan, &cells[i], plan->roles[i]);
    struct seat seat = {.total =
                            plan->column_dimensions && words.totals == plan->column_dimensions};
    seat.shown = words.shown && (seat.total || words.totals == 0);
    if (seat.shown && !seat.total) {
        seat.column = find_column(plan, cells);
        seat.shown = seat.column != LEFT_OUT;
    }
    if (seat.shown) {
        struct npt__cube *cube = plan->cube;
        npt__buffer_clear(&plan->key);
        npt__buffer_puts(&plan->key, words.group);
        npt__buffer_putc(&plan->key, '\x1F');
        npt__buffer_puts(&plan->key, words.row);
        seat.row = level(plan, &cube->rows, &plan->row_keys, npt__buffer_string(&plan->key),
                         plan->key.length, words.row, words.group);
        seat.part = level(plan, &cube->parts, &plan->part_keys, words.part, strlen(words.part),
                          words.part, "");
    }
    return seat;
}

/* ---- the cube -------------------------------------------------------------------------------- */

static size_t place(const struct npt__cube *cube, size_t row, size_t column, size_t part)
{
    return (row * cube->columns.count + column) * cube->parts.count + part;
}

static void fill_places(struct plan *plan, const struct seat *seats, size_t count)
{
    struct npt__cube *cube = plan->cube;
    npt__arena *arena = plan->drawing->arena;
    const size_t sums = cube->rows.count * cube->parts.count, all = sums * cube->columns.count;
    cube->at = npt__arena_array(arena, all + 1, sizeof *cube->at);
    cube->totals = npt__arena_array(arena, sums + 1, sizeof *cube->totals);
    for (size_t i = 0; i < all; i++)
        cube->at[i] = SIZE_MAX;
    for (size_t i = 0; i < sums; i++)
        cube->totals[i] = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        const struct seat *seat = &seats[i];
        if (seat->shown && seat->total)
            cube->totals[seat->row * cube->parts.count + seat->part] = i;
        else if (seat->shown)
            cube->at[place(cube, seat->row, seat->column, seat->part)] = i;
    }
}

/* What is compared are sites or other groups of people, not only waves or coders, which are nobody's secret. */
static bool compares_groups(const struct plan *plan, const npt_table *table)
{
    static const char *const others[] = {"wave", "coder", "with"};
    for (size_t i = 0; i < plan->dimensions; i++) {
        bool group = plan->roles[i] == COLUMN;
        for (size_t j = 0; j < sizeof others / sizeof *others; j++)
            group = group && strcmp(npt_table_column(table, i)->key, others[j]) != 0;
        if (group)
            return true;
    }
    return false;
}

static void unname(struct plan *plan, const npt_table *table, const struct npt__cube_view *view)
{
    const struct npt_plot_options *options = plan->drawing->options;
    npt__arena *arena = plan->drawing->arena;
    if (!options->others_unnamed || !compares_groups(plan, table))
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
    *cube = (struct npt__cube){.table = table};
    struct plan *plan = npt__arena_take(drawing->arena, sizeof *plan);
    plan->cube = cube;
    plan->drawing = drawing;
    plan->only = view->only;
    assign_roles(plan, table, view);
    unname(plan, table, view);
    const size_t count = npt_table_row_count(table);
    struct seat *seats = npt__arena_array(drawing->arena, count + 1, sizeof *seats);
    for (size_t i = 0; i < count; i++)
        seats[i] = find_seat(plan, npt_table_row(table, i));
    npt__intern_release(&plan->row_keys);
    npt__intern_release(&plan->column_keys);
    npt__intern_release(&plan->part_keys);
    npt__intern_release(&plan->columns_seen);
    npt__buffer_release(&plan->key);
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
    fill_places(plan, seats, count);
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
