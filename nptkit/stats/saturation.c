/* saturation.c - how many codes are new in each interview, and after how many interviews little is new.
 *
 * Results of random orders are whole numbers between 0 and a known end, so they are counted, not kept: memory does
 * not grow with the number of orders, and means are exact sums divided once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "saturation.h"

#include "../base/arena.h"
#include "describe.h"
#include "random.h"

#include <string.h>

static void *zeroed(size_t count, size_t size)
{
    const size_t room = count ? count : 1;
    if (room > SIZE_MAX / size)
        npt__out_of_memory(SIZE_MAX);
    void *memory = npt__allocate(room * size);
    memset(memory, 0, room * size);
    return memory;
}

/* `seen` holds, for each code, a stamp: the codes with `stamp` were found. */
static void find_fresh(const struct npt__interview_codes *data, const uint32_t *order,
                       uint32_t *seen, uint32_t stamp, uint32_t *fresh)
{
    for (size_t i = 0; i < data->interviews; i++) {
        const size_t interview = order ? order[i] : i;
        fresh[i] = 0;
        for (size_t j = data->first[interview]; j < data->first[interview + 1]; j++) {
            fresh[i] += seen[data->codes[j]] != stamp;
            seen[data->codes[j]] = stamp;
        }
    }
}

void npt__fresh_codes(const struct npt__interview_codes *data, const uint32_t *order,
                      uint32_t *fresh)
{
    uint32_t *seen = zeroed(data->code_count, sizeof *seen);
    find_fresh(data, order, seen, 1, fresh);
    npt__release(seen);
}

/* ---- one order ------------------------------------------------------------------------------- */

static uint32_t sum(const uint32_t *fresh, size_t from, size_t to)
{
    uint32_t codes = 0;
    for (size_t i = from; i < to; i++)
        codes += fresh[i];
    return codes;
}

uint32_t npt__run_codes(const uint32_t *fresh, size_t end, size_t run)
{
    return sum(fresh, end > run ? end - run : 0, end);
}

struct npt__saturation npt__saturation_find(const uint32_t *fresh, size_t interviews,
                                            struct npt__saturation_rule rule)
{
    struct npt__saturation result = {.fault = NPT__SATURATION_TOO_FEW};
    if (!rule.base || !rule.run || rule.base > interviews || rule.run > interviews - rule.base)
        return result;
    result.base_codes = sum(fresh, 0, rule.base);
    result.fault = NPT__SATURATION_EMPTY_BASE;
    if (!result.base_codes)
        return result;
    result.fault = NPT__SATURATION_NOT_REACHED;
    uint32_t codes = sum(fresh, 0, rule.base + rule.run);
    uint32_t run = sum(fresh, rule.base, rule.base + rule.run);
    for (size_t before = rule.base;; before++) {
        if ((double)run / result.base_codes <= rule.threshold) {
            result.reached = true;
            result.fault = NPT__SATURATION_FINE;
            result.interviews = before;
            result.run_codes = run;
            result.codes = codes;
            return result;
        }
        if (before + rule.run == interviews)
            return result;
        run += fresh[before + rule.run] - fresh[before];
        codes += fresh[before + rule.run];
    }
}

/* ---- random orders --------------------------------------------------------------------------- */

struct orders {
    const struct npt__interview_codes *data;
    const struct npt__orders_options *options;
    size_t *steps; /* interviews x (codes + 1): orders with this many codes by then */
    size_t *rules; /* rules x (interviews + 1): orders that met it then; the last: that did not */
    uint32_t *order, *seen, *fresh;
};

static void count_order(struct orders *orders, size_t number)
{
    const struct npt__interview_codes *data = orders->data;
    struct npt__random random;
    npt__random_start(&random, orders->options->seed, number);
    for (uint32_t i = 0; i < data->interviews; i++)
        orders->order[i] = i;
    for (size_t i = data->interviews - 1; i > 0; i--) { /* Fisher & Yates, as in Durstenfeld 1964 */
        const size_t other = (size_t)npt__random_below(&random, i + 1);
        const uint32_t held = orders->order[i];
        orders->order[i] = orders->order[other];
        orders->order[other] = held;
    }
    find_fresh(data, orders->order, orders->seen, (uint32_t)number + 1, orders->fresh);
    size_t codes = 0;
    for (size_t i = 0; i < data->interviews; i++) {
        codes += orders->fresh[i];
        orders->steps[i * (data->code_count + 1) + codes]++;
    }
    for (size_t i = 0; i < orders->options->rule_count; i++) {
        const struct npt__saturation found =
            npt__saturation_find(orders->fresh, data->interviews, orders->options->rules[i]);
        const size_t at = found.reached ? found.interviews : data->interviews;
        orders->rules[i * (data->interviews + 1) + at]++;
    }
}

static struct npt__orders_step describe_step(const size_t *counts, size_t codes, size_t orders)
{
    npt__int128 total = 0;
    for (size_t i = 0; i <= codes; i++)
        total += (npt__int128)i * (npt__int128)counts[i];
    return (struct npt__orders_step){(double)total / (double)orders,
                                     npt__quantile_counts(counts, codes + 1, 0.05),
                                     npt__quantile_counts(counts, codes + 1, 0.95)};
}

/* A quantile of type 7 lies between two neighbours: the upper one must have met the rule too. */
static bool take_quantile(const size_t *counts, size_t interviews, size_t orders, double share,
                          double *value)
{
    const size_t met = orders - counts[interviews];
    const double position = (double)(orders - 1) * share;
    if (!met || position > (double)(met - 1) + 1e-9) /* 0.95 is no exact binary number */
        return false;
    *value = npt__quantile_counts(counts, interviews + 1, share);
    return true;
}

static struct npt__orders_rule describe_rule(const size_t *counts, size_t interviews, size_t orders)
{
    const size_t met = orders - counts[interviews];
    struct npt__orders_rule rule = {.reached = (double)met / (double)orders};
    rule.has_low = take_quantile(counts, interviews, orders, 0.05, &rule.low);
    rule.has_median = take_quantile(counts, interviews, orders, 0.5, &rule.median);
    rule.has_high = take_quantile(counts, interviews, orders, 0.95, &rule.high);
    return rule;
}

static bool fits(const struct npt__interview_codes *data, const struct npt__orders_options *options)
{
    return data->interviews && data->interviews < UINT32_MAX && options->orders &&
           options->orders <= NPT__MOST_ORDERS && options->rule_count <= NPT__MOST_RULES &&
           data->code_count < NPT__MOST_ORDER_CELLS / data->interviews;
}

bool npt__random_orders(const struct npt__interview_codes *data,
                        const struct npt__orders_options *options, struct npt__orders_step *steps,
                        struct npt__orders_rule *rules)
{
    if (!fits(data, options))
        return false;
    const size_t interviews = data->interviews, codes = data->code_count;
    struct orders orders = {
        .data = data,
        .options = options,
        .steps = zeroed(interviews * (codes + 1), sizeof *orders.steps),
        .rules = zeroed(options->rule_count * (interviews + 1), sizeof *orders.rules),
        .order = zeroed(interviews, sizeof *orders.order),
        .seen = zeroed(codes, sizeof *orders.seen),
        .fresh = zeroed(interviews, sizeof *orders.fresh)};
    for (size_t i = 0; i < options->orders; i++)
        count_order(&orders, i);
    for (size_t i = 0; i < interviews; i++)
        steps[i] = describe_step(orders.steps + i * (codes + 1), codes, options->orders);
    for (size_t i = 0; i < options->rule_count; i++)
        rules[i] = describe_rule(orders.rules + i * (interviews + 1), interviews, options->orders);
    npt__release(orders.steps);
    npt__release(orders.rules);
    npt__release(orders.order);
    npt__release(orders.seen);
    npt__release(orders.fresh);
    return true;
}
