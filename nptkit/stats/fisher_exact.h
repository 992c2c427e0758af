/* fisher_exact.h - what both ways of Fisher's test start from, and the exact one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FISHER_EXACT_H
#define NPT__FISHER_EXACT_H

#include "factorials.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The totals without those of 0, in ascending order; rows are no more than columns. A table's probability is a
   constant over the product of its counts' factorials: its rarity is the logarithm of that product, in NPT__LOG_UNIT.
   A table counts where its rarity is at least `limit`. */
struct npt__fisher_totals {
    uint32_t *rows, *columns;
    size_t row_count, column_count; /* at least 2 */
    uint32_t cases;
    struct npt__factorials factorials; /* up to `cases` */
    int64_t limit;
};

struct npt__fisher_answer {
    bool finished; /* within the bound */
    double p;
};

struct npt__fisher_answer npt__fisher_exact(const struct npt__fisher_totals *totals, uint64_t work);

#endif
