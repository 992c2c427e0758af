/* test_instrument_form.c - what may stand in an instrument's XML, and how each fault is told.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "instrument_file.h"

#include <libxml/xmlschemas.h>

#define HOLDS \
    "<instrument> holds <summary>, <source>, <terms>, <scale>, <not-relevant>, <general>, " \
    "<construct> and <scoring>"

/* ---- what is read ---------------------------------------------------------------------------- */

static void every_part_is_read(void **state)
{
    (void)state;
    npt_instrument *instrument = open_good(
        HEAD
        "<summary> one\n line </summary><source>S</source><terms>T</terms>\n"
        "<construct id=\"c\" name=\"Sense &amp; more\"><item id=\"a.1\" scale=\"S2\"\n"
        " number=\"7b\" code=\"C1\" component=\"Part\" reversed=\"yes\">Is\n   {intervention} "
        "it?</item>\n<item id=\"a.2\" scale=\"s1\" reversed=\"no\">Two</item></construct>\n"
        "<general><item id=\"g\" scale=\"s1\">Three</item></general>\n"
        "<scale id=\"s1\" least=\"0\" most=\"100\"/>\n"
        "<scale id=\"s2\" least=\"1\" most=\"3\" direction=\"declared\">\n"
        "<point value=\"3\" also=\" Yes! ; ;yes !;YES!\">Yes</point><point value=\"1\">No</point>"
        "</scale>\n<not-relevant id=\"n\" also=\"None\">Not {intervention}</not-relevant>\n"
        "<scoring min-answered=\"0.75\" total=\"All\">We chose.</scoring></instrument>\n");
    assert_string_equal(instrument->id, "x");
    assert_string_equal(instrument->title, "X");
    assert_string_equal(instrument->summary, "one line");
    assert_string_equal(instrument->source, "S");
    assert_string_equal(instrument->terms, "T");
    assert_string_equal(instrument->scoring, "We chose.");
    assert_string_equal(instrument->total, "All");
    assert_string_equal(instrument->path, "a.xml");
    assert_true(instrument->min_answered == 0.75);
    assert_int_equal(instrument->construct_count, 1);
    assert_string_equal(instrument->constructs[0].id, "c");
    assert_string_equal(instrument->constructs[0].name, "Sense & more");
    assert_int_equal(instrument->item_count, 3);
    const struct npt__item *item = &instrument->items[0];
    assert_string_equal(item->id, "a.1");
    assert_string_equal(item->number, "7b");
    assert_string_equal(item->code, "C1");
    assert_string_equal(item->component, "Part");
    assert_string_equal(item->wording, "Is {intervention} it?");
    assert_int_equal(item->construct, 0);
    assert_int_equal(item->scale, 1);
    assert_true(item->reversed);
    assert_string_equal(item[1].number, "2");
    assert_string_equal(item[1].code, "");
    assert_string_equal(item[1].component, "");
    assert_false(item[1].reversed);
    assert_int_equal(item[1].scale, 0);
    assert_int_equal(item[2].construct, NPT__NONE);
    assert_string_equal(item[2].number, "3");
    npt_instrument_free(instrument);
}

/* Points come in the order of their values, whatever the file's; a name that is given twice once. */
static void the_names_of_answers_are_gathered_in_order(void **state)
{
    (void)state;
    npt_instrument *instrument = open_good(
        HEAD "<scale id=\"a\" least=\"1\" most=\"3\" direction=\"declared\">"
             "<point value=\"3\" also=\" Aye ; ;aye;Of  course\">Yes</point>"
             "<point value=\"1\">No</point></scale><scale id=\"b\" least=\"0\" most=\"100\"/>"
             "<not-relevant id=\"n\" also=\"None\">Not {intervention}</not-relevant>"
             "<not-relevant id=\"m\">Nothing</not-relevant>" REST);
    const struct npt__scale *scale = &instrument->scales[0];
    assert_int_equal(scale->least, 1);
    assert_int_equal(scale->most, 3);
    assert_true(scale->declared);
    assert_string_equal(scale->points[0], "No");
    assert_null(scale->points[1]);
    assert_string_equal(scale->points[2], "Yes");
    assert_int_equal(scale->label_count, 4);
    static const struct npt__answer_label labels[] = {
        {"No", "no", 1}, {"Yes", "yes", 3}, {"Aye", "aye", 3}, {"Of  course", "of course", 3}};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(scale->labels[i].label, labels[i].label);
        assert_string_equal(scale->labels[i].folded, labels[i].folded);
        assert_int_equal(scale->labels[i].value, labels[i].value);
    }
    assert_false(instrument->scales[1].declared);
    assert_int_equal(instrument->scales[1].label_count, 0);
    assert_int_equal(instrument->scales[1].most, 100);
    assert_int_equal(instrument->not_relevant_count, 2);
    assert_string_equal(instrument->not_relevant[1].id, "m");
    assert_string_equal(instrument->not_relevant[1].label, "Nothing");
    assert_int_equal(instrument->not_relevant_label_count, 3);
    assert_string_equal(instrument->not_relevant_labels[0].folded, "not {intervention}");
    assert_string_equal(instrument->not_relevant_labels[1].folded, "none");
    assert_int_equal(instrument->not_relevant_labels[2].value, 1);
    npt_instrument_free(instrument);
}

static void what_is_left_out_has_a_meaning(void **state)
{
    (void)state;
    npt_instrument *instrument = open_good(HEAD REST);
    assert_string_equal(instrument->summary, "");
    assert_string_equal(instrument->source, "");
    assert_string_equal(instrument->terms, "");
    assert_string_equal(instrument->scoring, "");
    assert_null(instrument->total);
    assert_true(instrument->min_answered == 0.5);
    assert_int_equal(instrument->not_relevant_label_count, 0);
    npt_instrument_free(instrument);
}

/* ---- elements and attributes ----------------------------------------------------------------- */

static void elements_and_attributes_are_checked(void **state)
{
    (void)state;
    expect_one("  <scal id=\"a\"/>", 3, "unknown element 'scal'", "did you mean 'scale'? " HOLDS);
    expect_one("<item id=\"a\" scale=\"s\">Who?</item>", 1,
               "element 'item' cannot stand in <instrument>", "it stands in <construct>; " HOLDS);
    expect_one("<general><point value=\"1\">x</point></general>", 10,
               "element 'point' cannot stand in <general>",
               "it stands in <scale>; <general> holds <item>");
    expect_one("<scale id=\"a\" least=\"1\" most=\"5\" step=\"1\"/>", 40,
               "unknown attribute 'step'", "<scale> takes id, least, most and direction");
    expect_one("<scale id=\"a\" least=\"1\"/>", 1, "<scale> has no attribute 'most'",
               "<scale> needs id, least and most");
    expect_one("<general>who?<item id=\"a\" scale=\"s\">a</item></general>", 10,
               "text where none belongs: 'who?'",
               "<general> holds no text; write remarks as <!-- ... -->");
    expect_among("<study xmlns=\"urn:nptkit:study:1\"/>", 1,
                 "a.xml:1:1: error: the root element is 'study', not 'instrument'\n");
}

static void an_element_that_stands_once_is_not_given_twice(void **state)
{
    (void)state;
    expect_one("<source>a</source><source>b</source>", 19,
               "a second <source>; the first is on line 2", "write one <source> that says it all");
    expect_one("<summary>a</summary><summary>b</summary>", 21,
               "a second <summary>; the first is on line 2",
               "write one <summary> that says it all");
    expect_one("<scoring/><scoring/>", 11, "a second <scoring>; the first is on line 2",
               "write one <scoring> that says it all");
}

static void what_must_have_a_text_has_one(void **state)
{
    (void)state;
    expect_one("<general><item id=\"a\" scale=\"s\"> </item></general>", 10, "<item> has no text",
               "write its wording between its tags");
    expect_one("<scale id=\"a\" least=\"1\" most=\"5\"><point value=\"1\"/></scale>", 34,
               "<point> has no text", "write what it is called between its tags");
    expect_one("<not-relevant id=\"a\"></not-relevant>", 1, "<not-relevant> has no text",
               "write what it is called between its tags");
    expect_one("<terms/>", 1, "<terms> has no text", "write it, or leave the element out");
}

static void an_instrument_holds_items(void **state)
{
    (void)state;
    expect_at(HEAD "</instrument>", 1, 1, "the instrument holds no item",
              "<instrument xmlns=\"urn:nptkit:instrument:1\" id=\"x\" title=\"X\">",
              "items stand in <construct>, or in <general> where they measure none");
    static const char hint[] =
        "write its items in it: <item id=\"...\" scale=\"...\">the wording</item>";
    expect_one("<general/>", 1, "<general> holds no item", hint);
    expect_one("<construct id=\"a\" name=\"A\"></construct>", 1, "<construct> holds no item", hint);
}

/* ---- ids ------------------------------------------------------------------------------------- */

static void ids_are_plain_words(void **state)
{
    (void)state;
    static const char *const bad[] = {"4", "=cmd", "a b", "-a", "a,b", "\xC3\xA9t\xC3\xA9", "a;"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[100], what[100];
        snprintf(line, sizeof line, "<not-relevant id=\"%s\">n</not-relevant>", bad[i]);
        snprintf(what, sizeof what, "'id' is '%s', which is not an id", bad[i]);
        expect_one(
            line, 19, what,
            "an id begins with a letter or '_' and has letters a-z, digits, '.', '-' and '_' "
            "only: nomad.4");
    }
    expect_one("<general><item id=\"Role\" scale=\"s\">Who?</item></general>", 20,
               "an item cannot have the id 'role'",
               "a sheet for answers has that column besides its items");
}

#define ONE_CONSTRUCT \
    "<construct id=\"c\" name=\"C c\"><item id=\"a\" scale=\"s\">a</item></construct>"
#define ITEM_B "<item id=\"b\" scale=\"s\">b</item>"

static void ids_differ_within_their_kind(void **state)
{
    (void)state;
    expect_one("<scale id=\"A\" least=\"1\" most=\"2\"/><scale id=\"a\" least=\"1\" most=\"2\"/>",
               46, "two <scale> have the id 'a'; the first is on line 2",
               "give each <scale> an id of its own (case makes no difference)");
    expect_one("<not-relevant id=\"a\">b</not-relevant><not-relevant id=\"a\">c</not-relevant>", 56,
               "two <not-relevant> have the id 'a'; the first is on line 2",
               "give each <not-relevant> an id of its own (case makes no difference)");
    expect_at(HEAD "<general><item id=\"Q\" scale=\"s\">Who?</item></general>" REST, 3, 54,
              "two <item> have the id 'q'; the first is on line 2", LAST,
              "give each <item> an id of its own (case makes no difference)");
    expect_at(HEAD ONE_CONSTRUCT "\n<construct id=\"C\" name=\"D\">" ITEM_B "</construct>" REST, 3,
              16, "two <construct> have the id 'C'; the first is on line 2",
              "<construct id=\"C\" name=\"D\">" ITEM_B "</construct>",
              "give each <construct> an id of its own (case makes no difference)");
    expect_at(HEAD ONE_CONSTRUCT "\n<construct id=\"d\" name=\"c  C\">" ITEM_B "</construct>" REST,
              3, 25, "two <construct> have the name 'c  C'; the first is on line 2",
              "<construct id=\"d\" name=\"c  C\">" ITEM_B "</construct>",
              "give each <construct> a name of its own (case makes no difference)");
    npt_instrument_free(open_good(HEAD "<not-relevant id=\"q\">n</not-relevant>" REST));
}

static void an_item_names_a_scale_that_there_is(void **state)
{
    (void)state;
    expect_one("<general><item id=\"a\" scale=\"t\">Who?</item></general>", 30,
               "no scale has the id 't'", "did you mean 's'? the scales are 's'");
    expect_at(HEAD "<general><item id=\"a\" scale=\"t\">Who?</item></general></instrument>", 2, 30,
              "no scale has the id 't'",
              "<general><item id=\"a\" scale=\"t\">Who?</item></general></instrument>",
              "declare it: <scale id='t' least=\"1\" most=\"5\"/>");
    /* Where the scale is what was spelled wrongly, that is the one fault. */
    expect_among(HEAD "<scal id=\"t\" least=\"1\" most=\"2\"/>"
                      "<general><item id=\"a\" scale=\"t\">Who?</item></general></instrument>",
                 1, "unknown element 'scal'");
}

/* ---- numbers and words ----------------------------------------------------------------------- */

static void scales_run_upwards_within_0_and_100(void **state)
{
    (void)state;
    static const char *const bad[] = {"101", "-1", "1.5", "five", "99999999999999999999",
                                      "+1",  "1e2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[100], what[100];
        snprintf(line, sizeof line, "<scale id=\"a\" least=\"0\" most=\"%s\"/>", bad[i]);
        snprintf(what, sizeof what, "'most' is '%s', which is not a whole number from 0 to 100",
                 bad[i]);
        expect_one(line, 31, what, "write digits only");
    }
    static const char hint[] =
        "'most' is the strongest agreement; direction=\"declared\" says that "
        "the numbers of a study may run the other way";
    expect_one("<scale id=\"a\" least=\"5\" most=\"1\"/>", 31,
               "the scale runs from 5 to 1, which is not upwards", hint);
    expect_one("<scale id=\"a\" least=\"5\" most=\"5\"/>", 31,
               "the scale runs from 5 to 5, which is not upwards", hint);
    npt_instrument_free(open_good(HEAD "<scale id=\"a\" least=\"00\" most=\"0100\"/>" REST));
}

static void points_lie_on_their_scale_each_at_its_own_place(void **state)
{
    (void)state;
    static const char hint[] = "correct the value, or 'least' and 'most' of the scale on line 2";
    expect_one("<scale id=\"a\" least=\"1\" most=\"5\"><point value=\"6\">Much</point></scale>", 48,
               "the point 6 is not on the scale, which runs from 1 to 5", hint);
    expect_one("<scale id=\"a\" least=\"1\" most=\"5\"><point value=\"0\">Less</point></scale>", 48,
               "the point 0 is not on the scale, which runs from 1 to 5", hint);
    expect_one("<scale id=\"a\" least=\"1\" most=\"5\"><point value=\"x\">Much</point></scale>", 48,
               "'value' is 'x', which is not a whole number from 0 to 100", "write digits only");
    expect_one("<scale id=\"a\" least=\"1\" most=\"5\"><point value=\"2\">A</point>"
               "<point value=\"02\">B</point></scale>",
               74, "two points have the value 2; the first is on line 2",
               "other names of a point stand in also=\"...; ...\"");
}

static void words_to_choose_from_are_told(void **state)
{
    (void)state;
    expect_one("<scale id=\"a\" least=\"1\" most=\"5\" direction=\"declard\"/>", 45,
               "'direction' is 'declard', neither 'fixed' nor 'declared'",
               "did you mean 'declared'? without the attribute it is 'fixed'");
    expect_one("<general><item id=\"a\" scale=\"s\" reversed=\"true\">Who?</item></general>", 43,
               "'reversed' is 'true', neither 'no' nor 'yes'", "without the attribute it is 'no'");
}

static void the_share_of_answers_is_a_share(void **state)
{
    (void)state;
    static const char *const bad[] = {"0",  "0.0",  "1.01", "half", "0,5",          ".",
                                      "1.", "-0.5", "0..5", "50%",  "0.12345678901"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[100], what[100];
        snprintf(line, sizeof line, "<scoring min-answered=\"%s\"/>", bad[i]);
        snprintf(what, sizeof what,
                 "'min-answered' is '%s', which is not a share above 0 and at most 1", bad[i]);
        expect_one(line, 24, what, "a half is 0.5, with a point; all is 1");
    }
    static const struct {
        const char *text;
        double share;
    } good[] = {{"1", 1}, {".5", 0.5}, {"1.000", 1}, {"0.000001", 1e-6}, {"0.7", 0.7}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char xml[300];
        snprintf(xml, sizeof xml, HEAD "<scoring min-answered=\"%s\"/>" REST, good[i].text);
        npt_instrument *instrument = open_good(xml);
        assert_true(instrument->min_answered == good[i].share);
        npt_instrument_free(instrument);
    }
}

/* ---- the names of answers -------------------------------------------------------------------- */

#define SCALE_A "<scale id=\"a\" least=\"1\" most=\"5\">"
#define ONE_ANSWER "a name must tell one answer (case makes no difference)"

static void a_name_tells_one_answer(void **state)
{
    (void)state;
    expect_one(SCALE_A "<point value=\"1\">No</point><point value=\"2\">no </point></scale>", 75,
               "'no' is a name of two points, 1 and 2", ONE_ANSWER);
    expect_one(SCALE_A "<point value=\"1\">No</point><point value=\"2\" also=\"n; NO\">Yes</point>"
                       "</scale>",
               84, "'NO' is a name of two points, 1 and 2", ONE_ANSWER);
    expect_one("<not-relevant id=\"a\">No</not-relevant><not-relevant id=\"b\" also=\"no\">N"
               "</not-relevant>",
               66, "'no' is a name of two answers that are not relevant, 'a' and 'b'", ONE_ANSWER);
    expect_one(SCALE_A "<point value=\"3\">Neither</point></scale>"
                       "<not-relevant id=\"b\">neither</not-relevant>",
               92, "'neither' is a name of the point 3 and of the answer 'b' that is not relevant",
               ONE_ANSWER);
    npt_instrument_free(open_good(HEAD SCALE_A
                                  "<point value=\"1\">No</point></scale><scale id=\"b\" "
                                  "least=\"1\" most=\"2\"><point value=\"2\">No</point></scale>"
                                  "<not-relevant id=\"b\" also=\"b; B\">b</not-relevant>" REST));
}

static void names_are_words(void **state)
{
    (void)state;
    expect_one(SCALE_A "<point value=\"1\" also=\"2\">No</point></scale>", 57,
               "the point 1 is called '2'",
               "name it in words: a number is read as the value itself");
    expect_one("<not-relevant id=\"a\" also=\"n; 6\">None</not-relevant>", 28,
               "an answer that is not relevant is called '6'",
               "name it in words; which number stands for it, a study says");
    npt_instrument_free(open_good(HEAD SCALE_A "<point value=\"1\">1</point></scale>" REST));
}

static void braces_hold_the_intervention_only(void **state)
{
    (void)state;
    static const char hint[] =
        "the name of what is implemented is written {intervention}; braces have no other use";
    expect_one("<general><item id=\"a\" scale=\"s\">Is {Intervention} it?</item></general>", 10,
               "'{Intervention}' stands for nothing", hint);
    expect_one("<general><item id=\"a\" scale=\"s\">{intervention} or {</item></general>", 10,
               "'{' stands for nothing", hint);
    expect_one("<general><item id=\"a\" scale=\"s\">{{intervention}}</item></general>", 10,
               "'{' stands for nothing", hint);
    expect_one("<not-relevant id=\"a\" also=\"b; {it}\">c</not-relevant>", 28,
               "'{it}' stands for nothing", hint);
}

/* ---- the schema for editors ------------------------------------------------------------------ */

static bool is_valid(xmlDoc *document)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(fixture_beside("surveys/instrument.xsd"));
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

static void quiet(void *user, const char *format, ...)
{
    (void)user, (void)format;
}

static void the_schema_agrees_with_the_reader(void **state)
{
    (void)state;
    static const char *const good[] = {
        "",
        "<scoring/>",
        "<scoring min-answered=\"1\">why<!-- x --></scoring>",
        "<scale id=\"a\" least=\"0\" most=\"100\"><point value=\"7\" also=\"b; c\">a</point></scale>",
        "<not-relevant id=\"s\">a</not-relevant><summary>a</summary>",
        "<construct id=\"s\" name=\"S\"><item id=\"a\" scale=\" s \">w</item></construct>",
        "<general><item id=\"a\" scale=\"s\" number=\"1\" code=\"C1\">w</item></general>",
        "<general><item id=\"a\" scale=\"s\" component=\"c\" reversed=\"yes\">w</item></general>"};
    static const char *const bad[] = {
        "<scal/>",
        "text",
        "<general/>",
        "<item id=\"a\" scale=\"s\">w</item>",
        "<general><item id=\"a\" scale=\"t\">w</item></general>",
        "<general><item id=\"q\" scale=\"s\">w</item></general>",
        "<general><item id=\"a\" scale=\"s\"> </item></general>",
        "<general><item id=\"1\" scale=\"s\">w</item></general>",
        "<general><item id=\"a\" scale=\"s\" reversed=\"true\">w</item></general>",
        "<construct id=\"a\"><item id=\"a\" scale=\"s\">w</item></construct>",
        "<scale id=\"s\" least=\"1\" most=\"2\"/>",
        "<scale id=\"a\" least=\"1\" most=\"101\"/>",
        "<scale id=\"a\" least=\"-1\" most=\"2\"/>",
        "<scale id=\"a\" most=\"2\"/>",
        "<scale id=\"a\" least=\"1\" most=\"2\" direction=\"up\"/>",
        SCALE_A "<point value=\"1\">a</point><point value=\"01\">b</point></scale>",
        "<scale id=\"a\" least=\"1\" most=\"2\"><point>a</point></scale>",
        "<not-relevant id=\"a\">a</not-relevant><not-relevant id=\"a\">b</not-relevant>",
        "<not-relevant id=\"a\" also=\"\">a</not-relevant>",
        "<terms/>",
        "<scoring min-answered=\"0\"/>",
        "<scoring min-answered=\"0,5\"/>",
        "<scoring min-answered=\"1.5\"/>",
        "<scoring least=\"1\"/>"};
    xmlSetGenericErrorFunc(NULL, quiet);
    const size_t goods = sizeof good / sizeof *good, bads = sizeof bad / sizeof *bad;
    for (size_t i = 0; i < goods + bads; i++) {
        const bool expected = i < goods;
        npt__buffer xml = {0};
        npt__buffer_print(&xml, HEAD "%s" REST, expected ? good[i] : bad[i - goods]);
        fixture_write_text("a.xml", xml.bytes);
        npt_diags *diags = npt_diags_new();
        npt_instrument *instrument = NULL;
        bool read = npt_instrument_open(&instrument, "a.xml", diags) == NPT_OK;
        bool valid =
            is_valid(xmlReadMemory(xml.bytes, (int)xml.length, "a.xml", NULL, XML_PARSE_NONET));
        if (read != expected || valid != expected)
            fail_msg("reader %d, schema %d: %s", read, valid, xml.bytes);
        npt_instrument_free(instrument);
        npt_diags_free(diags);
        npt__buffer_release(&xml);
    }
    xmlSetGenericErrorFunc(NULL, NULL);
}

static void shipped_instruments_are_valid(void **state)
{
    (void)state;
    for (size_t i = 0; npt_instrument_shipped(i); i++) {
        char path[100];
        snprintf(path, sizeof path, "surveys/%s.xml", npt_instrument_shipped(i));
        assert_true(is_valid(xmlReadFile(fixture_beside(path), NULL, XML_PARSE_NONET)));
    }
}

/* ---- the list -------------------------------------------------------------------------------- */

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_part_is_read),
        FIXTURE_TEST(the_names_of_answers_are_gathered_in_order),
        FIXTURE_TEST(what_is_left_out_has_a_meaning),
        FIXTURE_TEST(elements_and_attributes_are_checked),
        FIXTURE_TEST(an_element_that_stands_once_is_not_given_twice),
        FIXTURE_TEST(what_must_have_a_text_has_one),
        FIXTURE_TEST(an_instrument_holds_items),
        FIXTURE_TEST(ids_are_plain_words),
        FIXTURE_TEST(ids_differ_within_their_kind),
        FIXTURE_TEST(an_item_names_a_scale_that_there_is),
        FIXTURE_TEST(scales_run_upwards_within_0_and_100),
        FIXTURE_TEST(points_lie_on_their_scale_each_at_its_own_place),
        FIXTURE_TEST(words_to_choose_from_are_told),
        FIXTURE_TEST(the_share_of_answers_is_a_share),
        FIXTURE_TEST(a_name_tells_one_answer),
        FIXTURE_TEST(names_are_words),
        FIXTURE_TEST(braces_hold_the_intervention_only),
        FIXTURE_TEST(the_schema_agrees_with_the_reader),
        FIXTURE_TEST(shipped_instruments_are_valid),
    };
    return cmocka_run_group_tests_name("instrument form", tests, NULL, NULL);
}
