/* file.c - reading files whole, what a file is, its digest, and paths.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((size_t)256 * 1024)

static void cannot_read(npt_diags *diags, const char *path, int error)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "cannot read: %s",
             strerror(error));
}

int npt__file_open(const char *path, npt_diags *diags)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        cannot_read(diags, path, errno);
        return -1;
    }
    struct stat status;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
        return descriptor;
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
             S_ISDIR(status.st_mode) ? "is a folder, not a file" : "is not a regular file");
    close(descriptor);
    return -1;
}

enum npt_status npt__file_read(npt__buffer *bytes, const char *path, size_t ceiling,
                               npt_diags *diags)
{
    int descriptor = npt__file_open(path, diags);
    if (descriptor < 0)
        return NPT_BAD_INPUT;
    enum npt_status status = NPT_OK;
    bytes->ceiling = ceiling + 1; /* the byte after the last shows that a file is too large */
    for (;;) {
        if (!npt__buffer_reserve(bytes, 1)) {
            npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
                     "is larger than %zu MB, the limit for such a file", ceiling >> 20);
            status = NPT_BAD_INPUT;
            break;
        }
        size_t room = bytes->room - bytes->length - 1;
        if (room < CHUNK && npt__buffer_reserve(bytes, CHUNK))
            room = CHUNK;
        ssize_t length = read(descriptor, bytes->bytes + bytes->length, room);
        if (length < 0) {
            cannot_read(diags, path, errno);
            status = NPT_BAD_INPUT;
        }
        if (length <= 0)
            break;
        bytes->length += (size_t)length;
    }
    if (bytes->bytes)
        bytes->bytes[bytes->length] = '\0';
    close(descriptor);
    return status;
}

enum npt_status npt__file_stream(const char *path,
                                 bool (*take)(void *user, const char *bytes, size_t length),
                                 void *user, npt_diags *diags)
{
    int descriptor = npt__file_open(path, diags);
    if (descriptor < 0)
        return NPT_BAD_INPUT;
    char *chunk = npt__allocate(CHUNK);
    ssize_t length;
    while ((length = read(descriptor, chunk, CHUNK)) > 0)
        if (!take(user, chunk, (size_t)length))
            break;
    if (length < 0)
        cannot_read(diags, path, errno);
    npt__release(chunk);
    close(descriptor);
    return length < 0 ? NPT_BAD_INPUT : NPT_OK;
}

enum npt_status npt__file_kind(enum npt__file_kind *kind, const char *path, npt_diags *diags)
{
    int descriptor = npt__file_open(path, diags);
    if (descriptor < 0)
        return NPT_BAD_INPUT;
    char start[64] = {0};
    ssize_t length = read(descriptor, start, sizeof start - 1);
    close(descriptor);
    if (length <= 0) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "is empty");
        return NPT_BAD_INPUT;
    }
    const char *text = strncmp(start, "\xEF\xBB\xBF", 3) == 0 ? start + 3 : start;
    text += strspn(text, " \t\r\n");
    if (memcmp(start, "PK", 2) == 0)
        *kind = NPT__FILE_ZIP;
    else if (*text == '<' || memcmp(start, "\xFF\xFE<", 3) == 0 ||
             memcmp(start, "\xFE\xFF\0<", 4) == 0)
        *kind = NPT__FILE_XML;
    else
        *kind = NPT__FILE_OTHER;
    return NPT_OK;
}

bool npt__file_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool npt__file_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void write_digest(char digest[NPT__DIGEST_SIZE], struct sha256_ctx *hash)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        digest[2 * i] = digits[sum[i] >> 4];
        digest[2 * i + 1] = digits[sum[i] & 15];
    }
    digest[2 * sizeof sum] = '\0';
}

void npt__file_digest(char digest[NPT__DIGEST_SIZE], const char *path)
{
    digest[0] = '\0';
    npt_diags *silent = npt_diags_new();
    int descriptor = npt__file_open(path, silent); /* never waits for a pipe */
    npt_diags_free(silent);
    if (descriptor < 0)
        return;
    struct sha256_ctx hash;
    sha256_init(&hash);
    uint8_t *chunk = npt__allocate(CHUNK);
    ssize_t length;
    while ((length = read(descriptor, chunk, CHUNK)) > 0)
        sha256_update(&hash, (size_t)length, chunk);
    close(descriptor);
    free(chunk);
    if (length < 0)
        return;
    write_digest(digest, &hash);
}

void npt__digest(char digest[NPT__DIGEST_SIZE], const char *bytes, size_t length)
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, length, (const uint8_t *)bytes);
    write_digest(digest, &hash);
}

void npt__folder_digest(char digest[NPT__DIGEST_SIZE], size_t *bytes, const char *path,
                        const char *const *names, size_t count)
{
    npt__buffer list = {0}, file = {0};
    bool whole = count > 0;
    *digest = '\0';
    *bytes = 0;
    for (size_t i = 0; i < count; i++) {
        char each[NPT__DIGEST_SIZE];
        struct stat status;
        npt__buffer_clear(&file);
        npt__buffer_print(&file, "%s/%s", path, names[i]);
        npt__file_digest(each, npt__buffer_string(&file));
        whole &= *each != '\0';
        *bytes += stat(npt__buffer_string(&file), &status) == 0 ? (size_t)status.st_size : 0;
        npt__buffer_print(&list, "%s %s\n", each, names[i]);
    }
    if (whole)
        npt__digest(digest, npt__buffer_string(&list), list.length);
    npt__buffer_release(&list);
    npt__buffer_release(&file);
}

const char *npt__path_base(const char *path)
{
    const char *base = path;
    for (const char *at = path; *at; at++)
        if (*at == '/' || *at == '\\')
            base = at + 1;
    return base;
}

char *npt__path_beside(npt__arena *arena, const char *beside, const char *path)
{
    const char *slash = strrchr(beside, '/');
    if (path[0] == '/' || !slash)
        return npt__arena_string(arena, path);
    return npt__arena_print(arena, "%.*s/%s", (int)(slash - beside), beside, path);
}

char *npt__path_from(npt__arena *arena, const char *folder, const char *path)
{
    char *from = realpath(folder, NULL), *to = realpath(path, NULL);
    char *result = NULL;
    if (from && to) {
        size_t shared = 0;
        for (size_t i = 0; from[i] == to[i] || !from[i]; i++) {
            if (to[i] == '/' || !to[i])
                shared = i;
            if (!from[i] || !to[i])
                break;
        }
        npt__buffer relative = {0};
        for (const char *at = from + shared; *at; at++)
            if (*at == '/' && at[1])
                npt__buffer_puts(&relative, "../");
        npt__buffer_puts(&relative, to + shared + 1);
        result = npt__arena_copy(arena, relative.bytes, relative.length);
        npt__buffer_release(&relative);
    }
    free(from);
    free(to);
    return result ? result : npt__arena_string(arena, path);
}

size_t npt__path_stem(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name || strlen(dot) > 6 || strchr(dot, ' '))
        return strlen(name);
    return (size_t)(dot - name);
}
