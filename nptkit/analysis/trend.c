/* trend.c - what changed between waves: the same people in both, and the others, side by side.
 *
 * People who answered both waves are compared with themselves; those who answered one of them only are two
 * independent samples. Every estimate is the later wave less the earlier one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "trend.h"

#include "../base/parallel.h"
#include "../stats/adjust.h"
#include "../stats/rank_tests.h"
#include "verdict.h"

#include <math.h>
#include <string.h>

#define CONFIDENCE 0.95

struct npt__wave_change *npt__wave_change_at(const struct npt__wave_changes *trend, size_t measure,
                                             uint32_t cell, size_t pair)
{
    const size_t cells = trend->base.scope.dimensions.cell_count;
    return &trend->outcomes[(measure * cells + cell) * trend->base.pair_count + pair];
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void compare_linked(struct npt__wave_change *outcome, const struct npt__two_waves *linked)
{
    const size_t count = linked->from_count;
    outcome->linked = count;
    outcome->change = npt__paired_difference(linked->to, linked->from, count, CONFIDENCE);
    outcome->change_effect = npt__paired_g_av(linked->to, linked->from, count, CONFIDENCE);
    const struct npt__signed_rank test =
        npt__signed_rank(linked->to, linked->from, count, NPT__ZEROS_RANKED, NULL);
    outcome->change_p = test.defined ? test.p : NAN;
}

static void compare_unlinked(struct npt__wave_change *outcome,
                             const struct npt__two_waves *unlinked)
{
    const struct npt__description from = npt__describe(unlinked->from, unlinked->from_count);
    const struct npt__description to = npt__describe(unlinked->to, unlinked->to_count);
    outcome->unlinked_from = unlinked->from_count;
    outcome->unlinked_to = unlinked->to_count;
    outcome->unlinked_mean_from = from.mean;
    outcome->unlinked_mean_to = to.mean;
    outcome->difference = npt__welch_difference(&to, &from, CONFIDENCE);
    outcome->difference_effect = npt__hedges_g(&to, &from, CONFIDENCE);
    const struct npt__mann_whitney test = npt__mann_whitney(
        unlinked->to, unlinked->to_count, unlinked->from, unlinked->from_count, NULL);
    outcome->difference_p = test.defined ? test.p : NAN;
}

static void compare(struct npt__wave_changes *trend, size_t measure, const int64_t *scores,
                    uint32_t cell, size_t pair)
{
    struct npt__wave_change *outcome = npt__wave_change_at(trend, measure, cell, pair);
    struct npt__wave_scores sorted;
    npt__wave_scores(&sorted, &trend->base, &trend->base.measures[measure], scores, cell,
                     trend->base.pairs[pair]);
    outcome->from = npt__describe(sorted.all.from, sorted.all.from_count);
    outcome->to = npt__describe(sorted.all.to, sorted.all.to_count);
    compare_linked(outcome, &sorted.linked);
    compare_unlinked(outcome, &sorted.unlinked);
    npt__wave_scores_release(&sorted);
}

/* For the number of constructs that are tested in one cell between two waves; totals and general items, which are
   further looks at the same answers, stay out of it. */
static void adjust(struct npt__wave_changes *trend, uint32_t cell, size_t pair)
{
    const size_t count = trend->base.measure_count;
    double *p = npt__allocate((2 * count + 1) * sizeof *p), *difference = p + count;
    for (size_t i = 0; i < count; i++) {
        const struct npt__measure *measure = &trend->base.measures[i];
        const struct npt__wave_change *outcome = npt__wave_change_at(trend, i, cell, pair);
        const bool counts = !measure->total && !measure->general && trend->asked[i];
        p[i] = counts ? outcome->change_p : (double)NAN;
        difference[i] = counts ? outcome->difference_p : (double)NAN;
    }
    npt__adjust(NPT__ADJUST_HOLM, p, p, count);
    npt__adjust(NPT__ADJUST_HOLM, difference, difference, count);
    for (size_t i = 0; i < count; i++) {
        npt__wave_change_at(trend, i, cell, pair)->change_adjusted = p[i];
        npt__wave_change_at(trend, i, cell, pair)->difference_adjusted = difference[i];
    }
    npt__release(p);
}

/* All cells and pairs of waves of one measure; each measure by one thread. */
static void compare_measure(void *user, size_t measure)
{
    struct npt__wave_changes *trend = user;
    const struct npt__trend *base = &trend->base;
    const size_t cells = base->scope.dimensions.cell_count;
    int64_t *scores = npt__list_scores(base->study, &base->measures[measure]);
    for (uint32_t i = 0; i < base->study->responses.count; i++)
        trend->asked[measure] |= base->wave_of[i] != NPT__NONE && scores[i] != NPT__SCORE_NOT_ASKED;
    for (uint32_t cell = 0; cell < cells && trend->asked[measure]; cell++)
        for (size_t pair = 0; pair < base->pair_count; pair++)
            compare(trend, measure, scores, cell, pair);
    npt__release(scores);
}

static void compare_all(struct npt__wave_changes *trend)
{
    const struct npt__trend *base = &trend->base;
    const size_t cells = base->scope.dimensions.cell_count;
    npt__arena *arena = base->scope.arena;
    trend->asked = npt__arena_array(arena, base->measure_count, sizeof *trend->asked);
    trend->outcomes = npt__arena_array(arena, base->measure_count * cells * base->pair_count,
                                       sizeof *trend->outcomes);
    npt__parallel(base->study->threads, base->measure_count, compare_measure, trend);
    for (uint32_t cell = 0; cell < cells; cell++)
        for (size_t pair = 0; pair < base->pair_count; pair++)
            adjust(trend, cell, pair);
}

/* ---- the analysis ---------------------------------------------------------------------------- */

static enum npt_status wants_model(const npt_options *options, bool *wanted, npt_diags *diags)
{
    const char *model = npt__option(options, "model");
    *wanted = model && strcmp(model, "mixed") == 0;
    if (!model || *wanted)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--model takes mixed, not '%s'", model);
    return NPT_USAGE;
}

static enum npt_status run(struct npt__tables *tables, const npt_study *study,
                           const npt_options *options, npt_diags *diags)
{
    struct npt__wave_changes trend;
    bool model;
    enum npt_status status = wants_model(options, &model, diags);
    if (status != NPT_OK)
        return status;
    status = npt__trend_open(&trend.base, study, options, diags);
    if (status == NPT_OK) {
        compare_all(&trend);
        npt__trend_main_table(tables, &trend, options);
        npt__trend_unlinked_table(tables, &trend);
        if (model)
            npt__trend_model(tables, &trend.base);
    }
    npt__trend_release(&trend.base);
    return status;
}

static const struct npt_option options_of_trend[] = {
    {"by", "ATTRIBUTE", "by this column (site)"},
    {"from", "WAVE", "only the change from this wave"},
    {"to", "WAVE", "only the change to this wave"},
    NPT__SURVEY_WHERE,
    NPT__SURVEY_SITE,
    NPT__OPTION_MIN_ANSWERED,
    NPT__OPTION_LEAST,
    {"model", "mixed", "a mixed model of all responses, with the person as random intercept, too"},
    {NULL, NULL, NULL}};

const npt_analysis npt__trend_analysis = {
    .name = "trend",
    .summary = "what changed between waves, by site: the same people, and the others",
    .description =
        "Compares each wave of a survey with the one before it, and the last with the first, by site and\n"
        "construct. People who answered both waves are compared with themselves, the others as two groups,\n"
        "and it says how many could be linked. --model mixed takes all responses together.",
    .options = options_of_trend,
    .run_several = run,
    .needs = NPT__NEEDS_SURVEY,
};
