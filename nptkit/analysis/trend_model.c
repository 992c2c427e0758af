/* trend_model.c - the change between waves from a mixed model: all responses, each person a random intercept.
 *
 * score = mean of the wave + person + error. People with one response tell of their wave's mean, those with several
 * of the change itself; the model weighs both by how much people differ.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "trend.h"

#include "../stats/mixed_model.h"
#include "verdict.h"

#include <math.h>
#include <stdlib.h>

#define CONFIDENCE 0.95

enum { COUNT, PEOPLE, CHANGE, LOW, HIGH, FREEDOM, P, BETWEEN, WITHIN, ICC, VERDICT, COLUMNS };

struct rows {
    double *scores, *waves; /* waves: a column of 0 and 1 for each wave but the first */
    uint32_t *person;
    size_t count, people, linked; /* linked: people with more than one response */
    size_t *of_wave;
};

struct answer {
    uint32_t person, wave;
    int64_t score;
};

/* All answers of one person. */
struct answers {
    const struct answer *first;
    size_t count;
};

static int by_person(const void *left, const void *right)
{
    const struct answer *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    return (a->wave > b->wave) - (a->wave < b->wave);
}

static int by_answers(const void *left, const void *right)
{
    const struct answers *a = left, *b = right;
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        const struct answer *x = &a->first[i], *y = &b->first[i];
        if (x->wave != y->wave)
            return x->wave < y->wave ? -1 : 1;
        if (x->score != y->score)
            return x->score < y->score ? -1 : 1;
    }
    return (a->count > b->count) - (a->count < b->count);
}

/* Puts people in the order of what they answered, so that no sum depends on the order of the file. */
static void arrange(struct rows *rows, struct answer *answers, size_t columns, int64_t unit)
{
    struct answers *people = npt__allocate((rows->people + 1) * sizeof *people);
    size_t row = 0;
    if (rows->count)
        qsort(answers, rows->count, sizeof *answers, by_person);
    for (size_t i = 0; i < rows->count; i++) {
        struct answers *person = &people[answers[i].person];
        if (i == 0 || answers[i].person != answers[i - 1].person)
            *person = (struct answers){.first = &answers[i]};
        person->count++;
    }
    if (rows->people)
        qsort(people, rows->people, sizeof *people, by_answers);
    for (size_t i = 0; i < rows->people; i++)
        for (size_t j = 0; j < people[i].count; j++, row++) {
            const struct answer *answer = &people[i].first[j];
            for (size_t k = 0; k < columns; k++)
                rows->waves[row * columns + k] = answer->wave == k + 1;
            rows->person[row] = (uint32_t)i;
            rows->scores[row] = (double)answer->score / (double)unit;
        }
    npt__release(people);
}

/* Gathers who has a score in a cell. Responses without an id are people of their own. */
static void gather(struct rows *rows, const struct npt__trend *trend,
                   const struct npt__measure *measure, const int64_t *scores, uint32_t cell)
{
    const struct npt__responses *responses = &trend->study->responses;
    const size_t known = responses->respondents.strings.count;
    uint32_t *number = npt__allocate((known + 1) * sizeof *number);
    bool *again = npt__allocate((known + 1) * sizeof *again);
    const uint32_t *members = trend->members + trend->first[cell];
    const size_t count = trend->first[cell + 1] - trend->first[cell];
    struct answer *answers = npt__allocate((count + 1) * sizeof *answers);
    for (size_t i = 0; i < known; i++) {
        number[i] = NPT__NONE;
        again[i] = false;
    }
    for (size_t i = 0; i < trend->wave_count; i++)
        rows->of_wave[i] = 0;
    rows->count = rows->people = rows->linked = 0;
    for (size_t member = 0; member < count; member++) {
        const uint32_t i = members[member];
        if (trend->wave_of[i] == NPT__NONE || scores[i] <= NPT__SCORE_NOT_ASKED)
            continue;
        const uint32_t id = responses->respondent[i], wave = (uint32_t)trend->wave_of[i];
        uint32_t person = id == NPT__NONE ? NPT__NONE : number[id];
        if (person == NPT__NONE) {
            person = (uint32_t)rows->people++;
            if (id != NPT__NONE)
                number[id] = person;
        } else if (!again[id]) {
            again[id] = true;
            rows->linked++;
        }
        rows->of_wave[wave]++;
        answers[rows->count++] = (struct answer){person, wave, scores[i]};
    }
    arrange(rows, answers, trend->wave_count - 1, measure->unit);
    npt__release(answers);
    npt__release(number);
    npt__release(again);
}

static const char *why_no_model(enum npt__mixed_fault fault)
{
    switch (fault) {
    case NPT__MIXED_SINGLES:
        return "nobody answered twice";
    case NPT__MIXED_CONSTANT:
    case NPT__MIXED_EXACT:
        return "nothing varies";
    case NPT__MIXED_COLLINEAR:
        return "nobody answered in one of the waves";
    case NPT__MIXED_TOO_MANY:
        return "more waves or people than the model takes";
    default:
        return "too few answers for the model";
    }
}

static void fill_row(struct npt_cell *cells, npt_table *table, const struct npt__trend *trend,
                     const struct rows *rows, const struct npt__mixed_model *model,
                     struct npt__wave_pair pair)
{
    double weights[NPT__MIXED_MOST_EFFECTS] = {0};
    const size_t from = rows->of_wave[pair.from], to = rows->of_wave[pair.to];
    const char *reason = model->defined ? NULL : why_no_model(model->fault);
    struct npt__mixed_effect change = {0};
    if (model->defined) {
        weights[pair.to] += pair.to ? 1 : 0;
        weights[pair.from] -= pair.from ? 1 : 0;
        change = npt__mixed_combination(model, weights, CONFIDENCE);
    }
    cells[COUNT] = npt__count(rows->count);
    cells[PEOPLE] = npt__count(rows->people);
    cells[CHANGE] = change.defined ? npt__number(change.estimate) : npt__absent(reason);
    const bool has_ends = change.interval.defined;
    cells[LOW] = has_ends ? npt__number(change.interval.low) : npt__absent(reason);
    cells[HIGH] = has_ends ? npt__number(change.interval.high) : npt__absent(reason);
    cells[FREEDOM] = change.defined ? npt__number(change.freedom) : npt__absent(reason);
    cells[P] = change.defined ? npt__number(change.p) : npt__absent(reason);
    cells[BETWEEN] =
        model->defined ? npt__number(sqrt(model->group_variance)) : npt__absent(reason);
    cells[WITHIN] = model->defined ? npt__number(sqrt(model->error_variance)) : npt__absent(reason);
    cells[ICC] = model->defined ? npt__number(model->icc) : npt__absent(reason);
    cells[VERDICT] = npt__verdict_cell(
        table, npt__verdict(&change.interval, from < to ? from : to, trend->least), "answers");
}

static void add_rows(npt_table *table, const struct npt__trend *trend, size_t first,
                     const struct npt__measure *measure, const int64_t *scores, uint32_t cell,
                     struct rows *rows)
{
    struct npt__mixed_model *model = npt__allocate(sizeof *model);
    gather(rows, trend, measure, scores, cell);
    if (trend->wave_count > NPT__MIXED_MOST_EFFECTS)
        *model = (struct npt__mixed_model){.fault = NPT__MIXED_TOO_MANY};
    else
        npt__mixed_model(
            &(struct npt__mixed_data){.y = rows->scores,
                                      .x = rows->waves,
                                      .columns = trend->wave_count - 1,
                                      .group = rows->person,
                                      .count = rows->count,
                                      .groups = rows->people},
            &(struct npt__mixed_options){.method = NPT__MIXED_REML, .confidence = CONFIDENCE},
            model, NULL);
    for (size_t i = 0; i < trend->pair_count; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        const size_t at = 1 + trend->scope.dimensions.count;
        row[0] = npt__text(measure->name);
        npt__dimensions_label(&trend->scope.dimensions, cell, row + 1);
        row[at] = npt__text(trend->waves[trend->pairs[i].from]);
        row[at + 1] = npt__text(trend->waves[trend->pairs[i].to]);
        fill_row(row + first, table, trend, rows, model, trend->pairs[i]);
    }
    npt__release(model);
}

static size_t add_columns(npt_table *table, const struct npt__trend *trend)
{
    npt__table_dimension(table, "construct", "Construct");
    npt__dimensions_columns(&trend->scope.dimensions, table);
    npt__table_dimension(table, "from", "From");
    npt__table_dimension(table, "to", "To");
    const size_t first = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_measure(table, "people", "People", NPT_UNIT_COUNT);
    npt__table_measure(table, "change", "Change", NPT_UNIT_MEAN);
    npt__table_measure(table, "low", "Low", NPT_UNIT_MEAN);
    npt__table_measure(table, "high", "High", NPT_UNIT_MEAN);
    npt__table_measure(table, "freedom", "Degrees of freedom", NPT_UNIT_MEAN);
    npt__table_measure(table, "p", "p", NPT_UNIT_P);
    npt__table_measure(table, "sd_between", "SD between people", NPT_UNIT_MEAN);
    npt__table_measure(table, "sd_within", "SD within people", NPT_UNIT_MEAN);
    npt__table_measure(table, "icc", "ICC", NPT_UNIT_MEAN);
    npt__table_measure(table, "verdict", "In words", NPT_UNIT_TEXT);
    npt__table_set_layout(
        table,
        &(struct npt__layout){.across = SIZE_MAX,
                              .shown = {{.column = first + COUNT, .of = SIZE_MAX},
                                        {.column = first + PEOPLE, .of = SIZE_MAX},
                                        {.column = first + CHANGE, .of = SIZE_MAX},
                                        {first + LOW, first + HIGH, "95% interval", NPT__RANGE},
                                        {.column = first + P, .of = SIZE_MAX},
                                        {.column = first + ICC, .of = SIZE_MAX},
                                        {.column = first + VERDICT, .of = SIZE_MAX}},
                              .shown_count = 7});
    return first;
}

void npt__trend_model(struct npt__tables *tables, const struct npt__trend *trend)
{
    npt_table *table = npt__tables_add(tables, "trend_model", "The change by a mixed model");
    const size_t first = add_columns(table, trend);
    const size_t room = trend->study->responses.count + 1u;
    struct rows rows = {.scores = npt__allocate(room * sizeof *rows.scores),
                        .waves = npt__allocate(room * trend->wave_count * sizeof *rows.waves),
                        .person = npt__allocate(room * sizeof *rows.person),
                        .of_wave = npt__allocate(trend->wave_count * sizeof *rows.of_wave)};
    for (size_t i = 0; i < trend->measure_count; i++) {
        int64_t *scores = npt__list_scores(trend->study, &trend->measures[i]);
        bool asked = false;
        for (uint32_t j = 0; j < trend->study->responses.count; j++)
            asked |= trend->wave_of[j] != NPT__NONE && scores[j] != NPT__SCORE_NOT_ASKED;
        for (uint32_t cell = 0; cell < trend->scope.dimensions.cell_count && asked; cell++)
            if (npt__survey_scope_shows(&trend->scope, cell))
                add_rows(table, trend, first, &trend->measures[i], scores, cell, &rows);
        npt__release(scores);
    }
    npt__release(rows.scores);
    npt__release(rows.waves);
    npt__release(rows.person);
    npt__release(rows.of_wave);
    npt__table_add_note(
        table,
        "score = wave + person + error, the person a random intercept, by restricted maximum likelihood; "
        "degrees of freedom by Satterthwaite. Everybody counts, linked or not. ICC is the share of the "
        "variance that lies between people; p is not adjusted.");
    npt__note_verdict(table, "95% interval", trend->least, "answers");
    npt__add_provenance(table, trend->study);
}
