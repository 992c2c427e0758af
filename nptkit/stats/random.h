/* random.h - random numbers that are the same everywhere: one seed, many independent streams.
 *
 * The generator is xoshiro256++ (Blackman & Vigna 2021), started by SplitMix64 (Steele, Lea & Flood 2014).
 * Whoever resamples gives each replicate a stream of its own, so that it does not matter which thread
 * draws it:
 *     struct npt__random random;
 *     npt__random_start(&random, seed, replicate);
 *     ... values[npt__random_below(&random, count)] ...
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RANDOM_H
#define NPT__RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct npt__random {
    uint64_t state[4]; /* not all zero */
};

/* Every pair of a seed and a stream starts somewhere else. */
void npt__random_start(struct npt__random *random, uint64_t seed, uint64_t stream);

/* The next 64 bits. */
static inline uint64_t npt__random_next(struct npt__random *random)
{
    uint64_t *s = random->state;
    uint64_t sum = s[0] + s[3];
    uint64_t result = (sum << 23 | sum >> 41) + s[0];
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = s[3] << 45 | s[3] >> 19;
    return result;
}

/* At least 0 and below 1, in steps of 2^-53. */
double npt__random_uniform(struct npt__random *random);
/* One of 0 .. below - 1, all equally likely: a product's high half, with rejection (Lemire 2019).
   `below` is at least 1. */
uint64_t npt__random_below(struct npt__random *random, uint64_t below);
/* How many of `trials` succeed, each with this probability: GSL's generator of binomial numbers
   (Kachitvichyanukul & Schmeiser 1988) fed by this one. */
uint32_t npt__random_binomial(struct npt__random *random, uint32_t trials, double probability);

/* Draws that fall on cells, each cell in proportion to its weight: how many fall on each (multinomial).
       struct npt__random_shares shares = {.draws = 1000, .weight = the sum of all weights};
       while (shares.draws) ... npt__random_share(&random, &shares, weight of the next cell) ...  */
struct npt__random_shares {
    uint32_t draws;  /* yet to fall */
    uint32_t weight; /* of the cells yet to come */
};
uint32_t npt__random_share(struct npt__random *random, struct npt__random_shares *shares,
                           uint32_t weight);

/* Draws with replacement from many rows, block by block: every block is a power of two of rows, so that
   bits of a random number, as they come, are the number of a row within it.
       struct npt__random_blocks blocks = npt__random_blocks(count);
       while (npt__random_block(&random, &blocks))
           ... blocks.draws times: row blocks.first + (bits & blocks.mask) ...
   Take NPT__DRAW_BITS bits for each draw: five draws from 64. */
#define NPT__DRAW_BITS 12
#define NPT__DRAWS_FROM_64 5u
struct npt__random_blocks {
    size_t first;   /* row of this block */
    uint64_t mask;  /* its size less one */
    uint32_t draws; /* in this block */
    struct npt__random_shares rest;
};
/* As many draws as rows. */
struct npt__random_blocks npt__random_blocks(uint32_t count);
/* The next block; false: all draws were handed out. Blocks that get no draws are passed over. */
bool npt__random_block(struct npt__random *random, struct npt__random_blocks *blocks);

#endif
