/* data_file_wire.h - what the child that reads a data file sends through the pipe.
 *
 * The pipe carries frames: a struct npt__data_frame and `length` bytes. A text is a length (32 bits), the
 * bytes in UTF-8, and a NUL. In order:
 *
 *     COLUMN     name, wording                      for each variable, followed by its
 *       LABEL    value, label
 *       MISSING  value
 *     ROWS       nothing: the variables are complete
 *     ROW        a text for each variable
 *     RANGE      struct npt__data_range             for variables that need one
 *     END        nothing
 *     FAULT      struct npt__data_fault             instead of any of these; nothing follows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DATA_FILE_WIRE_H
#define NPT__DATA_FILE_WIRE_H

#include "../base/arena.h"
#include "data_file_process.h"
#include "rows.h"

#include <stddef.h>
#include <stdint.h>

enum npt__data_frame_kind {
    NPT__DATA_COLUMN = 1,
    NPT__DATA_LABEL,
    NPT__DATA_MISSING,
    NPT__DATA_ROWS,
    NPT__DATA_ROW,
    NPT__DATA_RANGE,
    NPT__DATA_FAULT,
    NPT__DATA_END,
};

struct npt__data_frame {
    uint32_t kind, length;
};

/* How many values of a variable lay in a range of missing values, without being listed. */
struct npt__data_range {
    uint64_t count;
    uint32_t column, unused;
};

enum npt__data_fault_kind {
    NPT__FAULT_READSTAT = 1, /* `detail` is its code */
    NPT__FAULT_COLUMNS,      /* a ceiling was passed, of variables, labels, cases ... */
    NPT__FAULT_LABELS,
    NPT__FAULT_ROWS,
    NPT__FAULT_ROW, /* a row is too long */
    NPT__FAULT_CELL,
    NPT__FAULT_ENCODING, /* text that is not in the encoding that the file declares */
    NPT__FAULT_NO_ENCODING,
    NPT__FAULT_ORDER, /* cells came in no possible order: the file is damaged */
};

struct npt__data_fault {
    uint32_t kind, detail;
    uint32_t column, unused; /* NPT__NONE: unknown */
    uint64_t row;            /* 0: unknown */
};

/* What each side refuses to go beyond. */
#define NPT__DATA_MOST_COLUMNS 10000u
#define NPT__DATA_MOST_LABELS 1000000u /* of all variables; and as many missing values */
#define NPT__DATA_MOST_ROWS 10000000u
#define NPT__DATA_LONGEST_CELL ((size_t)1 << 20)
#define NPT__DATA_LONGEST_ROW ((size_t)64 << 20)
#define NPT__DATA_LONGEST_HEAD ((size_t)64 << 20) /* names and labels together */

/* ---- the parent's side ----------------------------------------------------------------------- */

#define NPT__DATA_AS_CSV "in SPSS or Stata, save it as CSV (UTF-8) and use that"
#define NPT__DATA_TO_ITS_END "was it saved or copied to its end?"

/* Says what is wrong with the file. `variable` is the name of the fault's variable, where it is known. */
void npt__data_say_fault(const struct npt__data_fault *fault, const char *path,
                         const char *variable, npt_diags *diags);

/* Starts the job and hands over what it sends, as npt__data_file_read() does. */
enum npt_status npt__data_receive(const struct npt__data_job *job, const char *path,
                                  npt__arena *arena, const struct npt__rows_handler *handler,
                                  void *user, struct npt__rows_account *account, npt_diags *diags);

#endif
