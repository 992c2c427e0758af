/* test_form.c - what may stand where in a hand-written file, through study.xml, which is one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "study_file.h"

/* ---- the root -------------------------------------------------------------------------------- */

static void a_root_without_namespace_is_read_with_a_warning(void **state)
{
    (void)state;
    struct npt__manifest study = read_study(
        "<study>\n<coding file=\"a\"/></study>", NPT_OK,
        "study.xml:1:1: warning: <study> names no namespace\n"
        "     1 | <study>\n"
        "       | ^\n"
        "  hint: write <study xmlns=\"urn:nptkit:study:1\">: editors and later versions need it\n");
    assert_int_equal(study.codings.count, 1);
    npt__manifest_release(&study);
}

static void another_namespace_is_a_fault(void **state)
{
    (void)state;
    expect_one("<study xmlns=\"urn:nptkit:study:2\"><site/></study>", 1, 1,
               "the namespace of <study> is 'urn:nptkit:study:2', not 'urn:nptkit:study:1'",
               "<study xmlns=\"urn:nptkit:study:2\"><site/></study>",
               "write <study xmlns=\"urn:nptkit:study:1\">, unless a later nptkit wrote this file");
}

static void another_root_is_a_fault(void **state)
{
    (void)state;
    expect_one("<!-- x -->\n  <stdy " NAMESPACE "><site/></stdy>", 2, 3,
               "the root element is 'stdy', not 'study'",
               "  <stdy xmlns=\"urn:nptkit:study:1\"><site/></stdy>",
               "did you mean 'study'? a study begins <study xmlns=\"urn:nptkit:study:1\">");
    expect_one("<coding " NAMESPACE " file=\"a\"/>", 1, 1,
               "the root element is 'coding', not 'study'",
               "<coding xmlns=\"urn:nptkit:study:1\" file=\"a\"/>",
               "a study begins <study xmlns=\"urn:nptkit:study:1\">");
}

/* ---- elements and attributes ----------------------------------------------------------------- */

static void an_unknown_element_is_one_fault_with_what_was_meant(void **state)
{
    (void)state;
    expect_fault(
        HEAD "  <sit id=\"x\"><foo/>text</sit>" TAIL,
        "study.xml:2:3: error: unknown element 'sit'\n"
        "     2 |   <sit id=\"x\"><foo/>text</sit>\n"
        "       |   ^\n"
        "  hint: did you mean 'site'? <study> holds <site>, <coding>, <survey>, <invited>, <ratings>, <ranking>, <disclosure> and <quotes>\n");
    expect_fault(
        HEAD "<plot file=\"a.svg\"/>" TAIL,
        "study.xml:2:1: error: unknown element 'plot'\n"
        "     2 | <plot file=\"a.svg\"/>\n"
        "       | ^\n"
        "  hint: <study> holds <site>, <coding>, <survey>, <invited>, <ratings>, <ranking>, <disclosure> and <quotes>\n");
}

static void an_element_at_the_wrong_place_says_where_it_stands(void **state)
{
    (void)state;
    expect_one(
        HEAD "<map code=\"a\" to=\"b\"/>" TAIL, 2, 1, "element 'map' cannot stand in <study>",
        "<map code=\"a\" to=\"b\"/>",
        "it stands in <coding>; <study> holds <site>, <coding>, <survey>, <invited>, <ratings>, <ranking>, <disclosure> and <quotes>");
    expect_one(HEAD "<coding file=\"a\"><map code=\"a\" to=\"b\">\n<map/></map></coding></study>",
               3, 1, "element 'map' cannot stand in <map>", "<map/></map></coding></study>",
               "it stands in <coding>; <map> holds no elements");
    expect_one(
        HEAD "<study/>" TAIL, 2, 1, "element 'study' cannot stand in <study>", "<study/>",
        "one file describes one study; <study> holds <site>, <coding>, <survey>, <invited>, <ratings>, <ranking>, <disclosure> and <quotes>");
}

static void an_element_of_another_namespace_is_a_fault(void **state)
{
    (void)state;
    expect_one(HEAD "<site xmlns=\"urn:x\" id=\"a\"/>" TAIL, 2, 1,
               "element 'site' is in another namespace than <study>",
               "<site xmlns=\"urn:x\" id=\"a\"/>", "write it without a prefix and without xmlns");
}

static void an_unknown_attribute_is_shown_at_its_value(void **state)
{
    (void)state;
    expect_one(HEAD "<coding file=\"a\" ofsets=\"utf16\"/></study>", 2, 26,
               "unknown attribute 'ofsets'", "<coding file=\"a\" ofsets=\"utf16\"/></study>",
               "did you mean 'offsets'? <coding> takes file, codebook, site and offsets");
    expect_one(HEAD "<site id=\"a\" colour=\"red\"/>" TAIL, 2, 22, "unknown attribute 'colour'",
               "<site id=\"a\" colour=\"red\"/>", "<site> takes id, name and match");
}

static void an_editor_may_name_its_schema_on_the_root(void **state)
{
    (void)state;
    struct npt__manifest study = read_study(
        "<study " NAMESPACE " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"urn:nptkit:study:1 study.xsd\"><coding file=\"a\"/></study>",
        NPT_OK, "");
    npt__manifest_release(&study);
}

static void a_missing_attribute_is_named_with_all_that_are_needed(void **state)
{
    (void)state;
    expect_one(HEAD "<site name=\"a\"/>" TAIL, 2, 1, "<site> has no attribute 'id'",
               "<site name=\"a\"/>", "<site> needs id");
    expect_one(HEAD "<coding/>\n</study>", 2, 1, "<coding> has no attribute 'file'", "<coding/>",
               "<coding> needs file");
    expect_among(HEAD "<coding file=\"a\"><attribute name=\"x\"/></coding></study>", 1,
                 "study.xml:2:18: error: <attribute> has no attribute 'as'\n");
    expect_among(HEAD "<coding file=\"a\"><attribute as=\"x\"/></coding></study>", 1,
                 "study.xml:2:18: error: <attribute> has no attribute 'name'\n");
    expect_among(HEAD "<coding file=\"a\"><map to=\"x\"/></coding></study>", 1,
                 "error: <map> has no attribute 'code'\n");
    expect_among(HEAD "<coding file=\"a\"><map code=\"x\"/></coding></study>", 1,
                 "error: <map> has no attribute 'to'\n");
    expect_among(HEAD "<coding file=\"a\"><cases key=\"x\"/></coding></study>", 1,
                 "error: <cases> has no attribute 'file'\n");
}

static void a_value_of_blanks_is_empty(void **state)
{
    (void)state;
    expect_one(HEAD "<coding file=\"a\" codebook=\" \t \"/></study>", 2, 28,
               "the value of 'codebook' is empty", "<coding file=\"a\" codebook=\"   \"/></study>",
               "write a value, or leave the attribute out");
    expect_among(HEAD "<site id=\"\"/>" TAIL, 1,
                 "study.xml:2:11: error: the value of 'id' is empty\n");
}

static void text_where_none_belongs_is_shown_once_for_each_element(void **state)
{
    (void)state;
    expect_one(HEAD "  größe &amp; more <!-- fine -->\n again" TAIL, 2, 3,
               "text where none belongs: 'größe'", "  größe &amp; more <!-- fine -->",
               "<study> holds no text; write remarks as <!-- ... -->");
    expect_one(HEAD "<coding file=\"a\">\n\n<map code=\"oh\" to=\"b\"/> oh\n\n</coding></study>", 4,
               25, "text where none belongs: 'oh'", "<map code=\"oh\" to=\"b\"/> oh",
               "<coding> holds no text; write remarks as <!-- ... -->");
}

/* ---- many faults ----------------------------------------------------------------------------- */

static void faults_are_all_reported_in_one_pass(void **state)
{
    (void)state;
    expect_among("<study titel=\"x\">\n<site/>\n<sit/>\noh\n<coding><valence/></coding></study>", 6,
                 "study.xml:5:9: error: <valence> has no attribute\n");
}

static void a_file_full_of_faults_is_left_after_a_thousand(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    npt__buffer_puts(&xml, HEAD);
    for (size_t i = 0; i < 5000; i++)
        npt__buffer_puts(&xml, "<x/>");
    npt__buffer_puts(&xml, "</study>");
    expect_among(xml.bytes, 1001, "study.xml: and 981 more errors\n");
    npt__buffer_release(&xml);
}

static void a_long_value_is_cut_in_messages(void **state)
{
    (void)state;
    char xml[512];
    snprintf(xml, sizeof xml, HEAD "<coding file=\"a\" site=\"%0100d\"/></study>", 0);
    expect_among(xml, 1, "00000...'\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_root_without_namespace_is_read_with_a_warning),
        cmocka_unit_test(another_namespace_is_a_fault),
        cmocka_unit_test(another_root_is_a_fault),
        cmocka_unit_test(an_unknown_element_is_one_fault_with_what_was_meant),
        cmocka_unit_test(an_element_at_the_wrong_place_says_where_it_stands),
        cmocka_unit_test(an_element_of_another_namespace_is_a_fault),
        cmocka_unit_test(an_unknown_attribute_is_shown_at_its_value),
        cmocka_unit_test(an_editor_may_name_its_schema_on_the_root),
        cmocka_unit_test(a_missing_attribute_is_named_with_all_that_are_needed),
        cmocka_unit_test(a_value_of_blanks_is_empty),
        cmocka_unit_test(text_where_none_belongs_is_shown_once_for_each_element),
        cmocka_unit_test(faults_are_all_reported_in_one_pass),
        cmocka_unit_test(a_file_full_of_faults_is_left_after_a_thousand),
        cmocka_unit_test(a_long_value_is_cut_in_messages),
    };
    return cmocka_run_group_tests_name("form", tests, enter_folder, leave_folder);
}
