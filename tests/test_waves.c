/* test_waves.c - the order of waves: by value, as study.xml lists them, or a guess that is told; and that every
 * analysis has the same.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/analysis/survey_scope.h"
#include "../nptkit/model/waves.h"
#include "survey_table.h"

#define MOST 8u
#define MOST_CHECKS 12u
#define NAMES(...) ((const char *const[MOST + 1]){__VA_ARGS__})

/* ---- the rules ------------------------------------------------------------------------------- */

/* Expects this order of names that appear so, where study.xml lists the `listed` ones. */
static void expect_order(const char *const *listed, const char *const *names,
                         const char *const *expected, bool guessed)
{
    npt_study study = {.arena = npt__arena_new()};
    uint32_t order[MOST];
    size_t count = 0;
    for (size_t i = 0; listed && listed[i]; i++)
        npt__intern_add(&study.waves, study.arena, listed[i], strlen(listed[i]),
                        npt__intern_hash(listed[i], strlen(listed[i])));
    while (names[count])
        count++;
    assert_int_equal(npt__order_waves(&study, names, count, order), guessed);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names[order[i]], expected[i]);
    npt__intern_release(&study.waves);
    npt__arena_free(study.arena);
}

static void numbers_go_by_their_value(void **state)
{
    (void)state;
    expect_order(NULL, NAMES("10", "2", "-1", "0"), NAMES("-1", "0", "2", "10"), false);
    expect_order(NULL, NAMES("2.5", "0.25", "0.5"), NAMES("0.25", "0.5", "2.5"), false);
    expect_order(NULL, NAMES("01", "1", "0"), NAMES("0", "01", "1"), false);
    expect_order(NAMES("2", "1"), NAMES("2", "1"), NAMES("1", "2"), false);
}

static void dates_go_by_the_calendar(void **state)
{
    (void)state;
    expect_order(NULL, NAMES("2024-01", "2023-11", "2023-04"),
                 NAMES("2023-04", "2023-11", "2024-01"), false);
    expect_order(NULL, NAMES("2023-04-30", "2023-05", "2023-04-02", "2023", "2023-04"),
                 NAMES("2023", "2023-04", "2023-04-02", "2023-04-30", "2023-05"), false);
    /* no month */
    expect_order(NULL, NAMES("2023-13", "2023-12"), NAMES("2023-13", "2023-12"), true);
}

static void names_go_as_study_xml_lists_them(void **state)
{
    (void)state;
    expect_order(NAMES("Pre", "Post"), NAMES("Post", "Pre"), NAMES("Pre", "Post"), false);
    expect_order(NAMES("Baseline", "6 months", "12 months"),
                 NAMES("12 months", "6 months", "Baseline"),
                 NAMES("Baseline", "6 months", "12 months"), false);
    /* what is listed and not there changes nothing */
    expect_order(NAMES("Spring 2023", "Summer", "Autumn 2023"), NAMES("Autumn 2023", "Spring 2023"),
                 NAMES("Spring 2023", "Autumn 2023"), false);
}

static void where_nothing_says_the_order_it_is_a_guess(void **state)
{
    (void)state;
    expect_order(NULL, NAMES("Pre", "Post"), NAMES("Pre", "Post"), true);
    expect_order(NULL, NAMES("Post", "Pre"), NAMES("Post", "Pre"), true);
    expect_order(NULL, NAMES("Pre"), NAMES("Pre"), false);
}

/* Each rule orders those that it knows, over the places that they hold. */
static void mixed_waves_have_an_order(void **state)
{
    (void)state;
    expect_order(NULL, NAMES("Baseline", "12", "6"), NAMES("Baseline", "6", "12"), true);
    expect_order(NAMES("Baseline", "12", "6"), NAMES("6", "12", "Baseline"),
                 NAMES("Baseline", "6", "12"), false);
    expect_order(NAMES("Post"), NAMES("Pre", "Post"), NAMES("Pre", "Post"), true);
    expect_order(NAMES("Pre", "Post"), NAMES("Post", "Pots", "Pre"), NAMES("Pre", "Pots", "Post"),
                 true);
}

static void names_alike_but_for_one_number_go_by_it(void **state)
{
    (void)state;
    expect_order(NULL, NAMES("Wave 10", "Wave 2", "Wave 1"), NAMES("Wave 1", "Wave 2", "Wave 10"),
                 false);
    expect_order(NAMES("T1", "T0"), NAMES("T1", "T11", "T0"), NAMES("T0", "T1", "T11"), false);
    expect_order(NULL, NAMES("12 months", "6 months"), NAMES("6 months", "12 months"), false);
    /* two numbers, a part of a number, a number that may be negative, a name without one */
    expect_order(NULL, NAMES("2/2023", "1/2024"), NAMES("2/2023", "1/2024"), true);
    expect_order(NULL, NAMES("V1.5", "V1.25"), NAMES("V1.5", "V1.25"), true);
    expect_order(NULL, NAMES("T-1", "T-2"), NAMES("T-1", "T-2"), true);
    expect_order(NULL, NAMES("Wave 2", "Wave"), NAMES("Wave 2", "Wave"), true);
    expect_order(NULL, NAMES("T1", "T"), NAMES("T1", "T"), true);
}

/* ---- the whole program ----------------------------------------------------------------------- */

#define REST "<column name=\"t\" as=\"site\"/><column name=\"who\" as=\"id\"/>" ITEM_COLUMNS
#define WHOLE(file, wave) \
    "<survey file=\"" file "\" instrument=\"q.xml\" wave=\"" wave "\" agree=\"5\">" REST "</survey>"
#define BY_COLUMN(file, values) \
    "<survey file=\"" file \
    "\" instrument=\"q.xml\" agree=\"5\">\n<column name=\"w\" as=\"wave\">" values \
    "</column>" REST "</survey>"
#define LISTED(name) "<value from=\"" name "\" to=\"" name "\"/>"

/* Scores are low in the wave of the first row, and high in the other. */
#define ROWS(low, high) \
    "who,t,w,a1,a2,b1,g\nP1,A," low ",1,2,3,7\nP2,A," low ",2,2,3,7\nP1,A," high ",4,4,3,7\n" \
    "P2,A," high ",5,4,3,7\n"

/* Expects these two waves in this order, wherever waves are in order. */
static void expect_waves(const npt_study *study, const char *first, const char *last)
{
    const char *const *waves;
    assert_int_equal(npt__waves(study, &waves), 2);
    assert_string_equal(waves[0], first);
    assert_string_equal(npt__last_wave(study), last);
    npt_table *trend = run_analysis(study, "trend", NO_OPTIONS);
    expect_number(trend, "mean_from", ROW("Alpha", "A", first, last), 1.75);
    expect_number(trend, "mean_to", ROW("Alpha", "A", first, last), 4.25);
    npt_table_free(trend);
    static const char *const analyses[] = {"score", "items", "reliability", "responses"};
    for (size_t i = 0; i < sizeof analyses / sizeof *analyses; i++) {
        npt_table *table = run_analysis(study, analyses[i], OPTIONS("by", "wave"));
        const size_t wave = npt_table_find_column(table, "wave");
        assert_string_equal(npt_table_row(table, 0)[wave].text, first);
        assert_string_equal(npt_table_row(table, 1)[wave].text, last);
        npt_table_free(table);
    }
}

static void files_of_one_wave_stand_in_the_order_of_study_xml(void **state)
{
    (void)state;
    fixture_write_text("before.csv", "who,t,w,a1,a2,b1,g\nP1,A,x,1,2,3,7\nP2,A,x,2,2,3,7\n");
    struct fixture opened =
        open_survey(STUDY(WHOLE("before.csv", "Pre") WHOLE("after.csv", "Post")), "after.csv",
                    "who,t,w,a1,a2,b1,g\nP1,A,x,4,4,3,7\nP2,A,x,5,4,3,7\n");
    assert_string_equal(opened.text, "");
    expect_waves(opened.study, "Pre", "Post");
    assert_false(opened.study->responses.waves_guessed);
    fixture_close(&opened);
}

static void the_values_of_the_column_are_the_order(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY(BY_COLUMN("w.csv", LISTED("Baseline") LISTED("12 months"))), "w.csv",
                    "who,t,w,a1,a2,b1,g\nP1,A,12 months,4,4,3,7\nP2,A,12 months,5,4,3,7\n"
                    "P1,A,Baseline,1,2,3,7\nP2,A,Baseline,2,2,3,7\n");
    assert_string_equal(opened.text, "");
    expect_waves(opened.study, "Baseline", "12 months");
    assert_false(opened.study->responses.waves_guessed);
    fixture_close(&opened);
}

/* What is listed twice counts where it is listed first. */
static void files_whose_waves_overlap_have_one_order(void **state)
{
    (void)state;
    fixture_write_text("three.csv", "who,t,w,a1,a2,b1,g\nP2,A,x,2,2,3,7\n");
    fixture_write_text("one.csv", "who,t,w,a1,a2,b1,g\nP1,A,Post,4,4,3,7\nP1,A,Pre,1,2,3,7\n");
    struct fixture opened =
        open_survey(STUDY(BY_COLUMN("one.csv", LISTED("Pre") LISTED("Post"))
                              WHOLE("two.csv", "Post") WHOLE("three.csv", "Pre")),
                    "two.csv", "who,t,w,a1,a2,b1,g\nP2,A,x,5,4,3,7\n");
    assert_string_equal(opened.text, "");
    expect_waves(opened.study, "Pre", "Post");
    assert_false(opened.study->responses.waves_guessed);
    fixture_close(&opened);
}

static bool has_note(const npt_table *table, const char *begin)
{
    const char *note;
    for (size_t i = 0; (note = npt_table_note(table, i)); i++)
        if (strncmp(note, begin, strlen(begin)) == 0)
            return true;
    return false;
}

static void a_guessed_order_is_told_by_check_and_trend(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY(BY_COLUMN("w.csv", "")), "w.csv", ROWS("Pre", "Post"));
    assert_string_equal(opened.text, "");
    expect_waves(opened.study, "Pre", "Post");
    npt_table *tables[MOST_CHECKS];
    const size_t count = npt_study_check(opened.study, tables, MOST_CHECKS, opened.diags);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    const char *text = npt_diags_text(opened.diags, false);
    if (!strstr(text, "study.xml:3:22: warning: the order of the waves is a guess, as the files "
                      "have them first: 'Pre', 'Post'\n") ||
        !strstr(text, "<value from=\"Pre\" to=\"Pre\"/><value from=\"Post\" to=\"Post\"/>"))
        fail_msg("%s", text);
    npt_table *trend = run_analysis(opened.study, "trend", NO_OPTIONS);
    assert_true(has_note(trend, "The order of the waves is a guess"));
    npt_table_free(trend);
    fixture_close(&opened);
}

static void what_is_no_guess_is_not_called_one(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY(BY_COLUMN("w.csv", "")), "w.csv", ROWS("2023-11", "2024-04"));
    npt_table *tables[MOST_CHECKS];
    const size_t count = npt_study_check(opened.study, tables, MOST_CHECKS, opened.diags);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    assert_null(strstr(npt_diags_text(opened.diags, false), "order of the waves"));
    npt_table *trend = run_analysis(opened.study, "trend", NO_OPTIONS);
    assert_false(has_note(trend, "The order of the waves is a guess"));
    npt_table_free(trend);
    fixture_close(&opened);
}

/* The numbers of values change when they are put in order: each response keeps its own, and filters find it. */
static void responses_keep_their_wave(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY(BY_COLUMN("w.csv", "")), "w.csv",
                    "who,t,w,a1,a2,b1,g\nP1,A,10,5,5,3,7\nP2,A,2,3,3,3,7\nP3,A,1,1,1,3,7\n"
                    "P4,A,,4,4,3,7\n");
    assert_string_equal(opened.text, "");
    expect_responses(opened.study, "2 P1 wave=10 site=A: g=7 a1=5 a2=5 b1=3\n"
                                   "3 P2 wave=2 site=A: g=7 a1=3 a2=3 b1=3\n"
                                   "4 P3 wave=1 site=A: g=7 a1=1 a2=1 b1=3\n"
                                   "5 P4 site=A: g=7 a1=4 a2=4 b1=3\n");
    npt_table *table = run_analysis(opened.study, "score", OPTIONS("by", "site", "wave", "2"));
    expect_number(table, "mean", ROW("Alpha", "A"), 3);
    npt_table_free(table);
    fixture_close(&opened);
}

/* What compares the last wave takes it from the same order: by name, Pre would be the last. */
static void the_last_wave_is_that_of_the_order(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY(BY_COLUMN("w.csv", LISTED("Pre") LISTED("Post"))), "w.csv",
                    "who,t,w,a1,a2,b1,g\nP1,A,Post,4,4,3,7\nP2,A,Pre,2,2,3,7\n"
                    "P3,B,Post,5,4,3,7\nP4,B,Pre,2,1,3,7\n");
    npt_table *table = run_analysis(opened.study, "compare", NO_OPTIONS);
    assert_true(has_note(table, "Only the last wave, Post:"));
    npt_table_free(table);
    fixture_close(&opened);
}

/* Interviews have no list of their own: they take that of the surveys, which need not be read for it. */
static void interviews_take_the_same_order(void **state)
{
    (void)state;
    static const struct fixture_project project = {
        .users = USER("A1", "Ada"),
        .codes = CODE("C1", "Coherence"),
        .sources = INLINE_SOURCE("51", "a", "Text", SELECTION(0, 4, "A1", CODING("C1", "A1")))
            INLINE_SOURCE("52", "b", "Text", SELECTION(0, 4, "A1", CODING("C1", "A1")))};
    fixture_qde("a.qde", &project);
    fixture_write_text("cases.csv", "Name,Time\na,Post\nb,Pre\n");
    fixture_write_text("before.csv", "who,t,w,a1,a2,b1,g\nP1,A,x,1,2,3,7\n");
    struct fixture opened =
        open_survey(STUDY("<coding file=\"a.qde\"><attribute name=\"Time\" as=\"wave\"/>"
                          "<cases file=\"cases.csv\"/></coding>" WHOLE("before.csv", "Pre")
                              WHOLE("after.csv", "Post")),
                    "after.csv", "who,t,w,a1,a2,b1,g\nP1,A,x,4,4,3,7\n");
    fixture_close(&opened);
    opened = fixture_open_with("study.xml", &(struct npt_study_options){.skip = NPT_RESPONSES});
    assert_string_equal(opened.text, "");
    npt_table *table = run_analysis(opened.study, "cases", OPTIONS("by", "wave"));
    assert_string_equal(npt_table_row(table, 0)[0].text, "Pre");
    assert_string_equal(npt_table_row(table, 1)[0].text, "Post");
    npt_table_free(table);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_go_by_their_value),
        cmocka_unit_test(dates_go_by_the_calendar),
        cmocka_unit_test(names_go_as_study_xml_lists_them),
        cmocka_unit_test(where_nothing_says_the_order_it_is_a_guess),
        cmocka_unit_test(mixed_waves_have_an_order),
        cmocka_unit_test(names_alike_but_for_one_number_go_by_it),
        FIXTURE_TEST(files_of_one_wave_stand_in_the_order_of_study_xml),
        FIXTURE_TEST(the_values_of_the_column_are_the_order),
        FIXTURE_TEST(files_whose_waves_overlap_have_one_order),
        FIXTURE_TEST(a_guessed_order_is_told_by_check_and_trend),
        FIXTURE_TEST(what_is_no_guess_is_not_called_one),
        FIXTURE_TEST(responses_keep_their_wave),
        FIXTURE_TEST(the_last_wave_is_that_of_the_order),
        FIXTURE_TEST(interviews_take_the_same_order),
    };
    return reference_run("waves", tests);
}
