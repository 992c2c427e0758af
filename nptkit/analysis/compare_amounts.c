/* compare_amounts.c - how many segments, or how much coverage, cases have, at each site, at all sites and between two.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_cases.h"

#include "../stats/describe.h"
#include "../stats/effect_ranks.h"
#include "../stats/permutation.h"
#include "../stats/rank_tests.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PARTS_OF_COVERAGE 1000000000 /* permutations take whole numbers: shares in billionths */

/* The cases of one construct, site by site: those of site i are values[starts[i]] to values[starts[i + 1] - 1]. */
struct amounts {
    double *values;
    uint32_t *site_of;
    size_t *starts;
    size_t count, sites;
};

/* ---- gathering ------------------------------------------------------------------------------- */

static double amount_of(const struct npt__case_comparison *comparison, uint32_t row, size_t unit)
{
    const struct npt__case_counts *counts = &comparison->counts;
    return comparison->of == NPT__COMPARED_COVERAGE ? npt__case_coverage(counts, row, unit)
                                                    : (double)npt__case_segments(counts, row, unit);
}

static void gather(struct amounts *amounts, const struct npt__case_comparison *comparison,
                   struct npt__case_outcome *outcome)
{
    const struct npt__case_counts *counts = &comparison->counts;
    const size_t sites = npt__compared_sites(comparison);
    *amounts = (struct amounts){.sites = sites};
    amounts->values = npt__allocate((counts->count + 1) * sizeof *amounts->values);
    amounts->site_of = npt__allocate((counts->count + 1) * sizeof *amounts->site_of);
    amounts->starts = npt__allocate((sites + 2) * sizeof *amounts->starts);
    memset(amounts->starts, 0, (sites + 2) * sizeof *amounts->starts);
    for (size_t i = 0; i < counts->count; i++) /* how many there are, two places on */
        if (counts->value_of[i] < sites && !isnan(amount_of(comparison, outcome->row, i)))
            amounts->starts[counts->value_of[i] + 2]++;
    for (size_t i = 2; i < sites + 2; i++)
        amounts->starts[i] += amounts->starts[i - 1];
    for (size_t i = 0; i < counts->count; i++) { /* starts[i + 1] moves to the end of site i */
        const uint32_t site = counts->value_of[i];
        const double amount = site < sites ? amount_of(comparison, outcome->row, i) : (double)NAN;
        if (isnan(amount))
            continue;
        const size_t at = amounts->starts[site + 1]++;
        amounts->values[at] = amount;
        amounts->site_of[at] = site;
        outcome->sites[site].with += npt__case_has(counts, outcome->row, i);
        outcome->sites[sites].with += npt__case_has(counts, outcome->row, i);
        amounts->count++;
    }
}

static void amounts_release(struct amounts *amounts)
{
    npt__release(amounts->values);
    npt__release(amounts->site_of);
    npt__release(amounts->starts);
}

static const double *values_of(const struct amounts *amounts, size_t site, size_t *count)
{
    *count = amounts->starts[site + 1] - amounts->starts[site];
    return amounts->values + amounts->starts[site];
}

/* ---- each site ------------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void describe(struct npt__case_site *site, const double *values, size_t count)
{
    double *sorted = npt__allocate((count + 1) * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    site->count = count;
    site->share = npt__wilson_interval(site->with, count, NPT__CASES_CONFIDENCE);
    site->median = npt__quantile(sorted, count, 0.5);
    site->low_quartile = npt__quantile(sorted, count, 0.25);
    site->high_quartile = npt__quantile(sorted, count, 0.75);
    site->mean = npt__describe(values, count).mean;
    npt__release(sorted);
}

/* ---- all sites ------------------------------------------------------------------------------- */

static const char *why_no_ranks(enum npt__rank_fault fault, size_t sites)
{
    switch (fault) {
    case NPT__RANKS_TOO_FEW:
        return sites == 1 ? "one only: nothing to compare" : "no cases";
    case NPT__RANKS_CONSTANT:
        return "nothing varies";
    default:
        return "too many cases";
    }
}

static const char *why_no_permutation(enum npt__permutation_fault fault, size_t sites)
{
    switch (fault) {
    case NPT__PERMUTATION_FEW_GROUPS:
        return sites == 1 ? "one only: nothing to compare" : "no cases";
    case NPT__PERMUTATION_CONSTANT:
        return "nothing varies";
    default:
        return "more groups or cases than a permutation test takes";
    }
}

static void permute(const struct npt__case_comparison *comparison, const struct amounts *amounts,
                    size_t site_count, struct npt__case_overall *overall)
{
    const bool shares = comparison->of == NPT__COMPARED_COVERAGE;
    int64_t *scores = npt__allocate((amounts->count + 1) * sizeof *scores);
    for (size_t i = 0; i < amounts->count; i++)
        scores[i] = llround(amounts->values[i] * (shares ? PARTS_OF_COVERAGE : 1));
    const struct npt__permutation test = npt__permutation_test(
        &(struct npt__permutation_data){.scores = scores,
                                        .unit = shares ? PARTS_OF_COVERAGE : 1,
                                        .groups = amounts->site_of,
                                        .count = amounts->count,
                                        .group_count = amounts->sites},
        &(struct npt__permutation_options){.statistic = NPT__PERMUTE_MEANS,
                                           .replicates = comparison->replicates,
                                           .seed = comparison->seed,
                                           .threads = comparison->study->threads,
                                           .most_steps = NPT__PERMUTATION_STEPS});
    const char *missing = test.defined ? NULL : why_no_permutation(test.fault, site_count);
    overall->statistic = (struct npt__found){
        test.statistic, missing || isfinite(test.statistic) ? missing : "nothing varies within"};
    overall->freedom.missing = missing ? missing : "";
    overall->p = (struct npt__found){test.p, missing};
    overall->p_error = (struct npt__found){test.error, test.exact ? "" : missing};
    npt__release(scores);
}

static void test_sites(const struct npt__case_comparison *comparison, const struct amounts *amounts,
                       size_t site_count, struct npt__case_overall *overall)
{
    const struct npt__kruskal_wallis ranks =
        npt__kruskal_wallis(&(struct npt__grouped){.values = amounts->values,
                                                   .group_of = amounts->site_of,
                                                   .count = amounts->count,
                                                   .groups = amounts->sites},
                            NPT__CASES_CONFIDENCE, NULL);
    const char *missing = ranks.defined ? NULL : why_no_ranks(ranks.fault, site_count);
    overall->effect = (struct npt__found){ranks.epsilon_squared, missing};
    overall->interval = (struct npt__found_interval){
        ranks.interval, missing ? missing : "not defined for so few cases"};
    if (comparison->test == NPT__TEST_PERMUTATION) {
        permute(comparison, amounts, site_count, overall);
        return;
    }
    overall->statistic = (struct npt__found){ranks.h, missing};
    overall->freedom = (struct npt__found){ranks.freedom, missing};
    overall->p = (struct npt__found){ranks.p, missing};
    overall->p_error.missing = missing ? missing : "";
}

/* ---- two of them ----------------------------------------------------------------------------- */

static const char *why_no_interval(const struct npt__dominance *delta,
                                   const struct npt__mann_whitney *test)
{
    if (test->fault == NPT__RANKS_CONSTANT)
        return "nothing varies";
    return delta->first_count < 2 || delta->second_count < 2 ? "one case only" : "nothing varies";
}

/* `second` holds the rival's values. */
static void compare_pair(const struct npt__case_comparison *comparison, const double *first,
                         size_t first_count, const double *second, size_t second_count,
                         struct npt__case_pair *pair)
{
    struct npt__case_site site = {0}, other = {0};
    describe(&site, first, first_count);
    describe(&other, second, second_count);
    const struct npt__mann_whitney test =
        npt__mann_whitney(first, first_count, second, second_count, NULL);
    const struct npt__dominance delta =
        npt__cliff_delta(first, first_count, second, second_count, comparison->pair_confidence);
    const char *missing = delta.defined ? NULL : why_no_ranks(delta.fault, 0);
    pair->count = first_count;
    pair->other_count = second_count;
    pair->value = site.median;
    pair->other_value = other.median;
    pair->difference = (struct npt__found){delta.delta, missing};
    pair->interval = (struct npt__found_interval){
        delta.interval, missing ? missing : why_no_interval(&delta, &test)};
    pair->p = (struct npt__found){test.p, test.defined ? NULL : why_no_ranks(test.fault, 0)};
}

/* Compares with all values that come before and after the site's. */
static void compare_with_rest(const struct npt__case_comparison *comparison,
                              const struct amounts *amounts, size_t site,
                              struct npt__case_pair *pair)
{
    size_t count;
    const double *values = values_of(amounts, site, &count);
    const size_t before = amounts->starts[site], end = amounts->starts[site + 1];
    double *rest = npt__allocate((amounts->count + 1) * sizeof *rest);
    memcpy(rest, amounts->values, before * sizeof *rest);
    memcpy(rest + before, amounts->values + end, (amounts->count - end) * sizeof *rest);
    compare_pair(comparison, values, count, rest, amounts->count - count, pair);
    npt__release(rest);
}

void npt__compare_amounts(const struct npt__case_comparison *comparison,
                          struct npt__case_outcome *outcome)
{
    struct amounts amounts;
    gather(&amounts, comparison, outcome);
    for (size_t i = 0; i < amounts.sites; i++) {
        size_t count;
        const double *values = values_of(&amounts, i, &count);
        describe(&outcome->sites[i], values, count);
        outcome->site_count += count > 0;
    }
    describe(&outcome->sites[amounts.sites], amounts.values, amounts.count);
    outcome->count = amounts.count;
    outcome->with = outcome->sites[amounts.sites].with;
    test_sites(comparison, &amounts, outcome->site_count, &outcome->overall);
    for (size_t i = 0; i < comparison->pair_count; i++) {
        size_t site, other, count, other_count;
        npt__rivals_at(&comparison->rivals, amounts.sites, i, &site, &other);
        const double *values = values_of(&amounts, site, &count);
        if (other == SIZE_MAX) {
            compare_with_rest(comparison, &amounts, site, &outcome->pairs[i]);
            continue;
        }
        const double *others = values_of(&amounts, other, &other_count);
        compare_pair(comparison, values, count, others, other_count, &outcome->pairs[i]);
    }
    amounts_release(&amounts);
}
