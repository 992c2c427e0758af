/* study_codes.c - what the codes of a study stand for: as study.xml says, and by their names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "study_codes.h"

#include "../model/match.h"

#include <string.h>

struct matching {
    npt_study *study;
    npt_diags *diags;
};

static void map_code(struct matching *matching, const struct npt__manifest_map *map)
{
    npt_study *study = matching->study;
    uint32_t code = npt__study_find_code(study, map->code.value);
    bool none = strcmp(map->to.value, "none") == 0; /* the study says: it stands for nothing */
    uint32_t construct = none ? NPT__NONE : npt__construct_find(study->codebook, map->to.value);
    if (code == NPT__NONE) {
        npt__say(matching->diags, NPT_ERROR, &map->code.place,
                 "the project has no code '%s', or several of that name", map->code.value);
        const char *near = npt__study_nearest_code(study, map->code.value);
        if (near)
            npt__hint(matching->diags,
                      "did you mean '%s'; codes of one name are told apart by their path, "
                      "as in 'Theme > Code'",
                      near);
    }
    if (construct == NPT__NONE && !none) {
        npt__say(matching->diags, NPT_ERROR, &map->to.place,
                 "'%s' is no construct of the codebook '%s'", map->to.value, study->codebook->name);
        const char *near = npt__construct_nearest(study->codebook, map->to.value);
        if (near)
            npt__hint(matching->diags, "did you mean '%s'", near);
        else
            npt__hint(matching->diags, "see: nptkit codebook show %s", study->codebook->name);
    }
    if (code != NPT__NONE && study->codes.items[code].match == NPT__BY_MAP &&
        study->codes.items[code].construct != construct) {
        npt__say(matching->diags, NPT_ERROR, &map->code.place, "the code '%s' is mapped twice",
                 map->code.value);
        npt__hint(matching->diags,
                  "a code stands for one construct; what fits two is coded to two");
        return;
    }
    if (code != NPT__NONE && (construct != NPT__NONE || none)) {
        study->codes.items[code].construct = construct;
        study->codes.items[code].match = NPT__BY_MAP;
    }
}

static bool mark_valence(struct matching *matching, const struct npt__setting *setting,
                         bool barrier)
{
    if (!setting->value)
        return false;
    npt_study *study = matching->study;
    uint32_t code = npt__study_find_code(study, setting->value);
    if (code == NPT__NONE) {
        npt__say(matching->diags, NPT_ERROR, &setting->place,
                 "the project has no code '%s', or several of that name", setting->value);
        const char *near = npt__study_nearest_code(study, setting->value);
        if (near)
            npt__hint(matching->diags, "did you mean '%s'", near);
        return true;
    }
    study->codes.items[code].barrier |= barrier;
    study->codes.items[code].facilitator |= !barrier;
    return true;
}

enum npt_status npt__settle_codes(npt_study *study, const struct npt__manifest *manifest,
                                  npt_diags *diags)
{
    struct matching matching = {study, diags};
    size_t faults = npt_diags_count(diags, NPT_ERROR);
    bool declared = false;
    for (size_t i = 0; i < manifest->codings.count; i++) {
        const struct npt__manifest_coding *coding = &manifest->codings.items[i];
        for (size_t j = 0; j < coding->maps.count; j++)
            map_code(&matching, &coding->maps.items[j]);
        declared |= mark_valence(&matching, &coding->barrier, true);
        declared |= mark_valence(&matching, &coding->facilitator, false);
    }
    npt__match_codes(study);
    npt_codebook *valence = NULL;
    if (declared)
        npt__spread_valence(study);
    else if (npt_codebook_open(&valence, "barriers-facilitators", diags) == NPT_OK)
        npt__match_valence(study, valence);
    npt_codebook_free(valence);
    return npt_diags_count(diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : NPT_OK;
}
