/* report_remarks.c - what a table in a report need not show, and what is said below it.
 *
 * A column without a single number in the rows that are shown is left out of the layout, and a table of nothing but such
 * columns altogether; which they are, and why, stands where they would. Files for programs have every column.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../tables/table.h"
#include "report.h"
#include "wording.h"

#include <assert.h>
#include <string.h>

/* What a column of the layout holds in the rows that are shown. */
enum holds { SOMETHING, WITHHELD, NOTHING };

/* `reason`: why it holds nothing, where that is the same in all rows; NULL. */
static enum holds look(const npt_table *table, const struct npt__shown *shown, const char **reason)
{
    enum holds holds = NOTHING;
    const size_t rows = npt_table_row_count(table);
    for (size_t i = 0; i < rows; i++) {
        const struct npt_cell *cell = npt__told_cell(table, i, shown->column);
        if (shown->of != SIZE_MAX && cell->kind != NPT_CELL_ABSENT && !npt__is_hidden(cell))
            cell = npt__told_cell(table, i, shown->of);
        if (cell->kind != NPT_CELL_ABSENT && !npt__is_hidden(cell))
            return SOMETHING;
        if (npt__is_hidden(cell))
            holds = WITHHELD;
        if (i == 0)
            *reason = cell->reason;
        else if (*reason && (!cell->reason || strcmp(*reason, cell->reason) != 0))
            *reason = NULL;
    }
    return rows ? holds : SOMETHING;
}

/* Every measure by itself where the layout names none; false where they are too many for a layout. */
static bool list_measures(const npt_table *table, struct npt__layout *layout)
{
    size_t count = 0;
    for (size_t i = 0; layout->shown_count == 0 && i < npt_table_column_count(table); i++) {
        if (npt_table_column(table, i)->dimension)
            continue;
        if (count == NPT__MOST_SHOWN)
            return false;
        layout->shown[count++] = (struct npt__shown){.column = i, .of = SIZE_MAX};
    }
    layout->shown_count += count;
    return layout->shown_count > 0;
}

/* ---- what is said ---------------------------------------------------------------------------- */

#define QUOTED "\xE2\x80\x9C%s\xE2\x80\x9D"

/* Said of whatever is withheld: never that a number is small, which not all are. */
static const char *tell_limits(const struct npt_report *report)
{
    return npt__arena_print(
        report->arena,
        " Counts of fewer than %zu people are withheld, what describes fewer than %zu, and whatever might "
        "tell these.",
        report->values.limits.min_cell, report->values.limits.min_n);
}

static void remark(struct npt__laid_out *laid, const char *text)
{
    assert(laid->remark_count < NPT__MOST_REMARKS);
    laid->remarks[laid->remark_count++] = text;
}

static const char *heading_of(const npt_table *table, const struct npt__shown *shown)
{
    return shown->heading ? shown->heading : npt_table_column(table, shown->column)->label;
}

/* The columns that hold nothing for this reason, in one sentence; `from` is the first of them. */
static const char *tell_columns(struct npt_report *report, const npt_table *table,
                                const struct npt__layout *layout, size_t from, bool *told)
{
    struct npt__telling telling = {.arena = report->arena};
    struct npt__names names = {0};
    const char *reason = NULL, *other;
    const enum holds holds = look(table, &layout->shown[from], &reason);
    for (size_t i = from; i < layout->shown_count; i++) {
        other = NULL;
        if (told[i] || look(table, &layout->shown[i], &other) != holds ||
            (reason != other && (!reason || !other || strcmp(reason, other) != 0)))
            continue;
        told[i] = true;
        npt__name(&names, heading_of(table, &layout->shown[i]));
    }
    npt__put_text(&telling, "Left out of this table, %s%s%s: ",
                  holds == NOTHING ? "as no row has a number" : "withheld in every row",
                  holds == NOTHING && reason ? ", " : "", holds == NOTHING && reason ? reason : "");
    npt__put_names(&telling, &names);
    npt__put_text(&telling, ".%s", holds == WITHHELD ? tell_limits(report) : "");
    const char *text = npt__arena_string(report->arena, npt__buffer_string(&telling.line));
    npt__buffer_release(&telling.line);
    return text;
}

/* "1 to 5; Familiarity and Normal now 0 to 10": where the rows that are shown are on different scales. */
static const char *tell_scales(struct npt_report *report, const npt_table *table,
                               const struct npt__population *declared, const size_t *kept)
{
    const size_t construct = npt__told_column(table, "construct");
    const struct npt__telling of = {.declared = &declared, .rows = &kept};
    struct npt__telling telling = {.arena = report->arena};
    double least, most, other_least, other_most;
    if (construct == SIZE_MAX || !npt__first_scale(&of, 0, &least, &most))
        return NULL;
    npt__put_text(&telling, "Scales: %ld to %ld", (long)least, (long)most);
    const size_t before = telling.line.length;
    struct npt__names names = {0};
    const char *last = ""; /* which `names` need not hold */
    double shown_least = 0, shown_most = 0;
    for (size_t i = 0; i <= npt_table_row_count(table); i++) {
        const bool end = i == npt_table_row_count(table);
        const bool other = !end && !npt__on_first_scale(&of, 0, i) &&
                           npt__row_scale(&of, 0, i, &other_least, &other_most);
        const char *name = end ? "" : npt__text_of(npt__told_cell(table, i, construct));
        const bool same = other && names.count && !(other_least < shown_least) &&
                          !(other_least > shown_least) && !(other_most < shown_most) &&
                          !(other_most > shown_most);
        if (names.count && (end || (other && !same))) {
            npt__put_text(&telling, "; ");
            npt__put_names(&telling, &names);
            npt__put_text(&telling, " %ld to %ld", (long)shown_least, (long)shown_most);
            names.count = 0;
        }
        if (!other || (names.count && strcmp(last, name) == 0))
            continue;
        npt__name(&names, name);
        last = name;
        shown_least = other_least;
        shown_most = other_most;
    }
    const bool differ = telling.line.length > before;
    npt__put_text(&telling, ".");
    const char *text =
        differ ? npt__arena_string(report->arena, npt__buffer_string(&telling.line)) : NULL;
    npt__buffer_release(&telling.line);
    return text;
}

/* ---- the layout ------------------------------------------------------------------------------ */

void npt__report_prune(struct npt_report *report, const char *caption, const npt_table *table,
                       struct npt__layout *layout, struct npt__laid_out *laid)
{
    bool told[NPT__MOST_SHOWN] = {false}, empty[NPT__MOST_SHOWN] = {false};
    const char *reason = NULL;
    size_t kept = 0, hidden = 0;
    laid->whole = true;
    if (layout->cards || !list_measures(table, layout))
        return;
    if (report->site && !npt_table_row_count(table)) {
        laid->whole = false;
        remark(laid, npt__arena_print(report->arena,
                                      "Left out: " QUOTED ", in which nothing is of this site.",
                                      caption));
        return;
    }
    for (size_t i = 0; i < layout->shown_count; i++) {
        const enum holds holds = look(table, &layout->shown[i], &reason);
        empty[i] = holds != SOMETHING;
        hidden += holds == WITHHELD;
        kept += !empty[i];
    }
    if (!kept && hidden) {
        laid->whole = false;
        remark(laid,
               npt__arena_print(report->arena, "Left out: " QUOTED ", in which all is withheld.%s",
                                caption, tell_limits(report)));
        return;
    }
    if (!kept)
        return;
    for (size_t i = 0; i < layout->shown_count; i++)
        if (empty[i] && !told[i])
            remark(laid, tell_columns(report, table, layout, i, told));
    kept = 0;
    for (size_t i = 0; i < layout->shown_count; i++)
        if (!empty[i])
            layout->shown[kept++] = layout->shown[i];
    layout->shown_count = kept;
}

void npt__report_remark_scales(struct npt_report *report, const struct npt__result *result,
                               size_t index, const struct npt__view *view,
                               struct npt__laid_out *laid)
{
    const char *text =
        tell_scales(report, view->table, npt__table_counted(result->raw[index]), view->kept);
    if (text)
        remark(laid, text);
}

void npt__report_count_shown(const npt_table *table, size_t *cells, size_t *withheld)
{
    struct npt__layout layout = *npt__table_layout(table);
    *cells = *withheld = 0;
    if (!list_measures(table, &layout))
        return;
    for (size_t row = 0; row < npt_table_row_count(table); row++)
        for (size_t i = 0; i < layout.shown_count; i++) {
            const struct npt__shown *shown = &layout.shown[i];
            const struct npt_cell *cell = npt__told_cell(table, row, shown->column),
                                  *of = shown->of == SIZE_MAX
                                            ? cell
                                            : npt__told_cell(table, row, shown->of);
            ++*cells;
            *withheld += cell->kind != NPT_CELL_ABSENT && of->kind != NPT_CELL_ABSENT &&
                         (npt__is_hidden(cell) || npt__is_hidden(of));
        }
}
