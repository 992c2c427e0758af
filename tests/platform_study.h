/* platform_study.h - for tests of exports of survey platforms: one as a draft and as a study, looked at.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PLATFORM_STUDY_H
#define PLATFORM_STUDY_H

#include "survey_table.h"

#define PLATFORMS_FOLDER "tests/data/platforms/"

/* By hand, over the answered items: North 18/4, 11/4, 20/4 and 11/3, South 7/4 and 13/3. The seventh answered one
   of four items and has no score. */
#define NORTH_COHERENCE (191.0 / 48)
#define SOUTH_COHERENCE (73.0 / 24)
/* Item 13 turned round: North 24/7, 14/7, 34/7 and 21/6, South 9/7 and 21/6. */
#define NORTH_ACTION (193.0 / 56)
#define SOUTH_ACTION (67.0 / 28)

struct platform {
    const char *file, *instrument;
    const char *guesses; /* by column: "1: id, certain\n2-7: unused, certain\n" */
    const char *study;   /* the study.xml for it */
    size_t doubtful;     /* a column, from 1, that is not looked at; 0: none */
    const char *answers; /* row, id, site, role and wave, then what was answered */
};

/* What stands in the files and reaches a person: no text that is kept may hold any of it. */
static const char *const personal[] = {"@",       "192.0.2.", "Surname", "Forename",
                                       "Person ", "staff-47", "0.025",   "10.075"};

/* ---- looking at a draft ----------------------------------------------------------------------- */

static inline void show_guess(npt__buffer *text, const npt_instrument *instrument,
                              const struct npt__column_guess *first,
                              const struct npt__column_guess *last)
{
    static const char *const certainties[] = {"unsure", "possible", "likely", "certain"};
    const char *certainty = certainties[first->certainty];
    switch (first->use) {
    case NPT__COLUMN_ITEM:
        npt__buffer_puts(text, instrument->items[first->item].id);
        if (first != last)
            npt__buffer_print(text, " to %s", instrument->items[last->item].id);
        break;
    case NPT__COLUMN_ID:
    case NPT__COLUMN_ATTRIBUTE:
        npt__buffer_puts(text, first->as);
        break;
    case NPT__COLUMN_PERSONAL:
        npt__buffer_puts(text, "personal");
        break;
    case NPT__COLUMN_UNUSED:
        npt__buffer_puts(text, first->certainty == NPT__UNSURE ? "unknown" : "unused");
        break;
    }
    if (first->certainty != NPT__UNSURE)
        npt__buffer_print(text, ", %s", certainty);
}

/* Whether a column goes on with what the one before it is: the same, or the next item. */
static inline bool goes_on(const struct npt__column_guess *before,
                           const struct npt__column_guess *guess)
{
    const bool is_item = guess->use == NPT__COLUMN_ITEM;
    return guess->use == before->use && guess->certainty == before->certainty &&
           guess->as == before->as && (!is_item || guess->item == before->item + 1);
}

/* `doubtful`: a column, from 1, that stands for itself. */
static inline void expect_guesses(const npt_study *draft, size_t doubtful, const char *expected)
{
    const struct npt__survey *survey = &draft->responses.surveys.items[0];
    npt__buffer text = {0};
    for (size_t first = 0, last; first < survey->columns.count; first = last + 1) {
        const struct npt__survey_column *columns = survey->columns.items;
        for (last = first; last + 1 < survey->columns.count; last++)
            if (last + 1 == doubtful || last + 2 == doubtful ||
                !goes_on(&columns[last].guess, &columns[last + 1].guess))
                break;
        npt__buffer_print(&text, "%zu", first + 1);
        if (last > first)
            npt__buffer_print(&text, "-%zu", last + 1);
        npt__buffer_puts(&text, ": ");
        if (doubtful == first + 1)
            npt__buffer_puts(&text, "doubtful");
        else
            show_guess(&text, survey->instrument, &columns[first].guess, &columns[last].guess);
        npt__buffer_puts(&text, "\n");
    }
    assert_string_equal(npt__buffer_string(&text), expected);
    npt__buffer_release(&text);
}

static inline void expect_impersonal(const char *text)
{
    for (size_t i = 0; i < sizeof personal / sizeof *personal; i++)
        if (strstr(text, personal[i]))
            fail_msg("'%s' is kept: %.200s", personal[i], text);
}

/* Expects that nothing of a person is in the study, whatever columns it keeps. */
static inline void expect_nobody(const npt_study *study)
{
    const struct npt__responses *responses = &study->responses;
    for (size_t i = 0; i < responses->attributes.count; i++) {
        const npt__intern *values = &responses->attributes.items[i].values;
        for (size_t j = 0; j < values->strings.count; j++)
            expect_impersonal(values->strings.items[j]);
    }
    for (size_t i = 0; i < responses->respondents.strings.count; i++)
        expect_impersonal(responses->respondents.strings.items[i]);
}

/* Expects that no column that is personal has a place where values are kept. */
static inline void expect_personal_unused(const npt_study *draft)
{
    const struct npt__survey *survey = &draft->responses.surveys.items[0];
    for (size_t i = 0; i < survey->columns.count; i++)
        if (survey->columns.items[i].guess.use == NPT__COLUMN_PERSONAL)
            assert_int_equal(survey->columns.items[i].role, NPT__IS_UNUSED);
}

static inline struct fixture open_draft(const char *file, const char *instrument)
{
    const struct npt_study_options options = {.instrument = instrument, .draft = true};
    npt__buffer path = {0};
    npt__buffer_print(&path, PLATFORMS_FOLDER "%s", file);
    const struct fixture opened =
        fixture_open_with(fixture_beside(npt__buffer_string(&path)), &options);
    npt__buffer_release(&path);
    assert_string_equal(opened.text, "");
    return opened;
}

static inline void expect_draft(const struct platform *platform)
{
    struct fixture draft = open_draft(platform->file, platform->instrument);
    expect_guesses(draft.study, platform->doubtful, platform->guesses);
    expect_personal_unused(draft.study);
    fixture_close(&draft);
}

/* Expects that the study.xml that is written for an export tells nothing of a person. */
static inline void expect_discreet(const struct platform *platform)
{
    struct fixture draft = open_draft(platform->file, platform->instrument);
    npt_output *output = npt_output_memory(NULL);
    npt_diags *diags = npt_diags_new();
    assert_int_equal(npt_study_write_manifest(output, NULL, draft.study, ".", diags), NPT_OK);
    expect_impersonal(npt_output_bytes(output, NULL));
    npt_diags_free(diags);
    npt_output_discard(output);
    fixture_close(&draft);
}

/* ---- looking at a study ----------------------------------------------------------------------- */

static inline void show_value(npt__buffer *text, const struct npt__responses *responses,
                              const char *key, uint32_t response)
{
    const uint32_t attribute = npt__responses_find(responses, key);
    const char *value =
        attribute == NPT__NONE ? NULL : npt__response_value(responses, attribute, response);
    npt__buffer_print(text, " %s", value ? value : "-");
}

static inline void show_letter(npt__buffer *text, const struct npt__responses *responses,
                               uint8_t answer)
{
    npt__buffer word = {0};
    show_answer(&word, responses, answer);
    if (npt__is_value(answer))
        npt__buffer_puts(text, npt__buffer_string(&word));
    else
        npt__buffer_putc(text, npt__buffer_string(&word)[0]);
    npt__buffer_release(&word);
}

/* Expects these responses: "2 1 North Nurse 1: 7 8 9 | 4 4 5 5 | ...\n". */
static inline void expect_answers(const npt_study *study, const char *expected)
{
    static const char *const keys[] = {"site", "role", "wave"};
    const struct npt__responses *responses = &study->responses;
    npt__buffer text = {0};
    for (uint32_t i = 0; i < responses->count; i++) {
        const uint32_t id = responses->respondent[i];
        npt__buffer_print(&text, "%u %s", responses->line[i],
                          id == NPT__NONE ? "-" : responses->respondents.strings.items[id]);
        for (size_t j = 0; j < 3; j++)
            show_value(&text, responses, keys[j], i);
        npt__buffer_puts(&text, ":");
        for (size_t j = 0; j < responses->items.count; j++) {
            const struct npt__study_item *item = &responses->items.items[j];
            npt__buffer_puts(&text, j && item->construct != item[-1].construct ? " | " : " ");
            show_letter(&text, responses, item->answers[i]);
        }
        npt__buffer_puts(&text, "\n");
    }
    assert_string_equal(npt__buffer_string(&text), expected);
    npt__buffer_release(&text);
}

static inline void expect_scores(const npt_study *study)
{
    npt_table *table = run_analysis(study, "score", OPTIONS("by", "site"));
    expect_count(table, "n", ROW("Coherence", "North"), 4);
    expect_count(table, "n", ROW("Coherence", "South"), 2);
    expect_count(table, "not_scored", ROW("Coherence", "South"), 1);
    expect_number(table, "mean", ROW("Coherence", "North"), NORTH_COHERENCE);
    expect_number(table, "mean", ROW("Coherence", "South"), SOUTH_COHERENCE);
    expect_number(table, "mean", ROW("Collective action", "North"), NORTH_ACTION);
    expect_number(table, "mean", ROW("Collective action", "South"), SOUTH_ACTION);
    npt_table_free(table);
}

static inline void expect_study(const struct platform *platform)
{
    npt__buffer path = {0};
    npt__buffer_print(&path, PLATFORMS_FOLDER "%s", platform->study);
    struct fixture opened = fixture_open(fixture_beside(npt__buffer_string(&path)));
    npt__buffer_release(&path);
    assert_string_equal(opened.text, "");
    expect_answers(opened.study, platform->answers);
    expect_nobody(opened.study);
    expect_scores(opened.study);
    fixture_close(&opened);
}

#endif
