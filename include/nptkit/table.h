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
    NPT_CELL_WITHHELD, /* hidden by disclosure control; `reason` says so */
};

/* Only what belongs to the kind can be read. */
struct npt_cell {
    enum npt_cell_kind kind;
    union {
        const char *text;
        int64_t count;
        double number;
        const char *reason;
    };
};

/* How a column's values are shown to people; files for machines hold them at full precision. */
enum npt_unit {
    NPT_UNIT_TEXT,
    NPT_UNIT_COUNT, /* a whole number */
    NPT_UNIT_SHARE, /* 0 to 1, shown as a percentage */
    NPT_UNIT_MEAN,  /* shown with two decimals */
    NPT_UNIT_P,     /* a probability of a test, shown with three decimals or as <0.001 */
    NPT_UNIT_DIFFERENCE, /* an end of an interval of a difference: two decimals, or as many as show its sign */
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

/* ---- protection against disclosure ----------------------------------------------------------- */

/* The limits; 0 stands for the usual one. */
struct npt_protection {
    size_t
        min_n; /* 10: people in a group, below which means, intervals and shares of it are withheld */
    size_t
        min_cell; /* 5: counts of fewer people are withheld; and how many values each withheld count can have */
    bool
        show_zeros; /* of answers, too: that nobody in a group gave an answer tells how each did not answer */
};
#define NPT_MIN_N 10
#define NPT_MIN_CELL 5

/* What was withheld from one table, in cells. */
struct npt_protected {
    size_t cells; /* of measures, in all */
    size_t small; /* counts of too few, and what describes groups of too few */
    size_t
        complement; /* that others could be worked out from, or that are worked out from others */
    size_t
        exposed; /* withheld counts that could not be kept from being worked out: 0, or do not publish */
};

/* Withholds what could tell of single people, in tables that leave together: all tables of a report for all sites
   and waves at once, before anything is made of them. `made` receives as many new tables in the same order, each
   with a note on how it was protected; the originals stay as they are. A table that was protected before is copied
   as it is. `summaries` may be NULL. Returns the list of what was withheld and why, without values, for whoever
   answers for the data; it tells which cells are small and must not be published. Free all of them.

   What is promised: from all tables together nobody who knows the questionnaire, the structure of the tables and
   everything published can bound a withheld count of people to fewer than `min_cell` values, nor a withheld mean to
   less than a quarter of its scale, by sums over groups, answers and means times n. Nor do sums of squares (SD, intervals)
   of a total less its parts bound such a mean so. Each withheld number is proven safe
   by others that would fit as well, looked for among at most 3,000 withheld numbers at once; what is not proven so counts
   as unsafe, and more is withheld. SECURITY.md says against whom, and what is not promised. */
NPT_API npt_table *npt_protect(npt_table **made, const npt_table *const *tables, size_t count,
                               const struct npt_protection *limits,
                               struct npt_protected *summaries);

#endif
