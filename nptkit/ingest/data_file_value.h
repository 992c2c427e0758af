/* data_file_value.h - values of SPSS and Stata files as text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DATA_FILE_VALUE_H
#define NPT__DATA_FILE_VALUE_H

#include "../base/buffer.h"

#include <stdbool.h>

/* What the numbers of a variable are. */
enum npt__data_kind {
    NPT__DATA_NUMBER,
    NPT__DATA_SPSS_DATE, /* seconds since 14 October 1582 */
    NPT__DATA_SPSS_DATETIME,
    NPT__DATA_STATA_DATE,     /* days since 1 January 1960 */
    NPT__DATA_STATA_DATETIME, /* milliseconds since then */
};

/* The kind by the display format: "DATE11", "DATETIME20", "%td", "%tc". */
enum npt__data_kind npt__data_spss_kind(const char *format);
enum npt__data_kind npt__data_stata_kind(const char *format);

/* Adds "4", "2.5", "2026-11-22" or "2026-11-22T14:05:00"; nothing for what is not finite. A number that is
   no date of the years 1 to 9999 is added as a number, whatever the kind. */
void npt__data_value_write(npt__buffer *text, double value, enum npt__data_kind kind);

/* The double of the fewest digits that is the same number in single precision: 3.1 for 3.0999999. */
double npt__data_widen(float value);

#endif
