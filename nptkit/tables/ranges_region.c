/* ranges_region.c - growing regions of what is withheld, along relations.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ranges_region.h"

#include <string.h>

#define SHORT 10u /* open terms of a relation that all come along */

/* What a region may hold: so many items at most; of a relation with many, so many; of how many hubs. */
static const struct extent {
    size_t items, of_relation, hubs;
    bool near, wholes; /* whatever is near; what belongs to no site */
} extents[NPT__REGION_EXTENTS] = {{40, 4, 0, true, true},
                                  {1500, SIZE_MAX, 1, false, false},
                                  {3000, SIZE_MAX, NPT__REGION_HUBS, false, true}};

/* ---- sites ----------------------------------------------------------------------------------- */

/* The key of which there are the most values; NPT__NOWHERE where there is no key. */
static uint32_t find_longest_key(const struct npt__quantities *quantities)
{
    const size_t names = quantities->names.strings.count;
    size_t *counts = npt__allocate(names * sizeof *counts), most = 0;
    bool *seen = npt__allocate(names * sizeof *seen);
    memset(counts, 0, names * sizeof *counts);
    memset(seen, 0, names * sizeof *seen);
    uint32_t longest = NPT__NOWHERE;
    for (size_t i = 0; i < quantities->items.count; i++) {
        size_t count;
        const struct npt__label *labels =
            npt__labels_of(quantities, &quantities->items.items[i], &count);
        for (size_t j = 0; j < count; j++) {
            counts[labels[j].key] += !seen[labels[j].value];
            seen[labels[j].value] = true;
            if (counts[labels[j].key] > most) {
                most = counts[labels[j].key];
                longest = labels[j].key;
            }
        }
    }
    npt__release(counts);
    npt__release(seen);
    return longest;
}

/* Numbers the sites and returns how many there are. */
static size_t find_sites(struct npt__region *region)
{
    const struct npt__quantities *quantities = region->ranges->quantities;
    const uint32_t key = find_longest_key(quantities);
    uint32_t *numbers = npt__allocate(quantities->names.strings.count * sizeof *numbers);
    memset(numbers, 0xFF, quantities->names.strings.count * sizeof *numbers);
    uint32_t sites = 0;
    for (size_t i = 0; i < quantities->items.count; i++) {
        const struct npt__quantity *item = &quantities->items.items[i];
        size_t count;
        const struct npt__label *labels = npt__labels_of(quantities, item, &count);
        region->site[i] = NPT__NOWHERE;
        region->anywhere[i] = item->stem == NPT__NOWHERE;
        for (size_t j = 0; j < count; j++) {
            if (labels[j].key != key)
                continue;
            uint32_t *number = &numbers[labels[j].value];
            *number = *number == NPT__NOWHERE ? sites++ : *number;
            region->site[i] = *number;
        }
    }
    npt__release(numbers);
    return sites;
}

/* The sites of which the most is withheld that can move: small numbers cannot go down far. */
static void find_hubs(struct npt__region *region, size_t sites)
{
    const struct npt__quantities *quantities = region->ranges->quantities;
    double *room = npt__allocate((sites + 1) * sizeof *room);
    for (size_t i = 0; i < sites; i++)
        room[i] = 0;
    for (size_t i = 0; i < quantities->items.count; i++) {
        const struct npt__quantity *item = &quantities->items.items[i];
        if (region->site[i] != NPT__NOWHERE && npt__is_open(item) && !item->is_sum)
            room[region->site[i]] += item->value < 10 ? item->value : 10;
    }
    for (size_t i = 0; i < NPT__REGION_HUBS; i++) {
        size_t best = 0;
        for (size_t j = 1; j < sites; j++)
            best = room[j] > room[best] ? j : best;
        region->hubs[i] = i < sites ? (uint32_t)best : NPT__NOWHERE;
        room[best] = -1;
    }
    npt__release(room);
}

/* ---- growing --------------------------------------------------------------------------------- */

static bool is_hub(const struct npt__region *region, uint32_t site)
{
    for (size_t i = 0; i < extents[region->extent].hubs; i++)
        if (region->hubs[i] == site)
            return true;
    return false;
}

static bool can_reach(const struct npt__region *region, uint32_t item)
{
    const struct extent *extent = &extents[region->extent];
    const uint32_t site = region->site[item];
    if (region->ranges->place[item] != NPT__NOWHERE ||
        !npt__is_open(&region->ranges->quantities->items.items[item]))
        return false;
    if (extent->near || region->anywhere[item] || (site == NPT__NOWHERE && extent->wholes))
        return true;
    return site != NPT__NOWHERE && (site == region->own || is_hub(region, site));
}

static void reach(struct npt__region *region, uint32_t item)
{
    if (region->items.count == extents[region->extent].items || !can_reach(region, item))
        return;
    region->ranges->place[item] = (uint32_t)region->items.count;
    *npt__array_add(&region->items) = item;
}

/* What shares a relation with an item: all of a short one; of a long one the whole and what comes next. */
static void reach_along(struct npt__region *region, const struct npt__relation *relation,
                        uint32_t item)
{
    const struct npt__relation_term *terms =
        region->ranges->quantities->terms.items + relation->first;
    size_t open = 0, inside = 0, at = 0;
    for (size_t i = 0; i < relation->count; i++) {
        at = terms[i].quantity == item ? i : at;
        inside += region->ranges->place[terms[i].quantity] != NPT__NOWHERE;
        open += can_reach(region, terms[i].quantity);
    }
    const size_t few = extents[region->extent].of_relation;
    size_t wanted = open + inside <= SHORT ? open : few > inside ? few - inside : 0;
    wanted = wanted < open ? wanted : open;
    if (wanted)
        reach(region, terms[relation->count - 1].quantity);
    for (size_t i = 1; i < relation->count && wanted; i++) {
        const uint32_t next = terms[(at + i) % relation->count].quantity;
        if (!can_reach(region, next))
            continue;
        reach(region, next);
        wanted--;
    }
}

void npt__region_grow(struct npt__region *region, uint32_t start, size_t extent)
{
    const struct npt__ranges *ranges = region->ranges;
    region->items.count = region->relations.count = 0;
    region->extent = extent;
    region->own = region->site[start];
    region->stamp++;
    region->ranges->place[start] = 0;
    *npt__array_add(&region->items) = start;
    for (size_t i = 0; i < region->items.count; i++) {
        const uint32_t item = region->items.items[i];
        for (size_t j = ranges->first[item]; j < ranges->first[item + 1]; j++) {
            const size_t number = ranges->relations[j];
            if (region->stamps[number] == region->stamp)
                continue;
            region->stamps[number] = region->stamp;
            *npt__array_add(&region->relations) = number;
            reach_along(region, &ranges->quantities->relations.items[number], item);
        }
    }
}

void npt__region_leave(struct npt__region *region)
{
    for (size_t i = 0; i < region->items.count; i++)
        region->ranges->place[region->items.items[i]] = NPT__NOWHERE;
}

/* ---- life ------------------------------------------------------------------------------------ */

void npt__region_open(struct npt__region *region, struct npt__ranges *ranges)
{
    const size_t items = ranges->quantities->items.count,
                 relations = ranges->quantities->relations.count;
    *region = (struct npt__region){.ranges = ranges};
    region->site = npt__allocate((items + 1) * sizeof *region->site);
    region->anywhere = npt__allocate((items + 1) * sizeof *region->anywhere);
    region->stamps = npt__allocate((relations + 1) * sizeof *region->stamps);
    memset(region->stamps, 0, (relations + 1) * sizeof *region->stamps);
    find_hubs(region, find_sites(region));
}

void npt__region_release(struct npt__region *region)
{
    npt__release(region->site);
    npt__release(region->anywhere);
    npt__release(region->stamps);
    npt__array_release(&region->items);
    npt__array_release(&region->relations);
}
