/* items.c - every item of a questionnaire: how it was answered, and by how many.
 *
 * Answers stand as respondents gave them: an item that is worded the other way is not turned round here, so
 * that "agree" is agreement with the words that stand beside it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/describe.h"
#include "items.h"

#include <string.h>

struct items {
    struct npt__survey_scope scope;
    const npt_study *study;
    npt_table *table;
    size_t labels;
    size_t n, missing, not_relevant, disagree, neutral, agree, disagree_share, neutral_share,
        agree_share, median, low_quartile, high_quartile, mean, sd, wording, first_kind;
};

/* How the answers to one item are spread over its scale, in one cell. The counts lie side by side: values from
   0 to the scale's end, then missing, then one for each kind of not-relevant answer. */
struct spread {
    const size_t *counts;
    size_t missing, not_relevant, n;
    const size_t *kinds;
};

static void add_columns(struct items *items)
{
    npt_table *table = items->table;
    const struct npt__responses *responses = items->scope.responses;
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "item", "Item");
    items->labels = npt__dimensions_columns(&items->scope.dimensions, table);
    const struct {
        size_t *column;
        const char *key, *label;
        enum npt_unit unit;
    } columns[] = {{&items->n, "n", "n", NPT_UNIT_COUNT},
                   {&items->missing, "missing", "Missing", NPT_UNIT_COUNT},
                   {&items->not_relevant, "not_relevant", "Not relevant", NPT_UNIT_COUNT},
                   {&items->disagree, "disagree", "Disagree", NPT_UNIT_COUNT},
                   {&items->disagree_share, "disagree_share", "Share", NPT_UNIT_SHARE},
                   {&items->neutral, "neutral", "Neutral", NPT_UNIT_COUNT},
                   {&items->neutral_share, "neutral_share", "Share", NPT_UNIT_SHARE},
                   {&items->agree, "agree", "Agree", NPT_UNIT_COUNT},
                   {&items->agree_share, "agree_share", "Share", NPT_UNIT_SHARE},
                   {&items->low_quartile, "lower_quartile", "Lower quartile", NPT_UNIT_MEAN},
                   {&items->median, "median", "Median", NPT_UNIT_MEAN},
                   {&items->high_quartile, "upper_quartile", "Upper quartile", NPT_UNIT_MEAN},
                   {&items->mean, "mean", "Mean", NPT_UNIT_MEAN},
                   {&items->sd, "sd", "SD", NPT_UNIT_MEAN},
                   {&items->wording, "wording", "Wording", NPT_UNIT_TEXT}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        *columns[i].column =
            npt__table_measure(table, columns[i].key, columns[i].label, columns[i].unit);
    const struct npt__layout layout = {
        .across = SIZE_MAX,
        .shown = {{items->n, SIZE_MAX, NULL, NPT__PART},
                  {items->missing, SIZE_MAX, NULL, NPT__PART},
                  {items->not_relevant, SIZE_MAX, NULL, NPT__PART},
                  {items->disagree, items->disagree_share, NULL, NPT__SHARED},
                  {items->neutral, items->neutral_share, NULL, NPT__SHARED},
                  {items->agree, items->agree_share, NULL, NPT__SHARED},
                  {items->median, SIZE_MAX, NULL, NPT__PART},
                  {items->low_quartile, items->high_quartile, "Quartiles", NPT__RANGE},
                  {items->mean, items->sd, "Mean (SD)", NPT__SHARED},
                  {items->wording, SIZE_MAX, NULL, NPT__PART}},
        .shown_count = 10};
    for (size_t i = 0; i < responses->kinds.count; i++) {
        npt__arena *arena = npt__table_arena(table);
        const size_t column = npt__table_measure(
            table, npt__arena_print(arena, "not_relevant_%s", responses->kinds.items[i].id),
            npt__arena_print(arena, "Not relevant: %s", responses->kinds.items[i].id),
            NPT_UNIT_COUNT);
        items->first_kind = i ? items->first_kind : column;
    }
    npt__table_set_layout(table, &layout);
}

/* What the counts count, for protection. */
static void declare(const struct items *items)
{
    npt_table *table = items->table;
    const size_t kinds = items->scope.responses->kinds.count;
    const size_t sides[] = {items->disagree, items->neutral, items->agree};
    const size_t shares[] = {items->disagree_share, items->neutral_share, items->agree_share};
    const size_t numbers[] = {items->low_quartile, items->median, items->high_quartile, items->mean,
                              items->sd};
    npt__table_role(table, 0, NPT__LABEL); /* the construct of the item */
    npt__table_counts(table, items->wording, NPT__HARMLESS, "wording");
    npt__table_counts(table, items->n, NPT__COUNTS_PEOPLE, "answered");
    npt__table_counts(table, items->missing, NPT__COUNTS_GAPS, "missing");
    npt__table_counts(table, items->not_relevant, NPT__COUNTS_GAPS, "not relevant");
    npt__table_depends(table, items->missing, items->n);
    npt__table_depends(table, items->not_relevant, items->n);
    for (size_t i = 0; i < 3; i++) {
        npt__table_counts(table, sides[i], NPT__COUNTS_ANSWERS,
                          npt_table_column(table, sides[i])->key);
        npt__table_describes(table, sides[i], items->n);
        npt__table_describes(table, shares[i], items->n);
        npt__table_depends(table, shares[i], sides[i]);
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
            npt__table_depends(table, numbers[j], sides[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        npt__table_describes(table, numbers[i], items->n);
    npt__table_mean(table, items->mean, items->n);
    npt__table_sd(table, items->sd, items->mean);
    npt__table_sides(table, items->mean, sides[0], sides[1], sides[2]);
    const struct npt__term answers[] = {
        {.column = sides[0]}, {.column = sides[1]}, {.column = sides[2]}};
    npt__table_sum(table, (struct npt__term){.column = items->n}, answers, 3);
    const struct npt__term asked[] = {
        {.column = items->n}, {.column = items->missing}, {.column = items->not_relevant}};
    npt__table_sum(table, (struct npt__term){items->n, "asked", true}, asked, 3);
    struct npt__term parts[NPT__MOST_TERMS];
    for (size_t i = 0; i < kinds; i++) {
        const size_t column = items->first_kind + i;
        npt__table_counts(table, column, NPT__COUNTS_GAPS, npt_table_column(table, column)->key);
        npt__table_depends(table, column, items->not_relevant);
        if (i < NPT__MOST_TERMS)
            parts[i] = (struct npt__term){.column = column};
    }
    if (kinds && kinds <= NPT__MOST_TERMS)
        npt__table_sum(table, (struct npt__term){.column = items->not_relevant}, parts, kinds);
}

/* ---- counting -------------------------------------------------------------------------------- */

/* The number of counts for each cell, and the place of each answer among them. */
static size_t place_answers(const struct npt__scale *scale, size_t kinds, uint8_t place[256])
{
    const size_t values = (size_t)scale->most + 1;
    memset(place, 255, 256);
    for (size_t i = 0; i < values; i++)
        place[i] = (uint8_t)i;
    place[NPT__BLANK] = place[NPT__CODED_MISSING] = (uint8_t)values;
    for (size_t i = 0; i < kinds; i++)
        place[NPT__NOT_RELEVANT + i] = (uint8_t)(values + 1 + i);
    return values + 1 + kinds;
}

size_t *npt__item_count(const struct npt__survey_scope *scope, const struct npt__study_item *item,
                        size_t *size)
{
    uint8_t place[256];
    *size = place_answers(item->scale, scope->responses->kinds.count, place);
    size_t *counts =
        npt__arena_array(scope->arena, scope->dimensions.cell_count * *size, sizeof *counts);
    for (uint32_t i = 0; i < scope->responses->count; i++)
        if (scope->cell[i] != NPT__NONE && place[item->answers[i]] != 255)
            counts[scope->cell[i] * *size + place[item->answers[i]]]++;
    npt__survey_scope_total(scope, counts, *size);
    return counts;
}

static struct spread spread_of(const size_t *counts, const struct npt__scale *scale, size_t kinds)
{
    const size_t values = (size_t)scale->most + 1;
    struct spread spread = {
        .counts = counts, .missing = counts[values], .kinds = counts + values + 1};
    for (size_t i = 0; i < values; i++)
        spread.n += counts[i];
    for (size_t i = 0; i < kinds; i++)
        spread.not_relevant += spread.kinds[i];
    return spread;
}

/* ---- the table ------------------------------------------------------------------------------- */

static struct npt_cell share_of(size_t part, size_t whole)
{
    return whole ? npt__number((double)part / (double)whole) : npt__absent("nobody answered");
}

size_t npt__item_side(const struct npt__scale *scale, int value)
{
    const int twice = 2 * value, middle = scale->least + scale->most;
    return twice < middle ? 0 : twice == middle ? 1 : 2;
}

const char *npt__item_construct(const struct npt__responses *responses,
                                const struct npt__study_item *item)
{
    return item->construct == NPT__NONE ? "General"
                                        : responses->constructs.items[item->construct].name;
}

static void fill_sides(struct items *items, struct npt_cell *row, const struct spread *spread,
                       const struct npt__scale *scale)
{
    static const char no_sides[] = "its scale is not one of agreement";
    const size_t columns[] = {items->disagree, items->neutral, items->agree};
    const size_t shares[] = {items->disagree_share, items->neutral_share, items->agree_share};
    size_t sides[3] = {0};
    for (int value = scale->least; value <= scale->most; value++)
        sides[npt__item_side(scale, value)] += spread->counts[value];
    for (size_t i = 0; i < 3; i++) {
        row[columns[i]] = scale->declared ? npt__count(sides[i]) : npt__absent(no_sides);
        row[shares[i]] = scale->declared ? share_of(sides[i], spread->n) : npt__absent(no_sides);
    }
}

static void fill_numbers(struct items *items, struct npt_cell *row, const struct spread *spread,
                         const struct npt__scale *scale)
{
    static const char nobody[] = "nobody answered";
    struct npt__sums sums = {0};
    for (int value = scale->least; value <= scale->most; value++)
        npt__sums_add_many(&sums, value, spread->counts[value]);
    const double mean = npt__sums_mean(&sums, 1), sd = npt__sums_sd(&sums, 1);
    row[items->mean] = npt__number_or(mean, nobody);
    row[items->sd] = npt__number_or(sd, "fewer than two answered");
    const size_t columns[] = {items->low_quartile, items->median, items->high_quartile};
    for (size_t i = 0; i < 3; i++)
        row[columns[i]] =
            spread->n ? npt__number(npt__quantile_counts(spread->counts, (size_t)scale->most + 1,
                                                         0.25 * (double)(i + 1)))
                      : npt__absent(nobody);
}

static void add_item(struct items *items, const struct npt__study_item *item)
{
    const struct npt__responses *responses = items->scope.responses;
    const size_t kinds = responses->kinds.count;
    size_t size;
    const size_t *counts = npt__item_count(&items->scope, item, &size);
    npt__arena *arena = npt__table_arena(items->table);
    const char *wording = npt__item_wording(arena, item->item, items->study->intervention);
    for (uint32_t i = 0; i < items->scope.dimensions.cell_count; i++) {
        if (!npt__survey_scope_shows(&items->scope, i))
            continue;
        const struct spread spread = spread_of(counts + i * size, item->scale, kinds);
        struct npt_cell *row = npt__table_add_row(items->table);
        npt__table_scale(items->table, item->scale->least, item->scale->most);
        row[0] = npt__text(npt__item_construct(responses, item));
        row[1] = npt__text(item->item->id);
        row[items->wording] = npt__text(wording);
        npt__dimensions_label(&items->scope.dimensions, i, row + 2);
        row[items->n] = npt__count(spread.n);
        row[items->missing] = npt__count(spread.missing);
        row[items->not_relevant] = npt__count(spread.not_relevant);
        for (size_t j = 0; j < kinds; j++)
            row[items->first_kind + j] = npt__count(spread.kinds[j]);
        fill_sides(items, row, &spread, item->scale);
        fill_numbers(items, row, &spread, item->scale);
    }
}

bool npt__item_is_asked(const struct npt__responses *responses, const struct npt__study_item *item)
{
    for (uint32_t i = 0; i < responses->count; i++)
        if (item->answers[i] != NPT__NOT_ASKED)
            return true;
    return false;
}

static void add_notes(struct items *items)
{
    npt_table *table = items->table;
    const struct npt__responses *responses = items->scope.responses;
    npt__buffer reversed = {0};
    for (size_t i = 0; i < responses->items.count; i++)
        if (responses->items.items[i].item->reversed)
            npt__buffer_print(&reversed, "%s%s", reversed.length ? ", " : "",
                              responses->items.items[i].item->id);
    npt__table_add_note(table,
                        "Answers stand as they were given; 5 is the strongest agreement. n is "
                        "who gave one; shares are of n.");
    if (reversed.length)
        npt__table_add_note(table, "Agreement is unfavourable, and turned round in scores, for %s.",
                            npt__buffer_string(&reversed));
    npt__buffer_release(&reversed);
    npt__table_add_note(table,
                        "Disagree, Neutral and Agree are the answers below, at and above the "
                        "middle of the scale.");
    npt__table_add_note(table, "Quartiles and median are of type 7 of Hyndman and Fan (1996), as "
                               "R and Excel's QUARTILE.INC take them. SD divides by n - 1.");
    npt__note_repeated(table, items->study, items->scope.cell);
    npt__survey_notes(table, items->study, items->scope.cell);
    npt__add_provenance(table, items->study);
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct items items = {.study = study};
    const enum npt_status status =
        npt__survey_scope_open(&items.scope, study, options, false, diags);
    if (status == NPT_OK && npt__option(options, "answers")) {
        *table = npt__item_answers(&items.scope);
        npt__note_repeated(*table, study, items.scope.cell);
        npt__survey_notes(*table, study, items.scope.cell);
        npt__add_provenance(*table, study);
    } else if (status == NPT_OK) {
        items.table = npt__table_new("items", "Answers by item");
        add_columns(&items);
        declare(&items);
        for (size_t i = 0; i < study->responses.items.count; i++)
            if (npt__item_is_asked(&study->responses, &study->responses.items.items[i]))
                add_item(&items, &study->responses.items.items[i]);
        add_notes(&items);
        *table = items.table;
    }
    npt__survey_scope_release(&items.scope);
    return status;
}

static const struct npt_option options[] = {
    NPT__SURVEY_BY,
    NPT__SURVEY_WHERE,
    NPT__SURVEY_SITE,
    NPT__SURVEY_WAVE,
    {"answers", NULL, "how many gave each answer, a row for each of them"},
    {NULL, NULL, NULL}};

const npt_analysis npt__items = {
    .name = "items",
    .summary = "every item: who agreed, who did not answer, quartiles and mean",
    .description =
        "Shows for each item how many answered, gave no answer, or called it not relevant; how many\n"
        "disagreed, were neutral or agreed; and the quartiles, mean and standard deviation.",
    .options = options,
    .needs = NPT__NEEDS_SURVEY,
    .run = run,
};
