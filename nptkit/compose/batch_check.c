/* batch_check.c - what is looked at before a batch writes anything: its recipes, and what lies where its files go.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch.h"

#include "../report/index_page.h"

#include <string.h>
#include <sys/stat.h>

static enum npt_status check_part(const struct npt__batch *batch)
{
    const struct npt_batch_options *options = batch->options;
    if (!options->shards || (options->shard >= 1 && options->shard <= options->shards))
        return NPT_OK;
    npt__say(batch->diags, NPT_ERROR, NULL, "there is no part %u of %u", options->shard,
             options->shards);
    npt__hint(batch->diags, "parts are numbered from 1 to %u", options->shards);
    return NPT_USAGE;
}

/* A recipe for one site makes no report of a study without sites. */
static void warn_of_no_sites(const struct npt__batch *batch)
{
    for (size_t i = 0; i < batch->reports->recipe_count && !batch->reports->sites.count; i++) {
        const npt_recipe *recipe = batch->reports->recipes[i].recipe;
        if (!recipe->for_site)
            continue;
        npt__say(batch->diags, NPT_WARNING, NULL,
                 "the study has no sites: there is no report by the recipe %s", recipe->label);
        npt__hint(batch->diags,
                  "say in study.xml which column or attribute is the site: as=\"site\"");
    }
}

/* A fault of a recipe that only its report shows is told as for one report, before anything is written. */
static enum npt_status try_recipes(const struct npt__batch *batch)
{
    const npt_reports *reports = batch->reports;
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < reports->recipe_count && status == NPT_OK; i++) {
        const bool for_site = reports->recipes[i].recipe->for_site;
        const struct npt_report_options options = {
            .site = for_site && reports->sites.count ? reports->sites.items[0].name : NULL};
        npt_report *report = NULL;
        npt_diags *own = npt_diags_new();
        if (!for_site || options.site)
            status = npt_report_make(&report, reports, i, &options, own);
        if (status != NPT_OK)
            npt__pass_on(batch->diags, own);
        npt_report_free(report);
        npt_diags_free(own);
    }
    return status;
}

enum npt_status npt__batch_check(const struct npt__batch *batch)
{
    const enum npt_status status = check_part(batch);
    if (status == NPT_OK)
        warn_of_no_sites(batch);
    return status == NPT_OK ? try_recipes(batch) : status;
}

/* ---- files ------------------------------------------------------------------------------------ */

static enum npt_status check_inputs(const struct npt__batch *batch)
{
    const char *const beside[] = {batch->manifest, "index.html", "disclosure.csv", NPT__BATCH_MARK};
    bool replaces = false;
    for (size_t i = 0; i < sizeof beside / sizeof *beside && !replaces; i++)
        replaces = npt__replaces_input(
            batch->reports->study,
            npt__arena_print(batch->arena, "%s/%s", batch->options->folder, beside[i]),
            batch->diags);
    for (size_t i = 0; i < batch->items.count; i++)
        for (size_t j = 0; j < batch->options->format_count && !replaces; j++)
            replaces = npt__replaces_input(batch->reports->study,
                                           batch->items.items[i].files[j].path, batch->diags);
    return replaces ? NPT_USAGE : NPT_OK;
}

/* ---- what nobody knows to be ours -------------------------------------------------------------- */

/* Whether a file begins with this line, or holds it anywhere. */
static bool holds(const char *path, const char *text, bool anywhere)
{
    npt__buffer bytes = {0};
    npt_diags *unheard = npt_diags_new();
    const bool read = npt__file_read(&bytes, path, (size_t)64 << 20, unheard) == NPT_OK;
    const char *at = read ? strstr(npt__buffer_string(&bytes), text) : NULL;
    const bool found = at && (anywhere || at == npt__buffer_string(&bytes));
    npt_diags_free(unheard);
    npt__buffer_release(&bytes);
    return found;
}

static bool is_there(const char *path, bool as_folder)
{
    struct stat status;
    return lstat(path, &status) == 0 && (as_folder || !S_ISDIR(status.st_mode));
}

static void refuse(struct npt__batch *batch, const char *path, bool *taken)
{
    npt__say(batch->diags, NPT_ERROR, &(struct npt__place){.file = path},
             "exists already, and no batch is known to have written it");
    npt__hint(batch->diags, "name another folder with -o DIR; or --force replaces it");
    *taken = true;
}

static enum npt_status check_taken(struct npt__batch *batch)
{
    const struct npt_batch_options *options = batch->options;
    bool taken = false;
    for (size_t i = 0; i < batch->items.count; i++)
        for (size_t j = 0; j < options->format_count; j++) {
            const struct npt__batch_file *file = &batch->items.items[i].files[j];
            if (!npt__file_list_find(&batch->before, file->name) &&
                is_there(file->path, options->formats[j]->write_folder != NULL))
                refuse(batch, file->path, &taken);
        }
    const struct {
        const char *name, *text;
        bool anywhere;
    } beside[] = {{batch->manifest, NPT__FILE_LIST_HEADER, false},
                  {"disclosure.csv", NPT__DISCLOSURE_HEADER, false},
                  {"index.html", NPT__INDEX_PAGE_SAYS, true}};
    const size_t count = options->shards > 1 ? 1 : sizeof beside / sizeof *beside;
    for (size_t i = 0; i < count; i++) {
        const char *path = npt__arena_print(batch->arena, "%s/%s", options->folder, beside[i].name);
        if (is_there(path, false) && !holds(path, beside[i].text, beside[i].anywhere))
            refuse(batch, path, &taken);
    }
    return taken ? NPT_CANNOT_WRITE : NPT_OK;
}

enum npt_status npt__batch_check_files(struct npt__batch *batch)
{
    const enum npt_status status = check_inputs(batch);
    return status == NPT_OK && !batch->options->force ? check_taken(batch) : status;
}
