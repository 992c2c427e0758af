/* test_manifest.c - study.xml: what is read from it, what its values may be, and its schema.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "study_file.h"

#include <libxml/xmlschemas.h>

static void expect_place(const struct npt__setting *setting, const char *value, size_t line,
                         size_t column)
{
    assert_string_equal(setting->value, value);
    assert_string_equal(setting->place.file, "study.xml");
    assert_int_equal(setting->place.line, line);
    assert_int_equal(setting->place.column, column);
}

static const char whole[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<!-- written by nptkit init -->\n"
                            "<study " NAMESPACE " title=\" Whole-family \n"
                            "  approaches &amp; more\" intervention=\"the approach\">\n"
                            "  <coding file=\"interviews.qdpx\" codebook=\"npt\" site=\"s2\"\n"
                            "          offsets=\"utf16\">\n"
                            "    <attribute name=\"Größe\" as=\"site\"/>\n"
                            "    <attribute name=\"Service role\" as=\"role_2\"/>\n"
                            "    <map code=\"Making sense of it\" to=\"Coherence\"/>\n"
                            "    <valence barrier=\"Barriers\" facilitator=\"Enablers\"/>\n"
                            "    <cases file=\"classification.csv\" key=\"Name\"/>\n"
                            "  </coding>\n"
                            "  <coding file=\"more.qdpx\"/>\n"
                            "  <site id=\"s1\" name=\"Site 1\" match=\"S1_*\">\n"
                            "    locally  developed, <!-- we think -->\n"
                            "    system-wide &amp; old\n"
                            "  </site>\n"
                            "  <site id=\"S2\"/>\n"
                            "</study>\n";

/* ---- what is read ---------------------------------------------------------------------------- */

static void a_study_arrives_with_all_that_its_author_wrote(void **state)
{
    (void)state;
    struct npt__manifest study = read_study(whole, NPT_OK, "");
    assert_string_equal(study.path, "study.xml");
    assert_string_equal(study.title, "Whole-family    approaches & more");
    assert_string_equal(study.intervention, "the approach");
    assert_int_equal(study.codings.count, 2);
    const struct npt__manifest_coding *coding = &study.codings.items[0];
    expect_place(&coding->file, "interviews.qdpx", 5, 17);
    expect_place(&coding->codebook, "npt", 5, 44);
    expect_place(&coding->site, "s2", 5, 55);
    expect_place(&coding->offsets, "utf16", 6, 20);
    assert_int_equal(coding->attributes.count, 2);
    expect_place(&coding->attributes.items[0].name, "Größe", 7, 22);
    expect_place(&coding->attributes.items[0].as, "site", 7, 33);
    assert_int_equal(coding->maps.count, 1);
    expect_place(&coding->maps.items[0].code, "Making sense of it", 9, 16);
    expect_place(&coding->maps.items[0].to, "Coherence", 9, 40);
    expect_place(&coding->barrier, "Barriers", 10, 23);
    expect_place(&coding->facilitator, "Enablers", 10, 46);
    assert_int_equal(coding->cases.count, 1);
    expect_place(&coding->cases.items[0].file, "classification.csv", 11, 18);
    expect_place(&coding->cases.items[0].key, "Name", 11, 43);
    npt__manifest_release(&study);
}

static void what_is_not_given_is_absent_or_has_its_default(void **state)
{
    (void)state;
    struct npt__manifest study = read_study(HEAD "<site id=\"a\"/>" TAIL, NPT_OK, "");
    assert_string_equal(study.title, "");
    assert_string_equal(study.intervention, "");
    expect_place(&study.sites.items[0].name, "a", 2, 11);
    assert_null(study.sites.items[0].match.value);
    assert_string_equal(study.sites.items[0].description, "");
    const struct npt__manifest_coding *coding = &study.codings.items[0];
    assert_null(coding->codebook.value);
    assert_null(coding->site.value);
    assert_null(coding->offsets.value);
    assert_null(coding->barrier.value);
    assert_null(coding->facilitator.value);
    assert_int_equal(coding->site_index, NPT__NONE);
    npt__manifest_release(&study);
}

static void a_site_may_be_declared_after_its_coding_and_case_makes_no_difference(void **state)
{
    (void)state;
    struct npt__manifest study = read_study(whole, NPT_OK, "");
    assert_int_equal(study.codings.items[0].site_index, 1);
    assert_int_equal(study.codings.items[1].site_index, NPT__NONE);
    npt__manifest_release(&study);
}

static void a_description_is_one_line_without_its_comments(void **state)
{
    (void)state;
    struct npt__manifest study = read_study(whole, NPT_OK, "");
    assert_string_equal(study.sites.items[0].description, "locally developed, system-wide & old");
    assert_string_equal(study.sites.items[1].description, "");
    npt__manifest_release(&study);
}

static void crlf_and_a_bom_change_nothing(void **state)
{
    (void)state;
    struct npt__manifest study = read_study(
        "\xEF\xBB\xBF<study " NAMESPACE ">\r\n <coding file=\" a \"/>\r\n</study>\r\n", NPT_OK, "");
    expect_place(&study.codings.items[0].file, "a", 2, 16);
    assert_int_equal(study.codings.items[0].file.place.excerpt_length, 21);
    npt__manifest_release(&study);
}

/* ---- values ---------------------------------------------------------------------------------- */

static void two_sites_with_one_id_are_a_fault_that_names_both_lines(void **state)
{
    (void)state;
    expect_fault(
        HEAD "<site id=\"GRÖSSE 1\"/>\n<site id=\"b\"/> <site\n  name=\"é\" id=\"größe  1\"/>" TAIL,
        "study.xml:4:16: error: two sites have the id 'größe  1'; the first is on line 2\n"
        "     4 |   name=\"é\" id=\"größe  1\"/>\n"
        "       |                ^\n"
        "  hint: give each site an id of its own (case makes no difference)\n");
}

static void a_key_is_a_plain_word(void **state)
{
    (void)state;
    static const char *const bad[] = {"1site", "site-2", "a b", "größe", "a.b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char xml[256], text[512];
        snprintf(xml, sizeof xml,
                 HEAD "<coding file=\"a\">\n<attribute name=\"x\" as=\"%s\"/></coding></study>",
                 bad[i]);
        snprintf(text, sizeof text,
                 "study.xml:3:25: error: 'as' is '%s', which is not a key\n"
                 "     3 | <attribute name=\"x\" as=\"%s\"/></coding></study>\n"
                 "       |                         ^\n"
                 "  hint: a key has letters a-z, digits and _ only, and does not begin with a "
                 "digit: site, role, wave_2\n",
                 bad[i], bad[i]);
        expect_fault(xml, text);
    }
    struct npt__manifest study =
        read_study(HEAD "<coding file=\"a\"><attribute name=\"x\" as=\" _Z9 \"/></coding></study>",
                   NPT_OK, "");
    assert_string_equal(study.codings.items[0].attributes.items[0].as.value, "_Z9");
    npt__manifest_release(&study);
}

static void a_key_is_used_once_in_a_coding(void **state)
{
    (void)state;
    expect_fault(
        HEAD "<coding file=\"a\"><attribute name=\"x\" as=\"role\"/>\n"
             "\t<attribute name=\"y\" as=\"Role\"/></coding></study>",
        "study.xml:3:26: error: 'Role' is already the key of another attribute, on line 2\n"
        "     3 |  <attribute name=\"y\" as=\"Role\"/></coding></study>\n"
        "       |                          ^\n"
        "  hint: give each attribute of a coding a key of its own (case makes no "
        "difference)\n");
    struct npt__manifest study =
        read_study(HEAD "<coding file=\"a\"><attribute name=\"x\" as=\"role\"/></coding>\n"
                        "<coding file=\"b\"><attribute name=\"y\" as=\"role\"/></coding></study>",
                   NPT_OK, "");
    npt__manifest_release(&study);
}

static void the_site_of_a_coding_must_be_declared(void **state)
{
    (void)state;
    expect_fault(HEAD "<site id=\"north\"/><site id=\"south\" name=\"Site 2\"/>\n"
                      "<coding file=\"a\" site=\"noth\"/>\n<coding file=\"b\" site=\"site 2\"/>\n"
                      "<coding file=\"c\" site=\"x\"/></study>",
                 "study.xml:3:24: error: no site has the id 'noth'\n"
                 "     3 | <coding file=\"a\" site=\"noth\"/>\n"
                 "       |                        ^\n"
                 "  hint: did you mean 'north'? the sites are 'north' and 'south'\n"
                 "study.xml:4:24: error: no site has the id 'site 2'\n"
                 "     4 | <coding file=\"b\" site=\"site 2\"/>\n"
                 "       |                        ^\n"
                 "  hint: that is the name of a site; write its id: site=\"south\"\n"
                 "study.xml:5:24: error: no site has the id 'x'\n"
                 "     5 | <coding file=\"c\" site=\"x\"/></study>\n"
                 "       |                        ^\n"
                 "  hint: the sites are 'north' and 'south'\n");
    expect_among(HEAD "<coding file=\"a\" site=\"x\"/></study>", 1,
                 "  hint: declare it: <site id='x' name=\"...\"/>\n");
}

static void all_codings_use_one_codebook(void **state)
{
    (void)state;
    expect_fault(
        HEAD
        "<coding file=\"a\"/>\n<coding file=\"b\" codebook=\" npt\"/>\n"
        "<coding file=\"c\" codebook=\"npt\"/>\n<coding file=\"d\" codebook=\"my.qdc\"/></study>",
        "study.xml:5:28: error: codebook 'my.qdc' differs from 'npt' on line 3\n"
        "     5 | <coding file=\"d\" codebook=\"my.qdc\"/></study>\n"
        "       |                            ^\n"
        "  hint: all codings of a study use one codebook\n");
}

static void a_coding_has_one_valence_that_names_a_code(void **state)
{
    (void)state;
    expect_fault(
        HEAD "<coding file=\"a\"><valence/></coding>\n<coding file=\"b\">\n"
             "<valence barrier=\"x\"/>\n<valence facilitator=\"y\"/></coding></study>",
        "study.xml:2:18: error: <valence> has no attribute\n"
        "     2 | <coding file=\"a\"><valence/></coding>\n"
        "       |                  ^\n"
        "  hint: name the code for barriers, for facilitators, or both: <valence "
        "barrier=\"...\" facilitator=\"...\"/>\n"
        "study.xml:5:1: error: a second <valence> in a coding; the first is on line 4\n"
        "     5 | <valence facilitator=\"y\"/></coding></study>\n"
        "       | ^\n"
        "  hint: name both codes in one: <valence barrier=\"...\" facilitator=\"...\"/>\n");
}

static void a_study_without_coding_is_a_fault_with_an_example(void **state)
{
    (void)state;
    expect_one(
        "<study " NAMESPACE ">\n<site id=\"a\"/></study>", 1, 1,
        "the study names no coding and no survey", "<study xmlns=\"urn:nptkit:study:1\">",
        "name the export of your coding program: <coding file=\"interviews.qdpx\"/>, or a file of "
        "responses: <survey file=\"wave1.csv\" instrument=\"nomad\">");
    /* not where the coding was there, but spelled wrongly */
    expect_among(HEAD "<codin file=\"a\"/></study>", 1, "did you mean 'coding'?");
}

/* ---- files ----------------------------------------------------------------------------------- */

static void broken_xml_is_a_fault_of_its_line(void **state)
{
    (void)state;
    expect_among(HEAD "<coding file=\"a\">\n</study>", 1, "study.xml:3:");
    expect_among("<!DOCTYPE study [<!ENTITY a \"b\">]>\n" HEAD TAIL, 1, "declares a document type");
    expect_fault("", "study.xml: error: is empty\n"
                     "  hint: nptkit init writes a study file to begin with\n");
}

static void a_file_that_is_not_there_is_a_fault(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    struct npt__manifest study = {0};
    assert_int_equal(npt__manifest_read(&study, "none.xml", diags), NPT_BAD_INPUT);
    assert_string_equal(npt_diags_text(diags, false),
                        "none.xml: error: cannot read: No such file or directory\n");
    npt__manifest_release(&study);
    npt_diags_free(diags);
}

/* A study with one coding after `count` times `piece`, its @ numbered; within <coding> where `inside`. */
static char *repeat(const char *piece, size_t count, bool inside)
{
    npt__buffer xml = {0};
    npt__buffer_puts(&xml, HEAD);
    npt__buffer_puts(&xml, inside ? "<coding file=\"a\">" : "<coding file=\"a\"/>");
    size_t marker = strcspn(piece, "@");
    for (size_t i = 0; i < count; i++)
        npt__buffer_print(&xml, "%.*s%zu%s", (int)marker, piece, i, piece + marker + 1);
    npt__buffer_puts(&xml, inside ? "</coding></study>" : "</study>");
    return xml.bytes;
}

static void lists_have_ceilings(void **state)
{
    (void)state;
    static const struct {
        const char *piece, *what;
        size_t most;
        bool inside;
    } cases[] = {{"\n<site id=\"@\"/>", "1000 sites", 1000, false},
                 {"\n<coding file=\"@\"/>", "1000 codings", 999, false},
                 {"\n<map code=\"@\" to=\"x\"/>", "10000 maps", 10000, true},
                 {"\n<attribute name=\"x\" as=\"a@\"/>", "1000 attributes", 1000, true},
                 {"\n<cases file=\"@\"/>", "1000 files of cases", 1000, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *xml = repeat(cases[i].piece, cases[i].most, cases[i].inside), text[64];
        struct npt__manifest study = read_study(xml, NPT_OK, "");
        npt__manifest_release(&study);
        npt__release(xml);
        xml = repeat(cases[i].piece, cases[i].most + 5, cases[i].inside);
        snprintf(text, sizeof text, "study.xml:%zu:1: error: more than %s", cases[i].most + 3,
                 cases[i].what);
        expect_among(xml, 1, text);
        npt__release(xml);
    }
}

/* ---- released quotes ------------------------------------------------------------------------- */

static void released_quotes_are_a_file_and_what_may_be_told(void **state)
{
    (void)state;
    struct npt__manifest study =
        read_study(HEAD "<quotes file=\" released.csv\" by=\"level\"/>" TAIL, NPT_OK, "");
    expect_place(&study.quotes, "released.csv", 2, 15);
    expect_place(&study.quotes_by, "level", 2, 34);
    assert_int_equal(study.quotes_place.line, 2);
    npt__manifest_forget_codings(&study);
    assert_null(study.quotes.value);
    npt__manifest_release(&study);
    study = read_study(HEAD TAIL, NPT_OK, "");
    assert_null(study.quotes.value);
    assert_int_equal(study.quotes_place.line, 0);
    npt__manifest_release(&study);
}

static void released_quotes_that_cannot_be_are_refused(void **state)
{
    (void)state;
    expect_one(HEAD "<quotes file=\"a\"/>\n<quotes file=\"b\"/>" TAIL, 3, 1,
               "a second <quotes> in a study; the first is on line 2", "<quotes file=\"b\"/>",
               "put all released quotes into one file");
    expect_one(HEAD "<quotes file=\"a\" by=\"Site\"/>" TAIL, 2, 22,
               "'by' is 'Site', which is never told with a quote",
               "<quotes file=\"a\" by=\"Site\"/>",
               "name what many of those who were interviewed share, such as their role; or leave "
               "'by' out");
    expect_one(HEAD "<ratings file=\"a\"/>\n<quotes file=\"b\"/></study>", 3, 1,
               "<quotes> without a <coding>: quotes are of the cases of a coded export",
               "<quotes file=\"b\"/></study>",
               "name the export, too: <coding file=\"interviews.qdpx\"/>");
    expect_among(HEAD "<quotes fil=\"a\"/>" TAIL, 2, "did you mean 'file'");
}

/* ---- the schema for editors ------------------------------------------------------------------ */

static char schema[PATH_MAX];

static int find_schema_and_enter_folder(void **state)
{
    return realpath("nptkit/ingest/study.xsd", schema) ? enter_folder(state) : -1;
}

static bool is_valid(const char *xml)
{
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(schema);
    xmlSchemaPtr rules = xmlSchemaParse(parser);
    assert_non_null(rules);
    xmlSchemaValidCtxtPtr check = xmlSchemaNewValidCtxt(rules);
    xmlSchemaSetValidErrors(check, NULL, NULL, NULL);
    xmlDocPtr document = xmlReadMemory(xml, (int)strlen(xml), "study.xml", NULL, XML_PARSE_NONET);
    const bool valid = document && xmlSchemaValidateDoc(check, document) == 0;
    xmlFreeDoc(document);
    xmlSchemaFreeValidCtxt(check);
    xmlSchemaFree(rules);
    xmlSchemaFreeParserCtxt(parser);
    return valid;
}

static void quiet(void *user, const char *format, ...)
{
    (void)user, (void)format;
}

static void the_schema_agrees_with_the_reader(void **state)
{
    (void)state;
    static const char *const good[] = {
        HEAD TAIL,
        HEAD "<coding file=\"a\"/><site id=\"a\">text<!-- x --></site>" TAIL,
        HEAD "<coding file=\"a\"><map code=\"a\" to=\"b\"/><valence barrier=\"a\"/>"
             "<cases file=\"a\"/><attribute name=\"a\" as=\"_\"/></coding></study>",
        HEAD "<ratings file=\"a\"/></study>",
        HEAD "<ranking file=\"a\" judge=\"J\" group=\"P\" name=\"n\"/><ratings file=\"b\" "
             "level=\"ratio\" units=\"none\" missing=\"9\" ignore=\"x,y\" sheet=\"2\"/>" TAIL,
        HEAD "<quotes file=\"a.csv\"/>" TAIL,
        HEAD "<coding file=\"a\"/><quotes file=\"a.csv\" by=\"Service role\"/></study>"};
    static const char *const bad[] = {
        HEAD "</study>",
        "<study><coding file=\"a\"/></study>",
        "<stdy " NAMESPACE "><coding file=\"a\"/></stdy>",
        HEAD "text" TAIL,
        HEAD "<sit/>" TAIL,
        HEAD "<map code=\"a\" to=\"b\"/>" TAIL,
        HEAD "<site/>" TAIL,
        HEAD "<site id=\" \"/>" TAIL,
        HEAD "<site id=\"a\" x=\"y\"/>" TAIL,
        HEAD "<site id=\"a\"/><site id=\" a\"/>" TAIL,
        HEAD "<coding/></study>",
        HEAD "<coding file=\"a\" site=\"x\"/></study>",
        HEAD "<coding file=\"a\"><map code=\"a\"/></coding></study>",
        HEAD "<coding file=\"a\"><cases/></coding></study>",
        HEAD "<coding file=\"a\"><attribute name=\"a\" as=\"1\"/></coding></study>",
        HEAD "<coding file=\"a\"><attribute name=\"a\" as=\"x\"/><attribute name=\"b\" as=\"x\"/>"
             "</coding></study>",
        HEAD "<ratings/></study>",
        HEAD "<quotes/>" TAIL,
        HEAD "<quotes file=\"a\" by=\"x\" site=\"y\"/>" TAIL,
        HEAD "<quotes file=\"a\">said</quotes>" TAIL,
        HEAD "<coding file=\"a\"><quotes file=\"a\"/></coding></study>",
        HEAD "<ratings file=\"a\" level=\"odd\"/></study>",
        HEAD "<ratings file=\"a\" group=\"P\"/></study>",
        HEAD "<ranking file=\"a\" level=\"ratio\"/></study>",
        HEAD "<ranking file=\"a\"><column name=\"x\" as=\"y\"/></ranking></study>",
        HEAD
        "<coding file=\"a\"><valence barrier=\"a\"/><valence barrier=\"a\"/></coding></study>"};
    xmlSetGenericErrorFunc(NULL, quiet);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct npt__manifest study = read_study(good[i], NPT_OK, "");
        npt__manifest_release(&study);
        assert_true(is_valid(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (i != 1) /* no namespace is but a warning */
            expect_among(bad[i], 1, "error: ");
        assert_false(is_valid(bad[i]));
    }
    xmlSetGenericErrorFunc(NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_arrives_with_all_that_its_author_wrote),
        cmocka_unit_test(what_is_not_given_is_absent_or_has_its_default),
        cmocka_unit_test(a_site_may_be_declared_after_its_coding_and_case_makes_no_difference),
        cmocka_unit_test(a_description_is_one_line_without_its_comments),
        cmocka_unit_test(crlf_and_a_bom_change_nothing),
        cmocka_unit_test(two_sites_with_one_id_are_a_fault_that_names_both_lines),
        cmocka_unit_test(a_key_is_a_plain_word),
        cmocka_unit_test(a_key_is_used_once_in_a_coding),
        cmocka_unit_test(the_site_of_a_coding_must_be_declared),
        cmocka_unit_test(all_codings_use_one_codebook),
        cmocka_unit_test(a_coding_has_one_valence_that_names_a_code),
        cmocka_unit_test(a_study_without_coding_is_a_fault_with_an_example),
        cmocka_unit_test(broken_xml_is_a_fault_of_its_line),
        cmocka_unit_test(a_file_that_is_not_there_is_a_fault),
        cmocka_unit_test(lists_have_ceilings),
        cmocka_unit_test(released_quotes_are_a_file_and_what_may_be_told),
        cmocka_unit_test(released_quotes_that_cannot_be_are_refused),
        cmocka_unit_test(the_schema_agrees_with_the_reader),
    };
    return cmocka_run_group_tests_name("manifest", tests, find_schema_and_enter_folder,
                                       leave_folder);
}
