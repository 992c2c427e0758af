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

/* After all files: values of the key "site" become sites of the study, or are refused. */
enum npt_status npt__survey_settle(npt_study *study, npt_diags *diags);

#endif
