/* test_protect_coding.c - what leaves protected of interviews, coders and judges: attacked, and by hand.
 *
 * The attacker knows every count of cases that is shown, and looks for other numbers of cases in each site that would give the
 * same tables. A withheld count must fit with five numbers or more.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/tables/quantities.h"
#include "attack.h"
#include "coded_cases.h"

#include <stdio.h>
#include <stdlib.h>

#define TWENTY "01234567890123456789"
#define MOST_SITES 4u
#define MOST_CASES 60u
#define MOST_TABLES 8u

static const char *const sites[MOST_SITES] = {"A", "B", "C", "D"};

/* ---- cases of a study that is invented ------------------------------------------------------- */

struct tables {
    npt_table *items[MOST_TABLES], *made[MOST_TABLES];
    size_t count;
};

static void add_tables(struct tables *tables, const npt_study *study, const char *name,
                       const char *const *options)
{
    npt_table *more[NPT_MOST_TABLES];
    const size_t count = run_all(more, study, name, options);
    for (size_t i = 0; i < count; i++) {
        assert_true(tables->count < MOST_TABLES);
        tables->items[tables->count++] = more[i];
    }
}

static void protect_all(struct tables *tables)
{
    npt_table_free(npt_protect(tables->made, (const npt_table *const *)tables->items, tables->count,
                               NULL, NULL));
}

static void tables_free(struct tables *tables)
{
    for (size_t i = 0; i < tables->count; i++) {
        npt_table_free(tables->items[i]);
        npt_table_free(tables->made[i]);
    }
}

static void invent_cases(struct coded_case *coded, size_t count, uint64_t *state)
{
    for (size_t i = 0; i < count; i++) {
        const uint64_t at = reference_random(state) % 12; /* A half, D one in twelve */
        const size_t site = at < 6 ? 0 : at < 9 ? 1 : at < 11 ? 2 : 3;
        coded[i] = (struct coded_case){sites[site], (int)(reference_random(state) % (site + 2)) % 3,
                                       TWENTY};
    }
}

/* Which unknowns a cell counts: for each site the cases with Sense, and those without. False: it counts no such. */
static bool weigh(struct attack_equation *equation, const npt_table *table, size_t row,
                  size_t column)
{
    const char *key = npt_table_column(table, column)->key;
    const struct npt_cell *cells = npt_table_row(table, row);
    const size_t construct = npt_table_find_column(table, "construct"),
                 site = npt_table_find_column(table, "Site");
    const bool has = strcmp(key, "cases") == 0,
               all = strcmp(key, "n") == 0 || strcmp(key, "of_cases") == 0;
    if ((!has && !all) || construct == SIZE_MAX ||
        npt_table_find_column(table, "other") != SIZE_MAX ||
        /* nothing of pairs is declared */ !cell_is(&cells[construct], "Sense"))
        return false;
    for (size_t i = 0; i < MOST_SITES; i++)
        if (site == SIZE_MAX || cell_is(&cells[site], "Total") || cell_is(&cells[site], sites[i])) {
            equation->factors[2 * i] = 1;
            equation->factors[2 * i + 1] = all;
        }
    return true;
}

static void learn_cells(struct attack *attack, const struct tables *tables)
{
    for (size_t t = 0; t < tables->count; t++)
        for (size_t i = 0; i < npt_table_row_count(tables->made[t]); i++)
            for (size_t j = 0; j < npt_table_column_count(tables->made[t]); j++) {
                const struct npt_cell *cell = &npt_table_row(tables->made[t], i)[j];
                struct attack_equation equation = {.low = 0};
                if (cell->kind != NPT_CELL_COUNT || !weigh(&equation, tables->made[t], i, j))
                    continue;
                equation.low = equation.high = cell->count;
                *attack_add(attack, 0, 0) = equation;
            }
}

/* How many values a sum can have, up to five. */
static size_t count_values(const struct attack *attack, struct attack_equation target)
{
    size_t found = 0;
    int64_t solution[ATTACK_MOST];
    for (int64_t value = 0; value <= attack->most && found < NPT_MIN_CELL; value++) {
        target.low = target.high = value;
        found += attack_try(attack, &target, solution) == ATTACK_POSSIBLE;
    }
    return found;
}

static size_t attack_cells(const struct attack *attack, const struct tables *tables)
{
    size_t attacked = 0;
    for (size_t t = 0; t < tables->count; t++)
        for (size_t i = 0; i < npt_table_row_count(tables->made[t]); i++)
            for (size_t j = 0; j < npt_table_column_count(tables->made[t]); j++) {
                const struct npt_cell *cell = &npt_table_row(tables->made[t], i)[j];
                struct attack_equation target = {.low = 0};
                if (cell->kind != NPT_CELL_WITHHELD || !weigh(&target, tables->made[t], i, j))
                    continue;
                attacked++;
                assert_int_equal(count_values(attack, target), NPT_MIN_CELL);
            }
    return attacked;
}

/* A share and its ends tell the count that they are of; a test tells all counts. */
static void expect_no_share(const npt_table *table)
{
    static const char *const tells[] = {"share", "low", "high", "p", "p_adjusted", "effect"};
    const size_t cases = npt_table_find_column(table, "cases");
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        for (size_t j = 0; j < sizeof tells / sizeof *tells; j++) {
            const size_t at = npt_table_find_column(table, tells[j]);
            const struct npt_cell *row = npt_table_row(table, i);
            if (at == SIZE_MAX)
                continue;
            if (cases == SIZE_MAX || j > 2 || row[cases].kind == NPT_CELL_WITHHELD)
                assert_int_equal(row[at].kind, NPT_CELL_WITHHELD);
        }
}

static void cases_that_are_compared_cannot_be_worked_out(void **state)
{
    (void)state;
    uint64_t random = 11;
    size_t attacked = 0, shown = 0;
    for (size_t round = 0; round < (getenv("VALGRIND") ? 1 : 6); round++) {
        struct coded_case coded[MOST_CASES];
        const size_t count = 24 + reference_random(&random) % (MOST_CASES - 24);
        invent_cases(coded, count, &random);
        struct fixture opened = open_cases(coded, count, false);
        struct tables tables = {.count = 0};
        add_tables(&tables, opened.study, "compare", OPTIONS("of", "cases"));
        add_tables(&tables, opened.study, "tally", OPTIONS("by", "site"));
        if (round % 2)
            add_tables(&tables, opened.study, "tally", NO_OPTIONS);
        protect_all(&tables);
        struct attack attack;
        attack_open(&attack, 2 * (size_t)MOST_SITES, MOST_CASES + 10);
        learn_cells(&attack, &tables);
        shown += attack.equations;
        attacked += attack_cells(&attack, &tables);
        for (size_t t = 0; t < 3; t++)
            expect_no_share(tables.made[t]);
        attack_close(&attack);
        tables_free(&tables);
        fixture_close(&opened);
    }
    printf("cells of cases: %zu shown, %zu withheld and attacked\n", shown, attacked);
    assert_true(shown > 0 && attacked > 0);
}

/* Were the cases of no site left out of one table and in the other, two totals would tell how many they are. */
static void cases_of_no_site_take_all_counts_with_them(void **state)
{
    (void)state;
    struct coded_case coded[30];
    for (size_t i = 0; i < 30; i++)
        coded[i] = (struct coded_case){i < 3 ? NULL : sites[i % 2], 1, TWENTY};
    struct fixture opened = open_cases(coded, 30, false);
    struct tables tables = {.count = 0};
    add_tables(&tables, opened.study, "compare", OPTIONS("of", "cases"));
    protect_all(&tables);
    for (size_t i = 0; i < npt_table_row_count(tables.made[1]); i++)
        for (size_t j = 2; j < npt_table_column_count(tables.made[1]); j++)
            assert_int_equal(npt_table_row(tables.made[1], i)[j].kind, NPT_CELL_WITHHELD);
    tables_free(&tables);
    fixture_close(&opened);
}

/* ---- coders ---------------------------------------------------------------------------------- */

/* `both` interviews in which two people coded Sense, and `only` in which they coded Setting. */
static struct fixture open_coded_twice(int both, int only)
{
    npt__buffer sources = {0};
    for (int i = 0; i < both + only; i++)
        npt__buffer_print(&sources,
                          "<TextSource guid=\"00000000-0000-4000-8000-0000000001%02X\" "
                          "name=\"Kay %d\"><PlainTextContent>" TWENTY TWENTY "</PlainTextContent>%s"
                          "</TextSource>",
                          i, i,
                          i >= both ? SELECTION(0, 10, "A1", CODING("C5", "A1"))
                                          SELECTION(0, 10, "A2", CODING("C5", "A2"))
                          : i % 2 ? SELECTION(0, 10, "A1", CODING("C1", "A1"))
                                        SELECTION(0, 12, "A2", CODING("C1", "A2"))
                                  : SELECTION(4, 20, "A1", CODING("C1", "A1"))
                                        SELECTION(0, 10, "A2", CODING("C1", "A2")));
    write_small_codebook();
    fixture_qde("cases.qde", &(struct fixture_project){.users = USER("A1", "Ann") USER("A2", "Ben"),
                                                       .codes = CODED_CODES,
                                                       .sources = npt__buffer_string(&sources)});
    npt__buffer_release(&sources);
    return open_quietly("cases.qde", "tiny.qdc");
}

static void expect_kinds(const npt_table *table, const char *const *row, const char *const *columns,
                         enum npt_cell_kind kind)
{
    for (size_t i = 0; columns[i]; i++)
        if (cell_at(table, columns[i], row)->kind != kind)
            fail_msg("%s of %s is of another kind: %d", columns[i], row[0],
                     (int)cell_at(table, columns[i], row)->kind);
}

/* Sense is in ten interviews, Setting in nine, Action in none. */
static void kappa_is_shown_where_ten_interviews_have_the_code(void **state)
{
    (void)state;
    struct fixture opened = open_coded_twice(10, 9);
    struct tables tables = {.count = 0};
    add_tables(&tables, opened.study, "agree", NO_OPTIONS);
    protect_all(&tables);
    const char *const
        shown[] = {"kappa", "kappa_low", "kappa_high", "alpha", "alpha_low", "alpha_high", NULL},
        *const hidden[] = {
            "interviews",       "units",           "both",     "coder_only", "with_only",
            "neither",          "percent",         "positive", "ac1",        "prevalence",
            "coder_prevalence", "with_prevalence", "caution",  NULL};
    expect_kinds(tables.made[0], ROW("Sense"), shown, NPT_CELL_NUMBER);
    expect_kinds(tables.made[0], ROW("Setting"), shown, NPT_CELL_WITHHELD);
    expect_kinds(tables.made[0], ROW("Action"), shown, NPT_CELL_ABSENT);
    static const char *const rows[] = {"Sense", "Setting", "Action"};
    for (size_t i = 0; i < 3; i++)
        expect_kinds(tables.made[0], ROW(rows[i]), hidden, NPT_CELL_WITHHELD);
    expect_text(tables.made[0], "coder", ROW("Sense"), "Ann");
    expect_note(tables.made[0], "Kappa and alpha are shown where a code is in enough interviews.");
    tables_free(&tables);
    fixture_close(&opened);
}

static void kappa_of_whole_interviews_is_withheld(void **state)
{
    (void)state;
    struct fixture opened = open_coded_twice(15, 12);
    struct tables tables = {.count = 0};
    add_tables(&tables, opened.study, "agree", OPTIONS("unit", "sources"));
    protect_all(&tables);
    const char *const hidden[] = {"kappa", "alpha", "interviews", "both", NULL};
    expect_kinds(tables.made[0], ROW("Sense"), hidden, NPT_CELL_WITHHELD);
    expect_note(tables.made[0], "even kappa tells in how many each code is");
    tables_free(&tables);
    fixture_close(&opened);
}

/* A list of them names interviews, even where nobody's words stand in it. */
static void disagreements_have_no_row(void **state)
{
    (void)state;
    struct fixture opened = open_coded_twice(15, 12);
    static const char *const units[] = {"characters", "sources"};
    for (size_t i = 0; i < 2; i++) {
        struct tables tables = {.count = 0};
        add_tables(&tables, opened.study, "agree", OPTIONS("disagreements", "", "unit", units[i]));
        protect_all(&tables);
        assert_int_equal(tables.count, 2);
        assert_true(i == 1 || npt_table_row_count(tables.items[1]) > 0);
        assert_int_equal(npt_table_row_count(tables.made[1]), 0);
        tables_free(&tables);
    }
    fixture_close(&opened);
}

/* ---- saturation ------------------------------------------------------------------------------ */

static struct fixture open_many(size_t count)
{
    struct coded_case coded[MOST_CASES];
    for (size_t i = 0; i < count; i++)
        coded[i] = (struct coded_case){sites[i % 2], 1, TWENTY};
    return open_cases(coded, count, false);
}

static void expect_saturation(size_t count, enum npt_cell_kind of_interviews,
                              enum npt_cell_kind of_codes)
{
    struct fixture opened = open_many(count);
    struct tables tables = {.count = 0};
    add_tables(&tables, opened.study, "saturation", NO_OPTIONS);
    protect_all(&tables);
    assert_int_equal(npt_table_row_count(tables.items[0]), count);
    assert_int_equal(npt_table_row_count(tables.made[0]), 0);
    const char *const all[] = {"of_interviews", NULL}, *const codes[] = {"of_codes", NULL},
                      *const few[] = {"run_codes", "base_codes", "new_information", "codes", NULL};
    expect_kinds(tables.made[1], ROW("4"), all, of_interviews);
    expect_kinds(tables.made[1], ROW("4"), codes, of_codes);
    expect_kinds(tables.made[1], ROW("4"), few, NPT_CELL_WITHHELD);
    tables_free(&tables);
    fixture_close(&opened);
}

static void interviews_one_by_one_are_not_shown_but_when_a_rule_was_met(void **state)
{
    (void)state;
    expect_saturation(12, NPT_CELL_COUNT, NPT_CELL_COUNT);
    expect_saturation(9, NPT_CELL_COUNT, NPT_CELL_WITHHELD);
    expect_saturation(4, NPT_CELL_WITHHELD, NPT_CELL_WITHHELD);
}

static uint32_t quantity_at(const struct npt__quantities *quantities, const npt_table *table,
                            const char *column, const char *const *row)
{
    const struct npt_cell *cell = cell_at(table, column, row);
    for (size_t i = 0; i < quantities->table_count; i++)
        if (quantities->tables[i].table == table)
            return quantities->tables[i].quantity[cell - npt_table_row(table, 0)];
    return NPT__NOWHERE;
}

/* Where the total of a tally is withheld, the number of interviews would tell it: it is one number, and goes with it. */
static void the_number_of_interviews_goes_with_that_of_cases(void **state)
{
    (void)state;
    struct fixture opened = open_many(20);
    struct tables tables = {.count = 0};
    add_tables(&tables, opened.study, "tally", OPTIONS("by", "site"));
    add_tables(&tables, opened.study, "saturation", NO_OPTIONS);
    add_tables(&tables, opened.study, "compare", OPTIONS("of", "cases"));
    struct npt__quantities quantities;
    npt__quantities_collect(&quantities, (const npt_table *const *)tables.items, tables.count);
    const uint32_t total =
        quantity_at(&quantities, tables.items[0], "of_cases", ROW("Sense", "Total"));
    assert_true(total != NPT__NOWHERE);
    assert_int_equal(quantity_at(&quantities, tables.items[2], "of_interviews", ROW("4")), total);
    assert_int_equal(quantity_at(&quantities, tables.items[3], "n", ROW("Sense")), total);
    assert_int_equal(quantity_at(&quantities, tables.items[4], "n", ROW("Sense", "Total")), total);
    assert_int_equal(quantity_at(&quantities, tables.items[4], "cases", ROW("Sense", "A")),
                     quantity_at(&quantities, tables.items[0], "cases", ROW("Sense", "A")));
    npt__quantities_release(&quantities);
    protect_all(&tables);
    tables_free(&tables);
    fixture_close(&opened);
}

/* ---- judges ---------------------------------------------------------------------------------- */

/* Judges of two groups and of none who rank three candidates. */
static struct fixture open_judges(size_t one, size_t other, size_t none)
{
    npt__buffer text = {0};
    npt__buffer_puts(&text, "judge,panel,X,Y,Z\n");
    for (size_t i = 0; i < one + other + none; i++)
        npt__buffer_print(&text, "J%zu,%s,%s\n", i,
                          i < one           ? "One"
                          : i < one + other ? "Other"
                                            : "",
                          i % 3 ? "1,2,3" : "2,1,3");
    fixture_write_text("k.csv", npt__buffer_string(&text));
    fixture_write_text("study.xml",
                       STUDY("<ranking file=\"k.csv\" judge=\"judge\" group=\"panel\"/>"));
    npt__buffer_release(&text);
    struct fixture opened = fixture_open("study.xml");
    assert_int_equal(opened.status, NPT_OK);
    return opened;
}

static void judge_of(size_t one, size_t other, size_t none, bool shown)
{
    struct fixture opened = open_judges(one, other, none);
    struct tables tables = {.count = 0};
    add_tables(&tables, opened.study, "rank", OPTIONS("choose", "1"));
    protect_all(&tables);
    assert_int_equal(tables.count, 3);
    assert_int_equal(npt_table_row_count(tables.made[0]), shown ? 9 : 0);
    const char *const numbers[] = {"w", "p", NULL}, *const pairs[] = {"rho", "tau", NULL};
    const enum npt_cell_kind kind = shown ? NPT_CELL_NUMBER : NPT_CELL_WITHHELD;
    expect_kinds(tables.made[1], ROW("One"), numbers, kind);
    expect_kinds(tables.made[1], ROW("Total"), numbers, kind);
    expect_kinds(tables.made[2], ROW("One"), pairs, kind);
    if (shown)
        expect_kinds(tables.made[0], ROW("X", "One"), ROW("total", "mean_rank"), kind);
    for (size_t i = 0; i < 3; i++) {
        if (shown)
            expect_no_note(tables.made[i], "Withheld as a whole");
        else
            expect_note(tables.made[i], "Withheld as a whole");
        expect_no_note(tables.made[i], "in no group");
    }
    tables_free(&tables);
    fixture_close(&opened);
}

static void ranks_are_shown_where_no_group_of_judges_is_small(void **state)
{
    (void)state;
    judge_of(10, 12, 0, true);
    judge_of(10, 12, 10, true);
    judge_of(10, 9, 0, false);
    judge_of(20, 12, 3, false); /* the total less the groups would tell the ranks of three */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(cases_that_are_compared_cannot_be_worked_out),
        FIXTURE_TEST(cases_of_no_site_take_all_counts_with_them),
        FIXTURE_TEST(kappa_is_shown_where_ten_interviews_have_the_code),
        FIXTURE_TEST(kappa_of_whole_interviews_is_withheld),
        FIXTURE_TEST(disagreements_have_no_row),
        FIXTURE_TEST(interviews_one_by_one_are_not_shown_but_when_a_rule_was_met),
        FIXTURE_TEST(the_number_of_interviews_goes_with_that_of_cases),
        FIXTURE_TEST(ranks_are_shown_where_no_group_of_judges_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
