/* survey_groups.h - the scores of one measure with the group of each respondent: what tests between sites take.
 *
 *     struct npt__score_groups groups;
 *     npt__score_groups_open(&groups, &scope, measure);
 *     npt__describe_groups(&(struct npt__grouped){groups.values, groups.group_of, groups.count,
 *                          groups.group_count}, descriptions);
 *     npt__score_groups_release(&groups);
 *
 * The groups are the values of the scope's first dimension, in their order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SURVEY_GROUPS_H
#define NPT__SURVEY_GROUPS_H

#include "../stats/describe.h"
#include "survey_scores.h"

struct npt__score_groups {
    size_t count, group_count;
    double *values;  /* the scores */
    int64_t *scores; /* the same times `unit`, exact */
    int64_t unit;
    uint32_t *group_of; /* of each score */
    uint32_t *response; /* whose it is */
    size_t *not_scored; /* of each group: asked, with too few answers for a score */
    size_t groupless;   /* scores of responses without a value of the dimension: left out */
};

/* The scope has a dimension. Scores come in the order of the responses. */
void npt__score_groups_open(struct npt__score_groups *groups, const struct npt__survey_scope *scope,
                            const struct npt__measure *measure);
/* Count, mean, standard deviation, least and most of each group; from exact sums, so that means and deviations are
   those of `score` to the last digit. `descriptions` takes one for each group. */
void npt__describe_scores(const struct npt__score_groups *groups,
                          struct npt__description *descriptions);
void npt__score_groups_release(struct npt__score_groups *groups);

#endif
