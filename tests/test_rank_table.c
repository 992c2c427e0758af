/* test_rank_table.c - the analysis of rankings against fractions from outside, and by hand.
 *
 * The example's numbers are those of examples/whole-family/count_ranking.py, which shares no code with nptkit: exact
 * fractions by the definition of W. The p are the tail of chi-square with 5 degrees of freedom, a finite sum (Abramowitz &
 * Stegun 26.4.4), worked out with 80 digits.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/buffer.h"
#include "analysis_run.h"
#include "reference_data.h"

#include <stdio.h>
#include <stdlib.h>

#define EXAMPLE "examples/whole-family/"
#define HEADER "candidate,group,judges,total,mean_rank,place,sharing\n"

static struct fixture open_ranking(const char *text)
{
    fixture_write_text("k.csv", text);
    struct fixture opened =
        fixture_open_with("k.csv", &(struct npt_study_options){.table = NPT_RANKINGS});
    assert_string_equal(opened.text, "");
    return opened;
}

static struct fixture open_example(void)
{
    return fixture_open_with(fixture_beside(EXAMPLE "study.xml"),
                             &(struct npt_study_options){.skip = NPT_CODING | NPT_RESPONSES});
}

static void free_tables(npt_table **tables, size_t count)
{
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
}

static double number_at(const npt_table *table, size_t row, const char *key)
{
    const size_t column = npt_table_find_column(table, key);
    assert_true(column != SIZE_MAX);
    const struct npt_cell *cell = &npt_table_row(table, row)[column];
    assert_int_equal(cell->kind, NPT_CELL_NUMBER);
    return cell->number;
}

static const char *reason_at(const npt_table *table, size_t row, const char *key)
{
    const struct npt_cell *cell = &npt_table_row(table, row)[npt_table_find_column(table, key)];
    assert_int_equal(cell->kind, NPT_CELL_ABSENT);
    return cell->reason;
}

/* ---- the example ----------------------------------------------------------------------------- */

/* The file holds 12 significant digits. */
static void totals_and_places_are_those_counted_apart(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    npt_table *table = run_analysis(opened.study, "rank", NO_OPTIONS);
    struct reference_table *expected =
        reference_table_read(fixture_beside(EXAMPLE "expected_ranking.csv"));
    assert_int_equal(reference_rows(expected), 18);
    assert_int_equal(npt_table_row_count(table), 18);
    for (size_t i = 0; i < 18; i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        double number;
        assert_string_equal(row[0].text, reference_cell(expected, i, "candidate"));
        assert_string_equal(row[1].kind == NPT_CELL_TOTAL ? "Total" : row[1].text,
                            reference_cell(expected, i, "group"));
        static const char *const counts[] = {"judges", "place", "sharing"};
        for (size_t j = 0; j < 3; j++) {
            assert_true(reference_number(expected, i, counts[j], &number));
            assert_int_equal(row[npt_table_find_column(table, counts[j])].count, number);
        }
        assert_true(reference_number(expected, i, "total", &number));
        reference_expect(number_at(table, i, "total"), number, 0);
        assert_true(reference_number(expected, i, "mean_rank", &number));
        reference_expect(number_at(table, i, "mean_rank"), number, 1e-11);
    }
    reference_table_free(expected);
    expect_note(table, "the group of 6 weighs more than that of 3");
    expect_no_note(table, "a guess");
    npt_table_free(table);
    fixture_close(&opened);
}

static void concordance_is_the_exact_fraction(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "rank", NO_OPTIONS);
    assert_int_equal(count, 3);
    const struct {
        double w, judges, p;
    } rows[] = {{955.0 / 1242, 6, 0.00032766273133428865539},
                {251.0 / 309, 3, 0.032345752601659027471},
                {1883.0 / 2790, 9, 1.2464937171856745710e-05}};
    for (size_t i = 0; i < 3; i++) {
        reference_expect(number_at(tables[1], i, "w"), rows[i].w, 1e-15);
        reference_expect(number_at(tables[1], i, "chi_square"), rows[i].w * rows[i].judges * 5,
                         1e-14);
        reference_expect(number_at(tables[1], i, "mean_rho"),
                         (rows[i].judges * rows[i].w - 1) / (rows[i].judges - 1), 1e-14);
        reference_expect(number_at(tables[1], i, "df"), 5, 0);
        reference_expect(number_at(tables[1], i, "p"), rows[i].p, 1e-13);
    }
    expect_note(tables[1], "few judges (here 3)");
    free_tables(tables, count);
    fixture_close(&opened);
}

/* The groups' totals order the areas B A D C E F and B D E A C F: of 15 pairs 3 stand the other way (A-D, A-E, C-E).
   rho = 1 - 6 * 10 / (6 * 35), the squared differences of places being 4 (A), 1 (D), 1 (C) and 4 (E). */
static void groups_agree_as_their_orders_do(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "rank", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(tables[2]), 1);
    reference_expect(number_at(tables[2], 0, "rho"), 1 - 6.0 * (4 + 1 + 1 + 4) / (6 * 35), 1e-15);
    reference_expect(number_at(tables[2], 0, "tau"), (12.0 - 3) / 15, 1e-15);
    expect_note(tables[2], "a standard deviation of 0.45"); /* 1 / sqrt(5) */
    free_tables(tables, count);
    fixture_close(&opened);
}

static void the_three_lowest_totals_are_chosen(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    npt_table *table = run_analysis(opened.study, "rank", OPTIONS("choose", "3"));
    npt__buffer chosen = {0};
    const size_t column = npt_table_find_column(table, "chosen");
    for (size_t i = 2; i < 18; i += 3) /* the rows of all judges */
        npt__buffer_print(&chosen, "%s %s, ", npt_table_row(table, i)[0].text,
                          npt_table_row(table, i)[column].text);
    assert_string_equal(chosen.bytes,
                        "Area B yes, Area D yes, Area A yes, Area C no, Area E no, Area F no, ");
    npt__buffer_release(&chosen);
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- by hand --------------------------------------------------------------------------------- */

static void shared_places_and_ties_at_the_border_are_told(void **state)
{
    (void)state;
    struct fixture opened = open_ranking("A,B,C,D\n1,2,3,4\n1,3,2,4\n");
    npt_table *table = run_analysis(opened.study, "rank", OPTIONS("choose", "2"));
    expect_csv(table, "candidate,judges,total,mean_rank,place,sharing,chosen\n"
                      "A,2,2,1,1,0,yes\n"
                      "B,2,5,2.5,2,1,tied\n"
                      "C,2,5,2.5,2,1,tied\n"
                      "D,2,8,4,4,0,no\n");
    expect_note(table, "Place 2 among all judges is shared: B, C.");
    npt_table_free(table);
    fixture_close(&opened);
}

/* W = 12 S / (m^2 (k^3 - k)) without ties: all alike 1; two judges the opposite way 0. */
static void unison_is_one_and_contradiction_zero(void **state)
{
    (void)state;
    struct fixture opened =
        open_ranking("Group,A,B,C\nu,2,1,3\nu,2,1,3\nu,2,1,3\nv,1,2,3\nv,3,2,1\n");
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "rank", NO_OPTIONS);
    reference_expect(number_at(tables[1], 0, "w"), 1, 0);
    reference_expect(number_at(tables[1], 0, "mean_rho"), 1, 0);
    reference_expect(number_at(tables[1], 1, "w"), 0, 0);
    reference_expect(number_at(tables[1], 1, "mean_rho"), -1, 0);
    reference_expect(number_at(tables[1], 1, "p"), 1, 0);
    /* all five: totals 10, 7, 13 about 10: S = 18, W = 12 * 18 / (25 * 24) = 0.36 */
    reference_expect(number_at(tables[1], 2, "w"), 0.36, 1e-15);
    /* v's totals are all equal: no order to compare */
    assert_string_equal(reason_at(tables[2], 0, "rho"),
                        "a group's totals are all equal, or it has no complete judge");
    free_tables(tables, count);
    fixture_close(&opened);
}

static void too_few_judges_have_no_concordance(void **state)
{
    (void)state;
    struct fixture opened = open_ranking("Panel,A,B,C\nu,2,1,3\nv,1,2,\nw,2,2,2\nw,2,2,2\n");
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "rank", NO_OPTIONS);
    expect_csv(tables[0], HEADER
               "B,u,1,1,1,1,0\nB,v,0,,,,\nB,w,2,4,2,1,2\nB,Total,3,5,1.6666666666666667,1,0\n"
               "A,u,1,2,2,2,0\nA,v,0,,,,\nA,w,2,4,2,1,2\nA,Total,3,6,2,2,0\n"
               "C,u,1,3,3,3,0\nC,v,0,,,,\nC,w,2,4,2,1,2\nC,Total,3,7,2.3333333333333335,3,0\n");
    assert_string_equal(reason_at(tables[0], 1, "total"), "nobody ranked every candidate");
    assert_string_equal(reason_at(tables[1], 0, "w"),
                        "fewer than two judges ranked every candidate");
    assert_string_equal(reason_at(tables[1], 1, "w"),
                        "fewer than two judges ranked every candidate");
    assert_string_equal(reason_at(tables[1], 2, "w"),
                        "no judge ranked any candidate above another");
    assert_int_equal(
        npt_table_row(tables[1], 1)[npt_table_find_column(tables[1], "incomplete")].count, 1);
    expect_note(tables[0], "1 judge did not rank every candidate and is left out: '2'");
    free_tables(tables, count);
    fixture_close(&opened);
}

static void one_group_or_none_has_nobody_to_agree_with(void **state)
{
    (void)state;
    static const char *const texts[] = {"Panel,A,B\nu,2,1\nu,1,2\n", "A,B\n2,1\n1,2\n"};
    for (size_t i = 0; i < 2; i++) {
        struct fixture opened = open_ranking(texts[i]);
        npt_table *tables[NPT_MOST_TABLES];
        const size_t count = run_all(tables, opened.study, "rank", NO_OPTIONS);
        assert_int_equal(count, 2);
        free_tables(tables, count);
        fixture_close(&opened);
    }
}

/* Seeded: rows in another order, and columns, give the same numbers for each candidate. */
static void the_order_of_judges_and_candidates_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (size_t round = 0; round < 20; round++) {
        double ranks[7][5];
        size_t rows[7], columns[5];
        for (size_t i = 0; i < 7; i++) {
            rows[i] = i;
            for (size_t j = 0; j < 5; j++)
                ranks[i][j] = (double)j + 1;
            reference_shuffle(ranks[i], NULL, 5, &seed);
        }
        for (size_t j = 0; j < 5; j++)
            columns[j] = j;
        double w[2], p[2], rho[2], totals[2][5];
        for (size_t turn = 0; turn < 2; turn++) {
            npt__buffer text = {0};
            npt__buffer_puts(&text, "Panel");
            for (size_t j = 0; j < 5; j++)
                npt__buffer_print(&text, ",C%zu", columns[j]);
            for (size_t i = 0; i < 7; i++) {
                npt__buffer_print(&text, "\n%s", rows[i] < 3 ? "u" : "v");
                for (size_t j = 0; j < 5; j++)
                    npt__buffer_print(&text, ",%d", (int)ranks[rows[i]][columns[j]]);
            }
            npt__buffer_putc(&text, '\n');
            struct fixture opened = open_ranking(text.bytes);
            npt_table *tables[NPT_MOST_TABLES];
            const size_t count = run_all(tables, opened.study, "rank", NO_OPTIONS);
            w[turn] = number_at(tables[1], 2, "w");
            p[turn] = number_at(tables[1], 2, "p");
            rho[turn] = number_at(tables[2], 0, "rho");
            for (size_t i = 2; i < 15; i += 3)
                totals[turn][npt_table_row(tables[0], i)[0].text[1] - '0'] =
                    number_at(tables[0], i, "total");
            free_tables(tables, count);
            fixture_close(&opened);
            npt__buffer_release(&text);
            for (size_t i = 0; i < 7; i++) /* the second turn: backwards, and turned round */
                rows[i] = 6 - i;
            for (size_t j = 0; j < 5; j++)
                columns[j] = (j + 2) % 5;
        }
        assert_true(w[0] == w[1] && p[0] == p[1] && rho[0] == rho[1]);
        assert_true(w[0] >= 0 && w[0] <= 1);
        for (size_t j = 0; j < 5; j++)
            assert_true(totals[0][j] == totals[1][j]);
    }
}

/* ---- several rankings, and none -------------------------------------------------------------- */

static void several_rankings_stand_side_by_side(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "A,B\n1,2\n");
    fixture_write_text("b.csv", "Panel,X,Y\nu,2,1\nv,2,1\n");
    fixture_write_text("study.xml",
                       "<study xmlns=\"urn:nptkit:study:1\"><ranking file=\"a.csv\"/>"
                       "<ranking file=\"b.csv\" name=\"second\" group=\"Panel\"/></study>");
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    expect_rows(opened.study, "rank", NO_OPTIONS,
                "ranking,candidate,group,judges,total,mean_rank,place,sharing\n"
                "a,A,Total,1,1,1,1,0\n"
                "a,B,Total,1,2,2,2,0\n"
                "second,Y,u,1,1,1,1,0\nsecond,Y,v,1,1,1,1,0\nsecond,Y,Total,2,2,1,1,0\n"
                "second,X,u,1,2,2,2,0\nsecond,X,v,1,2,2,2,0\nsecond,X,Total,2,4,2,2,0\n");
    expect_rows(opened.study, "rank", OPTIONS("ranking", "a"),
                "candidate,judges,total,mean_rank,place,sharing\nA,1,1,1,1,0\nB,1,2,2,2,0\n");
    expect_usage(opened.study, "rank", OPTIONS("ranking", "secon"),
                 "error: no ranking is called 'secon'\n  hint: did you mean 'second'\n");
    expect_usage(opened.study, "rank", OPTIONS("choose", "0"),
                 "error: --choose takes a whole number from 1 to 10000, not '0'\n");
    fixture_close(&opened);
}

static void a_study_without_rankings_is_told_what_to_add(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "id,A,B\nu,1,2\n");
    struct fixture opened =
        fixture_open_with("a.csv", &(struct npt_study_options){.table = NPT_RATINGS});
    expect_usage(
        opened.study, "rank", NO_OPTIONS,
        "a.csv: error: has no rankings, which 'rank' looks at\n"
        "  hint: name them in study.xml: <ranking file=\"sites.csv\" group=\"Panel\"/>, judges "
        "down and candidates across\n");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(totals_and_places_are_those_counted_apart),
        FIXTURE_TEST(concordance_is_the_exact_fraction),
        FIXTURE_TEST(groups_agree_as_their_orders_do),
        FIXTURE_TEST(the_three_lowest_totals_are_chosen),
        FIXTURE_TEST(shared_places_and_ties_at_the_border_are_told),
        FIXTURE_TEST(unison_is_one_and_contradiction_zero),
        FIXTURE_TEST(too_few_judges_have_no_concordance),
        FIXTURE_TEST(one_group_or_none_has_nobody_to_agree_with),
        FIXTURE_TEST(the_order_of_judges_and_candidates_changes_nothing),
        FIXTURE_TEST(several_rankings_stand_side_by_side),
        FIXTURE_TEST(a_study_without_rankings_is_told_what_to_add),
    };
    return reference_run("rankings", tests);
}
