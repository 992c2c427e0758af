/* test_guess_uses.c - what columns without items are, and what odd or huge headers do.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_sheet.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- other columns --------------------------------------------------------------------------- */

static void several_ids_are_not_certain(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "ResponseId", "participant_id", "token", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__POSSIBLE);
    expect_use(&sheet, 1, NPT__COLUMN_ID, "id", NPT__LIKELY);
    expect_use(&sheet, 2, NPT__COLUMN_ID, "id", NPT__POSSIBLE);
    expect_reason(&sheet, 0, "named like an id; the same goes for column 'participant_id'");
    sheet_free(&sheet);
    sheet_put_all(&sheet, "id", "token", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_ID, "id", NPT__POSSIBLE);
    sheet_free(&sheet);
}

static void of_several_sites_only_a_plain_one_is_likely(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Organisation", "Team", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ATTRIBUTE, "site", NPT__POSSIBLE);
    expect_use(&sheet, 1, NPT__COLUMN_ATTRIBUTE, "site", NPT__POSSIBLE);
    sheet_free(&sheet);
    sheet_put_all(&sheet, "Trust", "Site", "local_authority", "Job role", "wave",
                  "redcap_event_name", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ATTRIBUTE, "site", NPT__POSSIBLE);
    expect_use(&sheet, 1, NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY);
    expect_use(&sheet, 2, NPT__COLUMN_ATTRIBUTE, "site", NPT__POSSIBLE);
    expect_use(&sheet, 3, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    expect_use(&sheet, 4, NPT__COLUMN_ATTRIBUTE, "wave", NPT__LIKELY);
    expect_use(&sheet, 5, NPT__COLUMN_ATTRIBUTE, "wave", NPT__POSSIBLE);
    sheet_free(&sheet);
}

static void questions_that_only_mention_a_word_ask_for_nothing(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "How many years have you worked for this organisation?",
                  "What is your overall view of the service?", "Site characteristics matter to me",
                  "Age", "Gender", "The role of my manager is clear", "organisation size", "",
                  "Is the site ready for change?", NULL);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < sheet.count; i++)
        expect_nothing(&sheet, i);
    sheet_free(&sheet);
}

static void whatever_reaches_a_person_is_personal(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "name", "What is your name?", "first_name", "Surname", "E-mail",
                  "e mail address", "If you would like a copy, please enter your email address",
                  "Telephone number", "ipaddr", "Date of birth", "DOB", "Postcode",
                  "What is your postcode?", "Zip code", "First name", "username", NULL);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < sheet.count; i++)
        assert_int_equal(sheet.guesses[i].use, NPT__COLUMN_PERSONAL);
    sheet_free(&sheet);
    sheet_put(&sheet, "location", "Your postcode");
    sheet_put(&sheet, "email", "Organisation");
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_PERSONAL, NULL, NPT__LIKELY);
    expect_use(&sheet, 1, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_all(&sheet, "site name", "Name of organisation",
                  "What is the name of your organisation?", NULL);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < sheet.count; i++)
        expect_use(&sheet, i, NPT__COLUMN_ATTRIBUTE, "site", NPT__POSSIBLE);
    sheet_free(&sheet);
}

/* An instrument of one's own may have ids that mean something else. */
static void an_id_is_an_item_whatever_the_word_means(void **state)
{
    (void)state;
    static const struct npt__item items[] = {{"own.time", "1", "", "I have time", "", 0, 0, false},
                                             {"status", "2", "", "It is seen", "", 0, 0, false}};
    static const struct npt__measured_construct constructs[] = {{"own", "Own"}};
    const npt_instrument own = {.id = "own",
                                .items = items,
                                .item_count = 2,
                                .constructs = constructs,
                                .construct_count = 1};
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "own.time", "Status", "I have time", "Role", NULL);
    sheet_guess(&sheet, &own);
    expect_item(&sheet, 0, "own.time", NPT__POSSIBLE);
    expect_item(&sheet, 1, "status", NPT__CERTAIN);
    expect_item(&sheet, 2, "own.time", NPT__POSSIBLE);
    expect_use(&sheet, 3, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    sheet_free(&sheet);
}

/* ---- size and hostility ---------------------------------------------------------------------- */

#define MANY 10000

/* 10,000 headers of 100,000 characters that hold the words of many items without being any. */
static void many_long_headers_take_no_more_than_a_moment(void **state)
{
    (void)state;
    if (getenv("VALGRIND"))
        skip(); /* half a minute there */
    static const char *names[MANY], *wordings[MANY];
    static struct npt__column_guess guesses[MANY];
    static char text[100001], other[100001];
    static const char words[] =
        "i can see how to use support the staff in this organisation have a work with my part of - "
        "i can see the value of it for ways of working from \xC3\xA9 usual <b how it differs [ & < ";
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = words[i % (sizeof words - 1)];
    memset(other, '<', sizeof other - 1);
    for (size_t i = 0; i < MANY; i++) {
        names[i] = text;
        wordings[i] = i % 2 ? other : text;
    }
    npt__arena *arena = npt__arena_new();
    clock_t start = clock();
    npt__guess_columns(arena, &nomad_23, names, wordings, MANY, guesses);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    print_message("%d headers of %zu bytes: %.2f s\n", MANY, sizeof text - 1, seconds);
    for (size_t i = 0; i < MANY; i++)
        assert_true(guesses[i].certainty < NPT__CERTAIN);
    npt__arena_free(arena);
}

/* Names that all claim one item, and names that all are runs of their own. */
static void many_rivals_take_no_more_than_a_moment(void **state)
{
    (void)state;
    static const char *names[MANY], *wordings[MANY];
    static struct npt__column_guess guesses[MANY];
    npt__arena *arena = npt__arena_new();
    for (size_t i = 0; i < MANY; i++) {
        names[i] = i % 2 ? "nomad_4" : npt__arena_print(arena, "q%zu_r%zu", i / 23, i % 23 + 1);
        wordings[i] = "";
    }
    clock_t start = clock();
    npt__guess_columns(arena, &nomad_23, names, wordings, MANY, guesses);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
    for (size_t i = 1; i < MANY; i += 2) {
        assert_int_equal(guesses[i].item, 3);
        assert_int_equal(guesses[i].certainty, NPT__POSSIBLE);
    }
    npt__arena_free(arena);
}

/* Nothing is printed of a name that could drive a terminal, and broken bytes do no harm. */
static void odd_bytes_do_no_harm(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "\x1B[2J @", "the app", &nomad_23, 3, 1);
    sheet_put_wordings(&sheet, "\xE2\x80\xAE: @", "the app", &nomad_23, 3, 1);
    sheet_put_all(&sheet, "\xFF\xFE", "Q\xC3", "''''", "&&&&&&&&", "<b", "<", "&", "#", "...",
                  "R\xE2", "q", "123456789012345678901234567890", "Q000000000000004", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.4", NPT__POSSIBLE);
    expect_reason(&sheet, 1,
                  "its wording is that of item nomad.4, but for the intervention's name; the same "
                  "goes for column '\xEF\xBF\xBD[2J I can see how the app dif...'");
    for (size_t i = 2; i < sheet.count; i++)
        expect_nothing(&sheet, i);
    npt__guess_columns(sheet.arena, &nomad_23, NULL, NULL, 0, NULL);
    const npt_instrument empty = {.id = "empty"};
    sheet_guess(&sheet, &empty);
    expect_nothing(&sheet, 0);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_ids_are_not_certain),
        cmocka_unit_test(of_several_sites_only_a_plain_one_is_likely),
        cmocka_unit_test(questions_that_only_mention_a_word_ask_for_nothing),
        cmocka_unit_test(whatever_reaches_a_person_is_personal),
        cmocka_unit_test(an_id_is_an_item_whatever_the_word_means),
        cmocka_unit_test(many_long_headers_take_no_more_than_a_moment),
        cmocka_unit_test(many_rivals_take_no_more_than_a_moment),
        cmocka_unit_test(odd_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
