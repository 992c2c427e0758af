/* survey_scores.c - scores of constructs from answers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_scores.h"

#include "../base/parallel.h"

#include <math.h>
#include <string.h>

/* ---- the rule -------------------------------------------------------------------------------- */

struct rule {
    double share; /* below 0: the instrument's */
    size_t count;
};

/* "0.5" is a share, "3" a number of items. */
static enum npt_status read_rule(const npt_options *options, struct rule *rule, npt_diags *diags)
{
    const char *text = npt__option(options, "min-answered");
    *rule = (struct rule){.share = -1};
    if (!text)
        return NPT_OK;
    const size_t whole = strspn(text, "0123456789");
    const bool decimal = text[whole] == '.';
    const size_t digits = decimal ? strspn(text + whole + 1, "0123456789") : 0;
    double value = 0, scale = 1;
    for (size_t i = 0; i < whole && i < 6; i++)
        value = value * 10 + (text[i] - '0');
    for (size_t i = 0; i < digits && i < 6; i++) {
        scale *= 10;
        value = value * 10 + (text[whole + 1 + i] - '0');
    }
    value /= scale;
    const bool read = whole + digits > 0 && !text[whole + decimal + digits];
    if (read && decimal && value > 0 && value <= 1) {
        rule->share = value;
        return NPT_OK;
    }
    if (read && !decimal && value >= 1 && whole <= 6) {
        rule->share = 0;
        rule->count = (size_t)value;
        return NPT_OK;
    }
    npt__say(diags, NPT_ERROR, NULL,
             "--min-answered takes a share such as 0.5 or a number of items such as 3, not '%s'",
             text);
    return NPT_USAGE;
}

/* The smallest number that every count of answered items divides, so that every score is a whole number of
   1/unit; where that is too large for exact sums, as large a power of two as they bear (a score is then within
   1e-10 of what it is). */
static int64_t find_unit(size_t items, int most)
{
    const int64_t largest = NPT__SUMS_MOST_VALUE / (most > 0 ? most : 1);
    int64_t unit = 1;
    for (int64_t i = 2; i <= (int64_t)items; i++) {
        int64_t a = unit, b = i;
        while (b) {
            const int64_t rest = a % b;
            a = b;
            b = rest;
        }
        if (unit / a > largest / i) {
            for (unit = 1; unit <= largest / 2;)
                unit *= 2;
            return unit;
        }
        unit = unit / a * i;
    }
    return unit;
}

static void complete_measure(struct npt__measure *measure, const struct npt__responses *responses,
                             const struct rule *rule)
{
    measure->least = 255;
    for (size_t i = 0; i < measure->item_count; i++) {
        const struct npt__scale *scale = responses->items.items[measure->items[i]].scale;
        measure->least = scale->least < measure->least ? scale->least : measure->least;
        measure->most = scale->most > measure->most ? scale->most : measure->most;
    }
    measure->unit = find_unit(measure->item_count, measure->most);
    if (rule->share >= 0) {
        measure->share = rule->share;
        measure->at_least = rule->count;
    }
}

enum npt_status npt__measures(npt__arena *arena, const npt_study *study, const npt_options *options,
                              const struct npt__measure **measures, size_t *count, npt_diags *diags)
{
    const struct npt__responses *responses = &study->responses;
    struct rule rule;
    const enum npt_status status = read_rule(options, &rule, diags);
    if (status != NPT_OK)
        return status;
    struct npt__measure *made =
        npt__arena_array(arena, responses->constructs.count + responses->items.count, sizeof *made);
    size_t made_count = 0;
    for (size_t i = 0; i < responses->constructs.count; i++) {
        const struct npt__study_construct *construct = &responses->constructs.items[i];
        made[made_count++] = (struct npt__measure){.name = construct->name,
                                                   .total = construct->total,
                                                   .items = construct->items.items,
                                                   .item_count = construct->items.count,
                                                   .share = construct->min_answered};
    }
    for (uint32_t i = 0; i < responses->items.count; i++) {
        const struct npt__study_item *item = &responses->items.items[i];
        if (item->construct != NPT__NONE)
            continue;
        uint32_t *self = npt__arena_take(arena, sizeof *self);
        *self = i;
        made[made_count++] = (struct npt__measure){
            .name = *item->item->component ? item->item->component : item->item->id,
            .general = true,
            .items = self,
            .item_count = 1,
            .share = 1};
    }
    for (size_t i = 0; i < made_count; i++)
        complete_measure(&made[i], responses, &rule);
    for (size_t i = 0; i < made_count; i++)
        if (made[i].general)
            made[i].at_least = 0;
    *measures = made;
    *count = made_count;
    return NPT_OK;
}

/* ---- scores ---------------------------------------------------------------------------------- */

/* Sums and counts over the items, for a run of responses. The loops are as long for the last run, too: loops of
   a constant length are what compilers turn into vectors. */
struct run {
    uint32_t sum[NPT__SCORES_AT_ONCE]; /* 1,000 items of 100 points need more than 16 bits */
    uint16_t answered[NPT__SCORES_AT_ONCE], asked[NPT__SCORES_AT_ONCE];
};

static void add_item(struct run *run, const uint8_t *restrict answers)
{
    uint32_t *restrict sum = run->sum;
    uint16_t *restrict answered = run->answered, *restrict asked = run->asked;
    for (size_t i = 0; i < NPT__SCORES_AT_ONCE; i++) {
        const uint16_t answer = answers[i], valid = answer < NPT__NOT_RELEVANT;
        sum[i] += (uint32_t)answer * valid;
        answered[i] = (uint16_t)(answered[i] + valid);
        asked[i] = (uint16_t)(asked[i] + (answer != NPT__NOT_ASKED));
    }
}

static void add_turned_item(struct run *run, const uint8_t *restrict answers, uint16_t ends)
{
    uint32_t *restrict sum = run->sum;
    uint16_t *restrict answered = run->answered, *restrict asked = run->asked;
    for (size_t i = 0; i < NPT__SCORES_AT_ONCE; i++) {
        const uint16_t answer = answers[i], valid = answer < NPT__NOT_RELEVANT;
        sum[i] += valid ? (uint32_t)(ends - answer) : 0;
        answered[i] = (uint16_t)(answered[i] + valid);
        asked[i] = (uint16_t)(asked[i] + (answer != NPT__NOT_ASKED));
    }
}

static void add_items(struct run *run, const npt_study *study, const struct npt__measure *measure,
                      uint32_t first, uint32_t count)
{
    uint8_t last[NPT__SCORES_AT_ONCE];
    memset(run, 0, sizeof *run);
    for (size_t i = 0; i < measure->item_count; i++) {
        const struct npt__study_item *item = &study->responses.items.items[measure->items[i]];
        const uint8_t *answers = item->answers + first;
        if (count < NPT__SCORES_AT_ONCE) {
            memset(last, NPT__NOT_ASKED, sizeof last);
            memcpy(last, answers, count);
            answers = last;
        }
        if (item->item->reversed)
            add_turned_item(run, answers, (uint16_t)(item->scale->least + item->scale->most));
        else
            add_item(run, answers);
    }
}

/* How many of the asked items must be answered. */
static size_t items_needed(const struct npt__measure *measure, size_t asked, bool complete)
{
    if (complete)
        return asked;
    if (measure->at_least)
        return measure->at_least;
    const double wanted = ceil(measure->share * (double)asked - 1e-9);
    return wanted < 1 ? 1 : (size_t)wanted;
}

void npt__scores(const npt_study *study, const struct npt__measure *measure, bool complete,
                 uint32_t first, uint32_t count, int64_t *scores)
{
    struct run run;
    add_items(&run, study, measure, first, count);
    npt__arena *scratch = npt__arena_new();
    const size_t items = measure->item_count;
    size_t *needed = npt__arena_array(scratch, items + 1, sizeof *needed);
    int64_t *factor = npt__arena_array(scratch, items + 1, sizeof *factor);
    bool exact = true;
    for (size_t i = 1; i <= items; i++) {
        needed[i] = items_needed(measure, i, complete);
        factor[i] = measure->unit / (int64_t)i;
        exact &= factor[i] * (int64_t)i == measure->unit;
    }
    for (uint32_t i = 0; i < count; i++) {
        const size_t answered = run.answered[i], asked = run.asked[i];
        if (!asked)
            scores[i] = NPT__SCORE_NOT_ASKED;
        else if (answered < needed[asked])
            scores[i] = NPT__NOT_SCORED;
        else if (exact)
            scores[i] = run.sum[i] * factor[answered];
        else
            scores[i] = (run.sum[i] * measure->unit + (int64_t)answered / 2) / (int64_t)answered;
    }
    npt__arena_free(scratch);
}

int64_t *npt__list_scores(const npt_study *study, const struct npt__measure *measure)
{
    const uint32_t responses = study->responses.count;
    int64_t *scores = npt__allocate((responses + 1u) * sizeof *scores);
    for (uint32_t first = 0; first < responses; first += NPT__SCORES_AT_ONCE) {
        const uint32_t rest = responses - first;
        npt__scores(study, measure, false, first,
                    rest < NPT__SCORES_AT_ONCE ? rest : NPT__SCORES_AT_ONCE, scores + first);
    }
    return scores;
}

/* ---- what was not answered ------------------------------------------------------------------- */

size_t npt__unanswered_size(const struct npt__survey_scope *scope)
{
    return 1 + scope->responses->kinds.count;
}

/* No value of a scale has its highest bit, so eight answers are looked at together: the first of those that have
   it, as they stand in memory. */
static uint32_t first_marked(uint64_t marks)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (uint32_t)__builtin_ctzll(marks) / 8;
#else
    return (uint32_t)__builtin_clzll(marks) / 8;
#endif
}

static void count_answer(const struct npt__survey_scope *scope, uint8_t answer, uint32_t own,
                         size_t *by_cell)
{
    if (npt__is_value(answer) || own == NPT__NONE)
        return;
    size_t *cell = by_cell + own * npt__unanswered_size(scope);
    if (npt__is_missing(answer))
        cell[0]++;
    else if (npt__is_not_relevant(answer))
        cell[1 + answer - NPT__NOT_RELEVANT]++;
}

struct counting {
    const struct npt__survey_scope *scope;
    size_t *counts, size; /* size: of one item's counts */
};

/* Counts what is no value among the answers to one item, by own cell: missing, then the kinds. */
static void count_item(void *user, size_t item)
{
    const struct counting *counting = user;
    const struct npt__survey_scope *scope = counting->scope;
    const uint8_t *answers = scope->responses->items.items[item].answers;
    const uint32_t *cells = scope->cell, count = scope->responses->count;
    size_t *by_cell = counting->counts + item * counting->size;
    uint32_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t eight;
        memcpy(&eight, answers + i, 8);
        for (uint64_t marks = eight & 0x8080808080808080u; marks;) {
            const uint32_t at = first_marked(marks);
            count_answer(scope, answers[i + at], cells[i + at], by_cell);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            marks &= marks - 1;
#else
            marks &= ~(UINT64_C(0x8000000000000000) >> (8 * at));
#endif
        }
    }
    for (; i < count; i++)
        count_answer(scope, answers[i], cells[i], by_cell);
    npt__survey_scope_total(scope, by_cell, npt__unanswered_size(scope));
}

static bool holds_item(const struct npt__measure *measure, uint32_t item)
{
    for (size_t i = 0; i < measure->item_count; i++)
        if (measure->items[i] == item)
            return true;
    return false;
}

const size_t *npt__count_unanswered(const struct npt__survey_scope *scope,
                                    const struct npt__measure *measures, size_t count)
{
    const size_t size = scope->dimensions.cell_count * npt__unanswered_size(scope);
    const size_t items = scope->responses->items.count;
    size_t *counts = npt__arena_array(scope->arena, count * size, sizeof *counts);
    struct counting counting = {scope, npt__arena_array(scope->arena, items * size, sizeof *counts),
                                size};
    npt__parallel(scope->study->threads, items, count_item, &counting);
    for (uint32_t i = 0; i < items; i++)
        for (size_t j = 0; j < count; j++)
            for (size_t k = 0; holds_item(&measures[j], i) && k < size; k++)
                counts[j * size + k] += counting.counts[i * size + k];
    return counts;
}

void npt__declare_items(npt_table *table, const npt_study *study,
                        const struct npt__measure *measure,
                        const struct npt__score_columns *columns)
{
    const struct npt__study_item *items = study->responses.items.items;
    const char **ids = npt__allocate((measure->item_count + 1) * sizeof *ids);
    for (size_t i = 0; i < measure->item_count; i++)
        ids[i] = items[measure->items[i]].item->id;
    const struct {
        size_t column;
        const char *what;
        bool single;
    } counts[] = {{columns->n, "answered", true},
                  {columns->mean, "answered", true},
                  {columns->missing, "missing", false},
                  {columns->not_relevant, "not relevant", false}};
    const bool single = measure->item_count == 1;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i].column != SIZE_MAX && (single || !counts[i].single))
            npt__table_made_of(table, counts[i].column, counts[i].what, "item", ids,
                               measure->item_count,
                               single && items[measure->items[0]].item->reversed);
    npt__release(ids);
}

void npt__note_scoring(npt_table *table, const npt_study *study, const npt_options *options)
{
    const char *text = npt__option(options, "min-answered");
    const struct npt__responses *responses = &study->responses;
    const bool half =
        responses->constructs.count && responses->constructs.items[0].min_answered == 0.5;
    if (text)
        npt__table_add_note(
            table,
            "A score is the mean of a respondent's answered items, where at least %s%s "
            "of the items asked are answered.",
            text, strchr(text, '.') ? " (as a share)" : "");
    else
        npt__table_add_note(
            table,
            "A score is the mean of a respondent's answered items, where at least %s "
            "of the items asked are answered.",
            half ? "half" : "the instrument's share");
    npt__buffer reversed = {0};
    for (size_t i = 0; i < responses->items.count; i++)
        if (responses->items.items[i].item->reversed)
            npt__buffer_print(&reversed, "%s%s", reversed.length ? ", " : "",
                              responses->items.items[i].item->id);
    npt__table_add_note(
        table,
        "The highest score is the most favourable answer%s%s. Answers that an item is "
        "not relevant never enter a score; they are counted beside it.",
        reversed.length ? "; turned round: " : "", npt__buffer_string(&reversed));
    npt__buffer_release(&reversed);
}
