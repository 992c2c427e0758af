/* test_tally.c - tallies of projects so small that they are counted by hand, in the comments.
 *
 * Every text is 40 characters long unless told otherwise. The codebook is small too: domains Context
 * (construct Setting) and Work (constructs Sense, with components Purpose and Worth, and Action).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis_run.h"

#define LETTERS "0123456789012345678901234567890123456789"

static const char codebook[] = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" FOLDER(
    "D1", "Context", CODE("C5", "Setting"))
    FOLDER("D2", "Work",
           PARENT("C1", "Sense", CODE("C2", "Purpose") CODE("C3", "Worth"))
               CODE("C4", "Action")) "</Codes></CodeBook>";

#define USERS USER("A1", "Ann") USER("A2", "Ben")
#define CODES \
    PARENT("C1", "Sense", CODE("C2", "Purpose") CODE("C3", "Worth")) \
    CODE("C4", "Action") CODE("C5", "Setting") CODE("B1", "Barriers") CODE("B2", "Facilitators")
#define VARIABLES \
    VARIABLE("E1", "Site", "Text") VARIABLE("E2", "Role", "Text") VARIABLE("E3", "Wave", "Integer")
#define ANN(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))
#define BEN(start, end, code) SELECTION(start, end, "A2", CODING(code, "A2"))
#define SITE(name) VALUE("E1", "Text", name)
#define ROLE(name) VALUE("E2", "Text", name)

static struct fixture open_project(const struct fixture_project *project)
{
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("project.qde", project);
    return open_quietly("project.qde", "tiny.qdc");
}

/* Expects these rows of a tally of one project. */
static void expect_tally(const char *cases, const char *sources, const char *const *options,
                         const char *rows)
{
    const struct fixture_project project = {
        .users = USERS, .codes = CODES, .variables = VARIABLES, .cases = cases, .sources = sources};
    struct fixture opened = open_project(&project);
    expect_rows(opened.study, "tally", options, rows);
    fixture_close(&opened);
}

/* Three cases: one and two at site A, one interview each; three at site B, two interviews.
     one    Sense (both components) 0-10; Purpose 5-15; by Ben: Action 20-25
     two    Sense itself 0-8
     three  Action 10-20; by Ben: Action 12-18
     four   Purpose 0-4 */
#define THREE_CASES \
    CASE("F1", "P1", SITE("A") ROLE("nurse") SOURCE_REF("51")) \
    CASE("F2", "P2", SITE("A") SOURCE_REF("52")) \
    CASE("F3", "P3", SITE("B") ROLE("nurse") SOURCE_REF("53") SOURCE_REF("54"))
#define BOTH_COMPONENTS SELECTION(0, 10, "A1", CODING("C2", "A1") CODING("C3", "A1"))
#define FOUR_SOURCES \
    INLINE_SOURCE("51", "one", LETTERS, BOTH_COMPONENTS ANN(5, 15, "C2") BEN(20, 25, "C4")) \
    INLINE_SOURCE("52", "two", LETTERS, ANN(0, 8, "C1")) \
    INLINE_SOURCE("53", "three", LETTERS, ANN(10, 20, "C4") BEN(12, 18, "C4")) \
    INLINE_SOURCE("54", "four", LETTERS, ANN(0, 4, "C2"))

/* ---- what is counted ------------------------------------------------------------------------- */

/* Sense at A: 2 of 2 cases; 3 segments (the first carries both components and counts once); characters
   0-15 of one and 0-8 of two: 23 of 80; 3 segments / 2 cases.
   Action at B: 1 of 1; 2 segments; 10-20, Ben's lies within: 10 of the 80 characters of both interviews.
   Total at A: 4 segments; 0-15 and 20-25 of one, 0-8 of two: 28 of 80. */
static const char all_measures[] =
    "construct,Site,cases,of_cases,segments,characters,coverage,segments_per_case\n"
    "Setting,A,0,2,0,0,0,0\n"
    "Setting,B,0,1,0,0,0,0\n"
    "Setting,Total,0,3,0,0,0,0\n"
    "Sense,A,2,2,3,23,0.2875,1.5\n"
    "Sense,B,1,1,1,4,0.05,1\n"
    "Sense,Total,3,3,4,27,0.16875,1.3333333333333333\n"
    "Action,A,1,2,1,5,0.0625,0.5\n"
    "Action,B,1,1,2,10,0.125,2\n"
    "Action,Total,2,3,3,15,0.09375,1\n"
    "Total,A,2,2,4,28,0.35,2\n"
    "Total,B,1,1,3,14,0.175,3\n"
    "Total,Total,3,3,7,42,0.2625,2.3333333333333335\n";

static void cases_count_once_and_so_do_overlapping_characters(void **state)
{
    (void)state;
    expect_tally(THREE_CASES, FOUR_SOURCES, OPTIONS("by", "Site"), all_measures);
}

static void the_order_of_segments_and_sources_in_the_file_changes_nothing(void **state)
{
    (void)state;
    expect_tally(THREE_CASES,
                 INLINE_SOURCE("54", "four", LETTERS, ANN(0, 4, "C2"))
                     INLINE_SOURCE("53", "three", LETTERS, BEN(12, 18, "C4") ANN(10, 20, "C4"))
                         INLINE_SOURCE("52", "two", LETTERS, ANN(0, 8, "C1"))
                             INLINE_SOURCE("51", "one", LETTERS,
                                           BEN(20, 25, "C4") ANN(5, 15, "C2") BOTH_COMPONENTS),
                 OPTIONS("by", "Site"), all_measures);
}

/* Sense itself is what carries no component: 0-8 of two. Purpose and Worth share 0-10 of one. */
static void components_stand_below_their_construct_and_what_is_coded_to_itself(void **state)
{
    (void)state;
    expect_tally(THREE_CASES, FOUR_SOURCES,
                 OPTIONS("level", "component", "measures", "cases,segments,characters"),
                 "construct,component,cases,of_cases,segments,characters\n"
                 "Setting,Total,0,3,0,0\n"
                 "Sense,Total,3,3,4,27\n"
                 "Sense,,1,3,1,8\n"
                 "Sense,Purpose,2,3,3,19\n"
                 "Sense,Worth,1,3,1,10\n"
                 "Action,Total,2,3,3,15\n"
                 "Total,Total,3,3,7,42\n");
}

static void domains_hold_their_constructs(void **state)
{
    (void)state;
    expect_tally(THREE_CASES, FOUR_SOURCES,
                 OPTIONS("level", "domain", "measures", "cases,segments,characters"),
                 "domain,cases,of_cases,segments,characters\n"
                 "Context,0,3,0,0\n"
                 "Work,3,3,7,42\n"
                 "Total,3,3,7,42\n");
}

/* P2 has no role: a row without a value, as it is a case all the same. B has nobody without a role:
   nothing can be counted there. */
static void two_attributes_cross_and_cases_without_a_value_stay(void **state)
{
    (void)state;
    expect_tally(THREE_CASES, FOUR_SOURCES,
                 OPTIONS("by", "Role, Site", "measures", "cases,segments"),
                 "construct,Role,Site,cases,of_cases,segments\n"
                 "Setting,nurse,A,0,1,0\nSetting,nurse,B,0,1,0\nSetting,nurse,Total,0,2,0\n"
                 "Setting,,A,0,1,0\nSetting,,B,,0,\nSetting,,Total,0,1,0\n"
                 "Setting,Total,A,0,2,0\nSetting,Total,B,0,1,0\nSetting,Total,Total,0,3,0\n"
                 "Sense,nurse,A,1,1,2\nSense,nurse,B,1,1,1\nSense,nurse,Total,2,2,3\n"
                 "Sense,,A,1,1,1\nSense,,B,,0,\nSense,,Total,1,1,1\n"
                 "Sense,Total,A,2,2,3\nSense,Total,B,1,1,1\nSense,Total,Total,3,3,4\n"
                 "Action,nurse,A,1,1,1\nAction,nurse,B,1,1,2\nAction,nurse,Total,2,2,3\n"
                 "Action,,A,0,1,0\nAction,,B,,0,\nAction,,Total,0,1,0\n"
                 "Action,Total,A,1,2,1\nAction,Total,B,1,1,2\nAction,Total,Total,2,3,3\n"
                 "Total,nurse,A,1,1,3\nTotal,nurse,B,1,1,3\nTotal,nurse,Total,2,2,6\n"
                 "Total,,A,1,1,1\nTotal,,B,,0,\nTotal,,Total,1,1,1\n"
                 "Total,Total,A,2,2,4\nTotal,Total,B,1,1,3\nTotal,Total,Total,3,3,7\n");
}

/* One interview with two people, coded as a whole to both: 10 characters of 40 for each of them. Their
   sites count the segment once each, and the total once: it is one passage. The characters of the total
   are per case, so 20 of 80. */
static void two_cases_that_share_a_source_share_its_segments(void **state)
{
    (void)state;
    expect_tally(CASE("F1", "P1", SITE("A") SOURCE_REF("51"))
                     CASE("F2", "P2", SITE("B") SOURCE_REF("51")),
                 INLINE_SOURCE("51", "pair", LETTERS, ANN(0, 10, "C4")), OPTIONS("by", "Site"),
                 "construct,Site,cases,of_cases,segments,characters,coverage,segments_per_case\n"
                 "Setting,A,0,1,0,0,0,0\nSetting,B,0,1,0,0,0,0\nSetting,Total,0,2,0,0,0,0\n"
                 "Sense,A,0,1,0,0,0,0\nSense,B,0,1,0,0,0,0\nSense,Total,0,2,0,0,0,0\n"
                 "Action,A,1,1,1,10,0.25,1\nAction,B,1,1,1,10,0.25,1\n"
                 "Action,Total,2,2,1,20,0.25,0.5\n"
                 "Total,A,1,1,1,10,0.25,1\nTotal,B,1,1,1,10,0.25,1\n"
                 "Total,Total,2,2,1,20,0.25,0.5\n");
}

/* The wave stands on the interviews, so that one case has a value for each of its two: it counts once in
   each wave and once in the total. */
static void an_attribute_of_sources_splits_a_case(void **state)
{
    (void)state;
    expect_tally(
        CASE("F1", "P1", SITE("A") SOURCE_REF("51") SOURCE_REF("52")),
        INLINE_SOURCE("51", "first", LETTERS, ANN(0, 10, "C4") VALUE("E3", "Integer", "1"))
            INLINE_SOURCE("52", "second", LETTERS, ANN(0, 20, "C4") VALUE("E3", "Integer", "2")),
        OPTIONS("by", "Wave", "level", "domain"),
        "domain,Wave,cases,of_cases,segments,characters,coverage,segments_per_case\n"
        "Context,1,0,1,0,0,0,0\nContext,2,0,1,0,0,0,0\nContext,Total,0,1,0,0,0,0\n"
        "Work,1,1,1,1,10,0.25,1\nWork,2,1,1,1,20,0.5,1\nWork,Total,1,1,2,30,0.375,2\n"
        "Total,1,1,1,1,10,0.25,1\nTotal,2,1,1,1,20,0.5,1\nTotal,Total,1,1,2,30,0.375,2\n");
}

/* ---- passages of cases ----------------------------------------------------------------------- */

/* NVivo: the code of a case marks which passages are hers. Ann marked 0-20, Ben 10-30: 30 of the 40
   characters are Eve's. Of Action 15-35, 15 characters lie in them; the second Action lies outside. */
static void passages_of_a_case_that_overlap_count_once(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .origin = "NVivo for Mac 20.5",
        .users = USERS,
        .codes = CODES CODE("F1", "Eve"),
        .cases = CASE("F1", "Eve", ""),
        .sources =
            INLINE_SOURCE("51", "group", LETTERS,
                          ANN(0, 20, "F1") BEN(10, 30, "F1") ANN(15, 35, "C4") BEN(36, 40, "C4"))};
    struct fixture opened = open_project(&project);
    npt_table *table = run_analysis(opened.study, "tally", OPTIONS("level", "domain"));
    expect_csv(table, "domain,cases,of_cases,segments,characters,coverage,segments_per_case\n"
                      "Context,0,1,0,0,0,0\n"
                      "Work,1,1,1,15,0.5,1\n"
                      "Total,1,1,1,15,0.5,1\n");
    expect_note(table, "as they lie outside the passages of every case: 1.");
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- filters --------------------------------------------------------------------------------- */

/* The interviews of the fixture without a role can be asked for by what tables print for them. */
static void cases_without_a_value_can_be_asked_for(void **state)
{
    (void)state;
    const struct fixture_project project = {.users = USERS,
                                            .codes = CODES,
                                            .variables = VARIABLES,
                                            .cases = THREE_CASES,
                                            .sources = FOUR_SOURCES};
    struct fixture opened = open_project(&project);
    npt_table *all = run_analysis(opened.study, "cases", OPTIONS("by", "Role"));
    npt_table *none =
        run_analysis(opened.study, "cases", OPTIONS("by", "Role", "where", "Role=(none)"));
    int64_t without = 0, found = 0;
    for (size_t i = 0; i < npt_table_row_count(all); i++)
        if (npt_table_row(all, i)[0].kind == NPT_CELL_ABSENT)
            without = npt_table_row(all, i)[1].count;
    for (size_t i = 0; i < npt_table_row_count(none); i++)
        if (npt_table_row(none, i)[0].kind == NPT_CELL_ABSENT)
            found = npt_table_row(none, i)[1].count;
    assert_int_equal(npt_table_row_count(none), 1); /* a total would say the same again */
    assert_true(without > 0);
    assert_int_equal(found, without);
    npt_table_free(all);
    npt_table_free(none);
    fixture_close(&opened);
}

static void filters_narrow_cases_or_coders(void **state)
{
    (void)state;
    const struct fixture_project project = {.users = USERS,
                                            .codes = CODES,
                                            .variables = VARIABLES,
                                            .cases = THREE_CASES,
                                            .sources = FOUR_SOURCES};
    struct fixture opened = open_project(&project);
#define HEADER "domain,cases,of_cases,segments\n"
#define MEASURES "level", "domain", "measures", "cases,segments"
    const char *site_a = HEADER "Context,0,2,0\nWork,2,2,4\nTotal,2,2,4\n";
    expect_rows(opened.study, "tally", OPTIONS("where", "Site=A", MEASURES), site_a);
    expect_rows(opened.study, "tally", OPTIONS("where", "site= a ", MEASURES), site_a);
    expect_rows(opened.study, "tally", OPTIONS("site", "A", MEASURES), site_a);
    /* Values of one attribute are alternatives, attributes are joined. */
    expect_rows(opened.study, "tally", OPTIONS("where", "Site=A", "where", "Site=B", MEASURES),
                HEADER "Context,0,3,0\nWork,3,3,7\nTotal,3,3,7\n");
    expect_rows(opened.study, "tally", OPTIONS("site", "A", "where", "Role=nurse", MEASURES),
                HEADER "Context,0,1,0\nWork,1,1,3\nTotal,1,1,3\n");
    /* Ben coded one passage each in two cases: he is compared with what he read, not with all three. */
    expect_rows(opened.study, "tally", OPTIONS("coder", "ben", MEASURES),
                HEADER "Context,0,2,0\nWork,2,2,2\nTotal,2,2,2\n");
    expect_rows(opened.study, "tally", OPTIONS("coder", "Ben", "coder", "Ann", MEASURES),
                HEADER "Context,0,3,0\nWork,3,3,7\nTotal,3,3,7\n");
    npt_table *table = run_analysis(opened.study, "tally", OPTIONS("coder", "Ben"));
    expect_no_note(table, "people coded");
    expect_note(table,
                "With --coder, cases and texts are those in which that person coded anything.");
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- barriers and facilitators --------------------------------------------------------------- */

/* Action 0-10 overlaps a barrier, 10-20 touches it only and overlaps a facilitator, 20-30 both, 30-35
   neither; 36-40 carries Barriers itself. Of the one case's 24+5 characters, barriers have 10+10+4. */
static void a_segment_is_a_barrier_where_it_overlaps_one(void **state)
{
    (void)state;
    const char *segments = ANN(0, 10, "C4") ANN(2, 10, "B1") ANN(10, 20, "C4") ANN(19, 30, "B2")
        ANN(20, 30, "C4") ANN(29, 30, "B1") ANN(30, 35, "C4")
            SELECTION(36, 40, "A1", CODING("C4", "A1") CODING("B1", "A1"));
    npt__buffer sources = {0};
    npt__buffer_print(&sources,
                      "<TextSource guid=\"" GUID("51") "\" name=\"one\"><PlainTextContent>" LETTERS
                                                       "</PlainTextContent>%s</TextSource>",
                      segments);
    expect_tally(CASE("F1", "P1", SOURCE_REF("51")), sources.bytes,
                 OPTIONS("valence", "", "level", "domain", "measures", "cases,segments,characters"),
                 "domain,valence,cases,of_cases,segments,characters\n"
                 "Context,barrier,0,1,0,0\nContext,facilitator,0,1,0,0\n"
                 "Context,neither,0,1,0,0\nContext,Total,0,1,0,0\n"
                 "Work,barrier,1,1,3,24\nWork,facilitator,1,1,2,20\n"
                 "Work,neither,1,1,1,5\nWork,Total,1,1,5,39\n"
                 "Total,barrier,1,1,3,24\nTotal,facilitator,1,1,2,20\n"
                 "Total,neither,1,1,1,5\nTotal,Total,1,1,5,39\n");
    npt__buffer_release(&sources);
}

/* What Ben calls a barrier is none in a tally of what Ann coded. */
static void with_one_coder_the_barriers_are_that_coders_too(void **state)
{
    (void)state;
    expect_tally(CASE("F1", "P1", SOURCE_REF("51")),
                 INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C4") BEN(0, 10, "B1")),
                 OPTIONS("valence", "", "coder", "Ann", "level", "domain", "measures", "segments"),
                 "domain,valence,segments\n"
                 "Context,barrier,0\nContext,facilitator,0\nContext,neither,0\nContext,Total,0\n"
                 "Work,barrier,0\nWork,facilitator,0\nWork,neither,1\nWork,Total,1\n"
                 "Total,barrier,0\nTotal,facilitator,0\nTotal,neither,1\nTotal,Total,1\n");
}

static void without_codes_for_them_valence_is_refused(void **state)
{
    (void)state;
    const struct fixture_project project = {.codes = CODE("C4", "Action"),
                                            .sources = INLINE_SOURCE("51", "one", LETTERS, "")};
    struct fixture opened = open_project(&project);
    expect_usage(
        opened.study, "tally", OPTIONS("valence", ""),
        "error: --valence: the project has no codes for barriers and facilitators\n"
        "  hint: name them in study.xml: <valence barrier=\"...\" facilitator=\"...\"/>\n");
    fixture_close(&opened);
}

/* ---- what is missing ------------------------------------------------------------------------- */

/* The file of two is not in the export: its case and segment count, its characters are absent; those of
   the total are of one only. */
static void a_missing_text_leaves_cases_and_takes_characters(void **state)
{
    (void)state;
    const struct fixture_project project = {.users = USERS,
                                            .codes = CODES,
                                            .variables = VARIABLES,
                                            .cases = CASE("F1", "P1", SITE("A") SOURCE_REF("51"))
                                                CASE("F2", "P2", SITE("B") SOURCE_REF("52")),
                                            .sources = TEXT_SOURCE("51", "one", ANN(0, 10, "C4"))
                                                TEXT_SOURCE("52", "two", ANN(0, 10, "C4"))};
    const struct fixture_entry files[] = {TEXT_FILE("51", LETTERS)};
    fixture_write_text("tiny.qdc", codebook);
    fixture_qdpx("a.qdpx", &project, files, 1);
    struct fixture opened = open_quietly("a.qdpx", "tiny.qdc");
    npt_table *table =
        run_analysis(opened.study, "tally", OPTIONS("by", "Site", "level", "domain"));
    expect_csv(table, "domain,Site,cases,of_cases,segments,characters,coverage,segments_per_case\n"
                      "Context,A,0,1,0,0,0,0\nContext,B,0,1,0,,,0\nContext,Total,0,2,0,0,0,0\n"
                      "Work,A,1,1,1,10,0.25,1\nWork,B,1,1,1,,,1\nWork,Total,2,2,2,10,0.25,1\n"
                      "Total,A,1,1,1,10,0.25,1\nTotal,B,1,1,1,,,1\nTotal,Total,2,2,2,10,0.25,1\n");
    const struct npt_cell *absent = &npt_table_row(table, 4)[5];
    assert_int_equal(absent->kind, NPT_CELL_ABSENT);
    assert_string_equal(absent->reason, "text not in the export");
    expect_note(table, "missing files): 1; characters and coverage");
    npt_table_free(table);
    fixture_close(&opened);
}

/* A code outside the codebook: its segment is in no row, and a note says so. */
static void what_is_not_counted_is_told(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USERS,
        .codes = CODES CODE("C9", "Weather"),
        .cases = CASE("F1", "P1", SOURCE_REF("51")) CASE("F2", "Nobody", ""),
        .sources =
            INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C9") ANN(0, 10, "B1") ANN(2, 8, "C4"))};
    struct fixture opened = open_project(&project);
    npt_table *table = run_analysis(opened.study, "tally", OPTIONS("measures", "segments"));
    expect_csv(table, "construct,segments\nSetting,0\nSense,0\nAction,1\nTotal,1\n");
    expect_note(table, "as none of their codes stands for a construct: 1;");
    expect_note(table, "as they only say barrier or facilitator: 1;");
    expect_note(table, "Cases of the export that hold no source and are not counted: 1.");
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- wrong options --------------------------------------------------------------------------- */

static void wrong_values_are_refused_with_what_was_meant(void **state)
{
    (void)state;
    const struct fixture_project project = {.users = USERS,
                                            .codes = CODES,
                                            .variables = VARIABLES,
                                            .cases = THREE_CASES,
                                            .sources = FOUR_SOURCES};
    struct fixture opened = open_project(&project);
    expect_usage(opened.study, "tally", OPTIONS("by", "Stie"),
                 "error: --by: no case or source has the attribute 'Stie'\n"
                 "  hint: did you mean 'Site'\n");
    expect_usage(opened.study, "tally", OPTIONS("by", "Occupation"),
                 "error: --by: no case or source has the attribute 'Occupation'\n"
                 "  hint: there are: Site, Role, Wave\n");
    expect_usage(opened.study, "tally", OPTIONS("where", "Rloe=nurse"),
                 "error: --where: no case or source has the attribute 'Rloe'\n"
                 "  hint: did you mean 'Role'\n");
    expect_usage(opened.study, "tally", OPTIONS("where", "Role=nruse"),
                 "error: no case has Role = 'nruse'\n  hint: did you mean 'nurse'\n");
    expect_usage(opened.study, "tally", OPTIONS("site", "elsewhere"),
                 "error: no case has site = 'elsewhere'\n"
                 "  hint: see the values with: nptkit cases --by 'site'\n");
    expect_usage(opened.study, "tally", OPTIONS("where", "Role"),
                 "error: --where takes ATTRIBUTE=VALUE, not 'Role'\n");
    expect_usage(opened.study, "tally", OPTIONS("coder", "Bea"),
                 "error: nobody called 'Bea' coded this study\n  hint: there are: Ann, Ben\n");
    expect_usage(opened.study, "tally", OPTIONS("measures", "cases,segment"),
                 "error: --measures: there is no measure 'segment'\n"
                 "  hint: cases, of_cases, segments, characters, coverage, segments_per_case\n");
    expect_usage(opened.study, "tally", OPTIONS("level", "constructs"),
                 "error: --level takes domain, construct or component, not 'constructs'\n");
    expect_usage(opened.study, "tally", OPTIONS("by", "Site,Role,Wave,Site"),
                 "error: --by takes at most 3 attributes, not 4\n");
    expect_usage(opened.study, "tally", OPTIONS("by", "Site,site"),
                 "error: --by names the attribute 'Site' twice\n");
    fixture_close(&opened);
}

static void a_codebook_without_domains_has_no_such_level(void **state)
{
    (void)state;
    const struct fixture_project project = {.codes = CODE("C1", "Coherence"),
                                            .sources = INLINE_SOURCE("51", "one", LETTERS, "")};
    fixture_qde("project.qde", &project);
    struct fixture opened = open_quietly("project.qde", "npt-core");
    expect_usage(opened.study, "tally", OPTIONS("level", "domain"),
                 "error: --level: the codebook 'npt-core' has no such level\n");
    fixture_close(&opened);
}

static void only_measures_of_text_need_positions(void **state)
{
    (void)state;
    const struct {
        const char *measures;
        bool needs;
    } all[] = {{"cases", false},         {"cases,segments", false},    {"characters", true},
               {"cases,coverage", true}, {"segments_per_case", false}, {"nonsense", false}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        npt_options *options = make_options(OPTIONS("measures", all[i].measures));
        assert_int_equal(npt_analysis_needs_positions(npt_analysis_find("tally"), options),
                         all[i].needs);
        npt_options_free(options);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(cases_count_once_and_so_do_overlapping_characters),
        FIXTURE_TEST(the_order_of_segments_and_sources_in_the_file_changes_nothing),
        FIXTURE_TEST(components_stand_below_their_construct_and_what_is_coded_to_itself),
        FIXTURE_TEST(domains_hold_their_constructs),
        FIXTURE_TEST(two_attributes_cross_and_cases_without_a_value_stay),
        FIXTURE_TEST(two_cases_that_share_a_source_share_its_segments),
        FIXTURE_TEST(an_attribute_of_sources_splits_a_case),
        FIXTURE_TEST(passages_of_a_case_that_overlap_count_once),
        FIXTURE_TEST(cases_without_a_value_can_be_asked_for),
        FIXTURE_TEST(filters_narrow_cases_or_coders),
        FIXTURE_TEST(a_segment_is_a_barrier_where_it_overlaps_one),
        FIXTURE_TEST(with_one_coder_the_barriers_are_that_coders_too),
        FIXTURE_TEST(without_codes_for_them_valence_is_refused),
        FIXTURE_TEST(a_missing_text_leaves_cases_and_takes_characters),
        FIXTURE_TEST(what_is_not_counted_is_told),
        FIXTURE_TEST(wrong_values_are_refused_with_what_was_meant),
        FIXTURE_TEST(a_codebook_without_domains_has_no_such_level),
        cmocka_unit_test(only_measures_of_text_need_positions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
