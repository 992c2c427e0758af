/* parallel.h - the same work for many indices, in several threads.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__PARALLEL_H
#define NPT__PARALLEL_H

#include <stddef.h>

/* Calls work(user, index) for 0 to count - 1, each once, in no order; the calling thread takes part. What the
   calls write must not overlap. Where no thread can be had, it goes on with those there are. */
void npt__parallel(unsigned threads, size_t count, void (*work)(void *user, size_t index),
                   void *user);

#endif
