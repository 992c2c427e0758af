/* manifest_table.c - the plain tables of study.xml.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "manifest_table.h"

#define MOST_TABLES 1000u /* of a kind */

static struct npt__manifest_table read_table(struct npt__form *form, npt__xml *xml,
                                             const struct npt__element *element)
{
    return (struct npt__manifest_table){
        .file = npt__form_setting(form, xml, element, "file"),
        .name = npt__form_setting(form, xml, element, "name"),
        .missing = npt__form_setting(form, xml, element, "missing"),
        .ignore = npt__form_setting(form, xml, element, "ignore"),
        .sheet = npt__form_setting(form, xml, element, "sheet"),
    };
}

static void read_level(struct npt__form *form, struct npt__manifest_table *table)
{
    if (!table->level.value || npt__level_find(table->level.value, &table->measured))
        return;
    const char *names[NPT__LEVELS];
    for (size_t i = 0; i < NPT__LEVELS; i++)
        names[i] = npt__level_name((enum npt__measurement)i);
    npt__say(npt__form_fault(form), NPT_ERROR, &table->level.place, "'level' is %s",
             npt__form_quote(form, table->level.value));
    npt__hint(form->diags, "%sthe levels are %s",
              npt__form_near(form, table->level.value, names, NPT__LEVELS),
              npt__form_list(form, "'", "'", names, NPT__LEVELS));
}

void npt__manifest_add_ratings(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element)
{
    if (!npt__form_has_room(form, xml, manifest->ratings.count, MOST_TABLES, "tables of ratings"))
        return;
    struct npt__manifest_table table = read_table(form, xml, element);
    table.level = npt__form_setting(form, xml, element, "level");
    table.units = npt__form_setting(form, xml, element, "units");
    read_level(form, &table);
    *npt__array_add(&manifest->ratings) = table;
}

void npt__manifest_add_ranking(struct npt__form *form, struct npt__manifest *manifest,
                               npt__xml *xml, const struct npt__element *element)
{
    if (!npt__form_has_room(form, xml, manifest->rankings.count, MOST_TABLES, "rankings"))
        return;
    struct npt__manifest_table table = read_table(form, xml, element);
    table.judge = npt__form_setting(form, xml, element, "judge");
    table.group = npt__form_setting(form, xml, element, "group");
    *npt__array_add(&manifest->rankings) = table;
}
