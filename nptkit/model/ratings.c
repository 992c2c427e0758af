/* ratings.c - levels of measurement, names of units and judges, and what is a ranking.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ratings.h"

#include <stdlib.h>
#include <string.h>

static const char *const level_names[NPT__LEVELS] = {"nominal", "ordinal", "interval", "ratio"};

const char *npt__level_name(enum npt__measurement level)
{
    return level_names[level];
}

bool npt__level_find(const char *name, enum npt__measurement *level)
{
    npt__arena *scratch = npt__arena_new();
    const char *folded = npt__fold_name(scratch, name);
    size_t found = 0;
    while (found < NPT__LEVELS && strcmp(folded, level_names[found]) != 0)
        found++;
    npt__arena_free(scratch);
    if (found < NPT__LEVELS)
        *level = (enum npt__measurement)found;
    return found < NPT__LEVELS;
}

static const char *name_or_number(const char *const *names, size_t index, npt__arena *arena)
{
    return names ? names[index] : npt__arena_print(arena, "%zu", index + 1);
}

const char *npt__unit_name(const struct npt__rating_table *table, size_t unit, npt__arena *arena)
{
    return name_or_number(table->units, unit, arena);
}

const char *npt__judge_name(const struct npt__ranking_table *table, size_t judge, npt__arena *arena)
{
    return name_or_number(table->judges, judge, arena);
}

/* ---- rankings -------------------------------------------------------------------------------- */

struct placed {
    double rank;
    size_t candidate;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

bool npt__ranks_settle(double *ranks, size_t count, bool *converted)
{
    struct placed *placed = npt__allocate((count + 1) * sizeof *placed);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){ranks[i], i};
    qsort(placed, count, sizeof *placed, compare_placed);
    bool are_means = true, are_first = true, tied = false;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && placed[end].rank == placed[first].rank;)
            end++;
        const double mean = (double)(first + 1 + end) / 2;
        are_means = are_means && placed[first].rank == mean;
        are_first = are_first && placed[first].rank == (double)(first + 1);
        tied |= end - first > 1;
        for (size_t i = first; i < end; i++)
            placed[i].rank = mean;
    }
    for (size_t i = 0; i < count && (are_means || are_first); i++)
        ranks[placed[i].candidate] = placed[i].rank;
    *converted = are_first && !are_means && tied;
    npt__release(placed);
    return are_means || are_first;
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void release_source(struct npt__table_source *source)
{
    npt__array_release(&source->guesses);
    npt__array_release(&source->doubts);
}

void npt__rating_table_release(struct npt__rating_table *table)
{
    release_source(&table->source);
}

void npt__ranking_table_release(struct npt__ranking_table *table)
{
    release_source(&table->source);
}
