/* intern.h - a set of strings, each with a number in the order in which it was added.
 *
 *     npt__intern names = {0};
 *     uint32_t number = npt__intern_add(&names, arena, text, length, npt__intern_hash(text, length));
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__INTERN_H
#define NPT__INTERN_H

#include "arena.h"

#include <stdint.h>

typedef struct npt__intern {
    NPT__ARRAY(const char *) strings; /* by number */
    struct npt__intern_slot {
        uint32_t hash, number; /* number + 1; 0: free */
    } * slots;
    size_t mask;
} npt__intern;

uint32_t npt__intern_hash(const char *text, size_t length);
/* The number of a string; a new one is copied into `arena`. */
uint32_t npt__intern_add(npt__intern *intern, npt__arena *arena, const char *text, size_t length,
                         uint32_t hash);
/* Tells the processor that a string of this hash will be looked for soon. */
void npt__intern_prefetch(const npt__intern *intern, uint32_t hash);
/* UINT32_MAX where it was not added. */
uint32_t npt__intern_find(const npt__intern *intern, const char *text, size_t length,
                          uint32_t hash);
void npt__intern_release(npt__intern *intern);

#endif
