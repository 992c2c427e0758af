/* compare_survey_notes.c - what stands below the table that says whether sites differ: tests, rules, cautions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_survey.h"

#include <string.h>

static void note_test(npt_table *table, const struct npt__survey_comparison *comparison)
{
    static const char omega[] =
        "Omega squared is the share of the variance that lies between them (Hays 1963), below 0 where it is "
        "smaller than chance alone makes it; its interval is Steiger's (2004).";
    switch (comparison->test) {
    case NPT__COMPARE_WELCH:
        npt__table_add_note(
            table,
            "Test: Welch's (1951) analysis of variance, for groups that need not vary "
            "alike. %s",
            omega);
        break;
    case NPT__COMPARE_KRUSKAL:
        npt__table_add_note(
            table,
            "Test: Kruskal and Wallis's (1952) on ranks, corrected for ties. Epsilon squared is the share of the "
            "ranks' variance that lies between the groups (Tomczak and Tomczak 2014).");
        break;
    case NPT__COMPARE_ANOVA:
        npt__table_add_note(table, "Test: analysis of variance, for groups that vary alike. %s",
                            omega);
        break;
    case NPT__COMPARE_PERMUTATION:
        npt__table_add_note(
            table,
            "Test: the share of all ways of dealing the scores out%s that set the means at least as far apart "
            "(Fisher 1935), counted where that is quick, else of %zu drawn with seed %zu. %s",
            comparison->levels ? " among those of one level" : "", comparison->replicates,
            comparison->seed,
            comparison->levels ? "F is of the scores less the mean of their level." : omega);
        break;
    }
}

static void note_rules(npt_table *table, const struct npt__survey_comparison *comparison)
{
    npt__table_add_note(
        table, "Adjusted p: %s for %s.", comparison->adjustment_name,
        comparison->items
            ? "all items together"
            : "the constructs together, and for the general items together; a total, which "
              "looks at the same answers again, stands alone");
    npt__table_add_note(
        table,
        "In words: differ where the adjusted p is below 0.05; not clear where it is not, which does not mean that "
        "there is no difference; too few answers where fewer than two %s have %zu scores (--least); no test where "
        "the scores allow none. Which "
        "differ, and by how much, is in the tables that follow.",
        comparison->by_site ? "sites" : "groups", comparison->least);
    if (comparison->levels)
        npt__table_add_note(table, "Compared among those of the same %s only.",
                            comparison->levels->key);
}

/* People who answered several times, each time counted. */
static void note_repeated(npt_table *table, const struct npt__survey_comparison *comparison)
{
    const struct npt__responses *responses = &comparison->study->responses;
    const size_t people = responses->respondents.strings.count;
    uint32_t *times = npt__allocate((people + 1) * sizeof *times);
    size_t repeated = 0, who = 0;
    memset(times, 0, (people + 1) * sizeof *times);
    for (uint32_t i = 0; i < responses->count; i++) {
        const uint32_t person = responses->respondent[i];
        if (person == NPT__NONE || comparison->scope.cell[i] == NPT__NONE)
            continue;
        times[person]++;
        repeated += times[person] > 1;
        who += times[person] == 2;
    }
    npt__release(times);
    if (repeated)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            "Who answered several times counts as several people would, so that intervals come out too narrow and p "
            "too small. --wave takes one wave.",
            "%zu %s of %zu %s who had answered before: they count as other people would, so that intervals "
            "come out too narrow and p too small. --wave takes one wave.",
            repeated, repeated == 1 ? "response is" : "responses are", who,
            who == 1 ? "person" : "people");
}

static void note_valueless(npt_table *table, const struct npt__dimension *by, size_t count)
{
    if (!count)
        return;
    const char *instead = npt__arena_print(npt__table_arena(table),
                                           "Left out: scores without a value of %s.", by->key);
    npt__table_add_people_note(table, NPT__NEVER_SHOWN, instead,
                               "Left out, without a value of %s: %zu scores at most.", by->key,
                               count);
}

static void note_data(npt_table *table, const struct npt__survey_comparison *comparison)
{
    if (comparison->wave)
        npt__table_add_note(
            table, "Only the last wave, %s: --wave takes another one, trend compares them.",
            comparison->wave);
    if (comparison->wave)
        npt__note_waves(table, comparison->study);
    npt__table_add_note(
        table,
        "The unit is the response. Those who answered stand for themselves: who did not may think otherwise. "
        "People of one team may answer alike, which tests and intervals do not know.");
    note_repeated(table, comparison);
    note_valueless(table, comparison->sites, comparison->siteless);
    if (comparison->levels)
        note_valueless(table, comparison->levels, comparison->levelless);
}

/* Small sites in which everybody gives the same answers are no rarity, and Welch's test cannot have them. */
static void note_other_tests(npt_table *table, const struct npt__overall *overall, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (overall[i].flat) {
            npt__table_add_people_note(
                table, NPT__NEVER_SHOWN, NULL,
                "Where all scores of one of them are equal, that test cannot be made: --test kruskal "
                "and --test permutation can.");
            return;
        }
}

static void note_alone(npt_table *table, const struct npt__overall *overall, size_t count)
{
    for (size_t i = 0, told = 0; i < count && told < 8; i++)
        if (overall[i].alone) {
            npt__table_add_people_note(table, NPT__NEVER_SHOWN, NULL,
                                       "Not in the test of %s, having one score: %s.",
                                       overall[i].measure->name, overall[i].alone);
            told++;
        }
}

static void note_items(npt_table *table, const struct npt__survey_comparison *comparison)
{
    const struct npt__responses *responses = &comparison->study->responses;
    npt__buffer reversed = {0};
    for (size_t i = 0; i < responses->items.count; i++)
        if (responses->items.items[i].item->reversed)
            npt__buffer_print(&reversed, "%s%s", reversed.length ? ", " : "",
                              responses->items.items[i].item->id);
    npt__table_add_note(
        table, "Answers stand as they were given; the highest is the strongest agreement.");
    if (reversed.length)
        npt__table_add_note(table, "Agreement is unfavourable, and turned round in scores, for %s.",
                            npt__buffer_string(&reversed));
    npt__buffer_release(&reversed);
}

void npt__note_overall(npt_table *table, const struct npt__survey_comparison *comparison,
                       const struct npt__overall *overall, size_t count)
{
    note_test(table, comparison);
    note_rules(table, comparison);
    note_data(table, comparison);
    note_alone(table, overall, count);
    note_other_tests(table, overall, count);
    if (comparison->items)
        note_items(table, comparison);
}
