/* ranges.c - bounds of what is withheld, passed through relations until nothing changes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ranges.h"

#include <math.h>
#include <string.h>

#define MOST_PASSES 60
#define CLOSE 1e-6

/* ---- what is wanted -------------------------------------------------------------------------- */

bool npt__ranges_wanted(const struct npt__ranges *ranges, uint32_t item)
{
    const struct npt__quantity *quantity = &ranges->quantities->items.items[item];
    if (!npt__is_withheld(quantity))
        return false;
    if (quantity->is_sum)
        return quantity->of != NPT__NOWHERE && isfinite(quantity->least) &&
               quantity->most > quantity->least &&
               ranges->quantities->items.items[quantity->of].value < ranges->min_n;
    return npt__counts_people(quantity->counted) && (quantity->published || quantity->implied);
}

/* The difference between the ends that an item's range must have. */
static double wanted_width(const struct npt__ranges *ranges, uint32_t item)
{
    const struct npt__quantity *quantity = &ranges->quantities->items.items[item];
    return quantity->is_sum ? (quantity->most - quantity->least) / 4 : ranges->width - 1;
}

bool npt__ranges_proven(const struct npt__ranges *ranges, uint32_t item)
{
    return ranges->seen_high[item] - ranges->seen_low[item] >=
           wanted_width(ranges, item) - CLOSE / 2;
}

/* The slack of an item of which low and high are known to hold. */
static double slack_between(const struct npt__ranges *ranges, uint32_t item, double low,
                            double high)
{
    const struct npt__quantity *quantity = &ranges->quantities->items.items[item];
    if (!quantity->is_sum)
        return floor(high + CLOSE) - ceil(low - CLOSE) - wanted_width(ranges, item);
    const struct npt__quantity *people = &ranges->quantities->items.items[quantity->of];
    if (npt__is_open(people))
        return 0; /* a mean over an unknown number: only the exact solution tells */
    return (high - low) / people->value - wanted_width(ranges, item) + CLOSE;
}

double npt__ranges_slack(const struct npt__ranges *ranges, uint32_t item)
{
    return slack_between(ranges, item, ranges->low[item], ranges->high[item]);
}

/* ---- passing bounds -------------------------------------------------------------------------- */

/* The least and most that terms of a relation come to; infinite ones are counted apart. */
struct activity {
    double low, high;
    size_t endless_low, endless_high;
};

static void ends_of(const struct npt__ranges *ranges, const struct npt__relation_term *term,
                    double *low, double *high)
{
    const double a = term->factor * ranges->low[term->quantity];
    const double b = term->factor * ranges->high[term->quantity];
    *low = term->factor > 0 ? a : b;
    *high = term->factor > 0 ? b : a;
}

static struct activity activity_of(const struct npt__ranges *ranges,
                                   const struct npt__relation *relation)
{
    struct activity activity = {0};
    for (size_t i = 0; i < relation->count; i++) {
        double low, high;
        ends_of(ranges, &ranges->quantities->terms.items[relation->first + i], &low, &high);
        activity.low += isinf(low) ? 0 : low;
        activity.high += isinf(high) ? 0 : high;
        activity.endless_low += isinf(low) != 0;
        activity.endless_high += isinf(high) != 0;
    }
    return activity;
}

/* What a relation tells of one of its terms, whatever else is known of it. */
static void implied_ends(const struct npt__ranges *ranges, const struct npt__relation *relation,
                         const struct activity *activity, const struct npt__relation_term *term,
                         double *low, double *high)
{
    double own_low, own_high;
    ends_of(ranges, term, &own_low, &own_high);
    const size_t others_high = activity->endless_high - (isinf(own_high) != 0);
    const size_t others_low = activity->endless_low - (isinf(own_low) != 0);
    /* factor x item = 0 - the others, or more */
    const double least =
        others_high ? -INFINITY : -(activity->high - (isinf(own_high) ? 0 : own_high));
    const double most = others_low || relation->at_least
                            ? INFINITY
                            : -(activity->low - (isinf(own_low) ? 0 : own_low));
    *low = (term->factor > 0 ? least : most) / term->factor;
    *high = (term->factor > 0 ? most : least) / term->factor;
}

static bool narrow(struct npt__ranges *ranges, const struct npt__relation *relation)
{
    const struct activity activity = activity_of(ranges, relation);
    bool changed = false;
    if (activity.endless_low > 1 && activity.endless_high > 1)
        return false;
    for (size_t i = 0; i < relation->count; i++) {
        const struct npt__relation_term *term =
            &ranges->quantities->terms.items[relation->first + i];
        const struct npt__quantity *item = &ranges->quantities->items.items[term->quantity];
        double low, high;
        if (!npt__is_open(item))
            continue;
        implied_ends(ranges, relation, &activity, term, &low, &high);
        if (!item->is_sum) {
            low = ceil(low - CLOSE);
            high = floor(high + CLOSE);
        }
        double *known_low = &ranges->low[term->quantity];
        double *known_high = &ranges->high[term->quantity];
        changed |= low > *known_low + CLOSE || high < *known_high - CLOSE;
        *known_low = low > *known_low + CLOSE ? low : *known_low;
        *known_high = high < *known_high - CLOSE ? high : *known_high;
    }
    return changed;
}

static void start_from_what_is_known(struct npt__ranges *ranges)
{
    for (size_t i = 0; i < ranges->quantities->items.count; i++) {
        const struct npt__quantity *item = &ranges->quantities->items.items[i];
        ranges->low[i] = ranges->high[i] = item->value;
        if (!npt__is_open(item))
            continue;
        ranges->low[i] = item->is_sum ? -INFINITY : 0;
        ranges->high[i] = INFINITY;
        /* Zeros of these are always shown, which everybody may know: what is withheld is none. */
        const bool zeros_shown =
            item->counted == NPT__COUNTS_PEOPLE || item->counted == NPT__COUNTS_CASES;
        if (!item->is_sum && item->published && zeros_shown && item->value >= 1)
            ranges->low[i] = 1;
    }
}

static bool has_open_term(const struct npt__quantities *quantities,
                          const struct npt__relation *relation)
{
    for (size_t i = 0; i < relation->count; i++)
        if (npt__is_open(
                &quantities->items.items[quantities->terms.items[relation->first + i].quantity]))
            return true;
    return false;
}

void npt__ranges_pass(struct npt__ranges *ranges)
{
    const struct npt__quantities *quantities = ranges->quantities;
    size_t *open = npt__allocate((quantities->relations.count + 1) * sizeof *open), count = 0;
    for (size_t i = 0; i < quantities->relations.count; i++)
        if (has_open_term(quantities, &quantities->relations.items[i]))
            open[count++] = i;
    start_from_what_is_known(ranges);
    bool changed = true;
    for (size_t pass = 0; pass < MOST_PASSES && changed; pass++) {
        changed = false;
        for (size_t i = 0; i < count; i++)
            changed |= narrow(ranges, &quantities->relations.items[open[i]]);
    }
    npt__release(open);
}

double npt__ranges_slack_of(const struct npt__ranges *ranges, uint32_t item, size_t number)
{
    const struct npt__relation *relation = &ranges->quantities->relations.items[number];
    const struct activity activity = activity_of(ranges, relation);
    for (size_t i = 0; i < relation->count; i++) {
        const struct npt__relation_term *term =
            &ranges->quantities->terms.items[relation->first + i];
        double low, high;
        if (term->quantity != item)
            continue;
        implied_ends(ranges, relation, &activity, term, &low, &high);
        const bool is_sum = ranges->quantities->items.items[item].is_sum;
        if (!is_sum && low < 0)
            low = 0;
        return slack_between(ranges, item, low, high);
    }
    return 0;
}

/* ---- life ------------------------------------------------------------------------------------ */

void npt__ranges_open(struct npt__ranges *ranges, const struct npt__quantities *quantities,
                      double min_n, double width)
{
    const size_t count = quantities->items.count;
    *ranges = (struct npt__ranges){.quantities = quantities, .min_n = min_n, .width = width};
    double *numbers = npt__allocate((4 * count + 1) * sizeof *numbers);
    ranges->low = numbers;
    ranges->high = numbers + count;
    ranges->seen_low = numbers + 2 * count;
    ranges->seen_high = numbers + 3 * count;
    ranges->place = npt__allocate((count + 1) * sizeof *ranges->place);
    memset(ranges->place, 0xFF, (count + 1) * sizeof *ranges->place);
    ranges->first = npt__allocate((count + 2) * sizeof *ranges->first);
    memset(ranges->first, 0, (count + 2) * sizeof *ranges->first);
    for (size_t i = 0; i < quantities->relations.count; i++)
        for (size_t j = 0; j < quantities->relations.items[i].count; j++) {
            const size_t term = quantities->relations.items[i].first + j;
            ranges->first[quantities->terms.items[term].quantity + 2]++;
        }
    for (size_t i = 2; i < count + 2; i++)
        ranges->first[i] += ranges->first[i - 1];
    ranges->relations = npt__allocate((quantities->terms.count + 1) * sizeof *ranges->relations);
    for (size_t i = 0; i < quantities->relations.count; i++)
        for (size_t j = 0; j < quantities->relations.items[i].count; j++) {
            const size_t term = quantities->relations.items[i].first + j;
            ranges->relations[ranges->first[quantities->terms.items[term].quantity + 1]++] =
                (uint32_t)i;
        }
    for (size_t i = 0; i < count; i++) {
        const struct npt__quantity *item = &quantities->items.items[i];
        double value = item->value;
        if (item->is_sum && item->of != NPT__NOWHERE)
            value /= quantities->items.items[item->of].value;
        ranges->seen_low[i] = ranges->seen_high[i] = value;
    }
}

void npt__ranges_release(struct npt__ranges *ranges)
{
    npt__release(ranges->low);
    npt__release(ranges->place);
    npt__release(ranges->first);
    npt__release(ranges->relations);
}
