/* batch_run.h - for tests of batches: a study of made-up sites, small recipes, a run, and what stands in a folder.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef BATCH_RUN_H
#define BATCH_RUN_H

#include "../nptkit/base/file.h"
#include "survey_file.h"

#include <nptkit/batch.h>

#include <dirent.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A recipe on all sites and one for each, without pictures: what batches do with them is much the same. */
#define BATCH_ALL \
    "<report xmlns=\"urn:nptkit:report:1\" title=\"All\"><section title=\"S\">" \
    "<analysis name=\"score\"><option name=\"by\" value=\"site\"/><say/><table/></analysis>" \
    "<methods/></section></report>"
#define BATCH_SITE \
    "<report xmlns=\"urn:nptkit:report:1\" title=\"{site}\" for=\"site\"><section title=\"S\">" \
    "<analysis name=\"score\"><option name=\"by\" value=\"site\"/><say/><table/></analysis>" \
    "<questions/><methods/></section></report>"

/* `people` of each site answer something between 1 and 5 that looks like chance. Names are quoted for CSV. */
static inline npt__buffer batch_csv(const char *const *sites, size_t count, size_t people)
{
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "site,a1,a2,b1,g\n");
    for (size_t i = 0; i < count * people; i++) {
        npt__buffer_putc(&csv, '"');
        for (const char *at = sites[i / people]; *at; at++) {
            npt__buffer_putc(&csv, *at);
            if (*at == '"')
                npt__buffer_putc(&csv, '"');
        }
        npt__buffer_print(&csv, "\",%zu,%zu,%zu,%zu\n", 1 + i * 7 % 5, 1 + i * 11 % 5,
                          1 + i * 13 % 5, i * 17 % 11);
    }
    return csv;
}

#define BATCH_STUDY \
    STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\"><column name=\"site\" " \
          "as=\"site\"/>" ITEM_COLUMNS "</survey>")

struct batch_world {
    struct fixture opened;
    npt_recipe *recipes[4];
    size_t count;
    npt_diags *diags;
    npt_reports *reports;
};

/* Recipes by name or file; "all.xml" and "site.xml" are written. End with batch_close(). */
static inline struct batch_world batch_open_with(struct fixture opened, const char *const *recipes)
{
    struct batch_world world = {.opened = opened, .diags = npt_diags_new()};
    fixture_write_text("all.xml", BATCH_ALL);
    fixture_write_text("site.xml", BATCH_SITE);
    assert_int_equal(opened.status, NPT_OK);
    for (; recipes[world.count]; world.count++)
        assert_int_equal(
            npt_recipe_open(&world.recipes[world.count], recipes[world.count], world.diags),
            NPT_OK);
    const enum npt_status status =
        npt_reports_new(&world.reports, (const npt_recipe *const *)world.recipes, world.count,
                        opened.study, world.diags);
    assert_string_equal(npt_diags_text(world.diags, false), "");
    assert_int_equal(status, NPT_OK);
    return world;
}

static const char *const batch_both[] = {"all.xml", "site.xml", NULL};

static inline struct batch_world batch_open(const char *const *sites, size_t count, size_t people)
{
    npt__buffer csv = batch_csv(sites, count, people);
    struct fixture opened = open_survey(BATCH_STUDY, "w.csv", npt__buffer_string(&csv));
    npt__buffer_release(&csv);
    return batch_open_with(opened, batch_both);
}

static inline void batch_close(struct batch_world *world)
{
    npt_reports_free(world->reports);
    for (size_t i = 0; i < world->count; i++)
        npt_recipe_free(world->recipes[i]);
    npt_diags_free(world->diags);
    fixture_close(&world->opened);
}

/* ---- a run ----------------------------------------------------------------------------------- */

static inline struct npt_batch_options batch_options(const char *folder)
{
    static const npt_report_format *formats[2];
    formats[0] = npt_report_format_find("html");
    formats[1] = npt_report_format_find("csv");
    return (struct npt_batch_options){
        .folder = folder, .formats = formats, .format_count = 2, .jobs = 2};
}

/* Runs and expects this status; messages stay in world->diags. */
static inline struct npt_batch_result batch_expect(struct batch_world *world,
                                                   const struct npt_batch_options *options,
                                                   enum npt_status expected)
{
    struct npt_batch_result result;
    const enum npt_status status = npt_batch_run(world->reports, options, &result, world->diags);
    if (status != expected)
        fail_msg("status %d, not %d: %s", status, expected, npt_diags_text(world->diags, false));
    return result;
}

static inline void batch_whole(struct batch_world *world, const char *folder, bool resume)
{
    struct npt_batch_options options = batch_options(folder);
    options.resume = resume;
    batch_expect(world, &options, NPT_OK);
}

/* ---- what is there --------------------------------------------------------------------------- */

static inline int batch_not_a_link(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* One line for each file below a folder, in order: its name, its SHA-256 and, if asked for, inode and time. */
static inline void batch_list(npt__buffer *list, const char *folder, bool places)
{
    struct dirent **entries;
    const int count = scandir(folder, &entries, batch_not_a_link, alphasort);
    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        char path[1024], digest[NPT__DIGEST_SIZE];
        struct stat status;
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        assert_int_equal(lstat(path, &status), 0);
        if (S_ISDIR(status.st_mode)) {
            batch_list(list, path, places);
        } else {
            npt__file_digest(digest, path);
            npt__buffer_print(list, "%s %s", strchr(path, '/') + 1, digest);
            if (places)
                npt__buffer_print(list, " %llu %lld.%09ld", (unsigned long long)status.st_ino,
                                  (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
            npt__buffer_putc(list, '\n');
        }
        free(entries[i]);
    }
    free(entries);
}

/* Two folders hold the same files with the same bytes. */
static inline void batch_expect_same(const char *one, const char *two)
{
    npt__buffer first = {0}, second = {0};
    batch_list(&first, one, false);
    batch_list(&second, two, false);
    const char *a = npt__buffer_string(&first), *b = npt__buffer_string(&second);
    size_t same = 0, line = 0;
    for (; a[same] && a[same] == b[same]; same++)
        line = a[same] == '\n' ? same + 1 : line;
    if (a[same] || b[same])
        fail_msg("%s and %s differ: %.160s\nis: %.160s", one, two, a + line, b + line);
    npt__buffer_release(&first);
    npt__buffer_release(&second);
}

/* So many lines of one list are not among those of the other. */
static inline size_t batch_count_new(const char *before, const char *after)
{
    size_t count = 0;
    for (const char *at = after; *at;) {
        const size_t length = strcspn(at, "\n");
        char *line = strndup(at, length + 1);
        count += !strstr(before, line);
        free(line);
        at += length + 1;
    }
    return count;
}

static inline bool batch_is_there(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

#endif
