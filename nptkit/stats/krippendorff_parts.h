/* krippendorff_parts.h - what Krippendorff's alpha and its bootstrap share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__KRIPPENDORFF_PARTS_H
#define NPT__KRIPPENDORFF_PARTS_H

#include "agreement_many.h"
#include "rating_patterns.h"

/* `fault`: what the search for patterns said. */
struct npt__krippendorff npt__krippendorff_of_patterns(const struct npt__rating_patterns *patterns,
                                                       enum npt__agreement_fault fault,
                                                       enum npt__metric metric,
                                                       const double *values);

/* For each category 2 * (ratings in categories below it) + (ratings in it). */
void npt__twice_mean_ranks(int64_t *ranks, const uint64_t *counts, size_t categories);

/* The metric's squared differences, categories x categories, all by the same factor; ordinal ones are those of the
   whole data. */
void npt__squared_differences(double *squares, const struct npt__rating_patterns *patterns,
                              enum npt__metric metric, const double *values);

#endif
