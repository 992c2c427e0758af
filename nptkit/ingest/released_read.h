/* released_read.h - the file of quotes that a person released for reports.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RELEASED_READ_H
#define NPT__RELEASED_READ_H

#include "../model/study.h"
#include "manifest.h"

/* The path of the file: as declared, seen from the study.xml. */
const char *npt__released_path(npt_study *study, const struct npt__manifest *manifest);
/* Reads it into the study, whose cases, attributes, sites and codebook are known by then. Faults are located in the
   file and never hold what people said. Nothing where the study names no file. */
enum npt_status npt__released_read(npt_study *study, const struct npt__manifest *manifest,
                                   npt_diags *diags);

#endif
