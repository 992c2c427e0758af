/* prune.h - codings that must not count: what an earlier export says too, and what only names a case.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PRUNE_H
#define NPT__PRUNE_H

#include "../model/study.h"

/* Takes codes that are cases off segments: an export can use a case's code before, or without, saying that
   it is a case, and another export of the study says so. Each export counts what it lost. */
void npt__drop_case_codes(npt_study *study);
/* Two coders' exports of one project may each hold the coding of both. Drops a segment where an earlier
   export has the same interview with the same ends, coder and codes; each export counts what it lost. */
void npt__drop_repeats(npt_study *study);

#endif
