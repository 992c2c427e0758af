/* twofold_matrix.h - small symmetric systems of linear equations in numbers of twice the precision.
 *
 * Only the lower triangles of symmetric matrices are read. Rows are `stride` numbers apart.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__TWOFOLD_MATRIX_H
#define NPT__TWOFOLD_MATRIX_H

#include "describe.h"

#include <stdbool.h>
#include <stddef.h>

static inline struct npt__twofold npt__twofold_of(double value)
{
    return (struct npt__twofold){value, 0};
}

static inline struct npt__twofold npt__twofold_minus(struct npt__twofold a, struct npt__twofold b)
{
    return npt__twofold_add(a, (struct npt__twofold){-b.high, -b.low});
}

/* sum + a * b */
static inline struct npt__twofold npt__twofold_gather(struct npt__twofold sum,
                                                      struct npt__twofold a, struct npt__twofold b)
{
    return npt__twofold_add(sum, npt__twofold_multiply(a, b));
}

/* matrix = L D L' with ones on L's diagonal (Golub & Van Loan 2013, "Matrix computations", section 4.1), in
   place: L below the diagonal, D on it. A row whose pivot is at most least[row] depends on those before it: its
   pivot becomes 0 and it plays no further part. Returns how many rows do not. */
size_t npt__twofold_factor(struct npt__twofold *matrix, size_t size, size_t stride,
                           const double *least);

/* Solves L D L' x = b in place; every pivot is other than 0. */
void npt__twofold_solve(const struct npt__twofold *factors, size_t size, size_t stride,
                        struct npt__twofold *b);

/* The whole inverse, both triangles, rows `stride` apart. */
void npt__twofold_invert(const struct npt__twofold *factors, size_t size, size_t stride,
                         struct npt__twofold *inverse);

#endif
