/* csv_blocks.h - a delimited text file in blocks of whole records, split by several threads.
 *
 * Threads take turns to read the next block into a buffer of their own, and to find in it the end
 * of the last whole record; what is after it begins the next block. All that can be wrong with the
 * text is found then, in the order of the file: a block never begins after a fault. Splitting,
 * which takes most of the time, is done beside the others. Memory stays within a few MB, however
 * large the file.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__CSV_BLOCKS_H
#define NPT__CSV_BLOCKS_H

#include "rows.h"

struct npt__csv_blocks_options {
    unsigned threads;  /* at least 1; then all happens in the thread of the caller */
    size_t block_size; /* in bytes; 0: chosen. Small blocks are for tests */
};

enum npt__csv_head { NPT__CSV_HEAD_GOES_ON, NPT__CSV_HEAD_WAS_LAST, NPT__CSV_HEAD_STOP };

struct npt__csv_blocks_handler {
    /* Takes the first rows one by one, in the thread of the caller. After WAS_LAST the others come
       in blocks, after STOP none. Gets NULL where the file ends before. */
    enum npt__csv_head (*head)(void *user, const struct npt__row *row);
    /* As in struct npt__rows_handler. The row goes up to NPT__CSV_MOST_FIELDS fields; longer ones
       count one more. */
    void *(*begin)(void *user);
    void (*row)(void *block, const struct npt__row *row);
    void (*end)(void *user, void *block);
};

/* Reads the file. NPT_BAD_INPUT after a fault in its text, which ends the reading; it is said when
   all rows before it were handed over. The same rows and messages come in the same order for any
   number of threads. */
enum npt_status npt__csv_blocks_read(const char *path,
                                     const struct npt__csv_blocks_options *options,
                                     const struct npt__csv_blocks_handler *handler, void *user,
                                     npt_diags *diags);

#endif
