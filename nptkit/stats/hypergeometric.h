/* hypergeometric.h - how many marked rows are among some that are drawn without replacement.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__HYPERGEOMETRIC_H
#define NPT__HYPERGEOMETRIC_H

#include "random.h"

/* The logarithms of 0!, 1! .. largest!, with relative errors below 1e-15; release them. */
double *npt__log_factorials(uint32_t largest);

/* `draws` rows out of `marked` and `others`, of which there are no more than `log_factorials` has: how many marked
   ones are among them. One uniform number is taken and looked up in the distribution from the most likely
   number outwards, so that the time goes with the standard deviation. Probabilities are right to some 1e-14, and
   to 1e-9 where rows go into the millions. */
uint32_t npt__random_hypergeometric(struct npt__random *random, const double *log_factorials,
                                    uint32_t marked, uint32_t others, uint32_t draws);

#endif
