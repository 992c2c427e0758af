/* test_studentized_range.c - the studentized range against quadrature with 36 digits, and what is known by other means.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/studentized_range.h"
#include "../nptkit/stats/tails.h"
#include "fixture.h"
#include "reference_data.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Under valgrind, which is slow, a few do. */
static size_t some(size_t count)
{
    return getenv("VALGRIND") ? (count + 7) / 8 : count;
}

static double tail_of(double q, size_t groups, double freedom)
{
    struct npt__studentized_range *range = npt__studentized_range_new(groups);
    double tail = npt__studentized_range_tail(range, q, freedom);
    npt__studentized_range_free(range);
    return tail;
}

static double quantile_of(double tail, size_t groups, double freedom)
{
    struct npt__studentized_range *range = npt__studentized_range_new(groups);
    double quantile = npt__studentized_range_quantile(range, tail, freedom);
    npt__studentized_range_free(range);
    return quantile;
}

/* 300-point Gauss-Legendre quadrature in numpy, which agrees with scipy.stats.studentized_range. It cuts the integrals
   off, which makes the tails short by some 1.2e-19 for each group: at q = 8 that is up to 1.27e-11 of the tail (for
   two groups, where 2 P(T >= 8 / sqrt(2)) = erfc(4) tells). So much is allowed beside the relative error. (R 4.2's ptukey
   is off by up to 7.6e-7 here.) */
static void tails_are_those_of_quadrature_over_a_grid(void **state)
{
    (void)state;
    static const double q[] = {0.5, 1.5, 2.5, 3.5, 5, 8};
    static const struct {
        size_t groups;
        double freedom, tails[6];
    } known[] = {
        {2,
         5,
         {0.7380926018939142, 0.3373683110858239, 0.1373421264340346, 0.05619320673775418,
          0.016641443423845274, 0.0023988540468783976}},
        {3,
         5,
         {0.9342985398233918, 0.5753641051526464, 0.27111592058722234, 0.1192729554660513,
          0.037182719559885634, 0.00555787829515666}},
        {4,
         5,
         {0.9831608193269106, 0.7255057200664187, 0.38372155458775953, 0.17924611899592832,
          0.058325103703580086, 0.008986542291174317}},
        {10,
         5,
         {0.9999897745169629, 0.9700433392759296, 0.7364909043063124, 0.431831338259312,
          0.1666515023614269, 0.029025447239651097}},
        {40,
         5,
         {1.0, 0.9999237312254328, 0.9704271791536696, 0.7859360949885769, 0.4136769516910579,
          0.0919392284677967}},
        {2,
         20,
         {0.7273731979563348, 0.30148581376519584, 0.09235403408266155, 0.02240179929523021,
          0.002076914491710213, 1.549041182762705e-05}},
        {3,
         20,
         {0.9336440562015091, 0.5486172627521124, 0.2058020869355073, 0.0558918490817491,
          0.0056310896001748045, 4.4370678840312546e-05}},
        {4,
         20,
         {0.9843964798940907, 0.7165774364113293, 0.31720299737258256, 0.09495845054630013,
          0.010287534594013329, 8.50876796364356e-05}},
        {10,
         20,
         {0.9999972922519971, 0.9834505967305448, 0.7464191602591449, 0.33707096594835123,
          0.05056792341687492, 0.0005217935694741732}},
        {40,
         20,
         {1.0, 0.9999997596452787, 0.9952587854350197, 0.842845666360906, 0.2724407176961458,
          0.005056577852095322}},
        {2,
         120,
         {0.7242939910332455, 0.29097448475505505, 0.07964147592932186, 0.014725029569165696,
          0.0005791346478652572, 1.0655774214377635e-07}},
        {3,
         120,
         {0.9334591035087101, 0.5403093568242848, 0.1848649126675676, 0.038833374947311795,
          0.001667209196122728, 3.1859433793923884e-07}},
        {4,
         120,
         {0.9847727845693628, 0.7140235987258843, 0.29395090871030805, 0.0690801411071219,
          0.003208593303140073, 6.350941482505123e-07}},
        {10,
         120,
         {0.9999984061347095, 0.9874696555182474, 0.7537699365443095, 0.2927635669727272,
          0.019806103566358396, 4.676855930129882e-06}},
        {40,
         120,
         {1.0, 0.9999999982518922, 0.9992452273200637, 0.8874826995257282, 0.17963446197189561,
          7.547113963734284e-05}},
        {2,
         INFINITY,
         {0.7236736098317631, 0.2888443663464849, 0.07709987174354171, 0.01332832878081755,
          0.0004069520174449588, 1.5417257900084776e-08}},
        {3,
         INFINITY,
         {0.9334219451352871, 0.53859515541643, 0.18050893720669364, 0.035557041863160374,
          0.0011839912309870206, 4.62143871290039e-08}},
        {4,
         INFINITY,
         {0.9848499118944068, 0.7135085867927518, 0.2889629374189254, 0.06387633385690315,
          0.0023005029381988986, 9.235490150399837e-08}},
        {10,
         INFINITY,
         {0.9999985866194837, 0.9882757542644119, 0.7556974420786209, 0.2820164382891364,
          0.014857437887783705, 6.894622220832593e-07}},
        {40,
         INFINITY,
         {1.0, 0.9999999996863571, 0.9996286937937255, 0.9009874911392454, 0.1534341495665795,
          1.171094281396679e-05}},
    };
    for (size_t i = 0; i < some(sizeof known / sizeof *known); i++) {
        struct npt__studentized_range *range = npt__studentized_range_new(known[i].groups);
        double tails[6];
        for (size_t k = 0; k < 6; k++)
            tails[k] = npt__studentized_range_tail(range, q[k], known[i].freedom);
        npt__studentized_range_free(range);
        for (size_t k = 0; k < 5; k++)
            reference_expect(tails[k], known[i].tails[k], 3e-14);
        double cut = 1.3e-19 * (double)known[i].groups;
        assert_true(fabs(tails[5] - known[i].tails[5]) <= cut + 3e-14 * tails[5]);
    }
    reference_expect(tail_of(8, 2, INFINITY), erfc(4), 1e-13);
}

/* mpmath 1.3.0 with 36 digits: the distribution function k * integral phi(z) (Phi(z) - Phi(z - w))^(k-1) dz by
   Gauss-Legendre in 24 or 72 panels of 20 points, and its mean over s by another 480 points; 1 minus that. Another formula,
   another variable and another rule than the kernel's. */
static void tails_are_those_of_36_digits(void **state)
{
    (void)state;
    static const struct {
        double q;
        size_t groups;
        double freedom, tail;
    } known[] = {
        {8, 3, INFINITY, 4.6214387129336175855e-8},
        {8, 40, INFINITY, 0.00001171094281397132020295},
        {6, 500, INFINITY, 0.5215274542723853908041},
        {10, 4, INFINITY, 9.224148045131883900885e-12},
        {7, 1000, INFINITY, 0.1465139661902885384237},
        {0.1, 3, INFINITY, 0.9972471806248685140716},
        {2.772, 2, INFINITY, 0.04998410355105578785621},
        {3.314493156, 3, INFINITY, 0.04999999994614806280387},
        {4.92, 1000, INFINITY, 0.9999957073112887132006},
        {5.25, 1000, INFINITY, 0.9993255895330263044356},
        {4.5, 300, INFINITY, 0.9977137921777749083188},
        {5, 60, INFINITY, 0.2673277377390633030997},
        {3, 3, 1, 0.4103329554776183612441},
        {100, 4, 1, 0.01642461113538987518989},
        {20, 6, 2, 0.0176295279512346057435},
        {4, 5, 3.5, 0.2063377916044613245972},
        {3.877676, 3, 12, 0.04388015280975062874074},
        {6, 12, 7, 0.06947473654976989917474},
        {5.5, 64, 30, 0.2069996414574795747514},
        {7, 200, 15, 0.1577019390720354437398},
        {6, 500, 60, 0.5433834094354479406148},
        {8, 1000, 200, 0.01415557339897262115247},
        {12, 10, 20, 0.000001745621468890374489883},
        {4, 8, 10000, 0.08815971500621994744359},
    };
    for (size_t i = 0; i < some(sizeof known / sizeof *known); i++) {
        double q = known[i].q, freedom = known[i].freedom;
        reference_expect(tail_of(q, known[i].groups, freedom), known[i].tail, 1e-13);
        if (known[i].tail < 0.999) /* near 1 the tail says little of q */
            reference_expect(quantile_of(known[i].tail, known[i].groups, freedom), q, 1e-13);
    }
}

/* The range of two is |difference|: 2 P(T >= q / sqrt(2)). */
static void of_two_groups_it_is_t(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (size_t i = 0; i < some(60); i++) {
        double freedom = exp((double)(reference_random(&seed) % 12000) / 1000);
        double q = exp((double)(reference_random(&seed) % 5000) / 1000 - 2);
        double expected = 2 * npt__t_tail(q / sqrt(2), freedom);
        if (expected > 1e-60)
            reference_expect(tail_of(q, 2, freedom), expected, 2e-13);
    }
}

/* Published, to 4 digits: upper 5% points of Pearson & Hartley, Biometrika Tables for Statisticians 1, table 29. */
static void quantiles_are_those_of_the_printed_tables(void **state)
{
    (void)state;
    assert_true(fabs(quantile_of(0.05, 3, 12) - 3.77) < 0.006);
    assert_true(fabs(quantile_of(0.05, 5, 20) - 4.23) < 0.006);
    assert_true(fabs(quantile_of(0.05, 10, 60) - 4.65) < 0.006);
    assert_true(fabs(quantile_of(0.05, 20, INFINITY) - 5.01) < 0.006);
    assert_true(fabs(quantile_of(0.05, 4, 1) - 32.8) < 0.06);
}

static void a_quantile_has_the_tail_it_was_made_for(void **state)
{
    (void)state;
    uint64_t seed = 3;
    size_t rounds = some(40);
    for (size_t i = 0; i < rounds; i++) {
        size_t groups = 2 + reference_random(&seed) % 80;
        double freedom = i % 5 ? exp((double)(reference_random(&seed) % 9000) / 1000) : INFINITY;
        double tail = exp(-(double)(reference_random(&seed) % 20000) / 1000 - 0.1);
        struct npt__studentized_range *range = npt__studentized_range_new(groups);
        double q = npt__studentized_range_quantile(range, tail, freedom);
        reference_expect(npt__studentized_range_tail(range, q, freedom), tail, 2e-13);
        npt__studentized_range_free(range);
    }
}

static void tails_fall_with_q_and_rise_with_the_number_of_groups(void **state)
{
    (void)state;
    static const double freedoms[] = {1, 4.5, 80, 1e7, INFINITY};
    size_t most = some(5);
    for (size_t i = 0; i < most; i++) {
        struct npt__studentized_range *few = npt__studentized_range_new(5);
        struct npt__studentized_range *many = npt__studentized_range_new(6);
        double before = 1;
        for (double q = 0; q < 12; q += 0.37) {
            double tail = npt__studentized_range_tail(few, q, freedoms[i]);
            assert_true(tail <= before && tail >= 0);
            assert_true(npt__studentized_range_tail(many, q, freedoms[i]) >= tail * (1 - 1e-13));
            before = tail;
        }
        npt__studentized_range_free(few);
        npt__studentized_range_free(many);
    }
}

static void many_degrees_of_freedom_lead_to_a_known_standard_deviation(void **state)
{
    (void)state;
    double limit = tail_of(3.7, 5, INFINITY);
    assert_true(fabs(tail_of(3.7, 5, 1e12) / limit - 1) < 1e-10);
    reference_expect(tail_of(3.7, 5, 1e16), limit, 1e-13);
    reference_expect(tail_of(3.7, 5, 1e19), limit, 0);
}

static void what_was_asked_before_changes_no_digit(void **state)
{
    (void)state;
    struct npt__studentized_range *range = npt__studentized_range_new(7);
    for (double q = 0.5; q < 40; q *= 1.7)
        npt__studentized_range_tail(range, q, 3);
    assert_true(npt__studentized_range_tail(range, 3.3, 11.5) == tail_of(3.3, 7, 11.5));
    npt__studentized_range_free(range);
}

static void impossible_arguments_have_no_tail_and_no_quantile(void **state)
{
    (void)state;
    assert_true(tail_of(0, 3, 10) == 1 && tail_of(-1, 3, 10) == 1);
    assert_true(tail_of(INFINITY, 3, 10) == 0 && tail_of(60, 3, INFINITY) == 0);
    assert_true(tail_of(1e90, 3, 10) < 1e-300 && fabs(tail_of(1e-90, 3, 10) - 1) < 1e-15);
    assert_true(isnan(tail_of(NAN, 3, 10)) && isnan(tail_of(1, 3, 0.5)) &&
                isnan(tail_of(1, 3, NAN)));
    assert_true(isnan(quantile_of(0, 3, 10)) && isnan(quantile_of(1, 3, 10)) &&
                isnan(quantile_of(NAN, 3, 10)) && isnan(quantile_of(0.05, 3, 0)));
    assert_true(isfinite(quantile_of(1e-16, 10, 1)) && isfinite(quantile_of(1 - 1e-10, 3, 1e9)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_are_those_of_quadrature_over_a_grid),
        cmocka_unit_test(tails_are_those_of_36_digits),
        cmocka_unit_test(of_two_groups_it_is_t),
        cmocka_unit_test(quantiles_are_those_of_the_printed_tables),
        cmocka_unit_test(a_quantile_has_the_tail_it_was_made_for),
        cmocka_unit_test(tails_fall_with_q_and_rise_with_the_number_of_groups),
        cmocka_unit_test(many_degrees_of_freedom_lead_to_a_known_standard_deviation),
        cmocka_unit_test(what_was_asked_before_changes_no_digit),
        cmocka_unit_test(impossible_arguments_have_no_tail_and_no_quantile)};
    return reference_run("studentized range", tests);
}
