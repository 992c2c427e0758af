/* post_hoc.h - all differences between the means of several groups, with intervals and tests that hold at once.
 *
 *     struct npt__mean_difference pairs[6];
 *     npt__games_howell(groups, 4, 0.95, pairs);
 *
 * `pairs` takes npt__pairs(count) entries, in the order (0, 1), (0, 2) ... (1, 2) ...; each says which groups it is
 * about and why it is not defined, if so. A group without values takes no part: its pairs are
 * NPT__DIFFERENCE_EMPTY, and it does not count among the groups that the adjustment is for.
 * At most NPT__RANGE_MOST_GROUPS groups (studentized_range.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__POST_HOC_H
#define NPT__POST_HOC_H

#include "mean_difference.h"
#include "studentized_range.h"

/* count * (count - 1) / 2. */
size_t npt__pairs(size_t count);

/* Groups that vary alike: Tukey 1953; Kramer 1956, "Extension of multiple range tests to group means with unequal
   numbers of replications", Biometrics 12, 307-310. A group of one value takes part: the variance is pooled. */
void npt__tukey_kramer(const struct npt__description *groups, size_t count, double confidence,
                       struct npt__mean_difference *pairs);
/* Groups that need not vary alike: Games & Howell 1976, "Pairwise multiple comparison procedures with unequal n's
   and/or variances", Journal of Educational Statistics 1(2), 113-125. Both groups of a pair need two values; one
   of the two may be constant. A group of one value counts among the groups that the adjustment is for. */
void npt__games_howell(const struct npt__description *groups, size_t count, double confidence,
                       struct npt__mean_difference *pairs);

#endif
