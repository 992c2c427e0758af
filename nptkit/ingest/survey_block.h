/* survey_block.h - rows of responses, read beside other blocks and taken into the study later.
 *
 * A block keeps what its rows say in lanes: one for each item and attribute, so that taking it in is one
 * copy for each lane. Texts are numbered within a block.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SURVEY_BLOCK_H
#define NPT__SURVEY_BLOCK_H

#include "survey_plan.h"

#define NPT__CACHED 16u

/* A cell that is no answer. */
struct npt__survey_fault {
    struct npt__spot spot;
    size_t column;
    const char *text;
    uint8_t answer;
};

/* An answer that is no plain number, as it was read before in this block. */
struct npt__cached_answer {
    const char *text;
    size_t length;
    uint8_t answer;
};

/* A value of an attribute that fits a word, which is compared at once. */
#define NPT__SHORT_VALUES 256u
struct npt__short_value {
    uint64_t word; /* 0: free; no text is empty */
    uint32_t number;
};

struct npt__survey_id {
    const char *text;
    size_t length;
    uint32_t hash;
};

struct npt__survey_block {
    npt__arena *arena;
    uint32_t count, room;
    uint8_t *answers;      /* item lane x room */
    uint32_t *values;      /* attribute lane x room: numbers of `texts`; NPT__NONE */
    uint32_t *lines, *ids; /* ids: numbers of `id_texts` */
    npt__intern *texts;    /* by attribute lane */
    bool *too_long; /* by attribute lane: a value is longer than any that people compare by */
    struct npt__short_value *short_values; /* attribute lane x NPT__SHORT_VALUES */
    uint32_t *last;                        /* the value of the row before, by attribute lane */
    NPT__ARRAY(struct npt__survey_id) id_texts;
    struct npt__cached_answer *cache; /* item lane x NPT__CACHED */
    NPT__ARRAY(struct npt__survey_fault) faults;
    size_t fault_count, unanswered;
    bool no_direction;
    const struct npt__survey_plan *plan;
};

struct npt__survey_block *npt__survey_block_new(const struct npt__survey_plan *plan);
/* Takes one row; the block comes as the state that rows.h hands round. */
void npt__survey_block_take(void *state, const struct npt__row *row);
void npt__survey_block_free(struct npt__survey_block *block);

#endif
