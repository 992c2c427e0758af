/* docx_figure.c - pictures of a Word document: a PNG for every program, and with it the SVG for those that can.
 *
 * What is seen is also said: the description in words is the picture's alternative text. A picture that could not be
 * drawn leaves these words in its place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx.h"
#include "markup.h"
#include "wrap.h"

#include "../base/unicode.h"

#include <string.h>

#define EMU_PER_TWIP 635u
#define EMU_PER_PIXEL 9525u /* at 96 to the inch */
#define DRAWN_AT 2u         /* times its size */
#define TALLEST ((uint64_t)12000 * EMU_PER_TWIP)
#define MOST_PIXELS 100000u
#define MOST_WORDS 4000 /* characters of an alternative text */

struct size {
    uint64_t width, height; /* in EMU: 914,400 to the inch */
};

static uint32_t big_endian(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

/* Of what its header says, made to fit the page; false where that is no PNG. */
static bool measure(struct size *size, const struct npt__figure *figure, bool across)
{
    if (!figure->png || figure->png_length < 33 ||
        memcmp(figure->png, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16) != 0)
        return false;
    const uint32_t width = big_endian(figure->png + 16), height = big_endian(figure->png + 20);
    if (!width || !height || width > MOST_PIXELS || height > MOST_PIXELS)
        return false;
    const uint64_t widest =
        (uint64_t)(across ? NPT__TEXT_WIDTH_ACROSS : NPT__TEXT_WIDTH) * EMU_PER_TWIP;
    const uint64_t tallest = across ? TALLEST * 2 / 3 : TALLEST;
    size->width = (uint64_t)width * EMU_PER_PIXEL / DRAWN_AT;
    if (size->width > widest)
        size->width = widest;
    size->height = size->width * height / width;
    if (size->height > tallest) {
        size->height = tallest;
        size->width = tallest * width / height;
    }
    size->width += !size->width;
    size->height += !size->height;
    return true;
}

static void add_relation(struct npt__docx *docx, size_t number, const char *kind)
{
    npt__buffer_print(&docx->relations,
                      "<Relationship Id=\"%s%zu\" Type=\"http://schemas.openxmlformats.org/"
                      "officeDocument/2006/relationships/image\" "
                      "Target=\"media/picture%zu.%s\"/>\n",
                      kind, number, number, kind);
}

/* Its file, which is written after all parts. */
static void add_media(struct npt__docx *docx, const struct npt__figure *figure, size_t number)
{
    *npt__array_add(&docx->media) = figure;
    add_relation(docx, number, "png");
    if (figure->svg)
        add_relation(docx, number, "svg");
    docx->svg |= figure->svg != NULL;
}

static void write_media(struct npt__docx *docx, const struct npt__figure *figure, size_t number)
{
    npt__buffer name = {0}, file = {0};
    npt__buffer_print(&name, "word/media/picture%zu.png", number);
    npt__archive_writer_add(docx->archive, name.bytes, figure->png, figure->png_length);
    if (figure->svg) {
        npt__buffer_clear(&name);
        npt__buffer_print(&name, "word/media/picture%zu.svg", number);
        npt__buffer_puts(&file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        npt__buffer_add(&file, figure->svg, figure->svg_length);
        npt__archive_writer_add(docx->archive, name.bytes, file.bytes, file.length);
    }
    npt__buffer_release(&name);
    npt__buffer_release(&file);
}

void npt__docx_media(struct npt__docx *docx)
{
    for (size_t i = 0; i < docx->media.count; i++)
        write_media(docx, docx->media.items[i], i + 1);
}

/* At most MOST_WORDS characters: programs cut what is longer, or choke on it. The table has all numbers. */
static void put_words(struct npt__docx *docx, const char *words)
{
    npt__buffer_clear(&docx->text);
    npt__one_line(&docx->text, words);
    const char *line = npt__buffer_string(&docx->text);
    const size_t end = npt__utf8_offset(line, docx->text.length, MOST_WORDS);
    const bool cut = end < docx->text.length;
    if (cut)
        docx->text.bytes[end] = '\0';
    npt__docx_attribute(docx, " descr=\"", line, cut ? " ...\"" : "\"");
}

static void put_graphic(struct npt__docx *docx, const struct npt__figure *figure, size_t number,
                        const struct size *size)
{
    npt__buffer_print(
        &docx->body,
        "<a:graphic><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
        "<pic:cNvPr id=\"%zu\" name=\"Picture %zu\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        "<a:blip r:embed=\"png%zu\">",
        number, number, number);
    if (figure->svg)
        npt__buffer_print(&docx->body,
                          "<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\">"
                          "<asvg:svgBlip r:embed=\"svg%zu\"/></a:ext></a:extLst>",
                          number);
    npt__buffer_print(&docx->body,
                      "</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
                      "<a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%zu\" cy=\"%zu\"/></a:xfrm>"
                      "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
                      "</a:graphicData></a:graphic>",
                      (size_t)size->width, (size_t)size->height);
}

static void put_picture(struct npt__docx *docx, const struct npt__block *block,
                        const struct size *size)
{
    const size_t number = docx->media.count + 1;
    add_media(docx, &block->figure, number);
    npt__docx_begin(docx, "Picture");
    npt__buffer_print(&docx->body,
                      "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
                      "<wp:extent cx=\"%zu\" cy=\"%zu\"/>"
                      "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>"
                      "<wp:docPr id=\"%zu\" name=\"Picture %zu\"",
                      (size_t)size->width, (size_t)size->height, number, number);
    put_words(docx, block->other);
    npt__docx_attribute(docx, " title=\"", block->text, "\"/>");
    npt__docx_put(docx, "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>"
                        "</wp:cNvGraphicFramePr>");
    put_graphic(docx, &block->figure, number, size);
    npt__docx_put(docx, "</wp:inline></w:drawing></w:r>");
    npt__docx_end(docx);
}

static void put_caption(struct npt__docx *docx, const struct npt__block *block)
{
    npt__docx_begin(docx, "PictureCaption");
    const size_t mark = npt__docx_mark(docx, "figure", block->number);
    npt__docx_label(docx, "Picture", block->number, false, "");
    npt__docx_run(docx, NULL, 0, block->text);
    npt__docx_end_mark(docx, mark);
    npt__docx_run(docx, NULL, 0, ".");
    if (block->figure.of) {
        npt__docx_run(docx, NULL, 0, " The numbers are in ");
        npt__buffer_clear(&docx->text);
        npt__buffer_print(&docx->text, "table %zu", block->figure.of);
        npt__docx_link(docx, "table", block->figure.of, docx->text.bytes);
        npt__docx_run(docx, NULL, 0, ".");
    }
    npt__docx_end(docx);
}

void npt__docx_figure(struct npt__docx *docx, const struct npt__block *block)
{
    struct size size;
    const bool drawn = measure(&size, &block->figure, docx->across);
    if (drawn)
        put_picture(docx, block, &size);
    else
        npt__docx_paragraph(docx, "Missing", "This picture could not be drawn.");
    put_caption(docx, block);
    if (drawn)
        return;
    npt__docx_begin(docx, "Small");
    npt__docx_run(docx, NULL, 0, "In words: ");
    npt__docx_run(docx, NULL, 0, block->other);
    npt__docx_end(docx);
}
