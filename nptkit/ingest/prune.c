/* prune.c - codings that must not count: what an earlier export says too, and what only names a case.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "prune.h"

#include <stdlib.h>
#include <string.h>

/* A segment by what makes it the same coding; codes are compared as a set. */
struct key {
    uint32_t interview, text, kind, start, end, coder, export_index, segment;
};

static int compare(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    const uint32_t left[] = {x->interview, x->text,  x->kind,         x->start,
                             x->end,       x->coder, x->export_index, x->segment};
    const uint32_t right[] = {y->interview, y->text,  y->kind,         y->start,
                              y->end,       y->coder, y->export_index, y->segment};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static bool same_place(const struct key *a, const struct key *b)
{
    return a->interview == b->interview && a->text == b->text && a->kind == b->kind &&
           a->start == b->start && a->end == b->end && a->coder == b->coder;
}

static bool same_codes(const npt_study *study, uint32_t a, uint32_t b)
{
    const struct npt__segment *x = &study->segments.items[a], *y = &study->segments.items[b];
    if (x->code_count != y->code_count)
        return false;
    for (uint32_t i = 0; i < x->code_count; i++) {
        bool found = false;
        for (uint32_t j = 0; j < y->code_count && !found; j++)
            found = study->segment_codes.items[x->first_code + i] ==
                    study->segment_codes.items[y->first_code + j];
        if (!found)
            return false;
    }
    return true;
}

/* Whether an earlier export has this coding. One of its segments can answer for one of ours only. */
static bool is_repeated(const npt_study *study, const struct key *keys, bool *answered, size_t at)
{
    for (size_t i = at; i-- > 0 && same_place(&keys[i], &keys[at]);)
        if (keys[i].export_index < keys[at].export_index && !answered[i] &&
            same_codes(study, keys[i].segment, keys[at].segment)) {
            answered[i] = true;
            return true;
        }
    return false;
}

/* Closes the gaps that dropped segments leave. */
static void compact(npt_study *study, const bool *dropped)
{
    uint32_t *moved = npt__allocate((study->segments.count + 1) * sizeof *moved);
    uint32_t kept = 0;
    for (size_t i = 0; i < study->segments.count; i++) {
        moved[i] = kept;
        if (!dropped[i])
            study->segments.items[kept++] = study->segments.items[i];
    }
    moved[study->segments.count] = kept;
    study->segments.count = kept;
    for (size_t i = 0; i < study->sources.count; i++) {
        struct npt__source *source = &study->sources.items[i];
        uint32_t end = moved[source->first_segment + source->segment_count];
        source->first_segment = moved[source->first_segment];
        source->segment_count = end - source->first_segment;
    }
    for (size_t i = 0; i < study->documents.count; i++) {
        struct npt__document *document = &study->documents.items[i];
        uint32_t end = moved[document->first_segment + document->segment_count];
        document->first_segment = moved[document->first_segment];
        document->segment_count = end - document->first_segment;
    }
    free(moved);
}

static bool keep_codes(npt_study *study, struct npt__segment *segment)
{
    uint32_t *codes = study->segment_codes.items + segment->first_code;
    uint16_t kept = 0;
    for (uint16_t i = 0; i < segment->code_count; i++)
        if (!study->codes.items[codes[i]].is_case)
            codes[kept++] = codes[i];
    study->exports.items[study->sources.items[segment->source].export_index].case_codings +=
        (size_t)(segment->code_count - kept);
    segment->code_count = kept;
    return kept > 0;
}

void npt__drop_case_codes(npt_study *study)
{
    bool *dropped = npt__allocate(study->segments.count + 1), any = false;
    for (size_t i = 0; i < study->segments.count; i++) {
        dropped[i] = !keep_codes(study, &study->segments.items[i]);
        any |= dropped[i];
    }
    if (any)
        compact(study, dropped);
    free(dropped);
}

static bool is_pooled(const npt_study *study)
{
    for (uint32_t i = 0; i < study->sources.count; i++)
        if (study->sources.items[i].same_as != i)
            return true;
    return false;
}

void npt__drop_repeats(npt_study *study)
{
    size_t count = study->segments.count, dropped_count = 0;
    if (!is_pooled(study))
        return;
    struct key *keys = npt__allocate((count + 1) * sizeof *keys);
    bool *answered = npt__allocate(count + 1), *dropped = npt__allocate(count + 1);
    memset(answered, 0, count + 1);
    memset(dropped, 0, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        const struct npt__source *source = &study->sources.items[segment->source];
        uint32_t text =
            segment->document == NPT__NONE ? NPT__NONE : segment->document - source->first_document;
        keys[i] =
            (struct key){source->same_as, text,           segment->kind,        segment->start,
                         segment->end,    segment->coder, source->export_index, i};
    }
    if (count)
        qsort(keys, count, sizeof *keys, compare);
    for (size_t i = 0; i < count; i++) {
        bool placed = keys[i].kind == NPT__SEGMENT_TEXT || keys[i].kind == NPT__SEGMENT_SOURCE ||
                      keys[i].end > keys[i].start;
        if (!placed || !is_repeated(study, keys, answered, i))
            continue; /* regions of pictures have no ends to compare */
        dropped[keys[i].segment] = true;
        study->exports.items[keys[i].export_index].repeated++;
        dropped_count++;
    }
    if (dropped_count)
        compact(study, dropped);
    free(keys);
    free(answered);
    free(dropped);
}
