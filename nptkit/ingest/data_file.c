/* data_file.c - opening a data file, and telling which program wrote it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data_file.h"

#include "../base/file.h"

#include "data_file_child.h"
#include "data_file_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECONDS 60u

/* New Stata files tell where they end; ReadStat does not look. */
static bool is_cut_short(const struct npt__data_input *input)
{
    static const char end[] = "</stata_dta>";
    char first = 0, last[256];
    if (pread(input->file, &first, 1, 0) != 1 || first != '<')
        return false;
    const off_t start = input->size < (off_t)sizeof last ? 0 : input->size - (off_t)sizeof last;
    const ssize_t length = pread(input->file, last, sizeof last, start);
    for (ssize_t i = 0; i + (ssize_t)sizeof end - 1 <= length; i++)
        if (memcmp(last + i, end, sizeof end - 1) == 0)
            return false;
    return true;
}

/* Which program wrote it, by its first bytes; false, with a message, where it is neither. */
static bool find_program(struct npt__data_input *input, const char *path, npt_diags *diags)
{
    static const char encrypted[] = "ENCRYPTEDSAV"; /* after eight bytes */
    char start[20] = {0};
    const struct npt__place place = {.file = path};
    const ssize_t length = pread(input->file, start, sizeof start, 0);
    if (length <= 0) {
        npt__say(diags, NPT_ERROR, &place, "is empty");
        npt__hint(diags, NPT__DATA_TO_ITS_END);
        return false;
    }
    if (memcmp(start, "$FL2", 4) == 0 || memcmp(start, "$FL3", 4) == 0)
        return true;
    /* Old Stata files begin with their version, 104 to 115, and the order of bytes. */
    input->is_stata = memcmp(start, "<stata_dta>", 11) == 0 ||
                      (start[0] >= 104 && start[0] <= 115 && (start[1] == 1 || start[1] == 2));
    if (input->is_stata && is_cut_short(input)) {
        npt__say(diags, NPT_ERROR, &place, "could not be read: it ends too early");
        npt__hint(diags, NPT__DATA_TO_ITS_END);
        return false;
    }
    if (input->is_stata)
        return true;
    if (memcmp(start + 8, encrypted, sizeof encrypted - 1) == 0) {
        npt__say(diags, NPT_ERROR, &place, "is encrypted");
        npt__hint(diags, "in SPSS, save it without a password");
        return false;
    }
    npt__say(diags, NPT_ERROR, &place, "is neither an SPSS (.sav, .zsav) nor a Stata (.dta) file");
    return false;
}

/* Opens a regular file, and tells its size. */
static int open_file(const char *path, off_t *size, npt_diags *diags)
{
    const int file = npt__file_open(path, diags);
    struct stat status;
    if (file < 0 || fstat(file, &status) == 0) {
        *size = file < 0 ? 0 : status.st_size;
        return file;
    }
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "cannot read: %s",
             strerror(errno));
    close(file);
    return -1;
}

enum npt_status npt__data_file_read(const char *path, npt__arena *arena,
                                    const struct npt__rows_handler *handler, void *user,
                                    struct npt__rows_account *account, npt_diags *diags)
{
    struct npt__data_input input = {.file = -1};
    *account = (struct npt__rows_account){0};
    input.file = open_file(path, &input.size, diags);
    if (input.file < 0)
        return NPT_BAD_INPUT;
    enum npt_status status = NPT_BAD_INPUT;
    if (find_program(&input, path, diags)) {
        const struct npt__data_job job = {.run = npt__data_child,
                                          .user = &input,
                                          .file = input.file,
                                          .seconds = SECONDS,
                                          .stall = SECONDS};
        status = npt__data_receive(&job, path, arena, handler, user, account, diags);
    }
    close(input.file);
    return status;
}
