/* tally.c - constructs by site or by any attributes: cases, segments, characters, coverage.
 *
 * The unit that can be compared between sites is the case: it counts once for a construct however often
 * it was coded to it. A segment counts once for a construct even where it carries several of its
 * components. Characters covered are counted within a case, overlaps once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/sweep.h"
#include "passages.h"
#include "scope.h"

#include <stdlib.h>
#include <string.h>

enum measure { CASES, OF_CASES, SEGMENTS, CHARACTERS, COVERAGE, SEGMENTS_PER_CASE, MEASURES };

static const struct {
    const char *key, *label;
    enum npt_unit unit;
} measures[MEASURES] = {
    {"cases", "Cases with it", NPT_UNIT_COUNT},
    {"of_cases", "All cases", NPT_UNIT_COUNT},
    {"segments", "Segments", NPT_UNIT_COUNT},
    {"characters", "Characters covered", NPT_UNIT_COUNT},
    {"coverage", "Coverage of the text", NPT_UNIT_SHARE},
    {"segments_per_case", "Segments per case (of all cases)", NPT_UNIT_MEAN},
};

static const char *const valences[] = {"barrier", "facilitator", "neither"};
#define VALENCES 4u /* these and the total */

#define ROWS_OF_CONSTRUCT 3u

struct row {
    uint32_t construct, component; /* NPT__NONE: the total */
    bool itself;                   /* coded to the construct, to none of its components */
};

struct tally {
    const npt_study *study;
    struct npt__scope scope;
    enum npt__level level;
    bool chosen[MEASURES], given; /* given: the user said which */
    bool by_valence;
    size_t valence_count;
    uint8_t *marks;
    NPT__ARRAY(struct row) rows;
    uint32_t (*rows_of)[ROWS_OF_CONSTRUCT]; /* of each construct of the codebook */

    /* By row, valence and cell; see at(). */
    uint32_t *cases, *segments, *textless, *last_case, *last_segment;
    uint64_t *characters;
    /* By cell. */
    uint32_t *of_cases, *last_of_cases;
    uint64_t *text;
    uint32_t *row_stamps; /* the segment that was last counted for each row */
    uint32_t *segment_rows;
    struct npt__sweep *sweeps; /* by row, valence and cell */
    size_t textless_segments, homeless_segments, unmatched_segments, repeated_segments;
    bool some_text_missing;
};

/* ---- options --------------------------------------------------------------------------------- */

static bool wants_text(const bool chosen[MEASURES])
{
    return chosen[CHARACTERS] || chosen[COVERAGE];
}

static enum npt_status read_measures(const npt_options *options, bool chosen[MEASURES],
                                     npt_diags *diags)
{
    const char *list = npt__option(options, "measures"), **names;
    for (size_t i = 0; i < MEASURES; i++)
        chosen[i] = !list;
    if (!list)
        return NPT_OK;
    npt__arena *arena = npt__arena_new();
    size_t count = npt__option_list(arena, list, &names);
    enum npt_status status = count ? NPT_OK : NPT_USAGE;
    const char *unknown = "";
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        while (found < MEASURES && strcmp(measures[found].key, names[i]) != 0)
            found++;
        if (found < MEASURES) {
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
    chosen[OF_CASES] |= chosen[CASES];
    npt__arena_free(arena);
    return status;
}

static bool needs_positions(const npt_options *options)
{
    bool chosen[MEASURES];
    return read_measures(options, chosen, NULL) == NPT_OK && wants_text(chosen);
}

static enum npt_status read_level(struct tally *tally, const npt_options *options, npt_diags *diags)
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

/* ---- rows ------------------------------------------------------------------------------------ */

static uint32_t add_row(struct tally *tally, uint32_t construct, uint32_t component, bool itself)
{
    *npt__array_add(&tally->rows) = (struct row){construct, component, itself};
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

static void make_rows(struct tally *tally)
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
static size_t rows_of_segment(struct tally *tally, uint32_t number)
{
    const npt_study *study = tally->study;
    const struct npt__segment *segment = &study->segments.items[number];
    size_t count = 0;
    for (uint32_t i = 0; i < segment->code_count; i++) {
        uint32_t code = study->segment_codes.items[segment->first_code + i];
        uint32_t construct = study->codes.items[code].construct;
        if (construct == NPT__NONE)
            continue;
        for (size_t j = 0; j < ROWS_OF_CONSTRUCT; j++) {
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

static size_t at(const struct tally *tally, uint32_t row, size_t valence, uint32_t cell)
{
    return (row * tally->valence_count + valence) * tally->scope.cell_count + cell;
}

/* The valences of a segment: barrier, facilitator, or neither; and the total. */
static size_t valences_of(const struct tally *tally, uint32_t segment, size_t list[VALENCES])
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
static void count_segment(struct tally *tally, uint32_t number)
{
    const npt_study *study = tally->study;
    const struct npt__segment *segment = &study->segments.items[number];
    const struct npt__source *source = &study->sources.items[segment->source];
    size_t rows = rows_of_segment(tally, number), list[VALENCES];
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
        uint32_t cells[NPT__MOST_CELLS_OF_PART];
        size_t cell_count = npt__scope_cells(&tally->scope, part, cells);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < valence_count; v++)
                for (size_t c = 0; c < cell_count; c++) {
                    size_t index = at(tally, tally->segment_rows[r], list[v], cells[c]);
                    if (tally->last_segment[index] == number + 1)
                        continue;
                    tally->last_segment[index] = number + 1;
                    tally->segments[index]++;
                    tally->textless[index] += !has_text;
                }
    }
    tally->homeless_segments += !held && rows;
    tally->unmatched_segments += in_scope && !rows;
    tally->textless_segments += in_scope && rows && !has_text;
}

/* Cases: each once. */
static void count_case_segments(struct tally *tally, const struct npt__part *part,
                                const uint32_t *cells, size_t cell_count)
{
    const npt_study *study = tally->study;
    const struct npt__source *source = &study->sources.items[part->source];
    for (uint32_t i = source->first_segment; i < source->first_segment + source->segment_count;
         i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (!npt__scope_has_coder(&tally->scope, segment) || !npt__part_holds(study, part, segment))
            continue;
        size_t rows = rows_of_segment(tally, i), list[VALENCES];
        size_t valence_count = valences_of(tally, i, list);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < valence_count; v++)
                for (size_t c = 0; c < cell_count; c++) {
                    size_t index = at(tally, tally->segment_rows[r], list[v], cells[c]);
                    tally->cases[index] += tally->last_case[index] != part->case_index + 1;
                    tally->last_case[index] = part->case_index + 1;
                }
    }
}

static void count_characters(struct tally *tally, struct npt__passages *passages,
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
        size_t rows = rows_of_segment(tally, passage->segment), list[VALENCES];
        size_t valence_count = valences_of(tally, passage->segment, list);
        for (size_t r = 0; r < rows; r++)
            for (size_t v = 0; v < valence_count; v++) {
                uint32_t row = tally->segment_rows[r];
                uint32_t fresh =
                    npt__sweep_add(&tally->sweeps[row * tally->valence_count + list[v]],
                                   passage->text, passage->start, passage->end);
                for (size_t c = 0; c < cell_count; c++)
                    tally->characters[at(tally, row, list[v], cells[c])] += fresh;
            }
    }
}

/* What one case holds of one interview, whether from one export or, as two coders sent it, from two. */
static void count_interview(struct tally *tally, uint32_t case_index, uint32_t first, uint32_t end,
                            uint32_t interview, struct npt__passages *passages)
{
    const npt_study *study = tally->study;
    uint32_t cells[NPT__MOST_CELLS_OF_PART];
    size_t cell_count = 0;
    bool text_is_counted = false;
    npt__passages_start(passages);
    for (uint32_t i = first; i < end; i++) {
        const struct npt__part *part = &study->parts.items[i];
        if (study->sources.items[part->source].same_as != interview || !tally->scope.part_in[i])
            continue;
        cell_count = npt__scope_cells(&tally->scope, i, cells);
        for (size_t c = 0; c < cell_count; c++) {
            tally->of_cases[cells[c]] += tally->last_of_cases[cells[c]] != case_index + 1;
            tally->last_of_cases[cells[c]] = case_index + 1;
        }
        count_case_segments(tally, part, cells, cell_count);
        if (!wants_text(tally->chosen))
            continue;
        npt__passages_add(passages, study, part);
        bool known = true;
        uint64_t characters = npt__part_characters(study, part, &known);
        tally->some_text_missing |= !known;
        for (size_t c = 0; c < cell_count && !text_is_counted; c++)
            tally->text[cells[c]] += characters;
        text_is_counted |= characters > 0;
    }
    if (wants_text(tally->chosen) && cell_count)
        count_characters(tally, passages, cells, cell_count);
}

static void count_cases(struct tally *tally)
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

static void count(struct tally *tally)
{
    npt__arena *arena = tally->scope.arena;
    size_t cells = tally->scope.cell_count;
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
        npt__mark_valence(tally->study, tally->marks);
    }
    for (uint32_t i = 0; i < tally->study->segments.count; i++)
        if (npt__scope_has_coder(&tally->scope, &tally->study->segments.items[i]))
            count_segment(tally, i);
    count_cases(tally);
}

/* ---- the table ------------------------------------------------------------------------------- */

static struct npt_cell measure_cell(const struct tally *tally, enum measure measure, size_t index,
                                    uint32_t cell)
{
    bool textless = tally->segments[index] && tally->textless[index] == tally->segments[index];
    switch (measure) {
    case CASES:
        return npt__count(tally->cases[index]);
    case OF_CASES:
        return npt__count(tally->of_cases[cell]);
    case SEGMENTS:
        return npt__count(tally->segments[index]);
    case CHARACTERS:
        if (textless || (!tally->text[cell] && tally->some_text_missing))
            return npt__absent("text not in the export");
        return npt__count((size_t)tally->characters[index]);
    case COVERAGE:
        if (textless || !tally->text[cell])
            return npt__absent("text not in the export");
        return npt__number((double)tally->characters[index] / (double)tally->text[cell]);
    default:
        if (!tally->of_cases[cell])
            return npt__absent("no cases");
        return npt__number((double)tally->segments[index] / tally->of_cases[cell]);
    }
}

static void label_row(const struct tally *tally, const struct row *row, struct npt_cell *cells)
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

static void add_rows(const struct tally *tally, npt_table *table, size_t labels,
                     size_t first_measure)
{
    for (uint32_t r = 0; r < tally->rows.count; r++)
        for (size_t v = 0; v < tally->valence_count; v++)
            for (uint32_t c = 0; c < tally->scope.cell_count; c++) {
                bool grand = c + 1 == tally->scope.cell_count;
                if (!tally->of_cases[c] && !grand)
                    continue; /* a combination of values that no case has */
                struct npt_cell *row = npt__table_add_row(table);
                label_row(tally, &tally->rows.items[r], row);
                if (tally->by_valence)
                    row[labels] = v + 1 < VALENCES ? npt__text(valences[v]) : npt__total();
                npt__scope_label(&tally->scope, c, row + labels + tally->by_valence);
                size_t column = first_measure;
                for (size_t m = 0; m < MEASURES; m++)
                    if (tally->chosen[m])
                        row[column++] = measure_cell(tally, (enum measure)m, at(tally, r, v, c), c);
            }
}

static void set_layout(const struct tally *tally, npt_table *table, size_t labels)
{
    struct npt__layout layout = {.across = SIZE_MAX};
    if (tally->scope.dimension_count)
        layout.across = labels + tally->by_valence;
    else if (tally->by_valence)
        layout.across = labels;
    static const bool shown_unasked[MEASURES] = {
        [CASES] = true, [SEGMENTS] = true, [COVERAGE] = true};
    for (size_t m = 0; m < MEASURES; m++) {
        if (!tally->chosen[m] || (!tally->given && !shown_unasked[m]) ||
            (m == OF_CASES && tally->chosen[CASES]))
            continue;
        struct npt__shown shown = {npt_table_find_column(table, measures[m].key), SIZE_MAX, NULL};
        if (m == CASES) {
            shown.of = npt_table_find_column(table, measures[OF_CASES].key);
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

static void add_notes(const struct tally *tally, npt_table *table)
{
    const npt_study *study = tally->study;
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
    size_t codes = 0;
    for (size_t i = 0; i < study->codes.count; i++)
        codes += !study->codes.items[i].is_case && study->codes.items[i].match == NPT__UNMATCHED;
    if (tally->unmatched_segments || codes)
        npt__table_add_note(table,
                            "Not counted: %zu segments with none of the codebook's constructs "
                            "(%zu codes match no construct; nptkit check lists them).",
                            tally->unmatched_segments, codes);
    if (tally->homeless_segments)
        npt__table_add_note(
            table, "Not counted: %zu segments that lie outside the passages of every case.",
            tally->homeless_segments);
    if (wants_text(tally->chosen) && tally->textless_segments)
        npt__table_add_note(table,
                            "%zu segments have no text in the export (regions of pictures or PDF, "
                            "times, missing files): characters and coverage are without them.",
                            tally->textless_segments);
    size_t unheld = count_unheld_cases(study);
    if (unheld)
        npt__table_add_note(table, "%zu cases of the export hold no source and are not counted.",
                            unheld);
    if (tally->by_valence)
        npt__table_add_note(
            table, "A segment is a barrier or a facilitator where it overlaps a segment that "
                   "is coded so; it can be both.");
}

static enum npt_status prepare(struct tally *tally, const npt_options *options, npt_diags *diags)
{
    tally->given = npt__option(options, "measures") != NULL;
    enum npt_status status = read_measures(options, tally->chosen, diags);
    if (status == NPT_OK)
        status = read_level(tally, options, diags);
    if (status == NPT_OK)
        status = npt__scope_open(&tally->scope, tally->study, options, diags);
    tally->by_valence = npt__option(options, "valence") != NULL;
    tally->valence_count = tally->by_valence ? VALENCES : 1;
    if (status != NPT_OK)
        return status;
    if (tally->by_valence && !tally->study->has_valence) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--valence: the project has no codes for barriers and facilitators");
        npt__hint(diags, "name them in study.xml: <valence barrier=\"...\" facilitator=\"...\"/>");
        return NPT_USAGE;
    }
    make_rows(tally);
    if (tally->rows.count > 1)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--level: the codebook '%s' has no such level",
             tally->study->codebook->name);
    return NPT_USAGE;
}

static npt_table *make_table(const struct tally *tally)
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
    for (size_t i = 0; i < tally->scope.dimension_count; i++)
        first_measure = npt__table_dimension(table, tally->scope.dimensions[i].key,
                                             tally->scope.dimensions[i].key) +
                        1;
    for (size_t m = 0; m < MEASURES; m++)
        if (tally->chosen[m])
            npt__table_measure(table, measures[m].key, measures[m].label, measures[m].unit);
    add_rows(tally, table, label_count, first_measure);
    set_layout(tally, table, label_count);
    add_notes(tally, table);
    npt__add_provenance(table, tally->study);
    return table;
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct tally tally = {.study = study};
    enum npt_status status = prepare(&tally, options, diags);
    if (status == NPT_OK) {
        count(&tally);
        *table = make_table(&tally);
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
    "tally",
    "how strongly each construct is present, by site or any attribute",
    "Counts, for each construct of the codebook and each site (or any attributes of the cases):\n"
    "the cases in which it was coded, of all cases; the coded segments; the characters they cover,\n"
    "overlaps within a case counted once; the share of the text that is; and segments per case.",
    options_of_tally,
    needs_positions,
    run};
