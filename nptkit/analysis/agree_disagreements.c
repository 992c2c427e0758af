/* agree_disagreements.c - where two coders differ: what one coded and the other did not, longest first, in words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree.h"
#include "quote_texts.h"

#include <stdlib.h>
#include <string.h>

struct difference {
    uint32_t interview, row, coder, other, text;
    uint32_t start, end; /* in units, then in characters */
    uint32_t document;
};

struct finding {
    const struct npt__agree *agree;
    NPT__ARRAY(struct difference) list;
};

/* ---- finding --------------------------------------------------------------------------------- */

static void add_difference(struct finding *finding, const struct npt__agree_stretch *of,
                           uint32_t other, uint32_t start, uint32_t end)
{
    if (start >= end)
        return;
    struct difference *last =
        finding->list.count ? &finding->list.items[finding->list.count - 1] : NULL;
    if (last && last->interview == of->interview && last->row == of->row &&
        last->coder == of->coder && last->other == other && last->text == of->text &&
        last->end == start) {
        last->end = end;
        return;
    }
    *npt__array_add(&finding->list) = (struct difference){.interview = of->interview,
                                                          .row = of->row,
                                                          .coder = of->coder,
                                                          .other = other,
                                                          .text = of->text,
                                                          .start = start,
                                                          .end = end};
}

/* The first stretch of a coder in a text that ends beyond a place: they are in order, and do not overlap. */
static size_t find_first(const struct npt__agree_stretch *stretches, size_t count, uint32_t coder,
                         uint32_t text, uint32_t place)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct npt__agree_stretch *at = &stretches[middle];
        const bool before = at->coder != coder ? at->coder < coder
                            : at->text != text ? at->text < text
                                               : at->end <= place;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What of a stretch the other coder's leave. */
static void subtract(struct finding *finding, const struct npt__agree_stretch *stretch,
                     uint32_t other, const struct npt__agree_stretch *row, size_t count)
{
    uint32_t from = stretch->start;
    for (size_t i = find_first(row, count, other, stretch->text, from);
         i < count && row[i].coder == other && row[i].text == stretch->text &&
         row[i].start < stretch->end;
         i++) {
        add_difference(finding, stretch, other, from, row[i].start);
        from = row[i].end;
    }
    add_difference(finding, stretch, other, from, stretch->end);
}

/* The stretches of one row in one interview: each coder's against every other reader's. */
static void compare_row(struct finding *finding, const struct npt__agree_stretch *row, size_t count)
{
    const struct npt__agree *agree = finding->agree;
    const struct npt__agree_interview *interview = &agree->interviews.items[row->interview];
    const uint32_t *readers = agree->readers.items + interview->first_reader;
    for (size_t i = 0; i < interview->reader_count; i++)
        for (size_t j = 0; j < count; j++)
            if (row[j].coder != readers[i])
                subtract(finding, &row[j], readers[i], row, count);
}

static void to_characters(const struct npt__agree *agree, struct difference *difference)
{
    if (agree->unit == NPT__AGREE_SOURCES)
        return;
    difference->document = npt__agree_document(
        agree, agree->interviews.items[difference->interview].source, difference->text);
    npt__agree_to_characters(agree, difference->document, &difference->start, &difference->end);
}

static int compare(const void *a, const void *b)
{
    const struct difference *x = a, *y = b;
    const uint32_t one = x->end - x->start, two = y->end - y->start;
    if (one != two)
        return one > two ? -1 : 1;
    const uint32_t first[] = {x->interview, x->text, x->start, x->row, x->coder, x->other};
    const uint32_t second[] = {y->interview, y->text, y->start, y->row, y->coder, y->other};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (first[i] != second[i])
            return first[i] < second[i] ? -1 : 1;
    return 0;
}

static void find_all(struct finding *finding)
{
    const struct npt__agree *agree = finding->agree;
    const struct npt__agree_stretch *kept = agree->kept.items;
    for (size_t i = 0, next; i < agree->kept.count; i = next) {
        for (next = i; next < agree->kept.count && kept[next].row == kept[i].row &&
                       kept[next].interview == kept[i].interview;)
            next++;
        compare_row(finding, kept + i, next - i);
    }
    for (size_t i = 0; i < finding->list.count; i++)
        to_characters(agree, &finding->list.items[i]);
    if (finding->list.count > 1)
        qsort(finding->list.items, finding->list.count, sizeof *finding->list.items, compare);
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* A segment of these characters, to ask what holds or overlaps it. */
static struct npt__segment segment_of(const struct npt__agree *agree,
                                      const struct difference *difference, uint32_t source)
{
    const struct npt__source *member = &agree->study->sources.items[source];
    const bool whole = agree->unit == NPT__AGREE_SOURCES;
    return (struct npt__segment){.source = source,
                                 .document =
                                     whole ? NPT__NONE : member->first_document + difference->text,
                                 .start = difference->start,
                                 .end = difference->end,
                                 .kind = whole ? NPT__SEGMENT_SOURCE : NPT__SEGMENT_TEXT};
}

/* The first case in scope that holds it. */
static const char *case_of(const struct npt__agree *agree, const struct difference *difference)
{
    const npt_study *study = agree->study;
    uint32_t source = agree->interviews.items[difference->interview].source;
    for (; source != NPT__NONE; source = agree->next_source[source]) {
        const struct npt__source *member = &study->sources.items[source];
        const struct npt__segment segment = segment_of(agree, difference, source);
        for (uint32_t i = 0; i < member->part_count; i++) {
            const uint32_t part = study->part_order.items[member->first_part + i];
            if (agree->scope.part_in[part] &&
                (agree->unit == NPT__AGREE_SOURCES ||
                 npt__part_holds(study, &study->parts.items[part], &segment)))
                return study->cases.items[study->parts.items[part].case_index].name;
        }
    }
    return NULL;
}

static void add_codes(const npt_study *study, const struct npt__segment *segment, bool *seen,
                      npt__buffer *list)
{
    for (uint32_t i = 0; i < segment->code_count; i++) {
        const uint32_t code = study->segment_codes.items[segment->first_code + i];
        if (!seen[code])
            npt__buffer_print(list, "%s%s", list->length ? "; " : "",
                              study->codes.items[code].path);
        seen[code] = true;
    }
}

/* What the other coder called these characters; NULL: nothing. */
static const char *codes_of_other(const struct npt__agree *agree,
                                  const struct difference *difference, npt__arena *arena)
{
    const npt_study *study = agree->study;
    npt__buffer list = {0};
    bool *seen = npt__allocate((study->codes.count + 1) * sizeof *seen);
    memset(seen, 0, (study->codes.count + 1) * sizeof *seen);
    uint32_t source = agree->interviews.items[difference->interview].source;
    for (; source != NPT__NONE; source = agree->next_source[source]) {
        const struct npt__source *member = &study->sources.items[source];
        const struct npt__segment here = segment_of(agree, difference, source);
        for (uint32_t i = 0; i < member->segment_count; i++) {
            const struct npt__segment *segment = &study->segments.items[member->first_segment + i];
            if (segment->coder == difference->other && segment->document == here.document &&
                segment->start < here.end && segment->end > here.start)
                add_codes(study, segment, seen, &list);
        }
    }
    const char *codes = list.length ? npt__arena_copy(arena, list.bytes, list.length) : NULL;
    npt__buffer_release(&list);
    npt__release(seen);
    return codes;
}

static void fill_row(const struct npt__agree *agree, const struct difference *difference,
                     const char *text, npt_table *table)
{
    static const char whole[] = "the interview as a whole";
    const npt_study *study = agree->study;
    struct npt_cell *row = npt__table_add_row(table);
    const char *case_name = case_of(agree, difference);
    const bool placed = agree->unit != NPT__AGREE_SOURCES;
    const char *codes = placed ? codes_of_other(agree, difference, npt__table_arena(table)) : NULL;
    row[0] = npt__agree_row_name(agree, difference->row, table);
    row[1] = npt__text(study->coders.items[difference->coder].name);
    row[2] = npt__text(study->coders.items[difference->other].name);
    row[3] = case_name ? npt__text(case_name) : npt__absent(NULL);
    row[4] =
        npt__text(study->sources.items[agree->interviews.items[difference->interview].source].name);
    row[5] = placed ? npt__count(difference->start) : npt__absent(whole);
    row[6] = placed ? npt__count(difference->end) : npt__absent(whole);
    row[7] = codes ? npt__text(codes) : npt__absent(placed ? "nothing" : whole);
    row[8] = text && *text ? npt__text(text) : npt__absent(placed ? "only blanks" : whole);
}

/* ---- the table ------------------------------------------------------------------------------- */

static void add_columns(const struct npt__agree *agree, npt_table *table)
{
    static const char *const keys[] = {"domain", "construct", "component", "code"};
    static const char *const labels[] = {"Domain", "Construct", "Component", "Code"};
    npt__table_dimension(table, keys[agree->level], labels[agree->level]);
    npt__table_dimension(table, "coder", "Coded by");
    npt__table_dimension(table, "other", "Not by");
    npt__table_dimension(table, "case", "Case");
    npt__table_dimension(table, "source", "Source");
    npt__table_measure(table, "start", "From character", NPT_UNIT_COUNT);
    npt__table_measure(table, "end", "to", NPT_UNIT_COUNT);
    npt__table_measure(table, "other_codes", "There the other has", NPT_UNIT_TEXT);
    npt__table_counts(table, npt__table_measure(table, "text", "Text", NPT_UNIT_TEXT), NPT__SINGLE,
                      "words");
    npt__table_set_layout(table, &(struct npt__layout){.across = SIZE_MAX, .cards = true});
}

static void add_notes(const struct finding *finding, size_t shown, npt_table *table)
{
    static const char *const names[] = {"domain", "construct", "component", "code"};
    const struct npt__agree *agree = finding->agree;
    if (shown < finding->list.count)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, NULL, "The %s %zu of %zu disagreements; --max shows more.",
            agree->unit == NPT__AGREE_SOURCES ? "first" : "longest", shown, finding->list.count);
    else
        npt__table_add_people_note(table, NPT__NEVER_SHOWN, NULL,
                                   "Disagreements: %zu, all there are.", shown);
    if (agree->unit == NPT__AGREE_SOURCES)
        return;
    npt__table_add_note(table,
                        "Each is a stretch that one of two coders gave the %s and the other "
                        "did not, nor any part of it. Positions are characters of the text, "
                        "the first is 0.",
                        names[agree->level]);
    npt__table_add_note(table,
                        "These are people's words: check who may read them before they leave your "
                        "machine.");
}

enum npt_status npt__agree_add_disagreements(const struct npt__agree *agree,
                                             struct npt__tables *tables, npt_diags *diags)
{
    struct finding finding = {.agree = agree};
    npt_table *table = npt__tables_add(tables, "agree_disagreements", "Where coders disagree");
    add_columns(agree, table);
    find_all(&finding);
    const size_t count = finding.list.count < agree->most ? finding.list.count : agree->most;
    struct npt__words *words = npt__arena_array(agree->scope.arena, count, sizeof *words);
    for (size_t i = 0; i < count; i++) {
        const struct difference *found = &finding.list.items[i];
        words[i] = (struct npt__words){found->document, found->start, found->end, NULL};
    }
    enum npt_status status = NPT_OK;
    if (agree->unit != NPT__AGREE_SOURCES)
        status = npt__words_read(agree->study, npt__table_arena(table), words, count, diags);
    for (size_t i = 0; i < count && status == NPT_OK; i++)
        fill_row(agree, &finding.list.items[i], words[i].text, table);
    add_notes(&finding, count, table);
    npt__add_provenance(table, agree->study);
    npt__array_release(&finding.list);
    return status;
}
