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

#define LANES 8u                       /* replicates that are summed side by side */
#define MOST_RESULTS ((size_t)1 << 22) /* of replicates kept at a time */

/* Sums over interviews: of two coders, and of any number. Whole numbers, but for `apart` of three or more. */
struct sums {
    double both, first, second; /* of two */
    double ones, units, values; /* values: units times those who read them */
    double apart;               /* coincidences of coded and not coded, in both orders */
};

/* What a row has in one interview, as numbers to be added up: of two coders both, first, second, of more ones and
   apart. Sums of whole numbers below 2^53 are exact, in any order. */
#define PARTS 3u
struct part {
    size_t place;
    double parts[PARTS];
};

struct drawing {
    const struct npt__agree *agree;
    const struct npt__comparison *comparison;
    const size_t *first_count;      /* of each row, and one more: into the comparison's counts */
    const uint64_t *units, *values; /* of each interview */
    const double *weights;          /* 2 / (readers - 1) */
    const struct part *parts;       /* of each of the comparison's counts */
    size_t first_row, row_count;    /* that are drawn now */
    double *kappas, *alphas;        /* [row * replicates + replicate] */
};

/* ---- coefficients ---------------------------------------------------------------------------- */

/* Cohen 1960, of a table of two by two. */
static double kappa_of(const struct sums *sums)
{
    const double neither = sums->units - sums->both - sums->first - sums->second;
    const double first = sums->both + sums->first, second = sums->both + sums->second;
    const double chance = first * (sums->first + neither) + (sums->second + neither) * second;
    const double beyond = sums->both * neither - sums->first * sums->second;
    return chance > 0 ? 2 * beyond / chance : NAN;
}

/* Krippendorff 2011, of values 0 and 1. */
static double alpha_of(const struct sums *sums)
{
    const double zeros = sums->values - sums->ones;
    return sums->ones > 0 && zeros > 0
               ? 1 - sums->apart * (sums->values - 1) / (2 * sums->ones * zeros)
               : NAN;
}

static void add_count(struct sums *sums, const struct npt__agree_count *count,
                      const double *weights)
{
    sums->both += (double)count->both;
    sums->first += (double)count->first;
    sums->second += (double)count->second;
    sums->ones += (double)count->ones;
    sums->apart += (double)count->apart * weights[count->place];
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* Some replicates side by side: how often each has drawn each interview, and its sums. */
struct lanes {
    double (*times)[LANES]; /* of each interview */
    double units[LANES], values[LANES];
    double sums[PARTS][LANES];
};

static void sum_lanes(struct lanes *lanes, const struct part *parts, size_t count)
{
    double both[LANES] = {0}, first[LANES] = {0}, second[LANES] = {0};
    for (size_t i = 0; i < count; i++) {
        const double *times = lanes->times[parts[i].place];
        const double a = parts[i].parts[0], b = parts[i].parts[1], c = parts[i].parts[2];
        for (size_t j = 0; j < LANES; j++) {
            both[j] += times[j] * a;
            first[j] += times[j] * b;
            second[j] += times[j] * c;
        }
    }
    memcpy(lanes->sums[0], both, sizeof both);
    memcpy(lanes->sums[1], first, sizeof first);
    memcpy(lanes->sums[2], second, sizeof second);
}

static void draw_lanes(const struct drawing *drawing, struct lanes *lanes, size_t replicate)
{
    const size_t count = drawing->comparison->interviews.count;
    memset(lanes->times, 0, count * sizeof *lanes->times);
    memset(lanes->units, 0, sizeof lanes->units);
    memset(lanes->values, 0, sizeof lanes->values);
    for (size_t j = 0; j < LANES; j++) {
        struct npt__random random;
        npt__random_start(&random, drawing->agree->seed, replicate + j);
        for (size_t i = 0; i < count; i++) {
            const size_t place = npt__random_below(&random, count);
            lanes->times[place][j]++;
            lanes->units[j] += (double)drawing->units[place];
            lanes->values[j] += (double)drawing->values[place];
        }
    }
}

static struct sums sums_of(const struct drawing *drawing, const struct lanes *lanes, size_t lane)
{
    const double a = lanes->sums[0][lane], b = lanes->sums[1][lane], c = lanes->sums[2][lane];
    struct sums sums = {.units = lanes->units[lane], .values = lanes->values[lane]};
    if (drawing->comparison->first == NPT__NONE) {
        sums.ones = a;
        sums.apart = b;
        return sums;
    }
    sums.both = a;
    sums.first = b;
    sums.second = c;
    sums.ones = 2 * a + b + c;
    sums.apart = 2 * (b + c);
    return sums;
}

/* LANES replicates of all rows. */
static void draw_some(void *user, size_t index)
{
    const struct drawing *drawing = user;
    const size_t replicates = drawing->agree->replicates, first = index * LANES;
    struct lanes lanes = {
        .times = npt__allocate(drawing->comparison->interviews.count * sizeof *lanes.times)};
    draw_lanes(drawing, &lanes, first);
    for (size_t i = 0; i < drawing->row_count; i++) {
        const size_t from = drawing->first_count[drawing->first_row + i],
                     to = drawing->first_count[drawing->first_row + i + 1];
        sum_lanes(&lanes, drawing->parts + from, to - from);
        for (size_t j = 0; j < LANES && first + j < replicates; j++) {
            const struct sums sums = sums_of(drawing, &lanes, j);
            drawing->kappas[i * replicates + first + j] = kappa_of(&sums);
            drawing->alphas[i * replicates + first + j] = alpha_of(&sums);
        }
    }
    npt__release(lanes.times);
}

/* ---- estimates ------------------------------------------------------------------------------- */

static struct sums sum_row(const struct drawing *drawing, size_t row)
{
    struct sums sums = {0};
    for (size_t i = 0; i < drawing->comparison->interviews.count; i++) {
        sums.units += (double)drawing->units[i];
        sums.values += (double)drawing->values[i];
    }
    for (size_t i = drawing->first_count[row]; i < drawing->first_count[row + 1]; i++)
        add_count(&sums, &drawing->comparison->counts.items[i], drawing->weights);
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
        rest.units -= (double)drawing->units[i];
        rest.values -= (double)drawing->values[i];
        if (count < end && count->place == i) {
            rest.both -= (double)count->both;
            rest.first -= (double)count->first;
            rest.second -= (double)count->second;
            rest.ones -= (double)count->ones;
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
    npt__parallel(drawing->agree->study->threads, (replicates + LANES - 1) / LANES, draw_some,
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
        .sum = {.row = (uint32_t)row,
                .place = (uint32_t)(end - first),
                .both = (uint64_t)sums.both,
                .first = (uint64_t)sums.first,
                .second = (uint64_t)sums.second,
                .ones = (uint64_t)sums.ones},
        .percent = 1 - sums.apart / sums.values,
        .prevalence = sums.ones / sums.values,
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
    struct part *parts = npt__arena_array(arena, comparison->counts.count, sizeof *parts);
    for (size_t i = 0; i < comparison->counts.count; i++) {
        const struct npt__agree_count *found = &comparison->counts.items[i];
        parts[i] = (struct part){
            found->place, {(double)found->both, (double)found->first, (double)found->second}};
        if (comparison->first == NPT__NONE)
            parts[i] = (struct part){
                found->place,
                {(double)found->ones, (double)found->apart * weights[found->place], 0}};
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
                              .weights = weights,
                              .parts = parts};
    for (size_t i = 0; i < rows; i++)
        estimate_row(&drawing, i, &estimates[i]);
    if (count > 1)
        draw_all(&drawing, estimates);
    npt__arena_free(arena);
}
