/* quantities_labels.c - reading the labels of tables.
 *
 * Texts become numbers once for each table, and what a dimension is to a column once for each column: what is left to do
 * for each cell is to put a few numbers in order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "quantities_labels.h"

#include "../base/buffer.h"

#include <string.h>

/* ---- names ----------------------------------------------------------------------------------- */

uint32_t npt__quantities_name(struct npt__quantities *quantities, const char *text)
{
    const size_t length = strlen(text);
    return npt__intern_add(&quantities->names, quantities->arena, text, length,
                           npt__intern_hash(text, length));
}

uint32_t npt__quantities_value(struct npt__quantities *quantities, const char *text)
{
    npt__buffer value = {0};
    npt__buffer_putc(&value, '=');
    npt__buffer_puts(&value, text);
    const uint32_t name = npt__quantities_name(quantities, npt__buffer_string(&value));
    npt__buffer_release(&value);
    return name;
}

/* Labels of rows that follow each other are often one text. */
void npt__table_name_labels(struct npt__quantities *quantities, struct npt__source_table *table)
{
    while (table->dimensions < table->width &&
           npt_table_column(table->table, table->dimensions)->dimension)
        table->dimensions++;
    const size_t dimensions = table->dimensions;
    table->names = npt__allocate(table->rows * dimensions * sizeof *table->names);
    for (size_t d = 0; d < dimensions; d++) {
        const char *text = NULL;
        uint32_t name = NPT__NAME_NONE;
        for (size_t i = 0; i < table->rows; i++) {
            const struct npt_cell *cell = &npt_table_row(table->table, i)[d];
            uint32_t *own = &table->names[i * dimensions + d];
            *own = cell->kind == NPT_CELL_TOTAL ? NPT__NAME_TOTAL : NPT__NAME_NONE;
            if (cell->kind != NPT_CELL_TEXT)
                continue;
            if (cell->text != text)
                name = npt__quantities_value(quantities, cell->text);
            text = cell->text;
            *own = name;
        }
    }
}

/* ---- lists ----------------------------------------------------------------------------------- */

struct list {
    struct npt__label items[NPT__MOST_LABELS];
    size_t count;
    unsigned overlaps, filters; /* a bit for each */
};

static unsigned make_room(unsigned bits, size_t at)
{
    const unsigned below = (1u << at) - 1;
    return (bits & below) | (bits & ~below) << 1;
}

static void insert(const struct npt__quantities *quantities, struct list *list,
                   struct npt__label label, bool overlaps, bool filters)
{
    size_t at = list->count;
    if (at == NPT__MOST_LABELS)
        return;
    const char *key = npt__name_text(quantities, label.key);
    for (; at > 0 && strcmp(npt__name_text(quantities, list->items[at - 1].key), key) > 0; at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = label;
    list->count++;
    list->overlaps = make_room(list->overlaps, at) | (unsigned)overlaps << at;
    list->filters = make_room(list->filters, at) | (unsigned)filters << at;
}

static uint32_t number_list(struct npt__quantities *quantities, const struct list *list)
{
    uint32_t words[2 * NPT__MOST_LABELS];
    for (size_t i = 0; i < list->count; i++) {
        words[2 * i] = list->items[i].key;
        words[2 * i + 1] = list->items[i].value;
    }
    return npt__lists_add(&quantities->labels, words, 2 * list->count);
}

/* ---- what stands in a table ------------------------------------------------------------------ */

/* What a dimension is to the counts of a column, and its name there. */
struct meaning {
    enum npt__role role;
    uint32_t key;
};

static struct meaning meaning_of(struct npt__quantities *quantities,
                                 const struct npt__source_table *table, size_t column,
                                 size_t dimension)
{
    const struct npt__population *population = table->population;
    for (size_t i = 0; i < population->by.count; i++) {
        const struct npt__count_by *by = &population->by.items[i];
        if (by->column == column && by->dimension == dimension)
            return (struct meaning){by->role, npt__quantities_name(quantities, by->key)};
    }
    return (struct meaning){
        npt__population_role(population, dimension),
        npt__quantities_name(quantities, npt_table_column(table->table, dimension)->key)};
}

/* The filters of a table as labels: several values of one key are one. */
static void list_filters(struct npt__quantities *quantities,
                         const struct npt__population *population, struct list *filters)
{
    for (size_t i = 0; i < population->filters.count && filters->count < NPT__MOST_LABELS; i++) {
        const struct npt__filter *filter = &population->filters.items[i];
        npt__buffer value = {0};
        npt__buffer_puts(&value, filter->value);
        for (; i + 1 < population->filters.count &&
               strcmp(population->filters.items[i + 1].key, filter->key) == 0;
             i++)
            npt__buffer_print(&value, NPT__UNION "%s", population->filters.items[i + 1].value);
        filters->items[filters->count++] =
            (struct npt__label){npt__quantities_name(quantities, filter->key),
                                npt__quantities_value(quantities, npt__buffer_string(&value))};
        npt__buffer_release(&value);
    }
}

static bool has_key(const struct list *list, uint32_t key)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].key == key)
            return true;
    return false;
}

static void list_row(struct npt__quantities *quantities, const struct npt__source_table *table,
                     const struct meaning *meanings, size_t row, bool facetless,
                     struct list *labels, struct list *facets)
{
    const uint32_t *names = table->names + row * table->dimensions;
    for (size_t i = 0; i < table->dimensions; i++) {
        struct npt__label label = {.key = meanings[i].key};
        enum npt__role role = meanings[i].role;
        if (role == NPT__DIMENSION && names[i] >= NPT__NAME_TEXTS && i + 1 < table->dimensions) {
            label.key = npt__quantities_name(quantities, npt__name_text(quantities, names[i]) + 1);
            role = NPT__PARTITION;
            i++;
        }
        label.value = names[i];
        if (role == NPT__LABEL || (facetless && role != NPT__PARTITION))
            continue;
        if (role == NPT__FACET)
            insert(quantities, facets, label, false, false);
        else if (label.value != NPT__NAME_TOTAL)
            insert(quantities, labels, label, role == NPT__OVERLAPS, false);
    }
}

void npt__table_list_labels(struct npt__quantities *quantities,
                            const struct npt__source_table *table, size_t column, bool facetless,
                            struct npt__row_labels *rows)
{
    struct meaning *meanings = npt__allocate(table->dimensions * sizeof *meanings);
    for (size_t i = 0; i < table->dimensions; i++)
        meanings[i] = meaning_of(quantities, table, column, i);
    struct list filters = {.count = 0};
    list_filters(quantities, table->population, &filters);
    for (size_t i = 0; i < table->rows; i++) {
        struct list labels = {.count = 0}, facets = {.count = 0};
        list_row(quantities, table, meanings, i, facetless, &labels, &facets);
        for (size_t j = 0; j < filters.count; j++)
            if (!has_key(&labels, filters.items[j].key))
                insert(quantities, &labels, filters.items[j], false, true);
        rows[i] = (struct npt__row_labels){number_list(quantities, &facets),
                                           number_list(quantities, &labels),
                                           (uint16_t)labels.overlaps, (uint16_t)labels.filters};
    }
    npt__release(meanings);
}
