/* match.h - which construct a project's code stands for.
 *
 * In this order: the study's <map>; the same GUID; the same path in the codebook; the same name or another
 * name of it; and below a matched code, the code above. A name that would contradict the code above it
 * (a component of one construct below another construct) is not believed: it becomes a suggestion.
 * A map to "none" says that a code, with what is below it, stands for no construct: nothing to look at.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MATCH_H
#define NPT__MATCH_H

#include "study.h"

/* Fills construct, match and suggestion of every code from the study's codebook; codes that a map has
   settled (match NPT__BY_MAP) stay as they are. */
void npt__match_codes(npt_study *study);
/* Whether the study says that a code, or the code above it, stands for no construct (to="none"). */
bool npt__stands_for_none(const struct npt__study_code *code);
/* Marks the codes that stand for barriers and facilitators by the names of the codebook `valence` (the
   one with the constructs Barriers and Facilitators), and the codes below them. Codes that are marked
   already stay so. */
void npt__match_valence(npt_study *study, const npt_codebook *valence);
/* Carries the marks of barriers and facilitators to the codes below. */
void npt__spread_valence(npt_study *study);

#endif
