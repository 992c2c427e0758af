/* document_markdown.c - a document as Markdown: for mail, wikis, and to be edited further.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers.h"
#include "format.h"
#include "markdown.h"

static void put_line(struct npt__markdown *writer, const char *before, const char *text,
                     bool starts)
{
    npt__buffer_puts(&writer->line, before);
    npt__markdown_text(writer, text, starts);
    npt__markdown_end_line(writer);
}

static void put_heading(struct npt__markdown *writer, int level, const char *text)
{
    npt__buffer_fill(&writer->line, '#', (size_t)level);
    put_line(writer, " ", text, false);
}

static void put_caption(struct npt__markdown *writer, const char *what, size_t number,
                        const char *text)
{
    npt__buffer_print(&writer->line, "**%s %zu.** ", what, number);
    put_line(writer, "", text, false);
}

static void put_figure(struct npt__markdown *writer, const struct npt__block *block)
{
    put_caption(writer, "Picture", block->number, block->text);
    npt__put(writer->output, "\n");
    npt__buffer_puts(&writer->line, "In words: ");
    npt__markdown_text(writer, block->other, false);
    if (block->figure.of)
        npt__buffer_print(&writer->line, " The numbers are in table %zu.", block->figure.of);
    npt__markdown_end_line(writer);
}

static void put_quote(struct npt__markdown *writer, const struct npt__block *block)
{
    put_line(writer, "> ", block->text, true);
    if (!block->other)
        return;
    npt__buffer_puts(&writer->line, ">\n> \xE2\x80\x94 "); /* an em dash */
    put_line(writer, "", block->other, false);
}

/* Sentences make a paragraph; the items of a list do not. */
static void put_items(struct npt__markdown *writer, const struct npt__block *block)
{
    const bool list = block->kind == NPT__LIST;
    for (size_t i = 0; i < block->item_count; i++) {
        if (list)
            put_line(writer, "- ", block->items[i].text, true);
        else
            npt__buffer_puts(&writer->line, i ? " " : "");
        if (!list)
            npt__markdown_text(writer, block->items[i].text, i == 0);
    }
    if (!list)
        npt__markdown_end_line(writer);
}

static void put_box(struct npt__markdown *writer, const struct npt__block *block)
{
    put_heading(writer, block->level, block->text);
    for (size_t i = 0; i < block->item_count; i++) {
        npt__put(writer->output, "\n");
        put_line(writer, "", block->items[i].text, true);
    }
}

static void put_block(struct npt__markdown *writer, const struct npt__block *block)
{
    if ((block->kind == NPT__LEAD || block->kind == NPT__LIST) && !block->item_count)
        return;
    npt__put(writer->output, "\n");
    switch (block->kind) {
    case NPT__HEADING:
        put_heading(writer, block->level, block->text);
        break;
    case NPT__PARAGRAPH:
        put_line(writer, "", block->text, true);
        break;
    case NPT__LEAD:
    case NPT__LIST:
        put_items(writer, block);
        break;
    case NPT__TABLE:
        put_caption(writer, "Table", block->number, block->text);
        npt__markdown_body(writer, block->table);
        break;
    case NPT__FIGURE:
        put_figure(writer, block);
        break;
    case NPT__QUOTE:
        put_quote(writer, block);
        break;
    case NPT__BOX:
        put_box(writer, block);
        break;
    }
}

static void write_markdown(npt_output *output, const struct npt__report_document *document)
{
    struct npt__markdown writer = {.output = output};
    put_heading(&writer, 1, document->title);
    if (document->subtitle) {
        npt__put(output, "\n");
        put_line(&writer, "", document->subtitle, true);
    }
    for (size_t i = 0; i < document->blocks.count; i++)
        put_block(&writer, &document->blocks.items[i]);
    if (document->closing) {
        npt__put(output, "\n");
        put_line(&writer, "", document->closing, true);
    }
    npt__markdown_release(&writer);
}

const npt_report_format npt__report_markdown = {.name = "md",
                                                .extension = ".md",
                                                .summary = "Markdown; pictures are told in words",
                                                .write = write_markdown};
