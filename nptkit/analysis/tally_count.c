/* tally_count.c - counting for a tally: the rows of the table, and what belongs to each of its cells.
 *
 * The unit that can be compared between sites is the case: it counts once for a construct however often
 * it was coded to it. A segment counts once for a construct even where it carries several of its
 * components. Characters covered are counted within a case, overlaps once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "passages.h"
#include "tally.h"

#include <string.h>

/* ---- rows ------------------------------------------------------------------------------------ */

static uint32_t add_row(struct npt__tally *tally, uint32_t construct, uint32_t component,
                        bool itself)
{
    *npt__array_add(&tally->rows) = (struct npt__tally_row){construct, component, itself};
    return (uint32_t)tally->rows.count - 1;
}

static bool has_components(const npt_codebook *codebook, uint32_t construct)
{
    for (size_t i = construct + 1; i < codebook->count; i++)
        if (codebook->constructs[i].code.parent == construct)
            return true;
    return false;
}

/* The component that a construct is or belongs to: the codebook may go deeper than components. */
static uint32_t component_of(const npt_codebook *codebook, uint32_t index)
{
    while (codebook->constructs[index].code.parent != codebook->constructs[index].construct)
        index = codebook->constructs[index].code.parent;
    return index;
}

static void make_rows(struct npt__tally *tally)
{
    const npt_codebook *codebook = tally->study->codebook;
    npt__arena *arena = tally->scope.arena;
    tally->rows_of = npt__arena_array(arena, codebook->count, sizeof *tally->rows_of);
    uint32_t *itself = npt__arena_array(arena, codebook->count, sizeof *itself);
    for (uint32_t i = 0; i < codebook->count; i++) {
        const struct npt__construct *found = &codebook->constructs[i];
        uint32_t *rows = tally->rows_of[i];
        rows[0] = rows[1] = rows[2] = itself[i] = NPT__NONE;
        if (tally->level == NPT__DOMAIN) {
            if (found->level == NPT__DOMAIN)
                rows[0] = add_row(tally, i, NPT__NONE, false);
            else if (found->domain != NPT__NONE)
                rows[0] = tally->rows_of[found->domain][0];
        } else if (found->level == NPT__CONSTRUCT) {
            rows[0] = add_row(tally, i, NPT__NONE, false);
            if (tally->level == NPT__COMPONENT && has_components(codebook, i))
                rows[1] = itself[i] = add_row(tally, i, NPT__NONE, true);
        } else if (found->level == NPT__COMPONENT) {
            uint32_t component = component_of(codebook, i);
            rows[0] = tally->rows_of[found->construct][0];
            if (tally->level == NPT__COMPONENT)
                rows[1] = component == i ? add_row(tally, found->construct, i, false)
                                         : tally->rows_of[component][1];
        }
    }
    uint32_t total = add_row(tally, NPT__NONE, NPT__NONE, false);
    for (uint32_t i = 0; i < codebook->count; i++)
        if (tally->rows_of[i][0] != NPT__NONE)
            tally->rows_of[i][2] = total;
}

/* The rows of a segment, each once. */
static size_t rows_of_segment(struct npt__tally *tally, uint32_t number)
{
    const npt_study *study = tally->study;
    const struct npt__segment *segment = &study->segments.items[number];
    size_t count = 0;
    for (uint32_t i = 0; i < segment->code_count; i++) {
        uint32_t code = study->segment_codes.items[segment->first_code + i];
        uint32_t construct = study->codes.items[code].construct;
        if (construct == NPT__NONE)
            continue;
        for (size_t j = 0; j < NPT__ROWS_OF_CONSTRUCT; j++) {
            uint32_t row = tally->rows_of[construct][j];
            if (row == NPT__NONE || tally->row_stamps[row] == number + 1)
                continue;
            tally->row_stamps[row] = number + 1;
            tally->segment_rows[count++] = row;
        }
    }
    for (size_t i = 0; i < count; i++) /* so that the next look at this segment starts anew */
        tally->row_stamps[tally->segment_rows[i]] = 0;
    return count;
}

/* ---- counting -------------------------------------------------------------------------------- */

size_t npt__tally_at(const struct npt__tally *tally, uint32_t row, size_t valence, uint32_t cell)
{
    return (row * tally->valence_count + valence) * tally->scope.dimensions.cell_count + cell;
}

/* The valences of a segment: barrier, facilitator, or neither; and the total. */
static size_t valences_of(const struct npt__tally *tally, uint32_t segment,
                          size_t list[NPT__VALENCES])
{
    size_t count = 0;
    if (tally->by_valence) {
        uint8_t marks = tally->marks[segment];
        if (marks & 1)
            list[count++] = 0;
        if (marks & 2)
            list[count++] = 1;
        if (!marks)
            list[count++] = 2;
    }
    list[count++] = tally->valence_count - 1;
    return count;
}

/* Segments: each once for a row, valence and cell, however many cases share it. */
static void count_segment(struct npt__tally *tally, uint32_t number)
{
    const npt_study *study = tally->study;
    const struct npt__segment *segment = &study->segments.items[number];
    const struct npt__source *source = &study->sources.items[segment->source];
    size_t rows = rows_of_segment(tally, number), list[NPT__VALENCES];
    size_t valence_count = valences_of(tally, number, list);
    bool has_text = npt__segment_has_text(study, segment), in_scope = false, held = false;
    for (uint32_t i = 0; i < source->part_count; i++) {
        uint32_t part = study->part_order.items[source->first_part + i];
        if (!npt__part_holds(study, &study->parts.items[part], segment))
            continue;
        held = true;
        if (!tally->scope.part_in[part])
            continue;
        in_scope = true;
        uint32_t cells[NPT__MOST_CELLS_OF_ROW];
        size_t cell_count = npt__dimensions_cells(&tally->scope.dimensions, part, cells);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < valence_count; v++)
                for (size_t c = 0; c < cell_count; c++) {
                    size_t index = npt__tally_at(tally, tally->segment_rows[r], list[v], cells[c]);
                    if (tally->last_segment[index] == number + 1)
                        continue;
                    tally->last_segment[index] = number + 1;
                    tally->segments[index]++;
                    tally->textless[index] += !has_text;
                }
    }
    tally->homeless_segments += !held && rows;
    bool only_valence = !rows && npt__segment_has_valence(study, segment);
    tally->valence_segments += in_scope && only_valence;
    tally->unmatched_segments += in_scope && !rows && !only_valence;
    tally->textless_segments += in_scope && rows && !has_text;
}

/* Cases: each once. */
static void count_case_segments(struct npt__tally *tally, const struct npt__part *part,
                                const uint32_t *cells, size_t cell_count)
{
    const npt_study *study = tally->study;
    const struct npt__source *source = &study->sources.items[part->source];
    for (uint32_t i = source->first_segment; i < source->first_segment + source->segment_count;
         i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (!npt__scope_has_coder(&tally->scope, segment) || !npt__part_holds(study, part, segment))
            continue;
        size_t rows = rows_of_segment(tally, i), list[NPT__VALENCES];
        size_t valence_count = valences_of(tally, i, list);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < valence_count; v++)
                for (size_t c = 0; c < cell_count; c++) {
                    size_t index = npt__tally_at(tally, tally->segment_rows[r], list[v], cells[c]);
                    tally->cases[index] += tally->last_case[index] != part->case_index + 1;
                    tally->last_case[index] = part->case_index + 1;
                }
    }
}

static void count_characters(struct npt__tally *tally, struct npt__passages *passages,
                             const uint32_t *cells, size_t cell_count)
{
    npt__passages_sort(passages);
    size_t all = tally->rows.count * tally->valence_count;
    memset(tally->sweeps, 0, all * sizeof *tally->sweeps);
    for (size_t i = 0; i < passages->list.count; i++) {
        const struct npt__passage *passage = &passages->list.items[i];
        const struct npt__segment *segment = &tally->study->segments.items[passage->segment];
        if (!npt__scope_has_coder(&tally->scope, segment))
            continue;
        size_t rows = rows_of_segment(tally, passage->segment), list[NPT__VALENCES];
        size_t valence_count = valences_of(tally, passage->segment, list);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < valence_count; v++) {
                uint32_t row = tally->segment_rows[r];
                uint32_t fresh =
                    npt__sweep_add(&tally->sweeps[row * tally->valence_count + list[v]],
                                   passage->text, passage->start, passage->end);
                for (size_t c = 0; c < cell_count; c++)
                    tally->characters[npt__tally_at(tally, row, list[v], cells[c])] += fresh;
            }
    }
}

/* What one case holds of one interview, whether from one export or, as two coders sent it, from two. */
static void count_interview(struct npt__tally *tally, uint32_t case_index, uint32_t first,
                            uint32_t end, uint32_t interview, struct npt__passages *passages)
{
    const npt_study *study = tally->study;
    uint32_t cells[NPT__MOST_CELLS_OF_ROW];
    size_t cell_count = 0;
    bool text_is_counted = false;
    npt__passages_start(passages);
    for (uint32_t i = first; i < end; i++) {
        const struct npt__part *part = &study->parts.items[i];
        if (study->sources.items[part->source].same_as != interview || !tally->scope.part_in[i])
            continue;
        cell_count = npt__dimensions_cells(&tally->scope.dimensions, i, cells);
        for (size_t c = 0; c < cell_count; c++) {
            tally->of_cases[cells[c]] += tally->last_of_cases[cells[c]] != case_index + 1;
            tally->last_of_cases[cells[c]] = case_index + 1;
        }
        count_case_segments(tally, part, cells, cell_count);
        if (!npt__tally_wants_text(tally))
            continue;
        npt__passages_add(passages, study, part);
        bool known = true;
        uint64_t characters = npt__part_characters(study, part, &known);
        tally->some_text_missing |= !known;
        for (size_t c = 0; c < cell_count && !text_is_counted; c++)
            tally->text[cells[c]] += characters;
        text_is_counted |= characters > 0;
    }
    if (npt__tally_wants_text(tally) && cell_count)
        count_characters(tally, passages, cells, cell_count);
}

static void count_cases(struct npt__tally *tally)
{
    const npt_study *study = tally->study;
    struct npt__passages passages = {0};
    for (uint32_t i = 0; i < study->cases.count; i++) {
        const struct npt__case *found = &study->cases.items[i];
        uint32_t end = found->first_part + found->part_count;
        for (uint32_t j = found->first_part; j < end; j++) {
            uint32_t interview = study->sources.items[study->parts.items[j].source].same_as;
            bool seen = false;
            for (uint32_t k = found->first_part; k < j && !seen; k++)
                seen = study->sources.items[study->parts.items[k].source].same_as == interview;
            if (!seen)
                count_interview(tally, i, found->first_part, end, interview, &passages);
        }
    }
    npt__passages_release(&passages);
}

bool npt__tally_wants_text(const struct npt__tally *tally)
{
    return tally->chosen[NPT__CHARACTERS_COVERED] || tally->chosen[NPT__COVERAGE];
}

bool npt__tally_count(struct npt__tally *tally)
{
    make_rows(tally);
    if (tally->rows.count == 1)
        return false;
    npt__arena *arena = tally->scope.arena;
    size_t cells = tally->scope.dimensions.cell_count;
    size_t lanes = tally->rows.count * tally->valence_count, all = lanes * cells;
    tally->cases = npt__arena_array(arena, all, sizeof *tally->cases);
    tally->segments = npt__arena_array(arena, all, sizeof *tally->segments);
    tally->textless = npt__arena_array(arena, all, sizeof *tally->textless);
    tally->last_case = npt__arena_array(arena, all, sizeof *tally->last_case);
    tally->last_segment = npt__arena_array(arena, all, sizeof *tally->last_segment);
    tally->characters = npt__arena_array(arena, all, sizeof *tally->characters);
    tally->of_cases = npt__arena_array(arena, cells, sizeof *tally->of_cases);
    tally->last_of_cases = npt__arena_array(arena, cells, sizeof *tally->last_of_cases);
    tally->text = npt__arena_array(arena, cells, sizeof *tally->text);
    tally->row_stamps = npt__arena_array(arena, tally->rows.count, sizeof *tally->row_stamps);
    tally->segment_rows = npt__arena_array(arena, tally->rows.count, sizeof *tally->segment_rows);
    tally->sweeps = npt__arena_array(arena, lanes, sizeof *tally->sweeps);
    if (tally->by_valence) {
        tally->marks = npt__arena_array(arena, tally->study->segments.count, 1);
        npt__mark_valence(&tally->scope, tally->marks);
    }
    for (uint32_t i = 0; i < tally->study->segments.count; i++)
        if (npt__scope_has_coder(&tally->scope, &tally->study->segments.items[i]))
            count_segment(tally, i);
    count_cases(tally);
    return true;
}
