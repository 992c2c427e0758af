/* test_saturation_table.c - new codes by interview of projects counted by hand, in the comments, and of the example
 * as another program counts them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"
#include "reference_data.h"

#include <math.h>

#define LETTERS "0123456789012345678901234567890123456789"
#define USERS USER("A1", "Ann") USER("A2", "Ben")
#define CODES CODE("C1", "a") CODE("C2", "b") CODE("C3", "c") CODE("C4", "d") CODE("C5", "e")
#define VARIABLES \
    VARIABLE("E1", "Site", "Text") \
    VARIABLE("E2", "Date of birth", "Date") \
    VARIABLE("E3", "Interview date", "Date") VARIABLE("E4", "Round", "Text")
#define ANN(code) SELECTION(0, 10, "A1", CODING(code, "A1"))
#define BEN(code) SELECTION(5, 15, "A2", CODING(code, "A2"))
#define SITE(name) VALUE("E1", "Text", name)
#define BORN(date) VALUE("E2", "Date", date)
#define HELD(date) VALUE("E3", "Date", date)
#define ROUND(name) VALUE("E4", "Text", name)

/* As they stand: one (A) a, b; two (A) a; three (B) c, by Ben d; four (B) nothing; five (A) a, e.
   By date: three, two, one, five, four (without a date). By round: four 1; two, five 2; one 10; three none. */
#define FIVE_CASES \
    CASE("F1", "P1", SITE("A") BORN("1990-01-01") HELD("2024-03-02") ROUND("10") SOURCE_REF("51")) \
    CASE("F2", "P2", SITE("A") BORN("1960-01-01") HELD("2024-02-11") ROUND("2") SOURCE_REF("52")) \
    CASE("F3", "P3", SITE("B") BORN("1970-01-01") HELD("2023-12-24") SOURCE_REF("53")) \
    CASE("F4", "P4", SITE("B") BORN("1950-01-01") ROUND("1") SOURCE_REF("54")) \
    CASE("F5", "P5", SITE("A") BORN("1980-01-01") HELD("2024-03-02") ROUND("2") SOURCE_REF("55"))
#define FIVE_SOURCES \
    INLINE_SOURCE("51", "one", LETTERS, ANN("C1") ANN("C2")) \
    INLINE_SOURCE("52", "two", LETTERS, ANN("C1")) \
    INLINE_SOURCE("53", "three", LETTERS, ANN("C3") BEN("C4")) \
    INLINE_SOURCE("54", "four", LETTERS, "") \
    INLINE_SOURCE("55", "five", LETTERS, ANN("C5") ANN("C1"))

static struct fixture open_five(void)
{
    fixture_qde("project.qde", &(struct fixture_project){.users = USERS,
                                                         .codes = CODES,
                                                         .variables = VARIABLES,
                                                         .cases = FIVE_CASES,
                                                         .sources = FIVE_SOURCES});
    return fixture_open("project.qde");
}

static void expect_second(const npt_study *study, const char *const *options, const char *rows)
{
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, study, "saturation", options);
    assert_int_equal(count, 2);
    expect_csv(tables[1], rows);
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
}

/* ---- orders ---------------------------------------------------------------------------------- */

/* The date of birth is none of the interview. Base 1 (c, d), run 1: a, b, e are 1 of 2 each; then nothing. */
static void interviews_come_by_their_date_where_there_is_one(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    npt_table *table = run_analysis(opened.study, "saturation", OPTIONS("base", "1", "run", "1"));
    expect_csv(table, "interview,number,ordered_by,new_codes,codes,run_codes,new_information\n"
                      "three,1,2023-12-24,2,2,,\n"
                      "two,2,2024-02-11,1,3,1,0.5\n"
                      "one,3,2024-03-02,1,4,1,0.5\n"
                      "five,4,2024-03-02,1,5,1,0.5\n"
                      "four,5,,0,5,0,0\n");
    expect_note(table, "in the order of 'Interview date': a guess");
    expect_note(table, "without a value of 'Interview date' come last: 1");
    expect_note(table, "with the same 'Interview date' as the one before, in the order in which "
                       "the export lists them: 1");
    expect_note(table, "nothing was coded count as interviews: 1");
    npt_table_free(table);
    fixture_close(&opened);
}

static void interviews_come_in_any_order_that_is_asked_for(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    expect_rows(opened.study, "saturation", OPTIONS("order", "file", "base", "2", "run", "2"),
                "interview,number,new_codes,codes,run_codes,new_information\n"
                "one,1,2,2,,\ntwo,2,0,2,,\nthree,3,2,4,,\nfour,4,0,4,2,1\nfive,5,1,5,1,0.5\n");
    expect_rows(opened.study, "saturation", OPTIONS("order", "name", "base", "2", "run", "2"),
                "interview,number,new_codes,codes,run_codes,new_information\n"
                "five,1,2,2,,\nfour,2,0,2,,\none,3,1,3,,\nthree,4,2,5,3,1.5\ntwo,5,0,5,2,1\n");
    expect_rows(opened.study, "saturation", OPTIONS("order", "round", "base", "2", "run", "2"),
                "interview,number,ordered_by,new_codes,codes,run_codes,new_information\n"
                "four,1,1,0,0,,\ntwo,2,2,1,1,,\nfive,3,2,1,2,,\none,4,10,1,3,2,2\n"
                "three,5,,2,5,3,3\n");
    fixture_close(&opened);
}

static void without_dates_interviews_come_as_they_stand(void **state)
{
    (void)state;
    fixture_qde("project.qde",
                &(struct fixture_project){
                    .users = USERS,
                    .codes = CODES,
                    .variables = VARIABLES,
                    .cases = CASE("F1", "P1",
                                  BORN("1990-01-01") VALUE("E3", "Text", "May") SOURCE_REF("52"))
                        CASE("F2", "P2", BORN("1960-01-01") HELD("2024-02-11") SOURCE_REF("51")),
                    .sources = INLINE_SOURCE("52", "two", LETTERS, ANN("C1"))
                        INLINE_SOURCE("51", "one", LETTERS, ANN("C2"))});
    struct fixture opened = fixture_open("project.qde");
    npt_table *table = run_analysis(opened.study, "saturation", NO_OPTIONS);
    expect_csv(table, "interview,number,new_codes,codes,run_codes,new_information\n"
                      "two,1,1,1,,\none,2,1,2,,\n");
    expect_note(table, "no date of interviews was found. --order gives another.");
    npt_table_free(table);
    table = run_analysis(opened.study, "saturation", OPTIONS("order", "Interview date"));
    expect_note(table, "not written as YYYY-MM-DD: 1;");
    npt_table_free(table);
    expect_usage(opened.study, "saturation", OPTIONS("order", "date"),
                 "error: --order date: no attribute with 'date' in its name holds dates written as "
                 "YYYY-MM-DD\n"
                 "  hint: name an attribute: --order ATTRIBUTE; or --order file\n");
    fixture_close(&opened);
}

/* A: two a; one b; five e. B: three c, d; four nothing. */
static void sites_have_orders_of_their_own(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    expect_rows(opened.study, "saturation", OPTIONS("by", "Site", "base", "1", "run", "1"),
                "Site,interview,number,ordered_by,new_codes,codes,run_codes,new_information\n"
                "A,two,1,2024-02-11,1,1,,\n"
                "A,one,2,2024-03-02,1,2,1,1\n"
                "A,five,3,2024-03-02,1,3,1,1\n"
                "B,three,1,2023-12-24,2,2,,\n"
                "B,four,2,,0,2,0,0\n"
                "Total,three,1,2023-12-24,2,2,,\n"
                "Total,two,2,2024-02-11,1,3,1,0.5\n"
                "Total,one,3,2024-03-02,1,4,1,0.5\n"
                "Total,five,4,2024-03-02,1,5,1,0.5\n"
                "Total,four,5,,0,5,0,0\n");
    fixture_close(&opened);
}

/* Ben coded in three only. */
static void one_coder_is_looked_at_alone(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    npt_table *table = run_analysis(opened.study, "saturation", OPTIONS("coder", "Ben"));
    expect_csv(table, "interview,number,ordered_by,new_codes,codes,run_codes,new_information\n"
                      "three,1,2023-12-24,1,1,,\n");
    expect_note(table, "With --coder, interviews are those in which that person coded anything.");
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- where it is reached --------------------------------------------------------------------- */

/* By date 2, 1, 1, 1, 0. Base 1 (2 codes), run 1: 50% at once, 0% after 4. Base 2 (3 codes), run 1: 33%, 33%,
   0%. Base 4 and run 2 are more than 5 interviews. */
static void saturation_is_reached_or_it_is_told_why_not(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    const char *header = "base,run,threshold,reached,interviews,of_interviews,run_codes,base_codes,"
                         "new_information,codes,of_codes\n";
    npt__buffer rows = {0};
    npt__buffer_print(&rows,
                      "%s1,1,50%%,1+1,1,5,1,2,0.5,3,5\n1,1,0.0,4+1,4,5,0,2,0,5,5\n"
                      "1,3,50%%,,,5,,2,,,5\n1,3,0.0,,,5,,2,,,5\n"
                      "4,1,50%%,4+1,4,5,0,5,0,5,5\n4,1,0.0,4+1,4,5,0,5,0,5,5\n"
                      "4,3,50%%,,,5,,,,,5\n4,3,0.0,,,5,,,,,5\n",
                      header);
    expect_second(opened.study, OPTIONS("base", "1,4", "run", "1, 3", "threshold", "50%,0.0"),
                  rows.bytes);
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count =
        run_all(tables, opened.study, "saturation", OPTIONS("base", "1,5", "run", "3"));
    assert_string_equal(npt_table_row(tables[1], 0)[3].reason, "not reached");
    assert_string_equal(npt_table_row(tables[1], 2)[3].reason,
                        "fewer interviews than a base and a run");
    expect_note(tables[1], "Guest, Namey & Chen 2020");
    expect_note(tables[1], "Code saturation is not meaning saturation");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    npt__buffer_release(&rows);
    fixture_close(&opened);
}

static void a_base_without_codes_has_no_share(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    expect_second(opened.study,
                  OPTIONS("base", "1", "run", "1", "threshold", "5%", "order", "Round"),
                  "base,run,threshold,reached,interviews,of_interviews,run_codes,base_codes,"
                  "new_information,codes,of_codes\n1,1,5%,,,5,,0,,,5\n");
    fixture_close(&opened);
}

/* All five interviews hold 5 codes in the end, in whatever order; the first holds 0, 1 or 2. */
static void random_orders_stand_beside_the_given_one(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "saturation",
                                 OPTIONS("orders", "500", "base", "1", "run", "1"));
    const size_t mean = npt_table_find_column(tables[0], "orders_mean");
    reference_expect(npt_table_row(tables[0], 4)[mean].number, 5, 0);
    reference_expect(npt_table_row(tables[0], 4)[mean + 1].number, 5, 0);
    reference_expect(npt_table_row(tables[0], 0)[mean + 1].number, 0, 0); /* four, one in five */
    reference_expect(npt_table_row(tables[0], 0)[mean + 2].number, 2, 0); /* three in five */
    /* 2 + 1 + 2 + 0 + 2 codes over 5 interviews: 1.4, with a standard deviation of 0.8 / sqrt(500) */
    const double first = npt_table_row(tables[0], 0)[mean].number;
    assert_true(first > 1.4 - 0.18 && first < 1.4 + 0.18);
    /* 0% is met in 96 of all 120 orders, as a list of them shows: not where the base is the empty one */
    const size_t reached = npt_table_find_column(tables[1], "orders_reached");
    assert_true(fabs(npt_table_row(tables[1], 1)[reached].number - 96 / 120.0) < 0.09);
    expect_note(tables[0], "Random orders of these interviews: 500 (seed 1)");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- wrong options --------------------------------------------------------------------------- */

static void wrong_values_are_refused_with_what_was_meant(void **state)
{
    (void)state;
    struct fixture opened = open_five();
    expect_usage(opened.study, "saturation", OPTIONS("order", "Ruond"),
                 "error: --order takes date, name, file or an attribute of cases, not 'Ruond'\n"
                 "  hint: did you mean 'Round'\n");
    expect_usage(
        opened.study, "saturation", OPTIONS("base", "4,0"),
        "error: --base takes numbers of interviews from 1 to 1000 such as 4,5,6, not '0'\n");
    expect_usage(
        opened.study, "saturation", OPTIONS("run", "two"),
        "error: --run takes numbers of interviews from 1 to 1000 such as 4,5,6, not 'two'\n");
    expect_usage(opened.study, "saturation", OPTIONS("run", ","),
                 "error: --run takes numbers of interviews from 1 to 1000 such as 4,5,6, not ''\n");
    expect_usage(opened.study, "saturation", OPTIONS("threshold", "5"),
                 "error: --threshold takes shares such as 5%,0%, not '5'\n");
    expect_usage(opened.study, "saturation", OPTIONS("threshold", "5%%"),
                 "error: --threshold takes shares such as 5%,0%, not '5%%'\n");
    expect_usage(opened.study, "saturation", OPTIONS("base", "1,2,3,4,5,6,7,8,9", "run", "1,2,3,4"),
                 "error: --base, --run and --threshold: more than 64 combinations\n");
    expect_usage(opened.study, "saturation", OPTIONS("orders", "0"),
                 "error: --orders takes a whole number from 1 to 100000, not '0'\n");
    fixture_close(&opened);
}

/* ---- the example ----------------------------------------------------------------------------- */

static void expect_new(const npt_study *study, const struct reference_table *expected,
                       const char *level, const char *fresh, const char *so_far)
{
    npt_table *table = run_analysis(study, "saturation", OPTIONS("level", level));
    const size_t column = npt_table_find_column(table, "new_codes");
    assert_int_equal(npt_table_row_count(table), reference_rows(expected));
    for (size_t i = 0; i < reference_rows(expected); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        double number;
        assert_string_equal(row[0].text, reference_cell(expected, i, "interview"));
        assert_true(reference_number(expected, i, fresh, &number));
        reference_expect((double)row[column].count, number, 0);
        assert_true(reference_number(expected, i, so_far, &number));
        reference_expect((double)row[column + 1].count, number, 0);
    }
    npt_table_free(table);
}

/* expected_new.csv was written by count_together.py, which reads the XML and shares no code with nptkit. */
static void the_example_is_as_another_program_counts_it(void **state)
{
    (void)state;
    struct reference_table *expected =
        reference_table_read(fixture_beside("examples/whole-family/expected_new.csv"));
    struct fixture opened = fixture_open(fixture_beside("examples/whole-family/study.xml"));
    expect_new(opened.study, expected, "code", "new_codes", "codes");
    expect_new(opened.study, expected, "construct", "new_constructs", "constructs");
    fixture_close(&opened);
    reference_table_free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(interviews_come_by_their_date_where_there_is_one),
        FIXTURE_TEST(interviews_come_in_any_order_that_is_asked_for),
        FIXTURE_TEST(without_dates_interviews_come_as_they_stand),
        FIXTURE_TEST(sites_have_orders_of_their_own),
        FIXTURE_TEST(one_coder_is_looked_at_alone),
        FIXTURE_TEST(saturation_is_reached_or_it_is_told_why_not),
        FIXTURE_TEST(a_base_without_codes_has_no_share),
        FIXTURE_TEST(random_orders_stand_beside_the_given_one),
        FIXTURE_TEST(wrong_values_are_refused_with_what_was_meant),
        FIXTURE_TEST(the_example_is_as_another_program_counts_it)};
    return reference_run("new codes by interview", tests);
}
