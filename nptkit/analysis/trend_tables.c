/* trend_tables.c - the tables of `trend`: the same people, then those who answered one wave only.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "trend.h"

#include "verdict.h"

#include <math.h>
#include <string.h>

/* ---- cells ----------------------------------------------------------------------------------- */

static const char *why_no_difference(enum npt__difference_fault fault, const char *nobody,
                                     const char *few)
{
    if (fault == NPT__DIFFERENCE_EMPTY)
        return nobody;
    return fault == NPT__DIFFERENCE_CONSTANT ? "nothing varies" : few;
}

struct estimate {
    const struct npt__mean_difference *difference;
    const struct npt__mean_effect *effect;
    double p, adjusted;
    bool in_family; /* its p is one of those that are adjusted */
    const char *nobody, *few;
};

enum { DIFFERENCE, LOW, HIGH, P, ADJUSTED, G, G_LOW, G_HIGH, ESTIMATE_COLUMNS };

static struct npt_cell end_or(const struct npt__interval *interval, double end, const char *reason)
{
    return interval->defined ? npt__number(end) : npt__absent(reason);
}

/* Fills the columns from `cells` on. */
static void fill_estimate(struct npt_cell *cells, const struct estimate *estimate)
{
    const struct npt__mean_difference *found = estimate->difference;
    const char *reason = why_no_difference(found->fault, estimate->nobody, estimate->few);
    const struct npt__mean_effect *effect = estimate->effect;
    cells[DIFFERENCE] = npt__number_or(found->difference, estimate->nobody);
    cells[LOW] = end_or(&found->interval, found->interval.low, reason);
    cells[HIGH] = end_or(&found->interval, found->interval.high, reason);
    cells[P] =
        npt__number_or(estimate->p, isnan(found->difference) ? estimate->nobody : "nothing varies");
    cells[ADJUSTED] = npt__number_or(
        estimate->adjusted, estimate->in_family ? "no test to adjust" : "not among the constructs");
    cells[G] = npt__number_or(effect->defined ? effect->estimate : (double)NAN, reason);
    cells[G_LOW] = end_or(&effect->interval, effect->interval.low, reason);
    cells[G_HIGH] = end_or(&effect->interval, effect->interval.high, reason);
}

static void add_mean_columns(npt_table *table)
{
    npt__table_measure(table, "n_from", "n before", NPT_UNIT_COUNT);
    npt__table_measure(table, "n_to", "n after", NPT_UNIT_COUNT);
    npt__table_measure(table, "mean_from", "Mean before", NPT_UNIT_MEAN);
    npt__table_measure(table, "mean_to", "Mean after", NPT_UNIT_MEAN);
}

static size_t add_estimate_columns(npt_table *table, const char *key, const char *label)
{
    const size_t first = npt__table_measure(table, key, label, NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_DIFFERENCE);
    npt__table_measure(table, "high", "High", NPT_UNIT_DIFFERENCE);
    npt__table_measure(table, "p", "p", NPT_UNIT_P);
    npt__table_measure(table, "p_adjusted", "Adjusted p", NPT_UNIT_P);
    npt__table_measure(table, "g", "g", NPT_UNIT_MEAN);
    npt__table_measure(table, "g_low", "g low", NPT_UNIT_MEAN);
    npt__table_measure(table, "g_high", "g high", NPT_UNIT_MEAN);
    return first;
}

static size_t add_labels(const struct npt__trend *base, npt_table *table)
{
    npt__table_dimension(table, "construct", "Construct");
    npt__dimensions_columns(&base->scope.dimensions, table);
    npt__table_dimension(table, "from", "From");
    return npt__table_dimension(table, "to", "To") + 1;
}

static struct npt_cell *add_labelled_row(const struct npt__trend *base, npt_table *table,
                                         size_t measure, uint32_t cell, size_t pair)
{
    struct npt_cell *row = npt__table_add_row(table);
    npt__table_scale(table, base->measures[measure].least, base->measures[measure].most);
    const size_t first = base->scope.dimensions.count + 3;
    for (size_t i = 0; i < 2; i++)
        npt__declare_items(
            table, base->study, &base->measures[measure],
            &(struct npt__score_columns){first + i, first + 2 + i, SIZE_MAX, SIZE_MAX});
    size_t at = 1 + base->scope.dimensions.count;
    row[0] = npt__text(base->measures[measure].name);
    npt__dimensions_label(&base->scope.dimensions, cell, row + 1);
    row[at++] = npt__text(base->waves[base->pairs[pair].from]);
    row[at] = npt__text(base->waves[base->pairs[pair].to]);
    return row;
}

/* Calls `fill` for each row that a table has. */
static void add_rows(const struct npt__wave_changes *trend, npt_table *table, size_t first,
                     void (*fill)(const struct npt__wave_changes *trend, npt_table *table,
                                  const struct npt__wave_change *outcome, bool in_family,
                                  struct npt_cell *cells))
{
    const struct npt__trend *base = &trend->base;
    for (size_t i = 0; i < base->measure_count; i++) {
        const struct npt__measure *measure = &base->measures[i];
        if (!trend->asked[i])
            continue;
        for (uint32_t cell = 0; cell < base->scope.dimensions.cell_count; cell++)
            for (size_t pair = 0; pair < base->pair_count; pair++)
                if (npt__survey_scope_shows(&base->scope, cell))
                    fill(trend, table, npt__wave_change_at(trend, i, cell, pair),
                         !measure->total && !measure->general,
                         add_labelled_row(base, table, i, cell, pair) + first);
    }
}

/* ---- the main table -------------------------------------------------------------------------- */

enum {
    N_FROM,
    N_TO,
    MEAN_FROM,
    MEAN_TO,
    LINKED,
    CHANGE,
    VERDICT = CHANGE + ESTIMATE_COLUMNS,
    BASIS
};

static void fill_main(const struct npt__wave_changes *trend, npt_table *table,
                      const struct npt__wave_change *outcome, bool in_family,
                      struct npt_cell *cells)
{
    static const char nobody[] = "nobody has a score";
    const size_t least = trend->base.least;
    const bool by_linked = outcome->linked >= least;
    const size_t fewest = outcome->unlinked_from < outcome->unlinked_to ? outcome->unlinked_from
                                                                        : outcome->unlinked_to;
    cells[N_FROM] = npt__count(outcome->from.count);
    cells[N_TO] = npt__count(outcome->to.count);
    cells[MEAN_FROM] = npt__number_or(outcome->from.mean, nobody);
    cells[MEAN_TO] = npt__number_or(outcome->to.mean, nobody);
    cells[LINKED] = npt__count(outcome->linked);
    fill_estimate(cells + CHANGE, &(struct estimate){.difference = &outcome->change,
                                                     .effect = &outcome->change_effect,
                                                     .p = outcome->change_p,
                                                     .adjusted = outcome->change_adjusted,
                                                     .in_family = in_family,
                                                     .nobody = "nobody could be linked",
                                                     .few = "fewer than two could be linked"});
    cells[VERDICT] = npt__verdict_cell(
        table,
        by_linked ? npt__verdict(&outcome->change.interval, outcome->linked, least)
                  : npt__verdict(&outcome->difference.interval, fewest, least),
        "answers");
    if (by_linked)
        cells[BASIS] = npt__text("linked");
    else if (fewest >= least)
        cells[BASIS] = npt__text("unlinked");
    else
        cells[BASIS] = npt__absent("too few answers, linked or not");
}

static void set_main_layout(npt_table *table, size_t first)
{
    npt__table_set_layout(
        table,
        &(struct npt__layout){
            .across = SIZE_MAX,
            .shown = {{.column = first + N_FROM, .of = SIZE_MAX},
                      {.column = first + N_TO, .of = SIZE_MAX},
                      {.column = first + MEAN_FROM, .of = SIZE_MAX},
                      {.column = first + MEAN_TO, .of = SIZE_MAX},
                      {.column = first + LINKED, .of = SIZE_MAX},
                      {.column = first + CHANGE, .of = SIZE_MAX},
                      {first + CHANGE + LOW, first + CHANGE + HIGH, "95% interval", NPT__RANGE},
                      {.column = first + CHANGE + ADJUSTED, .of = SIZE_MAX},
                      {.column = first + CHANGE + G, .of = SIZE_MAX},
                      {.column = first + VERDICT, .of = SIZE_MAX},
                      {.column = first + BASIS, .of = SIZE_MAX}},
            .shown_count = 11});
}

static void add_notes(const struct npt__wave_changes *trend, npt_table *table,
                      const npt_options *options)
{
    const struct npt__trend *base = &trend->base;
    npt__table_add_note(
        table,
        "n and the means are of all responses with a score in a wave. Linked: people with a score in both "
        "waves, found by the id column; the change is theirs, the later wave less the earlier one, with "
        "Student's t interval. p is of the signed-rank test (Wilcoxon 1945; zeros as Pratt 1959); g is "
        "Hedges' g of pairs, in standard deviations of the scores.");
    npt__table_add_note(
        table,
        "Adjusted p: Holm's (1979) for the constructs of one site between two waves; totals and "
        "general items stay out of it.");
    npt__note_verdict(table, "95% interval", base->least, "answers");
    npt__table_add_note(
        table,
        "In words: by the linked where there are enough of them, else by the unlinked of "
        "the next table; By says which. The intervals are not widened for the number of rows.");
    npt__table_add_note(
        table, "People who answer twice differ from those who leave, and people who come later "
               "from those before: a change of the means can be a change of the people.");
    npt__note_waves(table, base->study);
    if (base->repeated)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            "Of people who answered several times in a wave all responses count in n and the means, and the "
            "first in what is said of changes.",
            "%zu response%s of people who had answered in the same wave already count%s in n and the means "
            "only: of what is said of changes, the first is part.",
            base->repeated, base->repeated == 1 ? "" : "s", base->repeated == 1 ? "s" : "");
    if (base->waveless)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, "Responses without a wave are left out.",
            "%zu response%s without a wave %s left out.", base->waveless,
            base->waveless == 1 ? "" : "s", base->waveless == 1 ? "is" : "are");
    if (base->moved)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            "Who answered elsewhere in another wave is linked in the total only.",
            "%zu %s answered elsewhere in another wave: linked in the total only.", base->moved,
            base->moved == 1 ? "person" : "people");
    npt__note_scoring(table, base->study, options);
    npt__survey_notes(table, base->study, base->scope.cell);
    npt__add_provenance(table, base->study);
}

/* What the counts count, for protection: n as in `score` by wave. What is said of the unlinked is not declared:
   with n and the means of all it would tell of the linked, who can be few. */
static void declare(npt_table *table, size_t first, bool main)
{
    const size_t to = first - 1, from = first - 2;
    const size_t counts[] = {first + N_FROM, first + N_TO, first + LINKED};
    static const char *const whats[2][3] = {{"unlinked before", "unlinked after", NULL},
                                            {"scored", "scored", "linked"}};
    npt__table_role(table, from, NPT__LABEL);
    npt__table_role(table, to, NPT__LABEL);
    for (size_t i = 0; i < (main ? 3 : 2); i++) {
        npt__table_counts(table, counts[i], NPT__COUNTS_PEOPLE, whats[main][i]);
        if (i == 0 || i == 2 || !main)
            npt__table_counts_by(table, counts[i], from, main && i == 0 ? "wave" : "from",
                                 NPT__PARTITION);
        if (i == 1 || i == 2 || !main)
            npt__table_counts_by(table, counts[i], to, main && i == 1 ? "wave" : "to",
                                 NPT__PARTITION);
    }
    if (!main)
        return;
    npt__table_mean(table, first + MEAN_FROM, first + N_FROM);
    npt__table_mean(table, first + MEAN_TO, first + N_TO);
    npt__table_change(table, first + CHANGE, first + LINKED, first + MEAN_FROM, first + MEAN_TO);
    for (size_t i = first + CHANGE + 1; i <= first + BASIS; i++)
        npt__table_describes(table, i, first + LINKED);
    for (size_t i = first + VERDICT; i <= first + BASIS; i++) {
        npt__table_describes(table, i, first + N_FROM);
        npt__table_describes(table, i, first + N_TO);
    }
    for (size_t i = 0; i < 2; i++) {
        const struct npt__term parts[] = {{.column = first + LINKED},
                                          {.column = first + LINKED, .what = whats[0][i]}};
        npt__table_sum(table, (struct npt__term){.column = counts[i]}, parts, 2);
    }
}

void npt__trend_main_table(struct npt__tables *tables, const struct npt__wave_changes *trend,
                           const npt_options *options)
{
    npt_table *table = npt__tables_add(tables, "trend", "What changed between waves");
    const size_t first = add_labels(&trend->base, table);
    add_mean_columns(table);
    npt__table_measure(table, "linked", "Linked", NPT_UNIT_COUNT);
    add_estimate_columns(table, "change", "Their change");
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    npt__table_measure(table, "by", "By", NPT_UNIT_TEXT);
    declare(table, first, true);
    add_rows(trend, table, first, fill_main);
    set_main_layout(table, first);
    add_notes(trend, table, options);
}

/* ---- the unlinked ---------------------------------------------------------------------------- */

enum { UNLINKED_DIFFERENCE = 4, UNLINKED_VERDICT = UNLINKED_DIFFERENCE + ESTIMATE_COLUMNS };

static void fill_unlinked(const struct npt__wave_changes *trend, npt_table *table,
                          const struct npt__wave_change *outcome, bool in_family,
                          struct npt_cell *cells)
{
    static const char nobody[] = "nobody with a score in this wave only";
    const size_t from = outcome->unlinked_from, to = outcome->unlinked_to;
    cells[0] = npt__count(from);
    cells[1] = npt__count(to);
    cells[2] = npt__number_or(outcome->unlinked_mean_from, nobody);
    cells[3] = npt__number_or(outcome->unlinked_mean_to, nobody);
    fill_estimate(cells + UNLINKED_DIFFERENCE,
                  &(struct estimate){.difference = &outcome->difference,
                                     .effect = &outcome->difference_effect,
                                     .p = outcome->difference_p,
                                     .adjusted = outcome->difference_adjusted,
                                     .in_family = in_family,
                                     .nobody = nobody,
                                     .few = "fewer than two in one of the waves"});
    cells[UNLINKED_VERDICT] = npt__verdict_cell(
        table,
        npt__verdict(&outcome->difference.interval, from < to ? from : to, trend->base.least),
        "answers");
}

void npt__trend_unlinked_table(struct npt__tables *tables, const struct npt__wave_changes *trend)
{
    npt_table *table =
        npt__tables_add(tables, "trend_unlinked", "Those who answered one wave only");
    const size_t first = add_labels(&trend->base, table);
    add_mean_columns(table);
    add_estimate_columns(table, "difference", "Difference");
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    declare(table, first, false);
    add_rows(trend, table, first, fill_unlinked);
    const size_t d = first + UNLINKED_DIFFERENCE;
    npt__table_set_layout(
        table,
        &(struct npt__layout){.across = SIZE_MAX,
                              .shown = {{.column = first, .of = SIZE_MAX},
                                        {.column = first + 1, .of = SIZE_MAX},
                                        {.column = first + 2, .of = SIZE_MAX},
                                        {.column = first + 3, .of = SIZE_MAX},
                                        {.column = d, .of = SIZE_MAX},
                                        {d + LOW, d + HIGH, "95% interval", NPT__RANGE},
                                        {.column = d + ADJUSTED, .of = SIZE_MAX},
                                        {.column = d + G, .of = SIZE_MAX},
                                        {.column = first + UNLINKED_VERDICT, .of = SIZE_MAX}},
                              .shown_count = 9});
    npt__table_add_note(
        table,
        "Responses whose person has no score in the other wave, or no id: two independent samples. "
        "The difference has Welch's interval; p is of the Mann-Whitney test (exact where that is quick), "
        "adjusted as above; g is Hedges' g.");
    npt__add_provenance(table, trend->base.study);
}
