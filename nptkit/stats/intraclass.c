/* intraclass.c - intraclass correlations of ratings, from the mean squares of subjects, raters and what is left.
 *
 * Deviations are numbers of twice the precision. Squares that rounding of the ratings themselves could have
 * left are taken for none at all: perfect agreement of ratings such as 0.1 and 0.3 gives 1, not something just
 * below it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "intraclass.h"

#include "tails.h"

#include "../base/arena.h"
#include "reliability.h"
#include "twofold_matrix.h"

#include <math.h>

#define MOST_RATINGS 100000000u
#define LARGEST 1e150

/* ---- mean squares ---------------------------------------------------------------------------- */

static enum npt__intraclass_fault check(const double *values, size_t subjects, size_t raters,
                                        double *largest)
{
    bool varies = false;
    if (subjects < 2)
        return NPT__INTRACLASS_SUBJECTS;
    if (raters < 2)
        return NPT__INTRACLASS_RATERS;
    if (subjects > MOST_RATINGS / raters)
        return NPT__INTRACLASS_TOO_MANY;
    for (size_t i = 0; i < subjects * raters; i++) {
        if (!(fabs(values[i]) <= LARGEST))
            return NPT__INTRACLASS_NOT_FINITE;
        *largest = fmax(*largest, fabs(values[i]));
        varies = varies || values[i] != values[0];
    }
    return varies ? NPT__INTRACLASS_FINE : NPT__INTRACLASS_CONSTANT;
}

/* Means of lines of `count` values `stride` apart, less `offset`. */
static void line_means(const double *values, size_t lines, size_t step, size_t count, size_t stride,
                       double scale, struct npt__twofold *means)
{
    for (size_t i = 0; i < lines; i++) {
        struct npt__twofold sum = {0, 0};
        for (size_t j = 0; j < count; j++)
            sum = npt__twofold_add(sum, npt__twofold_of(values[i * step + j * stride] * scale));
        means[i] = npt__twofold_divide(sum, npt__twofold_whole((npt__int128)count));
    }
}

/* The sum of squares of `count` numbers less `mean`; the mean itself where it is NULL. */
static struct npt__twofold squares_about(const struct npt__twofold *numbers, size_t count,
                                         struct npt__twofold mean)
{
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < count; i++) {
        struct npt__twofold deviation = npt__twofold_minus(numbers[i], mean);
        sum = npt__twofold_gather(sum, deviation, deviation);
    }
    return sum;
}

static double mean_square(struct npt__twofold squares, double times, double freedom, double least,
                          double scale)
{
    return squares.high * times > least ? squares.high * times / freedom / scale / scale : 0;
}

static void fill_squares(const double *values, double largest, struct npt__intraclass *result)
{
    const size_t n = result->subjects, k = result->raters;
    const double rows = (double)n, columns = (double)k, scale = npt__twofold_scale(largest);
    const double least = rows * columns * 0x1p-102;
    struct npt__twofold *of_subjects = npt__allocate((n + k) * sizeof *of_subjects);
    struct npt__twofold *of_raters = of_subjects + n, rest = {0, 0}, within = {0, 0}, mean = {0, 0};
    line_means(values, n, k, k, 1, scale, of_subjects);
    line_means(values, k, 1, n, k, scale, of_raters);
    for (size_t i = 0; i < n; i++)
        mean = npt__twofold_add(mean, of_subjects[i]);
    mean = npt__twofold_divide(mean, npt__twofold_whole((npt__int128)n));
    for (size_t i = 0; i < n * k; i++) {
        struct npt__twofold own = npt__twofold_deviation(values[i], scale, of_subjects[i / k]);
        struct npt__twofold both =
            npt__twofold_minus(own, npt__twofold_minus(of_raters[i % k], mean));
        within = npt__twofold_gather(within, own, own);
        rest = npt__twofold_gather(rest, both, both);
    }
    struct npt__twofold between = squares_about(of_subjects, n, mean);
    struct npt__twofold raters = squares_about(of_raters, k, mean);
    npt__release(of_subjects);
    result->between_subjects = mean_square(between, columns, rows - 1, least, scale);
    result->between_raters = mean_square(raters, rows, columns - 1, least, scale);
    result->within_subjects = mean_square(within, 1, rows * (columns - 1), least, scale);
    result->rest = mean_square(rest, 1, (rows - 1) * (columns - 1), least, scale);
}

/* ---- coefficients ---------------------------------------------------------------------------- */

static void set_test(struct npt__intraclass_coefficient *form, double between, double error,
                     double freedom, double error_freedom)
{
    form->tested = error > 0;
    if (!form->tested)
        return;
    form->f = between / error;
    form->freedom = freedom;
    form->error_freedom = form->interval_freedom = error_freedom;
    form->p = npt__f_tail(form->f, freedom, error_freedom);
}

/* Spearman and Brown's formula for the mean of `times` ratings. */
static struct npt__interval step_up(struct npt__interval single, double times)
{
    double low = 1 + (times - 1) * single.low, high = 1 + (times - 1) * single.high;
    if (!single.defined || !(low > 0) || !(high > 0))
        return (struct npt__interval){0};
    return (struct npt__interval){true, times * single.low / low, times * single.high / high};
}

/* (F / Fq - 1) / (F / Fq + k - 1), Fq being the upper and the lower quantile. */
static struct npt__interval consistency_interval(const struct npt__intraclass_coefficient *form,
                                                 double raters, double confidence)
{
    if (!form->tested || !(confidence > 0 && confidence < 1))
        return (struct npt__interval){0};
    double tail = (1 - confidence) / 2;
    double low = form->f * npt__f_quantile(tail, form->error_freedom, form->freedom);
    double high = form->f / npt__f_quantile(tail, form->freedom, form->error_freedom);
    return (struct npt__interval){true, (low - 1) / (low + raters - 1),
                                  (high - 1) / (high + raters - 1)};
}

/* Within subjects or left over as error; the average's entry follows that of the single rating. */
static void set_consistency(struct npt__intraclass_coefficient *form, double between, double error,
                            double freedom, double error_freedom, double raters, double confidence)
{
    double total = between + (raters - 1) * error;
    for (size_t i = 0; i < 2; i++)
        set_test(&form[i], between, error, freedom, error_freedom);
    form[0].defined = total > 0;
    form[1].defined = between > 0;
    if (form[0].defined) {
        form[0].icc = (between - error) / total;
        form[0].interval = consistency_interval(form, raters, confidence);
    }
    if (form[1].defined) {
        form[1].icc = (between - error) / between;
        form[1].interval = step_up(form[0].interval, raters);
    }
}

/* Satterthwaite's degrees of freedom of a MSC + b MSE, with a and b times n (1 - icc). */
static double agreement_freedom(const struct npt__intraclass *squares, double icc)
{
    const double n = (double)squares->subjects, k = (double)squares->raters;
    double raters = k * icc * squares->between_raters;
    double rest = (n * (1 - icc) + k * icc * (n - 1)) * squares->rest;
    double spread = raters * raters / (k - 1) + rest * rest / ((n - 1) * (k - 1));
    return spread > 0 ? (raters + rest) * (raters + rest) / spread : 0;
}

static struct npt__interval agreement_interval(const struct npt__intraclass *squares,
                                               double freedom, double confidence)
{
    if (!(freedom >= 1) || !(confidence > 0 && confidence < 1))
        return (struct npt__interval){0};
    const double n = (double)squares->subjects, k = (double)squares->raters;
    const double between = squares->between_subjects, rest = squares->rest;
    double tail = (1 - confidence) / 2;
    double upper = 1 / npt__f_quantile(tail, freedom, n - 1);
    double lower = 1 / npt__f_quantile(tail, n - 1, freedom);
    double error = k * squares->between_raters + (k * n - k - n) * rest;
    double low_total = upper * error + n * between, high_total = error + n * lower * between;
    if (!(low_total > 0) || !(high_total > 0))
        return (struct npt__interval){0};
    return (struct npt__interval){true, n * (between - upper * rest) / low_total,
                                  n * (lower * between - rest) / high_total};
}

static void set_agreement(struct npt__intraclass_coefficient *form,
                          const struct npt__intraclass *squares, double confidence)
{
    const double n = (double)squares->subjects, k = (double)squares->raters;
    const double between = squares->between_subjects, rest = squares->rest;
    double raters = (squares->between_raters - rest) / n, total = between + raters;
    double single = between + (k - 1) * rest + k * raters;
    for (size_t i = 0; i < 2; i++)
        set_test(&form[i], between, rest, n - 1, (n - 1) * (k - 1));
    form[0].defined = single > 0;
    form[1].defined = total > 0;
    if (form[0].defined) {
        form[0].icc = (between - rest) / single;
        form[0].interval_freedom = agreement_freedom(squares, form[0].icc);
        form[0].interval = agreement_interval(squares, form[0].interval_freedom, confidence);
    }
    form[1].interval_freedom = form[0].interval_freedom;
    if (form[1].defined) {
        form[1].icc = (between - rest) / total;
        form[1].interval = step_up(form[0].interval, k);
    }
}

struct npt__intraclass npt__intraclass(const double *values, size_t subjects, size_t raters,
                                       double confidence)
{
    struct npt__intraclass result = {.subjects = subjects, .raters = raters};
    struct npt__intraclass_coefficient *form = result.form;
    const double n = (double)subjects, k = (double)raters;
    double largest = 0;
    result.fault = check(values, subjects, raters, &largest);
    result.defined = result.fault == NPT__INTRACLASS_FINE;
    if (!result.defined)
        return result;
    fill_squares(values, largest, &result);
    set_consistency(&form[NPT__INTRACLASS_ONEWAY], result.between_subjects, result.within_subjects,
                    n - 1, n * (k - 1), k, confidence);
    set_consistency(&form[NPT__INTRACLASS_RANDOM_CONSISTENCY], result.between_subjects, result.rest,
                    n - 1, (n - 1) * (k - 1), k, confidence);
    set_agreement(&form[NPT__INTRACLASS_RANDOM_AGREEMENT], &result, confidence);
    for (size_t i = 0; i < 4; i++)
        form[NPT__INTRACLASS_FIXED_CONSISTENCY + i] = form[NPT__INTRACLASS_RANDOM_CONSISTENCY + i];
    return result;
}
