/* noncentral.c - the noncentral chi-square distribution, and which noncentralities an outcome speaks for.
 *
 * P(a, y), the share of a gamma variable of shape a below y, becomes P(a - 1, y) by adding y^(a - 1) e^-y / Gamma(a).
 * The mixture is therefore summed from its last term down: positive numbers only, one call of the incomplete gamma
 * function.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "noncentral.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>

/* y^a e^-y / Gamma(a + 1), without cancellation between large logarithms (Loader 2000, "Fast and accurate computation
   of binomial probabilities"); a > 0, y > 0. */
static double poisson_weight(double a, double y)
{
    const double apart = (y - a) / a;
    const double exponent = a * (apart > -0.5 ? gsl_sf_log_1plusx_mx(apart) : log(y / a) - apart);
    return exp(exponent) / (sqrt(6.283185307179586 * a) * gsl_sf_gammastar(a)); /* 2 pi */
}

double npt__noncentral_chi_square(double x, double freedom, double noncentrality)
{
    const double y = x / 2, mean = noncentrality / 2;
    if (!(y > 0))
        return 0;
    if (!(mean > 0))
        return gsl_cdf_chisq_P(x, freedom);
    /* Outside of these the Poisson weights are below 1e-16 together. */
    const double reach = 9 * sqrt(mean) + 30;
    const double last = floor(mean + reach), first = fmax(0, floor(mean - reach));
    double weight = poisson_weight(last, mean), shape = freedom / 2 + last;
    double below = gsl_cdf_gamma_P(y, shape, 1), step = poisson_weight(shape, y), sum = 0;
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
