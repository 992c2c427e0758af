/* rank_tests.h - tests on ranks: Kruskal-Wallis, Dunn, Mann-Whitney, signed-rank, Friedman and Kendall's W.
 *
 * Ties are taken into account everywhere. Results do not depend on the order of the values. A missing value is left
 * out by the caller; one that is not finite is a fault. Where `defined` is false, `fault` says why, and all other
 * numbers are 0 but for the counts.
 *
 *     struct npt__mann_whitney test = npt__mann_whitney(first, 14, second, 18, NULL);
 *     if (test.defined)
 *         ... test.u, test.p, and whether it is exact: test.exact.defined ...
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RANK_TESTS_H
#define NPT__RANK_TESTS_H

#include "groups.h"
#include "interval.h"
#include "ranks.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- several groups: kruskal_wallis.c -------------------------------------------------------- */

struct npt__group_rank {
    size_t count;
    double mean_rank; /* NAN for a group without a value */
};

struct npt__kruskal_wallis {
    bool defined; /* at least two groups with values, which are not all equal */
    enum npt__rank_fault fault;
    size_t count, groups; /* values; groups that have any */
    double h;             /* corrected for ties */
    double freedom, p;    /* chi-square */
    /* epsilon squared = H / (n - 1), 0 to 1: Tomczak & Tomczak 2014, Trends in Sport Sciences 1(21), 19-25. It is the
       share of the ranks' sum of squares that lies between the groups. */
    double epsilon_squared;
    /* eta squared = (H - k + 1) / (n - k): the same source; 0 on average where groups do not differ, so it may be
       below 0. NAN where every group has one value. */
    double eta_squared;
    /* Of epsilon squared: lambda / (n - 1) for the noncentralities lambda between which H, as a noncentral chi-square
       variable, is not extreme; at most 1, with the estimate in it, and no narrower above than for an H equal to its
       degrees of freedom. See kruskal_wallis.c. */
    struct npt__interval interval;
};

/* Kruskal & Wallis 1952, "Use of ranks in one-criterion variance analysis", Journal of the American Statistical
   Association 47, 583-621. `ranks` takes one entry for each of data->groups, also where not defined by lack of
   variation or of groups; NULL: not wanted. */
struct npt__kruskal_wallis npt__kruskal_wallis(const struct npt__grouped *data, double confidence,
                                               struct npt__group_rank *ranks);

struct npt__dunn {
    uint32_t first, second; /* groups, first < second */
    double difference;      /* of mean ranks, first - second */
    double z,
        p; /* two-sided, not adjusted (see adjust.h); with `difference` NAN where a group is empty */
};

/* All pairs of groups, groups * (groups - 1) / 2 entries in the order (0, 1), (0, 2) ... (1, 2) ..., with ranks and
   variance of all groups together: Dunn 1964, "Multiple comparisons using rank sums", Technometrics 6, 241-252.
   Returns FINE, or why no pair has a z (all entries are NAN then). */
enum npt__rank_fault npt__dunn(const struct npt__grouped *data, struct npt__dunn *pairs);

/* ---- exact and asymptotic p ------------------------------------------------------------------ */

/* Where the exact distribution costs more additions than this, p is asymptotic (some 0.1 s). */
#define NPT__RANKS_WORK 100000000u

enum npt__exactness {
    NPT__EXACT_WITHIN_WORK, /* exact where that takes at most `work` additions */
    NPT__ASYMPTOTIC,
};

struct npt__rank_options {
    enum npt__exactness exactness;
    uint64_t work; /* 0: NPT__RANKS_WORK */
};

/* From the distribution over all arrangements of the ranks as they are, ties included. The two-sided rules differ
   where ties make it skewed. */
struct npt__exact_p {
    bool defined;
    double less, greater;      /* the statistic is at most, or at least, the one found */
    double twice_smaller_tail; /* at most 1 */
    double by_distance;        /* at least as far from the expectation on either side */
};

/* From the normal distribution with the variance that ties leave. `corrected`: for continuity, the distance from the
   expectation is half a unit less (at least 0). */
struct npt__asymptotic_p {
    double z, less, greater, two_sided;
    double corrected_z, corrected_less, corrected_greater, corrected_two_sided;
};

/* ---- two groups: mann_whitney.c -------------------------------------------------------------- */

struct npt__mann_whitney {
    bool defined;
    enum npt__rank_fault fault;
    size_t first_count, second_count;
    double u; /* pairs in which the first group's value is greater, ties counted half */
    double expectation, sd;    /* of u where groups do not differ */
    struct npt__exact_p exact; /* not defined where not asked for or beyond the work allowed */
    struct npt__asymptotic_p asymptotic;
    double p; /* exact.by_distance where defined, otherwise asymptotic.corrected_two_sided */
};

/* Mann & Whitney 1947, Annals of Mathematical Statistics 18, 50-60; exact with ties by the shift algorithm: Streitberg
   & Roehmel 1986, "Exact distributions for permutation and rank tests", Statistical Software Newsletter 12, 10-17.
   options NULL: exact within NPT__RANKS_WORK. */
struct npt__mann_whitney npt__mann_whitney(const double *first, size_t first_count,
                                           const double *second, size_t second_count,
                                           const struct npt__rank_options *options);

/* P(U <= u) without ties for groups of these sizes; NAN where that takes more than NPT__RANKS_WORK additions. */
double npt__mann_whitney_below(double u, size_t first_count, size_t second_count);

/* ---- pairs: signed_rank.c -------------------------------------------------------------------- */

enum npt__zeros {
    NPT__ZEROS_DROPPED, /* before ranking: Wilcoxon 1945, Biometrics Bulletin 1, 80-83 */
    NPT__ZEROS_RANKED,  /* ranked with the others, then left out: Pratt 1959, JASA 54, 655-667 */
};

struct npt__signed_rank {
    bool defined; /* at least one difference is not 0 */
    enum npt__rank_fault fault;
    size_t count, zeros;    /* pairs, and those without a difference */
    double v;               /* the sum of ranks of positive differences, first - second */
    double expectation, sd; /* of v where each difference is as likely positive as negative */
    struct npt__exact_p exact;
    struct npt__asymptotic_p asymptotic;
    double p; /* exact.by_distance where defined, otherwise asymptotic.corrected_two_sided */
};

/* The distribution is symmetric: both two-sided rules agree. Differences, or their sizes, that differ only because
   decimal fractions are no exact binary numbers (by 8 times DBL_EPSILON of the largest value) count as equal:
   0.3 - 0.2 and 0.2 - 0.1 are tied, and 0.1 + 0.2 and 0.3 do not differ. */
struct npt__signed_rank npt__signed_rank(const double *first, const double *second, size_t count,
                                         enum npt__zeros zeros,
                                         const struct npt__rank_options *options);

/* P(V <= v) without ties or zeros for so many differences; NAN where that takes more than NPT__RANKS_WORK additions. */
double npt__signed_rank_below(double v, size_t count);

/* ---- blocks: friedman.c ---------------------------------------------------------------------- */

struct npt__friedman {
    bool defined; /* at least two blocks and two treatments, and in some block the values differ */
    enum npt__rank_fault fault;
    size_t blocks, treatments;
    double chi_square, freedom, p; /* corrected for ties */
    double w;             /* Kendall's coefficient of concordance, 0 to 1, corrected for ties */
    double w_uncorrected; /* as if there were no ties; then chi-square = b (k - 1) W alike */
    double
        mean_correlation; /* (b W - 1) / (b - 1): without ties, the mean Spearman correlation of blocks */
};

/* values[block * treatments + treatment]; values are ranked within blocks. Friedman 1937, JASA 32, 675-701. For Kendall's
   W (Kendall & Babington Smith 1939, Annals of Mathematical Statistics 10, 275-287) judges are blocks and what they
   judge are treatments. `mean_ranks` takes one entry for each treatment, NAN where there is no rank; NULL: not
   wanted. */
struct npt__friedman npt__friedman(const double *values, size_t blocks, size_t treatments,
                                   double *mean_ranks);

#endif
