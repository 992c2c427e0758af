/* pipe.c - inflating a member in one thread while another takes what comes out.
 *
 * A ring of chunks between the two: whoever is ahead waits. Order is kept, so the taker sees exactly
 * what it would see without the second thread.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "archive.h"
#include "arena.h"

#include <pthread.h>
#include <string.h>

#define SLOTS 8u
#define SLOT_SIZE ((size_t)256 * 1024)

struct slot {
    char *bytes;
    size_t length;
};

struct pipe {
    npt__archive *archive;
    size_t index;
    uint64_t ceiling;
    const char *fault;
    enum npt_status status;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot slots[SLOTS];
    size_t filled, emptied; /* slots so far */
    bool ended, stopped;    /* by the one that inflates, by the one that takes */
    struct slot *open;      /* being filled; only the inflating thread looks at it */
};

/* Hands the open slot over and takes the next, when it is empty. */
static bool next_slot(struct pipe *pipe)
{
    pthread_mutex_lock(&pipe->lock);
    pipe->filled += pipe->open != NULL;
    pthread_cond_broadcast(&pipe->changed);
    while (pipe->filled - pipe->emptied == SLOTS && !pipe->stopped)
        pthread_cond_wait(&pipe->changed, &pipe->lock);
    bool goes_on = !pipe->stopped;
    pthread_mutex_unlock(&pipe->lock);
    pipe->open = &pipe->slots[pipe->filled % SLOTS];
    pipe->open->length = 0;
    return goes_on;
}

static bool fill(void *user, const char *bytes, size_t length)
{
    struct pipe *pipe = user;
    while (length) {
        if ((!pipe->open || pipe->open->length == SLOT_SIZE) && !next_slot(pipe))
            return false;
        size_t room = SLOT_SIZE - pipe->open->length;
        size_t piece = length < room ? length : room;
        memcpy(pipe->open->bytes + pipe->open->length, bytes, piece);
        pipe->open->length += piece;
        bytes += piece;
        length -= piece;
    }
    return true;
}

static void *inflate_member(void *user)
{
    struct pipe *pipe = user;
    pipe->status =
        npt__archive_stream(pipe->archive, pipe->index, pipe->ceiling, fill, pipe, &pipe->fault);
    pthread_mutex_lock(&pipe->lock);
    pipe->filled += pipe->open && pipe->open->length;
    pipe->ended = true;
    pthread_cond_broadcast(&pipe->changed);
    pthread_mutex_unlock(&pipe->lock);
    return NULL;
}

static void take_all(struct pipe *pipe, bool (*take)(void *, const char *, size_t), void *user)
{
    bool goes_on = true;
    while (goes_on) {
        pthread_mutex_lock(&pipe->lock);
        while (pipe->filled == pipe->emptied && !pipe->ended)
            pthread_cond_wait(&pipe->changed, &pipe->lock);
        bool has_slot = pipe->filled > pipe->emptied;
        pthread_mutex_unlock(&pipe->lock);
        if (!has_slot)
            return;
        const struct slot *slot = &pipe->slots[pipe->emptied % SLOTS];
        goes_on = take(user, slot->bytes, slot->length);
        pthread_mutex_lock(&pipe->lock);
        pipe->emptied++;
        pipe->stopped = !goes_on;
        pthread_cond_broadcast(&pipe->changed);
        pthread_mutex_unlock(&pipe->lock);
    }
}

enum npt_status npt__archive_pipe(npt__archive *archive, size_t index, uint64_t ceiling,
                                  bool (*take)(void *user, const char *bytes, size_t length),
                                  void *user, const char **fault)
{
    uint64_t size;
    uint32_t checksum;
    npt__archive_header(archive, index, &size, &checksum);
    if (size <= SLOT_SIZE) /* not worth a thread */
        return npt__archive_stream(archive, index, ceiling, take, user, fault);
    struct pipe pipe = {.archive = archive, .index = index, .ceiling = ceiling};
    pthread_mutex_init(&pipe.lock, NULL);
    pthread_cond_init(&pipe.changed, NULL);
    char *bytes = npt__allocate(SLOTS * SLOT_SIZE);
    for (size_t i = 0; i < SLOTS; i++)
        pipe.slots[i].bytes = bytes + i * SLOT_SIZE;
    pthread_t thread;
    if (pthread_create(&thread, NULL, inflate_member, &pipe) == 0) {
        take_all(&pipe, take, user);
        pthread_join(thread, NULL);
    } else {
        pipe.status = npt__archive_stream(archive, index, ceiling, take, user, &pipe.fault);
    }
    *fault = pipe.fault;
    pthread_mutex_destroy(&pipe.lock);
    pthread_cond_destroy(&pipe.changed);
    npt__release(bytes);
    return pipe.status;
}
