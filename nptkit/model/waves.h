/* waves.h - the order of waves, for the whole program.
 *
 * The waves stand in the order in which the files have them first. Then
 *   1. those that study.xml lists (npt_study.waves) take its order, over the places that they hold;
 *   2. numbers and dates (7, -1, 2.5; 2023-04, 2023-04-30) take the order of their values, over the places that
 *      they hold. A date is later than its year or month alone: 2023 < 2023-04 < 2023-04-30.
 * Names that are alike but for one whole number (Wave 1, Wave 2; T0, T1) are such numbers, where all waves are.
 *
 * So each of Baseline, 12, 6 is placed: Baseline stays first, 6 comes before 12. The order is a guess, unless all
 * waves are numbers or dates, or study.xml lists all of them: first appearance says little of time.
 *
 * Readers put the values of a wave in this order once, so that for everybody else the number of a value is its place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__WAVES_H
#define NPT__WAVES_H

#include "study.h"

/* Fills `order` with the numbers of the names, which are in order of first appearance: the first wave first.
   Returns whether the order is a guess. */
bool npt__order_waves(const npt_study *study, const char *const *names, size_t count,
                      uint32_t *order);

#endif
