/* compare_cases_notes.c - what a reader must know to use the numbers of compared interviews.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "compare_cases.h"

#include <math.h>

#define MOST_NAMES 10u

/* ---- how it was done ------------------------------------------------------------------------- */

static void note_unit(npt_table *table, const struct npt__case_comparison *comparison)
{
    static const char *const counted[] = {
        "The unit is the case: it counts once for a construct, however often it was coded to it.",
        "The unit is the case: each gives one number, its segments. They follow the length of the "
        "interview and the habits of coders.",
        "The unit is the case: each gives one number, the share of its characters that segments cover, "
        "overlaps once. It follows how long a passage coders mark."};
    npt__table_add_note(
        table,
        "%s How common something is beyond these cases none of it says: who is interviewed is rarely drawn "
        "at random.",
        counted[comparison->of]);
    npt__table_add_note(
        table,
        "The exports do not say who read a text without coding it: a case without a construct can "
        "be one that was not read for it.");
}

static void note_test(npt_table *table, const struct npt__case_comparison *comparison)
{
    static const char *const tests[] = {
        "Fisher's exact test (Freeman & Halton 1951)", "Pearson's chi-square",
        "the likelihood ratio G", "the Kruskal-Wallis test", "a permutation test of the means (F)"};
    npt__table_add_note(
        table, "p is of %s; adjusted by Holm (1979) for the number of %s that could be tested. %s",
        tests[comparison->test],
        comparison->counts.tally.level == NPT__COMPONENT ? "constructs, or of components,"
                                                         : "constructs",
        comparison->of == NPT__COMPARED_CASES
            ? "V is Cramer's, corrected for its bias (Bergsma 2013): 0 where shares are alike, 1 where "
              "they could not differ more."
            : "Epsilon squared is the share of the variation of the ranks that lies between the groups, 0 to 1.");
    size_t estimated = 0, rough = 0;
    double largest = 0;
    for (size_t i = 0; i < comparison->outcome_count; i++) {
        const struct npt__found *error = &comparison->outcomes[i].overall.p_error;
        estimated += error->missing == NULL;
        if (!error->missing && error->value > largest)
            largest = error->value;
        rough += comparison->outcomes[i].overall.rough;
    }
    if (estimated)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, NULL,
            "%zu of the p are estimated from %zu random arrangements (--replicates, --seed %zu), with "
            "standard errors of up to 0.%04u.",
            estimated, comparison->replicates, comparison->seed, (unsigned)ceil(largest * 10000));
    if (rough)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, NULL,
            "In %zu of the rows expected counts are small (Cochran 1954), so that p is "
            "rough; --test fisher is exact.",
            rough);
    if (comparison->test == NPT__TEST_KRUSKAL)
        npt__table_add_note(table,
                            "p is from the chi-square distribution, rough where there are few "
                            "cases; --test permutation needs no such approximation.");
}

static void note_verdict(npt_table *table, const struct npt__case_comparison *comparison)
{
    npt__table_add_note(
        table,
        "In words: differ where the adjusted p is below 0.05; not clear where it is not, which does not "
        "mean that there is no difference: among few cases only large ones are seen; too few cases where "
        "fewer than two %s have %zu (--least); no test where nothing varies. The tables that follow say which "
        "differ, and by how much.",
        npt__compared_word(comparison), comparison->least);
}

static const char *cases_word(size_t count)
{
    return count == 1 ? "case" : "cases";
}

/* ---- who is in it ---------------------------------------------------------------------------- */

static void note_coders(npt_table *table, const struct npt__case_comparison *comparison)
{
    const npt_study *study = comparison->study;
    const struct npt__scope *scope = &comparison->counts.tally.scope;
    if (scope->all_coders) {
        if (study->coders.count > 1)
            npt__table_add_note(
                table,
                "%zu people coded; a passage that two of them coded counts as two segments, but its case "
                "and its characters once. --coder NAME looks at one.",
                study->coders.count);
        return;
    }
    npt__buffer names = {0};
    for (size_t i = 0; i < study->coders.count; i++)
        if (scope->coder_in[i])
            npt__buffer_print(&names, "%s%s", names.length ? ", " : "",
                              study->coders.items[i].name);
    npt__table_add_note(table,
                        "Only what %s coded, and only the cases in which they coded anything.",
                        npt__buffer_string(&names));
    npt__buffer_release(&names);
}

/* Names the cases whose text is not in the export. */
static void note_textless(npt_table *table, const struct npt__case_comparison *comparison)
{
    const struct npt__case_counts *counts = &comparison->counts;
    npt__buffer names = {0};
    size_t count = 0;
    for (size_t i = 0; i < counts->count; i++) {
        if (npt__case_has_text(counts, i))
            continue;
        if (count++ < MOST_NAMES)
            npt__buffer_print(&names, "%s%s", count > 1 ? ", " : "",
                              comparison->study->cases.items[counts->case_of[i]].name);
    }
    if (count)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN, "Left out: cases of whose text the export holds none.",
            "Left out, as the export holds none of their text: %zu %s (%s%s).", count,
            cases_word(count), npt__buffer_string(&names), count > MOST_NAMES ? ", ..." : "");
    npt__buffer_release(&names);
    if (counts->tally.textless_segments)
        npt__table_add_people_note(
            table, counts->tally.textless_segments,
            NPT__FEWER
            " segments have no text in the export; a case is left out of a construct for which it has no others.",
            "Segments without a text in the export (regions of pictures or PDF, times, missing files): %zu; a "
            "case is left out of a construct for which it has no others.",
            counts->tally.textless_segments);
}

void npt__compare_cases_notes(npt_table *table, const struct npt__case_comparison *comparison)
{
    const struct npt__case_counts *counts = &comparison->counts;
    npt__arena *arena = npt__table_arena(table);
    npt__note_no_construct(table, comparison->study);
    note_unit(table, comparison);
    note_test(table, comparison);
    note_verdict(table, comparison);
    note_coders(table, comparison);
    if (counts->valueless)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            npt__arena_print(arena, "Left out: cases without a value of %s.", counts->by.heading),
            "Left out, without a value of %s: %zu %s.", counts->by.heading, counts->valueless,
            cases_word(counts->valueless));
    if (counts->divided)
        npt__table_add_people_note(
            table, NPT__NEVER_SHOWN,
            npt__arena_print(arena,
                             "Cases with several values of %s are counted once in each, as if they "
                             "were different ones.",
                             counts->by.heading),
            "With several values of %s, and counted once in each, as if they were different ones: %zu %s.",
            counts->by.heading, counts->divided, cases_word(counts->divided));
    if (comparison->of == NPT__COMPARED_COVERAGE)
        note_textless(table, comparison);
    npt__tally_note_left_out(table, &counts->tally);
}
