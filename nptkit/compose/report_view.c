/* report_view.c - what the report on one site sees of a table: its own rows, and of the others no name.
 *
 * A site's report goes to people who work there: the name of another site stands in it nowhere, be it in a cell, in a
 * note or in what was run, unless the recipe says others="named".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report.h"

#include "../base/unicode.h"
#include "../tables/table.h"

#include <string.h>

#define ANOTHER "another site"

/* ---- names ----------------------------------------------------------------------------------- */

/* Whether the text holds one of the others' names. A name within one's own is none: of "Site 1 North", "Site 1". One
   that holds one's own is looked for before that is blotted out. */
static bool holds_others(const struct npt_report *report, char *text, bool folded)
{
    const npt_reports *reports = report->reports;
    npt__buffer own = {0}, name = {0};
    bool found = false;
    npt__buffer_puts(&own, folded ? npt__fold_name(report->arena, report->site) : report->site);
    for (int within = 0; within < 2; within++) {
        for (size_t i = 0; i < reports->sites.count && !found; i++) {
            const struct npt__report_site *site = &reports->sites.items[i];
            if (npt__name_is_short(site->name) == folded || strcmp(site->name, report->site) == 0)
                continue;
            npt__buffer_clear(&name);
            npt__buffer_puts(&name, folded ? site->folded : site->name);
            const bool holds = npt__find_name(npt__buffer_string(&name), own.bytes) != NULL;
            found = holds == (within == 0) && strcmp(name.bytes, own.bytes) != 0 &&
                    npt__find_name(text, name.bytes);
        }
        for (const char *at; within == 0 && (at = npt__find_name(text, own.bytes)) != NULL;)
            memset(text + (at - text), ' ', own.length);
    }
    npt__buffer_release(&own);
    npt__buffer_release(&name);
    return found;
}

bool npt__report_names_others(const struct npt_report *report, const char *text)
{
    if (!report->site || report->recipe->names_others || !text)
        return false;
    const npt_reports *reports = report->reports;
    const size_t length = strlen(text);
    const uint32_t known =
        npt__intern_find(&reports->texts, text, length, npt__intern_hash(text, length));
    if (known != UINT32_MAX && !reports->naming[known])
        return false;
    return holds_others(report, npt__arena_string(report->arena, text), false) ||
           holds_others(report, npt__fold_name(report->arena, text), true);
}

static bool drops(void *user, const char *note)
{
    return npt__report_names_others(user, note);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static bool keeps(const struct npt_cell *site, const char *own, enum npt__rows rows)
{
    switch (rows) {
    case NPT__EVERY_ROW:
        return true;
    case NPT__OWN_AND_ALL:
        if (site->kind == NPT_CELL_TOTAL)
            return true;
        break;
    case NPT__OWN_ROWS:
        break;
    }
    return site->kind == NPT_CELL_TEXT && strcmp(site->text, own) == 0;
}

/* What a column can tell of other sites. */
enum telling { NOTHING, ONE_SITE, ANYTHING };

/* Names of constructs and waves are the questionnaire's and the study's: that a site has the same one is chance. */
static enum telling can_tell(const npt_table *table, size_t column)
{
    static const char *const harmless[] = {"construct", "item", "wave", "from", "to"};
    const struct npt_column *about = npt_table_column(table, column);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (about->dimension && strcmp(about->key, harmless[i]) == 0)
            return NOTHING;
    return column == npt__site_column(table) ||
                   (about->dimension && strcmp(about->key, "other") == 0)
               ? ONE_SITE
               : ANYTHING;
}

static bool is_another(const struct npt_report *report, const char *name)
{
    if (report->recipe->names_others || strcmp(name, report->site) == 0)
        return false;
    for (size_t i = 0; i < report->reports->sites.count; i++)
        if (strcmp(report->reports->sites.items[i].name, name) == 0)
            return true;
    return false;
}

static void hide_names(struct npt_report *report, npt_table *table)
{
    for (size_t j = 0; j < npt_table_column_count(table); j++) {
        const enum telling telling = can_tell(table, j);
        for (size_t i = 0; telling != NOTHING && i < npt_table_row_count(table); i++) {
            struct npt_cell *cell = &npt__table_row(table, i)[j];
            if (cell->kind == NPT_CELL_TEXT &&
                (is_another(report, cell->text) ||
                 (telling == ANYTHING && npt__report_names_others(report, cell->text))))
                cell->text = ANOTHER;
        }
    }
}

static npt_table *make_view(struct npt_report *report, const npt_table *table, size_t site,
                            struct npt__view *view)
{
    const size_t count = npt_table_row_count(table);
    size_t *rows = npt__arena_array(report->arena, count + 1, sizeof *rows), kept = 0;
    for (size_t i = 0; i < count; i++)
        if (site == SIZE_MAX || keeps(&npt_table_row(table, i)[site], report->site, view->rows))
            rows[kept++] = i;
    view->kept = rows;
    npt_table *copy = npt__table_copy_rows(table, rows, kept, drops, report);
    hide_names(report, copy);
    return copy;
}

const struct npt__view *npt__report_view(struct npt_report *report, const npt_table *table,
                                         enum npt__rows rows)
{
    for (size_t i = 0; i < report->views.count; i++)
        if (report->views.items[i]->of == table && report->views.items[i]->rows == rows)
            return report->views.items[i];
    struct npt__view *view = npt__arena_take(report->arena, sizeof *view);
    *view = (struct npt__view){.of = table, .rows = rows, .table = table};
    if (report->site)
        view->table = view->copy = make_view(report, table, npt__site_column(table), view);
    return *npt__array_add(&report->views) = view;
}
