/* repeats.h - segments that stand in two exports of one interview.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__REPEATS_H
#define NPT__REPEATS_H

#include "../model/study.h"

/* Two coders' exports of one project may each hold the coding of both. Drops a segment where an earlier
   export has the same interview with the same ends, coder and codes; each export counts what it lost. */
void npt__drop_repeats(npt_study *study);

#endif
