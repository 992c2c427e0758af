/* survey_read.h - files of responses into the study.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__SURVEY_READ_H
#define NPT__SURVEY_READ_H

#include "../model/study.h"
#include "manifest.h"

/* Reads one file of responses as declared; `guess`: there is no study.xml, columns are guessed. Every fault
   of the file is reported, up to the 20 that are kept. */
enum npt_status npt__survey_read(npt_study *study, const struct npt__manifest_survey *declared,
                                 const char *path, bool guess, unsigned threads, npt_diags *diags);

/* After all files: values of the key "site" become sites of the study, or are refused; waves take their order. */
enum npt_status npt__survey_settle(npt_study *study, npt_diags *diags);

/* In survey_waves.c. The waves as study.xml lists them: wave="..." of a <survey>, and what the <value>s within the
   column that is the wave stand for. Surveys that will not be read count, too: an order holds for every command. */
void npt__list_waves(npt_study *study, const struct npt__manifest *manifest);
/* Puts the values of the wave in order. */
void npt__settle_waves(npt_study *study);

/* Gives the responses other numbers for the values of an attribute: `renamed` by old number, `values` by new one. */
void npt__survey_renumber(struct npt__responses *responses,
                          struct npt__response_attribute *attribute, const uint32_t *renamed,
                          npt__intern values);

#endif
