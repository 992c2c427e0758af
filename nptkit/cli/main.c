/* main.c - the program nptkit: finding the command, and what holds for all of them.
 *
 * Results go to standard output, everything else to standard error. The exit status is the npt_status.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const exit_codes =
    "Exit status: 0 done, 1 done but faults were found (check), 2 wrong usage, 3 bad input,\n"
    "4 a helper program is missing or failed, 5 cannot write.";

static const struct command own_commands[] = {
    {"init", "DIR [--coding FILE.qdpx] [--survey FILE --instrument NAME]",
     "start a study: write a commented study.xml from a coded export, a survey, or both",
     "Opens the export, guesses which attribute is the site, and matches its codes to the codebook;\n"
     "guesses which column of the survey is which item, and says how sure it is; writes what it found\n"
     "into DIR/study.xml for you to correct.",
     NULL, "ibspVIWSFqnh", run_init, NULL, NULL},
    {"check", "[STUDY]", "read everything and say what to look at before believing a number",
     "Lists what was read, how each text's positions were read with samples of its segments, what each\n"
     "code was taken for, and every fault. Ends with status 1 when there is something to look at.",
     NULL, "CfobspIWAMNStrqnh", run_check, NULL, NULL},
    {"codebook", "list | show NAME | export NAME [-o FILE.qdc]",
     "the theories that come with nptkit, for import into NVivo and others", NULL, NULL, "forqnh",
     run_codebook, NULL, NULL},
    {"instrument", "list | show NAME | export NAME [-o FILE]",
     "the questionnaires that come with nptkit, and sheets for their answers",
     "NAME is one that `list` gives, or the path of an .xml file of your own. `export` writes a codebook\n"
     "for people (md), a blank sheet to collect answers in (csv), or the XML itself to be adapted (xml):\n"
     "which of them, --format says, or the end of FILE.",
     NULL, "forqnh", run_instrument, NULL, NULL},
    {"report", "[RECIPE] [STUDY] -o FILE|DIR, or list | show NAME | export NAME",
     "all that a recipe asks for in one file to send: protected tables, pictures, plain sentences",
     "RECIPE is one that `list` gives (site-comparison where none is named), or an .xml file of your own:\n"
     "`export` writes one to begin with. Everything in a report went through protection, all its tables\n"
     "at once, before any sentence or picture was made; <disclosure> in study.xml sets the limits.",
     NULL, "CdoZeFbspIWAMNStqnh", run_report, NULL, NULL},
    {"batch", "[STUDY...] -o DIR [--recipe NAME]...",
     "a report for each site, and those on all sites, into one folder",
     "Makes the reports of every --recipe (site and site-comparison, where none is named), for all sites\n"
     "of each study, as --format says (html). All tables of a study are protected together, so that its\n"
     "reports may go out together. DIR also gets index.html, manifest.csv with the SHA-256 of every\n"
     "file, and disclosure.csv, which must not be published. Each file appears whole or not at all:\n"
     "after any end, --resume goes on. What an older batch left in DIR and this one does not make is\n"
     "removed at the end, as it was not protected with the rest; files that no batch made are not\n"
     "replaced without --force. Of several studies each gets a folder of its own below DIR.",
     NULL, "CdoyejukDHFbspIWAMNStqnh", run_batch, NULL, NULL},
};

#define OWN_COUNT (sizeof own_commands / sizeof *own_commands)

/* The shared options of an analysis, by what it reads. */
static const char *common_options(unsigned reads)
{
    if (reads & NPT_RANKINGS)
        return "CfoPJGXMStrqnh";
    if (reads & NPT_RATINGS)
        return reads & NPT_CODING ? "CfoPbspLUXMStrqnh" : "CfoPLUXMStrqnh";
    if (reads & NPT_CODING && reads & NPT_RESPONSES)
        return "CfoPbspIWAMNStrqnh";
    return reads & NPT_RESPONSES ? "CfoPIWAMNStrqnh" : "CfoPbsptrqnh";
}

/* The kind of picture is part of the command's name: what options it takes depends on it. */
static bool find_plot(const char *kind, struct command *command)
{
    static char name[32], common[64];
    const npt_plot *plot = kind ? npt_plot_find(kind) : NULL;
    const npt_analysis *analysis = plot ? npt_analysis_find(npt_plot_analysis(plot)) : NULL;
    if (!analysis)
        return false;
    const bool coders = strcmp(kind, "agreement") == 0; /* they are no sites */
    snprintf(name, sizeof name, "plot %s", kind);
    snprintf(common, sizeof common, "%s%s%s%slTg",
             common_options(npt_analysis_reads(analysis, NULL)), coders ? "" : "OR",
             strcmp(kind, "caterpillar") == 0 ? "K" : "", strcmp(kind, "likert") == 0 ? "B" : "");
    size_t kept = 0; /* what only tables need */
    for (size_t i = 0; common[i]; i++)
        if (common[i] != 'f' && common[i] != 'r')
            common[kept++] = common[i];
    common[kept] = '\0';
    *command = (struct command){.name = name,
                                .operands = "[STUDY] -o FILE.svg|.png|.pdf",
                                .summary = npt_plot_summary(plot),
                                .description = npt_plot_description(plot),
                                .options = npt_analysis_options(analysis),
                                .common = common,
                                .run = run_plot,
                                .analysis = analysis,
                                .plot = plot};
    return true;
}

static enum npt_status unknown_plot(const char *kind)
{
    char shown[64];
    snprintf(shown, sizeof shown, "%s", kind);
    fprintf(stderr,
            "nptkit plot: there is no kind of picture '%s'\n  hint: nptkit help plot lists the "
            "kinds\n",
            without_controls(shown));
    return NPT_USAGE;
}

/* A command by name: the program's own, or an analysis of the registry. */
static bool find_command(const char *name, struct command *command)
{
    for (size_t i = 0; i < OWN_COUNT; i++)
        if (strcmp(own_commands[i].name, name) == 0) {
            *command = own_commands[i];
            return true;
        }
    const npt_analysis *analysis = npt_analysis_find(name);
    if (!analysis)
        return false;
    *command = (struct command){.name = npt_analysis_name(analysis),
                                .operands = "[STUDY]",
                                .summary = npt_analysis_summary(analysis),
                                .description = npt_analysis_description(analysis),
                                .options = npt_analysis_options(analysis),
                                .common = common_options(npt_analysis_reads(analysis, NULL)),
                                .run = run_analysis,
                                .analysis = analysis};
    return true;
}

static void print_overview(FILE *stream)
{
    fputs(
        "nptkit - compares how a new way of working takes root at several sites\n\n"
        "  nptkit tally interviews.qdpx --by Site          constructs by site, from a coded export\n"
        "  nptkit quotes interviews.qdpx --construct Coherence --max 10\n"
        "  nptkit score wave1.csv --instrument nomad --agree 5 --by Site\n"
        "  nptkit init study --coding interviews.qdpx --survey wave1.csv --instrument nomad\n\n"
        "Start:       init, check, codebook, instrument",
        stream);
    const npt_analysis *analysis;
    for (size_t i = 0; (analysis = npt_analysis_at(i)) != NULL; i++) {
        const char *group = npt_analysis_group(i);
        if (!i || strcmp(group, npt_analysis_group(i - 1)) != 0)
            fprintf(stream, "\n%s:%*s", group, 12 - (int)strlen(group), "");
        else
            fputs(", ", stream);
        fputs(npt_analysis_name(analysis), stream);
    }
    fputs("\nShare:       plot, report, batch", stream);
    fputs(
        "\n\nSTUDY is a study.xml, its folder, a coded export (.qdpx, .qde) or a table (CSV, .xlsx, .sav,\n"
        ".dta) of responses, ratings or rankings; without it, ./study.xml.\n"
        "nptkit help COMMAND tells more; nptkit help lists all commands.\n",
        stream);
}

static void print_help(void)
{
    print_overview(stdout);
    puts("");
    for (size_t i = 0; i < OWN_COUNT; i++)
        printf("  %-12s %s\n", own_commands[i].name, own_commands[i].summary);
    const npt_analysis *analysis;
    for (size_t i = 0; (analysis = npt_analysis_at(i)) != NULL; i++)
        printf("  %-12s %s\n", npt_analysis_name(analysis), npt_analysis_summary(analysis));
    printf("  %-12s %s\n", "plot", "a table as a picture; nptkit help plot lists the kinds");
    printf("\n%s\n", exit_codes);
}

static enum npt_status unknown_command(const char *name)
{
    char shown[64];
    snprintf(shown, sizeof shown, "%s", name);
    name = without_controls(shown);
    fprintf(stderr, "nptkit: there is no command '%s'\n  hint: nptkit help lists the commands\n",
            name);
    return NPT_USAGE;
}

static enum npt_status help(int argc, char **argv)
{
    struct command command;
    if (argc < 2) {
        print_help();
        return NPT_OK;
    }
    const bool plot = strcmp(argv[1], "plot") == 0;
    if (plot && argc < 3) {
        print_plots();
        return NPT_OK;
    }
    if (plot && !find_plot(argv[2], &command))
        return unknown_plot(argv[2]);
    if (!plot && !find_command(argv[1], &command))
        return unknown_command(argv[1]);
    print_command_help(&command);
    return NPT_OK;
}

/* What a table file needs to be read again. */
static void add_table_options(const struct npt_study_options *options, char *where, size_t size)
{
    const struct {
        const char *name, *value;
    } given[] = {{"instrument", options->instrument},
                 {"intervention", options->intervention},
                 {"agree", options->agree},
                 {"missing", options->missing},
                 {"not-relevant", options->not_relevant},
                 {"level", options->level},
                 {"units", options->units},
                 {"judge", options->judge},
                 {"group", options->group},
                 {"ignore", options->ignore},
                 {"sheet", options->sheet}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        const size_t length = strlen(where);
        if (given[i].value)
            snprintf(where + length, size - length,
                     strchr(given[i].value, ' ') ? " --%s '%s'" : " --%s %s", given[i].name,
                     given[i].value);
    }
}

/* What to look at after a command, and how the line goes on after naming the study. */
struct next_step {
    const char *after, *command, *rest;
};

static const struct next_step *next_step(const struct command *command,
                                         const struct invocation *invocation)
{
    static const struct next_step steps[] = {
        {"tally", "quotes", " --construct NAME, for the words behind a number"},
        {"codes", "check", ", for what each code stands for"},
        {"cases", "tally", ""},
        {"cooccur", "quotes", " --construct NAME, for the words behind a number"},
        {"saturation", "codes", ", for what was coded to each code"},
        {"score", "compare", ", for which sites differ; items, for the answers behind a score"},
        {"items", "compare", " --items, for where sites differ"},
        {"reliability", "score", ""},
        {"correlations", "compare", ", for which sites differ"},
        {"responses", "score", ""},
        {"trend", "responses", ", for who answered in which wave"},
        {"joint", "quotes", " --construct NAME, for all that was said"},
    };
    static const struct next_step after_compare[] = {
        {"compare", "items", ", for the answers behind a score"},
        {"compare", "quotes", " --construct NAME, for the words behind a number"},
    };
    if (strcmp(command->name, "compare") == 0)
        return &after_compare[(npt_analysis_reads(command->analysis, invocation->options) &
                               NPT_CODING) != 0];
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strcmp(steps[i].after, command->name) == 0)
            return &steps[i];
    return NULL;
}

static void say_what_next(const struct command *command, const struct invocation *invocation)
{
    char where[4200] = "";
    const char *path = invocation->folder          ? invocation->folder
                       : invocation->operand_count ? invocation->operands[0]
                                                   : NULL;
    if (path)
        snprintf(where, sizeof where, strchr(path, ' ') ? "%s '%s'" : "%s %s",
                 invocation->folder ? " -C" : "", path);
    add_table_options(&invocation->study, where, sizeof where);
    const struct next_step *step = next_step(command, invocation);
    if (strcmp(command->name, "check") == 0)
        say_next(invocation, "Next: nptkit %s%s", invocation->next, where);
    else if (step)
        say_next(invocation, "Next: nptkit %s%s%s", step->command, where, step->rest);
}

static enum npt_status run(int argc, char **argv)
{
    struct command command;
    if (strcmp(argv[0], "plot") == 0) {
        const char *kind = argc > 1 ? argv[1] : "--help";
        if (strcmp(kind, "--help") == 0 || strcmp(kind, "-h") == 0) {
            print_plots();
            return NPT_OK;
        }
        if (!find_plot(kind, &command))
            return unknown_plot(kind);
        argc--;
        argv++;
    } else if (!find_command(argv[0], &command)) {
        return unknown_command(argv[0]);
    }
    npt_diags *diags = npt_diags_new();
    struct invocation invocation = {.command = command.name, .options = npt_options_new()};
    enum npt_status status = read_invocation(&invocation, &command, argc, argv, diags);
    if (status == NPT_OK && invocation.help) {
        print_command_help(&command);
    } else if (status == NPT_OK) {
        status = command.run(&command, &invocation, diags);
        if (!invocation.messages_shown)
            fputs(npt_diags_text(diags, wants_colour(&invocation, STDERR_FILENO)), stderr);
        if (status == NPT_OK || status == NPT_FAULTS)
            say_what_next(&command, &invocation);
    }
    npt_options_free(invocation.options);
    npt_diags_free(diags);
    return status;
}

int main(int argc, char **argv)
{
    umask(077);               /* what is written may quote people */
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is a failed write, reported as such */
    enum npt_status status = NPT_OK;
    if (argc < 2)
        print_overview(stdout);
    else if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0)
        printf("nptkit %s\n", npt_version());
    else if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
             strcmp(argv[1], "-h") == 0)
        status = help(argc - 1, argv + 1);
    else
        status = run(argc - 1, argv + 1);
    if (fflush(stdout) != 0 && status == NPT_OK)
        status = NPT_CANNOT_WRITE;
    return (int)status;
}
