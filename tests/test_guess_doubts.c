/* test_guess_doubts.c - where a guess at a column must not be certain, or must not be made.
 *
 * A wrong column corrupts a study in silence: what is tested here is mostly what is *not* said.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_sheet.h"

/* ---- wordings -------------------------------------------------------------------------------- */

static void small_edits_make_a_wording_likely(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(
        &sheet, "I can clearly see how the app differs from our usual ways of working",
        "Staff in this organization have a shared understanding of the purpose of the app",
        "Staff in this service have a shared understanding of the purpose of the app",
        "I\xE2\x80\x99m open to working with colleagues in new\xC2\xA0ways to use the app",
        "My view is that I can easily integrate the app into my existing work",
        "Staff agree the app is worthwhile", "Management adequately supported the app",
        "I shall always continue to support the app", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.4", NPT__LIKELY);
    expect_reason(&sheet, 0, "its wording is close to that of item nomad.4");
    expect_item(&sheet, 1, "nomad.5", NPT__POSSIBLE); /* twice: this one and the next */
    expect_item(&sheet, 2, "nomad.5", NPT__POSSIBLE);
    expect_item(&sheet, 3, "nomad.10",
                NPT__CERTAIN); /* as the first of the two is, word for word */
    expect_item(&sheet, 4, "nomad.12", NPT__LIKELY);
    expect_item(&sheet, 5, "nomad.20", NPT__LIKELY);
    expect_nothing(&sheet, 6); /* one edit is too many for three words, two are for five */
    expect_nothing(&sheet, 7);
    sheet_free(&sheet);
    sheet_put_all(
        &sheet, "Staff in this organization have a shared understanding of the purpose of X",
        "I\xE2\x80\x99m open to working with colleagues in new\xC2\xA0ways to use X", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.5", NPT__CERTAIN);
    expect_item(&sheet, 1, "nomad.10", NPT__CERTAIN);
    sheet_free(&sheet);
}

static void the_opposite_of_a_wording_is_not_likely(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Insufficient training is provided to enable staff to use the app",
                  "I cannot see how the app differs from usual ways of working",
                  "The staff disagree that the app is worthwhile",
                  "I do not understand how the app affects the nature of my own work", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.16", NPT__POSSIBLE);
    expect_reason(&sheet, 0, "its wording may be the opposite of that of item nomad.16");
    expect_item(&sheet, 1, "nomad.4", NPT__POSSIBLE);
    expect_item(&sheet, 2, "nomad.20", NPT__POSSIBLE);
    expect_item(&sheet, 3, "nomad.6", NPT__POSSIBLE);
    sheet_free(&sheet);
}

static void a_wording_between_two_items_is_neither(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Do you feel the app is a normal part of your work?",
                  "Sufficient resources is provided to enable staff to use the app", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.2", NPT__POSSIBLE);
    expect_reason(&sheet, 0, "its wording is close to those of items nomad.2 and nomad.3");
    expect_item(&sheet, 1, "nomad.16", NPT__LIKELY);
    sheet_free(&sheet);
}

/* Scales of general items stand behind them; anything else there makes a header another question. */
static void what_stands_behind_a_wording_counts(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(
        &sheet,
        "When you use the app, how familiar does it feel? (0 = Still feels very new, 10 = Feels "
        "completely familiar)",
        "I can see how the app differs from usual ways of working - why do you think that is so",
        "I will continue to support the app", "I can modify how I work with the app",
        "Management adequately support the app and what it stands for",
        "Please explain your answer: the app disrupts working relationships", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.1", NPT__LIKELY);
    expect_item(&sheet, 1, "nomad.4", NPT__POSSIBLE);
    expect_item(&sheet, 2, "nomad.11", NPT__CERTAIN);
    expect_item(&sheet, 3, "nomad.23", NPT__CERTAIN);
    expect_item(&sheet, 4, "nomad.18", NPT__POSSIBLE); /* another name than the others have */
    expect_use(&sheet, 5, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    sheet_free(&sheet);
}

/* Tags, entities, marks and case are no difference. */
static void marks_and_entities_make_no_difference(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(
        &sheet, "I&rsquo;m open to working with colleagues in&nbsp;new ways to use R&amp;D",
        "<p>I have confidence in other people&#39;s ability to use <em>R &amp; D</em></p>",
        "I CAN MODIFY HOW I WORK WITH THE R&D.",
        "\xE2\x80\x9CThe R&D disrupts working relationships\xE2\x80\x9D",
        "c) Management adequately support R and D", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.10", NPT__CERTAIN);
    expect_item(&sheet, 1, "nomad.14", NPT__CERTAIN);
    expect_item(&sheet, 2, "nomad.23", NPT__CERTAIN);
    expect_item(&sheet, 3, "nomad.13", NPT__CERTAIN);
    expect_item(&sheet, 4, "nomad.18", NPT__CERTAIN);
    sheet_free(&sheet);
}

/* One header that fits could be about anything: "I welcome my colleagues". */
static void a_gap_needs_a_second_item_to_agree(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "I welcome my colleagues", "I like my job", "The job seems easy to use",
                  NULL);
    sheet_guess(&sheet, &three_measures);
    expect_item(&sheet, 0, "aim.4", NPT__POSSIBLE);
    expect_item(&sheet, 1, "aim.3", NPT__POSSIBLE);
    expect_item(&sheet, 2, "fim.4", NPT__LIKELY); /* says more by itself */
    sheet_free(&sheet);
    sheet_put_all(&sheet, "I can see how the app differs from usual ways of working", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.4", NPT__LIKELY);
    sheet_free(&sheet);
}

static void a_gap_holds_twelve_words_and_no_more(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "@",
                       "the one two three four five six seven eight nine ten eleven twelve",
                       &nomad_23, 3, 2);
    sheet_put_wordings(&sheet, "@", "one two three four five six seven eight nine ten 11 12 13 14",
                       &nomad_23, 5, 2);
    sheet_put_wordings(&sheet, "@", "", &nomad_23, 8, 1);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 2, NPT__CERTAIN);
    expect_item(&sheet, 2, "nomad.6", NPT__LIKELY); /* one word too many: as an edit */
    expect_item(&sheet, 4, "nomad.9", NPT__LIKELY); /* no name at all */
    sheet_free(&sheet);
}

static void other_languages_match_nothing(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(
        &sheet,
        "Je vois en quoi l'intervention diff\xC3\xA8re des fa\xC3\xA7ons habituelles de travailler",
        "Le personnel de cet organisme partage la m\xC3\xAAme compr\xC3\xA9hension du but de "
        "l'intervention",
        "Je vais continuer \xC3\xA0 soutenir l'intervention",
        "L'intervention perturbe les relations de travail",
        "\xD0\xAF \xD0\xB2\xD0\xB8\xD0\xB6\xD1\x83 \xD1\x80\xD0\xB0\xD0\xB7\xD0\xBD\xD0\xB8\xD1\x86"
        "\xD1\x83",
        NULL);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < sheet.count; i++)
        expect_nothing(&sheet, i);
    sheet_free(&sheet);
}

/* ---- names against wordings ------------------------------------------------------------------ */

static void a_name_against_a_wording_is_only_possible(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 4);
    sheet_name(&sheet, 0, "nomad.#", 5);
    sheet_name(&sheet, 1, "nomad.#", 6);
    sheet_name(&sheet, 2, "nomad.#", 20);
    sheet_name(&sheet, 3, "nomad.#", 7);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.4", NPT__POSSIBLE);
    expect_reason(&sheet, 0, "its wording is that of item nomad.4, but named like nomad.5");
    expect_item(&sheet, 1, "nomad.5", NPT__POSSIBLE);
    expect_item(&sheet, 2, "nomad.6", NPT__POSSIBLE);
    expect_item(&sheet, 3, "nomad.7", NPT__CERTAIN);
    sheet_free(&sheet);
}

/* Shown in another order and numbered as shown. */
static void wordings_in_another_order_beat_numbers(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    for (size_t i = 23; i-- > 0;)
        sheet_put_wordings(&sheet, "@", "the app", &nomad_23, i, 1);
    for (size_t i = 0; i < 23; i++)
        sheet_name(&sheet, i, "Q#", i + 1);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < 23; i++)
        expect_item(&sheet, i, nomad_23.items[22 - i].id, NPT__CERTAIN);
    sheet_free(&sheet);
}

/* A survey of 23 questions of which the second asks for something else. */
static void one_other_question_spoils_a_run(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "Q#", 1, 23);
    sheet.wordings[1] = "What is your role?";
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.1", NPT__POSSIBLE);
    expect_use(&sheet, 1, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    expect_item(&sheet, 2, "nomad.3", NPT__POSSIBLE);
    sheet_free(&sheet);
}

/* 23 questions on something else, or a translation: numbers alone are not enough. */
static void a_run_with_other_wordings_is_only_possible(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "Q#", 1, 23);
    for (size_t i = 0; i < 23; i++)
        sheet.wordings[i] = "Quelque chose de tout autre que cela";
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__POSSIBLE);
    expect_reason(&sheet, 0, "numbered like items 1 to 23, but its wording is another");
    sheet_free(&sheet);
}

/* ---- runs ------------------------------------------------------------------------------------ */

static void twenty_of_23_numbers_are_ambiguous(void **state)
{
    (void)state;
    static const char *const reason =
        "numbered 1 to 20: the items on constructs, or the first 20 of all 23?";
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "Q#", 1, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__POSSIBLE);
    expect_reason(&sheet, 0, reason);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "nomad_#", 1, 20); /* even with the letters of the ids */
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 20, NPT__POSSIBLE);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "nomad_#", 1, 20); /* of ids that begin at 4 */
    sheet_guess(&sheet, &nomad_20);
    for (size_t i = 3; i < 20; i++)
        expect_item(&sheet, i, nomad_23.items[i].id, NPT__POSSIBLE);
    expect_nothing(&sheet, 0);
    sheet_free(&sheet);
}

static void runs_with_holes_or_more_are_not_certain(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "Q#", 1, 11);
    sheet_put_numbered(&sheet, "Q#", 13, 11);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 11, NPT__POSSIBLE);
    expect_items(&sheet, 11, "nomad.13", 11, NPT__POSSIBLE);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "Q#", 1,
                       30); /* a survey of 30 questions: the items may be any of them */
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < 30; i++)
        expect_nothing(&sheet, i);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "Q#", 1, 6);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < 6; i++)
        expect_nothing(&sheet, i);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "Q#", 1, 22); /* 23 names, but not 23 numbers */
    sheet_put_numbered(&sheet, "Q#", 22, 1);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 22, NPT__POSSIBLE);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "Q#", 1,
                       23); /* beside a whole run, a part of one is another scale */
    sheet_put_numbered(&sheet, "item#", 1, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__CERTAIN);
    expect_nothing(&sheet, 23);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "V#", 1, 23); /* names that number columns */
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__POSSIBLE);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "COH#", 1, 4); /* one block of four */
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 4, NPT__LIKELY);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "CO#", 1, 4); /* of three constructs */
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < 4; i++)
        expect_nothing(&sheet, i);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "C#", 1, 4); /* four of something */
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 4, NPT__POSSIBLE);
    sheet_free(&sheet);
    sheet_put_all(&sheet, "C1", "C2", NULL); /* consent? */
    sheet_put_numbered(&sheet, "CA#", 1, 8);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 2, NPT__POSSIBLE);
    expect_items(&sheet, 2, "nomad.12", 7, NPT__POSSIBLE);
    expect_nothing(&sheet, 9);
    sheet_free(&sheet);
}

/* Two waves beside each other. */
static void names_for_several_waves_are_not_certain(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "T1_Q#", 1, 23);
    sheet_put_numbered(&sheet, "T2_Q#", 1, 23);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__POSSIBLE);
    expect_items(&sheet, 23, "nomad.1", 23, NPT__POSSIBLE);
    expect_reason(&sheet, 0, "numbered like items 1 to 23; the same goes for column 'T2_Q1'");
    expect_reason(&sheet, 23, "numbered like items 1 to 23; the same goes for column 'T1_Q1'");
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "nomad_##", 1, 23);
    sheet_put_numbered(&sheet, "nomad_##_t2", 1, 23);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__POSSIBLE);
    expect_items(&sheet, 23, "nomad.1", 23, NPT__POSSIBLE);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "Q#", 1, 23);
    sheet_put_numbered(&sheet, "Q#_T2", 1, 23); /* nobody says that these are a second wave */
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__LIKELY);
    expect_nothing(&sheet, 23);
    sheet_free(&sheet);
}

static void an_id_with_more_in_its_name_is_only_possible(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "nomad_04_t2", "pre_nomad_5", "nomad_06___1", "nomad_7r", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 3, NPT__POSSIBLE);
    expect_reason(&sheet, 0, "its name holds nomad.4 and more");
    expect_item(&sheet, 3, "nomad.7", NPT__LIKELY);
    sheet_free(&sheet);
}

static void two_columns_for_an_item_are_only_possible(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 20);
    sheet_put_wordings(&sheet, "Option B - @", "the app", &nomad_23, 4, 1);
    sheet_put_all(&sheet, "nomad.6", "Q13", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.4", NPT__CERTAIN);
    expect_item(&sheet, 1, "nomad.5", NPT__POSSIBLE);
    expect_reason(&sheet, 1,
                  "its wording is that of item nomad.5; the same goes for column 'Option B - Staff "
                  "in this organ...'");
    expect_item(&sheet, 20, "nomad.5", NPT__POSSIBLE);
    expect_item(&sheet, 2, "nomad.6", NPT__POSSIBLE);
    expect_item(&sheet, 21, "nomad.6", NPT__POSSIBLE);
    expect_item(&sheet, 9, "nomad.13", NPT__CERTAIN);
    expect_nothing(&sheet, 22);
    sheet_free(&sheet);
    sheet_put_all(&sheet, "nomad.4", "nomad.4", "nomad.4", "CA3", "CA3r", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 1, "nomad.4", 1, NPT__POSSIBLE);
    expect_items(&sheet, 2, "nomad.4", 1, NPT__POSSIBLE);
    sheet_free(&sheet);
}

/* Wordings of some columns, numbers of all. */
static void wordings_beat_numbers(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "Q#", 1, 23);
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 2);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.1", NPT__CERTAIN);
    expect_nothing(&sheet, 3);
    expect_reason(&sheet, 3,
                  "numbered like nomad.4, but that is column 'I can see how the app differs ...'");
    expect_item(&sheet, 23, "nomad.4", NPT__CERTAIN);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_edits_make_a_wording_likely),
        cmocka_unit_test(the_opposite_of_a_wording_is_not_likely),
        cmocka_unit_test(a_wording_between_two_items_is_neither),
        cmocka_unit_test(what_stands_behind_a_wording_counts),
        cmocka_unit_test(marks_and_entities_make_no_difference),
        cmocka_unit_test(a_gap_needs_a_second_item_to_agree),
        cmocka_unit_test(a_gap_holds_twelve_words_and_no_more),
        cmocka_unit_test(other_languages_match_nothing),
        cmocka_unit_test(a_name_against_a_wording_is_only_possible),
        cmocka_unit_test(wordings_in_another_order_beat_numbers),
        cmocka_unit_test(one_other_question_spoils_a_run),
        cmocka_unit_test(a_run_with_other_wordings_is_only_possible),
        cmocka_unit_test(twenty_of_23_numbers_are_ambiguous),
        cmocka_unit_test(runs_with_holes_or_more_are_not_certain),
        cmocka_unit_test(names_for_several_waves_are_not_certain),
        cmocka_unit_test(an_id_with_more_in_its_name_is_only_possible),
        cmocka_unit_test(two_columns_for_an_item_are_only_possible),
        cmocka_unit_test(wordings_beat_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
