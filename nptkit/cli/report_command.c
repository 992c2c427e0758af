/* report_command.c - the command `report`: a recipe and a study become a report; and what recipes there are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
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

/* --format decides, else the output's name; NULL where neither does. */
static const npt_report_format *choose_format(const struct invocation *invocation)
{
    const npt_report_format *format;
    if (invocation->picture)
        return npt_report_format_find(invocation->picture);
    for (size_t i = 0; (format = npt_report_format_at(i)) != NULL; i++)
        if (ends_in(invocation->output, npt_report_format_extension(format)))
            return format;
    const bool html = ends_in(invocation->output, ".htm") || strcmp(invocation->output, "-") == 0;
    return html ? npt_report_format_find("html") : NULL;
}

static enum npt_status write_report(struct invocation *invocation, const npt_recipe *recipe,
                                    const npt_study *study, const npt_report_format *format,
                                    npt_diags *diags)
{
    struct npt_report_result result;
    const bool to_stdout = strcmp(invocation->output, "-") == 0;
    if (!to_stdout && is_input(invocation))
        return refuse_input(invocation);
    npt_output *output = open_output(invocation, diags);
    if (!output)
        return NPT_CANNOT_WRITE;
    enum npt_status status = npt_report_write(output, recipe, study, format, &result, diags);
    if (status != NPT_OK) {
        npt_output_discard(output);
        return status;
    }
    status = npt_output_close(output);
    if (status == NPT_OK)
        say_next(invocation, "%s%s: %zu tables, %zu pictures; %zu of %zu cells withheld",
                 to_stdout ? "" : "Wrote ", to_stdout ? "Report" : invocation->output,
                 result.tables, result.pictures, result.withheld, result.cells);
    if (status == NPT_OK && result.missing_pictures)
        say_next(invocation, "%zu pictures could not be drawn; the report says which, and why",
                 result.missing_pictures);
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

static enum npt_status make_report(struct invocation *invocation, const npt_report_format *format,
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
        status = write_report(invocation, recipe, study, format, diags);
    npt_study_free(study);
    npt_recipe_free(recipe);
    return status;
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
    if (!invocation->output)
        return usage(command,
                     "name the file to write: -o FILE.html or -o FILE.md (- for standard output)");
    const npt_report_format *format = choose_format(invocation);
    if (!format)
        return usage(command, "reports are written as html or md: end FILE so, or say --format");
    return make_report(invocation, format, diags);
}
