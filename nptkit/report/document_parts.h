/* document_parts.h - what formats for machines take from a document: its tables, each once, and its sentences.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DOCUMENT_PARTS_H
#define NPT__DOCUMENT_PARTS_H

#include "document.h"

/* A table as it is first shown. */
struct npt__document_table {
    const npt_table *table;
    size_t number;
    const char *caption;
    const char *section; /* the heading above; "" */
};

struct npt__document_tables {
    struct npt__document_table *items;
    size_t count;
    const size_t *of; /* for the table with number i + 1: which of the items it is */
};

/* A table that is shown again, in another layout, is the same table. Everything is in `arena` or in the document. */
struct npt__document_tables npt__document_tables(const struct npt__report_document *document,
                                                 npt__arena *arena);

/* A text, and what it is: "finding", "text", "item", "quote", "box", "picture in words", "note to table 3", "closing". */
struct npt__document_sentence {
    const char *section, *kind, *text;
};

/* Every text of the document but titles and captions, in order; returns how many. */
size_t npt__document_sentences(const struct npt__report_document *document, npt__arena *arena,
                               const struct npt__document_sentence **sentences);

#endif
