/* noncentral.c - noncentral t and F: their tails, and the noncentralities that an observed value is compatible with.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "noncentral.h"

#include "../base/arena.h"
#include "bracketed_root.h"
#include "scale_mixture.h"
#include "tails.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

/* ---- t --------------------------------------------------------------------------------------- */

#define NEGLIGIBLE 1e-18

/* T > t, or T < t. */
/* Beyond, t is normal to the last digit, and steps of the quadrature come to nothing. */
#define MOST_FREEDOM 1e15

struct observed {
    double t, freedom;
    struct npt__scale scale;
    bool above;
};

/* Its probability, and how that changes with the noncentrality: the first two derivatives. A node of the quadrature
   gives all three for little more than the first. */
struct tail {
    double value, slope, curvature;
};

/* Adds the node u = log s, where Z lies beyond x = t s - noncentrality; returns its part of the value. */
static double add_node(struct tail *tail, const struct observed *observed, double noncentrality,
                       double u)
{
    const double s = exp(u), density = npt__scale_density(&observed->scale, u, s);
    if (!(density > 0))
        return 0;
    const double x = observed->t * s - noncentrality;
    const double part =
        density * (observed->above ? gsl_cdf_ugaussian_Q(x) : gsl_cdf_ugaussian_P(x));
    const double slope = (observed->above ? density : -density) * exp(-x * x / 2);
    tail->value += part;
    tail->slope += slope;
    tail->curvature += slope * x;
    return part;
}

/* Where the tail is a small one, the peak over s lies near the root of v - (v + t^2) s^2 + t d s, with v = freedom and
   d = noncentrality; otherwise near 1. */
static double peak_of(const struct observed *observed, double noncentrality)
{
    const double t = observed->t, v = observed->freedom;
    if (observed->above ? !(t > noncentrality) : !(t < noncentrality))
        return 1;
    const double product = t / v * noncentrality, sum = 1 + t / v * t;
    const double root = hypot(product, 2 * sqrt(sum));
    return product < 0 ? 2 / (root - product) /* without cancellation */
                       : (product + root) / (2 * sum);
}

/* The trapezoidal rule of scale_mixture.c, with a step that needs no halving. Were log s normal, the integrand would be
   its density, with variance 1 / (2 v), times normal probabilities that change at a rate of t s: with `rate` below,
   the rule's relative error is about e^-(2 (pi / (step rate))^2), some 1e-20. The 30 is for what small degrees of
   freedom are off the normal: the Fourier transform of the density then dies off like e^-(pi / 4 frequency). */
static struct tail tail_of(const struct observed *observed, double noncentrality)
{
    const double peak = peak_of(observed, noncentrality), start = log(peak);
    const double change = fmax(fabs(observed->t) * peak, fabs(noncentrality));
    const double rate = sqrt(30 + 2 * observed->freedom * fmax(peak * peak, 1) + change * change);
    const double step = 0.65 / rate;
    struct tail tail = {0, 0, 0};
    const double middle = add_node(&tail, observed, noncentrality, start);
    for (int side = -1; side <= 1; side += 2) {
        double before = middle, part = middle;
        for (double i = 1; part > before || part > NEGLIGIBLE * tail.value; i++) {
            before = part;
            part = add_node(&tail, observed, noncentrality, start + side * i * step);
        }
    }
    const double unit = step / sqrt(2 * M_PI); /* of the normal density */
    return (struct tail){fmin(tail.value * step, 1), tail.slope * unit, tail.curvature * unit};
}

struct npt__parts npt__noncentral_t(double t, double freedom, double noncentrality)
{
    if (!(fabs(t) <= NPT__MOST_T) || !(fabs(noncentrality) <= 10 * NPT__MOST_T) ||
        !(freedom >= 1 && freedom <= MOST_FREEDOM))
        return (struct npt__parts){NAN, NAN};
    struct observed observed = {t, freedom, npt__scale(freedom), false};
    struct npt__parts parts = {.below = tail_of(&observed, noncentrality).value};
    observed.above = true;
    parts.above = tail_of(&observed, noncentrality).value;
    return parts;
}

/* A noncentrality near the limit, and the deviation that what is known of it may have. */
struct guess {
    double at, unit;
};

/* T > t says that Z - t s > -noncentrality: the quantile of Z - t s by the expansion of Cornish and Fisher with the
   skewness of s (Akahira 1995, "A higher order approximation to a percentage point of the non-central t-distribution",
   Communications in Statistics: Simulation and Computation 24(3), 595-605). */
static struct guess guess_limit(const struct observed *observed, double tail)
{
    const double t = observed->t, v = observed->freedom, z = gsl_cdf_ugaussian_Qinv(tail);
    const double mean = 1 - (1 - (0.125 + 0.15625 / v) / v) / (4 * v); /* of s, nearly */
    const double variance = 1 - mean * mean, third = mean * (1 / v - 2 * variance);
    const double unit = sqrt(1 + t * t * variance), skewness = -third * pow(t / unit, 3);
    const double away = observed->above ? -z : z;
    return (struct guess){t * mean + unit * (away - skewness * (z * z - 1) / 6), unit};
}

/* Halley's method for the logarithm of the tail, which is a concave function of the noncentrality: each step leaves
   the cube of what was amiss. */
static double limit_of_t(const struct observed *observed, double tail)
{
    const struct guess guess = guess_limit(observed, tail);
    double at = guess.at, walk = guess.unit, low = -INFINITY, high = INFINITY;
    for (int i = 0; i < 200; i++) {
        const struct tail found = tail_of(observed, at);
        const double excess = log(found.value / tail), slope = found.slope / found.value;
        const double bend = found.curvature / found.value - slope * slope;
        const double step = -2 * excess * slope / (2 * slope * slope - excess * bend);
        const double rate = hypot(slope, sqrt(fabs(bend))); /* in a step of 1 / rate much changes */
        if (fabs(step) * rate <= 1e-5)
            return at + step;
        if ((found.value > tail) == observed->above)
            high = at;
        else
            low = at;
        if (at + step > low && at + step < high)
            at += step;
        else if (isfinite(low) && isfinite(high))
            at = low + (high - low) / 2;
        else
            at += (walk *= 2) * (isfinite(low) ? 1 : -1);
    }
    return NAN;
}

struct npt__interval npt__noncentral_t_limits(double t, double freedom, double confidence)
{
    struct npt__interval none = {0};
    if (!(fabs(t) <= NPT__MOST_T) || !(freedom >= 1 && freedom <= MOST_FREEDOM) ||
        !(confidence > 0 && confidence < 1))
        return none;
    /* Of |t|, so that -t has the same limits with the sign changed, to the last digit. */
    struct observed observed = {fabs(t), freedom, npt__scale(freedom), true};
    const double tail = (1 - confidence) / 2, low = limit_of_t(&observed, tail);
    observed.above = false;
    const double high = limit_of_t(&observed, tail);
    if (!isfinite(low) || !isfinite(high))
        return none;
    return t < 0 ? (struct npt__interval){true, -high, -low}
                 : (struct npt__interval){true, low, high};
}

/* ---- F --------------------------------------------------------------------------------------- */

/* The Poisson probabilities that matter: of `first` to first + count - 1. Release them. */
struct poisson {
    double *weights;
    double first;
    size_t count;
};

static struct poisson poisson_weights(double mean)
{
    double mode = floor(mean), reach = ceil(12 * sqrt(mean)) + 50;
    double first = fmax(mode - reach, 0);
    struct poisson poisson = {.first = first, .count = (size_t)(mode + reach - first) + 1};
    size_t middle = (size_t)(mode - first);
    double *weights = npt__allocate(poisson.count * sizeof *weights), sum = 1;
    weights[middle] = 1;
    for (size_t i = middle + 1; i < poisson.count; i++)
        sum += weights[i] = weights[i - 1] * mean / (first + (double)i);
    for (size_t i = middle; i > 0; i--)
        sum += weights[i - 1] = weights[i] * (first + (double)i) / mean;
    for (size_t i = 0; i < poisson.count; i++)
        weights[i] /= sum;
    poisson.weights = weights;
    return poisson;
}

/* I_x(a, b) - I_x(a + 1, b) = x^a y^b / (a B(a, b)): the part above grows with a and is summed upward, the part
   below grows as a falls and is summed downward, so that nothing cancels. A step that has sunk below the smallest
   numbers is taken anew, as there is no way up from 0. */
struct steps {
    double x, y, b;
};

static double step_at(const struct steps *steps, double a, double by_recurrence)
{
    if (by_recurrence > DBL_MIN)
        return by_recurrence;
    return npt__beta_power(steps->x, steps->y, a, steps->b) / a;
}

static double mixture_above(const struct steps *steps, const struct poisson *poisson, double a)
{
    double x = steps->x, b = steps->b, sum = 0;
    double part = npt__beta_parts(x, steps->y, a, b).above, step = step_at(steps, a, 0);
    for (size_t i = 0; i < poisson->count; i++, a++) {
        sum += poisson->weights[i] * part;
        part = fmin(part + step, 1);
        step = step_at(steps, a + 1, step * x * (a + b) / (a + 1));
    }
    return fmin(sum, 1);
}

static double mixture_below(const struct steps *steps, const struct poisson *poisson, double a)
{
    double x = steps->x, b = steps->b, sum = 0;
    a += (double)(poisson->count - 1);
    double part = npt__beta_parts(x, steps->y, a, b).below, step = step_at(steps, a, 0);
    for (size_t i = poisson->count; i-- > 1; a--) {
        sum += poisson->weights[i] * part;
        step = step_at(steps, a - 1, step * a / (x * (a + b - 1)));
        part = fmin(part + step, 1);
    }
    return fmin(sum + poisson->weights[0] * part, 1);
}

struct npt__parts npt__noncentral_f(double f, double numerator, double denominator,
                                    double noncentrality)
{
    if (!(f >= 0 && isfinite(f)) || !(numerator > 0 && isfinite(numerator)) ||
        !(denominator > 0 && isfinite(denominator)) ||
        !(noncentrality >= 0 && noncentrality <= NPT__MOST_NONCENTRALITY))
        return (struct npt__parts){NAN, NAN};
    double ratio = numerator / denominator * f;
    if (ratio == 0 || isinf(ratio))
        return ratio == 0 ? (struct npt__parts){0, 1} : (struct npt__parts){1, 0};
    struct steps steps = {ratio / (1 + ratio), 1 / (1 + ratio), denominator / 2};
    struct poisson poisson = poisson_weights(noncentrality / 2);
    double first = numerator / 2 + poisson.first;
    struct npt__parts parts = {mixture_below(&steps, &poisson, first),
                               mixture_above(&steps, &poisson, first)};
    npt__release(poisson.weights);
    return parts;
}

struct sought {
    double value, numerator, denominator;
    double tail;
};

/* Both are 0 at the limit sought; a logarithm makes them straight. */
static double excess(double probability, double tail)
{
    return log(fmax(probability, 1e-300)) - log(tail);
}

static double f_above(double noncentrality, const void *user)
{
    const struct sought *sought = user;
    return excess(
        npt__noncentral_f(sought->value, sought->numerator, sought->denominator, noncentrality)
            .above,
        sought->tail);
}

static double f_below(double noncentrality, const void *user)
{
    const struct sought *sought = user;
    return excess(
        npt__noncentral_f(sought->value, sought->numerator, sought->denominator, noncentrality)
            .below,
        sought->tail);
}

/* The probability above grows with the noncentrality (sign 1), the one below falls (sign -1). */
static double limit_of_f(double (*function)(double noncentrality, const void *user),
                         const struct sought *sought, int sign)
{
    double near = 0, far = sought->numerator * sought->value + 1;
    if (sign * function(0, sought) >= 0)
        return 0;
    while (sign * function(far, sought) < 0) {
        if (far >= NPT__MOST_NONCENTRALITY)
            return NAN;
        near = far;
        far = fmin(2 * far, NPT__MOST_NONCENTRALITY);
    }
    return npt__bracketed_root(function, sought, near, far);
}

struct npt__interval npt__noncentral_f_limits(double f, double numerator, double denominator,
                                              double confidence)
{
    struct npt__interval none = {0};
    if (!(f >= 0) || !(numerator * f + 1 <= NPT__MOST_NONCENTRALITY) || !(numerator >= 1) ||
        !(denominator >= 1 && isfinite(denominator)) || !(confidence > 0 && confidence < 1))
        return none;
    struct sought sought = {f, numerator, denominator, (1 - confidence) / 2};
    double low = limit_of_f(f_above, &sought, 1), high = limit_of_f(f_below, &sought, -1);
    if (!isfinite(low) || !isfinite(high))
        return none;
    return (struct npt__interval){true, low, high};
}
