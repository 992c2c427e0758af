/* population.c - keeping what an analysis declares about the counts of its table.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "population.h"

#include "table.h"

#include <assert.h>
#include <string.h>

#define NEAR 8u /* declarations that a row has, about */

static struct npt__count_column *count_column(npt_table *table, size_t column)
{
    struct npt__population *population = npt__table_population(table);
    assert(!npt_table_column(table, column)->dimension && "only measures count");
    while (population->columns.count <= column)
        *npt__array_add(&population->columns) = (struct npt__count_column){.mean_of = SIZE_MAX};
    return &population->columns.items[column];
}

void npt__table_counts(npt_table *table, size_t column, enum npt__counted counted, const char *what)
{
    struct npt__count_column *found = count_column(table, column);
    found->counted = counted;
    found->what = npt__arena_string(npt__table_arena(table), what);
}

void npt__table_role(npt_table *table, size_t dimension, enum npt__role role)
{
    struct npt__population *population = npt__table_population(table);
    assert(npt_table_column(table, dimension)->dimension);
    while (population->roles.count <= dimension)
        *npt__array_add(&population->roles) = NPT__FACET;
    population->roles.items[dimension] = role;
}

void npt__table_counts_by(npt_table *table, size_t column, size_t dimension, const char *key,
                          enum npt__role role)
{
    assert(npt_table_column(table, dimension)->dimension);
    *npt__array_add(&npt__table_population(table)->by) = (struct npt__count_by){
        column, dimension, npt__arena_string(npt__table_arena(table), key), role};
}

void npt__table_facetless(npt_table *table, size_t column)
{
    count_column(table, column)->facetless = true;
}

void npt__table_sides(npt_table *table, size_t mean, size_t below, size_t at, size_t above)
{
    *npt__array_add(&npt__table_population(table)->sides) =
        (struct npt__sides){mean, {below, at, above}};
}

static void add_dependence(npt_table *table, size_t column, size_t on, bool describes)
{
    struct npt__count_column *found = count_column(table, column);
    assert(column != on && !npt_table_column(table, on)->dimension);
    if (found->counted == NPT__UNDECLARED)
        found->counted = NPT__HARMLESS; /* but for what it depends on */
    *npt__array_add(&npt__table_population(table)->dependences) =
        (struct npt__dependence){column, on, describes};
}

void npt__table_depends(npt_table *table, size_t column, size_t on)
{
    add_dependence(table, column, on, false);
}

void npt__table_describes(npt_table *table, size_t column, size_t group)
{
    add_dependence(table, column, group, true);
}

void npt__table_mean(npt_table *table, size_t column, size_t group)
{
    add_dependence(table, column, group, true);
    count_column(table, column)->mean_of = group;
}

void npt__table_change(npt_table *table, size_t column, size_t linked, size_t mean_from,
                       size_t mean_to)
{
    npt__table_mean(table, column, linked);
    *npt__array_add(&npt__table_population(table)->changes) =
        (struct npt__change){column, linked, {mean_from, mean_to}};
}

void npt__table_scale(npt_table *table, double least, double most)
{
    const size_t rows = npt_table_row_count(table);
    assert(rows && least <= most);
    *npt__array_add(&npt__table_population(table)->scales) =
        (struct npt__row_scale){rows - 1, least, most};
}

bool npt__table_row_scale(const npt_table *table, size_t row, double *least, double *most)
{
    const struct npt__population *population = npt__table_counted(table);
    size_t first = 0, end = population->scales.count;
    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        const struct npt__row_scale *scale = &population->scales.items[middle];
        if (scale->row == row) {
            *least = scale->least;
            *most = scale->most;
            return true;
        }
        if (scale->row < row)
            first = middle + 1;
        else
            end = middle;
    }
    return false;
}

void npt__table_spread(npt_table *table, size_t column, size_t mean)
{
    *npt__array_add(&npt__table_population(table)->spreads) =
        (struct npt__spread){column, mean, false};
}

void npt__table_sd(npt_table *table, size_t column, size_t mean)
{
    *npt__array_add(&npt__table_population(table)->spreads) =
        (struct npt__spread){column, mean, true};
}

void npt__table_compares(npt_table *table, size_t column, size_t group, const char *key)
{
    add_dependence(table, column, group, true);
    *npt__array_add(&npt__table_population(table)->comparing) =
        (struct npt__comparing){column, group, npt__arena_string(npt__table_arena(table), key)};
}

void npt__table_among(npt_table *table, size_t column, const char *what, bool turned)
{
    *npt__array_add(&npt__table_population(table)->among) =
        (struct npt__among){column, npt__arena_string(npt__table_arena(table), what), turned};
}

static bool same_items(const struct npt__items *a, const struct npt__items *b)
{
    bool same =
        a->count == b->count && strcmp(a->what, b->what) == 0 && strcmp(a->facet, b->facet) == 0;
    for (size_t i = 0; i < a->count && same; i++)
        same = strcmp(a->values[i], b->values[i]) == 0;
    return same;
}

/* The items of one of the last declarations where they are the same; else a copy. */
static const struct npt__items *keep_items(npt_table *table, const struct npt__items *items)
{
    const struct npt__population *population = npt__table_population(table);
    for (size_t i = population->made_of.count, tries = 0; i > 0 && tries < NEAR; i--, tries++)
        if (same_items(population->made_of.items[i - 1].items, items))
            return population->made_of.items[i - 1].items;
    npt__arena *arena = npt__table_arena(table);
    const char **copies = npt__arena_array(arena, items->count, sizeof *copies);
    for (size_t i = 0; i < items->count; i++)
        copies[i] = npt__arena_string(arena, items->values[i]);
    struct npt__items *kept = npt__arena_take(arena, sizeof *kept);
    *kept = (struct npt__items){npt__arena_string(arena, items->what),
                                npt__arena_string(arena, items->facet), copies, items->count};
    return kept;
}

void npt__table_made_of(npt_table *table, size_t column, const char *what, const char *facet,
                        const char *const *values, size_t count, bool turned)
{
    assert(npt_table_row_count(table));
    const struct npt__items *items =
        keep_items(table, &(struct npt__items){what, facet, values, count});
    *npt__array_add(&npt__table_population(table)->made_of) =
        (struct npt__made_of){npt_table_row_count(table) - 1, items, (uint32_t)column, turned};
}

void npt__table_describes_few(npt_table *table, size_t count)
{
    const size_t rows = npt_table_row_count(table);
    assert(rows);
    *npt__array_add(&npt__table_population(table)->described) =
        (struct npt__described){rows - 1, count};
}

void npt__table_filter(npt_table *table, const char *key, const char *value)
{
    npt__arena *arena = npt__table_arena(table);
    struct npt__population *population = npt__table_population(table);
    for (size_t i = 0; i < population->filters.count; i++)
        if (strcmp(population->filters.items[i].key, key) == 0 &&
            strcmp(population->filters.items[i].value, value) == 0)
            return;
    size_t at = population->filters.count;
    npt__array_add(&population->filters);
    struct npt__filter *filters = population->filters.items;
    for (; at > 0; at--) {
        const int order = strcmp(filters[at - 1].key, key);
        if (order < 0 || (order == 0 && strcmp(filters[at - 1].value, value) < 0))
            break;
        filters[at] = filters[at - 1];
    }
    filters[at] =
        (struct npt__filter){npt__arena_string(arena, key), npt__arena_string(arena, value)};
}

void npt__table_sum(npt_table *table, struct npt__term whole, const struct npt__term *parts,
                    size_t count)
{
    assert(count > 0 && count <= NPT__MOST_TERMS);
    struct npt__sum sum = {.whole = whole, .count = count};
    memcpy(sum.parts, parts, count * sizeof *parts);
    *npt__array_add(&npt__table_population(table)->sums) = sum;
}

void npt__table_at_most(npt_table *table, size_t part, size_t whole)
{
    *npt__array_add(&npt__table_population(table)->sums) = (struct npt__sum){
        .whole = {.column = whole}, .parts = {{.column = part}}, .count = 1, .at_most = true};
}

enum npt__counted npt__population_counted(const struct npt__population *population, size_t column)
{
    return column < population->columns.count ? population->columns.items[column].counted
                                              : NPT__UNDECLARED;
}

enum npt__role npt__population_role(const struct npt__population *population, size_t dimension)
{
    return dimension < population->roles.count ? population->roles.items[dimension] : NPT__FACET;
}

size_t npt__population_mean_of(const struct npt__population *population, size_t column)
{
    return column < population->columns.count ? population->columns.items[column].mean_of
                                              : SIZE_MAX;
}

void npt__population_release(struct npt__population *population)
{
    npt__array_release(&population->columns);
    npt__array_release(&population->roles);
    npt__array_release(&population->by);
    npt__array_release(&population->dependences);
    npt__array_release(&population->sums);
    npt__array_release(&population->sides);
    npt__array_release(&population->scales);
    npt__array_release(&population->spreads);
    npt__array_release(&population->changes);
    npt__array_release(&population->among);
    npt__array_release(&population->comparing);
    npt__array_release(&population->made_of);
    npt__array_release(&population->described);
    npt__array_release(&population->filters);
}
