/* buffer.h - a growing run of bytes with a ceiling.
 *
 *     npt__buffer text = {0};
 *     npt__buffer_add(&text, bytes, length);
 *     ... text.bytes is always NUL-terminated once something was added ...
 *     npt__buffer_release(&text);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__BUFFER_H
#define NPT__BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct npt__buffer {
    char *bytes;
    size_t length, room;
    size_t ceiling; /* 0: 1 GiB */
} npt__buffer;

/* Adds bytes; false, and nothing added, where the ceiling would be passed. */
bool npt__buffer_add(npt__buffer *buffer, const char *bytes, size_t length);
bool npt__buffer_puts(npt__buffer *buffer, const char *string);
bool npt__buffer_putc(npt__buffer *buffer, char byte);
bool npt__buffer_print(npt__buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* `count` copies of `byte`. */
void npt__buffer_fill(npt__buffer *buffer, char byte, size_t count);
/* Makes room for `length` bytes more (they are not added). */
bool npt__buffer_reserve(npt__buffer *buffer, size_t length);
void npt__buffer_clear(npt__buffer *buffer);
void npt__buffer_release(npt__buffer *buffer);
/* The content as a string: "" when nothing was added. */
const char *npt__buffer_string(const npt__buffer *buffer);

#endif
