/* arena.c - memory that is freed at once.
 *
 * Two chains of blocks: one for aligned pieces, one for strings, so that strings waste no padding.
 * Under AddressSanitizer every piece is an allocation of its own: a read past a piece is then seen.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "arena.h"

#include <nptkit/base.h>

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SEPARATE_PIECES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SEPARATE_PIECES 1
#endif
#endif
#ifndef SEPARATE_PIECES
#define SEPARATE_PIECES 0
#endif

#define FIRST_BLOCK 4096u
#define LARGEST_BLOCK (256u * 1024u)

struct block {
    struct block *next;
    size_t used, room;
    alignas(max_align_t) char bytes[];
};

struct npt__arena {
    struct block *aligned, *packed;
};

static void complain_and_exit(size_t wanted)
{
    fprintf(stderr, "nptkit: out of memory (wanted %zu bytes)\n", wanted);
    exit(NPT_NO_HELPER);
}

static void (*memory_handler)(size_t) = complain_and_exit;

void npt_set_out_of_memory(void (*handler)(size_t wanted))
{
    memory_handler = handler ? handler : complain_and_exit;
}

_Noreturn void npt__out_of_memory(size_t wanted)
{
    memory_handler(wanted);
    abort();
}

void *npt__allocate(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        npt__out_of_memory(size);
    return memory;
}

void *npt__reallocate(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);
    if (!memory)
        npt__out_of_memory(size);
    return memory;
}

void npt__release(void *memory)
{
    free(memory);
}

void *npt__array_grow(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    size_t wanted = *room ? *room + *room / 2 : 8;
    if (wanted > SIZE_MAX / size)
        npt__out_of_memory(SIZE_MAX);
    *room = wanted;
    return npt__reallocate(items, wanted * size);
}

npt__arena *npt__arena_new(void)
{
    npt__arena *arena = npt__allocate(sizeof *arena);
    *arena = (npt__arena){0};
    return arena;
}

static void free_chain(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void npt__arena_free(npt__arena *arena)
{
    if (!arena)
        return;
    free_chain(arena->aligned);
    free_chain(arena->packed);
    free(arena);
}

static struct block *add_block(struct block *head, size_t size)
{
    size_t room = head ? head->room * 2 : FIRST_BLOCK;
    if (room > LARGEST_BLOCK)
        room = LARGEST_BLOCK;
    if (SEPARATE_PIECES || room < size)
        room = size;
    if (room > SIZE_MAX - sizeof(struct block))
        npt__out_of_memory(size);
    struct block *block = npt__allocate(sizeof *block + room);
    block->next = head;
    block->used = 0;
    block->room = room;
    return block;
}

static void *take(struct block **head, size_t size, size_t alignment)
{
    struct block *block = *head;
    size_t start = block ? (block->used + alignment - 1) / alignment * alignment : 0;
    if (SEPARATE_PIECES || !block || start > block->room || block->room - start < size) {
        block = *head = add_block(block, size);
        start = 0;
    }
    block->used = start + size;
    return block->bytes + start;
}

void *npt__arena_take(npt__arena *arena, size_t size)
{
    return memset(take(&arena->aligned, size ? size : 1, alignof(max_align_t)), 0, size ? size : 1);
}

void *npt__arena_array(npt__arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        npt__out_of_memory(SIZE_MAX);
    return npt__arena_take(arena, count * size);
}

char *npt__arena_copy(npt__arena *arena, const char *bytes, size_t length)
{
    char *copy = take(&arena->packed, length + 1, 1);
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *npt__arena_string(npt__arena *arena, const char *string)
{
    return npt__arena_copy(arena, string, strlen(string));
}

char *npt__arena_print(npt__arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    char usual[200]; /* most texts are short: they are not printed twice to know their length */
    int length = vsnprintf(usual, sizeof usual, format, arguments);
    va_end(arguments);
    size_t room = length > 0 ? (size_t)length + 1 : 1;
    char *string = take(&arena->packed, room, 1);
    string[0] = '\0';
    if (length > 0 && room <= sizeof usual)
        memcpy(string, usual, room);
    else if (length > 0)
        vsnprintf(string, room, format, again);
    va_end(again);
    return string;
}
