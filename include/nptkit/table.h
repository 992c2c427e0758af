/* nptkit/table.h - the result of every analysis: a tidy table, read-only.
 *
 * Dimension columns first (construct, site, role ...), then measures (cases, segments ...). A row is one
 * combination of dimension values. A cell is a value, *absent* with a reason, or *withheld*; where a
 * dimension is summed over its cell is a *total*. Counts are exact; shares are between 0 and 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPTKIT_TABLE_H
#define NPTKIT_TABLE_H

#include <nptkit/base.h>

typedef struct npt_table npt_table;

enum npt_cell_kind {
    NPT_CELL_ABSENT,   /* no value; `reason` says why, and may be NULL where it is plain */
    NPT_CELL_TEXT,     /* `text` */
    NPT_CELL_COUNT,    /* `count` */
    NPT_CELL_NUMBER,   /* `number`, always finite */
    NPT_CELL_TOTAL,    /* of a dimension: the row sums over all its values */
    NPT_CELL_WITHHELD, /* hidden by disclosure control */
};

struct npt_cell {
    enum npt_cell_kind kind;
    union {
        const char *text;
        int64_t count;
        double number;
    };
    const char *reason;
};

/* How a column's values are shown to people; files for machines hold them at full precision. */
enum npt_unit {
    NPT_UNIT_TEXT,
    NPT_UNIT_COUNT, /* a whole number */
    NPT_UNIT_SHARE, /* 0 to 1, shown as a percentage */
    NPT_UNIT_MEAN,  /* shown with two decimals */
    NPT_UNIT_P,     /* a probability of a test, shown with three decimals or as <0.001 */
};

struct npt_column {
    const char *key;   /* for machines: "construct", "of_cases", or an attribute's own name */
    const char *label; /* for people: "Construct", "Cases" */
    bool dimension;
    enum npt_unit unit;
};

NPT_API void npt_table_free(npt_table *table);

/* A short name without blanks ("tally") and a title for people. Borrowed from the table. */
NPT_API const char *npt_table_name(const npt_table *table);
NPT_API const char *npt_table_title(const npt_table *table);

NPT_API size_t npt_table_column_count(const npt_table *table);
NPT_API const struct npt_column *npt_table_column(const npt_table *table, size_t column);
/* The column's index by key; SIZE_MAX where there is none. */
NPT_API size_t npt_table_find_column(const npt_table *table, const char *key);

NPT_API size_t npt_table_row_count(const npt_table *table);
/* The row's cells, one for each column. */
NPT_API const struct npt_cell *npt_table_row(const npt_table *table, size_t row);

/* What a reader must know to use the numbers; NULL past the end. */
NPT_API const char *npt_table_note(const npt_table *table, size_t index);

#endif
