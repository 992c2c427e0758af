/* guess.h - which column of a survey export is which item of an instrument, and what the others are.
 *
 * A guess says how sure it is and why. Only guesses that are certain may be used unseen: everything else
 * is shown to people, who confirm it in their study. Where evidence contradicts itself, or two columns
 * claim one item, nothing is certain.
 *
 * Evidence, strongest first: the item's wording in the header (guess_wording.h); the item's id or code in
 * the column's name, blocks by construct, numbered runs (guess_name.h). What else a column may be, is
 * in guess_use.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUESS_H
#define NPT__GUESS_H

#include "instrument.h"

enum npt__certainty { NPT__UNSURE, NPT__POSSIBLE, NPT__LIKELY, NPT__CERTAIN };

enum npt__column_use {
    NPT__COLUMN_UNUSED, /* of no use for scores; NPT__UNSURE: nothing is known of it */
    NPT__COLUMN_ITEM,
    NPT__COLUMN_ID,
    NPT__COLUMN_ATTRIBUTE,
    NPT__COLUMN_PERSONAL /* a name, an e-mail address ...: never to be loaded */
};

struct npt__column_guess {
    enum npt__column_use use;
    uint32_t item;  /* of the instrument; NPT__NONE unless it is an item */
    const char *as; /* "id", "site", "role", "wave"; NULL */
    enum npt__certainty certainty;
    const char *reason; /* a short phrase for people: "its wording is that of item nomad.4"; "" */
};

/* One guess for each column. `names` and `wordings` hold a string for each, "" where there is none; names
   of columns are quoted in reasons, shortened and printable. Strings of the guesses lie in `arena`, or are
   constant. */
void npt__guess_columns(npt__arena *arena, const npt_instrument *instrument,
                        const char *const *names, const char *const *wordings, size_t count,
                        struct npt__column_guess *guesses);

/* The name of what a study implements, as headers that are items' wordings have it: "the morning huddle". NULL
   unless the wordings of three items at least have it and none has another. */
const char *npt__guess_intervention(npt__arena *arena, const npt_instrument *instrument,
                                    const char *const *names, const char *const *wordings,
                                    size_t count);

#endif
