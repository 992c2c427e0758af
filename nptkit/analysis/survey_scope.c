/* survey_scope.c - which responses an analysis looks at, and by which attributes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_scope.h"

#include "../base/arena.h"

#include <string.h>

#define MOST_CELLS ((size_t)4 << 20) /* of a table times the items: what is counted for each */

static const char no_value[] = "(none)";

static enum npt_status unknown_attribute(const npt_study *study, const char *option,
                                         const char *name, npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    npt__arena *scratch = npt__arena_new();
    const size_t count = responses->attributes.count;
    const char **keys = npt__arena_array(scratch, count, sizeof *keys);
    const char **folded = npt__arena_array(scratch, count, sizeof *folded);
    npt__buffer list = {0};
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = npt__response_attribute_key(responses, i);
        folded[i] = npt__fold_name(scratch, keys[i]);
        if (i < 12)
            npt__buffer_print(&list, "%s%s", i ? ", " : "", keys[i]);
    }
    npt__say(diags, NPT_ERROR, NULL, "--%s: the responses have no attribute '%s'", option, name);
    const uint32_t near = npt__nearest(npt__fold_name(scratch, name), folded, count);
    if (near != NPT__NONE)
        npt__hint(diags, "did you mean '%s'", keys[near]);
    else if (count)
        npt__hint(diags, "there are: %s%s", npt__buffer_string(&list), count > 12 ? ", ..." : "");
    else
        npt__hint(diags, "declare columns in study.xml: <column name=\"...\" as=\"%s\"/>", name);
    npt__buffer_release(&list);
    npt__arena_free(scratch);
    return NPT_USAGE;
}

uint32_t npt__survey_attribute(const npt_study *study, const char *option, const char *name,
                               npt_diags *diags)
{
    const uint32_t found = npt__responses_find(&study->responses, name);
    if (found == NPT__NONE) {
        unknown_attribute(study, option, name, diags);
        return NPT__NONE;
    }
    if (!study->responses.attributes.items[found].too_many)
        return found;
    npt__say(diags, NPT_ERROR, NULL,
             "--%s: '%s' has too many different or too long values to compare by", option, name);
    npt__hint(diags, "free text and what tells people apart is not kept");
    return NPT__NONE;
}

/* ---- filters --------------------------------------------------------------------------------- */

struct condition {
    uint32_t attribute;
    bool *allowed; /* by value; the last entry is for no value */
};

/* Users may name a site by its id. */
static const char *site_name(const npt_study *study, const char *value)
{
    for (size_t i = 0; i < study->sites.count; i++)
        if (strcmp(study->sites.items[i].id, value) == 0)
            return study->sites.items[i].name;
    return value;
}

/* Adds a value to the condition on its attribute: conditions on one attribute are alternatives. */
static enum npt_status add_condition(struct npt__survey_scope *scope, struct condition *conditions,
                                     size_t *count, const char *option, const char *name,
                                     const char *wanted, npt_diags *diags)
{
    const npt_study *study = scope->study;
    const uint32_t index = npt__survey_attribute(study, option, name, diags);
    if (index == NPT__NONE)
        return NPT_USAGE;
    const struct npt__response_attribute *attribute = &study->responses.attributes.items[index];
    const size_t values = attribute->values.strings.count;
    struct condition *condition = conditions;
    while (condition < conditions + *count && condition->attribute != index)
        condition++;
    if (condition == conditions + *count && *count == NPT__MOST_CONDITIONS)
        return npt__refuse_conditions(diags);
    if (condition == conditions + *count) {
        (*count)++;
        *condition = (struct condition){
            index, npt__arena_array(scope->arena, values + 1, sizeof *condition->allowed)};
    }
    if (strcmp(wanted, no_value) == 0) {
        condition->allowed[values] = true;
        return NPT_OK;
    }
    const char *folded = npt__fold_name(scope->arena, wanted);
    const char **names = npt__arena_array(scope->arena, values, sizeof *names);
    bool found = false;
    for (size_t i = 0; i < values; i++) /* letter for letter, or else without regard to case */
        if (strcmp(attribute->values.strings.items[i], wanted) == 0)
            condition->allowed[i] = found = true;
    for (size_t i = 0; i < values && !found; i++)
        names[i] = npt__fold_name(scope->arena, attribute->values.strings.items[i]);
    for (size_t i = 0, exact = found; i < values && !exact; i++)
        if (strcmp(names[i], folded) == 0)
            condition->allowed[i] = found = true;
    if (found)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "no response has %s = '%s'", name, wanted);
    const uint32_t near = npt__nearest(folded, names, values);
    if (near != NPT__NONE) {
        npt__hint(diags, "did you mean '%s'", attribute->values.strings.items[near]);
        return NPT_USAGE;
    }
    npt__buffer list = {0};
    for (size_t i = 0; i < values && i < 12; i++)
        npt__buffer_print(&list, "%s%s", i ? ", " : "", attribute->values.strings.items[i]);
    npt__hint(diags, "there are: %s%s", npt__buffer_string(&list), values > 12 ? ", ..." : "");
    npt__buffer_release(&list);
    return NPT_USAGE;
}

static enum npt_status read_conditions(struct npt__survey_scope *scope, const npt_options *options,
                                       struct condition *conditions, size_t *count,
                                       npt_diags *diags)
{
    const char *text;
    enum npt_status status = NPT_OK;
    for (size_t i = 0; (text = npt__option_at(options, "where", i)) && status == NPT_OK; i++) {
        const char *equals = strchr(text, '=');
        if (!equals) {
            npt__say(diags, NPT_ERROR, NULL, "--where takes ATTRIBUTE=VALUE, not '%s'", text);
            return NPT_USAGE;
        }
        const char *name = npt__arena_copy(scope->arena, text, (size_t)(equals - text));
        status = add_condition(scope, conditions, count, "where", name, equals + 1, diags);
    }
    for (size_t i = 0; (text = npt__option_at(options, "site", i)) && status == NPT_OK; i++)
        status = add_condition(scope, conditions, count, "site", "site",
                               site_name(scope->study, text), diags);
    for (size_t i = 0; (text = npt__option_at(options, "wave", i)) && status == NPT_OK; i++)
        status = add_condition(scope, conditions, count, "wave", "wave", text, diags);
    return status;
}

static enum npt_status filter(struct npt__survey_scope *scope, const npt_options *options,
                              npt_diags *diags)
{
    const struct npt__responses *responses = scope->responses;
    struct condition *conditions =
        npt__arena_array(scope->arena, responses->attributes.count + 1, sizeof *conditions);
    size_t count = 0;
    const enum npt_status status = read_conditions(scope, options, conditions, &count, diags);
    if (status != NPT_OK || !count)
        return status;
    scope->response_in =
        npt__arena_array(scope->arena, responses->count, sizeof *scope->response_in);
    for (uint32_t i = 0; i < responses->count; i++) {
        bool in = true;
        for (size_t j = 0; j < count && in; j++) {
            const struct npt__response_attribute *attribute =
                &responses->attributes.items[conditions[j].attribute];
            const uint32_t value = attribute->of_response[i];
            in =
                conditions[j].allowed[value == NPT__NONE ? attribute->values.strings.count : value];
        }
        scope->response_in[i] = in;
    }
    return NPT_OK;
}

/* ---- dimensions ------------------------------------------------------------------------------ */

static enum npt_status open_dimension(void *user, const char *name,
                                      struct npt__dimension *dimension, npt_diags *diags)
{
    const struct npt__survey_scope *scope = user;
    const struct npt__responses *responses = scope->responses;
    dimension->attribute = npt__survey_attribute(scope->study, "by", name, diags);
    if (dimension->attribute == NPT__NONE)
        return NPT_USAGE;
    const struct npt__response_attribute *attribute =
        &responses->attributes.items[dimension->attribute];
    dimension->key = npt__response_attribute_key(responses, dimension->attribute);
    dimension->heading = attribute->key ? attribute->key : attribute->name;
    if (strcmp(dimension->heading, "site") == 0)
        dimension->heading = "Site";
    else if (strcmp(dimension->heading, "wave") == 0)
        dimension->heading = "Wave";
    const bool is_site = attribute->key && strcmp(attribute->key, "site") == 0;
    const bool is_wave = dimension->attribute == npt__responses_find(responses, "wave");
    const size_t values = attribute->values.strings.count;
    uint32_t *places = npt__arena_array(scope->arena, values, sizeof *places);
    for (uint32_t i = 0; i < values; i++)
        places[i] = i;
    npt__dimension_fill(dimension, scope->arena,
                        &(struct npt__dimension_source){.values = attribute->values.strings.items,
                                                        .value_count = values,
                                                        .places = is_wave ? places : NULL,
                                                        .of_row = attribute->of_response,
                                                        .row_in = scope->response_in,
                                                        .row_count = responses->count,
                                                        .sites = is_site ? scope->study : NULL});
    return NPT_OK;
}

static bool has_several(const struct npt__responses *responses, const char *key, size_t least)
{
    const uint32_t found = npt__responses_find(responses, key);
    return found != NPT__NONE && responses->attributes.items[found].values.strings.count >= least;
}

/* What is compared where --by is not given. */
static const char *fallback(const npt_study *study)
{
    const bool site = has_several(&study->responses, "site", 1);
    const bool wave = has_several(&study->responses, "wave", 2);
    if (!study->from_manifest)
        return NULL;
    return site && wave ? "site,wave" : (site ? "site" : (wave ? "wave" : NULL));
}

enum npt_status npt__survey_scope_open(struct npt__survey_scope *scope, const npt_study *study,
                                       const npt_options *options, bool by_default,
                                       npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    *scope = (struct npt__survey_scope){
        .study = study, .responses = responses, .arena = npt__arena_new()};
    enum npt_status status = filter(scope, options, diags);
    if (status == NPT_OK)
        status =
            npt__dimensions_open(&scope->dimensions, scope->arena, options,
                                 by_default ? fallback(study) : NULL, open_dimension, scope, diags);
    if (status != NPT_OK)
        return status;
    const struct npt__dimensions *dimensions = &scope->dimensions;
    if (dimensions->cell_count * (responses->items.count + 1) > MOST_CELLS) {
        npt__say(diags, NPT_ERROR, NULL,
                 "--by: these attributes have too many combinations of values for %zu items",
                 responses->items.count);
        npt__hint(diags, "compare by fewer attributes at once");
        return NPT_USAGE;
    }
    uint32_t *own = npt__arena_array(scope->arena, dimensions->cell_count, sizeof *own);
    scope->cell = npt__arena_array(scope->arena, responses->count, sizeof *scope->cell);
    scope->counts = npt__arena_array(scope->arena, dimensions->cell_count, sizeof *scope->counts);
    for (uint32_t i = 0; i < responses->count; i++) {
        const bool in = !scope->response_in || scope->response_in[i];
        scope->cell[i] = in ? npt__dimensions_own_cell(dimensions, i) : NPT__NONE;
        if (in)
            own[scope->cell[i]]++;
    }
    for (uint32_t i = 0; i < dimensions->cell_count; i++) {
        uint32_t cells[NPT__MOST_CELLS_OF_ROW];
        const size_t count = own[i] ? npt__dimensions_totals(dimensions, i, cells) : 0;
        for (size_t j = 0; j < count; j++)
            scope->counts[cells[j]] += own[i];
    }
    return NPT_OK;
}

void npt__survey_scope_total(const struct npt__survey_scope *scope, size_t *by_cell, size_t size)
{
    const struct npt__dimensions *dimensions = &scope->dimensions;
    uint32_t cells[NPT__MOST_CELLS_OF_ROW];
    if (!dimensions->count)
        return;
    for (uint32_t i = 0; i < dimensions->cell_count; i++) {
        const size_t count = npt__dimensions_totals(dimensions, i, cells);
        if (npt__dimensions_is_total(dimensions, i))
            continue;
        for (size_t j = 1; j < count; j++)
            for (size_t k = 0; k < size; k++)
                by_cell[cells[j] * size + k] += by_cell[i * size + k];
    }
}

void npt__survey_scope_members(const struct npt__survey_scope *scope, const size_t **first,
                               const uint32_t **members)
{
    const struct npt__dimensions *dimensions = &scope->dimensions;
    const size_t cells = dimensions->cell_count;
    size_t *starts = npt__arena_array(scope->arena, cells + 1, sizeof *starts);
    size_t *next = npt__arena_array(scope->arena, cells, sizeof *next);
    for (size_t i = 0; i < cells; i++) {
        next[i] = starts[i];
        starts[i + 1] = starts[i] + scope->counts[i];
    }
    uint32_t *held = npt__arena_array(scope->arena, starts[cells], sizeof *held);
    for (uint32_t i = 0; i < scope->responses->count; i++) {
        uint32_t of_row[NPT__MOST_CELLS_OF_ROW];
        if (scope->cell[i] == NPT__NONE)
            continue;
        const size_t count = npt__dimensions_totals(dimensions, scope->cell[i], of_row);
        for (size_t j = 0; j < count; j++)
            held[next[of_row[j]]++] = i;
    }
    *first = starts;
    *members = held;
}

void npt__survey_scope_release(struct npt__survey_scope *scope)
{
    npt__arena_free(scope->arena);
}

bool npt__survey_scope_shows(const struct npt__survey_scope *scope, uint32_t cell)
{
    return npt__dimensions_shows(&scope->dimensions, scope->counts, cell);
}

size_t npt__waves(const npt_study *study, const char *const **waves)
{
    const uint32_t wave = npt__responses_find(&study->responses, "wave");
    if (wave == NPT__NONE)
        return 0;
    const npt__intern *values = &study->responses.attributes.items[wave].values;
    *waves = values->strings.items;
    return values->strings.count;
}

const char *npt__last_wave(const npt_study *study)
{
    const char *const *waves;
    const size_t count = npt__waves(study, &waves);
    return count > 1 ? waves[count - 1] : NULL;
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void note_guesses(npt_table *table, const struct npt__survey *survey)
{
    npt__buffer list = {0};
    size_t count = 0;
    for (size_t i = 0; i < survey->columns.count; i++) {
        const struct npt__survey_column *column = &survey->columns.items[i];
        if (column->role != NPT__IS_ITEM || !column->guessed)
            continue;
        if (count++ == 0)
            npt__buffer_puts(&list, column->guess.reason);
    }
    if (count)
        npt__table_add_note(
            table,
            "Which column is which item was guessed for %zu columns (the first: %s); "
            "nptkit check shows each guess, a study.xml settles them.",
            count, npt__buffer_string(&list));
    npt__buffer_release(&list);
}

/* Whether there is an answer among all items, "not relevant" included. */
static bool has_answer(const struct npt__responses *responses, uint32_t response)
{
    for (size_t i = 0; i < responses->items.count; i++) {
        const uint8_t answer = responses->items.items[i].answers[response];
        if (npt__is_value(answer) || npt__is_not_relevant(answer))
            return true;
    }
    return false;
}

static void note_unanswered(npt_table *table, const struct npt__responses *responses,
                            const uint32_t *cell)
{
    size_t unanswered = 0;
    for (size_t i = 0; i < responses->surveys.count; i++) {
        const struct npt__survey *survey = &responses->surveys.items[i];
        const uint32_t end = survey->first_response + survey->response_count;
        for (uint32_t j = survey->first_response; survey->unanswered && j < end; j++)
            unanswered += cell[j] != NPT__NONE && !has_answer(responses, j);
    }
    if (unanswered)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, "Responses without any answer are counted among the missing.",
            "%zu response%s without any answer %s counted among the missing.", unanswered,
            unanswered == 1 ? "" : "s", unanswered == 1 ? "is" : "are");
}

void npt__survey_notes(npt_table *table, const npt_study *study, const uint32_t *cell)
{
    const struct npt__responses *responses = &study->responses;
    for (size_t i = 0; i < responses->surveys.count; i++) {
        note_guesses(table, &responses->surveys.items[i]);
        if (responses->surveys.items[i].named)
            npt__table_add_note(table, "By its questions, the file is about '%s'.",
                                responses->surveys.items[i].named);
        if (responses->surveys.items[i].unread)
            npt__table_add_note(table, "Not read, as no column is certain to be one of them: %s.",
                                responses->surveys.items[i].unread);
    }
    note_unanswered(table, responses, cell);
}

void npt__note_waves(npt_table *table, const npt_study *study)
{
    if (study->responses.waves_guessed)
        npt__table_add_note(table,
                            "The order of the waves is a guess, that in which the files have "
                            "them first: nptkit check shows how study.xml can say it.");
}

void npt__note_repeated(npt_table *table, const npt_study *study, const uint32_t *cell)
{
    const struct npt__responses *responses = &study->responses;
    const size_t known = responses->respondents.strings.count;
    bool *seen = npt__allocate((known + 1) * sizeof *seen);
    size_t linked = 0, people = 0;
    memset(seen, 0, (known + 1) * sizeof *seen);
    for (uint32_t i = 0; i < responses->count; i++) {
        const uint32_t person = responses->respondent[i];
        if (person == NPT__NONE || cell[i] == NPT__NONE)
            continue;
        linked++;
        people += !seen[person];
        seen[person] = true;
    }
    npt__release(seen);
    if (linked > people)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, "Who answered several times counts each time.",
            "The %zu responses with an id are those of %zu people: who answered several times "
            "counts each time.",
            linked, people);
}
