/* case_counts.c - how much of each construct every case has: a tally with a cell for each case.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "case_counts.h"

#include <math.h>

/* The unit of a case with a value; a new one where there is none. Parts come case by case. */
static uint32_t unit_of(struct npt__case_counts *counts, uint32_t case_index, uint32_t value)
{
    size_t before = 0;
    for (size_t i = counts->count; i-- > 0 && counts->case_of[i] == case_index; before++)
        if (counts->value_of[i] == value)
            return (uint32_t)i;
    counts->divided += before == 1;
    counts->valueless += value == counts->by.count;
    counts->case_of[counts->count] = case_index;
    counts->value_of[counts->count] = value;
    return (uint32_t)counts->count++;
}

/* Puts the units in the place of the attribute's values. */
static void find_units(struct npt__case_counts *counts)
{
    struct npt__scope *scope = &counts->tally.scope;
    const npt_study *study = scope->study;
    const size_t parts = study->parts.count;
    uint32_t *units = npt__arena_array(scope->arena, parts, sizeof *units);
    counts->case_of = npt__arena_array(scope->arena, parts, sizeof *counts->case_of);
    counts->value_of = npt__arena_array(scope->arena, parts, sizeof *counts->value_of);
    for (size_t i = 0; i < parts; i++)
        if (scope->part_in[i])
            units[i] = unit_of(counts, study->parts.items[i].case_index, counts->by.of_row[i]);
    scope->dimensions = (struct npt__dimensions){
        .items = {{.count = counts->count, .width = counts->count + 1, .of_row = units}},
        .count = 1,
        .cell_count = counts->count + 1};
}

enum npt_status npt__case_counts_open(struct npt__case_counts *counts, const npt_study *study,
                                      const npt_options *options, enum npt__level level, bool text,
                                      npt_diags *diags)
{
    *counts =
        (struct npt__case_counts){.tally = {.study = study, .level = level, .valence_count = 1}};
    struct npt__tally *tally = &counts->tally;
    tally->chosen[NPT__COVERAGE] = text;
    const enum npt_status status = npt__scope_open(&tally->scope, study, options, diags);
    if (status != NPT_OK)
        return status;
    counts->by = tally->scope.dimensions.items[0];
    find_units(counts);
    if (npt__tally_count(tally))
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--level: the codebook '%s' has no such level",
             study->codebook->name);
    return NPT_USAGE;
}

void npt__case_counts_release(struct npt__case_counts *counts)
{
    npt__array_release(&counts->tally.rows);
    if (counts->tally.scope.arena)
        npt__scope_release(&counts->tally.scope);
    *counts = (struct npt__case_counts){0};
}

static size_t at(const struct npt__case_counts *counts, uint32_t row, size_t unit)
{
    return npt__tally_at(&counts->tally, row, 0, (uint32_t)unit);
}

bool npt__case_has(const struct npt__case_counts *counts, uint32_t row, size_t unit)
{
    return counts->tally.cases[at(counts, row, unit)] > 0;
}

size_t npt__case_segments(const struct npt__case_counts *counts, uint32_t row, size_t unit)
{
    return counts->tally.segments[at(counts, row, unit)];
}

bool npt__case_has_text(const struct npt__case_counts *counts, size_t unit)
{
    return counts->tally.text[unit] > 0;
}

double npt__case_coverage(const struct npt__case_counts *counts, uint32_t row, size_t unit)
{
    const struct npt__tally *tally = &counts->tally;
    const size_t index = at(counts, row, unit);
    const bool textless =
        tally->segments[index] && tally->textless[index] == tally->segments[index];
    if (textless || !tally->text[unit])
        return NAN;
    return (double)tally->characters[index] / (double)tally->text[unit];
}
