/* ranges_region.h - parts of what is withheld that can move while all else stays as it truly is.
 *
 * A region is first what is near a quantity; then all that belongs to its site, with one other site that makes up for
 * it (a hub, of which much is withheld); then with several hubs, and with all that belongs to no site. `site` stands for
 * the key of partitions that has the most values, whatever it is.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RANGES_REGION_H
#define NPT__RANGES_REGION_H

#include "ranges.h"

#define NPT__REGION_EXTENTS 3u /* from small to large */
#define NPT__REGION_HUBS 2u

struct npt__region {
    struct npt__ranges *ranges;
    uint32_t *site; /* by item; NPT__NOWHERE: of no site */
    bool *anywhere; /* by item: a rest, which belongs to the relation that it stands in */
    uint32_t hubs[NPT__REGION_HUBS]; /* sites; NPT__NOWHERE where there are no more */
    NPT__ARRAY(uint32_t) items;      /* ranges->place tells where an item stands */
    NPT__ARRAY(size_t) relations;    /* all that any of the items stands in */
    size_t *stamps, stamp;           /* of relations: the region that has them */
    size_t extent;
    uint32_t own; /* the site of the item that the region grows around */
};

void npt__region_open(struct npt__region *region, struct npt__ranges *ranges);
void npt__region_release(struct npt__region *region);
/* Collects what can move with an item. */
void npt__region_grow(struct npt__region *region, uint32_t item, size_t extent);
void npt__region_leave(struct npt__region *region);

#endif
