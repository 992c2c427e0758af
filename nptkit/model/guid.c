/* guid.c - the identifiers of REFI-QDA, and finding things by them.
 *
 * An export names its codes before it uses them, so a sorted array and a binary search are enough.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guid.h"

#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

/* Hexadecimal digits plus one; 0: another character. */
static const uint8_t digit_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16};

/* Reads `count` digits into `value`, four bits each; false where one is no digit. */
static bool read_digits(const char *text, size_t count, uint64_t *value)
{
    bool valid = true;
    for (size_t i = 0; i < count; i++) {
        uint8_t digit = digit_values[(unsigned char)text[i]];
        valid &= digit != 0;
        *value = *value << 4 | (uint64_t)((digit - 1) & 15);
    }
    return valid;
}

/* A digest rather than a list of names: nobody can make two names collide. */
static void read_name(struct npt__guid *guid, const char *text, size_t length)
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)text[i];
        byte = byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
        sha256_update(&hash, 1, &byte);
    }
    uint8_t sum[16];
    sha256_digest(&hash, sizeof sum, sum);
    *guid = (struct npt__guid){0};
    for (size_t i = 0; i < 8; i++) {
        guid->high = guid->high << 8 | sum[i];
        guid->low = guid->low << 8 | sum[8 + i];
    }
}

bool npt__guid_read(struct npt__guid *guid, const char *text, size_t length)
{
    while (length && (text[0] == '{' || text[0] == ' ')) {
        text++;
        length--;
    }
    while (length && (text[length - 1] == '}' || text[length - 1] == ' '))
        length--;
    uint64_t high = 0, low = 0;
    bool valid = length == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
                 text[23] == '-' && read_digits(text, 8, &high) &&
                 read_digits(text + 9, 4, &high) && read_digits(text + 14, 4, &high) &&
                 read_digits(text + 19, 4, &low) && read_digits(text + 24, 12, &low);
    if (valid)
        *guid = (struct npt__guid){high, low};
    else
        read_name(guid, text, length);
    return valid;
}

bool npt__guid_equal(struct npt__guid a, struct npt__guid b)
{
    return a.high == b.high && a.low == b.low;
}

static int compare_guids(const struct npt__guid *a, const struct npt__guid *b)
{
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    return (a->low > b->low) - (a->low < b->low);
}

static int compare_entries(const void *a, const void *b)
{
    const struct npt__guid_entry *x = a, *y = b;
    int order = compare_guids(&x->guid, &y->guid);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

void npt__guid_map_add(struct npt__guid_map *map, struct npt__guid guid, uint32_t index)
{
    *npt__array_add(&map->entries) = (struct npt__guid_entry){guid, index};
    map->sorted = false;
}

static void sort_entries(struct npt__guid_map *map)
{
    if (!map->sorted && map->entries.count)
        qsort(map->entries.items, map->entries.count, sizeof *map->entries.items, compare_entries);
    map->sorted = true;
}

size_t npt__guid_map_range(struct npt__guid_map *map, struct npt__guid guid,
                           const struct npt__guid_entry **first)
{
    sort_entries(map);
    const struct npt__guid_entry *entries = map->entries.items;
    size_t low = 0, high = map->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_guids(&entries[middle].guid, &guid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < map->entries.count && npt__guid_equal(entries[end].guid, guid))
        end++;
    *first = entries ? entries + low : NULL;
    return end - low;
}

uint32_t npt__guid_map_find_text(struct npt__guid_map *map, struct npt__guid_cache *cache,
                                 const char *text, size_t length)
{
    struct npt__guid guid;
    if (length < 8 || length > sizeof cache->known->text) {
        npt__guid_read(&guid, text, length);
        return npt__guid_map_find(map, guid);
    }
    uint64_t mixed;
    memcpy(&mixed, text, sizeof mixed);
    mixed *= UINT64_C(0x9E3779B97F4A7C15);
    struct npt__known_guid *known = &cache->known[mixed >> 58];
    if (known->length != length || memcmp(known->text, text, length) != 0) {
        npt__guid_read(&guid, text, length);
        known->index = npt__guid_map_find(map, guid);
        known->length = (uint8_t)length;
        memcpy(known->text, text, length);
    }
    return known->index;
}

size_t npt__guid_map_repeats(struct npt__guid_map *map)
{
    size_t repeats = 0;
    sort_entries(map);
    for (size_t i = 1; i < map->entries.count; i++)
        repeats += npt__guid_equal(map->entries.items[i - 1].guid, map->entries.items[i].guid);
    return repeats;
}

uint32_t npt__guid_map_find(struct npt__guid_map *map, struct npt__guid guid)
{
    const struct npt__guid_entry *first;
    return npt__guid_map_range(map, guid, &first) ? first->index : NPT__NONE;
}

void npt__guid_map_release(struct npt__guid_map *map)
{
    npt__array_release(&map->entries);
    map->sorted = false;
}
