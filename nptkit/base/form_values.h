/* form_values.h - what the attributes of a hand-written XML file mean: ids, numbers, shares, words.
 *
 * Each reports a value that it cannot read at the value's place. An attribute that is not given has no
 * fault: whether it must be is a rule of the form.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__FORM_VALUES_H
#define NPT__FORM_VALUES_H

#include "form.h"

/* An id is a plain word: it names columns of files and stands on the command line. */
void npt__form_check_id(struct npt__form *form, const struct npt__setting *id);
/* A whole number from 0 to `largest`; -1 after a fault, or where the attribute is not given. */
int npt__form_whole(struct npt__form *form, const struct npt__setting *setting, const char *name,
                    int largest);
/* A share above 0 and at most 1, such as 0.5; otherwise *share stays as it is. */
void npt__form_share(struct npt__form *form, const struct npt__setting *setting, const char *name,
                     double *share);
/* Whether the attribute is the second of two words; where it is not given it is the first. */
bool npt__form_choice(struct npt__form *form, const struct npt__setting *setting, const char *name,
                      const char *first, const char *second);
/* Whether it is written as a tag of a language is, such as "en" or "pt-BR"; true where it is not given. */
bool npt__form_check_language(struct npt__form *form, const struct npt__setting *setting);

#endif
