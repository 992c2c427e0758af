/* groups.h - values that belong to groups: what tests between sites take.
 *
 * A missing value is left out by the caller. Groups without a value are allowed.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GROUPS_H
#define NPT__GROUPS_H

#include <stddef.h>
#include <stdint.h>

struct npt__grouped {
    const double *values;
    const uint32_t *group_of; /* values[i] belongs to group group_of[i], which is below `groups` */
    size_t count, groups;
};

#endif
