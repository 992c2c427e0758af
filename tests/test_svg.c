/* test_svg.c - what gnuplot's SVG becomes before it can stand in a page.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/report/svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define OPEN \
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><svg viewBox=\"0 0 9 9\" " \
    "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"

static void expect(const char *given, const char *prefix, const char *expected)
{
    npt__buffer out = {0};
    const struct npt__svg_options how = {"T <&>", "D \"'", prefix, true};
    assert_true(npt__svg_finish(&out, given, strlen(given), &how));
    assert_string_equal(npt__buffer_string(&out), expected);
    npt__buffer_release(&out);
}

static void a_title_and_a_role_are_given(void **state)
{
    (void)state;
    expect(OPEN "<title>Gnuplot</title><desc>Produced by GNUPLOT</desc></svg>", "f1",
           "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "viewBox=\"0 0 9 9\" role=\"img\" aria-labelledby=\"f1-title f1-desc\">\n"
           "  <title id=\"f1-title\">T &lt;&amp;&gt;</title>\n"
           "  <desc id=\"f1-desc\">D \"'</desc>\n"
           "</svg>\n");
}

static npt__buffer finish(const char *given)
{
    npt__buffer out = {0};
    const struct npt__svg_options how = {"T", "D", "p", false};
    assert_true(npt__svg_finish(&out, given, strlen(given), &how));
    return out;
}

static void expect_parts(const char *given, const char *with, const char *without)
{
    npt__buffer out = finish(given);
    if (with && !strstr(out.bytes, with))
        assert_string_equal(out.bytes, with);
    if (without)
        assert_null(strstr(out.bytes, without));
    npt__buffer_release(&out);
}

static void titles_of_groups_are_removed(void **state)
{
    (void)state;
    expect_parts(OPEN "<g><title>gnuplot_plot_1</title><path d=\"M0,0\"/></g></svg>", "<path",
                 "gnuplot_plot_1");
}

static void empty_groups_are_removed(void **state)
{
    (void)state;
    expect_parts(OPEN "<g><g>\n</g> <g><g/></g></g><path d=\"M0,0\"/></svg>", "<path", "<g");
}

static void current_colour_is_written_out(void **state)
{
    (void)state;
    const char *given = OPEN "<g color=\"red\" stroke=\"currentColor\"><g color=\"blue\">"
                             "<path d=\"M0,0\" fill=\"currentColor\"/></g></g>"
                             "<path d=\"M1,1\" stroke=\"currentColor\"/></svg>";
    expect_parts(given, "<g stroke=\"red\">", "currentColor");
    expect_parts(given, "fill=\"blue\"", " color=");
    expect_parts(given, "<path d=\"M1,1\" stroke=\"black\"/>", NULL);
}

static void identifiers_and_what_refers_to_them_get_the_prefix(void **state)
{
    (void)state;
    const char *given = OPEN "<defs><circle id=\"dot\" r=\"1\"/></defs>"
                             "<g id=\"canvas\"><use xlink:href=\"#dot\"/>"
                             "<path fill=\"url(#dot)\" stroke=\"#123456\" d=\"M0,0\"/></g></svg>";
    expect_parts(given, "<circle id=\"p-dot\"", NULL);
    expect_parts(given, "xlink:href=\"#p-dot\"", NULL);
    expect_parts(given, "fill=\"url(#p-dot)\" stroke=\"#123456\"", NULL);
    expect_parts(given, "<g id=\"p-canvas\">", NULL);
}

static void definitions_that_nothing_uses_are_removed(void **state)
{
    (void)state;
    expect_parts(OPEN "<defs><circle id=\"a\" r=\"1\"/><use xlink:href=\"#a\" id=\"b\"/></defs>"
                      "<path d=\"M0,0\"/></svg>",
                 "<path", "defs");
}

static void all_text_has_the_whole_list_of_fonts(void **state)
{
    (void)state;
    expect_parts(
        OPEN "<g font-family=\"Liberation Sans\" font-weight=\"bold\"><text> a </text></g></svg>",
        "<g font-family=\"Liberation Sans,Arial,Helvetica,sans-serif\" font-weight=\"bold\">",
        NULL);
    expect_parts(OPEN "<g font-family=\"x\"><text> a </text></g></svg>", "<text> a </text>", NULL);
}

#define WITH_ENTITY \
    "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" \
    "<svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>"

static void what_is_no_svg_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "<svg", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
                                      "<svg/>", WITH_ENTITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        npt__buffer out = {0};
        const struct npt__svg_options how = {"T", "D", NULL, false};
        assert_false(npt__svg_finish(&out, bad[i], strlen(bad[i]), &how));
        assert_int_equal(out.length, 0);
        npt__buffer_release(&out);
    }
}

static void a_file_of_its_own_begins_as_xml(void **state)
{
    (void)state;
    npt__buffer out = finish(OPEN "</svg>");
    assert_memory_equal(out.bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg ", 44);
    npt__buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_and_a_role_are_given),
        cmocka_unit_test(titles_of_groups_are_removed),
        cmocka_unit_test(empty_groups_are_removed),
        cmocka_unit_test(current_colour_is_written_out),
        cmocka_unit_test(identifiers_and_what_refers_to_them_get_the_prefix),
        cmocka_unit_test(definitions_that_nothing_uses_are_removed),
        cmocka_unit_test(all_text_has_the_whole_list_of_fonts),
        cmocka_unit_test(what_is_no_svg_is_refused),
        cmocka_unit_test(a_file_of_its_own_begins_as_xml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
