/* survey_groups.c - the scores of one measure with the group of each respondent.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_groups.h"

#include "../stats/anova.h"

void npt__score_groups_open(struct npt__score_groups *groups, const struct npt__survey_scope *scope,
                            const struct npt__measure *measure)
{
    const struct npt__dimension *dimension = &scope->dimensions.items[0];
    const uint32_t responses = scope->responses->count;
    const size_t room = (size_t)responses + 1;
    *groups = (struct npt__score_groups){.group_count = dimension->count, .unit = measure->unit};
    groups->values = npt__allocate(room * sizeof *groups->values);
    groups->group_of = npt__allocate(room * sizeof *groups->group_of);
    groups->response = npt__allocate(room * sizeof *groups->response);
    groups->not_scored = npt__allocate((dimension->count + 1) * sizeof *groups->not_scored);
    for (size_t i = 0; i < dimension->count; i++)
        groups->not_scored[i] = 0;
    groups->scores = npt__list_scores(scope->study, measure);
    for (uint32_t i = 0; i < responses; i++) {
        const int64_t score = groups->scores[i];
        const uint32_t group = dimension->of_row[i];
        if (scope->cell[i] == NPT__NONE || score == NPT__SCORE_NOT_ASKED)
            continue;
        if (group >= dimension->count) {
            groups->groupless += score != NPT__NOT_SCORED;
        } else if (score == NPT__NOT_SCORED) {
            groups->not_scored[group]++;
        } else {
            const size_t at = groups->count++; /* at most i: what is overwritten was read */
            groups->scores[at] = score;
            groups->values[at] = (double)score / (double)measure->unit;
            groups->group_of[at] = group;
            groups->response[at] = i;
        }
    }
}

void npt__describe_scores(const struct npt__score_groups *groups,
                          struct npt__description *descriptions)
{
    npt__describe_groups(&(struct npt__grouped){groups->values, groups->group_of, groups->count,
                                                groups->group_count},
                         descriptions);
    struct npt__sums *sums = npt__allocate((groups->group_count + 1) * sizeof *sums);
    for (size_t i = 0; i < groups->group_count; i++)
        sums[i] = (struct npt__sums){0};
    for (size_t i = 0; i < groups->count; i++)
        npt__sums_add(&sums[groups->group_of[i]], groups->scores[i]);
    for (size_t i = 0; i < groups->group_count; i++) {
        descriptions[i].mean = npt__sums_mean(&sums[i], groups->unit);
        descriptions[i].sd = npt__sums_sd(&sums[i], groups->unit);
    }
    npt__release(sums);
}

void npt__score_groups_release(struct npt__score_groups *groups)
{
    npt__release(groups->values);
    npt__release(groups->scores);
    npt__release(groups->group_of);
    npt__release(groups->response);
    npt__release(groups->not_scored);
    *groups = (struct npt__score_groups){0};
}
