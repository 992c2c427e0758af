/* studentized_range.h - Tukey's studentized range: how far apart the largest and the smallest of several means are.
 *
 * The range of `groups` independent normal values, divided by an independent estimate of their standard
 * deviation with `freedom` degrees of freedom (Tukey 1953, "The problem of multiple comparisons"). What depends
 * on the number of groups alone is computed once, so thousands of tails and quantiles take milliseconds:
 *     struct npt__studentized_range *range = npt__studentized_range_new(4);
 *     double p = npt__studentized_range_tail(range, 3.5, 20);
 *     double q = npt__studentized_range_quantile(range, 0.05, 20);
 *     npt__studentized_range_free(range);
 * An object serves one thread at a time. Results do not depend on what was asked before.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STUDENTIZED_RANGE_H
#define NPT__STUDENTIZED_RANGE_H

#include <stddef.h>

#define NPT__RANGE_MOST_GROUPS 1000u

struct npt__studentized_range;

/* 2 to NPT__RANGE_MOST_GROUPS groups. */
struct npt__studentized_range *npt__studentized_range_new(size_t groups);
void npt__studentized_range_free(struct npt__studentized_range *range);

/* The probability of a studentized range of at least q, with a relative error below 1e-13 (R 4.2's ptukey is off by
   up to 7.6e-7). `freedom` from 1 to INFINITY, not necessarily whole. 1 for q <= 0; NAN where an argument is NAN
   or `freedom` is below 1. */
double npt__studentized_range_tail(struct npt__studentized_range *range, double q, double freedom);
/* The q that is reached with the probability `tail`. NAN where `tail` is not within 1e-90 and 1 (both excluded)
   or `freedom` is below 1. */
double npt__studentized_range_quantile(struct npt__studentized_range *range, double tail,
                                       double freedom);

#endif
