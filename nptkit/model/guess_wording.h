/* guess_wording.h - which item's wording a header holds.
 *
 * The intervention's name is a gap in a wording. A header has an item's wording *exactly* where it ends
 * with it, word for word, at a place where a statement may start, with one to twelve words in the gap; a
 * few words more, fewer or other make it *close*. An item is named only where no other is nearly as near.
 * Whether the gaps of different items hold the same name is for whoever sees all columns: see `fills`.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUESS_WORDING_H
#define NPT__GUESS_WORDING_H

#include "guess_header.h"
#include "instrument.h"

#define NPT__MOST_FILLS 4

/* What a gap may hold: an intervention's name. */
struct npt__fill {
    uint64_t hash;    /* without articles; 0: nothing but articles */
    const char *text; /* as it is written */
};

enum npt__likeness_kind {
    NPT__UNLIKE,
    NPT__BETWEEN, /* between `item` and `other` */
    NPT__LONGER,  /* the whole wording, and much behind it */
    NPT__NEGATED, /* close, with a "not" or a "dis-" that may turn it round */
    NPT__CLOSE,
    NPT__SCALED, /* the wording and the ends of its scale: "(0 = not at all, 10 = completely)" */
    NPT__EXACT
};

struct npt__likeness {
    enum npt__likeness_kind kind;
    uint32_t item, other;
    bool has_gap;
    size_t fixed; /* words of the wording outside its gap */
    /* Exact: what the first gap may hold, the shortest first; several where it is at the start. */
    struct npt__fill fills[NPT__MOST_FILLS];
    size_t fill_count;
};

/* The wordings of an instrument, taken apart once. */
struct npt__wordings {
    npt__arena *arena; /* where fills are written */
    struct npt__wording *items;
    size_t count;
};

struct npt__wordings npt__wordings_read(npt__arena *arena, const npt_instrument *instrument);
struct npt__likeness npt__wordings_compare(const struct npt__wordings *wordings,
                                           const struct npt__header *header);

#endif
