/* test_score.c - construct scores against numbers from outside: R's, and counts by hand.
 *
 * survey_ref.csv: missing are blanks and the three texts "Not relevant ..."; CA3r is 6 - CA3r; the score of
 * a respondent is rowMeans(x, na.rm = TRUE); intervals are t.test(scores)$conf.int (R 4.2.2). In these data
 * everybody answered half of the items of each construct.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "survey_table.h"

static void scores_are_those_of_the_reference(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *table = run_analysis(opened.study, "score", OPTIONS("by", "site"));
    static const struct {
        const char *construct, *site;
        int64_t n;
        double mean, sd, low, high;
    } rows[] = {{"Coherence", "S001", 24, 2.8090277777777777, 0.55846535680416431,
                 2.5732085395237587, 3.0448470160317966},
                {"Coherence", "S005", 18, 3.675925925925926, 0.63906647148366535,
                 3.3581256462791713, 3.9937262055726803},
                {"Coherence", "Total", 150, 3.5866666666666664, 0.74815706956875849,
                 3.4659584062785718, 3.7073749270547611},
                {"Cognitive participation", "S001", 24, 3.3784722222222223, 0.63129877563827352,
                 3.1118981284706608, 3.6450463159737838},
                {"Cognitive participation", "Total", 150, 3.4466666666666668, 0.80025396789052783,
                 3.317553051007839, 3.5757802823254941},
                {"Collective action", "S001", 24, 3.5109126984126986, 0.58989231662798758,
                 3.2618230188752602, 3.7600023779501375},
                {"Collective action", "Total", 150, 3.3436825396825398, 0.70025394103459992,
                 3.2307030083911821, 3.4566620709738971},
                {"Reflexive monitoring", "S005", 18, 3.126851851851852, 1.1127769375345569,
                 2.5734808995126937, 3.6802228041910103},
                {"Reflexive monitoring", "Total", 150, 3.3351111111111109, 0.80466839471526508,
                 3.2052852682953152, 3.4649369539269066},
                {"All 20 items", "S001", 24, 3.2041623667010666, 0.36439307084103778,
                 3.0502926676341118, 3.3580320657680209},
                {"All 20 items", "Total", 150, 3.4091069258112601, 0.53901624558669237,
                 3.3221416133492729, 3.4960722382732463},
                {"General 1", "Total", 146, 5.7602739726027394, 1.7628534647594662,
                 5.4719188181525658, 6.0486291270529122}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const *row = ROW(rows[i].construct, rows[i].site);
        expect_count(table, "n", row, rows[i].n);
        expect_number(table, "mean", row, rows[i].mean);
        expect_number(table, "sd", row, rows[i].sd);
        expect_number(table, "low", row, rows[i].low);
        expect_number(table, "high", row, rows[i].high);
    }
    npt_table_free(table);
    fixture_close(&opened);
}

/* Sums over the items of ref_survey.json: blank C1 5 + C2 7 + C3 5 + C4 5, not relevant 4 + 3 + 2 + 1, ... */
static void what_is_missing_is_counted_beside_the_scores(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *table = run_analysis(opened.study, "score", OPTIONS("by", "site"));
    static const struct {
        const char *construct;
        int64_t missing, not_relevant;
    } rows[] = {{"Coherence", 22, 10},
                {"Cognitive participation", 20, 12},
                {"Collective action", 25, 20},
                {"Reflexive monitoring", 24, 15},
                {"All 20 items", 91, 57}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const *row = ROW(rows[i].construct, "Total");
        expect_count(table, "missing", row, rows[i].missing);
        expect_count(table, "not_relevant", row, rows[i].not_relevant);
        expect_count(table, "not_scored", row, 0);
        const int64_t kinds = cell_at(table, "not_relevant_role", row)->count +
                              cell_at(table, "not_relevant_stage", row)->count +
                              cell_at(table, "not_relevant_intervention", row)->count;
        assert_int_equal(kinds, rows[i].not_relevant);
    }
    expect_note(table, "turned round: CA3r");
    npt_table_free(table);
    fixture_close(&opened);
}

static void the_sensitivity_is_the_score_of_complete_cases(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *table =
        run_analysis(opened.study, "score", OPTIONS("by", "site", "sensitivity", ""));
    static const struct {
        const char *construct;
        int64_t n;
        double mean, sd;
    } rows[] = {{"Coherence", 122, 3.5901639344262297, 0.71730784982167684},
                {"Cognitive participation", 119, 3.4369747899159662, 0.83057214772673704},
                {"Collective action", 107, 3.3391188251001336, 0.74503189969926531},
                {"Reflexive monitoring", 116, 3.2896551724137932, 0.81947802160037031},
                {"All 20 items", 52, 3.3721153846153848, 0.5566367370319486}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect_count(table, "complete_n", ROW(rows[i].construct, "Total"), rows[i].n);
        expect_number(table, "complete_mean", ROW(rows[i].construct, "Total"), rows[i].mean);
        expect_number(table, "complete_sd", ROW(rows[i].construct, "Total"), rows[i].sd);
    }
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- the rule -------------------------------------------------------------------------------- */

#define SMALL \
    STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" ITEM_COLUMNS \
          "<column name=\"t\" as=\"team\"/><not-relevant value=\"6\" kind=\"role\"/>" \
          "</survey>")
/* Half of two items is one; b1 is turned round: 6 - 2 = 4. By hand: Alpha 5, 1 and (4 + 2) / 2 = 3; all three
   items (5 + 4) / 2, (1 + 4) / 2 and (4 + 2) / 2; 6 is not relevant on the scale from 1 to 5, and an answer on
   the one from 0 to 10. Intervals by R: t.test(c(5, 1, 3)), c(4.5, 2.5, 3), c(7, 6, 5). */
static void half_of_the_items_must_be_answered(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(SMALL, "w.csv", "a1,a2,b1,g,t\n5,,2,7,x\n,1,2,6,x\n4,2,,5,y\n6,,6,,y\n");
    static const struct {
        const char *measure;
        int64_t n, missing, not_relevant, not_scored;
        double mean, low, high;
    } rows[] = {
        {"Alpha", 3, 3, 1, 1, 3, -1.9682754235006596, 7.9682754235006596},
        {"All 3 items", 3, 4, 2, 1, 3.3333333333333335, 0.74776082706220193, 5.9189058396044647},
        {"Overall", 3, 1, 0, 1, 6, 3.5158622882496702, 8.4841377117503285}};
    npt_table *table = run_analysis(opened.study, "score", NO_OPTIONS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const *row = ROW(rows[i].measure);
        expect_count(table, "n", row, rows[i].n);
        expect_count(table, "missing", row, rows[i].missing);
        expect_count(table, "not_relevant", row, rows[i].not_relevant);
        expect_count(table, "not_relevant_role", row, rows[i].not_relevant);
        expect_count(table, "not_scored", row, rows[i].not_scored);
        expect_number(table, "mean", row, rows[i].mean);
        expect_number(table, "low", row, rows[i].low);
        expect_number(table, "high", row, rows[i].high);
    }
    expect_number(table, "mean", ROW("Beta"), 4);
    expect_number(table, "sd", ROW("Beta"), 0);
    expect_absent(table, "low", ROW("Beta"),
                  "no interval: the scores do not differ, or there is one only");
    npt_table_free(table);
    fixture_close(&opened);
}

static void another_rule_can_be_asked_for(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(SMALL, "w.csv", "a1,a2,b1,g,t\n5,,2,7,x\n,1,2,6,x\n4,2,,5,y\n6,,6,,y\n");
    static const char *const rules[][2] = {
        {"1.0", "1"}, {"2", "1"}, {"0.51", "1"}, {"1", "3"}, {"0.5", "3"}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        npt_table *table =
            run_analysis(opened.study, "score", OPTIONS("min-answered", rules[i][0]));
        expect_count(table, "n", ROW("Alpha"), rules[i][1][0] - '0');
        npt_table_free(table);
    }
    static const char *const wrong[] = {"0", "0.0", "1.5", "half", "", "-1", "50%"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        npt__arena *arena = npt__arena_new();
        expect_usage(opened.study, "score", OPTIONS("min-answered", wrong[i]),
                     npt__arena_print(arena,
                                      "error: --min-answered takes a share such as 0.5 or a number "
                                      "of items such as 3, not '%s'\n",
                                      wrong[i]));
        npt__arena_free(arena);
    }
    fixture_close(&opened);
}

static void one_score_has_no_spread_and_no_interval(void **state)
{
    (void)state;
    struct fixture opened = open_survey(SMALL, "w.csv", "a1,a2,b1,g,t\n5,3,2,7,x\n,,,,y\n");
    npt_table *table = run_analysis(opened.study, "score", OPTIONS("by", "team"));
    expect_number(table, "mean", ROW("Alpha", "x"), 4);
    expect_absent(table, "sd", ROW("Alpha", "x"), "one score has no spread");
    expect_absent(table, "low", ROW("Alpha", "x"),
                  "no interval: the scores do not differ, or there is one only");
    expect_absent(table, "mean", ROW("Alpha", "y"), "nobody has a score");
    expect_count(table, "not_scored", ROW("Alpha", "y"), 1);
    expect_note(table, "1 response without any answer is counted among the missing");
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- notes ----------------------------------------------------------------------------------- */

/* P answers in both waves, Q twice in the first, and wave 1 has a row without answers: nothing of that is true of
   wave 2. */
static void notes_speak_of_the_responses_that_are_looked_at(void **state)
{
    (void)state;
    struct fixture opened = open_survey(
        STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" ITEM_COLUMNS
              "<column name=\"who\" as=\"id\"/><column name=\"when\" as=\"wave\"/></survey>"),
        "w.csv",
        "a1,a2,b1,g,who,when\n5,3,2,7,P,1\n4,3,2,7,Q,1\n4,3,2,7,Q,1\n,,,,R,1\n5,4,2,7,P,2\n"
        "3,4,2,7,Q,2\n");
    static const char repeated[] = "who answered several times",
                      unanswered[] = "without any answer";
    npt_table *all = run_analysis(opened.study, "score", NO_OPTIONS);
    expect_note(all, "The 6 responses with an id are those of 3 people");
    expect_note(all, unanswered);
    npt_table *first = run_analysis(opened.study, "score", OPTIONS("wave", "1"));
    expect_note(first, "The 4 responses with an id are those of 3 people");
    expect_note(first, unanswered);
    npt_table *second = run_analysis(opened.study, "score", OPTIONS("wave", "2"));
    expect_no_note(second, repeated);
    expect_no_note(second, unanswered);
    npt_table_free(all);
    npt_table_free(first);
    npt_table_free(second);
    fixture_close(&opened);
}

/* ---- scope ----------------------------------------------------------------------------------- */

static void responses_are_chosen_by_attribute_site_and_wave(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    npt_table *table =
        run_analysis(opened.study, "score",
                     OPTIONS("by", "role,wave", "site", "S001", "site", "S005", "where", "wave=2"));
    /* 8 + 6 respondents answered at these two sites in wave 2 */
    expect_count(table, "n", ROW("Coherence", "Total", "2"), 14);
    npt_table_free(table);
    expect_usage(opened.study, "score", OPTIONS("by", "rolle"),
                 "error: --by: the responses have no attribute 'rolle'\n"
                 "  hint: did you mean 'role'\n");
    expect_usage(opened.study, "score", OPTIONS("site", "S01"),
                 "error: no response has site = 'S01'\n  hint: did you mean 'S001'\n");
    expect_usage(opened.study, "score", OPTIONS("interval", "normal"),
                 "error: --interval takes t or bootstrap, not 'normal'\n");
    fixture_close(&opened);
}

/* Protection reckons with every set of them. */
static void conditions_are_on_eight_attributes_at_most(void **state)
{
    (void)state;
    struct fixture opened =
        open_survey(STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" ITEM_COLUMNS
                          "<column name=\"c1\" as=\"c1\"/><column name=\"c2\" as=\"c2\"/>"
                          "<column name=\"c3\" as=\"c3\"/><column name=\"c4\" as=\"c4\"/>"
                          "<column name=\"c5\" as=\"c5\"/><column name=\"c6\" as=\"c6\"/>"
                          "<column name=\"c7\" as=\"c7\"/><column name=\"c8\" as=\"c8\"/>"
                          "<column name=\"c9\" as=\"c9\"/></survey>"),
                    "w.csv",
                    "a1,a2,b1,g,c1,c2,c3,c4,c5,c6,c7,c8,c9\n5,3,2,7,x,x,x,x,x,x,x,x,x\n"
                    "4,3,2,7,y,x,x,x,x,x,x,x,x\n");
#define EIGHT \
    "where", "c1=x", "where", "c1=y", "where", "c2=x", "where", "c3=x", "where", "c4=x", "where", \
        "c5=x", "where", "c6=x", "where", "c7=x", "where", "c8=x"
    npt_table *table = run_analysis(opened.study, "score", OPTIONS(EIGHT));
    npt_table_free(table);
    expect_usage(opened.study, "score", OPTIONS(EIGHT, "where", "c9=x"),
                 "error: conditions on more than 8 attributes\n"
                 "  hint: --where, --site and --wave count together; several values of one "
                 "attribute are one\n");
    fixture_close(&opened);
}

/* 1,000 items of 100 points: sums of 100,000 do not fit 16 bits. */
static void large_questionnaires_are_added_up(void **state)
{
    (void)state;
    npt__buffer xml = {0}, head = {0}, high = {0}, low = {0};
    npt__buffer_puts(&xml,
                     "<instrument xmlns=\"urn:nptkit:instrument:1\" id=\"x\" title=\"Large\">"
                     "<scale id=\"s\" least=\"0\" most=\"100\"><point value=\"0\">None</point>"
                     "</scale><construct id=\"c\" name=\"C\">");
    for (int i = 1; i <= 1000; i++) {
        npt__buffer_print(&xml, "<item id=\"x.%d\" number=\"%d\" scale=\"s\">Item %d</item>", i, i,
                          i);
        npt__buffer_print(&head, "%sx.%d", i > 1 ? "," : "", i);
        npt__buffer_puts(&high, i > 1 ? ",100" : "100");
        npt__buffer_puts(&low, i > 1 ? ",66" : "66");
    }
    npt__buffer_puts(&xml, "</construct></instrument>");
    fixture_write_text("x.xml", xml.bytes);
    npt__buffer_print(&head, "\n%s\n%s\n", high.bytes, low.bytes);
    fixture_write_text("w.csv", head.bytes);
    struct fixture opened =
        fixture_open_with("w.csv", &(struct npt_study_options){.instrument = "x.xml"});
    assert_string_equal(opened.text, "");
    npt_table *table = run_analysis(opened.study, "score", NO_OPTIONS);
    expect_number(table, "mean", ROW("C"), 83);
    npt_table_free(table);
    fixture_close(&opened);
    npt__buffer_release(&xml);
    npt__buffer_release(&head);
    npt__buffer_release(&high);
    npt__buffer_release(&low);
}

static void a_study_without_responses_says_so(void **state)
{
    (void)state;
    const struct fixture_project project = {.codes = CODE("C1", "Coherence"),
                                            .sources = INLINE_SOURCE("51", "one", "Words.", "")};
    fixture_qde("a.qde", &project);
    struct fixture opened = fixture_open("a.qde");
    expect_usage(opened.study, "score", NO_OPTIONS,
                 "a.qde: error: has no responses, which 'score' looks at\n"
                 "  hint: name a file of responses in study.xml: <survey file=\"wave1.csv\" "
                 "instrument=\"nomad\">; nptkit init DIR --survey FILE writes one\n");
    fixture_close(&opened);
}

/* ---- the same digits ------------------------------------------------------------------------- */

static void the_order_of_the_rows_changes_no_digit(void **state)
{
    (void)state;
    expect_same_in_any_order("score", OPTIONS("by", "site", "sensitivity", ""));
    expect_same_in_any_order(
        "score", OPTIONS("by", "site", "interval", "bootstrap", "replicates", "200", "seed", "3"));
}

static void the_seed_decides_on_the_bootstrap(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    const char *const *row = ROW("Coherence", "Total");
    double low[3];
    for (size_t i = 0; i < 3; i++) {
        npt_table *table = run_analysis(
            opened.study, "score",
            OPTIONS("by", "site", "interval", "bootstrap", "seed", i == 1 ? "2" : "1"));
        low[i] = cell_at(table, "low", row)->number;
        npt_table_free(table);
    }
    assert_true(reference_same(low[0], low[2]));
    assert_false(reference_same(low[0], low[1]));
    /* Student's interval begins at 3.46596; for 150 values the bootstrap's is near it */
    assert_true(low[0] > 3.45 && low[0] < 3.48 && low[1] > 3.45 && low[1] < 3.48);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(scores_are_those_of_the_reference),
        FIXTURE_TEST(what_is_missing_is_counted_beside_the_scores),
        FIXTURE_TEST(the_sensitivity_is_the_score_of_complete_cases),
        FIXTURE_TEST(half_of_the_items_must_be_answered),
        FIXTURE_TEST(another_rule_can_be_asked_for),
        FIXTURE_TEST(one_score_has_no_spread_and_no_interval),
        FIXTURE_TEST(notes_speak_of_the_responses_that_are_looked_at),
        FIXTURE_TEST(responses_are_chosen_by_attribute_site_and_wave),
        FIXTURE_TEST(conditions_are_on_eight_attributes_at_most),
        FIXTURE_TEST(large_questionnaires_are_added_up),
        FIXTURE_TEST(a_study_without_responses_says_so),
        FIXTURE_TEST(the_order_of_the_rows_changes_no_digit),
        FIXTURE_TEST(the_seed_decides_on_the_bootstrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
