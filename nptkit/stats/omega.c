/* omega.c - McDonald's omega total from one common factor, fitted by maximum likelihood.
 *
 * The model is S = l l' + U, a column of loadings and a diagonal of uniquenesses. Newton's method on the
 * loadings and the logarithms of the uniquenesses minimises
 *     F = log det(model) + trace(sample model^-1) - log det(sample) - items
 * (Lawley & Maxwell 1971; Jennrich & Robinson 1969 for Newton's method). Where the matrix of second
 * derivatives is not positive definite, its expectation takes its place (Fisher scoring). All is done on
 * correlations, as the likelihood does not depend on scales.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "omega.h"
#include "../base/arena.h"

#include <math.h>
#include <string.h>

#define MOST_STEPS 300u
#define LAST_STEPS 4u /* each squares what is left of the error */
#define LEAST_PIVOT 1e-12
#define LEAST_UNIQUENESS 1e-6 /* of an item's variance */

struct fit {
    size_t items, size;            /* size: 2 x items, loadings and then log uniquenesses */
    double *sample;                /* correlations */
    double log_determinant;        /* of them */
    double *loadings, *unique;     /* where we are */
    double *inverse;               /* P, of the model */
    double *between;               /* N = P sample P */
    double *inverse_l, *between_l; /* P l and N l */
    double inverse_ll, between_ll; /* l'P l and l'N l */
    double value;                  /* F */
    double *gradient, *step;       /* size */
    double *hessian;               /* size x size */
};

/* ---- linear algebra -------------------------------------------------------------------------- */

/* The lower triangle L of L L' = matrix, in place. False where a pivot is not above `least` of its
   diagonal entry: not positive definite, or nearly not. */
static bool cholesky(double *matrix, size_t size, double least)
{
    for (size_t j = 0; j < size; j++) {
        double *row = matrix + j * size, pivot = row[j];
        for (size_t m = 0; m < j; m++)
            pivot -= row[m] * row[m];
        if (!(pivot > least * fabs(row[j])))
            return false;
        row[j] = sqrt(pivot);
        for (size_t i = j + 1; i < size; i++) {
            double *below = matrix + i * size, sum = below[j];
            for (size_t m = 0; m < j; m++)
                sum -= below[m] * row[m];
            below[j] = sum / row[j];
        }
    }
    return true;
}

/* Solves L L' x = x in place. */
static void solve(const double *lower, size_t size, double *x)
{
    for (size_t i = 0; i < size; i++) {
        for (size_t m = 0; m < i; m++)
            x[i] -= lower[i * size + m] * x[m];
        x[i] /= lower[i * size + i];
    }
    for (size_t i = size; i-- > 0;) {
        for (size_t m = i + 1; m < size; m++)
            x[i] -= lower[m * size + i] * x[m];
        x[i] /= lower[i * size + i];
    }
}

/* ---- the model ------------------------------------------------------------------------------- */

/* P = U^-1 - U^-1 l l' U^-1 / (1 + l' U^-1 l), and F. */
static void invert_model(struct fit *fit)
{
    size_t items = fit->items;
    double strength = 1, trace = 0, log_determinant = 0;
    for (size_t i = 0; i < items; i++) {
        strength += fit->loadings[i] * fit->loadings[i] / fit->unique[i];
        log_determinant += log(fit->unique[i]);
    }
    for (size_t i = 0; i < items; i++) {
        for (size_t j = 0; j < items; j++) {
            double both = fit->loadings[i] / fit->unique[i] * (fit->loadings[j] / fit->unique[j]);
            double entry = (i == j ? 1 / fit->unique[i] : 0) - both / strength;
            fit->inverse[i * items + j] = entry;
            trace += entry * fit->sample[i * items + j];
        }
    }
    fit->value = log_determinant + log(strength) + trace - fit->log_determinant - (double)items;
}

static void multiply(double *product, const double *left, const double *right, size_t items)
{
    for (size_t i = 0; i < items; i++) {
        for (size_t j = 0; j < items; j++) {
            double sum = 0;
            for (size_t m = 0; m < items; m++)
                sum += left[i * items + m] * right[m * items + j];
            product[i * items + j] = sum;
        }
    }
}

static double multiply_loadings(double *product, const struct fit *fit, const double *matrix)
{
    double sum = 0;
    for (size_t i = 0; i < fit->items; i++) {
        product[i] = 0;
        for (size_t j = 0; j < fit->items; j++)
            product[i] += matrix[i * fit->items + j] * fit->loadings[j];
        sum += product[i] * fit->loadings[i];
    }
    return sum;
}

/* N and all that the derivatives are made of; the model is inverted already. */
static void find_gradient(struct fit *fit)
{
    size_t items = fit->items;
    double *half = fit->hessian; /* room that is not in use yet */
    multiply(half, fit->sample, fit->inverse, items);
    multiply(fit->between, fit->inverse, half, items);
    fit->inverse_ll = multiply_loadings(fit->inverse_l, fit, fit->inverse);
    fit->between_ll = multiply_loadings(fit->between_l, fit, fit->between);
    for (size_t i = 0; i < items; i++) {
        size_t diagonal = i * items + i;
        fit->gradient[i] = 2 * (fit->inverse_l[i] - fit->between_l[i]);
        fit->gradient[items + i] =
            fit->unique[i] * (fit->inverse[diagonal] - fit->between[diagonal]);
    }
}

/* Second derivatives of F, or their expectation: that is what they are with P in the place of N. */
static void find_hessian(struct fit *fit, bool expected)
{
    size_t items = fit->items, size = fit->size;
    const double *p = fit->inverse_l, *n = expected ? p : fit->between_l;
    double pp = fit->inverse_ll, nn = expected ? pp : fit->between_ll;
    for (size_t i = 0; i < items; i++) {
        for (size_t j = 0; j < items; j++) {
            double inverse = fit->inverse[i * items + j];
            double between = expected ? inverse : fit->between[i * items + j];
            double loadings = 2 * (p[i] * n[j] + n[i] * p[j] - p[i] * p[j] + nn * inverse +
                                   pp * (between - inverse) + inverse - between);
            double mixed = 2 * (between * p[j] + inverse * (n[j] - p[j])) * fit->unique[j];
            double unique = (2 * between - inverse) * inverse * fit->unique[i] * fit->unique[j];
            if (i == j && !expected)
                unique += fit->gradient[items + i];
            fit->hessian[i * size + j] = loadings;
            fit->hessian[(items + j) * size + i] = mixed;
            fit->hessian[(items + i) * size + items + j] = unique;
        }
    }
}

/* ---- the search ------------------------------------------------------------------------------ */

/* What each item shares with no other is a first guess at its uniqueness, made a little smaller
   (Joreskog 1963). */
static void guess_uniquenesses(struct fit *fit, const double *lower)
{
    double *column = fit->step; /* of the sample's inverse */
    for (size_t i = 0; i < fit->items; i++) {
        memset(column, 0, fit->items * sizeof *column);
        column[i] = 1;
        solve(lower, fit->items, column);
        fit->unique[i] = (1 - 0.5 / (double)fit->items) / column[i];
    }
}

/* One step of the power method on the sample scaled by the uniquenesses; the length of what comes. */
static double turn(double *vector, const struct fit *fit)
{
    double length = 0, *next = fit->step;
    for (size_t i = 0; i < fit->items; i++) {
        next[i] = 0;
        for (size_t j = 0; j < fit->items; j++)
            next[i] +=
                fit->sample[i * fit->items + j] * vector[j] / sqrt(fit->unique[i] * fit->unique[j]);
        length += next[i] * next[i];
    }
    length = sqrt(length);
    for (size_t i = 0; i < fit->items; i++)
        vector[i] = next[i] / length;
    return length;
}

/* The loadings that suit the uniquenesses: the leading eigenvector, begun from the item that has most to
   do with the others. */
static void guess_loadings(struct fit *fit)
{
    size_t items = fit->items, from = 0;
    double longest = 0, length = 1, *vector = fit->gradient;
    for (size_t i = 0; i < items; i++) {
        memset(vector, 0, items * sizeof *vector);
        vector[i] = 1;
        length = turn(vector, fit);
        if (length > longest) {
            longest = length;
            from = i;
        }
    }
    memset(vector, 0, items * sizeof *vector);
    vector[from] = 1;
    for (int round = 0; round < 100; round++)
        length = turn(vector, fit);
    for (size_t i = 0; i < items; i++)
        fit->loadings[i] = sqrt(fit->unique[i] * fmax(length - 1, 0.01)) * vector[i];
}

/* Newton's step at this place, and whether second derivatives made it (`exact`) or their expectation; false
   where there is none. `decrement` is twice what F should fall by. */
static bool find_step(struct fit *fit, bool *exact, double *decrement)
{
    invert_model(fit);
    find_gradient(fit);
    find_hessian(fit, false);
    *exact = cholesky(fit->hessian, fit->size, LEAST_PIVOT);
    if (!*exact) {
        find_hessian(fit, true);
        if (!cholesky(fit->hessian, fit->size, LEAST_PIVOT))
            return false;
    }
    memcpy(fit->step, fit->gradient, fit->size * sizeof *fit->step);
    solve(fit->hessian, fit->size, fit->step);
    *decrement = 0;
    for (size_t i = 0; i < fit->size; i++)
        *decrement += fit->gradient[i] * fit->step[i];
    return isfinite(*decrement);
}

static void move(struct fit *fit, double share)
{
    for (size_t i = 0; i < fit->items; i++) {
        fit->loadings[i] -= share * fit->step[i];
        fit->unique[i] *= exp(-share * fit->step[fit->items + i]);
    }
}

/* Goes along the step as far as F falls, at most by 2 in any parameter; false where it does not fall. */
static bool descend(struct fit *fit)
{
    double before = fit->value, share = 1, gone = 0;
    for (size_t i = 0; i < fit->size; i++)
        if (share * fabs(fit->step[i]) > 2)
            share = 2 / fabs(fit->step[i]);
    for (int halving = 0; halving < 40; halving++) {
        move(fit, share - gone);
        gone = share;
        invert_model(fit);
        if (fit->value < before)
            return true;
        share /= 2;
    }
    return false;
}

/* Whether an item has less variance of its own than this share. */
static bool has_heywood_case(const struct fit *fit, double least)
{
    for (size_t i = 0; i < fit->items; i++)
        if (fit->unique[i] < least)
            return true;
    return false;
}

static enum npt__omega_fault search(struct fit *fit, unsigned *steps)
{
    unsigned last_steps = 0; /* so near that F cannot tell any more; the gradient still can */
    double decrement = 1;
    for (*steps = 0; *steps < MOST_STEPS && last_steps < LAST_STEPS; ++*steps) {
        bool exact;
        if (!find_step(fit, &exact, &decrement))
            return NPT__OMEGA_UNDETERMINED;
        if (has_heywood_case(fit, LEAST_UNIQUENESS))
            return NPT__OMEGA_HEYWOOD;
        if (exact && decrement < 1e-9) {
            move(fit, 1);
            last_steps++;
        } else if (!descend(fit)) {
            break;
        }
    }
    if (last_steps == LAST_STEPS && decrement < 1e-20)
        return NPT__OMEGA_FINE;
    return has_heywood_case(fit, 1e-4) ? NPT__OMEGA_HEYWOOD : NPT__OMEGA_NOT_CONVERGED;
}

/* ---- the fit --------------------------------------------------------------------------------- */

static struct fit new_fit(npt__arena *arena, size_t items)
{
    size_t size = 2 * items;
    return (struct fit){.items = items,
                        .size = size,
                        .sample = npt__arena_array(arena, items * items, sizeof(double)),
                        .loadings = npt__arena_array(arena, items, sizeof(double)),
                        .unique = npt__arena_array(arena, items, sizeof(double)),
                        .inverse = npt__arena_array(arena, items * items, sizeof(double)),
                        .between = npt__arena_array(arena, items * items, sizeof(double)),
                        .inverse_l = npt__arena_array(arena, items, sizeof(double)),
                        .between_l = npt__arena_array(arena, items, sizeof(double)),
                        .gradient = npt__arena_array(arena, size, sizeof(double)),
                        .step = npt__arena_array(arena, size, sizeof(double)),
                        .hessian = npt__arena_array(arena, size * size, sizeof(double))};
}

/* Correlations, their determinant and a place to start from; false where there is no likelihood. */
static bool begin(struct fit *fit, const double *covariances)
{
    size_t items = fit->items;
    for (size_t i = 0; i < items; i++) {
        for (size_t j = 0; j < items; j++) {
            double variances = covariances[i * items + i] * covariances[j * items + j];
            double correlation = i == j ? 1 : covariances[i * items + j] / sqrt(variances);
            if (!(variances > 0) || !isfinite(variances) || !isfinite(correlation))
                return false;
            fit->sample[i * items + j] = correlation;
        }
    }
    double *lower = fit->hessian; /* room that is not in use yet */
    memcpy(lower, fit->sample, items * items * sizeof *lower);
    if (!cholesky(lower, items, LEAST_PIVOT))
        return false;
    for (size_t i = 0; i < items; i++)
        fit->log_determinant += 2 * log(lower[i * items + i]);
    guess_uniquenesses(fit, lower);
    guess_loadings(fit);
    return true;
}

/* Back in the metric of the covariances. */
static void report(struct npt__omega *omega, const struct fit *fit, const double *covariances,
                   double *loadings, double *uniquenesses)
{
    double sum = 0, unique = 0;
    for (size_t i = 0; i < fit->items; i++) {
        double variance = covariances[i * fit->items + i];
        loadings[i] = fit->loadings[i] * sqrt(variance);
        uniquenesses[i] = fit->unique[i] * variance;
        sum += loadings[i];
        unique += uniquenesses[i];
    }
    for (size_t i = 0; i < fit->items && sum < 0; i++)
        loadings[i] = -loadings[i];
    omega->defined = true;
    omega->omega = sum * sum / (sum * sum + unique);
    omega->discrepancy = fmax(fit->value, 0);
}

struct npt__omega npt__omega_fit(const double *covariances, size_t items, double *loadings,
                                 double *uniquenesses)
{
    struct npt__omega omega = {.omega = NAN, .discrepancy = NAN};
    for (size_t i = 0; i < items; i++)
        loadings[i] = uniquenesses[i] = NAN;
    if (items < 3 || items > NPT__OMEGA_ITEMS) {
        omega.fault = NPT__OMEGA_ITEM_COUNT;
        return omega;
    }
    npt__arena *arena = npt__arena_new();
    struct fit fit = new_fit(arena, items);
    if (begin(&fit, covariances))
        omega.fault = search(&fit, &omega.steps);
    else
        omega.fault = NPT__OMEGA_SINGULAR;
    if (!omega.fault)
        report(&omega, &fit, covariances, loadings, uniquenesses);
    npt__arena_free(arena);
    return omega;
}
