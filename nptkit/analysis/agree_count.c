/* agree_count.c - counting agreement: who read which interview, and how they coded it, row by row.
 *
 * An interview's passages become stretches, sorted by row, coder and place, and those of one row and coder are
 * merged where they overlap. Two such lists are compared in one sweep; so are those of all coders at once.
 * Interviews come in the order of their names, so that nothing depends on their order in the exports.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree.h"

#include "passages.h"

#include <stdlib.h>
#include <string.h>

struct counting {
    struct npt__agree *agree;
    struct npt__agree_regions regions;
    struct npt__passages passages;
    NPT__ARRAY(struct npt__agree_stretch) stretches;
    bool *reads;       /* of each coder: this interview */
    bool *touches;     /* the same, where what they coded may have no text as well */
    uint32_t *stamps;  /* of each row: the segment that was last seen for it, plus one */
    uint32_t *pair_of; /* [first * coders + second]: which comparison */
};

/* ---- stretches ------------------------------------------------------------------------------- */

static bool is_compared(const struct npt__agree *agree, const struct npt__segment *segment)
{
    return segment->coder != NPT__NONE && npt__scope_has_coder(&agree->scope, segment) &&
           (agree->unit == NPT__AGREE_SOURCES || npt__segment_has_text(agree->study, segment));
}

static size_t count_true(const bool *values, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += values[i];
    return found;
}

/* Who coded anything in it, whatever the code. */
static size_t find_readers(struct counting *counting, uint32_t source)
{
    struct npt__agree *agree = counting->agree;
    const npt_study *study = agree->study;
    memset(counting->reads, 0, study->coders.count * sizeof *counting->reads);
    memset(counting->touches, 0, study->coders.count * sizeof *counting->touches);
    for (uint32_t i = source; i != NPT__NONE; i = agree->next_source[i]) {
        const struct npt__source *member = &study->sources.items[i];
        for (uint32_t j = 0; j < member->segment_count; j++) {
            const struct npt__segment *segment = &study->segments.items[member->first_segment + j];
            if (segment->coder != NPT__NONE && npt__scope_has_coder(&agree->scope, segment)) {
                counting->touches[segment->coder] = true;
                counting->reads[segment->coder] |= is_compared(agree, segment);
            }
            agree->without_coder += segment->coder == NPT__NONE;
        }
    }
    if (agree->focus != NPT__NONE && !counting->reads[agree->focus]) {
        memset(counting->reads, 0, study->coders.count * sizeof *counting->reads);
        memset(counting->touches, 0, study->coders.count * sizeof *counting->touches);
    }
    return count_true(counting->reads, study->coders.count);
}

/* Adds a passage, in units, where it lies within what is looked at. */
static void add_stretch(struct counting *counting, const struct npt__agree_stretch *stretch)
{
    for (size_t i = 0; i < counting->regions.list.count; i++) {
        const struct npt__agree_region *region = &counting->regions.list.items[i];
        struct npt__agree_stretch part = *stretch;
        part.start = part.start > region->start ? part.start : region->start;
        part.end = part.end < region->end ? part.end : region->end;
        part.before = region->before + part.start - region->start;
        if (region->text == stretch->text && part.start < part.end)
            *npt__array_add(&counting->stretches) = part;
    }
}

static void add_rows_of(struct counting *counting, uint32_t number,
                        struct npt__agree_stretch *stretch)
{
    struct npt__agree *agree = counting->agree;
    const npt_study *study = agree->study;
    const struct npt__segment *segment = &study->segments.items[number];
    bool any = false;
    stretch->coder = segment->coder;
    for (uint32_t i = 0; i < segment->code_count; i++) {
        stretch->row = agree->row_of_code[study->segment_codes.items[segment->first_code + i]];
        if (stretch->row == NPT__NONE)
            continue;
        any = true;
        if (counting->stamps[stretch->row] == number + 1)
            continue;
        counting->stamps[stretch->row] = number + 1;
        add_stretch(counting, stretch);
    }
    for (uint32_t i = 0; i < segment->code_count; i++) {
        const uint32_t row =
            agree->row_of_code[study->segment_codes.items[segment->first_code + i]];
        if (row != NPT__NONE)
            counting->stamps[row] = 0; /* the same segment may come again, in another place */
    }
    agree->unmatched += !any;
}

/* A source as a whole: coded where any passage in scope is. */
static void add_whole(struct counting *counting, uint32_t interview, uint32_t source)
{
    struct npt__agree *agree = counting->agree;
    const struct npt__source *member = &agree->study->sources.items[source];
    for (uint32_t i = member->first_segment; i < member->first_segment + member->segment_count;
         i++) {
        const struct npt__segment *segment = &agree->study->segments.items[i];
        if (is_compared(agree, segment) &&
            (!agree->filtered || npt__scope_has_segment(&agree->scope, segment)))
            add_rows_of(counting, i,
                        &(struct npt__agree_stretch){.interview = interview, .end = 1});
    }
}

static void add_passages(struct counting *counting, uint32_t interview, uint32_t first,
                         uint32_t source)
{
    struct npt__agree *agree = counting->agree;
    npt__passages_start(&counting->passages);
    npt__passages_add_source(&counting->passages, agree->study, source);
    for (size_t i = 0; i < counting->passages.list.count; i++) {
        const struct npt__passage *passage = &counting->passages.list.items[i];
        struct npt__agree_stretch stretch = {.interview = interview,
                                             .text = passage->text,
                                             .start = passage->start,
                                             .end = passage->end};
        const uint32_t document = npt__agree_document(agree, first, passage->text);
        if (is_compared(agree, &agree->study->segments.items[passage->segment]) &&
            npt__agree_to_units(agree, document, &stretch.start, &stretch.end))
            add_rows_of(counting, passage->segment, &stretch);
    }
}

static int compare_stretches(const void *a, const void *b)
{
    const struct npt__agree_stretch *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->coder != y->coder)
        return x->coder < y->coder ? -1 : 1;
    if (x->text != y->text)
        return x->text < y->text ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* Sorts stretches and merges what overlaps; what only touches stays apart, as alpha for unitised text wants. */
static void settle_stretches(struct counting *counting)
{
    struct npt__agree_stretch *items = counting->stretches.items;
    size_t count = 0;
    if (counting->stretches.count > 1)
        qsort(items, counting->stretches.count, sizeof *items, compare_stretches);
    for (size_t i = 0; i < counting->stretches.count; i++) {
        struct npt__agree_stretch *last = count ? &items[count - 1] : NULL;
        if (last && last->row == items[i].row && last->coder == items[i].coder &&
            last->text == items[i].text && items[i].start < last->end)
            last->end = items[i].end > last->end ? items[i].end : last->end;
        else
            items[count++] = items[i];
    }
    counting->stretches.count = count;
}

/* ---- comparing ------------------------------------------------------------------------------- */

static uint64_t length_of(const struct npt__agree_stretch *list, size_t count)
{
    uint64_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += list[i].end - list[i].start;
    return length;
}

static uint64_t shared_length(const struct npt__agree_stretch *first, size_t first_count,
                              const struct npt__agree_stretch *second, size_t second_count)
{
    uint64_t length = 0;
    for (size_t i = 0, j = 0; i < first_count && j < second_count;) {
        const struct npt__agree_stretch *a = &first[i], *b = &second[j];
        const uint32_t start = a->start > b->start ? a->start : b->start;
        const uint32_t end = a->end < b->end ? a->end : b->end;
        if (a->text == b->text && start < end)
            length += end - start;
        if (a->text < b->text || (a->text == b->text && a->end <= b->end))
            i++;
        else
            j++;
    }
    return length;
}

/* The stretches of one coder among those of a row. */
static const struct npt__agree_stretch *of_coder(const struct npt__agree_stretch *row,
                                                 size_t row_count, uint32_t coder, size_t *count)
{
    size_t first = 0;
    while (first < row_count && row[first].coder < coder)
        first++;
    *count = 0;
    while (first + *count < row_count && row[first + *count].coder == coder)
        ++*count;
    return row + first;
}

/* NULL: these two are not compared. */
static struct npt__comparison *find_pair(struct counting *counting, uint32_t first, uint32_t second)
{
    const size_t pair = first * counting->agree->study->coders.count + second;
    return counting->pair_of[pair] == NPT__NONE
               ? NULL
               : &counting->agree->compared.items[counting->pair_of[pair]];
}

static void compare_pair(struct npt__comparison *pair, const struct npt__agree_stretch *row,
                         size_t row_count)
{
    size_t first_count, second_count;
    const struct npt__agree_stretch *first = of_coder(row, row_count, pair->first, &first_count);
    const struct npt__agree_stretch *second = of_coder(row, row_count, pair->second, &second_count);
    if (!first_count && !second_count)
        return;
    struct npt__agree_count count = {.row = row->row,
                                     .place = (uint32_t)pair->interviews.count - 1};
    count.both = shared_length(first, first_count, second, second_count);
    count.first = length_of(first, first_count) - count.both;
    count.second = length_of(second, second_count) - count.both;
    count.ones = 2 * count.both + count.first + count.second;
    count.apart = count.first + count.second;
    *npt__array_add(&pair->counts) = count;
}

struct edge {
    uint32_t text, position;
    int step;
};

static int compare_edges(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->text != y->text)
        return x->text < y->text ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

/* Sweeps over where the stretches of all coders begin and end. */
static void compare_all(struct npt__comparison *all, const struct npt__agree_stretch *row,
                        size_t row_count, uint64_t readers)
{
    struct npt__agree_count count = {.row = row->row, .place = (uint32_t)all->interviews.count - 1};
    struct edge *edges = npt__allocate(2 * row_count * sizeof *edges);
    for (size_t i = 0; i < row_count; i++) {
        edges[2 * i] = (struct edge){row[i].text, row[i].start, 1};
        edges[2 * i + 1] = (struct edge){row[i].text, row[i].end, -1};
    }
    qsort(edges, 2 * row_count, sizeof *edges, compare_edges);
    int64_t depth =
        0; /* within one place steps may come in any order, so it can dip below 0 for none of the length */
    for (size_t i = 0; i + 1 < 2 * row_count; i++) {
        depth += edges[i].step;
        if (edges[i].text != edges[i + 1].text || edges[i].position == edges[i + 1].position)
            continue;
        const uint64_t length = edges[i + 1].position - edges[i].position;
        count.ones += length * (uint64_t)depth;
        count.apart += length * (uint64_t)depth * (readers - (uint64_t)depth);
    }
    npt__release(edges);
    *npt__array_add(&all->counts) = count;
}

/* ---- one interview --------------------------------------------------------------------------- */

static void begin_interview(struct counting *counting, uint32_t source, uint64_t units,
                            size_t reader_count)
{
    struct npt__agree *agree = counting->agree;
    struct npt__agree_interview *interview = npt__array_add(&agree->interviews);
    *interview = (struct npt__agree_interview){source, units, (uint32_t)agree->readers.count,
                                               (uint32_t)reader_count};
    for (uint32_t i = 0; i < agree->study->coders.count; i++)
        if (counting->reads[i])
            *npt__array_add(&agree->readers) = i;
    const uint32_t number = (uint32_t)agree->interviews.count - 1;
    const uint32_t *readers = agree->readers.items + interview->first_reader;
    for (size_t i = 0; i < reader_count; i++)
        for (size_t j = i + 1; j < reader_count; j++) {
            struct npt__comparison *pair = find_pair(counting, readers[i], readers[j]);
            if (!pair)
                continue;
            *npt__array_add(&pair->interviews) = number;
            pair->units += units;
        }
    if (!npt__agree_has_total(agree))
        return;
    struct npt__comparison *last = &agree->compared.items[agree->compared.count - 1];
    *npt__array_add(&last->interviews) = number;
    last->units += units;
}

static void compare_row(struct counting *counting, const struct npt__agree_stretch *row,
                        size_t row_count)
{
    struct npt__agree *agree = counting->agree;
    const struct npt__agree_interview *interview = &agree->interviews.items[row->interview];
    const uint32_t *readers = agree->readers.items + interview->first_reader;
    for (size_t i = 0; i < interview->reader_count; i++)
        for (size_t j = i + 1; j < interview->reader_count; j++) {
            struct npt__comparison *pair = find_pair(counting, readers[i], readers[j]);
            if (pair)
                compare_pair(pair, row, row_count);
        }
    if (npt__agree_has_total(agree))
        compare_all(&agree->compared.items[agree->compared.count - 1], row, row_count,
                    interview->reader_count);
}

static void count_interview(struct counting *counting, uint32_t source)
{
    struct npt__agree *agree = counting->agree;
    bool whole;
    if (!npt__agree_in_scope(agree, source, &whole))
        return;
    const size_t readers = find_readers(counting, source);
    const uint64_t units = npt__agree_regions_find(&counting->regions, source, whole);
    const size_t touched = count_true(counting->touches, agree->study->coders.count);
    if (touched == 1)
        *npt__array_add(&agree->left_out) = agree->study->sources.items[source].name;
    agree->without_text += touched > 1 && (readers < 2 || !units);
    if (readers < 2 || !units)
        return;
    begin_interview(counting, source, units, readers);
    const uint32_t number = (uint32_t)agree->interviews.count - 1;
    counting->stretches.count = 0;
    for (uint32_t i = source; i != NPT__NONE; i = agree->next_source[i]) {
        if (agree->unit == NPT__AGREE_SOURCES)
            add_whole(counting, number, i);
        else
            add_passages(counting, number, source, i);
    }
    settle_stretches(counting);
    const struct npt__agree_stretch *items = counting->stretches.items;
    for (size_t i = 0, next; i < counting->stretches.count; i = next) {
        for (next = i; next < counting->stretches.count && items[next].row == items[i].row;)
            next++;
        compare_row(counting, items + i, next - i);
    }
    for (size_t i = 0;
         (agree->wants_disagreements || agree->wants_unitised) && i < counting->stretches.count;
         i++)
        *npt__array_add(&agree->kept) = items[i];
}

/* ---- all ------------------------------------------------------------------------------------- */

struct named {
    const char *name, *label;
    uint32_t source;
};

static int compare_names(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    if (!order)
        order = strcmp(x->label, y->label);
    return order ? order : (x->source > y->source) - (x->source < y->source);
}

static void count_interviews(struct counting *counting)
{
    const npt_study *study = counting->agree->study;
    struct named *named =
        npt__arena_array(counting->agree->scope.arena, study->sources.count, sizeof *named);
    size_t count = 0;
    for (uint32_t i = 0; i < study->sources.count; i++) {
        const struct npt__source *source = &study->sources.items[i];
        if (source->same_as == i)
            named[count++] =
                (struct named){source->name, study->exports.items[source->export_index].label, i};
    }
    qsort(named, count, sizeof *named, compare_names);
    for (size_t i = 0; i < count; i++)
        count_interview(counting, named[i].source);
}

/* Coders come in the order in which the study knows them, which is that of the first export. */
static void make_comparisons(struct counting *counting)
{
    struct npt__agree *agree = counting->agree;
    const size_t coders = agree->study->coders.count, chosen = agree->coders.count;
    counting->pair_of =
        npt__arena_array(agree->scope.arena, coders * coders, sizeof *counting->pair_of);
    for (size_t i = 0; i < coders * coders; i++)
        counting->pair_of[i] = NPT__NONE;
    for (size_t i = 0; i < chosen; i++)
        for (size_t j = i + 1; j < chosen; j++) {
            const uint32_t first = agree->coders.items[i], second = agree->coders.items[j];
            if (agree->focus != NPT__NONE && first != agree->focus && second != agree->focus)
                continue;
            counting->pair_of[first * coders + second] = (uint32_t)agree->compared.count;
            *npt__array_add(&agree->compared) =
                (struct npt__comparison){.first = first, .second = second};
        }
    if (chosen > 2 && agree->focus == NPT__NONE)
        *npt__array_add(&agree->compared) =
            (struct npt__comparison){.first = NPT__NONE, .second = NPT__NONE};
}

static int compare_counts(const void *a, const void *b)
{
    const struct npt__agree_count *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

bool npt__agree_has_total(const struct npt__agree *agree)
{
    const size_t count = agree->compared.count;
    return count && agree->compared.items[count - 1].first == NPT__NONE;
}

bool npt__agree_count(struct npt__agree *agree)
{
    struct counting counting = {.agree = agree, .regions = {.agree = agree}};
    if (!npt__agree_make_rows(agree))
        return false;
    npt__arena *arena = agree->scope.arena;
    counting.reads = npt__arena_array(arena, agree->study->coders.count, sizeof *counting.reads);
    counting.touches =
        npt__arena_array(arena, agree->study->coders.count, sizeof *counting.touches);
    counting.stamps = npt__arena_array(arena, agree->rows.count, sizeof *counting.stamps);
    npt__agree_link_sources(agree);
    make_comparisons(&counting);
    count_interviews(&counting);
    for (size_t i = 0; i < agree->compared.count; i++)
        if (agree->compared.items[i].counts.count)
            qsort(agree->compared.items[i].counts.items, agree->compared.items[i].counts.count,
                  sizeof(struct npt__agree_count), compare_counts);
    npt__passages_release(&counting.passages);
    npt__array_release(&counting.regions.list);
    npt__array_release(&counting.stretches);
    return true;
}

void npt__agree_release(struct npt__agree *agree)
{
    for (size_t i = 0; i < agree->compared.count; i++) {
        npt__array_release(&agree->compared.items[i].interviews);
        npt__array_release(&agree->compared.items[i].counts);
    }
    npt__agree_units_release(agree);
    npt__array_release(&agree->rows);
    npt__array_release(&agree->coders);
    npt__array_release(&agree->interviews);
    npt__array_release(&agree->readers);
    npt__array_release(&agree->compared);
    npt__array_release(&agree->kept);
    npt__array_release(&agree->left_out);
    if (agree->scope.arena)
        npt__scope_release(&agree->scope);
}
