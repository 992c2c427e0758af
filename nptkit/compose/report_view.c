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
    return report->site && !report->recipe->names_others && text &&
           npt__site_names_others(&report->reports->names, report->number, text);
}

static bool drops(void *user, const char *note)
{
    return npt__report_names_others(user, note);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* The rows that are kept, in the order of the table; NULL: all of them. */
static const size_t *list_rows(const struct npt_report *report, const struct npt__site_rows *of,
                               enum npt__rows rows, size_t *count)
{
    if (!of->first || rows == NPT__EVERY_ROW)
        return NULL;
    const size_t sites = report->reports->sites.count;
    const size_t *own = of->rows + of->first[report->number],
                 *own_end = of->rows + of->first[report->number + 1],
                 *all = of->rows + of->first[sites], *all_end = of->rows + of->first[sites + 1];
    *count = (size_t)(own_end - own);
    if (rows == NPT__OWN_ROWS)
        return own;
    size_t *both =
        npt__arena_array(report->arena, *count + (size_t)(all_end - all) + 1, sizeof *both);
    for (*count = 0; own < own_end || all < all_end;)
        both[(*count)++] = all == all_end || (own < own_end && *own < *all) ? *own++ : *all++;
    return both;
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
    const uint32_t site = npt__site_number(report->reports, name);
    return site != UINT32_MAX && site != report->number;
}

static void hide_names(struct npt_report *report, npt_table *table)
{
    for (size_t j = 0; j < npt_table_column_count(table) && !report->recipe->names_others; j++) {
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

const struct npt__view *npt__report_view(struct npt_report *report,
                                         const struct npt__result *result, size_t index,
                                         enum npt__rows rows)
{
    const npt_table *table = result->made[index];
    for (size_t i = 0; i < report->views.count; i++)
        if (report->views.items[i]->of == table && report->views.items[i]->rows == rows)
            return report->views.items[i];
    struct npt__view *view = npt__arena_take(report->arena, sizeof *view);
    *view = (struct npt__view){.of = table, .rows = rows, .table = table};
    if (report->site) {
        size_t count = npt_table_row_count(table);
        view->kept = list_rows(report, &result->rows[index], rows, &count);
        view->table = view->copy = npt__table_borrow(table, view->kept, count, drops, report);
        hide_names(report, view->copy);
    }
    return *npt__array_add(&report->views) = view;
}
