/* test_cooccur.c - constructs and codes together: projects counted by hand, in the comments; random projects
 * against a count that looks at every pair of segments and every character; the example against another program's
 * count.
 *
 * Every text is 40 characters long. The codebook: domains Context (construct Setting) and Work (constructs Sense,
 * with components Purpose and Worth, and Action).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/model/study.h"
#include "../nptkit/base/number.h"
#include "analysis_run.h"
#include "reference_data.h"

#include <stdlib.h>

#define LETTERS "0123456789012345678901234567890123456789"
#define LENGTH 40u

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
    expect_note(table, "none of their codes stands for a construct: 1 segments;");
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

/* ---- random projects ------------------------------------------------------------------------- */

#define MOST_CODES 10u

struct witness {
    const npt_study *study;
    const char *how;
    uint32_t reach;
    uint32_t codes[MOST_CODES]; /* of the study, without cases */
    size_t code_count;
};

static bool has_code(const npt_study *study, const struct npt__segment *segment, uint32_t code)
{
    for (uint32_t i = 0; i < segment->code_count; i++)
        if (study->segment_codes.items[segment->first_code + i] == code)
            return true;
    return false;
}

static bool is_within(const struct npt__segment *a, const struct npt__segment *b)
{
    return npt__segments_overlap(a, b) && b->start <= a->start && a->end <= b->end;
}

static bool are_together(const struct witness *witness, const struct npt__segment *a,
                         const struct npt__segment *b)
{
    if (strcmp(witness->how, "overlap") == 0)
        return npt__segments_overlap(a, b);
    if (strcmp(witness->how, "inclusion") == 0)
        return is_within(a, b) || is_within(b, a);
    return a->document == b->document && (uint64_t)a->end + witness->reach >= b->start &&
           (uint64_t)b->end + witness->reach >= a->start;
}

static bool is_of_site(const npt_study *study, const struct npt__part *part, const char *site)
{
    const char *value = npt__part_value(study, part, npt__study_find_attribute(study, "Site"));
    return !site || strcmp(value, site) == 0;
}

/* Whether some part of the case holds the segment (of one case, or of any case of the site). */
static bool case_holds(const npt_study *study, uint32_t number, const struct npt__segment *segment,
                       const char *site)
{
    const struct npt__case *found = &study->cases.items[number];
    for (uint32_t i = found->first_part; i < found->first_part + found->part_count; i++) {
        const struct npt__part *part = &study->parts.items[i];
        if (part->source == segment->source && is_of_site(study, part, site) &&
            npt__part_holds(study, part, segment))
            return true;
    }
    return false;
}

struct sums {
    size_t together, both, either, of_cases, pairs, first, second, characters, any_characters;
};

static bool is_marked(const npt_study *study, const struct npt__part *part, uint32_t position,
                      uint32_t code)
{
    bool inside = !part->span_count;
    for (uint32_t i = 0; i < part->span_count; i++) {
        const struct npt__span *span = &study->spans.items[part->first_span + i];
        inside |= span->start <= position && position < span->end;
    }
    for (uint32_t i = 0; i < study->segments.count && inside; i++) {
        const struct npt__segment *segment = &study->segments.items[i];
        if (segment->source == part->source && segment->start <= position &&
            position < segment->end && has_code(study, segment, code))
            return true;
    }
    return false;
}

static void sum_case(const struct witness *witness, uint32_t number, uint32_t one, uint32_t other,
                     const char *site, struct sums *sums)
{
    const npt_study *study = witness->study;
    const struct npt__case *found = &study->cases.items[number];
    bool first = false, second = false, together = false, counts = false;
    for (uint32_t i = 0; i < study->segments.count; i++) {
        const struct npt__segment *a = &study->segments.items[i];
        if (!case_holds(study, number, a, site))
            continue;
        first |= has_code(study, a, one);
        second |= has_code(study, a, other);
        for (uint32_t j = 0; j < study->segments.count && has_code(study, a, one); j++) {
            const struct npt__segment *b = &study->segments.items[j];
            together |= has_code(study, b, other) && case_holds(study, number, b, site) &&
                        are_together(witness, a, b);
        }
    }
    for (uint32_t i = found->first_part; i < found->first_part + found->part_count; i++) {
        const struct npt__part *part = &study->parts.items[i];
        if (!is_of_site(study, part, site))
            continue;
        counts = true;
        for (uint32_t position = 0; position < LENGTH; position++) {
            const bool x = is_marked(study, part, position, one);
            const bool y = is_marked(study, part, position, other);
            sums->characters += x && y;
            sums->any_characters += x || y;
        }
    }
    sums->of_cases += counts;
    sums->together += together;
    sums->both += first && second;
    sums->either += first || second;
}

static void sum_pairs(const struct witness *witness, uint32_t one, uint32_t other, const char *site,
                      struct sums *sums)
{
    const npt_study *study = witness->study;
    for (uint32_t i = 0; i < study->segments.count; i++)
        for (uint32_t j = 0; j < study->segments.count; j++) {
            const struct npt__segment *a = &study->segments.items[i];
            const struct npt__segment *b = &study->segments.items[j];
            bool held = false;
            if (!has_code(study, a, one) || !has_code(study, b, other) ||
                !are_together(witness, a, b))
                continue;
            for (uint32_t c = 0; c < study->cases.count; c++)
                held |= case_holds(study, c, a, site) && case_holds(study, c, b, site);
            sums->pairs += held;
            sums->first += held && is_within(a, b);
            sums->second += held && is_within(b, a);
        }
}

static void write_share(npt__buffer *csv, size_t part, size_t whole)
{
    if (whole)
        npt__number_write(csv, (double)part / (double)whole);
}

static void write_row(const struct witness *witness, uint32_t one, uint32_t other, const char *site,
                      npt__buffer *csv)
{
    const npt_study *study = witness->study;
    struct sums sums = {0};
    for (uint32_t i = 0; i < study->cases.count; i++)
        sum_case(witness, i, one, other, site, &sums);
    sum_pairs(witness, one, other, site, &sums);
    npt__buffer_print(csv, "%s,%s,%s,%zu,%zu,%zu,%zu,", study->codes.items[one].path,
                      study->codes.items[other].path, site ? site : "Total", sums.together,
                      sums.both, sums.either, sums.of_cases);
    write_share(csv, sums.both, sums.either);
    npt__buffer_print(csv, ",%zu,", sums.pairs);
    if (strcmp(witness->how, "inclusion") == 0)
        npt__buffer_print(csv, "%zu,%zu,", sums.first, sums.second);
    npt__buffer_print(csv, "%zu,%zu,", sums.characters, sums.any_characters);
    write_share(csv, sums.characters, sums.any_characters);
    npt__buffer_puts(csv, "\n");
}

static void expect_as_witness(const npt_study *study, const char *how, const char *within)
{
    struct witness witness = {.study = study, .how = how, .reach = (uint32_t)atoi(within)};
    for (uint32_t i = 0; i < study->codes.count; i++)
        if (!study->codes.items[i].is_case)
            witness.codes[witness.code_count++] = i;
    npt__buffer csv = {0};
    npt__buffer_puts(&csv, "code,with,Site,cases_together,cases_both,cases_either,of_cases,"
                           "jaccard_cases,segment_pairs,");
    if (strcmp(how, "inclusion") == 0)
        npt__buffer_puts(&csv, "first_within,second_within,");
    npt__buffer_puts(&csv, "characters_both,characters_either,jaccard_characters\n");
    for (size_t i = 0; i < witness.code_count; i++)
        for (size_t j = i + 1; j < witness.code_count; j++) {
            write_row(&witness, witness.codes[i], witness.codes[j], "A", &csv);
            write_row(&witness, witness.codes[i], witness.codes[j], "B", &csv);
            write_row(&witness, witness.codes[i], witness.codes[j], NULL, &csv);
        }
    const bool near = strcmp(how, "proximity") == 0;
    expect_rows(
        study, "cooccur",
        near ? OPTIONS("level", "code", "all", "", "by", "Site", "how", how, "within", within)
             : OPTIONS("level", "code", "all", "", "by", "Site", "how", how),
        csv.bytes);
    npt__buffer_release(&csv);
}

/* A selection by one of two people, with one or two codes of `ids`. */
static void add_selection(npt__buffer *xml, uint64_t *state, const char *const *ids, size_t count)
{
    const unsigned start = (unsigned)(reference_random(state) % (LENGTH - 1));
    const unsigned most = LENGTH - start < 14 ? LENGTH - start : 14;
    const unsigned end = start + 1 + (unsigned)(reference_random(state) % most);
    const char *user = reference_random(state) % 2 ? GUID("A1") : GUID("A2");
    const size_t one = reference_random(state) % count, other = reference_random(state) % count;
    npt__buffer_print(
        xml,
        "<PlainTextSelection guid=\"" GUID("01") "\" startPosition=\"%u\" "
                                                 "endPosition=\"%u\" creatingUser=\"%s\">",
        start, end > LENGTH ? LENGTH : end, user);
    for (size_t i = 0; i < (one == other ? 1u : 2u); i++)
        npt__buffer_print(
            xml,
            "<Coding guid=\"" GUID(
                "00") "\" creatingUser=\"%s\"><CodeRef "
                      "targetGUID=\"00000000-0000-4000-8000-0000000000%s\"/></Coding>",
            user, ids[i ? other : one]);
    npt__buffer_puts(xml, "</PlainTextSelection>");
}

static void random_projects_are_counted_as_pair_by_pair(void **state)
{
    (void)state;
    static const char *const codes[] = {"C1", "C2", "C3", "C4", "C5", "C6"};
    static const char *const people[] = {"F1", "F2", "F3"};
    static const char *const reaches[] = {"0", "3", "11"};
    uint64_t random = 77;
    size_t checked[2] = {0};
    const size_t rounds = getenv("VALGRIND") ? 6 : 60;
    for (size_t round = 0; round < rounds; round++) {
        const bool passages = round % 2; /* people have passages of a group, or interviews */
        npt__buffer sources = {0};
        for (unsigned s = 1; s <= 3; s++) {
            npt__buffer_print(&sources,
                              "<TextSource guid=\"00000000-0000-4000-8000-00000000005%u\" "
                              "name=\"s%u\"><PlainTextContent>" LETTERS "</PlainTextContent>",
                              s, s);
            for (size_t i = reference_random(&random) % 12; i; i--)
                add_selection(&sources, &random, codes, 6);
            for (size_t i = passages ? 1 + reference_random(&random) % 5 : 0; i; i--)
                add_selection(&sources, &random, people, 3);
            npt__buffer_puts(&sources, "</TextSource>");
        }
        const struct fixture_project project = {
            .origin = passages ? "NVivo for Mac 20.5" : NULL,
            .users = USERS,
            .codes = passages ? CODES CODE("F1", "Eve") CODE("F2", "Ida") CODE("F3", "Uma") : CODES,
            .variables = VARIABLES,
            .cases = passages
                         ? CASE("F1", "Eve", SITE("A")) CASE("F2", "Ida", SITE("A"))
                               CASE("F3", "Uma", SITE("B"))
                         : CASE("F1", "Eve", SITE("A") SOURCE_REF("51") SOURCE_REF("52"))
                               CASE("F2", "Ida", SITE("A") SOURCE_REF("52"))
                                   CASE("F3", "Uma", SITE("B") SOURCE_REF("52") SOURCE_REF("53")),
            .sources = sources.bytes};
        fixture_write_text("tiny.qdc", codebook);
        fixture_qde("project.qde", &project);
        struct fixture opened = fixture_open_with(
            "project.qde",
            &(struct npt_study_options){.codebook = "tiny.qdc", .positions = true, .threads = 1});
        size_t of_site[2] = {0};
        for (uint32_t i = 0; opened.study && i < opened.study->parts.count; i++)
            of_site[is_of_site(opened.study, &opened.study->parts.items[i], "B")]++;
        if (of_site[0] && of_site[1]) { /* else the table has no row for one of them */
            checked[passages]++;
            expect_as_witness(opened.study, "overlap", "0");
            expect_as_witness(opened.study, "inclusion", "0");
            expect_as_witness(opened.study, "proximity", reaches[round % 3]);
        }
        fixture_close(&opened);
        npt__buffer_release(&sources);
    }
    assert_true(checked[0] >= rounds / 2 && checked[1] >= rounds / 4);
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
        FIXTURE_TEST(a_place_without_length_is_within_what_surrounds_it),
        FIXTURE_TEST(a_missing_text_takes_characters_only),
        FIXTURE_TEST(what_is_not_counted_is_told),
        FIXTURE_TEST(wrong_values_are_refused_with_what_was_meant),
        FIXTURE_TEST(random_projects_are_counted_as_pair_by_pair),
        FIXTURE_TEST(the_example_is_as_another_program_counts_it)};
    return reference_run("co-occurrence", tests);
}
