/* index.c - numbers by hash, and lists of words with a number each: open addressing, at most three quarters full.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "index.h"

#include <string.h>

static void fill_slot(const npt__index *index, struct npt__index_slot slot)
{
    size_t at = slot.hash & index->mask;
    while (index->slots[at].number)
        at = (at + 1) & index->mask;
    index->slots[at] = slot;
}

static void grow(npt__index *index)
{
    struct npt__index_slot *old = index->slots;
    const size_t count = old ? index->mask + 1 : 0, size = old ? 2 * count : 64;
    index->slots = npt__allocate(size * sizeof *index->slots);
    memset(index->slots, 0, size * sizeof *index->slots);
    index->mask = size - 1;
    for (size_t i = 0; i < count; i++)
        if (old[i].number)
            fill_slot(index, old[i]);
    npt__release(old);
}

void npt__index_put(npt__index *index, uint32_t hash, uint32_t number)
{
    if (!index->slots || 4 * index->count >= 3 * index->mask)
        grow(index);
    fill_slot(index, (struct npt__index_slot){hash, number + 1});
    index->count++;
}

void npt__index_release(npt__index *index)
{
    npt__release(index->slots);
    *index = (npt__index){0};
}

/* ---- lists ----------------------------------------------------------------------------------- */

static uint32_t hash_of(const uint32_t *words, size_t count)
{
    uint32_t hash = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        hash = npt__hash_word(hash, words[i]);
    return hash;
}

const uint32_t *npt__lists_words(const npt__lists *lists, uint32_t number, size_t *count)
{
    const size_t first = number ? lists->ends.items[number - 1] : 0;
    *count = lists->ends.items[number] - first;
    return *count ? lists->words.items + first : NULL;
}

static uint32_t find(const npt__lists *lists, const uint32_t *words, size_t count, uint32_t hash)
{
    size_t at = 0, own;
    uint32_t number;
    while (npt__index_next(&lists->index, hash, &at, &number)) {
        const uint32_t *found = npt__lists_words(lists, number, &own);
        if (own == count && (!count || memcmp(found, words, count * sizeof *words) == 0))
            return number;
    }
    return UINT32_MAX;
}

uint32_t npt__lists_find(const npt__lists *lists, const uint32_t *words, size_t count)
{
    return find(lists, words, count, hash_of(words, count));
}

uint32_t npt__lists_add(npt__lists *lists, const uint32_t *words, size_t count)
{
    const uint32_t hash = hash_of(words, count), found = find(lists, words, count, hash);
    if (found != UINT32_MAX)
        return found;
    for (size_t i = 0; i < count; i++)
        *npt__array_add(&lists->words) = words[i];
    *npt__array_add(&lists->ends) = lists->words.count;
    const uint32_t number = (uint32_t)(lists->ends.count - 1);
    npt__index_put(&lists->index, hash, number);
    return number;
}

void npt__lists_release(npt__lists *lists)
{
    npt__array_release(&lists->words);
    npt__array_release(&lists->ends);
    npt__index_release(&lists->index);
}
