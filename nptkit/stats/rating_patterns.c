/* rating_patterns.c - units that were rated alike, put together: which categories how often, how many units.
 *
 * The codes of a unit are sorted, missing ones last; a table of hashes finds the units that are then the same.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rating_patterns.h"

#include "../base/arena.h"

#include <stdlib.h>
#include <string.h>

#define FEW_RATERS 24u /* so many are sorted by insertion */
#define NOT_YET UINT32_MAX

struct finder {
    size_t raters, count, room; /* patterns */
    uint8_t *rows;              /* room x raters */
    uint32_t *times;
    uint32_t *slots; /* numbers of patterns; twice as many as room, a power of two */
    size_t slot_count;
};

/* ---- one unit -------------------------------------------------------------------------------- */

static void sort_few(uint8_t *row, size_t raters)
{
    for (size_t i = 1; i < raters; i++) {
        uint8_t code = row[i];
        size_t at = i;
        for (; at && row[at - 1] > code; at--)
            row[at] = row[at - 1];
        row[at] = code;
    }
}

static void sort_many(uint8_t *row, size_t raters)
{
    size_t counts[UINT8_MAX + 1] = {0};
    for (size_t i = 0; i < raters; i++)
        counts[row[i]]++;
    for (size_t code = 0; code <= UINT8_MAX; code++) {
        memset(row, (int)code, counts[code]);
        row += counts[code];
    }
}

/* The unit's codes, sorted. */
static void take_unit(uint8_t *row, const uint8_t *codes, const struct npt__ratings *ratings)
{
    for (size_t i = 0; i < ratings->raters; i++)
        row[i] = codes[i] < ratings->categories ? codes[i] : NPT__NO_CODE;
    if (ratings->raters <= FEW_RATERS)
        sort_few(row, ratings->raters);
    else
        sort_many(row, ratings->raters);
}

/* ---- the table of hashes --------------------------------------------------------------------- */

static uint64_t hash(const uint8_t *row, size_t length)
{
    uint64_t bits = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < length; i += 8) {
        uint64_t word = 0;
        memcpy(&word, row + i, length - i < 8 ? length - i : 8);
        bits = (bits ^ word) * 0xBF58476D1CE4E5B9u;
        bits ^= bits >> 29;
    }
    return bits;
}

static uint32_t *find_slot(const struct finder *finder, const uint8_t *row)
{
    size_t at = (size_t)hash(row, finder->raters) & (finder->slot_count - 1);
    while (finder->slots[at] != NOT_YET &&
           memcmp(finder->rows + finder->slots[at] * finder->raters, row, finder->raters) != 0)
        at = (at + 1) & (finder->slot_count - 1);
    return &finder->slots[at];
}

static void grow(struct finder *finder)
{
    finder->room = finder->room ? 2 * finder->room : 256;
    finder->rows = npt__reallocate(finder->rows, finder->room * finder->raters);
    finder->times = npt__reallocate(finder->times, finder->room * sizeof *finder->times);
    npt__release(finder->slots);
    finder->slot_count = 2 * finder->room;
    finder->slots = npt__allocate(finder->slot_count * sizeof *finder->slots);
    for (size_t i = 0; i < finder->slot_count; i++)
        finder->slots[i] = NOT_YET;
    for (size_t i = 0; i < finder->count; i++)
        *find_slot(finder, finder->rows + i * finder->raters) = (uint32_t)i;
}

static void add_unit(struct finder *finder, const uint8_t *row, uint32_t times)
{
    if (finder->count == finder->room)
        grow(finder);
    uint32_t *slot = find_slot(finder, row);
    if (*slot == NOT_YET) {
        *slot = (uint32_t)finder->count++;
        memcpy(finder->rows + *slot * finder->raters, row, finder->raters);
        finder->times[*slot] = 0;
    }
    finder->times[*slot] += times;
}

/* False: more units than the ceiling. */
static bool add_units(struct finder *finder, const struct npt__ratings *ratings)
{
    uint8_t row[NPT__RATINGS_MOST_RATERS];
    uint32_t left = NPT__RATINGS_MOST_UNITS;
    for (size_t unit = 0; unit < ratings->units; unit++) {
        uint32_t times = ratings->times ? ratings->times[unit] : 1;
        if (times > left)
            return false;
        left -= times;
        take_unit(row, ratings->codes + unit * ratings->raters, ratings);
        if (times && row[0] != NPT__NO_CODE)
            add_unit(finder, row, times);
    }
    return true;
}

/* ---- what was found -------------------------------------------------------------------------- */

struct place {
    const uint8_t *row;
    size_t raters;
    uint32_t times;
};

static int by_codes(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    return memcmp(a->row, b->row, a->raters);
}

/* Adds the pattern's entries after those there are; returns where they end. */
static size_t take_entries(struct npt__rating_patterns *patterns, size_t pattern, size_t at,
                           const struct place *place)
{
    uint32_t ratings = 0;
    patterns->starts[pattern] = at;
    for (; ratings < place->raters && place->row[ratings] != NPT__NO_CODE; ratings++) {
        if (at == patterns->starts[pattern] ||
            patterns->given[at - 1].category != place->row[ratings])
            patterns->given[at++] = (struct npt__given){.category = place->row[ratings]};
        patterns->given[at - 1].raters++;
    }
    patterns->ratings[pattern] = ratings;
    patterns->times[pattern] = place->times;
    patterns->total.units += place->times;
    if (ratings > 1) {
        patterns->total.pairable += place->times;
        patterns->total.values += (uint64_t)place->times * ratings;
    }
    return at;
}

static void take_patterns(struct npt__rating_patterns *patterns, const struct finder *finder)
{
    struct place *places = npt__allocate((finder->count + 1) * sizeof *places);
    size_t entries = 0;
    for (size_t i = 0; i < finder->count; i++)
        places[i] =
            (struct place){finder->rows + i * finder->raters, finder->raters, finder->times[i]};
    qsort(places, finder->count, sizeof *places, by_codes);
    const size_t most =
        finder->raters < patterns->categories ? finder->raters : patterns->categories;
    patterns->count = finder->count;
    patterns->times = npt__allocate((finder->count + 1) * sizeof *patterns->times);
    patterns->ratings = npt__allocate((finder->count + 1) * sizeof *patterns->ratings);
    patterns->starts = npt__allocate((finder->count + 1) * sizeof *patterns->starts);
    patterns->given = npt__allocate((finder->count * most + 1) * sizeof *patterns->given);
    for (size_t i = 0; i < finder->count; i++)
        entries = take_entries(patterns, i, entries, &places[i]);
    patterns->starts[finder->count] = entries;
    npt__release(places);
}

enum npt__agreement_fault npt__rating_patterns_find(struct npt__rating_patterns *patterns,
                                                    const struct npt__ratings *ratings)
{
    *patterns = (struct npt__rating_patterns){.categories = ratings->categories};
    if (!ratings->categories || ratings->categories > NPT__RATINGS_MOST_CATEGORIES ||
        ratings->raters > NPT__RATINGS_MOST_RATERS || ratings->units > NPT__RATINGS_MOST_UNITS)
        return NPT__AGREEMENT_SIZE;
    if (!ratings->units)
        return NPT__AGREEMENT_EMPTY;
    if (ratings->raters < 2)
        return NPT__AGREEMENT_RATERS;
    struct finder finder = {.raters = ratings->raters};
    bool within = add_units(&finder, ratings);
    if (within)
        take_patterns(patterns, &finder);
    npt__release(finder.rows);
    npt__release(finder.times);
    npt__release(finder.slots);
    if (!within)
        return NPT__AGREEMENT_SIZE;
    return patterns->total.pairable ? NPT__AGREEMENT_FINE : NPT__AGREEMENT_EMPTY;
}

void npt__rating_patterns_release(struct npt__rating_patterns *patterns)
{
    npt__release(patterns->times);
    npt__release(patterns->ratings);
    npt__release(patterns->starts);
    npt__release(patterns->given);
}
