/* cell.c - values to text, in one place.
 *
 * The host program may have set any locale, so nothing here lets printf choose the decimal point: what
 * people see is made of whole numbers, and what machines read has its point put back.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cell.h"

#include <assert.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Above this a double no longer tells hundredths apart. */
#define LARGEST_ROUNDED 1e13

static void show_whole(npt__buffer *text, uint64_t number)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, number);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            npt__buffer_putc(text, ',');
        npt__buffer_putc(text, digits[i]);
    }
}

static void show_count(npt__buffer *text, int64_t count)
{
    if (count < 0)
        npt__buffer_putc(text, '-');
    show_whole(text, count < 0 ? (uint64_t) - (count + 1) + 1 : (uint64_t)count);
}

/* Rounds half up. 23/40 as a double is a hair below 0.575; the nudge, larger than the error of a
   quotient or a sum and smaller than anything that could be seen, makes it the half that it is. */
static uint64_t round_half(double positive)
{
    return (uint64_t)floor(positive * (1 + 1e-12) + 0.5);
}

static void show_share(npt__buffer *text, double share)
{
    double percent = fabs(share) * 100;
    uint64_t whole = round_half(percent);
    if (share > 0 && whole == 0) {
        npt__buffer_puts(text, "<1%");
    } else if (percent < 100 && whole == 100 && share > 0) {
        npt__buffer_puts(text, ">99%");
    } else {
        if (share < 0 && whole)
            npt__buffer_putc(text, '-');
        show_whole(text, whole);
        npt__buffer_putc(text, '%');
    }
}

static void show_decimals(npt__buffer *text, double number, int decimals, uint64_t scale)
{
    const uint64_t parts = round_half(fabs(number) * (double)scale);
    if (number < 0 && parts)
        npt__buffer_putc(text, '-');
    show_whole(text, parts / scale);
    npt__buffer_print(text, ".%0*" PRIu64, decimals, parts % scale);
}

/* Below this a number is what rounding left of 0. */
#define SMALLEST_SHOWN 5e-9

/* As a mean; with so many more decimals, where two are zeros, that one can see on which side of 0 it lies. */
static void show_difference(npt__buffer *text, double number)
{
    int decimals = 2;
    uint64_t scale = 100;
    while (fabs(number) >= SMALLEST_SHOWN && round_half(fabs(number) * (double)scale) == 0) {
        decimals++;
        scale *= 10;
    }
    show_decimals(text, number, decimals, scale);
}

/* Never 0.000: no test proves that something cannot be; nor 1.000 of less. */
static void show_p(npt__buffer *text, double p)
{
    const uint64_t thousandths = round_half(p * 1000);
    if (thousandths == 0)
        npt__buffer_puts(text, "<0.001");
    else if (p < 1 && thousandths == 1000)
        npt__buffer_puts(text, ">0.999");
    else
        npt__buffer_print(text, "%" PRIu64 ".%03u", thousandths / 1000,
                          (unsigned)(thousandths % 1000));
}

static void show_number(npt__buffer *text, double number, enum npt_unit unit)
{
    bool plain = unit == NPT_UNIT_TEXT || fabs(number) >= LARGEST_ROUNDED;
    if (plain)
        npt__number_write(text, number);
    else if (unit == NPT_UNIT_SHARE)
        show_share(text, number);
    else if (unit == NPT_UNIT_P && number >= 0 && number <= 1)
        show_p(text, number);
    else if (unit == NPT_UNIT_COUNT && number == floor(number))
        show_count(text, (int64_t)number);
    else if (unit == NPT_UNIT_DIFFERENCE)
        show_difference(text, number);
    else
        show_decimals(text, number, 2, 100);
}

void npt__cell_show(npt__buffer *text, const struct npt_cell *cell, enum npt_unit unit)
{
    switch (cell->kind) {
    case NPT_CELL_ABSENT:
        npt__buffer_putc(text, '-');
        break;
    case NPT_CELL_TEXT:
        npt__buffer_puts(text, cell->text);
        break;
    case NPT_CELL_COUNT:
        show_count(text, cell->count);
        break;
    case NPT_CELL_NUMBER:
        show_number(text, cell->number, unit);
        break;
    case NPT_CELL_TOTAL:
        npt__buffer_puts(text, "Total");
        break;
    case NPT_CELL_WITHHELD:
        npt__buffer_puts(text, "withheld");
        break;
    }
}

void npt__cell_write(npt__buffer *text, const struct npt_cell *cell)
{
    if (cell->kind == NPT_CELL_COUNT)
        npt__buffer_print(text, "%" PRId64, cell->count);
    else if (cell->kind == NPT_CELL_NUMBER)
        npt__number_write(text, cell->number);
    else if (cell->kind != NPT_CELL_ABSENT)
        npt__cell_show(text, cell, NPT_UNIT_TEXT);
}
