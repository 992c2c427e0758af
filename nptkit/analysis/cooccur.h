/* cooccur.h - the state of a count of constructs or codes together, shared by cooccur.c (options and
 * table), cooccur_count.c and cooccur_groups.c (counting).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__COOCCUR_H
#define NPT__COOCCUR_H

#include "../stats/stretches.h"
#include "passages.h"
#include "units.h"

/* Of a pair of units and a cell. */
struct npt__together {
    uint64_t pairs, first_within, second_within; /* of segments */
    uint64_t characters;                         /* that carry both */
    uint32_t both;      /* cases in which both units occur, wherever that is */
    uint32_t cases;     /* in which they occur together */
    uint32_t last_case; /* a stamp: number + 1 */
};

/* Of a unit and a cell. */
struct npt__alone {
    uint64_t characters;
    uint32_t cases, last_case;
    uint32_t segments, textless; /* those of each case */
};

struct npt__cooccur {
    const npt_study *study;
    struct npt__scope scope;
    struct npt__units units;
    struct npt__stretch_rule rule;
    uint32_t *used; /* units that are looked at, in their order */
    size_t used_count;
    uint32_t *lane; /* of a unit, its place in `used`; NPT__NONE */
    size_t cells;   /* of the scope's dimensions */
    size_t pair_count;
    struct npt__together *together;     /* by pair and cell: npt__cooccur_at() */
    struct npt__alone *alone;           /* by lane and cell */
    uint32_t *of_cases, *last_of_cases; /* by cell */
    size_t unitless_segments, only_valence, homeless_segments, regions;
    bool some_text_missing;
};

/* More pairs in more cells than this are refused: they would take some 170 megabytes. */
#define NPT__MOST_TOGETHER ((size_t)1 << 21)

/* Chooses the units that are looked at: those that occur in the scope, or all. */
void npt__cooccur_choose(struct npt__cooccur *cooccur, bool all);
/* Fills the counts; pairs times cells are at most NPT__MOST_TOGETHER. */
void npt__cooccur_count(struct npt__cooccur *cooccur);
/* Where a pair of two lanes stands, the lower one first, without cells. */
size_t npt__cooccur_pair(const struct npt__cooccur *cooccur, uint32_t first, uint32_t second);

/* ---- between the files that count ------------------------------------------------------------ */

/* A stretch and the line on which it lies. */
struct npt__laid {
    uint32_t line;
    struct npt__stretch stretch;
};

/* What was found for a pair in one interview of one case. */
struct npt__found {
    uint64_t pairs, first_within, second_within, characters;
};

struct npt__cooccur_counter {
    struct npt__cooccur *cooccur;
    NPT__ARRAY(struct npt__laid) laid;
    NPT__ARRAY(struct npt__stretch) line;
    struct npt__passages passages;
    uint32_t *list;           /* units of a segment */
    struct npt__found *found; /* by pair; zero but for those in `touched` */
    NPT__ARRAY(size_t) touched;
    uint32_t cells[NPT__MOST_CELLS_OF_ROW];
    size_t cell_count;
    NPT__ARRAY(uint64_t) present; /* cell and lane of what occurs in a case */
    bool *shared;                 /* by interview: it belongs to several cases */
};

/* Lays a segment on its line, once for each of its units. */
void npt__cooccur_lay(struct npt__cooccur_counter *counter, uint32_t number);
/* Sweeps each line of what was laid, and takes it away. */
void npt__cooccur_sweep(struct npt__cooccur_counter *counter, size_t lanes,
                        void (*found)(void *user, const struct npt__stretch_pairs *pairs),
                        void *user);
/* Finds the interviews that several cases share, and counts their pairs of segments. */
void npt__cooccur_count_groups(struct npt__cooccur_counter *counter);

#endif
