/* positions.c - from the positions that an export writes to characters of the text.
 *
 * First every text is scored under every reading. A text that tells readings apart decides for itself;
 * one that cannot follows the other texts of its export, and where these cannot either, what its program
 * is known to do. Texts that decided for themselves (nearly all) are settled while they are at hand;
 * the others are read a second time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "positions.h"

#include <stdlib.h>
#include <string.h>

#define MOST_THREADS 64u

struct bench { /* what one thread works with */
    struct npt__text_index *index;
    struct npt__extent *extents;
    size_t room;
};

struct positions {
    npt_study *study;
    struct npt__fit *fits; /* one for each document */
    bool *settled;
    struct bench benches[MOST_THREADS];
};

static struct npt__extent *take_extents(struct bench *bench, const npt_study *study,
                                        const struct npt__document *document, size_t *count)
{
    if (bench->room < document->segment_count) {
        bench->room = document->segment_count;
        bench->extents = npt__reallocate(bench->extents, bench->room * sizeof *bench->extents);
    }
    *count = 0;
    for (uint32_t i = 0; i < document->segment_count; i++) {
        const struct npt__segment *segment = &study->segments.items[document->first_segment + i];
        if (segment->kind == NPT__SEGMENT_TEXT)
            bench->extents[(*count)++] =
                (struct npt__extent){segment->start, segment->end, segment->name};
    }
    return bench->extents;
}

static uint32_t to_character(const struct npt__text_index *index, struct npt__offsets offsets,
                             uint32_t position)
{
    uint32_t character;
    size_t byte;
    bool inside = npt__text_position(index, offsets, position, &character, &byte);
    return inside ? character : npt__text_characters(index);
}

/* The passages that cases hold of this document. */
static void settle_spans(npt_study *study, uint32_t number, const struct npt__text_index *index,
                         struct npt__offsets offsets)
{
    const struct npt__source *source = &study->sources.items[study->documents.items[number].source];
    for (uint32_t i = 0; i < source->part_count; i++) {
        const struct npt__part *part =
            &study->parts.items[study->part_order.items[source->first_part + i]];
        for (uint32_t j = 0; j < part->span_count; j++) {
            struct npt__span *span = &study->spans.items[part->first_span + j];
            if (span->document != number)
                continue;
            span->start = to_character(index, offsets, span->start);
            span->end = to_character(index, offsets, span->end);
        }
    }
}

/* Turns a document's segments into characters; those that end beyond it are counted and cut. */
static void settle(struct positions *positions, size_t thread, uint32_t number,
                   struct npt__offsets offsets)
{
    npt_study *study = positions->study;
    struct npt__document *document = &study->documents.items[number];
    const struct npt__text_index *index = positions->benches[thread].index;
    document->characters = npt__text_characters(index);
    document->how.offsets = offsets;
    document->how.beyond = 0;
    for (uint32_t i = 0; i < document->segment_count; i++) {
        struct npt__segment *segment = &study->segments.items[document->first_segment + i];
        uint32_t start = 0, end = document->characters;
        size_t byte;
        if (segment->kind == NPT__SEGMENT_TEXT) {
            bool inside = npt__text_position(index, offsets, segment->start, &start, &byte) &&
                          npt__text_position(index, offsets, segment->end, &end, &byte);
            document->how.beyond += !inside;
            if (!inside)
                start = end = document->characters;
        }
        segment->start = start;
        segment->end = end;
    }
    settle_spans(study, number, index, offsets);
    positions->settled[number] = true;
}

static const struct npt__export *export_of(const npt_study *study, uint32_t document)
{
    return &study->exports
                .items[study->sources.items[study->documents.items[document].source].export_index];
}

static size_t reading_of(struct npt__offsets offsets)
{
    size_t reading = 0;
    while (!npt__offsets_equal(npt__offsets_at(reading), offsets))
        reading++;
    return reading;
}

static void record(struct npt__document *document, const struct npt__fit *fit, size_t reading,
                   enum npt__offsets_basis basis)
{
    document->how.basis = (uint8_t)basis;
    document->how.checked = fit->checked[reading];
    document->how.fitting = fit->fitting[reading];
    document->how.runner_up = 0;
    for (size_t i = 0; i < NPT__READINGS; i++) {
        bool twin =
            fit->fitting[i] == fit->fitting[reading] && fit->beyond[i] == fit->beyond[reading];
        if (i != reading && !twin && fit->fitting[i] > document->how.runner_up)
            document->how.runner_up = fit->fitting[i];
    }
}

static void score(void *user, size_t thread, uint32_t number, const char *text, size_t length,
                  bool had_bom)
{
    struct positions *positions = user;
    struct bench *bench = &positions->benches[thread];
    npt_study *study = positions->study;
    struct npt__document *document = &study->documents.items[number];
    const struct npt__export *export = export_of(study, number);
    npt__text_index_set(bench->index, text, length, had_bom);
    size_t count, best = reading_of(export->usual);
    struct npt__extent *extents = take_extents(bench, study, document, &count);
    struct npt__fit *fit = &positions->fits[number];
    npt__offsets_fit(bench->index, extents, count, fit);
    enum npt__offsets_basis basis = NPT__OFFSETS_NOT_READ;
    if (export->overridden)
        basis = NPT__OFFSETS_OVERRIDDEN;
    else if (fit->all_same)
        basis = NPT__OFFSETS_SAME;
    else if (npt__fit_decides(fit, export->usual, &best))
        basis = NPT__OFFSETS_MEASURED;
    if (basis == NPT__OFFSETS_NOT_READ)
        return;
    record(document, fit, best, basis);
    settle(positions, thread, number, npt__offsets_at(best));
}

static void settle_undecided(void *user, size_t thread, uint32_t number, const char *text,
                             size_t length, bool had_bom)
{
    struct positions *positions = user;
    npt__text_index_set(positions->benches[thread].index, text, length, had_bom);
    settle(positions, thread, number, positions->study->documents.items[number].how.offsets);
}

/* Lets the texts of an export that decided speak for those that could not. */
static void decide_for_export(struct positions *positions, uint32_t export_index)
{
    npt_study *study = positions->study;
    const struct npt__export *export = &study->exports.items[export_index];
    struct npt__fit sum = {0};
    for (uint32_t i = 0; i < study->documents.count; i++)
        if (export_of(study, i) == export)
            npt__fit_add(&sum, &positions->fits[i]);
    size_t best;
    bool decided = npt__fit_decides(&sum, export->usual, &best);
    if (!decided)
        best = reading_of(export->usual);
    for (uint32_t i = 0; i < study->documents.count; i++) {
        struct npt__document *document = &study->documents.items[i];
        if (export_of(study, i) != export || positions->settled[i] ||
            document->presence == NPT__TEXT_MISSING)
            continue;
        record(document, &positions->fits[i], best,
               decided ? NPT__OFFSETS_POOLED : NPT__OFFSETS_USUAL);
        document->how.offsets = npt__offsets_at(best);
    }
}

static void report_beyond(const npt_study *study, npt_diags *diags)
{
    for (uint32_t i = 0; i < study->documents.count; i++) {
        const struct npt__document *document = &study->documents.items[i];
        if (!document->how.beyond)
            continue;
        const struct npt__source *source = &study->sources.items[document->source];
        npt__buffer how = {0};
        npt__offsets_show(&how, document->how.offsets);
        npt__say(diags, NPT_ERROR,
                 &(struct npt__place){.file = export_of(study, i)->label, .line = source->line},
                 "source '%s': %u of %u segments end beyond its text (positions read as %s)",
                 source->name, document->how.beyond, document->segment_count, how.bytes);
        npt__hint(diags, "the text was edited after coding, or counts differently: try --offsets; "
                         "tally --measures cases,segments needs no positions");
        npt__buffer_release(&how);
    }
}

static uint32_t *list_documents(const npt_study *study, const bool *settled, size_t *count)
{
    uint32_t *list = npt__allocate(study->documents.count * sizeof *list);
    *count = 0;
    for (uint32_t i = 0; i < study->documents.count; i++)
        if (study->documents.items[i].presence != NPT__TEXT_MISSING && !settled[i])
            list[(*count)++] = i;
    return list;
}

enum npt_status npt__find_positions(npt_study *study, size_t threads, npt_diags *diags)
{
    size_t documents = study->documents.count;
    threads = threads < 1 ? 1 : (threads > MOST_THREADS ? MOST_THREADS : threads);
    struct positions positions = {.study = study,
                                  .fits = npt__allocate(documents * sizeof *positions.fits),
                                  .settled = npt__allocate(documents)};
    memset(positions.fits, 0, documents * sizeof *positions.fits);
    memset(positions.settled, 0, documents);
    for (size_t i = 0; i < threads; i++)
        positions.benches[i].index = npt__text_index_new();
    size_t count;
    uint32_t *list = list_documents(study, positions.settled, &count);
    enum npt_status status =
        study->read_texts(study, list, count, threads, score, &positions, diags);
    free(list);
    for (uint32_t i = 0; i < study->exports.count && status == NPT_OK; i++)
        decide_for_export(&positions, i);
    list = list_documents(study, positions.settled, &count);
    if (status == NPT_OK && count)
        status =
            study->read_texts(study, list, count, threads, settle_undecided, &positions, diags);
    free(list);
    study->has_positions = status == NPT_OK;
    size_t faults = npt_diags_count(diags, NPT_ERROR);
    if (status == NPT_OK)
        report_beyond(study, diags);
    for (size_t i = 0; i < threads; i++) {
        npt__text_index_free(positions.benches[i].index);
        free(positions.benches[i].extents);
    }
    free(positions.fits);
    free(positions.settled);
    return npt_diags_count(diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : status;
}
