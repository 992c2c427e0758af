/* rank_data.h - the groups that the tests of rank statistics share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef RANK_DATA_H
#define RANK_DATA_H

#include "fixture.h"
#include "reference_data.h"

#include <stdint.h>

struct rank_data {
    double values[200];
    uint32_t group[200]; /* A is 0, B 1 ... */
    size_t count;
};

/* Two columns, the group's letter and a value. */
static inline void rank_data_read(struct rank_data *data, const char *path, const char *column)
{
    struct reference_table *table = reference_table_read(path);
    data->count = reference_rows(table);
    assert_true(data->count <= 200);
    for (size_t i = 0; i < data->count; i++) {
        data->group[i] = (uint32_t)(reference_cell(table, i, "group")[0] - 'A');
        assert_true(reference_number(table, i, column, &data->values[i]));
    }
    reference_table_free(table);
}

/* One group's values; how many. */
static inline size_t rank_data_group(const struct rank_data *data, uint32_t group, double *values)
{
    size_t count = 0;
    for (size_t i = 0; i < data->count; i++)
        if (data->group[i] == group)
            values[count++] = data->values[i];
    return count;
}

/* Hollander & Wolfe 1973, p. 69: permeability constants of the human chorioamnion at term and at 12 to 26 weeks. */
static const double permeability_x[10] = {0.80, 0.83, 1.89, 1.04, 1.45,
                                          1.38, 1.91, 1.64, 0.73, 1.46};
static const double permeability_y[5] = {1.15, 0.88, 0.90, 0.74, 1.21};
/* Hollander & Wolfe 1973, p. 29: Hamilton's depression scale factor before and after treatment. */
static const double depression_x[9] = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
static const double depression_y[9] = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

#endif
