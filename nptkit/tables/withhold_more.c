/* withhold_more.c - complements: what else must go, so that nothing withheld can be worked out.
 *
 * Each round finds what can be bounded too narrowly and, for each relation that tells too much, withholds one more
 * quantity of it: first one whose other relations lost something already (a second hole in the same row), then the
 * smallest, parts before totals. Rounds end because each withholds something or finds nothing left to withhold.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "withhold.h"

#include <math.h>

#define MENDS 4u /* leaks of a relation that one more thing withheld is hoped to mend */

struct search {
    struct npt__quantities *quantities;
    struct npt__ranges ranges;
    const struct npt__limits *limits;
    NPT__ARRAY(uint32_t) leaks;
    size_t *relaxed; /* by relation: leaks that what it lost in this round may have mended */
};

/* What it costs to withhold something: less is better, in the order of the members. */
struct cost {
    bool whole, alone;
    double value;
    uint32_t item;
};

static bool is_cheaper(const struct cost *a, const struct cost *b)
{
    if (b->item == NPT__NOWHERE)
        return true;
    if (a->whole != b->whole)
        return !a->whole;
    if (a->alone != b->alone)
        return !a->alone;
    return a->value != b->value ? a->value < b->value : a->item < b->item;
}

/* Whether withholding an item would make nothing open elsewhere that was closed. */
static bool is_alone(const struct search *search, uint32_t item, size_t but)
{
    const struct npt__quantities *quantities = search->quantities;
    const struct npt__ranges *ranges = &search->ranges;
    for (size_t i = ranges->first[item]; i < ranges->first[item + 1]; i++) {
        const struct npt__relation *relation = &quantities->relations.items[ranges->relations[i]];
        if (ranges->relations[i] == but || relation->at_least)
            continue;
        bool open = false;
        for (size_t j = 0; j < relation->count && !open; j++)
            open = npt__is_open(
                &quantities->items.items[quantities->terms.items[relation->first + j].quantity]);
        if (!open)
            return true;
    }
    return false;
}

/* The cheapest published quantity of a relation. */
static void offer(const struct search *search, size_t number, uint32_t leak, struct cost *best)
{
    const struct npt__quantities *quantities = search->quantities;
    const struct npt__relation *relation = &quantities->relations.items[number];
    const size_t last = relation->first + relation->count - 1;
    for (size_t i = relation->first; i <= last; i++) {
        const uint32_t item = quantities->terms.items[i].quantity;
        const struct npt__quantity *found = &quantities->items.items[item];
        if (item == leak || npt__is_open(found) || found->settled)
            continue;
        double value = found->value;
        if (found->is_sum && found->of != NPT__NOWHERE)
            value = quantities->items.items[found->of].value;
        const struct cost cost = {.whole = i == last,
                                  .alone = is_alone(search, item, number),
                                  .value = value,
                                  .item = item};
        if (is_cheaper(&cost, best))
            *best = cost;
    }
}

/* A mean that hides that of a small group goes for all facets of its group, as the small group's went: the total over
   constructs would tell it together with the other constructs. */
static bool withhold(struct search *search, const struct cost *cost, uint32_t leak)
{
    if (cost->item == NPT__NOWHERE)
        return false;
    struct npt__quantities *quantities = search->quantities;
    struct npt__quantity *found = &quantities->items.items[cost->item];
    found->why = NPT__COMPLEMENT;
    const uint32_t group =
        found->of == NPT__NOWHERE ? NPT__NOWHERE : quantities->items.items[found->of].group;
    if (found->is_sum && quantities->items.items[leak].is_sum && group != NPT__NOWHERE)
        quantities->small_groups.items[group] = true;
    for (size_t i = search->ranges.first[cost->item]; i < search->ranges.first[cost->item + 1]; i++)
        search->relaxed[search->ranges.relations[i]] += MENDS;
    return true;
}

/* Sums that are withheld in a relation whose whole is known come to a known sum: it must not be that of a group
   too small to be described. */
static bool tells_small_group(const struct search *search, size_t number)
{
    const struct npt__quantities *quantities = search->quantities;
    const struct npt__relation *relation = &quantities->relations.items[number];
    double people = 0;
    for (size_t i = 0; i < relation->count; i++) {
        const struct npt__relation_term *term = &quantities->terms.items[relation->first + i];
        const struct npt__quantity *item = &quantities->items.items[term->quantity];
        if (!item->is_sum)
            return false;
        if (!npt__is_open(item))
            continue;
        if (term->factor < 0 || item->of == NPT__NOWHERE)
            return false;
        people += quantities->items.items[item->of].value;
    }
    return !relation->at_least && people > 0 && people < search->limits->min_n;
}

static bool is_only_open(const struct npt__quantities *quantities, size_t number)
{
    const struct npt__relation *relation = &quantities->relations.items[number];
    size_t open = 0;
    for (size_t i = 0; i < relation->count; i++)
        open += npt__is_open(
            &quantities->items.items[quantities->terms.items[relation->first + i].quantity]);
    return open == 1;
}

enum kind { DETERMINES, SUMS, BOUNDS };

static bool is_of_kind(const struct search *search, size_t number, enum kind kind)
{
    if (search->quantities->relations.items[number].at_least)
        return kind == BOUNDS;
    return kind == SUMS || (kind == DETERMINES && is_only_open(search->quantities, number));
}

/* Withholds something in relations of one kind that tell too much of an item: in each that determines it, in one of
   those where it takes the others to do so, which may be mended by that. Whether there was one. */
static bool relax(struct search *search, uint32_t leak, enum kind kind)
{
    const struct npt__ranges *ranges = &search->ranges;
    bool mended = false;
    for (size_t i = ranges->first[leak]; i < ranges->first[leak + 1]; i++) {
        const size_t number = ranges->relations[i];
        if (!is_of_kind(search, number, kind) || (mended && kind != DETERMINES) ||
            (npt__ranges_slack_of(ranges, leak, number) >= 0 && !tells_small_group(search, number)))
            continue;
        struct cost best = {.item = NPT__NOWHERE};
        if (!search->relaxed[number])
            offer(search, number, leak, &best);
        mended |= search->relaxed[number] || withhold(search, &best, leak);
    }
    return mended;
}

/* Whether something was withheld next to an item in this round, which may have mended it. */
static bool is_mended(struct search *search, uint32_t leak)
{
    const struct npt__ranges *ranges = &search->ranges;
    for (size_t i = ranges->first[leak]; i < ranges->first[leak + 1]; i++)
        if (search->relaxed[ranges->relations[i]]) {
            search->relaxed[ranges->relations[i]]--;
            return true;
        }
    return false;
}

/* Where no relation of its own tells too much of an item, in any of them. */
static bool relax_any(struct search *search, uint32_t leak)
{
    const struct npt__ranges *ranges = &search->ranges;
    struct cost best = {.item = NPT__NOWHERE};
    for (size_t i = ranges->first[leak]; i < ranges->first[leak + 1]; i++)
        offer(search, ranges->relations[i], leak, &best);
    return withhold(search, &best, leak);
}

/* Where all that an item shares a relation with is withheld: something further away, step by step. */
static bool mend_further(struct search *search, uint32_t leak)
{
    const struct npt__ranges *ranges = &search->ranges;
    const struct npt__quantities *quantities = search->quantities;
    bool *seen = npt__allocate(quantities->items.count + 1);
    for (size_t i = 0; i < quantities->items.count; i++)
        seen[i] = false;
    NPT__ARRAY(uint32_t) reached = {0};
    *npt__array_add(&reached) = leak;
    seen[leak] = true;
    struct cost best = {.item = NPT__NOWHERE};
    for (size_t i = 0; i < reached.count && best.item == NPT__NOWHERE; i++) {
        const uint32_t item = reached.items[i];
        for (size_t j = ranges->first[item]; j < ranges->first[item + 1]; j++) {
            const struct npt__relation *relation =
                &quantities->relations.items[ranges->relations[j]];
            offer(search, ranges->relations[j], leak, &best);
            for (size_t k = 0; k < relation->count; k++) {
                const uint32_t next = quantities->terms.items[relation->first + k].quantity;
                if (!seen[next] && npt__is_open(&quantities->items.items[next]))
                    *npt__array_add(&reached) = next;
                seen[next] = true;
            }
        }
    }
    npt__array_release(&reached);
    npt__release(seen);
    return withhold(search, &best, leak);
}

static void list_leaks(struct search *search, bool exact)
{
    const struct npt__ranges *ranges = &search->ranges;
    search->leaks.count = 0;
    for (uint32_t i = 0; i < search->quantities->items.count; i++) {
        struct npt__quantity *item = &search->quantities->items.items[i];
        if (item->exposed || !npt__ranges_wanted(ranges, i))
            continue;
        bool leaks = exact ? !npt__ranges_proven(ranges, i) : npt__ranges_slack(ranges, i) < 0;
        for (size_t j = ranges->first[i]; item->is_sum && !leaks && j < ranges->first[i + 1]; j++)
            leaks = tells_small_group(search, ranges->relations[j]);
        if (leaks)
            *npt__array_add(&search->leaks) = i;
    }
}

/* First what one relation determines: what takes several relations to bound is often mended by that. */
static void mend_all(struct search *search)
{
    bool mended = false;
    for (size_t i = 0; i < search->quantities->relations.count; i++)
        search->relaxed[i] = 0;
    for (enum kind kind = DETERMINES; kind <= BOUNDS && !mended; kind++)
        for (size_t i = 0; i < search->leaks.count; i++)
            if (kind == DETERMINES || !is_mended(search, search->leaks.items[i]))
                mended |= relax(search, search->leaks.items[i], kind);
    for (size_t i = 0; i < search->leaks.count && !mended; i++) {
        const uint32_t leak = search->leaks.items[i];
        if (!is_mended(search, leak) && !relax_any(search, leak) && !mend_further(search, leak))
            search->quantities->items.items[leak].exposed = true;
    }
    npt__withhold_dependents(search->quantities);
}

void npt__withhold_complements(struct npt__quantities *quantities, const struct npt__limits *limits)
{
    struct search search = {.quantities = quantities, .limits = limits};
    npt__ranges_open(&search.ranges, quantities, limits->min_n, limits->min_cell);
    search.relaxed = npt__allocate((quantities->relations.count + 1) * sizeof *search.relaxed);
    for (;;) {
        npt__ranges_pass(&search.ranges);
        list_leaks(&search, false);
        if (!search.leaks.count) {
            npt__ranges_solve(&search.ranges);
            list_leaks(&search, true);
        }
        if (!search.leaks.count)
            break;
        mend_all(&search);
    }
    npt__array_release(&search.leaks);
    npt__release(search.relaxed);
    npt__ranges_release(&search.ranges);
}
