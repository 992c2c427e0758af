/* test_survey.c - files of responses into a study: what columns are, what answers say, what is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"
#include "survey_file.h"

#define SURVEY(attributes, inside) \
    "<survey file=\"w.csv\" instrument=\"q.xml\" " attributes ">" inside "</survey>"

/* ---- what is read ---------------------------------------------------------------------------- */

static void answers_come_as_declared(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY(
            SURVEY("wave=\"1\" agree=\"1\"",
                   "<column name=\"id\" as=\"id\"/><column name=\"Team\" as=\"site\"/>" ITEM_COLUMNS
                   "<not-relevant value=\"6\" kind=\"role\"/><missing value=\"-9\"/>")),
        "w.csv",
        "id,Team,a1,a2,b1,g,Remarks\n"
        "R1,A,1,2,5,7,keep out\n"
        "R2,B,6,Yes,Not relevant at this stage,-9,\"two\nlines\"\n"
        ",,,,,,\n"
        "R3,,,4 - Rather not,3,0,\n");
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2 R1 site=A wave=1: g=7 a1=5 a2=4 b1=1\n"
                                   "3 R2 site=B wave=1: g=missing a1=role a2=5 b1=stage\n"
                                   "6 R3 wave=1: g=0 a1=- a2=2 b1=3\n");
    assert_int_equal(opened.study->responses.surveys.items[0].empty_rows, 1);
    fixture_close(&opened);
}

static void the_name_of_the_intervention_is_part_of_labels(void **state)
{
    (void)state;
    struct fixture opened = open_survey(STUDY(SURVEY("", ITEM_COLUMNS)), "w.csv",
                                        "a1,a2,b1,g\nYes,no,RATHER NOT,Full\n");
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2: g=10 a1=5 a2=1 b1=2\n");
    fixture_close(&opened);
}

static void columns_are_found_by_folded_name_or_number(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY(SURVEY("agree=\"5\"",
                     "<column name=\"first item\" item=\"a1\"/><column number=\"2\" item=\"a2\"/>"
                     "<column number=\"3\" name=\"x\" item=\"b1\" already-reversed=\"yes\"/>"
                     "<absent item=\"g\"/>")),
        "w.csv", "First  Item ,x,x\n1,2,3\n4,5,5\n");
    assert_string_equal(opened.text, "");
    expect_responses(opened.study,
                     "2: g=not asked a1=1 a2=2 b1=3\n3: g=not asked a1=4 a2=5 b1=1\n");
    fixture_close(&opened);
}

static void two_files_are_one_study(void **state)
{
    (void)state;
    fixture_write_text("v.csv", "a1,a2,b1,g,Site,who\n3,3,3,3,b,R9\n4,4,4,4,a,R1\n");
    struct fixture opened = open_survey(
        STUDY("<site id=\"a\" name=\"Site A\"/><site id=\"b\" name=\"Site B\"/>"
              "<survey file=\"w.csv\" instrument=\"q.xml\" wave=\"1\" site=\"a\" agree=\"5\">"
              "<column name=\"id\" as=\"id\"/>" ITEM_COLUMNS "</survey>"
              "<survey file=\"v.csv\" instrument=\"q.xml\" wave=\"2\" agree=\"5\">"
              "<column name=\"who\" as=\"id\"/><column name=\"Site\" as=\"site\"/>" ITEM_COLUMNS
              "</survey>"
              "<invited n=\"20\" site=\"a\" wave=\"1\"/>"),
        "w.csv", "a1,a2,b1,g,id\n1,1,1,1,R1\n2,2,2,2,R2\n");
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2 R1 wave=1 site=Site A: g=1 a1=1 a2=1 b1=1\n"
                                   "3 R2 wave=1 site=Site A: g=2 a1=2 a2=2 b1=2\n"
                                   "2 R9 wave=2 site=Site B: g=3 a1=3 a2=3 b1=3\n"
                                   "3 R1 wave=2 site=Site A: g=4 a1=4 a2=4 b1=4\n");
    const struct npt__responses *responses = &opened.study->responses;
    assert_int_equal(responses->respondents.strings.count, 3);
    assert_int_equal(responses->constructs.count, 3); /* Alpha, Beta, the total */
    assert_string_equal(responses->constructs.items[2].name, "All 3 items");
    assert_int_equal(responses->invited.count, 1);
    assert_string_equal(responses->invited.items[0].site, "Site A");
    fixture_close(&opened);
}

static void values_are_recoded_as_the_study_says(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY("<site id=\"a\" name=\"Site A\"/>" SURVEY(
            "agree=\"5\"", "<column name=\"Team\" as=\"site\"><value from=\"site a \" to=\"a\"/>"
                           "</column>" ITEM_COLUMNS)),
        "w.csv", "a1,a2,b1,g,Team\n1,1,1,1,site a \n1,1,1,1,Site A\n");
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2 site=Site A: g=1 a1=1 a2=1 b1=1\n"
                                   "3 site=Site A: g=1 a1=1 a2=1 b1=1\n");
    fixture_close(&opened);
}

/* "1" to "5" as a platform codes them; a scale from 0 to 10 numbered from 1. */
static void what_a_value_means_can_be_declared(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY(SURVEY("", "<column name=\"a1\" item=\"a1\"/><column name=\"a2\" item=\"a2\"/>"
                         "<column name=\"b1\" item=\"b1\"/><column name=\"g\" item=\"g\">"
                         "<value from=\"1\" to=\"0\"/><value from=\"11\" to=\"10\"/></column>"
                         "<answer value=\"AO01\" means=\"Yes\"/>"
                         "<answer value=\"A2\" means=\"rather not\"/>"
                         "<answer value=\"A9\" means=\"Not relevant to my role\"/>")),
        "w.csv", "a1,a2,b1,g\nAO01,a2,A9,11\nYes,No,AO01,1\n");
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2: g=10 a1=5 a2=2 b1=role\n3: g=0 a1=5 a2=1 b1=5\n");
    fixture_close(&opened);
}

static void addresses_are_not_kept_unless_they_are_asked_for(void **state)
{
    (void)state;
    write_questionnaire();
    fixture_write_text("w.csv", "a1,a2,b1,g,Q9\n1,2,3,4,ann@example.org\n");
    struct fixture opened = fixture_open_with(
        "w.csv", &(struct npt_study_options){.instrument = "q.xml", .agree = "5"});
    expect_responses(opened.study, "2: g=4 a1=1 a2=2 b1=3\n");
    fixture_close(&opened);
}

static void a_file_alone_is_read_by_its_certain_columns(void **state)
{
    (void)state;
    write_questionnaire();
    fixture_write_text("w.csv", "a1;a2;b1;g;Team\n1;2;6;N/A;x\n");
    struct fixture opened =
        fixture_open_with("w.csv", &(struct npt_study_options){.instrument = "q.xml",
                                                               .agree = "1",
                                                               .missing = "99, N/A",
                                                               .not_relevant = "6=role,7=stage"});
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2 Team=x: g=missing a1=5 a2=4 b1=role\n");
    fixture_close(&opened);
}

/* ---- what is refused ------------------------------------------------------------------------- */

static void numbers_without_a_direction_are_refused_once(void **state)
{
    (void)state;
    expect_faults(
        STUDY(SURVEY("", ITEM_COLUMNS)), "a1,a2,b1,g\nYes,No,Yes,3\n1,2,3,4\n5,5,5,5\n",
        "w.csv:3:1: error: '1' in column 'a1': which end of the scale means agreement is "
        "not declared\n"
        "  hint: say in <survey> what stands for the strongest agreement: agree=\"5\", or "
        "agree=\"1\"\n");
}

static void answers_outside_the_scale_are_located(void **state)
{
    (void)state;
    expect_faults(
        STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS)),
        "a1,a2,b1,g\n1,6,3,4\n1,2,=cmd(),11\n\"x\n\",2,3,2 - Yes\n",
        "w.csv:2:3: error: '6' in column 'a2' is outside the 1-5 scale of item a2\n"
        "  hint: correct the cell, or say in <survey> what it stands for: <missing value=\"6\"/>, "
        "<not-relevant value=\"6\" kind=\"role\"/>, or, if it is an answer, <answer value=... means=.../>\n"
        "w.csv:3:5: error: '=cmd()' in column 'b1' is outside the 1-5 scale of item b1\n"
        "w.csv:3:12: error: '11' in column 'g' is outside the 0-10 scale of item g\n"
        "w.csv:4:1: error: 'x\xEF\xBF\xBD' in column 'a1' is outside the 1-5 scale of item a1\n"
        "w.csv:5:7: error: '2 - Yes' in column 'g' is outside the 0-10 scale of item g\n");
}

static void faults_beyond_twenty_are_counted(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "a1,a2,b1,g\n");
    for (int i = 0; i < 300; i++)
        npt__buffer_puts(&csv, "9,1,1,1\n");
    struct fixture opened =
        open_survey(STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS)), "w.csv", csv.bytes);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "w.csv:21:1: error: '9' in column 'a1'");
    fixture_expect_in(opened.text, "w.csv: and 280 more errors\n");
    fixture_close(&opened);
    npt__buffer_release(&csv);
}

static void every_item_needs_a_column(void **state)
{
    (void)state;
    expect_faults(
        STUDY(SURVEY("", "<column name=\"a1\" item=\"a1\"/>")), "a1,a2\n1,2\n",
        "study.xml:2:15: error: no column for 3 items of q: g, a2, b1\n"
        "     2 | <survey file=\"w.csv\" instrument=\"q.xml\" ><column name=\"a1\" item=\"a1\"/></survey>\n"
        "       |               ^\n"
        "  hint: name each column: <column name=\"...\" item=\"g\"/>, or say that it was not asked: "
        "<absent item=\"g\"/>\n");
}

static void columns_that_are_not_there_or_twice_are_refused(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY(
            SURVEY("agree=\"5\"",
                   "\n<column name=\"a11\" item=\"a1\"/>\n<column name=\"x\" item=\"a2\"/>\n"
                   "<column number=\"9\" item=\"b1\"/>\n<column name=\"y\" item=\"nomad.4\"/>\n")),
        "w.csv", "a1,x,x,y\n1,2,3,4\n");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "study.xml:3:15: error: 'w.csv' has no column 'a11'\n");
    fixture_expect_in(opened.text, "  hint: did you mean 'a1'\n");
    fixture_expect_in(opened.text, "study.xml:4:15: error: 'w.csv' has 2 columns called 'x'\n");
    fixture_expect_in(opened.text, "study.xml:5:17: error: column 9 of 'w.csv' is not there\n");
    fixture_expect_in(opened.text,
                      "study.xml:6:24: error: 'nomad.4' is no item of the instrument 'q'\n");
    fixture_close(&opened);
}

static void what_contradicts_itself_in_study_xml_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *study, *message;
    } cases[] = {
        {STUDY(SURVEY("wave=\"1\"", "<column name=\"w\" as=\"wave\"/>" ITEM_COLUMNS)),
         "<survey> has wave=\"1\" for the whole file, and a column as wave"},
        {STUDY(SURVEY("agree=\"4\"", ITEM_COLUMNS)),
         "agree is 4, which is no end of the scale from 1 to 5"},
        {STUDY(SURVEY("agree=\"yes\"", ITEM_COLUMNS)), "'agree' is 'yes'"},
        {STUDY(SURVEY("", ITEM_COLUMNS "<absent item=\"a1\"/>")),
         "the item 'a1' is declared absent and has a column"},
        {STUDY(SURVEY("", ITEM_COLUMNS "<column name=\"w\" item=\"a1\"/>")),
         "the item 'a1' is declared already, on line 2"},
        {STUDY(SURVEY("", ITEM_COLUMNS "<column name=\"a1\" as=\"site\"/>")),
         "the column 'a1' is declared already, on line 2"},
        {STUDY(SURVEY("", ITEM_COLUMNS "<not-relevant value=\"6\" kind=\"rolle\"/>")),
         "'rolle' is no kind of not-relevant answer of 'q'"},
        {STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS "<missing value=\"3\"/>")),
         "'3' is declared to be no answer, and is a number of every item's scale"},
        {STUDY(SURVEY("agree=\"5\"",
                      "<column name=\"a1\" item=\"a1\"><value from=\"9\" to=\"Maybe\"/></column>"
                      "<absent item=\"a2\"/><absent item=\"b1\"/><absent item=\"g\"/>")),
         "'Maybe' is no answer on the scale of the item 'a1'"},
        {STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS "<missing value=\"-9\"/>"
                                                  "<not-relevant value=\"-9\" kind=\"role\"/>")),
         "it is said twice what '-9' stands for"},
        {STUDY(SURVEY("", ITEM_COLUMNS "<column name=\"w\"/>")),
         "<column> does not say what the column is"},
        {STUDY(SURVEY("", ITEM_COLUMNS "<column as=\"x\"/>")),
         "<column> does not say which column"},
        {STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS "<column name=\"w\" item=\"A1\"/>")),
         "the item 'A1' is declared already"},
        {STUDY(SURVEY("agree=\"5\"", "<column name=\"a1\" item=\"a1\" already-reversed=\"yes\"/>"
                                     "<absent item=\"a2\"/><absent item=\"b1\"/>"
                                     "<absent item=\"g\"/>")),
         "'already-reversed' is for items that scores turn round; 'a1' is none"},
        {STUDY("<site id=\"a\" name=\"b\"/><site id=\"b\" name=\"c\"/>" SURVEY("", ITEM_COLUMNS)),
         "'b' is also the id of the site on line 2"},
        {STUDY("<site id=\"a\" name=\"N\"/><site id=\"b\" name=\"n\"/>" SURVEY("", ITEM_COLUMNS)),
         "'n' is also the name of the site on line 2"},
        {STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS) "<invited n=\"4\" wave=\"1\"/>"
                                                   "<invited n=\"5\" wave=\"1\"/>"),
         "who was invited to this site and wave is declared already"},
        {STUDY("<site id=\"a\"/><survey file=\"w.csv\" instrument=\"q.xml\" site=\"b\"/>"),
         "no site has the id 'b'"},
        {STUDY("<survey file=\"w.csv\" instrument=\"nomd\"/>"), "nomd"},
        {STUDY("<survey file=\"gone.csv\" instrument=\"q.xml\"/>"), "there is no file 'gone.csv'"},
        {STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS) "<invited n=\"0\"/>"), "'n' is '0'"},
        {STUDY(SURVEY("agree=\"5\"", ITEM_COLUMNS) SURVEY("agree=\"5\" wave=\"2\"", ITEM_COLUMNS)),
         "is the same file as"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture opened = open_survey(cases[i].study, "w.csv", "a1,a2,b1,g,w\n1,2,3,4,1\n");
        if (opened.status == NPT_OK || !strstr(opened.text, cases[i].message))
            fail_msg("status %d; not said: %s\nbut: %s", (int)opened.status, cases[i].message,
                     opened.text);
        fixture_close(&opened);
    }
}

static void sites_that_differ_by_case_are_never_merged_in_silence(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY("<site id=\"a\" name=\"Site A\"/>" SURVEY(
            "agree=\"5\"", "<column name=\"Team\" as=\"site\"/>" ITEM_COLUMNS)),
        "w.csv", "a1,a2,b1,g,Team\n1,1,1,1,site a \n1,1,1,1,Site A\n1,1,1,1,site a \n1,1,1,1,C\n");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text,
                      "2 responses have the site 'site a ', which is no <site> of the study\n"
                      "  hint: is it the same as 'Site A'? say so within its <column>: <value "
                      "from=\"site a \" to=\"Site A\"/>\n");
    fixture_expect_in(opened.text, "1 response has the site 'C', which is no <site> of the study");
    fixture_close(&opened);

    opened = open_survey(
        STUDY(SURVEY("agree=\"5\"", "<column name=\"Team\" as=\"team\"/>" ITEM_COLUMNS)), "w.csv",
        "a1,a2,b1,g,Team\n1,1,1,1,North \n1,1,1,1,north\n");
    assert_int_equal(opened.status, NPT_OK);
    assert_string_equal(
        opened.text, "study.xml: warning: 'North ' and 'north' in 'Team' differ only by case or "
                     "blanks; they are counted as two values\n"
                     "  hint: if they are one, say so within the <column>: <value from=\"north\" "
                     "to=\"North \"/>\n");
    fixture_close(&opened);
}

static void free_text_is_not_kept(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "a1,a2,b1,g,Team\n1,1,1,1,x\n1,1,1,1,");
    npt__buffer_fill(&csv, 'y', 1001);
    npt__buffer_puts(&csv, "\n");
    struct fixture opened = open_survey(
        STUDY(SURVEY("agree=\"5\"", "<column name=\"Team\" as=\"team\"/>" ITEM_COLUMNS)), "w.csv",
        csv.bytes);
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2: g=1 a1=1 a2=1 b1=1\n3: g=1 a1=1 a2=1 b1=1\n");
    expect_usage(opened.study, "score", OPTIONS("by", "team"),
                 "error: --by: 'team' has too many different or too long values to compare by\n"
                 "  hint: free text and what tells people apart is not kept\n");
    fixture_close(&opened);
    npt__buffer_release(&csv);
}

static void columns_of_one_name_are_kept_apart(void **state)
{
    (void)state;
    write_questionnaire();
    fixture_write_text("w.csv", "a1,a2,b1,g,Team,team\n1,2,3,4,x,y\n");
    struct fixture opened = fixture_open_with(
        "w.csv", &(struct npt_study_options){.instrument = "q.xml", .agree = "5"});
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2 Team=x team=y: g=4 a1=1 a2=2 b1=3\n");
    fixture_close(&opened);
}

static void a_site_too_long_to_be_one_is_refused(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "a1,a2,b1,g,Team\n1,1,1,1,");
    npt__buffer_fill(&csv, 'y', 1001);
    npt__buffer_puts(&csv, "\n");
    struct fixture opened = open_survey(
        STUDY(SURVEY("agree=\"5\"", "<column name=\"Team\" as=\"site\"/>" ITEM_COLUMNS)), "w.csv",
        csv.bytes);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text,
                      "study.xml: error: the column that is the site has more than 10,000 "
                      "different values, or one of more than 1,000 bytes\n");
    fixture_close(&opened);
    npt__buffer_release(&csv);
}

static void utf16_of_either_order_is_a_table(void **state)
{
    (void)state;
    write_questionnaire();
    static const char text[] = "a1,a2,b1,g\n1,2,3,4\n";
    char bytes[2 * sizeof text];
    bytes[0] = '\xFE';
    bytes[1] = '\xFF';
    for (size_t i = 0; i < sizeof text - 1; i++) {
        bytes[2 + 2 * i] = '\0';
        bytes[3 + 2 * i] = text[i];
    }
    fixture_write("w.csv", bytes, 2 * sizeof text);
    struct fixture opened = fixture_open_with(
        "w.csv", &(struct npt_study_options){.instrument = "q.xml", .agree = "5"});
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2: g=4 a1=1 a2=2 b1=3\n");
    fixture_close(&opened);
}

static void a_file_without_its_questionnaire_says_what_is_needed(void **state)
{
    (void)state;
    write_questionnaire();
    fixture_write_text("w.csv", "a1,zz\n1,2\n");
    struct fixture opened = fixture_open("w.csv");
    assert_int_equal(opened.status, NPT_USAGE);
    fixture_expect_in(opened.text, "w.csv: error: is a table of responses: which questionnaire was "
                                   "it?\n  hint: --instrument NAME (");
    fixture_close(&opened);
    opened = fixture_open_with("w.csv", &(struct npt_study_options){.instrument = "q.xml"});
    assert_string_equal(opened.text,
                        "w.csv: error: no certain column for 3 items of q: g, a2, b1\n"
                        "  hint: nptkit init DIR --survey w.csv --instrument q.xml writes a "
                        "study.xml with what can be guessed, to be completed\n");
    fixture_close(&opened);
}

/* A scale of seven points holds words of the one with five, and others: none is taken for another. */
static void words_of_another_scale_are_no_answers(void **state)
{
    (void)state;
    fixture_write_text("study.xml", STUDY("<survey file=\"w.csv\" instrument=\"aim-iam-fim\">"
                                          "<column name=\"a\" item=\"aim.1\"/>"
                                          "<column name=\"b\" item=\"aim.2\"/>"
                                          "<absent item=\"aim.3\"/><absent item=\"aim.4\"/>"
                                          "<absent item=\"iam.1\"/><absent item=\"iam.2\"/>"
                                          "<absent item=\"iam.3\"/><absent item=\"iam.4\"/>"
                                          "<absent item=\"fim.1\"/><absent item=\"fim.2\"/>"
                                          "<absent item=\"fim.3\"/><absent item=\"fim.4\"/>"
                                          "</survey>"));
    fixture_write_text("w.csv", "a,b\nAgree,Somewhat agree\nAgre,Completely agree\n");
    struct fixture opened = fixture_open("study.xml");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text,
                      "w.csv:2:7: error: 'Somewhat agree' in column 'b' is outside the 1-5 "
                      "scale of item aim.2\n");
    fixture_expect_in(opened.text, "w.csv:3:1: error: 'Agre' in column 'a'");
    fixture_close(&opened);
}

static void a_column_that_says_it_is_another_item_is_doubted(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY(SURVEY("agree=\"5\"", "<column name=\"We like the new way\" item=\"a1\"/>"
                                    "<column name=\"I like the new way\" item=\"a2\"/>"
                                    "<column name=\"The new way is in the way\" item=\"b1\"/>"
                                    "<column name=\"How far is the new way?\" item=\"g\"/>")),
        "w.csv",
        "I like the new way,We like the new way,The new way is in the way,How far is the new way?\n"
        "1,2,3,4\n");
    assert_string_equal(opened.text, "");
    npt_table *tables[12] = {NULL};
    const size_t count = npt_study_check(opened.study, tables, 12, opened.diags);
    const char *text = npt_diags_text(opened.diags, false);
    fixture_expect_in(text,
                      "w.csv: warning: column 'I like the new way' is declared to be a2, and looks "
                      "like a1: ");
    fixture_expect_in(text,
                      "w.csv: warning: column 'We like the new way' is declared to be a1, and "
                      "looks like a2: ");
    assert_int_equal(npt_diags_count(opened.diags, NPT_WARNING), 2);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- check ----------------------------------------------------------------------------------- */

static void check_names_what_needs_a_look(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY(SURVEY("agree=\"5\"",
                     "<column name=\"id\" as=\"id\"/><column name=\"w\" as=\"wave\"/>"
                     "<column name=\"Team\" as=\"site\"/>" ITEM_COLUMNS "<missing value=\"7\"/>")),
        "w.csv",
        "id,w,Team,a1,a2,b1,g\n"
        "R1,1,A,1,1,1,1\n"
        "R2,1,A,1,1,1,1\n"
        "R1,2,A,1,1,1,1\n"
        "R1,1,A,1,1,1,1\n" /* again in wave 1 */
        "R2,2,B,1,1,1,1\n" /* at another site */
        ",1,B,1,1,1,1\n"   /* no id */
        "R3,1,,1,1,1,1\n"  /* no site */
        "R4,1,B,,,,\n"     /* no answer */
        ",,,,,,\n");
    assert_string_equal(opened.text, "");
    npt_table *tables[12] = {NULL};
    const size_t count = npt_study_check(opened.study, tables, 12, opened.diags);
    const char *text = npt_diags_text(opened.diags, false);
    fixture_expect_in(text,
                      "w.csv: note: '7' is declared to be no answer, and counts as one where it "
                      "is a number of the scale: g\n");
    fixture_expect_in(text, "w.csv: note: empty rows, which are no responses: 1\n");
    fixture_expect_in(text, "w.csv: warning: 1 response without any answer: line 9\n");
    fixture_expect_in(
        text, "study.xml: warning: 1 id answers again in the same wave: R1 on line 2 and line 5\n");
    fixture_expect_in(text, "study.xml: warning: 1 respondent answers at another site than before: "
                            "R2 on line 3 and line 6\n");
    fixture_expect_in(text, "study.xml: warning: 1 response has no id: line 7\n");
    fixture_expect_in(text, "w.csv: warning: 1 response has no site: line 8\n");
    assert_int_equal(count, 4);
    expect_csv(tables[0],
               "file,sheet,instrument,wave,agree,responses,unanswered,empty_rows,hidden_rows,"
               "items,of_items\nw.csv,,q,,5,8,1,1,0,4,4\n");
    expect_note(tables[0], "4 different respondents");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

static void ids_of_two_waves_in_a_lone_table_are_no_doubles(void **state)
{
    (void)state;
    write_questionnaire();
    fixture_write_text("w.csv", "id,site,wave,a1,a2,b1,g\nR1,A,1,1,1,1,1\nR1,A,2,1,1,1,1\n"
                                "R2,A,1,1,1,1,1\nR2,B,2,1,1,1,1\n");
    struct fixture opened = fixture_open_with(
        "w.csv", &(struct npt_study_options){.instrument = "q.xml", .agree = "5"});
    npt_table *tables[12] = {NULL};
    const size_t count = npt_study_check(opened.study, tables, 12, opened.diags);
    const char *text = npt_diags_text(opened.diags, false);
    assert_null(strstr(text, "in the same wave"));
    fixture_expect_in(
        text, "1 respondent answers at another site than before: R2 on line 4 and line 5\n");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* The file of an own questionnaire is found while the others are digested. */
static void every_file_of_a_study_has_its_digest_whoever_is_quicker(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        struct fixture opened = open_survey(
            STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" ITEM_COLUMNS
                  "</survey>"),
            "w.csv", "a1,a2,b1,g\n1,2,3,4\n");
        assert_int_equal(opened.status, NPT_OK);
        assert_int_equal(opened.study->inputs.count, 3);
        for (size_t j = 0; j < 3; j++)
            assert_int_equal(strlen(opened.study->inputs.items[j].digest), 64);
        fixture_close(&opened);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(answers_come_as_declared),
        FIXTURE_TEST(the_name_of_the_intervention_is_part_of_labels),
        FIXTURE_TEST(columns_are_found_by_folded_name_or_number),
        FIXTURE_TEST(two_files_are_one_study),
        FIXTURE_TEST(values_are_recoded_as_the_study_says),
        FIXTURE_TEST(what_a_value_means_can_be_declared),
        FIXTURE_TEST(addresses_are_not_kept_unless_they_are_asked_for),
        FIXTURE_TEST(a_file_alone_is_read_by_its_certain_columns),
        FIXTURE_TEST(numbers_without_a_direction_are_refused_once),
        FIXTURE_TEST(answers_outside_the_scale_are_located),
        FIXTURE_TEST(faults_beyond_twenty_are_counted),
        FIXTURE_TEST(every_item_needs_a_column),
        FIXTURE_TEST(columns_that_are_not_there_or_twice_are_refused),
        FIXTURE_TEST(what_contradicts_itself_in_study_xml_is_refused),
        FIXTURE_TEST(sites_that_differ_by_case_are_never_merged_in_silence),
        FIXTURE_TEST(free_text_is_not_kept),
        FIXTURE_TEST(a_file_without_its_questionnaire_says_what_is_needed),
        FIXTURE_TEST(columns_of_one_name_are_kept_apart),
        FIXTURE_TEST(a_site_too_long_to_be_one_is_refused),
        FIXTURE_TEST(utf16_of_either_order_is_a_table),
        FIXTURE_TEST(words_of_another_scale_are_no_answers),
        FIXTURE_TEST(a_column_that_says_it_is_another_item_is_doubted),
        FIXTURE_TEST(check_names_what_needs_a_look),
        FIXTURE_TEST(ids_of_two_waves_in_a_lone_table_are_no_doubles),
        FIXTURE_TEST(every_file_of_a_study_has_its_digest_whoever_is_quicker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
