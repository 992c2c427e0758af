/* data_file_child.h - what the child that reads a data file is made of; the parent needs npt__data_child().
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DATA_FILE_CHILD_H
#define NPT__DATA_FILE_CHILD_H

#include "../base/arena.h"
#include "../base/buffer.h"
#include "data_file_value.h"
#include "data_file_wire.h"

#include <readstat.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct npt__data_input {
    int file;
    off_t size;
    bool is_stata;
};

/* Reads the file with ReadStat and sends frames; returns the child's exit code. `input` is a struct
   npt__data_input. */
int npt__data_child(void *input, int pipe);

/* ---- inside ---------------------------------------------------------------------------------- */

#define NPT__CHILD_RANGES 16 /* ReadStat keeps no more */
#define NPT__CHILD_CHUNK 65536u

struct npt__child_range {
    double low, high;
    bool is_expanded; /* whole numbers near 0 are listed one by one */
};

struct npt__child_variable {
    const char *name, *wording;
    const char *set; /* the name of its set of labels; NULL: none */
    enum npt__data_kind kind;
    struct npt__child_range ranges[NPT__CHILD_RANGES]; /* of missing values */
    const char *texts[NPT__CHILD_RANGES];              /* missing values of a variable of text */
    size_t range_count, text_count;
    size_t label_start, label_count;
    uint32_t letters; /* bit 0: .a has a label, bit 25: .z */
    uint64_t taken_as_missing;
};

struct npt__child_label {
    const char *set, *label;
    const char *text; /* the value, where it is text; NULL */
    double number;    /* else, where `letter` is 0 */
    char letter;      /* Stata's missing values .a to .z */
    size_t order;
};

struct npt__child {
    const struct npt__data_input *input;
    int pipe;
    bool is_broken; /* nobody reads the pipe any more */
    struct npt__data_fault fault;
    npt__arena *arena;
    char chunk[NPT__CHILD_CHUNK]; /* of the file */
    size_t chunk_length;
    off_t at, chunk_start;
    bool has_encoding; /* the file says which */
    NPT__ARRAY(struct npt__child_variable) variables;
    NPT__ARRAY(struct npt__child_label) labels; /* sorted by sets once all are there */
    size_t kept_length, head_sent, labels_sent, missing_sent;
    npt__buffer out, text;
    size_t row_start; /* of the frame in `out` */
    int64_t row;      /* the number of cases begun */
    uint32_t next;    /* the column that comes next in it */
};

/* Keeps the first fault; returns what makes ReadStat stop. */
int npt__child_refuse(struct npt__child *child, enum npt__data_fault_kind kind, uint32_t column);
/* Whether a text can be sent; else refuses. ReadStat passes on what it cannot convert. */
bool npt__child_check(struct npt__child *child, const char *text, size_t length, uint32_t column);
void npt__child_frame(struct npt__child *child, enum npt__data_frame_kind kind, const void *payload,
                      size_t length);
void npt__child_text(npt__buffer *out, const char *text, size_t length);
void npt__child_flush(struct npt__child *child);

/* ReadStat's handlers; `user` is the struct npt__child. In data_file_columns.c and data_file_cells.c. */
int npt__child_metadata(readstat_metadata_t *metadata, void *user);
int npt__child_variable(int index, readstat_variable_t *found, const char *set, void *user);
int npt__child_label(const char *set, readstat_value_t value, const char *text, void *user);
int npt__child_value(int row, readstat_variable_t *found, readstat_value_t value, void *user);

/* Sends what the handlers gathered of the variables; false after a fault. */
bool npt__child_send_columns(struct npt__child *child);
/* Completes the last row and sends the ranges; or drops that row where it was cut short. */
void npt__child_end_rows(struct npt__child *child, bool is_complete);
bool npt__child_in_range(const struct npt__child_range *range, double value);
/* Whether a value of a range was listed as one of its missing values. */
bool npt__child_is_listed(const struct npt__child *child,
                          const struct npt__child_variable *variable,
                          const struct npt__child_range *range, double value);

#endif
