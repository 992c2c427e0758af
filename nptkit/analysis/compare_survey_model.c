/* compare_survey_model.c - how much sites differ, by a mixed model: sites drawn from one distribution.
 *
 * score = mean + site + error, the site a random intercept.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_survey.h"

#include "../stats/cluster.h"

#include <math.h>

enum {
    COUNT,
    SITES,
    MEAN,
    LOW,
    HIGH,
    BETWEEN,
    WITHIN,
    ICC,
    ICC_LOW,
    ICC_HIGH,
    SIZE,
    EFFECT,
    P,
    VERDICT
};

void npt__add_model_columns(npt_table *table, const struct npt__survey_comparison *comparison)
{
    npt__compared_columns(comparison, table);
    const size_t first = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, comparison->by_site ? "sites" : "groups",
                       comparison->by_site ? "Sites" : "Groups", NPT_UNIT_COUNT);
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    npt__table_measure(table, "sd_between", "SD between", NPT_UNIT_MEAN);
    npt__table_measure(table, "sd_within", "SD within", NPT_UNIT_MEAN);
    npt__table_measure(table, "icc", "ICC", NPT_UNIT_MEAN);
    npt__table_measure(table, "icc_low", "ICC low", NPT_UNIT_MEAN);
    npt__table_measure(table, "icc_high", "ICC high", NPT_UNIT_MEAN);
    npt__table_measure(table, "mean_size", "Mean size", NPT_UNIT_MEAN);
    npt__table_measure(table, "design_effect", "Design effect", NPT_UNIT_MEAN);
    npt__table_measure(table, "p", "p", NPT_UNIT_P);
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    npt__table_set_layout(
        table, &(struct npt__layout){
                   .across = SIZE_MAX,
                   .shown = {{.column = first + COUNT, .of = SIZE_MAX},
                             {.column = first + MEAN, .of = SIZE_MAX},
                             {first + LOW, first + HIGH, "95% interval", NPT__RANGE},
                             {.column = first + BETWEEN, .of = SIZE_MAX},
                             {.column = first + WITHIN, .of = SIZE_MAX},
                             {.column = first + ICC, .of = SIZE_MAX},
                             {first + ICC_LOW, first + ICC_HIGH, "95% of ICC", NPT__RANGE},
                             {.column = first + EFFECT, .of = SIZE_MAX},
                             {.column = first + VERDICT, .of = SIZE_MAX}},
                   .shown_count = 9});
}

const char *npt__why_no_model(const struct npt__mixed_model *model)
{
    switch (model->fault) {
    case NPT__MIXED_FINE:
        return NULL;
    case NPT__MIXED_SINGLES:
        return "one score each";
    case NPT__MIXED_CONSTANT:
        return "all scores are equal";
    case NPT__MIXED_EXACT:
        return "nothing varies within them";
    case NPT__MIXED_GROUPS:
        return "fewer than two to compare";
    default:
        return "more than the model takes";
    }
}

static const char *words(const struct npt__mixed_model *model)
{
    if (!model->defined)
        return "no model";
    if (model->boundary)
        return "no more than by chance";
    return model->groups_p < 0.05 ? "more than by chance" : "not clear";
}

void npt__add_model(npt_table *table, const struct npt__compared *compared,
                    const struct npt__mixed_model *model)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    const struct npt__score_groups *groups = &compared->groups;
    struct npt_cell *row = npt__table_add_row(table), *cells = row + (comparison->items ? 2 : 1);
    const char *reason = npt__why_no_model(model);
    const struct npt__mixed_effect *mean = &model->effect[0];
    const struct npt__design_effect effect =
        npt__design_effect(groups->group_of, groups->count, groups->group_count, model->icc);
    const double values[] = {mean->estimate,
                             sqrt(model->group_variance),
                             sqrt(model->error_variance),
                             model->icc,
                             effect.unequal,
                             model->groups_p};
    static const size_t places[] = {MEAN, BETWEEN, WITHIN, ICC, EFFECT, P};
    npt__compared_label(comparison, compared->measure, row);
    cells[COUNT] = npt__count(groups->count);
    size_t sites = 0;
    for (size_t i = 0; i < groups->group_count; i++)
        sites += compared->sites[i].count > 0;
    cells[SITES] = npt__count(sites);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        cells[places[i]] = model->defined ? npt__number(values[i]) : npt__absent(reason);
    const char *no_interval = reason ? reason : "too few for an interval";
    cells[LOW] = npt__end_or(&mean->interval, mean->interval.low, no_interval);
    cells[HIGH] = npt__end_or(&mean->interval, mean->interval.high, no_interval);
    cells[ICC_LOW] = npt__end_or(&model->icc_interval, model->icc_interval.low, no_interval);
    cells[ICC_HIGH] = npt__end_or(&model->icc_interval, model->icc_interval.high, no_interval);
    cells[SIZE] =
        effect.defined ? npt__number(effect.mean_size) : npt__absent("nobody has a score");
    cells[VERDICT] = npt__text(words(model));
}

void npt__note_model(npt_table *table, const struct npt__survey_comparison *comparison)
{
    npt__table_add_protected_note(
        table, "Withheld as a whole: a model of all of them tells of the smallest, too.");
    npt__table_add_note(
        table,
        "score = mean + %s + error, the %s a random intercept, by restricted maximum likelihood; the mean is that "
        "of all of them, each counting by what is known of it, with Satterthwaite's degrees of freedom.",
        comparison->sites->key, comparison->sites->key);
    npt__table_add_note(
        table,
        "ICC: the share of the variance that lies between the groups, with its interval by profile likelihood. Design "
        "effect: how many times the variance of a mean of all is what it would be if they did not differ, 1 + "
        "((1 + c^2) m - 1) ICC, with m the mean size and c the coefficient of variation of the sizes (Eldridge, "
        "Ashby and Kerry 2006).");
    npt__table_add_note(
        table,
        "In words: more than by chance where p of the likelihood ratio (Self and Liang 1987) is below 0.05; no more "
        "than by chance where the model finds no variance between the groups: it then lies on the edge of what is "
        "possible, and all shrunken means are equal. p is not adjusted.");
}
