/* wrap.c - text from files made fit for lines of a terminal.
 *
 * Widths are columns on a terminal, not bytes or characters: a Chinese character takes two, an accent
 * that follows its letter none.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wrap.h"

#include "../base/unicode.h"

#include <string.h>

#define LINE_ENDS "\n\r\v\f"

/* Most text is ASCII, and there may be much of it. */
static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

static void add_printable(npt__buffer *line, const char *text, size_t length)
{
    size_t plain = 0;
    while (plain < length && is_plain(text[plain]))
        plain++;
    npt__buffer_add(line, text, plain);
    npt__utf8_add_printable(line, text + plain, length - plain);
}

void npt__one_line(npt__buffer *line, const char *text)
{
    for (;;) {
        size_t length = strcspn(text, LINE_ENDS);
        const char *after = text + length;
        if (!*after) {
            add_printable(line, text, length);
            return;
        }
        while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
            length--;
        add_printable(line, text, length);
        text = after + strspn(after, LINE_ENDS " \t");
        npt__buffer_putc(line, ' ');
    }
}

size_t npt__line_width(const char *text, size_t length)
{
    size_t plain = 0;
    while (plain < length && is_plain(text[plain]))
        plain++;
    return plain + npt__utf8_width(text + plain, length - plain);
}

/* No-break spaces hold their words together. */
static bool is_gap(uint32_t character)
{
    return character == ' ' || (character > 0xA0 && npt__is_space(character) &&
                                character != 0x2007 && character != 0x202F);
}

static size_t skip_gaps(const char *text, size_t length, size_t at)
{
    while (at < length) {
        uint32_t character;
        size_t step = npt__utf8_read(text + at, length - at, &character);
        if (!is_gap(character))
            break;
        at += step;
    }
    return at;
}

size_t npt__wrap(const char *text, size_t length, size_t width, size_t *next)
{
    size_t line = 0, used = 0; /* the last place to break at, columns so far */
    bool after_gap = true;
    size_t at = 0;
    while (at < length) {
        uint32_t character = (unsigned char)text[at];
        size_t step = 1;
        if (!is_plain(text[at]))
            step = npt__utf8_read(text + at, length - at, &character);
        bool gap = is_gap(character);
        if (gap && !after_gap)
            line = at;
        after_gap = gap;
        size_t columns = npt__line_width(text + at, step);
        if (used + columns > width && at > 0)
            break;
        used += columns;
        at += step;
    }
    if (at == length) {
        *next = length;
        return length;
    }
    if (line == 0)
        line = at;
    *next = skip_gaps(text, length, line);
    return line;
}

void npt__paragraph(npt__buffer *lines, const char *text, size_t width, const char *first,
                    const char *indent)
{
    size_t length = strlen(text);
    size_t at = skip_gaps(text, length, 0);
    const char *before = first;
    do {
        size_t taken = strlen(before), next;
        size_t room = width > taken ? width - taken : 1;
        size_t part = npt__wrap(text + at, length - at, room, &next);
        npt__buffer_puts(lines, before);
        npt__buffer_add(lines, text + at, part);
        npt__buffer_putc(lines, '\n');
        at += next;
        before = indent;
    } while (at < length);
}
