/* compare_survey_pairs.c - which sites differ, and by how much, with intervals that hold for all at once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_survey.h"

#include "../stats/cluster_bootstrap.h"
#include "../stats/effect_means.h"
#include "../stats/effect_ranks.h"
#include "../stats/permutation.h"
#include "../stats/post_hoc.h"

#include <math.h>
#include <string.h>

static const char few[] = "fewer than two scores", constant[] = "nothing varies",
                  odd[] = "not defined for these scores";

/* The sorted scores of both sides of a comparison. */
struct sides {
    const double *first, *second;
    double *others; /* where `second` had to be gathered */
    size_t first_count, second_count;
};

static void open_sides(struct sides *sides, const struct npt__compared *compared,
                       const struct npt__duel *duel)
{
    const size_t from = compared->first[duel->site], end = compared->first[duel->site + 1];
    const size_t total = compared->first[compared->groups.group_count];
    *sides = (struct sides){.first = compared->sorted + from, .first_count = end - from};
    if (duel->other != SIZE_MAX) {
        sides->second = compared->sorted + compared->first[duel->other];
        sides->second_count = compared->sites[duel->other].count;
        return;
    }
    sides->second_count = total - (end - from);
    sides->others = npt__allocate((sides->second_count + 1) * sizeof *sides->others);
    memcpy(sides->others, compared->sorted, from * sizeof *sides->others);
    memcpy(sides->others + from, compared->sorted + end, (total - end) * sizeof *sides->others);
    sides->second = sides->others;
}

/* ---- two sides ------------------------------------------------------------------------------- */

static const char *why_no_difference(enum npt__difference_fault fault)
{
    if (fault == NPT__DIFFERENCE_CONSTANT)
        return constant;
    return fault == NPT__DIFFERENCE_TOO_FEW ? few : odd;
}

static void take_difference(struct npt__duel *duel, const struct npt__mean_difference *found,
                            bool adjusts)
{
    duel->difference = found->difference;
    duel->interval = found->interval;
    duel->p = found->defined && !adjusts ? found->p : (double)NAN;
    duel->adjusted = found->defined && adjusts ? found->p : (double)NAN;
    if (!found->defined)
        duel->reason = why_no_difference(found->fault);
}

static void take_g(struct npt__duel *duel, const struct npt__description *site,
                   const struct npt__description *other, double confidence)
{
    const struct npt__mean_effect effect = npt__hedges_g(site, other, confidence);
    duel->effect = effect.defined ? effect.estimate : (double)NAN;
    duel->effect_interval = effect.interval;
    if (!effect.defined)
        duel->effect_reason = why_no_difference(effect.fault);
}

/* Of the work that `pairs` comparisons may take together, each one's share, at most `most`: a table of many sites is to
   be made in seconds. It depends on the number of sites alone, never on the machine. */
static uint64_t share_of_work(uint64_t most, size_t usual_pairs,
                              const struct npt__compared *compared)
{
    const size_t pairs =
        npt__rivals_count(&compared->comparison->rivals, compared->groups.group_count);
    return pairs > usual_pairs ? most * usual_pairs / pairs + 1 : most;
}

/* How chance deals the scores of both sides out. There may be many pairs: all arrangements are gone through only where
   that takes a hundredth of a second. */
static double permute(const struct npt__compared *compared, const struct npt__duel *duel)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    const struct npt__score_groups *groups = &compared->groups;
    int64_t *scores = npt__allocate((groups->count + 1) * sizeof *scores);
    uint32_t *side = npt__allocate((groups->count + 1) * sizeof *side);
    size_t count = 0;
    for (size_t i = 0; i < groups->count; i++) {
        const uint32_t group = groups->group_of[i];
        if (group != duel->site && duel->other != SIZE_MAX && group != duel->other)
            continue;
        scores[count] = groups->scores[i];
        side[count++] = group != duel->site;
    }
    const struct npt__permutation test = npt__permutation_test(
        &(struct npt__permutation_data){.scores = scores,
                                        .unit = groups->unit,
                                        .groups = side,
                                        .count = count,
                                        .group_count = 2},
        &(struct npt__permutation_options){
            .statistic = NPT__PERMUTE_MEANS,
            .replicates = comparison->replicates,
            .seed = comparison->seed,
            .threads = comparison->study->threads,
            .most_steps = (size_t)share_of_work(NPT__PERMUTATION_STEPS / 10, 30, compared)});
    npt__release(scores);
    npt__release(side);
    return test.defined ? test.p : (double)NAN;
}

static void resample(struct npt__duel *duel, const struct npt__compared *compared,
                     const struct sides *sides, double confidence)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    const struct npt__bootstrap_interval found = npt__bootstrap_difference(
        &(struct npt__two_samples){sides->first, sides->second, sides->first_count,
                                   sides->second_count},
        NPT__INTERVAL_BCA,
        &(struct npt__bootstrap_options){.replicates = comparison->replicates,
                                         .seed = comparison->seed,
                                         .threads = comparison->study->threads,
                                         .confidence = confidence});
    duel->difference = found.estimate;
    duel->p = permute(compared, duel);
    if (found.defined)
        duel->interval = (struct npt__interval){true, found.low, found.high};
    else if (found.fault == NPT__BOOTSTRAP_TOO_FEW)
        duel->reason = few;
    else
        duel->reason = found.fault == NPT__BOOTSTRAP_CONSTANT ? constant : odd;
}

/* Of all pairs the tests are Dunn's, see take_dunn(). */
static void rank(struct npt__duel *duel, const struct npt__compared *compared,
                 const struct sides *sides, double confidence)
{
    const struct npt__dominance found = npt__cliff_delta(
        sides->first, sides->first_count, sides->second, sides->second_count, confidence);
    struct npt__mann_whitney test = {.defined = false};
    if (compared->comparison->rivals.against != NPT__AGAINST_ALL)
        test = npt__mann_whitney(
            sides->first, sides->first_count, sides->second, sides->second_count,
            &(struct npt__rank_options){NPT__EXACT_WITHIN_WORK,
                                        share_of_work(NPT__RANKS_WORK, 20, compared)});
    duel->difference = found.defined ? found.delta : (double)NAN;
    duel->interval = found.interval;
    duel->effect = found.defined ? found.superiority : (double)NAN;
    duel->effect_interval = found.superiority_interval;
    duel->p = test.defined ? test.p : (double)NAN;
    if (!found.interval.defined) {
        const bool one = sides->first_count < 2 || sides->second_count < 2;
        duel->reason = found.defined ? (one ? few : constant) : odd;
    }
}

/* All but the site: the sums of all without its own, which are exact. */
static struct npt__description describe_others(const struct npt__compared *compared, size_t site)
{
    const size_t sites = compared->groups.group_count;
    const int64_t unit = compared->groups.unit;
    struct npt__sums sums = compared->sums[sites];
    sums.count -= compared->sums[site].count;
    sums.sum -= compared->sums[site].sum;
    sums.squares -= compared->sums[site].squares;
    struct npt__description others = {sums.count, npt__sums_mean(&sums, unit),
                                      npt__sums_sd(&sums, unit), NAN, NAN};
    for (size_t i = 0; i < sites; i++) {
        if (i == site || !compared->sites[i].count)
            continue;
        others.least =
            fmin(others.least, compared->sites[i].least); /* of NAN and a number, the number */
        others.most = fmax(others.most, compared->sites[i].most);
    }
    return others;
}

static void compare_sides(struct npt__duel *duel, const struct npt__compared *compared,
                          double confidence)
{
    const enum npt__compare_test test = compared->comparison->test;
    const struct npt__description site = compared->sites[duel->site],
                                  other = duel->other == SIZE_MAX
                                              ? describe_others(compared, duel->site)
                                              : compared->sites[duel->other];
    struct sides sides = {0};
    struct npt__mean_difference found;
    if (test == NPT__COMPARE_KRUSKAL || test == NPT__COMPARE_PERMUTATION)
        open_sides(&sides, compared, duel);
    switch (test) {
    case NPT__COMPARE_KRUSKAL:
        rank(duel, compared, &sides, confidence);
        break;
    case NPT__COMPARE_PERMUTATION:
        resample(duel, compared, &sides, confidence);
        break;
    case NPT__COMPARE_ANOVA:
        found = npt__pooled_difference(&site, &other, confidence);
        take_difference(duel, &found, false);
        break;
    case NPT__COMPARE_WELCH:
        found = npt__welch_difference(&site, &other, confidence);
        take_difference(duel, &found, false);
        break;
    }
    if (test != NPT__COMPARE_KRUSKAL)
        take_g(duel, &site, &other, confidence);
    npt__release(sides.others);
}

/* ---- methods for all pairs ------------------------------------------------------------------- */

/* Puts the differences of a method for all pairs in the place of those of two sides each. */
static void take_all_pairs(struct npt__duel *duels, size_t count,
                           const struct npt__compared *compared)
{
    const size_t sites = compared->groups.group_count;
    struct npt__mean_difference *pairs = npt__allocate((count + 1) * sizeof *pairs);
    if (compared->comparison->test == NPT__COMPARE_WELCH)
        npt__games_howell(compared->sites, sites, NPT__COMPARE_CONFIDENCE, pairs);
    else
        npt__tukey_kramer(compared->sites, sites, NPT__COMPARE_CONFIDENCE, pairs);
    for (size_t i = 0; i < count; i++)
        if (duels[i].count && duels[i].other_count) {
            duels[i].reason = NULL;
            take_difference(&duels[i], &pairs[i], true);
        }
    npt__release(pairs);
}

static void take_dunn(struct npt__duel *duels, size_t count, const struct npt__compared *compared)
{
    const struct npt__score_groups *groups = &compared->groups;
    struct npt__dunn *pairs = npt__allocate((count + 1) * sizeof *pairs);
    npt__dunn(&(struct npt__grouped){groups->values, groups->group_of, groups->count,
                                     groups->group_count},
              pairs);
    for (size_t i = 0; i < count; i++)
        duels[i].p = pairs[i].p;
    npt__release(pairs);
}

/* ---- all comparisons of one measure ---------------------------------------------------------- */

static void adjust(struct npt__duel *duels, size_t count, enum npt__adjustment adjustment)
{
    double *p = npt__allocate((count + 1) * sizeof *p);
    for (size_t i = 0; i < count; i++)
        p[i] = duels[i].p;
    npt__adjust(adjustment, p, p, count);
    for (size_t i = 0; i < count; i++)
        duels[i].adjusted = p[i];
    npt__release(p);
}

static struct npt__duel *list_duels(const struct npt__compared *compared, size_t *count,
                                    size_t *possible)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    const size_t sites = compared->groups.group_count, total = compared->groups.count;
    *count = npt__rivals_count(&comparison->rivals, sites);
    *possible = 0;
    struct npt__duel *duels = npt__allocate((*count + 1) * sizeof *duels);
    for (size_t i = 0; i < *count; i++) {
        struct npt__duel *duel = &duels[i];
        *duel = (struct npt__duel){
            .difference = NAN, .p = NAN, .adjusted = NAN, .effect = NAN, .reason = NULL};
        npt__rivals_at(&comparison->rivals, sites, i, &duel->site, &duel->other);
        duel->count = compared->sites[duel->site].count;
        duel->other_count =
            duel->other == SIZE_MAX ? total - duel->count : compared->sites[duel->other].count;
        if (duel->count && duel->other_count)
            (*possible)++;
        else
            duel->reason = duel->effect_reason = "nobody has a score on one side";
    }
    return duels;
}

struct npt__duel *npt__compare_duels(const struct npt__compared *compared, size_t *count)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    size_t possible;
    struct npt__duel *duels = list_duels(compared, count, &possible);
    const double confidence = npt__simultaneous(NPT__COMPARE_CONFIDENCE, possible);
    const bool all = comparison->rivals.against == NPT__AGAINST_ALL && !comparison->levels;
    if (comparison->levels)
        npt__compare_levels(duels, *count, compared, confidence);
    for (size_t i = 0; i < *count && !comparison->levels; i++)
        if (duels[i].count && duels[i].other_count)
            compare_sides(&duels[i], compared, confidence);
    if (all && comparison->test == NPT__COMPARE_KRUSKAL)
        take_dunn(duels, *count, compared);
    if (all && (comparison->test == NPT__COMPARE_WELCH || comparison->test == NPT__COMPARE_ANOVA))
        take_all_pairs(duels, *count, compared);
    else
        adjust(duels, *count, comparison->adjustment);
    return duels;
}
