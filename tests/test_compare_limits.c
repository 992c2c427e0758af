/* test_compare_limits.c - interviews compared: the example study against counts of its own script and R; the same
 * numbers as a tally; and data of which little can be said.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/analysis/case_counts.h"
#include "coded_cases.h"

#include <math.h>
#include <stdlib.h>

#define TEN "0123456789"
#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static struct fixture open_example(void)
{
    struct fixture opened = fixture_open(fixture_beside("examples/whole-family/study.xml"));
    assert_int_equal(opened.status, NPT_OK);
    return opened;
}

static struct fixture open_list(const struct coded_case *coded, size_t count)
{
    return open_cases(coded, count, false);
}

/* ---- the example ----------------------------------------------------------------------------- */

/* expected.csv is counted from the export by count.py beside it. */
static void shares_are_those_that_a_script_counts(void **state)
{
    (void)state;
    char *path = strdup(fixture_beside("examples/whole-family/expected.csv"));
    struct reference_table *expected = reference_table_read(path);
    struct fixture opened = open_example();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    const size_t rows = reference_rows(expected);
    assert_int_equal(rows, 36);
    for (size_t i = 0; i < rows; i++) {
        double cases, of_cases;
        const char *const *row =
            ROW(reference_cell(expected, i, "construct"), reference_cell(expected, i, "Site"));
        assert_true(reference_number(expected, i, "cases", &cases));
        assert_true(reference_number(expected, i, "of_cases", &of_cases));
        expect_count(found.tables[1], "cases", row, (int64_t)cases);
        expect_count(found.tables[1], "n", row, (int64_t)of_cases);
        expect_near(found.tables[1], "share", row, cases / of_cases, 0);
    }
    compared_free(&found);
    fixture_close(&opened);
    reference_table_free(expected);
    free(path);
}

/* R, with m of expected.csv: fisher.test(m)$p.value, p.adjust(, "holm") over all twelve, V as in test_compare_cases.c;
   of pairs fisher.test(m[, c(1, 3)]) and p.adjust(, "holm") over three. */
static void tests_of_cases_are_those_of_r(void **state)
{
    (void)state;
    static const struct {
        const char *construct;
        double p, adjusted, v;
    } expected[] = {
        {"Strategic intentions", 0.383013436506406, 1, 0},
        {"Negotiating capability", 0.675327990240141, 1, 0},
        {"Coherence", 0.0149270041833855, 0.104489029283698381, 0.331252323413773},
        {"Cognitive participation", 0.0612170412432024, 0.367302247459214304, 0.302447775631059},
        {"Collective action", 0.999999999999975, 1, 0},
        {"Reflexive monitoring", 1.26393640498696e-05, 0.000151672368598436, 0.593294467395794},
        {"Normative restructuring", 5.80290599585601e-05, 0.000580290599585601, 0.583119093478836},
        {"Sustainment", 2.0104579359497e-05, 0.000221150372954468, 0.571006605758149}};
    struct fixture opened = open_example();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const char *const *row = ROW(expected[i].construct);
        expect_near(found.tables[0], "p", row, expected[i].p, 1e-12);
        expect_near(found.tables[0], "p_adjusted", row, expected[i].adjusted, 1e-12);
        expect_near(found.tables[0], "effect", row, expected[i].v, 1e-12);
        expect_text(found.tables[0], "verdict", row,
                    expected[i].adjusted < 0.05 ? "differ" : "not clear");
    }
    expect_near(found.tables[2], "p", ROW("Reflexive monitoring", "Site 1", "Site 3"),
                0.00438999971316423, 1e-12);
    expect_near(found.tables[2], "p_adjusted", ROW("Reflexive monitoring", "Site 1", "Site 3"),
                0.00877999942632847, 1e-12);
    expect_text(found.tables[2], "verdict", ROW("Reflexive monitoring", "Site 1", "Site 3"),
                "clearly higher");
    expect_text(found.tables[2], "verdict", ROW("Sustainment", "Site 1", "Site 2"),
                "clearly lower");
    expect_absent(found.tables[2], "p", ROW("Coherence", "Site 1", "Site 2"),
                  "coded in every case");
    compared_free(&found);
    fixture_close(&opened);
}

/* Segments of each case counted from the export by a script of its own; then R: kruskal.test(n, site), p.adjust(,
   "holm"), H / 52. */
static void tests_of_segments_are_those_of_r(void **state)
{
    (void)state;
    static const struct {
        const char *construct;
        double h, p, adjusted;
    } expected[] = {
        {"Adaptive execution", 0.0638873422143454, 0.9685611385192, 1},
        {"Coherence", 6.10517427392163, 0.0472365587240465, 0.283419352344278785},
        {"Reflexive monitoring", 19.4714369115593, 5.91331749140017e-05, 0.000709598098968021},
        {"Relational restructuring", 15.21897334661, 0.000495726262699631, 0.004957262626996305},
        {"Sustainment", 14.9745428593612, 0.000560169338548525, 0.005041524046936722}};
    struct fixture opened = open_example();
    struct compared found = compare_coded(opened.study, OPTIONS("of", "segments"));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const char *const *row = ROW(expected[i].construct);
        expect_near(found.tables[0], "statistic", row, expected[i].h, 1e-12);
        expect_near(found.tables[0], "p", row, expected[i].p, 1e-12);
        expect_near(found.tables[0], "p_adjusted", row, expected[i].adjusted, 1e-12);
        expect_near(found.tables[0], "effect", row, expected[i].h / 52, 1e-12);
    }
    expect_near(found.tables[1], "q1", ROW("Coherence", "Site 1"), 2.25, 0);
    expect_near(found.tables[1], "q3", ROW("Coherence", "Site 2"), 5.75, 0);
    expect_near(found.tables[1], "mean", ROW("Sustainment", "Site 3"), 13 / 19.0, 1e-12);
    compared_free(&found);
    fixture_close(&opened);
}

/* What belongs to the cases of one site, summed, is what a tally has there. */
static void sums_over_cases_are_those_of_a_tally(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    npt_options *options = make_options(OPTIONS("by", "site"));
    struct npt__case_counts counts;
    assert_int_equal(
        npt__case_counts_open(&counts, opened.study, options, NPT__COMPONENT, true, opened.diags),
        NPT_OK);
    struct npt__tally tally = {.study = opened.study, .level = NPT__COMPONENT, .valence_count = 1};
    tally.chosen[NPT__COVERAGE] = true;
    assert_int_equal(npt__scope_open(&tally.scope, opened.study, options, opened.diags), NPT_OK);
    assert_true(npt__tally_count(&tally));
    assert_int_equal(tally.rows.count, counts.tally.rows.count);
    assert_int_equal(counts.count, 53);
    for (uint32_t row = 0; row < tally.rows.count; row++)
        for (uint32_t site = 0; site < 3; site++) {
            size_t cases = 0, segments = 0, characters = 0, text = 0;
            for (size_t i = 0; i < counts.count; i++) {
                if (counts.value_of[i] != site)
                    continue;
                cases += npt__case_has(&counts, row, i);
                segments += npt__case_segments(&counts, row, i);
                characters += (size_t)llround(npt__case_coverage(&counts, row, i) *
                                              (double)counts.tally.text[i]);
                text += counts.tally.text[i];
            }
            const size_t at = npt__tally_at(&tally, row, 0, site);
            assert_int_equal(cases, tally.cases[at]);
            assert_int_equal(segments, tally.segments[at]);
            assert_int_equal(characters, tally.characters[at]);
            assert_int_equal(text, tally.text[site]);
        }
    npt__array_release(&tally.rows);
    npt__scope_release(&tally.scope);
    npt__case_counts_release(&counts);
    npt_options_free(options);
    fixture_close(&opened);
}

/* Constructs are adjusted for by themselves: p as without components. */
static void components_are_a_family_of_their_own(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    struct compared found =
        compare_coded(opened.study, OPTIONS("of", "cases", "level", "component"));
    expect_near(found.tables[0], "p_adjusted", ROW("Coherence", "Total"), 0.104489029283698381,
                1e-12);
    assert_true(npt_table_row_count(found.tables[0]) > 24);
    compared_free(&found);
    fixture_close(&opened);
}

/* ---- random tables --------------------------------------------------------------------------- */

/* Forty cases at three sites, with up to nine segments, have too many arrangements to go through. F by R's aov();
   p by 400000 arrangements drawn by NumPy: 0.3290, +- 0.0007. The same seed gives the same digits. */
static void an_estimated_p_has_its_error_and_its_seed(void **state)
{
    (void)state;
    static const char *const sites[] = {"A", "B", "C"};
    struct coded_case cases[40];
    for (int i = 0; i < 40; i++)
        cases[i] = (struct coded_case){sites[i % 3], (i * 7 + i / 10) % 10, TEN TEN};
    struct fixture opened = open_list(cases, 40);
    const char *const *options =
        OPTIONS("of", "segments", "test", "permutation", "seed", "7", "replicates", "2000");
    struct compared one = compare_coded(opened.study, options);
    struct compared other = compare_coded(opened.study, options);
    expect_near(one.tables[0], "statistic", ROW("Sense"), 1.119826246645007, 1e-12);
    const struct npt_cell *p = cell_at(one.tables[0], "p", ROW("Sense"));
    const struct npt_cell *error = cell_at(one.tables[0], "p_error", ROW("Sense"));
    assert_int_equal(error->kind, NPT_CELL_NUMBER);
    reference_expect(error->number, sqrt(p->number * (1 - p->number) / 2000), 1e-12);
    assert_true(fabs(p->number - 0.3290) < 4 * error->number);
    expect_near(other.tables[0], "p", ROW("Sense"), p->number, 0);
    expect_note(one.tables[0], "1 of the p are estimated from 2000 random arrangements");
    compared_free(&one);
    compared_free(&other);
    fixture_close(&opened);
}

/* ---- little to compare ----------------------------------------------------------------------- */

static void in_no_case_or_in_all_there_is_nothing_to_test(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {
        {"A", 1, TEN}, {"A", 0, TEN}, {"B", 1, TEN}, {"B", 1, TEN}};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    expect_absent(found.tables[0], "p", ROW("Action"), "coded in no case");
    expect_absent(found.tables[0], "effect", ROW("Action"), "coded in no case");
    expect_absent(found.tables[0], "p_adjusted", ROW("Setting"), "coded in every case");
    expect_absent(found.tables[2], "p", ROW("Action", "A", "B"), "coded in no case");
    expect_near(found.tables[2], "difference", ROW("Action", "A", "B"), 0, 0);
    expect_text(found.tables[0], "verdict", ROW("Sense"), "too few cases");
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "cases", "least", "2"));
    expect_text(found.tables[0], "verdict", ROW("Action"), "no test");
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "segments"));
    expect_absent(found.tables[0], "p", ROW("Setting"), "nothing varies");
    expect_absent(found.tables[0], "low", ROW("Setting"), "nothing varies");
    expect_absent(found.tables[2], "p", ROW("Setting", "A", "B"), "nothing varies");
    expect_absent(found.tables[2], "low", ROW("Setting", "A", "B"), "nothing varies");
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "coverage", "test", "permutation"));
    expect_absent(found.tables[0], "p", ROW("Action"), "nothing varies");
    compared_free(&found);
    fixture_close(&opened);
}

/* Half of the cases at both: chi-square is 0, which no V makes likely. Fisher's p is 1. */
static void shares_that_are_equal_have_no_interval_of_v(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {
        {"A", 1, TEN}, {"A", 0, TEN}, {"B", 1, TEN}, {"B", 0, TEN}};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    expect_near(found.tables[0], "p", ROW("Sense"), 1, 1e-15);
    expect_near(found.tables[0], "effect", ROW("Sense"), 0, 0);
    expect_absent(found.tables[0], "high", ROW("Sense"), "more alike than by chance");
    compared_free(&found);
    fixture_close(&opened);
}

static void one_site_has_nothing_to_be_compared_with(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {{"A", 1, TEN}, {"A", 0, TEN}};
    static const char *const what[] = {"cases", "segments", "coverage"};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    for (size_t i = 0; i < 3; i++) {
        struct compared found = compare_coded(opened.study, OPTIONS("of", what[i]));
        assert_int_equal(found.count, 2);
        expect_absent(found.tables[0], "p", ROW("Sense"), "one only: nothing to compare");
        expect_text(found.tables[0], "verdict", ROW("Sense"), "nothing to compare");
        assert_int_equal(npt_table_row_count(found.tables[1]), 3); /* without a total */
        compared_free(&found);
    }
    fixture_close(&opened);
}

static void one_case_at_a_site_is_shown_and_not_judged(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {{"A", 2, TEN}, {"B", 0, TEN}, {"B", 1, TEN}};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    struct compared found = compare_coded(opened.study, OPTIONS("of", "segments"));
    expect_near(found.tables[1], "median", ROW("Sense", "A"), 2, 0);
    expect_near(found.tables[2], "delta", ROW("Sense", "A", "B"), 1, 0);
    expect_absent(found.tables[2], "low", ROW("Sense", "A", "B"), "one case only");
    expect_text(found.tables[2], "verdict", ROW("Sense", "A", "B"), "too few cases");
    compared_free(&found);
    fixture_close(&opened);
}

/* ---- who is left out ------------------------------------------------------------------------- */

static void cases_without_a_site_are_left_out_and_counted(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {
        {"A", 1, TEN}, {"A", 0, TEN}, {"B", 1, TEN}, {NULL, 3, TEN}};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    expect_count(found.tables[0], "n", ROW("Sense"), 3);
    expect_count(found.tables[1], "cases", ROW("Sense", "Total"), 2);
    expect_note(found.tables[0], "Left out, without a value of Site: 1 case.");
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "segments"));
    expect_count(found.tables[0], "n", ROW("Sense"), 3);
    expect_near(found.tables[1], "mean", ROW("Sense", "Total"), 2 / 3.0, 1e-15);
    compared_free(&found);
    fixture_close(&opened);
}

static void cases_without_a_text_have_no_coverage(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {
        {"A", 1, TEN}, {"A", 0, TEN}, {"B", 1, NULL}, {"B", 1, TEN}, {"C", 1, NULL}};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    struct compared found = compare_coded(opened.study, OPTIONS("of", "coverage"));
    expect_count(found.tables[0], "n", ROW("Sense"), 3);
    expect_count(found.tables[0], "sites", ROW("Sense"), 2);
    expect_count(found.tables[1], "n", ROW("Sense", "C"), 0);
    expect_absent(found.tables[1], "median", ROW("Sense", "C"), "no case with a text");
    expect_absent(found.tables[2], "p", ROW("Sense", "A", "C"), "no cases");
    expect_note(found.tables[0], "the export holds none of their text: 2 cases (P2, P4)");
    compared_free(&found);
    found = compare_coded(opened.study, OPTIONS("of", "segments"));
    expect_count(found.tables[0], "n", ROW("Sense"), 5);
    compared_free(&found);
    fixture_close(&opened);
}

/* The attribute stands on the interviews: P1 counts in both waves, as in a tally. */
static void a_case_with_two_values_counts_in_both_and_a_note_says_so(void **state)
{
    (void)state;
#define WAVE_OF(wave) VALUE("E3", "Integer", wave)
    const struct fixture_project project = {
        .users = USER("A1", "Ann"),
        .codes = CODED_CODES,
        .variables = VARIABLE("E3", "Wave", "Integer"),
        .cases =
            CASE("F1", "P1", SOURCE_REF("51") SOURCE_REF("52")) CASE("F2", "P2", SOURCE_REF("53")),
        .sources = INLINE_SOURCE("51", "first", TEN,
                                 SELECTION(0, 4, "A1", CODING("C4", "A1")) WAVE_OF("1"))
            INLINE_SOURCE("52", "second", TEN, WAVE_OF("2"))
                INLINE_SOURCE("53", "third", TEN, WAVE_OF("2"))};
    write_small_codebook();
    fixture_qde("waves.qde", &project);
    struct fixture opened = open_quietly("waves.qde", "tiny.qdc");
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases", "by", "Wave"));
    expect_count(found.tables[0], "n", ROW("Action"), 3);
    expect_count(found.tables[0], "groups", ROW("Action"), 2);
    expect_count(found.tables[1], "cases", ROW("Action", "1"), 1);
    expect_count(found.tables[1], "n", ROW("Action", "2"), 2);
    expect_note(
        found.tables[0],
        "With several values of Wave, and counted once in each, as if they were different ones: 1 "
        "case.");
    compared_free(&found);
    fixture_close(&opened);
}

static void one_coder_can_be_looked_at(void **state)
{
    (void)state;
    struct fixture opened = open_example();
    struct compared found =
        compare_coded(opened.study, OPTIONS("of", "segments", "coder", "Coder B"));
    npt_table *tally =
        run_analysis(opened.study, "tally", OPTIONS("coder", "Coder B", "by", "site"));
    static const char *const sites[] = {"Site 1", "Site 2", "Site 3"};
    for (size_t i = 0; i < 3; i++) {
        const struct npt_cell *cases = cell_at(tally, "of_cases", ROW("Coherence", sites[i]));
        const struct npt_cell *segments = cell_at(tally, "segments", ROW("Coherence", sites[i]));
        expect_count(found.tables[1], "n", ROW("Coherence", sites[i]), cases->count);
        expect_near(found.tables[1], "mean", ROW("Coherence", sites[i]),
                    (double)segments->count / (double)cases->count, 1e-15);
    }
    expect_note(found.tables[0], "Only what Coder B coded");
    npt_table_free(tally);
    compared_free(&found);
    fixture_close(&opened);
}

/* ---- options --------------------------------------------------------------------------------- */

static void with_many_sites_each_is_compared_with_all_others(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {{"1", 1, TEN}, {"2", 0, TEN}, {"3", 1, TEN},
                                              {"4", 1, TEN}, {"5", 1, TEN}, {"6", 0, TEN},
                                              {"7", 1, TEN}, {"8", 1, TEN}, {"9", 1, TEN}};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    struct compared found = compare_coded(opened.study, OPTIONS("of", "cases"));
    assert_int_equal(npt_table_row_count(found.tables[2]), 3 * 9);
    expect_count(found.tables[2], "n_other", ROW("Sense", "1", "others"), 8);
    expect_note(found.tables[2], "With more than 8 sites");
    compared_free(&found);
    fixture_close(&opened);
}

static void wrong_options_are_named(void **state)
{
    (void)state;
    static const struct coded_case cases[] = {{"A", 1, TEN}, {"B", 0, TEN}};
    struct fixture opened = open_list(cases, COUNT_OF(cases));
    const npt_study *study = opened.study;
    expect_usage(study, "compare", OPTIONS("of", "codes"),
                 "error: --of takes cases, segments or coverage, not 'codes'\n");
    expect_usage(study, "compare", OPTIONS("of", "cases", "test", "kruskal"),
                 "error: --test takes fisher, chi-square or g with --of cases, not 'kruskal'\n");
    expect_usage(study, "compare", OPTIONS("of", "coverage", "test", "fisher"),
                 "error: --test takes kruskal or permutation with --of coverage, not 'fisher'\n");
    expect_usage(study, "compare", OPTIONS("of", "cases", "level", "domain"),
                 "error: --level takes construct or component, not 'domain'\n");
    expect_usage(study, "compare", OPTIONS("of", "cases", "adjust", "role"),
                 "error: --adjust is for surveys, not for interviews (--of cases)\n");
    expect_usage(study, "compare", OPTIONS("of", "cases", "wave", "1"),
                 "error: --wave is for surveys, not for interviews (--of cases)\n"
                 "  hint: if the interviews have such an attribute: --where wave=VALUE\n");
    expect_usage(study, "compare", OPTIONS("of", "cases", "against", "D"),
                 "error: --against: none of those compared is called 'D'\n"
                 "  hint: there are: A, B, rest, all\n");
    expect_usage(study, "compare", OPTIONS("of", "cases", "by", "Role"),
                 "error: --by: no case or source has the attribute 'Role'\n"
                 "  hint: there are: Site\n");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(shares_are_those_that_a_script_counts),
        FIXTURE_TEST(tests_of_cases_are_those_of_r),
        FIXTURE_TEST(tests_of_segments_are_those_of_r),
        FIXTURE_TEST(sums_over_cases_are_those_of_a_tally),
        FIXTURE_TEST(components_are_a_family_of_their_own),
        FIXTURE_TEST(an_estimated_p_has_its_error_and_its_seed),
        FIXTURE_TEST(in_no_case_or_in_all_there_is_nothing_to_test),
        FIXTURE_TEST(shares_that_are_equal_have_no_interval_of_v),
        FIXTURE_TEST(one_site_has_nothing_to_be_compared_with),
        FIXTURE_TEST(one_case_at_a_site_is_shown_and_not_judged),
        FIXTURE_TEST(cases_without_a_site_are_left_out_and_counted),
        FIXTURE_TEST(cases_without_a_text_have_no_coverage),
        FIXTURE_TEST(a_case_with_two_values_counts_in_both_and_a_note_says_so),
        FIXTURE_TEST(one_coder_can_be_looked_at),
        FIXTURE_TEST(with_many_sites_each_is_compared_with_all_others),
        FIXTURE_TEST(wrong_options_are_named),
    };
    return reference_run("compared interviews, the example", tests);
}
