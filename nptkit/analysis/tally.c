/* tally.c - constructs by site or by any attributes: cases, segments, characters, coverage.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "passages.h"
#include "tally.h"

#include <string.h>

static const struct {
    const char *key, *label;
    enum npt_unit unit;
} measures[NPT__MEASURES] = {
    {"cases", "Cases with it", NPT_UNIT_COUNT},
    {"of_cases", "All cases", NPT_UNIT_COUNT},
    {"segments", "Segments", NPT_UNIT_COUNT},
    {"characters", "Characters covered", NPT_UNIT_COUNT},
    {"coverage", "Coverage of the text", NPT_UNIT_SHARE},
    {"segments_per_case", "Segments per case (of all cases)", NPT_UNIT_MEAN},
};

static const char *const valences[] = {"barrier", "facilitator", "neither"};
/* ---- options --------------------------------------------------------------------------------- */

static bool wants_text(const bool chosen[NPT__MEASURES])
{
    return chosen[NPT__CHARACTERS_COVERED] || chosen[NPT__COVERAGE];
}

static enum npt_status read_measures(const npt_options *options, bool chosen[NPT__MEASURES],
                                     npt_diags *diags)
{
    const char *list = npt__option(options, "measures"), **names;
    for (size_t i = 0; i < NPT__MEASURES; i++)
        chosen[i] = !list;
    if (!list)
        return NPT_OK;
    npt__arena *arena = npt__arena_new();
    size_t count = npt__option_list(arena, list, &names);
    enum npt_status status = count ? NPT_OK : NPT_USAGE;
    const char *unknown = "";
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        while (found < NPT__MEASURES && strcmp(measures[found].key, names[i]) != 0)
            found++;
        if (found < NPT__MEASURES) {
            chosen[found] = true;
        } else {
            status = NPT_USAGE;
            unknown = names[i];
        }
    }
    if (status != NPT_OK && diags) {
        npt__say(diags, NPT_ERROR, NULL, "--measures: there is no measure '%s'", unknown);
        npt__hint(diags, "cases, of_cases, segments, characters, coverage, segments_per_case");
    }
    chosen[NPT__OF_CASES] |= chosen[NPT__CASES];
    npt__arena_free(arena);
    return status;
}

static bool needs_positions(const npt_options *options)
{
    bool chosen[NPT__MEASURES];
    return read_measures(options, chosen, NULL) == NPT_OK && wants_text(chosen);
}

static enum npt_status read_level(struct npt__tally *tally, const npt_options *options,
                                  npt_diags *diags)
{
    static const char *const levels[] = {"domain", "construct", "component"};
    const char *name = npt__option(options, "level");
    tally->level = NPT__CONSTRUCT;
    if (!name)
        return NPT_OK;
    for (size_t i = 0; i < 3; i++)
        if (strcmp(levels[i], name) == 0) {
            tally->level = (enum npt__level)i;
            return NPT_OK;
        }
    npt__say(diags, NPT_ERROR, NULL, "--level takes domain, construct or component, not '%s'",
             name);
    return NPT_USAGE;
}

/* ---- the table ------------------------------------------------------------------------------- */

static struct npt_cell measure_cell(const struct npt__tally *tally, enum npt__tally_measure measure,
                                    size_t index, uint32_t cell)
{
    bool textless = tally->segments[index] && tally->textless[index] == tally->segments[index];
    if (!tally->of_cases[cell] && measure != NPT__OF_CASES)
        return npt__absent("no cases");
    switch (measure) {
    case NPT__CASES:
        return npt__count(tally->cases[index]);
    case NPT__OF_CASES:
        return npt__count(tally->of_cases[cell]);
    case NPT__SEGMENTS:
        return npt__count(tally->segments[index]);
    case NPT__CHARACTERS_COVERED:
        if (textless || (!tally->text[cell] && tally->some_text_missing))
            return npt__absent("text not in the export");
        return npt__count((size_t)tally->characters[index]);
    case NPT__COVERAGE:
        if (textless || !tally->text[cell])
            return npt__absent("text not in the export");
        return npt__number((double)tally->characters[index] / (double)tally->text[cell]);
    default:
        return npt__number((double)tally->segments[index] / tally->of_cases[cell]);
    }
}

void npt__tally_label(const struct npt__tally *tally, const struct npt__tally_row *row,
                      struct npt_cell *cells)
{
    const struct npt__construct *constructs = tally->study->codebook->constructs;
    bool total = row->construct == NPT__NONE;
    cells[0] = total ? npt__total() : npt__text(constructs[row->construct].code.name);
    if (tally->level != NPT__COMPONENT)
        return;
    if (row->component != NPT__NONE)
        cells[1] = npt__text(constructs[row->component].code.name);
    else
        cells[1] = row->itself ? npt__absent("the construct itself") : npt__total();
}

static void add_rows(const struct npt__tally *tally, npt_table *table, size_t labels,
                     size_t first_measure)
{
    for (uint32_t r = 0; r < tally->rows.count; r++)
        for (size_t v = 0; v < tally->valence_count; v++)
            for (uint32_t c = 0; c < tally->scope.dimensions.cell_count; c++) {
                if (!npt__dimensions_shows(&tally->scope.dimensions, tally->of_cases, c))
                    continue;
                struct npt_cell *row = npt__table_add_row(table);
                npt__tally_label(tally, &tally->rows.items[r], row);
                if (tally->by_valence)
                    row[labels] = v + 1 < NPT__VALENCES ? npt__text(valences[v]) : npt__total();
                npt__dimensions_label(&tally->scope.dimensions, c,
                                      row + labels + tally->by_valence);
                size_t column = first_measure;
                for (size_t m = 0; m < NPT__MEASURES; m++)
                    if (tally->chosen[m])
                        row[column++] = measure_cell(tally, (enum npt__tally_measure)m,
                                                     npt__tally_at(tally, r, v, c), c);
            }
}

static void set_layout(const struct npt__tally *tally, npt_table *table, size_t labels)
{
    struct npt__layout layout = {.across = SIZE_MAX};
    if (tally->scope.dimensions.count)
        layout.across = labels + tally->by_valence;
    else if (tally->by_valence)
        layout.across = labels;
    static const bool shown_unasked[NPT__MEASURES] = {
        [NPT__CASES] = true, [NPT__SEGMENTS] = true, [NPT__COVERAGE] = true};
    for (size_t m = 0; m < NPT__MEASURES; m++) {
        if (!tally->chosen[m] || (!tally->given && !shown_unasked[m]) ||
            (m == NPT__OF_CASES && tally->chosen[NPT__CASES]))
            continue;
        struct npt__shown shown = {.column = npt_table_find_column(table, measures[m].key),
                                   .of = SIZE_MAX};
        if (m == NPT__CASES) {
            shown.of = npt_table_find_column(table, measures[NPT__OF_CASES].key);
            shown.heading = "Cases with it / all cases";
        }
        layout.shown[layout.shown_count++] = shown;
    }
    npt__table_set_layout(table, &layout);
}

static size_t count_unheld_cases(const npt_study *study)
{
    size_t count = 0;
    for (size_t i = 0; i < study->cases.count; i++)
        count += study->cases.items[i].part_count == 0;
    return count;
}

static bool any_construct(const npt_study *study)
{
    for (size_t i = 0; i < study->codes.count; i++)
        if (study->codes.items[i].construct != NPT__NONE)
            return true;
    return false;
}

void npt__note_no_construct(npt_table *table, const npt_study *study)
{
    if (!any_construct(study))
        npt__table_add_note(table,
                            "No code of this project stands for a construct of the codebook '%s': "
                            "the zeros below say nothing about the sites.",
                            study->codebook->name);
}

void npt__tally_note_left_out(npt_table *table, const struct npt__tally *tally)
{
    npt__note_segments_left_out(table, tally->unmatched_segments,
                                tally->by_valence ? 0 : tally->valence_segments,
                                tally->homeless_segments);
    const size_t unheld = count_unheld_cases(tally->study);
    if (unheld)
        npt__table_add_people_note(
            table, unheld, NPT__FEWER " cases of the export hold no source and are not counted.",
            "Cases of the export that hold no source and are not counted: %zu.", unheld);
}

static void add_notes(const struct npt__tally *tally, npt_table *table)
{
    const npt_study *study = tally->study;
    npt__note_no_construct(table, study);
    npt__table_add_note(
        table, "A case counts once for a construct, however often it was coded to it: compare "
               "cases between sites. Segments follow the length of interviews and the habits of "
               "coders. Neither says how common a view is beyond these cases.");
    if (study->coders.count > 1 && tally->scope.all_coders)
        npt__table_add_note(
            table,
            "%zu people coded; a passage that two of them coded counts as two "
            "segments, but its case and its characters once. --coder NAME looks at one.",
            study->coders.count);
    if (!tally->scope.all_coders)
        npt__table_add_note(table,
                            "With --coder, cases and texts are those in which that person coded "
                            "anything.");
    npt__tally_note_left_out(table, tally);
    if (npt__tally_wants_text(tally) && tally->textless_segments)
        npt__table_add_people_note(
            table, tally->textless_segments,
            NPT__FEWER
            " segments have no text in the export; characters and coverage are without them.",
            "Segments without a text in the export (regions of pictures or PDF, times, "
            "missing files): %zu; characters and coverage are without them.",
            tally->textless_segments);
    if (tally->by_valence)
        npt__table_add_note(
            table,
            tally->scope.all_coders
                ? "A segment is a barrier or a facilitator where it overlaps a segment that anyone "
                  "coded so; it can be both."
                : "A segment is a barrier or a facilitator where it overlaps a segment that the same "
                  "person coded so; it can be both.");
}

static enum npt_status count(struct npt__tally *tally, const npt_options *options, npt_diags *diags)
{
    tally->given = npt__option(options, "measures") != NULL;
    enum npt_status status = read_measures(options, tally->chosen, diags);
    if (status == NPT_OK)
        status = read_level(tally, options, diags);
    if (status == NPT_OK)
        status = npt__scope_open(&tally->scope, tally->study, options, diags);
    tally->by_valence = npt__option(options, "valence") != NULL;
    tally->valence_count = tally->by_valence ? NPT__VALENCES : 1;
    if (status != NPT_OK)
        return status;
    if (tally->by_valence && !tally->study->has_valence) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--valence: the project has no codes for barriers and facilitators");
        npt__hint(diags, "name them in study.xml: <valence barrier=\"...\" facilitator=\"...\"/>");
        return NPT_USAGE;
    }
    if (npt__tally_count(tally))
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--level: the codebook '%s' has no such level",
             tally->study->codebook->name);
    return NPT_USAGE;
}

/* What the counts count, for protection. */
static void declare(const struct npt__tally *tally, npt_table *table, size_t first_measure)
{
    size_t at[NPT__MEASURES], next = first_measure;
    for (size_t m = 0; m < NPT__MEASURES; m++)
        at[m] = tally->chosen[m] ? next++ : SIZE_MAX;
    for (size_t i = 0; i < first_measure; i++)
        npt__table_role(table, i,
                        i < first_measure - tally->scope.dimensions.count ? NPT__OVERLAPS
                                                                          : NPT__PARTITION);
    static const char *const whats[NPT__MEASURES] = {"cases coded", "cases",    "segments",
                                                     "characters",  "coverage", "per case"};
    static const enum npt__counted counted[NPT__MEASURES] = {
        NPT__COUNTS_CASES,  NPT__COUNTS_CASES,  NPT__COUNTS_THINGS,
        NPT__COUNTS_THINGS, NPT__COUNTS_THINGS, NPT__COUNTS_THINGS};
    /* Without the cases, segments say as much of a construct: where there is one, there is one case. */
    const bool cases = tally->chosen[NPT__CASES];
    for (size_t m = 0; m < NPT__MEASURES; m++)
        if (tally->chosen[m] && (cases || m == NPT__OF_CASES))
            npt__table_counts(table, at[m], counted[m], whats[m]);
    if (tally->chosen[NPT__OF_CASES])
        npt__table_facetless(table, at[NPT__OF_CASES]);
    for (size_t m = NPT__SEGMENTS; m < NPT__MEASURES && cases; m++)
        if (tally->chosen[m])
            npt__table_depends(table, at[m], at[NPT__CASES]);
    if (cases)
        npt__table_at_most(table, at[NPT__CASES], at[NPT__OF_CASES]);
    if (cases && tally->chosen[NPT__SEGMENTS])
        npt__table_at_most(table, at[NPT__CASES], at[NPT__SEGMENTS]);
    if (cases && tally->chosen[NPT__SEGMENTS_PER_CASE] && tally->chosen[NPT__SEGMENTS])
        npt__table_depends(table, at[NPT__SEGMENTS_PER_CASE], at[NPT__SEGMENTS]);
    if (cases && tally->chosen[NPT__SEGMENTS_PER_CASE])
        npt__table_depends(table, at[NPT__SEGMENTS_PER_CASE], at[NPT__OF_CASES]);
    if (cases && tally->chosen[NPT__COVERAGE] && tally->chosen[NPT__CHARACTERS_COVERED])
        npt__table_depends(table, at[NPT__COVERAGE], at[NPT__CHARACTERS_COVERED]);
}

static npt_table *make_table(const struct npt__tally *tally)
{
    static const char *const keys[] = {"domain", "construct", "construct"};
    static const char *const labels[] = {"Domain", "Construct", "Construct"};
    npt_table *table = npt__table_new("tally", "How strongly each construct is present");
    npt__table_dimension(table, keys[tally->level], labels[tally->level]);
    size_t label_count = 1;
    if (tally->level == NPT__COMPONENT)
        label_count = npt__table_dimension(table, "component", "Component") + 1;
    size_t first_measure = label_count;
    if (tally->by_valence)
        first_measure = npt__table_dimension(table, "valence", "Barrier or facilitator") + 1;
    for (size_t i = 0; i < tally->scope.dimensions.count; i++)
        first_measure = npt__table_dimension(table, tally->scope.dimensions.items[i].key,
                                             tally->scope.dimensions.items[i].heading) +
                        1;
    for (size_t m = 0; m < NPT__MEASURES; m++)
        if (tally->chosen[m])
            npt__table_measure(table, measures[m].key, measures[m].label, measures[m].unit);
    declare(tally, table, first_measure);
    add_rows(tally, table, label_count, first_measure);
    set_layout(tally, table, label_count);
    add_notes(tally, table);
    npt__add_provenance(table, tally->study);
    return table;
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct npt__tally tally = {.study = study};
    enum npt_status status = count(&tally, options, diags);
    if (status == NPT_OK)
        *table = make_table(&tally);
    if (status == NPT_OK && !any_construct(study)) {
        npt__say(diags, NPT_WARNING, &(struct npt__place){.file = study->label},
                 "no code stands for a construct of the codebook '%s', so all counts are zero",
                 study->codebook->name);
        npt__hint(diags, "map the codes in study.xml, or choose another codebook with --codebook");
    }
    npt__array_release(&tally.rows);
    if (tally.scope.arena)
        npt__scope_release(&tally.scope);
    return status;
}

static const struct npt_option options_of_tally[] = {
    NPT__OPTION_BY,
    {"level", "LEVEL", "domain, construct (the default) or component"},
    {"measures", "LIST",
     "of cases, of_cases, segments, characters, coverage, segments_per_case; what needs no text reads none"},
    {"valence", NULL, "barriers and facilitators apart"},
    NPT__OPTION_WHERE,
    NPT__OPTION_SITE,
    NPT__OPTION_CODER,
    {NULL, NULL, NULL}};

const npt_analysis npt__tally = {
    .name = "tally",
    .summary = "how strongly each construct is present, by site or any attribute",
    .description =
        "Counts, for each construct of the codebook and each site (or any attributes of the cases):\n"
        "the cases in which it was coded, of all cases; the coded segments; the characters they cover,\n"
        "overlaps within a case counted once; the share of the text that is; and segments per case.",
    .options = options_of_tally,
    .needs_positions = needs_positions,
    .run = run,
    .needs = NPT__NEEDS_CODING,
};
