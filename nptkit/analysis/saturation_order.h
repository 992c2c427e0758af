/* saturation_order.h - in which order interviews are taken: as asked, or as guessed from a date.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SATURATION_ORDER_H
#define NPT__SATURATION_ORDER_H

#include "scope.h"

/* An interview is known by its first source (`same_as`). */
struct npt__interview_order {
    const npt_study *study;
    uint32_t *interviews; /* those in scope, in order */
    size_t count;
    uint32_t *rank;      /* by source: the place of the interview; NPT__NONE */
    const char **values; /* by source: what an interview is ordered by; NULL */
    uint32_t attribute;  /* NPT__NONE: by name or as they stand */
    bool by_name, guessed;
    size_t without, ties; /* interviews without a value; with the value of the one before */
    size_t undated;       /* values of an attribute of dates that are not written as YYYY-MM-DD */
};

#define NPT__OPTION_ORDER \
    { \
        "order", "ORDER", \
            "of interviews: date, name, file (as they stand) or an attribute of cases; " \
            "else by a date of interviews where there is one" \
    }

/* From --order. All of it lies in the scope's arena. */
enum npt_status npt__interview_order_open(struct npt__interview_order *order,
                                          const struct npt__scope *scope,
                                          const npt_options *options, npt_diags *diags);
void npt__interview_order_note(const struct npt__interview_order *order, npt_table *table);

#endif
