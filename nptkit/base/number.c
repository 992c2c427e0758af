/* number.c - a double as text, for machines.
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
