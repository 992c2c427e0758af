/* study.c - finding one's way in a study.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "study.h"

#include "../base/file.h"

#include <string.h>

void npt_study_free(npt_study *study)
{
    if (!study)
        return;
    npt_codebook_free(study->codebook);
    npt__responses_release(&study->responses);
    for (size_t i = 0; i < study->ratings.count; i++)
        npt__rating_table_release(&study->ratings.items[i]);
    for (size_t i = 0; i < study->rankings.count; i++)
        npt__ranking_table_release(&study->rankings.items[i]);
    npt__array_release(&study->ratings);
    npt__array_release(&study->rankings);
    npt__array_release(&study->released.items);
    for (size_t i = 0; i < study->exports.count; i++)
        npt__array_release(&study->exports.items[i].missing_files);
    npt__array_release(&study->sites);
    npt__intern_release(&study->waves);
    npt__array_release(&study->inputs);
    npt__array_release(&study->exports);
    npt__array_release(&study->codes);
    npt__array_release(&study->coders);
    npt__array_release(&study->attributes);
    npt__array_release(&study->sources);
    npt__array_release(&study->documents);
    npt__array_release(&study->segments);
    npt__array_release(&study->segment_codes);
    npt__array_release(&study->cases);
    npt__array_release(&study->parts);
    npt__array_release(&study->part_order);
    npt__array_release(&study->spans);
    npt__release(study->case_values);
    npt__release(study->source_values);
    npt__arena_free(study->arena);
    npt__release(study);
}

struct npt_protection npt_study_protection(const npt_study *study)
{
    return study->disclosure;
}

bool npt_study_has_coding(const npt_study *study)
{
    return study->exports.count > 0;
}

bool npt_study_has_responses(const npt_study *study)
{
    return study->responses.surveys.count > 0;
}

bool npt_study_has_ratings(const npt_study *study)
{
    return study->ratings.count > 0;
}

bool npt_study_has_rankings(const npt_study *study)
{
    return study->rankings.count > 0;
}

bool npt_study_reads(const npt_study *study, const char *path)
{
    for (size_t i = 0; i < study->inputs.count; i++)
        if (npt__file_same(study->inputs.items[i].path, path))
            return true;
    return false;
}

bool npt__study_reads_within(const npt_study *study, const char *path)
{
    bool reads = npt_study_reads(study, path);
    npt__buffer folder = {0};
    for (size_t i = 0; i < study->inputs.count && !reads; i++) {
        const char *input = study->inputs.items[i].path, *slash = strrchr(input, '/');
        npt__buffer_clear(&folder);
        npt__buffer_print(&folder, "%.*s", slash ? (int)(slash - input) + 1 : 1,
                          slash ? input : ".");
        reads = npt__file_same(npt__buffer_string(&folder), path);
    }
    npt__buffer_release(&folder);
    return reads;
}

/* The part of an attribute's name after "Classification:". */
static const char *short_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon && colon[1] ? colon + 1 : name;
}

/* The only attribute for which `same` holds; NPT__NONE where there is none or several. */
static uint32_t only_attribute(const npt_study *study, const char *wanted,
                               bool (*same)(const struct npt__study_attribute *, const char *))
{
    uint32_t found = NPT__NONE;
    for (uint32_t i = 0; i < study->attributes.count; i++) {
        if (!same(&study->attributes.items[i], wanted))
            continue;
        if (found != NPT__NONE)
            return NPT__NONE;
        found = i;
    }
    return found;
}

static bool same_key(const struct npt__study_attribute *attribute, const char *wanted)
{
    return attribute->key && strcmp(attribute->key, wanted) == 0;
}

static bool same_name(const struct npt__study_attribute *attribute, const char *wanted)
{
    return strcmp(attribute->name, wanted) == 0;
}

static bool same_short_name(const struct npt__study_attribute *attribute, const char *wanted)
{
    return strcmp(short_name(attribute->name), wanted) == 0;
}

static bool same_folded(const struct npt__study_attribute *attribute, const char *wanted)
{
    return strcmp(attribute->folded, wanted) == 0;
}

static bool same_short_folded(const struct npt__study_attribute *attribute, const char *wanted)
{
    return strcmp(short_name(attribute->folded), wanted) == 0;
}

uint32_t npt__study_find_attribute(const npt_study *study, const char *name)
{
    uint32_t found = only_attribute(study, name, same_key);
    if (found == NPT__NONE)
        found = only_attribute(study, name, same_name);
    if (found == NPT__NONE)
        found = only_attribute(study, name, same_short_name);
    if (found != NPT__NONE)
        return found;
    npt__arena *arena = npt__arena_new();
    const char *folded = npt__fold_name(arena, name);
    found = only_attribute(study, folded, same_key);
    if (found == NPT__NONE)
        found = only_attribute(study, folded, same_folded);
    if (found == NPT__NONE)
        found = only_attribute(study, folded, same_short_folded);
    npt__arena_free(arena);
    return found;
}

const char *npt__study_nearest_attribute(const npt_study *study, const char *name)
{
    npt__arena *arena = npt__arena_new();
    size_t count = study->attributes.count;
    const char **names = npt__arena_array(arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = short_name(study->attributes.items[i].folded);
    uint32_t near = npt__nearest(npt__fold_name(arena, name), names, count);
    npt__arena_free(arena);
    return near == NPT__NONE ? NULL : study->attributes.items[near].name;
}

const char *npt__study_attribute_key(const npt_study *study, uint32_t attribute)
{
    const struct npt__study_attribute *found = &study->attributes.items[attribute];
    return found->key ? found->key : found->name;
}

const char *npt__part_value(const npt_study *study, const struct npt__part *part,
                            uint32_t attribute)
{
    size_t count = study->attributes.count;
    const char *value = study->case_values[part->case_index * count + attribute];
    return value ? value : study->source_values[part->source * count + attribute];
}

bool npt__part_holds(const npt_study *study, const struct npt__part *part,
                     const struct npt__segment *segment)
{
    if (part->span_count == 0 || segment->document == NPT__NONE)
        return true;
    for (uint32_t i = 0; i < part->span_count; i++) {
        const struct npt__span *span = &study->spans.items[part->first_span + i];
        bool inside = segment->start < span->end && span->start < segment->end;
        bool empty_inside = segment->start == segment->end && span->start <= segment->start &&
                            segment->start < span->end;
        if (span->document == segment->document && (inside || empty_inside))
            return true;
    }
    return false;
}

bool npt__segments_overlap(const struct npt__segment *a, const struct npt__segment *b)
{
    if (a->source != b->source || a->document != b->document)
        return false;
    if (a->kind == NPT__SEGMENT_SOURCE || b->kind == NPT__SEGMENT_SOURCE)
        return true;
    if (a->kind != b->kind)
        return false;
    return a == b || (a->start < b->end && b->start < a->end);
}

uint32_t npt__study_find_code(const npt_study *study, const char *name)
{
    npt__arena *arena = npt__arena_new();
    const char *folded = npt__fold_code(arena, name);
    uint32_t by_path = NPT__NONE, by_name = NPT__NONE;
    size_t named = 0;
    for (uint32_t i = 0; i < study->codes.count && by_path == NPT__NONE; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        if (code->is_case)
            continue;
        if (strcmp(code->path, name) == 0 || strcmp(npt__fold_code(arena, code->path), folded) == 0)
            by_path = i;
        if (strcmp(npt__fold_code(arena, code->name), folded) == 0) {
            by_name = i;
            named++;
        }
    }
    npt__arena_free(arena);
    if (by_path != NPT__NONE)
        return by_path;
    return named == 1 ? by_name : NPT__NONE;
}

const char *npt__study_nearest_code(const npt_study *study, const char *name)
{
    npt__arena *arena = npt__arena_new();
    const char **names = npt__arena_array(arena, study->codes.count, sizeof *names);
    for (size_t i = 0; i < study->codes.count; i++)
        names[i] = npt__fold_code(arena, study->codes.items[i].name);
    uint32_t near = npt__nearest(npt__fold_code(arena, name), names, study->codes.count);
    npt__arena_free(arena);
    return near == NPT__NONE ? NULL : study->codes.items[near].path;
}

bool npt__study_code_within(const npt_study *study, uint32_t code, uint32_t ancestor)
{
    while (code != NPT__NONE && code != ancestor)
        code = study->codes.items[code].parent;
    return code == ancestor && code != NPT__NONE;
}
