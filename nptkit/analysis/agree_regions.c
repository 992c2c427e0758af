/* agree_regions.c - which interviews are one, and what of each is looked at: all of it, or what chosen cases hold.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree.h"

#include <stdlib.h>

void npt__agree_link_sources(struct npt__agree *agree)
{
    const npt_study *study = agree->study;
    const size_t count = study->sources.count;
    agree->next_source = npt__arena_array(agree->scope.arena, count, sizeof *agree->next_source);
    for (size_t i = count; i-- > 0;)
        agree->next_source[i] = NPT__NONE;
    for (size_t i = count; i-- > 0;) {
        const uint32_t first = study->sources.items[i].same_as;
        if (first == i)
            continue;
        agree->next_source[i] = agree->next_source[first];
        agree->next_source[first] = (uint32_t)i;
    }
}

static uint32_t document_count(const struct npt__agree *agree, uint32_t source)
{
    uint32_t most = 0;
    for (uint32_t i = source; i != NPT__NONE; i = agree->next_source[i]) {
        const uint32_t count = agree->study->sources.items[i].document_count;
        most = count > most ? count : most;
    }
    return most;
}

static void add_region(struct npt__agree_regions *regions, uint32_t source, uint32_t text,
                       uint32_t start, uint32_t end)
{
    const uint32_t document = npt__agree_document(regions->agree, source, text);
    if (document != NPT__NONE && npt__agree_to_units(regions->agree, document, &start, &end))
        *npt__array_add(&regions->list) = (struct npt__agree_region){text, start, end, 0};
}

static int compare_regions(const void *a, const void *b)
{
    const struct npt__agree_region *x = a, *y = b;
    if (x->text != y->text)
        return x->text < y->text ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

/* Puts regions in order, and those that overlap or touch together. */
static void merge_regions(struct npt__agree_regions *regions)
{
    struct npt__agree_region *items = regions->list.items;
    size_t count = 0;
    if (regions->list.count > 1)
        qsort(items, regions->list.count, sizeof *items, compare_regions);
    for (size_t i = 0; i < regions->list.count; i++) {
        struct npt__agree_region *last = count ? &items[count - 1] : NULL;
        if (last && last->text == items[i].text && items[i].start <= last->end)
            last->end = items[i].end > last->end ? items[i].end : last->end;
        else
            items[count++] = items[i];
    }
    regions->list.count = count;
}

static void add_spans(struct npt__agree_regions *regions, uint32_t source, uint32_t member)
{
    const npt_study *study = regions->agree->study;
    const struct npt__source *found = &study->sources.items[member];
    for (uint32_t i = 0; i < found->part_count; i++) {
        const uint32_t number = study->part_order.items[found->first_part + i];
        const struct npt__part *part = &study->parts.items[number];
        for (uint32_t j = 0; regions->agree->scope.part_in[number] && j < part->span_count; j++) {
            const struct npt__span *span = &study->spans.items[part->first_span + j];
            add_region(regions, source, span->document - found->first_document, span->start,
                       span->end);
        }
    }
}

/* Whether some case in scope holds the interview, and whether one holds it as a whole. */
bool npt__agree_in_scope(const struct npt__agree *agree, uint32_t source, bool *whole)
{
    const npt_study *study = agree->study;
    bool any = false;
    *whole = !agree->filtered;
    for (uint32_t i = source; i != NPT__NONE; i = agree->next_source[i]) {
        const struct npt__source *member = &study->sources.items[i];
        for (uint32_t j = 0; j < member->part_count; j++) {
            const uint32_t part = study->part_order.items[member->first_part + j];
            if (!agree->scope.part_in[part])
                continue;
            any = true;
            *whole |= !study->parts.items[part].span_count;
        }
    }
    return any || !agree->filtered;
}

/* The units of an interview that are looked at. */
uint64_t npt__agree_regions_find(struct npt__agree_regions *regions, uint32_t source, bool whole)
{
    const struct npt__agree *agree = regions->agree;
    regions->list.count = 0;
    if (agree->unit == NPT__AGREE_SOURCES) {
        *npt__array_add(&regions->list) = (struct npt__agree_region){0, 0, 1, 0};
        return 1;
    }
    const uint32_t texts = document_count(agree, source);
    for (uint32_t i = 0; whole && i < texts; i++)
        add_region(regions, source, i, 0, UINT32_MAX);
    for (uint32_t i = source; !whole && i != NPT__NONE; i = agree->next_source[i])
        add_spans(regions, source, i);
    merge_regions(regions);
    uint64_t units = 0;
    for (size_t i = 0; i < regions->list.count; i++) {
        regions->list.items[i].before = units;
        units += regions->list.items[i].end - regions->list.items[i].start;
    }
    return units;
}
