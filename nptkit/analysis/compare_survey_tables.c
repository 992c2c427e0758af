/* compare_survey_tables.c - the tables of sites and of their differences.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_survey.h"

#include "verdict.h"

#include <math.h>
#include <string.h>

/* ---- what all tables share ------------------------------------------------------------------- */

size_t npt__compared_columns(const struct npt__survey_comparison *comparison, npt_table *table)
{
    npt__table_dimension(table, "construct", "Construct");
    if (comparison->items)
        npt__table_dimension(table, "item", "Item");
    return comparison->items ? 2 : 1;
}

void npt__compared_label(const struct npt__survey_comparison *comparison,
                         const struct npt__measure *measure, struct npt_cell *row)
{
    const struct npt__responses *responses = &comparison->study->responses;
    const uint32_t construct = responses->items.items[measure->items[0]].construct;
    row[0] = npt__text(measure->name);
    if (!comparison->items)
        return;
    row[1] = row[0];
    row[0] =
        npt__text(construct == NPT__NONE ? "General" : responses->constructs.items[construct].name);
}

void npt__compared_declare(const struct npt__survey_comparison *comparison, npt_table *table)
{
    if (comparison->wave)
        npt__table_filter(table, "wave", comparison->wave);
}

struct npt_cell npt__end_or(const struct npt__interval *interval, double end, const char *reason)
{
    return interval->defined ? npt__number(end) : npt__absent(reason);
}

static struct npt__shown alone(size_t column)
{
    return (struct npt__shown){.column = column, .of = SIZE_MAX};
}

static struct npt__shown range(size_t low, const char *heading)
{
    return (struct npt__shown){low, low + 1, heading, NPT__RANGE};
}

/* ---- sites ----------------------------------------------------------------------------------- */

enum { COUNT, MEAN, SD, LOW, HIGH, MEDIAN, NOT_SCORED, SHRUNKEN, SHRUNKEN_LOW, SHRUNKEN_HIGH };

/* What the counts count, for protection: the scores of `score`. Shrunken means are not declared. */
static void declare_sites(npt_table *table, const struct npt__survey_comparison *comparison)
{
    const size_t site = comparison->items ? 2 : 1, first = site + 1;
    npt__compared_declare(comparison, table);
    if (comparison->levels)
        return;
    npt__table_role(table, site, NPT__PARTITION);
    npt__table_counts(table, first + COUNT, NPT__COUNTS_PEOPLE, "scored");
    npt__table_counts(table, first + NOT_SCORED, NPT__COUNTS_GAPS, "not scored");
    const struct npt__term parts[] = {{.column = first + COUNT}, {.column = first + NOT_SCORED}};
    npt__table_sum(table, (struct npt__term){first + COUNT, "asked", true}, parts, 2);
    npt__table_mean(table, first + MEAN, first + COUNT);
    for (size_t i = first + SD; i <= first + MEDIAN; i++)
        npt__table_describes(table, i, first + COUNT);
    npt__table_depends(table, first + LOW, first + MEAN);
    npt__table_depends(table, first + HIGH, first + MEAN);
    npt__table_depends(table, first + NOT_SCORED, first + COUNT);
    npt__table_sd(table, first + SD, first + MEAN);
    for (size_t i = first + LOW; i <= first + MEDIAN; i++)
        npt__table_spread(table, i, first + MEAN);
}

static void add_site_columns(npt_table *table, const struct npt__survey_comparison *comparison)
{
    npt__compared_columns(comparison, table);
    npt__table_dimension(table, comparison->sites->key, comparison->sites->heading);
    const size_t first = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    npt__table_measure(table, "sd", "SD", NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    npt__table_measure(table, "median", "Median", NPT_UNIT_MEAN);
    npt__table_measure(table, "not_scored", "Not scored", NPT_UNIT_COUNT);
    struct npt__layout layout = {
        .across = SIZE_MAX,
        .shown = {alone(first + COUNT), alone(first + MEAN), range(first + LOW, "95% interval")},
        .shown_count = 3};
    if (comparison->test == NPT__COMPARE_KRUSKAL)
        layout.shown[layout.shown_count++] = alone(first + MEDIAN);
    if (comparison->mixed) {
        npt__table_measure(table, "shrunken", "Shrunken mean", NPT_UNIT_MEAN);
        npt__table_measure(table, "shrunken_low", "Shrunken low", NPT_UNIT_MEAN);
        npt__table_measure(table, "shrunken_high", "Shrunken high", NPT_UNIT_MEAN);
        layout.shown[layout.shown_count++] = alone(first + SHRUNKEN);
        layout.shown[layout.shown_count++] = range(first + SHRUNKEN_LOW, "95% of shrunken");
    } else {
        layout.shown[layout.shown_count++] = alone(first + SD);
        layout.shown[layout.shown_count++] = alone(first + NOT_SCORED);
    }
    npt__table_set_layout(table, &layout);
    declare_sites(table, comparison);
}

void npt__add_sites(npt_table *table, const struct npt__compared *compared,
                    const struct npt__mixed_model *model, const struct npt__mixed_group *shrunken)
{
    static const char nobody[] = "nobody has a score";
    const struct npt__survey_comparison *comparison = compared->comparison;
    const size_t first = comparison->items ? 3 : 2;
    for (size_t i = 0; i < compared->groups.group_count; i++) {
        struct npt_cell *row = npt__table_add_row(table), *cells = row + first;
        const struct npt__description *site = &compared->sites[i];
        const struct npt__interval interval =
            npt__mean_interval(site->count, site->mean, site->sd, NPT__COMPARE_CONFIDENCE);
        const char *reason = site->count > 1 ? "all scores are equal" : "one score has no spread";
        if (!site->count)
            reason = nobody;
        npt__table_scale(table, compared->measure->least, compared->measure->most);
        npt__declare_items(
            table, comparison->study, compared->measure,
            &(struct npt__score_columns){first + COUNT, first + MEAN, SIZE_MAX, SIZE_MAX});
        npt__compared_label(comparison, compared->measure, row);
        row[first - 1] = npt__text(comparison->sites->values[i]);
        cells[COUNT] = npt__count(site->count);
        cells[MEAN] = npt__number_or(site->mean, nobody);
        cells[SD] = npt__number_or(site->sd, reason);
        cells[LOW] = npt__end_or(&interval, interval.low, reason);
        cells[HIGH] = npt__end_or(&interval, interval.high, reason);
        cells[MEDIAN] = npt__number_or(
            npt__quantile(compared->sorted + compared->first[i], site->count, 0.5), nobody);
        cells[NOT_SCORED] = npt__count(compared->groups.not_scored[i]);
        if (!model)
            continue;
        const bool has = model->defined && site->count;
        const struct npt__interval *ends = &shrunken[i].estimate_interval;
        reason = model->defined ? nobody : npt__why_no_model(model);
        cells[SHRUNKEN] = npt__number_or(has ? shrunken[i].estimate : (double)NAN, reason);
        cells[SHRUNKEN_LOW] = npt__end_or(ends, ends->low, reason);
        cells[SHRUNKEN_HIGH] = npt__end_or(ends, ends->high, reason);
    }
}

void npt__note_sites(npt_table *table, const struct npt__survey_comparison *comparison)
{
    npt__table_add_note(
        table,
        "n is who has a score%s%s. The interval of each mean is Student's, for itself alone: that "
        "two overlap does not mean that they do not differ.",
        comparison->levels ? " and a level" : "",
        comparison->mixed ? "" : ", Not scored who gave too few answers for one");
    if (comparison->levels)
        npt__table_add_note(table, "These means are as they are, whatever the %s.",
                            comparison->levels->key);
    const size_t sites = comparison->sites->count;
    if (!comparison->mixed)
        return;
    npt__table_add_note(
        table,
        "Shrunken: the mean of each drawn towards that of all by the mixed model, the more so the fewer scores "
        "it rests on (best linear unbiased prediction, Henderson 1975).");
    if (sites < 20)
        npt__table_add_note(
            table,
            "There are %zu %s; with fewer than 20 the intervals of shrunken means hold less often than 95 "
            "of 100 times, as they take the variances for known: 92 times with 10, 88 with 4, and 84 to 86 "
            "where the ICC is about 0.04 (found by simulation).",
            sites, comparison->by_site ? "sites" : "groups");
}

/* ---- differences ----------------------------------------------------------------------------- */

enum { N, OTHER_N, DIFFERENCE, DIFFERENCE_LOW, DIFFERENCE_HIGH, ADJUSTED, EFFECT };

/* Whether g stands with an interval: not within levels. */
static bool has_effect_interval(const struct npt__survey_comparison *comparison)
{
    return comparison->test != NPT__COMPARE_KRUSKAL && !comparison->levels;
}

/* Whether a difference is one of two means: not where its test looks at a variance or at ranks of all sites together.
   What is within levels is not declared either. */
static bool is_of_means(const struct npt__survey_comparison *comparison)
{
    return !comparison->levels &&
           (comparison->test == NPT__COMPARE_WELCH || comparison->test == NPT__COMPARE_PERMUTATION);
}

/* Whether it says nothing of third sites. */
static bool is_of_two(const struct npt__survey_comparison *comparison)
{
    return is_of_means(comparison) && comparison->rivals.against != NPT__AGAINST_REST;
}

/* What a difference is worked out from, with how answers spread there. */
static void declare_difference(npt_table *table, size_t column, size_t count, size_t mean)
{
    npt__table_describes(table, column, count);
    npt__table_depends(table, column, mean);
    npt__table_spread(table, column, mean);
}

/* All others together are all without the site: n, mean, then those of all, in the last three columns. */
static void declare_rest(npt_table *table, size_t site, const char *key)
{
    const size_t first = site + 2, columns = npt_table_column_count(table);
    const size_t counts[] = {first + N, columns - 2}, means[] = {columns - 3, columns - 1};
    npt__table_role(table, site, NPT__LABEL);
    npt__table_role(table, site + 1, NPT__LABEL);
    npt__table_counts_by(table, counts[0], site, key, NPT__PARTITION);
    for (size_t side = 0; side < 2; side++) {
        npt__table_counts(table, counts[side], NPT__COUNTS_PEOPLE, "scored");
        npt__table_mean(table, means[side], counts[side]);
        npt__table_depends(table, first + OTHER_N, counts[side]);
        for (size_t i = first + DIFFERENCE; i < columns - 3; i++)
            if (i != first + ADJUSTED)
                declare_difference(table, i, counts[side], means[side]);
    }
}

/* Each side is a site of its own, with its mean in one of the last two columns. An adjusted p goes by the order of
   all p, unless it is of Games and Howell's. */
static void declare_duels(npt_table *table, const struct npt__survey_comparison *comparison)
{
    const size_t site = comparison->items ? 2 : 1, other = site + 1, first = other + 1;
    const size_t last = npt_table_column_count(table) - 2;
    const size_t sites[] = {site, other}, counts[] = {first + N, first + OTHER_N};
    const bool has_p =
        comparison->test == NPT__COMPARE_WELCH && comparison->rivals.against == NPT__AGAINST_ALL;
    npt__compared_declare(comparison, table);
    if (is_of_means(comparison) && !is_of_two(comparison))
        declare_rest(table, site, comparison->sites->key);
    if (!is_of_two(comparison))
        return;
    for (size_t side = 0; side < 2; side++) {
        npt__table_role(table, sites[side], NPT__LABEL);
        npt__table_counts(table, counts[side], NPT__COUNTS_PEOPLE, "scored");
        npt__table_counts_by(table, counts[side], sites[side], comparison->sites->key,
                             NPT__PARTITION);
        npt__table_mean(table, last + side, counts[side]);
        for (size_t i = first + DIFFERENCE; i < last; i++) {
            if (i == first + ADJUSTED && !has_p)
                continue;
            declare_difference(table, i, counts[side], last + side);
        }
    }
}

static void add_duel_columns(npt_table *table, const struct npt__survey_comparison *comparison)
{
    const bool ranks = comparison->test == NPT__COMPARE_KRUSKAL;
    npt__compared_columns(comparison, table);
    npt__table_dimension(table, comparison->sites->key, comparison->sites->heading);
    npt__table_dimension(table, "other", "Other");
    const size_t first = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "n_other", "n other", NPT_UNIT_COUNT);
    npt__table_measure(table, ranks ? "delta" : "difference",
                       ranks ? "Cliff's delta" : "Difference", NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_DIFFERENCE);
    npt__table_measure(table, "high", "High", NPT_UNIT_DIFFERENCE);
    npt__table_measure(table, "p_adjusted", "Adjusted p", NPT_UNIT_P);
    size_t last = npt__table_measure(table, ranks ? "superiority" : "g", ranks ? "Higher" : "g",
                                     ranks ? NPT_UNIT_SHARE : NPT_UNIT_MEAN);
    if (has_effect_interval(comparison)) {
        npt__table_measure(table, "g_low", "g low", NPT_UNIT_MEAN);
        last = npt__table_measure(table, "g_high", "g high", NPT_UNIT_MEAN);
    }
    if (comparison->levels) {
        npt__table_measure(table, "levels", "Levels", NPT_UNIT_COUNT);
        last = npt__table_measure(table, "left_out", "Left out", NPT_UNIT_TEXT);
    }
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    if (is_of_means(comparison))
        npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    if (is_of_two(comparison)) {
        npt__table_measure(table, "mean_other", "Mean of other", NPT_UNIT_MEAN);
    } else if (is_of_means(comparison)) {
        npt__table_measure(table, "n_all", "n of all", NPT_UNIT_COUNT);
        npt__table_measure(table, "mean_all", "Mean of all", NPT_UNIT_MEAN);
    }
    struct npt__layout layout = {.across = SIZE_MAX,
                                 .shown = {alone(first + N), alone(first + OTHER_N),
                                           alone(first + DIFFERENCE),
                                           range(first + DIFFERENCE_LOW, "95% interval"),
                                           alone(first + ADJUSTED), alone(first + EFFECT)},
                                 .shown_count = 6};
    if (comparison->levels) {
        layout.shown[layout.shown_count++] = alone(last - 1);
        layout.shown[layout.shown_count++] = alone(last);
    }
    layout.shown[layout.shown_count++] = alone(last + 1);
    npt__table_set_layout(table, &layout);
    declare_duels(table, comparison);
}

static void fill_duel(struct npt_cell *cells, npt_table *table,
                      const struct npt__survey_comparison *comparison, const struct npt__duel *duel)
{
    const size_t fewest = duel->count < duel->other_count ? duel->count : duel->other_count;
    const char *no_test = duel->reason ? duel->reason : "nothing varies";
    const char *no_effect = duel->effect_reason ? duel->effect_reason : no_test;
    cells[N] = npt__count(duel->count);
    cells[OTHER_N] = npt__count(duel->other_count);
    cells[DIFFERENCE] = npt__number_or(duel->difference, no_test);
    cells[DIFFERENCE_LOW] = npt__end_or(&duel->interval, duel->interval.low, no_test);
    cells[DIFFERENCE_HIGH] = npt__end_or(&duel->interval, duel->interval.high, no_test);
    cells[ADJUSTED] = npt__number_or(duel->adjusted, no_test);
    cells[EFFECT] = npt__number_or(duel->effect, no_effect);
    size_t last = EFFECT;
    if (has_effect_interval(comparison)) {
        cells[++last] = npt__end_or(&duel->effect_interval, duel->effect_interval.low, no_effect);
        cells[++last] = npt__end_or(&duel->effect_interval, duel->effect_interval.high, no_effect);
    }
    if (comparison->levels) {
        cells[++last] = npt__count(duel->levels);
        cells[++last] = duel->left_out
                            ? npt__text(npt__arena_string(npt__table_arena(table), duel->left_out))
                            : npt__absent(NULL);
    }
    cells[++last] = npt__verdict_cell(
        table, npt__verdict(&duel->interval, fewest, comparison->least), "answers");
}

/* The means of both sides, or of the site and of all. */
static void fill_means(struct npt_cell *row, npt_table *table, const struct npt__compared *compared,
                       const struct npt__duel *duel, size_t n)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    const size_t columns = npt_table_column_count(table);
    const bool two = is_of_two(comparison);
    const size_t counts[] = {n, two ? n + 1 : columns - 2},
                 means[] = {two ? columns - 2 : columns - 3, columns - 1};
    const double own = compared->sites[duel->site].mean;
    double other = two ? compared->sites[duel->other].mean : NAN;
    if (!is_of_means(comparison))
        return;
    if (!two) {
        const size_t all = duel->count + duel->other_count;
        const double sum =
            (duel->count ? (double)duel->count * own : 0) +
            (duel->other_count ? (double)duel->other_count * (own - duel->difference) : 0);
        other = all ? sum / (double)all : NAN;
        row[counts[1]] = npt__count(all);
    }
    row[means[0]] = npt__number_or(own, "nobody has a score");
    row[means[1]] = npt__number_or(other, "nobody has a score");
    for (size_t side = 0; side < 2; side++)
        npt__declare_items(
            table, comparison->study, compared->measure,
            &(struct npt__score_columns){counts[side], means[side], SIZE_MAX, SIZE_MAX});
}

void npt__add_duels(npt_table *table, const struct npt__compared *compared)
{
    const struct npt__survey_comparison *comparison = compared->comparison;
    const size_t first = comparison->items ? 4 : 3;
    size_t count;
    struct npt__duel *duels = npt__compare_duels(compared, &count);
    for (size_t i = 0; i < count; i++) {
        const struct npt__duel *duel = &duels[i];
        struct npt_cell *row = npt__table_add_row(table);
        npt__table_scale(table, compared->measure->least, compared->measure->most);
        npt__compared_label(comparison, compared->measure, row);
        row[first - 2] = npt__text(comparison->sites->values[duel->site]);
        row[first - 1] =
            npt__text(duel->other == SIZE_MAX ? "others" : comparison->sites->values[duel->other]);
        fill_duel(row + first, table, comparison, duel);
        fill_means(row, table, compared, duel, first + N);
    }
    npt__release(duels);
}

static void note_method(npt_table *table, const struct npt__survey_comparison *comparison)
{
    static const char bonferroni[] = "widened by Bonferroni's rule for all comparisons of a "
                                     "construct";
    const bool all = comparison->rivals.against == NPT__AGAINST_ALL;
    const char *p = comparison->adjustment_name;
    if (comparison->levels)
        npt__table_add_note(
            table,
            "Difference: the differences of means among those of the same %s, weighed by n1 n2 / (n1 + n2) (Cochran "
            "1954); its interval has the variance of each level and side and Satterthwaite's (1946) degrees of "
            "freedom, %s; adjusted p is %s. Levels with fewer than two scores on one side are left out and "
            "named. n counts who is in a level that is not.",
            comparison->levels->key, bonferroni, p);
    else if (comparison->test == NPT__COMPARE_KRUSKAL)
        npt__table_add_note(
            table,
            "Cliff's (1993) delta: how much more often a score here is higher than one there than lower, from -1 to "
            "1, with Feng and Cliff's (2004) interval, %s. Adjusted p: %s for %s. Higher: the chance that a "
            "score here is the higher one, equal ones counted half.",
            bonferroni, p,
            all ? "Dunn's (1964) tests" : "Mann-Whitney tests, exact where that is quick");
    else if (comparison->test == NPT__COMPARE_PERMUTATION)
        npt__table_add_note(
            table,
            "Difference: of means, with a bootstrap interval (BCa, %zu replicates, seed %zu), %s. Adjusted p: %s for "
            "permutation tests of each pair.",
            comparison->replicates, comparison->seed, bonferroni, p);
    else if (all)
        npt__table_add_note(
            table,
            "Difference: of means, with interval and adjusted p by %s, for all pairs of a construct at once.",
            comparison->test == NPT__COMPARE_WELCH ? "Games and Howell (1976)"
                                                   : "Tukey and Kramer (1956)");
    else
        npt__table_add_note(table, "Difference: of means, with %s interval, %s; adjusted p is %s.",
                            comparison->test == NPT__COMPARE_WELCH ? "Welch's (1938)" : "Student's",
                            bonferroni, p);
}

/* An end of a bootstrap interval is that of the replicates beyond it: with few of them it is little more than the
   largest that came up. */
static void note_replicates(npt_table *table, const struct npt__survey_comparison *comparison)
{
    const size_t count = npt__rivals_count(&comparison->rivals, comparison->sites->count);
    const double beyond = (double)comparison->replicates *
                          (1 - npt__simultaneous(NPT__COMPARE_CONFIDENCE, count)) / 2;
    if (comparison->test == NPT__COMPARE_PERMUTATION && !comparison->levels && beyond < 9.5)
        npt__table_add_note(
            table,
            "For so many comparisons %zu replicates are few: some %.0f lie beyond each end of an interval. "
            "--replicates %.0f would make it 10.",
            comparison->replicates, beyond, ceil(10 * (double)comparison->replicates / beyond));
}

void npt__note_duels(npt_table *table, const struct npt__survey_comparison *comparison)
{
    note_method(table, comparison);
    note_replicates(table, comparison);
    npt__table_add_note(
        table,
        "Every difference is the first less the other: higher means that the first is higher. "
        "Intervals hold for all differences of one row of the first table at once, not for all rows.");
    if (comparison->levels)
        npt__table_add_note(
            table,
            "g: the difference in standard deviations within levels, without bias (Hedges 1981).");
    else if (comparison->test != NPT__COMPARE_KRUSKAL)
        npt__table_add_note(
            table,
            "g: the difference in standard deviations of both sides (Hedges 1981); its interval, in "
            "files, is widened by Bonferroni's rule.");
    if (comparison->rivals.against == NPT__AGAINST_REST)
        npt__table_add_note(
            table, "Others: everybody else together, so that those with many answers weigh most.");
    npt__note_verdict(table, "simultaneous 95% interval", comparison->least, "answers");
    npt__note_rivals(table, &comparison->rivals);
}

/* ---- all tables ------------------------------------------------------------------------------ */

void npt__add_compare_tables(struct npt__compare_tables *made, struct npt__tables *tables,
                             const struct npt__survey_comparison *comparison)
{
    npt__buffer title = {0};
    npt__buffer_print(&title, "Do the values of %s differ?", comparison->sites->key);
    *made = (struct npt__compare_tables){
        .overall =
            npt__tables_add(tables, "compare",
                            comparison->by_site ? "Do sites differ?" : npt__buffer_string(&title)),
        .sites = npt__tables_add(tables, "compare_sites", "What is compared"),
    };
    npt__buffer_release(&title);
    add_site_columns(made->sites, comparison);
    if (npt__rivals_count(&comparison->rivals, comparison->sites->count)) {
        made->duels = npt__tables_add(tables, "compare_pairs", "Which differ, and by how much");
        add_duel_columns(made->duels, comparison);
    }
    if (!comparison->mixed)
        return;
    made->model =
        npt__tables_add(tables, "compare_model", "How much they differ, by a mixed model");
    npt__add_model_columns(made->model, comparison);
}
