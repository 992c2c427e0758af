/* agree_intervals.c - kappa and alpha of every row, and how far they would vary between other interviews.
 *
 * Neighbouring characters are coded alike, and so are passages of one interview: what is independent is the interview.
 * So whole interviews are drawn with replacement (the cluster bootstrap: Davison & Hinkley 1997, section 3.8). One
 * replicate draws once for all rows, which costs one addition for each interview in which a row was used.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree.h"

#include "../base/parallel.h"

#include <math.h>
#include <string.h>

#define AT_ONCE 64u                    /* replicates of one piece of work */
#define MOST_RESULTS ((size_t)1 << 22) /* of replicates kept at a time */

/* Sums over interviews: of two coders, and of any number. */
struct sums {
    uint64_t both, first, second; /* of two */
    uint64_t ones, units, values; /* values: units times those who read them */
    double apart;                 /* coincidences of coded and not coded, in both orders */
};

struct drawing {
    const struct npt__agree *agree;
    const struct npt__comparison *comparison;
    const size_t *first_count;      /* of each row, and one more: into the comparison's counts */
    const uint64_t *units, *values; /* of each interview */
    const double *weights;          /* 2 / (readers - 1) */
    size_t first_row, row_count;    /* that are drawn now */
    double *kappas, *alphas;        /* [row * replicates + replicate] */
};

/* ---- coefficients ---------------------------------------------------------------------------- */

/* Cohen 1960, of a table of two by two. */
static double kappa_of(const struct sums *sums)
{
    const uint64_t neither = sums->units - sums->both - sums->first - sums->second;
    const double first = (double)(sums->both + sums->first),
                 second = (double)(sums->both + sums->second),
                 not_first = (double)(sums->second + neither),
                 not_second = (double)(sums->first + neither);
    const double chance = first * not_second + not_first * second;
    const double beyond =
        (double)sums->both * (double)neither - (double)sums->first * (double)sums->second;
    return chance > 0 ? 2 * beyond / chance : NAN;
}

/* Krippendorff 2011, of values 0 and 1. */
static double alpha_of(const struct sums *sums)
{
    const double ones = (double)sums->ones, zeros = (double)(sums->values - sums->ones);
    return ones > 0 && zeros > 0 ? 1 - sums->apart * (double)(sums->values - 1) / (2 * ones * zeros)
                                 : NAN;
}

static void add_count(struct sums *sums, const struct npt__agree_count *count, uint64_t times,
                      const double *weights)
{
    sums->both += times * count->both;
    sums->first += times * count->first;
    sums->second += times * count->second;
    sums->ones += times * count->ones;
    sums->apart += (double)(times * count->apart) * weights[count->place];
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_rows(const struct drawing *drawing, size_t replicate, const uint32_t *times)
{
    struct sums all = {0};
    for (size_t i = 0; i < drawing->comparison->interviews.count; i++) {
        all.units += times[i] * drawing->units[i];
        all.values += times[i] * drawing->values[i];
    }
    const struct npt__agree_count *counts = drawing->comparison->counts.items;
    for (size_t i = 0; i < drawing->row_count; i++) {
        const size_t row = drawing->first_row + i;
        struct sums sums = all;
        for (size_t j = drawing->first_count[row]; j < drawing->first_count[row + 1]; j++)
            add_count(&sums, &counts[j], times[counts[j].place], drawing->weights);
        const size_t at = i * drawing->agree->replicates + replicate;
        drawing->kappas[at] = kappa_of(&sums);
        drawing->alphas[at] = alpha_of(&sums);
    }
}

static void draw_some(void *user, size_t index)
{
    const struct drawing *drawing = user;
    const size_t count = drawing->comparison->interviews.count;
    const size_t first = index * AT_ONCE, all = drawing->agree->replicates;
    uint32_t *times = npt__allocate(count * sizeof *times);
    for (size_t i = first; i < first + AT_ONCE && i < all; i++) {
        struct npt__random random;
        npt__random_start(&random, drawing->agree->seed, i);
        memset(times, 0, count * sizeof *times);
        for (size_t j = 0; j < count; j++)
            times[npt__random_below(&random, count)]++;
        draw_rows(drawing, i, times);
    }
    npt__release(times);
}

/* ---- estimates ------------------------------------------------------------------------------- */

static struct sums sum_row(const struct drawing *drawing, size_t row)
{
    struct sums sums = {0};
    for (size_t i = 0; i < drawing->comparison->interviews.count; i++) {
        sums.units += drawing->units[i];
        sums.values += drawing->values[i];
    }
    for (size_t i = drawing->first_count[row]; i < drawing->first_count[row + 1]; i++)
        add_count(&sums, &drawing->comparison->counts.items[i], 1, drawing->weights);
    return sums;
}

/* The coefficients without one interview each. */
static void leave_out(const struct drawing *drawing, size_t row, const struct sums *sums,
                      double *kappas, double *alphas)
{
    const struct npt__agree_count *count = drawing->comparison->counts.items;
    const struct npt__agree_count *end = count + drawing->first_count[row + 1];
    count += drawing->first_count[row];
    for (size_t i = 0; i < drawing->comparison->interviews.count; i++) {
        struct sums rest = *sums;
        rest.units -= drawing->units[i];
        rest.values -= drawing->values[i];
        if (count < end && count->place == i) {
            rest.both -= count->both;
            rest.first -= count->first;
            rest.second -= count->second;
            rest.ones -= count->ones;
            rest.apart -= (double)count->apart * drawing->weights[i];
            count++;
        }
        kappas[i] = kappa_of(&rest);
        alphas[i] = alpha_of(&rest);
    }
}

static struct npt__bootstrap_interval interval_of(double *results, size_t replicates,
                                                  double estimate, const double *without,
                                                  size_t count)
{
    if (!isfinite(estimate))
        return (struct npt__bootstrap_interval){.fault = NPT__BOOTSTRAP_NOT_FINITE};
    return npt__bootstrap_bca(results, replicates, estimate,
                              npt__acceleration(without, NULL, count), NPT__AGREE_CONFIDENCE);
}

static void draw_block(struct drawing *drawing, struct npt__agree_estimate *estimates)
{
    const size_t replicates = drawing->agree->replicates,
                 count = drawing->comparison->interviews.count;
    npt__parallel(drawing->agree->study->threads, (replicates + AT_ONCE - 1) / AT_ONCE, draw_some,
                  drawing);
    double *kappas = npt__allocate(2 * count * sizeof *kappas), *alphas = kappas + count;
    for (size_t i = 0; i < drawing->row_count; i++) {
        const size_t row = drawing->first_row + i;
        const struct sums sums = sum_row(drawing, row);
        struct npt__agree_estimate *estimate = &estimates[row];
        leave_out(drawing, row, &sums, kappas, alphas);
        estimate->kappa_interval = interval_of(drawing->kappas + i * replicates, replicates,
                                               estimate->kappa, kappas, count);
        estimate->alpha_interval = interval_of(drawing->alphas + i * replicates, replicates,
                                               estimate->alpha, alphas, count);
    }
    npt__release(kappas);
}

static void draw_all(struct drawing *drawing, struct npt__agree_estimate *estimates)
{
    const size_t replicates = drawing->agree->replicates, rows = drawing->agree->rows.count;
    size_t most = MOST_RESULTS / replicates;
    most = most ? most : 1;
    most = most < rows ? most : rows;
    drawing->kappas = npt__allocate(2 * most * replicates * sizeof *drawing->kappas);
    drawing->alphas = drawing->kappas + most * replicates;
    for (size_t i = 0; i < rows; i += most) {
        drawing->first_row = i;
        drawing->row_count = rows - i < most ? rows - i : most;
        draw_block(drawing, estimates);
    }
    npt__release(drawing->kappas);
}

static void estimate_row(const struct drawing *drawing, size_t row,
                         struct npt__agree_estimate *estimate)
{
    const struct sums sums = sum_row(drawing, row);
    const size_t first = drawing->first_count[row], end = drawing->first_count[row + 1];
    *estimate = (struct npt__agree_estimate){
        .sum = {(uint32_t)row, (uint32_t)(end - first), sums.both, sums.first, sums.second,
                sums.ones, 0},
        .percent = 1 - sums.apart / (double)sums.values,
        .prevalence = (double)sums.ones / (double)sums.values,
        .kappa = drawing->comparison->first == NPT__NONE ? NAN : kappa_of(&sums),
        .alpha = alpha_of(&sums),
        .kappa_interval = {.fault = NPT__BOOTSTRAP_TOO_FEW},
        .alpha_interval = {.fault = NPT__BOOTSTRAP_TOO_FEW}};
}

void npt__agree_estimate(const struct npt__agree *agree, const struct npt__comparison *comparison,
                         struct npt__agree_estimate *estimates)
{
    const size_t count = comparison->interviews.count, rows = agree->rows.count;
    npt__arena *arena = npt__arena_new();
    size_t *first_count = npt__arena_array(arena, rows + 1, sizeof *first_count);
    uint64_t *units = npt__arena_array(arena, count, sizeof *units);
    uint64_t *values = npt__arena_array(arena, count, sizeof *values);
    double *weights = npt__arena_array(arena, count, sizeof *weights);
    for (size_t i = 0; i < count; i++) {
        const struct npt__agree_interview *interview =
            &agree->interviews.items[comparison->interviews.items[i]];
        const uint32_t readers = comparison->first == NPT__NONE ? interview->reader_count : 2;
        units[i] = interview->units;
        values[i] = interview->units * readers;
        weights[i] = 2.0 / (readers - 1);
    }
    for (size_t i = 0, row = 0; row <= rows; row++) {
        while (i < comparison->counts.count && comparison->counts.items[i].row < row)
            i++;
        first_count[row] = i;
    }
    struct drawing drawing = {.agree = agree,
                              .comparison = comparison,
                              .first_count = first_count,
                              .units = units,
                              .values = values,
                              .weights = weights};
    for (size_t i = 0; i < rows; i++)
        estimate_row(&drawing, i, &estimates[i]);
    if (count > 1)
        draw_all(&drawing, estimates);
    npt__arena_free(arena);
}
