/* test_guess_intervention.c - the name of what a study implements, from the headers of its survey.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_sheet.h"

/* Expects this name, or none, and forgets the sheet. */
static void expect_name(struct sheet *sheet, const npt_instrument *instrument, const char *expected)
{
    npt__arena *arena = npt__arena_new();
    const char *name =
        npt__guess_intervention(arena, instrument, sheet->names, sheet->wordings, sheet->count);
    if (expected) {
        assert_non_null(name);
        assert_string_equal(name, expected);
    } else {
        assert_null(name);
    }
    npt__arena_free(arena);
    sheet_free(sheet);
}

static void the_name_is_given_as_it_is_written(void **state)
{
    (void)state;
    static const char *const written[] = {"the Whole-Family approach", "SafeHands",
                                          "Dr. Foster's tool",         "the [intervention]",
                                          "the R&D app (beta)",        "the \"Safe & Well\" model",
                                          "\xC3\x89t\xC3\xA9 2"};
    static const char *const headers[] = {"@",
                                          "How far do you agree? [@]",
                                          "[@] How far do you agree?",
                                          "How far do you agree?\n\nTick one. - @",
                                          "7.1.a. @",
                                          "NPT[SQ001]. How far do you agree? [@]"};
    struct sheet sheet = {0};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        for (size_t j = 0; j < sizeof written / sizeof *written; j++) {
            sheet_put_all(&sheet, "id", "site", NULL);
            sheet_put_wordings(&sheet, headers[i], written[j], &nomad_23, 0, 23);
            for (size_t k = 2; i % 2 && k < sheet.count; k++)
                sheet_name(&sheet, k, "Q#", k);
            expect_name(&sheet, &nomad_23, written[j]);
        }
    }
}

static void marks_around_a_name_are_no_part_of_it(void **state)
{
    (void)state;
    static const struct {
        const char *written, *name;
    } cases[] = {{"\xE2\x80\x9Cthe app\xE2\x80\x9D", "the app"},
                 {"<b>the <i>new</i>  app</b>", "the new app"},
                 {"Safe&nbsp;Together&rsquo;s\nmodel", "Safe Together's model"},
                 {"the \x1B app", "the \xEF\xBF\xBD app"}};
    struct sheet sheet = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sheet_put_wordings(&sheet, "<p>@.</p>", cases[i].written, &nomad_23, 3, 5);
        expect_name(&sheet, &nomad_23, cases[i].name);
    }
}

/* A sentence that begins with the name, as that of nomad.13 does, may have given it a capital. */
static void a_name_within_a_sentence_is_preferred(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "How far do you agree? @", "The app", &nomad_23, 12, 1);
    sheet_put_wordings(&sheet, "How far do you agree? @", "the app", &nomad_23, 3, 3);
    expect_name(&sheet, &nomad_23, "the app");
    sheet_put_wordings(&sheet, "How far do you agree? @", "The app", &three_measures, 4, 8);
    expect_name(&sheet, &three_measures, "The app"); /* all eight begin with it */
}

static void articles_case_and_hyphens_make_no_other_name(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "@", "this Whole-Family approach", &nomad_23, 3, 1);
    sheet_put_wordings(&sheet, "@", "the whole family Approach", &nomad_23, 4, 1);
    sheet_put_wordings(&sheet, "@", "WHOLE-FAMILY APPROACH", &nomad_23, 5, 1);
    expect_name(&sheet, &nomad_23, "this Whole-Family approach");
    sheet_put_wordings(&sheet, "@", "l\xE2\x80\x99\xC3\x89quipe", &nomad_23, 3, 2);
    sheet_put_wordings(&sheet, "@", "L'\xC3\xA9quipe", &nomad_23, 5, 2);
    expect_name(&sheet, &nomad_23, "l\xE2\x80\x99\xC3\x89quipe");
}

static void three_items_must_agree(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 2);
    expect_name(&sheet, &nomad_23, NULL);
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 2);
    sheet_put_wordings(&sheet, "Wave 2 - @", "the app", &nomad_23, 3, 2); /* the same two items */
    expect_name(&sheet, &nomad_23, NULL);
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 3);
    expect_name(&sheet, &nomad_23, "the app");
    sheet_put_wordings(&sheet, "@", "the", &nomad_23, 3, 3); /* no name at all */
    expect_name(&sheet, &nomad_23, NULL);
}

static void no_two_may_differ(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 20);
    sheet_put_wordings(&sheet, "@", "the tool", &nomad_23, 2, 1);
    expect_name(&sheet, &nomad_23, NULL);
    sheet_put_wordings(&sheet, "@", "the tool", &nomad_23, 2, 1);
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 20);
    expect_name(&sheet, &nomad_23, NULL);
    /* What is only close to a wording, or no item, has no say. */
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 3);
    sheet_put_all(&sheet, "I clearly understand how the tool affects the nature of my own work",
                  "Points - I can modify how I work with the tool", NULL);
    expect_name(&sheet, &nomad_23, "the app");
}

static void without_wordings_there_is_no_name(void **state)
{
    (void)state;
    const npt_instrument empty = {.id = "empty"};
    struct sheet sheet = {0};
    expect_name(&sheet, &nomad_23, NULL);
    sheet_put_numbered(&sheet, "Q#", 1, 23);
    expect_name(&sheet, &nomad_23, NULL);
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 3);
    expect_name(&sheet, &empty, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_is_given_as_it_is_written),
        cmocka_unit_test(marks_around_a_name_are_no_part_of_it),
        cmocka_unit_test(a_name_within_a_sentence_is_preferred),
        cmocka_unit_test(articles_case_and_hyphens_make_no_other_name),
        cmocka_unit_test(three_items_must_agree),
        cmocka_unit_test(no_two_may_differ),
        cmocka_unit_test(without_wordings_there_is_no_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
