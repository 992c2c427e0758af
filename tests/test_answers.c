/* test_answers.c - what a cell of a survey says: numbers, words, both, or nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/model/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define ROLE NPT__NOT_RELEVANT
#define STAGE (NPT__NOT_RELEVANT + 1)

/* A reader of the agreement items of NoMAD; `agreement`: the number that means "strongly agree". */
static struct npt__answer_reader open_reader(npt__arena *arena, npt_instrument **instrument,
                                             int agreement, const char *intervention)
{
    static const uint32_t kinds[] = {0, 1, 2};
    assert_int_equal(npt_instrument_open(instrument, "nomad", NULL), NPT_OK);
    const uint32_t item = npt__instrument_find(*instrument, "nomad.4");
    struct npt__answer_reader reader = {
        .scale = &(*instrument)->scales[(*instrument)->items[item].scale], .agreement = agreement};
    npt__answer_reader_name(&reader, arena, *instrument, kinds, intervention);
    return reader;
}

struct answer {
    const char *text;
    unsigned answer;
};

static void expect_answers(struct npt__answer_reader *reader, const struct answer *answers,
                           size_t count)
{
    npt__answer_reader_prepare(reader);
    for (size_t i = 0; i < count; i++) {
        const unsigned came = npt__answer_read(reader, answers[i].text, strlen(answers[i].text));
        if (came != answers[i].answer)
            fail_msg("'%s' is read as %u, not %u", answers[i].text, came, answers[i].answer);
    }
}

#define EXPECT(reader, ...) \
    do { \
        const struct answer answers[] = {__VA_ARGS__}; \
        expect_answers(reader, answers, sizeof answers / sizeof *answers); \
    } while (0)

static void numbers_follow_the_declared_direction(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument;
    struct npt__answer_reader reader = open_reader(arena, &instrument, 5, "");
    EXPECT(&reader, {"1", 1}, {"5", 5}, {" 4 ", 4}, {"4.0", 4}, {"4.00", 4}, {"04", 4}, //
           {"", NPT__BLANK}, {"  ", NPT__BLANK}, {"\xC2\xA0", NPT__BLANK},              //
           {"0", NPT__NO_ANSWER}, {"6", NPT__NO_ANSWER}, {"45", NPT__NO_ANSWER},
           {"4.5", NPT__NO_ANSWER}, {"4.", NPT__NO_ANSWER}, {"-4", NPT__NO_ANSWER},
           {"1e0", NPT__NO_ANSWER}, {"N/A", NPT__NO_ANSWER}, {"=cmd()", NPT__NO_ANSWER});
    reader.agreement = 1;
    EXPECT(&reader, {"1", 5}, {"2", 4}, {"3", 3}, {"5", 1}, {"6", NPT__NO_ANSWER});
    reader.agreement = -1; /* not declared: a number says nothing, a word says it all */
    EXPECT(&reader, {"1", NPT__NO_DIRECTION}, {"5", NPT__NO_DIRECTION}, {"Agree", 4},
           {"6", NPT__NO_ANSWER});
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

static void words_are_read_in_any_case(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument;
    struct npt__answer_reader reader = open_reader(arena, &instrument, 1, "the new pathway");
    EXPECT(&reader, {"Strongly agree", 5}, {"STRONGLY AGREE  ", 5}, {"strongly  disagree", 1},
           {"Neither agree nor disagree", 3}, {"agree\xC2\xA0", 4},
           {"Not relevant to my role", ROLE}, {"not relevant at this stage ", STAGE},
           {"Not relevant to the new pathway", NPT__NOT_RELEVANT + 2},
           {"Not relevant to the intervention", NPT__NOT_RELEVANT + 2},
           {"Not relevant", NPT__NO_ANSWER}, {"Strongly", NPT__NO_ANSWER});
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

static void a_number_beside_a_word_must_not_contradict_it(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument;
    struct npt__answer_reader reader = open_reader(arena, &instrument, 5, "");
    EXPECT(&reader, {"4 - Agree", 4}, {"4. Agree", 4}, {"4: agree", 4}, {"4) Agree", 4},
           {"[4] Agree", 4}, {"4 Agree", 4}, {"4 \xE2\x80\x93 Agree", 4}, {"Agree (4)", 4},
           {"Agree - 4", 4}, {"6 - Not relevant to my role", ROLE},
           {"2 - Agree", NPT__CONTRADICTION}, {"Agree (2)", NPT__CONTRADICTION},
           {"9 - Agree", NPT__CONTRADICTION}, {"4 - Maybe", NPT__NO_ANSWER},
           {"4Agree", NPT__NO_ANSWER}, {"Agree4", NPT__NO_ANSWER});
    reader.agreement = 1;
    EXPECT(&reader, {"2 - Agree", 4}, {"4 - Agree", NPT__CONTRADICTION});
    reader.agreement = -1;
    EXPECT(&reader, {"2 - Agree", 4}, {"4 - Agree", 4}, {"3 - Agree", NPT__CONTRADICTION});
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

static void what_is_declared_or_labelled_is_no_answer(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument;
    struct npt__answer_reader reader = open_reader(arena, &instrument, 5, "");
    const struct npt__answer_word declared[] = {
        {"6", ROLE}, {"-9", NPT__CODED_MISSING}, {"n/a", NPT__CODED_MISSING}, {"4", STAGE}};
    const struct npt__answer_word labelled[] = {{"1", 5}, {"2", 4}, {"5", NPT__CODED_MISSING}};
    reader.declared = declared;
    reader.declared_count = 4;
    reader.labelled = labelled; /* the file says: 1 is "strongly agree" */
    reader.labelled_count = 3;
    EXPECT(&reader, {"6", ROLE}, {"-9", NPT__CODED_MISSING}, {"N/A ", NPT__CODED_MISSING},
           {"4", 4} /* a number of the scale is an answer */, {"1", 5}, {"2", 4}, {"3", 3},
           {"5", NPT__CODED_MISSING}, {"7", NPT__NO_ANSWER});
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

static void an_item_that_the_file_holds_turned_round_is_turned_back(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument;
    struct npt__answer_reader reader = open_reader(arena, &instrument, 5, "");
    reader.already_reversed = true;
    EXPECT(&reader, {"5", 1}, {"Agree", 2}, {"3", 3}, {"Not relevant to my role", ROLE},
           {"", NPT__BLANK}, {"6", NPT__NO_ANSWER});
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

static void a_scale_with_a_fixed_direction_needs_no_declaration(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument;
    struct npt__answer_reader reader = open_reader(arena, &instrument, 1, "");
    const uint32_t item = npt__instrument_find(instrument, "nomad.2");
    static const uint32_t kinds[] = {0, 1, 2};
    reader = (struct npt__answer_reader){
        .scale = &instrument->scales[instrument->items[item].scale], .agreement = 1};
    npt__answer_reader_name(&reader, arena, instrument, kinds, "");
    EXPECT(&reader, {"0", 0}, {"10", 10}, {"11", NPT__NO_ANSWER}, {"Completely", 10},
           {"10 - Completely", 10}, {"0 Not at all", 0});
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

static void a_cell_without_end_is_no_answer(void **state)
{
    (void)state;
    npt__arena *arena = npt__arena_new();
    npt_instrument *instrument;
    struct npt__answer_reader reader = open_reader(arena, &instrument, 5, "");
    npt__answer_reader_prepare(&reader);
    char *text = npt__arena_take(arena, 2000000);
    memset(text, '4', 1999999);
    assert_int_equal(npt__answer_read(&reader, text, 1999999), NPT__NO_ANSWER);
    memset(text, '(', 1999999);
    assert_int_equal(npt__answer_read(&reader, text, 900), NPT__NO_ANSWER);
    npt_instrument_free(instrument);
    npt__arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_the_declared_direction),
        cmocka_unit_test(words_are_read_in_any_case),
        cmocka_unit_test(a_number_beside_a_word_must_not_contradict_it),
        cmocka_unit_test(what_is_declared_or_labelled_is_no_answer),
        cmocka_unit_test(an_item_that_the_file_holds_turned_round_is_turned_back),
        cmocka_unit_test(a_scale_with_a_fixed_direction_needs_no_declaration),
        cmocka_unit_test(a_cell_without_end_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
