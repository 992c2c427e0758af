/* mixed_products.c - sums of squares and products within and between groups, in numbers of twice the precision.
 *
 * Deviations are taken from means of twice the precision before they are rounded: an offset, or groups far apart,
 * cost no digits. Products of two doubles are exact in twofold numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mixed_products.h"

#include "../base/arena.h"
#include "twofold_matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The value of a column, from 1 on, in a row. */
static double value_of(const struct npt__mixed_data *data, size_t row, size_t column)
{
    return column > data->columns ? data->y[row] : data->x[row * data->columns + column - 1];
}

static void find_scales(struct npt__mixed_products *products, const struct npt__mixed_data *data)
{
    for (size_t j = 1; j < products->width; j++) {
        double largest = 0, first = value_of(data, 0, j);
        for (size_t i = 0; i < data->count; i++) {
            double value = value_of(data, i, j);
            largest = fmax(largest, fabs(value));
            products->varies[j] = products->varies[j] || value != first;
        }
        products->scale[j] = npt__twofold_scale(largest);
    }
}

/* The groups' sums, and from them the mean of all and the groups' means, not yet less it. */
static void find_means(struct npt__mixed_products *products, const struct npt__mixed_data *data)
{
    const size_t width = products->width;
    for (size_t i = 0; i < data->count; i++) {
        struct npt__twofold *sums = products->group_mean + data->group[i] * width;
        products->rows[data->group[i]]++;
        for (size_t j = 1; j < width; j++)
            sums[j] = npt__twofold_add(sums[j],
                                       npt__twofold_of(value_of(data, i, j) * products->scale[j]));
    }
    struct npt__twofold count = npt__twofold_whole((npt__int128)data->count);
    for (size_t j = 1; j < width; j++) {
        struct npt__twofold sum = {0, 0};
        for (size_t g = 0; g < data->groups; g++)
            sum = npt__twofold_add(sum, products->group_mean[g * width + j]);
        products->mean[j] = npt__twofold_divide(sum, count);
    }
    for (size_t g = 0; g < data->groups; g++) {
        struct npt__twofold *means = products->group_mean + g * width;
        struct npt__twofold rows = npt__twofold_whole((npt__int128)products->rows[g]);
        means[0] = npt__twofold_of(1);
        for (size_t j = 1; j < width && products->rows[g]; j++)
            means[j] = npt__twofold_divide(means[j], rows);
    }
}

static void add_within(struct npt__mixed_products *products, const struct npt__mixed_data *data)
{
    double deviations[NPT__MIXED_STRIDE];
    for (size_t row = 0; row < data->count; row++) {
        const struct npt__twofold *means =
            products->group_mean + data->group[row] * products->width;
        for (size_t i = 1; i < products->width; i++) {
            double d =
                npt__twofold_deviation(value_of(data, row, i), products->scale[i], means[i]).high;
            struct npt__twofold *cells = products->within.cell + i * NPT__MIXED_STRIDE;
            deviations[i] = d;
            for (size_t j = 1; j <= i; j++) {
                double product = d * deviations[j];
                struct npt__twofold exact = {product, fma(d, deviations[j], -product)};
                cells[j] = npt__twofold_add(cells[j], exact);
            }
        }
    }
}

static int by_size(const void *left, const void *right)
{
    const size_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The distinct sizes in order, and how many groups have each. */
static void count_sizes(struct npt__mixed_products *products, size_t groups)
{
    products->size = npt__allocate(groups * sizeof *products->size);
    products->groups_of_size = npt__allocate(groups * sizeof *products->groups_of_size);
    for (size_t g = 0; g < groups; g++)
        if (products->rows[g])
            products->size[products->groups++] = products->rows[g];
    qsort(products->size, products->groups, sizeof *products->size, by_size);
    for (size_t i = 0; i < products->groups; i++) {
        bool is_new = !i || products->size[i] != products->size[products->sizes - 1];
        if (is_new) {
            products->size[products->sizes] = products->size[i];
            products->groups_of_size[products->sizes++] = 0;
        }
        products->groups_of_size[products->sizes - 1]++;
    }
}

static void add_between(struct npt__mixed_products *products, size_t groups)
{
    const size_t width = products->width, triangle = width * (width + 1) / 2;
    products->between = npt__allocate(products->sizes * triangle * sizeof *products->between);
    memset(products->between, 0, products->sizes * triangle * sizeof *products->between);
    for (size_t g = 0; g < groups; g++) {
        struct npt__twofold *means = products->group_mean + g * width;
        if (!products->rows[g])
            continue;
        const size_t *size = bsearch(&products->rows[g], products->size, products->sizes,
                                     sizeof *products->size, by_size);
        struct npt__twofold *cell = products->between + (size_t)(size - products->size) * triangle;
        for (size_t i = 0; i < width; i++) {
            means[i] = npt__twofold_minus(means[i], products->mean[i]);
            for (size_t j = 0; j <= i; j++, cell++)
                *cell = npt__twofold_gather(*cell, means[i], means[j]);
        }
    }
}

void npt__mixed_products_make(struct npt__mixed_products *products,
                              const struct npt__mixed_data *data)
{
    *products = (struct npt__mixed_products){
        .effects = data->columns + 1, .width = data->columns + 2, .count = data->count};
    const size_t cells = data->groups * products->width;
    products->rows = npt__allocate(data->groups * sizeof *products->rows);
    products->group_mean = npt__allocate(cells * sizeof *products->group_mean);
    memset(products->rows, 0, data->groups * sizeof *products->rows);
    memset(products->group_mean, 0, cells * sizeof *products->group_mean);
    products->scale[0] = 1;
    find_scales(products, data);
    find_means(products, data);
    add_within(products, data);
    count_sizes(products, data->groups);
    add_between(products, data->groups);
}

void npt__mixed_products_release(struct npt__mixed_products *products)
{
    npt__release(products->rows);
    npt__release(products->group_mean);
    npt__release(products->size);
    npt__release(products->groups_of_size);
    npt__release(products->between);
}

void npt__mixed_products_weigh(const struct npt__mixed_products *products,
                               const struct npt__twofold *factor, bool with_within,
                               struct npt__mixed_square *sum)
{
    const size_t width = products->width, triangle = width * (width + 1) / 2;
    const struct npt__twofold *cell = products->between;
    if (with_within)
        *sum = products->within;
    else
        memset(sum, 0, sizeof *sum);
    for (size_t s = 0; s < products->sizes; s++, cell += triangle)
        for (size_t i = 0, at = 0; i < width; i++)
            for (size_t j = 0; j <= i; j++, at++) {
                struct npt__twofold *total = &sum->cell[i * NPT__MIXED_STRIDE + j];
                *total = npt__twofold_gather(*total, factor[s], cell[at]);
            }
}
