/* test_bad_input.c - projects that are wrong, damaged or hostile: each is refused with a located message.
 *
 * Under `make asan` these tests also show that nothing leaks or is read out of bounds on the way out.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <stdio.h>

#define TEXT "Some words."
#define CODED(start, end) SELECTION(start, end, "A1", CODING("C1", "A1"))

static const struct fixture_project plain = {.origin = "QualCoder",
                                             .users = USER("A1", "Ann"),
                                             .codes = CODE("C1", "Coherence"),
                                             .variables = VARIABLE("F1", "Role", "Text"),
                                             .cases = CASE("B1", "R1", SOURCE_REF("51")),
                                             .sources =
                                                 INLINE_SOURCE("51", "S1", TEXT, CODED(0, 4))};

/* Expects an error with this text in this line of a.qde, and NPT_BAD_INPUT. */
static void expect_fault_in(size_t line, const char *message)
{
    struct fixture opened = fixture_open("a.qde");
    char place[32];
    const size_t length = (size_t)snprintf(place, sizeof place, "a.qde:%zu:", line);
    bool found = false;
    for (const char *at = opened.text; *at && !found; at += strcspn(at, "\n"), at += *at == '\n') {
        const char *wanted = strstr(at, message), *error = strstr(at, " error: ");
        found = strncmp(at, place, length) == 0 && wanted && wanted < at + strcspn(at, "\n") &&
                error && error < wanted;
    }
    if (!found)
        fail_msg("not found: %s error: %s\nin: %s", place, message, opened.text);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
}

static void expect_sources_fault(const char *sources, const char *message)
{
    struct fixture_project project = plain;
    project.sources = sources;
    fixture_qde("a.qde", &project);
    expect_fault_in(7, message);
}

static void expect_codes_fault(const char *codes, const char *message)
{
    struct fixture_project project = plain;
    project.codes = codes;
    fixture_qde("a.qde", &project);
    expect_fault_in(4, message);
}

/* ---- XML ------------------------------------------------------------------------------------- */

#define ROOT "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"a\"/>\n"

static void any_document_type_is_refused(void **state)
{
    (void)state;
    fixture_write_text("a.qde", "<?xml version=\"1.0\"?>\n<!DOCTYPE Project>\n" ROOT);
    expect_fault_in(2, "declares a document type (DTD)");
    fixture_write_text("a.qde", "<!DOCTYPE Project SYSTEM \"http://localhost/x.dtd\">\n" ROOT);
    expect_fault_in(1, "declares a document type (DTD)");
}

static void an_external_entity_is_not_read(void **state)
{
    (void)state;
    fixture_write_text("secret", "the secret");
    fixture_write_text("a.qde",
                       "<!DOCTYPE Project [\n<!ENTITY x SYSTEM \"secret\">\n]>\n"
                       "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"&x;\"><CodeBook>"
                       "<Codes><Code guid=\"1\" name=\"&x;\"/></Codes></CodeBook></Project>");
    struct fixture opened = fixture_open("a.qde");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "declares a document type (DTD)");
    assert_null(strstr(opened.text, "the secret"));
    fixture_close(&opened);
}

static void a_billion_laughs_are_refused_at_the_first(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    npt__buffer_puts(&xml, "<?xml version=\"1.0\"?>\n<!DOCTYPE Project [\n<!ENTITY a0 \"lol\">\n");
    for (int i = 1; i < 20; i++) {
        npt__buffer_print(&xml, "<!ENTITY a%d \"", i);
        for (int j = 0; j < 10; j++)
            npt__buffer_print(&xml, "&a%d;", i - 1);
        npt__buffer_puts(&xml, "\">\n");
    }
    npt__buffer_puts(&xml, "]>\n<Project name=\"&a19;\">&a19;</Project>\n");
    fixture_write("a.qde", xml.bytes, xml.length);
    expect_fault_in(2, "declares a document type (DTD)");
    npt__buffer_release(&xml);
}

static void an_entity_that_nobody_declared_is_a_fault(void **state)
{
    (void)state;
    expect_codes_fault("<Code guid=\"1\" name=\"&lol;\"/>", "is not well-formed XML: ");
    struct fixture_project project = plain;
    project.sources = INLINE_SOURCE("51", "S1", "&lol;", "");
    fixture_qde("a.qde", &project);
    expect_fault_in(7, "is not well-formed XML: ");
}

static void elements_nested_too_deeply_are_refused(void **state)
{
    (void)state;
    for (size_t depth = 100; depth <= 100000; depth *= 1000) {
        npt__buffer codes = {0};
        for (size_t i = 0; i < depth; i++)
            npt__buffer_print(&codes, "<Code guid=\"g%zu\" name=\"c%zu\">", i, i);
        for (size_t i = 0; i < depth; i++)
            npt__buffer_puts(&codes, "</Code>");
        expect_codes_fault(codes.bytes, "elements are nested too deeply");
        npt__buffer_release(&codes);
    }
}

static void deep_nesting_of_unknown_elements_is_refused_too(void **state)
{
    (void)state;
    npt__buffer rest = {0};
    for (size_t i = 0; i < 1000; i++)
        npt__buffer_puts(&rest, "<x>");
    struct fixture_project project = plain;
    project.rest = rest.bytes;
    fixture_qde("a.qde", &project);
    expect_fault_in(9, "elements are nested too deeply");
    npt__buffer_release(&rest);
}

static void xml_that_is_not_utf8_is_refused(void **state)
{
    (void)state;
    expect_codes_fault("<Code guid=\"1\" name=\"caf\xE9\"/>", "is not well-formed XML: ");
    expect_codes_fault("<Code guid=\"1\" name=\"\xED\xA0\x80\"/>", "is not well-formed XML: ");
    expect_codes_fault("<Code guid=\"1\" name=\"a\x01\"/>", "is not well-formed XML: ");
}

static void a_nul_byte_in_xml_is_refused(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    *strstr(xml.bytes, "Coherence") = '\0';
    fixture_write("a.qde", xml.bytes, xml.length);
    expect_fault_in(4, "is not well-formed XML");
    npt__buffer_release(&xml);
}

static void xml_that_is_cut_short_says_so(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    fixture_project(&xml, &plain);
    fixture_write("a.qde", xml.bytes, xml.length - strlen("</Project>\n"));
    struct fixture opened = fixture_open("a.qde");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "a.qde:10:");
    fixture_expect_in(opened.text, "hint: the file is cut short; copy or export it again\n");
    fixture_close(&opened);
    npt__buffer_release(&xml);
}

static void a_name_of_a_million_characters_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *start, *end;
        size_t line;
    } places[] = {{"<User guid=\"1\" name=\"", "\"/>", 3},
                  {"<Code guid=\"1\" name=\"", "\"/>", 4},
                  {"<Variable guid=\"1\" name=\"", "\"/>", 5},
                  {"<Case guid=\"1\" name=\"", "\"/>", 6},
                  {"<TextSource guid=\"1\" name=\"", "\"/>", 7}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        npt__buffer part = {0};
        npt__buffer_puts(&part, places[i].start);
        npt__buffer_fill(&part, 'x', 1000000);
        npt__buffer_puts(&part, places[i].end);
        const char *parts[5] = {NULL};
        parts[i] = part.bytes;
        fixture_qde("a.qde", &(struct fixture_project){.users = parts[0],
                                                       .codes = parts[1],
                                                       .variables = parts[2],
                                                       .cases = parts[3],
                                                       .sources = parts[4]});
        expect_fault_in(places[i].line, "is 1000000 bytes long; the limit is 4096");
        npt__buffer_release(&part);
    }
}

static void an_element_whose_own_name_has_a_million_characters_is_refused(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    npt__buffer_puts(&xml, "<Project>\n<");
    npt__buffer_fill(&xml, 'x', 1000000);
    npt__buffer_puts(&xml, "/></Project>");
    fixture_write("a.qde", xml.bytes, xml.length);
    expect_fault_in(2, "is not well-formed XML: ");
    npt__buffer_release(&xml);
}

static void an_element_with_a_thousand_attributes_is_refused(void **state)
{
    (void)state;
    npt__buffer code = {0};
    npt__buffer_puts(&code, "<Code guid=\"1\" name=\"a\"");
    for (int i = 0; i < 1000; i++)
        npt__buffer_print(&code, " a%d=\"\"", i);
    npt__buffer_puts(&code, "/>");
    expect_codes_fault(code.bytes, "an element has too many attributes");
    npt__buffer_release(&code);
}

static void what_is_no_project_is_told_so(void **state)
{
    (void)state;
    fixture_write_text("a.qde", "<?xml version=\"1.0\"?>\n<!-- <Project> -->\n"
                                "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"/>\n");
    expect_fault_in(3, "is no REFI-QDA project: its root is <CodeBook>, not <Project>");
    fixture_write_text("a.qde", "<html><body/></html>\n");
    fixture_expect_fault("a.qde", "a.qde:1:1: error: the root element is 'html', not 'study'\n");
    fixture_write_text("a.qde", "SQLite format 3");
    fixture_expect_fault("a.qde",
                         "a.qde: error: is neither a zip archive (.qdpx) nor XML (.qde)\n");
}

/* ---- references ------------------------------------------------------------------------------ */

static void a_coding_with_an_unknown_code_is_refused(void **state)
{
    (void)state;
    expect_sources_fault(INLINE_SOURCE("51", "S1", TEXT, SELECTION(0, 4, "A1", CODING("C9", "A1"))),
                         "a coding refers to a code that the export does not hold");
    /* Nor may a coding name something that is no code. */
    expect_sources_fault(INLINE_SOURCE("51", "S1", TEXT, SELECTION(0, 4, "A1", CODING("51", "A1"))),
                         "a coding refers to a code that the export does not hold");
    struct fixture_project project = plain;
    project.codes = NULL;
    fixture_qde("a.qde", &project);
    expect_fault_in(7, "a coding refers to a code that the export does not hold");
}

static void a_coding_in_a_memo_with_an_unknown_code_is_refused(void **state)
{
    (void)state;
    struct fixture_project project = plain;
    project.notes = "<Note guid=\"1\">" SELECTION(0, 4, "A1", CODING("C9", "A1")) "</Note>";
    fixture_qde("a.qde", &project);
    expect_fault_in(8, "a coding refers to a code that the export does not hold");
}

static void a_coding_without_a_code_is_refused(void **state)
{
    (void)state;
    expect_sources_fault(
        INLINE_SOURCE("51", "S1", TEXT, SELECTION(0, 4, "A1", "<Coding guid=\"1\"/>")),
        "a coding names no code");
    expect_sources_fault(INLINE_SOURCE("51", "S1", TEXT, "<Coding guid=\"1\"/>"),
                         "a coding names no code");
    expect_sources_fault(INLINE_SOURCE("51", "S1", TEXT, "<Coding guid=\"1\"><CodeRef/></Coding>"),
                         "a coding refers to a code that the export does not hold");
}

static void a_value_of_an_unknown_variable_is_refused(void **state)
{
    (void)state;
    struct fixture_project project = plain;
    project.cases = CASE("B1", "R1", VALUE("F9", "Text", "nurse"));
    fixture_qde("a.qde", &project);
    expect_fault_in(6, "a value refers to a variable that the export does not hold");
}

static void a_case_with_an_unknown_source_is_refused(void **state)
{
    (void)state;
    struct fixture_project project = plain;
    project.cases = CASE("B1", "R1", SOURCE_REF("59"));
    fixture_qde("a.qde", &project);
    expect_fault_in(6, "a case refers to a source that the export does not hold");
}

static void a_transcript_selection_with_an_unknown_sync_point_is_refused(void **state)
{
    (void)state;
    expect_sources_fault("<AudioSource guid=\"1\" name=\"a\"><Transcript guid=\"2\">"
                         "<SyncPoint guid=\"3\" position=\"0\"/><TranscriptSelection guid=\"4\" "
                         "fromSyncPoint=\"3\" toSyncPoint=\"5\"/></Transcript></AudioSource>",
                         "a transcript selection's toSyncPoint names no sync point");
}

static void a_code_without_guid_or_name_is_refused(void **state)
{
    (void)state;
    expect_codes_fault("<Code name=\"a\"/>", "a code has no guid");
    expect_codes_fault("<Code guid=\"1\" name=\"\"/>", "a code has no name");
    expect_codes_fault("<Code guid=\"1\"/>", "a code has no name");
}

/* ---- positions ------------------------------------------------------------------------------- */

static void positions_beyond_the_text_are_refused(void **state)
{
    (void)state; /* the text has 11 characters */
    expect_sources_fault(INLINE_SOURCE("51", "S1", TEXT, CODED(0, 11) CODED(5, 12)),
                         "source 'S1': 1 of 2 segments end beyond its text");
    expect_sources_fault(INLINE_SOURCE("51", "S1", "", CODED(0, 1)),
                         "source 'S1': 1 of 1 segments end beyond its text");
    expect_sources_fault(INLINE_SOURCE("51", "S1", TEXT, CODED(4294967293, 4294967294)),
                         "source 'S1': 1 of 1 segments end beyond its text");
}

static void a_selection_that_ends_before_it_starts_is_refused(void **state)
{
    (void)state;
    expect_sources_fault(INLINE_SOURCE("51", "S1", TEXT, CODED(5, 4)),
                         "a selection ends (4) before it starts (5)");
    expect_sources_fault("<AudioSource guid=\"1\" name=\"a\"><AudioSelection guid=\"2\" "
                         "begin=\"10\" end=\"9\"/></AudioSource>",
                         "a selection ends (9) before it starts (10)");
}

static void positions_that_are_no_numbers_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"x",  "",     "-1",         "1.0",         "+3",
                                        " 3", "0x10", "4294967295", "99999999999", "1e3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        npt__buffer sources = {0}, message = {0};
        npt__buffer_print(&sources,
                          "<TextSource guid=\"1\" name=\"a\"><PlainTextContent>" TEXT
                          "</PlainTextContent><PlainTextSelection guid=\"2\" startPosition=\"0\" "
                          "endPosition=\"%s\">%s</PlainTextSelection></TextSource>",
                          wrong[i], CODING("C1", "A1"));
        npt__buffer_print(
            &message, "the endPosition of a PlainTextSelection is no whole number: '%s'", wrong[i]);
        expect_sources_fault(sources.bytes, message.bytes);
        npt__buffer_release(&sources);
        npt__buffer_release(&message);
    }
    expect_sources_fault("<TextSource guid=\"1\" name=\"a\"><PlainTextSelection guid=\"2\" "
                         "endPosition=\"3\"/></TextSource>",
                         "a PlainTextSelection has no startPosition");
    expect_sources_fault("<VideoSource guid=\"1\" name=\"a\"><VideoSelection guid=\"2\" "
                         "begin=\"0\" end=\"end\"/></VideoSource>",
                         "the end of a VideoSelection is no whole number: 'end'");
}

static void a_source_text_that_is_not_utf8_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"caf\xE9", "\xFF\xFE\x53", "\xC0\x80", "cut \xF0\x9F\x98"};
    struct fixture_project project = plain;
    project.sources = TEXT_SOURCE("51", "S1", CODED(0, 2));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct fixture_entry files[] = {
            {"sources/" GUID("51") ".txt", wrong[i], strlen(wrong[i]), false, NULL}};
        fixture_qdpx("a.qdpx", &project, files, 1);
        fixture_expect_fault("a.qdpx", "a.qdpx: error: source 'S1': its text is not UTF-8");
    }
}

static void a_source_within_another_is_refused(void **state)
{
    (void)state;
    expect_sources_fault("<TextSource guid=\"1\" name=\"a\"><TextSource guid=\"2\"/></TextSource>",
                         "a source stands within another one");
}

/* ---- many faults, and elements where they cannot be ------------------------------------------ */

static void all_faults_are_counted_and_the_first_twenty_are_shown(void **state)
{
    (void)state;
    npt__buffer sources = {0};
    npt__buffer_puts(&sources, "<TextSource guid=\"1\" name=\"a\">");
    for (int i = 0; i < 30; i++)
        npt__buffer_puts(&sources, "\n<Coding guid=\"2\"/>");
    npt__buffer_puts(&sources, "</TextSource>");
    struct fixture_project project = plain;
    project.cases = NULL;
    project.sources = sources.bytes;
    fixture_qde("a.qde", &project);
    struct fixture opened = fixture_open("a.qde");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    assert_int_equal(npt_diags_count(opened.diags, NPT_ERROR), 30);
    fixture_expect_in(opened.text, "a.qde:8: error: a coding names no code\na.qde:9: error: ");
    fixture_expect_in(opened.text,
                      "a.qde:27: error: a coding names no code\na.qde: and 10 more errors\n");
    fixture_close(&opened);
    npt__buffer_release(&sources);
}

/* Whatever comes of it: no crash, and no study with something that refers to nothing. */
static void open_and_close(const struct fixture_project *project)
{
    fixture_qde("a.qde", project);
    struct fixture opened = fixture_open("a.qde");
    fixture_close(&opened);
}

#define SELECTED(inside) \
    "<PlainTextSelection guid=\"E1\" startPosition=\"0\" endPosition=\"4\">" inside \
    "</PlainTextSelection>"
#define CODED_AS(code) "<Coding guid=\"1\"><CodeRef targetGUID=\"" code "\"/></Coding>"

static void elements_within_each_other_in_ways_no_program_writes_do_no_harm(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "<TextSource guid=\"1\">" SELECTED(CODED_AS("C1") "<TextSource/>") "</TextSource>",
        "<TextSource guid=\"1\">" SELECTED("<TextSource/>" CODED_AS("C1")) "</TextSource>",
        "<TextSource guid=\"1\">" SELECTED("<TextSource/>" CODED_AS("B1")) "</TextSource>",
        "<TextSource guid=\"1\"><Coding guid=\"1\"><TextSource/><CodeRef targetGUID=\"B1\"/>"
        "<CodeRef targetGUID=\"C1\"/></Coding></TextSource>",
        "<TextSource guid=\"1\"><VariableValue><VariableRef targetGUID=\"F1\"/><TextSource/>"
        "<TextValue>x</TextValue></VariableValue></TextSource>",
        "<Case guid=\"B2\"><VariableValue><VariableRef targetGUID=\"F1\"/><Case/>"
        "<TextValue>x</TextValue></VariableValue></Case>",
        "<TextSource guid=\"1\">" SELECTED("<TextSource/><TextSource guid=\"2\">" CODED_AS(
            "C1") SELECTED(CODED_AS("C1")) "</TextSource>") CODED_AS("C1") "</TextSource>",
        "<TextSource guid=\"1\"><Notes><TextSource/></Notes>" CODED_AS("C1") "</TextSource>",
        "<Notes><Note>" SELECTED("<Notes/>" CODED_AS("C1")) "</Note></Notes>",
        "<Notes><Note>" SELECTED("<Notes/>") "</Note></Notes>",
        "<TextSource guid=\"1\"><Graphs>" SELECTED(CODED_AS("C1")) "</Graphs></TextSource>",
        "<TextSource guid=\"1\"><Graphs></TextSource>",
        "<TextSource guid=\"1\"><Representation><Representation>" SELECTED(CODED_AS(
            "C1")) "</Representation>" SELECTED(CODED_AS("C1")) "</Representation></TextSource>",
        "<TextSource guid=\"1\"><CodeBook><Codes><Code guid=\"C1\" name=\"x\"/></Codes></CodeBook>" SELECTED(
            CODED_AS("C1")) "</TextSource>",
        "<PDFSource guid=\"1\"><Representation><PlainTextContent>" TEXT "</PlainTextContent>"
        "<PDFSelection guid=\"E1\">" CODED_AS("C1") "</PDFSelection>" SELECTED(
            CODED_AS("C1")) "</Representation></PDFSource>",
        "<PDFSource guid=\"1\"><PDFSelection guid=\"E1\">" CODED_AS(
            "C1") "<PDFSource/></PDFSelection></PDFSource>",
        "<TextSource guid=\"1\">" SELECTED(SELECTED(CODED_AS("C1")) CODED_AS("C1")) "</TextSource>",
        "<TextSource guid=\"1\"><Coding guid=\"1\"><Coding guid=\"2\"><CodeRef targetGUID=\"C1\"/>"
        "</Coding><CodeRef targetGUID=\"C1\"/></Coding></TextSource>",
        "<TextSource guid=\"1\"><Coding guid=\"1\"><CodeRef targetGUID=\"C1\"/>" SELECTED(
            "") "</Coding></TextSource>",
        "<TextSource guid=\"1\"><PlainTextContent>a<PlainTextContent>b</PlainTextContent>c"
        "</PlainTextContent>" CODED_AS("C1") "</TextSource>",
        "<AudioSource guid=\"1\"><Transcript><Transcript><SyncPoint guid=\"5\" position=\"0\"/>"
        "</Transcript><TranscriptSelection guid=\"2\" fromSyncPoint=\"5\" toSyncPoint=\"5\">" CODED_AS(
            "C1") "</TranscriptSelection></Transcript></AudioSource>",
        "<Sets><Set/><MemberSource targetGUID=\"1\"/></Sets><SourceRef targetGUID=\"1\"/>",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        open_and_close(&(struct fixture_project){
            .codes = "<Code guid=\"C1\" name=\"a\"/><Code guid=\"B1\" name=\"b\"/>",
            .variables = "<Variable guid=\"F1\" name=\"v\"/>",
            .cases = "<Case guid=\"B1\" name=\"b\"><SelectionRef targetGUID=\"E1\"/></Case>",
            .sources = sources[i]});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(any_document_type_is_refused),
        FIXTURE_TEST(an_external_entity_is_not_read),
        FIXTURE_TEST(a_billion_laughs_are_refused_at_the_first),
        FIXTURE_TEST(an_entity_that_nobody_declared_is_a_fault),
        FIXTURE_TEST(elements_nested_too_deeply_are_refused),
        FIXTURE_TEST(deep_nesting_of_unknown_elements_is_refused_too),
        FIXTURE_TEST(xml_that_is_not_utf8_is_refused),
        FIXTURE_TEST(a_nul_byte_in_xml_is_refused),
        FIXTURE_TEST(xml_that_is_cut_short_says_so),
        FIXTURE_TEST(a_name_of_a_million_characters_is_refused),
        FIXTURE_TEST(an_element_whose_own_name_has_a_million_characters_is_refused),
        FIXTURE_TEST(an_element_with_a_thousand_attributes_is_refused),
        FIXTURE_TEST(what_is_no_project_is_told_so),
        FIXTURE_TEST(a_coding_with_an_unknown_code_is_refused),
        FIXTURE_TEST(a_coding_in_a_memo_with_an_unknown_code_is_refused),
        FIXTURE_TEST(a_coding_without_a_code_is_refused),
        FIXTURE_TEST(a_value_of_an_unknown_variable_is_refused),
        FIXTURE_TEST(a_case_with_an_unknown_source_is_refused),
        FIXTURE_TEST(a_transcript_selection_with_an_unknown_sync_point_is_refused),
        FIXTURE_TEST(a_code_without_guid_or_name_is_refused),
        FIXTURE_TEST(positions_beyond_the_text_are_refused),
        FIXTURE_TEST(a_selection_that_ends_before_it_starts_is_refused),
        FIXTURE_TEST(positions_that_are_no_numbers_are_refused),
        FIXTURE_TEST(a_source_text_that_is_not_utf8_is_refused),
        FIXTURE_TEST(a_source_within_another_is_refused),
        FIXTURE_TEST(all_faults_are_counted_and_the_first_twenty_are_shown),
        FIXTURE_TEST(elements_within_each_other_in_ways_no_program_writes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
