/* study_codes.h - what the codes of a study stand for: as study.xml says, and by their names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STUDY_CODES_H
#define NPT__STUDY_CODES_H

#include "../model/study.h"
#include "manifest.h"

/* Maps codes to constructs and marks barriers and facilitators. Faults: a code that is not in the project or is
   mapped twice, a construct that is not in the codebook. */
enum npt_status npt__settle_codes(npt_study *study, const struct npt__manifest *manifest,
                                  npt_diags *diags);

#endif
