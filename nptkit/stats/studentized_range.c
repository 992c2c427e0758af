/* studentized_range.c - Tukey's studentized range: its upper tail and quantiles.
 *
 * The tail for a known standard deviation depends on the number of groups alone. Its logarithm is kept as
 * Chebyshev polynomials over short pieces, each made when it is first asked for; the tail for an estimated
 * standard deviation is the mean of that over what the estimate may be (scale_mixture.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studentized_range.h"

#include "../base/arena.h"
#include "bracketed_root.h"
#include "interval.h"
#include "scale_mixture.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdbool.h>

#define DEGREE 20
#define PIECE 0.25
#define PIECES 212   /* up to 53, beyond which the tail is below 1e-300 */
#define STEP 0.1     /* in z; 0.125 would cost four digits with 1000 groups */
#define BEFORE 90    /* steps below 0: 1e-19 of the normal variables lie beyond z = -9 */
#define POINTS 446   /* up to z = 9 + PIECE * PIECES / 2 */
#define ENDLESS 1e18 /* degrees of freedom that no double tells from infinity */

struct piece {
    bool made;
    double coefficients[DEGREE];
};

struct npt__studentized_range {
    size_t groups;
    double below[POINTS];   /* Phi(z) */
    double weights[POINTS]; /* groups * phi(z) * Phi(z)^(groups - 1) * STEP */
    struct piece pieces[PIECES];
};

struct npt__studentized_range *npt__studentized_range_new(size_t groups)
{
    assert(groups >= 2 && groups <= NPT__RANGE_MOST_GROUPS);
    struct npt__studentized_range *range = npt__allocate(sizeof *range);
    range->groups = groups;
    for (size_t i = 0; i < POINTS; i++) {
        double z = ((double)i - BEFORE) * STEP, below = gsl_cdf_ugaussian_P(z);
        double density = exp(-z * z / 2 + ((double)groups - 1) * log(below)) / sqrt(2 * M_PI);
        range->below[i] = below;
        range->weights[i] = (double)groups * density * STEP;
    }
    for (size_t i = 0; i < PIECES; i++)
        range->pieces[i].made = false;
    return range;
}

void npt__studentized_range_free(struct npt__studentized_range *range)
{
    npt__release(range);
}

/* The probability that the range of normal values exceeds w. With z the largest of k values, it is
   k * integral phi(z) (Phi(z)^(k-1) - (Phi(z) - Phi(z - w))^(k-1)) dz: what is positive is added up, so that small
   tails keep their digits; the trapezoidal rule, as in scale_mixture.c. */
static double range_tail(const struct npt__studentized_range *range, double w)
{
    double others = (double)range->groups - 1, sum = 0;
    size_t last = 2 * BEFORE + (size_t)(w / 2 / STEP) + 1;
    for (size_t i = 0; i <= last && i < POINTS; i++) {
        double z = ((double)i - BEFORE) * STEP;
        double share = gsl_cdf_ugaussian_P(z - w) / range->below[i];
        sum += range->weights[i] * (share < 1 ? -expm1(others * log1p(-share)) : 1);
    }
    return fmin(sum, 1);
}

static void make_piece(struct npt__studentized_range *range, size_t index)
{
    struct piece *piece = &range->pieces[index];
    double logarithms[DEGREE];
    for (int i = 0; i < DEGREE; i++) {
        double at = cos(M_PI * (i + 0.5) / DEGREE);
        logarithms[i] = log(range_tail(range, PIECE * ((double)index + (1 + at) / 2)));
    }
    for (int k = 0; k < DEGREE; k++) {
        double sum = 0;
        for (int i = 0; i < DEGREE; i++)
            sum += logarithms[i] * cos(M_PI * k * (i + 0.5) / DEGREE);
        piece->coefficients[k] = sum * (k ? 2.0 : 1.0) / DEGREE;
    }
    piece->made = true;
}

/* The same as range_tail(), by the polynomials. */
static double known_tail(double w, void *user)
{
    struct npt__studentized_range *range = user;
    if (w >= PIECE * PIECES)
        return 0;
    size_t index = (size_t)(w / PIECE);
    struct piece *piece = &range->pieces[index];
    if (!piece->made)
        make_piece(range, index);
    double at = 2 * (w / PIECE - (double)index) - 1, value = 0, before = 0;
    for (int k = DEGREE - 1; k > 0; k--) { /* Clenshaw's recurrence */
        double next = 2 * at * value - before + piece->coefficients[k];
        before = value;
        value = next;
    }
    return exp(fmin(at * value - before + piece->coefficients[0], 0));
}

struct scaled {
    struct npt__studentized_range *range;
    double q;
};

static double tail_at(double s, void *user)
{
    const struct scaled *scaled = user;
    return known_tail(scaled->q * s, scaled->range);
}

double npt__studentized_range_tail(struct npt__studentized_range *range, double q, double freedom)
{
    if (isnan(q) || !(freedom >= 1))
        return NAN;
    if (q <= 0)
        return 1;
    if (!(q < 1e100))
        return 0;
    if (freedom > ENDLESS)
        return known_tail(q, range);
    /* The tail falls like exp(-(q s)^2 / 4), which puts the peak where s^2 is this: */
    double near = 1 / sqrt(1 + q / freedom * q / 2);
    struct scaled scaled = {range, q};
    double reach = fmin(q * near, 10); /* how steeply the tail falls with log s */
    return fmin(npt__scale_mixture(tail_at, &scaled, freedom, near, 1 / (1 + reach)), 1);
}

struct sought {
    struct npt__studentized_range *range;
    double freedom, log_tail;
};

static double excess(double log_q, const void *user)
{
    const struct sought *sought = user;
    double tail = npt__studentized_range_tail(sought->range, exp(log_q), sought->freedom);
    return log(fmax(tail, 1e-300)) - sought->log_tail;
}

static double two_sided_quantile(double tail, double freedom)
{
    return freedom > ENDLESS ? -npt__normal_quantile(tail / 2)
                             : -npt__t_quantile(tail / 2, freedom);
}

/* The range is at least that of two of the groups; and it exceeds what all pairs exceed together, by Bonferroni. */
double npt__studentized_range_quantile(struct npt__studentized_range *range, double tail,
                                       double freedom)
{
    if (!(tail > 1e-90 && tail < 1) || !(freedom >= 1))
        return NAN;
    double k = (double)range->groups, pairs = k * (k - 1) / 2;
    double low = M_SQRT2 * two_sided_quantile(tail, freedom);
    double high = M_SQRT2 * two_sided_quantile(tail / pairs, freedom);
    if (range->groups == 2)
        return low;
    struct sought sought = {range, freedom, log(tail)};
    return exp(npt__bracketed_root(excess, &sought, log(low) - 1e-9, log(high) + 1e-9));
}
