/* buffer.c - a growing run of bytes with a ceiling.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "buffer.h"

#include "arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_CEILING ((size_t)1 << 30)

static size_t ceiling_of(const npt__buffer *buffer)
{
    return buffer->ceiling ? buffer->ceiling : DEFAULT_CEILING;
}

bool npt__buffer_reserve(npt__buffer *buffer, size_t length)
{
    const size_t ceiling = ceiling_of(buffer);
    if (length > ceiling || buffer->length > ceiling - length)
        return false;
    size_t wanted = buffer->length + length + 1;
    if (wanted > buffer->room) {
        size_t room = buffer->room + buffer->room / 2;
        buffer->room = room < wanted ? (wanted < 64 ? 64 : wanted) : room;
        buffer->bytes = npt__reallocate(buffer->bytes, buffer->room);
    }
    return true;
}

bool npt__buffer_add(npt__buffer *buffer, const char *bytes, size_t length)
{
    if (!npt__buffer_reserve(buffer, length))
        return false;
    if (length)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
    return true;
}

bool npt__buffer_puts(npt__buffer *buffer, const char *string)
{
    return npt__buffer_add(buffer, string, strlen(string));
}

bool npt__buffer_putc(npt__buffer *buffer, char byte)
{
    if (buffer->room < buffer->length + 2 || buffer->length >= ceiling_of(buffer))
        return npt__buffer_add(buffer, &byte, 1);
    buffer->bytes[buffer->length++] = byte;
    buffer->bytes[buffer->length] = '\0';
    return true;
}

bool npt__buffer_print(npt__buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const size_t room = buffer->room - buffer->length; /* enough, mostly */
    int length = vsnprintf(room ? buffer->bytes + buffer->length : NULL, room, format, arguments);
    va_end(arguments);
    bool fits = length >= 0 && npt__buffer_reserve(buffer, (size_t)length);
    if (fits && (size_t)length >= room)
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
    if (fits)
        buffer->length += (size_t)length;
    else if (room)
        buffer->bytes[buffer->length] = '\0';
    va_end(again);
    return fits;
}

void npt__buffer_fill(npt__buffer *buffer, char byte, size_t count)
{
    if (!count || !npt__buffer_reserve(buffer, count))
        return;
    memset(buffer->bytes + buffer->length, byte, count);
    buffer->length += count;
    buffer->bytes[buffer->length] = '\0';
}

void npt__buffer_clear(npt__buffer *buffer)
{
    buffer->length = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

void npt__buffer_release(npt__buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (npt__buffer){.ceiling = buffer->ceiling};
}

const char *npt__buffer_string(const npt__buffer *buffer)
{
    return buffer->bytes ? buffer->bytes : "";
}
