/* instrument_command.c - the command `instrument`: questionnaires that come with nptkit, or one's own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum npt_status usage(const struct command *command, const char *fault)
{
    fprintf(stderr, "nptkit %s: %s\n  usage: nptkit %s %s\n", command->name, fault, command->name,
            command->operands);
    return NPT_USAGE;
}

static enum npt_status list_instruments(void)
{
    const char *name;
    for (size_t i = 0; (name = npt_instrument_shipped(i)) != NULL; i++)
        printf("%-13s %s\n", name, npt_instrument_summary(i));
    return NPT_OK;
}

static enum npt_status show(const struct invocation *invocation, const npt_instrument *instrument,
                            npt_diags *diags)
{
    npt_table *table = npt_instrument_table(instrument);
    enum npt_status status = show_tables(invocation, (const npt_table *const *)&table, 1, diags);
    npt_table_free(table);
    return status;
}

/* ---- export ---------------------------------------------------------------------------------- */

typedef void writer(npt_output *output, const npt_instrument *instrument);

static bool ends_in(const char *name, const char *end)
{
    size_t length = name ? strlen(name) : 0, size = strlen(end);
    return length > size && strcmp(name + length - size, end) == 0;
}

/* --format decides, else the output's name; a codebook for people where neither is given. */
static writer *find_writer(const struct invocation *invocation)
{
    if (invocation->xml || (!invocation->format && ends_in(invocation->output, ".xml")))
        return npt_instrument_write;
    const char *format = invocation->format ? npt_format_name(invocation->format) : "";
    if (strcmp(format, "csv") == 0)
        return npt_instrument_write_template;
    return strcmp(format, "md") == 0 || strcmp(format, "text") == 0 ? npt_instrument_write_codebook
                                                                    : NULL;
}

static enum npt_status export(const struct invocation *invocation, writer *write,
                              const npt_instrument *instrument, npt_diags *diags) {
    bool to_stdout = !invocation->output || strcmp(invocation->output, "-") == 0;
    if (!to_stdout && is_input(invocation)) return refuse_input(invocation);
    npt_output *output = to_stdout ? npt_output_descriptor(STDOUT_FILENO, "standard output", diags)
                                   : npt_output_open(invocation->output, diags);
    if (!output) return NPT_CANNOT_WRITE;
    write(output, instrument);
    return npt_output_close(output);
}

enum npt_status run_instrument(const struct command *command, struct invocation *invocation,
                               npt_diags *diags)
{
    const char *verb = invocation->operand_count ? invocation->operands[0] : "list";
    if (strcmp(verb, "list") == 0 && invocation->operand_count < 2)
        return list_instruments();
    bool shows = strcmp(verb, "show") == 0, exports = strcmp(verb, "export") == 0;
    if (!shows && !exports)
        return usage(command, "list, show NAME or export NAME");
    if (invocation->operand_count != 2)
        return usage(command, "name one instrument");
    if (shows && (invocation->xml || !invocation->format))
        return usage(command, "show writes text, csv, json or md");
    writer *write = exports ? find_writer(invocation) : NULL;
    if (exports && !write)
        return usage(command, "export writes md (a codebook), csv (a blank sheet) or xml");
    npt_instrument *instrument = NULL;
    enum npt_status status = npt_instrument_open(&instrument, invocation->operands[1], diags);
    if (status == NPT_OK)
        status = shows ? show(invocation, instrument, diags)
                       : export(invocation, write, instrument, diags);
    npt_instrument_free(instrument);
    return status;
}
