/* released_table.h - the table of quotes that are released for reports: nptkit quotes --released.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RELEASED_TABLE_H
#define NPT__RELEASED_TABLE_H

#include "registry.h"

/* Fills a new table with the released quotes on `construct` (NPT__NONE: on all) that a report may show, on all sites or
   with --site on one; at most --max for each construct. No text is read: the wordings are those of the file. */
enum npt_status npt__released_table(npt_table *table, const npt_study *study,
                                    const npt_options *options, uint32_t construct,
                                    npt_diags *diags);

#endif
