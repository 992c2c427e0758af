/* sentences_survey.c - sentences on who answered, how a survey scored, and how reliably.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "wording.h"

#include <string.h>

/* The rows of the highest and the lowest shown number of a column, and all in which one is. */
struct extremes {
    size_t low, high, shown, hidden;
    size_t *rows;
};

static struct extremes none_of(struct npt__telling *telling, const npt_table *table)
{
    return (struct extremes){
        .rows = npt__arena_array(telling->arena, npt_table_row_count(table) + 1, sizeof(size_t))};
}

static void look(struct extremes *extremes, const npt_table *table, size_t row, size_t column)
{
    const struct npt_cell *cell = npt__told_cell(table, row, column);
    extremes->hidden += npt__is_hidden(cell);
    if (!npt__is_number(cell))
        return;
    const double value = npt__number_of(cell);
    if (!extremes->shown || value < npt__number_of(npt__told_cell(table, extremes->low, column)))
        extremes->low = row;
    if (!extremes->shown || value > npt__number_of(npt__told_cell(table, extremes->high, column)))
        extremes->high = row;
    extremes->rows[extremes->shown++] = row;
}

/* The names of all that read like the number in this row: "North", or "A in North" where `construct` is a column, too. */
static size_t put_alike(struct npt__telling *telling, const npt_table *table,
                        const struct extremes *extremes, size_t row, size_t column,
                        size_t construct, size_t site)
{
    struct npt__names names = {0};
    for (size_t i = 0; i < extremes->shown; i++) {
        const size_t other = extremes->rows[i];
        if (!npt__reads_alike(table, row, other, column))
            continue;
        const char *of = construct == SIZE_MAX
                             ? NULL
                             : npt__text_of(npt__told_cell(table, other, construct)),
                   *in = site == SIZE_MAX ? NULL : npt__text_of(npt__told_cell(table, other, site));
        npt__name(&names,
                  of && in ? npt__arena_print(telling->arena, "%s in %s", of, in) : (of ? of : in));
    }
    npt__put_few_names(telling, &names);
    return names.count;
}

/* "95% interval 0.31 to 0.45", where both ends are shown. */
static void put_interval(struct npt__telling *telling, const npt_table *table, size_t row,
                         const char *before, const char *after)
{
    const size_t low = npt__told_column(table, "low"), high = npt__told_column(table, "high");
    if (low == SIZE_MAX || high == SIZE_MAX || !npt__is_number(npt__told_cell(table, row, low)) ||
        !npt__is_number(npt__told_cell(table, row, high)))
        return;
    npt__put_text(telling, "%s95%% interval ", before);
    npt__put_cell(telling, table, row, low);
    npt__put_text(telling, " to ");
    npt__put_cell(telling, table, row, high);
    npt__put_text(telling, "%s", after);
}

static void tell_withheld(struct npt__telling *telling, size_t hidden, const char *one,
                          const char *many)
{
    if (!hidden)
        return;
    npt__put_text(telling, "To protect people, %zu %s withheld.", hidden, hidden == 1 ? one : many);
    npt__end_sentence(telling);
}

/* ---- responses ------------------------------------------------------------------------------- */

/* The last value of a dimension, in the table's order; NULL. */
static const char *last_value(const npt_table *table, size_t column)
{
    const char *last = NULL;
    for (size_t i = 0; column != SIZE_MAX && i < npt_table_row_count(table); i++)
        if (npt__told_cell(table, i, column)->kind == NPT_CELL_TEXT)
            last = npt__told_cell(table, i, column)->text;
    return last;
}

static bool is_of(const npt_table *table, size_t row, size_t column, const char *value)
{
    if (column == SIZE_MAX)
        return true;
    const struct npt_cell *cell = npt__told_cell(table, row, column);
    return value ? npt__is_text(cell, value) : cell->kind == NPT_CELL_TOTAL;
}

static void tell_rate(struct npt__telling *telling, const npt_table *table, size_t row,
                      const char *wave)
{
    const size_t invited = npt__told_column(table, "invited"),
                 answered = npt__told_column(table, "answered"),
                 rate = npt__told_column(table, "rate");
    if (wave)
        npt__put_text(telling, "In wave %s, ", wave);
    if (!npt__is_number(npt__told_cell(table, row, answered))) {
        npt__put_text(telling, wave ? "the number of people who answered is withheld."
                                    : "The number of people who answered is withheld.");
        npt__end_sentence(telling);
        return;
    }
    npt__put_cell(telling, table, row, answered);
    if (npt__is_number(npt__told_cell(table, row, invited)) &&
        npt__is_number(npt__told_cell(table, row, rate))) {
        npt__put_text(telling, " of the ");
        npt__put_cell(telling, table, row, invited);
        npt__put_text(telling, " people who were asked answered: ");
        npt__put_cell(telling, table, row, rate);
        put_interval(telling, table, row, " (", ")");
        npt__put_text(telling, ".");
    } else {
        npt__put_text(telling, " people answered; how many were asked is not known.");
    }
    npt__end_sentence(telling);
}

static void tell_rates(struct npt__telling *telling, const npt_table *table, size_t site,
                       const struct extremes *rates)
{
    const size_t rate = npt__told_column(table, "rate");
    if (rates->shown > 1 && !npt__reads_alike(table, rates->low, rates->high, rate)) {
        npt__put_text(telling, "By %s the rate runs from ", npt__group_word(table, site));
        npt__put_cell(telling, table, rates->low, rate);
        npt__put_text(telling, " (");
        put_alike(telling, table, rates, rates->low, rate, SIZE_MAX, site);
        npt__put_text(telling, ") to ");
        npt__put_cell(telling, table, rates->high, rate);
        npt__put_text(telling, " (");
        put_alike(telling, table, rates, rates->high, rate, SIZE_MAX, site);
        npt__put_text(telling,
                      "); those who did not answer may think otherwise than those who did.");
        npt__end_sentence(telling);
    }
    tell_withheld(telling, rates->hidden, "of these rates is", "of these rates are");
}

/* Whether a table by site has rows, but none of the site that is told of. */
static bool lacks_own(const struct npt__telling *telling, const npt_table *table, size_t site)
{
    if (!telling->own || site == SIZE_MAX || strcmp(npt__group_word(table, site), "site") != 0)
        return false;
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        if (npt__is_text(npt__told_cell(table, i, site), telling->own))
            return false;
    return true;
}

void npt__tell_responses(struct npt__telling *telling)
{
    const npt_table *table = telling->tables[0];
    const size_t site = npt__told_group(table), wave = npt__told_column(table, "wave"),
                 rate = npt__told_column(table, "rate");
    const char *last = last_value(table, wave);
    struct extremes rates = none_of(telling, table);
    if (rate == SIZE_MAX || npt__told_column(table, "answered") == SIZE_MAX)
        return;
    if (lacks_own(telling, table, site)) {
        npt__put_text(telling, "Nobody of this site is among those who answered.");
        npt__end_sentence(telling);
        return;
    }
    for (size_t i = 0; i < npt_table_row_count(table); i++)
        if (is_of(table, i, wave, last) && npt__is_total_but(telling, table, i, wave, SIZE_MAX)) {
            tell_rate(telling, table, i, last);
            break;
        }
    for (size_t i = 0; site != SIZE_MAX && i < npt_table_row_count(table); i++)
        if (is_of(table, i, wave, last) && npt__is_total_but(telling, table, i, wave, site) &&
            npt__told_cell(table, i, site)->kind == NPT_CELL_TEXT)
            look(&rates, table, i, rate);
    if (site != SIZE_MAX && !telling->own)
        tell_rates(telling, table, site, &rates);
}

/* ---- scores ---------------------------------------------------------------------------------- */

static void put_mean(struct npt__telling *telling, const npt_table *table, size_t row)
{
    npt__put_text(telling, "(");
    npt__put_cell(telling, table, row, npt__told_column(table, "mean"));
    put_interval(telling, table, row, ", ", "");
    const size_t n = npt__told_column(table, "n");
    if (n != SIZE_MAX && npt__is_number(npt__told_cell(table, row, n))) {
        npt__put_text(telling, ", n\xC2\xA0=\xC2\xA0");
        npt__put_cell(telling, table, row, n);
    }
    npt__put_text(telling, ")");
}

static void tell_constructs(struct npt__telling *telling, const npt_table *table, size_t construct,
                            const struct extremes *means, bool sites)
{
    const size_t mean = npt__told_column(table, "mean");
    double least, most;
    if (means->shown < 2)
        return;
    npt__put_text(telling, "%s", sites ? "Taken together, " : "");
    if (npt__reads_alike(table, means->low, means->high, mean)) {
        put_alike(telling, table, means, means->high, mean, construct, SIZE_MAX);
        npt__put_text(telling, " have the same mean (");
        npt__put_cell(telling, table, means->high, mean);
        npt__put_text(telling, ")");
    }
    for (size_t i = 0; i < 2 && !npt__reads_alike(table, means->low, means->high, mean); i++) {
        const size_t row = i ? means->low : means->high;
        npt__put_text(telling, "%s", i ? " and " : "");
        const bool one = put_alike(telling, table, means, row, mean, construct, SIZE_MAX) == 1;
        npt__put_text(telling, "%s%s",
                      i     ? " the lowest "
                      : one ? " has "
                            : " have ",
                      i ? "" : "the highest mean ");
        if (one) {
            put_mean(telling, table, row);
        } else {
            npt__put_text(telling, "(");
            npt__put_cell(telling, table, row, mean);
            npt__put_text(telling, ")");
        }
    }
    if (npt__first_scale(telling, 0, &least, &most))
        npt__put_text(telling, ", on a scale from %ld to %ld", (long)least, (long)most);
    npt__put_text(telling, ".");
    npt__end_sentence(telling);
}

static void tell_sites(struct npt__telling *telling, const npt_table *table, size_t construct,
                       size_t site, const struct extremes *means)
{
    const size_t mean = npt__told_column(table, "mean");
    if (means->shown > 1 && !npt__reads_alike(table, means->low, means->high, mean)) {
        npt__put_text(telling, "By %s, means run from ", npt__group_word(table, site));
        npt__put_cell(telling, table, means->low, mean);
        npt__put_text(telling, " (");
        put_alike(telling, table, means, means->low, mean, construct, site);
        npt__put_text(telling, ") to ");
        npt__put_cell(telling, table, means->high, mean);
        npt__put_text(telling, " (");
        put_alike(telling, table, means, means->high, mean, construct, site);
        npt__put_text(telling, ").");
        npt__end_sentence(telling);
    }
    tell_withheld(telling, means->hidden, "of these means is", "of these means are");
}

/* Whatever the reason is: that no mean is shown does not say how few answered. */
static void tell_silence(struct npt__telling *telling)
{
    npt__put_text(telling,
                  "None of these means can be shown: what describes fewer than %zu people is "
                  "withheld, and whatever might tell it.",
                  telling->min_n ? telling->min_n : (size_t)NPT_MIN_N);
    npt__end_sentence(telling);
}

void npt__tell_score(struct npt__telling *telling)
{
    const npt_table *table = telling->tables[0];
    const size_t construct = npt__told_column(table, "construct"), site = npt__told_group(table),
                 mean = npt__told_column(table, "mean");
    struct extremes all = none_of(telling, table), by_site = none_of(telling, table);
    if (construct == SIZE_MAX || mean == SIZE_MAX)
        return;
    for (size_t i = 0; i < npt_table_row_count(table); i++) {
        if (!npt__on_first_scale(telling, 0, i))
            continue;
        if (npt__is_total_but(telling, table, i, construct, SIZE_MAX))
            look(&all, table, i, mean);
        else if (site != SIZE_MAX && npt__is_total_but(telling, table, i, construct, site))
            look(&by_site, table, i, mean);
    }
    tell_constructs(telling, table, construct, &all, site != SIZE_MAX && !telling->own);
    if (telling->own && all.hidden && !all.shown)
        tell_silence(telling);
    else if (telling->own)
        tell_withheld(telling, all.hidden, "of these means is", "of these means are");
    else if (site != SIZE_MAX)
        tell_sites(telling, table, construct, site, &by_site);
}

/* ---- reliability ----------------------------------------------------------------------------- */

#define ACCEPTABLE 0.70

static void tell_alphas(struct npt__telling *telling, const struct npt__names *good,
                        const struct npt__names *poor)
{
    const size_t all = good->count + poor->count;
    if (good->count) {
        npt__put_text(telling, "Alpha is 0.70 or more, which is acceptable, for ");
        npt__put_names_of(telling, good, all, "scores");
    }
    if (poor->count) {
        npt__put_text(telling, good->count
                                   ? "; below that, so that its scores deserve caution, for "
                                   : "Alpha is below 0.70, so that scores deserve caution, for ");
        npt__put_names_of(telling, poor, all, "scores");
    }
    npt__put_text(telling, all ? "." : "");
    npt__end_sentence(telling);
}

void npt__tell_reliability(struct npt__telling *telling)
{
    const npt_table *table = telling->tables[0];
    const size_t construct = npt__told_column(table, "construct"),
                 alpha = npt__told_column(table, "alpha");
    struct npt__names good = {0}, poor = {0};
    size_t hidden = 0;
    for (size_t i = 0; construct != SIZE_MAX && alpha != SIZE_MAX && i < npt_table_row_count(table);
         i++) {
        const struct npt_cell *cell = npt__told_cell(table, i, alpha);
        hidden += npt__is_hidden(cell);
        if (!npt__is_number(cell) || !npt__is_total_but(telling, table, i, construct, SIZE_MAX))
            continue;
        npt__name(npt__number_of(cell) >= ACCEPTABLE ? &good : &poor,
                  npt__text_of(npt__told_cell(table, i, construct)));
    }
    tell_alphas(telling, &good, &poor);
    tell_withheld(telling, hidden, "alpha is", "alphas are");
}
