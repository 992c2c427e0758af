/* test_lettering.c - text in pictures: what comes from files is made safe, measured, wrapped and shortened.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/report/lettering.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FFFD "\xEF\xBF\xBD"
#define ELLIPSIS "\xE2\x80\xA6"

static void expect_clean(const char *text, const char *expected)
{
    npt__arena *arena = npt__arena_new();
    assert_string_equal(npt__lettering(arena, text), expected);
    npt__arena_free(arena);
}

static void plain_text_stays_as_it_is(void **state)
{
    (void)state;
    expect_clean("St Mary's {East} 50% `id` @m #c \\n \"q\"",
                 "St Mary's {East} 50% `id` @m #c \\n \"q\"");
    expect_clean("", "");
}

static void line_ends_become_one_blank(void **state)
{
    (void)state;
    expect_clean("one\r\ntwo\n\n\tthree", "one two three");
    expect_clean("\n\nfirst", "first");
}

static void control_characters_and_broken_bytes_are_replaced(void **state)
{
    (void)state;
    expect_clean("a\x01"
                 "b\x1b[31m",
                 "a" FFFD "b" FFFD "[31m");
    expect_clean("a\xFF"
                 "b\xC3",
                 "a" FFFD "b" FFFD);
    expect_clean("a\xE2\x80\xAE"
                 "b",
                 "a" FFFD "b"); /* U+202E turns the direction of what follows */
}

/* U+FFFE and U+FFFF are valid UTF-8, but no characters of XML 1.0 (production 2). */
static void what_xml_does_not_allow_is_replaced(void **state)
{
    (void)state;
    expect_clean("a\xEF\xBF\xBE"
                 "b\xEF\xBF\xBF"
                 "c",
                 "a" FFFD "b" FFFD "c");
    expect_clean("\xEF\xBF\xBC", "\xEF\xBF\xBC"); /* U+FFFC is one */
}

static void a_text_beyond_all_measure_is_cut(void **state)
{
    (void)state;
    char text[2 * NPT__LONGEST_LETTERING + 1], expected[NPT__LONGEST_LETTERING + 4];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memset(expected, 'x', NPT__LONGEST_LETTERING);
    memcpy(expected + NPT__LONGEST_LETTERING, ELLIPSIS, 4);
    expect_clean(text, expected);
}

/* The sums of the advance widths (table hmtx) of Liberation Sans 2.1 and its bold, in thousandths of an em. */
static void widths_are_those_of_the_font(void **state)
{
    (void)state;
    assert_true(fabs(npt__lettering_width("Cognitive participation", 1000, false) - 9837) < 1e-6);
    assert_true(fabs(npt__lettering_width("Cognitive participation", 1000, true) - 10835) < 1e-6);
    assert_true(fabs(npt__lettering_width("n=46", 10, false) - 22.52) < 1e-9);
    assert_true(fabs(npt__lettering_width("\xC3\x89"
                                          "cole",
                                          1000, true) -
                     2668) < 1e-6);
}

/* Widths in the same tables: Zhe 923, zhe 669, Omega 748, ae 889 would be letters of the base alphabet, so the
   width that is assumed is not smaller by more than an eighth of an em. */
static void other_letters_are_taken_as_wide_ones(void **state)
{
    (void)state;
    assert_true(npt__lettering_width("\xD0\xB6", 1000, false) >= 669);
    assert_true(npt__lettering_width("\xCE\xA9", 1000, false) >= 748);
    assert_true(npt__lettering_width("\xE4\xB8\xAD", 1000, false) >= 1000);
    assert_true(npt__lettering_width("e\xCC\x81", 1000, false) < 557); /* a mark takes no room */
}

static void text_is_wrapped_at_blanks(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    const char *lines[3];
    const size_t count =
        npt__lettering_wrap(lines, 3, arena, "Cognitive participation", 100, 13, false);
    assert_int_equal(count, 2);
    assert_string_equal(lines[0], "Cognitive");
    assert_string_equal(lines[1], "participation");
    assert_int_equal(npt__lettering_wrap(lines, 3, arena, "", 100, 13, false), 1);
    assert_string_equal(lines[0], "");
    npt__arena_free(arena);
}

static void a_name_that_is_shortened_keeps_its_end(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    const char *first =
        npt__lettering_fit(arena, "The partnership of the northern hub 11", 140, 13, false);
    const char *second =
        npt__lettering_fit(arena, "The partnership of the northern hub 12", 140, 13, false);
    assert_true(strcmp(first, second) != 0);
    assert_string_equal(strstr(first, ELLIPSIS), ELLIPSIS "hub 11");
    assert_true(npt__lettering_width(first, 13, false) <= 140);
    npt__arena_free(arena);
}

static void no_line_is_wider_than_it_may_be(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a",
        "Donaudampfschifffahrtsgesellschaft 2",
        "one two three four five six",
        "\xE4\xB8\xAD\xE6\x96\x87\xE4\xB8\xAD\xE6\x96\x87\xE4\xB8\xAD\xE6\x96\x87",
        "n\xCC\x81"
        "n\xCC\x81"
        "n\xCC\x81"
        "n\xCC\x81",
        "    blanks    within    "};
    npt__arena *arena = npt__arena_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (double width = 30; width < 200; width += 7) {
            const char *lines[3];
            const size_t count = npt__lettering_wrap(lines, 3, arena, texts[i], width, 13, i % 2);
            assert_in_range(count, 1, 3);
            for (size_t line = 0; line < count; line++)
                assert_true(npt__lettering_width(lines[line], 13, i % 2) <= width);
        }
    npt__arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stays_as_it_is),
        cmocka_unit_test(line_ends_become_one_blank),
        cmocka_unit_test(control_characters_and_broken_bytes_are_replaced),
        cmocka_unit_test(what_xml_does_not_allow_is_replaced),
        cmocka_unit_test(a_text_beyond_all_measure_is_cut),
        cmocka_unit_test(widths_are_those_of_the_font),
        cmocka_unit_test(other_letters_are_taken_as_wide_ones),
        cmocka_unit_test(text_is_wrapped_at_blanks),
        cmocka_unit_test(a_name_that_is_shortened_keeps_its_end),
        cmocka_unit_test(no_line_is_wider_than_it_may_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
