/* plain_table.c - a table file as it stands: names of columns, and cells as numbered texts.
 *
 * Blocks of rows number their texts on their own, side by side; the table's numbers are given when blocks are
 * taken in, in the order of the file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plain_table.h"

#include "../base/file.h"
#include "../base/number.h"

#include <math.h>
#include <string.h>

#define MOST_CELLS ((size_t)1 << 28)
#define MOST_PLACES 5000u /* cells of a block */
#define MOST_LISTED 12u

struct block {
    struct npt__plain_table *table;
    npt__arena *arena;
    npt__intern texts;
    NPT__ARRAY(uint32_t) cells;
    NPT__ARRAY(uint32_t) lines;
    NPT__ARRAY(struct npt__plain_place) places;
};

/* ---- rows ------------------------------------------------------------------------------------ */

static void *begin_block(void *user)
{
    struct block *block = npt__allocate(sizeof *block);
    *block = (struct block){.table = user, .arena = npt__arena_new()};
    return block;
}

static bool is_one_of(const char *const *texts, size_t count, const char *text, size_t length)
{
    for (size_t i = 0; i < count && texts[i]; i++)
        if (strlen(texts[i]) == length && memcmp(texts[i], text, length) == 0)
            return true;
    return false;
}

static uint32_t take_cell(struct block *block, const struct npt__field *field, size_t column)
{
    const struct npt__plain_table *table = block->table;
    const char *text = field->text;
    const size_t length = npt__trim(&text, field->length);
    if (!length || is_one_of(table->missing, table->missing_count, text, length) ||
        (table->missing_of[column] && is_one_of(table->missing_of[column], SIZE_MAX, text, length)))
        return NPT__NONE;
    return npt__intern_add(&block->texts, block->arena, text, length,
                           npt__intern_hash(text, length));
}

static void take_row(void *user, const struct npt__row *row)
{
    struct block *block = user;
    for (size_t i = 0; i < block->table->column_count; i++) {
        const size_t cell = block->cells.count;
        *npt__array_add(&block->cells) = take_cell(block, &row->fields[i], i);
        if (cell < MOST_PLACES)
            *npt__array_add(&block->places) =
                (struct npt__plain_place){cell, npt__row_spot(row, i)};
    }
    *npt__array_add(&block->lines) = row->line > UINT32_MAX ? UINT32_MAX : (uint32_t)row->line;
}

static uint32_t number_text(struct npt__plain_table *table, const char *text)
{
    const size_t length = strlen(text);
    const uint32_t found =
        npt__intern_add(&table->texts, table->arena, text, length, npt__intern_hash(text, length));
    if (found == table->numbers.count) {
        double number;
        *npt__array_add(&table->numbers) = npt__number_read(text, length, &number) ? number : NAN;
    }
    return found;
}

static void end_block(void *user, void *state)
{
    struct npt__plain_table *table = user;
    struct block *block = state;
    const size_t first = table->cells.count;
    if (block->cells.count <= MOST_CELLS - first) {
        uint32_t *numbers = npt__allocate((block->texts.strings.count + 1) * sizeof *numbers);
        for (size_t i = 0; i < block->texts.strings.count; i++)
            numbers[i] = number_text(table, block->texts.strings.items[i]);
        for (size_t i = 0; i < block->cells.count; i++) {
            const uint32_t text = block->cells.items[i];
            *npt__array_add(&table->cells) = text == NPT__NONE ? NPT__NONE : numbers[text];
        }
        for (size_t i = 0; i < block->places.count; i++)
            *npt__array_add(&table->places) = (struct npt__plain_place){
                first + block->places.items[i].cell, block->places.items[i].spot};
        for (size_t i = 0; i < block->lines.count; i++)
            *npt__array_add(&table->lines) = block->lines.items[i];
        npt__release(numbers);
    } else if (!table->is_faulty) {
        npt__say(table->diags, NPT_ERROR, &(struct npt__place){.file = table->path},
                 "has more than %zu cells", MOST_CELLS);
        table->is_faulty = true;
    }
    npt__intern_release(&block->texts);
    npt__array_release(&block->cells);
    npt__array_release(&block->lines);
    npt__array_release(&block->places);
    npt__arena_free(block->arena);
    npt__release(block);
}

/* ---- columns --------------------------------------------------------------------------------- */

static bool take_columns(void *user, const struct npt__columns *columns)
{
    struct npt__plain_table *table = user;
    table->column_count = columns->count;
    table->columns = npt__arena_array(table->arena, columns->count, sizeof *table->columns);
    table->missing_of = npt__arena_array(table->arena, columns->count, sizeof *table->missing_of);
    for (size_t i = 0; i < columns->count; i++) {
        const struct npt__column *column = &columns->items[i];
        const char *name = column->name;
        const size_t length = npt__trim(&name, strlen(name));
        table->columns[i] = npt__arena_copy(table->arena, name, length);
        if (!column->missing_count)
            continue;
        const char **missing =
            npt__arena_array(table->arena, column->missing_count + 1, sizeof *missing);
        for (size_t j = 0; j < column->missing_count; j++)
            missing[j] = npt__arena_string(table->arena, column->missing[j]);
        table->missing_of[i] = missing;
    }
    return true;
}

/* Leaves out the columns that have neither a name nor a value: sheets often end in some. */
static void drop_empty_columns(struct npt__plain_table *table)
{
    const size_t width = table->column_count;
    size_t *kept = npt__arena_array(table->arena, width, sizeof *kept), count = 0;
    bool *is_used = npt__arena_array(table->arena, width, sizeof *is_used);
    for (size_t i = 0; i < table->cells.count; i++)
        if (table->cells.items[i] != NPT__NONE)
            is_used[i % width] = true;
    for (size_t i = 0; i < width; i++)
        if (is_used[i] || *table->columns[i])
            kept[count++] = i;
    if (count == width || !count)
        return;
    size_t next = 0;
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t j = 0; j < count; j++)
            table->cells.items[next++] = table->cells.items[i * width + kept[j]];
    for (size_t j = 0; j < count; j++)
        table->columns[j] = table->columns[kept[j]];
    table->cells.count = next;
    table->column_count = count;
    table->places.count = 0; /* they count cells of the file */
}

static void check_names(struct npt__plain_table *table)
{
    const struct npt__place place = {.file = table->path};
    npt__intern folded = {0};
    for (size_t i = 0; i < table->column_count; i++) {
        const char *name = npt__fold_name(table->arena, table->columns[i]);
        const size_t length = strlen(name), known = folded.strings.count;
        if (!length && i) {
            npt__say(table->diags, NPT_ERROR, &place, "column %zu has values and no name", i + 1);
            npt__hint(table->diags, "name it in the header row, or take the column out");
            table->is_faulty = true;
        }
        if (!length)
            continue;
        npt__intern_add(&folded, table->arena, name, length, npt__intern_hash(name, length));
        if (folded.strings.count > known)
            continue;
        npt__say(table->diags, NPT_ERROR, &place, "two columns are called '%s'", table->columns[i]);
        npt__hint(table->diags, "give each column a name of its own (case makes no difference)");
        table->is_faulty = true;
    }
    npt__intern_release(&folded);
}

/* ---- the whole file -------------------------------------------------------------------------- */

static void list_missing(struct npt__plain_table *table, const char *list)
{
    size_t most = 1;
    for (const char *at = list; *at; at++)
        most += *at == ',';
    table->missing = npt__arena_array(table->arena, most, sizeof *table->missing);
    while (*list) {
        const size_t length = strcspn(list, ",");
        const char *start = list;
        const size_t trimmed = npt__trim(&start, length);
        if (trimmed)
            table->missing[table->missing_count++] = npt__arena_copy(table->arena, start, trimmed);
        list += length + (list[length] == ',');
    }
}

enum npt_status npt__plain_table_read(struct npt__plain_table *table, const char *path,
                                      const struct npt__plain_options *options, npt_diags *diags)
{
    *table = (struct npt__plain_table){.arena = npt__arena_new(), .diags = diags};
    table->path = npt__arena_string(table->arena, path);
    if (options->missing)
        list_missing(table, options->missing);
    static const struct npt__rows_handler handler = {take_columns, begin_block, take_row,
                                                     end_block};
    const struct npt__rows_options how = {.sheet = options->sheet, .threads = options->threads};
    const enum npt_status status = npt__rows_read(&table->rows, path, &how, &handler, table, diags);
    table->row_count = table->lines.count;
    if (status == NPT_OK) {
        drop_empty_columns(table);
        check_names(table);
    }
    return status == NPT_OK && table->is_faulty ? NPT_BAD_INPUT : status;
}

void npt__plain_table_release(struct npt__plain_table *table)
{
    npt__intern_release(&table->texts);
    npt__array_release(&table->numbers);
    npt__array_release(&table->cells);
    npt__array_release(&table->lines);
    npt__array_release(&table->places);
    npt__rows_free(table->rows);
    npt__arena_free(table->arena);
}

/* ---- finding one's way ----------------------------------------------------------------------- */

struct npt__place npt__plain_place(const struct npt__plain_table *table, size_t row, size_t column)
{
    const size_t cell = row * table->column_count + column;
    size_t low = 0, high = table->places.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (table->places.items[middle].cell < cell)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < table->places.count && table->places.items[low].cell == cell)
        return npt__rows_place(table->rows, table->places.items[low].spot);
    if (npt__rows_kind(table->rows) == NPT__ROWS_CSV)
        return (struct npt__place){.file = table->path, .line = table->lines.items[row]};
    return npt__rows_place(
        table->rows, (struct npt__spot){.line = table->lines.items[row], .column = column + 1});
}

size_t npt__plain_column(const struct npt__plain_table *table, const char *name,
                         const struct npt__place *place, npt_diags *diags)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i], name) == 0)
            return i;
    npt__arena *scratch = npt__arena_new();
    const char *wanted = npt__fold_name(scratch, name);
    const char **folded = npt__arena_array(scratch, table->column_count, sizeof *folded);
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < table->column_count && found == SIZE_MAX; i++) {
        folded[i] = npt__fold_name(scratch, table->columns[i]);
        if (strcmp(folded[i], wanted) == 0)
            found = i;
    }
    if (found == SIZE_MAX) {
        npt__say(diags, NPT_ERROR, place, "'%s' has no column '%s'", npt__path_base(table->path),
                 name);
        npt__buffer list = {0};
        for (size_t i = 0; i < table->column_count && i < MOST_LISTED; i++)
            npt__buffer_print(&list, "%s'%s'", i ? ", " : "", table->columns[i]);
        const uint32_t near = npt__nearest(wanted, folded, table->column_count);
        if (near != NPT__NONE)
            npt__hint(diags, "did you mean '%s'", table->columns[near]);
        else
            npt__hint(diags, "its columns are %s%s", npt__buffer_string(&list),
                      table->column_count > MOST_LISTED ? ", ..." : "");
        npt__buffer_release(&list);
    }
    npt__arena_free(scratch);
    return found;
}

size_t npt__plain_guess(const struct npt__plain_table *table, const char *const *words)
{
    npt__arena *scratch = npt__arena_new();
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < table->column_count && found == SIZE_MAX; i++) {
        const char *folded = npt__fold_name(scratch, table->columns[i]);
        for (size_t j = 0; words[j]; j++)
            if (strcmp(folded, words[j]) == 0)
                found = i;
    }
    npt__arena_free(scratch);
    return found;
}
