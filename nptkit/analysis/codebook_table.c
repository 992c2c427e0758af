/* codebook_table.c - a codebook as a table: its constructs with definition, source and other names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../model/codebook.h"
#include "../tables/table.h"

static const char *join_aliases(npt__arena *arena, const struct npt__construct *construct)
{
    npt__buffer list = {0};
    for (size_t i = 0; i < construct->alias_count; i++)
        npt__buffer_print(&list, "%s%s", i ? "; " : "", construct->aliases[i]);
    const char *copy = npt__arena_copy(arena, npt__buffer_string(&list), list.length);
    npt__buffer_release(&list);
    return copy;
}

npt_table *npt_codebook_table(const npt_codebook *codebook)
{
    static const char *const levels[] = {"domain", "construct", "component"};
    npt_table *table = npt__table_new("codebook", codebook->name);
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "path", "Construct");
    npt__table_measure(table, "level", "Level", NPT_UNIT_TEXT);
    npt__table_measure(table, "definition", "Definition", NPT_UNIT_TEXT);
    npt__table_measure(table, "also_known_as", "Also known as", NPT_UNIT_TEXT);
    npt__table_measure(table, "source", "Source", NPT_UNIT_TEXT);
    for (size_t i = 0; i < codebook->count; i++) {
        const struct npt__construct *construct = &codebook->constructs[i];
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(npt__arena_string(arena, construct->path));
        row[1] = npt__text(levels[construct->level]);
        row[2] = npt__text(npt__arena_string(arena, construct->definition));
        if (construct->alias_count)
            row[3] = npt__text(join_aliases(arena, construct));
        row[4] = npt__text(npt__arena_string(arena, construct->source));
    }
    return table;
}
