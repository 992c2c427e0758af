/* positions.h - from the positions that an export writes to characters of the text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__POSITIONS_H
#define NPT__POSITIONS_H

#include "../model/study.h"

/* Reads every text, finds out how each counts positions, and turns all segments and spans into
   characters. A segment that ends beyond its text under the best reading is a fault. */
enum npt_status npt__find_positions(npt_study *study, size_t threads, npt_diags *diags);

#endif
