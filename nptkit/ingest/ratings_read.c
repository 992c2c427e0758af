/* ratings_read.c - a plain table of ratings into the study: which columns are coders, and what values there are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ratings_read.h"

#include "table_roles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_SHOWN 60     /* bytes of a value in a message */
#define MOST_LOOKED_AT 1000u /* values that are compared with each other */
#define LEAST_DIFFERENT 10u  /* rows that tell names from ratings */

struct reading {
    struct npt__roles roles;
    struct npt__rating_table *result;
    size_t *columns; /* of the coders */
    /* Each text: which value, before they are put in order; NPT__NONE: of none. */
    uint32_t *value_of;
    bool hinted;
};

/* ---- which column names the units ------------------------------------------------------------ */

static const char *const unit_words[] = {
    "",       "unit",      "units", "segment",     "segments",     "id",      "case",
    "cases",  "item",      "items", "passage",     "passages",     "excerpt", "document",
    "source", "text",      "row",   "participant", "participants", "quote",   "subject",
    "object", "interview", "no",    "nr",          "number",       NULL};

/* Whether the first column's values all differ, are not all numbers, and are none of the other columns'. */
static bool looks_like_names(const struct npt__plain_table *table)
{
    bool *seen = npt__allocate(table->texts.strings.count + 1);
    memset(seen, 0, table->texts.strings.count + 1);
    bool differ = true, all_numbers = true;
    for (size_t i = 0; i < table->row_count && differ; i++) {
        const uint32_t text = npt__plain_cell(table, i, 0);
        differ = text != NPT__NONE && !seen[text];
        if (!differ)
            break;
        seen[text] = true;
        all_numbers = all_numbers && !isnan(table->numbers.items[text]);
    }
    for (size_t i = 0; i < table->cells.count && differ && !all_numbers; i++)
        if (i % table->column_count && table->cells.items[i] != NPT__NONE)
            differ = !seen[table->cells.items[i]];
    npt__release(seen);
    return differ && !all_numbers && table->row_count > 1;
}

/* SIZE_MAX where no column names them. */
static size_t find_units(struct npt__roles *roles)
{
    if (roles->declared->units.value)
        return npt__roles_declared(roles, &roles->declared->units);
    if (roles->is_taken[0] ||
        (npt__plain_guess(&roles->table, unit_words) != 0 && !looks_like_names(&roles->table)))
        return SIZE_MAX;
    npt__roles_guessed(roles, 0, "The units' names are", "units");
    return 0;
}

static void report_unit(struct reading *reading, size_t unit, size_t column, npt_diags *diags)
{
    const char *const *units = reading->result->units;
    const struct npt__plain_table *table = &reading->roles.table;
    size_t first = 0;
    while (strcmp(units[first], units[unit]) != 0)
        first++;
    const struct npt__place place = npt__plain_place(table, unit, column);
    npt__say(diags, NPT_ERROR, &place, "the unit '%.*s' stands twice: also in row %u",
             LONGEST_SHOWN, units[unit], (unsigned)table->lines.items[first]);
    npt__hint(diags, "each unit has one row; if this column does not name them, %s",
              npt__roles_option(&reading->roles, "units", "COLUMN"));
}

static void name_units(struct reading *reading, size_t column)
{
    struct npt__roles *roles = &reading->roles;
    const struct npt__plain_table *table = &roles->table;
    const char *header = table->columns[column];
    npt_diags *diags = roles->diags;
    reading->result->units_column = npt__arena_string(roles->study->arena, *header ? header : "1");
    reading->result->units = npt__roles_names(roles, column, "unit");
    npt__intern known = {0};
    for (size_t i = 0; i < table->row_count && diags; i++) {
        const char *name = reading->result->units[i];
        const size_t length = strlen(name), before = known.strings.count;
        if (!length)
            continue;
        npt__intern_add(&known, table->arena, name, length, npt__intern_hash(name, length));
        if (known.strings.count == before && (diags = npt__roles_fault(roles)) != NULL)
            report_unit(reading, i, column, diags);
    }
    npt__intern_release(&known);
}

/* ---- values ---------------------------------------------------------------------------------- */

/* What is wrong with a value at the table's level; NULL: nothing. */
static const char *fault_of(const struct reading *reading, uint32_t text)
{
    const double number = reading->roles.table.numbers.items[text];
    if (reading->result->level == NPT__LEVEL_NOMINAL)
        return NULL;
    if (isnan(number))
        return "is no number";
    return reading->result->level == NPT__LEVEL_RATIO && number < 0 ? "is below 0" : NULL;
}

static void report_value(struct reading *reading, size_t row, size_t column, uint32_t text,
                         npt_diags *diags)
{
    struct npt__roles *roles = &reading->roles;
    const struct npt__place place = npt__plain_place(&roles->table, row, column);
    const char *level = npt__level_name(reading->result->level);
    npt__say(diags, NPT_ERROR, &place, "'%.*s' in column '%s' %s, at level %s", LONGEST_SHOWN,
             roles->table.texts.strings.items[text], roles->table.columns[column],
             fault_of(reading, text), level);
    if (reading->hinted)
        return;
    reading->hinted = true;
    npt__hint(diags, "correct the cell, leave it empty, or say %s, %s or %s",
              npt__roles_option(roles, "missing", "VALUE"),
              npt__roles_option(roles, "ignore", "COLUMN"),
              npt__roles_option(roles, "level", "nominal"));
}

/* Copies the cells as texts, and reports those that fit no value of the level. */
static void take_cells(struct reading *reading)
{
    struct npt__rating_table *result = reading->result;
    const struct npt__plain_table *table = &reading->roles.table;
    npt_diags *diags = reading->roles.diags;
    for (size_t i = 0; i < result->unit_count && diags; i++)
        for (size_t j = 0; j < result->rater_count && diags; j++) {
            const size_t column = reading->columns[j];
            const uint32_t text = npt__plain_cell(table, i, column);
            result->cells[i * result->rater_count + j] = text;
            result->missing += text == NPT__NONE;
            if (text == NPT__NONE)
                continue;
            reading->value_of[text] = 0;
            if (fault_of(reading, text) && (diags = npt__roles_fault(&reading->roles)) != NULL)
                report_value(reading, i, column, text, diags);
        }
}

struct listed {
    struct npt__rating_value value;
    uint32_t text;
};

static int compare_listed(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    const bool numbers = !isnan(x->value.number), others = !isnan(y->value.number);
    if (numbers != others)
        return numbers ? -1 : 1;
    if (numbers && x->value.number != y->value.number)
        return x->value.number < y->value.number ? -1 : 1;
    const int order = numbers ? 0 : strcmp(x->value.text, y->value.text);
    return order ? order : (x->text > y->text) - (x->text < y->text);
}

/* Puts the values in order, texts of one number as one, and numbers the cells by them. */
static void order_values(struct reading *reading)
{
    struct npt__rating_table *result = reading->result;
    const struct npt__plain_table *table = &reading->roles.table;
    const size_t texts = table->texts.strings.count;
    struct listed *listed = npt__allocate((texts + 1) * sizeof *listed);
    size_t count = 0;
    for (uint32_t i = 0; i < texts; i++)
        if (reading->value_of[i] != NPT__NONE)
            listed[count++] =
                (struct listed){{table->texts.strings.items[i], table->numbers.items[i]}, i};
    qsort(listed, count, sizeof *listed, compare_listed);
    result->values = npt__arena_array(reading->roles.study->arena, count, sizeof *result->values);
    for (size_t i = 0; i < count; i++) {
        if (!i || isnan(listed[i].value.number) ||
            listed[i].value.number != listed[i - 1].value.number) {
            result->values[result->value_count] = listed[i].value;
            result->values[result->value_count++].text =
                npt__arena_string(reading->roles.study->arena, listed[i].value.text);
        }
        reading->value_of[listed[i].text] = (uint32_t)(result->value_count - 1);
    }
    npt__release(listed);
    for (size_t i = 0; i < result->unit_count * result->rater_count; i++)
        if (result->cells[i] != NPT__NONE)
            result->cells[i] = reading->value_of[result->cells[i]];
}

/* ---- what a person should look at ------------------------------------------------------------ */

static void doubt_values(struct reading *reading)
{
    static const char *const marks[] = {"na", "n/a", "nan", "null", "missing", "-", ".", "?"};
    const struct npt__rating_table *result = reading->result;
    npt__arena *scratch = reading->roles.table.arena;
    for (size_t i = 0; i < result->value_count; i++) {
        if (!isnan(result->values[i].number) || result->value_count > MOST_LOOKED_AT)
            continue;
        const char *folded = npt__fold_name(scratch, result->values[i].text);
        for (size_t j = 0; j < sizeof marks / sizeof *marks; j++)
            if (strcmp(folded, marks[j]) == 0)
                npt__roles_doubt(
                    &reading->roles, "'%s' counts as a value: if it is none, %s",
                    result->values[i].text,
                    npt__roles_option(&reading->roles, "missing", result->values[i].text));
        for (size_t j = 0; j < i; j++)
            if (strcmp(npt__fold_name(scratch, result->values[j].text), folded) == 0)
                npt__roles_doubt(&reading->roles, "'%s' and '%s' count as different values",
                                 result->values[j].text, result->values[i].text);
    }
}

/* Coders without a rating, and columns in which every value differs, as the names of units do. */
static void doubt_raters(struct reading *reading)
{
    const struct npt__rating_table *result = reading->result;
    uint32_t *seen_by = npt__allocate((result->value_count + 1) * sizeof *seen_by);
    for (size_t j = 0; j < result->rater_count; j++) {
        size_t given = 0;
        bool differ = true;
        memset(seen_by, 0, (result->value_count + 1) * sizeof *seen_by);
        for (size_t i = 0; i < result->unit_count; i++) {
            const uint32_t value = result->cells[i * result->rater_count + j];
            if (value == NPT__NONE)
                continue;
            given++;
            differ = differ && !seen_by[value]++;
        }
        if (!given)
            npt__roles_doubt(&reading->roles, "coder '%s' has no rating", result->raters[j]);
        else if (differ && given == result->unit_count && given >= LEAST_DIFFERENT &&
                 !result->units)
            npt__roles_doubt(
                &reading->roles,
                "column '%s' has another value in every row: if it names the units, %s",
                result->raters[j], npt__roles_option(&reading->roles, "units", result->raters[j]));
    }
    npt__release(seen_by);
}

static void note_level(struct reading *reading)
{
    const struct npt__rating_table *result = reading->result;
    if (result->level_declared)
        return;
    const bool numbers =
        result->value_count && !isnan(result->values[result->value_count - 1].number);
    *npt__array_add(&reading->result->source.guesses) = npt__arena_print(
        reading->roles.study->arena,
        "Values are taken as nominal (names without an order), a guess%s: %s says otherwise",
        numbers ? ", though they are numbers" : "",
        npt__roles_option(&reading->roles, "level", "ordinal"));
}

/* ---- the whole table ------------------------------------------------------------------------- */

static void read_table(struct reading *reading)
{
    struct npt__roles *roles = &reading->roles;
    struct npt__rating_table *result = reading->result;
    npt__arena *arena = roles->study->arena;
    result->unit_count = roles->table.row_count;
    const size_t units = find_units(roles);
    result->rater_count = npt__roles_rest(roles, &reading->columns, &result->raters);
    if (result->rater_count < 2 && !roles->fault_count) {
        npt__say(
            npt__roles_fault(roles), NPT_ERROR, &(struct npt__place){.file = roles->table.path},
            result->rater_count ? "has ratings of one coder only" : "has no column of ratings");
        npt__hint(roles->diags, "each coder has a column: unit, coder, coder ...");
    }
    if (roles->fault_count)
        return;
    if (units != SIZE_MAX)
        name_units(reading, units);
    result->lines = npt__roles_lines(roles);
    result->cells =
        npt__arena_array(arena, result->unit_count * result->rater_count, sizeof *result->cells);
    reading->value_of = npt__arena_array(roles->table.arena, roles->table.texts.strings.count,
                                         sizeof *reading->value_of);
    for (size_t i = 0; i < roles->table.texts.strings.count; i++)
        reading->value_of[i] = NPT__NONE;
    take_cells(reading);
    if (roles->fault_count)
        return;
    order_values(reading);
    note_level(reading);
    doubt_values(reading);
    doubt_raters(reading);
}

enum npt_status npt__ratings_read(npt_study *study, const struct npt__manifest_table *declared,
                                  const char *path, unsigned threads, npt_diags *diags)
{
    struct npt__rating_table *result = npt__array_add(&study->ratings);
    *result = (struct npt__rating_table){.level = declared->measured,
                                         .level_declared = declared->level.value != NULL};
    struct reading reading = {.roles = {.study = study, .declared = declared, .diags = diags},
                              .result = result};
    enum npt_status status = npt__roles_open(&reading.roles, &result->source, path, threads);
    if (status == NPT_OK)
        read_table(&reading);
    npt__roles_close(&reading.roles);
    return status == NPT_OK && reading.roles.fault_count ? NPT_BAD_INPUT : status;
}
