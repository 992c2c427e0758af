/* test_saturation.c - new codes by interview, saturation by base, run and threshold, and random orders.
 *
 * The worked example of Guest, Namey & Chen (2020), PLoS ONE 15(5), e0232076: the first four interviews hold 37
 * themes; interviews 5 and 6 bring seven new ones (7/37 = 19%), the next run 11%, the one after it one (1/37 = 3%):
 * below 5%, "6+2". The text gives sums of runs only; both ways to share them out (4, 3, 1, 0 and 3, 4, 0, 1) are
 * tried. Random orders are compared with the mean over all orders, which is known exactly.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/saturation.h"
#include "reference_data.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RULE(base, run, threshold) ((struct npt__saturation_rule){base, run, threshold})

/* ---- one order ------------------------------------------------------------------------------- */

static void the_example_of_guest_namey_and_chen_is_reached_at_6_and_2(void **state)
{
    (void)state;
    const uint32_t ways[][8] = {{16, 9, 7, 5, 4, 3, 1, 0}, {16, 9, 7, 5, 3, 4, 0, 1}};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(npt__run_codes(ways[i], 4, 4), 37);
        assert_int_equal(npt__run_codes(ways[i], 6, 2), 7);
        reference_expect(round(100 * npt__run_codes(ways[i], 6, 2) / 37.0), 19, 0);
        reference_expect(round(100 * npt__run_codes(ways[i], 7, 2) / 37.0), 11, 0);
        reference_expect(round(100 * npt__run_codes(ways[i], 8, 2) / 37.0), 3, 0);
        const struct npt__saturation found = npt__saturation_find(ways[i], 8, RULE(4, 2, 0.05));
        assert_true(found.reached);
        assert_int_equal(found.interviews, 6);
        assert_int_equal(found.base_codes, 37);
        assert_int_equal(found.run_codes, 1);
        assert_int_equal(found.codes, 45);
        /* at 0% these eight interviews do not reach it */
        const struct npt__saturation none = npt__saturation_find(ways[i], 8, RULE(4, 2, 0));
        assert_false(none.reached);
        assert_int_equal(none.fault, NPT__SATURATION_NOT_REACHED);
        assert_int_equal(none.base_codes, 37);
    }
}

/* By hand: base 4 holds 20; runs of two bring 2, 1, 0, 1: 10%, 5%, 0%. At 5% it is 5+2, at 0% 6+2. Runs of
   three bring 2, 1, 1: 10%, 5%; 5+3; 0% is not reached. Base 5 holds 21: 1/21 is below 5% at once. */
static void a_threshold_that_is_met_exactly_is_met(void **state)
{
    (void)state;
    const uint32_t fresh[] = {10, 5, 4, 1, 1, 1, 0, 0, 1};
    assert_int_equal(npt__saturation_find(fresh, 9, RULE(4, 2, 0.05)).interviews, 5);
    assert_int_equal(npt__saturation_find(fresh, 9, RULE(4, 2, 0.0)).interviews, 6);
    assert_int_equal(npt__saturation_find(fresh, 9, RULE(4, 3, 0.05)).interviews, 5);
    assert_false(npt__saturation_find(fresh, 9, RULE(4, 3, 0)).reached);
    assert_int_equal(npt__saturation_find(fresh, 9, RULE(5, 2, 0.05)).interviews, 5);
    assert_int_equal(npt__saturation_find(fresh, 9, RULE(4, 2, 0.1)).interviews, 4);
    assert_int_equal(npt__saturation_find(fresh, 9, RULE(4, 2, 0.1)).codes, 22);
}

static void too_few_interviews_or_codes_are_told(void **state)
{
    (void)state;
    const uint32_t fresh[] = {0, 0, 3, 0, 0};
    assert_int_equal(npt__saturation_find(fresh, 5, RULE(4, 2, 1)).fault, NPT__SATURATION_TOO_FEW);
    assert_int_equal(npt__saturation_find(fresh, 5, RULE(0, 2, 1)).fault, NPT__SATURATION_TOO_FEW);
    assert_int_equal(npt__saturation_find(fresh, 5, RULE(2, 0, 1)).fault, NPT__SATURATION_TOO_FEW);
    assert_int_equal(npt__saturation_find(fresh, 5, RULE(SIZE_MAX, SIZE_MAX, 1)).fault,
                     NPT__SATURATION_TOO_FEW);
    assert_int_equal(npt__saturation_find(NULL, 0, RULE(4, 2, 1)).fault, NPT__SATURATION_TOO_FEW);
    assert_int_equal(npt__saturation_find(fresh, 5, RULE(2, 2, 1)).fault,
                     NPT__SATURATION_EMPTY_BASE);
    assert_int_equal(npt__saturation_find(fresh, 5, RULE(3, 2, 0)).interviews, 3);
}

static void a_code_is_new_once_in_whatever_order(void **state)
{
    (void)state;
    const size_t first[] = {0, 2, 2, 5, 6};
    const uint32_t codes[] = {0, 1, 1, 2, 3, 0}, backwards[] = {3, 2, 1, 0};
    const struct npt__interview_codes data = {first, codes, 4, 4};
    uint32_t fresh[4];
    npt__fresh_codes(&data, NULL, fresh);
    assert_memory_equal(fresh, ((uint32_t[]){2, 0, 2, 0}), sizeof fresh);
    npt__fresh_codes(&data, backwards, fresh);
    assert_memory_equal(fresh, ((uint32_t[]){1, 3, 0, 0}), sizeof fresh);
}

/* ---- random orders --------------------------------------------------------------------------- */

#define INTERVIEWS 7u
#define CODES 9u

/* Code c is held by the interviews of which a bit of its number is set. */
static const uint32_t holders[CODES] = {127, 1, 2, 3, 96, 85, 42, 64, 12};

struct example {
    size_t first[INTERVIEWS + 1];
    uint32_t codes[INTERVIEWS * CODES];
    struct npt__interview_codes data;
};

static void make_example(struct example *example)
{
    size_t count = 0;
    for (size_t i = 0; i < INTERVIEWS; i++) {
        example->first[i] = count;
        for (uint32_t c = 0; c < CODES; c++)
            if (holders[c] >> i & 1)
                example->codes[count++] = c;
    }
    example->first[INTERVIEWS] = count;
    example->data =
        (struct npt__interview_codes){example->first, example->codes, INTERVIEWS, CODES};
}

static double choose(unsigned n, unsigned k)
{
    double ways = 1;
    for (unsigned i = 0; i < k; i++)
        ways = ways * (n - i) / (i + 1);
    return k > n ? 0 : ways;
}

/* The mean over all orders of the codes found in the first k: each is missed where none of its m holders is among
   them, in C(n - m, k) of C(n, k) ways (the curve of rarefaction, Hurlbert 1971). */
static double mean_over_all_orders(unsigned k)
{
    double mean = 0;
    for (size_t c = 0; c < CODES; c++) {
        unsigned m = 0;
        for (uint32_t bits = holders[c]; bits; bits >>= 1)
            m += bits & 1;
        mean += 1 - choose(INTERVIEWS - m, k) / choose(INTERVIEWS, k);
    }
    return mean;
}

/* Every order: counts[n] of them meet the rule after n interviews, counts[INTERVIEWS] do not. */
static void try_all_orders(const struct npt__interview_codes *data,
                           struct npt__saturation_rule rule, uint32_t *order, size_t placed,
                           size_t *counts)
{
    if (placed == INTERVIEWS) {
        uint32_t fresh[INTERVIEWS];
        npt__fresh_codes(data, order, fresh);
        const struct npt__saturation found = npt__saturation_find(fresh, INTERVIEWS, rule);
        counts[found.reached ? found.interviews : INTERVIEWS]++;
        return;
    }
    for (size_t i = placed; i < INTERVIEWS; i++) {
        const uint32_t one = order[placed], other = order[i];
        order[placed] = other;
        order[i] = one;
        try_all_orders(data, rule, order, placed + 1, counts);
        order[placed] = one;
        order[i] = other;
    }
}

static void many_random_orders_come_near_all_orders(void **state)
{
    (void)state;
    struct example example;
    make_example(&example);
    const struct npt__saturation_rule rules[] = {RULE(2, 2, 0.2), RULE(3, 2, 0)};
    const size_t orders = getenv("VALGRIND") ? 2000 : 100000;
    struct npt__orders_step steps[INTERVIEWS];
    struct npt__orders_rule reached[2];
    assert_true(npt__random_orders(
        &example.data, &(struct npt__orders_options){orders, 5, rules, 2}, steps, reached));
    const double allowance = 5 * 1.5 / sqrt((double)orders); /* standard deviations are below 1.5 */
    for (unsigned k = 1; k <= INTERVIEWS; k++)
        assert_true(fabs(steps[k - 1].mean - mean_over_all_orders(k)) < allowance);
    reference_expect(steps[INTERVIEWS - 1].mean, CODES, 0);
    reference_expect(steps[INTERVIEWS - 1].low, CODES, 0);
    for (size_t r = 0; r < 2; r++) {
        uint32_t order[INTERVIEWS] = {0, 1, 2, 3, 4, 5, 6};
        size_t counts[INTERVIEWS + 1] = {0};
        try_all_orders(&example.data, rules[r], order, 0, counts);
        const double share = 1 - (double)counts[INTERVIEWS] / 5040;
        assert_true(share > 0 && share < 1);
        assert_true(fabs(reached[r].reached - share) < allowance);
        assert_int_equal(reached[r].has_high, share > 0.95);
        assert_int_equal(reached[r].has_median, share > 0.5);
    }
}

static void a_seed_gives_the_same_orders_and_another_seed_others(void **state)
{
    (void)state;
    struct example example;
    make_example(&example);
    struct npt__orders_step one[INTERVIEWS], again[INTERVIEWS], other[INTERVIEWS];
    struct npt__orders_options options = {50, 1, NULL, 0};
    assert_true(npt__random_orders(&example.data, &options, one, NULL));
    assert_true(npt__random_orders(&example.data, &options, again, NULL));
    options.seed = 2;
    assert_true(npt__random_orders(&example.data, &options, other, NULL));
    assert_memory_equal(one, again, sizeof one);
    assert_memory_not_equal(one, other, sizeof one);
    for (size_t i = 0; i < INTERVIEWS; i++)
        assert_true(one[i].low <= one[i].mean && one[i].mean <= one[i].high);
}

/* Three interviews with a code each: base and run of one are never without something new; alike interviews always
   are. */
static void what_no_order_reaches_has_no_quantiles(void **state)
{
    (void)state;
    const size_t first[] = {0, 1, 2, 3};
    const uint32_t different[] = {0, 1, 2}, alike[] = {0, 0, 0};
    const struct npt__saturation_rule rule = RULE(1, 1, 0);
    const struct npt__orders_options options = {20, 1, &rule, 1};
    struct npt__orders_step steps[3];
    struct npt__orders_rule found;
    assert_true(npt__random_orders(&(struct npt__interview_codes){first, different, 3, 3}, &options,
                                   steps, &found));
    assert_false(found.has_low || found.has_median || found.has_high);
    reference_expect(found.reached, 0, 0);
    reference_expect(steps[1].mean, 2, 0);
    assert_true(npt__random_orders(&(struct npt__interview_codes){first, alike, 3, 3}, &options,
                                   steps, &found));
    assert_true(found.has_low && found.has_median && found.has_high);
    reference_expect(found.reached, 1, 0);
    reference_expect(found.median, 1, 0);
    reference_expect(found.high, 1, 0);
}

static void what_cannot_be_counted_is_refused(void **state)
{
    (void)state;
    const size_t first[] = {0, 0};
    struct npt__orders_step step;
    struct npt__orders_options options = {10, 1, NULL, 0};
    struct npt__interview_codes data = {first, NULL, 0, 0};
    assert_false(npt__random_orders(&data, &options, &step, NULL));
    data.interviews = 1;
    assert_true(npt__random_orders(&data, &options, &step, NULL));
    reference_expect(step.high, 0, 0);
    data.code_count = NPT__MOST_ORDER_CELLS;
    assert_false(npt__random_orders(&data, &options, &step, NULL));
    data.code_count = 0;
    options.orders = NPT__MOST_ORDERS + 1u;
    assert_false(npt__random_orders(&data, &options, &step, NULL));
    options.orders = 0;
    assert_false(npt__random_orders(&data, &options, &step, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_guest_namey_and_chen_is_reached_at_6_and_2),
        cmocka_unit_test(a_threshold_that_is_met_exactly_is_met),
        cmocka_unit_test(too_few_interviews_or_codes_are_told),
        cmocka_unit_test(a_code_is_new_once_in_whatever_order),
        cmocka_unit_test(many_random_orders_come_near_all_orders),
        cmocka_unit_test(a_seed_gives_the_same_orders_and_another_seed_others),
        cmocka_unit_test(what_no_order_reaches_has_no_quantiles),
        cmocka_unit_test(what_cannot_be_counted_is_refused)};
    return reference_run("saturation", tests);
}
