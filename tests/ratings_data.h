/* ratings_data.h - ratings of several coders for tests: from a file, or drawn.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef RATINGS_DATA_H
#define RATINGS_DATA_H

#include "../nptkit/stats/agreement_many.h"

/* The columns of a file with ratings from 1 to `categories`, other cells missing. Free `codes` as below. */
struct npt__ratings ratings_read(const char *path, const char *const *columns, size_t raters,
                                 size_t categories);
/* The files that several tests read, with 5 categories. */
struct npt__ratings ratings_kripp4(void);    /* 12 units, 4 coders, some ratings missing */
struct npt__ratings ratings_diagnoses(void); /* 30 units, 6 coders */
struct npt__ratings ratings_raters2(void);   /* 60 units, 2 coders */

/* Coders who give a unit's own category (uniform) with probability `truth`, else any; each rating is missing with
   probability `missing`. */
struct npt__ratings ratings_draw(size_t units, size_t raters, size_t categories, double truth,
                                 double missing, uint64_t *seed);
/* The same ratings, units and coders in another order. */
struct npt__ratings ratings_shuffle(const struct npt__ratings *ratings, uint64_t *seed);
void ratings_free(struct npt__ratings *ratings);

#endif
