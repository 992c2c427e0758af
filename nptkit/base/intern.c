/* intern.c - a set of strings, each with a number: open addressing, at most half full.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "intern.h"

#include <string.h>

uint32_t npt__intern_hash(const char *text, size_t length)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ length;
    for (; length;) {
        uint64_t word = 0;
        const size_t taken = length < 8 ? length : 8;
        memcpy(&word, text, taken);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
        text += taken;
        length -= taken;
    }
    hash *= 0xD6E8FEB86659FD93u;
    return (uint32_t)(hash >> 32);
}

/* The slot of a string, or the free one where it would go. Strings are NUL-terminated without NULs inside,
   so that strncmp and the end tell equality. */
static struct npt__intern_slot *find_slot(const npt__intern *intern, const char *text,
                                          size_t length, uint32_t hash)
{
    for (size_t at = hash & intern->mask;; at = (at + 1) & intern->mask) {
        struct npt__intern_slot *slot = &intern->slots[at];
        if (!slot->number)
            return slot;
        if (slot->hash != hash)
            continue;
        const char *string = intern->strings.items[slot->number - 1];
        if (strncmp(string, text, length) == 0 && !string[length])
            return slot;
    }
}

static void grow(npt__intern *intern)
{
    const size_t size = intern->slots ? 2 * (intern->mask + 1) : 64;
    struct npt__intern_slot *old = intern->slots;
    const size_t count = old ? intern->mask + 1 : 0;
    intern->slots = npt__allocate(size * sizeof *intern->slots);
    memset(intern->slots, 0, size * sizeof *intern->slots);
    intern->mask = size - 1;
    for (size_t i = 0; i < count; i++) {
        if (!old[i].number)
            continue;
        size_t at = old[i].hash & intern->mask;
        while (intern->slots[at].number)
            at = (at + 1) & intern->mask;
        intern->slots[at] = old[i];
    }
    npt__release(old);
}

uint32_t npt__intern_add(npt__intern *intern, npt__arena *arena, const char *text, size_t length,
                         uint32_t hash)
{
    if (!intern->slots || 2 * intern->strings.count > intern->mask)
        grow(intern);
    struct npt__intern_slot *slot = find_slot(intern, text, length, hash);
    if (!slot->number) {
        *npt__array_add(&intern->strings) = npt__arena_copy(arena, text, length);
        *slot = (struct npt__intern_slot){hash, (uint32_t)intern->strings.count};
    }
    return slot->number - 1;
}

void npt__intern_prefetch(const npt__intern *intern, uint32_t hash)
{
    if (intern->slots)
        __builtin_prefetch(&intern->slots[hash & intern->mask]);
}

uint32_t npt__intern_find(const npt__intern *intern, const char *text, size_t length, uint32_t hash)
{
    if (!intern->slots)
        return UINT32_MAX;
    return find_slot(intern, text, length, hash)->number - 1; /* 0 - 1: not there */
}

void npt__intern_release(npt__intern *intern)
{
    npt__array_release(&intern->strings);
    npt__release(intern->slots);
    *intern = (npt__intern){0};
}
