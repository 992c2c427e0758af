/* test_stretches.c - pairs of stretches counted by sweeps, against every pair looked at one by one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/stretches.h"
#include "reference_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MOST_LANES 6u

/* By two lanes, in both orders. */
struct counted {
    uint64_t pairs[MOST_LANES][MOST_LANES],
        within[MOST_LANES][MOST_LANES]; /* the first in the second */
    uint64_t cover[MOST_LANES][MOST_LANES];
};

static void count_found(void *user, const struct npt__stretch_pairs *found)
{
    struct counted *counted = user;
    assert_int_not_equal(found->first, found->second);
    counted->pairs[found->first][found->second] += found->pairs;
    counted->pairs[found->second][found->first] += found->pairs;
    counted->within[found->first][found->second] += found->first_within;
    counted->within[found->second][found->first] += found->second_within;
}

static void count_covered(void *user, uint32_t first, uint32_t second, uint32_t length)
{
    struct counted *counted = user;
    counted->cover[first][second] += length;
    if (first != second)
        counted->cover[second][first] += length;
}

/* ---- the witness ----------------------------------------------------------------------------- */

static bool overlap(const struct npt__stretch *a, const struct npt__stretch *b)
{
    return a->segment == b->segment || (a->start < b->end && b->start < a->end);
}

/* An empty stretch lies in what it overlaps, and in itself. */
static bool lies_within(const struct npt__stretch *a, const struct npt__stretch *b)
{
    return overlap(a, b) && b->start <= a->start && a->end <= b->end;
}

static bool near(const struct npt__stretch *a, const struct npt__stretch *b, uint32_t reach)
{
    const uint32_t gap = a->start > b->end   ? a->start - b->end
                         : b->start > a->end ? b->start - a->end
                                             : 0;
    return gap <= reach;
}

static void look_at_pairs(const struct npt__stretch *list, size_t count,
                          struct npt__stretch_rule rule, struct counted *counted)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            const struct npt__stretch *a = &list[i], *b = &list[j];
            if (a->lane == b->lane)
                continue;
            const bool inside = lies_within(a, b);
            const bool either = inside || lies_within(b, a);
            if (rule.how == NPT__OVERLAP)
                counted->pairs[a->lane][b->lane] += overlap(a, b);
            else if (rule.how == NPT__PROXIMITY)
                counted->pairs[a->lane][b->lane] += near(a, b, rule.reach);
            else
                counted->pairs[a->lane][b->lane] += either;
            counted->within[a->lane][b->lane] += rule.how == NPT__INCLUSION && inside;
        }
}

static bool is_covered(const struct npt__stretch *list, size_t count, uint32_t lane,
                       uint32_t position)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].lane == lane && list[i].start <= position && position < list[i].end)
            return true;
    return false;
}

static void look_at_positions(const struct npt__stretch *list, size_t count, uint32_t length,
                              struct counted *counted)
{
    for (uint32_t position = 0; position < length; position++)
        for (uint32_t a = 0; a < MOST_LANES; a++)
            for (uint32_t b = 0; b < MOST_LANES; b++)
                counted->cover[a][b] +=
                    is_covered(list, count, a, position) && is_covered(list, count, b, position);
}

/* Segments of up to three lanes each; `empty`: some without length. */
static size_t make_stretches(struct npt__stretch *list, size_t segments, uint32_t length,
                             bool empty, uint64_t *state)
{
    size_t count = 0;
    for (uint32_t i = 0; i < segments; i++) {
        const uint32_t start = (uint32_t)(reference_random(state) % length);
        const uint32_t most = length - start < 12 ? length - start : 12;
        const uint32_t size = (uint32_t)(reference_random(state) % most) + !empty;
        uint32_t lane = (uint32_t)(reference_random(state) % MOST_LANES);
        for (size_t names = reference_random(state) % 3 + 1; names && lane < MOST_LANES; names--)
            list[count++] = (struct npt__stretch){start, start + size, lane++, i};
    }
    return count;
}

static void random_lines_are_counted_as_pair_by_pair(void **state)
{
    (void)state;
    uint64_t random = 20201;
    const size_t rounds = getenv("VALGRIND") ? 60 : 1500;
    for (size_t round = 0; round < rounds; round++) {
        struct npt__stretch list[120], copy[120];
        const uint32_t length = round % 2 ? 30 : 150;
        const size_t count = make_stretches(list, round % 40, length, round % 3 != 0, &random);
        const struct npt__stretch_rule rules[] = {
            {NPT__OVERLAP, 0}, {NPT__INCLUSION, 0}, {NPT__PROXIMITY, (uint32_t)(round % 9)}};
        for (size_t r = 0; r < 3; r++) {
            struct counted expected = {0}, actual = {0};
            look_at_pairs(list, count, rules[r], &expected);
            memcpy(copy, list, count * sizeof *list);
            npt__stretch_pairs(copy, count, MOST_LANES, rules[r], count_found, &actual);
            assert_memory_equal(&actual, &expected, sizeof actual);
        }
        struct counted expected = {0}, actual = {0};
        look_at_positions(list, count, length + 1, &expected);
        memcpy(copy, list, count * sizeof *list);
        npt__stretch_cover(copy, count, MOST_LANES, count_covered, &actual);
        assert_memory_equal(&actual, &expected, sizeof actual);
    }
}

/* ---- by hand --------------------------------------------------------------------------------- */

static struct counted count_pairs(const struct npt__stretch *list, size_t count,
                                  struct npt__stretch_rule rule)
{
    struct npt__stretch copy[8];
    struct counted counted = {0};
    memcpy(copy, list, count * sizeof *list);
    npt__stretch_pairs(copy, count, MOST_LANES, rule, count_found, &counted);
    return counted;
}

static void what_touches_does_not_overlap_but_is_near(void **state)
{
    (void)state;
    const struct npt__stretch list[] = {{0, 10, 0, 0}, {10, 20, 1, 1}, {25, 30, 2, 2}};
    struct counted counted = count_pairs(list, 3, (struct npt__stretch_rule){NPT__OVERLAP, 0});
    assert_int_equal(counted.pairs[0][1], 0);
    counted = count_pairs(list, 3, (struct npt__stretch_rule){NPT__PROXIMITY, 0});
    assert_int_equal(counted.pairs[0][1], 1);
    assert_int_equal(counted.pairs[1][2], 0);
    counted = count_pairs(list, 3, (struct npt__stretch_rule){NPT__PROXIMITY, 4});
    assert_int_equal(counted.pairs[1][2], 0);
    counted = count_pairs(list, 3, (struct npt__stretch_rule){NPT__PROXIMITY, 5});
    assert_int_equal(counted.pairs[1][2], 1);
    assert_int_equal(counted.pairs[0][2], 0);
}

static void equal_stretches_lie_within_each_other_and_are_one_pair(void **state)
{
    (void)state;
    const struct npt__stretch list[] = {{3, 9, 0, 0}, {3, 9, 1, 1}, {3, 8, 1, 2}};
    const struct counted counted =
        count_pairs(list, 3, (struct npt__stretch_rule){NPT__INCLUSION, 0});
    assert_int_equal(counted.pairs[0][1], 2);
    assert_int_equal(counted.within[0][1], 1);
    assert_int_equal(counted.within[1][0], 2);
}

static void a_segment_of_two_names_is_a_pair_even_without_length(void **state)
{
    (void)state;
    const struct npt__stretch list[] = {{5, 5, 0, 7}, {5, 5, 1, 7}, {5, 5, 2, 8}, {5, 9, 3, 9}};
    for (int how = NPT__OVERLAP; how <= NPT__INCLUSION; how++) {
        const struct counted counted =
            count_pairs(list, 4, (struct npt__stretch_rule){(enum npt__togetherness)how, 0});
        assert_int_equal(counted.pairs[0][1], 1);
        assert_int_equal(counted.pairs[0][2], 0); /* another segment */
        assert_int_equal(counted.pairs[0][3], 0); /* at its edge */
    }
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    struct counted counted = {0}, none = {0};
    npt__stretch_pairs(NULL, 0, 0, (struct npt__stretch_rule){NPT__INCLUSION, 0}, count_found,
                       &counted);
    npt__stretch_cover(NULL, 0, 0, count_covered, &counted);
    assert_memory_equal(&counted, &none, sizeof none);
}

static void the_ends_of_the_number_line_do_no_harm(void **state)
{
    (void)state;
    const struct npt__stretch list[] = {{0, UINT32_MAX, 0, 0}, {UINT32_MAX - 1, UINT32_MAX, 1, 1}};
    for (int how = NPT__OVERLAP; how <= NPT__PROXIMITY; how++)
        assert_int_equal(
            count_pairs(list, 2,
                        (struct npt__stretch_rule){(enum npt__togetherness)how, UINT32_MAX})
                .pairs[0][1],
            1);
}

/* ---- many ------------------------------------------------------------------------------------ */

/* Nested: stretch i is [i, 2n - i), so that each overlaps and is held by or holds every other, in six lanes of
   n / 6. Of two lanes that is (n / 6)^2 pairs, some 100 million in all: no sweep that looked at each would end in
   the time a test has. */
static void counting_takes_no_look_at_each_pair(void **state)
{
    (void)state;
    const uint32_t each = getenv("VALGRIND") ? 200 : 20000, count = each * MOST_LANES;
    struct npt__stretch *list = malloc(count * sizeof *list);
    for (int how = NPT__OVERLAP; how <= NPT__PROXIMITY; how++) {
        for (uint32_t i = 0; i < count; i++)
            list[i] = (struct npt__stretch){i, 2 * count - i, i % MOST_LANES, i};
        struct counted counted = {0};
        npt__stretch_pairs(list, count, MOST_LANES,
                           (struct npt__stretch_rule){(enum npt__togetherness)how, 3}, count_found,
                           &counted);
        for (uint32_t a = 0; a < MOST_LANES; a++)
            for (uint32_t b = 0; b < a; b++)
                assert_int_equal(counted.pairs[a][b], (uint64_t)each * each);
        if (how ==
            NPT__INCLUSION) /* the later of two lies within: lane 1 follows lane 0 in each six */
            assert_int_equal(counted.within[1][0], (uint64_t)each * (each + 1) / 2);
    }
    free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lines_are_counted_as_pair_by_pair),
        cmocka_unit_test(what_touches_does_not_overlap_but_is_near),
        cmocka_unit_test(equal_stretches_lie_within_each_other_and_are_one_pair),
        cmocka_unit_test(a_segment_of_two_names_is_a_pair_even_without_length),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(the_ends_of_the_number_line_do_no_harm),
        cmocka_unit_test(counting_takes_no_look_at_each_pair)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
