/* guess_run.c - numbered runs of names: Q1 to Q23.
 *
 * A number in a name says little: surveys number their own questions. Only a run whose numbers are all
 * those of the instrument's items, no more and no fewer, is taken for the items.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_name.h"

#include <stdlib.h>
#include <string.h>

#define MANY_ITEMS 15 /* so long a run is hardly there by chance, whatever it is called */
#define FEW_ITEMS 8   /* Q1 to Q4 may well be */

enum run_kind { NO_RUN, WITH_HOLES, FROM_ONE, BY_IDS, CORE_ITEMS, ALL_ITEMS };

struct run {
    size_t first, count; /* in the sorted shapes */
    enum run_kind kind;
};

struct runs {
    struct npt__names *names;
    const struct npt__shape **sorted; /* by stem, then in the order of the columns */
    size_t sorted_count;
    uint32_t *numbers; /* of the items */
    uint32_t lowest, highest;
    bool *seen; /* items, then again for numbers from 1 */
};

static int by_stem(const void *a, const void *b)
{
    const struct npt__shape *x = *(const struct npt__shape *const *)a;
    const struct npt__shape *y = *(const struct npt__shape *const *)b;
    int order = strcmp(x->stem, y->stem);
    return order ? order : (x > y) - (x < y);
}

/* Reads the items' numbers as they are printed; false where they are no numbers, or not different. */
static bool read_numbers(struct runs *runs)
{
    const npt_instrument *instrument = runs->names->instrument;
    runs->lowest = UINT32_MAX;
    for (size_t i = 0; i < instrument->item_count; i++) {
        struct npt__shape shape;
        npt__shape_read(&shape, instrument->items[i].number, "");
        if (!shape.is_numbered || shape.stem[0] || shape.is_marked)
            return false;
        runs->numbers[i] = shape.number;
        for (size_t j = 0; j < i; j++)
            if (runs->numbers[j] == shape.number)
                return false;
        runs->lowest = shape.number < runs->lowest ? shape.number : runs->lowest;
        runs->highest = shape.number > runs->highest ? shape.number : runs->highest;
    }
    return instrument->item_count > 0;
}

static uint32_t item_numbered(const struct runs *runs, uint32_t number)
{
    for (uint32_t i = 0; i < runs->names->instrument->item_count; i++)
        if (runs->numbers[i] == number)
            return i;
    return NPT__NONE;
}

static uint32_t item_with_id(const struct runs *runs, uint32_t number)
{
    for (uint32_t i = 0; i < runs->names->instrument->item_count; i++)
        if (*runs->names->prefix && runs->names->ids[i].number == number)
            return i;
    return NPT__NONE;
}

/* The item at `position`, from 1, among those that belong to a construct. */
static uint32_t core_item(const struct runs *runs, uint32_t position)
{
    const npt_instrument *instrument = runs->names->instrument;
    for (uint32_t i = 0; i < instrument->item_count; i++)
        if (instrument->items[i].construct != NPT__NONE && position-- == 1)
            return i;
    return NPT__NONE;
}

static uint32_t item_of(const struct runs *runs, enum run_kind kind, uint32_t number)
{
    return kind == BY_IDS     ? item_with_id(runs, number)
           : kind == FROM_ONE ? core_item(runs, number)
                              : item_numbered(runs, number);
}

/* How many different items a run's numbers are, read in one way; *general: of them, general ones.
   SIZE_MAX where a number is none. */
static size_t count_items(const struct runs *runs, const struct run *run, enum run_kind kind,
                          size_t *general)
{
    const npt_instrument *instrument = runs->names->instrument;
    size_t different = 0;
    *general = 0;
    memset(runs->seen, 0, instrument->item_count * sizeof *runs->seen);
    for (size_t i = run->first; i < run->first + run->count; i++) {
        uint32_t item = item_of(runs, kind, runs->sorted[i]->number);
        if (item == NPT__NONE)
            return SIZE_MAX;
        if (runs->seen[item])
            continue;
        runs->seen[item] = true;
        different++;
        *general += instrument->items[item].construct == NPT__NONE;
    }
    return different;
}

static enum run_kind kind_of(const struct runs *runs, const struct run *run)
{
    const struct npt__names *names = runs->names;
    const struct npt__shape *shape = runs->sorted[run->first];
    size_t items = names->instrument->item_count, core = names->core_count;
    size_t general, from_one, by_number;
    bool is_plain = shape->has_plain_stem || !shape->stem[0];
    if (run->count * 2 < core)
        return NO_RUN;
    by_number = count_items(runs, run, ALL_ITEMS, &general);
    if (by_number == items)
        return ALL_ITEMS;
    if (by_number == core && !general)
        return CORE_ITEMS;
    if (count_items(runs, run, BY_IDS, &general) == items)
        return BY_IDS;
    from_one = core < items ? count_items(runs, run, FROM_ONE, &general) : SIZE_MAX;
    if (from_one == core && (is_plain || shape->has_inner_stem))
        return FROM_ONE;
    return by_number != SIZE_MAX && by_number * 2 >= items && is_plain ? WITH_HOLES : NO_RUN;
}

/* "V1", "Column4": such names number columns, not items. */
static bool numbers_columns(const struct npt__shape *shape)
{
    static const char *const stems[] = {"v",   "var",   "variable", "column",
                                        "col", "field", "unnamed",  "x"};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (strcmp(shape->stem, stems[i]) == 0)
            return true;
    return false;
}

static enum npt__certainty certainty_of(const struct runs *runs, const struct run *run)
{
    const struct npt__shape *shape = runs->sorted[run->first];
    size_t items = runs->names->instrument->item_count;
    if (run->kind < BY_IDS || numbers_columns(shape))
        return NPT__POSSIBLE;
    if (shape->has_plain_stem)
        return run->kind == ALL_ITEMS && items >= FEW_ITEMS ? NPT__CERTAIN : NPT__LIKELY;
    bool is_long = items >= MANY_ITEMS || (shape->has_inner_stem && items >= FEW_ITEMS);
    return is_long ? NPT__LIKELY : NPT__POSSIBLE;
}

static const char *reason_of(const struct runs *runs, const struct run *run)
{
    npt__arena *arena = runs->names->arena;
    size_t items = runs->names->instrument->item_count, core = runs->names->core_count;
    if (numbers_columns(runs->sorted[run->first]))
        return "numbered like the items, but the number may be that of the column";
    switch (run->kind) {
    case WITH_HOLES:
        return "numbered like an item, but some numbers are missing";
    case FROM_ONE:
        return npt__arena_print(
            arena, "numbered 1 to %zu: the items on constructs, or the first %zu of all %zu?", core,
            core, items);
    case BY_IDS:
        return "numbered like the items in their ids";
    case CORE_ITEMS:
        return "numbered like the items on constructs";
    default:
        return npt__arena_print(arena, "numbered like items %u to %u", runs->lowest, runs->highest);
    }
}

static void claim_run(struct runs *runs, const struct run *run)
{
    const char *reason = reason_of(runs, run);
    for (size_t i = run->first; i < run->first + run->count; i++)
        runs->names->claims[runs->sorted[i] - runs->names->shapes] = (struct npt__name_claim){
            .kind = NPT__NAME_RUN,
            .item = item_of(runs, run->kind, runs->sorted[i]->number),
            .certainty = certainty_of(runs, run),
            .reason = reason,
            .run = (uint32_t)run->first,
        };
}

/* Runs that could be the whole instrument rule out those that could be a part of it. */
static void find_runs(struct runs *runs)
{
    NPT__ARRAY(struct run) found = {0};
    bool has_whole = false;
    for (size_t first = 0, end; first < runs->sorted_count; first = end) {
        for (end = first + 1; end < runs->sorted_count; end++)
            if (strcmp(runs->sorted[end]->stem, runs->sorted[first]->stem) != 0)
                break;
        struct run run = {.first = first, .count = end - first};
        run.kind = kind_of(runs, &run);
        has_whole |= run.kind >= BY_IDS;
        if (run.kind != NO_RUN)
            *npt__array_add(&found) = run;
    }
    for (size_t i = 0; i < found.count; i++)
        if (!has_whole || found.items[i].kind >= BY_IDS)
            claim_run(runs, &found.items[i]);
    npt__array_release(&found);
}

/* Whether other evidence in names covers half of the items already. */
static bool is_named_already(const struct npt__names *names, bool *seen)
{
    size_t found = 0;
    for (size_t c = 0; c < names->count; c++) {
        const struct npt__name_claim *claim = &names->claims[c];
        if (claim->certainty < NPT__LIKELY || seen[claim->item])
            continue;
        seen[claim->item] = true;
        found++;
    }
    return found * 2 >= names->instrument->item_count;
}

void npt__runs_claim(struct npt__names *names)
{
    size_t items = names->instrument->item_count;
    npt__arena *scratch = npt__arena_new();
    struct runs runs = {.names = names,
                        .sorted = npt__arena_array(scratch, names->count, sizeof *runs.sorted),
                        .numbers = npt__arena_array(scratch, items, sizeof *runs.numbers),
                        .seen = npt__arena_array(scratch, items, sizeof *runs.seen)};
    for (size_t c = 0; c < names->count; c++)
        if (names->shapes[c].is_numbered && names->claims[c].kind == NPT__NAME_NONE)
            runs.sorted[runs.sorted_count++] = &names->shapes[c];
    if (!is_named_already(names, runs.seen) && read_numbers(&runs)) {
        qsort(runs.sorted, runs.sorted_count, sizeof *runs.sorted, by_stem);
        find_runs(&runs);
    }
    npt__arena_free(scratch);
}
