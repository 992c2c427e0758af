/* lettering.c - text in pictures: made safe, measured, wrapped and shortened.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lettering.h"

#include "../base/unicode.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

#define ELLIPSIS "\xE2\x80\xA6"

/* Thousandths of the size, for the characters from blank to tilde, as the fonts' own tables have them. */
static const unsigned short regular[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
static const unsigned short bold_face[] = {
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584};

#define WIDE 1000.0    /* ideographs, dashes, and whatever is not known */
#define OTHER 800.0    /* letters of other alphabets */
#define TAIL_SHARE 0.4 /* of a line that is shortened: its end */

/* The character that a letter with marks is built on. */
static uint32_t base_letter(uint32_t character)
{
    utf8proc_int32_t parts[8];
    int last_class = 0;
    const utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)character, parts, 8,
                                                           UTF8PROC_DECOMPOSE, &last_class);
    return count > 0 && count <= 8 ? (uint32_t)parts[0] : character;
}

static double character_width(uint32_t character, bool bold)
{
    const uint32_t base = character < 0x80 ? character : base_letter(character);
    if (base >= ' ' && base <= '~')
        return bold ? bold_face[base - ' '] : regular[base - ' '];
    const int columns = utf8proc_charwidth((utf8proc_int32_t)character);
    if (columns == 0)
        return 0;
    return columns > 1 || character >= 0x2000 ? WIDE : OTHER;
}

static double measure(const char *text, size_t length, double size, bool bold)
{
    double width = 0;
    for (size_t at = 0; at < length;) {
        uint32_t character = (unsigned char)text[at];
        at += character < 0x80 ? 1 : npt__utf8_read(text + at, length - at, &character);
        width += character_width(character, bold);
    }
    return width * size / 1000.0;
}

double npt__lettering_width(const char *text, double size, bool bold)
{
    return measure(text, strlen(text), size, bold);
}

/* ---- made safe ------------------------------------------------------------------------------- */

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r' || byte == '\t' || byte == '\v' || byte == '\f';
}

/* U+FFFE and U+FFFF are valid UTF-8, and not allowed in XML. */
static void replace_noncharacters(char *text)
{
    for (char *at = text; (at = strstr(at, "\xEF\xBF")) != NULL; at += 3)
        if (at[2] == '\xBE' || at[2] == '\xBF')
            at[2] = '\xBD';
}

const char *npt__lettering(npt__arena *arena, const char *text)
{
    npt__buffer line = {0};
    const size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t piece = 0;
        while (at + piece < length && !is_line_end(text[at + piece]))
            piece++;
        npt__utf8_add_printable(&line, text + at, piece);
        at += piece;
        if (at < length && line.length)
            npt__buffer_putc(&line, ' ');
        while (at < length && is_line_end(text[at]))
            at++;
    }
    const char *start = npt__buffer_string(&line);
    const size_t cut = npt__utf8_offset(start, line.length, NPT__LONGEST_LETTERING);
    char *copy = cut < line.length ? npt__arena_print(arena, "%.*s" ELLIPSIS, (int)cut, start)
                                   : npt__arena_copy(arena, start, line.length);
    replace_noncharacters(copy);
    npt__buffer_release(&line);
    return copy;
}

/* ---- wrapped --------------------------------------------------------------------------------- */

/* How many bytes fit, at a blank where there is one; at least one character of a text that is not empty. */
static size_t line_length(const char *text, size_t length, double width, double size, bool bold)
{
    double used = 0;
    size_t blank = 0, at = 0;
    while (at < length) {
        uint32_t character;
        const size_t step = npt__utf8_read(text + at, length - at, &character);
        used += character_width(character, bold) * size / 1000.0;
        if (character == ' ')
            blank = at;
        else if (used > width && at > 0)
            return blank ? blank : at;
        at += step;
    }
    return length;
}

/* How many bytes from the start of a text fit. */
static size_t head_length(const char *text, size_t length, double room, double size, bool bold)
{
    double used = 0;
    size_t at = 0;
    while (at < length) {
        uint32_t character;
        const size_t step = npt__utf8_read(text + at, length - at, &character);
        used += character_width(character, bold) * size / 1000.0;
        if (used > room)
            break;
        at += step;
    }
    return at;
}

/* Where the end of a text that fits begins: never at a mark that belongs to the letter before it. */
static size_t tail_start(const char *text, size_t length, double room, double size, bool bold)
{
    size_t start = length;
    for (size_t at = length; at > 0;) {
        at--;
        if (((unsigned char)text[at] & 0xC0) == 0x80)
            continue;
        uint32_t character;
        npt__utf8_read(text + at, length - at, &character);
        if (measure(text + at, length - at, size, bold) > room)
            break;
        if (character_width(character, bold) > 0)
            start = at;
    }
    return start;
}

/* A text with "…" in its midst, as much as fits: names often differ in their last word only. */
static const char *shortened(npt__arena *arena, const char *text, size_t length, double width,
                             double size, bool bold)
{
    const double room = width - npt__lettering_width(ELLIPSIS, size, bold);
    size_t tail = tail_start(text, length, room * TAIL_SHARE, size, bold);
    const char *blank = memchr(text + tail, ' ', length - tail);
    if (blank && blank[strspn(blank, " ")]) /* whole words, where there are any */
        tail = (size_t)(blank - text) + strspn(blank, " ");
    const double used = measure(text + tail, length - tail, size, bold);
    size_t head = head_length(text, length, room - used, size, bold);
    while (head > 0 && text[head - 1] == ' ')
        head--;
    return npt__arena_print(arena, "%.*s" ELLIPSIS "%s", (int)head, text, text + tail);
}

size_t npt__lettering_wrap(const char **lines, size_t most, npt__arena *arena, const char *text,
                           double width, double size, bool bold)
{
    assert(most > 0);
    size_t count = 0;
    do {
        text += strspn(text, " ");
        const size_t left = strlen(text);
        const size_t length = line_length(text, left, width, size, bold);
        if (count + 1 == most && measure(text, left, size, bold) > width) {
            lines[count++] = shortened(arena, text, left, width, size, bold);
            break;
        }
        size_t end = length;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        lines[count++] = npt__arena_copy(arena, text, end);
        text += length;
    } while (count < most && text[strspn(text, " ")]);
    return count;
}

const char *npt__lettering_fit(npt__arena *arena, const char *text, double width, double size,
                               bool bold)
{
    const char *line;
    npt__lettering_wrap(&line, 1, arena, text, width, size, bold);
    return line;
}
