/* agree_rated_units.c - of tables of ratings: how often each category was given, and the units on which coders differ.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "agree_ratings.h"

#define MOST_CATEGORIES_SHOWN 20u

/* ---- categories ------------------------------------------------------------------------------ */

static void fill_category(const struct npt__rated *rated, const struct npt__ratings *ratings,
                          size_t category, struct npt_cell *row)
{
    const size_t cells = ratings->units * ratings->raters;
    size_t given = 0, all = 0;
    for (size_t i = 0; i < cells; i++) {
        given += ratings->codes[i] == category;
        all += ratings->codes[i] != NPT__NO_CODE;
    }
    row[0] = npt__text(rated->table->values[category].text);
    row[1] = npt__count(given);
    row[2] = npt__number((double)given / (double)all);
    const struct npt__coefficient kappa =
        npt__fleiss_category(ratings, category, NPT__AGREE_CONFIDENCE);
    npt__fill_coefficient(&kappa, row + 3);
}

void npt__fill_categories(const struct npt__rated_tables *tables, struct npt__tables *list)
{
    npt_table *made =
        npt__tables_add(list, "agree_categories", "How often each category was given");
    if (tables->several)
        npt__table_dimension(made, "ratings", "Ratings");
    npt__table_dimension(made, "category", "Category");
    const size_t first = npt__table_measure(made, "given", "Given", NPT_UNIT_COUNT);
    npt__table_measure(made, "share", "Of all ratings", NPT_UNIT_SHARE);
    npt__table_measure(made, "kappa", "Its kappa", NPT_UNIT_MEAN);
    npt__table_measure(made, "kappa_low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(made, "kappa_high", "High", NPT_UNIT_MEAN);
    npt__table_set_layout(
        made, &(struct npt__layout){.across = SIZE_MAX,
                                    .shown = {{first, SIZE_MAX, NULL, NPT__PART},
                                              {first + 1, SIZE_MAX, NULL, NPT__PART},
                                              {first + 2, SIZE_MAX, NULL, NPT__PART},
                                              {first + 3, first + 4, "95%", NPT__RANGE}},
                                    .shown_count = 4});
    for (size_t i = 0; i < tables->count; i++) {
        const struct npt__rated *rated = &tables->items[i];
        const size_t count = rated->table->value_count;
        if (rated->too_many || count > MOST_CATEGORIES_SHOWN) {
            npt__table_add_note(made, "%s has %zu categories, too many to list.",
                                rated->table->source.name, count);
            continue;
        }
        const struct npt__ratings ratings = {.codes = rated->codes,
                                             .units = rated->table->unit_count,
                                             .raters = rated->table->rater_count,
                                             .categories = count};
        for (size_t j = 0; j < count; j++) {
            struct npt_cell *row = npt__table_add_row(made);
            row[0] = npt__text(rated->table->source.name);
            fill_category(rated, &ratings, j, row + tables->several);
        }
    }
    npt__table_add_note(made, "Fleiss' kappa of one category against all others, over all coders. "
                              "Of a category that is seldom given it rests on few ratings.");
    npt__add_provenance(made, tables->study);
}

/* ---- disagreements --------------------------------------------------------------------------- */

/* How many different categories a unit was given. */
static size_t count_different(const struct npt__rating_table *table, size_t unit)
{
    const uint32_t *cells = table->cells + unit * table->rater_count;
    size_t count = 0;
    for (size_t i = 0; i < table->rater_count; i++) {
        bool fresh = cells[i] != NPT__NONE;
        for (size_t j = 0; j < i && fresh; j++)
            fresh = cells[j] != cells[i];
        count += fresh;
    }
    return count;
}

static void fill_unit(const struct npt__rating_table *table, size_t unit, bool several,
                      npt_table *made)
{
    const char *name = npt__unit_name(table, unit, npt__table_arena(made));
    for (size_t i = 0; i < table->rater_count; i++) {
        struct npt_cell *row = npt__table_add_row(made);
        const uint32_t value = table->cells[unit * table->rater_count + i];
        row[0] = npt__text(table->source.name);
        row += several;
        row[0] = npt__text(name);
        row[1] = npt__text(table->raters[i]);
        row[2] =
            value == NPT__NONE ? npt__absent("not rated") : npt__text(table->values[value].text);
    }
}

void npt__fill_rating_disagreements(const struct npt__rated_tables *tables,
                                    struct npt__tables *list)
{
    npt_table *made =
        npt__tables_add(list, "agree_ratings_disagreements", "Units on which coders differ");
    if (tables->several)
        npt__table_dimension(made, "ratings", "Ratings");
    npt__table_dimension(made, "unit", "Unit");
    const size_t coder = npt__table_dimension(made, "coder", "Coder");
    npt__table_counts(made, npt__table_measure(made, "rating", "Rating", NPT_UNIT_TEXT),
                      NPT__SINGLE, "rating");
    npt__table_set_layout(made, &(struct npt__layout){.across = coder});
    for (size_t i = 0; i < tables->count; i++) {
        const struct npt__rating_table *table = tables->items[i].table;
        size_t found = 0, shown = 0;
        for (size_t j = 0; j < table->unit_count; j++) {
            if (count_different(table, j) < 2)
                continue;
            found++;
            if (shown == tables->request->most)
                continue;
            shown++;
            fill_unit(table, j, tables->several, made);
        }
        npt__table_add_people_note(made, NPT__NEVER_SHOWN, NULL,
                                   "%s: coders differ on %zu of %zu units%s.", table->source.name,
                                   found, table->unit_count,
                                   shown < found ? "; the first are shown, --max shows more" : "");
    }
    npt__add_provenance(made, tables->study);
}
