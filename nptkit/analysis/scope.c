/* scope.c - what an analysis looks at: which parts and segments, and by which attributes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scope.h"

#include "../model/waves.h"

#include <string.h>

/* ---- attributes ------------------------------------------------------------------------------ */

static void unknown_attribute(const npt_study *study, const char *option, const char *name,
                              npt_diags *diags)
{
    npt__say(diags, NPT_ERROR, NULL, "--%s: no case or source has the attribute '%s'", option,
             name);
    const char *near = npt__study_nearest_attribute(study, name);
    if (near) {
        npt__hint(diags, "did you mean '%s'", near);
        return;
    }
    if (!study->attributes.count) {
        npt__hint(diags,
                  "this export has no attributes; give a sheet of cases with --cases FILE.csv, or "
                  "name the sites in study.xml");
        return;
    }
    npt__buffer list = {0};
    for (size_t i = 0; i < study->attributes.count && i < 12; i++)
        npt__buffer_print(&list, "%s%s", i ? ", " : "",
                          npt__study_attribute_key(study, (uint32_t)i));
    npt__hint(diags, "there are: %s%s", npt__buffer_string(&list),
              study->attributes.count > 12 ? ", ..." : "");
    npt__buffer_release(&list);
}

/* The attribute of a name, with the values of the parts that are let in. */
static enum npt_status open_dimension(void *user, const char *name,
                                      struct npt__dimension *dimension, npt_diags *diags)
{
    const struct npt__scope *scope = user;
    const npt_study *study = scope->study;
    dimension->attribute = npt__study_find_attribute(study, name);
    if (dimension->attribute == NPT__NONE) {
        unknown_attribute(study, "by", name, diags);
        return NPT_USAGE;
    }
    const struct npt__study_attribute *attribute = &study->attributes.items[dimension->attribute];
    dimension->key = npt__study_attribute_key(study, dimension->attribute);
    dimension->heading = attribute->name;
    npt__intern values = {0};
    uint32_t *of_part = npt__arena_array(scope->arena, study->parts.count, sizeof *of_part);
    /* Tables borrow the texts, so they must be the study's. */
    const char **texts = npt__arena_array(scope->arena, study->parts.count, sizeof *texts);
    for (size_t i = 0; i < study->parts.count; i++) {
        const char *value = npt__part_value(study, &study->parts.items[i], dimension->attribute);
        const size_t before = values.strings.count;
        of_part[i] = value ? npt__intern_add(&values, scope->arena, value, strlen(value),
                                             npt__intern_hash(value, strlen(value)))
                           : NPT__NONE;
        if (values.strings.count > before)
            texts[before] = value;
    }
    const bool is_site = attribute->key && strcmp(attribute->key, "site") == 0;
    uint32_t *order = npt__arena_array(scope->arena, values.strings.count, sizeof *order);
    uint32_t *places = npt__arena_array(scope->arena, values.strings.count, sizeof *places);
    const bool in_waves = strcmp(dimension->key, "wave") == 0 &&
                          !npt__order_waves(study, texts, values.strings.count, order);
    for (uint32_t i = 0; in_waves && i < values.strings.count; i++)
        places[order[i]] = i;
    npt__dimension_fill(dimension, scope->arena,
                        &(struct npt__dimension_source){.values = texts,
                                                        .value_count = values.strings.count,
                                                        .places = in_waves ? places : NULL,
                                                        .of_row = of_part,
                                                        .row_in = scope->part_in,
                                                        .row_count = study->parts.count,
                                                        .sites = is_site ? study : NULL});
    npt__intern_release(&values);
    return NPT_OK;
}

/* ---- filters --------------------------------------------------------------------------------- */

struct condition {
    uint32_t attribute;
    const char *value; /* folded; NULL: cases without a value, as tables show with (none) */
};

static const char no_value[] = "(none)";

/* Users may name a site by its id. */
static const char *site_name(const npt_study *study, npt__arena *arena, const char *value)
{
    const char *folded = npt__fold_name(arena, value);
    for (size_t i = 0; i < study->sites.count; i++)
        if (strcmp(npt__fold_name(arena, study->sites.items[i].id), folded) == 0)
            return study->sites.items[i].name;
    return value;
}

static enum npt_status read_condition(const npt_study *study, npt__arena *arena, const char *text,
                                      struct condition *condition, npt_diags *diags)
{
    const char *equals = strchr(text, '=');
    if (!equals) {
        npt__say(diags, NPT_ERROR, NULL, "--where takes ATTRIBUTE=VALUE, not '%s'", text);
        return NPT_USAGE;
    }
    const char *name = npt__arena_copy(arena, text, (size_t)(equals - text));
    condition->attribute = npt__study_find_attribute(study, name);
    condition->value = npt__fold_name(arena, equals + 1);
    if (condition->attribute == NPT__NONE) {
        unknown_attribute(study, "where", name, diags);
        return NPT_USAGE;
    }
    if (strcmp(condition->value, no_value) == 0) {
        condition->value = NULL;
        return NPT_OK;
    }
    const char **values = npt__arena_array(arena, study->parts.count, sizeof *values);
    const char **folded = npt__arena_array(arena, study->parts.count, sizeof *folded);
    size_t count = 0;
    for (size_t i = 0; i < study->parts.count; i++) {
        values[count] = npt__part_value(study, &study->parts.items[i], condition->attribute);
        if (!values[count])
            continue;
        folded[count] = npt__fold_name(arena, values[count]);
        if (strcmp(folded[count++], condition->value) == 0)
            return NPT_OK;
    }
    npt__say(diags, NPT_ERROR, NULL, "no case has %s = '%s'", name, equals + 1);
    uint32_t near = npt__nearest(condition->value, folded, count);
    if (near != NPT__NONE)
        npt__hint(diags, "did you mean '%s'", values[near]);
    else
        npt__hint(diags, "see the values with: nptkit cases --by '%s'", name);
    return NPT_USAGE;
}

/* Conditions on one attribute are alternatives; different attributes must all hold. */
static bool satisfies(const struct npt__scope *scope, const struct condition *conditions,
                      size_t count, const struct npt__part *part)
{
    for (size_t i = 0; i < count; i++) {
        const char *value = npt__part_value(scope->study, part, conditions[i].attribute);
        npt__arena *scratch = npt__arena_new();
        const char *folded = value ? npt__fold_name(scratch, value) : NULL;
        bool any = false;
        for (size_t j = 0; j < count && !any; j++) {
            const char *wanted = conditions[j].value;
            any = conditions[j].attribute == conditions[i].attribute &&
                  (folded && wanted ? strcmp(wanted, folded) == 0 : folded == wanted);
        }
        npt__arena_free(scratch);
        if (!any)
            return false;
    }
    return true;
}

static enum npt_status filter_parts(struct npt__scope *scope, const npt_options *options,
                                    npt_diags *diags)
{
    const npt_study *study = scope->study;
    NPT__ARRAY(struct condition) conditions = {0};
    enum npt_status status = NPT_OK;
    const char *text;
    for (size_t i = 0; (text = npt__option_at(options, "where", i)) && status == NPT_OK; i++) {
        *npt__array_add(&conditions) = (struct condition){0};
        status = read_condition(study, scope->arena, text, &conditions.items[i], diags);
    }
    for (size_t i = 0; (text = npt__option_at(options, "site", i)) && status == NPT_OK; i++) {
        struct condition *added = npt__array_add(&conditions);
        status = read_condition(
            study, scope->arena,
            npt__arena_print(scope->arena, "site=%s", site_name(study, scope->arena, text)), added,
            diags);
    }
    size_t attributes = 0;
    for (size_t i = 0; i < conditions.count; i++) {
        size_t first = 0;
        while (conditions.items[first].attribute != conditions.items[i].attribute)
            first++;
        attributes += first == i;
    }
    if (status == NPT_OK && attributes > NPT__MOST_CONDITIONS)
        status = npt__refuse_conditions(diags);
    scope->part_in = npt__arena_array(scope->arena, study->parts.count, sizeof *scope->part_in);
    for (size_t i = 0; i < study->parts.count && status == NPT_OK; i++)
        scope->part_in[i] =
            satisfies(scope, conditions.items, conditions.count, &study->parts.items[i]);
    npt__array_release(&conditions);
    return status;
}

static enum npt_status filter_coders(struct npt__scope *scope, const npt_options *options,
                                     npt_diags *diags)
{
    const npt_study *study = scope->study;
    const char *name;
    scope->coder_in =
        npt__arena_array(scope->arena, study->coders.count + 1, sizeof *scope->coder_in);
    scope->all_coders = npt__option(options, "coder") == NULL;
    for (size_t i = 0; (name = npt__option_at(options, "coder", i)) != NULL; i++) {
        const char *folded = npt__fold_name(scope->arena, name);
        bool found = false;
        for (size_t j = 0; j < study->coders.count; j++)
            if (strcmp(npt__fold_name(scope->arena, study->coders.items[j].name), folded) == 0)
                scope->coder_in[j] = found = true;
        if (found)
            continue;
        npt__say(diags, NPT_ERROR, NULL, "nobody called '%s' coded this study", name);
        npt__buffer list = {0};
        for (size_t j = 0; j < study->coders.count && j < 12; j++)
            npt__buffer_print(&list, "%s%s", j ? ", " : "", study->coders.items[j].name);
        npt__hint(diags, "there are: %s", npt__buffer_string(&list));
        npt__buffer_release(&list);
        return NPT_USAGE;
    }
    return NPT_OK;
}

/* What one person coded is compared with what that person read: interviews in which nothing is coded
   by the chosen coders leave the count. The exports do not say who read what without coding it. */
static void drop_unread_parts(struct npt__scope *scope)
{
    const npt_study *study = scope->study;
    bool *read = npt__arena_array(scope->arena, study->sources.count, sizeof *read);
    for (size_t i = 0; i < study->segments.count; i++)
        if (npt__scope_has_coder(scope, &study->segments.items[i]))
            read[study->sources.items[study->segments.items[i].source].same_as] = true;
    for (size_t i = 0; i < study->parts.count; i++)
        scope->part_in[i] &= read[study->sources.items[study->parts.items[i].source].same_as];
}

enum npt_status npt__scope_open(struct npt__scope *scope, const npt_study *study,
                                const npt_options *options, npt_diags *diags)
{
    *scope = (struct npt__scope){.study = study, .arena = npt__arena_new()};
    enum npt_status status = filter_parts(scope, options, diags);
    if (status == NPT_OK)
        status = filter_coders(scope, options, diags);
    if (status == NPT_OK && !scope->all_coders)
        drop_unread_parts(scope);
    /* a study with sites is compared by site */
    const bool by_site =
        study->from_manifest && npt__study_find_attribute(study, "site") != NPT__NONE;
    if (status == NPT_OK)
        status = npt__dimensions_open(&scope->dimensions, scope->arena, options,
                                      by_site ? "site" : NULL, open_dimension, scope, diags);
    return status;
}

void npt__scope_release(struct npt__scope *scope)
{
    npt__arena_free(scope->arena);
}

/* ---- what is in scope ------------------------------------------------------------------------ */

bool npt__scope_has_coder(const struct npt__scope *scope, const struct npt__segment *segment)
{
    if (scope->all_coders)
        return true;
    return segment->coder != NPT__NONE && scope->coder_in[segment->coder];
}

bool npt__scope_has_segment(const struct npt__scope *scope, const struct npt__segment *segment)
{
    const npt_study *study = scope->study;
    const struct npt__source *source = &study->sources.items[segment->source];
    for (uint32_t i = 0; i < source->part_count; i++) {
        uint32_t part = study->part_order.items[source->first_part + i];
        if (scope->part_in[part] && npt__part_holds(study, &study->parts.items[part], segment))
            return true;
    }
    return false;
}

size_t npt__scope_homeless(const struct npt__scope *scope)
{
    const npt_study *study = scope->study;
    size_t homeless = 0;
    for (size_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        const struct npt__source *source = &study->sources.items[segment->source];
        bool held = false;
        for (uint32_t j = 0; j < source->part_count && !held; j++) {
            const uint32_t part = study->part_order.items[source->first_part + j];
            held = npt__part_holds(study, &study->parts.items[part], segment);
        }
        homeless += !held && npt__scope_has_coder(scope, segment);
    }
    return homeless;
}
