/* test_fisher.c - Fisher's exact test against exact fractions, R, and all tables one by one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/describe.h"
#include "../nptkit/stats/factorials.h"
#include "../nptkit/stats/fisher.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

static const uint32_t job[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};
static const uint32_t tea[] = {3, 1, 1, 3};
static const uint32_t answers[] = {3, 9, 4, 1, 1, 6, 11, 5, 0, 2, 8, 12};

static struct npt__fisher run(const uint32_t *counts, size_t rows, size_t columns,
                              struct npt__fisher_options options)
{
    const struct npt__count_table table = {counts, rows, columns};
    return npt__fisher(&table, &options);
}

static double exact_p(const uint32_t *counts, size_t rows, size_t columns)
{
    struct npt__fisher test = run(counts, rows, columns, (struct npt__fisher_options){0});
    assert_true(test.defined && test.exact && test.fault == NPT__FISHER_FINE);
    assert_true(reference_same(test.error, 0) && test.replicates == 0);
    return test.p;
}

/* ---- known values ---------------------------------------------------------------------------- */

/* Sums of exact fractions over all tables (Python, whole numbers; ties within a share of 1e-7). R 4.2.2's
   fisher.test() has 0.0012290269932718023 and 0.78268493896567504: 12 of its digits stand in the last one. */
static void exact_p_is_the_fraction_of_all_tables(void **state)
{
    (void)state;
    const uint32_t seven[] = {4, 0, 2, 7, 1, 3, 9, 2, 5, 6, 1, 1, 8, 3};
    const uint32_t six[] = {2, 3, 0, 1, 4, 2, 1, 0, 5, 2, 2, 0, 3, 1, 1, 0, 2, 6};
    reference_expect(exact_p(tea, 2, 2), 17 / 35.0, 1e-15);
    reference_expect(exact_p(answers, 3, 4), 0.001229026993271769395197862144647873304419, 4e-15);
    reference_expect(exact_p(seven, 2, 7), 0.004015326258146475383876749543703114225659, 4e-15);
    reference_expect(exact_p(six, 3, 6), 0.01464536848204858167424953893839870776089, 4e-15);
    reference_expect(exact_p(job, 4, 4), 0.7826849389663947638070300277643770192241, 4e-15);
}

/* 170! has 307 digits and is below 1.8e308; ln 1000000! = 12815518.384658169624 (mpmath). */
static void factorials_go_on_where_doubles_end(void **state)
{
    (void)state;
    struct npt__factorials factorials = npt__factorials(NPT__FACTORIALS_MOST);
    double product = 1;
    for (int i = 1; i <= 18; i++) {
        product *= i; /* below 2^53 */
        reference_expect(ldexp(factorials.values[i].mantissa, (int)factorials.values[i].exponent),
                         product, 0);
        /* less than one prime factor for each doubling */
        assert_true(fabs((double)factorials.logs[i] * NPT__LOG_UNIT - log(product)) <
                    log2(product + 1) * NPT__LOG_UNIT / 2);
    }
    const struct npt__factorial *last = &factorials.values[1000000];
    reference_expect(log(last->mantissa) + (double)last->exponent * log(2), 12815518.384658169624,
                     4e-16);
    /* some 3e6 prime factors, each off by half a unit at most */
    assert_true(fabs((double)factorials.logs[1000000] * NPT__LOG_UNIT - 12815518.384658169624) <
                3e6 * NPT__LOG_UNIT / 2);
    /* 6! 1! = 720 = 3! 5!: the same sum, not only nearly */
    assert_true(factorials.logs[6] + factorials.logs[1] == factorials.logs[3] + factorials.logs[5]);
    /* 2 of 4 and 1 of 3: 6 * 3 / 35 */
    reference_expect(npt__hypergeometric(&factorials, (uint32_t[]){4, 3}, (uint32_t[]){2, 1}, 2),
                     18 / 35.0, 4e-16);
    npt__factorials_release(&factorials);
}

/* ---- all tables, one by one ------------------------------------------------------------------ */

struct enumeration {
    size_t rows, columns;
    double row[8], column[8]; /* what is left of the totals */
    double observed;
    struct npt__twofold rare, all;
};

static double factorial(double n)
{
    return tgamma(n + 1);
}

/* weight: 1 over the product of the factorials of the cells before this one. */
static void enumerate(struct enumeration *e, size_t cell, double weight)
{
    if (cell == e->rows * e->columns) {
        const struct npt__twofold part = {weight, 0};
        e->all = npt__twofold_add(e->all, part);
        if (weight <= e->observed * (1 + 1e-7))
            e->rare = npt__twofold_add(e->rare, part);
        return;
    }
    const size_t i = cell / e->columns, j = cell % e->columns;
    const bool last_row = i + 1 == e->rows, last_column = j + 1 == e->columns;
    double least = last_row ? e->column[j] : last_column ? e->row[i] : 0;
    double most = fmin(e->row[i], e->column[j]);
    if (last_column && least > e->column[j])
        return;
    if (last_row && least > e->row[i])
        return;
    for (double count = least; count <= (last_row || last_column ? least : most); count++) {
        e->row[i] -= count;
        e->column[j] -= count;
        enumerate(e, cell + 1, weight / factorial(count));
        e->row[i] += count;
        e->column[j] += count;
    }
}

static double enumerated_p(const uint32_t *counts, size_t rows, size_t columns)
{
    struct enumeration e = {.rows = rows, .columns = columns, .observed = 1};
    for (size_t i = 0; i < rows * columns; i++) {
        e.row[i / columns] += counts[i];
        e.column[i % columns] += counts[i];
        e.observed /= factorial(counts[i]);
    }
    enumerate(&e, 0, 1);
    return e.rare.high / e.all.high;
}

static bool has_no_empty_line(const uint32_t *counts, size_t rows, size_t columns)
{
    struct npt__count_table table = {counts, rows, columns};
    struct npt__contingency result = npt__contingency(&table, 0.95, NULL);
    return result.defined && !result.empty_rows && !result.empty_columns;
}

static void small_tables_agree_with_all_tables_one_by_one(void **state)
{
    (void)state;
    uint64_t random = 21;
    int compared = 0;
    const int wanted = getenv("VALGRIND") ? 10 : 150;
    while (compared < wanted) {
        size_t rows = reference_random(&random) % 3 + 2,
               columns = reference_random(&random) % 4 + 2;
        uint32_t counts[20];
        for (size_t i = 0; i < rows * columns; i++)
            counts[i] = (uint32_t)(reference_random(&random) % (rows * columns > 9 ? 3 : 6));
        if (!has_no_empty_line(counts, rows, columns))
            continue;
        reference_expect(exact_p(counts, rows, columns), enumerated_p(counts, rows, columns),
                         1e-13);
        compared++;
    }
}

/* Columns 5 5 5 and rows 8 7: many tables are equally probable, and all of them count. */
static void equally_probable_tables_all_count(void **state)
{
    (void)state;
    const uint32_t first[] = {4, 3, 1, 1, 2, 4}, second[] = {1, 4, 3, 4, 1, 2};
    double p = exact_p(first, 2, 3);
    assert_true(reference_same(p, exact_p(second, 2, 3)));
    reference_expect(p, enumerated_p(first, 2, 3), 1e-14);
    /* The most probable tables of these totals: p is 1 */
    const uint32_t even[] = {3, 3, 2, 2, 2, 3};
    reference_expect(exact_p(even, 2, 3), 1, 1e-14);
}

static void many_cases_bring_fisher_near_chi_square(void **state)
{
    (void)state;
    const uint32_t counts[] = {50000, 48000, 51000, 49500};
    const struct npt__count_table table = {counts, 2, 2};
    double chi_square = npt__contingency(&table, 0.95, NULL).pearson.p;
    assert_true(fabs(exact_p(counts, 2, 2) / chi_square - 1) < 0.02);
}

/* ---- random tables --------------------------------------------------------------------------- */

static struct npt__fisher estimate(const uint32_t *counts, size_t rows, size_t columns,
                                   size_t replicates, uint64_t seed, unsigned threads)
{
    struct npt__fisher_options options = {
        .work = 1, .replicates = replicates, .seed = seed, .threads = threads};
    struct npt__fisher test = run(counts, rows, columns, options);
    assert_true(test.defined && !test.exact && test.replicates == replicates);
    return test;
}

/* Few cases are shuffled; many are drawn cell by cell. */
static void random_tables_agree_with_the_exact_way(void **state)
{
    (void)state;
    const uint32_t many[] = {120, 95, 133, 160, 150, 142},
                   three[] = {70, 60, 81, 75, 90, 66, 80, 71, 97};
    const size_t replicates = getenv("VALGRIND") ? 200 : 40000;
    const struct {
        const uint32_t *counts;
        size_t rows, columns;
        double p;
    } tables[] = {{tea, 2, 2, exact_p(tea, 2, 2)},
                  {answers, 3, 4, exact_p(answers, 3, 4)},
                  {job, 4, 4, exact_p(job, 4, 4)},
                  {many, 2, 3, exact_p(many, 2, 3)},
                  /* Too long for the exact way in a test; with 690 cases chi-square's p is near */
                  {three, 3, 3, NAN}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        double p = tables[i].p;
        const struct npt__count_table table = {tables[i].counts, tables[i].rows, tables[i].columns};
        double allowed = 0;
        if (isnan(p)) {
            p = npt__contingency(&table, 0.95, NULL).pearson.p;
            allowed = 0.01;
        }
        struct npt__fisher test =
            estimate(table.counts, table.rows, table.columns, replicates, 9, 2);
        double error = sqrt(p * (1 - p) / (double)replicates);
        assert_true(fabs(test.p - p) < 4 * error + allowed + 1 / (double)replicates);
        reference_expect(test.error, sqrt(test.p * (1 - test.p) / (double)replicates), 1e-15);
    }
}

/* Over many seeds estimates lie around p as far as their standard error says, by both ways of drawing. */
static void the_standard_error_is_that_of_the_estimates(void **state)
{
    (void)state;
    if (getenv("VALGRIND"))
        return;
    const uint32_t many[] = {120, 95, 133, 160, 150, 142};
    const struct {
        const uint32_t *counts;
        size_t rows, columns;
    } tables[] = {{job, 4, 4}, {many, 2, 3}};
    for (size_t i = 0; i < 2; i++) {
        double p = exact_p(tables[i].counts, tables[i].rows, tables[i].columns), squares = 0;
        for (uint64_t seed = 0; seed < 100; seed++) {
            struct npt__fisher test =
                estimate(tables[i].counts, tables[i].rows, tables[i].columns, 1000, seed, 1);
            squares += (test.p - p) * (test.p - p) / (test.error * test.error);
        }
        /* chi-square with 100 degrees of freedom: within 60 and 150 but in 1 of 1000 cases */
        assert_true(squares > 60 && squares < 150);
    }
}

static void threads_change_no_digit_and_seeds_do(void **state)
{
    (void)state;
    const size_t replicates = getenv("VALGRIND") ? 100 : 3000;
    double p = estimate(job, 4, 4, replicates, 1, 1).p;
    for (unsigned threads = 2; threads <= 5; threads++)
        assert_true(reference_same(estimate(job, 4, 4, replicates, 1, threads).p, p));
    int differ = 0;
    for (uint64_t seed = 2; seed < 8; seed++)
        differ += !reference_same(estimate(job, 4, 4, replicates, seed, 1).p, p);
    assert_true(differ > 0);
}

/* 60 sites with about 10 cases each: too many for the exact way, and done all the same. */
static void sixty_sites_are_done(void **state)
{
    (void)state;
    uint32_t counts[120];
    for (size_t i = 0; i < 60; i++) {
        counts[i] = (uint32_t)(3 + i % 5);
        counts[60 + i] = (uint32_t)(8 + i % 3 - i % 5);
    }
    struct npt__fisher_options options = {
        .replicates = getenv("VALGRIND") ? 100 : 100000, .seed = 1, .threads = 2};
    if (getenv("VALGRIND"))
        options.work = 1000;
    struct npt__fisher test = run(counts, 2, 60, options);
    assert_true(test.defined && test.columns == 60);
    const struct npt__count_table table = {counts, 2, 60};
    double chi_square = npt__contingency(&table, 0.95, NULL).pearson.p;
    assert_true(fabs(test.p - chi_square) < (getenv("VALGRIND") ? 0.3 : 0.06));
}

/* ---- what must not matter -------------------------------------------------------------------- */

static void the_order_of_rows_and_columns_changes_no_digit(void **state)
{
    (void)state;
    /* answers with rows 3, 1, 2 and columns 4, 1, 3, 2; then rows and columns exchanged */
    const uint32_t moved[] = {12, 0, 8, 2, 1, 3, 4, 9, 5, 1, 11, 6};
    const uint32_t turned[] = {12, 1, 5, 0, 3, 1, 8, 4, 11, 2, 9, 6};
    double p = exact_p(answers, 3, 4);
    assert_true(reference_same(exact_p(moved, 3, 4), p));
    assert_true(reference_same(exact_p(turned, 4, 3), p));
    p = estimate(answers, 3, 4, 500, 4, 1).p;
    assert_true(reference_same(estimate(moved, 3, 4, 500, 4, 1).p, p));
    assert_true(reference_same(estimate(turned, 4, 3, 500, 4, 1).p, p));
    uint32_t square[16];
    for (size_t i = 0; i < 16; i++)
        square[i % 4 * 4 + i / 4] = job[i];
    assert_true(reference_same(exact_p(square, 4, 4), exact_p(job, 4, 4)));
}

static void empty_rows_and_columns_are_left_out_and_told(void **state)
{
    (void)state;
    const uint32_t counts[] = {0, 0, 0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 1, 0, 3, 0};
    struct npt__fisher test = run(counts, 4, 4, (struct npt__fisher_options){0});
    assert_true(test.defined && test.exact && test.cases == 8);
    assert_int_equal(test.rows, 2);
    assert_int_equal(test.columns, 2);
    assert_int_equal(test.empty_rows, 2);
    assert_int_equal(test.empty_columns, 2);
    reference_expect(test.p, 17 / 35.0, 1e-15);
}

/* ---- degenerate data ------------------------------------------------------------------------- */

static void expect_fault(const uint32_t *counts, size_t rows, size_t columns,
                         struct npt__fisher_options options, enum npt__fisher_fault fault)
{
    struct npt__fisher test = run(counts, rows, columns, options);
    assert_false(test.defined);
    assert_int_equal(test.fault, fault);
    assert_true(reference_same(test.p, 0) && reference_same(test.error, 0) && !test.exact);
}

static void tables_that_cannot_be_tested_say_why(void **state)
{
    (void)state;
    const struct npt__fisher_options options = {.replicates = 10}, none = {.work = 1};
    const uint32_t zeros[6] = {0}, row[] = {3, 4, 0, 0}, column[] = {3, 0, 4, 0};
    const uint32_t large[] = {1000000, 1, 1, 1}, huge[] = {UINT32_MAX, UINT32_MAX, 2, 1};
    expect_fault(NULL, 0, 3, options, NPT__FISHER_EMPTY);
    expect_fault(NULL, 3, 0, options, NPT__FISHER_EMPTY);
    expect_fault(zeros, 2, 3, options, NPT__FISHER_EMPTY);
    expect_fault(row, 2, 2, options, NPT__FISHER_ONE_ROW);
    expect_fault(column, 2, 2, options, NPT__FISHER_ONE_COLUMN);
    expect_fault(tea, 1, 4, options, NPT__FISHER_ONE_ROW);
    expect_fault(tea, 4, 1, options, NPT__FISHER_ONE_COLUMN);
    expect_fault(large, 2, 2, options, NPT__FISHER_TOO_LARGE);
    expect_fault(huge, 2, 2, options, NPT__FISHER_TOO_LARGE);
    expect_fault(zeros, SIZE_MAX, 2, options, NPT__FISHER_TOO_LARGE);
    expect_fault(job, 4, 4, none, NPT__FISHER_WORK_BOUND);
    expect_fault(job, 4, 4, (struct npt__fisher_options){.replicates = NPT__MOST_REPLICATES + 1},
                 NPT__FISHER_REPLICATES);
    static uint32_t wide[1000 * 1000];
    for (size_t i = 0; i < 1000000; i++)
        wide[i] = 1;
    expect_fault(wide, 1000, 1000, (struct npt__fisher_options){.replicates = 1000000},
                 NPT__FISHER_WORK_BOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_p_is_the_fraction_of_all_tables),
        cmocka_unit_test(factorials_go_on_where_doubles_end),
        cmocka_unit_test(small_tables_agree_with_all_tables_one_by_one),
        cmocka_unit_test(equally_probable_tables_all_count),
        cmocka_unit_test(many_cases_bring_fisher_near_chi_square),
        cmocka_unit_test(random_tables_agree_with_the_exact_way),
        cmocka_unit_test(the_standard_error_is_that_of_the_estimates),
        cmocka_unit_test(threads_change_no_digit_and_seeds_do),
        cmocka_unit_test(sixty_sites_are_done),
        cmocka_unit_test(the_order_of_rows_and_columns_changes_no_digit),
        cmocka_unit_test(empty_rows_and_columns_are_left_out_and_told),
        cmocka_unit_test(tables_that_cannot_be_tested_say_why)};
    return reference_run("Fisher's exact test", tests);
}
