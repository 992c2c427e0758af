/* file_list.c - reading and writing manifest.csv.
 *
 * It is rewritten whole while a batch runs, so that it can be trusted after any end. Files are told first, and neither
 * their names nor the digests ever need quotes: that is all that is read again.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "file_list.h"

#include "../base/output.h"
#include "../report/csv_folder.h"
#include "../tables/table.h"

#include <nptkit/render.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST ((size_t)256 << 20)
#define WHOLE "manifest.csv"

/* Whether a name is these three with numbers in between: "manifest-2-of-10.csv". */
static bool is_like(const char *name, const char *const between[3])
{
    for (size_t i = 0; i < 3; i++) {
        const size_t length = strlen(between[i]);
        if (strncmp(name, between[i], length) != 0)
            return false;
        name += length;
        const size_t digits = i < 2 ? strspn(name, "0123456789") : 0;
        if (!digits && i < 2)
            return false;
        name += digits;
    }
    return !*name;
}

static bool is_part(const char *name)
{
    static const char *const part[] = {"manifest-", "-of-", ".csv"};
    return is_like(name, part);
}

/* What output.c calls a file for a moment: all that a killed run can leave behind. */
static bool is_temporary(const char *name)
{
    static const char *const temporary[] = {".nptkit-", "-", ".part"};
    return is_like(name, temporary);
}

/* The next field of a line that has no quotes, which may be empty; moves `at` behind it. */
static bool take(const char **at, const char *end, const char **field, size_t *length)
{
    const char *comma = memchr(*at, ',', (size_t)(end - *at));
    if (!comma)
        return false;
    *field = *at;
    *length = (size_t)(comma - *at);
    *at = comma + 1;
    return !memchr(*field, '"', *length);
}

static bool take_digest(const char **at, const char *end, char digest[NPT__DIGEST_SIZE])
{
    const char *field;
    size_t length;
    if (!take(at, end, &field, &length) || (length && length != NPT__DIGEST_SIZE - 1))
        return false;
    memcpy(digest, field, length);
    digest[length] = '\0';
    return strspn(digest, "0123456789abcdef") == length;
}

static void read_line(struct npt__file_list *list, const char *at, const char *end)
{
    struct npt__listed_file entry = {.recipe = "", .site = ""};
    const char *field;
    size_t length;
    if (!take(&at, end, &field, &length) || !length)
        return;
    if (!take_digest(&at, end, entry.digest) || !take_digest(&at, end, entry.content))
        return;
    const char *file = npt__arena_copy(list->arena, field, length); /* up to a NUL */
    length = strlen(file);
    const uint32_t number =
        npt__intern_add(&list->known, list->arena, file, length, npt__intern_hash(file, length));
    entry.file = list->known.strings.items[number];
    if (number == list->entries.count)
        *npt__array_add(&list->entries) = entry;
}

static void read_one(struct npt__file_list *list, const char *folder, const char *name)
{
    npt_diags *unheard = npt_diags_new();
    npt__buffer path = {0}, text = {0};
    npt__buffer_print(&path, "%s/%s", folder, name);
    if (npt__file_read(&text, npt__buffer_string(&path), LARGEST, unheard) == NPT_OK &&
        strncmp(npt__buffer_string(&text), NPT__FILE_LIST_HEADER,
                sizeof NPT__FILE_LIST_HEADER - 1) == 0)
        for (const char *at = npt__buffer_string(&text); *at;) {
            const size_t length = strcspn(at, "\n");
            read_line(list, at, at + length);
            at += length + (at[length] == '\n');
        }
    npt__buffer_release(&text);
    npt__buffer_release(&path);
    npt_diags_free(unheard);
}

void npt__file_list_read(struct npt__file_list *list, const char *folder)
{
    DIR *directory = opendir(folder);
    read_one(list, folder, WHOLE);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        if (is_part(entry->d_name))
            read_one(list, folder, entry->d_name);
    if (directory)
        closedir(directory);
}

/* Whether a file begins as our lists do. */
static bool is_list(const char *path)
{
    char start[sizeof NPT__FILE_LIST_HEADER] = "";
    struct stat status;
    FILE *file = lstat(path, &status) == 0 && S_ISREG(status.st_mode) ? fopen(path, "re") : NULL;
    const size_t length = file ? fread(start, 1, sizeof start - 1, file) : 0;
    if (file)
        fclose(file);
    return length == sizeof start - 1 && strcmp(start, NPT__FILE_LIST_HEADER) == 0;
}

void npt__file_list_tidy(const char *folder, const npt_study *study)
{
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;) {
        npt__buffer path = {0};
        npt__buffer_print(&path, "%s/%s", folder, entry->d_name);
        const char *name = npt__buffer_string(&path);
        if (((is_part(entry->d_name) && is_list(name)) || is_temporary(entry->d_name)) &&
            !npt_study_reads(study, name))
            unlink(name);
        npt__buffer_release(&path);
    }
    if (directory)
        closedir(directory);
}

void npt__file_list_release(struct npt__file_list *list)
{
    npt__array_release(&list->entries);
    npt__intern_release(&list->known);
}

const struct npt__listed_file *npt__file_list_find(const struct npt__file_list *list,
                                                   const char *file)
{
    const size_t length = strlen(file);
    const uint32_t number =
        npt__intern_find(&list->known, file, length, npt__intern_hash(file, length));
    return number == UINT32_MAX ? NULL : &list->entries.items[number];
}

void npt__listed_digest(char digest[NPT__DIGEST_SIZE], size_t *bytes, const char *path)
{
    struct stat status;
    if (npt__file_is_folder(path)) {
        const char *const *names;
        npt__arena *arena = npt__arena_new();
        const size_t count = npt__csv_folder_files(arena, path, &names);
        npt__folder_digest(digest, bytes, path, names, count);
        npt__arena_free(arena);
        return;
    }
    npt__file_digest(digest, path);
    *bytes = stat(path, &status) == 0 ? (size_t)status.st_size : 0;
}

static struct npt_cell text_or_none(const char *text)
{
    return text && *text ? npt__text(text) : npt__absent(NULL);
}

enum npt_status npt__file_list_write(const struct npt__file_list *list, const char *path,
                                     npt_diags *diags)
{
    npt_table *table = npt__table_new("manifest", "Files");
    npt__table_dimension(table, "file", "File");
    npt__table_measure(table, "sha256", "SHA-256", NPT_UNIT_TEXT);
    npt__table_measure(table, "made_from", "Made from", NPT_UNIT_TEXT);
    npt__table_measure(table, "bytes", "Bytes", NPT_UNIT_COUNT);
    npt__table_measure(table, "recipe", "Recipe", NPT_UNIT_TEXT);
    npt__table_measure(table, "site", "Site", NPT_UNIT_TEXT);
    for (size_t i = 0; i < list->entries.count; i++) {
        const struct npt__listed_file *entry = &list->entries.items[i];
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(entry->file);
        row[1] = text_or_none(entry->digest);
        row[2] = text_or_none(entry->content);
        row[3] = *entry->digest ? npt__count(entry->bytes) : npt__absent(NULL);
        row[4] = text_or_none(entry->recipe);
        row[5] = text_or_none(entry->site);
    }
    npt_output *output = npt__output_replace(path, diags);
    if (output)
        npt_render(output, (const npt_table *const *)&table, 1, npt_format_find("csv"), NULL);
    npt_table_free(table);
    return output ? npt_output_close(output) : NPT_CANNOT_WRITE;
}
