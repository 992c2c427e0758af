/* identifiers.c - what in a text could tell who somebody is: addresses, numbers, dates of birth.
 *
 * NHS number: the digits times 10, 9, ... 2 are added up; 11 less the remainder by 11 is the check digit, 11 stands for 0
 * and 10 for none (NHS Data Dictionary, "NHS number"). Postcodes: one or two letters, a digit, at times a letter or digit
 * more; then a digit and two letters other than C I K M O V (BS 7666).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "identifiers.h"

#include <stddef.h>
#include <string.h>

#define MOST_DIGITS 16u

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Bytes of other scripts count as letters: a number within a word is none of these. */
static bool is_in_word(char byte)
{
    return is_digit(byte) || is_letter(byte) || (unsigned char)byte >= 0x80;
}

static bool begins_word(const char *text, const char *at)
{
    return at == text || !is_in_word(at[-1]);
}

/* ---- e-mail ---------------------------------------------------------------------------------- */

static bool is_email_at(const char *text, const char *at)
{
    if (at == text || (!is_in_word(at[-1]) && !strchr("._%+-", at[-1])))
        return false;
    const char *dot = NULL, *end = at + 1;
    for (; is_in_word(*end) || *end == '-' || *end == '.'; end++)
        if (*end == '.' && is_in_word(end[-1]) && is_letter(end[1]) && is_letter(end[2]))
            dot = end;
    return dot && dot > at + 1;
}

static bool has_email(const char *text)
{
    for (const char *at = text; (at = strchr(at, '@')) != NULL; at++)
        if (is_email_at(text, at))
            return true;
    return false;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static bool is_phone(const char *digits, size_t count, bool plus)
{
    return plus ? count >= 8 && count <= 15 : digits[0] == '0' && (count == 10 || count == 11);
}

static bool is_nhs_number(const char *digits, size_t count, bool plus)
{
    unsigned sum = 0;
    if (count != 10 || plus)
        return false;
    for (unsigned i = 0; i < 9; i++)
        sum += (10 - i) * (unsigned)(digits[i] - '0');
    const unsigned check = (11 - sum % 11) % 11;
    return check != 10 && check == (unsigned)(digits[9] - '0');
}

/* Where the next group of digits begins: after a blank, a hyphen, a full stop, or a bracket with or without a blank. NULL:
   the number ends here. */
static const char *next_group(const char *at)
{
    if (*at == ')')
        at++;
    if (strncmp(at, "\xC2\xA0", 2) == 0) /* a blank that is not broken */
        at += 2;
    else if (*at && strchr(" -.", *at))
        at++;
    if (*at == '(')
        at++;
    return is_digit(*at) ? at : NULL;
}

/* Whether a number that begins at `start` is one, with as many of its groups as it takes. */
static bool begins_number(const char *start, bool plus,
                          bool (*is_one)(const char *digits, size_t count, bool plus))
{
    char digits[MOST_DIGITS];
    size_t count = 0;
    for (const char *at = start; at; at = next_group(at)) {
        for (; is_digit(*at); at++) {
            if (count == MOST_DIGITS)
                return false;
            digits[count++] = *at;
        }
        if (!is_in_word(*at) && is_one(digits, count, plus))
            return true;
        if (strncmp(at, "\xC2\xA0", 2) == 0 && is_one(digits, count, plus))
            return true;
    }
    return false;
}

static bool has_number(const char *text,
                       bool (*is_one)(const char *digits, size_t count, bool plus))
{
    for (const char *at = text; *at; at++) {
        const bool after_blank = at - text >= 2 && strncmp(at - 2, "\xC2\xA0", 2) == 0;
        if (is_digit(*at) && (begins_word(text, at) || after_blank) &&
            begins_number(at, at > text && at[-1] == '+', is_one))
            return true;
    }
    return false;
}

/* ---- postcodes and dates --------------------------------------------------------------------- */

static bool is_postcode(const char *at)
{
    size_t letters = 0;
    while (letters < 2 && is_letter(at[letters]))
        letters++;
    if (!letters || !is_digit(at[letters]))
        return false;
    at += letters + 1;
    for (int more = 0; more < 2; more++) { /* with and without a further letter or digit */
        const char *inward = at + more;
        if (more && !is_digit(*at) && !is_letter(*at))
            return false;
        inward += *inward == ' ';
        if (is_digit(*inward) && is_letter(inward[1]) && !strchr("CIKMOVcikmov", inward[1]) &&
            is_letter(inward[2]) && !strchr("CIKMOVcikmov", inward[2]) && !is_in_word(inward[3]))
            return true;
    }
    return false;
}

/* Reads one or two digits, or four of a year; 0 where there are none. */
static unsigned read_part(const char **at, size_t most)
{
    unsigned number = 0;
    size_t count = 0;
    for (; count < most && is_digit(**at); count++)
        number = number * 10 + (unsigned)(*(*at)++ - '0');
    return most == 4 && count < 4 ? 0 : number;
}

static bool is_date(const char *at)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const unsigned day = read_part(&at, 2);
    const char sign = *at;
    if (sign != '/' && sign != '.' && sign != '-')
        return false;
    at++;
    const unsigned month = read_part(&at, 2);
    if (*at++ != sign || !month || month > 12)
        return false;
    const unsigned year = read_part(&at, 4);
    return day >= 1 && day <= days[month - 1] && year >= 1900 && year < 2100 && !is_in_word(*at);
}

static bool has_at_word(const char *text, bool (*is_one)(const char *at))
{
    for (const char *at = text; *at; at++)
        if (begins_word(text, at) && is_one(at))
            return true;
    return false;
}

/* ---- all of them ----------------------------------------------------------------------------- */

const char *npt__identifier_name(enum npt__identifier identifier)
{
    static const char *const names[NPT__IDENTIFIERS] = {"an e-mail address", "a telephone number",
                                                        "a postcode", "an NHS number",
                                                        "a date of birth"};
    return names[identifier];
}

bool npt__identifier_in(enum npt__identifier identifier, const char *text)
{
    switch (identifier) {
    case NPT__EMAIL:
        return has_email(text);
    case NPT__PHONE:
        return has_number(text, is_phone);
    case NPT__POSTCODE:
        return has_at_word(text, is_postcode);
    case NPT__NHS_NUMBER:
        return has_number(text, is_nhs_number);
    case NPT__BIRTH_DATE:
        return has_at_word(text, is_date);
    case NPT__IDENTIFIERS:
        break;
    }
    return false;
}
