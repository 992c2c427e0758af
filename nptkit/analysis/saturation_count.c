/* saturation_count.c - what each interview holds, in the order in which interviews are taken.
 *
 * What is counted is an interview: one source, or one that stands in several exports. With --by each value's
 * interviews are taken by themselves, in their order. An interview with people of two values belongs to both, with
 * what is coded in the passages of each.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "passages.h"
#include "saturation_state.h"

#include <stdlib.h>

static int compare_held(const void *a, const void *b)
{
    const struct npt__interview_unit *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

struct gathering {
    uint32_t *list, *units, *stamps;
};

/* What a part holds, each once, and the interview itself, in all cells of the part. */
static void take_part(struct npt__saturation_analysis *saturation, uint32_t number,
                      const struct gathering *gathering)
{
    const npt_study *study = saturation->study;
    const struct npt__part *part = &study->parts.items[number];
    const struct npt__source *source = &study->sources.items[part->source];
    size_t found = 1;
    gathering->units[0] = NPT__NONE;
    for (uint32_t i = source->first_segment; i < source->first_segment + source->segment_count;
         i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (!npt__scope_has_coder(&saturation->scope, segment) ||
            !npt__part_holds(study, part, segment))
            continue;
        const size_t count = npt__units_of_segment(&saturation->units, segment, gathering->list);
        for (size_t j = 0; j < count; j++) {
            if (gathering->stamps[gathering->list[j]] == number + 1)
                continue;
            gathering->stamps[gathering->list[j]] = number + 1;
            gathering->units[found++] = gathering->list[j];
        }
    }
    uint32_t cells[NPT__MOST_CELLS_OF_ROW];
    const size_t cell_count = npt__dimensions_cells(&saturation->scope.dimensions, number, cells);
    for (size_t c = 0; c < cell_count; c++)
        for (size_t i = 0; i < found; i++)
            *npt__array_add(&saturation->held) = (struct npt__interview_unit){
                cells[c], saturation->order.rank[source->same_as], gathering->units[i]};
}

/* What is in scope and stands for nothing, or in no case. */
static void count_left_out(struct npt__saturation_analysis *saturation, uint32_t *list)
{
    const npt_study *study = saturation->study;
    saturation->homeless = npt__scope_homeless(&saturation->scope);
    for (size_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (!npt__scope_has_coder(&saturation->scope, segment) ||
            !npt__scope_has_segment(&saturation->scope, segment) ||
            npt__units_of_segment(&saturation->units, segment, list))
            continue;
        const bool only_valence = npt__segment_has_valence(study, segment);
        saturation->unitless += !only_valence;
        saturation->only_valence += only_valence;
    }
}

/* Sorted, so that the interviews of a cell follow each other in order, and each ends with itself. */
void npt__saturation_gather(struct npt__saturation_analysis *saturation)
{
    const npt_study *study = saturation->study;
    npt__arena *arena = saturation->scope.arena;
    const size_t units = saturation->units.count;
    const struct gathering gathering = {
        npt__arena_array(arena, saturation->units.most_of_segment, sizeof(uint32_t)),
        npt__arena_array(arena, units + 1, sizeof(uint32_t)),
        npt__arena_array(arena, units, sizeof(uint32_t))};
    for (uint32_t i = 0; i < study->parts.count; i++)
        if (saturation->scope.part_in[i])
            take_part(saturation, i, &gathering);
    count_left_out(saturation, gathering.list);
    struct npt__interview_unit *held = saturation->held.items;
    size_t count = 0;
    if (saturation->held.count)
        qsort(held, saturation->held.count, sizeof *held, compare_held);
    for (size_t i = 0; i < saturation->held.count; i++)
        if (!count || compare_held(&held[count - 1], &held[i]) != 0)
            held[count++] = held[i];
    saturation->held.count = count;
    const uint32_t last = (uint32_t)saturation->scope.dimensions.cell_count - 1;
    saturation->of_cell = npt__arena_array(arena, last + 1, sizeof *saturation->of_cell);
    for (size_t i = 0; i < count; i++) {
        if (held[i].unit != NPT__NONE)
            continue;
        saturation->of_cell[held[i].cell]++;
        saturation->silent += held[i].cell == last &&
                              (!i || held[i - 1].cell != last || held[i - 1].unit == NPT__NONE);
    }
}

static void shuffle(const struct npt__saturation_analysis *saturation, npt__arena *arena,
                    struct npt__saturation_sequence *sequence)
{
    if (!saturation->orders)
        return;
    sequence->steps = npt__arena_array(arena, sequence->data.interviews, sizeof *sequence->steps);
    sequence->rules = npt__arena_array(arena, saturation->rule_count, sizeof *sequence->rules);
    sequence->has_orders =
        npt__random_orders(&sequence->data,
                           &(struct npt__orders_options){saturation->orders, saturation->seed,
                                                         saturation->rules, saturation->rule_count},
                           sequence->steps, sequence->rules);
}

struct npt__saturation_sequence npt__saturation_sequence(
    const struct npt__saturation_analysis *saturation, npt__arena *arena, uint32_t cell, size_t *at)
{
    const struct npt__interview_unit *held = saturation->held.items;
    const size_t interviews = saturation->of_cell[cell];
    size_t end = *at, count = 0, codes = 0;
    while (end < saturation->held.count && held[end].cell == cell)
        end++;
    uint32_t *ranks = npt__arena_array(arena, interviews, sizeof *ranks);
    size_t *first = npt__arena_array(arena, interviews + 1, sizeof *first);
    uint32_t *list = npt__arena_array(arena, end - *at, sizeof *list);
    for (; *at < end; (*at)++) {
        if (held[*at].unit != NPT__NONE) {
            list[codes++] = held[*at].unit;
            continue;
        }
        ranks[count++] = held[*at].rank;
        first[count] = codes;
    }
    struct npt__saturation_sequence sequence = {
        .cell = cell, .data = {first, list, interviews, saturation->units.count}, .ranks = ranks};
    sequence.fresh = npt__arena_array(arena, interviews, sizeof *sequence.fresh);
    npt__fresh_codes(&sequence.data, NULL, sequence.fresh);
    sequence.codes = npt__run_codes(sequence.fresh, interviews, interviews);
    shuffle(saturation, arena, &sequence);
    return sequence;
}
