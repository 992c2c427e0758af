/* correlations.c - how construct scores and general items go together: Pearson, Spearman and Kendall.
 *
 * Each pair of scores is looked at on its own, with the responses that have both. Scores are worked out anew
 * for every pair: that takes less time than a sort of them, and two columns of numbers are all that is kept.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../stats/correlation.h"
#include "survey_scores.h"

#include <math.h>
#include <string.h>

#define CONFIDENCE 0.95
#define LEAST_RESPONSES 4u /* below this a correlation says nothing */
#define METHOD_COUNT 3u
#define MOST_ROWS ((size_t)500000)

static const struct method {
    const char *name, *label;
    const char *heading, *interval; /* short: all of them stand side by side */
    struct npt__correlation (*correlate)(const double *x, const double *y, size_t count,
                                         double confidence);
} methods[METHOD_COUNT] = {{"pearson", "Pearson", "r", "r, 95% interval", npt__pearson},
                           {"spearman", "Spearman", "rho", "rho, 95% interval", npt__spearman},
                           {"kendall", "Kendall", "tau-b", "tau-b, 95% interval", npt__kendall}};

struct correlations {
    struct npt__survey_scope scope;
    const npt_study *study;
    bool wanted[METHOD_COUNT];
    const struct npt__measure **measures; /* without totals, and what was asked only */
    size_t measure_count;
    bool has_totals, has_gaps;
    const size_t *first;    /* of each cell, its place in `member`; one more ends the last */
    const uint32_t *member; /* responses by cell, totals included */
    npt_table *table;
    size_t n, column[METHOD_COUNT]; /* the estimate; the ends of the interval follow it */
};

/* Scores by response, NAN where there is none; and the pairs of one cell. */
struct columns {
    double *x, *y, *pair_x, *pair_y;
};

/* ---- what is compared ------------------------------------------------------------------------ */

static enum npt_status read_methods(struct correlations *correlations, const npt_options *options,
                                    npt_diags *diags)
{
    const char *text;
    npt__arena *scratch = npt__arena_new();
    enum npt_status status = NPT_OK;
    size_t given = 0;
    for (; status == NPT_OK && (text = npt__option_at(options, "method", given)); given++) {
        const char **names;
        const size_t count = npt__option_list(scratch, text, &names);
        size_t known = 0;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < METHOD_COUNT; j++)
                if (strcmp(names[i], methods[j].name) == 0) {
                    correlations->wanted[j] = true;
                    known++;
                }
        if (count && known == count)
            continue;
        npt__say(diags, NPT_ERROR, NULL, "--method takes pearson, spearman and kendall, not '%s'",
                 text);
        status = NPT_USAGE;
    }
    npt__arena_free(scratch);
    for (size_t i = 0; i < METHOD_COUNT; i++)
        correlations->wanted[i] |= given == 0;
    return status;
}

/* Whether any response that is looked at was asked an item of it. */
static bool is_asked(const struct npt__survey_scope *scope, const struct npt__measure *measure)
{
    for (size_t j = 0; j < measure->item_count; j++) {
        const uint8_t *answers = scope->responses->items.items[measure->items[j]].answers;
        for (uint32_t i = 0; i < scope->responses->count; i++)
            if (answers[i] != NPT__NOT_ASKED && scope->cell[i] != NPT__NONE)
                return true;
    }
    return false;
}

/* A total holds the scores that it would be compared with: it goes together with them whatever people answer. */
static void choose_measures(struct correlations *correlations, const struct npt__measure *measures,
                            size_t count)
{
    const struct npt__survey_scope *scope = &correlations->scope;
    correlations->measures = npt__arena_array(scope->arena, count, sizeof *correlations->measures);
    for (size_t i = 0; i < count; i++) {
        if (!is_asked(scope, &measures[i]))
            continue;
        if (measures[i].total)
            correlations->has_totals = true;
        else
            correlations->measures[correlations->measure_count++] = &measures[i];
    }
}

static enum npt_status check_size(const struct correlations *correlations, npt_diags *diags)
{
    const size_t measures = correlations->measure_count;
    const size_t pairs = measures ? measures * (measures - 1) / 2 : 0;
    size_t shown = 0;
    for (uint32_t i = 0; i < correlations->scope.dimensions.cell_count; i++)
        shown += npt__survey_scope_shows(&correlations->scope, i);
    if (!pairs || shown <= MOST_ROWS / pairs)
        return NPT_OK;
    npt__say(diags, NPT_ERROR, NULL,
             "%zu pairs of scores, each in %zu combinations of values, are more than %zu rows",
             pairs, shown, MOST_ROWS);
    npt__hint(diags, "compare by fewer columns, or look at some responses only: "
                     "--where ATTRIBUTE=VALUE");
    return NPT_USAGE;
}

/* ---- the table ------------------------------------------------------------------------------- */

static void add_columns(struct correlations *correlations)
{
    npt_table *table = correlations->table;
    npt__arena *arena = npt__table_arena(table);
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "with", "With");
    npt__dimensions_columns(&correlations->scope.dimensions, table);
    correlations->n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    struct npt__layout layout = {.across = SIZE_MAX,
                                 .shown = {{.column = correlations->n, .of = SIZE_MAX}},
                                 .shown_count = 1};
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        const struct method *method = &methods[i];
        if (!correlations->wanted[i])
            continue;
        const size_t estimate =
            npt__table_measure(table, method->name, method->label, NPT_UNIT_MEAN);
        const size_t low =
            npt__table_measure(table, npt__arena_print(arena, "%s_low", method->name),
                               npt__arena_print(arena, "%s low", method->label), NPT_UNIT_MEAN);
        const size_t high =
            npt__table_measure(table, npt__arena_print(arena, "%s_high", method->name),
                               npt__arena_print(arena, "%s high", method->label), NPT_UNIT_MEAN);
        correlations->column[i] = estimate;
        layout.shown[layout.shown_count++] =
            (struct npt__shown){.column = estimate, .of = SIZE_MAX, .heading = method->heading};
        layout.shown[layout.shown_count++] =
            (struct npt__shown){low, high, method->interval, NPT__RANGE};
    }
    npt__table_set_layout(table, &layout);
    npt__table_counts(table, correlations->n, NPT__COUNTS_PEOPLE, "scored on both");
    for (size_t i = correlations->n + 1; i < npt_table_column_count(table); i++)
        npt__table_describes(table, i, correlations->n);
}

/* Returns whether there is an estimate with an interval. */
static bool fill_method(struct npt_cell *row, size_t column, const struct npt__correlation *found)
{
    static const char few[] = "fewer than 4 responses", five[] = "fewer than 5 responses",
                      constant[] = "one of them does not vary",
                      straight[] = "no interval at 1 or -1";
    const bool enough = found->count >= LEAST_RESPONSES;
    const struct npt__interval *interval = &found->interval;
    const char *reason = !enough ? few : (!found->defined ? constant : NULL);
    row[column] = reason ? npt__absent(reason) : npt__number(found->r);
    if (!reason && !interval->defined)
        reason = fabs(found->r) < 1 ? five : straight; /* Kendall's begins at 5 */
    row[column + 1] = reason ? npt__absent(reason) : npt__number(interval->low);
    row[column + 2] = reason ? npt__absent(reason) : npt__number(interval->high);
    return !reason;
}

static void add_row(struct correlations *correlations, const struct npt__measure *one,
                    const struct npt__measure *other, uint32_t cell, const struct columns *columns)
{
    size_t count = 0;
    for (size_t i = correlations->first[cell]; i < correlations->first[cell + 1]; i++) {
        const uint32_t response = correlations->member[i];
        if (isnan(columns->x[response]) || isnan(columns->y[response]))
            continue;
        columns->pair_x[count] = columns->x[response];
        columns->pair_y[count++] = columns->y[response];
    }
    struct npt_cell *row = npt__table_add_row(correlations->table);
    row[0] = npt__text(one->name);
    row[1] = npt__text(other->name);
    npt__dimensions_label(&correlations->scope.dimensions, cell, row + 2);
    row[correlations->n] = npt__count(count);
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        if (!correlations->wanted[i])
            continue;
        struct npt__correlation found = {.count = count};
        if (count >= LEAST_RESPONSES)
            found = methods[i].correlate(columns->pair_x, columns->pair_y, count, CONFIDENCE);
        correlations->has_gaps |= !fill_method(row, correlations->column[i], &found);
    }
}

static void take_scores(const struct correlations *correlations, const struct npt__measure *measure,
                        double *to)
{
    int64_t *scores = npt__list_scores(correlations->study, measure);
    for (uint32_t i = 0; i < correlations->scope.responses->count; i++)
        to[i] = scores[i] > NPT__SCORE_NOT_ASKED ? (double)scores[i] / (double)measure->unit
                                                 : (double)NAN;
    npt__release(scores);
}

static void add_rows(struct correlations *correlations)
{
    const size_t responses = correlations->scope.responses->count;
    double *numbers = npt__allocate((4 * responses + 1) * sizeof *numbers);
    const struct columns columns = {numbers, numbers + responses, numbers + 2 * responses,
                                    numbers + 3 * responses};
    for (size_t i = 0; i + 1 < correlations->measure_count; i++) {
        const struct npt__measure *one = correlations->measures[i];
        take_scores(correlations, one, columns.x);
        for (size_t j = i + 1; j < correlations->measure_count; j++) {
            const struct npt__measure *other = correlations->measures[j];
            take_scores(correlations, other, columns.y);
            for (uint32_t cell = 0; cell < correlations->scope.dimensions.cell_count; cell++)
                if (npt__survey_scope_shows(&correlations->scope, cell))
                    add_row(correlations, one, other, cell, &columns);
        }
    }
    npt__release(numbers);
}

/* ---- notes ----------------------------------------------------------------------------------- */

/* Whether responses that are looked at come from more than one site. */
static bool has_several_sites(const struct npt__survey_scope *scope)
{
    const uint32_t site = npt__responses_find(scope->responses, "site");
    if (site == NPT__NONE)
        return false;
    const uint32_t *of_response = scope->responses->attributes.items[site].of_response;
    uint32_t found = NPT__NONE;
    for (uint32_t i = 0; i < scope->responses->count; i++) {
        if (scope->cell[i] == NPT__NONE || of_response[i] == NPT__NONE)
            continue;
        if (found != NPT__NONE && found != of_response[i])
            return true;
        found = of_response[i];
    }
    return false;
}

/* Whether somebody answered more than once among the responses that are looked at. */
static bool has_repeats(const struct npt__survey_scope *scope)
{
    const struct npt__responses *responses = scope->responses;
    bool repeats = false,
         *seen = npt__arena_array(scope->arena, responses->respondents.strings.count, sizeof *seen);
    for (uint32_t i = 0; i < responses->count && !repeats; i++) {
        const uint32_t respondent = responses->respondent[i];
        if (scope->cell[i] == NPT__NONE || respondent == NPT__NONE)
            continue;
        repeats = seen[respondent];
        seen[respondent] = true;
    }
    return repeats;
}

static void note_intervals(const struct correlations *correlations)
{
    npt_table *table = correlations->table;
    const bool *wanted = correlations->wanted;
    if (wanted[0])
        npt__table_add_note(table, "r is Pearson's; 95%% interval by Fisher's z (1921).");
    if (wanted[1])
        npt__table_add_note(table,
                            "rho is Spearman's: equal scores share the mean of their ranks; 95%% "
                            "interval of Bonett and Wright (2000).");
    if (wanted[2])
        npt__table_add_note(table,
                            "tau-b is Kendall's, which allows for equal scores; 95%% interval of "
                            "Fieller, Hartley and Pearson (1957), as in Bonett and Wright (2000).");
    npt__table_add_note(table,
                        "Each interval is for one pair; none is widened for the number of pairs.");
    if (has_several_sites(&correlations->scope))
        npt__table_add_note(table, "Respondents of one site resemble each other: intervals that "
                                   "ignore this, as these do, are too narrow.");
    if (has_repeats(&correlations->scope))
        npt__table_add_note(table, "Some respondents answered more than once, and each response "
                                   "counts: intervals over several responses of one person are too "
                                   "narrow.");
}

static void add_notes(const struct correlations *correlations, const npt_options *options)
{
    npt_table *table = correlations->table;
    npt__note_scoring(table, correlations->study, options);
    if (correlations->measure_count < 2)
        npt__table_add_note(table, "There are fewer than two scores to compare.");
    npt__table_add_note(table, "n is the responses that have both scores; the others are left out, "
                               "pair by pair.");
    if (correlations->has_gaps)
        npt__table_add_note(table,
                            "Nothing is shown for fewer than 4 responses, or where one of the two "
                            "scores does not vary; no interval at 1 or -1%s.",
                            correlations->wanted[2] ? ", or of tau-b for fewer than 5" : "");
    if (correlations->has_totals)
        npt__table_add_note(table, "Totals over constructs are left out: each holds the constructs "
                                   "that it would be compared with.");
    note_intervals(correlations);
    npt__survey_notes(table, correlations->study, correlations->scope.cell);
    npt__add_provenance(table, correlations->study);
}

static enum npt_status run(npt_table **table, const npt_study *study, const npt_options *options,
                           npt_diags *diags)
{
    struct correlations correlations = {.study = study};
    const struct npt__measure *measures;
    size_t count = 0;
    enum npt_status status = read_methods(&correlations, options, diags);
    if (status != NPT_OK)
        return status;
    status = npt__survey_scope_open(&correlations.scope, study, options, false, diags);
    if (status == NPT_OK)
        status = npt__measures(correlations.scope.arena, study, options, &measures, &count, diags);
    if (status == NPT_OK) {
        choose_measures(&correlations, measures, count);
        status = check_size(&correlations, diags);
    }
    if (status == NPT_OK) {
        correlations.table = npt__table_new("correlations", "Correlations of scores");
        add_columns(&correlations);
        npt__survey_scope_members(&correlations.scope, &correlations.first, &correlations.member);
        add_rows(&correlations);
        add_notes(&correlations, options);
        *table = correlations.table;
    }
    npt__survey_scope_release(&correlations.scope);
    return status;
}

static const struct npt_option options[] = {
    NPT__SURVEY_BY,
    NPT__SURVEY_WHERE,
    NPT__SURVEY_SITE,
    NPT__SURVEY_WAVE,
    NPT__OPTION_MIN_ANSWERED,
    {"method", "NAME[,...]", "only these: pearson, spearman, kendall (all three)"},
    {NULL, NULL, NULL}};

const npt_analysis npt__correlations = {
    .name = "correlations",
    .summary = "how constructs and general items go together: Pearson, Spearman, Kendall",
    .description =
        "Shows for each pair of construct scores and general items how they go together, with 95%\n"
        "intervals: Pearson's r, Spearman's rho and Kendall's tau-b. A pair uses the responses that\n"
        "have both scores. With --by, the same within each site, wave or role.",
    .options = options,
    .needs = NPT__NEEDS_SURVEY,
    .run = run,
};
