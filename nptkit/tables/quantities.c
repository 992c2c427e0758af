/* quantities.c - finding the quantities of a set of tables: which cells are the same number.
 *
 * A cell is known by what it counts, the labels of its facets and the values of its partitions. Two tables that give
 * different numbers for the same were counted in different ways (--min-answered): their columns are kept apart, as
 * families of one name.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "quantities.h"

#include "../base/buffer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LABELS 16u
#define MOST_FAMILIES 32u

/* The quantities of one column, or of a term that has no column. */
struct series {
    struct npt__source_table *table;
    size_t column;    /* that has the labels */
    const char *what; /* what is counted */
    bool facetless;
    struct npt__quantity model; /* counted, is_sum, published */
    const double *values;       /* by row; NAN: none */
    uint32_t *found;            /* by row */
};

struct labels {
    struct npt__label_pair pairs[MOST_LABELS], facets[MOST_LABELS];
    size_t pair_count, facet_count;
};

/* ---- labels ---------------------------------------------------------------------------------- */

static void insert(struct npt__label_pair *pairs, size_t *count, struct npt__label_pair pair)
{
    size_t at = *count;
    if (at == MOST_LABELS)
        return;
    for (; at > 0 && strcmp(pairs[at - 1].key, pair.key) > 0; at--)
        pairs[at] = pairs[at - 1];
    pairs[at] = pair;
    ++*count;
}

/* A label that cannot be taken for another: texts, no value, the total. */
static const char *label_text(npt__arena *arena, const struct npt_cell *cell)
{
    if (cell->kind == NPT_CELL_TEXT)
        return npt__arena_print(arena, "=%s", cell->text);
    return cell->kind == NPT_CELL_TOTAL ? "total" : "none";
}

/* What a dimension is to the counts of a column, and its name there. */
static enum npt__role role_of(const struct series *series, size_t dimension, const char **key)
{
    const struct npt__population *population = series->table->population;
    *key = npt_table_column(series->table->table, dimension)->key;
    for (size_t i = 0; i < population->by.count; i++)
        if (population->by.items[i].column == series->column &&
            population->by.items[i].dimension == dimension) {
            *key = population->by.items[i].key;
            return population->by.items[i].role;
        }
    return npt__population_role(population, dimension);
}

static void add_filters(struct labels *labels, npt__arena *arena,
                        const struct npt__population *population)
{
    for (size_t i = 0; i < population->filters.count; i++) {
        const struct npt__filter *filter = &population->filters.items[i];
        const char *value = filter->value;
        bool known = false;
        for (; i + 1 < population->filters.count &&
               strcmp(population->filters.items[i + 1].key, filter->key) == 0;
             i++)
            value = npt__arena_print(arena, "%s" NPT__UNION "%s", value,
                                     population->filters.items[i + 1].value);
        for (size_t j = 0; j < labels->pair_count; j++)
            known |= strcmp(labels->pairs[j].key, filter->key) == 0;
        if (!known)
            insert(labels->pairs, &labels->pair_count,
                   (struct npt__label_pair){filter->key, npt__arena_print(arena, "=%s", value),
                                            false, true});
    }
}

static void read_labels(struct labels *labels, const struct series *series, size_t row,
                        npt__arena *arena)
{
    const npt_table *table = series->table->table;
    const struct npt_cell *cells = npt_table_row(table, row);
    *labels = (struct labels){.pair_count = 0};
    for (size_t i = 0; i < series->table->width && npt_table_column(table, i)->dimension; i++) {
        struct npt__label_pair pair = {.key = NULL};
        enum npt__role role = role_of(series, i, &pair.key);
        if (role == NPT__DIMENSION && cells[i].kind == NPT_CELL_TEXT &&
            i + 1 < series->table->width) {
            pair.key = cells[i++].text;
            role = NPT__PARTITION;
        }
        pair.value = label_text(arena, &cells[i]);
        pair.overlaps = role == NPT__OVERLAPS;
        if (role == NPT__LABEL || (series->facetless && role != NPT__PARTITION))
            continue;
        if (role == NPT__FACET)
            insert(labels->facets, &labels->facet_count, pair);
        else if (cells[i].kind != NPT_CELL_TOTAL)
            insert(labels->pairs, &labels->pair_count, pair);
    }
    add_filters(labels, arena, series->table->population);
}

static const char *join(npt__arena *arena, const char *start, const struct npt__label_pair *pairs,
                        size_t count)
{
    npt__buffer text = {0};
    npt__buffer_puts(&text, start);
    for (size_t i = 0; i < count; i++)
        npt__buffer_print(&text, "\1%s\2%s", pairs[i].key, pairs[i].value);
    const char *joined = npt__arena_string(arena, npt__buffer_string(&text));
    npt__buffer_release(&text);
    return joined;
}

/* ---- keys ------------------------------------------------------------------------------------ */

static uint32_t intern(npt__intern *names, npt__arena *arena, const char *text)
{
    const size_t length = strlen(text);
    return npt__intern_add(names, arena, text, length, npt__intern_hash(text, length));
}

static const char *full_key(npt__arena *arena, const char *stem,
                            const struct npt__label_pair *pairs, size_t count)
{
    return join(arena, npt__arena_print(arena, "%s\3", stem), pairs, count);
}

uint32_t npt__quantities_find(const struct npt__quantities *quantities, const char *stem,
                              const struct npt__label_pair *pairs, size_t count)
{
    const char *key = full_key(quantities->arena, stem, pairs, count);
    const size_t length = strlen(key);
    const uint32_t number =
        npt__intern_find(&quantities->keys, key, length, npt__intern_hash(key, length));
    return number == UINT32_MAX ? NPT__NOWHERE : quantities->of_key[number];
}

static uint32_t add_item(struct npt__quantities *quantities, const struct npt__quantity *quantity)
{
    *npt__array_add(&quantities->items) = *quantity;
    return (uint32_t)(quantities->items.count - 1);
}

uint32_t npt__quantities_add(struct npt__quantities *quantities,
                             const struct npt__quantity *quantity)
{
    const char *key =
        full_key(quantities->arena, quantity->stem, quantity->pairs, quantity->pair_count);
    const uint32_t number = intern(&quantities->keys, quantities->arena, key);
    while (number >= quantities->of_key_room)
        quantities->of_key = npt__array_grow(quantities->of_key, quantities->of_key_room,
                                             &quantities->of_key_room, sizeof(uint32_t));
    return quantities->of_key[number] = add_item(quantities, quantity);
}

static bool same_value(double a, double b)
{
    const double size = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    return fabs(a - b) <= 1e-9 * (size > 1 ? size : 1);
}

/* ---- families -------------------------------------------------------------------------------- */

/* What one row of a series is known by. */
struct known {
    const char *stem, *people;
    struct npt__label_pair *pairs;
    size_t pair_count;
};

static struct known know(const struct npt__quantities *quantities, const struct series *series,
                         size_t row, size_t family)
{
    npt__arena *arena = quantities->arena;
    struct labels labels;
    read_labels(&labels, series, row, arena);
    const char *name = npt__arena_print(arena, "%s\4%zu", series->what, family);
    struct known known = {.stem = join(arena, name, labels.facets, labels.facet_count),
                          .people = join(arena, name, labels.pairs, labels.pair_count),
                          .pair_count = labels.pair_count};
    known.pairs = npt__arena_array(arena, labels.pair_count, sizeof *known.pairs);
    if (labels.pair_count)
        memcpy(known.pairs, labels.pairs, labels.pair_count * sizeof *known.pairs);
    return known;
}

/* Whether the numbers of a series are those that the family has already, where it has any. */
static bool fits(const struct npt__quantities *quantities, const struct series *series,
                 size_t family)
{
    for (size_t i = 0; i < series->table->rows; i++) {
        if (isnan(series->values[i]))
            continue;
        const struct known known = know(quantities, series, i, family);
        const uint32_t found =
            npt__quantities_find(quantities, known.stem, known.pairs, known.pair_count);
        if (found != NPT__NOWHERE &&
            !same_value(quantities->items.items[found].value, series->values[i]))
            return false;
    }
    return true;
}

static void add_series(struct npt__quantities *quantities, const struct series *series)
{
    size_t family = 0;
    while (family + 1 < MOST_FAMILIES && !fits(quantities, series, family))
        family++;
    for (size_t i = 0; i < series->table->rows; i++) {
        series->found[i] = NPT__NOWHERE;
        if (isnan(series->values[i]))
            continue;
        const struct known known = know(quantities, series, i, family);
        uint32_t found =
            npt__quantities_find(quantities, known.stem, known.pairs, known.pair_count);
        struct npt__quantity quantity = series->model;
        quantity.value = series->values[i];
        quantity.stem = known.stem;
        quantity.pairs = known.pairs;
        quantity.pair_count = known.pair_count;
        quantity.group = NPT__NOWHERE;
        if (quantity.counted == NPT__COUNTS_PEOPLE)
            quantity.group = intern(&quantities->groups, quantities->arena, known.people);
        if (found == NPT__NOWHERE)
            found = npt__quantities_add(quantities, &quantity);
        else if (!same_value(quantities->items.items[found].value, quantity.value))
            found = add_item(quantities, &quantity); /* two rows of one name: each for itself */
        quantities->items.items[found].published |= quantity.published;
        series->found[i] = found;
    }
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void add_counts(struct npt__quantities *quantities, struct npt__source_table *table,
                       double *values, uint32_t *found)
{
    const struct npt__population *population = table->population;
    for (size_t c = 0; c < population->columns.count; c++) {
        const struct npt__count_column *column = &population->columns.items[c];
        if (!column->what || column->counted < NPT__COUNTS_PEOPLE || column->counted >= NPT__SINGLE)
            continue;
        for (size_t i = 0; i < table->rows; i++) {
            const struct npt_cell *cell = &npt_table_row(table->table, i)[c];
            values[i] = cell->kind == NPT_CELL_COUNT ? (double)cell->count : (double)NAN;
        }
        add_series(quantities, &(struct series){table, c, column->what, column->facetless,
                                                (struct npt__quantity){.counted = column->counted,
                                                                       .published = true,
                                                                       .of = NPT__NOWHERE},
                                                values, found});
        for (size_t i = 0; i < table->rows; i++)
            table->quantity[i * table->width + c] = found[i];
    }
}

/* Whether a mean is of changes, which can go as far down as up. */
static bool is_change(const struct npt__population *population, size_t column)
{
    for (size_t i = 0; i < population->changes.count; i++)
        if (population->changes.items[i].column == column)
            return true;
    return false;
}

static void set_scales(struct npt__quantities *quantities, const struct npt__source_table *table,
                       const uint32_t *found, size_t column)
{
    const struct npt__population *population = table->population;
    const size_t group = population->columns.items[column].mean_of;
    const bool changes = is_change(population, column);
    size_t next = 0;
    for (size_t i = 0; i < table->rows; i++) {
        while (next < population->scales.count && population->scales.items[next].row < i)
            next++;
        if (found[i] == NPT__NOWHERE)
            continue;
        struct npt__quantity *sum = &quantities->items.items[found[i]];
        if (sum->of == NPT__NOWHERE)
            sum->of = table->quantity[i * table->width + group];
        if (next < population->scales.count && population->scales.items[next].row == i) {
            const struct npt__row_scale *scale = &population->scales.items[next];
            sum->least = changes ? scale->least - scale->most : scale->least;
            sum->most = changes ? scale->most - scale->least : scale->most;
        }
    }
}

static void add_means(struct npt__quantities *quantities, struct npt__source_table *table,
                      double *values, uint32_t *found)
{
    const struct npt__population *population = table->population;
    for (size_t c = 0; c < population->columns.count; c++) {
        const size_t group = population->columns.items[c].mean_of;
        if (group == SIZE_MAX || group >= population->columns.count ||
            !population->columns.items[group].what)
            continue;
        for (size_t i = 0; i < table->rows; i++) {
            const struct npt_cell *cells = npt_table_row(table->table, i);
            const bool is_mean = cells[c].kind == NPT_CELL_NUMBER &&
                                 cells[group].kind == NPT_CELL_COUNT && cells[group].count > 0;
            values[i] = is_mean ? cells[c].number * (double)cells[group].count : (double)NAN;
        }
        const char *what = npt__arena_print(quantities->arena, "mean of %s",
                                            population->columns.items[group].what);
        add_series(quantities, &(struct series){table, group, what, false,
                                                (struct npt__quantity){.counted = NPT__HARMLESS,
                                                                       .is_sum = true,
                                                                       .published = true,
                                                                       .of = NPT__NOWHERE,
                                                                       .least = -INFINITY,
                                                                       .most = INFINITY},
                                                values, found});
        set_scales(quantities, table, found, c);
        for (size_t i = 0; i < table->rows; i++)
            table->quantity[i * table->width + c] = found[i];
    }
}

/* ---- sums within rows ------------------------------------------------------------------------ */

static void add_term(struct npt__quantities *quantities, uint32_t quantity, double factor)
{
    *npt__array_add(&quantities->terms) = (struct npt__relation_term){quantity, factor};
}

/* The quantities of a term that has no column: those of other tables, or ones that nobody shows. */
static void find_term(struct npt__quantities *quantities, struct npt__source_table *table,
                      const struct npt__sum *sum, const struct npt__term *term, double *values,
                      uint32_t *found)
{
    for (size_t i = 0; i < table->rows; i++) {
        const uint32_t *row = table->quantity + i * table->width;
        double value = term == &sum->whole ? 0 : (double)NAN;
        if (term != &sum->whole && row[sum->whole.column] != NPT__NOWHERE)
            value = quantities->items.items[row[sum->whole.column]].value;
        for (size_t j = 0; j < sum->count; j++) {
            if (&sum->parts[j] == term)
                continue;
            const uint32_t part = row[sum->parts[j].column];
            const double counted =
                part == NPT__NOWHERE ? (double)NAN : quantities->items.items[part].value;
            value += term == &sum->whole ? counted : -counted;
        }
        values[i] = value < 0 ? (double)NAN : value;
    }
    add_series(quantities, &(struct series){table, term->column, term->what, term->facetless,
                                            (struct npt__quantity){.counted = NPT__COUNTS_GAPS,
                                                                   .of = NPT__NOWHERE},
                                            values, found});
}

static void add_sum(struct npt__quantities *quantities, struct npt__source_table *table,
                    const struct npt__sum *sum, double *values, uint32_t *found)
{
    const struct npt__term *hidden = sum->whole.what ? &sum->whole : NULL;
    for (size_t j = 0; j < sum->count; j++)
        hidden = sum->parts[j].what ? &sum->parts[j] : hidden;
    if (hidden)
        find_term(quantities, table, sum, hidden, values, found);
    for (size_t i = 0; i < table->rows; i++) {
        const uint32_t *row = table->quantity + i * table->width;
        const size_t first = quantities->terms.count;
        const uint32_t whole = hidden == &sum->whole ? found[i] : row[sum->whole.column];
        bool complete = whole != NPT__NOWHERE;
        double rest = complete ? quantities->items.items[whole].value : 0;
        for (size_t j = 0; j < sum->count && complete; j++) {
            const uint32_t part = hidden == &sum->parts[j] ? found[i] : row[sum->parts[j].column];
            complete = part != NPT__NOWHERE;
            if (!complete)
                break;
            add_term(quantities, part, -1);
            rest -= quantities->items.items[part].value;
        }
        if (!complete || (sum->at_most ? rest < 0 : rest != 0)) {
            quantities->terms.count =
                first; /* it does not hold here: nothing to be learnt from it */
            continue;
        }
        add_term(quantities, whole, 1);
        *npt__array_add(&quantities->relations) =
            (struct npt__relation){first, quantities->terms.count - first, sum->at_most};
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

static int compare_cells(const struct npt_cell *a, const struct npt_cell *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == NPT_CELL_TEXT)
        return strcmp(a->text, b->text);
    if (a->kind == NPT_CELL_COUNT)
        return (a->count > b->count) - (a->count < b->count);
    return a->kind == NPT_CELL_NUMBER ? (a->number > b->number) - (a->number < b->number) : 0;
}

/* By content: what is withheld must not depend on the order in which tables come. */
static int compare_tables(const void *one, const void *other)
{
    const npt_table *a = ((const struct npt__source_table *)one)->table;
    const npt_table *b = ((const struct npt__source_table *)other)->table;
    int order = strcmp(npt_table_name(a), npt_table_name(b));
    const size_t width = npt_table_column_count(a), rows = npt_table_row_count(a);
    if (!order && width != npt_table_column_count(b))
        order = width < npt_table_column_count(b) ? -1 : 1;
    if (!order && rows != npt_table_row_count(b))
        order = rows < npt_table_row_count(b) ? -1 : 1;
    for (size_t i = 0; i < width && !order; i++)
        order = strcmp(npt_table_column(a, i)->key, npt_table_column(b, i)->key);
    for (size_t i = 0; i < rows && !order; i++)
        for (size_t j = 0; j < width && !order; j++)
            order = compare_cells(&npt_table_row(a, i)[j], &npt_table_row(b, i)[j]);
    return order;
}

void npt__quantities_collect(struct npt__quantities *quantities, const npt_table *const *tables,
                             size_t count)
{
    *quantities = (struct npt__quantities){.arena = npt__arena_new(), .table_count = count};
    npt__arena *arena = quantities->arena;
    quantities->tables = npt__arena_array(arena, count, sizeof *quantities->tables);
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t width = npt_table_column_count(tables[i]),
                     rows = npt_table_row_count(tables[i]);
        quantities->tables[i] = (struct npt__source_table){
            tables[i],
            npt__table_counted(tables[i]),
            width,
            rows,
            npt__arena_array(arena, rows * width, sizeof(uint32_t)),
            npt__arena_array(arena, rows * width, sizeof(enum npt__why))};
        memset(quantities->tables[i].quantity, 0xFF, rows * width * sizeof(uint32_t));
        most = rows > most ? rows : most;
    }
    if (count)
        qsort(quantities->tables, count, sizeof *quantities->tables, compare_tables);
    double *values = npt__allocate((most + 1) * sizeof *values);
    uint32_t *found = npt__allocate((most + 1) * sizeof *found);
    for (size_t i = 0; i < count; i++)
        add_counts(quantities, &quantities->tables[i], values, found);
    for (size_t i = 0; i < count; i++)
        add_means(quantities, &quantities->tables[i], values, found);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < quantities->tables[i].population->sums.count; j++)
            add_sum(quantities, &quantities->tables[i],
                    &quantities->tables[i].population->sums.items[j], values, found);
    npt__release(values);
    npt__release(found);
    while (quantities->small_groups.count < quantities->groups.strings.count)
        *npt__array_add(&quantities->small_groups) = *npt__array_add(&quantities->hidden_groups) =
            false;
    npt__quantities_relate(quantities);
}

void npt__quantities_release(struct npt__quantities *quantities)
{
    npt__array_release(&quantities->items);
    npt__array_release(&quantities->relations);
    npt__array_release(&quantities->terms);
    npt__array_release(&quantities->same_sums);
    npt__intern_release(&quantities->bounded);
    npt__array_release(&quantities->small_groups);
    npt__array_release(&quantities->hidden_groups);
    npt__intern_release(&quantities->keys);
    npt__intern_release(&quantities->groups);
    npt__release(quantities->of_key);
    npt__arena_free(quantities->arena);
}
