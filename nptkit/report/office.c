/* office.c - LibreOffice, run without a shell in a folder of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* nftw, posix_spawn_file_actions_add..._np */
#include "office.h"

#include "../base/arena.h"
#include "../base/diags.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROGRAM "/soffice"
#define PAUSE 5 /* milliseconds between two looks */
#define MOST_PDF ((size_t)1 << 30)

struct office {
    npt__arena *arena;
    const char *program;
    char *folder; /* NULL: not made yet */
    pid_t child;
};

/* ---- program and folder ---------------------------------------------------------------------- */

/* Relative folders are left out: what lies in a folder of data is never run. */
static const char *find_program(npt__arena *arena)
{
    const char *folders = getenv("PATH");
    while (folders && *folders) {
        const int length = (int)strcspn(folders, ":");
        const char *path = npt__arena_print(arena, "%.*s" PROGRAM, length, folders);
        if (*folders == '/' && access(path, X_OK) == 0)
            return path;
        folders += length + (folders[length] == ':');
    }
    return NULL;
}

/* TMPDIR, where its name needs no escape in an address; else /tmp. */
static const char *temporary_place(void)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";
    const char *place = getenv("TMPDIR");
    return place && *place == '/' && !place[strspn(place, plain)] ? place : "/tmp";
}

static bool make_folder(struct office *office)
{
    char *name = npt__arena_print(office->arena, "%s/nptkit-XXXXXX", temporary_place());
    office->folder = mkdtemp(name); /* which only its owner can enter */
    return office->folder != NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    remove(path);
    return 0;
}

static void remove_folder(struct office *office)
{
    if (office->folder)
        nftw(office->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *inside(const struct office *office, const char *name)
{
    return npt__arena_print(office->arena, "%s/%s", office->folder, name);
}

static bool write_file(const struct office *office, const char *bytes, size_t length)
{
    const int file =
        open(inside(office, "report.docx"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    while (length) {
        const ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        bytes += written;
        length -= (size_t)written;
    }
    return close(file) == 0 && !length;
}

static bool read_file(npt__buffer *pdf, const struct office *office)
{
    const int file = open(inside(office, "report.pdf"), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return false;
    const size_t before = pdf->length;
    char bytes[16384];
    ssize_t length;
    while ((length = read(file, bytes, sizeof bytes)) > 0 && pdf->length - before < MOST_PDF)
        npt__buffer_add(pdf, bytes, (size_t)length);
    close(file);
    return length == 0 && pdf->length > before + 4 && memcmp(pdf->bytes + before, "%PDF", 4) == 0;
}

/* ---- running --------------------------------------------------------------------------------- */

/* It can be read aloud: tagged, as PDF/UA asks for. */
static const char wanted[] = "pdf:writer_pdf_Export:{"
                             "\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"},"
                             "\"PDFUACompliance\":{\"type\":\"boolean\",\"value\":\"true\"},"
                             "\"ExportBookmarks\":{\"type\":\"boolean\",\"value\":\"true\"}}";

static bool prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes,
                    const struct office *office)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setpgroup(attributes, 0); /* what it starts can be stopped with it */
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                             POSIX_SPAWN_SETPGROUP);
    return posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawn_file_actions_addchdir_np(actions, office->folder) == 0 &&
           posix_spawn_file_actions_addclosefrom_np(actions, 3) == 0;
}

static int start(struct office *office)
{
    const char *const arguments[] = {
        "soffice",
        npt__arena_print(office->arena, "-env:UserInstallation=file://%s/profile", office->folder),
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        wanted,
        "--outdir",
        office->folder,
        inside(office, "report.docx"),
        NULL};
    const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8",
                                       npt__arena_print(office->arena, "HOME=%s", office->folder),
                                       npt__arena_print(office->arena, "TMPDIR=%s", office->folder),
                                       NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    /* posix_spawn() takes texts that it does not change as if it might. */
    const int error = prepare(&actions, &attributes, office)
                          ? posix_spawn(&office->child, office->program, &actions, &attributes,
                                        (char *const *)(uintptr_t)arguments,
                                        (char *const *)(uintptr_t)environment)
                          : ENOMEM;
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Whether it ended by itself, and well. */
static bool await(const struct office *office, unsigned patience)
{
    const struct timespec pause = {.tv_nsec = PAUSE * 1000000L};
    int status = 0;
    pid_t ended = 0;
    for (unsigned waited = 0; ended == 0 && waited < patience; waited += PAUSE) {
        ended = waitpid(office->child, &status, WNOHANG);
        if (ended == 0)
            nanosleep(&pause, NULL);
    }
    kill(-office->child, SIGKILL); /* it leaves nothing behind that runs */
    if (ended == 0)
        while (waitpid(office->child, NULL, 0) < 0 && errno == EINTR)
            continue;
    return ended == office->child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Why there is no PDF; NULL where there is one. */
static const char *convert(npt__buffer *pdf, struct office *office, const char *docx, size_t length,
                           unsigned patience)
{
    if (!make_folder(office))
        return "no temporary folder can be made";
    if (!write_file(office, docx, length))
        return "the report cannot be written into a temporary folder";
    const int error = start(office);
    if (error)
        return strerror(error);
    if (!await(office, patience))
        return "it failed, or took too long";
    return read_file(pdf, office) ? NULL : "it gave no PDF";
}

enum npt_status npt__office_pdf(npt__buffer *pdf, const char *docx, size_t length,
                                unsigned patience, npt_diags *diags)
{
    struct office office = {.arena = npt__arena_new()};
    office.program = find_program(office.arena);
    const char *fault = NULL;
    if (office.program)
        fault = convert(pdf, &office, docx, length, patience);
    if (!office.program) {
        npt__say(diags, NPT_ERROR, NULL, "LibreOffice, which makes the PDF, is not installed");
        npt__hint(diags, "install it (Debian and Ubuntu: apt-get install "
                         "libreoffice-writer-nogui), or write .html and print that");
    } else if (fault) {
        npt__say(diags, NPT_ERROR, NULL, "LibreOffice could not make the PDF: %s", fault);
        npt__hint(diags, "nptkit runs '%s'; or write .html and print that", office.program);
    }
    const enum npt_status status = office.program && !fault ? NPT_OK : NPT_NO_HELPER;
    remove_folder(&office);
    npt__arena_free(office.arena);
    return status;
}
