/* contingency.c - two classifications of the same cases, crossed: chi-square, G, Cramér's V, residuals.
 *
 * What a cell differs from its expected count, times all cases, is a whole number: cases * count - row * column. It is
 * taken exactly. Sums over cells run in sorted order with twice the precision of a double.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "contingency.h"

#include "../base/arena.h"
#include "chi_square.h"
#include "densities.h"
#include "describe.h"
#include "noncentral_chi_square.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct margins {
    uint64_t *rows, *columns; /* totals; 0 of those left out */
};

/* One cell that is not left out. */
struct cell {
    double count, row, column, cases;
    double difference; /* cases * count - row * column */
};

static enum npt__contingency_fault measure(const struct npt__count_table *table,
                                           struct npt__contingency *result, struct margins margins)
{
    for (size_t row = 0; row < table->rows; row++)
        for (size_t column = 0; column < table->columns; column++) {
            uint32_t count = table->counts[row * table->columns + column];
            margins.rows[row] += count;
            margins.columns[column] += count;
            result->cases += count;
        }
    for (size_t row = 0; row < table->rows; row++)
        result->rows += margins.rows[row] > 0;
    for (size_t column = 0; column < table->columns; column++)
        result->columns += margins.columns[column] > 0;
    result->empty_rows = table->rows - result->rows;
    result->empty_columns = table->columns - result->columns;
    if (!result->cases)
        return NPT__CONTINGENCY_EMPTY;
    if (result->cases > NPT__CONTINGENCY_MOST_CASES)
        return NPT__CONTINGENCY_TOO_LARGE;
    if (result->rows == 1)
        return NPT__CONTINGENCY_ONE_ROW;
    return result->columns == 1 ? NPT__CONTINGENCY_ONE_COLUMN : NPT__CONTINGENCY_FINE;
}

/* The cells of rows and columns that have cases, in the order of the table. */
static struct cell *used_cells(const struct npt__count_table *table,
                               const struct npt__contingency *result, struct margins margins)
{
    struct cell *cells = npt__allocate(result->rows * result->columns * sizeof *cells),
                *next = cells;
    for (size_t row = 0; row < table->rows; row++)
        for (size_t column = 0; column < table->columns; column++) {
            uint64_t of_row = margins.rows[row], of_column = margins.columns[column];
            if (!of_row || !of_column)
                continue;
            uint64_t count = table->counts[row * table->columns + column];
            int64_t difference = (int64_t)(count * result->cases) - (int64_t)(of_row * of_column);
            *next++ = (struct cell){(double)count, (double)of_row, (double)of_column,
                                    (double)result->cases, (double)difference};
        }
    return cells;
}

/* ---- sums over cells ------------------------------------------------------------------------- */

static double pearson_part(const struct cell *cell)
{
    return cell->difference / (cell->row * cell->column) * (cell->difference / cell->cases);
}

static double g_part(const struct cell *cell)
{
    double expected = cell->row * cell->column / cell->cases;
    if (cell->count <= 0)
        return 2 * expected;
    return 2 * npt__deviance_part(cell->count, expected, cell->difference / cell->cases);
}

static int by_size(const void *left, const void *right)
{
    double a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static double sum(const struct cell *cells, size_t count, double part(const struct cell *))
{
    double *parts = npt__allocate(count * sizeof *parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = part(&cells[i]);
    qsort(parts, count, sizeof *parts, by_size);
    struct npt__twofold sum = {0, 0};
    for (size_t i = 0; i < count; i++)
        sum = npt__twofold_add(sum, (struct npt__twofold){parts[i], 0});
    npt__release(parts);
    return sum.high;
}

static struct npt__chance chance(double statistic, uint64_t freedom)
{
    return (struct npt__chance){true, statistic, npt__chi_square_above(statistic, (double)freedom)};
}

static void look_at_expected(struct npt__contingency *result, const struct cell *cells,
                             size_t count)
{
    result->least_expected = INFINITY;
    for (size_t i = 0; i < count; i++) {
        double product = cells[i].row * cells[i].column;
        result->least_expected = fmin(result->least_expected, product / cells[i].cases);
        result->below_five += product < 5 * cells[i].cases;
        result->below_one += product < cells[i].cases;
    }
}

/* Of 2 x 2: with |a d - b c| = |difference|, (|difference| - cases / 2)^2 cases / product of the totals. */
static struct npt__chance yates(const struct cell *cells)
{
    double cases = cells[0].cases, beyond = fmax(0, fabs(cells[0].difference) - cases / 2);
    double rows = sqrt(cells[0].row * cells[3].row);
    double root = beyond / (rows * sqrt(cells[0].column * cells[3].column));
    return chance(cases * root * root, 1);
}

/* ---- Cramér's V ------------------------------------------------------------------------------ */

static double end_of(double numerator, double denominator)
{
    return fmin(1, sqrt(numerator / denominator));
}

static struct npt__cramers_v plain_v(const struct npt__contingency *result,
                                     struct npt__interval noncentrality)
{
    double freedom = (double)result->freedom;
    double most = (double)result->cases *
                  (double)((result->rows < result->columns ? result->rows : result->columns) - 1);
    struct npt__cramers_v v = {.defined = true, .v = end_of(result->pearson.statistic, most)};
    if (noncentrality.defined) {
        double low = noncentrality.low > 0 ? end_of(noncentrality.low + freedom, most) : 0;
        v.interval = (struct npt__interval){true, low, end_of(noncentrality.high + freedom, most)};
    }
    return v;
}

/* categories - 1 - (categories - 1)^2 / (cases - 1) */
static double corrected_categories(size_t categories, double cases)
{
    double less_one = (double)(categories - 1);
    return less_one * (cases - 1 - less_one) / (cases - 1);
}

static struct npt__cramers_v corrected_v(const struct npt__contingency *result,
                                         struct npt__interval noncentrality)
{
    double cases = (double)result->cases, freedom = (double)result->freedom;
    double least = fmin(corrected_categories(result->rows, cases),
                        corrected_categories(result->columns, cases));
    if (!(least > 0))
        return (struct npt__cramers_v){0};
    double square = fmax(0, result->pearson.statistic / cases - freedom / (cases - 1));
    struct npt__cramers_v v = {.defined = true, .v = end_of(square, least)};
    if (noncentrality.defined)
        v.interval = (struct npt__interval){true, end_of(noncentrality.low, cases * least),
                                            end_of(noncentrality.high, cases * least)};
    return v;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void fill_residuals(const struct npt__count_table *table, struct margins margins,
                           const struct cell *used, struct npt__contingency_cell *cells)
{
    for (size_t row = 0; row < table->rows; row++)
        for (size_t column = 0; column < table->columns; column++) {
            if (!margins.rows[row] || !margins.columns[column])
                continue;
            double product = used->row * used->column;
            double others = (used->cases - used->row) * (used->cases - used->column);
            cells[row * table->columns + column] = (struct npt__contingency_cell){
                .defined = true,
                .expected = product / used->cases,
                .standardised = used->difference / sqrt(product * used->cases),
                .adjusted = used->difference * sqrt(used->cases / product / others)};
            used++;
        }
}

static void fill_result(struct npt__contingency *result, const struct cell *cells,
                        double confidence)
{
    const size_t count = result->rows * result->columns;
    result->defined = true;
    result->freedom = (uint64_t)(result->rows - 1) * (result->columns - 1);
    look_at_expected(result, cells, count);
    result->pearson = chance(sum(cells, count, pearson_part), result->freedom);
    result->g = chance(sum(cells, count, g_part), result->freedom);
    result->phi = sqrt(result->pearson.statistic / (double)result->cases);
    if (count == 4) {
        result->yates = yates(cells);
        result->phi = copysign(fmin(result->phi, 1), cells[0].difference);
    }
    struct npt__interval noncentrality =
        npt__noncentrality_interval(result->pearson.statistic, (double)result->freedom, confidence);
    result->plain = plain_v(result, noncentrality);
    result->corrected = corrected_v(result, noncentrality);
}

struct npt__contingency npt__contingency(const struct npt__count_table *table, double confidence,
                                         struct npt__contingency_cell *cells)
{
    struct npt__contingency result = {.fault = NPT__CONTINGENCY_EMPTY};
    if (!table->rows || !table->columns) {
        result.empty_rows = table->rows;
        result.empty_columns = table->columns;
        return result;
    }
    if (table->rows > NPT__CONTINGENCY_MOST_CELLS / table->columns) {
        result.fault = NPT__CONTINGENCY_TOO_LARGE;
        return result;
    }
    uint64_t *totals = npt__allocate((table->rows + table->columns) * sizeof *totals);
    memset(totals, 0, (table->rows + table->columns) * sizeof *totals);
    if (cells)
        memset(cells, 0, table->rows * table->columns * sizeof *cells);
    struct margins margins = {totals, totals + table->rows};
    result.fault = measure(table, &result, margins);
    if (!result.fault) {
        struct cell *used = used_cells(table, &result, margins);
        fill_result(&result, used, confidence);
        if (cells)
            fill_residuals(table, margins, used, cells);
        npt__release(used);
    }
    npt__release(totals);
    return result;
}
