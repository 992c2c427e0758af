/* responses.c - who answered: response rates by site and wave, and how complete the answers are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/interval.h"
#include "survey_scope.h"

#include <string.h>

#define CONFIDENCE 0.95

struct responding {
    struct npt__survey_scope scope;
    const npt_study *study;
    npt_table *table;
    size_t labels;
    size_t invited, responses, answered, rate, low, high, complete, complete_share;
    uint32_t site, wave; /* the dimension that is the site, the wave; NPT__NONE */
    bool *uncovered;     /* by cell */
    bool other;          /* there is a dimension that invitations are not told apart by */
};

/* ---- by site and wave ------------------------------------------------------------------------ */

static void add_columns(struct responding *table)
{
    table->labels = npt__dimensions_columns(&table->scope.dimensions, table->table);
    npt_table *to = table->table;
    table->invited = npt__table_measure(to, "invited", "Invited", NPT_UNIT_COUNT);
    table->responses = npt__table_measure(to, "responses", "Responses", NPT_UNIT_COUNT);
    table->answered = npt__table_measure(to, "answered", "Answered", NPT_UNIT_COUNT);
    table->rate = npt__table_measure(to, "rate", "Rate", NPT_UNIT_SHARE);
    table->low = npt__table_measure(to, "low", "Low", NPT_UNIT_SHARE);
    table->high = npt__table_measure(to, "high", "High", NPT_UNIT_SHARE);
    table->complete = npt__table_measure(to, "complete", "Complete", NPT_UNIT_COUNT);
    table->complete_share =
        npt__table_measure(to, "complete_share", "Complete of answered", NPT_UNIT_SHARE);
    const struct npt__layout layout = {
        .across = SIZE_MAX,
        .shown = {{table->invited, SIZE_MAX, NULL, NPT__PART},
                  {table->responses, SIZE_MAX, NULL, NPT__PART},
                  {table->answered, SIZE_MAX, NULL, NPT__PART},
                  {table->rate, SIZE_MAX, NULL, NPT__PART},
                  {table->low, table->high, "95% interval", NPT__RANGE},
                  {table->complete, table->complete_share, NULL, NPT__SHARED}},
        .shown_count = 6};
    npt__table_set_layout(to, &layout);
}

/* What the counts count, for protection. */
static void declare(const struct responding *table)
{
    npt_table *to = table->table;
    npt__table_counts(to, table->invited, NPT__COUNTS_PEOPLE, "invited");
    npt__table_counts(to, table->responses, NPT__COUNTS_PEOPLE, "asked");
    npt__table_counts(to, table->answered, NPT__COUNTS_PEOPLE, "answered any");
    npt__table_counts(to, table->complete, NPT__COUNTS_PEOPLE, "answered all that was asked");
    const size_t rates[] = {table->rate, table->low, table->high};
    for (size_t i = 0; i < 3; i++) {
        npt__table_describes(to, rates[i], table->invited);
        npt__table_depends(to, rates[i], table->answered);
    }
    npt__table_describes(to, table->complete, table->answered);
    npt__table_describes(to, table->complete_share, table->answered);
    npt__table_depends(to, table->complete_share, table->complete);
    npt__table_at_most(to, table->answered, table->responses);
    npt__table_at_most(to, table->complete, table->answered);
    npt__table_among(to, table->answered, "scored", false);
    npt__table_among(to, table->complete, "scored", true);
}

static void find_dimensions(struct responding *table)
{
    table->site = table->wave = NPT__NONE;
    const struct npt__dimensions *dimensions = &table->scope.dimensions;
    for (uint32_t i = 0; i < dimensions->count; i++) {
        if (strcmp(dimensions->items[i].key, "site") == 0)
            table->site = i;
        else if (strcmp(dimensions->items[i].key, "wave") == 0)
            table->wave = i;
        else
            table->other = true;
    }
}

/* The value of one dimension in a cell; NULL for the total, for none, and where there is no such dimension. */
static const char *value_in(const struct npt__dimensions *dimensions, uint32_t dimension,
                            uint32_t cell, bool *is_total)
{
    *is_total = true;
    if (dimension == NPT__NONE)
        return NULL;
    for (size_t d = dimensions->count; d-- > dimension + 1;)
        cell /= (uint32_t)dimensions->items[d].width;
    const struct npt__dimension *found = &dimensions->items[dimension];
    const size_t place = cell % found->width;
    *is_total = place + 1 == found->width;
    return place < found->count ? found->values[place] : NULL;
}

/* Whether an invitation holds for a cell; `vague`: it may, but is not told apart so finely. */
static bool holds(const char *invited, const char *value, bool total, bool *vague)
{
    if (total)
        return true;
    *vague |= !invited;
    return invited && value && strcmp(invited, value) == 0;
}

/* How many were invited to what a cell stands for; `declared` is false where the study does not say: nobody, not
   so finely, or at several levels that may hold the same people. */
static size_t invited_to(const struct responding *table, uint32_t cell, bool *declared)
{
    const struct npt__dimensions *dimensions = &table->scope.dimensions;
    const struct npt__responses *responses = table->scope.responses;
    bool site_total, wave_total, vague = false;
    size_t sum = 0, found = 0, with_site = 0, with_wave = 0;
    const char *site = value_in(dimensions, table->site, cell, &site_total);
    const char *wave = value_in(dimensions, table->wave, cell, &wave_total);
    for (size_t i = 0; i < responses->invited.count; i++) {
        const struct npt__invited *invited = &responses->invited.items[i];
        if (!holds(invited->site, site, site_total, &vague) ||
            !holds(invited->wave, wave, wave_total, &vague))
            continue;
        sum += invited->count;
        found++;
        with_site += invited->site != NULL;
        with_wave += invited->wave != NULL;
    }
    const bool mixed = (with_site && with_site < found) || (with_wave && with_wave < found);
    *declared = found && !vague && !mixed && !table->other && !table->scope.response_in &&
                !table->uncovered[cell];
    return sum;
}

/* The value of a response for a key; NULL. */
static const char *value_of(const struct npt__responses *responses, uint32_t attribute,
                            uint32_t response)
{
    return attribute == NPT__NONE ? NULL : npt__response_value(responses, attribute, response);
}

/* Marks the cells that hold a response of a site and wave to which nobody was invited: their rates would count
   answers without those who were asked. */
static void find_uncovered(struct responding *table)
{
    const struct npt__survey_scope *scope = &table->scope;
    const struct npt__responses *responses = scope->responses;
    const uint32_t site = npt__responses_find(responses, "site");
    const uint32_t wave = npt__responses_find(responses, "wave");
    table->uncovered =
        npt__arena_array(scope->arena, scope->dimensions.cell_count, sizeof *table->uncovered);
    const char *last_site = NULL, *last_wave = NULL;
    bool covered = false;
    for (uint32_t i = 0; i < responses->count && responses->invited.count; i++) {
        if (scope->cell[i] == NPT__NONE)
            continue;
        const char *at = value_of(responses, site, i), *in = value_of(responses, wave, i);
        if (i == 0 || at != last_site || in != last_wave) {
            covered = false;
            for (size_t j = 0; j < responses->invited.count && !covered; j++) {
                const struct npt__invited *invited = &responses->invited.items[j];
                covered = (!invited->site || (at && strcmp(at, invited->site) == 0)) &&
                          (!invited->wave || (in && strcmp(in, invited->wave) == 0));
            }
            last_site = at;
            last_wave = in;
        }
        uint32_t cells[NPT__MOST_CELLS_OF_ROW];
        const size_t count =
            covered ? 0 : npt__dimensions_totals(&scope->dimensions, scope->cell[i], cells);
        for (size_t j = 0; j < count; j++)
            table->uncovered[cells[j]] = true;
    }
}

/* By cell: answered at all, answered everything that was asked. */
static size_t *count_answered(const struct responding *table)
{
    const struct npt__responses *responses = table->scope.responses;
    const struct npt__survey_scope *scope = &table->scope;
    size_t *counts =
        npt__arena_array(scope->arena, 2 * scope->dimensions.cell_count, sizeof *counts);
    bool *any = npt__arena_array(scope->arena, responses->count, sizeof *any);
    bool *lacks = npt__arena_array(scope->arena, responses->count, sizeof *lacks);
    for (size_t i = 0; i < responses->items.count; i++) {
        const uint8_t *answers = responses->items.items[i].answers;
        for (uint32_t j = 0; j < responses->count; j++) {
            any[j] |= answers[j] < NPT__NOT_ASKED;
            lacks[j] |= npt__is_missing(answers[j]);
        }
    }
    for (uint32_t j = 0; j < responses->count; j++) {
        if (scope->cell[j] == NPT__NONE)
            continue;
        counts[2 * scope->cell[j]] += any[j];
        counts[2 * scope->cell[j] + 1] += any[j] && !lacks[j];
    }
    npt__survey_scope_total(scope, counts, 2);
    return counts;
}

static void fill_rate(const struct responding *table, struct npt_cell *row, uint32_t cell,
                      size_t answered)
{
    static const char unknown[] = "how many were invited is not declared",
                      more[] = "more answered than were invited";
    bool declared;
    const size_t invited = invited_to(table, cell, &declared);
    row[table->invited] = declared ? npt__count(invited) : npt__absent(unknown);
    const bool fits = declared && answered <= invited;
    const struct npt__interval interval =
        fits ? npt__wilson_interval(answered, invited, CONFIDENCE) : (struct npt__interval){0};
    const char *reason = declared ? more : unknown;
    row[table->rate] = fits ? npt__number((double)answered / (double)invited) : npt__absent(reason);
    row[table->low] = interval.defined ? npt__number(interval.low) : npt__absent(reason);
    row[table->high] = interval.defined ? npt__number(interval.high) : npt__absent(reason);
}

static void fill_table(struct responding *table)
{
    const size_t *counts = count_answered(table);
    for (uint32_t i = 0; i < table->scope.dimensions.cell_count; i++) {
        if (!npt__survey_scope_shows(&table->scope, i))
            continue;
        struct npt_cell *row = npt__table_add_row(table->table);
        const size_t answered = counts[2 * i], complete = counts[2 * i + 1];
        npt__dimensions_label(&table->scope.dimensions, i, row);
        fill_rate(table, row, i, answered);
        row[table->responses] = npt__count(table->scope.counts[i]);
        row[table->answered] = npt__count(answered);
        row[table->complete] = npt__count(complete);
        row[table->complete_share] = answered ? npt__number((double)complete / (double)answered)
                                              : npt__absent("nobody answered");
    }
}

/* ---- by item --------------------------------------------------------------------------------- */

/* What the counts of items count: the columns from `first` on. */
static void declare_items(npt_table *table, size_t first)
{
    static const char *const whats[] = {"asked", "answered", "not relevant", "missing"};
    for (size_t i = 0; i < 4; i++)
        npt__table_counts(table, first + i, i < 2 ? NPT__COUNTS_PEOPLE : NPT__COUNTS_GAPS,
                          whats[i]);
    npt__table_facetless(table, first);
    npt__table_depends(table, first + 2, first + 1);
    npt__table_depends(table, first + 3, first + 1);
    npt__table_describes(table, first + 4, first);
    npt__table_depends(table, first + 4, first + 3);
    const struct npt__term parts[] = {
        {.column = first + 1}, {.column = first + 2}, {.column = first + 3}};
    npt__table_sum(table, (struct npt__term){.column = first}, parts, 3);
}

/* How complete each item is, in each cell. */
static void fill_items(struct responding *table)
{
    const struct npt__responses *responses = table->scope.responses;
    const struct npt__survey_scope *scope = &table->scope;
    npt_table *to = table->table;
    npt__table_dimension(to, "item", "Item");
    npt__dimensions_columns(&scope->dimensions, to);
    const size_t first = npt__table_measure(to, "asked", "Asked", NPT_UNIT_COUNT);
    npt__table_measure(to, "answered", "Answered", NPT_UNIT_COUNT);
    npt__table_measure(to, "not_relevant", "Not relevant", NPT_UNIT_COUNT);
    npt__table_measure(to, "missing", "Missing", NPT_UNIT_COUNT);
    npt__table_measure(to, "missing_share", "Missing of asked", NPT_UNIT_SHARE);
    declare_items(to, first);
    enum { ASKED, ANSWERED, NOT_RELEVANT, MISSING, COUNTS };
    size_t *counts =
        npt__arena_array(scope->arena, scope->dimensions.cell_count * COUNTS, sizeof *counts);
    for (size_t i = 0; i < responses->items.count; i++) {
        const struct npt__study_item *item = &responses->items.items[i];
        memset(counts, 0, scope->dimensions.cell_count * COUNTS * sizeof *counts);
        for (uint32_t j = 0; j < responses->count; j++) {
            if (scope->cell[j] == NPT__NONE || item->answers[j] == NPT__NOT_ASKED)
                continue;
            size_t *cell = counts + scope->cell[j] * COUNTS;
            cell[ASKED]++;
            cell[ANSWERED] += npt__is_value(item->answers[j]);
            cell[NOT_RELEVANT] += npt__is_not_relevant(item->answers[j]);
            cell[MISSING] += npt__is_missing(item->answers[j]);
        }
        npt__survey_scope_total(scope, counts, COUNTS);
        for (uint32_t j = 0; j < scope->dimensions.cell_count; j++) {
            const size_t *cell = counts + j * COUNTS;
            if (!npt__survey_scope_shows(scope, j))
                continue;
            struct npt_cell *row = npt__table_add_row(to);
            row[0] = npt__text(item->item->id);
            npt__dimensions_label(&scope->dimensions, j, row + 1);
            for (size_t k = 0; k < COUNTS; k++)
                row[first + k] = npt__count(cell[k]);
            row[first + COUNTS] = cell[ASKED]
                                      ? npt__number((double)cell[MISSING] / (double)cell[ASKED])
                                      : npt__absent("nobody was asked");
        }
    }
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct responding responding = {.study = study};
    const bool by_item = npt__option(options, "items") != NULL;
    const enum npt_status status =
        npt__survey_scope_open(&responding.scope, study, options, !by_item, diags);
    if (status == NPT_OK) {
        npt_table *made = npt__table_new("responses", by_item ? "Completeness by item"
                                                              : "Responses and response rates");
        responding.table = made;
        find_dimensions(&responding);
        find_uncovered(&responding);
        if (by_item) {
            fill_items(&responding);
        } else {
            add_columns(&responding);
            declare(&responding);
            fill_table(&responding);
            npt__table_add_note(
                made, "Answered: gave at least one answer, \"not relevant\" included. "
                      "Complete: left no item that was asked without one; the share is of "
                      "those who answered.");
            npt__table_add_note(made, "95%% interval of the rate: Wilson (1927).");
            if (!study->responses.invited.count)
                npt__table_add_note(made, "Rates need the number invited, in study.xml: <invited "
                                          "site=\"s1\" wave=\"1\" n=\"40\"/>.");
            else if (responding.scope.response_in || responding.other)
                npt__table_add_note(made,
                                    "Invitations are known by site and wave only: there are no "
                                    "rates for parts of these.");
        }
        npt__note_repeated(made, study, responding.scope.cell);
        npt__survey_notes(made, study, responding.scope.cell);
        npt__add_provenance(made, study);
        *table = made;
    }
    npt__survey_scope_release(&responding.scope);
    return status;
}

static const struct npt_option options[] = {
    NPT__SURVEY_BY,
    NPT__SURVEY_WHERE,
    NPT__SURVEY_SITE,
    NPT__SURVEY_WAVE,
    {"items", NULL, "instead, how complete the answers to each item are"},
    {NULL, NULL, NULL}};

const npt_analysis npt__responses_analysis = {
    .name = "responses",
    .summary = "how many were invited and answered, by site and wave; completeness by item",
    .description =
        "Compares responses with invitations (<invited> in study.xml), with a 95% interval of the\n"
        "rate, and says how many answered everything. With --items: what was left out, item by item.",
    .options = options,
    .needs = NPT__NEEDS_SURVEY,
    .run = run,
};
