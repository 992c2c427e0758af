/* match.c - which construct a project's code stands for.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "match.h"

#include <string.h>

struct matcher {
    const npt_codebook *codebook;
    npt__arena *arena;
    const char **paths; /* folded paths of the constructs */
    const char **names; /* folded names and other names of all constructs, for suggestions */
    uint32_t *owners;   /* the construct of each name */
    size_t name_count;
};

static void prepare(struct matcher *matcher, const npt_codebook *codebook)
{
    *matcher = (struct matcher){.codebook = codebook, .arena = npt__arena_new()};
    size_t names = 0;
    for (size_t i = 0; i < codebook->count; i++)
        names += codebook->constructs[i].folded_count;
    matcher->paths = npt__arena_array(matcher->arena, codebook->count, sizeof *matcher->paths);
    matcher->names = npt__arena_array(matcher->arena, names, sizeof *matcher->names);
    matcher->owners = npt__arena_array(matcher->arena, names, sizeof *matcher->owners);
    for (uint32_t i = 0; i < codebook->count; i++) {
        const struct npt__construct *construct = &codebook->constructs[i];
        matcher->paths[i] = npt__fold_code(matcher->arena, construct->path);
        for (size_t j = 0; j < construct->folded_count; j++) {
            matcher->names[matcher->name_count] = construct->folded[j];
            matcher->owners[matcher->name_count++] = i;
        }
    }
}

static uint32_t by_guid(const npt_codebook *codebook, struct npt__guid guid)
{
    for (uint32_t i = 0; i < codebook->count; i++)
        if (npt__guid_equal(codebook->constructs[i].code.guid, guid))
            return i;
    return NPT__NONE;
}

static uint32_t by_path(const struct matcher *matcher, const char *path)
{
    const char *folded = npt__fold_code(matcher->arena, path);
    for (uint32_t i = 0; i < matcher->codebook->count; i++)
        if (strcmp(matcher->paths[i], folded) == 0)
            return i;
    return NPT__NONE;
}

static uint32_t by_name(const struct matcher *matcher, const char *folded)
{
    for (size_t i = 0; i < matcher->name_count; i++)
        if (strcmp(matcher->names[i], folded) == 0)
            return matcher->owners[i];
    return NPT__NONE;
}

/* A folder's match (a domain) is worth knowing but decides nothing for the codes below it. */
static bool is_construct(const npt_codebook *codebook, uint32_t index)
{
    return index != NPT__NONE && codebook->constructs[index].level != NPT__DOMAIN;
}

bool npt__stands_for_none(const struct npt__study_code *code)
{
    return code->construct == NPT__NONE && code->match != NPT__UNMATCHED;
}

static void settle(struct npt__study_code *code, uint32_t construct, enum npt__match match)
{
    code->construct = construct;
    code->match = match;
}

/* A construct whose name is a part of the code's name, or nearly the same. */
static uint32_t suggest(const struct matcher *matcher, const char *folded)
{
    for (size_t i = 0; i < matcher->name_count; i++) {
        const char *name = matcher->names[i];
        const char *at = strlen(name) >= 6 ? strstr(folded, name) : NULL;
        size_t end = at ? (size_t)(at - folded) + strlen(name) : 0;
        if (at && (at == folded || at[-1] == ' ') && (!folded[end] || folded[end] == ' '))
            return matcher->owners[i];
    }
    uint32_t near = npt__nearest(folded, matcher->names, matcher->name_count);
    return near == NPT__NONE ? NPT__NONE : matcher->owners[near];
}

static void match_code(const struct matcher *matcher, npt_study *study,
                       struct npt__study_code *code)
{
    const npt_codebook *codebook = matcher->codebook;
    uint32_t above =
        code->parent == NPT__NONE ? NPT__NONE : study->codes.items[code->parent].construct;
    if (!is_construct(codebook, above))
        above = NPT__NONE;
    uint32_t found = by_guid(codebook, code->guid);
    if (found != NPT__NONE) {
        settle(code, found, NPT__BY_GUID);
        return;
    }
    found = by_path(matcher, code->path);
    if (found != NPT__NONE) {
        settle(code, found, NPT__BY_PATH);
        return;
    }
    const char *folded = npt__fold_code(matcher->arena, code->name);
    found = by_name(matcher, folded);
    if (found != NPT__NONE &&
        (above == NPT__NONE || npt__construct_within(codebook, found, above))) {
        settle(code, found, NPT__BY_NAME);
        return;
    }
    bool above_is_none = code->parent != NPT__NONE && above == NPT__NONE &&
                         npt__stands_for_none(&study->codes.items[code->parent]);
    if (above_is_none) {
        settle(code, NPT__NONE, NPT__BY_PARENT);
        return;
    }
    code->suggestion = found != NPT__NONE ? found : suggest(matcher, folded);
    if (above != NPT__NONE) {
        settle(code, above, NPT__BY_PARENT);
        if (code->suggestion == above)
            code->suggestion = NPT__NONE;
    }
}

/* A code without a match whose children all belong to one construct probably stands for it. */
static void suggest_from_children(npt_study *study)
{
    const npt_codebook *codebook = study->codebook;
    size_t count = study->codes.count;
    uint32_t *shared = npt__allocate(count * sizeof *shared);
    size_t *children = npt__allocate(count * sizeof *children);
    for (size_t i = 0; i < count; i++) {
        shared[i] = NPT__NONE;
        children[i] = 0;
    }
    for (size_t i = 0; i < count; i++) {
        const struct npt__study_code *code = &study->codes.items[i];
        if (code->parent == NPT__NONE || code->is_case)
            continue;
        uint32_t construct = code->construct == NPT__NONE
                                 ? NPT__NONE
                                 : codebook->constructs[code->construct].construct;
        shared[code->parent] =
            children[code->parent]++ && shared[code->parent] != construct ? NPT__NONE : construct;
    }
    for (size_t i = 0; i < count; i++) {
        struct npt__study_code *code = &study->codes.items[i];
        if (code->match == NPT__UNMATCHED && code->suggestion == NPT__NONE && children[i] > 1)
            code->suggestion = shared[i];
    }
    npt__release(shared);
    npt__release(children);
}

void npt__match_codes(npt_study *study)
{
    struct matcher matcher;
    prepare(&matcher, study->codebook);
    for (size_t i = 0; i < study->codes.count; i++) {
        struct npt__study_code *code = &study->codes.items[i];
        if (code->match == NPT__BY_MAP || code->is_case)
            continue;
        settle(code, NPT__NONE, NPT__UNMATCHED);
        code->suggestion = NPT__NONE;
        match_code(&matcher, study, code);
    }
    suggest_from_children(study);
    npt__arena_free(matcher.arena);
}

void npt__match_valence(npt_study *study, const npt_codebook *valence)
{
    uint32_t barriers = npt__construct_find(valence, "Barriers");
    uint32_t facilitators = npt__construct_find(valence, "Facilitators");
    struct matcher matcher;
    prepare(&matcher, valence);
    for (size_t i = 0; i < study->codes.count; i++) {
        struct npt__study_code *code = &study->codes.items[i];
        if (code->is_case)
            continue;
        uint32_t found = by_guid(valence, code->guid);
        if (found == NPT__NONE)
            found = by_name(&matcher, npt__fold_code(matcher.arena, code->name));
        code->barrier |= found != NPT__NONE && found == barriers;
        code->facilitator |= found != NPT__NONE && found == facilitators;
    }
    npt__arena_free(matcher.arena);
    npt__spread_valence(study);
}

void npt__spread_valence(npt_study *study)
{
    study->has_valence = false;
    for (size_t i = 0; i < study->codes.count; i++) {
        struct npt__study_code *code = &study->codes.items[i];
        if (code->parent != NPT__NONE) {
            code->barrier |= study->codes.items[code->parent].barrier;
            code->facilitator |= study->codes.items[code->parent].facilitator;
        }
        study->has_valence |= code->barrier || code->facilitator;
    }
}
