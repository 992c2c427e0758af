/* friedman.c - blocks ranked each within itself: Friedman's test and Kendall's W.
 *
 * With c = 2 rank - (k + 1) within each block, S the sum over treatments of (sum of c)^2 and D the sum of all c^2,
 * W = S / (b D) and chi-square = b (k - 1) W; D is what ties leave of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rank_tests.h"

#include "../base/arena.h"
#include "chi_square.h"

#include <math.h>
#include <string.h>

static enum npt__rank_fault check(const double *values, size_t blocks, size_t treatments)
{
    if (blocks < 2 || treatments < 2)
        return NPT__RANKS_TOO_FEW;
    if (blocks > NPT__RANKS_MOST_VALUES / treatments)
        return NPT__RANKS_TOO_MANY;
    return npt__rank_check(values, blocks * treatments);
}

/* Adds up each treatment's c, and returns D. */
static npt__int128 sum_up(const double *values, size_t blocks, size_t treatments, int64_t *sums)
{
    npt__int128 spread = 0;
    int64_t *doubled = npt__allocate(treatments * sizeof *doubled);
    for (size_t b = 0; b < blocks; b++) {
        const struct npt__ties ties = npt__rank(values + b * treatments, treatments, doubled);
        spread += npt__rank_spread(treatments, ties.reduction);
        for (size_t t = 0; t < treatments; t++)
            sums[t] += doubled[t] - ((int64_t)treatments + 1);
    }
    npt__release(doubled);
    return spread;
}

static double share(npt__int128 part, npt__int128 whole)
{
    return npt__twofold_divide(npt__twofold_whole(part), npt__twofold_whole(whole)).high;
}

struct npt__friedman npt__friedman(const double *values, size_t blocks, size_t treatments,
                                   double *mean_ranks)
{
    struct npt__friedman test = {.blocks = blocks, .treatments = treatments};
    const npt__int128 b = (npt__int128)blocks, k = (npt__int128)treatments;
    for (size_t t = 0; mean_ranks && t < treatments; t++)
        mean_ranks[t] = NAN;
    test.fault = check(values, blocks, treatments);
    if (test.fault)
        return test;
    int64_t *sums = npt__allocate(treatments * sizeof *sums);
    memset(sums, 0, treatments * sizeof *sums);
    const npt__int128 spread = sum_up(values, blocks, treatments, sums);
    npt__int128 squares = 0;
    for (size_t t = 0; t < treatments; t++) {
        squares += (npt__int128)sums[t] * sums[t];
        if (mean_ranks)
            mean_ranks[t] = share(sums[t] + b * (k + 1), 2 * b);
    }
    npt__release(sums);
    if (!spread) {
        test.fault = NPT__RANKS_CONSTANT;
        return test;
    }
    test.defined = true;
    test.w = share(squares, b * spread);
    test.w_uncorrected = share(squares, b * b * npt__rank_spread(treatments, 0));
    test.chi_square = share(squares * (k - 1), spread);
    test.freedom = (double)treatments - 1;
    test.p = npt__chi_square_above(test.chi_square, test.freedom);
    test.mean_correlation = share(squares - spread, spread * (b - 1));
    return test;
}
