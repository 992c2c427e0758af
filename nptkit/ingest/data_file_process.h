/* data_file_process.h - a function that runs in a process of its own, with limits.
 *
 *     struct npt__data_process process;
 *     const struct npt__data_job job = {.run = count, .user = &what, .file = -1, .seconds = 60, .stall = 60};
 *     if (npt__data_process_start(&process, &job)) {
 *         ... read(process.pipe, ...) ...
 *         signal = npt__data_process_stop(&process, pipe_ended, &code);
 *     }
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__DATA_FILE_PROCESS_H
#define NPT__DATA_FILE_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct npt__data_job {
    int (*run)(void *user, int pipe); /* returns the exit code */
    void *user;
    int file;         /* the one descriptor that it keeps, beside the pipe; -1: none */
    unsigned seconds; /* of computing */
    unsigned stall;   /* seconds of silence after which whoever reads the pipe gives it up */
};

struct npt__data_process {
    pid_t child;
    int pipe; /* to read from */
};

#define NPT__DATA_OUT_OF_MEMORY 77 /* the exit code when memory ran out */

/* False, with errno set, where no process can be had. */
bool npt__data_process_start(struct npt__data_process *process, const struct npt__data_job *job);
/* Closes the pipe and ends the process; one whose `pipe_ended` is given a moment to end by itself. Returns
   the signal that ended it, or 0; and its exit code, or 0. */
int npt__data_process_stop(const struct npt__data_process *process, bool pipe_ended, int *code);

#endif
