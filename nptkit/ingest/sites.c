/* sites.c - which site each case and source belongs to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sites.h"

#include <stdlib.h>
#include <string.h>

static uint32_t site_attribute(struct npt__gather *gather)
{
    npt_study *study = gather->study;
    for (uint32_t i = 0; i < study->attributes.count; i++)
        if (study->attributes.items[i].key && strcmp(study->attributes.items[i].key, "site") == 0)
            return i;
    return NPT__NONE;
}

/* Adds a column to both matrices of values for the attribute that was added last. */
static void widen(npt_study *study)
{
    size_t wide = study->attributes.count, narrow = wide - 1;
    const struct {
        const char ***matrix;
        size_t rows;
    } both[] = {{&study->case_values, study->cases.count},
                {&study->source_values, study->sources.count}};
    for (size_t m = 0; m < 2; m++) {
        const char **wider = npt__allocate(both[m].rows * wide * sizeof *wider);
        for (size_t row = 0; row < both[m].rows; row++) {
            for (size_t i = 0; i < narrow; i++)
                wider[row * wide + i] = (*both[m].matrix)[row * narrow + i];
            wider[row * wide + narrow] = NULL;
        }
        free(*both[m].matrix);
        *both[m].matrix = wider;
    }
}

static const char *declared_site(const npt_study *study, npt__arena *scratch, const char *value)
{
    const char *folded = npt__fold_name(scratch, value);
    for (size_t i = 0; i < study->sites.count; i++) {
        const struct npt__site *site = &study->sites.items[i];
        if (strcmp(npt__fold_name(scratch, site->name), folded) == 0 ||
            strcmp(npt__fold_name(scratch, site->id), folded) == 0)
            return site->name;
    }
    return NULL;
}

/* Values that no site has: each is reported once, with an example of who has it. */
struct unknown_value {
    const char *value, *owner;
    size_t count;
};

struct unknown_values {
    NPT__ARRAY(struct unknown_value) list;
};

static void add_unknown(struct unknown_values *unknown, const char *owner, const char *value)
{
    for (size_t i = 0; i < unknown->list.count; i++)
        if (strcmp(unknown->list.items[i].value, value) == 0) {
            unknown->list.items[i].count++;
            return;
        }
    *npt__array_add(&unknown->list) = (struct unknown_value){value, owner, 1};
}

static void report_unknown(struct npt__gather *gather, const struct unknown_value *unknown)
{
    const npt_study *study = gather->study;
    npt__arena *scratch = npt__arena_new();
    const char **names = npt__arena_array(scratch, study->sites.count, sizeof *names);
    for (size_t i = 0; i < study->sites.count; i++)
        names[i] = npt__fold_name(scratch, study->sites.items[i].name);
    uint32_t near =
        npt__nearest(npt__fold_name(scratch, unknown->value), names, study->sites.count);
    const char *more = unknown->count > 1
                           ? npt__arena_print(scratch, " and %zu others have", unknown->count - 1)
                           : " has";
    npt__say(gather->diags, NPT_ERROR, &(struct npt__place){.file = study->label},
             "'%s'%s the site '%s', which is no <site> of the study", unknown->owner, more,
             unknown->value);
    if (near != NPT__NONE)
        npt__hint(gather->diags, "did you mean '%s'; correct the data, or add the site",
                  study->sites.items[near].name);
    else
        npt__hint(gather->diags,
                  "the id or the name of a <site> must be the value in the data: "
                  "<site id=\"%s\" name=\"what tables show\"/>",
                  unknown->value);
    npt__arena_free(scratch);
}

/* Whether the case that holds a source has the same value: a sheet of sources speaks for both. */
static bool is_of_its_case(const npt_study *study, size_t source, uint32_t attribute,
                           const char *value)
{
    const struct npt__source *found = &study->sources.items[source];
    if (found->part_count != 1)
        return false;
    uint32_t part = study->part_order.items[found->first_part];
    const char *of_case =
        study->case_values[study->parts.items[part].case_index * study->attributes.count +
                           attribute];
    return of_case && strcmp(of_case, value) == 0;
}

static void name_sites(struct npt__gather *gather, uint32_t attribute)
{
    npt_study *study = gather->study;
    size_t wide = study->attributes.count;
    npt__arena *scratch = npt__arena_new();
    struct unknown_values unknown = {0};
    for (size_t i = 0; i < study->cases.count + study->sources.count; i++) {
        bool of_case = i < study->cases.count;
        size_t owner = of_case ? i : i - study->cases.count;
        const char **cell =
            &(of_case ? study->case_values : study->source_values)[owner * wide + attribute];
        if (!*cell)
            continue;
        const char *name = declared_site(study, scratch, *cell);
        if (name)
            *cell = name;
        else if (of_case)
            add_unknown(&unknown, study->cases.items[owner].name, *cell);
        else if (!is_of_its_case(study, owner, attribute, *cell))
            add_unknown(&unknown, study->sources.items[owner].name, *cell);
    }
    for (size_t i = 0; i < unknown.list.count; i++)
        report_unknown(gather, &unknown.list.items[i]);
    npt__array_release(&unknown.list);
    npt__arena_free(scratch);
}

static int compare_members(const void *a, const void *b)
{
    const struct npt__member *x = a, *y = b;
    return (x->source > y->source) - (x->source < y->source);
}

static bool matches(const struct npt__gather *gather, const char *pattern, uint32_t source,
                    size_t first_member)
{
    const struct npt__source *found = &gather->study->sources.items[source];
    if (npt__glob(pattern, found->folded) || (*found->folder && npt__glob(pattern, found->folder)))
        return true;
    for (size_t i = first_member;
         i < gather->members.count && gather->members.items[i].source == source; i++)
        if (npt__glob(pattern, gather->members.items[i].set))
            return true;
    return false;
}

static void match_sites(struct npt__gather *gather, uint32_t attribute)
{
    npt_study *study = gather->study;
    size_t wide = study->attributes.count, member = 0;
    npt__arena *scratch = npt__arena_new();
    const char **patterns = npt__arena_array(scratch, study->sites.count, sizeof *patterns);
    for (size_t i = 0; i < study->sites.count; i++)
        if (study->sites.items[i].match)
            patterns[i] = npt__fold_name(scratch, study->sites.items[i].match);
    if (gather->members.count)
        qsort(gather->members.items, gather->members.count, sizeof *gather->members.items,
              compare_members);
    for (uint32_t i = 0; i < study->sources.count; i++) {
        const char **cell = &study->source_values[i * wide + attribute];
        const char *first = NULL;
        while (member < gather->members.count && gather->members.items[member].source < i)
            member++;
        for (size_t j = 0; j < study->sites.count; j++) {
            if (!patterns[j] || !matches(gather, patterns[j], i, member))
                continue;
            if (first)
                npt__say(gather->diags, NPT_ERROR, &(struct npt__place){.file = study->label},
                         "source '%s' matches two sites: '%s' and '%s'",
                         study->sources.items[i].name, first, study->sites.items[j].name);
            first = study->sites.items[j].name;
        }
        if (!*cell)
            *cell = first;
        uint32_t declared = study->exports.items[study->sources.items[i].export_index].site;
        if (!*cell && declared != NPT__NONE)
            *cell = study->sites.items[declared].name;
    }
    npt__arena_free(scratch);
}

enum npt_status npt__settle_sites(struct npt__gather *gather)
{
    npt_study *study = gather->study;
    size_t faults = npt_diags_count(gather->diags, NPT_ERROR);
    if (!study->sites.count)
        return NPT_OK;
    uint32_t attribute = site_attribute(gather);
    if (attribute == NPT__NONE) {
        bool taken = false;
        for (size_t i = 0; i < study->attributes.count; i++)
            taken |= strcmp(study->attributes.items[i].folded, "site") == 0;
        attribute = (uint32_t)study->attributes.count;
        *npt__array_add(&study->attributes) = (struct npt__study_attribute){
            taken ? "site of the study" : "site", taken ? "site of the study" : "site", "site"};
        widen(study);
    }
    name_sites(gather, attribute);
    match_sites(gather, attribute);
    return npt_diags_count(gather->diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : NPT_OK;
}
