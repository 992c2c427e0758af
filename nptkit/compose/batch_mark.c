/* batch_mark.c - whether a whole batch would be the same again, found out without analysing anything.
 *
 * A whole batch leaves its mark in the folder: one SHA-256 over all that its files come from (the files of the program and
 * of its libraries, by size and time; those of the study, by their SHA-256, and how it was opened; recipes and formats)
 * and over the list of what it wrote. gnuplot and fonts are not in it: another gnuplot draws what changed otherwise, and
 * nothing anew. Where the mark is the same and every listed file is as listed, there is nothing to
 * do. Anything else than that is for npt_batch_run() to look at, report by report.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include "batch.h"

#include "../base/output.h"
#include "../base/parallel.h"

#include <dirent.h>
#include <link.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what it is made of ------------------------------------------------------------------------ */

/* With its end, so that no two lists of texts are the same bytes. */
static void add(npt__buffer *made_of, const char *text)
{
    npt__buffer_add(made_of, text, strlen(text) + 1);
}

/* A file of the running program. The first is the program itself, and has no name. */
static int add_object(struct dl_phdr_info *object, size_t size, void *user)
{
    npt__buffer *made_of = user;
    struct stat status;
    (void)size;
    const bool itself = made_of->length == 0;
    const char *path = itself ? "/proc/self/exe" : object->dlpi_name;
    add(made_of, path);
    if (stat(path, &status) == 0)
        npt__buffer_print(made_of, "%lld %lld.%ld\n", (long long)status.st_size,
                          (long long)status.st_mtim.tv_sec, (long)status.st_mtim.tv_nsec);
    else if (itself)
        return 1; /* no telling what it is */
    return 0;
}

/* False where a file of the study has no digest. */
static bool add_study(npt__buffer *made_of, const npt_study *study)
{
    add(made_of, study->opened);
    for (size_t i = 0; i < study->inputs.count; i++) {
        const struct npt__study_input *input = &study->inputs.items[i];
        if (!*input->digest)
            return false;
        add(made_of, input->path);
        add(made_of, input->digest);
    }
    return *study->opened;
}

static void add_recipe(npt__buffer *made_of, const npt_recipe *recipe)
{
    add(made_of, recipe->label);
    npt__buffer_print(made_of, "%zu\n", recipe->text.length);
    npt__buffer_add(made_of, recipe->text.bytes, recipe->text.length);
    for (size_t i = 0; i < recipe->parameters.count; i++) {
        add(made_of, recipe->parameters.items[i].name);
        add(made_of, recipe->parameters.items[i].value);
    }
}

static void add_outputs(npt__buffer *made_of, const struct npt_batch_options *options,
                        const struct npt__file_list *list)
{
    static const char *const beside[] = {"manifest.csv", "disclosure.csv", "index.html"};
    npt__buffer path = {0};
    for (size_t i = 0; i < options->format_count; i++)
        add(made_of, options->formats[i]->name);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        char digest[NPT__DIGEST_SIZE];
        npt__buffer_clear(&path);
        npt__buffer_print(&path, "%s/%s", options->folder, beside[i]);
        npt__file_digest(digest, npt__buffer_string(&path));
        add(made_of, digest);
    }
    for (size_t i = 0; i < list->entries.count; i++) {
        add(made_of, list->entries.items[i].file);
        add(made_of, list->entries.items[i].digest);
    }
    npt__buffer_release(&path);
}

/* False where something of it cannot be told. */
static bool make_mark(char mark[NPT__DIGEST_SIZE], const npt_study *study,
                      const npt_recipe *const *recipes, size_t count,
                      const struct npt_batch_options *options, const struct npt__file_list *list)
{
    npt__buffer made_of = {0};
    const bool known = dl_iterate_phdr(add_object, &made_of) == 0 && add_study(&made_of, study);
    for (size_t i = 0; i < count; i++)
        add_recipe(&made_of, recipes[i]);
    add_outputs(&made_of, options, list);
    npt__digest(mark, made_of.bytes, made_of.length);
    npt__buffer_release(&made_of);
    return known;
}

/* ---- leaving and reading it -------------------------------------------------------------------- */

enum npt_status npt__batch_write_mark(const struct npt__batch *batch)
{
    const npt_reports *reports = batch->reports;
    struct npt__file_list list = {.arena = batch->arena};
    char mark[NPT__DIGEST_SIZE];
    const npt_recipe **recipes =
        npt__arena_array(batch->arena, reports->recipe_count + 1, sizeof *recipes);
    for (size_t i = 0; i < reports->recipe_count; i++)
        recipes[i] = reports->recipes[i].recipe;
    npt__file_list_read(&list, batch->options->folder);
    const bool known =
        make_mark(mark, reports->study, recipes, reports->recipe_count, batch->options, &list);
    npt__file_list_release(&list);
    if (!known)
        return NPT_OK;
    npt_output *output = npt__output_replace(
        npt__arena_print(batch->arena, "%s/" NPT__BATCH_MARK, batch->options->folder),
        batch->diags);
    if (!output)
        return NPT_CANNOT_WRITE;
    npt_output_write(output, mark, strlen(mark));
    npt_output_write(output, "\n", 1);
    return npt_output_close(output);
}

static bool is_marked(npt__arena *arena, const char *folder, const char *mark)
{
    npt__buffer text = {0};
    npt_diags *unheard = npt_diags_new();
    const char *path = npt__arena_print(arena, "%s/" NPT__BATCH_MARK, folder);
    const bool marked = npt__file_read(&text, path, NPT__DIGEST_SIZE, unheard) == NPT_OK &&
                        text.length == NPT__DIGEST_SIZE &&
                        strncmp(text.bytes, mark, NPT__DIGEST_SIZE - 1) == 0;
    npt_diags_free(unheard);
    npt__buffer_release(&text);
    return marked;
}

struct comparing {
    const struct npt__file_list *list;
    const char *folder;
    atomic_bool differ;
};

static void compare(void *user, size_t index)
{
    struct comparing *comparing = user;
    const struct npt__listed_file *entry = &comparing->list->entries.items[index];
    char digest[NPT__DIGEST_SIZE];
    size_t bytes;
    npt__buffer path = {0};
    if (!atomic_load(&comparing->differ)) {
        npt__buffer_print(&path, "%s/%s", comparing->folder, entry->file);
        npt__listed_digest(digest, &bytes, npt__buffer_string(&path));
        if (strcmp(digest, entry->digest) != 0)
            atomic_store(&comparing->differ, true);
    }
    npt__buffer_release(&path);
}

/* Whether something looks like a report and is none of the list: a run that looks at it warns of it. */
static bool holds_strange(const struct npt__file_list *list, const char *folder,
                          const npt_study *study)
{
    DIR *directory = opendir(folder);
    bool strange = false;
    for (const struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        strange |= !npt__file_list_find(list, entry->d_name) &&
                   npt__looks_like_report(study, folder, entry->d_name);
    if (directory)
        closedir(directory);
    return strange;
}

bool npt_batch_is_done(const npt_study *study, const npt_recipe *const *recipes, size_t count,
                       const struct npt_batch_options *options, struct npt_batch_result *result)
{
    *result = (struct npt_batch_result){0};
    if (!options->resume || options->dry_run || options->shards > 1)
        return false;
    npt__arena *arena = npt__arena_new();
    struct npt__file_list list = {.arena = arena};
    char mark[NPT__DIGEST_SIZE];
    npt__file_list_read(&list, options->folder);
    struct comparing comparing = {.list = &list, .folder = options->folder};
    bool done = make_mark(mark, study, recipes, count, options, &list) &&
                is_marked(arena, options->folder, mark) &&
                !holds_strange(&list, options->folder, study);
    if (done)
        npt__parallel(npt__batch_jobs(options), list.entries.count, compare, &comparing);
    done = done && !comparing.differ;
    if (done) {
        result->files = result->unchanged = list.entries.count;
        result->reports = list.entries.count / options->format_count;
    }
    npt__file_list_release(&list);
    npt__arena_free(arena);
    return done;
}
