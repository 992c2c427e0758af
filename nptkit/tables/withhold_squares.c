/* withhold_squares.c - spreads that would tell the means of small groups.
 *
 * With n and the mean a spread tells the sum of squares, which adds up over groups. Where it is known of a total and of
 * all its parts but a pool of those whose means are withheld, so are n, mean and the sum B of squares of the pool about its
 * mean. A part of n_i people in a pool of N then lies within sqrt(B (N - n_i) / (n_i N)) of that mean: its own
 * distance d puts n_i N / (N - n_i) d^2 into B. Where that, within the scale, is narrower than the mean of a small
 * group must stay, the spread of the total is withheld, or, where it follows from others, one of these.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "withhold.h"

#include <math.h>
#include <string.h>

#define CLOSE 1e-6

struct squares {
    struct npt__quantities *quantities;
    struct npt__ranges ranges;   /* for what is promised; nothing is passed on */
    NPT__ARRAY(uint32_t) totals; /* relations: groups and their total */
    /* by item */
    double *within; /* squares about its own mean; NAN: in no table */
    bool *shown, *hidden;
    bool *known;    /* shown, or it follows */
    uint32_t *from; /* the relation that it follows from; NPT__NOWHERE */
};

static const struct npt__quantity *item_of(const struct squares *squares, uint32_t item)
{
    return &squares->quantities->items.items[item];
}

static double people_of(const struct squares *squares, uint32_t sum)
{
    return item_of(squares, item_of(squares, sum)->of)->value;
}

/* Of a sum: its people times the square of their mean. */
static double square_of_mean(const struct squares *squares, uint32_t sum)
{
    const double value = item_of(squares, sum)->value;
    return value * value / people_of(squares, sum);
}

/* ---- what is shown --------------------------------------------------------------------------- */

static void read_spreads(struct squares *squares, const struct npt__source_table *table,
                         const struct npt__spread *spread)
{
    for (size_t i = 0; i < table->rows; i++) {
        const uint32_t sum = table->quantity[i * table->width + spread->mean];
        const struct npt_cell *cell = &npt_table_row(table->table, i)[spread->column];
        if (sum == NPT__NOWHERE || item_of(squares, sum)->of == NPT__NOWHERE ||
            cell->kind != NPT_CELL_NUMBER)
            continue;
        squares->shown[sum] |= !table->why[i * table->width + spread->column];
        if (spread->is_sd)
            squares->within[sum] = (people_of(squares, sum) - 1) * cell->number * cell->number;
    }
}

/* Whether a relation says that the sums of groups add up to that of all. */
static bool is_total(const struct squares *squares, const struct npt__relation *relation)
{
    const struct npt__relation_term *terms = squares->quantities->terms.items + relation->first;
    const uint32_t last = relation->count - 1;
    if (relation->at_least || relation->count < 3)
        return false;
    for (uint32_t i = 0; i <= last; i++) {
        const struct npt__quantity *item = item_of(squares, terms[i].quantity);
        if (!item->is_sum || item->of == NPT__NOWHERE || item->stem == NPT__NOWHERE ||
            item->stem != item_of(squares, terms[last].quantity)->stem ||
            terms[i].factor != (i == last ? -1 : 1))
            return false;
    }
    return true;
}

static void open(struct squares *squares, struct npt__quantities *quantities, double min_n)
{
    const size_t count = quantities->items.count;
    *squares = (struct squares){.quantities = quantities,
                                .ranges = {.quantities = quantities, .min_n = min_n},
                                .within = npt__allocate(count * sizeof *squares->within),
                                .shown = npt__allocate(3 * count * sizeof *squares->shown),
                                .from = npt__allocate(count * sizeof *squares->from)};
    squares->hidden = squares->shown + count;
    squares->known = squares->hidden + count;
    memset(squares->shown, 0, 3 * count * sizeof *squares->shown);
    for (uint32_t i = 0; i < count; i++) {
        const bool one = quantities->items.items[i].is_sum &&
                         quantities->items.items[i].of != NPT__NOWHERE && people_of(squares, i) < 2;
        squares->within[i] = one ? 0 : (double)NAN;
    }
    for (uint32_t i = 0; i < quantities->relations.count; i++)
        if (is_total(squares, &quantities->relations.items[i]))
            *npt__array_add(&squares->totals) = i;
    for (size_t t = 0; t < quantities->table_count; t++)
        for (size_t i = 0; i < quantities->tables[t].population->spreads.count; i++)
            read_spreads(squares, &quantities->tables[t],
                         &quantities->tables[t].population->spreads.items[i]);
}

static void release(struct squares *squares)
{
    npt__array_release(&squares->totals);
    npt__release(squares->within);
    npt__release(squares->shown);
    npt__release(squares->from);
}

/* ---- what follows ---------------------------------------------------------------------------- */

/* The only group of a relation, all means known, whose squares are not: they follow. */
static bool follow(struct squares *squares, uint32_t number)
{
    const struct npt__relation *relation = &squares->quantities->relations.items[number];
    const struct npt__relation_term *terms = squares->quantities->terms.items + relation->first;
    uint32_t missing = NPT__NOWHERE;
    double rest = 0, factor = 0;
    for (uint32_t i = 0; i < relation->count; i++) {
        const uint32_t item = terms[i].quantity;
        if (npt__is_open(item_of(squares, item)))
            return false;
        if (squares->known[item]) {
            rest += terms[i].factor * (squares->within[item] + square_of_mean(squares, item));
            continue;
        }
        if (missing != NPT__NOWHERE)
            return false;
        missing = item;
        factor = terms[i].factor;
    }
    if (missing == NPT__NOWHERE)
        return false;
    if (isnan(squares->within[missing]))
        squares->within[missing] = fmax(-rest / factor - square_of_mean(squares, missing), 0);
    squares->known[missing] = true;
    squares->from[missing] = number;
    return true;
}

static void find_known(struct squares *squares)
{
    for (uint32_t i = 0; i < squares->quantities->items.count; i++) {
        const struct npt__quantity *item = item_of(squares, i);
        const bool one = item->is_sum && item->of != NPT__NOWHERE && people_of(squares, i) < 2;
        squares->from[i] = NPT__NOWHERE;
        squares->known[i] =
            !isnan(squares->within[i]) &&
            ((squares->shown[i] && !squares->hidden[i]) || (one && !npt__is_open(item)));
    }
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < squares->totals.count; i++)
            changed |= follow(squares, squares->totals.items[i]);
    }
}

/* ---- what is told too much ------------------------------------------------------------------- */

/* Those of a relation whose means are withheld, together. */
struct pool {
    double people, sum, within;
};

/* Whether what is known of a relation bounds such a pool. Groups of which only the mean is known leave their squares in it:
   the bound holds all the same. */
static bool find_pool(const struct squares *squares, const struct npt__relation *relation,
                      struct pool *pool)
{
    const struct npt__relation_term *terms = squares->quantities->terms.items + relation->first;
    const uint32_t total = terms[relation->count - 1].quantity;
    if (npt__is_open(item_of(squares, total)) || !squares->known[total])
        return false;
    *pool = (struct pool){.within = squares->within[total] + square_of_mean(squares, total)};
    for (uint32_t i = 0; i + 1 < relation->count; i++) {
        const uint32_t item = terms[i].quantity;
        if (squares->known[item])
            pool->within -= squares->within[item];
        if (!npt__is_open(item_of(squares, item))) {
            pool->within -= square_of_mean(squares, item);
            continue;
        }
        pool->people += people_of(squares, item);
        pool->sum += item_of(squares, item)->value;
    }
    if (pool->people < 1)
        return false;
    pool->within = fmax(pool->within - pool->sum * pool->sum / pool->people, 0);
    return true;
}

static bool is_told(const struct squares *squares, const struct pool *pool, uint32_t item)
{
    const struct npt__quantity *sum = item_of(squares, item);
    const double people = people_of(squares, item), others = pool->people - people;
    if (!npt__ranges_wanted(&squares->ranges, item) || others < 1)
        return false;
    const double mean = pool->sum / pool->people;
    const double reach = sqrt(pool->within * others / (people * pool->people));
    return fmin(mean + reach, sum->most) - fmax(mean - reach, sum->least) <
           (sum->most - sum->least) / 4 - CLOSE;
}

/* Which spread to withhold so that one is not known: it, or of those that it follows from the total before its parts. What
   was withheld since it was last looked what is known is enough. */
static uint32_t choose(const struct squares *squares, uint32_t item)
{
    if (squares->shown[item] && (!squares->hidden[item] || squares->from[item] == NPT__NOWHERE))
        return item;
    if (squares->from[item] == NPT__NOWHERE)
        return NPT__NOWHERE;
    const struct npt__relation *relation =
        &squares->quantities->relations.items[squares->from[item]];
    for (uint32_t i = relation->count; i > 0; i--) {
        const uint32_t other = squares->quantities->terms.items[relation->first + i - 1].quantity;
        const uint32_t chosen = other == item ? NPT__NOWHERE : choose(squares, other);
        if (chosen != NPT__NOWHERE)
            return chosen;
    }
    return NPT__NOWHERE;
}

static bool mend(struct squares *squares, uint32_t number)
{
    const struct npt__relation *relation = &squares->quantities->relations.items[number];
    const struct npt__relation_term *terms = squares->quantities->terms.items + relation->first;
    struct pool pool;
    if (!find_pool(squares, relation, &pool))
        return false;
    for (uint32_t i = 0; i + 1 < relation->count; i++) {
        struct npt__quantity *item = &squares->quantities->items.items[terms[i].quantity];
        if (item->exposed || !is_told(squares, &pool, terms[i].quantity))
            continue;
        const uint32_t chosen = choose(squares, terms[relation->count - 1].quantity);
        if (chosen != NPT__NOWHERE)
            squares->hidden[chosen] = true;
        else
            item->exposed = true;
        return chosen != NPT__NOWHERE;
    }
    return false;
}

static void hide_cells(const struct squares *squares, struct npt__source_table *table)
{
    for (size_t d = 0; d < table->population->spreads.count; d++)
        for (size_t i = 0; i < table->rows; i++) {
            const struct npt__spread *spread = &table->population->spreads.items[d];
            const uint32_t sum = table->quantity[i * table->width + spread->mean];
            enum npt__why *why = &table->why[i * table->width + spread->column];
            if (!*why && sum != NPT__NOWHERE && squares->hidden[sum])
                *why = NPT__COMPLEMENT;
        }
}

void npt__withhold_squares(struct npt__quantities *quantities, const struct npt__limits *limits)
{
    struct squares squares;
    open(&squares, quantities, limits->min_n);
    for (bool changed = true; changed;) {
        changed = false;
        find_known(&squares);
        for (size_t i = 0; i < squares.totals.count; i++)
            changed |= mend(&squares, squares.totals.items[i]);
    }
    for (size_t i = 0; i < quantities->table_count; i++)
        hide_cells(&squares, &quantities->tables[i]);
    npt__withhold_dependents(quantities);
    release(&squares);
}
