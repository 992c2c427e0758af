/* xlsx_strings.c - the strings that the cells of a workbook share, and escapes in strings.
 *
 * A string is one text or several with formats of their own (<r>), which are joined. How it is pronounced
 * (<rPh>) is no part of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx_parts.h"

#include <string.h>

#define MOST_STRINGS 4000000u
#define LARGEST_TEXT ((size_t)512 << 20)
#define LARGEST_PART ((uint64_t)4 << 30)

/* ---- escapes --------------------------------------------------------------------------------- */

#define ESCAPE_LENGTH 7 /* _x000D_ */
#define REPLACEMENT 0xFFFDu

/* The value of the escape at `text`; NPT__NONE where there is none. */
static uint32_t read_escape(const char *text, size_t length)
{
    if (length < ESCAPE_LENGTH || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return NPT__NONE;
    uint32_t value = 0;
    for (size_t i = 2; i < 6; i++) {
        const char low = (char)(text[i] | 0x20);
        if (text[i] >= '0' && text[i] <= '9')
            value = value * 16 + (uint32_t)(text[i] - '0');
        else if (low >= 'a' && low <= 'f')
            value = value * 16 + (uint32_t)(low - 'a') + 10;
        else
            return NPT__NONE;
    }
    return value;
}

static size_t write_utf8(char *text, uint32_t character)
{
    if (character < 0x80) {
        text[0] = (char)character;
        return 1;
    }
    const size_t length = character < 0x800 ? 2 : (character < 0x10000 ? 3 : 4);
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i-- > 1; character >>= 6)
        text[i] = (char)(0x80 | (character & 0x3F));
    text[0] = (char)(leads[length] | character);
    return length;
}

/* Escapes are of UTF-16, so a character beyond U+FFFF takes two. A NUL or half a pair is no text. */
size_t npt__xlsx_unescape(char *text, size_t length)
{
    char *found = memchr(text, '_', length);
    if (!found)
        return length;
    size_t kept = (size_t)(found - text);
    for (size_t at = kept; at < length;) {
        uint32_t value = read_escape(text + at, length - at);
        if (value == NPT__NONE) {
            text[kept++] = text[at++];
            continue;
        }
        at += ESCAPE_LENGTH;
        const uint32_t low = (value & 0xFC00) == 0xD800 ? read_escape(text + at, length - at) : 0;
        if ((low & 0xFC00) == 0xDC00) {
            at += ESCAPE_LENGTH;
            value = 0x10000 + ((value & 0x3FF) << 10) + (low & 0x3FF);
        }
        if (!value || (value & 0xFFFFF800) == 0xD800)
            value = REPLACEMENT;
        kept += write_utf8(text + kept, value);
    }
    return kept;
}

/* ---- the table ------------------------------------------------------------------------------- */

struct reader {
    struct npt__xlsx_strings *strings;
    const char *label;
    npt_diags *diags;
    size_t depth, start; /* where the open string begins */
    bool in_string, in_phonetic, in_text, faulty;
};

enum token { TABLE, STRING, TEXT, PHONETIC };
static const char *const tokens[] = {"sst", "si", "t", "rPh", NULL};

static void stop(struct reader *reader, npt__xml *xml, const char *fault)
{
    npt__say(reader->diags, NPT_ERROR,
             &(struct npt__place){.file = reader->label, .line = npt__xml_line(xml)}, "%s", fault);
    reader->faulty = true;
    npt__xml_stop(xml);
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct reader *reader = user;
    reader->depth = element->depth;
    if (element->token == STRING && element->depth == 2) {
        if (reader->strings->starts.count == MOST_STRINGS) {
            stop(reader, xml, "holds more than 4,000,000 shared strings");
            return;
        }
        reader->in_string = true;
        reader->start = reader->strings->text.length;
        *npt__array_add(&reader->strings->starts) = (uint32_t)reader->start;
    } else if (element->token == PHONETIC) {
        reader->in_phonetic = true;
    } else if (element->token == TEXT) {
        reader->in_text = reader->in_string && !reader->in_phonetic;
    }
}

static void on_end(void *user, npt__xml *xml, int token)
{
    struct reader *reader = user;
    npt__buffer *text = &reader->strings->text;
    const size_t depth = reader->depth--;
    if (token == TEXT)
        reader->in_text = false;
    if (token == PHONETIC)
        reader->in_phonetic = false;
    if (token != STRING || depth != 2)
        return;
    reader->in_string = false;
    char *string = text->bytes ? text->bytes + reader->start : NULL;
    if (string)
        text->length = reader->start + npt__xlsx_unescape(string, text->length - reader->start);
    if (!npt__buffer_putc(text, '\0'))
        stop(reader, xml, "holds more than 512 MB of shared strings");
}

static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    struct reader *reader = user;
    if (!reader->in_text)
        return;
    npt__buffer *text = &reader->strings->text;
    if (text->length - reader->start + length > NPT__LARGEST_CELL)
        stop(reader, xml, "a shared string is longer than 1 MB");
    else if (!npt__buffer_add(text, bytes, length))
        stop(reader, xml, "holds more than 512 MB of shared strings");
}

enum npt_status npt__xlsx_read_strings(struct npt__xlsx_strings *strings,
                                       const struct npt__xlsx_package *package, uint32_t member)
{
    static const struct npt__xml_handler handler = {tokens, on_start, on_end, on_text};
    *strings = (struct npt__xlsx_strings){.text = {.ceiling = LARGEST_TEXT}};
    if (member == NPT__NONE)
        return NPT_OK;
    struct reader reader = {
        .strings = strings, .label = npt__xlsx_label(package, member), .diags = package->diags};
    const enum npt_status status =
        npt__xlsx_stream(package, member, LARGEST_PART, &handler, &reader, package->diags);
    return reader.faulty ? NPT_BAD_INPUT : status;
}

void npt__xlsx_release_strings(struct npt__xlsx_strings *strings)
{
    npt__buffer_release(&strings->text);
    npt__array_release(&strings->starts);
}
