/* study_inputs.c - what a study consists of: a folder, a study.xml or one file, and every file that it names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "study_inputs.h"

#include "../base/file.h"
#include "released_read.h"
#include "rows.h"
#include "study_surveys.h"
#include "study_tables.h"
#include "survey_read.h"

#include <string.h>
#include <unistd.h>

void npt__add_input(npt_study *study, const char *path, bool is_export)
{
    *npt__array_add(&study->inputs) = (struct npt__study_input){
        .path = npt__arena_string(study->arena, path), .is_export = is_export};
}

static enum npt_status add_export(struct npt__opening *opening, const char *path, const char *label,
                                  uint32_t site, const struct npt__setting *offsets)
{
    npt_study *study = opening->study;
    struct npt__export export = {.path = npt__arena_string(study->arena, path),
                                 .label = npt__arena_string(study->arena, label),
                                 .origin = "",
                                 .site = site};
    const char *reading = opening->options->offsets ? opening->options->offsets : offsets->value;
    if (reading && !npt__offsets_read(&export.usual, reading)) {
        npt__say(opening->diags, NPT_ERROR, opening->options->offsets ? NULL : &offsets->place,
                 "'%s' is no way of counting positions", reading);
        npt__hint(opening->diags,
                  "utf16 or characters, and where needed ,crlf-as-one ,lf-as-two ,bom "
                  "after it");
        return opening->options->offsets ? NPT_USAGE : NPT_BAD_INPUT;
    }
    export.overridden = reading != NULL;
    npt__add_input(study, path, true);
    *npt__array_add(&study->exports) = export;
    return NPT_OK;
}

static enum npt_status open_one(struct npt__opening *opening, const char *path)
{
    enum npt_status status =
        add_export(opening, path, path, NPT__NONE, &(struct npt__setting){.value = NULL});
    if (status == NPT_OK && opening->options->cases)
        npt__add_input(opening->study, opening->options->cases, false);
    return status;
}

static bool exists(struct npt__opening *opening, const char *path,
                   const struct npt__setting *setting)
{
    if (access(path, F_OK) == 0)
        return true;
    npt__say(opening->diags, NPT_ERROR, &setting->place, "there is no file '%s'", setting->value);
    npt__hint(opening->diags, "paths start at the folder of study.xml");
    return false;
}

/* Leaves out what is not asked for; its files are the study's all the same. */
static void forget_rest(struct npt__opening *opening, const char *path)
{
    struct npt__manifest *manifest = &opening->manifest;
    npt_study *study = opening->study;
    const unsigned skip = opening->options->skip;
    NPT__ARRAY(const char *) files = {0};
    for (size_t i = 0; skip & NPT_CODING && i < manifest->codings.count; i++) {
        const struct npt__manifest_coding *coding = &manifest->codings.items[i];
        *npt__array_add(&files) = coding->file.value;
        for (size_t j = 0; j < coding->cases.count; j++)
            *npt__array_add(&files) = coding->cases.items[j].file.value;
    }
    if (skip & NPT_CODING && manifest->quotes.value)
        *npt__array_add(&files) = manifest->quotes.value;
    for (size_t i = 0; skip & NPT_RESPONSES && i < manifest->surveys.count; i++)
        *npt__array_add(&files) = manifest->surveys.items[i].file.value;
    for (size_t i = 0; skip & NPT_RATINGS && i < manifest->ratings.count; i++)
        *npt__array_add(&files) = manifest->ratings.items[i].file.value;
    for (size_t i = 0; skip & NPT_RANKINGS && i < manifest->rankings.count; i++)
        *npt__array_add(&files) = manifest->rankings.items[i].file.value;
    for (size_t i = 0; i < files.count; i++)
        *npt__array_add(&study->inputs) = (struct npt__study_input){
            .path = npt__path_beside(study->arena, path, files.items[i]), .not_read = true};
    npt__array_release(&files);
    if (skip & NPT_CODING)
        npt__manifest_forget_codings(manifest);
    if (skip & NPT_RESPONSES)
        npt__manifest_forget_surveys(manifest);
    if (skip & NPT_RATINGS)
        npt__array_release(&manifest->ratings);
    if (skip & NPT_RANKINGS)
        npt__array_release(&manifest->rankings);
}

static void take_site(npt_study *study, const struct npt__manifest_site *site)
{
    const char *id = npt__arena_string(study->arena, site->id.value);
    *npt__array_add(&study->sites) = (struct npt__site){
        id, site->name.value ? npt__arena_string(study->arena, site->name.value) : id,
        site->match.value ? npt__arena_string(study->arena, site->match.value) : NULL,
        npt__arena_string(study->arena, site->description)};
}

/* Adds a table file; `once`: it may not stand under two names. */
static bool add_table(struct npt__opening *opening, const char *file,
                      const struct npt__setting *setting, bool once)
{
    npt__add_input(opening->study, file, once);
    return exists(opening, file, setting);
}

/* The table files of a manifest; false where one is missing. */
static bool add_tables(struct npt__opening *opening)
{
    const struct npt__manifest *manifest = &opening->manifest;
    npt_study *study = opening->study;
    bool found = true;
    for (size_t i = 0; i < manifest->surveys.count; i++)
        found &= add_table(opening, npt__survey_path(study, &manifest->surveys.items[i]),
                           &manifest->surveys.items[i].file, true);
    for (size_t i = 0; i < manifest->ratings.count; i++)
        found &= add_table(opening, npt__table_path(study, &manifest->ratings.items[i]),
                           &manifest->ratings.items[i].file, false);
    for (size_t i = 0; i < manifest->rankings.count; i++)
        found &= add_table(opening, npt__table_path(study, &manifest->rankings.items[i]),
                           &manifest->rankings.items[i].file, false);
    if (manifest->quotes.value)
        found &= add_table(opening, npt__released_path(study, manifest), &manifest->quotes, false);
    return found;
}

static enum npt_status open_manifest(struct npt__opening *opening, const char *path)
{
    struct npt__manifest *manifest = &opening->manifest;
    npt_study *study = opening->study;
    if (opening->options->cases) {
        npt__say(opening->diags, NPT_ERROR, NULL, "--cases is for an export without study.xml");
        npt__hint(opening->diags,
                  "in %s, write <cases file=\"%s\"/> within the <coding> that it describes", path,
                  opening->options->cases);
        return NPT_USAGE;
    }
    enum npt_status status = npt__refuse_table_options(opening->options, path, opening->diags);
    if (status == NPT_OK)
        status = npt__manifest_read(manifest, path, opening->diags);
    if (status != NPT_OK)
        return status;
    npt__list_waves(study, manifest);
    forget_rest(opening, path);
    study->from_manifest = true;
    npt__add_input(study, path, false);
    study->title = npt__arena_string(study->arena, manifest->title);
    study->intervention = npt__arena_string(study->arena, manifest->intervention);
    study->disclosure = manifest->disclosure;
    study->disclosure_line = manifest->disclosure_place.line;
    for (size_t i = 0; i < manifest->sites.count; i++)
        take_site(study, &manifest->sites.items[i]);
    bool missing = false;
    for (size_t i = 0; i < manifest->codings.count && status == NPT_OK; i++) {
        const struct npt__manifest_coding *coding = &manifest->codings.items[i];
        char *file = npt__path_beside(study->arena, path, coding->file.value);
        missing |= !exists(opening, file, &coding->file);
        status = add_export(opening, file, file, coding->site_index, &coding->offsets);
        for (size_t j = 0; j < coding->cases.count; j++) {
            const struct npt__setting *sheet = &coding->cases.items[j].file;
            char *name = npt__path_beside(study->arena, path, sheet->value);
            missing |= !exists(opening, name, sheet);
            npt__add_input(study, name, false);
        }
    }
    missing |= !add_tables(opening);
    return missing && status == NPT_OK ? NPT_BAD_INPUT : status;
}

static enum npt_status open_survey(struct npt__opening *opening, const char *path)
{
    npt__add_input(opening->study, path, true);
    opening->study->responses.is_draft = opening->options->draft;
    if (opening->options->intervention)
        opening->study->intervention =
            npt__arena_string(opening->study->arena, opening->options->intervention);
    return npt__declare_survey(&opening->manifest, path, opening->options, opening->diags);
}

static enum npt_status open_table(struct npt__opening *opening, const char *path)
{
    npt__add_input(opening->study, path, false);
    return npt__declare_table(&opening->manifest, path, opening->options, opening->diags);
}

/* The name of the root element is Project or CodeBook: REFI-QDA. Only the start of the file is looked at;
   whoever reads it then says what is wrong with it. */
static bool is_refi(const char *path)
{
    npt_diags *silent = npt_diags_new();
    npt__buffer start = {0};
    npt__file_read(&start, path, (size_t)64 << 10,
                   silent); /* a larger file is cut, and fails: fine */
    size_t kept = 0;
    for (size_t i = 0; i < start.length; i++) /* so that UTF-16 is told too */
        if (start.bytes[i])
            start.bytes[kept++] = start.bytes[i];
    if (start.bytes)
        start.bytes[kept] = '\0';
    const char *text = npt__buffer_string(&start);
    bool found = false;
    while ((text = strchr(text, '<')) != NULL) {
        const char *end = strncmp(text, "<!--", 4) == 0 ? "-->" : (text[1] == '?' ? "?>" : NULL);
        if (!end) {
            const char *colon = text + 1 + strcspn(text + 1, ":/> \t\r\n");
            const char *name = *colon == ':' ? colon + 1 : text + 1;
            found = strncmp(name, "Project", 7) == 0 || strncmp(name, "CodeBook", 8) == 0;
            break;
        }
        text = strstr(text, end);
        if (!text)
            break;
    }
    npt__buffer_release(&start);
    npt_diags_free(silent);
    return found;
}

enum npt_status npt__find_inputs(struct npt__opening *opening, const char *path)
{
    npt_study *study = opening->study;
    if (npt__file_is_folder(path)) {
        char *manifest = npt__arena_print(study->arena, "%s/study.xml", path);
        if (access(manifest, F_OK) != 0) {
            npt__say(opening->diags, NPT_ERROR, &(struct npt__place){.file = path},
                     "is a folder without a study.xml");
            npt__hint(opening->diags, "make one with: nptkit init DIR --coding FILE.qdpx");
            return NPT_BAD_INPUT;
        }
        path = manifest;
    }
    study->label = npt__arena_string(study->arena, path);
    enum npt__file_kind kind;
    enum npt_status status = npt__file_kind(&kind, path, opening->diags);
    if (status != NPT_OK) {
        if (strcmp(npt__path_base(path), "study.xml") == 0 && access(path, F_OK) != 0)
            npt__hint(opening->diags, "name a study or a coded export (.qdpx), or start a study "
                                      "with: nptkit init DIR --coding FILE.qdpx");
        return status;
    }
    if (kind == NPT__FILE_XML && !is_refi(path))
        return open_manifest(opening, path);
    const bool plain = opening->options->table & (NPT_RATINGS | NPT_RANKINGS);
    if (plain && npt__is_table(path, kind))
        return open_table(opening, path);
    if (!plain && (opening->options->instrument || npt__is_table(path, kind)))
        return open_survey(opening, path);
    return open_one(opening, path);
}
