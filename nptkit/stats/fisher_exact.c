/* fisher_exact.c - the probability of all tables as rare as the observed one, without looking at each of them.
 *
 * The columns are split in two halves. Each half grows from nothing, one column at a time, as a network (Mehta & Patel
 * 1983, "A network algorithm for performing Fisher's exact test in r x c contingency tables", Journal of the American
 * Statistical Association 78, 427-434): a node says how many cases of each row are in the half's columns so far, and
 * lists how rare these columns can be and with what chance, equal rarities being one entry. An entry that can only
 * lead to tables that count (or do not), whatever comes in the other columns, leaves the list; what the other columns
 * can add at least and at most is known beforehand, exactly, from a table for each node. In the end the halves' lists
 * meet at each node, both in order, and one pass sums the pairs that together are rare enough.
 *
 * Chances in a list are conditional on its node, so all numbers are positive and between 0 and 1. The totals are
 * sorted and rarities are whole numbers, so the digits do not depend on the order of rows and columns.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fisher_exact.h"

#include "../base/arena.h"

#include <math.h>
#include <string.h>

#define MOST_ROWS 16u
#define MOST_NODES 500000u    /* over all columns */
#define MOST_ENTRIES 4000000u /* in a half: some 64 megabytes */

/* How many cases of each row. */
struct split {
    uint32_t of[MOST_ROWS];
};

struct entry {
    int64_t rarity;
    double chance;
};

struct list {
    struct entry *entries; /* by rarity, which differ */
    size_t count;
    double certain; /* the chance of what counts in any case, and is not in the list */
};

/* Columns from one end of the ascending order on. */
struct half {
    size_t stage;   /* columns so far */
    uint32_t cases; /* in them */
    int64_t *least,
        *most; /* least[stage * nodes + node]: rarities of so many columns, for each stage */
    struct list *lists; /* of each node at this stage */
    size_t entries;     /* in all of them */
};

struct search {
    const struct npt__fisher_totals *totals;
    size_t stride
        [MOST_ROWS]; /* node = sum of of[i] * stride[i]; the last row's follows from the others */
    size_t nodes;
    uint64_t work;           /* left */
    struct half halves[2];   /* from the least column up, from the greatest one down */
    struct entry *room[2];   /* for merging */
    size_t room_size, *runs; /* where each sorted run in room[0] begins */
    size_t runs_size;
};

/* ---- splits ---------------------------------------------------------------------------------- */

/* Puts `cases` into rows from..count - 1, as many as can be into the last ones. */
static void fill_last(struct split *split, const uint32_t *most, size_t from, size_t count,
                      uint32_t cases)
{
    for (size_t i = count; i-- > from;) {
        split->of[i] = cases < most[i] ? cases : most[i];
        cases -= split->of[i];
    }
}

/* The next one with the same sum and of[i] <= most[i]; false: that was the last. */
static bool next_split(struct split *split, const uint32_t *most, size_t count)
{
    uint32_t after = split->of[count - 1];
    for (size_t i = count - 1; i-- > 0;) {
        if (after && split->of[i] < most[i]) {
            split->of[i]++;
            fill_last(split, most, i + 1, count, after - 1);
            return true;
        }
        after += split->of[i];
    }
    return false;
}

static size_t node_of(const struct search *search, const uint32_t *of)
{
    size_t node = 0;
    for (size_t i = 0; i + 1 < search->totals->row_count; i++)
        node += of[i] * search->stride[i];
    return node;
}

static int64_t rarity_of(const struct search *search, const struct split *split)
{
    int64_t rarity = 0;
    for (size_t i = 0; i < search->totals->row_count; i++)
        rarity += search->totals->factorials.logs[split->of[i]];
    return rarity;
}

static bool spend(struct search *search, uint64_t work)
{
    search->work -= work < search->work ? work : search->work;
    return search->work > 0;
}

/* The column that a half takes when it has `stage` of them. */
static uint32_t column_at(const struct search *search, const struct half *half, size_t stage)
{
    const struct npt__fisher_totals *totals = search->totals;
    return totals->columns[half == &search->halves[0] ? stage : totals->column_count - 1 - stage];
}

/* ---- what columns can add at least and at most ------------------------------------------------ */

static bool bound_node(struct search *search, const struct half *half, size_t stage,
                       const struct split *at)
{
    const size_t rows = search->totals->row_count, nodes = search->nodes;
    const size_t node = node_of(search, at->of);
    int64_t least = INT64_MAX, most = INT64_MIN;
    struct split column = {0};
    fill_last(&column, at->of, 0, rows, column_at(search, half, stage - 1));
    do {
        size_t before = (stage - 1) * nodes + node - node_of(search, column.of);
        int64_t rarity = rarity_of(search, &column);
        if (half->least[before] + rarity < least)
            least = half->least[before] + rarity;
        if (half->most[before] + rarity > most)
            most = half->most[before] + rarity;
        if (!spend(search, 1))
            return false;
    } while (next_split(&column, at->of, rows));
    half->least[stage * nodes + node] = least;
    half->most[stage * nodes + node] = most;
    return true;
}

static bool find_bounds(struct search *search, struct half *half)
{
    const struct npt__fisher_totals *totals = search->totals;
    const size_t cells = (totals->column_count + 1) * search->nodes;
    half->least = npt__allocate(cells * sizeof *half->least);
    half->most = npt__allocate(cells * sizeof *half->most);
    memset(half->least, 0, cells * sizeof *half->least);
    memset(half->most, 0, cells * sizeof *half->most);
    uint32_t cases = 0;
    for (size_t stage = 1; stage <= totals->column_count; stage++) {
        cases += column_at(search, half, stage - 1);
        struct split at = {0};
        fill_last(&at, totals->rows, 0, totals->row_count, cases);
        do {
            if (!bound_node(search, half, stage, &at))
                return false;
        } while (next_split(&at, totals->rows, totals->row_count));
    }
    return true;
}

/* ---- lists ----------------------------------------------------------------------------------- */

static void want_room(struct search *search, size_t entries, size_t runs)
{
    if (entries > search->room_size) {
        search->room_size = 2 * entries;
        for (size_t i = 0; i < 2; i++)
            search->room[i] =
                npt__reallocate(search->room[i], search->room_size * sizeof *search->room[i]);
    }
    if (runs + 2 > search->runs_size) {
        search->runs_size = 2 * (runs + 2);
        search->runs = npt__reallocate(search->runs, search->runs_size * sizeof *search->runs);
    }
}

/* Two sorted runs into one; equal rarities become one entry. Returns where it ends. */
static struct entry *merge(struct entry *to, const struct entry *a, const struct entry *a_end,
                           const struct entry *b, const struct entry *b_end)
{
    while (a < a_end && b < b_end) {
        if (a->rarity == b->rarity) {
            *to = *a++;
            to++->chance += b++->chance;
        } else {
            *to++ = a->rarity < b->rarity ? *a++ : *b++;
        }
    }
    for (; a < a_end; a++)
        *to++ = *a;
    for (; b < b_end; b++)
        *to++ = *b;
    return to;
}

/* Merges the runs in room[0], by pairs, until there is one; returns its length. */
static size_t merge_runs(struct search *search, size_t count)
{
    size_t *runs = search->runs;
    while (count > 1) {
        struct entry *from = search->room[0], *to = search->room[1], *end = to;
        size_t merged = 0;
        for (size_t i = 0; i < count; i += 2) {
            size_t last = i + 2 <= count ? i + 2 : count;
            struct entry *start = end;
            end = merge(end, from + runs[i], from + runs[i + 1], from + runs[i + 1],
                        from + runs[last]);
            runs[merged++] = (size_t)(start - to);
        }
        runs[merged] = (size_t)(end - to);
        search->room[0] = to;
        search->room[1] = from;
        count = merged;
    }
    return count ? runs[1] : 0;
}

/* What remains open of `from`, after a column that adds `rarity` and has this chance, goes to the end of room[0];
   what counts in any case is added to list->certain. */
static size_t take_run(struct entry *to, const struct list *from, int64_t rarity, double chance,
                       const int64_t open[2], struct list *list)
{
    size_t kept = 0;
    list->certain += chance * from->certain;
    for (size_t i = 0; i < from->count; i++) {
        struct entry entry = {from->entries[i].rarity + rarity, from->entries[i].chance * chance};
        if (entry.rarity >= open[1])
            list->certain += entry.chance;
        else if (entry.rarity >= open[0])
            to[kept++] = entry;
    }
    return kept;
}

/* The list of a node, from the lists of the stage before. */
static bool grow_node(struct search *search, const struct half *half, const struct split *at,
                      struct list *list)
{
    const struct npt__fisher_totals *totals = search->totals;
    const struct half *other = &search->halves[half == &search->halves[0]];
    const size_t rows = totals->row_count, node = node_of(search, at->of);
    const size_t rest = (totals->column_count - half->stage - 1) * search->nodes +
                        node_of(search, totals->rows) - node;
    const int64_t open[2] = {totals->limit - other->most[rest], totals->limit - other->least[rest]};
    size_t used = 0, runs = 0;
    struct split column = {0};
    fill_last(&column, at->of, 0, rows, column_at(search, half, half->stage));
    do {
        const struct list *from = &half->lists[node - node_of(search, column.of)];
        if (!spend(search, 1 + from->count))
            return false;
        want_room(search, used + from->count, runs);
        double chance = npt__hypergeometric(&totals->factorials, at->of, column.of, rows);
        size_t kept =
            take_run(search->room[0] + used, from, rarity_of(search, &column), chance, open, list);
        if (kept) {
            search->runs[runs++] = used;
            search->runs[runs] = used += kept;
        }
    } while (next_split(&column, at->of, rows));
    list->count = merge_runs(search, runs);
    list->entries = npt__allocate((list->count + 1) * sizeof *list->entries);
    if (list->count)
        memcpy(list->entries, search->room[0], list->count * sizeof *list->entries);
    return true;
}

static void release_lists(struct list *lists, size_t nodes)
{
    for (size_t i = 0; lists && i < nodes; i++)
        npt__release(lists[i].entries);
    npt__release(lists);
}

static struct list *new_lists(size_t nodes)
{
    struct list *lists = npt__allocate(nodes * sizeof *lists);
    memset(lists, 0, nodes * sizeof *lists);
    return lists;
}

/* Takes the next column. */
static bool grow(struct search *search, struct half *half)
{
    const struct npt__fisher_totals *totals = search->totals;
    const uint32_t cases = half->cases + column_at(search, half, half->stage);
    struct list *lists = new_lists(search->nodes);
    struct split at = {0};
    bool within = true;
    half->entries = 0;
    fill_last(&at, totals->rows, 0, totals->row_count, cases);
    do {
        struct list *list = &lists[node_of(search, at.of)];
        within = grow_node(search, half, &at, list);
        half->entries += list->count;
        within = within && half->entries <= MOST_ENTRIES;
    } while (within && next_split(&at, totals->rows, totals->row_count));
    release_lists(half->lists, search->nodes);
    half->lists = lists;
    half->cases = cases;
    half->stage++;
    return within;
}

static bool grow_halves(struct search *search)
{
    struct half *first = &search->halves[0], *last = &search->halves[1];
    for (size_t i = 0; i < 2; i++) {
        struct half *half = &search->halves[i];
        half->lists = new_lists(search->nodes);
        half->lists[0] = (struct list){npt__allocate(sizeof(struct entry)), 1, 0};
        half->lists[0].entries[0] = (struct entry){0, 1};
        half->entries = 1;
    }
    while (first->stage + last->stage < search->totals->column_count) {
        size_t of_first = first->entries * column_at(search, first, first->stage);
        size_t of_last = last->entries * column_at(search, last, last->stage);
        if (!grow(search, of_first <= of_last ? first : last))
            return false;
    }
    return true;
}

/* ---- where the halves meet ------------------------------------------------------------------- */

/* The chance that a pair of both lists is rare enough. */
static double meet(const struct list *a, const struct list *b, int64_t limit)
{
    double sum = a->certain + b->certain * (1 - a->certain), enough = 0;
    size_t next = b->count; /* those from here on are rare enough beside a's entry */
    for (size_t i = 0; i < a->count; i++) {
        while (next && a->entries[i].rarity + b->entries[next - 1].rarity >= limit)
            enough += b->entries[--next].chance;
        sum += a->entries[i].chance * enough;
    }
    return sum;
}

static double meet_halves(const struct search *search)
{
    const struct npt__fisher_totals *totals = search->totals;
    const struct half *first = &search->halves[0], *last = &search->halves[1];
    const size_t all = node_of(search, totals->rows);
    double p = 0;
    struct split at = {0};
    fill_last(&at, totals->rows, 0, totals->row_count, first->cases);
    do {
        size_t node = node_of(search, at.of);
        p += npt__hypergeometric(&totals->factorials, totals->rows, at.of, totals->row_count) *
             meet(&first->lists[node], &last->lists[all - node], totals->limit);
    } while (next_split(&at, totals->rows, totals->row_count));
    return fmin(p, 1);
}

/* False: more nodes than there is room for. */
static bool number_nodes(struct search *search)
{
    const struct npt__fisher_totals *totals = search->totals;
    const size_t most = MOST_NODES / (totals->column_count + 1);
    search->nodes = 1;
    if (totals->row_count > MOST_ROWS)
        return false;
    for (size_t i = 0; i + 1 < totals->row_count; i++) {
        search->stride[i] = search->nodes;
        if (search->nodes > most / ((size_t)totals->rows[i] + 1))
            return false;
        search->nodes *= (size_t)totals->rows[i] + 1;
    }
    return true;
}

/* Of 2 x 2: its tables, one by one. */
static struct npt__fisher_answer look_at_each(struct search *search)
{
    const struct npt__fisher_totals *totals = search->totals;
    struct npt__fisher_answer answer = {0};
    struct split column, other;
    fill_last(&column, totals->rows, 0, 2, totals->columns[0]);
    do {
        if (!spend(search, 1))
            return answer;
        for (size_t i = 0; i < 2; i++)
            other.of[i] = totals->rows[i] - column.of[i];
        if (rarity_of(search, &column) + rarity_of(search, &other) >= totals->limit)
            answer.p += npt__hypergeometric(&totals->factorials, totals->rows, column.of, 2);
    } while (next_split(&column, totals->rows, 2));
    answer.p = fmin(answer.p, 1);
    answer.finished = true;
    return answer;
}

struct npt__fisher_answer npt__fisher_exact(const struct npt__fisher_totals *totals, uint64_t work)
{
    struct search search = {.totals = totals, .work = work};
    struct npt__fisher_answer answer = {0};
    if (totals->column_count == 2)
        return look_at_each(&search);
    if (!number_nodes(&search))
        return answer;
    answer.finished = find_bounds(&search, &search.halves[0]) &&
                      find_bounds(&search, &search.halves[1]) && grow_halves(&search);
    if (answer.finished)
        answer.p = meet_halves(&search);
    for (size_t i = 0; i < 2; i++) {
        npt__release(search.halves[i].least);
        npt__release(search.halves[i].most);
        release_lists(search.halves[i].lists, search.nodes);
        npt__release(search.room[i]);
    }
    npt__release(search.runs);
    return answer;
}
