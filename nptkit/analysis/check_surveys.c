/* check_surveys.c - what in the responses of a study needs a person's eye.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "../stats/correlation.h"
#include "check.h"
#include "registry.h"
#include "survey_scope.h"

#include <stdlib.h>
#include <string.h>

#define MOST_LISTED 12u
#define LEAST_RESPONSES 30u /* fewer say nothing about a direction */

/* ---- tables ---------------------------------------------------------------------------------- */

/* What the file's numbers were taken for. */
static const char *show_agreement(npt_table *table, const struct npt__survey *survey)
{
    return survey->agreement < 0
               ? "as its words say"
               : npt__arena_print(npt__table_arena(table), "%d", survey->agreement);
}

#define MOST_VALUES 60u

npt_table *npt__check_values(const npt_study *study)
{
    const struct npt__responses *responses = &study->responses;
    npt_table *table = npt__table_new("values", "What responses are compared by");
    npt__table_dimension(table, "attribute", "Attribute");
    npt__table_dimension(table, "value", "Value");
    npt__table_measure(table, "responses", "Responses", NPT_UNIT_COUNT);
    for (uint32_t i = 0; i < responses->attributes.count; i++) {
        const struct npt__response_attribute *attribute = &responses->attributes.items[i];
        const size_t count = attribute->values.strings.count;
        size_t *held = npt__allocate((count + 1) * sizeof *held);
        memset(held, 0, (count + 1) * sizeof *held);
        for (uint32_t j = 0; j < responses->count; j++)
            held[attribute->of_response[j] == NPT__NONE ? count : attribute->of_response[j]]++;
        for (size_t j = 0; j <= count && j < MOST_VALUES; j++) {
            if (!held[j])
                continue;
            struct npt_cell *row = npt__table_add_row(table);
            row[0] = npt__text(npt__response_attribute_key(responses, i));
            row[1] = j < count ? npt__text(attribute->values.strings.items[j]) : npt__absent(NULL);
            row[2] = npt__count(held[j]);
        }
        if (count > MOST_VALUES)
            npt__table_add_note(table, "Of '%s' the first %u of %zu values are shown.",
                                npt__response_attribute_key(responses, i), MOST_VALUES, count);
        npt__release(held);
    }
    return table;
}

npt_table *npt__check_surveys(const npt_study *study)
{
    const struct npt__responses *responses = &study->responses;
    npt_table *table = npt__table_new("surveys", "Files of responses");
    npt__table_dimension(table, "file", "File");
    npt__table_measure(table, "sheet", "Sheet", NPT_UNIT_TEXT);
    npt__table_measure(table, "instrument", "Instrument", NPT_UNIT_TEXT);
    npt__table_measure(table, "wave", "Wave", NPT_UNIT_TEXT);
    npt__table_measure(table, "agree", "Strongest agreement", NPT_UNIT_TEXT);
    npt__table_measure(table, "responses", "Responses", NPT_UNIT_COUNT);
    npt__table_measure(table, "unanswered", "Without any answer", NPT_UNIT_COUNT);
    npt__table_measure(table, "empty_rows", "Empty rows", NPT_UNIT_COUNT);
    npt__table_measure(table, "hidden_rows", "Hidden rows", NPT_UNIT_COUNT);
    npt__table_measure(table, "items", "Items", NPT_UNIT_COUNT);
    npt__table_measure(table, "of_items", "Of items", NPT_UNIT_COUNT);
    for (size_t i = 0; i < responses->surveys.count; i++) {
        const struct npt__survey *survey = &responses->surveys.items[i];
        size_t items = 0;
        for (size_t j = 0; j < survey->columns.count; j++)
            items += survey->columns.items[j].role == NPT__IS_ITEM;
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(npt__path_base(survey->label));
        row[1] = survey->sheet ? npt__text(survey->sheet) : npt__absent(NULL);
        row[2] = npt__text(survey->instrument->id);
        row[3] = survey->wave ? npt__text(survey->wave) : npt__absent(NULL);
        row[4] = npt__text(show_agreement(table, survey));
        const size_t counts[] = {survey->response_count,
                                 survey->unanswered,
                                 survey->empty_rows,
                                 survey->hidden_rows,
                                 items,
                                 survey->instrument->item_count};
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
            row[5 + j] = npt__count(counts[j]);
    }
    if (responses->respondents.strings.count)
        npt__table_add_people_note(table, responses->respondents.strings.count,
                                   NPT__FEWER
                                   " different respondents, by the column that is the id.",
                                   "%zu different respondents, by the column that is the id.",
                                   responses->respondents.strings.count);
    npt__add_provenance(table, study);
    return table;
}

static const char *certainty_of(const struct npt__survey_column *column)
{
    static const char *const words[] = {[NPT__UNSURE] = "not sure",
                                        [NPT__POSSIBLE] = "possible",
                                        [NPT__LIKELY] = "likely",
                                        [NPT__CERTAIN] = "certain"};
    return words[column->guess.certainty];
}

npt_table *npt__check_columns(const npt_study *study)
{
    const struct npt__responses *responses = &study->responses;
    npt_table *table = npt__table_new("columns", "What each column was taken for");
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "file", "File");
    npt__table_dimension(table, "number", "Column");
    npt__table_dimension(table, "name", "Name");
    npt__table_measure(table, "taken_for", "Taken for", NPT_UNIT_TEXT);
    npt__table_measure(table, "how", "How", NPT_UNIT_TEXT);
    for (size_t i = 0; i < responses->surveys.count; i++) {
        const struct npt__survey *survey = &responses->surveys.items[i];
        for (size_t j = 0; j < survey->columns.count; j++) {
            const struct npt__survey_column *column = &survey->columns.items[j];
            struct npt_cell *row = npt__table_add_row(table);
            row[0] = npt__text(npt__path_base(survey->label));
            row[1] = npt__count(j + 1);
            row[2] = npt__text(column->name);
            if (column->role == NPT__IS_ITEM)
                row[3] = npt__text(npt__arena_print(
                    arena, "item %s", responses->items.items[column->index].item->id));
            else if (column->role == NPT__IS_ATTRIBUTE)
                row[3] = npt__text(npt__response_attribute_key(responses, column->index));
            else
                row[3] =
                    npt__text(column->role == NPT__IS_ID ? "id of the respondent" : "not used");
            if (column->guessed && *column->guess.reason)
                row[4] = npt__text(npt__arena_print(arena, "a guess (%s): %s", certainty_of(column),
                                                    column->guess.reason));
            else if (column->role != NPT__IS_UNUSED)
                row[4] =
                    npt__text(column->guessed || !study->from_manifest ? "as it is" : "declared");
        }
    }
    return table;
}

npt_table *npt_study_guesses(const npt_study *draft)
{
    const struct npt__responses *responses = &draft->responses;
    npt_table *table = npt__table_new("guesses", "What each column seems to be");
    npt__table_dimension(table, "name", "Column");
    npt__table_measure(table, "guess", "Seems to be", NPT_UNIT_TEXT);
    npt__table_measure(table, "certainty", "How sure", NPT_UNIT_TEXT);
    npt__table_measure(table, "reason", "Because", NPT_UNIT_TEXT);
    for (size_t i = 0; i < responses->surveys.count; i++) {
        const struct npt__survey *survey = &responses->surveys.items[i];
        for (size_t j = 0; j < survey->columns.count; j++) {
            const struct npt__survey_column *column = &survey->columns.items[j];
            const struct npt__column_guess *guess = &column->guess;
            struct npt_cell *row = npt__table_add_row(table);
            row[0] = npt__text(column->name);
            if (guess->use == NPT__COLUMN_ITEM)
                row[1] = npt__text(survey->instrument->items[guess->item].id);
            else if (guess->use == NPT__COLUMN_PERSONAL)
                row[1] = npt__text("personal: not kept");
            else
                row[1] = guess->as ? npt__text(guess->as) : npt__absent(NULL);
            if (guess->use != NPT__COLUMN_UNUSED)
                row[2] = npt__text(certainty_of(column));
            row[3] = npt__text(guess->reason);
        }
    }
    return table;
}

/* ---- warnings -------------------------------------------------------------------------------- */

/* A list of what was found, the first few by name. */
struct found {
    npt__buffer list;
    size_t count;
};

static void add_found(struct found *found, const char *text, uint32_t line)
{
    if (found->count++ >= MOST_LISTED)
        return;
    npt__buffer_print(&found->list, "%s%s", found->count > 1 ? ", " : "", text);
    if (line)
        npt__buffer_print(&found->list, "line %u", line);
}

static void say_found(struct found *found, const char *file, const char *one, const char *several,
                      const char *hint, npt_diags *diags)
{
    if (found->count) {
        const struct npt__place place = {.file = file};
        npt__say(diags, NPT_WARNING, &place, "%zu %s: %s%s", found->count,
                 found->count == 1 ? one : several, npt__buffer_string(&found->list),
                 found->count > MOST_LISTED ? ", ..." : "");
        npt__hint(diags, "%s", hint);
    }
    npt__buffer_release(&found->list);
}

/* The value of a key for a response; NPT__NONE where there is no such key or no value. */
static uint32_t value_of(const struct npt__responses *responses, uint32_t attribute, uint32_t at)
{
    return attribute == NPT__NONE ? NPT__NONE
                                  : responses->attributes.items[attribute].of_response[at];
}

/* One response of a respondent. */
struct linked {
    uint32_t id, wave, site, at;
};

static int compare_linked(const void *a, const void *b)
{
    const struct linked *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->wave != y->wave)
        return x->wave < y->wave ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Where a response stands: "line 14", with its file where there are several. */
static const char *place_of(const struct npt__responses *responses, npt__arena *arena, uint32_t at)
{
    const struct npt__survey *survey = npt__response_survey(responses, at);
    return npt__arena_print(arena, "line %u%s%s", responses->line[at],
                            responses->surveys.count > 1 ? " of " : "",
                            responses->surveys.count > 1 ? npt__path_base(survey->label) : "");
}

static void add_pair(const npt_study *study, struct found *found, const struct linked *before,
                     const struct linked *response)
{
    const struct npt__responses *responses = &study->responses;
    npt__arena *scratch = npt__arena_new();
    add_found(found,
              npt__arena_print(scratch, "%s on %s and %s",
                               responses->respondents.strings.items[response->id],
                               place_of(responses, scratch, before->at),
                               place_of(responses, scratch, response->at)),
              0);
    npt__arena_free(scratch);
}

/* Ids that answer twice in one wave, or at two sites. */
static void warn_of_ids(const npt_study *study, npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    const uint32_t wave = npt__responses_find(responses, "wave"),
                   site = npt__responses_find(responses, "site");
    struct linked *linked = npt__allocate((responses->count + 1u) * sizeof *linked);
    struct found twice = {0}, moved = {0}, without = {0};
    size_t count = 0;
    for (uint32_t i = 0; i < responses->count; i++)
        if (responses->respondent[i] != NPT__NONE)
            linked[count++] =
                (struct linked){responses->respondent[i], value_of(responses, wave, i),
                                value_of(responses, site, i), i};
        else
            add_found(&without, "", responses->line[i]);
    if (count)
        qsort(linked, count, sizeof *linked, compare_linked);
    for (size_t i = 1; i < count; i++) {
        const struct linked *before = &linked[i - 1], *response = &linked[i];
        if (before->id != response->id)
            continue;
        if (before->wave == response->wave)
            add_pair(study, &twice, before, response);
        if (before->site != response->site)
            add_pair(study, &moved, before, response);
    }
    npt__release(linked);
    say_found(&twice, study->label, "id answers again in the same wave",
              "ids answer again in the same wave",
              "both responses are counted; take out the one that should not count", diags);
    say_found(&moved, study->label, "respondent answers at another site than before",
              "respondents answer at another site than before",
              "each response counts for its own site; check that the ids are right", diags);
    say_found(&without, study->label, "response has no id", "responses have no id",
              "they cannot be linked across waves", diags);
}

static void warn_of_attributes(const npt_study *study, const struct npt__survey *survey,
                               npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    static const char *const keys[] = {"site", "wave"};
    for (size_t k = 0; k < 2; k++) {
        const uint32_t attribute = npt__responses_find(responses, keys[k]);
        if (attribute == NPT__NONE)
            continue;
        struct found without = {0};
        for (uint32_t i = 0; i < survey->response_count; i++) {
            const uint32_t at = survey->first_response + i;
            if (value_of(responses, attribute, at) == NPT__NONE)
                add_found(&without, "", responses->line[at]);
        }
        say_found(&without, survey->label, k ? "response has no wave" : "response has no site",
                  k ? "responses have no wave" : "responses have no site",
                  "tables show them in a row of their own, with '-'", diags);
    }
    for (size_t i = 0; i < survey->columns.count; i++) {
        const struct npt__survey_column *column = &survey->columns.items[i];
        if (column->role != NPT__IS_ATTRIBUTE ||
            !responses->attributes.items[column->index].too_many)
            continue;
        npt__say(
            diags, NPT_NOTE, &(struct npt__place){.file = survey->label},
            "column '%s' has too many different or too long values to compare by; none is kept",
            column->name);
    }
}

/* Responses without any answer at all. */
static void warn_of_unanswered(const npt_study *study, const struct npt__survey *survey,
                               npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    struct found unanswered = {0};
    for (uint32_t i = 0; i < survey->response_count && survey->unanswered; i++) {
        const uint32_t at = survey->first_response + i;
        bool answered = false;
        for (size_t j = 0; j < responses->items.count && !answered; j++)
            answered = responses->items.items[j].answers[at] < NPT__NOT_ASKED;
        if (!answered)
            add_found(&unanswered, "", responses->line[at]);
    }
    say_found(&unanswered, survey->label, "response without any answer",
              "responses without any answer",
              "they count as missing; 'responses' shows how many answered", diags);
}

/* Turned round, an item that is worded the other way goes along with the others of its construct. Where it goes
   against them, the direction was probably declared wrongly, or the file holds the item turned already. */
static void warn_of_direction(const npt_study *study, const struct npt__survey *survey,
                              npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    double *item = npt__allocate((survey->response_count + 1u) * sizeof *item);
    double *rest = npt__allocate((survey->response_count + 1u) * sizeof *rest);
    for (size_t j = 0; j < responses->items.count; j++) {
        const struct npt__study_item *turned = &responses->items.items[j];
        if (!turned->item->reversed || turned->construct == NPT__NONE)
            continue;
        const struct npt__study_construct *construct =
            &responses->constructs.items[turned->construct];
        size_t count = 0;
        for (uint32_t i = 0; i < survey->response_count; i++) {
            const uint32_t at = survey->first_response + i;
            double sum = 0;
            size_t answered = 0;
            for (size_t k = 0; k < construct->items.count; k++) {
                const struct npt__study_item *other =
                    &responses->items.items[construct->items.items[k]];
                if (other == turned || other->item->reversed || !npt__is_value(other->answers[at]))
                    continue;
                sum += other->answers[at];
                answered++;
            }
            if (!answered || !npt__is_value(turned->answers[at]))
                continue;
            item[count] = -(double)turned->answers[at];
            rest[count++] = sum / (double)answered;
        }
        const struct npt__correlation found = npt__pearson(item, rest, count, 0.95);
        if (count < LEAST_RESPONSES || !found.defined || !found.interval.defined ||
            found.interval.high >= 0)
            continue;
        npt__say(
            diags, NPT_WARNING, &(struct npt__place){.file = survey->label},
            "the item '%s', turned round, goes against the others of its construct (%zu responses)",
            turned->item->id, count);
        npt__hint(diags,
                  "is agree right for this file, or does the file hold the item turned round: "
                  "<column ... already-reversed=\"yes\"/>");
    }
    npt__release(item);
    npt__release(rest);
}

static void warn_of_rows(const struct npt__survey *survey, npt_diags *diags)
{
    const struct npt__place place = {.file = survey->label};
    for (size_t i = 0; i < survey->doubts.count; i++) {
        npt__say(diags, NPT_WARNING, &place, "%s", survey->doubts.items[i]);
        npt__hint(diags,
                  "correct item=\"...\" of this column in study.xml, or leave it if it is right");
    }
    for (size_t i = 0; i < survey->remarks.count; i++)
        npt__say(diags, NPT_NOTE, &place, "%s", survey->remarks.items[i]);
    if (survey->empty_rows)
        npt__say(diags, NPT_NOTE, &place, "empty rows, which are no responses: %zu",
                 survey->empty_rows);
    if (survey->hidden_rows) {
        npt__say(diags, NPT_WARNING, &place, "hidden rows of the sheet, which were read: %zu",
                 survey->hidden_rows);
        npt__hint(diags, "if they should not count, delete them in the workbook");
    }
}

/* Where nothing says which wave was first: as study.xml would say it in the order that is guessed. */
static void warn_of_waves(const npt_study *study, npt_diags *diags)
{
    const struct npt__place file = {.file = study->label}, *place = &study->responses.waves_place;
    const char *const *waves;
    const size_t count = npt__waves(study, &waves);
    npt__buffer list = {0}, values = {0};
    if (!study->responses.waves_guessed)
        return;
    for (size_t i = 0; i < count && i < MOST_LISTED; i++) {
        npt__buffer_print(&list, "%s'%s'", i ? ", " : "", waves[i]);
        npt__buffer_print(&values, "<value from=\"%s\" to=\"%s\"/>", waves[i], waves[i]);
    }
    npt__say(diags, NPT_WARNING, place->line ? place : &file,
             "the order of the waves is a guess, as the files have them first: %s%s",
             npt__buffer_string(&list), count > MOST_LISTED ? ", ..." : "");
    npt__hint(
        diags,
        "say it%s within the <column> that is the wave, from first to last: %s%s; or by the order of "
        "the <survey>s with wave=\"...\"",
        place->line ? "" : " in a study.xml,", npt__buffer_string(&values),
        count > MOST_LISTED ? "..." : "");
    npt__buffer_release(&list);
    npt__buffer_release(&values);
}

void npt__warn_of_surveys(const npt_study *study, npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    for (size_t i = 0; i < responses->surveys.count; i++) {
        const struct npt__survey *survey = &responses->surveys.items[i];
        warn_of_rows(survey, diags);
        warn_of_unanswered(study, survey, diags);
        warn_of_direction(study, survey, diags);
        warn_of_attributes(study, survey, diags);
    }
    warn_of_waves(study, diags);
    if (responses->respondents.strings.count)
        warn_of_ids(study, diags);
}
