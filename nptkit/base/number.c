/* number.c - a double as text for machines, and text from files as a double.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "number.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void npt__number_write(npt__buffer *text, double number)
{
    assert(isfinite(number));
    if (number == 0) { /* also for -0, which would only puzzle */
        npt__buffer_putc(text, '0');
        return;
    }
    /* 15 digits are always kept by a double and 17 always suffice; the smallest numbers hold fewer.
       %g and strtod use the same locale, whichever it is. */
    char digits[64];
    int precision = fabs(number) < DBL_MIN ? 1 : 15;
    do
        snprintf(digits, sizeof digits, "%.*g", precision, number);
    while (strtod(digits, NULL) != number && precision++ < 17);
    const char *known = "0123456789+-e";
    size_t whole = strspn(digits, known);
    npt__buffer_add(text, digits, whole);
    size_t point = strcspn(digits + whole, known);
    if (point) {
        npt__buffer_putc(text, '.');
        npt__buffer_puts(text, digits + whole + point);
    }
}

#define LONGEST_NUMBER 60u

/* The length of a number without its sign and exponent; `point`: where its decimal mark stands, or its end. */
static size_t measure_digits(const char *text, size_t *point)
{
    const char *digits = "0123456789";
    const size_t whole = strspn(text, digits);
    *point = whole;
    if (text[whole] != '.' && text[whole] != ',')
        return whole;
    const size_t fraction = strspn(text + whole + 1, digits);
    const bool is_unclear = text[whole] == ',' && (fraction == 3 || !fraction || !whole);
    return is_unclear || whole + fraction == 0 ? 0 : whole + 1 + fraction;
}

static size_t measure_exponent(const char *text)
{
    if (*text != 'e' && *text != 'E')
        return 0;
    const size_t sign = text[1] == '-' || text[1] == '+';
    const size_t digits = strspn(text + 1 + sign, "0123456789");
    return digits ? 1 + sign + digits : 0;
}

bool npt__number_read(const char *text, size_t length, double *number)
{
    char copy[LONGEST_NUMBER + 1];
    if (!length || length > LONGEST_NUMBER || memchr(text, '\0', length))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    const size_t sign = copy[0] == '-' || copy[0] == '+';
    size_t point;
    const size_t digits = measure_digits(copy + sign, &point);
    if (!digits || sign + digits + measure_exponent(copy + sign + digits) != length)
        return false;
    if (point == digits && digits == length && length <= 15) { /* nearly all numbers of a file */
        *number = 0;
        for (size_t i = 0; i < length; i++)
            *number = *number * 10 + (copy[i] - '0');
        return true;
    }
    char one_tenth[8]; /* strtod wants the locale's decimal mark, which printf writes */
    snprintf(one_tenth, sizeof one_tenth, "%.1f", 0.1);
    if (point < digits)
        copy[sign + point] = one_tenth[1];
    *number = strtod(copy, NULL);
    return isfinite(*number);
}
