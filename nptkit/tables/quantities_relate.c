/* quantities_relate.c - how groups add up to totals, and what the ends of a scale say of sums.
 *
 * Quantities that differ in the value of one partition only are the parts of the quantity without it. Where they
 * come to less than it, as after a filter, an unseen rest makes up for it; where they come to more, they share
 * members, and only inequalities hold.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "quantities.h"

#include "../base/buffer.h"

#include <math.h>
#include <string.h>

/* One quantity as a part of the group that it makes with those that differ in one value. */
struct part {
    uint32_t group, item;
    uint32_t rest;  /* list of its labels without the one in which they differ */
    uint32_t place; /* of that one */
};

struct parts {
    npt__lists groups; /* stem, key, rest */
    NPT__ARRAY(struct part) list;
};

static uint32_t list_without(struct npt__quantities *quantities, const struct npt__label *labels,
                             size_t count, size_t without)
{
    uint32_t words[2 * NPT__MOST_LABELS];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == without)
            continue;
        words[used++] = labels[i].key;
        words[used++] = labels[i].value;
    }
    return npt__lists_add(&quantities->labels, words, used);
}

/* Groups one after the other in the order in which they were found, items of a group in theirs. */
static void sort_parts(struct parts *parts)
{
    const size_t groups = parts->groups.ends.count, count = parts->list.count;
    size_t *next = npt__allocate((groups + 1) * sizeof *next);
    struct part *sorted = npt__allocate(count * sizeof *sorted);
    memset(next, 0, (groups + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++)
        next[parts->list.items[i].group + 1]++;
    for (size_t i = 1; i < groups; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < count; i++)
        sorted[next[parts->list.items[i].group]++] = parts->list.items[i];
    npt__release(next);
    npt__release(parts->list.items);
    parts->list.items = sorted;
    parts->list.room = count;
}

/* Items with so many labels, each once for each of its labels. */
static void list_parts(struct npt__quantities *quantities, size_t wanted, struct parts *parts)
{
    for (size_t i = 0; i < quantities->items.count; i++) {
        const struct npt__quantity *quantity = &quantities->items.items[i];
        struct npt__label labels[NPT__MOST_LABELS];
        size_t count;
        const struct npt__label *own = npt__labels_of(quantities, quantity, &count);
        if (count != wanted)
            continue;
        memcpy(labels, own, count * sizeof *labels);
        for (uint32_t j = 0; j < count; j++) {
            const uint32_t rest = list_without(quantities, labels, count, j);
            const uint32_t group = npt__lists_add(
                &parts->groups, (uint32_t[]){quantity->stem, labels[j].key, rest}, 3);
            *npt__array_add(&parts->list) = (struct part){group, (uint32_t)i, rest, j};
        }
    }
    if (parts->list.count)
        sort_parts(parts);
}

static uint16_t drop_bit(uint16_t bits, uint32_t place)
{
    const unsigned below = (1u << place) - 1;
    return (uint16_t)((bits & below) | (((unsigned)bits >> 1) & ~below));
}

/* The quantity that a group of parts belongs to; one that stands nowhere where there is none. */
static uint32_t whole_of(struct npt__quantities *quantities, const struct part *part, double sum)
{
    struct npt__quantity whole = quantities->items.items[part->item];
    const uint32_t found = npt__quantities_find(quantities, whole.stem, part->rest);
    if (found != NPT__NOWHERE)
        return found;
    whole.labels = part->rest;
    whole.overlaps = drop_bit(whole.overlaps, part->place);
    whole.filters = drop_bit(whole.filters, part->place);
    whole.value = sum;
    whole.published = false;
    whole.group = whole.of = NPT__NOWHERE;
    whole.least = -INFINITY;
    whole.most = INFINITY;
    return npt__quantities_add(quantities, &whole);
}

/* People that a filter left out, who are the difference of two published counts. */
static uint32_t add_rest(struct npt__quantities *quantities, const struct part *part, double value,
                         bool filtered)
{
    struct npt__quantity rest = quantities->items.items[part->item];
    rest.stem = NPT__NOWHERE;
    rest.labels = NPT__NO_LABELS;
    rest.overlaps = rest.filters = 0;
    rest.value = value;
    rest.published = false;
    rest.group = rest.of = NPT__NOWHERE;
    rest.implied = filtered && npt__counts_people(rest.counted);
    *npt__array_add(&quantities->items) = rest;
    return (uint32_t)(quantities->items.count - 1);
}

static void relate_shared(struct npt__quantities *quantities, const struct part *parts,
                          size_t count, uint32_t whole)
{
    const size_t first = quantities->terms.count;
    for (size_t i = 0; i < count; i++)
        npt__add_term(quantities, parts[i].item, 1);
    npt__add_term(quantities, whole, -1);
    npt__end_relation(quantities, first, true);
    for (size_t i = 0; i < count; i++) {
        npt__add_term(quantities, whole, 1);
        npt__add_term(quantities, parts[i].item, -1);
        npt__end_relation(quantities, quantities->terms.count - 2, true);
    }
}

/* Several values of a filter together, which may share members with the parts: with a rest of its own. */
static void relate_union(struct npt__quantities *quantities, const struct part *part,
                         uint32_t whole)
{
    const double rest =
        quantities->items.items[whole].value - quantities->items.items[part->item].value;
    if (rest < 0)
        return;
    const size_t first = quantities->terms.count;
    npt__add_term(quantities, part->item, 1);
    npt__add_term(quantities, add_rest(quantities, part, rest, true), 1);
    npt__add_term(quantities, whole, -1);
    npt__end_relation(quantities, first, false);
}

/* The text of the value in which a part differs. */
static const char *value_text(const struct npt__quantities *quantities, const struct part *part)
{
    size_t count;
    const struct npt__label *labels =
        npt__labels_of(quantities, &quantities->items.items[part->item], &count);
    return npt__name_text(quantities, labels[part->place].value);
}

/* Where each of the several values has a part of its own, these add up to them together. */
static void relate_members(struct npt__quantities *quantities, const struct part *parts,
                           size_t count, const struct part *together)
{
    const char *list = value_text(quantities, together) + 1;
    const size_t first = quantities->terms.count;
    double sum = 0;
    while (list) {
        const size_t length = strcspn(list, NPT__UNION), before = quantities->terms.count;
        for (size_t i = 0; i < count && before == quantities->terms.count; i++) {
            const char *value = value_text(quantities, &parts[i]);
            if (strncmp(value + 1, list, length) != 0 || value[0] != '=' || value[length + 1])
                continue;
            npt__add_term(quantities, parts[i].item, 1);
            sum += quantities->items.items[parts[i].item].value;
        }
        list = list[length] && before < quantities->terms.count ? list + length + 1 : NULL;
    }
    const double whole = quantities->items.items[together->item].value;
    if (fabs(sum - whole) > 1e-9 * (fabs(whole) + 1)) { /* some of them have no part */
        quantities->terms.count = first;
        return;
    }
    npt__add_term(quantities, together->item, -1);
    npt__end_relation(quantities, first, false);
}

/* Sums of parts that leave out people of the whole: what is missing lies within the scale for each of these. */
static void relate_left_out(struct npt__quantities *quantities, const struct part *parts,
                            size_t count, uint32_t whole)
{
    const struct npt__quantity all = quantities->items.items[whole];
    bool known = all.of != NPT__NOWHERE && isfinite(all.least);
    for (size_t i = 0; i < count && known; i++)
        known = quantities->items.items[parts[i].item].of != NPT__NOWHERE;
    for (size_t end = 0; end < 2 && known; end++) {
        const double sign = end ? -1 : 1, limit = end ? all.most : -all.least;
        const size_t first = quantities->terms.count;
        for (size_t i = 0; i < count; i++) {
            npt__add_term(quantities, parts[i].item, -sign);
            if (limit != 0)
                npt__add_term(quantities, quantities->items.items[parts[i].item].of, -limit);
        }
        if (limit != 0)
            npt__add_term(quantities, all.of, limit);
        npt__add_term(quantities, whole, sign);
        npt__end_relation(quantities, first, true);
    }
}

static void relate_group(struct npt__quantities *quantities, struct part *parts, size_t count)
{
    double sum = 0;
    bool overlaps = false, filtered = false;
    size_t plain = 0;
    for (size_t i = 0; i < count; i++) {
        const struct npt__quantity *item = &quantities->items.items[parts[i].item];
        const unsigned bit = 1u << parts[i].place;
        overlaps |= (item->overlaps & bit) != 0;
        filtered |= (item->filters & bit) != 0;
        if ((item->filters & bit) &&
            strstr(value_text(quantities, &parts[i]),
                   NPT__UNION)) /* may share members with the others: for itself */
            continue;
        sum += quantities->items.items[parts[i].item].value;
        const struct part moved = parts[i];
        parts[i] = parts[plain];
        parts[plain++] = moved;
    }
    const uint32_t whole = whole_of(quantities, parts, sum);
    const double total = quantities->items.items[whole].value;
    const bool is_sum = quantities->items.items[whole].is_sum;
    const double tolerance = is_sum ? 1e-6 * (fabs(total) + 1) : 0;
    for (size_t i = plain; i < count; i++) {
        relate_members(quantities, parts, plain, &parts[i]);
        if (!is_sum)
            relate_union(quantities, &parts[i], whole);
    }
    if (!plain)
        return;
    if ((overlaps || sum > total + tolerance) && !is_sum) {
        relate_shared(quantities, parts, plain, whole);
        return;
    }
    if (is_sum && fabs(sum - total) > tolerance) {
        relate_left_out(quantities, parts, plain, whole);
        return;
    }
    const size_t first = quantities->terms.count;
    for (size_t i = 0; i < plain; i++)
        npt__add_term(quantities, parts[i].item, 1);
    if (sum < total - tolerance)
        npt__add_term(quantities, add_rest(quantities, &parts[0], total - sum, filtered), 1);
    npt__add_term(quantities, whole, -1);
    npt__end_relation(quantities, first, false);
}

/* A sum lies between n times the least and n times the most of the scale. */
static void bound_sums(struct npt__quantities *quantities)
{
    for (uint32_t i = 0; i < quantities->items.count; i++) {
        const struct npt__quantity *sum = &quantities->items.items[i];
        if (!sum->is_sum || sum->of == NPT__NOWHERE || !isfinite(sum->least))
            continue;
        const double ends[] = {-sum->least, sum->most};
        for (size_t j = 0; j < 2; j++) {
            npt__add_term(quantities, i, j ? -1 : 1);
            if (ends[j] != 0)
                npt__add_term(quantities, quantities->items.items[i].of, ends[j]);
            npt__end_relation(quantities, quantities->terms.count - (ends[j] != 0 ? 2 : 1), true);
        }
    }
}

/* The answers below, at and above the middle bound their sum: of 1 to 5, those below are 1 or 2 each. */
static void bound_by_sides(struct npt__quantities *quantities,
                           const struct npt__source_table *table, const struct npt__sides *sides)
{
    for (size_t i = 0; i < table->rows; i++) {
        const uint32_t *row = table->quantity + i * table->width;
        const uint32_t mean = row[sides->mean];
        if (mean == NPT__NOWHERE || row[sides->sides[0]] == NPT__NOWHERE ||
            row[sides->sides[1]] == NPT__NOWHERE || row[sides->sides[2]] == NPT__NOWHERE)
            continue;
        const struct npt__quantity *sum = &quantities->items.items[mean];
        const double least = sum->least, most = sum->most, middle = (least + most) / 2;
        const double lows[3] = {least, middle, floor(middle) + 1};
        const double highs[3] = {ceil(middle) - 1, middle, most};
        for (size_t end = 0; end < 2 && isfinite(least); end++) {
            npt__add_term(quantities, mean, end ? -1 : 1);
            for (size_t j = 0; j < 3; j++)
                npt__add_term(quantities, row[sides->sides[j]], end ? highs[j] : -lows[j]);
            npt__end_relation(quantities, quantities->terms.count - 4, true);
        }
    }
}

/* The change of those who are linked is that of the sums, less what those add who have a part in one of them only: each
   of these between the ends of the scale. */
static void bound_changes(struct npt__quantities *quantities, const struct npt__source_table *table,
                          const struct npt__change *change)
{
    for (size_t i = 0; i < table->rows; i++) {
        const uint32_t *row = table->quantity + i * table->width;
        const uint32_t sums[] = {row[change->column], row[change->means[0]], row[change->means[1]]},
                       linked = row[change->linked];
        if (sums[0] == NPT__NOWHERE || sums[1] == NPT__NOWHERE || sums[2] == NPT__NOWHERE ||
            linked == NPT__NOWHERE)
            continue;
        const struct npt__quantity before = quantities->items.items[sums[1]],
                                   after = quantities->items.items[sums[2]];
        const double least = before.least, most = before.most;
        if (before.of == NPT__NOWHERE || after.of == NPT__NOWHERE || !isfinite(least))
            continue;
        for (int end = 0; end < 2; end++) {
            const double sign = end ? -1 : 1;
            const double factors[] = {sign, sign, -sign};
            for (size_t j = 0; j < 3; j++)
                npt__add_term(quantities, sums[j], factors[j]);
            npt__add_term(quantities, before.of, end ? most : -least);
            npt__add_term(quantities, after.of, end ? -least : most);
            npt__add_term(quantities, linked, least - most);
            npt__end_relation(quantities, quantities->terms.count - 6, true);
        }
    }
}

/* Counts of other tables that are among a count, or among which it is: by any facets and of any family. */
static void relate_among(struct npt__quantities *quantities, const struct npt__source_table *table,
                         const struct npt__among *among)
{
    const uint32_t what = npt__quantities_name(quantities, among->what);
    NPT__ARRAY(uint32_t) stems = {0};
    size_t words;
    for (uint32_t i = 0; i < quantities->stems.ends.count; i++)
        if (npt__lists_words(&quantities->stems, i, &words)[0] == what)
            *npt__array_add(&stems) = i;
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < stems.count; j++) {
            const uint32_t own = table->quantity[i * table->width + among->column];
            if (own == NPT__NOWHERE)
                break;
            const uint32_t other = npt__quantities_find(quantities, stems.items[j],
                                                        quantities->items.items[own].labels);
            const uint32_t whole = among->turned ? other : own, part = among->turned ? own : other;
            if (other == NPT__NOWHERE ||
                quantities->items.items[whole].value < quantities->items.items[part].value)
                continue;
            npt__add_term(quantities, part, -1);
            npt__add_term(quantities, whole, 1);
            npt__end_relation(quantities, quantities->terms.count - 2, true);
        }
    npt__array_release(&stems);
}

/* The quantity of one facet's value, with the labels of another; whichever family has it. */
static uint32_t find_facet(struct npt__quantities *quantities, const struct npt__items *items,
                           const char *value, const struct npt__quantity *like, uint32_t family)
{
    npt__buffer what = {0};
    npt__buffer_puts(&what, like->is_sum ? NPT__MEAN_OF : "");
    npt__buffer_puts(&what, items->what);
    const uint32_t facet[] = {npt__quantities_name(quantities, items->facet),
                              npt__quantities_value(quantities, value)};
    const uint32_t stem[] = {npt__quantities_name(quantities, npt__buffer_string(&what)), family,
                             npt__lists_add(&quantities->labels, facet, 2)};
    npt__buffer_release(&what);
    return npt__quantities_find(quantities, npt__lists_find(&quantities->stems, stem, 3),
                                like->labels);
}

/* A count, or a sum, and those of items that it is made of, where these are known and come to it. */
static void relate_made_of(struct npt__quantities *quantities,
                           const struct npt__source_table *table,
                           const struct npt__made_of *made_of, uint32_t family)
{
    const uint32_t whole = table->quantity[made_of->row * table->width + made_of->column];
    if (whole == NPT__NOWHERE)
        return;
    const struct npt__quantity like = quantities->items.items[whole];
    const size_t first = quantities->terms.count;
    double rest = like.value;
    npt__add_term(quantities, whole, 1);
    if (made_of->turned && like.is_sum && like.of != NPT__NOWHERE) {
        const double ends = like.least + like.most;
        npt__add_term(quantities, like.of, -ends);
        rest -= ends * quantities->items.items[like.of].value;
    }
    for (size_t i = 0; i < made_of->items->count; i++) {
        const uint32_t part =
            find_facet(quantities, made_of->items, made_of->items->values[i], &like, family);
        if (part == NPT__NOWHERE) {
            quantities->terms.count = first;
            return;
        }
        if (like.is_sum)
            *npt__array_add(&quantities->same_sums) =
                (struct npt__same_sums){like.stem, quantities->items.items[part].stem};
        const double factor = made_of->turned && like.is_sum ? 1 : -1;
        npt__add_term(quantities, part, factor);
        rest += factor * quantities->items.items[part].value;
    }
    if (fabs(rest) <= 1e-6 * (fabs(like.value) + 1))
        npt__end_relation(quantities, first, false);
    else
        quantities->terms.count = first;
}

/* Groups of parts from the most labels to one: wholes that stand nowhere have one label less. */
static void relate_parts(struct npt__quantities *quantities)
{
    size_t most = 0, count;
    for (size_t i = 0; i < quantities->items.count; i++) {
        npt__labels_of(quantities, &quantities->items.items[i], &count);
        most = count > most ? count : most;
    }
    for (count = most; count > 0; count--) {
        struct parts parts = {.list = {0}};
        list_parts(quantities, count, &parts);
        for (size_t i = 0; i < parts.list.count;) {
            size_t end = i;
            while (end < parts.list.count &&
                   parts.list.items[end].group == parts.list.items[i].group)
                end++;
            relate_group(quantities, parts.list.items + i, end - i);
            i = end;
        }
        npt__lists_release(&parts.groups);
        npt__array_release(&parts.list);
    }
}

void npt__quantities_relate(struct npt__quantities *quantities)
{
    relate_parts(quantities);
    for (size_t i = 0; i < quantities->table_count; i++)
        for (size_t j = 0; j < quantities->tables[i].population->made_of.count; j++)
            for (uint32_t family = 0; family < 2; family++)
                relate_made_of(quantities, &quantities->tables[i],
                               &quantities->tables[i].population->made_of.items[j], family);
    for (size_t i = 0; i < quantities->table_count; i++)
        for (size_t j = 0; j < quantities->tables[i].population->among.count; j++)
            relate_among(quantities, &quantities->tables[i],
                         &quantities->tables[i].population->among.items[j]);
    bound_sums(quantities);
    for (size_t i = 0; i < quantities->table_count; i++)
        for (size_t j = 0; j < quantities->tables[i].population->changes.count; j++)
            bound_changes(quantities, &quantities->tables[i],
                          &quantities->tables[i].population->changes.items[j]);
    for (size_t i = 0; i < quantities->table_count; i++)
        for (size_t j = 0; j < quantities->tables[i].population->sides.count; j++)
            bound_by_sides(quantities, &quantities->tables[i],
                           &quantities->tables[i].population->sides.items[j]);
}
