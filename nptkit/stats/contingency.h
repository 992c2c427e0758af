/* contingency.h - two classifications of the same cases, crossed: chi-square, G, Cramér's V, residuals.
 *
 * Rows and columns without any case are left out (they say nothing) and counted in the result. All numbers rest
 * on sums of whole numbers or on sums in sorted order: they are the same for any order of rows and columns, and
 * for rows and columns exchanged.
 *
 *     const uint32_t counts[] = {12, 5, 7,
 *                                 3, 9, 8};
 *     const struct npt__count_table table = {counts, 2, 3};
 *     struct npt__contingency_cell cells[6];
 *     struct npt__contingency result = npt__contingency(&table, 0.95, cells);
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CONTINGENCY_H
#define NPT__CONTINGENCY_H

#include "interval.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NPT__CONTINGENCY_MOST_CELLS 1000000u   /* rows * columns */
#define NPT__CONTINGENCY_MOST_CASES 100000000u /* the sum of all counts */

/* How many cases fell into each cell: counts[row * columns + column]. Borrowed. */
struct npt__count_table {
    const uint32_t *counts;
    size_t rows, columns;
};

/* Why there is no result. */
enum npt__contingency_fault {
    NPT__CONTINGENCY_FINE,
    NPT__CONTINGENCY_EMPTY,      /* no rows, no columns, or no case in them */
    NPT__CONTINGENCY_ONE_ROW,    /* all cases are in one row, so there is nothing to compare */
    NPT__CONTINGENCY_ONE_COLUMN, /* all cases are in one column (and in more than one row) */
    NPT__CONTINGENCY_TOO_LARGE,  /* more cells or more cases than the ceilings above */
};

/* The larger the statistic, the farther the table from independence; p is the chance of one as large or larger
   under independence, in large samples. */
struct npt__chance {
    bool defined;
    double statistic, p;
};

struct npt__cramers_v {
    bool defined;
    double v; /* 0 .. 1 */
    struct npt__interval interval;
};

struct npt__contingency {
    bool defined; /* where false, all below `cases` is 0 and not defined */
    enum npt__contingency_fault fault;
    size_t rows, columns;             /* those with cases in them */
    size_t empty_rows, empty_columns; /* those left out; rows + empty_rows are the table's */
    uint64_t cases;

    uint64_t freedom; /* (rows - 1)(columns - 1) */
    /* Expected counts under independence: the least of all, and how many of the rows * columns are below 5 and
       below 1. Cochran's rule (1954, Biometrics 10, 417-451) trusts chi-square where none is below 1 and no more
       than a fifth are below 5. */
    double least_expected;
    size_t below_five, below_one;

    struct npt__chance pearson; /* sum (observed - expected)^2 / expected: Pearson 1900 */
    /* Tables of 2 x 2 only: |observed - expected| less 0.5, not below 0 (Yates 1934, Supplement to the Journal of
       the Royal Statistical Society 1, 217-235). */
    struct npt__chance yates;
    struct npt__chance g; /* likelihood ratio, 2 sum observed ln(observed / expected): Wilks 1938 */

    /* sqrt(chi-square / cases). In tables of 2 x 2 with its sign: above 0 where the first row goes with the first
       column; it is then Pearson's r of the two classifications. */
    double phi;

    /* sqrt(chi-square / (cases * least)), with `least` the lesser of rows - 1 and columns - 1 (Cramér 1946). Its
       interval holds the noncentralities of the chi-square distribution under which what was observed is not
       unlikely, each end with half of 1 - confidence (Smithson 2003, "Confidence intervals", Sage, ch. 4):
       sqrt((noncentrality + freedom) / (cases * least)), as plain V estimates that; 0 where the lower
       noncentrality is 0, and 1 at most. Plain V is too large where cases are few, and so is its interval: in tables
       of 2 x 3 with 100 to 900 cases it held the true V in 89 to 97 of 100 samples instead of 95. */
    struct npt__cramers_v plain;
    /* Bergsma 2013, "A bias-correction for Cramér's V and Tschuprow's T", Journal of the Korean Statistical
       Society 42, 323-328: max(0, chi-square / cases - freedom / (cases - 1)), over the lesser of r' - 1 and
       c' - 1 with r' = rows - (rows - 1)^2 / (cases - 1), and the root of that. Its interval has
       noncentrality / cases in place of the numerator, and 1 at most; in the same samples it held the true V in 95
       to 97 of 100. Not defined where r' or c' is 1 or less (hardly more cases than rows or columns). */
    struct npt__cramers_v corrected;
};

struct npt__contingency_cell {
    /* false in rows and columns that were left out, and everywhere where the result is not defined */
    bool defined;
    double expected;
    double standardised; /* (observed - expected) / sqrt(expected), Pearson's residual */
    /* The same over its own standard error, sqrt(expected (1 - row / cases)(1 - column / cases)): about normal with
       standard deviation 1 under independence (Haberman 1973, Biometrics 29, 205-220). */
    double adjusted;
};

/* `confidence` of the intervals, as 0.95; where it is not within 0 and 1 they are not defined, the rest is. `cells`
   takes rows * columns entries, laid out as the counts, and is left as it is where there are more cells than the
   ceiling; NULL: not wanted. */
struct npt__contingency npt__contingency(const struct npt__count_table *table, double confidence,
                                         struct npt__contingency_cell *cells);

#endif
