/* test_reliability.c - alpha, its items and its intervals.
 *
 * Expected values: R 4.2.2 with psych 2.2.9; quantiles of F come from the incomplete beta
 * function's series in 50 digits. Tests are started in the project's folder.
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

/* Reads `items` columns of a CSV file from column `first`; whatever is no number is missing. */
static void read_table(struct table *table, const char *path, size_t first, size_t items)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[1024];
    assert_non_null(fgets(line, sizeof line, file));
    table->items = items;
    for (table->count = 0; fgets(line, sizeof line, file); table->count++) {
        assert_true(table->count < MOST_ROWS);
        const char *cell = line;
        for (size_t column = 0; column < first + items; column++) {
            size_t length = strcspn(cell, ",\r\n");
            char *end;
            long value = strtol(cell, &end, 10);
            bool is_number = length && end == cell + length;
            if (column >= first)
                table->values[table->count * items + column - first] =
                    is_number ? (uint8_t)value : NPT__NO_VALUE;
            cell += length + (cell[length] == ',');
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

/* ---- alpha ----------------------------------------------------------------------------------- */

static void alpha_of_six_items_is_that_of_psych(void **state)
{
    (void)state;
    read_table(&data, "tests/data/items6.csv", 0, 6);
    struct npt__item_answers answers = answers_of(&data);
    struct npt__item_reliability items[6];
    struct npt__alpha alpha = npt__alpha_listwise(&answers, 0.95, items);
    assert_true(alpha.defined);
    assert_int_equal(alpha.count, 80);
    assert_int_equal(alpha.items, 6);
    assert_int_equal(alpha.least_pair, 80);
    expect_near(alpha.alpha, 0.81928115552569702, 1e-15);
    expect_near(alpha.standardised, 0.82001395203679905, 1e-14);
    expect_near(npt__alpha_pairwise(&answers, NULL).alpha, alpha.alpha, 1e-15);
    expect_near(alpha.mean_correlation, 0.43160213720068585, 1e-14);
    /* 1 - (1 - a) * qf(c(.975, .025), 79, 395) */
    expect_near(alpha.low, 0.75020004702758936, 1e-14);
    expect_near(alpha.high, 0.87435015400039484, 1e-14);
    const double without[] = {0.77527144517007884, 0.77873231091988071, 0.78400841445306058,
                              0.79994596080736446, 0.79480578444536731, 0.80940074525432038};
    const double rest[] = {0.6547298793108921,  0.64495261891914912, 0.61547979414477538,
                           0.53943321121760301, 0.56431457997343093, 0.49276831883633476};
    const double means[] = {2.875, 3.2625, 3.3, 2.8875, 3.1375, 3.1875};
    const double deviations[] = {1.0835361705597983, 1.0156216528669286, 1.2054727524759841,
                                 1.0790730902849979, 1.0994100834745739, 1.0684633470787066};
    for (size_t i = 0; i < 6; i++) {
        expect_near(items[i].alpha_without, without[i], 1e-14);
        expect_near(items[i].rest_correlation, rest[i], 1e-14);
        expect_near(items[i].mean, means[i], 1e-15);
        expect_near(items[i].sd, deviations[i], 1e-15);
    }
}

static void alpha_of_percentages_is_that_of_psych(void **state)
{
    (void)state;
    read_table(&data, "tests/data/attitude.csv", 0, 7);
    struct npt__item_answers answers = answers_of(&data);
    struct npt__item_reliability items[7];
    struct npt__alpha alpha = npt__alpha_listwise(&answers, 0.95, items);
    expect_near(alpha.alpha, 0.84314276956475986, 1e-15);
    expect_near(alpha.standardised, 0.83908380302951058, 1e-14);
    expect_near(alpha.low, 0.73937568564310729, 1e-14);
    expect_near(alpha.high, 0.9157730721599816, 1e-14);
    const double without[] = {0.80976020630892143, 0.79691745727413965, 0.82784776593865905,
                              0.80303097502257437, 0.79538657419820524, 0.86387231144643684,
                              0.8404648682654573};
    const double rest[] = {0.67126205722366428, 0.74210971022223859, 0.56071111148025565,
                           0.71444549813367619, 0.78627559383439993, 0.26503433919667607,
                           0.46081054946849642};
    for (size_t i = 0; i < 7; i++) {
        expect_near(items[i].alpha_without, without[i], 1e-14);
        expect_near(items[i].rest_correlation, rest[i], 2e-14);
    }
    static double covariances[49];
    double total = 0;
    assert_int_equal(npt__item_covariances(&answers, covariances), 30);
    for (size_t i = 0; i < 49; i++)
        total += covariances[i];
    expect_near(total, 3334.8919540229886, 1e-15);
    expect_near(sqrt(covariances[0]), 12.172561947585894, 1e-15);
}

static void rows_with_a_missing_answer_are_left_out(void **state)
{
    (void)state;
    read_table(&data, "tests/data/items6_missing.csv", 0, 6);
    struct npt__item_answers answers = answers_of(&data);
    struct npt__item_reliability items[6];
    struct npt__alpha alpha = npt__alpha_listwise(&answers, 0.95, items);
    assert_int_equal(alpha.count, 55);
    expect_near(alpha.alpha, 0.84621641017462723, 1e-15);
    expect_near(alpha.low, 0.77342701332477581, 1e-14);
    expect_near(alpha.high, 0.90153389441066245, 1e-14);
    const double without[] = {0.80203344662443998, 0.81430355678174637, 0.81862745098039214,
                              0.82480137233658368, 0.82524491197628602, 0.83859150979773545};
    const double rest[] = {0.72378971424646688, 0.66238127691380599, 0.64717492427730627,
                           0.60679305757229929, 0.60425555909750339, 0.53034116157488198};
    for (size_t i = 0; i < 6; i++) {
        expect_near(items[i].alpha_without, without[i], 1e-14);
        expect_near(items[i].rest_correlation, rest[i], 1e-14);
    }
}

static void pairwise_alpha_is_that_of_psych(void **state)
{
    (void)state;
    read_table(&data, "tests/data/items6_missing.csv", 0, 6);
    struct npt__item_answers answers = answers_of(&data);
    struct npt__item_reliability items[6];
    struct npt__alpha alpha = npt__alpha_pairwise(&answers, items);
    assert_true(alpha.defined);
    assert_int_equal(alpha.count, 80);
    assert_int_equal(alpha.least_pair, 68); /* min(crossprod(!is.na(d))) */
    expect_near(alpha.alpha, 0.82922733794506165, 1e-15);
    expect_near(alpha.standardised, 0.82984810662643393, 1e-14);
    expect_near(alpha.mean_correlation, 0.44838247296978256, 1e-14);
    assert_true(isnan(alpha.low) && isnan(alpha.high));
    const double without[] = {0.7937228588321934,  0.7867621762881688,  0.79633186034209236,
                              0.80986151385461946, 0.80946309105565772, 0.81349856079120908};
    const double rest[] = {0.63854667919935726, 0.67551092505000943, 0.62730151021293823,
                           0.55915467828998411, 0.56162002924782739, 0.54051701746104797};
    const double deviations[] = {1.0766983232453180, 1.0405513589882702, 1.2093541509985661,
                                 1.0730449189110121, 1.0903081811233746, 1.0644711608479276};
    for (size_t i = 0; i < 6; i++) {
        expect_near(items[i].alpha_without, without[i], 1e-14);
        expect_near(items[i].rest_correlation, rest[i], 1e-14);
        expect_near(items[i].sd, deviations[i], 1e-15);
    }
    expect_near(items[3].mean, 2.8378378378378377, 1e-15);
}

static void scales_of_a_survey_have_the_alphas_of_r(void **state)
{
    (void)state;
    const struct {
        size_t first, items, count;
        double alpha, low, high, pairwise;
    } scales[] = {
        {7, 4, 122, 0.71588440523994468, 0.62360387584166266, 0.79011726680093097,
         0.71964827940035492},
        {11, 4, 119, 0.78592597371873441, 0.71541721676170045, 0.84248875611659102,
         0.78438110703278829},
        {15, 7, 107, 0.80982065096417133, 0.74920789993850412, 0.86015526267645548,
         0.79280014963837275},
        {22, 5, 116, 0.82518083586354707, 0.76930438424527292, 0.87086303658780995,
         0.81911478985648767},
    };
    for (size_t s = 0; s < COUNT(scales); s++) {
        read_table(&data, "tests/data/survey_ref.csv", scales[s].first, scales[s].items);
        for (size_t i = 0; scales[s].first == 15 && i < data.count; i++) {
            uint8_t *reversed = &data.values[i * 7 + 2]; /* CA3r */
            if (*reversed != NPT__NO_VALUE)
                *reversed = (uint8_t)(6 - *reversed);
        }
        struct npt__item_answers answers = answers_of(&data);
        struct npt__alpha alpha = npt__alpha_listwise(&answers, 0.95, NULL);
        assert_int_equal(alpha.count, scales[s].count);
        expect_near(alpha.alpha, scales[s].alpha, 1e-14);
        expect_near(alpha.low, scales[s].low, 1e-14);
        expect_near(alpha.high, scales[s].high, 1e-14);
        expect_near(npt__alpha_pairwise(&answers, NULL).alpha, scales[s].pairwise, 1e-14);
    }
}

static void no_order_of_the_rows_changes_a_digit(void **state)
{
    (void)state;
    make_table(&data, 997, 9, 10);
    for (size_t i = 0; i < 40; i++)
        data.values[i * 211] = NPT__NO_VALUE;
    shuffle(&other, &data, 101);
    struct npt__item_answers a = answers_of(&data), b = answers_of(&other);
    struct npt__item_reliability items[4][9];
    struct npt__alpha first = npt__alpha_listwise(&a, 0.9, items[0]);
    struct npt__alpha second = npt__alpha_listwise(&b, 0.9, items[1]);
    assert_true(first.defined && first.count < 997);
    assert_true(first.alpha == second.alpha && first.standardised == second.standardised);
    assert_true(first.low == second.low && first.high == second.high);
    assert_memory_equal(items[0], items[1], sizeof items[0]);
    first = npt__alpha_pairwise(&a, items[2]);
    second = npt__alpha_pairwise(&b, items[3]);
    assert_true(first.alpha == second.alpha && first.standardised == second.standardised);
    assert_memory_equal(items[2], items[3], sizeof items[2]);
}

static void expect_no_alpha(const uint8_t *values, size_t count, size_t items,
                            enum npt__alpha_fault fault)
{
    struct npt__item_answers answers = {values, count, items};
    struct npt__alpha alpha = npt__alpha_listwise(&answers, 0.95, NULL);
    assert_false(alpha.defined);
    assert_int_equal(alpha.fault, fault);
    assert_true(isnan(alpha.alpha) && isnan(alpha.low) && isnan(alpha.standardised));
    struct npt__alpha pairwise = npt__alpha_pairwise(&answers, NULL);
    assert_false(pairwise.defined);
    assert_int_equal(pairwise.fault, fault);
}

static void scales_without_an_alpha_say_why(void **state)
{
    (void)state;
    static const uint8_t many[3 * 201];
    const uint8_t opposed[] = {1, 5, 2, 4, 5, 1}, same[] = {3, 4, 3, 4, 3, 4};
    const uint8_t gaps[] = {1, 255, 2, 201, 255, 5};
    expect_no_alpha(many, 0, 0, NPT__ALPHA_ITEMS);
    expect_no_alpha(many, 3, 1, NPT__ALPHA_ITEMS);
    expect_no_alpha(many, 3, 201, NPT__ALPHA_ITEMS);
    expect_no_alpha(many, 0, 3, NPT__ALPHA_ROWS);
    expect_no_alpha(many, 1, 3, NPT__ALPHA_ROWS);
    expect_no_alpha(gaps, 3, 2, NPT__ALPHA_ROWS);
    expect_no_alpha(same, 3, 2, NPT__ALPHA_CONSTANT);
    expect_no_alpha(opposed, 3, 2, NPT__ALPHA_CONSTANT);
    double covariances[4];
    struct npt__item_answers answers = {gaps, 3, 2};
    assert_int_equal(npt__item_covariances(&answers, covariances), 0);
    assert_true(isnan(covariances[0]));
}

static void a_constant_item_leaves_alpha_but_no_correlations(void **state)
{
    (void)state;
    const uint8_t values[] = {1, 3, 2, 2, 3, 3, 4, 3, 5, 5, 3, 4};
    struct npt__item_answers answers = {values, 4, 3};
    struct npt__item_reliability items[3];
    struct npt__alpha alpha = npt__alpha_listwise(&answers, 0.95, items);
    /* Covariances by hand, times 12: 40 0 24 / 0 0 0 / 24 0 20. Their sum is 108, the diagonal 60. */
    assert_true(alpha.defined);
    expect_near(alpha.alpha, 1.5 * (108.0 - 60) / 108, 1e-15);
    assert_true(isnan(alpha.standardised) && isnan(items[1].rest_correlation));
    expect_near(items[1].alpha_without, 2 * (108.0 - 60) / 108, 1e-15);
    assert_true(items[1].sd == 0);
    const uint8_t pair[] = {1, 2, 2, 2, 3, 4};
    struct npt__item_answers two = {pair, 3, 2};
    assert_true(npt__alpha_listwise(&two, 0.95, items).defined);
    assert_true(isnan(items[0].alpha_without));
}

static void a_rest_that_does_not_vary_has_no_alpha(void **state)
{
    (void)state;
    const uint8_t values[] = {1, 2, 4, 2, 3, 3, 3, 5, 1, 5, 1, 5}; /* the last two make 6 */
    struct npt__item_answers answers = {values, 4, 3};
    struct npt__item_reliability items[3];
    assert_true(npt__alpha_listwise(&answers, 0.95, items).defined);
    assert_true(isnan(items[0].alpha_without) && isnan(items[0].rest_correlation));
    assert_true(isfinite(items[1].alpha_without));
}

static void pairs_that_contradict_each_other_have_no_alpha(void **state)
{
    (void)state;
    const uint8_t values[] = {1, 5,   255, 5, 1,   255, 1, 255, 5,   5,  255,
                              1, 255, 1,   5, 255, 5,   1, 255, 255, 255};
    struct npt__item_answers answers = {values, 7, 3};
    /* Variances 16/3, covariances -8: the sum of all is negative. */
    struct npt__alpha alpha = npt__alpha_pairwise(&answers, NULL);
    assert_false(alpha.defined);
    assert_int_equal(alpha.fault, NPT__ALPHA_CONSTANT);
    assert_int_equal(alpha.count, 6);
    assert_int_equal(alpha.least_pair, 2);
    assert_int_equal(npt__alpha_listwise(&answers, 0.95, NULL).fault, NPT__ALPHA_ROWS);
}

static void quantiles_of_f_hold_where_degrees_of_freedom_are_many(void **state)
{
    (void)state;
    /* At 1000000 rows R's qf() takes a chi-square for F (off by 6e-4), GSL 2.7 gives up. */
    const struct {
        double probability, numerator, denominator, quantile;
    } expected[] = {
        {0.975, 1, 1, 647.7890114778441567702974},
        {0.025, 1, 5, 0.001084777647614697784},
        {0.025, 79, 395, 0.6952780511911239956648},
        {0.975, 79, 395, 1.3822573605926889171406},
        {0.0005, 2, 118, 0.0005001271613921628778},
        {0.975, 9, 531, 2.1376800991430070941082},
        {0.975, 9999, 49995, 1.0306717000419041688},
        {0.025, 999999, 4999995, 0.9969666860571418859518},
        {0.975, 999999, 4999995, 1.0030394180071049231611},
    };
    for (size_t i = 0; i < COUNT(expected); i++)
        expect_near(npt__f_quantile(expected[i].probability, expected[i].numerator,
                                    expected[i].denominator),
                    expected[i].quantile, 5e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alpha_of_six_items_is_that_of_psych),
        cmocka_unit_test(alpha_of_percentages_is_that_of_psych),
        cmocka_unit_test(rows_with_a_missing_answer_are_left_out),
        cmocka_unit_test(pairwise_alpha_is_that_of_psych),
        cmocka_unit_test(scales_of_a_survey_have_the_alphas_of_r),
        cmocka_unit_test(no_order_of_the_rows_changes_a_digit),
        cmocka_unit_test(scales_without_an_alpha_say_why),
        cmocka_unit_test(a_constant_item_leaves_alpha_but_no_correlations),
        cmocka_unit_test(a_rest_that_does_not_vary_has_no_alpha),
        cmocka_unit_test(pairs_that_contradict_each_other_have_no_alpha),
        cmocka_unit_test(quantiles_of_f_hold_where_degrees_of_freedom_are_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
