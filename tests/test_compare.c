/* test_compare.c - scores of a survey compared between sites, against R 4.2.2, exact fractions and counting.
 *
 * R on the reference data, here and below (all three waves):
 *     d <- read.csv("survey_ref.csv"); COH <- rowMeans of C1 to C4 where at least 2 are numbers; s <- factor(d$site)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/stats/cluster_bootstrap.h"
#include "survey_table.h"

#include <stdlib.h>

#define ALL_WAVES "wave", "1", "wave", "2", "wave", "3"
#define SURVEY_OF(columns) \
    STUDY("<survey file=\"w.csv\" instrument=\"q.xml\" agree=\"5\">" \
          "<column name=\"t\" as=\"site\"/>" columns ITEM_COLUMNS "</survey>")
#define SITES SURVEY_OF("")
#define SITES_AND_ROLES SURVEY_OF("<column name=\"r\" as=\"role\"/>")

enum { OVERALL, OF_SITES, PAIRS, MODEL };

struct run {
    struct fixture opened;
    npt_table *tables[NPT_MOST_TABLES];
    size_t count;
};

static struct run run_on(struct fixture opened, const char *const *given)
{
    struct run run = {.opened = opened};
    assert_string_equal(opened.text, "");
    run.count = run_all(run.tables, opened.study, "compare", given);
    return run;
}

static void close_run(struct run *run)
{
    for (size_t i = 0; i < run->count; i++)
        npt_table_free(run->tables[i]);
    fixture_close(&run->opened);
}

static void expect_near(const npt_table *table, const char *column, const char *const *row,
                        double expected, double relative)
{
    const struct npt_cell *cell = cell_at(table, column, row);
    if (cell->kind != NPT_CELL_NUMBER)
        fail_msg("%s of '%s' is no number", column, row[0]);
    reference_expect(cell->number, expected, relative);
}

static void expect_text(const npt_table *table, const char *column, const char *const *row,
                        const char *text)
{
    const struct npt_cell *cell = cell_at(table, column, row);
    assert_int_equal(cell->kind, NPT_CELL_TEXT);
    assert_string_equal(cell->text, text);
}

/* ---- do sites differ ------------------------------------------------------------------------- */

/* R: oneway.test(COH ~ s); p.adjust(p, "holm") over the four constructs; omega squared from aov(). */
static void welchs_test_agrees_with_r(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES));
    const char *const *row = ROW("Coherence");
    expect_count(run.tables[OVERALL], "n", row, 150);
    expect_count(run.tables[OVERALL], "sites", row, 6);
    expect_text(run.tables[OVERALL], "test", row, "welch");
    expect_number(run.tables[OVERALL], "statistic", row, 11.592769855426578);
    expect_number(run.tables[OVERALL], "freedom", row, 5);
    expect_number(run.tables[OVERALL], "freedom_within", row, 59.485088499659554);
    expect_number(run.tables[OVERALL], "p", row, 7.7189655837999365e-08);
    expect_number(run.tables[OVERALL], "p_adjusted", row, 3.0875862335199746e-07);
    expect_number(run.tables[OVERALL], "effect", row, 0.21498809945980368);
    expect_text(run.tables[OVERALL], "verdict", row, "differ");
    row = ROW("Cognitive participation");
    expect_number(run.tables[OVERALL], "p", row, 3.0209216624557732e-02);
    expect_number(run.tables[OVERALL], "p_adjusted", row, 6.0418433249115465e-02);
    expect_text(run.tables[OVERALL], "verdict", row, "not clear");
    expect_number(run.tables[OVERALL], "p_adjusted", ROW("Reflexive monitoring"),
                  1.8759209143927386e-02);
    close_run(&run);
}

/* A total looks at the same answers again: its p stands as it is. */
static void a_total_is_not_among_the_constructs(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "p-adjust", "bonferroni"));
    const char *const *row = ROW("All 20 items");
    assert_true(cell_at(run.tables[OVERALL], "p", row)->number ==
                cell_at(run.tables[OVERALL], "p_adjusted", row)->number);
    const double p = cell_at(run.tables[OVERALL], "p", ROW("General 1"))->number;
    expect_number(run.tables[OVERALL], "p_adjusted", ROW("General 1"), 3 * p > 1 ? 1 : 3 * p);
    expect_number(run.tables[OVERALL], "p_adjusted", ROW("Coherence"), 4 * 7.7189655837999365e-08);
    close_run(&run);
    /* R: p.adjust(p, "BH") */
    run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "p-adjust", "bh"));
    expect_number(run.tables[OVERALL], "p_adjusted", ROW("Cognitive participation"),
                  4.0278955499410310e-02);
    close_run(&run);
}

/* ref_survey.json (kruskal_H_by_site, kruskal_p) and H / (n - 1). Pairs: Dunn's test from ranks in R with the variance
   that ties leave, p.adjust(p, "holm"); mean(sign(outer(x, y, "-"))). */
static void ranks_agree_with_r(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "test", "kruskal"));
    expect_number(run.tables[OVERALL], "statistic", ROW("Coherence"), 34.7880290797764);
    expect_number(run.tables[OVERALL], "p", ROW("Coherence"), 1.6585445324594322e-06);
    expect_number(run.tables[OVERALL], "effect", ROW("Coherence"), 0.23347670523339867);
    expect_number(run.tables[OVERALL], "statistic", ROW("Cognitive participation"),
                  14.001065365317285);
    expect_number(run.tables[OVERALL], "p_adjusted", ROW("Cognitive participation"),
                  3.1205300351007402e-02);
    expect_number(run.tables[OVERALL], "p", ROW("Collective action"), 0.6734936236409385);
    expect_number(run.tables[OVERALL], "statistic", ROW("Reflexive monitoring"),
                  15.289504019592016);
    expect_absent(run.tables[OVERALL], "freedom_within", ROW("Coherence"), "not of this test");
    const char *const *row = ROW("Coherence", "S001", "S002");
    expect_number(run.tables[PAIRS], "p_adjusted", row, 6.2275848256856882e-05);
    expect_number(run.tables[PAIRS], "delta", row, -0.73958333333333337);
    expect_number(run.tables[PAIRS], "superiority", row, (1 - 0.73958333333333337) / 2);
    expect_text(run.tables[PAIRS], "verdict", row, "clearly lower");
    row = ROW("Coherence", "S003", "S006");
    expect_number(run.tables[PAIRS], "p_adjusted", row, 1);
    expect_text(run.tables[PAIRS], "verdict", row, "not clear");
    close_run(&run);
}

/* R: summary(aov(COH ~ s)), p.adjust(), TukeyHSD(aov(COH ~ s)), whose ptukey is good to some 1e-9. */
static void analysis_of_variance_agrees_with_r(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "test", "anova"));
    const char *const *row = ROW("Coherence");
    expect_number(run.tables[OVERALL], "statistic", row, 9.2159811581911928);
    expect_number(run.tables[OVERALL], "p", row, 1.2493808907774082e-07);
    expect_number(run.tables[OVERALL], "freedom_within", row, 144);
    expect_number(run.tables[OVERALL], "p_adjusted", ROW("Collective action"),
                  4.6033991473660796e-01);
    row = ROW("Coherence", "S001", "S002");
    expect_number(run.tables[PAIRS], "difference", row, -1.0173611111111156);
    expect_near(run.tables[PAIRS], "low", row, -1.56968682589893227, 1e-7);
    expect_near(run.tables[PAIRS], "high", row, -0.46503539632329904, 1e-7);
    expect_near(run.tables[PAIRS], "p_adjusted", row, 5.7194729035092706e-06, 1e-4);
    row = ROW("Coherence", "S003", "S006");
    expect_near(run.tables[PAIRS], "p_adjusted", row, 9.9423638115907398e-01, 1e-7);
    close_run(&run);
}

/* Three scores against two: of the 10 ways to deal 1, 2, 3, 4, 6 out, only the one found sets the means 3 apart. Four
   replicates more or less make no difference, as all are counted. */
static void permutations_are_counted(void **state)
{
    (void)state;
    struct run run = run_on(open_survey(SITES, "w.csv",
                                        "t,a1,a2,b1,g\nA,3,3,3,1\nA,3,3,3,2\nA,3,3,3,3\n"
                                        "B,3,3,3,4\nB,3,3,3,6\n"),
                            OPTIONS("test", "permutation"));
    expect_number(run.tables[OVERALL], "p", ROW("Overall"), 0.1);
    expect_number(run.tables[OVERALL], "statistic", ROW("Overall"),
                  3 * 10.8 / 4); /* between: 3 * 1.2^2 + 2 * 1.8^2 = 10.8; within: (2 + 2) / 3 */
    expect_absent(run.tables[OVERALL], "freedom", ROW("Overall"), "not of this test");
    expect_number(run.tables[PAIRS], "p_adjusted", ROW("Overall", "A", "B"), 0.1);
    expect_number(run.tables[PAIRS], "difference", ROW("Overall", "A", "B"), -3);
    expect_text(run.tables[PAIRS], "verdict", ROW("Overall", "A", "B"), "too few answers");
    expect_absent(run.tables[OVERALL], "p", ROW("Alpha"), "all scores are equal");
    expect_absent(run.tables[PAIRS], "low", ROW("Alpha", "A", "B"), "nothing varies");
    close_run(&run);
}

/* ---- sites ----------------------------------------------------------------------------------- */

/* ref_survey.json (site_means); R: t.test(x)$conf.int, sd(x), quantile(x, .5). */
static void sites_stand_with_their_means(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES));
    const char *const *row = ROW("Coherence", "S001");
    expect_count(run.tables[OF_SITES], "n", row, 24);
    expect_number(run.tables[OF_SITES], "mean", row, 2.8090277777777777);
    expect_number(run.tables[OF_SITES], "sd", row, 0.55846535680416431);
    expect_number(run.tables[OF_SITES], "low", row, 2.5732085395237587);
    expect_number(run.tables[OF_SITES], "high", row, 3.0448470160317966);
    expect_number(run.tables[OF_SITES], "median", row, 2.875);
    expect_number(run.tables[OF_SITES], "mean", ROW("Collective action", "S004"), 3.25453514739229);
    expect_number(run.tables[OF_SITES], "mean", ROW("Reflexive monitoring", "S006"),
                  3.547619047619048);
    close_run(&run);
}

/* ---- which differ ---------------------------------------------------------------------------- */

/* R: Games & Howell by qtukey(.95, 6, df) and ptukey(..., lower = FALSE) with t.test()'s df; Hedges' g by J from lgamma. */
static void pairs_are_those_of_games_and_howell(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES));
    const char *const *row = ROW("Coherence", "S001", "S002");
    expect_number(run.tables[PAIRS], "difference", row, -1.0173611111111112);
    expect_near(run.tables[PAIRS], "low", row, -1.5550652195132386, 1e-8);
    expect_near(run.tables[PAIRS], "high", row, -0.47965700270898359, 1e-8);
    expect_near(run.tables[PAIRS], "p_adjusted", row, 1.6300971788507645e-05, 1e-5);
    expect_number(run.tables[PAIRS], "g", row, -1.6000510573472073);
    expect_text(run.tables[PAIRS], "verdict", row, "clearly lower");
    row = ROW("Coherence", "S003", "S006");
    expect_near(run.tables[PAIRS], "low", row, -0.59044426423849927, 1e-8);
    expect_near(run.tables[PAIRS], "p_adjusted", row, 0.99680646251862381, 1e-8);
    assert_int_equal(npt_table_row_count(run.tables[PAIRS]), 8 * 15);
    close_run(&run);
}

/* R: t.test(COH[s == "S003"], COH[s == "S001"], conf.level = 1 - .05 / 5); p.adjust(of all five, "holm"). */
static void each_is_compared_with_one(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "against", "S001"));
    const char *const *row = ROW("Coherence", "S003", "S001");
    assert_int_equal(npt_table_row_count(run.tables[PAIRS]), 8 * 5);
    expect_number(run.tables[PAIRS], "low", row, 0.25845647967523105);
    expect_number(run.tables[PAIRS], "high", row, 1.32983717111842004);
    expect_number(run.tables[PAIRS], "p_adjusted", row, 5.4096208566647226e-04);
    expect_number(run.tables[PAIRS], "p_adjusted", ROW("Coherence", "S006", "S001"),
                  2.0166077965529570e-03);
    expect_text(run.tables[PAIRS], "verdict", row, "clearly higher");
    close_run(&run);
    run = run_on(open_reference(NULL),
                 OPTIONS(ALL_WAVES, "against", "S001", "p-adjust", "bonferroni"));
    expect_number(run.tables[PAIRS], "p_adjusted", row, 1.3524052141661805e-03);
    close_run(&run);
}

/* R: t.test(COH[s == "S006"], COH[s != "S006"], conf.level = 1 - .05 / 6), var.equal = TRUE with --test anova. */
static void each_is_compared_with_all_others(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "against", "rest"));
    const char *const *row = ROW("Coherence", "S006", "others");
    expect_count(run.tables[PAIRS], "n", row, 21);
    expect_count(run.tables[PAIRS], "n_other", row, 129);
    expect_number(run.tables[PAIRS], "difference", row, -0.11000369139904009);
    expect_number(run.tables[PAIRS], "low", row, -0.63088470870395164);
    expect_number(run.tables[PAIRS], "high", row, 0.41087732590587145);
    expect_number(run.tables[PAIRS], "p_adjusted", ROW("Coherence", "S001", "others"),
                  9.6748856149113793e-08);
    expect_number(run.tables[PAIRS], "p_adjusted", ROW("Coherence", "S004", "others"),
                  2.6667532918646327e-03);
    close_run(&run);
    run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "against", "rest", "test", "anova"));
    expect_number(run.tables[PAIRS], "low", row, -0.58176012805015231);
    expect_number(run.tables[PAIRS], "high", row, 0.36175274525207224);
    close_run(&run);
}

/* A 1 2 3, B 2 4, C 5 5: A less the others is 2 - 4. R: t.test(A, c(B, C), conf.level = 1 - .05 / 3). C varies not at
   all, but together with B it does. */
static void one_that_varies_not_can_be_among_the_others(void **state)
{
    (void)state;
    struct run run = run_on(open_survey(SITES, "w.csv",
                                        "t,a1,a2,b1,g\nA,3,3,3,1\nA,3,3,3,2\nA,3,3,3,3\nB,3,3,3,2\n"
                                        "B,3,3,3,4\nC,3,3,3,5\nC,3,3,3,5\n"),
                            OPTIONS("against", "rest", "least", "2"));
    const char *const *row = ROW("Overall", "A", "others");
    expect_number(run.tables[PAIRS], "difference", row, -2);
    expect_number(run.tables[PAIRS], "low", row, -5.2261869222220563);
    expect_number(run.tables[PAIRS], "high", row, 1.2261869222220567);
    expect_number(run.tables[PAIRS], "g", row, -1.3293403881791368);
    expect_number(run.tables[PAIRS], "difference", ROW("Overall", "C", "others"), 2.6);
    expect_absent(run.tables[OVERALL], "statistic", ROW("Overall"),
                  "equal scores within one of them");
    expect_text(run.tables[OVERALL], "verdict", ROW("Overall"), "no test");
    expect_note(run.tables[OVERALL], "--test kruskal and --test permutation can");
    expect_absent(run.tables[OF_SITES], "low", ROW("Overall", "C"), "all scores are equal");
    close_run(&run);
}

/* The interval of permutation's pairs is the bootstrap's at the level that 15 comparisons ask for. */
static void permutation_goes_with_the_bootstrap(void **state)
{
    (void)state;
    if (getenv("VALGRIND"))
        skip(); /* a minute; the kernels have tests of their own */
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "test", "permutation",
                                                          "replicates", "1000", "seed", "7"));
    struct reference_table *data =
        reference_table_read(fixture_beside("tests/data/survey_ref.csv"));
    double lists[2][200];
    size_t counts[2] = {0};
    for (size_t i = 0; i < reference_rows(data); i++) {
        double g;
        const char *site = reference_cell(data, i, "site");
        const size_t which = strcmp(site, "S001") == 0 ? 0 : (strcmp(site, "S004") == 0 ? 1 : 2);
        if (which < 2 && reference_number(data, i, "G1", &g))
            lists[which][counts[which]++] = g;
    }
    const struct npt__bootstrap_interval expected = npt__bootstrap_difference(
        &(struct npt__two_samples){lists[0], lists[1], counts[0], counts[1]}, NPT__INTERVAL_BCA,
        &(struct npt__bootstrap_options){1000, 7, 1, 1 - 0.05 / 15});
    const char *const *row = ROW("General 1", "S001", "S004");
    expect_number(run.tables[PAIRS], "low", row, expected.low);
    expect_number(run.tables[PAIRS], "high", row, expected.high);
    expect_count(run.tables[PAIRS], "n", row, (int64_t)counts[0]);
    expect_note(run.tables[PAIRS], "1000 replicates are few");
    reference_table_free(data);
    close_run(&run);
}

static void many_are_compared_with_all_others(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "t,a1,a2,b1,g\n");
    for (int i = 0; i < 9; i++)
        for (int j = 0; j < 3; j++)
            npt__buffer_print(&csv, "S%d,3,%d,%d,%d\n", i, 1 + (i + j) % 5, 1 + (i + 2 * j) % 5, j);
    struct run run = run_on(open_survey(SITES, "w.csv", csv.bytes), NO_OPTIONS);
    expect_count(run.tables[PAIRS], "n_other", ROW("Alpha", "S3", "others"), 24);
    expect_note(run.tables[PAIRS], "With more than 8 sites each is compared with all others");
    close_run(&run);
    run = run_on(open_survey(SITES, "w.csv", csv.bytes), OPTIONS("against", "all"));
    expect_count(run.tables[PAIRS], "n_other", ROW("Alpha", "S3", "S8"), 3);
    close_run(&run);
    npt__buffer_release(&csv);
}

/* R: i <- rep(0:59, each = 13); j <- rep(0:12, 60); v <- 1 + (i * 7 + j * 3 + (i * j) %% 5) %% 5;
   v[i == 0] <- 4 + j[i == 0] %% 2; p <- sapply(0:59, function(s) wilcox.test(v[i == s], v[i != s],
   exact = FALSE)$p.value); p.adjust(p, "holm")[1]. An exact p of each would take half a minute of all constructs. */
static void of_very_many_the_ranks_are_tested_by_the_normal_distribution(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "t,a1,a2,b1,g\n");
    for (int i = 0; i < 60; i++)
        for (int j = 0; j < 13; j++)
            npt__buffer_print(&csv, "S%d,3,3,3,%d\n", i,
                              i ? 1 + (i * 7 + j * 3 + (i * j) % 5) % 5 : 4 + j % 2);
    struct run run = run_on(open_survey(SITES, "w.csv", csv.bytes), OPTIONS("test", "kruskal"));
    expect_number(run.tables[PAIRS], "p_adjusted", ROW("Overall", "S0", "others"),
                  0.45298981274078276);
    close_run(&run);
    npt__buffer_release(&csv);
}

/* Each draws all 800 and is held for 100 more: 2.5e9 / (400 * 900) is 6944. */
static void permutations_of_very_many_are_refused_with_what_would_do(void **state)
{
    (void)state;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "t,a1,a2,b1,g\n");
    for (int i = 0; i < 400; i++)
        npt__buffer_print(&csv, "S%d,3,3,3,%d\nS%d,3,4,3,%d\n", i, i % 5, i, i % 7);
    struct fixture opened = open_survey(SITES, "w.csv", csv.bytes);
    expect_usage(
        opened.study, "compare", OPTIONS("test", "permutation"),
        "error: --test permutation: 400 comparisons of 10000 replicates each take too long\n"
        "  hint: take fewer: --replicates 6944, or compare by ranks: --test kruskal\n");
    fixture_close(&opened);
    npt__buffer_release(&csv);
}

/* ---- within levels --------------------------------------------------------------------------- */

static const char roles[] =
    "t,r,a1,a2,b1,g\nA,m,3,3,3,2\nA,m,3,3,3,4\nB,m,3,3,3,1\nB,m,3,3,3,3\nB,m,3,3,3,5\nB,m,3,3,3,7\n"
    "A,n,3,3,3,6\nA,n,3,3,3,8\nA,n,3,3,3,10\nB,n,3,3,3,3\nB,n,3,3,3,5\nA,q,3,3,3,5\nB,,3,3,3,9\n";

/* m: 3 less 4, weight 4/3; n: 8 less 4, weight 6/5: (-4/3 + 24/5) / (38/15) = 26/19. The interval by R (the formula of
   stratified_difference.h). Of the 15 * 10 ways to deal out within roles, 69 set the sums of the deviations at
   least as far apart (enumerated in python3 with fractions). */
static void within_roles_it_agrees_with_fractions(void **state)
{
    (void)state;
    struct run run =
        run_on(open_survey(SITES_AND_ROLES, "w.csv", roles), OPTIONS("adjust", "role"));
    const char *const *row = ROW("Overall", "A", "B");
    expect_count(run.tables[PAIRS], "n", row, 5);
    expect_count(run.tables[PAIRS], "n_other", row, 6);
    expect_count(run.tables[PAIRS], "levels", row, 2);
    expect_text(run.tables[PAIRS], "left_out", row, "q");
    expect_number(run.tables[PAIRS], "difference", row, 26. / 19);
    expect_number(run.tables[PAIRS], "low", row, -1.32478722301844010);
    expect_number(run.tables[PAIRS], "high", row, 4.06162932828159828);
    expect_number(run.tables[PAIRS], "p_adjusted", row, 0.26521071225230741);
    expect_text(run.tables[PAIRS], "verdict", row, "not clear");
    expect_text(run.tables[OVERALL], "test", ROW("Overall"), "permutation");
    expect_number(run.tables[OVERALL], "p", ROW("Overall"), 69. / 150);
    expect_count(run.tables[OVERALL], "n", ROW("Overall"), 12);
    expect_absent(run.tables[OVERALL], "effect", ROW("Overall"), "not within levels");
    expect_note(run.tables[OVERALL], "Left out, without a value of role: 1 score");
    expect_absent(run.tables[PAIRS], "low", ROW("Alpha", "A", "B"), "nothing varies within levels");
    expect_absent(run.tables[OVERALL], "p", ROW("Alpha"), "equal scores within each level");
    close_run(&run);
}

/* R: the same formula, over the roles in which both sides have two scores; Holm's p over all 15 pairs. */
static void within_roles_it_agrees_with_r(void **state)
{
    (void)state;
    struct run run =
        run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "adjust", "role", "replicates", "100"));
    const char *const *row = ROW("Coherence", "S001", "S002");
    expect_count(run.tables[PAIRS], "n", row, 15);
    expect_count(run.tables[PAIRS], "n_other", row, 24);
    expect_count(run.tables[PAIRS], "levels", row, 3);
    expect_text(run.tables[PAIRS], "left_out", row, "Allied health, Manager");
    expect_number(run.tables[PAIRS], "difference", row, -1.07465277777777790);
    expect_number(run.tables[PAIRS], "low", row, -1.84617402516117557);
    expect_number(run.tables[PAIRS], "high", row, -0.30313153039438023);
    expect_number(run.tables[PAIRS], "g", row, -1.61244726978939412);
    expect_number(run.tables[PAIRS], "p_adjusted", row, 0.0031800171273655559);
    close_run(&run);
    run = run_on(open_reference(NULL),
                 OPTIONS(ALL_WAVES, "adjust", "role", "against", "rest", "replicates", "100"));
    row = ROW("Coherence", "S001", "others");
    expect_count(run.tables[PAIRS], "n_other", row, 120);
    expect_number(run.tables[PAIRS], "difference", row, -0.96874273455498505);
    expect_number(run.tables[PAIRS], "low", row, -1.4112269701021414);
    expect_number(run.tables[PAIRS], "high", row, -0.52625849900782884);
    close_run(&run);
}

static void without_a_common_role_there_is_no_difference(void **state)
{
    (void)state;
    struct run run = run_on(open_survey(SITES_AND_ROLES, "w.csv",
                                        "t,r,a1,a2,b1,g\nA,m,1,2,3,2\nA,m,2,2,3,4\nB,n,3,4,3,1\n"
                                        "B,n,3,3,3,3\n"),
                            OPTIONS("adjust", "role"));
    expect_absent(run.tables[PAIRS], "difference", ROW("Alpha", "A", "B"),
                  "no level has two scores on both sides");
    expect_text(run.tables[PAIRS], "left_out", ROW("Alpha", "A", "B"), "m, n");
    expect_absent(run.tables[OVERALL], "p", ROW("Alpha"), "no level has two of them");
    close_run(&run);
}

/* ---- the mixed model ------------------------------------------------------------------------- */

/* ref_lmm.json, "ICC from null mixed model": lmer(COH ~ 1 + (1 | site)), which stops at some 1e-7. From its variances, in
   R: the mean of the sites by generalised least squares, the shrunken means and their errors, the design effect of
   sizes 24, 24, 21, 42, 18, 21. */
static void the_model_agrees_with_lmer(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "model", "mixed"));
    assert_int_equal(run.count, 4);
    const char *const *row = ROW("Coherence");
    expect_count(run.tables[MODEL], "n", row, 150);
    expect_count(run.tables[MODEL], "sites", row, 6);
    expect_near(run.tables[MODEL], "icc", row, 0.2390262940398499, 1e-6);
    expect_near(run.tables[MODEL], "mean", row, 3.5525060637285852, 1e-7);
    const double between = cell_at(run.tables[MODEL], "sd_between", row)->number;
    const double within = cell_at(run.tables[MODEL], "sd_within", row)->number;
    reference_expect(between * between, 0.13776901694502908, 1e-6);
    reference_expect(within * within, 0.4386069733971068, 1e-6);
    expect_number(run.tables[MODEL], "mean_size", row, 25);
    expect_near(run.tables[MODEL], "design_effect", row, 7.3294162661752251, 1e-6);
    expect_text(run.tables[MODEL], "verdict", row, "more than by chance");
    row = ROW("Coherence", "S001");
    expect_near(run.tables[OF_SITES], "shrunken", row, 2.8961010066374127, 1e-7);
    expect_near(run.tables[OF_SITES], "shrunken_low", row, 2.6443945114223726, 1e-6);
    expect_near(run.tables[OF_SITES], "shrunken_high", row, 3.1478075018524527, 1e-6);
    expect_near(run.tables[OF_SITES], "shrunken", ROW("Coherence", "S005"), 3.6573774410795492,
                1e-7);
    expect_note(run.tables[OF_SITES], "There are 6 sites; with fewer than 20 the intervals");
    close_run(&run);
}

/* Site means of Alpha are equal: no variance between them, and all shrunken means are that of all. Beta is the same for
   everybody. */
static void at_its_edge_the_model_says_so(void **state)
{
    (void)state;
    struct run run = run_on(open_survey(SITES, "w.csv",
                                        "t,a1,a2,b1,g\nA,2,2,3,1\nA,4,4,3,2\nB,1,1,3,5\nB,5,5,3,6\n"
                                        "C,3,3,3,\n"),
                            OPTIONS("model", "mixed"));
    expect_text(run.tables[MODEL], "verdict", ROW("Alpha"), "no more than by chance");
    expect_number(run.tables[MODEL], "icc", ROW("Alpha"), 0);
    expect_number(run.tables[MODEL], "p", ROW("Alpha"), 1);
    expect_number(run.tables[OF_SITES], "shrunken", ROW("Alpha", "B"), 3);
    expect_absent(run.tables[MODEL], "icc", ROW("Beta"), "all scores are equal");
    expect_text(run.tables[MODEL], "verdict", ROW("Beta"), "no model");
    expect_absent(run.tables[OF_SITES], "shrunken", ROW("Beta", "A"), "all scores are equal");
    expect_absent(run.tables[OF_SITES], "shrunken", ROW("Overall", "C"), "nobody has a score");
    expect_absent(run.tables[OF_SITES], "mean", ROW("Overall", "C"), "nobody has a score");
    expect_absent(run.tables[PAIRS], "difference", ROW("Overall", "A", "C"),
                  "nobody has a score on one side");
    close_run(&run);
}

/* ---- what is looked at ----------------------------------------------------------------------- */

/* R: oneway.test(COH ~ s) of wave 3. */
static void without_a_wave_it_is_the_last(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), NO_OPTIONS);
    expect_count(run.tables[OVERALL], "n", ROW("Coherence"), 50);
    expect_number(run.tables[OVERALL], "statistic", ROW("Coherence"), 3.5716515654816803);
    expect_note(run.tables[OVERALL], "Only the last wave, 3");
    expect_no_note(run.tables[OVERALL], "who had answered before");
    close_run(&run);
    run = run_on(open_reference(NULL), OPTIONS("where", "wave=1"));
    expect_no_note(run.tables[OVERALL], "Only the last wave");
    close_run(&run);
    run = run_on(open_reference(NULL), OPTIONS("by", "wave"));
    expect_count(run.tables[OVERALL], "groups", ROW("Coherence"), 3);
    close_run(&run);
}

/* By hand: of wave 2, A has 4 and 5, B has 1 and 2; means of a1 and a2. */
static void a_lone_table_with_waves_is_compared_at_the_last(void **state)
{
    (void)state;
    write_questionnaire();
    fixture_write_text("w.csv", "respondent,site,Wave,a1,a2,b1,g\n"
                                "R1,A,1,1,1,1,1\nR2,A,1,1,1,1,1\nR3,B,1,5,5,1,1\n"
                                "R1,A,2,4,4,1,1\nR2,A,2,5,5,1,1\nR3,B,2,1,1,1,1\nR4,B,2,2,2,1,1\n");
    const struct npt_study_options given = {.instrument = "q.xml", .agree = "5"};
    struct run run = run_on(fixture_open_with("w.csv", &given), NO_OPTIONS);
    expect_number(run.tables[OF_SITES], "mean", ROW("Alpha", "A"), 4.5);
    expect_number(run.tables[OF_SITES], "mean", ROW("Alpha", "B"), 1.5);
    expect_note(run.tables[OVERALL], "Only the last wave, 2");
    close_run(&run);
}

/* In R: sum(duplicated(d$respondent_id)) is 100, of 50 people. */
static void who_answers_again_is_counted(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES));
    expect_note(run.tables[OVERALL], "100 responses are of 50 people who had answered before");
    close_run(&run);
}

/* In R: the mean of CA3r as it stands; scores turn it round, items do not. */
static void items_stand_as_they_were_answered(void **state)
{
    (void)state;
    struct run run = run_on(open_reference(NULL), OPTIONS(ALL_WAVES, "items", ""));
    expect_number(run.tables[OF_SITES], "mean", ROW("Collective action", "CA3r", "S001"),
                  2.9565217391304346);
    expect_count(run.tables[OF_SITES], "n", ROW("Collective action", "CA3r", "S001"), 23);
    assert_int_equal(npt_table_row_count(run.tables[OVERALL]), 23);
    expect_text(run.tables[OVERALL], "test", ROW("General", "G2"), "welch");
    expect_note(run.tables[OVERALL],
                "Agreement is unfavourable, and turned round in scores, for CA3r");
    expect_note(run.tables[OVERALL], "for all items together");
    close_run(&run);
}

static void one_site_has_nothing_to_be_compared_with(void **state)
{
    (void)state;
    static const char *const tests[] = {"welch", "kruskal", "anova", "permutation"};
    for (size_t i = 0; i < 4; i++) {
        struct run run = run_on(open_reference(NULL),
                                OPTIONS("site", "S001", "test", tests[i], "model", "mixed"));
        expect_absent(run.tables[OVERALL], "p", ROW("Coherence"), "fewer than two to compare");
        expect_text(run.tables[OVERALL], "verdict", ROW("Coherence"), "nothing to compare");
        assert_int_equal(run.count, 3); /* no pairs */
        expect_absent(run.tables[2], "icc", ROW("Coherence"), "fewer than two to compare");
        close_run(&run);
    }
}

/* A has one score and B three: Welch's test has one site left, the others can do with it. */
static void a_single_score_is_left_out_of_welchs_test(void **state)
{
    (void)state;
    static const char csv[] = "t,a1,a2,b1,g\nA,2,2,3,1\nB,4,4,3,2\nB,1,1,3,5\nB,5,5,3,6\n"
                              "C,1,1,3,6\nC,2,2,3,7\nC,3,4,3,6\n,3,3,3,3\n";
    struct run run = run_on(open_survey(SITES, "w.csv", csv), OPTIONS("least", "3"));
    expect_count(run.tables[OVERALL], "sites", ROW("Alpha"), 3);
    expect_number(run.tables[OVERALL], "freedom", ROW("Alpha"), 1);
    expect_note(run.tables[OVERALL], "Not in the test of Alpha, having one score: A");
    expect_note(run.tables[OVERALL], "Left out, without a value of site: 1 score");
    expect_absent(run.tables[OF_SITES], "sd", ROW("Alpha", "A"), "one score has no spread");
    expect_absent(run.tables[PAIRS], "low", ROW("Alpha", "A", "B"), "fewer than two scores");
    expect_text(run.tables[PAIRS], "verdict", ROW("Alpha", "A", "B"), "too few answers");
    expect_text(run.tables[PAIRS], "verdict", ROW("Alpha", "B", "C"), "not clear");
    expect_absent(run.tables[OVERALL], "statistic", ROW("Beta"), "all scores are equal");
    close_run(&run);
    run = run_on(open_survey(SITES, "w.csv", csv), OPTIONS("test", "anova"));
    expect_number(run.tables[OVERALL], "freedom", ROW("Alpha"), 2);
    expect_text(run.tables[OVERALL], "verdict", ROW("Alpha"), "too few answers");
    close_run(&run);
}

/* Each site has equal scores, and they differ: F is beyond all bounds, but ranks and permutations do well. */
static void where_only_sites_vary_ranks_still_tell(void **state)
{
    (void)state;
    static const char csv[] =
        "t,a1,a2,b1,g\nA,2,2,3,1\nA,2,2,3,2\nA,2,2,3,3\nB,5,5,3,1\nB,5,5,3,2\n"
        "B,5,5,3,3\n";
    struct run run = run_on(open_survey(SITES, "w.csv", csv), OPTIONS("test", "permutation"));
    expect_number(run.tables[OVERALL], "p", ROW("Alpha"), 0.1); /* 2 of 20 */
    expect_absent(run.tables[OVERALL], "statistic", ROW("Alpha"),
                  "beyond all bounds: nothing varies within them");
    close_run(&run);
    run = run_on(open_survey(SITES, "w.csv", csv), OPTIONS("test", "kruskal"));
    expect_number(run.tables[OVERALL], "statistic", ROW("Alpha"), 5); /* all between: n - 1 */
    expect_number(run.tables[OVERALL], "effect", ROW("Alpha"), 1);
    expect_number(run.tables[PAIRS], "delta", ROW("Alpha", "A", "B"), -1);
    expect_absent(run.tables[PAIRS], "low", ROW("Beta", "A", "B"), "nothing varies");
    close_run(&run);
    run = run_on(open_survey(SITES, "w.csv", csv), OPTIONS("model", "mixed"));
    expect_absent(run.tables[MODEL], "icc", ROW("Alpha"), "nothing varies within them");
    close_run(&run);
}

static void nobody_answered(void **state)
{
    (void)state;
    static const char *const tests[] = {"welch", "kruskal", "anova", "permutation"};
    for (size_t i = 0; i < 4; i++) {
        struct run run = run_on(open_survey(SITES, "w.csv", "t,a1,a2,b1,g\nA,,,,\nB,,,,\n"),
                                OPTIONS("test", tests[i], "model", "mixed"));
        expect_count(run.tables[OVERALL], "n", ROW("Alpha"), 0);
        expect_text(run.tables[OVERALL], "verdict", ROW("Alpha"), "nothing to compare");
        expect_count(run.tables[OF_SITES], "not_scored", ROW("Alpha", "A"), 1);
        close_run(&run);
    }
}

/* ---- options --------------------------------------------------------------------------------- */

static void what_does_not_go_is_said(void **state)
{
    (void)state;
    struct fixture opened = open_reference(NULL);
    const struct {
        const char *const *given, *text;
    } cases[] = {
        {OPTIONS("by", "site,role"),
         "error: --by takes one attribute here, not 'site,role'\n  hint: to compare within the values of "
         "another one: --adjust ATTRIBUTE, or --where\n"},
        {OPTIONS("by", "sit"),
         "error: --by: the responses have no attribute 'sit'\n  hint: did you mean 'site'\n"},
        {OPTIONS("test", "t"),
         "error: --test takes welch, kruskal, anova or permutation here, not 't'\n"},
        {OPTIONS("model", "fixed"), "error: --model takes mixed here, not 'fixed'\n"},
        {OPTIONS("p-adjust", "none"),
         "error: --p-adjust takes holm, hochberg, bonferroni, bh or by here, not 'none'\n"},
        {OPTIONS("adjust", "rol"),
         "error: --adjust: the responses have no attribute 'rol'\n  hint: did you mean 'role'\n"},
        {OPTIONS("adjust", "site"),
         "error: --adjust names what is compared, 'site': it takes another attribute\n"},
        {OPTIONS("adjust", "role,wave"), "error: --adjust takes one attribute, not 'role,wave'\n"},
        {OPTIONS("adjust", "role", "test", "anova"),
         "error: --adjust goes with --test permutation (its default), not 'anova'\n"},
        {OPTIONS("adjust", "role", "model", "mixed"),
         "error: --adjust and --model mixed do not go together\n  hint: --where looks at one value only: "
         "--model mixed --where role=...\n"},
        {OPTIONS("against", "S009"),
         "error: --against: none of those compared is called 'S009'\n  hint: there are: S001, S002, S003, "
         "S004, S005, S006, rest, all\n"},
        {OPTIONS("level", "component"), "error: --level is for interviews: it goes with --of\n"},
        {OPTIONS("coder", "Ann"), "error: --coder is for interviews: it goes with --of\n"},
        {OPTIONS("replicates", "9"),
         "error: --replicates takes a whole number from 100 to 1000000, not '9'\n"},
        {OPTIONS("least", "0"), "error: --least takes a whole number from 1 to 1000000, not '0'\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_usage(opened.study, "compare", cases[i].given, cases[i].text);
    fixture_close(&opened);
}

/* ---- the same digits ------------------------------------------------------------------------- */

static void rows_in_another_order_give_the_same_digits(void **state)
{
    (void)state;
    static const char *const tests[] = {"welch", "kruskal", "anova", "permutation"};
    expect_same_in_any_order("compare", NO_OPTIONS); /* leaves turned.csv */
    for (size_t i = 0; i < (getenv("VALGRIND") ? 1 : 5); i++) {
        const char *const *given = OPTIONS("wave", "1", "replicates", "200", "test", tests[i % 4],
                                           i < 4 ? "model" : "adjust", i < 4 ? "mixed" : "role");
        const char *const *within =
            OPTIONS("wave", "1", "replicates", "200", "adjust", "role", "against", "rest");
        struct run one = run_on(open_reference(NULL), i < 4 ? given : within);
        struct run other = run_on(open_reference("turned.csv"), i < 4 ? given : within);
        assert_int_equal(one.count, other.count);
        for (size_t j = 0; j < one.count; j++) {
            npt_output *expected = as_csv(one.tables[j]), *actual = as_csv(other.tables[j]);
            assert_string_equal(npt_output_bytes(actual, NULL), npt_output_bytes(expected, NULL));
            npt_output_discard(expected);
            npt_output_discard(actual);
        }
        close_run(&one);
        close_run(&other);
    }
}

static void threads_make_no_difference(void **state)
{
    (void)state;
    const char *const *given = OPTIONS("test", "permutation", "replicates", "200");
    struct run two = run_on(open_reference(NULL), given);
    struct run one =
        run_on(fixture_open_with("study.xml", &(struct npt_study_options){.threads = 1}), given);
    for (size_t j = 0; j < one.count; j++) {
        npt_output *expected = as_csv(two.tables[j]), *actual = as_csv(one.tables[j]);
        assert_string_equal(npt_output_bytes(actual, NULL), npt_output_bytes(expected, NULL));
        npt_output_discard(expected);
        npt_output_discard(actual);
    }
    close_run(&one);
    close_run(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(welchs_test_agrees_with_r),
        FIXTURE_TEST(a_total_is_not_among_the_constructs),
        FIXTURE_TEST(ranks_agree_with_r),
        FIXTURE_TEST(analysis_of_variance_agrees_with_r),
        FIXTURE_TEST(permutations_are_counted),
        FIXTURE_TEST(sites_stand_with_their_means),
        FIXTURE_TEST(pairs_are_those_of_games_and_howell),
        FIXTURE_TEST(each_is_compared_with_one),
        FIXTURE_TEST(each_is_compared_with_all_others),
        FIXTURE_TEST(one_that_varies_not_can_be_among_the_others),
        FIXTURE_TEST(permutation_goes_with_the_bootstrap),
        FIXTURE_TEST(many_are_compared_with_all_others),
        FIXTURE_TEST(of_very_many_the_ranks_are_tested_by_the_normal_distribution),
        FIXTURE_TEST(permutations_of_very_many_are_refused_with_what_would_do),
        FIXTURE_TEST(within_roles_it_agrees_with_fractions),
        FIXTURE_TEST(within_roles_it_agrees_with_r),
        FIXTURE_TEST(without_a_common_role_there_is_no_difference),
        FIXTURE_TEST(the_model_agrees_with_lmer),
        FIXTURE_TEST(at_its_edge_the_model_says_so),
        FIXTURE_TEST(without_a_wave_it_is_the_last),
        FIXTURE_TEST(a_lone_table_with_waves_is_compared_at_the_last),
        FIXTURE_TEST(who_answers_again_is_counted),
        FIXTURE_TEST(items_stand_as_they_were_answered),
        FIXTURE_TEST(one_site_has_nothing_to_be_compared_with),
        FIXTURE_TEST(a_single_score_is_left_out_of_welchs_test),
        FIXTURE_TEST(where_only_sites_vary_ranks_still_tell),
        FIXTURE_TEST(nobody_answered),
        FIXTURE_TEST(what_does_not_go_is_said),
        FIXTURE_TEST(rows_in_another_order_give_the_same_digits),
        FIXTURE_TEST(threads_make_no_difference),
    };
    return reference_run("comparison of sites", tests);
}
