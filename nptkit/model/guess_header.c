/* guess_header.c - the words of a column's header, made comparable.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_header.h"
#include "../base/unicode.h"

#include <string.h>

#define LONGEST_TAIL 480 /* bytes; 64 words are about 400 in English */
#define LONGEST_TAG 300
#define LONGEST_TAG_NAME 6 /* "strong" */
#define BREAK '|'          /* stands for tags and line ends: what follows may start a statement */

/* The end of a long text, from the start of a character on. */
static const char *tail(const char *text, size_t *length)
{
    *length = strlen(text);
    if (*length <= LONGEST_TAIL)
        return text;
    const char *start = text + *length - LONGEST_TAIL;
    while (((unsigned char)*start & 0xC0) == 0x80)
        start++;
    *length = strlen(start);
    return start;
}

/* The length of an HTML tag as rich text fields leave it in headers. Only these names: "<the app>" may be
   what a study writes for its intervention. */
static size_t tag_length(const char *text)
{
    static const char *const names[] = {"b",   "br",  "div",    "em", "font", "h1",
                                        "h2",  "h3",  "i",      "li", "p",    "span",
                                        "sub", "sup", "strong", "u",  "ul"};
    size_t at = 1 + (text[1] == '/');
    size_t length = 0;
    while (length < LONGEST_TAG_NAME && text[at + length] && !strchr(" />", text[at + length]))
        length++;
    char after = text[at + length];
    if (after != '>' && after != ' ' && after != '/')
        return 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == length && strncmp(text + at, names[i], length) == 0) {
            const char *end = memchr(text, '>', strnlen(text, LONGEST_TAG));
            return end ? (size_t)(end - text) + 1 : 0;
        }
    }
    return 0;
}

/* The length of a character written as an entity, and what it becomes. */
static size_t entity_length(const char *text, char *becomes)
{
    static const struct {
        const char *name;
        char becomes;
    } entities[] = {{"&nbsp;", ' '},  {"&#160;", ' '},   {"&rsquo;", '\''}, {"&lsquo;", '\''},
                    {"&#39;", '\''},  {"&#039;", '\''},  {"&apos;", '\''},  {"&amp;", '&'},
                    {"&quot;", '"'},  {"&ldquo;", '"'},  {"&rdquo;", '"'},  {"&ndash;", '|'},
                    {"&mdash;", '|'}, {"&#8217;", '\''}, {"&#8216;", '\''}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        size_t length = strlen(entities[i].name);
        if (strncmp(text, entities[i].name, length) == 0) {
            *becomes = entities[i].becomes;
            return length;
        }
    }
    return 0;
}

/* A copy without tags and entities, with line ends as breaks. */
static char *soften(npt__arena *scratch, const char *text, size_t length)
{
    char *copy = npt__arena_copy(scratch, text, length);
    size_t used = 0;
    for (size_t at = 0; at < length;) {
        char byte = copy[at];
        size_t step = 0;
        if (byte == '<') {
            step = tag_length(copy + at);
            byte = step ? BREAK : byte;
        } else if (byte == '&') {
            step = entity_length(copy + at, &byte);
        } else if (byte == '\n' || byte == '\r') {
            byte = BREAK;
        }
        copy[used++] = byte;
        at += step ? step : 1;
    }
    copy[used] = '\0';
    return copy;
}

static bool is_apostrophe(uint32_t character)
{
    return character == '\'' || character == '`' || character == 0xB4 || character == 0x2018 ||
           character == 0x2019 || character == 0x2BC;
}

/* Whether a statement may start behind this character, which stands between words. */
static bool breaks(uint32_t character, bool beside_blank)
{
    switch (character) {
    case '-':
        return beside_blank; /* "whole-family" is two words of one name */
    case 0x2010:
    case 0x2011:
    case '/':
    case ',':
    case '+':
        return false;
    default:
        return true;
    }
}

static bool is_article(const char *word)
{
    static const char *const articles[] = {"the", "this", "a", "an", "our", "your"};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (strcmp(word, articles[i]) == 0)
            return true;
    return false;
}

/* FNV-1a. */
uint64_t npt__header_hash(const char *word)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *word; word++)
        hash = (hash ^ (unsigned char)*word) * UINT64_C(1099511628211);
    return hash;
}

struct reader {
    npt__arena *scratch;
    const char *text;
    size_t length, at;
    char *store; /* where the next word is written */
    bool starts; /* the next word may start a statement */
    bool behind_blank;
    struct npt__header_word ring[NPT__HEADER_WORDS];
    size_t total;
};

/* Keeps a word that is written from `from` to where the reader is. */
static void keep(struct reader *reader, const char *word, size_t from)
{
    reader->ring[reader->total++ % NPT__HEADER_WORDS] =
        (struct npt__header_word){.text = word,
                                  .hash = npt__header_hash(word),
                                  .from = from,
                                  .to = reader->at,
                                  .starts = reader->starts,
                                  .is_article = is_article(word)};
    /* "4.1 I can see", "Q4 I can see", "4. a) I can see" */
    bool is_letter = reader->starts && word[1] == '\0';
    reader->starts = is_letter || strpbrk(word, "0123456789") != NULL;
}

static void read_word(struct reader *reader)
{
    char *word = reader->store;
    const size_t from = reader->at;
    bool is_ascii = true;
    reader->behind_blank = false;
    while (reader->at < reader->length) {
        uint32_t character;
        const char *start = reader->text + reader->at;
        size_t step = npt__utf8_read(start, reader->length - reader->at, &character);
        bool apostrophe = is_apostrophe(character);
        if (!apostrophe && !npt__is_word(character))
            break;
        if (character >= 'A' && character <= 'Z') {
            *reader->store++ = (char)(character - 'A' + 'a');
        } else if (!apostrophe) {
            is_ascii &= character < 0x80;
            memcpy(reader->store, start, step);
            reader->store += step;
        }
        reader->at += step;
    }
    if (reader->store == word)
        return;
    *reader->store++ = '\0';
    if (!is_ascii)
        word = npt__fold_name(reader->scratch, word);
    for (char *byte = word; *byte; byte++)
        *byte = *byte == 'z' ? 's' : *byte;
    keep(reader, word, from);
}

static void read_between(struct reader *reader)
{
    uint32_t character, next = ' ';
    const size_t from = reader->at;
    reader->at += npt__utf8_read(reader->text + from, reader->length - from, &character);
    if (character == '&') {
        reader->behind_blank = false;
        keep(reader, "and", from);
        return;
    }
    if (reader->at < reader->length)
        npt__utf8_read(reader->text + reader->at, reader->length - reader->at, &next);
    if (!npt__is_space(character))
        reader->starts |= breaks(character, reader->behind_blank || npt__is_space(next));
    reader->behind_blank = npt__is_space(character);
}

void npt__header_read(struct npt__header *header, npt__arena *scratch, const char *text)
{
    size_t length;
    const char *start = tail(text, &length);
    struct reader reader = {.scratch = scratch, .starts = true};
    reader.text = header->text = soften(scratch, start, length);
    reader.length = strlen(reader.text);
    reader.store = npt__arena_take(scratch, 2 * reader.length + 1); /* words and their ends */
    while (reader.at < reader.length) {
        uint32_t character;
        npt__utf8_read(reader.text + reader.at, reader.length - reader.at, &character);
        if (npt__is_word(character) || is_apostrophe(character))
            read_word(&reader);
        else
            read_between(&reader);
    }
    header->has_blank = strpbrk(start, " \t\n\r") != NULL;
    header->is_cut = start != text || reader.total > NPT__HEADER_WORDS;
    header->count = reader.total < NPT__HEADER_WORDS ? reader.total : NPT__HEADER_WORDS;
    for (size_t i = 0; i < header->count; i++)
        header->words[i] = reader.ring[(reader.total - header->count + i) % NPT__HEADER_WORDS];
}

/* ---- as it is written ------------------------------------------------------------------------ */

/* Where a piece ends that closes what it opens: "the app (beta)". */
static size_t close_marks(const char *text, size_t from, size_t to)
{
    static const char *const marks[][2] = {
        {"(", ")"}, {"[", "]"}, {"\"", "\""}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bool open = false;
        for (size_t at = from; at < to; at++)
            if (strncmp(text + at, marks[i][open], strlen(marks[i][open])) == 0)
                open = !open;
        if (open && strncmp(text + to, marks[i][1], strlen(marks[i][1])) == 0)
            return to + strlen(marks[i][1]);
    }
    return to;
}

char *npt__header_as_written(npt__arena *arena, const struct npt__header *header, size_t first,
                             size_t count)
{
    const struct npt__header_word *words = &header->words[first];
    const size_t to = close_marks(header->text, words[0].from, words[count - 1].to);
    npt__buffer written = {0};
    bool at_gap = false;
    for (size_t at = words[0].from, step; at < to; at += step) {
        uint32_t character;
        step = npt__utf8_read(header->text + at, to - at, &character);
        if (npt__is_space(character) || character == BREAK) {
            at_gap = true;
            continue;
        }
        if (at_gap)
            npt__buffer_putc(&written, ' ');
        at_gap = false;
        npt__utf8_add_printable(&written, header->text + at, step);
    }
    char *result = npt__arena_copy(arena, npt__buffer_string(&written), written.length);
    npt__buffer_release(&written);
    return result;
}
