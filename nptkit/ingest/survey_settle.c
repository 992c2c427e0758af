/* survey_settle.c - what only all files of responses together show: sites, values that look alike, the order of waves.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_read.h"

#include <string.h>

#define MOST_SHOWN 20u /* messages of a file */

/* The site that has this id or name, letter for letter. */
static const struct npt__site *find_site(const npt_study *study, const char *value)
{
    for (size_t i = 0; i < study->sites.count; i++)
        if (strcmp(study->sites.items[i].name, value) == 0 ||
            strcmp(study->sites.items[i].id, value) == 0)
            return &study->sites.items[i];
    return NULL;
}

static size_t count_value(const struct npt__responses *responses,
                          const struct npt__response_attribute *attribute, uint32_t value)
{
    size_t count = 0;
    for (uint32_t i = 0; i < responses->count; i++)
        count += attribute->of_response[i] == value;
    return count;
}

static void refuse_site(const npt_study *study, const struct npt__response_attribute *attribute,
                        uint32_t number, npt_diags *diags)
{
    const char *value = attribute->values.strings.items[number];
    if (npt_diags_count(diags, NPT_ERROR) >= MOST_SHOWN) { /* it is only counted */
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = study->label}, "no <site>");
        return;
    }
    npt__arena *scratch = npt__arena_new();
    const char *folded = npt__fold_name(scratch, value), *same = NULL;
    const char **names = npt__arena_array(scratch, 2 * study->sites.count, sizeof *names);
    for (size_t i = 0; i < study->sites.count; i++) {
        names[2 * i] = npt__fold_name(scratch, study->sites.items[i].name);
        names[2 * i + 1] = npt__fold_name(scratch, study->sites.items[i].id);
        if (strcmp(names[2 * i], folded) == 0 || strcmp(names[2 * i + 1], folded) == 0)
            same = study->sites.items[i].name;
    }
    const size_t count = count_value(&study->responses, attribute, number);
    const uint32_t near = npt__nearest(folded, names, 2 * study->sites.count);
    const char *meant =
        same ? same : (near == NPT__NONE ? NULL : study->sites.items[near / 2].name);
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = study->label},
             "%zu response%s the site '%s', which is no <site> of the study", count,
             count == 1 ? " has" : "s have", value);
    if (meant)
        npt__hint(diags, "%s '%s'? say so within its <column>: <value from=\"%s\" to=\"%s\"/>",
                  same ? "is it the same as" : "did you mean", meant, value, meant);
    else
        npt__hint(diags,
                  "add the site: <site id=\"...\" name=\"%s\"/>, or recode it within its "
                  "<column>: <value from=\"%s\" to=\"...\"/>",
                  value, value);
    npt__arena_free(scratch);
}

void npt__survey_renumber(struct npt__responses *responses,
                          struct npt__response_attribute *attribute, const uint32_t *renamed,
                          npt__intern values)
{
    for (uint32_t i = 0; i < responses->count; i++)
        if (attribute->of_response[i] != NPT__NONE)
            attribute->of_response[i] = renamed[attribute->of_response[i]];
    npt__intern_release(&attribute->values);
    attribute->values = values;
}

/* Values that are a site's id become its name; two values may then be one. */
static enum npt_status name_sites(npt_study *study, struct npt__response_attribute *attribute,
                                  npt_diags *diags)
{
    const size_t count = attribute->values.strings.count;
    uint32_t *renamed = npt__allocate((count + 1) * sizeof *renamed);
    npt__intern names = {0};
    enum npt_status status = NPT_OK;
    for (uint32_t i = 0; i < count; i++) {
        const char *value = attribute->values.strings.items[i];
        const struct npt__site *site = find_site(study, value);
        if (!site) {
            refuse_site(study, attribute, i, diags);
            status = NPT_BAD_INPUT;
        }
        const char *name = site ? site->name : value;
        const size_t length = strlen(name);
        renamed[i] =
            npt__intern_add(&names, study->arena, name, length, npt__intern_hash(name, length));
    }
    npt__survey_renumber(&study->responses, attribute, renamed, names);
    npt__release(renamed);
    return status;
}

/* Values that only case or blanks tell apart: two values, and probably one that was meant. */
static void compare_values(const npt_study *study, const struct npt__response_attribute *attribute,
                           npt_diags *diags)
{
    npt__arena *scratch = npt__arena_new();
    npt__intern folded = {0};
    const size_t count = attribute->values.strings.count;
    uint32_t *first = npt__arena_array(scratch, count, sizeof *first);
    for (uint32_t i = 0; i < count; i++) {
        const char *value = attribute->values.strings.items[i];
        const char *name = npt__fold_name(scratch, value);
        const size_t length = strlen(name), before = folded.strings.count;
        const uint32_t number =
            npt__intern_add(&folded, scratch, name, length, npt__intern_hash(name, length));
        if (folded.strings.count > before) {
            first[number] = i;
            continue;
        }
        npt__say(
            diags, NPT_WARNING, &(struct npt__place){.file = study->label},
            "'%s' and '%s' in '%s' differ only by case or blanks; they are counted as two values",
            attribute->values.strings.items[first[number]], value, attribute->name);
        if (study->from_manifest)
            npt__hint(diags,
                      "if they are one, say so within the <column>: <value from=\"%s\" "
                      "to=\"%s\"/>",
                      value, attribute->values.strings.items[first[number]]);
        else
            npt__hint(diags, "if they are one, correct the file, or recode them in a study.xml");
    }
    npt__intern_release(&folded);
    npt__arena_free(scratch);
}

/* Whether some value is an e-mail address, whatever the column is called. */
static bool holds_addresses(const struct npt__response_attribute *attribute)
{
    for (size_t i = 0; i < attribute->values.strings.count; i++) {
        const char *at = strchr(attribute->values.strings.items[i], '@');
        if (at && at > attribute->values.strings.items[i] && strchr(at, '.'))
            return true;
    }
    return false;
}

enum npt_status npt__survey_settle(npt_study *study, npt_diags *diags)
{
    struct npt__responses *responses = &study->responses;
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < responses->attributes.count; i++) {
        struct npt__response_attribute *attribute = &responses->attributes.items[i];
        if (!study->from_manifest && holds_addresses(attribute))
            attribute->too_many = true; /* nobody asked for it, and it tells who answered */
        if (attribute->too_many && study->from_manifest && attribute->key &&
            (strcmp(attribute->key, "site") == 0 || strcmp(attribute->key, "wave") == 0)) {
            npt__say(
                diags, NPT_ERROR, &(struct npt__place){.file = study->label},
                "the column that is the %s has more than 10,000 different values, or one of more "
                "than 1,000 bytes",
                attribute->key);
            npt__hint(diags, "is it the right column, or is a quote missing in the file?");
            status = NPT_BAD_INPUT;
        }
        if (attribute->too_many) { /* free text, or something that tells people apart */
            npt__intern_release(&attribute->values);
            for (uint32_t j = 0; j < responses->count; j++)
                attribute->of_response[j] = NPT__NONE;
            continue;
        }
        if (study->sites.count && attribute->key && strcmp(attribute->key, "site") == 0) {
            const enum npt_status named = name_sites(study, attribute, diags);
            status = named == NPT_OK ? status : named;
        } else if (!responses->is_draft) { /* a draft proposes how to recode them */
            compare_values(study, attribute, diags);
        }
    }
    npt__settle_waves(study);
    return status;
}
