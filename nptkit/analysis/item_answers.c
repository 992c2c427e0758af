/* item_answers.c - every item's answers one by one: how many gave each point of its scale.
 *
 * Under protection no single answer is shown: with so fine counts beside them, means and quartiles, which say more,
 * would have to be withheld as well. So nothing is declared of these counts, and npt_protect() withholds them all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "items.h"

struct answers {
    const struct npt__survey_scope *scope;
    npt_table *table;
    size_t labels;
    size_t label, side, given, share, n, missing, not_relevant, wording;
};

enum dimension { CONSTRUCT, ITEM, ANSWER };

static void add_columns(struct answers *answers)
{
    npt_table *table = answers->table;
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "item", "Item");
    npt__table_dimension(table, "answer", "Answer");
    answers->labels = npt__dimensions_columns(&answers->scope->dimensions, table);
    const struct {
        size_t *column;
        const char *key, *label;
        enum npt_unit unit;
    } columns[] = {{&answers->label, "label", "Label", NPT_UNIT_TEXT},
                   {&answers->side, "side", "Side", NPT_UNIT_TEXT},
                   {&answers->given, "given", "Given by", NPT_UNIT_COUNT},
                   {&answers->share, "share", "Share", NPT_UNIT_SHARE},
                   {&answers->n, "n", "n", NPT_UNIT_COUNT},
                   {&answers->missing, "missing", "Missing", NPT_UNIT_COUNT},
                   {&answers->not_relevant, "not_relevant", "Not relevant", NPT_UNIT_COUNT},
                   {&answers->wording, "wording", "Wording", NPT_UNIT_TEXT}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        *columns[i].column =
            npt__table_measure(table, columns[i].key, columns[i].label, columns[i].unit);
    const struct npt__layout layout = {
        .across = SIZE_MAX,
        .shown = {{answers->label, SIZE_MAX, NULL, NPT__PART},
                  {answers->given, answers->share, NULL, NPT__SHARED},
                  {answers->n, SIZE_MAX, NULL, NPT__PART},
                  {answers->wording, SIZE_MAX, NULL, NPT__PART}},
        .shown_count = 4};
    npt__table_set_layout(table, &layout);
}

/* What stands in each row of an item's answers is the same as in the table of items. */
static void declare(const struct answers *answers)
{
    npt_table *table = answers->table;
    const size_t harmless[] = {answers->label, answers->side, answers->wording};
    npt__table_role(table, CONSTRUCT, NPT__LABEL);
    npt__table_role(table, ANSWER, NPT__LABEL);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        npt__table_counts(table, harmless[i], NPT__HARMLESS,
                          npt_table_column(table, harmless[i])->key);
    npt__table_counts(table, answers->n, NPT__COUNTS_PEOPLE, "answered");
    npt__table_counts(table, answers->missing, NPT__COUNTS_GAPS, "missing");
    npt__table_counts(table, answers->not_relevant, NPT__COUNTS_GAPS, "not relevant");
    npt__table_depends(table, answers->missing, answers->n);
    npt__table_depends(table, answers->not_relevant, answers->n);
    const struct npt__term asked[] = {
        {.column = answers->n}, {.column = answers->missing}, {.column = answers->not_relevant}};
    npt__table_sum(table, (struct npt__term){answers->n, "asked", true}, asked, 3);
}

static void fill_row(const struct answers *answers, struct npt_cell *row,
                     const struct npt__scale *scale, int value, const size_t *counts)
{
    static const char *const sides[] = {"disagree", "neutral", "agree"};
    const size_t values = (size_t)scale->most + 1;
    const size_t kinds = answers->scope->responses->kinds.count;
    const char *label = scale->points ? scale->points[value - scale->least] : NULL;
    size_t n = 0, not_relevant = 0;
    for (size_t i = 0; i < values; i++)
        n += counts[i];
    for (size_t i = 0; i < kinds; i++)
        not_relevant += counts[values + 1 + i];
    row[ANSWER] = npt__text(npt__arena_print(npt__table_arena(answers->table), "%d", value));
    row[answers->label] = label ? npt__text(label) : npt__absent("this point has no label");
    row[answers->side] = scale->declared ? npt__text(sides[npt__item_side(scale, value)])
                                         : npt__absent("its scale is not one of agreement");
    row[answers->given] = npt__count(counts[value]);
    row[answers->share] =
        n ? npt__number((double)counts[value] / (double)n) : npt__absent("nobody answered");
    row[answers->n] = npt__count(n);
    row[answers->missing] = npt__count(counts[values]);
    row[answers->not_relevant] = npt__count(not_relevant);
}

static void add_item(const struct answers *answers, const struct npt__study_item *item)
{
    const struct npt__survey_scope *scope = answers->scope;
    size_t size;
    const size_t *counts = npt__item_count(scope, item, &size);
    const char *wording =
        npt__item_wording(npt__table_arena(answers->table), item->item, scope->study->intervention);
    for (uint32_t cell = 0; cell < scope->dimensions.cell_count; cell++) {
        if (!npt__survey_scope_shows(scope, cell))
            continue;
        for (int value = item->scale->least; value <= item->scale->most; value++) {
            struct npt_cell *row = npt__table_add_row(answers->table);
            row[CONSTRUCT] = npt__text(npt__item_construct(scope->responses, item));
            row[ITEM] = npt__text(item->item->id);
            npt__dimensions_label(&scope->dimensions, cell, row + ANSWER + 1);
            row[answers->wording] = npt__text(wording);
            fill_row(answers, row, item->scale, value, counts + cell * size);
        }
    }
}

npt_table *npt__item_answers(const struct npt__survey_scope *scope)
{
    struct answers answers = {.scope = scope,
                              .table = npt__table_new("answers", "Answers one by one")};
    const struct npt__responses *responses = scope->responses;
    add_columns(&answers);
    declare(&answers);
    for (size_t i = 0; i < responses->items.count; i++)
        if (npt__item_is_asked(responses, &responses->items.items[i]))
            add_item(&answers, &responses->items.items[i]);
    npt__table_add_note(answers.table,
                        "Answers stand as they were given. n is who gave one; shares "
                        "are of n.");
    npt__table_add_note(answers.table,
                        "With --protect no single answer is shown; items without --answers shows "
                        "who disagreed, was neutral or agreed.");
    return answers.table;
}
