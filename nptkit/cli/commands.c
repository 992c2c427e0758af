/* commands.c - the program's commands over the library.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_TABLES 14 /* of check */

static enum npt_status usage(const struct command *command, const char *fault)
{
    fprintf(stderr, "nptkit %s: %s\n  usage: nptkit %s %s\n", command->name, fault, command->name,
            command->operands);
    return NPT_USAGE;
}

enum npt_status run_analysis(const struct command *command, struct invocation *invocation,
                             npt_diags *diags)
{
    if (invocation->operand_count > 1)
        return usage(command, "one study at a time");
    char buffer[4096];
    const char *path = study_path(invocation, buffer, sizeof buffer);
    npt_study *study = NULL;
    npt_table *tables[NPT_MOST_TABLES];
    size_t count = 0;
    npt_analysis_prepare(command->analysis, invocation->options, &invocation->study);
    /* Of the formats, JSON alone tells what a table rests on. */
    invocation->study.no_digests = strcmp(npt_format_name(invocation->format), "json") != 0;
    enum npt_status status = npt_study_open(&study, path, &invocation->study, diags);
    invocation->opened = study;
    if (status == NPT_OK)
        status = npt_analysis_run_all(tables, &count, command->analysis, study, invocation->options,
                                      diags);
    if (status == NPT_OK && invocation->protect)
        protect_tables(study, tables, count);
    if (status == NPT_OK)
        status = show_tables(invocation, (const npt_table *const *)tables, count, diags);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    npt_study_free(study);
    return status;
}

enum npt_status run_check(const struct command *command, struct invocation *invocation,
                          npt_diags *diags)
{
    if (invocation->operand_count > 1)
        return usage(command, "one study at a time");
    char buffer[4096];
    const char *path = study_path(invocation, buffer, sizeof buffer);
    npt_study *study = NULL;
    npt_table *tables[MOST_TABLES] = {NULL};
    invocation->study.positions = true;
    enum npt_status status = npt_study_open(&study, path, &invocation->study, diags);
    if (status != NPT_OK)
        return status;
    invocation->opened = study;
    invocation->next = npt_study_has_coding(study)      ? "tally"
                       : npt_study_has_responses(study) ? "score"
                       : npt_study_has_rankings(study)  ? "rank"
                                                        : "agree";
    size_t count = npt_study_check(study, tables, MOST_TABLES, diags);
    status = show_tables(invocation, (const npt_table *const *)tables, count, diags);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    npt_study_free(study);
    invocation->messages_shown = status == NPT_OK;
    if (status == NPT_OK && npt_diags_count(diags, NPT_ERROR) + npt_diags_count(diags, NPT_WARNING))
        status = NPT_FAULTS;
    return status;
}

/* ---- init ------------------------------------------------------------------------------------ */

static enum npt_status make_folder(const char *folder)
{
    struct stat status;
    if (mkdir(folder, 0777) == 0 ||
        (errno == EEXIST && stat(folder, &status) == 0 && S_ISDIR(status.st_mode)))
        return NPT_OK;
    fprintf(stderr, "nptkit init: cannot make the folder '%s': %s\n", folder, strerror(errno));
    return NPT_CANNOT_WRITE;
}

/* Writes study.xml from what was opened; NULL for a half that was not named. */
static enum npt_status write_study(struct invocation *invocation, const char *folder,
                                   const char *path, const npt_study *coding,
                                   const npt_study *survey, npt_diags *diags)
{
    enum npt_status status = make_folder(folder);
    invocation->output = path;
    if (status == NPT_OK &&
        ((coding && npt_study_reads(coding, path)) || (survey && npt_study_reads(survey, path))))
        status = refuse_input(invocation);
    npt_output *output = status == NPT_OK ? npt_output_open(path, diags) : NULL;
    if (status == NPT_OK && !output)
        status = NPT_CANNOT_WRITE;
    if (status == NPT_OK)
        status = npt_study_write_manifest(output, coding, survey, folder, diags);
    if (status != NPT_OK) {
        npt_output_discard(output);
        return status;
    }
    return npt_output_close(output);
}

/* Shows what each column was taken for: a guess is printed as a guess. */
static enum npt_status show_guesses(const struct invocation *invocation, const npt_study *survey,
                                    npt_diags *diags)
{
    if (invocation->quiet)
        return NPT_OK;
    npt_table *table = npt_study_guesses(survey);
    struct invocation to_terminal = *invocation;
    to_terminal.output = NULL;
    const enum npt_status status =
        show_tables(&to_terminal, (const npt_table *const *)&table, 1, diags);
    npt_table_free(table);
    return status;
}

enum npt_status run_init(const struct command *command, struct invocation *invocation,
                         npt_diags *diags)
{
    if (invocation->operand_count != 1)
        return usage(command, "name the folder of the new study");
    if (!invocation->coding && !invocation->survey)
        return usage(command,
                     "name the coded export with --coding, or the responses with --survey");
    const char *folder = invocation->operands[0];
    char path[4096];
    if (snprintf(path, sizeof path, "%s/study.xml", folder) >= (int)sizeof path)
        return usage(command, "the name of the folder is too long");
    if (!invocation->force && access(path, F_OK) == 0) {
        fprintf(stderr, "nptkit init: '%s' exists already; --force replaces it\n", path);
        return NPT_CANNOT_WRITE;
    }
    npt_study *coding = NULL, *survey = NULL;
    enum npt_status status = NPT_OK;
    struct npt_study_options options = invocation->study;
    options.instrument = NULL; /* of the survey only */
    if (invocation->coding)
        status = npt_study_open(&coding, invocation->coding, &options, diags);
    options = invocation->study;
    options.draft = true;
    options.cases = NULL;
    if (status == NPT_OK && invocation->survey)
        status = npt_study_open(&survey, invocation->survey, &options, diags);
    if (status == NPT_OK)
        status = write_study(invocation, folder, path, coding, survey, diags);
    if (status == NPT_OK && survey)
        status = show_guesses(invocation, survey, diags);
    npt_study_free(coding);
    npt_study_free(survey);
    if (status == NPT_OK)
        say_next(invocation, "Wrote %s. Read it, complete it, then: nptkit check -C %s", path,
                 folder);
    return status;
}

/* ---- codebook -------------------------------------------------------------------------------- */

static enum npt_status list_codebooks(void)
{
    const char *name;
    for (size_t i = 0; (name = npt_codebook_shipped(i)) != NULL; i++)
        printf("%-22s %s\n", name, npt_codebook_summary(i));
    return NPT_OK;
}

static enum npt_status export_codebook(const struct invocation *invocation,
                                       const npt_codebook *codebook, npt_diags *diags)
{
    if (invocation->output && is_input(invocation))
        return refuse_input(invocation);
    npt_output *output = invocation->output && strcmp(invocation->output, "-") != 0
                             ? npt_output_open(invocation->output, diags)
                             : npt_output_descriptor(STDOUT_FILENO, "standard output", diags);
    if (!output)
        return NPT_CANNOT_WRITE;
    npt_codebook_write(output, codebook);
    return npt_output_close(output);
}

enum npt_status run_codebook(const struct command *command, struct invocation *invocation,
                             npt_diags *diags)
{
    const char *verb = invocation->operand_count ? invocation->operands[0] : "list";
    if (strcmp(verb, "list") == 0 && invocation->operand_count < 2)
        return list_codebooks();
    bool show = strcmp(verb, "show") == 0, export = strcmp(verb, "export") == 0;
    if (!show && !export)
        return usage(command, "list, show NAME or export NAME");
    if (invocation->operand_count != 2)
        return usage(command, "name one codebook");
    npt_codebook *codebook = NULL;
    enum npt_status status = npt_codebook_open(&codebook, invocation->operands[1], diags);
    if (status != NPT_OK)
        return status;
    if (export) {
        status = export_codebook(invocation, codebook, diags);
    } else {
        npt_table *table = npt_codebook_table(codebook);
        status = show_tables(invocation, (const npt_table *const *)&table, 1, diags);
        npt_table_free(table);
    }
    npt_codebook_free(codebook);
    return status;
}
