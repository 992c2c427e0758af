/* test_quotes.c - the words behind a number: whole, in place, with what is known of them.
 *
 * The text of most tests, whose positions NVivo counts in UTF-16 units with CRLF as two, and its table in
 * characters with a line end as one:
 *
 *     One 🙂 two.⏎Three four five six seven.⏎
 *     0   4  7  11 13    19   24   29  33     units      0   4  6 10 11    17   22   27  31    characters
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"

#define SMILE "\xF0\x9F\x99\x82"
#define TEXT "\xEF\xBB\xBFOne " SMILE " two.\r\nThree four five six seven.\r\n"
#define CODES \
    PARENT("C1", "Coherence", CODE("C2", "Differentiation") CODE("C3", "Own theme")) \
    CODE("C4", "Collective action") CODE("B1", "Barriers")
#define ANN(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))
#define BEN(start, end, code) SELECTION(start, end, "A2", CODING(code, "A2"))

/* Two cases: Eve of site A, of whose interview this is the text, and Max of site B. */
static struct fixture open_project(const char *selections)
{
    npt__buffer sources = {0};
    npt__buffer_print(&sources,
                      "<TextSource guid=\"" GUID(
                          "51") "\" name=\"Eve's talk\" plainTextPath="
                                "\"internal://" GUID("51") ".txt\">%s</TextSource>" TEXT_SOURCE(
                                    "52", "Max's talk", BEN(0, 4, "C4")),
                      selections);
    const struct fixture_project project = {
        .origin = "NVivo for Windows 12.6",
        .users = USER("A1", "Ann") USER("A2", "Ben"),
        .codes = CODES,
        .variables = VARIABLE("E1", "Site", "Text"),
        .cases = CASE("F1", "Eve", VALUE("E1", "Text", "A") SOURCE_REF("51"))
            CASE("F2", "Max", VALUE("E1", "Text", "B") SOURCE_REF("52")),
        .sources = sources.bytes};
    const struct fixture_entry files[] = {TEXT_FILE("51", TEXT), TEXT_FILE("52", "Work is hard.")};
    fixture_qdpx("a.qdpx", &project, files, 2);
    npt__buffer_release(&sources);
    return open_quietly("a.qdpx", "npt-core");
}

static void expect_quotes(const char *selections, const char *const *options, const char *rows)
{
    struct fixture opened = open_project(selections);
    expect_rows(opened.study, "quotes", options, rows);
    fixture_close(&opened);
}

#define HEADER "construct,codes,case,Site,source,coder,start,end,text\n"
#define WITH_CONTEXT "construct,codes,case,Site,source,coder,start,end,before,after,text\n"
#define EVE(start, end) "Eve,A,Eve's talk,Ann," #start "," #end ","
#define MAX_QUOTE "Collective action,Collective action,Max,B,Max's talk,Ben,0,4,Work\n"

/* ---- the text -------------------------------------------------------------------------------- */

/* Ann's two segments and Max's: one overlaps a barrier, the barrier itself is one, one neither. */
static void valence_filters_as_tally_counts(void **state)
{
    (void)state;
    const char *selections = ANN(0, 4, "C1") ANN(0, 7, "B1") ANN(13, 18, "C4");
    struct fixture opened = open_project(selections);
    static const struct {
        const char *valence;
        size_t rows;
    } wanted[] = {{"barrier", 2}, {"facilitator", 0}, {"neither", 2}};
    for (size_t i = 0; i < 3; i++) {
        npt_table *table =
            run_analysis(opened.study, "quotes", OPTIONS("valence", wanted[i].valence));
        assert_int_equal(npt_table_row_count(table), wanted[i].rows);
        npt_table_free(table);
    }
    fixture_close(&opened);
}

static void emoji_and_line_ends_are_intact(void **state)
{
    (void)state;
    expect_quotes(ANN(0, 18, "C1") ANN(4, 6, "C1") ANN(7, 13, "C1"), NO_OPTIONS,
                  HEADER "Coherence,Coherence," EVE(0, 16) "\"One " SMILE " two.\nThree\"\n"
                                                           "Coherence,Coherence," EVE(4, 5) SMILE
                  "\n"
                  "Coherence,Coherence," EVE(6, 11) "two.\n" MAX_QUOTE);
}

static void blanks_at_the_ends_are_not_shown(void **state)
{
    (void)state;
    expect_quotes(ANN(18, 24, "C1"), OPTIONS("site", "A"),
                  HEADER "Coherence,Coherence," EVE(16, 22) "four\n");
}

static void an_empty_passage_says_so(void **state)
{
    (void)state;
    struct fixture opened = open_project(ANN(5, 5, "C1") ANN(11, 13, "C1"));
    npt_table *table = run_analysis(opened.study, "quotes", OPTIONS("site", "A"));
    assert_int_equal(npt_table_row_count(table), 2);
    for (size_t row = 0; row < 2; row++) {
        const struct npt_cell *text =
            &npt_table_row(table, row)[npt_table_find_column(table, "text")];
        assert_int_equal(text->kind, NPT_CELL_ABSENT);
        assert_string_equal(text->reason, "an empty passage");
    }
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- what stands around it ------------------------------------------------------------------- */

/* Ten characters before "five" are "hree four ", ten after are " six seven": cut words are left out. */
static void context_is_whole_words(void **state)
{
    (void)state;
    expect_quotes(ANN(24, 28, "C1"), OPTIONS("context", "10", "site", "A"),
                  WITH_CONTEXT "Coherence,Coherence," EVE(22, 26) "four,six,five\n");
    expect_quotes(ANN(24, 28, "C1"), OPTIONS("context", "11", "site", "A"),
                  WITH_CONTEXT "Coherence,Coherence," EVE(22, 26) "Three four,six seven.,five\n");
    expect_quotes(ANN(24, 28, "C1"), OPTIONS("context", "3", "site", "A"),
                  WITH_CONTEXT "Coherence,Coherence," EVE(22, 26) ",,five\n");
    expect_quotes(ANN(24, 28, "C1"), OPTIONS("context", "10000", "site", "A"),
                  WITH_CONTEXT
                  "Coherence,Coherence," EVE(22, 26) "\"One " SMILE
                                                     " two.\nThree four\",six seven.,five\n");
}

static void context_ends_where_the_text_does(void **state)
{
    (void)state;
    expect_quotes(ANN(0, 3, "C1") ANN(33, 39, "C1"), OPTIONS("context", "5", "site", "A"),
                  WITH_CONTEXT "Coherence,Coherence," EVE(0, 3) "," SMILE ",One\n"
                                                                "Coherence,Coherence," EVE(
                                                                    31, 37) "six,,seven.\n");
}

/* ---- the codes on it ------------------------------------------------------------------------- */

/* "four" 19-23 lies in Barriers 13-28 and touches Collective action 23-28, which overlaps Barriers. */
static void all_codes_on_a_passage_are_named_its_own_first(void **state)
{
    (void)state;
    expect_quotes(SELECTION(19, 23, "A1", CODING("C2", "A1") CODING("C3", "A1")) ANN(13, 28, "B1")
                      BEN(23, 28, "C4"),
                  OPTIONS("site", "A"),
                  HEADER
                  "\"Coherence > Differentiation; Coherence\","
                  "\"Coherence > Differentiation; Coherence > Own theme; Barriers\"," EVE(
                      17, 21) "four\n"
                              ",\"Barriers; Coherence > Differentiation; Coherence > Own theme; "
                              "Collective action\"," EVE(
                                  11, 26) "Three four five\n"
                                          "Collective action,\"Collective action; Barriers\","
                                          "Eve,A,Eve's talk,Ben,21,26,five\n");
}

/* ---- which ones ------------------------------------------------------------------------------ */

#define SIX \
    ANN(0, 3, "C1") \
    ANN(7, 10, "C2") BEN(13, 18, "C3") ANN(19, 23, "B1") BEN(24, 28, "C4") ANN(29, 32, "C4")

/* Expects the texts of the quotes, each after a bar. */
static void expect_texts(const npt_study *study, const char *const *options, const char *texts)
{
    npt_table *table = run_analysis(study, "quotes", options);
    npt__buffer found = {0};
    size_t column = npt_table_find_column(table, "text");
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        npt__buffer_print(&found, "|%s", npt_table_row(table, i)[column].text);
    assert_string_equal(npt__buffer_string(&found), texts);
    npt__buffer_release(&found);
    npt_table_free(table);
}

static void filters_choose_and_join(void **state)
{
    (void)state;
    struct fixture opened = open_project(SIX);
    const npt_study *study = opened.study;
    expect_texts(study, NO_OPTIONS, "|One|two|Three|four|five|six|Work");
    expect_texts(study, OPTIONS("construct", "Coherence"), "|One|two|Three");
    expect_texts(study, OPTIONS("construct", "sense making"), "|One|two|Three"); /* other name */
    expect_texts(study, OPTIONS("construct", "Coherence > Differentiation"), "|two");
    expect_texts(study, OPTIONS("construct", "Reflexive monitoring"), "");
    expect_texts(study, OPTIONS("code", "Coherence"), "|One|two|Three");
    expect_texts(study, OPTIONS("code", "coherence > own theme"), "|Three");
    expect_texts(study, OPTIONS("code", "Barriers"), "|four");
    expect_texts(study, OPTIONS("coder", "Ben"), "|Three|five|Work");
    expect_texts(study, OPTIONS("coder", "Ben", "site", "A"), "|Three|five");
    expect_texts(study, OPTIONS("where", "Site=B"), "|Work");
    expect_texts(study, OPTIONS("where", "Site=B", "construct", "Coherence"), "");
    expect_texts(study, OPTIONS("construct", "Coherence", "code", "Own theme", "coder", "Ben"),
                 "|Three");
    fixture_close(&opened);
}

static void max_shows_the_first_and_says_of_how_many(void **state)
{
    (void)state;
    struct fixture opened = open_project(SIX);
    expect_texts(opened.study, OPTIONS("max", "2"), "|One|two");
    npt_table *table = run_analysis(opened.study, "quotes", OPTIONS("max", "2"));
    expect_note(table, "The first 2 of 7 segments, in the order of the sources");
    expect_note(table, "These are people's words");
    npt_table_free(table);
    table = run_analysis(opened.study, "quotes", OPTIONS("max", "7"));
    expect_no_note(table, "The first");
    npt_table_free(table);
    fixture_close(&opened);
}

static void wrong_values_are_refused_with_what_was_meant(void **state)
{
    (void)state;
    struct fixture opened = open_project(SIX);
    const npt_study *study = opened.study;
    expect_usage(study, "quotes", OPTIONS("construct", "Coherense"),
                 "error: --construct: 'Coherense' is no construct of the codebook 'npt-core'\n"
                 "  hint: did you mean 'Coherence'\n");
    expect_usage(study, "quotes", OPTIONS("construct", "Trust"),
                 "error: --construct: 'Trust' is no construct of the codebook 'npt-core'\n"
                 "  hint: see: nptkit codebook show npt-core\n");
    expect_usage(study, "quotes", OPTIONS("code", "Barier"),
                 "error: --code: the project has no code 'Barier', or several of that name\n"
                 "  hint: did you mean 'Barriers'\n");
    expect_usage(study, "quotes", OPTIONS("code", "Trust"),
                 "error: --code: the project has no code 'Trust', or several of that name\n"
                 "  hint: see: nptkit codes\n");
    expect_usage(study, "quotes", OPTIONS("max", "0"),
                 "error: --max takes a whole number from 1 to 10000000, not '0'\n");
    expect_usage(study, "quotes", OPTIONS("context", "10001"),
                 "error: --context takes a whole number from 0 to 10000, not '10001'\n");
    expect_usage(study, "quotes", OPTIONS("context", "99999999999999999999"),
                 "error: --context takes a whole number from 0 to 10000, not "
                 "'99999999999999999999'\n");
    expect_usage(study, "quotes", OPTIONS("max", "-1"),
                 "error: --max takes a whole number from 1 to 10000000, not '-1'\n");
    expect_usage(study, "quotes", OPTIONS("site", "C"),
                 "error: no case has site = 'C'\n"
                 "  hint: see the values with: nptkit cases --by 'site'\n");
    fixture_close(&opened);
}

/* ---- without a text, without a case ---------------------------------------------------------- */

static void a_missing_text_is_absent_with_its_reason(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USER("A1", "Ann"),
        .codes = CODES,
        .sources =
            TEXT_SOURCE("51", "lost", ANN(0, 4, "C1")) "<AudioSource guid=\"" GUID("52") "\" name=\"tape\"><AudioSelection guid=\"" GUID(
                "02") "\" begin=\"1500\" end=\"2500\" creatingUser=\"" GUID("A1") "\">" CODING("C1",
                                                                                               "A1") "</AudioSelection></AudioSource>"};
    fixture_qdpx("a.qdpx", &project, NULL, 0);
    struct fixture opened = fixture_open("a.qdpx");
    assert_int_equal(opened.status, NPT_OK);
    npt_table *table = run_analysis(opened.study, "quotes", NO_OPTIONS);
    expect_csv(table, "construct,codes,case,source,coder,start,end,text\n"
                      "Coherence,Coherence,lost,lost,Ann,,,\n"
                      "Coherence,Coherence,tape,tape,Ann,1500,2500,\n");
    assert_string_equal(npt_table_row(table, 0)[7].reason, "text not in the export");
    assert_string_equal(npt_table_row(table, 1)[7].reason, "a stretch of audio or video");
    npt_table_free(table);
    fixture_close(&opened);
}

/* Where cases hold passages, what lies outside all of them is shown, but belongs to nobody. */
static void a_passage_outside_all_cases_has_no_case(void **state)
{
    (void)state;
    const struct fixture_project project = {.origin = "NVivo for Mac 20.5",
                                            .users = USER("A1", "Ann"),
                                            .codes = CODES CODE("F1", "Eve"),
                                            .cases = CASE("F1", "Eve", ""),
                                            .sources = INLINE_SOURCE("51", "group", "Mine. Yours.",
                                                                     ANN(0, 5, "F1") ANN(0, 5, "C1")
                                                                         ANN(6, 12, "C1"))};
    fixture_qde("a.qde", &project);
    struct fixture opened = open_quietly("a.qde", "npt");
    expect_rows(opened.study, "quotes", NO_OPTIONS,
                "construct,codes,case,source,coder,start,end,text\n"
                "Coherence,Coherence,Eve,group,Ann,0,5,Mine.\n"
                "Coherence,Coherence,,group,Ann,6,12,Yours.\n");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(valence_filters_as_tally_counts),
        FIXTURE_TEST(emoji_and_line_ends_are_intact),
        FIXTURE_TEST(blanks_at_the_ends_are_not_shown),
        FIXTURE_TEST(an_empty_passage_says_so),
        FIXTURE_TEST(context_is_whole_words),
        FIXTURE_TEST(context_ends_where_the_text_does),
        FIXTURE_TEST(all_codes_on_a_passage_are_named_its_own_first),
        FIXTURE_TEST(filters_choose_and_join),
        FIXTURE_TEST(max_shows_the_first_and_says_of_how_many),
        FIXTURE_TEST(wrong_values_are_refused_with_what_was_meant),
        FIXTURE_TEST(a_missing_text_is_absent_with_its_reason),
        FIXTURE_TEST(a_passage_outside_all_cases_has_no_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
