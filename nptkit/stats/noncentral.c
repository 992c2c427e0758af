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
#include <math.h>

/* ---- t --------------------------------------------------------------------------------------- */

struct shifted {
    double t, noncentrality;
};

static double above_at(double s, void *user)
{
    const struct shifted *shifted = user;
    return gsl_cdf_ugaussian_Q(shifted->t * s - shifted->noncentrality);
}

static double below_at(double s, void *user)
{
    const struct shifted *shifted = user;
    return gsl_cdf_ugaussian_P(shifted->t * s - shifted->noncentrality);
}

/* Where the tail is a small one, the peak over log s lies near the root of v - (v + t^2) s^2 + t d s, with
   v = freedom and d = noncentrality; otherwise near 1. */
static double tail_of(double (*tail)(double s, void *user), struct shifted shifted, double freedom,
                      bool small)
{
    double t = shifted.t, near = 1;
    if (small) {
        double product = t / freedom * shifted.noncentrality, sum = 1 + t / freedom * t;
        near = (product + hypot(product, 2 * sqrt(sum))) / (2 * sum);
        if (product < 0) /* the same root, without cancellation */
            near = 2 / (hypot(product, 2 * sqrt(sum)) - product);
    }
    return fmin(npt__scale_mixture(tail, &shifted, freedom, near, 1 / (1 + fabs(t) * near)), 1);
}

struct npt__parts npt__noncentral_t(double t, double freedom, double noncentrality)
{
    if (!isfinite(t) || !isfinite(noncentrality) || !(freedom >= 1 && isfinite(freedom)))
        return (struct npt__parts){NAN, NAN};
    struct shifted shifted = {t, noncentrality};
    return (struct npt__parts){.below = tail_of(below_at, shifted, freedom, t < noncentrality),
                               .above = tail_of(above_at, shifted, freedom, t > noncentrality)};
}

struct sought {
    double value, numerator, denominator; /* t: its degrees of freedom are the denominator's */
    double tail;
};

/* Both are 0 at the limit sought; a logarithm makes them straight. */
static double excess(double probability, double tail)
{
    return log(fmax(probability, 1e-300)) - log(tail);
}

static double t_above(double noncentrality, const void *user)
{
    const struct sought *sought = user;
    struct shifted shifted = {sought->value, noncentrality};
    return excess(tail_of(above_at, shifted, sought->denominator, sought->value > noncentrality),
                  sought->tail);
}

static double t_below(double noncentrality, const void *user)
{
    const struct sought *sought = user;
    struct shifted shifted = {sought->value, noncentrality};
    return excess(tail_of(below_at, shifted, sought->denominator, sought->value < noncentrality),
                  sought->tail);
}

/* Starts where the limit would be if t were normal (Johnson and Welch 1940), and walks in growing steps to where the
   sign changes. `direction`: -1 for the lower limit, 1 for the upper. */
static double limit_of_t(double (*function)(double noncentrality, const void *user),
                         const struct sought *sought, int direction)
{
    const double t = sought->value, unit = sqrt(1 + t * t / (2 * sought->denominator));
    double near = t - direction * gsl_cdf_ugaussian_Pinv(sought->tail) * unit, step = unit / 16;
    const bool sign = function(near, sought) > 0; /* the limit lies further out, else further in */
    const int outward = sign ? direction : -direction;
    double far = near + outward * step;
    for (int i = 0; i < 100 && (function(far, sought) > 0) == sign; i++) {
        near = far;
        step *= 2;
        far += outward * step;
    }
    return npt__bracketed_root(function, sought, fmin(near, far), fmax(near, far));
}

struct npt__interval npt__noncentral_t_limits(double t, double freedom, double confidence)
{
    struct npt__interval none = {0};
    if (!(fabs(t) <= 1e8) || !(freedom >= 1 && isfinite(freedom)) ||
        !(confidence > 0 && confidence < 1))
        return none;
    /* Of |t|, so that -t has the same limits with the sign changed, to the last digit. */
    struct sought sought = {fabs(t), 0, freedom, (1 - confidence) / 2};
    double low = limit_of_t(t_above, &sought, -1), high = limit_of_t(t_below, &sought, 1);
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
