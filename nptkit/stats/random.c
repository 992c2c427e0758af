/* random.c - random numbers that are the same everywhere: one seed, many independent streams.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "random.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include <assert.h>
#include <limits.h>

#define GOLDEN_STEP 0x9E3779B97F4A7C15u /* of SplitMix64: 2^64 over the golden ratio, odd */

__extension__ typedef unsigned __int128 wide;

/* SplitMix64's scrambling of its counter: one to one. */
static uint64_t scramble(uint64_t bits)
{
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
    return bits ^ bits >> 31;
}

void npt__random_start(struct npt__random *random, uint64_t seed, uint64_t stream)
{
    /* Scrambled once more after the stream is added: counters that stand side by side would share
       most of their four words. */
    uint64_t counter = scramble(scramble(seed + GOLDEN_STEP) + stream);
    for (size_t i = 0; i < 4; i++) {
        counter += GOLDEN_STEP;
        random->state[i] = scramble(counter);
    }
}

double npt__random_uniform(struct npt__random *random)
{
    return (double)(npt__random_next(random) >> 11) * 0x1p-53;
}

uint64_t npt__random_below(struct npt__random *random, uint64_t below)
{
    assert(below);
    wide product = (wide)npt__random_next(random) * below;
    if ((uint64_t)product <
        below) { /* seldom: what may have to be refused lies below 2^64 modulo `below` */
        uint64_t refused = -below % below;
        while ((uint64_t)product < refused)
            product = (wide)npt__random_next(random) * below;
    }
    return (uint64_t)(product >> 64);
}

/* ---- binomial numbers: in GSL's dress -------------------------------------------------------------------------- */

static void start_again(void *state, unsigned long seed)
{
    npt__random_start(state, seed, 0);
}

static unsigned long take_bits(void *state)
{
    return (unsigned long)(npt__random_next(state) & ULONG_MAX);
}

static double take_uniform(void *state)
{
    return npt__random_uniform(state);
}

static const gsl_rng_type dress = {
    .name = "xoshiro256++",
    .max = ULONG_MAX,
    .min = 0,
    .size = sizeof(struct npt__random),
    .set = start_again,
    .get = take_bits,
    .get_double = take_uniform,
};

uint32_t npt__random_binomial(struct npt__random *random, uint32_t trials, double probability)
{
    const gsl_rng dressed = {.type = &dress, .state = random};
    return gsl_ran_binomial(&dressed, probability, trials);
}

/* ---- many draws ------------------------------------------------------------------------------ */

uint32_t npt__random_share(struct npt__random *random, struct npt__random_shares *shares,
                           uint32_t weight)
{
    assert(weight && weight <= shares->weight);
    uint32_t share = shares->draws;
    if (share && weight < shares->weight)
        share = npt__random_binomial(random, share, weight / (double)shares->weight);
    shares->draws -= share;
    shares->weight -= weight;
    return share;
}

struct npt__random_blocks npt__random_blocks(uint32_t count)
{
    return (struct npt__random_blocks){.mask = UINT64_MAX, .rest = {count, count}};
}

bool npt__random_block(struct npt__random *random, struct npt__random_blocks *blocks)
{
    do {
        if (!blocks->rest.draws)
            return false;
        uint32_t size = (uint32_t)1 << NPT__DRAW_BITS;
        while (size > blocks->rest.weight)
            size /= 2;
        blocks->first += (size_t)(blocks->mask + 1);
        blocks->mask = size - 1;
        blocks->draws = npt__random_share(random, &blocks->rest, size);
    } while (!blocks->draws);
    return true;
}
