/* scope.c - what an analysis looks at: which parts and segments, and by which attributes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scope.h"

#include <stdlib.h>
#include <string.h>

#define MOST_CELLS ((size_t)1 << 20)

int npt__compare_naturally(const char *a, const char *b)
{
    while (*a && *b) {
        size_t x = strspn(a, "0123456789"), y = strspn(b, "0123456789");
        if (x && y) {
            const char *p = a + strspn(a, "0"), *q = b + strspn(b, "0");
            size_t m = strspn(p, "0123456789"), n = strspn(q, "0123456789");
            if (m != n)
                return m < n ? -1 : 1;
            int order = strncmp(p, q, m);
            if (order)
                return order;
            a += x;
            b += y;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}

static int compare_values(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    int order = npt__compare_naturally(x, y);
    return order ? order : strcmp(x, y);
}

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

static size_t find_value(const struct npt__dimension *dimension, const char *value)
{
    const char **found = bsearch(&value, dimension->values, dimension->count,
                                 sizeof *dimension->values, compare_values);
    return (size_t)(found - dimension->values);
}

/* Puts values that are sites into the order in which the study declares these. */
static void order_sites(const npt_study *study, struct npt__dimension *dimension, npt__arena *arena)
{
    const char **ordered = npt__arena_array(arena, dimension->count, sizeof *ordered);
    size_t *moved = npt__arena_array(arena, dimension->count + 1, sizeof *moved);
    size_t count = 0;
    for (size_t i = 0; i <= dimension->count; i++)
        moved[i] = SIZE_MAX;
    for (size_t s = 0; s < study->sites.count; s++)
        for (size_t i = 0; i < dimension->count; i++)
            if (moved[i] == SIZE_MAX &&
                strcmp(dimension->values[i], study->sites.items[s].name) == 0)
                moved[i] = count++;
    for (size_t i = 0; i < dimension->count; i++)
        if (moved[i] == SIZE_MAX)
            moved[i] = count++;
    moved[dimension->count] = dimension->count;
    for (size_t i = 0; i < dimension->count; i++)
        ordered[moved[i]] = dimension->values[i];
    dimension->values = ordered;
    for (size_t i = 0; i < study->parts.count; i++)
        dimension->of_part[i] = (uint32_t)moved[dimension->of_part[i]];
}

static void open_dimension(struct npt__scope *scope, struct npt__dimension *dimension)
{
    const npt_study *study = scope->study;
    npt__arena *arena = scope->arena;
    size_t parts = study->parts.count;
    dimension->values = npt__arena_array(arena, parts, sizeof *dimension->values);
    dimension->of_part = npt__arena_array(arena, parts, sizeof *dimension->of_part);
    for (size_t i = 0; i < parts; i++) {
        const char *value = npt__part_value(study, &study->parts.items[i], dimension->attribute);
        if (value && scope->part_in[i])
            dimension->values[dimension->count++] = value;
    }
    if (dimension->count)
        qsort(dimension->values, dimension->count, sizeof *dimension->values, compare_values);
    size_t kept = 0;
    for (size_t i = 0; i < dimension->count; i++)
        if (!i || strcmp(dimension->values[i], dimension->values[kept - 1]) != 0)
            dimension->values[kept++] = dimension->values[i];
    dimension->count = kept;
    for (size_t i = 0; i < parts; i++) {
        const char *value = npt__part_value(study, &study->parts.items[i], dimension->attribute);
        dimension->of_part[i] = (uint32_t)dimension->count;
        if (value && scope->part_in[i])
            dimension->of_part[i] = (uint32_t)find_value(dimension, value);
        dimension->has_none |= !value && scope->part_in[i];
    }
    if (study->attributes.items[dimension->attribute].key &&
        strcmp(study->attributes.items[dimension->attribute].key, "site") == 0)
        order_sites(study, dimension, arena);
    dimension->width = dimension->count + dimension->has_none + 1;
}

static enum npt_status open_dimensions(struct npt__scope *scope, const npt_options *options,
                                       npt_diags *diags)
{
    const npt_study *study = scope->study;
    const char *by = npt__option(options, "by"), **names;
    size_t count = npt__option_list(scope->arena, by ? by : "", &names);
    if (!by && study->from_manifest && npt__study_find_attribute(study, "site") != NPT__NONE) {
        static const char *const site = "site"; /* a study with sites is compared by site */
        names = npt__arena_array(scope->arena, 1, sizeof *names);
        names[0] = site;
        count = 1;
    }
    if (by && !count) {
        npt__say(diags, NPT_ERROR, NULL, "--by names no attribute: '%s'", by);
        return NPT_USAGE;
    }
    if (count > NPT__MOST_DIMENSIONS) {
        npt__say(diags, NPT_ERROR, NULL, "--by takes at most %u attributes, not %zu",
                 NPT__MOST_DIMENSIONS, count);
        return NPT_USAGE;
    }
    scope->cell_count = 1;
    for (size_t i = 0; i < count; i++) {
        struct npt__dimension *dimension = &scope->dimensions[i];
        dimension->attribute = npt__study_find_attribute(study, names[i]);
        if (dimension->attribute == NPT__NONE) {
            unknown_attribute(study, "by", names[i], diags);
            return NPT_USAGE;
        }
        dimension->key = npt__study_attribute_key(study, dimension->attribute);
        for (size_t j = 0; j < i; j++)
            if (scope->dimensions[j].attribute == dimension->attribute) {
                npt__say(diags, NPT_ERROR, NULL, "--by names the attribute '%s' twice",
                         dimension->key);
                return NPT_USAGE;
            }
        open_dimension(scope, dimension);
        scope->dimension_count++;
        scope->cell_count *= dimension->width;
        if (scope->cell_count > MOST_CELLS) {
            npt__say(diags, NPT_ERROR, NULL,
                     "--by %s: these attributes have too many combinations of values", by);
            return NPT_USAGE;
        }
    }
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
    if (status == NPT_OK)
        status = open_dimensions(scope, options, diags);
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

const char *npt__scope_heading(const struct npt__scope *scope, size_t dimension)
{
    return scope->study->attributes.items[scope->dimensions[dimension].attribute].name;
}

size_t npt__scope_cells(const struct npt__scope *scope, uint32_t part,
                        uint32_t cells[NPT__MOST_CELLS_OF_PART])
{
    size_t count = 1;
    cells[0] = 0;
    for (size_t d = 0; d < scope->dimension_count; d++) {
        const struct npt__dimension *dimension = &scope->dimensions[d];
        uint32_t width = (uint32_t)dimension->width;
        for (size_t i = 0; i < count; i++) {
            cells[count + i] = cells[i] * width + (width - 1); /* the total */
            cells[i] = cells[i] * width + dimension->of_part[part];
        }
        count *= 2;
    }
    return count;
}

void npt__scope_label(const struct npt__scope *scope, uint32_t cell, struct npt_cell *row)
{
    for (size_t d = scope->dimension_count; d-- > 0;) {
        const struct npt__dimension *dimension = &scope->dimensions[d];
        size_t value = cell % dimension->width;
        cell /= (uint32_t)dimension->width;
        if (value < dimension->count)
            row[d] = npt__text(dimension->values[value]);
        else if (value + 1 == dimension->width)
            row[d] = npt__total();
        else
            row[d] = npt__absent(NULL);
    }
}

bool npt__scope_shows(const struct npt__scope *scope, const uint32_t *cases, uint32_t cell)
{
    if (!scope->dimension_count)
        return true;
    uint32_t rest = (uint32_t)(scope->cell_count / scope->dimensions[0].width);
    uint32_t over_all = (uint32_t)scope->cell_count - rest + cell % rest;
    return cases[over_all] || over_all + 1 == scope->cell_count;
}
