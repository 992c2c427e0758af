/* scope.h - what an analysis looks at: which parts and segments, and by which attributes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SCOPE_H
#define NPT__SCOPE_H

#include "dimensions.h"

struct npt__scope {
    const npt_study *study;
    npt__arena *arena;
    bool *part_in;  /* whether --where lets a part in */
    bool *coder_in; /* by coder; the last entry is for segments without a coder */
    bool all_coders;
    struct npt__dimensions dimensions; /* their rows are the parts */
};

/* From the options by, where, site, coder. Release it whatever the status. */
enum npt_status npt__scope_open(struct npt__scope *scope, const npt_study *study,
                                const npt_options *options, npt_diags *diags);
void npt__scope_release(struct npt__scope *scope);

bool npt__scope_has_coder(const struct npt__scope *scope, const struct npt__segment *segment);
/* Whether any part that holds the segment is let in. */
bool npt__scope_has_segment(const struct npt__scope *scope, const struct npt__segment *segment);
/* How many segments of the coders in scope lie outside the passages of every case, in scope or not. */
size_t npt__scope_homeless(const struct npt__scope *scope);

/* Option texts that several analyses share. */
#define NPT__OPTION_BY \
    { \
        "by", "ATTRIBUTE[,...]", "compare by these attributes of cases, such as Site (up to 3)" \
    }
#define NPT__OPTION_WHERE \
    { \
        "where", "ATTRIBUTE=VALUE", "only cases with this value; repeat for several" \
    }
#define NPT__OPTION_CODER \
    { \
        "coder", "NAME", "only what this person coded; repeat for several" \
    }
#define NPT__OPTION_SITE \
    { \
        "site", "NAME", "only this site, as --where site=NAME" \
    }

#endif
