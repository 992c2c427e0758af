/* guess_use.h - what a column is that holds no item: an id, a site, a role, a wave, something personal, or
 * what a survey platform adds of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUESS_USE_H
#define NPT__GUESS_USE_H

#include "guess.h"
#include "guess_header.h"

/* Two columns of one kind: of ids, those of people win over those of responses. */
enum npt__use_rank { NPT__RANK_WEAK, NPT__RANK_RESPONSE, NPT__RANK_PERSON };

struct npt__use {
    enum npt__column_use use; /* NPT__COLUMN_UNUSED with NPT__UNSURE: nothing is known */
    const char *as;
    enum npt__certainty certainty;
    const char *reason;
    enum npt__use_rank rank;
    bool is_plain; /* the name is the word itself: "site" */
    bool is_final; /* no item, whatever else the header says */
};

/* `header`: of the column's name or of its wording. */
struct npt__use npt__use_of(const struct npt__header *header);

#endif
