/* manifest_table.h - the plain tables of study.xml: what <ratings> and <ranking> say.
 *
 * Each function files one element that the form accepted; what is wrong with its values is reported.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MANIFEST_TABLE_H
#define NPT__MANIFEST_TABLE_H

#include "manifest.h"

void npt__manifest_add_ratings(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element);
void npt__manifest_add_ranking(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element);

#endif
