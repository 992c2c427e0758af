/* test_html.c - the HTML of documents: a parser reads it, hostile text stays text, and what people without eyes or
 * colours need is there.
 *
 * libxml2's parser of XML is the witness for well-formedness; WCAG 2.2 (1.4.3, 1.4.11) for contrast.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/buffer.h"
#include "../nptkit/base/embedded.h"
#include "../nptkit/report/writers.h"
#include "../nptkit/tables/table.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- a parsed page --------------------------------------------------------------------------- */

struct page {
    npt_output *output;
    const char *bytes;
    size_t length;
    xmlDoc *xml;
};

static struct page make_page(const struct npt__report_document *document)
{
    struct page page = {.output = npt_output_memory(NULL)};
    npt__report_html.write(page.output, document);
    page.bytes = npt_output_bytes(page.output, &page.length);
    page.xml = xmlReadMemory(page.bytes, (int)page.length, "page", NULL,
                             XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    assert_non_null(page.xml);
    return page;
}

static void close_page(struct page *page)
{
    xmlFreeDoc(page->xml);
    npt_output_discard(page->output);
}

static xmlNode *next(xmlNode *node)
{
    if (node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

static bool is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static size_t count(const struct page *page, const char *name)
{
    size_t found = 0;
    for (xmlNode *node = xmlDocGetRootElement(page->xml); node; node = next(node))
        found += is(node, name);
    return found;
}

/* The number `index` of these elements; fails where there are fewer. */
static xmlNode *nth(const struct page *page, const char *name, size_t index)
{
    for (xmlNode *node = xmlDocGetRootElement(page->xml); node; node = next(node))
        if (is(node, name) && index-- == 0)
            return node;
    fail_msg("too few <%s>", name);
    return NULL;
}

static void expect_content(const xmlNode *node, const char *expected)
{
    xmlChar *content = xmlNodeGetContent(node);
    assert_string_equal((const char *)content, expected);
    xmlFree(content);
}

static void expect_attribute(const xmlNode *node, const char *name, const char *expected)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    if (expected)
        assert_string_equal((const char *)value, expected);
    else
        assert_null(value);
    xmlFree(value);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static npt_table *construct_by_site(const char *construct, const char *site)
{
    npt_table *table = npt__table_new("t", "A table");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "words", "In words", NPT_UNIT_TEXT);
    const char *constructs[] = {construct, construct, "Second", "Second"},
               *sites[] = {site, "South", site, "South"};
    for (size_t i = 0; i < 4; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(constructs[i]);
        row[1] = npt__text(sites[i]);
        row[2] = i == 1 ? npt__withheld("few") : npt__count(10 + i);
        row[3] = i == 2 ? npt__absent("none") : npt__text(site);
    }
    npt__table_add_note(table, "A note");
    return table;
}

static void headers_say_what_they_head(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt_table *table = construct_by_site("First", "North");
    npt__add_heading(document, 2, "Part");
    npt__add_table(document, table, "The numbers");
    struct page page = make_page(document);
    expect_content(nth(&page, "caption", 0), "Table 1. The numbers");
    assert_int_equal(count(&page, "th"), 4 + 2 + 4);
    for (size_t i = 0; i < 4; i++)
        expect_attribute(nth(&page, "th", i), "scope", "col");
    expect_attribute(nth(&page, "th", 4), "scope", "rowgroup");
    expect_attribute(nth(&page, "th", 4), "rowspan", "2");
    expect_content(nth(&page, "th", 4), "First");
    expect_attribute(nth(&page, "th", 5), "scope", "row");
    expect_attribute(nth(&page, "th", 5), "rowspan", NULL);
    expect_content(nth(&page, "th", 6), "South");
    expect_content(nth(&page, "th", 7), "Second");
    assert_int_equal(count(&page, "tbody"), 2);
    assert_int_equal(count(&page, "td"), 8);
    /* What a narrow page shows beside the value, and what it is to those who hear it. */
    expect_attribute(nth(&page, "td", 0), "data-label", "n");
    expect_attribute(nth(&page, "td", 1), "data-label", "In words");
    expect_attribute(nth(&page, "th", 5), "data-label", "Site");
    expect_attribute(nth(&page, "td", 0), "role", "cell");
    expect_attribute(nth(&page, "th", 0), "role", "columnheader");
    expect_attribute(nth(&page, "th", 5), "role", "rowheader");
    expect_attribute(nth(&page, "table", 0), "class", "grouped");
    expect_content(nth(&page, "td", 2), "withheld");
    expect_attribute(nth(&page, "td", 2), "class", "withheld number");
    /* What scrolls sideways can be reached by keyboard and has a name. */
    xmlNode *region = nth(&page, "table", 0)->parent;
    expect_attribute(region, "tabindex", "0");
    expect_attribute(region, "aria-labelledby", "caption-1");
    close_page(&page);
    npt__document_free(document);
    npt_table_free(table);
}

static void a_matrix_is_one_table_with_one_caption_for_each_measure(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt_table *table = construct_by_site("First", "North");
    npt__table_set_layout(table, &(struct npt__layout){.across = 1});
    npt__add_heading(document, 2, "Part");
    npt__add_table(document, table, "The numbers");
    struct page page = make_page(document);
    assert_int_equal(count(&page, "table"), 2);
    expect_content(nth(&page, "caption", 0), "Table 1a. The numbers: n");
    expect_content(nth(&page, "caption", 1), "Table 1b. The numbers: In words");
    expect_attribute(nth(&page, "th", 3), "scope", "row");
    close_page(&page);
    npt__document_free(document);
    npt_table_free(table);
}

static void a_table_without_rows_says_so(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt_table *table = npt__table_new("t", "T");
    npt__table_dimension(table, "site", "Site");
    npt__add_table(document, table, "Nobody");
    struct page page = make_page(document);
    assert_int_equal(count(&page, "table"), 0);
    expect_content(nth(&page, "p", 0), "Table 1. Nobody: no rows.");
    close_page(&page);
    npt__document_free(document);
    npt_table_free(table);
}

static void a_table_wider_than_paper_is_marked(void **state)
{
    (void)state;
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"};
    for (size_t sites = 11; sites <= 12; sites++) {
        struct npt__report_document *document = npt__document_new("T", "en");
        npt_table *table = npt__table_new("t", "T");
        npt__table_dimension(table, "construct", "Construct");
        npt__table_dimension(table, "site", "Site");
        npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
        npt__table_set_layout(table, &(struct npt__layout){.across = 1});
        for (size_t i = 0; i < sites; i++) {
            struct npt_cell *row = npt__table_add_row(table);
            row[0] = npt__text("First");
            row[1] = npt__text(names[i]);
            row[2] = npt__count(i);
        }
        npt__add_table(document, table, "Wide");
        struct page page = make_page(document);
        expect_attribute(nth(&page, "table", 0), "class", sites < 12 ? NULL : "wide");
        close_page(&page);
        npt__document_free(document);
        npt_table_free(table);
    }
}

static void a_link_says_where_it_leads(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt__add_heading(document, 2, "In short");
    npt__add_items(document, NPT__LIST, &(struct npt__document_item){"A point.", 2}, 1);
    npt__add_heading(document, 2, "Who took part");
    struct page page = make_page(document);
    expect_attribute(nth(&page, "a", 3), "href", "#part-2"); /* after skip and contents */
    expect_content(nth(&page, "a", 3), "Who took part");
    close_page(&page);
    npt__document_free(document);
}

/* ---- hostile text ---------------------------------------------------------------------------- */

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></table><h1>",
    "]]> <![CDATA[ <!-- --> <?php ?>",
    "&amp; &lt; &#60; & < >",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\xAE reversed",        /* Hebrew, and an override */
    "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E \xEF\xBD\xB6\xEF\xBE\x85", /* Japanese, half-width too */
    "a\001b\033[31mc\177\r\nd\te",
    "\xEF\xBF\xBE and \xEF\xBF\xBF are no characters of XML",
    "\xFF\xFE \xC3 broken",
    "{study} # @ %s %n",
    "",
};
#define HOSTILE_COUNT (sizeof hostile / sizeof *hostile)

static struct npt__report_document *everything(const char *text, npt_table **table)
{
    struct npt__report_document *document = npt__document_new(text, "en");
    *table = construct_by_site(text, text);
    document->subtitle = document->closing = text;
    npt__add_heading(document, 2, text);
    npt__add_paragraph(document, text);
    npt__add_items(document, NPT__LEAD, &(struct npt__document_item){text, 1}, 1);
    npt__add_items(document, NPT__LIST, &(struct npt__document_item){text, 0}, 1);
    npt__add_table(document, *table, text);
    const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    npt__add_figure(document,
                    &(struct npt__figure){.svg = svg, .svg_length = sizeof svg - 1, .of = 1}, text,
                    text);
    npt__add_figure(document, &(struct npt__figure){.of = 0}, text, text);
    npt__add_quote(document, text, text);
    document->notes = npt__add_box(document, 3, text, &(struct npt__document_item){text, 0}, 1);
    return document;
}

static void hostile_text_stays_text(void **state)
{
    (void)state;
    npt_table *table;
    struct npt__report_document *tame = everything("plain", &table);
    struct page page = make_page(tame);
    size_t elements = 0;
    for (xmlNode *node = xmlDocGetRootElement(page.xml); node; node = next(node))
        elements += node->type == XML_ELEMENT_NODE;
    close_page(&page);
    npt__document_free(tame);
    npt_table_free(table);
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        struct npt__report_document *document = everything(hostile[i], &table);
        size_t found = 0;
        page = make_page(document); /* which a parser could read */
        for (xmlNode *node = xmlDocGetRootElement(page.xml); node; node = next(node)) {
            found += node->type == XML_ELEMENT_NODE;
            assert_false(is(node, "script") || is(node, "img"));
            for (xmlAttr *attribute = node->type == XML_ELEMENT_NODE ? node->properties : NULL;
                 attribute; attribute = attribute->next)
                assert_int_not_equal(strncmp((const char *)attribute->name, "on", 2), 0);
        }
        /* A repeated label that is empty makes cells of its own. */
        if (*hostile[i])
            assert_int_equal(found, elements);
        close_page(&page);
        npt__document_free(document);
        npt_table_free(table);
    }
}

static void text_comes_back_as_it_was(void **state)
{
    (void)state;
    static const struct {
        const char *text, *read;
    } texts[] = {
        {"<b>\"it's\" & so</b>", "<b>\"it's\" & so</b>"},
        {"\xE6\x97\xA5\xE6\x9C\xAC \xEF\xBD\xB6", "\xE6\x97\xA5\xE6\x9C\xAC \xEF\xBD\xB6"},
        {"a\x01z", "a\xEF\xBF\xBDz"},
        {"a\xE2\x80\xAEz", "a\xEF\xBF\xBDz"},
        {"a\xEF\xBF\xBFz", "a\xEF\xBF\xBDz"},
        {"one\r\n  two", "one two"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct npt__report_document *document = npt__document_new(texts[i].text, "en");
        npt__add_paragraph(document, texts[i].text);
        struct page page = make_page(document);
        expect_content(nth(&page, "title", 0), texts[i].read);
        expect_content(nth(&page, "h1", 0), texts[i].read);
        expect_content(nth(&page, "p", 0), texts[i].read);
        close_page(&page);
        npt__document_free(document);
    }
}

/* ---- the page -------------------------------------------------------------------------------- */

static void identifiers_are_unique_and_links_lead_to_them(void **state)
{
    (void)state;
    npt_table *table;
    struct npt__report_document *document = everything("x", &table);
    struct page page = make_page(document);
    const char *ids[64];
    size_t known = 0, links = 0;
    for (xmlNode *node = xmlDocGetRootElement(page.xml); node; node = next(node)) {
        xmlChar *id =
            node->type == XML_ELEMENT_NODE ? xmlGetProp(node, (const xmlChar *)"id") : NULL;
        for (size_t i = 0; id && i < known; i++)
            assert_string_not_equal(ids[i], (const char *)id);
        if (id)
            ids[known++] = (const char *)id;
    }
    for (xmlNode *node = xmlDocGetRootElement(page.xml); node; node = next(node)) {
        xmlChar *to = is(node, "a") ? xmlGetProp(node, (const xmlChar *)"href") : NULL;
        bool found = !to;
        links += to != NULL;
        for (size_t i = 0; to && i < known; i++)
            found |= *to == '#' && strcmp(ids[i], (const char *)to + 1) == 0;
        assert_true(found);
        xmlFree(to);
    }
    assert_int_equal(links, 5); /* skip, contents, lead, figure, notes */
    for (size_t i = 0; i < known; i++)
        free((void *)(uintptr_t)ids[i]);
    close_page(&page);
    npt__document_free(document);
    npt_table_free(table);
}

static void headings_go_down_one_level_at_a_time(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "en");
    npt__add_heading(document, 2, "a");
    npt__add_heading(document, 3, "b");
    npt__add_box(document, 3, "c", &(struct npt__document_item){"x", 0}, 1);
    npt__add_heading(document, 4, "d");
    npt__add_heading(document, 2, "e");
    struct page page = make_page(document);
    int last = 0;
    size_t seen = 0;
    for (xmlNode *node = xmlDocGetRootElement(page.xml); node; node = next(node)) {
        if (node->type != XML_ELEMENT_NODE || node->name[0] != 'h' || node->name[1] < '1' ||
            node->name[1] > '6')
            continue;
        assert_true(node->name[1] - '0' <= last + 1);
        last = node->name[1] - '0';
        seen++;
    }
    assert_int_equal(seen, 7); /* the contents have one, too */
    assert_int_equal(count(&page, "h1"), 1);
    close_page(&page);
    npt__document_free(document);
}

static void nothing_is_fetched_or_run(void **state)
{
    (void)state;
    npt_table *table;
    struct npt__report_document *document = everything("x", &table);
    struct page page = make_page(document);
    assert_int_equal(count(&page, "script") + count(&page, "link") + count(&page, "img"), 0);
    assert_non_null(strstr(page.bytes, "default-src 'none'; style-src 'unsafe-inline'"));
    assert_null(strstr(page.bytes, "url("));
    assert_null(strstr(page.bytes, "@import"));
    expect_attribute(xmlDocGetRootElement(page.xml), "lang", "en");
    expect_content(nth(&page, "a", 0), "Skip to the report");
    assert_int_equal(count(&page, "main"), 1);
    close_page(&page);
    npt__document_free(document);
    npt_table_free(table);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    npt_table *tables[2];
    struct npt__report_document *first = everything("x", &tables[0]),
                                *second = everything("x", &tables[1]);
    struct page one = make_page(first), two = make_page(second);
    assert_string_equal(one.bytes, two.bytes);
    close_page(&one);
    close_page(&two);
    npt__document_free(first);
    npt__document_free(second);
    npt_table_free(tables[0]);
    npt_table_free(tables[1]);
}

/* ---- contrast -------------------------------------------------------------------------------- */

/* WCAG 2.2: relative luminance. */
static double luminance(const char *colour)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (size_t i = 0; i < 3; i++) {
        const char digits[] = {colour[1 + 2 * i], colour[2 + 2 * i], '\0'};
        const double part = (double)strtol(digits, NULL, 16) / 255;
        sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(const char *one, const char *other)
{
    const double a = luminance(one), b = luminance(other);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

/* The colour of a name in the block that begins at `block`. */
static const char *colour(const char *block, const char *name)
{
    const char *at = strstr(block, name), *end = strchr(block, '}');
    assert_true(at && at < end);
    at += strlen(name) + 2;
    assert_int_equal(*at, '#');
    return at;
}

static void colours_can_be_told_apart_in_every_scheme(void **state)
{
    (void)state;
    npt__buffer style = {0};
    for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
        if (strcmp(file->name, "reports/style.css") == 0)
            npt__buffer_add(&style, (const char *)file->bytes, file->length);
    assert_true(style.length > 0);
    static const char *const text[] = {"--text", "--quiet", "--link"},
                             *const lines[] = {"--strong-line", "--mark"},
                             *const grounds[] = {"--page", "--box"};
    size_t schemes = 0;
    for (const char *at = style.bytes; (at = strstr(at, "--page:")) != NULL; at++, schemes++)
        for (size_t ground = 0; ground < 2; ground++) {
            for (size_t i = 0; i < 3; i++)
                assert_true(contrast(colour(at, grounds[ground]), colour(at, text[i])) >= 4.5);
            for (size_t i = 0; i < 2; i++)
                assert_true(contrast(colour(at, grounds[ground]), colour(at, lines[i])) >= 3);
        }
    assert_int_equal(schemes, 3); /* light, dark, paper */
    npt__buffer_release(&style);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_say_what_they_head),
        cmocka_unit_test(a_matrix_is_one_table_with_one_caption_for_each_measure),
        cmocka_unit_test(a_table_without_rows_says_so),
        cmocka_unit_test(a_table_wider_than_paper_is_marked),
        cmocka_unit_test(a_link_says_where_it_leads),
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(text_comes_back_as_it_was),
        cmocka_unit_test(identifiers_are_unique_and_links_lead_to_them),
        cmocka_unit_test(headings_go_down_one_level_at_a_time),
        cmocka_unit_test(nothing_is_fetched_or_run),
        cmocka_unit_test(the_same_document_gives_the_same_bytes),
        cmocka_unit_test(colours_can_be_told_apart_in_every_scheme),
    };
    const int failed = cmocka_run_group_tests_name("HTML", tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
