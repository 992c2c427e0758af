/* show.c - where results go: the terminal, a pipe or a file; and hints on what to do next.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Names of files can hold anything; none of it may drive the terminal. */
/* How many bytes from here on could drive a terminal, or turn a line round: control characters, also those that are two
   bytes long, and what directs the reading of text. 0: none. */
static size_t control_length(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    if (bytes[0] < 0x20 || bytes[0] == 0x7F)
        return 1;
    if (bytes[0] == 0xC2 && bytes[1] >= 0x80 && bytes[1] < 0xA0)
        return 2;
    if (bytes[0] != 0xE2 || !bytes[1] || !bytes[2])
        return 0;
    const bool marks = bytes[1] == 0x80 && (bytes[2] == 0x8E || bytes[2] == 0x8F ||
                                            (bytes[2] >= 0xA8 && bytes[2] <= 0xAE));
    return marks || (bytes[1] == 0x81 && bytes[2] >= 0xA6 && bytes[2] <= 0xA9) ? 3 : 0;
}

char *without_controls(char *line)
{
    for (char *at = line; *at;) {
        size_t length = control_length(at);
        for (at += length == 0; length; length--)
            *at++ = '?';
    }
    return line;
}

const char *study_path(const struct invocation *invocation, char buffer[], size_t size)
{
    const char *path = invocation->operand_count ? invocation->operands[0] : "study.xml";
    if (!invocation->folder || path[0] == '/')
        return path;
    snprintf(buffer, size, "%s/%s", invocation->folder, path);
    return buffer;
}

bool wants_colour(const struct invocation *invocation, int descriptor)
{
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return !invocation->no_colour && isatty(descriptor) && !(no_colour && *no_colour) && terminal &&
           strcmp(terminal, "dumb") != 0;
}

static size_t terminal_width(void)
{
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    size_t width = columns && strspn(columns, "0123456789") == strlen(columns)
                       ? (size_t)strtoul(columns, NULL, 10)
                       : 0;
    return width >= 40 && width <= 1000 ? width : 80;
}

/* Whether the output would replace a file that is being read. */
bool is_input(const struct invocation *invocation)
{
    struct stat output, input;
    char buffer[4096];
    const char *inputs[] = {study_path(invocation, buffer, sizeof buffer),
                            invocation->study.cases,
                            invocation->recipe,
                            invocation->coding,
                            invocation->survey,
                            invocation->study.codebook,
                            invocation->study.instrument,
                            invocation->operand_count > 1 ? invocation->operands[1] : NULL};
    if (invocation->opened && npt_study_reads(invocation->opened, invocation->output))
        return true;
    if (stat(invocation->output, &output) != 0)
        return false;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        if (inputs[i] && stat(inputs[i], &input) == 0 && input.st_dev == output.st_dev &&
            input.st_ino == output.st_ino)
            return true;
    return false;
}

enum npt_status refuse_input(const struct invocation *invocation)
{
    fprintf(stderr, "nptkit %s: the output '%s' is one of the inputs\n", invocation->command,
            invocation->output);
    return NPT_USAGE;
}

enum npt_status show_tables(const struct invocation *invocation, const npt_table *const *tables,
                            size_t count, npt_diags *diags)
{
    npt_output *output;
    bool to_stdout = !invocation->output || strcmp(invocation->output, "-") == 0;
    if (to_stdout) {
        output = npt_output_descriptor(STDOUT_FILENO, "standard output", diags);
    } else if (is_input(invocation)) {
        return refuse_input(invocation);
    } else {
        output = npt_output_open(invocation->output, diags);
    }
    if (!output)
        return NPT_CANNOT_WRITE;
    struct npt_render_options how = {.width = to_stdout ? terminal_width() : 100,
                                     .colour = to_stdout && wants_colour(invocation, STDOUT_FILENO),
                                     .raw = invocation->raw};
    npt_render(output, tables, count, invocation->format, &how);
    return npt_output_close(output);
}

void protect_tables(const npt_study *study, npt_table **tables, size_t count)
{
    npt_table *made[NPT_MOST_TABLES];
    const struct npt_protection limits = npt_study_protection(study);
    npt_table_free(npt_protect(made, (const npt_table *const *)tables, count, &limits, NULL));
    for (size_t i = 0; i < count; i++) {
        npt_table_free(tables[i]);
        tables[i] = made[i];
    }
}

void say_next(const struct invocation *invocation, const char *format, ...)
{
    if (invocation->quiet)
        return;
    char line[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    fprintf(stderr, "%s\n", without_controls(line));
}

const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}
