/* ratings_read.h - plain tables of ratings and rankings into the study.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RATINGS_READ_H
#define NPT__RATINGS_READ_H

#include "../model/study.h"
#include "manifest.h"

/* Ratings, units down and coders across. Which column names the units is declared; or it is the first, if its header
   is empty or a word for units, or if all its values differ, some are no numbers and none is one of another column's.
   Every other column that is not ignored is a coder. */
enum npt_status npt__ratings_read(npt_study *study, const struct npt__manifest_table *declared,
                                  const char *path, unsigned threads, npt_diags *diags);

/* In ranking_read.c. Rankings, judges down and candidates across. The columns of judges and of groups are declared, or
   known by their headers ("judge", "panel"); every other column that is not ignored is a candidate. */
enum npt_status npt__ranking_read(npt_study *study, const struct npt__manifest_table *declared,
                                  const char *path, unsigned threads, npt_diags *diags);

#endif
