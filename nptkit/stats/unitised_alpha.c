/* unitised_alpha.c - Krippendorff's alpha for unitised continua: one sweep along the text.
 *
 * Between two places where any observer's unit begins or ends nothing changes: such a *stretch* adds its length to all
 * coincidences at once. All sums are whole numbers, those of coincidences without the division by m - 1.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unitised_alpha.h"
#include "../base/arena.h"
#include "describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- checks ---------------------------------------------------------------------------------- */

static int compare_units(const void *a, const void *b)
{
    const struct npt__coded_unit *left = a, *right = b;
    if (left->observer != right->observer)
        return left->observer < right->observer ? -1 : 1;
    return (left->start > right->start) - (left->start < right->start);
}

static enum npt__unitised_fault check_sizes(const struct npt__unitising *unitising)
{
    if (unitising->observers < 2)
        return NPT__UNITISED_FEW_OBSERVERS;
    if (unitising->observers > NPT__UNITISED_OBSERVERS ||
        unitising->categories > NPT__UNITISED_CATEGORIES ||
        unitising->length > NPT__UNITISED_LENGTH)
        return NPT__UNITISED_TOO_LARGE;
    if (!unitising->length)
        return NPT__UNITISED_NO_LENGTH;
    for (size_t i = 0; i < unitising->count; i++) {
        const struct npt__coded_unit *unit = &unitising->units[i];
        if (unit->start >= unit->end || unit->end > unitising->length ||
            unit->observer >= unitising->observers ||
            (unit->category >= unitising->categories && unit->category != NPT__UNITISED_GAP))
            return NPT__UNITISED_OUTSIDE;
    }
    return NPT__UNITISED_FINE;
}

/* Those of each observer stand together, from left to right; gaps are left out. */
static struct npt__coded_unit *sort_units(const struct npt__unitising *unitising, size_t *count)
{
    struct npt__coded_unit *units = npt__allocate((unitising->count + 1) * sizeof *units);
    *count = 0;
    for (size_t i = 0; i < unitising->count; i++)
        if (unitising->units[i].category != NPT__UNITISED_GAP)
            units[(*count)++] = unitising->units[i];
    qsort(units, *count, sizeof *units, compare_units);
    return units;
}

static bool any_overlap(const struct npt__coded_unit *units, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (units[i].observer == units[i - 1].observer && units[i].start < units[i - 1].end)
            return true;
    return false;
}

/* ---- the sweep ------------------------------------------------------------------------------- */

struct category_sums {
    uint64_t length;            /* of its units */
    uint64_t same;              /* over ordered pairs of observers: both say it */
    uint64_t marked;            /* one says it, the other says something */
    npt__int128 unit_squares;   /* squared lengths of its units */
    npt__int128 shared_squares; /* squared lengths that a unit shares with all others together */
};

struct observer_place {
    const struct npt__coded_unit *next, *end; /* the unit that it is in, or that comes next */
    bool inside;                              /* of *next */
    uint64_t shared; /* of *next, with units of the others: the sum over them */
};

struct sweep {
    uint64_t length;
    uint32_t observers;
    struct observer_place *places;
    struct category_sums *sums; /* of each category */
    uint32_t *present;          /* of each category: observers who say it on this stretch */
    uint64_t gap_length;        /* over all observers */
    uint64_t gap_same;
};

static struct observer_place *place_observers(const struct npt__coded_unit *units, size_t count,
                                              uint32_t observers)
{
    struct observer_place *places = npt__allocate(observers * sizeof *places);
    memset(places, 0, observers * sizeof *places);
    size_t first = 0;
    for (uint32_t i = 0; i < observers; i++) {
        size_t end = first;
        while (end < count && units[end].observer == i)
            end++;
        places[i].next = units + first;
        places[i].end = units + end;
        first = end;
    }
    return places;
}

/* Who is inside of a unit at this position; returns where that changes. */
static uint64_t look_ahead(struct sweep *sweep, uint64_t position)
{
    uint64_t change = sweep->length;
    for (uint32_t i = 0; i < sweep->observers; i++) {
        struct observer_place *place = &sweep->places[i];
        place->inside = place->next < place->end && place->next->start <= position;
        if (place->next < place->end) {
            const uint64_t at = place->inside ? place->next->end : place->next->start;
            change = at < change ? at : change;
        }
    }
    return change;
}

static void share_stretch(struct sweep *sweep, const uint32_t *inside, uint32_t count,
                          uint64_t length)
{
    for (uint32_t a = 0; a < count; a++) {
        struct observer_place *place = &sweep->places[inside[a]];
        const uint32_t category = place->next->category;
        struct category_sums *sums = &sweep->sums[category];
        sums->length += length;
        sums->marked += length * (count - 1);
        sums->same += length * (sweep->present[category] - 1);
        place->shared += length * (count - 1);
    }
}

static void add_stretch(struct sweep *sweep, uint64_t length)
{
    uint32_t inside[NPT__UNITISED_OBSERVERS], count = 0;
    for (uint32_t i = 0; i < sweep->observers; i++) {
        if (!sweep->places[i].inside)
            continue;
        inside[count++] = i;
        sweep->present[sweep->places[i].next->category]++;
    }
    share_stretch(sweep, inside, count, length);
    for (uint32_t a = 0; a < count; a++)
        sweep->present[sweep->places[inside[a]].next->category] = 0;
    const uint64_t gaps = sweep->observers - count;
    sweep->gap_length += length * gaps;
    sweep->gap_same += gaps ? length * gaps * (gaps - 1) : 0;
}

/* Units that end here are done with. */
static void end_units(struct sweep *sweep, uint64_t position)
{
    for (uint32_t i = 0; i < sweep->observers; i++) {
        struct observer_place *place = &sweep->places[i];
        if (!place->inside || place->next->end != position)
            continue;
        const npt__int128 length = (npt__int128)(place->next->end - place->next->start);
        struct category_sums *sums = &sweep->sums[place->next->category];
        sums->unit_squares += length * length;
        sums->shared_squares += (npt__int128)place->shared * place->shared;
        place->shared = 0;
        place->next++;
    }
}

/* ---- coefficients ---------------------------------------------------------------------------- */

/* 1 - observed / expected, with both given as products. */
static struct npt__unitised_coefficient coefficient(npt__int128 observed,
                                                    npt__int128 observed_factor,
                                                    npt__int128 expected,
                                                    npt__int128 expected_factor)
{
    if (!expected || !expected_factor)
        return (struct npt__unitised_coefficient){.alpha = NAN};
    return (struct npt__unitised_coefficient){
        .defined = true,
        .alpha = 1 - (double)observed * (double)observed_factor /
                         ((double)expected * (double)expected_factor)};
}

/* Sums over all categories. `squares` are those of each category's sum. */
struct totals {
    npt__int128 same, marked, unit_squares, shared_squares;
    npt__int128 squares_of_lengths, squares_of_marked;
};

static struct totals add_up(const struct sweep *sweep, uint32_t categories)
{
    struct totals totals = {0};
    for (uint32_t c = 0; c < categories; c++) {
        const struct category_sums *sums = &sweep->sums[c];
        totals.same += sums->same;
        totals.marked += sums->marked;
        totals.unit_squares += sums->unit_squares;
        totals.shared_squares += sums->shared_squares;
        totals.squares_of_lengths += (npt__int128)sums->length * sums->length;
        totals.squares_of_marked += (npt__int128)sums->marked * sums->marked;
    }
    return totals;
}

static void find_coefficients(struct npt__unitised_alpha *alpha, const struct sweep *sweep,
                              const struct totals *totals)
{
    const npt__int128 others = sweep->observers - 1;
    const npt__int128 all = (npt__int128)sweep->observers * sweep->length;
    const npt__int128 gap = sweep->gap_length, marked = totals->marked;
    const npt__int128 pairable = all * all - totals->unit_squares - gap;
    alpha->u = coefficient(others * all - totals->same - sweep->gap_same, pairable, others * all,
                           all * all - totals->squares_of_lengths - gap * gap);
    alpha->binary =
        coefficient(others * gap - sweep->gap_same, pairable, others * all, gap * (all - gap));
    alpha->cu = coefficient(marked - totals->same, marked * marked - totals->shared_squares, marked,
                            marked * marked - totals->squares_of_marked);
    alpha->covered = (double)marked / (double)(others * all);
}

static void find_categories(struct npt__unitised_category *categories, uint32_t count,
                            const struct sweep *sweep, const struct totals *totals)
{
    const npt__int128 others = sweep->observers - 1;
    for (uint32_t c = 0; c < count; c++) {
        const struct category_sums *sums = &sweep->sums[c];
        const npt__int128 marked = sums->marked;
        categories[c] = (struct npt__unitised_category){
            .length = sums->length,
            .covered = sums->length ? (double)marked / (double)(others * sums->length) : NAN,
            .alpha = coefficient(marked - (npt__int128)sums->same,
                                 marked * totals->marked - sums->shared_squares, marked * marked,
                                 totals->marked - marked)};
    }
}

static void sweep_over(struct sweep *sweep)
{
    for (uint64_t position = 0; position < sweep->length;) {
        const uint64_t change = look_ahead(sweep, position);
        add_stretch(sweep, change - position);
        end_units(sweep, change);
        position = change;
    }
}

static void measure(struct npt__unitised_alpha *alpha, const struct npt__unitising *unitising,
                    const struct npt__coded_unit *units, struct npt__unitised_category *categories)
{
    const uint32_t count = unitising->categories;
    struct sweep sweep = {.length = unitising->length, .observers = unitising->observers};
    sweep.places = place_observers(units, alpha->units, unitising->observers);
    sweep.sums = npt__allocate((count + 1) * sizeof *sweep.sums);
    sweep.present = npt__allocate((count + 1) * sizeof *sweep.present);
    memset(sweep.sums, 0, (count + 1) * sizeof *sweep.sums);
    memset(sweep.present, 0, (count + 1) * sizeof *sweep.present);
    sweep_over(&sweep);
    const struct totals totals = add_up(&sweep, count);
    find_coefficients(alpha, &sweep, &totals);
    if (categories)
        find_categories(categories, count, &sweep, &totals);
    npt__release(sweep.places);
    npt__release(sweep.sums);
    npt__release(sweep.present);
}

struct npt__unitised_alpha npt__unitised_alpha(const struct npt__unitising *unitising,
                                               struct npt__unitised_category *categories)
{
    const struct npt__unitised_coefficient none = {.alpha = NAN};
    struct npt__unitised_alpha alpha = {.u = none, .binary = none, .cu = none, .covered = NAN};
    for (uint32_t c = 0; categories && c < unitising->categories; c++)
        categories[c] = (struct npt__unitised_category){.alpha = none, .covered = NAN};
    alpha.fault = check_sizes(unitising);
    if (alpha.fault)
        return alpha;
    struct npt__coded_unit *units = sort_units(unitising, &alpha.units);
    if (any_overlap(units, alpha.units))
        alpha.fault = NPT__UNITISED_OVERLAP;
    else
        measure(&alpha, unitising, units, categories);
    npt__release(units);
    return alpha;
}
