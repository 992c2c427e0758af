/* stretches.h - how many pairs of stretches on a line overlap, hold each other, or lie near each other.
 *
 * A stretch [start, end) belongs to a *lane*: what it was called. Pairs are counted between lanes, never within
 * one: (s, t) with s of the one lane and t of the other. A segment that carries two names is a stretch in each of
 * two lanes, and a pair with itself. Nothing is listed: lines are swept once and counts are handed over, so that
 * n stretches take n log n steps for sorting and n times the number of lanes that are open at one place, however
 * many pairs there are. Memory goes with the number of stretches and of lanes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STRETCHES_H
#define NPT__STRETCHES_H

#include <stddef.h>
#include <stdint.h>

struct npt__stretch {
    uint32_t start, end;
    uint32_t lane;
    uint32_t segment; /* tells whether two stretches are one segment */
};

enum npt__togetherness {
    NPT__OVERLAP, /* they share something of [start, end); an empty one: it lies between the other's ends */
    NPT__INCLUSION, /* one lies wholly within the other */
    NPT__PROXIMITY, /* they overlap, or at most `reach` lies between them */
};

struct npt__stretch_rule {
    enum npt__togetherness how;
    uint32_t reach; /* of proximity */
};

/* Pairs found between two lanes. Those of inclusion in which both stretches are the same count in both
   directions, and once in `pairs`. */
struct npt__stretch_pairs {
    uint32_t first, second; /* lanes; in no order */
    uint64_t pairs;
    uint64_t first_within, second_within; /* 0 unless by inclusion */
};

/* Hands over all pairs of one line, those of two lanes in any number of portions. Sorts `list`. Lanes are below
   `lane_count`; a segment has at most one stretch in each. */
void npt__stretch_pairs(struct npt__stretch *list, size_t count, size_t lane_count,
                        struct npt__stretch_rule rule,
                        void (*found)(void *user, const struct npt__stretch_pairs *pairs),
                        void *user);

/* Hands over how much of the line is covered by a lane (first = second) and by two lanes at once, overlaps
   counted once; in portions. Sorts `list`. */
void npt__stretch_cover(struct npt__stretch *list, size_t count, size_t lane_count,
                        void (*covered)(void *user, uint32_t first, uint32_t second,
                                        uint32_t length),
                        void *user);

#endif
