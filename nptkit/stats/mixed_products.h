/* mixed_products.h - what a random-intercept model needs to know of its data: sums of squares and products.
 *
 * With centred columns, (1, x, y)' V^-1 (1, x, y) sigma^2 is
 *     within + sum over sizes s of between[s] * s / (1 + s ratio),
 * since the inverse of a group's I + ratio 11' leaves what varies within the group as it is and
 * shrinks its means (Searle, Casella & McCulloch 1992, "Variance components"). So
 * one pass over the rows does for all ratios, and groups of equal size are one term.
 * Columns are those of the model: 0 the intercept, then x, and y last.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MIXED_PRODUCTS_H
#define NPT__MIXED_PRODUCTS_H

#include "mixed_model.h"

#define NPT__MIXED_STRIDE (NPT__MIXED_MOST_EFFECTS + 1u)

struct npt__mixed_square {
    struct npt__twofold cell[NPT__MIXED_STRIDE * NPT__MIXED_STRIDE]; /* lower triangle */
};

struct npt__mixed_products {
    size_t effects, width;           /* 1 + columns, and with y */
    size_t count, groups;            /* rows, groups with rows */
    double scale[NPT__MIXED_STRIDE]; /* powers of two */
    bool varies[NPT__MIXED_STRIDE];
    struct npt__twofold mean[NPT__MIXED_STRIDE]; /* of column * scale; the intercept's is 0 */
    size_t *rows;                                /* of each group */
    /* [group * width + column]: of column * scale, less `mean`; the intercept's is 1. */
    struct npt__twofold *group_mean;
    struct npt__mixed_square within;
    size_t sizes; /* distinct ones, and for each its rows, groups, and means' products */
    size_t *size, *groups_of_size;
    struct npt__twofold *between; /* [size * triangle + i * (i + 1) / 2 + j], j <= i */
};

/* Takes data within the ceilings whose values are finite and below 1e150; at least one row. */
void npt__mixed_products_make(struct npt__mixed_products *products,
                              const struct npt__mixed_data *data);
void npt__mixed_products_release(struct npt__mixed_products *products);

/* within + sum of between[s] * factor[s]. */
void npt__mixed_products_weigh(const struct npt__mixed_products *products,
                               const struct npt__twofold *factor, bool with_within,
                               struct npt__mixed_square *sum);

#endif
