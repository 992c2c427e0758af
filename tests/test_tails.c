/* test_tails.c - the probabilities beyond t, F and chi-square, against 20 digits.
 *
 * Expected values by mpmath 1.3.0 with 60 digits: betainc() and gammainc(), regularized.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/chi_square.h"
#include "../nptkit/stats/tails.h"
#include "fixture.h"
#include "reference_data.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* betainc(v / 2, 1 / 2, 0, v / (v + t^2)) / 2 */
static void tails_of_t_keep_their_digits_far_out_and_for_many_degrees_of_freedom(void **state)
{
    (void)state;
    static const struct {
        double t, freedom, tail;
    } known[] = {
        {0.7, 1, 0.30559988778578522},           {1e-08, 1, 0.49999999681690113816},
        {2.1, 1.5, 0.10567271776471904584},      {30, 2, 0.00055463134097982945636},
        {0.3, 5.25, 0.38784737176006939058},     {3, 17.35, 0.0039598468835952409495},
        {10, 31, 1.6023977459154431353e-11},     {1.96, 100, 0.026389450683114833022},
        {30, 100, 4.1901662793441460847e-52},    {5, 2000, 3.1164489177730192858e-7},
        {2.1, 12345.6, 0.017874540111234168519}, {10, 1e6, 7.6393053840891247767e-24},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double tail = npt__t_tail(known[i].t, known[i].freedom);
        reference_expect(tail, known[i].tail, 2e-14);
        assert_true(npt__t_tail(-known[i].t, known[i].freedom) == 1 - tail);
    }
    assert_true(npt__t_tail(0, 3) == 0.5);
    assert_true(npt__t_tail(INFINITY, 3) == 0 && npt__t_tail(-INFINITY, 3) == 1);
}

/* betainc(d / 2, n / 2, 0, d / (d + n f)) */
static void tails_of_f_keep_their_digits(void **state)
{
    (void)state;
    static const struct {
        double f, numerator, denominator, tail;
    } known[] = {
        {0.001, 1, 1, 0.97987502169635586897},    {1.5, 1, 4, 0.287864134726690662},
        {0.8, 3, 39, 0.50141670342937030278},     {21, 8, 180, 2.5832643372689713852e-22},
        {1.7, 3, 18.95, 0.20093052516234894483},  {1, 40, 39, 0.5005376780781947773},
        {2, 40, 2000, 0.00022003208848380325563}, {1.2, 500, 180, 0.074791565417072194853},
        {1000, 3, 39, 6.5392541643836403024e-37}, {5, 2.5, 1e5, 0.0034905438017111910204},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        reference_expect(npt__f_tail(known[i].f, known[i].numerator, known[i].denominator),
                         known[i].tail, 3e-14);
    assert_true(npt__f_tail(0, 3, 5) == 1 && npt__f_tail(-1, 3, 5) == 1);
    assert_true(npt__f_tail(INFINITY, 3, 5) == 0);
}

/* gammainc(v / 2, x / 2, inf) */
static void tails_of_chi_square_keep_their_digits(void **state)
{
    (void)state;
    static const struct {
        double x, freedom, tail;
    } known[] = {
        {0.01, 1, 0.92034432544594203624},       {3.841458820694124, 1, 0.050000000000000057435},
        {40, 1, 2.5396285894708649707e-10},      {5.99, 2, 0.050036627086586282516},
        {0.5, 7.5, 0.99972634090910746691},      {100, 30, 1.8568023365102385923e-9},
        {45, 99, 0.99999939740285841137},        {500, 500, 0.49158937303100903913},
        {2500, 500, 1.7669032386530137202e-262},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        reference_expect(npt__chi_square_above(known[i].x, known[i].freedom), known[i].tail, 1e-13);
    assert_true(npt__chi_square_above(0, 3) == 1 && npt__chi_square_above(INFINITY, 3) == 0);
}

/* F with 1 and v degrees of freedom is the square of t; with 2, and t with 1 and 2, there are closed forms:
   P(F >= f) = (1 + 2 f / v)^(-v/2), P(T >= t) = atan(1 / t) / pi, (1 - t / sqrt(2 + t^2)) / 2. */
static void tails_agree_with_closed_forms_and_with_each_other(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 300; i++) {
        double t = exp((double)(reference_random(&seed) % 12000) / 2000 - 3);
        double freedom = exp((double)(reference_random(&seed) % 9000) / 1000);
        reference_expect(npt__f_tail(t * t, 1, freedom), 2 * npt__t_tail(t, freedom), 1e-12);
        reference_expect(npt__t_tail(t, 1), atan(1 / t) / acos(-1), 1e-14);
        double root = sqrt(2 + t * t);
        reference_expect(npt__t_tail(t, 2), 1 / (root * (root + t)), 1e-14);
        double closed = exp(-freedom / 2 * log1p(2 * t / freedom));
        reference_expect(npt__f_tail(t, 2, freedom), closed, 1e-13);
        reference_expect(npt__chi_square_above(t, 2), exp(-t / 2), 1e-14);
    }
}

/* DLMF 8.17.4: I_x(a, b) = 1 - I_y(b, a); and for whole a, b the binomial sum of 8.17.5. */
static void parts_of_a_beta_are_binomial_sums(void **state)
{
    (void)state;
    for (int n = 1; n < 30; n++)
        for (int a = 1; a <= n; a++) {
            double x = 0.3, sum = 0, term = pow(1 - x, n); /* of j successes of n */
            for (int j = 0; j <= n; j++) {
                sum += j >= a ? term : 0;
                term *= (double)(n - j) / (j + 1) * x / (1 - x);
            }
            struct npt__beta_parts parts = npt__beta_parts(x, 1 - x, a, n - a + 1);
            reference_expect(parts.below, sum, 1e-13);
            struct npt__beta_parts other = npt__beta_parts(1 - x, x, n - a + 1, a);
            assert_true(fabs(parts.below - other.above) < 1e-15);
        }
}

static void without_end_of_degrees_t_is_normal_and_f_chi_square(void **state)
{
    (void)state;
    reference_expect(npt__t_tail(1.96, INFINITY), gsl_cdf_ugaussian_Q(1.96), 0);
    reference_expect(npt__t_tail(1.96, 1e15), gsl_cdf_ugaussian_Q(1.96), 1e-14);
    reference_expect(npt__f_tail(2, 3, INFINITY), npt__chi_square_above(6, 3), 0);
    reference_expect(npt__f_tail(2, 3, 1e15), npt__chi_square_above(6, 3), 1e-13);
}

static void impossible_arguments_have_no_tail(void **state)
{
    (void)state;
    assert_true(isnan(npt__t_tail(NAN, 3)) && isnan(npt__t_tail(1, 0)) &&
                isnan(npt__t_tail(1, NAN)));
    assert_true(isnan(npt__f_tail(NAN, 3, 3)) && isnan(npt__f_tail(1, 0, 3)) &&
                isnan(npt__f_tail(1, 3, -1)) && isnan(npt__f_tail(1, INFINITY, 3)));
    assert_true(isnan(npt__chi_square_above(NAN, 1)) && isnan(npt__chi_square_above(1, 0)));
    assert_true(isnan(npt__beta_parts(0.5, 0.5, 0, 1).below));
    assert_true(npt__t_tail(1e300, 3) >= 0 && npt__f_tail(1e300, 1e5, 1) >= 0 &&
                npt__t_tail(1e-300, 1e-3) <= 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_of_t_keep_their_digits_far_out_and_for_many_degrees_of_freedom),
        cmocka_unit_test(tails_of_f_keep_their_digits),
        cmocka_unit_test(tails_of_chi_square_keep_their_digits),
        cmocka_unit_test(tails_agree_with_closed_forms_and_with_each_other),
        cmocka_unit_test(parts_of_a_beta_are_binomial_sums),
        cmocka_unit_test(without_end_of_degrees_t_is_normal_and_f_chi_square),
        cmocka_unit_test(impossible_arguments_have_no_tail)};
    return reference_run("tails of t, F, chi-square", tests);
}
