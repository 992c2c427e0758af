/* offsets.c - what a position in a text counts, and finding it out.
 *
 * A text is cut into blocks of 64 bytes; for each block the characters, characters beyond U+FFFF, CRLF
 * pairs and lone LF before it are known. Any reading's position is then a sum of these counts, found by
 * bisection and a scan of one block.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "offsets.h"

#include "../base/arena.h"
#include "../base/unicode.h"

#include <string.h>

#define BLOCK 64u
#define LONGEST_SNIPPET 24
#define MOST_SCORED 64u /* segments of one text, spread over it: enough to tell readings apart */

/* Counts before a block. */
struct counts {
    uint32_t characters, astral, pairs, lone; /* pairs: CRLF; lone: LF without CR */
};

struct npt__text_index {
    const char *text;
    size_t length, blocks;
    bool had_bom;
    struct counts *before; /* blocks + 1 entries: the last counts the whole text */
    size_t room;
};

/* ---- naming a reading ------------------------------------------------------------------------ */

bool npt__offsets_equal(struct npt__offsets a, struct npt__offsets b)
{
    return a.unit == b.unit && a.lines == b.lines && a.counts_bom == b.counts_bom;
}

struct npt__offsets npt__offsets_at(size_t index)
{
    return (struct npt__offsets){.unit = (uint8_t)(index % 2),
                                 .lines = (uint8_t)(index / 2 % 3),
                                 .counts_bom = index / 6 == 1};
}

static bool word_is(const char *word, size_t length, const char *wanted)
{
    return strlen(wanted) == length && strncmp(word, wanted, length) == 0;
}

bool npt__offsets_read(struct npt__offsets *offsets, const char *text)
{
    *offsets = (struct npt__offsets){0};
    for (size_t place = 0;; place++) {
        size_t length = strcspn(text, ",");
        if (place == 0 && word_is(text, length, "utf16"))
            offsets->unit = NPT__UTF16;
        else if (place == 0 && word_is(text, length, "characters"))
            offsets->unit = NPT__CHARACTERS;
        else if (place && word_is(text, length, "crlf-as-one"))
            offsets->lines = NPT__CRLF_AS_ONE;
        else if (place && word_is(text, length, "lf-as-two"))
            offsets->lines = NPT__LF_AS_TWO;
        else if (place && word_is(text, length, "bom"))
            offsets->counts_bom = true;
        else
            return false;
        if (!text[length])
            return true;
        text += length + 1;
    }
}

void npt__offsets_show(npt__buffer *text, struct npt__offsets offsets)
{
    static const char *const lines[] = {"", ", CRLF as one", ", LF as two"};
    npt__buffer_puts(text, offsets.unit == NPT__UTF16 ? "UTF-16 units" : "characters");
    npt__buffer_puts(text, lines[offsets.lines]);
    if (offsets.counts_bom)
        npt__buffer_puts(text, ", BOM counted");
}

/* ---- a text, prepared ------------------------------------------------------------------------ */

struct npt__text_index *npt__text_index_new(void)
{
    struct npt__text_index *index = npt__allocate(sizeof *index);
    *index = (struct npt__text_index){0};
    return index;
}

void npt__text_index_free(struct npt__text_index *index)
{
    if (!index)
        return;
    npt__release(index->before);
    npt__release(index);
}

/* A whole block; the fixed length and the narrow sums let the compiler count sixteen bytes at a step. */
static struct counts count_block(const char *bytes)
{
    uint8_t continuing = 0, astral = 0, feeds = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        continuing = (uint8_t)(continuing + ((signed char)bytes[i] < -64));
        astral = (uint8_t)(astral + ((unsigned char)bytes[i] >= 0xF0));
        feeds = (uint8_t)(feeds + (bytes[i] == '\n'));
    }
    return (struct counts){BLOCK - continuing, astral, 0, feeds};
}

/* The last, shorter block. */
static struct counts count_rest(const char *bytes, size_t length)
{
    char block[BLOCK] = {0};
    memcpy(block, bytes, length);
    struct counts counts = count_block(block);
    counts.characters -= (uint32_t)(BLOCK - length);
    return counts;
}

static uint32_t count_pairs(const char *text, size_t start, size_t end)
{
    uint32_t pairs = 0;
    for (size_t i = start ? start : 1; i < end; i++)
        pairs += text[i] == '\n' && text[i - 1] == '\r';
    return pairs;
}

void npt__text_index_set(struct npt__text_index *index, const char *text, size_t length,
                         bool had_bom)
{
    index->text = text;
    index->length = length;
    index->had_bom = had_bom;
    index->blocks = (length + BLOCK - 1) / BLOCK;
    if (index->room < index->blocks + 1) {
        index->room = index->blocks + index->blocks / 2 + 1;
        index->before = npt__reallocate(index->before, index->room * sizeof *index->before);
    }
    bool has_returns = length && memchr(text, '\r', length);
    struct counts sum = {0};
    for (size_t block = 0; block < index->blocks; block++) {
        size_t start = block * BLOCK, end = length - start < BLOCK ? length : start + BLOCK;
        struct counts own = end - start == BLOCK ? count_block(text + start)
                                                 : count_rest(text + start, end - start);
        uint32_t pairs = has_returns && own.lone ? count_pairs(text, start, end) : 0;
        index->before[block] = sum;
        sum.characters += own.characters;
        sum.astral += own.astral;
        sum.pairs += pairs;
        sum.lone += own.lone - pairs;
    }
    index->before[index->blocks] = sum;
}

uint32_t npt__text_characters(const struct npt__text_index *index)
{
    const struct counts *all = &index->before[index->blocks];
    return all->characters - all->pairs;
}

/* The position that a reading gives to the start of what these counts precede. */
static uint64_t position_of(const struct npt__text_index *index, const struct counts *counts,
                            struct npt__offsets offsets)
{
    uint64_t position = counts->characters;
    if (offsets.unit == NPT__UTF16)
        position += counts->astral;
    if (offsets.lines == NPT__CRLF_AS_ONE)
        position -= counts->pairs;
    else if (offsets.lines == NPT__LF_AS_TWO)
        position += counts->lone;
    return position + (offsets.counts_bom && index->had_bom);
}

/* The last block that begins at or before the position. Characters of several bytes are spread evenly
   enough that a guess by proportion is off by a block or two. */
static size_t find_block(const struct npt__text_index *index, struct npt__offsets offsets,
                         uint64_t position, uint64_t all)
{
    if (!index->blocks)
        return 0;
    size_t block = all ? (size_t)(position * index->blocks / all) : 0;
    if (block >= index->blocks)
        block = index->blocks - 1;
    size_t low = 0, high = index->blocks, step = 1; /* widen around the guess, then bisect */
    if (position_of(index, &index->before[block], offsets) > position) {
        high = block;
        while (step < block &&
               position_of(index, &index->before[block - step], offsets) > position) {
            high = block - step;
            step *= 2;
        }
        low = step < block ? block - step : 0;
    } else {
        low = block;
        while (block + step < index->blocks &&
               position_of(index, &index->before[block + step], offsets) <= position) {
            low = block + step;
            step *= 2;
        }
        high = block + step < index->blocks ? block + step : index->blocks;
    }
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (position_of(index, &index->before[middle], offsets) <= position)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* What a character counts under a reading; `is_pair`: it is the LF of a CRLF. */
static unsigned weight(char lead, bool is_pair, struct npt__offsets offsets)
{
    if (lead == '\n') {
        if (is_pair)
            return offsets.lines != NPT__CRLF_AS_ONE;
        return offsets.lines == NPT__LF_AS_TWO ? 2 : 1;
    }
    return offsets.unit == NPT__UTF16 && (unsigned char)lead >= 0xF0 ? 2 : 1;
}

bool npt__text_position(const struct npt__text_index *index, struct npt__offsets offsets,
                        uint64_t position, uint32_t *character, size_t *byte)
{
    const char *text = index->text;
    uint64_t all = position_of(index, &index->before[index->blocks], offsets);
    if (position > all)
        return false;
    size_t block = find_block(index, offsets, position, all), at = block * BLOCK;
    const struct counts *before = &index->before[block];
    uint64_t here = position_of(index, before, offsets);
    uint32_t passed = before->characters - before->pairs;
    while (at < index->length && (text[at] & 0xC0) == 0x80)
        at++; /* a character that began in the block before, and was counted there */
    while (at < index->length) {
        bool is_pair = text[at] == '\n' && at && text[at - 1] == '\r';
        unsigned own = weight(text[at], is_pair, offsets);
        if (here + own > position)
            break;
        here += own;
        passed += !is_pair;
        at++;
        while (at < index->length && (text[at] & 0xC0) == 0x80)
            at++;
    }
    *character = passed;
    *byte = at;
    return true;
}

/* ---- how well a reading fits ----------------------------------------------------------------- */

static bool is_edge(const struct npt__text_index *index, size_t byte)
{
    if (byte == 0 || byte >= index->length)
        return true;
    size_t before = byte - 1;
    while (before && (index->text[before] & 0xC0) == 0x80)
        before--;
    uint32_t left, right;
    npt__utf8_read(index->text + before, index->length - before, &left);
    npt__utf8_read(index->text + byte, index->length - byte, &right);
    return !npt__is_word(left) || !npt__is_word(right);
}

/* Reads a character, any run of blanks as one blank. */
static size_t read_collapsed(const char *text, size_t length, uint32_t *character)
{
    size_t step = npt__utf8_read(text, length, character);
    if (!npt__is_space(*character))
        return step;
    *character = ' ';
    uint32_t next;
    while (step < length) {
        size_t more = npt__utf8_read(text + step, length - step, &next);
        if (!npt__is_space(next))
            break;
        step += more;
    }
    return step;
}

/* Whether the text at `byte` begins with the snippet, up to an ellipsis at its end. */
static bool begins_with(const struct npt__text_index *index, size_t byte, const char *snippet)
{
    size_t length = strlen(snippet), at = 0;
    for (int i = 0; i < LONGEST_SNIPPET && at < length; i++) {
        uint32_t wanted, found;
        bool plain = snippet[at] > ' ' && snippet[at] != '.' && byte < index->length;
        if (plain && snippet[at] == index->text[byte]) { /* ASCII, the most of most texts */
            at++;
            byte++;
            continue;
        }
        at += read_collapsed(snippet + at, length - at, &wanted);
        if (wanted == 0x2026 || (wanted == '.' && strcmp(snippet + at, "..") == 0))
            break;
        if (byte >= index->length)
            return at >= length && wanted == ' ';
        byte += read_collapsed(index->text + byte, index->length - byte, &found);
        if (wanted != found)
            return false;
    }
    return true;
}

/* Whether two readings give the same positions throughout this text. */
static bool same_here(const struct npt__text_index *index, struct npt__offsets a,
                      struct npt__offsets b)
{
    const struct counts *all = &index->before[index->blocks];
    uint32_t differing[3] = {0, all->pairs, all->lone};
    bool units = a.unit == b.unit || !all->astral;
    bool lines = a.lines == b.lines || (!differing[a.lines] && !differing[b.lines]);
    return units && lines && (a.counts_bom == b.counts_bom || !index->had_bom);
}

static void fit_reading(const struct npt__text_index *index, const struct npt__extent *extents,
                        size_t count, size_t step, size_t reading, struct npt__fit *fit,
                        uint8_t *snippets)
{
    struct npt__offsets offsets = npt__offsets_at(reading);
    for (size_t i = 0; i < count; i += step) {
        uint32_t character;
        size_t byte;
        fit->checked[reading] += 2;
        if (!npt__text_position(index, offsets, extents[i].end, &character, &byte)) {
            fit->beyond[reading]++;
            continue;
        }
        fit->fitting[reading] += is_edge(index, byte);
        npt__text_position(index, offsets, extents[i].start, &character, &byte);
        fit->fitting[reading] += is_edge(index, byte);
        if (strlen(extents[i].name) >= 4 && begins_with(index, byte, extents[i].name)) {
            fit->fitting[reading] += 2;
            snippets[i / step] = 1;
        }
    }
}

void npt__offsets_fit(const struct npt__text_index *index, const struct npt__extent *extents,
                      size_t count, struct npt__fit *fit)
{
    *fit = (struct npt__fit){.all_same = true};
    uint8_t snippets[MOST_SCORED] = {0}; /* found under some reading */
    size_t step = (count + MOST_SCORED - 1) / MOST_SCORED;
    for (size_t i = 0; i < NPT__READINGS; i++) {
        size_t twin = 0;
        while (!same_here(index, npt__offsets_at(twin), npt__offsets_at(i)))
            twin++;
        if (twin == i) {
            fit_reading(index, extents, count, step, i, fit, snippets);
            fit->all_same = i == 0;
        } else {
            fit->checked[i] = fit->checked[twin];
            fit->fitting[i] = fit->fitting[twin];
            fit->beyond[i] = fit->beyond[twin];
        }
    }
    uint32_t found = 0;
    for (size_t i = 0; i < MOST_SCORED; i++)
        found += snippets[i];
    for (size_t i = 0; i < NPT__READINGS; i++)
        fit->checked[i] += 2 * found;
}

void npt__fit_add(struct npt__fit *sum, const struct npt__fit *fit)
{
    for (size_t i = 0; i < NPT__READINGS; i++) {
        sum->checked[i] += fit->checked[i];
        sum->fitting[i] += fit->fitting[i];
        sum->beyond[i] += fit->beyond[i];
    }
}

/* The lead that a reading needs before it is believed: a tenth of what was checked, at least three. */
static uint32_t needed_lead(const struct npt__fit *fit)
{
    uint32_t tenth = fit->checked[0] / 10;
    return tenth > 3 ? tenth : 3;
}

bool npt__fit_decides(const struct npt__fit *fit, struct npt__offsets usual, size_t *best)
{
    size_t first = 0;
    while (!npt__offsets_equal(npt__offsets_at(first), usual))
        first++;
    *best = first;
    for (size_t i = 0; i < NPT__READINGS; i++)
        if (fit->fitting[i] > fit->fitting[*best])
            *best = i;
    uint32_t second = 0;
    bool rivals = false;
    for (size_t i = 0; i < NPT__READINGS; i++) {
        bool twin = fit->fitting[i] == fit->fitting[*best] && fit->beyond[i] == fit->beyond[*best];
        if (i == *best || twin)
            continue;
        rivals = true;
        if (fit->fitting[i] > second)
            second = fit->fitting[i];
    }
    return rivals && fit->fitting[*best] >= second + needed_lead(fit);
}
