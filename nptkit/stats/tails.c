/* tails.c - the probabilities beyond a value of t and F, to their last digits.
 *
 * GSL's incomplete beta function takes its leading factor from differences of logarithms of gamma functions, which
 * lose a digit with every tenfold of the degrees of freedom. Here that factor is a product of small deviations
 * (Loader 2000, "Fast and accurate computation of binomial probabilities").
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tails.h"

#include "chi_square.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

#define MOST_STEPS 200000
#define ENDLESS 1e18 /* degrees of freedom that no double tells from infinity */

/* gamma(a) / (sqrt(2 pi / a) (a / e)^a) */
static double stirling_ratio(double a)
{
    if (a < 1e-3) /* where GSL's does the same by a logarithm */
        return exp(gsl_sf_lngamma(1 + a) - log(a) / 2 + a - a * log(a) - 0.918938533204672742);
    return a < 1e17 ? gsl_sf_gammastar(a) : 1;
}

/* With p = a / (a + b) and q = 1 - p, x^a y^b is p^a q^b times what the deviations of x from p and of y from q make
   of it; a times the one is -b times the other, and the smaller of x and y tells it best. */
double npt__beta_power(double x, double y, double a, double b)
{
    if (!(x > 0 && y > 0))
        return 0;
    double sum = a + b, of_x, of_y;
    if (x < y) {
        of_x = x / a * sum - 1;
        of_y = -of_x / b * a;
    } else {
        of_y = y / b * sum - 1;
        of_x = -of_y / a * b;
    }
    /* Far from p the logarithms are those of x and y themselves, whose digits 1 + deviation has lost. */
    double log_x = of_x > -0.5 ? log1p(of_x) : log(x / a * sum);
    double log_y = of_y > -0.5 ? log1p(of_y) : log(y / b * sum);
    double exponent = a * (log_x - of_x) + b * (log_y - of_y);
    double ratio = stirling_ratio(sum) / stirling_ratio(a) / stirling_ratio(b);
    return sqrt(a / sum * b / (2 * M_PI)) * ratio * exp(exponent);
}

/* I_x(a, b) / (x^a y^b / B(a, b)), for x up to the mean of the distribution: the continued fraction of Didonato &
   Morris 1992, "Algorithm 708", ACM Transactions on Mathematical Software 18, 360-373, equation 9, by Lentz's method.
   It is every second step of DLMF 8.17.22, whose single steps lose digits where a is large and x near 1. */
static double fraction(double x, double y, double a, double b)
{
    double beyond = x < y ? a - (a + b) * x : (a + b) * y - b;
    double beta = a / (a + 1) * (beyond + 1), value = 1 / beta, c = beta, d = 0;
    for (int n = 1; n < MOST_STEPS; n++) {
        double wide = a + 2 * n - 1, rest = n * (b - n) * x / wide;
        double alpha = (a + n - 1) / wide * (a + b + n - 1) * rest * x;
        beta = n + rest + (a + n) / (wide + 2) * (beyond + 1 + n * (1 + y));
        c = beta + alpha / c;
        d = 1 / (beta + alpha * d);
        value /= c * d;
        if (fabs(c * d - 1) < DBL_EPSILON)
            break;
    }
    return value;
}

struct npt__beta_parts npt__beta_parts(double x, double y, double a, double b)
{
    if (!(a > 0 && b > 0 && x >= 0 && y >= 0))
        return (struct npt__beta_parts){NAN, NAN};
    if (x == 0 || y == 0)
        return (struct npt__beta_parts){x == 0 ? 0 : 1, x == 0 ? 1 : 0};
    bool swap = a - (a + b) * x < 0;
    double power = npt__beta_power(x, y, a, b);
    double part = swap ? power * fraction(y, x, b, a) : power * fraction(x, y, a, b);
    part = fmin(part, 1);
    return swap ? (struct npt__beta_parts){1 - part, part}
                : (struct npt__beta_parts){part, 1 - part};
}

double npt__t_tail(double t, double freedom)
{
    if (isnan(t) || !(freedom > 0))
        return NAN;
    if (isinf(t))
        return t > 0 ? 0 : 1;
    if (freedom > ENDLESS)
        return gsl_cdf_ugaussian_Q(t);
    /* Far out, where a square would overflow, only ratios of t matter. */
    double root = sqrt(freedom), length = hypot(t, root);
    double x = root / length * (root / length), y = t / length * (t / length);
    double half = npt__beta_parts(x, y, freedom / 2, 0.5).below / 2;
    return t > 0 ? half : 1 - half;
}

double npt__f_tail(double f, double numerator, double denominator)
{
    if (isnan(f) || !(numerator > 0 && isfinite(numerator)) || !(denominator > 0))
        return NAN;
    if (f <= 0)
        return 1;
    if (isinf(f))
        return 0;
    if (denominator > ENDLESS)
        return npt__chi_square_above(numerator * f, numerator);
    double ratio = numerator / denominator * f; /* x / y */
    if (isinf(ratio))
        return 0;
    return npt__beta_parts(ratio / (1 + ratio), 1 / (1 + ratio), numerator / 2, denominator / 2)
        .above;
}
