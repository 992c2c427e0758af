/* guid.h - the identifiers of REFI-QDA, and finding things by them.
 *
 * Compared without case and braces. A few programs write identifiers that are not GUIDs; these are
 * accepted as names and compared in the same way.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__GUID_H
#define NPT__GUID_H

#include "../base/arena.h"
#include "../base/unicode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct npt__guid {
    uint64_t high, low;
};

/* From 8-4-4-4-12 hexadecimal digits, either case, with or without braces. false: it is not one, and
   `guid` is a digest of the folded text, so that equal names still compare equal. */
bool npt__guid_read(struct npt__guid *guid, const char *text, size_t length);
bool npt__guid_equal(struct npt__guid a, struct npt__guid b);

/* GUIDs to indices: entries are added, then looked up; sorting happens at the first look-up. */
struct npt__guid_entry {
    struct npt__guid guid;
    uint32_t index;
};

struct npt__guid_map {
    NPT__ARRAY(struct npt__guid_entry) entries;
    bool sorted;
};

void npt__guid_map_add(struct npt__guid_map *map, struct npt__guid guid, uint32_t index);
/* The index that was added first for this GUID; NPT__NONE. */
uint32_t npt__guid_map_find(struct npt__guid_map *map, struct npt__guid guid);
/* All entries of this GUID, in the order of their indices; returns how many. */
size_t npt__guid_map_range(struct npt__guid_map *map, struct npt__guid guid,
                           const struct npt__guid_entry **first);
/* How many entries repeat the GUID of another one. */
size_t npt__guid_map_repeats(struct npt__guid_map *map);
/* Looks up GUIDs as they are written. Neighbouring elements of an export name the same few users and
   codes, so a small table remembers the last texts; it must be used with one map that is complete. */
struct npt__guid_cache {
    struct npt__known_guid {
        char text[40];
        uint8_t length; /* 0: none */
        uint32_t index;
    } known[64];
};
uint32_t npt__guid_map_find_text(struct npt__guid_map *map, struct npt__guid_cache *cache,
                                 const char *text, size_t length);
void npt__guid_map_release(struct npt__guid_map *map);

#endif
