/* cases.c - who was interviewed: counts of cases by site and attributes.
 *
 * Without --by it is the first table of a report: for each attribute how many cases have each value, by
 * site where there are sites. With --by it is one cross-classification.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scope.h"

#include <string.h>

#define MOST_VALUES \
    24u /* an attribute with more values (a date, a name) says little in such a table */

static bool needs_positions(const npt_options *options)
{
    (void)options;
    return false;
}

/* Counts the cases of each cell, each case once. */
static uint32_t *count_cells(const struct npt__scope *scope)
{
    const npt_study *study = scope->study;
    uint32_t *counts = npt__arena_array(scope->arena, scope->dimensions.cell_count, sizeof *counts);
    uint32_t *last = npt__arena_array(scope->arena, scope->dimensions.cell_count, sizeof *last);
    for (uint32_t i = 0; i < study->parts.count; i++) {
        if (!scope->part_in[i])
            continue;
        uint32_t cells[NPT__MOST_CELLS_OF_ROW], owner = study->parts.items[i].case_index + 1;
        size_t count = npt__dimensions_cells(&scope->dimensions, i, cells);
        for (size_t c = 0; c < count; c++) {
            counts[cells[c]] += last[cells[c]] != owner;
            last[cells[c]] = owner;
        }
    }
    return counts;
}

static void add_notes(npt_table *table, const npt_study *study)
{
    if (!study->has_cases)
        npt__table_add_note(table, "The export has no cases; every source counts as one.");
    size_t unheld = 0, stand_ins = 0;
    for (size_t i = 0; i < study->cases.count; i++) {
        unheld += study->cases.items[i].part_count == 0;
        stand_ins += study->has_cases && study->cases.items[i].is_source;
    }
    if (unheld)
        npt__table_add_people_note(
            table, unheld, NPT__FEWER " cases of the export hold no source and are not counted.",
            "Cases of the export that hold no source and are not counted: %zu.", unheld);
    if (stand_ins)
        npt__table_add_people_note(
            table, stand_ins,
            NPT__FEWER " coded sources belong to no case; each is counted as a case of its own.",
            "Coded sources that belong to no case, each counted as a case of its own: %zu.",
            stand_ins);
}

static npt_table *cross(const struct npt__scope *scope)
{
    npt_table *table = npt__table_new("cases", "Who was interviewed");
    size_t labels = scope->dimensions.count;
    for (size_t i = 0; i < labels; i++)
        npt__table_dimension(table, scope->dimensions.items[i].key,
                             scope->dimensions.items[i].heading);
    for (size_t i = 0; i < labels; i++)
        npt__table_role(table, i, NPT__PARTITION);
    npt__table_counts(table, npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT),
                      NPT__COUNTS_CASES, "cases");
    const uint32_t *counts = count_cells(scope);
    for (uint32_t c = 0; c < scope->dimensions.cell_count; c++) {
        if (!npt__dimensions_shows(&scope->dimensions, counts, c))
            continue;
        struct npt_cell *row = npt__table_add_row(table);
        npt__dimensions_label(&scope->dimensions, c, row);
        row[labels] = npt__count(counts[c]);
    }
    if (labels > 1)
        npt__table_set_layout(table, &(struct npt__layout){.across = 0});
    return table;
}

/* The values of one attribute, by site where there are sites. False where they are too many. */
static bool add_attribute(npt_table *table, const npt_study *study, const npt_options *options,
                          uint32_t attribute, const char *site, npt_diags *diags)
{
    npt__arena *arena = npt__table_arena(table);
    npt_options *by = npt_options_new();
    const char *key = npt__study_attribute_key(study, attribute), *value;
    if (site)
        npt_options_add(by, "by", npt__arena_print(arena, "%s,%s", key, site));
    else
        npt_options_add(by, "by", key);
    for (size_t i = 0; (value = npt__option_at(options, "where", i)) != NULL; i++)
        npt_options_add(by, "where", value);
    for (size_t i = 0; (value = npt__option_at(options, "site", i)) != NULL; i++)
        npt_options_add(by, "site", value);
    struct npt__scope scope;
    bool opened = npt__scope_open(&scope, study, by, diags) == NPT_OK;
    bool fits = opened && scope.dimensions.items[0].count <= MOST_VALUES;
    if (fits && scope.dimensions.items[0].count) {
        const uint32_t *counts = count_cells(&scope);
        for (uint32_t c = 0; c < scope.dimensions.cell_count; c++) {
            struct npt_cell labels[NPT__MOST_DIMENSIONS];
            npt__dimensions_label(&scope.dimensions, c, labels);
            if (labels[0].kind == NPT_CELL_TOTAL)
                continue;
            struct npt_cell *row = npt__table_add_row(table);
            row[0] = npt__text(key);
            row[1] = labels[0];
            if (site)
                row[2] = labels[1];
            row[2 + (site != NULL)] = npt__count(counts[c]);
        }
    }
    npt__scope_release(&scope);
    npt_options_free(by);
    return fits;
}

static void add_all(npt_table *table, const struct npt__scope *scope, bool by_site)
{
    const uint32_t *counts = count_cells(scope);
    for (uint32_t c = 0; c < scope->dimensions.cell_count; c++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text("all cases");
        row[1] = npt__total();
        if (by_site)
            npt__dimensions_label(&scope->dimensions, c, row + 2);
        row[2 + by_site] = npt__count(counts[c]);
    }
}

static npt_table *overview(const struct npt__scope *scope, const npt_options *options,
                           npt_diags *diags)
{
    const npt_study *study = scope->study;
    npt_table *table = npt__table_new("cases", "Who was interviewed");
    bool by_site = scope->dimensions.count == 1; /* the scope's default: by site */
    const char *site = by_site ? scope->dimensions.items[0].key : NULL;
    npt__table_dimension(table, "attribute", "Attribute");
    npt__table_dimension(table, "value", "Value");
    if (by_site)
        npt__table_dimension(table, site, scope->dimensions.items[0].heading);
    npt__table_counts(table, npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT),
                      NPT__COUNTS_CASES, "cases");
    npt__table_role(table, 0, NPT__DIMENSION);
    if (by_site)
        npt__table_role(table, 2, NPT__PARTITION);
    add_all(table, scope, by_site);
    npt__buffer left_out = {0};
    for (uint32_t i = 0; i < study->attributes.count; i++)
        if ((!by_site || i != scope->dimensions.items[0].attribute) &&
            !add_attribute(table, study, options, i, site, diags))
            npt__buffer_print(&left_out, "%s%s", left_out.length ? ", " : "",
                              npt__study_attribute_key(study, i));
    if (by_site)
        npt__table_set_layout(table, &(struct npt__layout){.across = 2});
    if (left_out.length)
        npt__table_add_note(table, "Left out, with more than %u values: %s. --by shows them.",
                            MOST_VALUES, left_out.bytes);
    npt__buffer_release(&left_out);
    return table;
}

static enum npt_status run(npt_table **made, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct npt__scope scope;
    enum npt_status status = npt__scope_open(&scope, study, options, diags);
    if (status == NPT_OK) {
        bool crossed = npt__option(options, "by") != NULL && scope.dimensions.count;
        *made = crossed ? cross(&scope) : overview(&scope, options, diags);
        add_notes(*made, study);
        npt__add_provenance(*made, study);
    }
    npt__scope_release(&scope);
    return status;
}

static const struct npt_option options_of_cases[] = {
    {"by", "ATTRIBUTE[,...]", "cross-classify by these (up to 3), the first across"},
    NPT__OPTION_WHERE,
    NPT__OPTION_SITE,
    {NULL, NULL, NULL}};

const npt_analysis npt__cases = {
    .name = "cases",
    .summary = "who was interviewed: cases by site and attributes",
    .description =
        "Counts cases. Without --by: for each attribute the cases with each of its values, by site where the\n"
        "study has sites (the first table of a report). With --by: one cross-classification.",
    .options = options_of_cases,
    .needs_positions = needs_positions,
    .run = run,
    .needs = NPT__NEEDS_CODING,
};
