/* verdict.h - plain words for a difference, made from its interval by one printed rule.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__VERDICT_H
#define NPT__VERDICT_H

#include "../stats/interval.h"
#include "registry.h"

enum npt__verdict {
    NPT__TOO_FEW,
    NPT__NOT_CLEAR,
    NPT__CLEARLY_LOWER,
    NPT__CLEARLY_HIGHER,
};

/* `fewest` is the smaller of the numbers compared, `least` what the user holds to be enough. An interval that is
   not defined makes nothing clear. */
enum npt__verdict npt__verdict(const struct npt__interval *interval, size_t fewest, size_t least);
/* "clearly higher"; "too few answers", where `unit` is "answers". */
struct npt_cell npt__verdict_cell(npt_table *table, enum npt__verdict verdict, const char *unit);
/* The rule, for the notes. `interval` says which: "simultaneous 95% interval". */
void npt__note_verdict(npt_table *table, const char *interval, size_t least, const char *unit);

#define NPT__LEAST 5u
/* --least; NPT__LEAST where it is not given. */
enum npt_status npt__read_least(const npt_options *options, size_t *least, npt_diags *diags);
#define NPT__OPTION_LEAST \
    { \
        "least", "N", "below so many on either side a difference is not judged (5)" \
    }

#endif
