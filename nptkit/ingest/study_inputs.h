/* study_inputs.h - a study that is being opened: what it consists of.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__STUDY_INPUTS_H
#define NPT__STUDY_INPUTS_H

#include "gather.h"
#include "manifest.h"

struct npt__opening {
    npt_study *study;
    struct npt__gather gather;
    struct npt__manifest manifest;
    const struct npt_study_options *options;
    npt_diags *diags;
};

/* Notes a file as one of the study's. */
void npt__add_input(npt_study *study, const char *path, bool is_export);
/* Finds what `path` stands for: reads the manifest, or declares the one file as one would, and lists the files that the study
   consists of. A folder stands for the study.xml in it; XML whose root is not REFI-QDA's is a manifest. */
enum npt_status npt__find_inputs(struct npt__opening *opening, const char *path);

#endif
