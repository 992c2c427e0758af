/* docx_file.c - Word files made from documents and opened again, for tests.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx_file.h"

#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- an opened file -------------------------------------------------------------------------- */

static bool ends_in(const char *name, const char *end)
{
    const size_t length = strlen(name), size = strlen(end);
    return length >= size && strcmp(name + length - size, end) == 0;
}

static void read_part(struct docx_file *file, size_t index)
{
    struct docx_part *part = &file->parts[index];
    zip_stat_t status;
    assert_int_equal(zip_stat_index(file->zip, index, 0, &status), 0);
    part->name = status.name;
    part->length = status.size;
    part->bytes = calloc(1, part->length + 1);
    zip_file_t *member = zip_fopen_index(file->zip, index, 0);
    assert_int_equal(zip_fread(member, part->bytes, part->length), part->length);
    zip_fclose(member);
    if (ends_in(part->name, ".png"))
        return;
    part->xml = xmlReadMemory(part->bytes, (int)part->length, part->name, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!part->xml)
        fail_msg("%s is not well-formed", part->name);
}

struct docx_file docx_make(const struct npt__report_document *document)
{
    struct docx_file file = {.output = npt_output_memory(NULL)};
    npt__report_docx.write(file.output, document);
    size_t length;
    const char *bytes = npt_output_bytes(file.output, &length);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, NULL);
    file.zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(file.zip);
    file.count = (size_t)zip_get_num_entries(file.zip, 0);
    assert_true(file.count <= DOCX_MOST_PARTS);
    for (size_t i = 0; i < file.count; i++)
        read_part(&file, i);
    return file;
}

void docx_close(struct docx_file *file)
{
    for (size_t i = 0; i < file->count; i++) {
        xmlFreeDoc(file->parts[i].xml);
        free(file->parts[i].bytes);
    }
    zip_discard(file->zip);
    npt_output_discard(file->output);
}

struct docx_part *docx_part(struct docx_file *file, const char *name)
{
    for (size_t i = 0; i < file->count; i++)
        if (strcmp(file->parts[i].name, name) == 0)
            return &file->parts[i];
    return NULL;
}

xmlNode *docx_root(struct docx_file *file, const char *name)
{
    struct docx_part *part = docx_part(file, name);
    assert_non_null(part);
    return xmlDocGetRootElement(part->xml);
}

xmlNode *docx_body(struct docx_file *file)
{
    return docx_root(file, "word/document.xml");
}

/* The node after it within `root`, in the order of the file. */
static xmlNode *step(xmlNode *node, const xmlNode *root)
{
    if (node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node != root ? node->next : NULL;
}

xmlNode *docx_next(xmlNode *node)
{
    return step(node, xmlDocGetRootElement(node->doc));
}

bool docx_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

size_t docx_count(xmlNode *root, const char *name)
{
    size_t found = 0;
    for (xmlNode *node = root; node; node = step(node, root))
        found += docx_is(node, name);
    return found;
}

xmlNode *docx_nth(xmlNode *root, const char *name, size_t index)
{
    for (xmlNode *node = root; node; node = step(node, root))
        if (docx_is(node, name) && index-- == 0)
            return node;
    fail_msg("too few <%s>", name);
    return NULL;
}

/* The value of an attribute by local name; free with xmlFree(). */
char *docx_value(const xmlNode *node, const char *name)
{
    for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        if (strcmp((const char *)attribute->name, name) == 0)
            return (char *)xmlNodeListGetString(node->doc, attribute->children, 1);
    return NULL;
}

void docx_expect_attribute(const xmlNode *node, const char *name, const char *expected)
{
    char *found = docx_value(node, name);
    assert_string_equal(found ? found : "(none)", expected);
    xmlFree(found);
}

void docx_expect_content(const xmlNode *node, const char *expected)
{
    xmlChar *content = xmlNodeGetContent(node);
    assert_string_equal((const char *)content, expected);
    xmlFree(content);
}

/* Whether a paragraph has this style and this text. */
bool docx_has_paragraph(struct docx_file *file, const char *style, const char *text)
{
    bool found = false;
    for (xmlNode *node = docx_body(file); node && !found; node = docx_next(node)) {
        if (!docx_is(node, "p") || !docx_count(node, "pStyle"))
            continue;
        char *named = docx_value(docx_nth(node, "pStyle", 0), "val");
        xmlChar *content = xmlNodeGetContent(node);
        found = strcmp(named, style) == 0 && strcmp((const char *)content, text) == 0;
        xmlFree(named);
        xmlFree(content);
    }
    return found;
}

/* ---- documents ------------------------------------------------------------------------------- */

/* A signature and a header that says 1,720 by 1,120 pixels: more is not read. */
static const char png[] =
    "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x06\xB8\0\0\x04\x60\x08\x02\0\0\0\0\0\0\0";
static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
const struct npt__figure docx_drawn = {
    .svg = svg, .svg_length = sizeof svg - 1, .png = png, .png_length = sizeof png - 1, .of = 1};

npt_table *docx_small_table(const char *construct, const char *site)
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

/* One row of many measures. */
npt_table *docx_wide_table(size_t measures)
{
    npt_table *table = npt__table_new("wide", "Wide");
    npt__table_dimension(table, "site", "Site");
    char key[32];
    for (size_t i = 0; i < measures; i++) {
        snprintf(key, sizeof key, "measure%zu", i);
        npt__table_measure(table, key, key, NPT_UNIT_COUNT);
    }
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text("North");
    for (size_t i = 0; i < measures; i++)
        row[i + 1] = npt__count(1000 + i);
    return table;
}

/* A document with everything that a document can have. */
struct docx_world docx_everything(const char *text)
{
    struct docx_world world = {docx_small_table(text, text), docx_wide_table(40),
                               npt__document_new(text, "en")};
    struct npt__report_document *document = world.document;
    document->subtitle = document->closing = text;
    for (int level = 2; level <= 6; level++)
        npt__add_heading(document, level, text);
    npt__add_paragraph(document, text);
    npt__add_items(document, NPT__LEAD, &(struct npt__document_item){text, 1}, 1);
    npt__add_items(document, NPT__LIST, &(struct npt__document_item){text, 0}, 1);
    npt__add_table(document, world.table, text);
    npt__add_heading(document, 2, text);
    npt__add_table(document, world.wide, text);
    npt__add_figure(document, &docx_drawn, text, text);
    npt__add_figure(document, &docx_drawn, text, text);
    npt__add_figure(document, &(struct npt__figure){.of = 0}, text, text);
    npt__add_quote(document, text, text);
    document->notes = npt__add_box(document, 3, text, &(struct npt__document_item){text, 0}, 1);
    return world;
}

void docx_end(struct docx_world *world)
{
    npt__document_free(world->document);
    npt_table_free(world->table);
    npt_table_free(world->wide);
}
