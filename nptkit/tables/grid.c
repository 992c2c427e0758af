/* grid.c - a table laid out as people see it: panels of texts, ready for any renderer.
 *
 * Rows that belong together are found by sorting and then numbered in the order in which they first
 * appear, so that the work stays O(n log n) whatever the data. A matrix is only built where a
 * dimension runs across.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "grid.h"

#include "cell.h"

#include <stdlib.h>
#include <string.h>

/* The columns that make two rows the same. */
struct selection {
    const size_t *columns;
    size_t count;
};

/* Rows numbered by the values of a selection: 0 for the first combination to appear, and so on. */
struct groups {
    size_t *of_row;   /* the group of each row */
    size_t *examples; /* the first row of each group */
    size_t count;
};

struct entry {
    const struct npt_cell *cells;
    const struct selection *by;
    size_t row;
};

/* What is laid out. */
struct plan {
    const npt_table *table;
    npt__arena *arena;
    npt__buffer scratch;
    size_t across; /* SIZE_MAX: none */
    const struct npt__shown *shown;
    size_t shown_count;
    struct selection labels;
};

/* ---- grouping -------------------------------------------------------------------------------- */

static int compare_strings(const char *a, const char *b)
{
    if (a == b)
        return 0;
    if (!a || !b)
        return a ? 1 : -1;
    return strcmp(a, b);
}

/* An order in which equal cells meet; what the order is does not matter. */
static int compare_cells(const struct npt_cell *a, const struct npt_cell *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    switch (a->kind) {
    case NPT_CELL_ABSENT:
        return compare_strings(a->reason, b->reason);
    case NPT_CELL_TEXT:
        return compare_strings(a->text, b->text);
    case NPT_CELL_COUNT:
        return (a->count > b->count) - (a->count < b->count);
    case NPT_CELL_NUMBER:
        return (a->number > b->number) - (a->number < b->number);
    case NPT_CELL_TOTAL:
    case NPT_CELL_WITHHELD:
        break;
    }
    return 0;
}

static int compare_by(const struct npt_cell *a, const struct npt_cell *b,
                      const struct selection *by)
{
    int order = 0;
    for (size_t i = 0; i < by->count && order == 0; i++)
        order = compare_cells(&a[by->columns[i]], &b[by->columns[i]]);
    return order;
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = compare_by(a->cells, b->cells, a->by);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

static struct groups group_rows(const npt_table *table, const struct selection *by,
                                npt__arena *arena)
{
    size_t count = npt_table_row_count(table);
    struct entry *entries = npt__arena_array(arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct entry){.cells = npt_table_row(table, i), .by = by, .row = i};
    qsort(entries, count, sizeof *entries, compare_entries);

    struct groups groups = {.of_row = npt__arena_array(arena, count, sizeof *groups.of_row),
                            .examples = npt__arena_array(arena, count, sizeof *groups.examples)};
    size_t *first = npt__arena_array(arena, count, sizeof *first);
    for (size_t i = 0; i < count; i++) {
        bool same = i && compare_by(entries[i - 1].cells, entries[i].cells, by) == 0;
        first[entries[i].row] = same ? first[entries[i - 1].row] : entries[i].row;
    }
    for (size_t i = 0; i < count; i++) {
        if (first[i] == i)
            groups.examples[groups.count++] = i;
        groups.of_row[i] = first[i] == i ? groups.count - 1 : groups.of_row[first[i]];
    }
    return groups;
}

/* ---- texts ----------------------------------------------------------------------------------- */

static const char *keep_scratch(struct plan *plan)
{
    return npt__arena_copy(plan->arena, npt__buffer_string(&plan->scratch), plan->scratch.length);
}

static const char *label_text(struct plan *plan, const struct npt_cell *cell)
{
    if (cell->kind == NPT_CELL_TEXT)
        return cell->text;
    if (cell->kind == NPT_CELL_ABSENT)
        return cell->reason ? npt__arena_print(plan->arena, "(%s)", cell->reason) : "(none)";
    if (cell->kind == NPT_CELL_TOTAL)
        return "Total";
    npt__buffer_clear(&plan->scratch);
    npt__cell_show(&plan->scratch, cell, NPT_UNIT_COUNT);
    return keep_scratch(plan);
}

static enum npt_unit unit_of(const struct plan *plan, size_t column)
{
    return npt_table_column(plan->table, column)->unit;
}

static const char *measure_text(struct plan *plan, const struct npt_cell *cells,
                                const struct npt__shown *shown)
{
    const struct npt_cell *cell = &cells[shown->column];
    const struct npt_cell *of = shown->of == SIZE_MAX ? NULL : &cells[shown->of];
    if (cell->kind == NPT_CELL_ABSENT || (of && of->kind == NPT_CELL_ABSENT))
        return "-";
    if (cell->kind == NPT_CELL_WITHHELD || (of && of->kind == NPT_CELL_WITHHELD))
        return "withheld";
    if (cell->kind == NPT_CELL_TEXT && !of)
        return cell->text;
    static const char *const between[] = {
        [NPT__PART] = "/", [NPT__SHARED] = " (", [NPT__RANGE] = " to "};
    npt__buffer_clear(&plan->scratch);
    npt__cell_show(&plan->scratch, cell, unit_of(plan, shown->column));
    if (of) {
        npt__buffer_puts(&plan->scratch, between[shown->pair]);
        npt__cell_show(&plan->scratch, of, unit_of(plan, shown->of));
        npt__buffer_puts(&plan->scratch, shown->pair == NPT__SHARED ? ")" : "");
    }
    return keep_scratch(plan);
}

static const char *heading_of(const struct plan *plan, const struct npt__shown *shown)
{
    return shown->heading ? shown->heading : npt_table_column(plan->table, shown->column)->label;
}

/* ---- panels ---------------------------------------------------------------------------------- */

/* Writes the labels of a row; one that repeats `above` is left blank as long as all before it repeat,
   but never the last, which tells the rows of a group apart. */
static void put_labels(struct plan *plan, const char **texts, const struct npt_cell *cells,
                       const struct npt_cell *above)
{
    bool repeats = above != NULL;
    for (size_t i = 0; i < plan->labels.count; i++) {
        size_t column = plan->labels.columns[i];
        repeats = repeats && i + 1 < plan->labels.count &&
                  compare_cells(&cells[column], &above[column]) == 0;
        texts[i] = repeats ? "" : label_text(plan, &cells[column]);
    }
}

static bool is_total(const struct plan *plan, const struct npt_cell *cells)
{
    return plan->labels.count && cells[plan->labels.columns[0]].kind == NPT_CELL_TOTAL;
}

/* The columns of a panel; the label columns are filled in. */
static struct npt__grid_column *new_columns(const struct plan *plan, size_t values)
{
    size_t labels = plan->labels.count;
    struct npt__grid_column *columns =
        npt__arena_array(plan->arena, labels + values, sizeof *columns);
    for (size_t i = 0; i < labels; i++)
        columns[i] = (struct npt__grid_column){
            .heading = npt_table_column(plan->table, plan->labels.columns[i])->label,
            .label = true,
        };
    return columns;
}

/* No dimension runs across: the rows of the table, the measures as columns. */
static void lay_rows(struct plan *plan, struct npt__panel *panel)
{
    size_t labels = plan->labels.count, width = labels + plan->shown_count;
    size_t count = npt_table_row_count(plan->table);
    struct npt__grid_column *columns = new_columns(plan, plan->shown_count);
    for (size_t i = 0; i < plan->shown_count; i++) {
        columns[labels + i].heading = heading_of(plan, &plan->shown[i]);
        columns[labels + i].right = unit_of(plan, plan->shown[i].column) != NPT_UNIT_TEXT;
    }
    struct npt__grid_row *rows = npt__arena_array(plan->arena, count, sizeof *rows);
    const char **texts = npt__arena_array(plan->arena, count, width * sizeof *texts);
    for (size_t i = 0; i < count; i++, texts += width) {
        const struct npt_cell *cells = npt_table_row(plan->table, i);
        put_labels(plan, texts, cells, i ? npt_table_row(plan->table, i - 1) : NULL);
        for (size_t j = 0; j < plan->shown_count; j++)
            texts[labels + j] = measure_text(plan, cells, &plan->shown[j]);
        rows[i] = (struct npt__grid_row){.texts = texts, .total = is_total(plan, cells)};
    }
    *panel = (struct npt__panel){
        .columns = columns, .column_count = width, .rows = rows, .row_count = count};
}

/* The cells at each place of the matrix of `down` and `across`, NULL where the table has none; NULL
   altogether where two rows of the table fall on one place. */
static const struct npt_cell **fill_matrix(const npt_table *table, const struct groups *down,
                                           const struct groups *across, npt__arena *arena)
{
    const struct npt_cell **matrix =
        npt__arena_array(arena, down->count, across->count * sizeof(const struct npt_cell *));
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        size_t place = down->of_row[i] * across->count + across->of_row[i];
        if (matrix[place])
            return NULL;
        matrix[place] = npt_table_row(table, i);
    }
    return matrix;
}

static void lay_matrix(struct plan *plan, const struct npt__shown *shown, const struct groups *down,
                       const struct groups *across, const struct npt_cell *const *matrix,
                       struct npt__panel *panel)
{
    size_t labels = plan->labels.count, width = labels + across->count;
    struct npt__grid_column *columns = new_columns(plan, across->count);
    for (size_t i = 0; i < across->count; i++) {
        const struct npt_cell *example = npt_table_row(plan->table, across->examples[i]);
        columns[labels + i].heading = label_text(plan, &example[plan->across]);
        columns[labels + i].right = unit_of(plan, shown->column) != NPT_UNIT_TEXT;
    }
    struct npt__grid_row *rows = npt__arena_array(plan->arena, down->count, sizeof *rows);
    const char **texts = npt__arena_array(plan->arena, down->count, width * sizeof *texts);
    const struct npt_cell *above = NULL;
    for (size_t i = 0; i < down->count; i++, texts += width) {
        const struct npt_cell *example = npt_table_row(plan->table, down->examples[i]);
        put_labels(plan, texts, example, above);
        for (size_t j = 0; j < across->count; j++) {
            const struct npt_cell *cells = matrix[i * across->count + j];
            texts[labels + j] = cells ? measure_text(plan, cells, shown) : "-";
        }
        rows[i] = (struct npt__grid_row){.texts = texts, .total = is_total(plan, example)};
        above = example;
    }
    *panel = (struct npt__panel){.caption = heading_of(plan, shown),
                                 .columns = columns,
                                 .column_count = width,
                                 .rows = rows,
                                 .row_count = down->count};
}

/* One panel for each shown measure; false where the table cannot be laid out so. */
static bool lay_across(struct plan *plan, struct npt__panel *panels)
{
    npt__arena *scratch = npt__arena_new();
    struct groups down = group_rows(plan->table, &plan->labels, scratch);
    struct selection columns = {.columns = &plan->across, .count = 1};
    struct groups across = group_rows(plan->table, &columns, scratch);
    const struct npt_cell *const *matrix = fill_matrix(plan->table, &down, &across, scratch);
    for (size_t i = 0; matrix && i < plan->shown_count; i++)
        lay_matrix(plan, &plan->shown[i], &down, &across, matrix, &panels[i]);
    npt__arena_free(scratch);
    return matrix != NULL;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void plan_shown(struct plan *plan, const struct npt__layout *layout)
{
    if (layout->shown_count) {
        plan->shown = layout->shown;
        plan->shown_count = layout->shown_count;
        return;
    }
    size_t width = npt_table_column_count(plan->table);
    struct npt__shown *shown = npt__arena_array(plan->arena, width, sizeof *shown);
    for (size_t i = 0; i < width; i++)
        if (!npt_table_column(plan->table, i)->dimension)
            shown[plan->shown_count++] = (struct npt__shown){.column = i, .of = SIZE_MAX};
    plan->shown = shown;
}

static void plan_labels(struct plan *plan, size_t across)
{
    size_t width = npt_table_column_count(plan->table);
    size_t *columns = npt__arena_array(plan->arena, width, sizeof *columns);
    plan->labels = (struct selection){.columns = columns};
    for (size_t i = 0; i < width; i++)
        if (npt_table_column(plan->table, i)->dimension && i != across)
            columns[plan->labels.count++] = i;
    plan->across = across;
}

size_t npt__grid(const npt_table *table, npt__arena *arena, const struct npt__panel **panels)
{
    struct plan plan = {.table = table, .arena = arena};
    const struct npt__layout *layout = npt__table_layout(table);
    plan_shown(&plan, layout);
    size_t count = layout->across == SIZE_MAX || !plan.shown_count ? 0 : plan.shown_count;
    struct npt__panel *laid = npt__arena_array(arena, count + 1, sizeof *laid);
    if (count) {
        plan_labels(&plan, layout->across);
        if (!lay_across(&plan, laid))
            count = 0;
    }
    if (!count) {
        plan_labels(&plan, SIZE_MAX);
        lay_rows(&plan, laid);
        count = 1;
    }
    npt__buffer_release(&plan.scratch);
    *panels = laid;
    return count;
}
