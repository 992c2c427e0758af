/* docx_file.h - Word files made from documents and opened again, for tests.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef DOCX_FILE_H
#define DOCX_FILE_H

#include "../nptkit/report/writers.h"
#include "../nptkit/tables/table.h"

#include <libxml/tree.h>
#include <zip.h>

#define DOCX_MOST_PARTS 64

struct docx_part {
    const char *name;
    char *bytes;
    size_t length;
    xmlDoc *xml; /* NULL: no XML */
};

struct docx_file {
    npt_output *output;
    zip_t *zip;
    struct docx_part parts[DOCX_MOST_PARTS];
    size_t count;
};

/* Writes the document and opens what was written; every part but pictures must be well-formed. */
struct docx_file docx_make(const struct npt__report_document *document);
void docx_close(struct docx_file *file);
/* A part by name, or NULL; the root of one that must be there; that of the text. */
struct docx_part *docx_part(struct docx_file *file, const char *name);
xmlNode *docx_root(struct docx_file *file, const char *name);
xmlNode *docx_body(struct docx_file *file);

/* The next node in the order of the file; NULL at its end. */
xmlNode *docx_next(xmlNode *node);
bool docx_is(const xmlNode *node, const char *name);
/* How many elements of this name there are from `root` down, and the number `index` of them, which must be there. */
size_t docx_count(xmlNode *root, const char *name);
xmlNode *docx_nth(xmlNode *root, const char *name, size_t index);
/* The value of an attribute by local name, or NULL; free with xmlFree(). */
char *docx_value(const xmlNode *node, const char *name);
/* An attribute that is not there is "(none)". */
void docx_expect_attribute(const xmlNode *node, const char *name, const char *expected);
void docx_expect_content(const xmlNode *node, const char *expected);
/* Whether a paragraph has this style and this text. */
bool docx_has_paragraph(struct docx_file *file, const char *style, const char *text);

/* A picture of 1,720 by 1,120 pixels; its PNG is no more than a header. */
extern const struct npt__figure docx_drawn;
/* Two constructs by two sites, with a withheld and an absent cell; one row of many measures. */
npt_table *docx_small_table(const char *construct, const char *site);
npt_table *docx_wide_table(size_t measures);

struct docx_world {
    npt_table *table, *wide;
    struct npt__report_document *document;
};

/* A document with everything that a document can have. End with docx_end(). */
struct docx_world docx_everything(const char *text);
void docx_end(struct docx_world *world);

#endif
