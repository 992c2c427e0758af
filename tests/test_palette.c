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
    const struct npt__palette *first = npt__palette_find(NULL);
    for (size_t i = 0; i < NPT__SERIES; i++)
        assert_true(fabs(npt__contrast(first->series[i], NPT__WHITE) - measured[i]) < 0.06);
}

static void palettes_have_names(void **state)
{
    (void)state;
    assert_ptr_equal(npt__palette_find(NULL), npt__palette_at(0));
    assert_string_equal(npt__palette_find("af")->name, "af");
    assert_int_equal(npt__palette_find("af")->series[0], 0x12436D); /* as its guidance names them */
    assert_int_equal(npt__palette_find("af")->series[3], 0xF46A25);
    assert_null(npt__palette_find("rainbow"));
}

static void marks_stand_out_from_white(void **state)
{
    (void)state;
    static const uint32_t marks[] = {NPT__MIDDLE_COLOUR, NPT__OTHERS_COLOUR, NPT__HATCH_COLOUR,
                                     NPT__AXIS_COLOUR,
                                     NPT__FAINT_COLOUR /* the frame of what is pale */};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_true(npt__contrast(marks[i], NPT__WHITE) >= 3);
    const struct npt__palette *palette;
    for (size_t which = 0; (palette = npt__palette_at(which)) != NULL; which++) {
        for (size_t i = 0; i < NPT__SERIES; i++)
            assert_true(npt__contrast(palette->series[i], NPT__WHITE) >= 3);
        assert_true(npt__contrast(palette->low, NPT__WHITE) >= 4.5); /* sums are written in them */
        assert_true(npt__contrast(palette->high, NPT__WHITE) >= 4.5);
        /* The row of one's own site lies on a ground of its own. */
        assert_true(npt__contrast(palette->own, NPT__OWN_ROW_COLOUR) >= 3);
    }
}

/* Of Okabe and Ito's colours no two differ by 3:1 where each does from white: shape and dash tell them apart. */
static void neighbours_of_the_second_palette_differ(void **state)
{
    (void)state;
    const struct npt__palette *palette = npt__palette_find("af");
    for (size_t i = 1; i < NPT__SERIES; i++)
        assert_true(npt__contrast(palette->series[i - 1], palette->series[i]) >= 3);
}

/* Pieces of a bar have a frame: it stands out from the pale ones, and white from the strong ones. */
static void text_can_be_read_on_every_ground(void **state)
{
    (void)state;
    assert_true(npt__contrast(NPT__TEXT_COLOUR, NPT__WHITE) >= 4.5);
    assert_true(npt__contrast(NPT__FAINT_COLOUR, NPT__WHITE) >= 4.5);
    assert_true(npt__contrast(NPT__FAINT_COLOUR, NPT__OWN_ROW_COLOUR) >= 4.5);
    assert_true(npt__contrast(npt__text_on(NPT__NEUTRAL_COLOUR), NPT__NEUTRAL_COLOUR) >= 4.5);
    const struct npt__palette *palette;
    for (size_t which = 0; (palette = npt__palette_at(which)) != NULL; which++) {
        assert_true(npt__contrast(palette->pale_low, NPT__FAINT_COLOUR) >= 3);
        assert_true(npt__contrast(palette->pale_high, NPT__FAINT_COLOUR) >= 3);
        for (int i = 0; i <= 1000; i++) {
            const uint32_t grounds[] = {npt__diverging(palette, i / 1000.0),
                                        npt__sequential(palette, i / 1000.0),
                                        npt__palette_tone(palette, true, i / 1000.0),
                                        npt__palette_tone(palette, false, i / 1000.0)};
            for (size_t j = 0; j < sizeof grounds / sizeof *grounds; j++)
                assert_true(npt__contrast(npt__text_on(grounds[j]), grounds[j]) >= 4.5);
        }
    }
}

static void scales_of_colours_end_where_they_should(void **state)
{
    (void)state;
    const struct npt__palette *palette = npt__palette_find("af");
    assert_int_equal(npt__diverging(palette, 0), palette->low);
    assert_int_equal(npt__diverging(palette, 0.5), 0xF7F7F7);
    assert_int_equal(npt__diverging(palette, 1), palette->high);
    assert_int_equal(npt__diverging(palette, -3),
                     palette->low); /* a mean cannot be there, but a colour must */
    assert_int_equal(npt__sequential(palette, 0), 0xF7F7F7);
    assert_int_equal(npt__sequential(palette, 2), palette->high);
    assert_int_equal(npt__palette_tone(palette, true, 1), palette->high);
    assert_int_equal(npt__palette_tone(palette, false, 0), palette->pale_low);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_are_those_of_wcag),
        cmocka_unit_test(palettes_have_names),
        cmocka_unit_test(neighbours_of_the_second_palette_differ),
        cmocka_unit_test(marks_stand_out_from_white),
        cmocka_unit_test(text_can_be_read_on_every_ground),
        cmocka_unit_test(scales_of_colours_end_where_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
