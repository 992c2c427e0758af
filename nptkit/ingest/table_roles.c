/* table_roles.c - what the columns of a plain table are, as it is declared or guessed by name.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_roles.h"

#include "../base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MOST_FAULTS 1000u /* of a file: whoever has so many looks at the first ones */

/* ---- opening --------------------------------------------------------------------------------- */

static const struct npt__place *place_of(const struct npt__setting *setting)
{
    return setting->place.file ? &setting->place : NULL;
}

static bool has_name(const npt_study *study, const struct npt__table_source *but, const char *name)
{
    for (size_t i = 0; i < study->ratings.count; i++)
        if (&study->ratings.items[i].source != but &&
            strcmp(study->ratings.items[i].source.name, name) == 0)
            return true;
    for (size_t i = 0; i < study->rankings.count; i++)
        if (&study->rankings.items[i].source != but &&
            strcmp(study->rankings.items[i].source.name, name) == 0)
            return true;
    return false;
}

static void name_source(struct npt__roles *roles)
{
    const struct npt__setting *declared = &roles->declared->name;
    npt__arena *arena = roles->study->arena;
    const char *base = npt__path_base(roles->source->path);
    const char *name = declared->value ? npt__arena_string(arena, declared->value)
                                       : npt__arena_copy(arena, base, npt__path_stem(base));
    if (has_name(roles->study, roles->source, name)) {
        npt__say(npt__roles_fault(roles), NPT_ERROR,
                 place_of(declared->value ? declared : &roles->declared->file),
                 "two tables are called '%s'", name);
        npt__hint(roles->diags, "give each table a name of its own: name=\"...\"");
    }
    roles->source->name = name;
}

static void ignore_columns(struct npt__roles *roles)
{
    const struct npt__setting *ignore = &roles->declared->ignore;
    const char *list = ignore->value ? ignore->value : "";
    while (*list) {
        const size_t length = strcspn(list, ",");
        const char *start = list;
        const size_t trimmed = npt__trim(&start, length);
        list += length + (list[length] == ',');
        if (!trimmed)
            continue;
        const char *name = npt__arena_copy(roles->table.arena, start, trimmed);
        const size_t column =
            npt__plain_column(&roles->table, name, place_of(ignore), roles->diags);
        if (column == SIZE_MAX)
            roles->fault_count++;
        else
            roles->is_taken[column] = true;
    }
}

enum npt_status npt__roles_open(struct npt__roles *roles, struct npt__table_source *source,
                                const char *path, unsigned threads)
{
    const struct npt__manifest_table *declared = roles->declared;
    npt__arena *arena = roles->study->arena;
    roles->source = source;
    source->path = npt__arena_string(arena, path);
    name_source(roles);
    const struct npt__plain_options options = {
        .sheet = declared->sheet.value, .missing = declared->missing.value, .threads = threads};
    const enum npt_status status =
        npt__plain_table_read(&roles->table, path, &options, roles->diags);
    const struct npt__rows_account account = npt__rows_account(roles->table.rows);
    source->empty_rows = account.empty_rows;
    source->hidden_rows = account.hidden_rows;
    if (account.sheet)
        source->sheet = npt__arena_string(arena, account.sheet);
    roles->is_taken =
        npt__arena_array(roles->table.arena, roles->table.column_count, sizeof *roles->is_taken);
    if (status == NPT_OK)
        ignore_columns(roles);
    return status == NPT_OK && roles->fault_count ? NPT_BAD_INPUT : status;
}

void npt__roles_close(struct npt__roles *roles)
{
    npt__plain_table_release(&roles->table);
}

/* ---- roles ----------------------------------------------------------------------------------- */

size_t npt__roles_declared(struct npt__roles *roles, const struct npt__setting *setting)
{
    if (!setting->value)
        return SIZE_MAX;
    if (strcmp(setting->value, "none") == 0) {
        for (size_t i = 0; i < roles->table.column_count; i++)
            if (strcmp(roles->table.columns[i], "none") == 0)
                return roles->is_taken[i] = true, i;
        return SIZE_MAX;
    }
    const size_t column =
        npt__plain_column(&roles->table, setting->value, place_of(setting), roles->diags);
    if (column == SIZE_MAX)
        roles->fault_count++;
    else if (roles->is_taken[column]) {
        npt__say(npt__roles_fault(roles), NPT_ERROR, place_of(setting),
                 "column '%s' is to be two things at once", roles->table.columns[column]);
        npt__hint(roles->diags, "a column has one meaning, or is ignored");
    } else
        roles->is_taken[column] = true;
    return column;
}

const char *npt__roles_option(const struct npt__roles *roles, const char *option, const char *value)
{
    return roles->study->from_manifest
               ? npt__arena_print(roles->study->arena, "%s=\"%s\"", option, value)
               : npt__arena_print(roles->study->arena, "--%s %s", option, value);
}

void npt__roles_guessed(struct npt__roles *roles, size_t column, const char *what,
                        const char *option)
{
    roles->is_taken[column] = true;
    const char *name = roles->table.columns[column];
    *npt__array_add(&roles->source->guesses) = npt__arena_print(
        roles->study->arena, "%s taken from column %s%s%s, a guess: %s or %s says otherwise", what,
        *name ? "'" : "1, which has no name", name, *name ? "'" : "",
        npt__roles_option(roles, option, "COLUMN"), npt__roles_option(roles, option, "none"));
}

npt_diags *npt__roles_fault(struct npt__roles *roles)
{
    return ++roles->fault_count > MOST_FAULTS ? NULL : roles->diags;
}

size_t npt__roles_rest(const struct npt__roles *roles, size_t **columns, const char ***names)
{
    const struct npt__plain_table *table = &roles->table;
    npt__arena *arena = roles->study->arena;
    size_t count = 0;
    *columns = npt__arena_array(arena, table->column_count, sizeof **columns);
    *names = npt__arena_array(arena, table->column_count, sizeof **names);
    for (size_t i = 0; i < table->column_count; i++) {
        if (roles->is_taken[i])
            continue;
        (*columns)[count] = i;
        (*names)[count++] = npt__arena_string(arena, table->columns[i]);
    }
    return count;
}

const char **npt__roles_names(struct npt__roles *roles, size_t column, const char *what)
{
    const struct npt__plain_table *table = &roles->table;
    npt__arena *arena = roles->study->arena;
    const char **names = npt__arena_array(arena, table->row_count, sizeof *names);
    const char **copies =
        npt__arena_array(roles->table.arena, table->texts.strings.count, sizeof *copies);
    for (size_t i = 0; i < table->row_count; i++)
        names[i] = "";
    for (size_t i = 0; i < table->row_count; i++) {
        const uint32_t text = npt__plain_cell(table, i, column);
        if (text != NPT__NONE) {
            if (!copies[text])
                copies[text] = npt__arena_string(arena, table->texts.strings.items[text]);
            names[i] = copies[text];
            continue;
        }
        npt_diags *diags = npt__roles_fault(roles);
        if (!diags)
            break;
        const struct npt__place place = npt__plain_place(table, i, column);
        npt__say(diags, NPT_ERROR, &place, "the row has no name of its %s", what);
        npt__hint(diags, "fill column '%s', or take the row out", table->columns[column]);
    }
    return names;
}

uint32_t *npt__roles_lines(const struct npt__roles *roles)
{
    const size_t count = roles->table.row_count;
    uint32_t *lines = npt__arena_array(roles->study->arena, count, sizeof *lines);
    if (count)
        memcpy(lines, roles->table.lines.items, count * sizeof *lines);
    return lines;
}

void npt__roles_doubt(struct npt__roles *roles, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = npt__arena_take(roles->study->arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    *npt__array_add(&roles->source->doubts) = text;
}
