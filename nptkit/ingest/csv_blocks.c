/* csv_blocks.c - a delimited text file in blocks of whole records, split by several threads.
 *
 * Two locks: one is held by whoever reads the next block, one guards whose turn it is to hand a
 * block over. Blocks are cut at the same places however many threads there are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_blocks.h"

#include "../base/arena.h"
#include "../base/buffer.h"
#include "../base/parallel.h"
#include "csv_split.h"
#include "csv_text.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)512 * 1024)
#define LEAST_BLOCK_SIZE ((size_t)8)
#define LONGEST_RECORD ((size_t)8 << 20)
#define MOST_THREADS 8u /* for the sake of memory; reading is in the way of more */

/* Something to be said of a place in the text. */
struct remark {
    const char *message, *hint; /* NULL: nothing */
    struct npt__spot spot;
};

struct block {
    npt__buffer text;
    size_t line;   /* of its first byte */
    size_t number; /* counted from 0 */
    struct remark warning, fault;
    bool is_last;
};

struct reader {
    const char *path;
    const struct npt__csv_blocks_handler *handler;
    void *user;
    npt_diags *diags;

    pthread_mutex_t reading; /* guards what follows */
    npt__csv_text *text;
    enum npt__csv_event event; /* where the text stands */
    bool has_dialect, is_done;
    struct npt__csv_dialect dialect; /* never changes once it is there */
    size_t block_size, blocks, line;
    npt__buffer rest;      /* what begins the next block */
    struct remark warning; /* until its place is reached */

    pthread_mutex_t handing_over; /* guards what follows */
    pthread_cond_t next_turn;
    size_t turn; /* the number of the block that may be handed over */
    bool faulty;
};

struct worker {
    struct reader *reader;
    struct block block;
    struct npt__csv_splitter splitter;
};

/* ---- reading a block ------------------------------------------------------------------------- */

static struct remark remark_at(const struct block *block, size_t at, const char *message,
                               const char *hint)
{
    return (struct remark){message, hint, npt__csv_spot(block->text.bytes, at, block->line)};
}

static bool goes_on(const struct reader *reader)
{
    return reader->event == NPT__CSV_MORE || reader->event == NPT__CSV_CONVERTED;
}

/* Fills the block up to a length, or to the end of the text. */
static void fill(struct reader *reader, struct block *block, size_t wanted)
{
    npt__buffer *const text = &block->text;
    while (goes_on(reader) && text->length + NPT__CSV_LEAST_ROOM <= wanted) {
        npt__buffer_reserve(text, wanted - text->length);
        text->length += npt__csv_text_read(reader->text, text->bytes + text->length,
                                           wanted - text->length, &reader->event);
        text->bytes[text->length] = '\0';
        if (reader->event == NPT__CSV_CONVERTED)
            reader->warning = remark_at(block, text->length, npt__csv_text_message(reader->text),
                                        npt__csv_text_hint(reader->text));
    }
}

/* Walks over all records of the block; the end of the last whole one. */
static size_t walk(struct reader *reader, struct block *block)
{
    const enum npt__csv_ending ending = goes_on(reader)                 ? NPT__CSV_GOES_ON
                                        : reader->event == NPT__CSV_END ? NPT__CSV_COMPLETE
                                                                        : NPT__CSV_BREAKS_OFF;
    struct npt__csv_fault fault = {npt__csv_text_message(reader->text),
                                   npt__csv_text_hint(reader->text), block->text.length};
    enum npt__csv_extent extent = NPT__CSV_WHOLE;
    size_t end = 0;
    while (extent == NPT__CSV_WHOLE && end < block->text.length)
        extent = npt__csv_walk(&reader->dialect, block->text.bytes, block->text.length, ending,
                               &end, &fault);
    if (extent == NPT__CSV_FAULTY || ending == NPT__CSV_BREAKS_OFF)
        block->fault = remark_at(block, fault.at, fault.message, fault.hint);
    return end;
}

/* Finds where the last whole record ends; false where there must be more text first. */
static bool find_end(struct reader *reader, struct block *block, size_t *end)
{
    const bool may_grow =
        goes_on(reader) && block->text.length + NPT__CSV_LEAST_ROOM <= LONGEST_RECORD;
    if (!reader->has_dialect) {
        reader->has_dialect = npt__csv_find_dialect(&reader->dialect, block->text.bytes);
        if (!reader->has_dialect && may_grow)
            return false;
        reader->has_dialect = true;
    }
    *end = NPT__CSV_LOOK_CLOSELY;
    if (goes_on(reader) && block->text.length <= NPT__CSV_LARGEST_FIELD)
        *end = npt__csv_boundary(&reader->dialect, block->text.bytes, block->text.length);
    if (*end == NPT__CSV_LOOK_CLOSELY)
        *end = walk(reader, block);
    if (*end || block->fault.message || !goes_on(reader))
        return true;
    if (!may_grow)
        block->fault = remark_at(block, 0, "a row is longer than 8 MB",
                                 "is this a table of answers, one respondent a row?");
    return !may_grow;
}

/* Gives the block a warning whose place is in it and before its fault. */
static void take_warning(struct reader *reader, struct block *block)
{
    const struct npt__spot warned = reader->warning.spot, fault = block->fault.spot;
    if (!block->is_last && warned.line >= reader->line)
        return;
    if (!block->fault.message || warned.line < fault.line ||
        (warned.line == fault.line && warned.column <= fault.column))
        block->warning = reader->warning;
    reader->warning = (struct remark){0};
}

static void read_block(struct reader *reader, struct block *block)
{
    npt__buffer *const text = &block->text;
    size_t wanted = reader->block_size, end;
    block->line = reader->line;
    block->number = reader->blocks++;
    block->warning = block->fault = (struct remark){0};
    npt__buffer_clear(text);
    npt__buffer_add(text, npt__buffer_string(&reader->rest), reader->rest.length);
    for (;;) {
        fill(reader, block, wanted);
        if (find_end(reader, block, &end))
            break;
        wanted = wanted < LONGEST_RECORD / 2 ? wanted * 2 : LONGEST_RECORD;
    }
    npt__buffer_clear(&reader->rest);
    npt__buffer_add(&reader->rest, text->bytes + end, text->length - end);
    reader->line += npt__csv_count_lines(text->bytes, end);
    text->bytes[end] = '\0';
    block->is_last = reader->is_done = block->fault.message || !goes_on(reader);
    take_warning(reader, block);
}

/* Takes the next block, ready to be split; false where there is none. */
static bool take_block(struct worker *worker)
{
    struct reader *const reader = worker->reader;
    pthread_mutex_lock(&reader->reading);
    const bool found = !reader->is_done;
    if (found)
        read_block(reader, &worker->block);
    pthread_mutex_unlock(&reader->reading);
    worker->splitter.dialect = &reader->dialect;
    worker->splitter.at = worker->block.text.bytes;
    worker->splitter.line = worker->block.line;
    return found;
}

/* ---- handing blocks over --------------------------------------------------------------------- */

static void say(struct reader *reader, enum npt_severity severity, const struct remark *remark)
{
    if (!remark->message)
        return;
    const struct npt__place place = {
        .file = reader->path, .line = remark->spot.line, .column = remark->spot.column};
    npt__say(reader->diags, severity, &place, "%s", remark->message);
    npt__hint(reader->diags, "%s", remark->hint);
    reader->faulty |= severity == NPT_ERROR;
}

static void wait_for_turn(struct reader *reader, const struct block *block)
{
    pthread_mutex_lock(&reader->handing_over);
    while (reader->turn != block->number)
        pthread_cond_wait(&reader->next_turn, &reader->handing_over);
    pthread_mutex_unlock(&reader->handing_over);
}

static void pass_turn(struct reader *reader)
{
    pthread_mutex_lock(&reader->handing_over);
    reader->turn++;
    pthread_cond_broadcast(&reader->next_turn);
    pthread_mutex_unlock(&reader->handing_over);
}

/* Splits the block at hand and hands it over. */
static void split_block(struct worker *worker)
{
    struct reader *const reader = worker->reader;
    const struct npt__csv_blocks_handler *const handler = reader->handler;
    void *const state = handler->begin(reader->user);
    struct npt__row row;
    while (npt__csv_split(&worker->splitter, &row))
        handler->row(state, &row);
    wait_for_turn(reader, &worker->block);
    say(reader, NPT_WARNING, &worker->block.warning);
    handler->end(reader->user, state);
    say(reader, NPT_ERROR, &worker->block.fault);
    pass_turn(reader);
}

/* Splits all that a worker can get; the first has a block at hand already. */
static void work(void *user, size_t index)
{
    struct worker *const worker = (struct worker *)user + index;
    if (index > 0 && !take_block(worker))
        return;
    do
        split_block(worker);
    while (take_block(worker));
}

/* Hands the first rows over one by one; whether others are to come. */
static bool read_head(struct worker *worker)
{
    struct reader *const reader = worker->reader;
    while (take_block(worker)) {
        enum npt__csv_head head = NPT__CSV_HEAD_GOES_ON;
        struct npt__row row;
        while (head == NPT__CSV_HEAD_GOES_ON && npt__csv_split(&worker->splitter, &row))
            head = reader->handler->head(reader->user, &row);
        if (head != NPT__CSV_HEAD_GOES_ON)
            return head == NPT__CSV_HEAD_WAS_LAST;
        if (worker->block.is_last)
            reader->handler->head(reader->user, NULL);
        say(reader, NPT_WARNING, &worker->block.warning);
        say(reader, NPT_ERROR, &worker->block.fault);
        pass_turn(reader);
    }
    return false;
}

/* Reads with so many threads, that of the caller among them. */
static void read_all(struct reader *reader, unsigned threads)
{
    struct worker workers[MOST_THREADS] = {0};
    const unsigned count = threads < 1 ? 1 : threads < MOST_THREADS ? threads : MOST_THREADS;
    for (unsigned i = 0; i < count; i++) {
        workers[i].reader = reader;
        workers[i].splitter.fields =
            npt__allocate(NPT__CSV_ROOM_FOR_FIELDS * sizeof *workers[i].splitter.fields);
    }
    if (read_head(&workers[0]))
        npt__parallel(count, workers[0].block.is_last ? 1 : count, work, workers);
    for (unsigned i = 0; i < count; i++) {
        npt__buffer_release(&workers[i].block.text);
        npt__release(workers[i].splitter.fields);
    }
}

enum npt_status npt__csv_blocks_read(const char *path,
                                     const struct npt__csv_blocks_options *options,
                                     const struct npt__csv_blocks_handler *handler, void *user,
                                     npt_diags *diags)
{
    struct reader reader = {.path = path,
                            .handler = handler,
                            .user = user,
                            .diags = diags,
                            .block_size = options->block_size ? options->block_size : BLOCK_SIZE,
                            .line = 1};
    if (reader.block_size < LEAST_BLOCK_SIZE)
        reader.block_size = LEAST_BLOCK_SIZE;
    const enum npt_status status = npt__csv_text_open(&reader.text, path, diags);
    if (status != NPT_OK)
        return status;
    pthread_mutex_init(&reader.reading, NULL);
    pthread_mutex_init(&reader.handing_over, NULL);
    pthread_cond_init(&reader.next_turn, NULL);
    read_all(&reader, options->threads);
    pthread_mutex_destroy(&reader.reading);
    pthread_mutex_destroy(&reader.handing_over);
    pthread_cond_destroy(&reader.next_turn);
    npt__csv_text_close(reader.text);
    npt__buffer_release(&reader.rest);
    return reader.faulty ? NPT_BAD_INPUT : NPT_OK;
}
