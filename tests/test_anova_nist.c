/* test_anova_nist.c - analysis of variance against the eleven sets of NIST's Statistical Reference Datasets.
 *
 * "Exact" values come from Python's fractions over the doubles themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/arena.h"
#include "../nptkit/stats/anova.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

struct sample {
    struct npt__grouped data;
    double *values;
    uint32_t *group_of;
};

static struct sample new_sample(size_t count, size_t groups)
{
    struct sample sample = {.values = npt__allocate((count + 1) * sizeof(double)),
                            .group_of = npt__allocate((count + 1) * sizeof(uint32_t))};
    sample.data = (struct npt__grouped){sample.values, sample.group_of, count, groups};
    return sample;
}

static void free_sample(struct sample *sample)
{
    npt__release(sample->values);
    npt__release(sample->group_of);
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

/* The data of Simon & Lesage 1989: nine groups; 1.4 first, then 1.3 and 1.5 by turns; 0.1 less in even groups, 0.1 more
   in the third, fifth ...; the offset in place of 1. With a divisor of 10 they are as published, with 1 in tenths. */
static struct sample simon_lesage(double offset, size_t replicates, double divisor)
{
    struct sample sample = new_sample(9 * replicates, 9);
    for (size_t i = 0; i < sample.data.count; i++) {
        size_t group = i / replicates, row = i % replicates;
        double tenths = row ? (row % 2 ? 3 : 5) : 4;
        tenths += group ? (group % 2 ? -1 : 1) : 0;
        sample.group_of[i] = (uint32_t)group;
        sample.values[i] = (offset * 10 + tenths) / divisor;
    }
    return sample;
}

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
        struct sample made = simon_lesage(sets[i].offset, 21, 10);
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
        struct sample sample = simon_lesage(sets[i].offset, sets[i].replicates, 10);
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
        struct sample sample = simon_lesage(offsets[i / 3], replicates[i % 3], 1);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rule_makes_the_data_that_nist_publishes),
        cmocka_unit_test(sets_of_nist_are_exact_over_the_doubles_that_hold_them),
        cmocka_unit_test(in_whole_numbers_every_certified_digit_is_reached),
        cmocka_unit_test(observed_sets_of_nist_are_exact_over_the_doubles)};
    return reference_run("analysis of variance, NIST", tests);
}
