/* report_layout.c - the layout that a recipe asks for: columns="n, mean, low to high as 95% interval", across="site".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report.h"

#include "../base/unicode.h"
#include "../tables/table.h"

#include <string.h>

#define MOST_COLUMNS 64

static void refuse_column(const struct npt_report *report, const struct npt__setting *setting,
                          const npt_table *table, const char *wanted)
{
    const char *known[MOST_COLUMNS], *folded[MOST_COLUMNS];
    npt__buffer list = {0};
    size_t count = 0;
    for (; count < npt_table_column_count(table) && count < MOST_COLUMNS; count++) {
        known[count] = npt_table_column(table, count)->key;
        folded[count] = npt__fold_name(report->arena, known[count]);
        npt__buffer_print(&list, "%s%s", count ? ", " : "", known[count]);
    }
    const uint32_t near = npt__nearest(npt__fold_name(report->arena, wanted), folded, count);
    npt__say(report->diags, NPT_ERROR, &setting->place, "the table '%s' has no column '%s'",
             npt_table_name(table), wanted);
    npt__hint(report->diags, "%s%s%sits columns are %s", near == NPT__NONE ? "" : "did you mean '",
              near == NPT__NONE ? "" : known[near], near == NPT__NONE ? "" : "'? ",
              npt__buffer_string(&list));
    npt__buffer_release(&list);
}

/* The column of a trimmed name; SIZE_MAX with a message. */
static size_t find_column(const struct npt_report *report, const struct npt__setting *setting,
                          const npt_table *table, const char *name, size_t length, bool dimension)
{
    length = npt__trim(&name, length);
    const char *key = npt__arena_copy(report->arena, name, length);
    size_t column = npt_table_find_column(table, key);
    for (size_t i = 0; column == SIZE_MAX && i < npt_table_column_count(table); i++)
        if (strcmp(npt__fold_name(report->arena, npt_table_column(table, i)->key),
                   npt__fold_name(report->arena, key)) == 0)
            column = i; /* an export that is opened without study.xml calls it "Site" */
    if (column != SIZE_MAX && npt_table_column(table, column)->dimension == dimension)
        return column;
    if (column == SIZE_MAX) {
        refuse_column(report, setting, table, key);
        return SIZE_MAX;
    }
    npt__say(report->diags, NPT_ERROR, &setting->place,
             dimension ? "'%s' is a measure and cannot run across"
                       : "'%s' is a dimension: it stands in every layout",
             key);
    npt__hint(report->diags, "'columns' names measures, 'across' a dimension");
    return SIZE_MAX;
}

/* "low to high as 95% interval": one column of the layout. */
static bool read_column(const struct npt_report *report, const struct npt__setting *setting,
                        const npt_table *table, const char *text, struct npt__shown *shown)
{
    static const struct {
        const char *word;
        enum npt__pair pair;
    } pairs[] = {{" to ", NPT__RANGE}, {" of ", NPT__PART}, {" with ", NPT__SHARED}};
    const char *as = strstr(text, " as "), *second = NULL;
    size_t length = as ? (size_t)(as - text) : strlen(text), first = length;
    *shown = (struct npt__shown){.of = SIZE_MAX, .heading = as ? as + 4 : NULL};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *at = strstr(text, pairs[i].word);
        if (!at || (size_t)(at - text) >= length || second)
            continue;
        first = (size_t)(at - text);
        second = at + strlen(pairs[i].word);
        shown->pair = pairs[i].pair;
    }
    shown->column = find_column(report, setting, table, text, first, false);
    if (second)
        shown->of =
            find_column(report, setting, table, second, length - (size_t)(second - text), false);
    return shown->column != SIZE_MAX && (!second || shown->of != SIZE_MAX);
}

static bool stands_already(const struct npt__layout *layout, const struct npt__shown *shown)
{
    for (size_t i = 0; i < layout->shown_count; i++)
        if (layout->shown[i].column == shown->column && layout->shown[i].of == shown->of &&
            layout->shown[i].pair == shown->pair)
            return true;
    return false;
}

static bool read_columns(const struct npt_report *report, const struct npt__setting *setting,
                         const npt_table *table, struct npt__layout *layout)
{
    layout->shown_count = 0;
    layout->cards = false;
    for (const char *at = setting->value; *at;) {
        const size_t length = strcspn(at, ",");
        const char *start = at;
        const size_t trimmed = npt__trim(&start, length);
        at += length + (at[length] == ',');
        if (!trimmed)
            continue;
        if (layout->shown_count == NPT__MOST_SHOWN) {
            npt__say(report->diags, NPT_ERROR, &setting->place, "more than %u columns",
                     NPT__MOST_SHOWN);
            npt__hint(report->diags, "show two tables: a page is not wider");
            return false;
        }
        const char *text = npt__arena_copy(report->arena, start, trimmed);
        if (!read_column(report, setting, table, text, &layout->shown[layout->shown_count]))
            return false;
        if (stands_already(layout, &layout->shown[layout->shown_count])) {
            npt__say(report->diags, NPT_ERROR, &setting->place, "'%s' stands there twice", text);
            npt__hint(report->diags, "name each column once");
            return false;
        }
        layout->shown_count++;
    }
    return true;
}

/* The layout of a part, as its recipe wants it. */
static bool read_layout(struct npt_report *report, const struct npt__recipe_part *part,
                        const npt_table *table, struct npt__layout *layout)
{
    *layout = *npt__table_layout(table);
    if (part->columns.value && !read_columns(report, &part->columns, table, layout))
        return false;
    if (part->columns.value)
        layout->across = SIZE_MAX;
    const char *across = part->across.value ? npt__report_fill(report, part->across.value) : "";
    if (part->across.value)
        layout->across = find_column(report, &part->across, table, across, strlen(across), true);
    return !part->across.value || layout->across != SIZE_MAX;
}

static void lay_out(struct npt_report *report, const struct npt__recipe_part *part,
                    struct npt__laid_out *laid)
{
    const struct npt__result *result = npt__report_result(report, part);
    const size_t index = npt__result_table(result, part, report->diags);
    const struct npt__view *view = npt__report_view(report, result, index, part->rows);
    struct npt__layout layout;
    laid->caption = part->caption.value ? npt__report_fill(report, part->caption.value)
                                        : npt_table_title(view->table);
    if (!read_layout(report, part, view->table, &layout)) {
        laid->status = NPT_BAD_INPUT;
        return;
    }
    npt__report_prune(report, laid->caption, view->table, &layout, laid);
    if (!laid->whole)
        return;
    npt__report_remark_scales(report, result, index, view, laid);
    npt_table *copy =
        npt__table_borrow(view->table, NULL, npt_table_row_count(view->table), NULL, NULL);
    npt__table_set_layout(copy, &layout);
    *npt__array_add(&report->own) = copy;
    laid->table = copy;
}

const struct npt__laid_out *npt__report_lay_out(struct npt_report *report,
                                                const struct npt__recipe_part *part)
{
    struct npt__laid_out *laid = &report->laid_out[part - report->recipe->parts.items];
    if (!laid->done)
        lay_out(report, part, laid);
    laid->done = true;
    return laid;
}
