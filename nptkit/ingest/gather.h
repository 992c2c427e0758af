/* gather.h - what is known only while a study is being put together.
 *
 * Readers of exports and sheets add here what cannot be settled before everything is read: attribute
 * values, which case holds which source, which set a source is in. npt__pool() then settles it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GATHER_H
#define NPT__GATHER_H

#include "../model/study.h"

/* A value of an attribute, of a case or of a source. Later values win over earlier ones of the same
   owner; `strong` ones (case sheets) win over all. */
struct npt__value {
    uint32_t owner, attribute;
    const char *text;
    bool of_case, strong;
};

/* A source that is a member of a set (document group). */
struct npt__member {
    uint32_t source;
    const char *set; /* folded */
};

/* A case holds a source, or a passage of it. */
struct npt__holding {
    uint32_t case_index, source;
    bool whole;
    struct npt__span span;
};

struct npt__gather {
    npt_study *study;
    npt_diags *diags;
    NPT__ARRAY(struct npt__value) values;
    NPT__ARRAY(struct npt__member) members;
    NPT__ARRAY(struct npt__holding) holdings;
};

/* The attribute of this name, added where it is new; NPT__NONE beyond 1,000. */
uint32_t npt__gather_attribute(struct npt__gather *gather, const char *name);
/* Whether a value says that there is none: "", "Unassigned", "Not Applicable". */
bool npt__gather_is_no_value(const char *text);
void npt__gather_release(struct npt__gather *gather);

/* Settles everything: sources that are the same, parts of cases, values of attributes, sites. */
void npt__pool(struct npt__gather *gather);

#endif
