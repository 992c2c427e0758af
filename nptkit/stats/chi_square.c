/* chi_square.c - tails of the chi-square distribution, central and noncentral, and which noncentralities an outcome
 * speaks for.
 *
 * P(a, y), the share of a gamma variable of shape a below y, becomes P(a - 1, y) by adding y^(a - 1) e^-y / Gamma(a).
 * The mixture is therefore summed from its last term down: positive numbers only, and one call of the incomplete gamma
 * function.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chi_square.h"

#include <float.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>
#include <stdbool.h>

/* y^a e^-y / Gamma(a + 1), without cancellation between large logarithms (Loader 2000, "Fast and accurate computation
   of binomial probabilities"); a > 0, y > 0. */
static double poisson_weight(double a, double y)
{
    const double apart = (y - a) / a;
    const double exponent = a * (apart > -0.5 ? gsl_sf_log_1plusx_mx(apart) : log(y / a) - apart);
    return exp(exponent) / (sqrt(6.283185307179586 * a) * gsl_sf_gammastar(a)); /* 2 pi */
}

/* P(a, y) = weight * (1 + y / (a + 1) + y^2 / ((a + 1) (a + 2)) + ...): for y < a + 1. */
static double lower_series(double a, double y)
{
    double term = 1, sum = 1;
    for (double n = 1; term > sum * DBL_EPSILON / 4 && n < 1e7; n++) {
        term *= y / (a + n);
        sum += term;
    }
    return fmin(poisson_weight(a, y) * sum, 1);
}

/* Q(a, y) = a * weight / (y + 1 - a - 1 (1 - a) / (y + 3 - a - 2 (2 - a) / (y + 5 - a - ...))) by Lentz's method: for
   y >= a + 1. */
static double upper_fraction(double a, double y)
{
    double base = y + 1 - a, c = 1 / DBL_MIN, d = 1 / base, fraction = d, factor = 0;
    for (double n = 1; fabs(factor - 1) > DBL_EPSILON && n < 1e7; n++) {
        const double part = -n * (n - a);
        base += 2;
        d = part * d + base;
        c = base + part / c;
        d = 1 / (fabs(d) < DBL_MIN ? DBL_MIN : d);
        c = fabs(c) < DBL_MIN ? DBL_MIN : c;
        factor = c * d;
        fraction *= factor;
    }
    return fmin(a * poisson_weight(a, y) * fraction, 1);
}

static double gamma_below(double y, double a)
{
    if (!(y > 0))
        return 0;
    return y < a + 1 ? lower_series(a, y) : 1 - upper_fraction(a, y);
}

static bool is_out_of_range(double x, double freedom)
{
    return isnan(x) || !(freedom >= 1 && freedom <= 1e8);
}

double npt__chi_square_below(double x, double freedom)
{
    if (is_out_of_range(x, freedom))
        return NAN;
    return isinf(x) ? x > 0 : gamma_below(x / 2, freedom / 2);
}

double npt__chi_square_above(double x, double freedom)
{
    if (is_out_of_range(x, freedom))
        return NAN;
    const double y = x / 2, a = freedom / 2;
    if (!(y > 0) || isinf(x))
        return !(y > 0);
    return y < a + 1 ? 1 - lower_series(a, y) : upper_fraction(a, y);
}

double npt__noncentral_chi_square(double x, double freedom, double noncentrality)
{
    const double y = x / 2, mean = noncentrality / 2;
    if (!(y > 0))
        return 0;
    if (!(mean > 0))
        return npt__chi_square_below(x, freedom);
    /* Outside of these the Poisson weights are below 1e-16 together. */
    const double reach = 9 * sqrt(mean) + 30;
    const double last = floor(mean + reach), first = fmax(0, floor(mean - reach));
    double weight = poisson_weight(last, mean), shape = freedom / 2 + last;
    double below = gamma_below(y, shape), step = poisson_weight(shape, y), sum = 0;
    for (double term = last; term >= first; term--) {
        sum += weight * below;
        weight *= term / mean;
        step *= shape / y; /* y^(shape - 1) e^-y / Gamma(shape) */
        below = fmin(below + step, 1);
        shape--;
    }
    return fmin(sum, 1);
}

double npt__noncentrality(double x, double freedom, double probability)
{
    if (!(npt__noncentral_chi_square(x, freedom, 0) > probability))
        return 0;
    double low = 0, high = fmax(x, 1);
    while (npt__noncentral_chi_square(x, freedom, high) > probability) {
        low = high;
        high *= 2;
    }
    for (int i = 0; i < 200 && high - low > 1e-14 * high; i++) {
        const double middle = low + (high - low) / 2;
        if (npt__noncentral_chi_square(x, freedom, middle) > probability)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

struct npt__interval npt__noncentrality_interval(double x, double freedom, double confidence)
{
    if (!(confidence > 0 && confidence < 1) || is_out_of_range(x, freedom) || !(x >= 0 && x <= 5e8))
        return (struct npt__interval){0};
    const double tail = (1 - confidence) / 2;
    return (struct npt__interval){true, npt__noncentrality(x, freedom, 1 - tail),
                                  npt__noncentrality(x, freedom, tail)};
}
