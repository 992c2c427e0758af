/* told_table.h - tables in short, for tests of what is told of them: rows of texts become cells.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef TOLD_TABLE_H
#define TOLD_TABLE_H

#include "../nptkit/base/number.h"
#include "../nptkit/tables/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define MOST_COLUMNS 8

/* A column: a dimension is "=key", a measure "key" with its unit. */
struct column {
    const char *key;
    enum npt_unit unit;
};

/* "*" total, "?" withheld, "-" absent; the rest is a text, or a number where the column is one. */
static inline struct npt_cell cell(const char *text, const struct npt_column *column)
{
    double number;
    if (strcmp(text, "*") == 0)
        return npt__total();
    if (strcmp(text, "?") == 0)
        return npt__withheld("few");
    if (strcmp(text, "-") == 0)
        return npt__absent("none");
    if (column->dimension || column->unit == NPT_UNIT_TEXT)
        return npt__text(text);
    assert_true(npt__number_read(text, strlen(text), &number));
    return column->unit == NPT_UNIT_COUNT ? npt__count((size_t)number) : npt__number(number);
}

/* Rows are lists of cells, ended by a row without any. */
static inline npt_table *make_table(const char *name, const struct column *columns,
                                    const char *const rows[][MOST_COLUMNS])
{
    npt_table *table = npt__table_new(name, name);
    for (size_t i = 0; columns[i].key; i++)
        if (*columns[i].key == '=')
            npt__table_dimension(table, columns[i].key + 1, columns[i].key + 1);
        else
            npt__table_measure(table, columns[i].key, columns[i].key, columns[i].unit);
    for (size_t i = 0; rows[i][0]; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        for (size_t j = 0; j < npt_table_column_count(table); j++)
            row[j] = cell(rows[i][j], npt_table_column(table, j));
    }
    return table;
}

#endif
