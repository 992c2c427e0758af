/* table.c - the tidy table: columns, rows, notes, provenance and layout.
 *
 * All cells are one run of memory, row after row, that grows by half: a table of quotes may have
 * hundreds of thousands of rows. A zeroed cell is an absent one without a reason.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_data.h"

#include "../base/buffer.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

npt_table *npt__table_new(const char *name, const char *title)
{
    npt__arena *arena = npt__arena_new();
    npt_table *table = npt__arena_take(arena, sizeof *table);
    table->arena = arena;
    table->name = npt__arena_string(arena, name);
    table->title = npt__arena_string(arena, title);
    table->layout.across = SIZE_MAX;
    table->kept = npt__arena_take(arena, sizeof *table->kept);
    atomic_init(table->kept, NULL);
    return table;
}

/* ---- kept with it ---------------------------------------------------------------------------- */

void npt__table_keep(const npt_table *table, struct npt__kept *kept)
{
    kept->next = atomic_load(table->kept);
    while (!atomic_compare_exchange_weak(table->kept, &kept->next, kept))
        continue;
}

struct npt__kept *npt__table_kept(const npt_table *table)
{
    return atomic_load_explicit(table->kept, memory_order_acquire);
}

static void release_kept(npt_table *table)
{
    struct npt__kept *kept = npt__table_kept(table);
    if (!kept)
        return;
    atomic_store(table->kept, NULL);
    for (struct npt__kept *next; kept; kept = next) {
        next = kept->next;
        kept->release(kept);
    }
}

/* ---- the table ------------------------------------------------------------------------------- */

void npt_table_free(npt_table *table)
{
    if (!table)
        return;
    release_kept(table);
    npt__array_release(&table->columns);
    npt__array_release(&table->notes);
    npt__array_release(&table->protected_notes);
    npt__array_release(&table->inputs);
    npt__population_release(&table->population);
    npt__release(table->cells);
    npt__arena_free(table->arena);
}

npt__arena *npt__table_arena(npt_table *table)
{
    return table->arena;
}

const char *npt_table_name(const npt_table *table)
{
    return table->name;
}

const char *npt_table_title(const npt_table *table)
{
    return table->title;
}

/* ---- columns --------------------------------------------------------------------------------- */

static const char *distinct_key(const npt_table *table, const char *key)
{
    const char *distinct = npt__arena_string(table->arena, key);
    for (size_t number = 2; npt_table_find_column(table, distinct) != SIZE_MAX; number++)
        distinct = npt__arena_print(table->arena, "%s_%zu", key, number);
    return distinct;
}

size_t npt__table_add_column(npt_table *table, struct npt_column column)
{
    assert(table->row_count == 0 && "all columns come before the first row");
    column.key = distinct_key(table, column.key);
    column.label = npt__arena_string(table->arena, column.label);
    *npt__array_add(&table->columns) = column;
    return table->columns.count - 1;
}

size_t npt__table_dimension(npt_table *table, const char *key, const char *label)
{
    size_t count = table->columns.count;
    assert((count == 0 || table->columns.items[count - 1].dimension) &&
           "all dimensions come before all measures");
    (void)count;
    return npt__table_add_column(
        table, (struct npt_column){.key = key, .label = label, .dimension = true});
}

size_t npt__table_measure(npt_table *table, const char *key, const char *label, enum npt_unit unit)
{
    return npt__table_add_column(table,
                                 (struct npt_column){.key = key, .label = label, .unit = unit});
}

size_t npt_table_column_count(const npt_table *table)
{
    return table->columns.count;
}

const struct npt_column *npt_table_column(const npt_table *table, size_t column)
{
    assert(column < table->columns.count);
    return &table->columns.items[column];
}

size_t npt_table_find_column(const npt_table *table, const char *key)
{
    for (size_t i = 0; i < table->columns.count; i++)
        if (strcmp(table->columns.items[i].key, key) == 0)
            return i;
    return SIZE_MAX;
}

/* ---- rows ------------------------------------------------------------------------------------ */

struct npt_cell *npt__table_add_row(npt_table *table)
{
    size_t width = table->columns.count;
    assert(width > 0 && "a row needs columns");
    release_kept(table);
    table->cells = npt__array_grow(table->cells, table->row_count, &table->row_room,
                                   width * sizeof *table->cells);
    struct npt_cell *row = table->cells + width * table->row_count++;
    memset(row, 0, width * sizeof *row);
    return row;
}

size_t npt_table_row_count(const npt_table *table)
{
    return table->row_count;
}

const struct npt_cell *npt_table_row(const npt_table *table, size_t row)
{
    assert(row < table->row_count);
    return table->cells + row * table->columns.count;
}

struct npt_cell npt__text(const char *text)
{
    assert(text);
    return (struct npt_cell){.kind = NPT_CELL_TEXT, .text = text};
}

struct npt_cell npt__count(size_t count)
{
    assert(count <= INT64_MAX);
    return (struct npt_cell){.kind = NPT_CELL_COUNT, .count = (int64_t)count};
}

struct npt_cell npt__number(double number)
{
    assert(isfinite(number) && "what is not a number is absent, with a reason");
    return (struct npt_cell){.kind = NPT_CELL_NUMBER, .number = number};
}

struct npt_cell npt__absent(const char *reason)
{
    return (struct npt_cell){.kind = NPT_CELL_ABSENT, .reason = reason};
}

struct npt_cell npt__number_or(double number, const char *reason)
{
    return isfinite(number) ? npt__number(number) : npt__absent(reason);
}

struct npt_cell npt__total(void)
{
    return (struct npt_cell){.kind = NPT_CELL_TOTAL};
}

struct npt_cell npt__withheld(const char *reason)
{
    return (struct npt_cell){.kind = NPT_CELL_WITHHELD, .reason = reason};
}

/* ---- notes and provenance -------------------------------------------------------------------- */

__attribute__((format(printf, 2, 0))) static const char *print_note(npt_table *table,
                                                                    const char *format,
                                                                    va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t room = length > 0 ? (size_t)length + 1 : 1;
    char *note = npt__arena_take(table->arena, room);
    if (length > 0)
        vsnprintf(note, room, format, again);
    va_end(again);
    return note;
}

void npt__table_add_note(npt_table *table, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *npt__array_add(&table->notes) =
        (struct npt__note){.text = print_note(table, format, arguments)};
    va_end(arguments);
}

void npt__table_add_people_note(npt_table *table, size_t fewest, const char *instead,
                                const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *npt__array_add(&table->notes) =
        (struct npt__note){print_note(table, format, arguments),
                           instead ? npt__arena_string(table->arena, instead) : NULL, fewest};
    va_end(arguments);
}

void npt__table_add_protected_note(npt_table *table, const char *note)
{
    *npt__array_add(&table->protected_notes) = npt__arena_string(table->arena, note);
}

/* Puts words for NPT__FEWER, which begin a sentence where the note begins with it. */
static const char *tell_few(npt_table *table, const char *text, size_t min_cell)
{
    const char *few = strchr(text, NPT__FEWER[0]);
    if (!few)
        return text;
    return npt__arena_print(table->arena, "%.*s%s than %zu%s", (int)(few - text), text,
                            few == text ? "Fewer" : "fewer", min_cell, few + 1);
}

void npt__table_protect_words(npt_table *table, size_t min_cell)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->notes.count; i++) {
        struct npt__note note = table->notes.items[i];
        if (note.fewest && (note.fewest == NPT__NEVER_SHOWN || note.fewest < min_cell))
            note.text = note.instead ? tell_few(table, note.instead, min_cell) : NULL;
        if (note.text)
            table->notes.items[kept++] = (struct npt__note){.text = note.text};
    }
    table->notes.count = kept;
    for (size_t i = 0; i < table->protected_notes.count; i++)
        npt__table_add_note(table, "%s", table->protected_notes.items[i]);
    table->protected_notes.count = 0;
    if (table->has_protected_layout)
        table->layout = table->protected_layout;
    table->has_protected_layout = false;
}

const char *npt_table_note(const npt_table *table, size_t index)
{
    return index < table->notes.count ? table->notes.items[index].text : NULL;
}

void npt__table_set_command(npt_table *table, const char *command)
{
    table->command = npt__arena_string(table->arena, command);
}

const char *npt__table_command(const npt_table *table)
{
    return table->command;
}

void npt__table_add_input(npt_table *table, const char *name, const char *digest)
{
    *npt__array_add(&table->inputs) =
        (struct npt__input){.name = npt__arena_string(table->arena, name),
                            .digest = npt__arena_string(table->arena, digest)};
}

size_t npt__table_inputs(const npt_table *table, const struct npt__input **inputs)
{
    *inputs = table->inputs.items;
    return table->inputs.count;
}

/* ---- layout ---------------------------------------------------------------------------------- */

static void keep_layout(npt_table *table, struct npt__layout *kept,
                        const struct npt__layout *layout)
{
    assert(layout->across == SIZE_MAX || npt_table_column(table, layout->across)->dimension);
    assert(layout->shown_count <= NPT__MOST_SHOWN);
    *kept = *layout;
    for (size_t i = 0; i < layout->shown_count; i++) {
        struct npt__shown *shown = &kept->shown[i];
        assert(!npt_table_column(table, shown->column)->dimension);
        assert(shown->of == SIZE_MAX || !npt_table_column(table, shown->of)->dimension);
        if (shown->heading)
            shown->heading = npt__arena_string(table->arena, shown->heading);
    }
}

void npt__table_set_layout(npt_table *table, const struct npt__layout *layout)
{
    keep_layout(table, &table->layout, layout);
}

void npt__table_set_protected_layout(npt_table *table, const struct npt__layout *layout)
{
    keep_layout(table, &table->protected_layout, layout);
    table->has_protected_layout = true;
}

const struct npt__layout *npt__table_layout(const npt_table *table)
{
    return &table->layout;
}

/* ---- protection ------------------------------------------------------------------------------ */

struct npt__population *npt__table_population(npt_table *table)
{
    return &table->population;
}

const struct npt__population *npt__table_counted(const npt_table *table)
{
    return &table->population;
}

void npt__table_drop_rows(npt_table *table)
{
    release_kept(table);
    table->row_count = 0;
}

struct npt_cell *npt__table_row(npt_table *table, size_t row)
{
    assert(row < table->row_count);
    release_kept(table);
    return table->cells + row * table->columns.count;
}

bool npt__table_is_protected(const npt_table *table)
{
    return table->is_protected;
}

/* What a column is called in the table as people see it; NULL: it is not shown. */
static const char *shown_heading(const npt_table *table, size_t column)
{
    const struct npt__layout *layout = npt__table_layout(table);
    const char *label = npt_table_column(table, column)->label;
    for (size_t i = 0; i < layout->shown_count; i++)
        if (layout->shown[i].column == column || layout->shown[i].of == column)
            return layout->shown[i].heading ? layout->shown[i].heading : label;
    return layout->shown_count ? NULL : label;
}

/* A table for people shows "-" where there is no value: why, is told below it. */
void npt__table_note_absences(npt_table *table)
{
    enum { MOST_REASONS = 8 };
    const char *seen[MOST_REASONS];
    size_t count = 0;
    npt__buffer list = {0};
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t j = 0; j < table->columns.count; j++) {
            const struct npt_cell *cell = &npt_table_row(table, i)[j];
            bool known = cell->kind != NPT_CELL_ABSENT || !cell->reason ||
                         table->columns.items[j].dimension || !shown_heading(table, j);
            for (size_t k = 0; k < count && !known; k++)
                known = strcmp(seen[k], cell->reason) == 0;
            if (known || count == MOST_REASONS)
                continue;
            seen[count++] = cell->reason;
            npt__buffer_print(&list, "%s%s: %s", count > 1 ? "; " : "", shown_heading(table, j),
                              cell->reason);
        }
    if (count) {
        npt__table_add_note(table, "Where there is no number (-): %s%s.", npt__buffer_string(&list),
                            count == MOST_REASONS ? "; ..." : "");
        table->absence_note = table->notes.count;
    }
    npt__buffer_release(&list);
}
