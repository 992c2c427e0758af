/* survey_scores.c - scores of constructs from answers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_scores.h"

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

/* Sums and counts over the items, for a run of responses: loops that a compiler turns into vectors. */
struct run {
    uint16_t sum[NPT__SCORES_AT_ONCE], answered[NPT__SCORES_AT_ONCE], asked[NPT__SCORES_AT_ONCE];
};

static void add_item(struct run *run, const uint8_t *restrict answers, uint32_t count, int turn)
{
    const uint16_t base = (uint16_t)turn;
    uint16_t *restrict sum = run->sum, *restrict answered = run->answered,
                       *restrict asked = run->asked;
    if (turn)
        for (uint32_t i = 0; i < count; i++) {
            const uint16_t answer = answers[i], valid = answer < NPT__NOT_RELEVANT;
            sum[i] = (uint16_t)(sum[i] + (uint16_t)(base - answer) * valid);
            answered[i] = (uint16_t)(answered[i] + valid);
            asked[i] = (uint16_t)(asked[i] + (answer != NPT__NOT_ASKED));
        }
    else
        for (uint32_t i = 0; i < count; i++) {
            const uint16_t answer = answers[i], valid = answer < NPT__NOT_RELEVANT;
            sum[i] = (uint16_t)(sum[i] + answer * valid);
            answered[i] = (uint16_t)(answered[i] + valid);
            asked[i] = (uint16_t)(asked[i] + (answer != NPT__NOT_ASKED));
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
    memset(run.sum, 0, count * sizeof *run.sum);
    memset(run.answered, 0, count * sizeof *run.answered);
    memset(run.asked, 0, count * sizeof *run.asked);
    for (size_t i = 0; i < measure->item_count; i++) {
        const struct npt__study_item *item = &study->responses.items.items[measure->items[i]];
        const bool turn = item->item->reversed;
        add_item(&run, item->answers + first, count,
                 turn ? item->scale->least + item->scale->most : 0);
    }
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

/* ---- what was not answered ------------------------------------------------------------------- */

static void count_answer(struct npt__unanswered *unanswered, uint8_t answer)
{
    if (npt__is_missing(answer)) {
        unanswered->missing++;
    } else if (npt__is_not_relevant(answer)) {
        unanswered->not_relevant++;
        unanswered->kinds[answer - NPT__NOT_RELEVANT]++;
    }
}

static void add_unanswered(struct npt__unanswered *to, const struct npt__unanswered *from)
{
    to->missing += from->missing;
    to->not_relevant += from->not_relevant;
    for (size_t i = 0; i < NPT__MOST_KINDS; i++)
        to->kinds[i] += from->kinds[i];
}

void npt__count_unanswered(const struct npt__survey_scope *scope,
                           const struct npt__measure *measure, struct npt__unanswered *by_cell)
{
    const struct npt__dimensions *dimensions = &scope->dimensions;
    struct npt__unanswered *own = npt__allocate(dimensions->cell_count * sizeof *own);
    memset(own, 0, dimensions->cell_count * sizeof *own);
    memset(by_cell, 0, dimensions->cell_count * sizeof *by_cell);
    const uint32_t count = scope->responses->count;
    for (size_t j = 0; j < measure->item_count; j++) {
        const uint8_t *answers = scope->responses->items.items[measure->items[j]].answers;
        uint32_t i = 0;
        while (i < count) {
            /* Values have no high bit, as long as scales end below 128: eight answers at a glance. */
            uint64_t eight = 0;
            if (i + 8 <= count)
                memcpy(&eight, answers + i, 8);
            if (i + 8 <= count && !(eight & 0x8080808080808080u)) {
                i += 8;
                continue;
            }
            const uint32_t stop = i + 8 <= count ? i + 8 : count;
            for (; i < stop; i++)
                if (!npt__is_value(answers[i]) && scope->cell[i] != NPT__NONE)
                    count_answer(&own[scope->cell[i]], answers[i]);
        }
    }
    for (uint32_t i = 0; i < dimensions->cell_count; i++) {
        uint32_t cells[NPT__MOST_CELLS_OF_ROW];
        if (!own[i].missing && !own[i].not_relevant)
            continue;
        const size_t cell_count = npt__dimensions_totals(dimensions, i, cells);
        for (size_t j = 0; j < cell_count; j++)
            add_unanswered(&by_cell[cells[j]], &own[i]);
    }
    npt__release(own);
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
