/* describe.h - counts, means, standard deviations and quantiles that do not depend on the order of the values.
 *
 * Scores are whole numbers divided by a small unit: npt__sums keeps their sums exactly, in any order and
 * merged from any number of threads. npt__describe() takes any numbers; it sorts a copy and adds with twice
 * the precision of a double (106 bits), so its results are, but for one case in many millions, the exact ones
 * rounded once.
 *     struct npt__sums sums = {0};
 *     npt__sums_add(&sums, answer);
 *     double mean = npt__sums_mean(&sums, 1);
 * What is not defined (a mean of nothing, a standard deviation of one value) is NAN.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DESCRIBE_H
#define NPT__DESCRIBE_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 npt__int128;

/* ---- sums of whole numbers, exact ------------------------------------------------------------ */

/* Within these bounds count * squares, the largest product below, fits in 128 bits. Callers see to it that
   they hold; beyond them the program stops at an assertion. */
#define NPT__SUMS_MOST_VALUES 100000000u
#define NPT__SUMS_MOST_VALUE INT64_C(50000000000) /* of either sign */

struct npt__sums {
    size_t count;
    npt__int128 sum, squares;
};

static inline void npt__sums_add_many(struct npt__sums *sums, int64_t value, size_t times)
{
    assert(value >= -NPT__SUMS_MOST_VALUE && value <= NPT__SUMS_MOST_VALUE);
    assert(times <= NPT__SUMS_MOST_VALUES && sums->count <= NPT__SUMS_MOST_VALUES - times);
    const npt__int128 part = (npt__int128)value * (npt__int128)times;
    sums->count += times;
    sums->sum += part;
    sums->squares += part * value;
}

static inline void npt__sums_add(struct npt__sums *sums, int64_t value)
{
    npt__sums_add_many(sums, value, 1);
}

void npt__sums_merge(struct npt__sums *into, const struct npt__sums *from);
/* Of the values divided by `unit` (at least 1). The standard deviation divides by n - 1:
   sqrt((n * sum of squares - square of sum) / (n (n - 1))), with the difference taken exactly. */
double npt__sums_mean(const struct npt__sums *sums, int64_t unit);
double npt__sums_sd(const struct npt__sums *sums, int64_t unit);

/* ---- any numbers ----------------------------------------------------------------------------- */

/* Into ascending order; none of them is NAN. */
void npt__sort(double *values, size_t count);

struct npt__description {
    size_t count;
    double mean, sd, least, most; /* the standard deviation divides by n - 1 */
};

/* The same digits for any order of the values; zeros lose their sign. All numbers are NAN where one of the
   values is not finite. */
struct npt__description npt__describe(const double *values, size_t count);

/* How values go with their successors (lag 1): sum (x[i] - mean)(x[i + 1] - mean) / sum (x[i] - mean)^2,
   the coefficient that NIST's Statistical Reference Datasets certify (as in Box & Jenkins 1976). NAN where the
   values are fewer than two, all equal, or not finite. */
double npt__autocorrelation(const double *values, size_t count);

/* The quantile of definition 7 of Hyndman & Fan (1996), "Sample quantiles in statistical packages", The
   American Statistician 50(4), 361-365: the value at (n - 1) * share, counted from 0, linear between
   neighbours. Shares such as 0.29 are no exact binary numbers: a position within rounding of a whole number
   is that number. NAN where there are no values or the share is not within 0 and 1. */
double npt__quantile(const double *sorted, size_t count, double share);
/* The same for values 0, 1, 2 ..., of which counts[i] are equal to i, without writing them out. */
double npt__quantile_counts(const size_t *counts, size_t categories, double share);

/* ---- numbers of twice the precision, for sums in other kernels ------------------------------- */

/* The value is high + low, where high is the value rounded to a double (Dekker 1971, "A floating-point
   technique for extending the available precision", Numerische Mathematik 18, 224-242; the algorithms as
   proven by Joldes, Muller & Popescu 2017, ACM Transactions on Mathematical Software 44(2), article 15).
   Relative errors are some 2^-104. Only doubles and fma() are used, so the digits are the same on every
   machine whose doubles are IEEE 754. Keep values away from overflow and underflow by npt__twofold_scale(). */
struct npt__twofold {
    double high, low;
};

/* |whole| < 2^126; exact below 2^106. */
struct npt__twofold npt__twofold_whole(npt__int128 whole);
struct npt__twofold npt__twofold_add(struct npt__twofold a, struct npt__twofold b);
struct npt__twofold npt__twofold_add_one(struct npt__twofold a, double b); /* the same digits */
struct npt__twofold npt__twofold_multiply(struct npt__twofold a, struct npt__twofold b);
struct npt__twofold npt__twofold_divide(struct npt__twofold a, struct npt__twofold b);
struct npt__twofold npt__twofold_root(struct npt__twofold a); /* 0 where a is not above 0 */

/* A power of two that brings values of at most this size near 1; multiplying by it is exact. */
double npt__twofold_scale(double largest);
/* The mean of values * scale, taken in the order given. */
struct npt__twofold npt__twofold_mean(const double *values, size_t count, double scale);
/* value * scale - mean. */
struct npt__twofold npt__twofold_deviation(double value, double scale, struct npt__twofold mean);

#endif
