/* check.c - what a person should look at before believing a number.
 *
 * Five tables: a summary; the sources with how their positions were read; the first and last words of
 * three segments of each, so that a shift is seen at once; the codes with what they were taken for; and,
 * last, where the eye ends, what needs a person.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../model/match.h"
#include "check.h"
#include "passages.h"
#include "registry.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLES 3u
#define SAMPLE_CHARACTERS 30u

/* ---- samples of segments --------------------------------------------------------------------- */

struct samples {
    const npt_study *study;
    npt__arena *arena;
    const char **texts; /* SAMPLES for each document */
    struct npt__text_index *index;
};

static size_t byte_at(const struct npt__text_index *index, uint32_t character)
{
    static const struct npt__offsets as_characters = {NPT__CHARACTERS, NPT__CRLF_AS_ONE, false};
    uint32_t found;
    size_t byte = 0;
    npt__text_position(index, as_characters, character, &found, &byte);
    return byte;
}

/* "first words ... last words" of a segment. */
static const char *sample(const struct samples *samples, const char *text,
                          const struct npt__segment *segment)
{
    size_t start = byte_at(samples->index, segment->start),
           end = byte_at(samples->index, segment->end);
    size_t characters = segment->end - segment->start;
    if (characters <= 2 * SAMPLE_CHARACTERS)
        return npt__arena_copy(samples->arena, text + start, end - start);
    size_t first = byte_at(samples->index, segment->start + SAMPLE_CHARACTERS);
    size_t last = byte_at(samples->index, segment->end - SAMPLE_CHARACTERS);
    while (first > start &&
           !strchr(" \t\r\n", text[first])) /* only the segment's own ends may cut */
        first--;
    while (last < end && !strchr(" \t\r\n", text[last - 1]))
        last++;
    return npt__arena_print(samples->arena, "%.*s ... %.*s", (int)(first - start), text + start,
                            (int)(end - last), text + last);
}

static void take_samples(void *user, size_t thread, uint32_t number, const char *text,
                         size_t length, bool had_bom)
{
    (void)thread;
    struct samples *samples = user;
    const struct npt__document *document = &samples->study->documents.items[number];
    npt__text_index_set(samples->index, text, length, had_bom);
    uint32_t wanted = document->segment_count < SAMPLES ? document->segment_count : SAMPLES;
    for (uint32_t i = 0; i < wanted; i++) { /* spread over the text: first, middle, last */
        uint32_t step = wanted > 1 ? (document->segment_count - 1) * i / (wanted - 1) : 0;
        samples->texts[number * SAMPLES + i] =
            sample(samples, text, &samples->study->segments.items[document->first_segment + step]);
    }
}

/* ---- the tables ------------------------------------------------------------------------------ */

static void add_fact(npt_table *table, const char *what, const char *value)
{
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text(what);
    row[1] = npt__text(value);
}

static void add_number(npt_table *table, const char *what, size_t number)
{
    add_fact(table, what, npt__arena_print(npt__table_arena(table), "%zu", number));
}

static const char *list_coders(npt_table *table, const npt_study *study)
{
    size_t *segments =
        npt__arena_array(npt__table_arena(table), study->coders.count + 1, sizeof *segments);
    for (size_t i = 0; i < study->segments.count; i++) {
        uint32_t coder = study->segments.items[i].coder;
        segments[coder == NPT__NONE ? study->coders.count : coder]++;
    }
    npt__buffer list = {0};
    for (size_t i = 0; i <= study->coders.count; i++)
        if (segments[i])
            npt__buffer_print(&list, "%s%s (%zu segments)", list.length ? ", " : "",
                              i < study->coders.count ? study->coders.items[i].name : "not told",
                              segments[i]);
    const char *copy =
        npt__arena_copy(npt__table_arena(table), npt__buffer_string(&list), list.length);
    npt__buffer_release(&list);
    return copy;
}

static npt_table *summary(const npt_study *study)
{
    npt_table *table = npt__table_new("summary", "What was read");
    npt__table_dimension(table, "fact", "Fact");
    npt__table_measure(table, "value", "Value", NPT_UNIT_TEXT);
    size_t codings = 0, cases = 0, codes = 0, matched = 0, interviews = 0;
    for (size_t i = 0; i < study->exports.count; i++) {
        const struct npt__export *export = &study->exports.items[i];
        add_fact(table, "export", export->label);
        add_fact(table, "written by", *export->origin ? export->origin : "not told");
        codings += export->codings;
    }
    for (size_t i = 0; i < study->cases.count; i++)
        cases += study->cases.items[i].part_count > 0;
    for (size_t i = 0; i < study->codes.count; i++) {
        codes += !study->codes.items[i].is_case;
        matched += study->codes.items[i].construct != NPT__NONE;
    }
    for (size_t i = 0; i < study->sources.count; i++)
        interviews += study->sources.items[i].same_as == i;
    add_number(table, "sources", interviews);
    add_number(table, study->has_cases ? "cases" : "cases (every source is one)", cases);
    add_number(table, "codings", codings);
    add_number(table, "segments", study->segments.count);
    add_number(table, "segments that repeat another", npt__count_repeated_segments(study));
    add_number(table, "codes", codes);
    add_fact(table, "codebook", study->codebook->name);
    add_number(table, "codes that match a construct", matched);
    add_fact(table, "coders", list_coders(table, study));
    if (study->released.path)
        add_number(table, "quotes released for reports", study->released.items.count);
    for (uint32_t i = 0; i < study->attributes.count; i++)
        add_fact(table, "attribute", npt__study_attribute_key(study, i));
    npt__add_provenance(table, study);
    return table;
}

static const char *show_offsets(npt__arena *arena, const struct npt__document *document)
{
    static const char *const bases[] = {[NPT__OFFSETS_NOT_READ] = "not read",
                                        [NPT__OFFSETS_SAME] = "any reading gives the same",
                                        [NPT__OFFSETS_MEASURED] = "measured on this text",
                                        [NPT__OFFSETS_POOLED] =
                                            "measured on the export's other texts",
                                        [NPT__OFFSETS_USUAL] = "a guess: the program's usual way",
                                        [NPT__OFFSETS_OVERRIDDEN] = "as told"};
    if (document->presence == NPT__TEXT_MISSING)
        return "text not in the export";
    npt__buffer text = {0};
    npt__offsets_show(&text, document->how.offsets);
    npt__buffer_print(&text, " (%s", bases[document->how.basis]);
    if (document->how.basis == NPT__OFFSETS_MEASURED)
        npt__buffer_print(&text, ": %u of %u ends fit, next best %u", document->how.fitting,
                          document->how.checked, document->how.runner_up);
    npt__buffer_putc(&text, ')');
    const char *copy = npt__arena_copy(arena, text.bytes, text.length);
    npt__buffer_release(&text);
    return copy;
}

static const char *show_kind(const struct npt__source *source)
{
    static const char *const kinds[] = {"text", "picture", "PDF", "audio", "video"};
    return kinds[source->kind];
}

/* The document whose reading of positions matters: the first that holds segments, else the first. */
static uint32_t main_document(const npt_study *study, const struct npt__source *source)
{
    for (uint32_t i = 0; i < source->document_count; i++)
        if (study->documents.items[source->first_document + i].segment_count)
            return source->first_document + i;
    return source->document_count ? source->first_document : NPT__NONE;
}

static npt_table *sources(const npt_study *study)
{
    npt_table *table = npt__table_new("sources", "Sources and how their positions were read");
    npt__table_dimension(table, "source", "Source");
    npt__table_measure(table, "kind", "Kind", NPT_UNIT_TEXT);
    npt__table_measure(table, "segments", "Segments", NPT_UNIT_COUNT);
    npt__table_measure(table, "characters", "Characters", NPT_UNIT_COUNT);
    npt__table_measure(table, "positions", "Positions count", NPT_UNIT_TEXT);
    for (uint32_t i = 0; i < study->sources.count; i++) {
        const struct npt__source *source = &study->sources.items[i];
        uint32_t document = main_document(study, source);
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(source->name);
        row[1] = npt__text(show_kind(source));
        row[2] = npt__count(source->segment_count);
        if (document == NPT__NONE) {
            row[4] = npt__absent("no text");
            continue;
        }
        if (study->documents.items[document].presence != NPT__TEXT_MISSING)
            row[3] = npt__count(study->documents.items[document].characters);
        row[4] =
            npt__text(show_offsets(npt__table_arena(table), &study->documents.items[document]));
    }
    return table;
}

/* Three segments of each text: only a person can see at once that they are shifted. */
static npt_table *samples(const npt_study *study, npt_diags *diags)
{
    npt_table *table = npt__table_new("samples", "Three segments of each text");
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "source", "Source");
    npt__table_measure(table, "text", "First and last words", NPT_UNIT_TEXT);
    struct samples samples = {.study = study, .arena = arena};
    size_t documents = study->documents.count;
    samples.texts = npt__arena_array(arena, documents * SAMPLES, sizeof *samples.texts);
    samples.index = npt__text_index_new();
    uint32_t *all = npt__arena_array(arena, documents, sizeof *all);
    for (uint32_t i = 0; i < documents; i++)
        all[i] = i;
    if (study->has_positions)
        study->read_texts(study, all, documents, 1, take_samples, &samples, diags);
    npt__text_index_free(samples.index);
    for (uint32_t i = 0; i < documents * SAMPLES; i++) {
        if (!samples.texts[i])
            continue;
        uint32_t source = study->documents.items[i / SAMPLES].source;
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(study->sources.items[source].name);
        row[1] = npt__text(samples.texts[i]);
    }
    npt__table_add_note(
        table, "Cut words at the ends mean that positions are read wrongly; --offsets sets "
               "another reading.");
    return table;
}

static const char *show_match(const struct npt__study_code *code)
{
    static const char *const matches[] = {
        [NPT__UNMATCHED] = "no construct",  [NPT__BY_MAP] = "study.xml maps it",
        [NPT__BY_GUID] = "same identifier", [NPT__BY_PATH] = "same path",
        [NPT__BY_NAME] = "same name",       [NPT__BY_PARENT] = "below such a code"};
    if (npt__stands_for_none(code))
        return "study.xml: none";
    return matches[code->match];
}

static const char *show_marks(npt__arena *arena, const npt_study *study,
                              const struct npt__study_code *code)
{
    npt__buffer marks = {0};
    if (code->barrier)
        npt__buffer_puts(&marks, "barrier");
    if (code->facilitator)
        npt__buffer_print(&marks, "%sfacilitator", marks.length ? ", " : "");
    if (code->exports < study->exports.count)
        npt__buffer_print(&marks, "%sonly in %s%s", marks.length ? "; " : "",
                          study->exports.items[code->first_export].label,
                          code->exports > 1 ? " and others, not in all" : "");
    if (code->suggestion != NPT__NONE)
        npt__buffer_print(&marks, "%sdid you mean '%s'?", marks.length ? "; " : "",
                          study->codebook->constructs[code->suggestion].path);
    const char *copy = marks.length ? npt__arena_copy(arena, marks.bytes, marks.length) : NULL;
    npt__buffer_release(&marks);
    return copy;
}

static npt_table *codes(const npt_study *study)
{
    npt_table *table = npt__table_new("codes", "Codes and what they stand for");
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "code", "Code");
    npt__table_measure(table, "segments", "Segments", NPT_UNIT_COUNT);
    npt__table_measure(table, "construct", "Construct", NPT_UNIT_TEXT);
    npt__table_measure(table, "match", "Why", NPT_UNIT_TEXT);
    npt__table_measure(table, "remark", "Remark", NPT_UNIT_TEXT);
    uint32_t *segments = npt__arena_array(arena, study->codes.count, sizeof *segments);
    for (size_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        for (uint32_t j = 0; j < segment->code_count; j++)
            segments[study->segment_codes.items[segment->first_code + j]]++;
    }
    for (uint32_t i = 0; i < study->codes.count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        if (code->is_case)
            continue;
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(code->path);
        row[1] = npt__count(segments[i]);
        if (code->construct != NPT__NONE)
            row[2] = npt__text(study->codebook->constructs[code->construct].path);
        row[3] = npt__text(show_match(code));
        const char *marks = show_marks(arena, study, code);
        if (marks)
            row[4] = npt__text(marks);
    }
    return table;
}

/* Everything that was said of the study, so that a file of the check holds it too. */
static npt_table *findings(const npt_diags *diags)
{
    static const char *const severities[] = {"note", "warning", "error"};
    npt_table *table = npt__table_new("findings", "What to look at");
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "kind", "Kind");
    npt__table_measure(table, "file", "File", NPT_UNIT_TEXT);
    npt__table_measure(table, "line", "Line", NPT_UNIT_COUNT);
    npt__table_measure(table, "finding", "Finding", NPT_UNIT_TEXT);
    npt__table_measure(table, "hint", "What to do", NPT_UNIT_TEXT);
    enum npt_severity severity;
    struct npt__place place;
    const char *text, *hint;
    for (size_t i = 0; npt__diags_at(diags, i, &severity, &place, &text, &hint); i++) {
        const char *slash = strrchr(place.file, '/');
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(severities[severity]);
        row[1] = npt__text(npt__arena_string(arena, slash ? slash + 1 : place.file));
        if (place.cell)
            row[2] = npt__text(npt__arena_string(arena, place.cell));
        else if (place.line)
            row[2] = npt__count(place.line);
        row[3] = npt__text(npt__arena_string(arena, text));
        if (hint)
            row[4] = npt__text(npt__arena_string(arena, hint));
    }
    return table;
}

size_t npt_study_check(const npt_study *study, npt_table **tables, size_t room, npt_diags *diags)
{
    const bool coding = npt_study_has_coding(study), survey = npt_study_has_responses(study);
    size_t count = 0;
    npt__warn_of_limits(study, diags);
    if (coding)
        npt__warn_of_study(study, diags);
    npt__warn_of_released(study, diags);
    if (survey)
        npt__warn_of_surveys(study, diags);
    npt__warn_of_sites(study, diags);
    npt__warn_of_tables(study, diags);
    if (coding && count < room)
        tables[count++] = summary(study);
    if (coding && count < room)
        tables[count++] = sources(study);
    if (coding && count < room)
        tables[count++] = samples(study, diags);
    if (coding && count < room)
        tables[count++] = codes(study);
    if (survey && count < room)
        tables[count++] = npt__check_surveys(study);
    if (survey && count < room)
        tables[count++] = npt__check_columns(study);
    if (survey && study->responses.attributes.count && count < room)
        tables[count++] = npt__check_values(study);
    if (study->ratings.count && count < room)
        tables[count++] = npt__check_ratings(study);
    if (study->rankings.count && count < room)
        tables[count++] = npt__check_rankings(study);
    if (count < room)
        tables[count++] = findings(diags);
    return count;
}
