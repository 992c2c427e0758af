/* test_refi_cases.c - cases, what they hold, and their attributes, as each program exports them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#define TEXT "Nurse: yes. Doctor: no." /* the nurse speaks 0-11, the doctor 12-23 */
#define CODED(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))

static struct fixture open_as(const struct fixture_project *project, const char *text)
{
    fixture_qde("a.qde", project);
    struct fixture opened = fixture_open("a.qde");
    assert_string_equal(opened.text, text);
    assert_int_equal(opened.status, NPT_OK);
    return opened;
}

static const char *case_value(const npt_study *study, size_t number, const char *attribute)
{
    uint32_t found = npt__study_find_attribute(study, attribute);
    assert_true(found != NPT__NONE);
    return study->case_values[number * study->attributes.count + found];
}

/* ---- cases among the codes ------------------------------------------------------------------- */

/* As NVivo for Mac 20.5 writes it: empty cases, codes of the same GUIDs, codings that say who speaks. */
static const struct fixture_project nvivo = {
    .origin = "NVivo for Mac 20.5",
    .users = USER("A1", "Ann"),
    .codes = CODE("C1", "Coherence")
        FOLDER("C2", "Cases", FOLDER("C3", "People", CODE("B1", "Nurse") CODE("B2", "Doctor"))),
    .cases = CASE("B1", "Nurse", "") CASE("B2", "Doctor", ""),
    .sources =
        INLINE_SOURCE("51", "Group", TEXT,
                      CODED(0, 11, "B1") CODED(12, 23, "B2") CODED(7, 10, "C1") CODED(20, 22, "C1"))
            INLINE_SOURCE("52", "Letter", "A letter.", CODING("B1", "A1") CODED(0, 8, "C1"))};

static void codes_that_are_cases_in_nvivo_are_never_codes(void **state)
{
    (void)state;
    struct fixture opened = open_as(&nvivo, "");
    fixture_expect_segments(opened.study, "Group text 7-10 Ann: Coherence\n"
                                          "Group text 20-22 Ann: Coherence\n"
                                          "Letter text 0-8 Ann: Coherence\n");
    const struct npt__study_code *codes = opened.study->codes.items;
    assert_int_equal(opened.study->codes.count, 5);
    assert_false(codes[fixture_code(opened.study, "Coherence")].is_case);
    assert_true(codes[fixture_code(opened.study, "Cases > People > Nurse")].is_case);
    /* Nor are folders that hold nothing but cases. */
    assert_true(codes[fixture_code(opened.study, "Cases > People")].is_case);
    assert_true(codes[fixture_code(opened.study, "Cases")].is_case);
    assert_int_equal(opened.study->exports.items[0].codings, 6);
    assert_int_equal(opened.study->exports.items[0].case_codings, 3);
    fixture_close(&opened);
}

static void a_coding_with_a_case_gives_it_the_source_or_the_passage(void **state)
{
    (void)state;
    struct fixture opened = open_as(&nvivo, "");
    fixture_expect_cases(opened.study, "Nurse: Group 0-11, Letter\nDoctor: Group 12-23\n");
    fixture_close(&opened);
}

static void a_case_over_passages_holds_only_the_segments_within_them(void **state)
{
    (void)state;
    struct fixture opened = open_as(&nvivo, "");
    const npt_study *study = opened.study;
    const struct npt__part *nurse = &study->parts.items[study->cases.items[0].first_part];
    const struct npt__part *doctor = &study->parts.items[study->cases.items[1].first_part];
    assert_true(npt__part_holds(study, nurse, &study->segments.items[0]));
    assert_false(npt__part_holds(study, nurse, &study->segments.items[1]));
    assert_false(npt__part_holds(study, doctor, &study->segments.items[0]));
    assert_true(npt__part_holds(study, doctor, &study->segments.items[1]));
    fixture_close(&opened);
}

static void a_folder_with_a_case_and_a_code_is_a_code(void **state)
{
    (void)state;
    struct fixture_project project = nvivo;
    project.codes =
        FOLDER("C2", "Mixed", CODE("B1", "Nurse") CODE("B2", "Doctor") CODE("C1", "Time"));
    struct fixture opened = open_as(&project, "");
    assert_false(opened.study->codes.items[fixture_code(opened.study, "Mixed")].is_case);
    fixture_close(&opened);
}

static void the_passages_of_cases_are_read_as_segments_are(void **state)
{
    (void)state; /* in UTF-16 units: the emoji counts two */
    struct fixture_project project = nvivo;
    project.sources = INLINE_SOURCE("51", "Group", "\xF0\x9F\x98\x80 " TEXT,
                                    CODED(3, 14, "B1") CODED(15, 26, "B2") CODED(10, 13, "C1")
                                        CODED(23, 25, "C1"));
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study, "Nurse: Group 2-13\nDoctor: Group 14-25\n");
    fixture_expect_segments(opened.study, "Group text 9-12 Ann: Coherence\n"
                                          "Group text 22-24 Ann: Coherence\n");
    fixture_close(&opened);
}

/* ---- other programs' cases ------------------------------------------------------------------- */

static void a_case_without_a_name_is_called_after_its_source(void **state)
{
    (void)state; /* MAXQDA, Quirkos */
    const struct fixture_project project = {
        .variables = VARIABLE("F1", "Role", "Text"),
        .cases = "<Case guid=\"" GUID("B1") "\">" VALUE("F1", "Text", "nurse")
            SOURCE_REF("52") "</Case>\n<Case guid=\"" GUID("B2") "\"/>",
        .sources = INLINE_SOURCE("51", "S1", TEXT, "") INLINE_SOURCE("52", "S2", TEXT, "")};
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study, "S2 [Role=nurse]: S2\n(unnamed case, line 7):\n");
    assert_true(opened.study->has_cases);
    fixture_close(&opened);
}

static void without_cases_every_source_is_one(void **state)
{
    (void)state; /* NVivo for Windows writes none */
    const struct fixture_project project = {.codes = CODE("C1", "Coherence"),
                                            .sources =
                                                INLINE_SOURCE("51", "S1", TEXT, CODED(0, 5, "C1"))
                                                    INLINE_SOURCE("52", "S2", TEXT, "")};
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study, "S1: S1\nS2: S2\n");
    assert_false(opened.study->has_cases);
    assert_true(opened.study->cases.items[0].is_source);
    fixture_close(&opened);
}

static void a_coded_source_that_no_case_holds_is_a_case_beside_the_others(void **state)
{
    (void)state; /* nothing that was coded may fall out of a tally */
    const struct fixture_project project = {
        .codes = CODE("C1", "Coherence"),
        .cases = CASE("B1", "R1", SOURCE_REF("51")),
        .sources = INLINE_SOURCE("51", "S1", TEXT, CODED(0, 5, "C1"))
            INLINE_SOURCE("52", "S2", TEXT, CODED(0, 5, "C1")) INLINE_SOURCE("53", "S3", TEXT, "")};
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study, "R1: S1\nS2: S2\n");
    fixture_close(&opened);
}

static void a_case_holds_the_selections_that_it_refers_to(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Coherence"),
        .cases = CASE("B1", "Nurse", "<SelectionRef targetGUID=\"" GUID("E1") "\"/>")
            CASE("B2", "Doctor", "<SelectionRef targetGUID=\"{" GUID("e2") "}\"/>"),
        .sources = "<TextSource guid=\"" GUID(
            "51") "\" name=\"Group\"><PlainTextContent>" TEXT
                  "</PlainTextContent><PlainTextSelection guid=\"" GUID("E1") "\" startPosition=\"0\" endPosition=\"11\"/><PlainTextSelection guid=\"" GUID(
                      "E2") "\" startPosition=\"12\" endPosition=\"23\">" CODING("C1",
                                                                                 "A1") "</PlainTextSelection></TextSource>"};
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study, "Nurse: Group 0-11\nDoctor: Group 12-23\n");
    fixture_expect_segments(opened.study, "Group text 12-23 Ann: Coherence\n");
    fixture_close(&opened);
}

static void a_whole_source_outweighs_its_passages(void **state)
{
    (void)state;
    struct fixture_project project = nvivo;
    project.cases = CASE("B1", "Nurse", SOURCE_REF("51")) CASE("B2", "Doctor", "");
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study, "Nurse: Group, Letter\nDoctor: Group 12-23\n");
    fixture_close(&opened);
}

/* ---- attributes ------------------------------------------------------------------------------ */

#define SIX_VARIABLES \
    VARIABLE("F1", "Role", "Text") \
    VARIABLE("F2", "Trained", "Boolean") \
    VARIABLE("F3", "Years", "Integer") \
    VARIABLE("F4", "Score", "Float") \
    VARIABLE("F5", "Born", "Date") VARIABLE("F6", "Met", "DateTime")

static void values_of_all_six_types_are_read(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .variables = SIX_VARIABLES,
        .cases = CASE("B1", "R1",
                      VALUE("F1", "Text", " senior &amp; nurse ") VALUE("F2", "Boolean", "true")
                          VALUE("F3", "Integer", "-12") VALUE("F4", "Float", "2.50e1")
                              VALUE("F5", "Date", "1980-02-29")
                                  VALUE("F6", "DateTime", "2019-03-18T12:00:00Z"))
            CASE("B2", "R2", VALUE("F2", "Boolean", "0") VALUE("F3", "Integer", "+7")),
        .sources = ""};
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study,
                         "R1 [Role=senior & nurse, Trained=true, Years=-12, Score=2.50e1, "
                         "Born=1980-02-29, Met=2019-03-18T12:00:00Z]:\n"
                         "R2 [Trained=false, Years=+7]:\n");
    fixture_close(&opened);
}

static void a_value_that_is_not_of_its_type_is_a_fault(void **state)
{
    (void)state;
    static const char *const values[][2] = {
        {VALUE("F3", "Integer", "12.5"), "the value of 'Years' is no whole number: '12.5'"},
        {VALUE("F3", "Integer", "many"), "the value of 'Years' is no whole number: 'many'"},
        {VALUE("F3", "Integer", "-"), "the value of 'Years' is no whole number: '-'"},
        {VALUE("F4", "Float", "1,5"), "the value of 'Score' is no number: '1,5'"},
        {VALUE("F4", "Float", "1e"), "the value of 'Score' is no number: '1e'"},
        {VALUE("F2", "Boolean", "yes"), "the value of 'Trained' is no true or false: 'yes'"},
        {VALUE("F5", "Date", "29.2.1980"),
         "the value of 'Born' is no date (YYYY-MM-DD): '29.2.1980'"},
        {VALUE("F6", "DateTime", "noon"), "the value of 'Met' is no date (YYYY-MM-DD): 'noon'"},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        npt__buffer cases = {0}, wanted = {0};
        npt__buffer_print(&cases, "<Case guid=\"1\" name=\"R1\">%s</Case>", values[i][0]);
        npt__buffer_print(&wanted, "a.qde:6: error: %s\n", values[i][1]);
        fixture_qde("a.qde",
                    &(struct fixture_project){.variables = SIX_VARIABLES, .cases = cases.bytes});
        fixture_expect_fault("a.qde", wanted.bytes);
        npt__buffer_release(&cases);
        npt__buffer_release(&wanted);
    }
}

static void unassigned_and_not_applicable_are_no_values(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .variables = SIX_VARIABLES,
        .cases = CASE("B1", "R1",
                      VALUE("F1", "Text", "Unassigned") VALUE("F3", "Integer", "Not Applicable"))
            CASE("B2", "R2", VALUE("F1", "Text", "") VALUE("F4", "Float", " ")) CASE(
                "B3", "R3",
                "<VariableValue><VariableRef targetGUID=\"" GUID("F1") "\"/></VariableValue>")};
    struct fixture opened = open_as(&project, "");
    fixture_expect_cases(opened.study, "R1:\nR2:\nR3:\n");
    assert_int_equal(opened.study->attributes.count, 6);
    fixture_close(&opened);
}

static void attributes_of_a_source_are_its_cases_too(void **state)
{
    (void)state; /* NVivo puts values on sources */
    const struct fixture_project project = {
        .codes = CODE("C1", "Coherence"),
        .variables = VARIABLE("F1", "Role", "Text") VARIABLE("F2", "Site", "Text"),
        .cases = CASE("B1", "R1", VALUE("F1", "Text", "nurse") SOURCE_REF("51")),
        .sources = INLINE_SOURCE("51", "S1", TEXT,
                                 VALUE("F1", "Text", "typist") VALUE("F2", "Text", "North"))};
    struct fixture opened = open_as(&project, "");
    const npt_study *study = opened.study;
    fixture_expect_cases(study, "R1 [Role=nurse]: S1\n");
    const struct npt__part *part = &study->parts.items[0];
    assert_string_equal(npt__part_value(study, part, npt__study_find_attribute(study, "Role")),
                        "nurse"); /* the case's own value is nearer */
    assert_string_equal(npt__part_value(study, part, npt__study_find_attribute(study, "Site")),
                        "North");
    fixture_close(&opened);
}

static void an_attribute_is_found_without_its_classification(void **state)
{
    (void)state; /* NVivo: 'Year of the guidelines:Year' */
    const struct fixture_project project = {
        .variables = VARIABLE("F1", "Person:Role", "Text") VARIABLE("F2", "Person:Site", "Text")
            VARIABLE("F3", "Document:Site", "Text") VARIABLE("F4", "Document:Year", "Text"),
        .cases = CASE("B1", "R1", VALUE("F1", "Text", "nurse") VALUE("F4", "Text", "2019"))};
    struct fixture opened = open_as(&project, "");
    assert_string_equal(case_value(opened.study, 0, "Role"), "nurse");
    assert_string_equal(case_value(opened.study, 0, "role"), "nurse");
    assert_string_equal(case_value(opened.study, 0, "Person:Role"), "nurse");
    assert_string_equal(case_value(opened.study, 0, "Year"), "2019");
    /* Where two classifications have it, the short name does not say which. */
    assert_int_equal(npt__study_find_attribute(opened.study, "Site"), NPT__NONE);
    assert_int_equal(npt__study_find_attribute(opened.study, "person:site"), 1);
    fixture_close(&opened);
}

static void two_values_of_one_attribute_are_told(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .variables = VARIABLE("F1", "Role", "Text"),
        .cases = CASE("B1", "R1", VALUE("F1", "Text", "nurse") VALUE("F1", "Text", "typist"))};
    struct fixture opened = open_as(&project, "a.qde: warning: case 'R1' has two values of 'Role': "
                                              "'nurse' and 'typist'; the last is used\n");
    assert_string_equal(case_value(opened.study, 0, "Role"), "typist");
    fixture_close(&opened);
}

static void values_in_memos_belong_to_nobody(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .variables = VARIABLE("F1", "Role", "Text"),
        .cases = CASE("B1", "R1", ""),
        .notes = "<Note guid=\"1\">" VALUE("F1", "Text", "nurse") "</Note>"};
    struct fixture opened = open_as(&project, "");
    assert_null(case_value(opened.study, 0, "Role"));
    fixture_close(&opened);
}

static void a_set_of_sources_can_be_a_site(void **state)
{
    (void)state; /* MAXQDA's document groups; Transana writes MemberSource@guid */
    const struct fixture_project project = {
        .sources = INLINE_SOURCE("51", "a", TEXT, "") INLINE_SOURCE("52", "b", TEXT, ""),
        .rest = "<Sets><Set guid=\"1\" name=\"North group\"><MemberSource targetGUID=\"" GUID(
            "51") "\"/></Set><Set guid=\"2\" name=\"South group\"><MemberSource guid=\"" GUID("52") "\"/></Set></Sets>"};
    fixture_qde("a.qde", &project);
    fixture_write_text("study.xml",
                       "<study xmlns=\"urn:nptkit:study:1\">\n<site id=\"n\" match=\"North*\"/>\n"
                       "<site id=\"s\" match=\"South*\"/>\n<coding file=\"a.qde\"/>\n</study>\n");
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    const npt_study *study = opened.study;
    const uint32_t site = npt__study_find_attribute(study, "site");
    assert_string_equal(npt__part_value(study, &study->parts.items[0], site), "n");
    assert_string_equal(npt__part_value(study, &study->parts.items[1], site), "s");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(codes_that_are_cases_in_nvivo_are_never_codes),
        FIXTURE_TEST(a_coding_with_a_case_gives_it_the_source_or_the_passage),
        FIXTURE_TEST(a_case_over_passages_holds_only_the_segments_within_them),
        FIXTURE_TEST(a_folder_with_a_case_and_a_code_is_a_code),
        FIXTURE_TEST(the_passages_of_cases_are_read_as_segments_are),
        FIXTURE_TEST(a_case_without_a_name_is_called_after_its_source),
        FIXTURE_TEST(without_cases_every_source_is_one),
        FIXTURE_TEST(a_coded_source_that_no_case_holds_is_a_case_beside_the_others),
        FIXTURE_TEST(a_case_holds_the_selections_that_it_refers_to),
        FIXTURE_TEST(a_whole_source_outweighs_its_passages),
        FIXTURE_TEST(values_of_all_six_types_are_read),
        FIXTURE_TEST(a_value_that_is_not_of_its_type_is_a_fault),
        FIXTURE_TEST(unassigned_and_not_applicable_are_no_values),
        FIXTURE_TEST(attributes_of_a_source_are_its_cases_too),
        FIXTURE_TEST(an_attribute_is_found_without_its_classification),
        FIXTURE_TEST(two_values_of_one_attribute_are_told),
        FIXTURE_TEST(values_in_memos_belong_to_nobody),
        FIXTURE_TEST(a_set_of_sources_can_be_a_site),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
