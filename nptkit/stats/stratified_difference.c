/* stratified_difference.c - the difference of two means within levels of something else, all levels in one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stratified_difference.h"

#include "tails.h"

#include <math.h>

bool npt__level_counts(const struct npt__description *first, const struct npt__description *second)
{
    return first->count > 1 && second->count > 1;
}

/* Sums over the levels that count. */
struct sums {
    double weight, difference; /* w, and w times the difference */
    double largest;            /* standard deviation of one side of a level */
    double squares, freedom;   /* sd^2 (n - 1) and n - 1, in units of `largest` */
};

static double weight_of(const struct npt__description *first, const struct npt__description *second)
{
    const double n = (double)first->count, m = (double)second->count;
    return n * m / (n + m);
}

static void add_level(struct sums *sums, const struct npt__description *first,
                      const struct npt__description *second)
{
    const double weight = weight_of(first, second);
    sums->weight += weight;
    sums->difference += weight * (first->mean - second->mean);
    sums->largest = fmax(sums->largest, fmax(first->sd, second->sd));
}

static void add_squares(struct sums *sums, const struct npt__description *side)
{
    const double share = side->sd / sums->largest, freedom = (double)(side->count - 1);
    sums->squares += share * share * freedom;
    sums->freedom += freedom;
}

/* The variance of one side's part of the difference, in units of `largest` squared. */
static double part_of(const struct sums *sums, double weight, const struct npt__description *side)
{
    const double share = weight / sums->weight * (side->sd / sums->largest);
    return share * share / (double)side->count;
}

static void find_error(struct npt__mean_difference *found, const struct sums *sums,
                       const struct npt__description *first, const struct npt__description *second,
                       size_t levels)
{
    double variance = 0, of_variance = 0;
    for (size_t i = 0; i < levels; i++) {
        if (!npt__level_counts(&first[i], &second[i]))
            continue;
        const double weight = weight_of(&first[i], &second[i]);
        const double one = part_of(sums, weight, &first[i]),
                     other = part_of(sums, weight, &second[i]);
        variance += one + other;
        of_variance += one * one / (double)(first[i].count - 1) +
                       other * other / (double)(second[i].count - 1);
    }
    found->error = sums->largest * sqrt(variance);
    /* At least that of the smallest side, which rounding might undercut. */
    found->freedom = fmax(variance * variance / of_variance, 1);
}

struct npt__stratified_difference npt__stratified_difference(const struct npt__description *first,
                                                             const struct npt__description *second,
                                                             size_t levels, double confidence)
{
    struct npt__stratified_difference result = {.sd = NAN,
                                                .found = {.second = 1,
                                                          .difference = NAN,
                                                          .error = NAN,
                                                          .statistic = NAN,
                                                          .freedom = NAN,
                                                          .p = NAN,
                                                          .fault = NPT__DIFFERENCE_EMPTY}};
    struct npt__mean_difference *found = &result.found;
    struct sums sums = {0};
    for (size_t i = 0; i < levels; i++) {
        if (!npt__level_counts(&first[i], &second[i]))
            continue;
        result.levels++;
        result.first_count += first[i].count;
        result.second_count += second[i].count;
        add_level(&sums, &first[i], &second[i]);
    }
    if (!result.levels)
        return result;
    found->fault = NPT__DIFFERENCE_NOT_FINITE;
    if (!isfinite(sums.difference) || !isfinite(sums.largest))
        return result;
    found->difference = sums.difference / sums.weight;
    found->fault = NPT__DIFFERENCE_CONSTANT;
    if (!(sums.largest > 0))
        return result;
    for (size_t i = 0; i < levels; i++)
        if (npt__level_counts(&first[i], &second[i])) {
            add_squares(&sums, &first[i]);
            add_squares(&sums, &second[i]);
        }
    result.sd = sums.largest * sqrt(sums.squares / sums.freedom);
    result.sd_freedom = sums.freedom;
    find_error(found, &sums, first, second, levels);
    found->statistic = found->difference / found->error;
    found->p = 2 * npt__t_tail(fabs(found->statistic), found->freedom);
    found->interval = npt__t_interval(found->difference, found->error, found->freedom, confidence);
    found->defined = found->interval.defined;
    found->fault = found->defined ? NPT__DIFFERENCE_FINE : NPT__DIFFERENCE_CONFIDENCE;
    return result;
}
