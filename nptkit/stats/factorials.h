/* factorials.h - factorials of whole numbers, far beyond what a double holds, for chances of tables of counts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FACTORIALS_H
#define NPT__FACTORIALS_H

#include <stddef.h>
#include <stdint.h>

#define NPT__FACTORIALS_MOST 1000000u

/* n! = mantissa * 2^exponent, the mantissa rounded once and within 0.5 and 1. */
struct npt__factorial {
    double mantissa;
    int64_t exponent;
};

/* 0! .. most!. Release both. */
struct npt__factorials {
    struct npt__factorial *values;
    /* ln n! in units of NPT__LOG_UNIT, made of the rounded logarithms of primes: equal products of factorials have
       exactly equal sums, whatever the factors. Off by less than half a unit for each prime factor of n!. */
    int64_t *logs;
};
#define NPT__LOG_UNIT 0x1p-38

struct npt__factorials npt__factorials(uint32_t most);
void npt__factorials_release(struct npt__factorials *factorials);

/* There are all[i] things of each kind; as many are taken at random as `taken` adds up to. The chance that they
   are just these: multivariate hypergeometric. taken[i] <= all[i]; the sum of `all` is within the table. */
double npt__hypergeometric(const struct npt__factorials *factorials, const uint32_t *all,
                           const uint32_t *taken, size_t kinds);

#endif
