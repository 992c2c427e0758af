/* test_refi_ceilings.c - what grows in an export has a ceiling, far above any real one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

static npt__buffer repeat(const char *format, size_t count)
{
    npt__buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        const char *at = format;
        for (const char *mark; (mark = strchr(at, '#')) != NULL; at = mark + 1) {
            npt__buffer_add(&text, at, (size_t)(mark - at));
            npt__buffer_print(&text, "%zu", i);
        }
        npt__buffer_puts(&text, at);
    }
    return text;
}

static void a_study_has_at_most_a_thousand_attributes(void **state)
{
    (void)state;
    npt__buffer thousand = repeat("<Variable guid=\"v#\" name=\"V#\"/>", 1000);
    fixture_qde("a.qde", &(struct fixture_project){.variables = thousand.bytes});
    struct fixture opened = fixture_open("a.qde");
    assert_int_equal(opened.study->attributes.count, 1000);
    fixture_close(&opened);
    npt__buffer_puts(&thousand, "<Variable guid=\"x\" name=\"X\"/>");
    fixture_qde("a.qde", &(struct fixture_project){.variables = thousand.bytes});
    fixture_expect_fault("a.qde", "a.qde:5: error: the study has more than 1,000 attributes\n");
    npt__buffer_release(&thousand);
}

static void an_export_has_at_most_twenty_thousand_codes(void **state)
{
    (void)state;
    npt__buffer codes = repeat("<Code guid=\"c#\" name=\"C#\"/>", 20001);
    fixture_qde("a.qde", &(struct fixture_project){.codes = codes.bytes});
    fixture_expect_fault("a.qde", "error: holds more than 20,000 codes\n");
    npt__buffer_release(&codes);
}

static void an_export_has_at_most_ten_thousand_users(void **state)
{
    (void)state;
    npt__buffer users = repeat("<User guid=\"u#\" name=\"U#\"/>", 10001);
    fixture_qde("a.qde", &(struct fixture_project){.users = users.bytes});
    fixture_expect_fault("a.qde", "a.qde:3: error: holds more than 10000 users\n");
    npt__buffer_release(&users);
}

static void a_set_of_a_million_characters_is_refused(void **state)
{
    (void)state;
    npt__buffer sets = {0};
    npt__buffer_puts(&sets, "<Sets><Set guid=\"1\" name=\"");
    npt__buffer_fill(&sets, 'x', 1000000);
    npt__buffer_puts(&sets, "\"/></Sets>");
    fixture_qde("a.qde", &(struct fixture_project){.rest = sets.bytes});
    fixture_expect_fault("a.qde",
                         "error: the name of a Set is 1000000 bytes long; the limit is 4096");
    npt__buffer_release(&sets);
}

static void a_long_snippet_is_cut_between_two_characters(void **state)
{
    (void)state; /* 400 bytes are kept; the 400th is within an e with an accent */
    npt__buffer sources = {0};
    npt__buffer_puts(&sources, "<TextSource guid=\"1\" name=\"a\"><PlainTextSelection guid=\"2\" "
                               "startPosition=\"0\" endPosition=\"1\" name=\"");
    npt__buffer_fill(&sources, 'x', 399);
    for (int i = 0; i < 100; i++)
        npt__buffer_puts(&sources, "\xC3\xA9");
    npt__buffer_puts(&sources, "\"><Coding guid=\"3\"><CodeRef targetGUID=\"c\"/></Coding>"
                               "</PlainTextSelection></TextSource>");
    fixture_qde("a.qde", &(struct fixture_project){.codes = "<Code guid=\"c\" name=\"C\"/>",
                                                   .sources = sources.bytes});
    struct fixture opened = fixture_open("a.qde");
    assert_int_equal(opened.status, NPT_OK);
    const char *name = opened.study->segments.items[0].name;
    assert_int_equal(strlen(name), 399);
    assert_int_equal(name[398], 'x');
    fixture_close(&opened);
    npt__buffer_release(&sources);
}

static void many_segments_are_read_one_by_one(void **state)
{
    (void)state;
    npt__buffer sources = {0};
    npt__buffer many =
        repeat("<PlainTextSelection guid=\"s#\" startPosition=\"#\" endPosition=\"#\"><Coding "
               "guid=\"g#\"><CodeRef targetGUID=\"c\"/></Coding></PlainTextSelection>\n",
               20000);
    npt__buffer_print(&sources, "<TextSource guid=\"1\" name=\"a\">\n%s</TextSource>", many.bytes);
    fixture_qde("a.qde", &(struct fixture_project){.codes = "<Code guid=\"c\" name=\"C\"/>",
                                                   .sources = sources.bytes});
    struct fixture opened = fixture_open("a.qde");
    assert_int_equal(opened.status, NPT_OK);
    assert_int_equal(opened.study->segments.count, 20000);
    assert_int_equal(opened.study->segments.items[19999].start, 19999);
    assert_int_equal(opened.study->segments.items[19999].line, 8 + 19999);
    fixture_close(&opened);
    npt__buffer_release(&sources);
    npt__buffer_release(&many);
}

/* NVivo for Mac writes its XML as one line. */
static void a_place_far_into_one_line_has_no_column_rather_than_a_wrong_one(void **state)
{
    (void)state;
    npt__buffer xml = {0};
    npt__buffer users =
        repeat("<User guid=\"u#\" name=\"somebody whose name is as long as any\"/>", 10000);
    npt__buffer_print(&xml,
                      "<Project xmlns=\"urn:QDA-XML:project:1.0\"><Users>%s</Users>"
                      "<CodeBook><Codes><Code name=\"a\"/></Codes></CodeBook></Project>",
                      users.bytes);
    fixture_write("a.qde", xml.bytes, xml.length);
    fixture_expect_fault("a.qde", "a.qde:1: error: a code has no guid\n");
    npt__buffer_release(&users);
    npt__buffer_release(&xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_study_has_at_most_a_thousand_attributes),
        FIXTURE_TEST(an_export_has_at_most_twenty_thousand_codes),
        FIXTURE_TEST(an_export_has_at_most_ten_thousand_users),
        FIXTURE_TEST(a_set_of_a_million_characters_is_refused),
        FIXTURE_TEST(a_long_snippet_is_cut_between_two_characters),
        FIXTURE_TEST(a_place_far_into_one_line_has_no_column_rather_than_a_wrong_one),
        FIXTURE_TEST(many_segments_are_read_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
