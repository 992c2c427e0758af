/* test_platforms.c - exports of five survey platforms, from the file to a score.
 *
 * Eight invented people answered NoMAD; tests/data/platforms holds their answers in the shape of each
 * platform, and the study.xml that a person writes for it. For each: what the columns are taken for, that
 * nothing personal is kept, the answers as they were given, and means counted by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "platform_study.h"

/* ---- what people answered --------------------------------------------------------------------- */

/* The general items, then the items by construct. 5: strongly agree; r, s, i: not relevant to the role, at
   this stage, to the intervention; -: no answer; m: a value that stands for none. */
#define GENERAL_1 "7 8 9 | "
#define GENERAL_2 "3 2 5 | "
#define GENERAL_3 "10 9 10 | "
#define GENERAL_4 "6 5 7 | "
#define GENERAL_5 "0 0 4 | "
#define GENERAL_6 "8 7 8 | "
#define GENERAL_NONE(none) none " " none " " none " | "
#define CORE_1 "4 4 5 5 | 5 4 4 5 | 4 2 4 3 3 2 4 | 4 4 5 4 3\n"
#define CORE_2 "2 3 2 4 | 3 3 4 4 | 2 4 3 3 1 1 2 | 2 3 3 4 4\n"
#define CORE_3 "5 5 5 5 | 5 5 5 5 | 5 1 5 5 4 5 5 | 5 5 5 5 5\n"
#define CORE_4 "4 3 r 4 | 4 r 4 4 | r 3 4 4 3 3 4 | 3 4 s 4 i\n"
#define CORE_5 "1 2 1 3 | 2 2 3 2 | 1 5 2 2 1 1 1 | s s s 3 2\n"
#define CORE_6(none) "4 " none " 4 5 | 4 4 5 5 | 3 2 " none " 4 4 3 3 | 4 4 4 5 4\n"
#define CORE_7(none) \
    none " " none " " none " 3 | 3 " none " " none " " none " | " FIVE(none) " " none " " none \
                                                                             " | " FIVE(none) "\n"
#define FIVE(none) none " " none " " none " " none " " none
#define CORE_8 "- - - - | - - - - | - - - - - - - | - - - - -\n"
/* A response: the row and the id, which differ from file to file, then site, role and wave. */
#define PERSON_1(place) place " North Nurse 1: " GENERAL_1 CORE_1
#define PERSON_2(place) place " North Doctor 1: " GENERAL_2 CORE_2
#define PERSON_3(place, wave) place " North Nurse " wave ": " GENERAL_3 CORE_3
#define PERSON_4(place) place " North Manager 1: " GENERAL_4 CORE_4
#define PERSON_5(place) place " South Nurse 1: " GENERAL_5 CORE_5
#define PERSON_6(place, wave, none) place " South Other " wave ": " GENERAL_6 CORE_6(none)
#define PERSON_7(place, unseen, none) place " South Doctor 1: " GENERAL_NONE(unseen) CORE_7(none)
#define PERSON_8(place) place " - - 1: " GENERAL_NONE("-") CORE_8

/* ---- LimeSurvey ------------------------------------------------------------------------------- */

#define LIMESURVEY_ANSWERS \
    PERSON_1("2 1") \
    PERSON_2("3 2") \
    PERSON_3("4 3", "1") \
    PERSON_4("5 4") \
    PERSON_5("6 5") PERSON_6("7 6", "1", "-") PERSON_7("8 7", "-", "-") PERSON_8("9 8")

/* Modelled on what LimeSurvey (application/helpers/admin/export) writes as CSV: a byte order mark, every cell in
   quotes, columns of its own first, "code[SQ001]" for the rows of an array, "-oth-" for the option "Other" and
   a column "code[other]" for its text; empty cells where nothing was answered or shown. The answers of the array
   were given numbers as codes. */
static const struct platform limesurvey_codes = {
    .file = "limesurvey-codes.csv",
    .instrument = "nomad",
    /* Twenty numbered rows of an array may be the items on constructs or the first of all. */
    .guesses = "1: id, certain\n"
               "2-7: unused, certain\n"
               "8: personal, certain\n"
               "9: unused, certain\n"
               "10: site, likely\n"
               "11: role, likely\n"
               "12: unused, likely\n"
               "13-35: nomad.1 to nomad.23, possible\n"
               "36: personal, certain\n"
               "37: unused, certain\n"
               "38: unused, likely\n",
    .study = "limesurvey-codes.study.xml",
    .answers = LIMESURVEY_ANSWERS};

/* The same with full question texts and full answers, delimited by semicolons: the statement of an array stands
   in brackets behind its question, and "N/A" in a yes-or-no question that nobody answered. */
static const struct platform limesurvey_text = {.file = "limesurvey-text.csv",
                                                .instrument = "nomad",
                                                .guesses = "1: id, certain\n"
                                                           "2-7: unused, certain\n"
                                                           "8: personal, certain\n"
                                                           "9: unused, certain\n"
                                                           "10: site, likely\n"
                                                           "11: role, likely\n"
                                                           "12: unknown\n"
                                                           "13-35: nomad.1 to nomad.23, certain\n"
                                                           "36: personal, likely\n"
                                                           "37: unknown\n",
                                                .study = "limesurvey-text.study.xml",
                                                .answers = LIMESURVEY_ANSWERS};

/* The same with "question code & question text": "ipaddr. IP address". */
static const struct platform limesurvey_both = {.file = "limesurvey-both.csv",
                                                .instrument = "nomad",
                                                .guesses = "1: id, certain\n"
                                                           "2-7: unused, certain\n"
                                                           "8: personal, certain\n"
                                                           "9: unused, certain\n"
                                                           "10: site, likely\n"
                                                           "11: role, likely\n"
                                                           "12: unknown\n"
                                                           "13-35: nomad.1 to nomad.23, certain\n"
                                                           "36: personal, likely\n"
                                                           "37: unknown\n",
                                                .study = "limesurvey-both.study.xml",
                                                .answers = LIMESURVEY_ANSWERS};

/* An SPSS file as LimeSurvey's plugin ExportSPSSsav names and labels variables: "NPT[SQ001]" becomes "NPT_SQ001",
   and the label has the statement in brackets before its question. */
static const struct platform limesurvey_sav = {
    .file = "limesurvey.sav",
    .instrument = "nomad",
    .guesses = "1: id, certain\n"
               "2-4: unused, certain\n"
               "5: personal, certain\n"
               "6: site, likely\n"
               "7: role, likely\n"
               "8-30: nomad.1 to nomad.23, certain\n",
    .study = "limesurvey-sav.study.xml",
    .answers = PERSON_1("1 1") PERSON_2("2 2") PERSON_3("3 3", "1") PERSON_4("4 4") PERSON_5("5 5")
        PERSON_6("6 6", "1", "-") PERSON_7("7 7", "-", "-") PERSON_8("8 8")};

/* Options with the codes that LimeSurvey suggests: AO01 to AO08. */
static const struct platform limesurvey_letters = {.file = "limesurvey-letters.csv",
                                                   .instrument = "nomad",
                                                   .study = "limesurvey-letters.study.xml",
                                                   .answers = LIMESURVEY_ANSWERS};

/* ---- REDCap ----------------------------------------------------------------------------------- */

/* The rows of a record stand together; the comment of the fifth person takes two lines. */
#define REDCAP_ANSWERS \
    PERSON_2("2 1") \
    PERSON_3("3 1", "2") \
    PERSON_1("4 2") \
    PERSON_4("5 3") \
    PERSON_5("6 4") PERSON_6("8 4", "2", "m") PERSON_7("9 5", "-", "-") PERSON_8("10 6")

/* Modelled on REDCap's "CSV / Microsoft Excel (raw data)" of a longitudinal project with surveys: a row for each
   event of a record, a unique name for the event and the data access group, a survey identifier (an
   e-mail address), a time stamp ("[not completed]") and a _complete column for each instrument, boxes as
   name___1, quotes only where needed, a missing data code. */
static const struct platform redcap_raw = {.file = "redcap-raw.csv",
                                           .instrument = "nomad",
                                           .guesses = "1: id, certain\n"
                                                      "2: wave, likely\n"
                                                      "3: site, likely\n"
                                                      "4: personal, certain\n"
                                                      "5: unused, likely\n"
                                                      "6: role, likely\n"
                                                      "7-8: unknown\n"
                                                      "9: personal, likely\n"
                                                      "10-11: unused, likely\n"
                                                      "12-14: nomad.1 to nomad.3, likely\n"
                                                      "15-34: nomad.4 to nomad.23, certain\n"
                                                      "35-36: unused, likely\n",
                                           .study = "redcap-raw.study.xml",
                                           .answers = REDCAP_ANSWERS};

/* "CSV / Microsoft Excel (labels)" of the same: field labels as headers, so that each instrument has its "Survey
   Timestamp" and its "Complete?", and labels as values. */
static const struct platform redcap_labels = {.file = "redcap-labels.csv",
                                              .instrument = "nomad",
                                              .guesses = "1: id, certain\n"
                                                         "2: wave, likely\n"
                                                         "3: site, likely\n"
                                                         "4: personal, certain\n"
                                                         "5: unused, certain\n"
                                                         "6: role, likely\n"
                                                         "7-8: unknown\n"
                                                         "9: personal, likely\n"
                                                         "10-11: unused, certain\n"
                                                         "12-34: nomad.1 to nomad.23, certain\n"
                                                         "35: unused, likely\n"
                                                         "36: unused, certain\n",
                                              .study = "redcap-labels.study.xml",
                                              .answers = REDCAP_ANSWERS};

/* ---- Jisc Online Surveys ---------------------------------------------------------------------- */

#define URN(number) "914201-914192-886100" number

/* Modelled on exports of Jisc Online Surveys (formerly BOS) that the R package bossier tests with: numbered question
   texts, a column without answers for the stem of a grid, "7.1.a." before each of its rows, answers as
   text, quotes around all that is not empty. */
static const struct platform jisc_text = {
    .file = "jisc-text.csv",
    .instrument = "nomad",
    .guesses = "1: id, certain\n"
               "2: unknown\n"
               "3: site, likely\n"
               "4: role, likely\n"
               "5: unknown\n"
               "6-8: nomad.1 to nomad.3, certain\n"
               "9: unknown\n"
               "10-29: nomad.4 to nomad.23, certain\n"
               "30: unused, likely\n"
               "31: personal, likely\n",
    .study = "jisc-text.study.xml",
    .answers = PERSON_1("2 " URN("03")) PERSON_2("3 " URN("04")) PERSON_3("4 " URN("05"), "1")
        PERSON_4("5 " URN("06")) PERSON_5("6 " URN("07")) PERSON_6("8 " URN("08"), "1", "-")
            PERSON_7("9 " URN("09"), "-", "-") PERSON_8("10 " URN("10"))};

/* The same with "code responses": question numbers as names, an answer as its place in the list, from 1. So the
   general items run from 1 to 11; the items on constructs alone can be read. */
static const struct platform jisc_coded = {
    .file = "jisc-coded.csv",
    .instrument = "nomad-core",
    .guesses = "1: id, certain\n"
               "2-31: unknown\n",
    .study = "jisc-coded.study.xml",
    .answers =
        "2 " URN("03") " North Nurse 1: " CORE_1 "3 " URN("04") " North Doctor 1: " CORE_2 "4 " URN(
            "05") " North Nurse 1: " CORE_3
                  "5 " URN("06") " North Manager 1: " CORE_4 "6 " URN(
                      "07") " South Nurse 1: " CORE_5
                            "8 " URN("08") " South Other 1: " CORE_6("-") "9 " URN(
                                "09") " South Doctor 1: " CORE_7("-") "10 " URN("10") " - - 1: " CORE_8};

/* The SPSS file of the same: variable labels are the questions, value labels the answers ("0" is 1), and 9 was
   declared missing in SPSS. */
static const struct platform jisc_sav = {
    .file = "jisc.sav",
    .instrument = "nomad",
    .guesses = "1: id, certain\n"
               "2: unknown\n"
               "3: site, likely\n"
               "4: role, likely\n"
               "5: unknown\n"
               "6-8: nomad.1 to nomad.3, certain\n"
               "9: unknown\n"
               "10-29: nomad.4 to nomad.23, certain\n"
               "30: unused, likely\n"
               "31: personal, likely\n",
    .study = "jisc-sav.study.xml",
    .answers = PERSON_1("1 " URN("03")) PERSON_2("2 " URN("04")) PERSON_3("3 " URN("05"), "1")
        PERSON_4("4 " URN("06")) PERSON_5("5 " URN("07")) PERSON_6("6 " URN("08"), "1", "m")
            PERSON_7("7 " URN("09"), "-", "m") PERSON_8("8 " URN("10"))};

/* ---- Qualtrics -------------------------------------------------------------------------------- */

/* Modelled on a CSV of Qualtrics with numeric values, "download all fields" and "recode seen but unanswered questions
   as -99": three header rows (names, wordings with line ends, {"ImportId": ...}), seventeen columns of its
   own, "Q3_4_TEXT" beside an option, timings of a page. */
#define ID(number) "R_3kQ0invented" number

static const struct platform qualtrics = {
    .file = "qualtrics.csv",
    .instrument = "nomad",
    .guesses = "1-3: unused, certain\n"
               "4: personal, certain\n"
               "5-8: unused, certain\n"
               "9: id, certain\n"
               "10-15: personal, certain\n"
               "16-17: unused, certain\n"
               "18: site, likely\n"
               "19: role, likely\n"
               "20: unused, likely\n"
               "21-43: nomad.1 to nomad.23, certain\n"
               "44-46: unused, likely\n",
    .study = "qualtrics.study.xml",
    /* Twenty wordings have a line end: the rows begin on line 24. */
    .answers = PERSON_1("24 " ID("0")) PERSON_2("25 " ID("1")) PERSON_3("26 " ID("2"), "1")
        PERSON_4("27 " ID("3")) PERSON_5("28 " ID("4")) PERSON_6("30 " ID("5"), "1", "m")
            PERSON_7("31 " ID("6"), "m", "m") PERSON_8("32 " ID("7"))};

/* ---- Microsoft Forms -------------------------------------------------------------------------- */

/* Modelled on the workbook that Microsoft Forms makes: a table on one sheet, times as numbers with a format,
   "anonymous" for who is not known, a column for each statement of a Likert question, ";" behind each
   choice of several, curly apostrophes and a no-break space from pasted text, no row without a submission. */
static const struct platform forms = {.file = "forms.xlsx",
                                      .instrument = "nomad",
                                      .guesses = "1: id, certain\n"
                                                 "2-3: unused, certain\n"
                                                 "4-5: personal, certain\n"
                                                 "6: site, likely\n"
                                                 "7: role, likely\n"
                                                 "8-30: nomad.1 to nomad.23, certain\n"
                                                 "31: unused, likely\n",
                                      .study = "forms.study.xml",
                                      .answers = PERSON_1("2 1") PERSON_2("3 2")
                                          PERSON_3("4 3", "1") PERSON_4("5 4") PERSON_5("6 5")
                                              PERSON_6("7 6", "1", "-") PERSON_7("8 7", "-", "-")};

/* ---- the tests -------------------------------------------------------------------------------- */

static const struct platform *const platforms[] = {&limesurvey_codes, &limesurvey_text, &redcap_raw,
                                                   &redcap_labels,    &jisc_text,       &jisc_coded,
                                                   &jisc_sav,         &qualtrics,       &forms};
#define PLATFORMS (sizeof platforms / sizeof *platforms)

static void columns_are_taken_for_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLATFORMS; i++)
        expect_draft(platforms[i]);
}

/* Names, addresses and places are not even in memory when a study.xml is written. */
static void nothing_personal_is_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLATFORMS; i++) {
        struct fixture draft = open_draft(platforms[i]->file, platforms[i]->instrument);
        if (platforms[i] != &jisc_coded) /* "Q9" does not say that it asks for an address */
            expect_nobody(draft.study);
        fixture_close(&draft);
    }
}

static void a_new_study_tells_nothing_of_a_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLATFORMS; i++)
        expect_discreet(platforms[i]);
}

#define STUDY_TEST(name, platform) \
    static void name(void **state) \
    { \
        (void)state; \
        expect_study(&(platform)); \
    }
STUDY_TEST(limesurvey_with_codes_is_read, limesurvey_codes)
STUDY_TEST(limesurvey_with_texts_is_read, limesurvey_text)
STUDY_TEST(limesurvey_with_both_is_read, limesurvey_both)
STUDY_TEST(redcap_raw_is_read, redcap_raw)
STUDY_TEST(redcap_with_labels_is_read, redcap_labels)
STUDY_TEST(jisc_with_texts_is_read, jisc_text)
STUDY_TEST(jisc_with_codes_is_read, jisc_coded)
STUDY_TEST(qualtrics_is_read, qualtrics)
STUDY_TEST(forms_is_read, forms)

/* The items of exports whose other columns or whose certainty are not yet what they should be. */
static void items_are_found_between_other_texts(void **state)
{
    (void)state;
    static const struct {
        const struct platform *platform;
        size_t first; /* column of an item, from 0 */
    } cases[] = {{&limesurvey_sav, 7}, {&limesurvey_both, 12}};
    for (size_t i = 0; i < 2; i++) {
        struct fixture draft = open_draft(cases[i].platform->file, "nomad");
        const struct npt__survey *survey = &draft.study->responses.surveys.items[0];
        assert_true(survey->columns.count >= cases[i].first + 23);
        for (uint32_t j = 0; j < 23; j++) {
            const struct npt__column_guess *guess =
                &survey->columns.items[cases[i].first + j].guess;
            assert_int_equal(guess->use, NPT__COLUMN_ITEM);
            assert_int_equal(guess->item, j);
        }
        expect_personal_unused(draft.study);
        fixture_close(&draft);
        expect_discreet(cases[i].platform);
    }
}

/* ---- single shapes ------------------------------------------------------------------------------ */

/* Labels of the file settle the direction; "0" to "10" on 1 to 11 are read by their labels. */
static void jisc_for_spss_is_read(void **state)
{
    (void)state;
    expect_study(&jisc_sav);
}

static void limesurvey_for_spss_is_read(void **state)
{
    (void)state;
    expect_study(&limesurvey_sav);
}

/* "ipaddr. IP address" is an IP address. */
static void texts_behind_codes_say_what_is_asked_for(void **state)
{
    (void)state;
    expect_draft(&limesurvey_both);
    struct fixture draft = open_draft(limesurvey_both.file, limesurvey_both.instrument);
    expect_nobody(draft.study);
    fixture_close(&draft);
}

/* A whole wording in brackets is as good before its question as behind it. */
static void statements_before_their_question_are_certain(void **state)
{
    (void)state;
    expect_draft(&limesurvey_sav);
}

/* "What is your role? - Selected Choice" asks for a role, and its neighbour for "Other - Text". */
static void a_selected_choice_is_what_was_asked_for(void **state)
{
    (void)state;
    struct fixture draft = open_draft(qualtrics.file, qualtrics.instrument);
    const struct npt__survey *survey = &draft.study->responses.surveys.items[0];
    const struct npt__column_guess *guess = &survey->columns.items[18].guess;
    assert_int_equal(guess->use, NPT__COLUMN_ATTRIBUTE);
    assert_string_equal(guess->as, "role");
    assert_int_equal(guess->certainty, NPT__LIKELY);
    fixture_close(&draft);
}

/* Codes of answers need a declaration: <answer value="AO01" means="Strongly agree"/> is one way. */
static void codes_with_letters_can_be_declared(void **state)
{
    (void)state;
    expect_study(&limesurvey_letters);
}

/* Answers from 0 to 10 that are coded 1 to 11: <value from="1" to="0"/> is one way. */
static void answers_coded_by_their_place_can_be_declared(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    npt__buffer_print(
        &xml, "<study xmlns=\"urn:nptkit:study:1\"><survey file=\"%s\" instrument=\"nomad\">",
        fixture_beside(PLATFORMS_FOLDER "jisc-coded.csv"));
    for (int item = 1; item <= 3; item++) {
        npt__buffer_print(&xml, "<column name=\"Q%d\" item=\"nomad.%d\">", item + 3, item);
        for (int value = 0; value <= 10; value++)
            npt__buffer_print(&xml, "<value from=\"%d\" to=\"%d\"/>", value + 1, value);
        npt__buffer_puts(&xml, "</column>");
    }
    for (int item = 4; item <= 23; item++)
        npt__buffer_print(&xml, "<absent item=\"nomad.%d\"/>", item);
    npt__buffer_puts(&xml, "</survey></study>");
    fixture_write_text("study.xml", npt__buffer_string(&xml));
    npt__buffer_release(&xml);
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    npt_table *table = run_analysis(opened.study, "score", NO_OPTIONS);
    /* (7 + 3 + 10 + 6 + 0 + 8) / 6 */
    expect_number(table, "mean", ROW("Familiarity"), 34.0 / 6);
    npt_table_free(table);
    fixture_close(&opened);
}

/* What stands in a column tells that it is personal where its name does not. */
static void addresses_are_not_kept_whatever_their_column_is_called(void **state)
{
    (void)state;
    struct fixture draft = open_draft(jisc_coded.file, jisc_coded.instrument);
    expect_nobody(draft.study);
    fixture_close(&draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(columns_are_taken_for_what_they_are),
        FIXTURE_TEST(nothing_personal_is_kept),
        FIXTURE_TEST(a_new_study_tells_nothing_of_a_person),
        FIXTURE_TEST(items_are_found_between_other_texts),
        FIXTURE_TEST(limesurvey_with_codes_is_read),
        FIXTURE_TEST(limesurvey_with_texts_is_read),
        FIXTURE_TEST(limesurvey_with_both_is_read),
        FIXTURE_TEST(redcap_raw_is_read),
        FIXTURE_TEST(redcap_with_labels_is_read),
        FIXTURE_TEST(jisc_with_texts_is_read),
        FIXTURE_TEST(jisc_with_codes_is_read),
        FIXTURE_TEST(qualtrics_is_read),
        FIXTURE_TEST(forms_is_read),
        FIXTURE_TEST(jisc_for_spss_is_read),
        FIXTURE_TEST(limesurvey_for_spss_is_read),
        FIXTURE_TEST(texts_behind_codes_say_what_is_asked_for),
        FIXTURE_TEST(statements_before_their_question_are_certain),
        FIXTURE_TEST(a_selected_choice_is_what_was_asked_for),
        FIXTURE_TEST(codes_with_letters_can_be_declared),
        FIXTURE_TEST(answers_coded_by_their_place_can_be_declared),
        FIXTURE_TEST(addresses_are_not_kept_whatever_their_column_is_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
