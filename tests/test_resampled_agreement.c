/* test_resampled_agreement.c - bootstrap intervals of agreement against all resamples, and against errors.
 *
 * Five units have 5^5 = 3125 equally likely resamples: the exact distribution that the bootstrap draws from.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/agreement_many.h"
#include "fixture.h"
#include "ratings_data.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

#define UNITS 5u
#define RESAMPLES 3125u

static struct npt__bootstrap_options options_of(size_t replicates, unsigned threads)
{
    return (struct npt__bootstrap_options){
        .replicates = replicates, .seed = 20, .threads = threads, .confidence = 0.9};
}

/* Which units the resample of this number takes. */
static void take_resample(size_t number, size_t *units)
{
    for (size_t i = 0; i < UNITS; i++, number /= UNITS)
        units[i] = number % UNITS;
}

/* The share of values below `end`, and of those up to it, hold the share that `end` should stand at. */
static void expect_place(double end, const double *values, size_t count, double share)
{
    size_t below = 0, up_to = 0;
    for (size_t i = 0; i < count; i++) {
        below += values[i] < end - 1e-9;
        up_to += values[i] <= end + 1e-9;
    }
    const double slack =
        0.012; /* of 6000 replicates: more than three standard errors of a share of 0.05 to 0.1 */
    assert_true((double)below / (double)count <= share + slack);
    assert_true((double)up_to / (double)count >= share - slack);
}

/* The place that an end has among all resamples, as a share; equals half. */
static double place_of(double end, const double *values, size_t count)
{
    double share = 0;
    for (size_t i = 0; i < count; i++)
        share += values[i] < end - 1e-9 ? 1 : values[i] <= end + 1e-9 ? 0.5 : 0;
    return share / (double)count;
}

/* `values` of all resamples, `without` each unit: what Efron 1987 makes of them is where BCa's ends should
   stand. */
static void expect_intervals(struct npt__bootstrap_interval bca,
                             struct npt__bootstrap_interval percentile, double *values,
                             const double *without)
{
    size_t count = 0;
    for (size_t i = 0; i < RESAMPLES; i++)
        if (!isnan(values[i]))
            values[count++] = values[i];
    assert_true(bca.defined && percentile.defined);
    expect_place(percentile.low, values, count, 0.05);
    expect_place(percentile.high, values, count, 0.95);
    double mean = 0, squares = 0, cubes = 0;
    for (size_t i = 0; i < UNITS; i++)
        mean += without[i] / UNITS;
    for (size_t i = 0; i < UNITS; i++) {
        squares += pow(mean - without[i], 2);
        cubes += pow(mean - without[i], 3);
    }
    double acceleration = cubes / 6 / pow(squares, 1.5);
    double bias = npt__normal_quantile(place_of(bca.estimate, values, count));
    for (int side = -1; side <= 1; side += 2) {
        double reach = bias + side * 1.6448536269514722,
               shrunk = reach / (1 - acceleration * reach);
        double share = 0.5 * erfc(-(bias + shrunk) / sqrt(2));
        expect_place(side < 0 ? bca.low : bca.high, values, count, share);
    }
}

/* ---- two coders, whole interviews ------------------------------------------------------------ */

static const uint64_t interviews[UNITS * 9] = {
    40, 3, 1, 2, 12, 4,  0, 1,  9,  300, 10, 0, 25, 80, 12, 3, 9, 31, 10, 0, 2, 0, 30,
    5,  1, 9, 3, 77, 20, 5, 11, 40, 2,   0,  6, 18, 15, 1,  0, 2, 22, 1,  1, 0, 60};

static double value_of(enum npt__agreement_kind kind, const struct npt__agreement *agreement)
{
    const struct npt__coefficient all[] = {agreement->percent, agreement->kappa, agreement->pi,
                                           agreement->ac, agreement->brennan_prediger};
    return all[kind].defined ? all[kind].value : NAN;
}

/* Of the sum of some interviews' tables. */
static double value_of_units(enum npt__agreement_kind kind, enum npt__agreement_weights weights,
                             const size_t *units, size_t count)
{
    uint64_t counts[9] = {0};
    struct npt__agreement agreement;
    const struct npt__agreement_table table = {counts, 3};
    for (size_t i = 0; i < count; i++)
        for (size_t cell = 0; cell < 9; cell++)
            counts[cell] += interviews[units[i] * 9 + cell];
    npt__agreement_of_two(&agreement, &table, weights, 0.95);
    return value_of(kind, &agreement);
}

static void intervals_over_interviews_are_those_of_all_resamples(void **state)
{
    (void)state;
    const struct npt__agreement_units units = {interviews, UNITS, 3};
    const struct npt__bootstrap_options options = options_of(6000, 2);
    double *values = npt__allocate(RESAMPLES * sizeof *values), without[UNITS];
    for (int kind = NPT__PERCENT_AGREEMENT; kind <= NPT__BRENNAN_PREDIGER; kind++) {
        const enum npt__agreement_kind of = (enum npt__agreement_kind)kind;
        const enum npt__agreement_weights weights = (enum npt__agreement_weights)(kind % 3);
        size_t drawn[UNITS], rest[UNITS - 1];
        for (size_t i = 0; i < RESAMPLES; i++) {
            take_resample(i, drawn);
            values[i] = value_of_units(of, weights, drawn, UNITS);
        }
        for (size_t unit = 0; unit < UNITS; unit++) {
            for (size_t i = 0; i < UNITS - 1; i++)
                rest[i] = i < unit ? i : i + 1;
            without[unit] = value_of_units(of, weights, rest, UNITS - 1);
        }
        struct npt__resampled_agreement result =
            npt__agreement_bootstrap(&units, of, weights, &options);
        take_resample(194, drawn); /* 194 = 4 + 3 * 5 + 2 * 25 + 1 * 125 + 0 * 625: each once */
        reference_expect(result.coefficient.value, value_of_units(of, weights, drawn, UNITS), 0);
        assert_int_equal(result.units, UNITS);
        expect_intervals(result.bca, result.percentile, values, without);
    }
    npt__release(values);
}

static void expect_same(struct npt__bootstrap_interval a, struct npt__bootstrap_interval b)
{
    assert_int_equal(a.defined, b.defined);
    assert_int_equal(a.fault, b.fault);
    assert_true(reference_same(a.estimate, b.estimate));
    assert_true(reference_same(a.low, b.low) && reference_same(a.high, b.high));
}

static void neither_threads_nor_the_order_of_interviews_matter(void **state)
{
    (void)state;
    uint64_t turned[UNITS * 9];
    for (size_t i = 0; i < UNITS * 9; i++)
        turned[i] = interviews[(UNITS - 1 - i / 9) * 9 + i % 9];
    const struct npt__agreement_units units = {interviews, UNITS, 3}, others = {turned, UNITS, 3};
    const struct npt__bootstrap_options one = options_of(500, 1), two = options_of(500, 2);
    struct npt__resampled_agreement a =
        npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_LINEAR, &one);
    struct npt__resampled_agreement b =
        npt__agreement_bootstrap(&others, NPT__COHEN_KAPPA, NPT__WEIGHTS_LINEAR, &two);
    assert_true(a.bca.defined);
    expect_same(a.bca, b.bca);
    expect_same(a.percentile, b.percentile);
}

/* A thousand times the characters in each interview are not a thousand times the evidence. */
static void longer_interviews_are_not_more_interviews(void **state)
{
    (void)state;
    uint64_t longer[UNITS * 9];
    for (size_t i = 0; i < UNITS * 9; i++)
        longer[i] = interviews[i] * 1024;
    const struct npt__agreement_units units = {interviews, UNITS, 3}, others = {longer, UNITS, 3};
    const struct npt__bootstrap_options options = options_of(500, 2);
    struct npt__resampled_agreement a =
        npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &options);
    struct npt__resampled_agreement b =
        npt__agreement_bootstrap(&others, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &options);
    reference_expect(b.bca.low, a.bca.low, 1e-14);
    reference_expect(b.bca.high, a.bca.high, 1e-14);
}

/* 400 units of a single rating each are independent: the interval is about as wide as kappa's error says. */
static void single_ratings_have_the_interval_of_the_formula(void **state)
{
    (void)state;
    static const uint64_t cells[] = {180, 40, 30, 150};
    uint64_t *counts = npt__allocate(400 * 4 * sizeof *counts);
    size_t unit = 0;
    for (size_t cell = 0; cell < 4; cell++)
        for (uint64_t i = 0; i < cells[cell]; i++, unit++)
            for (size_t other = 0; other < 4; other++)
                counts[unit * 4 + other] = other == cell;
    const struct npt__agreement_units units = {counts, 400, 2};
    const struct npt__agreement_table table = {cells, 2};
    const struct npt__bootstrap_options options = options_of(getenv("VALGRIND") ? 800 : 4000, 2);
    struct npt__agreement agreement;
    npt__agreement_of_two(&agreement, &table, NPT__WEIGHTS_NONE, 0.9);
    struct npt__resampled_agreement result =
        npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &options);
    double width = agreement.kappa.interval.high - agreement.kappa.interval.low;
    assert_true(fabs((result.bca.high - result.bca.low) / width - 1) < 0.1);
    assert_true(fabs((result.percentile.high - result.percentile.low) / width - 1) < 0.1);
    npt__release(counts);
}

static void interviews_that_have_no_interval(void **state)
{
    (void)state;
    const struct npt__bootstrap_options options = options_of(100, 1), none = options_of(1, 1);
    struct npt__agreement_units units = {interviews, 1, 3};
    struct npt__resampled_agreement result =
        npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &options);
    assert_true(result.coefficient.defined && !result.bca.defined);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_TOO_FEW);
    units.units = 0;
    result = npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &options);
    assert_int_equal(result.coefficient.fault, NPT__AGREEMENT_EMPTY);
    units.units = UNITS;
    result = npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &none);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_REPLICATES);
    const uint64_t constant[] = {5, 0, 0, 0, 9, 0, 0, 0}, nothing[8] = {0};
    const uint64_t much[] = {NPT__AGREEMENT_MOST_COUNT, 0, 0, 1, 1, 0, 0, 1};
    units = (struct npt__agreement_units){constant, 2, 2};
    result = npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &options);
    assert_int_equal(result.coefficient.fault, NPT__AGREEMENT_CONSTANT);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_CONSTANT);
    result = npt__agreement_bootstrap(&units, NPT__GWET_AC, NPT__WEIGHTS_NONE, &options);
    reference_expect(result.bca.estimate, 1, 0);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_CONSTANT);
    units.counts = nothing;
    result = npt__agreement_bootstrap(&units, NPT__GWET_AC, NPT__WEIGHTS_NONE, &options);
    assert_int_equal(result.coefficient.fault, NPT__AGREEMENT_EMPTY);
    units.counts = much;
    result = npt__agreement_bootstrap(&units, NPT__GWET_AC, NPT__WEIGHTS_NONE, &options);
    assert_int_equal(result.coefficient.fault, NPT__AGREEMENT_SIZE);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_TOO_FEW);
}

/* ---- Krippendorff's alpha -------------------------------------------------------------------- */

/* Five units of four coders, two ratings missing, and one unit that cannot be paired. */
static const uint8_t few_codes[6 * 4] = {0, 0, 1, 0, 1, 1, 2, 255, 2,   3,   3, 3,
                                         3, 1, 3, 2, 2, 0, 2, 255, 255, 255, 1, 255};
static const double few_values[] = {1, 2, 4, 9};

static double alpha_of_units(enum npt__metric metric, const size_t *units, size_t count)
{
    uint32_t times[6] = {0};
    for (size_t i = 0; i < count; i++)
        times[units[i]]++;
    const struct npt__ratings ratings = {
        .codes = few_codes, .times = times, .units = 6, .raters = 4, .categories = 4};
    struct npt__krippendorff alpha = npt__krippendorff(&ratings, metric, few_values);
    return alpha.defined ? alpha.alpha : NAN;
}

static void intervals_of_alpha_are_those_of_all_resamples(void **state)
{
    (void)state;
    const struct npt__ratings ratings = {
        .codes = few_codes, .units = 6, .raters = 4, .categories = 4};
    const struct npt__bootstrap_options options = options_of(6000, 2);
    double *values = npt__allocate(RESAMPLES * sizeof *values), without[UNITS];
    for (int metric = NPT__METRIC_NOMINAL; metric <= NPT__METRIC_RATIO; metric++) {
        size_t drawn[UNITS], rest[UNITS - 1];
        for (size_t i = 0; i < RESAMPLES; i++) {
            take_resample(i, drawn);
            values[i] = alpha_of_units((enum npt__metric)metric, drawn, UNITS);
        }
        for (size_t unit = 0; unit < UNITS; unit++) {
            for (size_t i = 0; i < UNITS - 1; i++)
                rest[i] = i < unit ? i : i + 1;
            without[unit] = alpha_of_units((enum npt__metric)metric, rest, UNITS - 1);
        }
        struct npt__resampled_krippendorff result =
            npt__krippendorff_bootstrap(&ratings, (enum npt__metric)metric, few_values, &options);
        struct npt__krippendorff alpha =
            npt__krippendorff(&ratings, (enum npt__metric)metric, few_values);
        reference_expect(result.alpha.alpha, alpha.alpha, 0);
        expect_intervals(result.bca, result.percentile, values, without);
    }
    npt__release(values);
}

/* Both ways to draw: few patterns in many units, and nearly as many patterns as units. */
static void neither_threads_nor_the_order_of_ratings_matter(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (int metric = NPT__METRIC_NOMINAL; metric <= NPT__METRIC_RATIO; metric++)
        for (int many = 0; many < 2; many++) {
            struct npt__ratings ratings =
                ratings_draw(many ? 150 : 2000, many ? 8 : 3, many ? 9 : 2, 0.6, 0.1, &seed);
            struct npt__ratings other = ratings_shuffle(&ratings, &seed);
            const struct npt__bootstrap_options one = options_of(200, 1), two = options_of(200, 2);
            struct npt__resampled_krippendorff a =
                npt__krippendorff_bootstrap(&ratings, (enum npt__metric)metric, NULL, &one);
            struct npt__resampled_krippendorff b =
                npt__krippendorff_bootstrap(&other, (enum npt__metric)metric, NULL, &two);
            assert_true(a.bca.defined && a.bca.low < a.alpha.alpha && a.alpha.alpha < a.bca.high);
            expect_same(a.bca, b.bca);
            expect_same(a.percentile, b.percentile);
            ratings_free(&ratings);
            ratings_free(&other);
        }
}

/* Two coders' nominal alpha is nearly Scott's pi, whose error is known; whether patterns are drawn by counts
   (2000 units of 4 kinds) or singly (200 units). */
static void alpha_has_an_interval_as_wide_as_its_error_says(void **state)
{
    (void)state;
    uint64_t seed = 17;
    for (size_t units = 200; units <= 2000; units += 1800) {
        struct npt__ratings ratings = ratings_draw(units, 2, 2, 0.6, 0, &seed);
        const struct npt__bootstrap_options options =
            options_of(getenv("VALGRIND") ? 800 : 4000, 2);
        struct npt__agreement_many agreement;
        npt__agreement_of_many(&agreement, &ratings, 0.9);
        double width = agreement.fleiss.interval.high - agreement.fleiss.interval.low;
        for (int metric = NPT__METRIC_NOMINAL; metric <= NPT__METRIC_RATIO; metric++) {
            struct npt__resampled_krippendorff result =
                npt__krippendorff_bootstrap(&ratings, (enum npt__metric)metric, NULL, &options);
            assert_true(fabs((result.bca.high - result.bca.low) / width - 1) < 0.1);
            assert_true(fabs((result.percentile.high - result.percentile.low) / width - 1) < 0.1);
        }
        ratings_free(&ratings);
    }
}

/* Alpha of these coders is 0.7^2 (see test_agreement_many.c). Nine intervals of ten should hold it. */
static void intervals_of_alpha_cover_as_often_as_they_say(void **state)
{
    (void)state;
    const int rounds = getenv("VALGRIND") ? 20 : 400;
    uint64_t seed = 19;
    int covered = 0;
    for (int round = 0; round < rounds; round++) {
        struct npt__ratings ratings = ratings_draw(80, 3, 3, 0.7, 0.1, &seed);
        const struct npt__bootstrap_options options = options_of(400, 2);
        struct npt__resampled_krippendorff result =
            npt__krippendorff_bootstrap(&ratings, NPT__METRIC_NOMINAL, NULL, &options);
        covered += result.bca.low <= 0.49 && 0.49 <= result.bca.high;
        ratings_free(&ratings);
    }
    assert_true(covered > 0.84 * rounds - 2 && covered < 0.95 * rounds + 2);
}

static void ratings_that_have_no_interval(void **state)
{
    (void)state;
    const struct npt__bootstrap_options options = options_of(100, 1), none = options_of(1, 1);
    const uint8_t codes[] = {0, 1, 1, 1, 1, 1, 255, 0};
    struct npt__ratings ratings = {.codes = codes, .units = 1, .raters = 2, .categories = 2};
    struct npt__resampled_krippendorff result =
        npt__krippendorff_bootstrap(&ratings, NPT__METRIC_ORDINAL, NULL, &options);
    assert_true(result.alpha.defined && !result.bca.defined);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_TOO_FEW);
    ratings.units = 4;
    result = npt__krippendorff_bootstrap(&ratings, NPT__METRIC_ORDINAL, NULL, &none);
    assert_int_equal(result.percentile.fault, NPT__BOOTSTRAP_REPLICATES);
    /* Of the draws of three pairs, 8 / 27 have no variation: too many to leave out in silence. */
    result = npt__krippendorff_bootstrap(&ratings, NPT__METRIC_ORDINAL, NULL, &options);
    assert_int_equal(result.percentile.fault, NPT__BOOTSTRAP_REPLICATES);
    ratings.codes += 2;
    ratings.units = 3;
    result = npt__krippendorff_bootstrap(&ratings, NPT__METRIC_ORDINAL, NULL, &options);
    assert_int_equal(result.alpha.fault, NPT__AGREEMENT_CONSTANT);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_CONSTANT);
    ratings.raters = 1;
    result = npt__krippendorff_bootstrap(&ratings, NPT__METRIC_ORDINAL, NULL, &options);
    assert_int_equal(result.alpha.fault, NPT__AGREEMENT_RATERS);
    assert_int_equal(result.bca.fault, NPT__BOOTSTRAP_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_over_interviews_are_those_of_all_resamples),
        cmocka_unit_test(neither_threads_nor_the_order_of_interviews_matter),
        cmocka_unit_test(longer_interviews_are_not_more_interviews),
        cmocka_unit_test(single_ratings_have_the_interval_of_the_formula),
        cmocka_unit_test(interviews_that_have_no_interval),
        cmocka_unit_test(intervals_of_alpha_are_those_of_all_resamples),
        cmocka_unit_test(neither_threads_nor_the_order_of_ratings_matter),
        cmocka_unit_test(alpha_has_an_interval_as_wide_as_its_error_says),
        cmocka_unit_test(intervals_of_alpha_cover_as_often_as_they_say),
        cmocka_unit_test(ratings_that_have_no_interval),
    };
    return reference_run("resampled agreement", tests);
}
