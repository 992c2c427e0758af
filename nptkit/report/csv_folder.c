/* csv_folder.c - a document as a folder of CSV files: every table, what they are, and the sentences.
 *
 * Each file appears whole or not at all. What an older report left there, by its contents.csv, goes once all tables of this
 * one are there; other people's files stay, and a folder in which they are called as ours would be is refused.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "csv_folder.h"

#include "../base/diags.h"
#include "../base/file.h"
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

#define CONTENTS "contents.csv"
#define SENTENCES "sentences.csv"
#define CONTENTS_HEADER "file,table,caption,section\n"

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
    npt__put(output, CONTENTS_HEADER);
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

/* Whether a report of ours could have called a table so. */
static bool is_table(const char *name)
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

/* ---- what lies there already ------------------------------------------------------------------- */

size_t npt__csv_folder_files(npt__arena *arena, const char *path, const char *const **names)
{
    NPT__ARRAY(const char *) found = {0};
    npt__buffer text = {0};
    npt_diags *unheard = npt_diags_new();
    const char *contents = npt__arena_print(arena, "%s/" CONTENTS, path);
    const bool ours =
        npt__file_read(&text, contents, (size_t)1 << 20, unheard) == NPT_OK &&
        strncmp(npt__buffer_string(&text), CONTENTS_HEADER, sizeof CONTENTS_HEADER - 1) == 0;
    if (ours)
        *npt__array_add(&found) = CONTENTS;
    for (const char *at = npt__buffer_string(&text); ours && *at;) {
        const char *name = npt__arena_copy(arena, at, strcspn(at, ",\n"));
        if (is_table(name))
            *npt__array_add(&found) = name;
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    if (ours)
        *npt__array_add(&found) = SENTENCES;
    const char **copy = npt__arena_array(arena, found.count + 1, sizeof *copy);
    for (size_t i = 0; i < found.count; i++)
        copy[i] = found.items[i];
    *names = copy;
    const size_t count = found.count;
    npt__array_release(&found);
    npt__buffer_release(&text);
    npt_diags_free(unheard);
    return count;
}

/* Of a folder without a contents.csv of ours: no file may be called as one of ours would be. */
static bool is_free(const char *path, npt_diags *diags)
{
    DIR *folder = opendir(path);
    bool is_free = true;
    for (const struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        const char *name = entry->d_name;
        if (strcmp(name, CONTENTS) != 0 && strcmp(name, SENTENCES) != 0 && !is_table(name))
            continue;
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
                 "holds '%s', which no report is known to have written", name);
        npt__hint(diags, "move it elsewhere, or name another folder for the reports");
        is_free = false;
        break;
    }
    if (folder)
        closedir(folder);
    return is_free;
}

static void remove_stale(const char *path, const char *const *older, size_t older_count,
                         const struct npt__document_tables *tables, npt__arena *arena)
{
    for (size_t i = 0; i < older_count; i++) {
        bool current = !is_table(older[i]);
        for (size_t j = 0; j < tables->count && !current; j++)
            current = strcmp(older[i], file_name(arena, &tables->items[j])) == 0;
        if (!current)
            unlink(npt__arena_print(arena, "%s/%s", path, older[i]));
    }
}

/* ---- writing ---------------------------------------------------------------------------------- */

static enum npt_status write_contents(const char *path, const struct npt__document_tables *tables,
                                      npt__arena *arena, npt_diags *diags)
{
    npt_output *contents = open_file(arena, path, CONTENTS, diags);
    if (contents)
        put_contents(contents, tables, arena);
    return contents ? npt_output_close(contents) : NPT_CANNOT_WRITE;
}

static enum npt_status write_tables_of(const char *path,
                                       const struct npt__report_document *document,
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
    npt_output *sentences = status == NPT_OK ? open_file(arena, path, SENTENCES, diags) : NULL;
    if (sentences)
        put_sentences(sentences, document, arena);
    return sentences ? npt_output_close(sentences) : NPT_CANNOT_WRITE;
}

/* The contents come first into a new folder, so that a run that is killed leaves one that is known as ours; last into that
   of an older report, whose contents tell what is to go. */
static enum npt_status write_folder(const char *path, const struct npt__report_document *document,
                                    npt_diags *diags)
{
    if (!make_folder(path, diags))
        return NPT_CANNOT_WRITE;
    npt__arena *arena = npt__arena_new();
    const struct npt__document_tables tables = npt__document_tables(document, arena);
    const char *const *older;
    const size_t older_count = npt__csv_folder_files(arena, path, &older);
    enum npt_status status = older_count || is_free(path, diags) ? NPT_OK : NPT_CANNOT_WRITE;
    if (status == NPT_OK && !older_count)
        status = write_contents(path, &tables, arena, diags);
    if (status == NPT_OK)
        status = write_tables_of(path, document, &tables, arena, diags);
    if (status == NPT_OK)
        remove_stale(path, older, older_count, &tables, arena);
    if (status == NPT_OK && older_count)
        status = write_contents(path, &tables, arena, diags);
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
