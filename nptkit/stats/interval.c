/* interval.c - confidence intervals for means and proportions, and the quantiles they need.
 *
 * The tail outside an interval, (1 - confidence) / 2, is exact in doubles where (1 + confidence) / 2 is not;
 * quantiles are therefore taken from the lower end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "interval.h"

#include "tails.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

double npt__normal_quantile(double probability)
{
    return probability > 0 && probability < 1 ? gsl_cdf_ugaussian_Pinv(probability) : NAN;
}

/* GSL's density is a ratio of gamma functions by their logarithms, which loses all digits as these grow; from a
   million degrees of freedom on the ratio is that of the normal distribution to six digits. */
static double density(double t, double freedom)
{
    if (freedom < 1e6)
        return gsl_ran_tdist_pdf(t, freedom);
    return exp(-(freedom + 1) / 2 * log1p(t * t / freedom)) * 0.3989422804014327; /* 1/sqrt(2 pi) */
}

/* Newton's steps from two terms of Fisher's expansion about the normal quantile (Fisher & Cornish 1960, Technometrics
   2, 209-225), which for many degrees of freedom leave nothing to be done. The tail is convex there, so after the first
   no step goes too far, and what is left after a step is about its square. (gsl_cdf_tdist_Qinv() calls
   GSL's error handler, and so may end the program, where its own search fails: with 1 degree of freedom it is
   off by 1e-5 at 1e-12.) */
static double upper_quantile(double tail, double freedom)
{
    const double z = gsl_cdf_ugaussian_Qinv(tail), square = z * z;
    double t = z * (1 + (square + 1) / (4 * freedom) +
                    ((5 * square + 16) * square + 3) / (96 * freedom * freedom));
    double step = t;
    for (int i = 0; i < 1000 && fabs(step) > 1e-9 * t;
         i++) { /* at worst steps double t: 330 of them */
        step = (npt__t_tail(t, freedom) - tail) / density(t, freedom);
        t += step;
    }
    return t;
}

double npt__t_quantile(double probability, double freedom)
{
    if (!(probability >= 1e-100 && probability < 1) || !(freedom >= 1 && isfinite(freedom)))
        return NAN;
    if (probability == 0.5)
        return 0;
    return probability < 0.5 ? -upper_quantile(probability, freedom)
                             : upper_quantile(1 - probability, freedom);
}

static bool is_share(double confidence)
{
    return confidence > 0 && confidence < 1;
}

struct npt__interval npt__t_interval(double estimate, double error, double freedom,
                                     double confidence)
{
    struct npt__interval none = {0};
    if (!is_share(confidence) || !isfinite(estimate) || !isfinite(error) || !(error > 0) ||
        !isfinite(freedom) || !(freedom >= 1))
        return none;
    double reach = -npt__t_quantile((1 - confidence) / 2, freedom) * error;
    struct npt__interval interval = {true, estimate - reach, estimate + reach};
    return isfinite(interval.low) && isfinite(interval.high) ? interval : none;
}

struct npt__interval npt__mean_interval(size_t count, double mean, double sd, double confidence)
{
    if (count < 2)
        return (struct npt__interval){0};
    return npt__t_interval(mean, sd / sqrt((double)count), (double)(count - 1), confidence);
}

/* The ends are the roots of a quadratic. The upper one comes from a sum without cancellation; the lower one
   from their product, s^2 / (n (n + z^2)), so that small proportions keep all their digits. */
struct npt__interval npt__wilson_interval(size_t successes, size_t count, double confidence)
{
    if (!count || successes > count || !is_share(confidence))
        return (struct npt__interval){0};
    double n = (double)count, s = (double)successes, failures = (double)(count - successes);
    double z = -npt__normal_quantile((1 - confidence) / 2), half = z * z / 2;
    double sum = s + half + z * sqrt(s / n * failures + half / 2);
    double low = s / n * s / sum, high = sum / (n + 2 * half);
    return (struct npt__interval){true, low, successes == count ? 1 : fmin(high, 1)};
}
