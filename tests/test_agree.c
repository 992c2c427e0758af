/* test_agree.c - agreement of coders: tiny projects counted by hand, random ones counted character by character, and
 * intervals against the kernels that resample.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/analysis/agree.h"
#include "../nptkit/stats/agreement_many.h"
#include "../nptkit/stats/cluster_bootstrap.h"
#include "analysis_run.h"
#include "reference_data.h"

#include <math.h>
#include <stdlib.h>

#define LETTERS "0123456789012345678901234567890123456789"

static const char codebook[] = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>" FOLDER(
    "D1", "Context", CODE("C5", "Setting"))
    FOLDER("D2", "Work",
           PARENT("C1", "Sense", CODE("C2", "Purpose") CODE("C3", "Worth"))
               CODE("C4", "Action")) "</Codes></CodeBook>";

#define USERS USER("A1", "Ann") USER("A2", "Ben") USER("A3", "Cem") USER("A4", "Dot")
#define CODES \
    PARENT("C1", "Sense", CODE("C2", "Purpose") CODE("C3", "Worth")) \
    CODE("C4", "Action") CODE("C5", "Setting") CODE("B1", "Other")
#define ANN(start, end, code) SELECTION(start, end, "A1", CODING(code, "A1"))
#define BEN(start, end, code) SELECTION(start, end, "A2", CODING(code, "A2"))
#define CEM(start, end, code) SELECTION(start, end, "A3", CODING(code, "A3"))
#define SITES VARIABLE("E1", "Site", "Text")
#define SITE(name) VALUE("E1", "Text", name)

static struct fixture open_project(const char *cases, const char *sources)
{
    const struct fixture_project project = {
        .users = USERS, .codes = CODES, .variables = SITES, .cases = cases, .sources = sources};
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("project.qde", &project);
    return open_quietly("project.qde", "tiny.qdc");
}

/* ---- looking into tables --------------------------------------------------------------------- */

/* The cell of a row with these first dimensions (NULL: the total); `third` may be left out with "". */
static const struct npt_cell *find_cell(const npt_table *table, const char *const dimensions[3],
                                        const char *column)
{
    const size_t at = npt_table_find_column(table, column);
    if (at == SIZE_MAX)
        fail_msg("no column %s", column);
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *row = npt_table_row(table, i);
        bool same = true;
        for (size_t j = 0; j < 3 && same; j++)
            same = dimensions[j]
                       ? row[j].kind == NPT_CELL_TEXT && strcmp(row[j].text, dimensions[j]) == 0
                       : row[j].kind == NPT_CELL_TOTAL;
        if (same)
            return &row[at];
    }
    fail_msg("no row %s", dimensions[0] ? dimensions[0] : "(total)");
    return NULL;
}

#define CELL(table, row, coder, with, column) \
    find_cell(table, (const char *const[]){row, coder, with}, column)

static void expect_count(const struct npt_cell *cell, int64_t count)
{
    assert_int_equal(cell->kind, NPT_CELL_COUNT);
    assert_int_equal(cell->count, count);
}

static void expect_number(const struct npt_cell *cell, double number)
{
    if (cell->kind != NPT_CELL_NUMBER)
        fail_msg("no number: %s", cell->reason ? cell->reason : "");
    reference_expect(cell->number, number, 1e-13);
}

static void expect_absent(const struct npt_cell *cell, const char *reason)
{
    assert_int_equal(cell->kind, NPT_CELL_ABSENT);
    assert_string_equal(cell->reason, reason);
}

static void expect_table_2x2(const npt_table *table, const char *row, const int64_t counts[4])
{
    static const char *const keys[] = {"both", "coder_only", "with_only", "neither"};
    for (size_t i = 0; i < 4; i++)
        expect_count(CELL(table, row, "Ann", "Ben", keys[i]), counts[i]);
}

/* ---- counted by hand ------------------------------------------------------------------------- */

/* one    Sense: Ann 0-10 (Purpose) and 5-15 (Worth), so 0-15; Ben 10-20 (Purpose): both 10-15
   two    Action: Ann 0-8, Ben 0-8
   three  Ann alone: nobody to compare with
   Each text has 40 characters. */
#define THREE_SOURCES \
    INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C2") ANN(5, 15, "C3") BEN(10, 20, "C2")) \
    INLINE_SOURCE("52", "two", LETTERS, ANN(0, 8, "C4") BEN(0, 8, "C4")) \
    INLINE_SOURCE("53", "three", LETTERS, ANN(0, 40, "C4"))

/* Sense: 5 both, 10 Ann, 5 Ben, 60 neither, of 80. Observed 65/80, by chance (15 * 10 + 65 * 70) / 6400 = 4700/6400:
   kappa = (5200 - 4700) / (6400 - 4700) = 5/17. Alpha: 25 ones and 135 zeros, 30 coincidences apart of 160:
   1 - 30 * 159 / (2 * 25 * 135) = 22/75. AC1: chance 2 * 25 * 135 / 160^2 = 6750/25600, (20800 - 6750) /
   (25600 - 6750) = 281/377. Of coded: 2 * 5 / (15 + 10). */
static void characters_are_counted_where_both_read(void **state)
{
    (void)state;
    struct fixture opened = open_project(NULL, THREE_SOURCES);
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(table), 3);
    expect_table_2x2(table, "Sense", (const int64_t[]){5, 10, 5, 60});
    expect_count(CELL(table, "Sense", "Ann", "Ben", "interviews"), 2);
    expect_count(CELL(table, "Sense", "Ann", "Ben", "units"), 80);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "percent"), 65.0 / 80);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "kappa"), 5.0 / 17);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "alpha"), 22.0 / 75);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "ac1"), 281.0 / 377);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "positive"), 10.0 / 25);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "prevalence"), 25.0 / 160);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "coder_prevalence"), 15.0 / 80);
    expect_number(CELL(table, "Sense", "Ann", "Ben", "with_prevalence"), 10.0 / 80);
    expect_table_2x2(table, "Action", (const int64_t[]){8, 0, 0, 72});
    expect_number(CELL(table, "Action", "Ann", "Ben", "kappa"), 1);
    expect_number(CELL(table, "Action", "Ann", "Ben", "alpha"), 1);
    expect_note(table, "interviews in which both coded anything, here 2.");
    expect_note(table, "Coded by one person, and left out: 1 (three).");
    npt_table_free(table);
    fixture_close(&opened);
}

static void a_code_that_nobody_used_has_no_kappa_but_a_reason(void **state)
{
    (void)state;
    struct fixture opened = open_project(NULL, THREE_SOURCES);
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    expect_table_2x2(table, "Setting", (const int64_t[]){0, 0, 0, 80});
    expect_number(CELL(table, "Setting", "Ann", "Ben", "percent"), 1);
    static const char *const keys[] = {"kappa", "kappa_low", "alpha", "alpha_high", "positive"};
    for (size_t i = 0; i < 5; i++)
        expect_absent(CELL(table, "Setting", "Ann", "Ben", keys[i]), "none of them used it");
    assert_string_equal(CELL(table, "Setting", "Ann", "Ben", "caution")->text, "not used");
    npt_table_free(table);
    fixture_close(&opened);
}

/* Observed and chance agreement are both 1 - 10/40: kappa is 0 whatever Ann does. */
static void what_one_coder_never_used_has_a_kappa_of_zero_and_a_caution(void **state)
{
    (void)state;
    struct fixture opened =
        open_project(NULL, INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C5") BEN(0, 40, "C4")));
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    expect_number(CELL(table, "Setting", "Ann", "Ben", "kappa"), 0);
    assert_string_equal(CELL(table, "Setting", "Ann", "Ben", "caution")->text, "only Ann used it");
    expect_absent(CELL(table, "Setting", "Ann", "Ben", "kappa_low"),
                  "only one interview was read by both");
    npt_table_free(table);
    fixture_close(&opened);
}

static void levels_are_those_of_the_codebook_and_the_codes(void **state)
{
    (void)state;
    struct fixture opened = open_project(NULL, THREE_SOURCES);
    npt_table *table = run_analysis(opened.study, "agree", OPTIONS("level", "code"));
    /* Purpose: Ann 0-10, Ben 10-20; Worth: Ann 5-15; the codes no construct stands for are there, too */
    expect_table_2x2(table, "Sense > Purpose", (const int64_t[]){0, 10, 10, 60});
    expect_table_2x2(table, "Sense > Worth", (const int64_t[]){0, 10, 0, 70});
    expect_table_2x2(table, "Sense", (const int64_t[]){0, 0, 0, 80});
    expect_table_2x2(table, "Other", (const int64_t[]){0, 0, 0, 80});
    assert_int_equal(npt_table_row_count(table), 6);
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("level", "domain"));
    expect_table_2x2(table, "Work", (const int64_t[]){13, 10, 5, 52});
    expect_table_2x2(table, "Context", (const int64_t[]){0, 0, 0, 80});
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("level", "component"));
    expect_table_2x2(table, "Sense > Worth", (const int64_t[]){0, 10, 0, 70});
    assert_int_equal(npt_table_row_count(table), 5);
    npt_table_free(table);
    fixture_close(&opened);
}

/* The same in two exports: each coder sent a project of their own. */
static void two_exports_of_one_interview_are_laid_over_each_other(void **state)
{
    (void)state;
    const struct fixture_project ann = {
        .users = USERS,
        .codes = CODES,
        .sources = INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C2") ANN(5, 15, "C3"))
            INLINE_SOURCE("52", "two", LETTERS, ANN(0, 8, "C4"))};
    const struct fixture_project ben = {
        .users = USERS,
        .codes = CODES,
        .sources = INLINE_SOURCE("62", "two", LETTERS, BEN(0, 8, "C4"))
            INLINE_SOURCE("61", "one", LETTERS, BEN(10, 20, "C2"))};
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("ann.qde", &ann);
    fixture_qde("ben.qde", &ben);
    fixture_write_text("study.xml", "<study xmlns=\"urn:nptkit:study:1\">\n<site id=\"n\"/>\n"
                                    "<coding file=\"ann.qde\" site=\"n\"/>\n"
                                    "<coding file=\"ben.qde\" site=\"n\"/>\n</study>\n");
    struct fixture opened = open_quietly("study.xml", "tiny.qdc");
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    expect_table_2x2(table, "Sense", (const int64_t[]){5, 10, 5, 60});
    expect_table_2x2(table, "Action", (const int64_t[]){8, 0, 0, 72});
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("unit", "sources"));
    expect_table_2x2(table, "Sense", (const int64_t[]){1, 0, 0, 1});
    npt_table_free(table);
    fixture_close(&opened);
}

/* One focus group: P1, of site A, holds 0-10 and 20-30; P2, of site B, 10-20; 30-40 is of nobody. Ann has Action at
   5-25, Ben at 8-40. Of A: Ann 5-10 and 20-25, Ben 8-10 and 20-30, so both 8-10 and 20-25. Of B: both all 10. Without
   a filter all of it: both 8-25, Ann 5-8, Ben 25-40. */
static void of_a_site_only_what_its_cases_said_counts(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USERS,
        .codes = CODES CODE("F1", "P1") CODE("F2", "P2"),
        .variables = SITES,
        .cases = CASE("F1", "P1", SITE("A")) CASE("F2", "P2", SITE("B")),
        .sources = INLINE_SOURCE("51", "group", LETTERS,
                                 ANN(0, 10, "F1") ANN(20, 30, "F1") ANN(10, 20, "F2")
                                     ANN(5, 25, "C4") BEN(8, 40, "C4"))};
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("project.qde", &project);
    struct fixture opened = open_quietly("project.qde", "tiny.qdc");
    npt_table *table = run_analysis(opened.study, "agree", OPTIONS("where", "Site=A"));
    expect_table_2x2(table, "Action", (const int64_t[]){7, 3, 5, 5});
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("where", "Site=B"));
    expect_table_2x2(table, "Action", (const int64_t[]){10, 0, 0, 0});
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", NO_OPTIONS);
    expect_table_2x2(table, "Action", (const int64_t[]){17, 3, 15, 5});
    npt_table_free(table);
    npt_table *tables[NPT_MOST_TABLES];
    const size_t count = run_all(tables, opened.study, "agree",
                                 OPTIONS("where", "Site=A", "disagreements", "", "unitised", ""));
    expect_count(CELL(tables[1], "Action", "Ann", "Ben", "characters"), 20);
    expect_csv(tables[2], "construct,coder,other,case,source,start,end,other_codes,text\n"
                          "Action,Ben,Ann,P1,group,25,30,,56789\n"
                          "Action,Ann,Ben,P1,group,5,8,,567\n");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- units ----------------------------------------------------------------------------------- */

static void expect_extents(const char *text, bool in_sentences, const char *expected)
{
    struct npt__agree_extents extents = {0};
    npt__buffer found = {0};
    npt__text_extents(&extents, text, strlen(text), in_sentences);
    for (size_t i = 0; i < extents.list.count; i++)
        npt__buffer_print(&found, "%s%u-%u", i ? " " : "", extents.list.items[i].start,
                          extents.list.items[i].end);
    assert_string_equal(npt__buffer_string(&found), expected);
    npt__buffer_release(&found);
    npt__array_release(&extents.list);
}

static void sentences_end_at_stops_that_a_blank_follows(void **state)
{
    (void)state;
    expect_extents("", true, "");
    expect_extents(" \n \n", true, "");
    expect_extents("One. Two", true, "0-4 5-8");
    expect_extents("  One?!  Two...\nThree", true, "2-7 9-15 16-21");
    expect_extents("It is 3.5 now. So", true, "0-14 15-17");
    expect_extents("He said \"no.\" She", true, "0-13 14-17");
    expect_extents("no stop\nat all", true, "0-7 8-14");
    expect_extents("a.\r\nb. c", true, "0-2 3-5 6-7");          /* CRLF is one character */
    expect_extents("\u00e9t\u00e9\u2026 oui", true, "0-4 5-8"); /* characters, not bytes */
    expect_extents("\u597d\u3002\u597d\u3002", true, "0-2 2-4");
    expect_extents("\u597d\u3002\u300d\u597d", true, "0-3 3-4");
    expect_extents(". .", true, "0-1 2-3");
}

static void paragraphs_are_lines_with_anything_in_them(void **state)
{
    (void)state;
    expect_extents("One. Two\n\n \nThree ", false, "0-8 12-17");
    expect_extents("\n", false, "");
    expect_extents("a\rb\u2028c", false, "0-1 2-3 4-5");
}

/* Sentences 0-4 5-9 10-14 15-19. Ann 0-6 touches the first two; Ben 6-10 the second (the blank at 9 is of none); so
   both 1, Ann 1, neither 2. */
static void a_sentence_is_coded_where_any_character_of_it_is(void **state)
{
    (void)state;
    struct fixture opened = open_project(
        NULL, INLINE_SOURCE("51", "one", "One. Two. Six. Ten.", ANN(0, 6, "C4") BEN(6, 10, "C4")));
    npt_table *table = run_analysis(opened.study, "agree", OPTIONS("unit", "sentences"));
    expect_table_2x2(table, "Action", (const int64_t[]){1, 1, 0, 2});
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("unit", "paragraphs"));
    expect_table_2x2(table, "Action", (const int64_t[]){1, 0, 0, 0});
    expect_absent(CELL(table, "Action", "Ann", "Ben", "kappa"), "both coded everything");
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- random projects, character by character ------------------------------------------------- */

#define CODERS 3u
#define ROWS 3u
#define MOST_INTERVIEWS 24u
#define MOST_TEXT 400u

static const char *const row_names[ROWS] = {"Setting", "Sense", "Action"};
static const char *const coder_names[CODERS] = {"Ann", "Ben", "Cem"};

/* What was drawn, as plain arrays. */
struct drawn {
    size_t interviews, lengths[MOST_INTERVIEWS];
    char texts[MOST_INTERVIEWS][MOST_TEXT + 1];
    bool reads[MOST_INTERVIEWS][CODERS];
    bool coded[MOST_INTERVIEWS][CODERS][ROWS][MOST_TEXT];
};

/* At least 0 and below 1. */
static double uniform(uint64_t *seed)
{
    return (double)(reference_random(seed) >> 11) * 0x1p-53;
}

static void draw_text(char *text, size_t length, uint64_t *seed)
{
    static const char letters[] = "abcdefgh    ..?\n";
    for (size_t i = 0; i < length; i++)
        text[i] = letters[(size_t)(uniform(seed) * (sizeof letters - 1))];
    text[0] = text[length - 1] = 'x';
    text[length] = '\0';
}

/* Draws the passages of one coder; C2 and C3 both stand for Sense. */
static void draw_passages(struct drawn *drawn, size_t interview, size_t coder, npt__buffer *xml,
                          uint64_t *seed)
{
    static const char *const codes[] = {"C5", "C2", "C3", "C4"};
    static const size_t rows[] = {0, 1, 1, 2};
    const size_t length = drawn->lengths[interview];
    const size_t count = 1 + (size_t)(uniform(seed) * 5);
    for (size_t i = 0; i < count; i++) {
        const size_t start = (size_t)(uniform(seed) * (double)(length - 1));
        size_t end = start + 1 + (size_t)(uniform(seed) * (double)length / 3);
        end = end < length ? end : length;
        const size_t code = (size_t)(uniform(seed) * 4);
        npt__buffer_print(xml,
                          "<PlainTextSelection guid=\"" GUID("01") "\" startPosition=\"%zu\" "
                                                                   "endPosition=\"%zu\" "
                                                                   "creatingUser=\"00000000-0000-"
                                                                   "4000-8000-0000000000A%zu\">",
                          start, end, coder + 1);
        npt__buffer_print(xml,
                          "<Coding guid=\"" GUID(
                              "00") "\" creatingUser=\"00000000-0000-4000-8000-0000000000A%zu\">"
                                    "<CodeRef targetGUID=\"00000000-0000-4000-8000-0000000000%s\"/>"
                                    "</Coding></PlainTextSelection>",
                          coder + 1, codes[code]);
        for (size_t j = start; j < end; j++)
            drawn->coded[interview][coder][rows[code]][j] = true;
    }
}

static struct fixture draw_project(struct drawn *drawn, size_t interviews, uint64_t *seed)
{
    npt__buffer xml = {0};
    memset(drawn, 0, sizeof *drawn);
    drawn->interviews = interviews;
    for (size_t i = 0; i < interviews; i++) {
        drawn->lengths[i] = 30 + (size_t)(uniform(seed) * 120);
        draw_text(drawn->texts[i], drawn->lengths[i], seed);
        npt__buffer_print(
            &xml,
            "<TextSource guid=\"00000000-0000-4000-8000-0000000001%02zu\" name=\"t%02zu\">"
            "<PlainTextContent>%s</PlainTextContent>",
            i, i, drawn->texts[i]);
        for (size_t j = 0; j < CODERS; j++) {
            drawn->reads[i][j] = uniform(seed) < 0.8;
            if (drawn->reads[i][j])
                draw_passages(drawn, i, j, &xml, seed);
        }
        npt__buffer_puts(&xml, "</TextSource>");
    }
    const struct fixture_project project = {.users = USERS, .codes = CODES, .sources = xml.bytes};
    fixture_write_text("tiny.qdc", codebook);
    fixture_qde("project.qde", &project);
    /* passages at random give no hint of how positions are counted */
    struct fixture opened = fixture_open_with(
        "project.qde",
        &(struct npt_study_options){
            .codebook = "tiny.qdc", .positions = true, .threads = 2, .offsets = "characters"});
    assert_string_equal(opened.text, "");
    npt__buffer_release(&xml);
    return opened;
}

/* The unit in which each character lies, by another way than the library's: marks the ends first. Returns how many
   there are; SIZE_MAX: none. */
static size_t find_units(const char *text, enum npt__agree_unit unit, size_t *of)
{
    const size_t length = strlen(text);
    size_t count = 0, start = 0;
    for (size_t i = 0; i < length; i++)
        of[i] = unit == NPT__AGREE_SOURCES ? 0 : unit == NPT__AGREE_CHARACTERS ? i : SIZE_MAX;
    if (unit == NPT__AGREE_SOURCES || unit == NPT__AGREE_CHARACTERS)
        return unit == NPT__AGREE_SOURCES ? 1 : length;
    while (start < length) {
        size_t end = start; /* of the unit's text, its end mark included */
        while (end < length && text[end] != '\n' &&
               (unit == NPT__AGREE_PARAGRAPHS || !strchr(".?", text[end]) ||
                (end + 1 < length && !strchr(" \n", text[end + 1]))))
            end++;
        end += end < length && text[end] != '\n';
        size_t first = start, last = end;
        while (first < last && text[first] == ' ')
            first++;
        while (last > first && text[last - 1] == ' ')
            last--;
        for (size_t i = first; i < last; i++)
            of[i] = count;
        count += first < last;
        start = end + (end < length && text[end] == '\n');
    }
    return count;
}

/* [unit * coders + coder] of one interview and row: 0, 1, or nothing where the coder did not read it. */
static size_t code_units(const struct drawn *drawn, size_t interview, size_t row,
                         enum npt__agree_unit unit, uint8_t *codes)
{
    static size_t of[MOST_TEXT];
    const size_t units = find_units(drawn->texts[interview], unit, of);
    for (size_t i = 0; i < units; i++)
        for (size_t j = 0; j < CODERS; j++)
            codes[i * CODERS + j] = drawn->reads[interview][j] ? 0 : NPT__NO_CODE;
    for (size_t i = 0; i < drawn->lengths[interview]; i++)
        for (size_t j = 0; j < CODERS; j++)
            if (of[i] != SIZE_MAX && drawn->coded[interview][j][row][i])
                codes[of[i] * CODERS + j] = 1;
    return units;
}

static void expect_pair(const npt_table *table, size_t row, size_t first, size_t second,
                        const uint8_t *codes, size_t units)
{
    const char *a = coder_names[first], *b = coder_names[second], *name = row_names[row];
    int64_t counts[4] = {0}; /* neither, second, first, both */
    double pairs = 0;
    for (size_t i = 0; i < units; i++) {
        const uint8_t x = codes[i * CODERS + first], y = codes[i * CODERS + second];
        if (x != NPT__NO_CODE && y != NPT__NO_CODE) {
            counts[2 * x + y]++;
            pairs++;
        }
    }
    if (pairs == 0)
        return;
    expect_count(CELL(table, name, a, b, "units"), (int64_t)pairs);
    expect_count(CELL(table, name, a, b, "neither"), counts[0]);
    expect_count(CELL(table, name, a, b, "with_only"), counts[1]);
    expect_count(CELL(table, name, a, b, "coder_only"), counts[2]);
    expect_count(CELL(table, name, a, b, "both"), counts[3]);
    const double observed = (double)(counts[0] + counts[3]) / pairs;
    const double one = (double)(counts[2] + counts[3]) / pairs,
                 other = (double)(counts[1] + counts[3]) / pairs;
    const double chance = one * other + (1 - one) * (1 - other);
    expect_number(CELL(table, name, a, b, "percent"), observed);
    if (chance < 1 && observed != chance && fabs(observed - chance) > 1e-3)
        reference_expect(CELL(table, name, a, b, "kappa")->number,
                         (observed - chance) / (1 - chance), 1e-11);
}

/* Alpha of all against the kernel, which takes unit by unit what the analysis takes from sweeps. */
static void expect_all(const npt_table *table, size_t row, const uint8_t *codes, size_t units)
{
    const struct npt__ratings ratings = {
        .codes = codes, .units = units, .raters = CODERS, .categories = 2};
    const struct npt__krippendorff alpha = npt__krippendorff(&ratings, NPT__METRIC_NOMINAL, NULL);
    const struct npt_cell *cell = CELL(table, row_names[row], NULL, NULL, "alpha");
    expect_count(CELL(table, row_names[row], NULL, NULL, "units"), (int64_t)alpha.count.pairable);
    assert_int_equal(alpha.defined, cell->kind == NPT_CELL_NUMBER);
    if (alpha.defined && fabs(alpha.alpha) > 1e-3)
        reference_expect(cell->number, alpha.alpha, 1e-11);
    reference_expect(CELL(table, row_names[row], NULL, NULL, "percent")->number, 1 - alpha.observed,
                     alpha.defined ? 1e-12 : 1);
}

static void expect_project(const struct drawn *drawn, const npt_table *table,
                           enum npt__agree_unit unit)
{
    static uint8_t codes[MOST_INTERVIEWS * MOST_TEXT * CODERS];
    for (size_t row = 0; row < ROWS; row++) {
        size_t units = 0;
        for (size_t i = 0; i < drawn->interviews; i++)
            units += code_units(drawn, i, row, unit, codes + units * CODERS);
        for (size_t i = 0; i < CODERS; i++)
            for (size_t j = i + 1; j < CODERS; j++)
                expect_pair(table, row, i, j, codes, units);
        expect_all(table, row, codes, units);
    }
}

static void sweeps_count_as_arrays_of_characters_do(void **state)
{
    (void)state;
    static struct drawn drawn;
    static const char *const names[] = {"characters", "sentences", "paragraphs", "sources"};
    uint64_t seed = 20240613;
    const size_t times = getenv("VALGRIND") ? 2 : 25;
    for (size_t i = 0; i < times; i++) {
        struct fixture opened = draw_project(&drawn, 8, &seed);
        for (size_t unit = 0; unit < 4; unit++) {
            npt_table *table = run_analysis(opened.study, "agree",
                                            OPTIONS("unit", names[unit], "replicates", "100"));
            expect_project(&drawn, table, (enum npt__agree_unit)unit);
            npt_table_free(table);
        }
        fixture_close(&opened);
    }
}

static npt__buffer csv_of(const npt_table *table)
{
    npt__buffer bytes = {0};
    npt_output *output = npt_output_memory(NULL);
    npt_render(output, &table, 1, npt_format_find("csv"), NULL);
    npt__buffer_puts(&bytes, npt_output_bytes(output, NULL));
    npt_output_discard(output);
    return bytes;
}

static void the_order_of_interviews_and_threads_change_no_digit(void **state)
{
    (void)state;
    static const char forwards[] = THREE_SOURCES;
    static const char backwards[] = INLINE_SOURCE("53", "three", LETTERS, ANN(0, 40, "C4"))
        INLINE_SOURCE("52", "two", LETTERS, BEN(0, 8, "C4") ANN(0, 8, "C4")) INLINE_SOURCE(
            "51", "one", LETTERS, BEN(10, 20, "C2") ANN(5, 15, "C3") ANN(0, 10, "C2"));
    npt__buffer texts[2];
    for (size_t i = 0; i < 2; i++) {
        struct fixture opened = open_project(NULL, i ? backwards : forwards);
        opened.study->threads = i ? 3 : 1;
        npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
        texts[i] = csv_of(table);
        npt_table_free(table);
        fixture_close(&opened);
    }
    assert_string_equal(texts[0].bytes, texts[1].bytes);
    npt__buffer_release(&texts[0]);
    npt__buffer_release(&texts[1]);
}

/* expected_agreement.csv was written by count_agreement.py, which reads the XML, marks every character, and shares no
   code with nptkit. */
static void the_example_is_as_another_program_counts_it(void **state)
{
    (void)state;
    static const char *const keys[] = {"interviews", "units",     "both",
                                       "coder_only", "with_only", "neither"};
    struct reference_table *expected =
        reference_table_read(fixture_beside("examples/whole-family/expected_agreement.csv"));
    struct fixture opened = fixture_open(fixture_beside("examples/whole-family/study.xml"));
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(table), reference_rows(expected));
    for (size_t i = 0; i < reference_rows(expected); i++) {
        double number;
        const char *name = reference_cell(expected, i, "construct");
        for (size_t j = 0; j < sizeof keys / sizeof *keys; j++) {
            assert_true(reference_number(expected, i, keys[j], &number));
            expect_count(CELL(table, name, "Coder A", "Coder B", keys[j]), (int64_t)number);
        }
        assert_true(reference_number(expected, i, "kappa", &number));
        expect_number(CELL(table, name, "Coder A", "Coder B", "kappa"), number);
    }
    npt_table_free(table);
    fixture_close(&opened);
    reference_table_free(expected);
}

/* ---- intervals ------------------------------------------------------------------------------- */

#define RESAMPLED 12u

struct alpha_data {
    const uint64_t *counts; /* of each interview: neither, second, first, both */
};

/* Alpha of two, by its coincidences, of the interviews that were drawn. */
static double alpha_of_draws(const void *user, const uint32_t *times)
{
    const struct alpha_data *data = user;
    double ones = 0, values = 0, apart = 0;
    for (size_t i = 0; i < RESAMPLED; i++) {
        const uint64_t *counts = data->counts + 4 * i;
        ones += (double)(times[i] * (counts[1] + counts[2] + 2 * counts[3]));
        values += (double)(times[i] * 2 * (counts[0] + counts[1] + counts[2] + counts[3]));
        apart += (double)(times[i] * 2 * (counts[1] + counts[2]));
    }
    if (ones == 0 || ones == values)
        return NAN;
    return 1 - (apart / values) / (2 * ones * (values - ones) / (values * (values - 1)));
}

/* One code, Action, in 12 texts of growing length, which is the order in which the kernel of kappa draws them. */
static struct fixture open_growing(uint64_t *counts)
{
    npt__buffer xml = {0};
    uint64_t seed = 77;
    for (size_t i = 0; i < RESAMPLED; i++) {
        const size_t length = 100 + 60 * i;
        const size_t start = (size_t)(uniform(&seed) * 20),
                     end = start + 5 + (size_t)(uniform(&seed) * 20),
                     second = start + (size_t)(uniform(&seed) * 4),
                     last = end + (size_t)(uniform(&seed) * 5);
        npt__buffer_print(&xml,
                          "<TextSource guid=\"00000000-0000-4000-8000-0000000001%02zu\" "
                          "name=\"t%02zu\"><PlainTextContent>",
                          i, i);
        npt__buffer_fill(&xml, 'a', length);
        npt__buffer_puts(&xml, "</PlainTextContent>");
        const size_t extents[2][2] = {{start, end}, {second, last}};
        for (size_t j = 0; j < 2; j++)
            npt__buffer_print(
                &xml,
                "<PlainTextSelection guid=\"" GUID("01") "\" startPosition=\"%zu\" "
                                                         "endPosition=\"%zu\" "
                                                         "creatingUser=\"00000000-0000-"
                                                         "4000-8000-0000000000A%zu\">%s"
                                                         "</PlainTextSelection>",
                extents[j][0], extents[j][1], j + 1, j ? CODING("C4", "A2") : CODING("C4", "A1"));
        npt__buffer_puts(&xml, "</TextSource>");
        counts[4 * i + 3] =
            end > second ? end - second : 0; /* both: second >= start, last >= end */
        counts[4 * i + 2] = end - start - counts[4 * i + 3];
        counts[4 * i + 1] = last - second - counts[4 * i + 3];
        counts[4 * i] = length - counts[4 * i + 1] - counts[4 * i + 2] - counts[4 * i + 3];
    }
    struct fixture opened = open_project(NULL, xml.bytes);
    npt__buffer_release(&xml);
    return opened;
}

static void intervals_are_those_of_whole_interviews_drawn_again(void **state)
{
    (void)state;
    uint64_t counts[4 * RESAMPLED];
    struct fixture opened = open_growing(counts);
    npt_table *table =
        run_analysis(opened.study, "agree", OPTIONS("replicates", "1003", "seed", "9"));
    const struct npt__bootstrap_options options = {
        .replicates = 1003, .seed = 9, .threads = 1, .confidence = 0.95};
    const struct npt__agreement_units units = {
        .counts = counts, .units = RESAMPLED, .categories = 2};
    const struct npt__resampled_agreement kappa =
        npt__agreement_bootstrap(&units, NPT__COHEN_KAPPA, NPT__WEIGHTS_NONE, &options);
    assert_true(kappa.bca.defined);
    expect_number(CELL(table, "Action", "Ann", "Ben", "kappa"), kappa.coefficient.value);
    reference_expect(CELL(table, "Action", "Ann", "Ben", "kappa_low")->number, kappa.bca.low,
                     1e-12);
    reference_expect(CELL(table, "Action", "Ann", "Ben", "kappa_high")->number, kappa.bca.high,
                     1e-12);
    const struct alpha_data data = {counts};
    const struct npt__bootstrap_interval alpha =
        npt__cluster_bootstrap(RESAMPLED, alpha_of_draws, &data, NPT__INTERVAL_BCA, &options);
    assert_true(alpha.defined);
    expect_number(CELL(table, "Action", "Ann", "Ben", "alpha"), alpha.estimate);
    reference_expect(CELL(table, "Action", "Ann", "Ben", "alpha_low")->number, alpha.low, 1e-12);
    reference_expect(CELL(table, "Action", "Ann", "Ben", "alpha_high")->number, alpha.high, 1e-12);
    npt_table_free(table);
    fixture_close(&opened);
}

/* ---- disagreements --------------------------------------------------------------------------- */

/* Of THREE_SOURCES: Sense, Ann 0-10 and Ben 15-20. Worth of Ann overlaps 10-15, where Ben has Purpose; at 0-10 Ben
   has nothing, at 15-20 Ann has nothing. */
static void disagreements_are_listed_with_the_words_longest_first(void **state)
{
    (void)state;
    struct fixture opened = open_project(NULL, THREE_SOURCES);
    npt_table *tables[NPT_MOST_TABLES];
    size_t count = run_all(tables, opened.study, "agree", OPTIONS("disagreements", ""));
    assert_int_equal(count, 2);
    expect_csv(tables[1], "construct,coder,other,case,source,start,end,other_codes,text\n"
                          "Sense,Ann,Ben,one,one,0,10,,0123456789\n"
                          "Sense,Ben,Ann,one,one,15,20,,56789\n");
    expect_note(tables[1], "Disagreements: 2, all there are.");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    count = run_all(tables, opened.study, "agree",
                    OPTIONS("disagreements", "", "level", "code", "max", "2"));
    /* all are 10 long: Purpose of Ann 0-10, Worth 5-15, Purpose of Ben 10-20, in the order of the text */
    expect_csv(tables[1], "code,coder,other,case,source,start,end,other_codes,text\n"
                          "Sense > Purpose,Ann,Ben,one,one,0,10,,0123456789\n"
                          "Sense > Worth,Ann,Ben,one,one,5,15,Sense > Purpose,5678901234\n");
    expect_note(tables[1], "The longest 2 of 3 disagreements; --max shows more.");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* Stretches of sentences go from the first character of one to the last of another. */
static void disagreements_of_sentences_are_whole_sentences(void **state)
{
    (void)state;
    struct fixture opened = open_project(
        NULL, INLINE_SOURCE("51", "one", "One. Two. Six. Ten.", ANN(2, 7, "C4") BEN(16, 17, "C4")));
    npt_table *tables[NPT_MOST_TABLES];
    size_t count =
        run_all(tables, opened.study, "agree", OPTIONS("disagreements", "", "unit", "sentences"));
    expect_csv(tables[1], "construct,coder,other,case,source,start,end,other_codes,text\n"
                          "Action,Ann,Ben,one,one,0,9,,One. Two.\n"
                          "Action,Ben,Ann,one,one,15,19,,Ten.\n");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    count = run_all(tables, opened.study, "agree",
                    OPTIONS("disagreements", "", "unit", "sources", "level", "code"));
    expect_csv(tables[1], "code,coder,other,case,source,start,end,other_codes,text\n");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- unitised text --------------------------------------------------------------------------- */

/* 40 characters; Ann marks 0-10, Ben 10-20: they differ on 20 of 40, observed 1/2. Of 80 characters of both 20 are
   marked, in units of 10, and 60 are gaps; a unit is never paired with itself, nor a gap's character: expected 2 * 20 *
   60 / (80^2 - 10^2 - 10^2 - 60) = 2400/6140. u = 1 - 3070/2400 (Krippendorff 2019, equations 32-34). */
static void one_category_is_measured_on_where_it_begins_and_ends(void **state)
{
    (void)state;
    struct fixture opened =
        open_project(NULL, INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C4") BEN(10, 20, "C4")));
    npt_table *tables[NPT_MOST_TABLES];
    size_t count = run_all(tables, opened.study, "agree", OPTIONS("unitised", ""));
    assert_int_equal(count, 2);
    assert_string_equal(npt_table_name(tables[1]), "agree_unitised");
    expect_number(CELL(tables[1], "Action", "Ann", "Ben", "u_alpha"), 1 - 3070.0 / 2400);
    expect_number(CELL(tables[1], NULL, "Ann", "Ben", "u_alpha"), 1 - 3070.0 / 2400);
    expect_count(CELL(tables[1], NULL, "Ann", "Ben", "passages"), 2);
    expect_count(CELL(tables[1], NULL, "Ann", "Ben", "characters"), 40);
    expect_absent(CELL(tables[1], "Sense", "Ann", "Ben", "u_alpha"),
                  "nobody coded it, or nothing else");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    expect_usage(opened.study, "agree", OPTIONS("unitised", "", "unit", "sentences"),
                 "error: --unitised measures characters, not sentences\n");
    fixture_close(&opened);
}

static void passages_of_one_coder_that_overlap_leave_single_codes(void **state)
{
    (void)state;
    struct fixture opened = open_project(
        NULL, INLINE_SOURCE("51", "one", LETTERS,
                            ANN(0, 10, "C4") ANN(5, 15, "C5") BEN(0, 10, "C4") BEN(5, 15, "C5")));
    npt_table *tables[NPT_MOST_TABLES];
    size_t count = run_all(tables, opened.study, "agree", OPTIONS("unitised", ""));
    expect_number(CELL(tables[1], "Action", "Ann", "Ben", "u_alpha"), 1);
    expect_absent(CELL(tables[1], NULL, "Ann", "Ben", "u_alpha"),
                  "passages of one coder overlap: one place has several categories");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    fixture_close(&opened);
}

/* ---- who is compared ------------------------------------------------------------------------- */

static void one_coder_is_told_what_is_needed(void **state)
{
    (void)state;
    struct fixture opened =
        open_project(NULL, INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C4")));
    expect_refused(
        NPT_BAD_INPUT, opened.study, "agree", NO_OPTIONS,
        "project.qde: error: only 'Ann' coded these interviews: agreement needs two people "
        "who coded the same interviews\n"
        "  hint: if each coder has a project of their own, name both exports in study.xml, "
        "<coding file=\"...\"/> for each: interviews of one name and text are laid over "
        "each other\n");
    fixture_close(&opened);
}

static void coders_without_a_common_interview_are_told_so(void **state)
{
    (void)state;
    struct fixture opened =
        open_project(NULL, INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C4"))
                               INLINE_SOURCE("52", "two", LETTERS, BEN(0, 10, "C4")));
    expect_refused(
        NPT_BAD_INPUT, opened.study, "agree", NO_OPTIONS,
        "project.qde: error: no interview was coded by two people\n"
        "  hint: 2 were coded by one; of two exports, interviews of one name and text are "
        "laid over each other, or of one name and site\n");
    fixture_close(&opened);
}

/* Dot is a user of the project who coded nothing: she is nobody to compare with. Ann and Cem share one text, Ben
   and Cem none. */
static void pairs_and_all_are_compared_over_what_they_share(void **state)
{
    (void)state;
    struct fixture opened = open_project(
        NULL, INLINE_SOURCE("51", "one", LETTERS, ANN(0, 10, "C4") BEN(0, 10, "C4"))
                  INLINE_SOURCE("52", "two", LETTERS, ANN(0, 10, "C4") CEM(0, 20, "C4")));
    npt_table *table = run_analysis(opened.study, "agree", NO_OPTIONS);
    assert_int_equal(npt_table_row_count(table), 9); /* three constructs: two pairs and all */
    expect_count(CELL(table, "Action", "Ann", "Cem", "units"), 40);
    expect_count(CELL(table, "Action", NULL, NULL, "units"), 80);
    expect_absent(CELL(table, "Action", NULL, NULL, "kappa"), "it is of two coders");
    expect_note(table, "Ben and Cem coded no interview in common.");
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("coders", "cem, Ann"));
    assert_int_equal(npt_table_row_count(table), 3);
    expect_count(CELL(table, "Action", "Ann", "Cem", "with_only"), 10);
    npt_table_free(table);
    table = run_analysis(opened.study, "agree", OPTIONS("coder", "Cem"));
    assert_int_equal(npt_table_row_count(table), 3); /* with Ann; nothing with Ben, and no total */
    expect_count(CELL(table, "Action", "Ann", "Cem", "with_only"), 10);
    expect_note(table, "interviews in which both coded anything, here 1.");
    expect_note(table, "Ben and Cem coded no interview in common.");
    npt_table_free(table);
    expect_usage(
        opened.study, "agree", OPTIONS("coders", "Ann,Dot"),
        "project.qde: error: only 'Ann' coded anything, of those named: agreement needs two "
        "people who coded the same interviews\n"
        "  hint: name others with --coders A,B, or leave the option out\n");
    expect_usage(opened.study, "agree", OPTIONS("coders", "Ann,Eve"),
                 "error: nobody called 'Eve' coded this study\n"
                 "  hint: there are: Ann, Ben, Cem, Dot\n");
    fixture_close(&opened);
}

/* The file of the text is not in the export: there are no characters to count, but whole interviews. */
static void without_a_text_whole_interviews_are_compared(void **state)
{
    (void)state;
    const struct fixture_project project = {
        .users = USERS,
        .codes = CODES,
        .sources = TEXT_SOURCE("51", "one", ANN(0, 10, "C4") BEN(20, 30, "C4") BEN(0, 5, "C5"))};
    fixture_write_text("tiny.qdc", codebook);
    fixture_qdpx("a.qdpx", &project, NULL, 0);
    struct fixture opened = fixture_open_with(
        "a.qdpx", &(struct npt_study_options){.codebook = "tiny.qdc", .positions = true});
    assert_int_equal(opened.status, NPT_OK);
    expect_refused(NPT_BAD_INPUT, opened.study, "agree", NO_OPTIONS,
                   "a.qdpx: error: no interview with a text in the export was coded by two people\n"
                   "  hint: --unit sources compares whole interviews, which needs no text\n");
    npt_table *table = run_analysis(opened.study, "agree", OPTIONS("unit", "sources"));
    expect_table_2x2(table, "Action", (const int64_t[]){1, 0, 0, 0});
    expect_table_2x2(table, "Setting", (const int64_t[]){0, 0, 1, 0});
    npt_table_free(table);
    fixture_close(&opened);
}

static void wrong_options_are_told_what_is_allowed(void **state)
{
    (void)state;
    struct fixture opened = open_project(NULL, THREE_SOURCES);
    expect_usage(opened.study, "agree", OPTIONS("unit", "words"),
                 "error: --unit takes characters, sentences, paragraphs or sources, not 'words'\n");
    expect_usage(opened.study, "agree", OPTIONS("level", "theme"),
                 "error: --level takes domain, construct, component or code, not 'theme'\n"
                 "  hint: of a table of ratings: nominal, ordinal, interval or ratio\n");
    expect_usage(opened.study, "agree", OPTIONS("ratings", "x"),
                 "error: --ratings: the study has no table of ratings\n");
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(characters_are_counted_where_both_read),
        FIXTURE_TEST(a_code_that_nobody_used_has_no_kappa_but_a_reason),
        FIXTURE_TEST(what_one_coder_never_used_has_a_kappa_of_zero_and_a_caution),
        FIXTURE_TEST(levels_are_those_of_the_codebook_and_the_codes),
        FIXTURE_TEST(two_exports_of_one_interview_are_laid_over_each_other),
        FIXTURE_TEST(of_a_site_only_what_its_cases_said_counts),
        cmocka_unit_test(sentences_end_at_stops_that_a_blank_follows),
        cmocka_unit_test(paragraphs_are_lines_with_anything_in_them),
        FIXTURE_TEST(a_sentence_is_coded_where_any_character_of_it_is),
        FIXTURE_TEST(sweeps_count_as_arrays_of_characters_do),
        FIXTURE_TEST(the_order_of_interviews_and_threads_change_no_digit),
        FIXTURE_TEST(the_example_is_as_another_program_counts_it),
        FIXTURE_TEST(intervals_are_those_of_whole_interviews_drawn_again),
        FIXTURE_TEST(disagreements_are_listed_with_the_words_longest_first),
        FIXTURE_TEST(disagreements_of_sentences_are_whole_sentences),
        FIXTURE_TEST(one_category_is_measured_on_where_it_begins_and_ends),
        FIXTURE_TEST(passages_of_one_coder_that_overlap_leave_single_codes),
        FIXTURE_TEST(one_coder_is_told_what_is_needed),
        FIXTURE_TEST(coders_without_a_common_interview_are_told_so),
        FIXTURE_TEST(pairs_and_all_are_compared_over_what_they_share),
        FIXTURE_TEST(without_a_text_whole_interviews_are_compared),
        FIXTURE_TEST(wrong_options_are_told_what_is_allowed),
    };
    return reference_run("agreement of coders", tests);
}
