/* plot_seats.c - where each row of a table belongs in a picture.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot_seats.h"

#include "../base/intern.h"
#include "../base/unicode.h"
#include "../tables/table.h"
#include "lettering.h"

#include <math.h>
#include <string.h>

enum role { ROW, GROUP, PART, LAST_WAVE, COLUMN };

#define MOST_DIMENSIONS 16

struct plan {
    struct npt__seats seats;
    const npt_table *table;
    npt__arena *arena;
    struct npt__cube_view view;
    enum role roles[MOST_DIMENSIONS];
    size_t dimensions, column_dimensions, mean;
    const char
        *last_wave; /* as in the table; NULL: all rows are totals over waves, or there are none */
    npt__intern row_keys, column_keys, part_keys;
    npt__buffer key;
};

struct kept { /* with the table */
    struct npt__kept kept;
    npt__arena *arena;
    const char *row, *group, *part; /* of the view */
    struct npt__seats seats;
};

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

static void find_last_wave(struct plan *plan, size_t wave)
{
    const char *label = npt_table_column(plan->table, wave)->label;
    for (size_t i = npt_table_row_count(plan->table); i-- > 0 && !plan->last_wave;) {
        const struct npt_cell *cell = &npt_table_row(plan->table, i)[wave];
        if (cell->kind == NPT_CELL_TEXT)
            plan->last_wave = cell->text;
    }
    if (plan->last_wave)
        plan->seats.wave = npt__lettering(
            plan->arena, npt__arena_print(plan->arena, "%s %s", label, plan->last_wave));
}

/* Sites and other groups of people are somebody's secret; waves and coders are nobody's. */
static bool is_of_people(const char *key)
{
    static const char *const others[] = {"wave", "coder", "with"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(key, others[i]) == 0)
            return false;
    return true;
}

static void assign_roles(struct plan *plan)
{
    size_t wave = SIZE_MAX;
    const size_t count = npt_table_column_count(plan->table);
    while (plan->dimensions < count && plan->dimensions < MOST_DIMENSIONS) {
        const struct npt_column *column = npt_table_column(plan->table, plan->dimensions);
        if (!column->dimension)
            break;
        const enum role role = role_of(column->key, &plan->view);
        plan->roles[plan->dimensions] = role;
        if (role == LAST_WAVE)
            wave = plan->dimensions;
        plan->column_dimensions += role == COLUMN;
        plan->seats.compares_groups |= role == COLUMN && is_of_people(column->key);
        plan->dimensions++;
    }
    if (wave == SIZE_MAX)
        return;
    if (plan->column_dimensions == 0) { /* nothing else is compared: the waves are */
        plan->roles[wave] = COLUMN;
        plan->column_dimensions = 1;
    } else {
        find_last_wave(plan, wave);
    }
}

/* ---- levels ---------------------------------------------------------------------------------- */

/* The level with the key that is in plan->key; a new one, without a name, where there is none. */
static uint32_t find_level(struct plan *plan, struct npt__levels *levels, npt__intern *keys,
                           struct npt__level **made)
{
    const char *key = npt__buffer_string(&plan->key);
    const size_t length = plan->key.length;
    const uint32_t index =
        npt__intern_add(keys, plan->arena, key, length, npt__intern_hash(key, length));
    *made = NULL;
    if (index == levels->all.count) {
        *made = npt__array_add(&levels->all);
        **made = (struct npt__level){.name = "", .group = ""};
    }
    npt__buffer_clear(&plan->key);
    return index;
}

static uint32_t find_named(struct plan *plan, struct npt__levels *levels, npt__intern *keys,
                           const char *text, const char *group)
{
    struct npt__level *made;
    npt__buffer_puts(&plan->key, group);
    npt__buffer_putc(&plan->key, '\x1F');
    npt__buffer_puts(&plan->key, text);
    const uint32_t index = find_level(plan, levels, keys, &made);
    if (made)
        *made = (struct npt__level){.name = *text ? npt__lettering(plan->arena, text) : "(none)",
                                    .group = *group ? npt__lettering(plan->arena, group) : "",
                                    .text = npt__arena_string(plan->arena, text)};
    return index;
}

static bool is_of_sites(const npt_table *table, size_t column)
{
    const char *key = npt_table_column(table, column)->key;
    return strcmp(key, "site") == 0 || strcmp(key, "Site") == 0;
}

/* "1" alone says little: "Wave 1". */
static void add_name(npt__buffer *name, const char *text, const char *label)
{
    if (name->length)
        npt__buffer_puts(name, ", ");
    if (*text && strspn(text, "0123456789") == strlen(text))
        npt__buffer_print(name, "%s ", label);
    npt__buffer_puts(name, text);
}

/* Whether sites are among the dimensions that make a column: then one's own is told by its site, not by a role that is
   called alike. */
static bool has_sites(const struct plan *plan)
{
    for (size_t i = 0; i < plan->dimensions; i++)
        if (plan->roles[i] == COLUMN && is_of_sites(plan->table, i))
            return true;
    return false;
}

static void name_column(struct plan *plan, struct npt__level *level, const struct npt_cell *cells)
{
    npt__arena *arena = plan->arena;
    npt__buffer name = {0};
    const char **folded = npt__arena_array(arena, plan->column_dimensions + 2, sizeof *folded);
    const bool sites_only = has_sites(plan);
    level->folded = folded;
    for (size_t i = 0; i < plan->dimensions; i++) {
        if (plan->roles[i] != COLUMN)
            continue;
        const char *text = cell_key(&cells[i]);
        if (!sites_only || is_of_sites(plan->table, i))
            *folded++ = npt__fold_name(arena, npt__lettering(arena, text));
        add_name(&name, text, npt_table_column(plan->table, i)->label);
    }
    const char *plain = npt__lettering(arena, npt__buffer_string(&name));
    *folded = npt__fold_name(arena, plain);
    level->name = !plan->column_dimensions ? "All" : name.length ? plain : "(none)";
    npt__buffer_release(&name);
}

/* ---- seats ----------------------------------------------------------------------------------- */

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
        words->shown = words->shown && !total;
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

static void seat_row(struct plan *plan, size_t at)
{
    const struct npt_cell *cells = npt_table_row(plan->table, at);
    struct npt__seats *seats = &plan->seats;
    struct words words = {.row = "", .group = "", .part = "", .shown = true};
    npt__buffer_clear(&plan->key);
    for (size_t i = 0; i < plan->dimensions && words.shown; i++)
        read_dimension(&words, plan, &cells[i], plan->roles[i]);
    const bool total = plan->column_dimensions && words.totals == plan->column_dimensions;
    if (!words.shown || !(total || words.totals == 0))
        return;
    struct npt__seat seat = {.column = NPT__ALL_SEATS, .at = (uint32_t)at, .mean = NAN};
    if (plan->mean != SIZE_MAX)
        npt__cell_value(&cells[plan->mean], &seat.mean);
    if (!total) {
        struct npt__level *made;
        seat.column = find_level(plan, &seats->columns, &plan->column_keys, &made);
        if (made)
            name_column(plan, made, cells);
    }
    npt__buffer_clear(&plan->key);
    seat.row = find_named(plan, &seats->rows, &plan->row_keys, words.row, words.group);
    seat.part = find_named(plan, &seats->parts, &plan->part_keys, words.part, "");
    *npt__array_add(&seats->all) = seat;
}

static void release(struct npt__kept *kept)
{
    struct kept *whole = (struct kept *)kept;
    npt__array_release(&whole->seats.all);
    npt__array_release(&whole->seats.rows.all);
    npt__array_release(&whole->seats.columns.all);
    npt__array_release(&whole->seats.parts.all);
    npt__arena_free(whole->arena);
}

static struct kept *seat_all(const npt_table *table, const struct npt__cube_view *view)
{
    npt__arena *arena = npt__arena_new();
    struct plan plan = {.table = table,
                        .arena = arena,
                        .view = *view,
                        .mean = npt_table_find_column(table, "mean")};
    assign_roles(&plan);
    for (size_t i = 0; i < npt_table_row_count(table) && i < UINT32_MAX; i++)
        seat_row(&plan, i);
    npt__intern_release(&plan.row_keys);
    npt__intern_release(&plan.column_keys);
    npt__intern_release(&plan.part_keys);
    npt__buffer_release(&plan.key);
    struct kept *kept = npt__arena_take(arena, sizeof *kept);
    *kept = (struct kept){.kept.release = release,
                          .arena = arena,
                          .row = npt__arena_string(arena, view->row),
                          .group = view->group ? npt__arena_string(arena, view->group) : NULL,
                          .part = view->part ? npt__arena_string(arena, view->part) : NULL,
                          .seats = plan.seats};
    return kept;
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

const struct npt__seats *npt__seats(const npt_table *table, const struct npt__cube_view *view)
{
    for (struct npt__kept *at = npt__table_kept(table); at; at = at->next) {
        const struct kept *known = (const struct kept *)at;
        if (at->release == release && same(known->row, view->row) &&
            same(known->group, view->group) && same(known->part, view->part))
            return &known->seats;
    }
    struct kept *made = seat_all(table, view);
    npt__table_keep(table, &made->kept);
    return &made->seats;
}
