/* test_omega.c - one factor by maximum likelihood, and omega of it.
 *
 * Expected values: lavaan 0.6-14 in R 4.2.2 with its fit polished; the model was fitted once more in 70
 * decimal digits by another way (general matrix inverse, derivatives by differences), which agreed to 2e-15
 * and whose digits stand here. Tests are started in the project's folder.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/omega.h"
#include "../nptkit/stats/reliability.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define MOST_ROWS 80u
#define MOST_ITEMS 7u

static void expect_near(double value, double expected, double allowance)
{
    if (!(fabs(value - expected) <= allowance * fabs(expected)))
        fail_msg("%.17g is not %.17g (within %g of it)", value, expected, allowance);
}

/* Reads whole numbers below a line of names; returns the number of rows. */
static size_t read_answers(uint8_t *values, const char *path, size_t items)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char line[256];
    size_t count = 0;
    assert_non_null(fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file); count++) {
        assert_true(count < MOST_ROWS);
        char *cell = line;
        for (size_t i = 0; i < items; i++, cell++) {
            char *end;
            values[count * items + i] = (uint8_t)strtol(cell, &end, 10);
            assert_true(end > cell);
            cell = end;
        }
    }
    fclose(file);
    return count;
}

static void expect_numbers(const double *values, const double *expected, size_t count,
                           double allowance)
{
    for (size_t i = 0; i < count; i++)
        expect_near(values[i], expected[i], allowance);
}

/* Covariances divided by n, as lavaan's; with `standard`, those of z-scores made with n - 1. */
static void read_covariances(double *covariances, const char *path, size_t items, bool standard)
{
    uint8_t values[MOST_ROWS * MOST_ITEMS];
    struct npt__item_answers answers = {values, read_answers(values, path, items), items};
    double count = (double)npt__item_covariances(&answers, covariances), scales[MOST_ITEMS];
    for (size_t i = 0; i < items; i++)
        scales[i] = standard ? sqrt(covariances[i * items + i]) : 1;
    for (size_t i = 0; i < items; i++)
        for (size_t j = 0; j < items; j++)
            covariances[i * items + j] *= (count - 1) / count / (scales[i] * scales[j]);
}

static void omega_of_six_items_is_that_of_lavaan(void **state)
{
    (void)state;
    double covariances[36], loadings[6], uniquenesses[6];
    const double expected_loadings[] = {0.79271332379526382, 0.73579872621796627,
                                        0.82499092154550802, 0.6460891223549865,
                                        0.68199310013216119, 0.60371381273535007};
    const double expected_uniquenesses[] = {0.53098058627746525, 0.4771939844960183,
                                            0.75438997936749341, 0.73241259597456321,
                                            0.72847916137212387, 0.76287338231254664};
    read_covariances(covariances, "tests/data/items6.csv", 6, false);
    struct npt__omega omega = npt__omega_fit(covariances, 6, loadings, uniquenesses);
    assert_true(omega.defined);
    expect_near(omega.omega, 0.82164166558406029, 1e-14);
    expect_near(80 * omega.discrepancy, 10.185808169918431, 1e-13);
    expect_numbers(loadings, expected_loadings, 6, 1e-14);
    expect_numbers(uniquenesses, expected_uniquenesses, 6, 1e-14);
    read_covariances(covariances, "tests/data/items6.csv", 6, true);
    omega = npt__omega_fit(covariances, 6, loadings, uniquenesses);
    expect_near(omega.omega, 0.822056207933704124, 1e-14);
    expect_near(loadings[0], 0.73159839545154848, 1e-14);
    expect_near(uniquenesses[5], 0.66824113322457313, 1e-14);
}

static void omega_of_percentages_is_that_of_lavaan(void **state)
{
    (void)state;
    double covariances[49], loadings[7], uniquenesses[7];
    const double expected_loadings[] = {10.202420506667753, 11.811205331365171, 7.1301162183652051,
                                        8.4320481874677764, 7.8201314426201067, 2.3941368287788976,
                                        3.8221977912432168};
    const double expected_uniquenesses[] = {
        39.142838027347537, 31.86876195366429,  93.876998268161017, 62.066118919776947,
        43.344433109033261, 88.913664400640073, 87.719692933504362};
    read_covariances(covariances, "tests/data/attitude.csv", 7, false);
    struct npt__omega omega = npt__omega_fit(covariances, 7, loadings, uniquenesses);
    expect_near(omega.omega, 0.856326792953870433, 1e-14);
    expect_near(30 * omega.discrepancy, 29.433731079889469, 1e-13);
    expect_numbers(loadings, expected_loadings, 7, 2e-14);
    expect_numbers(uniquenesses, expected_uniquenesses, 7, 2e-14);
    read_covariances(covariances, "tests/data/attitude.csv", 7, true);
    omega = npt__omega_fit(covariances, 7, loadings, uniquenesses);
    expect_near(omega.omega, 0.840544489688765046, 1e-14);
}

static void three_items_have_a_factor_in_closed_form(void **state)
{
    (void)state;
    const double correlations[] = {1, 0.6, 0.5, 0.6, 1, 0.4, 0.5, 0.4, 1};
    double loadings[3], uniquenesses[3];
    struct npt__omega omega = npt__omega_fit(correlations, 3, loadings, uniquenesses);
    /* l1^2 = r12 r13 / r23, and so on. */
    const double expected[] = {sqrt(0.75), sqrt(0.48), sqrt(1.0 / 3)};
    double sum = expected[0] + expected[1] + expected[2], unique = 0.25 + 0.52 + 2.0 / 3;
    expect_numbers(loadings, expected, 3, 1e-14);
    expect_near(omega.omega, sum * sum / (sum * sum + unique), 1e-14);
    assert_true(omega.discrepancy < 1e-14);
    /* The first the other way round: the signs are those that make the sum positive. */
    const double turned[] = {1, -0.6, -0.5, -0.6, 1, 0.4, -0.5, 0.4, 1};
    npt__omega_fit(turned, 3, loadings, uniquenesses);
    expect_near(loadings[0], -expected[0], 1e-14);
    expect_near(loadings[1], expected[1], 1e-14);
}

static void a_factor_of_sixty_items_is_found_again(void **state)
{
    (void)state;
    enum { ITEMS = 60 };
    static double covariances[ITEMS * ITEMS], turned[ITEMS * ITEMS];
    double loadings[ITEMS], uniquenesses[ITEMS], expected[ITEMS], expected_unique[ITEMS];
    double sum = 0, unique = 0;
    for (size_t i = 0; i < ITEMS; i++) {
        sum += expected[i] = (i % 7 == 3 ? -0.2 : 0.3) + 0.02 * (double)i;
        unique += expected_unique[i] = 0.05 + 0.1 * (double)(i * 13 % 11);
    }
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t j = 0; j < ITEMS; j++)
            covariances[i * ITEMS + j] =
                expected[i] * expected[j] + (i == j ? expected_unique[i] : 0);
    struct npt__omega omega = npt__omega_fit(covariances, ITEMS, loadings, uniquenesses);
    assert_true(omega.defined);
    expect_near(omega.omega, sum * sum / (sum * sum + unique), 1e-13);
    expect_numbers(loadings, expected, ITEMS, 1e-12);
    expect_numbers(uniquenesses, expected_unique, ITEMS, 1e-12);
    /* Divided by n instead of n - 1, in another order, and with all items the other way round. */
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t j = 0; j < ITEMS; j++)
            turned[i * ITEMS + j] =
                covariances[(ITEMS - 1 - i) * ITEMS + (ITEMS - 1 - j)] * 99 / 100;
    expect_near(npt__omega_fit(turned, ITEMS, loadings, uniquenesses).omega, omega.omega, 1e-13);
    expect_near(loadings[0], expected[ITEMS - 1] * sqrt(0.99), 1e-12);
}

static void expect_no_omega(const double *covariances, size_t items, enum npt__omega_fault fault)
{
    double loadings[201], uniquenesses[201];
    struct npt__omega omega = npt__omega_fit(covariances, items, loadings, uniquenesses);
    assert_false(omega.defined);
    assert_int_equal(omega.fault, fault);
    assert_true(isnan(omega.omega));
    for (size_t i = 0; i < items; i++)
        assert_true(isnan(loadings[i]) && isnan(uniquenesses[i]));
}

static void scales_without_an_omega_say_why(void **state)
{
    (void)state;
    static const double many[201 * 201];
    const double heywood[] = {1, 0.8, 0.8, 0.8, 1, 0.5, 0.8, 0.5, 1};       /* l1^2 = 1.28 */
    const double on_the_edge[] = {1, 0.8, 0.8, 0.8, 1, 0.64, 0.8, 0.64, 1}; /* l1 = 1 */
    const double sum_of_others[] = {2, 1, 3, 1, 2, 3, 3, 3, 6};
    const double impossible[] = {1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1};
    const double constant[] = {1, 0, 0.2, 0, 0, 0, 0.2, 0, 1};
    const double broken[] = {1, NAN, 0.2, NAN, 1, 0.3, 0.2, 0.3, 1};
    const double endless[] = {INFINITY, 1, 0.2, 1, 1, 0.3, 0.2, 0.3, 1};
    const double strangers[] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    const double couple[] = {1, 0.5, 0, 0, 0.5, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    expect_no_omega(heywood, 2, NPT__OMEGA_ITEM_COUNT);
    expect_no_omega(many, 0, NPT__OMEGA_ITEM_COUNT);
    expect_no_omega(many, 201, NPT__OMEGA_ITEM_COUNT);
    expect_no_omega(heywood, 3, NPT__OMEGA_HEYWOOD);
    expect_no_omega(on_the_edge, 3, NPT__OMEGA_HEYWOOD);
    expect_no_omega(sum_of_others, 3, NPT__OMEGA_SINGULAR);
    expect_no_omega(impossible, 3, NPT__OMEGA_SINGULAR);
    expect_no_omega(constant, 3, NPT__OMEGA_SINGULAR);
    expect_no_omega(broken, 3, NPT__OMEGA_SINGULAR);
    expect_no_omega(endless, 3, NPT__OMEGA_SINGULAR);
    expect_no_omega(many, 3, NPT__OMEGA_SINGULAR);
    expect_no_omega(strangers, 4, NPT__OMEGA_UNDETERMINED);
    expect_no_omega(couple, 4, NPT__OMEGA_UNDETERMINED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(omega_of_six_items_is_that_of_lavaan),
        cmocka_unit_test(omega_of_percentages_is_that_of_lavaan),
        cmocka_unit_test(three_items_have_a_factor_in_closed_form),
        cmocka_unit_test(a_factor_of_sixty_items_is_found_again),
        cmocka_unit_test(scales_without_an_omega_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
