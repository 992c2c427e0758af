/* codes.c - the project's own codes: segments, cases, sources, coders, characters.
 *
 * As the project has them, before any theory: what was coded to a code itself, or, with --below, to it
 * or anything below it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/sweep.h"
#include "passages.h"
#include "scope.h"

#include <string.h>

struct counted {
    uint32_t segments, cases, sources, textless;
    uint32_t last_segment, last_case, last_source; /* stamps: number + 1 */
    uint64_t characters;
    struct npt__sweep sweep;
    bool *coders; /* the last entry: not told */
};

struct codes {
    const npt_study *study;
    struct npt__scope scope;
    bool below, unfiltered; /* unfiltered: every part is in scope */
    size_t counted;         /* segments */
    struct counted *codes;
};

static bool needs_positions(const npt_options *options)
{
    (void)options;
    return true;
}

/* Without filters what lies outside all cases belongs to its code all the same. */
static bool in_scope(const struct codes *codes, const struct npt__segment *segment)
{
    return npt__scope_has_coder(&codes->scope, segment) &&
           (codes->unfiltered || npt__scope_has_segment(&codes->scope, segment));
}

static void count_segment(struct codes *codes, uint32_t number)
{
    const npt_study *study = codes->study;
    const struct npt__segment *segment = &study->segments.items[number];
    uint32_t interview = study->sources.items[segment->source].same_as;
    for (uint32_t i = 0; i < segment->code_count; i++) {
        uint32_t code = study->segment_codes.items[segment->first_code + i];
        while (code != NPT__NONE) {
            struct counted *counted = &codes->codes[code];
            if (counted->last_segment != number + 1) {
                counted->last_segment = number + 1;
                counted->segments++;
                counted->textless += !npt__segment_has_text(study, segment);
                counted->sources += counted->last_source != interview + 1;
                counted->last_source = interview + 1;
                counted
                    ->coders[segment->coder == NPT__NONE ? study->coders.count : segment->coder] =
                    true;
            }
            code = codes->below ? study->codes.items[code].parent : NPT__NONE;
        }
    }
}

/* Adds a passage to the characters of its segment's codes, or its case to their cases. */
static void add_to_codes(struct codes *codes, uint32_t segment_number, uint32_t case_index,
                         const struct npt__passage *passage)
{
    const npt_study *study = codes->study;
    const struct npt__segment *segment = &study->segments.items[segment_number];
    for (uint32_t i = 0; i < segment->code_count; i++) {
        uint32_t code = study->segment_codes.items[segment->first_code + i];
        while (code != NPT__NONE) {
            struct counted *counted = &codes->codes[code];
            if (passage) {
                counted->characters +=
                    npt__sweep_add(&counted->sweep, passage->text, passage->start, passage->end);
            } else {
                counted->cases += counted->last_case != case_index + 1;
                counted->last_case = case_index + 1;
            }
            code = codes->below ? study->codes.items[code].parent : NPT__NONE;
        }
    }
}

static void count_cases(struct codes *codes)
{
    const npt_study *study = codes->study;
    for (size_t p = 0; p < study->parts.count; p++) { /* ordered by case */
        const struct npt__part *part = &study->parts.items[p];
        const struct npt__source *source = &study->sources.items[part->source];
        if (!codes->scope.part_in[p])
            continue;
        for (uint32_t i = source->first_segment; i < source->first_segment + source->segment_count;
             i++)
            if (npt__scope_has_coder(&codes->scope, &study->segments.items[i]) &&
                npt__part_holds(study, part, &study->segments.items[i]))
                add_to_codes(codes, i, part->case_index, NULL);
    }
}

static void count_characters(struct codes *codes)
{
    const npt_study *study = codes->study;
    struct npt__passages passages = {0};
    for (uint32_t s = 0; s < study->sources.count; s++) {
        if (study->sources.items[s].same_as != s)
            continue;
        npt__passages_start(&passages);
        npt__passages_add_source(&passages, study, s);
        for (uint32_t other = s + 1; other < study->sources.count && study->exports.count > 1;
             other++)
            if (study->sources.items[other].same_as == s)
                npt__passages_add_source(&passages, study, other);
        npt__passages_sort(&passages);
        for (size_t i = 0; i < study->codes.count; i++)
            codes->codes[i].sweep = (struct npt__sweep){0};
        for (size_t i = 0; i < passages.list.count; i++) {
            uint32_t number = passages.list.items[i].segment;
            const struct npt__segment *segment = &study->segments.items[number];
            if (in_scope(codes, segment))
                add_to_codes(codes, number, 0, &passages.list.items[i]);
        }
    }
    npt__passages_release(&passages);
}

static void count(struct codes *codes)
{
    const npt_study *study = codes->study;
    npt__arena *arena = codes->scope.arena;
    codes->codes = npt__arena_array(arena, study->codes.count, sizeof *codes->codes);
    for (size_t i = 0; i < study->codes.count; i++)
        codes->codes[i].coders = npt__arena_array(arena, study->coders.count + 1, sizeof(bool));
    codes->unfiltered = true;
    for (size_t i = 0; i < study->parts.count; i++)
        codes->unfiltered &= codes->scope.part_in[i];
    for (uint32_t i = 0; i < study->segments.count; i++)
        if (in_scope(codes, &study->segments.items[i])) {
            codes->counted++;
            count_segment(codes, i);
        }
    count_cases(codes);
    if (study->has_positions)
        count_characters(codes);
}

static void add_row(const struct codes *codes, npt_table *table, uint32_t number)
{
    const npt_study *study = codes->study;
    const struct counted *counted = &codes->codes[number];
    size_t coders = 0;
    for (size_t i = 0; i < study->coders.count; i++)
        coders += counted->coders[i];
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text(study->codes.items[number].path);
    row[1] = npt__count(counted->segments);
    row[2] = npt__count(counted->cases);
    row[3] = npt__count(counted->sources);
    row[4] = npt__count(coders);
    row[5] = counted->segments && counted->textless == counted->segments
                 ? npt__absent("text not in the export")
                 : npt__count((size_t)counted->characters);
}

static enum npt_status run(npt_table **made, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct codes codes = {.study = study, .below = npt__option(options, "below") != NULL};
    enum npt_status status = npt__scope_open(&codes.scope, study, options, diags);
    if (status != NPT_OK) {
        npt__scope_release(&codes.scope);
        return status;
    }
    count(&codes);
    npt_table *table = npt__table_new("codes", "The project's codes");
    npt__table_dimension(table, "code", "Code");
    npt__table_measure(table, "segments", "Segments", NPT_UNIT_COUNT);
    npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT);
    npt__table_measure(table, "sources", "Sources", NPT_UNIT_COUNT);
    npt__table_measure(table, "coders", "Coders", NPT_UNIT_COUNT);
    npt__table_measure(table, "characters", "Characters", NPT_UNIT_COUNT);
    npt__table_counts(table, 2, NPT__COUNTS_CASES, "cases of the code");
    for (size_t i = 1; i <= 5; i++)
        if (i != 2)
            npt__table_depends(table, i, 2);
    size_t count = 0, cases = 0;
    for (uint32_t i = 0; i < study->codes.count; i++) {
        cases += study->codes.items[i].is_case;
        if (study->codes.items[i].is_case)
            continue;
        add_row(&codes, table, i);
        count++;
    }
    npt__table_add_people_note(
        table, codes.counted, "A segment that carries two codes counts for both.",
        "%zu codes, %zu coded segments in all. A segment that carries two codes counts "
        "for both.%s",
        count, codes.counted, codes.below ? " A code is counted with what is below it." : "");
    if (cases)
        npt__table_add_people_note(
            table, cases,
            "Entries of the code tree that are cases or folders of cases are not listed.",
            "%zu entries of the code tree are cases or folders of cases; they are no "
            "codes and are not listed.",
            cases);
    npt__add_provenance(table, study);
    npt__scope_release(&codes.scope);
    *made = table;
    return NPT_OK;
}

static const struct npt_option options_of_codes[] = {
    {"below", NULL, "count a code together with all codes below it"},
    NPT__OPTION_WHERE,
    NPT__OPTION_SITE,
    NPT__OPTION_CODER,
    {NULL, NULL, NULL}};

const npt_analysis npt__codes = {
    .name = "codes",
    .summary = "the project's own codes with segments, cases, sources, coders and characters",
    .description =
        "Lists the codes as the project has them, by their path in the code tree, with what was coded to\n"
        "each. Characters are those of the texts that the export holds, overlaps counted once.",
    .options = options_of_codes,
    .needs_positions = needs_positions,
    .run = run,
    .needs = NPT__NEEDS_CODING,
};
