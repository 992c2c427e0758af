/* xlsx_value.c - numbers and dates of cells as text.
 *
 * Spreadsheets store doubles and write them with up to 17 digits, so a 4 can stand in the file as 4.0, 4E0 or
 * 3.9999999999999996. Numbers are looked at as decimal digits, so that none is rounded on its way.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_parts.h"

#include <stdio.h>
#include <string.h>

#define KEPT_DIGITS 40
#define FRACTION_DIGITS 18
#define ONE 1000000000000000000u /* of FRACTION_DIGITS */
#define FIRST_INEXACT ((uint64_t)1 << 53)
#define LARGEST_EXPONENT 100000

/* A number below 10^16, as a whole and a fraction in units of 1/ONE. */
struct decimal {
    bool negative;
    uint64_t whole, fraction;
};

/* The significant digits of a number: 0.d1 d2 d3... times ten to the power of `point`. */
struct digits {
    char values[KEPT_DIGITS];
    int count;
    long point;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static void add_digit(struct digits *digits, char byte, bool after_point)
{
    const bool leads = !digits->count && byte == '0';
    if (!after_point && !leads)
        digits->point++;
    if (after_point && leads)
        digits->point--;
    if (!leads && digits->count < KEPT_DIGITS)
        digits->values[digits->count++] = (char)(byte - '0');
}

/* Reads digits with or without a point; false where there is none. */
static bool read_mantissa(struct digits *digits, const char **at, const char *end)
{
    bool any = false, after_point = false;
    for (; *at < end; ++*at) {
        if (**at == '.' && !after_point) {
            after_point = true;
        } else if (is_digit(**at)) {
            add_digit(digits, **at, after_point);
            any = true;
        } else {
            break;
        }
    }
    return any;
}

static bool read_exponent(struct digits *digits, const char **at, const char *end)
{
    if (*at == end || (**at != 'e' && **at != 'E'))
        return true;
    ++*at;
    const bool negative = *at < end && **at == '-';
    if (*at < end && (**at == '-' || **at == '+'))
        ++*at;
    long exponent = 0;
    const char *start = *at;
    for (; *at < end && is_digit(**at); ++*at)
        if (exponent < LARGEST_EXPONENT)
            exponent = exponent * 10 + (**at - '0');
    digits->point += negative ? -exponent : exponent;
    return *at > start;
}

static unsigned digit_at(const struct digits *digits, long index)
{
    return index >= 0 && index < digits->count ? (unsigned char)digits->values[index] : 0;
}

/* False where it is no number, or 10^16 or more. */
static bool read_decimal(struct decimal *decimal, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    struct digits digits = {.count = 0};
    *decimal = (struct decimal){.negative = at < end && *at == '-'};
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (!read_mantissa(&digits, &at, end) || !read_exponent(&digits, &at, end) || at != end)
        return false;
    if (!digits.count)
        return true;
    if (digits.point > 16)
        return false;
    for (long i = 0; i < digits.point; i++)
        decimal->whole = decimal->whole * 10 + digit_at(&digits, i);
    for (long i = 0; i < FRACTION_DIGITS; i++)
        decimal->fraction = decimal->fraction * 10 + digit_at(&digits, digits.point + i);
    return true;
}

/* What snprintf() said, as a length; 0 where it did not fit. */
static size_t written_length(int size)
{
    return size > 0 && size < NPT__XLSX_LONGEST_VALUE ? (size_t)size : 0;
}

/* Whether the number is whole but for what arithmetic with doubles leaves behind: a billionth of it, and no
   more than a millionth, so that 1700000000.5 is not taken for a whole number. */
static bool is_whole(const struct decimal *decimal, uint64_t *whole)
{
    const bool up = decimal->fraction >= ONE / 2;
    *whole = decimal->whole + up;
    const double distance =
        (double)(up ? ONE - decimal->fraction : decimal->fraction) / (double)ONE;
    const double share = (double)*whole * 1e-9;
    return distance <= (share < 1e-6 ? share : 1e-6) && *whole < FIRST_INEXACT;
}

size_t npt__xlsx_number(char written[NPT__XLSX_LONGEST_VALUE], const char *text, size_t length)
{
    size_t plain = 0;
    while (plain < length && is_digit(text[plain]))
        plain++;
    if (plain == length && length <= 15 && (text[0] != '0' || length <= 1))
        return 0;
    struct decimal decimal;
    uint64_t whole;
    if (!read_decimal(&decimal, text, length) || !is_whole(&decimal, &whole))
        return 0;
    return written_length(snprintf(written, NPT__XLSX_LONGEST_VALUE, "%s%llu",
                                   decimal.negative && whole ? "-" : "",
                                   (unsigned long long)whole));
}

/* ---- dates ----------------------------------------------------------------------------------- */

#define DAY 86400u
#define LAST_DAY 2958465u      /* 9999-12-31, counted as Excel does */
#define FALSE_LEAP_DAY 60u     /* 1900-02-29, which Excel has and the calendar has not */
#define DAYS_BEFORE_1904 1462u /* from day 0 of the other count */

struct moment {
    unsigned year, month, day, second;
};

/* Leap days from 1900 until the start of a year. */
static unsigned leap_days(unsigned year)
{
    const unsigned last = year - 1;
    return last / 4 - last / 100 + last / 400 - (1899 / 4 - 1899 / 100 + 1899 / 400);
}

static unsigned days_before(unsigned year)
{
    return 365 * (year - 1900) + leap_days(year);
}

/* `days` from 1900-01-01, which is 0. */
static void find_day(struct moment *moment, unsigned days)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned year = 1900 + days / 366; /* or a little later */
    while (days_before(year + 1) <= days)
        year++;
    const bool leap = leap_days(year + 1) > leap_days(year);
    unsigned left = days - days_before(year), month = 0;
    for (; month < 11; month++) {
        const unsigned month_length = (unsigned)lengths[month] + (month == 1 && leap);
        if (left < month_length)
            break;
        left -= month_length;
    }
    moment->year = year;
    moment->month = month + 1;
    moment->day = left + 1;
}

/* `serial` as Excel counts: 1 is 1900-01-01, 61 is 1900-03-01. */
static void find_serial(struct moment *moment, unsigned serial)
{
    if (serial == FALSE_LEAP_DAY) {
        moment->year = 1900;
        moment->month = 2;
        moment->day = 29;
    } else {
        find_day(moment, serial - 1 - (serial > FALSE_LEAP_DAY));
    }
}

size_t npt__xlsx_date(char written[NPT__XLSX_LONGEST_VALUE], const char *text, size_t length,
                      enum npt__xlsx_format format, bool from_1904)
{
    struct decimal decimal;
    if (!length || !read_decimal(&decimal, text, length) || decimal.negative ||
        decimal.whole > LAST_DAY)
        return 0;
    struct moment moment = {.second =
                                (unsigned)((double)decimal.fraction / (double)ONE * DAY + 0.5)};
    unsigned days = (unsigned)decimal.whole;
    const bool time_alone =
        format == NPT__XLSX_DURATION || (!days && (format == NPT__XLSX_TIME || !from_1904));
    const unsigned minute = moment.second / 60;
    if (time_alone)
        return written_length(snprintf(written, NPT__XLSX_LONGEST_VALUE, "%02u:%02u:%02u",
                                       days * 24 + minute / 60, minute % 60, moment.second % 60));
    days += (from_1904 ? DAYS_BEFORE_1904 : 0) + (moment.second == DAY);
    if (days > LAST_DAY)
        return 0;
    find_serial(&moment, days);
    int size = snprintf(written, NPT__XLSX_LONGEST_VALUE, "%04u-%02u-%02u", moment.year,
                        moment.month, moment.day);
    if (moment.second % DAY)
        size =
            snprintf(written, NPT__XLSX_LONGEST_VALUE, "%04u-%02u-%02uT%02u:%02u:%02u", moment.year,
                     moment.month, moment.day, minute / 60, minute % 60, moment.second % 60);
    return written_length(size);
}

/* Whether `text` begins as the pattern does, in which 0 stands for any digit. */
static bool looks_like(const char *text, size_t length, const char *pattern)
{
    for (size_t i = 0; pattern[i]; i++)
        if (i == length || (pattern[i] == '0' ? !is_digit(text[i]) : text[i] != pattern[i]))
            return false;
    return true;
}

size_t npt__xlsx_iso_date(const char *text, size_t length)
{
    static const char date[] = "0000-00-00", moment[] = "0000-00-00T00:00:00",
                      midnight[] = "T00:00:00";
    const size_t date_length = sizeof date - 1, moment_length = sizeof moment - 1;
    if (!looks_like(text, length, moment))
        return looks_like(text, length, date) && length == date_length + 1 &&
                       text[date_length] == 'Z'
                   ? date_length
                   : length;
    size_t end = moment_length;
    if (end < length && text[end] == '.')
        for (end++; end < length && is_digit(text[end]);)
            end++;
    end += end < length && text[end] == 'Z';
    if (end != length)
        return length; /* it says more than is known here */
    return memcmp(text + date_length, midnight, sizeof midnight - 1) == 0 ? date_length
                                                                          : moment_length;
}
