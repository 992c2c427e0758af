/* arena.h - memory that is freed at once.
 *
 * A study, a table and a set of messages each own one arena; nothing in it is freed alone.
 * Allocation cannot fail: the out-of-memory handler does not return.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__ARENA_H
#define NPT__ARENA_H

#include <stddef.h>

typedef struct npt__arena npt__arena;

npt__arena *npt__arena_new(void);
void npt__arena_free(npt__arena *arena);

/* `size` zeroed bytes, aligned for any type. */
void *npt__arena_take(npt__arena *arena, size_t size);
/* `count` zeroed elements of `size` bytes; the product is checked. */
void *npt__arena_array(npt__arena *arena, size_t count, size_t size);
/* A NUL-terminated copy, packed without alignment. */
char *npt__arena_copy(npt__arena *arena, const char *bytes, size_t length);
char *npt__arena_string(npt__arena *arena, const char *string);
/* A formatted string; use for integers and strings only (numbers with fractions: cell.h). */
char *npt__arena_print(npt__arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Calls the out-of-memory handler; for libraries that report a failed allocation. */
_Noreturn void npt__out_of_memory(size_t wanted);
/* malloc and friends that never return NULL. */
void *npt__allocate(size_t size);
void *npt__reallocate(void *old, size_t size);

/* A growing array: NPT__ARRAY(struct thing) things = {0}; *npt__array_add(&things) = thing;
   The items move when the array grows; release with npt__array_release(). */
#define NPT__ARRAY(T) \
    struct { \
        T *items; \
        size_t count, room; \
    }
#define npt__array_add(array) \
    ((array)->items = \
         npt__array_grow((array)->items, (array)->count, &(array)->room, sizeof *(array)->items), \
     &(array)->items[(array)->count++])
#define npt__array_release(array) \
    (npt__release((array)->items), (array)->items = NULL, (array)->count = (array)->room = 0)

void *npt__array_grow(void *items, size_t count, size_t *room, size_t size);
void npt__release(void *memory);

#endif
