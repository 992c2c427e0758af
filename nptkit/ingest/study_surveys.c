/* study_surveys.c - the files of responses of a study, from a study.xml or one alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "study_surveys.h"

#include "../base/archive.h"
#include "survey_read.h"

#include <string.h>

/* ---- without a study.xml --------------------------------------------------------------------- */

#define LONGEST_START 4096u

struct start {
    size_t length;
    char bytes[LONGEST_START + 1];
};

static bool take_start(void *user, const char *bytes, size_t length)
{
    struct start *start = user;
    start->length = length < LONGEST_START ? length : LONGEST_START;
    memcpy(start->bytes, bytes, start->length);
    start->bytes[start->length] = '\0';
    return false;
}

/* What people name a table. */
static bool is_named_table(const char *path)
{
    static const char *const endings[] = {".csv", ".tsv", ".tab",  ".txt", ".dat",
                                          ".sav", ".dta", ".zsav", ".xls", ".xlsx"};
    npt__arena *scratch = npt__arena_new();
    const char *folded = npt__fold_name(scratch, path), *dot = strrchr(folded, '.');
    bool found = false;
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        found |= strcmp(dot, endings[i]) == 0;
    npt__arena_free(scratch);
    return found;
}

/* Lines with delimiters, or what SPSS, Stata and UTF-16 begin with. */
static bool looks_like_table(const char *path)
{
    static const char *const marks[] = {"$FL2", "$FL3", "<stata_dta>", "\xFF\xFE", "\xFE\xFF"};
    npt_diags *silent = npt_diags_new();
    struct start start = {0};
    npt__file_stream(path, take_start, &start, silent);
    npt_diags_free(silent);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(start.bytes, marks[i], strlen(marks[i])) == 0)
            return true;
    const size_t line = strcspn(start.bytes, "\r\n");
    return strlen(start.bytes) == start.length && strcspn(start.bytes, ",;\t") < line;
}

bool npt__is_table(const char *path, enum npt__file_kind kind)
{
    if (kind == NPT__FILE_OTHER)
        return is_named_table(path) || looks_like_table(path);
    if (kind != NPT__FILE_ZIP)
        return false;
    npt_diags *silent = npt_diags_new();
    npt__archive *archive = NULL;
    bool workbook = false;
    if (npt__archive_open(&archive, path, silent) == NPT_OK)
        for (size_t i = 0; i < npt__archive_count(archive) && !workbook; i++)
            workbook = strncmp(npt__archive_name(archive, i), "xl/", 3) == 0;
    npt__archive_close(archive);
    npt_diags_free(silent);
    return workbook;
}

static struct npt__setting given(npt__arena *arena, const char *text, size_t length)
{
    const char *start = text;
    length = npt__trim(&start, length);
    return (struct npt__setting){.value = npt__arena_copy(arena, start, length)};
}

/* Takes "-9,N/A": the values that are no answers. */
static void declare_missing(struct npt__manifest_survey *survey, npt__arena *arena,
                            const char *list)
{
    while (*list) {
        const size_t length = strcspn(list, ",");
        if (length)
            *npt__array_add(&survey->missing) = given(arena, list, length);
        list += length + (list[length] == ',');
    }
}

/* Takes "6=role,7=stage". */
static enum npt_status declare_not_relevant(struct npt__manifest_survey *survey, npt__arena *arena,
                                            const char *list, npt_diags *diags)
{
    while (*list) {
        const size_t length = strcspn(list, ","), name = strcspn(list, "=");
        if (name == 0 || name + 1 >= length) {
            npt__say(diags, NPT_ERROR, NULL, "--not-relevant takes VALUE=KIND[,...], not '%s'",
                     list);
            npt__hint(diags, "for example 6=role,7=stage,8=intervention");
            return NPT_USAGE;
        }
        *npt__array_add(&survey->not_relevant) = (struct npt__manifest_not_relevant){
            given(arena, list, name), given(arena, list + name + 1, length - name - 1)};
        list += length + (list[length] == ',');
    }
    return NPT_OK;
}

enum npt_status npt__declare_survey(struct npt__manifest *manifest, const char *path,
                                    const struct npt_study_options *options, npt_diags *diags)
{
    manifest->arena = npt__arena_new();
    npt__arena *arena = manifest->arena;
    struct npt__manifest_survey *survey = npt__array_add(&manifest->surveys);
    *survey = (struct npt__manifest_survey){.file = given(arena, path, strlen(path)),
                                            .instrument = {.value = options->instrument},
                                            .sheet = {.value = options->sheet},
                                            .agreement = -1,
                                            .site_index = NPT__NONE};
    survey->file.value = npt__arena_string(arena, path); /* blanks at its ends included */
    if (!options->instrument) {
        npt__buffer names = {0};
        const char *name;
        for (size_t i = 0; (name = npt_instrument_shipped(i)) != NULL; i++)
            npt__buffer_print(&names, "%s%s", i ? ", " : "", name);
        npt__say(diags, NPT_ERROR, &(struct npt__place){.file = path},
                 "is a table of responses: which questionnaire was it?");
        npt__hint(diags, "--instrument NAME (%s, or an .xml file of your own)",
                  npt__buffer_string(&names));
        npt__buffer_release(&names);
        return NPT_USAGE;
    }
    if (options->agree) {
        const size_t digits = strspn(options->agree, "0123456789");
        if (!digits || digits > 3 || options->agree[digits]) {
            npt__say(diags, NPT_ERROR, NULL, "--agree takes a number of the scale, not '%s'",
                     options->agree);
            return NPT_USAGE;
        }
        survey->agreement = 0;
        for (size_t i = 0; i < digits; i++)
            survey->agreement = survey->agreement * 10 + (options->agree[i] - '0');
    }
    if (options->missing)
        declare_missing(survey, arena, options->missing);
    return options->not_relevant ? declare_not_relevant(survey, arena, options->not_relevant, diags)
                                 : NPT_OK;
}

/* ---- reading --------------------------------------------------------------------------------- */

const char *npt__survey_path(npt_study *study, const struct npt__manifest_survey *survey)
{
    return study->from_manifest ? npt__path_beside(study->arena, study->label, survey->file.value)
                                : survey->file.value;
}

static void invite(npt_study *study, const struct npt__manifest *manifest)
{
    for (size_t i = 0; i < manifest->invited.count; i++) {
        const struct npt__manifest_invited *invited = &manifest->invited.items[i];
        *npt__array_add(&study->responses.invited) = (struct npt__invited){
            .site = invited->site_index == NPT__NONE ? NULL
                                                     : study->sites.items[invited->site_index].name,
            .wave =
                invited->wave.value ? npt__arena_string(study->arena, invited->wave.value) : NULL,
            .count = invited->count};
    }
}

enum npt_status npt__read_surveys(npt_study *study, const struct npt__manifest *manifest,
                                  unsigned threads, npt_diags *diags)
{
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < manifest->surveys.count; i++) {
        const struct npt__manifest_survey *survey = &manifest->surveys.items[i];
        const enum npt_status read = npt__survey_read(
            study, survey, npt__survey_path(study, survey), !study->from_manifest, threads, diags);
        status = read == NPT_OK ? status : read;
    }
    if (status == NPT_OK)
        status = npt__survey_settle(study, diags);
    invite(study, manifest);
    return status;
}
