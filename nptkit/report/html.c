/* html.c - a document as one HTML file, to be read without a script, by anybody, and printed.
 *
 * What is written is well-formed XML as well, which tests check with a parser. Every text goes through
 * npt__html_text(); only pictures, which this program made, are written as they are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/embedded.h"
#include "format.h"
#include "html.h"
#include "markup.h"
#include "writers.h"

#include <string.h>

/* ---- text ------------------------------------------------------------------------------------ */

void npt__html_text(struct npt__html *html, const char *text)
{
    npt__buffer_clear(&html->plain);
    npt__markup_text(&html->plain, text);
    npt__put_buffer(html->output, &html->plain);
}

void npt__html_print(struct npt__html *html, const char *format, size_t number)
{
    for (const char *at = format; *at; at++) {
        char digits[24];
        size_t length = 0;
        if (*at != '@') {
            npt_output_write(html->output, at, 1);
            continue;
        }
        size_t rest = number;
        do
            digits[sizeof digits - ++length] = (char)('0' + rest % 10);
        while ((rest /= 10) != 0);
        npt_output_write(html->output, digits + sizeof digits - length, length);
    }
}

static void element(struct npt__html *html, const char *before, const char *text, const char *after)
{
    npt__put(html->output, before);
    npt__html_text(html, text);
    npt__put(html->output, after);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static void put_level(struct npt__html *html, const char *before, int level)
{
    npt__put(html->output, before);
    npt__html_print(html, "h@", (size_t)level);
}

static void put_heading(struct npt__html *html, const struct npt__block *block)
{
    put_level(html, "<", block->level);
    npt__html_print(html, " id=\"part-@\">", block->number);
    npt__html_text(html, block->text);
    put_level(html, "</", block->level);
    npt__put(html->output, ">\n");
}

static void put_link(struct npt__html *html, const char *where, size_t number)
{
    npt__put(html->output, "<a href=\"#");
    npt__put(html->output, where);
    npt__html_print(html, "@\">", number);
}

/* What a link to a heading says: "more" ten times over would tell nobody where each of them leads. */
static const char *heading_text(const struct npt__report_document *document, size_t number)
{
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct npt__block *block = &document->blocks.items[i];
        if (block->level && block->number == number)
            return block->text;
    }
    return "more";
}

static void put_items(struct npt__html *html, const struct npt__block *block)
{
    const bool list = block->kind == NPT__LIST;
    if (!block->item_count)
        return;
    npt__put(html->output, list ? "<ul>\n" : "<p class=\"lead\">");
    for (size_t i = 0; i < block->item_count; i++) {
        const struct npt__document_item *item = &block->items[i];
        npt__put(html->output, list ? "<li>" : i ? " " : "");
        npt__html_text(html, item->text);
        if (item->heading) {
            npt__put(html->output, " <span class=\"more\">(");
            put_link(html, "part-", item->heading);
            npt__html_text(html, heading_text(html->document, item->heading));
            npt__put(html->output, "</a>)</span>");
        }
        npt__put(html->output, list ? "</li>\n" : "");
    }
    npt__put(html->output, list ? "</ul>\n" : "</p>\n");
}

static void put_figure(struct npt__html *html, const struct npt__block *block)
{
    npt__html_print(html, "<figure id=\"figure-@\">\n", block->number);
    if (block->figure.svg) {
        npt__html_print(html,
                        "<div class=\"picture\" role=\"group\" tabindex=\"0\" "
                        "aria-labelledby=\"figure-@-caption\">",
                        block->number);
        npt_output_write(html->output, block->figure.svg, block->figure.svg_length);
        npt__put(html->output, "</div>\n");
    } else {
        npt__put(html->output, "<p class=\"missing\">This picture could not be drawn.</p>\n");
    }
    npt__html_print(html, "<figcaption id=\"figure-@-caption\"><strong>Picture @.</strong> ",
                    block->number);
    npt__html_text(html, block->text);
    npt__put(html->output, ".");
    if (block->figure.of) {
        npt__put(html->output, " The numbers are in ");
        put_link(html, "table-", block->figure.of);
        npt__html_print(html, "table @</a>.", block->figure.of);
    }
    npt__put(html->output, "\n<details><summary>In words</summary>");
    element(html, "<p>", block->other, "</p></details>\n</figcaption>\n</figure>\n");
}

static void put_box(struct npt__html *html, const struct npt__block *block)
{
    npt__html_print(html, "<section class=\"box\" aria-labelledby=\"part-@\">\n", block->number);
    put_heading(html, block);
    for (size_t i = 0; i < block->item_count; i++)
        element(html, "<p>", block->items[i].text, "</p>\n");
    npt__put(html->output, "</section>\n");
}

static void put_block(struct npt__html *html, const struct npt__block *block)
{
    switch (block->kind) {
    case NPT__HEADING:
        put_heading(html, block);
        break;
    case NPT__PARAGRAPH:
        element(html, "<p>", block->text, "</p>\n");
        break;
    case NPT__LEAD:
    case NPT__LIST:
        put_items(html, block);
        break;
    case NPT__TABLE:
        npt__html_table(html, block);
        break;
    case NPT__FIGURE:
        put_figure(html, block);
        break;
    case NPT__QUOTE:
        element(html, "<blockquote>\n<p>", block->text, "</p>\n");
        if (block->other)
            element(html, "<footer>", block->other, "</footer>\n");
        npt__put(html->output, "</blockquote>\n");
        break;
    case NPT__BOX:
        put_box(html, block);
        break;
    }
}

/* ---- the page -------------------------------------------------------------------------------- */

static void put_style(npt_output *output)
{
    for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
        if (strcmp(file->name, "reports/style.css") == 0) {
            npt__put(output, "<style>\n");
            npt_output_write(output, (const char *)file->bytes, file->length);
            npt__put(output, "</style>\n");
        }
}

void npt__html_head(struct npt__html *html, const char *title, const char *language)
{
    npt_output *output = html->output;
    npt__put(output, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
    npt__html_text(html, language);
    npt__put(output, "\" xml:lang=\"");
    npt__html_text(html, language);
    npt__put(output, "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                     "<meta http-equiv=\"Content-Security-Policy\" "
                     "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                     "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
                     "<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    element(html, "<meta name=\"generator\" content=\"nptkit ", npt_version(), "\"/>\n");
    element(html, "<title>", title, "</title>\n");
    put_style(output);
    npt__put(output,
             "</head>\n<body>\n<a class=\"skip\" href=\"#report\">Skip to the report</a>\n");
}

static void put_head(struct npt__html *html, const struct npt__report_document *document)
{
    npt__html_head(html, document->title, document->language);
    element(html, "<header>\n<h1>", document->title, "</h1>\n");
    if (document->subtitle)
        element(html, "<p>", document->subtitle, "</p>\n");
    npt__put(html->output, "</header>\n");
}

/* The headings below the title; a heading in parts needs no list. */
static void put_contents(struct npt__html *html, const struct npt__report_document *document)
{
    bool open = false;
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct npt__block *block = &document->blocks.items[i];
        if (block->level != 2)
            continue;
        npt__put(html->output, open ? ""
                                    : "<nav aria-labelledby=\"contents\">\n"
                                      "<h2 id=\"contents\">Contents</h2>\n<ol>\n");
        open = true;
        npt__put(html->output, "<li>");
        put_link(html, "part-", block->number);
        element(html, "", block->text, "</a></li>\n");
    }
    npt__put(html->output, open ? "</ol>\n</nav>\n" : "");
}

static void write_html(npt_output *output, const struct npt__report_document *document)
{
    struct npt__html html = {.output = output, .document = document, .notes = document->notes};
    put_head(&html, document);
    put_contents(&html, document);
    npt__put(output, "<main id=\"report\" tabindex=\"-1\">\n");
    for (size_t i = 0; i < document->blocks.count; i++)
        put_block(&html, &document->blocks.items[i]);
    npt__put(output, "</main>\n");
    if (document->closing)
        element(&html, "<footer>\n<p>", document->closing, "</p>\n</footer>\n");
    npt__put(output, "</body>\n</html>\n");
    npt__buffer_release(&html.plain);
    npt__buffer_release(&html.joined);
}

const npt_report_format npt__report_html = {.name = "html",
                                            .extension = ".html",
                                            .summary =
                                                "one file for any browser, to read and to print",
                                            .svg = true,
                                            .write = write_html};
