/* batch_command.c - the command `batch`: many reports in one go, with a line that tells how far it is.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static volatile int stopped; /* by Ctrl-C or a termination signal */

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

/* ---- how far it is --------------------------------------------------------------------------- */

struct progress {
    const struct invocation *invocation;
    const char *folder;
    struct timespec start;
    bool terminal;
    bool told;    /* there is a line to be cleared */
    size_t tenth; /* that was told last */
};

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static void tell_dry(const struct progress *progress, const struct npt_batch_progress *now)
{
    char line[8192];
    const char *what = now->state == NPT_BATCH_UNCHANGED      ? "is there  "
                       : now->state == NPT_BATCH_WOULD_REMOVE ? "would remove"
                                                              : "would make";
    snprintf(line, sizeof line, "%s %s/%s%s%s%s", what, progress->folder, now->name,
             now->site ? " (" : "", now->site ? now->site : "", now->site ? ")" : "");
    puts(without_controls(line));
}

/* The bytes of at most so many whole characters of UTF-8. */
static int cut(const char *text, size_t most)
{
    size_t length = 0;
    for (size_t count = 0; text[length] && count < most; count++)
        for (length++; ((unsigned char)text[length] & 0xC0) == 0x80;)
            length++;
    return (int)length;
}

static void clear_line(const struct progress *progress)
{
    if (progress->terminal && progress->told)
        fputs("\r\033[K", stderr);
}

static void show_progress(void *user, const struct npt_batch_progress *now)
{
    struct progress *progress = user;
    char line[512];
    if (progress->invocation->batch.dry_run) {
        tell_dry(progress, now);
        return;
    }
    if (progress->invocation->quiet)
        return;
    const size_t tenth = now->done * 10 / now->reports;
    if (progress->terminal) {
        const double passed = seconds_since(&progress->start);
        const long left =
            (long)(passed / (double)now->done * (double)(now->reports - now->done) + 0.5);
        const char *name = now->site ? now->site : now->name;
        snprintf(line, sizeof line, "Reports %zu/%zu  %.*s  %ld:%02ld left", now->done,
                 now->reports, cut(name, 40), name, left / 60, left % 60);
        fprintf(stderr, "\r%s\033[K", without_controls(line));
        progress->told = true;
    } else if (tenth > progress->tenth && now->reports >= 20) {
        fprintf(stderr, "Reports %zu/%zu\n", now->done, now->reports);
    }
    progress->tenth = tenth;
}

/* ---- one study ------------------------------------------------------------------------------- */

static void say_written(const struct invocation *invocation, const char *folder,
                        const struct npt_batch_result *result)
{
    say_next(invocation,
             "%zu report%s: %zu file%s written, %zu unchanged, in %s; %zu of %zu cells withheld",
             result->reports, plural(result->reports), result->written, plural(result->written),
             result->unchanged, folder, result->withheld, result->cells);
    if (result->silent_sites)
        say_next(invocation, "Of %zu site%s no mean can be shown: the report%s on %s so",
                 result->silent_sites, plural(result->silent_sites), plural(result->silent_sites),
                 result->silent_sites == 1 ? "it says" : "them say");
    if (result->missing_pictures)
        say_next(invocation, "%zu picture%s could not be drawn; the reports say which, and why",
                 result->missing_pictures, plural(result->missing_pictures));
    if (result->failed)
        say_next(invocation, "%zu report%s failed", result->failed, plural(result->failed));
}

/* What ended before there was anything to tell of has its message. */
static void summarise(const struct invocation *invocation, const char *folder,
                      enum npt_status status, const struct npt_batch_result *result)
{
    const bool fails = status != NPT_OK || result->failed;
    if (invocation->batch.dry_run || (fails && !result->failed && !result->stopped))
        return;
    if (result->stopped)
        say_next(invocation, "Stopped. What was written is whole; go on with --resume");
    else if (!result->written && !result->failed && !result->removed)
        say_next(invocation, "Nothing to do: %zu file%s in %s %s made", result->unchanged,
                 plural(result->unchanged), folder,
                 result->unchanged == 1 ? "is as it would be" : "are as they would be");
    else
        say_written(invocation, folder, result);
    if (result->removed)
        say_next(invocation, "Removed %zu file%s of an older batch", result->removed,
                 plural(result->removed));
    if (fails || result->stopped)
        return;
    if (invocation->batch.shards > 1)
        say_next(invocation,
                 "Next, when all parts are done: the same with --resume and without --shard");
    else
        say_next(invocation, "Next: open %s/index.html", folder);
}

static enum npt_status open_recipes(const struct invocation *invocation, npt_recipe **recipes,
                                    size_t *count, npt_diags *diags)
{
    static const char *const usual[] = {"site-comparison", "site"};
    const char *const *names = invocation->recipe_count ? invocation->recipes : usual;
    enum npt_status status = NPT_OK;
    *count = invocation->recipe_count ? invocation->recipe_count : 2;
    for (size_t i = 0; i < *count && status == NPT_OK; i++)
        status = npt_recipe_open(&recipes[i], names[i], diags);
    for (size_t i = 0; i < invocation->set_count && status == NPT_OK; i++) {
        npt_diags *unheard = npt_diags_new();
        bool known = false;
        for (size_t j = 0; j < *count; j++)
            known |= npt_recipe_set(recipes[j], invocation->set[i], unheard) == NPT_OK;
        npt_diags_free(unheard);
        for (size_t j = 0; j < *count && !known; j++) /* each says what it has instead */
            status = npt_recipe_set(recipes[j], invocation->set[i], diags);
    }
    return status;
}

static enum npt_status run_reports(struct invocation *invocation, const npt_study *study,
                                   const npt_recipe *const *recipes, size_t count,
                                   const char *folder, const struct target *target,
                                   npt_diags *diags)
{
    npt_reports *reports = NULL;
    struct progress progress = {.invocation = invocation,
                                .folder = folder,
                                .terminal = isatty(STDERR_FILENO) && getenv("TERM") &&
                                            strcmp(getenv("TERM"), "dumb") != 0};
    struct npt_batch_options options = invocation->batch;
    struct npt_batch_result result;
    options.folder = folder;
    options.formats = target->formats;
    options.format_count = target->count;
    options.stop = &stopped;
    options.progress = show_progress;
    options.user = &progress;
    enum npt_status status = NPT_OK;
    if (!npt_batch_is_done(study, recipes, count, &options, &result)) {
        status = npt_reports_new(&reports, recipes, count, study, diags);
        if (status != NPT_OK)
            return status;
        clock_gettime(CLOCK_MONOTONIC, &progress.start);
        status = npt_batch_run(reports, &options, &result, diags);
        npt_reports_free(reports);
    }
    clear_line(&progress);
    summarise(invocation, folder, status, &result);
    return status;
}

/* `folder` is where this study's reports go. */
static enum npt_status run_study(struct invocation *invocation, const char *path,
                                 const char *folder, const struct target *target, npt_diags *diags)
{
    npt_recipe *recipes[MOST_RECIPES] = {NULL};
    npt_study *study = NULL;
    size_t count;
    struct npt_study_options how = invocation->study;
    enum npt_status status = open_recipes(invocation, recipes, &count, diags);
    for (size_t i = 0; i < count && status == NPT_OK; i++)
        npt_recipe_prepare(recipes[i], &how);
    if (status == NPT_OK)
        status = npt_study_open(&study, path, &how, diags);
    if (status == NPT_OK)
        status = run_reports(invocation, study, (const npt_recipe *const *)recipes, count, folder,
                             target, diags);
    npt_study_free(study);
    for (size_t i = 0; i < count; i++)
        npt_recipe_free(recipes[i]);
    return status;
}

/* ---- several --------------------------------------------------------------------------------- */

/* The folder or file that a study lies in names its reports: "a/north/study.xml" and "a/north" are north. */
static bool name_study(char name[], size_t size, const char *path)
{
    size_t length = strlen(path);
    while (length && path[length - 1] == '/')
        length--;
    if (length >= 10 && strncmp(path + length - 10, "/study.xml", 10) == 0)
        length -= 10;
    size_t start = length;
    while (start && path[start - 1] != '/')
        start--;
    snprintf(name, size, "%.*s", (int)(length - start), path + start);
    return length > start && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static enum npt_status refuse_names(const struct invocation *invocation, const char *path)
{
    fprintf(
        stderr,
        "nptkit batch: the reports of '%s' would have no folder of their own below %s\n  hint: studies are "
        "named by the folders they lie in: give each a different one\n",
        path, invocation->output);
    return NPT_USAGE;
}

static enum npt_status run_studies(struct invocation *invocation, const struct target *target,
                                   npt_diags *diags)
{
    char names[MOST_OPERANDS][256], folder[8192];
    for (size_t i = 0; i < invocation->operand_count; i++) {
        bool good = name_study(names[i], sizeof names[i], invocation->operands[i]);
        for (size_t j = 0; j < i && good; j++)
            good = strcmp(names[i], names[j]) != 0;
        if (!good)
            return refuse_names(invocation, invocation->operands[i]);
    }
    if (!invocation->batch.dry_run && mkdir(invocation->output, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "nptkit: cannot make the folder %s: %s\n", invocation->output,
                strerror(errno));
        return NPT_CANNOT_WRITE;
    }
    enum npt_status worst = NPT_OK;
    for (size_t i = 0; i < invocation->operand_count && !stopped; i++) {
        snprintf(folder, sizeof folder, "%s/%s", invocation->output, names[i]);
        const enum npt_status status =
            run_study(invocation, invocation->operands[i], folder, target, diags);
        if (status != NPT_OK && !invocation->batch.keep_going)
            return status;
        worst = status != NPT_OK ? NPT_FAULTS : worst;
    }
    return worst;
}

/* Seen before anything is read, and by a dry run too. */
static enum npt_status check_folder(const char *folder)
{
    struct stat status;
    char above[4096];
    size_t length = strlen(folder);
    if (stat(folder, &status) == 0) {
        if (S_ISDIR(status.st_mode) && access(folder, W_OK | X_OK) == 0)
            return NPT_OK;
        fprintf(stderr, "nptkit batch: cannot write into the folder '%s': %s\n", folder,
                strerror(S_ISDIR(status.st_mode) ? errno : ENOTDIR));
        return NPT_CANNOT_WRITE;
    }
    while (length > 1 && folder[length - 1] == '/')
        length--;
    while (length && folder[length - 1] != '/')
        length--;
    snprintf(above, sizeof above, "%.*s", length ? (int)length : 1, length ? folder : ".");
    if (access(above, W_OK | X_OK) == 0)
        return NPT_OK;
    const int error = errno;
    fprintf(stderr, "nptkit batch: cannot make the folder '%s': %s\n", folder, strerror(error));
    if (error == ENOENT)
        fprintf(stderr, "  hint: batch makes one folder, and none above it: make '%s' first\n",
                above);
    return NPT_CANNOT_WRITE;
}

enum npt_status run_batch(const struct command *command, struct invocation *invocation,
                          npt_diags *diags)
{
    struct target target = {0};
    char buffer[4096];
    if (!invocation->output || strcmp(invocation->output, "-") == 0) {
        fprintf(stderr, "nptkit batch: name the folder for the reports: -o DIR\n");
        return NPT_USAGE;
    }
    enum npt_status status =
        read_report_formats(command, invocation->picture ? invocation->picture : "html", &target);
    if (status == NPT_OK)
        status = check_folder(invocation->output);
    if (status != NPT_OK)
        return status;
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    status = invocation->operand_count > 1
                 ? run_studies(invocation, &target, diags)
                 : run_study(invocation, study_path(invocation, buffer, sizeof buffer),
                             invocation->output, &target, diags);
    return stopped && status == NPT_OK ? (enum npt_status)130 : status;
}
