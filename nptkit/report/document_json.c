/* document_json.c - a document as JSON: its blocks in order, each on a line of its own, and its tables, each once.
 *
 * The texts and tables are those of render_json.c: what holds for them there, holds here. reports/README.md describes
 * the members.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "document_parts.h"
#include "format.h"
#include "writers.h"

static const char *kind_name(enum npt__block_kind kind)
{
    static const char *const names[] = {
        [NPT__HEADING] = "heading", [NPT__PARAGRAPH] = "paragraph",
        [NPT__LEAD] = "lead",       [NPT__LIST] = "list",
        [NPT__TABLE] = "table",     [NPT__FIGURE] = "figure",
        [NPT__QUOTE] = "quote",     [NPT__BOX] = "box",
    };
    return names[kind];
}

/* `, "name": "text"` */
static void add_text(npt__buffer *line, const char *name, const char *text)
{
    npt__buffer_print(line, ", \"%s\": ", name);
    npt__json_text(line, text);
}

static void add_number(npt__buffer *line, const char *name, size_t number)
{
    npt__buffer_print(line, ", \"%s\": %zu", name, number);
}

static void add_items(npt__buffer *line, const struct npt__block *block)
{
    npt__buffer_puts(line, ", \"items\": [");
    for (size_t i = 0; i < block->item_count; i++) {
        npt__buffer_puts(line, i ? ", {\"text\": " : "{\"text\": ");
        npt__json_text(line, block->items[i].text);
        if (block->items[i].heading)
            add_number(line, "heading", block->items[i].heading);
        npt__buffer_putc(line, '}');
    }
    npt__buffer_putc(line, ']');
}

static void add_block(npt__buffer *line, const struct npt__block *block,
                      const struct npt__document_tables *tables)
{
    npt__buffer_print(line, "    {\"kind\": \"%s\"", kind_name(block->kind));
    if (block->number)
        add_number(line, "number", block->number);
    if (block->level)
        add_number(line, "level", (size_t)block->level);
    if (block->text)
        add_text(line, "text", block->text);
    if (block->kind == NPT__LEAD || block->kind == NPT__LIST || block->kind == NPT__BOX)
        add_items(line, block);
    if (block->kind == NPT__TABLE)
        add_number(line, "table", tables->of[block->number - 1]);
    if (block->kind == NPT__QUOTE)
        add_text(line, "whose", block->other);
    if (block->kind == NPT__FIGURE) {
        add_text(line, "in_words", block->other);
        add_text(line, "picture", block->figure.kind);
        if (block->figure.of)
            add_number(line, "of_table", block->figure.of);
    }
    npt__buffer_putc(line, '}');
}

static void put_member(npt_output *output, npt__buffer *line, const char *name, const char *text,
                       const char *end)
{
    npt__buffer_print(line, "  \"%s\": ", name);
    npt__json_text(line, text);
    npt__buffer_puts(line, end);
    npt__put_buffer(output, line);
}

static void write_json(npt_output *output, const struct npt__report_document *document)
{
    npt__arena *arena = npt__arena_new();
    npt__buffer line = {.ceiling = SIZE_MAX / 2};
    const struct npt__document_tables tables = npt__document_tables(document, arena);
    npt__put(output, "{\n");
    put_member(output, &line, "schema", "nptkit.report/1", ",\n");
    put_member(output, &line, "title", document->title, ",\n");
    put_member(output, &line, "subtitle", document->subtitle, ",\n");
    put_member(output, &line, "language", document->language, ",\n");
    npt__put(output, "  \"blocks\": [");
    for (size_t i = 0; i < document->blocks.count; i++) {
        npt__buffer_puts(&line, i ? ",\n" : "\n");
        add_block(&line, &document->blocks.items[i], &tables);
        npt__put_buffer(output, &line);
    }
    npt__put(output, document->blocks.count ? "\n  ],\n  \"tables\": [" : "],\n  \"tables\": [");
    for (size_t i = 0; i < tables.count; i++) {
        npt__put(output, i ? ",\n" : "\n");
        npt__json_table(output, tables.items[i].table, 2);
    }
    npt__put(output, tables.count ? "\n  ],\n" : "],\n");
    put_member(output, &line, "closing", document->closing, "\n}\n");
    npt__buffer_release(&line);
    npt__arena_free(arena);
}

const npt_report_format npt__report_json = {.name = "json",
                                            .extension = ".json",
                                            .summary = "for programs: all that the report says",
                                            .write = write_json};
