/* compare_survey_levels.c - sites compared within the levels of --adjust, so that who works where does not matter.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_survey.h"

#include "../stats/effect_means.h"
#include "../stats/stratified_difference.h"

#include <math.h>

/* Scores by site and level: those of a cell are scores[first[cell]] up to scores[first[cell + 1]]. */
struct cells {
    size_t levels, count;
    size_t *first;
    double *scores, *gathered;
};

static void open_cells(struct cells *cells, const struct npt__compared *compared)
{
    const struct npt__score_groups *groups = &compared->groups;
    const struct npt__dimension *levels = compared->comparison->levels;
    cells->levels = levels->count;
    cells->count = groups->group_count * levels->count;
    cells->first = npt__allocate((cells->count + 2) * sizeof *cells->first);
    cells->scores = npt__allocate((groups->count + 1) * sizeof *cells->scores);
    cells->gathered = npt__allocate((groups->count + 1) * sizeof *cells->gathered);
    for (size_t i = 0; i < cells->count + 2; i++)
        cells->first[i] = 0;
    for (size_t i = 0; i < groups->count; i++)
        cells->first[groups->group_of[i] * cells->levels + levels->of_row[groups->response[i]] +
                     2]++;
    for (size_t i = 2; i < cells->count + 2; i++)
        cells->first[i] += cells->first[i - 1];
    for (size_t i = 0; i < groups->count; i++) { /* first[cell + 1] grows to where the cell ends */
        const size_t cell =
            groups->group_of[i] * cells->levels + levels->of_row[groups->response[i]];
        cells->scores[cells->first[cell + 1]++] = groups->values[i];
    }
}

static void release_cells(struct cells *cells)
{
    npt__release(cells->first);
    npt__release(cells->scores);
    npt__release(cells->gathered);
}

/* The scores of one level at a site; where `others`, at all but that site. */
static struct npt__description describe(const struct cells *cells, size_t sites, size_t site,
                                        size_t level, bool others)
{
    size_t count = 0;
    for (size_t i = 0; i < sites; i++) {
        const size_t cell = i * cells->levels + level;
        for (size_t j = cells->first[cell]; j < cells->first[cell + 1] && (i == site) != others;
             j++)
            cells->gathered[count++] = cells->scores[j];
    }
    return npt__describe(cells->gathered, count);
}

static void take(struct npt__duel *duel, const struct npt__stratified_difference *result)
{
    const struct npt__mean_difference *found = &result->found;
    duel->count = result->first_count;
    duel->other_count = result->second_count;
    duel->levels = result->levels;
    duel->difference = found->difference;
    duel->interval = found->interval;
    duel->p = found->p;
    if (found->fault == NPT__DIFFERENCE_EMPTY)
        duel->reason = "no level has two scores on both sides";
    else if (!found->defined)
        duel->reason = "nothing varies within levels";
    duel->effect_reason = duel->reason;
    if (result->sd > 0)
        duel->effect = found->difference / result->sd * npt__hedges_correction(result->sd_freedom);
}

/* Levels that do not count though one side has scores in them. */
static const char *name_left_out(const struct npt__survey_comparison *comparison,
                                 const struct npt__description *first,
                                 const struct npt__description *second)
{
    npt__buffer list = {0};
    for (size_t i = 0; i < comparison->levels->count; i++)
        if (first[i].count + second[i].count && !npt__level_counts(&first[i], &second[i]))
            npt__buffer_print(&list, "%s%s", list.length ? ", " : "",
                              comparison->levels->values[i]);
    const char *names = list.length ? npt__arena_string(comparison->scope.arena, list.bytes) : NULL;
    npt__buffer_release(&list);
    return names;
}

void npt__compare_levels(struct npt__duel *duels, size_t count,
                         const struct npt__compared *compared, double confidence)
{
    const size_t levels = compared->comparison->levels->count, sites = compared->groups.group_count;
    struct npt__description *first = npt__allocate((2 * levels + 1) * sizeof *first),
                            *second = first + levels;
    struct cells cells;
    open_cells(&cells, compared);
    for (size_t i = 0; i < count; i++) {
        const bool rest = duels[i].other == SIZE_MAX;
        for (size_t j = 0; j < levels; j++) {
            first[j] = describe(&cells, sites, duels[i].site, j, false);
            second[j] = describe(&cells, sites, rest ? duels[i].site : duels[i].other, j, rest);
        }
        const struct npt__stratified_difference result =
            npt__stratified_difference(first, second, levels, confidence);
        duels[i].reason = NULL;
        take(&duels[i], &result);
        duels[i].left_out = name_left_out(compared->comparison, first, second);
    }
    release_cells(&cells);
    npt__release(first);
}
