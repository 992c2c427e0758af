/* mean_difference.c - the difference of two means with its interval and test: Welch's, Student's, and of pairs.
 *
 * Every step treats the two groups alike, so that exchanging them changes signs and no digit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mean_difference.h"

#include "../base/arena.h"
#include "tails.h"

#include <float.h>
#include <math.h>

struct npt__mean_difference npt__difference_only(const struct npt__description *first,
                                                 const struct npt__description *second)
{
    struct npt__mean_difference difference = {
        .second = 1, .difference = NAN, .error = NAN, .statistic = NAN, .freedom = NAN, .p = NAN};
    if (!first->count || !second->count) {
        difference.fault = NPT__DIFFERENCE_EMPTY;
    } else if (!isfinite(first->mean - second->mean)) {
        difference.fault = NPT__DIFFERENCE_NOT_FINITE;
    } else {
        difference.difference = first->mean - second->mean;
    }
    return difference;
}

static void take_back(struct npt__mean_difference *difference, enum npt__difference_fault fault)
{
    difference->fault = fault;
    difference->error = difference->statistic = difference->freedom = difference->p = NAN;
}

/* From the difference, its error and degrees of freedom. */
static void test_t(struct npt__mean_difference *difference, double confidence)
{
    if (difference->fault)
        return;
    if (!(confidence > 0 && confidence < 1)) {
        take_back(difference, NPT__DIFFERENCE_CONFIDENCE);
        return;
    }
    if (!(difference->error > 0)) {
        take_back(difference, NPT__DIFFERENCE_CONSTANT);
        return;
    }
    difference->statistic = difference->difference / difference->error;
    difference->p = 2 * npt__t_tail(fabs(difference->statistic), difference->freedom);
    difference->interval =
        npt__t_interval(difference->difference, difference->error, difference->freedom, confidence);
    difference->defined = isfinite(difference->statistic) && difference->interval.defined;
    if (!difference->defined) {
        difference->interval = (struct npt__interval){0};
        take_back(difference, NPT__DIFFERENCE_NOT_FINITE);
    }
}

void npt__difference_welch_error(struct npt__mean_difference *difference,
                                 const struct npt__description *first,
                                 const struct npt__description *second)
{
    if (difference->fault)
        return;
    if (first->count < 2 || second->count < 2) {
        difference->fault = NPT__DIFFERENCE_TOO_FEW;
        return;
    }
    double n = (double)first->count, m = (double)second->count;
    double of_first = first->sd / sqrt(n), of_second = second->sd / sqrt(m);
    double error = hypot(of_first, of_second);
    if (!isfinite(error) || !(error > 0)) {
        difference->fault = error == 0 ? NPT__DIFFERENCE_CONSTANT : NPT__DIFFERENCE_NOT_FINITE;
        return;
    }
    double share = pow(of_first / error, 4) / (n - 1), other = pow(of_second / error, 4) / (m - 1);
    difference->error = error;
    /* Not below what the smaller group has by itself, which rounding might undercut. */
    difference->freedom = fmax(1 / (share + other), fmin(n, m) - 1);
}

struct npt__mean_difference npt__welch_difference(const struct npt__description *first,
                                                  const struct npt__description *second,
                                                  double confidence)
{
    struct npt__mean_difference difference = npt__difference_only(first, second);
    npt__difference_welch_error(&difference, first, second);
    test_t(&difference, confidence);
    return difference;
}

/* Variances are added in units of the largest, so that no square overflows. */
double npt__pooled_sd(const struct npt__description *groups, size_t count, double *freedom)
{
    double largest = 0;
    *freedom = 0;
    for (size_t g = 0; g < count; g++) {
        if (groups[g].count && !isfinite(groups[g].mean))
            return NAN;
        if (groups[g].count < 2)
            continue;
        if (!isfinite(groups[g].sd))
            return NAN;
        largest = fmax(largest, groups[g].sd);
        *freedom += (double)(groups[g].count - 1);
    }
    if (!(*freedom > 0))
        return NAN;
    double scale = npt__twofold_scale(largest);
    struct npt__twofold sum = {0, 0};
    for (size_t g = 0; g < count; g++)
        if (groups[g].count > 1) {
            struct npt__twofold sd = {groups[g].sd * scale, 0};
            sum = npt__twofold_add(
                sum, npt__twofold_multiply(npt__twofold_multiply(sd, sd),
                                           npt__twofold_whole((npt__int128)groups[g].count - 1)));
        }
    struct npt__twofold variance = npt__twofold_divide(sum, (struct npt__twofold){*freedom, 0});
    return npt__twofold_root(variance).high / scale;
}

struct npt__mean_difference npt__pooled_difference(const struct npt__description *first,
                                                   const struct npt__description *second,
                                                   double confidence)
{
    struct npt__mean_difference difference = npt__difference_only(first, second);
    const struct npt__description both[] = {*first, *second};
    double freedom, sd = npt__pooled_sd(both, 2, &freedom);
    if (difference.fault)
        return difference;
    if (!(freedom > 0)) {
        difference.fault = NPT__DIFFERENCE_TOO_FEW;
        return difference;
    }
    difference.freedom = freedom;
    difference.error = sd * sqrt(1 / (double)first->count + 1 / (double)second->count);
    test_t(&difference, confidence);
    return difference;
}

struct npt__description npt__describe_differences(const double *first, const double *second,
                                                  size_t count)
{
    double *differences = npt__allocate((count + 1) * sizeof *differences), largest = 0;
    for (size_t i = 0; i < count; i++) {
        differences[i] = first[i] - second[i];
        largest = fmax(largest, fmax(fabs(first[i]), fabs(second[i])));
    }
    struct npt__description description = npt__describe(differences, count);
    /* A value is rounded by half of epsilon at most, a difference of two by 1.5 of them; what varies less is 0.3 in
       disguise of 4.3 - 4 and 1.3 - 1. */
    if (description.most - description.least <= 4 * DBL_EPSILON * largest)
        description.sd = count > 1 ? 0 : NAN;
    npt__release(differences);
    return description;
}

struct npt__mean_difference npt__paired_difference(const double *first, const double *second,
                                                   size_t count, double confidence)
{
    const struct npt__description nothing = {.count = 1};
    struct npt__description differences = npt__describe_differences(first, second, count);
    struct npt__mean_difference difference = npt__difference_only(&differences, &nothing);
    if (difference.fault)
        return difference;
    if (count < 2) {
        difference.fault = NPT__DIFFERENCE_TOO_FEW;
        return difference;
    }
    difference.freedom = (double)(count - 1);
    difference.error = differences.sd / sqrt((double)count);
    test_t(&difference, confidence);
    return difference;
}
