/* test_protected_notes.c - notes below protected tables tell no small number of people, and name nobody.
 *
 * In each study here something is true of exactly three people, responses or cases, and the note of the unprotected table
 * says so.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/tables/table.h"
#include "coded_cases.h"

#define TWENTY "01234567890123456789"

static npt_table *protect_one(const npt_table *table, size_t min_cell)
{
    npt_table *made = NULL;
    npt_table_free(
        npt_protect(&made, &table, 1, &(struct npt_protection){.min_cell = min_cell}, NULL));
    return made;
}

/* Expects that a note of the table says `part`, and that the protected table has no note that counts three, nor with `part`, but
   one that says `instead` (NULL: none). */
static void expect_hidden(const npt_table *table, const char *part, const char *instead)
{
    expect_note(table, part);
    npt_table *made = protect_one(table, 0);
    expect_no_note(made, part);
    static const char *const threes[] = {"3 response", "3 people", "3 cases",
                                         "3 scores",   ": 3.",     ": 3 "};
    for (size_t i = 0; i < sizeof threes / sizeof *threes; i++)
        expect_no_note(made, threes[i]);
    if (instead)
        expect_note(made, instead);
    npt_table_free(made);
}

static void expect_hidden_of(const npt_study *study, const char *name, const char *const *options,
                             const char *part, const char *instead)
{
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, study, name, options);
    expect_hidden(tables[0], part, instead);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
}

/* ---- the notes themselves -------------------------------------------------------------------- */

static npt_table *make_noted(size_t fewest, const char *instead)
{
    npt_table *table = npt__table_new("noted", "Noted");
    const size_t n = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    npt__table_counts(table, n, NPT__COUNTS_PEOPLE, "n");
    npt__table_add_row(table)[n] = npt__count(50);
    npt__table_add_note(table, "first");
    npt__table_add_people_note(table, fewest, instead, "%zu people left.", fewest);
    npt__table_add_note(table, "last");
    return table;
}

static void fewer_than_the_limit_are_told_as_few(void **state)
{
    (void)state;
    const struct {
        size_t fewest, min_cell;
        const char *instead, *shown;
    } cases[] = {{4, 0, NPT__FEWER " people left.", "Fewer than 5 people left."},
                 {4, 0, "Left: " NPT__FEWER ".", "Left: fewer than 5."},
                 {5, 0, NPT__FEWER " people left.", "5 people left."},
                 {7, 8, NPT__FEWER " people left.", "Fewer than 8 people left."},
                 {0, 0, NPT__FEWER " people left.", "0 people left."},
                 {4, 0, NULL, "last"},
                 {5, 0, NULL, "5 people left."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        npt_table *table = make_noted(cases[i].fewest, cases[i].instead);
        npt_table *made = protect_one(table, cases[i].min_cell);
        assert_string_equal(npt_table_note(made, 0), "first");
        assert_string_equal(npt_table_note(made, 1), cases[i].shown);
        npt_table_free(made);
        npt_table_free(table);
    }
}

static void what_is_never_shown_is_not_shown_for_many_either(void **state)
{
    (void)state;
    npt_table *table = make_noted(NPT__NEVER_SHOWN, NULL);
    npt_table *made = protect_one(table, 1);
    assert_string_equal(npt_table_note(made, 1), "last");
    npt_table_free(made);
    npt_table_free(table);
}

static void a_copy_before_protection_keeps_both_wordings(void **state)
{
    (void)state;
    npt_table *table = make_noted(3, NPT__FEWER " people left.");
    npt__table_add_protected_note(table, "only there");
    npt_table *copy = npt__table_copy(table);
    assert_string_equal(npt_table_note(copy, 1), "3 people left.");
    expect_no_note(copy, "only there");
    npt__table_protect_words(copy, 5);
    assert_string_equal(npt_table_note(copy, 1), "Fewer than 5 people left.");
    assert_string_equal(npt_table_note(copy, 3), "only there");
    npt_table_free(copy);
    npt_table_free(table);
}

/* ---- responses ------------------------------------------------------------------------------- */

#define SURVEY \
    STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" ITEM_COLUMNS \
          "<column name=\"who\" as=\"id\"/><column name=\"when\" as=\"wave\"/>" \
          "<column name=\"t\" as=\"site\"/></survey>")
#define HEAD "a1,a2,b1,g,who,when,t\n"
#define ROWS(wave) \
    "5,3,2,7,P1," wave ",A\n4,3,2,7,P2," wave ",A\n3,3,2,7,P3," wave ",A\n" \
    "2,3,2,7,P4," wave ",B\n5,4,2,7,P5," wave ",B\n3,3,1,7,P6," wave ",B\n"

static void responses_without_an_answer_are_not_counted(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(SURVEY, "w.csv", HEAD ROWS("1") ",,,,Q1,1,A\n,,,,Q2,1,A\n,,,,Q3,1,B\n");
    static const char *const names[] = {"score", "items", "responses", "reliability", "compare"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        expect_hidden_of(opened.study, names[i], NO_OPTIONS,
                         "3 responses without any answer are counted among the missing.",
                         "Responses without any answer are counted among the missing.");
    fixture_close(&opened);
}

/* Six people and three of them again: 9 - 6 = 3, though neither number is small. */
static void people_who_answered_again_are_not_counted(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        SURVEY, "w.csv", HEAD ROWS("1") "5,3,2,7,P1,1,A\n4,3,2,7,P2,1,A\n3,3,2,7,P4,1,B\n");
    static const char *const names[] = {"score", "items", "responses", "reliability"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        expect_hidden_of(opened.study, names[i], NO_OPTIONS,
                         "The 9 responses with an id are those of 6 people",
                         "Who answered several times counts each time.");
    expect_hidden_of(opened.study, "compare", NO_OPTIONS,
                     "3 responses are of 3 people who had answered before",
                     "Who answered several times counts as several people would");
    fixture_close(&opened);
}

/* In the second wave three people are elsewhere, three answer twice, and three more are of no wave. */
static void people_who_moved_or_are_of_no_wave_are_not_counted(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        SURVEY, "w.csv",
        HEAD ROWS("1") "5,3,2,7,P1,2,B\n4,3,2,7,P2,2,B\n3,3,2,7,P3,2,B\n2,3,2,7,P4,2,B\n"
                       "5,4,2,7,P5,2,B\n3,3,1,7,P6,2,B\n2,3,2,7,P4,2,B\n5,4,2,7,P5,2,B\n"
                       "3,3,1,7,P6,2,B\n2,3,2,7,N1,,B\n5,4,2,7,N2,,B\n3,3,1,7,N3,,B\n");
    const char *const notes[][2] = {
        {"3 responses of people who had answered in the same wave already count in n and the means only",
         "Of people who answered several times in a wave all responses count in n and the means, and the "
         "first in what is said of changes."},
        {"3 responses without a wave are left out.", "Responses without a wave are left out."},
        {"3 people answered elsewhere in another wave",
         "Who answered elsewhere in another wave is linked in the total only."}};
    for (size_t i = 0; i < 3; i++)
        expect_hidden_of(opened.study, "trend", NO_OPTIONS, notes[i][0], notes[i][1]);
    fixture_close(&opened);
}

static void responses_of_no_site_are_not_counted(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        SURVEY, "w.csv", HEAD ROWS("1") "5,3,2,7,Q1,1,\n4,3,2,7,Q2,1,\n3,3,2,7,Q3,1,\n");
    expect_hidden_of(opened.study, "compare", NO_OPTIONS,
                     "Left out, without a value of site: 3 scores at most.",
                     "Left out: scores without a value of site.");
    fixture_close(&opened);
}

/* One score at a site: its name below the table would say so. */
static void a_site_with_one_score_is_not_named(void **state)
{
    (void)state;
    struct fixture opened = open_survey(SURVEY, "w.csv", HEAD ROWS("1") "5,3,2,7,Q1,1,Lone\n");
    expect_hidden_of(opened.study, "compare", NO_OPTIONS, "having one score: Lone", NULL);
    fixture_close(&opened);
}

/* That nobody was left without a score is told by the note, and by the columns that are shown; not where it is protected. */
static void whether_all_were_scored_is_not_told(void **state)
{
    (void)state;
    static const char *const files[] = {HEAD ROWS("1"), HEAD ROWS("1") ",,2,7,Q1,1,A\n"};
    for (size_t i = 0; i < 2; i++) {
        struct fixture opened = open_survey(SURVEY, "w.csv", files[i]);
        npt_table *table = run_analysis(opened.study, "score", NO_OPTIONS);
        npt_table *made = protect_one(table, 0);
        const size_t shown = npt__table_layout(table)->shown_count;
        assert_int_equal(shown, i ? 7 : 6);
        assert_int_equal(npt__table_layout(made)->shown_count, 7);
        expect_note(table, i ? "and so does Not scored" : "all that were asked have construct");
        expect_note(made, "n counts responses; Missing and Not relevant count answers.");
        npt_table_free(made);
        npt_table_free(table);
        fixture_close(&opened);
    }
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void cases_of_no_site_are_not_counted(void **state)
{
    (void)state;
    static const struct coded_case coded[] = {
        {"A", 1, TWENTY}, {"A", 0, TWENTY},  {"A", 2, TWENTY},  {"B", 1, TWENTY}, {"B", 0, TWENTY},
        {"B", 1, TWENTY}, {NULL, 1, TWENTY}, {NULL, 0, TWENTY}, {NULL, 2, TWENTY}};
    struct fixture opened = open_cases(coded, 9, false);
    expect_hidden_of(opened.study, "compare", OPTIONS("of", "cases"),
                     "Left out, without a value of Site: 3 cases.",
                     "Left out: cases without a value of Site.");
    fixture_close(&opened);
}

static void cases_without_a_text_are_neither_counted_nor_named(void **state)
{
    (void)state;
    static const struct coded_case coded[] = {{"A", 1, TWENTY}, {"A", 0, TWENTY}, {"A", 2, TWENTY},
                                              {"B", 1, TWENTY}, {"B", 0, TWENTY}, {"B", 1, TWENTY},
                                              {"A", 1, NULL},   {"A", 0, NULL},   {"B", 2, NULL}};
    struct fixture opened = open_cases(coded, 9, false);
    expect_hidden_of(opened.study, "compare", OPTIONS("of", "coverage"), "3 cases (P6, P7, P8)",
                     "Left out: cases of whose text the export holds none.");
    fixture_close(&opened);
}

/* Three cases that hold no source. */
static void cases_without_a_source_are_told_as_few(void **state)
{
    (void)state;
    write_small_codebook();
    fixture_qde("cases.qde",
                &(struct fixture_project){
                    .users = USER("A1", "Ann"),
                    .codes = CODED_CODES,
                    .cases = CASE("F1", "P1", SOURCE_REF("51")) CASE("F2", "P2", "")
                        CASE("F3", "P3", "") CASE("F4", "P4", ""),
                    .sources = INLINE_SOURCE("51", "one", TWENTY,
                                             SELECTION(0, 10, "A1", CODING("C1", "A1")))});
    struct fixture opened = fixture_open_with(
        "cases.qde", &(struct npt_study_options){.codebook = "tiny.qdc", .positions = true});
    assert_int_equal(opened.status, NPT_OK);
    static const char *const names[] = {"tally", "cases"};
    for (size_t i = 0; i < 2; i++)
        expect_hidden_of(opened.study, names[i], NO_OPTIONS,
                         "Cases of the export that hold no source and are not counted: 3.",
                         "Fewer than 5 cases of the export hold no source and are not counted.");
    fixture_close(&opened);
}

/* Two interviews coded by both, three by Ann alone. */
static struct fixture open_coders(void)
{
#define BOTH_CODED \
    SELECTION(0, 10, "A1", CODING("C1", "A1")) SELECTION(0, 10, "A2", CODING("C1", "A2"))
#define ANN_CODED SELECTION(0, 10, "A1", CODING("C1", "A1"))
    write_small_codebook();
    fixture_qde("cases.qde", &(struct fixture_project){
                                 .users = USER("A1", "Ann") USER("A2", "Ben"),
                                 .codes = CODED_CODES,
                                 .sources = INLINE_SOURCE("51", "one", TWENTY, BOTH_CODED)
                                     INLINE_SOURCE("52", "two", TWENTY, BOTH_CODED)
                                         INLINE_SOURCE("53", "Kay", TWENTY, ANN_CODED)
                                             INLINE_SOURCE("54", "Lou", TWENTY, ANN_CODED)
                                                 INLINE_SOURCE("55", "Mo", TWENTY, ANN_CODED)});
    return open_quietly("cases.qde", "tiny.qdc");
}

static void interviews_that_one_person_coded_are_neither_counted_nor_named(void **state)
{
    (void)state;
    struct fixture opened = open_coders();
    expect_hidden_of(opened.study, "agree", NO_OPTIONS,
                     "Coded by one person, and left out: 3 (Kay, Lou, Mo).",
                     "Interviews coded by one person are left out.");
    expect_hidden_of(opened.study, "agree", NO_OPTIONS, "here 2",
                     "From few interviews such intervals come out too narrow.");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fewer_than_the_limit_are_told_as_few),
        cmocka_unit_test(what_is_never_shown_is_not_shown_for_many_either),
        cmocka_unit_test(a_copy_before_protection_keeps_both_wordings),
        FIXTURE_TEST(responses_without_an_answer_are_not_counted),
        FIXTURE_TEST(people_who_answered_again_are_not_counted),
        FIXTURE_TEST(people_who_moved_or_are_of_no_wave_are_not_counted),
        FIXTURE_TEST(responses_of_no_site_are_not_counted),
        FIXTURE_TEST(a_site_with_one_score_is_not_named),
        FIXTURE_TEST(whether_all_were_scored_is_not_told),
        FIXTURE_TEST(cases_of_no_site_are_not_counted),
        FIXTURE_TEST(cases_without_a_text_are_neither_counted_nor_named),
        FIXTURE_TEST(cases_without_a_source_are_told_as_few),
        FIXTURE_TEST(interviews_that_one_person_coded_are_neither_counted_nor_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
