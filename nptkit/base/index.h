/* index.h - numbers that are found by the hash of what they stand for.
 *
 * What they stand for is kept, and compared, by whoever asks:
 *
 *     size_t at = 0;
 *     uint32_t number;
 *     while (npt__index_next(&index, hash, &at, &number))
 *         if (things[number] is the one that is looked for)
 *             return number;
 *     npt__index_put(&index, hash, new_number);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INDEX_H
#define NPT__INDEX_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct npt__index {
    struct npt__index_slot {
        uint32_t hash, number; /* number + 1; 0: free */
    } * slots;
    size_t mask, count;
} npt__index;

/* The next number that was put with this hash; `at` is 0 for the first. */
static inline bool npt__index_next(const npt__index *index, uint32_t hash, size_t *at,
                                   uint32_t *number)
{
    while (index->slots) {
        const struct npt__index_slot *slot = &index->slots[(hash + (*at)++) & index->mask];
        if (!slot->number)
            return false;
        *number = slot->number - 1;
        if (slot->hash == hash)
            return true;
    }
    return false;
}
void npt__index_put(npt__index *index, uint32_t hash, uint32_t number);
void npt__index_release(npt__index *index);

/* Takes one more word into a hash, which starts from any number. */
static inline uint32_t npt__hash_word(uint32_t hash, uint32_t word)
{
    const uint64_t mixed = ((uint64_t)hash << 32 | word) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(mixed >> 32) ^ (uint32_t)mixed;
}

/* A set of short lists of words, each with a number in the order in which it was added. */
typedef struct npt__lists {
    NPT__ARRAY(uint32_t) words;
    NPT__ARRAY(size_t) ends; /* by number: of its words */
    npt__index index;
} npt__lists;

/* The words must not be those of the set itself. */
uint32_t npt__lists_add(npt__lists *lists, const uint32_t *words, size_t count);
/* UINT32_MAX where it was not added. */
uint32_t npt__lists_find(const npt__lists *lists, const uint32_t *words, size_t count);
/* The words of a list, until the next is added. */
const uint32_t *npt__lists_words(const npt__lists *lists, uint32_t number, size_t *count);
void npt__lists_release(npt__lists *lists);

#endif
