/* check_tables.c - what in the plain tables of a study needs a person's eye: ratings and rankings.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/file.h"
#include "check.h"
#include "registry.h"

/* ---- warnings -------------------------------------------------------------------------------- */

static void warn_of_source(const struct npt__table_source *source, npt_diags *diags)
{
    const struct npt__place place = {.file = source->path};
    for (size_t i = 0; i < source->doubts.count; i++)
        npt__say(diags, NPT_WARNING, &place, "%s", source->doubts.items[i]);
    for (size_t i = 0; i < source->guesses.count; i++)
        npt__say(diags, NPT_NOTE, &place, "%s", source->guesses.items[i]);
    if (source->empty_rows)
        npt__say(diags, NPT_NOTE, &place, "empty rows, which were left out: %zu",
                 source->empty_rows);
    if (source->hidden_rows) {
        npt__say(diags, NPT_WARNING, &place, "hidden rows of the sheet, which were read: %zu",
                 source->hidden_rows);
        npt__hint(diags, "if they should not count, delete them in the workbook");
    }
}

void npt__warn_of_tables(const npt_study *study, npt_diags *diags)
{
    for (size_t i = 0; i < study->ratings.count; i++)
        warn_of_source(&study->ratings.items[i].source, diags);
    for (size_t i = 0; i < study->rankings.count; i++)
        warn_of_source(&study->rankings.items[i].source, diags);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static struct npt_cell text_or_none(const char *text)
{
    return text ? npt__text(text) : npt__absent(NULL);
}

/* Units that at least `least` coders rated. */
static size_t count_rated(const struct npt__rating_table *table, size_t least)
{
    size_t units = 0;
    for (size_t i = 0; i < table->unit_count; i++) {
        size_t given = 0;
        for (size_t j = 0; j < table->rater_count; j++)
            given += table->cells[i * table->rater_count + j] != NPT__NONE;
        units += given >= least;
    }
    return units;
}

npt_table *npt__check_ratings(const npt_study *study)
{
    npt_table *table = npt__table_new("ratings", "Tables of ratings");
    npt__table_dimension(table, "table", "Table");
    npt__table_measure(table, "file", "File", NPT_UNIT_TEXT);
    npt__table_measure(table, "level", "Level", NPT_UNIT_TEXT);
    npt__table_measure(table, "named_by", "Units named by", NPT_UNIT_TEXT);
    npt__table_measure(table, "units", "Units", NPT_UNIT_COUNT);
    npt__table_measure(table, "rated_twice", "Rated twice or more", NPT_UNIT_COUNT);
    npt__table_measure(table, "coders", "Coders", NPT_UNIT_COUNT);
    npt__table_measure(table, "values", "Different values", NPT_UNIT_COUNT);
    npt__table_measure(table, "missing", "Missing", NPT_UNIT_COUNT);
    for (size_t i = 0; i < study->ratings.count; i++) {
        const struct npt__rating_table *ratings = &study->ratings.items[i];
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(ratings->source.name);
        row[1] = npt__text(npt__path_base(ratings->source.path));
        row[2] = npt__text(npt__level_name(ratings->level));
        row[3] = text_or_none(ratings->units_column);
        row[4] = npt__count(ratings->unit_count);
        row[5] = npt__count(count_rated(ratings, 2));
        row[6] = npt__count(ratings->rater_count);
        row[7] = npt__count(ratings->value_count);
        row[8] = npt__count(ratings->missing);
    }
    npt__add_provenance(table, study);
    return table;
}

npt_table *npt__check_rankings(const npt_study *study)
{
    npt_table *table = npt__table_new("rankings", "Rankings");
    npt__table_dimension(table, "table", "Table");
    npt__table_measure(table, "file", "File", NPT_UNIT_TEXT);
    npt__table_measure(table, "named_by", "Judges named by", NPT_UNIT_TEXT);
    npt__table_measure(table, "grouped_by", "Grouped by", NPT_UNIT_TEXT);
    npt__table_measure(table, "judges", "Judges", NPT_UNIT_COUNT);
    npt__table_measure(table, "groups", "Groups", NPT_UNIT_COUNT);
    npt__table_measure(table, "candidates", "Candidates", NPT_UNIT_COUNT);
    npt__table_measure(table, "incomplete", "Incomplete", NPT_UNIT_COUNT);
    for (size_t i = 0; i < study->rankings.count; i++) {
        const struct npt__ranking_table *ranking = &study->rankings.items[i];
        struct npt_cell *row = npt__table_add_row(table);
        row[0] = npt__text(ranking->source.name);
        row[1] = npt__text(npt__path_base(ranking->source.path));
        row[2] = text_or_none(ranking->judge_column);
        row[3] = text_or_none(ranking->group_column);
        row[4] = npt__count(ranking->judge_count);
        row[5] = npt__count(ranking->group_count);
        row[6] = npt__count(ranking->candidate_count);
        row[7] = npt__count(ranking->judge_count - ranking->complete_count);
    }
    npt__add_provenance(table, study);
    return table;
}
