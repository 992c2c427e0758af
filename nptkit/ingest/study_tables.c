/* study_tables.c - the plain tables of a study, from a study.xml or one alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "study_tables.h"

#include "../base/file.h"
#include "ratings_read.h"

#include <string.h>

/* ---- without a study.xml --------------------------------------------------------------------- */

static enum npt_status read_level(struct npt__manifest_table *table, npt_diags *diags)
{
    if (!table->level.value || npt__level_find(table->level.value, &table->measured))
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL, "--level takes nominal, ordinal, interval or ratio, not '%s'",
             table->level.value);
    return NPT_USAGE;
}

enum npt_status npt__declare_table(struct npt__manifest *manifest, const char *path,
                                   const struct npt_study_options *options, npt_diags *diags)
{
    manifest->arena = npt__arena_new();
    struct npt__manifest_table table = {.file = {.value = npt__arena_string(manifest->arena, path)},
                                        .missing = {.value = options->missing},
                                        .ignore = {.value = options->ignore},
                                        .sheet = {.value = options->sheet}};
    if (options->table == NPT_RANKINGS) {
        table.judge.value = options->judge;
        table.group.value = options->group;
        *npt__array_add(&manifest->rankings) = table;
        return NPT_OK;
    }
    table.level.value = options->level;
    table.units.value = options->units;
    const enum npt_status status = read_level(&table, diags);
    *npt__array_add(&manifest->ratings) = table;
    return status;
}

enum npt_status npt__refuse_table_options(const struct npt_study_options *options, const char *path,
                                          npt_diags *diags)
{
    const struct {
        const char *name, *value, *element;
    } given[] = {
        {"level", options->level, "ratings"},
        {"units", options->units, "ratings"},
        {"judge", options->judge, "ranking"},
        {"group", options->group, "ranking"},
        {"ignore", options->ignore, options->table == NPT_RANKINGS ? "ranking" : "ratings"}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (!given[i].value)
            continue;
        npt__say(diags, NPT_ERROR, NULL, "--%s is for a table without study.xml", given[i].name);
        npt__hint(diags, "in %s, write <%s file=\"...\" %s=\"%s\"/>", path, given[i].element,
                  given[i].name, given[i].value);
        return NPT_USAGE;
    }
    return NPT_OK;
}

/* ---- reading --------------------------------------------------------------------------------- */

const char *npt__table_path(npt_study *study, const struct npt__manifest_table *table)
{
    return study->from_manifest ? npt__path_beside(study->arena, study->label, table->file.value)
                                : table->file.value;
}

enum npt_status npt__read_tables(npt_study *study, const struct npt__manifest *manifest,
                                 unsigned threads, npt_diags *diags)
{
    enum npt_status status = NPT_OK;
    for (size_t i = 0; i < manifest->ratings.count; i++) {
        const struct npt__manifest_table *table = &manifest->ratings.items[i];
        const enum npt_status read =
            npt__ratings_read(study, table, npt__table_path(study, table), threads, diags);
        status = status == NPT_OK ? read : status;
    }
    for (size_t i = 0; i < manifest->rankings.count; i++) {
        const struct npt__manifest_table *table = &manifest->rankings.items[i];
        const enum npt_status read =
            npt__ranking_read(study, table, npt__table_path(study, table), threads, diags);
        status = status == NPT_OK ? read : status;
    }
    return status;
}
