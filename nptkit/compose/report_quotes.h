/* report_quotes.h - what people said, where it is released for reports and may be shown in this one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__REPORT_QUOTES_H
#define NPT__REPORT_QUOTES_H

#include "report.h"

#define NPT__USUAL_QUOTES 2u /* on a construct */

/* Adds the quotes that a part asks for under a heading for each construct, and how they were chosen; or why there are
   none. A construct that the codebook does not have is told at the part's place. */
enum npt_status npt__report_add_quotes(struct npt_report *report,
                                       const struct npt__recipe_part *part);

#endif
