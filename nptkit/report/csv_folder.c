/* csv_folder.c - a document as a folder of CSV files: every table, what they are, and the sentences.
 *
 * Each file appears whole or not at all. Files of an older report in the folder that would be taken for this one's
 * ("table-...csv") go once all of this one are there; other people's files stay.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/diags.h"
#include "../base/output.h"
#include "../base/unicode.h"
#include "document_parts.h"
#include "format.h"
#include "writers.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void cannot_write(npt_diags *diags, const char *path, int error)
{
    npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path}, "cannot write: %s",
             strerror(error));
}

static bool make_folder(const char *path, npt_diags *diags)
{
    struct stat status;
    if (mkdir(path, 0700) == 0)
        return true;
    const int error = errno;
    const bool known = error == EEXIST && lstat(path, &status) == 0;
    if (known && S_ISDIR(status.st_mode))
        return true;
    cannot_write(diags, path, error);
    if (known && S_ISLNK(status.st_mode))
        npt__hint(diags, "a link lies there: files would be written to where it leads; remove it");
    return false;
}

/* "table-3-tally.csv" */
static const char *file_name(npt__arena *arena, const struct npt__document_table *table)
{
    const char *name = npt__fold_file_name(arena, npt_table_name(table->table), 60);
    return npt__arena_print(arena, "table-%zu%s%s.csv", table->number, *name ? "-" : "", name);
}

static void put_fields(npt_output *output, const char *const *fields, size_t count)
{
    npt__buffer line = {.ceiling = SIZE_MAX / 2};
    for (size_t i = 0; i < count; i++) {
        npt__buffer_puts(&line, i ? "," : "");
        npt__csv_text(&line, fields[i]);
    }
    npt__buffer_putc(&line, '\n');
    npt__put_buffer(output, &line);
    npt__buffer_release(&line);
}

static void put_contents(npt_output *output, const struct npt__document_tables *tables,
                         npt__arena *arena)
{
    static const char *const header[] = {"file", "table", "caption", "section"};
    put_fields(output, header, 4);
    for (size_t i = 0; i < tables->count; i++) {
        const struct npt__document_table *table = &tables->items[i];
        const char *const fields[] = {file_name(arena, table),
                                      npt__arena_print(arena, "%zu", table->number), table->caption,
                                      table->section};
        put_fields(output, fields, 4);
    }
}

static void put_sentences(npt_output *output, const struct npt__report_document *document,
                          npt__arena *arena)
{
    static const char *const header[] = {"section", "kind", "text"};
    const struct npt__document_sentence *sentences;
    const size_t count = npt__document_sentences(document, arena, &sentences);
    put_fields(output, header, 3);
    for (size_t i = 0; i < count; i++) {
        const char *const fields[] = {sentences[i].section, sentences[i].kind, sentences[i].text};
        put_fields(output, fields, 3);
    }
}

static npt_output *open_file(npt__arena *arena, const char *folder, const char *name,
                             npt_diags *diags)
{
    return npt__output_replace(npt__arena_print(arena, "%s/%s", folder, name), diags);
}

static enum npt_status write_files(const char *path, const struct npt__report_document *document,
                                   const struct npt__document_tables *tables, npt__arena *arena,
                                   npt_diags *diags)
{
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < tables->count && status == NPT_OK; i++) {
        npt_output *file = open_file(arena, path, file_name(arena, &tables->items[i]), diags);
        if (file)
            npt__csv_table(file, tables->items[i].table);
        status = file ? npt_output_close(file) : NPT_CANNOT_WRITE;
    }
    npt_output *sentences =
        status == NPT_OK ? open_file(arena, path, "sentences.csv", diags) : NULL;
    if (sentences)
        put_sentences(sentences, document, arena);
    status = sentences ? npt_output_close(sentences) : NPT_CANNOT_WRITE;
    npt_output *contents = status == NPT_OK ? open_file(arena, path, "contents.csv", diags) : NULL;
    if (contents)
        put_contents(contents, tables, arena);
    return contents ? npt_output_close(contents) : NPT_CANNOT_WRITE;
}

/* Whether a report of ours could have called a file so. */
static bool is_ours(const char *name)
{
    static const char start[] = "table-", end[] = ".csv";
    if (strncmp(name, start, sizeof start - 1) != 0)
        return false;
    name += sizeof start - 1;
    const size_t digits = strspn(name, "0123456789");
    name += digits;
    const size_t rest = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return digits && (rest == 0 || name[0] == '-') && strcmp(name + rest, end) == 0;
}

static void remove_stale(const char *path, const struct npt__document_tables *tables,
                         npt__arena *arena)
{
    DIR *folder = opendir(path);
    if (!folder)
        return;
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        bool current = false;
        for (size_t i = 0; i < tables->count && !current; i++)
            current = strcmp(entry->d_name, file_name(arena, &tables->items[i])) == 0;
        if (!current && is_ours(entry->d_name))
            unlinkat(dirfd(folder), entry->d_name, 0);
    }
    closedir(folder);
}

static enum npt_status write_folder(const char *path, const struct npt__report_document *document,
                                    npt_diags *diags)
{
    if (!make_folder(path, diags))
        return NPT_CANNOT_WRITE;
    npt__arena *arena = npt__arena_new();
    const struct npt__document_tables tables = npt__document_tables(document, arena);
    const enum npt_status status = write_files(path, document, &tables, arena, diags);
    if (status == NPT_OK)
        remove_stale(path, &tables, arena);
    npt__arena_free(arena);
    return status;
}

/* To a stream: the sentences and the tables, with a blank line between them. */
static void write_tables(npt_output *output, const struct npt__report_document *document)
{
    npt__arena *arena = npt__arena_new();
    const struct npt__document_tables tables = npt__document_tables(document, arena);
    put_sentences(output, document, arena);
    for (size_t i = 0; i < tables.count; i++) {
        npt__put(output, "\n");
        npt__csv_table(output, tables.items[i].table);
    }
    npt__arena_free(arena);
}

const npt_report_format npt__report_csv = {.name = "csv",
                                           .extension = "-csv",
                                           .summary = "a folder of CSV files, one of each table",
                                           .write = write_tables,
                                           .write_folder = write_folder};
