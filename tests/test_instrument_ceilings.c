/* test_instrument_ceilings.c - instruments that are too large, cut short, or made to do harm.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "instrument_file.h"

#include <stdlib.h>

/* HEAD, `before`, `count` times `piece` with @ as the number, `after`. */
static char *repeat(const char *before, const char *piece, size_t count, const char *after)
{
    npt__buffer xml = {0};
    npt__buffer_puts(&xml, HEAD);
    npt__buffer_puts(&xml, before);
    for (size_t i = 0; i < count; i++) {
        for (const char *at = piece; *at; at++) {
            if (*at == '@')
                npt__buffer_print(&xml, "%zu", i);
            else
                npt__buffer_putc(&xml, *at);
        }
    }
    npt__buffer_puts(&xml, after);
    return xml.bytes;
}

static void everything_that_grows_has_a_ceiling(void **state)
{
    (void)state;
    static const struct {
        const char *before, *piece, *after, *what;
        size_t most;
    } cases[] = {
        {"", "\n<scale id=\"a@\" least=\"1\" most=\"2\"/>", REST, "100 scales", 99},
        {"", "\n<not-relevant id=\"a@\">n@</not-relevant>", REST, "20 kinds of answers", 20},
        {"", "\n<construct id=\"a@\" name=\"n@\"><item id=\"i@\" scale=\"s\">w</item></construct>",
         REST, "200 constructs", 200},
        {"<general>", "\n<item id=\"a@\" scale=\"s\">w</item>", "</general>" REST, "1000 items",
         999},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *xml = repeat(cases[i].before, cases[i].piece, cases[i].most, cases[i].after),
             text[64];
        npt_instrument_free(open_good(xml));
        npt__release(xml);
        /* What is on line 2 begins on line 3, as each piece begins with a line end. */
        size_t too_many = cases[i].most + 5;
        xml = repeat(cases[i].before, cases[i].piece, too_many, cases[i].after);
        size_t allowed = strtoul(cases[i].what, NULL, 10);
        snprintf(text, sizeof text, "a.xml:%zu:1: error: more than %s", allowed + 3, cases[i].what);
        expect_among(xml, 1, text);
        npt__release(xml);
    }
}

static void a_scale_has_so_many_points_and_an_answer_so_many_names(void **state)
{
    (void)state;
    char *xml = repeat("<scale id=\"a\" least=\"0\" most=\"100\">",
                       "\n<point value=\"@\">p@</point>", 101, "</scale>" REST);
    npt_instrument *instrument = open_good(xml);
    assert_int_equal(instrument->scales[0].label_count, 101);
    assert_string_equal(instrument->scales[0].points[100], "p100");
    npt_instrument_free(instrument);
    npt__release(xml);
    /* All of one value: 201 are looked at. */
    xml = repeat("<scale id=\"a\" least=\"0\" most=\"100\">", "\n<point value=\"7\">p</point>", 300,
                 "</scale>" REST);
    expect_among(xml, 201, "two points have the value 7; the first is on line 3");
    npt__release(xml);
    xml = repeat("<not-relevant id=\"a\" also=\"", "@a; ", 100, "\">n</not-relevant>" REST);
    npt_instrument_free(open_good(xml));
    npt__release(xml);
    xml = repeat("<not-relevant id=\"a\" also=\"", "@a; ", 101, "\">n</not-relevant>" REST);
    expect_among(xml, 1, "a.xml:2:28: error: an answer has more than 100 other names\n");
    npt__release(xml);
}

static void document_types_and_entities_are_refused(void **state)
{
    (void)state;
    expect_among("<!DOCTYPE instrument [<!ENTITY e SYSTEM \"a.xml\">]>\n" HEAD
                 "<source>&e;</source>" REST,
                 1, "declares a document type (DTD)");
    expect_among(HEAD "<source>&e;</source>" REST, 1, "error: is not well-formed XML");
}

static void files_that_are_no_instruments_are_refused(void **state)
{
    (void)state;
    expect_text(
        "", NPT_BAD_INPUT,
        "a.xml: error: is empty\n  hint: nptkit instrument export nomad --format xml writes "
        "one to begin with\n");
    expect_among("respondent,site,role\n1,2,3\n", 1, "a.xml:1:1: error: is not well-formed XML");
    expect_among(HEAD "<source>cut", 1, "error: is not well-formed XML");
    char *large = npt__allocate(((size_t)4 << 20) + 2);
    memset(large, ' ', ((size_t)4 << 20) + 1);
    large[((size_t)4 << 20) + 1] = '\0';
    expect_among(large, 1, "a.xml: error: ");
    npt__release(large);
}

/* After a fault of XML nothing else is believed, but what came before is told. */
static void faults_are_told_at_once(void **state)
{
    (void)state;
    expect_among(HEAD
                 "<scale id=\"a\" least=\"x\" most=\"y\" direction=\"z\"/>\n"
                 "<general><item id=\"a\" scale=\"t\" reversed=\"1\">{a}</item></general>" REST,
                 6, "no scale has the id 't'");
    expect_among(HEAD
                 "<scale id=\"a\" least=\"x\" most=\"2\"/><general><item id=\"a\" scale=\"t\">w"
                 "</item></general></instrumen>",
                 2, "'least' is 'x'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(everything_that_grows_has_a_ceiling),
        FIXTURE_TEST(a_scale_has_so_many_points_and_an_answer_so_many_names),
        FIXTURE_TEST(document_types_and_entities_are_refused),
        FIXTURE_TEST(files_that_are_no_instruments_are_refused),
        FIXTURE_TEST(faults_are_told_at_once),
    };
    return cmocka_run_group_tests_name("instrument ceilings", tests, NULL, NULL);
}
