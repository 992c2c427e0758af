/* joint_quotes.h - up to two passages for each construct and site of a joint display.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__JOINT_QUOTES_H
#define NPT__JOINT_QUOTES_H

#include "joint.h"

#define NPT__JOINT_MOST_QUOTES 2u

/* Adds a table of quotes: `most` for each construct and site, the first for, the second against where there is
   one. The study has positions. */
enum npt_status npt__joint_quotes(struct npt__tables *tables, const struct npt__joint *joint,
                                  const npt_options *options, size_t most, npt_diags *diags);

#endif
