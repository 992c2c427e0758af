/* test_tables.c - tables, the text of their cells, and their layouts.
 *
 * Grids are compared as one string, so that a test shows what people would see.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/tables/cell.h"
#include "../nptkit/tables/grid.h"
#include "../nptkit/tables/table.h"

#include <float.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* ---- helpers --------------------------------------------------------------------------------- */

static void expect_shown(struct npt_cell cell, enum npt_unit unit, const char *expected)
{
    npt__buffer text = {0};
    npt__cell_show(&text, &cell, unit);
    assert_string_equal(npt__buffer_string(&text), expected);
    npt__buffer_release(&text);
}

static void expect_written(double number, const char *expected)
{
    npt__buffer text = {0};
    npt__number_write(&text, number);
    assert_string_equal(npt__buffer_string(&text), expected);
    npt__buffer_release(&text);
}

/* Construct, site and two counts; `across` is the site. */
static npt_table *matrix(size_t across)
{
    npt_table *table = npt__table_new("tally", "Constructs by site");
    npt__table_dimension(table, "construct", "Construct");
    npt__table_dimension(table, "site", "Site");
    size_t cases = npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT);
    size_t of = npt__table_measure(table, "of_cases", "Of cases", NPT_UNIT_COUNT);
    struct npt__layout layout = {
        .across = across, .shown = {{cases, of, "Cases of all", NPT__PART}}, .shown_count = 1};
    npt__table_set_layout(table, &layout);
    return table;
}

static void add(npt_table *table, struct npt_cell construct, struct npt_cell site,
                struct npt_cell cases, struct npt_cell of)
{
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = construct;
    row[1] = site;
    row[2] = cases;
    row[3] = of;
}

/* Lays out and joins the rows of a panel: cells by '|', rows by '/', totals after '='. */
static const char *flat(npt__arena *arena, const struct npt__panel *panel)
{
    const char *text = "";
    for (size_t i = 0; i < panel->column_count; i++)
        text = npt__arena_print(arena, "%s%s%s", text, i ? "|" : "", panel->columns[i].heading);
    for (size_t row = 0; row < panel->row_count; row++) {
        text = npt__arena_print(arena, "%s / %s", text, panel->rows[row].total ? "=" : "");
        for (size_t i = 0; i < panel->column_count; i++)
            text = npt__arena_print(arena, "%s%s%s", text, i ? "|" : "", panel->rows[row].texts[i]);
    }
    return text;
}

static void expect_grid(const npt_table *table, size_t panel, const char *expected)
{
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    assert_true(npt__grid(table, arena, &panels) > panel);
    assert_string_equal(flat(arena, &panels[panel]), expected);
    npt__arena_free(arena);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void a_new_row_is_absent_without_a_reason(void **state)
{
    (void)state;
    npt_table *table = matrix(SIZE_MAX);
    for (size_t i = 0; i < 100; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        for (size_t j = 0; j < 4; j++) {
            assert_int_equal(row[j].kind, NPT_CELL_ABSENT);
            assert_null(row[j].reason);
        }
        row[2] = npt__count(i);
    }
    assert_int_equal(npt_table_row_count(table), 100);
    assert_int_equal(npt_table_row(table, 57)[2].count, 57);
    npt_table_free(table);
}

static void columns_are_found_by_key(void **state)
{
    (void)state;
    npt_table *table = matrix(SIZE_MAX);
    assert_int_equal(npt_table_find_column(table, "site"), 1);
    assert_int_equal(npt_table_find_column(table, "of_cases"), 3);
    assert_true(npt_table_find_column(table, "Site") == SIZE_MAX);
    assert_true(npt_table_column(table, 1)->dimension);
    assert_false(npt_table_column(table, 2)->dimension);
    assert_string_equal(npt_table_name(table), "tally");
    assert_string_equal(npt_table_title(table), "Constructs by site");
    npt_table_free(table);
}

static void a_key_that_is_taken_gets_a_number(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("t", "T");
    npt__table_dimension(table, "cases", "Cases");
    npt__table_dimension(table, "cases", "Cases");
    npt__table_measure(table, "cases", "Cases", NPT_UNIT_COUNT);
    assert_string_equal(npt_table_column(table, 0)->key, "cases");
    assert_string_equal(npt_table_column(table, 1)->key, "cases_2");
    assert_string_equal(npt_table_column(table, 2)->key, "cases_3");
    npt_table_free(table);
}

static void notes_and_provenance_are_kept_in_order(void **state)
{
    (void)state;
    npt_table *table = matrix(SIZE_MAX);
    assert_null(npt__table_command(table));
    npt__table_add_note(table, "%d of %s", 3, "four");
    npt__table_add_note(table, "second");
    npt__table_set_command(table, "tally x.qdpx");
    npt__table_add_input(table, "x.qdpx", "00ff");
    assert_string_equal(npt_table_note(table, 0), "3 of four");
    assert_string_equal(npt_table_note(table, 1), "second");
    assert_null(npt_table_note(table, 2));
    const struct npt__input *inputs;
    assert_int_equal(npt__table_inputs(table, &inputs), 1);
    assert_string_equal(inputs[0].digest, "00ff");
    assert_string_equal(npt__table_command(table), "tally x.qdpx");
    npt_table_free(table);
    npt_table_free(NULL);
}

/* ---- cells ----------------------------------------------------------------------------------- */

static void counts_are_shown_with_thousands(void **state)
{
    (void)state;
    expect_shown(npt__count(0), NPT_UNIT_COUNT, "0");
    expect_shown(npt__count(999), NPT_UNIT_COUNT, "999");
    expect_shown(npt__count(1000), NPT_UNIT_COUNT, "1,000");
    expect_shown(npt__count(1234567), NPT_UNIT_COUNT, "1,234,567");
    struct npt_cell lowest = {.kind = NPT_CELL_COUNT, .count = INT64_MIN};
    expect_shown(lowest, NPT_UNIT_COUNT, "-9,223,372,036,854,775,808");
}

static void shares_are_whole_percents(void **state)
{
    (void)state;
    expect_shown(npt__number(0), NPT_UNIT_SHARE, "0%");
    expect_shown(npt__number(0.004), NPT_UNIT_SHARE, "<1%");
    expect_shown(npt__number(0.006), NPT_UNIT_SHARE, "1%");
    expect_shown(npt__number(18.0 / 22), NPT_UNIT_SHARE, "82%");
    expect_shown(npt__number(0.996), NPT_UNIT_SHARE, ">99%");
    expect_shown(npt__number(1), NPT_UNIT_SHARE, "100%");
    expect_shown(npt__number(-0.25), NPT_UNIT_SHARE, "-25%");
}

static void halves_are_rounded_as_by_hand(void **state)
{
    (void)state;
    expect_shown(npt__number(23.0 / 40), NPT_UNIT_SHARE, "58%");  /* 57.5 */
    expect_shown(npt__number(1.0 / 8), NPT_UNIT_SHARE, "13%");    /* 12.5 */
    expect_shown(npt__number(107.0 / 40), NPT_UNIT_MEAN, "2.68"); /* 2.675 */
    expect_shown(npt__number(-107.0 / 40), NPT_UNIT_MEAN, "-2.68");
}

static void p_values_have_three_decimals(void **state)
{
    (void)state;
    expect_shown(npt__number(0), NPT_UNIT_P, "<0.001"); /* no test says that something cannot be */
    expect_shown(npt__number(1e-9), NPT_UNIT_P, "<0.001");
    expect_shown(npt__number(0.0025), NPT_UNIT_P, "0.003");
    expect_shown(npt__number(0.0449), NPT_UNIT_P, "0.045");
    expect_shown(npt__number(0.9999), NPT_UNIT_P, ">0.999");
    expect_shown(npt__number(1), NPT_UNIT_P, "1.000");
}

static void means_have_two_decimals(void **state)
{
    (void)state;
    expect_shown(npt__number(4), NPT_UNIT_MEAN, "4.00");
    expect_shown(npt__number(3.055), NPT_UNIT_MEAN, "3.06");
    expect_shown(npt__number(-0.001), NPT_UNIT_MEAN, "0.00");
    expect_shown(npt__number(12345.678), NPT_UNIT_MEAN, "12,345.68");
    expect_shown(npt__number(1e300), NPT_UNIT_MEAN, "1e+300");
}

static void what_is_no_value_is_shown_as_such(void **state)
{
    (void)state;
    expect_shown(npt__absent("not asked"), NPT_UNIT_MEAN, "-");
    expect_shown(npt__number(0.305), NPT_UNIT_DIFFERENCE, "0.31");
    expect_shown(npt__number(0), NPT_UNIT_DIFFERENCE, "0.00");
    expect_shown(npt__number(-0.001), NPT_UNIT_DIFFERENCE, "-0.001");
    expect_shown(npt__number(0.0016), NPT_UNIT_DIFFERENCE, "0.002");
    expect_shown(npt__number(0.0049), NPT_UNIT_DIFFERENCE, "0.005");
    expect_shown(npt__number(0.005), NPT_UNIT_DIFFERENCE, "0.01");
    expect_shown(npt__number(-0.00096), NPT_UNIT_DIFFERENCE, "-0.001");
    expect_shown(npt__number(-0.000021), NPT_UNIT_DIFFERENCE, "-0.00002");
    expect_shown(npt__number(1e-12), NPT_UNIT_DIFFERENCE, "0.00"); /* what rounding left of 0 */
    expect_shown(npt__withheld(NULL), NPT_UNIT_COUNT, "withheld");
    expect_shown(npt__total(), NPT_UNIT_TEXT, "Total");
    npt__buffer text = {0};
    struct npt_cell cell = npt__absent("not asked");
    npt__cell_write(&text, &cell);
    assert_int_equal(text.length, 0);
    npt__buffer_release(&text);
}

static void numbers_are_written_with_the_fewest_digits_that_hold_them(void **state)
{
    (void)state;
    expect_written(0.1, "0.1");
    expect_written(1.0 / 3, "0.3333333333333333");
    expect_written(1e300, "1e+300");
    expect_written(5e-324, "5e-324");
    expect_written(0.1 + 0.2, "0.30000000000000004");
    expect_written(DBL_MAX, "1.7976931348623157e+308");
    expect_written(3, "3");
    expect_written(-0.0, "0");
}

static void any_number_is_read_back_the_same(void **state)
{
    (void)state;
    npt__buffer text = {0};
    uint64_t random = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        double number;
        memcpy(&number, &random, sizeof number);
        if (!(number - number == 0))
            continue;
        npt__buffer_clear(&text);
        npt__number_write(&text, number);
        assert_true(strtod(npt__buffer_string(&text), NULL) == number);
    }
    npt__buffer_release(&text);
}

/* Sets a locale in which 1/2 is 0,5. */
static bool use_decimal_comma(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8",  "fr_FR.UTF-8", "nl_NL.UTF-8",
                                        "es_ES.UTF-8", "it_IT.UTF-8", "pt_BR.UTF-8", "de_DE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_ALL, names[i]) && localeconv()->decimal_point[0] == ',')
            return true;
    setlocale(LC_ALL, "C");
    return false;
}

static void a_host_with_a_decimal_comma_changes_nothing(void **state)
{
    (void)state;
    if (!use_decimal_comma())
        skip();
    expect_written(0.1, "0.1");
    expect_written(5e-324, "5e-324");
    expect_written(-1234.5, "-1234.5");
    expect_written(1.5e300, "1.5e+300");
    expect_shown(npt__number(2.5), NPT_UNIT_MEAN, "2.50");
    expect_shown(npt__count(1234), NPT_UNIT_COUNT, "1,234");
    setlocale(LC_ALL, "C");
}

/* ---- layouts --------------------------------------------------------------------------------- */

static void a_dimension_across_makes_a_matrix(void **state)
{
    (void)state;
    npt_table *table = matrix(1);
    /* North before East, Work before Action: the order of first appearance, not of the alphabet. */
    add(table, npt__text("Work"), npt__text("North"), npt__count(18), npt__count(22));
    add(table, npt__text("Work"), npt__total(), npt__count(1500), npt__count(3000));
    add(table, npt__text("Action"), npt__text("East"), npt__count(1), npt__absent("unknown"));
    add(table, npt__total(), npt__text("North"), npt__withheld(NULL), npt__count(9));
    expect_grid(table, 0,
                "Construct|North|Total|East / Work|18/22|1,500/3,000|- / Action|-|-|- / "
                "=Total|withheld|-|-");
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    assert_int_equal(npt__grid(table, arena, &panels), 1);
    assert_string_equal(panels[0].caption, "Cases of all");
    assert_true(panels[0].columns[0].label);
    assert_false(panels[0].columns[0].right);
    assert_true(panels[0].columns[1].right);
    npt__arena_free(arena);
    npt_table_free(table);
}

static void without_a_dimension_across_the_measures_are_columns(void **state)
{
    (void)state;
    npt_table *table = matrix(SIZE_MAX);
    npt__table_set_layout(table, &(struct npt__layout){.across = SIZE_MAX});
    add(table, npt__text("Work"), npt__text("North"), npt__count(18), npt__count(22));
    add(table, npt__text("Work"), npt__text("East"), npt__count(3), npt__absent(NULL));
    expect_grid(table, 0, "Construct|Site|Cases|Of cases / Work|North|18|22 / |East|3|-");
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    assert_int_equal(npt__grid(table, arena, &panels), 1);
    assert_null(panels[0].caption);
    npt__arena_free(arena);
    npt_table_free(table);
}

static void every_shown_measure_is_a_panel(void **state)
{
    (void)state;
    npt_table *table = matrix(1);
    npt__table_set_layout(table, &(struct npt__layout){.across = 1});
    add(table, npt__text("Work"), npt__text("North"), npt__count(18), npt__count(22));
    expect_grid(table, 0, "Construct|North / Work|18");
    expect_grid(table, 1, "Construct|North / Work|22");
    npt_table_free(table);
}

static void a_repeated_label_is_shown_once(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("t", "T");
    for (int i = 0; i < 3; i++)
        npt__table_dimension(table, "d", "D");
    static const char *const rows[][3] = {
        {"a", "x", "1"}, {"a", "x", "2"}, {"a", "y", "2"}, {"b", "y", "2"}, {"b", "y", "2"}};
    for (size_t i = 0; i < 5; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        for (size_t j = 0; j < 3; j++)
            row[j] = npt__text(rows[i][j]);
    }
    expect_grid(table, 0, "D|D|D / a|x|1 / ||2 / |y|2 / b|y|2 / ||2");
    npt_table_free(table);
}

static void an_absent_dimension_is_none_or_its_reason(void **state)
{
    (void)state;
    npt_table *table = matrix(1);
    add(table, npt__absent(NULL), npt__text("North"), npt__count(1), npt__count(2));
    add(table, npt__absent("not coded"), npt__absent(NULL), npt__count(3), npt__count(4));
    add(table, npt__absent(NULL), npt__absent("no site"), npt__count(5), npt__count(6));
    expect_grid(table, 0,
                "Construct|North|(none)|(no site) / (none)|1/2|-|5/6 / (not coded)|-|3/4|-");
    npt_table_free(table);
}

static void only_rows_over_all_of_the_first_label_are_totals(void **state)
{
    (void)state;
    npt_table *table = matrix(SIZE_MAX);
    add(table, npt__text("Work"), npt__text("North"), npt__count(1), npt__count(2));
    add(table, npt__text("Work"), npt__total(), npt__count(1), npt__count(2));
    add(table, npt__total(), npt__text("North"), npt__count(1), npt__count(2));
    add(table, npt__total(), npt__total(), npt__count(1), npt__count(2));
    expect_grid(table, 0,
                "Construct|Site|Cases of all / Work|North|1/2 / |Total|1/2 / "
                "=Total|North|1/2 / =|Total|1/2");
    npt_table_free(table);
}

static void a_table_that_repeats_a_combination_loses_no_row(void **state)
{
    (void)state;
    npt_table *table = matrix(1);
    add(table, npt__text("Work"), npt__text("North"), npt__count(1), npt__count(2));
    add(table, npt__text("Work"), npt__text("North"), npt__count(3), npt__count(4));
    expect_grid(table, 0, "Construct|Site|Cases of all / Work|North|1/2 / |North|3/4");
    npt_table_free(table);
}

static void a_table_without_rows_has_a_grid_without_rows(void **state)
{
    (void)state;
    npt_table *table = matrix(1);
    expect_grid(table, 0, "Construct");
    npt_table_free(table);
    table = matrix(SIZE_MAX);
    expect_grid(table, 0, "Construct|Site|Cases of all");
    npt_table_free(table);
}

static void a_dimension_that_runs_across_alone_needs_no_label(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("t", "T");
    size_t site = npt__table_dimension(table, "site", "Site");
    size_t mean = npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    npt__table_set_layout(table, &(struct npt__layout){.across = site});
    static const char *const sites[] = {"b", "a"};
    for (size_t i = 0; i < 2; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[site] = npt__text(sites[i]);
        row[mean] = npt__number(1.5);
    }
    expect_grid(table, 0, "b|a / 1.50|1.50");
    npt_table_free(table);
}

static void a_large_table_is_laid_out_at_once(void **state)
{
    (void)state;
    npt_table *table = matrix(1);
    for (size_t i = 0; i < 100000; i++) {
        const char *construct = npt__arena_print(npt__table_arena(table), "c%zu", i / 4);
        static const char *const sites[] = {"n", "e", "s", "w"};
        add(table, npt__text(construct), npt__text(sites[i % 4]), npt__count(i), npt__count(i));
    }
    clock_t start = clock();
    npt__arena *arena = npt__arena_new();
    const struct npt__panel *panels;
    npt__grid(table, arena, &panels);
    assert_int_equal(panels[0].row_count, 25000);
    assert_string_equal(panels[0].rows[24999].texts[4], "99,999/99,999");
    npt__arena_free(arena);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
    npt_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_row_is_absent_without_a_reason),
        cmocka_unit_test(columns_are_found_by_key),
        cmocka_unit_test(a_key_that_is_taken_gets_a_number),
        cmocka_unit_test(notes_and_provenance_are_kept_in_order),
        cmocka_unit_test(counts_are_shown_with_thousands),
        cmocka_unit_test(shares_are_whole_percents),
        cmocka_unit_test(halves_are_rounded_as_by_hand),
        cmocka_unit_test(means_have_two_decimals),
        cmocka_unit_test(p_values_have_three_decimals),
        cmocka_unit_test(what_is_no_value_is_shown_as_such),
        cmocka_unit_test(numbers_are_written_with_the_fewest_digits_that_hold_them),
        cmocka_unit_test(any_number_is_read_back_the_same),
        cmocka_unit_test(a_host_with_a_decimal_comma_changes_nothing),
        cmocka_unit_test(a_dimension_across_makes_a_matrix),
        cmocka_unit_test(without_a_dimension_across_the_measures_are_columns),
        cmocka_unit_test(every_shown_measure_is_a_panel),
        cmocka_unit_test(a_repeated_label_is_shown_once),
        cmocka_unit_test(an_absent_dimension_is_none_or_its_reason),
        cmocka_unit_test(only_rows_over_all_of_the_first_label_are_totals),
        cmocka_unit_test(a_table_that_repeats_a_combination_loses_no_row),
        cmocka_unit_test(a_table_without_rows_has_a_grid_without_rows),
        cmocka_unit_test(a_dimension_that_runs_across_alone_needs_no_label),
        cmocka_unit_test(a_large_table_is_laid_out_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
