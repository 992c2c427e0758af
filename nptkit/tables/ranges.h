/* ranges.h - how narrowly an attacker can bound what is withheld.
 *
 * First by passing bounds through the relations until nothing changes, which is quick and finds most leaks; then
 * by linear programming (GLPK) over regions of it (ranges_region.h), with whole numbers where the vertices are not whole
 * by themselves; larger regions prove more, but none proves what is not so. Every solution that is found is a witness for all its quantities at once: two witnesses that lie far enough apart prove
 * a quantity safe, so most need no program of their own. Withholding more never takes a witness away.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RANGES_H
#define NPT__RANGES_H

#include "quantities.h"

struct npt__ranges {
    const struct npt__quantities *quantities;
    double min_n, width;          /* values that a withheld count must have */
    double *low, *high;           /* as far as passing bounds tells */
    double *seen_low, *seen_high; /* of witnesses: counts; of sums, the mean */
    uint32_t *first,
        *relations; /* the relations of each item: relations[first[i]] up to relations[first[i + 1]] */
    uint32_t *place; /* in the part that is being solved; NPT__NOWHERE */
};

/* After the quantities were collected; what is withheld may change later. */
void npt__ranges_open(struct npt__ranges *ranges, const struct npt__quantities *quantities,
                      double min_n, double width);
void npt__ranges_release(struct npt__ranges *ranges);

/* Passes bounds on from what is published now. */
void npt__ranges_pass(struct npt__ranges *ranges);
/* Whether the promise is about this item, as it stands now. */
bool npt__ranges_wanted(const struct npt__ranges *ranges, uint32_t item);
/* How much wider than it should be what passing bounds tells of an item: below 0 is a leak. */
double npt__ranges_slack(const struct npt__ranges *ranges, uint32_t item);
/* What one relation alone tells of an item: below 0 is a leak. */
double npt__ranges_slack_of(const struct npt__ranges *ranges, uint32_t item, size_t relation);
/* Looks for witnesses for each item that is wanted and not proven safe. */
void npt__ranges_solve(struct npt__ranges *ranges);
/* Whether witnesses prove an item safe. */
bool npt__ranges_proven(const struct npt__ranges *ranges, uint32_t item);

#endif
