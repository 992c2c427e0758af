/* guess_evidence.h - what a column of a survey export says by itself: its use, and whose wording it holds.
 *
 * A column has a name and perhaps a wording. Each may be a text of two parts: "ipaddr. IP address", "[an
 * item's wording] its question"; each part counts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUESS_EVIDENCE_H
#define NPT__GUESS_EVIDENCE_H

#include "guess_use.h"
#include "guess_wording.h"

struct npt__evidence {
    struct npt__likeness likeness;
    enum npt__certainty by_wording; /* of the item it is like; for whoever sees all columns */
    struct npt__use use;
    bool has_text; /* a wording of its own, like an item's or not */
};

/* Texts of fills lie in the arena of `wordings`. */
void npt__evidence_read(struct npt__evidence *evidence, const npt_instrument *instrument,
                        const struct npt__wordings *wordings, const char *name,
                        const char *wording);

#endif
