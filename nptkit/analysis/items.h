/* items.h - what the two tables of a questionnaire's items share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ITEMS_H
#define NPT__ITEMS_H

#include "survey_scope.h"

/* How an item was answered in each cell, totals included: `size` counts a cell, side by side. They are of the values
   from 0 to the scale's end, then of missing answers, then of each kind of not-relevant ones. */
size_t *npt__item_count(const struct npt__survey_scope *scope, const struct npt__study_item *item,
                        size_t *size);
/* Whether any file asked the item. */
bool npt__item_is_asked(const struct npt__responses *responses, const struct npt__study_item *item);
/* 0 below the middle of a scale, 1 at it, 2 above it. */
size_t npt__item_side(const struct npt__scale *scale, int value);
/* "General" for one without a construct. */
const char *npt__item_construct(const struct npt__responses *responses,
                                const struct npt__study_item *item);

/* Every item's answers, one by one. */
npt_table *npt__item_answers(const struct npt__survey_scope *scope);

#endif
