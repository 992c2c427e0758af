/* test_attack_reports.c - whole sets of reports, attacked with all their tables at once, and read for what they let slip.
 *
 * Studies are made up at random around the limits: sites of a few people, just below min-n, and with nobody in a wave.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack_reports.h"

#include "../nptkit/compose/results.h"
#include "reference_data.h"

#include <nptkit/report.h>

#include <stdio.h>
#include <stdlib.h>

#define MOST_TABLES_OF_SET 64u

struct set {
    struct fixture opened;
    npt_recipe *recipes[2];
    npt_reports *reports;
    const npt_table *tables[MOST_TABLES_OF_SET], *raw[MOST_TABLES_OF_SET];
    size_t count;
};

static void open_set(struct set *set, const struct invented_study *invented)
{
    static const char *const names[] = {"site-comparison", "site"};
    *set = (struct set){.opened = open_invented_study(invented)};
    npt_diags *diags = npt_diags_new();
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(npt_recipe_open(&set->recipes[i], names[i], diags), NPT_OK);
    if (npt_reports_new(&set->reports, (const npt_recipe *const *)set->recipes, 2,
                        set->opened.study, diags) != NPT_OK)
        fail_msg("%s", npt_diags_text(diags, false));
    npt_diags_free(diags);
    for (size_t i = 0; i < set->reports->results.count; i++)
        for (size_t j = 0; j < set->reports->results.items[i]->count; j++) {
            const struct npt__result *result = set->reports->results.items[i];
            if (!result->made[j])
                continue;
            assert_true(set->count < MOST_TABLES_OF_SET);
            set->raw[set->count] = result->raw[j];
            set->tables[set->count++] = result->made[j];
        }
}

static void close_set(struct set *set)
{
    npt_reports_free(set->reports);
    for (size_t i = 0; i < 2; i++)
        npt_recipe_free(set->recipes[i]);
    fixture_close(&set->opened);
}

static unsigned below(uint64_t *state, unsigned most)
{
    return (unsigned)(reference_random(state) >> 33) % most;
}

static void attack(const struct invented_study *invented, struct tried *tried)
{
    struct set set;
    open_set(&set, invented);
    assert_true(set.count > 4);
    attack_reports(invented, set.tables, set.count, tried);
    close_set(&set);
}

static void tell(const struct tried *tried)
{
    printf("attacked: %zu counts, %zu means; not decided: %zu\n", tried->counts, tried->means,
           tried->given_up);
}

/* ---- at random ------------------------------------------------------------------------------- */

/* Sizes around the limits. */
static unsigned size_at_random(uint64_t *state)
{
    static const unsigned sizes[] = {0, 1, 3, 4, 5, 7, 9, 10, 11, 14, 20, 30};
    return sizes[below(state, sizeof sizes / sizeof *sizes)];
}

static void nothing_withheld_can_be_worked_out_from_all_reports(void **state)
{
    (void)state;
    const char *more = getenv("NPT_LONG");
    const size_t studies = getenv("VALGRIND") ? 1 : more ? 60 : 2;
    struct invented_study *invented = malloc(sizeof *invented);
    struct tried tried = {0};
    assert_non_null(invented);
    for (size_t i = 0; i < studies; i++) {
        uint64_t random = 100 + i;
        unsigned sizes[MOST_SITES][WAVES] = {{0}}, cases[MOST_SITES];
        const unsigned sites = 2 + (unsigned)i % 3;
        for (unsigned s = 0; s < sites; s++) {
            for (unsigned w = 0; w < WAVES; w++)
                sizes[s][w] = s ? size_at_random(&random) : 20 + below(&random, 20);
            cases[s] = below(&random, 9);
        }
        sizes[1][1] += sizes[1][1] ? 0 : 6; /* with one site there is nothing to compare */
        invent_people(invented, sites, (const unsigned(*)[WAVES])sizes, i % 4 == 1, &random);
        if (i % 2)
            invent_cases(invented, cases, &random);
        if (more)
            printf("study %zu\n", i);
        attack(invented, &tried);
    }
    free(invented);
    tell(&tried);
    assert_true(tried.counts > 0);
}

/* ---- chosen to be hard ----------------------------------------------------------------------- */

static void attack_sizes(unsigned sites, const unsigned sizes[MOST_SITES][WAVES], bool linked)
{
    struct invented_study *invented = malloc(sizeof *invented);
    struct tried tried = {0};
    uint64_t random = 5;
    assert_non_null(invented);
    invent_people(invented, sites, sizes, linked, &random);
    attack(invented, &tried);
    free(invented);
    tell(&tried);
    assert_true(tried.counts + tried.means > 0);
}

static void one_site_of_very_few_people(void **state)
{
    (void)state;
    attack_sizes(3, (const unsigned[MOST_SITES][WAVES]){{30, 31}, {12, 15}, {1, 3}}, false);
}

static void two_sites_just_below_the_limit(void **state)
{
    (void)state;
    attack_sizes(4, (const unsigned[MOST_SITES][WAVES]){{30, 31}, {25, 20}, {9, 9}, {9, 8}}, false);
}

static void a_site_with_nobody_in_one_wave(void **state)
{
    (void)state;
    attack_sizes(3, (const unsigned[MOST_SITES][WAVES]){{30, 31}, {0, 15}, {4, 0}}, false);
}

/* The changes of linked people once added up over sites, so that the one of six people followed from the others. */
static void the_change_of_a_few_linked_people(void **state)
{
    (void)state;
    attack_sizes(3, (const unsigned[MOST_SITES][WAVES]){{24, 24}, {15, 15}, {6, 6}}, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(nothing_withheld_can_be_worked_out_from_all_reports),
        FIXTURE_TEST(one_site_of_very_few_people),
        FIXTURE_TEST(two_sites_just_below_the_limit),
        FIXTURE_TEST(a_site_with_nobody_in_one_wave),
        FIXTURE_TEST(the_change_of_a_few_linked_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
