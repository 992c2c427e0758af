/* compare.c - are sites different, by more than chance? The options of both halves, and what they share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare.h"

#include "scope.h"
#include "survey_scores.h"
#include "verdict.h"

#include <string.h>

/* ---- which sites are compared ---------------------------------------------------------------- */

enum npt_status npt__rivals_read(struct npt__rivals *rivals, const npt_options *options,
                                 const char *const *values, size_t count, npt_diags *diags)
{
    const char *name = npt__option(options, "against");
    *rivals = (struct npt__rivals){.against = NPT__AGAINST_ALL};
    if (!name) {
        rivals->by_default = count > NPT__MOST_SITES_IN_PAIRS;
        rivals->against = rivals->by_default ? NPT__AGAINST_REST : NPT__AGAINST_ALL;
        return NPT_OK;
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i], name) == 0) {
            *rivals = (struct npt__rivals){.against = NPT__AGAINST_ONE, .reference = i};
            return NPT_OK;
        }
    if (strcmp(name, "all") == 0)
        return NPT_OK;
    rivals->against = NPT__AGAINST_REST;
    if (strcmp(name, "rest") == 0)
        return NPT_OK;
    npt__buffer list = {0};
    for (size_t i = 0; i < count && i < 12; i++)
        npt__buffer_print(&list, "%s, ", values[i]);
    npt__say(diags, NPT_ERROR, NULL, "--against: none of those compared is called '%s'", name);
    npt__hint(diags, "there are: %s%srest, all", npt__buffer_string(&list),
              count > 12 ? "..., " : "");
    npt__buffer_release(&list);
    return NPT_USAGE;
}

size_t npt__rivals_count(const struct npt__rivals *rivals, size_t count)
{
    if (count < 2)
        return 0;
    if (rivals->against == NPT__AGAINST_ALL)
        return count * (count - 1) / 2;
    return rivals->against == NPT__AGAINST_REST ? count : count - 1;
}

void npt__rivals_at(const struct npt__rivals *rivals, size_t count, size_t index, size_t *site,
                    size_t *other)
{
    *site = index;
    *other = SIZE_MAX;
    if (rivals->against == NPT__AGAINST_REST)
        return;
    if (rivals->against == NPT__AGAINST_ONE) {
        *site = index + (index >= rivals->reference);
        *other = rivals->reference;
        return;
    }
    size_t first = 0;
    for (size_t row = count - 1; index >= row; row--) { /* (0, 1), (0, 2) ... (1, 2) ... */
        index -= row;
        first++;
    }
    *site = first;
    *other = first + 1 + index;
}

void npt__note_rivals(npt_table *table, const struct npt__rivals *rivals)
{
    if (rivals->by_default)
        npt__table_add_note(
            table,
            "With more than %u sites each is compared with all others together; --against "
            "all compares every pair, --against NAME each with one.",
            NPT__MOST_SITES_IN_PAIRS);
}

double npt__simultaneous(double confidence, size_t count)
{
    return count > 1 ? 1 - (1 - confidence) / (double)count : confidence;
}

const char *npt__compare_by(const npt_options *options, npt_diags *diags)
{
    const char *by = npt__option(options, "by");
    if (!by)
        return "site";
    if (!strchr(by, ','))
        return by;
    npt__say(diags, NPT_ERROR, NULL, "--by takes one attribute here, not '%s'", by);
    npt__hint(diags, "to compare within the values of another one: --adjust ATTRIBUTE, or --where");
    return NULL;
}

/* ---- the analysis ---------------------------------------------------------------------------- */

static enum npt__needs needs(const npt_options *options)
{
    if (!options)
        return NPT__NEEDS_BOTH;
    return npt__option(options, "of") ? NPT__NEEDS_CODING : NPT__NEEDS_SURVEY;
}

static bool needs_positions(const npt_options *options)
{
    const char *of = npt__option(options, "of");
    return of && strcmp(of, "coverage") == 0;
}

static enum npt_status run(struct npt__tables *tables, const npt_study *study,
                           const npt_options *options, npt_diags *diags)
{
    return npt__option(options, "of") ? npt__compare_cases(tables, study, options, diags)
                                      : npt__compare_survey(tables, study, options, diags);
}

static const struct npt_option options_of_compare[] = {
    {"of", "WHAT", "of interviews: cases, segments or coverage (without it, scores of a survey)"},
    {"by", "ATTRIBUTE", "what is compared (site)"},
    {"against", "SITE|rest|all", "each with this site, with all others together, or every pair"},
    {"test", "NAME",
     "welch (the default), kruskal, anova, permutation; of cases: fisher (the default), chi-square, g; of "
     "segments and coverage: kruskal (the default), permutation"},
    {"items", NULL, "of a survey: each question instead of the constructs"},
    {"adjust", "ATTRIBUTE",
     "of a survey: compare within the values of this attribute, such as role"},
    {"model", "mixed", "of a survey with many sites: means shrunk by a mixed model"},
    {"p-adjust", "NAME", "of a survey: holm (the default), hochberg, bonferroni, bh, by"},
    {"level", "LEVEL", "of interviews: construct (the default) or component"},
    {"where", "ATTRIBUTE=VALUE", "only responses, or cases, with this value; repeat for several"},
    NPT__SURVEY_SITE,
    {"wave", "NAME", "of a survey: only this wave (the last), as --where wave=NAME"},
    NPT__OPTION_CODER,
    NPT__OPTION_MIN_ANSWERED,
    NPT__OPTION_LEAST,
    {"replicates", "N", "of resampling (10000)"},
    {"seed", "N", "of resampling (1): the same seed gives the same digits"},
    {NULL, NULL, NULL}};

const npt_analysis npt__compare_analysis = {
    .name = "compare",
    .summary = "are sites different, and which? estimates, intervals, tests, plain words",
    .description =
        "Compares the sites (or the values of --by): scores of a survey with the respondent as unit, or, with\n"
        "--of, coded interviews with the case as unit. Each difference has an interval that holds for all\n"
        "differences of its construct at once, an effect size, and plain words made from the interval.",
    .options = options_of_compare,
    .needs = NPT__NEEDS_BOTH,
    .needs_for = needs,
    .needs_positions = needs_positions,
    .run_several = run,
};
