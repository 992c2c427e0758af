/* resampled_agreement.c - intervals of agreement between two coders over interviews drawn with replacement.
 *
 * A coefficient needs few sums of a table: both margins and the weighted disagreements. Each unit is reduced to
 * these (one row of whole numbers), and units are put in order by them, so that it does not matter in which order
 * they came.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agreement.h"

#include "../base/arena.h"
#include "agreement_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct pool {
    enum npt__agreement_kind kind;
    enum npt__agreement_weights weights;
    size_t categories, units, width; /* of a row: first margin, second margin, disagreements */
    uint64_t *rows;
    uint64_t *whole; /* the sum of all rows */
};

/* ---- rows ------------------------------------------------------------------------------------ */

/* Adds a table to a row; false: too much. Disagreements stay below 2^50 * 10^6 only in sum with room to spare
   in 64 bits if counts do, so the ceiling is on counts * weights. */
static bool add_table(uint64_t *row, const uint64_t *counts, const struct pool *pool)
{
    const size_t categories = pool->categories;
    uint64_t most = npt__most_disagreement(pool->weights, categories), total = 0;
    for (size_t cell = 0; cell < categories * categories; cell++) {
        size_t i = cell / categories, j = cell % categories;
        if (counts[cell] > NPT__AGREEMENT_MOST_COUNT - total)
            return false;
        total += counts[cell];
        row[i] += counts[cell];
        row[categories + j] += counts[cell];
        row[2 * categories] += counts[cell] * npt__disagreement(pool->weights, i, j);
        if (total > INT64_MAX / most)
            return false;
    }
    /* The unit may be drawn as often as there are units. */
    return total <= NPT__AGREEMENT_MOST_COUNT / pool->units &&
           total * most <= INT64_MAX / pool->units;
}

static int compare_rows(const uint64_t *a, const uint64_t *b, size_t width)
{
    for (size_t i = 0; i < width; i++)
        if (a[i] != b[i])
            return a[i] > b[i] ? 1 : -1;
    return 0;
}

struct place {
    const uint64_t *row;
    size_t width;
};

static int by_row(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    return compare_rows(a->row, b->row, a->width);
}

static void sort_rows(struct pool *pool)
{
    struct place *places = npt__allocate(pool->units * sizeof *places);
    uint64_t *sorted = npt__allocate(pool->units * pool->width * sizeof *sorted);
    for (size_t i = 0; i < pool->units; i++)
        places[i] = (struct place){pool->rows + i * pool->width, pool->width};
    qsort(places, pool->units, sizeof *places, by_row);
    for (size_t i = 0; i < pool->units; i++)
        memcpy(sorted + i * pool->width, places[i].row, pool->width * sizeof *sorted);
    npt__release(places);
    npt__release(pool->rows);
    pool->rows = sorted;
}

/* False: more than the function can take. */
static bool fill_pool(struct pool *pool, const uint64_t *counts)
{
    const size_t cells = pool->categories * pool->categories;
    pool->width = 2 * pool->categories + 1;
    pool->rows = npt__allocate((pool->units * pool->width + pool->width) * sizeof *pool->rows);
    memset(pool->rows, 0, pool->units * pool->width * sizeof *pool->rows);
    for (size_t i = 0; i < pool->units; i++)
        if (!add_table(pool->rows + i * pool->width, counts + i * cells, pool))
            return false;
    sort_rows(pool);
    pool->whole = npt__allocate(pool->width * sizeof *pool->whole);
    memset(pool->whole, 0, pool->width * sizeof *pool->whole);
    for (size_t i = 0; i < pool->units; i++)
        for (size_t j = 0; j < pool->width; j++)
            pool->whole[j] += pool->rows[i * pool->width + j];
    return true;
}

/* ---- coefficients of sums -------------------------------------------------------------------- */

static struct npt__coefficient coefficient_of(const struct pool *pool, const uint64_t *row)
{
    struct npt__agreement_sums sums = {.weights = pool->weights,
                                       .categories = pool->categories,
                                       .apart = row[2 * pool->categories],
                                       .first = row,
                                       .second = row + pool->categories};
    for (size_t i = 0; i < pool->categories; i++)
        sums.count += row[i];
    if (!sums.count)
        return (struct npt__coefficient){.fault = NPT__AGREEMENT_EMPTY};
    struct npt__disagreements parts = npt__agreement_compare(&sums, pool->kind);
    return npt__agreement_value(&parts);
}

static double value_of(const struct pool *pool, const uint64_t *row)
{
    struct npt__coefficient coefficient = coefficient_of(pool, row);
    return coefficient.defined ? coefficient.value : NAN;
}

static double value_of_draws(const void *user, struct npt__random *random)
{
    const struct pool *pool = user;
    uint64_t *sums = npt__allocate(pool->width * sizeof *sums);
    memset(sums, 0, pool->width * sizeof *sums);
    for (size_t draw = 0; draw < pool->units; draw++) {
        const uint64_t *row = pool->rows + npt__random_below(random, pool->units) * pool->width;
        for (size_t i = 0; i < pool->width; i++)
            sums[i] += row[i];
    }
    double value = value_of(pool, sums);
    npt__release(sums);
    return value;
}

static double jackknife(const struct pool *pool)
{
    double *values = npt__allocate(pool->units * sizeof *values);
    uint64_t *rest = npt__allocate(pool->width * sizeof *rest);
    for (size_t unit = 0; unit < pool->units; unit++) {
        for (size_t i = 0; i < pool->width; i++)
            rest[i] = pool->whole[i] - pool->rows[unit * pool->width + i];
        values[unit] = value_of(pool, rest);
    }
    double acceleration = npt__acceleration(values, NULL, pool->units);
    npt__release(rest);
    npt__release(values);
    return acceleration;
}

static void resample(struct npt__resampled_agreement *result, const struct pool *pool,
                     const struct npt__bootstrap_options *options)
{
    const size_t replicates = options->replicates;
    const double value = result->coefficient.value;
    double *results = npt__allocate(2 * replicates * sizeof *results);
    npt__bootstrap(results, replicates, options->seed, options->threads, value_of_draws, pool);
    memcpy(results + replicates, results, replicates * sizeof *results);
    result->bca =
        npt__bootstrap_bca(results, replicates, value, jackknife(pool), options->confidence);
    result->percentile =
        npt__bootstrap_percentile(results + replicates, replicates, value, options->confidence);
    npt__release(results);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static struct npt__bootstrap_interval none(double estimate, enum npt__bootstrap_fault fault)
{
    return (struct npt__bootstrap_interval){
        .fault = fault, .estimate = estimate, .low = NAN, .high = NAN};
}

struct npt__resampled_agreement npt__agreement_bootstrap(
    const struct npt__agreement_units *units, enum npt__agreement_kind kind,
    enum npt__agreement_weights weights, const struct npt__bootstrap_options *options)
{
    struct npt__resampled_agreement result = {.units = units->units};
    struct pool pool = {
        .kind = kind, .weights = weights, .categories = units->categories, .units = units->units};
    enum npt__bootstrap_fault fault = NPT__BOOTSTRAP_TOO_FEW;
    result.bca = result.percentile = none(NAN, fault);
    result.coefficient.fault = units->units ? NPT__AGREEMENT_SIZE : NPT__AGREEMENT_EMPTY;
    if (!pool.units || pool.units > UINT32_MAX || !pool.categories ||
        pool.categories > NPT__AGREEMENT_MOST_CATEGORIES)
        return result;
    if (fill_pool(&pool, units->counts)) {
        result.coefficient = coefficient_of(&pool, pool.whole);
        double estimate = result.coefficient.defined ? result.coefficient.value : NAN;
        if (pool.units > 1 && isnan(estimate))
            fault = NPT__BOOTSTRAP_CONSTANT;
        else if (pool.units > 1 &&
                 (options->replicates < 2 || options->replicates > NPT__MOST_REPLICATES))
            fault = NPT__BOOTSTRAP_REPLICATES;
        else if (pool.units > 1)
            fault = NPT__BOOTSTRAP_FINE;
        result.bca = result.percentile = none(estimate, fault);
        if (!fault)
            resample(&result, &pool, options);
    }
    npt__release(pool.whole);
    npt__release(pool.rows);
    return result;
}
