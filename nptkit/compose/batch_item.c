/* batch_item.c - one report of a batch: what it is made from, whether it is there already, and its files.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batch.h"

#include "../base/embedded.h"
#include "../base/output.h"
#include "../tables/table.h"

#include <string.h>

/* ---- what reports are made from --------------------------------------------------------------- */

static void add_text(npt_output *content, const char *text)
{
    npt_output_write(content, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* The same bytes on every machine, as parts of a batch can be made on several. */
static void add_cell(npt_output *content, const struct npt_cell *cell)
{
    char bytes[9] = {(char)('0' + (int)cell->kind)};
    uint64_t bits = 0;
    if (cell->kind == NPT_CELL_COUNT)
        bits = (uint64_t)cell->count;
    if (cell->kind == NPT_CELL_NUMBER)
        memcpy(&bits, &cell->number, sizeof bits);
    for (size_t i = 1; i < sizeof bytes; i++, bits >>= 8)
        bytes[i] = (char)(bits & 255);
    npt_output_write(content, bytes, sizeof bytes);
    if (cell->kind == NPT_CELL_TEXT)
        add_text(content, cell->text);
}

static void add_table(npt_output *content, const npt_table *table)
{
    const size_t rows = npt_table_row_count(table), columns = npt_table_column_count(table);
    add_text(content, npt_table_name(table));
    for (size_t i = 0; i < columns; i++)
        add_text(content, npt_table_column(table, i)->key);
    add_text(content, NULL); /* no key is empty: where the columns end */
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            add_cell(content, &npt_table_row(table, i)[j]);
}

/* Everything that reports of a recipe share: the program, the recipe, the styles, and all of its tables. */
void npt__batch_digest_recipe(struct npt__batch *batch, size_t index)
{
    const struct npt__recipe_results *results = &batch->reports->recipes[index];
    npt_output *content = npt_output_memory(batch->diags);
    npt_output_write(content, npt_version(), strlen(npt_version()));
    npt_output_write(content, results->recipe->text.bytes, results->recipe->text.length);
    for (const struct npt__embedded *file = npt__embedded_files; file->name; file++)
        if (strncmp(file->name, "reports/", 8) == 0)
            npt_output_write(content, (const char *)file->bytes, file->length);
    for (size_t i = 0; i < results->recipe->analyses.count; i++)
        for (size_t j = 0; results->of[i] && j < results->of[i]->count; j++)
            if (results->of[i]->made[j])
                add_table(content, results->of[i]->made[j]);
    size_t length;
    const char *bytes = npt_output_bytes(content, &length);
    npt__digest(batch->digests[index], bytes, length);
    npt_output_discard(content);
}

/* What one report is made from: the above, and its own words. */
static void digest_report(const struct npt__batch *batch, const npt_report *report, size_t recipe,
                          char digest[NPT__DIGEST_SIZE], npt_diags *diags)
{
    npt_output *content = npt_output_memory(diags);
    npt_output_write(content, batch->digests[recipe], NPT__DIGEST_SIZE);
    npt_report_write(content, report, npt_report_format_find("md"), diags);
    size_t length;
    const char *bytes = npt_output_bytes(content, &length);
    npt__digest(digest, bytes, length);
    npt_output_discard(content);
}

/* ---- one report ------------------------------------------------------------------------------ */

static enum npt_status make(const struct npt__batch *batch, const struct npt__batch_item *item,
                            bool drawn, npt_plotter *plotter, npt_report **report, npt_diags *diags)
{
    const struct npt_report_options options = {.site = item->site,
                                               .formats = batch->options->formats,
                                               .format_count =
                                                   drawn ? batch->options->format_count : 0,
                                               .plotter = plotter};
    return npt_report_make(report, batch->reports, item->recipe, &options, diags);
}

/* Whether the file is there as the manifest tells it, made from the same. */
static bool is_there(const struct npt__batch *batch, struct npt__batch_file *file,
                     const char *content)
{
    const struct npt__listed_file *entry = npt__file_list_find(&batch->before, file->name);
    if (!entry || strcmp(entry->content, content) != 0)
        return false;
    npt__listed_digest(file->digest, &file->bytes, file->path);
    return strcmp(file->digest, entry->digest) == 0;
}

static enum npt_status write_folder(struct npt__batch_file *file, const char *path,
                                    const npt_report *report, const npt_report_format *format,
                                    npt_diags *diags)
{
    const enum npt_status status = format->write_folder(path, report->document, diags);
    if (status == NPT_OK)
        npt__listed_digest(file->digest, &file->bytes, path);
    return status;
}

static enum npt_status write_file(struct npt__batch_file *file, const npt_report *report,
                                  const npt_report_format *format, npt_diags *diags)
{
    const char *path = file->path;
    if (format->write_folder)
        return write_folder(file, path, report, format, diags);
    npt_output *content = npt_output_memory(diags);
    enum npt_status status = npt_report_write(content, report, format, diags);
    npt_output *output = status == NPT_OK ? npt__output_replace(path, diags) : NULL;
    if (output) {
        const char *bytes = npt_output_bytes(content, &file->bytes);
        npt__digest(file->digest, bytes, file->bytes);
        npt_output_write(output, bytes, file->bytes);
        status = npt_output_close(output);
    } else if (status == NPT_OK) {
        status = NPT_CANNOT_WRITE;
    }
    npt_output_discard(content);
    return status;
}

/* Whether all files of the report are there and would be the same. */
bool npt__batch_is_unchanged(struct npt__batch *batch, struct npt__batch_item *item,
                             npt_diags *diags)
{
    npt_report *report = NULL;
    bool same = batch->options->resume && make(batch, item, false, NULL, &report, diags) == NPT_OK;
    if (same)
        digest_report(batch, report, item->recipe, item->content, diags);
    npt_report_free(report);
    for (size_t i = 0; i < batch->options->format_count && same; i++)
        same = is_there(batch, &item->files[i], item->content);
    return same;
}

enum npt_batch_state npt__batch_write_item(struct npt__batch *batch, struct npt__batch_item *item,
                                           npt_plotter *plotter, npt_diags *diags)
{
    npt_report *report = NULL;
    enum npt_status status = make(batch, item, true, plotter, &report, diags);
    for (size_t i = 0; i < batch->options->format_count && status == NPT_OK; i++)
        status = write_file(&item->files[i], report, batch->options->formats[i], diags);
    if (status == NPT_OK) {
        digest_report(batch, report, item->recipe, item->content, diags);
        item->missing_pictures = npt_report_outcome(report)->missing_pictures;
    }
    npt_report_free(report);
    return status == NPT_OK ? NPT_BATCH_WRITTEN : NPT_BATCH_FAILED;
}
