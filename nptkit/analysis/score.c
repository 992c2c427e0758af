/* score.c - construct scores by site, wave or any column: mean, spread, interval, and what is missing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../base/parallel.h"
#include "../stats/bootstrap.h"
#include "../stats/interval.h"
#include "resampling.h"
#include "survey_scores.h"

#include <string.h>

#define CONFIDENCE 0.95

/* What one measure comes to in one cell. */
struct outcome {
    struct npt__sums scored, complete;
    size_t not_scored, asked;
};

struct score {
    struct npt__survey_scope scope;
    const npt_study *study;
    const struct npt__measure *measures;
    size_t measure_count;
    struct outcome *outcomes; /* measure by cell */
    const size_t *first;      /* for the bootstrap: of each cell, into members */
    const uint32_t *members;
    int64_t *scores; /* of the measure at hand */
    struct npt__resampling resampling;
    bool sensitivity, any_not_scored;
    npt_table *table;
    size_t labels; /* columns of the dimensions of the scope */
    size_t n, mean, sd, low, high, missing, not_relevant, not_scored, first_kind, complete;
};

static void add_columns(struct score *score)
{
    npt_table *table = score->table;
    const struct npt__responses *responses = score->scope.responses;
    npt__table_dimension(table, "construct", "Construct");
    score->labels = npt__dimensions_columns(&score->scope.dimensions, table);
    score->n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    score->mean = npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    score->sd = npt__table_measure(table, "sd", "SD", NPT_UNIT_MEAN);
    score->low = npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    score->high = npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    score->missing = npt__table_measure(table, "missing", "Missing", NPT_UNIT_COUNT);
    score->not_relevant = npt__table_measure(table, "not_relevant", "Not relevant", NPT_UNIT_COUNT);
    score->not_scored = npt__table_measure(table, "not_scored", "Not scored", NPT_UNIT_COUNT);
    for (size_t i = 0; i < responses->kinds.count; i++) {
        npt__arena *arena = npt__table_arena(table);
        const size_t column = npt__table_measure(
            table, npt__arena_print(arena, "not_relevant_%s", responses->kinds.items[i].id),
            npt__arena_print(arena, "Not relevant: %s", responses->kinds.items[i].id),
            NPT_UNIT_COUNT);
        score->first_kind = i ? score->first_kind : column;
    }
    if (score->sensitivity) {
        score->complete = npt__table_measure(table, "complete_n", "Complete n", NPT_UNIT_COUNT);
        npt__table_measure(table, "complete_mean", "Complete mean", NPT_UNIT_MEAN);
        npt__table_measure(table, "complete_sd", "Complete SD", NPT_UNIT_MEAN);
    }
}

/* What the counts count, for protection. What the complete cases say beside the others is not declared: the
   difference between the two is the scores of the few who left something out. */
static void declare(const struct score *score)
{
    npt_table *table = score->table;
    npt__table_counts(table, score->n, NPT__COUNTS_PEOPLE, "scored");
    npt__table_mean(table, score->mean, score->n);
    npt__table_describes(table, score->sd, score->n);
    npt__table_describes(table, score->low, score->n);
    npt__table_describes(table, score->high, score->n);
    npt__table_sd(table, score->sd, score->mean);
    npt__table_spread(table, score->low, score->mean);
    npt__table_spread(table, score->high, score->mean);
    npt__table_depends(table, score->low, score->mean);
    npt__table_depends(table, score->high, score->mean);
    npt__table_counts(table, score->missing, NPT__COUNTS_THINGS, "missing answers");
    npt__table_counts(table, score->not_relevant, NPT__COUNTS_THINGS, "answers not relevant");
    npt__table_depends(table, score->missing, score->n);
    npt__table_depends(table, score->not_relevant, score->n);
    for (size_t i = 0; i < score->scope.responses->kinds.count; i++)
        npt__table_depends(table, score->first_kind + i, score->n);
    npt__table_counts(table, score->not_scored, NPT__COUNTS_GAPS, "not scored");
    npt__table_depends(table, score->not_scored, score->n);
    const struct npt__term parts[] = {{.column = score->n}, {.column = score->not_scored}};
    npt__table_sum(table, (struct npt__term){score->n, "asked", true}, parts, 2);
    /* holds where there is one item; elsewhere it is not looked at */
    const struct npt__term unanswered[] = {{.column = score->missing},
                                           {.column = score->not_relevant}};
    npt__table_sum(table, (struct npt__term){.column = score->not_scored}, unanswered, 2);
    if (score->sensitivity) {
        npt__table_counts(table, score->complete, NPT__COUNTS_PEOPLE, "scored, complete");
        npt__table_at_most(table, score->complete, score->n);
    }
}

/* What people see: who was not scored only where somebody was not (where numbers are withheld that would tell that all were
   scored), the kinds of not-relevant answers only in
   files. */
static void set_layout(struct score *score)
{
    struct npt__layout layout = {.across = SIZE_MAX,
                                 .shown = {{score->n, SIZE_MAX, NULL, NPT__PART},
                                           {score->mean, SIZE_MAX, NULL, NPT__PART},
                                           {score->sd, SIZE_MAX, NULL, NPT__PART},
                                           {score->low, score->high, "95% interval", NPT__RANGE},
                                           {score->missing, SIZE_MAX, NULL, NPT__PART},
                                           {score->not_relevant, SIZE_MAX, NULL, NPT__PART}},
                                 .shown_count = 6};
    const size_t always = layout.shown_count++;
    layout.shown[always] = (struct npt__shown){.column = score->not_scored, .of = SIZE_MAX};
    for (size_t i = 0; score->sensitivity && i < 3; i++)
        layout.shown[layout.shown_count++] =
            (struct npt__shown){.column = score->complete + i, .of = SIZE_MAX};
    npt__table_set_protected_layout(score->table, &layout);
    layout.shown_count -= !score->any_not_scored;
    for (size_t i = always; !score->any_not_scored && i < layout.shown_count; i++)
        layout.shown[i] = layout.shown[i + 1];
    npt__table_set_layout(score->table, &layout);
}

/* ---- counting -------------------------------------------------------------------------------- */

static void add_outcome(struct outcome *to, const struct outcome *from)
{
    npt__sums_merge(&to->scored, &from->scored);
    npt__sums_merge(&to->complete, &from->complete);
    to->not_scored += from->not_scored;
    to->asked += from->asked;
}

/* Adds the scores of one measure up, by own cell. */
static void add_scores(const struct score *score, const struct npt__measure *measure,
                       struct outcome *own)
{
    const uint32_t responses = score->scope.responses->count, *cells = score->scope.cell;
    int64_t scores[NPT__SCORES_AT_ONCE];
    for (uint32_t first = 0; first < responses; first += NPT__SCORES_AT_ONCE) {
        const uint32_t rest = responses - first;
        const uint32_t count = rest < NPT__SCORES_AT_ONCE ? rest : NPT__SCORES_AT_ONCE;
        npt__scores(score->study, measure, false, first, count, scores);
        for (uint32_t i = 0; i < count; i++) {
            const uint32_t cell = cells[first + i];
            if (cell == NPT__NONE || scores[i] == NPT__SCORE_NOT_ASKED)
                continue;
            own[cell].asked++;
            if (scores[i] == NPT__NOT_SCORED)
                own[cell].not_scored++;
            else
                npt__sums_add(&own[cell].scored, scores[i]);
        }
        if (!score->sensitivity)
            continue;
        npt__scores(score->study, measure, true, first, count, scores);
        for (uint32_t i = 0; i < count; i++)
            if (cells[first + i] != NPT__NONE && scores[i] > NPT__SCORE_NOT_ASKED)
                npt__sums_add(&own[cells[first + i]].complete, scores[i]);
    }
}

/* The outcomes of one measure by cell, totals included. The last come first: the total over all items, which takes
   longest, is then not left to one thread at the end. */
static void count_outcomes(void *user, size_t index)
{
    const struct score *score = user;
    const size_t measure = score->measure_count - 1 - index;
    const struct npt__dimensions *dimensions = &score->scope.dimensions;
    struct outcome *outcomes = score->outcomes + measure * dimensions->cell_count;
    add_scores(score, &score->measures[measure], outcomes);
    for (uint32_t i = 0; i < dimensions->cell_count; i++) {
        uint32_t cells[NPT__MOST_CELLS_OF_ROW];
        if (!outcomes[i].asked || npt__dimensions_is_total(dimensions, i))
            continue;
        const size_t count = npt__dimensions_totals(dimensions, i, cells);
        for (size_t j = 1; j < count; j++)
            add_outcome(&outcomes[cells[j]], &outcomes[i]);
    }
}

static struct npt__interval bootstrap(const struct score *score, const struct npt__measure *measure,
                                      uint32_t cell)
{
    const size_t first = score->first[cell], end = score->first[cell + 1];
    double *values = npt__allocate((end - first + 1) * sizeof *values);
    size_t taken = 0;
    for (size_t i = first; i < end; i++) {
        const int64_t found = score->scores[score->members[i]];
        if (found > NPT__SCORE_NOT_ASKED)
            values[taken++] = (double)found / (double)measure->unit;
    }
    const struct npt__bootstrap_interval made = npt__bootstrap_mean(
        values, taken,
        &(struct npt__bootstrap_options){.replicates = score->resampling.replicates,
                                         .seed = score->resampling.seed,
                                         .threads = score->study->threads,
                                         .confidence = CONFIDENCE});
    npt__release(values);
    return (struct npt__interval){made.defined, made.defined ? made.low : 0,
                                  made.defined ? made.high : 0};
}

/* ---- the table ------------------------------------------------------------------------------- */

static void add_row(struct score *score, const struct npt__measure *measure, uint32_t cell,
                    const struct outcome *outcome, const size_t *unanswered)
{
    static const char nobody[] = "nobody has a score", one[] = "one score has no spread",
                      no_spread[] = "no interval: the scores do not differ, or there is one only";
    struct npt_cell *row = npt__table_add_row(score->table);
    const size_t n = outcome->scored.count;
    const double mean = npt__sums_mean(&outcome->scored, measure->unit);
    const double sd = npt__sums_sd(&outcome->scored, measure->unit);
    npt__table_scale(score->table, measure->least, measure->most);
    npt__declare_items(
        score->table, score->study, measure,
        &(struct npt__score_columns){score->n, score->mean, score->missing, score->not_relevant});
    row[0] = npt__text(measure->name);
    npt__dimensions_label(&score->scope.dimensions, cell, row + 1);
    row[score->n] = npt__count(n);
    row[score->mean] = npt__number_or(mean, nobody);
    row[score->sd] = npt__number_or(sd, n ? one : nobody);
    const struct npt__interval interval = score->resampling.wanted
                                              ? bootstrap(score, measure, cell)
                                              : npt__mean_interval(n, mean, sd, CONFIDENCE);
    row[score->low] = interval.defined ? npt__number(interval.low) : npt__absent(no_spread);
    row[score->high] = interval.defined ? npt__number(interval.high) : npt__absent(no_spread);
    size_t not_relevant = 0;
    for (size_t i = 0; i < score->scope.responses->kinds.count; i++) {
        row[score->first_kind + i] = npt__count(unanswered[1 + i]);
        not_relevant += unanswered[1 + i];
    }
    row[score->missing] = npt__count(unanswered[0]);
    row[score->not_relevant] = npt__count(not_relevant);
    row[score->not_scored] = npt__count(outcome->not_scored);
    score->any_not_scored |= outcome->not_scored > 0 && !measure->general;
    if (!score->sensitivity)
        return;
    row[score->complete] = npt__count(outcome->complete.count);
    row[score->complete + 1] = npt__number_or(npt__sums_mean(&outcome->complete, measure->unit),
                                              "nobody answered all items");
    row[score->complete + 2] = npt__number_or(npt__sums_sd(&outcome->complete, measure->unit),
                                              "fewer than two answered all");
}

static void add_measures(struct score *score)
{
    const size_t cells = score->scope.dimensions.cell_count;
    const size_t counts = npt__unanswered_size(&score->scope);
    const size_t *unanswered =
        npt__count_unanswered(&score->scope, score->measures, score->measure_count);
    score->outcomes =
        npt__arena_array(score->scope.arena, score->measure_count * cells, sizeof *score->outcomes);
    npt__parallel(score->study->threads, score->measure_count, count_outcomes, score);
    if (score->resampling.wanted)
        npt__survey_scope_members(&score->scope, &score->first, &score->members);
    for (size_t i = 0; i < score->measure_count; i++) {
        const struct outcome *outcomes = score->outcomes + i * cells;
        if (!outcomes[cells - 1].asked) /* nobody was asked: it is not in these files */
            continue;
        score->scores =
            score->resampling.wanted ? npt__list_scores(score->study, &score->measures[i]) : NULL;
        for (uint32_t j = 0; j < cells; j++)
            if (npt__survey_scope_shows(&score->scope, j))
                add_row(score, &score->measures[i], j, &outcomes[j],
                        unanswered + (i * cells + j) * counts);
        npt__release(score->scores);
    }
}

static void add_notes(struct score *score, const npt_options *options)
{
    npt_table *table = score->table;
    npt__note_scoring(table, score->study, options);
    if (score->resampling.wanted)
        npt__table_add_note(table,
                            "95%% interval of the mean: bootstrap (BCa, %zu replicates, seed %zu). "
                            "SD divides by n - 1.",
                            score->resampling.replicates, score->resampling.seed);
    else
        npt__table_add_note(table,
                            "95%% interval of the mean by Student's t. SD divides by n - 1.");
    npt__table_add_people_note(
        table, NPT__NEVER_SHOWN, "n counts responses; Missing and Not relevant count answers.",
        "n counts responses%s; Missing and Not relevant count answers.",
        score->any_not_scored ? ", and so does Not scored"
                              : ": all that were asked have construct scores");
    npt__note_repeated(table, score->study, score->scope.cell);
    npt__survey_notes(table, score->study, score->scope.cell);
    npt__add_provenance(table, score->study);
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct score score = {.study = study};
    score.sensitivity = npt__option(options, "sensitivity") != NULL;
    enum npt_status status = npt__resampling_read(&score.resampling, options, "t", diags);
    if (status != NPT_OK)
        return status;
    status = npt__survey_scope_open(&score.scope, study, options, true, diags);
    if (status == NPT_OK)
        status = npt__measures(score.scope.arena, study, options, &score.measures,
                               &score.measure_count, diags);
    if (status == NPT_OK) {
        score.table = npt__table_new("score", "Construct scores");
        add_columns(&score);
        declare(&score);
        add_measures(&score);
        set_layout(&score);
        add_notes(&score, options);
        *table = score.table;
    }
    npt__survey_scope_release(&score.scope);
    return status;
}

static const struct npt_option options[] = {
    NPT__SURVEY_BY,
    NPT__SURVEY_WHERE,
    NPT__SURVEY_SITE,
    NPT__SURVEY_WAVE,
    NPT__OPTION_MIN_ANSWERED,
    {"sensitivity", NULL, "beside it, the score of those who answered every item"},
    {"interval", "t|bootstrap", "Student's t (default), or bootstrap (BCa)"},
    NPT__OPTION_REPLICATES,
    NPT__OPTION_SEED,
    {NULL, NULL, NULL}};

const npt_analysis npt__score = {
    .name = "score",
    .summary = "construct scores by site, wave or role, with intervals and what is missing",
    .description =
        "Scores each respondent on each construct of the questionnaire (the mean of the answered items)\n"
        "and compares the means, with 95% intervals, by site and wave or by the columns of --by. The\n"
        "general items are shown on their own scale. Answers that are missing or not relevant are\n"
        "counted, never scored.",
    .options = options,
    .needs = NPT__NEEDS_SURVEY,
    .run = run,
};
