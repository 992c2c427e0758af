/* guess_name.h - which item the name of a column stands for: ids, codes, blocks by construct, runs.
 *
 * A name is read as letters and numbers: "nomad_04", "C1.1", "COH3", "G1Q1[SQ001]", "Question 4". What it
 * stands for depends on the others: a run of 23 names says more than one of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUESS_NAME_H
#define NPT__GUESS_NAME_H

#include "guess.h"
#include "guess_shape.h"

enum npt__name_kind {
    NPT__NAME_NONE,
    NPT__NAME_RUN,
    NPT__NAME_BLOCK,
    NPT__NAME_CODE,
    NPT__NAME_ID
};

struct npt__name_claim {
    enum npt__name_kind kind;
    uint32_t item; /* NPT__NONE without a claim */
    enum npt__certainty certainty;
    const char *reason;
    uint32_t run; /* the run it is part of, which stands or falls as a whole; NPT__NONE */
};

/* What the finders share: the columns' names and the items' ids and codes, with their shapes. */
struct npt__names {
    npt__arena *arena;
    const npt_instrument *instrument;
    size_t count;
    const struct npt__shape *shapes;
    struct npt__name_claim *claims;
    const struct npt__shape *ids, *codes; /* of the items */
    const char *prefix;                   /* the letters of all ids: "nomad"; "" */
    size_t core_count;                    /* items that belong to a construct */
};

/* One claim for each name; "" claims nothing. */
void npt__names_claim(npt__arena *arena, const npt_instrument *instrument, const char *const *names,
                      size_t count, struct npt__name_claim *claims);

/* guess_run.c: numbered runs, among the names that claim nothing yet. */
void npt__runs_claim(struct npt__names *names);

#endif
