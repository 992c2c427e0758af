/* check.h - what in a study needs a person's eye.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CHECK_H
#define NPT__CHECK_H

#include "../model/study.h"
#include "../tables/table.h"

/* Adds a warning for everything a person should look at, a note for what is good to know. */
void npt__warn_of_limits(const npt_study *study, npt_diags *diags);
void npt__warn_of_study(const npt_study *study, npt_diags *diags);
/* Its released quotes: those that were not said so, or that could tell of somebody. */
void npt__warn_of_released(const npt_study *study, npt_diags *diags);
/* The same for its responses: ids that stand twice, respondents in two sites, empty rows ... */
void npt__warn_of_surveys(const npt_study *study, npt_diags *diags);
/* Sites of which nobody answered, or more than were invited. */
void npt__warn_of_sites(const npt_study *study, npt_diags *diags);
/* The files of responses, and what each of their columns was taken for. */
npt_table *npt__check_surveys(const npt_study *study);
npt_table *npt__check_columns(const npt_study *study);
/* The values by which responses are compared, and how many have them. */
npt_table *npt__check_values(const npt_study *study);
/* What is doubtful in its plain tables, and what was guessed. */
void npt__warn_of_tables(const npt_study *study, npt_diags *diags);
/* The plain tables with counts. */
npt_table *npt__check_ratings(const npt_study *study);
npt_table *npt__check_rankings(const npt_study *study);
/* Segments with the ends, the coder and a code of another one: the same coding, written twice. */
size_t npt__count_repeated_segments(const npt_study *study);

#endif
