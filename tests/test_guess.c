/* test_guess.c - which column of a survey export is which item: exports as survey platforms write them.
 *
 * What a platform's headers look like is said at each test. Which column is which item is known from how
 * the headers are made; the instruments are NoMAD as printed (Finch et al. 2018), the same without its
 * general items, and AIM, IAM and FIM (Weiner et al. 2017).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_sheet.h"

#include <stdio.h>

/* ---- LimeSurvey ------------------------------------------------------------------------------ */

/* Response export with "Question code" as heading: id, submitdate, lastpage, startlanguage, seed, then
   codes; an array's rows are CODE[SUBCODE], with SQ001 ... as subcodes unless changed; timings, if wanted, end
   in "Time". */
static void limesurvey_codes_are_read_as_one_array(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "id", "submitdate", "lastpage", "startlanguage", "seed", "site", NULL);
    sheet_put_numbered(&sheet, "nomad[SQ###]", 1, 23);
    sheet_put_all(&sheet, "interviewtime", "groupTime716", "nomadTime", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    for (size_t i = 1; i <= 4; i++)
        expect_use(&sheet, i, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 5, NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY);
    expect_items(&sheet, 6, "nomad.1", 23, NPT__CERTAIN);
    expect_use(&sheet, 29, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 30, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    expect_nothing(&sheet, 31);
    sheet_free(&sheet);
}

/* The same where codes say nothing: one array is a run, and 20 rows of 23 items are open to doubt. */
static void limesurvey_arrays_with_any_code_are_runs(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "G1Q1[SQ###]", 1, 23);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__LIKELY);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "q4_SQ###", 1, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__POSSIBLE);
    expect_reason(&sheet, 0,
                  "numbered 1 to 20: the items on constructs, or the first 20 of all 23?");
    sheet_free(&sheet);
}

/* One array for each construct, coded like it. */
static void limesurvey_arrays_by_construct_are_blocks(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "COH[SQ###]", 1, 4);
    sheet_put_numbered(&sheet, "CP[SQ###]", 1, 4);
    sheet_put_numbered(&sheet, "CA[SQ###]", 1, 7);
    sheet_put_numbered(&sheet, "RM[SQ###]", 1, 5);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "C1[#]", 1, 4);
    sheet_put_numbered(&sheet, "C2[#]", 1, 4);
    sheet_put_numbered(&sheet, "C3[#]", 1, 7);
    sheet_put_numbered(&sheet, "C4[#]", 1, 5);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
}

/* "Full question text": the stem, then the row's text in brackets; "Response ID", "Date submitted" ... */
static void limesurvey_texts_end_with_the_item_in_brackets(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Response ID", "Date submitted", "Last page", "Start language", "Seed",
                  NULL);
    sheet_put_wordings(
        &sheet, "To what extent do you agree or disagree with these statements on your work? [@]",
        "the [intervention]", &nomad_23, 0, 23);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    for (size_t i = 1; i <= 4; i++)
        expect_use(&sheet, i, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_items(&sheet, 5, "nomad.1", 23, NPT__CERTAIN);
    expect_reason(&sheet, 8, "its wording is that of item nomad.4");
    sheet_free(&sheet);
}

/* ---- REDCap ---------------------------------------------------------------------------------- */

/* Raw export: variable names in lower case, redcap_* columns, FORM_timestamp and FORM_complete; a data access
   group is a site in most projects. */
static void redcap_variables_are_item_ids(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "record_id", "redcap_event_name", "redcap_repeat_instrument",
                  "redcap_data_access_group", "redcap_survey_identifier", "nomad_timestamp", NULL);
    sheet_put_numbered(&sheet, "nomad_##", 1, 23);
    sheet_put_all(&sheet, "nomad_complete", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_ATTRIBUTE, "wave", NPT__LIKELY);
    expect_use(&sheet, 2, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 3, NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY);
    expect_use(&sheet, 4, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_use(&sheet, 5, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    expect_items(&sheet, 6, "nomad.1", 23, NPT__CERTAIN);
    expect_use(&sheet, 29, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    sheet_free(&sheet);
}

/* Labels as header: field labels, with the tags that rich text leaves in them. */
static void redcap_labels_may_hold_tags(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Record ID", "Event Name", "Complete?", NULL);
    sheet_put_wordings(&sheet, "<div class=\"rich-text-field-label\"><p><b>@</b></p></div>",
                       "Safe&nbsp;Together&rsquo;s model", &nomad_23, 3, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_ATTRIBUTE, "wave", NPT__LIKELY);
    expect_use(&sheet, 2, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_items(&sheet, 3, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
}

/* ---- Jisc Online Surveys --------------------------------------------------------------------- */

/* CSV: "Unique Response Number", then each question with its number; rows of a grid have numbers of their
   own ("4.1."), which are not those of the items. */
static void jisc_numbers_before_wordings_say_nothing(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Unique Response Number", "1. What is your role?",
                  "2. Which organisation do you work for?", "3. Any other comments", NULL);
    for (size_t i = 0; i < 20; i++) {
        char number[32];
        snprintf(number, sizeof number, i % 2 ? "4.%zu. @" : "4.%zu.a @", i + 1);
        sheet_put_wordings(&sheet, number,
                           "whole\xE2\x80\x91"
                           "family working",
                           &nomad_23, 3 + i, 1);
    }
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    expect_use(&sheet, 2, NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY);
    expect_use(&sheet, 3, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    expect_items(&sheet, 4, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
}

/* SPSS: variables URN, Q1, Q2, Q4_1 ...; the questions are the variables' labels. */
static void jisc_spss_labels_count_for_more_than_names(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put(&sheet, "URN", "Unique Response Number");
    sheet_put(&sheet, "Q1", "What is your job role?");
    sheet_put(&sheet, "Q2", "Please select your organisation");
    sheet_put_wordings(&sheet, "@", "the app", &nomad_23, 3, 20);
    for (size_t i = 0; i < 20; i++)
        sheet_name(&sheet, 3 + i, "Q4_#", i + 1);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    expect_use(&sheet, 2, NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY);
    expect_items(&sheet, 3, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
}

/* ---- Microsoft Forms, SurveyMonkey ----------------------------------------------------------- */

/* ID (or Id), Start time, Completion time, Email, Name, then the questions as they are; in a quiz also
   "Points - " and "Feedback - " of each. */
static void microsoft_forms_headers_are_the_questions(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "\xEF\xBB\xBFID", "Start time", "Completion time", "Email", "Name",
                  "Total points", "Quiz feedback", "Last modified time", "What is your job title?",
                  NULL);
    sheet_put_wordings(&sheet, "@\n", "this service", &nomad_23, 0, 23);
    sheet_put_wordings(&sheet, "Points - @", "this service", &nomad_23, 3, 1);
    sheet_put_wordings(&sheet, "Feedback - @", "this service", &nomad_23, 3, 1);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 2, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 3, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_use(&sheet, 4, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    for (size_t i = 5; i <= 7; i++)
        expect_use(&sheet, i, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 8, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    expect_items(&sheet, 9, "nomad.1", 23, NPT__CERTAIN);
    expect_use(&sheet, 32, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    expect_use(&sheet, 33, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    sheet_free(&sheet);
}

/* Respondent ID, Collector ID, Start Date, End Date, IP Address, Email Address, First Name, Last Name, Custom
   Data 1, then questions; the rows of a matrix stand in a second header row. */
static void surveymonkey_rows_are_in_the_second_row(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_all(&sheet, "Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address",
                  "Email Address", "First Name", "Last Name", NULL);
    sheet_put_wordings(&sheet, "@", "the new model", &nomad_23, 3, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    for (size_t i = 1; i <= 3; i++)
        expect_use(&sheet, i, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    for (size_t i = 4; i <= 7; i++)
        expect_use(&sheet, i, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_items(&sheet, 8, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
}

/* ---- Qualtrics ------------------------------------------------------------------------------- */

/* Row 1: StartDate ... UserLanguage, Q1, Q4_1 ...; row 2: the stem, " - ", the statement. Texts, display orders
   and page timings of a question have columns beside it. */
static void qualtrics_statements_are_in_the_second_row(void **state)
{
    (void)state;
    static const char *const personal[] = {
        "IPAddress",         "RecipientLastName", "RecipientFirstName", "RecipientEmail",
        "ExternalReference", "LocationLatitude",  "LocationLongitude"};
    struct sheet sheet = {0};
    sheet_put(&sheet, "StartDate", "Start Date");
    sheet_put(&sheet, "Duration (in seconds)", "Duration (in seconds)");
    sheet_put(&sheet, "ResponseId", "Response ID");
    sheet_put(&sheet, "UserLanguage", "User Language");
    sheet_put(&sheet, "Q2", "What is your role?\n\nPlease choose one.");
    sheet_put_wordings(&sheet, "How far do you agree?\n\nPlease tick one box in each row. - @",
                       "the whole-family approach", &nomad_23, 3, 20);
    for (size_t i = 0; i < 20; i++)
        sheet_name(&sheet, 5 + i, "Q4_#", i + 1);
    for (size_t i = 0; i < sizeof personal / sizeof *personal; i++)
        sheet_put(&sheet, personal[i], "");
    sheet_put(&sheet, "Q4_DO_1", "How far do you agree? - Display Order");
    sheet_put(&sheet, "Q4_20_TEXT", "How far do you agree? - Other - Text");
    sheet_guess(&sheet, &nomad_23);
    expect_use(&sheet, 0, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 1, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 2, NPT__COLUMN_ID, "id", NPT__CERTAIN);
    expect_use(&sheet, 3, NPT__COLUMN_UNUSED, NULL, NPT__CERTAIN);
    expect_use(&sheet, 4, NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY);
    expect_items(&sheet, 5, "nomad.4", 20, NPT__CERTAIN);
    for (size_t i = 25; i < 32; i++)
        expect_use(&sheet, i, NPT__COLUMN_PERSONAL, NULL, NPT__CERTAIN);
    expect_use(&sheet, 32, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    expect_use(&sheet, 33, NPT__COLUMN_UNUSED, NULL, NPT__LIKELY);
    sheet_free(&sheet);
}

/* ---- sheets typed by people ------------------------------------------------------------------ */

static void question_numbers_are_taken_when_all_are_there(void **state)
{
    (void)state;
    static const char *const names[] = {"Q#", "q##", "Question #", "item_#", "Q#."};
    struct sheet sheet = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sheet_put_all(&sheet, "id", "site", NULL);
        sheet_put_numbered(&sheet, names[i], 1, 23);
        sheet_guess(&sheet, &nomad_23);
        expect_items(&sheet, 2, "nomad.1", 23, NPT__CERTAIN);
        expect_reason(&sheet, 2, "numbered like items 1 to 23");
        sheet_free(&sheet);
    }
    sheet_put_numbered(&sheet, "#", 1, 23);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.1", 23, NPT__LIKELY);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "Q#", 4, 20);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__LIKELY);
    sheet_free(&sheet);
}

static void item_ids_are_known_however_they_are_written(void **state)
{
    (void)state;
    static const char *const names[] = {"nomad.#", "nomad_#",  "nomad_##",    "NoMAD #",
                                        "nomad#",  "NOMAD-Q#", "NoMAD item #"};
    struct sheet sheet = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sheet_put_numbered(&sheet, names[i], 1, 23);
        sheet_guess(&sheet, &nomad_23);
        expect_items(&sheet, 0, "nomad.1", 23, NPT__CERTAIN);
        sheet_free(&sheet);
    }
    sheet_put_all(&sheet, "nomad.13", "nomad.6", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_item(&sheet, 0, "nomad.13", NPT__CERTAIN);
    expect_item(&sheet, 1, "nomad.6", NPT__CERTAIN);
    sheet_free(&sheet);
}

static void codes_are_known_however_they_are_written(void **state)
{
    (void)state;
    static const char *const names[] = {"C#.#", "C#_#", "c#-#", "nomad_c#_#"};
    struct sheet sheet = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sheet_put_codes(&sheet, names[i]);
        sheet_guess(&sheet, &nomad_23);
        expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
        sheet_free(&sheet);
    }
    sheet_put_codes(&sheet, "C#.#");
    sheet_put(&sheet, "C3.8", "");
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__LIKELY);
    expect_nothing(&sheet, 20);
    sheet_free(&sheet);
    sheet_put_all(&sheet, "C1_1", "C1_2", NULL);
    sheet_guess(&sheet, &nomad_23);
    expect_items(&sheet, 0, "nomad.4", 2, NPT__POSSIBLE);
    sheet_free(&sheet);
}

/* Blocks by construct, the reversed item marked, the general items beside them. */
static void blocks_are_named_after_their_constructs(void **state)
{
    (void)state;
    static const char *const names[][4] = {
        {"C#", "CP#", "CA#", "RM#"},
        {"COH#", "COG#", "COL#", "REF#"},
        {"coherence_#", "cognitive_participation_#", "collective_action_#",
         "reflexive_monitoring_#"},
        {"Coh.#", "CogPart.#", "ColAct.#", "RefMon.#"},
    };
    struct sheet sheet = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sheet_put_numbered(&sheet, names[i][0], 1, 4);
        sheet_put_numbered(&sheet, names[i][1], 1, 4);
        sheet_put_numbered(&sheet, names[i][2], 1, 7);
        sheet_put_numbered(&sheet, names[i][3], 1, 5);
        sheet_put_numbered(&sheet, "G#", 1, 3);
        sheet_put_all(&sheet, "COH_mean", "total", NULL);
        sheet_rename(&sheet, 10, i % 2 ? "CA3_rev" : "CA3r");
        sheet_guess(&sheet, &nomad_23);
        expect_items(&sheet, 0, "nomad.4", 10, NPT__CERTAIN);
        expect_item(&sheet, 10, "nomad.14", NPT__LIKELY);
        expect_reason(&sheet, 10,
                      "lettered and numbered like nomad.14, but its r may mean that it is reversed "
                      "already");
        expect_items(&sheet, 11, "nomad.15", 9, NPT__CERTAIN);
        expect_items(&sheet, 20, "nomad.1", 3, NPT__LIKELY);
        expect_nothing(&sheet, 23);
        expect_nothing(&sheet, 24);
        sheet_free(&sheet);
    }
}

/* ---- other instruments ----------------------------------------------------------------------- */

static void the_core_items_have_numbers_of_their_own(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "Q#", 1, 20);
    sheet_guess(&sheet, &nomad_20);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "Q#", 4, 20);
    sheet_guess(&sheet, &nomad_20);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__LIKELY);
    expect_reason(&sheet, 0, "numbered like the items in their ids");
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "nomad_#", 4, 20);
    sheet_guess(&sheet, &nomad_20);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_codes(&sheet, "C#.#");
    sheet_guess(&sheet, &nomad_20);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_wordings(&sheet, "@", "it", &nomad_20, 0, 20);
    sheet_guess(&sheet, &nomad_20);
    expect_items(&sheet, 0, "nomad.4", 20, NPT__CERTAIN);
    sheet_free(&sheet);
}

static void aim_iam_and_fim_are_told_apart(void **state)
{
    (void)state;
    struct sheet sheet = {0};
    sheet_put_numbered(&sheet, "AIM#", 1, 4);
    sheet_put_numbered(&sheet, "iam_#", 1, 4);
    sheet_put_numbered(&sheet, "FIM ##", 1, 4);
    sheet_guess(&sheet, &three_measures);
    expect_items(&sheet, 0, "aim.1", 12, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_wordings(&sheet, "@.", "Motivational interviewing", &three_measures, 0, 12);
    sheet_guess(&sheet, &three_measures);
    expect_items(&sheet, 0, "aim.1", 12, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_wordings(&sheet, "Please tick one box: [@]", "Dr. Foster's tool", &three_measures, 0,
                       12);
    sheet_guess(&sheet, &three_measures);
    expect_items(&sheet, 0, "aim.1", 12, NPT__CERTAIN);
    sheet_free(&sheet);
    sheet_put_numbered(&sheet, "GHQ#", 1, 12);
    sheet_guess(&sheet, &three_measures);
    expect_items(&sheet, 0, "aim.1", 12, NPT__POSSIBLE);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limesurvey_codes_are_read_as_one_array),
        cmocka_unit_test(limesurvey_arrays_with_any_code_are_runs),
        cmocka_unit_test(limesurvey_arrays_by_construct_are_blocks),
        cmocka_unit_test(limesurvey_texts_end_with_the_item_in_brackets),
        cmocka_unit_test(redcap_variables_are_item_ids),
        cmocka_unit_test(redcap_labels_may_hold_tags),
        cmocka_unit_test(jisc_numbers_before_wordings_say_nothing),
        cmocka_unit_test(jisc_spss_labels_count_for_more_than_names),
        cmocka_unit_test(microsoft_forms_headers_are_the_questions),
        cmocka_unit_test(surveymonkey_rows_are_in_the_second_row),
        cmocka_unit_test(qualtrics_statements_are_in_the_second_row),
        cmocka_unit_test(question_numbers_are_taken_when_all_are_there),
        cmocka_unit_test(item_ids_are_known_however_they_are_written),
        cmocka_unit_test(codes_are_known_however_they_are_written),
        cmocka_unit_test(blocks_are_named_after_their_constructs),
        cmocka_unit_test(the_core_items_have_numbers_of_their_own),
        cmocka_unit_test(aim_iam_and_fim_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
