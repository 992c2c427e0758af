/* passages.c - the segments of interviews in the order of their texts, and who calls them what.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "passages.h"

#include "../stats/sweep.h"

#include <stdlib.h>

void npt__passages_start(struct npt__passages *passages)
{
    passages->list.count = 0;
}

void npt__passages_release(struct npt__passages *passages)
{
    npt__array_release(&passages->list);
}

bool npt__segment_has_text(const npt_study *study, const struct npt__segment *segment)
{
    return study->has_positions && segment->document != NPT__NONE &&
           study->documents.items[segment->document].presence != NPT__TEXT_MISSING;
}

static void add(struct npt__passages *passages, uint32_t segment, uint32_t text, uint32_t start,
                uint32_t end)
{
    if (start < end)
        *npt__array_add(&passages->list) = (struct npt__passage){segment, text, start, end};
}

void npt__passages_add(struct npt__passages *passages, const npt_study *study,
                       const struct npt__part *part)
{
    const struct npt__source *source = &study->sources.items[part->source];
    for (uint32_t i = source->first_segment; i < source->first_segment + source->segment_count;
         i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (!npt__segment_has_text(study, segment))
            continue;
        uint32_t text = segment->document - source->first_document;
        if (!part->span_count)
            add(passages, i, text, segment->start, segment->end);
        for (uint32_t j = 0; j < part->span_count; j++) {
            const struct npt__span *span = &study->spans.items[part->first_span + j];
            if (span->document == segment->document)
                add(passages, i, text, segment->start > span->start ? segment->start : span->start,
                    segment->end < span->end ? segment->end : span->end);
        }
    }
}

void npt__passages_add_source(struct npt__passages *passages, const npt_study *study,
                              uint32_t source)
{
    npt__passages_add(passages, study, &(struct npt__part){.source = source});
}

static int compare(const void *a, const void *b)
{
    const struct npt__passage *x = a, *y = b;
    if (x->text != y->text)
        return x->text < y->text ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->segment > y->segment) - (x->segment < y->segment);
}

void npt__passages_sort(struct npt__passages *passages)
{
    bool sorted = true; /* exports mostly write them in order */
    for (size_t i = 1; i < passages->list.count && sorted; i++)
        sorted = compare(&passages->list.items[i - 1], &passages->list.items[i]) <= 0;
    if (!sorted)
        qsort(passages->list.items, passages->list.count, sizeof *passages->list.items, compare);
}

bool npt__segment_has_valence(const npt_study *study, const struct npt__segment *segment)
{
    for (uint32_t i = 0; i < segment->code_count; i++) {
        const struct npt__study_code *code =
            &study->codes.items[study->segment_codes.items[segment->first_code + i]];
        if (code->barrier || code->facilitator)
            return true;
    }
    return false;
}

void npt__note_segments_left_out(npt_table *table, size_t unmatched, size_t only_valence,
                                 size_t homeless)
{
    if (unmatched)
        npt__table_add_people_note(
            table, unmatched,
            NPT__FEWER " segments are not counted, as none of their codes stands for a construct.",
            "Segments not counted, as none of their codes stands for a construct: "
            "%zu; nptkit check lists the codes.",
            unmatched);
    if (only_valence)
        npt__table_add_people_note(
            table, only_valence,
            NPT__FEWER " segments are not counted, as they only say barrier or facilitator.",
            "Segments not counted, as they only say barrier or facilitator: %zu; "
            "nptkit tally --valence tells which constructs they overlap.",
            only_valence);
    if (homeless)
        npt__table_add_people_note(
            table, homeless,
            NPT__FEWER " segments are not counted, as they lie outside the passages of every case.",
            "Segments not counted, as they lie outside the passages of every case: %zu.", homeless);
}

uint64_t npt__part_characters(const npt_study *study, const struct npt__part *part, bool *known)
{
    uint64_t characters = 0;
    struct npt__sweep sweep = {
        0}; /* spans are in order, but two people may have marked one passage */
    for (uint32_t i = 0; i < part->span_count; i++) {
        const struct npt__span *span = &study->spans.items[part->first_span + i];
        characters += npt__sweep_add(&sweep, span->document, span->start, span->end);
    }
    if (part->span_count)
        return characters;
    const struct npt__source *source = &study->sources.items[part->source];
    for (uint32_t i = 0; i < source->document_count; i++) {
        const struct npt__document *document = &study->documents.items[source->first_document + i];
        *known &= document->presence != NPT__TEXT_MISSING;
        characters += document->characters;
    }
    return characters;
}

/* ---- barriers and facilitators --------------------------------------------------------------- */

static uint8_t own_marks(const npt_study *study, const struct npt__segment *segment)
{
    uint8_t marks = 0;
    for (uint32_t i = 0; i < segment->code_count; i++) {
        const struct npt__study_code *code =
            &study->codes.items[study->segment_codes.items[segment->first_code + i]];
        marks |= (uint8_t)(code->barrier | code->facilitator << 1);
    }
    return marks;
}

void npt__mark_valence(const struct npt__scope *scope, uint8_t *marks)
{
    const npt_study *study = scope->study;
    NPT__ARRAY(uint32_t) marked = {0};
    for (size_t s = 0; s < study->sources.count; s++) {
        const struct npt__source *source = &study->sources.items[s];
        uint32_t end = source->first_segment + source->segment_count;
        marked.count = 0;
        for (uint32_t i = source->first_segment; i < end; i++) {
            if (!npt__scope_has_coder(scope, &study->segments.items[i]))
                continue;
            marks[i] = own_marks(study, &study->segments.items[i]);
            if (marks[i])
                *npt__array_add(&marked) = i;
        }
        for (uint32_t i = source->first_segment; i < end; i++)
            for (size_t j = 0; j < marked.count; j++) {
                const struct npt__segment *other = &study->segments.items[marked.items[j]];
                if (npt__segments_overlap(&study->segments.items[i], other))
                    marks[i] |= own_marks(study, other);
            }
    }
    npt__array_release(&marked);
}
