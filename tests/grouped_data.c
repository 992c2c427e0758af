/* grouped_data.c - grouped data sets for tests of mixed models and clusters.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "grouped_data.h"

#include "../nptkit/base/arena.h"
#include "reference_data.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *path, *y, *x, *group;
    size_t columns;
} sources[] = {
    {"tests/data/dyestuff.csv", "Yield", NULL, "Batch", 0},
    {"tests/data/sleepstudy.csv", "Reaction", "Days", "Subject", 1},
    {"tests/data/survey_ref.csv", NULL, "wave", "site", 1},
    {"tests/data/survey_ref.csv", NULL, "wave", "respondent_id", 2},
    {"tests/data/clusters.csv", "y", "w", "cluster", 1},
};

static struct grouped_data make(size_t count, size_t columns)
{
    struct grouped_data set = {.columns = columns};
    set.y = npt__allocate((count + 1) * sizeof *set.y);
    set.x = npt__allocate((count * columns + 1) * sizeof *set.x);
    set.group = npt__allocate((count + 1) * sizeof *set.group);
    return set;
}

/* The mean of the answers that are numbers; false where there are none. */
static bool mean_of_items(const struct reference_table *table, size_t row, double *mean)
{
    static const char *const items[] = {"C1", "C2", "C3", "C4"};
    double sum = 0, answers = 0, answer;
    for (size_t i = 0; i < 4; i++)
        if (reference_number(table, row, items[i], &answer)) {
            sum += answer;
            answers++;
        }
    *mean = sum / answers;
    return answers > 0;
}

struct grouped_data grouped_read(enum grouped_set which)
{
    struct reference_table *table = reference_table_read(sources[which].path);
    const size_t rows = reference_rows(table);
    struct grouped_data set = make(rows, sources[which].columns);
    const char **names = npt__allocate(rows * sizeof *names);
    for (size_t row = 0; row < rows; row++) {
        double *x = set.x + set.count * set.columns, number = 0;
        if (sources[which].y ? !reference_number(table, row, sources[which].y, &set.y[set.count])
                             : !mean_of_items(table, row, &set.y[set.count]))
            continue;
        if (sources[which].x)
            reference_number(table, row, sources[which].x, &number);
        for (size_t j = 0; j < set.columns; j++)
            x[j] = set.columns > 1 ? number == (double)j + 2 : number;
        const char *name = reference_cell(table, row, sources[which].group);
        size_t group = 0;
        while (group < set.groups && strcmp(names[group], name) != 0)
            group++;
        if (group == set.groups)
            names[set.groups++] = name;
        set.group[set.count++] = (uint32_t)group;
    }
    npt__release(names);
    reference_table_free(table);
    return set;
}

/* Box and Muller's. */
double grouped_normal(uint64_t *seed)
{
    double first = ((double)(reference_random(seed) >> 11) + 0.5) * 0x1p-53;
    double second = (double)(reference_random(seed) >> 11) * 0x1p-53;
    return sqrt(-2 * log(first)) * cos(6.283185307179586 * second);
}

struct grouped_data grouped_draw(const size_t *sizes, size_t groups, double effect_sd,
                                 uint64_t *seed)
{
    size_t count = 0;
    for (size_t g = 0; g < groups; g++)
        count += sizes[g];
    struct grouped_data set = make(count, 2);
    set.groups = groups;
    for (size_t g = 0; g < groups; g++) {
        double effect = effect_sd * grouped_normal(seed);
        for (size_t i = 0; i < sizes[g]; i++, set.count++) {
            double *x = set.x + 2 * set.count;
            x[0] = 3 + 2 * grouped_normal(seed);
            x[1] = (double)(g % 2);
            set.y[set.count] = 10 + 0.5 * x[0] - x[1] + effect + grouped_normal(seed);
            set.group[set.count] = (uint32_t)g;
        }
    }
    return set;
}

void grouped_free(struct grouped_data *set)
{
    npt__release(set->y);
    npt__release(set->x);
    npt__release(set->group);
}

struct npt__mixed_data grouped_mixed(const struct grouped_data *set)
{
    return (struct npt__mixed_data){.y = set->y,
                                    .x = set->x,
                                    .columns = set->columns,
                                    .group = set->group,
                                    .count = set->count,
                                    .groups = set->groups};
}
