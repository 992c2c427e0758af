/* quantities.c - finding the quantities of a set of tables: which cells are the same number.
 *
 * A cell is known by what it counts, the labels of its facets and the values of its partitions. Two tables that give
 * different numbers for the same were counted in different ways (--min-answered): their columns are kept apart, as
 * families of one name.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "quantities.h"

#include "../base/buffer.h"
#include "quantities_labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FAMILIES 32u

/* The quantities of one column, or of a term that has no column. */
struct series {
    struct npt__source_table *table;
    size_t column;    /* that has the labels */
    const char *what; /* what is counted */
    bool facetless;
    struct npt__quantity model; /* counted, is_sum, published */
};

/* What is known of the rows of a series while it is collected. */
struct collected {
    struct npt__quantities *quantities;
    double *values;  /* NAN: none */
    uint32_t *found; /* items */
    struct npt__row_labels *labels;
};

/* ---- keys ------------------------------------------------------------------------------------ */

static uint32_t hash_key(uint32_t stem, uint32_t labels)
{
    return npt__hash_word(stem, labels);
}

uint32_t npt__quantities_find(const struct npt__quantities *quantities, uint32_t stem,
                              uint32_t labels)
{
    size_t at = 0;
    uint32_t number;
    if (stem == NPT__NOWHERE)
        return NPT__NOWHERE;
    while (npt__index_next(&quantities->keys, hash_key(stem, labels), &at, &number))
        if (quantities->items.items[number].stem == stem &&
            quantities->items.items[number].labels == labels)
            return number;
    return NPT__NOWHERE;
}

static uint32_t add_item(struct npt__quantities *quantities, const struct npt__quantity *quantity)
{
    *npt__array_add(&quantities->items) = *quantity;
    return (uint32_t)(quantities->items.count - 1);
}

uint32_t npt__quantities_add(struct npt__quantities *quantities,
                             const struct npt__quantity *quantity)
{
    const uint32_t number = add_item(quantities, quantity);
    npt__index_put(&quantities->keys, hash_key(quantity->stem, quantity->labels), number);
    return number;
}

/* What is counted, by which facets, as a text: what depends on it must not depend on the order of tables. */
static const char *stem_text(const struct npt__quantities *quantities, const uint32_t stem[3])
{
    npt__buffer text = {0};
    size_t count;
    const uint32_t *words = npt__lists_words(&quantities->labels, stem[2], &count);
    npt__buffer_print(&text, "%s\4%u", npt__name_text(quantities, stem[0]), (unsigned)stem[1]);
    for (size_t i = 0; i < count; i += 2)
        npt__buffer_print(&text, "\1%s\2%s", npt__name_text(quantities, words[i]),
                          npt__name_text(quantities, words[i + 1]));
    const char *copy = npt__arena_string(quantities->arena, npt__buffer_string(&text));
    npt__buffer_release(&text);
    return copy;
}

static uint32_t add_stem(struct npt__quantities *quantities, const uint32_t stem[3])
{
    const uint32_t number = npt__lists_add(&quantities->stems, stem, 3);
    if (number == quantities->stem_texts.count)
        *npt__array_add(&quantities->stem_texts) = stem_text(quantities, stem);
    return number;
}

static bool same_value(double a, double b)
{
    const double size = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    return fabs(a - b) <= 1e-9 * (size > 1 ? size : 1);
}

/* ---- relations ------------------------------------------------------------------------------- */

void npt__add_term(struct npt__quantities *quantities, uint32_t item, double factor)
{
    *npt__array_add(&quantities->terms) = (struct npt__relation_term){item, factor};
}

static uint32_t hash_relation(const struct npt__quantities *quantities,
                              const struct npt__relation *relation)
{
    uint32_t hash = relation->count;
    for (size_t i = 0; i < relation->count; i++) {
        const struct npt__relation_term *term = &quantities->terms.items[relation->first + i];
        uint64_t factor;
        memcpy(&factor, &term->factor, sizeof factor);
        hash = npt__hash_word(npt__hash_word(hash, term->quantity), (uint32_t)(factor >> 32));
    }
    return hash;
}

static bool same_relation(const struct npt__quantities *quantities, const struct npt__relation *a,
                          const struct npt__relation *b)
{
    if (a->count != b->count || a->at_least != b->at_least)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct npt__relation_term *one = &quantities->terms.items[a->first + i];
        const struct npt__relation_term *other = &quantities->terms.items[b->first + i];
        if (one->quantity != other->quantity ||
            memcmp(&one->factor, &other->factor, sizeof one->factor) != 0)
            return false;
    }
    return true;
}

void npt__end_relation(struct npt__quantities *quantities, size_t first, bool at_least)
{
    const struct npt__relation relation = {(uint32_t)first,
                                           (uint32_t)(quantities->terms.count - first), at_least};
    const uint32_t hash = hash_relation(quantities, &relation);
    size_t at = 0;
    uint32_t number;
    while (npt__index_next(&quantities->seen, hash, &at, &number))
        if (same_relation(quantities, &quantities->relations.items[number], &relation)) {
            quantities->terms.count = first;
            return;
        }
    npt__index_put(&quantities->seen, hash, (uint32_t)quantities->relations.count);
    *npt__array_add(&quantities->relations) = relation;
}

/* ---- families -------------------------------------------------------------------------------- */

/* Whether the numbers of a series are those that the family has already, where it has any. */
static bool fits(const struct collected *rows, size_t count, uint32_t what, uint32_t family)
{
    const struct npt__quantities *quantities = rows->quantities;
    for (size_t i = 0; i < count; i++) {
        if (isnan(rows->values[i]))
            continue;
        const uint32_t words[] = {what, family, rows->labels[i].facets};
        const uint32_t found = npt__quantities_find(
            quantities, npt__lists_find(&quantities->stems, words, 3), rows->labels[i].labels);
        if (found != NPT__NOWHERE &&
            !same_value(quantities->items.items[found].value, rows->values[i]))
            return false;
    }
    return true;
}

static uint32_t add_quantity(const struct collected *rows, size_t row, uint32_t what,
                             uint32_t family, struct npt__quantity quantity)
{
    struct npt__quantities *quantities = rows->quantities;
    const struct npt__row_labels *labels = &rows->labels[row];
    quantity.value = rows->values[row];
    quantity.stem = add_stem(quantities, (uint32_t[]){what, family, labels->facets});
    quantity.labels = labels->labels;
    quantity.overlaps = labels->overlaps;
    quantity.filters = labels->filters;
    quantity.group = NPT__NOWHERE;
    if (quantity.counted == NPT__COUNTS_PEOPLE)
        quantity.group =
            npt__lists_add(&quantities->groups, (uint32_t[]){what, family, labels->labels}, 3);
    uint32_t found = npt__quantities_find(quantities, quantity.stem, quantity.labels);
    if (found == NPT__NOWHERE)
        found = npt__quantities_add(quantities, &quantity);
    else if (!same_value(quantities->items.items[found].value, quantity.value))
        found = add_item(quantities, &quantity); /* two rows of one name: each for itself */
    quantities->items.items[found].published |= quantity.published;
    return found;
}

static void add_series(const struct collected *rows, const struct series *series)
{
    const size_t count = series->table->rows;
    npt__table_list_labels(rows->quantities, series->table, series->column, series->facetless,
                           rows->labels);
    const uint32_t what = npt__quantities_name(rows->quantities, series->what);
    uint32_t family = 0;
    while (family + 1 < MOST_FAMILIES && !fits(rows, count, what, family))
        family++;
    for (size_t i = 0; i < count; i++)
        rows->found[i] = isnan(rows->values[i])
                             ? NPT__NOWHERE
                             : add_quantity(rows, i, what, family, series->model);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void add_counts(const struct collected *rows, struct npt__source_table *table)
{
    const struct npt__population *population = table->population;
    for (size_t c = 0; c < population->columns.count; c++) {
        const struct npt__count_column *column = &population->columns.items[c];
        if (!column->what || column->counted < NPT__COUNTS_PEOPLE || column->counted >= NPT__SINGLE)
            continue;
        for (size_t i = 0; i < table->rows; i++) {
            const struct npt_cell *cell = &npt_table_row(table->table, i)[c];
            rows->values[i] = cell->kind == NPT_CELL_COUNT ? (double)cell->count : (double)NAN;
        }
        add_series(rows, &(struct series){table, c, column->what, column->facetless,
                                          (struct npt__quantity){.counted = column->counted,
                                                                 .published = true,
                                                                 .of = NPT__NOWHERE}});
        for (size_t i = 0; i < table->rows; i++)
            table->quantity[i * table->width + c] = rows->found[i];
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

static void add_means(const struct collected *rows, struct npt__source_table *table)
{
    struct npt__quantities *quantities = rows->quantities;
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
            rows->values[i] = is_mean ? cells[c].number * (double)cells[group].count : (double)NAN;
        }
        const char *what = npt__arena_print(quantities->arena, NPT__MEAN_OF "%s",
                                            population->columns.items[group].what);
        add_series(rows, &(struct series){table, group, what, false,
                                          (struct npt__quantity){.counted = NPT__HARMLESS,
                                                                 .is_sum = true,
                                                                 .published = true,
                                                                 .of = NPT__NOWHERE,
                                                                 .least = -INFINITY,
                                                                 .most = INFINITY}});
        set_scales(quantities, table, rows->found, c);
        for (size_t i = 0; i < table->rows; i++)
            table->quantity[i * table->width + c] = rows->found[i];
    }
}

/* ---- sums within rows ------------------------------------------------------------------------ */

/* The quantities of a term that has no column: those of other tables, or ones that nobody shows. */
static void find_term(const struct collected *rows, struct npt__source_table *table,
                      const struct npt__sum *sum, const struct npt__term *term)
{
    const struct npt__quantities *quantities = rows->quantities;
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
        rows->values[i] = value < 0 ? (double)NAN : value;
    }
    add_series(rows, &(struct series){
                         table, term->column, term->what, term->facetless,
                         (struct npt__quantity){.counted = NPT__COUNTS_GAPS, .of = NPT__NOWHERE}});
}

static void add_sum(const struct collected *rows, struct npt__source_table *table,
                    const struct npt__sum *sum)
{
    struct npt__quantities *quantities = rows->quantities;
    const uint32_t *found = rows->found;
    const struct npt__term *hidden = sum->whole.what ? &sum->whole : NULL;
    for (size_t j = 0; j < sum->count; j++)
        hidden = sum->parts[j].what ? &sum->parts[j] : hidden;
    if (hidden)
        find_term(rows, table, sum, hidden);
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
            npt__add_term(quantities, part, -1);
            rest -= quantities->items.items[part].value;
        }
        if (!complete || (sum->at_most ? rest < 0 : rest != 0)) {
            quantities->terms.count =
                first; /* it does not hold here: nothing to be learnt from it */
            continue;
        }
        npt__add_term(quantities, whole, 1);
        npt__end_relation(quantities, first, sum->at_most);
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

static size_t open_tables(struct npt__quantities *quantities, const npt_table *const *tables)
{
    npt__arena *arena = quantities->arena;
    size_t most = 0;
    for (size_t i = 0; i < quantities->table_count; i++) {
        const size_t width = npt_table_column_count(tables[i]),
                     rows = npt_table_row_count(tables[i]);
        quantities->tables[i] = (struct npt__source_table){
            .table = tables[i],
            .population = npt__table_counted(tables[i]),
            .width = width,
            .rows = rows,
            .quantity = npt__arena_array(arena, rows * width, sizeof(uint32_t)),
            .why = npt__arena_array(arena, rows * width, sizeof(enum npt__why))};
        memset(quantities->tables[i].quantity, 0xFF, rows * width * sizeof(uint32_t));
        npt__table_name_labels(quantities, &quantities->tables[i]);
        most = rows > most ? rows : most;
    }
    if (quantities->table_count)
        qsort(quantities->tables, quantities->table_count, sizeof *quantities->tables,
              compare_tables);
    return most;
}

/* What only finds quantities is not kept. */
static void close_tables(struct npt__quantities *quantities)
{
    for (size_t i = 0; i < quantities->table_count; i++) {
        npt__release(quantities->tables[i].names);
        quantities->tables[i].names = NULL;
    }
    npt__index_release(&quantities->keys);
    npt__index_release(&quantities->seen);
    npt__lists_release(&quantities->groups);
    npt__lists_release(&quantities->stems);
}

void npt__quantities_collect(struct npt__quantities *quantities, const npt_table *const *tables,
                             size_t count)
{
    *quantities = (struct npt__quantities){.arena = npt__arena_new(), .table_count = count};
    quantities->tables = npt__arena_array(quantities->arena, count, sizeof *quantities->tables);
    npt__quantities_name(quantities, "total");
    npt__quantities_name(quantities, "none");
    npt__lists_add(&quantities->labels, NULL, 0);
    const size_t most = open_tables(quantities, tables) + 1;
    const struct collected rows = {quantities, npt__allocate(most * sizeof *rows.values),
                                   npt__allocate(most * sizeof *rows.found),
                                   npt__allocate(most * sizeof *rows.labels)};
    for (size_t i = 0; i < count; i++)
        add_counts(&rows, &quantities->tables[i]);
    for (size_t i = 0; i < count; i++)
        add_means(&rows, &quantities->tables[i]);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < quantities->tables[i].population->sums.count; j++)
            add_sum(&rows, &quantities->tables[i],
                    &quantities->tables[i].population->sums.items[j]);
    npt__release(rows.values);
    npt__release(rows.found);
    npt__release(rows.labels);
    while (quantities->small_groups.count < quantities->groups.ends.count)
        *npt__array_add(&quantities->small_groups) = *npt__array_add(&quantities->hidden_groups) =
            false;
    npt__quantities_relate(quantities);
    while (quantities->bounded.count < quantities->stem_texts.count)
        *npt__array_add(&quantities->bounded) = false;
    close_tables(quantities);
}

void npt__quantities_decided(struct npt__quantities *quantities)
{
    npt__array_release(&quantities->relations);
    npt__array_release(&quantities->terms);
    npt__array_release(&quantities->same_sums);
    npt__array_release(&quantities->bounded);
    npt__array_release(&quantities->small_groups);
    npt__array_release(&quantities->hidden_groups);
    npt__intern_release(&quantities->names);
    npt__lists_release(&quantities->labels);
    npt__array_release(&quantities->stem_texts);
}

void npt__quantities_release(struct npt__quantities *quantities)
{
    npt__quantities_decided(quantities);
    npt__array_release(&quantities->items);
    npt__arena_free(quantities->arena);
}
