/* values.h - what a recipe can ask of a study: values for its texts, and conditions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__VALUES_H
#define NPT__VALUES_H

#include "../model/study.h"
#include "recipe.h"

struct npt__values {
    npt__arena *arena; /* of the texts */
    const npt_study *study;
    const char *title; /* of the study; NULL: one that every study could have */
    const npt_recipe *recipe;
    struct npt_protection limits;
    const char *site;      /* NULL: a report on all sites */
    const char *construct; /* of the picture whose caption it is; NULL */
};

/* The text with its values filled in. */
const char *npt__values_fill(const struct npt__values *values, const char *text);

/* Whether a condition holds for the study. */
bool npt__study_meets(const npt_study *study, enum npt__condition condition);

#endif
