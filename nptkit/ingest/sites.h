/* sites.h - which site each case and source belongs to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SITES_H
#define NPT__SITES_H

#include "gather.h"

/* Brings values of the attribute with the key `site` to the names of the declared sites, and fills it
   where it is absent: from match="..." on a source's name, set or folder, then from the site of the export.
   A value that is no declared site and a source that matches two sites are faults. */
enum npt_status npt__settle_sites(struct npt__gather *gather);

#endif
