/* waves.c - the order of waves, for the whole program.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "waves.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 15u /* as many are exact in a double */

static const char digits[] = "0123456789";

struct wave {
    const char *name;
    uint32_t number;   /* in order of first appearance */
    uint32_t declared; /* its place in study.xml; NPT__NONE */
    bool has_value;
    double value; /* a number, or a year; and the month and day of a date, 0: none */
    int month, day;
};

/* ---- values ---------------------------------------------------------------------------------- */

/* Takes so many digits, and no more than that; -1. */
static int take_part(const char **text, size_t length, int least, int most)
{
    int value = 0;
    if (strspn(*text, digits) != length)
        return -1;
    for (size_t i = 0; i < length; i++)
        value = value * 10 + (*text)[i] - '0';
    *text += length;
    return value < least || value > most ? -1 : value;
}

/* 2023-04, 2023-04-30 */
static bool read_date(struct wave *wave)
{
    const char *at = wave->name;
    const int year = take_part(&at, 4, 0, 9999);
    const int month = year >= 0 && *at++ == '-' ? take_part(&at, 2, 1, 12) : -1;
    const int day = month > 0 && *at == '-' ? (at++, take_part(&at, 2, 1, 31)) : 0;
    if (month < 0 || day < 0 || *at)
        return false;
    wave->value = year;
    wave->month = month;
    wave->day = day;
    return true;
}

/* 7, -1, 2.5 */
static bool read_number(struct wave *wave)
{
    const char *at = wave->name + strspn(wave->name, "-");
    const size_t whole = strspn(at, digits);
    const size_t parts = at[whole] == '.' ? strspn(at + whole + 1, digits) : 0;
    const size_t length = whole + (parts ? parts + 1 : 0);
    if (!whole || at > wave->name + 1 || whole + parts > MOST_DIGITS || at[length])
        return false;
    double value = 0, unit = 1;
    for (size_t i = 0; i < length; i++)
        if (i != whole)
            value = value * 10 + (at[i] - '0');
    for (size_t i = 0; i < parts; i++)
        unit *= 10;
    wave->value = at > wave->name ? -value / unit : value / unit;
    return true;
}

/* How much of the names before and after one whole number is the same; false where they are not alike so. A number
   after a mark may be a part of another one, or negative: "1.5", "T-1". */
static bool are_alike(const struct wave *waves, size_t count, size_t *before, size_t *after)
{
    const char *first = waves[0].name;
    const size_t length = strlen(first);
    *before = *after = length;
    for (size_t i = 1; i < count; i++) {
        const char *name = waves[i].name;
        const size_t other = strlen(name);
        size_t same = 0;
        while (same < *before && name[same] == first[same])
            same++;
        *before = same;
        for (same = 0;
             same < *after && same < other && name[other - 1 - same] == first[length - 1 - same];)
            same++;
        *after = same;
    }
    while (*before && strchr(digits, first[*before - 1]))
        (*before)--;
    while (*after && strchr(digits, first[length - *after]))
        (*after)--;
    const char last = *before ? first[*before - 1] : ' ', *rest = first + length - *after;
    const bool is_part = (*rest == '.' || *rest == ',') && rest[1] && strchr(digits, rest[1]);
    return !is_part && !strchr(".,-", last) && (unsigned char)last < 0x80;
}

/* Names that differ by one whole number have its value, where all do. */
static bool read_alike(struct wave *waves, size_t count)
{
    size_t before, after;
    if (!are_alike(waves, count, &before, &after))
        return false;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(waves[i].name);
        const size_t number = length > before + after ? length - before - after : 0;
        if (!number || number > MOST_DIGITS || strspn(waves[i].name + before, digits) != number)
            return false;
        waves[i].value = 0;
        for (size_t j = 0; j < number; j++)
            waves[i].value = waves[i].value * 10 + (waves[i].name[before + j] - '0');
    }
    for (size_t i = 0; i < count; i++)
        waves[i].has_value = true;
    return true;
}

/* ---- order ----------------------------------------------------------------------------------- */

static int compare_declared(const void *a, const void *b)
{
    const struct wave *x = a, *y = b;
    return (x->declared > y->declared) - (x->declared < y->declared);
}

/* Of equal values ("1", "01") the one that the files have first comes first. */
static int compare_values(const void *a, const void *b)
{
    const struct wave *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static bool is_declared(const struct wave *wave)
{
    return wave->declared != NPT__NONE;
}

static bool has_value(const struct wave *wave)
{
    return wave->has_value;
}

/* Sorts those that a rule knows, over the places that they hold; the others stay. Returns how many it knows. */
static size_t settle(struct wave *waves, size_t count, bool (*knows)(const struct wave *wave),
                     int (*compare)(const void *a, const void *b))
{
    struct wave *known = npt__allocate((count + 1) * sizeof *known);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (knows(&waves[i]))
            known[found++] = waves[i];
    if (found)
        qsort(known, found, sizeof *known, compare);
    for (size_t i = 0, next = 0; i < count; i++)
        if (knows(&waves[i]))
            waves[i] = known[next++];
    npt__release(known);
    return found;
}

bool npt__order_waves(const npt_study *study, const char *const *names, size_t count,
                      uint32_t *order)
{
    struct wave *waves = npt__allocate((count + 1) * sizeof *waves);
    for (uint32_t i = 0; i < count; i++) {
        const size_t length = strlen(names[i]);
        waves[i] = (struct wave){.name = names[i], .number = i};
        waves[i].declared =
            npt__intern_find(&study->waves, names[i], length, npt__intern_hash(names[i], length));
        waves[i].has_value = read_date(&waves[i]) || read_number(&waves[i]);
    }
    const size_t declared = settle(waves, count, is_declared, compare_declared);
    size_t valued = 0;
    for (size_t i = 0; i < count; i++)
        valued += waves[i].has_value;
    if (count && !valued)
        read_alike(waves, count);
    valued = settle(waves, count, has_value, compare_values);
    for (size_t i = 0; i < count; i++)
        order[i] = waves[i].number;
    npt__release(waves);
    return count > 1 && declared < count && valued < count;
}
