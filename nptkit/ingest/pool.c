/* pool.c - settling a study once all exports are read: what is the same, who holds what.
 *
 * Sources of two exports are the same interview when they have one GUID, or one name and either one
 * declared site or one text (size and checksum). Names alone are not believed: every site has an
 * "Interview 1". Cases of two exports are the same when they have one GUID, or one name and a source in
 * common.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "gather.h"
#include "prune.h"

#include <stdlib.h>
#include <string.h>

#define MOST_VALUES ((size_t)20000000)

/* Sorting needs the study beside the indices; glibc's qsort_r would do, but is not portable. */
struct keyed {
    const char *text;
    struct npt__guid guid;
    uint32_t index;
};

static int compare_text(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static int compare_guid(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->guid.high != y->guid.high)
        return x->guid.high < y->guid.high ? -1 : 1;
    if (x->guid.low != y->guid.low)
        return x->guid.low < y->guid.low ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* ---- sources that are the same --------------------------------------------------------------- */

static bool same_text(const npt_study *study, const struct npt__source *a,
                      const struct npt__source *b)
{
    if (!a->document_count || !b->document_count)
        return false;
    const struct npt__document *x = &study->documents.items[a->first_document];
    const struct npt__document *y = &study->documents.items[b->first_document];
    return x->size && x->size == y->size && x->checksum == y->checksum;
}

static bool sites_differ(const npt_study *study, const struct npt__source *a,
                         const struct npt__source *b)
{
    uint32_t x = study->exports.items[a->export_index].site;
    uint32_t y = study->exports.items[b->export_index].site;
    return x != NPT__NONE && y != NPT__NONE && x != y;
}

static bool one_site(const npt_study *study, const struct npt__source *a,
                     const struct npt__source *b)
{
    uint32_t x = study->exports.items[a->export_index].site;
    return x != NPT__NONE && x == study->exports.items[b->export_index].site;
}

static bool same_guid(const struct npt__source *a, const struct npt__source *b)
{
    return npt__guid_equal(a->guid, b->guid) && (a->guid.high || a->guid.low);
}

/* Looks for an earlier source that `later` repeats, among neighbours of one name or one GUID. */
static void find_same(struct npt__gather *gather, const struct keyed *keys, size_t count,
                      bool by_name)
{
    npt_study *study = gather->study;
    for (size_t i = 1; i < count; i++) {
        struct npt__source *later = &study->sources.items[keys[i].index];
        const struct npt__source *apart = NULL;
        for (size_t j = i; j-- > 0 && later->same_as == keys[i].index;) {
            const struct npt__source *earlier = &study->sources.items[keys[j].index];
            bool neighbours = by_name ? strcmp(keys[i].text, keys[j].text) == 0
                                      : npt__guid_equal(keys[i].guid, keys[j].guid);
            if (!neighbours)
                break;
            if (earlier->export_index == later->export_index || sites_differ(study, earlier, later))
                continue;
            bool same = by_name
                            ? one_site(study, earlier, later) || same_text(study, earlier, later)
                            : same_guid(earlier, later);
            if (same)
                later->same_as = earlier->same_as;
            else
                apart = earlier;
        }
        if (by_name && apart && later->same_as == keys[i].index) {
            npt__say(gather->diags, NPT_WARNING,
                     &(struct npt__place){.file = study->exports.items[later->export_index].label,
                                          .line = later->line},
                     "source '%s' is also in %s, with another text; they are kept apart",
                     later->name, study->exports.items[apart->export_index].label);
            npt__hint(gather->diags,
                      "if they are one interview, give both codings the same site in "
                      "study.xml");
        }
    }
}

static void pool_sources(struct npt__gather *gather)
{
    npt_study *study = gather->study;
    size_t count = study->sources.count;
    if (study->exports.count < 2 || !count)
        return;
    struct keyed *keys = npt__allocate(count * sizeof *keys);
    for (uint32_t i = 0; i < count; i++)
        keys[i] = (struct keyed){study->sources.items[i].folded, study->sources.items[i].guid, i};
    qsort(keys, count, sizeof *keys, compare_guid);
    find_same(gather, keys, count, false);
    qsort(keys, count, sizeof *keys, compare_text);
    find_same(gather, keys, count, true);
    free(keys);
    for (uint32_t i = 0; i < count; i++) /* follow chains to their first */
        while (study->sources.items[study->sources.items[i].same_as].same_as !=
               study->sources.items[i].same_as)
            study->sources.items[i].same_as =
                study->sources.items[study->sources.items[i].same_as].same_as;
}

/* ---- sources that no case holds -------------------------------------------------------------- */

static void add_holding(struct npt__gather *gather, uint32_t case_index, uint32_t source)
{
    *npt__array_add(&gather->holdings) =
        (struct npt__holding){.case_index = case_index, .source = source, .whole = true};
}

static void make_cases_of_sources(struct npt__gather *gather)
{
    npt_study *study = gather->study;
    size_t count = study->sources.count;
    uint32_t *holder = npt__allocate(count * sizeof *holder); /* of each first source */
    bool *held = npt__allocate(count);
    for (size_t i = 0; i < count; i++) {
        holder[i] = NPT__NONE;
        held[i] = false;
    }
    study->has_cases = study->cases.count > 0;
    for (size_t i = 0; i < gather->holdings.count; i++) {
        const struct npt__holding *holding = &gather->holdings.items[i];
        held[holding->source] = true;
        if (holder[study->sources.items[holding->source].same_as] == NPT__NONE)
            holder[study->sources.items[holding->source].same_as] = holding->case_index;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct npt__source *source = &study->sources.items[i];
        if (held[i] || (study->has_cases && !source->segment_count))
            continue;
        if (holder[source->same_as] == NPT__NONE) {
            holder[source->same_as] = (uint32_t)study->cases.count;
            *npt__array_add(&study->cases) =
                (struct npt__case){.name = source->name,
                                   .folded = source->folded,
                                   .export_index = source->export_index,
                                   .line = source->line,
                                   .is_source = true};
        }
        add_holding(gather, holder[source->same_as], i);
    }
    free(holder);
    free(held);
}

/* ---- cases that are the same ----------------------------------------------------------------- */

static int compare_holdings(const void *a, const void *b)
{
    const struct npt__holding *x = a, *y = b;
    if (x->case_index != y->case_index)
        return x->case_index < y->case_index ? -1 : 1;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    if (x->whole != y->whole)
        return x->whole ? -1 : 1;
    if (x->span.document != y->span.document)
        return x->span.document < y->span.document ? -1 : 1;
    return (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

/* Whether two cases hold the same interview; `first` tells where each case's holdings begin. */
static bool share_source(const struct npt__gather *gather, const size_t *first, uint32_t a,
                         uint32_t b)
{
    const npt_study *study = gather->study;
    for (size_t i = first[a]; i < first[a + 1]; i++)
        for (size_t j = first[b]; j < first[b + 1]; j++)
            if (study->sources.items[gather->holdings.items[i].source].same_as ==
                study->sources.items[gather->holdings.items[j].source].same_as)
                return true;
    return false;
}

/* Sorts the holdings by case and returns where each case's begin. */
static size_t *sort_holdings(struct npt__gather *gather)
{
    size_t cases = gather->study->cases.count, at = 0;
    size_t *first = npt__allocate((cases + 1) * sizeof *first);
    if (gather->holdings.count)
        qsort(gather->holdings.items, gather->holdings.count, sizeof *gather->holdings.items,
              compare_holdings);
    for (size_t i = 0; i <= cases; i++) {
        first[i] = at;
        while (at < gather->holdings.count && gather->holdings.items[at].case_index == i)
            at++;
    }
    return first;
}

/* Fills `same` with the first case that each case repeats. */
static void find_same_cases(struct npt__gather *gather, uint32_t *same)
{
    const npt_study *study = gather->study;
    size_t count = study->cases.count;
    struct keyed *keys = npt__allocate(count * sizeof *keys);
    size_t *first = sort_holdings(gather);
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = (struct keyed){study->cases.items[i].folded, study->cases.items[i].guid, i};
        same[i] = i;
    }
    qsort(keys, count, sizeof *keys, compare_text);
    for (size_t i = 1; i < count; i++) {
        const struct npt__case *later = &study->cases.items[keys[i].index];
        for (size_t j = i; j-- > 0 && strcmp(keys[i].text, keys[j].text) == 0;) {
            const struct npt__case *earlier = &study->cases.items[keys[j].index];
            bool guid = npt__guid_equal(earlier->guid, later->guid) &&
                        (later->guid.high || later->guid.low);
            if (earlier->export_index != later->export_index && *later->folded &&
                (guid || share_source(gather, first, keys[j].index, keys[i].index))) {
                same[keys[i].index] = same[keys[j].index];
                break;
            }
        }
    }
    free(first);
    free(keys);
}

static void pool_cases(struct npt__gather *gather)
{
    npt_study *study = gather->study;
    size_t count = study->cases.count, kept = 0;
    if (study->exports.count < 2 || !count)
        return;
    uint32_t *same = npt__allocate(count * sizeof *same);
    uint32_t *moved = npt__allocate(count * sizeof *moved);
    find_same_cases(gather, same);
    for (uint32_t i = 0; i < count; i++) {
        if (same[i] != i)
            continue;
        moved[i] = (uint32_t)kept;
        study->cases.items[kept++] = study->cases.items[i];
    }
    study->cases.count = kept;
    for (size_t i = 0; i < gather->holdings.count; i++) {
        uint32_t *owner = &gather->holdings.items[i].case_index;
        *owner = moved[same[*owner]];
    }
    for (size_t i = 0; i < gather->values.count; i++)
        if (gather->values.items[i].of_case) {
            uint32_t *owner = &gather->values.items[i].owner;
            *owner = moved[same[*owner]];
        }
    free(same);
    free(moved);
}

/* ---- parts ----------------------------------------------------------------------------------- */

static void make_parts(struct npt__gather *gather)
{
    npt_study *study = gather->study;
    size_t count = gather->holdings.count;
    struct npt__holding *holdings = gather->holdings.items;
    if (count)
        qsort(holdings, count, sizeof *holdings, compare_holdings);
    for (size_t i = 0; i < count;) {
        struct npt__part part = {.case_index = holdings[i].case_index,
                                 .source = holdings[i].source,
                                 .first_span = (uint32_t)study->spans.count};
        bool whole = holdings[i].whole;
        for (; i < count && holdings[i].case_index == part.case_index &&
               holdings[i].source == part.source;
             i++)
            if (!whole)
                *npt__array_add(&study->spans) = holdings[i].span;
        part.span_count = (uint32_t)study->spans.count - part.first_span;
        struct npt__case *owner = &study->cases.items[part.case_index];
        if (!owner->part_count++)
            owner->first_part = (uint32_t)study->parts.count;
        study->sources.items[part.source].part_count++;
        *npt__array_add(&study->parts) = part;
    }
    uint32_t at = 0;
    for (size_t i = 0; i < study->sources.count; i++) {
        study->sources.items[i].first_part = at;
        at += study->sources.items[i].part_count;
        study->sources.items[i].part_count = 0;
    }
    for (uint32_t i = 0; i < study->parts.count; i++)
        *npt__array_add(&study->part_order) = 0;
    for (uint32_t i = 0; i < study->parts.count; i++) {
        struct npt__source *source = &study->sources.items[study->parts.items[i].source];
        study->part_order.items[source->first_part + source->part_count++] = i;
    }
}

/* A case without a name (MAXQDA, Quirkos) is called after its first source. */
static void name_cases(npt_study *study)
{
    for (size_t i = 0; i < study->cases.count; i++) {
        struct npt__case *found = &study->cases.items[i];
        if (*found->name)
            continue;
        if (found->part_count) {
            const struct npt__source *source =
                &study->sources.items[study->parts.items[found->first_part].source];
            found->name = source->name;
            found->folded = source->folded;
        } else {
            found->name = npt__arena_print(study->arena, "(unnamed case, line %u)", found->line);
            found->folded = found->name;
        }
    }
}

/* ---- values ---------------------------------------------------------------------------------- */

/* Folders that hold nothing but cases are no codes either. Children come after their parents. */
static void mark_case_folders(npt_study *study)
{
    size_t count = study->codes.count;
    bool *has_case = npt__allocate(count),
         *has_code = npt__allocate(count); /* among the children */
    memset(has_case, 0, count);
    memset(has_code, 0, count);
    for (size_t i = count; i-- > 0;) {
        struct npt__study_code *code = &study->codes.items[i];
        code->is_case |= has_case[i] && !has_code[i] && !code->codable;
        if (code->parent == NPT__NONE)
            continue;
        has_case[code->parent] |= code->is_case;
        has_code[code->parent] |= !code->is_case;
    }
    free(has_case);
    free(has_code);
}

static void set_value(struct npt__gather *gather, const struct npt__value *value)
{
    npt_study *study = gather->study;
    size_t attributes = study->attributes.count;
    const char **matrix = value->of_case ? study->case_values : study->source_values;
    const char **cell = &matrix[value->owner * attributes + value->attribute];
    if (*cell && strcmp(*cell, value->text) != 0 && !value->strong)
        npt__say(gather->diags, NPT_WARNING, &(struct npt__place){.file = study->label},
                 "%s '%s' has two values of '%s': '%s' and '%s'; the last is used",
                 value->of_case ? "case" : "source",
                 value->of_case ? study->cases.items[value->owner].name
                                : study->sources.items[value->owner].name,
                 study->attributes.items[value->attribute].name, *cell, value->text);
    *cell = value->text;
    if (value->of_case || !value->strong)
        return;
    const struct npt__source *source = &study->sources.items[value->owner];
    if (source->part_count == 1) { /* a sheet that names the interview speaks for its case */
        uint32_t owner = study->parts.items[study->part_order.items[source->first_part]].case_index;
        study->case_values[owner * attributes + value->attribute] = value->text;
    }
}

static void set_values(struct npt__gather *gather)
{
    npt_study *study = gather->study;
    size_t attributes = study->attributes.count;
    size_t cases = study->cases.count * attributes, sources = study->sources.count * attributes;
    if (cases + sources > MOST_VALUES) {
        npt__say(gather->diags, NPT_ERROR, &(struct npt__place){.file = study->label},
                 "has more cases and attributes (%zu by %zu) than there are in any study",
                 study->cases.count, attributes);
        study->attributes.count = cases = sources = 0;
        gather->values.count = 0;
    }
    study->case_values = npt__allocate(cases * sizeof *study->case_values);
    study->source_values = npt__allocate(sources * sizeof *study->source_values);
    for (size_t i = 0; i < cases; i++)
        study->case_values[i] = NULL;
    for (size_t i = 0; i < sources; i++)
        study->source_values[i] = NULL;
    for (size_t i = 0; i < gather->values.count; i++)
        if (!gather->values.items[i].strong)
            set_value(gather, &gather->values.items[i]);
    for (size_t i = 0; i < gather->values.count; i++)
        if (gather->values.items[i].strong)
            set_value(gather, &gather->values.items[i]);
}

void npt__pool(struct npt__gather *gather)
{
    mark_case_folders(gather->study);
    npt__drop_case_codes(gather->study);
    pool_sources(gather);
    npt__drop_repeats(gather->study);
    make_cases_of_sources(gather);
    pool_cases(gather);
    make_parts(gather);
    name_cases(gather->study);
    set_values(gather);
}
