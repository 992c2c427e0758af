/* survey_instrument.c - the questionnaire of a survey: its items and constructs become the study's.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "survey_plan.h"

#include <string.h>

static uint32_t find_item(const struct npt__responses *responses, const char *id)
{
    for (uint32_t i = 0; i < responses->items.count; i++)
        if (strcmp(responses->items.items[i].item->id, id) == 0)
            return i;
    return NPT__NONE;
}

/* A construct of the study by name; a new one stands before the totals. */
static uint32_t add_construct(struct npt__responses *responses, const char *name, bool total,
                              double min_answered)
{
    uint32_t place = 0;
    for (uint32_t i = 0; i < responses->constructs.count; i++) {
        const struct npt__study_construct *other = &responses->constructs.items[i];
        if (other->total == total && strcmp(other->name, name) == 0)
            return i;
        place += !other->total || total;
    }
    npt__array_add(&responses->constructs);
    struct npt__study_construct *items = responses->constructs.items;
    for (uint32_t i = (uint32_t)responses->constructs.count - 1; i > place; i--)
        items[i] = items[i - 1];
    items[place] =
        (struct npt__study_construct){.name = name, .total = total, .min_answered = min_answered};
    return place;
}

static void add_to_construct(struct npt__study_construct *construct, uint32_t item)
{
    for (size_t i = 0; i < construct->items.count; i++)
        if (construct->items.items[i] == item)
            return;
    *npt__array_add(&construct->items) = item;
}

static void add_kinds(struct npt__responses *responses, const npt_instrument *instrument)
{
    for (size_t i = 0; i < instrument->not_relevant_count; i++) {
        const struct npt__not_relevant *kind = &instrument->not_relevant[i];
        bool known = false;
        for (size_t j = 0; j < responses->kinds.count; j++)
            known |= strcmp(responses->kinds.items[j].id, kind->id) == 0;
        if (!known)
            *npt__array_add(&responses->kinds) = *kind;
    }
}

/* Whether every item that the study has already runs over the same scale. */
static bool fits(const struct npt__responses *responses, const npt_instrument *instrument,
                 const struct npt__setting *name, npt_diags *diags)
{
    bool fit = true;
    for (size_t i = 0; i < instrument->item_count; i++) {
        const struct npt__item *item = &instrument->items[i];
        const struct npt__scale *scale = &instrument->scales[item->scale];
        const uint32_t known = find_item(responses, item->id);
        const struct npt__study_item *other =
            known == NPT__NONE ? NULL : &responses->items.items[known];
        if (!other || (other->scale->least == scale->least && other->scale->most == scale->most &&
                       other->item->reversed == item->reversed))
            continue;
        npt__say(diags, NPT_ERROR, &name->place,
                 "the item %s of '%s' has another scale than in another instrument of the study",
                 item->id, instrument->id);
        npt__hint(diags, "give items that differ ids that differ");
        fit = false;
    }
    for (size_t i = 0; i < instrument->construct_count; i++)
        for (size_t j = 0; j < responses->constructs.count; j++) {
            const struct npt__study_construct *other = &responses->constructs.items[j];
            if (strcmp(other->name, instrument->constructs[i].name) != 0 ||
                other->min_answered == instrument->min_answered)
                continue;
            npt__say(diags, NPT_ERROR, &name->place,
                     "the construct '%s' of '%s' has another min-answered than in another "
                     "instrument of the study",
                     other->name, instrument->id);
            npt__hint(diags, "one construct is scored by one rule; make them agree");
            fit = false;
        }
    return fit;
}

static void add_items(struct npt__responses *responses, const npt_instrument *instrument)
{
    uint32_t total = NPT__NONE;
    for (size_t i = 0; i < instrument->construct_count; i++)
        add_construct(responses, instrument->constructs[i].name, false, instrument->min_answered);
    if (instrument->total)
        total = add_construct(responses, instrument->total, true, instrument->min_answered);
    for (size_t i = 0; i < instrument->item_count; i++) {
        const struct npt__item *item = &instrument->items[i];
        uint32_t index = find_item(responses, item->id), construct = NPT__NONE;
        if (item->construct != NPT__NONE)
            construct = add_construct(responses, instrument->constructs[item->construct].name,
                                      false, instrument->min_answered);
        if (index == NPT__NONE) {
            index = (uint32_t)responses->items.count;
            *npt__array_add(&responses->items) = (struct npt__study_item){
                .item = item, .scale = &instrument->scales[item->scale], .construct = construct};
            if (responses->room) {
                uint8_t *answers = npt__allocate(responses->room);
                memset(answers, NPT__NOT_ASKED, responses->count);
                responses->items.items[index].answers = answers;
            }
        }
        if (construct == NPT__NONE)
            continue;
        add_to_construct(&responses->constructs.items[construct], index);
        if (total != NPT__NONE)
            add_to_construct(&responses->constructs.items[total], index);
    }
}

static const npt_instrument *find_instrument(const struct npt__responses *responses,
                                             const char *name)
{
    for (size_t i = 0; i < responses->instruments.count; i++) {
        const npt_instrument *instrument = responses->instruments.items[i];
        if (strcmp(instrument->path ? instrument->path : instrument->id, name) == 0)
            return instrument;
    }
    return NULL;
}

const npt_instrument *npt__survey_instrument(npt_study *study, const struct npt__setting *name,
                                             npt_diags *diags)
{
    struct npt__responses *responses = &study->responses;
    const bool is_file = strchr(name->value, '.') || strchr(name->value, '/');
    const char *path = is_file && study->from_manifest
                           ? npt__path_beside(study->arena, study->label, name->value)
                           : name->value;
    const npt_instrument *known = find_instrument(responses, path);
    if (known)
        return known;
    npt_instrument *instrument = NULL;
    if (npt_instrument_open(&instrument, path, diags) != NPT_OK)
        return NULL;
    *npt__array_add(&responses->instruments) = instrument;
    if (!fits(responses, instrument, name, diags))
        return NULL;
    if (is_file) {
        *npt__array_add(&study->inputs) =
            (struct npt__study_input){.path = npt__arena_string(study->arena, path)};
    }
    add_kinds(responses, instrument);
    if (responses->kinds.count > NPT__MOST_KINDS) {
        npt__say(diags, NPT_ERROR, &name->place,
                 "the instruments of the study have more than %u kinds of not-relevant answers",
                 NPT__MOST_KINDS);
        return NULL;
    }
    add_items(responses, instrument);
    return instrument;
}
