/* survey_read.c - files of responses into the study, block by block.
 *
 * The study's numbers for texts are given when blocks are taken in, in the order of the file, so that they do
 * not depend on the number of threads.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_read.h"

#include "../base/file.h"
#include "survey_block.h"

#include <string.h>

#define MOST_VALUES 10000u /* of an attribute: more cannot be compared */
#define MOST_RESPONSES 100000000u
#define AHEAD 16u
#define LONGEST_SHOWN 40u /* characters of a column's name in a message */

struct reading {
    struct npt__survey_plan plan;
    npt__rows *rows;
    size_t fault_count;
    bool direction_said, planned, too_many;
    bool hinted, hinted_name;
};

/* ---- taking blocks in ------------------------------------------------------------------------ */

/* The label of the item's scale that is nearly what stands in the cell; NULL. */
static const char *nearest_label(const struct npt__survey_plan *plan,
                                 const struct npt__survey_fault *fault, npt__arena *scratch)
{
    const struct npt__scale *scale = plan->columns[fault->column].reader.scale;
    const char **folded = npt__arena_array(scratch, scale->label_count, sizeof *folded);
    for (size_t i = 0; i < scale->label_count; i++)
        folded[i] = scale->labels[i].folded;
    const uint32_t near =
        npt__nearest(npt__fold_name(scratch, fault->text), folded, scale->label_count);
    return near == NPT__NONE ? NULL : scale->labels[near].label;
}

/* What to do about a cell that is no answer; each advice once for a file. */
static void advise(struct reading *reading, const struct npt__survey_fault *fault)
{
    const struct npt__survey_plan *plan = &reading->plan;
    const struct npt__responses *responses = &plan->study->responses;
    if (strncmp(fault->text, "Not relevant to", 15) == 0) { /* it names another intervention */
        if (!reading->hinted_name)
            npt__hint(plan->diags, plan->guess
                                       ? "say what was put into practice, as this label names it: "
                                         "--intervention '...'"
                                       : "say what was put into practice, as this label names it: "
                                         "<study intervention=\"...\">");
        reading->hinted_name = true;
        return;
    }
    if (reading->hinted)
        return;
    reading->hinted = true;
    if (fault->answer == NPT__CONTRADICTION) {
        npt__hint(plan->diags,
                  plan->guess
                      ? "correct the cell; if most cells say so, --agree names the wrong end"
                      : "correct the cell; if most cells say so, agree=\"...\" in <survey> "
                        "names the wrong end");
        return;
    }
    npt__arena *scratch = npt__arena_new();
    const char *near = nearest_label(plan, fault, scratch);
    npt__hint(
        plan->diags,
        plan->guess
            ? "%scorrect the cell, or say what it stands for: --missing '%s', or --not-relevant "
              "'%s=%s'"
            : "%scorrect the cell, or say in <survey> what it stands for: <missing value=\"%s\"/>, "
              "<not-relevant value=\"%s\" kind=\"%s\"/>, or, if it is an answer, <answer value=... "
              "means=.../>",
        near ? npt__arena_print(scratch, "did you mean '%s'? ", near) : "", fault->text,
        fault->text, responses->kinds.count ? responses->kinds.items[0].id : "role");
    npt__arena_free(scratch);
}

static void report_fault(struct reading *reading, const struct npt__survey_fault *fault)
{
    const struct npt__survey_plan *plan = &reading->plan;
    const struct npt__responses *responses = &plan->study->responses;
    const char *column = responses->surveys.items[plan->survey].columns.items[fault->column].name;
    const struct npt__planned_column *planned = &plan->columns[fault->column];
    const struct npt__scale *scale = planned->reader.scale;
    const char *item = responses->items.items[planned->index].item->id;
    const struct npt__place place = npt__rows_place(reading->rows, fault->spot);
    npt__arena *scratch = npt__arena_new();
    const size_t length = strlen(column), cut = npt__utf8_offset(column, length, LONGEST_SHOWN);
    const char *name =
        npt__arena_print(scratch, "%.*s%s", (int)cut, column, cut < length ? "..." : "");
    if (fault->answer == NPT__NO_DIRECTION && !reading->direction_said) {
        reading->direction_said = true;
        npt__say(plan->diags, NPT_ERROR, &place,
                 "'%s' in column '%s': which end of the scale means agreement is not declared",
                 fault->text, name);
        npt__hint(plan->diags,
                  plan->guess
                      ? "say what stands for the strongest agreement: --agree %d, or --agree %d"
                      : "say in <survey> what stands for the strongest agreement: agree=\"%d\", "
                        "or agree=\"%d\"",
                  scale->most, scale->least);
    } else if (fault->answer == NPT__CONTRADICTION) {
        npt__say(plan->diags, NPT_ERROR, &place,
                 "'%s' in column '%s': number and label contradict each other on the scale of item "
                 "%s",
                 fault->text, name, item);
        advise(reading, fault);
    } else if (fault->answer == NPT__NO_ANSWER) {
        npt__say(plan->diags, NPT_ERROR, &place,
                 "'%s' in column '%s' is outside the %d-%d scale of item %s", fault->text, name,
                 scale->least, scale->most, item);
        advise(reading, fault);
    }
    npt__arena_free(scratch);
}

static void *grown(void *old, size_t count, size_t size)
{
    return npt__reallocate(old, count * size);
}

static void reserve(struct npt__responses *responses, uint32_t more)
{
    if (responses->room - responses->count >= more)
        return;
    uint32_t room = responses->room ? responses->room + responses->room / 2 : 1024;
    if (room < responses->count + more)
        room = responses->count + more;
    responses->room = room;
    for (size_t i = 0; i < responses->items.count; i++)
        responses->items.items[i].answers = grown(responses->items.items[i].answers, room, 1);
    for (size_t i = 0; i < responses->attributes.count; i++)
        responses->attributes.items[i].of_response =
            grown(responses->attributes.items[i].of_response, room, sizeof(uint32_t));
    responses->respondent = grown(responses->respondent, room, sizeof(uint32_t));
    responses->line = grown(responses->line, room, sizeof(uint32_t));
}

/* The study's number for a value of the file, recoded where the study says so. */
static uint32_t number_value(const struct npt__survey_plan *plan,
                             const struct npt__planned_column *planned, const char *text)
{
    struct npt__response_attribute *attribute =
        &plan->study->responses.attributes.items[planned->index];
    for (size_t i = 0; planned->declared && i < planned->declared->values.count; i++)
        if (strcmp(planned->declared->values.items[i].from.value, text) == 0) {
            text = planned->declared->values.items[i].to.value;
            break;
        }
    if (attribute->too_many)
        return NPT__NONE;
    const size_t length = strlen(text);
    const uint32_t hash = npt__intern_hash(text, length);
    if (attribute->values.strings.count >= MOST_VALUES &&
        npt__intern_find(&attribute->values, text, length, hash) == UINT32_MAX) {
        attribute->too_many = true;
        return NPT__NONE;
    }
    return npt__intern_add(&attribute->values, plan->study->arena, text, length, hash);
}

static void take_values(const struct npt__survey_plan *plan, const struct npt__survey_block *block)
{
    struct npt__responses *responses = &plan->study->responses;
    for (size_t i = 0; i < plan->count; i++) {
        const struct npt__planned_column *planned = &plan->columns[i];
        if (planned->role != NPT__IS_ATTRIBUTE)
            continue;
        const npt__intern *texts = &block->texts[planned->lane];
        responses->attributes.items[planned->index].too_many |= block->too_long[planned->lane];
        uint32_t *numbers = npt__allocate((texts->strings.count + 1) * sizeof *numbers);
        for (size_t j = 0; j < texts->strings.count; j++)
            numbers[j] = number_value(plan, planned, texts->strings.items[j]);
        const uint32_t *from = block->values + (size_t)planned->lane * block->room;
        uint32_t *to = responses->attributes.items[planned->index].of_response + responses->count;
        for (uint32_t j = 0; j < block->count; j++)
            to[j] = from[j] == NPT__NONE ? NPT__NONE : numbers[from[j]];
        npt__release(numbers);
    }
}

static void take_ids(const struct npt__survey_plan *plan, const struct npt__survey_block *block)
{
    struct npt__responses *responses = &plan->study->responses;
    uint32_t *numbers = npt__allocate((block->id_texts.count + 1) * sizeof *numbers);
    for (size_t j = 0; j < block->id_texts.count; j++) {
        const struct npt__survey_id *id = &block->id_texts.items[j];
        if (j + AHEAD < block->id_texts.count) /* the set is larger than the cache */
            npt__intern_prefetch(&responses->respondents, id[AHEAD].hash);
        numbers[j] = npt__intern_add(&responses->respondents, plan->study->arena, id->text,
                                     id->length, id->hash);
    }
    for (uint32_t j = 0; j < block->count; j++)
        responses->respondent[responses->count + j] =
            block->ids[j] == NPT__NONE ? NPT__NONE : numbers[block->ids[j]];
    npt__release(numbers);
}

static void *begin_block(void *user)
{
    const struct reading *reading = user;
    return npt__survey_block_new(&reading->plan);
}

static void end_block(void *user, void *state)
{
    struct reading *reading = user;
    const struct npt__survey_plan *plan = &reading->plan;
    struct npt__responses *responses = &plan->study->responses;
    struct npt__survey_block *block = state;
    for (size_t i = 0; i < block->faults.count; i++)
        report_fault(reading, &block->faults.items[i]);
    for (size_t i = block->faults.count; i < block->fault_count; i++) /* to be counted with them */
        npt__say(plan->diags, NPT_ERROR,
                 &(struct npt__place){.file = responses->surveys.items[plan->survey].path},
                 "outside its scale");
    reading->fault_count += block->fault_count;
    reading->too_many |= block->count > MOST_RESPONSES - responses->count;
    if (block->count && !reading->too_many) {
        reserve(responses, block->count);
        for (size_t i = 0; i < plan->count; i++) {
            const struct npt__planned_column *planned = &plan->columns[i];
            if (planned->role == NPT__IS_ITEM)
                memcpy(responses->items.items[planned->index].answers + responses->count,
                       block->answers + (size_t)planned->lane * block->room, block->count);
        }
        take_values(plan, block);
        take_ids(plan, block);
        memcpy(responses->line + responses->count, block->lines,
               block->count * sizeof *block->lines);
        responses->count += block->count;
        responses->surveys.items[plan->survey].unanswered += block->unanswered;
    }
    npt__survey_block_free(block);
}

/* ---- a whole file ---------------------------------------------------------------------------- */

static bool take_columns(void *user, const struct npt__columns *columns)
{
    struct reading *reading = user;
    reading->planned = npt__survey_plan(&reading->plan, columns);
    if (reading->planned) /* items and attributes may be new: they need arrays, too */
        reserve(&reading->plan.study->responses, 1);
    return reading->planned;
}

/* Gives all responses of the file one value of an attribute: its wave, its site. */
static void fill(struct npt__responses *responses, npt__arena *arena, const char *key,
                 const char *value, uint32_t first)
{
    const uint32_t known = npt__responses_key(responses, key);
    struct npt__response_attribute *attribute =
        known == NPT__NONE ? NULL : &responses->attributes.items[known];
    if (!attribute) {
        attribute = npt__array_add(&responses->attributes);
        *attribute = (struct npt__response_attribute){.name = key, .folded = key, .key = key};
        attribute->of_response = npt__allocate(responses->room * sizeof(uint32_t));
        for (uint32_t i = 0; i < first; i++)
            attribute->of_response[i] = NPT__NONE;
    }
    const size_t length = strlen(value);
    const uint32_t number =
        npt__intern_add(&attribute->values, arena, value, length, npt__intern_hash(value, length));
    for (uint32_t i = first; i < responses->count; i++)
        attribute->of_response[i] = number;
}

/* What the file does not have is filled for its responses. */
static void complete(struct reading *reading)
{
    const struct npt__survey_plan *plan = &reading->plan;
    struct npt__responses *responses = &plan->study->responses;
    struct npt__survey *survey = &responses->surveys.items[plan->survey];
    const uint32_t first = survey->first_response;
    survey->response_count = responses->count - first;
    bool *has = npt__allocate(responses->items.count + responses->attributes.count + 1);
    memset(has, 0, responses->items.count + responses->attributes.count);
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->columns[i].role == NPT__IS_ITEM)
            has[plan->columns[i].index] = true;
        else if (plan->columns[i].role == NPT__IS_ATTRIBUTE)
            has[responses->items.count + plan->columns[i].index] = true;
    }
    for (size_t i = 0; i < responses->items.count; i++)
        if (!has[i])
            memset(responses->items.items[i].answers + first, NPT__NOT_ASKED,
                   survey->response_count);
    for (size_t i = 0; i < responses->attributes.count; i++)
        for (uint32_t j = first; !has[responses->items.count + i] && j < responses->count; j++)
            responses->attributes.items[i].of_response[j] = NPT__NONE;
    npt__release(has);
    if (survey->wave)
        fill(responses, plan->study->arena, "wave", survey->wave, first);
    if (survey->site)
        fill(responses, plan->study->arena, "site", survey->site, first);
}

/* A key that stands for the whole file and for a column would contradict itself. */
static bool check_whole_file(const struct npt__survey_plan *plan)
{
    const struct npt__setting *whole[] = {&plan->declared->wave, &plan->declared->site};
    static const char *const keys[] = {"wave", "site"};
    bool good = true;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; whole[i]->value && j < plan->declared->columns.count; j++) {
            const struct npt__setting *as = &plan->declared->columns.items[j].as;
            if (!as->value || strcmp(as->value, keys[i]) != 0)
                continue;
            npt__say(plan->diags, NPT_ERROR, &as->place,
                     "<survey> has %s=\"%s\" for the whole file, and a column as %s", keys[i],
                     whole[i]->value, keys[i]);
            npt__hint(plan->diags, "keep one of them");
            good = false;
        }
    return good;
}

static void account(struct reading *reading)
{
    struct npt__survey *survey =
        &reading->plan.study->responses.surveys.items[reading->plan.survey];
    const struct npt__rows_account account = npt__rows_account(reading->rows);
    survey->empty_rows = account.empty_rows;
    survey->hidden_rows = account.hidden_rows;
    if (account.sheet)
        survey->sheet = npt__arena_string(reading->plan.study->arena, account.sheet);
}

enum npt_status npt__survey_read(npt_study *study, const struct npt__manifest_survey *declared,
                                 const char *path, bool guess, unsigned threads, npt_diags *diags)
{
    struct npt__responses *responses = &study->responses;
    const npt_instrument *instrument = npt__survey_instrument(study, &declared->instrument, diags);
    if (!instrument)
        return NPT_BAD_INPUT;
    struct reading reading = {.plan = {.study = study,
                                       .declared = declared,
                                       .guess = guess,
                                       .diags = diags,
                                       .survey = (uint32_t)responses->surveys.count}};
    if (!check_whole_file(&reading.plan))
        return NPT_BAD_INPUT;
    *npt__array_add(&responses->surveys) = (struct npt__survey){
        .path = npt__arena_string(study->arena, path),
        .label = npt__arena_string(study->arena, path),
        .instrument = instrument,
        .wave = declared->wave.value ? npt__arena_string(study->arena, declared->wave.value) : NULL,
        .site = declared->site_index == NPT__NONE ? NULL
                                                  : study->sites.items[declared->site_index].name,
        .agreement = declared->agreement,
        .first_response = responses->count};
    static const struct npt__rows_handler handler = {take_columns, begin_block,
                                                     npt__survey_block_take, end_block};
    const struct npt__rows_options options = {
        .sheet = declared->sheet.value, .header_rows = declared->header_rows, .threads = threads};
    enum npt_status status =
        npt__rows_read(&reading.rows, path, &options, &handler, &reading, diags);
    if (reading.rows)
        account(&reading);
    if (status == NPT_OK && reading.too_many) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
                 "the study has more than %u responses", MOST_RESPONSES);
        status = NPT_BAD_INPUT;
    }
    if (reading.planned && responses->room)
        complete(&reading);
    npt__rows_free(reading.rows);
    return status == NPT_OK && (!reading.planned || reading.fault_count) ? NPT_BAD_INPUT : status;
}
