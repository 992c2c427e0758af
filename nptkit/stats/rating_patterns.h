/* rating_patterns.h - units that were rated alike, put together: which categories how often, how many units.
 *
 *     struct npt__rating_patterns patterns;
 *     enum npt__agreement_fault fault = npt__rating_patterns_find(&patterns, &ratings);
 *     for (size_t i = 0; i < patterns.count; i++)
 *         for (size_t e = patterns.starts[i]; e < patterns.starts[i + 1]; e++)
 *             ... patterns.times[i] units were given category patterns.given[e].category by .raters coders ...
 *     npt__rating_patterns_release(&patterns);
 * Patterns are sorted: neither the order of units nor that of coders matters.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RATING_PATTERNS_H
#define NPT__RATING_PATTERNS_H

#include "agreement_many.h"

struct npt__given {
    uint32_t category, raters;
};

struct npt__rating_patterns {
    size_t count, categories;
    uint32_t *times;          /* units of each pattern */
    uint32_t *ratings;        /* of a unit of each pattern; at least 1 */
    size_t *starts;           /* where the entries of each begin; and where the last one's end */
    struct npt__given *given; /* entries by category */
    struct npt__ratings_count total;
};

/* Units without any rating are left out. A fault (SIZE, RATERS, EMPTY: no pairable unit) leaves nothing to use,
   but `total` for EMPTY; release it in any case. */
enum npt__agreement_fault npt__rating_patterns_find(struct npt__rating_patterns *patterns,
                                                    const struct npt__ratings *ratings);
void npt__rating_patterns_release(struct npt__rating_patterns *patterns);

#endif
