/* document.c - adding the blocks of a document.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "document.h"

#include <assert.h>
#include <string.h>

struct npt__report_document *npt__document_new(const char *title, const char *language)
{
    npt__arena *arena = npt__arena_new();
    struct npt__report_document *document = npt__arena_take(arena, sizeof *document);
    document->arena = arena;
    document->title = npt__arena_string(arena, title);
    document->language = npt__arena_string(arena, language);
    return document;
}

void npt__document_free(struct npt__report_document *document)
{
    if (!document)
        return;
    npt__array_release(&document->blocks);
    npt__arena_free(document->arena);
}

static struct npt__block *add(struct npt__report_document *document, enum npt__block_kind kind,
                              const char *text)
{
    struct npt__block *block = npt__array_add(&document->blocks);
    *block = (struct npt__block){.kind = kind,
                                 .text = text ? npt__arena_string(document->arena, text) : NULL};
    return block;
}

static int last_level(const struct npt__report_document *document)
{
    for (size_t i = document->blocks.count; i-- > 0;)
        if (document->blocks.items[i].level)
            return document->blocks.items[i].level;
    return 1;
}

static void set_level(struct npt__report_document *document, struct npt__block *block, int level,
                      int last)
{
    assert(level >= 2 && level <= 6 && level <= last + 1);
    (void)last;
    block->level = level;
    block->number = ++document->headings;
}

size_t npt__add_heading(struct npt__report_document *document, int level, const char *text)
{
    const int last = last_level(document);
    set_level(document, add(document, NPT__HEADING, text), level, last);
    return document->headings;
}

size_t npt__add_table(struct npt__report_document *document, const npt_table *table,
                      const char *caption)
{
    struct npt__block *block = add(document, NPT__TABLE, caption);
    block->table = table;
    return block->number = ++document->tables;
}

static const char *copy_bytes(npt__arena *arena, const char *bytes, size_t length)
{
    return bytes ? npt__arena_copy(arena, bytes, length) : NULL;
}

size_t npt__add_figure(struct npt__report_document *document, const struct npt__figure *figure,
                       const char *caption, const char *in_words)
{
    struct npt__block *block = add(document, NPT__FIGURE, caption);
    block->figure = *figure;
    block->figure.svg = copy_bytes(document->arena, figure->svg, figure->svg_length);
    block->figure.png = copy_bytes(document->arena, figure->png, figure->png_length);
    block->other = npt__arena_string(document->arena, in_words);
    return block->number = ++document->figures;
}

void npt__add_paragraph(struct npt__report_document *document, const char *text)
{
    add(document, NPT__PARAGRAPH, text);
}

void npt__add_quote(struct npt__report_document *document, const char *text, const char *whose)
{
    struct npt__block *block = add(document, NPT__QUOTE, text);
    block->other = whose ? npt__arena_string(document->arena, whose) : NULL;
}

static void set_items(struct npt__report_document *document, struct npt__block *block,
                      const struct npt__document_item *items, size_t count)
{
    struct npt__document_item *copy = npt__arena_array(document->arena, count, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = (struct npt__document_item){npt__arena_string(document->arena, items[i].text),
                                              items[i].heading};
    block->items = copy;
    block->item_count = count;
}

size_t npt__add_items(struct npt__report_document *document, enum npt__block_kind kind,
                      const struct npt__document_item *items, size_t count)
{
    assert(kind == NPT__LEAD || kind == NPT__LIST);
    set_items(document, add(document, kind, NULL), items, count);
    return document->blocks.count - 1;
}

void npt__fill_items(struct npt__report_document *document, size_t block,
                     const struct npt__document_item *items, size_t count)
{
    set_items(document, &document->blocks.items[block], items, count);
}

size_t npt__add_box(struct npt__report_document *document, int level, const char *title,
                    const struct npt__document_item *items, size_t count)
{
    const int last = last_level(document);
    struct npt__block *block = add(document, NPT__BOX, title);
    set_items(document, block, items, count);
    set_level(document, block, level, last);
    return document->headings;
}
