/* passages.h - the segments of interviews in the order of their texts, and who calls them what.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PASSAGES_H
#define NPT__PASSAGES_H

#include "scope.h"

/* A stretch of text that a segment covers within a part: the whole segment, or what of it lies in a
   passage of the case. `text` is the document's place among those of its source, so that two exports of
   one interview can be laid over each other. */
struct npt__passage {
    uint32_t segment, text, start, end;
};

struct npt__passages {
    NPT__ARRAY(struct npt__passage) list;
};

/* Empties the list and adds what a part holds; then adds to it with `more`. Only segments with a text and
   positions make passages. */
void npt__passages_start(struct npt__passages *passages);
void npt__passages_add(struct npt__passages *passages, const npt_study *study,
                       const struct npt__part *part);
void npt__passages_add_source(struct npt__passages *passages, const npt_study *study,
                              uint32_t source);
/* Sorts by text and start. */
void npt__passages_sort(struct npt__passages *passages);
void npt__passages_release(struct npt__passages *passages);

/* Whether the export holds the text that the segment lies in. */
bool npt__segment_has_text(const npt_study *study, const struct npt__segment *segment);
/* Whether some code of the segment marks a barrier or a facilitator. */
bool npt__segment_has_valence(const npt_study *study, const struct npt__segment *segment);
/* How many segments no table of constructs counts, and why: codes that stand for none, codes that only say
   barrier or facilitator, no case. */
void npt__note_segments_left_out(npt_table *table, size_t unmatched, size_t only_valence,
                                 size_t homeless);
/* The characters of text that a part holds; `known` is cleared where some text is not in the export. */
uint64_t npt__part_characters(const npt_study *study, const struct npt__part *part, bool *known);

/* Adds to the marks, zero before, for each segment whether one that overlaps it is coded as a barrier (1)
   or a facilitator (2) by the coders in scope. */
void npt__mark_valence(const struct npt__scope *scope, uint8_t *marks);

#endif
