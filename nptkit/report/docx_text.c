/* docx_text.c - paragraphs, runs, links, fields and sections of a Word document.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx.h"
#include "markup.h"

void npt__docx_put(struct npt__docx *docx, const char *markup)
{
    npt__buffer_puts(&docx->body, markup);
}

void npt__docx_attribute(struct npt__docx *docx, const char *before, const char *text,
                         const char *after)
{
    npt__docx_put(docx, before);
    npt__markup_text(&docx->body, text);
    npt__docx_put(docx, after);
}

void npt__docx_begin(struct npt__docx *docx, const char *style)
{
    npt__buffer_print(&docx->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
}

void npt__docx_end(struct npt__docx *docx)
{
    npt__docx_put(docx, "</w:p>\n");
}

void npt__docx_run(struct npt__docx *docx, const char *style, unsigned size, const char *text)
{
    npt__docx_put(docx, "<w:r>");
    if (style || size)
        npt__docx_put(docx, "<w:rPr>");
    if (style)
        npt__buffer_print(&docx->body, "<w:rStyle w:val=\"%s\"/>", style);
    if (size)
        npt__buffer_print(&docx->body, "<w:sz w:val=\"%u\"/><w:szCs w:val=\"%u\"/>", size, size);
    if (style || size)
        npt__docx_put(docx, "</w:rPr>");
    npt__docx_attribute(docx, "<w:t xml:space=\"preserve\">", text, "</w:t></w:r>");
}

void npt__docx_paragraph(struct npt__docx *docx, const char *style, const char *text)
{
    npt__docx_begin(docx, style);
    npt__docx_run(docx, NULL, 0, text);
    npt__docx_end(docx);
}

void npt__docx_link(struct npt__docx *docx, const char *where, size_t number, const char *text)
{
    npt__buffer_print(&docx->body, "<w:hyperlink w:anchor=\"%s_%zu\" w:history=\"1\">", where,
                      number);
    npt__docx_run(docx, "Hyperlink", 0, text);
    npt__docx_put(docx, "</w:hyperlink>");
}

size_t npt__docx_mark(struct npt__docx *docx, const char *where, size_t number)
{
    const size_t mark = ++docx->bookmarks;
    npt__buffer_print(&docx->body, "<w:bookmarkStart w:id=\"%zu\" w:name=\"%s_%zu\"/>", mark, where,
                      number);
    return mark;
}

void npt__docx_end_mark(struct npt__docx *docx, size_t mark)
{
    npt__buffer_print(&docx->body, "<w:bookmarkEnd w:id=\"%zu\"/>", mark);
}

void npt__docx_label(struct npt__docx *docx, const char *what, size_t number, bool again,
                     const char *letter)
{
    npt__buffer plain = {0};
    npt__buffer_print(&plain, "%s ", what);
    npt__docx_run(docx, "Strong", 0, npt__buffer_string(&plain));
    npt__buffer_print(&docx->body, "<w:fldSimple w:instr=\" SEQ %s %s \">", what,
                      again ? "\\c" : "\\* ARABIC");
    npt__buffer_clear(&plain);
    npt__buffer_print(&plain, "%zu", number);
    npt__docx_run(docx, "Strong", 0, npt__buffer_string(&plain));
    npt__docx_put(docx, "</w:fldSimple>");
    npt__buffer_clear(&plain);
    npt__buffer_print(&plain, "%s.", letter);
    npt__docx_run(docx, "Strong", 0, npt__buffer_string(&plain));
    npt__docx_run(docx, NULL, 0, " ");
    npt__buffer_release(&plain);
}

void npt__docx_section(struct npt__docx *docx)
{
    npt__docx_put(docx, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/>"
                        "<w:type w:val=\"nextPage\"/>");
    npt__buffer_print(&docx->body, "<w:pgSz w:w=\"%u\" w:h=\"%u\"%s/>",
                      docx->across ? NPT__PAGE_LONG : NPT__PAGE_SHORT,
                      docx->across ? NPT__PAGE_SHORT : NPT__PAGE_LONG,
                      docx->across ? " w:orient=\"landscape\"" : "");
    npt__buffer_print(&docx->body,
                      "<w:pgMar w:top=\"%u\" w:right=\"%u\" w:bottom=\"%u\" w:left=\"%u\" "
                      "w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>",
                      NPT__PAGE_MARGIN, NPT__PAGE_MARGIN, NPT__PAGE_MARGIN, NPT__PAGE_MARGIN);
}

/* The properties of a section stand in its last paragraph. */
void npt__docx_turn(struct npt__docx *docx, bool across)
{
    if (docx->across == across)
        return;
    npt__docx_put(docx, "<w:p><w:pPr><w:pStyle w:val=\"Gap\"/>");
    npt__docx_section(docx);
    npt__docx_put(docx, "</w:pPr></w:p>\n");
    docx->across = across;
}
