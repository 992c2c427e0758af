/* check_sites.c - sites that are declared against who answered there, and who was invited.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "check.h"

#include <string.h>

/* The value of a key in the responses; NPT__NONE where none has it. */
static uint32_t value_called(const struct npt__responses *responses, uint32_t attribute,
                             const char *name)
{
    if (attribute == NPT__NONE)
        return NPT__NONE;
    const size_t length = strlen(name);
    return npt__intern_find(&responses->attributes.items[attribute].values, name, length,
                            npt__intern_hash(name, length));
}

/* How many gave at least one answer, in a site and a wave (NULL: all). */
static size_t count_answered(const struct npt__responses *responses, const char *site,
                             const char *wave)
{
    const char *const names[] = {site, wave};
    const uint32_t keys[] = {npt__responses_find(responses, "site"),
                             npt__responses_find(responses, "wave")};
    uint32_t wanted[2];
    size_t count = 0;
    for (size_t i = 0; i < 2; i++) {
        wanted[i] = names[i] ? value_called(responses, keys[i], names[i]) : NPT__NONE;
        if (names[i] && wanted[i] == NPT__NONE)
            return 0;
    }
    for (uint32_t i = 0; i < responses->count; i++) {
        bool counts = true, answered = false;
        for (size_t j = 0; j < 2 && counts; j++)
            counts = !names[j] || responses->attributes.items[keys[j]].of_response[i] == wanted[j];
        for (size_t j = 0; j < responses->items.count && counts && !answered; j++)
            answered = responses->items.items[j].answers[i] < NPT__NOT_ASKED;
        count += answered;
    }
    return count;
}

static void warn_of_silent_sites(const npt_study *study, npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    if (npt__responses_find(responses, "site") == NPT__NONE)
        return;
    for (size_t i = 0; i < study->sites.count; i++) {
        const char *name = study->sites.items[i].name;
        if (count_answered(responses, name, NULL))
            continue;
        npt__say(diags, NPT_WARNING, &(struct npt__place){.file = study->label},
                 "the site '%s' is declared, but nobody of it answered", name);
        npt__hint(diags, "is it called otherwise in the responses? Else its report says that "
                         "nobody answered");
    }
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Once for a site and wave, however many lines invite to it. */
static void warn_of_invited(const npt_study *study, npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    for (size_t i = 0; i < responses->invited.count; i++) {
        const struct npt__invited *each = &responses->invited.items[i];
        size_t invited = 0, before = 0;
        for (size_t j = 0; j < responses->invited.count; j++) {
            const struct npt__invited *other = &responses->invited.items[j];
            if (!same(each->site, other->site) || !same(each->wave, other->wave))
                continue;
            invited += other->count;
            before += j < i;
        }
        const size_t answered = before ? 0 : count_answered(responses, each->site, each->wave);
        if (answered <= invited)
            continue;
        npt__say(diags, NPT_WARNING, &(struct npt__place){.file = study->label},
                 "more answered than were invited%s%s%s%s%s: %zu of %zu",
                 each->site ? ", site '" : "", each->site ? each->site : "", each->site ? "'" : "",
                 each->wave ? ", wave " : "", each->wave ? each->wave : "", answered, invited);
        npt__hint(diags, "no rate is shown there; correct <invited> in study.xml, or take out "
                         "responses that stand twice");
    }
}

void npt__warn_of_sites(const npt_study *study, npt_diags *diags)
{
    if (!study->responses.count)
        return;
    warn_of_silent_sites(study, diags);
    warn_of_invited(study, diags);
}
