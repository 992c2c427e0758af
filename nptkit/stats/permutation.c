/* permutation.c - tests that ask how often chance alone would set groups so far apart.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "permutation.h"
#include "../base/arena.h"
#include "bootstrap.h"
#include "dealing.h"

#include <math.h>
#include <string.h>

/* ---- what cannot be tested ------------------------------------------------------------------- */

static enum npt__permutation_fault check_sizes(const struct npt__permutation_data *data,
                                               const struct npt__permutation_options *options)
{
    if (data->count > NPT__PERMUTATION_ROWS || data->group_count > NPT__PERMUTATION_GROUPS)
        return NPT__PERMUTATION_TOO_LARGE;
    for (size_t i = 0; i < data->count; i++)
        if (data->scores[i] < -NPT__SUMS_MOST_VALUE || data->scores[i] > NPT__SUMS_MOST_VALUE)
            return NPT__PERMUTATION_TOO_LARGE;
    size_t i = 1;
    while (i < data->count && data->groups[i] == data->groups[0])
        i++;
    if (i >= data->count)
        return NPT__PERMUTATION_FEW_GROUPS;
    if (options->replicates < 1 || options->replicates > NPT__MOST_REPLICATES)
        return NPT__PERMUTATION_REPLICATES;
    if (options->statistic == NPT__PERMUTE_WELCH && data->strata)
        return NPT__PERMUTATION_WELCH_STRATA;
    return NPT__PERMUTATION_FINE;
}

static enum npt__permutation_fault check_variation(const struct npt__deal *deal)
{
    bool mixed = false, varied = false;
    for (size_t s = 0; s < deal->strata; s++) {
        size_t present = 0;
        for (size_t g = 0; g < deal->groups; g++)
            present += deal->sizes[s * deal->groups + g] > 0;
        mixed |= present > 1;
        varied |= present > 1 && deal->first_cells[s + 1] - deal->first_cells[s] > 1;
    }
    if (!mixed)
        return NPT__PERMUTATION_FIXED;
    if (!varied)
        return NPT__PERMUTATION_CONSTANT;
    for (size_t g = 0; g < deal->groups && deal->statistic == NPT__PERMUTE_WELCH; g++) {
        const npt__int128 sum = deal->observed[g].sum;
        if (deal->observed[g].squares * deal->totals[g] == sum * sum)
            return NPT__PERMUTATION_VARIANCE;
    }
    return NPT__PERMUTATION_FINE;
}

/* ---- the statistic to show ------------------------------------------------------------------- */

/* The sum of squared deviations from the strata's means. */
static double total_squares(const struct npt__deal *deal)
{
    double total = 0;
    for (size_t s = 0; s < deal->strata; s++) {
        npt__int128 rows = 0, sum = 0, squares = 0;
        for (size_t c = deal->first_cells[s]; c < deal->first_cells[s + 1]; c++) {
            const npt__int128 part = (npt__int128)deal->scores[c] * deal->times[c];
            rows += deal->times[c];
            sum += part;
            squares += part * deal->scores[c];
        }
        total += (double)(rows * squares - sum * sum) / (double)rows;
    }
    return total;
}

/* Squares within groups: exact where there is one stratum, so that none are seen to be none. */
static double inner_squares(const struct npt__deal *deal, double between, double total)
{
    double within = 0;
    for (size_t g = 0; g < deal->groups; g++) {
        const npt__int128 n = deal->totals[g], sum = deal->observed[g].sum;
        within += (double)(n * deal->observed[g].squares - sum * sum) / (double)n;
    }
    if (deal->strata > 1)
        within = total - between > 1e-12 * total ? total - between : 0;
    return within;
}

static double shown_statistic(const struct npt__deal *deal, double compared)
{
    if (deal->statistic == NPT__PERMUTE_WELCH)
        return compared;
    const double count = (double)deal->count, groups = (double)deal->groups;
    const double between = deal->strata == 1 ? compared / (count * count) : compared;
    const double total = total_squares(deal);
    if (deal->statistic == NPT__PERMUTE_RANKS)
        return (count - 1) * between / total;
    const double within = inner_squares(deal, between, total);
    if (within <= 0 || deal->count <= deal->groups)
        return between > 0 ? INFINITY : 0;
    return between / (groups - 1) / (within / (count - groups));
}

static double mean_difference(const struct npt__permutation_data *data,
                              const struct npt__deal *deal)
{
    npt__int128 sums[2] = {0, 0}, counts[2] = {0, 0};
    if (deal->groups != 2)
        return NAN;
    const uint32_t first = deal->labels[0] < deal->labels[1] ? deal->labels[0] : deal->labels[1];
    for (size_t i = 0; i < data->count; i++) {
        sums[data->groups[i] != first] += data->scores[i];
        counts[data->groups[i] != first]++;
    }
    return (double)(sums[0] * counts[1] - sums[1] * counts[0]) / (double)(counts[0] * counts[1]) /
           (double)data->unit;
}

/* ---- the test -------------------------------------------------------------------------------- */

static void draw_sample(struct npt__permutation *test, const struct npt__deal *deal,
                        const struct npt__permutation_options *options)
{
    const bool by_counts = npt__bootstrap_by_counts(deal->count, deal->cells * (deal->groups - 1));
    double *extreme = npt__allocate(options->replicates * sizeof *extreme);
    npt__bootstrap(extreme, options->replicates, options->seed, options->threads,
                   by_counts ? npt__deal_by_counts : npt__deal_rows, deal);
    for (size_t i = 0; i < options->replicates; i++)
        test->extreme += extreme[i] > 0;
    npt__release(extreme);
    const double replicates = (double)options->replicates;
    test->replicates = options->replicates;
    test->p = (1 + (double)test->extreme) / (1 + replicates);
    test->error = sqrt(test->p * (1 - test->p) / replicates);
}

static void find_p(struct npt__permutation *test, struct npt__deal *deal,
                   const struct npt__permutation_options *options)
{
    struct npt__sums_of_group sums[NPT__PERMUTATION_GROUPS];
    memcpy(sums, deal->observed, deal->groups * sizeof *sums);
    const double observed = npt__deal_compare(deal, sums);
    test->statistic = shown_statistic(deal, observed);
    deal->threshold = observed * (1 - NPT__PERMUTATION_TOLERANCE);
    npt__weight extreme, total;
    test->exact = npt__deal_all(deal, options->most_steps, &extreme, &total);
    if (test->exact)
        test->p = (double)extreme / (double)total;
    else
        draw_sample(test, deal, options);
}

struct npt__permutation npt__permutation_test(const struct npt__permutation_data *data,
                                              const struct npt__permutation_options *options)
{
    struct npt__permutation test = {
        .count = data->count, .statistic = NAN, .difference = NAN, .p = NAN, .error = NAN};
    test.fault = check_sizes(data, options);
    if (test.fault)
        return test;
    struct npt__deal deal;
    npt__deal_prepare(&deal, data, options->statistic);
    test.group_count = deal.groups;
    test.difference = mean_difference(data, &deal);
    test.fault = check_variation(&deal);
    if (!test.fault) {
        test.defined = true;
        test.error = 0;
        find_p(&test, &deal, options);
    }
    npt__deal_release(&deal);
    return test;
}
