/* factorials.c - factorials of whole numbers, far beyond what a double holds, for chances of tables of counts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "factorials.h"

#include "../base/arena.h"
#include "describe.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* logs[n] = ln n in units, from its least prime factor and what is left of it. */
static void fill_logs(int64_t *logs, uint32_t most)
{
    uint32_t *factor = npt__allocate(((size_t)most + 1) * sizeof *factor); /* 0: a prime */
    memset(factor, 0, ((size_t)most + 1) * sizeof *factor);
    for (uint64_t prime = 2; prime * prime <= most; prime++) {
        if (factor[prime])
            continue;
        for (uint64_t multiple = prime * prime; multiple <= most; multiple += prime)
            if (!factor[multiple])
                factor[multiple] = (uint32_t)prime;
    }
    for (uint32_t n = 2; n <= most; n++)
        logs[n] =
            factor[n] ? logs[factor[n]] + logs[n / factor[n]] : llround(log(n) / NPT__LOG_UNIT);
    npt__release(factor);
}

struct npt__factorials npt__factorials(uint32_t most)
{
    assert(most <= NPT__FACTORIALS_MOST);
    const size_t count = (size_t)most + 1;
    struct npt__factorials factorials = {npt__allocate((count + 1) * sizeof *factorials.values),
                                         npt__allocate((count + 1) * sizeof *factorials.logs)};
    factorials.logs[0] = factorials.logs[1] = 0;
    fill_logs(factorials.logs, most);
    struct npt__twofold product = {0.5, 0};
    int64_t exponent = 1;
    factorials.values[0] = (struct npt__factorial){product.high, exponent};
    for (uint32_t n = 1; n <= most; n++) {
        int shift;
        product = npt__twofold_multiply(product, (struct npt__twofold){n, 0});
        product.high = frexp(product.high, &shift);
        product.low = ldexp(product.low, -shift);
        exponent += shift;
        factorials.values[n] = (struct npt__factorial){product.high, exponent};
        factorials.logs[n] += factorials.logs[n - 1];
    }
    return factorials;
}

void npt__factorials_release(struct npt__factorials *factorials)
{
    npt__release(factorials->values);
    npt__release(factorials->logs);
    *factorials = (struct npt__factorials){0};
}

/* The number of ways to take `taken` of `all` things: n! / (k! (n - k)!). */
static struct npt__factorial ways(const struct npt__factorial *values, uint32_t all, uint32_t taken)
{
    return (struct npt__factorial){
        values[all].mantissa / (values[taken].mantissa * values[all - taken].mantissa),
        values[all].exponent - values[taken].exponent - values[all - taken].exponent};
}

double npt__hypergeometric(const struct npt__factorials *factorials, const uint32_t *all,
                           const uint32_t *taken, size_t kinds)
{
    uint32_t all_kinds = 0, all_taken = 0;
    double mantissa = 1;
    int64_t exponent = 0;
    for (size_t i = 0; i < kinds; i++) {
        struct npt__factorial part = ways(factorials->values, all[i], taken[i]);
        mantissa *= part.mantissa;
        exponent += part.exponent;
        all_kinds += all[i];
        all_taken += taken[i];
    }
    struct npt__factorial total = ways(factorials->values, all_kinds, all_taken);
    exponent -= total.exponent;
    return exponent < -2000 ? 0 : ldexp(mantissa / total.mantissa, (int)exponent);
}
