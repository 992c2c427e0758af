/* test_joint.c - the joint display of a study so small that both halves are counted by hand.
 *
 * Site A: five respondents, three interviews; site B: four respondents, one interview.
 *     Alpha of A: 4.5 4 5 4.5 4: mean 4.4, sd sqrt(0.7 / 4); of B: 2 2 2 2
 *     Beta of A (6 - b1): 3 4 2 3 3: mean 3, sd sqrt(0.5); of B: 1 1 1 1
 *     Alpha at A: P1 and P2 with a facilitator, P3 with a barrier; at B: P4 with a barrier
 *     Beta at A: P1 with both; at B: nobody. Gamma, not in the questionnaire: P4
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/analysis/joint.h"
#include "survey_table.h"

#include <math.h>

#define WORDS "0123456789012345678901234567890123456789"

static const char codebook[] =
    "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" CODE("C1", "Alpha") CODE("C2", "Beta")
        CODE("C3", "Gamma") "</Codes></CodeBook>";

#define CODES \
    CODE("C1", "Alpha") \
    CODE("C2", "Beta") CODE("C3", "Gamma") CODE("B1", "Against") CODE("B2", "For")
#define CODED(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))
#define AT(site) VALUE("E1", "Text", site)
#define CASES \
    CASE("F1", "P1", AT("A") SOURCE_REF("51")) \
    CASE("F2", "P2", AT("A") SOURCE_REF("52")) \
    CASE("F3", "P3", AT("A") SOURCE_REF("53")) CASE("F4", "P4", AT("B") SOURCE_REF("54"))
#define SOURCES_OF_A \
    INLINE_SOURCE("51", "one", WORDS, \
                  CODED(0, 10, "C1") CODED(5, 8, "B2") CODED(12, 20, "C2") CODED(12, 20, "B1") \
                      CODED(22, 30, "C2") CODED(25, 26, "B2")) \
    INLINE_SOURCE("52", "two", WORDS, CODED(3, 9, "C1") CODED(0, 4, "B2")) \
    INLINE_SOURCE("53", "three", WORDS, CODED(0, 10, "C1") CODED(9, 12, "B1"))
#define SOURCES_OF_B \
    INLINE_SOURCE("54", "four", WORDS, CODED(0, 10, "C1") CODED(0, 10, "B1") CODED(20, 30, "C3"))

static const char responses[] = "t,a1,a2,b1,g\n"
                                "A,5,4,3,7\nA,4,4,2,7\nA,5,5,4,7\nA,4,5,3,7\nA,4,4,3,7\n"
                                "B,2,2,5,7\nB,2,2,5,7\nB,2,2,5,7\nB,2,2,5,7\n";

#define SURVEY \
    "<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\"><column name=\"t\" as=\"site\"/>" ITEM_COLUMNS \
    "</survey>"
#define SITES "<site id=\"a\" name=\"A\"/><site id=\"b\" name=\"B\"/>"
#define INTERVIEWS(inside) \
    "<coding file=\"p.qde\" codebook=\"tiny.qdc\"><attribute name=\"Site\" as=\"site\"/>" inside \
    "</coding>"
#define DIRECTION "<valence barrier=\"Against\" facilitator=\"For\"/>"

static struct fixture open_both(const char *study)
{
    npt__buffer sources = {0};
    npt__buffer_puts(&sources, SOURCES_OF_A);
    npt__buffer_puts(&sources, SOURCES_OF_B);
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("p.qde", &(struct fixture_project){.users = USER("A1", "Ann"),
                                                   .codes = CODES,
                                                   .variables = VARIABLE("E1", "Site", "Text"),
                                                   .cases = CASES,
                                                   .sources = npt__buffer_string(&sources)});
    npt__buffer_release(&sources);
    struct fixture opened = open_survey(study, "w.csv", responses);
    assert_string_equal(opened.text, "");
    return opened;
}

struct expected {
    const char *construct, *site;
    int64_t n;
    double mean;
    const char *survey;
    int64_t favour, against, cases, of_cases;
    const char *interviews, *together;
};

static void expect_cell(const npt_table *table, const char *column, const char *const *row,
                        const char *text)
{
    assert_string_equal(cell_at(table, column, row)->text, text);
}

static void both_halves_are_counted_and_read_by_the_rule(void **state)
{
    (void)state;
    static const struct expected rows[] = {
        {"Alpha", "A", 5, 4.4, "favourable", 2, 1, 3, 3, "favourable", "agree"},
        {"Alpha", "B", 4, 2, "silent", 0, 1, 1, 1, "unfavourable", "survey silent"},
        {"Alpha", "Total", 9, 10. / 3, "mixed", 2, 2, 4, 4, "mixed", "agree"},
        {"Beta", "A", 5, 3, "mixed", 1, 1, 1, 3, "mixed", "agree"},
        {"Beta", "B", 4, 1, "silent", 0, 0, 0, 1, "silent", "both silent"},
        {"Beta", "Total", 9, 19. / 9, "mixed", 1, 1, 1, 4, "mixed", "agree"}};
    struct fixture opened = open_both(STUDY(SITES INTERVIEWS(DIRECTION) SURVEY));
    npt_table *table = run_analysis(opened.study, "joint", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(table), sizeof rows / sizeof *rows);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const *row = ROW(rows[i].construct, rows[i].site);
        expect_count(table, "n", row, rows[i].n);
        expect_number(table, "mean", row, rows[i].mean);
        expect_cell(table, "survey_says", row, rows[i].survey);
        expect_count(table, "cases_for", row, rows[i].favour);
        expect_count(table, "cases_against", row, rows[i].against);
        expect_count(table, "cases", row, rows[i].cases);
        expect_count(table, "of_cases", row, rows[i].of_cases);
        expect_cell(table, "interviews_say", row, rows[i].interviews);
        expect_cell(table, "together", row, rows[i].together);
    }
    /* t with 4 degrees of freedom: 2.7764451051977987 (R: qt(0.975, 4)). */
    const double reach = 2.7764451051977987 * sqrt(0.7 / 4 / 5);
    expect_number(table, "low", ROW("Alpha", "A"), 4.4 - reach);
    expect_number(table, "high", ROW("Alpha", "A"), 4.4 + reach);
    expect_absent(table, "low", ROW("Alpha", "B"),
                  "no interval: the scores do not differ, or there is one only");
    expect_note(table, "Left out: 1 construct on which");
    npt_table_free(table);
    fixture_close(&opened);
}

static void with_all_what_nobody_was_asked_stands_there_as_silent(void **state)
{
    (void)state;
    struct fixture opened = open_both(STUDY(SITES INTERVIEWS(DIRECTION) SURVEY));
    npt_table *table = run_analysis(opened.study, "joint", OPTIONS("all", ""));
    expect_absent(table, "n", ROW("Gamma", "B"), "no item of the questionnaire");
    expect_count(table, "cases", ROW("Gamma", "B"), 1);
    expect_cell(table, "survey_says", ROW("Gamma", "B"), "silent");
    expect_cell(table, "together", ROW("Gamma", "B"), "both silent"); /* no direction on it */
    npt_table_free(table);
    fixture_close(&opened);
}

static void fewer_respondents_do_where_the_user_says_so(void **state)
{
    (void)state;
    struct fixture opened = open_both(STUDY(SITES INTERVIEWS(DIRECTION) SURVEY));
    npt_table *table = run_analysis(opened.study, "joint", OPTIONS("least", "4"));
    /* All four say the same: below the middle, though there is no interval. */
    expect_cell(table, "survey_says", ROW("Alpha", "B"), "unfavourable");
    expect_cell(table, "together", ROW("Alpha", "B"), "agree");
    expect_cell(table, "together", ROW("Beta", "B"), "interviews silent");
    npt_table_free(table);
    fixture_close(&opened);
}

static void without_barriers_and_facilitators_interviews_are_silent(void **state)
{
    (void)state;
    struct fixture opened = open_both(STUDY(SITES INTERVIEWS("") SURVEY));
    npt_table *table = run_analysis(opened.study, "joint", NO_OPTIONS);
    expect_count(table, "cases", ROW("Alpha", "A"), 3);
    expect_absent(table, "cases_for", ROW("Alpha", "A"),
                  "no codes tell barriers from facilitators");
    expect_cell(table, "together", ROW("Alpha", "A"), "interviews silent");
    expect_note(table, "<valence barrier=");
    npt_table_free(table);
    fixture_close(&opened);
}

/* Alpha at A: for in P1, against in P3. Beta at A: both in P1. Alpha at B: against in P4. */
static void quotes_are_one_for_and_one_against(void **state)
{
    (void)state;
    struct fixture opened = open_both(STUDY(SITES INTERVIEWS(DIRECTION) SURVEY));
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "joint", NO_OPTIONS);
    assert_int_equal(count, 2);
    expect_csv(tables[1], "construct,site,case,source,side,text\n"
                          "Alpha,A,P1,one,for,0123456789\n"
                          "Alpha,A,P3,three,against,0123456789\n"
                          "Alpha,B,P4,four,against,0123456789\n"
                          "Beta,A,P1,one,for,23456789\n"
                          "Beta,A,P1,one,against,23456789\n");
    npt_table_free(tables[0]);
    npt_table_free(tables[1]);
    fixture_close(&opened);
}

static void one_quote_or_none_can_be_asked_for(void **state)
{
    (void)state;
    struct fixture opened = open_both(STUDY(SITES INTERVIEWS(DIRECTION) SURVEY));
    npt_table *tables[NPT_MOST_TABLES];
    assert_int_equal(run_all(tables, opened.study, "joint", OPTIONS("quotes", "0")), 1);
    npt_table_free(tables[0]);
    assert_int_equal(run_all(tables, opened.study, "joint", OPTIONS("quotes", "1")), 2);
    expect_csv(tables[1], "construct,site,case,source,side,text\n"
                          "Alpha,A,P1,one,for,0123456789\n"
                          "Alpha,B,P4,four,against,0123456789\n"
                          "Beta,A,P1,one,for,23456789\n");
    npt_table_free(tables[0]);
    npt_table_free(tables[1]);
    fixture_close(&opened);
}

static void a_site_alone_is_shown_alone(void **state)
{
    (void)state;
    struct fixture opened = open_both(STUDY(SITES INTERVIEWS(DIRECTION) SURVEY));
    npt_table *table = run_analysis(opened.study, "joint", OPTIONS("site", "B"));
    assert_int_equal(npt_table_row_count(table), 4); /* B and the total, which is B */
    expect_count(table, "n", ROW("Alpha", "Total"), 4);
    expect_count(table, "of_cases", ROW("Alpha", "Total"), 1);
    npt_table_free(table);
    fixture_close(&opened);
}

static void one_half_alone_is_no_joint_display(void **state)
{
    (void)state;
    struct fixture opened = open_both(STUDY(SITES SURVEY));
    expect_usage(
        opened.study, "joint", NO_OPTIONS,
        "study.xml: error: has no coded interviews: a joint display sets survey and interviews "
        "side by side\n"
        "  hint: name both in one study.xml: <coding file=\"interviews.qdpx\"/> and <survey "
        "file=\"wave1.csv\" instrument=\"nomad\">\n");
    fixture_close(&opened);
}

static void silence_is_no_disagreement(void **state)
{
    (void)state;
    static const enum npt__together all[4][4] = {
        /* survey silent, unfavourable, mixed, favourable; interviews across */
        {NPT__BOTH_SILENT, NPT__SURVEY_SILENT, NPT__SURVEY_SILENT, NPT__SURVEY_SILENT},
        {NPT__INTERVIEWS_SILENT, NPT__AGREE, NPT__PARTLY_AGREE, NPT__DISAGREE},
        {NPT__INTERVIEWS_SILENT, NPT__PARTLY_AGREE, NPT__AGREE, NPT__PARTLY_AGREE},
        {NPT__INTERVIEWS_SILENT, NPT__DISAGREE, NPT__PARTLY_AGREE, NPT__AGREE}};
    for (int survey = 0; survey < 4; survey++)
        for (int interviews = 0; interviews < 4; interviews++)
            assert_int_equal(
                npt__put_together((enum npt__reading)survey, (enum npt__reading)interviews),
                all[survey][interviews]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(both_halves_are_counted_and_read_by_the_rule),
        FIXTURE_TEST(with_all_what_nobody_was_asked_stands_there_as_silent),
        FIXTURE_TEST(fewer_respondents_do_where_the_user_says_so),
        FIXTURE_TEST(without_barriers_and_facilitators_interviews_are_silent),
        FIXTURE_TEST(quotes_are_one_for_and_one_against),
        FIXTURE_TEST(one_quote_or_none_can_be_asked_for),
        FIXTURE_TEST(a_site_alone_is_shown_alone),
        FIXTURE_TEST(one_half_alone_is_no_joint_display),
        cmocka_unit_test(silence_is_no_disagreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
