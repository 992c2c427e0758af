/* signed_rank.c - Wilcoxon's test of paired values, exact with and without ties, and asymptotic.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rank_tests.h"

#include "../base/arena.h"
#include "rank_sums.h"

#include <math.h>

/* The doubled ranks of differences that are not 0, and what is to be known of them. */
struct scores {
    int64_t *doubled;
    size_t count;
    int64_t positive, all;
    npt__int128 squares;
};

static struct scores rank_sizes(const double *differences, size_t count, enum npt__zeros zeros)
{
    double *sizes = npt__allocate(count * sizeof *sizes);
    bool *positive = npt__allocate(count * sizeof *positive);
    struct scores scores = {.doubled = npt__allocate(count * sizeof *scores.doubled)};
    size_t ranked = 0;
    for (size_t i = 0; i < count; i++)
        if (differences[i] != 0 || zeros == NPT__ZEROS_RANKED) {
            positive[ranked] = differences[i] > 0;
            sizes[ranked++] = fabs(differences[i]);
        }
    npt__rank(sizes, ranked, scores.doubled);
    for (size_t i = 0; i < ranked; i++) {
        const int64_t rank = scores.doubled[i];
        if (sizes[i] == 0)
            continue;
        scores.doubled[scores.count++] = rank;
        scores.all += rank;
        scores.positive += positive[i] ? rank : 0;
        scores.squares += (npt__int128)rank * rank;
    }
    npt__release(positive);
    npt__release(sizes);
    return scores;
}

static void fill_in(struct npt__signed_rank *test, const struct scores *scores,
                    const struct npt__rank_options *options)
{
    test->zeros = test->count - scores->count;
    test->defined = true;
    test->v = (double)scores->positive / 2;
    test->expectation = (double)scores->all / 4;
    test->sd = npt__twofold_root(npt__twofold_whole(scores->squares)).high / 4;
    test->asymptotic =
        npt__rank_asymptotic((double)(2 * scores->positive - scores->all) / 4, test->sd);
    if (options->exactness == NPT__EXACT_WITHIN_WORK) {
        struct npt__rank_sums sums = npt__rank_sums_signed(
            scores->doubled, scores->count, options->work ? options->work : NPT__RANKS_WORK);
        test->exact = npt__rank_sums_p(&sums, scores->positive);
        npt__rank_sums_free(&sums);
    }
    test->p = test->exact.defined ? test->exact.by_distance : test->asymptotic.corrected_two_sided;
}

struct npt__signed_rank npt__signed_rank(const double *first, const double *second, size_t count,
                                         enum npt__zeros zeros,
                                         const struct npt__rank_options *options)
{
    const struct npt__rank_options usual = {NPT__EXACT_WITHIN_WORK, 0};
    struct npt__signed_rank test = {.count = count};
    test.fault = npt__rank_check(first, count);
    if (!test.fault)
        test.fault = npt__rank_check(second, count);
    if (test.fault)
        return test;
    double *differences = npt__allocate(count * sizeof *differences);
    test.fault = npt__rank_differences(first, second, count, differences);
    if (test.fault) {
        test.zeros = count;
    } else {
        struct scores scores = rank_sizes(differences, count, zeros);
        fill_in(&test, &scores, options ? options : &usual);
        npt__release(scores.doubled);
    }
    npt__release(differences);
    return test;
}

struct npt__rank_sums npt__signed_rank_sums(size_t count)
{
    if (count > NPT__RANKS_MOST_VALUES)
        return (struct npt__rank_sums){.unit = 1, .parts = 2};
    int64_t *scores = npt__allocate((count + 1) * sizeof *scores);
    for (size_t i = 0; i < count; i++)
        scores[i] = (int64_t)i + 1;
    struct npt__rank_sums sums = npt__rank_sums_signed(scores, count, NPT__RANKS_WORK);
    npt__release(scores);
    return sums;
}

double npt__signed_rank_below(double v, size_t count)
{
    if (isnan(v))
        return NAN;
    if (v < 0)
        return 0;
    if (v >= (double)count * ((double)count + 1) / 2)
        return 1;
    struct npt__rank_sums sums = npt__signed_rank_sums(count);
    const double p = sums.weights ? npt__rank_sums_p(&sums, (int64_t)floor(v)).less : NAN;
    npt__rank_sums_free(&sums);
    return p;
}
