/* data_file_process.c - a child process that may compute and write to a pipe, and little else.
 *
 * The child is forked, not executed anew, because the library has no program of its own to run. It uses
 * what is safe after a fork, and malloc and its kin, which the C library keeps usable in the child. What it
 * cannot do any more: open many files, write files, start processes, use much memory or time, or live
 * longer than its parent. It is not confined by a filter of system calls.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* pipe2(), close_range() */
#include "data_file_process.h"

#include <nptkit/base.h>

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Sanitizers write reports and map more memory than there is. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define IS_INSTRUMENTED 1
#endif
#endif
#ifndef IS_INSTRUMENTED
#define IS_INSTRUMENTED 0
#endif

#define MEMORY ((rlim_t)1 << 30)
#define LAST_SIGNAL 64
#define MOST_DESCRIPTORS 65536
#define FIRST_PATIENCE 50 /* milliseconds, doubled at each attempt */
#define MOST_ATTEMPTS 9   /* half a minute in all */

/* ---- in the child ---------------------------------------------------------------------------- */

/* A limit that was there and is lower stays. */
static struct rlimit lowered(struct rlimit limit, rlim_t soft, rlim_t hard)
{
    return (struct rlimit){.rlim_cur = limit.rlim_cur < soft ? limit.rlim_cur : soft,
                           .rlim_max = limit.rlim_max < hard ? limit.rlim_max : hard};
}

/* The type of a resource's name is not the same in all C libraries. Where it is refused, the other limits
   remain. */
#define LIMIT(resource, soft, hard) \
    do { \
        struct rlimit limit; \
        if (getrlimit((resource), &limit) == 0) { \
            limit = lowered(limit, (soft), (hard)); \
            setrlimit((resource), &limit); \
        } \
    } while (0)

/* The size of the address space, which a child has from its parent; 0 where it cannot be known. */
static rlim_t address_space(void)
{
    char text[32] = "";
    const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    if (read(file, text, sizeof text - 1) <= 0)
        text[0] = '\0';
    close(file);
    rlim_t pages = 0;
    for (const char *at = text; *at >= '0' && *at <= '9'; at++)
        pages = pages * 10 + (rlim_t)(*at - '0');
    return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void limit_resources(unsigned seconds)
{
    LIMIT(RLIMIT_CPU, seconds, seconds + 1); /* at the first SIGXCPU, at the second SIGKILL */
    LIMIT(RLIMIT_CORE, 0, 0);
    const rlim_t inherited = address_space();
    if (!IS_INSTRUMENTED && inherited)
        LIMIT(RLIMIT_AS, inherited + MEMORY, inherited + MEMORY);
    if (!IS_INSTRUMENTED)
        LIMIT(RLIMIT_FSIZE, 0, 0);
    LIMIT(RLIMIT_NOFILE, 16, 16); /* of those to come: iconv opens its tables */
#ifdef RLIMIT_NPROC
    LIMIT(RLIMIT_NPROC, 0, 0);
#endif
}

static void close_range_of(int first, int last)
{
    if (first > last)
        return;
#ifdef CLOSE_RANGE_UNSHARE
    if (close_range((unsigned)first, (unsigned)last, 0) == 0)
        return;
#endif
    long most = sysconf(_SC_OPEN_MAX);
    if (most < 0 || most > MOST_DESCRIPTORS)
        most = MOST_DESCRIPTORS;
    for (int i = first; i <= last && i < (int)most; i++)
        close(i);
}

static void close_all_but(int a, int b)
{
    const int low = a < b ? a : b, high = a < b ? b : a;
    close_range_of(IS_INSTRUMENTED ? STDERR_FILENO + 1 : 0, low - 1);
    close_range_of(low + 1, high - 1);
    close_range_of(high + 1, INT_MAX);
}

/* The host's handlers are no business of the child: it ends as a plain program does. */
static void forget_handlers(void)
{
    struct sigaction plain = {0};
    plain.sa_handler = SIG_DFL;
    for (int i = 1; i <= LAST_SIGNAL; i++)
        sigaction(i, &plain, NULL);
    plain.sa_handler = SIG_IGN; /* a pipe that nobody reads is seen by write() */
    sigaction(SIGPIPE, &plain, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* exit() would run what the host registered, and write what its streams hold, a second time. */
static void end_without_memory(size_t wanted)
{
    (void)wanted;
    _exit(NPT__DATA_OUT_OF_MEMORY);
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored \
    "-Wanalyzer-malloc-leak" /* it takes the -1 of a failure for a handle */
#endif

/* A lock that another thread of the host held at the fork stays locked in the child. So the child first
   takes those of the C library that it will need; it gets stuck here, and says nothing, or never. malloc
   is put in order by fork() itself. */
static void try_iconv(void)
{
    const iconv_t converter = iconv_open("UTF-8", "UTF-16LE");
    if (converter != (iconv_t)-1)
        iconv_close(converter);
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

static void try_locks(void)
{
    struct tm day = {.tm_year = 126, .tm_mday = 1};
    (void)mktime(&day);
    try_iconv();
}

_Noreturn static void be_child(const struct npt__data_job *job, int pipe, pid_t parent)
{
    npt_set_out_of_memory(end_without_memory);
    close_all_but(pipe, job->file < 0 ? pipe : job->file);
    limit_resources(job->seconds);
#ifdef __linux__
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* what people answered must not end up in a core file */
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#endif
    if (getppid() != parent)
        _exit(1);
    forget_handlers();
    try_locks();
    if (write(pipe, "", 1) != 1)
        _exit(1);
    _exit(job->run(job->user, pipe));
}

/* ---- in the parent --------------------------------------------------------------------------- */

int npt__data_process_stop(const struct npt__data_process *process, bool pipe_ended, int *code)
{
    close(process->pipe);
    int status = 0;
    pid_t ended = waitpid(process->child, &status, WNOHANG);
    const struct timespec moment = {.tv_nsec = 1000000};
    for (int i = 0; pipe_ended && ended == 0 && i < 1000; i++) {
        nanosleep(&moment, NULL);
        ended = waitpid(process->child, &status, WNOHANG);
    }
    if (ended == 0) {
        kill(process->child, SIGKILL);
        while ((ended = waitpid(process->child, &status, 0)) < 0 && errno == EINTR)
            continue;
    }
    /* A host that ignores SIGCHLD has it reaped by the system: then nothing is known. */
    const bool known = ended == process->child;
    *code = known && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    return known && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static bool start(struct npt__data_process *process, const struct npt__data_job *job)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    /* No handler of the host may run in the child, not even before the child forgets them. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t parent = getpid();
    try_iconv(); /* just now nobody holds its lock: the best moment there is */
    const pid_t child = fork();
    const int error = errno;
    if (child == 0)
        be_child(job, ends[1], parent);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        errno = error;
        return false;
    }
    *process = (struct npt__data_process){child, ends[0]};
    return true;
}

/* Waits for the byte that every child sends first; false where it does not come. */
static bool is_alive(const struct npt__data_process *process, int patience)
{
    struct pollfd wait = {.fd = process->pipe, .events = POLLIN};
    int ready;
    do
        ready = poll(&wait, 1, patience);
    while (ready < 0 && errno == EINTR);
    char byte;
    return ready > 0 && read(process->pipe, &byte, 1) >= 0; /* 0: it died; whoever reads will see */
}

bool npt__data_process_start(struct npt__data_process *process, const struct npt__data_job *job)
{
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        int code;
        if (!start(process, job))
            return false;
        if (is_alive(process, FIRST_PATIENCE << attempt))
            return true;
        npt__data_process_stop(process, false, &code);
    }
    errno = EAGAIN;
    return false;
}
