/* quantities_labels.h - what the rows of a table are known by: facets and labels, as lists of numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__QUANTITIES_LABELS_H
#define NPT__QUANTITIES_LABELS_H

#include "quantities.h"

struct npt__row_labels {
    uint32_t facets, labels;    /* lists */
    uint16_t overlaps, filters; /* of the labels, a bit each */
};

/* Once for a table: the names of all that its dimensions say. */
void npt__table_name_labels(struct npt__quantities *quantities, struct npt__source_table *table);
/* The labels of all rows as they are to the counts of one column. */
void npt__table_list_labels(struct npt__quantities *quantities,
                            const struct npt__source_table *table, size_t column, bool facetless,
                            struct npt__row_labels *rows);

#endif
