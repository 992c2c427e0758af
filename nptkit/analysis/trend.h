/* trend.h - what `trend` looks at: waves in their order, the comparisons between them, and who answered when.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__TREND_H
#define NPT__TREND_H

#include "../stats/effect_means.h"
#include "../stats/mean_difference.h"
#include "survey_scores.h"

/* Two waves, by their place in the order of waves. */
struct npt__wave_pair {
    size_t from, to;
};

struct npt__trend {
    const npt_study *study;
    struct npt__survey_scope scope; /* no dimension, or one: the sites */
    const size_t *first;            /* where the responses of each cell begin among the members */
    const uint32_t *members;        /* see npt__survey_scope_members() */
    const struct npt__measure *measures;
    size_t measure_count;
    const char **waves; /* in their order */
    size_t wave_count;
    uint32_t *wave_of; /* of each response; NPT__NONE: not looked at */
    /* the same with repeated ones: n and means are those of `score`, as a mean without a single response would tell
       its score */
    uint32_t *wave_of_all;
    uint32_t *answer; /* wave x person: the person's first response in a wave; NPT__NONE */
    struct npt__wave_pair *pairs;
    size_t pair_count;
    size_t least;
    size_t
        repeated; /* responses of somebody who had answered in that wave already: in n and means only */
    size_t waveless; /* responses without a wave: left out */
    size_t moved;    /* people whose site differs between waves: linked in the total only */
};

/* Reads the options and finds the waves; release it whatever the status. */
enum npt_status npt__trend_open(struct npt__trend *trend, const npt_study *study,
                                const npt_options *options, npt_diags *diags);
void npt__trend_release(struct npt__trend *trend);

/* Two lists of scores of one measure, of two waves. */
struct npt__two_waves {
    double *from, *to;
    size_t from_count, to_count;
};

/* What two waves have of one measure in one cell of the scope. */
struct npt__wave_scores {
    struct npt__two_waves all;      /* everybody who has a score */
    struct npt__two_waves linked;   /* the same people in both lists, in the same order */
    struct npt__two_waves unlinked; /* those whose score of the other wave is not known */
};

/* Sorts the scores of all responses (npt__list_scores()) into these lists; release them. */
void npt__wave_scores(struct npt__wave_scores *sorted, const struct npt__trend *trend,
                      const struct npt__measure *measure, const int64_t *scores, uint32_t cell,
                      struct npt__wave_pair pair);
void npt__wave_scores_release(struct npt__wave_scores *sorted);

/* ---- what came of it -------------------------------------------------------------------------- */

/* One measure in one cell between two waves. */
struct npt__wave_change {
    struct npt__description from, to; /* everybody who has a score */
    struct npt__mean_difference change, difference;
    struct npt__mean_effect change_effect, difference_effect;
    size_t linked, unlinked_from, unlinked_to;
    double unlinked_mean_from, unlinked_mean_to;
    double change_p, difference_p, change_adjusted, difference_adjusted; /* NAN: no test */
};

struct npt__wave_changes {
    struct npt__trend base;
    bool *asked; /* of each measure: somebody was, in a wave that is looked at */
    struct npt__wave_change *outcomes; /* measure x cell x pair */
};

struct npt__wave_change *npt__wave_change_at(const struct npt__wave_changes *trend, size_t measure,
                                             uint32_t cell, size_t pair);

/* In trend_tables.c: add the tables of those linked, with everybody's means, and of the unlinked. */
void npt__trend_main_table(struct npt__tables *tables, const struct npt__wave_changes *trend,
                           const npt_options *options);
void npt__trend_unlinked_table(struct npt__tables *tables, const struct npt__wave_changes *trend);
/* In trend_model.c: adds the table of the mixed model. */
void npt__trend_model(struct npt__tables *tables, const struct npt__trend *trend);

#endif
