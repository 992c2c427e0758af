/* test_anova.c - analysis of variance against NIST's certified values, R, and exact fractions.
 *
 * "Exact" values come from Python's fractions over the doubles themselves, and mpmath 1.3.0 with 36 digits for tails
 * and limits.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/anova.h"
#include "../nptkit/stats/mean_difference.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sample {
    struct npt__grouped_values data;
    double *values;
    uint32_t *group_of;
};

static struct sample new_sample(size_t count, size_t groups)
{
    struct sample sample = {.values = npt__allocate((count + 1) * sizeof(double)),
                            .group_of = npt__allocate((count + 1) * sizeof(uint32_t))};
    sample.data = (struct npt__grouped_values){sample.values, sample.group_of, count, groups};
    return sample;
}

static void free_sample(struct sample *sample)
{
    npt__release(sample->values);
    npt__release(sample->group_of);
}

static struct sample read_groups4(void)
{
    struct reference_table *table = reference_table_read("tests/data/groups4.csv");
    struct sample sample = new_sample(reference_rows(table), 4);
    for (size_t i = 0; i < sample.data.count; i++) {
        assert_true(reference_number(table, i, "y", &sample.values[i]));
        sample.group_of[i] = (uint32_t)(*reference_cell(table, i, "group") - 'A');
    }
    reference_table_free(table);
    return sample;
}

static struct sample read_nist(const char *path, size_t groups)
{
    size_t count;
    double *numbers = reference_nist(path, &count);
    struct sample sample = new_sample(count / 2, groups);
    for (size_t i = 0; i < count / 2; i++) {
        sample.group_of[i] = (uint32_t)numbers[2 * i] - 1;
        sample.values[i] = numbers[2 * i + 1];
    }
    free(numbers);
    return sample;
}

/* The data of Simon & Lesage 1989, times `times`: nine groups; 1.4 first, then 1.3 and 1.5 by turns; 0.1 less in even
   groups, 0.1 more in the third, fifth ...; all of it plus an offset. */
static struct sample simon_lesage(double offset, size_t replicates, double times)
{
    struct sample sample = new_sample(9 * replicates, 9);
    for (size_t i = 0; i < sample.data.count; i++) {
        size_t group = i / replicates, row = i % replicates;
        double tenths = row ? (row % 2 ? 3 : 5) : 4;
        tenths += group ? (group % 2 ? -1 : 1) : 0;
        sample.group_of[i] = (uint32_t)group;
        sample.values[i] = (offset * 10 + tenths) / 10 * times;
        if (times == 10)
            sample.values[i] = offset * 10 + tenths;
    }
    return sample;
}

/* ---- NIST ------------------------------------------------------------------------------------ */

static void the_rule_makes_the_data_that_nist_publishes(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        double offset;
    } sets[] = {{"tests/data/nist/SmLs01.dat", 1},
                {"tests/data/nist/SmLs04.dat", 1e6},
                {"tests/data/nist/SmLs07.dat", 1e12}};
    for (size_t i = 0; i < 3; i++) {
        struct sample published = read_nist(sets[i].path, 9);
        struct sample made = simon_lesage(sets[i].offset, 21, 1);
        assert_int_equal(published.data.count, 189);
        assert_memory_equal(published.values, made.values, 189 * sizeof(double));
        assert_memory_equal(published.group_of, made.group_of, 189 * sizeof(uint32_t));
        free_sample(&published);
        free_sample(&made);
    }
}

struct certified {
    double f, between, within, eta_squared;
};

static void expect_certified(const struct npt__anova *anova, const struct certified *certified,
                             double relative)
{
    assert_true(anova->defined);
    reference_expect(anova->f, certified->f, relative);
    reference_expect(anova->between_squares, certified->between, relative);
    reference_expect(anova->within_squares, certified->within, relative);
    reference_expect(anova->eta_squared, certified->eta_squared, relative);
}

/* The certified values hold for the decimals, most of which are no doubles: 1000000000000.4 is off by 2e-5. What can be
   reached is the exact value over the doubles; how much of the certified one that is, the last column tells. */
static void sets_of_nist_are_exact_over_the_doubles_that_hold_them(void **state)
{
    (void)state;
    static const struct {
        double offset;
        size_t replicates;
        struct certified certified, exact;
        double apart;
    } sets[] = {
        {1,
         21,
         {21, 1.68, 1.8, 0.482758620689655},
         {21.00000000000000148, 1.6800000000000010303, 1.800000000000000977,
          0.48275862068965519002},
         1e-14},
        {1,
         201,
         {201, 16.08, 18, 0.471830985915493},
         {201.00000000000002368, 16.080000000000010623, 18.00000000000000977,
          0.47183098591549298711},
         1e-14},
        {1,
         2001,
         {2001, 160.08, 180, 0.470712773465067},
         {2001.0000000000002457, 160.08000000000010655, 180.0000000000000977,
          0.47071277346506707364},
         1e-14},
        {1e6,
         21,
         {21, 1.68, 1.8, 0.482758620689655},
         {21.000000000776102144, 1.680000000149011612, 1.8000000000931322576,
          0.48275862069888349755},
         1.3e-10},
        {1e6,
         201,
         {201, 16.08, 18, 0.471830985915493},
         {201.00000001241763431, 16.080000001825392246, 18.000000000931322576,
          0.4718309859308887551},
         1.3e-10},
        {1e6,
         2001,
         {2001, 160.08, 180, 0.470712773465067},
         {2001.000000128832956, 160.08000001858919859, 180.00000000931322576,
          0.47071277348110788943},
         1.3e-10},
        {1e12,
         21,
         {21, 1.68, 1.8, 0.482758620689655},
         {21.000811887818771237, 1.6801562694014695586, 1.8000978373345874605,
          0.48276827434798939986},
         1.3e-4},
        {1e12,
         201,
         {201, 16.08, 18, 0.471830985915493},
         {201.01300409594845467, 16.081914284204237365, 18.000978246257079774,
          0.47184710833539591619},
         1.3e-4},
        {1e12,
         2001,
         {2001, 160.08, 180, 0.470712773465067},
         {2001.1349262209505091, 160.09949443572511069, 180.00978232919425145,
          0.47072957244381345952},
         1.3e-4},
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct sample sample = simon_lesage(sets[i].offset, sets[i].replicates, 1);
        struct npt__anova anova = npt__anova(&sample.data, 0.95);
        expect_certified(&anova, &sets[i].exact, 4e-16);
        assert_true(fabs(anova.f / sets[i].certified.f - 1) < sets[i].apart);
        assert_true(fabs(anova.eta_squared / sets[i].certified.eta_squared - 1) < sets[i].apart);
        free_sample(&sample);
    }
}

/* In tenths the same data are whole numbers with up to 13 constant leading digits, and doubles hold them exactly. */
static void in_whole_numbers_every_certified_digit_is_reached(void **state)
{
    (void)state;
    static const double offsets[] = {1, 1e6, 1e12};
    static const size_t replicates[] = {21, 201, 2001};
    static const struct certified certified[] = {{21, 168, 180, 0.482758620689655},
                                                 {201, 1608, 1800, 0.471830985915493},
                                                 {2001, 16008, 18000, 0.470712773465067}};
    for (size_t i = 0; i < 9; i++) {
        struct sample sample = simon_lesage(offsets[i / 3], replicates[i % 3], 10);
        struct npt__anova anova = npt__anova(&sample.data, 0.95);
        expect_certified(&anova, &certified[i % 3], 1.1e-15);
        assert_true(anova.f == certified[i % 3].f);
        reference_expect(sqrt(anova.within_mean) / 10, 0.1, 1e-15);
        free_sample(&sample);
    }
}

/* As above: certified values hold for the decimals. The weights differ from the sixth digit on. */
static void observed_sets_of_nist_are_exact_over_the_doubles(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        size_t groups;
        struct certified certified, exact;
        double apart;
    } sets[] = {
        {"tests/data/nist/SiRstv.dat",
         5,
         {1.18046237440255, 0.0511462616, 0.21663656, 0.190999039051129},
         {1.1804623744024467803, 0.051146261599999518738, 0.21663656000001649153,
          0.19099903905111611832},
         1.1e-13},
        {"tests/data/nist/AtmWtAg.dat",
         2,
         {15.946733567793, 3.638341875e-9, 1.04951729166667e-8, 0.257426544538321},
         {15.946733566676926182, 3.638341874790713307e-9, 1.0495172916797470923e-8,
          0.25742654452494279582},
         1.1e-10},
    };
    for (size_t i = 0; i < 2; i++) {
        struct sample sample = read_nist(sets[i].path, sets[i].groups);
        struct npt__anova anova = npt__anova(&sample.data, 0.95);
        expect_certified(&anova, &sets[i].exact, 4e-16);
        assert_true(fabs(anova.f / sets[i].certified.f - 1) < sets[i].apart);
        assert_true(fabs(anova.eta_squared / sets[i].certified.eta_squared - 1) < sets[i].apart);
        free_sample(&sample);
    }
}

/* ---- other known values ---------------------------------------------------------------------- */

/* R 4.2.2: anova(lm(y ~ group)), oneway.test(y ~ group); effectsize's eta, omega and epsilon squared. All of them, and
   limits / (limits + 43), to 20 digits by fractions and mpmath. */
static void four_groups_have_the_values_of_r(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    struct npt__anova anova = npt__anova(&sample.data, 0.95);
    assert_true(anova.defined && anova.count == 43 && anova.groups == 4);
    reference_expect(anova.between_squares, 217.89320236249528784, 4e-16);
    reference_expect(anova.within_squares, 1842.9167650793649854, 4e-16);
    assert_true(anova.between_freedom == 3 && anova.within_freedom == 39);
    reference_expect(anova.within_mean, 47.25427602767603, 1e-15);
    reference_expect(anova.f, 1.5370263510465447786, 4e-16);
    reference_expect(anova.p, 0.2201831046906116983, 1e-14);
    reference_expect(anova.eta_squared, 0.10573182671130617353, 4e-16);
    reference_expect(anova.omega_squared, 0.036113877703351584038, 4e-16);
    reference_expect(anova.epsilon_squared, 0.036941967227560494566, 4e-16);
    assert_true(anova.share.defined && anova.share.low == 0);
    reference_expect(anova.share.high, 0.25180911568325980814, 1e-13);
    reference_expect(npt__anova(&sample.data, 0.9).share.high, 0.21769028507296708557, 1e-13);
    struct npt__description groups[4];
    npt__describe_groups(&sample.data, groups);
    reference_expect(groups[0].mean, 53.042222222222222, 1e-15);
    reference_expect(groups[1].sd, 8.6732193177235715, 1e-15);
    reference_expect(groups[3].mean, 51.13, 1e-15);
    struct npt__welch_anova welch = npt__welch_anova(groups, 4);
    assert_true(welch.defined && welch.count == 43 && welch.groups == 4 && welch.numerator == 3);
    reference_expect(welch.f, 1.7033027005234502402, 2e-15);
    reference_expect(welch.denominator, 18.95334307232666179, 2e-15);
    reference_expect(welch.p, 0.20024759739528048264, 1e-14);
    free_sample(&sample);
}

/* R 4.2.2: car::leveneTest(y ~ group, center = median), and center = mean (Levene's own) which differs. */
static void distances_from_the_medians_have_the_values_of_r(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    struct npt__anova spread = npt__brown_forsythe(&sample.data, 0.95);
    assert_true(spread.defined);
    reference_expect(spread.f, 0.9598244515939387, 1e-13);
    reference_expect(spread.p, 0.42133771917374085, 1e-13);
    free_sample(&sample);
}

/* The F of two groups is the square of t, by Student and by Welch. */
static void of_two_groups_f_is_the_square_of_t(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 50; round++) {
        struct sample sample = new_sample(4 + reference_random(&seed) % 20, 2);
        for (size_t i = 0; i < sample.data.count; i++) {
            sample.group_of[i] = (uint32_t)(i < 2 ? 0 : i < 4 ? 1 : reference_random(&seed) % 2);
            sample.values[i] = (double)(reference_random(&seed) % 100000) / 7 + 3.7 * (double)i;
        }
        struct npt__description groups[2];
        npt__describe_groups(&sample.data, groups);
        struct npt__anova anova = npt__anova(&sample.data, 0.95);
        struct npt__mean_difference t = npt__pooled_difference(&groups[0], &groups[1], 0.95);
        reference_expect(sqrt(anova.f), fabs(t.statistic), 1e-12);
        reference_expect(anova.p, t.p, 1e-11);
        struct npt__welch_anova welch = npt__welch_anova(groups, 2);
        t = npt__welch_difference(&groups[0], &groups[1], 0.95);
        reference_expect(sqrt(welch.f), fabs(t.statistic), 1e-12);
        reference_expect(welch.denominator, t.freedom, 1e-12);
        reference_expect(welch.p, t.p, 1e-11);
        free_sample(&sample);
    }
}

/* ---- what must not matter -------------------------------------------------------------------- */

static void expect_same_anova(const struct npt__anova *a, const struct npt__anova *b)
{
    assert_true(a->defined && b->defined && a->count == b->count && a->groups == b->groups);
    assert_true(reference_same(a->mean, b->mean) && reference_same(a->f, b->f) &&
                reference_same(a->p, b->p));
    assert_true(reference_same(a->between_squares, b->between_squares) &&
                reference_same(a->within_squares, b->within_squares));
    assert_true(reference_same(a->omega_squared, b->omega_squared) &&
                reference_same(a->share.low, b->share.low) &&
                reference_same(a->share.high, b->share.high));
}

static void neither_order_nor_names_nor_empty_groups_change_a_digit(void **state)
{
    (void)state;
    uint64_t seed = 8;
    struct sample sample = new_sample(200, 12), other = new_sample(200, 12);
    for (size_t i = 0; i < 200; i++) {
        sample.group_of[i] = (uint32_t)(reference_random(&seed) % 7);
        sample.values[i] =
            (double)(reference_random(&seed) % 100003) / 999 + (double)sample.group_of[i] * 13.37;
    }
    struct npt__description groups[12], renamed[12];
    struct npt__anova anova = npt__anova(&sample.data, 0.95);
    struct npt__anova spread = npt__brown_forsythe(&sample.data, 0.95);
    npt__describe_groups(&sample.data, groups);
    struct npt__welch_anova welch = npt__welch_anova(groups, 12);
    for (int round = 0; round < 20; round++) {
        double order[200], place[200];
        static const uint32_t names[] = {11, 3, 0, 7, 2, 9, 5};
        for (size_t i = 0; i < 200; i++)
            order[i] = place[i] = (double)i;
        reference_shuffle(order, place, 200, &seed);
        for (size_t i = 0; i < 200; i++) {
            other.values[i] = sample.values[(size_t)order[i]];
            other.group_of[i] = names[(sample.group_of[(size_t)order[i]] + (uint32_t)round) % 7];
        }
        struct npt__anova again = npt__anova(&other.data, 0.95);
        expect_same_anova(&anova, &again);
        again = npt__brown_forsythe(&other.data, 0.95);
        expect_same_anova(&spread, &again);
        npt__describe_groups(&other.data, renamed);
        struct npt__welch_anova welch_again = npt__welch_anova(renamed, 12);
        assert_true(welch.defined && reference_same(welch.f, welch_again.f) &&
                    reference_same(welch.denominator, welch_again.denominator) &&
                    reference_same(welch.p, welch_again.p));
    }
    assert_int_equal(anova.groups, 7);
    free_sample(&sample);
    free_sample(&other);
}

static void units_from_the_smallest_to_the_largest_leave_f_as_it_is(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    double f = npt__anova(&sample.data, 0.95).f;
    for (int power = -900; power <= 400; power += 100) {
        struct sample other = read_groups4();
        for (size_t i = 0; i < other.data.count; i++)
            other.values[i] = ldexp(other.values[i], power);
        struct npt__anova anova = npt__anova(&other.data, 0.95);
        assert_true(anova.defined && anova.f == f);
        free_sample(&other);
    }
    free_sample(&sample);
}

/* The share of variance between four groups with means -1, 0, 0, 1 (times 0.7) is, with ten values of unit variance in
   each, 9.8 / (9.8 + 40): in 95 of 100 samples the interval holds it. */
static double normal(uint64_t *seed)
{
    double a = ((double)(reference_random(seed) >> 11) + 0.5) / 0x1p53;
    double b = (double)(reference_random(seed) >> 11) / 0x1p53;
    return sqrt(-2 * log(a)) * cos(2 * acos(-1) * b);
}

static void intervals_hold_the_true_share_as_often_as_they_say(void **state)
{
    (void)state;
    uint64_t seed = 9;
    int rounds = getenv("VALGRIND") ? 20 : 2000, held = 0;
    struct sample sample = new_sample(40, 4);
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < 40; i++) {
            static const double means[] = {-0.7, 0, 0, 0.7};
            sample.group_of[i] = (uint32_t)(i % 4);
            sample.values[i] = means[i % 4] + normal(&seed);
        }
        struct npt__anova anova = npt__anova(&sample.data, 0.95);
        double share = 9.8 / 49.8;
        assert_true(anova.share.defined);
        held += anova.share.low <= share && share <= anova.share.high;
    }
    double error = sqrt(0.95 * 0.05 / rounds);
    assert_true(fabs((double)held / rounds - 0.95) < 3 * error);
    free_sample(&sample);
}

/* ---- degenerate data ------------------------------------------------------------------------- */

static void expect_fault(const double *values, const uint32_t *group_of, size_t count,
                         enum npt__anova_fault fault, enum npt__anova_fault welch_fault)
{
    struct npt__grouped_values data = {values, group_of, count, 3};
    struct npt__anova anova = npt__anova(&data, 0.95);
    assert_int_equal(anova.fault, fault);
    assert_true(anova.defined == !fault && isnan(anova.f) == !!fault && isnan(anova.p) == !!fault &&
                isnan(anova.omega_squared) == !!fault);
    assert_true(anova.share.defined == !fault && isnan(anova.between_squares) == !!fault);
    struct npt__description groups[3];
    npt__describe_groups(&data, groups);
    struct npt__welch_anova welch = npt__welch_anova(groups, 3);
    assert_int_equal(welch.fault, welch_fault);
    assert_true(welch.defined == !welch_fault && isnan(welch.f) == !!welch_fault &&
                isnan(welch.denominator) == !!welch_fault);
}

static void without_two_groups_that_vary_there_is_a_reason_instead(void **state)
{
    (void)state;
    const double y[] = {1, 2, 1, 3, 5, 5}, same[] = {4, 4, 4, 4, 4, 4},
                 apart[] = {1, 1, 2, 2, 3, 3};
    const uint32_t pairs[] = {0, 0, 1, 1, 2, 2}, one[] = {1, 1, 1, 1, 1, 1}, singles[] = {0, 1, 2};
    const uint32_t mixed[] = {0, 0, 0, 0, 0, 2};
    expect_fault(y, pairs, 0, NPT__ANOVA_GROUPS, NPT__ANOVA_GROUPS);
    expect_fault(y, pairs, 1, NPT__ANOVA_GROUPS, NPT__ANOVA_GROUPS);
    expect_fault(y, one, 6, NPT__ANOVA_GROUPS, NPT__ANOVA_GROUPS);
    expect_fault(y, singles, 3, NPT__ANOVA_TOO_FEW, NPT__ANOVA_TOO_FEW);
    expect_fault(same, pairs, 6, NPT__ANOVA_CONSTANT, NPT__ANOVA_CONSTANT);
    expect_fault(apart, pairs, 6, NPT__ANOVA_CONSTANT, NPT__ANOVA_CONSTANT);
    expect_fault(y, pairs, 6, NPT__ANOVA_FINE, NPT__ANOVA_CONSTANT);
    expect_fault(y, mixed, 6, NPT__ANOVA_FINE, NPT__ANOVA_TOO_FEW);
    expect_fault(y, pairs, 4, NPT__ANOVA_FINE, NPT__ANOVA_FINE);
    const double not_a_number[] = {1, 2, NAN, 3, 5, 6}, endless[] = {1, 2, INFINITY, 3, 5, 6};
    expect_fault(not_a_number, pairs, 6, NPT__ANOVA_NOT_FINITE, NPT__ANOVA_NOT_FINITE);
    expect_fault(endless, pairs, 6, NPT__ANOVA_NOT_FINITE, NPT__ANOVA_NOT_FINITE);
    const double huge[] = {1e308, -1e308, 1e308, 1.5e308, 5, 6};
    expect_fault(huge, pairs, 6, NPT__ANOVA_NOT_FINITE, NPT__ANOVA_NOT_FINITE);
}

/* Equal means: F is 0, and so is the whole interval; the estimates without bias fall below 0. */
static void equal_means_give_an_f_of_0_and_negative_omega(void **state)
{
    (void)state;
    const double y[] = {1, 3, 0, 4, 2, 2};
    const uint32_t pairs[] = {0, 0, 1, 1, 2, 2};
    struct npt__grouped_values data = {y, pairs, 6, 3};
    struct npt__anova anova = npt__anova(&data, 0.95);
    assert_true(anova.defined && anova.f == 0 && anova.p == 1 && anova.eta_squared == 0);
    /* within: 2 + 8 + 0 = 10 on 3 degrees of freedom: epsilon^2 = -2 (10/3) / 10, omega^2 = -(20/3) / (40/3) */
    reference_expect(anova.epsilon_squared, -2.0 / 3, 4e-16);
    reference_expect(anova.omega_squared, -0.5, 4e-16);
    assert_true(anova.share.defined && anova.share.low == 0 && anova.share.high == 0);
}

/* The two values of a group are equally far from its median, also where 0.1 and 0.7 have no exact middle. */
static void pairs_of_values_do_not_vary_in_their_distances(void **state)
{
    (void)state;
    const double y[] = {0.1, 0.7, 1.3, 2.4, 0.3, 0.9};
    const uint32_t pairs[] = {0, 0, 1, 1, 2, 2};
    struct npt__grouped_values data = {y, pairs, 6, 3};
    assert_int_equal(npt__brown_forsythe(&data, 0.95).fault, NPT__ANOVA_CONSTANT);
}

static void an_impossible_confidence_leaves_out_the_interval_only(void **state)
{
    (void)state;
    struct sample sample = read_groups4();
    struct npt__anova anova = npt__anova(&sample.data, 1);
    assert_true(anova.defined && !anova.share.defined && anova.share.low == 0 &&
                anova.share.high == 0);
    free_sample(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule_makes_the_data_that_nist_publishes),
        cmocka_unit_test(sets_of_nist_are_exact_over_the_doubles_that_hold_them),
        cmocka_unit_test(in_whole_numbers_every_certified_digit_is_reached),
        cmocka_unit_test(observed_sets_of_nist_are_exact_over_the_doubles),
        cmocka_unit_test(four_groups_have_the_values_of_r),
        cmocka_unit_test(distances_from_the_medians_have_the_values_of_r),
        cmocka_unit_test(of_two_groups_f_is_the_square_of_t),
        cmocka_unit_test(neither_order_nor_names_nor_empty_groups_change_a_digit),
        cmocka_unit_test(units_from_the_smallest_to_the_largest_leave_f_as_it_is),
        cmocka_unit_test(intervals_hold_the_true_share_as_often_as_they_say),
        cmocka_unit_test(without_two_groups_that_vary_there_is_a_reason_instead),
        cmocka_unit_test(equal_means_give_an_f_of_0_and_negative_omega),
        cmocka_unit_test(pairs_of_values_do_not_vary_in_their_distances),
        cmocka_unit_test(an_impossible_confidence_leaves_out_the_interval_only)};
    return reference_run("analysis of variance", tests);
}
