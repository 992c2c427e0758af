/* report_command.c - the command `report`: a recipe and a study become a report; and what recipes there are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static enum npt_status usage(const struct command *command, const char *fault)
{
    fprintf(stderr, "nptkit %s: %s\n  usage: nptkit %s %s\n", command->name, fault, command->name,
            command->operands);
    return NPT_USAGE;
}

static enum npt_status list_recipes(void)
{
    const char *name;
    for (size_t i = 0; (name = npt_recipe_shipped(i)) != NULL; i++)
        printf("%-16s %s\n", name, npt_recipe_summary(i));
    return NPT_OK;
}

static npt_output *open_output(const struct invocation *invocation, npt_diags *diags)
{
    return !invocation->output || strcmp(invocation->output, "-") == 0
               ? npt_output_descriptor(STDOUT_FILENO, "standard output", diags)
               : npt_output_open(invocation->output, diags);
}

/* A recipe that was exported is there to be edited. What is no regular file is written into, not replaced. */
static bool is_taken(const struct invocation *invocation)
{
    struct stat status;
    return !invocation->force && invocation->output && strcmp(invocation->output, "-") != 0 &&
           stat(invocation->output, &status) == 0 && S_ISREG(status.st_mode);
}

/* ---- list, show, export ---------------------------------------------------------------------- */

static enum npt_status show_or_export(struct invocation *invocation, bool exports, npt_diags *diags)
{
    npt_recipe *recipe = NULL;
    enum npt_status status = npt_recipe_open(&recipe, invocation->operands[1], diags);
    if (status == NPT_OK && !exports) {
        npt_table *table = npt_recipe_table(recipe);
        invocation->format = npt_format_find("text");
        status = show_tables(invocation, (const npt_table *const *)&table, 1, diags);
        npt_table_free(table);
    } else if (status == NPT_OK && invocation->output && is_input(invocation)) {
        status = refuse_input(invocation);
    } else if (status == NPT_OK && is_taken(invocation)) {
        fprintf(stderr, "nptkit report: '%s' exists already; --force replaces it\n",
                invocation->output);
        status = NPT_CANNOT_WRITE;
    } else if (status == NPT_OK) {
        npt_output *output = open_output(invocation, diags);
        if (output)
            npt_recipe_write(output, recipe);
        status = output ? npt_output_close(output) : NPT_CANNOT_WRITE;
    }
    npt_recipe_free(recipe);
    return status;
}

/* ---- a report -------------------------------------------------------------------------------- */

static bool ends_in(const char *name, const char *end)
{
    const size_t length = name ? strlen(name) : 0, size = strlen(end);
    return length > size && strcasecmp(name + length - size, end) == 0;
}

static enum npt_status refuse_format(const struct command *command, const char *name, size_t length)
{
    const npt_report_format *format;
    fprintf(stderr, "nptkit %s: '%.*s' is no format of reports\n  hint: there are ", command->name,
            (int)length, name);
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++)
        fprintf(stderr, "%s%s", i ? ", " : "", npt_report_format_name(format));
    fputc('\n', stderr);
    return NPT_USAGE;
}

enum npt_status read_report_formats(const struct command *command, const char *list,
                                    struct target *target)
{
    for (const char *at = list; *at;) {
        const size_t length = strcspn(at, ",");
        const npt_report_format *format;
        size_t i = 0;
        while ((format = npt_report_format_at(i)) != NULL &&
               (strlen(npt_report_format_name(format)) != length ||
                memcmp(npt_report_format_name(format), at, length) != 0))
            i++;
        if (!format || target->count == MOST_FORMATS)
            return refuse_format(command, at, length);
        bool known = false;
        for (size_t j = 0; j < target->count; j++)
            known |= target->formats[j] == format;
        if (!known)
            target->formats[target->count++] = format;
        at += length + (at[length] == ',');
    }
    return target->count ? NPT_OK : refuse_format(command, list, strlen(list));
}

static bool is_folder(const char *path)
{
    struct stat status;
    const size_t length = strlen(path);
    return (length && path[length - 1] == '/') ||
           (stat(path, &status) == 0 && S_ISDIR(status.st_mode));
}

/* The format that the output's name promises; NULL. */
static const npt_report_format *promised_format(const char *output)
{
    const npt_report_format *format;
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++)
        if (ends_in(output, npt_report_format_extension(format)))
            return format;
    return ends_in(output, ".htm") ? npt_report_format_find("html") : NULL;
}

/* A program that opens a file by its name would call it damaged. */
static enum npt_status check_promise(const struct command *command, const char *output,
                                     const struct target *target)
{
    const npt_report_format *promised = target->folder ? NULL : promised_format(output);
    if (!promised || promised == target->formats[0])
        return NPT_OK;
    fprintf(
        stderr,
        "nptkit %s: --format says %s, and the name '%s' says %s\n  hint: leave --format out, or "
        "end the name in %s\n",
        command->name, npt_report_format_name(target->formats[0]), output,
        npt_report_format_name(promised), npt_report_format_extension(target->formats[0]));
    return NPT_USAGE;
}

static enum npt_status refuse_ending(const struct command *command, const char *output)
{
    const npt_report_format *format;
    fprintf(stderr, "nptkit %s: what is '%s' to be written as?\n  hint: end its name in ",
            command->name, output);
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++)
        if (npt_report_format_extension(format)[0] == '.')
            fprintf(stderr, "%s%s", i ? ", " : "", npt_report_format_extension(format));
    fputs("; or say --format ", stderr);
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++)
        fprintf(stderr, "%s%s", i ? ", " : "", npt_report_format_name(format));
    fputc('\n', stderr);
    return NPT_USAGE;
}

/* --format decides, else the output's name; several formats need a folder. */
static enum npt_status choose_target(const struct command *command,
                                     const struct invocation *invocation, struct target *target)
{
    const char *output = invocation->output;
    const bool to_stdout = strcmp(output, "-") == 0;
    target->folder = !to_stdout && is_folder(output);
    if (invocation->picture) {
        const enum npt_status status = read_report_formats(command, invocation->picture, target);
        target->folder |= target->count > 1 && !to_stdout;
        if (status != NPT_OK)
            return status;
        return to_stdout && target->count > 1
                   ? usage(command,
                           "standard output takes one format; several need a folder: -o DIR")
                   : check_promise(command, output, target);
    }
    const npt_report_format *format = promised_format(output);
    if (!format && (to_stdout || target->folder))
        format = npt_report_format_find("html");
    if (!format)
        return refuse_ending(command, output);
    target->formats[target->count++] = format;
    return NPT_OK;
}

static void say_outcome(const struct invocation *invocation, const npt_report *report,
                        const struct target *target)
{
    const struct npt_report_result *result = npt_report_outcome(report);
    const bool to_stdout = strcmp(invocation->output, "-") == 0;
    const size_t length = strlen(invocation->output);
    const bool slash = length && invocation->output[length - 1] == '/';
    say_next(invocation, "%s%s%s%s%s: %zu table%s, %zu picture%s; %zu of %zu cells withheld",
             to_stdout ? "" : "Wrote ", to_stdout ? "Report" : invocation->output,
             target->folder && !slash ? "/" : "", target->folder ? npt_report_name(report) : "",
             target->count > 1 ? " in every format" : "", result->tables, plural(result->tables),
             result->pictures, plural(result->pictures), result->withheld, result->cells);
    if (result->missing_pictures)
        say_next(invocation, "%zu picture%s could not be drawn; the report says which, and why",
                 result->missing_pictures, plural(result->missing_pictures));
}

/* What protects this report does not know of the others: together they may tell what each withholds. */
static void warn_of_batch(const struct invocation *invocation)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/manifest.csv", invocation->output);
    if (access(path, F_OK) == 0)
        say_next(
            invocation,
            "This folder holds reports that were protected together; this one was protected on its own. "
            "Send it with none of them, or make all with nptkit batch --recipe");
}

static enum npt_status save(const struct invocation *invocation, const npt_report *report,
                            const struct target *target, npt_diags *diags)
{
    enum npt_status status = NPT_OK;
    if (!target->folder) {
        npt_output *output = open_output(invocation, diags);
        if (!output)
            return NPT_CANNOT_WRITE;
        status = npt_report_write(output, report, target->formats[0], diags);
        if (status == NPT_OK)
            return npt_output_close(output);
        npt_output_discard(output);
        return status;
    }
    if (mkdir(invocation->output, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "nptkit: cannot make the folder %s: %s\n", invocation->output,
                strerror(errno));
        return NPT_CANNOT_WRITE;
    }
    for (size_t i = 0; i < target->count && status == NPT_OK; i++)
        status = npt_report_save(report, target->formats[i], invocation->output, diags);
    return status;
}

static enum npt_status write_report(struct invocation *invocation, const npt_recipe *recipe,
                                    const npt_study *study, const struct target *target,
                                    npt_diags *diags)
{
    npt_reports *reports = NULL;
    npt_report *report = NULL;
    if (strcmp(invocation->output, "-") != 0 && is_input(invocation))
        return refuse_input(invocation);
    const struct npt_report_options options = {
        .site = invocation->site, .formats = target->formats, .format_count = target->count};
    enum npt_status status = npt_reports_new(&reports, &recipe, 1, study, diags);
    if (status == NPT_OK)
        status = npt_report_make(&report, reports, 0, &options, diags);
    if (status == NPT_OK)
        status = save(invocation, report, target, diags);
    if (status == NPT_OK)
        say_outcome(invocation, report, target);
    if (status == NPT_OK && target->folder)
        warn_of_batch(invocation);
    npt_report_free(report);
    npt_reports_free(reports);
    return status;
}

/* The words on the command line: a recipe, a study, both or neither. */
static const char *take_recipe(struct invocation *invocation)
{
    const char *first = invocation->operands[0];
    if (!invocation->operand_count || (invocation->operand_count == 1 && !npt_recipe_is(first)))
        return "site-comparison";
    invocation->recipe = first;
    invocation->operands[0] = invocation->operands[1];
    invocation->operands[1] = NULL;
    invocation->operand_count--;
    return first;
}

static enum npt_status make_report(struct invocation *invocation, const struct target *target,
                                   npt_diags *diags)
{
    npt_recipe *recipe = NULL;
    npt_study *study = NULL;
    char buffer[4096];
    enum npt_status status = npt_recipe_open(&recipe, take_recipe(invocation), diags);
    for (size_t i = 0; i < invocation->set_count && status == NPT_OK; i++)
        status = npt_recipe_set(recipe, invocation->set[i], diags);
    if (status == NPT_OK) {
        npt_recipe_prepare(recipe, &invocation->study);
        status = npt_study_open(&study, study_path(invocation, buffer, sizeof buffer),
                                &invocation->study, diags);
    }
    invocation->opened = study;
    if (status == NPT_OK)
        status = write_report(invocation, recipe, study, target, diags);
    npt_study_free(study);
    npt_recipe_free(recipe);
    return status;
}

/* One word can be a recipe or a study, and this is none that is there. */
static enum npt_status refuse_word(const char *word)
{
    const char *name;
    fprintf(stderr,
            "nptkit report: '%s' is no recipe, and no study lies there\n  hint: recipes are ",
            word);
    for (size_t i = 0; (name = npt_recipe_shipped(i)) != NULL; i++)
        fprintf(stderr, "%s%s", i ? ", " : "", name);
    fputs(" and .xml files of your own\n", stderr);
    return NPT_BAD_INPUT;
}

enum npt_status run_report(const struct command *command, struct invocation *invocation,
                           npt_diags *diags)
{
    const char *verb = invocation->operand_count ? invocation->operands[0] : "";
    const bool shows = strcmp(verb, "show") == 0, exports = strcmp(verb, "export") == 0;
    if (strcmp(verb, "list") == 0 && invocation->operand_count == 1)
        return list_recipes();
    if ((shows || exports) && invocation->operand_count != 2)
        return usage(command, "name one recipe");
    if (shows || exports)
        return show_or_export(invocation, exports, diags);
    if (invocation->operand_count > 2)
        return usage(command, "one recipe and one study at a time");
    if (invocation->operand_count == 1 && !npt_recipe_is(verb) && access(verb, F_OK) != 0)
        return refuse_word(verb);
    if (!invocation->output)
        return usage(command,
                     "name the file to write: -o FILE.html or -o FILE.md (- for standard output), "
                     "or a folder");
    struct target target = {0};
    const enum npt_status status = choose_target(command, invocation, &target);
    return status == NPT_OK ? make_report(invocation, &target, diags) : status;
}
