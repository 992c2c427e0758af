/* study_tables.h - the plain tables of a study, from a study.xml or one alone: ratings and rankings.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STUDY_TABLES_H
#define NPT__STUDY_TABLES_H

#include "../model/study.h"
#include "manifest.h"

/* Declares one file without a study.xml, by the options: the manifest then says what a study.xml would. */
enum npt_status npt__declare_table(struct npt__manifest *manifest, const char *path,
                                   const struct npt_study_options *options, npt_diags *diags);
/* Whether an option for a single table was given: of no use with a study.xml. Says so. */
enum npt_status npt__refuse_table_options(const struct npt_study_options *options, const char *path,
                                          npt_diags *diags);
/* The path of a table's file: as declared, seen from the study.xml. */
const char *npt__table_path(npt_study *study, const struct npt__manifest_table *table);
/* Reads all of them. */
enum npt_status npt__read_tables(npt_study *study, const struct npt__manifest *manifest,
                                 unsigned threads, npt_diags *diags);

#endif
