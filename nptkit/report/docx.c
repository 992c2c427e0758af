/* docx.c - a document as a Word file: every block with a style of reports/word-styles.xml.
 *
 * Numbers of tables, of pictures and of pages are fields that hold what they show: a program need not ask whether to
 * update them. Nothing tells when, where or by whom the file was made.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx.h"
#include "writers.h"

/* ---- blocks ---------------------------------------------------------------------------------- */

/* The title is a title of its own, so that the headings below it begin with the first level. */
static void put_heading(struct npt__docx *docx, const struct npt__block *block, const char *style)
{
    npt__buffer_print(&docx->body, "<w:p><w:pPr><w:pStyle w:val=\"%s%d\"/></w:pPr>", style,
                      block->level - 1);
    const size_t mark = npt__docx_mark(docx, "part", block->number);
    npt__docx_run(docx, NULL, 0, block->text);
    npt__docx_end_mark(docx, mark);
    npt__docx_end(docx);
}

static void put_item(struct npt__docx *docx, const struct npt__document_item *item)
{
    npt__docx_run(docx, NULL, 0, item->text);
    if (!item->heading)
        return;
    npt__docx_run(docx, NULL, 0, " (");
    npt__docx_link(docx, "part", item->heading, "more");
    npt__docx_run(docx, NULL, 0, ")");
}

static void put_lead(struct npt__docx *docx, const struct npt__block *block)
{
    if (!block->item_count)
        return;
    npt__docx_begin(docx, "Lead");
    for (size_t i = 0; i < block->item_count; i++) {
        if (i)
            npt__docx_run(docx, NULL, 0, " ");
        put_item(docx, &block->items[i]);
    }
    npt__docx_end(docx);
}

static void put_list(struct npt__docx *docx, const struct npt__block *block)
{
    for (size_t i = 0; i < block->item_count; i++) {
        npt__docx_put(docx, "<w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/><w:numPr><w:ilvl "
                            "w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>");
        put_item(docx, &block->items[i]);
        npt__docx_end(docx);
    }
}

static void put_box(struct npt__docx *docx, const struct npt__block *block)
{
    put_heading(docx, block, "BoxHeading");
    for (size_t i = 0; i < block->item_count; i++)
        npt__docx_paragraph(docx, "Box", block->items[i].text);
    npt__docx_begin(docx, "Gap"); /* what ends the frame */
    npt__docx_end(docx);
}

static void put_block(struct npt__docx *docx, const struct npt__block *block)
{
    switch (block->kind) {
    case NPT__HEADING:
        put_heading(docx, block, "Heading");
        break;
    case NPT__PARAGRAPH:
        npt__docx_paragraph(docx, "Normal", block->text);
        break;
    case NPT__LEAD:
        put_lead(docx, block);
        break;
    case NPT__LIST:
        put_list(docx, block);
        break;
    case NPT__TABLE:
        npt__docx_table(docx, block);
        break;
    case NPT__FIGURE:
        npt__docx_figure(docx, block);
        break;
    case NPT__QUOTE:
        npt__docx_paragraph(docx, "Quote", block->text);
        if (block->other)
            npt__docx_paragraph(docx, "QuoteSource", block->other);
        break;
    case NPT__BOX:
        put_box(docx, block);
        break;
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static const char body_start[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "
    "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\">\n<w:body>\n";

static bool is_part(const struct npt__block *block)
{
    return block->level == 2;
}

/* The parts by name, as a table of contents without pages: Word can make it again. */
static void put_contents(struct npt__docx *docx, const struct npt__report_document *document)
{
    size_t first = SIZE_MAX, last = 0;
    for (size_t i = 0; i < document->blocks.count; i++)
        if (is_part(&document->blocks.items[i])) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
    for (size_t i = first; i <= last && first != SIZE_MAX; i++) {
        const struct npt__block *block = &document->blocks.items[i];
        if (!is_part(block))
            continue;
        npt__docx_begin(docx, "TOC1");
        if (i == first)
            npt__docx_put(docx, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
                                "xml:space=\"preserve\"> TOC \\o \"1-1\" \\n \\h "
                                "</w:instrText></w:r><w:r><w:fldChar "
                                "w:fldCharType=\"separate\"/></w:r>");
        npt__docx_link(docx, "part", block->number, block->text);
        if (i == last)
            npt__docx_put(docx, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
        npt__docx_end(docx);
    }
}

/* Which blocks stand on pages that lie on their side: tables that are too wide, and the headings above them. */
static void find_wide(const struct npt__report_document *document, bool *wide)
{
    for (size_t i = document->blocks.count; i-- > 0;) {
        const struct npt__block *block = &document->blocks.items[i];
        if (block->kind == NPT__TABLE)
            wide[i] = npt__docx_is_wide(block);
        else if (block->kind == NPT__HEADING)
            wide[i] = i + 1 < document->blocks.count && wide[i + 1];
    }
}

static void put_body(struct npt__docx *docx, const struct npt__report_document *document)
{
    npt__arena *arena = npt__arena_new();
    bool *wide = npt__arena_array(arena, document->blocks.count + 1, sizeof *wide);
    find_wide(document, wide);
    npt__docx_put(docx, body_start);
    npt__docx_paragraph(docx, "Title", document->title);
    if (document->subtitle)
        npt__docx_paragraph(docx, "Subtitle", document->subtitle);
    put_contents(docx, document);
    for (size_t i = 0; i < document->blocks.count; i++) {
        npt__docx_turn(docx, wide[i]);
        put_block(docx, &document->blocks.items[i]);
    }
    npt__docx_turn(docx, false);
    if (document->closing)
        npt__docx_paragraph(docx, "Closing", document->closing);
    npt__docx_section(docx);
    npt__docx_put(docx, "\n</w:body>\n</w:document>\n");
    npt__arena_free(arena);
}

static void write_docx(npt_output *output, const struct npt__report_document *document)
{
    struct npt__docx docx = {.archive = npt__archive_writer_new(), .notes = document->notes};
    docx.body.ceiling = SIZE_MAX / 2;
    put_body(&docx, document);
    npt__docx_parts(&docx, document);
    npt__docx_media(&docx);
    npt__archive_writer_finish(docx.archive, output);
    npt__array_release(&docx.media);
    npt__buffer_release(&docx.body);
    npt__buffer_release(&docx.relations);
    npt__buffer_release(&docx.text);
}

const npt_report_format npt__report_docx = {.name = "docx",
                                            .extension = ".docx",
                                            .summary =
                                                "for Word and LibreOffice, to be edited further",
                                            .svg = true,
                                            .png = true,
                                            .write = write_docx};
