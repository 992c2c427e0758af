/* case_sheet.c - a sheet of cases: a row for each case or file, a column for each attribute.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "case_sheet.h"

#include "../base/file.h"
#include "csv.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_SHOWN 40 /* characters of a name in a message: it may be no name at all */
#define MOST_HINTS 20

/* What a name in the sheet may refer to. */
struct target {
    const char *name; /* folded; of a source also without its extension */
    uint32_t index;
    bool is_case, is_stem;
};

struct sheet {
    struct npt__gather *gather;
    npt__arena *arena;
    npt__csv *csv;
    const char *label;
    uint32_t export_index;
    size_t key, columns, unknown;
    uint32_t *attributes; /* of each column */
    NPT__ARRAY(struct target) targets;
    size_t *case_rows, *source_rows; /* the line in which each was named; 0: not yet */
};

static int compare_targets(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    if (order)
        return order;
    if (x->is_case != y->is_case)
        return x->is_case ? -1 : 1; /* a case wins over a source of the same name */
    if (x->is_stem != y->is_stem)
        return x->is_stem ? 1 : -1;
    return (x->index > y->index) - (x->index < y->index);
}

static const char *without_extension(npt__arena *arena, const char *folded)
{
    return npt__arena_copy(arena, folded, npt__path_stem(folded));
}

static void list_targets(struct sheet *sheet)
{
    const npt_study *study = sheet->gather->study;
    for (uint32_t i = 0; i < study->cases.count; i++)
        if (study->cases.items[i].export_index == sheet->export_index)
            *npt__array_add(&sheet->targets) =
                (struct target){study->cases.items[i].folded, i, true, false};
    for (uint32_t i = 0; i < study->sources.count; i++) {
        const struct npt__source *source = &study->sources.items[i];
        if (source->export_index != sheet->export_index)
            continue;
        *npt__array_add(&sheet->targets) = (struct target){source->folded, i, false, false};
        if (npt__path_stem(source->folded) < strlen(source->folded))
            *npt__array_add(&sheet->targets) =
                (struct target){without_extension(sheet->arena, source->folded), i, false, true};
    }
    if (sheet->targets.count)
        qsort(sheet->targets.items, sheet->targets.count, sizeof *sheet->targets.items,
              compare_targets);
    sheet->case_rows = npt__arena_array(sheet->arena, study->cases.count, sizeof *sheet->case_rows);
    sheet->source_rows =
        npt__arena_array(sheet->arena, study->sources.count, sizeof *sheet->source_rows);
}

static size_t find_target(const struct sheet *sheet, const char *folded)
{
    size_t low = 0, high = sheet->targets.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sheet->targets.items[middle].name, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sheet->targets.count && strcmp(sheet->targets.items[low].name, folded) == 0;
    return found ? low : SIZE_MAX;
}

static const char *name_of(const struct sheet *sheet, const struct target *target)
{
    const npt_study *study = sheet->gather->study;
    return target->is_case ? study->cases.items[target->index].name
                           : study->sources.items[target->index].name;
}

/* Whether the next target has the name of this one just as much; then nobody can tell which is meant. */
static bool is_ambiguous(const struct sheet *sheet, size_t target)
{
    if (target + 1 >= sheet->targets.count)
        return false;
    const struct target *a = &sheet->targets.items[target], *b = a + 1;
    return strcmp(a->name, b->name) == 0 && a->is_case == b->is_case && a->is_stem == b->is_stem;
}

static void unknown_name(struct sheet *sheet, const char *name, const char *folded)
{
    npt_diags *diags = sheet->gather->diags;
    struct npt__place place = npt__csv_place(sheet->csv, sheet->key);
    place.excerpt = NULL; /* a sheet of people: never quote its rows */
    size_t shown = npt__utf8_offset(name, strlen(name), LONGEST_SHOWN);
    npt__say(diags, NPT_ERROR, &place, "no case or source is called '%.*s'%s", (int)shown, name,
             name[shown] ? "..." : "");
    if (++sheet->unknown > MOST_HINTS) /* nobody reads on, and looking for near names takes time */
        return;
    size_t count = sheet->targets.count;
    const char **names = npt__allocate((count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = sheet->targets.items[i].name;
    uint32_t near = npt__nearest(folded, names, count);
    free(names);
    if (near == NPT__NONE) {
        npt__hint(diags,
                  "the names must be those of cases or sources of the export; `nptkit check` "
                  "lists its sources");
        return;
    }
    npt__hint(diags, "did you mean '%s'", name_of(sheet, &sheet->targets.items[near]));
}

static bool read_header(struct sheet *sheet, const char *key)
{
    npt_diags *diags = sheet->gather->diags;
    sheet->columns = npt__csv_count(sheet->csv);
    sheet->attributes = npt__arena_array(sheet->arena, sheet->columns, sizeof *sheet->attributes);
    sheet->key = key ? SIZE_MAX : 0;
    for (size_t i = 0; i < sheet->columns && key; i++)
        if (strcmp(npt__fold_name(sheet->arena, npt__csv_field(sheet->csv, i)),
                   npt__fold_name(sheet->arena, key)) == 0)
            sheet->key = i;
    if (sheet->key == SIZE_MAX) {
        struct npt__place place = npt__csv_place(sheet->csv, sheet->columns);
        npt__say(diags, NPT_ERROR, &place, "has no column '%s'", key);
        npt__hint(diags, "key=\"...\" names the column that holds the names of cases or files");
        return false;
    }
    for (size_t i = 0; i < sheet->columns; i++) {
        const char *name = npt__csv_field(sheet->csv, i);
        sheet->attributes[i] = NPT__NONE;
        if (i == sheet->key || !*name)
            continue;
        sheet->attributes[i] = npt__gather_attribute(sheet->gather, name);
        for (size_t j = 0; j < i; j++)
            if (sheet->attributes[j] == sheet->attributes[i] && sheet->attributes[i] != NPT__NONE) {
                struct npt__place place = npt__csv_place(sheet->csv, i);
                npt__say(diags, NPT_ERROR, &place, "two columns are called '%s'", name);
            }
    }
    return true;
}

/* NVivo writes names with their folders, "Files\\North\\Interview 1", and at times with a number before
   them, "1 : Interview 1". */
static const char *bare_name(const char *folded)
{
    const char *base = strrchr(folded, '\\');
    base = base ? base + 1 : folded;
    size_t digits = strspn(base, "0123456789");
    return digits && strncmp(base + digits, " : ", 3) == 0 ? base + digits + 3 : base;
}

static size_t find_name(const struct sheet *sheet, const char *folded)
{
    size_t found = find_target(sheet, folded);
    return found != SIZE_MAX ? found : find_target(sheet, without_extension(sheet->arena, folded));
}

/* Finds what a row speaks of and notes that it was named; SIZE_MAX after a fault. */
static size_t take_name(struct sheet *sheet)
{
    npt_diags *diags = sheet->gather->diags;
    const char *name = npt__csv_field(sheet->csv, sheet->key);
    const char *folded = npt__fold_name(sheet->arena, name);
    size_t found = find_name(sheet, folded);
    if (found == SIZE_MAX)
        found = find_name(sheet, bare_name(folded));
    if (found == SIZE_MAX) {
        unknown_name(sheet, name, bare_name(folded));
        return SIZE_MAX;
    }
    const struct target *target = &sheet->targets.items[found];
    struct npt__place place = npt__csv_place(sheet->csv, sheet->key);
    place.excerpt = NULL;
    if (is_ambiguous(sheet, found)) {
        npt__say(diags, NPT_ERROR, &place, "'%s' could be two %s of the export: '%s' and '%s'",
                 name, target->is_case ? "cases" : "sources", name_of(sheet, target),
                 name_of(sheet, target + 1));
        return SIZE_MAX;
    }
    size_t *row = &(target->is_case ? sheet->case_rows : sheet->source_rows)[target->index];
    if (*row) {
        npt__say(diags, NPT_ERROR, &place, "'%s' stands twice: also in line %zu", name, *row);
        return SIZE_MAX;
    }
    *row = place.line;
    return found;
}

static void read_row(struct sheet *sheet)
{
    npt_diags *diags = sheet->gather->diags;
    if (npt__csv_count(sheet->csv) != sheet->columns) {
        struct npt__place place = npt__csv_place(sheet->csv, npt__csv_count(sheet->csv));
        place.excerpt = NULL;
        npt__say(diags, NPT_ERROR, &place, "the row has %zu fields, the header has %zu",
                 npt__csv_count(sheet->csv), sheet->columns);
        npt__hint(diags, "a field that holds the delimiter or a quote must stand in quotes");
        return;
    }
    size_t target = take_name(sheet);
    if (target == SIZE_MAX)
        return;
    npt__arena *arena = sheet->gather->study->arena;
    for (size_t i = 0; i < sheet->columns; i++) {
        const char *text = npt__csv_field(sheet->csv, i);
        text += strspn(text, " \t");
        if (sheet->attributes[i] == NPT__NONE || npt__gather_is_no_value(text))
            continue;
        size_t length = strlen(text);
        while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
            length--;
        *npt__array_add(&sheet->gather->values) =
            (struct npt__value){.owner = sheet->targets.items[target].index,
                                .attribute = sheet->attributes[i],
                                .text = npt__arena_copy(arena, text, length),
                                .of_case = sheet->targets.items[target].is_case,
                                .strong = true};
    }
}

enum npt_status npt__read_case_sheet(struct npt__gather *gather, const char *path,
                                     const char *label, const char *key, uint32_t export_index)
{
    npt_diags *diags = gather->diags;
    size_t faults = npt_diags_count(diags, NPT_ERROR);
    struct sheet sheet = {
        .gather = gather, .arena = npt__arena_new(), .label = label, .export_index = export_index};
    enum npt_status status = npt__csv_open(&sheet.csv, path, diags);
    if (status == NPT_OK) {
        list_targets(&sheet);
        if (!npt__csv_next(sheet.csv))
            npt__say(diags, NPT_ERROR, &(struct npt__place){.file = label}, "has no header row");
        else if (read_header(&sheet, key))
            while (npt__csv_next(sheet.csv))
                read_row(&sheet);
        npt__csv_close(sheet.csv);
    }
    npt__array_release(&sheet.targets);
    npt__arena_free(sheet.arena);
    return npt_diags_count(diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : status;
}
