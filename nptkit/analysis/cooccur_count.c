/* cooccur_count.c - counting constructs or codes together: cases, pairs of segments, characters.
 *
 * Cases are gone through in order, and within them the interviews. What a case holds of an interview is laid on
 * *lines*: one for each text, one for the regions or times of the source. Two exports of an interview lie on the
 * same lines. Pairs of segments in interviews that several cases share are counted in cooccur_groups.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cooccur.h"

#include <stdlib.h>

size_t npt__cooccur_pair(const struct npt__cooccur *cooccur, uint32_t first, uint32_t second)
{
    const size_t low = first < second ? first : second, high = first < second ? second : first;
    return low * (2 * cooccur->used_count - low - 1) / 2 + (high - low - 1);
}

void npt__cooccur_choose(struct npt__cooccur *cooccur, bool all)
{
    const npt_study *study = cooccur->study;
    struct npt__units *units = &cooccur->units;
    npt__arena *arena = cooccur->scope.arena;
    uint32_t *list = npt__arena_array(arena, units->most_of_segment, sizeof *list);
    bool *seen = npt__arena_array(arena, units->count, sizeof *seen);
    for (size_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (!npt__scope_has_coder(&cooccur->scope, segment) ||
            !npt__scope_has_segment(&cooccur->scope, segment))
            continue;
        const size_t count = npt__units_of_segment(units, segment, list);
        for (size_t j = 0; j < count; j++)
            seen[list[j]] = true;
        const bool only_valence = !count && npt__segment_has_valence(study, segment);
        cooccur->unitless_segments += !count && !only_valence;
        cooccur->only_valence += only_valence;
        cooccur->regions +=
            count && (segment->kind == NPT__SEGMENT_PICTURE || segment->kind == NPT__SEGMENT_PDF);
    }
    cooccur->used = npt__arena_array(arena, units->count, sizeof *cooccur->used);
    cooccur->lane = npt__arena_array(arena, units->count, sizeof *cooccur->lane);
    for (uint32_t i = 0; i < units->count; i++) {
        cooccur->lane[i] = seen[i] || all ? (uint32_t)cooccur->used_count : NPT__NONE;
        if (seen[i] || all)
            cooccur->used[cooccur->used_count++] = i;
    }
    const size_t used = cooccur->used_count;
    cooccur->pair_count = used ? used * (used - 1) / 2 : 0;
    cooccur->cells = cooccur->scope.dimensions.cell_count;
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* Regions and times lie one further, so that the whole source, from 0 on, holds a region without extent. */
static struct npt__stretch stretch_of(const struct npt__segment *segment, uint32_t number)
{
    struct npt__stretch stretch = {.start = segment->start, .end = segment->end, .segment = number};
    if (segment->document != NPT__NONE || segment->kind == NPT__SEGMENT_SOURCE)
        return stretch;
    stretch.start += stretch.start < UINT32_MAX;
    stretch.end += stretch.end < UINT32_MAX;
    return stretch;
}

void npt__cooccur_lay(struct npt__cooccur_counter *counter, uint32_t number)
{
    struct npt__cooccur *cooccur = counter->cooccur;
    const npt_study *study = cooccur->study;
    const struct npt__segment *segment = &study->segments.items[number];
    const struct npt__source *source = &study->sources.items[segment->source];
    struct npt__laid laid = {.line = segment->document == NPT__NONE
                                         ? NPT__NONE
                                         : segment->document - source->first_document,
                             .stretch = stretch_of(segment, number)};
    const size_t count = npt__units_of_segment(&cooccur->units, segment, counter->list);
    for (size_t i = 0; i < count; i++) {
        laid.stretch.lane = cooccur->lane[counter->list[i]];
        *npt__array_add(&counter->laid) = laid;
    }
}

static int compare_lines(const void *a, const void *b)
{
    const struct npt__laid *x = a, *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

void npt__cooccur_sweep(struct npt__cooccur_counter *counter, size_t lanes,
                        void (*found)(void *user, const struct npt__stretch_pairs *pairs),
                        void *user)
{
    const size_t count = counter->laid.count;
    const struct npt__laid *laid = counter->laid.items;
    if (count)
        qsort(counter->laid.items, count, sizeof *laid, compare_lines);
    for (size_t i = 0, end; i < count; i = end) {
        struct npt__stretch_rule rule = counter->cooccur->rule;
        if (laid[i].line == NPT__NONE && rule.how == NPT__PROXIMITY)
            rule.how = NPT__OVERLAP; /* no characters lie between regions or times */
        counter->line.count = 0;
        for (end = i; end < count && laid[end].line == laid[i].line; end++)
            *npt__array_add(&counter->line) = laid[end].stretch;
        npt__stretch_pairs(counter->line.items, counter->line.count, lanes, rule, found, user);
    }
    counter->laid.count = 0;
}

/* ---- one case -------------------------------------------------------------------------------- */

static struct npt__found *touch(struct npt__cooccur_counter *counter, size_t pair)
{
    struct npt__found *found = &counter->found[pair];
    if (!found->pairs && !found->characters)
        *npt__array_add(&counter->touched) = pair;
    return found;
}

static void add_pairs(void *user, const struct npt__stretch_pairs *pairs)
{
    struct npt__cooccur_counter *counter = user;
    struct npt__found *found =
        touch(counter, npt__cooccur_pair(counter->cooccur, pairs->first, pairs->second));
    const bool in_order = pairs->first < pairs->second;
    found->pairs += pairs->pairs;
    found->first_within += in_order ? pairs->first_within : pairs->second_within;
    found->second_within += in_order ? pairs->second_within : pairs->first_within;
}

static void add_cover(void *user, uint32_t first, uint32_t second, uint32_t length)
{
    struct npt__cooccur_counter *counter = user;
    const struct npt__cooccur *cooccur = counter->cooccur;
    if (first != second) {
        touch(counter, npt__cooccur_pair(cooccur, first, second))->characters += length;
        return;
    }
    for (size_t c = 0; c < counter->cell_count; c++)
        cooccur->alone[first * cooccur->cells + counter->cells[c]].characters += length;
}

/* Notes that the case has what a segment was coded to. */
static void note_segment(struct npt__cooccur_counter *counter, uint32_t number, uint32_t case_index)
{
    struct npt__cooccur *cooccur = counter->cooccur;
    const struct npt__segment *segment = &cooccur->study->segments.items[number];
    const size_t count = npt__units_of_segment(&cooccur->units, segment, counter->list);
    const bool textless = !npt__segment_has_text(cooccur->study, segment);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < counter->cell_count; c++) {
            const uint32_t lane = cooccur->lane[counter->list[i]], cell = counter->cells[c];
            struct npt__alone *alone = &cooccur->alone[lane * cooccur->cells + cell];
            alone->segments++;
            alone->textless += textless;
            if (alone->last_case == case_index + 1)
                continue;
            alone->last_case = case_index + 1;
            alone->cases++;
            *npt__array_add(&counter->present) = (uint64_t)cell << 32 | lane;
        }
}

static void take_part(struct npt__cooccur_counter *counter, uint32_t number)
{
    struct npt__cooccur *cooccur = counter->cooccur;
    const npt_study *study = cooccur->study;
    const struct npt__part *part = &study->parts.items[number];
    const struct npt__source *source = &study->sources.items[part->source];
    counter->cell_count = npt__dimensions_cells(&cooccur->scope.dimensions, number, counter->cells);
    for (size_t c = 0; c < counter->cell_count; c++) {
        const uint32_t cell = counter->cells[c];
        cooccur->of_cases[cell] += cooccur->last_of_cases[cell] != part->case_index + 1;
        cooccur->last_of_cases[cell] = part->case_index + 1;
    }
    for (uint32_t i = source->first_segment; i < source->first_segment + source->segment_count;
         i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (!npt__scope_has_coder(&cooccur->scope, segment) ||
            !npt__part_holds(study, part, segment))
            continue;
        note_segment(counter, i, part->case_index);
        npt__cooccur_lay(counter, i);
    }
    npt__passages_add(&counter->passages, study, part);
    bool known = true;
    npt__part_characters(study, part, &known);
    cooccur->some_text_missing |= !known;
}

/* The characters of a case's passages in one interview. */
static void cover(struct npt__cooccur_counter *counter)
{
    struct npt__cooccur *cooccur = counter->cooccur;
    npt__passages_sort(&counter->passages);
    const struct npt__passage *passages = counter->passages.list.items;
    for (size_t i = 0, end; i < counter->passages.list.count; i = end) {
        counter->line.count = 0;
        for (end = i; end < counter->passages.list.count && passages[end].text == passages[i].text;
             end++) {
            const struct npt__passage *passage = &passages[end];
            const struct npt__segment *segment = &cooccur->study->segments.items[passage->segment];
            if (!npt__scope_has_coder(&cooccur->scope, segment))
                continue;
            const size_t count = npt__units_of_segment(&cooccur->units, segment, counter->list);
            for (size_t j = 0; j < count; j++)
                *npt__array_add(&counter->line) =
                    (struct npt__stretch){passage->start, passage->end,
                                          cooccur->lane[counter->list[j]], passage->segment};
        }
        npt__stretch_cover(counter->line.items, counter->line.count, cooccur->used_count, add_cover,
                           counter);
    }
}

/* Adds what was found to the cells of the case; pairs of segments unless they are counted by interview. */
static void settle(struct npt__cooccur_counter *counter, uint32_t case_index, bool with_pairs)
{
    const struct npt__cooccur *cooccur = counter->cooccur;
    for (size_t i = 0; i < counter->touched.count; i++) {
        const size_t pair = counter->touched.items[i];
        struct npt__found *found = &counter->found[pair];
        for (size_t c = 0; c < counter->cell_count; c++) {
            struct npt__together *together =
                &cooccur->together[pair * cooccur->cells + counter->cells[c]];
            together->characters += found->characters;
            if (!found->pairs)
                continue;
            together->cases += together->last_case != case_index + 1;
            together->last_case = case_index + 1;
            together->pairs += with_pairs ? found->pairs : 0;
            together->first_within += with_pairs ? found->first_within : 0;
            together->second_within += with_pairs ? found->second_within : 0;
        }
        *found = (struct npt__found){0};
    }
    counter->touched.count = 0;
}

static void count_interview(struct npt__cooccur_counter *counter, uint32_t case_index,
                            uint32_t interview)
{
    struct npt__cooccur *cooccur = counter->cooccur;
    const npt_study *study = cooccur->study;
    const struct npt__case *found = &study->cases.items[case_index];
    counter->cell_count = 0;
    npt__passages_start(&counter->passages);
    for (uint32_t i = found->first_part; i < found->first_part + found->part_count; i++)
        if (cooccur->scope.part_in[i] &&
            study->sources.items[study->parts.items[i].source].same_as == interview)
            take_part(counter, i);
    npt__cooccur_sweep(counter, cooccur->used_count, add_pairs, counter);
    cover(counter);
    settle(counter, case_index, !counter->shared[interview]);
}

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Each two of what the case has in a cell. */
static void count_both(struct npt__cooccur_counter *counter)
{
    const struct npt__cooccur *cooccur = counter->cooccur;
    const uint64_t *present = counter->present.items;
    const size_t count = counter->present.count;
    if (count)
        qsort(counter->present.items, count, sizeof *present, compare_numbers);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && present[j] >> 32 == present[i] >> 32; j++) {
            const size_t pair =
                npt__cooccur_pair(cooccur, (uint32_t)present[i], (uint32_t)present[j]);
            cooccur->together[pair * cooccur->cells + (present[i] >> 32)].both++;
        }
    counter->present.count = 0;
}

static void count_case(struct npt__cooccur_counter *counter, uint32_t case_index)
{
    const npt_study *study = counter->cooccur->study;
    const struct npt__case *found = &study->cases.items[case_index];
    const uint32_t end = found->first_part + found->part_count;
    for (uint32_t i = found->first_part; i < end; i++) {
        const uint32_t interview = study->sources.items[study->parts.items[i].source].same_as;
        bool seen = false;
        for (uint32_t j = found->first_part; j < i && !seen; j++)
            seen = study->sources.items[study->parts.items[j].source].same_as == interview;
        if (!seen)
            count_interview(counter, case_index, interview);
    }
    count_both(counter);
}

/* ---- all ------------------------------------------------------------------------------------- */

void npt__cooccur_count(struct npt__cooccur *cooccur)
{
    const npt_study *study = cooccur->study;
    npt__arena *arena = cooccur->scope.arena;
    struct npt__cooccur_counter counter = {.cooccur = cooccur};
    cooccur->together =
        npt__arena_array(arena, cooccur->pair_count * cooccur->cells, sizeof *cooccur->together);
    cooccur->alone =
        npt__arena_array(arena, cooccur->used_count * cooccur->cells, sizeof *cooccur->alone);
    cooccur->of_cases = npt__arena_array(arena, cooccur->cells, sizeof *cooccur->of_cases);
    cooccur->last_of_cases =
        npt__arena_array(arena, cooccur->cells, sizeof *cooccur->last_of_cases);
    counter.list = npt__arena_array(arena, cooccur->units.most_of_segment, sizeof *counter.list);
    counter.found = npt__arena_array(arena, cooccur->pair_count, sizeof *counter.found);
    counter.shared = npt__arena_array(arena, study->sources.count, sizeof *counter.shared);
    cooccur->homeless_segments = npt__scope_homeless(&cooccur->scope);
    npt__cooccur_count_groups(&counter);
    for (uint32_t i = 0; i < study->cases.count; i++)
        count_case(&counter, i);
    npt__array_release(&counter.laid);
    npt__array_release(&counter.line);
    npt__array_release(&counter.touched);
    npt__array_release(&counter.present);
    npt__passages_release(&counter.passages);
}
