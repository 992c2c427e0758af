/* data_file_value.c - values of SPSS and Stata files as text.
 *
 * Both programs keep dates as numbers and say by the display format that they are dates.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_value.h"

#include "../base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Days from 1 January of the year 1 (Gregorian calendar) to the days from which the programs count. */
#define SPSS_EPOCH 577734
#define STATA_EPOCH 715509
#define DAYS_OF_9999_YEARS 3652059

#define DAYS_OF_400_YEARS 146097u
#define SECONDS_OF_DAY 86400

/* Up to this a double shows every digit of a whole number within 15. */
#define LARGEST_WHOLE 1e15

/* ---- kinds ----------------------------------------------------------------------------------- */

enum npt__data_kind npt__data_spss_kind(const char *format)
{
    static const char *const dates[] = {"DATE",  "ADATE", "EDATE", "SDATE",
                                        "JDATE", "MOYR",  "QYR",   "WKYR"};
    static const char *const times[] = {"DATETIME", "YMDHMS"};
    const size_t length = strspn(format, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (strlen(dates[i]) == length && strncmp(dates[i], format, length) == 0)
            return NPT__DATA_SPSS_DATE;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (strlen(times[i]) == length && strncmp(times[i], format, length) == 0)
            return NPT__DATA_SPSS_DATETIME;
    return NPT__DATA_NUMBER;
}

/* "%td", "%-tdD_m_Y", "%tc"; "%d" is how old files write "%td". */
enum npt__data_kind npt__data_stata_kind(const char *format)
{
    if (*format++ != '%')
        return NPT__DATA_NUMBER;
    format += *format == '-';
    if (format[0] == 'd' || (format[0] == 't' && format[1] == 'd'))
        return NPT__DATA_STATA_DATE;
    return format[0] == 't' && format[1] == 'c' ? NPT__DATA_STATA_DATETIME : NPT__DATA_NUMBER;
}

/* ---- dates ----------------------------------------------------------------------------------- */

static bool is_leap(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static void write_date(npt__buffer *text, unsigned days)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned rest = days % DAYS_OF_400_YEARS;
    /* Within 400 years, years of 366 days would lag by less than one. */
    unsigned past = rest / 366 + 1; /* years of the cycle that end before the date, or one more */
    if (rest < past * 365 + past / 4 - past / 100 + past / 400)
        past--;
    rest -= past * 365 + past / 4 - past / 100;
    const unsigned year = days / DAYS_OF_400_YEARS * 400 + past + 1;
    unsigned month = 0;
    for (; month < 11; month++) {
        const unsigned length = lengths[month] + (month == 1 && is_leap(year) ? 1u : 0u);
        if (rest < length)
            break;
        rest -= length;
    }
    npt__buffer_print(text, "%04u-%02u-%02u", year, month + 1, rest + 1);
}

/* `seconds` after the day that is `epoch` days after 1 January of the year 1. False, and nothing added,
   where that is no date of the years 1 to 9999. */
static bool write_moment(npt__buffer *text, double seconds, int epoch, bool with_time)
{
    seconds += (double)epoch * SECONDS_OF_DAY;
    if (!(seconds >= 0 && seconds < (double)DAYS_OF_9999_YEARS * SECONDS_OF_DAY))
        return false;
    const int64_t whole = (int64_t)seconds;
    write_date(text, (unsigned)(whole / SECONDS_OF_DAY));
    const unsigned second = (unsigned)(whole % SECONDS_OF_DAY);
    if (with_time)
        npt__buffer_print(text, "T%02u:%02u:%02u", second / 3600, second / 60 % 60, second % 60);
    return true;
}

static bool write_as_date(npt__buffer *text, double value, enum npt__data_kind kind)
{
    /* Times that were computed miss a whole second by a little. */
    const double nudge = 0.0005;
    switch (kind) {
    case NPT__DATA_NUMBER:
        break;
    case NPT__DATA_SPSS_DATE:
        return write_moment(text, value + nudge, SPSS_EPOCH, false);
    case NPT__DATA_SPSS_DATETIME:
        return write_moment(text, value + nudge, SPSS_EPOCH, true);
    case NPT__DATA_STATA_DATE:
        return write_moment(text, floor(value) * SECONDS_OF_DAY, STATA_EPOCH, false);
    case NPT__DATA_STATA_DATETIME:
        return write_moment(text, value / 1000 + nudge, STATA_EPOCH, true);
    }
    return false;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void write_whole(npt__buffer *text, int64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? (uint64_t)-number : (uint64_t)number; /* far from INT64_MIN */
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        digits[--at] = '-';
    npt__buffer_add(text, digits + at, sizeof digits - at);
}

void npt__data_value_write(npt__buffer *text, double value, enum npt__data_kind kind)
{
    if (!isfinite(value) || write_as_date(text, value, kind))
        return;
    if (fabs(value) < LARGEST_WHOLE && value == floor(value))
        write_whole(text, (int64_t)value);
    else
        npt__number_write(text, value);
}

double npt__data_widen(float value)
{
    const double wide = (double)value;
    if (!isfinite(wide) || wide == floor(wide))
        return wide;
    const int magnitude = (int)floor(log10(fabs(wide)));
    for (int digits = 6; digits <= 9; digits++) { /* 9 tell every float from the next */
        const int places = digits - 1 - magnitude;
        if (abs(places) > 22) /* powers of ten are exact up to here */
            break;
        const double power = pow(10, abs(places));
        const double rounded =
            places < 0 ? round(wide / power) * power : round(wide * power) / power;
        if ((float)rounded == value)
            return rounded;
    }
    return wide;
}
