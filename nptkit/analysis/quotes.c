/* quotes.c - the coded segments behind a number, with where they come from.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "passages.h"
#include "quote_texts.h"
#include "released_table.h"
#include "scope.h"

#include <stdlib.h>
#include <string.h>

#define MOST_QUOTES ((size_t)10000000)
#define MOST_CONTEXT 10000u

struct quotes {
    const npt_study *study;
    struct npt__scope scope;
    uint32_t construct, code; /* NPT__NONE: all */
    uint8_t *marks;           /* of each segment, with --valence */
    int valence;              /* 1 barrier, 2 facilitator, 0 neither; -1: all */
    size_t most, context;
    NPT__ARRAY(struct npt__quote) list;
    size_t found;
};

static bool needs_positions(const npt_options *options)
{
    return !npt__option(options, "released");
}

/* ---- choosing -------------------------------------------------------------------------------- */

static enum npt_status read_valence(struct quotes *quotes, const npt_options *options,
                                    npt_diags *diags)
{
    static const char *const values[] = {"neither", "barrier", "facilitator"};
    const char *value = npt__option(options, "valence");
    quotes->valence = -1;
    for (int i = 0; i < 3 && value; i++)
        if (strcmp(values[i], value) == 0)
            quotes->valence = i;
    if (!value)
        return NPT_OK;
    if (quotes->valence < 0) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--valence takes barrier, facilitator or neither, not '%s'", value);
        return NPT_USAGE;
    }
    quotes->marks = npt__arena_array(quotes->scope.arena, quotes->study->segments.count, 1);
    npt__mark_valence(&quotes->scope, quotes->marks);
    return NPT_OK;
}

static bool has_wanted_valence(const struct quotes *quotes, uint32_t segment)
{
    if (quotes->valence < 0)
        return true;
    uint8_t marks = quotes->marks[segment];
    return quotes->valence ? (marks & quotes->valence) != 0 : !marks;
}

/* The construct that --construct names; NPT__NONE without it. */
static enum npt_status read_construct(uint32_t *construct, const npt_study *study,
                                      const npt_options *options, npt_diags *diags)
{
    const char *name = npt__option(options, "construct");
    *construct = name ? npt__construct_find(study->codebook, name) : NPT__NONE;
    if (!name || *construct != NPT__NONE)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--construct: '%s' is no construct of the codebook '%s'", name,
             study->codebook->name);
    const char *near = npt__construct_nearest(study->codebook, name);
    if (near)
        npt__hint(diags, "did you mean '%s'", near);
    else
        npt__hint(diags, "see: nptkit codebook show %s", study->codebook->name);
    return NPT_USAGE;
}

static enum npt_status read_options(struct quotes *quotes, const npt_options *options,
                                    npt_diags *diags)
{
    const npt_study *study = quotes->study;
    const char *code = npt__option(options, "code");
    quotes->code = NPT__NONE;
    quotes->most = MOST_QUOTES;
    if (read_construct(&quotes->construct, study, options, diags) != NPT_OK)
        return NPT_USAGE;
    if (code) {
        quotes->code = npt__study_find_code(study, code);
        if (quotes->code == NPT__NONE) {
            npt__say(diags, NPT_ERROR, NULL,
                     "--code: the project has no code '%s', or several of that name", code);
            const char *near = npt__study_nearest_code(study, code);
            npt__hint(diags, near ? "did you mean '%s'" : "see: nptkit codes", near);
            return NPT_USAGE;
        }
    }
    enum npt_status status =
        npt__option_number(options, "max", 1, MOST_QUOTES, &quotes->most, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "context", 0, MOST_CONTEXT, &quotes->context, diags);
    if (status == NPT_OK)
        status = read_valence(quotes, options, diags);
    return status;
}

static bool has_wanted_code(const struct quotes *quotes, const struct npt__segment *segment)
{
    const npt_study *study = quotes->study;
    bool construct = quotes->construct == NPT__NONE, code = quotes->code == NPT__NONE;
    for (uint32_t i = 0; i < segment->code_count; i++) {
        uint32_t own = study->segment_codes.items[segment->first_code + i];
        construct |= study->codes.items[own].construct != NPT__NONE &&
                     npt__construct_within(study->codebook, study->codes.items[own].construct,
                                           quotes->construct);
        code |= npt__study_code_within(study, own, quotes->code);
    }
    return construct && code;
}

/* The first part in scope that holds the segment. */
static bool find_part(const struct quotes *quotes, const struct npt__segment *segment,
                      uint32_t *part)
{
    const npt_study *study = quotes->study;
    const struct npt__source *source = &study->sources.items[segment->source];
    bool held = false, filtered = false;
    for (uint32_t i = 0; i < source->part_count; i++) {
        uint32_t number = study->part_order.items[source->first_part + i];
        if (!npt__part_holds(study, &study->parts.items[number], segment))
            continue;
        held = true;
        if (quotes->scope.part_in[number]) {
            *part = number;
            return true;
        }
    }
    for (size_t i = 0; i < study->parts.count && !held; i++)
        filtered |= !quotes->scope.part_in[i];
    *part = NPT__NONE;
    return !held &&
           !filtered; /* a segment outside all cases is shown unless cases were asked for */
}

static void choose(struct quotes *quotes)
{
    const npt_study *study = quotes->study;
    for (uint32_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        struct npt__quote quote = {.segment = i};
        if (!npt__scope_has_coder(&quotes->scope, segment) || !has_wanted_code(quotes, segment) ||
            !has_wanted_valence(quotes, i) || !find_part(quotes, segment, &quote.part))
            continue;
        quotes->found++;
        if (quotes->list.count < quotes->most)
            *npt__array_add(&quotes->list) = quote;
    }
}

/* ---- the table ------------------------------------------------------------------------------- */

static void add_name(npt__buffer *list, const char *name)
{
    if (list->length)
        npt__buffer_puts(list, "; ");
    npt__buffer_puts(list, name);
}

/* Adds the codes of a segment that are not in `seen` yet. */
static void add_codes(const npt_study *study, const struct npt__segment *segment, npt__buffer *list,
                      bool *seen, uint32_t *touched, size_t *count)
{
    for (uint32_t i = 0; i < segment->code_count; i++) {
        uint32_t code = study->segment_codes.items[segment->first_code + i];
        if (seen[code])
            continue;
        seen[code] = true;
        touched[(*count)++] = code;
        add_name(list, study->codes.items[code].path);
    }
}

/* All codes on the passage: the segment's own first, then those of segments that overlap it. */
static const char *codes_on(const struct quotes *quotes, npt__arena *arena, uint32_t number,
                            bool *seen, uint32_t *touched)
{
    const npt_study *study = quotes->study;
    const struct npt__segment *segment = &study->segments.items[number];
    const struct npt__source *source = &study->sources.items[segment->source];
    npt__buffer list = {0};
    size_t count = 0;
    add_codes(study, segment, &list, seen, touched, &count);
    for (uint32_t i = source->first_segment; i < source->first_segment + source->segment_count; i++)
        if (npt__segments_overlap(segment, &study->segments.items[i]))
            add_codes(study, &study->segments.items[i], &list, seen, touched, &count);
    for (size_t i = 0; i < count; i++)
        seen[touched[i]] = false;
    const char *codes = npt__arena_copy(arena, npt__buffer_string(&list), list.length);
    npt__buffer_release(&list);
    return codes;
}

static const char *constructs_of(const npt_study *study, npt__arena *arena, uint32_t number)
{
    const struct npt__segment *segment = &study->segments.items[number];
    npt__buffer list = {0};
    for (uint32_t i = 0; i < segment->code_count; i++) {
        uint32_t code = study->segment_codes.items[segment->first_code + i];
        uint32_t construct = study->codes.items[code].construct;
        bool repeated = construct == NPT__NONE;
        for (uint32_t j = 0; j < i && !repeated; j++)
            repeated =
                study->codes.items[study->segment_codes.items[segment->first_code + j]].construct ==
                construct;
        if (repeated)
            continue;
        const struct npt__construct *found = &study->codebook->constructs[construct];
        if (found->level == NPT__COMPONENT) /* "Coherence > Differentiation" */
            add_name(&list,
                     npt__arena_print(arena, "%s > %s",
                                      study->codebook->constructs[found->construct].code.name,
                                      found->code.name));
        else
            add_name(&list, found->code.name);
    }
    const char *names = list.length ? npt__arena_copy(arena, list.bytes, list.length) : NULL;
    npt__buffer_release(&list);
    return names;
}

static struct npt_cell text_or_absent(const char *text, const char *reason)
{
    return text && *text ? npt__text(text) : npt__absent(reason);
}

static void fill_row(const struct quotes *quotes, npt_table *table, const struct npt__quote *quote,
                     bool *seen, uint32_t *touched)
{
    const npt_study *study = quotes->study;
    npt__arena *arena = npt__table_arena(table);
    const struct npt__segment *segment = &study->segments.items[quote->segment];
    const struct npt__part *part =
        quote->part == NPT__NONE ? NULL : &study->parts.items[quote->part];
    struct npt_cell *row = npt__table_add_row(table);
    size_t column = 0;
    row[column++] = text_or_absent(constructs_of(study, arena, quote->segment), NULL);
    row[column++] = npt__text(codes_on(quotes, arena, quote->segment, seen, touched));
    row[column++] = text_or_absent(part ? study->cases.items[part->case_index].name : NULL, NULL);
    for (uint32_t a = 0; a < study->attributes.count; a++)
        row[column++] = text_or_absent(part ? npt__part_value(study, part, a) : NULL, NULL);
    row[column++] = npt__text(study->sources.items[segment->source].name);
    row[column++] = text_or_absent(
        segment->coder == NPT__NONE ? NULL : study->coders.items[segment->coder].name, NULL);
    bool placed = npt__segment_has_text(study, segment) || segment->kind == NPT__SEGMENT_AUDIO ||
                  segment->kind == NPT__SEGMENT_VIDEO;
    row[column++] = placed ? npt__count(segment->start) : npt__absent(NULL);
    row[column++] = placed ? npt__count(segment->end) : npt__absent(NULL);
    if (quotes->context) {
        row[column++] = text_or_absent(quote->before, NULL);
        row[column++] = text_or_absent(quote->after, NULL);
    }
    row[column] = npt__quote_cell(study, quote);
}

static void fill_table(const struct quotes *quotes, npt_table *table)
{
    const npt_study *study = quotes->study;
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "codes", "Codes on it");
    npt__table_dimension(table, "case", "Case");
    for (uint32_t a = 0; a < study->attributes.count; a++)
        npt__table_dimension(table, npt__study_attribute_key(study, a),
                             study->attributes.items[a].name);
    npt__table_dimension(table, "source", "Source");
    npt__table_dimension(table, "coder", "Coder");
    npt__table_measure(table, "start", "From character", NPT_UNIT_COUNT);
    npt__table_measure(table, "end", "to", NPT_UNIT_COUNT);
    if (quotes->context) {
        npt__table_measure(table, "before", "Before", NPT_UNIT_TEXT);
        npt__table_measure(table, "after", "After", NPT_UNIT_TEXT);
    }
    npt__table_counts(table, npt__table_measure(table, "text", "Text", NPT_UNIT_TEXT), NPT__WORDS,
                      "words");
    npt__arena *arena = quotes->scope.arena;
    bool *seen = npt__arena_array(arena, study->codes.count, sizeof *seen);
    uint32_t *touched = npt__arena_array(arena, study->codes.count, sizeof *touched);
    for (size_t i = 0; i < quotes->list.count; i++)
        fill_row(quotes, table, &quotes->list.items[i], seen, touched);
    npt__table_set_layout(table, &(struct npt__layout){.across = SIZE_MAX, .cards = true});
    if (quotes->list.count < quotes->found)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, NULL,
            "The first %zu of %zu segments, in the order of the sources; --max shows "
            "more.",
            quotes->list.count, quotes->found);
    else
        npt__table_add_people_note(table, NPT__NEVER_SHOWN, NULL, "Segments: %zu, all there are.",
                                   quotes->found);
    npt__table_add_note(table,
                        "Positions are characters of the text, the first is 0; audio and video: "
                        "milliseconds.");
    npt__table_add_note(table,
                        "These are people's words: check who may read them before they leave your "
                        "machine.");
    npt__add_provenance(table, study);
}

static enum npt_status run_released(npt_table **made, const npt_study *study,
                                    const npt_options *options, npt_diags *diags)
{
    npt_table *table = npt__table_new("quotes", "Quotes that are released for reports");
    uint32_t construct;
    enum npt_status status = read_construct(&construct, study, options, diags);
    if (status == NPT_OK)
        status = npt__released_table(table, study, options, construct, diags);
    if (status == NPT_OK)
        *made = table;
    else
        npt_table_free(table);
    return status;
}

static enum npt_status run(npt_table **made, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    if (npt__option(options, "released"))
        return run_released(made, study, options, diags);
    npt_table *table = npt__table_new("quotes", "Coded segments");
    struct quotes quotes = {.study = study};
    enum npt_status status = npt__scope_open(&quotes.scope, study, options, diags);
    if (status == NPT_OK)
        status = read_options(&quotes, options, diags);
    if (status == NPT_OK) {
        choose(&quotes);
        status = npt__quotes_read(study, npt__table_arena(table), quotes.list.items,
                                  quotes.list.count, quotes.context, diags);
    }
    if (status == NPT_OK) {
        fill_table(&quotes, table);
        *made = table;
    } else {
        npt_table_free(table);
    }
    npt__array_release(&quotes.list);
    npt__scope_release(&quotes.scope);
    return status;
}

static const struct npt_option options_of_quotes[] = {
    {"construct", "NAME", "only segments of this construct or what belongs to it"},
    {"valence", "VALUE", "only segments that overlap a barrier or facilitator, or neither"},
    {"code", "CODE", "only segments of this code or codes below it"},
    NPT__OPTION_SITE,
    NPT__OPTION_CODER,
    NPT__OPTION_WHERE,
    {"max", "N", "at most N segments"},
    {"context", "N", "with up to N characters before and after"},
    {"released", NULL, "only quotes that are released for reports, as these may show them"},
    {NULL, NULL, NULL}};

const npt_analysis npt__quotes = {
    .name = "quotes",
    .summary = "the coded segments behind a number, with where they come from",
    .description =
        "Shows the coded segments of a construct or code: the text, the case and its attributes, the source\n"
        "and position, who coded it, and all codes on the passage. With --released, what reports may show: the\n"
        "quotes that a person released (<quotes> in study.xml), with no more of whom they come from than many\n"
        "share; --site as in the report on that site, --max for each construct.",
    .options = options_of_quotes,
    .needs_positions = needs_positions,
    .run = run,
    .needs = NPT__NEEDS_CODING,
};
