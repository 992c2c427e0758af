/* resampling.h - the options of analyses whose intervals can come from the bootstrap.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RESAMPLING_H
#define NPT__RESAMPLING_H

#include "registry.h"

struct npt__resampling {
    bool wanted; /* --interval bootstrap */
    size_t replicates, seed;
};

/* From --interval (`other` is the name of the analysis' own interval, its default), --replicates, --seed. */
enum npt_status npt__resampling_read(struct npt__resampling *resampling, const npt_options *options,
                                     const char *other, npt_diags *diags);

#define NPT__OPTION_REPLICATES \
    { \
        "replicates", "N", "of the bootstrap (2000)" \
    }
#define NPT__OPTION_SEED \
    { \
        "seed", "N", "of the bootstrap (1): the same seed gives the same interval" \
    }

#endif
