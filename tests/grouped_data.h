/* grouped_data.h - grouped data sets for tests of mixed models and clusters.
 *
 *     struct grouped_data set = grouped_read(GROUPED_SLEEP);
 *     ... set.y, set.x, set.group ...
 *     grouped_free(&set);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef GROUPED_DATA_H
#define GROUPED_DATA_H

#include "../nptkit/stats/mixed_model.h"

#include <stddef.h>
#include <stdint.h>

enum grouped_set {
    GROUPED_DYES,    /* dyestuff.csv: Yield ~ 1 + (1 | Batch) */
    GROUPED_SLEEP,   /* sleepstudy.csv: Reaction ~ Days + (1 | Subject) */
    GROUPED_SITES,   /* survey_ref.csv: mean of C1 to C4 ~ wave + (1 | site), wave as a number */
    GROUPED_PEOPLE,  /* the same, waves 2 and 3 as columns of 0 and 1, (1 | respondent_id) */
    GROUPED_CLUSTERS /* clusters.csv: y in clusters, with x the weights */
};

struct grouped_data {
    double *y, *x;
    uint32_t *group; /* numbered as they come */
    size_t columns, count, groups;
};

struct grouped_data grouped_read(enum grouped_set set);
/* `sizes` groups of these sizes, two columns (one of numbers, one of 0 and 1 by group), normal effects. */
struct grouped_data grouped_draw(const size_t *sizes, size_t groups, double effect_sd,
                                 uint64_t *seed);
void grouped_free(struct grouped_data *set);
struct npt__mixed_data grouped_mixed(const struct grouped_data *set);
double grouped_normal(uint64_t *seed);

#endif
