/* quote_texts.c - the words of chosen segments: each text is read once, and positions become bytes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "quote_texts.h"

#include "passages.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    const npt_study *study;
    npt__arena *arena; /* of the texts that are kept */
    struct npt__quote *quotes;
    size_t count, context;
    struct npt__text_index *index;
};

static int compare_quotes(const void *a, const void *b)
{
    const struct npt__quote *x = a, *y = b;
    return (x->segment > y->segment) - (x->segment < y->segment);
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* A copy with line ends as \n and without blanks at the ends. */
static const char *tidy(npt__arena *arena, const char *text, size_t length)
{
    length = npt__trim(&text, length);
    char *copy = npt__arena_copy(arena, text, length), *to = copy;
    for (const char *from = copy; *from; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    *to = '\0';
    return copy;
}

static size_t byte_at(const struct npt__text_index *index, uint64_t character)
{
    static const struct npt__offsets as_characters = {NPT__CHARACTERS, NPT__CRLF_AS_ONE, false};
    uint32_t found;
    size_t byte = 0;
    npt__text_position(index, as_characters, character, &found, &byte);
    return byte;
}

static bool is_blank(char byte)
{
    return strchr(" \t\r\n", byte) != NULL;
}

static void add_context(struct reading *reading, struct npt__quote *quote, const char *text,
                        size_t length, size_t start, size_t end)
{
    const struct npt__segment *segment = &reading->study->segments.items[quote->segment];
    uint64_t all = npt__text_characters(reading->index);
    uint64_t from = segment->start > reading->context ? segment->start - reading->context : 0;
    uint64_t to = segment->end + reading->context < all ? segment->end + reading->context : all;
    size_t first = byte_at(reading->index, from), last = byte_at(reading->index, to);
    while (first && first < start && !is_blank(text[first - 1])) /* whole words only */
        first++;
    while (last < length && last > end && !is_blank(text[last]))
        last--;
    quote->before = tidy(reading->arena, text + first, start - first);
    quote->after = tidy(reading->arena, text + end, last - end);
}

static void take_text(void *user, size_t thread, uint32_t document, const char *text, size_t length,
                      bool had_bom)
{
    (void)thread;
    struct reading *reading = user;
    npt__text_index_set(reading->index, text, length, had_bom);
    const npt_study *study = reading->study;
    struct npt__quote *end = reading->quotes + reading->count;
    struct npt__quote first = {.segment = study->documents.items[document].first_segment};
    struct npt__quote *quote = reading->quotes;
    for (size_t low = 0, high = reading->count; low < high;) { /* the first of this document */
        size_t middle = low + (high - low) / 2;
        if (compare_quotes(&reading->quotes[middle], &first) < 0)
            low = middle + 1;
        else
            high = middle;
        quote = reading->quotes + low;
    }
    for (; quote < end &&
           quote->segment < first.segment + study->documents.items[document].segment_count;
         quote++) {
        const struct npt__segment *segment = &study->segments.items[quote->segment];
        size_t from = byte_at(reading->index, segment->start),
               to = byte_at(reading->index, segment->end);
        quote->text = tidy(reading->arena, text + from, to - from);
        if (reading->context)
            add_context(reading, quote, text, length, from, to);
    }
}

enum npt_status npt__quotes_read(const npt_study *study, npt__arena *arena,
                                 struct npt__quote *quotes, size_t count, size_t context,
                                 npt_diags *diags)
{
    struct reading reading = {study, arena, quotes, count, context, npt__text_index_new()};
    NPT__ARRAY(uint32_t) documents = {0};
    for (size_t i = 0; i < count; i++) {
        const struct npt__segment *segment = &study->segments.items[quotes[i].segment];
        if (npt__segment_has_text(study, segment) &&
            (!documents.count || documents.items[documents.count - 1] != segment->document))
            *npt__array_add(&documents) = segment->document;
    }
    enum npt_status status =
        study->read_texts(study, documents.items, documents.count, 1, take_text, &reading, diags);
    npt__array_release(&documents);
    npt__text_index_free(reading.index);
    return status;
}

/* ---- stretches of documents ------------------------------------------------------------------ */

struct words_reading {
    npt__arena *arena;
    struct npt__words **sorted; /* by document */
    size_t count;
    struct npt__text_index *index;
};

static int compare_words(const void *a, const void *b)
{
    const struct npt__words *x = *(struct npt__words *const *)a,
                            *y = *(struct npt__words *const *)b;
    return (x->document > y->document) - (x->document < y->document);
}

static void take_words(void *user, size_t thread, uint32_t document, const char *text,
                       size_t length, bool had_bom)
{
    (void)thread;
    struct words_reading *reading = user;
    npt__text_index_set(reading->index, text, length, had_bom);
    for (size_t i = 0; i < reading->count && reading->sorted[i]->document <= document; i++) {
        struct npt__words *words = reading->sorted[i];
        if (words->document != document)
            continue;
        const size_t from = byte_at(reading->index, words->start),
                     to = byte_at(reading->index, words->end);
        words->text = tidy(reading->arena, text + from, to - from);
    }
}

enum npt_status npt__words_read(const npt_study *study, npt__arena *arena, struct npt__words *words,
                                size_t count, npt_diags *diags)
{
    struct words_reading reading = {arena, npt__allocate((count + 1) * sizeof *reading.sorted),
                                    count, npt__text_index_new()};
    NPT__ARRAY(uint32_t) documents = {0};
    for (size_t i = 0; i < count; i++)
        reading.sorted[i] = &words[i];
    qsort(reading.sorted, count, sizeof *reading.sorted, compare_words);
    for (size_t i = 0; i < count; i++) {
        const uint32_t document = reading.sorted[i]->document;
        if (!documents.count || documents.items[documents.count - 1] != document)
            *npt__array_add(&documents) = document;
    }
    const enum npt_status status =
        study->read_texts(study, documents.items, documents.count, 1, take_words, &reading, diags);
    npt__array_release(&documents);
    npt__text_index_free(reading.index);
    npt__release(reading.sorted);
    return status;
}

struct npt_cell npt__quote_cell(const npt_study *study, const struct npt__quote *quote)
{
    const struct npt__segment *segment = &study->segments.items[quote->segment];
    if (quote->text)
        return *quote->text ? npt__text(quote->text) : npt__absent("an empty passage");
    if (segment->kind == NPT__SEGMENT_PDF)
        return *segment->name ? npt__text(segment->name) : npt__absent("text not in the export");
    if (segment->kind == NPT__SEGMENT_PICTURE)
        return npt__absent("a region of a picture");
    if (segment->kind == NPT__SEGMENT_AUDIO || segment->kind == NPT__SEGMENT_VIDEO)
        return npt__absent("a stretch of audio or video");
    if (segment->kind == NPT__SEGMENT_SOURCE && segment->document == NPT__NONE)
        return npt__absent("the source as a whole");
    return npt__absent("text not in the export");
}
