/* docx_table.c - tables of a Word document, laid out as those of the HTML: a caption, a header row that is repeated on
 * every page, labels that stand for several rows in one cell.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../tables/cell.h"
#include "docx.h"
#include "docx_columns.h"
#include "format.h"
#include "markup.h"

#include <string.h>

#define FEW_ROWS 14 /* so many stay on one page */

/* What is written: a piece of a panel of a block. */
struct part {
    const struct npt__block *block;
    const struct npt__panel *panel;
    const struct npt__docx_plan *plan;
    const struct npt__docx_piece *piece;
    size_t index, count; /* of panels */
};

static size_t width(const struct part *part)
{
    return part->plan->labels + part->piece->end - part->piece->first;
}

/* The column of the panel that is the number `index` of the piece. */
static size_t column_at(const struct part *part, size_t index)
{
    const size_t labels = part->plan->labels;
    return index < labels ? index : part->piece->first + index - labels;
}

/* Whether the label stands here, rather than in a row above. */
static bool starts(const struct part *part, size_t row, size_t column)
{
    if (row == 0 || column + 1 == part->plan->labels)
        return true;
    for (size_t i = 0; i <= column; i++)
        if (*part->panel->rows[row].texts[i])
            return true;
    return false;
}

static bool begins_group(const struct part *part, size_t row)
{
    return part->plan->labels > 1 && row && starts(part, row, 0);
}

/* ---- the caption ----------------------------------------------------------------------------- */

static void join_title(struct npt__docx *docx, const struct part *part)
{
    npt__buffer_clear(&docx->text);
    npt__buffer_puts(&docx->text, part->block->text);
    if (part->panel->caption && part->count > 1)
        npt__buffer_print(&docx->text, ": %s", part->panel->caption);
    if (part->plan->piece_count > 1) {
        const size_t labels = part->plan->labels;
        npt__buffer_print(&docx->text, " (columns %zu to %zu of %zu)",
                          part->piece->first - labels + 1, part->piece->end - labels,
                          part->panel->column_count - labels);
    }
}

static bool is_first(const struct part *part)
{
    return part->index == 0 && part->piece == part->plan->pieces;
}

static void put_caption(struct npt__docx *docx, const struct part *part)
{
    char letter[2] = {part->count > 1 ? (char)('a' + part->index % 26) : '\0', '\0'};
    npt__docx_begin(docx, "Caption");
    const size_t mark = is_first(part) ? npt__docx_mark(docx, "table", part->block->number) : 0;
    npt__docx_label(docx, "Table", part->block->number, !is_first(part), letter);
    join_title(docx, part);
    npt__docx_run(docx, NULL, 0, docx->text.bytes ? docx->text.bytes : "");
    if (mark)
        npt__docx_end_mark(docx, mark);
    npt__docx_end(docx);
}

/* ---- cells ----------------------------------------------------------------------------------- */

static void put_cell_start(struct npt__docx *docx, unsigned twips, const char *properties)
{
    npt__buffer_print(&docx->body, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>%s</w:tcPr>",
                      twips, properties);
}

static void put_cell_text(struct npt__docx *docx, const char *style, bool keep, const char *runs,
                          unsigned size, const char *text)
{
    npt__buffer_print(&docx->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style,
                      keep ? "<w:keepNext/>" : "");
    if (*text)
        npt__docx_run(docx, runs, size, text);
    npt__docx_put(docx, "</w:p></w:tc>");
}

static void put_header(struct npt__docx *docx, const struct part *part)
{
    npt__docx_put(docx, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (size_t i = 0; i < width(part); i++) {
        const struct npt__grid_column *column = &part->panel->columns[column_at(part, i)];
        put_cell_start(docx, part->piece->widths[i], "");
        put_cell_text(docx, column->right ? "TableHeadingNumber" : "TableHeading", true, NULL,
                      part->plan->size, column->heading);
    }
    npt__docx_put(docx, "</w:tr>\n");
}

/* Whether the row stays on the page of the next one: so short tables stay whole, and labels with their rows. */
static bool keeps(const struct part *part, size_t row)
{
    const size_t next = row + 1;
    if (next >= part->panel->row_count)
        return false;
    if (part->panel->row_count <= FEW_ROWS)
        return true;
    size_t first = row;
    while (first && row - first < FEW_ROWS && !begins_group(part, first))
        first--;
    return part->plan->labels > 1 && row - first < FEW_ROWS && !begins_group(part, next);
}

static const char line_above[] = "<w:tcBorders><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" "
                                 "w:color=\"6E7781\"/></w:tcBorders>";

static void put_label(struct npt__docx *docx, const struct part *part, size_t row, size_t column)
{
    const struct npt__panel *panel = part->panel;
    const bool here = starts(part, row, column);
    const bool above = row + 1 < panel->row_count && !starts(part, row + 1, column);
    npt__buffer_clear(&docx->text);
    npt__buffer_puts(&docx->text, !here   ? "<w:vMerge/>"
                                  : above ? "<w:vMerge w:val=\"restart\"/>"
                                          : "");
    npt__buffer_puts(&docx->text, begins_group(part, row) ? line_above : "");
    put_cell_start(docx, part->piece->widths[column], npt__buffer_string(&docx->text));
    put_cell_text(docx, "TableText", keeps(part, row), panel->rows[row].total ? "Strong" : NULL,
                  part->plan->size, here ? panel->rows[row].texts[column] : "");
}

static void put_row(struct npt__docx *docx, const struct part *part, size_t row)
{
    const struct npt__panel *panel = part->panel;
    npt__docx_put(docx, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (size_t i = 0; i < width(part); i++) {
        const size_t column = column_at(part, i);
        if (i < part->plan->labels) {
            put_label(docx, part, row, column);
            continue;
        }
        const char *text = panel->rows[row].texts[column];
        const char *runs = strncmp(text, "withheld", 8) == 0 ? "Withheld"
                           : panel->rows[row].total          ? "Strong"
                                                             : NULL;
        put_cell_start(docx, part->piece->widths[i], begins_group(part, row) ? line_above : "");
        put_cell_text(docx, panel->columns[column].right ? "TableNumber" : "TableText",
                      keeps(part, row), runs, part->plan->size, text);
    }
    npt__docx_put(docx, "</w:tr>\n");
}

/* ---- tables ---------------------------------------------------------------------------------- */

/* For those who hear it before they walk through its cells. */
static void put_description(struct npt__docx *docx, const struct part *part)
{
    npt__docx_put(docx, "<w:tblCaption w:val=\"");
    npt__buffer_print(&docx->body, "Table %zu", part->block->number);
    if (part->count > 1)
        npt__buffer_putc(&docx->body, (char)('a' + part->index % 26));
    join_title(docx, part);
    npt__docx_attribute(docx, ". ", npt__buffer_string(&docx->text), "\"/>");
    npt__buffer_clear(&docx->text);
    for (size_t i = 0; i < width(part); i++)
        npt__buffer_print(&docx->text, "%s%s", i ? ", " : "",
                          part->panel->columns[column_at(part, i)].heading);
    npt__buffer_print(&docx->body, "<w:tblDescription w:val=\"%zu rows and %zu columns: ",
                      part->panel->row_count, width(part));
    npt__docx_attribute(docx, "", npt__buffer_string(&docx->text), "\"/>");
}

static void put_table_start(struct npt__docx *docx, const struct part *part)
{
    size_t whole = 0;
    for (size_t i = 0; i < width(part); i++)
        whole += part->piece->widths[i];
    npt__buffer_print(&docx->body,
                      "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/>"
                      "<w:tblW w:w=\"%zu\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>",
                      whole);
    npt__buffer_print(&docx->body,
                      "<w:tblLook w:val=\"%s\" w:firstRow=\"1\" w:lastRow=\"0\" "
                      "w:firstColumn=\"%d\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>",
                      part->plan->labels ? "06A0" : "0620", part->plan->labels ? 1 : 0);
    put_description(docx, part);
    npt__docx_put(docx, "</w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < width(part); i++)
        npt__buffer_print(&docx->body, "<w:gridCol w:w=\"%u\"/>", part->piece->widths[i]);
    npt__docx_put(docx, "</w:tblGrid>\n");
}

static void put_part(struct npt__docx *docx, const struct part *part)
{
    put_caption(docx, part);
    put_table_start(docx, part);
    put_header(docx, part);
    for (size_t i = 0; i < part->panel->row_count; i++)
        put_row(docx, part, i);
    npt__docx_put(docx, "</w:tbl>\n");
    npt__docx_begin(docx, "Gap"); /* two tables that touch would be one */
    npt__docx_end(docx);
}

static void put_panels(struct npt__docx *docx, const struct npt__block *block)
{
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    const size_t count = npt__grid(block->table, arena, &panels);
    for (size_t i = 0; i < count; i++) {
        const struct npt__docx_plan plan = npt__docx_plan_columns(&panels[i], arena);
        for (size_t j = 0; j < plan.piece_count; j++)
            put_part(docx, &(struct part){.block = block,
                                          .panel = &panels[i],
                                          .plan = &plan,
                                          .piece = &plan.pieces[j],
                                          .index = i,
                                          .count = count});
    }
    npt__arena_free(arena);
}

bool npt__docx_is_wide(const struct npt__block *block)
{
    if (!npt_table_row_count(block->table) || npt__table_layout(block->table)->cards)
        return false;
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    const size_t count = npt__grid(block->table, arena, &panels);
    bool wide = false;
    for (size_t i = 0; i < count && !wide; i++)
        wide = npt__docx_plan_columns(&panels[i], arena).across;
    npt__arena_free(arena);
    return wide;
}

/* ---- quotes ---------------------------------------------------------------------------------- */

static void put_card(struct npt__docx *docx, const npt_table *table, const struct npt_cell *cells)
{
    const size_t last = npt__card_text(table);
    const struct npt_cell *cell = &cells[last];
    npt__buffer_clear(&docx->text);
    if (cell->kind == NPT_CELL_ABSENT)
        npt__buffer_print(&docx->text, "[%s]", cell->reason ? cell->reason : "no text");
    else
        npt__cell_show(&docx->text, cell, npt_table_column(table, last)->unit);
    npt__docx_paragraph(docx, "Quote", npt__buffer_string(&docx->text));
    npt__buffer_clear(&docx->text);
    npt__card_line(&docx->text, table, cells);
    npt__docx_paragraph(docx, "QuoteSource", npt__buffer_string(&docx->text));
}

/* The caption of what is no table: quotes, or nothing. */
static void put_bare_caption(struct npt__docx *docx, const struct npt__block *block, bool empty)
{
    npt__docx_begin(docx, empty ? "Normal" : "Caption");
    const size_t mark = npt__docx_mark(docx, "table", block->number);
    npt__docx_label(docx, "Table", block->number, false, "");
    npt__docx_run(docx, NULL, 0, block->text);
    npt__docx_end_mark(docx, mark);
    if (empty)
        npt__docx_run(docx, NULL, 0, ": no rows.");
    npt__docx_end(docx);
}

void npt__docx_table(struct npt__docx *docx, const struct npt__block *block)
{
    const size_t count = npt_table_row_count(block->table);
    const bool cards = npt__table_layout(block->table)->cards;
    if (!count || cards)
        put_bare_caption(docx, block, !count);
    if (cards)
        for (size_t i = 0; i < count; i++)
            put_card(docx, block->table, npt_table_row(block->table, i));
    else if (count)
        put_panels(docx, block);
    if (!docx->notes || !npt_table_note(block->table, 0))
        return;
    npt__docx_begin(docx, "Small");
    npt__buffer_clear(&docx->text);
    npt__buffer_print(&docx->text, "Notes to table %zu", block->number);
    npt__docx_link(docx, "part", docx->notes, npt__buffer_string(&docx->text));
    npt__docx_end(docx);
}
