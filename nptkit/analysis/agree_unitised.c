/* agree_unitised.c - Krippendorff's alpha for unitised text: each code on its own, and all at once where no passages
 * of a coder overlap.
 *
 * The interviews that all compared coders read are laid end to end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/unitised_alpha.h"
#include "agree.h"

enum { ROW, CODER, WITH, INTERVIEWS, CHARACTERS, PASSAGES, U, KU, BINARY, CU, COVERED, COLUMNS };

static const char overlap[] = "passages of one coder overlap: one place has several categories";
static const char nothing[] = "nobody coded it, or nothing else";

struct unitising {
    const struct npt__agree *agree;
    const struct npt__comparison *comparison;
    uint64_t *offsets; /* of each interview; UINT64_MAX: not looked at */
    uint64_t length;
    uint32_t *observers; /* of each coder of the study; NPT__NONE: not compared */
    uint32_t observer_count;
    size_t interviews;
    uint32_t *by_row;     /* the kept stretches, row by row */
    size_t *first_of_row; /* of each row, and one more: into by_row */
    NPT__ARRAY(struct npt__coded_unit) units;
};

static void sort_by_row(struct unitising *unitising)
{
    const struct npt__agree *agree = unitising->agree;
    const size_t rows = agree->rows.count;
    npt__arena *arena = agree->scope.arena;
    unitising->by_row = npt__arena_array(arena, agree->kept.count, sizeof *unitising->by_row);
    unitising->first_of_row = npt__arena_array(arena, rows + 2, sizeof *unitising->first_of_row);
    size_t *next =
        unitising->first_of_row + 1; /* one on: filling moves each to the next row's first */
    for (size_t i = 0; i < agree->kept.count; i++)
        next[agree->kept.items[i].row + 1]++;
    for (size_t i = 1; i <= rows; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < agree->kept.count; i++)
        unitising->by_row[next[agree->kept.items[i].row]++] = (uint32_t)i;
}

/* Which interviews: those that all who are compared have read. */
static void lay_out(struct unitising *unitising)
{
    const struct npt__agree *agree = unitising->agree;
    const struct npt__comparison *comparison = unitising->comparison;
    const bool all = comparison->first == NPT__NONE;
    unitising->length = unitising->interviews = 0;
    for (size_t i = 0; i < agree->interviews.count; i++)
        unitising->offsets[i] = UINT64_MAX;
    for (size_t i = 0; i < comparison->interviews.count; i++) {
        const uint32_t number = comparison->interviews.items[i];
        const struct npt__agree_interview *interview = &agree->interviews.items[number];
        if (all && interview->reader_count < agree->coders.count)
            continue;
        unitising->offsets[number] = unitising->length;
        unitising->length += interview->units;
        unitising->interviews++;
    }
    for (size_t i = 0; i < agree->study->coders.count; i++)
        unitising->observers[i] = NPT__NONE;
    unitising->observer_count = 0;
    for (size_t i = 0; i < agree->coders.count; i++) {
        const uint32_t coder = agree->coders.items[i];
        if (all || coder == comparison->first || coder == comparison->second)
            unitising->observers[coder] = unitising->observer_count++;
    }
}

/* The stretches of one row as the only category, or of all rows (NPT__NONE) as so many. */
static struct npt__unitised_alpha measure(struct unitising *unitising, uint32_t row,
                                          struct npt__unitised_category *categories)
{
    const struct npt__agree *agree = unitising->agree;
    const size_t first = row == NPT__NONE ? 0 : unitising->first_of_row[row],
                 end = unitising->first_of_row[row == NPT__NONE ? agree->rows.count : row + 1];
    unitising->units.count = 0;
    for (size_t i = first; i < end; i++) {
        const struct npt__agree_stretch *stretch = &agree->kept.items[unitising->by_row[i]];
        const uint64_t offset = unitising->offsets[stretch->interview];
        if (offset == UINT64_MAX || unitising->observers[stretch->coder] == NPT__NONE)
            continue;
        const uint64_t start = offset + stretch->before;
        *npt__array_add(&unitising->units) = (struct npt__coded_unit){
            unitising->observers[stretch->coder], row == NPT__NONE ? stretch->row : 0, start,
            start + stretch->end - stretch->start};
    }
    return npt__unitised_alpha(
        &(struct npt__unitising){.units = unitising->units.items,
                                 .count = unitising->units.count,
                                 .observers = unitising->observer_count,
                                 .categories = row == NPT__NONE ? (uint32_t)agree->rows.count : 1,
                                 .length = unitising->length},
        categories);
}

static const char *reason_of(enum npt__unitised_fault fault)
{
    if (fault == NPT__UNITISED_NO_LENGTH)
        return "no interview was read by all of them";
    if (fault == NPT__UNITISED_TOO_LARGE)
        return "too much text";
    return fault == NPT__UNITISED_OVERLAP ? overlap : nothing;
}

static struct npt_cell cell_of(const struct npt__unitised_coefficient *coefficient,
                               enum npt__unitised_fault fault)
{
    return coefficient->defined ? npt__number(coefficient->alpha) : npt__absent(reason_of(fault));
}

static void begin_row(const struct unitising *unitising, const struct npt__unitised_alpha *found,
                      struct npt_cell *row)
{
    npt__agree_label(unitising->agree, unitising->comparison, row + CODER);
    row[INTERVIEWS] = npt__count(unitising->interviews);
    row[CHARACTERS] = npt__count((size_t)unitising->length);
    row[PASSAGES] = npt__count(unitising->units.count);
    row[U] = cell_of(&found->u, found->fault);
}

static void fill_total(const struct unitising *unitising, const struct npt__unitised_alpha *found,
                       struct npt_cell *row)
{
    begin_row(unitising, found, row);
    row[ROW] = npt__total();
    row[KU] = npt__absent("it is of one category");
    row[BINARY] = cell_of(&found->binary, found->fault);
    row[CU] = cell_of(&found->cu, found->fault);
    row[COVERED] = found->fault ? npt__absent(reason_of(found->fault))
                                : npt__number_or(found->covered, "nothing is covered");
}

/* Whether all rows could be taken at once. */
static bool fill_rows(struct unitising *unitising, npt_table *table)
{
    const struct npt__agree *agree = unitising->agree;
    struct npt__unitised_category *categories =
        npt__arena_array(agree->scope.arena, agree->rows.count, sizeof *categories);
    const struct npt__unitised_alpha all = measure(unitising, NPT__NONE, categories);
    const size_t marked = unitising->units.count;
    for (uint32_t i = 0; i < agree->rows.count; i++) {
        const struct npt__unitised_alpha found = measure(unitising, i, NULL);
        struct npt_cell *row = npt__table_add_row(table);
        begin_row(unitising, &found, row);
        row[ROW] = npt__agree_row_name(agree, i, table);
        row[KU] = all.fault ? npt__absent(reason_of(all.fault))
                            : cell_of(&categories[i].alpha, all.fault);
        row[BINARY] = row[CU] = npt__absent("it is of all categories");
        row[COVERED] = all.fault ? npt__absent(reason_of(all.fault))
                                 : npt__number_or(categories[i].covered, nothing);
    }
    struct npt_cell *row = npt__table_add_row(table);
    fill_total(unitising, &all, row);
    row[PASSAGES] = npt__count(marked);
    return !all.fault;
}

static void add_columns(const struct npt__agree *agree, npt_table *table)
{
    static const char *const keys[] = {"domain", "construct", "component", "code"};
    static const char *const labels[] = {"Domain", "Construct", "Component", "Code"};
    npt__table_dimension(table, keys[agree->level], labels[agree->level]);
    npt__table_dimension(table, "coder", "Coder");
    npt__table_dimension(table, "with", "With");
    npt__table_measure(table, "interviews", "Interviews", NPT_UNIT_COUNT);
    npt__table_measure(table, "characters", "Characters", NPT_UNIT_COUNT);
    npt__table_measure(table, "passages", "Passages", NPT_UNIT_COUNT);
    npt__table_measure(table, "u_alpha", "u-alpha", NPT_UNIT_MEAN);
    npt__table_measure(table, "ku_alpha", "(k)u-alpha", NPT_UNIT_MEAN);
    npt__table_measure(table, "binary_alpha", "|u-alpha", NPT_UNIT_MEAN);
    npt__table_measure(table, "cu_alpha", "cu-alpha", NPT_UNIT_MEAN);
    npt__table_measure(table, "covered", "Coded by others too", NPT_UNIT_SHARE);
}

static void set_layout(npt_table *table, bool whole)
{
    struct npt__layout layout = {.across = SIZE_MAX};
    for (size_t i = PASSAGES; i < (whole ? COLUMNS : KU); i++)
        layout.shown[layout.shown_count++] = (struct npt__shown){i, SIZE_MAX, NULL, NPT__PART};
    npt__table_set_layout(table, &layout);
}

void npt__agree_add_unitised(const struct npt__agree *agree, struct npt__tables *tables)
{
    npt_table *table =
        npt__tables_add(tables, "agree_unitised", "Agreement on where passages begin and end");
    npt__arena *arena = agree->scope.arena;
    struct unitising unitising = {
        .agree = agree,
        .offsets = npt__arena_array(arena, agree->interviews.count, sizeof *unitising.offsets),
        .observers =
            npt__arena_array(arena, agree->study->coders.count, sizeof *unitising.observers)};
    bool whole = false;
    sort_by_row(&unitising);
    add_columns(agree, table);
    for (size_t i = 0; i < agree->compared.count; i++) {
        unitising.comparison = &agree->compared.items[i];
        if (!unitising.comparison->interviews.count)
            continue;
        lay_out(&unitising);
        whole |= fill_rows(&unitising, table);
    }
    npt__array_release(&unitising.units);
    set_layout(table, whole);
    npt__table_add_note(
        table, "Krippendorff's alpha for text that coders cut themselves (Krippendorff, Mathet, "
               "Bouvry & Widlocher 2016): u, same passages and same category; |u, same passages, "
               "whatever the category; cu, same category where both coded; (k)u, the same for one "
               "category. The u of one category alone asks where it is coded and where not.");
    npt__table_add_note(table, "The interviews that all compared coders read are laid end to end. "
                               "There are no intervals for these.");
    if (npt__agree_has_total(agree))
        npt__table_add_note(table,
                            "cu and (k)u of three or more coders follow a reading of the formula "
                            "that could not be compared with the paper: check before publishing.");
    npt__add_provenance(table, agree->study);
}
