/* deal_prepare.c - puts rows of scores into the order that dealing.h deals them out in.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/arena.h"
#include "dealing.h"
#include "hypergeometric.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct row {
    int64_t score;
    uint32_t stratum, group;
};

static int compare_rows(const void *a, const void *b)
{
    const struct row *left = a, *right = b;
    if (left->stratum != right->stratum)
        return left->stratum < right->stratum ? -1 : 1;
    return (left->score > right->score) - (left->score < right->score);
}

static struct row *sort_rows(const struct npt__permutation_data *data)
{
    struct row *rows = npt__allocate(data->count * sizeof *rows);
    for (size_t i = 0; i < data->count; i++) {
        assert(data->groups[i] < data->group_count);
        rows[i] =
            (struct row){data->scores[i], data->strata ? data->strata[i] : 0, data->groups[i]};
    }
    qsort(rows, data->count, sizeof *rows, compare_rows);
    return rows;
}

/* ---- scores ---------------------------------------------------------------------------------- */

/* Takes the mean from all scores, rounded to a whole number. */
static void shift_scores(struct row *rows, size_t count)
{
    npt__int128 sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += rows[i].score;
    const int64_t mean = (int64_t)(sum / (npt__int128)count);
    for (size_t i = 0; i < count; i++)
        rows[i].score -= mean;
}

static size_t end_of_stratum(const struct row *rows, size_t count, size_t first)
{
    size_t end = first;
    while (end < count && rows[end].stratum == rows[first].stratum)
        end++;
    return end;
}

static size_t end_of_cell(const struct row *rows, size_t count, size_t first)
{
    size_t end = first;
    while (end < count && rows[end].stratum == rows[first].stratum &&
           rows[end].score == rows[first].score)
        end++;
    return end;
}

/* Twice the mid-rank within the stratum, less the mean of that. */
static void rank_scores(struct row *rows, size_t count)
{
    for (size_t first = 0, end; first < count; first = end) {
        end = end_of_stratum(rows, count, first);
        for (size_t tie = first, after; tie < end; tie = after) {
            after = end_of_cell(rows, end, tie);
            const int64_t rank = (int64_t)(tie - first) + (int64_t)(after - first);
            for (size_t i = tie; i < after; i++)
                rows[i].score = rank - (int64_t)(end - first);
        }
    }
}

/* ---- groups ---------------------------------------------------------------------------------- */

struct group {
    struct npt__sums_of_group sums;
    uint32_t label, total;
    const uint32_t *sizes; /* rows of each stratum */
    size_t strata;
};

static int compare_groups(const void *a, const void *b)
{
    const struct group *left = a, *right = b;
    if (left->total != right->total)
        return left->total < right->total ? -1 : 1;
    if (left->sums.sum != right->sums.sum)
        return left->sums.sum < right->sums.sum ? -1 : 1;
    if (left->sums.squares != right->sums.squares)
        return left->sums.squares < right->sums.squares ? -1 : 1;
    for (size_t s = 0; s < left->strata; s++)
        if (left->sizes[s] != right->sizes[s])
            return left->sizes[s] < right->sizes[s] ? -1 : 1;
    return 0;
}

static void place_groups(struct npt__deal *deal, const struct group *groups)
{
    deal->sizes = npt__allocate(deal->strata * deal->groups * sizeof *deal->sizes);
    deal->totals = npt__allocate(deal->groups * sizeof *deal->totals);
    deal->labels = npt__allocate(deal->groups * sizeof *deal->labels);
    deal->observed = npt__allocate(deal->groups * sizeof *deal->observed);
    for (size_t g = 0; g < deal->groups; g++) {
        deal->totals[g] = groups[g].total;
        deal->labels[g] = groups[g].label;
        deal->observed[g] = groups[g].sums;
        for (size_t s = 0; s < deal->strata; s++)
            deal->sizes[s * deal->groups + g] = groups[g].sizes[s];
    }
}

/* Groups without rows are passed over; strata are numbered anew, those without rows passed over. */
static void gather_groups(struct npt__deal *deal, const struct row *rows, size_t group_count)
{
    struct group groups[NPT__PERMUTATION_GROUPS] = {{.total = 0}};
    uint32_t *sizes = npt__allocate(group_count * deal->strata * sizeof *sizes);
    memset(sizes, 0, group_count * deal->strata * sizeof *sizes);
    for (size_t i = 0, stratum = 0; i < deal->count; i++) {
        stratum += i && rows[i].stratum != rows[i - 1].stratum;
        struct group *group = &groups[rows[i].group];
        group->total++;
        group->sums.sum += rows[i].score;
        group->sums.squares += (npt__int128)rows[i].score * rows[i].score;
        deal->all.sum += rows[i].score;
        deal->all.squares += (npt__int128)rows[i].score * rows[i].score;
        sizes[rows[i].group * deal->strata + stratum]++;
    }
    for (size_t g = 0; g < group_count; g++) {
        groups[g].label = (uint32_t)g;
        groups[g].sizes = sizes + g * deal->strata;
        groups[g].strata = deal->strata;
        if (groups[g].total)
            groups[deal->groups++] = groups[g];
    }
    qsort(groups, deal->groups, sizeof *groups, compare_groups);
    place_groups(deal, groups);
    npt__release(sizes);
}

/* ---- cells ----------------------------------------------------------------------------------- */

static void gather_cells(struct npt__deal *deal, const struct row *rows)
{
    deal->scores = npt__allocate(deal->count * sizeof *deal->scores);
    deal->times = npt__allocate(deal->count * sizeof *deal->times);
    deal->rows = npt__allocate(deal->count * sizeof *deal->rows);
    deal->first_cells = npt__allocate((deal->count + 1) * sizeof *deal->first_cells);
    for (size_t i = 0; i < deal->count; i++)
        deal->rows[i] = rows[i].score;
    for (size_t first = 0, end; first < deal->count; first = end) {
        end = end_of_stratum(rows, deal->count, first);
        deal->first_cells[deal->strata++] = deal->cells;
        if (end - first > deal->largest_stratum)
            deal->largest_stratum = (uint32_t)(end - first);
        for (size_t tie = first, after; tie < end; tie = after) {
            after = end_of_cell(rows, end, tie);
            deal->scores[deal->cells] = rows[tie].score;
            deal->times[deal->cells++] = (uint32_t)(after - tie);
        }
    }
    deal->first_cells[deal->strata] = deal->cells;
}

/* Each group's share of each stratum's sum. */
static void find_expected(struct npt__deal *deal)
{
    deal->expected = npt__allocate(deal->groups * sizeof *deal->expected);
    memset(deal->expected, 0, deal->groups * sizeof *deal->expected);
    for (size_t s = 0; s < deal->strata; s++) {
        int64_t sum = 0;
        double rows = 0;
        for (size_t c = deal->first_cells[s]; c < deal->first_cells[s + 1]; c++) {
            sum += deal->scores[c] * (int64_t)deal->times[c];
            rows += deal->times[c];
        }
        for (size_t g = 0; g < deal->groups; g++)
            deal->expected[g] += deal->sizes[s * deal->groups + g] * ((double)sum / rows);
    }
}

void npt__deal_prepare(struct npt__deal *deal, const struct npt__permutation_data *data,
                       enum npt__permutation_statistic statistic)
{
    *deal = (struct npt__deal){.statistic = statistic, .count = data->count};
    struct row *rows = sort_rows(data);
    if (statistic == NPT__PERMUTE_RANKS)
        rank_scores(rows, data->count);
    else
        shift_scores(rows, data->count);
    gather_cells(deal, rows);
    gather_groups(deal, rows, data->group_count);
    npt__release(rows);
    find_expected(deal);
    deal->log_factorials = npt__log_factorials(deal->largest_stratum);
}

void npt__deal_release(struct npt__deal *deal)
{
    npt__release(deal->scores);
    npt__release(deal->times);
    npt__release(deal->first_cells);
    npt__release(deal->sizes);
    npt__release(deal->totals);
    npt__release(deal->labels);
    npt__release(deal->observed);
    npt__release(deal->expected);
    npt__release(deal->log_factorials);
    npt__release(deal->rows);
}
