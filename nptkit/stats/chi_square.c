/* chi_square.c - tails of the chi-square distribution: the incomplete gamma function.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chi_square.h"

#include "densities.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* P(a, y) = weight * (1 + y / (a + 1) + y^2 / ((a + 1) (a + 2)) + ...): for y < a + 1. */
static double lower_series(double a, double y)
{
    double term = 1, sum = 1;
    for (double n = 1; term > sum * DBL_EPSILON / 4 && n < 1e7; n++) {
        term *= y / (a + n);
        sum += term;
    }
    return fmin(npt__poisson_density(a, y) * sum, 1);
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
    return fmin(a * npt__poisson_density(a, y) * fraction, 1);
}

static double gamma_below(double y, double a)
{
    if (!(y > 0))
        return 0;
    return y < a + 1 ? lower_series(a, y) : 1 - upper_fraction(a, y);
}

static bool is_out_of_range(double x, double freedom)
{
    return isnan(x) || !(freedom > 0 && freedom <= 1e8);
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
