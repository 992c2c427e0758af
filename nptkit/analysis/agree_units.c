/* agree_units.c - the units in which agreement is counted: finding sentences and paragraphs in texts.
 *
 * A paragraph is a line with anything but blanks in it. A sentence ends at . ! ? or an ellipsis (with closing quotes
 * and brackets after it) where a blank or the line's end follows, and at the line's end; full-width marks end one
 * wherever they stand. That splits "Dr. Jones" in two, alike for both coders. Units hold no blanks at their ends.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree.h"

#include <string.h>

/* ---- finding them ---------------------------------------------------------------------------- */

enum kind {
    OTHER,
    BLANK,
    LINE_END,
    STOP,      /* ends a sentence where a blank follows */
    FULL_STOP, /* ends one wherever it stands */
    CLOSING,
};

struct character {
    enum kind kind;
    size_t length; /* in bytes */
};

static bool is_one_of(const char *at, size_t length, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == length && memcmp(*list, at, length) == 0)
            return true;
    return false;
}

static enum kind kind_of_long(const char *at, size_t length)
{
    static const char *const blanks[] = {"\u00A0", "\u2002", "\u2003", "\u2009",
                                         "\u202F", "\u3000", NULL};
    static const char *const lines[] = {"\xC2\x85", "\u2028", "\u2029", NULL};
    static const char *const stops[] = {"\u2026", "\u203D", NULL};
    static const char *const full_stops[] = {"\u3002", "\uFF01", "\uFF1F", NULL};
    static const char *const closing[] = {"\u2019", "\u201D", "\u00BB", "\u203A", "\u300D", NULL};
    if (is_one_of(at, length, blanks))
        return BLANK;
    if (is_one_of(at, length, lines))
        return LINE_END;
    if (is_one_of(at, length, stops))
        return STOP;
    if (is_one_of(at, length, full_stops))
        return FULL_STOP;
    return is_one_of(at, length, closing) ? CLOSING : OTHER;
}

/* The text is valid UTF-8. A line end of two bytes is one character, as everywhere in a study. */
static struct character next_character(const char *at, size_t rest)
{
    const unsigned char first = (unsigned char)*at;
    if (first == '\r' && rest > 1 && at[1] == '\n')
        return (struct character){LINE_END, 2};
    if (first < 0x80) {
        if (strchr("\n\r\v\f", first) && first)
            return (struct character){LINE_END, 1};
        if (first == ' ' || first == '\t')
            return (struct character){BLANK, 1};
        if (first == '.' || first == '!' || first == '?')
            return (struct character){STOP, 1};
        return (struct character){first && strchr("\"')]}", first) ? CLOSING : OTHER, 1};
    }
    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    length = length < rest ? length : rest;
    return (struct character){kind_of_long(at, length), length};
}

static void add_extent(struct npt__agree_extents *extents, uint32_t start, uint32_t end)
{
    if (start < end)
        *npt__array_add(&extents->list) = (struct npt__agree_extent){start, end};
}

void npt__text_extents(struct npt__agree_extents *extents, const char *text, size_t length,
                       bool in_sentences)
{
    uint32_t position = 0, start = 0, end = 0; /* [start, end) is what the unit has so far */
    enum kind last = LINE_END;                 /* closing marks do not count */
    for (size_t byte = 0; byte < length;) {
        const struct character next = next_character(text + byte, length - byte);
        const bool is_empty = next.kind == BLANK || next.kind == LINE_END;
        const bool ends = last == FULL_STOP
                              ? next.kind != STOP && next.kind != FULL_STOP && next.kind != CLOSING
                              : last == STOP && is_empty;
        if (next.kind == LINE_END || (in_sentences && ends)) {
            add_extent(extents, start, end);
            start = end = position;
        }
        if (!is_empty) {
            start = start == end ? position : start;
            end = position + 1;
        }
        if (next.kind != CLOSING)
            last = next.kind;
        byte += next.length;
        position++;
    }
    add_extent(extents, start, end);
}

/* ---- reading --------------------------------------------------------------------------------- */

static void take_text(void *user, size_t thread, uint32_t document, const char *text, size_t length,
                      bool had_bom)
{
    (void)thread;
    (void)had_bom;
    struct npt__agree *agree = user;
    npt__text_extents(&agree->extents[document], text, length, agree->unit == NPT__AGREE_SENTENCES);
}

enum npt_status npt__agree_units_read(struct npt__agree *agree, npt_diags *diags)
{
    const npt_study *study = agree->study;
    if (agree->unit != NPT__AGREE_SENTENCES && agree->unit != NPT__AGREE_PARAGRAPHS)
        return NPT_OK;
    agree->extents =
        npt__arena_array(agree->scope.arena, study->documents.count, sizeof *agree->extents);
    uint32_t *documents =
        npt__arena_array(agree->scope.arena, study->documents.count, sizeof *documents);
    size_t count = 0;
    for (uint32_t i = 0; i < study->documents.count; i++)
        if (study->documents.items[i].presence != NPT__TEXT_MISSING)
            documents[count++] = i;
    return study->read_texts(study, documents, count, study->threads, take_text, agree, diags);
}

void npt__agree_units_release(struct npt__agree *agree)
{
    for (size_t i = 0; agree->extents && i < agree->study->documents.count; i++)
        npt__array_release(&agree->extents[i].list);
}

/* ---- positions ------------------------------------------------------------------------------- */

uint32_t npt__agree_document(const struct npt__agree *agree, uint32_t source, uint32_t text)
{
    const npt_study *study = agree->study;
    for (uint32_t i = source; i != NPT__NONE; i = agree->next_source[i]) {
        const struct npt__source *found = &study->sources.items[i];
        const uint32_t document = found->first_document + text;
        if (text < found->document_count &&
            study->documents.items[document].presence != NPT__TEXT_MISSING)
            return document;
    }
    return NPT__NONE;
}

uint32_t npt__agree_length(const struct npt__agree *agree, uint32_t document)
{
    return agree->extents ? (uint32_t)agree->extents[document].list.count
                          : agree->study->documents.items[document].characters;
}

/* How many units end at or before a position, or how many begin before it. */
static uint32_t count_units(const struct npt__agree_extents *extents, uint32_t position,
                            bool by_end)
{
    size_t low = 0, high = extents->list.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct npt__agree_extent *extent = &extents->list.items[middle];
        if (by_end ? extent->end <= position : extent->start < position)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

bool npt__agree_to_units(const struct npt__agree *agree, uint32_t document, uint32_t *start,
                         uint32_t *end)
{
    const uint32_t length = npt__agree_length(agree, document);
    if (agree->extents) {
        *start = count_units(&agree->extents[document], *start, true);
        *end = count_units(&agree->extents[document], *end, false);
    } else {
        *end = *end < length ? *end : length;
    }
    return *start < *end;
}

void npt__agree_to_characters(const struct npt__agree *agree, uint32_t document, uint32_t *start,
                              uint32_t *end)
{
    if (!agree->extents)
        return;
    const struct npt__agree_extents *extents = &agree->extents[document];
    *start = extents->list.items[*start].start;
    *end = extents->list.items[*end - 1].end;
}
