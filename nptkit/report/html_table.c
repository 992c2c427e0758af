/* html_table.c - tables as HTML that can be heard as well as seen: every table has a caption, every header a scope.
 *
 * Where a label stands for several rows it is one header cell that spans them; rows of one first label are a group.
 * On a narrow page style.css sets the cells below each other: each then shows its column's heading, from data-label,
 * and the roles keep it a table for those who hear it, whatever a browser makes of the style.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../tables/cell.h"
#include "../tables/grid.h"
#include "format.h"
#include "html.h"

#include <string.h>

/* How many label columns a panel begins with. */
static size_t label_count(const struct npt__panel *panel)
{
    size_t count = 0;
    while (count < panel->column_count && panel->columns[count].label)
        count++;
    return count;
}

/* Whether the label stands here, rather than in a row above. */
static bool starts(const struct npt__panel *panel, size_t labels, size_t row, size_t column)
{
    if (row == 0 || column + 1 == labels)
        return true;
    for (size_t i = 0; i <= column; i++)
        if (*panel->rows[row].texts[i])
            return true;
    return false;
}

static size_t span(const struct npt__panel *panel, size_t labels, size_t row, size_t column)
{
    size_t end = row + 1;
    while (end < panel->row_count && !starts(panel, labels, end, column))
        end++;
    return end - row;
}

static void put_caption(struct npt__html *html, const struct npt__block *block,
                        const struct npt__panel *panel, size_t index, size_t count)
{
    char letter[2] = {(char)('a' + index % 26), '\0'};
    npt__html_print(html, "<caption id=\"caption-@", block->number);
    npt__html_print(html, index ? "-@\">" : "\">", index + 1);
    npt__html_print(html, "<strong>Table @", block->number);
    npt__put(html->output, count > 1 ? letter : "");
    npt__put(html->output, ".</strong> ");
    npt__html_text(html, block->text);
    if (panel->caption && count > 1) {
        npt__put(html->output, ": ");
        npt__html_text(html, panel->caption);
    }
    npt__put(html->output, "</caption>\n");
}

static void put_columns(struct npt__html *html, const struct npt__panel *panel)
{
    npt__put(html->output, "<thead role=\"rowgroup\">\n<tr role=\"row\">");
    for (size_t i = 0; i < panel->column_count; i++) {
        npt__put(html->output, panel->columns[i].right
                                   ? "<th role=\"columnheader\" scope=\"col\" class=\"number\">"
                                   : "<th role=\"columnheader\" scope=\"col\">");
        npt__html_text(html, panel->columns[i].heading);
        npt__put(html->output, "</th>");
    }
    npt__put(html->output, "</tr>\n</thead>\n");
}

static void put_heading_of_cell(struct npt__html *html, const struct npt__grid_column *column)
{
    npt__put(html->output, " data-label=\"");
    npt__html_text(html, column->heading);
    npt__put(html->output, "\">");
}

static void put_label(struct npt__html *html, const struct npt__panel *panel, size_t labels,
                      size_t row, size_t column)
{
    if (!starts(panel, labels, row, column))
        return;
    const size_t rows = span(panel, labels, row, column);
    npt__put(html->output, labels > 1 && column == 0 ? "<th role=\"rowheader\" scope=\"rowgroup\""
                                                     : "<th role=\"rowheader\" scope=\"row\"");
    if (rows > 1)
        npt__html_print(html, " rowspan=\"@\"", rows);
    put_heading_of_cell(html, &panel->columns[column]);
    npt__html_text(html, panel->rows[row].texts[column]);
    npt__put(html->output, "</th>");
}

static void put_value(struct npt__html *html, const struct npt__grid_column *column,
                      const char *text)
{
    const bool withheld = strncmp(text, "withheld", 8) == 0;
    npt__put(html->output, "<td role=\"cell\"");
    if (withheld || column->right)
        npt__put(html->output, !withheld       ? " class=\"number\""
                               : column->right ? " class=\"withheld number\""
                                               : " class=\"withheld\"");
    put_heading_of_cell(html, column);
    npt__html_text(html, text);
    npt__put(html->output, "</td>");
}

static void put_row(struct npt__html *html, const struct npt__panel *panel, size_t labels,
                    size_t row)
{
    npt__put(html->output,
             panel->rows[row].total ? "<tr role=\"row\" class=\"total\">" : "<tr role=\"row\">");
    for (size_t i = 0; i < labels; i++)
        put_label(html, panel, labels, row, i);
    for (size_t i = labels; i < panel->column_count; i++)
        put_value(html, &panel->columns[i], panel->rows[row].texts[i]);
    npt__put(html->output, "</tr>\n");
}

/* More columns than a page of paper has room for: printed with the cells of a row one after the other. */
#define WIDE 12

static void put_panel(struct npt__html *html, const struct npt__block *block,
                      const struct npt__panel *panel, size_t index, size_t count)
{
    const size_t labels = label_count(panel);
    npt__html_print(
        html, "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"caption-@",
        block->number);
    npt__html_print(html, index ? "-@\">\n" : "\">\n", index + 1);
    npt__put(html->output, "<table role=\"table\"");
    if (panel->column_count > WIDE || labels > 1)
        npt__put(html->output, panel->column_count <= WIDE ? " class=\"grouped\""
                               : labels > 1                ? " class=\"grouped wide\""
                                                           : " class=\"wide\"");
    npt__html_print(html, index ? ">\n" : " id=\"table-@\">\n", block->number);
    put_caption(html, block, panel, index, count);
    put_columns(html, panel);
    for (size_t i = 0; i < panel->row_count; i++) {
        const bool first = labels < 2 ? i == 0 : starts(panel, labels, i, 0);
        if (first)
            npt__put(html->output,
                     i ? "</tbody>\n<tbody role=\"rowgroup\">\n" : "<tbody role=\"rowgroup\">\n");
        put_row(html, panel, labels, i);
    }
    npt__put(html->output,
             panel->row_count ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n");
}

static void put_panels(struct npt__html *html, const struct npt__block *block)
{
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    const size_t count = npt__grid(block->table, arena, &panels);
    for (size_t i = 0; i < count; i++)
        put_panel(html, block, &panels[i], i, count);
    npt__arena_free(arena);
}

static void put_card(struct npt__html *html, const npt_table *table, const struct npt_cell *cells)
{
    const size_t last = npt__card_text(table);
    const struct npt_cell *cell = &cells[last];
    npt__buffer_clear(&html->joined);
    if (cell->kind == NPT_CELL_ABSENT)
        npt__buffer_print(&html->joined, "[%s]", cell->reason ? cell->reason : "no text");
    else
        npt__cell_show(&html->joined, cell, npt_table_column(table, last)->unit);
    npt__put(html->output, "<blockquote>\n<p>");
    npt__html_text(html, npt__buffer_string(&html->joined));
    npt__put(html->output, "</p>\n<footer>");
    npt__buffer_clear(&html->joined);
    npt__card_line(&html->joined, table, cells);
    npt__html_text(html, npt__buffer_string(&html->joined));
    npt__put(html->output, "</footer>\n</blockquote>\n");
}

void npt__html_table(struct npt__html *html, const struct npt__block *block)
{
    const size_t count = npt_table_row_count(block->table);
    const bool cards = npt__table_layout(block->table)->cards;
    if (!count || cards) {
        npt__html_print(html, "<p id=\"table-@\"><strong>Table @.</strong> ", block->number);
        npt__html_text(html, block->text);
        npt__put(html->output, count ? "</p>\n" : ": no rows.</p>\n");
    }
    if (cards)
        for (size_t i = 0; i < count; i++)
            put_card(html, block->table, npt_table_row(block->table, i));
    else if (count)
        put_panels(html, block);
    if (html->notes && npt_table_note(block->table, 0)) {
        npt__html_print(html, "<p class=\"notes\"><a href=\"#part-@\">", html->notes);
        npt__html_print(html, "Notes to table @</a></p>\n", block->number);
    }
}
