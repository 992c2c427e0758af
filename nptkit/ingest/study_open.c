/* study_open.c - opening a study: a study.xml or one export, read, pooled, matched, located.
 *
 * Order matters: exports first, then case sheets (they name what the exports hold), then pooling, sites,
 * codes to constructs, and last the positions, which need every text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "../base/file.h"
#include "case_sheet.h"
#include "positions.h"
#include "refi.h"
#include "released_read.h"
#include "rows.h"
#include "sites.h"
#include "study_codes.h"
#include "study_inputs.h"
#include "study_surveys.h"
#include "study_tables.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static npt_study *new_study(void)
{
    npt_study *study = npt__allocate(sizeof *study);
    *study = (npt_study){.arena = npt__arena_new(), .title = "", .intervention = ""};
    study->read_texts = npt__refi_read_texts;
    return study;
}

/* ---- reading --------------------------------------------------------------------------------- */

static enum npt_status read_exports(struct npt__opening *opening)
{
    enum npt_status status = NPT_OK;
    for (uint32_t i = 0; i < opening->study->exports.count; i++) {
        enum npt_status read = npt__refi_read_project(&opening->gather, i);
        status = read == NPT_OK ? status : read;
    }
    return status;
}

static enum npt_status read_sheets(struct npt__opening *opening)
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
static void name_attributes(struct npt__opening *opening)
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

static enum npt_status open_codebook(struct npt__opening *opening)
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
        npt__add_input(opening->study, name, false);
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

/* The same bytes under two names would count everything twice. */
static bool inputs_differ(struct npt__opening *opening)
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

static enum npt_status read_study(struct npt__opening *opening)
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
static enum npt_status read_and_digest(struct npt__opening *opening)
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

/* All options but the number of threads, which changes nothing. */
static void digest_options(npt_study *study, const struct npt_study_options *options)
{
    const char *const texts[] = {options->codebook,     options->cases,   options->offsets,
                                 options->instrument,   options->agree,   options->intervention,
                                 options->sheet,        options->missing, options->level,
                                 options->not_relevant, options->units,   options->judge,
                                 options->group,        options->ignore};
    npt__buffer all = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        npt__buffer_putc(&all, texts[i] ? '=' : '-');
        npt__buffer_add(&all, texts[i] ? texts[i] : "", texts[i] ? strlen(texts[i]) + 1 : 1);
    }
    npt__buffer_print(&all, "%d %u %d %d %d", (int)options->table, options->skip, options->draft,
                      options->positions, options->no_digests);
    npt__digest(study->opened, all.bytes, all.length);
    npt__buffer_release(&all);
}

enum npt_status npt_study_open(npt_study **study, const char *path,
                               const struct npt_study_options *options, npt_diags *diags)
{
    static const struct npt_study_options defaults = {0};
    struct npt__opening opening = {
        .study = new_study(), .options = options ? options : &defaults, .diags = diags};
    digest_options(opening.study, opening.options);
    opening.study->threads = (unsigned)thread_count(opening.options);
    opening.gather = (struct npt__gather){.study = opening.study, .diags = diags};
    enum npt_status status = npt__find_inputs(&opening, path);
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
