/* cli.h - what the commands share: reading options from one table, showing tables, messages.
 *
 * The command line uses the public headers only: whatever it does, a program of one's own can do.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CLI_H
#define CLI_H

#include <nptkit.h>

#include <stdbool.h>
#include <stddef.h>

#define MOST_OPERANDS 256
#define MOST_RECIPES 8
#define MOST_SET 32

/* What was given on the command line. */
struct invocation {
    const char *command;
    const char *operands[MOST_OPERANDS];
    size_t operand_count;
    const char *folder; /* -C */
    const char *output; /* -o; NULL: standard output */
    const npt_format *format;
    struct npt_study_options study;
    const char *coding, *survey;       /* init */
    const char *picture;               /* plot and report: --format */
    const char *recipe;                /* report */
    const char *site;                  /* report: --site */
    const char *recipes[MOST_RECIPES]; /* batch: --recipe */
    size_t recipe_count;
    struct npt_batch_options batch;
    const char *set[MOST_SET]; /* report: --set */
    size_t set_count;
    struct npt_plot_options plot;
    bool quiet, force, raw, no_colour, help, protect;
    bool xml;                /* --format xml, which is no format of tables */
    npt_options *options;    /* of the analysis */
    const npt_study *opened; /* its files must not be replaced */
    const char *next;        /* what to run after check */
    bool messages_shown;     /* by the command itself, as part of its result */
};

/* A command: an analysis of the registry, or one of the program's own. */
struct command {
    const char *name, *operands, *summary, *description;
    const struct npt_option *options; /* its own, ended by one without a name; may be NULL */
    const char *common;               /* letters of the shared options it takes, see options.c */
    enum npt_status (*run)(const struct command *command, struct invocation *invocation,
                           npt_diags *diags);
    const npt_analysis *analysis;
    const npt_plot *plot; /* the kind of picture; then `analysis` is what it draws */
};

/* Reads argv[1] onwards by the command's table; NPT_USAGE with a message when it does not fit. */
enum npt_status read_invocation(struct invocation *invocation, const struct command *command,
                                int argc, char **argv, npt_diags *diags);
/* Help for one command on standard output. */
void print_command_help(const struct command *command);

/* The study that the operands name: a path, or study.xml in the folder of -C or the current one. */
const char *study_path(const struct invocation *invocation, char buffer[], size_t size);
/* Writes tables in the chosen format to the chosen place. */
enum npt_status show_tables(const struct invocation *invocation, const npt_table *const *tables,
                            size_t count, npt_diags *diags);
/* Puts protected tables in the place of the tables. */
void protect_tables(const npt_study *study, npt_table **tables, size_t count);
/* Whether descriptor 1 or 2 is a terminal that wants colour. */
bool wants_colour(const struct invocation *invocation, int descriptor);
/* Whether the output is a file that is being read; then what to say of it. */
bool is_input(const struct invocation *invocation);
enum npt_status refuse_input(const struct invocation *invocation);
/* Replaces control characters by question marks, in place. */
char *without_controls(char *line);
/* What reports are written as. */
#define MOST_FORMATS 16
struct target {
    const npt_report_format *formats[MOST_FORMATS];
    size_t count;
    bool folder;
};
/* Reads "html,docx": each once. */
enum npt_status read_report_formats(const struct command *command, const char *list,
                                    struct target *target);
/* "s" but for one. */
const char *plural(size_t count);
/* A line on standard error, unless --quiet. */
void say_next(const struct invocation *invocation, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

enum npt_status run_analysis(const struct command *command, struct invocation *invocation,
                             npt_diags *diags);
enum npt_status run_plot(const struct command *command, struct invocation *invocation,
                         npt_diags *diags);
/* Lists the kinds of pictures on standard output. */
void print_plots(void);
enum npt_status run_check(const struct command *command, struct invocation *invocation,
                          npt_diags *diags);
enum npt_status run_init(const struct command *command, struct invocation *invocation,
                         npt_diags *diags);
enum npt_status run_codebook(const struct command *command, struct invocation *invocation,
                             npt_diags *diags);
enum npt_status run_report(const struct command *command, struct invocation *invocation,
                           npt_diags *diags);
enum npt_status run_batch(const struct command *command, struct invocation *invocation,
                          npt_diags *diags);
enum npt_status run_instrument(const struct command *command, struct invocation *invocation,
                               npt_diags *diags);

#endif
