/* guess_wording.c - which item's wording a header holds.
 *
 * Exactness is a walk over the words from every place where a statement may start. Closeness is the least
 * number of words to insert, delete or replace (Sellers' alignment of a pattern with any part of a text,
 * with a gap that takes words for nothing), only for items that share enough words with the header.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_wording.h"

#include <string.h>

#define GAP UINT64_C(0) /* no word hashes to it in practice, and nothing breaks if one did */
#define LONGEST_WORDING 64
#define LONGEST_FILL 13u /* twelve words and an article */
#define MOST_GAPS 3
#define FEWEST_FIXED 2u /* words, or nothing can be said */
#define MOST_EDITS 2u
#define MOST_SCALE_WORDS 24u

struct npt__wording {
    uint64_t words[LONGEST_WORDING];
    size_t count, fixed;
    uint64_t signature; /* one of 64 bits for each fixed word */
    unsigned most_edits;
    bool has_gap;
};

static uint64_t bit_of(uint64_t hash)
{
    return UINT64_C(1) << (hash & 63);
}

/* ---- taking wordings apart ------------------------------------------------------------------- */

/* Adds the words of a piece; false where they are too many. Articles before a gap belong to the gap. */
static bool add_piece(struct npt__wording *wording, npt__arena *scratch, const char *piece,
                      size_t length, bool before_gap)
{
    struct npt__header words;
    npt__header_read(&words, scratch, npt__arena_copy(scratch, piece, length));
    while (before_gap && words.count && words.words[words.count - 1].is_article)
        words.count--;
    if (words.is_cut || wording->count + words.count >= LONGEST_WORDING)
        return false;
    for (size_t i = 0; i < words.count; i++) {
        wording->words[wording->count++] = words.words[i].hash;
        wording->signature |= bit_of(words.words[i].hash);
        wording->fixed++;
    }
    return true;
}

static bool take_apart(struct npt__wording *wording, npt__arena *scratch, const char *text)
{
    const char *gap;
    size_t gaps = 0;
    for (; (gap = strstr(text, NPT__INTERVENTION)); text = gap + strlen(NPT__INTERVENTION)) {
        if (gaps++ == MOST_GAPS || !add_piece(wording, scratch, text, (size_t)(gap - text), true))
            return false;
        wording->words[wording->count++] = GAP;
        wording->has_gap = true;
    }
    return add_piece(wording, scratch, text, strlen(text), false);
}

struct npt__wordings npt__wordings_read(npt__arena *arena, const npt_instrument *instrument)
{
    struct npt__wordings wordings = {.arena = arena, .count = instrument->item_count};
    wordings.items = npt__arena_array(arena, wordings.count, sizeof *wordings.items);
    for (size_t i = 0; i < wordings.count; i++) {
        struct npt__wording *wording = &wordings.items[i];
        npt__arena *scratch = npt__arena_new();
        if (!take_apart(wording, scratch, instrument->items[i].wording))
            *wording = (struct npt__wording){0};
        npt__arena_free(scratch);
        wording->most_edits = wording->fixed >= 6 ? MOST_EDITS : (wording->fixed >= 4 ? 1 : 0);
    }
    return wordings;
}

/* ---- exact ----------------------------------------------------------------------------------- */

static uint64_t hash_fill(const struct npt__header_word *words, size_t count)
{
    uint64_t hash = 0;
    for (; count && words->is_article; count--)
        words++;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ words[i].hash) * UINT64_C(1099511628211);
    return hash;
}

struct span {
    size_t from, count; /* words */
};

/* Whether the wording from `at` on is all of the header from `from` on; `gap`: what its first gap holds. */
static bool fits(const struct npt__wording *wording, size_t at, const struct npt__header *header,
                 size_t from, struct span *gap)
{
    for (; at < wording->count && wording->words[at] != GAP; at++, from++)
        if (from >= header->count || header->words[from].hash != wording->words[at])
            return false;
    if (at == wording->count)
        return from == header->count;
    struct span inner = {0};
    for (size_t length = 1; length <= LONGEST_FILL && from + length <= header->count; length++) {
        if (fits(wording, at + 1, header, from + length, &inner)) {
            *gap = (struct span){from, length};
            return true;
        }
    }
    return false;
}

static bool compare_exactly(const struct npt__wording *wording, npt__arena *arena,
                            const struct npt__header *header, struct npt__likeness *likeness)
{
    bool found = false;
    likeness->fill_count = 0;
    for (size_t from = header->count; from-- > 0 && likeness->fill_count < NPT__MOST_FILLS;) {
        struct span gap = {0};
        if (!header->words[from].starts || !fits(wording, 0, header, from, &gap))
            continue;
        found = true;
        if (!wording->has_gap)
            break;
        likeness->fills[likeness->fill_count++] =
            (struct npt__fill){hash_fill(&header->words[gap.from], gap.count),
                               npt__header_as_written(arena, header, gap.from, gap.count)};
    }
    return found;
}

/* The item that fits exactly. Of two, the one that says more: the other's gap holds a part of it. */
static struct npt__likeness find_exact(const struct npt__wordings *wordings,
                                       const struct npt__header *header)
{
    struct npt__likeness best = {.item = NPT__NONE, .other = NPT__NONE};
    for (size_t i = 0; i < wordings->count; i++) {
        const struct npt__wording *wording = &wordings->items[i];
        struct npt__likeness found = {.kind = NPT__EXACT,
                                      .item = (uint32_t)i,
                                      .other = NPT__NONE,
                                      .has_gap = wording->has_gap,
                                      .fixed = wording->fixed};
        if (wording->fixed < FEWEST_FIXED || wording->fixed < best.fixed ||
            !compare_exactly(wording, wordings->arena, header, &found))
            continue;
        if (wording->fixed == best.fixed) {
            best.kind = NPT__BETWEEN;
            best.other = (uint32_t)i;
        } else {
            best = found;
        }
    }
    return best;
}

/* ---- close ----------------------------------------------------------------------------------- */

struct distance {
    unsigned edits;
    size_t behind; /* words of the header behind the wording */
};

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* One row of the alignment: a word or a gap of the wording against every word of the header. rows[d] is
   the row of d words of the wording. Returns the least value in the row. */
static unsigned align_word(uint64_t word, const struct npt__header *header, const uint8_t *above,
                           uint8_t *row)
{
    unsigned smallest = row[0] = (uint8_t)(above[0] + 1);
    for (size_t j = 1; j <= header->count; j++) {
        unsigned edits = above[j] + 1u;
        if (word != GAP) {
            edits = least(edits, above[j - 1] + (word != header->words[j - 1].hash ? 1u : 0u));
            edits = least(edits, row[j - 1] + 1u);
        } else {
            for (size_t k = 1; k <= LONGEST_FILL && k <= j; k++)
                edits = least(edits, above[j - k]);
        }
        row[j] = (uint8_t)edits;
        smallest = least(smallest, edits);
    }
    return smallest;
}

static struct distance align(const struct npt__wording *wording, const struct npt__header *header)
{
    uint8_t rows[2][NPT__HEADER_WORDS + 1] = {{0}};
    struct distance distance = {.edits = MOST_EDITS + 1};
    for (size_t i = 1; i <= wording->count; i++)
        if (align_word(wording->words[i - 1], header, rows[(i - 1) & 1], rows[i & 1]) >
            wording->most_edits)
            return distance;
    const uint8_t *last = rows[wording->count & 1];
    for (size_t j = 0; j <= header->count; j++)
        if (last[j] <= distance.edits)
            distance = (struct distance){last[j], header->count - j};
    return distance;
}

static unsigned bits_missing(uint64_t wanted, uint64_t there)
{
    unsigned missing = 0;
    for (uint64_t left = wanted & ~there; left && missing <= MOST_EDITS; left &= left - 1)
        missing++;
    return missing;
}

/* "(0 = not at all, 10 = completely)": at least two numbers among few words. */
static bool is_scale(const struct npt__header *header, size_t behind)
{
    size_t numbers = 0;
    for (size_t i = header->count - behind; i < header->count; i++)
        numbers += header->words[i].text[strspn(header->words[i].text, "0123456789")] == '\0';
    return behind <= MOST_SCALE_WORDS && numbers >= 2;
}

static bool has_word(const struct npt__wording *wording, uint64_t hash)
{
    for (size_t i = 0; i < wording->count; i++)
        if (wording->words[i] == hash)
            return true;
    return false;
}

/* Whether a header says the opposite: a "not" that the wording lacks, or "insufficient" for its
   "sufficient". One word changed is close, but not in meaning. */
static bool is_negated(const struct npt__wording *wording, const struct npt__header *header)
{
    static const char *const negations[] = {
        "not",   "no",   "never",  "cannot", "cant",    "dont",   "doesnt",  "isnt",     "arent",
        "wont",  "nor",  "havent", "hasnt",  "didnt",   "lack",   "lacks",   "hardly",   "without",
        "never", "none", "nobody", "barely", "wouldnt", "rarely", "couldnt", "shouldnt", "stop"};
    static const char *const prefixes[] = {"un", "in", "im", "dis", "non"};
    for (size_t i = 0; i < header->count; i++) {
        const struct npt__header_word *word = &header->words[i];
        for (size_t j = 0; j < sizeof negations / sizeof *negations; j++)
            if (strcmp(word->text, negations[j]) == 0 && !has_word(wording, word->hash))
                return true;
        for (size_t j = 0; j < sizeof prefixes / sizeof *prefixes; j++) {
            size_t length = strlen(prefixes[j]);
            if (strncmp(word->text, prefixes[j], length) == 0 && strlen(word->text) > length + 2 &&
                has_word(wording, npt__header_hash(word->text + length)))
                return true;
        }
    }
    return false;
}

static enum npt__likeness_kind kind_of(struct distance distance, const struct npt__wording *wording,
                                       const struct npt__header *header)
{
    if (distance.edits + distance.behind <= wording->most_edits)
        return is_negated(wording, header) ? NPT__NEGATED : NPT__CLOSE;
    if (distance.edits)
        return NPT__UNLIKE;
    return is_scale(header, distance.behind) ? NPT__SCALED : NPT__LONGER;
}

static struct npt__likeness find_close(const struct npt__wordings *wordings,
                                       const struct npt__header *header)
{
    struct npt__likeness best = {.item = NPT__NONE, .other = NPT__NONE};
    unsigned least_edits = MOST_EDITS + 1, second_edits = least_edits;
    uint64_t signature = 0;
    for (size_t i = 0; i < header->count; i++)
        signature |= bit_of(header->words[i].hash);
    for (size_t i = 0; i < wordings->count; i++) {
        const struct npt__wording *wording = &wordings->items[i];
        if (wording->fixed < 4 || bits_missing(wording->signature, signature) > wording->most_edits)
            continue;
        struct distance distance = align(wording, header);
        if (distance.edits > wording->most_edits)
            continue;
        uint32_t loser = (uint32_t)i;
        unsigned lost_edits = distance.edits;
        if (distance.edits < least_edits) {
            loser = best.item;
            lost_edits = least_edits;
            least_edits = distance.edits;
            best.item = (uint32_t)i;
            best.kind = kind_of(distance, wording, header);
            best.has_gap = wording->has_gap;
            best.fixed = wording->fixed;
        }
        if (lost_edits < second_edits) {
            second_edits = lost_edits;
            best.other = loser;
        }
    }
    if (best.kind != NPT__UNLIKE && best.other != NPT__NONE && second_edits < least_edits + 2)
        best.kind = NPT__BETWEEN;
    return best;
}

struct npt__likeness npt__wordings_compare(const struct npt__wordings *wordings,
                                           const struct npt__header *header)
{
    struct npt__likeness likeness = find_exact(wordings, header);
    if (likeness.kind == NPT__UNLIKE)
        likeness = find_close(wordings, header);
    if (likeness.kind == NPT__UNLIKE)
        likeness.item = likeness.other = NPT__NONE;
    return likeness;
}
