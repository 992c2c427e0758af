/* guid.c - the identifiers of REFI-QDA, and finding things by them.
 *
 * An export names its codes before it uses them, so a sorted array and a binary search are enough.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guid.h"

#include <nettle/sha2.h>
#include <stdlib.h>

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char lower = (char)(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
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
    uint64_t halves[2] = {0, 0};
    size_t digits = 0;
    bool valid = length == 36;
    for (size_t i = 0; i < length && valid; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            valid = text[i] == '-';
            continue;
        }
        int value = digit_value(text[i]);
        valid = value >= 0;
        halves[digits / 16] = halves[digits / 16] << 4 | (uint64_t)(value & 15);
        digits++;
    }
    if (valid)
        *guid = (struct npt__guid){halves[0], halves[1]};
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

size_t npt__guid_map_range(struct npt__guid_map *map, struct npt__guid guid,
                           const struct npt__guid_entry **first)
{
    struct npt__guid_entry *entries = map->entries.items;
    if (!map->sorted && map->entries.count)
        qsort(entries, map->entries.count, sizeof *entries, compare_entries);
    map->sorted = true;
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
    *first = entries + low;
    return end - low;
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
