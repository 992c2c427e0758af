/* hypergeometric.c - how many marked rows are among some that are drawn without replacement.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hypergeometric.h"
#include "../base/arena.h"

#include <assert.h>
#include <math.h>

#define SUMMED \
    256u /* factorials below this are multiplied out, others taken by Stirling's series */
#define HALF_LOG_TWO_PI 0.9189385332046727

static double stirling(double n)
{
    double square = 1 / (n * n);
    return (n + 0.5) * log(n) - n + HALF_LOG_TWO_PI +
           (1.0 / 12 - square * (1.0 / 360 - square / 1260)) / n;
}

double *npt__log_factorials(uint32_t largest)
{
    double *logs = npt__allocate(((size_t)largest + 1) * sizeof *logs);
    long double log_sum = 0;
    logs[0] = 0;
    for (size_t i = 1; i <= largest && i < SUMMED; i++) {
        log_sum += logl((long double)i);
        logs[i] = (double)log_sum;
    }
    for (size_t i = SUMMED; i <= largest; i++)
        logs[i] = stirling((double)i);
    return logs;
}

/* The numbers that can come, and the most likely of them. */
struct support {
    uint32_t least, most, mode;
};

static struct support support_of(uint32_t marked, uint32_t others, uint32_t draws)
{
    struct support support = {.least = draws > others ? draws - others : 0,
                              .most = draws < marked ? draws : marked};
    uint64_t mode =
        ((uint64_t)draws + 1) * ((uint64_t)marked + 1) / ((uint64_t)marked + others + 2);
    support.mode = mode > support.most ? support.most : (uint32_t)mode;
    if (support.mode < support.least)
        support.mode = support.least;
    return support;
}

static double probability(const double *logs, uint32_t marked, uint32_t others, uint32_t draws,
                          uint32_t number)
{
    uint32_t rest = draws - number;
    return exp((logs[marked] - logs[number] - logs[marked - number]) +
               (logs[others] - logs[rest] - logs[others - rest]) -
               (logs[marked + others] - logs[draws] - logs[marked + others - draws]));
}

uint32_t npt__random_hypergeometric(struct npt__random *random, const double *log_factorials,
                                    uint32_t marked, uint32_t others, uint32_t draws)
{
    assert(draws <= (uint64_t)marked + others && marked <= UINT32_MAX - others);
    const struct support support = support_of(marked, others, draws);
    if (support.least == support.most)
        return support.least;
    double left = npt__random_uniform(random);
    double above = probability(log_factorials, marked, others, draws, support.mode);
    double below = above;
    left -= above;
    if (left < 0)
        return support.mode;
    const double more = (double)marked, drawn = (double)draws, slack = (double)others - drawn;
    double up = support.mode, down = up; /* step outwards from the mode */
    while (up < support.most || down > support.least) {
        above *= (more - up) * (drawn - up) / ((up + 1) * (slack + up + 1)); /* 0 at the end */
        below *= down * (slack + down) / ((more - down + 1) * (drawn - down + 1));
        up++;
        down--;
        left -= above;
        if (left < 0)
            return (uint32_t)up;
        left -= below;
        if (left < 0)
            return (uint32_t)down;
    }
    return support.mode; /* less than a rounding error is left */
}
