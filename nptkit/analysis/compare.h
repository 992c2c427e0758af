/* compare.h - the two halves of `compare`: responses to a survey, and coded interviews.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__COMPARE_H
#define NPT__COMPARE_H

#include "registry.h"

/* What --against names. */
enum npt__against {
    NPT__AGAINST_ALL,  /* every pair */
    NPT__AGAINST_REST, /* each site and all others together */
    NPT__AGAINST_ONE,  /* each other site and one of them */
};

/* Which pairs of sites are compared. */
struct npt__rivals {
    enum npt__against against;
    size_t reference; /* of AGAINST_ONE: the site's place among the values */
    bool by_default;  /* chosen by the number of sites: a note says so */
};

#define NPT__MOST_SITES_IN_PAIRS 8u /* with more, --against rest is the default */

/* Reads --against: a value of the sites, "rest" or "all". */
enum npt_status npt__rivals_read(struct npt__rivals *rivals, const npt_options *options,
                                 const char *const *values, size_t count, npt_diags *diags);
/* How many comparisons there are between so many sites. */
size_t npt__rivals_count(const struct npt__rivals *rivals, size_t count);
/* Comparison number `index`: a site and its rival, SIZE_MAX for all others together. */
void npt__rivals_at(const struct npt__rivals *rivals, size_t count, size_t index, size_t *site,
                    size_t *other);
/* What the comparison was chosen by, for a note; nothing where the user chose. */
void npt__note_rivals(npt_table *table, const struct npt__rivals *rivals);
/* The confidence at which so many intervals hold together, by Bonferroni. */
double npt__simultaneous(double confidence, size_t count);

/* --by: one attribute, "site" where it is not given. NULL after a fault. */
const char *npt__compare_by(const npt_options *options, npt_diags *diags);

enum npt_status npt__compare_survey(struct npt__tables *tables, const npt_study *study,
                                    const npt_options *options, npt_diags *diags);
/* --of cases, segments or coverage. */
enum npt_status npt__compare_cases(struct npt__tables *tables, const npt_study *study,
                                   const npt_options *options, npt_diags *diags);

#endif
