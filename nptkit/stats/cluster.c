/* cluster.c - intraclass correlation of clusters, design effects, and means of clustered samples.
 *
 * Sums have twice the precision of a double. Squares that rounding of the values themselves could have left are
 * taken for none at all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cluster.h"

#include "tails.h"

#include "../base/arena.h"
#include "reliability.h"
#include "twofold_matrix.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define LARGEST 1e150
#define ROUNDING 0x1p-102 /* the square of what rounding may have done to a scaled value */

static enum npt__cluster_fault check(const struct npt__cluster_data *data, const double *weights)
{
    if (data->count > NPT__CLUSTER_MOST_ROWS || data->clusters > NPT__CLUSTER_MOST)
        return NPT__CLUSTER_TOO_MANY;
    for (size_t i = 0; i < data->count; i++) {
        assert(data->cluster[i] < data->clusters);
        if (!(fabs(data->y[i]) <= LARGEST))
            return NPT__CLUSTER_NOT_FINITE;
        if (weights && !(weights[i] >= 0 && weights[i] <= LARGEST))
            return NPT__CLUSTER_NOT_FINITE;
    }
    return data->count ? NPT__CLUSTER_FINE : NPT__CLUSTER_EMPTY;
}

/* The weight of a row; those of unweighted data are 1. */
static double weight_of(const double *weights, size_t row)
{
    return weights ? weights[row] : 1;
}

/* One cluster: rows with a weight, the sums of their weights and of weight * y, both scaled. */
struct cluster {
    size_t rows;
    struct npt__twofold weight, sum;
};

struct clusters {
    struct cluster *each;
    size_t rows, used; /* with a weight; clusters that have such */
    double scale, weight_scale;
    bool varies;                      /* y does, over rows with a weight */
    struct npt__twofold weight, mean; /* of all; the mean scaled */
};

static void find_scales(const struct npt__cluster_data *data, const double *weights,
                        struct clusters *clusters)
{
    double largest = 0, heaviest = 0, first = 0;
    for (size_t i = 0; i < data->count; i++) {
        double weight = weight_of(weights, i);
        if (!(weight > 0))
            continue;
        if (!clusters->rows++)
            first = data->y[i];
        clusters->varies = clusters->varies || data->y[i] != first;
        largest = fmax(largest, fabs(data->y[i]));
        heaviest = fmax(heaviest, weight);
    }
    clusters->scale = npt__twofold_scale(largest);
    clusters->weight_scale = weights ? npt__twofold_scale(heaviest) : 1;
}

/* Release `each`. */
static struct clusters sum_clusters(const struct npt__cluster_data *data, const double *weights)
{
    struct clusters clusters = {0};
    struct npt__twofold sum = {0, 0};
    find_scales(data, weights, &clusters);
    clusters.each = npt__allocate((data->clusters + 1) * sizeof *clusters.each);
    memset(clusters.each, 0, (data->clusters + 1) * sizeof *clusters.each);
    for (size_t i = 0; i < data->count; i++) {
        struct cluster *cluster = &clusters.each[data->cluster[i]];
        double weight = weight_of(weights, i) * clusters.weight_scale;
        if (!(weight > 0))
            continue;
        clusters.used += !cluster->rows++;
        cluster->weight = npt__twofold_add(cluster->weight, npt__twofold_of(weight));
        cluster->sum = npt__twofold_gather(cluster->sum, npt__twofold_of(weight),
                                           npt__twofold_of(data->y[i] * clusters.scale));
    }
    for (size_t c = 0; c < data->clusters; c++) {
        clusters.weight = npt__twofold_add(clusters.weight, clusters.each[c].weight);
        sum = npt__twofold_add(sum, clusters.each[c].sum);
    }
    if (clusters.rows)
        clusters.mean = npt__twofold_divide(sum, clusters.weight);
    return clusters;
}

/* ---- intraclass correlation ------------------------------------------------------------------ */

struct sums {
    struct npt__twofold between, within, squared_sizes;
};

static struct sums sums_of_squares(const struct npt__cluster_data *data,
                                   const struct clusters *clusters)
{
    struct sums sums = {{0, 0}, {0, 0}, {0, 0}};
    struct npt__twofold *means = npt__allocate(data->clusters * sizeof *means);
    for (size_t c = 0; c < data->clusters; c++) {
        struct npt__twofold rows = npt__twofold_whole((npt__int128)clusters->each[c].rows);
        if (!(rows.high > 0))
            continue;
        means[c] = npt__twofold_divide(clusters->each[c].sum, rows);
        struct npt__twofold deviation = npt__twofold_minus(means[c], clusters->mean);
        sums.between =
            npt__twofold_gather(sums.between, rows, npt__twofold_multiply(deviation, deviation));
        sums.squared_sizes = npt__twofold_gather(sums.squared_sizes, rows, rows);
    }
    for (size_t i = 0; i < data->count; i++) {
        struct npt__twofold deviation =
            npt__twofold_deviation(data->y[i], clusters->scale, means[data->cluster[i]]);
        sums.within = npt__twofold_gather(sums.within, deviation, deviation);
    }
    npt__release(means);
    return sums;
}

static void set_icc(struct npt__cluster_icc *result, double confidence)
{
    result->icc = (result->between - result->within) /
                  (result->between + (result->size - 1) * result->within);
    result->tested = result->within > 0;
    if (!result->tested)
        return;
    result->freedom = (double)(result->clusters - 1);
    result->error_freedom = (double)(result->count - result->clusters);
    result->f = result->between / result->within;
    result->p = npt__f_tail(result->f, result->freedom, result->error_freedom);
    if (!(confidence > 0 && confidence < 1))
        return;
    double tail = (1 - confidence) / 2;
    double low = result->f * npt__f_quantile(tail, result->error_freedom, result->freedom);
    double high = result->f / npt__f_quantile(tail, result->freedom, result->error_freedom);
    result->interval = (struct npt__interval){true, (low - 1) / (low + result->size - 1),
                                              (high - 1) / (high + result->size - 1)};
}

static double mean_square(struct npt__twofold squares, double rows, double freedom, double scale)
{
    return squares.high > rows * ROUNDING ? squares.high / freedom / scale / scale : 0;
}

struct npt__cluster_icc npt__cluster_icc(const struct npt__cluster_data *data, double confidence)
{
    struct npt__cluster_icc result = {.count = data->count, .fault = check(data, NULL)};
    if (result.fault != NPT__CLUSTER_FINE)
        return result;
    struct clusters clusters = sum_clusters(data, NULL);
    result.clusters = clusters.used;
    if (clusters.used < 2)
        result.fault = NPT__CLUSTER_FEW;
    else if (clusters.used == data->count)
        result.fault = NPT__CLUSTER_SINGLES;
    else if (!clusters.varies)
        result.fault = NPT__CLUSTER_CONSTANT;
    result.defined = result.fault == NPT__CLUSTER_FINE;
    if (result.defined) {
        const double n = (double)data->count, k = (double)clusters.used;
        struct sums sums = sums_of_squares(data, &clusters);
        result.between = mean_square(sums.between, n, k - 1, clusters.scale);
        result.within = mean_square(sums.within, n, n - k, clusters.scale);
        struct npt__twofold rows = npt__twofold_of(n);
        result.size =
            npt__twofold_minus(rows, npt__twofold_divide(sums.squared_sizes, rows)).high / (k - 1);
        set_icc(&result, confidence);
    }
    npt__release(clusters.each);
    return result;
}

/* ---- design effects -------------------------------------------------------------------------- */

struct npt__design_effect npt__design_effect(const uint32_t *cluster, size_t count, size_t clusters,
                                             double icc)
{
    struct npt__design_effect effect = {.count = count};
    if (!count || count > NPT__CLUSTER_MOST_ROWS || clusters > NPT__CLUSTER_MOST || !isfinite(icc))
        return effect;
    size_t *rows = npt__allocate(clusters * sizeof *rows);
    memset(rows, 0, clusters * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        assert(cluster[i] < clusters);
        effect.clusters += !rows[cluster[i]]++;
    }
    npt__int128 squares = 0, n = (npt__int128)count, k = (npt__int128)effect.clusters;
    for (size_t c = 0; c < clusters; c++)
        squares += (npt__int128)rows[c] * (npt__int128)rows[c];
    npt__release(rows);
    /* The sizes' variance over their mean's square is k * squares / n^2 - 1; (it + 1) * mean is squares / n. */
    effect.defined = true;
    effect.mean_size = (double)n / (double)k;
    effect.squared_variation = (double)(k * squares - n * n) / ((double)n * (double)n);
    effect.equal = 1 + (double)(n - k) / (double)k * icc;
    effect.unequal = 1 + (double)(squares - n) / (double)n * icc;
    if (effect.equal > 0)
        effect.effective_equal = (double)n / effect.equal;
    if (effect.unequal > 0)
        effect.effective_unequal = (double)n / effect.unequal;
    return effect;
}

struct npt__weight_effect npt__weight_effect(const double *weight, size_t count)
{
    struct npt__weight_effect effect = {0};
    struct npt__twofold sum = {0, 0}, squares = {0, 0};
    double largest = 0, n = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(weight[i] >= 0 && weight[i] <= LARGEST))
            return effect;
        largest = fmax(largest, weight[i]);
        n += weight[i] > 0;
    }
    effect.defined = largest > 0;
    if (!effect.defined)
        return effect;
    double scale = npt__twofold_scale(largest);
    for (size_t i = 0; i < count; i++) {
        struct npt__twofold scaled = npt__twofold_of(weight[i] * scale);
        sum = npt__twofold_add(sum, scaled);
        squares = npt__twofold_gather(squares, scaled, scaled);
    }
    struct npt__twofold square = npt__twofold_multiply(sum, sum);
    effect.effective = npt__twofold_divide(square, squares).high;
    effect.effect =
        npt__twofold_divide(npt__twofold_multiply(npt__twofold_of(n), squares), square).high;
    return effect;
}

/* ---- means ----------------------------------------------------------------------------------- */

/* The sum of w (y - mean)^2, scaled. */
static struct npt__twofold weighted_squares(const struct npt__cluster_data *data,
                                            const struct clusters *clusters)
{
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < data->count; i++) {
        struct npt__twofold weight =
            npt__twofold_of(weight_of(data->weight, i) * clusters->weight_scale);
        struct npt__twofold deviation =
            npt__twofold_deviation(data->y[i], clusters->scale, clusters->mean);
        sum = npt__twofold_gather(sum, weight, npt__twofold_multiply(deviation, deviation));
    }
    return sum;
}

/* The variance of the mean of clusters, and that of a simple sample. */
static void set_error(const struct npt__cluster_data *data, const struct clusters *clusters,
                      double confidence, struct npt__cluster_mean *result)
{
    const double n = (double)clusters->rows, k = (double)clusters->used;
    struct npt__twofold squares = {0, 0};
    for (size_t c = 0; c < data->clusters; c++) {
        struct npt__twofold total = npt__twofold_minus(
            clusters->each[c].sum, npt__twofold_multiply(clusters->each[c].weight, clusters->mean));
        squares = npt__twofold_gather(squares, total, total);
    }
    squares =
        npt__twofold_divide(squares, npt__twofold_multiply(clusters->weight, clusters->weight));
    result->error_defined = squares.high > ROUNDING / n;
    if (!result->error_defined) {
        result->fault = NPT__CLUSTER_CONSTANT;
        return;
    }
    double variance = squares.high * k / (k - 1);
    double simple =
        npt__twofold_divide(weighted_squares(data, clusters), clusters->weight).high / (n - 1);
    result->error = sqrt(variance) / clusters->scale;
    result->freedom = k - 1;
    result->design_effect = variance / simple;
    result->interval = npt__t_interval(result->mean, result->error, result->freedom, confidence);
}

struct npt__cluster_mean npt__cluster_mean(const struct npt__cluster_data *data, double confidence)
{
    struct npt__cluster_mean result = {.fault = check(data, data->weight)};
    if (result.fault != NPT__CLUSTER_FINE)
        return result;
    struct clusters clusters = sum_clusters(data, data->weight);
    result.count = clusters.rows;
    result.clusters = clusters.used;
    result.defined = clusters.rows > 0;
    result.mean = clusters.mean.high / clusters.scale;
    if (!clusters.rows)
        result.fault = NPT__CLUSTER_EMPTY;
    else if (clusters.used < 2)
        result.fault = NPT__CLUSTER_FEW;
    else if (!clusters.varies)
        result.fault = NPT__CLUSTER_CONSTANT;
    else
        set_error(data, &clusters, confidence, &result);
    npt__release(clusters.each);
    return result;
}
