/* permutation.h - tests that ask how often chance alone would set groups so far apart.
 *
 * If groups did not matter, every way of dealing the scores out to the groups, their sizes kept, would be as
 * likely as the one observed (Fisher 1935, The Design of Experiments, section 21; Pitman 1937, "Significance
 * tests which may be applied to samples from any populations", Supplement to the Journal of the Royal
 * Statistical Society 4, 119-130). p is the share of these arrangements whose statistic is at least the
 * observed one. It is counted over all of them where that is quick, and estimated from a sample otherwise.
 *
 *     struct npt__permutation_data data = {.scores = scores, .unit = 4, .groups = site, .count = rows,
 *                                          .group_count = sites};
 *     struct npt__permutation_options options = {.replicates = 10000, .seed = 1, .threads = 2,
 *                                                .most_steps = NPT__PERMUTATION_STEPS};
 *     struct npt__permutation test = npt__permutation_test(&data, &options);
 *
 * The same digits for any number of threads, any order of the rows, and any numbering of the groups.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PERMUTATION_H
#define NPT__PERMUTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__PERMUTATION_GROUPS 256u     /* at most */
#define NPT__PERMUTATION_ROWS 10000000u  /* at most */
#define NPT__PERMUTATION_STEPS 10000000u /* of an enumeration: a tenth of a second */
#define NPT__PERMUTATION_TOLERANCE \
    1e-10 /* statistics that differ by less than this share are equal */

enum npt__permutation_statistic {
    /* Sum of squares between groups; it gives the same p as F of the one-way analysis of variance and, for two
       groups, as the absolute difference of the means, for F and the difference rise and fall with it. */
    NPT__PERMUTE_MEANS,
    /* The same of mid-ranks: Kruskal & Wallis's H with its correction for ties. Ranks are given within strata. */
    NPT__PERMUTE_RANKS,
    /* Welch's F (Welch 1951, Biometrika 38, 330-336), which holds its level in large samples where groups differ
       in spread as well (Chung & Romano 2013, Annals of Statistics 41, 484-507). Not with strata. */
    NPT__PERMUTE_WELCH,
};

struct npt__permutation_data {
    /* Scores times `unit` (at least 1): whole numbers, of at most NPT__SUMS_MOST_VALUE (describe.h), so that sums
       are exact and arrangements that tie are seen to tie. Decimals take the unit 10, 100 ... */
    const int64_t *scores;
    int64_t unit;
    const uint32_t *groups; /* of each row: 0 .. group_count - 1; some may have none */
    /* Each row's stratum, any numbers: rows are exchanged within it only. NULL: with any other row.
       Scores are then taken as deviations from the mean of their stratum. */
    const uint32_t *strata;
    size_t count, group_count;
};

struct npt__permutation_options {
    enum npt__permutation_statistic statistic;
    size_t replicates; /* of a sample of arrangements: 1 .. NPT__MOST_REPLICATES */
    uint64_t seed;
    unsigned threads;
    /* All arrangements are gone through where that takes no more steps than these (and there are no more than 2^100
       of them), those that differ by an exchange of equal scores at once: NPT__PERMUTATION_STEPS do for two
       groups of 11 rows without equal scores, or of 45 rows with five different ones, at some
       7 ns each. 0: always draw a sample. */
    size_t most_steps;
};

/* Why there is no test. */
enum npt__permutation_fault {
    NPT__PERMUTATION_FINE,
    NPT__PERMUTATION_FEW_GROUPS, /* fewer than 2 groups with rows */
    NPT__PERMUTATION_TOO_LARGE,  /* more groups, rows or larger scores than the ceilings above */
    NPT__PERMUTATION_CONSTANT, /* scores do not vary (within strata): all arrangements are the same */
    NPT__PERMUTATION_FIXED,    /* no stratum has rows of two groups */
    NPT__PERMUTATION_VARIANCE,     /* Welch: a group has one row only, or its scores do not vary */
    NPT__PERMUTATION_WELCH_STRATA, /* Welch: strata were given */
    NPT__PERMUTATION_REPLICATES,   /* none, or more than NPT__MOST_REPLICATES */
};

struct npt__permutation {
    bool defined;
    enum npt__permutation_fault fault;
    bool exact;         /* all arrangements were gone through */
    size_t count;       /* rows */
    size_t group_count; /* groups with rows */
    /* F, H or Welch's F; with strata, of the deviations from the strata's means. F is INFINITY where nothing varies
       within groups. NaN unless defined. */
    double statistic;
    /* Of two groups: the mean of the first less that of the second, in scores. NaN otherwise. */
    double difference;
    /* Exact: the share of the arrangements. Otherwise (1 + extreme) / (1 + replicates), never 0, as the observed
       arrangement is one of those that chance may bring (Davison & Hinkley 1997, Bootstrap Methods and their
       Application, section 4.2; Phipson & Smyth 2010). NaN unless defined. */
    double p;
    double error;      /* p's standard error, sqrt(p (1 - p) / replicates); 0 where exact */
    size_t extreme;    /* replicates at least as extreme; 0 where exact */
    size_t replicates; /* drawn; 0 where exact */
};

struct npt__permutation npt__permutation_test(const struct npt__permutation_data *data,
                                              const struct npt__permutation_options *options);

#endif
