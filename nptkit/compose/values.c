/* values.c - {study}, {last-wave}, {site} ...: what stands for them; and what if="waves" means.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "values.h"

#include "../analysis/survey_scope.h"

#include <string.h>

static size_t count_sites(const npt_study *study)
{
    const uint32_t site = npt__responses_find(&study->responses, "site");
    if (study->sites.count || site == NPT__NONE)
        return study->sites.count;
    return study->responses.attributes.items[site].values.strings.count;
}

bool npt__study_meets(const npt_study *study, enum npt__condition condition)
{
    switch (condition) {
    case NPT__IF_SURVEY:
        return npt_study_has_responses(study);
    case NPT__IF_INTERVIEWS:
        return npt_study_has_coding(study);
    case NPT__IF_BOTH:
        return npt_study_has_responses(study) && npt_study_has_coding(study);
    case NPT__IF_WAVES:
        return npt__last_wave(study) != NULL;
    case NPT__IF_RATINGS:
        return npt_study_has_ratings(study);
    case NPT__IF_RANKINGS:
        return npt_study_has_rankings(study);
    case NPT__IF_SITES:
        return count_sites(study) >= 2;
    case NPT__ALWAYS:
        break;
    }
    return true;
}

/* Their names, "" where study.xml names none. */
static const char *sites_of(const struct npt__values *values)
{
    const npt_study *study = values->study;
    npt__buffer list = {0};
    for (size_t i = 0; i < study->sites.count; i++)
        npt__buffer_print(&list, "%s%s",
                          i == 0                       ? ""
                          : i + 1 < study->sites.count ? ", "
                                                       : " and ",
                          study->sites.items[i].name);
    const char *copy = npt__arena_string(values->arena, npt__buffer_string(&list));
    npt__buffer_release(&list);
    return copy;
}

/* The first or the last wave, or all of them ("1 and 2"); "" where there are none. */
static const char *waves_of(const struct npt__values *values, const char *which)
{
    const char *const *waves;
    const size_t count = npt__waves(values->study, &waves);
    if (count < 2)
        return "";
    if (strcmp(which, "last-wave") == 0)
        return waves[count - 1];
    if (strcmp(which, "first-wave") == 0)
        return waves[0];
    return npt__arena_print(values->arena, count == 2 ? "%s and %s" : "%s to %s", waves[0],
                            waves[count - 1]);
}

static const char *value_of(void *user, const char *name, size_t length)
{
    const struct npt__values *values = user;
    const npt_study *study = values->study;
    const char *wanted = npt__arena_copy(values->arena, name, length);
    for (size_t i = 0; i < values->recipe->parameters.count; i++)
        if (strcmp(values->recipe->parameters.items[i].name, wanted) == 0)
            return values->recipe->parameters.items[i].value;
    if (strcmp(wanted, "study") == 0)
        return values->title && *values->title ? values->title : "This study";
    if (strcmp(wanted, "intervention") == 0)
        return study->intervention && *study->intervention ? study->intervention
                                                           : "the intervention";
    if (strcmp(wanted, "sites") == 0)
        return sites_of(values);
    if (strcmp(wanted, "min-n") == 0)
        return npt__arena_print(values->arena, "%zu", values->limits.min_n);
    if (strcmp(wanted, "min-cell") == 0)
        return npt__arena_print(values->arena, "%zu", values->limits.min_cell);
    if (strcmp(wanted, "construct") == 0)
        return values->construct ? values->construct : "";
    if (strcmp(wanted, "site") == 0)
        return values->site ? values->site : "";
    return waves_of(values, wanted);
}

const char *npt__values_fill(const struct npt__values *values, const char *text)
{
    npt__buffer filled = {0};
    struct npt__values user = *values;
    npt__recipe_fill(&filled, text, value_of, &user);
    const char *copy = npt__arena_string(values->arena, npt__buffer_string(&filled));
    npt__buffer_release(&filled);
    return copy;
}
