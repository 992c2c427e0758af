/* data_file_child.c - what the child does: ReadStat reads the file, frames go into the pipe.
 *
 * The file is read twice: Stata's value labels stand behind the cases, and whoever takes the rows wants
 * the columns first.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file_child.h"

#include "../base/unicode.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* ---- frames ---------------------------------------------------------------------------------- */

void npt__child_flush(struct npt__child *child)
{
    size_t done = 0;
    while (done < child->out.length && !child->is_broken) {
        const ssize_t length =
            write(child->pipe, child->out.bytes + done, child->out.length - done);
        if (length >= 0)
            done += (size_t)length;
        else
            child->is_broken = errno != EINTR;
    }
    npt__buffer_clear(&child->out);
}

void npt__child_frame(struct npt__child *child, enum npt__data_frame_kind kind, const void *payload,
                      size_t length)
{
    const struct npt__data_frame frame = {(uint32_t)kind, (uint32_t)length};
    npt__buffer_add(&child->out, (const char *)&frame, sizeof frame);
    npt__buffer_add(&child->out, payload, length);
    if (child->out.length >= NPT__CHILD_CHUNK)
        npt__child_flush(child);
}

void npt__child_text(npt__buffer *out, const char *text, size_t length)
{
    const uint32_t size = (uint32_t)length;
    npt__buffer_add(out, (const char *)&size, sizeof size);
    npt__buffer_add(out, text, length);
    npt__buffer_putc(out, '\0');
}

int npt__child_refuse(struct npt__child *child, enum npt__data_fault_kind kind, uint32_t column)
{
    if (!child->fault.kind)
        child->fault = (struct npt__data_fault){
            .kind = (uint32_t)kind, .column = column, .row = (uint64_t)child->row};
    return READSTAT_HANDLER_ABORT;
}

bool npt__child_check(struct npt__child *child, const char *text, size_t length, uint32_t column)
{
    if (length > NPT__DATA_LONGEST_CELL)
        npt__child_refuse(child, NPT__FAULT_CELL, column);
    else if (npt__utf8_valid(text, length) == length)
        return true;
    else
        npt__child_refuse(child, child->has_encoding ? NPT__FAULT_ENCODING : NPT__FAULT_NO_ENCODING,
                          column);
    return false;
}

/* ---- the file -------------------------------------------------------------------------------- */

static int open_input(const char *path, void *user)
{
    (void)path;
    struct npt__child *child = user;
    child->at = 0;
    return 0;
}

static int close_input(void *user)
{
    (void)user;
    return 0;
}

static readstat_off_t seek_input(readstat_off_t offset, readstat_io_flags_t whence, void *user)
{
    struct npt__child *child = user;
    const off_t size = child->input->size;
    off_t base = 0;
    if (whence == READSTAT_SEEK_CUR)
        base = child->at;
    else if (whence == READSTAT_SEEK_END)
        base = size;
    if (offset < -base || offset > size - base)
        return -1;
    child->at = base + offset;
    return child->at;
}

static bool fill_chunk(struct npt__child *child)
{
    const ssize_t length = pread(child->input->file, child->chunk, sizeof child->chunk, child->at);
    child->chunk_start = child->at;
    child->chunk_length = length > 0 ? (size_t)length : 0;
    return length > 0;
}

static ssize_t read_input(void *bytes, size_t wanted, void *user)
{
    struct npt__child *child = user;
    size_t done = 0;
    while (done < wanted) {
        off_t skip = child->at - child->chunk_start;
        if (skip < 0 || skip >= (off_t)child->chunk_length) {
            if (!fill_chunk(child))
                break;
            skip = 0;
        }
        size_t piece = child->chunk_length - (size_t)skip;
        if (piece > wanted - done)
            piece = wanted - done;
        memcpy((char *)bytes + done, child->chunk + skip, piece);
        done += piece;
        child->at += (off_t)piece;
    }
    return (ssize_t)done;
}

/* ReadStat's own asks its own descriptor how far it is. */
static readstat_error_t ignore_progress(long size, readstat_progress_handler progress, void *user,
                                        void *input)
{
    (void)size, (void)progress, (void)user, (void)input;
    return READSTAT_OK;
}

/* ---- both readings --------------------------------------------------------------------------- */

static readstat_error_t parse(struct npt__child *child, readstat_parser_t *parser)
{
    readstat_set_open_handler(parser, open_input);
    readstat_set_close_handler(parser, close_input);
    readstat_set_seek_handler(parser, seek_input);
    readstat_set_read_handler(parser, read_input);
    readstat_set_update_handler(parser, ignore_progress);
    readstat_set_io_ctx(parser, child);
    return child->input->is_stata ? readstat_parse_dta(parser, "", child)
                                  : readstat_parse_sav(parser, "", child);
}

static readstat_error_t read_head(struct npt__child *child)
{
    readstat_parser_t *parser = readstat_parser_init();
    if (!parser)
        return READSTAT_ERROR_MALLOC;
    readstat_set_metadata_handler(parser, npt__child_metadata);
    readstat_set_variable_handler(parser, npt__child_variable);
    readstat_set_value_label_handler(parser, npt__child_label);
    const readstat_error_t result = parse(child, parser);
    readstat_parser_free(parser);
    return result;
}

/* ReadStat looks at its variables only where somebody takes them. */
static int accept_variable(int index, readstat_variable_t *found, const char *set, void *user)
{
    (void)index, (void)found, (void)set, (void)user;
    return READSTAT_HANDLER_OK;
}

static readstat_error_t read_cases(struct npt__child *child)
{
    readstat_parser_t *parser = readstat_parser_init();
    if (!parser)
        return READSTAT_ERROR_MALLOC;
    readstat_set_variable_handler(parser, accept_variable);
    readstat_set_value_handler(parser, npt__child_value);
    const readstat_error_t result = parse(child, parser);
    readstat_parser_free(parser);
    return result;
}

int npt__data_child(void *input, int pipe)
{
    struct npt__child *child = npt__allocate(sizeof *child);
    memset(child, 0, sizeof *child);
    child->input = input;
    child->pipe = pipe;
    child->arena = npt__arena_new();
    readstat_error_t result = read_head(child);
    if (result == READSTAT_OK && npt__child_send_columns(child)) {
        npt__child_frame(child, NPT__DATA_ROWS, NULL, 0);
        result = read_cases(child);
        npt__child_end_rows(child, result == READSTAT_OK);
    }
    if (result != READSTAT_OK)
        npt__child_refuse(child, NPT__FAULT_READSTAT, NPT__NONE);
    child->fault.detail = (uint32_t)result;
    if (child->fault.kind)
        npt__child_frame(child, NPT__DATA_FAULT, &child->fault, sizeof child->fault);
    else
        npt__child_frame(child, NPT__DATA_END, NULL, 0);
    npt__child_flush(child);
    npt__array_release(&child->variables);
    npt__array_release(&child->labels);
    npt__buffer_release(&child->out);
    npt__buffer_release(&child->text);
    npt__arena_free(child->arena);
    npt__release(child);
    return 0;
}
