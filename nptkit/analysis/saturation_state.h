/* saturation_state.h - the state of an analysis of saturation, shared by saturation.c (tables), saturation_options.c and
 * saturation_count.c (what each interview holds).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SATURATION_STATE_H
#define NPT__SATURATION_STATE_H

#include "../stats/saturation.h"
#include "saturation_order.h"
#include "units.h"

/* Something coded in an interview, as counted in a cell. */
struct npt__interview_unit {
    uint32_t cell, rank, unit; /* unit: NPT__NONE stands for the interview itself */
};

struct npt__saturation_analysis {
    const npt_study *study;
    struct npt__scope scope;
    struct npt__units units;
    struct npt__interview_order order;
    struct npt__saturation_rule rules[NPT__MOST_RULES];
    const char *thresholds[NPT__MOST_RULES];     /* of each rule, as given */
    size_t rule_count, orders, seed;             /* orders: 0 where none were asked for */
    NPT__ARRAY(struct npt__interview_unit) held; /* by cell, rank and unit, each once */
    uint32_t *of_cell;                           /* interviews */
    size_t silent;                               /* interviews in which nothing was coded */
    size_t unitless, only_valence;               /* segments of no unit; those that say barrier */
    size_t homeless;                             /* segments outside the passages of every case */
};

/* The interviews of one cell in order. */
struct npt__saturation_sequence {
    uint32_t cell;
    struct npt__interview_codes data;
    const uint32_t *ranks; /* in the order of all interviews */
    uint32_t *fresh;       /* new ones, by interview */
    uint32_t codes;        /* different ones in all of them */
    bool has_orders;
    struct npt__orders_step *steps;
    struct npt__orders_rule *rules;
};

/* Reads what is not of the scope, which is open. */
enum npt_status npt__saturation_options(struct npt__saturation_analysis *saturation,
                                        const npt_options *options, npt_diags *diags);
/* Fills held and what stands below it; release `held`. */
void npt__saturation_gather(struct npt__saturation_analysis *saturation);
/* The sequence of the cell whose first entry of `held` is at `at`, with random orders where asked for; moves on to
   the next cell's. It lies in `arena`. */
struct npt__saturation_sequence npt__saturation_sequence(
    const struct npt__saturation_analysis *saturation, npt__arena *arena, uint32_t cell,
    size_t *at);

#endif
