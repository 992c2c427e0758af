/* attack_reports.h - invented studies, and an attack on everything that a set of reports rests on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef ATTACK_REPORTS_H
#define ATTACK_REPORTS_H

#include "attack.h"
#include "fixture.h"

#include <nptkit.h>

#define MOST_PEOPLE 500u
#define MOST_CASES 60u
#define MOST_SITES 10u
#define WAVES 2u

enum { A1, A2, B1, G, ITEMS_ASKED }; /* the items of survey_file.h */

struct respondent {
    unsigned site;
    bool there[WAVES];
    unsigned answers[WAVES][ITEMS_ASKED]; /* from 1; of G from 0; NO_ANSWER */
};
#define NO_ANSWER 99u

struct interviewed {
    unsigned site, codes[2]; /* of Alpha and Beta: 0 silent, 1 coded, 2 for, 3 against, 4 both */
};

struct invented_study {
    unsigned sites;
    bool linked; /* people have an id */
    size_t people_count, case_count;
    struct respondent people[MOST_PEOPLE];
    struct interviewed cases[MOST_CASES];
};

/* So many people of each site in each wave, those of a linked study the same as far as they go; answers at random. */
void invent_people(struct invented_study *invented, unsigned sites,
                   const unsigned sizes[MOST_SITES][WAVES], bool linked, uint64_t *state);
void invent_cases(struct invented_study *invented, const unsigned *sizes, uint64_t *state);
/* Writes and opens it. */
struct fixture open_invented_study(const struct invented_study *invented);

/* What was tried. */
struct tried {
    size_t counts, means, given_up;
};
/* Fails where a withheld count of people or cases can take fewer than NPT_MIN_CELL values, or a withheld mean, or change,
   of a known number below NPT_MIN_N lies within less than a quarter of its scale. */
void attack_reports(const struct invented_study *invented, const npt_table *const *tables,
                    size_t count, struct tried *tried);

#endif
