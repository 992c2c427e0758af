/* instrument_table.h - the parts of an instrument as tables, beside the items (nptkit/instrument.h).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INSTRUMENT_TABLE_H
#define NPT__INSTRUMENT_TABLE_H

#include "../model/instrument.h"
#include "../tables/table.h"

/* The ends of its scales and the points that have a label, with their other names. */
npt_table *npt__instrument_scales(const npt_instrument *instrument);
/* The answers that are not relevant, with their other names. */
npt_table *npt__instrument_not_relevant(const npt_instrument *instrument);

#endif
