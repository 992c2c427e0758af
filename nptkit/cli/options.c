/* options.c - reading the command line from one table for each command, and the help made from it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Options that several commands share; a command lists the letters of those it takes. */
static const struct {
    char letter;
    bool is_short;
    const char *name, *argument, *help;
} shared[] = {
    {'C', true, "directory", "DIR", "look for study.xml in this folder"},
    {'f', false, "format", "FORMAT", "text, csv, json or md (else by the name of the output)"},
    {'g', false, "format", "FORMAT", "svg, png or pdf (else by the name of the output)"},
    {'d', false, "format", "FORMAT[,...]",
     "html, docx, xlsx, pdf, md, json or csv (a folder of files); else by the name of the output"},
    {'Z', false, "site", "NAME", "the site whose report it is, of a recipe for one site"},
    {'o', true, "output", "FILE", "write here instead of standard output"},
    {'P', false, "protect", NULL,
     "withhold what could tell of single people (<disclosure> in study.xml sets the limits)"},
    {'b', false, "codebook", "NAME",
     "the theory: npt, npt-core, barriers-facilitators or a .qdc file"},
    {'s', false, "cases", "FILE",
     "a CSV sheet with a row for each case (for an export without study.xml)"},
    {'p', false, "offsets", "UNIT",
     "how positions count: utf16 or characters[,crlf-as-one][,lf-as-two][,bom]"},
    {'I', false, "instrument", "NAME",
     "the questionnaire: nomad, nomad-core, aim-iam-fim or an .xml file"},
    {'W', false, "intervention", "NAME",
     "what was put into practice, as questions and labels name it"},
    {'A', false, "agree", "NUMBER", "what the file writes for the strongest agreement: 5, or 1"},
    {'L', false, "level", "LEVEL", "what differences mean: nominal, ordinal, interval or ratio"},
    {'U', false, "units", "COLUMN", "the column that names the units, or none"},
    {'J', false, "judge", "COLUMN", "the column that names the judges, or none"},
    {'G', false, "group", "COLUMN", "the column that tells the judges' groups, or none"},
    {'X', false, "ignore", "COLUMN[,...]", "columns that are not to be read"},
    {'M', false, "missing", "VALUE[,...]", "values in the file that are no answers: -9,N/A"},
    {'N', false, "not-relevant", "VALUE=KIND[,...]",
     "values that mean not relevant: 6=role,7=stage,8=intervention"},
    {'S', false, "sheet", "NAME", "the sheet of a workbook, by name or number"},
    {'t', false, "threads", "N",
     "threads for reading files (the result is the same for any number)"},
    {'r', false, "raw", NULL, "CSV: do not guard texts that a spreadsheet could take for formulas"},
    {'O', false, "own", "NAME", "the site that stands out among the others"},
    {'K', false, "construct", "NAME", "the construct that is drawn (else the first)"},
    {'R', false, "others-unnamed", NULL,
     "no other site's name in the picture: for what leaves to one site (with --own)"},
    {'l', false, "palette", "NAME",
     "its colours: okabe-ito (default), or af, of the UK Analysis Function"},
    {'B', false, "stack", "apart|full",
     "who agrees apart from who disagrees (default), or all answers in one bar"},
    {'T', false, "title", "TEXT", "the title of the picture"},
    {'e', false, "set", "NAME=VALUE", "a parameter of the recipe; repeat for several"},
    {'y', false, "recipe", "NAME", "a recipe: its name or an .xml file; repeat for several"},
    {'j', false, "jobs", "N", "reports at once (else as many as there are processors)"},
    {'u', false, "resume", NULL, "leave what is there and would be the same"},
    {'k', false, "keep-going", NULL, "a report that fails does not stop the others"},
    {'D', false, "dry-run", NULL, "write nothing, say what would be written"},
    {'H', false, "shard", "I/N", "only part I of N, for a cluster's array job"},
    {'i', false, "coding", "FILE", "the coded export (.qdpx) to start from"},
    {'V', false, "survey", "FILE", "the file of responses (CSV, .xlsx, .sav, .dta) to start from"},
    {'F', false, "force", NULL, "replace a file that exists already"},
    {'q', true, "quiet", NULL, "no hints on what to do next"},
    {'n', false, "no-color", NULL, "no colours on the terminal"},
    {'h', true, "help", NULL, "this text"},
};

#define SHARED_COUNT (sizeof shared / sizeof *shared)
#define MOST_OPTIONS 48
#define OWN_OPTION 256 /* and up: the command's own options */

static bool takes(const struct command *command, char letter)
{
    return strchr(command->common, letter) != NULL;
}

/* A command's own option of the same name comes first: --level of agree, which takes levels of both kinds. */
static bool is_own(const struct command *command, const char *name)
{
    for (size_t i = 0; command->options && command->options[i].name; i++)
        if (strcmp(command->options[i].name, name) == 0)
            return true;
    return false;
}

static void make_tables(const struct command *command, struct option *options, char *letters)
{
    size_t count = 0;
    *letters++ = ':';
    for (size_t i = 0; i < SHARED_COUNT; i++) {
        if (!takes(command, shared[i].letter) || is_own(command, shared[i].name))
            continue;
        options[count++] =
            (struct option){shared[i].name, shared[i].argument ? required_argument : no_argument,
                            NULL, shared[i].letter};
        if (shared[i].is_short) {
            *letters++ = shared[i].letter;
            if (shared[i].argument)
                *letters++ = ':';
        }
    }
    *letters = '\0';
    for (size_t i = 0; command->options && command->options[i].name; i++)
        options[count++] =
            (struct option){command->options[i].name,
                            command->options[i].argument ? required_argument : no_argument, NULL,
                            OWN_OPTION + (int)i};
    options[count] = (struct option){0};
}

static enum npt_status refuse(const struct command *command, const char *fault, const char *word)
{
    fprintf(stderr, "nptkit %s: %s '%s'\n  hint: nptkit %s --help lists the options\n",
            command->name, fault, word, command->name);
    return NPT_USAGE;
}

static enum npt_status read_format(struct invocation *invocation, const struct command *command,
                                   const char *name)
{
    invocation->xml = strcmp(name, "xml") == 0 && strcmp(command->name, "instrument") == 0;
    invocation->format = npt_format_find(name);
    return invocation->format || invocation->xml
               ? NPT_OK
               : refuse(command, "--format takes text, csv, json or md, not", name);
}

/* A whole number from 1 on. */
static enum npt_status read_whole(const struct command *command, const char *name,
                                  const char *value, unsigned *number)
{
    char *end;
    errno = 0;
    const unsigned long read = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || read < 1 || read > 1000000) {
        fprintf(stderr, "nptkit %s: %s takes a whole number from 1 on, not '%s'\n", command->name,
                name, value);
        return NPT_USAGE;
    }
    *number = (unsigned)read;
    return NPT_OK;
}

/* "2/10" */
static enum npt_status read_shard(const struct command *command, const char *value,
                                  struct npt_batch_options *batch)
{
    char part[16];
    const size_t length = strcspn(value, "/");
    if (value[length] && length && length < sizeof part) {
        memcpy(part, value, length);
        part[length] = '\0';
        if (read_whole(command, "--shard", part, &batch->shard) != NPT_OK ||
            read_whole(command, "--shard", value + length + 1, &batch->shards) != NPT_OK)
            return NPT_USAGE;
        if (batch->shard <= batch->shards)
            return NPT_OK;
    }
    fprintf(stderr, "nptkit %s: --shard takes a part and how many there are, as 2/10, not '%s'\n",
            command->name, value);
    return NPT_USAGE;
}

static enum npt_status take_shared(struct invocation *invocation, const struct command *command,
                                   int letter, const char *value)
{
    switch (letter) {
    case 'C':
        invocation->folder = value;
        break;
    case 'f':
        return read_format(invocation, command, value);
    case 'd':
    case 'g':
        invocation->picture = value;
        break;
    case 'o':
        invocation->output = value;
        break;
    case 'P':
        invocation->protect = true;
        break;
    case 'Z':
        invocation->site = value;
        break;
    case 'y':
        for (size_t i = 0; i < invocation->recipe_count; i++)
            if (strcmp(invocation->recipes[i], value) == 0)
                return NPT_OK;
        if (invocation->recipe_count == MOST_RECIPES)
            return refuse(command, "one --recipe too many:", value);
        invocation->recipes[invocation->recipe_count++] = value;
        break;
    case 'j':
        return read_whole(command, "--jobs", value, &invocation->batch.jobs);
    case 'u':
        invocation->batch.resume = true;
        break;
    case 'k':
        invocation->batch.keep_going = true;
        break;
    case 'D':
        invocation->batch.dry_run = true;
        break;
    case 'H':
        return read_shard(command, value, &invocation->batch);
    case 'e':
        if (invocation->set_count == MOST_SET)
            return refuse(command, "one --set too many:", value);
        invocation->set[invocation->set_count++] = value;
        break;
    case 'O':
        invocation->plot.own = value;
        break;
    case 'K':
        invocation->plot.construct = value;
        break;
    case 'R':
        invocation->plot.others_unnamed = true;
        break;
    case 'l':
        invocation->plot.palette = value;
        break;
    case 'B':
        invocation->plot.full_bars = strcmp(value, "full") == 0;
        return invocation->plot.full_bars || strcmp(value, "apart") == 0
                   ? NPT_OK
                   : refuse(command, "--stack takes apart or full, not", value);
    case 'T':
        invocation->plot.title = value;
        break;
    case 'b':
        invocation->study.codebook = value;
        break;
    case 's':
        invocation->study.cases = value;
        break;
    case 'p':
        invocation->study.offsets = value;
        break;
    case 't':
        if (strspn(value, "0123456789") != strlen(value) || !*value || strlen(value) > 3)
            return refuse(command, "--threads takes a number, not", value);
        invocation->study.threads = (unsigned)strtoul(value, NULL, 10);
        break;
    case 'r':
        invocation->raw = true;
        break;
    case 'i':
        invocation->coding = value;
        break;
    case 'V':
        invocation->survey = value;
        break;
    case 'I':
        invocation->study.instrument = value;
        break;
    case 'W':
        invocation->study.intervention = value;
        break;
    case 'A':
        invocation->study.agree = value;
        break;
    case 'L':
        invocation->study.level = value;
        break;
    case 'U':
        invocation->study.units = value;
        break;
    case 'J':
        invocation->study.judge = value;
        break;
    case 'G':
        invocation->study.group = value;
        break;
    case 'X':
        invocation->study.ignore = value;
        break;
    case 'M':
        invocation->study.missing = value;
        break;
    case 'N':
        invocation->study.not_relevant = value;
        break;
    case 'S':
        invocation->study.sheet = value;
        break;
    case 'F':
        invocation->force = invocation->batch.force = true;
        break;
    case 'q':
        invocation->quiet = true;
        break;
    case 'n':
        invocation->no_colour = true;
        break;
    default:
        invocation->help = true;
    }
    return NPT_OK;
}

/* Without --format the output's name tells: table.csv is CSV. A name that promises another format is
   refused: a spreadsheet would call the file damaged. */
static enum npt_status guess_format(struct invocation *invocation, const struct command *command)
{
    const char *slash = invocation->output ? strrchr(invocation->output, '/') : NULL;
    const char *name = slash ? slash + 1 : invocation->output;
    const char *dot = name ? strrchr(name, '.') : NULL;
    bool is_text = !dot || dot == name || strcmp(dot, ".txt") == 0 || !takes(command, 'f');
    static const char *const data[] = {".xml", ".qdpx", ".qde",  ".qdc",
                                       ".sav", ".dta",  ".xlsx", ".xls"};
    const bool exports =
        strcmp(command->name, "codebook") == 0 || strcmp(command->name, "instrument") == 0;
    for (size_t i = 0; dot && !exports && takes(command, 'f') && i < sizeof data / sizeof *data;
         i++)
        if (strcasecmp(dot, data[i]) == 0)
            return refuse(command, "a table is no such file, and would replace one that is:", name);
    if (!invocation->format)
        invocation->format = npt_format_find(is_text ? "text" : dot + 1);
    return invocation->format || exports
               ? NPT_OK
               : refuse(command,
                        "name the format with --format, or end the name in .txt, .csv, .json "
                        "or .md, not",
                        dot);
}

enum npt_status read_invocation(struct invocation *invocation, const struct command *command,
                                int argc, char **argv, npt_diags *diags)
{
    (void)diags;
    struct option options[MOST_OPTIONS];
    char letters[2 * SHARED_COUNT + 2];
    make_tables(command, options, letters);
    enum npt_status status = NPT_OK;
    int letter;
    opterr = 0;
    optind = 1;
    while (status == NPT_OK && (letter = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        if (letter == '?')
            status = refuse(command, "unknown option", argv[optind - 1]);
        else if (letter == ':')
            status = refuse(command, "a value is missing after", argv[optind - 1]);
        else if (letter >= OWN_OPTION)
            npt_options_add(invocation->options, command->options[letter - OWN_OPTION].name,
                            optarg ? optarg : "");
        else
            status = take_shared(invocation, command, letter, optarg);
    }
    for (int i = optind; i < argc && status == NPT_OK; i++) {
        if (invocation->operand_count == MOST_OPERANDS)
            status = refuse(command, "one word too many:", argv[i]);
        else
            invocation->operands[invocation->operand_count++] = argv[i];
    }
    return status == NPT_OK && !command->plot ? guess_format(invocation, command) : status;
}

/* ---- help ------------------------------------------------------------------------------------ */

#define HELP_COLUMN 36
#define HELP_WIDTH 64

/* What an option does, beside its name, in lines that fit a page of 100 columns. */
static void print_wrapped(const char *help)
{
    size_t length = strlen(help);
    while (length > HELP_WIDTH) {
        size_t end = HELP_WIDTH;
        while (end && help[end] != ' ')
            end--;
        if (!end)
            break;
        printf("%.*s\n%*s", (int)end, help, HELP_COLUMN, "");
        help += end + 1;
        length -= end + 1;
    }
    puts(help);
}

static void print_option(bool is_short, char letter, const char *name, const char *argument,
                         const char *help)
{
    char left[64];
    snprintf(left, sizeof left, "%s--%s%s%s", "", name, argument ? " " : "",
             argument ? argument : "");
    if (is_short)
        printf("  -%c, %-28s", letter, left);
    else
        printf("      %-28s", left);
    fputs(strlen(left) > 27 ? "\n                                    " : "  ", stdout);
    print_wrapped(help);
}

void print_command_help(const struct command *command)
{
    printf("nptkit %s %s\n%s\n", command->name, command->operands, command->summary);
    if (command->description)
        printf("\n%s\n", command->description);
    if (command->options && command->options[0].name)
        puts("");
    for (size_t i = 0; command->options && command->options[i].name; i++)
        print_option(false, 0, command->options[i].name, command->options[i].argument,
                     command->options[i].help);
    puts("");
    for (size_t i = 0; i < SHARED_COUNT; i++)
        if (takes(command, shared[i].letter) && !is_own(command, shared[i].name))
            print_option(shared[i].is_short, shared[i].letter, shared[i].name, shared[i].argument,
                         shared[i].help);
}
