/* joint_evidence.c - collecting what the survey and the interviews say, and the rules by which they are read.
 *
 * Both halves are counted by the code of `score` and `tally`, with the same options, by site.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "joint.h"

#include "survey_scores.h"
#include "tally.h"
#include "verdict.h"

#include <string.h>

#define CONFIDENCE 0.95

/* ---- rules ----------------------------------------------------------------------------------- */

enum npt__reading npt__read_survey(const struct npt__survey_evidence *evidence, size_t least)
{
    if (!evidence->asked || evidence->count < least || !evidence->count)
        return NPT__SILENT;
    const bool known = evidence->interval.defined; /* not where all scores are equal */
    const double low = known ? evidence->interval.low : evidence->mean;
    const double high = known ? evidence->interval.high : evidence->mean;
    if (low > evidence->middle)
        return NPT__FAVOURABLE;
    return high < evidence->middle ? NPT__UNFAVOURABLE : NPT__MIXED;
}

enum npt__reading npt__read_interviews(const struct npt__interview_evidence *evidence)
{
    if (!evidence->favour && !evidence->against)
        return NPT__SILENT;
    if (evidence->favour >= 2 * evidence->against)
        return NPT__FAVOURABLE;
    return evidence->against >= 2 * evidence->favour ? NPT__UNFAVOURABLE : NPT__MIXED;
}

enum npt__together npt__put_together(enum npt__reading survey, enum npt__reading interviews)
{
    if (survey == NPT__SILENT)
        return interviews == NPT__SILENT ? NPT__BOTH_SILENT : NPT__SURVEY_SILENT;
    if (interviews == NPT__SILENT)
        return NPT__INTERVIEWS_SILENT;
    if (survey == interviews)
        return NPT__AGREE;
    return survey == NPT__MIXED || interviews == NPT__MIXED ? NPT__PARTLY_AGREE : NPT__DISAGREE;
}

/* ---- sites ----------------------------------------------------------------------------------- */

/* The scopes of both halves compare by site: their only dimension. */
static const struct npt__dimension *site_of(const struct npt__dimensions *dimensions)
{
    return dimensions->count ? &dimensions->items[0] : NULL;
}

static void add_site(struct npt__joint *joint, const char *name)
{
    for (size_t i = 0; i < joint->site_count; i++)
        if (strcmp(joint->sites[i], name) == 0)
            return;
    joint->sites[joint->site_count++] = name;
}

static bool has_value(const struct npt__dimension *dimension, const char *value)
{
    for (size_t i = 0; dimension && i < dimension->count; i++)
        if (strcmp(dimension->values[i], value) == 0)
            return true;
    return false;
}

/* First the sites of the study in its order, then what else stands in either half; last, all together. */
static void list_sites(struct npt__joint *joint, const struct npt__dimension *survey,
                       const struct npt__dimension *interviews)
{
    const npt_study *study = joint->study;
    const size_t most = study->sites.count + (survey ? survey->count : 0) +
                        (interviews ? interviews->count : 0) + 1;
    joint->sites = npt__arena_array(joint->arena, most, sizeof *joint->sites);
    for (size_t i = 0; i < study->sites.count; i++)
        if (has_value(survey, study->sites.items[i].name) ||
            has_value(interviews, study->sites.items[i].name))
            add_site(joint, study->sites.items[i].name);
    for (size_t i = 0; survey && i < survey->count; i++)
        add_site(joint, survey->values[i]);
    for (size_t i = 0; interviews && i < interviews->count; i++)
        add_site(joint, interviews->values[i]);
    joint->sites[joint->site_count++] = NULL;
}

/* The cell of a site among those of one half: its values in order, one for none where there is any, the total.
   NPT__NONE where that half knows nothing of the site. */
static uint32_t cell_of(const struct npt__dimensions *dimensions, const char *site)
{
    const struct npt__dimension *dimension = site_of(dimensions);
    if (!site)
        return (uint32_t)dimensions->cell_count - 1;
    for (uint32_t i = 0; dimension && i < dimension->count; i++)
        if (strcmp(dimension->values[i], site) == 0)
            return i;
    return NPT__NONE;
}

/* ---- the survey ------------------------------------------------------------------------------ */

static void add_scores(const struct npt__survey_scope *scope, const struct npt__measure *measure,
                       struct npt__sums *sums)
{
    int64_t *scores = npt__list_scores(scope->study, measure);
    for (uint32_t i = 0; i < scope->responses->count; i++) {
        uint32_t cells[NPT__MOST_CELLS_OF_ROW];
        if (scope->cell[i] == NPT__NONE || scores[i] <= NPT__SCORE_NOT_ASKED)
            continue;
        const size_t count = npt__dimensions_totals(&scope->dimensions, scope->cell[i], cells);
        for (size_t j = 0; j < count; j++)
            npt__sums_add(&sums[cells[j]], scores[i]);
    }
    npt__release(scores);
}

static void take_survey(struct npt__joint *joint, size_t construct,
                        const struct npt__survey_scope *scope, const struct npt__measure *measure)
{
    struct npt__sums *sums =
        npt__arena_array(joint->arena, scope->dimensions.cell_count, sizeof *sums);
    add_scores(scope, measure, sums);
    for (size_t i = 0; i < joint->site_count; i++) {
        const uint32_t cell = cell_of(&scope->dimensions, joint->sites[i]);
        struct npt__survey_evidence *survey =
            &joint->cells[construct * joint->site_count + i].survey;
        survey->asked = true;
        survey->least = measure->least;
        survey->middle = (measure->least + measure->most) / 2.0;
        if (cell == NPT__NONE || !sums[cell].count)
            continue;
        survey->count = sums[cell].count;
        survey->mean = npt__sums_mean(&sums[cell], measure->unit);
        survey->interval = npt__mean_interval(survey->count, survey->mean,
                                              npt__sums_sd(&sums[cell], measure->unit), CONFIDENCE);
    }
}

/* ---- the interviews -------------------------------------------------------------------------- */

static void take_interviews(struct npt__joint *joint, size_t construct,
                            const struct npt__tally *tally, uint32_t row)
{
    for (size_t i = 0; i < joint->site_count; i++) {
        const uint32_t cell = cell_of(&tally->scope.dimensions, joint->sites[i]);
        struct npt__interview_evidence *found =
            &joint->cells[construct * joint->site_count + i].interviews;
        if (cell == NPT__NONE)
            continue;
        found->of_cases = tally->of_cases[cell];
        found->cases = tally->cases[npt__tally_at(tally, row, tally->valence_count - 1, cell)];
        if (!joint->has_direction)
            continue;
        found->against = tally->cases[npt__tally_at(tally, row, 0, cell)];
        found->favour = tally->cases[npt__tally_at(tally, row, 1, cell)];
    }
}

/* ---- both ------------------------------------------------------------------------------------ */

/* The measure of a construct, known to the codebook by one of its names; NULL. */
static const struct npt__measure *measure_of(const npt_study *study, uint32_t construct,
                                             const struct npt__measure *measures, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!measures[i].general && !measures[i].total &&
            npt__construct_find(study->codebook, measures[i].name) == construct)
            return &measures[i];
    return NULL;
}

static void keep_response_cells(struct npt__joint *joint, const struct npt__survey_scope *scope)
{
    const size_t count = scope->responses->count;
    uint32_t *cells = npt__arena_array(joint->arena, count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = scope->cell[i];
    joint->response_cells = cells;
}

static void collect(struct npt__joint *joint, const struct npt__survey_scope *scope,
                    const struct npt__tally *tally, const struct npt__measure *measures,
                    size_t count, bool all)
{
    const npt_study *study = joint->study;
    list_sites(joint, site_of(&scope->dimensions), site_of(&tally->scope.dimensions));
    uint32_t *constructs =
        npt__arena_array(joint->arena, tally->rows.count, sizeof *joint->constructs);
    joint->cells =
        npt__arena_array(joint->arena, tally->rows.count * joint->site_count, sizeof *joint->cells);
    for (uint32_t i = 0; i < tally->rows.count; i++) {
        const uint32_t construct = tally->rows.items[i].construct;
        if (construct == NPT__NONE)
            continue;
        const struct npt__measure *measure = measure_of(study, construct, measures, count);
        if (!measure && !all) {
            joint->unmeasured++;
            continue;
        }
        constructs[joint->construct_count] = construct;
        if (measure)
            take_survey(joint, joint->construct_count, scope, measure);
        take_interviews(joint, joint->construct_count++, tally, i);
    }
    joint->constructs = constructs;
}

static enum npt_status need_both(const npt_study *study, npt_diags *diags)
{
    const bool coding = npt_study_has_coding(study), survey = npt_study_has_responses(study);
    if (coding && survey)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = study->label},
             "has no %s: a joint display sets survey and interviews side by side",
             coding ? "responses" : "coded interviews");
    npt__hint(diags, "name both in one study.xml: <coding file=\"interviews.qdpx\"/> and <survey "
                     "file=\"wave1.csv\" instrument=\"nomad\">");
    return NPT_USAGE;
}

enum npt_status npt__joint_collect(struct npt__joint *joint, const npt_options *options,
                                   npt_diags *diags)
{
    static const char *const shared[] = {"site", "coder", "min-answered"};
    const npt_study *study = joint->study;
    enum npt_status status = need_both(study, diags);
    if (status != NPT_OK)
        return status;
    npt_options *both = npt_options_new();
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        npt__options_copy(both, options, shared[i]);
    npt_options_add(both, "by", "site");
    joint->wave = npt__option(options, "wave");
    if (!joint->wave && (joint->wave = npt__last_wave(study)))
        npt_options_add(both, "wave", joint->wave);
    npt__options_copy(both, options, "wave");
    joint->has_direction = study->has_valence;
    struct npt__survey_scope scope = {0};
    struct npt__tally tally = {.study = study,
                               .level = NPT__CONSTRUCT,
                               .by_valence = study->has_valence,
                               .valence_count = study->has_valence ? NPT__VALENCES : 1};
    const struct npt__measure *measures;
    size_t count = 0;
    status = npt__read_least(options, &joint->least, diags);
    if (status == NPT_OK)
        status = npt__survey_scope_open(&scope, study, both, false, diags);
    if (status == NPT_OK)
        status = npt__measures(scope.arena, study, both, &measures, &count, diags);
    if (status == NPT_OK)
        status = npt__scope_open(&tally.scope, study, both, diags);
    if (status == NPT_OK) {
        keep_response_cells(joint, &scope);
        npt__tally_count(&tally);
        collect(joint, &scope, &tally, measures, count, npt__option(options, "all") != NULL);
    }
    npt__array_release(&tally.rows);
    if (tally.scope.arena)
        npt__scope_release(&tally.scope);
    if (scope.arena)
        npt__survey_scope_release(&scope);
    npt_options_free(both);
    return status;
}
