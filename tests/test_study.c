/* test_study.c - opening a study: sheets of cases, sites, several codings, and the first study.xml.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"

#include <libxml/xmlschemas.h>
#include <stdio.h>

#define ANN(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))
#define TEXT "Some words of ours."
#define STUDY(content) "<study xmlns=\"urn:nptkit:study:1\">\n" content "\n</study>\n"
#define SITES "<site id=\"s1\" name=\"North\"/><site id=\"s2\" name=\"South\"/>\n"

/* Three interviews without cases, as NVivo for Windows writes them; two have an extension. */
static void write_export(const char *path)
{
    const struct fixture_project project = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Coherence"),
        .sources = INLINE_SOURCE("51", "S1_nurse.docx", TEXT, ANN(0, 4, "C1"))
            INLINE_SOURCE("52", "S1_Doctor.docx", TEXT, ANN(0, 4, "C1"))
                INLINE_SOURCE("53", "S2_nurse", TEXT, ANN(5, 10, "C1"))};
    fixture_qde(path, &project);
}

static struct fixture open_with_sheet(const char *sheet)
{
    write_export("a.qde");
    fixture_write_text("cases.csv", sheet);
    return fixture_open_with("a.qde", &(struct npt_study_options){.cases = "cases.csv"});
}

static void expect_sheet_fault(const char *sheet, const char *messages)
{
    struct fixture opened = open_with_sheet(sheet);
    assert_string_equal(opened.text, messages);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
}

/* Expects what `nptkit cases --by` these gives. */
static void expect_cases(const struct fixture *opened, const char *by, const char *rows)
{
    assert_string_equal(opened->text, "");
    assert_int_equal(opened->status, NPT_OK);
    expect_rows(opened->study, "cases", OPTIONS("by", by), rows);
}

/* ---- sheets of cases ------------------------------------------------------------------------- */

static void names_fit_with_and_without_extension(void **state)
{
    (void)state;
    struct fixture opened = open_with_sheet("Name,Site,Role\n"
                                            "s1_NURSE,North,nurse\n"
                                            "S1_Doctor.docx,North,doctor\n"
                                            "S2_nurse.txt, South ,nurse\n");
    expect_cases(
        &opened, "Site,Role",
        "Site,Role,cases\nNorth,doctor,1\nNorth,nurse,1\nNorth,Total,2\n"
        "South,doctor,0\nSouth,nurse,1\nSouth,Total,1\nTotal,doctor,1\nTotal,nurse,2\nTotal,Total,3\n");
    fixture_close(&opened);
}

static void unassigned_and_not_applicable_are_no_values(void **state)
{
    (void)state;
    struct fixture opened = open_with_sheet("Name;Site;Role\nS1_nurse;North;Unassigned\n"
                                            "S1_Doctor;Not Applicable;\nS2_nurse;South;nurse\n");
    expect_cases(&opened, "Site", "Site,cases\nNorth,1\nSouth,1\n,1\nTotal,3\n");
    expect_cases(&opened, "Role", "Role,cases\nnurse,1\n,2\nTotal,3\n");
    fixture_close(&opened);
}

static void a_sheet_may_leave_cases_out(void **state)
{
    (void)state;
    struct fixture opened = open_with_sheet("Name,Site\nS2_nurse,South\n");
    expect_cases(&opened, "Site", "Site,cases\nSouth,1\n,2\nTotal,3\n");
    fixture_close(&opened);
}

static void faults_of_a_sheet_are_all_told_with_their_places(void **state)
{
    (void)state;
    expect_sheet_fault("Name,Site\nS1_nurse,North\nS1_nurse.docx,South\n",
                       "cases.csv:3:1: error: 'S1_nurse.docx' stands twice: also in line 2\n");
    expect_sheet_fault(
        "Name,Site\nS1_nurse,North,nurse\nS1_Doctor\n",
        "cases.csv:2:1: error: the row has 3 fields, the header has 2\n"
        "  hint: a field that holds the delimiter or a quote must stand in quotes\n"
        "cases.csv:3:1: error: the row has 1 fields, the header has 2\n"
        "  hint: a field that holds the delimiter or a quote must stand in quotes\n");
    expect_sheet_fault("Name,Site\nS1_nurs,North\n",
                       "cases.csv:2:1: error: no case or source is called 'S1_nurs'\n"
                       "  hint: did you mean 'S1_nurse.docx'\n");
    expect_sheet_fault("Name,Site,site\nS1_nurse,North,North\n",
                       "cases.csv:1:11: error: two columns are called 'site'\n"
                       "     1 | Name,Site,site\n"
                       "       |           ^\n");
}

/* "one" may be either file, but one.txt is only one of them, and "two" is the source without extension. */
static void a_name_that_could_be_two_sources_is_a_fault(void **state)
{
    (void)state;
    const struct fixture_project project = {.sources = INLINE_SOURCE("51", "one.docx", TEXT, "")
                                                INLINE_SOURCE("52", "one.txt", TEXT, "")
                                                    INLINE_SOURCE("53", "two", TEXT, "")
                                                        INLINE_SOURCE("54", "two.txt", TEXT, "")};
    const struct npt_study_options options = {.cases = "cases.csv"};
    fixture_qde("a.qde", &project);
    fixture_write_text("cases.csv", "Name,Site\none,North\n");
    struct fixture opened = fixture_open_with("a.qde", &options);
    assert_string_equal(opened.text, "cases.csv:2:1: error: 'one' could be two sources of the "
                                     "export: 'one.docx' and 'one.txt'\n");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
    fixture_write_text("cases.csv", "Name,Site\none.txt,A\none.docx,B\ntwo,C\ntwo.txt,D\n");
    opened = fixture_open_with("a.qde", &options);
    expect_cases(&opened, "Site", "Site,cases\nA,1\nB,1\nC,1\nD,1\nTotal,4\n");
    fixture_close(&opened);
}

static void a_name_that_is_like_none_says_where_to_look(void **state)
{
    (void)state;
    struct fixture opened = open_with_sheet("Name,Site\nsomebody else,North\n");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "cases.csv:2:1: error: no case or source is called "
                                   "'somebody else'\n");
    fixture_expect_in(opened.text, "nptkit check");
    fixture_close(&opened);
}

static void the_key_column_may_be_any_and_must_be_there(void **state)
{
    (void)state;
    write_export("a.qde");
    fixture_write_text("cases.csv", "Site,File\nNorth,S1_nurse\nSouth,S2_nurse\n");
    fixture_write_text("study.xml", STUDY("<coding file=\"a.qde\">\n"
                                          "<cases file=\"cases.csv\" key=\"file\"/></coding>"));
    struct fixture opened = fixture_open("study.xml");
    expect_cases(&opened, "Site", "Site,cases\nNorth,1\nSouth,1\n,1\nTotal,3\n");
    fixture_close(&opened);
    fixture_write_text("study.xml", STUDY("<coding file=\"a.qde\">\n"
                                          "<cases file=\"cases.csv\" key=\"Name\"/></coding>"));
    fixture_expect_fault("study.xml", "error: has no column 'Name'");
    fixture_write_text("study.xml",
                       STUDY("<coding file=\"a.qde\">\n<cases file=\"case.csv\"/></coding>"));
    fixture_expect_fault("study.xml", "there is no file 'case.csv'\n");
}

/* ---- sites ----------------------------------------------------------------------------------- */

static void a_site_matches_names_of_sources(void **state)
{
    (void)state;
    write_export("a.qde");
    fixture_write_text("study.xml", STUDY("<site id=\"s2\" name=\"South\" match=\"s2*\"/>"
                                          "<site id=\"s1\" name=\"North\" match=\"S1_*\"/>"
                                          "<coding file=\"a.qde\"/>"));
    struct fixture opened = fixture_open("study.xml");
    expect_cases(&opened, "site", "site,cases\nSouth,1\nNorth,2\nTotal,3\n"); /* as declared */
    fixture_close(&opened);
}

/* The first by its folder, the second and third by their set. */
static void a_site_matches_folders_and_sets(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .sources = "<TextSource guid=\"" GUID(
            "51") "\" name=\"one\" "
                  "plainTextPath=\"relative:///North/interviews/one.txt\"/>" INLINE_SOURCE(
                      "52", "two", TEXT, "") INLINE_SOURCE("53", "three", TEXT, ""),
        .rest = "<Sets><Set guid=\"" GUID("71") "\" name=\"South East\">"
                                                "<MemberSource targetGUID=\"" GUID(
                                                    "52") "\"/>"
                                                          "<MemberSource targetGUID=\"" GUID(
                                                              "53") "\"/></Set></Sets>"};
    fixture_qde("a.qde", &project);
    fixture_write_text("study.xml", STUDY("<site id=\"s1\" name=\"N\" match=\"north*\"/>"
                                          "<site id=\"s2\" name=\"S\" match=\"South *\"/>"
                                          "<coding file=\"a.qde\"/>"));
    struct fixture opened = fixture_open("study.xml");
    expect_cases(&opened, "site", "site,cases\nN,1\nS,2\nTotal,3\n");
    fixture_close(&opened);
}

static void a_source_that_matches_two_sites_is_a_fault(void **state)
{
    (void)state;
    write_export("a.qde");
    fixture_write_text("study.xml", STUDY("<site id=\"s1\" name=\"North\" match=\"s1_*\"/>"
                                          "<site id=\"s2\" name=\"South\" match=\"*nurse*\"/>"
                                          "<coding file=\"a.qde\"/>"));
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "study.xml: error: source 'S1_nurse.docx' matches two sites: "
                                     "'North' and 'South'\n");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
}

static void a_value_that_is_no_site_is_a_fault_told_once(void **state)
{
    (void)state;
    write_export("a.qde");
    fixture_write_text("cases.csv", "Name,Place\nS1_nurse,north\nS1_Doctor,s1\nS2_nurse,Suoth\n");
    fixture_write_text("study.xml",
                       STUDY(SITES "<coding file=\"a.qde\"><attribute name=\"Place\" "
                                   "as=\"site\"/><cases file=\"cases.csv\"/></coding>"));
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text,
                        "study.xml: error: 'S2_nurse' has the site 'Suoth', which is no <site> of "
                        "the study\n  hint: did you mean 'South'; correct the data, or add the "
                        "site\n");
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
    /* By name or by id, in any case. */
    fixture_write_text("cases.csv", "Name,Place\nS1_nurse,north\nS1_Doctor,s1\nS2_nurse,South\n");
    opened = fixture_open("study.xml");
    expect_cases(&opened, "site", "site,cases\nNorth,2\nSouth,1\nTotal,3\n");
    fixture_close(&opened);
}

/* ---- faults of study.xml --------------------------------------------------------------------- */

static void expect_study_fault(const char *xml, const char *messages)
{
    write_export("a.qde");
    fixture_write_text("study.xml", xml);
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, messages);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_close(&opened);
}

static void a_map_to_no_construct_or_of_no_code_is_located(void **state)
{
    (void)state;
    expect_study_fault(STUDY("<coding file=\"a.qde\">\n"
                             " <map code=\"Coherence\" to=\"Coherense\"/>\n"
                             " <map code=\"Coherance\" to=\"Coherence\"/>\n</coding>"),
                       "study.xml:3:28: error: 'Coherense' is no construct of the codebook 'npt'\n"
                       "     3 |  <map code=\"Coherence\" to=\"Coherense\"/>\n"
                       "       |                            ^\n"
                       "  hint: did you mean 'Coherence'\n"
                       "study.xml:4:13: error: the project has no code 'Coherance', or several of "
                       "that name\n"
                       "     4 |  <map code=\"Coherance\" to=\"Coherence\"/>\n"
                       "       |             ^\n"
                       "  hint: did you mean 'Coherence'; codes of one name are told apart by "
                       "their path, as in 'Theme > Code'\n");
}

static void a_misspelt_element_is_located(void **state)
{
    (void)state;
    expect_study_fault(
        STUDY("<codng file=\"a.qde\"/>"),
        "study.xml:2:1: error: unknown element 'codng'\n"
        "     2 | <codng file=\"a.qde\"/>\n"
        "       | ^\n"
        "  hint: did you mean 'coding'? <study> holds <site>, <coding>, <survey>, <invited>, <ratings>, <ranking>, <disclosure> and <quotes>\n");
}

static void two_sites_with_one_id_are_located(void **state)
{
    (void)state;
    expect_study_fault(STUDY("<site id=\"s1\"/>\n<site id=\"S1\"/>\n<coding file=\"a.qde\"/>"),
                       "study.xml:3:11: error: two sites have the id 'S1'; the first is on line 2\n"
                       "     3 | <site id=\"S1\"/>\n"
                       "       |           ^\n"
                       "  hint: give each site an id of its own (case makes no difference)\n");
}

static void an_attribute_that_nobody_has_is_located(void **state)
{
    (void)state;
    expect_study_fault(STUDY("<coding file=\"a.qde\">\n<attribute name=\"Role\" as=\"role\"/>"
                             "</coding>"),
                       "study.xml:3:18: error: no case or source has the attribute 'Role'\n"
                       "     3 | <attribute name=\"Role\" as=\"role\"/></coding>\n"
                       "       |                  ^\n");
}

static void a_coding_whose_file_is_missing_is_told(void **state)
{
    (void)state;
    expect_study_fault(STUDY("<coding file=\"north.qdpx\"/>"),
                       "study.xml:2:15: error: there is no file 'north.qdpx'\n"
                       "     2 | <coding file=\"north.qdpx\"/>\n"
                       "       |               ^\n"
                       "  hint: paths start at the folder of study.xml\n");
}

static void a_folder_stands_for_its_study(void **state)
{
    (void)state;
    write_export("a.qde");
    fixture_expect_fault(".", ".: error: is a folder without a study.xml\n  hint: make one with: "
                              "nptkit init DIR --coding FILE.qdpx\n");
    fixture_write_text("study.xml", STUDY("<coding file=\"a.qde\"/>"));
    struct fixture opened = fixture_open(".");
    assert_string_equal(opened.text, "");
    fixture_close(&opened);
}

/* ---- several codings ------------------------------------------------------------------------- */

/* One export for each site: interviews of one name are two, codes of one path are one. */
static void write_two_exports(void)
{
    const struct fixture_project north = {
        .users = USER("A1", "Ann"),
        .codes = CODE("C1", "Coherence") CODE("C2", "Sustainment"),
        .sources = INLINE_SOURCE("51", "Interview 1", "Northern words.", ANN(0, 8, "C1"))};
    const struct fixture_project south = {
        .users = USER("A1", "Ben"),
        .codes = CODE("C8", "coherence") CODE("C9", "Weather"),
        .sources = INLINE_SOURCE("61", "Interview 1", "Southern words.", ANN(0, 8, "C8"))
            INLINE_SOURCE("62", "Interview 2", "More words.", "")};
    fixture_qde("north.qde", &north);
    fixture_qde("south.qde", &south);
}

static void exports_of_two_sites_are_pooled(void **state)
{
    (void)state;
    write_two_exports();
    fixture_write_text("study.xml",
                       STUDY(SITES "<coding file=\"north.qde\" codebook=\"npt-core\" site=\"s1\"/>"
                                   "<coding file=\"south.qde\" site=\"s2\"/>"));
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    npt_table *table =
        run_analysis(opened.study, "tally", OPTIONS("measures", "cases,segments,characters"));
    const npt_table *rows = table;
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, &rows, 1, npt_format_find("csv"), NULL);
    fixture_expect_in(npt_output_bytes(output, NULL), "Coherence,North,1,1,1,8\n"
                                                      "Coherence,South,1,2,1,8\n"
                                                      "Coherence,Total,2,3,2,16\n");
    npt_output_discard(output);
    npt_table_free(table);
    expect_rows(opened.study, "codes", NO_OPTIONS,
                "code,segments,cases,sources,coders,characters\n"
                "Coherence,2,2,2,2,16\nSustainment,0,0,0,0,0\nWeather,0,0,0,0,0\n");
    npt_table *tables[8];
    size_t count = npt_study_check(opened.study, tables, 8, opened.diags);
    fixture_expect_in(npt_diags_text(opened.diags, false),
                      "codes that stand in some exports only: 2");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* Two coders' exports of the same interviews: the site says that the names mean the same. */
static void exports_of_two_coders_of_one_site_share_their_interviews(void **state)
{
    (void)state;
    write_two_exports();
    fixture_write_text("study.xml",
                       STUDY(SITES "<coding file=\"north.qde\" codebook=\"npt-core\" site=\"s1\"/>"
                                   "<coding file=\"south.qde\" site=\"s1\"/>"));
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    /* Both coded 0-8 of Interview 1: one case, two segments, eight characters. */
    expect_rows(opened.study, "codes", OPTIONS("where", "site=North"),
                "code,segments,cases,sources,coders,characters\n"
                "Coherence,2,1,1,2,8\nSustainment,0,0,0,0,0\nWeather,0,0,0,0,0\n");
    expect_rows(opened.study, "cases", OPTIONS("by", "site"), "site,cases\nNorth,2\n");
    fixture_close(&opened);
}

/* ---- the first study.xml --------------------------------------------------------------------- */

static void write_first_study(const char *export)
{
    npt_diags *diags = npt_diags_new();
    npt_study *study = NULL;
    assert_int_equal(npt_study_open(&study, export, NULL, diags), NPT_OK);
    npt_output *output = npt_output_open("study.xml", diags);
    assert_int_equal(npt_study_write_manifest(output, study, NULL, ".", diags), NPT_OK);
    assert_int_equal(npt_output_close(output), NPT_OK);
    assert_string_equal(npt_diags_text(diags, false), "");
    npt_study_free(study);
    npt_diags_free(diags);
}

static void expect_valid(const char *path)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(fixture_beside("nptkit/ingest/study.xsd"));
    xmlSchema *schema = xmlSchemaParse(parser);
    assert_non_null(schema);
    xmlSchemaValidCtxt *validation = xmlSchemaNewValidCtxt(schema);
    assert_int_equal(xmlSchemaValidateFile(validation, path, 0), 0);
    xmlSchemaFreeValidCtxt(validation);
    xmlSchemaFree(schema);
    xmlSchemaFreeParserCtxt(parser);
}

static void the_example_is_valid(void **state)
{
    (void)state;
    char path[4096];
    snprintf(path, sizeof path, "%s", fixture_beside("examples/whole-family/study.xml"));
    expect_valid(path);
}

/* The sites and attributes that init guesses are those that the example declares. */
static void what_init_writes_is_valid_and_reads_as_the_example_does(void **state)
{
    (void)state;
    write_first_study(fixture_beside("examples/whole-family/interviews.qdpx"));
    expect_valid("study.xml");
    struct fixture written = fixture_open("study.xml");
    struct fixture example = fixture_open(fixture_beside("examples/whole-family/study.xml"));
    assert_string_equal(written.text, "");
    assert_string_equal(example.text, "");
    assert_int_equal(written.study->sites.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(written.study->sites.items[i].id, example.study->sites.items[i].name);
        assert_string_equal(written.study->sites.items[i].name, example.study->sites.items[i].name);
    }
    assert_int_equal(written.study->attributes.count, example.study->attributes.count);
    for (uint32_t i = 0; i < written.study->attributes.count; i++)
        assert_string_equal(npt__study_attribute_key(written.study, i),
                            npt__study_attribute_key(example.study, i));
    for (size_t i = 0; i < written.study->codes.count; i++) {
        const struct npt__study_code *a = &written.study->codes.items[i];
        const struct npt__study_code *b = &example.study->codes.items[i];
        assert_int_equal(a->barrier, b->barrier);
        assert_int_equal(a->facilitator, b->facilitator);
        if (strncmp(a->path, "Mechanisms > Making sense of it", 31) != 0)
            assert_int_equal(a->construct, b->construct);
    }
    fixture_close(&written);
    fixture_close(&example);
}

/* Markup, quotes and double hyphens in names; two attributes with one key; a name without letters. */
static void init_survives_names_that_xml_minds(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .codes = CODE("C1", "A &lt;b&gt; &quot;c&quot; &amp; d -- e --") CODE("C2", "Coherance")
            CODE("C3", "&lt;Barriers&gt;"),
        .variables = VARIABLE("E1", "Organisation &amp; &quot;place&quot;", "Text")
            VARIABLE("E2", "Role", "Text") VARIABLE("E3", "Person:Role", "Text")
                VARIABLE("E4", "\xC3\x84\xC3\x96", "Text") VARIABLE("E5", "Team", "Text"),
        .sources = INLINE_SOURCE("51", "one", TEXT,
                                 VALUE("E5", "Text", "--&gt; &lt;X&gt; &quot;Y&quot;-")
                                     VALUE("E2", "Text", "a--b"))};
    fixture_qde("a & b.qde", &project);
    write_first_study("a & b.qde");
    expect_valid("study.xml");
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    assert_int_equal(opened.study->sites.count, 1);
    assert_string_equal(opened.study->sites.items[0].name, "--> <X> \"Y\"-");
    fixture_close(&opened);
}

static void init_without_attributes_says_what_to_do(void **state)
{
    (void)state;
    write_export("a.qde");
    write_first_study("a.qde");
    expect_valid("study.xml");
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    fixture_close(&opened);
    npt__buffer xml = fixture_read("study.xml");
    fixture_expect_in(xml.bytes, "<site id=\"s1\" name=\"Site 1\" match=\"S1_*\"/>");
    fixture_expect_in(xml.bytes, "<cases file=\"classification.csv\" key=\"Name\"/>");
    npt__buffer_release(&xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(names_fit_with_and_without_extension),
        FIXTURE_TEST(unassigned_and_not_applicable_are_no_values),
        FIXTURE_TEST(a_sheet_may_leave_cases_out),
        FIXTURE_TEST(faults_of_a_sheet_are_all_told_with_their_places),
        FIXTURE_TEST(a_name_that_could_be_two_sources_is_a_fault),
        FIXTURE_TEST(a_name_that_is_like_none_says_where_to_look),
        FIXTURE_TEST(the_key_column_may_be_any_and_must_be_there),
        FIXTURE_TEST(a_site_matches_names_of_sources),
        FIXTURE_TEST(a_site_matches_folders_and_sets),
        FIXTURE_TEST(a_source_that_matches_two_sites_is_a_fault),
        FIXTURE_TEST(a_value_that_is_no_site_is_a_fault_told_once),
        FIXTURE_TEST(a_map_to_no_construct_or_of_no_code_is_located),
        FIXTURE_TEST(a_misspelt_element_is_located),
        FIXTURE_TEST(two_sites_with_one_id_are_located),
        FIXTURE_TEST(an_attribute_that_nobody_has_is_located),
        FIXTURE_TEST(a_coding_whose_file_is_missing_is_told),
        FIXTURE_TEST(a_folder_stands_for_its_study),
        FIXTURE_TEST(exports_of_two_sites_are_pooled),
        FIXTURE_TEST(exports_of_two_coders_of_one_site_share_their_interviews),
        FIXTURE_TEST(the_example_is_valid),
        FIXTURE_TEST(what_init_writes_is_valid_and_reads_as_the_example_does),
        FIXTURE_TEST(init_survives_names_that_xml_minds),
        FIXTURE_TEST(init_without_attributes_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
