/* report_notes.c - notes to the tables as a reader of a report needs them.
 *
 * A table's notes are written for whoever runs its analysis, and sees every column. Here those on columns that the
 * report does not show are left out, and what other options of the command line would do.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../tables/table.h"
#include "report.h"

#include <string.h>

/* ---- columns that are not shown ---------------------------------------------------------------- */

static bool shows(const struct npt__layout *layout, size_t column)
{
    bool shown = layout->shown_count == 0;
    for (size_t i = 0; i < layout->shown_count && !shown; i++)
        shown = layout->shown[i].column == column || layout->shown[i].of == column;
    return shown;
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Whether the note begins with the name of a measure and a colon, and tells of none that is shown. */
static bool is_of_hidden(const npt_table *table, const char *note)
{
    const struct npt__layout *layout = npt__table_layout(table);
    bool hidden = false;
    for (size_t i = 0; i < npt_table_column_count(table); i++) {
        const struct npt_column *column = npt_table_column(table, i);
        if (column->dimension)
            continue;
        if (shows(layout, i) && strstr(note, column->label))
            return false;
        hidden |= starts_with(note, column->label) && note[strlen(column->label)] == ':';
    }
    return hidden;
}

static bool any_absent(const npt_table *table)
{
    const struct npt__layout *layout = npt__table_layout(table);
    for (size_t i = 0; i < npt_table_column_count(table); i++)
        for (size_t row = 0; !npt_table_column(table, i)->dimension && shows(layout, i) &&
                             row < npt_table_row_count(table);
             row++)
            if (npt_table_row(table, row)[i].kind == NPT_CELL_ABSENT)
                return true;
    return false;
}

/* The notes on protection stand in its box. */
static bool is_on_protection(const char *note)
{
    return starts_with(note, "How this was protected:") || starts_with(note, "Withheld here:") ||
           starts_with(note, "Nothing had to be withheld");
}

bool npt__report_has_note(const npt_table *table, const char *wanted)
{
    const char *note;
    if (is_on_protection(wanted) || is_of_hidden(table, wanted) ||
        (starts_with(wanted, "Where there is no number (-):") && !any_absent(table)))
        return false;
    for (size_t i = 0; (note = npt_table_note(table, i)) != NULL; i++)
        if (strcmp(note, wanted) == 0)
            return true;
    return false;
}

/* ---- options of the command line --------------------------------------------------------------- */

static bool is_hint(const char *text)
{
    return starts_with(text, "--") || starts_with(text, "nptkit ");
}

/* Where a clause that begins here ends: at the stop of its sentence. */
static const char *end_of_clause(const char *at)
{
    while (*at && !(at[0] == '.' && (at[1] == ' ' || !at[1])))
        at++;
    return at;
}

const char *npt__report_plain_note(npt__arena *arena, const char *note)
{
    npt__buffer plain = {0};
    for (const char *at = note; *at;) {
        const bool bracket = starts_with(at, " (--");
        const char *end = bracket ? strchr(at, ')') : NULL;
        if (end) { /* "fewer than 5 (--least)" */
            at = end + 1;
        } else if ((starts_with(at, "; ") || starts_with(at, ": ")) && is_hint(at + 2)) {
            at = end_of_clause(at); /* "8; --all shows them, too." */
        } else if (starts_with(at, ". ") && is_hint(at + 2)) {
            npt__buffer_putc(&plain, '.'); /* "... once. --coder NAME looks at one." */
            at = end_of_clause(at + 2);
            at += *at == '.';
        } else {
            npt__buffer_putc(&plain, *at++);
        }
    }
    const char *copy = npt__arena_string(arena, npt__buffer_string(&plain));
    npt__buffer_release(&plain);
    return copy;
}
