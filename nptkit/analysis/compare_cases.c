/* compare_cases.c - coded interviews compared between sites, with the case as unit: options, and what is tested.
 *
 * Every number rests on one matrix, case by construct (case_counts.h). A case counts once, however long it is and
 * however often it was coded: segments are no independent observations.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_cases.h"

#include "../stats/adjust.h"
#include "../stats/bootstrap.h"
#include "verdict.h"

#include <math.h>
#include <string.h>

/* ---- options --------------------------------------------------------------------------------- */

static const char *const test_names[] = {"fisher", "chi-square", "g", "kruskal", "permutation"};

const char *npt__case_test_name(enum npt__case_test test)
{
    return test_names[test];
}

static enum npt_status read_of(struct npt__case_comparison *comparison, const npt_options *options,
                               npt_diags *diags)
{
    static const char *const names[] = {"cases", "segments", "coverage"};
    const char *of = npt__option(options, "of");
    for (size_t i = 0; of && i < 3; i++)
        if (strcmp(of, names[i]) == 0) {
            comparison->of = (enum npt__case_measure)i;
            return NPT_OK;
        }
    npt__say(diags, NPT_ERROR, NULL, "--of takes cases, segments or coverage, not '%s'",
             of ? of : "");
    return NPT_USAGE;
}

static enum npt_status read_test(struct npt__case_comparison *comparison,
                                 const npt_options *options, npt_diags *diags)
{
    const bool shares = comparison->of == NPT__COMPARED_CASES;
    const size_t first = shares ? NPT__TEST_FISHER : NPT__TEST_KRUSKAL;
    const size_t last = shares ? NPT__TEST_G : NPT__TEST_PERMUTATION;
    const char *name = npt__option(options, "test");
    comparison->test = (enum npt__case_test)first;
    for (size_t i = first; name && i <= last; i++)
        if (strcmp(name, test_names[i]) == 0) {
            comparison->test = (enum npt__case_test)i;
            return NPT_OK;
        }
    if (!name)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--test takes %s with --of %s, not '%s'",
             shares ? "fisher, chi-square or g" : "kruskal or permutation",
             npt__option(options, "of"), name);
    return NPT_USAGE;
}

/* Options of the other half would be ignored in silence. */
static enum npt_status refuse_survey(const npt_options *options, npt_diags *diags)
{
    static const char *const names[] = {"items", "adjust",       "model",
                                        "wave",  "min-answered", "p-adjust"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!npt__option(options, names[i]))
            continue;
        npt__say(diags, NPT_ERROR, NULL, "--%s is for surveys, not for interviews (--of %s)",
                 names[i], npt__option(options, "of"));
        if (strcmp(names[i], "wave") == 0)
            npt__hint(diags, "if the interviews have such an attribute: --where wave=VALUE");
        return NPT_USAGE;
    }
    return NPT_OK;
}

static enum npt_status read_level(enum npt__level *level, const npt_options *options,
                                  npt_diags *diags)
{
    const char *name = npt__option(options, "level");
    *level = NPT__CONSTRUCT;
    if (!name || strcmp(name, "construct") == 0)
        return NPT_OK;
    *level = NPT__COMPONENT;
    if (strcmp(name, "component") == 0)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--level takes construct or component, not '%s'", name);
    return NPT_USAGE;
}

static enum npt_status open_counts(struct npt__case_comparison *comparison,
                                   const npt_options *options, npt_diags *diags)
{
    static const char *const shared[] = {"where", "site", "coder"};
    enum npt__level level;
    const char *by = npt__compare_by(options, diags);
    enum npt_status status = by ? read_level(&level, options, diags) : NPT_USAGE;
    if (status != NPT_OK)
        return status;
    npt_options *scope = npt_options_new();
    npt_options_add(scope, "by", by);
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
        npt__options_copy(scope, options, shared[i]);
    status = npt__case_counts_open(&comparison->counts, comparison->study, scope, level,
                                   comparison->of == NPT__COMPARED_COVERAGE, diags);
    npt_options_free(scope);
    return status;
}

static enum npt_status read_options(struct npt__case_comparison *comparison,
                                    const npt_options *options, npt_diags *diags)
{
    comparison->replicates = 10000;
    comparison->seed = 1;
    enum npt_status status = read_of(comparison, options, diags);
    if (status == NPT_OK)
        status = refuse_survey(options, diags);
    if (status == NPT_OK)
        status = read_test(comparison, options, diags);
    if (status == NPT_OK)
        status = npt__read_least(options, &comparison->least, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "replicates", 100, NPT__MOST_REPLICATES,
                                    &comparison->replicates, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "seed", 0, 999999999, &comparison->seed, diags);
    if (status == NPT_OK)
        status = open_counts(comparison, options, diags);
    const struct npt__dimension *by = &comparison->counts.by;
    if (status == NPT_OK)
        status = npt__rivals_read(&comparison->rivals, options, by->values, by->count, diags);
    comparison->pair_count = npt__rivals_count(&comparison->rivals, by->count);
    comparison->pair_confidence = npt__simultaneous(NPT__CASES_CONFIDENCE, comparison->pair_count);
    return status;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static bool is_component(const struct npt__case_comparison *comparison,
                         const struct npt__case_outcome *outcome)
{
    const struct npt__tally_row *row = &comparison->counts.tally.rows.items[outcome->row];
    return row->component != NPT__NONE || row->itself;
}

/* Constructs are one family of tests, components another: a construct's p is the same with both --level. */
static void adjust_overall(struct npt__case_comparison *comparison)
{
    double *p = npt__allocate((comparison->outcome_count + 1) * sizeof *p);
    for (int components = 0; components < 2; components++) {
        for (size_t i = 0; i < comparison->outcome_count; i++) {
            const struct npt__case_outcome *outcome = &comparison->outcomes[i];
            const bool counts = is_component(comparison, outcome) == (components == 1);
            const struct npt__found *found = &outcome->overall.p;
            p[i] = counts && !found->missing ? found->value : (double)NAN;
        }
        npt__adjust(NPT__ADJUST_HOLM, p, p, comparison->outcome_count);
        for (size_t i = 0; i < comparison->outcome_count; i++)
            if (is_component(comparison, &comparison->outcomes[i]) == (components == 1))
                comparison->outcomes[i].overall.adjusted = p[i];
    }
    npt__release(p);
}

static void adjust_pairs(const struct npt__case_comparison *comparison,
                         struct npt__case_outcome *outcome)
{
    double *p = npt__allocate((comparison->pair_count + 1) * sizeof *p);
    for (size_t i = 0; i < comparison->pair_count; i++)
        p[i] = outcome->pairs[i].p.missing ? (double)NAN : outcome->pairs[i].p.value;
    npt__adjust(NPT__ADJUST_HOLM, p, p, comparison->pair_count);
    for (size_t i = 0; i < comparison->pair_count; i++)
        outcome->pairs[i].adjusted = p[i];
    npt__release(p);
}

/* All rows of the tally but the total over all constructs. */
static void compare(struct npt__case_comparison *comparison)
{
    const struct npt__tally *tally = &comparison->counts.tally;
    npt__arena *arena = tally->scope.arena;
    comparison->outcomes = npt__arena_array(arena, tally->rows.count, sizeof *comparison->outcomes);
    for (uint32_t i = 0; i < tally->rows.count; i++) {
        if (tally->rows.items[i].construct == NPT__NONE)
            continue;
        struct npt__case_outcome *outcome = &comparison->outcomes[comparison->outcome_count++];
        outcome->row = i;
        outcome->sites =
            npt__arena_array(arena, npt__compared_sites(comparison) + 1, sizeof *outcome->sites);
        outcome->pairs = npt__arena_array(arena, comparison->pair_count, sizeof *outcome->pairs);
        if (comparison->of == NPT__COMPARED_CASES)
            npt__compare_shares(comparison, outcome);
        else
            npt__compare_amounts(comparison, outcome);
        adjust_pairs(comparison, outcome);
    }
    adjust_overall(comparison);
}

enum npt_status npt__compare_cases(struct npt__tables *tables, const npt_study *study,
                                   const npt_options *options, npt_diags *diags)
{
    struct npt__case_comparison comparison = {.study = study};
    const enum npt_status status = read_options(&comparison, options, diags);
    if (status == NPT_OK) {
        compare(&comparison);
        npt__compare_cases_tables(tables, &comparison);
    }
    npt__case_counts_release(&comparison.counts);
    return status;
}
