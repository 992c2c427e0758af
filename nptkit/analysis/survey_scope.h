/* survey_scope.h - which responses an analysis looks at, and by which attributes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SURVEY_SCOPE_H
#define NPT__SURVEY_SCOPE_H

#include "dimensions.h"

struct npt__survey_scope {
    const npt_study *study;
    const struct npt__responses *responses;
    npt__arena *arena;
    bool *response_in; /* NULL: all */
    struct npt__dimensions dimensions;
    uint32_t *cell;   /* of each response: its own; NPT__NONE where it is not looked at */
    uint32_t *counts; /* of responses in each cell, totals included */
};

/* From the options by, where, site, wave. `by_default`: without --by a study.xml's surveys are compared by
   site, and by wave where there are several. Release it whatever the status. */
enum npt_status npt__survey_scope_open(struct npt__survey_scope *scope, const npt_study *study,
                                       const npt_options *options, bool by_default,
                                       npt_diags *diags);
/* Adds up for the totals what was counted for cells of own values: `by_cell` holds `size` counts a cell. */
void npt__survey_scope_total(const struct npt__survey_scope *scope, size_t *by_cell, size_t size);
void npt__survey_scope_release(struct npt__survey_scope *scope);
/* The responses of each cell, totals included, side by side: those of cell i are members[first[i]] up to
   members[first[i + 1]]. In the arena of the scope. */
void npt__survey_scope_members(const struct npt__survey_scope *scope, const size_t **first,
                               const uint32_t **members);
/* Whether a cell has a row in the table. */
bool npt__survey_scope_shows(const struct npt__survey_scope *scope, uint32_t cell);
/* The attribute that an option names and that can be compared by; NPT__NONE after a fault. */
uint32_t npt__survey_attribute(const npt_study *study, const char *option, const char *name,
                               npt_diags *diags);
/* All waves of the responses, the first one first; returns how many. */
size_t npt__waves(const npt_study *study, const char *const **waves);
/* The last wave, where there are several: what people think now. NULL: there is one. */
const char *npt__last_wave(const npt_study *study);
/* That the order of the waves is a guess, where it is. */
void npt__note_waves(npt_table *table, const npt_study *study);
/* Notes that every table of a survey ends with: the files, what was guessed, unanswered responses. `cell`:
   as in the scope, NPT__NONE for responses that are not looked at. */
void npt__survey_notes(npt_table *table, const npt_study *study, const uint32_t *cell);
/* Where people count more than once among the responses looked at, that they do. */
void npt__note_repeated(npt_table *table, const npt_study *study, const uint32_t *cell);

#define NPT__SURVEY_BY \
    { \
        "by", "ATTRIBUTE[,...]", "compare by these columns, such as site, wave, role (up to 3)" \
    }
#define NPT__SURVEY_WHERE \
    { \
        "where", "ATTRIBUTE=VALUE", "only responses with this value; repeat for several" \
    }
#define NPT__SURVEY_SITE \
    { \
        "site", "NAME", "only this site, as --where site=NAME" \
    }
#define NPT__SURVEY_WAVE \
    { \
        "wave", "NAME", "only this wave, as --where wave=NAME" \
    }

#endif
