/* bootstrap.h - resampling: replicates drawn in threads, and intervals made of them.
 *
 * Every replicate draws from a random stream of its own, so the digits are the same for any number of
 * threads. Functions that take data put them into an order of their own first, so the digits are the
 * same for any order of the rows as well.
 *
 *     double *results = npt__allocate(replicates * sizeof *results);
 *     npt__bootstrap(results, replicates, seed, threads, statistic, user);
 *     double acceleration = npt__acceleration(jackknife, NULL, count);
 *     struct npt__bootstrap_interval interval =
 *         npt__bootstrap_bca(results, replicates, estimate, acceleration, 0.95);
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__BOOTSTRAP_H
#define NPT__BOOTSTRAP_H

#include "random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__MOST_REPLICATES 1000000u

/* Why there is no interval. */
enum npt__bootstrap_fault {
    NPT__BOOTSTRAP_FINE,
    NPT__BOOTSTRAP_TOO_FEW,    /* values (fewer than 2), or more than the function can take */
    NPT__BOOTSTRAP_CONSTANT,   /* no variation: resampling cannot tell how far off it may be */
    NPT__BOOTSTRAP_NOT_FINITE, /* a value, or the estimate */
    NPT__BOOTSTRAP_REPLICATES, /* fewer than 2 or more than NPT__MOST_REPLICATES asked for, or more
                                  than one in twenty without a value */
    NPT__BOOTSTRAP_EXTREME,    /* nearly all replicates on one side: BCa's correction runs off */
};

struct npt__bootstrap_interval {
    bool defined;
    enum npt__bootstrap_fault fault;
    double estimate;  /* NaN where there is none */
    double low, high; /* NaN unless defined */
};

/* Fills `results` with `replicates` calls of `statistic`, each with its own stream; in several threads,
   at most 64. `statistic` returns NaN where it has no value. */
void npt__bootstrap(double *results, size_t replicates, uint64_t seed, unsigned threads,
                    double (*statistic)(const void *user, struct npt__random *random),
                    const void *user);

/* BCa's acceleration from the estimates without one observation each (Efron 1987; Efron & Tibshirani
   1993, ch. 14). `times` says how often each stands; NULL: once. NaN where the estimates do not vary or
   one is not finite. */
double npt__acceleration(const double *jackknife, const uint32_t *times, size_t count);

/* The bias-corrected and accelerated interval (Efron 1987; Efron & Tibshirani 1993, ch. 14), and the
   percentile interval. Both sort `results` and leave out those that are NaN. End points are sample
   quantiles of type 7 (Hyndman & Fan 1996), as R's quantile() takes them. The bias correction counts
   replicates that equal the estimate (within 1e-12 of the replicates' range) as half below it: of
   answers on a short scale, many do. `confidence` lies between 0 and 1. */
struct npt__bootstrap_interval npt__bootstrap_bca(double *results, size_t replicates,
                                                  double estimate, double acceleration,
                                                  double confidence);
struct npt__bootstrap_interval npt__bootstrap_percentile(double *results, size_t replicates,
                                                         double estimate, double confidence);

struct npt__bootstrap_options {
    size_t replicates; /* 2 .. NPT__MOST_REPLICATES; 2000 do */
    uint64_t seed;
    unsigned threads;
    double confidence;
};

/* The BCa interval of a mean; values in any order. Fewer than 2 values: no interval, the estimate is the
   value or NaN; constant values: no interval, the estimate is the constant. */
struct npt__bootstrap_interval npt__bootstrap_mean(const double *values, size_t count,
                                                   const struct npt__bootstrap_options *options);

/* Whether `count` draws are quicker made value by value (false), or as one binomial number for each of
   `distinct` values (true). The same on all machines, as it decides on the digits. */
bool npt__bootstrap_by_counts(size_t count, size_t distinct);

#endif
