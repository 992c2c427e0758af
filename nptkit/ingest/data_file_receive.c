/* data_file_receive.c - the parent's side: what the child sends becomes columns and rows.
 *
 * The child may have been taken over by the file that it reads, so every length, count and text that comes
 * through the pipe is checked before it is used, and the child is given up when it falls silent.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_wire.h"

#include "../base/buffer.h"
#include "../base/unicode.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define CHUNK ((size_t)64 * 1024)
#define ROWS_OF_BLOCK 4096u
#define MOST_BYTES ((uint64_t)2 << 30)

enum ending {
    GOES_ON,
    DONE,    /* the child said that it is */
    REFUSED, /* the child said why */
    BROKE_OFF,
    SILENT,
    NONSENSE, /* no child of ours sends such frames */
    TOO_MUCH,
    STOPPED, /* by the handler */
};

struct receiver {
    struct npt__data_process process;
    const struct npt__data_job *job;
    const char *path;
    npt__arena *arena;
    const struct npt__rows_handler *handler;
    void *user;
    struct npt__rows_account *account;
    npt_diags *diags;
    npt__buffer bytes; /* from the pipe; those before `start` are dealt with */
    size_t start;
    uint64_t received;
    enum ending ending;
    struct npt__data_fault fault;
    size_t head_length, label_count, missing_count;
    NPT__ARRAY(struct npt__column) columns;
    NPT__ARRAY(struct npt__value_label) labels; /* of the last column */
    NPT__ARRAY(const char *) missing;
    const struct npt__column *shown; /* once they are complete */
    struct npt__field *fields;
    size_t rows, rows_of_block;
    void *block;
};

/* What is left of a frame. */
struct cut {
    const char *at;
    size_t length;
};

/* ---- the pipe -------------------------------------------------------------------------------- */

/* Reads what has come; waits for it. False at the end. */
static bool receive_more(struct receiver *receiver)
{
    npt__buffer *bytes = &receiver->bytes;
    if (receiver->start) {
        memmove(bytes->bytes, bytes->bytes + receiver->start, bytes->length - receiver->start);
        bytes->length -= receiver->start;
        receiver->start = 0;
    }
    npt__buffer_reserve(bytes, CHUNK);
    struct pollfd wait = {.fd = receiver->process.pipe, .events = POLLIN};
    int ready;
    do
        ready = poll(&wait, 1, (int)receiver->job->stall * 1000);
    while (ready < 0 && errno == EINTR);
    ssize_t length = 0;
    if (ready > 0)
        do
            length = read(receiver->process.pipe, bytes->bytes + bytes->length, CHUNK);
        while (length < 0 && errno == EINTR);
    if (length <= 0) {
        receiver->ending = ready == 0 ? SILENT : BROKE_OFF;
        return false;
    }
    bytes->length += (size_t)length;
    receiver->received += (uint64_t)length;
    if (receiver->received > MOST_BYTES)
        receiver->ending = TOO_MUCH;
    return receiver->ending == GOES_ON;
}

/* The next frame; false at the end. What it holds is good until the next call. */
static bool receive_frame(struct receiver *receiver, struct npt__data_frame *frame,
                          struct cut *payload)
{
    const npt__buffer *bytes = &receiver->bytes;
    while (bytes->length - receiver->start < sizeof *frame)
        if (!receive_more(receiver))
            return false;
    memcpy(frame, bytes->bytes + receiver->start, sizeof *frame);
    if (frame->length > NPT__DATA_LONGEST_ROW) {
        receiver->ending = NONSENSE;
        return false;
    }
    while (bytes->length - receiver->start < sizeof *frame + frame->length)
        if (!receive_more(receiver))
            return false;
    *payload = (struct cut){bytes->bytes + receiver->start + sizeof *frame, frame->length};
    receiver->start += sizeof *frame + frame->length;
    return true;
}

/* ---- what frames hold ------------------------------------------------------------------------ */

static bool take_text(struct cut *cut, struct npt__field *text)
{
    uint32_t length;
    if (cut->length < sizeof length)
        return false;
    memcpy(&length, cut->at, sizeof length);
    const char *bytes = cut->at + sizeof length;
    const size_t rest = cut->length - sizeof length;
    if (length > NPT__DATA_LONGEST_CELL || length >= rest || bytes[length] ||
        memchr(bytes, '\0', length) || npt__utf8_valid(bytes, length) != length)
        return false;
    *text = (struct npt__field){.text = bytes, .length = length};
    cut->at = bytes + length + 1;
    cut->length = rest - length - 1;
    return true;
}

/* `count` texts and nothing else. */
static bool take_texts(struct cut *cut, struct npt__field *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!take_text(cut, &texts[i]))
            return false;
    return cut->length == 0;
}

static const char *keep(struct receiver *receiver, const struct npt__field *text)
{
    return npt__arena_copy(receiver->arena, text->text, text->length);
}

static void *keep_array(struct receiver *receiver, const void *items, size_t count, size_t size)
{
    void *kept = npt__arena_array(receiver->arena, count, size);
    if (count)
        memcpy(kept, items, count * size);
    return kept;
}

/* The labels and missing values that came are those of the last column. */
static void close_column(struct receiver *receiver)
{
    if (!receiver->columns.count)
        return;
    struct npt__column *column = &receiver->columns.items[receiver->columns.count - 1];
    column->label_count = receiver->labels.count;
    column->labels = keep_array(receiver, receiver->labels.items, receiver->labels.count,
                                sizeof *receiver->labels.items);
    column->missing_count = receiver->missing.count;
    column->missing = keep_array(receiver, receiver->missing.items, receiver->missing.count,
                                 sizeof *receiver->missing.items);
    receiver->labels.count = receiver->missing.count = 0;
}

static bool take_head(struct receiver *receiver, uint32_t kind, struct cut *cut)
{
    struct npt__field texts[2] = {{.text = ""}, {.text = ""}};
    receiver->head_length += cut->length;
    if (receiver->shown || receiver->head_length > 2 * NPT__DATA_LONGEST_HEAD ||
        !take_texts(cut, texts, kind == NPT__DATA_MISSING ? 1 : 2))
        return false;
    if (kind == NPT__DATA_COLUMN) {
        close_column(receiver);
        *npt__array_add(&receiver->columns) = (struct npt__column){
            .name = keep(receiver, &texts[0]), .wording = keep(receiver, &texts[1])};
        return receiver->columns.count <= NPT__DATA_MOST_COLUMNS;
    }
    if (kind == NPT__DATA_LABEL)
        *npt__array_add(&receiver->labels) = (struct npt__value_label){
            .value = keep(receiver, &texts[0]), .label = keep(receiver, &texts[1])};
    else
        *npt__array_add(&receiver->missing) = keep(receiver, &texts[0]);
    size_t *count = kind == NPT__DATA_LABEL ? &receiver->label_count : &receiver->missing_count;
    return receiver->columns.count && ++*count <= NPT__DATA_MOST_LABELS;
}

static bool show_columns(struct receiver *receiver, const struct cut *cut)
{
    if (receiver->shown || cut->length)
        return false;
    close_column(receiver);
    const size_t count = receiver->columns.count;
    receiver->shown =
        keep_array(receiver, receiver->columns.items, count, sizeof *receiver->columns.items);
    receiver->fields = npt__arena_array(receiver->arena, count, sizeof *receiver->fields);
    const struct npt__columns columns = {receiver->shown, count};
    if (!receiver->handler->columns(receiver->user, &columns))
        receiver->ending = STOPPED;
    return true;
}

static void end_block(struct receiver *receiver)
{
    if (receiver->rows_of_block)
        receiver->handler->end(receiver->user, receiver->block);
    receiver->rows_of_block = 0;
}

static bool show_row(struct receiver *receiver, struct cut *cut)
{
    const size_t count = receiver->columns.count;
    if (!receiver->shown || receiver->rows == NPT__DATA_MOST_ROWS ||
        !take_texts(cut, receiver->fields, count))
        return false;
    const struct npt__row row = {
        .fields = receiver->fields, .count = count, .line = ++receiver->rows};
    bool is_empty = true;
    for (size_t i = 0; is_empty && i < count; i++)
        is_empty = receiver->fields[i].length == 0;
    if (is_empty) {
        receiver->account->empty_rows++;
        return true;
    }
    if (receiver->rows_of_block == ROWS_OF_BLOCK)
        end_block(receiver);
    if (!receiver->rows_of_block++)
        receiver->block = receiver->handler->begin(receiver->user);
    receiver->handler->row(receiver->block, &row);
    receiver->account->rows++;
    return true;
}

static bool note_range(struct receiver *receiver, const struct cut *cut)
{
    struct npt__data_range range;
    if (!receiver->shown || cut->length != sizeof range)
        return false;
    memcpy(&range, cut->at, sizeof range);
    if (range.column >= receiver->columns.count || range.count > receiver->rows)
        return false;
    npt__say(
        receiver->diags, NPT_NOTE,
        &(struct npt__place){.file = receiver->path, .cell = receiver->shown[range.column].name},
        "%" PRIu64 " value%s in a range that the file declares missing %s read as no answer",
        range.count, range.count == 1 ? "" : "s", range.count == 1 ? "is" : "are");
    return true;
}

static bool take_fault(struct receiver *receiver, const struct cut *cut)
{
    if (cut->length != sizeof receiver->fault)
        return false;
    memcpy(&receiver->fault, cut->at, sizeof receiver->fault);
    receiver->ending = REFUSED;
    return true;
}

static void take_frame(struct receiver *receiver, uint32_t kind, struct cut *cut)
{
    bool fits = false;
    switch (kind) {
    case NPT__DATA_COLUMN:
    case NPT__DATA_LABEL:
    case NPT__DATA_MISSING:
        fits = take_head(receiver, kind, cut);
        break;
    case NPT__DATA_ROWS:
        fits = show_columns(receiver, cut);
        break;
    case NPT__DATA_ROW:
        fits = show_row(receiver, cut);
        break;
    case NPT__DATA_RANGE:
        fits = note_range(receiver, cut);
        break;
    case NPT__DATA_FAULT:
        fits = take_fault(receiver, cut);
        break;
    case NPT__DATA_END:
        fits = receiver->shown && cut->length == 0;
        receiver->ending = DONE;
        break;
    default:
        break;
    }
    if (!fits)
        receiver->ending = NONSENSE;
}

/* ---- from start to end ----------------------------------------------------------------------- */

/* `signal` and `code` are how the child ended. */
static void say_ending(struct receiver *receiver, int signal, int code)
{
    const struct npt__place place = {.file = receiver->path};
    npt_diags *diags = receiver->diags;
    const unsigned seconds =
        receiver->ending == SILENT ? receiver->job->stall : receiver->job->seconds;
    if (receiver->ending == REFUSED) {
        const uint32_t column = receiver->fault.column;
        const bool known = column < receiver->columns.count;
        npt__data_say_fault(&receiver->fault, receiver->path,
                            known ? receiver->columns.items[column].name : NULL, diags);
        return;
    }
    if (receiver->ending == TOO_MUCH)
        npt__say(diags, NPT_ERROR, &place, "holds more than 2 GB of values");
    else if (receiver->ending == SILENT || signal == SIGXCPU)
        npt__say(diags, NPT_ERROR, &place, "could not be read within %u seconds", seconds);
    else if (receiver->ending == BROKE_OFF && code == NPT__DATA_OUT_OF_MEMORY)
        npt__say(diags, NPT_ERROR, &place, "could not be read within 1 GB of memory");
    else if (receiver->ending == BROKE_OFF && signal)
        npt__say(diags, NPT_ERROR, &place,
                 "could not be read: the reader of SPSS and Stata files stopped (signal %d)",
                 signal);
    else if (receiver->ending == BROKE_OFF)
        npt__say(diags, NPT_ERROR, &place,
                 "could not be read: the reader of SPSS and Stata files stopped");
    else
        npt__say(diags, NPT_ERROR, &place,
                 "could not be read: the reader of SPSS and Stata files went astray");
    npt__hint(diags, NPT__DATA_AS_CSV);
}

enum npt_status npt__data_receive(const struct npt__data_job *job, const char *path,
                                  npt__arena *arena, const struct npt__rows_handler *handler,
                                  void *user, struct npt__rows_account *account, npt_diags *diags)
{
    struct receiver receiver = {.job = job,
                                .path = path,
                                .arena = arena,
                                .handler = handler,
                                .user = user,
                                .account = account,
                                .diags = diags};
    *account = (struct npt__rows_account){0};
    if (!npt__data_process_start(&receiver.process, job)) {
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
                 "cannot start the reader of SPSS and Stata files: %s", strerror(errno));
        return NPT_NO_HELPER;
    }
    receiver.bytes.ceiling = NPT__DATA_LONGEST_ROW + 2 * CHUNK;
    struct npt__data_frame frame;
    struct cut cut;
    while (receiver.ending == GOES_ON && receive_frame(&receiver, &frame, &cut))
        take_frame(&receiver, frame.kind, &cut);
    end_block(&receiver);
    int code;
    const int signal =
        npt__data_process_stop(&receiver.process, receiver.ending == BROKE_OFF, &code);
    if (receiver.ending != DONE && receiver.ending != STOPPED)
        say_ending(&receiver, signal, code);
    npt__array_release(&receiver.columns);
    npt__array_release(&receiver.labels);
    npt__array_release(&receiver.missing);
    npt__buffer_release(&receiver.bytes);
    return receiver.ending == DONE ? NPT_OK : NPT_BAD_INPUT;
}
