/* compare_cases_tables.c - the tables of interviews that are compared: all sites at once, each site, and pairs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_cases.h"

#include "verdict.h"

/* ---- words ----------------------------------------------------------------------------------- */

bool npt__compared_by_site(const struct npt__case_comparison *comparison)
{
    const struct npt__dimension *by = &comparison->counts.by;
    return by->attribute == npt__study_find_attribute(comparison->study, "site");
}

const char *npt__compared_word(const struct npt__case_comparison *comparison)
{
    return npt__compared_by_site(comparison) ? "sites" : "groups";
}

static bool of_cases(const struct npt__case_comparison *comparison)
{
    return comparison->of == NPT__COMPARED_CASES;
}

static enum npt_unit unit_of_value(const struct npt__case_comparison *comparison)
{
    return comparison->of == NPT__COMPARED_SEGMENTS ? NPT_UNIT_MEAN : NPT_UNIT_SHARE;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static struct npt_cell found_cell(const struct npt__found *found)
{
    if (!found->missing)
        return npt__number(found->value);
    return npt__absent(found->missing[0] ? found->missing : NULL);
}

static void interval_cells(const struct npt__found_interval *found, struct npt_cell cells[2])
{
    const struct npt__interval *interval = &found->interval;
    cells[0] = interval->defined ? npt__number(interval->low) : npt__absent(found->missing);
    cells[1] = interval->defined ? npt__number(interval->high) : npt__absent(found->missing);
}

/* Adds the columns of the construct; returns how many. */
static size_t add_labels(npt_table *table, const struct npt__case_comparison *comparison)
{
    npt__table_dimension(table, "construct", "Construct");
    if (comparison->counts.tally.level != NPT__COMPONENT)
        return 1;
    npt__table_dimension(table, "component", "Component");
    return 2;
}

static void label(const struct npt__case_comparison *comparison,
                  const struct npt__case_outcome *outcome, struct npt_cell *cells)
{
    const struct npt__tally *tally = &comparison->counts.tally;
    npt__tally_label(tally, &tally->rows.items[outcome->row], cells);
}

/* ---- protection ------------------------------------------------------------------------------- */

/* Counts of cases are those of a tally, where each case is in one of the groups that are compared. Were a few left out, or
   counted twice, the totals here and there would tell how many. */
static bool are_tallied(const struct npt__case_comparison *comparison)
{
    const struct npt__case_counts *counts = &comparison->counts;
    return of_cases(comparison) && !counts->valueless && !counts->divided;
}

static void declare_labels(npt_table *table, const struct npt__case_comparison *comparison)
{
    npt__table_role(table, 0, NPT__OVERLAPS);
    if (comparison->counts.tally.level == NPT__COMPONENT)
        npt__table_role(table, 1, NPT__OVERLAPS);
}

static void declare_counts(npt_table *table, const struct npt__case_comparison *comparison,
                           size_t all, size_t with)
{
    declare_labels(table, comparison);
    npt__table_counts(table, all, NPT__COUNTS_CASES, "cases");
    npt__table_facetless(table, all);
    npt__table_counts(table, with, NPT__COUNTS_CASES, "cases coded");
    npt__table_at_most(table, with, all);
    if (comparison->counts.tally.level == NPT__DOMAIN)
        npt__table_counts_by(table, with, 0, "domain", NPT__OVERLAPS);
}

/* A test of all sites, and of a pair, tells the counts of each: exactly, where p is Fisher's. None is declared. */
static void note_withheld(npt_table *table, const struct npt__case_comparison *comparison,
                          bool has_tests)
{
    if (!of_cases(comparison))
        npt__table_add_protected_note(
            table, "Withheld as a whole: medians and quartiles are what single cases have.");
    else if (!are_tallied(comparison))
        npt__table_add_protected_note(
            table,
            "Withheld as a whole: beside the totals of other tables these would tell how many cases have no value, or "
            "several.");
    else if (has_tests)
        npt__table_add_protected_note(
            table,
            "Tests and differences are withheld: with the counts that are shown they would tell those that are not.");
}

/* ---- all sites at once ----------------------------------------------------------------------- */

enum {
    COUNT,
    WITH,
    SITES,
    TEST,
    STATISTIC,
    FREEDOM,
    P,
    P_ERROR,
    ADJUSTED,
    EFFECT,
    LOW,
    HIGH,
    VERDICT
};

/* Too few: no two sites have enough cases. */
static const char *verdict_of(const struct npt__case_comparison *comparison,
                              const struct npt__case_outcome *outcome)
{
    size_t enough = 0;
    for (size_t i = 0; i < npt__compared_sites(comparison); i++)
        enough += outcome->sites[i].count >= comparison->least;
    if (outcome->site_count < 2)
        return "nothing to compare";
    if (enough < 2)
        return "too few cases";
    if (outcome->overall.p.missing)
        return "no test";
    if (!(outcome->overall.adjusted < NPT__CASES_ALPHA))
        return "not clear";
    return "differ";
}

static void fill_main(const struct npt__case_comparison *comparison,
                      const struct npt__case_outcome *outcome, struct npt_cell *cells)
{
    const struct npt__case_overall *overall = &outcome->overall;
    cells[COUNT] = npt__count(outcome->count);
    cells[WITH] = npt__count(outcome->with);
    cells[SITES] = npt__count(outcome->site_count);
    cells[TEST] = npt__text(npt__case_test_name(comparison->test));
    cells[STATISTIC] = found_cell(&overall->statistic);
    cells[FREEDOM] = found_cell(&overall->freedom);
    cells[P] = found_cell(&overall->p);
    cells[P_ERROR] = found_cell(&overall->p_error);
    cells[ADJUSTED] = npt__number_or(overall->adjusted, overall->p.missing);
    cells[EFFECT] = found_cell(&overall->effect);
    interval_cells(&overall->interval, cells + LOW);
    cells[VERDICT] = npt__text(verdict_of(comparison, outcome));
}

static void show(struct npt__layout *layout, size_t column)
{
    layout->shown[layout->shown_count++] = (struct npt__shown){.column = column, .of = SIZE_MAX};
}

static void show_two(struct npt__layout *layout, size_t column, size_t other, const char *heading,
                     enum npt__pair pair)
{
    layout->shown[layout->shown_count++] = (struct npt__shown){column, other, heading, pair};
}

static void set_main_layout(npt_table *table, const struct npt__case_comparison *comparison,
                            size_t first)
{
    struct npt__layout layout = {.across = SIZE_MAX};
    show_two(&layout, first + WITH, first + COUNT, "Cases with it / all", NPT__PART);
    if (comparison->test != NPT__TEST_FISHER && comparison->test != NPT__TEST_PERMUTATION)
        show(&layout, first + STATISTIC);
    show(&layout, first + ADJUSTED);
    show(&layout, first + EFFECT);
    show_two(&layout, first + LOW, first + HIGH, "95% interval", NPT__RANGE);
    show(&layout, first + VERDICT);
    npt__table_set_layout(table, &layout);
}

static size_t add_main_columns(npt_table *table, const struct npt__case_comparison *comparison)
{
    static const char *const statistics[] = {"Statistic", "Chi-square", "G", "H", "F"};
    const size_t first = add_labels(table, comparison);
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "cases", "Cases with it", NPT_UNIT_COUNT);
    npt__table_measure(table, npt__compared_word(comparison),
                       npt__compared_by_site(comparison) ? "Sites" : "Groups", NPT_UNIT_COUNT);
    npt__table_measure(table, "test", "Test", NPT_UNIT_TEXT);
    npt__table_measure(table, "statistic", statistics[comparison->test], NPT_UNIT_MEAN);
    npt__table_measure(table, "freedom", "Degrees of freedom", NPT_UNIT_MEAN);
    npt__table_measure(table, "p", "p", NPT_UNIT_P);
    npt__table_measure(table, "p_error", "Error of p", NPT_UNIT_P);
    npt__table_measure(table, "p_adjusted", "Adjusted p", NPT_UNIT_P);
    npt__table_measure(table, "effect", of_cases(comparison) ? "V" : "Epsilon squared",
                       NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    return first;
}

static void declare_main(npt_table *table, const struct npt__case_comparison *comparison,
                         size_t first)
{
    npt__table_counts(table, first + SITES, NPT__HARMLESS, "sites");
    npt__table_counts(table, first + TEST, NPT__HARMLESS, "test");
    if (are_tallied(comparison))
        declare_counts(table, comparison, first + COUNT, first + WITH);
}

static void add_main(struct npt__tables *tables, const struct npt__case_comparison *comparison)
{
    static const char *const titles[] = {"Cases with each construct: are there differences?",
                                         "Segments of each case: are there differences?",
                                         "Coverage of each case: are there differences?"};
    npt_table *table = npt__tables_add(tables, "compare", titles[comparison->of]);
    const size_t first = add_main_columns(table, comparison);
    declare_main(table, comparison, first);
    for (size_t i = 0; i < comparison->outcome_count; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        label(comparison, &comparison->outcomes[i], row);
        fill_main(comparison, &comparison->outcomes[i], row + first);
    }
    set_main_layout(table, comparison, first);
    npt__compare_cases_notes(table, comparison);
    note_withheld(table, comparison, true);
    npt__add_provenance(table, comparison->study);
}

/* ---- each site ------------------------------------------------------------------------------- */

enum { SITE_COUNT, SITE_WITH, SHARE, SHARE_LOW, SHARE_HIGH };
enum { MEDIAN = SHARE, LOW_QUARTILE, HIGH_QUARTILE, MEAN };

static void fill_site(const struct npt__case_comparison *comparison,
                      const struct npt__case_site *site, struct npt_cell *cells)
{
    const char *nobody =
        comparison->of == NPT__COMPARED_COVERAGE ? "no case with a text" : "no cases";
    cells[SITE_COUNT] = npt__count(site->count);
    cells[SITE_WITH] = npt__count(site->with);
    if (of_cases(comparison)) {
        const struct npt__found_interval share = {site->share, nobody};
        cells[SHARE] = site->count ? npt__number((double)site->with / (double)site->count)
                                   : npt__absent(nobody);
        interval_cells(&share, cells + SHARE_LOW);
        return;
    }
    cells[MEDIAN] = npt__number_or(site->median, nobody);
    cells[LOW_QUARTILE] = npt__number_or(site->low_quartile, nobody);
    cells[HIGH_QUARTILE] = npt__number_or(site->high_quartile, nobody);
    cells[MEAN] = npt__number_or(site->mean, nobody);
}

static void add_site_columns(npt_table *table, const struct npt__case_comparison *comparison,
                             size_t first)
{
    const enum npt_unit unit = unit_of_value(comparison);
    struct npt__layout layout = {.across = first - 1};
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "cases", "Cases with it", NPT_UNIT_COUNT);
    show_two(&layout, first + SITE_WITH, first + SITE_COUNT, "Cases with it / all", NPT__PART);
    if (of_cases(comparison)) {
        npt__table_measure(table, "share", "Share of cases", NPT_UNIT_SHARE);
        npt__table_measure(table, "low", "Low", NPT_UNIT_SHARE);
        npt__table_measure(table, "high", "High", NPT_UNIT_SHARE);
        show(&layout, first + SHARE);
        show_two(&layout, first + SHARE_LOW, first + SHARE_HIGH, "95% interval of the share",
                 NPT__RANGE);
    } else {
        npt__table_measure(table, "median", "Median", unit);
        npt__table_measure(table, "q1", "First quartile", unit);
        npt__table_measure(table, "q3", "Third quartile", unit);
        npt__table_measure(table, "mean", "Mean", unit);
        show(&layout, first + MEDIAN);
        show_two(&layout, first + LOW_QUARTILE, first + HIGH_QUARTILE, "First to third quartile",
                 NPT__RANGE);
        show(&layout, first + MEAN);
    }
    npt__table_set_layout(table, &layout);
}

/* A share, and its interval, tells the count that it is of. */
static void declare_sites(npt_table *table, const struct npt__case_comparison *comparison,
                          size_t first)
{
    if (!are_tallied(comparison))
        return;
    npt__table_role(table, first - 1, NPT__PARTITION);
    declare_counts(table, comparison, first + SITE_COUNT, first + SITE_WITH);
    for (size_t i = SHARE; i <= SHARE_HIGH; i++) {
        npt__table_depends(table, first + i, first + SITE_WITH);
        npt__table_depends(table, first + i, first + SITE_COUNT);
    }
}

static void add_sites(struct npt__tables *tables, const struct npt__case_comparison *comparison)
{
    static const char *const titles[] = {"Share of the cases that have each construct",
                                         "Segments per case", "Coverage of a case's text"};
    const size_t sites = npt__compared_sites(comparison);
    const struct npt__dimension *by = &comparison->counts.by;
    npt_table *table = npt__tables_add(tables, "compare_sites", titles[comparison->of]);
    const size_t at = add_labels(table, comparison);
    npt__table_dimension(table, by->key, by->heading);
    add_site_columns(table, comparison, at + 1);
    declare_sites(table, comparison, at + 1);
    for (size_t i = 0; i < comparison->outcome_count; i++)
        for (size_t j = 0; j <= sites; j++) {
            if (j == sites && sites == 1) /* the total of one would repeat it */
                continue;
            struct npt_cell *row = npt__table_add_row(table);
            label(comparison, &comparison->outcomes[i], row);
            row[at] = j < sites ? npt__text(by->values[j]) : npt__total();
            fill_site(comparison, &comparison->outcomes[i].sites[j], row + at + 1);
        }
    npt__table_add_note(
        table,
        of_cases(comparison)
            ? "Wilson's 95%% interval (1927) of each share: for one share alone. The pairs, not the "
              "overlap of two intervals, say whether two differ."
            : "Median and quartiles of all cases, those without the construct among them, with 0 "
              "(quantiles by definition 7 of Hyndman & Fan 1996).");
    note_withheld(table, comparison, false);
    npt__add_provenance(table, comparison->study);
}

/* ---- pairs ----------------------------------------------------------------------------------- */

enum {
    N,
    OTHER_N,
    VALUE,
    OTHER_VALUE,
    DIFFERENCE,
    PAIR_LOW,
    PAIR_HIGH,
    PAIR_P,
    PAIR_ADJUSTED,
    PAIR_VERDICT
};

static void fill_pair(npt_table *table, const struct npt__case_comparison *comparison,
                      const struct npt__case_pair *pair, struct npt_cell *cells)
{
    const size_t fewest = pair->count < pair->other_count ? pair->count : pair->other_count;
    cells[N] = npt__count(pair->count);
    cells[OTHER_N] = npt__count(pair->other_count);
    cells[VALUE] = npt__number_or(pair->value, "no cases");
    cells[OTHER_VALUE] = npt__number_or(pair->other_value, "no cases");
    cells[DIFFERENCE] = found_cell(&pair->difference);
    interval_cells(&pair->interval, cells + PAIR_LOW);
    cells[PAIR_P] = found_cell(&pair->p);
    cells[PAIR_ADJUSTED] = npt__number_or(pair->adjusted, pair->p.missing);
    cells[PAIR_VERDICT] = npt__verdict_cell(
        table, npt__verdict(&pair->interval.interval, fewest, comparison->least), "cases");
}

static void add_pair_columns(npt_table *table, const struct npt__case_comparison *comparison,
                             size_t first)
{
    const bool shares = of_cases(comparison);
    const enum npt_unit unit = unit_of_value(comparison);
    struct npt__layout layout = {.across = SIZE_MAX};
    npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "n_other", "n other", NPT_UNIT_COUNT);
    npt__table_measure(table, shares ? "share" : "median", shares ? "Share" : "Median", unit);
    npt__table_measure(table, shares ? "share_other" : "median_other",
                       shares ? "Share other" : "Median other", unit);
    npt__table_measure(table, shares ? "difference" : "delta", shares ? "Difference" : "Delta",
                       NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_DIFFERENCE);
    npt__table_measure(table, "high", "High", NPT_UNIT_DIFFERENCE);
    npt__table_measure(table, "p", "p", NPT_UNIT_P);
    npt__table_measure(table, "p_adjusted", "Adjusted p", NPT_UNIT_P);
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    show(&layout, first + DIFFERENCE);
    show_two(&layout, first + PAIR_LOW, first + PAIR_HIGH, "95% interval", NPT__RANGE);
    show(&layout, first + PAIR_ADJUSTED);
    show(&layout, first + PAIR_VERDICT);
    npt__table_set_layout(table, &layout);
}

static void add_pair_notes(npt_table *table, const struct npt__case_comparison *comparison)
{
    const char *method =
        of_cases(comparison)
            ? "The difference of two shares has Newcombe's interval (1998, method 10); p "
              "is of Fisher's exact test"
            : "Delta is Cliff's (1993): how likely a case of the first has more than one "
              "of the other, less how likely it has less, with the interval of Feng & "
              "Cliff (2004); p is of the Mann-Whitney test, exact where that is quick";
    npt__table_add_note(
        table,
        "%s. The intervals hold together for all %zu comparisons of a construct (95%%, "
        "Bonferroni), and p is adjusted for as many (Holm 1979); neither is for the number "
        "of constructs.",
        method, comparison->pair_count);
    npt__note_verdict(table, "simultaneous 95% interval", comparison->least, "cases");
    npt__note_rivals(table, &comparison->rivals);
    npt__add_provenance(table, comparison->study);
}

static void add_pairs(struct npt__tables *tables, const struct npt__case_comparison *comparison)
{
    const struct npt__dimension *by = &comparison->counts.by;
    npt_table *table = npt__tables_add(tables, "compare_pairs",
                                       npt__compared_by_site(comparison) ? "Which sites differ?"
                                                                         : "Which of them differ?");
    const size_t at = add_labels(table, comparison);
    npt__table_dimension(table, by->key, by->heading);
    npt__table_dimension(table, "other", "Other");
    add_pair_columns(table, comparison, at + 2);
    for (size_t i = 0; i < comparison->outcome_count; i++)
        for (size_t j = 0; j < comparison->pair_count; j++) {
            size_t site, other;
            struct npt_cell *row = npt__table_add_row(table);
            npt__rivals_at(&comparison->rivals, by->count, j, &site, &other);
            label(comparison, &comparison->outcomes[i], row);
            row[at] = npt__text(by->values[site]);
            row[at + 1] = npt__text(other == SIZE_MAX ? "others" : by->values[other]);
            fill_pair(table, comparison, &comparison->outcomes[i].pairs[j], row + at + 2);
        }
    add_pair_notes(table, comparison);
    note_withheld(table, comparison, true);
}

void npt__compare_cases_tables(struct npt__tables *tables,
                               const struct npt__case_comparison *comparison)
{
    add_main(tables, comparison);
    add_sites(tables, comparison);
    if (comparison->pair_count)
        add_pairs(tables, comparison);
}
