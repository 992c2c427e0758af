/* test_svg_lines.c - rewritten line by line an SVG is what the tree makes of it; what is not known is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "../nptkit/report/gnuplot.h"
#include "../nptkit/report/plot.h"
#include "../nptkit/report/svg_lines.h"
#include "fixture.h"
#include "plot_table.h"

#include <stdlib.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

static const struct npt__svg_options how = {.title = "A <title> & ]]>",
                                            .description = "What \"it\" shows"};

/* ---- the same as the tree's ------------------------------------------------------------------- */

static const xmlNode *past_blanks(const xmlNode *node)
{
    while (node && node->type == XML_TEXT_NODE && xmlIsBlankNode(node))
        node = node->next;
    return node;
}

/* But for how many blanks stand between them. */
static void expect_same_words(const char *one, const char *other)
{
    while (*one || *other) {
        one += strspn(one, " ");
        other += strspn(other, " ");
        assert_int_equal(*one, *other);
        one += *one != '\0';
        other += *other != '\0';
    }
}

static void expect_same(const xmlNode *one, const xmlNode *other)
{
    for (;; one = one->next, other = other->next) {
        one = past_blanks(one);
        other = past_blanks(other);
        assert_true(!one == !other);
        if (!one)
            return;
        assert_int_equal(one->type, other->type);
        if (one->type == XML_TEXT_NODE)
            assert_string_equal((const char *)one->content, (const char *)other->content);
        if (one->type != XML_ELEMENT_NODE)
            continue;
        assert_string_equal((const char *)one->name, (const char *)other->name);
        const xmlAttr *a = one->properties, *b = other->properties;
        for (; a && b; a = a->next, b = b->next) {
            assert_string_equal((const char *)a->name, (const char *)b->name);
            expect_same_words((const char *)a->children->content,
                              (const char *)b->children->content);
        }
        assert_true(!a && !b);
        expect_same(one->children, other->children);
    }
}

static xmlDoc *parse(const npt__buffer *svg)
{
    xmlDoc *document = xmlReadMemory(svg->bytes, (int)svg->length, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    assert_non_null(document);
    return document;
}

static void expect_like_tree(const npt__buffer *raw)
{
    npt__buffer lines = {0}, tree = {0};
    assert_true(npt__svg_lines(&lines, raw->bytes, raw->length, &how));
    assert_true(npt__svg_finish(&tree, raw->bytes, raw->length, &how));
    xmlDoc *one = parse(&lines), *other = parse(&tree);
    expect_same(xmlDocGetRootElement(one), xmlDocGetRootElement(other));
    xmlFreeDoc(one);
    xmlFreeDoc(other);
    npt__buffer_release(&lines);
    npt__buffer_release(&tree);
}

static npt_table *table_of(const npt_plot *plot, const struct plot_table *as)
{
    const char *analysis = npt_plot_analysis(plot);
    return strcmp(analysis, "score") == 0        ? plot_table_score(as)
           : strcmp(analysis, "items") == 0      ? plot_table_answers(as)
           : strcmp(analysis, "tally") == 0      ? plot_table_tally(as)
           : strcmp(analysis, "cooccur") == 0    ? plot_table_cooccur(as)
           : strcmp(analysis, "saturation") == 0 ? plot_table_saturation(as)
                                                 : plot_table_agree(as);
}

static void every_kind_is_as_the_tree_makes_it(void **state)
{
    (void)state;
    static const char *const names[] = {NULL, "<g fill=\"none\" color=\"red\"></g> & ]]> 'a' \"b\"",
                                        "</text></svg>", "  two  blanks  "};
    npt_diags *diags = npt_diags_new();
    npt__gnuplot *gnuplot = npt__gnuplot_open(diags);
    const npt_plot *plot;
    for (size_t kind = 0; gnuplot && (plot = npt_plot_at(kind)) != NULL; kind++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            npt_table *table = table_of(
                plot,
                &(struct plot_table){
                    .sites = 3, .constructs = 4, .waves = 2, .holes = i == 0, .name = names[i]});
            struct npt__drawing drawing = {
                .table = table, .arena = npt__arena_new(), .diags = diags};
            npt__buffer raw = {0};
            assert_int_equal(npt__plot_compose(&drawing, plot), NPT_OK);
            assert_int_equal(npt__gnuplot_draw(&raw, gnuplot, &drawing.canvas, NPT__SVG, diags),
                             NPT_OK);
            expect_like_tree(&raw);
            npt__buffer_release(&raw);
            npt__canvas_release(&drawing.canvas);
            npt__arena_free(drawing.arena);
            npt_table_free(table);
        }
    const bool drawn = gnuplot != NULL;
    npt__gnuplot_close(gnuplot);
    npt_diags_free(diags);
    if (!drawn)
        skip();
}

/* ---- what is refused -------------------------------------------------------------------------- */

#define HEAD \
    "<?xml version=\"1.0\" encoding=\"utf-8\"  standalone=\"no\"?>\n<svg \n viewBox=\"0 0 9 9\"\n " \
    "xmlns=\"http://www.w3.org/2000/svg\"\n>\n<g id=\"gnuplot_canvas\">\n"
#define GROUP "<g fill=\"none\" color=\"black\" stroke=\"currentColor\" stroke-width=\"1.00\">\n"

static bool passes(const char *middle, const char *end)
{
    npt__buffer raw = {0}, finished = {0};
    npt__buffer_print(&raw, HEAD "%s%s", middle, end);
    const bool good = npt__svg_lines(&finished, raw.bytes, raw.length, &how);
    if (!good)
        assert_int_equal(finished.length, 0);
    npt__buffer_release(&raw);
    npt__buffer_release(&finished);
    return good;
}

static void what_is_not_known_is_refused(void **state)
{
    (void)state;
    static const char end[] = "</g>\n</svg>\n";
    assert_true(passes(GROUP "<path stroke='rgb(1,2,3)' d='M1,1'/></g>\n", end));
    assert_true(passes(GROUP "</g>\n", end));
    static const char *const middles[] = {
        "<script>alert(1)</script>\n",
        "<image href='x'/>\n",
        GROUP "<use xlink:href='#gpPt0'/>\n</g>\n",
        GROUP "<path stroke='currentColor' d=''/></g>\n",
        GROUP, /* is not closed */
        "</g>\n",
        "<defs>\n<path/>\n</defs>\n<rect x=\"0\" fill=\"url(#a)\"/>\n",
        "<!-- a comment -->\n",
        "<g onclick=\"x\">\n</g>\n",
        "text\n",
        GROUP "<path stroke='rgb(1,2,3)' d='M1,1\nL2,2' onclick='x'/></g>\n",
        GROUP "<path stroke='rgb(1,2,3)' d='M1,1\n<a>'/></g>\n",
        GROUP "<path stroke='rgb(1,2,3)' d=''/><a/></g>\n",
    };
    for (size_t i = 0; i < sizeof middles / sizeof *middles; i++)
        assert_false(passes(middles[i], end));
    assert_false(passes("", "</g>\n"));
    assert_false(passes("", "</g>\n</svg>\n<svg/>\n"));
    npt__buffer finished = {0};
    static const char doctype[] =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg \n viewBox=\"0 0 1 1\"\n>\n"
        "<g id=\"gnuplot_canvas\">\n</g>\n</svg>\n";
    assert_false(npt__svg_lines(&finished, doctype, sizeof doctype - 1, &how));
    assert_false(npt__svg_lines(&finished, "", 0, &how));
    npt__buffer_release(&finished);
}

/* Cut anywhere, or with a byte changed, it is refused or well formed; sanitizers watch. */
static void a_damaged_one_is_refused_or_well_formed(void **state)
{
    (void)state;
    static const char whole[] =
        HEAD "<rect x=\"0\"/>\n" GROUP "<g transform=\"translate(1)\" font-family=\"x\">\n"
             "<text>a ]]> b</text>\n</g>\n</g>\n</g>\n</svg>\n";
    for (size_t cut = 0; cut < sizeof whole - 1; cut++) {
        npt__buffer finished = {0};
        char *bytes = malloc(cut + 1); /* exactly so long: reading past it is seen */
        memcpy(bytes, whole, cut);
        const bool good = npt__svg_lines(&finished, bytes, cut, &how);
        assert_int_equal(good, cut >= sizeof whole - 2);
        npt__buffer_release(&finished);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_as_the_tree_makes_it),
        cmocka_unit_test(what_is_not_known_is_refused),
        cmocka_unit_test(a_damaged_one_is_refused_or_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
