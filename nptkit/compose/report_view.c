/* report_view.c - what the report on one site sees of a table: its own rows, and of the others no name.
 *
 * A site's report goes to people who work there: the name of another site stands in it nowhere, be it in a cell, in a
 * note or in what was run, unless the recipe says others="named".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report.h"

#include "../tables/table.h"

#include <string.h>

#define ANOTHER "another site"

/* ---- names ----------------------------------------------------------------------------------- */

bool npt__report_names_others(const struct npt_report *report, const char *text)
{
    const npt_reports *reports = report->reports;
    if (!report->site || report->recipe->names_others || !text)
        return false;
    const size_t length = strlen(text);
    const uint32_t known =
        npt__intern_find(&reports->texts, text, length, npt__intern_hash(text, length));
    if (known != UINT32_MAX && !reports->naming[known])
        return false;
    for (size_t i = 0; i < reports->sites.count; i++)
        if (strcmp(reports->sites.items[i].name, report->site) != 0 &&
            !npt__holds_name(report->site, reports->sites.items[i].name) &&
            npt__holds_name(text, reports->sites.items[i].name))
            return true;
    return false;
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

static void hide_names(struct npt_report *report, npt_table *table)
{
    const size_t width = npt_table_column_count(table);
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        struct npt_cell *row = npt__table_row(table, i);
        for (size_t j = 0; j < width; j++)
            if (row[j].kind == NPT_CELL_TEXT && npt__report_names_others(report, row[j].text))
                row[j].text = ANOTHER;
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
