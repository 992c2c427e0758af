/* released.h - what people said that a person released for reports, one by one.
 *
 * A study names at most one file of them. They are kept in the order of the file; what of them may be shown where is
 * the business of analysis/released_rule.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RELEASED_H
#define NPT__RELEASED_H

#include "../base/arena.h"

#include <stdint.h>

struct npt__released_quote {
    uint32_t case_index, construct;
    const char *
        text; /* the wording to print: cuts are "...", replacements stand in [brackets]; blanks are single */
    size_t line; /* of the file */
};

struct npt__released {
    const char *path;     /* the file as messages show it; NULL: the study names none */
    const char *by_value; /* what study.xml calls the attribute below; NULL */
    uint32_t by;          /* the attribute of cases that may be told with a quote; NPT__NONE */
    NPT__ARRAY(struct npt__released_quote) items;
};

#endif
