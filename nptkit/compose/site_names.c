/* site_names.c - where names of sites stand in texts.
 *
 * All names are looked for at once: at each place of a text the sorted names that go on as the text does are kept, byte
 * by byte, until none is left.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "site_names.h"

#include "../base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { AS_WRITTEN, FOLDED };

typedef NPT__ARRAY(uint32_t) numbers;

static bool is_short(const char *name)
{
    return strlen(name) < 4;
}

/* Of scripts that write words without blanks, or put what belongs to a name right behind it (Thai, Lao, Burmese, Khmer,
   kana, Han, Hangul): there a name can stand anywhere. */
static bool is_of_script_without_blanks(uint32_t character)
{
    static const uint32_t ranges[][2] = {{0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF},
                                         {0x3040, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
                                         {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character >= ranges[i][0] && character <= ranges[i][1])
            return true;
    return false;
}

/* Whether the character that begins there goes on with a word. */
static bool is_in_word(const char *at)
{
    uint32_t character = 0;
    if (*at)
        npt__utf8_read(at, strlen(at), &character);
    return *at && npt__is_word(character) && !is_of_script_without_blanks(character);
}

static const char *character_before(const char *text, const char *at)
{
    do
        at--;
    while (at > text && ((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

/* Whether what stands at a place of a text is a word, or words, of its own. */
static bool stands_alone(const char *text, const char *at, size_t length)
{
    const bool begins = at == text || !is_in_word(character_before(text, at)) || !is_in_word(at);
    return begins && (!is_in_word(at + length) || !is_in_word(character_before(at, at + length)));
}

static const char *find_name(const char *text, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = text; length && (at = strstr(at, name)) != NULL; at++)
        if (stands_alone(text, at, length))
            return at;
    return NULL;
}

/* ---- all names in one text ------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const struct npt__sought_name *one = a, *other = b;
    return strcmp(one->name, other->name);
}

/* The first of the names from `low` on, alike up to `depth`, whose next byte is not below `byte`. */
static size_t bound(const struct npt__sought_name *names, size_t low, size_t high, size_t depth,
                    unsigned byte)
{
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if ((unsigned char)names[middle].name[depth] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_number(numbers *found, uint32_t number)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i] == number)
            return;
    *npt__array_add(found) = number;
}

static void find_all(numbers *found, const struct npt__sought_name *names, size_t count,
                     const char *text)
{
    for (const char *at = text; *at; at++) {
        size_t low = 0, high = count;
        for (size_t depth = 0; low < high; depth++) {
            for (; low < high && !names[low].name[depth]; low++)
                if (stands_alone(text, at, depth))
                    add_number(found, names[low].site);
            const unsigned byte = (unsigned char)at[depth];
            if (!byte)
                break;
            low = bound(names, low, high, depth, byte);
            high = bound(names, low, high, depth, byte + 1);
        }
    }
}

static void find_sites(numbers *found, const struct npt__site_names *names, const char *text,
                       const char *folded)
{
    for (int i = AS_WRITTEN; i <= FOLDED; i++)
        find_all(found, names->lists[i].items, names->lists[i].count, i == FOLDED ? folded : text);
}

/* ---- what is known of texts ------------------------------------------------------------------ */

void npt__site_names_init(struct npt__site_names *names, npt__arena *arena,
                          const struct npt__report_site *sites, size_t count)
{
    *names = (struct npt__site_names){.arena = arena, .sites = sites};
    for (uint32_t i = 0; i < count; i++) {
        const int list = is_short(sites[i].name) ? AS_WRITTEN : FOLDED;
        const char *name = list == FOLDED ? sites[i].folded : sites[i].name;
        if (*name)
            *npt__array_add(&names->lists[list]) = (struct npt__sought_name){name, i};
    }
    for (int i = AS_WRITTEN; i <= FOLDED; i++)
        if (names->lists[i].count)
            qsort(names->lists[i].items, names->lists[i].count, sizeof *names->lists[i].items,
                  by_name);
}

void npt__site_names_add(struct npt__site_names *names, const char *text)
{
    const size_t length = text ? strlen(text) : 0;
    if (length)
        npt__intern_add(&names->texts, names->arena, text, length, npt__intern_hash(text, length));
}

void npt__site_names_find(struct npt__site_names *names)
{
    const size_t count = names->texts.strings.count;
    npt__arena *scratch = npt__arena_new();
    names->first = npt__arena_array(names->arena, count + 1, sizeof *names->first);
    for (size_t i = 0; i < count; i++) {
        const char *text = names->texts.strings.items[i];
        numbers found = {0};
        find_sites(&found, names, text, npt__fold_name(scratch, text));
        names->first[i] = names->named.count;
        for (size_t j = 0; j < found.count; j++)
            *npt__array_add(&names->named) = found.items[j];
        npt__array_release(&found);
    }
    names->first[count] = names->named.count;
    npt__arena_free(scratch);
}

/* ---- what one site may not read -------------------------------------------------------------- */

/* One that holds one's own is looked for before that is blotted out. */
static bool holds_others(const struct npt__site_names *names, uint32_t own_site, char *text,
                         int list, const uint32_t *named, size_t count)
{
    const struct npt__report_site *sites = names->sites;
    const char *own = list == FOLDED ? sites[own_site].folded : sites[own_site].name;
    for (int within = 0; within < 2; within++) {
        for (size_t i = 0; i < count; i++) {
            const struct npt__report_site *site = &sites[named[i]];
            const char *name = list == FOLDED ? site->folded : site->name;
            if (is_short(site->name) == (list == FOLDED) || strcmp(name, own) == 0)
                continue;
            const bool holds = find_name(name, own) != NULL;
            if (holds == (within == 0) && find_name(text, name))
                return true;
        }
        for (const char *at; within == 0 && (at = find_name(text, own)) != NULL;)
            memset(text + (at - text), ' ', strlen(own));
    }
    return false;
}

bool npt__site_names_others(const struct npt__site_names *names, uint32_t own, const char *text)
{
    const size_t length = strlen(text);
    const uint32_t known =
        npt__intern_find(&names->texts, text, length, npt__intern_hash(text, length));
    const uint32_t *named = names->named.items;
    size_t count;
    if (known != UINT32_MAX) {
        count = names->first[known + 1] - names->first[known];
        named += count ? names->first[known] : 0;
        if (count == 0 || (count == 1 && *named == own))
            return false;
    }
    npt__arena *scratch = npt__arena_new();
    char *folded = npt__fold_name(scratch, text);
    numbers found = {0};
    if (known == UINT32_MAX) {
        find_sites(&found, names, text, folded);
        named = found.items;
        count = found.count;
    }
    const bool holds =
        holds_others(names, own, npt__arena_string(scratch, text), AS_WRITTEN, named, count) ||
        holds_others(names, own, folded, FOLDED, named, count);
    npt__array_release(&found);
    npt__arena_free(scratch);
    return holds;
}

void npt__site_names_release(struct npt__site_names *names)
{
    for (int i = AS_WRITTEN; i <= FOLDED; i++)
        npt__array_release(&names->lists[i]);
    npt__array_release(&names->named);
    npt__intern_release(&names->texts);
}
