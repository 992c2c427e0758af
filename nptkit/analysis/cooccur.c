/* cooccur.c - constructs or codes together: by overlap, inclusion or proximity of their segments.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cooccur.h"

#include <string.h>

#define MOST_ROWS ((size_t)500000)
#define MOST_REACH 1000000u
#define NEAR 200u /* some two or three sentences of speech */

enum measure {
    TOGETHER,
    BOTH,
    EITHER,
    OF_CASES,
    JACCARD_CASES,
    PAIRS,
    FIRST_WITHIN,
    SECOND_WITHIN,
    CHARACTERS_BOTH,
    CHARACTERS_EITHER,
    JACCARD_CHARACTERS,
    MEASURES
};

static const struct {
    const char *key, *label;
    enum npt_unit unit;
} measures[MEASURES] = {
    {"cases_together", "Cases with both together", NPT_UNIT_COUNT},
    {"cases_both", "Cases with both", NPT_UNIT_COUNT},
    {"cases_either", "Cases with either", NPT_UNIT_COUNT},
    {"of_cases", "All cases", NPT_UNIT_COUNT},
    {"jaccard_cases", "Cases with both, of those with either (Jaccard)", NPT_UNIT_MEAN},
    {"segment_pairs", "Pairs of segments", NPT_UNIT_COUNT},
    {"first_within", "Pairs in which the first lies within the second", NPT_UNIT_COUNT},
    {"second_within", "Pairs in which the second lies within the first", NPT_UNIT_COUNT},
    {"characters_both", "Characters with both", NPT_UNIT_COUNT},
    {"characters_either", "Characters with either", NPT_UNIT_COUNT},
    {"jaccard_characters", "Characters with both, of those with either (Jaccard)", NPT_UNIT_MEAN},
};

/* ---- options --------------------------------------------------------------------------------- */

static bool needs_positions(const npt_options *options)
{
    (void)options;
    return true;
}

static enum npt_status read_rule(struct npt__stretch_rule *rule, const npt_options *options,
                                 npt_diags *diags)
{
    static const char *const ways[] = {"overlap", "inclusion", "proximity"};
    const char *how = npt__option(options, "how"), *within = npt__option(options, "within");
    size_t reach = NEAR, way = 0;
    while (how && way < 3 && strcmp(ways[way], how) != 0)
        way++;
    if (way == 3) {
        npt__say(diags, NPT_ERROR, NULL, "--how takes overlap, inclusion or proximity, not '%s'",
                 how);
        return NPT_USAGE;
    }
    if (how && within && way != NPT__PROXIMITY) {
        npt__say(diags, NPT_ERROR, NULL, "--within is of proximity, but --how says %s", how);
        return NPT_USAGE;
    }
    const enum npt_status status =
        npt__option_number(options, "within", 0, MOST_REACH, &reach, diags);
    rule->how = within ? NPT__PROXIMITY : (enum npt__togetherness)way;
    rule->reach = (uint32_t)reach;
    return status;
}

static enum npt_status check_size(const struct npt__cooccur *cooccur, npt_diags *diags)
{
    if (!cooccur->pair_count || cooccur->cells <= NPT__MOST_TOGETHER / cooccur->pair_count)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL,
             "%zu pairs, each in %zu combinations of values, are more than can be counted at once",
             cooccur->pair_count, cooccur->cells);
    npt__hint(diags, "compare by fewer attributes, look at fewer cases with --where, or count "
                     "constructs: --level construct");
    return NPT_USAGE;
}

/* ---- the table ------------------------------------------------------------------------------- */

struct pair_place {
    uint32_t first, second; /* lanes */
    size_t pair;
};

static struct npt_cell share(uint64_t part, uint64_t whole, const char *reason)
{
    return whole ? npt__number((double)part / (double)whole) : npt__absent(reason);
}

static struct npt_cell measure_cell(const struct npt__cooccur *cooccur, struct pair_place place,
                                    enum measure measure, uint32_t cell)
{
    static const char no_text[] = "text not in the export";
    const struct npt__together *together = &cooccur->together[place.pair * cooccur->cells + cell];
    const struct npt__alone *first = &cooccur->alone[place.first * cooccur->cells + cell];
    const struct npt__alone *second = &cooccur->alone[place.second * cooccur->cells + cell];
    const uint32_t either = first->cases + second->cases - together->both;
    const uint64_t characters = first->characters + second->characters - together->characters;
    const bool textless = (first->segments && first->textless == first->segments) ||
                          (second->segments && second->textless == second->segments);
    if (measure == OF_CASES)
        return npt__count(cooccur->of_cases[cell]);
    if (!cooccur->of_cases[cell])
        return npt__absent("no cases");
    if (measure >= CHARACTERS_BOTH && textless)
        return npt__absent(no_text);
    switch (measure) {
    case TOGETHER:
        return npt__count(together->cases);
    case BOTH:
        return npt__count(together->both);
    case EITHER:
        return npt__count(either);
    case JACCARD_CASES:
        return share(together->both, either, "neither occurs");
    case PAIRS:
        return npt__count((size_t)together->pairs);
    case FIRST_WITHIN:
        return npt__count((size_t)together->first_within);
    case SECOND_WITHIN:
        return npt__count((size_t)together->second_within);
    case CHARACTERS_BOTH:
        return npt__count((size_t)together->characters);
    case CHARACTERS_EITHER:
        return npt__count((size_t)characters);
    default:
        return share(together->characters, characters, "neither occurs");
    }
}

static bool has_measure(const struct npt__cooccur *cooccur, size_t measure)
{
    return cooccur->rule.how == NPT__INCLUSION ||
           (measure != FIRST_WITHIN && measure != SECOND_WITHIN);
}

static bool is_together(const struct npt__cooccur *cooccur, size_t pair)
{
    for (size_t c = 0; c < cooccur->cells; c++)
        if (cooccur->together[pair * cooccur->cells + c].pairs)
            return true;
    return false;
}

static void add_rows(const struct npt__cooccur *cooccur, npt_table *table, struct pair_place place)
{
    npt__arena *arena = npt__table_arena(table);
    const char *const *names = cooccur->units.names;
    const char *first = npt__arena_string(arena, names[cooccur->used[place.first]]);
    const char *second = npt__arena_string(arena, names[cooccur->used[place.second]]);
    const struct npt__dimensions *dimensions = &cooccur->scope.dimensions;
    for (uint32_t c = 0; c < cooccur->cells; c++) {
        if (!npt__dimensions_shows(dimensions, cooccur->of_cases, c))
            continue;
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(first);
        row[1] = npt__text(second);
        npt__dimensions_label(dimensions, c, row + 2);
        size_t column = 2 + dimensions->count;
        for (size_t m = 0; m < MEASURES; m++)
            if (has_measure(cooccur, m))
                row[column++] = measure_cell(cooccur, place, (enum measure)m, c);
    }
}

static size_t shown_cells(const struct npt__cooccur *cooccur)
{
    size_t shown = 0;
    for (uint32_t c = 0; c < cooccur->cells; c++)
        shown += npt__dimensions_shows(&cooccur->scope.dimensions, cooccur->of_cases, c);
    return shown;
}

static enum npt_status check_rows(const struct npt__cooccur *cooccur, bool all, npt_diags *diags)
{
    size_t pairs = 0;
    for (size_t i = 0; i < cooccur->pair_count; i++)
        pairs += all || is_together(cooccur, i);
    const size_t cells = shown_cells(cooccur);
    if (!cells || pairs <= MOST_ROWS / cells)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL,
             "%zu pairs, each in %zu combinations of values, are more than %zu rows", pairs, cells,
             MOST_ROWS);
    npt__hint(diags, "compare by fewer attributes, or look at fewer cases with --where");
    return NPT_USAGE;
}

static void set_layout(const struct npt__cooccur *cooccur, npt_table *table)
{
    static const enum measure shown[] = {TOGETHER,      PAIRS,         FIRST_WITHIN,
                                         SECOND_WITHIN, JACCARD_CASES, JACCARD_CHARACTERS};
    struct npt__layout layout = {.across = cooccur->scope.dimensions.count ? 2 : SIZE_MAX};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if (!has_measure(cooccur, shown[i]))
            continue;
        struct npt__shown *added = &layout.shown[layout.shown_count++];
        *added = (struct npt__shown){.column = npt_table_find_column(table, measures[shown[i]].key),
                                     .of = SIZE_MAX};
        if (shown[i] != TOGETHER)
            continue;
        added->of = npt_table_find_column(table, measures[BOTH].key);
        added->heading = "Cases with both together / cases with both";
    }
    npt__table_set_layout(table, &layout);
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void note_rule(const struct npt__cooccur *cooccur, npt_table *table)
{
    switch (cooccur->rule.how) {
    case NPT__OVERLAP:
        npt__table_add_note(table, "Together are segments that share at least one character (or "
                                   "time), and codes on one and the same segment.");
        break;
    case NPT__INCLUSION:
        npt__table_add_note(table, "Together are segments of which one lies wholly within the "
                                   "other; those of the same extent lie within each other.");
        break;
    case NPT__PROXIMITY:
        npt__table_add_note(table,
                            "Together are segments of one text that overlap or have at most %u "
                            "characters between them (--within); regions and times only where "
                            "they overlap.",
                            cooccur->rule.reach);
        break;
    }
}

static void note_meaning(const struct npt__cooccur *cooccur, npt_table *table)
{
    const char *key = npt__units_key(&cooccur->units);
    npt__table_add_note(
        table,
        "A pair of segments is one of the first %s and one of the second; a segment that carries "
        "both is one pair. Pairs grow with the number of segments: compare cases between sites.",
        key);
    npt__table_add_note(
        table,
        "Jaccard: what has both, divided by what has either; 0 apart, 1 always together. Of cases: "
        "both occur in the case, wherever that is. Of characters: the same text carries both, "
        "whatever --how says.");
    if (cooccur->units.level == NPT__BY_COMPONENT)
        npt__table_add_note(table,
                            "A construct among components is what was coded to the construct "
                            "itself.");
    if (cooccur->units.level == NPT__BY_CODE)
        npt__table_add_note(table,
                            "A code is what was coded to itself, without the codes below it.");
}

static void note_coders(const struct npt__cooccur *cooccur, npt_table *table)
{
    if (!cooccur->scope.all_coders)
        npt__table_add_note(table, "With --coder, cases are those in which that person coded "
                                   "anything.");
    else if (cooccur->study->coders.count > 1)
        npt__table_add_note(table,
                            "%zu people coded: what one of them coded is together with what "
                            "another coded on the same passage. --coder NAME looks at one.",
                            cooccur->study->coders.count);
}

static void note_missing(const struct npt__cooccur *cooccur, npt_table *table)
{
    npt__note_segments_left_out(table, cooccur->unitless_segments, cooccur->only_valence,
                                cooccur->homeless_segments);
    if (cooccur->regions)
        npt__table_add_people_note(
            table, cooccur->regions,
            "Regions of pictures or pages are together only with codes on the same region: where they lie is not read.",
            "Regions of pictures or pages: %zu; where they lie is not read, so "
            "that they are together only with codes on the same region.",
            cooccur->regions);
    if (cooccur->some_text_missing)
        npt__table_add_note(table, "Some texts are not in the export: characters are without "
                                   "them, and distances in them count in the export's own way.");
}

static void add_notes(const struct npt__cooccur *cooccur, npt_table *table, bool all)
{
    size_t apart = 0;
    for (size_t i = 0; i < cooccur->pair_count; i++)
        apart += !is_together(cooccur, i);
    note_rule(cooccur, table);
    note_meaning(cooccur, table);
    if (!all && apart)
        npt__table_add_note(table,
                            "Pairs that occur but never together are not listed: %zu; --all "
                            "lists them.",
                            apart);
    note_coders(cooccur, table);
    note_missing(cooccur, table);
}

/* ---- the analysis ---------------------------------------------------------------------------- */

static npt_table *make_table(const struct npt__cooccur *cooccur, bool all)
{
    npt_table *table = npt__table_new("cooccur", cooccur->units.level == NPT__BY_CODE
                                                     ? "Which codes occur together"
                                                     : "Which constructs occur together");
    const uint32_t used = (uint32_t)cooccur->used_count;
    npt__table_dimension(table, npt__units_key(&cooccur->units),
                         npt__units_heading(&cooccur->units));
    npt__table_dimension(table, "with", "With");
    npt__dimensions_columns(&cooccur->scope.dimensions, table);
    for (size_t m = 0; m < MEASURES; m++)
        if (has_measure(cooccur, m))
            npt__table_measure(table, measures[m].key, measures[m].label, measures[m].unit);
    for (uint32_t i = 0; i < used; i++)
        for (uint32_t j = i + 1; j < used; j++) {
            const size_t pair = npt__cooccur_pair(cooccur, i, j);
            if (all || is_together(cooccur, pair))
                add_rows(cooccur, table, (struct pair_place){i, j, pair});
        }
    set_layout(cooccur, table);
    add_notes(cooccur, table, all);
    npt__add_provenance(table, cooccur->study);
    return table;
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct npt__cooccur cooccur = {.study = study};
    const bool all = npt__option(options, "all") != NULL;
    enum npt_status status = read_rule(&cooccur.rule, options, diags);
    if (status != NPT_OK)
        return status;
    status = npt__scope_open(&cooccur.scope, study, options, diags);
    if (status == NPT_OK)
        status = npt__units_open(&cooccur.units, cooccur.scope.arena, study, options,
                                 NPT__BY_CONSTRUCT, diags);
    if (status == NPT_OK) {
        npt__cooccur_choose(&cooccur, all);
        status = check_size(&cooccur, diags);
    }
    if (status == NPT_OK) {
        npt__cooccur_count(&cooccur);
        status = check_rows(&cooccur, all, diags);
    }
    if (status == NPT_OK) {
        npt__units_any(&cooccur.units, diags);
        *table = make_table(&cooccur, all);
    }
    npt__scope_release(&cooccur.scope);
    return status;
}

static const struct npt_option options_of_cooccur[] = {
    NPT__OPTION_BY,
    {"level", "LEVEL", "construct (the default), component or code"},
    {"how", "RULE", "overlap (the default), inclusion or proximity"},
    {"within", "N", "by proximity: at most N characters between them (200)"},
    {"all", NULL, "list pairs that are never together too"},
    NPT__OPTION_WHERE,
    NPT__OPTION_SITE,
    NPT__OPTION_CODER,
    {NULL, NULL, NULL}};

const npt_analysis npt__cooccur = {
    .name = "cooccur",
    .summary = "which constructs or codes occur together, by overlap, inclusion or proximity",
    .description =
        "Counts, for each two constructs (or components, or codes of the project): the cases with both\n"
        "together by the rule of --how, with both at all, with either; the pairs of segments that are\n"
        "together; the characters that carry both and either; and Jaccard's coefficients of cases and of\n"
        "characters. The time it takes grows with the number of segments, not with that of their pairs.",
    .options = options_of_cooccur,
    .needs_positions = needs_positions,
    .run = run,
    .needs = NPT__NEEDS_CODING,
};
