/* scale_mixture.c - means over the standard deviation that a sample of normal values may show.
 *
 * The trapezoidal rule over u = log s: the integrand is analytic and dies off at both ends, so the error falls
 * exponentially with the number of steps (Trefethen & Weideman 2014, "The exponentially convergent trapezoidal
 * rule", SIAM Review 56(3), 385-458). Halving the step at least squares the error.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "scale_mixture.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#define NEGLIGIBLE 1e-18
#define ALIKE 1e-9 /* two sums that differ by this share: the finer one has all its digits */
#define MOST_HALVINGS 12

struct mixture {
    double (*function)(double s, void *user);
    void *user;
    double freedom, factor;
    double start, low, high; /* u: where sums start, and the range that matters, once known */
};

/* e^x - 1 - x, exact for small x as well. */
static double beyond_line(double x)
{
    if (fabs(x) > 0.5)
        return expm1(x) - x;
    double sum = 0;
    for (int n = 17; n >= 2; n--) /* x^17 / 17! is below 1e-19 */
        sum = (1 + sum) * x / n;
    return sum * x;
}

/* The density of u, with v = freedom, is (v/2)^(v/2) 2 / gamma(v/2) exp(v u - v e^(2u) / 2). */
static double term(const struct mixture *mixture, double u)
{
    double density = mixture->factor * exp(-mixture->freedom / 2 * beyond_line(2 * u));
    return density > 0 ? density * mixture->function(exp(u), mixture->user) : 0;
}

/* Terms from the start outward, until they fall and no longer matter; tells where that is. */
static double sum_outward(const struct mixture *mixture, double step, double *sum)
{
    double last = 0, u = mixture->start;
    for (int i = 1; i < 1000000; i++) {
        u = mixture->start + i * step;
        double part = term(mixture, u);
        *sum += part;
        if (part <= last && part <= NEGLIGIBLE * *sum)
            break;
        last = part;
    }
    return u;
}

static double sum_between(const struct mixture *mixture, double step)
{
    double sum = 0;
    for (double i = 0.5, u = mixture->start - step / 2; u > mixture->low; i++) {
        sum += term(mixture, u);
        u = mixture->start - (i + 1) * step;
    }
    for (double i = 0.5, u = mixture->start + step / 2; u < mixture->high; i++) {
        sum += term(mixture, u);
        u = mixture->start + (i + 1) * step;
    }
    return sum;
}

double npt__scale_mixture(double (*function)(double s, void *user), void *user, double freedom,
                          double near, double width)
{
    double half = freedom / 2, correction = half < 1e17 ? gsl_sf_gammastar(half) : 1;
    struct mixture mixture = {.function = function,
                              .user = user,
                              .freedom = freedom,
                              .factor = 2 * sqrt(half / (2 * M_PI)) / correction,
                              .start = log(near)};
    double step = fmin(0.6 / sqrt(freedom), fmin(0.2, width / 2));
    double sum = term(&mixture, mixture.start);
    mixture.high = sum_outward(&mixture, step, &sum);
    mixture.low = sum_outward(&mixture, -step, &sum);
    for (int i = 0; i < MOST_HALVINGS; i++) {
        double between = sum_between(&mixture, step), before = sum;
        sum += between;
        step /= 2;
        if (fabs(between - before) <= ALIKE * sum)
            break;
    }
    return sum * step;
}
