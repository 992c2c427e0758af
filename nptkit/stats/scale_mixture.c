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
#include <stddef.h>

#define NEGLIGIBLE 1e-18
#define ALIKE 1e-9 /* two sums that differ by this share: the finer one has all its digits */
#define MOST_HALVINGS 12

struct mixture {
    double (*function)(double s, void *user);
    void *user;
    struct npt__scale scale;
    double start, low, high; /* u: where sums start, and the range that matters, once known */
};

/* e^x - 1 - x, whose e^x the caller has, with its digits for small x as well. */
static double beyond_line(double x, double power)
{
    static const double inverse_factorials[] = {
        1 / 1307674368000.0, 1 / 87178291200.0, 1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0,
        1 / 3628800.0,       1 / 362880.0,      1 / 40320.0,      1 / 5040.0,      1 / 720.0,
        1 / 120.0,           1 / 24.0,          1 / 6.0,          1 / 2.0};
    if (fabs(x) > 0.5)
        return power - 1 - x;
    double sum = 0;
    for (size_t i = 0; i < sizeof inverse_factorials / sizeof *inverse_factorials; i++)
        sum = sum * x + inverse_factorials[i]; /* x^16 / 16! is below 1e-17 of the sum */
    return sum * x * x;
}

struct npt__scale npt__scale(double freedom)
{
    const double half = freedom / 2, correction = half < 1e17 ? gsl_sf_gammastar(half) : 1;
    return (struct npt__scale){freedom, 2 * sqrt(half / (2 * M_PI)) / correction};
}

/* With v = freedom, (v/2)^(v/2) 2 / gamma(v/2) exp(v u - v e^(2u) / 2). */
double npt__scale_density(const struct npt__scale *scale, double u, double s)
{
    return scale->factor * exp(-scale->freedom / 2 * beyond_line(2 * u, s * s));
}

static double term(const struct mixture *mixture, double u)
{
    const double s = exp(u), density = npt__scale_density(&mixture->scale, u, s);
    return density > 0 ? density * mixture->function(s, mixture->user) : 0;
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
    struct mixture mixture = {
        .function = function, .user = user, .scale = npt__scale(freedom), .start = log(near)};
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
