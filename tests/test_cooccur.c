/* test_cooccur.c - constructs and codes together: projects counted by hand, in the comments, and the example as
 * another program counts it. Random projects are in test_cooccur_pairs.c.
 *
 * Every text is 40 characters long. The codebook: domains Context (construct Setting) and Work (constructs Sense,
 * with components Purpose and Worth, and Action).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"
#include "reference_data.h"

#define LETTERS "0123456789012345678901234567890123456789"

static const char codebook[] = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" FOLDER(
    "D1", "Context", CODE("C5", "Setting"))
    FOLDER("D2", "Work",
           PARENT("C1", "Sense", CODE("C2", "Purpose") CODE("C3", "Worth"))
               CODE("C4", "Action")) "</Codes></CodeBook>";

#define USERS USER("A1", "Ann") USER("A2", "Ben")
#define CODES \
    PARENT("C1", "Sense", CODE("C2", "Purpose") CODE("C3", "Worth")) \
    CODE("C4", "Action") CODE("C5", "Setting") CODE("C6", "Weather")
#define VARIABLES VARIABLE("E1", "Site", "Text")
#define ANN(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))
#define BEN(start, end, code) SELECTION(start, end, "A2", CODING(code, "A2"))
#define TWO(start, end, one, other) \
    SELECTION(start, end, "A1", CODING(one, "A1") CODING(other, "A1"))
#define SITE(name) VALUE("E1", "Text", name)

static struct fixture open_project(const struct fixture_project *project)
{
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("project.qde", project);
    return open_quietly("project.qde", "tiny.qdc");
}

static void expect_together(const char *cases, const char *sources, const char *const *options,
                            const char *rows)
{
    const struct fixture_project project = {
        .users = USERS, .codes = CODES, .variables = VARIABLES, .cases = cases, .sources = sources};
    struct fixture opened = open_project(&project);
    expect_rows(opened.study, "cooccur", options, rows);
    fixture_close(&opened);
}

#define MEASURES \
    "cases_together,cases_both,cases_either,of_cases,jaccard_cases,segment_pairs,characters_both," \
    "characters_either,jaccard_characters\n"

/* ---- by hand --------------------------------------------------------------------------------- */

/*   one    (A)  Sense 0-10, Action 5-15; Setting and Action on 20-25
     two    (A)  Sense 0-10, Action 10-20: they touch
     three  (B)  Action 0-20; Purpose, below Sense, 5-10, and once more by Ben 8-12
     four   (B)  nothing
   Action and Setting share one segment: 5 characters of 10 + 5 Action has in one. */
#define FOUR_CASES \
    CASE("F1", "P1", SITE("A") SOURCE_REF("51")) \
    CASE("F2", "P2", SITE("A") SOURCE_REF("52")) \
    CASE("F3", "P3", SITE("B") SOURCE_REF("53")) \
    CASE("F4", "P4", SITE("B") SOURCE_REF("54"))
#define FOUR_SOURCES \
    INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C1") ANN(5, 15, "C4") TWO(20, 25, "C5", "C4")) \
    INLINE_SOURCE("52", "two", LETTERS, ANN(10, 20, "C4") ANN(0, 10, "C1")) \
    INLINE_SOURCE("53", "three", LETTERS, ANN(0, 20, "C4") ANN(5, 10, "C2") BEN(8, 12, "C2")) \
    INLINE_SOURCE("54", "four", LETTERS, "")

/* Sense and Action: together in one (5 of 20 characters: 0-15, 20-25) and, by Ann and by Ben, in three (5-12: 7
   of 20); in two they occur apart (0 of 20). */
static void overlap_counts_cases_segments_and_characters(void **state)
{
    (void)state;
    expect_together(FOUR_CASES, FOUR_SOURCES, OPTIONS("by", "Site"),
                    "construct,with,Site," MEASURES "Setting,Action,A,1,1,2,2,0.5,1,5,25,0.2\n"
                    "Setting,Action,B,0,0,1,2,0,0,0,20,0\n"
                    "Setting,Action,Total,1,1,3,4,0.3333333333333333,1,5,45,0.1111111111111111\n"
                    "Sense,Action,A,1,2,2,2,1,1,5,40,0.125\n"
                    "Sense,Action,B,1,1,1,2,1,2,7,20,0.35\n"
                    "Sense,Action,Total,2,3,3,4,1,3,12,60,0.2\n");
}

/* Setting is never together with Sense, though both occur in one. */
static void pairs_that_are_never_together_are_listed_on_request(void **state)
{
    (void)state;
    expect_together(FOUR_CASES, FOUR_SOURCES, OPTIONS("all", ""),
                    "construct,with," MEASURES "Setting,Sense,0,1,3,4,0.3333333333333333,0,0,32,0\n"
                    "Setting,Action,1,1,3,4,0.3333333333333333,1,5,45,0.1111111111111111\n"
                    "Sense,Action,2,3,3,4,1,3,12,60,0.2\n");
}

/* In three both Purposes lie within Action; the segment that is Setting and Action lies within itself. In one
   neither of 0-10 and 5-15 holds the other. */
static void inclusion_tells_its_direction(void **state)
{
    (void)state;
    expect_together(
        FOUR_CASES, FOUR_SOURCES, OPTIONS("how", "inclusion"),
        "construct,with,cases_together,cases_both,cases_either,of_cases,jaccard_cases,segment_pairs,"
        "first_within,second_within,characters_both,characters_either,jaccard_characters\n"
        "Setting,Action,1,1,3,4,0.3333333333333333,1,1,1,5,45,0.1111111111111111\n"
        "Sense,Action,1,3,3,4,1,2,2,0,12,60,0.2\n");
}

/* Within 5: in one Action 5-15 and Setting 20-25 too (5 between them), and Sense and Action in two. Sense 0-10 and
   Setting, 10 apart, not; within 10 they are. */
static void proximity_counts_the_characters_between(void **state)
{
    (void)state;
    expect_together(FOUR_CASES, FOUR_SOURCES, OPTIONS("within", "5"),
                    "construct,with," MEASURES
                    "Setting,Action,1,1,3,4,0.3333333333333333,2,5,45,0.1111111111111111\n"
                    "Sense,Action,3,3,3,4,1,4,12,60,0.2\n");
    expect_together(FOUR_CASES, FOUR_SOURCES,
                    OPTIONS("how", "proximity", "within", "10", "where", "Site=A"),
                    "construct,with," MEASURES "Setting,Sense,1,1,2,2,0.5,1,0,25,0\n"
                    "Setting,Action,1,1,2,2,0.5,2,5,25,0.2\n"
                    "Sense,Action,2,2,2,2,1,3,5,40,0.125\n");
}

/* Ann alone: the case four, in which she coded nothing, is no case of hers; Ben's 8-12 is gone. Ben alone coded
   nothing but Purpose. */
static void one_coder_is_looked_at_alone(void **state)
{
    (void)state;
    expect_together(FOUR_CASES, FOUR_SOURCES, OPTIONS("coder", "Ann", "site", "B"),
                    "construct,with," MEASURES "Sense,Action,1,1,1,1,1,1,5,20,0.25\n");
    expect_together(FOUR_CASES, FOUR_SOURCES, OPTIONS("coder", "Ben"), "construct,with," MEASURES);
}

/* Purpose 0-10 and Sense itself 5-10: a construct among its components is what was coded to itself. */
static void components_meet_their_construct(void **state)
{
    (void)state;
    expect_together(CASE("F1", "P1", SOURCE_REF("51")),
                    INLINE_SOURCE("51", "one", LETTERS,
                                  ANN(0, 10, "C2") ANN(5, 10, "C1") TWO(20, 24, "C2", "C3")),
                    OPTIONS("level", "component"),
                    "component,with," MEASURES "Sense,Sense > Purpose,1,1,1,1,1,1,5,14,"
                    "0.35714285714285715\n"
                    "Sense > Purpose,Sense > Worth,1,1,1,1,1,1,4,14,0.2857142857142857\n");
}

static void components_of_one_construct_are_not_shown_as_it_with_itself(void **state)
{
    (void)state;
    expect_together(CASE("F1", "P1", SOURCE_REF("51")),
                    INLINE_SOURCE("51", "one", LETTERS, TWO(20, 24, "C2", "C3")), NO_OPTIONS,
                    "construct,with," MEASURES);
}

/* Two people of one interview, whole: the pair is each site's, and one in the total; characters are by case. */
static void an_interview_of_two_cases_is_one_in_the_total(void **state)
{
    (void)state;
    expect_together(CASE("F1", "P1", SITE("A") SOURCE_REF("51"))
                        CASE("F2", "P2", SITE("B") SOURCE_REF("51")),
                    INLINE_SOURCE("51", "pair", LETTERS, ANN(0, 10, "C4") ANN(5, 10, "C5")),
                    OPTIONS("by", "Site"),
                    "construct,with,Site," MEASURES "Setting,Action,A,1,1,1,1,1,1,5,10,0.5\n"
                    "Setting,Action,B,1,1,1,1,1,1,5,10,0.5\n"
                    "Setting,Action,Total,2,2,2,2,1,1,10,20,0.5\n");
}

/* Ann and Ben coded one interview in an export each: 0-10 and 5-15 lie on one text, of one case. */
static void two_exports_of_an_interview_are_laid_over_each_other(void **state)
{
    (void)state;
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("ann.qde", &(struct fixture_project){
                               .users = USERS,
                               .codes = CODES,
                               .cases = CASE("F1", "P1", SOURCE_REF("51")),
                               .sources = INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C4"))});
    fixture_qde("ben.qde", &(struct fixture_project){
                               .users = USERS,
                               .codes = CODES,
                               .cases = CASE("F1", "P1", SOURCE_REF("51")),
                               .sources = INLINE_SOURCE("51", "one", LETTERS, BEN(5, 15, "C5"))});
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\">"
                                    "<coding file=\"ann.qde\" codebook=\"tiny.qdc\"/>"
                                    "<coding file=\"ben.qde\"/></study>");
    struct fixture opened = fixture_open("study.xml");
    expect_rows(opened.study, "cooccur", NO_OPTIONS,
                "construct,with," MEASURES "Setting,Action,1,1,1,1,1,1,5,15,0.3333333333333333\n");
    expect_rows(opened.study, "saturation", NO_OPTIONS,
                "interview,number,new_codes,codes,run_codes,new_information\none,1,2,2,,\n");
    fixture_close(&opened);
}

/* A segment without length: together with what surrounds it, not with what begins or ends there, and with its own
   second code. */
static void a_place_without_length_is_within_what_surrounds_it(void **state)
{
    (void)state;
    expect_together(CASE("F1", "P1", SOURCE_REF("51")),
                    INLINE_SOURCE("51", "one", LETTERS,
                                  ANN(0, 10, "C4") TWO(5, 5, "C1", "C6") ANN(10, 10, "C5")
                                      ANN(5, 8, "C5")),
                    OPTIONS("level", "code"),
                    "code,with," MEASURES "Sense,Action,1,1,1,1,1,1,0,10,0\n"
                    "Sense,Weather,1,1,1,1,1,1,0,0,\n"
                    "Action,Setting,1,1,1,1,1,1,3,10,0.3\n"
                    "Action,Weather,1,1,1,1,1,1,0,10,0\n");
}

/* The text of two is not in the export: its segments overlap all the same. */
static void a_missing_text_takes_characters_only(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USERS,
        .codes = CODES,
        .variables = VARIABLES,
        .cases = CASE("F1", "P1", SITE("A") SOURCE_REF("51"))
            CASE("F2", "P2", SITE("B") SOURCE_REF("52")),
        .sources = TEXT_SOURCE("51", "one", ANN(0, 10, "C4") ANN(5, 10, "C5"))
            TEXT_SOURCE("52", "two", ANN(0, 10, "C4") ANN(5, 10, "C5"))};
    const struct fixture_entry files[] = {TEXT_FILE("51", LETTERS)};
    fixture_write_text("tiny.qdc", codebook);
    fixture_qdpx("a.qdpx", &project, files, 1);
    struct fixture opened = open_quietly("a.qdpx", "tiny.qdc");
    npt_table *table = run_analysis(opened.study, "cooccur", OPTIONS("by", "Site"));
    expect_csv(table, "construct,with,Site," MEASURES "Setting,Action,A,1,1,1,1,1,1,5,10,0.5\n"
                      "Setting,Action,B,1,1,1,1,1,1,,,\n"
                      "Setting,Action,Total,2,2,2,2,1,2,5,10,0.5\n");
    expect_note(table, "Some texts are not in the export");
    npt_table_free(table);
    fixture_close(&opened);
}

static void what_is_not_counted_is_told(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USERS,
        .codes = CODES,
        .sources = INLINE_SOURCE("51", "one", LETTERS,
                                 ANN(0, 10, "C6") ANN(2, 8, "C4") ANN(20, 24, "C5"))};
    struct fixture opened = open_project(&project);
    npt_table *table = run_analysis(opened.study, "cooccur", NO_OPTIONS);
    expect_note(table, "none of their codes stands for a construct: 1;");
    expect_note(table, "never together are not listed: 1;");
    npt_table_free(table);
    fixture_close(&opened);
}

static void wrong_values_are_refused_with_what_was_meant(void **state)
{
    (void)state;
    const struct fixture_project project = {.codes = CODES,
                                            .sources = INLINE_SOURCE("51", "one", LETTERS, "")};
    struct fixture opened = open_project(&project);
    expect_usage(opened.study, "cooccur", OPTIONS("how", "near"),
                 "error: --how takes overlap, inclusion or proximity, not 'near'\n");
    expect_usage(opened.study, "cooccur", OPTIONS("how", "overlap", "within", "5"),
                 "error: --within is of proximity, but --how says overlap\n");
    expect_usage(opened.study, "cooccur", OPTIONS("within", "far"),
                 "error: --within takes a whole number from 0 to 1000000, not 'far'\n");
    expect_usage(opened.study, "cooccur", OPTIONS("level", "domain"),
                 "error: --level takes construct, component or code, not 'domain'\n");
    fixture_close(&opened);
}

/* ---- the example ----------------------------------------------------------------------------- */

static void expect_example(const npt_study *study, const struct reference_table *expected,
                           const char *how, const char *cases)
{
    npt_table *table = run_analysis(study, "cooccur", OPTIONS("how", how, "all", ""));
    const char *const keys[][2] = {{"cases_together", cases},
                                   {"cases_both", "cases_both"},
                                   {"cases_either", "cases_either"},
                                   {"segment_pairs", how},
                                   {"first_within", "first_within"},
                                   {"second_within", "second_within"},
                                   {"characters_both", "characters_both"},
                                   {"characters_either", "characters_either"}};
    assert_int_equal(npt_table_row_count(table), reference_rows(expected));
    for (size_t i = 0; i < reference_rows(expected); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        assert_string_equal(row[0].text, reference_cell(expected, i, "construct"));
        assert_string_equal(row[1].text, reference_cell(expected, i, "with"));
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const size_t column = npt_table_find_column(table, keys[k][0]);
            double number;
            if (column == SIZE_MAX)
                continue; /* of inclusion only */
            assert_true(reference_number(expected, i, keys[k][1], &number));
            reference_expect((double)row[column].count, number, 0);
        }
    }
    npt_table_free(table);
}

/* expected_together.csv was written by count_together.py, which reads the XML, looks at every pair of segments and
   marks every character, and shares no code with nptkit. */
static void the_example_is_as_another_program_counts_it(void **state)
{
    (void)state;
    struct reference_table *expected =
        reference_table_read(fixture_beside("examples/whole-family/expected_together.csv"));
    struct fixture opened = fixture_open(fixture_beside("examples/whole-family/study.xml"));
    expect_example(opened.study, expected, "overlap", "cases_overlap");
    expect_example(opened.study, expected, "inclusion", "cases_inclusion");
    expect_example(opened.study, expected, "proximity", "cases_proximity");
    fixture_close(&opened);
    reference_table_free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(overlap_counts_cases_segments_and_characters),
        FIXTURE_TEST(pairs_that_are_never_together_are_listed_on_request),
        FIXTURE_TEST(inclusion_tells_its_direction),
        FIXTURE_TEST(proximity_counts_the_characters_between),
        FIXTURE_TEST(one_coder_is_looked_at_alone),
        FIXTURE_TEST(components_meet_their_construct),
        FIXTURE_TEST(components_of_one_construct_are_not_shown_as_it_with_itself),
        FIXTURE_TEST(an_interview_of_two_cases_is_one_in_the_total),
        FIXTURE_TEST(two_exports_of_an_interview_are_laid_over_each_other),
        FIXTURE_TEST(a_place_without_length_is_within_what_surrounds_it),
        FIXTURE_TEST(a_missing_text_takes_characters_only),
        FIXTURE_TEST(what_is_not_counted_is_told),
        FIXTURE_TEST(wrong_values_are_refused_with_what_was_meant),
        FIXTURE_TEST(the_example_is_as_another_program_counts_it)};
    return reference_run("co-occurrence", tests);
}
