/* test_protect.c - protection against disclosure: attacked with everything that is published, and by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "attack_survey.h"

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
            if (summaries[j].exposed)
                fail_msg("survey %zu table %zu %s exposed %zu", i, j, npt_table_name(tables[j]),
                         summaries[j].exposed);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(answers_by_site_and_wave_cannot_be_worked_out),
        FIXTURE_TEST(several_tables_together_do_not_tell_more),
        FIXTURE_TEST(tables_in_a_circle_do_not_tell_more),
        FIXTURE_TEST(a_part_beside_the_whole_does_not_tell_the_rest),
        FIXTURE_TEST(three_dimensions_at_once_do_not_tell_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
