/* tally.h - the state of a tally, shared by tally.c (options and table) and tally_count.c (counting).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__TALLY_H
#define NPT__TALLY_H

#include "../stats/sweep.h"
#include "scope.h"

enum npt__tally_measure {
    NPT__CASES,
    NPT__OF_CASES,
    NPT__SEGMENTS,
    NPT__CHARACTERS_COVERED,
    NPT__COVERAGE,
    NPT__SEGMENTS_PER_CASE,
    NPT__MEASURES
};

#define NPT__VALENCES 4u /* these and the total */

#define NPT__ROWS_OF_CONSTRUCT 3u

struct npt__tally_row {
    uint32_t construct, component; /* NPT__NONE: the total */
    bool itself;                   /* coded to the construct, to none of its components */
};

struct npt__tally {
    const npt_study *study;
    struct npt__scope scope;
    enum npt__level level;
    bool chosen[NPT__MEASURES], given; /* given: the user said which */
    bool by_valence;
    size_t valence_count;
    uint8_t *marks;
    NPT__ARRAY(struct npt__tally_row) rows;
    uint32_t (*rows_of)[NPT__ROWS_OF_CONSTRUCT]; /* of each construct of the codebook */

    /* By row, valence and cell; see at(). */
    uint32_t *cases, *segments, *textless, *last_case, *last_segment;
    uint64_t *characters;
    /* By cell. */
    uint32_t *of_cases, *last_of_cases;
    uint64_t *text;
    uint32_t *row_stamps; /* the segment that was last counted for each row */
    uint32_t *segment_rows;
    struct npt__sweep *sweeps; /* by row, valence and cell */
    size_t textless_segments, homeless_segments, unmatched_segments, valence_segments;
    bool some_text_missing;
};

/* Fills the counts; the options and the scope are set. False where the codebook has no such level. */
bool npt__tally_count(struct npt__tally *tally);
/* Where the counts of a row, valence and cell stand. */
size_t npt__tally_at(const struct npt__tally *tally, uint32_t row, size_t valence, uint32_t cell);
bool npt__tally_wants_text(const struct npt__tally *tally);

/* Fills the cell of the construct and, with components, the one of the component after it. */
void npt__tally_label(const struct npt__tally *tally, const struct npt__tally_row *row,
                      struct npt_cell *cells);
/* Says so where no code of the study stands for a construct: all zeros mean nothing then. */
void npt__note_no_construct(npt_table *table, const npt_study *study);
/* What could not be counted, as notes: segments without a construct or outside all cases, cases without a source. */
void npt__tally_note_left_out(npt_table *table, const struct npt__tally *tally);

#endif
