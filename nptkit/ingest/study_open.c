/* study_open.c - opening a study: a study.xml or one export, read, pooled, matched, located.
 *
 * Order matters: exports first, then case sheets (they name what the exports hold), then pooling, sites,
 * codes to constructs, and last the positions, which need every text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "../base/file.h"
#include "case_sheet.h"
#include "manifest.h"
#include "positions.h"
#include "refi.h"
#include "released_read.h"
#include "rows.h"
#include "sites.h"
#include "study_codes.h"
#include "study_surveys.h"
#include "study_tables.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct opening {
    npt_study *study;
    struct npt__gather gather;
    struct npt__manifest manifest;
    const struct npt_study_options *options;
    npt_diags *diags;
};

/* ---- what to read ---------------------------------------------------------------------------- */

static npt_study *new_study(void)
{
    npt_study *study = npt__allocate(sizeof *study);
    *study = (npt_study){.arena = npt__arena_new(), .title = "", .intervention = ""};
    study->read_texts = npt__refi_read_texts;
    return study;
}

static void add_input(npt_study *study, const char *path, bool is_export)
{
    *npt__array_add(&study->inputs) = (struct npt__study_input){
        .path = npt__arena_string(study->arena, path), .is_export = is_export};
}

static enum npt_status add_export(struct opening *opening, const char *path, const char *label,
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
    add_input(study, path, true);
    *npt__array_add(&study->exports) = export;
    return NPT_OK;
}

static enum npt_status open_one(struct opening *opening, const char *path)
{
    enum npt_status status =
        add_export(opening, path, path, NPT__NONE, &(struct npt__setting){.value = NULL});
    if (status == NPT_OK && opening->options->cases)
        add_input(opening->study, opening->options->cases, false);
    return status;
}

static bool exists(struct opening *opening, const char *path, const struct npt__setting *setting)
{
    if (access(path, F_OK) == 0)
        return true;
    npt__say(opening->diags, NPT_ERROR, &setting->place, "there is no file '%s'", setting->value);
    npt__hint(opening->diags, "paths start at the folder of study.xml");
    return false;
}

/* The same bytes under two names would count everything twice. */
static bool inputs_differ(struct opening *opening)
{
    const npt_study *study = opening->study;
    bool differ = true;
    for (size_t i = 0; i < study->inputs.count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct npt__study_input *one = &study->inputs.items[j];
            const struct npt__study_input *other = &study->inputs.items[i];
            if (!other->is_export || !one->is_export || !*one->digest ||
                strcmp(one->digest, other->digest) != 0)
                continue;
            npt__say(opening->diags, NPT_ERROR, &(struct npt__place){.file = other->path},
                     "is the same file as '%s'; it would count twice", one->path);
            npt__hint(opening->diags, "name each file in one <coding> or <survey> only");
            differ = false;
        }
    return differ;
}

/* Leaves out what is not asked for; its files are the study's all the same. */
static void forget_rest(struct opening *opening, const char *path)
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
static bool add_table(struct opening *opening, const char *file, const struct npt__setting *setting,
                      bool once)
{
    add_input(opening->study, file, once);
    return exists(opening, file, setting);
}

/* The table files of a manifest; false where one is missing. */
static bool add_tables(struct opening *opening)
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

static enum npt_status open_manifest(struct opening *opening, const char *path)
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
    forget_rest(opening, path);
    study->from_manifest = true;
    add_input(study, path, false);
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
            add_input(study, name, false);
        }
    }
    missing |= !add_tables(opening);
    return missing && status == NPT_OK ? NPT_BAD_INPUT : status;
}

static enum npt_status open_survey(struct opening *opening, const char *path)
{
    add_input(opening->study, path, true);
    opening->study->responses.is_draft = opening->options->draft;
    if (opening->options->intervention)
        opening->study->intervention =
            npt__arena_string(opening->study->arena, opening->options->intervention);
    return npt__declare_survey(&opening->manifest, path, opening->options, opening->diags);
}

static enum npt_status open_table(struct opening *opening, const char *path)
{
    add_input(opening->study, path, false);
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

/* A folder stands for the study.xml in it; XML whose root is not REFI-QDA's is a manifest. */
static enum npt_status find_inputs(struct opening *opening, const char *path)
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

/* ---- reading --------------------------------------------------------------------------------- */

static enum npt_status read_exports(struct opening *opening)
{
    enum npt_status status = NPT_OK;
    for (uint32_t i = 0; i < opening->study->exports.count; i++) {
        enum npt_status read = npt__refi_read_project(&opening->gather, i);
        status = read == NPT_OK ? status : read;
    }
    return status;
}

static enum npt_status read_sheets(struct opening *opening)
{
    enum npt_status status = NPT_OK;
    npt__arena *arena = opening->study->arena;
    if (opening->options->cases)
        status = npt__read_case_sheet(&opening->gather, opening->options->cases,
                                      opening->options->cases, NULL, 0);
    for (uint32_t i = 0; i < opening->manifest.codings.count; i++) {
        const struct npt__manifest_coding *coding = &opening->manifest.codings.items[i];
        for (size_t j = 0; j < coding->cases.count; j++) {
            const struct npt__manifest_cases *cases = &coding->cases.items[j];
            char *file = npt__path_beside(arena, opening->study->label, cases->file.value);
            enum npt_status read =
                npt__read_case_sheet(&opening->gather, file, file, cases->key.value, i);
            status = read == NPT_OK ? status : read;
        }
    }
    return status;
}

/* Gives attributes the keys that the study declares. */
static void name_attributes(struct opening *opening)
{
    npt_study *study = opening->study;
    for (size_t i = 0; i < opening->manifest.codings.count; i++) {
        const struct npt__manifest_coding *coding = &opening->manifest.codings.items[i];
        for (size_t j = 0; j < coding->attributes.count; j++) {
            const struct npt__manifest_attribute *declared = &coding->attributes.items[j];
            uint32_t found = npt__study_find_attribute(study, declared->name.value);
            if (found != NPT__NONE) {
                study->attributes.items[found].key =
                    npt__arena_string(study->arena, declared->as.value);
                continue;
            }
            npt__say(opening->diags, NPT_ERROR, &declared->name.place,
                     "no case or source has the attribute '%s'", declared->name.value);
            const char *near = npt__study_nearest_attribute(study, declared->name.value);
            if (near)
                npt__hint(opening->diags, "did you mean '%s'", near);
        }
    }
}

/* ---- the codebook ---------------------------------------------------------------------------- */

static enum npt_status open_codebook(struct opening *opening)
{
    const char *name = opening->options->codebook;
    struct npt__setting declared = {.value = NULL};
    for (size_t i = 0; i < opening->manifest.codings.count && !declared.value; i++)
        declared = opening->manifest.codings.items[i].codebook;
    if (!name && declared.value && strchr(declared.value, '.'))
        name = npt__path_beside(opening->study->arena, opening->study->label, declared.value);
    else if (!name)
        name = declared.value ? declared.value : "npt";
    if (strchr(name, '.'))
        add_input(opening->study, name, false);
    return npt_codebook_open(&opening->study->codebook, name, opening->diags);
}

/* ---- opening --------------------------------------------------------------------------------- */

/* Inputs that are digested beside the parsing, which can find more of them: a copy of those that are known. */
struct digesting {
    const struct npt_study_options *options;
    struct npt__study_input *inputs;
    size_t count;
};

/* Whether a file may be one of the others under another name: then digests tell. */
static bool has_twin(const struct digesting *digesting, size_t input)
{
    struct stat one, other;
    if (stat(digesting->inputs[input].path, &one) != 0)
        return false;
    for (size_t i = 0; i < digesting->count; i++)
        if (i != input && stat(digesting->inputs[i].path, &other) == 0 &&
            one.st_size == other.st_size)
            return true;
    return false;
}

static void *digest_inputs(void *user)
{
    struct digesting *digesting = user;
    for (size_t i = 0; i < digesting->count; i++) {
        struct npt__study_input *input = &digesting->inputs[i];
        if (!input->not_read && !*input->digest &&
            (!digesting->options->no_digests || has_twin(digesting, i)))
            npt__file_digest(input->digest, input->path);
    }
    return NULL;
}

static size_t thread_count(const struct npt_study_options *options)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (options->threads)
        return options->threads;
    return processors < 1 ? 1 : (processors > 8 ? 8 : (size_t)processors);
}

static enum npt_status read_study(struct opening *opening)
{
    npt_study *study = opening->study;
    enum npt_status status = read_exports(opening);
    if (status == NPT_OK)
        status = read_sheets(opening);
    const enum npt_status surveys =
        npt__read_surveys(study, &opening->manifest, study->threads, opening->diags);
    status = status == NPT_OK ? surveys : status;
    const enum npt_status tables =
        npt__read_tables(study, &opening->manifest, study->threads, opening->diags);
    status = status == NPT_OK ? tables : status;
    if (status != NPT_OK)
        return status;
    size_t faults = npt_diags_count(opening->diags, NPT_ERROR);
    name_attributes(opening);
    npt__pool(&opening->gather);
    status = npt__settle_sites(&opening->gather);
    enum npt_status matched = npt__settle_codes(study, &opening->manifest, opening->diags);
    status = status == NPT_OK ? matched : status;
    const enum npt_status quotes = npt__released_read(study, &opening->manifest, opening->diags);
    status = status == NPT_OK ? quotes : status;
    if (npt_diags_count(opening->diags, NPT_ERROR) > faults)
        return NPT_BAD_INPUT;
    if (status == NPT_OK && opening->options->positions)
        status = npt__find_positions(study, thread_count(opening->options), opening->diags);
    return status;
}

static bool needs_process(const npt_study *study)
{
    for (size_t i = 0; i < study->inputs.count; i++) {
        const struct npt__study_input *input = &study->inputs.items[i];
        if (!input->not_read && npt__rows_need_process(input->path))
            return true;
    }
    return false;
}

/* Digests the inputs beside the parsing, so that provenance costs no time; before it where the parsing
   starts a process. What the parsing found, the files of instruments, comes last. */
static enum npt_status read_and_digest(struct opening *opening)
{
    pthread_t digester;
    npt_study *study = opening->study;
    struct digesting known = {.options = opening->options, .count = study->inputs.count};
    known.inputs = npt__arena_array(study->arena, known.count + 1, sizeof *known.inputs);
    for (size_t i = 0; i < known.count; i++)
        known.inputs[i] = study->inputs.items[i];
    const bool beside =
        !needs_process(study) && pthread_create(&digester, NULL, digest_inputs, &known) == 0;
    if (!beside)
        digest_inputs(&known);
    const enum npt_status status = read_study(opening);
    if (beside)
        pthread_join(digester, NULL);
    for (size_t i = 0; i < known.count; i++)
        memcpy(study->inputs.items[i].digest, known.inputs[i].digest,
               sizeof known.inputs[i].digest);
    digest_inputs(&(struct digesting){opening->options, study->inputs.items, study->inputs.count});
    return status;
}

enum npt_status npt_study_open(npt_study **study, const char *path,
                               const struct npt_study_options *options, npt_diags *diags)
{
    static const struct npt_study_options defaults = {0};
    struct opening opening = {
        .study = new_study(), .options = options ? options : &defaults, .diags = diags};
    opening.study->threads = (unsigned)thread_count(opening.options);
    opening.gather = (struct npt__gather){.study = opening.study, .diags = diags};
    enum npt_status status = find_inputs(&opening, path);
    if (status == NPT_OK)
        status = open_codebook(&opening);
    if (status == NPT_OK) {
        status = read_and_digest(&opening);
        if (status == NPT_OK && !inputs_differ(&opening))
            status = NPT_BAD_INPUT;
    }
    npt__gather_release(&opening.gather);
    npt__manifest_release(&opening.manifest);
    if (status == NPT_OK)
        *study = opening.study;
    else
        npt_study_free(opening.study);
    return status;
}
