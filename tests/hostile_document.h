/* hostile_document.h - documents for tests of the writers for machines: texts that would be code elsewhere, holes,
 * a table that is shown twice.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef HOSTILE_DOCUMENT_H
#define HOSTILE_DOCUMENT_H

#include "../nptkit/report/writers.h"
#include "../nptkit/tables/table.h"

#define HOSTILE_COUNT 14
/* Texts that some reader could take for more than a text. */
extern const char *const hostile_texts[HOSTILE_COUNT];

/* A table named `name` with the dimensions Site and site (a header that repeats), a text, a count, a share, a mean and
   a p; a row for each hostile text, then a total; row 1 withheld, row 2 absent with a reason, row 3 without. */
npt_table *hostile_table(const char *name);
/* All kinds of blocks with hostile texts; `tables` are shown in turn, the first one once more at the end. */
struct npt__report_document *hostile_document(const npt_table *const *tables, size_t count);

#endif
