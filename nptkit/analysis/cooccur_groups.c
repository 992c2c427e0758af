/* cooccur_groups.c - pairs of segments in interviews that several cases share, such as those with a group.
 *
 * A pair counts once in a cell however many of the cell's cases hold it. Segments fall into classes by the cases
 * that hold them, and lanes are told apart by class; what two lanes have together belongs to the cells of the
 * cases that hold both classes. People in a group mostly have passages of their own, so that classes are few.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cooccur.h"
#include "../base/intern.h"

#include <stdlib.h>
#include <string.h>

struct group {
    struct npt__cooccur_counter *counter;
    npt__arena *arena;
    const uint32_t *parts; /* of the interview, in scope, by case */
    size_t part_count;
    char *marks;               /* by case of the group: '1' where it holds a segment, else '0' */
    NPT__ARRAY(uint64_t) keys; /* of what was laid: class and unit's lane */
    uint64_t *lanes;           /* the different ones, in order */
    npt__intern classes;       /* marks that occur */
    uint32_t last[2];          /* the classes whose cells were asked for last */
    uint32_t *cells;           /* of the cases that hold both */
    uint32_t *stamps, stamp;   /* by cell */
    size_t cell_count;
};

static uint32_t case_of(const struct group *group, size_t part)
{
    return group->counter->cooccur->study->parts.items[group->parts[part]].case_index;
}

static void find_cells(struct group *group, uint32_t first, uint32_t second)
{
    const struct npt__dimensions *dimensions = &group->counter->cooccur->scope.dimensions;
    const char *one = group->classes.strings.items[first];
    const char *two = group->classes.strings.items[second];
    group->last[0] = first;
    group->last[1] = second;
    group->cell_count = 0;
    group->stamp++;
    for (size_t i = 0, slot = 0; i < group->part_count; i++) {
        slot += i && case_of(group, i) != case_of(group, i - 1);
        uint32_t cells[NPT__MOST_CELLS_OF_ROW];
        const bool both = one[slot] == '1' && two[slot] == '1';
        const size_t count = both ? npt__dimensions_cells(dimensions, group->parts[i], cells) : 0;
        for (size_t c = 0; c < count; c++) {
            if (group->stamps[cells[c]] != group->stamp)
                group->cells[group->cell_count++] = cells[c];
            group->stamps[cells[c]] = group->stamp;
        }
    }
}

static void add_group_pairs(void *user, const struct npt__stretch_pairs *pairs)
{
    struct group *group = user;
    const struct npt__cooccur *cooccur = group->counter->cooccur;
    const uint64_t one = group->lanes[pairs->first], two = group->lanes[pairs->second];
    const uint32_t first = (uint32_t)one, second = (uint32_t)two;
    if (first == second)
        return;
    if (group->last[0] != one >> 32 || group->last[1] != two >> 32)
        find_cells(group, (uint32_t)(one >> 32), (uint32_t)(two >> 32));
    const size_t pair = npt__cooccur_pair(cooccur, first, second);
    for (size_t c = 0; c < group->cell_count; c++) {
        struct npt__together *together =
            &cooccur->together[pair * cooccur->cells + group->cells[c]];
        together->pairs += pairs->pairs;
        together->first_within += first < second ? pairs->first_within : pairs->second_within;
        together->second_within += first < second ? pairs->second_within : pairs->first_within;
    }
}

/* Lays a segment that some case of the group holds, in the lanes of its class. */
static void lay_in_class(struct group *group, uint32_t number)
{
    const npt_study *study = group->counter->cooccur->study;
    const struct npt__segment *segment = &study->segments.items[number];
    size_t slots = 0;
    bool held = false;
    for (size_t i = 0; i < group->part_count; i++) {
        const struct npt__part *part = &study->parts.items[group->parts[i]];
        if (!i || case_of(group, i) != case_of(group, i - 1))
            group->marks[slots++] = '0';
        if (part->source != segment->source || !npt__part_holds(study, part, segment))
            continue;
        group->marks[slots - 1] = '1';
        held = true;
    }
    if (!held)
        return;
    const uint32_t class = npt__intern_add(&group->classes, group->arena, group->marks, slots,
                                           npt__intern_hash(group->marks, slots));
    npt__cooccur_lay(group->counter, number);
    while (group->keys.count < group->counter->laid.count) {
        const uint32_t lane = group->counter->laid.items[group->keys.count].stretch.lane;
        *npt__array_add(&group->keys) = (uint64_t) class << 32 | lane;
    }
}

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Makes lanes of classes and units; returns how many. */
static size_t make_lanes(struct group *group)
{
    const size_t count = group->keys.count;
    size_t lanes = 0;
    group->lanes = npt__arena_array(group->arena, count, sizeof *group->lanes);
    if (!count)
        return 0;
    memcpy(group->lanes, group->keys.items, count * sizeof *group->lanes);
    qsort(group->lanes, count, sizeof *group->lanes, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (!i || group->lanes[i] != group->lanes[lanes - 1])
            group->lanes[lanes++] = group->lanes[i];
    for (size_t i = 0; i < count; i++) {
        const uint64_t *lane = bsearch(&group->keys.items[i], group->lanes, lanes,
                                       sizeof *group->lanes, compare_numbers);
        group->counter->laid.items[i].stretch.lane = (uint32_t)(lane - group->lanes);
    }
    return lanes;
}

static void count_group(struct npt__cooccur_counter *counter, const uint32_t *parts, size_t count)
{
    struct npt__cooccur *cooccur = counter->cooccur;
    const npt_study *study = cooccur->study;
    struct group group = {.counter = counter,
                          .arena = npt__arena_new(),
                          .parts = parts,
                          .part_count = count,
                          .last = {NPT__NONE, NPT__NONE}};
    group.marks = npt__arena_array(group.arena, count, 1);
    group.cells = npt__arena_array(group.arena, cooccur->cells, sizeof *group.cells);
    group.stamps = npt__arena_array(group.arena, cooccur->cells, sizeof *group.stamps);
    for (size_t i = 0; i < count; i++) {
        const uint32_t number = study->parts.items[parts[i]].source;
        const struct npt__source *source = &study->sources.items[number];
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = study->parts.items[parts[j]].source == number;
        for (uint32_t k = 0; k < source->segment_count && !seen; k++)
            if (npt__scope_has_coder(&cooccur->scope,
                                     &study->segments.items[source->first_segment + k]))
                lay_in_class(&group, source->first_segment + k);
    }
    npt__cooccur_sweep(counter, make_lanes(&group), add_group_pairs, &group);
    npt__array_release(&group.keys);
    npt__intern_release(&group.classes);
    npt__arena_free(group.arena);
}

/* Parts in scope by interview; parts of one interview stay in the order of their cases. */
static size_t list_parts(const struct npt__cooccur *cooccur, uint64_t *list)
{
    const npt_study *study = cooccur->study;
    size_t count = 0;
    for (uint32_t i = 0; i < study->parts.count; i++)
        if (cooccur->scope.part_in[i])
            list[count++] =
                (uint64_t)study->sources.items[study->parts.items[i].source].same_as << 32 | i;
    if (count)
        qsort(list, count, sizeof *list, compare_numbers);
    return count;
}

void npt__cooccur_count_groups(struct npt__cooccur_counter *counter)
{
    const struct npt__cooccur *cooccur = counter->cooccur;
    const npt_study *study = cooccur->study;
    uint64_t *list = npt__arena_array(cooccur->scope.arena, study->parts.count, sizeof *list);
    uint32_t *parts = npt__arena_array(cooccur->scope.arena, study->parts.count, sizeof *parts);
    const size_t count = list_parts(cooccur, list);
    for (size_t i = 0, end; i < count; i = end) {
        const uint32_t interview = (uint32_t)(list[i] >> 32);
        for (end = i; end < count && list[end] >> 32 == interview; end++) {
            parts[end] = (uint32_t)list[end];
            counter->shared[interview] |= study->parts.items[parts[end]].case_index !=
                                          study->parts.items[parts[i]].case_index;
        }
        if (counter->shared[interview])
            count_group(counter, parts + i, end - i);
    }
}
