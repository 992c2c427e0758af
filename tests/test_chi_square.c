/* test_chi_square.c - tails of the chi-square distribution against their definition.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/chi_square.h"
#include "fixture.h"
#include "reference_data.h"

#include <math.h>

/* mpmath, 25 digits; the third column is P(X >= x). In the last row GSL 2.7.1 ends the program, or where its error
   handler is off has 0.118953. */
static void tails_of_chi_square_keep_their_digits(void **state)
{
    (void)state;
    static const double expected[][3] = {
        {50, 2, 1.38879438649640206e-11},
        {1000, 900, 0.0109946089421358481},
        {12000, 10000, 1.14700655246012478e-40},
        {500, 40, 8.63614477851397094e-81},
        {130000, 130500, 0.836122971916140652},
        {5681512.8661595285, 5677535.8071532389, 0.118969570244825902}};
    for (size_t i = 0; i < 6; i++) {
        const double above = npt__chi_square_above(expected[i][0], expected[i][1]);
        reference_expect(above, expected[i][2], 1e-12);
        reference_expect(npt__chi_square_below(expected[i][0], expected[i][1]) + above, 1, 1e-15);
    }
    /* with 2 degrees of freedom e^(-x / 2), with 4 (1 + x / 2) e^(-x / 2); with 1 that of a normal variable */
    for (double x = 1e-3; x < 1400; x *= 1.7) {
        reference_expect(npt__chi_square_above(x, 2), exp(-x / 2), 2e-13);
        reference_expect(npt__chi_square_above(x, 4), (1 + x / 2) * exp(-x / 2), 2e-13);
        reference_expect(npt__chi_square_above(x, 1), erfc(sqrt(x / 2)), 2e-13);
    }
    reference_expect(npt__chi_square_below(1e-200, 2), 5e-201, 1e-13);
    assert_true(npt__chi_square_above(2e6, 1e5) == 0 && npt__chi_square_above(1e300, 3) == 0);
    assert_true(npt__chi_square_above(0, 3) == 1 && npt__chi_square_above(-1, 3) == 1);
    assert_true(npt__chi_square_above(INFINITY, 3) == 0 && npt__chi_square_below(INFINITY, 3) == 1);
    assert_true(npt__chi_square_below(-INFINITY, 3) == 0 && isnan(npt__chi_square_above(NAN, 3)));
    assert_true(isnan(npt__chi_square_above(1, 0)) && isnan(npt__chi_square_below(1, NAN)));
    assert_true(fabs(npt__chi_square_above(1e8, 1e8) - 0.5) < 1e-4); /* the median is near */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tails_of_chi_square_keep_their_digits)};
    return reference_run("chi-square tails", tests);
}
