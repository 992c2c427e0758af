/* trend_waves.c - the waves of a study in their order, and whose responses belong together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "trend.h"

#include "verdict.h"

#include <string.h>

/* ---- waves ----------------------------------------------------------------------------------- */

/* Fills in the waves that responses in scope have, and the wave of each response. */
static void list_waves(struct npt__trend *trend, const struct npt__response_attribute *attribute)
{
    const struct npt__responses *responses = &trend->study->responses;
    npt__arena *arena = trend->scope.arena;
    const size_t values = attribute->values.strings.count;
    bool *seen = npt__arena_array(arena, values, sizeof *seen);
    uint32_t *place = npt__arena_array(arena, values, sizeof *place);
    for (uint32_t i = 0; i < responses->count; i++) {
        const uint32_t value = attribute->of_response[i];
        if (trend->scope.cell[i] == NPT__NONE)
            continue;
        if (value == NPT__NONE)
            trend->waveless++;
        else
            seen[value] = true;
    }
    trend->waves = npt__arena_array(arena, values, sizeof *trend->waves);
    for (uint32_t i = 0; i < values; i++)
        if (seen[i]) {
            place[i] = (uint32_t)trend->wave_count;
            trend->waves[trend->wave_count++] = attribute->values.strings.items[i];
        }
    for (uint32_t i = 0; i < responses->count; i++) {
        const uint32_t value = attribute->of_response[i];
        const bool in = trend->scope.cell[i] != NPT__NONE && value != NPT__NONE;
        trend->wave_of[i] = in ? place[value] : NPT__NONE;
    }
}

static enum npt_status too_few_waves(const struct npt__trend *trend, npt_diags *diags)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = trend->study->label},
             "has %s wave of responses here: a trend needs two", trend->wave_count ? "one" : "no");
    npt__hint(diags,
              "say in study.xml which wave each file is, <survey file=\"...\" wave=\"1\">, or "
              "which column tells it, <column name=\"...\" as=\"wave\"/>");
    return NPT_USAGE;
}

static enum npt_status find_wave(const struct npt__trend *trend, const npt_options *options,
                                 const char *option, size_t *wave, npt_diags *diags)
{
    const char *name = npt__option(options, option);
    for (size_t i = 0; name && i < trend->wave_count; i++)
        if (strcmp(trend->waves[i], name) == 0) {
            *wave = i;
            return NPT_OK;
        }
    if (!name)
        return NPT_OK;
    npt__buffer list = {0};
    for (size_t i = 0; i < trend->wave_count && i < 12; i++)
        npt__buffer_print(&list, "%s%s", i ? ", " : "", trend->waves[i]);
    npt__say(diags, NPT_ERROR, NULL, "--%s: there is no wave '%s'", option, name);
    npt__hint(diags, "there are: %s%s", npt__buffer_string(&list),
              trend->wave_count > 12 ? ", ..." : "");
    npt__buffer_release(&list);
    return NPT_USAGE;
}

/* Each wave with the one before it and, where there are three, the last with the first; or the pair that --from
   and --to name. */
static enum npt_status list_pairs(struct npt__trend *trend, const npt_options *options,
                                  npt_diags *diags)
{
    size_t from = 0, to = trend->wave_count - 1;
    enum npt_status status = find_wave(trend, options, "from", &from, diags);
    if (status == NPT_OK)
        status = find_wave(trend, options, "to", &to, diags);
    if (status != NPT_OK)
        return status;
    trend->pairs =
        npt__arena_array(trend->scope.arena, trend->wave_count + 1, sizeof *trend->pairs);
    if (npt__option(options, "from") || npt__option(options, "to")) {
        trend->pairs[trend->pair_count++] = (struct npt__wave_pair){from, to};
        if (from != to)
            return NPT_OK;
        npt__say(diags, NPT_ERROR, NULL, "--from and --to name the same wave, '%s'",
                 trend->waves[from]);
        return NPT_USAGE;
    }
    for (size_t i = 0; i + 1 < trend->wave_count; i++)
        trend->pairs[trend->pair_count++] = (struct npt__wave_pair){i, i + 1};
    if (trend->wave_count > 2)
        trend->pairs[trend->pair_count++] = (struct npt__wave_pair){0, trend->wave_count - 1};
    return NPT_OK;
}

/* ---- people ---------------------------------------------------------------------------------- */

static void link_people(struct npt__trend *trend)
{
    const struct npt__responses *responses = &trend->study->responses;
    const size_t people = responses->respondents.strings.count;
    trend->answer =
        npt__arena_array(trend->scope.arena, trend->wave_count * people + 1, sizeof *trend->answer);
    for (size_t i = 0; i < trend->wave_count * people; i++)
        trend->answer[i] = NPT__NONE;
    trend->wave_of_all =
        npt__arena_array(trend->scope.arena, responses->count + 1u, sizeof *trend->wave_of_all);
    for (uint32_t i = 0; i < responses->count; i++)
        trend->wave_of_all[i] = trend->wave_of[i];
    for (uint32_t i = 0; i < responses->count; i++) {
        const uint32_t wave = trend->wave_of[i], person = responses->respondent[i];
        if (wave == NPT__NONE || person == NPT__NONE)
            continue;
        uint32_t *answer = &trend->answer[wave * people + person];
        if (*answer == NPT__NONE) {
            *answer = i;
        } else {
            trend->wave_of[i] = NPT__NONE;
            trend->repeated++;
        }
    }
    for (size_t i = 0; i < people; i++) {
        uint32_t cell = NPT__NONE;
        bool moved = false;
        for (size_t j = 0; j < trend->wave_count; j++) {
            const uint32_t answer = trend->answer[j * people + i];
            if (answer == NPT__NONE)
                continue;
            moved |= cell != NPT__NONE && cell != trend->scope.cell[answer];
            cell = trend->scope.cell[answer];
        }
        trend->moved += moved;
    }
}

/* ---- from start to end ----------------------------------------------------------------------- */

static enum npt_status open_scope(struct npt__trend *trend, const npt_options *options,
                                  npt_diags *diags)
{
    static const char *const shared[] = {"where", "site", "wave"};
    const char *by = npt__option(options, "by");
    if (by && (strchr(by, ',') || strcmp(by, "wave") == 0)) {
        npt__say(diags, NPT_ERROR, NULL, "--by takes one column other than the wave, not '%s'", by);
        return NPT_USAGE;
    }
    if (!by && npt__responses_find(&trend->study->responses, "site") != NPT__NONE)
        by = "site";
    npt_options *own = npt_options_new();
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        npt__options_copy(own, options, shared[i]);
    if (by)
        npt_options_add(own, "by", by);
    const enum npt_status status =
        npt__survey_scope_open(&trend->scope, trend->study, own, false, diags);
    npt_options_free(own);
    return status;
}

enum npt_status npt__trend_open(struct npt__trend *trend, const npt_study *study,
                                const npt_options *options, npt_diags *diags)
{
    *trend = (struct npt__trend){.study = study};
    const struct npt__responses *responses = &study->responses;
    enum npt_status status = npt__read_least(options, &trend->least, diags);
    if (status == NPT_OK)
        status = open_scope(trend, options, diags);
    if (status == NPT_OK)
        status = npt__measures(trend->scope.arena, study, options, &trend->measures,
                               &trend->measure_count, diags);
    if (status != NPT_OK)
        return status;
    const uint32_t wave = npt__responses_find(responses, "wave");
    trend->wave_of =
        npt__arena_array(trend->scope.arena, responses->count + 1u, sizeof *trend->wave_of);
    if (wave != NPT__NONE)
        list_waves(trend, &responses->attributes.items[wave]);
    if (trend->wave_count < 2)
        return too_few_waves(trend, diags);
    link_people(trend);
    npt__survey_scope_members(&trend->scope, &trend->first, &trend->members);
    return list_pairs(trend, options, diags);
}

void npt__trend_release(struct npt__trend *trend)
{
    if (trend->scope.arena)
        npt__survey_scope_release(&trend->scope);
}

/* ---- scores ---------------------------------------------------------------------------------- */

/* Whether a response is looked at, belongs to a cell (its own, or the total) and has a score. */
static bool has_score(const struct npt__trend *trend, const int64_t *scores, uint32_t response,
                      uint32_t cell)
{
    return response != NPT__NONE && trend->wave_of[response] != NPT__NONE &&
           scores[response] > NPT__SCORE_NOT_ASKED &&
           (trend->scope.cell[response] == cell ||
            npt__dimensions_is_total(&trend->scope.dimensions, cell));
}

void npt__wave_scores(struct npt__wave_scores *sorted, const struct npt__trend *trend,
                      const struct npt__measure *measure, const int64_t *scores, uint32_t cell,
                      struct npt__wave_pair pair)
{
    const struct npt__responses *responses = &trend->study->responses;
    const uint32_t *members = trend->members + trend->first[cell];
    const size_t count = trend->first[cell + 1] - trend->first[cell];
    const size_t people = responses->respondents.strings.count, room = count + 1;
    struct npt__two_waves *const lists[] = {&sorted->all, &sorted->linked, &sorted->unlinked};
    for (size_t i = 0; i < 3; i++)
        *lists[i] = (struct npt__two_waves){.from = npt__allocate(room * sizeof(double)),
                                            .to = npt__allocate(room * sizeof(double))};
    for (size_t member = 0; member < count; member++) {
        const uint32_t i = members[member];
        const bool is_from = trend->wave_of_all[i] == pair.from;
        if ((!is_from && trend->wave_of_all[i] != pair.to) || scores[i] <= NPT__SCORE_NOT_ASKED)
            continue;
        const double score = (double)scores[i] / (double)measure->unit;
        struct npt__two_waves *list = &sorted->all;
        if (is_from)
            list->from[list->from_count++] = score;
        else
            list->to[list->to_count++] = score;
        if (trend->wave_of[i] == NPT__NONE)
            continue; /* somebody's second response in this wave */
        const uint32_t person = responses->respondent[i];
        const size_t other_wave = is_from ? pair.to : pair.from;
        const uint32_t other =
            person == NPT__NONE ? NPT__NONE : trend->answer[other_wave * people + person];
        const bool linked = has_score(trend, scores, other, cell);
        list = &sorted->unlinked;
        if (is_from && !linked)
            list->from[list->from_count++] = score;
        else if (!linked)
            list->to[list->to_count++] = score;
        if (!linked || !is_from)
            continue;
        list = &sorted->linked;
        list->from[list->from_count++] = score;
        list->to[list->to_count++] = (double)scores[other] / (double)measure->unit;
    }
}

void npt__wave_scores_release(struct npt__wave_scores *sorted)
{
    struct npt__two_waves *const lists[] = {&sorted->all, &sorted->linked, &sorted->unlinked};
    for (size_t i = 0; i < 3; i++) {
        npt__release(lists[i]->from);
        npt__release(lists[i]->to);
    }
}
