/* survey_waves.c - the waves that study.xml lists, and those of the responses put in order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../model/waves.h"

#include "survey_read.h"

#include <string.h>

static void list(npt_study *study, const char *wave)
{
    const size_t length = strlen(wave);
    npt__intern_add(&study->waves, study->arena, wave, length, npt__intern_hash(wave, length));
}

/* As npt__responses_find() finds it: by its key, or by its name. */
static bool is_wave(npt__arena *scratch, const struct npt__manifest_column *column)
{
    const char *const names[] = {column->as.value, column->as.value ? column->name.value : NULL};
    for (size_t i = 0; i < 2; i++)
        if (names[i] && strcmp(npt__fold_name(scratch, names[i]), "wave") == 0)
            return true;
    return false;
}

/* Where the order of waves can be said. The line is kept with it: the manifest will be gone. */
static void keep_place(npt_study *study, struct npt__place place)
{
    if (study->responses.waves_place.line)
        return;
    place.file = npt__arena_string(study->arena, place.file);
    if (place.excerpt)
        place.excerpt = npt__arena_copy(study->arena, place.excerpt, place.excerpt_length);
    study->responses.waves_place = place;
}

void npt__list_waves(npt_study *study, const struct npt__manifest *manifest)
{
    npt__arena *scratch = npt__arena_new();
    for (size_t i = 0; i < manifest->surveys.count; i++) {
        const struct npt__manifest_survey *survey = &manifest->surveys.items[i];
        if (survey->wave.value)
            list(study, survey->wave.value);
        for (size_t j = 0; j < survey->columns.count; j++) {
            const struct npt__manifest_column *column = &survey->columns.items[j];
            if (!is_wave(scratch, column))
                continue;
            keep_place(study, column->as.place);
            for (size_t k = 0; k < column->values.count; k++)
                list(study, column->values.items[k].to.value);
        }
    }
    npt__arena_free(scratch);
}

void npt__settle_waves(npt_study *study)
{
    struct npt__responses *responses = &study->responses;
    const uint32_t wave = npt__responses_find(responses, "wave");
    if (wave == NPT__NONE)
        return;
    struct npt__response_attribute *attribute = &responses->attributes.items[wave];
    const size_t count = attribute->values.strings.count;
    uint32_t *order = npt__allocate((count + 1) * sizeof *order);
    uint32_t *renamed = npt__allocate((count + 1) * sizeof *renamed);
    npt__intern values = {0};
    responses->waves_guessed =
        npt__order_waves(study, attribute->values.strings.items, count, order);
    for (uint32_t i = 0; i < count; i++) {
        const char *name = attribute->values.strings.items[order[i]];
        const size_t length = strlen(name);
        renamed[order[i]] =
            npt__intern_add(&values, study->arena, name, length, npt__intern_hash(name, length));
    }
    npt__survey_renumber(responses, attribute, renamed, values);
    npt__release(renamed);
    npt__release(order);
}
