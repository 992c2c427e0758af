/* svg.c - what gnuplot's SVG needs before it can stand in a page.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* memmem */
#include "svg.h"

#include "../base/arena.h"
#include "svg_lines.h"

#include <limits.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#define SVG_SPACE "http://www.w3.org/2000/svg"

/* libxml2's texts are of unsigned characters. */
static const xmlChar *xml_text(const char *text)
{
    return (const xmlChar *)text;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static void set(xmlNode *node, const char *name, const char *value)
{
    if (!xmlSetProp(node, xml_text(name), xml_text(value)))
        npt__out_of_memory(strlen(value));
}

/* The next node in the order of the document, within `root`; after the whole of `node` where it is `done`. */
static xmlNode *next_node(const xmlNode *node, const xmlNode *root, bool done)
{
    if (!done && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* ---- colours --------------------------------------------------------------------------------- */

/* What `currentColor` means here: the nearest color around the node. */
static const char *colour_around(const xmlNode *node)
{
    for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
        for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
            if (strcmp((const char *)attribute->name, "color") == 0 && attribute->children)
                return (const char *)attribute->children->content;
    return "black";
}

static void replace_current_colour(xmlNode *node)
{
    for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        if (attribute->children && attribute->children->content &&
            strcmp((const char *)attribute->children->content, "currentColor") == 0)
            set(node, (const char *)attribute->name, colour_around(node));
}

/* ---- identifiers ----------------------------------------------------------------------------- */

static void prefix_value(xmlNode *node, const char *name, const char *before, const char *prefix,
                         const char *rest)
{
    npt__buffer value = {0};
    npt__buffer_print(&value, "%s%s-%s", before, prefix, rest);
    set(node, name, npt__buffer_string(&value));
    npt__buffer_release(&value);
}

/* Puts the prefix into id="x", href="#x" and url(#x); counts what refers to others. */
static void prefix_identifiers(xmlNode *node, const char *prefix, size_t *references)
{
    for (xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        const char *value = attribute->children ? (const char *)attribute->children->content : NULL;
        const bool is_id = strcmp(name, "id") == 0;
        if (!value || !(is_id || *value == '#' || strncmp(value, "url(#", 5) == 0))
            continue;
        if (strcmp(name, "href") != 0 && *value == '#')
            continue; /* a colour */
        const char *before = is_id ? "" : *value == '#' ? "#" : "url(#";
        char *copy = npt__allocate(strlen(value) + 1);
        memcpy(copy, value, strlen(value) + 1);
        if (attribute->ns) {
            npt__buffer whole = {0};
            npt__buffer_print(&whole, "#%s-%s", prefix, copy + 1);
            xmlSetNsProp(node, attribute->ns, attribute->name,
                         xml_text(npt__buffer_string(&whole)));
            npt__buffer_release(&whole);
        } else {
            prefix_value(node, name, before, prefix, copy + strlen(before));
        }
        npt__release(copy);
        *references += !is_id;
    }
}

/* ---- the document ---------------------------------------------------------------------------- */

static bool is_clutter(const xmlNode *node)
{
    if (node->type == XML_COMMENT_NODE || is_named(node, "title") || is_named(node, "desc"))
        return true;
    if (node->type == XML_TEXT_NODE)
        return xmlIsBlankNode(node) && !(node->parent && is_named(node->parent, "text"));
    return false;
}

static void remove_node(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

/* Empty groups leave no trace either: they are removed from the inside to the outside. */
static void remove_empty_groups(xmlNode *root)
{
    xmlNode *node = root;
    while ((node = next_node(node, root, false)) != NULL) {
        while (node != root && is_named(node, "g") && !node->children) {
            xmlNode *parent = node->parent;
            remove_node(node);
            node = parent;
        }
    }
}

/* Definitions refer to each other: two of gnuplot's filters, eight of its points. */
static size_t count_references(const xmlNode *root)
{
    size_t count = 0;
    for (const xmlNode *node = root; node; node = next_node(node, root, false))
        for (const xmlAttr *attribute = node->type == XML_ELEMENT_NODE ? node->properties : NULL;
             attribute; attribute = attribute->next)
            count += strcmp((const char *)attribute->name, "href") == 0;
    return count;
}

/* Removes the definitions, and all identifiers, where nothing refers to them. */
static void remove_unused(xmlNode *root, xmlNode *definitions, size_t references)
{
    if (references > (definitions ? count_references(definitions) : 0))
        return;
    if (definitions)
        remove_node(definitions);
    for (xmlNode *node = next_node(root, root, false); node; node = next_node(node, root, false))
        if (node->type == XML_ELEMENT_NODE)
            xmlUnsetProp(node, xml_text("id"));
}

static void clean_element(xmlNode *node, const char *prefix, size_t *references)
{
    replace_current_colour(node);
    prefix_identifiers(node, prefix, references);
    if (xmlHasProp(node, xml_text("font-family")))
        set(node, "font-family", NPT__SVG_FONTS);
    xmlUnsetProp(node, xml_text("shape-rendering")); /* crisp edges make discs ragged */
}

static void clean_nodes(xmlNode *root, const char *prefix)
{
    size_t references = 0;
    xmlNode *definitions = NULL;
    for (xmlNode *node = next_node(root, root, false), *next; node; node = next) {
        const bool clutter = is_clutter(node);
        next = next_node(node, root, clutter);
        if (clutter) {
            remove_node(node);
        } else if (node->type == XML_ELEMENT_NODE) {
            definitions = is_named(node, "defs") ? node : definitions;
            clean_element(node, prefix, &references);
        }
    }
    remove_unused(root, definitions, references);
    for (xmlNode *node = next_node(root, root, false); node; node = next_node(node, root, false))
        if (node->type == XML_ELEMENT_NODE)
            xmlUnsetProp(node, xml_text("color")); /* nothing asks for it any more */
    remove_empty_groups(root);
}

static void add_first(xmlNode *root, const char *name, const char *text, const char *prefix)
{
    xmlNode *node = xmlNewTextChild(root, root->ns, xml_text(name), xml_text(text));
    if (!node)
        npt__out_of_memory(strlen(text));
    prefix_value(node, "id", "", prefix, name);
    xmlNode *first = root->children;
    if (first != node) {
        xmlUnlinkNode(node);
        xmlAddPrevSibling(first, node);
    }
}

static void describe(xmlNode *root, const struct npt__svg_options *options, const char *prefix)
{
    npt__buffer names = {0};
    npt__buffer_print(&names, "%s-title %s-desc", prefix, prefix);
    set(root, "role", "img");
    set(root, "aria-labelledby", npt__buffer_string(&names));
    npt__buffer_release(&names);
    add_first(root, "desc", options->description, prefix);
    add_first(root, "title", options->title, prefix);
}

static bool is_svg(xmlDoc *document)
{
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    return root && !document->intSubset && is_named(root, "svg") && root->ns &&
           strcmp((const char *)root->ns->href, SVG_SPACE) == 0;
}

static void write_document(npt__buffer *finished, xmlDoc *document, bool element)
{
    xmlBuffer *text = xmlBufferCreate();
    if (!text || xmlNodeDump(text, document, xmlDocGetRootElement(document), 0, 1) < 0)
        npt__out_of_memory(1);
    if (!element)
        npt__buffer_puts(finished, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    npt__buffer_add(finished, (const char *)xmlBufferContent(text), (size_t)xmlBufferLength(text));
    npt__buffer_putc(finished, '\n');
    xmlBufferFree(text);
}

/* gnuplot leaves ">" as it is, and so writes "]]>", which must not stand in a text of XML. */
static void add_escaped(npt__buffer *whole, const char *bytes, size_t length)
{
    const char *end = bytes + length, *found;
    while ((found = memmem(bytes, (size_t)(end - bytes), "]]>", 3)) != NULL) {
        npt__buffer_add(whole, bytes, (size_t)(found - bytes) + 2);
        npt__buffer_puts(whole, "&gt;");
        bytes = found + 3;
    }
    npt__buffer_add(whole, bytes, (size_t)(end - bytes));
}

static bool starts_with(const char *bytes, const char *end, const char *start)
{
    const size_t length = strlen(start);
    return (size_t)(end - bytes) >= length && memcmp(bytes, start, length) == 0;
}

/* Definitions that nothing after them refers to: where they end, else NULL. */
static const char *skip_definitions(const char *bytes, const char *end)
{
    static const char last[] = "</defs>\n";
    const char *after = starts_with(bytes, end, "<defs>\n")
                            ? memmem(bytes, (size_t)(end - bytes), last, sizeof last - 1)
                            : NULL;
    if (!after)
        return NULL;
    after += sizeof last - 1;
    const size_t left = (size_t)(end - after);
    return memmem(after, left, "href", 4) || memmem(after, left, "url(", 4) ? NULL : after;
}

/* More than half of what gnuplot writes is definitions that are not used and groups without anything in them. They
   would be removed from the tree; left out of what is parsed they cost nothing. Lines that are not as gnuplot writes
   them stay. No text has such lines: "<" is escaped in it, and it has no line ends. */
static void add_lines(npt__buffer *whole, const char *bytes, size_t length)
{
    static const char close[] = "</g>\n";
    const char *end = bytes + length, *kept = bytes;
    while (bytes < end) {
        const char *next = memchr(bytes, '\n', (size_t)(end - bytes));
        next = next ? next + 1 : end;
        const char *skipped = skip_definitions(bytes, end);
        if (!skipped && starts_with(bytes, next, "<g fill=") && next - bytes > 2 &&
            next[-2] == '>' && starts_with(next, end, close))
            skipped = next + sizeof close - 1;
        if (skipped) {
            add_escaped(whole, kept, (size_t)(bytes - kept));
            kept = next = skipped;
        }
        bytes = next;
    }
    add_escaped(whole, kept, (size_t)(end - kept));
}

bool npt__svg_finish(npt__buffer *finished, const char *bytes, size_t length,
                     const struct npt__svg_options *options)
{
    npt__buffer whole = {0};
    add_lines(&whole, bytes, length);
    if (whole.length > INT_MAX) {
        npt__buffer_release(&whole);
        return false;
    }
    xmlDoc *document = xmlReadMemory(npt__buffer_string(&whole), (int)whole.length, NULL, "UTF-8",
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                         XML_PARSE_COMPACT);
    npt__buffer_release(&whole);
    const bool good = is_svg(document);
    if (good) {
        const char *prefix = options->prefix ? options->prefix : "npt";
        xmlNode *root = xmlDocGetRootElement(document);
        clean_nodes(root, prefix);
        describe(root, options, prefix);
        write_document(finished, document, options->element);
    }
    xmlFreeDoc(document);
    return good;
}
