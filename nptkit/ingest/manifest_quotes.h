/* manifest_quotes.h - what <quotes> of study.xml says.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MANIFEST_QUOTES_H
#define NPT__MANIFEST_QUOTES_H

#include "manifest.h"

/* Files the element that the form accepted; what is wrong with its values is reported. */
void npt__manifest_add_quotes(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element);
/* At the end of the document: quotes are of cases, which a <coding> has. */
void npt__manifest_check_quotes(struct npt__form *form, const struct npt__manifest *manifest);

#endif
