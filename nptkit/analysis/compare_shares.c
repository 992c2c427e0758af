/* compare_shares.c - how many of the cases have a construct, at each site, at all sites and between two.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_cases.h"

#include "../stats/contingency.h"
#include "../stats/fisher.h"
#include "../stats/proportion.h"

#include <math.h>

/* ---- counting -------------------------------------------------------------------------------- */

/* The last of the sites is all together. */
static void count_sites(const struct npt__case_comparison *comparison,
                        struct npt__case_outcome *outcome)
{
    const struct npt__case_counts *counts = &comparison->counts;
    const size_t sites = npt__compared_sites(comparison);
    struct npt__case_site *all = &outcome->sites[sites];
    for (size_t i = 0; i < counts->count; i++) {
        if (counts->value_of[i] >= sites)
            continue;
        struct npt__case_site *site = &outcome->sites[counts->value_of[i]];
        const bool has = npt__case_has(counts, outcome->row, i);
        outcome->site_count += site->count == 0;
        site->count++;
        site->with += has;
        all->count++;
        all->with += has;
    }
    for (size_t i = 0; i <= sites; i++)
        outcome->sites[i].share = npt__wilson_interval(
            outcome->sites[i].with, outcome->sites[i].count, NPT__CASES_CONFIDENCE);
    outcome->count = all->count;
    outcome->with = all->with;
}

static const char *why_alike(size_t with)
{
    return with ? "coded in every case" : "coded in no case";
}

/* ---- all sites ------------------------------------------------------------------------------- */

static const char *why_no_table(enum npt__contingency_fault fault, size_t with)
{
    switch (fault) {
    case NPT__CONTINGENCY_EMPTY:
        return "no cases";
    case NPT__CONTINGENCY_ONE_ROW:
        return "one only: nothing to compare";
    case NPT__CONTINGENCY_ONE_COLUMN:
        return why_alike(with);
    default:
        return "too many cases";
    }
}

static void set_chance(struct npt__case_overall *overall, const struct npt__contingency *table,
                       const struct npt__chance *chance)
{
    overall->statistic = (struct npt__found){.value = chance->statistic};
    overall->freedom = (struct npt__found){.value = (double)table->freedom};
    overall->p = (struct npt__found){.value = chance->p};
    overall->p_error.missing = "";
    overall->rough = table->below_one || table->below_five * 5 > table->rows * table->columns;
}

static void set_fisher(struct npt__case_overall *overall,
                       const struct npt__case_comparison *comparison,
                       const struct npt__count_table *counts)
{
    const struct npt__fisher test =
        npt__fisher(counts, &(struct npt__fisher_options){.replicates = comparison->replicates,
                                                          .seed = comparison->seed,
                                                          .threads = comparison->study->threads});
    overall->statistic.missing = overall->freedom.missing = "";
    overall->p = (struct npt__found){test.p, test.defined ? NULL : "too many cases"};
    overall->p_error = (struct npt__found){test.error, test.exact ? "" : overall->p.missing};
}

/* Where shares lie closer together than chance lets them, no V is likely: the interval would be from 0 to 0, as if V
   were known for sure. */
static void set_effect(struct npt__case_overall *overall, const struct npt__cramers_v *found)
{
    const char *few = found->defined ? NULL : "hardly more cases than groups";
    overall->effect = (struct npt__found){found->v, few};
    overall->interval = (struct npt__found_interval){found->interval, few};
    if (!few && !(found->interval.high > 0))
        overall->interval = (struct npt__found_interval){.missing = "more alike than by chance"};
}

static void test_sites(const struct npt__case_comparison *comparison,
                       struct npt__case_outcome *outcome)
{
    const size_t sites = npt__compared_sites(comparison);
    struct npt__case_overall *overall = &outcome->overall;
    uint32_t *cells = npt__allocate((2 * sites + 1) * sizeof *cells);
    for (size_t i = 0; i < sites; i++) {
        cells[2 * i] = (uint32_t)outcome->sites[i].with;
        cells[2 * i + 1] = (uint32_t)(outcome->sites[i].count - outcome->sites[i].with);
    }
    const struct npt__count_table counts = {cells, sites, 2};
    const struct npt__contingency table = npt__contingency(&counts, NPT__CASES_CONFIDENCE, NULL);
    if (!table.defined) {
        const struct npt__found none = {.missing = why_no_table(table.fault, outcome->with)};
        *overall = (struct npt__case_overall){
            none, none, none, none, NAN, none, {.missing = none.missing}, false};
    } else {
        if (comparison->test == NPT__TEST_FISHER)
            set_fisher(overall, comparison, &counts);
        else
            set_chance(overall, &table,
                       comparison->test == NPT__TEST_G ? &table.g : &table.pearson);
        set_effect(overall, &table.corrected);
    }
    npt__release(cells);
}

/* ---- two of them ----------------------------------------------------------------------------- */

static void compare_pair(const struct npt__case_comparison *comparison,
                         const struct npt__case_site *site, const struct npt__case_site *other,
                         struct npt__case_pair *pair)
{
    const struct npt__share_difference found = npt__share_difference(
        site->with, site->count, other->with, other->count, comparison->pair_confidence);
    const uint32_t cells[4] = {(uint32_t)site->with, (uint32_t)(site->count - site->with),
                               (uint32_t)other->with, (uint32_t)(other->count - other->with)};
    const struct npt__fourfold test = npt__fourfold(cells, NPT__CASES_CONFIDENCE);
    const char *missing = found.defined ? NULL : "no cases";
    pair->count = site->count;
    pair->other_count = other->count;
    pair->value = site->count ? (double)site->with / (double)site->count : (double)NAN;
    pair->other_value = other->count ? (double)other->with / (double)other->count : (double)NAN;
    pair->difference = (struct npt__found){found.difference, missing};
    pair->interval = (struct npt__found_interval){found.interval, missing};
    if (!test.defined && !missing)
        missing = why_alike(site->with);
    pair->p = (struct npt__found){test.two_sided, missing};
}

/* All others together. */
static struct npt__case_site rest_of(const struct npt__case_outcome *outcome, size_t sites,
                                     size_t site)
{
    return (struct npt__case_site){.count =
                                       outcome->sites[sites].count - outcome->sites[site].count,
                                   .with = outcome->sites[sites].with - outcome->sites[site].with};
}

void npt__compare_shares(const struct npt__case_comparison *comparison,
                         struct npt__case_outcome *outcome)
{
    const size_t sites = npt__compared_sites(comparison);
    count_sites(comparison, outcome);
    test_sites(comparison, outcome);
    for (size_t i = 0; i < comparison->pair_count; i++) {
        size_t site, other;
        npt__rivals_at(&comparison->rivals, sites, i, &site, &other);
        const struct npt__case_site rival =
            other == SIZE_MAX ? rest_of(outcome, sites, site) : outcome->sites[other];
        compare_pair(comparison, &outcome->sites[site], &rival, &outcome->pairs[i]);
    }
}
