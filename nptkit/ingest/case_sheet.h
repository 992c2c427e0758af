/* case_sheet.h - a sheet of cases: a row for each case or file, a column for each attribute.
 *
 * As NVivo saves its classification sheets: the first column (or the one named) holds the name of the case
 * or source, `Unassigned` and `Not Applicable` are no values. Names are matched with and without file
 * extension, without regard to case and blanks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CASE_SHEET_H
#define NPT__CASE_SHEET_H

#include "gather.h"

/* Adds the sheet's values to the cases and sources of one export. Faults: a name twice, a ragged row, a
   name that the export does not hold (with the nearest one that it does). */
enum npt_status npt__read_case_sheet(struct npt__gather *gather, const char *path,
                                     const char *label, const char *key, uint32_t export_index);

#endif
