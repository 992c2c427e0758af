/* twofold_matrix.c - small symmetric systems of linear equations in numbers of twice the precision.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "twofold_matrix.h"

size_t npt__twofold_factor(struct npt__twofold *matrix, size_t size, size_t stride,
                           const double *least)
{
    size_t rank = 0;
    for (size_t j = 0; j < size; j++) {
        struct npt__twofold *pivot = &matrix[j * stride + j];
        bool depends = !(pivot->high > least[j]);
        if (depends)
            *pivot = npt__twofold_of(0);
        else
            rank++;
        /* Column j still holds what was left of it; row by row it gives way to factors. */
        for (size_t i = j + 1; i < size; i++) {
            struct npt__twofold *row = matrix + i * stride, left = row[j];
            row[j] = depends ? npt__twofold_of(0) : npt__twofold_divide(left, *pivot);
            for (size_t k = j + 1; k <= i && !depends; k++)
                row[k] =
                    npt__twofold_minus(row[k], npt__twofold_multiply(left, matrix[k * stride + j]));
        }
    }
    return rank;
}

void npt__twofold_solve(const struct npt__twofold *factors, size_t size, size_t stride,
                        struct npt__twofold *b)
{
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j < i; j++)
            b[i] = npt__twofold_minus(b[i], npt__twofold_multiply(factors[i * stride + j], b[j]));
    for (size_t i = 0; i < size; i++)
        b[i] = npt__twofold_divide(b[i], factors[i * stride + i]);
    for (size_t i = size; i-- > 0;)
        for (size_t j = i + 1; j < size; j++)
            b[i] = npt__twofold_minus(b[i], npt__twofold_multiply(factors[j * stride + i], b[j]));
}

void npt__twofold_invert(const struct npt__twofold *factors, size_t size, size_t stride,
                         struct npt__twofold *inverse)
{
    for (size_t i = 0; i < size; i++) {
        struct npt__twofold *row = inverse + i * stride;
        for (size_t j = 0; j < size; j++)
            row[j] = npt__twofold_of(i == j ? 1 : 0);
        npt__twofold_solve(factors, size, stride, row);
    }
}
