/* reference_data.h - data sets and comparisons for tests of statistics.
 *
 *     struct reference_table *table = reference_table_read("tests/data/raters2.csv");
 *     size_t count;
 *     double *x = reference_column(table, "r1", &count);
 *     reference_expect(npt__describe(x, count).mean, 3.35, 1e-15);
 *     free(x);
 *     reference_table_free(table);
 *
 * Paths are seen from the project's folder, in which tests are started. What is not as it should be (no such
 * file, no such column) fails the test.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef REFERENCE_DATA_H
#define REFERENCE_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- files ----------------------------------------------------------------------------------- */

/* A file of comma-separated cells without quotes; the first row names the columns. */
struct reference_table;

struct reference_table *reference_table_read(const char *path);
void reference_table_free(struct reference_table *table);
size_t reference_rows(const struct reference_table *table);
/* A cell's text; `row` from 0, the header row not counted. Borrowed from the table. */
const char *reference_cell(const struct reference_table *table, size_t row, const char *column);
/* Whether the cell is a number, and which. */
bool reference_number(const struct reference_table *table, size_t row, const char *column,
                      double *number);
/* The numbers of a column, other cells left out; free them. */
double *reference_column(const struct reference_table *table, const char *column, size_t *count);

/* The numbers at the end of a file of NIST's: those below the last line with anything else on it, row by row;
   free them. */
double *reference_nist(const char *path, size_t *count);

/* ---- comparisons ----------------------------------------------------------------------------- */

/* How many digits agree: -log10 of the relative error (of the absolute one where 0 is expected), 0 to 17. */
double reference_digits(double actual, double expected);

/* Fails where `actual` differs from `expected` by more than the share `relative` of it; from 0, by more than
   `relative` itself. 0: by any digit. */
#define reference_expect(actual, expected, relative) \
    reference_expect_at(actual, expected, relative, #actual, __FILE__, __LINE__)
void reference_expect_at(double actual, double expected, double relative, const char *what,
                         const char *file, int line);
/* Runs the tests of a program as one family of statistics, and tells at the end, for `make check` to show, how
   many reference values were compared and the largest relative error among those with nine digits:
       return reference_run("rank tests", tests); */
#define reference_run(family, tests) \
    (reference_family(family), \
     cmocka_run_group_tests_name((family), (tests), NULL, reference_report))
void reference_family(const char *family);
int reference_report(void **state);
/* The same bits; one NAN is as good as another. */
bool reference_same(double a, double b);

/* ---- chance ---------------------------------------------------------------------------------- */

/* A generator for tests (Steele, Lea & Flood 2014, SplitMix64): the same numbers everywhere. */
uint64_t reference_random(uint64_t *state);
/* Puts the values into another order, and their partners (or NULL) into the same one. */
void reference_shuffle(double *values, double *partners, size_t count, uint64_t *state);

#endif
