/* test_docx.c - Word files of documents: whole, safe whatever stands in them, and the same bytes twice.
 *
 * libzip and libxml2's parser are the witnesses for what is in a file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx_file.h"

#include <time.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- the package ----------------------------------------------------------------------------- */

static void the_same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    struct docx_world first = docx_everything("x"), second = docx_everything("x");
    struct docx_file one = docx_make(first.document), other = docx_make(second.document);
    size_t length, size;
    const char *bytes = npt_output_bytes(one.output, &length);
    const char *again = npt_output_bytes(other.output, &size);
    assert_int_equal(length, size);
    assert_memory_equal(bytes, again, length);
    docx_close(&one);
    docx_close(&other);
    docx_end(&first);
    docx_end(&second);
}

static void nothing_tells_when_or_by_whom(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    for (size_t i = 0; i < file.count; i++) {
        zip_stat_t status;
        zip_uint16_t fields =
            (zip_uint16_t)zip_file_extra_fields_count(file.zip, i, ZIP_FL_CENTRAL);
        zip_uint8_t system = 0;
        zip_uint32_t attributes = 1;
        zip_stat_index(file.zip, i, 0, &status);
        struct tm day = {.tm_year = 80, .tm_mon = 0, .tm_mday = 1, .tm_isdst = -1};
        assert_int_equal(status.mtime, mktime(&day));
        zip_file_get_external_attributes(file.zip, i, 0, &system, &attributes);
        assert_int_equal(attributes, 0);
        assert_int_equal(fields, 0);
    }
    xmlNode *core = docx_root(&file, "docProps/core.xml");
    size_t elements = 0;
    for (xmlNode *node = core->children; node; node = node->next)
        elements += node->type == XML_ELEMENT_NODE;
    assert_int_equal(elements, 1);
    docx_expect_content(docx_nth(core, "title", 0), "x");
    docx_close(&file);
    docx_end(&world);
}

static bool type_of(struct docx_file *file, const char *name)
{
    bool found = false;
    for (xmlNode *node = docx_root(file, "[Content_Types].xml"); node; node = docx_next(node)) {
        char *part = docx_is(node, "Override") ? docx_value(node, "PartName") : NULL;
        char *extension = docx_is(node, "Default") ? docx_value(node, "Extension") : NULL;
        const char *dot = strrchr(name, '.');
        found |=
            (part && strcmp(part + 1, name) == 0) || (extension && strcmp(dot + 1, extension) == 0);
        if (part)
            assert_non_null(docx_part(file, part + 1));
        xmlFree(part);
        xmlFree(extension);
    }
    return found;
}

/* Every identifier that the part names is one of its relationships, and every relationship leads to a part. */
static void expect_relations(struct docx_file *file, const char *relations, const char *folder,
                             xmlNode *user)
{
    xmlNode *root = docx_root(file, relations);
    for (xmlNode *node = root; node; node = docx_next(node)) {
        if (!docx_is(node, "Relationship"))
            continue;
        char *target = docx_value(node, "Target"), name[256];
        snprintf(name, sizeof name, "%s%s", folder, target);
        if (!docx_part(file, name))
            fail_msg("there is no %s", name);
        xmlFree(target);
    }
    for (xmlNode *node = user; node; node = docx_next(node))
        for (xmlAttr *at = node->type == XML_ELEMENT_NODE ? node->properties : NULL; at;
             at = at->next) {
            if (!at->ns || strcmp((const char *)at->ns->prefix, "r") != 0)
                continue;
            char *wanted = docx_value(node, (const char *)at->name);
            size_t found = 0;
            for (xmlNode *relation = root; relation; relation = docx_next(relation)) {
                char *id = docx_is(relation, "Relationship") ? docx_value(relation, "Id") : NULL;
                found += id && strcmp(id, wanted) == 0;
                xmlFree(id);
            }
            assert_int_equal(found, 1);
            xmlFree(wanted);
        }
}

static void all_parts_have_a_type_and_all_relationships_lead_somewhere(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    assert_string_equal(file.parts[0].name, "[Content_Types].xml");
    for (size_t i = 1; i < file.count; i++)
        if (!type_of(&file, file.parts[i].name))
            fail_msg("%s has no type", file.parts[i].name);
    expect_relations(&file, "_rels/.rels", "", NULL);
    expect_relations(&file, "word/_rels/document.xml.rels", "word/", docx_body(&file));
    assert_non_null(docx_part(&file, "word/media/picture2.svg"));
    assert_null(docx_part(&file, "word/media/picture3.png"));
    docx_close(&file);
    docx_end(&world);
}

/* The values of `attribute` of all `element`s differ; returns how many there are. */
static size_t expect_unique(xmlNode *root, const char *element, const char *attribute)
{
    size_t found = 0;
    for (xmlNode *node = root; node; node = docx_next(node)) {
        if (!docx_is(node, element))
            continue;
        found++;
        char *mine = docx_value(node, attribute);
        assert_non_null(mine);
        for (xmlNode *other = docx_next(node); other; other = docx_next(other)) {
            char *theirs = docx_is(other, element) ? docx_value(other, attribute) : NULL;
            if (theirs)
                assert_string_not_equal(mine, theirs);
            xmlFree(theirs);
        }
        xmlFree(mine);
    }
    return found;
}

static void identifiers_are_unique_and_links_lead_to_them(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    const size_t marks = expect_unique(docx_body(&file), "bookmarkStart", "id");
    assert_int_equal(expect_unique(docx_body(&file), "bookmarkStart", "name"), marks);
    assert_int_equal(expect_unique(docx_body(&file), "bookmarkEnd", "id"), marks);
    assert_int_equal(marks, 6 + 1 + 2 + 3); /* headings, the box, tables, pictures */
    assert_int_equal(expect_unique(docx_body(&file), "docPr", "id"), 2);
    assert_int_equal(expect_unique(docx_root(&file, "word/styles.xml"), "style", "styleId"), 37);
    size_t links = 0;
    for (xmlNode *node = docx_body(&file); node; node = docx_next(node)) {
        char *to = docx_is(node, "hyperlink") ? docx_value(node, "anchor") : NULL;
        size_t found = 0;
        for (xmlNode *mark = docx_body(&file); to && mark; mark = docx_next(mark)) {
            char *name = docx_is(mark, "bookmarkStart") ? docx_value(mark, "name") : NULL;
            found += name && strcmp(name, to) == 0;
            xmlFree(name);
        }
        assert_int_equal(found, to != NULL);
        links += to != NULL;
        xmlFree(to);
    }
    assert_int_equal(links, 2 + 1 + 1 + 2); /* contents, lead, notes, pictures */
    docx_close(&file);
    docx_end(&world);
}

static bool is_style(xmlNode *styles, const char *name)
{
    bool found = false;
    for (xmlNode *node = styles; node && !found; node = docx_next(node)) {
        char *id = docx_is(node, "style") ? docx_value(node, "styleId") : NULL;
        found = id && strcmp(id, name) == 0;
        xmlFree(id);
    }
    return found;
}

static void every_style_that_is_used_is_there(void **state)
{
    (void)state;
    static const char *const users[] = {"pStyle", "rStyle", "tblStyle", "basedOn", "next"};
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    xmlNode *styles = docx_root(&file, "word/styles.xml");
    size_t used = 0;
    for (size_t i = 0; i < file.count; i++)
        for (xmlNode *node = file.parts[i].xml ? xmlDocGetRootElement(file.parts[i].xml) : NULL;
             node; node = docx_next(node))
            for (size_t j = 0; j < sizeof users / sizeof *users; j++) {
                if (!docx_is(node, users[j]))
                    continue;
                char *name = docx_value(node, "val");
                if (!is_style(styles, name))
                    fail_msg("there is no style '%s'", name);
                xmlFree(name);
                used++;
            }
    assert_true(used > 100);
    docx_close(&file);
    docx_end(&world);
}

static void the_language_is_the_documents(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("T", "cy\" w:x=\"");
    struct docx_file file = docx_make(document);
    xmlNode *styles = docx_root(&file, "word/styles.xml");
    assert_int_equal(docx_count(styles, "lang"), 1);
    docx_expect_attribute(docx_nth(styles, "lang", 0), "val", "cy\" w:x=\"");
    docx_expect_attribute(docx_nth(docx_root(&file, "word/settings.xml"), "themeFontLang", 0),
                          "val", "cy\" w:x=\"");
    docx_close(&file);
    npt__document_free(document);
}

static void the_styles_are_not_taken_for_a_recipe(void **state)
{
    (void)state;
    npt_diags *diags = npt_diags_new();
    npt_recipe *recipe = NULL;
    assert_false(npt_recipe_is("word-styles"));
    assert_int_not_equal(npt_recipe_open(&recipe, "word-styles", diags), NPT_OK);
    for (size_t i = 0; npt_recipe_shipped(i); i++)
        assert_null(strstr(npt_recipe_shipped(i), "styles"));
    npt_recipe_free(recipe);
    npt_diags_free(diags);
}

/* ---- text ------------------------------------------------------------------------------------ */

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"/><w:p/><w:x a=\"",
    "</w:t></w:r></w:p><w:p>",
    "]]> <![CDATA[ <!-- --> <?php ?>",
    "&amp; &lt; &#60; & < >",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\xAE reversed",
    "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E \xEF\xBD\xB6\xEF\xBE\x85",
    "a\001b\033[31mc\177\r\nd\te",
    "\xEF\xBF\xBE and \xEF\xBF\xBF are no characters of XML",
    "\xFF\xFE \xC3 broken",
    "=1+1 {study} # @ %s %n %zu",
    " TOC \\o \"1-3\" ",
};

static size_t elements_of(struct docx_file *file)
{
    size_t found = 0;
    for (xmlNode *node = docx_body(file); node; node = docx_next(node))
        found += node->type == XML_ELEMENT_NODE;
    return found;
}

static void hostile_text_stays_text(void **state)
{
    (void)state;
    struct docx_world tame = docx_everything("plain");
    struct docx_file file = docx_make(tame.document);
    const size_t elements = elements_of(&file);
    docx_close(&file);
    docx_end(&tame);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct docx_world world = docx_everything(hostile[i]);
        file = docx_make(world.document); /* which a parser could read */
        assert_int_equal(elements_of(&file), elements);
        assert_int_equal(docx_count(docx_body(&file), "instrText"), 1);
        docx_close(&file);
        docx_end(&world);
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
        {"a\xEF\xBF\xBFz", "a\xEF\xBF\xBDz"},
        {"one\r\n  two", "one two"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct npt__report_document *document = npt__document_new(texts[i].text, "en");
        npt__add_paragraph(document, texts[i].text);
        struct docx_file file = docx_make(document);
        assert_true(docx_has_paragraph(&file, "Title", texts[i].read));
        assert_true(docx_has_paragraph(&file, "Normal", texts[i].read));
        docx_expect_content(docx_nth(docx_root(&file, "docProps/core.xml"), "title", 0),
                            texts[i].read);
        docx_close(&file);
        npt__document_free(document);
    }
}

static void an_empty_document_is_a_file_too(void **state)
{
    (void)state;
    struct npt__report_document *document = npt__document_new("", "en");
    npt__add_items(document, NPT__LEAD, NULL, 0);
    npt__add_items(document, NPT__LIST, NULL, 0);
    struct docx_file file = docx_make(document);
    assert_int_equal(docx_count(docx_body(&file), "p"), 1);
    assert_int_equal(docx_count(docx_body(&file), "sectPr"), 1);
    assert_int_equal(docx_count(docx_root(&file, "[Content_Types].xml"), "Default"), 2);
    docx_close(&file);
    npt__document_free(document);
}

static void headings_and_lists_have_their_styles(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    assert_true(docx_has_paragraph(&file, "Heading1", "x"));
    assert_true(docx_has_paragraph(&file, "Heading5", "x"));
    assert_true(docx_has_paragraph(&file, "BoxHeading2", "x"));
    assert_true(docx_has_paragraph(&file, "Box", "x"));
    assert_true(docx_has_paragraph(&file, "Lead", "x (more)"));
    assert_true(docx_has_paragraph(&file, "ListBullet", "x"));
    assert_true(docx_has_paragraph(&file, "Quote", "x"));
    assert_true(docx_has_paragraph(&file, "QuoteSource", "x"));
    assert_true(docx_has_paragraph(&file, "Closing", "x"));
    docx_close(&file);
    docx_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_document_gives_the_same_bytes),
        cmocka_unit_test(nothing_tells_when_or_by_whom),
        cmocka_unit_test(all_parts_have_a_type_and_all_relationships_lead_somewhere),
        cmocka_unit_test(identifiers_are_unique_and_links_lead_to_them),
        cmocka_unit_test(every_style_that_is_used_is_there),
        cmocka_unit_test(the_language_is_the_documents),
        cmocka_unit_test(the_styles_are_not_taken_for_a_recipe),
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(text_comes_back_as_it_was),
        cmocka_unit_test(an_empty_document_is_a_file_too),
        cmocka_unit_test(headings_and_lists_have_their_styles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
