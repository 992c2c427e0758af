/* test_resampled_alpha.c - the bootstrap interval of alpha.
 *
 * Expected intervals come from R 4.2.2 with boot 1.3-28, with an allowance for chance that is stated with
 * each; and from resamples written out row by row, whose alphas are those of the listwise function. Tests
 * are started in the project's folder.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/reliability.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MOST_ROWS 1000u

/* ---- helpers --------------------------------------------------------------------------------- */

static void expect_near(double value, double expected, double allowance)
{
    if (!(fabs(value - expected) <= allowance * fabs(expected)))
        fail_msg("%.17g is not %.17g (within %g of it)", value, expected, allowance);
}

struct table {
    uint8_t values[MOST_ROWS * 60];
    size_t count, items;
};

/* Reads whole numbers below a line of names. */
static void read_table(struct table *table, const char *path, size_t items)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[256];
    assert_non_null(fgets(line, sizeof line, file));
    table->items = items;
    for (table->count = 0; fgets(line, sizeof line, file); table->count++) {
        assert_true(table->count < MOST_ROWS);
        char *cell = line;
        for (size_t i = 0; i < items; i++, cell++) {
            char *end;
            table->values[table->count * items + i] = (uint8_t)strtol(cell, &end, 10);
            assert_true(end > cell);
            cell = end;
        }
    }
    fclose(file);
}

static struct npt__item_answers answers_of(const struct table *table)
{
    return (struct npt__item_answers){table->values, table->count, table->items};
}

/* Row i goes to a place of its own; `factor` has no divisor in common with the count. */
static void shuffle(struct table *to, const struct table *from, size_t factor)
{
    to->count = from->count;
    to->items = from->items;
    for (size_t i = 0; i < from->count; i++)
        memcpy(to->values + (i * factor + 3) % from->count * from->items,
               from->values + i * from->items, from->items);
}

/* Answers of 0 .. most made by a rule: alike within a row, not the same. */
static void make_table(struct table *table, size_t count, size_t items, unsigned most)
{
    struct npt__random random;
    npt__random_start(&random, 5, items);
    table->count = count;
    table->items = items;
    for (size_t i = 0; i < count; i++) {
        uint64_t level = npt__random_below(&random, most + 1);
        for (size_t j = 0; j < items; j++)
            table->values[i * items + j] =
                (uint8_t)((level + npt__random_below(&random, most + 1)) / 2);
    }
}

static struct table data, other;

/* ---- intervals ------------------------------------------------------------------------------- */

static void expect_interval(const struct table *table, struct npt__bootstrap_options options,
                            double low, double high, double allowance)
{
    struct npt__item_answers answers = answers_of(table);
    struct npt__bootstrap_interval interval = npt__alpha_bootstrap(&answers, &options);
    assert_true(interval.defined);
    expect_near(interval.estimate, npt__alpha_listwise(&answers, 0.95, NULL).alpha, 1e-15);
    expect_near(interval.low, low, allowance / low);
    expect_near(interval.high, high, allowance / high);
}

static void the_interval_of_alpha_is_that_of_boot(void **state)
{
    (void)state;
    read_table(&data, "tests/data/items6.csv", 6);
    /* b <- boot(x, alpha, R = 200000); boot.ci(b, type = "bca", L = (n - 1) * (mean(jack) - jack)), jack
       being alpha without each row. Four standard errors of chance are 0.0016. */
    expect_interval(&data, (struct npt__bootstrap_options){100000, 1, 2, 0.95}, 0.7467670717,
                    0.8718965869, 0.0016);
}

static void few_patterns_give_the_interval_of_boot_too(void **state)
{
    (void)state;
    const uint8_t patterns[4][2] = {{0, 0}, {1, 1}, {0, 1}, {1, 0}};
    const size_t times[] = {400, 350, 130, 120};
    data.count = 0;
    data.items = 2;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < times[i]; j++)
            memcpy(data.values + 2 * data.count++, patterns[i], 2);
    assert_true(npt__bootstrap_by_counts(data.count, 4));
    /* As above with R = 100000. Four standard errors are 0.0020. */
    expect_interval(&data, (struct npt__bootstrap_options){100000, 3, 2, 0.95}, 0.61418938,
                    0.71072034, 0.0020);
}

static size_t row_size;

static int compare_rows(const void *a, const void *b)
{
    return memcmp(a, b, row_size);
}

/* The interval written out: rows drawn as random.h says, alpha of each resample by the listwise function, and
   again without each row. */
static struct npt__bootstrap_interval written_out(struct table *table, size_t replicates,
                                                  uint64_t seed)
{
    static struct table drawn;
    double results[300], jackknife[MOST_ROWS];
    size_t size = row_size = drawn.items = table->items;
    qsort(table->values, table->count, size, compare_rows);
    struct npt__item_answers answers = {drawn.values, table->count, size};
    for (size_t r = 0; r < replicates; r++) {
        struct npt__random random;
        struct npt__random_blocks blocks = npt__random_blocks((uint32_t)table->count);
        size_t filled = 0;
        npt__random_start(&random, seed, r);
        while (npt__random_block(&random, &blocks)) {
            uint64_t bits = 0;
            for (uint32_t i = 0; i < blocks.draws; i++, bits >>= NPT__DRAW_BITS) {
                if (i % NPT__DRAWS_FROM_64 == 0)
                    bits = npt__random_next(&random);
                memcpy(drawn.values + size * filled++,
                       table->values + size * (blocks.first + (bits & blocks.mask)), size);
            }
        }
        results[r] = npt__alpha_listwise(&answers, 0.95, NULL).alpha;
    }
    for (size_t i = 0; i < table->count; i++) {
        memcpy(drawn.values, table->values, i * size);
        memcpy(drawn.values + i * size, table->values + (i + 1) * size,
               (table->count - i - 1) * size);
        answers.count = table->count - 1;
        jackknife[i] = npt__alpha_listwise(&answers, 0.95, NULL).alpha;
    }
    answers = answers_of(table);
    return npt__bootstrap_bca(results, replicates, npt__alpha_listwise(&answers, 0.95, NULL).alpha,
                              npt__acceleration(jackknife, NULL, table->count), 0.95);
}

static void packed_rows_say_the_same_as_rows_written_out(void **state)
{
    (void)state;
    const struct {
        size_t count, items;
        unsigned most;
    } shapes[] = {{23, 2, 1},    {301, 4, 4},   {300, 5, 4},   {257, 7, 4},
                  {90, 3, 200},  {300, 20, 10}, {64, 60, 200}, {320, 33, 1},
                  {400, 6, 100}, {380, 9, 138}, {80, 60, 199}, {312, 4, 2}};
    for (size_t s = 0; s < COUNT(shapes); s++) {
        make_table(&data, shapes[s].count, shapes[s].items, shapes[s].most);
        for (size_t i = 0; s % 2 && i < data.count; i++) /* mostly the largest sums there can be */
            if (i % 50)
                memset(data.values + i * data.items, (int)shapes[s].most, data.items);
        struct npt__bootstrap_interval expected = written_out(&data, 40, 77 + s);
        shuffle(&other, &data, 1);
        struct npt__item_answers answers = answers_of(&other);
        const struct npt__bootstrap_options options = {40, 77 + s, 2, 0.95};
        struct npt__bootstrap_interval interval = npt__alpha_bootstrap(&answers, &options);
        assert_true(interval.defined && expected.defined);
        expect_near(interval.low, expected.low, 1e-13);
        expect_near(interval.high, expected.high, 1e-13);
    }
}

static void neither_order_nor_threads_change_a_digit_of_the_interval(void **state)
{
    (void)state;
    for (size_t items = 2; items <= 12; items += 5) { /* by counts; by draws */
        make_table(&data, 997, items, items == 2 ? 2 : 4);
        for (size_t i = 0; i < 20; i++)
            data.values[i * 91] = NPT__NO_VALUE;
        shuffle(&other, &data, 313);
        struct npt__item_answers a = answers_of(&data), b = answers_of(&other);
        const struct npt__bootstrap_options alone = {300, 8, 1, 0.95}, many = {300, 8, 7, 0.95};
        struct npt__bootstrap_interval first = npt__alpha_bootstrap(&a, &alone);
        struct npt__bootstrap_interval second = npt__alpha_bootstrap(&b, &many);
        assert_true(first.defined && second.defined && first.estimate == second.estimate);
        assert_true(first.low == second.low && first.high == second.high);
    }
}

static void alphas_without_an_interval_say_why(void **state)
{
    (void)state;
    const uint8_t values[] = {1, 2, 2, 3, 4, 4}, two_alike[] = {1, 2, 1, 2, 3, 3};
    const uint8_t opposed[] = {1, 5, 2, 4, 5, 1}, same[] = {3, 4, 3, 4, 3, 4};
    const uint8_t gaps[] = {1, 255, 2, 201, 255, 5};
    struct npt__item_answers answers = {values, 3, 2};
    struct npt__bootstrap_options options = {1000, 1, 1, 0.95};
    /* One in nine resamples of three rows is three times the same row. */
    struct npt__bootstrap_interval none = npt__alpha_bootstrap(&answers, &options);
    assert_false(none.defined);
    assert_int_equal(none.fault, NPT__BOOTSTRAP_REPLICATES);
    expect_near(none.estimate, npt__alpha_listwise(&answers, 0.95, NULL).alpha, 1e-15);
    answers.values = two_alike; /* without the third there is no variation */
    assert_false(npt__alpha_bootstrap(&answers, &options).defined);
    answers.values = opposed;
    assert_int_equal(npt__alpha_bootstrap(&answers, &options).fault, NPT__BOOTSTRAP_CONSTANT);
    answers.values = same;
    assert_int_equal(npt__alpha_bootstrap(&answers, &options).fault, NPT__BOOTSTRAP_CONSTANT);
    answers.values = gaps;
    assert_int_equal(npt__alpha_bootstrap(&answers, &options).fault, NPT__BOOTSTRAP_TOO_FEW);
    answers.values = values;
    answers.items = 1;
    assert_int_equal(npt__alpha_bootstrap(&answers, &options).fault, NPT__BOOTSTRAP_TOO_FEW);
    answers.items = 2;
    options.replicates = 1;
    assert_int_equal(npt__alpha_bootstrap(&answers, &options).fault, NPT__BOOTSTRAP_REPLICATES);
    answers.count = 1;
    assert_int_equal(npt__alpha_bootstrap(&answers, &options).fault, NPT__BOOTSTRAP_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_of_alpha_is_that_of_boot),
        cmocka_unit_test(few_patterns_give_the_interval_of_boot_too),
        cmocka_unit_test(packed_rows_say_the_same_as_rows_written_out),
        cmocka_unit_test(neither_order_nor_threads_change_a_digit_of_the_interval),
        cmocka_unit_test(alphas_without_an_interval_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
