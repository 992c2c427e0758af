/* sentences_compare.c - sentences on differences between sites and between waves.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wording.h"

#include <math.h>
#include <string.h>

#define MOST_PAIRS 6u       /* more of them are only counted */
#define MOST_SHORT 3u       /* so many pairs are told in short, too */
#define MOST_NAMED_AGAIN 6u /* "all 5 scores (...)" */

/* What was found of one pair, or of one site's change: constructs by verdict. */
struct found {
    struct npt__names higher, lower, unclear, few, hidden;
    double high_least, high_most, low_least,
        low_most; /* sizes of clear differences; below 0: none */
};

static struct found nothing(void)
{
    return (struct found){.high_least = -1, .high_most = -1, .low_least = -1, .low_most = -1};
}

static void widen(double *least, double *most, const struct npt_cell *size)
{
    if (!npt__is_number(size))
        return;
    const double value = fabs(npt__number_of(size));
    *least = *least < 0 || value < *least ? value : *least;
    *most = value > *most ? value : *most;
}

static void file(struct found *found, const npt_table *table, size_t row, size_t size)
{
    const char *name =
        npt__text_of(npt__told_cell(table, row, npt__told_column(table, "construct")));
    const struct npt_cell *verdict = npt__told_cell(table, row, npt__told_column(table, "verdict"));
    if (npt__is_hidden(verdict)) {
        npt__name(&found->hidden, name);
    } else if (npt__is_text(verdict, "clearly higher")) {
        npt__name(&found->higher, name);
        widen(&found->high_least, &found->high_most, npt__told_cell(table, row, size));
    } else if (npt__is_text(verdict, "clearly lower")) {
        npt__name(&found->lower, name);
        widen(&found->low_least, &found->low_most, npt__told_cell(table, row, size));
    } else if (npt__is_text(verdict, "not clear")) {
        npt__name(&found->unclear, name);
    } else {
        npt__name(&found->few, name);
    }
}

static size_t count_of(const struct found *found)
{
    return found->higher.count + found->lower.count + found->unclear.count + found->few.count +
           found->hidden.count;
}

/* " (by 0.38 to 0.64)" */
static void put_sizes(struct npt__telling *telling, double least, double most)
{
    if (least < 0)
        return;
    npt__put_text(telling, " (by ");
    npt__put_number(telling, least, NPT_UNIT_MEAN);
    if (most > least) {
        npt__put_text(telling, " to ");
        npt__put_number(telling, most, NPT_UNIT_MEAN);
    }
    npt__put_text(telling, ")");
}

/* The end of a sentence: what is not clear, or not shown. */
static void put_rest(struct npt__telling *telling, const struct found *found, bool clear,
                     const char *none)
{
    const size_t all = count_of(found);
    if (found->unclear.count && clear) {
        npt__put_text(telling, "; not clear for ");
        npt__put_names(telling, &found->unclear);
    } else if (found->unclear.count) {
        npt__put_text(telling, "%s", none);
        if (found->unclear.count == all && all > 1)
            npt__put_text(telling, "any of the %zu scores", all);
        else
            npt__put_names(telling, &found->unclear);
    }
    if (found->few.count) {
        npt__put_text(telling, "; too few answers for ");
        npt__put_names_of(telling, &found->few, all, "scores");
    }
    if (found->hidden.count) {
        npt__put_text(telling, "; withheld to protect people for ");
        npt__put_names_of(telling, &found->hidden, all, "scores");
    }
    npt__put_text(telling, ".");
    npt__end_sentence(telling);
}

/* ---- compare --------------------------------------------------------------------------------- */

/* Whether sites are compared, and not the values of another attribute. */
static bool is_of_sites(const struct npt__telling *telling)
{
    const size_t index = npt__told_table(telling, "compare_sites");
    const size_t group = index == SIZE_MAX ? SIZE_MAX : npt__told_group(telling->tables[index]);
    return group == SIZE_MAX || strcmp(npt__group_word(telling->tables[index], group), "site") == 0;
}

static void tell_overall(struct npt__telling *telling, size_t index)
{
    const npt_table *table = telling->tables[index];
    const size_t construct = npt__told_column(table, "construct"),
                 verdict = npt__told_column(table, "verdict");
    const bool sites = is_of_sites(telling);
    struct npt__names differ = {0}, unclear = {0};
    size_t hidden = 0;
    if (construct == SIZE_MAX || verdict == SIZE_MAX)
        return;
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *cell = npt__told_cell(table, i, verdict);
        const char *name = npt__text_of(npt__told_cell(table, i, construct));
        if (!npt__on_first_scale(telling, index, i))
            continue;
        hidden += npt__is_hidden(cell);
        if (npt__is_text(cell, "differ"))
            npt__name(&differ, name);
        else if (npt__is_text(cell, "not clear"))
            npt__name(&unclear, name);
    }
    const size_t all = differ.count + unclear.count;
    if (differ.count) {
        npt__put_text(telling, "%s differ, by more than chance alone would explain, in ",
                      sites ? "The sites" : "They");
        npt__put_names_of(telling, &differ, all, "scores");
        if (differ.count == all && all > 1 && all <= MOST_NAMED_AGAIN) {
            npt__put_text(telling, " (");
            npt__put_names(telling, &differ);
            npt__put_text(telling, ")");
        }
    }
    if (unclear.count) {
        npt__put_text(telling, differ.count ? "; whether they do is not clear in "
                               : sites      ? "Whether the sites differ is not clear in "
                                            : "Whether they differ is not clear in ");
        npt__put_names_of(telling, &unclear, all, "scores");
        npt__put_text(telling, ", which does not mean that they are alike");
    }
    if (hidden)
        npt__put_text(
            telling,
            all ? "; for %zu it is withheld to protect people"
                : "Whether there are differences is withheld to protect people (%zu tests)",
            hidden);
    npt__put_text(telling, all + hidden ? "." : "");
    npt__end_sentence(telling);
}

static void tell_pair(struct npt__telling *telling, const char *site, const char *other,
                      const struct found *found)
{
    const size_t all = count_of(found);
    const bool clear = found->higher.count + found->lower.count > 0;
    npt__put_text(telling, "%s ", site);
    if (found->higher.count) {
        npt__put_text(telling, "is clearly higher than %s in ", other);
        npt__put_names_of(telling, &found->higher, all, "scores");
        put_sizes(telling, found->high_least, found->high_most);
    }
    if (found->lower.count) {
        npt__put_text(telling,
                      found->higher.count ? ", and clearly lower in "
                                          : "is clearly lower than %s in ",
                      other);
        npt__put_names_of(telling, &found->lower, all, "scores");
        put_sizes(telling, found->low_least, found->low_most);
    }
    if (!clear)
        npt__put_text(telling, "and %s%s", other, found->unclear.count ? "" : ": no comparison");
    put_rest(telling, found, clear, " are not clearly different in ");
}

static bool same_pair(const npt_table *table, size_t row, size_t with, size_t site)
{
    return strcmp(npt__text_of(npt__told_cell(table, row, site)),
                  npt__text_of(npt__told_cell(table, with, site))) == 0 &&
           strcmp(npt__text_of(npt__told_cell(table, row, site + 1)),
                  npt__text_of(npt__told_cell(table, with, site + 1))) == 0;
}

static void tell_many(struct npt__telling *telling, size_t index, size_t pairs)
{
    const npt_table *table = telling->tables[index];
    const size_t verdict = npt__told_column(table, "verdict");
    size_t clear = 0, all = 0, hidden = 0;
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const struct npt_cell *cell = npt__told_cell(table, i, verdict);
        if (!npt__on_first_scale(telling, index, i))
            continue;
        all++;
        hidden += npt__is_hidden(cell);
        clear += npt__is_text(cell, "clearly higher") || npt__is_text(cell, "clearly lower");
    }
    npt__put_text(telling, "Of %zu differences (%zu pairs) %zu are clear", all, pairs, clear);
    if (hidden)
        npt__put_text(telling, " and %zu %s withheld to protect people", hidden,
                      hidden == 1 ? "is" : "are");
    npt__put_text(telling, ".");
    npt__end_sentence(telling);
}

static void tell_pairs(struct npt__telling *telling, size_t index)
{
    const npt_table *table = telling->tables[index];
    const size_t site = npt__told_column(table, "other") - 1, rows = npt_table_row_count(table),
                 verdict = npt__told_column(table, "verdict"),
                 size = npt__told_column(table, "difference");
    size_t pairs = 0;
    if (npt__told_column(table, "other") == SIZE_MAX || verdict == SIZE_MAX || size == SIZE_MAX)
        return;
    while (pairs < rows && (pairs == 0 || !same_pair(table, pairs, 0, site)))
        pairs++;
    if (pairs > MOST_PAIRS) {
        tell_many(telling, index, pairs);
        return;
    }
    telling->short_count += pairs <= MOST_SHORT ? pairs : 0;
    for (size_t pair = 0; pair < pairs; pair++) {
        struct found found = nothing();
        for (size_t i = 0; i < rows; i++)
            if (npt__on_first_scale(telling, index, i) && same_pair(table, i, pair, site))
                file(&found, table, i, size);
        const char *other = npt__text_of(npt__told_cell(table, pair, site + 1));
        tell_pair(telling, npt__text_of(npt__told_cell(table, pair, site)),
                  strcmp(other, "others") == 0 ? "all others together" : other, &found);
    }
}

void npt__tell_compare(struct npt__telling *telling)
{
    const size_t overall = npt__told_table(telling, "compare"),
                 pairs = npt__told_table(telling, "compare_pairs");
    if (overall != SIZE_MAX)
        tell_overall(telling, overall);
    if (pairs != SIZE_MAX)
        tell_pairs(telling, pairs);
}

/* ---- trend ----------------------------------------------------------------------------------- */

/* " all 5 scores are clearly higher", or " scores are clearly higher in A and B" */
static void put_moved(struct npt__telling *telling, const struct npt__names *names, size_t all,
                      const char *how)
{
    if (names->count == all && all > 1) {
        npt__put_text(telling, " all %zu%s", all, how);
    } else {
        npt__put_text(telling, "%s in ", how);
        npt__put_names(telling, names);
    }
}

static void tell_change(struct npt__telling *telling, const struct found *found)
{
    const size_t all = count_of(found);
    const bool clear = found->higher.count + found->lower.count > 0;
    if (found->higher.count) {
        put_moved(telling, &found->higher, all, " scores are clearly higher");
        put_sizes(telling, found->high_least, found->high_most);
    }
    if (found->lower.count) {
        put_moved(telling, &found->lower, all,
                  found->higher.count ? ", and clearly lower" : " scores are clearly lower");
        put_sizes(telling, found->low_least, found->low_most);
    }
    if (!clear && !found->unclear.count)
        npt__put_text(telling, " nothing can be told");
    put_rest(telling, found, clear, " no change is clear in ");
}

/* The change of one site, or of all, between the waves of one row. */
static void tell_change_of(struct npt__telling *telling, size_t row, size_t site, size_t from,
                           bool several)
{
    const npt_table *table = telling->tables[0];
    const char *who = site == SIZE_MAX ? "" : npt__text_of(npt__told_cell(table, row, site));
    const char *before = npt__text_of(npt__told_cell(table, row, from)),
               *after = npt__text_of(npt__told_cell(table, row, from + 1));
    const size_t size = npt__told_column(table, "change");
    struct found found = nothing();
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        if (npt__on_first_scale(telling, 0, i) && same_pair(table, i, row, from) &&
            (site == SIZE_MAX || strcmp(npt__text_of(npt__told_cell(table, i, site)), who) == 0))
            file(&found, table, i, size);
    if (site == SIZE_MAX || npt__is_all(telling, npt__told_cell(table, row, site)))
        npt__put_text(telling, "From wave %s to wave %s,%s", before, after,
                      site == SIZE_MAX || telling->own ? "" : " all together,");
    else if (several)
        npt__put_text(telling, "In %s, from wave %s to wave %s,", who, before, after);
    else
        npt__put_text(telling, "In %s", who);
    tell_change(telling, &found);
}

size_t npt__last_step(const npt_table *table, size_t from)
{
    const size_t rows = npt_table_row_count(table);
    for (size_t i = 0; i < rows; i++)
        if (strcmp(npt__text_of(npt__told_cell(table, i, from + 1)),
                   npt__text_of(npt__told_cell(table, rows - 1, from + 1))) == 0)
            return i;
    return SIZE_MAX;
}

/* Tells of a pair of waves, that of a row: of all sites together, or else of each site. */
static void tell_step(struct npt__telling *telling, size_t pair, size_t from, bool of_all,
                      bool several)
{
    const npt_table *table = telling->tables[0];
    const size_t site = npt__told_group(table);
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        const bool all = site == SIZE_MAX || npt__is_all(telling, npt__told_cell(table, i, site));
        if (strcmp(npt__text_of(npt__told_cell(table, i, 0)),
                   npt__text_of(npt__told_cell(table, 0, 0))) != 0)
            break; /* the sites of the first construct are all of them */
        if (all == of_all && same_pair(table, i, pair, from))
            tell_change_of(telling, i, site, from, several);
    }
}

/* All sites together stand last in the table, and are told first. The way from the first wave to the last is the last
   row of a table of three waves or more. */
void npt__tell_trend(struct npt__telling *telling)
{
    const npt_table *table = telling->tables[0];
    const size_t from = npt__told_column(table, "from"), rows = npt_table_row_count(table);
    if (from == SIZE_MAX || npt__told_column(table, "change") == SIZE_MAX || !rows ||
        npt__told_column(table, "to") != from + 1 ||
        npt__told_column(table, "construct") == SIZE_MAX ||
        npt__told_column(table, "verdict") == SIZE_MAX)
        return;
    const size_t step = npt__last_step(table, from);
    const bool several = !same_pair(table, step, rows - 1, from);
    for (size_t pass = 0; pass < 2; pass++) {
        tell_step(telling, step, from, pass == 0, several);
        if (several)
            tell_step(telling, rows - 1, from, pass == 0, several);
    }
    telling->short_count += several;
}
