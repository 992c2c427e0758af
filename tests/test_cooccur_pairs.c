/* test_cooccur_pairs.c - codes together in random projects, against a count that looks at every pair of segments and
 * every character.
 *
 * Cases hold interviews, one of them shared by three, or passages of groups that overlap.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/number.h"
#include "../nptkit/model/study.h"
#include "analysis_run.h"
#include "reference_data.h"

#include <stdlib.h>

#define LETTERS "0123456789012345678901234567890123456789"
#define LENGTH 40u

static const char codebook[] = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" CODE(
    "C4", "Action") "</Codes></CodeBook>";

#define USERS USER("A1", "Ann") USER("A2", "Ben")
#define CODES \
    PARENT("C1", "Sense", CODE("C2", "Purpose") CODE("C3", "Worth")) \
    CODE("C4", "Action") CODE("C5", "Setting") CODE("C6", "Weather")
#define VARIABLES VARIABLE("E1", "Site", "Text")
#define SITE(name) VALUE("E1", "Text", name)

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

/* Three texts with codes on them, and where people have passages, these. */
static void add_sources(npt__buffer *xml, uint64_t *state, bool passages)
{
    static const char *const codes[] = {"C1", "C2", "C3", "C4", "C5", "C6"};
    static const char *const people[] = {"F1", "F2", "F3"};
    for (unsigned s = 1; s <= 3; s++) {
        npt__buffer_print(xml,
                          "<TextSource guid=\"00000000-0000-4000-8000-00000000005%u\" "
                          "name=\"s%u\"><PlainTextContent>" LETTERS "</PlainTextContent>",
                          s, s);
        for (size_t i = reference_random(state) % 12; i; i--)
            add_selection(xml, state, codes, 6);
        for (size_t i = passages ? 1 + reference_random(state) % 5 : 0; i; i--)
            add_selection(xml, state, people, 3);
        npt__buffer_puts(xml, "</TextSource>");
    }
}

static void random_projects_are_counted_as_pair_by_pair(void **state)
{
    (void)state;
    static const char *const reaches[] = {"0", "3", "11"};
    uint64_t random = 77;
    size_t checked[2] = {0};
    const size_t rounds = getenv("VALGRIND") ? 6 : 60;
    for (size_t round = 0; round < rounds; round++) {
        const bool passages = round % 2; /* people have passages of a group, or interviews */
        npt__buffer sources = {0};
        add_sources(&sources, &random, passages);
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

int main(void)
{
    const struct CMUnitTest tests[] = {FIXTURE_TEST(random_projects_are_counted_as_pair_by_pair)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
