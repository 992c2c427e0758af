/* study_surveys.h - the files of responses of a study, from a study.xml or one alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STUDY_SURVEYS_H
#define NPT__STUDY_SURVEYS_H

#include "../base/file.h"
#include "../model/study.h"
#include "manifest.h"

/* Whether the file is a table by its content: neither XML nor an archive with a project. */
bool npt__is_table(const char *path, enum npt__file_kind kind);
/* Declares one file without a study.xml, by the options: the manifest then says what a study.xml would. */
enum npt_status npt__declare_survey(struct npt__manifest *manifest, const char *path,
                                    const struct npt_study_options *options, npt_diags *diags);
/* The path of a survey's file: as declared, seen from the study.xml. */
const char *npt__survey_path(npt_study *study, const struct npt__manifest_survey *survey);
/* Reads all of them, then the invitations. */
enum npt_status npt__read_surveys(npt_study *study, const struct npt__manifest *manifest,
                                  unsigned threads, npt_diags *diags);

#endif
