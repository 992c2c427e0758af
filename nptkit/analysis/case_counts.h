/* case_counts.h - how much of each construct every case has: a tally with a cell for each case.
 *
 * The numbers are those of `tally`, counted by its code. Where the attribute that is compared stands on sources,
 * one case can have several of its values: it is then a *unit* for each of them, as it counts once in each column
 * of a tally. Otherwise a unit is a case.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CASE_COUNTS_H
#define NPT__CASE_COUNTS_H

#include "tally.h"

struct npt__case_counts {
    struct npt__tally tally;  /* its cells: the units in order, then all together */
    struct npt__dimension by; /* what is compared */
    uint32_t *case_of;        /* of each unit */
    uint32_t *value_of;       /* of each unit, an index into by.values; by.count: no value */
    size_t count, valueless;  /* units; those without a value */
    size_t divided;           /* cases that are several units */
};

/* From the options by (one attribute), where, site, coder. `text`: characters, too. Release it whatever the
   status. NPT_USAGE where the codebook has no such level. */
enum npt_status npt__case_counts_open(struct npt__case_counts *counts, const npt_study *study,
                                      const npt_options *options, enum npt__level level, bool text,
                                      npt_diags *diags);
void npt__case_counts_release(struct npt__case_counts *counts);

/* Whether the unit has a segment of the tally's row; how many. */
bool npt__case_has(const struct npt__case_counts *counts, uint32_t row, size_t unit);
size_t npt__case_segments(const struct npt__case_counts *counts, uint32_t row, size_t unit);
/* The share of the unit's characters that the row's segments cover. NAN where that is not known: none of its text is
   in the export, or the row's segments all lie outside it (regions of pictures). */
double npt__case_coverage(const struct npt__case_counts *counts, uint32_t row, size_t unit);
/* Whether some text of the unit is in the export. */
bool npt__case_has_text(const struct npt__case_counts *counts, size_t unit);

#endif
