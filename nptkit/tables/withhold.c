/* withhold.c - what is too small to be shown, and what is worked out from it.
 *
 * The scores of a group are shown for all facets (constructs) or for none: a group that has ten answers for one
 * construct and nine for another is one group of people.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "withhold.h"

#include <string.h>

/* ---- too small ------------------------------------------------------------------------------- */

/* Marks a quantity; a number of nobody stays, and says nothing. */
static bool mark(struct npt__quantity *quantity, enum npt__why why)
{
    if (npt__is_withheld(quantity) || quantity->settled)
        return false;
    quantity->why = why;
    return true;
}

/* The people among whom an answer was counted: those whom its column describes in that row. */
static void mark_answers(struct npt__quantities *quantities, const struct npt__limits *limits)
{
    for (size_t t = 0; t < quantities->table_count; t++) {
        const struct npt__source_table *table = &quantities->tables[t];
        for (size_t d = 0; d < table->population->dependences.count; d++) {
            const struct npt__dependence *dependence = &table->population->dependences.items[d];
            if (!dependence->describes ||
                npt__population_counted(table->population, dependence->column) !=
                    NPT__COUNTS_ANSWERS)
                continue;
            for (size_t i = 0; i < table->rows; i++) {
                const uint32_t answer = table->quantity[i * table->width + dependence->column];
                const uint32_t people = table->quantity[i * table->width + dependence->on];
                if (answer == NPT__NOWHERE || people == NPT__NOWHERE)
                    continue;
                struct npt__quantity *found = &quantities->items.items[answer];
                found->settled |= quantities->items.items[people].value < 1;
                if (found->value < limits->min_cell && (found->value > 0 || !limits->show_zeros))
                    mark(found, NPT__SMALL);
            }
        }
    }
}

void npt__withhold_small(struct npt__quantities *quantities, const struct npt__limits *limits)
{
    for (size_t i = 0; i < quantities->items.count; i++) {
        struct npt__quantity *item = &quantities->items.items[i];
        const bool zeros_shown =
            item->counted == NPT__COUNTS_PEOPLE || item->counted == NPT__COUNTS_CASES;
        item->settled |= zeros_shown && !item->is_sum && item->value < 1;
        if (item->is_sum || !npt__counts_people(item->counted) || item->value < 1)
            continue;
        if (item->value < limits->min_cell && (item->published || item->implied))
            mark(item, NPT__SMALL);
        if (item->group != NPT__NOWHERE && item->value < limits->min_n)
            quantities->small_groups.items[item->group] = true;
    }
    mark_answers(quantities, limits);
}

/* ---- what follows ---------------------------------------------------------------------------- */

/* Why a cell goes because of the one it depends on. */
static enum npt__why follows(const struct npt__quantities *quantities,
                             const struct npt__source_table *table,
                             const struct npt__dependence *dependence, size_t row)
{
    const size_t on = row * table->width + dependence->on;
    if (table->why[on])
        return NPT__DEPENDS;
    const uint32_t people = table->quantity[on];
    if (!dependence->describes || people == NPT__NOWHERE)
        return NPT__SHOWN;
    const struct npt__quantity *group = &quantities->items.items[people];
    return group->value >= 1 && group->group != NPT__NOWHERE &&
                   quantities->small_groups.items[group->group]
               ? NPT__SMALL_GROUP
               : NPT__SHOWN;
}

static bool hide(struct npt__quantities *quantities, struct npt__source_table *table, size_t row,
                 size_t column, enum npt__why why)
{
    const size_t cell = row * table->width + column;
    if (table->why[cell])
        return false;
    const uint32_t item = table->quantity[cell];
    if (item != NPT__NOWHERE && !npt__is_withheld(&quantities->items.items[item]) &&
        !mark(&quantities->items.items[item], why))
        return false;
    table->why[cell] = why;
    return true;
}

/* The cells of quantities that are marked. */
static bool hide_marked(struct npt__quantities *quantities, struct npt__source_table *table)
{
    bool changed = false;
    for (size_t i = 0; i < table->rows * table->width; i++) {
        const uint32_t item = table->quantity[i];
        if (item == NPT__NOWHERE || table->why[i] ||
            !npt__is_withheld(&quantities->items.items[item]))
            continue;
        table->why[i] = quantities->items.items[item].why;
        changed = true;
    }
    return changed;
}

static bool hide_dependents(struct npt__quantities *quantities, struct npt__source_table *table)
{
    bool changed = false;
    for (size_t d = 0; d < table->population->dependences.count; d++) {
        const struct npt__dependence *dependence = &table->population->dependences.items[d];
        for (size_t i = 0; i < table->rows; i++) {
            const enum npt__why why = follows(quantities, table, dependence, i);
            if (why)
                changed |= hide(quantities, table, i, dependence->column, why);
        }
    }
    return changed;
}

/* ---- squares --------------------------------------------------------------------------------- */

/* Which sums have answers withheld somewhere. */
static void find_bounded(struct npt__quantities *quantities)
{
    for (size_t t = 0; t < quantities->table_count; t++) {
        const struct npt__source_table *table = &quantities->tables[t];
        for (size_t d = 0; d < table->population->sides.count; d++)
            for (size_t i = 0; i < table->rows; i++) {
                const struct npt__sides *sides = &table->population->sides.items[d];
                const uint32_t mean = table->quantity[i * table->width + sides->mean];
                const enum npt__why *why = table->why + i * table->width;
                if (mean != NPT__NOWHERE &&
                    (why[sides->sides[0]] || why[sides->sides[1]] || why[sides->sides[2]]))
                    quantities->bounded.items[quantities->items.items[mean].stem] = true;
            }
    }
    bool *bounded = quantities->bounded.items;
    for (size_t i = 0; i < quantities->same_sums.count; i++) {
        const struct npt__same_sums *same = &quantities->same_sums.items[i];
        bounded[same->stem] = bounded[same->other] = bounded[same->stem] || bounded[same->other];
    }
}

static void hide_spreads(struct npt__quantities *quantities)
{
    find_bounded(quantities);
    for (size_t t = 0; t < quantities->table_count; t++) {
        const struct npt__source_table *table = &quantities->tables[t];
        for (size_t d = 0; d < table->population->spreads.count; d++)
            for (size_t i = 0; i < table->rows; i++) {
                const struct npt__spread *spread = &table->population->spreads.items[d];
                const uint32_t mean = table->quantity[i * table->width + spread->mean];
                enum npt__why *why = &table->why[i * table->width + spread->column];
                if (!*why && mean != NPT__NOWHERE &&
                    quantities->bounded.items[quantities->items.items[mean].stem])
                    *why = NPT__COMPLEMENT;
            }
    }
}

/* ---- comparisons of all parts ---------------------------------------------------------------- */

/* Whether one is a part of the other by this key, and by nothing else. */
static bool is_part(const struct npt__quantities *quantities, const struct npt__quantity *part,
                    const struct npt__quantity *whole, uint32_t key)
{
    if (part->stem != whole->stem || part->stem == NPT__NOWHERE)
        return false;
    size_t at = 0, part_count, count;
    const struct npt__label *of_part = npt__labels_of(quantities, part, &part_count);
    const struct npt__label *of_whole = npt__labels_of(quantities, whole, &count);
    if (part_count != count + 1)
        return false;
    for (size_t i = 0; i < part_count; i++) {
        if (of_part[i].key == key)
            continue;
        if (at == count || of_part[i].key != of_whole[at].key ||
            of_part[i].value != of_whole[at].value)
            return false;
        at++;
    }
    return at == count;
}

static bool hides_part(const struct npt__quantities *quantities, uint32_t whole, const char *name)
{
    const size_t length = strlen(name);
    const uint32_t key =
        npt__intern_find(&quantities->names, name, length, npt__intern_hash(name, length));
    for (size_t i = 0; i < quantities->items.count; i++) {
        const struct npt__quantity *sum = &quantities->items.items[i];
        if (sum->is_sum && npt__is_withheld(sum) && sum->of != NPT__NOWHERE &&
            is_part(quantities, &quantities->items.items[sum->of], &quantities->items.items[whole],
                    key))
            return true;
    }
    return false;
}

/* Of each row all columns are of one group and key, as a rule: looked for once. */
static void hide_comparisons(struct npt__quantities *quantities, struct npt__source_table *table)
{
    const struct npt__population *population = table->population;
    for (size_t i = 0; i < table->rows; i++) {
        const struct npt__comparing *last = NULL;
        bool hidden = false;
        for (size_t c = 0; c < population->comparing.count; c++) {
            const struct npt__comparing *comparing = &population->comparing.items[c];
            const uint32_t group = table->quantity[i * table->width + comparing->group];
            enum npt__why *why = &table->why[i * table->width + comparing->column];
            if (*why || group == NPT__NOWHERE)
                continue;
            if (!last || last->group != comparing->group || strcmp(last->key, comparing->key) != 0)
                hidden = hides_part(quantities, group, comparing->key);
            last = comparing;
            if (hidden)
                *why = NPT__COMPLEMENT;
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* How many are in a group is withheld for all facets: those asked are the same, and for one construct the number
   would tell it for the others. */
static void hide_groups(struct npt__quantities *quantities)
{
    for (size_t i = 0; i < quantities->items.count; i++) {
        const struct npt__quantity *item = &quantities->items.items[i];
        if (item->group != NPT__NOWHERE && npt__is_withheld(item))
            quantities->hidden_groups.items[item->group] = true;
    }
    for (size_t i = 0; i < quantities->items.count; i++) {
        struct npt__quantity *item = &quantities->items.items[i];
        if (item->group != NPT__NOWHERE && quantities->hidden_groups.items[item->group])
            mark(item, NPT__COMPLEMENT);
    }
}

void npt__withhold_dependents(struct npt__quantities *quantities)
{
    bool changed = true;
    while (changed) {
        changed = false;
        hide_groups(quantities);
        for (size_t i = 0; i < quantities->table_count; i++) {
            changed |= hide_marked(quantities, &quantities->tables[i]);
            changed |= hide_dependents(quantities, &quantities->tables[i]);
        }
    }
    hide_spreads(quantities);
    for (size_t i = 0; i < quantities->table_count; i++)
        hide_comparisons(quantities, &quantities->tables[i]);
}
