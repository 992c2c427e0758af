/* test_number.c - texts of files as numbers, whatever the locale.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/number.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_number(const char *text, double expected)
{
    double number = -77;
    if (!npt__number_read(text, strlen(text), &number))
        fail_msg("'%s' is no number", text);
    if (number != expected)
        fail_msg("'%s' is %.17g, not %.17g", text, number, expected);
}

static void expect_none(const char *text)
{
    double number;
    if (npt__number_read(text, strlen(text), &number))
        fail_msg("'%s' is %.17g", text, number);
}

static void what_people_and_programs_write_is_a_number(void **state)
{
    (void)state;
    const struct {
        const char *text;
        double number;
    } numbers[] = {{"0", 0},
                   {"4", 4},
                   {"007", 7},
                   {"-2", -2},
                   {"+3", 3},
                   {"3.5", 3.5},
                   {"2,5", 2.5},
                   {".5", 0.5},
                   {"4.", 4},
                   {"1e3", 1000},
                   {"1E-2", 0.01},
                   {"-1.25e+2", -125},
                   {"0.1", 0.1},
                   {"0,12345", 0.12345},
                   {"123456789012345", 123456789012345},
                   {"9007199254740993", 9007199254740992},
                   {"2.2250738585072014e-308", 0x1p-1022}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        expect_number(numbers[i].text, numbers[i].number);
}

static void what_could_be_read_in_two_ways_or_not_at_all_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"",     " 4",    "4 ",    "1,234", ",5", "5,",    ".",
                                        "-",    "+-2",   "1e",    "1e+",   "e5", "nan",   "inf",
                                        "0x10", "1.2.3", "1,2,3", "four",  "4a", "1e999", "1_000"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_none(texts[i]);
    double number;
    assert_false(npt__number_read("4\0005", 3, &number));
    char longest[62];
    memset(longest, '1', sizeof longest - 1);
    longest[61] = '\0';
    expect_none(longest);
}

static void only_the_given_length_counts(void **state)
{
    (void)state;
    double number;
    assert_true(npt__number_read("3.5x", 3, &number));
    assert_true(number == 3.5);
}

static void a_locale_with_decimal_commas_changes_nothing(void **state)
{
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8"))
        skip();
    expect_number("3.5", 3.5);
    expect_number("3,5", 3.5);
    setlocale(LC_NUMERIC, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_and_programs_write_is_a_number),
        cmocka_unit_test(what_could_be_read_in_two_ways_or_not_at_all_is_none),
        cmocka_unit_test(only_the_given_length_counts),
        cmocka_unit_test(a_locale_with_decimal_commas_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
