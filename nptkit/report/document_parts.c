/* document_parts.c - a document's tables, each once, and its sentences.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "document_parts.h"

#include <string.h>

/* ---- tables ---------------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_cell(const struct npt_cell *a, const struct npt_cell *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case NPT_CELL_TEXT:
        return same_text(a->text, b->text);
    case NPT_CELL_COUNT:
        return a->count == b->count;
    case NPT_CELL_NUMBER:
        return memcmp(&a->number, &b->number, sizeof a->number) == 0;
    case NPT_CELL_TOTAL:
        return true;
    case NPT_CELL_ABSENT:
    case NPT_CELL_WITHHELD:
        break;
    }
    return same_text(a->reason, b->reason);
}

static bool same_columns(const npt_table *a, const npt_table *b)
{
    const size_t count = npt_table_column_count(a);
    if (count != npt_table_column_count(b))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct npt_column *one = npt_table_column(a, i), *other = npt_table_column(b, i);
        if (!same_text(one->key, other->key) || !same_text(one->label, other->label) ||
            one->unit != other->unit || one->dimension != other->dimension)
            return false;
    }
    return true;
}

static bool same_notes(const npt_table *a, const npt_table *b)
{
    size_t i = 0;
    while (npt_table_note(a, i) && same_text(npt_table_note(a, i), npt_table_note(b, i)))
        i++;
    return !npt_table_note(a, i) && !npt_table_note(b, i);
}

static bool same_table(const npt_table *a, const npt_table *b)
{
    if (a == b)
        return true;
    const size_t rows = npt_table_row_count(a);
    if (rows != npt_table_row_count(b) || !same_text(npt_table_name(a), npt_table_name(b)) ||
        !same_text(npt_table_title(a), npt_table_title(b)) || !same_columns(a, b) ||
        !same_notes(a, b))
        return false;
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < npt_table_column_count(a); i++)
            if (!same_cell(&npt_table_row(a, row)[i], &npt_table_row(b, row)[i]))
                return false;
    return true;
}

struct npt__document_tables npt__document_tables(const struct npt__report_document *document,
                                                 npt__arena *arena)
{
    struct npt__document_tables tables = {0};
    size_t *of = npt__arena_array(arena, document->tables, sizeof *of);
    tables.items = npt__arena_array(arena, document->tables, sizeof *tables.items);
    tables.of = of;
    const char *section = "";
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct npt__block *block = &document->blocks.items[i];
        if (block->kind == NPT__HEADING)
            section = block->text;
        if (block->kind != NPT__TABLE)
            continue;
        size_t at = 0;
        while (at < tables.count && !same_table(tables.items[at].table, block->table))
            at++;
        if (at == tables.count)
            tables.items[tables.count++] =
                (struct npt__document_table){block->table, block->number, block->text, section};
        of[block->number - 1] = at;
    }
    return tables;
}

/* ---- sentences ------------------------------------------------------------------------------- */

struct collector {
    npt__arena *arena;
    NPT__ARRAY(struct npt__document_sentence) list;
    const char *section;
    bool *told; /* which tables' notes */
};

static void collect(struct collector *collector, const char *kind, const char *text)
{
    *npt__array_add(&collector->list) =
        (struct npt__document_sentence){collector->section, kind, text};
}

static void collect_items(struct collector *collector, const char *kind,
                          const struct npt__block *block)
{
    for (size_t i = 0; i < block->item_count; i++)
        collect(collector, kind, block->items[i].text);
}

static void collect_notes(struct collector *collector, const struct npt__document_tables *tables,
                          const struct npt__block *block)
{
    const size_t which = tables->of[block->number - 1];
    if (collector->told[which])
        return;
    collector->told[which] = true;
    const char *note,
        *kind = npt__arena_print(collector->arena, "note to table %zu", block->number);
    for (size_t i = 0; (note = npt_table_note(block->table, i)) != NULL; i++)
        collect(collector, kind, note);
}

static void collect_block(struct collector *collector, const struct npt__document_tables *tables,
                          const struct npt__block *block)
{
    switch (block->kind) {
    case NPT__HEADING:
        collector->section = block->text;
        break;
    case NPT__PARAGRAPH:
        collect(collector, "text", block->text);
        break;
    case NPT__LEAD:
    case NPT__LIST:
        collect_items(collector, block->kind == NPT__LEAD ? "finding" : "item", block);
        break;
    case NPT__TABLE:
        collect_notes(collector, tables, block);
        break;
    case NPT__FIGURE:
        collect(collector, "picture in words", block->other);
        break;
    case NPT__QUOTE:
        collect(collector, "quote",
                block->other ? npt__arena_print(collector->arena, "%s \xE2\x80\x94 %s", block->text,
                                                block->other)
                             : block->text);
        break;
    case NPT__BOX:
        collector->section = block->text;
        collect_items(collector, "box", block);
        break;
    }
}

size_t npt__document_sentences(const struct npt__report_document *document, npt__arena *arena,
                               const struct npt__document_sentence **sentences)
{
    const struct npt__document_tables tables = npt__document_tables(document, arena);
    struct collector collector = {.arena = arena, .section = ""};
    collector.told = npt__arena_array(arena, document->tables, sizeof *collector.told);
    for (size_t i = 0; i < document->blocks.count; i++)
        collect_block(&collector, &tables, &document->blocks.items[i]);
    collector.section = "";
    if (document->closing)
        collect(&collector, "closing", document->closing);
    const size_t count = collector.list.count;
    struct npt__document_sentence *copy = npt__arena_array(arena, count, sizeof *copy);
    if (count)
        memcpy(copy, collector.list.items, count * sizeof *copy);
    npt__array_release(&collector.list);
    *sentences = copy;
    return count;
}
