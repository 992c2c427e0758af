/* sample.c - a sample of values from which means of resamples are drawn, with replacement.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample.h"

#include "describe.h"

#include "../base/arena.h"
#include "bootstrap.h"

#include <string.h>

static double draw_rows(const struct npt__sample *sample, struct npt__random *random)
{
    struct npt__random_blocks blocks = npt__random_blocks((uint32_t)sample->count);
    double sums[NPT__DRAWS_FROM_64] = {0}; /* several: no addition waits for the one before */
    while (npt__random_block(random, &blocks)) {
        const double *values = sample->values + blocks.first;
        for (uint32_t left = blocks.draws; left;) {
            uint64_t bits = npt__random_next(random);
            for (uint32_t i = 0; i < NPT__DRAWS_FROM_64 && left; i++, left--) {
                sums[i] += values[bits & blocks.mask];
                bits >>= NPT__DRAW_BITS;
            }
        }
    }
    double sum = 0;
    for (size_t i = 0; i < NPT__DRAWS_FROM_64; i++)
        sum += sums[i];
    return sum / (double)sample->count;
}

static double draw_counts(const struct npt__sample *sample, struct npt__random *random)
{
    struct npt__random_shares shares = {(uint32_t)sample->count, (uint32_t)sample->count};
    double sum = 0;
    for (size_t i = 0; shares.draws; i++)
        sum += npt__random_share(random, &shares, sample->times[i]) * sample->distinct[i];
    return sum / (double)sample->count;
}

double npt__sample_draw(const struct npt__sample *sample, struct npt__random *random)
{
    return sample->by_counts ? draw_counts(sample, random) : draw_rows(sample, random);
}

void npt__sample_open(struct npt__sample *sample, const double *values, size_t count)
{
    *sample = (struct npt__sample){.count = count};
    sample->values = npt__allocate(count * sizeof *sample->values);
    sample->distinct = npt__allocate(count * sizeof *sample->distinct);
    sample->times = npt__allocate(count * sizeof *sample->times);
    memcpy(sample->values, values, count * sizeof *values);
    npt__sort(sample->values, count);
    for (size_t i = 0; i < count; i++) {
        size_t last = sample->distinct_count;
        if (!last || sample->distinct[last - 1] < sample->values[i]) {
            sample->distinct[last] = sample->values[i];
            sample->times[last] = 0;
            sample->distinct_count++;
        }
        sample->times[sample->distinct_count - 1]++;
    }
    double sum = 0;
    for (size_t i = 0; i < sample->distinct_count; i++)
        sum += sample->times[i] * sample->distinct[i];
    sample->mean = sum / (double)count;
    sample->by_counts = npt__bootstrap_by_counts(count, sample->distinct_count);
}

void npt__sample_release(struct npt__sample *sample)
{
    npt__release(sample->values);
    npt__release(sample->distinct);
    npt__release(sample->times);
}
