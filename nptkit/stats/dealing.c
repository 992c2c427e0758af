/* dealing.c - scores that are dealt out to groups again and again: sorting, drawing, going through all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dealing.h"
#include "../base/arena.h"
#include "hypergeometric.h"

#include <math.h>
#include <string.h>

#define MOST_LEVELS 4096u /* of recursion: cells x groups */
#define MOST_BITS \
    100 /* of the number of arrangements: its products with a number of rows fit in 128 */

/* ---- comparing ------------------------------------------------------------------------------- */

static double sum_of_squares(const struct npt__deal *deal, const struct npt__sums_of_group *sums)
{
    double between = 0;
    for (size_t g = 0; g < deal->groups; g++) {
        double off = (double)sums[g].sum - deal->expected[g];
        if (deal->strata ==
            1) /* exactly, as the mean sum is a whole number over the number of rows */
            off = (double)((npt__int128)sums[g].sum * (npt__int128)deal->count -
                           (npt__int128)deal->all.sum * deal->totals[g]);
        between += off * off / deal->totals[g];
    }
    return between;
}

static double welch(const struct npt__deal *deal, const struct npt__sums_of_group *sums)
{
    double weights[NPT__PERMUTATION_GROUPS], weight = 0, mean = 0;
    for (size_t g = 0; g < deal->groups; g++) {
        const npt__int128 n = deal->totals[g], sum = sums[g].sum;
        const npt__int128 varied = n * sums[g].squares - sum * sum;
        if (varied <= 0)
            return INFINITY;
        const double size = deal->totals[g];
        weights[g] = size * size * (size - 1) / (double)varied;
        weight += weights[g];
        mean += weights[g] * ((double)sums[g].sum / size);
    }
    mean /= weight;
    double between = 0, correction = 0;
    const double groups = (double)deal->groups;
    for (size_t g = 0; g < deal->groups; g++) {
        const double off = (double)sums[g].sum / deal->totals[g] - mean;
        const double rest = 1 - weights[g] / weight;
        between += weights[g] * off * off;
        correction += rest * rest / (deal->totals[g] - 1.0);
    }
    return between / (groups - 1) / (1 + 2 * (groups - 2) / (groups * groups - 1) * correction);
}

double npt__deal_compare(const struct npt__deal *deal, struct npt__sums_of_group *sums)
{
    struct npt__sums_of_group rest = deal->all;
    for (size_t g = 0; g + 1 < deal->groups; g++) {
        rest.sum -= sums[g].sum;
        rest.squares -= sums[g].squares;
    }
    sums[deal->groups - 1] = rest;
    return deal->statistic == NPT__PERMUTE_WELCH ? welch(deal, sums) : sum_of_squares(deal, sums);
}

static void give(struct npt__sums_of_group *sums, int64_t score, uint32_t times, bool squares)
{
    sums->sum += score * (int64_t)times;
    if (squares)
        sums->squares += (npt__int128)score * score * times;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_stratum(const struct npt__deal *deal, size_t stratum, struct npt__random *random,
                         struct npt__sums_of_group *sums)
{
    const size_t last = deal->groups - 1;
    const bool squares = deal->statistic == NPT__PERMUTE_WELCH;
    uint32_t wanted[NPT__PERMUTATION_GROUPS], rows = 0;
    for (size_t g = 0; g <= last; g++)
        rows += wanted[g] = deal->sizes[stratum * deal->groups + g];
    for (size_t c = deal->first_cells[stratum]; c < deal->first_cells[stratum + 1]; c++) {
        uint32_t pool = rows, left = deal->times[c];
        rows -= left;
        for (size_t g = 0; g < last && left; g++) {
            pool -= wanted[g];
            const uint32_t got =
                npt__random_hypergeometric(random, deal->log_factorials, wanted[g], pool, left);
            give(&sums[g], deal->scores[c], got, squares);
            wanted[g] -= got;
            left -= got;
        }
        wanted[last] -= left;
    }
}

double npt__deal_by_counts(const void *user, struct npt__random *random)
{
    const struct npt__deal *deal = user;
    struct npt__sums_of_group sums[NPT__PERMUTATION_GROUPS];
    memset(sums, 0, deal->groups * sizeof *sums);
    for (size_t s = 0; s < deal->strata; s++)
        draw_stratum(deal, s, random, sums);
    return npt__deal_compare(deal, sums) >= deal->threshold;
}

double npt__deal_rows(const void *user, struct npt__random *random)
{
    const struct npt__deal *deal = user;
    const bool squares = deal->statistic == NPT__PERMUTE_WELCH;
    struct npt__sums_of_group sums[NPT__PERMUTATION_GROUPS];
    memset(sums, 0, deal->groups * sizeof *sums);
    int64_t *rows = npt__allocate(deal->count * sizeof *rows);
    memcpy(rows, deal->rows, deal->count * sizeof *rows);
    int64_t *pool = rows;
    for (size_t s = 0; s < deal->strata; s++) {
        const uint32_t *sizes = deal->sizes + s * deal->groups;
        size_t left = 0;
        for (size_t g = 0; g < deal->groups; g++)
            left += sizes[g];
        int64_t *next = pool + left;
        for (size_t g = 0; g + 1 < deal->groups; g++) {
            for (uint32_t i = 0; i < sizes[g]; i++) {
                const size_t at = (size_t)npt__random_below(random, left);
                give(&sums[g], pool[at], 1, squares);
                pool[at] = pool[--left];
            }
        }
        pool = next;
    }
    npt__release(rows);
    return npt__deal_compare(deal, sums) >= deal->threshold;
}

/* ---- going through all ----------------------------------------------------------------------- */

struct walk {
    const struct npt__deal *deal;
    size_t steps, most_steps;
    npt__weight extreme, total;
    uint32_t
        wanted[NPT__PERMUTATION_GROUPS]; /* rows that each group is yet to get, of this stratum */
    struct npt__sums_of_group sums[NPT__PERMUTATION_GROUPS];
};

/* Where the walk is: `left` rows of the cell go to this group and those after it. */
struct place {
    size_t stratum, cell, group;
    uint32_t left;
    npt__weight weight; /* arrangements that begin like this */
};

static void walk_on(struct walk *walk, struct place place);

/* Of n things, how many ways to choose some. */
static npt__weight choose(uint32_t n, uint32_t some)
{
    if (some > n - some)
        some = n - some;
    npt__weight ways = 1;
    for (uint32_t i = 0; i < some; i++)
        ways = ways * (n - i) / (i + 1);
    return ways;
}

static void end_walk(struct walk *walk, npt__weight weight)
{
    walk->total += weight;
    if (npt__deal_compare(walk->deal, walk->sums) >= walk->deal->threshold)
        walk->extreme += weight;
}

static void next_cell(struct walk *walk, struct place place)
{
    const struct npt__deal *deal = walk->deal;
    place.cell++;
    place.group = 0;
    if (place.cell == deal->cells) {
        end_walk(walk, place.weight);
        return;
    }
    place.left = deal->times[place.cell];
    if (place.cell < deal->first_cells[place.stratum + 1]) {
        walk_on(walk, place);
        return;
    }
    place.stratum++;
    const size_t size = deal->groups * sizeof *walk->wanted;
    memcpy(walk->wanted, deal->sizes + place.stratum * deal->groups, size);
    walk_on(walk, place);
    memset(walk->wanted, 0, size); /* as it was when the stratum before was given out */
}

static void walk_on(struct walk *walk, struct place place)
{
    const struct npt__deal *deal = walk->deal;
    if (walk->steps++ >= walk->most_steps)
        return;
    const size_t g = place.group;
    if (g + 1 == deal->groups) {
        walk->wanted[g] -= place.left;
        next_cell(walk, place);
        walk->wanted[g] += place.left;
        return;
    }
    uint64_t room = 0;
    for (size_t later = g + 1; later < deal->groups; later++)
        room += walk->wanted[later];
    const uint32_t left = place.left, wanted = walk->wanted[g];
    const uint32_t most = left < wanted ? left : wanted;
    const struct npt__sums_of_group before = walk->sums[g];
    uint32_t got = left > room ? left - (uint32_t)room : 0;
    npt__weight ways = choose(left, got);
    for (; got <= most && walk->steps <= walk->most_steps; got++) {
        struct place next = {place.stratum, place.cell, g + 1, left - got, place.weight * ways};
        ways = ways * (left - got) / (got + 1);
        walk->sums[g] = before;
        give(&walk->sums[g], deal->scores[place.cell], got, true);
        walk->wanted[g] = wanted - got;
        walk_on(walk, next);
    }
    walk->sums[g] = before;
    walk->wanted[g] = wanted;
}

/* The logarithm of the largest number of arrangements that an exchange of the equal scores of a cell can make one. */
static double log_of_exchanges(const struct npt__deal *deal, uint32_t times)
{
    const uint32_t groups = (uint32_t)deal->groups, each = times / groups, rest = times % groups;
    const double *logs = deal->log_factorials;
    return logs[times] - (groups - rest) * logs[each] - (rest ? rest * logs[each + 1] : 0);
}

bool npt__deal_all(const struct npt__deal *deal, size_t most_steps, npt__weight *extreme,
                   npt__weight *total)
{
    if (!most_steps || deal->cells * deal->groups > MOST_LEVELS)
        return false;
    double log_number = 0, log_exchanges = 0;
    for (size_t s = 0; s < deal->strata; s++) {
        uint32_t rows = 0;
        for (size_t g = 0; g < deal->groups; g++) {
            log_number -= deal->log_factorials[deal->sizes[s * deal->groups + g]];
            rows += deal->sizes[s * deal->groups + g];
        }
        log_number += deal->log_factorials[rows];
    }
    for (size_t c = 0; c < deal->cells; c++)
        log_exchanges += log_of_exchanges(deal, deal->times[c]);
    if (log_number > MOST_BITS * log(2) || log_number - log_exchanges > log((double)most_steps) + 1)
        return false; /* as many steps as that there would be at least */
    struct walk walk = {.deal = deal, .most_steps = most_steps};
    memcpy(walk.wanted, deal->sizes, deal->groups * sizeof *walk.wanted);
    walk_on(&walk, (struct place){.left = deal->times[0], .weight = 1});
    *extreme = walk.extreme;
    *total = walk.total;
    return walk.steps <= walk.most_steps;
}
