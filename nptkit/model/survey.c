/* survey.c - finding one's way among responses.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey.h"

#include <string.h>

void npt__responses_release(struct npt__responses *responses)
{
    for (size_t i = 0; i < responses->instruments.count; i++)
        npt_instrument_free(responses->instruments.items[i]);
    for (size_t i = 0; i < responses->items.count; i++)
        npt__release(responses->items.items[i].answers);
    for (size_t i = 0; i < responses->constructs.count; i++)
        npt__array_release(&responses->constructs.items[i].items);
    for (size_t i = 0; i < responses->attributes.count; i++) {
        npt__intern_release(&responses->attributes.items[i].values);
        npt__release(responses->attributes.items[i].of_response);
    }
    for (size_t i = 0; i < responses->surveys.count; i++) {
        npt__array_release(&responses->surveys.items[i].columns);
        npt__array_release(&responses->surveys.items[i].doubts);
        npt__array_release(&responses->surveys.items[i].remarks);
    }
    npt__array_release(&responses->instruments);
    npt__array_release(&responses->items);
    npt__array_release(&responses->constructs);
    npt__array_release(&responses->kinds);
    npt__array_release(&responses->attributes);
    npt__array_release(&responses->surveys);
    npt__array_release(&responses->invited);
    npt__intern_release(&responses->respondents);
    npt__release(responses->respondent);
    npt__release(responses->line);
}

uint32_t npt__responses_key(const struct npt__responses *responses, const char *key)
{
    for (uint32_t i = 0; i < responses->attributes.count; i++) {
        const char *other = responses->attributes.items[i].key;
        if (other && strcmp(other, key) == 0)
            return i;
    }
    return NPT__NONE;
}

uint32_t npt__responses_find(const struct npt__responses *responses, const char *name)
{
    const uint32_t by_key = npt__responses_key(responses, name);
    if (by_key != NPT__NONE)
        return by_key;
    for (uint32_t i = 0; i < responses->attributes.count; i++)
        if (strcmp(responses->attributes.items[i].name, name) == 0)
            return i;
    npt__arena *scratch = npt__arena_new();
    const char *folded = npt__fold_name(scratch, name);
    uint32_t found = NPT__NONE;
    for (uint32_t i = 0; i < responses->attributes.count && found == NPT__NONE; i++) {
        const struct npt__response_attribute *attribute = &responses->attributes.items[i];
        if (strcmp(attribute->folded, folded) == 0 ||
            (attribute->key && strcmp(npt__fold_name(scratch, attribute->key), folded) == 0))
            found = i;
    }
    npt__arena_free(scratch);
    return found;
}

const char *npt__response_attribute_key(const struct npt__responses *responses, uint32_t attribute)
{
    const struct npt__response_attribute *found = &responses->attributes.items[attribute];
    return found->key ? found->key : found->name;
}

const char *npt__response_value(const struct npt__responses *responses, uint32_t attribute,
                                uint32_t response)
{
    const struct npt__response_attribute *found = &responses->attributes.items[attribute];
    const uint32_t value = found->of_response[response];
    return value == NPT__NONE ? NULL : found->values.strings.items[value];
}

const struct npt__survey *npt__response_survey(const struct npt__responses *responses,
                                               uint32_t response)
{
    for (size_t i = 0; i < responses->surveys.count; i++) {
        const struct npt__survey *survey = &responses->surveys.items[i];
        if (response - survey->first_response < survey->response_count)
            return survey;
    }
    return NULL;
}
