/* compare_survey_overall.c - do sites differ at all: one test and one effect size for each construct.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_survey.h"

#include "../stats/anova.h"
#include "../stats/permutation.h"
#include "../stats/rank_tests.h"

#include <math.h>

#define ALPHA 0.05

static const char all_equal[] = "all scores are equal";

/* ---- tests ----------------------------------------------------------------------------------- */

/* Whether all scores are the same. */
static bool is_constant(const struct npt__compared *compared)
{
    const double *values = compared->groups.values;
    for (size_t i = 1; i < compared->groups.count; i++)
        if (values[i] != values[0])
            return false;
    return true;
}

static const char *why_no_anova(const struct npt__compared *compared, enum npt__anova_fault fault)
{
    switch (fault) {
    case NPT__ANOVA_GROUPS:
        return "fewer than two to compare";
    case NPT__ANOVA_TOO_FEW:
        return "one score each";
    case NPT__ANOVA_CONSTANT:
        return is_constant(compared) ? all_equal : "equal scores within one of them";
    default:
        return "not defined for these scores";
    }
}

static void test_welch(struct npt__overall *overall, const struct npt__compared *compared)
{
    const size_t count = compared->groups.group_count;
    struct npt__description *taken = npt__allocate((count + 1) * sizeof *taken);
    size_t sites = 0;
    for (size_t i = 0; i < count; i++)
        if (compared->sites[i].count > 1)
            taken[sites++] = compared->sites[i];
    const struct npt__welch_anova welch = npt__welch_anova(taken, sites);
    npt__release(taken);
    if (!welch.defined) {
        overall->reason = why_no_anova(compared, welch.fault);
        overall->flat = welch.fault == NPT__ANOVA_CONSTANT && !is_constant(compared);
        return;
    }
    overall->statistic = welch.f;
    overall->freedom = welch.numerator;
    overall->within = welch.denominator;
    overall->p = welch.p;
}

static void test_kruskal(struct npt__overall *overall, const struct npt__compared *compared)
{
    const struct npt__score_groups *groups = &compared->groups;
    const struct npt__kruskal_wallis test =
        npt__kruskal_wallis(&(struct npt__grouped){groups->values, groups->group_of, groups->count,
                                                   groups->group_count},
                            NPT__COMPARE_CONFIDENCE, NULL);
    if (!test.defined) {
        if (test.fault == NPT__RANKS_CONSTANT)
            overall->reason = all_equal;
        else
            overall->reason = test.fault == NPT__RANKS_TOO_FEW ? "fewer than two to compare"
                                                               : "not defined for these scores";
        overall->effect_reason = overall->reason;
        return;
    }
    overall->statistic = test.h;
    overall->freedom = test.freedom;
    overall->p = test.p;
    overall->effect = test.epsilon_squared;
    overall->interval = test.interval;
}

static void test_permutation(struct npt__overall *overall, const struct npt__compared *compared)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    const struct npt__score_groups *groups = &compared->groups;
    const struct npt__dimension *levels = comparison->levels;
    uint32_t *strata = NULL;
    if (levels) {
        strata = npt__allocate((groups->count + 1) * sizeof *strata);
        for (size_t i = 0; i < groups->count; i++)
            strata[i] = levels->of_row[groups->response[i]];
    }
    const struct npt__permutation test = npt__permutation_test(
        &(struct npt__permutation_data){.scores = groups->scores,
                                        .unit = groups->unit,
                                        .groups = groups->group_of,
                                        .strata = strata,
                                        .count = groups->count,
                                        .group_count = groups->group_count},
        &(struct npt__permutation_options){.statistic = NPT__PERMUTE_MEANS,
                                           .replicates = comparison->replicates,
                                           .seed = comparison->seed,
                                           .threads = comparison->study->threads,
                                           .most_steps = NPT__PERMUTATION_STEPS});
    npt__release(strata);
    if (test.defined) {
        overall->statistic = test.statistic;
        overall->p = test.p;
        return;
    }
    if (test.fault == NPT__PERMUTATION_FEW_GROUPS)
        overall->reason = "fewer than two to compare";
    else if (test.fault == NPT__PERMUTATION_CONSTANT)
        overall->reason = levels ? "equal scores within each level" : all_equal;
    else if (test.fault == NPT__PERMUTATION_FIXED)
        overall->reason = "no level has two of them";
    else
        overall->reason = "too many for a permutation test";
}

/* Omega squared, and with --test anova the test as well. Welch's test leaves out sites with one score. */
static void take_anova(struct npt__overall *overall, const struct npt__compared *compared)
{
    const bool is_welch = compared->comparison->test == NPT__COMPARE_WELCH;
    const struct npt__score_groups *groups = &compared->groups;
    double *values = npt__allocate((groups->count + 1) * sizeof *values);
    uint32_t *group_of = npt__allocate((groups->count + 1) * sizeof *group_of);
    size_t count = 0;
    for (size_t i = 0; i < groups->count; i++)
        if (!is_welch || compared->sites[groups->group_of[i]].count > 1) {
            values[count] = groups->values[i];
            group_of[count++] = groups->group_of[i];
        }
    const struct npt__anova anova =
        npt__anova(&(struct npt__grouped){values, group_of, count, groups->group_count},
                   NPT__COMPARE_CONFIDENCE);
    npt__release(values);
    npt__release(group_of);
    if (anova.defined) {
        overall->effect = anova.omega_squared;
        overall->interval = anova.share;
    } else {
        overall->effect_reason = why_no_anova(compared, anova.fault);
    }
    if (compared->comparison->test != NPT__COMPARE_ANOVA)
        return;
    overall->reason = overall->effect_reason;
    overall->statistic = anova.defined ? anova.f : (double)NAN;
    overall->freedom = anova.defined ? anova.between_freedom : (double)NAN;
    overall->within = anova.defined ? anova.within_freedom : (double)NAN;
    overall->p = anova.defined ? anova.p : (double)NAN;
}

/* "Site 3, Site 7". */
static const char *name_alone(const struct npt__compared *compared)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    npt__buffer list = {0};
    for (size_t i = 0; i < compared->groups.group_count; i++)
        if (compared->sites[i].count == 1)
            npt__buffer_print(&list, "%s%s", list.length ? ", " : "", comparison->sites->values[i]);
    const char *names = list.length ? npt__arena_string(comparison->scope.arena, list.bytes) : NULL;
    npt__buffer_release(&list);
    return names;
}

struct npt__overall npt__compare_overall(const struct npt__compared *compared)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    struct npt__overall overall = {.measure = compared->measure,
                                   .count = compared->groups.count,
                                   .statistic = NAN,
                                   .freedom = NAN,
                                   .within = NAN,
                                   .p = NAN,
                                   .adjusted = NAN,
                                   .effect = NAN};
    for (size_t i = 0; i < compared->groups.group_count; i++) {
        overall.sites += compared->sites[i].count > 0;
        overall.judged += compared->sites[i].count >= comparison->least;
    }
    switch (comparison->test) {
    case NPT__COMPARE_WELCH:
        test_welch(&overall, compared);
        overall.alone = name_alone(compared);
        break;
    case NPT__COMPARE_KRUSKAL:
        test_kruskal(&overall, compared);
        break;
    case NPT__COMPARE_PERMUTATION:
        test_permutation(&overall, compared);
        break;
    case NPT__COMPARE_ANOVA:
        break;
    }
    if (comparison->levels)
        overall.effect_reason = "not within levels";
    else if (comparison->test != NPT__COMPARE_KRUSKAL)
        take_anova(&overall, compared);
    return overall;
}

/* ---- the table ------------------------------------------------------------------------------- */

/* What p is adjusted among: constructs, general items; each total stands alone. */
static int family_of(const struct npt__overall *overall)
{
    if (overall->measure->total)
        return 2;
    return overall->measure->general;
}

static void adjust(const struct npt__survey_comparison *comparison, struct npt__overall *overall,
                   size_t count)
{
    double *p = npt__allocate((count + 1) * sizeof *p);
    for (int family = 0; family < 2; family++) {
        for (size_t i = 0; i < count; i++)
            p[i] = family_of(&overall[i]) == family ? overall[i].p : (double)NAN;
        npt__adjust(comparison->adjustment, p, p, count);
        for (size_t i = 0; i < count; i++)
            if (family_of(&overall[i]) == family)
                overall[i].adjusted = p[i];
    }
    for (size_t i = 0; i < count; i++)
        if (family_of(&overall[i]) == 2)
            overall[i].adjusted = overall[i].p;
    npt__release(p);
}

enum { COUNT, SITES, TEST, STATISTIC, FREEDOM, WITHIN, P, ADJUSTED, EFFECT, LOW, HIGH, VERDICT };

static size_t add_columns(npt_table *table, const struct npt__survey_comparison *comparison)
{
    const bool ranks = comparison->test == NPT__COMPARE_KRUSKAL;
    npt__compared_columns(comparison, table);
    const size_t first = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, comparison->by_site ? "sites" : "groups",
                       comparison->by_site ? "Sites" : "Groups", NPT_UNIT_COUNT);
    npt__table_measure(table, "test", "Test", NPT_UNIT_TEXT);
    npt__table_measure(table, "statistic", ranks ? "H" : "F", NPT_UNIT_MEAN);
    npt__table_measure(table, "freedom", "Degrees of freedom", NPT_UNIT_MEAN);
    npt__table_measure(table, "freedom_within", "Degrees of freedom within", NPT_UNIT_MEAN);
    npt__table_measure(table, "p", "p", NPT_UNIT_P);
    npt__table_measure(table, "p_adjusted", "Adjusted p", NPT_UNIT_P);
    npt__table_measure(table, "effect", ranks ? "Epsilon squared" : "Omega squared", NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    struct npt__layout layout = {.across = SIZE_MAX,
                                 .shown = {{.column = first + COUNT, .of = SIZE_MAX},
                                           {.column = first + SITES, .of = SIZE_MAX},
                                           {.column = first + STATISTIC, .of = SIZE_MAX},
                                           {.column = first + ADJUSTED, .of = SIZE_MAX}},
                                 .shown_count = 4};
    if (!comparison->levels) { /* which have no such effect size */
        layout.shown[layout.shown_count++] =
            (struct npt__shown){.column = first + EFFECT, .of = SIZE_MAX};
        layout.shown[layout.shown_count++] =
            (struct npt__shown){first + LOW, first + HIGH, "95% interval", NPT__RANGE};
    }
    layout.shown[layout.shown_count++] =
        (struct npt__shown){.column = first + VERDICT, .of = SIZE_MAX};
    npt__table_set_layout(table, &layout);
    return first;
}

/* A test of all sites tells of the smallest, too: where that is too small to be described, nothing but n is declared, and
   the rest is withheld. */
static void declare(npt_table *table, const struct npt__survey_comparison *comparison, size_t first)
{
    const size_t set = comparison->study->disclosure.min_n;
    npt__compared_declare(comparison, table);
    npt__table_counts(table, first + SITES, NPT__HARMLESS, "sites");
    npt__table_counts(table, first + TEST, NPT__HARMLESS, "sites");
    if (comparison->levels)
        return;
    npt__table_counts(table, first + COUNT, NPT__COUNTS_PEOPLE, "scored");
    if (comparison->smallest < (set ? set : NPT_MIN_N))
        return;
    for (size_t i = first + STATISTIC; i < first + VERDICT; i++)
        npt__table_compares(table, i, first + COUNT, comparison->sites->key);
    npt__table_describes(table, first + VERDICT, first + COUNT);
}

static const char *words(const struct npt__overall *overall)
{
    if (overall->sites < 2)
        return "nothing to compare";
    if (overall->judged < 2)
        return "too few answers";
    if (overall->reason)
        return "no test";
    if (!(overall->adjusted < ALPHA))
        return "not clear";
    return "differ";
}

static void add_row(npt_table *table, size_t first, const struct npt__survey_comparison *comparison,
                    const struct npt__overall *overall)
{
    static const char *const names[] = {"welch", "kruskal", "anova", "permutation"};
    static const char unused[] = "not of this test";
    struct npt_cell *row = npt__table_add_row(table), *cells = row + first;
    const char *reason = overall->reason ? overall->reason : unused;
    npt__table_scale(table, overall->measure->least, overall->measure->most);
    npt__compared_label(comparison, overall->measure, row);
    cells[COUNT] = npt__count(overall->count);
    cells[SITES] = npt__count(overall->sites);
    cells[TEST] = npt__text(names[comparison->test]);
    cells[STATISTIC] = npt__number_or(
        overall->statistic,
        overall->reason ? overall->reason : "beyond all bounds: nothing varies within them");
    cells[FREEDOM] = npt__number_or(overall->freedom, reason);
    cells[WITHIN] = npt__number_or(overall->within, reason);
    cells[P] = npt__number_or(overall->p, reason);
    cells[ADJUSTED] = npt__number_or(overall->adjusted, reason);
    cells[EFFECT] = npt__number_or(overall->effect, overall->effect_reason);
    const char *none = overall->effect_reason ? overall->effect_reason : "no interval to be had";
    cells[LOW] = npt__end_or(&overall->interval, overall->interval.low, none);
    cells[HIGH] = npt__end_or(&overall->interval, overall->interval.high, none);
    cells[VERDICT] = npt__text(words(overall));
}

void npt__add_overall(npt_table *table, const struct npt__survey_comparison *comparison,
                      struct npt__overall *overall, size_t count)
{
    const size_t first = add_columns(table, comparison);
    declare(table, comparison, first);
    adjust(comparison, overall, count);
    for (size_t i = 0; i < count; i++)
        add_row(table, first, comparison, &overall[i]);
    npt__note_overall(table, comparison, overall, count);
}
