/* data_file_expect.h - what is read of a data file, as text.
 *
 * The columns are a line each, "name|wording|value=label|!missing"; rows are cells in [], ended by /.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef DATA_FILE_EXPECT_H
#define DATA_FILE_EXPECT_H

#include "../nptkit/base/arena.h"
#include "../nptkit/ingest/data_file_process.h"
#include "fixture.h"

#include "../nptkit/ingest/rows.h"

struct data_reading {
    npt__arena *arena;
    npt_diags *diags;
    enum npt_status status;
    struct npt__rows_account account;
    npt__buffer head, rows;
    size_t column_count, blocks, largest_block, rows_of_block, last_line;
    bool stops; /* after the columns */
};

/* Each checks on the way that the handler's calls are in order, that cells are valid UTF-8, and that no
   child is left, alive or not. Close the reading afterwards. */
struct data_reading data_read(const char *path);
struct data_reading data_read_head(const char *path);
/* What another child sends than ours; "a.sav" in messages, a second of computing, `stall` of silence. */
struct data_reading data_receive(int (*run)(void *user, int pipe), void *user, unsigned stall);
void data_close(struct data_reading *reading);

/* Expects all of this, and no other message. */
void data_expect(const char *path, enum npt_status status, const char *head, const char *rows,
                 const char *text);

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define AS_CSV "  hint: in SPSS or Stata, save it as CSV (UTF-8) and use that\n"
#define TO_ITS_END "  hint: was it saved or copied to its end?\n"

#endif
