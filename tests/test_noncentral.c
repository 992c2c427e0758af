/* test_noncentral.c - noncentral t and F, and their limits, against 36 digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/noncentral.h"
#include "../nptkit/stats/tails.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

/* mpmath 1.3.0, 36 digits: quad() over s of the density of sqrt(chi-square / v) times ncdf(+-(t s - noncentrality)). */
static void parts_of_t_are_those_of_36_digits(void **state)
{
    (void)state;
    static const struct {
        double t, freedom, noncentrality, below, above;
    } known[] = {
        {0, 1, 0.5, 0.30853753872598689636, 0.69146246127401310364},
        {0.4, 1, -3, 0.99941183783886968324, 0.00058816216113031676446},
        {3, 2.5, 3, 0.4140526232156630258, 0.5859473767843369742},
        {-2, 19, 0.5, 0.0091791511956980800518, 0.99082084880430191995},
        {12, 19, 14, 0.16105638583050929543, 0.83894361416949070457},
        {3, 150, -3, 0.9999999982771853935, 1.7228146064982370472e-9},
        {12, 3000, 12, 0.49960269639399887315, 0.50039730360600112685},
        {3, 19, 0, 0.99631913790806567921, 0.0036808620919343207949},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct npt__parts parts =
            npt__noncentral_t(known[i].t, known[i].freedom, known[i].noncentrality);
        reference_expect(parts.below, known[i].below, 5e-14);
        reference_expect(parts.above, known[i].above, 5e-14);
    }
}

/* mpmath 1.3.0, 36 digits: the Poisson mixture of betainc(). */
static void parts_of_f_are_those_of_36_digits(void **state)
{
    (void)state;
    static const struct {
        double f, numerator, denominator, noncentrality, below, above;
    } known[] = {
        {0.3, 1, 10, 40, 4.5558723953669952139e-9, 0.99999999544412760463},
        {1.5, 3, 39, 0.3, 0.73157669600874166457, 0.26842330399125833543},
        {4, 3, 18.95, 5, 0.75709105776181680845, 0.24290894223818319155},
        {21, 8, 180, 200, 0.11517149737583323804, 0.88482850262416676196},
        {1.5, 8, 180, 40, 0.00020031314420620399618, 0.999799686855793796},
        {4, 1, 10, 0, 0.92661196522925963438, 0.073388034770740365618},
        {6, 12, 500, 60, 0.52115488605553572258, 0.47884511394446427742},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct npt__parts parts = npt__noncentral_f(known[i].f, known[i].numerator,
                                                    known[i].denominator, known[i].noncentrality);
        reference_expect(parts.below, known[i].below, 1e-13);
        reference_expect(parts.above, known[i].above, 1e-13);
    }
}

/* The square of a noncentral t is a noncentral F: two kernels that share no code but their quantiles. */
static void squares_of_t_are_f(void **state)
{
    (void)state;
    uint64_t seed = 4;
    int rounds = getenv("VALGRIND") ? 10 : 200;
    for (int i = 0; i < rounds; i++) {
        double t = (double)(reference_random(&seed) % 8000) / 1000;
        double shift = (double)(reference_random(&seed) % 8000) / 1000 - 2;
        double freedom = exp((double)(reference_random(&seed) % 7000) / 1000);
        double above = npt__noncentral_t(t, freedom, shift).above +
                       npt__noncentral_t(-t, freedom, shift).below;
        struct npt__parts parts = npt__noncentral_f(t * t, 1, freedom, shift * shift);
        assert_true(fabs(parts.above - above) <= 1e-13 * above + 1e-16);
        assert_true(fabs(parts.below + parts.above - 1) < 1e-13);
    }
}

static void without_noncentrality_they_are_t_and_f(void **state)
{
    (void)state;
    reference_expect(npt__noncentral_t(2.3, 17.5, 0).above, npt__t_tail(2.3, 17.5), 1e-14);
    reference_expect(npt__noncentral_t(9, 60, 0).above, npt__t_tail(9, 60), 1e-13);
    reference_expect(npt__noncentral_f(2.3, 4, 17.5, 0).above, npt__f_tail(2.3, 4, 17.5), 1e-14);
}

/* mpmath 1.3.0, 30 digits: findroot() on the quadrature and mixture above. */
static void limits_are_those_of_30_digits(void **state)
{
    (void)state;
    static const struct {
        double t, freedom, confidence, low, high;
    } of_t[] = {
        {1.2, 17, 0.95, -0.81724312163253783204, 3.1836047425295485203},
        {3.5, 40, 0.9, 1.7142985691721788541, 5.2454206967194960307},
        {0.32166280278584936, 19, 0.95, -1.6451234715318605416, 2.2800655891240357744},
        {-2.5, 7.5, 0.99, -5.5149793326488731813, 0.58341837758122340082},
        {0, 1, 0.95, -1.9599639845400542355, 1.9599639845400542355},
        {100, 1, 0.95, 3.1337183447314945834, 224.15147949397122918},
        {4, 1, 0.3, 1.856904260688256533, 3.8533888100188374613},
        {0.7, 2.5, 0.9999, -3.3932264548400454644, 4.7223271779501583548},
        {8, 5, 0.95, 2.8023269801223392777, 13.151937847236214651},
        {0.05, 9, 0.95, -1.9114629653934452897, 2.0087292662380871206},
        {1.3, 14, 0.95, -0.73890132566114088247, 3.2954696821957441173},
        {30, 18, 0.95, 20.072979025985558892, 39.884367311071026131},
        {2.4, 400, 0.99, -0.18655925181149058178, 4.9836004986540997596},
        {12, 100000, 0.95, 10.039300577630153674, 13.960639463332517564},
        {10000, 20, 0.95, 6924.8738293273903192, 13070.885573816248004}, /* quad() over Z */
    };
    static const struct {
        double f, numerator, denominator, confidence, low, high;
    } of_f[] = {
        {1.5370263510465443, 3, 39, 0.95, 0, 14.471964576617745385},
        {5, 4, 45, 0.9, 4.5173867332642135072, 35.823689165532931071},
        {21, 8, 180, 0.95, 105.32607302618238047, 227.35692654860571317},
        {0.05, 3, 30, 0.9, 0, 0},
        {3, 2, 14.5, 0.95, 0, 19.538464200505890694},
    };
    for (size_t i = 0; i < sizeof of_t / sizeof *of_t; i++) {
        struct npt__interval limits =
            npt__noncentral_t_limits(of_t[i].t, of_t[i].freedom, of_t[i].confidence);
        assert_true(limits.defined);
        reference_expect(limits.low, of_t[i].low, 1e-13);
        reference_expect(limits.high, of_t[i].high, 1e-13);
    }
    for (size_t i = 0; i < sizeof of_f / sizeof *of_f; i++) {
        struct npt__interval limits = npt__noncentral_f_limits(
            of_f[i].f, of_f[i].numerator, of_f[i].denominator, of_f[i].confidence);
        assert_true(limits.defined);
        reference_expect(limits.low, of_f[i].low, 1e-13);
        reference_expect(limits.high, of_f[i].high, 1e-13);
    }
}

static void limits_have_the_tails_they_were_made_for(void **state)
{
    (void)state;
    uint64_t seed = 5;
    int rounds = getenv("VALGRIND") ? 3 : 60;
    for (int i = 0; i < rounds; i++) {
        double t = (double)(reference_random(&seed) % 40000) / 1000 - 20;
        double freedom = 1 + exp((double)(reference_random(&seed) % 9000) / 1000);
        double confidence = i % 3 ? 0.95 : i % 2 ? 0.3 : 0.9999;
        struct npt__interval limits = npt__noncentral_t_limits(t, freedom, confidence);
        struct npt__interval mirror = npt__noncentral_t_limits(-t, freedom, confidence);
        double tail = (1 - confidence) / 2;
        assert_true(limits.defined && mirror.low == -limits.high && mirror.high == -limits.low);
        reference_expect(npt__noncentral_t(t, freedom, limits.low).above, tail, 1e-11);
        reference_expect(npt__noncentral_t(t, freedom, limits.high).below, tail, 1e-11);
        double numerator = 1 + (double)(reference_random(&seed) % 30), f = 1 + fabs(t);
        struct npt__interval of_f = npt__noncentral_f_limits(f, numerator, freedom, confidence);
        assert_true(of_f.defined && of_f.low <= of_f.high);
        if (of_f.low > 0)
            reference_expect(npt__noncentral_f(f, numerator, freedom, of_f.low).above, tail, 1e-11);
        if (of_f.high > 0)
            reference_expect(npt__noncentral_f(f, numerator, freedom, of_f.high).below, tail,
                             1e-11);
    }
}

static void impossible_arguments_have_no_parts_and_no_limits(void **state)
{
    (void)state;
    assert_true(isnan(npt__noncentral_t(NAN, 3, 0).above) &&
                isnan(npt__noncentral_t(1, 0.5, 0).below) &&
                isnan(npt__noncentral_t(1, 3, INFINITY).below) &&
                isnan(npt__noncentral_t(1e300, 3, 1).below));
    assert_true(isnan(npt__noncentral_f(-1, 3, 3, 0).above) &&
                isnan(npt__noncentral_f(1, 0, 3, 0).above) &&
                isnan(npt__noncentral_f(1, 3, 3, -1).above) &&
                isnan(npt__noncentral_f(1, 3, 3, 1e10).above));
    assert_false(npt__noncentral_t_limits(NAN, 3, 0.95).defined ||
                 npt__noncentral_t_limits(1, 0.5, 0.95).defined ||
                 npt__noncentral_t_limits(1, 3, 1).defined ||
                 npt__noncentral_t_limits(1.1e6, 3, 0.95).defined ||
                 npt__noncentral_t_limits(1, INFINITY, 0.95).defined);
    assert_false(npt__noncentral_f_limits(NAN, 3, 3, 0.95).defined ||
                 npt__noncentral_f_limits(-1, 3, 3, 0.95).defined ||
                 npt__noncentral_f_limits(1e10, 3, 3, 0.95).defined ||
                 npt__noncentral_f_limits(1, 3, 3, 0).defined);
    assert_true(npt__noncentral_f_limits(0, 3, 3, 0.95).defined);
    assert_true(npt__noncentral_t_limits(0, 3, 0.95).defined);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_t_are_those_of_36_digits),
        cmocka_unit_test(parts_of_f_are_those_of_36_digits),
        cmocka_unit_test(squares_of_t_are_f),
        cmocka_unit_test(without_noncentrality_they_are_t_and_f),
        cmocka_unit_test(limits_are_those_of_30_digits),
        cmocka_unit_test(limits_have_the_tails_they_were_made_for),
        cmocka_unit_test(impossible_arguments_have_no_parts_and_no_limits)};
    return reference_run("noncentral t and F", tests);
}
