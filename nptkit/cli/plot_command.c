/* plot_command.c - the command `plot`: runs the analysis that a picture rests on, and draws its table.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char *const formats[] = {"svg", "png", "pdf"}; /* as in enum npt_picture */

void print_plots(void)
{
    puts("nptkit plot KIND [STUDY] -o FILE.svg|.png|.pdf\n"
         "a table as a picture, with what it shows in words\n\n"
         "Each kind answers one question, and takes the options of the analysis it rests on:\n");
    const npt_plot *plot;
    for (size_t i = 0; (plot = npt_plot_at(i)) != NULL; i++)
        if (npt_analysis_find(npt_plot_analysis(plot)))
            printf("  %-12s %s (%s)\n", npt_plot_name(plot), npt_plot_summary(plot),
                   npt_plot_analysis(plot));
    puts(
        "\nnptkit help plot KIND tells more. The pictures are drawn by the program gnuplot. The same table\n"
        "gives the same bytes each time, so a PDF does not hold the time at which it was made.");
}

static bool set_format(struct invocation *invocation, const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcasecmp(name, formats[i]) == 0) {
            invocation->plot.format = (enum npt_picture)i;
            return true;
        }
    return false;
}

static enum npt_status refuse(const struct invocation *invocation, const char *fault,
                              const char *word)
{
    fprintf(stderr, "nptkit %s: %s%s\n", invocation->command, fault, word);
    return NPT_USAGE;
}

/* --format decides, else the output's name; on standard output it is SVG. */
static enum npt_status choose_format(struct invocation *invocation)
{
    const bool to_stdout = !invocation->output || strcmp(invocation->output, "-") == 0;
    if (invocation->picture && !set_format(invocation, invocation->picture))
        return refuse(invocation, "--format takes svg, png or pdf, not ", invocation->picture);
    const char *slash = to_stdout ? NULL : strrchr(invocation->output, '/');
    const char *name = slash ? slash + 1 : invocation->output;
    const char *dot = to_stdout ? NULL : strrchr(name, '.');
    if (!invocation->picture && !to_stdout && !(dot && set_format(invocation, dot + 1)))
        return refuse(invocation, "end the name of the output in .svg, .png or .pdf, not ", name);
    if (to_stdout && isatty(STDOUT_FILENO))
        return refuse(invocation, "name the picture with -o FILE.svg, .png or .pdf", "");
    return NPT_OK;
}

static enum npt_status write_picture(const struct invocation *invocation, npt_plotter *plotter,
                                     const struct command *command, const npt_table *table,
                                     npt_diags *diags)
{
    const bool to_stdout = !invocation->output || strcmp(invocation->output, "-") == 0;
    if (!to_stdout && is_input(invocation))
        return refuse_input(invocation);
    npt_output *output = to_stdout ? npt_output_descriptor(STDOUT_FILENO, "standard output", diags)
                                   : npt_output_open(invocation->output, diags);
    if (!output)
        return NPT_CANNOT_WRITE;
    const enum npt_status status =
        npt_plot_draw(output, plotter, command->plot, table, &invocation->plot, diags);
    if (status == NPT_OK)
        return npt_output_close(output);
    npt_output_discard(output);
    return status;
}

/* Draws, and says in words what is seen. */
static enum npt_status draw(const struct invocation *invocation, const struct command *command,
                            const npt_table *table, npt_diags *diags)
{
    npt_output *words = npt_output_memory(diags);
    enum npt_status status =
        npt_plot_describe(words, command->plot, table, &invocation->plot, diags);
    npt_plotter *plotter = status == NPT_OK ? npt_plotter_open(diags) : NULL;
    if (status == NPT_OK && !plotter)
        status = NPT_NO_HELPER;
    if (status == NPT_OK)
        status = write_picture(invocation, plotter, command, table, diags);
    npt_plotter_close(plotter);
    if (status == NPT_OK && !invocation->quiet) /* names in it hold no control characters */
        fprintf(stderr, "In words: %s\n", npt_output_bytes(words, NULL));
    npt_output_discard(words);
    return status;
}

/* Of several tables the first that has what the picture needs; else the first, and why not is said. */
static const npt_table *choose_table(npt_table *const *tables, size_t count, const npt_plot *plot)
{
    for (size_t i = 0; i < count; i++)
        if (npt_plot_fits(plot, tables[i]))
            return tables[i];
    return tables[0];
}

enum npt_status run_plot(const struct command *command, struct invocation *invocation,
                         npt_diags *diags)
{
    if (invocation->operand_count > 1)
        return refuse(invocation, "one study at a time, and not ", invocation->operands[1]);
    enum npt_status status = choose_format(invocation);
    if (status != NPT_OK)
        return status;
    char buffer[4096];
    npt_study *study = NULL;
    npt_table *tables[NPT_MOST_TABLES];
    size_t count = 0;
    if (npt_plot_option(command->plot) && !invocation->protect)
        npt_options_add(invocation->options, npt_plot_option(command->plot), "");
    npt_analysis_prepare(command->analysis, invocation->options, &invocation->study);
    status = npt_study_open(&study, study_path(invocation, buffer, sizeof buffer),
                            &invocation->study, diags);
    invocation->opened = study;
    if (status == NPT_OK)
        status = npt_analysis_run_all(tables, &count, command->analysis, study, invocation->options,
                                      diags);
    if (status == NPT_OK && invocation->protect)
        protect_tables(study, tables, count);
    if (status == NPT_OK)
        status = draw(invocation, command, choose_table(tables, count, command->plot), diags);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    npt_study_free(study);
    return status;
}
