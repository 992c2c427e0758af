/* batch_older.c - what an older batch left in the folder goes once the new reports are there.
 *
 * Reports of an older batch were not protected together with the new ones, so that they may tell what these withhold. A
 * file goes only where a manifest lists it and it is still what the manifest tells: one that somebody edited is theirs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch.h"

#include "../model/study.h"
#include "../report/csv_folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_NAMED 10u /* files in one message */

static const char *path_of(const struct npt__batch *batch, const char *name)
{
    return npt__arena_print(batch->arena, "%s/%s", batch->options->folder, name);
}

/* The number of a name among all files of the plan, those of other parts too; UINT32_MAX. */
static uint32_t planned(const struct npt__batch *batch, const char *name)
{
    const size_t length = strlen(name);
    return npt__intern_find(&batch->planned, name, length, npt__intern_hash(name, length));
}

/* "north-hub.html", "north-hub-csv". */
static bool is_report_name(const char *name)
{
    const npt_report_format *format;
    const size_t stem = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                 length = strlen(name);
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++) {
        const size_t size = strlen(format->extension);
        if (length > size && stem >= length - size &&
            strcmp(name + length - size, format->extension) == 0)
            return strcmp(name, "index.html") != 0;
    }
    return false;
}

/* The files of the report; the folder goes with them unless somebody else has files in it. */
static bool remove_folder(const struct npt__batch *batch, const char *path)
{
    const char *const *names;
    const size_t count = npt__csv_folder_files(batch->arena, path, &names);
    bool removed = count > 0;
    for (size_t i = 0; i < count; i++)
        removed &= unlink(npt__arena_print(batch->arena, "%s/%s", path, names[i])) == 0;
    rmdir(path);
    return removed;
}

/* Whether it is what the manifest tells, and nothing that the study was read from. */
static bool may_go(const struct npt__batch *batch, const struct npt__listed_file *entry,
                   const char *path, bool *folder)
{
    struct stat status;
    char digest[NPT__DIGEST_SIZE];
    size_t bytes;
    if (!*entry->digest || !is_report_name(entry->file) || lstat(path, &status) != 0 ||
        !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) ||
        npt__study_reads_within(batch->reports->study, path))
        return false;
    *folder = S_ISDIR(status.st_mode);
    npt__listed_digest(digest, &bytes, path);
    return strcmp(digest, entry->digest) == 0;
}

void npt__batch_remove_older(struct npt__batch *batch)
{
    for (size_t i = 0; i < batch->before.entries.count; i++) {
        const struct npt__listed_file *entry = &batch->before.entries.items[i];
        bool folder;
        if (planned(batch, entry->file) != UINT32_MAX)
            continue;
        const char *path = path_of(batch, entry->file);
        if (!may_go(batch, entry, path, &folder))
            continue;
        if (!batch->options->dry_run)
            batch->result->removed += folder ? remove_folder(batch, path) : unlink(path) == 0;
        else if (batch->options->progress)
            batch->options->progress(batch->options->user,
                                     &(struct npt_batch_progress){.done = batch->finished,
                                                                  .reports = batch->items.count,
                                                                  .name = entry->file,
                                                                  .state = NPT_BATCH_WOULD_REMOVE});
    }
    batch->older_removed = true;
}

bool npt__looks_like_report(const npt_study *study, const char *folder, const char *name)
{
    if (!is_report_name(name))
        return false;
    npt__arena *arena = npt__arena_new();
    const char *const *files, *path = npt__arena_print(arena, "%s/%s", folder, name);
    const bool looks = !npt_study_reads(study, path) &&
                       (!npt__file_is_folder(path) || npt__csv_folder_files(arena, path, &files));
    npt__arena_free(arena);
    return looks;
}

/* Whether a file in the folder looks like a report, and is none of those that were protected together. */
static bool is_strange(const struct npt__batch *batch, const char *name)
{
    const uint32_t number = planned(batch, name);
    const bool made =
        number != UINT32_MAX && batch->items.items[number / batch->options->format_count].done;
    return !made && npt__looks_like_report(batch->reports->study, batch->options->folder, name);
}

void npt__batch_name_strange(struct npt__batch *batch)
{
    struct dirent **entries;
    const int all = scandir(batch->options->folder, &entries, NULL, alphasort);
    npt__buffer list = {0};
    size_t count = 0;
    for (int i = 0; i < all; i++) {
        if (is_strange(batch, entries[i]->d_name) && count++ < MOST_NAMED)
            npt__buffer_print(&list, "%s%s", list.length ? ", " : "", entries[i]->d_name);
        free(entries[i]);
    }
    if (all >= 0)
        free(entries);
    if (count > MOST_NAMED)
        npt__buffer_print(&list, " and %zu more", count - MOST_NAMED);
    if (count) {
        npt__say(batch->diags, NPT_WARNING, &(struct npt__place){.file = batch->options->folder},
                 "holds what may be reports that were not protected together with these: %s",
                 npt__buffer_string(&list));
        npt__hint(batch->diags,
                  "they were left as they are, as this batch did not make them or they "
                  "were changed since; do not send them out with these");
    }
    npt__buffer_release(&list);
}
