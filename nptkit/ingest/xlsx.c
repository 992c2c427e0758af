/* xlsx.c - reading a sheet of an .xlsx workbook: which sheet, and in what order its parts are read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "xlsx.h"

#include "xlsx_parts.h"

#include <stdio.h>
#include <string.h>

#define MOST_NAMED 10u /* sheets in a message */

void npt__xlsx_cell_name(char *buffer, size_t size, size_t row, size_t column)
{
    char letters[16];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (; column && at; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    snprintf(buffer, size, "%s%zu", letters + at, row);
}

/* ---- choosing the sheet ---------------------------------------------------------------------- */

/* The names of sheets for a message: 'A', 'B' and 3 more. */
static const char *list_names(npt__arena *arena, const struct npt__xlsx_sheet *const *sheets,
                              size_t count)
{
    const char *list = "";
    for (size_t i = 0; i < count && i < MOST_NAMED; i++)
        list = npt__arena_print(arena, "%s%s'%s'", list,
                                i == 0 ? "" : (i + 1 == count ? " and " : ", "), sheets[i]->name);
    if (count > MOST_NAMED)
        list = npt__arena_print(arena, "%s and %zu more", list, count - MOST_NAMED);
    return list;
}

/* The names of all sheets that are hidden, or are not. */
static const char *list_sheets(const struct npt__workbook *workbook, bool hidden)
{
    npt__arena *arena = workbook->package->arena;
    const struct npt__xlsx_sheet **sheets =
        npt__arena_array(arena, workbook->sheets.count, sizeof *sheets);
    size_t count = 0;
    for (size_t i = 0; i < workbook->sheets.count; i++)
        if (workbook->sheets.items[i].hidden == hidden)
            sheets[count++] = &workbook->sheets.items[i];
    return list_names(arena, sheets, count);
}

static void unknown_sheet(const struct npt__workbook *workbook, const char *wanted,
                          const char *folded)
{
    const struct npt__xlsx_package *package = workbook->package;
    const size_t count = workbook->sheets.count;
    const char **names = npt__arena_array(package->arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = workbook->sheets.items[i].folded;
    const uint32_t near = npt__nearest(folded, names, count);
    npt__say(package->diags, NPT_ERROR, &(struct npt__place){.file = package->path},
             "has no sheet '%s'", wanted);
    if (near != NPT__NONE)
        npt__hint(package->diags, "did you mean '%s'", workbook->sheets.items[near].name);
    else
        npt__hint(package->diags, "its sheets are %s", list_sheets(workbook, false));
}

/* A number from 1 to the number of sheets; 0 where it is none. */
static size_t read_sheet_number(const char *text, size_t most)
{
    size_t number = 0;
    for (; *text >= '0' && *text <= '9' && number <= most; text++)
        number = number * 10 + (size_t)(*text - '0');
    return *text || number > most ? 0 : number;
}

static const struct npt__xlsx_sheet *find_sheet(const struct npt__workbook *workbook,
                                                const char *wanted)
{
    const char *folded = npt__fold_name(workbook->package->arena, wanted);
    const size_t count = workbook->sheets.count;
    for (size_t i = 0; i < count; i++)
        if (strcmp(workbook->sheets.items[i].name, wanted) == 0)
            return &workbook->sheets.items[i];
    for (size_t i = 0; i < count; i++)
        if (strcmp(workbook->sheets.items[i].folded, folded) == 0)
            return &workbook->sheets.items[i];
    const size_t number = read_sheet_number(wanted, count);
    if (number)
        return &workbook->sheets.items[number - 1];
    unknown_sheet(workbook, wanted, folded);
    return NULL;
}

static bool holds_cells(const struct npt__xlsx_sheet *sheet)
{
    return !sheet->kind || strcmp(sheet->kind, "worksheet") == 0;
}

/* The first of the visible sheets with values; a warning names the others. */
static const struct npt__xlsx_sheet *choose_sheet(const struct npt__workbook *workbook)
{
    const struct npt__xlsx_package *package = workbook->package;
    const size_t count = workbook->sheets.count;
    const struct npt__xlsx_sheet **sheets = npt__arena_array(package->arena, count, sizeof *sheets);
    size_t visible = 0, found = 0;
    for (size_t i = 0; i < count; i++)
        if (!workbook->sheets.items[i].hidden && holds_cells(&workbook->sheets.items[i]))
            sheets[visible++] = &workbook->sheets.items[i];
    if (visible == 1)
        return sheets[0];
    for (size_t i = 0; i < visible; i++)
        if (sheets[i]->member == NPT__NONE || npt__sheet_has_values(workbook, sheets[i]))
            sheets[found++] = sheets[i];
    const struct npt__place place = {.file = package->path};
    if (!found) {
        const char *hidden = list_sheets(workbook, true);
        npt__say(package->diags, NPT_ERROR, &place, "has no visible sheet with values");
        if (*hidden)
            npt__hint(package->diags,
                      "hidden sheets are %s; choose one with --sheet NAME, or sheet=\"NAME\" in "
                      "study.xml",
                      hidden);
        return NULL;
    }
    if (found > 1) {
        npt__say(package->diags, NPT_WARNING, &place, "has %zu sheets with values; '%s' is read",
                 found, sheets[0]->name);
        npt__hint(package->diags,
                  "%s not read; choose with --sheet NAME, or sheet=\"NAME\" in study.xml",
                  npt__arena_print(package->arena, "%s %s",
                                   list_names(package->arena, sheets + 1, found - 1),
                                   found == 2 ? "is" : "are"));
    }
    return sheets[0];
}

/* Whether there is something to read in the sheet that was chosen. */
static bool is_readable(const struct npt__workbook *workbook, const struct npt__xlsx_sheet *sheet)
{
    const struct npt__xlsx_package *package = workbook->package;
    const struct npt__place place = {.file = package->path};
    if (!holds_cells(sheet)) {
        npt__say(package->diags, NPT_ERROR, &place, "'%s' is no sheet of cells%s", sheet->name,
                 strcmp(sheet->kind, "chartsheet") == 0 ? " but a chart"
                 : strstr(sheet->kind, "acro")          ? " but a macro sheet"
                                                        : "");
        npt__hint(package->diags, "its sheets are %s", list_sheets(workbook, false));
        return false;
    }
    if (sheet->member != NPT__NONE)
        return true;
    npt__say(package->diags, NPT_ERROR, &place, "lists the sheet '%s', but does not hold it",
             sheet->name);
    npt__hint(package->diags,
              "the workbook is damaged; open it in a spreadsheet program and save it again");
    return false;
}

/* ---- reading --------------------------------------------------------------------------------- */

static enum npt_status read_sheet(struct npt__sheet_reading *reading,
                                  struct npt__xlsx_strings *strings, const char *wanted,
                                  npt__arena *arena, struct npt__xlsx_account *account)
{
    const struct npt__workbook *workbook = reading->workbook;
    reading->sheet = wanted ? find_sheet(workbook, wanted) : choose_sheet(workbook);
    if (!reading->sheet || !is_readable(workbook, reading->sheet))
        return NPT_BAD_INPUT;
    account->sheet = npt__arena_string(arena, reading->sheet->name); /* rows may ask for it */
    const enum npt_status status =
        npt__xlsx_read_strings(strings, workbook->package, workbook->strings);
    return status == NPT_OK ? npt__sheet_read(reading) : status;
}

enum npt_status npt__xlsx_read(const char *path, const char *sheet, npt__arena *arena,
                               struct npt__xlsx_account *account,
                               bool (*row)(void *user, const struct npt__row *row), void *user,
                               npt_diags *diags)
{
    struct npt__xlsx_package package;
    struct npt__workbook workbook = {.package = &package};
    struct npt__xlsx_strings strings = {.text = {.ceiling = 0}};
    struct npt__sheet_reading reading = {
        .workbook = &workbook, .strings = &strings, .row = row, .user = user};
    *account = (struct npt__xlsx_account){.hidden_rows = 0};
    enum npt_status status = npt__xlsx_open(&package, path, diags);
    if (status == NPT_OK)
        status = npt__workbook_read(&workbook, &package);
    if (status == NPT_OK)
        status = read_sheet(&reading, &strings, sheet, arena, account);
    account->hidden_rows = reading.hidden_rows;
    npt__xlsx_release_strings(&strings);
    npt__workbook_release(&workbook);
    npt__xlsx_close(&package);
    return status;
}
