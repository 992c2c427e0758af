/* sweep.c - how much intervals cover, overlaps counted once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sweep.h"

uint32_t npt__sweep_add(struct npt__sweep *sweep, uint32_t text, uint32_t start, uint32_t end)
{
    if (sweep->text != text + 1) {
        sweep->text = text + 1;
        sweep->end = 0;
    }
    if (start < sweep->end)
        start = sweep->end;
    if (end <= start)
        return 0;
    sweep->end = end;
    return end - start;
}
