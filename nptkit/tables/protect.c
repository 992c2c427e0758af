/* protect.c - disclosure control over a set of tables that leave together.
 *
 * What is withheld is decided for quantities (quantities.h), so that all cells that hold the same number go together;
 * the decisions then become cells of new tables. A measure about which its table declares nothing is withheld.
 * Reasons do not tell a small count from one that goes with it: who knew that could undo a part of the protection.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table.h"
#include "withhold.h"

#include "../base/buffer.h"

/* Of all that is withheld, be it small, in need of company, or not known to be harmless: which columns an analysis
   declares can depend on how few there are. */
static const char reason_shown[] = "withheld, as it might tell of single people";

static const char *const reasons[] = {[NPT__SHOWN] = "",
                                      [NPT__SMALL] = "too few people",
                                      [NPT__SMALL_GROUP] = "describes a group that is too small",
                                      [NPT__COMPLEMENT] =
                                          "another cell could be worked out from it",
                                      [NPT__DEPENDS] = "worked out from what is withheld",
                                      [NPT__UNKNOWN] = "what it counts is not declared"};

/* ---- cells ----------------------------------------------------------------------------------- */

static bool has(const struct npt__population *population, enum npt__counted counted)
{
    for (size_t i = 0; i < population->columns.count; i++)
        if (population->columns.items[i].counted == counted)
            return true;
    return false;
}

/* Where it is not known what a measure tells, it is not shown. */
static void withhold_unknown(struct npt__source_table *table)
{
    for (size_t c = 0; c < table->width; c++) {
        if (npt_table_column(table->table, c)->dimension)
            continue;
        const enum npt__counted counted = npt__population_counted(table->population, c);
        if (counted == NPT__UNDECLARED || counted >= NPT__SINGLE)
            for (size_t i = 0; i < table->rows; i++)
                table->why[i * table->width + c] = NPT__UNKNOWN;
    }
}

/* Where it is known of how few a row tells. */
static void withhold_described(struct npt__source_table *table, const struct npt__limits *limits)
{
    const struct npt__population *population = table->population;
    for (size_t i = 0; i < population->described.count; i++) {
        const struct npt__described *described = &population->described.items[i];
        if (!described->count || (double)described->count >= limits->min_n)
            continue;
        for (size_t c = 0; c < table->width; c++) {
            enum npt__why *why = &table->why[described->row * table->width + c];
            const bool counts = npt__population_counted(population, c) >= NPT__COUNTS_PEOPLE;
            if (!*why && !counts && !npt_table_column(table->table, c)->dimension)
                *why = NPT__SMALL_GROUP;
        }
    }
}

static void describe_row(npt__buffer *text, const npt_table *table, size_t row)
{
    const struct npt_cell *cells = npt_table_row(table, row);
    npt__buffer_clear(text);
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        if (!npt_table_column(table, i)->dimension)
            continue;
        npt__buffer_puts(text, text->length ? ", " : "");
        npt__buffer_puts(text, cells[i].kind == NPT_CELL_TEXT    ? cells[i].text
                               : cells[i].kind == NPT_CELL_TOTAL ? "Total"
                                                                 : "-");
    }
}

static void list_cell(npt_table *list, const npt_table *table, size_t row, size_t column,
                      enum npt__why why)
{
    npt__buffer text = {0};
    describe_row(&text, table, row);
    struct npt_cell *cells = npt__table_add_row(list);
    npt__arena *arena = npt__table_arena(list);
    cells[0] = npt__text(npt__arena_string(arena, npt_table_name(table)));
    cells[1] = npt__text(npt__arena_string(arena, npt__buffer_string(&text)));
    cells[2] = npt__text(npt__arena_string(arena, npt_table_column(table, column)->key));
    cells[3] = npt__text(reasons[why]);
    npt__buffer_release(&text);
}

static void sum_up(struct npt_protected *summary, const struct npt__quantities *quantities,
                   const struct npt__source_table *table, size_t cell)
{
    const enum npt__why why = table->why[cell];
    const uint32_t item = table->quantity[cell];
    summary->cells++;
    summary->small += why == NPT__SMALL || why == NPT__SMALL_GROUP || why == NPT__UNKNOWN;
    summary->complement += why == NPT__COMPLEMENT || why == NPT__DEPENDS;
    summary->exposed += why && item != NPT__NOWHERE && quantities->items.items[item].exposed;
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void note_protection(npt_table *table, const struct npt__limits *limits,
                            const struct npt_protected *summary)
{
    npt__table_add_note(
        table,
        "How this was protected: counts of fewer than %zu people%s, and what describes groups of fewer than "
        "%zu, are withheld, with as many other cells as it takes that none of them can be worked out from "
        "what is shown here and in the tables that were protected together with it.",
        (size_t)limits->min_cell, limits->show_zeros ? "" : " (of answers, also of nobody)",
        (size_t)limits->min_n);
    if (summary->small + summary->complement)
        npt__table_add_note(table,
                            "Withheld here: %zu of %zu cells. That a cell is withheld does not say "
                            "that it is small.",
                            summary->small + summary->complement, summary->cells);
    else
        npt__table_add_note(table, "Nothing had to be withheld here.");
    if (summary->exposed)
        npt__table_add_note(table,
                            "%zu withheld counts can still be bounded too narrowly: do not "
                            "publish this table.",
                            summary->exposed);
}

static npt_table *make_table(const struct npt__quantities *quantities,
                             const struct npt__source_table *table,
                             const struct npt__limits *limits, npt_table *list,
                             struct npt_protected *summary)
{
    *summary = (struct npt_protected){0};
    npt_table *made = npt__table_copy(table->table);
    npt__table_protect_words(made, (size_t)limits->min_cell);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < table->width; j++) {
            if (npt_table_column(table->table, j)->dimension)
                continue;
            sum_up(summary, quantities, table, i * table->width + j);
            if (!table->why[i * table->width + j])
                continue;
            npt__table_row(made, i)[j] = npt__withheld(reason_shown);
            list_cell(list, table->table, i, j, table->why[i * table->width + j]);
        }
    if (has(table->population, NPT__SINGLE)) {
        npt__table_drop_rows(made);
        npt__table_add_note(
            made,
            "The rows are left out: what they name, or their order, would tell of few people, cases or interviews.");
    }
    if (has(table->population, NPT__WORDS)) {
        npt__table_drop_rows(made);
        npt__table_add_note(made,
                            "What people said or wrote is shown where it is released only; nothing "
                            "here is.");
    }
    npt__table_note_absences(made);
    note_protection(made, limits, summary);
    return made;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static npt_table *new_list(void)
{
    npt_table *list = npt__table_new("disclosure", "What was withheld, and why");
    npt__table_dimension(list, "table", "Table");
    npt__table_dimension(list, "row", "Row");
    npt__table_dimension(list, "column", "Column");
    npt__table_measure(list, "reason", "Reason", NPT_UNIT_TEXT);
    npt__table_add_note(list, "For whoever answers for the data. It tells which cells are small: "
                              "do not publish it.");
    return list;
}

/* The caller's place of a source table. */
static size_t place_of(const npt_table *const *tables, size_t count, const npt_table *table)
{
    size_t place = 0;
    while (place < count && tables[place] != table)
        place++;
    return place;
}

npt_table *npt_protect(npt_table **made, const npt_table *const *tables, size_t count,
                       const struct npt_protection *limits, struct npt_protected *summaries)
{
    const struct npt_protection usual = {0};
    limits = limits ? limits : &usual;
    const struct npt__limits used = {(double)(limits->min_n ? limits->min_n : NPT_MIN_N),
                                     (double)(limits->min_cell ? limits->min_cell : NPT_MIN_CELL),
                                     limits->show_zeros};
    npt_table *list = new_list();
    const npt_table **bare = npt__allocate((count + 1) * sizeof *bare);
    size_t bare_count = 0;
    for (size_t i = 0; i < count; i++) {
        made[i] = NULL;
        if (npt__table_is_protected(tables[i]))
            made[i] = npt__table_copy(tables[i]);
        else if (place_of(bare, bare_count, tables[i]) == bare_count)
            bare[bare_count++] = tables[i];
        if (summaries)
            summaries[i] = (struct npt_protected){0};
    }
    struct npt__quantities quantities;
    npt__quantities_collect(&quantities, bare, bare_count);
    npt__withhold_small(&quantities, &used);
    for (size_t i = 0; i < quantities.table_count; i++) {
        withhold_unknown(&quantities.tables[i]);
        withhold_described(&quantities.tables[i], &used);
    }
    npt__withhold_dependents(&quantities);
    npt__withhold_complements(&quantities, &used);
    npt__withhold_squares(&quantities, &used);
    npt__quantities_decided(&quantities);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < quantities.table_count && !made[i]; j++) {
            struct npt_protected summary;
            if (quantities.tables[j].table != tables[i])
                continue;
            made[i] = make_table(&quantities, &quantities.tables[j], &used, list, &summary);
            if (summaries)
                summaries[i] = summary;
        }
    npt__quantities_release(&quantities);
    npt__release(bare);
    return list;
}
