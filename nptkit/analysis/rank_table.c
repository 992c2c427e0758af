/* rank_table.c - rankings by several judges: totals and places, how far judges agree, how far groups do.
 *
 * Three tables: candidates by group; Kendall's W and Friedman's test for each group and all judges; and, where there
 * are groups, the agreement of each two. Only judges who ranked every candidate count: totals of others would favour
 * whom they left out. Mean ranks are multiples of a half, so that totals and ties between them are exact.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/correlation.h"
#include "../stats/rank_tests.h"
#include "rank_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95
#define FEW_JUDGES 15u     /* for the chi-square distribution */
#define FEW_CANDIDATES 30u /* for a correlation of ranks to say much */
#define MOST_NAMED 12u

/* ---- counting -------------------------------------------------------------------------------- */

static bool belongs(const struct npt__ranking_table *table, size_t judge, size_t set)
{
    return set == table->group_count || table->group_of[judge] == set;
}

static void gather_judges(npt__arena *arena, struct npt__judges *judges,
                          const struct npt__ranking_table *table, size_t set)
{
    const size_t width = table->candidate_count;
    judges->group = set < table->group_count ? table->groups[set] : NULL;
    judges->ranks = npt__arena_array(arena, table->complete_count * width, sizeof *judges->ranks);
    judges->totals = npt__arena_array(arena, width, sizeof *judges->totals);
    for (size_t i = 0; i < table->judge_count; i++) {
        if (!belongs(table, i, set))
            continue;
        if (!table->is_complete[i]) {
            judges->incomplete++;
            continue;
        }
        const double *ranks = table->ranks + i * width;
        memcpy(judges->ranks + judges->count++ * width, ranks, width * sizeof *ranks);
        for (size_t j = 0; j < width; j++)
            judges->totals[j] += ranks[j];
    }
}

/* Puts candidates in order, those of one total as the file has them. */
static void order_candidates(struct npt__judged_ranking *ranking)
{
    const double *totals = ranking->judges[ranking->sets - 1].totals;
    for (size_t i = 0; i < ranking->table->candidate_count; i++) {
        size_t at = i;
        for (; at > 0 && totals[ranking->order[at - 1]] > totals[i]; at--)
            ranking->order[at] = ranking->order[at - 1];
        ranking->order[at] = i;
    }
}

static void gather_ranking(struct npt__rank_analysis *analysis, struct npt__judged_ranking *ranking,
                           const struct npt__ranking_table *table)
{
    ranking->table = table;
    ranking->sets = table->group_count + 1;
    ranking->judges = npt__arena_array(analysis->arena, ranking->sets, sizeof *ranking->judges);
    ranking->order =
        npt__arena_array(analysis->arena, table->candidate_count, sizeof *ranking->order);
    for (size_t i = 0; i < ranking->sets; i++)
        gather_judges(analysis->arena, &ranking->judges[i], table, i);
    order_candidates(ranking);
    analysis->has_groups |= table->group_count > 0;
}

/* The place of a candidate, 1 for the lowest total, and how many others share it. */
static size_t find_place(const struct npt__judges *judges, size_t candidates, size_t candidate,
                         size_t *sharing)
{
    size_t lower = 0, same = 0;
    for (size_t i = 0; i < candidates; i++) {
        lower += judges->totals[i] < judges->totals[candidate];
        same += judges->totals[i] == judges->totals[candidate];
    }
    *sharing = same - 1;
    return lower + 1;
}

/* ---- candidates ------------------------------------------------------------------------------ */

static void add_columns(const struct npt__rank_analysis *analysis, npt_table *table, size_t *at)
{
    for (size_t i = 0; i < NPT__RANK_COLUMNS; i++)
        at[i] = SIZE_MAX;
    if (analysis->count > 1)
        at[NPT__RANK_RANKING] = npt__table_dimension(table, "ranking", "Ranking");
    at[NPT__RANK_CANDIDATE] = npt__table_dimension(table, "candidate", "Candidate");
    if (analysis->has_groups)
        at[NPT__RANK_GROUP] = npt__table_dimension(table, "group", "Group");
    at[NPT__RANK_JUDGES] = npt__table_measure(table, "judges", "Judges", NPT_UNIT_COUNT);
    at[NPT__RANK_TOTAL] = npt__table_measure(table, "total", "Rank total", NPT_UNIT_MEAN);
    at[NPT__RANK_MEAN] = npt__table_measure(table, "mean_rank", "Mean rank", NPT_UNIT_MEAN);
    at[NPT__RANK_PLACE] = npt__table_measure(table, "place", "Place", NPT_UNIT_COUNT);
    at[NPT__RANK_SHARED] =
        npt__table_measure(table, "sharing", "Others in this place", NPT_UNIT_COUNT);
    if (analysis->chosen)
        at[NPT__RANK_CHOSEN] = npt__table_measure(table, "chosen", "Chosen", NPT_UNIT_TEXT);
    if (!analysis->has_groups)
        return;
    struct npt__layout layout = {.across = at[NPT__RANK_GROUP],
                                 .shown = {{at[NPT__RANK_TOTAL], SIZE_MAX, NULL, NPT__PART},
                                           {at[NPT__RANK_MEAN], SIZE_MAX, NULL, NPT__PART},
                                           {at[NPT__RANK_PLACE], SIZE_MAX, NULL, NPT__PART},
                                           {at[NPT__RANK_CHOSEN], SIZE_MAX, NULL, NPT__PART}},
                                 .shown_count = analysis->chosen ? 4 : 3};
    npt__table_set_layout(table, &layout);
}

/* A tie at the last place that is chosen is for people to settle. */
static const char *is_chosen(size_t place, size_t sharing, size_t chosen)
{
    if (place + sharing <= chosen)
        return "yes";
    return place > chosen ? "no" : "tied";
}

static void fill_candidate(const struct npt__rank_analysis *analysis,
                           const struct npt__judged_ranking *ranking,
                           const struct npt__judges *judges, size_t candidate, const size_t *at,
                           struct npt_cell *row)
{
    static const char nobody[] = "nobody ranked every candidate";
    const struct npt__ranking_table *table = ranking->table;
    if (analysis->count > 1)
        row[at[NPT__RANK_RANKING]] = npt__text(table->source.name);
    row[at[NPT__RANK_CANDIDATE]] = npt__text(table->candidates[candidate]);
    if (analysis->has_groups)
        row[at[NPT__RANK_GROUP]] = judges->group ? npt__text(judges->group) : npt__total();
    row[at[NPT__RANK_JUDGES]] = npt__count(judges->count);
    if (!judges->count) {
        for (size_t i = at[NPT__RANK_TOTAL]; i <= at[NPT__RANK_SHARED]; i++)
            row[i] = npt__absent(nobody);
        if (analysis->chosen)
            row[at[NPT__RANK_CHOSEN]] = npt__absent(nobody);
        return;
    }
    size_t sharing;
    const size_t place = find_place(judges, table->candidate_count, candidate, &sharing);
    row[at[NPT__RANK_TOTAL]] = npt__number(judges->totals[candidate]);
    row[at[NPT__RANK_MEAN]] = npt__number(judges->totals[candidate] / (double)judges->count);
    row[at[NPT__RANK_PLACE]] = npt__count(place);
    row[at[NPT__RANK_SHARED]] = npt__count(sharing);
    if (analysis->chosen)
        row[at[NPT__RANK_CHOSEN]] = npt__text(is_chosen(place, sharing, analysis->chosen));
}

/* "A and B share place 2 among all judges." */
static void note_shared(npt_table *made, const struct npt__judged_ranking *ranking,
                        const struct npt__judges *judges)
{
    const size_t count = ranking->table->candidate_count;
    for (size_t i = 0; i < count && judges->count; i++) {
        size_t sharing;
        const size_t place = find_place(judges, count, ranking->order[i], &sharing);
        if (!sharing || place != i + 1) /* told at the first of them */
            continue;
        npt__buffer names = {0};
        for (size_t j = i; j <= i + sharing && j < i + MOST_NAMED; j++)
            npt__buffer_print(&names, "%s%s", j > i ? ", " : "",
                              ranking->table->candidates[ranking->order[j]]);
        npt__table_add_people_note(
            made, NPT__NEVER_SHOWN, NULL, "Place %zu among all judges is shared: %s%s.", place,
            npt__buffer_string(&names), sharing >= MOST_NAMED ? ", ..." : "");
        npt__buffer_release(&names);
    }
}

static void note_voices(npt_table *made, const struct npt__judged_ranking *ranking)
{
    size_t least = SIZE_MAX, most = 0;
    for (size_t i = 0; i + 1 < ranking->sets; i++) {
        const size_t count = ranking->judges[i].count;
        least = count < least ? count : least;
        most = count > most ? count : most;
    }
    if (ranking->sets > 2 && least < most)
        npt__table_add_people_note(
            made, NPT__NEVER_SHOWN,
            "In the total every judge has one voice, so larger groups weigh more: compare the "
            "groups' places.",
            "In the total every judge has one voice, so the group of %zu weighs "
            "more than that of %zu: compare the groups' places.",
            most, least);
}

static void fill_candidates(const struct npt__rank_analysis *analysis, struct npt__tables *tables)
{
    npt_table *made = npt__tables_add(tables, "rank", "Candidates by their ranks");
    size_t at[NPT__RANK_COLUMNS];
    add_columns(analysis, made, at);
    npt__ranks_declare(analysis, made, at);
    for (size_t i = 0; i < analysis->count; i++) {
        const struct npt__judged_ranking *ranking = &analysis->rankings[i];
        const size_t first = analysis->has_groups ? 0 : ranking->sets - 1;
        for (size_t j = 0; j < ranking->table->candidate_count; j++)
            for (size_t k = first; k < ranking->sets; k++) {
                struct npt_cell *row = npt__table_add_row(made);
                npt__table_scale(made, 1, (double)ranking->table->candidate_count);
                fill_candidate(analysis, ranking, &ranking->judges[k], ranking->order[j], at, row);
            }
    }
    npt__note_few_judges(made, analysis);
    npt__table_add_note(made, "1 is the best rank, and the lowest total takes place 1; tied ranks "
                              "share the mean of their places.");
    for (size_t i = 0; i < analysis->count; i++) {
        const struct npt__judged_ranking *ranking = &analysis->rankings[i];
        const char *name = analysis->count > 1 ? ranking->table->source.name : NULL;
        note_shared(made, ranking, &ranking->judges[ranking->sets - 1]);
        note_voices(made, ranking);
        npt__add_source_notes(made, &ranking->table->source, name);
    }
    if (analysis->chosen)
        npt__table_add_note(made,
                            "Chosen: the %zu lowest totals; \"tied\" where a tie goes beyond.",
                            analysis->chosen);
    npt__add_provenance(made, analysis->study);
}

/* ---- agreement of judges --------------------------------------------------------------------- */

static void fill_concordance(const struct npt__judges *judges, size_t candidates, size_t first,
                             struct npt_cell *row)
{
    static const char *const reasons[] = {
        [NPT__RANKS_TOO_FEW] = "fewer than two judges ranked every candidate",
        [NPT__RANKS_TOO_MANY] = "too many ranks",
        [NPT__RANKS_NOT_FINITE] = "a rank is not finite",
        [NPT__RANKS_CONSTANT] = "no judge ranked any candidate above another"};
    const struct npt__friedman test = npt__friedman(judges->ranks, judges->count, candidates, NULL);
    row[first] = npt__count(judges->count);
    row[first + 1] = npt__count(judges->incomplete);
    row[first + 2] = npt__count(candidates);
    const double numbers[] = {test.w, test.mean_correlation, test.chi_square, test.freedom, test.p};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        row[first + 3 + i] =
            test.defined ? npt__number(numbers[i]) : npt__absent(reasons[test.fault]);
}

static void fill_judges(const struct npt__rank_analysis *analysis, struct npt__tables *tables)
{
    npt_table *made = npt__tables_add(tables, "concordance", "Agreement among judges");
    const size_t ranking_at =
        analysis->count > 1 ? npt__table_dimension(made, "ranking", "Ranking") : SIZE_MAX;
    const size_t group_at =
        analysis->has_groups ? npt__table_dimension(made, "group", "Group") : SIZE_MAX;
    const size_t first = npt__table_measure(made, "judges", "Judges", NPT_UNIT_COUNT);
    npt__table_measure(made, "incomplete", "Incomplete", NPT_UNIT_COUNT);
    npt__table_measure(made, "candidates", "Candidates", NPT_UNIT_COUNT);
    npt__table_measure(made, "w", "W", NPT_UNIT_MEAN);
    npt__table_measure(made, "mean_rho", "Mean rho", NPT_UNIT_MEAN);
    npt__table_measure(made, "chi_square", "Chi-square", NPT_UNIT_MEAN);
    npt__table_measure(made, "df", "df", NPT_UNIT_COUNT);
    npt__table_measure(made, "p", "p", NPT_UNIT_P);
    struct npt__layout layout = {.across = SIZE_MAX, .shown_count = 7};
    for (size_t i = 0; i < layout.shown_count; i++) /* all but the candidates */
        layout.shown[i] = (struct npt__shown){.column = first + i + (i > 1), .of = SIZE_MAX};
    npt__table_set_layout(made, &layout);
    npt__concordance_declare(analysis, made, group_at, first);
    size_t fewest = SIZE_MAX;
    for (size_t i = 0; i < analysis->count; i++) {
        const struct npt__judged_ranking *ranking = &analysis->rankings[i];
        for (size_t k = analysis->has_groups ? 0 : ranking->sets - 1; k < ranking->sets; k++) {
            const struct npt__judges *judges = &ranking->judges[k];
            struct npt_cell *row = npt__table_add_row(made);
            if (analysis->count > 1)
                row[ranking_at] = npt__text(ranking->table->source.name);
            if (analysis->has_groups)
                row[group_at] = judges->group ? npt__text(judges->group) : npt__total();
            fill_concordance(judges, ranking->table->candidate_count, first, row);
            fewest = judges->count > 1 && judges->count < fewest ? judges->count : fewest;
        }
    }
    npt__note_few_judges(made, analysis);
    npt__table_add_note(made,
                        "Kendall's W, corrected for ties: 0 where judges do not agree at all, 1 "
                        "where all rank alike. Mean rho: (judges x W - 1) / (judges - 1), which "
                        "without ties is the mean of Spearman's rho over all pairs of judges.");
    npt__table_add_note(made, "Chi-square and p are Friedman's test that no candidate tends to be "
                              "ranked above another, which is the test of W.");
    if (fewest < FEW_JUDGES)
        npt__table_add_people_note(made, NPT__NEVER_SHOWN, "With few judges the p is a rough one.",
                                   "With few judges (here %zu) the p is a rough one.", fewest);
    npt__add_provenance(made, analysis->study);
}

/* ---- agreement of groups --------------------------------------------------------------------- */

static void fill_correlation(const struct npt__correlation *found, struct npt_cell *row)
{
    static const char constant[] = "a group's totals are all equal, or it has no complete judge",
                      few[] = "too few candidates, or the same or the opposite order";
    row[0] = found->defined ? npt__number(found->r) : npt__absent(constant);
    row[1] = found->interval.defined ? npt__number(found->interval.low)
                                     : npt__absent(found->defined ? few : constant);
    row[2] = found->interval.defined ? npt__number(found->interval.high)
                                     : npt__absent(found->defined ? few : constant);
}

static void fill_pair(const struct npt__judged_ranking *ranking, const struct npt__judges *one,
                      const struct npt__judges *other, size_t first, struct npt_cell *row)
{
    const size_t count = ranking->table->candidate_count;
    row[first] = npt__count(count);
    /* The order of totals is that of mean ranks, and totals are exact. */
    const struct npt__correlation rho =
        npt__spearman(one->totals, other->totals, count, CONFIDENCE);
    const struct npt__correlation tau = npt__kendall(one->totals, other->totals, count, CONFIDENCE);
    fill_correlation(&rho, row + first + 1);
    fill_correlation(&tau, row + first + 4);
}

static size_t add_pair_columns(npt_table *made)
{
    const size_t first = npt__table_measure(made, "candidates", "Candidates", NPT_UNIT_COUNT);
    npt__table_measure(made, "rho", "rho", NPT_UNIT_MEAN);
    npt__table_measure(made, "rho_low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(made, "rho_high", "High", NPT_UNIT_MEAN);
    npt__table_measure(made, "tau", "tau-b", NPT_UNIT_MEAN);
    npt__table_measure(made, "tau_low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(made, "tau_high", "High", NPT_UNIT_MEAN);
    const struct npt__layout layout = {
        .across = SIZE_MAX,
        .shown = {{first + 1, SIZE_MAX, NULL, NPT__PART},
                  {first + 2, first + 3, "95% interval", NPT__RANGE},
                  {first + 4, SIZE_MAX, NULL, NPT__PART},
                  {first + 5, first + 6, "95% of tau-b", NPT__RANGE}},
        .shown_count = 4};
    npt__table_set_layout(made, &layout);
    return first;
}

static void fill_groups(const struct npt__rank_analysis *analysis, struct npt__tables *tables)
{
    npt_table *made = npt__tables_add(tables, "between_groups", "Agreement between groups");
    const size_t several = analysis->count > 1;
    if (several)
        npt__table_dimension(made, "ranking", "Ranking");
    npt__table_dimension(made, "group", "Group");
    npt__table_dimension(made, "with", "With");
    const size_t first = add_pair_columns(made);
    npt__rank_groups_declare(analysis, made, first);
    size_t fewest = SIZE_MAX;
    for (size_t i = 0; i < analysis->count; i++) {
        const struct npt__judged_ranking *ranking = &analysis->rankings[i];
        const size_t count = ranking->table->candidate_count;
        fewest = ranking->sets > 2 && count < fewest ? count : fewest;
        for (size_t j = 0; j + 1 < ranking->sets; j++)
            for (size_t k = j + 1; k + 1 < ranking->sets; k++) {
                struct npt_cell *row = npt__table_add_row(made);
                row[0] = npt__text(ranking->table->source.name);
                row[several] = npt__text(ranking->judges[j].group);
                row[several + 1] = npt__text(ranking->judges[k].group);
                fill_pair(ranking, &ranking->judges[j], &ranking->judges[k], first, row);
            }
    }
    npt__note_few_judges(made, analysis);
    npt__table_add_note(
        made, "Spearman's rho and Kendall's tau-b of the two groups' mean ranks, over candidates.");
    if (fewest <= FEW_CANDIDATES && fewest > 1) {
        const unsigned deviation = (unsigned)(100 / sqrt((double)fewest - 1) + 0.5);
        npt__table_add_note(
            made,
            "%zu candidates show little: between two orders at random, rho varies "
            "about 0 with a standard deviation of %u.%02u. Look at the places, too.",
            fewest, deviation / 100, deviation % 100);
    }
    npt__add_provenance(made, analysis->study);
}

/* ---- the analysis ---------------------------------------------------------------------------- */

static enum npt_status choose_rankings(struct npt__rank_analysis *analysis,
                                       const npt_options *options, npt_diags *diags)
{
    const npt_study *study = analysis->study;
    const char *wanted = npt__option(options, "ranking");
    analysis->rankings =
        npt__arena_array(analysis->arena, study->rankings.count, sizeof *analysis->rankings);
    const char **names = npt__arena_array(analysis->arena, study->rankings.count, sizeof *names);
    for (size_t i = 0; i < study->rankings.count; i++) {
        const struct npt__ranking_table *table = &study->rankings.items[i];
        names[i] = table->source.name;
        if (!wanted || strcmp(wanted, table->source.name) == 0)
            gather_ranking(analysis, &analysis->rankings[analysis->count++], table);
    }
    if (analysis->count)
        return NPT_OK;
    const uint32_t near = npt__nearest(wanted, names, study->rankings.count);
    npt__say(diags, NPT_ERROR, NULL, "no ranking is called '%s'", wanted);
    npt__hint(diags, "did you mean '%s'", names[near == NPT__NONE ? 0 : near]);
    return NPT_USAGE;
}

static enum npt_status run(struct npt__tables *tables, const npt_study *study,
                           const npt_options *options, npt_diags *diags)
{
    struct npt__rank_analysis analysis = {.study = study, .arena = npt__arena_new()};
    enum npt_status status =
        npt__option_number(options, "choose", 1, 10000, &analysis.chosen, diags);
    if (status == NPT_OK)
        status = choose_rankings(&analysis, options, diags);
    if (status == NPT_OK) {
        bool has_pairs = false;
        for (size_t i = 0; i < analysis.count; i++)
            has_pairs |= analysis.rankings[i].sets > 2;
        fill_candidates(&analysis, tables);
        fill_judges(&analysis, tables);
        if (has_pairs)
            fill_groups(&analysis, tables);
    }
    npt__arena_free(analysis.arena);
    return status;
}

static const struct npt_option options_of_rank[] = {
    {"choose", "N", "mark the N candidates with the lowest rank totals"},
    {"ranking", "NAME", "one of several rankings of the study"},
    {NULL, NULL, NULL}};

const npt_analysis npt__rank_analysis = {
    .name = "rank",
    .summary = "candidates ranked by several judges or groups: totals, Kendall's W, agreement",
    .description =
        "Adds up the ranks that judges gave to candidates (sites, priorities), over all and in each\n"
        "group, lowest total first; shows how far judges agree (Kendall's W, Friedman's test), and how\n"
        "far groups do. A row is a judge, a column a candidate; 1 is the best rank. Judges who left\n"
        "candidates out are counted, named, and not in the totals.",
    .options = options_of_rank,
    .needs = NPT__NEEDS_RANKING,
    .run_several = run,
};
