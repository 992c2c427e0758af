/* output.c - where bytes go: a file that appears whole or not at all, a stream, or memory.
 *
 * A file is written beside its place under a temporary name, synced, and moved there. It is readable
 * by its owner only, as transcripts may be quoted in it. The first failure is remembered and reported
 * once; later writes are dropped.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* O_TMPFILE */
#include "output.h"

#include "arena.h"
#include "buffer.h"
#include "diags.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLUSH_AT ((size_t)64 * 1024)

struct npt_output {
    npt_diags *diags;
    char *path;      /* as named in messages; NULL: memory */
    char *temporary; /* the file to be moved to `path`; NULL: written directly */
    int descriptor;  /* -1: memory */
    bool owns_descriptor, failed;
    bool nameless; /* the file gets its temporary name only once it is whole */
    npt__buffer buffer;
};

static char *copy_string(const char *string)
{
    size_t size = strlen(string) + 1;
    return memcpy(npt__allocate(size), string, size);
}

static npt_output *new_output(const char *path, int descriptor, npt_diags *diags)
{
    npt_output *output = npt__allocate(sizeof *output);
    *output = (npt_output){.diags = diags, .descriptor = descriptor};
    output->path = path ? copy_string(path) : NULL;
    output->buffer.ceiling = SIZE_MAX / 2;
    return output;
}

static void free_output(npt_output *output)
{
    free(output->path);
    free(output->temporary);
    npt__buffer_release(&output->buffer);
    free(output);
}

static void cannot_write(npt_diags *diags, const char *path, int error)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "cannot write: %s",
             strerror(error));
    if (error == ENOENT)
        npt__hint(diags, "make the folder first");
    else if (error == ENOSPC || error == EDQUOT)
        npt__hint(diags, "the disk is full; nothing was left half-written");
}

#define TEMPORARY_NAME ".nptkit-%ld-%u.part"
#define MOST_ATTEMPTS 1000

/* Another temporary name in the folder of `path`, of which no other thread has the same. A process elsewhere can, as one
   of the same number in another container: who finds a name taken asks for the next. */
static void take_name(npt_output *output)
{
    static atomic_uint serial;
    assert(output->path);
    const char *slash = strrchr(output->path, '/');
    int folder = slash ? (int)(slash - output->path) + 1 : 0;
    size_t size = (size_t)folder + 64;
    if (!output->temporary)
        output->temporary = npt__allocate(size);
    snprintf(output->temporary, size, "%.*s" TEMPORARY_NAME, folder, output->path, (long)getpid(),
             atomic_fetch_add(&serial, 1u));
}

/* Creates a file that no other process can have prepared, in the folder of `path`. Where the system can,
   it has no name until it is whole, so that a program that is stopped leaves nothing behind. */
static int create_beside(npt_output *output)
{
    take_name(output);
#ifdef O_TMPFILE
    const char *slash = strrchr(output->path, '/');
    int folder = slash ? (int)(slash - output->path) + 1 : 0;
    char *place = npt__allocate((size_t)folder + 2);
    snprintf(place, (size_t)folder + 2, "%.*s.", folder, output->path);
    int nameless = open(place, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600);
    npt__release(place);
    output->nameless = nameless >= 0;
    if (output->nameless)
        return nameless;
#endif
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        int descriptor =
            open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
        take_name(output);
    }
    return -1;
}

/* Gives a file that is whole its name; where another file has that, the temporary one under which it is then moved into
   its place. */
static bool give_name(npt_output *output)
{
    char descriptor[64];
    snprintf(descriptor, sizeof descriptor, "/proc/self/fd/%d", output->descriptor);
    if (linkat(AT_FDCWD, descriptor, AT_FDCWD, output->path, AT_SYMLINK_FOLLOW) == 0) {
        output->nameless = false;
        free(output->temporary); /* nothing to be moved */
        output->temporary = NULL;
        return true;
    }
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        if (linkat(AT_FDCWD, descriptor, AT_FDCWD, output->temporary, AT_SYMLINK_FOLLOW) == 0) {
            output->nameless = false;
            return true;
        }
        if (errno != EEXIST)
            break;
        take_name(output);
    }
    return false;
}

/* `exists`: something that is written into, unless it is a regular file. */
static npt_output *open_at(const char *path, const char *target, const struct stat *exists,
                           npt_diags *diags)
{
    npt_output *output = new_output(target, -1, diags);
    output->owns_descriptor = true;
    if (exists && S_ISDIR(exists->st_mode)) {
        errno = EISDIR;
    } else if (exists && !S_ISREG(exists->st_mode)) {
        output->descriptor = open(path, O_WRONLY | O_CLOEXEC);
    } else {
        output->descriptor = create_beside(output);
    }
    if (output->descriptor >= 0)
        return output;
    cannot_write(diags, path, errno);
    free_output(output);
    return NULL;
}

npt_output *npt_output_open(const char *path, npt_diags *diags)
{
    assert(path);
    struct stat status;
    char *target = realpath(path, NULL); /* a link stays a link: what it leads to is replaced */
    npt_output *output =
        open_at(path, target ? target : path, stat(path, &status) == 0 ? &status : NULL, diags);
    free(target);
    return output;
}

npt_output *npt__output_replace(const char *path, npt_diags *diags)
{
    struct stat status;
    const bool folder = lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
    return open_at(path, path, folder ? &status : NULL, diags);
}

npt_output *npt_output_descriptor(int descriptor, const char *label, npt_diags *diags)
{
    return new_output(label, descriptor, diags);
}

npt_output *npt_output_memory(npt_diags *diags)
{
    return new_output(NULL, -1, diags);
}

static void fail(npt_output *output, int error)
{
    if (!output->failed)
        cannot_write(output->diags, output->path, error);
    output->failed = true;
}

static void write_out(npt_output *output, const char *bytes, size_t left)
{
    while (left && !output->failed) {
        ssize_t written = write(output->descriptor, bytes, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            fail(output, errno);
            break;
        }
        bytes += written;
        left -= (size_t)written;
    }
}

static void flush(npt_output *output)
{
    write_out(output, npt__buffer_string(&output->buffer), output->buffer.length);
    npt__buffer_clear(&output->buffer);
}

void npt_output_write(npt_output *output, const char *bytes, size_t length)
{
    if (output->failed)
        return;
    if (output->descriptor >= 0 && length >= FLUSH_AT) {
        flush(output);
        write_out(output, bytes, length);
        return;
    }
    npt__buffer_add(&output->buffer, bytes, length);
    if (output->descriptor >= 0 && output->buffer.length >= FLUSH_AT)
        flush(output);
}

const char *npt_output_bytes(const npt_output *output, size_t *length)
{
    if (length)
        *length = output->buffer.length;
    return npt__buffer_string(&output->buffer);
}

enum npt_status npt_output_close(npt_output *output)
{
    if (output->descriptor >= 0)
        flush(output);
    if (output->temporary && !output->failed && fsync(output->descriptor) != 0)
        fail(output, errno);
    if (output->nameless && !output->failed && !give_name(output))
        fail(output, errno);
    if (output->owns_descriptor && close(output->descriptor) != 0)
        fail(output, errno);
    if (output->temporary && !output->failed && rename(output->temporary, output->path) != 0)
        fail(output, errno);
    if (output->temporary && output->failed && !output->nameless)
        unlink(output->temporary);
    enum npt_status status = output->failed ? NPT_CANNOT_WRITE : NPT_OK;
    free_output(output);
    return status;
}

void npt_output_discard(npt_output *output)
{
    if (!output)
        return;
    if (output->owns_descriptor)
        close(output->descriptor);
    if (output->temporary && !output->nameless)
        unlink(output->temporary);
    free_output(output);
}
