/* test_trend.c - what changed between waves, in studies so small that it is reckoned by hand, and by R 4.2.2.
 *
 * Scores of Alpha (the mean of a1 and a2) at site A:
 *     both waves  P1 2.5 3.5, P2 3 3, P3 4 5, P4 2 1.5, P5 3.5 4, P6 4.5 5
 *     one wave    U1 2.5, U2 1.5; later U3 4, U4 4, U5 2.5
 * at site B: Q1 4 4; Q2 4.5 before, Q3 1.5 later. Beta (6 - b1) is 3 for everybody.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_table.h"

static const char before[] = "who,t,a1,a2,b1,g\nP1,A,2,3,3,7\nP2,A,3,3,3,7\nP3,A,4,4,3,7\n"
                             "P4,A,2,2,3,7\nP5,A,3,4,3,7\nP6,A,5,4,3,7\nU1,A,3,2,3,7\n"
                             "U2,A,1,2,3,7\nQ1,B,4,4,3,7\nQ2,B,4,5,3,7\n";
static const char after[] = "who,t,a1,a2,b1,g\nP1,A,4,3,3,7\nP2,A,3,3,3,7\nP3,A,5,5,3,7\n"
                            "P4,A,1,2,3,7\nP5,A,4,4,3,7\nP6,A,5,5,3,7\nU3,A,4,4,3,7\n"
                            "U4,A,5,3,3,7\nU5,A,2,3,3,7\nQ1,B,4,4,3,7\nQ3,B,1,2,3,7\n";

#define WAVE(file, wave, id) \
    "<survey file=\"" file "\" instrument=\"q.xml\" wave=\"" wave "\" agree=\"5\">" id \
    "<column name=\"t\" as=\"site\"/>" ITEM_COLUMNS "</survey>"
#define ID "<column name=\"who\" as=\"id\"/>"
#define TWO_WAVES WAVE("w1.csv", "1", ID) WAVE("w2.csv", "2", ID)

static struct fixture open_waves(const char *study, const char *first, const char *second)
{
    fixture_write_text("w1.csv", first);
    struct fixture opened = open_survey(study, "w2.csv", second);
    assert_string_equal(opened.text, "");
    return opened;
}

static void expect_text(const npt_table *table, const char *column, const char *const *row,
                        const char *text)
{
    assert_string_equal(cell_at(table, column, row)->text, text);
}

static void free_tables(npt_table *tables[NPT_MOST_TABLES], size_t count)
{
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
}

/* R: t.test(to, from, paired = TRUE); (mean(to - from) / sqrt((var(to) + var(from)) / 2)) * J(5), J Hedges'
   correction by gamma functions. p: 8 of the 32 signs of Pratt's ranks are as far out (enumerated). */
static void people_who_answered_twice_are_compared_with_themselves(void **state)
{
    (void)state;
    struct fixture opened = open_waves(STUDY(TWO_WAVES), before, after);
    npt_table *table = run_analysis(opened.study, "trend", NO_OPTIONS);
    const char *const *row = ROW("Alpha", "A", "1", "2");
    expect_count(table, "n_from", row, 8);
    expect_count(table, "n_to", row, 9);
    expect_number(table, "mean_from", row, 23.5 / 8);
    expect_number(table, "mean_to", row, 32.5 / 9);
    expect_count(table, "linked", row, 6);
    expect_number(table, "change", row, 2.5 / 6);
    expect_number(table, "low", row, -0.19675217918582011);
    expect_number(table, "high", row, 1.03008551251915348);
    expect_number(table, "p", row, 8. / 32);
    expect_number(table, "p_adjusted", row, 8. / 32); /* Beta has no test */
    expect_number(table, "g", row, 0.30481121595754179);
    expect_text(table, "verdict", row, "not clear");
    expect_text(table, "by", row, "linked");
    npt_table_free(table);
    fixture_close(&opened);
}

/* R: t.test(c(4, 4, 2.5), c(2.5, 1.5)); J(3) * 1.5 / pooled sd. U = 5.5: 3 of the 10 ways to deal out five
   scores are as far from 3 (enumerated). */
static void the_others_are_two_groups(void **state)
{
    (void)state;
    struct fixture opened = open_waves(STUDY(TWO_WAVES), before, after);
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "trend", NO_OPTIONS);
    assert_int_equal(count, 2);
    const char *const *row = ROW("Alpha", "A", "1", "2");
    expect_count(tables[1], "n_from", row, 2);
    expect_count(tables[1], "n_to", row, 3);
    expect_number(tables[1], "mean_from", row, 2);
    expect_number(tables[1], "mean_to", row, 3.5);
    expect_number(tables[1], "difference", row, 1.5);
    expect_number(tables[1], "low", row, -0.91814233762157493);
    expect_number(tables[1], "high", row, 3.91814233762157471);
    expect_number(tables[1], "p", row, 0.3);
    expect_number(tables[1], "g", row, 1.3293403881791372);
    expect_text(tables[1], "verdict", row, "too few answers");
    free_tables(tables, count);
    fixture_close(&opened);
}

static void the_total_is_over_all_sites(void **state)
{
    (void)state;
    struct fixture opened = open_waves(STUDY(TWO_WAVES), before, after);
    npt_table *table = run_analysis(opened.study, "trend", NO_OPTIONS);
    const char *const *row = ROW("Alpha", "Total", "1", "2");
    expect_count(table, "n_from", row, 10);
    expect_count(table, "linked", row, 7);
    expect_number(table, "change", row, 2.5 / 7);
    row = ROW("Alpha", "B", "1", "2");
    expect_count(table, "linked", row, 1);
    expect_number(table, "change", row, 0);
    expect_absent(table, "low", row, "fewer than two could be linked");
    expect_text(table, "verdict", row, "too few answers");
    npt_table_free(table);
    fixture_close(&opened);
}

static void where_nothing_changes_there_is_no_test(void **state)
{
    (void)state;
    struct fixture opened = open_waves(STUDY(TWO_WAVES), before, after);
    npt_table *table = run_analysis(opened.study, "trend", NO_OPTIONS);
    const char *const *row = ROW("Beta", "A", "1", "2");
    expect_number(table, "change", row, 0);
    expect_absent(table, "low", row, "nothing varies");
    expect_absent(table, "p", row, "nothing varies");
    expect_absent(table, "g", row, "nothing varies");
    expect_text(table, "verdict", row, "not clear");
    npt_table_free(table);
    fixture_close(&opened);
}

static void without_ids_nobody_is_linked(void **state)
{
    (void)state;
    struct fixture opened =
        open_waves(STUDY(WAVE("w1.csv", "1", "") WAVE("w2.csv", "2", "")), before, after);
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "trend", NO_OPTIONS);
    const char *const *row = ROW("Alpha", "A", "1", "2");
    expect_count(tables[0], "linked", row, 0);
    expect_absent(tables[0], "change", row, "nobody could be linked");
    expect_text(tables[0], "by", row, "unlinked");
    expect_count(tables[1], "n_from", row, 8);
    expect_count(tables[1], "n_to", row, 9);
    expect_number(tables[1], "difference", row, 32.5 / 9 - 23.5 / 8);
    free_tables(tables, count);
    fixture_close(&opened);
}

/* Restricted likelihood over the ratio of variances, by bisection of its slope in 64-bit mantissas with dense
   matrices (numpy, long double): ratio 5.6332364, change and deviations as below. */
static void the_model_takes_linked_and_unlinked_together(void **state)
{
    (void)state;
    struct fixture opened = open_waves(STUDY(TWO_WAVES), before, after);
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "trend", OPTIONS("model", "mixed"));
    assert_int_equal(count, 3);
    const char *const *row = ROW("Alpha", "A", "1", "2");
    expect_count(tables[2], "n", row, 17);
    expect_count(tables[2], "people", row, 11);
    reference_expect(cell_at(tables[2], "change", row)->number, 0.47017673844955294, 1e-7);
    reference_expect(cell_at(tables[2], "sd_within", row)->number, 0.40982015918671649, 1e-7);
    reference_expect(cell_at(tables[2], "sd_between", row)->number, 0.97268519628764104, 1e-7);
    reference_expect(cell_at(tables[2], "icc", row)->number, 0.84924402820463016, 1e-7);
    expect_absent(tables[2], "change", ROW("Beta", "A", "1", "2"), "nothing varies");
    free_tables(tables, count);
    fixture_close(&opened);
}

static void a_model_needs_somebody_who_answered_twice(void **state)
{
    (void)state;
    struct fixture opened =
        open_waves(STUDY(WAVE("w1.csv", "1", "") WAVE("w2.csv", "2", "")), before, after);
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "trend", OPTIONS("model", "mixed"));
    expect_absent(tables[2], "change", ROW("Alpha", "A", "1", "2"), "nobody answered twice");
    free_tables(tables, count);
    fixture_close(&opened);
}

/* Q1 moved from B to A; P1 answers the first wave twice, 2.5 and 5: both are in the mean, as in that of `score`, or the
   difference would tell one response; of the change, 3.5 less 2.5, the first is part. */
static void who_moved_or_answered_twice_is_named(void **state)
{
    (void)state;
    struct fixture opened =
        open_waves(STUDY(TWO_WAVES),
                   "who,t,a1,a2,b1,g\nP1,A,2,3,3,7\nP1,A,5,5,3,7\nQ1,B,4,4,3,7\nQ2,B,4,4,3,7\n",
                   "who,t,a1,a2,b1,g\nP1,A,4,3,3,7\nQ1,A,5,5,3,7\nQ2,B,4,4,3,7\n");
    npt_table *table = run_analysis(opened.study, "trend", NO_OPTIONS);
    expect_note(
        table,
        "1 response of people who had answered in the same wave already counts in n and the means only");
    expect_note(table, "1 person answered elsewhere in another wave");
    expect_count(table, "n_from", ROW("Alpha", "A", "1", "2"), 2);
    expect_number(table, "mean_from", ROW("Alpha", "A", "1", "2"), 3.75);
    expect_count(table, "linked", ROW("Alpha", "A", "1", "2"), 1);
    expect_number(table, "change", ROW("Alpha", "A", "1", "2"), 1);
    expect_count(table, "linked", ROW("Alpha", "B", "1", "2"), 1);
    expect_count(table, "linked", ROW("Alpha", "Total", "1", "2"), 3);
    npt_table_free(table);
    fixture_close(&opened);
}

static void three_waves_are_compared_in_turn_and_from_end_to_end(void **state)
{
    (void)state;
    npt__buffer third = {0}; /* not quite the same file, which would be refused */
    npt__buffer_print(&third, "%sZ1,B,3,3,3,7\n", after);
    fixture_write("w3.csv", third.bytes, third.length);
    npt__buffer_release(&third);
    struct fixture opened = open_waves(STUDY(TWO_WAVES WAVE("w3.csv", "10", ID)), before, after);
    npt_table *table = run_analysis(opened.study, "trend", NO_OPTIONS);
    expect_number(table, "change", ROW("Alpha", "A", "1", "2"), 2.5 / 6);
    expect_number(table, "change", ROW("Alpha", "A", "2", "10"), 0); /* 10 comes after 2 */
    expect_count(table, "linked", ROW("Alpha", "A", "2", "10"), 9);
    expect_number(table, "change", ROW("Alpha", "A", "1", "10"), 2.5 / 6);
    const size_t rows = npt_table_row_count(table);
    npt_table_free(table);
    table = run_analysis(opened.study, "trend", OPTIONS("from", "1", "to", "10"));
    assert_int_equal(npt_table_row_count(table) * 3, rows);
    npt_table_free(table);
    fixture_close(&opened);
}

static void a_construct_not_asked_in_one_wave_has_no_change(void **state)
{
    (void)state;
    struct fixture opened = open_waves(
        STUDY(WAVE(
            "w1.csv", "1",
            ID) "<survey file=\"w2.csv\" instrument=\"q.xml\" wave=\"2\" agree=\"5\">" ID
                "<column name=\"t\" as=\"site\"/><column name=\"a1\" item=\"a1\"/>"
                "<column name=\"a2\" item=\"a2\"/><absent item=\"b1\"/><absent item=\"g\"/></survey>"),
        before, after);
    npt_table *table = run_analysis(opened.study, "trend", NO_OPTIONS);
    expect_count(table, "n_to", ROW("Beta", "A", "1", "2"), 0);
    expect_absent(table, "mean_to", ROW("Beta", "A", "1", "2"), "nobody has a score");
    expect_absent(table, "change", ROW("Beta", "A", "1", "2"), "nobody could be linked");
    expect_number(table, "change", ROW("Alpha", "A", "1", "2"), 2.5 / 6);
    npt_table_free(table);
    fixture_close(&opened);
}

static void one_wave_is_no_trend(void **state)
{
    (void)state;
    struct fixture opened = open_waves(STUDY(WAVE("w1.csv", "1", ID)), before, after);
    expect_usage(
        opened.study, "trend", NO_OPTIONS,
        "study.xml: error: has one wave of responses here: a trend needs two\n"
        "  hint: say in study.xml which wave each file is, <survey file=\"...\" wave=\"1\">, or which "
        "column tells it, <column name=\"...\" as=\"wave\"/>\n");
    fixture_close(&opened);
}

static void wrong_waves_are_named(void **state)
{
    (void)state;
    struct fixture opened = open_waves(STUDY(TWO_WAVES), before, after);
    expect_usage(opened.study, "trend", OPTIONS("from", "0"),
                 "error: --from: there is no wave '0'\n  hint: there are: 1, 2\n");
    expect_usage(opened.study, "trend", OPTIONS("to", "1"),
                 "error: --from and --to name the same wave, '1'\n");
    expect_usage(opened.study, "trend", OPTIONS("by", "wave"),
                 "error: --by takes one column other than the wave, not 'wave'\n");
    expect_usage(opened.study, "trend", OPTIONS("model", "fixed"),
                 "error: --model takes mixed, not 'fixed'\n");
    fixture_close(&opened);
}

static void rows_in_another_order_give_the_same_digits(void **state)
{
    (void)state;
    expect_same_in_any_order("trend", OPTIONS("by", "site", "model", "mixed"));
}

/* Three people whose scores left the model's last digits to the order of the file. */
static void nor_does_the_order_change_the_models_last_digits(void **state)
{
    (void)state;
    static const char *const files[] = {
        "respondent,site,wave,a1,a2,b1,g\nR0,S,1,5,4,4,4\nR0,S,2,4,3,5,3\nR1,S,2,1,5,3,8\n"
        "R1,S,4,5,2,3,1\nR1,S,1,1,3,4,8\nR2,S,3,4,3,5,10\nR3,S,4,4,5,3,0\n",
        "respondent,site,wave,a1,a2,b1,g\nR3,S,4,4,5,3,0\nR2,S,3,4,3,5,10\nR1,S,1,1,3,4,8\n"
        "R1,S,4,5,2,3,1\nR1,S,2,1,5,3,8\nR0,S,2,4,3,5,3\nR0,S,1,5,4,4,4\n"};
    const struct npt_study_options given = {.instrument = "q.xml", .agree = "5"};
    npt_output *csv[2];
    write_questionnaire();
    for (size_t turn = 0; turn < 2; turn++) {
        fixture_write_text("w.csv", files[turn]);
        struct fixture opened = fixture_open_with("w.csv", &given);
        npt_table *tables[NPT_MOST_TABLES];
        const size_t count = run_all(tables, opened.study, "trend", OPTIONS("model", "mixed"));
        assert_int_equal(count, 3);
        csv[turn] = as_csv(tables[2]);
        for (size_t i = 0; i < count; i++)
            npt_table_free(tables[i]);
        fixture_close(&opened);
    }
    assert_string_equal(npt_output_bytes(csv[1], NULL), npt_output_bytes(csv[0], NULL));
    npt_output_discard(csv[0]);
    npt_output_discard(csv[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(people_who_answered_twice_are_compared_with_themselves),
        FIXTURE_TEST(the_others_are_two_groups),
        FIXTURE_TEST(the_total_is_over_all_sites),
        FIXTURE_TEST(where_nothing_changes_there_is_no_test),
        FIXTURE_TEST(without_ids_nobody_is_linked),
        FIXTURE_TEST(the_model_takes_linked_and_unlinked_together),
        FIXTURE_TEST(a_model_needs_somebody_who_answered_twice),
        FIXTURE_TEST(who_moved_or_answered_twice_is_named),
        FIXTURE_TEST(three_waves_are_compared_in_turn_and_from_end_to_end),
        FIXTURE_TEST(a_construct_not_asked_in_one_wave_has_no_change),
        FIXTURE_TEST(one_wave_is_no_trend),
        FIXTURE_TEST(wrong_waves_are_named),
        FIXTURE_TEST(rows_in_another_order_give_the_same_digits),
        FIXTURE_TEST(nor_does_the_order_change_the_models_last_digits),
    };
    return reference_run("change between waves", tests);
}
