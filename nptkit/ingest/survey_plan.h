/* survey_plan.h - which column of a file of responses is what, and how its answers are read.
 *
 * With a study.xml the columns are as declared there; without one, only guesses that are certain count.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SURVEY_PLAN_H
#define NPT__SURVEY_PLAN_H

#include "../model/answers.h"
#include "../model/study.h"
#include "manifest.h"
#include "rows.h"

struct npt__planned_column {
    enum npt__column_role role;
    uint32_t index;                              /* of the study's item or attribute */
    uint32_t lane;                               /* among the columns of this role in this file */
    struct npt__answer_reader reader;            /* of an item */
    const struct npt__manifest_column *declared; /* NULL: guessed, or not used */
};

struct npt__survey_plan {
    npt_study *study;
    const struct npt__manifest_survey *declared;
    bool guess; /* there is no study.xml: columns are guessed */
    npt_diags *diags;
    uint32_t survey; /* among the study's */
    struct npt__planned_column *columns;
    const char **folded;          /* of the file's columns, once it was needed */
    uint32_t *items, *attributes; /* the columns of each role, by lane */
    uint8_t (*digits)[16];        /* by item lane: the answers for 0 to 9, close together */
    size_t count, item_count, attribute_count; /* count: of the file's columns */
    size_t id_column;                          /* SIZE_MAX: none */
};

/* Opens the instrument that a survey names and adds its items, constructs and kinds to the study; NULL
   after a fault. An instrument that was named before is the same one. */
const npt_instrument *npt__survey_instrument(npt_study *study, const struct npt__setting *name,
                                             npt_diags *diags);

/* How the answers of an item's column are read; false after a fault. In survey_answers.c. */
bool npt__survey_reader(const struct npt__survey_plan *plan, const struct npt__column *column,
                        struct npt__planned_column *planned);
/* Whether every value that is declared to be no answer is one for some item. */
bool npt__survey_check_declared(const struct npt__survey_plan *plan);
/* A header as a message shows it: cut where it is long. */
const char *npt__shown_name(npt__arena *arena, const char *name);

/* Makes the plan from the file's columns; false after a fault. */
bool npt__survey_plan(struct npt__survey_plan *plan, const struct npt__columns *columns);

#endif
