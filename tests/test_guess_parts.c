/* test_guess_parts.c - headers that say two things: a code and a text, a statement and its question, a question
 * and which of its columns this is.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_sheet.h"

#include <string.h>

/* ---- a code and a text ----------------------------------------------------------------------- */

/* LimeSurvey's "code & text" of its own columns, of questions and of timings. */
static void a_text_behind_a_code_says_what_a_column_is(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "id. Response ID", "submitdate. Date submitted", "ipaddr. IP address",
                  "G1Q2. Which organisation do you work for?", "site. What is your role?",
                  "email. E-mail address", "Q9. Date of birth", "interviewtime. Total time",
                  "groupTime71. Group time: About you", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 2, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_use(&sheet, 3, NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY);
    expect_use(&sheet, 4, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    expect_use(&sheet, 5, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_use(&sheet, 6, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_use(&sheet, 7, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 8, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    sheet_free(&sheet);
}

/* A survey in another language: the codes are LimeSurvey's, or English by habit. */
static void a_code_counts_where_its_text_says_nothing(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "id. ID de la r\xC3\xA9ponse", "lastpage. Derni\xC3\xA8re page",
                  "ipaddr. Adresse IP", "site. O\xC3\xB9 travaillez-vous ?",
                  "contact[email]. Comment vous joindre ?", "role[other]. Votre fonction [Autre]",
                  NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 2, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_use(&sheet, 3, NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY);
    expect_use(&sheet, 4, NPT__COLUMN_PERSONAL, NULL, NPT__LIKELY);
    expect_nothing(&sheet, 5);
    sheet_free(&sheet);
}

static void what_is_personal_wins_in_codes_and_texts(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "email. Which organisation do you work for?", "site. Postcode",
                  "seed. First name", NULL);
    sheet_put(&sheet, "name. Organisation", "What is your role?");
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < sheet.count; i++)
        expect_use(&sheet, i, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    sheet_free(&sheet);
}

static void what_only_looks_like_a_code_says_nothing(void **state)
{
    (void)state;
    char name[200] = "site";
    memset(name + 4, 'e', 100);
    memcpy(name + 104, ". Seed", sizeof ". Seed");
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "My role. Status", "survey.status", "Dr. Foster went to Gloucester",
                  "The end. Of seed and status", ". ", "[. ", name, NULL);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < sheet.count; i++)
        expect_nothing(&sheet, i);
    sheet_free(&sheet);
}

static void the_id_of_an_item_is_no_word_as_a_code(void **state)
{
    (void)state;
    static const struct npt__item items[] = {
        {"status", "1", "", "It is seen by all", "", 0, 0, false}};
    static const struct npt__measured_construct constructs[] = {{"own", "Own"}};
    const npt_instrument own = {.id = "own",
                                .items = items,
                                .item_count = 1,
                                .constructs = constructs,
                                .construct_count = 1};
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "status. It is seen by all", NULL);
    sheet_guess(&sheet, &own);
    expect_item(&sheet, 0, "status", NPT__CERTAIN);
    sheet_guess(&sheet, &nomad_23); /* an item of no other instrument */
    expect_use(&sheet, 0, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    sheet_free(&sheet);
}

/* ---- a statement and its question ------------------------------------------------------------ */

#define QUESTION "How far do you agree with each of these statements on your work?"

/* Labels in LimeSurvey's SPSS files: the statement in brackets, then the question, however long. */
static void a_statement_in_brackets_before_its_question_is_certain(void **state)
{
    (void)state;
    static char header[1000] = "[@] " QUESTION;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, header, "the [new] tool", &nomad_23, 0, 23);
    for (size_t i = 0; i < 23; i++)
        sheet_name(&sheet, i, "G1Q1_SQ###", i + 1);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__CERTAIN);
    expect_reason(&sheet, 3, "its wording is that of item nomad.4");
    sheet_free(&sheet);
    sheet_put_wordings(&sheet, "[@] How far do you agree?", "the app", &nomad_23, 3, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
    while (strlen(header) + sizeof QUESTION < sizeof header)
        memcpy(header + strlen(header), " " QUESTION, sizeof " " QUESTION);
    sheet_put_wordings(&sheet, header, "the app", &nomad_23, 3, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
}

static void other_brackets_make_nothing_certain(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_wordings(&sheet, "Today [@] " QUESTION, "the app", &nomad_23, 3, 1);
    sheet_put_wordings(&sheet, "[@ and much more than that] " QUESTION, "the app", &nomad_23, 5, 1);
    sheet_put_wordings(&sheet, "[@ " QUESTION, "the app", &nomad_23, 8, 1);
    sheet_put_wordings(&sheet, "[@] I will continue to support the app", "the app", &nomad_23, 6,
                       1);
    sheet_put_wordings(&sheet, "[Scale 1][@] " QUESTION, "the app", &nomad_23, 21, 1);
    sheet_put_wordings(&sheet, "[@] Please explain your answer", "the app", &nomad_23, 11, 1);
    sheet_put_all(&sheet, "[", "]", "[[[[[]", "[]", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.4", NPT__POSSIBLE);
    expect_reason(&sheet, 0, "it holds the wording of item nomad.4, and more");
    expect_item(&sheet, 1, "nomad.6", NPT__POSSIBLE);
    expect_item(&sheet, 2, "nomad.9", NPT__POSSIBLE);
    expect_item(&sheet, 3, "nomad.7", NPT__POSSIBLE);
    expect_reason(&sheet, 3, "its wording is close to those of items nomad.7 and nomad.11");
    expect_item(&sheet, 4, "nomad.22", NPT__POSSIBLE);
    expect_use(&sheet, 5, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    for (size_t i = 6; i < sheet.count; i++)
        expect_nothing(&sheet, i);
    sheet_free(&sheet);
}

/* ---- a question and which of its columns ----------------------------------------------------- */

/* Qualtrics: one column for the option, one for the text beside "Other". */
static void the_selected_choice_is_what_was_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *wording, *as;
    } cases[] = {{"What is your role? - Selected Choice", "role"},
                 {"Role - Selected Choice", "role"},
                 {"Which organisation do you work for? - Selected Choice", "site"}};
    struct sheet sheet = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sheet_put(&sheet, "Q3", cases[i].wording);
        sheet_put(&sheet, "Q3_4_TEXT", "What is your role? - Other - Text");
        sheet_guess(&sheet, &nomad_23);
        expect_use(&sheet, 0, NPT__COLUMN_ATTRIBUTE, cases[i].as, NPT__LIKELY);
        expect_use(&sheet, 1, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
        sheet_free(&sheet);
    }
    sheet_put(&sheet, "Q4", "What is your name? - Selected Choice");
    sheet_put(&sheet, "Q5", "Selected Choice");
    sheet_put(&sheet, "Q6", "What is your role selected choice");
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_PERSONAL, NULL, NPT__LIKELY);
    expect_nothing(&sheet, 1);
    expect_nothing(&sheet, 2);
    sheet_free(&sheet);
}

/* LimeSurvey, with texts: how long a page or a question took. */
static void timings_hold_no_answer(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Group time: About you", "Question time: role",
                  "Group time: ", "Group time management is good here", "Question times", NULL);
    sheet_put_wordings(&sheet, "Question time: @", "the app", &nomad_23, 3, 1);
    sheet_guess(&sheet, &nomad_23);
    for (size_t i = 0; i < 3; i++)
        expect_use(&sheet, i, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    expect_nothing(&sheet, 3);
    expect_nothing(&sheet, 4);
    expect_use(&sheet, 5, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_behind_a_code_says_what_a_column_is),
        cmocka_unit_test(a_code_counts_where_its_text_says_nothing),
        cmocka_unit_test(what_is_personal_wins_in_codes_and_texts),
        cmocka_unit_test(what_only_looks_like_a_code_says_nothing),
        cmocka_unit_test(the_id_of_an_item_is_no_word_as_a_code),
        cmocka_unit_test(a_statement_in_brackets_before_its_question_is_certain),
        cmocka_unit_test(other_brackets_make_nothing_certain),
        cmocka_unit_test(the_selected_choice_is_what_was_asked_for),
        cmocka_unit_test(timings_hold_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
