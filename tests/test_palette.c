/* test_palette.c - colours can be told from their ground: ratios of WCAG 2.2.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/report/palette.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Black on white is 21 by definition; #767676 is the well-known lightest grey of 4.5 (4.54), #777777 just fails
   (4.48). Of Okabe and Ito's colours: 5.2, 3.9, 3.4 and 3.1 as others measured them. */
static void ratios_are_those_of_wcag(void **state)
{
    (void)state;
    assert_true(fabs(npt__contrast(NPT__BLACK, NPT__WHITE) - 21) < 1e-9);
    assert_true(fabs(npt__contrast(NPT__WHITE, NPT__WHITE) - 1) < 1e-9);
    assert_true(fabs(npt__contrast(0x767676, NPT__WHITE) - 4.54) < 0.005);
    assert_true(fabs(npt__contrast(NPT__WHITE, 0x777777) - 4.48) < 0.005);
    static const double measured[NPT__SERIES] = {5.2, 3.9, 3.4, 3.1};
    for (size_t i = 0; i < NPT__SERIES; i++)
        assert_true(fabs(npt__contrast(npt__series_colours[i], NPT__WHITE) - measured[i]) < 0.06);
}

static void marks_stand_out_from_white(void **state)
{
    (void)state;
    static const uint32_t marks[] = {NPT__LOW_COLOUR,    NPT__HIGH_COLOUR,  NPT__MIDDLE_COLOUR,
                                     NPT__OTHERS_COLOUR, NPT__HATCH_COLOUR, NPT__AXIS_COLOUR,
                                     NPT__FAINT_COLOUR /* the frame of what is pale */};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_true(npt__contrast(marks[i], NPT__WHITE) >= 3);
    for (size_t i = 0; i < NPT__SERIES; i++)
        assert_true(npt__contrast(npt__series_colours[i], NPT__WHITE) >= 3);
    /* The row of one's own site lies on a ground of its own. */
    assert_true(npt__contrast(npt__series_colours[1], NPT__OWN_ROW_COLOUR) >= 3);
}

static void text_can_be_read_on_every_ground(void **state)
{
    (void)state;
    assert_true(npt__contrast(NPT__TEXT_COLOUR, NPT__WHITE) >= 4.5);
    assert_true(npt__contrast(NPT__FAINT_COLOUR, NPT__WHITE) >= 4.5);
    assert_true(npt__contrast(NPT__FAINT_COLOUR, NPT__OWN_ROW_COLOUR) >= 4.5);
    static const uint32_t fills[] = {NPT__LOW_COLOUR, NPT__NEUTRAL_COLOUR, NPT__HIGH_COLOUR};
    for (size_t i = 0; i < 3; i++)
        assert_true(npt__contrast(npt__text_on(fills[i]), fills[i]) >= 4.5);
    for (int i = 0; i <= 1000; i++) {
        const uint32_t two_sided = npt__diverging(i / 1000.0),
                       one_sided = npt__sequential(i / 1000.0);
        assert_true(npt__contrast(npt__text_on(two_sided), two_sided) >= 4.5);
        assert_true(npt__contrast(npt__text_on(one_sided), one_sided) >= 4.5);
    }
}

static void scales_of_colours_end_where_they_should(void **state)
{
    (void)state;
    assert_int_equal(npt__diverging(0), NPT__LOW_COLOUR);
    assert_int_equal(npt__diverging(0.5), 0xF7F7F7);
    assert_int_equal(npt__diverging(1), NPT__HIGH_COLOUR);
    assert_int_equal(npt__diverging(-3),
                     NPT__LOW_COLOUR); /* a mean cannot be there, but a colour must */
    assert_int_equal(npt__sequential(0), 0xF7F7F7);
    assert_int_equal(npt__sequential(2), NPT__HIGH_COLOUR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_are_those_of_wcag),
        cmocka_unit_test(marks_stand_out_from_white),
        cmocka_unit_test(text_can_be_read_on_every_ground),
        cmocka_unit_test(scales_of_colours_end_where_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
