/* batch.c - many reports in one go, in several threads, into one folder.
 *
 * The plan is a list of reports in a fixed order, so that parts of it can be made on different machines. Threads take
 * reports from it; each has a gnuplot of its own. A report is skipped where the manifest says that its files were made
 * from the same content and the files are still what they were.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch.h"

#include "../base/intern.h"
#include "../base/parallel.h"
#include "../tables/table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_JOBS 64u
#define SAVE_EVERY 64u /* reports: what is redone after a run that was ended */

/* ---- the plan -------------------------------------------------------------------------------- */

/* A site that is called "index", or two recipes of one name in two folders, must not replace another file. */
static const char *name_item(struct npt__batch *batch, npt__intern *taken, const char *wanted)
{
    const char *name = wanted;
    for (size_t number = 2;; number++) {
        const size_t known = taken->strings.count, length = strlen(name);
        if (npt__intern_add(taken, batch->arena, name, length, npt__intern_hash(name, length)) ==
            known)
            return name;
        name = npt__arena_print(batch->arena, "%s-%zu", wanted, number);
    }
}

static void add_item(struct npt__batch *batch, npt__intern *taken, size_t recipe,
                     const struct npt__report_site *site)
{
    const char *name =
        name_item(batch, taken, npt__report_file(batch->arena, batch->reports, recipe, site));
    *npt__array_add(&batch->items) =
        (struct npt__batch_item){.recipe = recipe, .site = site ? site->name : NULL, .name = name};
}

static const char *file_name(const struct npt__batch *batch, const char *name,
                             const npt_report_format *format)
{
    return npt__arena_print(batch->arena, "%s%s", name, format->extension);
}

static void plan(struct npt__batch *batch)
{
    const npt_reports *reports = batch->reports;
    npt__intern taken = {0};
    name_item(batch, &taken, "index");
    for (size_t i = 0; i < reports->recipe_count; i++) {
        if (!reports->recipes[i].recipe->for_site)
            add_item(batch, &taken, i, NULL);
        for (size_t j = 0; reports->recipes[i].recipe->for_site && j < reports->sites.count; j++)
            add_item(batch, &taken, i, &reports->sites.items[j]);
    }
    npt__intern_release(&taken);
    const struct npt_batch_options *options = batch->options;
    for (size_t i = 0; i < batch->items.count; i++)
        for (size_t j = 0; j < options->format_count; j++) {
            const char *name = file_name(batch, batch->items.items[i].name, options->formats[j]);
            const size_t length = strlen(name);
            npt__intern_add(&batch->planned, batch->arena, name, length,
                            npt__intern_hash(name, length));
        }
    size_t kept = 0;
    for (size_t i = 0; options->shards > 1 && i < batch->items.count; i++)
        if (i % options->shards == options->shard - 1)
            batch->items.items[kept++] = batch->items.items[i];
    if (options->shards > 1)
        batch->items.count = kept;
    for (size_t i = 0; i < batch->items.count; i++)
        batch->items.items[i].files =
            npt__arena_array(batch->arena, options->format_count, sizeof(struct npt__batch_file));
}

/* ---- all of them ----------------------------------------------------------------------------- */

static bool find_first(const npt_diags *diags, enum npt_severity wanted, struct npt__place *place,
                       const char **text, const char **hint)
{
    enum npt_severity severity;
    struct npt__place here;
    const char *message, *help;
    for (size_t i = 0; npt__diags_at(diags, i, &severity, &here, &message, &help); i++)
        if (severity == wanted) {
            *place = here;
            *text = message;
            *hint = help;
            return true;
        }
    return false;
}

static void say_failed(struct npt__batch *batch, const struct npt__batch_item *item,
                       const npt_diags *diags)
{
    struct npt__place place = {.file = NULL};
    const char *text = "it could not be made", *hint = NULL;
    find_first(diags, NPT_ERROR, &place, &text, &hint);
    npt__say(batch->diags, NPT_ERROR, &place, "the report %s failed: %s", item->name, text);
    if (hint)
        npt__hint(batch->diags, "%s", hint);
}

/* Each report says it; once is enough. */
static void warn_once(struct npt__batch *batch, const npt_diags *diags)
{
    struct npt__place place;
    const char *text, *hint;
    if (batch->warned || !find_first(diags, NPT_WARNING, &place, &text, &hint))
        return;
    batch->warned = true;
    npt__say(batch->diags, NPT_WARNING, &place, "%s", text);
    if (hint)
        npt__hint(batch->diags, "%s", hint);
}

static void finish_item(struct npt__batch *batch, struct npt__batch_item *item,
                        enum npt_batch_state state, const npt_diags *diags)
{
    pthread_mutex_lock(&batch->lock);
    struct npt_batch_result *result = batch->result;
    item->done = state == NPT_BATCH_WRITTEN || state == NPT_BATCH_UNCHANGED;
    result->written += state == NPT_BATCH_WRITTEN ? batch->options->format_count : 0;
    result->unchanged += state == NPT_BATCH_UNCHANGED ? batch->options->format_count : 0;
    result->failed += state == NPT_BATCH_FAILED;
    result->missing_pictures += item->missing_pictures;
    batch->finished++;
    warn_once(batch, diags);
    if (state == NPT_BATCH_FAILED) {
        say_failed(batch, item, diags);
        batch->ended |= !batch->options->keep_going;
    }
    if (state == NPT_BATCH_WRITTEN && ++batch->unsaved >= SAVE_EVERY) {
        batch->unsaved = 0;
        batch->ended |= npt__batch_save_manifest(batch) != NPT_OK;
    }
    if (batch->options->progress)
        batch->options->progress(batch->options->user,
                                 &(struct npt_batch_progress){.done = batch->finished,
                                                              .reports = batch->items.count,
                                                              .name = item->name,
                                                              .site = item->site,
                                                              .state = state});
    pthread_mutex_unlock(&batch->lock);
}

static struct npt__batch_item *next_item(struct npt__batch *batch)
{
    pthread_mutex_lock(&batch->lock);
    if (batch->options->stop && *batch->options->stop && batch->next < batch->items.count)
        batch->ended = batch->result->stopped = true;
    struct npt__batch_item *item = batch->ended || batch->next == batch->items.count
                                       ? NULL
                                       : &batch->items.items[batch->next++];
    if (item)
        item->begun = true;
    pthread_mutex_unlock(&batch->lock);
    return item;
}

/* One of the threads. Without gnuplot each report says so by itself. */
static void work(void *user, size_t index)
{
    struct npt__batch *batch = user;
    npt_plotter *plotter = NULL;
    bool tried = !batch->draws;
    struct npt__batch_item *item;
    (void)index;
    while ((item = next_item(batch)) != NULL) {
        npt_diags *diags = npt_diags_new();
        enum npt_batch_state state = NPT_BATCH_UNCHANGED;
        if (!npt__batch_is_unchanged(batch, item, diags)) {
            if (!tried && !batch->options->dry_run) {
                npt_diags *unheard = npt_diags_new();
                plotter = npt_plotter_open(unheard);
                npt_diags_free(unheard);
            }
            tried = true;
            state = batch->options->dry_run ? NPT_BATCH_WOULD_WRITE
                                            : npt__batch_write_item(batch, item, plotter, diags);
        }
        finish_item(batch, item, state, diags);
        npt_diags_free(diags);
    }
    npt_plotter_close(plotter);
}

/* ---- from start to end ----------------------------------------------------------------------- */

static enum npt_status make_folder(const char *folder, npt_diags *diags)
{
    if (npt__file_is_folder(folder) || mkdir(folder, 0777) == 0)
        return NPT_OK;
    const int error = errno;
    if (npt__file_is_folder(folder)) /* another part of the batch made it just now */
        return NPT_OK;
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = folder}, "cannot make this folder: %s",
             strerror(error));
    npt__hint(diags, "name a folder that can be made, with -o DIR");
    return NPT_CANNOT_WRITE;
}

/* Two batches in one folder would take each other's files for an older batch's; parts of one may write side by side.
   Returns the descriptor that holds the lock, or -1: a system without locks has none. */
static enum npt_status lock_folder(const struct npt_batch_options *options, int *lock,
                                   npt_diags *diags)
{
    *lock = open(options->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int how = options->shards > 1 ? LOCK_SH : LOCK_EX;
    if (*lock < 0 || flock(*lock, how | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = options->folder},
             "another batch is writing into this folder");
    npt__hint(diags, "wait for its end, or name another folder with -o DIR");
    return NPT_CANNOT_WRITE;
}

static void name_file(struct npt__batch *batch, struct npt__batch_file *file, const char *name,
                      const npt_report_format *format)
{
    file->name = file_name(batch, name, format);
    file->path = npt__arena_print(batch->arena, "%s/%s", batch->options->folder, file->name);
}

/* Of all tables that leave, each once: recipes share them. */
static void count_cells(struct npt__batch *batch)
{
    for (size_t i = 0; i < batch->reports->results.count; i++)
        for (size_t j = 0; j < batch->reports->results.items[i]->count; j++) {
            const struct npt__result *result = batch->reports->results.items[i];
            if (!result->made[j])
                continue;
            batch->result->cells += result->summaries[j].cells;
            batch->result->withheld += result->summaries[j].small + result->summaries[j].complement;
        }
}

/* Looks at the rows of a site in a table: whether they hold its mean, and whether that is withheld. */
static void look_at_site(const npt_table *table, const struct npt__site_rows *rows, size_t site,
                         bool *told, bool *withheld)
{
    const size_t mean = npt_table_find_column(table, "mean");
    for (size_t i = rows->first[site]; mean != SIZE_MAX && i < rows->first[site + 1]; i++) {
        const enum npt_cell_kind kind = npt_table_row(table, rows->rows[i])[mean].kind;
        *told |= kind == NPT_CELL_NUMBER;
        *withheld |= kind == NPT_CELL_WITHHELD;
    }
}

static void count_silent_sites(struct npt__batch *batch)
{
    const struct npt_reports *reports = batch->reports;
    for (size_t site = 0; site < reports->sites.count; site++) {
        bool told = false, withheld = false;
        for (size_t i = 0; i < reports->results.count; i++)
            for (size_t j = 0; j < reports->results.items[i]->count && !told; j++) {
                const struct npt__result *result = reports->results.items[i];
                if (result->made[j] && result->rows[j].first)
                    look_at_site(result->made[j], &result->rows[j], site, &told, &withheld);
            }
        batch->result->silent_sites += withheld && !told;
    }
}

static void prepare(struct npt__batch *batch)
{
    const struct npt_batch_options *options = batch->options;
    batch->digests =
        npt__arena_array(batch->arena, batch->reports->recipe_count, sizeof *batch->digests);
    for (size_t i = 0; i < batch->reports->recipe_count; i++)
        npt__batch_digest_recipe(batch, i);
    batch->manifest = options->shards > 1 ? npt__arena_print(batch->arena, "manifest-%u-of-%u.csv",
                                                             options->shard, options->shards)
                                          : "manifest.csv";
    plan(batch);
    for (size_t i = 0; i < batch->items.count; i++)
        for (size_t j = 0; j < options->format_count; j++)
            name_file(batch, &batch->items.items[i].files[j], batch->items.items[i].name,
                      options->formats[j]);
    for (size_t i = 0; i < options->format_count; i++)
        batch->draws |= options->formats[i]->svg || options->formats[i]->png;
    npt__file_list_read(&batch->before, options->folder);
    batch->result->reports = batch->items.count;
    batch->result->files = batch->items.count * options->format_count;
}

unsigned npt__batch_jobs(const struct npt_batch_options *options)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (options->dry_run)
        return 1; /* in the order of the plan */
    const unsigned jobs =
        options->jobs ? options->jobs : (unsigned)(processors > 0 ? processors : 1);
    return jobs > MOST_JOBS ? MOST_JOBS : jobs;
}

enum npt_status npt_batch_run(const npt_reports *reports, const struct npt_batch_options *options,
                              struct npt_batch_result *result, npt_diags *diags)
{
    struct npt_batch_result own = {0};
    struct npt__batch batch = {.reports = reports,
                               .options = options,
                               .result = result ? result : &own,
                               .diags = diags,
                               .arena = npt__arena_new(),
                               .lock = PTHREAD_MUTEX_INITIALIZER};
    *batch.result = (struct npt_batch_result){0};
    batch.before.arena = batch.arena;
    count_cells(&batch);
    count_silent_sites(&batch);
    int lock = -1;
    enum npt_status status = npt__batch_check(&batch);
    if (status == NPT_OK && !options->dry_run)
        status = make_folder(options->folder, diags);
    if (status == NPT_OK && !options->dry_run)
        status = lock_folder(options, &lock, diags);
    if (status == NPT_OK) {
        prepare(&batch);
        status = npt__batch_check_files(&batch);
    }
    if (status == NPT_OK && !options->dry_run) {
        batch.running = true;
        status = npt__batch_save_manifest(&batch);
    }
    if (status == NPT_OK) {
        const size_t jobs = npt__batch_jobs(options);
        npt__parallel((unsigned)jobs, jobs < batch.items.count ? jobs : batch.items.count, work,
                      &batch);
        if (!options->dry_run)
            status = npt__batch_write_rest(&batch);
        else if (options->shards <= 1)
            npt__batch_remove_older(&batch);
    }
    if (status == NPT_OK && batch.result->failed)
        status = options->keep_going ? NPT_FAULTS : NPT_CANNOT_WRITE;
    if (lock >= 0)
        close(lock);
    npt__array_release(&batch.items);
    npt__intern_release(&batch.planned);
    npt__file_list_release(&batch.before);
    npt__arena_free(batch.arena);
    return status;
}
