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
#include <stdlib.h>
#include <string.h>

/* One quantity as a part of the group that it makes with those that differ in one value. */
struct part {
    uint32_t group, item;
    size_t pair; /* the one in which they differ */
};

struct parts {
    npt__intern names;
    NPT__ARRAY(struct part) list;
};

static uint32_t name_group(struct parts *parts, npt__arena *arena,
                           const struct npt__quantity *quantity, size_t without)
{
    npt__buffer name = {0};
    npt__buffer_puts(&name, quantity->stem);
    npt__buffer_print(&name, "\5%s", quantity->pairs[without].key);
    for (size_t i = 0; i < quantity->pair_count; i++)
        if (i != without)
            npt__buffer_print(&name, "\1%s\2%s", quantity->pairs[i].key, quantity->pairs[i].value);
    const char *text = npt__buffer_string(&name);
    const uint32_t group = npt__intern_add(&parts->names, arena, text, name.length,
                                           npt__intern_hash(text, name.length));
    npt__buffer_release(&name);
    return group;
}

static int compare_parts(const void *one, const void *other)
{
    const struct part *a = one, *b = other;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

/* Items with so many pairs, each once for each of its pairs. */
static void list_parts(const struct npt__quantities *quantities, size_t pairs, struct parts *parts)
{
    parts->list.count = 0;
    for (size_t i = 0; i < quantities->items.count; i++) {
        const struct npt__quantity *quantity = &quantities->items.items[i];
        for (size_t j = 0; quantity->pair_count == pairs && j < pairs; j++)
            *npt__array_add(&parts->list) =
                (struct part){name_group(parts, quantities->arena, quantity, j), (uint32_t)i, j};
    }
    if (parts->list.count)
        qsort(parts->list.items, parts->list.count, sizeof *parts->list.items, compare_parts);
}

static void add_term(struct npt__quantities *quantities, uint32_t item, double factor)
{
    *npt__array_add(&quantities->terms) = (struct npt__relation_term){item, factor};
}

static void end_relation(struct npt__quantities *quantities, size_t first, bool at_least)
{
    *npt__array_add(&quantities->relations) =
        (struct npt__relation){first, quantities->terms.count - first, at_least};
}

/* The quantity that a group of parts belongs to; one that stands nowhere where there is none. */
static uint32_t whole_of(struct npt__quantities *quantities, const struct part *parts, double sum)
{
    struct npt__quantity whole = quantities->items.items[parts->item];
    struct npt__label_pair *pairs =
        npt__arena_array(quantities->arena, whole.pair_count, sizeof *pairs);
    size_t count = 0;
    for (size_t i = 0; i < whole.pair_count; i++)
        if (i != parts->pair)
            pairs[count++] = whole.pairs[i];
    whole.pairs = pairs;
    whole.pair_count = count;
    const uint32_t found = npt__quantities_find(quantities, whole.stem, pairs, count);
    if (found != NPT__NOWHERE)
        return found;
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
    rest.pairs = NULL;
    rest.pair_count = 0;
    rest.stem = "";
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
        add_term(quantities, parts[i].item, 1);
    add_term(quantities, whole, -1);
    end_relation(quantities, first, true);
    for (size_t i = 0; i < count; i++) {
        add_term(quantities, whole, 1);
        add_term(quantities, parts[i].item, -1);
        end_relation(quantities, quantities->terms.count - 2, true);
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
    add_term(quantities, part->item, 1);
    add_term(quantities, add_rest(quantities, part, rest, true), 1);
    add_term(quantities, whole, -1);
    end_relation(quantities, first, false);
}

/* Where each of the several values has a part of its own, these add up to them together. */
static void relate_members(struct npt__quantities *quantities, const struct part *parts,
                           size_t count, const struct part *together)
{
    const char *list = quantities->items.items[together->item].pairs[together->pair].value + 1;
    const size_t first = quantities->terms.count;
    double sum = 0;
    while (list) {
        const size_t length = strcspn(list, NPT__UNION), before = quantities->terms.count;
        for (size_t i = 0; i < count && before == quantities->terms.count; i++) {
            const char *value = quantities->items.items[parts[i].item].pairs[parts[i].pair].value;
            if (strncmp(value + 1, list, length) != 0 || value[0] != '=' || value[length + 1])
                continue;
            add_term(quantities, parts[i].item, 1);
            sum += quantities->items.items[parts[i].item].value;
        }
        list = list[length] && before < quantities->terms.count ? list + length + 1 : NULL;
    }
    const double whole = quantities->items.items[together->item].value;
    if (fabs(sum - whole) > 1e-9 * (fabs(whole) + 1)) { /* some of them have no part */
        quantities->terms.count = first;
        return;
    }
    add_term(quantities, together->item, -1);
    end_relation(quantities, first, false);
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
            add_term(quantities, parts[i].item, -sign);
            if (limit != 0)
                add_term(quantities, quantities->items.items[parts[i].item].of, -limit);
        }
        if (limit != 0)
            add_term(quantities, all.of, limit);
        add_term(quantities, whole, sign);
        end_relation(quantities, first, true);
    }
}

static void relate_group(struct npt__quantities *quantities, struct part *parts, size_t count)
{
    double sum = 0;
    bool overlaps = false, filtered = false;
    size_t plain = 0;
    for (size_t i = 0; i < count; i++) {
        const struct npt__label_pair *pair =
            &quantities->items.items[parts[i].item].pairs[parts[i].pair];
        overlaps |= pair->overlaps;
        filtered |= pair->filter;
        if (strstr(pair->value, NPT__UNION)) /* may share members with the others: for itself */
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
        add_term(quantities, parts[i].item, 1);
    if (sum < total - tolerance)
        add_term(quantities, add_rest(quantities, &parts[0], total - sum, filtered), 1);
    add_term(quantities, whole, -1);
    end_relation(quantities, first, false);
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
            add_term(quantities, i, j ? -1 : 1);
            if (ends[j] != 0)
                add_term(quantities, quantities->items.items[i].of, ends[j]);
            end_relation(quantities, quantities->terms.count - (ends[j] != 0 ? 2 : 1), true);
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
            add_term(quantities, mean, end ? -1 : 1);
            for (size_t j = 0; j < 3; j++)
                add_term(quantities, row[sides->sides[j]], end ? highs[j] : -lows[j]);
            end_relation(quantities, quantities->terms.count - 4, true);
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
                add_term(quantities, sums[j], factors[j]);
            add_term(quantities, before.of, end ? most : -least);
            add_term(quantities, after.of, end ? -least : most);
            add_term(quantities, linked, least - most);
            end_relation(quantities, quantities->terms.count - 6, true);
        }
    }
}

/* Stems, each once, of what is counted under this name, by any facets and of any family. */
static void list_stems(const struct npt__quantities *quantities, const char *what,
                       npt__intern *stems)
{
    const size_t length = strlen(what);
    for (size_t i = 0; i < quantities->items.count; i++) {
        const char *stem = quantities->items.items[i].stem;
        if (strncmp(stem, what, length) == 0 && stem[length] == '\4')
            npt__intern_add(stems, quantities->arena, stem, strlen(stem),
                            npt__intern_hash(stem, strlen(stem)));
    }
}

/* Counts of other tables that are among a count, or among which it is. */
static void relate_among(struct npt__quantities *quantities, const struct npt__source_table *table,
                         const struct npt__among *among)
{
    npt__intern stems = {0};
    list_stems(quantities, among->what, &stems);
    for (size_t i = 0; i < table->rows; i++)
        for (size_t j = 0; j < stems.strings.count; j++) {
            const uint32_t own = table->quantity[i * table->width + among->column];
            if (own == NPT__NOWHERE)
                break;
            const struct npt__quantity like = quantities->items.items[own];
            const uint32_t other = npt__quantities_find(quantities, stems.strings.items[j],
                                                        like.pairs, like.pair_count);
            const uint32_t whole = among->turned ? other : own, part = among->turned ? own : other;
            if (other == NPT__NOWHERE ||
                quantities->items.items[whole].value < quantities->items.items[part].value)
                continue;
            add_term(quantities, part, -1);
            add_term(quantities, whole, 1);
            end_relation(quantities, quantities->terms.count - 2, true);
        }
    npt__intern_release(&stems);
}

/* The quantity of one facet's value, with the partitions of another; whichever family has it. */
static uint32_t find_facet(const struct npt__quantities *quantities,
                           const struct npt__made_of *made_of, const char *value,
                           const struct npt__quantity *like, size_t family)
{
    const char *what = like->is_sum
                           ? npt__arena_print(quantities->arena, "mean of %s", made_of->what)
                           : made_of->what;
    const char *stem = npt__arena_print(quantities->arena, "%s\4%zu\1%s\2=%s", what, family,
                                        made_of->facet, value);
    return npt__quantities_find(quantities, stem, like->pairs, like->pair_count);
}

/* A count, or a sum, and those of items that it is made of, where these are known and come to it. */
static void relate_made_of(struct npt__quantities *quantities,
                           const struct npt__source_table *table,
                           const struct npt__made_of *made_of, size_t family)
{
    const uint32_t whole = table->quantity[made_of->row * table->width + made_of->column];
    if (whole == NPT__NOWHERE)
        return;
    const struct npt__quantity like = quantities->items.items[whole];
    const size_t first = quantities->terms.count;
    double rest = like.value;
    add_term(quantities, whole, 1);
    if (made_of->turned && like.is_sum && like.of != NPT__NOWHERE) {
        const double ends = like.least + like.most;
        add_term(quantities, like.of, -ends);
        rest -= ends * quantities->items.items[like.of].value;
    }
    for (size_t i = 0; i < made_of->count; i++) {
        const uint32_t part = find_facet(quantities, made_of, made_of->values[i], &like, family);
        if (part == NPT__NOWHERE) {
            quantities->terms.count = first;
            return;
        }
        if (like.is_sum)
            *npt__array_add(&quantities->same_sums) =
                (struct npt__same_sums){like.stem, quantities->items.items[part].stem};
        const double factor = made_of->turned && like.is_sum ? 1 : -1;
        add_term(quantities, part, factor);
        rest += factor * quantities->items.items[part].value;
    }
    if (fabs(rest) <= 1e-6 * (fabs(like.value) + 1))
        end_relation(quantities, first, false);
    else
        quantities->terms.count = first;
}

/* As letters: names hold no NUL. */
static void add_digits(npt__buffer *text, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = ((const unsigned char *)bytes)[i];
        npt__buffer_putc(text, (char)('A' + (byte >> 4)));
        npt__buffer_putc(text, (char)('A' + (byte & 15)));
    }
}

/* Several tables say the same of the same numbers: once is enough. */
static void drop_repeated(struct npt__quantities *quantities)
{
    npt__intern seen = {0};
    npt__arena *arena = npt__arena_new();
    size_t kept = 0;
    for (size_t i = 0; i < quantities->relations.count; i++) {
        const struct npt__relation relation = quantities->relations.items[i];
        npt__buffer text = {0};
        npt__buffer_putc(&text, relation.at_least ? '>' : '=');
        for (size_t j = 0; j < relation.count; j++) {
            const struct npt__relation_term *term = &quantities->terms.items[relation.first + j];
            add_digits(&text, &term->quantity, sizeof term->quantity);
            add_digits(&text, &term->factor, sizeof term->factor);
        }
        const size_t before = seen.strings.count;
        npt__intern_add(&seen, arena, text.bytes, text.length,
                        npt__intern_hash(text.bytes, text.length));
        npt__buffer_release(&text);
        if (seen.strings.count > before)
            quantities->relations.items[kept++] = relation;
    }
    quantities->relations.count = kept;
    npt__intern_release(&seen);
    npt__arena_free(arena);
}

void npt__quantities_relate(struct npt__quantities *quantities)
{
    size_t most = 0;
    for (size_t i = 0; i < quantities->items.count; i++)
        if (quantities->items.items[i].pair_count > most)
            most = quantities->items.items[i].pair_count;
    for (size_t pairs = most; pairs > 0; pairs--) {
        struct parts parts = {.list = {0}};
        list_parts(quantities, pairs, &parts);
        for (size_t i = 0; i < parts.list.count;) {
            size_t end = i;
            while (end < parts.list.count &&
                   parts.list.items[end].group == parts.list.items[i].group)
                end++;
            relate_group(quantities, parts.list.items + i, end - i);
            i = end;
        }
        npt__intern_release(&parts.names);
        npt__array_release(&parts.list);
    }
    for (size_t i = 0; i < quantities->table_count; i++)
        for (size_t j = 0; j < quantities->tables[i].population->made_of.count; j++)
            for (size_t family = 0; family < 2; family++)
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
    drop_repeated(quantities);
}
