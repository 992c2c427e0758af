/* codebook.c - a theory as a tree of constructs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "codebook.h"

#include <string.h>

#define ALSO "Also known as:"
#define SOURCE "Source:"

static void read_aliases(npt__arena *arena, struct npt__construct *construct, const char *list,
                         size_t length)
{
    NPT__ARRAY(const char *) aliases = {0};
    for (size_t at = 0; at < length;) {
        const char *semicolon = memchr(list + at, ';', length - at);
        size_t end = semicolon ? (size_t)(semicolon - list) : length;
        const char *start = list + at;
        size_t size = npt__trim(&start, end - at);
        if (size)
            *npt__array_add(&aliases) = npt__arena_copy(arena, start, size);
        at = end + 1;
    }
    const char **kept = npt__arena_array(arena, aliases.count, sizeof *kept);
    for (size_t i = 0; i < aliases.count; i++)
        kept[i] = aliases.items[i];
    construct->aliases = kept;
    construct->alias_count = aliases.count;
    npt__array_release(&aliases);
}

/* Takes a description apart: definition, source, other names. */
static void read_description(npt__arena *arena, struct npt__construct *construct)
{
    construct->definition = construct->source = "";
    npt__buffer definition = {0};
    const char *text = construct->code.description ? construct->code.description : "";
    while (*text) {
        size_t length = strcspn(text, "\n");
        const char *line = text;
        size_t size = npt__trim(&line, length);
        if (strncmp(line, ALSO, strlen(ALSO)) == 0) {
            read_aliases(arena, construct, line + strlen(ALSO), size - strlen(ALSO));
        } else if (strncmp(line, SOURCE, strlen(SOURCE)) == 0) {
            const char *source = line + strlen(SOURCE);
            size = npt__trim(&source, size - strlen(SOURCE));
            construct->source = npt__arena_copy(arena, source, size);
        } else if (size) {
            if (definition.length)
                npt__buffer_putc(&definition, ' ');
            npt__buffer_add(&definition, line, size);
        }
        text += length + (text[length] == '\n');
    }
    construct->definition =
        npt__arena_copy(arena, npt__buffer_string(&definition), definition.length);
    npt__buffer_release(&definition);
}

static void place_in_tree(npt_codebook *codebook, uint32_t index)
{
    struct npt__construct *construct = &codebook->constructs[index];
    uint32_t parent = construct->code.parent;
    construct->construct = construct->domain = NPT__NONE;
    if (parent == NPT__NONE) {
        construct->path = construct->code.name;
        construct->level = construct->code.codable ? NPT__CONSTRUCT : NPT__DOMAIN;
    } else {
        const struct npt__construct *above = &codebook->constructs[parent];
        construct->path =
            npt__arena_print(codebook->arena, "%s > %s", above->path, construct->code.name);
        construct->level = above->level == NPT__DOMAIN ? NPT__CONSTRUCT : NPT__COMPONENT;
        construct->construct = above->construct;
        construct->domain = above->domain;
    }
    if (construct->level == NPT__CONSTRUCT)
        construct->construct = index;
    else if (construct->level == NPT__DOMAIN)
        construct->domain = index;
}

static void fold_names(npt__arena *arena, struct npt__construct *construct)
{
    construct->folded_count = 1 + construct->alias_count;
    const char **folded = npt__arena_array(arena, construct->folded_count, sizeof *folded);
    folded[0] = npt__fold_code(arena, construct->code.name);
    for (size_t i = 0; i < construct->alias_count; i++)
        folded[i + 1] = npt__fold_code(arena, construct->aliases[i]);
    construct->folded = folded;
}

npt_codebook *npt__codebook_new(npt__arena *arena, const char *name, const struct npt__code *codes,
                                size_t count)
{
    npt_codebook *codebook = npt__arena_take(arena, sizeof *codebook);
    codebook->arena = arena;
    codebook->name = npt__arena_string(arena, name);
    codebook->origin = "";
    codebook->constructs = npt__arena_array(arena, count, sizeof *codebook->constructs);
    codebook->count = count;
    for (uint32_t i = 0; i < count; i++) {
        codebook->constructs[i].code = codes[i];
        read_description(arena, &codebook->constructs[i]);
        place_in_tree(codebook, i);
        fold_names(arena, &codebook->constructs[i]);
    }
    return codebook;
}

void npt_codebook_free(npt_codebook *codebook)
{
    if (codebook)
        npt__arena_free(codebook->arena);
}

bool npt__construct_within(const npt_codebook *codebook, uint32_t index, uint32_t ancestor)
{
    while (index != NPT__NONE && index != ancestor)
        index = codebook->constructs[index].code.parent;
    return index == ancestor && index != NPT__NONE;
}

uint32_t npt__construct_find(const npt_codebook *codebook, const char *name)
{
    npt__arena *arena = npt__arena_new();
    const char *folded = npt__fold_code(arena, name);
    uint32_t found = NPT__NONE;
    for (uint32_t i = 0; i < codebook->count && found == NPT__NONE; i++) {
        const struct npt__construct *construct = &codebook->constructs[i];
        bool same = strcmp(npt__fold_code(arena, construct->path), folded) == 0;
        for (size_t j = 0; j < construct->folded_count && !same; j++)
            same = strcmp(construct->folded[j], folded) == 0;
        if (same)
            found = i;
    }
    npt__arena_free(arena);
    return found;
}

const char *npt__construct_nearest(const npt_codebook *codebook, const char *name)
{
    npt__arena *arena = npt__arena_new();
    const char **names = npt__arena_array(arena, codebook->count, sizeof *names);
    for (size_t i = 0; i < codebook->count; i++)
        names[i] = codebook->constructs[i].folded[0];
    uint32_t near = npt__nearest(npt__fold_code(arena, name), names, codebook->count);
    npt__arena_free(arena);
    return near == NPT__NONE ? NULL : codebook->constructs[near].code.name;
}
