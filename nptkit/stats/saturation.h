/* saturation.h - how many codes are new in each interview, and after how many interviews little is new.
 *
 * Guest, Namey & Chen (2020), "A simple method to assess and report thematic saturation in qualitative research",
 * PLoS ONE 15(5), e0232076. The *base* is the first interviews and the different codes found in them. A *run* is
 * a number of interviews in a row; the first run follows the base, and each next one begins one interview later.
 * The *new information* of a run is the codes that were found in none of the interviews before it, as a share of
 * the base's codes. Saturation is reached with the first run whose new information is at most a threshold: after
 * `interviews` and the run that confirms it, which the authors write "6+2".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SATURATION_H
#define NPT__SATURATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which codes each interview holds, each once. */
struct npt__interview_codes {
    const size_t *first;   /* of each interview, its place in `codes`; one more ends the last */
    const uint32_t *codes; /* below code_count */
    size_t interviews, code_count;
};

/* Fills `fresh`: of each interview in this order (NULL: as they stand) the codes that none before it holds. */
void npt__fresh_codes(const struct npt__interview_codes *data, const uint32_t *order,
                      uint32_t *fresh);

/* ---- one order ------------------------------------------------------------------------------- */

enum npt__saturation_fault {
    NPT__SATURATION_FINE,
    NPT__SATURATION_TOO_FEW,     /* interviews for a base and one run; or a base or a run of none */
    NPT__SATURATION_EMPTY_BASE,  /* the base holds no code */
    NPT__SATURATION_NOT_REACHED, /* in no run of these interviews */
};

struct npt__saturation_rule {
    size_t base, run; /* interviews */
    double threshold; /* a share, 0 or more */
};

struct npt__saturation {
    bool reached;
    enum npt__saturation_fault fault;
    size_t interviews;   /* before the run that confirms it, at least the base; 0 unless reached */
    uint32_t base_codes; /* 0 where there are too few interviews */
    uint32_t run_codes;  /* new ones of that run */
    uint32_t codes;      /* found up to the end of that run */
};

/* The codes of the interviews before `end` that are new in the `run` of them that ends there. */
uint32_t npt__run_codes(const uint32_t *fresh, size_t end, size_t run);
struct npt__saturation npt__saturation_find(const uint32_t *fresh, size_t interviews,
                                            struct npt__saturation_rule rule);

/* ---- random orders --------------------------------------------------------------------------- */

#define NPT__MOST_ORDERS 100000u
#define NPT__MOST_RULES 64u
/* Interviews times codes: the counts take as many numbers. */
#define NPT__MOST_ORDER_CELLS ((size_t)1 << 24)

struct npt__orders_options {
    size_t orders; /* 1 .. NPT__MOST_ORDERS */
    uint64_t seed;
    const struct npt__saturation_rule *rules;
    size_t rule_count; /* at most NPT__MOST_RULES */
};

/* What random orders gave at one place: the cumulative number of codes. */
struct npt__orders_step {
    double mean, low, high; /* the 5% and 95% quantiles of type 7 (Hyndman & Fan 1996) */
};

/* After how many interviews a rule was met. Quantiles count orders that did not meet it as later than all: a
   quantile that falls among them, or between one of them and another, is not there. */
struct npt__orders_rule {
    double reached; /* the share of the orders */
    bool has_low, has_median, has_high;
    double low, median, high; /* 5%, 50%, 95% of the interviews before the run; 0 unless there */
};

/* Fills `steps` (one for each interview) and `rules` (one for each rule). Every order is shuffled with a random
   stream of its own, from the interviews as they stand. False, with nothing filled, where there are no interviews,
   or more of anything than the limits above. */
bool npt__random_orders(const struct npt__interview_codes *data,
                        const struct npt__orders_options *options, struct npt__orders_step *steps,
                        struct npt__orders_rule *rules);

#endif
