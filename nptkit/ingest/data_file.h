/* data_file.h - the variables and cases of SPSS (.sav, .zsav) and Stata (.dta) files.
 *
 * ReadStat knows these formats, and has a history of reading past the end of what it holds when a file is
 * damaged. So it runs in a child process that can do nothing but read that one file and write to a pipe,
 * and what comes through the pipe is believed no more than the file itself.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DATA_FILE_H
#define NPT__DATA_FILE_H

#include "../base/arena.h"
#include "rows.h"

/* Reads a data file: columns() once, then rows in blocks of at most 4096, all in the calling thread. The
   columns live in `arena`: name and label of each variable, its value labels, and which of its values the
   file declares missing. Ranges of missing values are listed as far as their whole numbers lie within -1000
   to 1000 or have a label; any other value of a range arrives as an empty cell, and a note counts them.
   System-missing values and Stata's .a to .z without a label are empty cells too.
   NPT_NO_HELPER where no process can be started. The process is forked in the calling thread; other threads
   may run. */
enum npt_status npt__data_file_read(const char *path, npt__arena *arena,
                                    const struct npt__rows_handler *handler, void *user,
                                    struct npt__rows_account *account, npt_diags *diags);

#endif
