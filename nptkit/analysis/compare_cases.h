/* compare_cases.h - what `compare --of` finds out of each construct, between its numbers and its tables.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__COMPARE_CASES_H
#define NPT__COMPARE_CASES_H

#include "../stats/interval.h"
#include "case_counts.h"
#include "compare.h"

#define NPT__CASES_CONFIDENCE 0.95
#define NPT__CASES_ALPHA 0.05

/* What is compared of cases. */
enum npt__case_measure {
    NPT__COMPARED_CASES, /* with the construct, of all */
    NPT__COMPARED_SEGMENTS,
    NPT__COMPARED_COVERAGE,
};

enum npt__case_test {
    NPT__TEST_FISHER,
    NPT__TEST_CHI_SQUARE,
    NPT__TEST_G,
    NPT__TEST_KRUSKAL,
    NPT__TEST_PERMUTATION,
};

/* A number, or why there is none; NULL: there is one; "": the test has no such number, which needs no words. */
struct npt__found {
    double value;
    const char *missing;
};

/* An interval that is not defined has its reason, too. */
struct npt__found_interval {
    struct npt__interval interval;
    const char *missing;
};

/* All sites at once. */
struct npt__case_overall {
    struct npt__found statistic, freedom, p, p_error;
    double adjusted; /* NAN where there is no p */
    struct npt__found effect;
    struct npt__found_interval interval; /* of the effect */
    bool rough; /* chi-square or G with small expected counts (Cochran 1954) */
};

/* One site, or all together. */
struct npt__case_site {
    size_t count, with;         /* cases; those that have the construct */
    struct npt__interval share; /* with / count */
    double median, low_quartile, high_quartile,
        mean; /* of segments or coverage; NAN where count is 0 */
};

/* A site and its rival. */
struct npt__case_pair {
    size_t count, other_count;
    double value,
        other_value; /* the share with the construct, or the median; NAN where the count is 0 */
    struct npt__found
        difference; /* of the shares, or Cliff's delta: above 0 where the site has more */
    struct npt__found_interval interval; /* holds for all pairs of the construct together */
    struct npt__found p;
    double adjusted; /* NAN where there is no p */
};

/* One construct or component. */
struct npt__case_outcome {
    uint32_t row;                   /* of the tally */
    size_t count, with, site_count; /* cases with a site; those that have it; sites with cases */
    struct npt__case_overall overall;
    struct npt__case_site *sites; /* the values of the attribute in order, then all together */
    struct npt__case_pair *pairs;
};

struct npt__case_comparison {
    const npt_study *study;
    struct npt__case_counts counts;
    enum npt__case_measure of;
    enum npt__case_test test;
    struct npt__rivals rivals;
    size_t pair_count, least, replicates, seed;
    double pair_confidence; /* of each pair's interval */
    struct npt__case_outcome *outcomes;
    size_t outcome_count;
};

static inline size_t npt__compared_sites(const struct npt__case_comparison *comparison)
{
    return comparison->counts.by.count;
}

/* In compare_shares.c: shares of cases. In compare_amounts.c: segments, or coverage. Each fills all but `row`
   and the adjusted p. */
void npt__compare_shares(const struct npt__case_comparison *comparison,
                         struct npt__case_outcome *outcome);
void npt__compare_amounts(const struct npt__case_comparison *comparison,
                          struct npt__case_outcome *outcome);

/* In compare_cases_tables.c: adds the three tables. */
void npt__compare_cases_tables(struct npt__tables *tables,
                               const struct npt__case_comparison *comparison);
/* In compare_cases_notes.c: the notes of the first of them. */
void npt__compare_cases_notes(npt_table *table, const struct npt__case_comparison *comparison);
/* What is compared: sites or the values of another attribute; "sites", or "groups". */
bool npt__compared_by_site(const struct npt__case_comparison *comparison);
const char *npt__compared_word(const struct npt__case_comparison *comparison);
const char *npt__case_test_name(enum npt__case_test test);

#endif
