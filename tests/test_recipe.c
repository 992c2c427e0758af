/* test_recipe.c - recipes as their authors write them: each fault is told at its place, with what was meant.
 *
 * Lines and columns are counted by hand. The schema for editors agrees with the reader.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/compose/recipe.h"
#include "fixture.h"

#include <libxml/xmlschemas.h>

#define HEAD "<report xmlns=\"urn:nptkit:report:1\" title=\"T\">\n"
#define SECTION(inside) HEAD "<section title=\"S\">\n" inside "\n</section>\n</report>\n"
#define SCORE(inside) SECTION("<analysis name=\"score\">\n" inside "\n</analysis>")

struct opened {
    npt_recipe *recipe;
    npt_diags *diags;
    enum npt_status status;
    const char *text;
};

static struct opened open_recipe(const char *xml)
{
    struct opened opened = {.diags = npt_diags_new()};
    fixture_write_text("r.xml", xml);
    opened.status = npt_recipe_open(&opened.recipe, "r.xml", opened.diags);
    opened.text = npt_diags_text(opened.diags, false);
    return opened;
}

static void close_recipe(struct opened *opened)
{
    npt_recipe_free(opened->recipe);
    npt_diags_free(opened->diags);
}

static void expect_good(const char *xml)
{
    struct opened opened = open_recipe(xml);
    assert_string_equal(opened.text, "");
    assert_int_equal(opened.status, NPT_OK);
    close_recipe(&opened);
}

/* One fault, which begins so and has this hint. */
static void expect_fault(const char *xml, const char *fault, const char *hint)
{
    struct opened opened = open_recipe(xml);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    assert_null(opened.recipe);
    fixture_expect_in(opened.text, fault);
    fixture_expect_in(opened.text, hint);
    assert_int_equal(npt_diags_count(opened.diags, NPT_ERROR), 1);
    close_recipe(&opened);
}

/* ---- what is right ---------------------------------------------------------------------------- */

static void a_recipe_is_read_as_it_stands(void **state)
{
    (void)state;
    struct opened opened = open_recipe(
        "<report xmlns=\"urn:nptkit:report:1\" title=\"{study}\" lang=\"en-GB\">\n"
        "<summary>What it\n  is for</summary>\n"
        "<parameter name=\"by\" value=\"site\"/><parameter name=\"wave\"/>\n"
        "<section title=\"A\"><text if=\"waves\">One\n two</text></section>\n"
        "<section title=\"B\" if=\"survey\"><analysis name=\"score\"><option name=\"by\" value=\"{by}\"/>"
        "<say/><plot kind=\"dots\"/><table columns=\"n, mean\" across=\"site\"/></analysis>"
        "<quotes/><in-short/><protection/><methods/></section>\n</report>\n");
    assert_string_equal(opened.text, "");
    const npt_recipe *recipe = opened.recipe;
    assert_string_equal(recipe->summary, "What it is for");
    assert_string_equal(recipe->language, "en-GB");
    assert_int_equal(recipe->parameters.count, 2);
    assert_string_equal(recipe->parameters.items[1].value, "");
    assert_int_equal(recipe->sections.count, 2);
    assert_int_equal(recipe->sections.items[1].condition, NPT__IF_SURVEY);
    assert_int_equal(recipe->parts.count, 8);
    assert_string_equal(recipe->parts.items[0].text, "One two");
    assert_int_equal(recipe->parts.items[0].condition, NPT__IF_WAVES);
    static const enum npt__recipe_kind kinds[] = {
        NPT__PART_TEXT,   NPT__PART_SAY,      NPT__PART_PLOT,       NPT__PART_TABLE,
        NPT__PART_QUOTES, NPT__PART_IN_SHORT, NPT__PART_PROTECTION, NPT__PART_METHODS};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(recipe->parts.items[i].kind, kinds[i]);
    assert_int_equal(recipe->parts.items[3].analysis, 0);
    assert_int_equal(recipe->parts.items[4].analysis, SIZE_MAX);
    assert_string_equal(recipe->analyses.items[0].options.items[0].value.value, "{by}");
    close_recipe(&opened);
}

static void every_shipped_recipe_is_one(void **state)
{
    (void)state;
    const char *name;
    size_t index = 0;
    for (; (name = npt_recipe_shipped(index)) != NULL; index++) {
        npt_recipe *recipe;
        npt_diags *diags = npt_diags_new();
        assert_int_equal(npt_recipe_open(&recipe, name, diags), NPT_OK);
        assert_string_equal(npt_diags_text(diags, false), "");
        assert_true(npt_recipe_is(name));
        assert_non_null(npt_recipe_summary(index));
        npt_recipe_free(recipe);
        npt_diags_free(diags);
    }
    assert_int_equal(index, 3);
    assert_null(npt_recipe_summary(index));
}

static void a_file_is_a_recipe_by_its_root(void **state)
{
    (void)state;
    fixture_write_text("a.xml", "<?xml version=\"1.0\"?><!-- x --><report xmlns=\"urn:x\"/>");
    fixture_write_text("b.xml", "<study xmlns=\"urn:nptkit:study:1\"/>");
    fixture_write_text("c.xml", "report");
    assert_true(npt_recipe_is("a.xml"));
    assert_false(npt_recipe_is("b.xml"));
    assert_false(npt_recipe_is("c.xml"));
    assert_false(npt_recipe_is("none.xml"));
    assert_false(npt_recipe_is("report"));
}

static void parameters_are_set_by_name(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_recipe *recipe;
    assert_int_equal(npt_recipe_open(&recipe, "site-comparison", diags), NPT_OK);
    assert_int_equal(npt_recipe_set(recipe, "by=a=b", diags), NPT_OK);
    assert_string_equal(recipe->parameters.items[0].value, "a=b");
    assert_int_equal(npt_recipe_set(recipe, "level=x", diags), NPT_USAGE);
    assert_int_equal(npt_recipe_set(recipe, "by", diags), NPT_USAGE);
    fixture_expect_in(npt_diags_text(diags, false), " has no parameter 'level'");
    fixture_expect_in(npt_diags_text(diags, false), "its parameters are: by, of-cases");
    fixture_expect_in(npt_diags_text(diags, false), "--set takes NAME=VALUE, not 'by'");
    npt_recipe_free(recipe);
    npt_diags_free(diags);
}

/* ---- faults ---------------------------------------------------------------------------------- */

static void what_is_spelled_wrongly_is_told_with_what_was_meant(void **state)
{
    (void)state;
    expect_fault(SECTION("<analysis name=\"scor\"/>"), "r.xml:3:17: error: unknown analysis 'scor'",
                 "did you mean 'score'?");
    expect_fault(SCORE("<option name=\"bye\" value=\"site\"/>"),
                 "r.xml:4:15: error: unknown option of score: 'bye'", "did you mean 'by'?");
    expect_fault(SCORE("<plot kind=\"dot\"/>"), "r.xml:4:13: error: unknown picture 'dot'",
                 "did you mean 'dots'?");
    expect_fault(SCORE("<tabel/>"), "r.xml:4:1: error: unknown element 'tabel'",
                 "did you mean 'table'?");
    expect_fault(SCORE("<table colums=\"n\"/>"), "r.xml:4:16: error: unknown attribute 'colums'",
                 "did you mean 'columns'?");
    expect_fault(SECTION("<text if=\"wave\">x</text>"),
                 "r.xml:3:11: error: unknown condition 'wave'", "did you mean 'waves'?");
    expect_fault(SECTION("<text>The {sittes}</text>"),
                 "r.xml:3:1: error: unknown value in braces: 'sittes'", "did you mean 'sites'?");
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    expect_fault(SCORE("<plot kind=\"likert\"/>"),
                 "r.xml:4:13: error: the picture 'likert' cannot be drawn from 'score'",
                 "it shows <analysis name=\"items\">");
    expect_fault(SECTION("<analysis name=\"codes\">\n<say/>\n</analysis>"),
                 "r.xml:4:1: error: there are no sentences for 'codes'", "there are some for");
    expect_fault(SCORE("<option name=\"by\"/>"), "r.xml:4:1: error: the option 'by' needs a value",
                 "by ATTRIBUTE");
    expect_fault(
        SECTION("<analysis name=\"tally\">\n<option name=\"valence\" value=\"x\"/>\n</analysis>"),
        "r.xml:4:31: error: the option 'valence' takes no value", "valence");
    expect_fault(SECTION("<text> </text>"), "r.xml:3:1: error: <text> is empty",
                 "write a paragraph");
    expect_fault(SECTION("<say/>"), "r.xml:3:1: error: element 'say' cannot stand in <section>",
                 "it stands in <analysis>");
    expect_fault(SECTION("<quotes max=\"0\"/>"), "r.xml:3:14: error: 'max' is '0'",
                 "leave <quotes/> out");
    expect_fault(SECTION("<quotes max=\"101\"/>"), "r.xml:3:14: error: 'max' is '101'",
                 "write digits only");
    expect_fault(HEAD "<section>\n<text>x</text></section></report>",
                 "r.xml:2:1: error: <section> has no attribute 'title'", "");
    expect_fault(HEAD "</report>", "r.xml:1:1: error: the report holds nothing",
                 "write a <section");
    expect_fault("<study/>", "r.xml:1:1: error: the root element is 'study', not 'report'",
                 "a report begins <report xmlns=\"urn:nptkit:report:1\">");
}

static void parameters_have_names_of_their_own(void **state)
{
    (void)state;
    expect_fault(HEAD "<parameter name=\"a\"/>\n<parameter name=\"a\"/>\n"
                      "<section title=\"S\"><text>x</text></section></report>",
                 "r.xml:3:18: error: two parameters are called 'a'; the first is on line 2", "");
    expect_fault(
        HEAD "<parameter name=\"study\"/><section title=\"S\"><text>x</text></section></report>",
        "r.xml:2:18: error: 'study' is a value that every recipe has", "");
    expect_good(HEAD "<section title=\"{late}\"><text>x</text></section>\n"
                     "<parameter name=\"late\" value=\"1\"/></report>");
}

#define SITE_HEAD(more) "<report xmlns=\"urn:nptkit:report:1\" title=\"T\" " more ">\n"
#define OF_SITE(more, inside) \
    SITE_HEAD(more) "<section title=\"S\">\n" inside "\n</section>\n</report>\n"

static void a_recipe_says_for_whom_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *attributes;
        bool for_site, names_others;
    } recipes[] = {{"", false, false},
                   {"for=\"all-sites\" others=\"unnamed\"", false, false},
                   {"for=\"site\"", true, false},
                   {"for=\"site\" others=\"named\"", true, true}};
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        char xml[1024];
        snprintf(xml, sizeof xml,
                 OF_SITE("%s", "<questions/><analysis name=\"score\">"
                               "<table sites=\"own-and-all\"/><table sites=\"own\"/>"
                               "<table sites=\"all\"/></analysis>"),
                 recipes[i].attributes);
        struct opened opened = open_recipe(xml);
        assert_int_equal(opened.status, NPT_OK);
        assert_int_equal(npt_diags_count(opened.diags, NPT_WARNING), recipes[i].for_site ? 0 : 3);
        assert_true(npt_recipe_for_site(opened.recipe) == recipes[i].for_site);
        assert_true(opened.recipe->names_others == recipes[i].names_others);
        assert_int_equal(opened.recipe->parts.items[0].kind, NPT__PART_QUESTIONS);
        assert_int_equal(opened.recipe->parts.items[1].rows, NPT__OWN_AND_ALL);
        assert_int_equal(opened.recipe->parts.items[2].rows, NPT__OWN_ROWS);
        assert_int_equal(opened.recipe->parts.items[3].rows, NPT__EVERY_ROW);
        close_recipe(&opened);
    }
    expect_fault(OF_SITE("for=\"sites\"", "<questions/>"), "r.xml:1:52: error: unknown for 'sites'",
                 "did you mean 'site'?");
    expect_fault(OF_SITE("for=\"site\" others=\"name\"", "<questions/>"),
                 "r.xml:1:66: error: unknown others 'name'", "did you mean 'named'?");
    struct opened opened = open_recipe(SCORE("<table sites=\"own\"/>"));
    fixture_expect_in(opened.text, "r.xml:4:15: warning: 'sites' chooses rows in a report on one");
    close_recipe(&opened);
    expect_fault(
        OF_SITE("for=\"site\"", "<analysis name=\"score\">\n<table sites=\"mine\"/></analysis>"),
        "r.xml:4:15: error: unknown sites 'mine'", "there are own-and-all, own and all");
    expect_fault(SCORE("<questions/>"),
                 "r.xml:4:1: error: element 'questions' cannot stand in <analysis>",
                 "it stands in <section>");
}

/* An analysis is run once for all sites, and what is not known cannot be filled in. */
static void sites_and_constructs_are_known_where_there_is_one(void **state)
{
    (void)state;
    expect_good(OF_SITE("subtitle=\"{site}\" for=\"site\"", "<text>{site}</text>"));
    expect_good(OF_SITE("for=\"site\" others=\"named\"", "<text>{sites}</text>"));
    expect_good(SECTION("<text>{sites}</text>"));
    expect_fault(SECTION("<text>Of {site}</text>"),
                 "r.xml:3:1: error: {site} is known in a report on one site only",
                 "write <report for=\"site\" ...>, or {sites}");
    expect_fault("<report xmlns=\"urn:nptkit:report:1\" title=\"{site}\">\n<section title=\"S\">"
                 "<text>x</text></section></report>",
                 "r.xml:1:44: error: {site} is known", "or {sites}");
    expect_fault(OF_SITE("for=\"site\"", "<text>{sites}</text>"),
                 "r.xml:3:1: error: {sites} would name the other sites in a report on one",
                 "<report others=\"named\" ...>");
    expect_fault(OF_SITE("for=\"site\"", "<analysis name=\"compare\">\n<option name=\"against\" "
                                         "value=\"{site}\"/>\n<table/></analysis>"),
                 "r.xml:4:31: error: an analysis is run once for all sites",
                 "<table sites=\"own\"/>");
    expect_good(SCORE("<plot kind=\"caterpillar\" construct=\"each\" caption=\"{construct}\"/>"));
    expect_good(
        SCORE("<plot kind=\"caterpillar\" caption=\"{construct}\" construct=\"Coherence\"/>"));
    expect_fault(
        SCORE("<plot kind=\"caterpillar\" caption=\"{construct}\"/>"),
        "r.xml:4:35: error: {construct} is known in the caption of a picture of one construct",
        "construct=\"each\"");
    expect_fault(SCORE("<table caption=\"{construct}\"/>"),
                 "r.xml:4:17: error: {construct} is known", "construct=\"each\"");
    expect_fault(SECTION("<text>{construct}</text>"), "r.xml:3:1: error: {construct} is known",
                 "construct=\"each\"");
    expect_fault(HEAD "<section title=\"{construct}\"><text>x</text></section></report>",
                 "r.xml:2:17: error: {construct} is known", "construct=\"each\"");
    expect_fault(HEAD "<parameter name=\"site\"/><section title=\"S\"><text>x</text></section>"
                      "</report>",
                 "r.xml:2:18: error: 'site' is a value that every recipe has", "another name");
}

static void many_faults_are_told_at_once(void **state)
{
    (void)state;
    struct opened opened = open_recipe(SECTION(
        "<analysis name=\"none\"><option name=\"x\"/><table/></analysis>\n<tex>a</tex>\n<text>{b}</text>"));
    assert_int_equal(npt_diags_count(opened.diags, NPT_ERROR), 3);
    close_recipe(&opened);
}

static void names_of_no_recipe_are_told(void **state)
{
    (void)state;
    npt_recipe *recipe;
    npt_diags *diags = npt_diags_new();
    assert_int_equal(npt_recipe_open(&recipe, "method", diags), NPT_BAD_INPUT);
    fixture_expect_in(npt_diags_text(diags, false), "no recipe is called 'method'");
    fixture_expect_in(npt_diags_text(diags, false), "did you mean 'methods'?");
    fixture_write_text("empty.xml", "");
    assert_int_equal(npt_recipe_open(&recipe, "empty.xml", diags), NPT_BAD_INPUT);
    assert_int_equal(npt_recipe_open(&recipe, "none.xml", diags), NPT_BAD_INPUT);
    npt_diags_free(diags);
}

/* ---- filling --------------------------------------------------------------------------------- */

static const char *value(void *user, const char *name, size_t length)
{
    (void)user;
    return length == 1 && *name == 'a' ? "<A>" : "";
}

static void values_stand_where_braces_stood(void **state)
{
    (void)state;
    static const struct {
        const char *text, *filled;
    } texts[] = {
        {"", ""}, {"x", "x"}, {"{a}", "<A>"}, {"x{a}y{b}z{a}", "x<A>yz<A>"}, {"x{a", "x<A>"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        npt__buffer filled = {0};
        npt__recipe_fill(&filled, texts[i].text, value, NULL);
        assert_string_equal(npt__buffer_string(&filled), texts[i].filled);
        npt__buffer_release(&filled);
    }
}

/* ---- the schema for editors ------------------------------------------------------------------ */

static bool is_valid(xmlDoc *document)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(fixture_beside("reports/recipe.xsd"));
    xmlSchema *schema = xmlSchemaParse(parser);
    assert_non_null(schema);
    xmlSchemaValidCtxt *validation = xmlSchemaNewValidCtxt(schema);
    xmlSchemaSetValidErrors(validation, NULL, NULL, NULL);
    const bool valid = document && xmlSchemaValidateDoc(validation, document) == 0;
    xmlSchemaFreeValidCtxt(validation);
    xmlSchemaFree(schema);
    xmlSchemaFreeParserCtxt(parser);
    xmlFreeDoc(document);
    return valid;
}

static bool is_valid_text(const char *xml)
{
    return is_valid(xmlReadMemory(xml, (int)strlen(xml), "r.xml", NULL,
                                  XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
}

static void quiet(void *user, const char *format, ...)
{
    (void)user, (void)format;
}

static void the_schema_agrees_with_the_reader(void **state)
{
    (void)state;
    xmlSetGenericErrorFunc(NULL, quiet);
    static const char *const good[] = {
        SECTION("<text if=\"both\">x</text>"),
        SCORE("<option name=\"by\" value=\"site\"/><say/><plot kind=\"dots\" caption=\"c\"/>"
              "<table columns=\"n\" across=\"site\" caption=\"c\" table=\"score\"/>"),
        SECTION("<in-short/><quotes if=\"interviews\"/><protection/><methods/>"),
        SECTION("<text if=\"sites\">x</text>"),
        SECTION("<quotes construct=\"Coherence\" max=\"100\"/><quotes max=\"1\"/>"),
        HEAD "<summary>s</summary><parameter name=\"p\" value=\"v\" help=\"h\"/>"
             "<section title=\"S\" if=\"ratings\"><text>x</text></section></report>",
        OF_SITE("for=\"site\" others=\"named\"", "<questions/>"),
        OF_SITE("for=\"site\"", "<analysis name=\"score\"><table sites=\"own\"/></analysis>"),
        OF_SITE("lang=\"pt-BR\"", "<questions/>"),
        SCORE("<plot kind=\"caterpillar\" construct=\"each\"/>")};
    static const char *const bad[] = {SECTION("<tex/>"),
                                      SECTION("<text> </text>"),
                                      SECTION("<text if=\"x\">x</text>"),
                                      SECTION("<analysis/>"),
                                      SCORE("<option/>"),
                                      SCORE("<plot/>"),
                                      SCORE("<table of=\"1\"/>"),
                                      SECTION("<protection if=\"survey\"/>"),
                                      SECTION("<quotes max=\"0\"/>"),
                                      SECTION("<quotes max=\"101\"/>"),
                                      SECTION("<quotes max=\"two\"/>"),
                                      SECTION("<quotes by=\"role\"/>"),
                                      HEAD "<section/></report>",
                                      OF_SITE("for=\"me\"", "<questions/>"),
                                      OF_SITE("others=\"x\"", "<questions/>"),
                                      OF_SITE("lang=\"English\"", "<questions/>"),
                                      OF_SITE("lang=\"e\"", "<questions/>"),
                                      OF_SITE("lang=\"en-\"", "<questions/>"),
                                      OF_SITE("lang=\"en_GB\"", "<questions/>"),
                                      OF_SITE("lang=\"en-waytoolong\"", "<questions/>"),
                                      SCORE("<table sites=\"x\"/>"),
                                      SECTION("<questions if=\"survey\"/>"),
                                      SCORE("<table construct=\"each\"/>"),
                                      HEAD "<parameter/></report>"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(is_valid_text(good[i]));
        expect_good(good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct opened opened = open_recipe(bad[i]);
        assert_false(is_valid_text(bad[i]));
        assert_int_equal(opened.status, NPT_BAD_INPUT);
        close_recipe(&opened);
    }
    assert_true(is_valid(xmlReadFile(fixture_beside("reports/site-comparison.xml"), NULL, 0)));
    assert_true(is_valid(xmlReadFile(fixture_beside("reports/methods.xml"), NULL, 0)));
    assert_true(is_valid(xmlReadFile(fixture_beside("reports/site.xml"), NULL, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_recipe_is_read_as_it_stands),
        cmocka_unit_test(every_shipped_recipe_is_one),
        FIXTURE_TEST(a_file_is_a_recipe_by_its_root),
        cmocka_unit_test(parameters_are_set_by_name),
        FIXTURE_TEST(what_is_spelled_wrongly_is_told_with_what_was_meant),
        FIXTURE_TEST(what_cannot_be_is_refused),
        FIXTURE_TEST(parameters_have_names_of_their_own),
        FIXTURE_TEST(a_recipe_says_for_whom_it_is),
        FIXTURE_TEST(sites_and_constructs_are_known_where_there_is_one),
        FIXTURE_TEST(many_faults_are_told_at_once),
        FIXTURE_TEST(names_of_no_recipe_are_told),
        cmocka_unit_test(values_stand_where_braces_stood),
        FIXTURE_TEST(the_schema_agrees_with_the_reader),
    };
    const int failed = cmocka_run_group_tests_name("recipes", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
