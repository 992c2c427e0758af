/* fisher.c - Fisher's exact test of tables of any size: prepares the totals, and draws random tables where the exact
 * way is too long.
 *
 * Each replicate has a random stream of its own. Small tables are drawn by shuffling the cases, large ones cell by
 * cell (Patefield 1981, "Algorithm AS 159: an efficient method of generating random R x C tables with given row and
 * column totals", Applied Statistics 30, 91-97).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fisher.h"

#include "../base/arena.h"
#include "fisher_exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two tables whose probabilities differ by less than this share are equally probable. */
#define TIE 1e-7
/* A cell's number costs about as much as shuffling so many cases. */
#define CASES_FOR_A_CELL 16u

/* ---- random tables --------------------------------------------------------------------------- */

struct draw {
    const struct npt__fisher_totals *totals;
    uint32_t *labels; /* of the cases: which row; in the order of the rows */
};

/* Cases in random order fill the columns, the greatest one last: it takes what is left. */
static double shuffled_counts(const void *user, struct npt__random *random)
{
    const struct draw *draw = user;
    const struct npt__fisher_totals *totals = draw->totals;
    const size_t rows = totals->row_count;
    uint32_t *labels = npt__allocate((totals->cases + 2 * rows) * sizeof *labels);
    uint32_t *left = labels + totals->cases, *column = left + rows, taken = 0;
    memcpy(labels, draw->labels, totals->cases * sizeof *labels);
    memcpy(left, totals->rows, rows * sizeof *left);
    int64_t rarity = 0;
    for (size_t j = 0; j + 1 < totals->column_count; j++) {
        memset(column, 0, rows * sizeof *column);
        for (uint32_t i = 0; i < totals->columns[j]; i++, taken++) {
            size_t at = taken + npt__random_below(random, totals->cases - taken);
            column[labels[at]]++;
            labels[at] = labels[taken];
        }
        for (size_t i = 0; i < rows; i++) {
            rarity += totals->factorials.logs[column[i]];
            left[i] -= column[i];
        }
    }
    for (size_t i = 0; i < rows; i++)
        rarity += totals->factorials.logs[left[i]];
    npt__release(labels);
    return rarity >= totals->limit;
}

/* How many of all[0] things are among `taken` of all[0] + all[1] taken at random: from the most likely number to
   both sides until the chances add up to a random one. */
static uint32_t draw_count(const struct npt__factorials *factorials, const uint32_t all[2],
                           uint32_t taken, struct npt__random *random)
{
    const uint32_t first = taken > all[1] ? taken - all[1] : 0;
    const uint32_t last = taken < all[0] ? taken : all[0];
    if (first == last)
        return first;
    uint64_t mode =
        ((uint64_t)taken + 1) * ((uint64_t)all[0] + 1) / ((uint64_t)all[0] + all[1] + 2);
    uint32_t low = (uint32_t)mode, high = low, at[2] = {low, taken - low};
    double of_low = npt__hypergeometric(factorials, all, at, 2), of_high = of_low;
    double left = npt__random_uniform(random) - of_low;
    const double a = all[0], b = all[1], n = taken;
    while (left >= 0 && (low > first || high < last)) {
        if (high < last) {
            of_high *= (a - high) * (n - high) / ((high + 1.0) * (b - n + high + 1));
            high++;
            left -= of_high;
            if (left < 0)
                return high;
        }
        if (low > first) {
            of_low *= low * (b - n + low) / ((a - low + 1) * (n - low + 1));
            low--;
            left -= of_low;
            if (left < 0)
                return low;
        }
    }
    return (uint32_t)mode;
}

static double drawn_counts(const void *user, struct npt__random *random)
{
    const struct draw *draw = user;
    const struct npt__fisher_totals *totals = draw->totals;
    const size_t rows = totals->row_count;
    uint32_t *left = npt__allocate(rows * sizeof *left), cases = totals->cases;
    memcpy(left, totals->rows, rows * sizeof *left);
    int64_t rarity = 0;
    for (size_t j = totals->column_count; j-- > 1;) {
        uint32_t taken = totals->columns[j], others = cases;
        for (size_t i = rows; i-- > 0;) {
            others -= left[i];
            uint32_t count =
                draw_count(&totals->factorials, (uint32_t[]){left[i], others}, taken, random);
            left[i] -= count;
            taken -= count;
            rarity += totals->factorials.logs[count];
        }
        cases -= totals->columns[j];
    }
    for (size_t i = 0; i < rows; i++)
        rarity += totals->factorials.logs[left[i]];
    npt__release(left);
    return rarity >= totals->limit;
}

/* Steps for one replicate, and whether shuffling takes fewer of them than drawing cell by cell. */
static bool by_shuffling(const struct npt__fisher_totals *totals, uint64_t *steps)
{
    const uint64_t cells = (uint64_t)totals->row_count * totals->column_count;
    const uint64_t drawn = (uint64_t)(totals->row_count - 1) * (totals->column_count - 1);
    const bool shuffle = totals->cases <= drawn * CASES_FOR_A_CELL;
    *steps = cells + (shuffle ? totals->cases : drawn * CASES_FOR_A_CELL);
    return shuffle;
}

static void estimate(const struct npt__fisher_totals *totals,
                     const struct npt__fisher_options *options, struct npt__fisher *test)
{
    uint64_t steps;
    const bool shuffle = by_shuffling(totals, &steps);
    const size_t replicates = options->replicates;
    if (!replicates || steps > NPT__FISHER_MOST_DRAWS / replicates) {
        test->fault = NPT__FISHER_WORK_BOUND;
        return;
    }
    struct draw draw = {totals, npt__allocate(totals->cases * sizeof *draw.labels)};
    uint32_t *label = draw.labels;
    for (size_t row = 0; row < totals->row_count; row++)
        for (uint32_t i = 0; i < totals->rows[row]; i++)
            *label++ = (uint32_t)row;
    double *results = npt__allocate(replicates * sizeof *results);
    npt__bootstrap(results, replicates, options->seed, options->threads,
                   shuffle ? shuffled_counts : drawn_counts, &draw);
    size_t counted = 0;
    for (size_t i = 0; i < replicates; i++)
        counted += results[i] > 0;
    npt__release(results);
    npt__release(draw.labels);
    test->defined = true;
    test->replicates = replicates;
    test->p = (1 + (double)counted) / (1 + (double)replicates);
    test->error = sqrt(test->p * (1 - test->p) / (double)replicates);
}

/* ---- totals ---------------------------------------------------------------------------------- */

static int ascending(const void *left, const void *right)
{
    uint32_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

/* Sorts the totals and drops those of 0; returns how many are left. */
static size_t sort_totals(uint32_t *totals, size_t count)
{
    size_t zeros = 0;
    qsort(totals, count, sizeof *totals, ascending);
    while (zeros < count && !totals[zeros])
        zeros++;
    memmove(totals, totals + zeros, (count - zeros) * sizeof *totals);
    return count - zeros;
}

/* Rows are the fewer ones; where there are as many of both, those that differ first by being less. */
static void choose_rows(struct npt__fisher_totals *totals)
{
    bool turn = totals->row_count > totals->column_count;
    if (totals->row_count == totals->column_count) {
        size_t i = 0;
        while (i < totals->row_count && totals->rows[i] == totals->columns[i])
            i++;
        turn = i < totals->row_count && totals->rows[i] > totals->columns[i];
    }
    if (!turn)
        return;
    uint32_t *rows = totals->rows;
    size_t row_count = totals->row_count;
    totals->rows = totals->columns;
    totals->row_count = totals->column_count;
    totals->columns = rows;
    totals->column_count = row_count;
}

/* Fills the totals, of `room` for all rows and columns. */
static enum npt__fisher_fault measure(const struct npt__count_table *table, uint32_t *room,
                                      struct npt__fisher_totals *totals, struct npt__fisher *test)
{
    for (size_t i = 0; i < table->rows * table->columns; i++)
        test->cases += table->counts[i];
    if (test->cases > NPT__FISHER_MOST_CASES)
        return NPT__FISHER_TOO_LARGE;
    memset(room, 0, (table->rows + table->columns) * sizeof *room);
    *totals = (struct npt__fisher_totals){.rows = room, .columns = room + table->rows};
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        totals->rows[i / table->columns] += table->counts[i];
        totals->columns[i % table->columns] += table->counts[i];
    }
    totals->cases = (uint32_t)test->cases;
    test->rows = totals->row_count = sort_totals(totals->rows, table->rows);
    test->columns = totals->column_count = sort_totals(totals->columns, table->columns);
    test->empty_rows = table->rows - test->rows;
    test->empty_columns = table->columns - test->columns;
    if (!test->cases)
        return NPT__FISHER_EMPTY;
    if (test->rows == 1)
        return NPT__FISHER_ONE_ROW;
    return test->columns == 1 ? NPT__FISHER_ONE_COLUMN : NPT__FISHER_FINE;
}

static void run(const struct npt__count_table *table, const struct npt__fisher_options *options,
                struct npt__fisher_totals *totals, struct npt__fisher *test)
{
    choose_rows(totals);
    totals->factorials = npt__factorials(totals->cases);
    totals->limit = -llround(log1p(TIE) / NPT__LOG_UNIT);
    for (size_t i = 0; i < table->rows * table->columns; i++)
        totals->limit += totals->factorials.logs[table->counts[i]];
    struct npt__fisher_answer answer =
        npt__fisher_exact(totals, options->work ? options->work : NPT__FISHER_WORK);
    test->exact = test->defined = answer.finished;
    test->p = answer.p;
    if (!answer.finished)
        estimate(totals, options, test);
    npt__factorials_release(&totals->factorials);
}

struct npt__fisher npt__fisher(const struct npt__count_table *table,
                               const struct npt__fisher_options *options)
{
    struct npt__fisher test = {.fault = NPT__FISHER_EMPTY};
    if (!table->rows || !table->columns) {
        test.empty_rows = table->rows;
        test.empty_columns = table->columns;
        return test;
    }
    test.fault = NPT__FISHER_TOO_LARGE;
    if (table->rows > NPT__CONTINGENCY_MOST_CELLS / table->columns)
        return test;
    uint32_t *room = npt__allocate((table->rows + table->columns) * sizeof *room);
    struct npt__fisher_totals totals;
    test.fault = measure(table, room, &totals, &test);
    if (!test.fault && options->replicates > NPT__MOST_REPLICATES)
        test.fault = NPT__FISHER_REPLICATES;
    if (!test.fault)
        run(table, options, &totals, &test);
    npt__release(room);
    return test;
}
