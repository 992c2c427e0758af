/* test_interval.c - quantiles of the normal and t distributions, intervals of means and proportions.
 *
 * Expected values have 20 digits: quantiles by mpmath 1.3.0 with 50 digits (the root of the tail, an incomplete
 * beta function or a quadrature of the density), for exactly the doubles written here.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/describe.h"
#include "../nptkit/stats/interval.h"
#include "fixture.h"
#include "reference_data.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* ---- quantiles ------------------------------------------------------------------------------- */

static void normal_quantiles_have_15_digits(void **state)
{
    (void)state;
    static const struct {
        double probability, quantile;
    } expected[] = {{1e-300, -37.047096299361199237},
                    {1e-100, -21.273453560965324294},
                    {1e-15, -7.9413453261709967713},
                    {1e-09, -5.9978070150076868614},
                    {1e-05, -4.2648907939228246102},
                    {0.0005, -3.2905267314918947874},
                    {0.005, -2.5758293035489007538},
                    {0.025, -1.9599639845400542118},
                    {0.05, -1.644853626951472688},
                    {0.1, -1.2815515655446004353},
                    {0.25, -0.6744897501960817432},
                    {0.4, -0.25334710313579974132},
                    {0.4999990463256836, -2.3905070062955740613e-6},
                    {0.75, 0.6744897501960817432},
                    {0.9, 1.2815515655446005935},
                    {0.95, 1.6448536269514722843},
                    {0.975, 1.9599639845400538556},
                    {0.995, 2.5758293035489004539},
                    {0.999999, 4.7534243088170877657}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        reference_expect(npt__normal_quantile(expected[i].probability), expected[i].quantile,
                         1e-15);
    reference_expect(npt__normal_quantile(0.5), 0, 0);
}

static const double tails[] = {1e-15, 1e-9, 1e-6, 0.0005, 0.005, 0.025, 0.05, 0.25, 0.4};
#define TAILS (sizeof tails / sizeof *tails)

static const struct {
    double freedom, quantiles[TAILS];
} t_rows[] = {{1,
               {-318309886183790.6468, -318309886.18379065067, -318309.88618274348839,
                -636.61924876871960296, -63.65674116287157967, -12.706204736174703938,
                -6.3137515146750427427, -1.0, -0.32491969623290624903}},
              {2,
               {-22360679.774997862554, -22360.679741456876591, -707.10572052593381853,
                -31.599054576443620403, -9.9248432009182930099, -4.3026527297494637234,
                -2.9199855803537255922, -0.81649658092772603273, -0.28867513459481281549}},
              {3,
               {-103311.08359284988403, -1033.109674503807708, -103.2994677804193443,
                -12.923978636687482975, -5.8409093097333572173, -3.1824463052837095204,
                -2.3533634348018238165, -0.76489232840434528066, -0.27667066233268984701}},
              {5,
               {-1568.3911928228773414, -98.937224648369955557, -24.771029720515944397,
                -6.8688266258811102162, -4.0321429835552280573, -2.570581835636315469,
                -2.0150483733330241943, -0.72668684380042265302, -0.26718086570414506569}},
              {10,
               {-81.040890880039344156, -20.144697766673996935, -9.7519954909405802263,
                -4.586893858702635886, -3.1692726726169512223, -2.2281388519862747157,
                -1.8124611228116763796, -0.69981206131243162734, -0.26018482949208017615}},
              {17.347585427651367,
               {-26.309440286268848299, -11.300612384086937603, -6.9752667329279476239,
                -3.9493535491467223706, -2.8910655615564749638, -2.1065999421868059135,
                -1.7376036223628883138, -0.68889507870372259716, -0.25726620940860868205}},
              {21,
               {-20.637939156838605472, -9.9818583088002771437, -6.484802426702139211,
                -3.8192771642744622894, -2.8313595580230500076, -2.0796138447276803675,
                -1.7207429028118785037, -0.68635199072695353169, -0.25657994783104860975}},
              {29,
               {-15.30389913737329679, -8.5564273076113016575, -5.9171055404595621959,
                -3.6594050194663328488, -2.75638590367060548, -2.0452296421327042717,
                -1.6991270265334977215, -0.68304386082161315009, -0.2556836345712560846}},
              {30,
               {-14.925858475139001464, -8.4458627962742427757, -5.8711171204188826617,
                -3.6459586350420218084, -2.7499956535672253238, -2.0422724563012382836,
                -1.6972608865939578196, -0.68275569332129255301, -0.25560536495191271444}},
              {31,
               {-14.583272124315134498, -8.3443163034470165066, -5.8286018038996639933,
                -3.6334563497583310428, -2.7440419192942693142, -2.0395134463964084616,
                -1.6955187825458655337, -0.68248630600257217688, -0.25553216831752765364}},
              {35,
               {-13.485351849857173883, -8.0095259859729561828, -5.6864669399915587764,
                -3.5911467758107781705, -2.7238055892080917784, -2.0301079282503431536,
                -1.6895724577802658646, -0.68156407804659002057, -0.25528138062974928444}},
              {50,
               {-11.336304033653027308, -7.3052706032587019909, -5.3766734017404762925,
                -3.4960128818111392473, -2.6777932709408442412, -2.0085591121007610802,
                -1.6759050251630975393, -0.67942820032634601079, -0.25469934298858811403}},
              {99,
               {-9.4215302468324894676, -6.6055176089570498076, -5.0519739982525159862,
                -3.3915288333636505571, -2.6264054572808274989, -1.9842169515864174706,
                -1.6603911560169908763, -0.67697598554615262576, -0.2540290121518066482}},
              {149,
               {-8.8782867721663950733, -6.3905279860473391863, -4.9482842326380644292,
                -3.3570202825441473339, -2.6092279074478894981, -1.9760131776891924707,
                -1.6551445337979564625, -0.67613987215973375175, -0.2537999441299440678}},
              {199,
               {-8.626405002960501806, -6.2878563512726770067, -4.89804405939784764,
                -3.3400865561614309551, -2.6007602160585161875, -1.9719565442517538102,
                -1.6525467461665634048, -0.67572459561064572378, -0.25368607538177208269}},
              {250,
               {-8.4788970966652468374, -6.2267822605202308378, -4.8679284703616562066,
                -3.3298672056731191234, -2.5956376304661805707, -1.9694983934211535625,
                -1.6509714898128581836, -0.67547236139743924139, -0.25361688158193905595}},
              {1000,
               {-8.0702818322985242993, -6.0536902720798335746, -4.7816086204583505741,
                -3.3002826484239129039, -2.5807546980659510721, -1.9623390808264084612,
                -1.6463788172854646886, -0.67473516460700943738, -0.25341451583949870728}},
              {100000.0,
               {-7.9426174040988517325, -5.9983614616790762761, -4.7537047163912882628,
                -3.2906240314118826638, -2.5758784699083752963, -1.9599877075346096148,
                -1.644868864784969707, -0.67449220355329220583, -0.25334777715717988552}},
              {100000000.0,
               {-7.9413465980762072831, -5.9978075694103588788, -4.7534245892160367677,
                -3.2905268287892040333, -2.5758293527143776234, -1.959964008262766797,
                -1.6448536421891643057, -0.6744897526494310126, -0.25334710380982005438}}};
#define T_ROWS (sizeof t_rows / sizeof *t_rows)

static void t_quantiles_have_14_digits_far_into_the_tails(void **state)
{
    (void)state;
    for (size_t row = 0; row < T_ROWS; row++)
        for (size_t i = 0; i < TAILS; i++)
            reference_expect(npt__t_quantile(tails[i], t_rows[row].freedom),
                             t_rows[row].quantiles[i], 1e-14);
}

/* 1 - probability is exact for these, so the two sides are the same to the last digit. */
static void t_quantiles_are_symmetrical(void **state)
{
    (void)state;
    const double shares[] = {0x1p-40, 0x1p-10, 0.0625, 0.25, 0.375};
    for (size_t row = 0; row < T_ROWS; row++) {
        for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
            reference_expect(npt__t_quantile(1 - shares[i], t_rows[row].freedom),
                             -npt__t_quantile(shares[i], t_rows[row].freedom), 0);
        reference_expect(npt__t_quantile(0.5, t_rows[row].freedom), 0, 0);
    }
}

/* With 2 degrees of freedom the quantile is (2p - 1) / sqrt(2 p (1 - p)), whatever p. */
static void t_quantiles_near_the_median_are_good_to_15_decimals(void **state)
{
    (void)state;
    for (int power = -3; power > -50; power--) {
        double away = ldexp(1, power), p = 0.5 - away;
        double expected = -2 * away / sqrt(2 * p * (1 - p));
        assert_true(fabs(npt__t_quantile(p, 2) - expected) < 1e-15);
    }
}

static void every_quantile_that_exists_is_finite_and_in_order(void **state)
{
    (void)state;
    const double freedoms[] = {1, 1.5, 2, 3.7, 29, 30, 30.5, 60, 199.9, 200, 1e4, 1e9, 1e15, 1e300};
    for (size_t i = 0; i < sizeof freedoms / sizeof *freedoms; i++) {
        double before = -INFINITY;
        for (double p = 1e-100; p < 0.5; p *= 1.7) {
            double t = npt__t_quantile(p, freedoms[i]);
            assert_true(isfinite(t) && t > before);
            /* no further than the normal: its tails are the lightest of the family */
            assert_true(t <= npt__normal_quantile(p) * (1 - 1e-14));
            before = t;
        }
    }
}

static void impossible_probabilities_have_no_quantile(void **state)
{
    (void)state;
    const double wrong[] = {0, 1, -0.1, 1.5, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_true(isnan(npt__normal_quantile(wrong[i])));
        assert_true(isnan(npt__t_quantile(wrong[i], 10)));
    }
    assert_true(isnan(npt__t_quantile(1e-101, 10)));
    const double no_freedom[] = {0, -1, 0.5, NAN, INFINITY};
    for (size_t i = 0; i < sizeof no_freedom / sizeof *no_freedom; i++)
        assert_true(isnan(npt__t_quantile(0.025, no_freedom[i])));
}

/* ---- means ----------------------------------------------------------------------------------- */

static void expect_interval(struct npt__interval interval, double low, double high, double relative)
{
    assert_true(interval.defined);
    reference_expect(interval.low, low, relative);
    reference_expect(interval.high, high, relative);
}

static void expect_none(struct npt__interval interval)
{
    assert_false(interval.defined);
    reference_expect(interval.low, 0, 0);
    reference_expect(interval.high, 0, 0);
}

/* R 4.2.2: t.test(pre, post, paired = TRUE)$conf.int, the sign turned; to 20 digits by mpmath */
static void a_mean_has_the_interval_of_the_t_test(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/paired_ties.csv");
    struct npt__sums sums = {0};
    for (size_t row = 0; row < reference_rows(table); row++) {
        double before, after;
        assert_true(reference_number(table, row, "pre", &before));
        assert_true(reference_number(table, row, "post", &after));
        npt__sums_add(&sums, (int64_t)(after - before));
    }
    reference_table_free(table);
    double mean = npt__sums_mean(&sums, 1), sd = npt__sums_sd(&sums, 1);
    reference_expect(mean, 0.72727272727272727273, 0);
    reference_expect(sd, 2.51058365784339141, 0);
    expect_interval(npt__mean_interval(sums.count, mean, sd, 0.95), -0.38585770732966804575,
                    1.8404031618751225912, 2e-15);
}

/* R 4.2.2: t.test(y ~ group) of A and B in groups4.csv: conf.int, with 17.347585427651367 degrees */
static void a_difference_has_welchs_interval(void **state)
{
    (void)state;
    struct reference_table *table = reference_table_read("tests/data/groups4.csv");
    double values[2][43];
    size_t counts[2] = {0, 0};
    for (size_t row = 0; row < reference_rows(table); row++) {
        char group = *reference_cell(table, row, "group");
        if (group == 'A' || group == 'B') {
            size_t at = (size_t)(group - 'A');
            assert_true(reference_number(table, row, "y", &values[at][counts[at]++]));
        }
    }
    reference_table_free(table);
    struct npt__description a = npt__describe(values[0], counts[0]);
    struct npt__description b = npt__describe(values[1], counts[1]);
    double of_a = a.sd * a.sd / (double)a.count, of_b = b.sd * b.sd / (double)b.count;
    expect_interval(npt__t_interval(a.mean - b.mean, sqrt(of_a + of_b), 17.347585427651367, 0.95),
                    -5.142039982059673, 7.193151093170785, 1e-13);
}

static void without_spread_or_values_a_mean_has_no_interval(void **state)
{
    (void)state;
    expect_none(npt__mean_interval(0, NAN, NAN, 0.95));
    expect_none(npt__mean_interval(1, 4, NAN, 0.95));
    expect_none(npt__mean_interval(30, 4, 0, 0.95));
    expect_none(npt__mean_interval(30, 4, -1, 0.95));
    expect_none(npt__mean_interval(30, NAN, 1, 0.95));
    expect_none(npt__mean_interval(30, 4, INFINITY, 0.95));
    expect_none(npt__t_interval(4, 1, 0.5, 0.95));
    expect_none(npt__t_interval(DBL_MAX, DBL_MAX, 1, 0.95));
    const double wrong[] = {0, 1, 95, -0.5, NAN};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect_none(npt__mean_interval(30, 4, 1, wrong[i]));
}

/* ---- proportions ----------------------------------------------------------------------------- */

/* R 4.2.2: prop.test(correct = FALSE)$conf.int for the first four; all to 20 digits by mpmath from Wilson's
   formula */
static void proportions_have_wilsons_interval(void **state)
{
    (void)state;
    const double few = 2e-15;
    expect_interval(npt__wilson_interval(8, 10, 0.95), 0.4901624715366417626,
                    0.94331784854562473241, few);
    expect_interval(npt__wilson_interval(0, 25, 0.95), 0, 0.13319225093904845929, few);
    expect_interval(npt__wilson_interval(120, 400, 0.95), 0.25716767195619705938,
                    0.34663724577752154303, few);
    expect_interval(npt__wilson_interval(3, 7, 0.95), 0.15821985525146971937,
                    0.74954163547234276164, few);
    expect_interval(npt__wilson_interval(3, 7, 0.9), 0.18644319036395598509, 0.71052290898640719051,
                    few);
    expect_interval(npt__wilson_interval(1, 1000000, 0.95), 1.7652457674537151364e-7,
                    5.6649118043114414212e-6, few);
    expect_interval(npt__wilson_interval(999999, 1000000, 0.99), 0.99999148256616524441,
                    0.99999988259452500037, few);
    expect_interval(npt__wilson_interval(25, 25, 0.95), 0.86680774906095154071, 1, few);
}

static void where_all_agree_the_interval_reaches_the_end_and_no_further(void **state)
{
    (void)state;
    const double confidences[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.999999};
    for (size_t count = 1; count < 300; count++)
        for (size_t i = 0; i < sizeof confidences / sizeof *confidences; i++) {
            struct npt__interval none = npt__wilson_interval(0, count, confidences[i]);
            struct npt__interval all = npt__wilson_interval(count, count, confidences[i]);
            reference_expect(none.low, 0, 0);
            reference_expect(all.high, 1, 0);
            reference_expect(1 - all.low, none.high, 1e-12);
            for (size_t successes = 1; successes < count; successes += 7) {
                struct npt__interval some = npt__wilson_interval(successes, count, confidences[i]);
                double share = (double)successes / (double)count;
                assert_true(some.defined && some.low > 0 && some.low < share);
                assert_true(some.high > share && some.high < 1);
            }
        }
}

static void impossible_proportions_have_no_interval(void **state)
{
    (void)state;
    expect_none(npt__wilson_interval(0, 0, 0.95));
    expect_none(npt__wilson_interval(11, 10, 0.95));
    const double wrong[] = {0, 1, 95, -0.5, NAN};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect_none(npt__wilson_interval(3, 10, wrong[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_quantiles_have_15_digits),
        cmocka_unit_test(t_quantiles_have_14_digits_far_into_the_tails),
        cmocka_unit_test(t_quantiles_are_symmetrical),
        cmocka_unit_test(t_quantiles_near_the_median_are_good_to_15_decimals),
        cmocka_unit_test(every_quantile_that_exists_is_finite_and_in_order),
        cmocka_unit_test(impossible_probabilities_have_no_quantile),
        cmocka_unit_test(a_mean_has_the_interval_of_the_t_test),
        cmocka_unit_test(a_difference_has_welchs_interval),
        cmocka_unit_test(without_spread_or_values_a_mean_has_no_interval),
        cmocka_unit_test(proportions_have_wilsons_interval),
        cmocka_unit_test(where_all_agree_the_interval_reaches_the_end_and_no_further),
        cmocka_unit_test(impossible_proportions_have_no_interval)};
    return reference_run("intervals of means and shares", tests);
}
