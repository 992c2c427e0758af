/* reference_data.c - data sets and comparisons for tests of statistics.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "reference_data.h"

#include "fixture.h"

#include <math.h>
#include <stdlib.h>

/* ---- files ----------------------------------------------------------------------------------- */

struct reference_table {
    npt__buffer bytes; /* cells are ended by NULs */
    const char **cells;
    size_t columns, rows; /* the header row counted */
};

static size_t occurrences(const char *text, char byte)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == byte;
    return count;
}

struct reference_table *reference_table_read(const char *path)
{
    struct reference_table *table = calloc(1, sizeof *table);
    assert_non_null(table);
    table->bytes = fixture_read(path);
    char *text = table->bytes.bytes;
    assert_non_null(text);
    assert_null(strchr(text, '"'));
    table->rows = occurrences(text, '\n');
    assert_true(table->rows > 1);
    table->columns = 1 + occurrences(text, ',') / table->rows;
    size_t cells = table->rows * table->columns;
    assert_int_equal(occurrences(text, ','), cells - table->rows);
    table->cells = calloc(cells, sizeof *table->cells);
    assert_non_null(table->cells);
    for (size_t i = 0; i < cells; i++) {
        table->cells[i] = text;
        text += strcspn(text, ",\n");
        assert_int_equal(*text, (i + 1) % table->columns ? ',' : '\n');
        *text++ = '\0';
    }
    return table;
}

void reference_table_free(struct reference_table *table)
{
    if (!table)
        return;
    npt__buffer_release(&table->bytes);
    free(table->cells);
    free(table);
}

size_t reference_rows(const struct reference_table *table)
{
    return table->rows - 1;
}

const char *reference_cell(const struct reference_table *table, size_t row, const char *column)
{
    assert_true(row < reference_rows(table));
    size_t at = 0;
    while (at < table->columns && strcmp(table->cells[at], column) != 0)
        at++;
    assert_true(at < table->columns);
    return table->cells[(row + 1) * table->columns + at];
}

bool reference_number(const struct reference_table *table, size_t row, const char *column,
                      double *number)
{
    const char *text = reference_cell(table, row, column);
    char *end;
    *number = strtod(text, &end);
    return *text && !*end;
}

double *reference_column(const struct reference_table *table, const char *column, size_t *count)
{
    double *numbers = calloc(reference_rows(table), sizeof *numbers);
    assert_non_null(numbers);
    *count = 0;
    for (size_t row = 0; row < reference_rows(table); row++)
        *count += reference_number(table, row, column, &numbers[*count]);
    return numbers;
}

double *reference_nist(const char *path, size_t *count)
{
    npt__buffer bytes = fixture_read(path);
    double *numbers = calloc(bytes.length / 2 + 1, sizeof *numbers);
    assert_non_null(numbers);
    *count = 0;
    const char *text = npt__buffer_string(&bytes);
    while (*(text += strspn(text, " \r\n"))) {
        char *end;
        double number = strtod(text, &end);
        if (end != text && strchr(" \r\n", *end)) { /* strchr() finds the final NUL too */
            numbers[(*count)++] = number;
            text = end;
        } else {
            *count = 0;
            text += strcspn(text, "\n");
        }
    }
    npt__buffer_release(&bytes);
    return numbers;
}

/* ---- comparisons ----------------------------------------------------------------------------- */

double reference_digits(double actual, double expected)
{
    double error = fabs(actual - expected);
    if (expected != 0)
        error /= fabs(expected);
    return error > 1e-17 ? fmax(-log10(error), 0) : isnan(error) ? 0 : 17;
}

static struct {
    const char *name;
    size_t count;
    double largest; /* relative error; absolute where 0 is expected */
} family;

void reference_family(const char *name)
{
    family.name = name;
    family.count = 0;
    family.largest = 0;
}

int reference_report(void **state)
{
    (void)state;
    print_message("reference values: %-32s %6zu checked, largest relative error %.1e\n",
                  family.name, family.count, family.largest);
    return 0;
}

/* Expectations of fewer than nine digits are no measure of a kernel's error, but of what it is compared with. */
static void count_value(double error, double relative)
{
    family.count++;
    if (relative <= 1e-9 && error > family.largest)
        family.largest = error;
}

void reference_expect_at(double actual, double expected, double relative, const char *what,
                         const char *file, int line)
{
    double bound = relative * (expected == 0 ? 1 : fabs(expected));
    if (fabs(actual - expected) <= bound) {
        count_value(fabs(actual - expected) / (expected == 0 ? 1 : fabs(expected)), relative);
        return;
    }
    print_error("%s is %.17g, expected %.17g: %.1f digits agree\n", what, actual, expected,
                reference_digits(actual, expected));
    _fail(file, line);
}

bool reference_same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* ---- chance ---------------------------------------------------------------------------------- */

uint64_t reference_random(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

static void swap(double *values, size_t a, size_t b)
{
    double kept = values[a];
    values[a] = values[b];
    values[b] = kept;
}

void reference_shuffle(double *values, double *partners, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(reference_random(state) % i);
        swap(values, i - 1, other);
        if (partners)
            swap(partners, i - 1, other);
    }
}
