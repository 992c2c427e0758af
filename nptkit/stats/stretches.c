/* stretches.c - how many pairs of stretches on a line overlap, hold each other, or lie near each other.
 *
 * Stretches are taken by their starts. Those that began before and have not ended are *open*; for each lane is
 * known how many are. What begins meets all of them at once. For inclusion the question is how many open ones end
 * no earlier: each lane keeps a binary indexed tree (Fenwick 1994) over its ends.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "stretches.h"

#include "../base/arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct ending {
    uint32_t end, lane;
};

struct sweep {
    const struct npt__stretch *list;
    size_t count;
    struct npt__stretch_rule rule;
    void (*found)(void *user, const struct npt__stretch_pairs *pairs);
    void *user;
    struct ending *endings; /* by end; of those that are ever open */
    size_t ending_count, ended;
    uint32_t *open;  /* by lane, how many */
    uint32_t *lanes; /* those with any open */
    uint32_t *place; /* of a lane in `lanes` */
    size_t lanes_open;
    size_t *first;         /* inclusion: of each lane, its place in `ends` and `tree`; one more */
    uint32_t *ends, *tree; /* by lane: its ends in order, and how many of those were taken */
};

static bool is_empty(const struct npt__stretch *stretch)
{
    return stretch->start == stretch->end;
}

/* By start; empty ones first, by segment; then the longest first, so that what holds comes before what is
   held. */
static int compare_stretches(const void *a, const void *b)
{
    const struct npt__stretch *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (is_empty(x) != is_empty(y))
        return is_empty(x) ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    if (is_empty(x) && x->segment != y->segment)
        return x->segment < y->segment ? -1 : 1;
    return (x->lane > y->lane) - (x->lane < y->lane);
}

static int compare_endings(const void *a, const void *b)
{
    const struct ending *x = a, *y = b;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return (x->lane > y->lane) - (x->lane < y->lane);
}

static void *zeroed(size_t count, size_t size)
{
    const size_t room = count ? count : 1;
    if (room > SIZE_MAX / size)
        npt__out_of_memory(SIZE_MAX);
    void *memory = npt__allocate(room * size);
    memset(memory, 0, room * size);
    return memory;
}

/* Only by proximity an empty one can be met by what begins later. */
static bool is_ever_open(const struct sweep *sweep, const struct npt__stretch *stretch)
{
    return !is_empty(stretch) || sweep->rule.how == NPT__PROXIMITY;
}

static void start_sweep(struct sweep *sweep, struct npt__stretch *list, size_t count, size_t lanes)
{
    if (count)
        qsort(list, count, sizeof *list, compare_stretches);
    sweep->list = list;
    sweep->count = count;
    sweep->endings = zeroed(count, sizeof *sweep->endings);
    for (size_t i = 0; i < count; i++)
        if (is_ever_open(sweep, &list[i]))
            sweep->endings[sweep->ending_count++] = (struct ending){list[i].end, list[i].lane};
    if (sweep->ending_count)
        qsort(sweep->endings, sweep->ending_count, sizeof *sweep->endings, compare_endings);
    sweep->open = zeroed(lanes, sizeof *sweep->open);
    sweep->lanes = zeroed(lanes, sizeof *sweep->lanes);
    sweep->place = zeroed(lanes, sizeof *sweep->place);
}

static void end_sweep(struct sweep *sweep)
{
    npt__release(sweep->endings);
    npt__release(sweep->open);
    npt__release(sweep->lanes);
    npt__release(sweep->place);
    npt__release(sweep->first);
    npt__release(sweep->ends);
    npt__release(sweep->tree);
}

static void open_lane(struct sweep *sweep, uint32_t lane)
{
    if (sweep->open[lane]++)
        return;
    sweep->place[lane] = (uint32_t)sweep->lanes_open;
    sweep->lanes[sweep->lanes_open++] = lane;
}

static void close_lane(struct sweep *sweep, uint32_t lane)
{
    if (--sweep->open[lane])
        return;
    const uint32_t last = sweep->lanes[--sweep->lanes_open];
    sweep->lanes[sweep->place[lane]] = last;
    sweep->place[last] = sweep->place[lane];
}

/* Closes what ended before `position`, so that it cannot meet what begins there. All of it began before. */
static void close_before(struct sweep *sweep, uint32_t position)
{
    const bool near = sweep->rule.how == NPT__PROXIMITY;
    while (sweep->ended < sweep->ending_count) {
        const struct ending *ending = &sweep->endings[sweep->ended];
        const bool over =
            near ? (uint64_t)ending->end + sweep->rule.reach < position : ending->end <= position;
        if (!over)
            return;
        close_lane(sweep, ending->lane);
        sweep->ended++;
    }
}

static void meet_open(const struct sweep *sweep, uint32_t lane)
{
    for (size_t i = 0; i < sweep->lanes_open; i++)
        if (sweep->lanes[i] != lane)
            sweep->found(sweep->user,
                         &(struct npt__stretch_pairs){.first = lane,
                                                      .second = sweep->lanes[i],
                                                      .pairs = sweep->open[sweep->lanes[i]]});
}

/* An empty segment meets itself under each of its later names. */
static void meet_itself(const struct sweep *sweep, size_t at)
{
    const struct npt__stretch *stretch = &sweep->list[at];
    const uint64_t within = sweep->rule.how == NPT__INCLUSION;
    for (size_t i = at + 1; i < sweep->count; i++) {
        const struct npt__stretch *other = &sweep->list[i];
        if (other->start != stretch->start || !is_empty(other) ||
            other->segment != stretch->segment)
            return;
        sweep->found(sweep->user,
                     &(struct npt__stretch_pairs){stretch->lane, other->lane, 1, within, within});
    }
}

/* ---- inclusion ------------------------------------------------------------------------------- */

static void make_trees(struct sweep *sweep, size_t lanes)
{
    sweep->first = zeroed(lanes + 1, sizeof *sweep->first);
    sweep->ends = zeroed(sweep->ending_count, sizeof *sweep->ends);
    sweep->tree = zeroed(sweep->ending_count, sizeof *sweep->tree);
    for (size_t i = 0; i < sweep->ending_count; i++)
        sweep->first[sweep->endings[i].lane + 1]++;
    for (size_t i = 0; i < lanes; i++)
        sweep->first[i + 1] += sweep->first[i];
    size_t *next = zeroed(lanes, sizeof *next);
    for (size_t i = 0; i < sweep->ending_count; i++) {
        const uint32_t lane = sweep->endings[i].lane;
        sweep->ends[sweep->first[lane] + next[lane]++] = sweep->endings[i].end;
    }
    npt__release(next);
}

/* How many ends of a lane, taken or not, are below `end`. */
static size_t ends_below(const struct sweep *sweep, uint32_t lane, uint32_t end)
{
    size_t low = sweep->first[lane], high = sweep->first[lane + 1];
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sweep->ends[middle] < end)
            low = middle + 1;
        else
            high = middle;
    }
    return low - sweep->first[lane];
}

/* A tree counts from the lane's last end to its first, so that a prefix is "no earlier than". */
static void take_end(struct sweep *sweep, uint32_t lane, uint32_t end)
{
    const size_t size = sweep->first[lane + 1] - sweep->first[lane];
    uint32_t *tree = sweep->tree + sweep->first[lane];
    for (size_t i = size - ends_below(sweep, lane, end); i <= size; i += i & (~i + 1))
        tree[i - 1]++;
}

static uint64_t taken_from(const struct sweep *sweep, uint32_t lane, uint32_t end)
{
    const size_t size = sweep->first[lane + 1] - sweep->first[lane];
    const uint32_t *tree = sweep->tree + sweep->first[lane];
    uint64_t sum = 0;
    for (size_t i = size - ends_below(sweep, lane, end); i; i &= i - 1)
        sum += tree[i - 1];
    return sum;
}

/* `times` equal stretches of a lane within all that began before. */
static void lie_within(const struct sweep *sweep, const struct npt__stretch *stretch,
                       uint64_t times)
{
    const uint32_t least = is_empty(stretch) ? stretch->end + 1 : stretch->end;
    for (size_t i = 0; i < sweep->lanes_open; i++) {
        const uint32_t other = sweep->lanes[i];
        const uint64_t holders =
            other == stretch->lane ? 0 : times * taken_from(sweep, other, least);
        if (holders)
            sweep->found(sweep->user,
                         &(struct npt__stretch_pairs){stretch->lane, other, holders, holders, 0});
    }
}

/* The end of the stretches from `at` on that are equal; with `lane`, of the same lane too. */
static size_t end_of_equals(const struct sweep *sweep, size_t at, bool lane)
{
    size_t end = at + 1;
    while (end < sweep->count && sweep->list[end].start == sweep->list[at].start &&
           sweep->list[end].end == sweep->list[at].end &&
           (!lane || sweep->list[end].lane == sweep->list[at].lane))
        end++;
    return end;
}

/* Stretches from and to the same places: each lies within the others. Returns the place after them. */
static size_t take_equals(struct sweep *sweep, size_t at)
{
    const size_t end = end_of_equals(sweep, at, false);
    for (size_t i = at, next; i < end; i = next) {
        next = end_of_equals(sweep, i, true);
        lie_within(sweep, &sweep->list[i], next - i);
        for (size_t j = next, after; j < end; j = after) {
            after = end_of_equals(sweep, j, true);
            const uint64_t pairs = (uint64_t)(next - i) * (after - j);
            sweep->found(sweep->user,
                         &(struct npt__stretch_pairs){sweep->list[i].lane, sweep->list[j].lane,
                                                      pairs, pairs, pairs});
        }
    }
    for (size_t i = at; i < end; i++) {
        open_lane(sweep, sweep->list[i].lane);
        take_end(sweep, sweep->list[i].lane, sweep->list[i].end);
    }
    return end;
}

/* ---- all rules ------------------------------------------------------------------------------- */

void npt__stretch_pairs(struct npt__stretch *list, size_t count, size_t lane_count,
                        struct npt__stretch_rule rule,
                        void (*found)(void *user, const struct npt__stretch_pairs *pairs),
                        void *user)
{
    struct sweep sweep = {.rule = rule, .found = found, .user = user};
    start_sweep(&sweep, list, count, lane_count);
    if (rule.how == NPT__INCLUSION)
        make_trees(&sweep, lane_count);
    for (size_t i = 0; i < count;) {
        const struct npt__stretch *stretch = &list[i];
        close_before(&sweep, stretch->start);
        if (rule.how == NPT__INCLUSION && !is_empty(stretch)) {
            i = take_equals(&sweep, i);
            continue;
        }
        if (rule.how == NPT__INCLUSION)
            lie_within(&sweep, stretch, 1);
        else
            meet_open(&sweep, stretch->lane);
        if (is_ever_open(&sweep, stretch))
            open_lane(&sweep, stretch->lane);
        else
            meet_itself(&sweep, i);
        i++;
    }
    end_sweep(&sweep);
}

/* A lane is not covered any more from `position` on. */
static void cover_ends(const struct sweep *sweep, uint32_t lane, uint32_t position,
                       const uint32_t *since,
                       void (*covered)(void *user, uint32_t first, uint32_t second,
                                       uint32_t length))
{
    covered(sweep->user, lane, lane, position - since[lane]);
    for (size_t i = 0; i < sweep->lanes_open; i++) {
        const uint32_t other = sweep->lanes[i];
        const uint32_t from = since[lane] > since[other] ? since[lane] : since[other];
        if (other != lane && from < position)
            covered(sweep->user, lane, other, position - from);
    }
}

void npt__stretch_cover(struct npt__stretch *list, size_t count, size_t lane_count,
                        void (*covered)(void *user, uint32_t first, uint32_t second,
                                        uint32_t length),
                        void *user)
{
    struct sweep sweep = {.rule = {NPT__OVERLAP, 0}, .user = user};
    start_sweep(&sweep, list, count, lane_count);
    uint32_t *since = zeroed(lane_count, sizeof *since);
    for (size_t i = 0; sweep.ended < sweep.ending_count;) {
        const struct ending *ending = &sweep.endings[sweep.ended];
        if (i < count && list[i].start <= ending->end) { /* what touches goes on */
            const struct npt__stretch *stretch = &list[i++];
            if (is_empty(stretch))
                continue;
            if (!sweep.open[stretch->lane])
                since[stretch->lane] = stretch->start;
            open_lane(&sweep, stretch->lane);
            continue;
        }
        if (sweep.open[ending->lane] == 1)
            cover_ends(&sweep, ending->lane, ending->end, since, covered);
        close_lane(&sweep, ending->lane);
        sweep.ended++;
    }
    npt__release(since);
    end_sweep(&sweep);
}
