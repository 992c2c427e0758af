/* document.h - a report as a list of blocks, ready for any format.
 *
 * Who makes a document adds blocks in reading order; a writer of a format shows them. Texts are plain: a writer
 * makes them safe for where they go. Tables are borrowed, everything else is copied.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DOCUMENT_H
#define NPT__DOCUMENT_H

#include "../base/arena.h"

#include <nptkit/table.h>

enum npt__block_kind {
    NPT__HEADING,   /* `text`, `level` from 2: the title is the one of level 1 */
    NPT__PARAGRAPH, /* `text` */
    NPT__LEAD,      /* `items`: sentences that say what the numbers of a section show */
    NPT__LIST,      /* `items` */
    NPT__TABLE,     /* `table` with caption `text` */
    NPT__FIGURE,    /* `figure` with caption `text` and, in words, `other` */
    NPT__QUOTE,     /* `text` and, below it, whose: `other` */
    NPT__BOX, /* a heading `text` of `level`, and paragraphs `items`: set apart from the rest */
};

/* A sentence or a list's item; `heading` is the number of the heading that it leads to, 0: none. */
struct npt__document_item {
    const char *text;
    size_t heading;
};

/* A picture, drawn in the formats that the writers need. */
struct npt__figure {
    const char *svg; /* an <svg> element of our own making; NULL: not drawn so */
    size_t svg_length;
    const char *png; /* a PNG at twice the size; NULL: not drawn so */
    size_t png_length;
    const char *kind; /* which kind of picture: "dots" */
    size_t of;        /* the number of the table in the document that has its data; 0: none */
};

struct npt__block {
    enum npt__block_kind kind;
    int level;
    size_t number; /* of a heading, a table or a figure, from 1 */
    const char *text, *other;
    const struct npt__document_item *items;
    size_t item_count;
    const npt_table *table;
    struct npt__figure figure;
};

struct npt__report_document {
    npt__arena *arena;
    const char *title, *subtitle; /* subtitle: NULL, or a line below the title */
    const char *language;         /* "en" */
    const char *closing;          /* the last line: what made it; or NULL */
    size_t notes;                 /* the heading under which tables' notes stand; 0: none */
    NPT__ARRAY(struct npt__block) blocks;
    size_t headings, tables, figures;
};

/* Free with npt__document_free(). */
struct npt__report_document *npt__document_new(const char *title, const char *language);
void npt__document_free(struct npt__report_document *document);

/* Each adds a block; the first three return its number. A heading may be at most one level below the last. */
size_t npt__add_heading(struct npt__report_document *document, int level, const char *text);
size_t npt__add_table(struct npt__report_document *document, const npt_table *table,
                      const char *caption);
size_t npt__add_figure(struct npt__report_document *document, const struct npt__figure *figure,
                       const char *caption, const char *in_words);
void npt__add_paragraph(struct npt__report_document *document, const char *text);
void npt__add_quote(struct npt__report_document *document, const char *text, const char *whose);
/* `kind`: NPT__LEAD or NPT__LIST. Returns where the block stands, for npt__fill_items(): a list of what follows can be
   filled at the end. One without items is not shown. */
size_t npt__add_items(struct npt__report_document *document, enum npt__block_kind kind,
                      const struct npt__document_item *items, size_t count);
void npt__fill_items(struct npt__report_document *document, size_t block,
                     const struct npt__document_item *items, size_t count);
/* Its heading gets a number, too. */
size_t npt__add_box(struct npt__report_document *document, int level, const char *title,
                    const struct npt__document_item *items, size_t count);

#endif
