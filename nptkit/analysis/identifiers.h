/* identifiers.h - what in a text could tell who somebody is: addresses, numbers, dates of birth.
 *
 * The scan is for a person to look again, not a promise: names, places and stories are found by readers only.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__IDENTIFIERS_H
#define NPT__IDENTIFIERS_H

#include <stdbool.h>

enum npt__identifier {
    NPT__EMAIL,
    NPT__PHONE,      /* 10 or 11 digits from 0, or + and 8 to 15 digits */
    NPT__POSTCODE,   /* of the United Kingdom, in any case of letters, with or without its blank */
    NPT__NHS_NUMBER, /* 10 digits of which the last is the right check digit */
    NPT__BIRTH_DATE, /* dd/mm/yyyy of a day that there is, with / . or - */
    NPT__IDENTIFIERS
};

/* "an e-mail address". */
const char *npt__identifier_name(enum npt__identifier identifier);
/* Whether the text holds something of that kind. */
bool npt__identifier_in(enum npt__identifier identifier, const char *text);

#endif
