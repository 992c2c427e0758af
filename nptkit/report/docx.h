/* docx.h - what the writers of Word documents share: paragraphs, runs, links, tables, pictures, parts.
 *
 * Order matters to Word: the children of an element stand as in the schema (ISO/IEC 29500-4, transitional), which
 * tests/test_docx_order.c checks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DOCX_H
#define NPT__DOCX_H

#include "../base/archive_write.h"
#include "../base/buffer.h"
#include "document.h"

/* A4 with margins of 2 cm, in twentieths of a point. */
#define NPT__PAGE_SHORT 11906u
#define NPT__PAGE_LONG 16838u
#define NPT__PAGE_MARGIN 1134u
#define NPT__TEXT_WIDTH (NPT__PAGE_SHORT - 2 * NPT__PAGE_MARGIN)
#define NPT__TEXT_WIDTH_ACROSS (NPT__PAGE_LONG - 2 * NPT__PAGE_MARGIN)

struct npt__docx {
    npt__archive_writer *archive;
    npt__buffer body;      /* of word/document.xml */
    npt__buffer relations; /* from it to other parts */
    npt__buffer text;      /* for texts that are put together */
    size_t notes;          /* the heading of tables' notes; 0: none */
    size_t bookmarks;
    NPT__ARRAY(const struct npt__figure *) media; /* the pictures, numbered from 1 */
    bool svg;                                     /* one of the pictures is an SVG, too */
    bool across;                                  /* the pages lie on their side */
};

/* ---- docx_text.c ----------------------------------------------------------------------------- */

/* Markup of our own. */
void npt__docx_put(struct npt__docx *docx, const char *markup);
/* Text as the value of an attribute: `before` and `after` are markup. */
void npt__docx_attribute(struct npt__docx *docx, const char *before, const char *text,
                         const char *after);
/* A paragraph of a style of reports/word-styles.xml. */
void npt__docx_begin(struct npt__docx *docx, const char *style);
void npt__docx_end(struct npt__docx *docx);
/* Text in a paragraph. `style`: of characters, or NULL; `size`: in half points, 0 for that of the paragraph. */
void npt__docx_run(struct npt__docx *docx, const char *style, unsigned size, const char *text);
void npt__docx_paragraph(struct npt__docx *docx, const char *style, const char *text);
/* A link within the document, to what npt__docx_mark() marked as the number `number` of `where`: "part", "table" or
   "figure". */
void npt__docx_link(struct npt__docx *docx, const char *where, size_t number, const char *text);
/* Marks the place between the two calls. */
size_t npt__docx_mark(struct npt__docx *docx, const char *where, size_t number);
void npt__docx_end_mark(struct npt__docx *docx, size_t mark);
/* "Table 2b." as a field that Word counts; the number is in it, so that it need not be counted to be read. `again`: a
   further part of the same number. `letter`: "" or "b". */
void npt__docx_label(struct npt__docx *docx, const char *what, size_t number, bool again,
                     const char *letter);
/* Ends a section of pages that lie as those so far, and begins one of others; nothing where they lie so. */
void npt__docx_turn(struct npt__docx *docx, bool across);
/* The properties of the last section. */
void npt__docx_section(struct npt__docx *docx);

/* ---- docx_table.c, docx_figure.c, docx_parts.c ----------------------------------------------- */

/* A table with its caption, as one table for each panel and part of it; quotes where it is laid out as cards. */
void npt__docx_table(struct npt__docx *docx, const struct npt__block *block);
/* Whether it needs pages that lie on their side. */
bool npt__docx_is_wide(const struct npt__block *block);

/* A picture with its caption; where there is none, that, and what it shows in words. */
void npt__docx_figure(struct npt__docx *docx, const struct npt__block *block);
/* Their files. */
void npt__docx_media(struct npt__docx *docx);

/* All parts but the pictures, around the body. */
void npt__docx_parts(struct npt__docx *docx, const struct npt__report_document *document);

#endif
