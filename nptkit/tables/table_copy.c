/* table_copy.c - copies of tables: to withhold cells in, and views of some rows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_data.h"

#include "../base/intern.h"

#include <assert.h>
#include <string.h>

static void copy_note(npt_table *copy, const struct npt__note *note)
{
    npt__table_add_people_note(copy, note->fewest, note->instead, "%s", note->text);
}

/* All but the rows and the notes. */
static npt_table *copy_frame(const npt_table *table)
{
    npt_table *copy = npt__table_new(table->name, table->title);
    if (table->command)
        copy->command = npt__arena_string(copy->arena, table->command);
    for (size_t i = 0; i < table->columns.count; i++)
        npt__table_add_column(copy, table->columns.items[i]);
    for (size_t i = 0; i < table->protected_notes.count; i++)
        npt__table_add_protected_note(copy, table->protected_notes.items[i]);
    for (size_t i = 0; i < table->inputs.count; i++)
        npt__table_add_input(copy, table->inputs.items[i].name, table->inputs.items[i].digest);
    return copy;
}

static const char *copy_once(npt__intern *texts, npt__arena *arena, const char *text)
{
    const size_t length = strlen(text);
    const uint32_t number =
        npt__intern_add(texts, arena, text, length, npt__intern_hash(text, length));
    return texts->strings.items[number];
}

/* The same labels stand in many rows: each text is copied once. `texts` has those copied so far. */
static void copy_row(npt_table *copy, const npt_table *table, size_t index, npt__intern *texts)
{
    const size_t width = table->columns.count;
    struct npt_cell *row = npt__table_add_row(copy);
    memcpy(row, npt_table_row(table, index), width * sizeof *row);
    for (size_t j = 0; j < width; j++) {
        if (row[j].kind == NPT_CELL_TEXT)
            row[j].text = copy_once(texts, copy->arena, row[j].text);
        else if ((row[j].kind == NPT_CELL_ABSENT || row[j].kind == NPT_CELL_WITHHELD) &&
                 row[j].reason)
            row[j].reason = copy_once(texts, copy->arena, row[j].reason);
    }
}

/* Room for exactly so many rows. */
static void make_room(npt_table *table, size_t rows)
{
    assert(!table->row_room);
    if (!rows)
        return;
    table->cells = npt__allocate(rows * table->columns.count * sizeof *table->cells);
    table->row_room = rows;
}

static npt_table *finish_copy(npt_table *copy, const npt_table *table)
{
    if (table->layout.across != SIZE_MAX || table->layout.shown_count || table->layout.cards)
        npt__table_set_layout(copy, &table->layout);
    if (table->has_protected_layout)
        npt__table_set_protected_layout(copy, &table->protected_layout);
    copy->is_protected = true;
    return copy;
}

npt_table *npt__table_copy(const npt_table *table)
{
    npt_table *copy = copy_frame(table);
    npt__intern texts = {0};
    make_room(copy, table->row_count);
    for (size_t i = 0; i < table->row_count; i++)
        copy_row(copy, table, i, &texts);
    npt__intern_release(&texts);
    for (size_t i = 0; i < table->notes.count; i++)
        if (table->is_protected || i + 1 != table->absence_note)
            copy_note(copy, &table->notes.items[i]);
    const struct npt__population *counted = npt__table_counted(table);
    for (size_t i = 0; i < counted->scales.count; i++)
        *npt__array_add(&npt__table_population(copy)->scales) = counted->scales.items[i];
    return finish_copy(copy, table);
}

static bool keeps_all(void *user, const char *text)
{
    (void)user;
    (void)text;
    return false;
}

npt_table *npt__table_borrow(const npt_table *table, const size_t *rows, size_t count,
                             bool (*drops)(void *user, const char *text), void *user)
{
    const size_t width = table->columns.count;
    npt__arena *arena = npt__arena_new();
    npt_table *copy = npt__arena_take(arena, sizeof *copy);
    assert(table->is_protected);
    drops = drops ? drops : keeps_all;
    *copy = (npt_table){.arena = arena,
                        .name = table->name,
                        .title = drops(user, table->title) ? table->name : table->title,
                        .layout = table->layout,
                        .is_protected = true};
    copy->kept = npt__arena_take(arena, sizeof *copy->kept);
    atomic_init(copy->kept, NULL);
    copy->command = table->command && !drops(user, table->command) ? table->command : NULL;
    for (size_t i = 0; i < width; i++)
        *npt__array_add(&copy->columns) = table->columns.items[i];
    for (size_t i = 0; i < table->inputs.count; i++) {
        struct npt__input input = table->inputs.items[i];
        input.name = drops(user, input.name) ? "(not named)" : input.name;
        *npt__array_add(&copy->inputs) = input;
    }
    for (size_t i = 0; i < table->notes.count; i++)
        if (!drops(user, table->notes.items[i].text))
            *npt__array_add(&copy->notes) = table->notes.items[i];
    make_room(copy, count);
    copy->row_count = count;
    for (size_t i = 0; i < count; i++)
        memcpy(copy->cells + i * width, npt_table_row(table, rows ? rows[i] : i),
               width * sizeof *copy->cells);
    return copy;
}
