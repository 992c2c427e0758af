/* manifest_survey.h - the survey half of study.xml: what <survey>, <invited> and what they hold say.
 *
 * Each function files one element that the form accepted; what is wrong with its values is reported.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MANIFEST_SURVEY_H
#define NPT__MANIFEST_SURVEY_H

#include "manifest.h"

void npt__manifest_add_survey(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element);
void npt__manifest_add_column(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element);
void npt__manifest_add_value(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                             const struct npt__element *element);
void npt__manifest_add_answer(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element);
void npt__manifest_add_not_relevant(struct npt__form *form, struct npt__manifest *manifest,
                                    npt__xml *xml, const struct npt__element *element);
void npt__manifest_add_missing(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element);
void npt__manifest_add_absent(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element);
void npt__manifest_add_disclosure(struct npt__form *form, struct npt__manifest *manifest,
                                  npt__xml *xml, const struct npt__element *element);
void npt__manifest_add_invited(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element);

/* Keys name a dimension on the command line (--by role), so they are plain words. */
void npt__manifest_check_key(struct npt__form *form, const struct npt__setting *key);

#endif
