/* test_ratings.c - plain tables into a study: what names the units, which values there are, what is no ranking.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/number.h"
#include "analysis_run.h"
#include "data_file_write.h"
#include "xlsx_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- what was read --------------------------------------------------------------------------- */

static struct fixture open_ratings(const char *text, struct npt_study_options options)
{
    fixture_write_text("r.csv", text);
    options.table = NPT_RATINGS;
    return fixture_open_with("r.csv", &options);
}

static struct fixture open_ranking(const char *text, struct npt_study_options options)
{
    fixture_write_text("k.csv", text);
    options.table = NPT_RANKINGS;
    return fixture_open_with("k.csv", &options);
}

static void open_fault(struct fixture opened, const char *messages)
{
    assert_string_equal(opened.text, messages);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    assert_null(opened.study);
    fixture_close(&opened);
}

/* "nominal A B | u1: x y | u2: - 3" : the level, the coders, each unit with its values. */
static void expect_ratings(const npt_study *study, size_t index, const char *expected)
{
    const struct npt__rating_table *table = &study->ratings.items[index];
    npt__arena *arena = npt__arena_new();
    npt__buffer text = {0};
    size_t missing = 0;
    npt__buffer_puts(&text, npt__level_name(table->level));
    for (size_t i = 0; i < table->rater_count; i++)
        npt__buffer_print(&text, " %s", table->raters[i]);
    for (size_t i = 0; i < table->unit_count; i++) {
        npt__buffer_print(&text, " | %s:", npt__unit_name(table, i, arena));
        for (size_t j = 0; j < table->rater_count; j++) {
            const uint32_t value = table->cells[i * table->rater_count + j];
            missing += value == NPT__NONE;
            npt__buffer_print(&text, " %s", value == NPT__NONE ? "-" : table->values[value].text);
        }
    }
    assert_string_equal(text.bytes, expected);
    assert_int_equal(table->missing, missing);
    npt__buffer_release(&text);
    npt__arena_free(arena);
}

/* "A B C | P1 [Panel]: 1 2.5 2.5 | P2 []: 1 - 2" */
static void expect_ranking(const npt_study *study, const char *expected)
{
    const struct npt__ranking_table *table = &study->rankings.items[0];
    npt__arena *arena = npt__arena_new();
    npt__buffer text = {0};
    for (size_t i = 0; i < table->candidate_count; i++)
        npt__buffer_print(&text, "%s%s", i ? " " : "", table->candidates[i]);
    for (size_t i = 0; i < table->judge_count; i++) {
        const uint32_t group = table->group_of[i];
        npt__buffer_print(&text, " | %s [%s]%s:", npt__judge_name(table, i, arena),
                          group == NPT__NONE ? "" : table->groups[group],
                          table->is_complete[i] ? "" : " incomplete");
        for (size_t j = 0; j < table->candidate_count; j++) {
            const double rank = table->ranks[i * table->candidate_count + j];
            npt__buffer_putc(&text, ' ');
            if (isnan(rank))
                npt__buffer_putc(&text, '-');
            else
                npt__number_write(&text, rank);
        }
    }
    assert_string_equal(text.bytes, expected);
    npt__buffer_release(&text);
    npt__arena_free(arena);
}

static bool holds(const char *const *texts, size_t count, const char *part)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(texts[i], part))
            return true;
    return false;
}

#define EXPECT_GUESS(source, part) \
    assert_true(holds((source).guesses.items, (source).guesses.count, part))
#define EXPECT_DOUBT(source, part) \
    assert_true(holds((source).doubts.items, (source).doubts.count, part))

/* ---- ratings --------------------------------------------------------------------------------- */

static void a_header_for_units_or_none_names_them(void **state)
{
    (void)state;
    static const char *const headers[] = {"Segment", "unit", "ID", "", " Case "};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        char text[100];
        snprintf(text, sizeof text, "%s,Ann,Bo\n7,1,2\n8,,2\n", headers[i]);
        struct fixture opened = open_ratings(text, (struct npt_study_options){.level = "Ordinal"});
        assert_string_equal(opened.text, "");
        expect_ratings(opened.study, 0, "ordinal Ann Bo | 7: 1 2 | 8: - 2");
        EXPECT_GUESS(opened.study->ratings.items[0].source,
                     "The units' names are taken from column");
        fixture_close(&opened);
    }
}

static void different_texts_that_nobody_rates_name_the_units(void **state)
{
    (void)state;
    struct fixture opened =
        open_ratings("Turn,Ann,Bo\nt1,x,y\nt2,x,x\n", (struct npt_study_options){0});
    expect_ratings(opened.study, 0, "nominal Ann Bo | t1: x y | t2: x x");
    fixture_close(&opened);
    /* numbers, repeated texts, and texts that others give as well, are ratings */
    static const char *const ratings[][2] = {
        {"Cy,Ann\n1,2\n2,1\n3,1\n", "nominal Cy Ann | 1: 1 2 | 2: 2 1 | 3: 3 1"},
        {"Cy,Ann\nx,x\nx,y\n", "nominal Cy Ann | 1: x x | 2: x y"},
        {"Cy,Ann\nx,z\ny,x\n", "nominal Cy Ann | 1: x z | 2: y x"},
        {"Cy,Ann\nx,z\n,z\n", "nominal Cy Ann | 1: x z | 2: - z"}};
    for (size_t i = 0; i < sizeof ratings / sizeof *ratings; i++) {
        opened = open_ratings(ratings[i][0], (struct npt_study_options){0});
        assert_string_equal(opened.text, "");
        expect_ratings(opened.study, 0, ratings[i][1]);
        fixture_close(&opened);
    }
}

static void a_guess_can_be_overridden(void **state)
{
    (void)state;
    struct fixture opened =
        open_ratings("id,Ann,Key\n1,1,k1\n2,1,k2\n", (struct npt_study_options){.units = "key"});
    expect_ratings(opened.study, 0, "nominal id Ann | k1: 1 1 | k2: 2 1");
    fixture_close(&opened);
    opened = open_ratings("id,Ann\n1,1\n2,1\n", (struct npt_study_options){.units = "none"});
    expect_ratings(opened.study, 0, "nominal id Ann | 1: 1 1 | 2: 2 1");
    fixture_close(&opened);
    opened = open_ratings("id,Ann,Date,Bo,Note\nu1,1,May,2,why\n",
                          (struct npt_study_options){.ignore = " date , Note"});
    expect_ratings(opened.study, 0, "nominal Ann Bo | u1: 1 2");
    fixture_close(&opened);
}

static void values_are_in_order_whatever_the_rows(void **state)
{
    (void)state;
    static const char *const texts[] = {"A,B\n10,2\n2.0,b\n-1,a\n,02\n",
                                        "A,B\n-1,a\n10,02\n2.0,b\n,2\n"};
    for (size_t i = 0; i < 2; i++) {
        struct fixture opened = open_ratings(texts[i], (struct npt_study_options){.units = "none"});
        const struct npt__rating_table *table = &opened.study->ratings.items[0];
        assert_int_equal(table->value_count, 5); /* -1 2 10 a b: 2, 02 and 2.0 are one */
        assert_true(table->values[0].number == -1 && table->values[1].number == 2 &&
                    table->values[2].number == 10);
        assert_true(isnan(table->values[3].number) && isnan(table->values[4].number));
        assert_string_equal(table->values[3].text, "a");
        assert_string_equal(table->values[4].text, "b");
        assert_int_equal(table->missing, 1);
        fixture_close(&opened);
    }
}

static void a_declared_missing_value_is_none(void **state)
{
    (void)state;
    struct fixture opened =
        open_ratings("id,A,B\nu,-9, 3 \nv,NA,2\n",
                     (struct npt_study_options){.missing = "-9, NA", .level = "interval"});
    assert_string_equal(opened.text, "");
    expect_ratings(opened.study, 0, "interval A B | u: - 3 | v: - 2");
    EXPECT_DOUBT(opened.study->ratings.items[0].source, "coder 'A' has no rating");
    fixture_close(&opened);
}

static void what_may_be_no_value_is_doubted(void **state)
{
    (void)state;
    struct fixture opened =
        open_ratings("id,A,B\nu,NA,coherence\nv,Coherence,x\n", (struct npt_study_options){0});
    const struct npt__table_source *source = &opened.study->ratings.items[0].source;
    EXPECT_DOUBT(*source, "'NA' counts as a value: if it is none, --missing NA");
    EXPECT_DOUBT(*source, "'Coherence' and 'coherence' count as different values");
    EXPECT_GUESS(*source, "Values are taken as nominal");
    fixture_close(&opened);
}

static void numbers_that_differ_in_every_row_are_doubted(void **state)
{
    (void)state;
    struct fixture opened = open_ratings("Q,A,B\n11,1,1\n12,1,1\n13,2,1\n14,1,1\n15,1,1\n16,2,1\n"
                                         "17,1,1\n18,1,2\n19,1,1\n20,1,1\n",
                                         (struct npt_study_options){.level = "ordinal"});
    assert_int_equal(opened.study->ratings.items[0].rater_count, 3);
    EXPECT_DOUBT(opened.study->ratings.items[0].source,
                 "column 'Q' has another value in every row: if it names the units, --units Q");
    fixture_close(&opened);
}

static void faults_of_ratings_are_located(void **state)
{
    (void)state;
    const struct npt_study_options plain = {0}, ordinal = {.level = "ordinal"},
                                   ratio = {.level = "ratio"};
    open_fault(open_ratings("id,A,a\nu,1,2\n", plain),
               "r.csv: error: two columns are called 'a'\n"
               "  hint: give each column a name of its own (case makes no difference)\n");
    open_fault(
        open_ratings("id,A,B\nu,1,2\n\nw,1,1\nu,1,2\n", plain),
        "r.csv:5:1: error: the unit 'u' stands twice: also in row 2\n"
        "  hint: each unit has one row; if this column does not name them, --units COLUMN\n");
    open_fault(open_ratings("id,A,B\nu,1,2\n,1,1\n", plain),
               "r.csv:3:1: error: the row has no name of its unit\n"
               "  hint: fill column 'id', or take the row out\n");
    open_fault(
        open_ratings("id,A,B\nu,1,two\nv,\"x\",2\n", ordinal),
        "r.csv:2:5: error: 'two' in column 'B' is no number, at level ordinal\n"
        "  hint: correct the cell, leave it empty, or say --missing VALUE, --ignore COLUMN or "
        "--level nominal\n"
        "r.csv:3:3: error: 'x' in column 'A' is no number, at level ordinal\n");
    open_fault(
        open_ratings("id,A,B\nu,1,-2\n", ratio),
        "r.csv:2:5: error: '-2' in column 'B' is below 0, at level ratio\n"
        "  hint: correct the cell, leave it empty, or say --missing VALUE, --ignore COLUMN or "
        "--level nominal\n");
    open_fault(open_ratings("id,A\nu,1\n", plain),
               "r.csv: error: has ratings of one coder only\n"
               "  hint: each coder has a column: unit, coder, coder ...\n");
    open_fault(open_ratings("id,A,,B\nu,1,2,3\n", plain),
               "r.csv: error: column 3 has values and no name\n"
               "  hint: name it in the header row, or take the column out\n");
    open_fault(open_ratings("Segment,A,B\nu,1,2\n", (struct npt_study_options){.units = "Segmnt"}),
               "error: 'r.csv' has no column 'Segmnt'\n  hint: did you mean 'Segment'\n");
    open_fault(
        open_ratings("id,A,B\nu,1,2\n", (struct npt_study_options){.units = "A", .ignore = "A"}),
        "error: column 'A' is to be two things at once\n"
        "  hint: a column has one meaning, or is ignored\n");
}

static void ragged_rows_and_a_lone_header_are_faults(void **state)
{
    (void)state;
    struct fixture opened = open_ratings("id,A,B\nu,1\n", (struct npt_study_options){0});
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "r.csv:2:4: error: row has 2 fields, the header 3");
    fixture_close(&opened);
    opened = open_ratings("id,A,B\n", (struct npt_study_options){0});
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(opened.text, "r.csv");
    fixture_close(&opened);
}

static void columns_without_name_and_value_are_none(void **state)
{
    (void)state;
    struct fixture opened =
        open_ratings("id,A,B,,\nu,1,2,,\nv,2,2,,\n", (struct npt_study_options){0});
    assert_string_equal(opened.text, "");
    expect_ratings(opened.study, 0, "nominal A B | u: 1 2 | v: 2 2");
    fixture_close(&opened);
}

static void a_level_is_one_of_four(void **state)
{
    (void)state;
    struct fixture opened =
        open_ratings("id,A,B\nu,1,2\n", (struct npt_study_options){.level = "odd"});
    assert_string_equal(opened.text,
                        "error: --level takes nominal, ordinal, interval or ratio, not 'odd'\n");
    assert_int_equal(opened.status, NPT_USAGE);
    fixture_close(&opened);
}

#define CELL(name, text) "<c r=\"" name "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define NUMBER(name, number) "<c r=\"" name "\"><v>" number "</v></c>"

static void a_workbook_is_read_like_a_csv(void **state)
{
    (void)state;
    xlsx_write("r.xlsx",
               &(struct xlsx_file){
                   .sheets = {{.name = "Key", .data = "<row r=\"1\">" CELL("A1", "x") "</row>"},
                              {.name = "Codes",
                               .data = "<row r=\"1\">" CELL("A1", "Segment") CELL("B1", "Ann")
                                   CELL("C1", "Bo") "</row><row r=\"2\">" CELL("A2", "s1")
                                       NUMBER("B2", "2") "</row><row r=\"3\">" CELL("A3", "s2")
                                           NUMBER("B3", "1") CELL("C3", "one") "</row>"}}});
    const struct npt_study_options nominal = {.table = NPT_RATINGS, .sheet = "Codes"};
    struct fixture opened = fixture_open_with("r.xlsx", &nominal);
    assert_string_equal(opened.text, "");
    expect_ratings(opened.study, 0, "nominal Ann Bo | s1: 2 - | s2: 1 one");
    assert_string_equal(opened.study->ratings.items[0].source.sheet, "Codes");
    fixture_close(&opened);
    struct npt_study_options interval = nominal;
    interval.level = "interval";
    opened = fixture_open_with("r.xlsx", &interval);
    assert_int_equal(opened.status, NPT_BAD_INPUT);
    fixture_expect_in(
        opened.text,
        "r.xlsx:Codes!C3: error: 'one' in column 'Bo' is no number, at level interval");
    fixture_close(&opened);
}

/* What the file itself declares to be missing is no rating. */
static void a_data_file_is_read_like_a_csv(void **state)
{
    (void)state;
    static const double missing[][2] = {{9, 9}};
    static const struct written_variable variables[] = {
        {.name = "case", .type = READSTAT_TYPE_STRING, .width = 4},
        {.name = "ann", .type = READSTAT_TYPE_DOUBLE, .missing = missing, .missing_count = 1},
        {.name = "bo", .type = READSTAT_TYPE_DOUBLE}};
    static const char *const rows[] = {"u1|1|2.5", "u2|9|9", "u3||2"};
    data_file_write("r.sav", &(struct written_file){.as = AS_SAV,
                                                    .variables = variables,
                                                    .variable_count = 3,
                                                    .rows = rows,
                                                    .row_count = 3});
    const struct npt_study_options options = {.table = NPT_RATINGS, .level = "ratio"};
    struct fixture opened = fixture_open_with("r.sav", &options);
    assert_string_equal(opened.text, "");
    expect_ratings(opened.study, 0, "ratio ann bo | u1: 1 2.5 | u2: - 9 | u3: - 2");
    fixture_close(&opened);
}

/* Many rows of one length, in many blocks: the same for any number of threads. */
static void a_large_table_is_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    const size_t rows = getenv("VALGRIND") ? 4000 : 200000;
    npt__buffer text = {0};
    npt__buffer_puts(&text, "c1,c2,c3\n");
    for (size_t i = 0; i < rows; i++)
        npt__buffer_print(&text, "%zu,%s,%zu\n", i % 5 + 1, i % 7 ? "3" : "", i % 3 + 1);
    fixture_write("big.csv", text.bytes, text.length);
    npt__buffer_release(&text);
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        struct fixture opened = fixture_open_with(
            "big.csv", &(struct npt_study_options){
                           .table = NPT_RATINGS, .level = "ordinal", .threads = threads});
        assert_string_equal(opened.text, "");
        const struct npt__rating_table *table = &opened.study->ratings.items[0];
        assert_int_equal(table->unit_count, rows);
        assert_int_equal(table->missing, (rows + 6) / 7);
        assert_int_equal(table->value_count, 5);
        assert_null(table->units);
        for (size_t i = 0; i < rows; i++) {
            assert_true(table->cells[3 * i] == i % 5);
            assert_true(table->cells[3 * i + 1] == (i % 7 ? 2 : NPT__NONE));
            assert_true(table->cells[3 * i + 2] == i % 3);
            assert_true(table->lines[i] == i + 2);
        }
        fixture_close(&opened);
    }
}

/* ---- rankings -------------------------------------------------------------------------------- */

static void judges_and_groups_are_known_by_their_headers(void **state)
{
    (void)state;
    struct fixture opened = open_ranking("Panel,Judge,A,B,C\nStaff,P1,1,2,3\nfamilies,P1,3,1,2\n"
                                         "staff,P2,2,1,3\n,X,1,2,3\n",
                                         (struct npt_study_options){0});
    assert_string_equal(opened.text, "");
    expect_ranking(opened.study,
                   "A B C | P1 [Staff]: 1 2 3 | P1 [families]: 3 1 2 | P2 [Staff]: 2 1 3 "
                   "| X []: 1 2 3");
    assert_int_equal(opened.study->rankings.items[0].group_count, 2);
    EXPECT_DOUBT(opened.study->rankings.items[0].source, "1 judge is in no group");
    fixture_close(&opened);
    opened = open_ranking("A,B,C\n1,2,3\n2,1,3\n", (struct npt_study_options){0});
    expect_ranking(opened.study, "A B C | 1 []: 1 2 3 | 2 []: 2 1 3");
    fixture_close(&opened);
    opened = open_ranking("who,A,B,where\nx,1,2,N\ny,2,1,S\n",
                          (struct npt_study_options){.judge = "who", .group = "where"});
    expect_ranking(opened.study, "A B | x [N]: 1 2 | y [S]: 2 1");
    assert_int_equal(opened.study->rankings.items[0].source.guesses.count, 0);
    fixture_close(&opened);
}

static void ties_are_mean_ranks_or_become_such(void **state)
{
    (void)state;
    struct fixture opened = open_ranking("Judge,A,B,C,D\nmean,1,2.5,2.5,4\nfirst,1,2,2,4\n"
                                         "comma,\"2,5\",1,\"2,5\",4\nall,1,1,1,1\nlast,1,3,2,3\n",
                                         (struct npt_study_options){0});
    assert_string_equal(opened.text, "");
    expect_ranking(opened.study,
                   "A B C D | mean []: 1 2.5 2.5 4 | first []: 1 2.5 2.5 4 | comma []: "
                   "2.5 1 2.5 4 | all []: 2.5 2.5 2.5 2.5 | last []: 1 3.5 2 3.5");
    assert_int_equal(opened.study->rankings.items[0].converted, 3);
    EXPECT_GUESS(opened.study->rankings.items[0].source,
                 "Ties that 3 judges gave as 1, 2, 2, 4 were read as 1, 2.5, 2.5, 4");
    fixture_close(&opened);
}

/* By brute force over all vectors of ranks from 1 to 4 in steps of a half: what is a ranking is what ranking the
   numbers themselves gives back, with mean ranks or with the best of the shared places. */
static void a_ranking_is_what_ranking_it_again_gives(void **state)
{
    (void)state;
    size_t rankings = 0;
    for (unsigned code = 0; code < 7 * 7 * 7 * 7; code++) {
        double given[4], ranks[4];
        bool means = true, firsts = true;
        for (unsigned i = 0, rest = code; i < 4; i++, rest /= 7)
            given[i] = ranks[i] = 1 + (rest % 7) / 2.0;
        for (size_t i = 0; i < 4; i++) {
            unsigned below = 0, same = 0;
            for (size_t j = 0; j < 4; j++) {
                below += given[j] < given[i];
                same += given[j] == given[i];
            }
            means &= given[i] == below + (same + 1) / 2.0;
            firsts &= given[i] == below + 1;
        }
        bool converted;
        assert_int_equal(npt__ranks_settle(ranks, 4, &converted), means || firsts);
        rankings += means || firsts;
        double sum = 0;
        for (size_t i = 0; i < 4; i++)
            sum += ranks[i];
        if (means || firsts) {
            assert_true(sum == 10);
            assert_int_equal(converted, firsts && !means);
        }
    }
    /* 75 weak orders of 4 (Fubini), each as mean ranks; 51 of them have ties, which can be written in both ways */
    assert_int_equal(rankings, 75 + 51);
}

static void who_ranks_not_all_is_named_and_kept_apart(void **state)
{
    (void)state;
    struct fixture opened =
        open_ranking("Judge,A,B,C\nx,1,2,3\ny,1,,\nz,,,\nw,2,1,3\n", (struct npt_study_options){0});
    assert_string_equal(opened.text, "");
    expect_ranking(opened.study,
                   "A B C | x []: 1 2 3 | y [] incomplete: 1 - - | z [] incomplete: - - - "
                   "| w []: 2 1 3");
    assert_int_equal(opened.study->rankings.items[0].complete_count, 2);
    EXPECT_DOUBT(opened.study->rankings.items[0].source,
                 "2 judges did not rank every candidate and are left out: 'y', 'z'");
    fixture_close(&opened);
}

static void faults_of_rankings_are_located(void **state)
{
    (void)state;
    const struct npt_study_options plain = {0};
    open_fault(
        open_ranking("Judge,A,B,C\nx,1,2,4\ny,0,1,2\nz,1,2,third\nv,1.2,2,3\n", plain),
        "k.csv:2:7: error: '4' for 'C' is no rank of 3 candidates\n"
        "  hint: a rank is 1 (the best) to 3, ties share the mean of their places; a column that "
        "is no candidate: --ignore COLUMN\n"
        "k.csv:3:3: error: '0' for 'A' is no rank of 3 candidates\n"
        "k.csv:4:7: error: 'third' for 'C' is no rank of 3 candidates\n"
        "k.csv:5:3: error: '1.2' for 'A' is no rank of 3 candidates\n");
    open_fault(open_ranking("Judge,A,B,C,D\nx,1,2,2,3\n", plain),
               "k.csv:2:3: error: these ranks of judge 'x' are no ranking: 1, 2, 2, 3\n"
               "  hint: each place is given once, or is tied: 1, 2.5, 2.5, 4 or 1, 2, 2, 4\n");
    open_fault(open_ranking("Judge,Panel,A,B\nx,p,1,2\nX,p,2,1\n", plain),
               "k.csv:3:1: error: the judge 'X' stands twice: also in row 2\n"
               "  hint: a judge has one row; if this column does not name them, --judge COLUMN\n");
    open_fault(open_ranking("Judge,A,B,b\nx,1,2,3\n", plain),
               "k.csv: error: two columns are called 'b'\n"
               "  hint: give each column a name of its own (case makes no difference)\n");
    open_fault(open_ranking("Judge,A\nx,1\n", plain),
               "k.csv: error: has one candidate only\n"
               "  hint: each judge has a row, each candidate a column\n");
    open_fault(open_ranking("Judge,A,B\n,1,2\n", plain),
               "k.csv:2:1: error: the row has no name of its judge\n"
               "  hint: fill column 'Judge', or take the row out\n");
}

/* ---- study.xml ------------------------------------------------------------------------------- */

#define STUDY(inside) "<study xmlns=\"urn:nptkit:study:1\">\n" inside "</study>\n"

static void a_study_may_hold_several_tables(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "S,A,B\nu,1,2\n");
    fixture_write_text("k.csv", "J,P,A,B\nx,g,1,2\n");
    fixture_write_text("study.xml",
                       STUDY("<ratings file=\"a.csv\" level=\"ratio\" units=\"S\"/>"
                             "<ratings file=\"a.csv\" units=\"S\" ignore=\"Z\" name=\"again\"/>"
                             "<ranking file=\"k.csv\" judge=\"J\" group=\"P\"/>"));
    fixture_expect_fault("study.xml", "study.xml:2:88: error: 'a.csv' has no column 'Z'");
    fixture_expect_fault("study.xml", "hint: its columns are 'S', 'A', 'B'");
    fixture_write_text("a.csv", "S,A,B,Z\nu,1,2,0\n");
    struct fixture opened = fixture_open("study.xml");
    assert_string_equal(opened.text, "");
    assert_int_equal(opened.study->ratings.count, 2);
    expect_ratings(opened.study, 0, "ratio A B Z | u: 1 2 0");
    assert_string_equal(opened.study->ratings.items[0].source.name, "a");
    assert_string_equal(opened.study->ratings.items[1].source.name, "again");
    expect_ranking(opened.study, "A B | x [g]: 1 2");
    assert_true(npt_study_has_ratings(opened.study) && npt_study_has_rankings(opened.study));
    assert_false(npt_study_has_coding(opened.study) || npt_study_has_responses(opened.study));
    assert_true(npt_study_reads(opened.study, "k.csv")); /* no output may replace it */
    fixture_close(&opened);
}

static void what_is_not_asked_for_is_not_read_and_not_replaced(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "S,A,B\nu,1\n");
    fixture_write_text("k.csv", "J,P,A,B\nx,g,1,2\n");
    fixture_write_text("study.xml",
                       STUDY("<ratings file=\"a.csv\"/><ranking file=\"k.csv\" judge=\"J\" "
                             "group=\"P\"/>"));
    npt_options *options = npt_options_new();
    struct npt_study_options study = {0};
    npt_analysis_prepare(npt_analysis_find("rank"), options, &study);
    npt_options_free(options);
    struct fixture opened = fixture_open_with("study.xml", &study);
    assert_string_equal(opened.text, "");
    assert_false(npt_study_has_ratings(opened.study));
    assert_true(npt_study_reads(opened.study, "a.csv"));
    fixture_close(&opened);
    fixture_expect_fault("study.xml", "a.csv:2:4: error: row has 2 fields, the header 3");
}

static void faults_of_the_study_are_located(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "S,A,B\nu,1,2\n");
    fixture_write_text("study.xml",
                       STUDY("<ratings file=\"a.csv\" level=\"ordnal\" unit=\"S\"/>\n"));
    struct fixture opened = fixture_open("study.xml");
    fixture_expect_in(opened.text, "'level' is 'ordnal'");
    fixture_expect_in(opened.text, "did you mean 'ordinal'? the levels are 'nominal', 'ordinal', "
                                   "'interval' and 'ratio'");
    fixture_expect_in(opened.text, "did you mean 'units'");
    fixture_close(&opened);
    fixture_write_text("study.xml", STUDY("<rankings file=\"a.csv\"/>\n"));
    fixture_expect_fault("study.xml", "did you mean 'ranking'");
    fixture_write_text("study.xml", STUDY("<ratings file=\"b.csv\"/>\n"));
    fixture_expect_fault("study.xml", "there is no file 'b.csv'");
    fixture_write_text("study.xml",
                       STUDY("<ratings file=\"a.csv\"/>\n<ratings file=\"a.csv\"/>\n"));
    fixture_expect_fault("study.xml", "study.xml:3:16: error: two tables are called 'a'");
    fixture_write_text("study.xml", STUDY("<ratings file=\"a.csv\" units=\"Sx\"/>\n"));
    fixture_expect_fault("study.xml", "study.xml:2:30: error: 'a.csv' has no column 'Sx'");
}

static void options_for_one_table_are_refused_beside_a_study(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "S,A,B\nu,1,2\n");
    fixture_write_text("study.xml", STUDY("<ratings file=\"a.csv\"/>\n"));
    struct fixture opened =
        fixture_open_with("study.xml", &(struct npt_study_options){.level = "ratio"});
    assert_string_equal(opened.text,
                        "error: --level is for a table without study.xml\n"
                        "  hint: in study.xml, write <ratings file=\"...\" level=\"ratio\"/>\n");
    assert_int_equal(opened.status, NPT_USAGE);
    fixture_close(&opened);
}

static void check_counts_what_the_tables_hold(void **state)
{
    (void)state;
    fixture_write_text("a.csv", "S,A,B,C\nu,1,2,\nv,,3,\nw,1,NA,1\n");
    fixture_write_text("k.csv", "J,P,A,B\nx,g,1,2\ny,h,2,\n");
    fixture_write_text("study.xml", STUDY("<ratings file=\"a.csv\" units=\"S\"/>"
                                          "<ranking file=\"k.csv\" judge=\"J\" group=\"P\"/>"));
    struct fixture opened = fixture_open("study.xml");
    npt_table *tables[14];
    npt_diags *diags = npt_diags_new();
    const size_t count = npt_study_check(opened.study, tables, 14, diags);
    assert_int_equal(count, 3);
    expect_csv(tables[0], "table,file,level,named_by,units,rated_twice,coders,values,missing\n"
                          "a,a.csv,nominal,S,3,2,3,4,3\n");
    expect_csv(tables[1], "table,file,named_by,grouped_by,judges,groups,candidates,incomplete\n"
                          "k,k.csv,J,P,2,2,2,1\n");
    fixture_expect_in(npt_diags_text(diags, false),
                      "a.csv: warning: 'NA' counts as a value: if it is none, missing=\"NA\"");
    fixture_expect_in(npt_diags_text(diags, false),
                      "k.csv: warning: 1 judge did not rank every candidate and is left out: 'y'");
    fixture_expect_in(npt_diags_text(diags, false), "a.csv: note: Values are taken as nominal");
    for (size_t i = 0; i < count; i++)
        npt_table_free(tables[i]);
    npt_diags_free(diags);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_header_for_units_or_none_names_them),
        FIXTURE_TEST(different_texts_that_nobody_rates_name_the_units),
        FIXTURE_TEST(a_guess_can_be_overridden),
        FIXTURE_TEST(values_are_in_order_whatever_the_rows),
        FIXTURE_TEST(a_declared_missing_value_is_none),
        FIXTURE_TEST(what_may_be_no_value_is_doubted),
        FIXTURE_TEST(numbers_that_differ_in_every_row_are_doubted),
        FIXTURE_TEST(faults_of_ratings_are_located),
        FIXTURE_TEST(ragged_rows_and_a_lone_header_are_faults),
        FIXTURE_TEST(columns_without_name_and_value_are_none),
        FIXTURE_TEST(a_level_is_one_of_four),
        FIXTURE_TEST(a_workbook_is_read_like_a_csv),
        FIXTURE_TEST(a_data_file_is_read_like_a_csv),
        FIXTURE_TEST(a_large_table_is_the_same_for_any_number_of_threads),
        FIXTURE_TEST(judges_and_groups_are_known_by_their_headers),
        FIXTURE_TEST(ties_are_mean_ranks_or_become_such),
        FIXTURE_TEST(a_ranking_is_what_ranking_it_again_gives),
        FIXTURE_TEST(who_ranks_not_all_is_named_and_kept_apart),
        FIXTURE_TEST(faults_of_rankings_are_located),
        FIXTURE_TEST(a_study_may_hold_several_tables),
        FIXTURE_TEST(what_is_not_asked_for_is_not_read_and_not_replaced),
        FIXTURE_TEST(faults_of_the_study_are_located),
        FIXTURE_TEST(options_for_one_table_are_refused_beside_a_study),
        FIXTURE_TEST(check_counts_what_the_tables_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
