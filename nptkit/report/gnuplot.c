/* gnuplot.c - one gnuplot process that draws many pictures.
 *
 * The first picture of a process differs from the later ones in how it names a colour: one is drawn and
 * thrown away, so that no picture depends on its place in a row. What it says of an error in the commands is
 * that picture's error; it goes on with the next.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* memfd_create, memmem, posix_spawn_file_actions_add..._np */
#include "gnuplot.h"

#include "../base/diags.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 60000 /* milliseconds */
#define NO_TIME "19800101000000"
#define PICTURE_DESCRIPTOR 3 /* in the child */
#define PICTURE_NAME "/proc/self/fd/3"
#define SCRIPT_DESCRIPTOR 4
#define SCRIPT_NAME "/proc/self/fd/4"
#define MOST_ANSWER ((size_t)64 * 1024)
#define LONGEST_MARK 64u
#define MOST_PICTURE ((size_t)256 * 1024 * 1024)
#define ABOVE_STANDARD 10 /* descriptors that must not be in the way of those of the child */

struct npt__gnuplot {
    pid_t child;
    int socket, picture, script;
    npt__buffer commands; /* of a picture: its memory is used again */
    size_t count;         /* pictures and scripts so far */
    size_t script_length; /* of what lies in the file */
    unsigned patience;    /* milliseconds for one of them */
    bool failed;
    bool alone; /* it can start no other program */
};

/* ---- starting -------------------------------------------------------------------------------- */

/* Relative folders are left out: what lies in a folder of data is never run. */
static bool find_program(char path[], size_t size)
{
    const char *folders = getenv("PATH");
    while (folders && *folders) {
        const size_t length = strcspn(folders, ":");
        static const char name[] = "/gnuplot";
        if (*folders == '/' && length + sizeof name <= size) {
            memcpy(path, folders, length);
            memcpy(path + length, name, sizeof name);
            if (access(path, X_OK) == 0)
                return true;
        }
        folders += length + (folders[length] == ':');
    }
    return false;
}

static bool prepare_actions(posix_spawn_file_actions_t *actions, const npt__gnuplot *gnuplot,
                            int socket)
{
    for (int standard = 0; standard <= 2; standard++)
        if (posix_spawn_file_actions_adddup2(actions, socket, standard) != 0)
            return false;
    return posix_spawn_file_actions_addchdir_np(actions, "/") == 0 && /* no folder of data */
           posix_spawn_file_actions_adddup2(actions, gnuplot->picture, PICTURE_DESCRIPTOR) == 0 &&
           posix_spawn_file_actions_adddup2(actions, gnuplot->script, SCRIPT_DESCRIPTOR) == 0 &&
           posix_spawn_file_actions_addclosefrom_np(actions, SCRIPT_DESCRIPTOR + 1) == 0;
}

static int spawn(npt__gnuplot *gnuplot, const char *program, int socket)
{
    static char name[] = "gnuplot", plain[] = "-d";
    /* Letters as UTF-8, or else it complains of its degree sign with each picture, a byte at a time. */
    static char path[] = "PATH=/usr/bin:/bin", letters[] = "LC_CTYPE=C.UTF-8", home[] = "HOME=/";
    char *const arguments[] = {name, plain, NULL};
    char *const environment[] = {path, letters, home, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int error =
        prepare_actions(&actions, gnuplot, socket)
            ? posix_spawn(&gnuplot->child, program, &actions, &attributes, arguments, environment)
            : ENOMEM;
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Moves a descriptor out of the way; -1 stays -1. */
static int move_above(int descriptor)
{
    if (descriptor < 0 || descriptor >= ABOVE_STANDARD)
        return descriptor;
    const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, ABOVE_STANDARD);
    close(descriptor);
    return moved;
}

static int start(npt__gnuplot *gnuplot, const char *program)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return errno;
    gnuplot->socket = ends[0];
    const struct timeval patience = {.tv_sec = gnuplot->patience / 1000,
                                     .tv_usec = (suseconds_t)(gnuplot->patience % 1000) * 1000};
    setsockopt(gnuplot->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int far = move_above(ends[1]);
    gnuplot->picture = move_above(memfd_create("picture", MFD_CLOEXEC));
    gnuplot->script = move_above(memfd_create("script", MFD_CLOEXEC));
    const int error = far < 0 || gnuplot->picture < 0 || gnuplot->script < 0
                          ? errno
                          : spawn(gnuplot, program, far);
    if (far >= 0)
        close(far);
    return error;
}

static void say_missing(npt_diags *diags)
{
    npt__say(diags, NPT_ERROR, NULL, "gnuplot, which draws the pictures, is not installed");
    npt__hint(diags,
              "install it (Debian and Ubuntu: apt-get install gnuplot-nox fonts-liberation); "
              "the tables work without it");
}

npt__gnuplot *npt__gnuplot_open(npt_diags *diags)
{
    return npt__gnuplot_open_patiently(PATIENCE, diags);
}

npt__gnuplot *npt__gnuplot_open_patiently(unsigned patience, npt_diags *diags)
{
    char program[4096];
    if (!find_program(program, sizeof program)) {
        say_missing(diags);
        return NULL;
    }
    npt__gnuplot *gnuplot = npt__allocate(sizeof *gnuplot);
    *gnuplot = (npt__gnuplot){
        .child = -1, .socket = -1, .picture = -1, .script = -1, .patience = patience};
    const int error = start(gnuplot, program);
    static const char first[] = "set print '-'\nset terminal svg\nset output '" PICTURE_NAME "'\n"
                                "plot -1\nset output\n";
    npt__buffer answer = {0};
    const bool runs = error == 0 && npt__gnuplot_run(&answer, gnuplot, first, sizeof first - 1);
    npt__buffer_release(&answer);
    if (runs)
        return gnuplot;
    npt__say(diags, NPT_ERROR, NULL, "gnuplot, which draws the pictures, cannot be run: %s",
             error ? strerror(error) : "it does not answer");
    npt__hint(diags, "nptkit runs '%s'", program);
    npt__gnuplot_close(gnuplot);
    return NULL;
}

/* ---- ending ---------------------------------------------------------------------------------- */

void npt__gnuplot_close(npt__gnuplot *gnuplot)
{
    if (!gnuplot)
        return;
    if (gnuplot->socket >= 0)
        close(gnuplot->socket);
    if (gnuplot->picture >= 0)
        close(gnuplot->picture);
    if (gnuplot->script >= 0)
        close(gnuplot->script);
    const struct timespec moment = {.tv_nsec = 1000000};
    pid_t ended = gnuplot->child > 0 ? 0 : -1;
    for (int i = 0; ended == 0 && !gnuplot->failed && i < 1000; i++) {
        ended = waitpid(gnuplot->child, NULL, WNOHANG); /* it ends by itself when its input does */
        if (ended == 0)
            nanosleep(&moment, NULL);
    }
    if (ended == 0) {
        kill(gnuplot->child, SIGKILL);
        while (waitpid(gnuplot->child, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    npt__buffer_release(&gnuplot->commands);
    npt__release(gnuplot);
}

/* ---- talking --------------------------------------------------------------------------------- */

static long long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Takes what gnuplot says; false when it has ended, or says nothing for too long. What it says beyond all measure is
   dropped. */
static bool receive(npt__gnuplot *gnuplot, npt__buffer *answer)
{
    char bytes[4096];
    const ssize_t length = recv(gnuplot->socket, bytes, sizeof bytes, 0);
    if (length < 0)
        return errno == EINTR;
    if (length == 0)
        return false;
    if (answer->length > MOST_ANSWER) { /* the end may be the beginning of the mark */
        memmove(answer->bytes, answer->bytes + answer->length - LONGEST_MARK, LONGEST_MARK);
        answer->length = LONGEST_MARK;
    }
    npt__buffer_add(answer, bytes, (size_t)length);
    return true;
}

static bool ends_with(const npt__buffer *answer, const npt__buffer *mark)
{
    return answer->length >= mark->length &&
           memcmp(answer->bytes + answer->length - mark->length, mark->bytes, mark->length) == 0;
}

/* Sends two lines, for which there is room since gnuplot read all that came before, and listens until `mark` is the
   end of the answer. */
static bool converse(npt__gnuplot *gnuplot, const npt__buffer *lines, npt__buffer *answer,
                     const npt__buffer *mark)
{
    const long long end = milliseconds() + gnuplot->patience;
    if (send(gnuplot->socket, lines->bytes, lines->length, MSG_DONTWAIT | MSG_NOSIGNAL) !=
        (ssize_t)lines->length)
        return false;
    while (!ends_with(answer, mark))
        if (milliseconds() >= end || !receive(gnuplot, answer))
            return false;
    return true;
}

static bool write_script(npt__gnuplot *gnuplot, const char *bytes, size_t length)
{
    size_t written = 0;
    while (written < length) {
        const ssize_t piece =
            pwrite(gnuplot->script, bytes + written, length - written, (off_t)written);
        if (piece < 0 && errno == EINTR)
            continue;
        if (piece <= 0)
            return false;
        written += (size_t)piece;
    }
    const bool longer = gnuplot->script_length > length;
    gnuplot->script_length = length;
    return !longer || ftruncate(gnuplot->script, (off_t)length) == 0;
}

/* The commands lie in memory that is shared: gnuplot reads its standard input byte by byte, each with a call of the
   system. After an error in them it goes on with its input, where the mark stands. */
bool npt__gnuplot_run(npt__buffer *answer, npt__gnuplot *gnuplot, const char *script, size_t length)
{
    if (gnuplot->failed)
        return false;
    npt__buffer input = {0}, mark = {0};
    gnuplot->count++;
    npt__buffer_print(&input, "load '" SCRIPT_NAME "'\nprint 'NPT-DONE %zu'\n", gnuplot->count);
    npt__buffer_print(&mark, "NPT-DONE %zu\n", gnuplot->count);
    gnuplot->failed =
        !write_script(gnuplot, script, length) || !converse(gnuplot, &input, answer, &mark);
    npt__buffer_release(&input);
    npt__buffer_release(&mark);
    return !gnuplot->failed;
}

/* ---- pictures -------------------------------------------------------------------------------- */

/* The first error in an answer: a line such as
 *     "/proc/self/fd/4" line 12: unknown function
 * without what stands before "line". */
static const char *find_error(const npt__buffer *answer, size_t *length)
{
    static const char name[] = "\"" SCRIPT_NAME "\" ";
    const char *at = npt__buffer_string(answer);
    while (*at) {
        const size_t whole = strcspn(at, "\n");
        const char *start = at + strspn(at, " ");
        if (strncmp(start, name, sizeof name - 1) == 0)
            start += sizeof name - 1;
        if (start < at + whole && strncmp(start, "line ", 5) == 0 &&
            !memmem(at, whole, "warning:", 8)) {
            *length = (size_t)(at + whole - start);
            return start;
        }
        at += whole + (at[whole] == '\n');
    }
    return NULL;
}

static bool read_picture(npt__buffer *picture, int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0 || status.st_size <= 0 ||
        (size_t)status.st_size > MOST_PICTURE)
        return false;
    const size_t size = (size_t)status.st_size;
    if (!npt__buffer_reserve(picture, size))
        return false;
    size_t taken = 0;
    while (taken < size) {
        const ssize_t piece =
            pread(descriptor, picture->bytes + picture->length, size - taken, (off_t)taken);
        if (piece < 0 && errno == EINTR)
            continue;
        if (piece <= 0)
            break;
        taken += (size_t)piece;
        picture->length += (size_t)piece;
    }
    picture->bytes[picture->length] = '\0';
    return taken == size;
}

/* gnuplot writes the time into a PDF; the same picture is to be the same bytes. */
static void remove_time(npt__buffer *pdf)
{
    static const char mark[] = "/CreationDate (D:";
    char *at = pdf->length ? memmem(pdf->bytes, pdf->length, mark, sizeof mark - 1) : NULL;
    if (at && strspn(at + sizeof mark - 1, "0123456789") == sizeof NO_TIME - 1)
        memcpy(at + sizeof mark - 1, NO_TIME, sizeof NO_TIME - 1);
}

/* While it draws SVG gnuplot can start no program: a second fence behind the quotes of script.c. Not so for PNG and
   PDF, where Pango starts a thread, nor where root runs it, whom the kernel does not limit. */
static void limit_programs(npt__gnuplot *gnuplot, bool alone)
{
    struct rlimit limit;
    if (gnuplot->alone == alone || gnuplot->child <= 0 ||
        prlimit(gnuplot->child, RLIMIT_NPROC, NULL, &limit) != 0)
        return;
    limit.rlim_cur = alone ? 0 : limit.rlim_max;
    if (prlimit(gnuplot->child, RLIMIT_NPROC, &limit, NULL) == 0)
        gnuplot->alone = alone;
}

enum npt_status npt__gnuplot_draw(npt__buffer *picture, npt__gnuplot *gnuplot,
                                  const struct npt__canvas *canvas, enum npt__picture_format format,
                                  npt_diags *diags)
{
    npt__buffer *script = &gnuplot->commands, answer = {0};
    npt__buffer_clear(script);
    npt__buffer_puts(script, "reset session\nset print '-'\n");
    npt__script(script, canvas, format, PICTURE_NAME);
    limit_programs(gnuplot, format == NPT__SVG);
    const bool answered = ftruncate(gnuplot->picture, 0) == 0 &&
                          npt__gnuplot_run(&answer, gnuplot, script->bytes, script->length);
    size_t length = 0;
    const char *error = find_error(&answer, &length);
    const bool drawn = answered && !error && read_picture(picture, gnuplot->picture);
    if (drawn && format == NPT__PDF)
        remove_time(picture);
    if (!drawn)
        npt__say(diags, NPT_ERROR, NULL, "gnuplot could not draw the picture: %.*s",
                 error ? (int)length : 30,
                 error      ? error
                 : answered ? "it gave nothing"
                            : "it ended or was too slow");
    npt__buffer_release(&answer);
    return drawn ? NPT_OK : NPT_NO_HELPER;
}
