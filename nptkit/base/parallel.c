/* parallel.c - the same work for many indices, in several threads.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>

#define MOST_THREADS 64u

struct job {
    atomic_size_t next;
    size_t count;
    void (*work)(void *user, size_t index);
    void *user;
};

static void *take_turns(void *user)
{
    struct job *job = user;
    size_t index;
    while ((index = atomic_fetch_add(&job->next, 1)) < job->count)
        job->work(job->user, index);
    return NULL;
}

void npt__parallel(unsigned threads, size_t count, void (*work)(void *user, size_t index),
                   void *user)
{
    struct job job = {.count = count, .work = work, .user = user};
    pthread_t handles[MOST_THREADS];
    size_t wanted = threads < MOST_THREADS ? threads : MOST_THREADS, started = 0;
    atomic_init(&job.next, 0);
    if (wanted > count)
        wanted = count;
    while (started + 1 < wanted && pthread_create(&handles[started], NULL, take_turns, &job) == 0)
        started++;
    take_turns(&job);
    for (size_t i = 0; i < started; i++)
        pthread_join(handles[i], NULL);
}
