/* sweep.h - how much intervals cover, overlaps counted once.
 *
 * Feed intervals in the order of their starts; each call tells what the interval adds.
 *     struct npt__sweep sweep = {0};
 *     covered += npt__sweep_add(&sweep, text, start, end);
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SWEEP_H
#define NPT__SWEEP_H

#include <stdint.h>

struct npt__sweep {
    uint32_t text; /* the line on which the intervals lie, plus one; 0: none yet */
    uint32_t end;  /* covered up to here */
};

/* The length of [start, end) on the line `text` that no earlier interval of the sweep covers. */
uint32_t npt__sweep_add(struct npt__sweep *sweep, uint32_t text, uint32_t start, uint32_t end);

#endif
