/* noncentral_chi_square.c - the noncentral chi-square distribution, and which noncentralities fit an observed chi-square.
 *
 * With d(i) the Poisson-like density e^-h h^(s+i) / Gamma(s+i+1), h = x / 2, s = freedom / 2, the chance that a
 * chi-square variable with freedom + 2j degrees is x or less is the sum of d(i) over i >= j. So the mixture's lower
 * tail is the sum of d(i) P(J <= i), and the upper one is that of the central distribution plus the sum of
 * d(i) P(J > i): sums of positive terms.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "noncentral_chi_square.h"

#include "../base/arena.h"
#include "chi_square.h"
#include "densities.h"

#include <assert.h>
#include <math.h>

/* Beyond mean +- reach, densities add up to less than 1e-16. */
static double reach(double mean)
{
    return 8.5 * sqrt(mean) + 20;
}

struct npt__noncentral_tails npt__noncentral_chi_square(double x, double freedom,
                                                        double noncentrality)
{
    assert(x >= 0 && x <= NPT__NONCENTRAL_CHI_SQUARE_LARGEST);
    assert(freedom >= 1 && freedom <= NPT__NONCENTRAL_CHI_SQUARE_LARGEST);
    assert(noncentrality >= 0 && noncentrality <= NPT__NONCENTRAL_CHI_SQUARE_LARGEST);
    const double h = x / 2, s = freedom / 2, mean = noncentrality / 2;
    if (mean - reach(mean) > h - s + reach(h))
        return (struct npt__noncentral_tails){0, 1, 0};
    if (mean + reach(mean) < h - s - reach(h))
        return (struct npt__noncentral_tails){1, 0, 0};
    const double first = floor(fmax(0, fmin(mean - reach(mean), h - s - reach(h))));
    const double last = ceil(fmax(mean + reach(mean), h - s + reach(h)));
    const size_t count = (size_t)(last - first) + 1;
    double *weights = npt__allocate(2 * count * sizeof *weights), *parts = weights + count;
    struct npt__noncentral_tails tails = {0, npt__chi_square_above(x, freedom), 0};
    double below = 0, above = 0; /* P(J <= i), P(J > i) */
    for (size_t i = 0; i < count; i++) {
        weights[i] = npt__poisson_density(first + (double)i, mean);
        parts[i] = npt__poisson_density(s + first + (double)i, h);
        below += weights[i];
        tails.lower += parts[i] * below;
        tails.slope -= weights[i] * parts[i] / 2;
    }
    for (size_t i = count; i-- > 0;) {
        tails.upper += parts[i] * above;
        above += weights[i];
    }
    npt__release(weights);
    tails.lower = fmin(tails.lower, 1);
    tails.upper = fmin(tails.upper, 1);
    return tails;
}

/* How much too large the lower tail is (too small the upper one): falls as the noncentrality grows. */
static double excess(struct npt__noncentral_tails tails, double tail, bool upper)
{
    return upper ? tail - tails.upper : tails.lower - tail;
}

/* The noncentrality under which the lower (upper) tail at x is `tail`; 0 where none is. Newton's steps, kept
   within a bracket. */
static double noncentrality(double x, double freedom, double tail, bool upper)
{
    double low = 0, high = fmax(1, x);
    if (excess(npt__noncentral_chi_square(x, freedom, 0), tail, upper) <= 0)
        return 0;
    while (high < NPT__NONCENTRAL_CHI_SQUARE_LARGEST &&
           excess(npt__noncentral_chi_square(x, freedom, high), tail, upper) > 0) {
        low = high;
        high = fmin(2 * high, NPT__NONCENTRAL_CHI_SQUARE_LARGEST);
    }
    double at = fmin(fmax(x - freedom, low), high);
    for (int i = 0; i < 200; i++) {
        struct npt__noncentral_tails tails = npt__noncentral_chi_square(x, freedom, at);
        double off = excess(tails, tail, upper);
        if (off > 0)
            low = at;
        else
            high = at;
        double next = tails.slope < 0 ? at - off / tails.slope : NAN;
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - at) <= 1e-15 * at || next <= low || next >= high)
            break;
        at = next;
    }
    return at;
}

struct npt__interval npt__noncentrality_interval(double x, double freedom, double confidence)
{
    if (!(confidence > 0 && confidence < 1) || !(x <= NPT__NONCENTRAL_CHI_SQUARE_LARGEST / 2))
        return (struct npt__interval){0};
    const double tail = (1 - confidence) / 2;
    return (struct npt__interval){true, noncentrality(x, freedom, tail, true),
                                  noncentrality(x, freedom, tail, false)};
}
