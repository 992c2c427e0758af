/* reliability.c - Cronbach's alpha, listwise and pairwise, item by item, with Feldt's interval.
 *
 * Both ways fill a matrix of covariances from sums of whole numbers; alpha and the items' values follow
 * from the matrix. Listwise, all covariances share the divisor n (n - 1), which is left out: the matrix
 * then holds whole numbers, and alpha is a ratio of two of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reliability.h"
#include "../base/arena.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>

#include <assert.h>
#include <math.h>
#include <string.h>

__extension__ typedef __int128 wide;

/* ---- F --------------------------------------------------------------------------------------- */

/* x^a y^b / B(a, b) where y = 1 - x, without large numbers that cancel (Loader 2000). It is also the
   density of log F. */
static double beta_power(double a, double b, double x, double y)
{
    double from_a = (b * x - a * y) / a, from_b = (a * y - b * x) / b;
    double log_a = from_a < -0.5 ? log(x * ((a + b) / a)) : log1p(from_a);
    double log_b = from_b < -0.5 ? log(y * ((a + b) / b)) : log1p(from_b);
    double exponent = a * (log_a - from_a) + b * (log_b - from_b);
    return sqrt(a * b / (2 * M_PI * (a + b))) * gsl_sf_gammastar(a + b) /
           (gsl_sf_gammastar(a) * gsl_sf_gammastar(b)) * exp(exponent);
}

static double away_from_zero(double value)
{
    return fabs(value) < 1e-300 ? 1e-300 : value;
}

/* The continued fraction of the incomplete beta function (DiDonato & Morris 1992 give its use, Lentz 1976
   the way from front to back). About the square root of a + b in steps. */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), fraction = d;
    for (double m = 1; m < 1e7; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        fraction *= c * d;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        fraction *= c * d;
        if (fabs(c * d - 1) < 1e-16)
            break;
    }
    return fraction;
}

double npt__f_quantile(double probability, double numerator, double denominator)
{
    assert(probability > 0 && probability < 1 && numerator > 0 && denominator > 0);
    /* Newton's method on log F. Its density has its only peak at F = 1, so from there every step falls
       short of the goal: nothing to guard against. */
    double a = numerator / 2, b = denominator / 2, log_f = 0;
    for (int i = 0; i < 200; i++) {
        double x = 1 / (1 + b / a * exp(-log_f)), y = 1 / (1 + a / b * exp(log_f));
        double power = beta_power(a, b, x, y);
        double below = x < (a + 1) / (a + b + 2) ? power / a * beta_fraction(a, b, x)
                                                 : 1 - power / b * beta_fraction(b, a, y);
        double step = (probability - below) / power;
        log_f += step;
        if (fabs(step) < 1e-8) /* the next would be its square */
            break;
    }
    return exp(log_f);
}

/* ---- covariances ----------------------------------------------------------------------------- */

struct moments {
    size_t items, count, least_pair;
    double *means;       /* items */
    double *covariances; /* items x items, times `divisor` */
    double divisor;
};

static struct moments new_moments(size_t items)
{
    return (struct moments){.items = items,
                            .means = npt__allocate(items * sizeof(double)),
                            .covariances = npt__allocate(items * items * sizeof(double)),
                            .divisor = 1};
}

static void release_moments(struct moments *moments)
{
    npt__release(moments->means);
    npt__release(moments->covariances);
}

static bool is_answer(uint8_t value)
{
    return value <= NPT__LARGEST_VALUE;
}

static uint64_t *new_sums(size_t count)
{
    return memset(npt__allocate(count * sizeof(uint64_t)), 0, count * sizeof(uint64_t));
}

/* count * products - left * right, a whole number, rounded once. */
static double co_deviation(uint64_t count, uint64_t products, uint64_t left, uint64_t right)
{
    return (double)((wide)count * products - (wide)left * right);
}

uint8_t *npt__complete_answers(const struct npt__item_answers *answers, size_t *count)
{
    size_t items = answers->items;
    uint8_t *rows = npt__allocate(answers->count * items);
    *count = 0;
    for (size_t i = 0; i < answers->count; i++) {
        const uint8_t *row = answers->values + i * items;
        bool complete = true;
        for (size_t j = 0; j < items; j++)
            complete = complete && is_answer(row[j]);
        if (complete)
            memcpy(rows + (*count)++ * items, row, items);
    }
    return rows;
}

static void gather_listwise(struct moments *moments, const struct npt__item_answers *answers)
{
    size_t items = moments->items, count;
    uint8_t *rows = npt__complete_answers(answers, &count);
    uint64_t *sums = new_sums(items), *products = new_sums(items * items);
    for (const uint8_t *row = rows; row < rows + count * items; row += items) {
        for (size_t i = 0; i < items; i++) {
            sums[i] += row[i];
            for (size_t j = 0; j <= i; j++)
                products[i * items + j] += (uint32_t)row[i] * row[j];
        }
    }
    for (size_t i = 0; i < items; i++) {
        moments->means[i] = (double)sums[i] / (double)count;
        for (size_t j = 0; j <= i; j++)
            moments->covariances[i * items + j] = moments->covariances[j * items + i] =
                co_deviation(count, products[i * items + j], sums[i], sums[j]);
    }
    moments->count = moments->least_pair = count;
    moments->divisor = (double)count * ((double)count - 1);
    npt__release(sums);
    npt__release(products);
    npt__release(rows);
}

static void gather_pairwise(struct moments *moments, const struct npt__item_answers *answers)
{
    size_t items = moments->items;
    uint64_t *counts = new_sums(items * items), *products = new_sums(items * items);
    uint64_t *sums = new_sums(items * items); /* of the row's item where the column's is answered */
    for (size_t r = 0; r < answers->count; r++) {
        const uint8_t *row = answers->values + r * items;
        bool any = false;
        for (size_t i = 0; i < items; i++) {
            for (size_t j = 0; j < items && is_answer(row[i]); j++) {
                uint64_t both = is_answer(row[j]);
                counts[i * items + j] += both;
                sums[i * items + j] += both * row[i];
                products[i * items + j] += both * row[i] * row[j];
            }
            any = any || is_answer(row[i]);
        }
        moments->count += any;
    }
    moments->least_pair = moments->count;
    for (size_t i = 0; i < items; i++) {
        moments->means[i] = (double)sums[i * items + i] / (double)counts[i * items + i];
        for (size_t j = 0; j < items; j++) {
            size_t at = i * items + j, turned = j * items + i;
            double count = (double)counts[at];
            moments->covariances[at] =
                co_deviation(counts[at], products[at], sums[at], sums[turned]) /
                (count * (count - 1));
            if (counts[at] < moments->least_pair)
                moments->least_pair = counts[at];
        }
    }
    npt__release(counts);
    npt__release(sums);
    npt__release(products);
}

/* ---- alpha ----------------------------------------------------------------------------------- */

struct parts {
    double diagonal, total; /* sums of the variances, and of all covariances */
    double nothing;         /* a variance up to this is rounding */
};

static struct parts add_up(const struct moments *moments)
{
    struct parts parts = {0};
    size_t items = moments->items;
    for (size_t i = 0; i < items; i++) {
        parts.diagonal += moments->covariances[i * items + i];
        for (size_t j = 0; j < items; j++) {
            parts.total += moments->covariances[i * items + j];
            parts.nothing += 1e-14 * fabs(moments->covariances[i * items + j]);
        }
    }
    return parts;
}

static double alpha_of(size_t items, double diagonal, double total)
{
    return (double)items * (total - diagonal) / ((double)(items - 1) * total);
}

static double mean_correlation(const struct moments *moments)
{
    size_t items = moments->items;
    const double *covariances = moments->covariances;
    double sum = 0;
    for (size_t i = 0; i < items; i++) {
        for (size_t j = 0; j < i; j++) {
            double variances = covariances[i * items + i] * covariances[j * items + j];
            sum += covariances[i * items + j] / sqrt(variances); /* 0 / 0 without variation */
        }
    }
    return sum / ((double)items * (double)(items - 1) / 2);
}

static void analyse_item(struct npt__item_reliability *item, const struct moments *moments,
                         const struct parts *parts, size_t index)
{
    size_t items = moments->items;
    double variance = moments->covariances[index * items + index], with_total = 0;
    for (size_t j = 0; j < items; j++)
        with_total += moments->covariances[index * items + j];
    double rest = parts->total - 2 * with_total + variance;
    bool varies = rest > parts->nothing;
    item->mean = moments->means[index];
    item->sd = sqrt(variance / moments->divisor);
    item->rest_correlation =
        varies && variance > 0 ? (with_total - variance) / sqrt(variance * rest) : NAN;
    item->alpha_without =
        varies && items > 2 ? alpha_of(items - 1, parts->diagonal - variance, rest) : NAN;
}

static void analyse(struct npt__alpha *alpha, const struct moments *moments,
                    struct npt__item_reliability *items)
{
    alpha->count = moments->count;
    alpha->least_pair = moments->least_pair;
    struct parts parts = {0};
    if (moments->least_pair < 2)
        alpha->fault = NPT__ALPHA_ROWS;
    else if (parts = add_up(moments), !(parts.total > parts.nothing))
        alpha->fault = NPT__ALPHA_CONSTANT;
    if (alpha->fault)
        return;
    alpha->defined = true;
    alpha->alpha = alpha_of(moments->items, parts.diagonal, parts.total);
    double correlation = alpha->mean_correlation = mean_correlation(moments);
    double many = (double)moments->items;
    alpha->standardised = many * correlation / (1 + (many - 1) * correlation);
    for (size_t i = 0; items && i < moments->items; i++)
        analyse_item(&items[i], moments, &parts, i);
}

static struct npt__alpha no_alpha(const struct npt__item_answers *answers,
                                  struct npt__item_reliability *items)
{
    bool in_range = answers->items >= 2 && answers->items <= NPT__MOST_SCALE_ITEMS;
    for (size_t i = 0; items && i < answers->items; i++)
        items[i] = (struct npt__item_reliability){NAN, NAN, NAN, NAN};
    return (struct npt__alpha){.items = answers->items,
                               .fault = in_range ? NPT__ALPHA_FINE : NPT__ALPHA_ITEMS,
                               .alpha = NAN,
                               .standardised = NAN,
                               .mean_correlation = NAN,
                               .low = NAN,
                               .high = NAN};
}

struct npt__alpha npt__alpha_listwise(const struct npt__item_answers *answers, double confidence,
                                      struct npt__item_reliability *items)
{
    assert(confidence > 0 && confidence < 1);
    struct npt__alpha alpha = no_alpha(answers, items);
    if (alpha.fault)
        return alpha;
    struct moments moments = new_moments(answers->items);
    gather_listwise(&moments, answers);
    analyse(&alpha, &moments, items);
    release_moments(&moments);
    if (alpha.defined) {
        double rows = (double)alpha.count - 1, cells = rows * ((double)alpha.items - 1);
        double tail = (1 - confidence) / 2;
        alpha.low = 1 - (1 - alpha.alpha) / npt__f_quantile(tail, cells, rows);
        alpha.high = 1 - (1 - alpha.alpha) * npt__f_quantile(tail, rows, cells);
    }
    return alpha;
}

struct npt__alpha npt__alpha_pairwise(const struct npt__item_answers *answers,
                                      struct npt__item_reliability *items)
{
    struct npt__alpha alpha = no_alpha(answers, items);
    if (alpha.fault)
        return alpha;
    struct moments moments = new_moments(answers->items);
    gather_pairwise(&moments, answers);
    analyse(&alpha, &moments, items);
    release_moments(&moments);
    return alpha;
}

size_t npt__item_covariances(const struct npt__item_answers *answers, double *covariances)
{
    size_t cells = answers->items * answers->items;
    for (size_t i = 0; i < cells; i++)
        covariances[i] = NAN;
    if (answers->items < 1 || answers->items > NPT__MOST_SCALE_ITEMS)
        return 0;
    struct moments moments = new_moments(answers->items);
    gather_listwise(&moments, answers);
    size_t count = moments.count;
    for (size_t i = 0; i < cells && count > 1; i++)
        covariances[i] = moments.covariances[i] / moments.divisor;
    release_moments(&moments);
    return count;
}
