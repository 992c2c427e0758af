/* test_contingency.c - chi-square, G, Cramér's V and residuals against R and 40-digit arithmetic.
 *
 * Values of R 4.2.2: chisq.test(correct = FALSE), vcd::assocstats(); those with 20 digits by Python's mpmath with
 * 40 digits, from the definitions (intervals: halving until 20 digits stand).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/contingency.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

#define EXACT 4e-15

/* Agresti's job satisfaction; the lady tasting tea; sites by answers (resp_3x4.csv of the references). */
static const uint32_t job[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};
static const uint32_t tea[] = {3, 1, 1, 3};
static const uint32_t answers[] = {3, 9, 4, 1, 1, 6, 11, 5, 0, 2, 8, 12};
static const uint32_t strong[] = {900, 100, 30, 300, 400, 90};

static struct npt__contingency look_at(const uint32_t *counts, size_t rows, size_t columns)
{
    const struct npt__count_table table = {counts, rows, columns};
    return npt__contingency(&table, 0.95, NULL);
}

static void expect_chance(struct npt__chance chance, double statistic, double p)
{
    assert_true(chance.defined);
    reference_expect(chance.statistic, statistic, EXACT);
    reference_expect(chance.p, p, 4e-14);
}

static void expect_v(struct npt__cramers_v v, double value, double low, double high)
{
    assert_true(v.defined && v.interval.defined);
    reference_expect(v.v, value, EXACT);
    reference_expect(v.interval.low, low, 1e-12);
    reference_expect(v.interval.high, high, 1e-12);
}

/* ---- known values ---------------------------------------------------------------------------- */

static void chi_square_and_g_have_their_known_values(void **state)
{
    (void)state;
    struct npt__contingency result = look_at(job, 4, 4);
    assert_true(result.defined && result.freedom == 9 && result.cases == 96);
    expect_chance(result.pearson, 5.9655145887704027239, 0.74336472505255074267);
    expect_chance(result.g, 6.7640532013041711789, 0.66166958315531841833);
    result = look_at(answers, 3, 4);
    assert_true(result.defined && result.freedom == 6 && result.cases == 62);
    expect_chance(result.pearson, 21.680985917679816856, 0.0013830250357646706774);
    expect_chance(result.g, 22.753755116990647678, 0.00088328914683975687371);
    result = look_at(strong, 2, 3);
    expect_chance(result.pearson, 486.81700872557453607, 1.9454931540681703385e-106);
    expect_chance(result.g, 506.34781297674950323, 1.1167846864811873558e-110);
    result = look_at(tea, 2, 2);
    expect_chance(result.pearson, 2, 0.15729920705028513066);
    expect_chance(result.g, 2.0929925750581913461, 0.14797595938502731193);
    expect_chance(result.yates, 0.5, 0.47950012218695346232);
    assert_false(look_at(job, 4, 4).yates.defined);
}

/* V of R; the intervals by mpmath. Where only chance is at work the lower end is 0, in a tiny table the upper one 1. */
static void cramers_v_comes_with_its_interval(void **state)
{
    (void)state;
    struct npt__contingency result = look_at(answers, 3, 4);
    expect_v(result.plain, 0.41814669749556809807, 0.2769905804098652432, 0.59426229271619434011);
    expect_v(result.corrected, 0.36045278254480974842, 0.17116439597687745851,
             0.56133006577714364222);
    result = look_at(strong, 2, 3);
    expect_v(result.plain, 0.51718649723880055585, 0.47185331181181975925, 0.56359520454818032542);
    expect_v(result.corrected, 0.51626436314956162211, 0.47081685357566416545,
             0.56277417163699077674);
    result = look_at(job, 4, 4);
    expect_v(result.plain, 0.14392217453234735608, 0, 0.24480068194823862561);
    expect_v(result.corrected, 0, 0, 0.17208284527911242655);
    result = look_at(tea, 2, 2);
    expect_v(result.plain, 0.5, 0, 1);
    expect_v(result.corrected, 0.3535533905932737622, 0, 1);
    const struct npt__count_table table = {tea, 2, 2};
    result = npt__contingency(&table, 0.5, NULL);
    expect_v(result.plain, 0.5, 0.42791042245303723367, 0.81850853354015074234);
    expect_v(result.corrected, 0.3535533905932737622, 0.2603687473269265546,
             0.79735955255939760485);
}

/* R: chisq.test()$expected, $residuals and $stdres. The fractions by hand. */
static void residuals_are_those_of_r(void **state)
{
    (void)state;
    static const double standardised[] = {
        0.18257418583505533,  0.17722938923964154,  0.3480287789935651,   -0.54772255750516607,
        1.1315047637120361,   0.012070113739631776, 0.046456538905166343, -0.4351941398892446,
        -0.31980107453341566, 0.72435768508662624,  -0.20320502773823595, -0.10660035817780522,
        -0.93541434669348533, -1.0933427420751243,  -0.13246011121512363, 1.1135885079684349};
    static const double adjusted[] = {
        0.20960898543110063,  0.21422055076151622,  0.52643124758398452,  -0.7786628214276602,
        1.3164908537208972,   0.014785216543601437, 0.071213821119544857, -0.62699313642207688,
        -0.40326168762596976, 0.96164545701778725,  -0.33759614023407858, -0.1664500757152958,
        -1.081062279507482,   -1.3303253947928364,  -0.2016915863876266,  1.5936381457791915};
    const struct npt__count_table table = {job, 4, 4};
    struct npt__contingency_cell cells[16];
    struct npt__contingency result = npt__contingency(&table, 0.95, cells);
    const double rows[] = {20, 22, 33, 21}, columns[] = {4, 13, 43, 36};
    for (size_t i = 0; i < 16; i++) {
        assert_true(cells[i].defined);
        reference_expect(cells[i].expected, rows[i / 4] * columns[i % 4] / 96, EXACT);
        /* R subtracts rounded numbers: 0.012 keeps 14 digits. */
        reference_expect(cells[i].standardised, standardised[i], 1e-13);
        reference_expect(cells[i].adjusted, adjusted[i], 1e-13);
    }
    reference_expect(result.least_expected, 20 * 4 / 96.0, EXACT);
    assert_int_equal(result.below_five, 8); /* columns of 4 and 13 cases: 13 * 33 < 5 * 96 */
    assert_int_equal(result.below_one, 3);  /* 4 * 20, 4 * 22 and 4 * 21 are below 96 */
}

/* (3 * 3 - 1 * 1) / 4^2 = 1/2. The other way round it goes the other way. */
static void phi_has_a_sign_in_tables_of_2_by_2_only(void **state)
{
    (void)state;
    const uint32_t turned[] = {1, 3, 3, 1};
    reference_expect(look_at(tea, 2, 2).phi, 0.5, 0);
    reference_expect(look_at(turned, 2, 2).phi, -0.5, 0);
    /* vcd: contingency coefficient C, phi = C / sqrt(1 - C^2) */
    double c = 0.50900977138261261;
    reference_expect(look_at(answers, 3, 4).phi, c / sqrt(1 - c * c), 1e-14);
}

/* Yates takes 0.5 off |observed - expected|, but no more than there is: 1 1 / 1 2 has 3/5 * 2 = 1.2 expected and 0.2
   to take. */
static void yates_correction_does_not_go_below_nothing(void **state)
{
    (void)state;
    const uint32_t counts[] = {1, 1, 1, 2};
    struct npt__contingency result = look_at(counts, 2, 2);
    assert_true(result.yates.defined);
    reference_expect(result.yates.statistic, 0, 0);
    reference_expect(result.yates.p, 1, 0);
}

/* ---- what must not matter -------------------------------------------------------------------- */

struct random_table {
    size_t rows, columns;
    uint32_t counts[64], moved[64], turned[64];
};

static void shuffle_lines(size_t *lines, size_t count, uint64_t *random)
{
    for (size_t i = 0; i < count; i++)
        lines[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t j = reference_random(random) % i, line = lines[j];
        lines[j] = lines[i - 1];
        lines[i - 1] = line;
    }
}

static struct random_table make_table(uint64_t *random, uint32_t below)
{
    struct random_table table = {.rows = reference_random(random) % 7 + 2,
                                 .columns = reference_random(random) % 7 + 2};
    size_t rows[8], columns[8];
    shuffle_lines(rows, table.rows, random);
    shuffle_lines(columns, table.columns, random);
    for (size_t i = 0; i < table.rows; i++)
        for (size_t j = 0; j < table.columns; j++) {
            uint32_t count = (uint32_t)(reference_random(random) % below + 1);
            table.counts[i * table.columns + j] = count;
            table.moved[rows[i] * table.columns + columns[j]] = count;
            table.turned[j * table.rows + i] = count;
        }
    return table;
}

static void expect_same(const struct npt__contingency *a, const struct npt__contingency *b)
{
    assert_true(a->defined && b->defined);
    const double of_a[] = {a->pearson.statistic,
                           a->pearson.p,
                           a->g.statistic,
                           a->g.p,
                           a->least_expected,
                           fabs(a->phi),
                           a->plain.v,
                           a->plain.interval.low,
                           a->plain.interval.high,
                           a->corrected.v,
                           a->corrected.interval.low,
                           a->corrected.interval.high,
                           (double)a->below_five,
                           a->yates.statistic};
    const double of_b[] = {b->pearson.statistic,
                           b->pearson.p,
                           b->g.statistic,
                           b->g.p,
                           b->least_expected,
                           fabs(b->phi),
                           b->plain.v,
                           b->plain.interval.low,
                           b->plain.interval.high,
                           b->corrected.v,
                           b->corrected.interval.low,
                           b->corrected.interval.high,
                           (double)b->below_five,
                           b->yates.statistic};
    for (size_t i = 0; i < sizeof of_a / sizeof *of_a; i++)
        assert_true(reference_same(of_a[i], of_b[i]));
}

static void the_order_of_rows_and_columns_changes_no_digit(void **state)
{
    (void)state;
    uint64_t random = 11;
    for (int i = 0; i < (getenv("VALGRIND") ? 20 : 300); i++) {
        struct random_table table = make_table(&random, 40);
        struct npt__contingency result = look_at(table.counts, table.rows, table.columns);
        struct npt__contingency moved = look_at(table.moved, table.rows, table.columns);
        struct npt__contingency turned = look_at(table.turned, table.columns, table.rows);
        expect_same(&result, &moved);
        expect_same(&result, &turned);
        assert_true(result.plain.v >= result.corrected.v && result.plain.v <= 1);
        assert_true(result.plain.interval.low <= result.plain.v &&
                    result.plain.interval.high >= result.plain.v);
        assert_true(result.corrected.interval.low <= result.corrected.v &&
                    result.corrected.interval.high >= result.corrected.v);
    }
}

static void squared_residuals_add_up_to_chi_square(void **state)
{
    (void)state;
    uint64_t random = 12;
    for (int i = 0; i < 100; i++) {
        struct random_table table = make_table(&random, 9);
        const struct npt__count_table counts = {table.counts, table.rows, table.columns};
        struct npt__contingency_cell cells[64];
        struct npt__contingency result = npt__contingency(&counts, 0.95, cells);
        double sum = 0, g = 0;
        for (size_t j = 0; j < table.rows * table.columns; j++) {
            sum += cells[j].standardised * cells[j].standardised;
            g += 2 * table.counts[j] * log(table.counts[j] / cells[j].expected);
        }
        assert_true(fabs(sum - result.pearson.statistic) <= 1e-12 * sum);
        assert_true(fabs(g - result.g.statistic) <= 1e-10 * (1 + g));
    }
}

/* n copies of a table: statistics n times as large. V stays. A table of products is independent: all is exactly 0. */
static void statistics_grow_with_the_cases_and_v_does_not(void **state)
{
    (void)state;
    uint32_t many[12], products[12];
    for (size_t i = 0; i < 12; i++) {
        many[i] = answers[i] * 100000;
        products[i] = (uint32_t)((i / 4 + 1) * (2 * (i % 4) + 3));
    }
    struct npt__contingency few = look_at(answers, 3, 4), more = look_at(many, 3, 4);
    reference_expect(more.pearson.statistic, 21.680985917679816856e5, EXACT);
    reference_expect(more.g.statistic, 22.753755116990647678e5, EXACT);
    reference_expect(more.plain.v, 0.41814669749556809807, EXACT);
    assert_true(more.plain.interval.low > few.plain.v * 0.99 && more.corrected.v > few.corrected.v);
    struct npt__contingency none = look_at(products, 3, 4);
    assert_true(none.defined);
    reference_expect(none.pearson.statistic, 0, 0);
    reference_expect(none.g.statistic, 0, 0);
    reference_expect(none.pearson.p, 1, 0);
    reference_expect(none.plain.v, 0, 0);
}

/* Two sites of 50 million cases that differ by one case: observed and expected counts agree in eight digits. */
static void tiny_differences_keep_their_digits(void **state)
{
    (void)state;
    const uint32_t counts[] = {25000000, 24999999, 25000000, 25000001};
    /* By hand: a d - b c = 25000000 * 25000001 - 24999999 * 25000000 = 50000000; the totals are
       49999999, 50000001, 50000000, 50000000; chi-square = 1e8 * (5e7)^2 / (49999999 * 50000001 * 5e7 * 5e7)
       = 1e8 / (25e14 - 1). */
    struct npt__contingency result = look_at(counts, 2, 2);
    assert_true(result.defined);
    reference_expect(result.pearson.statistic, 1e8 / (25e14 - 1), EXACT);
    /* G differs from it by a share of some 1e-15 only. */
    reference_expect(result.g.statistic, 1e8 / (25e14 - 1), 1e-13);
}

/* True V of the shares below: chi-square of the shares themselves. The interval of the corrected V should hold it
   in 95 of 100 samples. */
static void the_interval_holds_the_true_v_as_often_as_it_says(void **state)
{
    (void)state;
    /* rows of 0.5; columns of 0.35, 0.3, 0.35 */
    const double shares[] = {0.2, 0.15, 0.15, 0.15, 0.15, 0.2};
    const double true_v = sqrt(4 * 0.025 * 0.025 / 0.175);
    const int samples = getenv("VALGRIND") ? 20 : 1000;
    uint64_t random = 3;
    int held = 0;
    for (int i = 0; i < samples; i++) {
        uint32_t counts[6] = {0};
        for (int j = 0; j < 300; j++) {
            double u = (double)(reference_random(&random) >> 11) * 0x1p-53;
            size_t cell = 0;
            while (cell < 5 && u >= shares[cell])
                u -= shares[cell++];
            counts[cell]++;
        }
        struct npt__interval interval = look_at(counts, 2, 3).corrected.interval;
        held += interval.low <= true_v && true_v <= interval.high;
    }
    /* The standard error of 0.95 in 1000 samples is 0.007. */
    assert_true(samples < 1000 || (held > 0.93 * samples && held < 0.97 * samples));
}

/* ---- degenerate data ------------------------------------------------------------------------- */

static void empty_rows_and_columns_are_left_out_and_told(void **state)
{
    (void)state;
    const uint32_t counts[] = {0, 0, 0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 1, 0, 3, 0};
    const struct npt__count_table table = {counts, 4, 4};
    struct npt__contingency_cell cells[16];
    struct npt__contingency result = npt__contingency(&table, 0.95, cells),
                            full = look_at(tea, 2, 2);
    assert_int_equal(result.rows, 2);
    assert_int_equal(result.columns, 2);
    assert_int_equal(result.empty_rows, 2);
    assert_int_equal(result.empty_columns, 2);
    expect_same(&result, &full);
    for (size_t i = 0; i < 16; i++) {
        bool used = (i / 4 == 1 || i / 4 == 3) && i % 2 == 0;
        assert_int_equal(cells[i].defined, used);
        reference_expect(cells[i].expected, used ? 2 : 0, 0);
    }
}

static void expect_fault(const uint32_t *counts, size_t rows, size_t columns,
                         enum npt__contingency_fault fault)
{
    struct npt__contingency result = look_at(counts, rows, columns);
    assert_int_equal(result.fault, fault);
    assert_false(result.defined || result.pearson.defined || result.g.defined ||
                 result.yates.defined || result.plain.defined || result.corrected.defined ||
                 result.plain.interval.defined || result.corrected.interval.defined);
    assert_true(reference_same(result.pearson.statistic, 0) && reference_same(result.phi, 0));
}

static void tables_that_compare_nothing_say_why(void **state)
{
    (void)state;
    const uint32_t none[6] = {0}, row[] = {3, 4, 0, 0}, column[] = {3, 0, 4, 0},
                   one[] = {0, 1, 0, 0};
    const uint32_t large[] = {50000000, 50000000, 1, 0}, huge[] = {UINT32_MAX, UINT32_MAX, 1, 9};
    expect_fault(NULL, 0, 3, NPT__CONTINGENCY_EMPTY);
    expect_fault(NULL, 3, 0, NPT__CONTINGENCY_EMPTY);
    expect_fault(none, 2, 3, NPT__CONTINGENCY_EMPTY);
    expect_fault(row, 2, 2, NPT__CONTINGENCY_ONE_ROW);
    expect_fault(one, 2, 2, NPT__CONTINGENCY_ONE_ROW);
    expect_fault(tea, 1, 4, NPT__CONTINGENCY_ONE_ROW);
    expect_fault(column, 2, 2, NPT__CONTINGENCY_ONE_COLUMN);
    expect_fault(tea, 4, 1, NPT__CONTINGENCY_ONE_COLUMN);
    expect_fault(large, 2, 2, NPT__CONTINGENCY_TOO_LARGE);
    expect_fault(huge, 2, 2, NPT__CONTINGENCY_TOO_LARGE);
    expect_fault(none, SIZE_MAX, 2, NPT__CONTINGENCY_TOO_LARGE);
    expect_fault(none, 1001, 1000, NPT__CONTINGENCY_TOO_LARGE);
}

/* Two cases that differ: V is 1, but nothing is left to correct it by. */
static void a_case_for_each_row_leaves_no_corrected_v(void **state)
{
    (void)state;
    const uint32_t two[] = {1, 0, 0, 1}, three[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    struct npt__contingency result = look_at(two, 2, 2);
    assert_true(result.defined && result.plain.defined && !result.corrected.defined);
    reference_expect(result.plain.v, 1, 0);
    reference_expect(result.pearson.statistic, 2, 0);
    assert_false(look_at(three, 3, 3).corrected.defined);
}

static void a_wrong_confidence_leaves_the_rest(void **state)
{
    (void)state;
    const double wrong[] = {0, 1, 95, -0.5, NAN};
    const struct npt__count_table table = {tea, 2, 2};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct npt__contingency result = npt__contingency(&table, wrong[i], NULL);
        assert_true(result.defined && result.plain.defined && result.corrected.defined);
        assert_false(result.plain.interval.defined || result.corrected.interval.defined);
    }
}

/* As many cases as there may be, wholly apart: p is too small for a number, and V is 1. */
static void the_largest_tables_end_in_numbers(void **state)
{
    (void)state;
    const uint32_t apart[] = {50000000, 0, 0, 50000000}, lone[] = {99999997, 1, 1, 1};
    if (getenv("VALGRIND"))
        return;
    struct npt__contingency result = look_at(apart, 2, 2);
    assert_true(result.defined && result.plain.interval.defined);
    reference_expect(result.pearson.statistic, 1e8, EXACT);
    reference_expect(result.plain.v, 1, 0);
    reference_expect(result.pearson.p, 0, 0);
    result = look_at(lone, 2, 2);
    assert_true(result.defined && isfinite(result.g.statistic) && result.corrected.v <= 1);
    static uint32_t wide[2 * 500000];
    for (size_t i = 0; i < 1000000; i++)
        wide[i] = i % 3 != 0;
    result = look_at(wide, 2, 500000);
    assert_true(result.defined && isfinite(result.pearson.p) && result.plain.interval.defined);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chi_square_and_g_have_their_known_values),
        cmocka_unit_test(cramers_v_comes_with_its_interval),
        cmocka_unit_test(residuals_are_those_of_r),
        cmocka_unit_test(phi_has_a_sign_in_tables_of_2_by_2_only),
        cmocka_unit_test(yates_correction_does_not_go_below_nothing),
        cmocka_unit_test(the_order_of_rows_and_columns_changes_no_digit),
        cmocka_unit_test(squared_residuals_add_up_to_chi_square),
        cmocka_unit_test(statistics_grow_with_the_cases_and_v_does_not),
        cmocka_unit_test(tiny_differences_keep_their_digits),
        cmocka_unit_test(the_interval_holds_the_true_v_as_often_as_it_says),
        cmocka_unit_test(empty_rows_and_columns_are_left_out_and_told),
        cmocka_unit_test(tables_that_compare_nothing_say_why),
        cmocka_unit_test(a_case_for_each_row_leaves_no_corrected_v),
        cmocka_unit_test(a_wrong_confidence_leaves_the_rest),
        cmocka_unit_test(the_largest_tables_end_in_numbers)};
    return reference_run("contingency tables", tests);
}
