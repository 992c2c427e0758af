/* test_protect.c - protection against disclosure: attacked with everything that is published, and by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack_survey.h"

#include "../nptkit/tables/quantities.h"
#include "../nptkit/tables/table.h"
#include "analysis_run.h"
#include "reference_data.h"

#include <stdio.h>
#include <stdlib.h>

#define RUN(...) ((const char *const[]){__VA_ARGS__, NULL})

/* ---- attacks on invented surveys ------------------------------------------------------------- */

static void attack_set(const char *const *const *runs, size_t surveys, size_t most_people,
                       uint64_t seed)
{
    size_t attacked = 0, given_up = 0, withheld = 0;
    uint64_t state = seed;
    struct invented *invented = malloc(sizeof *invented);
    assert_non_null(invented);
    for (size_t i = 0; i < (getenv("VALGRIND") ? 1 : surveys); i++) {
        npt_table *tables[MOST_TABLES_OF_SET], *made[MOST_TABLES_OF_SET];
        struct npt_protected summaries[MOST_TABLES_OF_SET];
        invent(invented, 20 + reference_random(&state) % (most_people - 20), 2 + (unsigned)(i % 2),
               2, 2, &state);
        struct fixture opened = open_invented(invented);
        const size_t count = run_set(tables, opened.study, runs);
        npt_table_free(npt_protect(made, (const npt_table *const *)tables, count, NULL, summaries));
        for (size_t j = 0; j < count; j++) {
            withheld += summaries[j].small + summaries[j].complement;
            assert_int_equal(summaries[j].exposed, 0);
        }
        for (unsigned item = 0; item < ITEMS; item++) {
            struct attack attack;
            learn(&attack, invented, item, made, count);
            attack_withheld(&attack, invented, item, made, count, NPT_MIN_CELL, NPT_MIN_N,
                            &attacked, &given_up);
            attack_close(&attack);
        }
        free_set(tables, count);
        free_set(made, count);
        fixture_close(&opened);
    }
    free(invented);
    printf("withheld cells: %zu; counts attacked: %zu; not decided: %zu\n", withheld, attacked,
           given_up);
    assert_true(withheld > 0);
    assert_true(attacked > 0);
}

static void answers_by_site_and_wave_cannot_be_worked_out(void **state)
{
    (void)state;
    attack_set((const char *const *const[]){RUN("items", "by", "site,wave"), NULL}, 4, 120, 1);
}

static void several_tables_together_do_not_tell_more(void **state)
{
    (void)state;
    attack_set((const char *const *const[]){RUN("items", "by", "site,wave"),
                                            RUN("items", "by", "role"), RUN("score", "by", "site"),
                                            RUN("score", "by", "role"),
                                            RUN("responses", "by", "site,wave"),
                                            RUN("responses", "by", "role", "items", ""), NULL},
               2, 140, 2);
}

/* Three tables of two dimensions each have more in common than their totals. */
static void tables_in_a_circle_do_not_tell_more(void **state)
{
    (void)state;
    attack_set((const char *const *const[]){RUN("items", "by", "site,wave"),
                                            RUN("items", "by", "site,role"),
                                            RUN("items", "by", "wave,role"), NULL},
               2, 200, 3);
}

static void a_part_beside_the_whole_does_not_tell_the_rest(void **state)
{
    (void)state;
    attack_set((const char *const *const[]){RUN("items", "by", "site"),
                                            RUN("items", "by", "site", "where", "role=R1"),
                                            RUN("score", "by", "site", "wave", "1"), NULL},
               3, 200, 4);
}

static void three_dimensions_at_once_do_not_tell_more(void **state)
{
    (void)state;
    attack_set((const char *const *const[]){RUN("items", "by", "site,wave,role"),
                                            RUN("score", "by", "site,wave"),
                                            RUN("score", "by", "role"),
                                            RUN("responses", "by", "site,wave"), NULL},
               1, 380, 5);
}

/* ---- by hand --------------------------------------------------------------------------------- */

/* Scores of sites: n and mean of each, and of all. */
static npt_table *make_scores(const size_t *n, const double *means, size_t sites)
{
    static const char *const names[] = {"A", "B", "C", "D", "E", "F"};
    npt_table *table = npt__table_new("scores", "Scores");
    const size_t site = npt__table_dimension(table, "site", "Site");
    const size_t people = npt__table_measure(table, "n", "n", NPT_UNIT_COUNT);
    const size_t mean = npt__table_measure(table, "mean", "Mean", NPT_UNIT_MEAN);
    npt__table_role(table, site, NPT__PARTITION);
    npt__table_counts(table, people, NPT__COUNTS_PEOPLE, "scored");
    npt__table_mean(table, mean, people);
    size_t all = 0;
    double sum = 0;
    for (size_t i = 0; i <= sites; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        npt__table_scale(table, 1, 5);
        row[site] = i < sites ? npt__text(names[i]) : npt__total();
        row[people] = npt__count(i < sites ? n[i] : all);
        row[mean] = npt__number(i < sites ? means[i] : sum / (double)all);
        all += i < sites ? n[i] : 0;
        sum += i < sites ? means[i] * (double)n[i] : 0;
    }
    return table;
}

static bool is_withheld(const npt_table *table, size_t row, const char *key)
{
    return npt_table_row(table, row)[npt_table_find_column(table, key)].kind == NPT_CELL_WITHHELD;
}

static npt_table *protect_one(const npt_table *table, struct npt_protected *summary)
{
    npt_table *made = NULL;
    npt_table_free(npt_protect(&made, &table, 1, NULL, summary));
    return made;
}

/* The prototype printed n = 46, 31, "<5" and "all 79", from which 2 and its mean follow. */
static void a_small_site_cannot_be_had_from_the_total(void **state)
{
    (void)state;
    npt_table *table = make_scores((const size_t[]){46, 31, 2}, (const double[]){4.06, 3.5, 2}, 3);
    struct npt_protected summary;
    npt_table *made = protect_one(table, &summary);
    assert_true(is_withheld(made, 2, "n"));
    assert_true(is_withheld(made, 2, "mean"));
    assert_true(is_withheld(made, 0, "n") || is_withheld(made, 1, "n") ||
                is_withheld(made, 3, "n"));
    assert_true(is_withheld(made, 0, "mean") || is_withheld(made, 1, "mean") ||
                is_withheld(made, 3, "mean"));
    assert_false(is_withheld(made, 0, "n")); /* the largest need not go */
    assert_int_equal(summary.exposed, 0);
    assert_int_equal(summary.cells, 8);
    expect_note(made, "How this was protected: counts of fewer than 5 people");
    npt_table_free(made);
    npt_table_free(table);
}

static void nothing_is_withheld_where_nothing_is_small(void **state)
{
    (void)state;
    npt_table *table = make_scores((const size_t[]){46, 31, 10}, (const double[]){4.06, 3.5, 2}, 3);
    struct npt_protected summary;
    npt_table *made = protect_one(table, &summary);
    assert_int_equal(summary.small + summary.complement, 0);
    expect_note(made, "Nothing had to be withheld");
    npt_table_free(made);
    npt_table_free(table);
}

static void the_mean_of_one_person_is_withheld_and_cannot_be_had(void **state)
{
    (void)state;
    npt_table *table =
        make_scores((const size_t[]){20, 25, 30, 1}, (const double[]){3, 4, 2, 5}, 4);
    npt_table *made = protect_one(table, NULL);
    assert_true(is_withheld(made, 3, "n"));
    assert_true(is_withheld(made, 3, "mean"));
    size_t means = 0;
    for (size_t i = 0; i <= 4; i++)
        means += is_withheld(made, i, "mean");
    assert_true(means >= 2);
    npt_table_free(made);
    npt_table_free(table);
}

/* A mean of 5 to 9 people: their number may stand, their mean not, nor another from which it follows. */
static void a_small_group_shows_its_number_without_its_mean(void **state)
{
    (void)state;
    npt_table *table = make_scores((const size_t[]){20, 25, 7}, (const double[]){3, 4, 2}, 3);
    npt_table *made = protect_one(table, NULL);
    assert_false(is_withheld(made, 2, "n"));
    assert_true(is_withheld(made, 2, "mean"));
    assert_true(is_withheld(made, 0, "mean")); /* the smaller of the others */
    assert_false(is_withheld(made, 1, "mean"));
    npt_table_free(made);
    npt_table_free(table);
}

static void a_table_that_is_protected_stays_as_it_is(void **state)
{
    (void)state;
    npt_table *table = make_scores((const size_t[]){46, 31, 2}, (const double[]){4.06, 3.5, 2}, 3);
    npt_table *once = protect_one(table, NULL), *twice = protect_one(once, NULL);
    npt_output *output = npt_output_memory(NULL);
    const npt_table *shown = once;
    npt_render(output, &shown, 1, npt_format_find("json"), NULL);
    npt_output *again = npt_output_memory(NULL);
    shown = twice;
    npt_render(again, &shown, 1, npt_format_find("json"), NULL);
    assert_string_equal(npt_output_bytes(output, NULL), npt_output_bytes(again, NULL));
    npt_output_discard(output);
    npt_output_discard(again);
    npt_table_free(twice);
    npt_table_free(once);
    npt_table_free(table);
}

static void a_measure_that_is_not_declared_is_withheld(void **state)
{
    (void)state;
    npt_table *table = npt__table_new("new", "An analysis that says nothing");
    npt__table_dimension(table, "site", "Site");
    npt__table_measure(table, "people", "People", NPT_UNIT_COUNT);
    struct npt_cell *row = npt__table_add_row(table);
    row[0] = npt__text("A");
    row[1] = npt__count(200);
    npt_table *made = protect_one(table, NULL);
    assert_true(is_withheld(made, 0, "people"));
    assert_string_equal(npt_table_row(made, 0)[1].reason,
                        "withheld, as it might tell of single people");
    npt_table_free(made);
    npt_table_free(table);
}

/* The list for whoever answers for the data has no values; what is published has no reasons that tell. */
static void reasons_are_told_apart_only_in_the_list(void **state)
{
    (void)state;
    npt_table *table = make_scores((const size_t[]){46, 31, 2}, (const double[]){4.06, 3.5, 2}, 3);
    npt_table *made = NULL;
    const npt_table *given = table;
    npt_table *list = npt_protect(&made, &given, 1, NULL, NULL);
    npt_output *output = npt_output_memory(NULL);
    const npt_table *shown = list;
    npt_render(output, &shown, 1, npt_format_find("csv"), NULL);
    assert_non_null(strstr(npt_output_bytes(output, NULL), "scores,C,n,too few people\n"));
    npt_output_discard(output);
    const char *reason = NULL;
    for (size_t i = 0; i < npt_table_row_count(made); i++)
        for (size_t j = 1; j < 3; j++) {
            const struct npt_cell *cell = &npt_table_row(made, i)[j];
            if (cell->kind != NPT_CELL_WITHHELD)
                continue;
            if (reason)
                assert_string_equal(cell->reason, reason);
            reason = cell->reason;
        }
    assert_non_null(reason);
    npt_table_free(list);
    npt_table_free(made);
    npt_table_free(table);
}

static void the_order_of_tables_makes_no_difference(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct invented *invented = malloc(sizeof *invented);
    assert_non_null(invented);
    invent(invented, 90, 3, 2, 2, &seed);
    struct fixture opened = open_invented(invented);
    npt_table *tables[MOST_TABLES_OF_SET], *made[MOST_TABLES_OF_SET], *other[MOST_TABLES_OF_SET];
    const size_t count = run_set(
        tables, opened.study,
        (const char *const *const[]){RUN("items", "by", "site,wave"), RUN("score", "by", "site"),
                                     RUN("responses", "by", "role"), NULL});
    const npt_table *turned[MOST_TABLES_OF_SET];
    for (size_t i = 0; i < count; i++)
        turned[i] = tables[count - 1 - i];
    npt_table_free(npt_protect(made, (const npt_table *const *)tables, count, NULL, NULL));
    npt_table_free(npt_protect(other, turned, count, NULL, NULL));
    for (size_t i = 0; i < count; i++) {
        npt_output *output = npt_output_memory(NULL);
        const npt_table *shown = other[count - 1 - i];
        npt_render(output, &shown, 1, npt_format_find("csv"), NULL);
        expect_csv(made[i], npt_output_bytes(output, NULL));
        npt_output_discard(output);
    }
    free_set(tables, count);
    free_set(made, count);
    free_set(other, count);
    fixture_close(&opened);
    free(invented);
}

static npt_table *make_answered(const char *name)
{
    npt_table *table = npt__table_new(name, "Who answered");
    const size_t site = npt__table_dimension(table, "site", "Site");
    const size_t asked = npt__table_measure(table, "asked", "Asked", NPT_UNIT_COUNT);
    const size_t answered = npt__table_measure(table, "answered", "Answered", NPT_UNIT_COUNT);
    const size_t silent = npt__table_measure(table, "silent", "Silent", NPT_UNIT_COUNT);
    npt__table_role(table, site, NPT__PARTITION);
    npt__table_counts(table, asked, NPT__COUNTS_PEOPLE, "asked");
    npt__table_counts(table, answered, NPT__COUNTS_PEOPLE, "answered");
    npt__table_counts(table, silent, NPT__COUNTS_GAPS, "silent");
    const struct npt__term parts[] = {{.column = answered}, {.column = silent}};
    npt__table_sum(table, (struct npt__term){.column = asked}, parts, 2);
    for (size_t i = 0; i < 3; i++) {
        struct npt_cell *row = npt__table_add_row(table);
        row[site] = i < 2 ? npt__text(i ? "B" : "A") : npt__total();
        row[asked] = npt__count(i < 2 ? 20 : 40);
        row[answered] = npt__count(i < 2 ? 15 : 30);
        row[silent] = npt__count(i < 2 ? 5 : 10);
    }
    return table;
}

/* A second table of the same numbers adds nothing to what is known of them. */
static void what_two_tables_say_of_the_same_numbers_is_known_once(void **state)
{
    (void)state;
    npt_table *tables[] = {make_answered("one"), make_answered("other")};
    struct npt__quantities alone, both;
    npt__quantities_collect(&alone, (const npt_table *const *)tables, 1);
    npt__quantities_collect(&both, (const npt_table *const *)tables, 2);
    assert_int_equal(alone.items.count, 9);
    assert_int_equal(both.items.count, 9);
    assert_int_equal(alone.relations.count, 6); /* of each row, and of each count */
    assert_int_equal(both.relations.count, 6);
    npt__quantities_release(&alone);
    npt__quantities_release(&both);
    npt_table_free(tables[0]);
    npt_table_free(tables[1]);
}

/* The search of the attacker against what can be counted on fingers: x + y = 3, x - y is odd in all four ways. */
static void the_attacker_finds_what_can_be_and_nothing_else(void **state)
{
    (void)state;
    struct attack attack;
    int64_t solution[ATTACK_MOST];
    attack_open(&attack, 2, 100);
    struct attack_equation *sum = attack_add(&attack, 3, 3);
    sum->factors[0] = sum->factors[1] = 1;
    for (int64_t x = 0; x <= 5; x++) {
        struct attack_equation target = {.low = x, .high = x};
        target.factors[0] = 1;
        const enum attack_found expected = x <= 3 ? ATTACK_POSSIBLE : ATTACK_IMPOSSIBLE;
        assert_int_equal(attack_try(&attack, &target, solution), expected);
        assert_int_equal(attack_search(&attack, &target, solution), expected);
    }
    attack_close(&attack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(answers_by_site_and_wave_cannot_be_worked_out),
        FIXTURE_TEST(several_tables_together_do_not_tell_more),
        FIXTURE_TEST(tables_in_a_circle_do_not_tell_more),
        FIXTURE_TEST(a_part_beside_the_whole_does_not_tell_the_rest),
        FIXTURE_TEST(three_dimensions_at_once_do_not_tell_more),
        FIXTURE_TEST(a_small_site_cannot_be_had_from_the_total),
        FIXTURE_TEST(nothing_is_withheld_where_nothing_is_small),
        FIXTURE_TEST(the_mean_of_one_person_is_withheld_and_cannot_be_had),
        FIXTURE_TEST(a_small_group_shows_its_number_without_its_mean),
        FIXTURE_TEST(a_table_that_is_protected_stays_as_it_is),
        FIXTURE_TEST(a_measure_that_is_not_declared_is_withheld),
        FIXTURE_TEST(reasons_are_told_apart_only_in_the_list),
        FIXTURE_TEST(the_order_of_tables_makes_no_difference),
        cmocka_unit_test(what_two_tables_say_of_the_same_numbers_is_known_once),
        FIXTURE_TEST(the_attacker_finds_what_can_be_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
