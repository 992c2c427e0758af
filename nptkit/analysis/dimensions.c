/* dimensions.c - the attributes by which an analysis compares, and the cells that their values make.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dimensions.h"

#include <stdlib.h>
#include <string.h>

#define MOST_CELLS ((size_t)1 << 17) /* nobody reads a table of more rows */

int npt__compare_naturally(const char *a, const char *b)
{
    while (*a && *b) {
        size_t x = strspn(a, "0123456789"), y = strspn(b, "0123456789");
        if (x && y) {
            const char *p = a + strspn(a, "0"), *q = b + strspn(b, "0");
            size_t m = strspn(p, "0123456789"), n = strspn(q, "0123456789");
            if (m != n)
                return m < n ? -1 : 1;
            int order = strncmp(p, q, m);
            if (order)
                return order;
            a += x;
            b += y;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}

/* A value and its number in the source. */
struct ranked {
    const char *value;
    size_t place; /* among the study's sites or waves; SIZE_MAX */
    uint32_t number;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    const int order = npt__compare_naturally(x->value, y->value);
    return order ? order : strcmp(x->value, y->value);
}

static size_t site_place(const npt_study *study, const char *value)
{
    for (size_t i = 0; study && i < study->sites.count; i++)
        if (strcmp(study->sites.items[i].name, value) == 0)
            return i;
    return SIZE_MAX;
}

void npt__dimension_fill(struct npt__dimension *dimension, npt__arena *arena,
                         const struct npt__dimension_source *source)
{
    bool *seen = npt__arena_array(arena, source->value_count, sizeof *seen);
    for (size_t i = 0; i < source->row_count; i++) {
        if (source->row_in && !source->row_in[i])
            continue;
        if (source->of_row[i] == NPT__NONE)
            dimension->has_none = true;
        else
            seen[source->of_row[i]] = true;
    }
    struct ranked *ranked = npt__arena_array(arena, source->value_count, sizeof *ranked);
    for (uint32_t i = 0; i < source->value_count; i++)
        if (seen[i])
            ranked[dimension->count++] = (struct ranked){
                source->values[i],
                source->places ? source->places[i] : site_place(source->sites, source->values[i]),
                i};
    if (dimension->count)
        qsort(ranked, dimension->count, sizeof *ranked, compare_ranked);
    dimension->values = npt__arena_array(arena, dimension->count, sizeof *dimension->values);
    uint32_t *place = npt__arena_array(arena, source->value_count, sizeof *place);
    for (size_t i = 0; i < dimension->count; i++) {
        dimension->values[i] = ranked[i].value;
        place[ranked[i].number] = (uint32_t)i;
    }
    dimension->of_row = npt__arena_array(arena, source->row_count, sizeof *dimension->of_row);
    for (size_t i = 0; i < source->row_count; i++) {
        const bool in = (!source->row_in || source->row_in[i]) && source->of_row[i] != NPT__NONE;
        dimension->of_row[i] = in ? place[source->of_row[i]] : (uint32_t)dimension->count;
    }
    dimension->width = dimension->count + dimension->has_none + 1;
}

enum npt_status npt__dimensions_open(struct npt__dimensions *dimensions, npt__arena *arena,
                                     const npt_options *options, const char *fallback,
                                     enum npt_status (*open)(void *user, const char *name,
                                                             struct npt__dimension *dimension,
                                                             npt_diags *diags),
                                     void *user, npt_diags *diags)
{
    const char *by = npt__option(options, "by"), **names;
    const char *wanted = by ? by : (fallback ? fallback : "");
    const size_t count = npt__option_list(arena, wanted, &names);
    *dimensions = (struct npt__dimensions){.cell_count = 1};
    if (by && !count) {
        npt__say(diags, NPT_ERROR, NULL, "--by names no attribute: '%s'", by);
        return NPT_USAGE;
    }
    if (count > NPT__MOST_DIMENSIONS) {
        npt__say(diags, NPT_ERROR, NULL, "--by takes at most %u attributes, not %zu",
                 NPT__MOST_DIMENSIONS, count);
        return NPT_USAGE;
    }
    for (size_t i = 0; i < count; i++) {
        struct npt__dimension *dimension = &dimensions->items[i];
        const enum npt_status status = open(user, names[i], dimension, diags);
        if (status != NPT_OK)
            return status;
        for (size_t j = 0; j < i; j++)
            if (dimensions->items[j].attribute == dimension->attribute) {
                npt__say(diags, NPT_ERROR, NULL, "--by names the attribute '%s' twice",
                         dimension->key);
                return NPT_USAGE;
            }
        dimensions->count++;
        dimensions->cell_count *= dimension->width;
        if (dimensions->cell_count > MOST_CELLS) {
            npt__say(diags, NPT_ERROR, NULL,
                     "--by %s: these attributes have too many combinations of values", wanted);
            return NPT_USAGE;
        }
    }
    return NPT_OK;
}

uint32_t npt__dimensions_own_cell(const struct npt__dimensions *dimensions, size_t row)
{
    uint32_t cell = 0;
    for (size_t d = 0; d < dimensions->count; d++)
        cell = cell * (uint32_t)dimensions->items[d].width + dimensions->items[d].of_row[row];
    return cell;
}

size_t npt__dimensions_totals(const struct npt__dimensions *dimensions, uint32_t cell,
                              uint32_t cells[NPT__MOST_CELLS_OF_ROW])
{
    uint32_t place[NPT__MOST_DIMENSIONS] = {0};
    for (size_t d = dimensions->count; d-- > 0;) {
        place[d] = cell % (uint32_t)dimensions->items[d].width;
        cell /= (uint32_t)dimensions->items[d].width;
    }
    size_t count = 1;
    cells[0] = 0;
    for (size_t d = 0; d < dimensions->count; d++) {
        const uint32_t width = (uint32_t)dimensions->items[d].width;
        for (size_t i = 0; i < count; i++) {
            cells[count + i] = cells[i] * width + (width - 1); /* the total */
            cells[i] = cells[i] * width + place[d];
        }
        count *= 2;
    }
    return count;
}

bool npt__dimensions_is_total(const struct npt__dimensions *dimensions, uint32_t cell)
{
    for (size_t d = dimensions->count; d-- > 0;) {
        const uint32_t width = (uint32_t)dimensions->items[d].width;
        if (cell % width + 1 == width)
            return true;
        cell /= width;
    }
    return false;
}

size_t npt__dimensions_cells(const struct npt__dimensions *dimensions, size_t row,
                             uint32_t cells[NPT__MOST_CELLS_OF_ROW])
{
    return npt__dimensions_totals(dimensions, npt__dimensions_own_cell(dimensions, row), cells);
}

void npt__dimensions_label(const struct npt__dimensions *dimensions, uint32_t cell,
                           struct npt_cell *row)
{
    for (size_t d = dimensions->count; d-- > 0;) {
        const struct npt__dimension *dimension = &dimensions->items[d];
        const size_t value = cell % dimension->width;
        cell /= (uint32_t)dimension->width;
        if (value < dimension->count)
            row[d] = npt__text(dimension->values[value]);
        else if (value + 1 == dimension->width)
            row[d] = npt__total();
        else
            row[d] = npt__absent(NULL);
    }
}

/* Whether a cell is the total over the only value of a dimension: it would repeat that value's row. */
static bool repeats_a_value(const struct npt__dimensions *dimensions, uint32_t cell)
{
    for (size_t d = dimensions->count; d-- > 0;) {
        const struct npt__dimension *dimension = &dimensions->items[d];
        const size_t place = cell % dimension->width;
        if (dimension->width == 2 && place == 1)
            return true;
        cell /= (uint32_t)dimension->width;
    }
    return false;
}

bool npt__dimensions_shows(const struct npt__dimensions *dimensions, const uint32_t *counts,
                           uint32_t cell)
{
    if (!dimensions->count)
        return true;
    if (repeats_a_value(dimensions, cell))
        return false;
    const uint32_t rest = (uint32_t)(dimensions->cell_count / dimensions->items[0].width);
    const uint32_t over_all = (uint32_t)dimensions->cell_count - rest + cell % rest;
    return counts[over_all] || over_all + 1 == dimensions->cell_count;
}

size_t npt__dimensions_columns(const struct npt__dimensions *dimensions, npt_table *table)
{
    for (size_t i = 0; i < dimensions->count; i++)
        npt__table_role(
            table,
            npt__table_dimension(table, dimensions->items[i].key, dimensions->items[i].heading),
            NPT__PARTITION);
    return dimensions->count;
}

enum npt_status npt__refuse_conditions(npt_diags *diags)
{
    npt__say(diags, NPT_ERROR, NULL, "conditions on more than %u attributes", NPT__MOST_CONDITIONS);
    npt__hint(diags,
              "--where, --site and --wave count together; several values of one attribute are one");
    return NPT_USAGE;
}
