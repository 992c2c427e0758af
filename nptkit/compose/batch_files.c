/* batch_files.c - what a batch writes beside its reports: the list of files, what was withheld, and the page of links.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch.h"

#include "../base/output.h"
#include "../report/index_page.h"
#include "../tables/table.h"

#include <nptkit/render.h>

#include <string.h>

/* A file that is there as `item` says; one of a report that this run has not come to, as the manifest had it; or, with
   nothing but its name, one that may be there in whatever state when the run ends, so that it is known as ours. */
static void list_file(const struct npt__batch *batch, const struct npt__batch_item *item,
                      const struct npt__batch_file *file, struct npt__file_list *manifest)
{
    struct npt__listed_file entry = {.bytes = file->bytes};
    const struct npt__listed_file *known =
        item->begun ? NULL : npt__file_list_find(&batch->before, file->name);
    if (known)
        entry = *known;
    else if (!item->done && !item->begun && !batch->running)
        return;
    entry.file = file->name;
    entry.recipe = npt__path_base(batch->reports->recipes[item->recipe].recipe->label);
    entry.site = item->site;
    if (!known && item->done) {
        memcpy(entry.digest, file->digest, sizeof entry.digest);
        memcpy(entry.content, item->content, sizeof entry.content);
    }
    *npt__array_add(&manifest->entries) = entry;
}

/* What an older batch left is known as ours until it is removed. */
static void list_older(const struct npt__batch *batch, struct npt__file_list *manifest)
{
    for (size_t i = 0; i < batch->before.entries.count && !batch->older_removed; i++) {
        const struct npt__listed_file *entry = &batch->before.entries.items[i];
        const size_t length = strlen(entry->file);
        if (npt__intern_find(&batch->planned, entry->file, length,
                             npt__intern_hash(entry->file, length)) == UINT32_MAX)
            *npt__array_add(&manifest->entries) = *entry;
    }
}

/* Under the lock. */
enum npt_status npt__batch_save_manifest(struct npt__batch *batch)
{
    const struct npt_batch_options *options = batch->options;
    struct npt__file_list manifest = {.arena = batch->arena};
    for (size_t i = 0; i < batch->items.count; i++)
        for (size_t j = 0; j < options->format_count; j++)
            list_file(batch, &batch->items.items[i], &batch->items.items[i].files[j], &manifest);
    list_older(batch, &manifest);
    npt__buffer path = {0};
    npt__buffer_print(&path, "%s/%s", options->folder, batch->manifest);
    const enum npt_status status =
        npt__file_list_write(&manifest, npt__buffer_string(&path), batch->diags);
    npt__buffer_release(&path);
    npt__array_release(&manifest.entries);
    return status;
}

/* ---- what stands beside the reports ------------------------------------------------------------ */

static enum npt_status write_disclosure(const struct npt__batch *batch)
{
    npt__buffer path = {0};
    npt__buffer_print(&path, "%s/disclosure.csv", batch->options->folder);
    npt_output *output = npt__output_replace(npt__buffer_string(&path), batch->diags);
    npt__buffer_release(&path);
    if (!output)
        return NPT_CANNOT_WRITE;
    npt_render(output, (const npt_table *const *)&batch->reports->disclosure, 1,
               npt_format_find("csv"), NULL);
    return npt_output_close(output);
}

static enum npt_status write_index(const struct npt__batch *batch)
{
    const struct npt_batch_options *options = batch->options;
    npt__buffer path = {0};
    const char *title = batch->reports->study->title;
    struct npt__index_page page = {.title = title && *title ? title : "Reports",
                                   .language = "en",
                                   .formats = options->formats,
                                   .format_count = options->format_count};
    struct npt__index_entry *entries =
        npt__arena_array(batch->arena, batch->items.count + 1, sizeof *entries);
    page.entries = entries;
    for (size_t i = 0; i < batch->items.count; i++) {
        const struct npt__batch_item *item = &batch->items.items[i];
        const npt_recipe *recipe = batch->reports->recipes[item->recipe].recipe;
        if (item->done)
            entries[page.entry_count++] = (struct npt__index_entry){
                .site = item->site, .about = recipe->summary, .name = item->name};
    }
    npt__buffer_print(&path, "%s/index.html", options->folder);
    npt_output *output = npt__output_replace(npt__buffer_string(&path), batch->diags);
    npt__buffer_release(&path);
    if (!output)
        return NPT_CANNOT_WRITE;
    npt__index_page(output, &page);
    return npt_output_close(output);
}

enum npt_status npt__batch_write_rest(struct npt__batch *batch)
{
    const bool whole = batch->options->shards <= 1 && !batch->result->stopped;
    enum npt_status status = whole ? write_disclosure(batch) : NPT_OK;
    if (status == NPT_OK && whole)
        status = write_index(batch);
    const bool good = status == NPT_OK && whole && !batch->result->failed;
    if (good)
        npt__batch_remove_older(batch);
    batch->running = false;
    const enum npt_status saved = npt__batch_save_manifest(batch);
    if (whole)
        npt__batch_name_strange(batch);
    if (!good || saved != NPT_OK)
        return status == NPT_OK ? saved : status;
    npt__file_list_tidy(batch->options->folder, batch->reports->study);
    return batch->result->missing_pictures ? NPT_OK : npt__batch_write_mark(batch);
}
