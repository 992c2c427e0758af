/* rank_declare.c - what the tables of rankings tell of judges, who are people.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "rank_table.h"

/* For protection: judges are people. Ranks add up over groups and over candidates: what is withheld of a small group, or of
   the few judges in none, could be worked out from the others, so that nothing is declared where one is small. */
static bool has_few_judges(const struct npt__rank_analysis *analysis)
{
    const size_t set = analysis->study->disclosure.min_n, least = set ? set : NPT_MIN_N;
    for (size_t i = 0; i < analysis->count; i++) {
        const struct npt__judged_ranking *ranking = &analysis->rankings[i];
        size_t rest = ranking->judges[ranking->sets - 1].count;
        for (size_t k = 0; k + 1 < ranking->sets; k++) {
            const size_t count = ranking->judges[k].count;
            rest -= count;
            if (count && count < least)
                return true;
        }
        if (rest && rest < least)
            return true;
    }
    return false;
}

static void declare_judges(const struct npt__rank_analysis *analysis, npt_table *table,
                           size_t group, size_t judges)
{
    if (analysis->has_groups)
        npt__table_role(table, group, NPT__PARTITION);
    npt__table_counts(table, judges, NPT__COUNTS_PEOPLE, "judges");
}

void npt__ranks_declare(const struct npt__rank_analysis *analysis, npt_table *table,
                        const size_t *at)
{
    if (has_few_judges(analysis)) { /* rows are in the order of ranks */
        npt__table_counts(table, at[NPT__RANK_PLACE], NPT__SINGLE, "place");
        return;
    }
    declare_judges(analysis, table, at[NPT__RANK_GROUP], at[NPT__RANK_JUDGES]);
    npt__table_counts_by(table, at[NPT__RANK_JUDGES], at[NPT__RANK_CANDIDATE], "candidate",
                         NPT__LABEL);
    npt__table_mean(table, at[NPT__RANK_MEAN], at[NPT__RANK_JUDGES]);
    npt__table_depends(table, at[NPT__RANK_TOTAL], at[NPT__RANK_MEAN]);
    npt__table_depends(table, at[NPT__RANK_PLACE], at[NPT__RANK_MEAN]);
    npt__table_depends(table, at[NPT__RANK_SHARED], at[NPT__RANK_MEAN]);
    if (analysis->chosen)
        npt__table_depends(table, at[NPT__RANK_CHOSEN], at[NPT__RANK_MEAN]);
}

void npt__concordance_declare(const struct npt__rank_analysis *analysis, npt_table *table,
                              size_t group, size_t first)
{
    npt__table_counts(table, first + 2, NPT__HARMLESS, "candidates");
    if (has_few_judges(analysis))
        return;
    declare_judges(analysis, table, group, first);
    for (size_t i = 3; i < 8; i++)
        npt__table_describes(table, first + i, first);
}

/* The groups are not counted there: all of them are large enough. */
void npt__rank_groups_declare(const struct npt__rank_analysis *analysis, npt_table *table,
                              size_t first)
{
    npt__table_counts(table, first, NPT__HARMLESS, "candidates");
    for (size_t i = 1; i < 7 && !has_few_judges(analysis); i++)
        npt__table_counts(table, first + i, NPT__HARMLESS, "agreement");
}

/* Below the tables where nothing is declared. */
void npt__note_few_judges(npt_table *table, const struct npt__rank_analysis *analysis)
{
    if (has_few_judges(analysis))
        npt__table_add_protected_note(
            table,
            "Withheld as a whole, since a group of judges, or those in none, are too few: the ranks of the "
            "others would tell theirs.");
}
