/* post_hoc.c - all differences between the means of several groups, by Tukey and Kramer, and by Games and Howell.
 *
 * Both take q = |difference| / error * sqrt(2) to the studentized range.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "post_hoc.h"

#include <math.h>

size_t npt__pairs(size_t count)
{
    return count < 2 ? 0 : count % 2 ? (count - 1) / 2 * count : count / 2 * (count - 1);
}

static size_t groups_with_values(const struct npt__description *groups, size_t count)
{
    size_t used = 0;
    for (size_t g = 0; g < count; g++)
        used += groups[g].count > 0;
    return used;
}

/* All pairs with their differences; what stands in the way of the adjustment altogether is noted. */
static void start_pairs(const struct npt__description *groups, size_t count, double confidence,
                        struct npt__mean_difference *pairs)
{
    bool many = groups_with_values(groups, count) > NPT__RANGE_MOST_GROUPS;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++, pairs++) {
            *pairs = npt__difference_only(&groups[i], &groups[k]);
            pairs->first = i;
            pairs->second = k;
            if (!pairs->fault && many)
                pairs->fault = NPT__DIFFERENCE_GROUPS;
            if (!pairs->fault && !(confidence > 0 && confidence < 1))
                pairs->fault = NPT__DIFFERENCE_CONFIDENCE;
        }
}

/* `quantile`: of the studentized range at the pair's degrees of freedom. */
static void test_pair(struct npt__mean_difference *pair, struct npt__studentized_range *range,
                      double quantile)
{
    double reach = quantile / sqrt(2) * pair->error;
    pair->statistic = fabs(pair->difference) / pair->error * sqrt(2);
    pair->p = npt__studentized_range_tail(range, pair->statistic, pair->freedom);
    pair->interval =
        (struct npt__interval){true, pair->difference - reach, pair->difference + reach};
    pair->defined =
        isfinite(pair->statistic) && isfinite(pair->interval.low) && isfinite(pair->interval.high);
    if (pair->defined)
        return;
    pair->fault = NPT__DIFFERENCE_NOT_FINITE;
    pair->error = pair->statistic = pair->freedom = pair->p = NAN;
    pair->interval = (struct npt__interval){0};
}

/* Makes the range of as many groups as have values; NULL where there is no pair to test. */
static struct npt__studentized_range *range_for(const struct npt__description *groups, size_t count)
{
    size_t used = groups_with_values(groups, count);
    return used < 2 || used > NPT__RANGE_MOST_GROUPS ? NULL : npt__studentized_range_new(used);
}

void npt__tukey_kramer(const struct npt__description *groups, size_t count, double confidence,
                       struct npt__mean_difference *pairs)
{
    start_pairs(groups, count, confidence, pairs);
    struct npt__studentized_range *range = range_for(groups, count);
    if (!range)
        return;
    double freedom, sd = npt__pooled_sd(groups, count, &freedom), quantile = 0;
    enum npt__difference_fault fault = NPT__DIFFERENCE_FINE;
    if (isnan(sd))
        fault = freedom > 0 ? NPT__DIFFERENCE_NOT_FINITE : NPT__DIFFERENCE_TOO_FEW;
    else if (!(sd > 0))
        fault = NPT__DIFFERENCE_CONSTANT;
    else
        quantile = npt__studentized_range_quantile(range, 1 - confidence, freedom);
    for (size_t i = 0; i < npt__pairs(count); i++) {
        if (!pairs[i].fault)
            pairs[i].fault = fault;
        if (pairs[i].fault)
            continue;
        double n = (double)groups[pairs[i].first].count, m = (double)groups[pairs[i].second].count;
        pairs[i].error = sd * sqrt(1 / n + 1 / m);
        pairs[i].freedom = freedom;
        test_pair(&pairs[i], range, quantile);
    }
    npt__studentized_range_free(range);
}

void npt__games_howell(const struct npt__description *groups, size_t count, double confidence,
                       struct npt__mean_difference *pairs)
{
    start_pairs(groups, count, confidence, pairs);
    struct npt__studentized_range *range = range_for(groups, count);
    if (!range)
        return;
    for (size_t i = 0; i < npt__pairs(count); i++) {
        npt__difference_welch_error(&pairs[i], &groups[pairs[i].first], &groups[pairs[i].second]);
        if (!pairs[i].fault)
            test_pair(&pairs[i], range,
                      npt__studentized_range_quantile(range, 1 - confidence, pairs[i].freedom));
    }
    npt__studentized_range_free(range);
}
