/* unicode.c - UTF-8 text: validity, width on a terminal, folding for comparison, nearness.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unicode.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT "\xEF\xBF\xBD"

size_t npt__utf8_valid(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint64_t eight;
        while (length - at >= sizeof eight) { /* most text is ASCII: eight bytes at a step */
            memcpy(&eight, bytes + at, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
            at += sizeof eight;
        }
        if (at < length && (unsigned char)bytes[at] < 0x80) {
            at++;
            continue;
        }
        if (at == length)
            break;
        utf8proc_int32_t character;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at,
                                                 (utf8proc_ssize_t)(length - at), &character);
        if (step <= 0)
            break;
        at += (size_t)step;
    }
    return at;
}

size_t npt__utf8_read(const char *bytes, size_t length, uint32_t *character)
{
    if (length && (unsigned char)*bytes < 0x80) {
        *character = (unsigned char)*bytes;
        return 1;
    }
    utf8proc_int32_t read;
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &read);
    if (step <= 0) {
        *character = 0xFFFD;
        return 1;
    }
    *character = (uint32_t)read;
    return (size_t)step;
}

size_t npt__utf8_count(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

size_t npt__utf8_offset(const char *bytes, size_t length, size_t index)
{
    size_t at = 0;
    for (; at < length; at++)
        if (((unsigned char)bytes[at] & 0xC0) != 0x80 && index-- == 0)
            break;
    return at;
}

size_t npt__utf8_width(const char *bytes, size_t length)
{
    size_t width = 0;
    for (size_t at = 0; at < length;) {
        uint32_t character;
        at += npt__utf8_read(bytes + at, length - at, &character);
        int columns = utf8proc_charwidth((utf8proc_int32_t)character);
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

/* Bidirectional embeddings, overrides and isolates: they reorder what a reader sees. */
static bool reorders_text(uint32_t character)
{
    return (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

void npt__utf8_add_printable(npt__buffer *buffer, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t plain = 0;
        while (at + plain < length && bytes[at + plain] >= 0x20 && bytes[at + plain] < 0x7F)
            plain++;
        if (plain) {
            npt__buffer_add(buffer, bytes + at, plain);
            at += plain;
            continue;
        }
        if (bytes[at] == '\t') {
            npt__buffer_putc(buffer, ' ');
            at++;
            continue;
        }
        uint32_t character;
        size_t step = npt__utf8_read(bytes + at, length - at, &character);
        bool shown = character > 0x9F && character != 0xFFFD && character != 0x2028 &&
                     character != 0x2029 && !reorders_text(character);
        npt__buffer_add(buffer, shown ? bytes + at : REPLACEMENT, shown ? step : 3);
        at += step;
    }
}

bool npt__is_word(uint32_t character)
{
    if (character < 0x80)
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
               (character >= 'A' && character <= 'Z');
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool npt__is_space(uint32_t character)
{
    if (character < 0x80)
        return character == ' ' || (character >= '\t' && character <= '\r');
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP;
}

size_t npt__trim(const char **start, size_t length)
{
    uint32_t character;
    while (length) {
        const size_t step = npt__utf8_read(*start, length, &character);
        if (!npt__is_space(character))
            break;
        *start += step;
        length -= step;
    }
    while (length) {
        size_t last = length - 1;
        while (last && ((unsigned char)(*start)[last] & 0xC0) == 0x80)
            last--;
        npt__utf8_read(*start + last, length - last, &character);
        if (!npt__is_space(character))
            break;
        length = last;
    }
    return length;
}

/* NFC and case folding by utf8proc; invalid text is returned as it is. */
static char *fold_case(const char *name)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)name, 0, &folded,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (length >= 0)
        return (char *)folded;
    char *copy = npt__allocate(strlen(name) + 1);
    memcpy(copy, name, strlen(name) + 1);
    return copy;
}

/* Adds a blank where `at_gap` is set and something stands before it. */
static void close_gap(npt__buffer *folded, bool *at_gap)
{
    if (*at_gap && folded->length)
        npt__buffer_putc(folded, ' ');
    *at_gap = false;
}

char *npt__fold_name(npt__arena *arena, const char *name)
{
    char *cased = fold_case(name);
    size_t length = strlen(cased);
    npt__buffer folded = {0};
    bool at_gap = false;
    for (size_t at = 0; at < length;) {
        uint32_t character;
        size_t step = npt__utf8_read(cased + at, length - at, &character);
        if (npt__is_space(character)) {
            at_gap = true;
        } else {
            close_gap(&folded, &at_gap);
            npt__buffer_add(&folded, cased + at, step);
        }
        at += step;
    }
    char *result = npt__arena_copy(arena, npt__buffer_string(&folded), folded.length);
    npt__buffer_release(&folded);
    free(cased);
    return result;
}

char *npt__fold_file_name(npt__arena *arena, const char *name, size_t most)
{
    utf8proc_uint8_t *plain = NULL;
    const utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
                                      UTF8PROC_CASEFOLD | UTF8PROC_NULLTERM;
    npt__buffer file = {0};
    size_t end = 0; /* without a hyphen at the end */
    if (utf8proc_map((const utf8proc_uint8_t *)name, 0, &plain, options) < 0)
        plain = NULL;
    for (const utf8proc_uint8_t *at = plain; at && *at && file.length < most; at++) {
        if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')) {
            npt__buffer_putc(&file, (char)*at);
            end = file.length;
        } else if (file.length == end && end) {
            npt__buffer_putc(&file, '-');
        }
    }
    char *result = npt__arena_copy(arena, npt__buffer_string(&file), end);
    npt__buffer_release(&file);
    free(plain);
    return result;
}

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* The length of "1", "1.2.3", or 0. */
static size_t dotted_number(const char *text)
{
    size_t length = count_digits(text);
    while (length && text[length] == '.' && count_digits(text + length + 1))
        length += 1 + count_digits(text + length + 1);
    return length;
}

/* The length of the numbering at the start of a case-folded name: "1.2 ", "(3) ", "c1 - ", "a) ",
   "iv. "; 0 where there is none, or where nothing would be left. */
static size_t numbering(const char *name)
{
    size_t at = name[0] == '(' || name[0] == '[';
    size_t number = dotted_number(name + at);
    bool needs_mark = false;
    if (!number) {
        bool letter = name[at] >= 'a' && name[at] <= 'z';
        size_t roman = strspn(name + at, "ivx");
        size_t after = letter ? dotted_number(name + at + 1) : 0;
        number = after ? after + 1 : (roman ? roman : (letter ? 1 : 0));
        needs_mark = after == 0;
    }
    if (!number)
        return 0;
    at += number;
    size_t marks = strspn(name + at, ".):]");
    if (needs_mark && !marks)
        return 0;
    at += marks;
    size_t blanks = strspn(name + at, " \t");
    if (!marks && !blanks)
        return 0;
    at += blanks;
    return name[at] ? at : 0;
}

char *npt__fold_code(npt__arena *arena, const char *name)
{
    char *cased = fold_case(name);
    const char *start = cased + strspn(cased, " \t\r\n");
    start += numbering(start);
    size_t length = strlen(start);
    npt__buffer folded = {0};
    bool at_gap = false;
    for (size_t at = 0; at < length;) {
        uint32_t character;
        size_t step = npt__utf8_read(start + at, length - at, &character);
        if (character == '&') {
            at_gap = true;
            close_gap(&folded, &at_gap);
            npt__buffer_puts(&folded, "and");
            at_gap = true;
        } else if (npt__is_word(character)) {
            close_gap(&folded, &at_gap);
            if (character == 'z')
                npt__buffer_putc(&folded, 's');
            else
                npt__buffer_add(&folded, start + at, step);
        } else {
            at_gap = true;
        }
        at += step;
    }
    char *result = npt__arena_copy(arena, npt__buffer_string(&folded), folded.length);
    npt__buffer_release(&folded);
    free(cased);
    return result;
}

bool npt__glob(const char *pattern, const char *name)
{
    const char *star = NULL, *resume = NULL;
    while (*name) {
        uint32_t character;
        size_t step = npt__utf8_read(name, strnlen(name, 4), &character);
        if (*pattern == '*') {
            star = ++pattern;
            resume = name;
        } else if (*pattern == '?') {
            pattern++;
            name += step;
        } else if (strncmp(pattern, name, step) == 0) {
            pattern += step;
            name += step;
        } else if (star) {
            pattern = star;
            resume += npt__utf8_read(resume, strnlen(resume, 4), &character);
            name = resume;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

#define LONGEST_COMPARED 128

static size_t read_characters(const char *text, uint32_t characters[LONGEST_COMPARED])
{
    size_t count = 0, length = strlen(text);
    for (size_t at = 0; at < length && count < LONGEST_COMPARED; count++)
        at += npt__utf8_read(text + at, length - at, &characters[count]);
    return count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau-Levenshtein without overlapping swaps), three rows. */
size_t npt__distance(const char *a, const char *b, size_t limit)
{
    uint32_t x[LONGEST_COMPARED] = {0}, y[LONGEST_COMPARED] = {0};
    size_t rows[3][LONGEST_COMPARED + 1] = {{0}};
    size_t m = read_characters(a, x), n = read_characters(b, y);
    if ((m > n ? m - n : n - m) > limit)
        return limit + 1;
    for (size_t j = 0; j <= n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t cost = x[i - 1] != y[j - 1];
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + cost);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                row[j] = least(row[j], second[j - 2] + 1);
        }
    }
    return least(rows[m % 3][n], limit + 1);
}

uint32_t npt__nearest(const char *wanted, const char *const *candidates, size_t count)
{
    size_t letters = npt__utf8_count(wanted, strlen(wanted));
    size_t limit = letters <= 3 ? 1 : (letters <= 8 ? 2 : letters / 4);
    size_t nearest = limit + 1;
    uint32_t found = NPT__NONE;
    for (size_t i = 0; i < count; i++) {
        size_t distance = npt__distance(wanted, candidates[i], limit);
        if (distance < nearest) {
            nearest = distance;
            found = (uint32_t)i;
        } else if (distance == nearest && distance <= limit && found != NPT__NONE &&
                   strcmp(candidates[i], candidates[found]) != 0) {
            found = NPT__NONE;
        }
    }
    return found;
}
